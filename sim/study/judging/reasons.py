"""The reasons of a verdict as codes: what verdict.csv has in its column `reasons`, and from which every language is made.

A reason is a code and what it is said of. As text, reasons stand one after the other, with "; " between them:

    support=lost; stood: core=same
    open: core real; possible: thinned weakened; no_word_by: 10000

Legs with their values and no code before them are of the code `legs`; codes of which nothing more is to say stand alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sim.study.judging.legs import NAMED, Leg


class Reason(NamedTuple):
    """A code (see `CODES`) and its items: names of legs, legs with their value (core=lost), words, or a number."""

    code: str
    items: tuple[str, ...] = ()

    @property
    def legs(self) -> list[tuple[Leg, str]]:
        """The legs among the items, with their value; "" where none is said."""
        pairs = (item.partition("=") for item in self.items)
        return [(NAMED[name], value) for name, _, value in pairs if name in NAMED]

    def __str__(self) -> str:
        items = " ".join(self.items)
        return items if self.code == "legs" else f"{self.code}: {items}" if items else self.code


CODES = {
    "legs": "{legs}",
    "stood": "what stood: {legs}",
    "within": "nothing beyond its margin",
    "although": "although real-life hours fell",
    "replaced": "replaced: {legs}",
    "unsettled": "open, without changing the word: {legs}",
    "open": "open: {legs}",
    "possible": "still possible: {items}",
    "one_seed": "one seed has both arms: no interval",
    "no_seed": "no seed has both arms: no interval",
    "no_word_by": "not measured or on a margin: not decided by {items} seeds",
    "two_societies": "two different societies: each one's own platform effect has a word",
}
"""Code -> what it says in English, of its legs, or of its words or its number.

legs : with their values, what makes the word; stood : kept although support was lost; within : none beyond its margin
although : real-life hours, lost although the word is enriched; replaced : support from old ties, lost although it is transformed
unsettled : open legs that cannot change the word; open : open legs that can; possible : the words that are left
no_word_by : seeds that would not decide either
"""


def text(reasons: Iterable[Reason]) -> str:
    """Reasons as verdict.csv has them."""
    return "; ".join(map(str, reasons))


def parsed(text: str) -> list[Reason]:
    """The reasons that a text of verdict.csv names."""
    return [_parsed(clause) for clause in text.split("; ")]


def _parsed(clause: str) -> Reason:
    code, _, items = clause.partition(": ")
    if "=" in code:
        code, items = "legs", code
    return Reason(code, tuple(items.split()))


def english(reasons: Iterable[Reason]) -> str:
    """Reasons as a sentence."""
    return "; ".join(map(_english, reasons))


def _english(reason: Reason) -> str:
    legs = [f"{leg.label} {value}".rstrip() for leg, value in reason.legs]
    between = " and " if any(value for _, value in reason.legs) else ", "
    return CODES[reason.code].format(legs=between.join(legs), items=", ".join(reason.items))
