"""Links and ties that a platform makes and ends, by kernels and by the plain society (docs/model.md 7.8)."""

import numpy as np
import pytest
from hypothesis import given
from worlds import LUCK, both_turn_over, cases, default_rules, few, on_the_feed, world

from sim.world.columns import FRIEND, FROM_ONLINE, LINKED, LINKED_JI, NEW_TIE, ONLINE, ONLINE_BORN, SHARED
from sim.world.measures import living
from sim.world.state import link_only

STILL = dict(know=0.0, leave=0.0, leave_tie=0.0, new_ties=np.zeros(3, np.float32), unused=10**6, online=True, feed=True)
LINK = dict(kind=ONLINE, origin=FROM_ONLINE, class_ij=ONLINE_BORN, class_ji=ONLINE_BORN, affinity=0.0, chance=0.0, flags=LINKED)
ALL = dict(online=True, suggest=3.0, meet_links=1.0, meet_communities=1.5, meet_feed=0.05, unlink=0.5, gate=0.5)
SEEDS = range(20)


@few
@given(cases(**ALL), LUCK)
def test_months_agree(case, seed):
    state = case.state
    state.day += 29 - state.day % 30
    both_turn_over(state, case.rules, seed)


def roomy(state):
    """Everybody a member with places enough, branched."""
    on_the_feed(state)
    state.people.stranger_places[:] = 100
    state.branched = True
    return state


# --- links end -----------------------------------------------------------------------------------


def test_mere_links_end_at_once_where_everybody_ends_them():
    state = roomy(world(4, [(0, 1), (1, 2), (2, 3)], day=29 + 30 * 20, **LINK | dict(c_ij=0.0, c_ji=0.0)))
    state.ties.last_real[:] = -(10**6)
    after = both_turn_over(state, default_rules(**STILL | dict(unlink=1.0, unused=365)), 1)
    assert after.ties.i.size == 0


@pytest.mark.parametrize("days, ends", [(364, False), (365, True)])
def test_composed_contact_of_the_last_year_keeps_a_link(days, ends):
    state = roomy(world(2, [(0, 1)], day=29 + 30 * 20, c_ij=0.0, c_ji=0.0))
    state.ties.last_composed[:] = state.day - days
    after = both_turn_over(state, default_rules(**STILL | dict(unlink=1.0)), 1)
    assert (after.ties.flags[0] & LINKED == 0) == ends


def test_an_ended_link_leaves_no_rates():
    state = roomy(world(2, [(0, 1)], day=29 + 30 * 20, c_ij=0.0, c_ji=0.0))
    state.ties.view_ij[:] = state.ties.attention_ji[:] = 1
    state.ties.were_friends[:] = 3
    ties = both_turn_over(state, default_rules(**STILL | dict(unlink=1.0)), 1).ties
    assert (ties.view_ij[0], ties.attention_ji[0], ties.were_friends[0]) == (0, 0, False)
    assert ties.i.size == 1  # the tie itself stays: it is not unused


def test_the_less_close_end_more_links():
    """Half of the rate at closeness `half`: of 2,000 pairs at closeness 0 and at half, one side each."""
    pairs = [(2 * k, 2 * k + 1) for k in range(2000)]
    state = roomy(world(4000, pairs, day=29 + 30 * 20, c_ij=np.repeat([0.0, 0.05], 1000), c_ji=1.0))
    ties = both_turn_over(state, default_rules(**STILL | dict(unlink=0.4, unlink_half=0.05)), 3).ties
    gone = (ties.flags & LINKED == 0).reshape(2, 1000).mean(axis=1)
    other = 1 - 0.4 * 0.05 / 1.05  # the close side, too, may end it
    for found, p in zip(gone, (1 - 0.6 * other, 1 - 0.8 * other)):
        assert abs(found - p) < 4 * np.sqrt(p * (1 - p) / 1000)


# --- suggestions ---------------------------------------------------------------------------------


