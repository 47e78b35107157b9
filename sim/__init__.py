"""unbirthday: do a platform's features thin out people's real-life ties, or transform them?

    import sim
    study = sim.load("scenarios/birthday-prompt.toml")
    world = sim.World(study, arm="wall", seed=1)     # a mesa.Model; world.step() is one day
    sim.sweep(study, "results/birthday-prompt/.work/default")

A study is given as `sim.load` or `sim.study_from` returns it, or as the path of its file; a folder or file as text or Path.
Names are imported when they are used, so that `import sim` costs nothing.
"""

# ruff: noqa: F401
from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim.memory import give_back_freed_arrays
from sim.version import VERSION as __version__

give_back_freed_arrays()

if TYPE_CHECKING:  # the names of _PUBLIC, for editors and type checkers; a test holds them together
    from sim.errors import InputError, Note, RunError, SimError
    from sim.figures.drawing import draw
    from sim.page.export import export
    from sim.page.live import play
    from sim.page.publishing import publish
    from sim.page.report import report
    from sim.progress import Step
    from sim.scenario.editors import schemas
    from sim.scenario.make_rule import make_rule
    from sim.scenario.own_folder import new_folder as new
    from sim.scenario.reading import check, dependencies, load, study_from
    from sim.scenario.study import Study
    from sim.society.datasets import fetch, list_datasets
    from sim.society.graphs import GivenGraph, from_networkx, read_graph, to_networkx
    from sim.study.judging.contrast import compare
    from sim.study.judging.cultures import profiles
    from sim.study.judging.indices import sensitivity
    from sim.study.judging.outdated import asked_of_older as older_tables
    from sim.study.judging.outdated import file_says_otherwise as outdated
    from sim.study.judging.precision import precision
    from sim.study.mechanisms.split import forecast_split, split
    from sim.study.mechanisms.why import forecast_why, why
    from sim.study.records.query import query
    from sim.study.records.workbook import spreadsheet
    from sim.study.robustness.ranges import forecast_ranges, ranges
    from sim.study.robustness.region import forecast_region, region
    from sim.study.single.bench import speed as bench
    from sim.study.single.habits import habits
    from sim.study.single.pilot import pilot
    from sim.study.single.run import run_one as run
    from sim.study.single.show import find as find_run
    from sim.study.single.show import show
    from sim.study.single.tie import run_tie as tie
    from sim.study.sweep.forecast import Workload, forecast
    from sim.study.sweep.grown import grow_study as grow
    from sim.study.sweep.grown import store_folder
    from sim.study.sweep.grown import stored as grown
    from sim.study.sweep.sealing import seal_study as seal
    from sim.study.sweep.sweeping import sweep
    from sim.world.agents import Person
    from sim.world.author import Author
    from sim.world.casting import Platform
    from sim.world.growing import Grown
    from sim.world.model import World

