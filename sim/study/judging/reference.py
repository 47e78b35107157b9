"""Chooses the point that represents a design where only one can be shown or examined."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

Point = dict[str, Any]
"""{"point": number, dotted name: value}"""


def reference(design: Mapping[str, Any], points: Sequence[Point], among: Sequence[Point] | None = None) -> Point:
    """The point that represents a design.

    That is the middle of a grid, the values of the files in a one-at-a-time design, the first row of a list, and else the point
    closest to the centre.
    design : of study.json, with kind, names, ranges and scales; points : all points of the design
    among : points to choose from; all if None
    """
    among = points if among is None else among
    match design.get("kind", "grid"):
        case "one-at-a-time" | "list":
            return among[0]
        case "grid":
            middle = _middle(points)
            return min(among, key=lambda point: sum(point[name] != value for name, value in middle.items()))
    ranges = _ranges(design)
    return min(among, key=lambda point: _off_centre(point, ranges))


def _middle(points: Sequence[Point]) -> Point:
    """Name -> the middle one of its values; of two middle ones the first."""
    values = {name: list(dict.fromkeys(point[name] for point in points)) for name in points[0] if name != "point"}
    return {name: ordered[(len(ordered) - 1) // 2] for name, ordered in values.items()}


Ranges = dict[str, tuple[float, float, str]]


def _off_centre(point: Point, ranges: Ranges) -> float:
    """Squared distance of a point from the centre of the design, in ranges. Text and switches do not count."""
    return sum((_share(value, *ranges[name]) - 0.5) ** 2 for name, value in point.items() if name in ranges)


def _share(value: float, low: float, high: float, scale: str) -> float:
    if scale == "log":
        return math.log(value / low) / math.log(high / low)
    return (value - low) / (high - low)


def _ranges(design: Mapping[str, Any]) -> Ranges:
    """Name -> low, high and scale of every number of a sampled design."""
    return {
        name: (*ends, scale) for name, ends, scale in zip(design["names"], design["ranges"], design["scales"]) if ends is not None
    }
