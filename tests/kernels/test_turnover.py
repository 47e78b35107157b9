"""A month's end by kernels and by the plain society (docs/model.md 7.8)."""

import numba
import numpy as np
import pytest
from hypothesis import given
from worlds import (
    EDGES,
    LUCK,
    assert_identical,
    both_turn_over,
    cases,
    default_rules,
    everyone_tied,
    few,
    random_world,
    ring,
    strangers,
    two_friends_and_a_stranger,
    world,
)

from sim import draws
from sim.world.beginning import generated_state
from sim.world.columns import (
    ENDED,
    FAR,
    FROM_CLUB,
    FROM_FRIENDS,
    FROM_KIN,
    FROM_PAST,
    FROM_WORK,
    KNOWS_IJ,
    KNOWS_JI,
    LINKED,
    NEW_TIE,
    ONLINE_BORN,
    REST,
    SHARED,
)
from sim.world.kernels.turnover import luckiest, race
from sim.world.rules import society_rules
from sim.world.turnover import turn_over

# One rule at a time: the others off
STILL = dict(know=0.0, leave=0.0, leave_tie=0.0, new_ties=np.zeros(3, np.float32), unused=10**6)
MEETING = STILL | dict(new_ties=np.full(3, 1.9, np.float32))
LONG_AGO = dict(c_ij=0.01, c_ji=0.01, last_real=0, day=400)


@few
@given(cases(), LUCK)
def test_turnovers_agree(case, seed):
    both_turn_over(case.state, case.rules, seed)


@few
@given(cases(**MEETING), LUCK)
def test_acquaintances_agree(case, seed):
    both_turn_over(case.state, case.rules, seed)


@pytest.mark.parametrize("edge", EDGES)
def test_edges(edge):
    both_turn_over(EDGES[edge](day=29), default_rules(know=1.0, leave=0.5), 6)


LEAVERS = np.array([0.0, 1.0, 0.0], np.float32)


def test_people_leave_by_their_profile():
    state = world(4, [(0, 1), (2, 3)], day=29, people=dict(places=0, profile=[0, 1, 1, 0]))
    state.place_counts = (1000, 1000, 1000)
    after = both_turn_over(state, default_rules(**STILL | dict(leave=LEAVERS)), 1)
    assert (after.people.places[[1, 2]] > 0).any(axis=1).all()
    assert not after.people.places[[0, 3]].any()


@pytest.mark.parametrize("days, stays", [(700, True), (800, False)])
def test_patient_people_keep_unused_ties_for_longer(days, stays):
    """Twice as long as the 365 days of others."""
    patience = np.array([[1.0, 1.0, 1.0], [1.0, 2.0, 1.0], [1.0, 1.0, 1.0]])
    state = world(2, [(0, 1)], day=29 + 30 * 40, people=dict(profile=1), c_ij=0.001, c_ji=0.001)
    state.ties.last_real[:] = state.day - days
    after = both_turn_over(state, default_rules(**STILL | dict(unused=365, patience=patience)), 1)
    assert (after.ties.i.size == 1) == stays



def test_closeness_teaches_birthdays():
    after = both_turn_over(ring(c_ij=1, c_ji=0), default_rules(**STILL | dict(know=1.0)), 1)
    assert (after.ties.flags & (KNOWS_IJ | KNOWS_JI) == KNOWS_IJ).all()


@pytest.mark.parametrize("prompts, linked", [(True, LINKED), (True, 0), (False, LINKED)])
def test_prompts_unteach_them(prompts, linked):
    people = dict(member=True)
    state = ring(flags=KNOWS_IJ | linked, people=people)
    after = both_turn_over(state, default_rules(**STILL, forget=1.0, prompts=prompts), 1)
    assert (after.ties.flags & KNOWS_IJ == 0).all() == bool(prompts and linked)


def test_a_place_left_is_a_past_setting():
    state = ring(chance=0.06, people=dict(places=0))
    state.place_counts = (1000, 1000, 1000)
    after = both_turn_over(state, default_rules(**STILL | dict(leave=1.0)), 1)
    assert (after.people.places > 0).all()
    assert (after.ties.origin == FROM_PAST).all()
    np.testing.assert_allclose(after.ties.chance, 0.06 * 0.0003 / 0.006, rtol=1e-6)


def test_nobody_leaves_what_they_do_not_have():
    after = both_turn_over(ring(), default_rules(**STILL | dict(leave=1.0)), 1)
    assert (after.people.places == -1).all()
    assert (after.ties.origin == FROM_WORK).all()


