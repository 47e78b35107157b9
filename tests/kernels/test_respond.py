"""Acts on the platform, answers, and what views leave, by kernels and by the plain society (docs/model.md 7.5, 7.7)."""

import numpy as np
import pytest
from hypothesis import given
from worlds import (
    EDGES,
    LUCK,
    both_live,
    both_plan,
    cases,
    channels,
    default_rules,
    everyone_tied,
    few,
    on_the_feed,
    per,
    settled,
    two_friends_and_a_stranger,
    world,
)

from sim.channels import CALL, CHANNELS, COMMENT, GROUP, LETTER, MESSAGE, OWN, REACTION, VISIT
from sim.world.columns import FAR, SHARED

FEED = dict(feed=True, online=True)
QUIET = dict(wish=0.0, cards=0.0, prompts=False)  # nothing but meetings, and what the platform does
ALWAYS = dict(reply=np.ones(len(CHANNELS), np.float32), reply_half=1e-9, meet_after=1.0)
NEVER = dict(reply=np.zeros(len(CHANNELS), np.float32))


def at_rates(population=12, rates=None, traits=None, **columns):
    """Everyone linked to everyone, meeting nobody else, with settled rates as given."""
    people = dict(contacts=0, member=True) | (traits or {})
    return settled(on_the_feed(everyone_tied(population, people=people, chance=0, **columns), groups=0), **(rates or {}))


def writing(rate=0.5, **columns):
    """Everyone writes to those of higher number, who write only answers."""
    return at_rates(rates=dict(message_rate=rate, attention_ij=1), **columns)


# --- agreement -----------------------------------------------------------------------------------


@few
@given(cases(**FEED), LUCK)
def test_acts_agree(case, seed):
    both_live(case.state, case.rules._replace(**QUIET), seed)


@few
@given(cases(**FEED, **ALWAYS), LUCK)
def test_answers_and_meetings_agree(case, seed):
    both_live(case.state, case.rules, seed)


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("seed", range(3))
def test_edges(edge, seed):
    rules = default_rules(**FEED, **ALWAYS)
    both_live(both_plan(EDGES[edge](day=14), rules), rules, seed)


def test_a_busy_week():
    """Everybody does everything, day after day, at rates settled once."""
    rules = default_rules(**FEED, reply_half=0.01, meet_after=0.5)
    state = on_the_feed(everyone_tied(10, people=dict(places=0)), messages=2, groups=1, posts=2, comments=0.5)
    state = both_plan(state, rules)
    total = 0
    for seed in range(7):
        acts, state = both_live(state, rules, seed)
        assert all(cause == OWN for *_, cause in acts)
        total += acts.total()
        state.day += 1
    assert total > 100


# --- acts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "channel, rates",
    [
        (MESSAGE, dict(message_rate=1.5, attention_ij=1)),
        (COMMENT, dict(comment_rate=1.5, view_ij=1, attention_ij=1)),
        (REACTION, dict(reaction_rate=0.4, view_ij=3.75)),
    ],
)
def test_many_acts_on_a_day(channel, rates):
    state = at_rates(rates=rates)
    acts, _ = both_live(state, default_rules(**FEED, **QUIET, **NEVER), 7)
    assert set(channels(acts)) == {channel}
    assert all(sender < receiver for _, sender, receiver, _, _ in acts)
    assert max(acts.values()) > 3


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("sort", range(4))
def test_each_of_the_eight(side, sort):
    """One rate of eight is not 0: all acts are of its sender and channel."""
    one = "ij" if side == 0 else "ji"
    name = ("reaction_rate", "comment_rate", "message_rate", "group_rate")[sort]
    rates = {name: [0.5 * (side == 0), 0.5 * (side == 1)], f"view_{one}": 1, f"attention_{one}": 1}
    state = at_rates(2, rates=rates, traits=dict(places=0))
    acts = [act for seed in range(8) for act in both_live(state, default_rules(**FEED, **QUIET, **NEVER), seed)[0]]
    channel = (REACTION, COMMENT, MESSAGE, GROUP)[sort]
    assert len(acts) > 0
    assert set(acts) == {(1, side, 1 - side, channel, OWN)}


