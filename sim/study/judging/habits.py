"""Habits that numbers intend, beside what people do: when the two differ, and which reasons explain that.

A reason has a size: how much of the habit it adds or takes. Sizes are read in scenarios and worlds (`sim.study.single.causes`).
What no size accounts for may be luck, if so few people may differ by so much. Else the difference is not explained.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sim.text.catalogue import catalogue, member

OFF = 0.1  # of what is intended; what differs by more has to be explained
SURE = 2.576  # standard errors that a mean stays within in 99 of 100 draws
LUCK, OUTCOME, UNEXPLAINED = "luck", "outcome", "unexplained"
REASONS = ("partners", "friends", "chosen", "year", "cost", "cap", "notified", "other-minutes", "minutes", "nobody", "no-private",
           "no-public", "one-way", LUCK, OUTCOME, UNEXPLAINED)  # fmt: skip
"""Codes of reasons. Each has a text `habits-reason-CODE` in every language."""


class Habit(NamedTuple):
    """What people do on a platform: a mean over members, or a share."""

    name: str
    unit: str


HABITS = (
    Habit("minutes", "min/day"),
    Habit("links", "links"),
    Habit("overlap", "share"),
    Habit("mutual", "share"),
    Habit("posts", "posts/day"),
    Habit("written", "acts/day"),
    Habit("private", "share"),
    Habit("passing", "share"),
)


class Reason(NamedTuple):
    """code : one of `REASONS`; size : what it adds to the habit, in its unit"""

    code: str
    size: float


def reasons(intended: float | None, simulated: float, sizes: Mapping[str, float], luck: float = 0.0) -> list[Reason]:
    """Why a habit is off, the largest reason first. None if it is not.

    intended : None where people choose it themselves
    sizes : code -> size of each reason that may play a part; luck : the most that a mean of so few people is off by luck
    """
    if intended is None:
        return [Reason(OUTCOME, 0.0)]
    if abs(simulated - intended) <= OFF * abs(intended):
        return []
    left = simulated - intended - sum(sizes.values())
    known = dict(sizes)
    if abs(left) <= luck:
        known[LUCK], left = left, 0.0
    ordered = sorted((Reason(*item) for item in known.items() if item[1]), key=lambda reason: -abs(reason.size))
    found = [reason for reason in ordered if abs(reason.size) > OFF / 2 * abs(intended)] or ordered[:1]
    if abs(left) > OFF * abs(intended) or not found:
        found.append(Reason(UNEXPLAINED, left))
    return found


def note(found: Iterable[Reason], intended: float | None, people: int) -> str:
    """Reasons as an English sentence, each with its size as a share of what is intended. people : of each society"""
    return "; ".join(
        english(reason.code, people) + (f" ({reason.size / intended:+.0%})" if intended and reason.size else "")
        for reason in found
    )


def english(code: str, people: int) -> str:
    """The text of a reason. people : of each society"""
    return catalogue("en")(member("habits-reason", code), people=people)