@pytest.mark.parametrize("origin, kept", [(FROM_KIN, True), (FROM_FRIENDS, True), (FROM_CLUB, False)])
def test_the_older_rule_takes_settings_from_ties(origin, kept):
    after = both_turn_over(ring(origin=origin), default_rules(**STILL | dict(leave_tie=1.0)), 1)
    assert (after.ties.origin == (origin if kept else FROM_PAST)).all()


@pytest.mark.parametrize(
    "survives, changes",
    [
        (False, {}),
        (True, dict(c_ij=0.02)),
        (True, dict(c_ji=0.02)),
        (True, dict(flags=LINKED)),
        (True, dict(last_real=35)),
        (False, dict(last_real=34)),
    ],
)
def test_faint_unlinked_unused_ties_end(survives, changes):
    state = two_friends_and_a_stranger(**LONG_AGO | changes)
    after = both_turn_over(state, default_rules(**STILL | dict(unused=365)), 1)
    assert after.ties.i.size == survives


@pytest.mark.parametrize("tie_class, rows", [(REST, 1), (NEW_TIE, 0), (ONLINE_BORN, 0)])
def test_ties_of_before_the_branch_stay_on_the_books(tie_class, rows):
    state = two_friends_and_a_stranger(**LONG_AGO, class_ij=tie_class, class_ji=tie_class)
    state.branched = True
    after = both_turn_over(state, default_rules(**STILL | dict(unused=365)), 1)
    assert after.ties.i.size == rows
    assert (after.ties.flags & ENDED).all()
    assert not after.ties.chance.any()


@pytest.mark.parametrize("branched, tie_class", [(False, REST), (True, NEW_TIE)])
def test_strangers_of_a_setting_meet(branched, tie_class):
    state = strangers(day=59, people=dict(places=0, member=True, link_places=2))
    state.branched = branched
    rules = default_rules(**MEETING, closure=0.0, first_closeness=0.03, link_share=1.0)
    after = both_turn_over(state, rules, 2)
    assert after.ties.i.size == 3
    assert (after.ties.c_ij == np.float32(0.03)).all()
    assert (after.ties.last_real == 59).all()
    assert (after.ties.class_ij == tie_class).all()
    assert (after.ties.flags & SHARED).all()
    assert (after.ties.flags & LINKED).all()
    assert (after.ties.chance > 0).all()


def test_friends_of_friends_meet():
    state = ring(5, people=dict(places=0))
    after = both_turn_over(state, default_rules(**MEETING, closure=1.0), 2)
    new = after.ties.origin == FROM_FRIENDS
    assert after.ties.i.size == 5 + new.sum()
    assert new.any()
    assert not after.ties.chance[new].any()
    assert not (after.ties.flags[new] & SHARED).any()


def test_nobody_left_to_meet():
    state = ring(3, people=dict(places=0))
    assert both_turn_over(state, default_rules(**MEETING), 2).ties.i.size == 3
    state = strangers(people=dict(places=-1))
    assert both_turn_over(state, default_rules(**MEETING), 2).ties.i.size == 0


@pytest.mark.parametrize("closure", [0.0, 1.0])
def test_an_ended_tie_comes_back(closure):
    """0 -- 1 -- 2, and 0 .. 2 ended: its row returns, with its class and distance."""
    state = ring(3, day=500, people=dict(places=0), last_real=3, flags=FAR | ENDED, c_ij=0.01)
    state.branched = True
    state.ties.flags[[0, 2]] = SHARED  # rows are 0-1, 0-2, 1-2
    after = both_turn_over(state, default_rules(**MEETING, closure=closure), 3)
    assert after.ties.i.size == 3
    assert after.ties.flags[1] == (FAR if closure else FAR | SHARED)
    assert after.ties.c_ij[1] == np.float32(0.03)
    assert after.ties.c_ji[1] == np.float32(0.3)
    assert after.ties.origin[1] == FROM_FRIENDS if closure else FROM_WORK
    assert after.ties.last_real[1] == 500
    assert after.ties.class_ij[1] == REST


def test_twelve_months_in_a_row():
    state, rules = random_world(seed=12, population=12, day=29), default_rules(leave=0.1)
    for _ in range(12):
        state = both_turn_over(state, rules, 12)
        state.day += 30


