"""Declares the legs of a verdict: the measures that it looks at, each with its margin.

A *leg* is one thing that a platform can do to a society: lose, gain or keep its support, its core support, its real-life hours or
its strong ties; move its partners or its carriers, or leave them in place. Source: docs/model.md, section "The verdict".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Leg(NamedTuple):
    """One measure that a verdict looks at.

    name : its name in the rule and in the column `reasons` of verdict.csv; measure : its name in the tables
    margin : name of the margin that it is compared with
    relative : True for a change as a share of the control's mean, False for a distance between two runs in its own unit
    label : its name in an English sentence
    """

    name: str
    measure: str
    margin: str
    relative: bool
    label: str

    @property
    def values(self) -> tuple[str, ...]:
        """The possible values of the leg once it is decided, the lowest first."""
        return ("lost", "same", "gained") if self.relative else ("below", "moved")


LEGS = (
    Leg("support", "S_all", "support", True, "support"),
    Leg("core", "core", "core", True, "core support"),
    Leg("real", "real_hours", "real", True, "real-life hours"),
    Leg("strong", "strong", "strong", True, "strong ties"),
    Leg("partners", "partners", "partners", False, "partners"),
    Leg("carriers", "carriers", "carriers", False, "carriers"),
)
"""The legs that decide the verdict, in the order of the reasons."""
RELATIVE = tuple(leg for leg in LEGS if leg.relative)
SHIFTS = tuple(leg for leg in LEGS if not leg.relative)
SUPPORT, CORE, REAL, STRONG = RELATIVE

OLD = Leg("old", "S_old", "support", True, "support from old ties")
"""Does not change the verdict. It says whether old ties were replaced."""
PLAIN = Leg("plain", "acquaintance_total", "support", True, "plain sum of closeness")
"""Replaces support for the column `plain_sum` of verdict.csv."""
NOT_ONLINE: Mapping[str, Leg] = {
    leg.name: leg._replace(name=f"{leg.name}_real", measure=measure)
    for leg, measure in ((SUPPORT, "S_real"), (CORE, "core_real"), (STRONG, "strong_real"))
}
"""Leg -> what replaces it for the column `without_online` of verdict.csv: the same without ties that began online."""

MEASURED: Mapping[str, Leg] = {leg.measure: leg for leg in (*LEGS, OLD, PLAIN, *NOT_ONLINE.values())}
"""Measure -> leg, for every measure that verdict.csv needs."""
NAMED: Mapping[str, Leg] = {leg.name: leg for leg in (*LEGS, OLD, PLAIN)}
