"""The cells of a study: which contrast shows the effect of a platform on the people of a profile.

A study that crosses profiles with platforms names its cells. In any other study, each contrast between a platform and none is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.errors import InputError, Problem, nearest
from sim.scenario.names import ALL
from sim.scenario.profile import Profile
from sim.scenario.study import Study

MEASURED = "measured"
"""The plain way to compare: with the numbers of the files."""


class Cell(NamedTuple):
    """One cell.

    contrast, arm, control : their names in the study
    profile : whose effect it is, or `ALL` where people are of several; platform : of the arm; way : how numbers are set
    kept : numbers that people of another profile have of this one
    """

    contrast: str
    arm: str
    control: str
    profile: str
    platform: str
    way: str
    kept: tuple[str, ...] = ()


def cells(study: Study, point: Mapping[str, Any] | None = None) -> list[Cell]:
    """The cells of a study in the order of its contrasts, the primary one first."""
    contrasts = sorted(study.contrasts, key=lambda contrast: not contrast.primary)
    found = []
    for contrast in contrasts:
        arm, control = study.arms[contrast.arm], study.arms[contrast.control]
        without = not any(study.platforms[name].present for name in control.platforms)
        if without and study.platforms[arm.platform].present and not study.regrown(contrast, point):
            people = list(people_of(study, contrast.arm, point))
            profile = people[0] if len(people) == 1 else ALL
            found.append(Cell(contrast.name, contrast.arm, contrast.control, profile, arm.platform, MEASURED))
    return found


def people_of(study: Study, arm: str, point: Mapping[str, Any] | None = None) -> dict[str, Profile]:
    """The profiles that people of an arm have, by name, with the values that the study sets."""
    return {profile.name: profile for profile, share in study.resolve(arm, point).profiles if share > 0}


def cell_of(study: Study, profile: str, platform: str, way: str = MEASURED) -> Cell:
    """The cell of a profile on a platform. If no cell names the profile, people are of several, and the platform's cell is given.

    InputError: the study has no such cell.
    """
    known = [cell for cell in cells(study) if cell.way == way]
    there = [cell for cell in known if cell.platform == platform]
    if not there:
        given = f"no contrast between '{platform}' and no platform"
        raise InputError(Problem(study.file, "--platform", given, nearest(platform, {cell.platform for cell in known})))
    return next((cell for cell in there if cell.profile == profile), there[0])
