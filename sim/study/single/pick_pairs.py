"""The ties that show most of what a study does: at most three pairs, chosen by these rules.

The candidates are ties that were alive at the branch. If a platform links any of them, only ties that an arm links count.
The closeness of a tie is the mean of its two sides: *before* is over the year before the branch, *after* over the last quarter.

- "apart": the tie whose *after* differs most between two arms.
- "thinned" or "warmed": a tie that changed most in the other direction, in the arm of the primary contrast. If the first tie
  gained or stayed, it is the close tie that lost most; if the first tie lost, it is the faint tie that gained most.
- "steady": the good tie whose largest change in any arm is smallest. If there is no good tie, a close tie is taken.

A tie is close if one of the two is among the other's closest fifteen. It is faint if neither is among the other's closest fifty.
It is good if each is among the other's ranks 6 to 15. No person is in two pairs. Of equal ties, the first in the society's order
is chosen. The first two pairs are extremes; the third shows what is usual.
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
    """(place among the candidates, name of the rule) of each chosen tie; `arm` is that of the primary contrast."""
    chosen: list[tuple[int, str]] = []
    free = np.ones(ties.before.size, np.bool_)

    def take(rule: str, values: np.ndarray, among: np.ndarray, above: float = 0.0) -> None:
        """Choose the tie with the greatest value, if that is above a limit. Ties of its two people are free no longer."""
        free_values = np.where(among & free, values, -np.inf)
        if free_values.max(initial=-np.inf) > above:
            best = int(free_values.argmax())
            chosen.append((best, rule))
            free[np.isin(ties.i, (ties.i[best], ties.j[best])) | np.isin(ties.j, (ties.i[best], ties.j[best]))] = False

    ends = np.stack(list(ties.after.values()))
    change = ties.after[arm] - ties.before
    take("apart", ends.max(0) - ends.min(0), free)
    if chosen and change[chosen[0][0]] < 0:
        take("warmed", change, ties.faint)
    else:
        take("thinned", -change, ties.close)
    good = ties.good if (ties.good & free).any() else ties.close
    take("steady", -np.abs(ends - ties.before).max(0), good, -np.inf)
    return chosen


def circles(ties: Ties, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(rows,) bool three times: whether the ties in some rows are close, good, faint."""
    of_i, of_j = ties.class_ij[rows], ties.class_ji[rows]
    nearer = np.minimum(of_i, of_j)
    return nearer <= SYMPATHY, (of_i == SYMPATHY) & (of_j == SYMPATHY), nearer >= REST


def mean_closeness(state: State, i, j) -> np.ndarray:
    """(pairs,) mean closeness of both sides of each pair, i < j, over the plan days since `begin_year`; 0 without a tie."""
    ties, rows = state.ties, rows_of(state.ties, i, j)
    closeness = (ties.sum_ij[rows].astype(float) + ties.sum_ji[rows]) / (2 * max(state.sampled, 1))
    return np.where(rows >= 0, closeness, 0.0)


def are_linked(ties: Ties, i, j) -> np.ndarray:
    """(pairs,) bool: whether the platform links each pair, i < j."""
    rows = rows_of(ties, i, j)
    return (rows >= 0) & (ties.flags[rows] & LINKED != 0) & (ties.flags[rows] & ENDED == 0)


def rows_of(ties: Ties, i, j) -> np.ndarray:
    """(pairs,) the row of each pair, i < j, in the ties; -1 for a pair that has none."""
    keys, pair_keys = tile_key(ties.i, ties.j), tile_key(i, j)
    rows = np.searchsorted(keys, pair_keys)
    known = rows < keys.size
    known[known] = keys[rows[known]] == pair_keys[known]
    return np.where(known, rows, -1)
