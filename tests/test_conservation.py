"""What never changes, whatever happens: contacts are conserved, closeness stays closeness, a tie is one row."""

import numpy as np
import pytest
from conftest import grown_for
from scipy import stats
from worlds import as_kernels_take, default_rules, share_a_place, two_friends_and_a_stranger, world

import sim
from sim.world.beginning import generated_state
from sim.world.columns import CLASSES, ENDED, FROM_CLUB, FROM_FRIENDS, FROM_WORK, KIN, LINKED, NEW_TIE, ONLINE_BORN, SHARED
from sim.world.day import run_days
from sim.world.events import EventLog
from sim.world.growing import grow
from sim.world.rows import change_rows
from sim.world.rules import society_rules
from sim.world.state import TALLIED, tile_key
from sim.world.turnover import Pairs, begin_ties, turn_over

ARMS = """
[arms.comes-and-goes]
platform = "wall-2009"
schedule = [{ day = 200, platform = "none" }, { day = 420, platform = "wall-2009" }]
set = { "response.displacement" = 0.3, "response.forget" = 0.1, "channels.greeting.dose" = 0.3 }
"""
MONTH = 30


@pytest.fixture(scope="module")
def study(a_study):
    return a_study(ARMS, name="conserved", people=250, horizons='["3y"]')


@pytest.fixture(scope="module")
def grown(study):
    return grown_for(study)


# --- contacts ------------------------------------------------------------------------------------


def test_everybody_initiates_as_many_contacts_as_planned(study):
    """Without touch, exchange and displacement the rates of a person add up to n, whoever the contacts go to."""
    resolved = study.resolve("none", {})
    state = generated_state(120, resolved.society, resolved.profiles, 1)
    quiet = dict(cards=0.0, wish=0.0, substitution=0.0, complement=0.0, new_ties=np.zeros(1, np.float32), unused=10**6)
    rules = as_kernels_take(society_rules(resolved.society, resolved.profiles)._replace(**quiet))
    log, days = EventLog(), 300
    for _ in range(days):
        acts = []
        run_days(state, rules, 1, log=acts)
        log.add(acts)
    columns = log.columns()
    planned = np.isin(columns["channel"], ["visit", "call", "letter"])
    sent = np.bincount(columns["from"][planned], minlength=120)
    expected = state.people.contacts.astype(float) * days
    by_day = np.bincount(columns["day"][planned], minlength=days)
    assert abs(by_day.mean() - expected.sum() / days) < 4 * by_day.std(ddof=1) / np.sqrt(days)
    misses = (sent - expected) / np.sqrt(expected)  # Poisson: variance is the mean
    assert stats.chi2.sf((misses**2).sum(), 120) > 1e-4
    assert stats.chi2.cdf((misses**2).sum(), 120) > 1e-4
    assert np.abs(misses).max() < 5


def test_every_act_is_between_people_who_have_a_tie(study, grown):
    simulated = sim.World(study, "wall", 1, grown=grown)
    log = EventLog()
    simulated.run(29 - simulated.state.day % MONTH, log)  # no turn-over yet: ties are those of today
    columns = log.columns()
    ties = set(zip(simulated.state.ties.i.tolist(), simulated.state.ties.j.tolist()))
    pairs = set(
        zip(np.minimum(columns["from"], columns["to"]).tolist(), np.maximum(columns["from"], columns["to"]).tolist())
    )
    assert len(pairs) > 500
    assert pairs <= ties


def test_the_tally_is_the_log(study, grown):
    """Acts received by channel, counted twice: by the tally and by hand from the log."""
    simulated = sim.World(study, "wall", 1, grown=grown)
    log = EventLog()
    simulated.run(100, log)
    channel = log.columns()["channel"]
    received = simulated.state.tally.received.sum(axis=(0, 1, 3))
    for k, name in enumerate(("visit", "call", "letter", "card", "chance", "greeting", "message")):
        sides = 2 if name in ("visit", "call", "chance") else 1
        assert received[k] == sides * (channel == name).sum(), name
    assert (log.columns()["prompted"] == (channel == "greeting")).all()


