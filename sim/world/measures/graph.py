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


def structure(state: State) -> Iterator[Row]:
    """Clustering, ties without a common friend, and the share of ties with little overlap (Onnela et al. 2007)."""
    ties, n = state.ties, state.population
    start, others = index_by_person(n, ties.i, ties.j, living(ties))
    name_others(ties.i, ties.j, start, others)
    closed = np.zeros(n, np.int64)
    alone, bridging = count_common(start, others, closed)
    degree = np.diff(start)
    pairs = degree * (degree - 1.0)
    clustering = np.divide(closed, pairs, out=np.zeros(n), where=pairs > 0)
    yield Row("all", "all", "clustering", "mean local", n, float(clustering.mean()) if n else 0.0)
    yield Row("all", "all", "bridges", "ties", n, 2.0 * alone / max(n, 1))
    if others.size:
        yield Row("all", "all", "bridging", "share of ties", others.size // 2, bridging / (others.size // 2))


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
def count_common(start, others, closed):
    """Count the common friends of every two people with a tie. Returns how many ties have none, and how many bridge.

    start, others : people with whom each person has a tie
    closed : (people,) int64, zeros; filled with the sum of common friends over each person's ties
    """
    stamp = np.full(start.size - 1, -1, np.int32)
    alone, bridging = 0, 0
    for a in range(start.size - 1):
        for entry in range(start[a], start[a + 1]):
            stamp[others[entry]] = a
        for entry in range(start[a], start[a + 1]):
            b = others[entry]
            if b > a:
                common = 0
                for other in others[start[b] : start[b + 1]]:
                    common += stamp[other] == a
                closed[a] += common
                closed[b] += common
                known = (start[a + 1] - start[a]) + (start[b + 1] - start[b]) - 2 - common  # without the two
                alone += common == 0
                bridging += common == 0 or common < BRIDGE * known
    return alone, bridging
