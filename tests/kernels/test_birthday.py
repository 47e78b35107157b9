"""Prompted greetings, and words on false dates, by kernels and by the plain society (docs/model.md 7.6)."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from worlds import (
    EDGES,
    LUCK,
    both_live,
    cases,
    channels,
    default_rules,
    everyone_tied,
    everyones_birthday,
    few,
    on_the_feed,
    random_world,
)

from sim.channels import BIRTHDAY, CAUSES, CHANNELS, GESTURES, GREETING, MESSAGE, NONBIRTHDAY, OWN, PROMPT
from sim.world.columns import ENDED, GREETED_IJ, GREETED_JI, KNOWS_IJ, KNOWS_JI, LINKED, REST, SHARED, SUPPORT
from sim.world.state import DATES

ALL_GREET = dict(active=1.0, level=100.0, private_effort=1.0, nonbirthday=0.0, wish=0.0, cards=0.0)
BOTH = GREETED_IJ | GREETED_JI


def members(day, shown, flags=LINKED, birthday=200, **columns):
    """Four members, all linked, for whom the platform shows a date."""
    people = dict(member=True, shown=shown, birthday=birthday)
    return everyone_tied(4, day=day, people=people, flags=flags, chance=0, **columns)


@few
@given(cases(prompts=True, level=1.0), LUCK)
def test_greetings_agree(case, seed):
    both_live(case.state, case.rules, seed)


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("private", [False, True])
def test_edges(edge, private):
    both_live(EDGES[edge](day=58), default_rules(private=private), 4)


@pytest.mark.parametrize("who", [0, 3])
def test_only_members_greet_and_are_greeted(who):
    """A person may be taken off the platform without losing the links."""
    state = members(100, shown=100)
    state.people.member[who] = False
    acts, _ = both_live(state, default_rules(**ALL_GREET), 1)
    assert len(acts) == 6
    assert all(who not in (sender, receiver) for _, sender, receiver, _, _ in acts)


def test_public_greetings_are_remembered_until_the_true_birthday_is_over():
    shown_today = both_live(members(100, shown=100), default_rules(**ALL_GREET), 1)
    assert channels(shown_today[0]) == {GREETING: 12}
    assert (shown_today[1].ties.flags & BOTH == BOTH).all()
    true_today = both_live(members(100, shown=100, birthday=100), default_rules(**ALL_GREET), 1)
    assert channels(true_today[0]) == {GREETING: 12}
    assert not (true_today[1].ties.flags & BOTH).any()


def test_private_messages_are_not():
    acts, after = both_live(members(100, shown=100), default_rules(**ALL_GREET, private=True), 1)
    assert channels(acts) == {MESSAGE: 12}
    assert all(cause == PROMPT for *_, cause in acts)
    assert not (after.ties.flags & BOTH).any()


def test_who_knows_is_not_fooled():
    knowing = members(100, shown=100, flags=LINKED | KNOWS_IJ)
    acts, _ = both_live(knowing, default_rules(**ALL_GREET), 1)
    assert acts.total() == 6
    assert all(sender > receiver for _, sender, receiver, _, _ in acts)
    true = members(100, shown=100, birthday=100, flags=LINKED | KNOWS_IJ | KNOWS_JI)
    assert both_live(true, default_rules(**ALL_GREET), 1)[0].total() == 12


@pytest.mark.parametrize(
    "quiet",
    [
        members(101, shown=100),
        members(100, shown=-1),
        members(100, shown=100, flags=SHARED),
        everyone_tied(4, day=100, people=dict(shown=100), chance=0),
    ],
    ids=["another day", "no date", "no link", "no members"],
)
def test_no_greeting(quiet):
    assert not both_live(quiet, default_rules(**ALL_GREET), 1)[0]


def test_no_greeting_without_prompts_or_activity():
    state = members(100, shown=100)
    assert not both_live(state, default_rules(**ALL_GREET, prompts=False), 1)[0]
    assert not both_live(state, default_rules(**ALL_GREET | dict(active=0.0)), 1)[0]


def test_an_ended_tie_that_is_linked_is_still_greeted():
    state = members(100, shown=100, flags=LINKED | ENDED)
    assert both_live(state, default_rules(**ALL_GREET), 1)[0].total() == 12


@pytest.mark.parametrize("closeness", [0.0, 0.2, 1.0])
def test_the_share_who_greet(closeness):
    rules = default_rules(active=1.0, slope=4.0, level=0.3, centre=0.2, wish=0.0)
    state = everyones_birthday(100, c_ij=closeness, c_ji=closeness, chance=0)
    share = sum(both_live(state, rules, seed)[0].total() for seed in range(40)) / 40 / 30
    p = 1 / (1 + math.exp(-(0.3 + 1.0 + 4 * (closeness - 0.2))))
    assert share == pytest.approx(p, abs=3 * math.sqrt(p * (1 - p) / 1200))


# --- false dates -------------------------------------------------------------------------------------


def knowing(day=100, flags=LINKED | KNOWS_IJ, **columns):
    """Four members who all show a false date; those of lower number know the true ones of the others."""
    return members(day, shown=100, flags=flags, **dict(c_ij=1) | columns)


def words(acts: Counter) -> int:
    return sum(number for (*_, cause), number in acts.items() if cause == NONBIRTHDAY)


@few
@given(cases(prompts=True, online=True, active=1.0), LUCK)
def test_words_on_false_dates_agree(case, seed):
    both_live(case.state, case.rules, seed)


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("nonbirthday", [0.0, 0.5, 1.0])
def test_many_false_dates_of_today_agree(nonbirthday, private):
    """Random worlds whose people are all on the platform, and two of three show today, truly or not."""
    found = 0
    for seed in range(12):
        state = random_world(seed, 10, day=100 + seed)
        state.people.member[:] = True
        state.people.shown[1::3] = state.people.shown[2::3] = 100 + seed
        state.ties.flags[:] |= np.where(state.ties.i % 4 > 0, LINKED, 0).astype(np.uint8)
        found += words(both_live(state, default_rules(nonbirthday=nonbirthday, private=private, active=0.9), seed)[0])
    assert found >= 20 * nonbirthday


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("nonbirthday, number", [(0.0, 0), (1.0, 6)])
def test_who_knows_says_so_and_the_others_greet(nonbirthday, number, private):
    acts, after = both_live(knowing(), default_rules(**ALL_GREET | dict(nonbirthday=nonbirthday), private=private), 1)
    to_the_lower = {(100, j, i, MESSAGE if private else GREETING, PROMPT) for j in range(4) for i in range(j)}
    to_the_higher = {(100, i, j, MESSAGE, NONBIRTHDAY) for j in range(4) for i in range(j)} if number else set()
    assert acts == Counter(to_the_lower | to_the_higher)
    assert (after.ties.flags & BOTH == (0 if private else GREETED_JI)).all()  # a word is no greeting


@pytest.mark.parametrize("nonbirthday, closeness", [(0.5, 1.0), (0.5, 0.4), (1.0, 0.4), (1.0, 0.0)])
def test_the_closer_the_likelier(nonbirthday, closeness):
    rules = default_rules(**ALL_GREET | dict(nonbirthday=nonbirthday, level=-100.0))
    found = sum(words(both_live(knowing(c_ij=closeness), rules, seed)[0]) for seed in range(50)) / 50 / 6
    p = nonbirthday * closeness
    assert found == pytest.approx(p, abs=3 * math.sqrt(p * (1 - p) / 300))


@pytest.mark.parametrize(
    "silent, changes",
    [
        (knowing(flags=LINKED), {}),
        (knowing(flags=SHARED | KNOWS_IJ), {}),
        (knowing(day=101), {}),
        (members(100, shown=100, birthday=100, flags=LINKED | KNOWS_IJ, c_ij=1), {}),
        (members(100, shown=-1, birthday=100, flags=LINKED | KNOWS_IJ, c_ij=1), {}),
        (knowing(), dict(active=0.0)),
        (knowing(), dict(prompts=False)),
    ],
    ids=["nobody knows", "no link", "another day", "the true date", "no date", "nobody there", "no prompts"],
)
def test_no_word(silent, changes):
    assert not words(both_live(silent, default_rules(**ALL_GREET | dict(nonbirthday=1.0) | changes), 1)[0])


def test_an_ended_tie_that_is_linked_still_hears_better():
    state = knowing(flags=LINKED | ENDED | KNOWS_IJ | KNOWS_JI, c_ji=1)
    acts, after = both_live(state, default_rules(**ALL_GREET | dict(nonbirthday=1.0)), 1)
    assert words(acts) == acts.total() == 12
    assert (after.ties.exchange == 1).all()  # composed, as any message
    assert (after.ties.last_composed == 100).all()
    assert (after.ties.last_real == 99).all()


# --- what is counted of it ---------------------------------------------------------------------------


def test_acts_by_the_date_their_receiver_shows():
    """0 shows the true date, 1 a false one, 2 none; all know all, and do what they can."""
    people = dict(member=True, birthday=[100, 200, 100], shown=[100, 100, -1])
    know_all = LINKED | SHARED | KNOWS_IJ | KNOWS_JI
    state = everyone_tied(3, day=100, people=people, flags=know_all, chance=0, c_ij=1, c_ji=1, class_ij=SUPPORT, class_ji=REST)
    state.people.contacts[:] = 0
    rules = default_rules(**ALL_GREET | dict(nonbirthday=1.0, wish=1.0, wish_half=1e-3), suppression=0.0)
    _, after = both_live(state, rules, 3)
    found = {
        (DATES[date], tie_class, CAUSES[cause]): int(number)
        for (date, tie_class, cause), number in np.ndenumerate(after.tally.celebrated)
        if number
    }
    assert found == {
        ("true", SUPPORT, "prompt"): 2,
        ("true", SUPPORT, "birthday"): 2,
        ("false", SUPPORT, "nonbirthday"): 1,
        ("false", REST, "nonbirthday"): 1,
        ("none", REST, "birthday"): 2,
    }
    sent = {
        (int(a), int(b)): {GESTURES[k] for k in np.flatnonzero(row)}
        for one, two, rows in zip(after.ties.i, after.ties.j, after.ties.gestures)
        for (a, b), row in (((one, two), rows[0]), ((two, one), rows[1]))
    }
    assert sent == {
        (0, 1): {"nonbirthday"},
        (1, 0): {"greeting", "wish"},
        (0, 2): {"wish"},
        (2, 0): {"greeting", "wish"},
        (1, 2): {"wish"},
        (2, 1): {"nonbirthday"},
    }
    assert after.ties.gestures.max() == 1


@pytest.mark.parametrize("seed", range(6))
def test_a_day_is_counted_as_it_was_simulated(seed):
    """Gestures and celebrated acts against the acts themselves, where no count has reached its end."""
    state = on_the_feed(random_world(seed, 12, day=58, feed=True))
    state.ties.gestures[:] = 0
    state.tally.celebrated[:] = 0
    acts, after = both_live(state, default_rules(feed=True, wish=1.0, nonbirthday=1.0, level=3.0), seed)
    by_cause, own = Counter(), Counter()
    for (*_, channel, cause), number in acts.items():
        by_cause[cause] += number
        own[CHANNELS[channel]] += number * (cause == OWN)
    for_a_date = [by_cause[PROMPT], by_cause[BIRTHDAY], by_cause[NONBIRTHDAY]]
    assert after.ties.gestures.sum(axis=(0, 1)).tolist() == [*for_a_date, *(own[name] for name in GESTURES[3:])]
    assert after.tally.celebrated.sum(axis=(0, 1)).tolist() == [0, *for_a_date]
