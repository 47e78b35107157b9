"""The contrasts of a study as a small forest: every leg of the verdict, its interval, its margin, and the word."""

from __future__ import annotations

import math
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures import sentences, style
from sim.figures.results import Results
from sim.figures.words import Words

LEGS = {"S_all": "support", "core": "core", "strong": "strong", "real_hours": "real"}  # measure -> margin
SHIFTS = {"partners": "partners", "carriers": "carriers"}
WORD_COLOURS = {
    "thinned": style.VERMILLION,
    "weakened": style.VERMILLION,
    "hollowed": style.VERMILLION,
    "transformed": style.BLUE,
    "enriched": style.BLUE,
}


def figure(results: Results, words: Words) -> Figure:
    page = style.Page()
    primary = results.primary
    page.title(words.sentence(words("verdict title", contrast=name(results, words, primary), ties=sentences.ties(results, words, primary))))
    page.paragraph(legend(results, words), after=0.12, color=style.QUIET)
    blocks = [block(page, results, words, each) for each in results.study["contrasts"]]
    for measures, column in ((LEGS, 0), (SHIFTS, 1)):
        share_limits([pair[column] for pair in blocks], words, least=1.5 * margin_of(results, measures))
    page.source(source(results, words))
    return page.finish()
