"""What a user of Mesa and networkx finds in a World."""

import gc
import multiprocessing
import os
import signal
import weakref
from collections import Counter
from threading import Thread

import mesa
import networkx as nx
import numpy as np
import pytest
from mesa.agent import Agent, AgentSet
from worlds import assert_identical, assert_same

import sim
from sim.errors import InputError, RunError
from sim.society.graphs import from_networkx
from sim.world import as_networkx, day, joining, model
from sim.world.agents import Crowd, Person
from sim.world.columns import ENDED, LINKED
from sim.world.events import EventLog
from sim.world.state import chosen, link_only


@pytest.fixture
def world(tiny, grown) -> sim.World:
    one = sim.World(tiny, "wall", 1, grown=grown)
    one.run(3)
    return one


@pytest.fixture
def mesas(world) -> AgentSet:
    """Mesa's own set of the same people."""
    return AgentSet([world.person(row) for row in range(world.state.population)], random=world.random)


# --- a Mesa model --------------------------------------------------------------------------------


def test_a_world_is_a_mesa_model_whose_step_is_a_day(tiny, grown):
    world = sim.World(tiny, "wall", 1, grown=grown)
    assert isinstance(world, mesa.Model)
    assert (world.day, world.steps) == (0, 0)
    world.step()
    assert (world.day, world.steps) == (1, 1)
    world.run(9)
    world.step()
    assert world.day == 11
    assert world.state.day == grown.state.day + 11


def test_the_data_collector_has_a_row_for_every_step(tiny, grown):
    world = sim.World(tiny, "wall", 1, grown=grown)
    for _ in range(5):
        world.step()
    frame = world.datacollector.get_model_vars_dataframe()
    assert frame["day"].tolist() == [0, 1, 2, 3, 4, 5]
    ties = world.state.ties
    assert frame["ties"].iloc[-1] == 2 * (~link_only(ties)).sum() / 60
    alive = ~link_only(ties)
    assert frame["mean_closeness"].iloc[-1] == pytest.approx((ties.c_ij[alive].mean() + ties.c_ji[alive].mean()) / 2)


def test_mesas_batch_run_drives_a_world(tiny):
    class Small(sim.World):
        def __init__(self, arm, seed=None):
            super().__init__(tiny, arm, seed, people=20, years=1)

    found = mesa.batch_run(Small, {"arm": ["none", "wall"]}, max_steps=3, display_progress=False)
    assert [row["arm"] for row in found] == ["none", "wall"]
    assert found[0]["day"] == found[1]["day"] >= 3


def test_the_first_arm_is_run_if_none_is_named(tiny, grown):
    assert sim.World(tiny, seed=1, grown=grown).arm == "none"


@pytest.mark.parametrize("wrong", [dict(arm="wal"), dict(engine="fastt")])
def test_unknown_arms_and_engines_are_refused_with_the_nearest(tiny, grown, wrong):
    with pytest.raises(InputError, match=r"wall|fast"):
        sim.World(tiny, **dict(arm="wall", seed=1, grown=grown) | wrong)


@pytest.mark.parametrize("row", [-1, 60])
def test_a_person_who_is_not_there_is_refused(world, row):
    with pytest.raises(IndexError, match="60 people"):
        world.person(row)


# --- seed, point and years ---------------------------------------------------------------------------


def test_a_world_without_a_seed_has_a_new_one_and_says_it(tiny):
    worlds = [sim.World(tiny, "wall", people=20, years=1) for _ in range(3)]
    assert len({one.seed for one in worlds}) == 3
    assert all(0 <= one.seed < 2**63 for one in worlds)
    again = sim.World(tiny, "wall", worlds[0].seed, people=20, years=1)
    assert_identical(again.state, worlds[0].state)
    again.step()
    assert again.datacollector.get_model_vars_dataframe()["seed"].to_list() == 2 * [worlds[0].seed]


