"""Checks that need all files of a study: settings without effect, missing ranges, values that do not go together."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sim.errors import InputError, Problem, nearest
from sim.scenario import bounds, sampling
from sim.scenario.design import SAMPLED, Axis
from sim.scenario.dotted_names import absent, dotted_names, leaves, misfits
from sim.scenario.faults import described, few
from sim.scenario.fingerprint import is_of_content
from sim.scenario.names import ALL, LABELS
from sim.scenario.numbers import Number, Whole
from sim.scenario.resolving import ArmValues
from sim.scenario.study import Study
from sim.scenario.varying import axis

EFFECTS = "society.response.content_effects"
"""The parameter that says whether sorts of contents act differently."""
ALIKE = "What posts are about changes nothing here: content_effects is 'alike', or all factors of [content] are 1."


def problems(study: Study) -> list[Problem]:
    """Settings without effect, ranges that are missing, values that do not go together."""
    wrong = [
        study.problem((*place, name), *reason)
        for place, names, platforms in _all_settings(study)
        for name in names
        if (reason := _without_effect(study, name, platforms))
    ]
    groups = groups_of(study)
    wrong += [
        study.problem(("contrasts", contrast.name, key), f"no group '{group}'", nearest(group, groups))
        for contrast in study.contrasts
        for key, group in (("group", contrast.group), ("against", contrast.against))
        if group is not None and group not in groups
    ]
    wrong += [
        study.problem(("contrasts", contrast.name, "against"), f"'{contrast.group}' is also the group", "another group")
        for contrast in study.contrasts
        if contrast.against == contrast.group
    ]
    wrong += _not_to_show(study)
    for arm_name, arm in study.arms.items():
        for index, change in enumerate(arm.schedule):
            if change.day >= study.horizons[-1]:
                day = ("arms", arm_name, "schedule", index, "day")
                expected = f"a day before the last horizon, {study.horizons[-1]}"
                wrong.append(study.problem(day, f"day {change.day}", expected))
    axes: list[Axis] = []
    for name in study.vary:
        try:
            axes.append(axis(study, name))
        except InputError as error:
            wrong += error.problems
            continue
        for value in axes[-1].steps():
            faults = misfits(name, value, study.profiles)
            wrong += [study.problem(("vary", name), fault.given, fault.expected) for fault in faults]
    wrong += [
        study.problem(("region", key, name), *reason)
        for key in ("names", "leave")
        for name in getattr(study.region, key)
        if (reason := _not_for_a_region(study, name))
    ]
    sizes = sampling.sizes(study.plan, axes)
    if not study.listed and (size := math.prod(sizes.values())) > bounds.POINTS.high:
        key = "vary" if study.plan.kind == "grid" else "design"
        wrong.append(study.problem((key,), f"{size} points ({sampling.product(sizes)})", f"at most {bounds.POINTS.high}"))
    return wrong or _clashes(study, axes)


def _not_to_show(study: Study) -> Iterator[Problem]:
    """Contrasts that [shown] names and the study has not, and values of `where` that no combination has."""
    contrasts, title = [contrast.name for contrast in study.contrasts], study.shown.title
    named: dict[tuple[str | int, ...], str] = {("rows", k, "contrast"): row.contrast for k, row in enumerate(study.shown.rows)}
    named |= {("title", "contrasts", k): name for k, name in enumerate(title.contrasts)}
    for place, name in named.items():
        if name not in contrasts:
            yield study.problem(("shown", *place), f"no contrast '{name}'", nearest(name, contrasts))
    varied = study.varied()
    for name, values in title.where.items():
        at = ("shown", "title", "where", name)
        if name not in varied:
            yield study.problem(at, f"'{name}' does not vary", nearest(name, varied) if varied else "no `where`: nothing varies")
            continue
        tried = study.vary[name].values if name in study.vary else [point[name] for point in study.listed if name in point]
        if tried and (lacking := [value for value in values if value not in tried]):
            known = few([str(value) for value in dict.fromkeys(tried)])
            yield study.problem(at, f"no combination has {described(lacking[0])}", known)


def groups_of(study: Study) -> tuple[str, ...]:
    """The groups that may have a verdict: all people, those of each profile if there are several, and those of a label."""
    return (ALL, *(study.profiles if len(study.profiles) > 1 else ()), *LABELS)


def idle_contents(study: Study) -> list[str]:
    """The names of contents that a study sets or varies although contents act alike in all its arms: they change nothing."""
    names = dict.fromkeys(name for _, settings, _ in _all_settings(study) for name in settings)
    of_content = [name for name in names if study.full_name(name) != EFFECTS and is_of_content(study.full_name(name))]
    if not of_content:
        return []
    arms, points = ArmValues(study), study.listed or list(_points_to_try(study, [axis(study, name) for name in study.vary]))
    return of_content if all(arms.at(arm, point).alike for arm in study.arms for point in points) else []


def _all_settings(study: Study) -> Iterator[tuple[tuple[str | int, ...], Iterable[str], Iterable[str]]]:
    """(place, names that are set there, platforms on which they may have an effect)."""
    for arm_name, arm in study.arms.items():
        yield ("arms", arm_name, "set"), arm.set, arm.platforms
        for index, change in enumerate(arm.schedule):
            yield ("arms", arm_name, "schedule", index, "set"), change.set, (change.platform,)
    for name, neutral in study.mechanisms.items():
        yield ("mechanisms", name), neutral, study.platforms
    if study.listed:
        yield ("design", "file"), study.varied(), study.platforms
    else:
        yield ("vary",), study.vary, study.platforms


def _not_for_a_region(study: Study, name: str) -> tuple[str, str] | None:
    """(given, expected) of a name that cannot be a parameter of a region; None if it can."""
    sort = dotted_names(tuple(study.profiles))[study.full_name(name)]
    if study.acts(name) == "before":
        return "acts before the branch", "a number that acts after it: all points share the same grown societies"
    if not (isinstance(sort, type) and issubclass(sort, Number)) or issubclass(sort, Whole):
        return "a whole number, a switch or a choice", "a number with a range"
    return _without_effect(study, name, study.platforms)


def _without_effect(study: Study, name: str, platforms: Iterable[str]) -> tuple[str, str] | None:
    """(given, expected) of a setting that the society lacks, or none of these platforms has; None for any other."""
    root, rest = study.full_name(name).split(".", 1)
    if root == "society" and rest not in leaves(study.society):
        section = rest.split(".")[0]
        return f"society '{study.society.name}' has no {rest}", f"a section [{section}] in its file, or no such setting"
    pieces = [study.platforms[platform] for platform in platforms]
    if root != "platform" or any(rest in leaves(piece) or f"platform.{rest}" in absent("platform", piece) for piece in pieces):
        return None
    quoted = " and ".join(f"'{platform}'" for platform in dict.fromkeys(platforms))
    return f"platform {quoted} has no {rest}", "a platform that has it, or no such setting"


def _clashes(study: Study, axes: Sequence[Axis]) -> list[Problem]:
    """The problems of all arms at the points to try. Points of a list are tried in `reading`, where their lines are known."""
    problems: dict[Problem, None] = {}
    for arm, point in itertools.product(study.arms, _points_to_try(study, axes)):
        try:
            study.resolve(arm, point)
        except InputError as error:
            problems |= dict.fromkeys(error.problems)
    return list(problems)


def _points_to_try(study: Study, axes: Sequence[Axis]) -> Iterator[dict[str, Any]]:
    """A few points that are enough to detect an invalid design.

    Of a sample: the all-low and the all-high corner. Of one at a time: each change. Of a grid: all combinations within a section.
    """
    values = {axis.name: axis.steps() for axis in axes}
    if study.plan.kind == "one-at-a-time":
        yield from ({name: value} for name, steps in values.items() for value in steps)
        return
    first = {name: steps[0] for name, steps in values.items()}
    yield first
    if study.plan.kind in SAMPLED:
        yield {name: steps[-1] for name, steps in values.items()}
        return
    sections: dict[str, list[str]] = defaultdict(list)
    for name in values:
        full = study.full_name(name)
        mixed = full.startswith("profile.") and full.endswith(".share")
        sections["shares" if mixed else full.rsplit(".", 1)[0]].append(name)
    for names in sections.values():
        grid = itertools.product(*(values[name] for name in names))
        yield from (first | dict(zip(names, point)) for point in grid)
