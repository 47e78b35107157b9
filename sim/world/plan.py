"""Steps 1 and 4 and the rates of step 5 (docs/model.md 7.1, 7.4, 7.5): what people plan for a week, on plan days.

A plan day goes through all ties strip by strip, in several threads: once, or twice with a feed. After each time, each person
shares out what the ties add up to.
"""

from __future__ import annotations

from functools import reduce

import numpy as np

from sim.channels import VIEW
from sim.compiled import njit
from sim.world.kernels.closeness import months_since
from sim.world.kernels.feed import (
    attend,
    find_companions,
    mark_friends,
    offer,
    rate_views,
    tally_views,
    within_minutes,
)
from sim.world.kernels.plan import drives, sum_closeness, totals, weights
from sim.world.state import FIXED, STRIP, YEAR, Rules, State, add_tallies, new_tally, strips
from sim.world.threads import in_parallel


def plan(state: State, rules: Rules, threads: int = 1) -> None:
    """Sum closeness for the year's means, and share planned contact out over ties for a week. With a feed, settle its rates."""
    people, ties = state.people, state.ties
    rows, threads = ties.i.size, min(threads, strips(ties.i.size))

    def of_ties(kernel, sums: int, numbers) -> np.ndarray:
        """What a kernel adds up for each person over all ties, (sums, people) int64; it also adds to the tally.

        numbers : what the kernel needs beside the state
        """

        def part(first: int, last: int):
            tally, added = new_tally(state.tally.viewed.shape[0]), np.zeros((sums, state.population), np.int64)
            kernel(first, last, people, ties, rules, numbers, tally, added)
            return tally, added

        tallies, parts = zip(*in_parallel(part, rows, threads))
        add_tallies(state.tally, tallies)
        return reduce(np.add, parts)

    month = months_since(people.birthday.astype(np.int64), state.day % YEAR).astype(np.uint8)
    total, *of_friends = of_ties(weigh_ties, 4 if rules.feed else 1, month)
    drives(people.contacts, people.kept, total, people.drive)
    state.sampled += 1
    if rules.feed:
        offered, message_weight, companions = of_friends
        seen, most = quotient(people.items * rules.friends_share, offered), people.discussed.max(initial=0)
        turned = rules.attend_at ** (1 - people.attend)
        views, comment_weight = of_ties(read_posts, 2, (seen, turned, most))
        within_minutes(people, rules, message_weight, companions, views, comment_weight, most)


@njit
def weigh_ties(first, last, people, ties, rules, month, tally, sums):
    """Step 1 in rows first..last, and with a feed what steps 4 and 5 share out.

    sums : (1 or 4, people) of weights; with a feed also of friends' posts, of q c^gamma of friends, and of who shares a place
    """
    logs, sides = np.empty((2, STRIP), np.float32), np.empty((2, STRIP), np.float32)
    for start in range(first, last, STRIP):
        rows = slice(start, min(start + STRIP, last))
        i, j = ties.i[rows], ties.j[rows]
        sum_closeness(rows, ties, month, tally.season_closeness, tally.season_ties)
        weights(rows, ties, rules.gamma, logs)
        totals(i, j, ties.w_ij[rows], ties.w_ji[rows], sums[0])
        if rules.feed:
            mark_friends(rows, ties, people.member)
            offer(rows, people.posts, ties, rules, sides)
            totals(i, j, sides[0], sides[1], sums[1])
            attend(rows, people.attend, ties, logs, sides)
            totals(i, j, sides[0], sides[1], sums[2])
            find_companions(rows, ties, sides[0])
            totals(i, j, sides[0], sides[0], sums[3])


@njit
def read_posts(first, last, people, ties, rules, numbers, tally, sums):
    """Step 4 in rows first..last. sums : (2, people) of views, and of what comments are in proportion to

    numbers : part of friends' posts that a reader sees, by rank; attend_at^(1 - gamma); both (people,) float32; the largest K
    """
    share, turned, most = numbers
    comment_weight = np.empty((2, STRIP), np.float32)
    for start in range(first, last, STRIP):
        rows = slice(start, min(start + STRIP, last))
        i, j = ties.i[rows], ties.j[rows]
        rate_views(rows, people, ties, rules, share, turned, most, comment_weight)
        totals(i, j, ties.view_ij[rows], ties.view_ji[rows], sums[0])
        totals(i, j, comment_weight[0], comment_weight[1], sums[1])
        tally_views(rows, people, ties, rules.dose[VIEW], tally.viewed, tally.absorbed)


def quotient(number: np.ndarray, total: np.ndarray) -> np.ndarray:
    """(people,) float32: number / total, with the total in units of 2^-36; 0 where the total is 0."""
    return np.divide(number * FIXED, total, out=np.zeros(total.size), where=total > 0).astype(np.float32)
