"""Answers that a pencil can find: half-lives, equilibria, expected numbers of contacts, cards and greetings."""

import math

import numpy as np
import pytest
from conftest import slow
from scipy import stats
from scipy.special import expit, logit
from worlds import default_rules, everyone_tied, world

from sim import draws
from sim.channels import CARD, CHANCE, CHANNELS, GREETING, LETTER, VISIT
from sim.world import joining
from sim.world.columns import FRIEND, KIN, LINKED, SHARED
from sim.world.day import interact, run_days
from sim.world.kernels.chances import poisson
from sim.world.plan import plan
from sim.world.rules import daily_loss, society_rules

ALONE = dict(
    prompts=False, online=False, cards=0.0, wish=0.0, know=0.0, leave=0.0, new_ties=np.zeros(3, np.float32), unused=10**6
)  # nothing but planned contact, chance meetings and fading


def doses(**by_channel) -> np.ndarray:
    return np.array([by_channel.get(name, 0) for name in CHANNELS], np.float32)


def couples(many: int, **columns):
    """0 -- 1, 2 -- 3, ...: everybody knows one person, who gets all planned contact."""
    people = columns.pop("people", {})
    return world(2 * many, [(2 * k, 2 * k + 1) for k in range(many)], people=people, **columns)


def within(found: float, expected: float, variance: float, errors: float = 4) -> None:
    """Found by drawing: within four standard errors of what is expected."""
    assert abs(found - expected) < errors * math.sqrt(variance), (found, expected, math.sqrt(variance))


# --- fading --------------------------------------------------------------------------------------


@pytest.mark.uncompiled
@pytest.mark.parametrize("kind, days", [(FRIEND, 180), (KIN, 600)])
def test_an_unused_tie_halves_in_its_half_life(kind, days):
    rules = default_rules(**ALONE, fade=np.array([daily_loss(600), daily_loss(180), daily_loss(180)], np.float32))
    state = couples(1, kind=kind, c_ij=0.8, c_ji=0.5, chance=0, people=dict(contacts=0))
    for _ in range(days):
        run_days(state, rules, seed=1)
    assert state.ties.c_ij[0] == pytest.approx(0.4, rel=1e-3)
    assert state.ties.c_ji[0] == pytest.approx(0.25, rel=1e-3)


@pytest.mark.uncompiled
def test_the_half_lives_are_those_of_the_society(tiny):
    profiles = tuple((profile, 1.0) for profile in tiny.profiles.values())
    fade = society_rules(tiny.society, profiles).fade.astype(float)
    decay = tiny.society.decay
    for loss, half_life in zip(fade, (decay.kin.value, decay.friend.value, decay.friend.value)):
        assert (1 - loss) ** half_life == pytest.approx(0.5, rel=1e-3)


@pytest.mark.uncompiled
@pytest.mark.parametrize("composed, cheap", [(1, 1), (2, 1), (1, 3), (0, 0.5), (100, 1)])
def test_factors_scale_the_doses_they_name(tiny, composed, cheap):
    """Sent and received; none of real life's; and none above 1."""
    factor = dict.fromkeys(("message", "comment", "group"), composed) | dict.fromkeys(("greeting", "reaction", "view"), cheap)
    response = tiny.society.response
    response = response.model_copy(
        update=dict(composed_dose=response.composed_dose.at(composed), cheap_dose=response.cheap_dose.at(cheap))
    )
    profiles = ((tiny.profiles["us"], 1.0),)
    usual, scaled = (society_rules(s, profiles) for s in (tiny.society, tiny.society.model_copy(update=dict(response=response))))
    for name in ("dose", "dose_sent"):
        expected = [min(1, d * factor.get(channel, 1)) for channel, d in zip(CHANNELS, getattr(usual, name).tolist())]
        assert getattr(scaled, name) == pytest.approx(expected)


# --- equilibrium ---------------------------------------------------------------------------------
# A side meets Poisson(rate) times a day, each time with dose d: it gains g = 1 - E[(1 - d)^N] = 1 - exp(-rate d) of what
# is missing, and loses a of what is there. Both are independent of closeness, so the mean obeys c = c (1 - a) + g (1 - c)
# exactly: c* = g / (a + g).


