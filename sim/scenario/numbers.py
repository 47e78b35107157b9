"""Numbers of a scenario: each with value, plausible range, unit, how it is known and where it is from; and their sorts.

A sort has a bound of `bounds` and says what such a number counts.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, Generic, Self, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from sim.errors import nearest
from sim.scenario import bounds
from sim.scenario.faults import Fault, described, refuse
from sim.scenario.pieces import Piece, Text

STATUSES = ("computed", "read", "secondhand", "recalled", "proxy", "assumed", "claimed")
"""How a number is known, best first. A number that a study replaced has the status "set"."""


def _a_status(status: Any) -> Any:
    if status not in STATUSES:
        refuse([Fault((), described(status), nearest(str(status), STATUSES))])
    return status


Status = Annotated[str, BeforeValidator(_a_status), Field(json_schema_extra={"enum": list(STATUSES)})]


def _not_nearly_nothing(value: float) -> float:
    if value and abs(value) < bounds.LEAST:
        refuse([Fault((), f"{value:g} is too close to 0", f"0, or a number at least {bounds.LEAST:g} away from it")])
    return value


_NOT_NEARLY_NOTHING = AfterValidator(_not_nearly_nothing)
F = TypeVar("F", bound=float)


class Number(Piece, Generic[F]):
    """A number.

    Its value, the plausible range that sweeps use, its unit, and how it is known.
    """

    value: Annotated[F, _NOT_NEARLY_NOTHING] = Field(description="the value the model uses")
    low: Annotated[F, _NOT_NEARLY_NOTHING] | None = Field(None, description="the least plausible value")
    high: Annotated[F, _NOT_NEARLY_NOTHING] | None = Field(None, description="the greatest plausible value")
    unit: Text = Field(description="the unit")
    status: Status = Field(description="how it is known")
    source: str | None = Field(None, description="where it is from; `why` says as much")
    why: str | None = Field(None, description="why it is assumed; `source` says as much")

    @model_validator(mode="after")
    def _has_range_and_reason(self) -> Self:
        low = -math.inf if self.low is None else self.low
        high = math.inf if self.high is None else self.high
        faults = []
        if low > high:
            faults.append(Fault((), f"low {low:g} above high {high:g}", "low <= value <= high"))
        elif not low <= self.value <= high:
            given = f"value {self.value:g} outside its own range {low:g} to {high:g}"
            faults.append(Fault((), given, "low <= value <= high"))
        if not self.reason.strip():
            given = "missing" if self.source is None and self.why is None else "blank"
            faults.append(Fault(("source",), given, "where the number is from, or why"))
        refuse(faults)
        return self

    @property
    def reason(self) -> str:
        """Where the number is from, or why it is assumed."""
        return self.source or self.why or ""

    def at(self, value: float) -> Self:
        """The same number with another value, status "set"; a limit it passes is dropped."""
        new = self.set_to(value, self.unit)
        kept = {
            "low": None if self.low is None or new.value < self.low else self.low,
            "high": None if self.high is None or new.value > self.high else self.high,
        }
        return new.model_copy(update=kept)

    @classmethod
    def set_to(cls, value: float, unit: str) -> Self:
        """A number that a study sets: status "set", without a plausible range."""
        new = cls.model_validate({"value": value, "unit": unit, "status": "assumed", "source": "set by the study"})
        return new.model_copy(update={"status": "set"})


class Share(Number[Annotated[float, bounds.SHARE]]):
    """A share, probability or closeness."""


class SomeShare(Number[Annotated[float, bounds.SOME_SHARE]]):
    """A share or closeness that is not nothing."""


class Mean(Number[Annotated[float, bounds.MEAN]]):
    """The mean of people's propensities."""


class Dose(Number[Annotated[float, bounds.DOSE]]):
    """A dose of closeness or touch."""


class Spread(Number[Annotated[float, bounds.SPREAD]]):
    """How far people or ties differ."""


class AffinitySpread(Number[Annotated[float, bounds.AFFINITY_SPREAD]]):
    """How far ties differ in how well two people suit each other."""


class Exponent(Number[Annotated[float, bounds.EXPONENT]]):
    """An exponent."""


class SupportExponent(Number[Annotated[float, bounds.SUPPORT_EXPONENT]]):
    """The exponent of support."""


class Factor(Number[Annotated[float, bounds.FACTOR]]):
    """A factor or ratio."""


class Weight(Number[Annotated[float, bounds.WEIGHT]]):
    """A factor that is not nothing."""


class Concentration(Number[Annotated[float, bounds.CONCENTRATION]]):
    """How alike people are."""


class Meetings(Number[Annotated[float, bounds.MEETINGS]]):
    """Meetings or planned contacts a day."""


class Minutes(Number[Annotated[float, bounds.MINUTES]]):
    """Minutes, at most a day of them."""


class HalfLife(Number[Annotated[float, bounds.HALF_LIFE]]):
    """A half-life."""


class Memory(Number[Annotated[float, bounds.MEMORY]]):
    """A time over which a memory fades."""


class Unused(Number[Annotated[float, bounds.UNUSED]]):
    """A time without contact."""


class Days(Number[Annotated[float, bounds.DAYS]]):
    """How long something on a platform takes."""


class Whole(Number[F], Generic[F]):
    """A whole number."""


class Years(Whole[Annotated[float, bounds.YEARS]]):
    """A whole number of years."""


class GroupSize(Whole[Annotated[float, bounds.GROUP_SIZE]]):
    """A whole number of people."""


class UsualTies(Number[Annotated[float, bounds.USUAL_TIES]]):
    """Ties of a person."""


class NewTies(Number[Annotated[float, bounds.NEW_TIES]]):
    """New ties of a person."""


class Mobility(Number[Annotated[float, bounds.MOBILITY]]):
    """A score of relational mobility."""


class MobilitySlope(Number[Annotated[float, bounds.MOBILITY_SLOPE]]):
    """How new ties follow relational mobility."""


class Slope(Number[Annotated[float, bounds.SLOPE]]):
    """A slope over closeness."""


class LinkCount(Number[Annotated[float, bounds.LINKS]]):
    """Links of a member."""


class Acts(Number[Annotated[float, bounds.ACTS]]):
    """Acts of a member a day."""


class Items(Number[Annotated[float, bounds.ITEMS]]):
    """Items that a member sees a day."""


class PerDay(Number[Annotated[float, bounds.PER_DAY]]):
    """How often something comes to a member a day."""


class PerMinute(Number[Annotated[float, bounds.PER_MINUTE]]):
    """Acts of a member per minute on a platform."""


class PerView(Number[Annotated[float, bounds.PER_VIEW]]):
    """A rate per view or closeness."""
