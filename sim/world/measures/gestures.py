"""What a gesture tells about a tie: how well counts of greetings, wishes, reactions, messages, ... find the strong ones.

Looked at are all directed pairs of linked members (a sender and a receiver). A pair is strong if the mean of both sides'
closeness over the year is. Counts are small whole numbers, so one table of how often each occurs holds all there is to know.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.channels import GESTURES
from sim.compiled import njit
from sim.world.columns import LINKED, MOST_GESTURES
from sim.world.measures.year import Reference, Row
from sim.world.state import State

ANY_WISH = "any_wish"  # a greeting or a wish: what reaches somebody on a birthday
NAMES = (*GESTURES, ANY_WISH)
UNITS = {"auc": "AUC", "rank": "correlation", "strong_given": "share", "told": "share", "information": "bits"}
GREETING, WISH = GESTURES.index("greeting"), GESTURES.index("wish")


def linked_members(state: State) -> tuple[np.ndarray, np.ndarray]:
    """Rows of ties between linked members, and the mean of both sides' closeness over the year."""
    ties, member = state.ties, state.people.member
    rows = np.flatnonzero((ties.flags & LINKED != 0) & member[ties.i] & member[ties.j])
    return rows, (ties.sum_ij[rows].astype(np.float64) + ties.sum_ji[rows]) / (2 * max(state.sampled, 1))


def strong_linked(state: State, reference: Reference) -> Iterator[Row]:
    """The share of the pairs that are strong: what a gesture tells that is made on anybody."""
    rows, closeness = linked_members(state)
    if rows.size:
        yield Row("all", "all", "strong_linked", "share", 2 * rows.size, float((closeness > reference.strong).mean()))


def meaning(state: State, reference: Reference) -> Iterator[Row]:
    """Rows of what each gesture tells, where there are strong pairs, others, and some with the gesture."""
    rows, closeness = linked_members(state)
    rank = average_ranks(closeness)
    counts = np.zeros((len(NAMES), 2 * MOST_GESTURES + 1, 3))
    tabulate(rows, state.ties.gestures, closeness > reference.strong, rank, counts)
    for name, table in zip(NAMES, counts):
        for measure, value in told_by(table, 2 * (rank**2).sum()).items():
            yield Row("all", "all", f"{measure}_{name}", UNITS[measure], 2 * rows.size, value)


def average_ranks(values: np.ndarray) -> np.ndarray:
    """Ranks of values about their mean, float64; equal values share theirs."""
    order = np.argsort(values)
    ordered = values[order]
    first = np.flatnonzero(np.diff(ordered, prepend=-np.inf))
    size = np.diff(first, append=values.size)
    rank = np.empty(values.size)
    rank[order] = np.repeat(first + (size - values.size) / 2, size)
    return rank


@njit
def tabulate(rows, gestures, strong, rank, counts):
    """Fill counts: for each of NAMES and each count, how many directed pairs, strong ones, and the sum of their ranks.

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
    for name in range(any_wish + 1):  # all others had none
        none = counts[name, 0]
        none[0] = 2 * rows.size - counts[name, :, 0].sum()
        none[1] = 2 * strong.sum() - counts[name, :, 1].sum()
        none[2] = 2 * rank.sum() - counts[name, :, 2].sum()


def told_by(table: np.ndarray, spread: float) -> dict[str, float]:
    """AUC, rank correlation, shares and information of one gesture; none if they are not defined.

    table : (counts, 3), for 0, 1, ...: pairs, strong pairs, sum of their ranks of closeness (about the mean)
    spread : sum of the squares of all ranks
    """
    pairs, strong, ranks = table.T
    weak, n, with_it = pairs - strong, pairs.sum(), pairs[1:].sum()
    if not (strong.sum() and weak.sum() and with_it):
        return {}
    found = {
        "auc": strong @ (np.cumsum(weak) - weak / 2) / (strong.sum() * weak.sum()),
        "strong_given": strong[1:].sum() / with_it,
        "told": strong[1:].sum() / strong.sum(),
        "information": information(np.array([[weak[0], strong[0]], [weak[1:].sum(), strong[1:].sum()]])),
    }
    count_rank = np.cumsum(pairs) - (pairs + n) / 2
    if own_spread := pairs @ count_rank**2:
        found["rank"] = count_rank @ ranks / np.sqrt(own_spread * spread)
    return {name: float(value) for name, value in found.items()}


def information(joint: np.ndarray) -> float:
    """Mutual information of the rows and columns of a table of counts, in bits."""
    p = joint / joint.sum()
    apart = p.sum(axis=1, keepdims=True) * p.sum(axis=0)
    some = p > 0
    return max(0.0, float((p[some] * np.log2(p[some] / apart[some])).sum()))