def linked_pairs(state) -> set:
    ties = state.ties
    return {(int(i), int(j)) for i, j in zip(ties.i[ties.flags & LINKED != 0], ties.j[ties.flags & LINKED != 0])}


def test_friends_of_friends_are_linked_and_nobody_else():
    """0 -- 1 -- 2 -- 3: suggestions can link 0 with 2 and 1 with 3."""
    found = set()
    for seed in SEEDS:
        state = roomy(world(4, [(0, 1), (1, 2), (2, 3)], day=29))
        after = both_turn_over(state, default_rules(**STILL | dict(suggest=2.0)), seed)
        found |= linked_pairs(after) - linked_pairs(state)
        assert link_only(after.ties).sum() == after.ties.i.size - 3
    assert found == {(0, 2), (1, 3)}


def test_a_ring_without_triangles_gets_its_diagonals_of_two():
    state = roomy(world(6, [(k, (k + 1) % 6) for k in range(6)], day=29))
    after = both_turn_over(state, default_rules(**STILL | dict(suggest=8.0)), 2)
    assert linked_pairs(after) - linked_pairs(state) <= {(k, k + 2) for k in range(4)} | {(0, 4), (1, 5)}
    assert len(linked_pairs(after)) > 9


@pytest.mark.parametrize("place", ["link_places", "stranger_places"])
def test_suggestions_need_a_place_on_both_sides(place):
    """0 -- 1 -- 2; 0 and 2 know each other or never met. A pair that knows each other takes a place for people met."""
    for seed in SEEDS:
        pairs = [(0, 1), (1, 2)] + ([(0, 2)] if place == "link_places" else [])
        state = roomy(world(3, pairs, day=29))
        state.ties.flags[(state.ties.i == 0) & (state.ties.j == 2)] = SHARED
        getattr(state.people, place)[2] = 1 if place == "link_places" else 0
        after = both_turn_over(state, default_rules(**STILL | dict(suggest=8.0)), seed)
        assert linked_pairs(after) == {(0, 1), (1, 2)}


# --- acquaintances online ------------------------------------------------------------------------


def test_people_meet_in_their_community_and_become_friends_in_real_life():
    state = roomy(world(6, [], day=29, people=dict(community=[0, 0, 0, 1, 1, -1])))
    rules = default_rules(
        **STILL | dict(meet_communities=8.0, meet_closeness=0.1, affinity_spread=0.0, newcomers=0.5, meet_affinity=2.0)
    )
    after = both_turn_over(state, rules, 1)
    ties = after.ties
    assert set(zip(ties.i.tolist(), ties.j.tolist())) == {(0, 1), (0, 2), (1, 2), (3, 4)}
    assert (ties.kind == ONLINE).all()
    assert (ties.class_ij == ONLINE_BORN).all()
    assert (ties.affinity == 1.0).all()
    assert (ties.c_ij == np.float32(0.1)).all()
    assert (ties.flags & LINKED != 0).all()
    assert not ties.chance.any()
    assert living(ties).all()
    later = both_turn_over(
        after,
        rules._replace(meet_communities=np.float32(0), gate=np.float32(1), gate_half=np.float32(0.001), gate_far=np.float32(1)),
        1,
    )
    assert (later.ties.kind == FRIEND).all()
    assert (later.ties.last_real == later.day).all()
    assert (later.ties.class_ij == ONLINE_BORN).all()


def test_only_links_lead_to_friends_of_friends_online():
    """0 -- 1 -- 2: 0 and 2 get to know each other through 1; a mere link between them becomes a tie."""
    for with_link in (False, True):
        pairs = [(0, 1), (1, 2)] + ([(0, 2)] if with_link else [])
        met = set()
        for seed in SEEDS:
            state = roomy(world(3, pairs, day=29))
            if with_link:
                row = (state.ties.i == 0) & (state.ties.j == 2)
                for name, value in LINK.items():
                    getattr(state.ties, name)[row] = value
                state.ties.c_ij[row] = state.ties.c_ji[row] = 0
            after = both_turn_over(state, default_rules(**STILL | dict(meet_links=3.0)), seed)
            met |= {(int(i), int(j)) for i, j in zip(after.ties.i[living(after.ties)], after.ties.j[living(after.ties)])}
        assert met == {(0, 1), (1, 2), (0, 2)}


