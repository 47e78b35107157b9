"""Steps 1 and 4 and the rates of step 5 (docs/model.md 7.1, 7.4, 7.5): what people plan for a week, on plan days.

A plan day goes through all ties strip by strip, in several threads: once, twice with a feed, and three times if counts are
shown. After each time, each person shares out what the ties add up to.
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
    follow_the_crowd,
    mark_friends,
    offer,
    passed_on,
    rate_views,
    tally_views,
    within_minutes,
)
from sim.world.kernels.plan import drives, sum_closeness, totals, weights
from sim.world.state import FIXED, STRIP, TALLIED, WEEK, YEAR, Rules, State, add_tallies, new_tally, strips
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
    total, *of_friends = of_ties(weigh_ties, 4 if rules.feed else 1, (month, people.posts + people.passed))
    drives(people.contacts, people.kept, total, people.drive)
    state.sampled += 1
    if rules.feed:
        offered, message_weight, companions = of_friends
        seen, most = quotient(people.items * rules.friends_share, offered), people.discussed.max(initial=0)
        turned = rules.attend_at ** (1 - people.attend)
        views, comment_weight, by_poster, of_strangers = of_ties(read_posts, 4, (seen, turned, most))
        see_strangers(state, rules, of_strangers / FIXED)
        people.crowd[:] = 1
        if rules.crowd > 0:
            show_counts(people, rules, by_poster / FIXED)
            (views,) = of_ties(react, 1, None)
        within_minutes(people, rules, message_weight, companions, views, comment_weight, most)


def see_strangers(state: State, rules: Rules, passed: np.ndarray) -> None:
    """Set and tally the posts of strangers that people open: those that friends passed on, and those that are recommended.

    passed : (people,) float64, the former, per day
    """
    people = state.people
    opens = min(np.float32(1), np.float32(rules.opening) * np.float32(rules.floor))
    people.strangers[:] = passed + people.items * rules.strangers_share * opens
    week = WEEK * np.rint(people.strangers.astype(np.float64) * TALLIED).astype(np.int64)
    np.add.at(state.tally.strangers, people.group, week)


def show_counts(people, rules: Rules, views: np.ndarray) -> None:
    """Set how counts change reactions: the more views a person's posts get, the more of them. Their total stays.

    views : (people,) float64, a day, of each person's posts
    """
    usual = (views**2).sum() / views.sum() if views.any() else 1.0  # the count of a view
    people.crowd[:] = np.where(people.member, 1 - rules.crowd + rules.crowd * views / usual, 1)


@njit
def weigh_ties(first, last, people, ties, rules, numbers, tally, sums):
    """Step 1 in rows first..last, and with a feed what steps 4 and 5 share out.

    numbers : months since the birthday, own and passed on posts of people
    sums : (1 or 4, people) of weights; with a feed also of friends' posts, of q c^gamma of friends, and of who shares a place
    """
    month, posts = numbers
    logs, sides = np.empty((2, STRIP), np.float32), np.empty((2, STRIP), np.float32)
    for start in range(first, last, STRIP):
        rows = slice(start, min(start + STRIP, last))
        i, j = ties.i[rows], ties.j[rows]
        sum_closeness(rows, ties, month, tally.season_closeness, tally.season_ties)
        weights(rows, ties, rules.gamma, logs)
        totals(i, j, ties.w_ij[rows], ties.w_ji[rows], sums[0])
        if rules.feed:
            mark_friends(rows, ties, people.member)
            offer(rows, posts, ties, rules, sides)
            totals(i, j, sides[0], sides[1], sums[1])
            attend(rows, people.attend, ties, logs, sides)
            totals(i, j, sides[0], sides[1], sums[2])
            find_companions(rows, ties, sides)
            totals(i, j, sides[0], sides[1], sums[3])


@njit
def read_posts(first, last, people, ties, rules, numbers, tally, sums):
    """Step 4 in rows first..last.

    sums : (4, people) of views, of what comments are in proportion to, of views by poster if counts are shown, and of opened
        posts of strangers that friends passed on
    numbers : part of friends' posts that a reader sees, by rank; attend_at^(1 - gamma); both (people,) float32; the largest K
    """
    share, turned, most = numbers
    sides = np.empty((2, STRIP), np.float32)
    for start in range(first, last, STRIP):
        rows = slice(start, min(start + STRIP, last))
        i, j = ties.i[rows], ties.j[rows]
        rate_views(rows, people, ties, rules, share, turned, most, sides)
        totals(i, j, ties.view_ij[rows], ties.view_ji[rows], sums[0])
        totals(i, j, sides[0], sides[1], sums[1])
        if rules.crowd > 0:
            totals(i, j, ties.view_ji[rows], ties.view_ij[rows], sums[2])
        if rules.reposts:
            passed_on(rows, people, ties, rules, share, turned, sides)
            totals(i, j, sides[0], sides[1], sums[3])
        tally_views(rows, people, ties, rules.dose[VIEW], tally.viewed, tally.absorbed)


@njit
def react(first, last, people, ties, rules, numbers, tally, sums):
    """Sum views times what shown counts change, in rows first..last. sums : (1, people)"""
    sides = np.empty((2, STRIP), np.float32)
    for start in range(first, last, STRIP):
        rows = slice(start, min(start + STRIP, last))
        follow_the_crowd(rows, people, ties, sides)
        totals(ties.i[rows], ties.j[rows], sides[0], sides[1], sums[0])


def quotient(number: np.ndarray, total: np.ndarray) -> np.ndarray:
    """(people,) float32: number / total, with the total in units of 2^-36; 0 where the total is 0."""
    return np.divide(number * FIXED, total, out=np.zeros(total.size), where=total > 0).astype(np.float32)
