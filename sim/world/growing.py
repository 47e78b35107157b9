"""Growing a society without a platform until it is steady, and starting the measured year."""

from __future__ import annotations

from collections.abc import Callable
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
PARTS = 5  # of a year, after each of which progress is told
Watch = Callable[[int, int], None]


@dataclass(frozen=True)
class Grown:
    """A society at the branch.

    kept : its state; of a large society a function that reads it from a file, so that it takes no memory beside worlds
    history : a dict for each year of growing: support, hours (per person and day), ties (per person)
    """

    kept: State | Callable[[], State]
    history: tuple[dict[str, float], ...]

    @property
    def state(self) -> State:
        """Before the first day after the branch, with the counts of the last year. For a large society it is read each time."""
        return self.kept() if callable(self.kept) else self.kept

    def begin(self) -> State:
        """A state for a world that branches from here."""
        return self.kept() if callable(self.kept) else self.kept.copy()

    @cached_property
    def before(self) -> measures.Before:
        """The year before the branch, which later years are compared with."""
        return measures.Before.of(self.state)

    @property
    def population(self) -> int:
        return len(self.before.signature)

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

    def __reduce__(self):
        """A society that is sent to another process goes without its file, which may lie on another machine."""
        return Grown, (self.state, self.history)

    def __repr__(self) -> str:
        ties = f", {self.history[-1]['ties'] * self.population / 2:.0f} ties" if self.history else ""
        return f"<Grown: {self.population} people{ties}, {len(self.history)} years>"


def grow(
    society, profiles, seed: int, people: int, years: int, graph=None, threads: int = 1, watch: Watch = lambda *_: None
) -> Grown:
    """Simulate `years` years without a platform, from the first state on.

    graph : a GivenGraph as the starting graph, in place of a generated one; `people` is then not used
    watch : called several times a year with the number of days so far, and of all days
    """
    if graph is None:
        state = generated_state(people, society, profiles, seed)
    else:
        state = state_of_graph(graph, society, profiles, seed)
    rules = society_rules(society, profiles, graph)
    reference = measures.Reference.of(society)
    history = []
    for _ in range(years):
        begin_year(state)
        for _ in range(PARTS):
            watch(state.day, years * YEAR)
            run_days(state, rules, seed, YEAR // PARTS, threads)
        history.append(measures.yearly(state, rules, reference))
        classify(state)
        watch(state.day, years * YEAR)
    branch_off(state)
    return Grown(state, tuple(history))


def begin_year(state: State) -> None:
    """Set the counts of the year back: the measured year starts today."""
    set_back(state.ties, YEAR_BEGINS)
    state.tally = new_tally(state.tally.viewed.shape[0])
    state.sampled = 0


def classify(state: State) -> None:
    """Set the class of each side of each tie by the year's mean closeness: closest five, next ten, next thirty-five, rest."""
    edges = np.cumsum(CLASS_SIZES)
    for block in measures.blocks_of(state):
        classes = np.searchsorted(edges, measures.ranks(block), side="right")
        assert classes.max(initial=0) <= REST < NEW_TIE
        block.set_side("class", classes)


def branch_off(state: State) -> None:
    """Mark the branch: later ties are new ones. Note each person's daily minutes of planned contact in the past year."""
    state.people.social[:] = measures.planned_minutes(state)
    state.branched = True
