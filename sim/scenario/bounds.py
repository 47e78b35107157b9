"""The least and the greatest value that each number may plausibly have, with its unit: one place for all of them.

A range in a scenario file (low, high) says what is plausible for one number in one study. A bound says what no world can have,
and is checked wherever a value comes in: files, `set`, `vary`, `schedule`, columns of graphs, options of the command line.
"""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Integral, Real
from typing import Any, NamedTuple

from sim.errors import InputError, Problem, shortened


class Bound(NamedTuple):
    """The least and the greatest value, both allowed, and their unit."""

    low: float
    high: float
    unit: str

    def holds(self, value: float) -> bool:
        """Whether the value lies within; NaN does not."""
        return self.low <= value <= self.high

    def __str__(self) -> str:
        low, high = (f"{int(end):,}" if end == int(end) else f"{end:g}" for end in (self.low, self.high))
        return f"a number from {low} to {high} ({self.unit})"


GRAPH_COLUMNS: Mapping[str, Bound] = {
    "closeness": Bound(0, 1, "closeness"),
    "closeness_from": Bound(0, 1, "closeness"),
    "closeness_to": Bound(0, 1, "closeness"),
    "chance": Bound(0, 24, "chance meetings per day"),
    "chance_minutes": Bound(0.1, 1440, "minutes of one chance meeting"),
}
"""What a graph may say of a tie; `chance_minutes` of the graph."""

PERSON: Mapping[str, Bound] = {
    "contacts": Bound(0, 1000, "planned contacts begun per day"),
    "minutes": Bound(0, 1440, "minutes per day on the platform"),
    "birthday": Bound(0, 364, "day of the year"),
    "shown_birthday": Bound(-1, 364, "day of the year, -1 for none"),
    "member": Bound(0, 1, "on the platform: True or False"),
    "kept": Bound(0, 1, "share of planned contact that displacement leaves"),
    "social": Bound(0, 1440, "minutes per day in planned contact"),
    "posts": Bound(0, 1000, "posts per day"),
    "comments": Bound(0, 1000, "comments per post opened"),
    "reactions": Bound(0, 1000, "reactions per post opened"),
    "messages": Bound(0, 10_000, "private messages per day"),
    "groups": Bound(0, 10_000, "exchanges in communities per day"),
}
"""What Python code may write to a Person."""

OPTIONS: Mapping[str, Bound] = {
    "people": Bound(1, 5_000_000, "people"),
    "years": Bound(0, 1000, "years of growing before the branch"),
    "threads": Bound(1, 1024, "threads"),
    "seed": Bound(0, 2**63 - 1, "seed"),
    "point": Bound(0, 99_999, "number of a point of the design"),
}
"""Whole numbers that functions and World take."""


def whole_options(**given: Any) -> list[Any]:
    """Options by name as plain ints, in order; None stays. InputError: all that are no whole numbers within their bounds."""
    return [None if value is None else whole_within(OPTIONS[name], value, name) for name, value in given.items()]


def number_within(bound: Bound, value: Any, place: str) -> float:
    """A number as a plain float, NumPy's too. InputError, naming the place: no number, or out of bounds."""
    if not isinstance(value, Real) or isinstance(value, bool) or not bound.holds(float(value)):
        raise InputError(Problem("", place, shortened(repr(value)), str(bound)))
    return float(value)


def whole_within(bound: Bound, value: Any, place: str) -> int:
    """A whole number as a plain int, NumPy's too. InputError, naming the place: no whole number, or out of bounds."""
    if not isinstance(value, Integral) or isinstance(value, bool) or not bound.holds(int(value)):
        raise InputError(Problem("", place, shortened(repr(value)), str(bound).replace("a number", "a whole number")))
    return int(value)
