"""The luck of a week: how many candidates a tie has, on which days they fall, and when they happen (docs/model.md 7.2)."""

import math
from collections import Counter

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from worlds import as_kernels_take, both_live, default_rules, everyone_tied, few, multiset_of_rows, on_the_feed, settled, world

from sim import draws
from sim.channels import CHANCE
from sim.world.day import interact, run_days
from sim.world.kernels.candidates import weekday
from sim.world.kernels.chances import MOST_A_WEEK, at_most, exp_minus, poisson
from sim.world.plan import plan

QUIET = dict(wish=0.0, cards=0.0, prompts=False)  # nothing but meetings
PAIRS = 200 if numba.config.DISABLE_JIT else 20_000
UNIFORMS = st.integers(0, 2**24 - 1).map(lambda word: np.float32(word / 2**24))
MEANS = st.floats(0, 60, width=32).map(np.float32)


def couples(many: int, **columns):
    """0 -- 1, 2 -- 3, ...: everybody knows one person."""
    return world(2 * many, [(2 * k, 2 * k + 1) for k in range(many)], **columns)


def meetings(rate: float, day: int, seed: int = 5) -> np.ndarray:
    """Chance meetings of each of many couples on a day."""
    state = couples(PAIRS, day=day, chance=rate, people=dict(contacts=0))
    interact(state, default_rules(**QUIET), seed)
    return state.ties.chances


# --- the number that a word gives ----------------------------------------------------------------


@pytest.mark.parametrize("x", [0, 1e-6, 0.01, 0.5, 1, 7, 14, 30, 60])
def test_the_exponential(x):
    assert exp_minus(np.float32(x)) == pytest.approx(math.exp(-float(np.float32(x))), rel=1e-7)


def test_a_mean_beyond_all_measure_gives_the_most_there_are():
    for mean in (200, 512, 7000, 150_000, 1e7, 1e12, 1e38):
        mean = np.float32(mean)
        assert poisson(np.float32(2**-24), mean, MOST_A_WEEK) == MOST_A_WEEK
        assert at_most(MOST_A_WEEK - 1, mean) < 2**-24
    assert 0 <= exp_minus(np.float32(512)) < 1e-80


def test_a_rate_beyond_all_measure_gives_the_most_acts_there_are():
    state = couples(4, day=14, chance=1e6, people=dict(contacts=0))
    run_days(state, default_rules(**QUIET), 3, 7)
    assert (state.ties.chances == MOST_A_WEEK).all()


@few
@given(UNIFORMS, MEANS)
def test_the_number_is_the_inversion_of_poissons_distribution(u, mean):
    below = stats.poisson.cdf(np.arange(MOST_A_WEEK), float(mean))
    if np.abs(below - u).min() > 1e-6:
        assert poisson(u, mean, MOST_A_WEEK) == np.sum(u >= below)
        assert poisson(u, mean) == np.sum(u >= below[:8])


@few
@given(UNIFORMS, MEANS)
def test_a_candidate_happens_if_its_number_is_below_that_number(u, mean):
    numbers = range(MOST_A_WEEK)
    number_of_week = poisson(u, mean, MOST_A_WEEK)
    assert [float(u) >= at_most(number, mean) for number in numbers] == [number < number_of_week for number in numbers]


# --- the day of a candidate ----------------------------------------------------------------------


