"""Planned and chance meetings by kernels and by the plain society (docs/model.md 7.2)."""

from collections import Counter

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
    random_world,
)

from sim.channels import CALL, CHANCE, LETTER, VISIT
from sim.world.columns import ENDED, FAR, SHARED

QUIET = dict(wish=0.0, cards=0.0, prompts=False)  # nothing but meetings


@few
@given(cases(), LUCK)
def test_meetings_agree(case, seed):
    both_live(case.state, case.rules._replace(**QUIET), seed)


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("seed", range(3))
def test_edges(edge, seed):
    rules = default_rules(**QUIET)
    both_live(both_plan(EDGES[edge](day=14), rules), rules, seed)


@pytest.mark.parametrize("flags, channel", [(SHARED, VISIT), (SHARED | FAR, CALL)])
def test_the_near_visit_the_far_call(flags, channel):
    rules = default_rules(**QUIET)
    met = channels(both_live(both_plan(everyone_tied(12, flags=flags), rules), rules, 5)[0])
    assert met[channel] > met[LETTER]
    assert met[channel] == max(met[VISIT], met[CALL])


def test_touch_keeps_people_from_meeting_and_exchange_does_not():
    counts = {}
    for name, memory in dict(none={}, touch=dict(touch=1), exchange=dict(exchange=1)).items():
        rules = default_rules(**QUIET, substitution=1.0, complement=1.0)
        state = both_plan(everyone_tied(12, chance=0, **memory), rules)
        counts[name] = both_live(state, rules, 5)[0].total()
    assert counts["touch"] == 0 < counts["none"] < counts["exchange"]


def test_many_meetings_of_a_pair_on_a_day_and_at_most_56_in_a_week():
    acts = Counter()
    for day in range(14, 21):
        acts += both_live(everyone_tied(4, chance=40, day=day), default_rules(**QUIET), 7)[0]
    assert set(channels(acts)) == {CHANCE}
    assert max(acts.values()) > 8
    pairs = Counter()
    for (_, sender, receiver, _, _), number in acts.items():
        pairs[sender, receiver] += number
    assert list(pairs.values()) == [56] * 6


def test_displacement_may_take_chance_meetings_too():
    state = everyone_tied(6, chance=1.0, people=dict(kept=0.0))
    assert both_live(state, default_rules(**QUIET), 1)[0].total() > 0
    assert both_live(state, default_rules(**QUIET, displace_chance=True), 1)[0].total() == 0


def test_displacement_comes_before_the_largest_number():
    """1,000 chance meetings a day, of which a thousandth is left: a few a week, not 56 and not a thousandth of 56."""
    state = everyone_tied(6, chance=1000.0, people=dict(kept=np.sqrt(1e-3)), day=7)
    acts = sum((both_live(state, default_rules(**QUIET, displace_chance=True), seed)[0] for seed in range(10)), Counter())
    assert acts.total() / (10 * 15) == pytest.approx(1.0, abs=0.3)


def test_an_ended_tie_meets_nobody():
    state = random_world(seed=8, population=12, day=100)
    state.ties.flags[:] |= ENDED
    state.ties.chance[:] = state.ties.w_ij[:] = state.ties.w_ji[:] = 0
    assert state.ties.i.size > 0
    assert both_live(state, default_rules(**QUIET), 1)[0].total() == 0


def test_rates_are_what_they_say():
    """800 days of a closed world: contacts initiated a day near n, closeness held where it is."""
    rules = default_rules(**QUIET)
    state = both_plan(everyone_tied(4, chance=0), rules)
    total = sum(both_live(state, rules, seed)[0].total() for seed in range(200, 400))
    assert total / 200 / 4 == pytest.approx(1.3, abs=3 * np.sqrt(1.3 / 800))
