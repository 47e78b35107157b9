"""Targets: published numbers with which the model is compared. Code, tests and figures use the same bands.

No file is read here (see `reading.targets`).
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from sim.scenario import bounds
from sim.scenario.faults import Fault, described, refuse
from sim.scenario.numbers import Number
from sim.scenario.pieces import Format, Name, Piece, TableOf, Text
from sim.sources import ROOT

FILE = ROOT.parent / "scenarios" / "targets.toml"
"""The targets of the project itself."""

ROLES = ("C", "V")
"""C: parameters may be fitted to it. V: it is only checked, never fitted."""


def _a_role(role: Any) -> Any:
    if role not in ROLES:
        refuse([Fault((), described(role), '"C" (parameters may be fitted to it) or "V" (only checked)')])
    return role


Level = Annotated[float, bounds.TARGET]


class Target(Number[Level]):
    """A published number, and the band within which a simulated society agrees with it."""

    low: Level = Field(description="the lowest value that agrees")
    high: Level = Field(description="the highest value that agrees")
    what: Text = Field(description="what is counted or measured, of whom")
    role: Annotated[str, BeforeValidator(_a_role)] = Field(
        description="C: parameters may be fitted to it; V: only checked", json_schema_extra={"enum": list(ROLES)}
    )
    note: Text | None = Field(None, description="the published numbers, where there are several")

    def holds(self, value: float) -> bool:
        """Whether a simulated value lies in the band; NaN does not."""
        return self.low <= value <= self.high


class Targets(Piece):
    """A file of targets."""

    format: Format
    targets: TableOf[Name, Target] = Field(description="the targets, by name")
