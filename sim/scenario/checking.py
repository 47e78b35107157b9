"""What only shows when all files of a study are at hand: settings that reach nothing, missing ranges, values that clash."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sim.errors import InputError, Problem
from sim.scenario import bounds, sampling
from sim.scenario.design import SAMPLED, Axis
from sim.scenario.dotted_names import dotted_names, leaves, misfits
from sim.scenario.numbers import Number, Whole
from sim.scenario.study import Study
from sim.scenario.varying import axis


def problems(study: Study) -> list[Problem]:
    """Settings that reach nothing, ranges that are not there, values that clash."""
    found = [
        study.problem((*at, name), *said)
        for at, settings, platforms in _all_settings(study)
        for name in settings
        if (said := _reaches_nothing(study, name, platforms))
    ]
    for arm, written in study.arms.items():
        for index, later in enumerate(written.schedule):
            if later.day >= study.horizons[-1]:
                place = ("arms", arm, "schedule", index, "day")
                expected = f"a day before the last horizon, {study.horizons[-1]}"
                found.append(study.problem(place, f"day {later.day}", expected))
    axes: list[Axis] = []
    for name in study.vary:
        try:
            axes.append(axis(study, name))
        except InputError as error:
            found += error.problems
            continue
        for value in axes[-1].steps():
            faults = misfits(name, value, study.profiles)
            found += [study.problem(("vary", name), one.found, one.expected) for one in faults]
    found += [
        study.problem(("region", key, name), *said)
        for key in ("names", "leave")
        for name in getattr(study.region, key)
        if (said := _no_assumption(study, name))
    ]
    sizes = sampling.sizes(study.plan, axes)
    if not study.listed and (size := math.prod(sizes.values())) > bounds.POINTS.high:
        key = "vary" if study.plan.kind == "grid" else "design"
        found.append(study.problem((key,), f"{size} points ({sampling.product(sizes)})", f"at most {bounds.POINTS.high}"))
    return found or _clashes(study, axes)


def _all_settings(study: Study) -> Iterator[tuple[tuple[str | int, ...], Iterable[str], Iterable[str]]]:
    """(place, names set there, platforms they may reach)."""
    for arm, written in study.arms.items():
        yield ("arms", arm, "set"), written.set, written.platforms
        for index, later in enumerate(written.schedule):
            yield ("arms", arm, "schedule", index, "set"), later.set, (later.platform,)
    for name, neutral in study.mechanisms.items():
        yield ("mechanisms", name), neutral, study.platforms
    if study.listed:
        yield ("design", "file"), study.varied(), study.platforms
    else:
        yield ("vary",), study.vary, study.platforms


def _no_assumption(study: Study, name: str) -> tuple[str, str] | None:
    """Why a name cannot be one of the assumptions of a region; None if it can."""
    sort = dotted_names(tuple(study.profiles))[study.full_name(name)]
    if study.acts(name) == "before":
        return "acts before the branch", "a number that acts after it: all points share the grown societies"
    if not (isinstance(sort, type) and issubclass(sort, Number)) or issubclass(sort, Whole):
        return "a whole number, a switch or a choice", "a number with a range"
    return _reaches_nothing(study, name, study.platforms)


def _reaches_nothing(study: Study, name: str, platforms: Iterable[str]) -> tuple[str, str] | None:
    root, rest = study.full_name(name).split(".", 1)
    if root != "platform" or any(rest in leaves(study.platforms[one]) for one in platforms):
        return None
    named = " and ".join(f"'{one}'" for one in dict.fromkeys(platforms))
    return f"platform {named} has no {rest}", "a platform that has it, or no such setting"


def _clashes(study: Study, axes: Sequence[Axis]) -> list[Problem]:
    """What an arm refuses at one of the points that tell; those of a list are tried where its lines are known."""
    found: dict[Problem, None] = {}
    for arm, point in itertools.product(study.arms, _telling(study, axes)):
        try:
            study.resolve(arm, point)
        except InputError as error:
            found |= dict.fromkeys(error.problems)
    return list(found)


def _telling(study: Study, axes: Sequence[Axis]) -> Iterator[dict[str, Any]]:
    """Points among which one is refused if any of the design is: of samples, where all names are least and where all are
    greatest; of one at a time, each change; of a grid, where names of one section meet in all their values."""
    values = {axis.name: axis.steps() for axis in axes}
    if study.plan.kind == "one-at-a-time":
        yield from ({name: value} for name, some in values.items() for value in some)
        return
    first = {name: some[0] for name, some in values.items()}
    yield first
    if study.plan.kind in SAMPLED:
        yield {name: some[-1] for name, some in values.items()}
        return
    sections: dict[str, list[str]] = defaultdict(list)
    for name in values:
        full = study.full_name(name)
        mixed = full.startswith("profile.") and full.endswith(".share")
        sections["shares" if mixed else full.rsplit(".", 1)[0]].append(name)
    for names in sections.values():
        grid = itertools.product(*(values[name] for name in names))
        yield from (first | dict(zip(names, point)) for point in grid)
