"""The reasons of a verdict as codes, as in the column `reasons` of verdict.csv. Sentences in every language are made from them.

A reason is a code with its items. As text, reasons are joined by "; ":

    support=lost; stood: core=same
    open: core real; possible: thinned weakened; no_word_by: 10000

Legs with values and without a code have the code `legs`. A code without items stands alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sim.study.judging.legs import NAMED, Leg


class Reason(NamedTuple):
    """A code of `CODES` and its items: names of legs, legs with their value (core=lost), words, or a number."""

    code: str
    items: tuple[str, ...] = ()

    @property
    def legs(self) -> list[tuple[Leg, str]]:
        """The legs among the items, with their values. "" for a leg without a value."""
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
    "joining": "people are still joining the platform",
    "two_societies": "two different societies: each one's own platform effect has a word",
    "two_groups": "the difference between two groups: each one's own effect has a word",
    "same_run": "the arm and its control have the same values: nothing is compared",
    "village": "strangers and bridges hardly exist among fewer than {items} people",
}
"""Code -> its English text, with its legs, words or number.

legs : the legs that make the word, with their values; stood : legs that were kept although support was lost
within : no leg is beyond its margin; although : real-life hours were lost although the word is enriched
replaced : support from old ties was lost, for the word transformed
unsettled : open legs that cannot change the word; open : open legs that can; possible : the words that are still possible
no_word_by : a number of seeds that would not decide the verdict either
"""


def text(reasons: Iterable[Reason]) -> str:
    """Reasons as text, as in verdict.csv."""
    return "; ".join(map(str, reasons))


def parsed(text: str) -> list[Reason]:
    """The reasons in a text of verdict.csv."""
    return [_parsed(clause) for clause in text.split("; ")]


def _parsed(clause: str) -> Reason:
    code, _, items = clause.partition(": ")
    if "=" in code:
        code, items = "legs", code
    return Reason(code, tuple(items.split()))


def english(reasons: Iterable[Reason]) -> str:
    """Reasons as an English sentence."""
    return "; ".join(map(_english, reasons))


def _english(reason: Reason) -> str:
    legs = [f"{leg.label} {value}".rstrip() for leg, value in reason.legs]
    between = " and " if any(value for _, value in reason.legs) else ", "
    return CODES[reason.code].format(legs=between.join(legs), items=", ".join(reason.items))
