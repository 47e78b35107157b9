"""The point of a study that is shown, or stood on, where only one can be.

Takes a study as its result folder describes it (`design` and `points` of study.json); no table is read.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

Point = dict[str, Any]


def reference(study: Mapping[str, Any], among: Sequence[Point] = ()) -> Point:
    """The middle of a grid, the files' own values where one is changed at a time, of other designs the point closest to the
    centre.

    among : the points to choose from, each with its number under "point"; all if none
    """
    points, kind = among or study["points"], study.get("design", {}).get("kind", "grid")
    if kind == "one-at-a-time":
        return points[0]
    if kind == "grid":
        middle = _middle(study["points"])
        return min(points, key=lambda point: sum(point[name] != value for name, value in middle.items()))
    ranges = _ranges(study)
    return min(points, key=lambda point: _off_centre(point, ranges))


def _middle(points: Sequence[Point]) -> dict[str, Any]:
    """The middle of each name's values, of two the first."""
    values = {name: list(dict.fromkeys(each[name] for each in points)) for name in points[0] if name != "point"}
    return {name: some[(len(some) - 1) // 2] for name, some in values.items()}


def _off_centre(point: Point, ranges: Mapping[str, tuple[float, float, str]]) -> float:
    """How far from the centre of the design, squared, with each range as one; text and switches count nothing."""
    return sum((_share(value, *ranges[name]) - 0.5) ** 2 for name, value in point.items() if name in ranges)


def _share(value: float, low: float, high: float, scale: str) -> float:
    if scale == "log":
        return math.log(value / low) / math.log(high / low)
    return (value - low) / (high - low)


def _ranges(study: Mapping[str, Any]) -> dict[str, tuple[float, float, str]]:
    """Varied number -> low, high and scale, as the design says or, in a list, as its points do."""
    said = study["design"]
    found = {}
    for name, ends, scale in zip(said["names"], said["ranges"], said["scales"]):
        values = [point[name] for point in study["points"]]
        if ends is None and not all(isinstance(value, float) for value in values):
            continue
        low, high = ends or (min(values), max(values))
        if low < high:
            found[name] = (low, high, scale or "linear")
    return found
