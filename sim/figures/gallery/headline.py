"""The press cut of a study of combinations: support as measured and with equal minutes, and what evidence says of the claim."""

from __future__ import annotations

import math
from itertools import product
from typing import NamedTuple

from sim.figures import press, style
from sim.figures.cases import Case, Found, Row
from sim.figures.gallery.combinations import row_name, title
from sim.figures.gallery.cultures import LOOKS
from sim.figures.results import Interval, Lacking, Results
from sim.figures.words import Words
from sim.study.judging.cultures import EQUAL, PLAIN
from sim.study.judging.legs import SUPPORT


class Line(NamedTuple):
    """A row of the plot. day : its horizon; ways : way -> its effect"""

    contrast: Row
    measure: str
    day: int
    ways: dict[str, Interval]


def days(found: Found) -> list[int]:
    """The horizons that are shown: all of a single row, else the last."""
    return found.results.days if len(found.rows) == 1 else [found.first.day]


def lines(found: Found) -> list[Line]:
    """The rows that have an effect. Two groups are compared only if both have enough people."""
    points = {PLAIN: found.first.point, EQUAL: found.equal}
    rows = []
    for (contrast, measure), day in product(found.rows, days(found)):
        if contrast.get("against") and found.is_few(contrast, found.first):
            continue
        effects = {way: found.effect(contrast, Case(k, day), measure) for way, k in points.items() if k is not None}
        rows.append(Line(contrast, measure, day, {way: effect for way, effect in effects.items() if effect is not None}))
    return [row for row in rows if row.ways]


def label(found: Found, words: Words, line: Line) -> str:
    """The name of a row in a few words: its horizon where that is what differs."""
    return words.horizon(line.day) if len(days(found)) > 1 else row_name(found, words, line.contrast, line.measure)


def way_name(found: Found, words: Words, way: str) -> str:
    """How long people are online: as those do whom the study is about, or as in the United States, whose minutes are 1."""
    own = found.study if words.has("headline-own", found.study) else "other"
    return words("headline-equal") if way == EQUAL else words.of("headline-own", own)


def compose(page: style.Page, results: Results, words: Words) -> None:
    found = Found(results)
    rows = lines(found) if found.points else []
    if not rows:
        raise Lacking("its support was not compared")
    page.title(title(found, words))
    if words.has("headline-evidence", found.study):
        page.paragraph(words.of("headline-evidence", found.study), after=0.06)
    support = all(row.measure == SUPPORT.measure for row in rows)
    own = found.study if words.has("headline-how", found.study) else "support" if support else "measures"
    page.paragraph(words.of("headline-how", own, year=words.horizon(found.first.day), days=len(days(found))), after=0.04)
    ways = [way for way in (PLAIN, EQUAL) if any(way in row.ways for row in rows)]
    if len(ways) > 1:
        page.marks([(LOOKS[way], way_name(found, words, way)) for way in ways], after=0.06)
    marks = [[press.Mark(*effect, LOOKS[way]) for way, effect in row.ways.items()] for row in rows]
    margins = {found.margin(row.measure) for row in rows}
    margin = margins.pop() if len(margins) == 1 else math.nan
    press.points(page, words, list(zip((label(found, words, row) for row in rows), marks)), margin)
    if math.isfinite(margin):
        page.paragraph(words("press-grey", margin=words.percent(margin / 100)), color=style.QUIET, after=0.06)
    press.source(page, words, results)


ENTRY = press.entry("headline", compose)
