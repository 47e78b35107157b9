"""What a study starts from: the graph somebody names, and the society as that graph measured it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from sim import files
from sim.errors import InputError, Problem, nearest
from sim.scenario.names import NAME
from sim.scenario.study import Study
from sim.society import datasets
from sim.society.graphs import GivenGraph, from_networkx, read_graph
from sim.society.graphs.with_networkx import no_graph


def graph_named(given: Any) -> GivenGraph:
    """The graph that somebody means: a GivenGraph, a networkx graph, a graph file (text or Path), or the name of a data set.

    InputError: none of these, or not usable.
    """
    if isinstance(given, GivenGraph):
        return given
    if not isinstance(given, str | os.PathLike):
        return _from_python(given)
    given = os.fspath(given)
    names = [dataset.name for dataset in datasets.list_datasets()]
    if os.path.isfile(given):  # False for a name that no file can have
        return read_graph(given)
    if given in names:
        return datasets.load(given)
    if re.fullmatch(NAME, given) and not os.path.exists(given):
        expected = f"a graph file or {nearest(given, names)}"
        raise InputError(Problem("", "graph", f"no file and no data set '{given}'", expected))
    return read_graph(given)


def _from_python(given: Any) -> GivenGraph:
    import networkx as nx

    if isinstance(given, nx.Graph):
        return from_networkx(given, str(given.name or "graph"))
    found, remedy = no_graph(given)
    expected = "a networkx graph, a graph file, the name of a data set, or what sim.read_graph and sim.from_networkx return"
    raise InputError(Problem("", "graph", found, expected + remedy))


def graph_of(study: Study) -> GivenGraph | None:
    """The graph that a study starts from, or None."""
    if study.graph is None:
        return None
    file = study.graph_file
    return datasets.load(study.graph) if file is None else read_graph(file)


def study_on(study: Study, graph: GivenGraph | None) -> Study:
    """The same study with what the graph itself measured in its society: how long a chance meeting lasts.

    The number replaces society.channels.chance.minutes, with status "computed" and the graph as its source, and the dose
    of a chance meeting goes with its minutes; arms and `vary` may still set other ones. Without such a measurement the
    study comes back as it is.
    """
    if graph is None or graph.chance_minutes is None:
        return study
    channels = study.society.channels
    measured = {"status": "computed", "source": f"measured in {graph.name}"}
    minutes = channels.chance.minutes.at(graph.chance_minutes).model_copy(update=measured)
    shorter = min(1.0, graph.chance_minutes / channels.chance.minutes.value)
    dose = channels.chance.dose.at(channels.chance.dose.value * shorter).model_copy(update=measured)
    chance = channels.chance.model_copy(update={"minutes": minutes, "dose": dose})
    society = study.society.model_copy(update={"channels": channels.model_copy(update={"chance": chance})})
    return study.model_copy(update={"society": society})


def where(dataset: datasets.Dataset) -> str:
    """Where a data set's files lie: a folder, "built in", or "" if they have to be fetched. Checksums are not looked at."""
    if not dataset.files:
        return "built in"
    local, base = files.of_environment("SIM_DATA"), files.of_environment("SIM_CACHE")
    if local:
        inside = local / dataset.name
        folder = inside if inside.is_dir() else local
    else:
        import pooch

        folder = Path(base or pooch.os_cache("unbirthday")) / dataset.name
    return str(folder) if all((folder / file.name).is_file() for file in dataset.files) else ""
