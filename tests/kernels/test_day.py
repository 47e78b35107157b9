"""Whole days by kernels and by the plain society (docs/model.md 3), and what both must keep."""

import gc
import weakref

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import (
    EDGES,
    LUCK,
    assert_identical,
    assert_same,
    cases,
    default_rules,
    everyone_tied,
    few,
    multiset,
    multiset_of_rows,
    no_close_call,
    on_the_feed,
    random_world,
    settled,
)

from sim.channels import CHANNELS, VIEW
from sim.world import day as the_day
from sim.world.columns import KNOWS_IJ, KNOWS_JI, LINKED, SHARED
from sim.world.day import run_days
from sim.world.kernels import respond
from sim.world.kernels.chances import MOST_A_WEEK
from sim.world.kernels.together import mark_together
from sim.world.plain import PlainSociety
from sim.world.state import SORTS, chosen, in_tiles, new_people, new_ties

compiled = pytest.mark.skipif(numba.config.DISABLE_JIT, reason="too slow without the compiler")


def both_days(state, rules, seed):
    fast, slow, log = state.copy(), PlainSociety.from_state(state, rules), []
    run_days(fast, rules, seed, log=log)
    acts = slow.step_day(seed)
    no_close_call(slow)
    assert multiset_of_rows(log) == multiset(acts)
    assert_same(fast, slow.to_state())
    return fast


def test_there_is_room_for_all_acts_that_a_tie_can_have_on_a_day():
    """Everything there is falls on the day on which two people begin the year and have their birthdays."""
    answered = dict(reply=np.ones(len(CHANNELS), np.float32), reply_half=1e-30, meet_after=1.0, feed=True)
    greeted = dict(cards=1.0, cards_half=1e-30, wish=1.0, wish_half=1e-30, suppression=0.0, active=1.0, level=100.0)
    rules = default_rules(**answered, **greeted, private=False)
    people = dict(member=True, birthday=0, shown=0, contacts=100.0)
    state = everyone_tied(2, day=0, people=people, c_ij=1.0, c_ji=1.0, flags=SHARED | LINKED | KNOWS_IJ | KNOWS_JI)
    settled(state, message_rate=1e6, attention_ij=1)
    state.people.drive[:], state.ties.w_ij[:] = 1e6, 1
    scratch = the_day.scratch_of_thread(-1, 64)
    respond.sum_rates(0, 1, state.people, state.ties, rules, scratch.busy)
    candidates = scratch.candidates
    for sort in range(SORTS):  # as many candidates as there can be, all of them today
        candidates.start[sort : sort + 2] = sort * MOST_A_WEEK, (sort + 1) * MOST_A_WEEK
    candidates.row[: SORTS * MOST_A_WEEK] = 0
    candidates.number[: SORTS * MOST_A_WEEK] = np.tile(np.arange(MOST_A_WEEK), SORTS)
    candidates.u[:, : SORTS * MOST_A_WEEK] = candidates.luck[:, 0] = 0.5
    for seed in range(20):  # one of them has all that is drawn beside the candidates
        count = the_day.draw_acts(np.uint64(seed), 0, 0, 1, np.array([0], np.int32), state.people, state.ties, rules, scratch)
        assert count <= the_day.MOST_ACTS
        if count == the_day.MOST_ACTS:
            break
    else:
        pytest.fail("the room is larger than what can happen")


@few
@given(cases(), LUCK)
def test_days_agree(case, seed):
    both_days(case.state, case.rules, seed)


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("day", [0, 3, 29, 58, 209, 364, 365])
@pytest.mark.parametrize("feed", [False, True])
def test_edges(edge, day, feed):
    """New Year, a day without a plan, a month's end, 28 February, a plan day that ends a month."""
    both_days(EDGES[edge](day=day), default_rules(feed=feed), 1)


@pytest.mark.parametrize("online, feed, seed", [(True, False, 5), (False, False, 5), (True, True, 16)])
def test_sixty_days_side_by_side(online, feed, seed):
    """Each engine goes on from its own state; rounding errors may add up, no act may differ."""
    state = random_world(seed=seed, population=10, day=360, online=online, feed=feed)
    state.people.contacts[:] = 1.3
    rules = default_rules(online=online, feed=feed)
    slow, log, acts = PlainSociety.from_state(state, rules), [], []
    for day in range(60):
        run_days(state, rules, 1000 + day, log=log)
        acts += slow.step_day(1000 + day)
    assert slow.closest_call > 1e-5  # otherwise choose another seed
    assert len(acts) > 100
    assert multiset_of_rows(log) == multiset(acts)
    assert_same(state, slow.to_state(), rounding=1e-5)


# --- the same days at once, in parts, one by one ------------------------------------------------------


def in_parts(state, rules, seed, parts, threads=1, strip=None, log=None):
    """The state after these numbers of days, one number after the other."""
    state = state.copy()
    with pytest.MonkeyPatch.context() as patch:
        if strip:
            patch.setattr(the_day, "STRIP", strip)
        for days in parts:
            run_days(state, rules, seed, days, threads, log)
    return state