def stationary(gain: float, half_life: float) -> float:
    return gain / (daily_loss(half_life) + gain)


def settled(state, rules, days: int = 400, watched: int = 200) -> tuple[float, float, float, float]:
    """Mean closeness of i's sides and of j's over some days after many, with standard errors over couples."""
    total = np.zeros((2, state.ties.i.size))
    for day in range(days):
        run_days(state, rules, seed=11)
        if day >= days - watched:
            total += np.stack([state.ties.c_ij, state.ties.c_ji]) / watched
    return total[0].mean(), total[1].mean(), *total.std(axis=1) / math.sqrt(total.shape[1])


@pytest.mark.parametrize("start", [0.02, 0.95])
def test_planned_contact_at_a_constant_rate_keeps_the_closeness_of_the_formula(start):
    rules = default_rules(
        **ALONE, visit=np.ones(2, np.float32), dose=doses(visit=0.12), dose_sent=doses(visit=0.12), substitution=0.0
    )
    state = couples(600, c_ij=start, c_ji=start, chance=0, people=dict(contacts=0.15))
    one, other, error, error_other = settled(state, rules)
    expected = stationary(1 - math.exp(-0.3 * 0.12), 180)  # each of the two starts 0.15 visits a day
    assert expected == pytest.approx(0.902, abs=1e-3)
    within(one, expected, error**2)
    within(other, expected, error_other**2)
    assert error < 0.002


def test_chance_meetings_at_a_constant_rate_keep_the_closeness_of_the_formula():
    rules = default_rules(**ALONE, dose=doses(chance=0.03), dose_sent=doses(chance=0.03))
    state = couples(600, c_ij=0.7, c_ji=0.7, chance=0.4, people=dict(contacts=0))
    one, other, error, error_other = settled(state, rules, days=800)
    expected = stationary(1 - math.exp(-0.4 * 0.03), 180)
    within(one, expected, error**2)
    within(other, expected, error_other**2)


def test_a_letter_gives_its_reader_the_dose_and_its_writer_the_dose_sent():
    """Of a couple in which only one writes, the reader is the closer one if reading gives more."""
    none = np.zeros(2, np.float32)
    rules = default_rules(**ALONE, visit=none, call=none, dose=doses(letter=0.12), dose_sent=doses(letter=0.04))
    state = couples(600, chance=0, people=dict(contacts=np.tile([0.4, 0], 600)))
    writer, reader, error, error_reader = settled(state, rules, days=800)
    within(writer, stationary(1 - math.exp(-0.4 * 0.04), 180), error**2)
    within(reader, stationary(1 - math.exp(-0.4 * 0.12), 180), error_reader**2)
    received = state.tally.received.sum(axis=(0, 1))
    assert received[LETTER].sum() == received.sum()


# --- numbers of acts -----------------------------------------------------------------------------


@pytest.mark.parametrize("rate", [0.05, 2.0, *slow(0.002, 0.7)])
def test_new_acquaintances_of_a_month_are_poisson(rate):
    """One uniform, inverted: frequencies by chi-square, the rare ones together."""
    many = 40_000
    u = draws.uniforms(5, draws.NEW, 29, np.arange(many))[:, 0]
    counts = np.bincount([poisson(x, np.float32(rate)) for x in u], minlength=9)
    expected = many * stats.poisson.pmf(np.arange(9), rate)
    expected[-1] += many * stats.poisson.sf(8, rate)  # at most eight
    while expected[-1] < 5:
        expected[-2] += expected[-1]
        counts[-2] += counts[-1]
        expected, counts = expected[:-1], counts[:-1]
    assert stats.chisquare(counts, expected * many / expected.sum()).pvalue > 1e-4


