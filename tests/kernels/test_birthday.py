"""Prompted greetings by kernels and by the plain society (docs/model.md 7.6)."""

import math

import pytest
from hypothesis import given
from worlds import EDGES, LUCK, both_live, cases, channels, default_rules, everyone_tied, everyones_birthday, few

from sim.world.state import (
    ENDED,
    GREETED_IJ,
    GREETED_JI,
    GREETING,
    KNOWS_IJ,
    KNOWS_JI,
    LINKED,
    MESSAGE,
    PROMPT,
    SHARED,
)

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