def test_closeness_gained_is_the_closeness_absorbed(study, grown):
    """One day without turn-over: sum of c today = sum of what faded is left + what the tally says was gained."""
    unseen = {"feed.opening": 0.0, "feed.visits": 0.0}  # views are tallied by the week
    simulated = sim.World(study, "wall", 1, point=unseen, grown=grown)
    simulated.run(5)
    ties = simulated.state.ties
    before = ties.c_ij.astype(float) + ties.c_ji.astype(float)
    absorbed = simulated.state.tally.absorbed.sum()
    left = 1 - simulated.rules.fade.astype(float)[ties.kind]
    simulated.run(1)
    gained = (simulated.state.tally.absorbed.sum() - absorbed) / TALLIED
    after = simulated.state.ties.c_ij.astype(float) + simulated.state.ties.c_ji.astype(float)
    assert gained > 1
    assert after.sum() - (before * left).sum() == pytest.approx(gained, rel=1e-3)


# --- what a state always is ----------------------------------------------------------------------


def assert_whole(state, branched: bool) -> None:
    ties, people = state.ties, state.people
    key = tile_key(ties.i, ties.j)
    assert (np.diff(key) > 0).all()  # sorted in tiles, every pair once
    assert (ties.i < ties.j).all()  # nobody is tied to themselves
    assert ties.i.min() >= 0
    assert ties.j.max() < state.population
    for name in ("c_ij", "c_ji", "touch", "exchange"):
        column = getattr(ties, name)
        assert ((column >= 0) & (column <= 1)).all(), name
    for name in ("affinity", "chance", "w_ij", "w_ji", "sum_ij", "sum_ji", "minutes"):
        column = getattr(ties, name)
        assert (np.isfinite(column) & (column >= 0)).all(), name
    assert (np.isfinite(people.drive) & (people.drive >= 0)).all()
    assert ((people.kept >= 0) & (people.kept <= 1)).all()
    linked, ended = ties.flags & LINKED != 0, ties.flags & ENDED != 0
    assert (people.member[ties.i[linked]] & people.member[ties.j[linked]]).all()
    assert not ended.any() or branched
    for name in ("chance", "w_ij", "w_ji"):
        assert not getattr(ties, name)[ended].any(), name
    assert max(ties.class_ij.max(), ties.class_ji.max()) < len(CLASSES)
    assert ((ties.class_ij == NEW_TIE) == (ties.class_ji == NEW_TIE)).all()
    assert ((ties.class_ij == ONLINE_BORN) == (ties.class_ji == ONLINE_BORN)).all()
    for origin in range(FROM_WORK, FROM_CLUB + 1):
        place = people.places[:, origin - FROM_WORK]
        some = ties.origin == origin
        assert (place[ties.i[some]] == place[ties.j[some]]).all()  # acquaintances from a setting share it
        assert (place[ties.i[some]] >= 0).all()
    assert np.array_equal(ties.together, share_a_place(state))
    for which, count in enumerate(state.place_counts):
        assert people.places[:, which].max() < count


def test_a_growing_society_stays_whole(study):
    resolved = study.resolve("none", {})
    state = generated_state(250, resolved.society, resolved.profiles, 2)
    rules = society_rules(resolved.society, resolved.profiles)
    assert_whole(state, branched=False)
    first = set(zip(state.ties.i.tolist(), state.ties.j.tolist()))
    for _ in range(30):
        for _ in range(MONTH):
            run_days(state, rules, 2)
        assert_whole(state, branched=False)
    last = set(zip(state.ties.i.tolist(), state.ties.j.tolist()))
    assert last - first  # ties began
    assert first - last  # ties ended, and left the books


@pytest.mark.parametrize("arm", ["wall", "comes-and-goes"])
def test_a_branched_society_stays_whole(study, grown, arm):
    simulated = sim.World(study, arm, 1, grown=grown)
    old = tile_key(grown.state.ties.i, grown.state.ties.j)
    for _ in range(26):
        simulated.run(MONTH)
        assert_whole(simulated.state, branched=True)
        assert np.isin(old, tile_key(simulated.state.ties.i, simulated.state.ties.j)).all()  # old ties stay on the books
    assert (simulated.state.ties.flags & ENDED).any()
    assert (simulated.state.ties.class_ij == NEW_TIE).any()


def test_old_classes_are_for_ever(study, grown):
    simulated = sim.World(study, "wall", 1, grown=grown)
    simulated.run(500)
    ties, before = simulated.state.ties, grown.state.ties
    at = np.searchsorted(tile_key(ties.i, ties.j), tile_key(before.i, before.j))
    for name in ("class_ij", "class_ji", "affinity", "kind", "i", "j"):
        np.testing.assert_array_equal(getattr(ties, name)[at], getattr(before, name), err_msg=name)


