"""What may be said of one measure over several combinations, horizons and contrasts. Pure functions, without files.

A *change* is what became of the measure in one contrast at one combination and horizon: lost, gained, same or open
(`verdict.change`). A *finding* is what holds over several of them. A title says it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sim.study.judging import verdict
from sim.study.judging.verdict import OPEN

CHANGES = ("same", "lost", "gained", OPEN)
TURNS, HINGES = "turns", "hinges"
OF_ONE = (*CHANGES, TURNS, HINGES)
"""Findings of one contrast: what all its changes are; open; it turns over the years; it hinges on the combination."""
SOME = ("some-lost", "some-gained", "some-lost-and-gained", "some-same", "unsettled")
OF_SEVERAL = (*OF_ONE, *SOME)
"""Findings of several contrasts: the finding of all of them, or what holds in some."""


class Case(NamedTuple):
    """A combination on a day: its number in the design, and days since the branch."""

    point: int
    day: int


def change(interval: tuple[float, float], margin: float) -> str:
    """What becomes of a measure, from its 95 % interval. A measure without a margin (NaN) is lost or gained beyond 0.

    The wider interval also says whether it is the same: a title is about many combinations.
    """
    return verdict.change(interval, interval, 0.0 if math.isnan(margin) else margin)


def of_one(changes: Mapping[Case, str]) -> str:
    """The finding of one contrast.

    It is open if no case is known, or if seeds leave open whether the others hold everywhere. If all combinations agree on each
    day, but days differ, it turns over the years. Else it hinges on the combination.
    """
    different = set(changes.values())
    if len(different) == 1:
        return different.pop()
    if not different or (OPEN in different and not {"lost", "gained"} <= different):
        return OPEN
    days = {day for _, day in changes}
    if all(len({found for case, found in changes.items() if case.day == day}) == 1 for day in days):
        return TURNS
    return HINGES


def of_several(findings: Iterable[str]) -> str:
    """The finding of several contrasts from those of each. With one contrast, it is that one's."""
    different = set(findings)
    if len(different) == 1:
        return different.pop()
    if {"lost", "gained"} <= different:
        return "some-lost-and-gained"
    return next((f"some-{found}" for found in ("lost", "gained", "same") if found in different), "unsettled")


def counts_for_a_title(point: Mapping[str, Any], where: Mapping[str, Iterable[Any]]) -> bool:
    """Whether a title counts a combination. where : name that varies -> its values that count"""
    return all(point.get(name) in values for name, values in where.items())
