"""Bridges: in a society that is large enough, ties and links reach people who otherwise know different people."""

import networkx as nx
import pytest
from conftest import grown_for

import sim
from sim.world.columns import KINDS, LINKED
from sim.world.measures.year import living


@pytest.fixture(scope="module")
def worlds(a_study):
    """5,000 people after a year of growing, a week after the branch, without a platform and with one."""
    study = a_study(name="bridges", people=5000, burn_in='"1y"')
    grown = grown_for(study)
    worlds = {arm: sim.World(study, arm, 1, grown=grown) for arm in ("none", "wall")}
    for world in worlds.values():
        world.run(7)
    return worlds


def test_some_ties_are_bridges(worlds):
    found = {(row.measure, row.tie_class): row.value for row in worlds["none"].measure()}
    assert found["bridges", "all"] > 0
    assert found["bridging", "all"] > 0


def test_links_outside_settings_tie_strangers(worlds):
    """Most links of people who never met join two who share no place; some of these have no acquaintance in common."""
    people, ties = worlds["wall"].state.people, worlds["wall"].state.ties
    never_met = (ties.flags & LINKED != 0) & (ties.kind == KINDS.index("online")) & (ties.affinity == 0)
    place_i, place_j = people.places[ties.i], people.places[ties.j]
    strangers = never_met & ~((place_i == place_j) & (place_i >= 0)).any(axis=1)
    assert strangers.sum() > 0.9 * never_met.sum() > 0
    known = living(ties)
    graph = nx.Graph(zip(ties.i[known].tolist(), ties.j[known].tolist()))
    pairs = zip(ties.i[strangers].tolist(), ties.j[strangers].tolist())
    assert any(not set(graph[i]) & set(graph[j]) for i, j in pairs)