@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="Python runs one thread at a time")
def test_no_number_depends_on_threads(tiny):
    """A month's end of 300 people, of whom many begin ties and end them, on one thread and on several."""
    resolved = tiny.resolve("wall", {})
    rules = society_rules(resolved.society, resolved.profiles)._replace(unused=10, faint=0.11, forget=0.2, leave_tie=0.1)
    first = generated_state(300, resolved.society, resolved.profiles, 1)
    first.people.member[:200] = True
    first.day = 59
    states = [first.copy() for _ in range(3)]
    for state, threads in zip(states, (1, 2, 7)):
        turn_over(state, rules, 5, threads)
        assert_identical(state, states[0])
    old, new = (set(zip(state.ties.i.tolist(), state.ties.j.tolist())) for state in (first, states[0]))
    assert len(old - new) > 1000
    assert len(new - old) > 100


@pytest.mark.parametrize("side, bit, word", [("c_ij", KNOWS_IJ, 0), ("c_ji", KNOWS_JI, 1)])
def test_each_side_learns_by_a_word_of_its_own(side, bit, word):
    """With gain 1 a side learns if its word of the pair's draw is below its closeness."""
    state = everyone_tied(12, c_ij=0, c_ji=0)
    getattr(state.ties, side)[:] = 0.5
    after = both_turn_over(state, default_rules(**STILL | dict(know=1.0)), 1)
    u = draws.uniforms(1, draws.KNOW, state.day, state.ties.i, state.ties.j)[:, word]
    assert (after.ties.flags & (KNOWS_IJ | KNOWS_JI)).tolist() == np.where(u < 0.5, bit, 0).tolist()


@pytest.mark.parametrize("bit, word", [(KNOWS_IJ, 2), (KNOWS_JI, 3)])
def test_each_side_forgets_by_a_word_of_its_own(bit, word):
    state = everyone_tied(12, flags=bit | LINKED, c_ij=0.0, c_ji=0.0, people=dict(member=True))
    after = both_turn_over(state, default_rules(**STILL | dict(forget=0.5), prompts=True), 1)
    u = draws.uniforms(1, draws.KNOW, state.day, state.ties.i, state.ties.j)[:, word]
    assert (after.ties.flags & bit).tolist() == np.where(u < 0.5, 0, bit).tolist()


def test_people_who_were_only_linked_write_from_the_next_plan_day():
    """Messages were shared out when this tie had no affinity."""
    link = dict(class_ij=ONLINE_BORN, class_ji=ONLINE_BORN, flags=LINKED, affinity=0.0, c_ij=0.1, c_ji=0.1)
    state = everyone_tied(6, day=59, people=dict(member=True, places=0), attention_ij=0.5, attention_ji=0.5, **link)
    state.branched = True
    after = both_turn_over(state, default_rules(**MEETING, closure=0.0), 1).ties
    met = after.class_ij != ONLINE_BORN
    assert 0 < met.sum() < met.size
    assert (after.affinity[met] > 0).all()
    assert (after.attention_ij == np.where(met, 0, 0.5)).all()
    assert (after.attention_ji == after.attention_ij).all()


def test_a_candidate_wins_by_a_closeness_that_is_hardly_a_number():
    """Arrivals are computed in float64: in float32, 1e-39 has too few bits, and an arrival may be infinite."""
    weights, words = np.array([1e-39, 3e-45], np.float32), np.empty((4, 64), np.uint32)
    winners = [race(np.uint64(3), draws.PICK, 29, person, np.array([7, 8], np.int32), weights, words) for person in range(20)]
    assert winners == [0] * 20
    assert race(np.uint64(3), draws.PICK, 29, 2, np.array([7], np.int32), weights[1:], words) == 0


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 200])
def test_the_first_of_any_number_of_candidates_wins(size):
    """Against all arrivals, one by one."""
    rng = np.random.default_rng(size)
    others, weights = np.arange(5, 5 + size).astype(np.int32), rng.random(size).astype(np.float32) + np.float32(1e-6)
    u = draws.uniforms(3, draws.PICK, 29, np.full(size, 2), others)[:, 0]
    arrivals = -np.log(u.astype(np.float64) + 2.0**-25) / weights
    words = np.empty((4, 64), np.uint32)
    args = np.uint64(3), draws.PICK, 29, 2, others
    assert race(*args, weights, words) == (np.argmin(arrivals) if size else -1)
    assert luckiest(*args, words) == (np.argmax(u) if size else -1)
