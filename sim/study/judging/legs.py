"""The legs of a verdict: the measures that it looks at, each with the margin it is held against. Said here and nowhere else.

A *leg* is one thing that a platform can do to a society: lose, gain or keep its support, its core support, its real-life hours or
its strong ties; move its partners or its carriers, or leave them in place. Source: docs/model.md, section "The verdict".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Leg(NamedTuple):
    """One measure that a verdict looks at.

    name : in the rule, and in the column `reasons` of verdict.csv; measure : in the tables
    margin : which of the study's margins it is held against
    relative : a change in shares of the control's mean; else the distance between two runs, in its own unit
    label : in an English sentence
    """

    name: str
    measure: str
    margin: str
    relative: bool
    label: str

    @property
    def values(self) -> tuple[str, ...]:
        """What the leg can be once it is decided, from the least to the most."""
        return ("lost", "same", "gained") if self.relative else ("below", "moved")


LEGS = (
    Leg("support", "S_all", "support", True, "support"),
    Leg("core", "core", "core", True, "core support"),
    Leg("real", "real_hours", "real", True, "real-life hours"),
    Leg("strong", "strong", "strong", True, "strong ties"),
    Leg("partners", "partners", "partners", False, "partners"),
    Leg("carriers", "carriers", "carriers", False, "carriers"),
)
"""The legs that make the word, in the order in which they are named."""
RELATIVE = tuple(leg for leg in LEGS if leg.relative)
SHIFTS = tuple(leg for leg in LEGS if not leg.relative)
SUPPORT, CORE, REAL, STRONG = RELATIVE

OLD = Leg("old", "S_old", "support", True, "support from old ties")
"""Changes no word; says whether old ties were replaced."""
PLAIN = Leg("plain", "acquaintance_total", "support", True, "plain sum of closeness")
"""Stands in for support where the word that it would give is shown beside the word."""

MEASURED: Mapping[str, Leg] = {leg.measure: leg for leg in (*LEGS, OLD, PLAIN)}
"""Every measure that verdict.csv needs -> its leg, or what is held against a margin beside the legs."""
NAMED: Mapping[str, Leg] = {leg.name: leg for leg in (*LEGS, OLD, PLAIN)}
