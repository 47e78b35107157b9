"""The cells of a study: which contrast shows the effect of a platform on the people of a profile.

A study with a cross names its cells. In any other study, each contrast between a platform and none is one.
"""

from __future__ import annotations

from typing import Any

from sim.errors import InputError, Problem, nearest
from sim.scenario.cross import MEASURED, Cell
from sim.scenario.names import ALL
from sim.scenario.profile import Profile
from sim.scenario.study import Study


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
