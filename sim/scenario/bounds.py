"""Bounds: the lowest and the highest value that each number may have, with its unit. All bounds are here.

A range in a scenario file (low, high) says what is plausible for one number in one study. Beyond a bound no world is possible.
Bounds are checked wherever a value comes in: files, `set`, `vary`, `schedule`, columns of graphs, options of the command line.
Every combination of values within bounds runs: tests try the corners.

A bound belongs to a sort of number. The classes of `sim.scenario.numbers` are the sorts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any, get_args

from annotated_types import Ge, GroupedMetadata, Le, MultipleOf

from sim.errors import InputError, Problem, shortened


@dataclass(frozen=True)
class Bound(GroupedMetadata):
    """The lowest and the highest value, both allowed, and their unit. In `Annotated` it bounds a pydantic field.

    whole : whether only whole numbers are allowed
    """

    low: float
    high: float
    unit: str
    whole: bool = False

    def __iter__(self) -> Iterator[Any]:
        yield Ge(self.low)
        yield Le(self.high)
        if self.whole:
            yield MultipleOf(1)

    def holds(self, value: float) -> bool:
        """Whether the value lies within; NaN does not."""
        return self.low <= value <= self.high

    def __str__(self) -> str:
        return f"a {'whole ' * self.whole}number from {self.low} to {self.high} ({self.unit})"


def bounds_in(annotation: Any) -> Iterator[Bound]:
    """Every bound that a type annotation holds, inner ones too."""
    if isinstance(annotation, Bound):
        yield annotation
    for inner in (*get_args(annotation), *getattr(annotation, "__metadata__", ())):
        yield from bounds_in(inner)


YEAR, MONTH = 365, 30
MOST_YEARS = 200
LEAST = 1e-12  # of a number of a scenario that is not 0: rules compute in single precision, and divide

# Numbers of societies, profiles and platforms
SHARE = Bound(0, 1, "share, probability or closeness")
SOME_SHARE = Bound(0.001, 1, "share or closeness")
MEAN = Bound(0.001, 0.999, "mean probability")
DOSE = Bound(0, 0.99, "closeness or touch a contact")
SPREAD = Bound(0, 3, "ln sd")
EXPONENT = Bound(0, 10, "exponent")
SUPPORT_EXPONENT = Bound(0.01, 50, "exponent")
FACTOR = Bound(0, 100, "factor")
WEIGHT = Bound(0.001, 100, "factor")  # this bound and the next keep sums of weights within whole numbers of 64 bits
AFFINITY_SPREAD = Bound(0, 2, "ln sd")
CONCENTRATION = Bound(0.01, 1000, "Beta a + b")
MEETINGS = Bound(0, 24, "meetings a day")
MINUTES = Bound(0, 1440, "minutes")
HALF_LIFE = Bound(1, 36500, "days to half")
MEMORY = Bound(1, 3650, "days")
UNUSED = Bound(0, 36500, "days")
DAYS = Bound(0, 3650, "days on a platform")
YEARS = Bound(1, MOST_YEARS, "years", whole=True)
GROUP_SIZE = Bound(1, 1000, "people of a group", whole=True)
USUAL_TIES = Bound(1, 10_000, "ties a person")
NEW_TIES = Bound(0, 100, "new ties a month")
MOBILITY = Bound(-2, 2, "score of relational mobility")
MOBILITY_SLOPE = Bound(-3, 3, "per unit of relational mobility")
SLOPE = Bound(0, 100, "per closeness")
LINKS = Bound(0, 2000, "links of a member")
ACTS = Bound(0, 1000, "acts of a member a day")
ITEMS = Bound(0, 10_000, "items a day")
PER_DAY = Bound(0, 1000, "times a day")
PER_MINUTE = Bound(0, 10, "acts of a member a minute")
PER_VIEW = Bound(0, 10, "per view or closeness")

# Studies
MARGIN = Bound(1e-6, 0.999, "share of the control's mean, or its own unit")
PEOPLE = Bound(1, 5_000_000, "people", whole=True)
PEOPLE_ON_SCREEN = Bound(20, 5000, "people of a world on the page", whole=True)
PORT = Bound(0, 65_535, "port of this machine", whole=True)
SEEDS = Bound(1, 10_000, "seeds", whole=True)
SEVERAL_SEEDS = Bound(2, 10_000, "seeds", whole=True)  # a region's words rest on how they differ
SEVERAL_PEOPLE = Bound(2, 5_000_000, "people", whole=True)  # a tie has two ends
DAY = Bound(1, MOST_YEARS * YEAR, "days since the branch", whole=True)
HORIZON = Bound(YEAR, MOST_YEARS * YEAR, "days since the branch", whole=True)
POINTS = Bound(1, 100_000, "points", whole=True)
RANDOM_POINTS = Bound(2, 100_000, "points drawn at random", whole=True)
TRAJECTORIES = Bound(2, 100_000, "walks", whole=True)
STEPS = Bound(2, 1000, "values of one number", whole=True)
DESIGN_SEED = Bound(0, 2**32 - 1, "seed of the sampling", whole=True)
VARIED = Bound(-36500, 36500, "the unit of what varies, whose own bound holds too")
TARGET = Bound(-1_000_000, 1_000_000, "the unit of the target")

# Options of the command line and of `World`
SEED = Bound(0, 2**63 - 1, "number of a replicate", whole=True)
POINT = Bound(0, 99_999, "number of a point", whole=True)
WORKERS = Bound(1, 1024, "processes or threads", whole=True)
HALF_WIDTH = Bound(1e-6, 1000, "share of the control, or the unit of a distance")
TIMED_DAYS = Bound(1, 3650, "days timed", whole=True)
ROWS = Bound(1, 1_000_000_000, "rows of an answer", whole=True)
SECONDS = Bound(0.1, 1_000_000, "seconds")

OPTIONS: Mapping[str, Bound] = {
    "people": PEOPLE,
    "years": Bound(0, MOST_YEARS, "years of growing before the branch", whole=True),
    "threads": WORKERS,
    "seed": SEED,
    "point": POINT,
}
"""Whole numbers that functions and `World` take."""

GRAPH_COLUMNS: Mapping[str, Bound] = {
    "closeness": Bound(0, 1, "closeness"),
    "closeness_from": Bound(0, 1, "closeness"),
    "closeness_to": Bound(0, 1, "closeness"),
    "chance": Bound(0, 24, "chance meetings per day"),
    "chance_minutes": Bound(0.1, 1440, "minutes of one chance meeting"),
}
"""Numbers of ties that a graph may have; `chance_minutes` is a number of the whole graph."""


def whole_options(**given: Any) -> list[Any]:
    """Options by name as plain ints, in order; None stays. InputError: all that are no whole numbers within their bounds."""
    return [None if value is None else whole_within(OPTIONS[name], value, name) for name, value in given.items()]


def number_within(bound: Bound, value: Any, place: str) -> float:
    """A number as a plain float, NumPy's too. InputError, naming the place: no number, or out of bounds."""
    if not isinstance(value, int | float | Real) or isinstance(value, bool) or not bound.holds(value):  # type: ignore[arg-type]
        raise InputError(Problem("", place, shortened(repr(value)), str(bound)))
    return float(value)


def whole_within(bound: Bound, value: Any, place: str) -> int:
    """A whole number as a plain int, also NumPy's and 20.0, as sliders give it. InputError, naming the place: any other."""
    number: Any = value if isinstance(value, Real) and not isinstance(value, bool) else None
    if number is None or number % 1 != 0 or not bound.holds(int(number)):
        raise InputError(Problem("", place, shortened(repr(value)), str(bound)))
    return int(number)
