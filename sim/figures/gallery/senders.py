"""How many of the people who send birthday wishes are close, with prompts and without (claims C9, C10): a press figure."""

from __future__ import annotations

import math

from sim.figures import press, style
from sim.figures.gallery.greeters import wishes
from sim.figures.gallery.telling import WISHES, measured
from sim.figures.results import CIRCLES, Lacking, Results
from sim.figures.words import Words

CLOSE: style.Look = {"facecolor": "#08306b"}


def side_name(words: Words, side: str, amount: float) -> str:
    """With or without prompts, and how many wishes that is; only the former where they were not counted by circle."""
    return words.of("senders-side", side, n=words.number(round(amount))) if amount else words.of("greeters-side", side)


def compose(page: style.Page, results: Results, words: Words) -> None:
    contrast = results.contrast("public", "off") or results.contrast("private", "off")
    if not contrast:
        raise Lacking("no contrast holds prompts against no prompts on the same platform")
    shares = {side: measured(results, contrast[side], "strong_given", WISHES).mean for side in ("control", "arm")}
    if not all(map(math.isfinite, shares.values())):
        raise Lacking("who sends wishes was not measured")
    told = {side: words.percent(round(share, 2)) for side, share in shares.items()}
    page.title(words("senders-title", **{"with": told["arm"]}, without=told["control"]))
    page.paragraph(words("senders-how"), after=0.06)
    page.key([(CLOSE, words("senders-close")), (press.TRACK, words("senders-others"))], after=0.06)
    named = {side: side_name(words, side, wishes(results, contrast[side], CIRCLES)) for side in shares}
    names = {side: page.wrap(name, 0.4 * page.inner) for side, name in named.items()}
    press.shares(page, [press.Share(names[side], share, CLOSE, told[side]) for side, share in shares.items()], pitch=3.6)
    press.source(page, words, results)


ENTRY = press.entry("senders", compose)
