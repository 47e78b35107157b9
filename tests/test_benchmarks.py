"""The references and scripts of benchmarks/: do they compute the right numbers? Nothing here rests on the clock."""

from __future__ import annotations

import shutil
from types import SimpleNamespace

import networkx as nx
import numpy as np
import polars as pl
import pytest
from worlds import GROUPS, default_rules, everyone_tied, on_the_feed, world

from sim.study.single.references import Unavailable, reference
from sim.world.columns import ENDED, FAR, GREETED_IJ, GREETED_JI, KINDS, KNOWS_IJ, KNOWS_JI, LINKED, NEW_TIE, SHARED, TIE, Column
from sim.world.plain import PlainSociety
from sim.world.state import BY_CLOSENESS, MONTH, WEEK, YEAR

whole_array, c_reference, bandwidth = (reference(name) for name in ("whole_array", "c_reference", "bandwidth"))
before, scaling, scaling_figure, small = (reference(name) for name in ("before", "scaling", "scaling_figure", "small"))
stationary, directions = (reference(name) for name in ("stationary", "directions"))

CLOSE = 2e-6  # the plain society computes in float64, the references in float32
FOUR_WEEKS = 420  # a plan day that begins four weeks without a turnover
NEW_YEAR = next(
    day for day in range(0, 400 * YEAR, WEEK) if (day + WEEK - 1) % YEAR < WEEK and day > YEAR and day % MONTH + WEEK < MONTH
)
"""A plan day whose week has a New Year and no turnover."""


def busy_world(seed: int, day: int, days: int, people: int = 12):
    """Members of a platform, of all kinds and classes, with birthdays and dates shown in the next days; float32 rules."""
    rng = np.random.default_rng(seed)
    state = on_the_feed(everyone_tied(people, day=day))
    person, ties, rows = state.people, state.ties, state.ties.i.size
    person.member[:] = rng.random(people) < 0.9
    person.group[:] = rng.integers(0, GROUPS, people)
    person.places[:] = rng.integers(-1, 2, (people, 3))
    person.birthday[:] = (day + rng.integers(0, days, people)) % YEAR
    other = (day + rng.integers(0, days, people)) % YEAR
    person.shown[:] = np.where(person.member, np.where(rng.random(people) < 0.5, person.birthday, other), -1)
    person.kept[:], person.greet[:] = 0.8, rng.normal(size=people)
    person.posts[:], person.comments[:] = rng.random(people), rng.random(people)
    person.items[:] = np.where(rng.random(people) < 0.5, 1, 60)  # some do not see all posts
    linked = person.member[ties.i] & person.member[ties.j] & (rng.random(rows) < 0.9)
    ended = rng.random(rows) < 0.1
    ties.flags[:] = np.where(linked, LINKED, 0) | np.where(ended, ENDED, 0)
    for flag in (FAR, KNOWS_IJ, KNOWS_JI, SHARED):
        ties.flags[:] |= np.where(rng.random(rows) < 0.5, flag, 0).astype(np.uint8)
    for flag in (GREETED_IJ, GREETED_JI):
        ties.flags[linked & (rng.random(rows) < 0.3)] |= flag
    ties.chance[ended] = 0
    ties.affinity[:] = np.exp(rng.normal(size=rows))
    ties.kind[:] = rng.integers(0, len(KINDS), rows)
    ties.class_ij[:], ties.class_ji[:] = rng.integers(0, NEW_TIE, (2, rows))
    ties.c_ij[:], ties.c_ji[:] = np.where(rng.random((2, rows)) < 0.1, 0, rng.random((2, rows)))
    return state


def rules(**changes):
    numbers = default_rules(feed=True, meet_after=0.3, **changes)
    return numbers._replace(**{name: np.float32(value) for name, value in numbers._asdict().items() if isinstance(value, float)})


def days_of_the_plain_society(state, numbers, seed: int, days: int):
    society = PlainSociety.from_state(state, numbers)
    for _ in range(days):
        society.step_day(seed)
    assert society.closest_call > 1e-6  # float32 draws the same acts
    return society.to_state()


# --- whole-array NumPy ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("changes", [{}, {"order": BY_CLOSENESS, "displace_chance": True}])
def test_whole_arrays_give_the_closeness_of_the_plain_society(changes):
    without_occasions = rules(prompts=False, wish=0.0, cards=0.0, **changes)
    state = busy_world(1, FOUR_WEEKS, 28)
    expected = days_of_the_plain_society(state, without_occasions, 7, 28).ties
    arrays = whole_array.WholeArrays(state.copy(), without_occasions, 7)
    arrays.run(28)
    assert np.abs(arrays.c - [expected.c_ij, expected.c_ji]).max() < CLOSE
    assert np.abs(arrays.touch - expected.touch).max() < CLOSE
    assert np.abs(arrays.exchange - expected.exchange).max() < CLOSE
    assert expected.contacts.sum() > 100
    assert arrays.c.dtype == arrays.touch.dtype == np.float32  # as wide as the fast engine's


