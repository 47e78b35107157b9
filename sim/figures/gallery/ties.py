"""What becomes of ties in the primary contrast of any study, beside the margin of no change: a press figure."""

from __future__ import annotations

import math

from sim.figures import press, style
from sim.figures.results import Interval, Lacking, Results
from sim.figures.words import Words
from sim.study.judging.legs import CORE, REAL, STRONG, SUPPORT

LEGS = (SUPPORT, CORE, STRONG, REAL)
LOOK: style.Look = {"marker": "o", "markersize": 5, "color": style.BLUE}


def kind_of(results: Results) -> str:
    """What the primary arm has that its control has not: a platform, public or private prompts, or something else (arm)."""
    arm, control = (results.kind(results.primary[side]) for side in ("arm", "control"))
    if control == "none" and arm not in ("none", "absent"):
        return "platform"
    return arm if control == "off" and arm in ("public", "private") else "arm"


def setting(results: Results, words: Words) -> str:
    """The start of a title: what the arm has, in a few words."""
    return words.of("ties-with", kind_of(results), arm=results.primary["arm"])


def quoted(words: Words, results: Results) -> str:
    """The control as the study names it."""
    return words("quoted", text=results.primary["control"])


def compose(page: style.Page, results: Results, words: Words) -> None:
    day, contrast, point = results.days[-1], results.primary, results.reference["point"]
    found = {word for _, word in results.words(contrast["name"], day)}
    state = found.pop() if len(found) == 1 else "mixed"
    rows = []
    for leg in LEGS:
        cell = results.cell(contrast["name"], point, day, leg.measure)
        if cell and cell["control"]:
            change = Interval(cell["difference"], cell["low95"], cell["high95"]).times(100 / abs(cell["control"]))
            rows.append((words.of("ties-row", leg.measure), [press.Mark(*change, LOOK)]))
    if not rows:
        raise Lacking("its support was not compared")
    margins = results.study["margins"]
    margin = margins[SUPPORT.margin]
    page.title(words.sentence(setting(results, words), words.of("ties-title", state)))
    against = results.held_against(contrast)
    page.paragraph(words.of("ties-how", against, year=words.horizon(day), control=quoted(words, results)), after=0.04)
    press.points(page, words, rows, 100 * margin)
    same = all(math.isclose(margins[leg.margin], margin) for leg in LEGS)
    page.paragraph(words("press-grey", margin=words.percent(margin)) if same else words("press-grey-support"), color=style.QUIET)
    press.source(page, words, results)


ENTRY = press.entry("ties", compose)
