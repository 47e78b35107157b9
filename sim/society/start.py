"""The graph that a study starts from, and the parameters of the society that were measured in that graph."""

from __future__ import annotations

import os
import re
from typing import Any

from sim.errors import InputError, Problem, nearest
from sim.scenario.names import NAME
from sim.scenario.study import Study
from sim.society import datasets
from sim.society.graphs import GivenGraph, from_networkx, read_graph
from sim.society.graphs.with_networkx import type_and_remedy


def graph_named(given: Any) -> GivenGraph:
    """The graph that a user gives in any of four ways.

    given : a GivenGraph, a networkx graph, a graph file (text or Path), or the name of a data set
    InputError: it is none of these, or the graph cannot be used.
    """
    if isinstance(given, GivenGraph):
        return given
    if not isinstance(given, str | os.PathLike):
        return _from_python(given)
    name = os.fspath(given)
    datasets_by_name = [dataset.name for dataset in datasets.list_datasets()]
    if os.path.isfile(name):  # False for a name that no file can have
        return read_graph(name)
    if name in datasets_by_name:
        return datasets.load(name)
    if re.fullmatch(NAME, name) and not os.path.exists(name):
        expected = f"a graph file or {nearest(name, datasets_by_name)}"
        raise InputError(Problem("", "graph", f"no file and no data set '{name}'", expected))
    return read_graph(name)


def _from_python(given: Any) -> GivenGraph:
    import networkx as nx

    if isinstance(given, nx.Graph):
        return from_networkx(given, str(given.name or "graph"))
    type_name, remedy = type_and_remedy(given)
    expected = "a networkx graph, a graph file, the name of a data set, or what sim.read_graph and sim.from_networkx return"
    raise InputError(Problem("", "graph", type_name, expected + remedy))


def graph_of(study: Study) -> GivenGraph | None:
    """The graph that a study names, or None where it names none: its society is then generated from settings."""
    if study.graph is None:
        return None
    file = study.graph_file
    return datasets.load(study.graph) if file is None else read_graph(file)


def study_on(study: Study, graph: GivenGraph | None) -> Study:
    """The study with the length of a chance meeting as it was measured in the graph.

    The measured minutes replace society.channels.chance.minutes. The dose of a chance meeting shrinks in proportion where the
    measured meeting is shorter. Both get the status "computed" and the graph as their source. Arms and `vary` may still set
    other values. Without a measurement the study is returned unchanged.
    """
    if graph is None or graph.chance_minutes is None:
        return study
    channels = study.society.channels
    measured = {"status": "computed", "source": f"measured in {graph.name}"}
    minutes = channels.chance.minutes.at(graph.chance_minutes).model_copy(update=measured)
    shrinkage = min(1.0, graph.chance_minutes / channels.chance.minutes.value)
    dose = channels.chance.dose.at(channels.chance.dose.value * shrinkage).model_copy(update=measured)
    chance = channels.chance.model_copy(update={"minutes": minutes, "dose": dose})
    society = study.society.model_copy(update={"channels": channels.model_copy(update={"chance": chance})})
    return study.model_copy(update={"society": society})
