"""Growing a society without a platform until it is steady, and the year that every measure looks back on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.world import day as a_day_of
from sim.world import measures
from sim.world.beginning import generated, given
from sim.world.columns import CLASS_SIZES, NEW_TIE, REST, YEAR_BEGINS
from sim.world.rules import society_rules
from sim.world.state import YEAR, State, new_tally, set_back

STEADY = ("support", "hours", "ties")  # what must stand still: change below 1 % over two years
STEADY_CHANGE = 0.01


@dataclass(frozen=True)
class Grown:
    """A society at the branch.

    state : at midnight before the day of the branch; the last year's counts are still in it
    history : one dict per year grown: support, hours (a person and day), ties (a person)
    """

    state: State
    history: tuple[dict[str, float], ...]

    @cached_property
    def before(self) -> measures.Before:
        """What the year before the branch was: what later years are held against."""
        return measures.Before.of(self.state)

    @property
    def steady_year(self) -> int | None:
        """Years lived until support, real hours and ties changed less than 1 % over two years, and ever after; None: never."""
        found = None
        for year in range(len(self.history) - 1, 1, -1):
            now, before = self.history[year], self.history[year - 2]
            if any(abs(now[name] - before[name]) > STEADY_CHANGE * abs(before[name]) for name in STEADY):
                break
            found = year + 1
        return found

    def __repr__(self) -> str:
        ties = int(measures.living(self.state.ties).sum())
        return f"<Grown: {self.state.population} people, {ties} ties, {len(self.history)} years>"


def grow(society, profiles, seed: int, people: int, years: int, graph=None, threads: int = 1, watch=None) -> Grown:
    """Live `years` years without a platform from the first state on.

    graph : a GivenGraph to start from instead of generated settings; `people` is then its own number
    watch : called with the number of years lived, after each
    """
    state = given(graph, society, profiles, seed) if graph is not None else generated(people, society, profiles, seed)
    rules = society_rules(society, profiles, graph)
    reference = measures.Reference.of(society)
    history = []
    for year in range(years):
        begin_year(state)
        for _ in range(YEAR):
            a_day_of.a_day(state, rules, seed, threads)
        history.append(measures.yearly(state, rules, reference))
        classify(state)
        if watch:
            watch(year + 1)
    branch_off(state)
    return Grown(state, tuple(history))


def begin_year(state: State) -> None:
    """Start counting anew: the measured year is the one since this day."""
    set_back(state.ties, YEAR_BEGINS)
    state.tally = new_tally(state.ties.i.size, state.tally.received.shape[1])
    state.sampled = 0


def classify(state: State) -> None:
    """What each tie is to either side by the year's mean closeness: closest five, next ten, next thirty-five, rest."""
    ties = state.ties
    rank_ij, rank_ji = measures.ranks(ties, state.population)
    edges = np.cumsum(CLASS_SIZES)
    ties.class_ij[:] = np.searchsorted(edges, rank_ij, side="right")
    ties.class_ji[:] = np.searchsorted(edges, rank_ji, side="right")
    assert max(ties.class_ij.max(initial=0), ties.class_ji.max(initial=0)) <= REST < NEW_TIE


def branch_off(state: State) -> None:
    """From here on these ties are the old ones, and a year of planned contact is known for everyone."""
    state.people.social[:] = measures.planned_minutes(state)
    state.branched = True