_PUBLIC = {
    "Scenario files": {
        "new": ("sim.scenario.own_folder.new_folder", "write a folder with a study of your own, and all scenario files"),
        "load": ("sim.scenario.reading.load", "read a study with the society, profiles and platforms that it names"),
        "study_from": ("sim.scenario.reading.study_from", "make a study of TOML text or a dict, without a file"),
        "check": ("sim.scenario.reading.check", "list all problems of scenario files"),
        "dependencies": ("sim.scenario.reading.dependencies", "list the files that a study reads"),
        "make_rule": ("sim.scenario.make_rule.make_rule", "write these files as a rule of Make"),
        "schemas": ("sim.scenario.editors.schemas", "write JSON Schemas, with which editors complete scenario files"),
        "seal": ("sim.study.sweep.sealing.seal_study", "fix a study before it is run, with one hash to publish"),
        "Study": ("sim.scenario.study.Study", "a study, as it is read"),
    },
    "Worlds": {
        "World": ("sim.world.model.World", "one society in one arm of a study: a mesa.Model"),
        "Person": ("sim.world.agents.Person", "a person of a world; base of people of your own"),
        "Platform": ("sim.world.casting.Platform", "the platform of a world; base of platforms of your own"),
        "Author": ("sim.world.author.Author", "a person who shows a false birthday"),
        "grow": ("sim.study.sweep.grown.grow_study", "grow a society to begin worlds with, or take it from the store"),
        "grown": ("sim.study.sweep.grown.stored", "list the store of grown societies"),
        "store_folder": ("sim.study.sweep.grown.store_folder", "name the folder of that store"),
        "Grown": ("sim.world.growing.Grown", "a grown society"),
    },
    "Starting graphs": {
        "read_graph": ("sim.society.graphs.read_graph", "read a graph file"),
        "from_networkx": ("sim.society.graphs.from_networkx", "take a networkx graph"),
        "to_networkx": ("sim.society.graphs.to_networkx", "give a graph to networkx"),
        "GivenGraph": ("sim.society.graphs.GivenGraph", "a graph to start a society from"),
        "list_datasets": ("sim.society.datasets.list_datasets", "list the public data sets"),
        "fetch": ("sim.society.datasets.fetch", "fetch a data set"),
    },
    "Simulating": {
        "run": ("sim.study.single.run.run_one", "simulate one replicate of one arm, and write its tables"),
        "tie": ("sim.study.single.tie.run_tie", "simulate every arm and follow two people day by day"),
        "sweep": ("sim.study.sweep.sweeping.sweep", "simulate what is missing of a study"),
        "region": ("sim.study.robustness.region.region", "look for the parameter values under which a verdict holds"),
        "why": ("sim.study.mechanisms.why.why", "split the difference behind a verdict by mechanism"),
        "split": ("sim.study.mechanisms.split.split", "split the difference between two cultures by habit"),
        "ranges": ("sim.study.robustness.ranges.ranges", "draw the numbers of profiles from their plausible ranges"),
        "show": ("sim.study.single.show.show", "simulate a run of a sweep again, and compare it with its tables"),
        "find_run": ("sim.study.single.show.find", "find a run by the first digits of its run_id"),
        "pilot": ("sim.study.single.pilot.pilot", "compute the numbers that a society file has from the program"),
        "habits": ("sim.study.single.habits.habits", "compare what profiles intend on platforms with what people do"),
        "bench": ("sim.study.single.bench.speed", "measure how fast days are simulated on this machine"),
        "forecast": ("sim.study.sweep.forecast.forecast", "say what a sweep would take"),
        "forecast_region": ("sim.study.robustness.region.forecast_region", "say what a region would take"),
        "forecast_why": ("sim.study.mechanisms.why.forecast_why", "say what a split by mechanism would take"),
        "forecast_split": ("sim.study.mechanisms.split.forecast_split", "say what a split by habit would take"),
        "forecast_ranges": ("sim.study.robustness.ranges.forecast_ranges", "say what draws from ranges would take"),
        "Step": ("sim.progress.Step", "how far long work is, as functions given as `progress` are told"),
        "Workload": ("sim.study.sweep.forecast.Workload", "what is about to be simulated, and whether it is too much"),
    },
    "Results": {
        "compare": ("sim.study.judging.contrast.compare", "compare the arms and judge: contrasts and verdicts"),
        "sensitivity": ("sim.study.judging.indices.sensitivity", "estimate how much each varied parameter matters"),
        "profiles": ("sim.study.judging.cultures.profiles", "compare cultures: effects of a cross, and what they go with"),
        "precision": ("sim.study.judging.precision.precision", "count the seeds that a wanted precision takes"),
        "spreadsheet": ("sim.study.records.workbook.spreadsheet", "write the tables of a result folder as one file for Excel"),
        "query": ("sim.study.records.query.query", "ask the tables of a result folder in SQL"),
        "older_tables": ("sim.study.judging.outdated.asked_of_older", "say which tables of a question in SQL are out of date"),
        "outdated": ("sim.study.judging.outdated.file_says_otherwise", "say what a study's file says now that its tables do not"),
        "draw": ("sim.figures.drawing.draw", "draw the figures of a result folder"),
        "report": ("sim.page.report.report", "write the report of a study: one page to read, to print and to hand in"),
        "export": ("sim.page.export.export", "write a page to play with: sliders over a finished sweep of a sampled design"),
        "play": ("sim.page.live.play", "serve a page to play with: sliders, and worlds that run live in worker processes"),
        "publish": ("sim.page.publishing.publish", "copy small tables and figures to where others see them"),
    },
    "Errors and notes": {
        "SimError": ("sim.errors.SimError", "base of all errors of this package"),
        "InputError": ("sim.errors.InputError", "what was given cannot be used; nothing was run"),
        "RunError": ("sim.errors.RunError", "something failed while it ran"),
        "Note": ("sim.errors.Note", "a warning: something to know that stops nothing"),
    },
}
"""Every public name by its sort: where it is, and what it does or is."""

_HOME = {name: home for names in _PUBLIC.values() for name, (home, _) in names.items()}

__all__ = [  # written out, so that type checkers know which names are public; a test holds it and _PUBLIC together
    "Author", "GivenGraph", "Grown", "InputError", "Note", "Person", "Platform", "RunError", "SimError", "Step", "Study",
    "Workload", "World", "bench", "check", "compare", "dependencies", "draw", "export", "fetch", "find_run", "forecast",
    "forecast_ranges", "forecast_region", "forecast_split", "forecast_why", "from_networkx", "grow", "grown", "habits",
    "list_datasets", "load", "make_rule", "new", "older_tables", "outdated", "pilot", "play", "precision", "profiles", "publish",
    "query", "ranges", "read_graph", "region", "report", "run", "schemas", "seal", "sensitivity", "show", "split",
    "spreadsheet", "store_folder", "study_from", "sweep", "tie", "to_networkx", "why",
]  # fmt: skip

__doc__ = f"{__doc__ or ''}\n" + "\n".join(
    f"{sort}:\n" + "".join(f"    {name:<16} {words}\n" for name, (_, words) in names.items()) for sort, names in _PUBLIC.items()
)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'sim' has no attribute '{name}'")
    module, attribute = _HOME[name].rsplit(".", 1)
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})
