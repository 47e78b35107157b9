"""Searching for flips in made-up regions whose borders are known: a half-space, a ball, a corner, everywhere."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.study.judging import verdict
from sim.study.judging.legs import LEGS, RELATIVE
from sim.study.robustness.search import (
    NO_WORD,
    STEPS,
    Outcome,
    Simulated,
    changed,
    distance,
    explore,
    fewest,
    halved,
    moved,
    slope,
    steepest,
    straight,
    together,
    ways_out,
)

MARGINS = dict.fromkeys((leg.margin for leg in LEGS), 0.05)
STILL = {leg.name: 0.0 for leg in LEGS}


def outcome(**legs):
    """The outcome where the means of the legs are these, without noise."""
    legs = STILL | legs
    estimates = {name: verdict.Estimate(mean, 0.0, 4) for name, mean in legs.items()}
    return Outcome(verdict.decide(estimates, MARGINS).word, legs)


class World:
    """Simulates nothing: outcomes are a function of the place. Keeps the places that were asked for, batch by batch."""

    def __init__(self, of):
        self.of, self.batches, self.known = of, [], {}

    def outcomes_at(self, places):
        new = [place for place in places if place not in self.known]
        self.batches.append(new)
        self.known |= {place: self.of(place) for place in new}
        return [self.known[place] for place in places]

    def nearest(self, base, word=None):
        """The place with another definite word that is nearest to the base."""
        away = [p for p, one in self.known.items() if one.word not in (self.known[base].word, *NO_WORD)]
        return min((p for p in away if word in (None, self.known[p].word)), key=lambda p: distance(base, p), default=None)


def explored(of, base, sample=()):
    world = World(of)
    ends = [tuple(end for end in (0.0, 1.0) if end != place) for place in base]
    explore(base, ends, list(sample), world.outcomes_at, MARGINS)
    return world


def half_space(place):
    """Support is gained by 10 % at the base (.5, ...) and by less the further one goes along (.6, .8, 0, ...)."""
    return outcome(support=0.1 - 0.2 * (0.6 * (place[0] - 0.5) + 0.8 * (place[1] - 0.5)))


def ball(place):
    """Nothing changes within .4 of the base; beyond, support is lost, the more the further."""
    return outcome(support=-0.05 * (math.dist(place, (0.5,) * len(place)) / 0.4) ** 2)


def test_the_nearest_flip_of_a_half_space_is_found_along_its_normal():
    """Support is on its margin, 5 %, where the step along the normal is .25."""
    base = (0.5,) * 6
    world = explored(half_space, base)
    found = world.nearest(base)
    assert world.known[base].word == "enriched"
    assert world.known[found].word == "inert"
    assert distance(base, found) == pytest.approx(0.25, rel=0.04)
    assert distance(base, found) >= 0.25
    step = np.subtract(found, base)
    assert step / np.linalg.norm(step) == pytest.approx([0.6, 0.8, 0, 0, 0, 0], abs=1e-6)


def test_the_border_along_each_parameter_is_known_to_a_32th_of_the_way():
    """.5 + .25 / .6 on the first axis, .5 + .25 / .8 on the second, none on the others."""
    base = (0.5,) * 3
    world = explored(half_space, base)
    for axis, border in ((0, 0.5 + 0.25 / 0.6), (1, 0.5 + 0.25 / 0.8)):
        on = sorted(p for p in world.known if set(changed(base, p)) <= {axis} and p[axis] >= 0.5)
        inside = max(p[axis] for p in on if world.known[p].word == "enriched")
        outside = min(p[axis] for p in on if world.known[p].word == "inert")
        assert inside <= border <= outside
        assert outside - inside == pytest.approx(0.5 / 2**STEPS)
    assert all(world.known[p].word == "enriched" for p in world.known if changed(base, p) == [2])


def test_the_distance_to_the_border_of_a_ball_is_found_within_four_percent():
    base = (0.5,) * 20
    sample = [tuple(row) for row in np.random.default_rng(1).random((40, 20)).tolist()]
    world = explored(ball, base, sample)
    assert {world.known[p].word for p in sample} == {"weakened"}
    found = world.nearest(base)
    assert 0.4 <= distance(base, found) <= 0.4 * 1.04


def test_where_nothing_flips_nothing_is_searched():
    base = (0.5,) * 5
    world = explored(lambda place: outcome(), base, [(0.1,) * 5])
    assert len(world.batches) == 1
    assert len(world.known) == 1 + 10 + 1
    assert world.nearest(base) is None


def corner(place):
    """Only where the first two of the parameters are both above .8 does the word flip; the others are idle."""
    both = min(place[0], place[1])
    return outcome(core=-0.2 if both > 0.8 else 0.0, strong=-0.01 * (place[0] + place[1]))


def test_a_flip_found_at_random_names_the_few_parameters_that_make_it():
    base = (0.5,) * 30
    luck = np.random.default_rng(3).random(30)
    luck[:2] = 0.95
    world = explored(corner, base, [tuple(luck.tolist())])
    away = [p for p, one in world.known.items() if one.word == "hollowed"]
    few = min(away, key=lambda p: (len(changed(base, p)), distance(base, p)))
    assert changed(base, few) == [0, 1]
    assert distance(base, few) == pytest.approx(0.3 * math.sqrt(2), rel=1 / 2**STEPS * 1.6)


def test_one_flip_may_hide_behind_another():
    """On the way from the base to the end: inert, then undecided, then hollowed; each border is looked for."""

    def of(place):
        if place[0] < 0.3:
            return outcome()
        return Outcome(verdict.UNDECIDED, STILL) if place[0] < 0.7 else outcome(core=-0.2)

    base = (0.0, 0.5)
    world = explored(of, base)
    first = sorted(p[0] for p in world.known if changed(base, p) == [0])
    stops = min(x for x in first if world.known[x, 0.5].word == verdict.UNDECIDED)
    flips = min(x for x in first if world.known[x, 0.5].word == "hollowed")
    assert 0.3 <= stops <= 0.3 + 1 / 32
    assert 0.7 <= flips <= 0.7 + 1 / 32


def test_searches_that_run_side_by_side_ask_in_common_batches():
    world = World(lambda place: outcome())
    ways = [straight((0.0, 0.0), end) for end in ((1.0, 0.0), (0.0, 1.0))]
    together([halved(way, 0.0, 1.0, lambda one: False) for way in ways], world.outcomes_at)
    assert [len(batch) for batch in world.batches] == [2] * STEPS


def test_a_leg_that_alone_would_change_the_word_is_a_way_out():
    assert set(ways_out(STILL, MARGINS)) == {
        *((leg.name, sign) for leg in RELATIVE for sign in (-1, 1)), ("partners", 1), ("carriers", 1)
    }  # fmt: skip
    rich = STILL | {"support": 0.2, "core": 0.1}
    assert set(ways_out(rich, MARGINS)) == {("support", -1), ("core", -1), ("strong", -1)}
    lost = STILL | {"support": -0.2, "core": -0.2, "real": -0.2}
    assert set(ways_out(lost, MARGINS)) == {("support", 1), ("core", 1), ("real", 1)}


def test_the_steepest_way_moves_each_parameter_as_much_as_it_helps():
    """The second helps twice as much; the third only toward its low end, and stops there; the fourth does not."""
    base = (0.5, 0.5, 0.1, 0.5)
    gains = {(0, 1.0): 1.0, (1, 1.0): 2.0, (1, 0.0): -2.0, (2, 0.0): 2.0, (3, 1.0): -1.0}
    slopes = {side: {"core": -gain} for side, gain in gains.items()}
    curve = steepest(base, slopes, "core", -1)
    end = curve(1.0)
    assert end == (1.0, 1.0, 0.0, 0.5)
    near = curve(0.05)
    step = np.subtract(near, base)
    assert step[1] / step[0] == pytest.approx(2, rel=1e-6)
    assert step[2] == pytest.approx(-step[1], rel=1e-6)
    for share in (0.05, 0.3, 0.8):
        assert distance(base, curve(share)) == pytest.approx(share * distance(base, end), rel=1e-6)


def test_without_a_slope_there_is_no_steepest_way():
    assert steepest((0.5,), {(0, 1.0): {"core": 0.1}}, "core", -1) is None


def test_a_slope_is_per_share_of_the_range():
    assert slope(0.25, 1.0, outcome(core=0.1), outcome(core=0.4))["core"] == pytest.approx(0.4)
    assert slope(0.25, 0.0, outcome(core=0.1), outcome(core=0.0))["core"] == pytest.approx(-0.4)


def test_what_is_not_needed_is_set_back_the_greatest_saving_first():
    """The third must move, and one of the others with it: the longer one is set back, and the way to the rest halved."""
    base, far = (0.0, 0.0, 0.0), (0.9, 0.4, 0.2)

    def of(place):
        return outcome(core=-0.2 if place[2] and (place[0] or place[1]) else 0.0)

    slopes = {(k, 1.0): {"core": -0.2} for k in range(3)}
    world = World(of)
    together([fewest(base, Simulated(far, of(far)), slopes, outcome(), MARGINS)], world.outcomes_at)
    found = min((p for p, one in world.known.items() if one.word == "hollowed"), key=lambda p: distance(base, p))
    assert found == pytest.approx((0, 0.4 / 32, 0.2 / 32))


def test_those_that_carry_most_of_the_change_are_kept_first():
    """Only the last two of twenty move the core; more than sixteen are never tried together."""
    base, far = (0.0,) * 20, (0.9,) * 18 + (0.6, 0.6)

    def of(place):
        return outcome(core=-0.2 if min(place[18:]) > 0.5 else 0.0)

    slopes = {(k, 1.0): {"core": -0.2 * (k >= 18)} for k in range(20)}
    world = World(of)
    together([fewest(base, Simulated(far, of(far)), slopes, outcome(), MARGINS)], world.outcomes_at)
    found = min((p for p, one in world.known.items() if one.word == "hollowed"), key=lambda p: distance(base, p))
    assert changed(base, found) == [18, 19]
    assert [len(batch) for batch in world.batches[:2]] == [8, 1]  # of the two alone, one was tried already


def test_a_refused_place_is_no_flip():
    base = (0.5, 0.5)
    world = World(lambda place: Outcome("refused", {}) if place[0] > 0.6 else outcome())
    ends = [(0.0, 1.0)] * 2
    explore(base, ends, [(0.9, 0.9)], world.outcomes_at, MARGINS)
    assert len(world.batches) == 1


def test_moving_leaves_the_rest_to_the_last_digit():
    base = (0.1, 1 / 3, 2 / 7)
    assert moved(base, {1: 0.5}) == (0.1, 0.5, 2 / 7)
    assert straight(base, (0.1, 1.0, 2 / 7))(0.37)[::2] == base[::2]