def test_who_knows_each_other_online_alone_plans_nothing(tiny):
    from sim.world.plan import plan

    state = roomy(world(3, [(0, 1), (1, 2)], day=7, **LINK | dict(affinity=2.0)))
    state.ties.kind[1] = FRIEND  # has passed the gate
    plan(state, default_rules(**STILL))
    assert state.ties.w_ij[0] == state.ties.w_ji[0] == 0
    assert state.ties.w_ij[1] > 0


def test_they_may_meet_in_real_life_as_strangers_do():
    state = roomy(world(2, [(0, 1)], day=29, people=dict(places=0), **LINK | dict(affinity=2.0)))
    state.place_counts = (1, 1, 1)
    rules = default_rules(**STILL | dict(new_ties=np.full(3, 5.0, np.float32), closure=0.0))
    after = both_turn_over(state, rules, 4)
    assert after.ties.kind[0] == FRIEND
    assert after.ties.class_ij[0] == NEW_TIE
    assert after.ties.flags[0] & SHARED


def test_the_far_pass_the_gate_less_often():
    pairs = [(2 * k, 2 * k + 1) for k in range(2000)]
    state = roomy(world(4000, pairs, day=29, **LINK | dict(affinity=1.0, c_ij=0.2, c_ji=0.9)))
    state.ties.flags[1000:] |= 1
    rules = default_rules(**STILL | dict(gate=0.8, gate_half=0.2, gate_far=0.25))
    crossed = (both_turn_over(state, rules, 5).ties.kind == FRIEND).reshape(2, 1000).mean(axis=1)
    for found, p in zip(crossed, (0.4, 0.1)):
        assert abs(found - p) < 4 * np.sqrt(p * (1 - p) / 1000)


def test_people_meet_who_wrote_what_they_read_in_the_feed():
    """30 opened posts a day, a tenth of whose authors one gets to know: everybody knows everybody soon; nobody but members."""
    state = roomy(world(5, [], day=29, people=dict(strangers=30.0)))
    state.people.member[4] = False
    ties = both_turn_over(state, default_rules(**STILL | dict(meet_feed=0.1)), 1).ties
    assert set(zip(ties.i.tolist(), ties.j.tolist())) == {(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)}
    assert (ties.kind == ONLINE).all()
    assert not both_turn_over(state, default_rules(**STILL | dict(meet_feed=0.0)), 1).ties.i.size


def test_where_links_need_no_return_each_ends_the_own():
    state = roomy(world(2, [(0, 1)], day=29 + 30 * 20, c_ij=0.0, c_ji=1.0))
    state.ties.were_friends[:], state.ties.view_ij[:], state.ties.view_ji[:] = 3, 1, 1
    rules = default_rules(**STILL | dict(unlink=1.0, unlink_half=0.001, one_way=True))
    ties = both_turn_over(state, rules, 1).ties
    assert ties.flags[0] & LINKED == LINKED_JI
    assert (ties.were_friends[0], ties.view_ij[0], ties.view_ji[0]) == (2, 0, 1)


@pytest.mark.parametrize("told, linked", [(0.02, True), (0.3, False)])
def test_new_acquaintances_link_if_they_know_the_account(told, linked):
    """A new tie has closeness .03: who tells at .02 tells them, who tells at .3 does not."""
    state = roomy(world(2, [], day=29, people=dict(places=0, pseudonym=[True, False])))
    state.place_counts = (1, 1, 1)
    rules = default_rules(**STILL | dict(new_ties=np.full(3, 5.0, np.float32), closure=0.0, link_share=1.0, told=told))
    ties = both_turn_over(state, rules, 4).ties
    assert (ties.flags[0] & LINKED == LINKED) == linked
