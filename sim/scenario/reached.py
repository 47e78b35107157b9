"""Which numbers of its files reach a contrast: those that a rule of its arms reads, at one combination of the study at least.

A number reaches an arm if another value would be another run (`Values.run_digest`). So these do not: numbers of a switch that is
off, of a platform or a profile that is not in the arm, and of contents that act alike. Of the profile whose way a minority lives,
only the numbers that are shifted reach an arm.
"""

from __future__ import annotations

from functools import lru_cache

from sim.scenario.fingerprint import SHIFTED, Values, acts, has_minority, is_of_content
from sim.scenario.question import Contrast
from sim.scenario.resolving import ArmValues
from sim.scenario.study import Study

MINORITY, LEANING = "society.minority.", "platform.leaning"
LABEL = "society.minority.share"
"""How many are in the minority: it is measured without a platform, too."""
PROMPTS, WITH_PROMPTS = "platform.prompts.", "platform.prompts.birthday"


def reaching(study: Study, contrast: Contrast) -> set[str]:
    """Names of what reaches a contrast, numbers and others, as `Study.drivers` names them.

    What people of a cross keep of the profile of their cell counts as a number of that profile.
    """
    arms, points, profiles = ArmValues(study), study.points(), {cell.arm: cell.profile for cell in study.cells}
    names: set[str] = set()
    for arm in (contrast.arm, contrast.control):
        of_points = [read_in(arms.at(arm, point), study.arms[arm].platforms) for point in points]
        kept = {key: f"profile.{profiles[arm]}.{key}" for key in study.kept.get(arm, ())}
        for name in set().union(*of_points):
            names.add(kept.get(name.rsplit(".", 1)[1], name) if name.startswith("profile.") else name)
    return names


def read_in(values: Values, platforms: tuple[str, ...]) -> set[str]:
    """Names of what shapes a run with these values. Names of a platform begin with platform.NAME.

    platforms : names of the platforms of the arm, in order
    """
    joined, minority = any(present for _, present, _ in values.timeline), has_minority(values.society)
    run = joined, minority, values.alike, values.unread
    names = set(_read(tuple(values.society), *run))
    for people, _ in values.profiles:
        names |= _read(tuple(people), *run)
    names |= _read(tuple(name for name in values.west if name.rsplit(".", 1)[1] in SHIFTED), *run)
    for platform, (_, _, of_it) in zip(platforms, values.timeline):
        on = of_it.get(WITH_PROMPTS) is not False
        its = _read(tuple(name for name in of_it if on or not name.startswith(PROMPTS)), *run)
        names |= {name.replace("platform", f"platform.{platform}", 1) for name in its}
    return names


@lru_cache(maxsize=1024)
def _read(names: tuple[str, ...], joined: bool, minority: bool, alike: bool, unread: frozenset[str]) -> frozenset[str]:
    """Those of some names that a rule reads. It is cached: the points of a design share them.

    joined : whether there is a platform to join; minority : whether there is one
    alike : whether all contents act alike; unread : last parts of names that no rule reads on these platforms
    """
    return frozenset(
        name
        for name in names
        if (joined or acts(name) == "before" or (minority and name == LABEL))
        and not (alike and is_of_content(name))
        and name.rsplit(".", 1)[1] not in unread
        and (minority or not name.startswith((MINORITY, LEANING)))
    )
