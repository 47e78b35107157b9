"""What a day leaves behind, by kernels and by the plain society (docs/model.md 7.7)."""

import numpy as np
import pytest
from hypothesis import given
from worlds import (
    EDGES,
    LUCK,
    both_live,
    both_plan,
    cases,
    default_rules,
    everyone_tied,
    everyones_birthday,
    few,
    on_the_feed,
    settled,
    two_friends_and_a_stranger,
    world,
)

from sim.channels import CHANCE, CHANNELS, GESTURES, GREETING, MESSAGE
from sim.world.columns import ENDED, KIN, LINKED, SHARED
from sim.world.plain import PlainSociety
from sim.world.state import TALLIED

SILENT = dict(wish=0.0, cards=0.0, prompts=False)


@few
@given(cases(), LUCK)
def test_a_days_traces_agree(case, seed):
    both_live(case.state, case.rules, seed)


@few
@given(cases(dose=np.ones(len(CHANNELS), np.float32), dose_sent=np.zeros(len(CHANNELS), np.float32)), LUCK)
def test_doses_of_all_and_nothing(case, seed):
    both_live(case.state, case.rules, seed)


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("day", [0, 58, 101])
def test_edges(edge, day):
    rules = default_rules(wish=1.0)
    both_live(both_plan(EDGES[edge](day=day), rules), rules, 9)


@pytest.mark.parametrize(
    "kind, half_life", [(1, 180), *(pytest.param(*each, marks=pytest.mark.slow) for each in ((0, 600), (2, 180)))]
)
def test_an_unused_tie_halves_in_its_half_life(kind, half_life):
    rules = default_rules(**SILENT)
    state = two_friends_and_a_stranger(kind=kind, chance=0)
    for _ in range(half_life):
        _, state = both_live(state, rules, 1)
    assert state.ties.c_ij[0] == pytest.approx(0.15, rel=1e-4)


def test_ended_ties_fade_too():
    state = everyone_tied(3, flags=SHARED | ENDED, chance=0, kind=KIN)
    _, after = both_live(state, default_rules(**SILENT), 1)
    assert (after.ties.c_ij < state.ties.c_ij).all()


def test_two_chance_meetings_close_the_distance_twice():
    rules = default_rules(**SILENT)
    acts, after = both_live(two_friends_and_a_stranger(day=10, chance=1.5), rules, 2)
    (number,) = acts.values()
    gained = (1 - 0.97**number) * 0.7
    assert number > 1
    assert after.ties.c_ij[0] == pytest.approx(0.3 * (1 - rules.fade[1]) + gained, abs=1e-6)
    assert after.tally.absorbed[..., CHANCE].sum() / TALLIED == pytest.approx(2 * gained, abs=1e-6)
    assert after.ties.chances[0] == number
    assert after.ties.contacts[0] == after.ties.minutes[0] == 0
    assert after.tally.season.sum() == 2 * number
    assert after.ties.last_real[0] == 10
    assert after.ties.last_composed[0] == -1


def test_a_greeting_gives_the_receiver_more_than_the_sender():
    rules = default_rules(active=1.0, level=100.0, wish=0.0)
    state = two_friends_and_a_stranger(day=100, chance=0, flags=LINKED, people=dict(member=True, shown=[100, -1, -1]))
    _, after = both_live(state, rules, 1)
    assert after.tally.received[..., GREETING, 1].sum() == 1
    assert after.ties.c_ij[0] > after.ties.c_ji[0]
    assert after.ties.touch[0] == pytest.approx(0.2)
    assert after.ties.exchange[0] == 0
    assert after.ties.last_real[0] == 99


def test_messages_are_composed():
    rules = default_rules(active=1.0, level=100.0, private=True, private_effort=1.0, wish=0.0)
    _, after = both_live(everyones_birthday(100, chance=0, touch=0.5), rules, 1)
    assert (after.ties.exchange == 1).all()
    assert (after.ties.last_composed == 100).all()
    assert (after.ties.contacts == 2).all()
    np.testing.assert_allclose(after.ties.touch, 0.5 * (1 - 1 / 21) + (1 - 0.7**2) * 0.5, rtol=1e-6)
    assert after.tally.received[..., MESSAGE, 1].sum() == 30


def test_memories_fade_only_where_there_is_a_platform():
    state = everyone_tied(3, touch=1.0, exchange=1.0)
    _, after = both_live(state, default_rules(**SILENT), 1)
    np.testing.assert_allclose(after.ties.touch, 20 / 21, rtol=1e-6)
    np.testing.assert_allclose(after.ties.exchange, 20 / 21, rtol=1e-6)
    state = everyone_tied(3)
    _, after = both_live(state, default_rules(online=False), 1)
    assert not after.ties.touch.any()


def test_the_gain_is_shared_out_completely():
    """What tallies say was absorbed is what closeness gained over mere fading."""
    rules = default_rules(wish=1.0)
    state = both_plan(everyones_birthday(100), rules)
    _, after = both_live(state, rules, 2)
    fade = 1 - rules.fade[1].astype(float)
    gained = sum(
        (b.astype(float) - a * fade).sum() for a, b in ((state.ties.c_ij, after.ties.c_ij), (state.ties.c_ji, after.ties.c_ji))
    )
    assert after.tally.absorbed.sum() / TALLIED == pytest.approx(gained, abs=1e-5)


def test_the_order_of_acts_does_not_matter():
    state = everyones_birthday(365)
    one, two = (PlainSociety.from_state(state, default_rules()) for _ in range(2))
    acts = one.meet(3) + one.occasions(3, set()) + one.birthdays(3)
    assert len(acts) > 10
    one.absorb(acts)
    two.absorb(acts[::-1])
    np.testing.assert_allclose(one.to_state().ties.c_ij, two.to_state().ties.c_ij, rtol=1e-6)


def test_gestures_are_counted_to_their_end_and_no_further():
    """0 reacts and writes to 1, who answers, for most of a year: more than a byte holds."""
    state = on_the_feed(world(2, [(0, 1)], people=dict(contacts=0), chance=0, affinity=1))
    settled(state, reaction_rate=[0.8, 0], message_rate=[0.3, 0], view_ij=1.5, attention_ij=1)
    rules = default_rules(**SILENT, feed=True, reply_half=1e-9)
    done = np.zeros((2, len(GESTURES)), int)
    for seed in range(250):
        acts, state = both_live(state, rules, seed)
        for (_, sender, _, channel, _), number in acts.items():
            sort = CHANNELS[channel]
            if sort in GESTURES:
                done[sender, GESTURES.index(sort)] += number
    assert done.max() > 275
    assert (done > 0).sum() == 3
    np.testing.assert_array_equal(state.ties.gestures[0], np.minimum(done, 255))