def test_cards_at_new_year():
    """Sum over pairs of 1 - (1 - a)(1 - b), a = p c/(c + h); none between people who never shared a setting."""
    size = 2000
    rng = np.random.default_rng(1)
    c_ij, c_ji = rng.choice([0, 0.01, 0.1, 0.6], (2, size))
    state = couples(size, day=365, c_ij=c_ij, c_ji=c_ji, chance=0, people=dict(contacts=0))
    apart = np.arange(size) % 4 == 0
    state.ties.flags[apart] &= ~np.uint8(SHARED)
    rules = default_rules(**ALONE | dict(cards=0.85, cards_half=0.02))
    log = []
    interact(state, rules, seed=3, log=log)
    (acts,) = log
    a, b = (0.85 * c / (c + 0.02) for c in (c_ij, c_ji))
    p = np.where(apart, 0, 1 - (1 - a) * (1 - b))
    assert (acts.channel == CARD).all()
    within(acts.day.size, p.sum(), (p * (1 - p)).sum())
    first = np.divide(a, a + b, out=np.zeros(size), where=a + b > 0) * p  # sent by i, the even one
    within((acts.sender % 2 == 0).sum(), first.sum(), (first * (1 - first)).sum())
    assert not apart[acts.sender // 2].any()


def test_nobody_sends_cards_on_another_day():
    state = couples(200, day=364, c_ij=0.9, c_ji=0.9, chance=0, people=dict(contacts=0))
    log = []
    interact(state, default_rules(**ALONE | dict(cards=0.85)), seed=3, log=log)
    assert not any(acts.day.size for acts in log)


def a_year_of_greetings(slope: float, size: int = 180):
    """Everybody linked to everybody, all birthdays on different days, closeness standing still: greetings in a year,
    and what is expected of them."""
    rng = np.random.default_rng(2)
    propensity = rng.beta(0.3, 1.2, size).clip(0.001, 0.999)
    birthday = 2 * np.arange(size)
    pairs = size * (size - 1) // 2
    c_ij, c_ji = rng.random((2, pairs)) ** 3
    traits = dict(birthday=birthday, shown=birthday, member=True, greet=logit(propensity), contacts=0)
    state = everyone_tied(size, day=0, c_ij=c_ij, c_ji=c_ji, chance=0, flags=LINKED, people=traits)
    still = dict(fade=np.zeros(3, np.float32), dose=doses(), dose_sent=doses())
    rules = joining.solve_level(state, default_rules(**ALONE | dict(prompts=True, online=True), **still, active=0.8, slope=slope))
    own = logit(propensity)[np.concatenate([state.ties.i, state.ties.j])]
    lean = slope * (np.concatenate([state.ties.c_ij, state.ties.c_ji]) - float(rules.centre))
    p = 0.8 * expit(float(rules.level) + own + lean)
    for _ in range(365):
        run_days(state, rules, seed=4)
    return state.tally.received[..., GREETING, 1].sum(), p, propensity


@pytest.mark.parametrize("slope", [0.0, 2.0, 8.0, 40.0])
def test_greetings_of_a_year_are_as_many_for_every_slope(slope):
    """On each birthday the sum over all others of active times propensity; a slope moves who, not how many."""
    found, p, propensity = a_year_of_greetings(slope)
    expected = 0.8 * (len(propensity) - 1) * propensity.sum()
    assert p.sum() == pytest.approx(expected, rel=1e-5)
    within(found, expected, (p * (1 - p)).sum())


@pytest.mark.uncompiled
def test_with_a_steep_slope_the_close_greet():
    """Slope 0: closeness says nothing. Steep: level solved so that as many greet, but they are the closest."""
    traits = dict(birthday=5, shown=5, member=True, greet=logit(0.2))
    state = everyone_tied(8, day=5, c_ij=np.linspace(0, 1, 28), c_ji=np.linspace(0, 1, 28), flags=LINKED, people=traits)
    rules = joining.solve_level(state, default_rules(slope=0.0))
    assert rules.level == 0
    assert rules.centre == pytest.approx(0.5)
    steep = joining.solve_level(state, default_rules(slope=60.0))
    p = expit(float(steep.level) + logit(0.2) + 60 * (np.linspace(0, 1, 28) - 0.5))
    assert p.mean() == pytest.approx(0.2, abs=1e-5)
    assert p[-4:].min() > 0.95
    assert p[:20].max() < 0.05


def test_a_slope_may_be_as_steep_as_one_likes():
    state = everyone_tied(
        8, day=5, c_ij=np.linspace(0, 1, 28), c_ji=0.0, flags=LINKED, people=dict(member=True, shown=5, greet=logit(0.2))
    )
    steep = joining.solve_level(state, default_rules(slope=5000.0))
    closeness = np.concatenate([state.ties.c_ij, state.ties.c_ji]).astype(float)
    p = expit(float(steep.level) + logit(0.2) + 5000 * (closeness - float(steep.centre)))
    assert p.mean() == pytest.approx(0.2, abs=0.02)


# --- displacement --------------------------------------------------------------------------------


@pytest.mark.uncompiled
@pytest.mark.parametrize(
    "share, minutes, social, kept",
    [(0.5, 50, 100, 0.75), (0.5, 200, 100, 0.5), (0.1, 50, 100, 0.95), (0.5, 50, 0, 1), (1, 200, 100, 0), (1, 0, 100, 1)],
)
def test_what_displacement_leaves_by_hand(share, minutes, social, kept):
    state = couples(1, people=dict(minutes=minutes, social=social))
    joining.displace(state, share)
    assert state.people.kept == pytest.approx(kept)


@pytest.mark.uncompiled
def test_displacement_takes_its_share_of_everybodys_planned_contact_at_once():
    """Not only from the next plan day on: drive follows."""
    state = everyone_tied(6, day=7, people=dict(contacts=1.5, minutes=50, social=100))
    plan(state, default_rules())
    whole = state.people.drive.copy()
    joining.displace(state, 0.5)
    assert state.people.drive == pytest.approx(0.75 * whole)
    joining.displace(state, 0.2)
    assert state.people.drive == pytest.approx(0.9 * whole)
    joining.displace(state, 0)
    assert state.people.drive == pytest.approx(whole)


@pytest.mark.uncompiled
def test_who_had_no_time_left_has_it_back_on_the_day_the_platform_goes():
    state = everyone_tied(6, day=7, people=dict(contacts=1.5, minutes=500, social=100))
    plan(state, default_rules())
    whole = state.people.drive.copy()
    joining.displace(state, 1.0)
    assert not state.people.drive.any()
    joining.displace(state, 0.0)
    assert state.people.drive == pytest.approx(whole)


def test_planned_contact_falls_by_what_is_displaced():
    """40 people who know each other, n = 1.5, f = 0.75, 300 days: 40 x 1.5 x 0.75 x 300 contacts expected."""
    expected = 40 * 1.5 * 0.75 * 300
    state = everyone_tied(40, day=1, chance=0, people=dict(contacts=1.5, minutes=50, social=100, kept=1))
    state.day = 7
    joining.displace(state, 0.5)
    rules = default_rules(**ALONE)
    for _ in range(300):
        run_days(state, rules, seed=8)
    contacts = int(state.ties.contacts.sum())
    within(contacts, expected, expected)
    assert contacts < 40 * 1.5 * 300 * 0.9


@pytest.mark.parametrize("displaced, expected", [(False, 0.4), (True, 0.4 * 0.75 * 0.75)])
def test_chance_meetings_are_displaced_only_if_asked(displaced, expected):
    state = couples(2000, day=8, chance=0.4, people=dict(contacts=0, kept=0.75))
    interact(state, default_rules(**ALONE, displace_chance=displaced), seed=8)
    within(state.ties.chances.sum(), 2000 * expected, 2000 * expected)
    assert state.tally.received[..., CHANCE, :].sum() == 2 * state.ties.chances.sum()  # two-sided: both receive


@pytest.mark.parametrize(
    "substitution, complement, factor", [(0.3, 0.0, 1 - 0.3 * 0.5), (0.0, 0.2, 1 + 0.2 * 0.8), (1.0, 0.0, 0.5)]
)
def test_being_in_touch_replaces_and_exchange_brings_meetings(substitution, complement, factor):
    """Touch .5 and exchange .8 on every tie: planned contact is (1 - s .5)(1 + k .8) of what it was."""
    state = couples(3000, day=7, chance=0, touch=0.5, exchange=0.8, people=dict(contacts=0.5))
    rules = default_rules(**ALONE, substitution=substitution, complement=complement, visit=np.ones(2, np.float32))
    plan(state, rules)
    interact(state, rules, seed=8)
    expected = 3000 * 1.0 * factor
    within(state.ties.contacts.sum(), expected, expected)
    assert state.tally.received[..., VISIT, :].sum() == 2 * state.ties.contacts.sum()