@few
@given(
    cases(days=st.sampled_from([7, 20, 25, 29, 353, 359, 362, 364])),
    LUCK,
    st.lists(st.integers(1, 9), min_size=1, max_size=4),
    st.sampled_from([1, 7, 64]),
    st.integers(1, 3),
)
def test_parts_strips_and_threads_change_no_bit(case, seed, parts, strip, threads):
    """Across plan days, turnovers and New Year."""
    at_once = in_parts(case.state, case.rules, seed, [sum(parts)])
    assert_identical(in_parts(case.state, case.rules, seed, [1] * sum(parts)), at_once)
    assert_identical(in_parts(case.state, case.rules, seed, parts, threads, strip), at_once)
    assert_identical(in_parts(case.state, case.rules, seed, [sum(parts)], log=[]), at_once)


def test_parts_of_a_busy_month_are_the_month():
    """Whether anything could go wrong above: acts of all sorts, on all days, for weeks."""
    rules = default_rules(feed=True, complement=3.0, substitution=0.8, meet_after=0.5, new_ties=np.full(3, 1.9, np.float32))
    state = on_the_feed(everyone_tied(9, day=350, people=dict(places=0)), messages=2, groups=1, posts=2, comments=0.5)
    state.people.birthday[:] = state.people.shown[:] = [349, 350, 353, 357, 363, 364, 0, 1, 2]
    state.place_counts = (1, 1, 1)
    log: list = []
    at_once = in_parts(state, rules, 6, [35])
    days = in_parts(state, rules, 6, [1] * 35, log=log)
    assert_identical(days, at_once)
    for strip in (1, 5, 64):
        assert_identical(in_parts(state, rules, 6, [3, 2, 2, 9, 4, 1, 14], 2, strip), at_once)
    acts = multiset_of_rows(log)
    assert {channel for _, _, _, channel, _ in acts} == set(range(len(CHANNELS))) - {VIEW}
    assert {day for day, *_ in acts} == set(range(350, 385))
    assert {sender for _, sender, *_ in acts} == set(range(9))


@compiled
@pytest.mark.parametrize(
    "day, private, feed, seed", [(0, False, False, 1), (29, True, False, 1), (210, True, True, 1)]
)
def test_many_strips_and_threads(day, private, feed, seed):
    """11,175 ties in six strips: the same day from one thread, from three, and in plain."""
    people = dict(places=0, member=True, shown=day % 365, greet=1.0)
    state = everyone_tied(150, day=day, people=people, flags=SHARED | LINKED, c_ij=0.05)
    state.people.birthday[:] = np.arange(150) % 7 + day % 365
    if feed:
        on_the_feed(state)
    one, three, rules = state.copy(), state.copy(), default_rules(private=private, feed=feed)
    run_days(one, rules, seed, threads=1)
    run_days(three, rules, seed, threads=3)
    assert_identical(one, three)
    both_days(state, rules, seed)


@compiled
def test_across_tiles():
    """People on both sides of number 16,384: rows stand in tiles and are found again."""
    edge, spots = 1 << 14, np.array([3, 5, 16000, 16383, 16384, 16385, 16390])
    small = everyone_tied(len(spots), day=29)
    count = edge + 10
    people = new_people(count)
    for column, values in zip(people, small.people):
        column[spots] = values
    people.places[spots] = 0
    columns = small.ties._asdict() | dict(i=spots[small.ties.i], j=spots[small.ties.j])
    state = small.copy()
    state.people = people
    state.ties = in_tiles(new_ties(len(small.ties.i), **columns))
    mark_together(state.ties.i, state.ties.j, people.places, people.community, state.ties.together)
    keep = np.arange(0, state.ties.i.size, 2)  # half of the pairs are strangers
    state.ties = chosen(state.ties, keep)
    both_days(state, default_rules(new_ties=np.full(3, 1.9, np.float32), closure=0.5), 4)


@few
@given(cases())
def test_plain_keeps_every_bit(case):
    assert_identical(PlainSociety.from_state(case.state, case.rules).to_state(), case.state)


def test_plain_leaves_the_state_alone():
    state = random_world(seed=1, population=8, day=29)
    before = state.copy()
    PlainSociety.from_state(state, default_rules()).step_day(1)
    assert_identical(state, before)


def test_mesa_can_drive_a_plain_society():
    society = PlainSociety.from_state(everyone_tied(3), default_rules(), key=5)
    for _ in range(3):
        society.step()
    assert (society.day, society.steps, len(society.agents)) == (4, 3, 3)


def test_a_plain_society_is_freed():
    """Mesa 3.3.1 keeps every model that ever had agents in a table; ours are let go."""
    society = PlainSociety.from_state(everyone_tied(3), default_rules())
    society.step_day(1)
    gone = weakref.ref(society)
    del society
    gc.collect()
    assert gone() is None
