"""Worlds at the end of a measured year, for tests of what is measured."""

from __future__ import annotations

from worlds import default_rules, world

from sim.world import measures
from sim.world.groups import finest_groups, groups
from sim.world.measures import Before, Reference
from sim.world.state import YEAR

REFERENCE = Reference(exponent=2, strong=0.5, clique=0.8)
RULES = default_rules()


def a_year(population: int, pairs, plan_days: int = 52, **columns):
    """A world at the end of a year in which closeness stood still."""
    state = world(population, pairs, day=YEAR, **columns)
    state.sampled = plan_days
    state.ties.sum_ij[:] = plan_days * state.ties.c_ij
    state.ties.sum_ji[:] = plan_days * state.ties.c_ji
    return state


def groups_of(state, profiles=("us",)):
    """The groups of people without labels."""
    return groups(*finest_groups(state.people.profile, profiles))


def measured(state, before: Before | None = None, profiles=("us",)) -> dict[tuple[str, str], measures.Row]:
    """{(measure, tie class): row} over all people."""
    rows = measures.measure(state, RULES, REFERENCE, groups_of(state, profiles), before)
    return {(row.measure, row.tie_class): row for row in rows if row.profile == "all"}


def named(state, before: Before | None = None) -> dict[tuple[str, str], float]:
    """The values of these rows."""
    return {key: row.value for key, row in measured(state, before).items()}


def star(leaves: int, **columns):
    """0 in the middle of 1, 2, ..."""
    return a_year(leaves + 1, [(0, k) for k in range(1, leaves + 1)], **columns)
