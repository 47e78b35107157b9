"""How a person uses platforms: the numbers of the own profile, and for some people shifted toward another one, the *west*.

Source: docs/model.md 7.11. `shifting` says whose numbers are shifted, and how far.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from sim.scenario.profile import Profile


class Shift(NamedTuple):
    """How far each person lives the way of the west.

    bounds : lowest and highest value of each number that people choose, by name; no other number is shifted
    """

    west: Profile
    weight: np.ndarray  # (people,) float64, w: 0 the own profile, 1 the west, below 0 away from it
    links_follow: float
    label: np.ndarray  # (people,) int8, number of the label among `labels`; below 0 for nobody's
    labels: tuple[str, ...]  # names of the labels; none if the minority is empty
    bounds: Mapping[str, tuple[float, float]]


def numbers_of(name: str, people, profiles, shift: Shift | None, platform) -> np.ndarray:
    """(people,) float64: a number of each person's own profile; shifted, if it is one that people choose.

    name : of a number of profiles; shift : None if nobody's habits are shifted; platform : says how far it lets people shift them
    """
    home = np.array([getattr(profile, name).value for profile, _ in profiles], np.float64)[people.profile]
    if shift is None or name not in shift.bounds:
        return home
    follow = shift.links_follow if name == "links" else 1.0
    leaning = 1.0 if platform.leaning is None else platform.leaning.value
    west = getattr(shift.west, name).value
    return np.clip(home + shift.weight * leaning * follow * (west - home), *shift.bounds[name])