def test_whole_arrays_that_draw_daily_do_as_many_acts_as_the_rates_say():
    state, days = busy_world(2, FOUR_WEEKS, 28), 28
    numbers = rules(substitution=0.0, complement=0.0, reply=np.zeros(11, np.float32))  # rates hold for the week, and no answers
    arrays = whole_array.DrawnDaily(state, numbers, 3)
    expected = acts = 0
    for day in range(days):
        if day % WEEK == 0:
            arrays.plan()
            arrays.draw_week()
        expected += arrays.planned.sum() + arrays.chances().sum() + arrays.busy.sum()
        acts += arrays.acts_of_today().row.size
    assert expected > 300
    assert abs(acts - expected) < 4 * expected**0.5


# --- C --------------------------------------------------------------------------------------------------------------------

with_gcc = pytest.mark.skipif(shutil.which("gcc") is None, reason="no gcc")


@with_gcc
@pytest.mark.parametrize("seed, day, days", [(1, FOUR_WEEKS, 29), (2, FOUR_WEEKS + 210, 28), (3, NEW_YEAR, 7)])
def test_the_reference_in_c_gives_the_closeness_and_counts_of_the_plain_society(seed, day, days):
    state = busy_world(seed, day, days)
    expected = days_of_the_plain_society(state, rules(), 11, days)
    given = state.copy()
    c_reference.Reference(given, rules(), 11, threads=2).simulate(days)
    for name in ("c_ij", "c_ji", "touch", "exchange"):
        assert np.abs(getattr(given.ties, name) - getattr(expected.ties, name)).max() < CLOSE, name
    assert (given.ties.flags == expected.ties.flags).all()
    for name in ("received", "season", "season_ties", "celebrated"):
        assert (getattr(given.tally, name) == getattr(expected.tally, name)).all(), name
    for name in ("absorbed", "viewed", "season_closeness"):
        assert np.allclose(getattr(given.tally, name), getattr(expected.tally, name), rtol=1e-5, atol=2**36 * 1e-5), name
    assert given.tally.celebrated.sum() > 10
    assert given.day == expected.day


@with_gcc
def test_the_reference_in_c_depends_neither_on_threads_nor_on_pieces():
    state = busy_world(4, FOUR_WEEKS, 28, people=90)  # 4,005 ties: two strips
    results = []
    for threads, pieces in ((1, [28]), (2, [28]), (2, [7, 14, 7])):
        given = state.copy()
        society = c_reference.Reference(given, rules(), 5, threads)
        for days in pieces:
            society.simulate(days)
        results.append([*given.ties, *given.tally])
    assert all(all((a == b).all() for a, b in zip(results[0], other)) for other in results[1:])


@with_gcc
@pytest.mark.parametrize("change", [{"private": True}, {"order": BY_CLOSENESS}, {"displace_chance": True}, {"prompts": False}])
def test_the_reference_in_c_says_which_platforms_it_does_not_know(change):
    with pytest.raises(Unavailable, match=next(iter(change))):
        c_reference.Reference(busy_world(1, FOUR_WEEKS, 28), rules(**change), 1, 1)


def test_without_gcc_the_reference_in_c_says_so(monkeypatch):
    c_reference.library.cache_clear()
    monkeypatch.setattr(c_reference.shutil, "which", lambda _: None)
    with pytest.raises(Unavailable, match="no gcc on this machine"):
        c_reference.library()
    c_reference.library.cache_clear()


# --- memory -----------------------------------------------------------------------------------------------------------------


def test_bytes_of_a_day_are_those_of_the_columns_that_it_moves():
    columns = (Column("a", np.float32, ""), Column("b", np.uint8, "", shape=(2, 7)))
    assert bandwidth.bytes_a_day({"week": (7, "a b", "a"), "month": (30, "b", "")}, columns) == (4 + 14 + 4) / 7 + 14 / 30


def test_every_column_of_ties_is_moved_or_said_to_belong_to_acts():
    named = {name for _, read, written in bandwidth.MOVED.values() for name in f"{read} {written}".split()}
    in_days = {name for key in ("days", "plan") for part in bandwidth.MOVED[key][1:] for name in part.split()}
    columns = {column.name for column in TIE}
    assert named <= columns
    assert in_days | set(bandwidth.ONLY_ACTS.split()) | {"origin"} == columns  # the origin is read by a turnover alone
    assert not in_days & set(bandwidth.ONLY_ACTS.split())
    _, read, written = bandwidth.MOVED["days"]
    assert set(written.split()) <= set(read.split())  # days change what they read


def test_the_triad_moves_what_it_says():
    a, b, c = np.zeros(10), np.arange(10.0), np.full(10, 2.0)
    bandwidth.triad(a, b, c, 3.0, 2, 9)
    assert a.tolist() == [0, 0, 8, 9, 10, 11, 12, 13, 14, 0]
    assert bandwidth.contender("triad", 2, size=1000).amount == 24_000


