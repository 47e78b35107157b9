"""unbirthday: do a platform's features thin out people's real-life ties, or transform them?

    import sim
    study = sim.load("scenarios/birthday-prompt.toml")
    world = sim.World(study, arm="wall", seed=1)     # a mesa.Model; world.step() is one day
    sim.sweep(study, "results/birthday-prompt/.work/default")

A study is given as `sim.load` or `sim.study_from` returns it, or as the path of its file; a folder or file as text or Path.
Names are imported when they are used, so that `import sim` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.errors import InputError, RunError, SimError
    from sim.figures.drawing import draw
    from sim.scenario.reading import check, load, study_from
    from sim.scenario.schema import Study
    from sim.society.datasets import fetch, list_datasets
    from sim.society.graphs import GivenGraph, from_networkx, read_graph, to_networkx
    from sim.study.bench import speed as bench
    from sim.study.contrast import compare
    from sim.study.experiment import sweep
    from sim.study.forecast import forecast
    from sim.study.grown import grow_study as grow
    from sim.study.grown import stored as grown
    from sim.study.indices import sensitivity
    from sim.study.lives import live_ties as tie
    from sim.study.pilot import pilot
    from sim.study.precision import precision
    from sim.study.query import query
    from sim.study.region import region
    from sim.study.sealing import seal_study as seal
    from sim.study.show import show
    from sim.study.single import run_one as run
    from sim.study.why import why
    from sim.world.agents import Person
    from sim.world.author import Author
    from sim.world.casting import Platform
    from sim.world.growing import Grown
    from sim.world.model import World

__version__ = "0.1.0"

_HOME = {
    "load": "sim.scenario.reading.load",
    "study_from": "sim.scenario.reading.study_from",
    "check": "sim.scenario.reading.check",
    "Study": "sim.scenario.schema.Study",
    "World": "sim.world.model.World",
    "Person": "sim.world.agents.Person",
    "Platform": "sim.world.casting.Platform",
    "Author": "sim.world.author.Author",
    "Grown": "sim.world.growing.Grown",
    "GivenGraph": "sim.society.graphs.GivenGraph",
    "read_graph": "sim.society.graphs.read_graph",
    "from_networkx": "sim.society.graphs.from_networkx",
    "to_networkx": "sim.society.graphs.to_networkx",
    "list_datasets": "sim.society.datasets.list_datasets",
    "fetch": "sim.society.datasets.fetch",
    "run": "sim.study.single.run_one",
    "tie": "sim.study.lives.live_ties",
    "grow": "sim.study.grown.grow_study",
    "grown": "sim.study.grown.stored",
    "sweep": "sim.study.experiment.sweep",
    "forecast": "sim.study.forecast.forecast",
    "compare": "sim.study.contrast.compare",
    "region": "sim.study.region.region",
    "why": "sim.study.why.why",
    "sensitivity": "sim.study.indices.sensitivity",
    "precision": "sim.study.precision.precision",
    "seal": "sim.study.sealing.seal_study",
    "show": "sim.study.show.show",
    "query": "sim.study.query.query",
    "draw": "sim.figures.drawing.draw",
    "pilot": "sim.study.pilot.pilot",
    "bench": "sim.study.bench.speed",
    "SimError": "sim.errors.SimError",
    "InputError": "sim.errors.InputError",
    "RunError": "sim.errors.RunError",
}

__all__ = [
    "Author", "GivenGraph", "Grown", "InputError", "Person", "Platform", "RunError", "SimError", "Study", "World", "bench",
    "check", "compare", "draw", "fetch", "forecast", "from_networkx", "grow", "grown", "list_datasets", "load", "pilot",
    "precision", "query", "read_graph", "region", "run", "seal", "sensitivity", "show", "study_from", "sweep", "tie",
    "to_networkx", "why",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'sim' has no attribute '{name}'")
    module, attribute = _HOME[name].rsplit(".", 1)
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})
