"""What a study starts from: the graph somebody names, and the society as that graph measured it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from sim.errors import InputError, Problem, nearest
from sim.scenario.names import NAME
from sim.society import datasets
from sim.society.graphs import GivenGraph, read_graph


def graph_named(given: str) -> GivenGraph:
    """The graph of a file, or of a data set by its name. InputError: neither, or not usable."""
    names = [dataset.name for dataset in datasets.list_datasets()]
    if os.path.isfile(given):  # False for a name that no file can have
        return read_graph(given)
    if given in names:
        return datasets.load(given)
    if re.fullmatch(NAME, given) and not os.path.exists(given):
        expected = f"a graph file or {nearest(given, names)}"
        raise InputError(Problem("", "graph", f"no file and no data set '{given}'", expected))
    return read_graph(given)


def study_on(study, graph: GivenGraph | None):
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
    local, base = os.environ.get("SIM_DATA"), os.environ.get("SIM_CACHE")
    if local:
        inside = Path(local) / dataset.name
        folder = inside if inside.is_dir() else Path(local)
    else:
        import pooch

        folder = Path(base or pooch.os_cache("unbirthday")) / dataset.name
    return str(folder) if all((folder / file.name).is_file() for file in dataset.files) else ""
