"""The arguments of a world, of any kind that it takes: converted and checked before anything is grown."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from sim.errors import InputError, Problem, nearest, shortened
from sim.scenario.bounds import OPTIONS, whole_options, whole_within
from sim.scenario.dotted_names import misfits
from sim.scenario.faults import Refusal
from sim.scenario.reading import study_of
from sim.scenario.resolving import Resolved
from sim.scenario.study import Study
from sim.society.graphs import GivenGraph
from sim.society.start import graph_named, graph_of, study_on
from sim.world.casting import whole_number
from sim.world.growing import Grown

OF_A_WORLD = ("study", "arm", "seed", "engine", "rng", "point", "people", "years", "graph", "grown", "threads", "other_luck")
"""The arguments by name, for messages."""
NEW_SEEDS = 2**53  # new seeds are below this: a float holds each of them exactly


class Arguments(NamedTuple):
    """The arguments of a World, converted and checked."""

    study: Study
    arm: str
    point: dict[str, Any]
    graph: GivenGraph | None
    resolved: Resolved


def checked_arguments(
    study, arm=None, point=None, people=None, years=None, graph=None, named: Mapping[str, Any] | None = None
) -> Arguments:
    """Convert and check arguments of World, of any kind that it takes. InputError: an argument that does not fit.

    named : further keyword arguments of World, its `kwargs`
    """
    study = study_of(study)
    if graph is not None and people is not None:
        problem = f"{shortened(repr(people))}, and a graph"
        raise InputError(Problem("", "people", problem, "one of the two: a graph brings its own people"))
    given_graph = graph_of(study) if graph is None else graph_named(graph)
    if given_graph is not None:  # a given graph has its own years of growing, and may bring measured parameters
        study = study_on(study.model_copy(update={"graph": study.graph or given_graph.name}), given_graph)
    people, years = whole_options(people=people, years=years)
    study = study.scaled(people)
    arm = next(iter(study.arms)) if arm is None else arm
    if not isinstance(arm, str):
        raise InputError(Problem("", "arm", shortened(repr(arm)), nearest("", study.arms)))
    values = point_of(study, point) | settings_named(study, arm, named or {})
    return Arguments(study, arm, values, given_graph, study.resolve(arm, values, years))


def settings_named(study: Study, arm: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Values by full dotted name, from keyword arguments whose names have dots or __.

    InputError: an unknown name, a name given twice, or a value that contradicts the arm.
    """
    problems: list[Problem] = []
    named: dict[str, Any] = {}
    for word, value in arguments.items():
        name = word.replace("__", ".")
        try:
            full = study.full_name(name)
        except Refusal as refusal:
            close = nearest(word, OF_A_WORLD)
            fault = refusal.faults[0]
            expected = f"an argument of World, {close}; or a setting, {fault.expected}"
            problems.append(Problem("", word, "neither an argument of World nor a setting of the study", expected))
            continue
        if full in named:
            problems.append(Problem("", word, f"{full} is given twice", "one value"))
        named[full] = plain(value)
        problems += [Problem("", word, fault.given, fault.expected) for fault in misfits(full, named[full], study.profiles)]
    settings = study.arms[arm].set if arm in study.arms else {}
    for name, fixed in ((study.full_name(name), value) for name, value in settings.items()):
        if name in named and named[name] != fixed:
            problems.append(Problem("", name, f"{named[name]!r}, and arm '{arm}' sets {fixed!r}", "another arm, or that value"))
    if problems:
        raise InputError(problems)
    return named


def plain(value: Any) -> Any:
    """A NumPy number as the Python number that scenarios take."""
    return value.item() if isinstance(value, np.generic) else value


def day_range(days: Any) -> tuple[int, int]:
    """The first and the last day of `other_luck`. InputError: anything but two whole numbers."""
    numbers = [number for day in days if (number := whole_number(day)) is not None] if isinstance(days, tuple | list) else []
    if len(numbers) != 2 or len(numbers) != len(days):
        raise InputError(Problem("", "other_luck", shortened(repr(days)), "two days after the branch, the first and the last"))
    return numbers[0], numbers[1]


def check_grown(grown: Any, years: Any) -> None:
    """InputError: `grown` is not a Grown, or has another number of years than asked for."""
    if not isinstance(grown, Grown):
        raise InputError(Problem("", "grown", f"a thing of type {type(grown).__name__}", "what sim.grow returns"))
    if years is not None and years != len(grown.history):
        problem = f"a society of {len(grown.history)} years grown"
        raise InputError(Problem("", "grown", problem, f"one of {shortened(repr(years))} years"))


def check_population(grown: Grown, people: int) -> None:
    """InputError: the grown society has another number of people."""
    if grown.population != people:
        raise InputError(Problem("", "grown", f"a society of {grown.population} people", f"one of {people} people"))


def seed_of(seed: Any, rng: Any = None) -> int:
    """The given seed, a seed drawn from `rng`, or a new seed. InputError: not a seed, or both arguments."""
    if seed is not None and rng is not None:
        raise InputError(Problem("", "rng", "given, and a seed too", "one of the two"))
    number = rng if seed is None else seed
    if number is None:
        return secrets.randbelow(NEW_SEEDS)
    if seed is None and not isinstance(rng, int | np.integer | float | str):
        try:
            return int(np.random.default_rng(rng).integers(NEW_SEEDS))
        except (TypeError, ValueError):
            raise InputError(Problem("", "rng", shortened(repr(rng)), "what numpy.random.default_rng takes")) from None
    return whole_within(OPTIONS["seed"], number, "seed" if rng is None else "rng")


def point_of(study: Study, point: int | Mapping[str, Any] | None) -> dict[str, Any]:
    """The values of a combination: as given, or by its number in the design. None: no values. NumPy numbers become Python's."""
    if point is None or not isinstance(point, Mapping):
        return study.point(*whole_options(point=point))
    values = {str(name): plain(value) for name, value in point.items()}
    faults = [(name, fault) for name, value in values.items() for fault in misfits(name, value, study.profiles)]
    if faults:
        raise InputError(Problem("", f"point: {name}", fault.given, fault.expected) for name, fault in faults)
    return values
