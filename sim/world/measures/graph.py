"""Structure of the graph of living ties: clustering, bridges, and how far people of a minority know each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from sim.compiled import njit
from sim.scenario.names import MINORITY
from sim.world.groups import Group
from sim.world.measures.year import Row, living
from sim.world.rows import index_by_person
from sim.world.state import State

BRIDGE = 0.05  # a tie bridges if the two share less than this part of the people that either knows


def structure(state: State, groups: Iterable[Group]) -> Iterator[Row]:
    """Clustering, ties without a common friend, and the share of ties with little overlap (Onnela et al. 2007), by group.

    Ties are those of the people of a group with anybody. `bridging` counts sides of ties: a tie within a group counts twice.
    """
    ties, n = state.ties, state.population
    start, others = index_by_person(n, ties.i, ties.j, living(ties))
    name_others(ties.i, ties.j, start, others)
    closed, alone, bridging = np.zeros((3, n), np.int64)
    count_common(start, others, closed, alone, bridging)
    degree = np.diff(start)
    pairs = degree * (degree - 1.0)
    clustering = np.divide(closed, pairs, out=np.zeros(n), where=pairs > 0)
    for name, people, _ in groups:
        its, sides = int(people.sum()), int(degree[people].sum())
        yield Row(name, "all", "clustering", "mean local", its, float(clustering[people].mean()) if its else 0.0)
        yield Row(name, "all", "bridges", "ties", its, alone[people].sum() / max(its, 1))
        if sides:
            yield Row(name, "all", "bridging", "share of ties", sides, bridging[people].sum() / sides)


def assortativity(state: State, groups: Iterable[Group]) -> Iterator[Row]:
    """How much more often than by chance people of the minority have ties with each other (Newman 2003), over living ties.

    Without a minority there is no row. It is 0 where no tie could tell: there are none, or all are of one sort of people.
    """
    for inside in (group.mask for group in groups if group.name == MINORITY):
        alive = living(state.ties)
        i, j = inside[state.ties.i[alive]], inside[state.ties.j[alive]]
        ends = (i.sum() + j.sum()) / max(2 * i.size, 1)  # share of ends of ties that are of the minority
        by_chance = ends**2 + (1 - ends) ** 2
        alike = (i == j).sum() / max(i.size, 1)
        value = (alike - by_chance) / (1 - by_chance) if i.size and by_chance < 1 else 0.0
        yield Row("all", "all", "assortativity", "coefficient", i.size, float(value))


@njit
def name_others(i, j, start, rows):
    """Replace the rows of each person's ties by the other people of these ties, in place."""
    for person in range(start.size - 1):
        for entry in range(start[person], start[person + 1]):
            row = rows[entry]
            rows[entry] = j[row] if i[row] == person else i[row]


@njit
def count_common(start, others, closed, alone, bridging):
    """Count the common friends of every two people with a tie, into three arrays (people,) int64 of zeros.

    start, others : people with whom each person has a tie
    closed : filled with the sum of common friends over each person's ties
    alone, bridging : filled with how many of a person's ties have none, and how many bridge
    """
    stamp = np.full(start.size - 1, -1, np.int32)
    for a in range(start.size - 1):
        for entry in range(start[a], start[a + 1]):
            stamp[others[entry]] = a
        for entry in range(start[a], start[a + 1]):
            b = others[entry]
            if b > a:
                common = 0
                for other in others[start[b] : start[b + 1]]:
                    common += stamp[other] == a
                known = (start[a + 1] - start[a]) + (start[b + 1] - start[b]) - 2 - common  # without the two
                bridge = common == 0 or common < BRIDGE * known
                closed[a] += common
                closed[b] += common
                alone[a] += common == 0
                alone[b] += common == 0
                bridging[a] += bridge
                bridging[b] += bridge
