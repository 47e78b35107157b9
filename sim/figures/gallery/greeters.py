"""How many people greet for a birthday, with prompts and without, and how many of them are close (claim C7): a press figure."""

from __future__ import annotations

import math

from sim.figures import press, style
from sim.figures.gallery.greetings import KINDS, PROMPTED, REPLACED, inner_share
from sim.figures.results import INNER, OUTER, Lacking, Results
from sim.figures.words import Words

CLOSE: style.Look = {"facecolor": "#08306b"}
OTHERS: style.Look = {"facecolor": "#a6cee3"}
FEW = 0.75  # of prompted greetings come from outside the closest fifteen: the others are few


def wishes(results: Results, arm: str, circles: tuple[str, ...]) -> float:
    """Acts for a birthday that a person receives a year from these circles: out of memory, and after a prompt."""
    at = (results.reference["point"], results.days[-1], circles)
    known = (results.mean(arm, measure, *at).mean for measure in (*(f"birthday_{act}" for act in REPLACED), PROMPTED))
    return sum(amount for amount in known if math.isfinite(amount))


def compose(page: style.Page, results: Results, words: Words) -> None:
    contrast = next(filter(None, (results.contrast(kind, "off") for kind in KINDS)), None)
    if contrast is None:
        raise Lacking("no contrast holds prompts against no prompts on the same platform")
    at = (results.reference["point"], results.days[-1])
    far = 1 - inner_share(results, contrast["arm"], PROMPTED, *at).mean
    if not math.isfinite(far):
        raise Lacking(f"no prompted greetings of '{contrast['arm']}' by circle")
    prompted = words.number(round(results.mean(contrast["arm"], PROMPTED, *at).mean))
    page.title(words.of("greeters-title", "few" if far > FEW else "many", n=prompted))
    page.paragraph(words("greeters-how"), after=0.06)
    page.key([(CLOSE, words("greeters-close")), (OTHERS, words("greeters-others"))], after=0.06)
    parts = {side: [wishes(results, contrast[side], circles) for circles in (INNER, OUTER)] for side in ("control", "arm")}
    rows = [
        press.Bar(
            words.of("greeters-side", side),
            [(amount, look, words.fixed(amount, 1)) for amount, look in zip(amounts, (CLOSE, OTHERS))],
            words("greeters-total", n=words.fixed(sum(amounts), 1)),
        )
        for side, amounts in parts.items()
    ]
    press.bars(page, rows)
    press.source(page, words, results)


ENTRY = press.entry("greeters", compose)