@pytest.mark.parametrize("given, different", [({}, 3), ({"seed": 4}, 1), ({"rng": 4}, 1), ({"seed": [4, 5, 6]}, 3)])
def test_iterations_of_a_batch_are_different_runs_unless_a_seed_is_given(tiny, given, different):
    asked = {"study": tiny.file, "arm": "none", "people": 20, "years": 1} | given
    many = 1 if different > 1 and given else 3
    found = mesa.batch_run(sim.World, asked, iterations=many, max_steps=1, display_progress=False)
    last = {row["RunId"]: row for row in found}.values()
    assert len(last) == 3
    assert len({row["seed"] for row in last}) == len({row["mean_closeness"] for row in last}) == different


@pytest.mark.parametrize("kind", [int, np.int64, np.uint8, np.int32])
def test_whole_numbers_of_numpy_are_taken(tiny, kind):
    own = sim.World(tiny, "wall", kind(3), people=kind(20), years=kind(1), point={"displacement": np.float64(0.5)})
    assert (own.seed, own.state.population, len(own.history)) == (3, 20, 1)
    assert type(own.seed) is int
    assert own.society.response.displacement.value == 0.5
    plain = sim.World(tiny, "wall", 3, people=20, years=1, point={"displacement": 0.5})
    assert_identical(own.state, plain.state)


SAME_TWICE = {
    "a number": lambda: 7,
    "numpy's number": lambda: np.int64(7),
    "a generator": lambda: np.random.default_rng(7),
    "a seed sequence": lambda: np.random.SeedSequence(7),
    "a bit generator": lambda: np.random.PCG64(7),
    "several numbers": lambda: [7, 8],
}


@pytest.mark.parametrize("make", SAME_TWICE.values(), ids=SAME_TWICE)
def test_a_seed_is_taken_from_whatever_mesa_takes_as_rng(tiny, make):
    one, other = (sim.World(tiny, rng=make(), people=10, years=1) for _ in range(2))
    assert one.seed == other.seed
    assert one.random.random() == other.random.random()
    assert one.rng.random() == other.rng.random()


def test_worlds_of_one_generator_are_different(tiny):
    rng = np.random.default_rng(1)
    assert len({sim.World(tiny, rng=rng, people=10, years=1).seed for _ in range(3)}) == 3


def test_numbers_as_rng_are_seeds(tiny):
    assert sim.World(tiny, rng=np.int64(42), people=10, years=1).seed == 42


@pytest.mark.parametrize(
    "wrong, place",
    [
        ({"seed": -1}, "seed"),
        ({"seed": 2**63}, "seed"),
        ({"seed": 1.5}, "seed"),
        ({"seed": "1"}, "seed"),
        ({"seed": True}, "seed"),
        ({"seed": np.nan}, "seed"),
        ({"rng": -1}, "rng"),
        ({"rng": "mine"}, "rng"),
        ({"rng": [-1]}, "rng"),
        ({"rng": object()}, "rng"),
        ({"seed": 1, "rng": 1}, "rng"),
        ({"seed": 1, "years": -1}, "years"),
        ({"seed": 1, "years": 1.5}, "years"),
        ({"seed": 1, "people": 20.5}, "people"),
        ({"seed": 1, "threads": 0}, "threads"),
        ({"seed": 1, "point": 2}, "point"),
        ({"seed": 1, "point": -1}, "point"),
        ({"seed": 1, "point": "0"}, "point"),
    ],
)
def test_what_is_no_seed_point_or_number_is_refused(tiny, wrong, place):
    with pytest.raises(InputError) as refused:
        sim.World(tiny, "none", **{"people": 10, "years": 1} | wrong)
    assert [problem.place for problem in refused.value.problems] == [place]


def test_a_grown_society_wants_the_seed_that_it_was_grown_with(tiny, grown):
    with pytest.raises(InputError, match="the seed that it was grown with"):
        sim.World(tiny, "wall", grown=grown)


