"""A world as networkx graphs: all of it, what is around a person, or a sample. All without mere links."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from sim.errors import InputError, Problem
from sim.scenario.bounds import OPTIONS, Bound, whole_within
from sim.world.columns import FAR, KINDS, LINKED
from sim.world.measures import living

if TYPE_CHECKING:
    from sim.world.model import World

MOST_TIES_OF_A_GRAPH = 2_000_000
STEPS = Bound(0, 10**6, "steps between people", whole=True)


def whole(world: World) -> nx.Graph:
    rows = np.flatnonzero(living(world.state.ties))
    if rows.size > MOST_TIES_OF_A_GRAPH:
        remedy = "take world.ego(person, radius) or world.sample_graph(n)"
        expected = f"at most {MOST_TIES_OF_A_GRAPH:,} as one networkx graph; {remedy}"
        raise InputError(Problem("", "graph", f"{rows.size:,} ties", expected))
    return _graph(world, range(world.state.population), rows)


def around(world: World, person: int | str, radius: int) -> nx.Graph:
    people = {world.person(person).row}
    for _ in range(whole_within(STEPS, radius, "radius")):
        people |= _neighbours(world, people)
    return _among(world, people)


def sample(world: World, n: int, seed: int) -> nx.Graph:
    first = int(np.random.default_rng(seed).integers(max(world.state.population, 1)))
    people, newest, n = [first], {first}, whole_within(OPTIONS["people"], n, "n")
    while newest and len(people) < n:
        newest = _neighbours(world, newest) - set(people)
        people += sorted(newest)
    return _among(world, set(people[:n]))


def _neighbours(world: World, people: set[int]) -> set[int]:
    """Everybody with a living tie to one of some people."""
    ties, inside = world.state.ties, _inside(world, people)
    alive = living(ties)
    return {*ties.j[alive & inside[ties.i]].tolist(), *ties.i[alive & inside[ties.j]].tolist()}


def _among(world: World, people: set[int]) -> nx.Graph:
    """The graph of some people, with all living ties among them."""
    ties, inside = world.state.ties, _inside(world, people)
    return _graph(world, sorted(people), np.flatnonzero(inside[ties.i] & inside[ties.j] & living(ties)))


def _inside(world: World, people: set[int]) -> np.ndarray:
    """(population,) bool, who is one of some people."""
    inside = np.zeros(world.state.population, np.bool_)
    inside[list(people)] = True
    return inside


def _graph(world: World, people: Iterable[int], rows: np.ndarray) -> nx.Graph:
    ties, traits = world.state.ties, world.state.people
    graph = nx.Graph()
    for row in people:
        setting = int(traits.places[row, 0])
        graph.add_node(
            row, person=row, label=world.label(row), profile=world.profile_names[traits.profile[row]],
            birthday=int(traits.birthday[row]), member=bool(traits.member[row]),
            **({"setting": setting} if setting >= 0 else {}),
        )  # fmt: skip
    for row in rows.tolist():
        flags = int(ties.flags[row])
        graph.add_edge(
            int(ties.i[row]), int(ties.j[row]), kind=KINDS[ties.kind[row]],
            weight=float(ties.c_ij[row] + ties.c_ji[row]) / 2, from_node=int(ties.i[row]),
            closeness_from=float(ties.c_ij[row]), closeness_to=float(ties.c_ji[row]), chance=float(ties.chance[row]),
            far=bool(flags & FAR), linked=bool(flags & LINKED),
        )  # fmt: skip
    return graph
