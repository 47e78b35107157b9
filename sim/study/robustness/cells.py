"""The cells of a study: which contrast shows the effect of a platform on the people of a profile.

A study with a cross names its cells. In any other study, each contrast between a platform and none is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sim.errors import InputError, Problem, nearest
from sim.scenario.cross import MEASURED, Cell
from sim.scenario.names import ALL
from sim.scenario.profile import Profile
from sim.scenario.study import Study
from sim.study.judging.contrast import VILLAGE
from sim.study.judging.reference import reference


def cells(study: Study) -> list[Cell]:
    """The cells of a study. Without a cross the primary contrast comes first; its profile is `ALL` if people are of several."""
    if study.cells:
        return list(study.cells)
    found = []
    for contrast in sorted(study.contrasts, key=lambda contrast: not contrast.primary):
        arm, control = study.arms[contrast.arm], study.arms[contrast.control]
        without = not any(study.platforms[name].present for name in control.platforms)
        if without and study.platforms[arm.platform].present and not study.regrown(contrast):
            people = list(people_of(study, contrast.arm))
            of_it: dict[str, Any] = {"profile": people[0] if len(people) == 1 else ALL, "platform": arm.platform, "way": MEASURED}
            found.append(Cell.model_construct(contrast=contrast.name, arm=contrast.arm, control=contrast.control, **of_it))
    return found


def people_of(study: Study, arm: str) -> dict[str, Profile]:
    """The profiles that people of an arm have, by name, with the values that the study sets."""
    return {profile.name: profile for profile, _ in study.resolve(arm).profiles}


def cell_of(study: Study, profile: str, platform: str) -> Cell:
    """The plain cell of a profile on a platform. In a study without a cross, the cell of the platform, whoever its people are.

    InputError: the study has no such cell.
    """
    plain = [cell for cell in cells(study) if cell.way == MEASURED]
    there = [cell for cell in plain if cell.platform == platform]
    if not there:
        given = f"no contrast between '{platform}' and no platform"
        raise InputError(Problem(study.file, "--platform", given, nearest(platform, {cell.platform for cell in plain})))
    return next((cell for cell in there if cell.profile == profile), there[0])


def point_of(study: Study, number: int | None) -> dict[str, Any]:
    """A point of the design with its number: the reference point if none is given. InputError: no such point."""
    if number is None:
        return reference(study.about_design(), [{"point": k} | point for k, point in enumerate(study.points())])
    return {"point": number} | study.point(number, "--point")


def of_point(study: Study, point: Mapping[str, Any]) -> list[str]:
    """A sentence on which combination of varied values is taken, in a study that has several. point : as of `point_of`"""
    values = ", ".join(f"{name} {value}" for name, value in point.items() if name != "point")
    return [f"combination {point['point']} of the study is taken: {values}"] if values else []


def follows(study: Study, cell: Cell) -> bool:
    """Whether people follow strangers on the platform of a cell."""
    return study.follows(next(contrast for contrast in study.contrasts if contrast.name == cell.contrast))


def villages(study: Study, platforms: Iterable[str]) -> list[str]:
    """A note on each platform whose effect a small society cannot show."""
    names = [name for name in dict.fromkeys(platforms) if study.platforms[name].following is not None]
    return [
        f"{name}: {study.people} people are a village, where strangers and bridges hardly exist; its effect on "
        f"{VILLAGE:,} people or more may be another"
        for name in names
        if study.people < VILLAGE
    ]
