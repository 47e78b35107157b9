"""A given graph keeps what is known of its ties; a design keeps its points; a platform may have no prompts."""

import networkx as nx
import numpy as np
import pytest
from scipy.stats import spearmanr

import sim
from sim.society.datasets import load
from sim.society.graphs import from_networkx
from sim.study.sweep.units import units_of
from sim.world import joining
from sim.world.beginning import state_of_graph
from sim.world.growing import grow


def closeness(state) -> dict[tuple[int, int], float]:
    ties = state.ties
    return dict(zip(zip(ties.i.tolist(), ties.j.tolist()), ((ties.c_ij + ties.c_ji) / 2).tolist()))


@pytest.mark.parametrize("name", ["karate", "a small school"])
def test_known_closeness_keeps_itself_over_the_year_before_the_branch(tiny, name):
    graph = load("karate") if name == "karate" else small_school()
    resolved = tiny.model_copy(update={"graph": "given"}).resolve("none")
    first = closeness(state_of_graph(graph, resolved.society, resolved.profiles, seed=1))
    grown = closeness(grow(resolved.society, resolved.profiles, 1, 0, 1, graph).state)
    shared = [pair for pair in first if pair in grown]
    was, came = np.array([first[pair] for pair in shared]), np.array([grown[pair] for pair in shared])
    assert len(shared) > 0.9 * len(first)
    assert came.mean() == pytest.approx(was.mean(), rel=0.25)
    assert spearmanr(was, came)[0] > 0.6


def small_school():
    """Three classes of twenty pupils. Friends within a class are close, and others are faint."""
    graph = nx.planted_partition_graph(3, 20, 0.6, 0.1, seed=1)
    rng = np.random.default_rng(1)
    for i, j in graph.edges:
        same = i // 20 == j // 20
        graph.edges[i, j]["closeness"] = float(rng.uniform(0.1, 0.6) if same else rng.uniform(0.02, 0.1))
        graph.edges[i, j]["chance"] = 0.0
    nx.set_node_attributes(graph, {k: k // 20 for k in graph}, "setting")
    return from_networkx(graph, "small school")


def test_people_read_and_write_as_much_as_belongs_to_the_part_of_ties_that_a_graph_shows(tiny):
    """The karate club has 78 ties of 34 people, and a person has 137: what goes to each shown tie is as in a whole society."""
    world = sim.World(tiny, "wall", 1, graph=load("karate"), years=1)
    world.run(1)
    people, platform = world.state.people, world.timeline[0][1]
    part = 2 * 78 / 34 / world.society.turnover.usual_ties.value
    whole = joining.usage(people, platform, world.society, world.profiles, 1)
    for name in ("items", "comments", "messages", "groups"):
        np.testing.assert_allclose(getattr(people, name), part * whole[name], rtol=1e-5, err_msg=name)
        assert getattr(people, name).any()
    for name in ("posts", "reactions"):
        np.testing.assert_array_equal(getattr(people, name), whole[name], err_msg=name)
    world.platform.set({"written.rate": 2 * platform.written.rate.value})
    np.testing.assert_allclose(people.comments, 2 * part * whole["comments"], rtol=1e-5)


def test_what_a_world_does_not_know_is_absent_from_its_graph(tiny):
    given_graph = from_networkx(nx.relabel_nodes(nx.karate_club_graph(), str))
    world = sim.World(tiny, "none", 1, graph=given_graph, years=0)
    back = from_networkx(world.graph)
    assert not any("setting" in data for data in world.graph.nodes.values())
    assert (back.setting == -1).all()
    assert back.labels == given_graph.labels
    again = sim.World(tiny, "none", 1, graph=back, years=0)
    for copy in (world, again):
        copy.run(60)
    assert set(world.graph.edges) == set(again.graph.edges)  # nobody shares a setting that was made up
    settled = sim.World(tiny, "none", 1, graph=small_school(), years=0)
    assert from_networkx(settled.graph).setting.tolist() == small_school().setting.tolist()


def test_each_side_of_a_worlds_tie_comes_back_from_a_table_in_any_order(grown, tiny):
    world = sim.World(tiny, "none", 1, grown=grown)
    whole = from_networkx(world.graph)
    edges = nx.to_pandas_edgelist(world.graph).sample(frac=1, random_state=1)
    for graph in (nx.from_pandas_edgelist(edges, edge_attr=True), world.graph.to_directed()):
        assert sides(from_networkx(graph)) == sides(whole)


def test_each_side_of_a_worlds_tie_stays_with_its_people_when_nodes_are_renamed(grown, tiny):
    world = sim.World(tiny, "none", 1, grown=grown)
    whole, graph = sides(from_networkx(world.graph)), world.graph
    turned = {row: len(graph) - 1 - row for row in graph}
    for renamed in (
        nx.relabel_nodes(graph, turned),
        nx.relabel_nodes(graph, {row: f"p{row}" for row in graph}),
        nx.convert_node_labels_to_integers(graph, ordering="decreasing degree"),
    ):
        assert sides(from_networkx(renamed)) == whole  # by the nodes' labels, which stay


def sides(graph):
    columns = zip(graph.i.tolist(), graph.j.tolist(), graph.closeness_ij.tolist(), graph.closeness_ji.tolist())
    return {(graph.labels[a], graph.labels[b]): felt for i, j, ij, ji in columns for a, b, felt in ((i, j, ij), (j, i, ji))}


def test_points_that_change_nothing_are_still_points(a_study):
    study = a_study(vary='"prompts.slope" = [0.0, 2.0]', name="off", seeds=1)
    prompts_off = {name: study.arms[name] for name in ("none", "no-prompt")}
    contrast = study.primary.model_copy(update={"arm": "none"})
    study = study.model_copy(update={"arms": prompts_off, "contrasts": (contrast,)})
    assert study.fingerprint("no-prompt", {"prompts.slope": 0.0}) == study.fingerprint("no-prompt", {"prompts.slope": 2.0})
    assert sorted(unit.number for unit in units_of(study, None)) == [0, 1]


def test_a_platform_may_have_no_prompts(tiny):
    bare = tiny.platforms["wall-2009"].model_copy(update={"prompts": None})
    study = tiny.model_copy(update={"platforms": {**tiny.platforms, "wall-2009": bare}, "vary": {}})
    world = sim.World(study, "wall", 1, years=1)
    world.run(20)
    assert world.rules.online
    assert not world.rules.prompts
    assert not world.state.tally.received[..., 1].any()


def test_people_who_are_only_linked_may_still_meet(tiny):
    """Links without a living tie do not keep two people of one setting from getting to know each other."""
    from sim.world.columns import FRIEND, LINKED, NEW_TIE, ONLINE_BORN
    from sim.world.state import link_only

    world = sim.World(tiny, "wall", 1, years=1, people=250)
    world.run(1)
    linked = {(int(i), int(j)) for i, j, only in zip(world.state.ties.i, world.state.ties.j, link_only(world.state.ties)) if only}
    world.run(400)
    ties = world.state.ties
    became = [
        row for row in range(ties.i.size)
        if (int(ties.i[row]), int(ties.j[row])) in linked and ties.class_ij[row] == NEW_TIE
    ]  # fmt: skip
    assert became
    assert all(ties.kind[row] == FRIEND and ties.flags[row] & LINKED and ties.affinity[row] > 0 for row in became)
    assert (ties.class_ij == ONLINE_BORN).any()
