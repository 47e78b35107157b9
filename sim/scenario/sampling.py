"""The points of a design: which values all varied names take together, for every kind of design.

A point is {name as written: value}. Its number is its place in the list of points, from 0. The same design gives the same points
every time and on every machine. Points are only sampled when `points` is called: reading and checking a study imports neither
NumPy nor the libraries that sample (SciPy for Latin hypercubes, SALib for Sobol and Morris).

A sample has a row per point. Its numbers are shares, from 0 to 1, of the way from the low to the high of each name.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sim.scenario.design import KEYS, Axis, Design

Rows = tuple[tuple[float, ...], ...]


def sizes(design: Design, axes: Sequence[Axis]) -> dict[str, int]:
    """The numbers whose product is the number of points. Nothing is sampled."""
    match design.kind:
        case "latin":
            return {"samples": design.points or 0}
        case "sobol":
            return {"samples": design.points or 0, "points a sample": (1 + design.second_order) * len(axes) + 2}
        case "morris":
            return {"trajectories": design.trajectories or 0, "points a trajectory": len(axes) + 1}
        case "one-at-a-time":
            return {"changes and the base": len(_one_at_a_time(axes))}
    return {axis.name: len(axis.values) or axis.points for axis in axes}


def product(sizes: Mapping[str, int]) -> str:
    """The product in words, the largest number first: "substitution 60 x slope 40"."""
    return " x ".join(f"{name} {size}" for name, size in sorted(sizes.items(), key=lambda item: -item[1]))


def points(design: Design, axes: Sequence[Axis]) -> list[dict[str, Any]]:
    """Every point, in order of number. In a grid the last name changes fastest. The points of a list are in its file."""
    rows: Sequence[Sequence[Any]]
    match design.kind:
        case "grid":
            rows = list(itertools.product(*(axis.steps() for axis in axes)))
        case "one-at-a-time":
            rows = _one_at_a_time(axes)
        case _:
            rows = [[axis.at(share) for axis, share in zip(axes, row)] for row in shares(design, len(axes))]
    return [dict(zip((axis.name for axis in axes), row)) for row in rows]


def shares(design: Design, dimensions: int) -> Rows:
    """The sample as shares of the ranges: a row per point, a column per name."""
    if design.kind == "latin":
        return _latin(dimensions, design.points or 0, design.seed)
    if design.kind == "sobol":
        return _sobol(dimensions, design.points or 0, design.second_order, design.seed)
    return _morris(dimensions, design.trajectories or 0, design.levels, design.seed)


def _one_at_a_time(axes: Sequence[Axis]) -> list[tuple[Any, ...]]:
    """The files' own values, then each name at each of its other values while the rest stay."""
    base = tuple(axis.base for axis in axes)
    return [
        base,
        *(
            (*base[:place], value, *base[place + 1 :])
            for place, axis in enumerate(axes)
            for value in axis.values or (axis.low, axis.high)
            if value != axis.base
        ),
    ]


@lru_cache(maxsize=4)
def _latin(dimensions: int, count: int, seed: int) -> Rows:
    """McKay, Beckman, Conover 1979: in each dimension, one point in each of `count` equal parts."""
    from scipy.stats import qmc

    return _rows(qmc.LatinHypercube(dimensions, rng=seed).random(count))


@lru_cache(maxsize=4)
def _sobol(dimensions: int, count: int, second_order: bool, seed: int) -> Rows:
    """Saltelli 2002: a scrambled Sobol sequence and its columns exchanged, for variance-based indices."""
    from SALib.sample import sobol

    return _rows(sobol.sample(_unit(dimensions), count, calc_second_order=second_order, seed=seed))


@lru_cache(maxsize=4)
def _morris(dimensions: int, trajectories: int, levels: int, seed: int) -> Rows:
    """Morris 1991: walks through a grid of levels, one name changed at a time, for elementary effects."""
    from SALib.sample import morris

    return _rows(morris.sample(_unit(dimensions), trajectories, num_levels=levels, seed=seed))


def _unit(dimensions: int) -> dict[str, Any]:
    names = [str(place) for place in range(dimensions)]
    return {"num_vars": dimensions, "names": names, "bounds": [[0.0, 1.0]] * dimensions}


def _rows(array: Any) -> Rows:
    return tuple(map(tuple, array.tolist()))


def described(design: Design, axes: Sequence[Axis]) -> dict[str, Any]:
    """The design in plain values, for study.json of a result folder. Indices are computed from it and the tables."""
    return {key: getattr(design, key) for key in ("kind", *KEYS[design.kind])} | {
        "names": [axis.name for axis in axes],
        "ranges": [None if axis.values else [axis.low, axis.high] for axis in axes],
        "scales": [None if axis.values else axis.scale for axis in axes],
    }
