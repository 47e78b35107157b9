"""New Year's cards and birthday wishes by kernels and by the plain society (docs/model.md 7.3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import (
    EDGES,
    FEBRUARY_28,
    LUCK,
    both_live,
    cases,
    channels,
    default_rules,
    everyone_tied,
    everyones_birthday,
    few,
    random_world,
)

from sim.channels import CALL, CARD, GREETING, VISIT
from sim.world.columns import ENDED, GREETED_IJ, GREETED_JI, KNOWS_IJ, SHARED

NEW_YEAR = st.sampled_from([0, 365, 730])


@few
@given(cases(days=NEW_YEAR), LUCK)
def test_new_year_agrees(case, seed):
    both_live(case.state, case.rules, seed)


@few
@given(cases(wish=1.0, wish_half=0.05), LUCK)
def test_wishes_agree(case, seed):
    both_live(case.state, case.rules, seed)


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("day", [0, 1, 365])
def test_edges(edge, day):
    both_live(EDGES[edge](day=day), default_rules(wish=1.0), 3)


def test_every_pair_exchanges_cards_once_and_on_new_years_day_only():
    rules = default_rules(cards=1.0, cards_half=1e-9)
    acts, _ = both_live(everyone_tied(4, day=365, chance=0), rules, 1)
    assert channels(acts) == {CARD: 6}
    assert len({frozenset((sender, receiver)) for _, sender, receiver, _, _ in acts}) == 6
    assert not both_live(everyone_tied(4, day=366, chance=0), rules, 1)[0]


def test_the_keener_one_sends_the_card():
    rules = default_rules(cards=1.0)
    acts, _ = both_live(everyone_tied(4, day=0, chance=0, c_ij=1, c_ji=0), rules, 1)
    assert acts.total() > 0
    assert all(sender < receiver for _, sender, receiver, _, _ in acts)


@pytest.mark.parametrize("without", [dict(flags=0), dict(flags=SHARED | ENDED), dict(c_ij=0, c_ji=0)])
def test_no_cards_without(without):
    rules = default_rules(cards=1.0)
    assert not both_live(everyone_tied(4, day=0, chance=0, **without), rules, 1)[0]


@pytest.mark.parametrize("day", [0, FEBRUARY_28, FEBRUARY_28 + 365, 364])
def test_wishes_on_the_day_by_those_who_know(day):
    rules = default_rules(wish=1.0, wish_half=0.0, cards=0.0)
    state = everyone_tied(12, day=day, chance=0, flags=KNOWS_IJ, people=dict(birthday=day % 365))
    acts, _ = both_live(state, rules, 2)
    assert acts.total() == state.ties.i.size
    assert all(sender < receiver for _, sender, receiver, _, _ in acts)  # i knows, j does not
    assert set(channels(acts)) == {CARD, CALL, VISIT}
    state.day += 1
    assert not both_live(state, rules, 2)[0]


@pytest.mark.parametrize("greeted", [GREETED_IJ | GREETED_JI, 0])
@pytest.mark.parametrize("suppression", [0.0, 1.0])
def test_a_public_greeting_may_stand_in_for_a_personal_one(greeted, suppression):
    """Whether it was said before or is said today."""
    rules = default_rules(wish=1.0, wish_half=0.0, cards=0.0, active=1.0, level=100.0)
    state = everyones_birthday(100, chance=0)
    state.ties.flags[:] |= greeted
    said = channels(both_live(state, rules._replace(suppression=suppression), 2)[0])
    assert said[GREETING] == 30
    assert said.total() - said[GREETING] == (0 if suppression else 30)


def test_closeness_decides():
    rules = default_rules(wish=1.0, wish_half=0.4, cards=0.0, prompts=False, by_card=1.0)
    said = [both_live(everyones_birthday(100, chance=0, c_ij=c, c_ji=c), rules, 6)[0].total() for c in (0.0, 0.2, 0.6, 1.0)]
    assert said[0] == 0
    assert said == sorted(said)
    assert said[-1] > said[1]


def test_a_world_with_everything_on_one_day():
    both_live(random_world(seed=3, population=12, day=365), default_rules(wish=1.0), 11)