# --- ties that end -------------------------------------------------------------------------------


def faint(day: int = 929, **columns):
    """Two people, faint to each other, a year and a day without contact, at a month's end."""
    row = dict(c_ij=0.01, c_ji=0.01, last_real=day - 366, chance=0) | columns
    state = two_friends_and_a_stranger(day=day, **row)
    state.branched = True
    return state


RULES = default_rules(new_ties=np.zeros(3, np.float32), leave=0.0, faint=0.015, unused=365)


@pytest.mark.uncompiled
def test_before_the_branch_a_tie_that_ends_leaves_the_books():
    state = faint()
    state.branched = False
    turn_over(state, RULES, seed=1)
    assert state.ties.i.size == 0


@pytest.mark.uncompiled
def test_after_the_branch_an_old_tie_that_ends_stays_and_fades():
    state = faint(c_ij=0.014)
    turn_over(state, RULES, seed=1)
    assert state.ties.flags[0] & ENDED
    state.day += 1
    for _ in range(100):
        run_days(state, RULES._replace(prompts=False), seed=1)
    assert state.ties.c_ij[0] == pytest.approx(0.014 * (1 - float(RULES.fade[1])) ** 100, rel=1e-4)
    assert not state.tally.received.any()


@pytest.mark.uncompiled
def test_after_the_branch_a_new_tie_that_ends_leaves_the_books():
    state = faint(class_ij=NEW_TIE, class_ji=NEW_TIE)
    turn_over(state, RULES, seed=1)
    assert state.ties.i.size == 0


@pytest.mark.uncompiled
@pytest.mark.parametrize(
    "still",
    [dict(c_ij=0.015), dict(c_ji=0.5), dict(last_real=929 - 365), dict(flags=LINKED | SHARED)],
    ids=["not faint", "one side is not faint", "a year ago to the day", "linked"],
)
def test_a_tie_does_not_end_while(still):
    state = faint(**still)
    turn_over(state, RULES, seed=1)
    assert state.ties.i.size == 1
    assert not state.ties.flags[0] & ENDED


def begin(state, i, j, origin):
    """Let pairs get to know each other."""
    nobody_goes = np.zeros(state.ties.i.size, np.bool_)
    change_rows(state, begin_ties(state, Pairs(np.array(i), np.array(j), np.array(origin)), RULES, 1, nobody_goes))


@pytest.mark.uncompiled
def test_who_meet_again_get_their_tie_back():
    state = faint(flags=SHARED, c_ij=0.012, c_ji=0.001, kind=KIN, affinity=7)
    turn_over(state, RULES, seed=1)
    begin(state, [0], [1], [FROM_WORK])
    assert state.ties.i.size == 1
    row = {name: column[0] for name, column in zip(state.ties._fields, state.ties)}
    assert not row["flags"] & ENDED
    assert (row["kind"], row["origin"], row["affinity"], row["last_real"]) == (KIN, FROM_WORK, 7, 929)
    assert (row["c_ij"], row["c_ji"]) == (np.float32(0.03), np.float32(0.03))
    assert row["chance"] > 0
    assert row["class_ij"] < NEW_TIE


@pytest.mark.uncompiled
def test_a_new_tie_is_new_on_both_sides():
    state = world(4, [(0, 1)], day=929)
    state.branched = True
    begin(state, [0, 2], [3, 3], [FROM_WORK, FROM_FRIENDS])
    ties = state.ties
    assert list(zip(ties.i.tolist(), ties.j.tolist())) == [(0, 1), (0, 3), (2, 3)]
    assert ties.class_ij.tolist()[1:] == ties.class_ji.tolist()[1:] == [NEW_TIE, NEW_TIE]
    assert ties.c_ij.tolist()[1:] == [np.float32(0.03)] * 2
    assert (ties.flags[1:] & SHARED != 0).tolist() == [True, False]
    assert (ties.chance[1:] > 0).tolist() == [True, False]
    assert ties.last_real.tolist()[1:] == [929, 929]


def test_a_grown_society_has_no_ended_tie_and_no_link(study):
    resolved = study.resolve("none", {})
    state = grow(resolved.society, resolved.profiles, 4, 120, 2).state
    assert not (state.ties.flags & (ENDED | LINKED)).any()
    assert not state.people.member.any()
    assert not state.ties.touch.any()
    assert not state.ties.exchange.any()
