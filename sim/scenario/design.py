"""A design, as data: what varies over the points of a study, and how the points are chosen.

`sampling` computes the points.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from sim.scenario import bounds
from sim.scenario.faults import Fault, described, refuse
from sim.scenario.pieces import Bare, ListOf, Piece, Text

KEYS: Mapping[str, tuple[str, ...]] = {
    "grid": (),
    "latin": ("points", "seed"),
    "sobol": ("points", "second_order", "seed"),
    "morris": ("trajectories", "levels", "seed"),
    "one-at-a-time": (),
    "list": ("file",),
}
"""The keys of each kind of design, beside `kind`."""

SAMPLED = ("latin", "sobol", "morris")
DIGITS = 12  # kept on a logarithmic scale: beyond these, powers differ between machines


class Vary(Piece):
    """The values that a parameter takes in a design: a list, or a range; {} is the range of the file."""

    values: ListOf[Bare] = Field(
        (), max_length=int(bounds.STEPS.high), description="the values; a list in place of the table does"
    )
    low: Annotated[float, bounds.VARIED] | None = Field(None, description="the least value; by default `low` of the file")
    high: Annotated[float, bounds.VARIED] | None = Field(None, description="the greatest value; by default `high` of the file")
    points: Annotated[int, bounds.STEPS] | None = Field(None, description="how many in a grid, ends included")
    scale: Literal["linear", "log"] = Field("linear", description='how the range is spaced; "log": in equal factors')

    @model_validator(mode="before")
    @classmethod
    def _from_a_list(cls, written: Any) -> Any:
        if isinstance(written, list | tuple):
            return {"values": written}
        if not isinstance(written, dict | Vary):
            expected = "a list of values, or a range { low, high, points }"
            refuse([Fault((), described(written), expected)])
        return written

    @model_validator(mode="after")
    def _has_a_design(self) -> Self:
        faults = []
        if "values" in self.model_fields_set:
            if not self.values:
                faults.append(Fault((), "an empty list", "at least one value"))
            if len(self.model_fields_set) > 1:
                faults.append(Fault((), "a list and a range", "one of them"))
            times = Counter((isinstance(value, bool), value) for value in self.values)  # Python takes true for 1
            repeated = [value for (_, value), count in times.items() if count > 1]
            faults += [Fault((), f"{described(value)} twice", "each value once") for value in repeated]
        if self.low is not None and self.high is not None and self.low >= self.high:
            faults.append(Fault((), f"low {self.low:g}, high {self.high:g}", "low below high"))
        refuse(faults)
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: Any) -> dict[str, Any]:
        table = handler.resolve_ref_schema(handler(core))
        listed = {"type": "array", "minItems": 1, "items": table["properties"]["values"]["items"]}
        return {"anyOf": [listed, dict(table)], "description": table["description"]}


class Design(Piece):
    """How the points of a study are chosen from the ranges and lists of [vary]."""

    kind: Literal["grid", "latin", "sobol", "morris", "one-at-a-time", "list"] = Field(
        description='"grid": all combinations; "latin", "sobol", "morris": sampled; "one-at-a-time"; "list": a file'
    )
    points: Annotated[int, bounds.POINTS] | None = Field(None, description="how many samples; of sobol a power of two")
    second_order: bool = Field(False, description="sobol: whether indices of pairs can be had, at twice the points")
    trajectories: Annotated[int, bounds.TRAJECTORIES] | None = Field(None, description="morris: walks through the levels")
    levels: Annotated[int, bounds.STEPS] = Field(4, description="morris: how many values a name can have; even")
    file: Text | None = Field(None, description="list: a CSV file beside the study, a column per name, a row per point")
    seed: Annotated[int, bounds.DESIGN_SEED] = Field(1, description="of the sampling; the same seed gives the same points")

    @model_validator(mode="after")
    def _is_of_its_kind(self) -> Self:
        allowed = KEYS[self.kind]
        listed = ", ".join(allowed) or "no key but kind"
        faults = [
            Fault((key,), f"{key} of a {self.kind} design", f"{listed}: nothing else belongs to this kind")
            for key in type(self).model_fields
            if key in self.model_fields_set and key not in ("kind", *allowed)
        ]
        needed = [key for key in ("points", "trajectories", "file") if key in allowed]
        fields = type(self).model_fields
        faults += [Fault((key,), "missing", fields[key].description or "") for key in needed if getattr(self, key) is None]
        if self.kind == "sobol" and self.points and self.points & (self.points - 1):
            power = 1 << self.points.bit_length()
            faults.append(Fault(("points",), f"{self.points} samples", f"a power of two, such as {power // 2} or {power}"))
        if self.kind == "morris" and self.levels % 2:
            near = f"{self.levels - 1} or {self.levels + 1}"
            faults.append(Fault(("levels",), f"{self.levels} levels", f"an even number, such as {near}"))
        refuse(faults)
        return self


GRID = Design(kind="grid")
"""The design of a study that names none."""


@dataclass(frozen=True)
class Axis:
    """The values that a varied name may take: `values` from a list, or any number from `low` to `high`.

    scale : "linear" or "log", of the range; points : number of values of the range in a grid; base : the value in the files
    """

    name: str
    values: tuple[Any, ...] = ()
    low: float = math.nan
    high: float = math.nan
    scale: str = "linear"
    points: int = 2
    base: Any = None

    def at(self, share: float) -> float:
        """The value this share of the way from low to high."""
        if share in (0, 1):
            return self.high if share else self.low
        if self.scale == "log":
            value = float(f"{self.low * (self.high / self.low) ** share:.{DIGITS}g}")
        else:
            value = self.low + (self.high - self.low) * share
        return min(max(value, self.low), self.high)

    def steps(self) -> tuple[Any, ...]:
        """The values of the list, or evenly spaced ones of the range, ends included."""
        if self.values:
            return self.values
        last = self.points - 1
        if self.scale == "log":
            return tuple(self.at(step / last) for step in range(self.points))
        return (*(self.low + (self.high - self.low) * step / last for step in range(last)), self.high)
