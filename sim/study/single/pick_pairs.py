"""Which ties tell most of a study: at most three pairs, by rules that anybody can check.

Looked at are ties that were alive at the branch; where a platform links any of them, only those linked in some arm. A tie's
closeness is the mean of its two sides: *before*, over the year before the branch; *after*, over the last quarter lived. Then,
nobody twice, and of equal ties the first in the society's order:

- "apart": of all, the tie whose *after* differs most between any two arms;
- "thinned" or "warmed": a tie that went the other way than that one did, in the arm of the primary contrast: the close tie (one
  of the two is among the other's closest fifteen) that lost most since *before*, or the faint one (neither is among the
  other's closest fifty) that gained most;
- "steady": the good tie (each is among the other's ranks 6 to 15; without any, a close tie) that moved least, in the arm where
  it moved most.

The first two are extremes; the third is there so that nobody takes them for the rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from sim.world.columns import ENDED, LINKED, REST, SYMPATHY
from sim.world.state import State, Ties, tile_key


class Candidates(NamedTuple):
    """Ties to choose from, in the society's order."""

    i: np.ndarray
    j: np.ndarray
    close: np.ndarray  # bool
    good: np.ndarray  # bool
    faint: np.ndarray  # bool
    before: np.ndarray  # closeness
    after: Mapping[str, np.ndarray]  # closeness by arm


def choose(ties: Candidates, arm: str) -> list[tuple[int, str]]:
    """(place among the candidates, why), by the rules above; `arm` is the primary contrast's."""
    found: list[tuple[int, str]] = []
    free = np.ones(ties.before.size, np.bool_)

    def take(why: str, values: np.ndarray, among: np.ndarray, above: float = 0.0) -> None:
        """The free tie with the greatest value, if that is above something."""
        those = np.where(among & free, values, -np.inf)
        if those.max(initial=-np.inf) > above:
            best = int(those.argmax())
            found.append((best, why))
            free[np.isin(ties.i, (ties.i[best], ties.j[best])) | np.isin(ties.j, (ties.i[best], ties.j[best]))] = False

    ends = np.stack(list(ties.after.values()))
    change = ties.after[arm] - ties.before
    take("apart", ends.max(0) - ends.min(0), free)
    if found and change[found[0][0]] < 0:
        take("warmed", change, ties.faint)
    else:
        take("thinned", -change, ties.close)
    good = ties.good if (ties.good & free).any() else ties.close
    take("steady", -np.abs(ends - ties.before).max(0), good, -np.inf)
    return found


def circles(ties: Ties, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of the ties in these rows: which are close, which good, which faint."""
    of_i, of_j = ties.class_ij[rows], ties.class_ji[rows]
    nearer = np.minimum(of_i, of_j)
    return nearer <= SYMPATHY, (of_i == SYMPATHY) & (of_j == SYMPATHY), nearer >= REST


def mean_closeness(state: State, i, j) -> np.ndarray:
    """Of each pair, i < j, the mean of its two sides over the plan days since the year was begun; 0 without a tie."""
    ties, rows = state.ties, rows_of(state.ties, i, j)
    found = (ties.sum_ij[rows].astype(float) + ties.sum_ji[rows]) / (2 * max(state.sampled, 1))
    return np.where(rows >= 0, found, 0.0)


def are_linked(ties: Ties, i, j) -> np.ndarray:
    """(pairs,) bool: does the platform link them?"""
    rows = rows_of(ties, i, j)
    return (rows >= 0) & (ties.flags[rows] & LINKED != 0) & (ties.flags[rows] & ENDED == 0)


def rows_of(ties: Ties, i, j) -> np.ndarray:
    """The row of each pair, i < j; -1 for a pair that has none."""
    key, wanted = tile_key(ties.i, ties.j), tile_key(i, j)
    at = np.searchsorted(key, wanted)
    known = at < key.size
    known[known] = key[at[known]] == wanted[known]
    return np.where(known, at, -1)