# --- scripts ----------------------------------------------------------------------------------------------------------------


def test_a_line_through_days_gives_what_a_day_costs_beside_its_ties():
    ties = np.array([5_000, 20_000, 80_000])
    fixed, per_tie = small.fitted(ties, 60_000 + 9.0 * ties)
    assert fixed == pytest.approx(60_000)
    assert per_tie == pytest.approx(9)


def test_scaling_goes_on_where_it_stopped(tmp_path):
    file = tmp_path / "scaling.csv"
    assert scaling.missing([10, 20, 30], file) == [10, 20, 30]
    for people in (10, 30):
        scaling.add(dict.fromkeys(scaling.COLUMNS, 1) | {"people": people}, file)
    assert scaling.missing([10, 20, 30], file) == [20]
    assert file.read_text().splitlines()[0] == ",".join(scaling.COLUMNS)
    with pytest.raises(ValueError, match="not in fieldnames"):
        scaling.add({"surprise": 1}, file)


@pytest.mark.parametrize(
    "last, said", [(8.2, "costs the same among"), (12.0, "costs 50 % more among"), (6.0, "costs 25 % less among")]
)
def test_the_figure_of_scaling_says_what_its_table_says(last, said):
    table = pl.DataFrame({"people": [1_000_000, 10_000], "ns_with": [last, 8.0]})
    assert said in scaling_figure.title(table)
    assert "1,000,000 people" in scaling_figure.title(table)


def test_the_figure_of_scaling_has_sizes_in_plain_numbers():
    rows = {name: [1.0, 2.0] for name in scaling.COLUMNS} | {"people": [3_000, 1_000_000], "processor": ["one", "one"]}
    for axes in scaling_figure.drawn(pl.DataFrame(rows)).axes:
        assert [label.get_text() for label in axes.get_xticklabels()] == ["10,000", "100,000", "1,000,000"]


def test_versions_take_turns_and_are_compared_within_rounds():
    order = []

    def version(name, times):
        def time(arm, threads, days):
            order.append(name)
            return {"ties": 100.0, "ns": times[arm, threads].pop(0)}

        return SimpleNamespace(time=time)

    old = version("before", {case: [30.0, 90.0, 33.0] for case in before.CASES})
    new = version("now", {case: [10.0, 18.0, 11.0] for case in before.CASES})  # ratios 1/3, 1/5, 1/3
    rows = before.compared(old, new, rounds=3, days=210)
    assert [(row["arm"], row["threads"]) for row in rows] == [("wall", 1), ("wall", 2), ("none", 1), ("none", 2)]
    assert all((row["ns_before"], row["ns_now"]) == (30, 10) and row["ratio"] == pytest.approx(1 / 3) for row in rows)
    assert order[:2] == ["before", "now"]
    assert order[8:10] == ["now", "before"]  # the second round begins with the other


def test_a_change_of_acquaintances_is_told_by_blocks_of_neighbours():
    """Living ties alone count: of four people in a row, the third loses one to each neighbour."""
    state = world(5, [(0, 1), (1, 2), (2, 3)])
    before = stationary.acquaintances(state)
    assert before.tolist() == [1, 2, 2, 1, 0]
    state.ties.flags[[1, 2]] |= ENDED
    after = stationary.acquaintances(state)
    assert after.tolist() == [1, 1, 0, 0, 0]
    assert stationary.by_block(before, after, size=2) == pytest.approx([-0.5 / 1.2, -1.5 / 1.2])  # the fifth is in no block
    mean, half = stationary.interval(np.array([-0.02, -0.01, 0.0]))
    assert mean == pytest.approx(-0.01)
    assert half == pytest.approx(4.3027 * 0.01 / 3**0.5, rel=1e-4)  # t of 2 degrees of freedom
    assert stationary.interval(np.array([0.01]))[1] == np.inf


def test_directions_see_clustering_and_slopes():
    state = world(6, pairs := [(0, 1), (0, 2), (1, 2), (2, 3), (3, 4), (4, 5)])
    some = np.ones(len(pairs), bool)
    assert directions.clustering(state, some) == pytest.approx((1 + 1 + 1 / 3 + 0 + 0) / 5)  # the last has one tie
    graph = nx.Graph(pairs)
    assert directions.clustering(state, some) == pytest.approx(
        np.mean([value for who, value in nx.clustering(graph).items() if graph.degree(who) > 1])
    )
    some[1] = False  # row of (0, 2)
    assert directions.clustering(state, some) == 0
    assert directions.slope(np.array([0.0, 60.0, 120.0]), np.array([1.0, 1.5, 2.0])) == pytest.approx(0.5)
    assert [directions.word(value) for value in (-0.8, -0.5, 0.8)] == ["hit", "no direction", "miss"]