def test_no_feed_no_acts():
    state, rules = writing(view_ij=1.0), default_rules(**QUIET)
    before = state.ties.exchange.copy()
    acts, after = both_live(state, rules, 1)
    assert not acts
    assert after.ties.attention_ij.all()
    assert not after.ties.touch.any()
    np.testing.assert_array_equal(after.ties.exchange, before)


def test_rates_are_what_they_say():
    rules = default_rules(**FEED, **QUIET, **NEVER)
    total = sum(both_live(writing(0.5), rules, seed)[0].total() for seed in range(40))
    assert total / 40 / 66 == pytest.approx(0.5, abs=3 * np.sqrt(0.5 / 2640))


def test_a_community_left_has_no_exchanges():
    """0 moved after the plan day: group exchanges stop on the day they share no place, messages go on."""
    traits = dict(places=[[0, 0, 0], [1, 1, 1]])
    state = at_rates(2, rates=dict(group_rate=0.5, message_rate=0.1, attention_ji=1), traits=traits)
    rules = default_rules(**FEED, **QUIET, **NEVER)
    done = sum((channels(both_live(state, rules, seed)[0]) for seed in range(60)), channels({}))
    assert set(done) == {MESSAGE}
    assert done[MESSAGE] / 60 == pytest.approx(0.1, abs=3 * np.sqrt(0.1 / 60))


# --- answers -------------------------------------------------------------------------------------


def test_everyone_answers_and_meets():
    acts, after = both_live(writing(), default_rules(**FEED, **QUIET, **ALWAYS), 3)
    there = sum(n for (_, a, b, channel, _), n in acts.items() if channel == MESSAGE and a < b)
    back = sum(n for (_, a, b, channel, _), n in acts.items() if channel == MESSAGE and a > b)
    met = sum(n for (_, a, b, channel, _), n in acts.items() if channel in (VISIT, CALL, LETTER) and a < b)
    assert there == back == met > 10
    assert acts.total() == there + back + met
    counted = after.ties.contacts
    assert counted.sum() == acts.total()
    assert (after.ties.minutes[counted > 0] > 0).all()
    assert (after.ties.last_real[counted > 0] == 1).all()


@pytest.mark.parametrize("channel", [COMMENT, MESSAGE, GROUP])
def test_answers_are_of_the_same_channel_and_as_likely_as_it_says(channel):
    rates = {
        COMMENT: dict(comment_rate=0.8, view_ij=1, attention_ij=1),
        MESSAGE: dict(message_rate=0.8, attention_ij=1),
        GROUP: dict(group_rate=0.4),
    }[channel]
    state = at_rates(rates=rates, traits=dict(places=0))
    rules = default_rules(**FEED, **QUIET, reply=per(CHANNELS, **{CHANNELS[channel]: 0.9}), reply_half=0.1, meet_after=0.0)
    done = sum((channels(both_live(state, rules, seed)[0]) for seed in range(20)), channels({}))
    assert set(done) == {channel}
    begun = 20 * 66 * 0.8
    assert done[channel] / begun == pytest.approx(1 + 0.9 * 0.3 / 0.4, abs=0.1)


def test_a_reaction_has_no_answer():
    state = at_rates(rates=dict(reaction_rate=0.4, view_ij=1.0))
    acts, after = both_live(state, default_rules(**FEED, **QUIET, **ALWAYS), 3)
    assert set(channels(acts)) == {REACTION}
    assert all(a < b for _, a, b, _, _ in acts)
    assert not after.ties.contacts.any()
    assert not after.ties.exchange.any()
    assert (after.ties.last_composed == -1).all()


@pytest.mark.parametrize("half", [0.0, 0.1])
def test_the_receivers_closeness_decides(half):
    rules = default_rules(**FEED, **QUIET, **ALWAYS | dict(reply_half=half))
    acts, _ = both_live(writing(c_ij=1, c_ji=0), rules, 3)
    assert set(channels(acts)) == {MESSAGE}
    assert all(a < b for _, a, b, _, _ in acts)


