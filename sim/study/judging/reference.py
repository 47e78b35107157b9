"""The one point of a design that stands for it, where only one can be shown or looked into."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

Point = dict[str, Any]
"""{"point": number, dotted name: value}"""


def reference(design: Mapping[str, Any], points: Sequence[Point], among: Sequence[Point] | None = None) -> Point:
    """The middle of a grid, the files' own values where one is changed at a time, and of all others the point closest to the
    centre.

    design : as study.json has it: kind, names, ranges, scales; points : all of it; among : those that may be chosen, or all
    """
    among = points if among is None else among
    match design.get("kind", "grid"):
        case "one-at-a-time":
            return among[0]
        case "grid":
            middle = _middle(points)
            return min(among, key=lambda point: sum(point[name] != value for name, value in middle.items()))
    ranges = _ranges(design, points)
    return min(among, key=lambda point: _off_centre(point, ranges))


def _middle(points: Sequence[Point]) -> Point:
    """Each name's value in the middle of those it takes, of two the first."""
    values = {name: list(dict.fromkeys(each[name] for each in points)) for name in points[0] if name != "point"}
    return {name: some[(len(some) - 1) // 2] for name, some in values.items()}


Ranges = dict[str, tuple[float, float, str]]


def _off_centre(point: Point, ranges: Ranges) -> float:
    """How far a point is from the centre of the design, squared, with each range as one; text and switches count nothing."""
    return sum((_share(value, *ranges[name]) - 0.5) ** 2 for name, value in point.items() if name in ranges)


def _share(value: float, low: float, high: float, scale: str) -> float:
    if scale == "log":
        return math.log(value / low) / math.log(high / low)
    return (value - low) / (high - low)


def _ranges(design: Mapping[str, Any], points: Sequence[Point]) -> Ranges:
    """Varied number -> low, high and scale, as the design says or, in a list, as its points do."""
    found: Ranges = {}
    for name, ends, scale in zip(design["names"], design["ranges"], design["scales"]):
        values = [value for point in points if isinstance(value := point.get(name), float)]
        if ends is None and len(values) < len(points):
            continue
        low, high = ends or (min(values), max(values))
        if low < high:
            found[name] = (low, high, scale or "linear")
    return found
