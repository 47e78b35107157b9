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

from sim.version import VERSION as __version__  # noqa: F401

if TYPE_CHECKING:
    from sim.errors import InputError, RunError, SimError
    from sim.figures.drawing import draw
    from sim.scenario.reading import check, load, study_from
    from sim.scenario.study import Study
    from sim.society.datasets import fetch, list_datasets
    from sim.society.graphs import GivenGraph, from_networkx, read_graph, to_networkx
    from sim.study.judging.contrast import compare
    from sim.study.judging.indices import sensitivity
    from sim.study.judging.precision import precision
    from sim.study.judging.publishing import publish
    from sim.study.mechanisms.why import why
    from sim.study.records.query import query
    from sim.study.robustness.region import region
    from sim.study.single.bench import speed as bench
    from sim.study.single.pilot import pilot
    from sim.study.single.run import run_one as run
    from sim.study.single.show import show
    from sim.study.single.tie import live_ties as tie
    from sim.study.sweep.forecast import forecast
    from sim.study.sweep.grown import grow_study as grow
    from sim.study.sweep.grown import stored as grown
    from sim.study.sweep.sealing import seal_study as seal
    from sim.study.sweep.sweeping import sweep
    from sim.world.agents import Person
    from sim.world.author import Author
    from sim.world.casting import Platform
    from sim.world.growing import Grown
    from sim.world.model import World

_HOME = {
    "load": "sim.scenario.reading.load",
    "study_from": "sim.scenario.reading.study_from",
    "check": "sim.scenario.reading.check",
    "Study": "sim.scenario.study.Study",
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
    "run": "sim.study.single.run.run_one",
    "tie": "sim.study.single.tie.live_ties",
    "grow": "sim.study.sweep.grown.grow_study",
    "grown": "sim.study.sweep.grown.stored",
    "sweep": "sim.study.sweep.sweeping.sweep",
    "forecast": "sim.study.sweep.forecast.forecast",
    "compare": "sim.study.judging.contrast.compare",
    "region": "sim.study.robustness.region.region",
    "why": "sim.study.mechanisms.why.why",
    "sensitivity": "sim.study.judging.indices.sensitivity",
    "precision": "sim.study.judging.precision.precision",
    "seal": "sim.study.sweep.sealing.seal_study",
    "show": "sim.study.single.show.show",
    "query": "sim.study.records.query.query",
    "publish": "sim.study.judging.publishing.publish",
    "draw": "sim.figures.drawing.draw",
    "pilot": "sim.study.single.pilot.pilot",
    "bench": "sim.study.single.bench.speed",
    "SimError": "sim.errors.SimError",
    "InputError": "sim.errors.InputError",
    "RunError": "sim.errors.RunError",
}

__all__ = [
    "Author", "GivenGraph", "Grown", "InputError", "Person", "Platform", "RunError", "SimError", "Study", "World", "bench",
    "check", "compare", "draw", "fetch", "forecast", "from_networkx", "grow", "grown", "list_datasets", "load", "pilot",
    "precision", "publish", "query", "read_graph", "region", "run", "seal", "sensitivity", "show", "study_from", "sweep", "tie",
    "to_networkx", "why",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'sim' has no attribute '{name}'")
    module, attribute = _HOME[name].rsplit(".", 1)
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})
