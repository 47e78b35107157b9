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


def linked_members(state: State) -> np.ndarray:
    """(ties,) bool: ties between linked members."""
    ties, member = state.ties, state.people.member
    linked = ties.flags & LINKED != 0
    linked &= member[ties.i]
    linked &= member[ties.j]
    return linked


def strong_linked(state: State, reference: Reference) -> Iterator[Row]:
    """The share of pairs that are strong. A gesture made at random would find this share."""
    linked = linked_members(state)
    if pairs := int(linked.sum()):
        strong = count_strong(linked, state.ties, reference.strong, 2 * max(state.sampled, 1))
        yield Row("all", "all", "strong_linked", "share", 2 * pairs, strong / pairs)


def meaning(state: State, reference: Reference) -> Iterator[Row]:
    """What each gesture tells. A gesture has rows only if some pairs are strong, some are not, and some have the gesture."""
    by_closeness = np.empty(np.count_nonzero(linked := linked_members(state)), np.uint64)
    fill_keys(linked, state.ties, by_closeness)
    by_closeness.sort()
    counts = np.zeros((len(NAMES), 2 * MOST_GESTURES + 1, 3))
    squares = tabulate(by_closeness, state.ties, reference.strong, 2 * max(state.sampled, 1), counts)
    for name, table in zip(NAMES, counts):
        for measure, value in gesture_measures(table, 2 * squares).items():
            yield Row("all", "all", f"{measure}_{name}", UNITS[measure], 2 * by_closeness.size, value)


@njit
def count_strong(linked, ties, strong, values):
    """How many of the linked ties have a mean closeness above `strong`. values : how many values are in the sums of both sides"""
    count = 0
    for row in range(linked.size):
        count += linked[row] and (np.float64(ties.sum_ij[row]) + ties.sum_ji[row]) / values > strong
    return count


@njit
def fill_keys(linked, ties, keys):
    """Fill keys, one for each linked tie: bits of its closeness as float32, which sort like its value, then its row."""
    closeness = np.empty(1, np.float32)
    bits = closeness.view(np.uint32)
    n = 0
    for row in range(linked.size):
        if linked[row]:
            closeness[0] = ties.sum_ij[row] + ties.sum_ji[row]
            keys[n] = np.uint64(bits[0]) << np.uint64(32) | np.uint64(row)
            n += 1


@njit
def tabulate(by_closeness, ties, strong, values, counts):
    """Fill counts: for each of NAMES and each count, the number of directed pairs, of strong pairs, and the sum of ranks.

    A rank is that of the tie's closeness minus the mean rank; equal values have the mean of their ranks.
    by_closeness : keys of `fill_keys`, sorted; strong, values : as of `count_strong`
    counts : (NAMES, all possible counts, 3) float64, zeros
    Returns the sum of the squares of the ranks.
    """
    any_wish, pairs = counts.shape[0] - 1, by_closeness.size
    all_strong, squares = 0, 0.0
    first = 0
    while first < pairs:
        end = first + 1
        while end < pairs and by_closeness[end] >> np.uint64(32) == by_closeness[first] >> np.uint64(32):
            end += 1
        rank = (first + end - pairs) / 2
        squares += (end - first) * rank * rank
        for key in by_closeness[first:end]:
            row = key & np.uint64(0xFFFFFFFF)
            is_strong = (np.float64(ties.sum_ij[row]) + ties.sum_ji[row]) / values > strong
            all_strong += is_strong
            for side in range(2):
                of_pair = ties.gestures[row, side]
                for name in range(any_wish + 1):
                    count = int(of_pair[name]) if name < any_wish else int(of_pair[GREETING]) + int(of_pair[WISH])
                    if count:
                        cell = counts[name, count]
                        cell[0] += 1
                        cell[1] += is_strong
                        cell[2] += rank
        first = end
    for name in range(any_wish + 1):  # all other pairs have a count of 0; the ranks of all pairs add up to 0
        none = counts[name, 0]
        none[0] = 2 * pairs - counts[name, :, 0].sum()
        none[1] = 2 * all_strong - counts[name, :, 1].sum()
        none[2] = -counts[name, :, 2].sum()
    return squares


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
