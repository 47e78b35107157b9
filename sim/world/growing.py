"""Growing a society without a platform until it is steady, and starting the measured year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.world import measures
from sim.world.beginning import generated_state, state_of_graph
from sim.world.columns import CLASS_SIZES, NEW_TIE, REST, YEAR_BEGINS
from sim.world.day import run_days
from sim.world.rules import society_rules
from sim.world.state import YEAR, State, new_tally, set_back

STEADY = ("support", "hours", "ties")  # a society is steady if each of these changes by less than this over two years:
STEADY_CHANGE = 0.01


@dataclass(frozen=True)
class Grown:
    """A society at the branch.

    state : before the first day after the branch; it still has the counts of the last year
    history : a dict for each year of growing: support, hours (per person and day), ties (per person)
    """

    state: State
    history: tuple[dict[str, float], ...]

    @cached_property
    def before(self) -> measures.Before:
        """The year before the branch, which later years are compared with."""
        return measures.Before.of(self.state)

    @property
    def steady_year(self) -> int | None:
        """Years of growing after which support, real hours and ties change by less than 1 % over two years. None: never."""
        steady = None
        for year in range(len(self.history) - 1, 1, -1):
            current, before = self.history[year], self.history[year - 2]
            if any(abs(current[name] - before[name]) > STEADY_CHANGE * abs(before[name]) for name in STEADY):
                break
            steady = year + 1
        return steady

    def __repr__(self) -> str:
        ties = int(measures.living(self.state.ties).sum())
        return f"<Grown: {self.state.population} people, {ties} ties, {len(self.history)} years>"


def grow(society, profiles, seed: int, people: int, years: int, graph=None, threads: int = 1, watch=None) -> Grown:
    """Simulate `years` years without a platform, from the first state on.

    graph : a GivenGraph as the starting graph, in place of a generated one; `people` is then not used
    watch : called after each year with the number of years so far
    """
    if graph is None:
        state = generated_state(people, society, profiles, seed)
    else:
        state = state_of_graph(graph, society, profiles, seed)
    rules = society_rules(society, profiles, graph)
    reference = measures.Reference.of(society)
    history = []
    for year in range(years):
        begin_year(state)
        run_days(state, rules, seed, YEAR, threads)
        history.append(measures.yearly(state, rules, reference))
        classify(state)
        if watch:
            watch(year + 1)
    branch_off(state)
    return Grown(state, tuple(history))


def begin_year(state: State) -> None:
    """Set the counts of the year back: the measured year starts today."""
    set_back(state.ties, YEAR_BEGINS)
    state.tally = new_tally(state.tally.viewed.shape[0])
    state.sampled = 0


def classify(state: State) -> None:
    """Set the class of each side of each tie by the year's mean closeness: closest five, next ten, next thirty-five, rest."""
    ties = state.ties
    rank_ij, rank_ji = measures.ranks(ties, state.population)
    edges = np.cumsum(CLASS_SIZES)
    ties.class_ij[:] = np.searchsorted(edges, rank_ij, side="right")
    ties.class_ji[:] = np.searchsorted(edges, rank_ji, side="right")
    assert max(ties.class_ij.max(initial=0), ties.class_ji.max(initial=0)) <= REST < NEW_TIE


def branch_off(state: State) -> None:
    """Mark the branch: later ties are new ones. Note each person's daily minutes of planned contact in the past year."""
    state.people.social[:] = measures.planned_minutes(state)
    state.branched = True