def test_a_design_gives_the_values_of_the_files_unless_a_point_is_asked_for(a_study):
    study = a_study(vary='"prompts.slope" = [0.5, 4.0]', name="varied", people=10)
    points = (None, {}, {"substitution": 0.3}, 0, 1, np.int64(1), {"prompts.slope": 3.0})
    worlds = [sim.World(study, "wall", 1, years=1, point=point) for point in points]
    assert [one.platform.settings.prompts.slope.value for one in worlds] == [2.0, 2.0, 2.0, 0.5, 4.0, 4.0, 3.0]
    assert worlds[3].branch("wall").point == worlds[3].point == {"prompts.slope": 0.5}


@pytest.mark.parametrize(
    "given",
    [
        {"arm": "wall"},
        {"arm": "later"},  # whose platform comes after a year
        {"arm": "wall", "point": {"displacement": 0.001}},
        {"arm": "wall", "graph": from_networkx(nx.karate_club_graph()), "people": None},
    ],
)
def test_time_is_taken_only_from_contact_that_was_measured(a_study, given):
    later = '[arms.later]\nplatform = "none"\nschedule = [{ day = 100, platform = "wall-2009" }]\n'
    study = a_study(arms=later, name="later-on", horizons='["2y"]')
    asked = {"seed": 1, "people": 12} | given
    with pytest.raises(InputError, match=r"years: 0 years of growing, .* takes time .*; expected 1 or more"):
        sim.World(study, **asked, years=0)
    no_time = asked | {"point": {"displacement": 0.0}}
    assert sim.World(study, **no_time, years=0).day == 0
    assert sim.World(study, **asked | {"arm": "none", "point": None}, years=0).day == 0
    with pytest.raises(InputError, match="years: 0"):
        sim.World(study, **asked | {"arm": "none", "point": None}, years=0).branch("wall")
    assert (sim.World(study, **asked, years=1).state.people.social > 0).any()


# --- the set of people ---------------------------------------------------------------------------

COLUMNS = ["contacts", "minutes", "birthday", "shown_birthday", "member", "kept", "social", "profile", "row", "unique_id"]
OTHERS = ["label", "links"]  # not arrays: asked of each person


def test_agents_is_an_agent_set_of_everybody(world):
    assert isinstance(world.agents, AgentSet)
    assert len(world.agents) == 60
    assert [person.row for person in world.agents] == list(range(60))


@pytest.mark.parametrize("name", COLUMNS + OTHERS)
def test_get_is_mesas_own(world, mesas, name):
    assert world.agents.get(name) == mesas.get(name)
    assert world.agents[5:9] == mesas[5:9]


def test_get_of_several_and_of_missing_attributes_is_mesas_own(world, mesas):
    assert world.agents.get(["birthday", "label"]) == mesas.get(["birthday", "label"])
    assert world.agents.get("age", handle_missing="default", default_value=7) == [7] * 60
    for people in (world.agents, mesas):
        with pytest.raises(AttributeError):
            people.get("age")


@pytest.mark.parametrize("name", ["contacts", "birthday", "member"])
@pytest.mark.parametrize("function", [sum, max, min, np.mean])
def test_agg_is_mesas_own(world, mesas, name, function):
    assert world.agents.agg(name, function) == mesas.agg(name, function)


def test_agg_with_several_functions_is_mesas_own(world, mesas):
    assert world.agents.agg("contacts", [min, max]) == mesas.agg("contacts", [min, max])


@pytest.mark.parametrize(
    "how",
    [
        dict(),
        dict(filter_func=lambda person: person.member),
        dict(filter_func=lambda person: person.birthday > 180, at_most=5),
        dict(at_most=7),
        dict(at_most=0.25),
        dict(at_most=0.0),
        dict(at_most=1),
        dict(at_most=1.0),
        dict(agent_type=Person),
        dict(agent_type=mesa.Agent, at_most=3),
        dict(agent_type=mesa.Model),
        dict(filter_func=lambda person: person.row % 2, agent_type=Person, at_most=0.1),
    ],
)
def test_select_is_mesas_own(world, mesas, how):
    assert list(world.agents.select(**how)) == list(mesas.select(**how))


