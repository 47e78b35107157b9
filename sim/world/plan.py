"""Steps 1 and 4 and the rates of step 5 (docs/model.md 7.1, 7.4, 7.5): what people plan for a week, on plan days."""

from __future__ import annotations

import numpy as np

from sim.channels import VIEW
from sim.world.kernels.closeness import months_since
from sim.world.kernels.feed import rate_acts, scale_rates, sum_over_friends, within_minutes
from sim.world.kernels.plan import drives, sum_closeness, tally_views, totals, weights
from sim.world.state import FIXED, STRIP, WEEK, YEAR, Rules, State, Tally, add_tallies, new_tally, strips
from sim.world.threads import in_parallel


def plan(state: State, rules: Rules, threads: int = 1) -> None:
    """Step 1: sum closeness for the year's means, then share planned contact out over ties for a week."""
    people, ties, tally = state.people, state.ties, state.tally
    rows, population = ties.i.size, state.population
    month = months_since(people.birthday.astype(np.int64), state.day % YEAR).astype(np.uint8)

    def plan_strips(first: int, last: int) -> tuple[np.ndarray, Tally]:
        part = new_tally(tally.viewed.shape[0])
        span = slice(first * STRIP, min(last * STRIP, rows))
        sum_closeness(
            span.start, span.stop, ties.i, ties.j, ties.flags, ties.c_ij, ties.c_ji, ties.class_ij, ties.class_ji, month,
            ties.sum_ij, ties.sum_ji, part.season_closeness, part.season_ties,
        )  # fmt: skip
        weights(
            ties.flags[span], ties.affinity[span], ties.c_ij[span], ties.c_ji[span], np.float32(rules.gamma),
            ties.w_ij[span], ties.w_ji[span],
        )  # fmt: skip
        total = np.zeros(population, np.int64)
        totals(ties.i[span], ties.j[span], ties.w_ij[span], ties.w_ji[span], total)
        return total, part

    totals_of_parts, tallies = zip(*in_parallel(plan_strips, strips(rows), threads))
    add_tallies(tally, tallies)
    drives(people.contacts, people.kept, sum(totals_of_parts, np.zeros(population, np.int64)), people.drive)
    state.sampled += 1
    if rules.feed:
        post_and_read(state, rules)


def post_and_read(state: State, rules: Rules) -> None:
    """Step 4 and the rates of step 5, for a week: views, comments, messages and group exchanges, within people's minutes."""
    people, ties, tally = state.people, state.ties, state.tally
    offered, attention, community, seen, spoken = (np.zeros(state.population, np.int64) for _ in range(5))
    sum_over_friends(
        ties.i, ties.j, ties.flags, ties.affinity, ties.c_ij, ties.c_ji, people.member, people.places, people.posts,
        rules.attend[people.profile], rules.by_closeness, rules.rank_floor, rules.rank_slope, offered, attention, community,
        ties.message_rate_ij, ties.message_rate_ji,
    )  # fmt: skip
    rate_acts(
        ties.i, ties.j, ties.flags, ties.affinity, ties.c_ij, ties.c_ji, people.member, people.posts,
        rules.opening * rules.opened[people.profile], rules.discussed[people.profile],
        quotient(people.items * rules.friends_share, offered), people.comments, quotient(people.messages, attention),
        rules.by_closeness, rules.rank_floor, rules.rank_slope, rules.floor, rules.visits, ties.view_ij, ties.view_ji,
        ties.comment_ij, ties.comment_ji, ties.message_rate_ij, ties.message_rate_ji, seen, spoken,
    )  # fmt: skip
    scale = np.empty(state.population, np.float32)
    within_minutes(
        people.minutes, people.items, people.reactions, people.messages, people.groups, seen, spoken, attention, community,
        rules.item_minutes, rules.minutes, rules.budget, people.free, scale, people.each_group,
    )  # fmt: skip
    scale_rates(
        ties.i, ties.j, ties.flags, people.member, people.places, people.reactions, people.free, scale, people.each_group,
        ties.view_ij, ties.view_ji, ties.comment_ij, ties.comment_ji, ties.message_rate_ij, ties.message_rate_ji, ties.busy,
    )  # fmt: skip
    tally_views(
        0, ties.i.size, ties.i, ties.j, ties.c_ij, ties.c_ji, ties.class_ij, ties.class_ji, ties.view_ij, ties.view_ji,
        people.profile, view_dose(people, rules), tally.viewed, tally.absorbed, WEEK,
    )  # fmt: skip


def quotient(number: np.ndarray, total: np.ndarray) -> np.ndarray:
    """(people,) float32: number / total, with the total in units of 2^-36; 0 where the total is 0."""
    return np.divide(number * FIXED, total, out=np.zeros(total.size), where=total > 0).astype(np.float32)


def view_dose(people, rules: Rules) -> np.ndarray:
    """(people,) float32: dose of closeness from one view of this person's posts."""
    return rules.dose[VIEW] * rules.dosed[people.profile]