@pytest.mark.parametrize("flags, channel", [(SHARED, VISIT), (SHARED | FAR, CALL)])
def test_the_near_visit_the_far_call(flags, channel):
    met = channels(both_live(writing(flags=flags), default_rules(**FEED, **QUIET, **ALWAYS), 3)[0])
    assert met[channel] == max(met[VISIT], met[CALL], met[LETTER]) > 0


# --- what a day leaves ---------------------------------------------------------------------------


def test_composed_acts_make_an_exchange():
    acts, after = both_live(writing(exchange=0.5, touch=0.25), default_rules(**FEED, **QUIET, **NEVER), 3)
    rows = {(a, b): row for row, (a, b) in enumerate(zip(after.ties.i.tolist(), after.ties.j.tolist()))}
    written = np.zeros(len(rows), int)
    for (_, a, b, _, _), number in acts.items():
        written[rows[a, b]] += number
    assert (written == 0).any()
    assert (written > 1).any()
    np.testing.assert_array_equal(after.ties.contacts, written)
    np.testing.assert_allclose(after.ties.exchange, np.where(written > 0, 1, 0.5 * (1 - 1 / 21)), rtol=1e-6)
    np.testing.assert_allclose(after.ties.touch, 0.25 * 20 / 21 + (1 - 0.7**written) * 0.75, rtol=1e-5)
    np.testing.assert_array_equal(after.ties.last_composed, np.where(written > 0, 1, -1))
    assert not after.ties.minutes.any()
    assert after.tally.received[..., MESSAGE, OWN].sum() == written.sum()


def test_views_draw_closer_and_touch():
    """0 opens posts of 1 twice a day, 1 those of 0 half a time; posts of 1 count five times."""
    state = world(2, [(0, 1)], people=dict(contacts=0, dosed=[1, 5]), chance=0, view_ij=2.0, view_ji=0.5, c_ji=0.6)
    rules = default_rules(**FEED, **QUIET)
    acts, after = both_live(on_the_feed(state), rules, 1)
    left = 1 - rules.fade[1]
    assert not acts
    assert after.ties.c_ij[0] == pytest.approx(0.3 * left + 5 * 0.002 * 2.0 * 0.7, abs=1e-6)
    assert after.ties.c_ji[0] == pytest.approx(0.6 * left + 0.002 * 0.5 * 0.4, abs=1e-6)
    assert after.ties.touch[0] == pytest.approx(0.04 * 2.5)
    assert after.ties.exchange[0] == 0
    assert not after.tally.absorbed.any()  # a week of it is tallied on plan days


def test_no_more_than_all_is_absorbed():
    state = on_the_feed(two_friends_and_a_stranger(people=dict(contacts=0), chance=0, view_ij=1e4, view_ji=1e4))
    _, after = both_live(state, default_rules(**FEED, **QUIET), 1)
    assert after.ties.touch[0] == 1
    assert after.ties.c_ij[0] == pytest.approx(0.7 + 0.3 * (1 - default_rules().fade[1]))


def test_views_and_acts_together():
    state = writing(view_ij=1.0, view_ji=0.5, touch=0.1)
    state.people.reactions[:] = 0
    rules = default_rules(**FEED, **QUIET, **NEVER)
    acts, after = both_live(state, rules, 3)
    (row,) = np.flatnonzero(after.ties.contacts == after.ties.contacts.max())[:1]
    n = int(after.ties.contacts[row])
    missed = 0.96**n * (1 - 0.002 * 1.0)
    assert acts.total() > n > 1
    assert after.ties.c_ij[row] == pytest.approx(0.3 * (1 - rules.fade[1]) + (1 - missed) * 0.7, abs=1e-6)
    assert after.ties.touch[row] == pytest.approx(0.1 * 20 / 21 + (1 - 0.7**n * (1 - 0.04 * 1.5)) * 0.9, abs=1e-6)