def test_selecting_in_place_is_mesas_own(world, mesas):
    ours = world.agents
    assert ours.select(lambda person: person.member, inplace=True) is ours
    assert list(ours) == list(mesas.select(lambda person: person.member, inplace=True))


@pytest.mark.parametrize("key", ["birthday", "contacts", "label", lambda person: -person.birthday])
@pytest.mark.parametrize("ascending", [True, False])
def test_sort_is_mesas_own(world, mesas, key, ascending):
    assert list(world.agents.sort(key, ascending=ascending)) == list(mesas.sort(key, ascending=ascending))


@pytest.mark.parametrize("by", ["member", "profile", lambda person: person.birthday // 30])
def test_groupby_is_mesas_own(world, mesas, by):
    ours, theirs = world.agents.groupby(by), mesas.groupby(by)
    assert ours.count() == theirs.count()
    assert ours.agg("contacts", sum) == theirs.agg("contacts", sum)
    assert {key: list(some) for key, some in ours} == {key: list(some) for key, some in theirs}
    lists = world.agents.groupby(by, result_type="list")
    assert {key: some for key, some in lists} == {key: some for key, some in mesas.groupby(by, result_type="list")}


def test_shuffle_is_mesas_kind_of_shuffle(world):
    shuffled = world.agents.shuffle()
    assert sorted(person.row for person in shuffled) == list(range(60))
    assert [person.row for person in shuffled] != list(range(60))


def test_do_map_and_set_reach_every_person(world, mesas):
    assert world.agents.map(lambda person: person.birthday) == mesas.map(lambda person: person.birthday)
    assert world.agents.map("__repr__") == mesas.map("__repr__")
    seen = []
    world.agents.do(lambda person: seen.append(person.row))
    assert seen == list(range(60))
    world.agents.shuffle_do(lambda person: seen.append(person.row))
    assert sorted(seen[60:]) == list(range(60))
    world.agents.set("minutes", 12.0)
    assert (world.state.people.minutes == 12).all()


def test_membership_and_items_are_mesas_own(world, mesas, tiny, grown):
    assert world.person(7) in world.agents
    assert world.person(7) not in world.agents.select(at_most=7)
    assert world.agents[7] is mesas[7]
    assert world.agents[-1] is mesas[-1]
    assert sim.World(tiny, "wall", 1, grown=grown).person(7) not in world.agents
    assert "somebody" not in world.agents


def test_the_people_of_a_world_are_fixed(world):
    for change in ("add", "discard", "remove"):
        with pytest.raises(TypeError, match="people of a world are fixed"):
            getattr(world.agents, change)(world.person(0))


def test_nobody_is_made_until_touched(tiny, grown):
    world = sim.World(tiny, "wall", 1, grown=grown)
    world.run(2)
    assert len(world.agents) == 60
    world.agents.get("birthday")
    world.agents.agg("contacts", sum)
    world.agents.groupby("member")
    world.agents.sort("contacts")
    world.agents.select(at_most=5)
    assert world._people == {}
    assert world.agents[3].row == 3
    assert list(world._people) == [3]
    assert world.person(3) is world.agents[3]


# --- persons and ties ----------------------------------------------------------------------------


def test_a_person_is_a_view_of_its_row(world):
    person, people = world.person(4), world.state.people
    people.minutes[4], people.shown[4] = 33, 77
    assert (person.minutes, person.shown_birthday) == (33, 77)
    person.minutes, person.shown_birthday, person.member = 44, 99, False
    assert (people.minutes[4], people.shown[4], people.member[4]) == (44, 99, False)
    assert person.profile == "us"
    assert person.label == "4"
    assert person.unique_id == 5
    assert person.places == dict(zip(("work", "neighbourhood", "club"), people.places[4].tolist()))


def test_the_ties_of_a_person_are_living_closest_first_and_seen_from_the_person(world):
    ties = world.state.ties
    row = int(np.flatnonzero((ties.i < 10) & (ties.j == 10))[0])
    ties.c_ij[row], ties.c_ji[row] = 0.25, 0.999
    ended = int(np.flatnonzero(ties.i == 10)[0])
    ties.flags[ended] |= ENDED
    mine = world.person(10).ties
    assert len(mine) == ((ties.i == 10) | (ties.j == 10)).sum() - 1
    assert [tie.closeness for tie in mine] == sorted((tie.closeness for tie in mine), reverse=True)
    assert mine[0].other.row == ties.i[row]
    assert mine[0].closeness == pytest.approx(0.999)
    (back,) = (tie for tie in mine[0].other.ties if tie.other.row == 10)
    assert back.closeness == 0.25
    assert world.person(10).closeness == pytest.approx(sum(tie.closeness for tie in mine))
    assert world.person(10).links == sum(tie.linked for tie in mine) + bool(ties.flags[ended] & LINKED)


def test_what_a_person_writes_is_simulated(tiny, grown):
    """Somebody who plans no contact initiates none."""
    world = sim.World(tiny, "none", 1, grown=grown)
    world.run(-world.state.day % 7)
    world.person(4).contacts = 0
    log = EventLog()
    world.run(50, log)
    columns = log.columns()
    planned = np.isin(columns["channel"], ["visit", "call", "letter"]) & (columns["from"] == 4)
    birthdays = np.array([world.person(int(k)).birthday for k in columns["to"]]) == columns["day"] % 365
    assert not (planned & ~birthdays).any()


# --- branching -----------------------------------------------------------------------------------


def test_a_branch_starts_where_the_society_was_grown(world, tiny, grown):
    other = world.branch("wall")
    assert other.day == 0
    other.run(3)
    assert_identical(other.state, world.state)


def test_a_branch_shares_what_never_changes_and_moves_nothing_else(tiny, grown):
    before = grown.state.copy()
    one = sim.World(tiny, "wall", 1, grown=grown)
    other = one.branch("none")
    for name in ("profile", "contacts", "greet", "birthday"):
        assert np.shares_memory(getattr(one.state.people, name), getattr(other.state.people, name)), name
    for name in ("minutes", "member", "kept", "drive", "places"):
        assert not np.shares_memory(getattr(one.state.people, name), getattr(other.state.people, name)), name
    for a, b in zip(one.state.ties, other.state.ties):
        assert not np.shares_memory(a, b)
    one.run(65)
    assert other.day == 0
    assert np.array_equal(other.state.ties.c_ij, grown.state.ties.c_ij)
    other.run(65)
    assert_identical(grown.state, before)


@pytest.mark.parametrize("name, value", [("birthday", 7), ("contacts", 0.0)])
def test_what_is_written_in_one_arm_stays_in_it(tiny, name, value):
    study_of_its_own = sim.World(tiny, "wall", 9, people=20, years=1)
    other = study_of_its_own.branch("none")
    before = getattr(other.person(3), name)
    setattr(study_of_its_own.person(3), name, value)
    assert getattr(study_of_its_own.person(3), name) == value
    assert getattr(other.person(3), name) == before


# --- networkx ------------------------------------------------------------------------------------


def test_the_graph_has_all_living_ties_with_attributes(world):
    ties = world.state.ties
    met = np.flatnonzero(~link_only(ties))
    ended, other = met[5], met[7]
    ties.flags[ended] |= ENDED
    graph = world.graph
    assert isinstance(graph, nx.Graph)
    assert list(graph) == list(range(60))
    assert graph.number_of_edges() == met.size - 1
    assert not graph.has_edge(int(ties.i[ended]), int(ties.j[ended]))
    edge = graph.edges[int(ties.i[other]), int(ties.j[other])]
    assert edge["weight"] == pytest.approx((ties.c_ij[other] + ties.c_ji[other]) / 2)
    assert edge["linked"] == bool(ties.flags[other] & LINKED)
    assert edge["kind"] in ("kin", "friend", "online")
    assert graph.nodes[4]["birthday"] == world.person(4).birthday
    assert graph.nodes[4]["member"] == world.person(4).member


def test_a_graph_goes_out_and_comes_back(world):
    back = from_networkx(world.graph)
    ties = chosen(world.state.ties, ~link_only(world.state.ties))
    order = np.lexsort((ties.j, ties.i))
    assert back.people == 60
    for name in ("i", "j", "kind", "chance"):
        np.testing.assert_array_equal(getattr(back, name), getattr(ties, name)[order], err_msg=name)
    assert np.array_equal(back.linked, (ties.flags & LINKED != 0)[order])
    mean = (back.closeness_ij.astype(float) + back.closeness_ji) / 2
    assert mean == pytest.approx(((ties.c_ij.astype(float) + ties.c_ji) / 2)[order], abs=1e-6)


def test_each_side_of_a_tie_comes_back(world):
    back = from_networkx(world.graph)
    ties = chosen(world.state.ties, ~link_only(world.state.ties))
    order = np.lexsort((ties.j, ties.i))
    assert np.array_equal(back.closeness_ij, ties.c_ij[order])
    assert np.array_equal(back.closeness_ji, ties.c_ji[order])


def test_a_given_graph_keeps_its_labels(tiny):
    graph = nx.Graph([("ann", "bob"), ("bob", "cem")])
    world = sim.World(tiny, "none", 1, graph=from_networkx(graph), years=0)
    assert [person.label for person in world.agents] == ["ann", "bob", "cem"]
    assert [world.graph.nodes[k]["label"] for k in world.graph] == ["ann", "bob", "cem"]
    assert repr(world.person(0)) == "<Person ann>"


@pytest.mark.parametrize("radius", [0, 1, 2])
def test_an_ego_graph_is_networkxs_own(tiny, radius):
    graph = nx.karate_club_graph()
    world = sim.World(tiny, "none", 1, graph=from_networkx(graph), years=0)
    found, expected = world.ego(3, radius), nx.ego_graph(world.graph, 3, radius)
    assert set(found) == set(expected)
    assert {frozenset(edge) for edge in found.edges} == {frozenset(edge) for edge in expected.edges}


def test_an_ego_who_is_not_there_is_refused(world):
    with pytest.raises(IndexError):
        world.ego(-1)


@pytest.mark.parametrize("n", [1, 10, 59, 60, 500])
def test_a_sample_has_as_many_people_as_asked_for_and_all_their_ties(world, n):
    sample, whole = world.sample_graph(n, seed=2), world.graph
    assert len(sample) == min(n, 60)
    assert {frozenset(e) for e in sample.edges} == {frozenset(e) for e in whole.subgraph(sample).edges}


def test_a_graph_of_too_many_ties_is_refused_with_what_to_take_instead(world, monkeypatch):
    monkeypatch.setattr(as_networkx, "MOST_TIES_OF_A_GRAPH", 100)
    with pytest.raises(InputError, match=r"ego\(person, radius\).*sample_graph"):
        world.graph  # noqa: B018
    assert len(world.ego(0)) > 1
    assert len(world.sample_graph(10)) == 10


# --- memory --------------------------------------------------------------------------------------


def live_and_look(tiny, grown) -> weakref.ref:
    world = sim.World(tiny, "wall", 1, grown=grown)
    world.step()
    world.agents.get("birthday")
    list(world.agents)
    world.agents.select(lambda person: person.member)
    world.person(3).ties[0].other.closeness  # noqa: B018
    world.measure()
    world.branch("none").run(1)
    return weakref.ref(world)


def test_worlds_that_nobody_holds_are_gone(tiny, grown):
    gone = [live_and_look(tiny, grown) for _ in range(3)]
    gc.collect()
    assert [one() for one in gone] == [None] * 3
    assert not [kept for kept in Agent._ids if isinstance(kept, sim.World)]


def test_a_plain_world_leaves_nothing_behind(tiny):
    plain = pytest.importorskip("sim.world.plain")
    world = sim.World(tiny, "none", 1, "plain", people=12, years=0)
    world.run(3)
    del world
    gc.collect()
    assert not [kept for kept in Agent._ids if isinstance(kept, plain.PlainSociety)]


def test_a_crowd_does_not_hold_its_world(tiny, grown):
    world = sim.World(tiny, "wall", 1, grown=grown)
    crowd, ref = world.agents, weakref.ref(world)
    del world
    gc.collect()
    assert isinstance(crowd, Crowd)
    assert ref() is None


# --- the plain engine ----------------------------------------------------------------------------


@pytest.mark.uncompiled
@pytest.mark.parametrize("arm", ["none", "wall"])
def test_the_plain_engine_lives_the_same_forty_days(tiny, arm):
    pytest.importorskip("sim.world.plain")
    fast = sim.World(tiny, arm, 1, people=12, years=0, point={"displacement": 0.0})
    plain = sim.World(tiny, arm, 1, "plain", people=12, years=0, point={"displacement": 0.0})
    for _ in range(8):
        fast.run(5)
        plain.run(5)
        assert_same(fast.state, plain.state, rounding=1e-5)
    assert fast.state.tally.received.sum() > 100


@pytest.mark.uncompiled
def test_both_engines_log_the_same_acts(tiny):
    pytest.importorskip("sim.world.plain")
    logs = []
    for engine in ("fast", "plain"):
        log = EventLog()
        sim.World(tiny, "wall", 1, engine, people=12, years=0, point={"displacement": 0.0}).run(20, log)
        columns = log.columns()
        logs.append(sorted(zip(*(columns[name].tolist() for name in ("day", "from", "to", "channel", "prompted")))))
    assert logs[0] == logs[1]
    assert len(logs[0]) > 50


@pytest.mark.uncompiled
def test_both_engines_follow_a_member_who_is_none_any_more_within_the_week(tiny):
    """Its friends do nothing toward it from that day on, and it does nothing toward them."""

    class Out(Person):
        def before_day(self):
            if self.model.day == 9:
                self.member = False

    done = []
    for engine in ("fast", "plain"):
        world, log = sim.World(tiny, "wall", 1, engine, people=12, years=1, point={"messages.rate": 20.0}), EventLog()
        world.cast(Out, [0])
        world.run(14, log)
        acts = log.columns()
        own = (acts["from"] == 0) | (acts["to"] == 0)
        chosen = own & np.isin(acts["channel"], ["reaction", "comment", "message", "group"])
        done.append(Counter(acts["day"][chosen].tolist()))
    assert done[0] == done[1]
    first = world.branch_day + 9
    assert min(done[0]) < first
    assert max(done[0]) < first


def test_the_plain_engine_keeps_what_a_graph_knows_of_links(tiny):
    graph = nx.gnp_random_graph(12, 0.5, seed=1)
    for number, (_, _, edge) in enumerate(graph.edges(data=True)):
        edge["linked"] = number % 3 == 0
    worlds = [sim.World(tiny, "wall", 1, engine, graph=graph, years=1) for engine in ("fast", "plain")]
    for world in worlds:
        world.run(3)
        assert world.state.known_links is not None
    assert_same(worlds[0].state, worlds[1].state, rounding=1e-5)


# --- interrupted -------------------------------------------------------------------------------------


def test_ctrl_c_stops_a_world_between_two_days_and_it_may_go_on(tiny, grown, monkeypatch):
    whole = sim.World(tiny, "wall", 1, grown=grown)
    world, log = sim.World(tiny, "wall", 1, grown=grown), EventLog()
    real = model.run_days

    def interrupted(state, *arguments):
        if state.day > 20:
            os.kill(os.getpid(), signal.SIGINT)
        real(state, *arguments)

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(model, "run_days", interrupted)
    with pytest.raises(KeyboardInterrupt):
        world.run(100, log)
    monkeypatch.undo()
    assert signal.getsignal(signal.SIGINT) is before
    assert 0 < world.day < 100
    world.run(40 - world.day, log)
    whole.run(40)
    assert_identical(world.state, whole.state)
    assert log.columns()["day"].max() == world.state.day - 1


def test_ctrl_c_while_a_platform_comes_waits_for_the_end_of_the_day(tiny, grown, monkeypatch):
    whole, world = (sim.World(tiny, "wall", 1, grown=grown) for _ in range(2))
    real = joining.link

    def interrupted(*arguments):
        os.kill(os.getpid(), signal.SIGINT)
        real(*arguments)

    monkeypatch.setattr(joining, "link", interrupted)
    with pytest.raises(KeyboardInterrupt):
        world.run(10)
    monkeypatch.undo()
    assert world.day > 0
    world.run(10 - world.day)
    whole.run(10)
    assert_identical(world.state, whole.state)


def test_ctrl_c_leaves_no_day_out_for_people_with_hooks(tiny, grown, monkeypatch):
    class Counting(Person):
        def before_day(self):
            days.append(("before", self.model.day))
            if self.model.day == 4 and len(days) == 9:
                os.kill(os.getpid(), signal.SIGINT)

        def after_day(self):
            days.append(("after", self.model.day))

    days: list = []
    world = sim.World(tiny, "wall", 1, grown=grown)
    world.cast(Counting, [0])
    with pytest.raises(KeyboardInterrupt):
        world.run(10)
    assert world.day == 5
    world.run(3)
    assert [day for when, day in days if when == "before"] == list(range(8))
    assert [day for when, day in days if when == "after"] == list(range(1, 9))


def test_a_second_ctrl_c_ends_a_day_at_once_and_the_world_says_that_it_is_broken(tiny, grown, monkeypatch):
    world = sim.World(tiny, "wall", 1, grown=grown)
    world.run(3)

    def interrupted(*_):
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)
        pytest.fail("it went on")

    monkeypatch.setattr(day, "interact", interrupted)
    with pytest.raises(KeyboardInterrupt):
        world.run(1)
    monkeypatch.undo()
    for what in (lambda: world.run(1), world.measure, world.composition):
        with pytest.raises(InputError, match="day 3 was interrupted before it had ended"):
            what()
    other = world.branch("wall")
    other.run(5)
    assert other.day == 5


def test_a_world_in_another_thread_leaves_signals_alone(tiny, grown):
    world, before = sim.World(tiny, "wall", 1, grown=grown), signal.getsignal(signal.SIGINT)
    thread = Thread(target=world.run, args=(10,))
    thread.start()
    thread.join()
    assert world.day == 10
    assert signal.getsignal(signal.SIGINT) is before


def test_tallies_that_ran_over_are_no_measures(tiny, grown):
    world = sim.World(tiny, "wall", 1, grown=grown)
    world.run(3)
    world.state.tally.viewed[:] = -1
    with pytest.raises(RunError, match="more acts or views than tallies of 64 bits"):
        world.measure()


def test_a_forked_process_has_threads_of_its_own(tiny, grown):
    sim.World(tiny, "wall", 1, people=300, years=1, threads=2).run(3)  # the threads of this process are there
    process = multiprocessing.get_context("fork").Process(target=run_on_two_threads, args=(tiny,))
    process.start()
    process.join(60)
    process.kill()
    assert process.exitcode == 0


def run_on_two_threads(study) -> None:
    assert day.scratch_of_thread.cache_info().currsize == 0
    sim.World(study, "wall", 1, people=300, years=1, threads=2).run(3)
