"""What a gesture tells about a tie: how well counts of greetings, wishes, reactions, messages and so on find strong ties.

The measures are over all directed pairs of linked members (a sender and a receiver). A pair is strong if the closeness of its
tie is: the mean of both sides over the year. Counts are small whole numbers, so a table with one row for each count suffices.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.channels import GESTURES
from sim.compiled import njit
from sim.world.columns import LINKED, MOST_GESTURES
from sim.world.measures.year import Reference, Row
from sim.world.state import State

ANY_WISH = "any_wish"  # a prompted or a remembered greeting
NAMES = (*GESTURES, ANY_WISH)
UNITS = {"auc": "AUC", "rank": "correlation", "strong_given": "share", "told": "share", "information": "bits"}
GREETING, WISH = GESTURES.index("greeting"), GESTURES.index("wish")


def linked_members(state: State) -> tuple[np.ndarray, np.ndarray]:
    """Rows of ties between linked members, and the mean of both sides' closeness over the year."""
    ties, member = state.ties, state.people.member
    rows = np.flatnonzero((ties.flags & LINKED != 0) & member[ties.i] & member[ties.j])
    return rows, (ties.sum_ij[rows].astype(np.float64) + ties.sum_ji[rows]) / (2 * max(state.sampled, 1))


def strong_linked(state: State, reference: Reference) -> Iterator[Row]:
    """The share of pairs that are strong. A gesture made at random would find this share."""
    rows, closeness = linked_members(state)
    if rows.size:
        yield Row("all", "all", "strong_linked", "share", 2 * rows.size, float((closeness > reference.strong).mean()))


def meaning(state: State, reference: Reference) -> Iterator[Row]:
    """What each gesture tells. A gesture has rows only if some pairs are strong, some are not, and some have the gesture."""
    rows, closeness = linked_members(state)
    rank = average_ranks(closeness)
    counts = np.zeros((len(NAMES), 2 * MOST_GESTURES + 1, 3))
    tabulate(rows, state.ties.gestures, closeness > reference.strong, rank, counts)
    for name, table in zip(NAMES, counts):
        for measure, value in gesture_measures(table, 2 * (rank**2).sum()).items():
            yield Row("all", "all", f"{measure}_{name}", UNITS[measure], 2 * rows.size, value)


def average_ranks(values: np.ndarray) -> np.ndarray:
    """Ranks of values minus the mean rank, float64. Equal values have the mean of their ranks."""
    order = np.argsort(values)
    ordered = values[order]
    first = np.flatnonzero(np.diff(ordered, prepend=-np.inf))
    size = np.diff(first, append=values.size)
    rank = np.empty(values.size)
    rank[order] = np.repeat(first + (size - values.size) / 2, size)
    return rank


@njit
def tabulate(rows, gestures, strong, rank, counts):
    """Fill counts: for each of NAMES and each count, the number of directed pairs, of strong pairs, and the sum of ranks.

    strong, rank : of the ties `rows`; counts : (NAMES, all possible counts, 3) float64, zeros
    """
    any_wish = counts.shape[0] - 1
    for k in range(rows.size):
        for side in range(2):
            of_pair = gestures[rows[k], side]
            for name in range(any_wish + 1):
                count = int(of_pair[name]) if name < any_wish else int(of_pair[GREETING]) + int(of_pair[WISH])
                if count:
                    cell = counts[name, count]
                    cell[0] += 1
                    cell[1] += strong[k]
                    cell[2] += rank[k]
    for name in range(any_wish + 1):  # all other pairs have a count of 0
        none = counts[name, 0]
        none[0] = 2 * rows.size - counts[name, :, 0].sum()
        none[1] = 2 * strong.sum() - counts[name, :, 1].sum()
        none[2] = 2 * rank.sum() - counts[name, :, 2].sum()


def gesture_measures(table: np.ndarray, spread: float) -> dict[str, float]:
    """AUC, rank correlation, shares and information of one gesture. Empty if they are not defined.

    table : (counts, 3), for counts 0, 1, ...: pairs, strong pairs, sum of the pairs' ranks of closeness (minus the mean)
    spread : sum of the squares of all ranks
    """
    pairs, strong, ranks = table.T
    weak, n, with_it = pairs - strong, pairs.sum(), pairs[1:].sum()
    if not (strong.sum() and weak.sum() and with_it):
        return {}
    values = {
        "auc": strong @ (np.cumsum(weak) - weak / 2) / (strong.sum() * weak.sum()),
        "strong_given": strong[1:].sum() / with_it,
        "told": strong[1:].sum() / strong.sum(),
        "information": information(np.array([[weak[0], strong[0]], [weak[1:].sum(), strong[1:].sum()]])),
    }
    count_rank = np.cumsum(pairs) - (pairs + n) / 2
    if own_spread := pairs @ count_rank**2:
        values["rank"] = count_rank @ ranks / np.sqrt(own_spread * spread)
    return {name: float(value) for name, value in values.items()}


def information(joint: np.ndarray) -> float:
    """Mutual information of the rows and columns of a table of counts, in bits."""
    p = joint / joint.sum()
    independent = p.sum(axis=1, keepdims=True) * p.sum(axis=0)
    positive = p > 0
    return max(0.0, float((p[positive] * np.log2(p[positive] / independent[positive])).sum()))