def test_the_weekday_is_the_seventh_of_the_uniform():
    words = np.random.default_rng(1).integers(0, 2**32, 500)
    edges = [word for d in range(8) for word in (-(-d * 2**32 // 7) + np.arange(-600, 600)) if 0 <= word < 2**32]
    for word in [*words, *edges]:
        word = np.uint32(word)
        assert weekday(word) == math.floor(7 * float(draws.unit(word)))


def test_all_days_of_a_week_are_as_likely():
    counts = np.array([meetings(0.3, 14 + day).sum() for day in range(7)])
    assert counts.sum() > 1.5 * PAIRS
    assert stats.chisquare(counts).pvalue > 1e-4


@pytest.mark.parametrize("rate", [0.02, 0.3, 1.5])
@pytest.mark.parametrize("day", [14, 19, 20])
def test_the_number_of_a_day_is_poisson_with_the_rate_of_the_day(rate, day):
    """Frequencies by chi-square, the rare ones together: wrong once in 10,000."""
    counts = np.bincount(meetings(rate, day), minlength=40)
    expected = PAIRS * stats.poisson.pmf(np.arange(counts.size), rate)
    rare = np.flatnonzero(expected < 5)[0]
    counts, expected = (np.append(a[:rare], a[rare:].sum()) for a in (counts, expected))
    assert stats.chisquare(counts, expected * counts.sum() / expected.sum()).pvalue > 1e-4


def test_days_of_a_week_are_independent_at_one_rate():
    """Correlation of two days over pairs: its standard error is 1/sqrt(pairs)."""
    days = [meetings(0.7, 14 + day) for day in range(7)]
    found = np.corrcoef(days)[np.triu_indices(7, 1)]
    assert np.abs(found).max() < 4.5 / math.sqrt(PAIRS)
    np.testing.assert_array_equal(days[0], meetings(0.7, 14))  # the same luck whenever it is asked


def test_another_week_is_other_luck():
    found = np.corrcoef(meetings(0.7, 14), meetings(0.7, 21))[0, 1]
    assert abs(found) < 4.5 / math.sqrt(PAIRS)


@pytest.mark.parametrize("many, rate, seeds", [(1, 0.15, 40), (2, 0.15, 40), (70, 0.15, 12), (400, 0.005, 4)])
def test_however_few_there_are(many, rate, seeds):
    """A strip with one candidate of a sort, or with some more than a block, by kernels and by the plain society."""
    total = 0
    for seed in range(seeds):
        state = couples(many, day=14 + seed % 7, chance=rate, people=dict(contacts=0))
        total += both_live(state, default_rules(**QUIET), seed)[0].total()
    assert total > 0


# --- another rate --------------------------------------------------------------------------------


@few
@given(st.integers(0, 2**32), st.integers(14, 20), st.floats(0, 3), st.floats(1, 3))
def test_a_higher_rate_gives_all_acts_of_a_lower_one(seed, day, rate, factor):
    """Chance meetings by their rate, planned contacts by the memory of exchange."""
    acts = []
    for chance, exchange in ((rate, 0), (rate * factor, 1)):
        rules = default_rules(**QUIET, complement=factor - 1)
        state = everyone_tied(4, day=14, chance=chance, people=dict(contacts=2))
        plan(state, rules)
        state.day, log = day, []
        state.ties.exchange[:] = exchange
        interact(state, rules, seed, log=log)
        acts.append(multiset_of_rows(log))
    assert acts[0] <= acts[1]
    planned = [sum(number for (*_, channel, _), number in few_or_many.items() if channel != CHANCE) for few_or_many in acts]
    assert planned[0] <= planned[1]


def test_a_rate_that_changes_within_the_week_counts_from_that_day_on():
    """Many days of 1.3 contacts each; then exchange doubles the rate, or touch takes all of it."""
    rules = default_rules(**QUIET, complement=1.0, substitution=1.0)
    state = couples(PAIRS, day=14, chance=0, people=dict(contacts=0.65))
    plan(state, rules)
    for day, memory, factor in ((15, {}, 1), (16, dict(exchange=1), 2), (17, dict(touch=1), 0), (18, dict(touch=0.5), 0.5)):
        today = state.copy()
        today.day = day
        for name, value in memory.items():
            getattr(today.ties, name)[:] = value
        interact(today, rules, 3)
        expected = PAIRS * 1.3 * factor
        assert abs(int(today.ties.contacts.sum()) - expected) <= 4 * math.sqrt(expected)


def test_a_tie_that_begins_within_a_week_has_the_luck_of_the_week():
    """The tie of 2 and 3 is there from the third day on: its acts are those it would have had on these days."""
    days = {}
    for many in (1, 2):
        state, log = couples(2, day=14, chance=2.0), []
        if many == 1:
            state.ties = type(state.ties)(*(column[:1] for column in state.ties))
        for day in range(14, 21):
            if day == 17 and many == 1:
                state.ties = couples(2, day=14, chance=2.0).ties
            state.day = day
            interact(state, default_rules(**QUIET), 9, log=log)
        days[many] = Counter(act for act in multiset_of_rows(log).elements() if act[0] >= 17)
    assert days[1] == days[2]
    assert len({act[1] for act in days[1]}) == 2


def test_platform_acts_have_the_rate_they_say():
    state = on_the_feed(couples(PAIRS, day=16, chance=0, people=dict(contacts=0), affinity=1))
    settled(state, message_rate=0.2, attention_ij=1, attention_ji=1)
    rules = as_kernels_take(default_rules(**QUIET, feed=True)._replace(reply=np.zeros(11, np.float32)))
    interact(state, rules, 4)
    expected = PAIRS * 0.4
    assert abs(int(state.ties.contacts.sum()) - expected) <= 4 * math.sqrt(expected)
