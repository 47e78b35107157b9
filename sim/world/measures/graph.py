"""Structure of the graph of living ties: clustering and bridges."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.compiled import njit
from sim.world.measures.year import Row, both, grouped, living
from sim.world.state import State

BRIDGE = 0.05  # a tie bridges if the two share less than this part of the people that either knows


def structure(state: State) -> Iterator[Row]:
    """Clustering, ties without a common friend, and the share of ties with little overlap (Onnela et al. 2007)."""
    alive = living(state.ties)
    i, j, n = state.ties.i[alive], state.ties.j[alive], state.population
    common = common_friends(n, i, j)
    person = np.concatenate([i, j])
    degree = np.bincount(person, minlength=n)
    closed = np.bincount(person, both(common), minlength=n)
    pairs = degree * (degree - 1.0)
    clustering = np.divide(closed, pairs, out=np.zeros(n), where=pairs > 0)
    yield Row("all", "all", "clustering", "mean local", n, float(clustering.mean()) if n else 0.0)
    yield Row("all", "all", "bridges", "ties", n, 2.0 * float((common == 0).sum()) / max(n, 1))
    if i.size:
        known = degree[i] + degree[j] - 2 - common  # people that one or both of them know, without the two
        yield Row("all", "all", "bridging", "share of ties", i.size, float(((common < BRIDGE * known) | (common == 0)).mean()))


def common_friends(population: int, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """(ties,) int64: how many people know both ends of the tie."""
    start, order = grouped(np.concatenate([i, j]), population)
    _, by_i = grouped(i, population)  # ties grouped by i, so that the friends of each i are stamped once
    common = np.zeros(i.size, np.int64)
    count_common(start, np.concatenate([j, i])[order], by_i, i, j, common)
    return common


@njit
def count_common(start, neighbours, by_i, i, j, common):
    """Fill common: for each pair, how many neighbours of j are stamped as neighbours of i."""
    stamp = np.full(start.size - 1, -1, np.int64)
    for row in by_i:
        a, b = i[row], j[row]
        if stamp[a] != a:
            for entry in range(start[a], start[a + 1]):
                stamp[neighbours[entry]] = a
            stamp[a] = a
        count = 0
        for entry in range(start[b], start[b + 1]):
            count += stamp[neighbours[entry]] == a
        common[row] = count - 1  # without a, a friend of b: b's stamp as a friend of a
