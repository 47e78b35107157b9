"""Values of all coalitions -> the share of each player. Reads tables and runs nothing.

A *game* gives every coalition S of m players a value v(S). The Shapley share of a player is what it adds, averaged over all
orders in which the players may come: sum over S without i of |S|! (m - |S| - 1)! / m! (v(S + i) - v(S)). Shares and v(nobody)
add up to v(everybody). Here the players are mechanisms and v is a leg of a contrast, arm minus control. All coalitions of a
replicate have the same random draws, so each seed is a game of its own. Its shares are exact: no order is sampled.
Source: Shapley 1953, A value for n-person games.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from sim.errors import InputError, Problem, RunError, nearest
from sim.scenario.names import ALL, REST
from sim.study.judging import contrast, verdict
from sim.study.judging.groups import group_of, own_rows
from sim.study.judging.legs import LEGS, RELATIVE
from sim.study.records import json_files, tables
from sim.study.records.result_folder import ResultFolder, Sources, changed_sources, common_sources, sources_of

ABOUT = "coalitions.json"
"""The file that names the mechanisms of a folder of coalitions."""


# The game. Arrays of values are (..., 2^m), with coalition k at place k. Player i is in it if bit i of k is set.


def players_of(values: np.ndarray) -> int:
    """The number of players m of an array of 2^m values."""
    return int(values.shape[-1]).bit_length() - 1


def shares(values: np.ndarray) -> np.ndarray:
    """(..., m) the Shapley share of each player."""
    m, coalitions = players_of(values), np.arange(values.shape[-1])
    result = np.empty((*values.shape[:-1], m))
    for player in range(m):
        without = coalitions[coalitions >> player & 1 == 0]
        weight = np.array([1 / (m * math.comb(m - 1, int(size))) for size in np.bitwise_count(without)])
        result[..., player] = ((values[..., without | 1 << player] - values[..., without]) * weight).sum(-1)
    return result


def alone(values: np.ndarray) -> np.ndarray:
    """(..., m) the value that each player adds to the empty coalition."""
    return values[..., [1 << player for player in range(players_of(values))]] - values[..., :1]


def last(values: np.ndarray) -> np.ndarray:
    """(..., m) the value that each player adds to all others, which is what is lost without it."""
    everybody = values.shape[-1] - 1
    return values[..., -1:] - values[..., [everybody ^ 1 << player for player in range(players_of(values))]]


# The tables


class Game(NamedTuple):
    """A measure of a contrast: one game for each seed.

    values : (seeds, 2^m) arm minus control; for a distance, the distance minus the floor
    control : mean of the control with all mechanisms on; 0 for a distance
    """

    day: int
    measure: str
    unit: str
    values: np.ndarray
    control: float


def split(folder: str | os.PathLike, measures: Sequence[str] = (), command: str = "") -> pl.DataFrame:
    """The table `why` of a folder of coalitions: the shares of every leg of the verdict and of further measures.

    measures : names beside the legs; command : makes the table again
    InputError: a measure has no values. RunError: no seed has all coalitions.
    """
    about = json_files.read(folder, ABOUT)
    names = [mechanism["name"] for mechanism in about["mechanisms"]]
    words = _words(folder)
    rows = [row for game in _games(folder, 2 ** len(names), measures) for row in _rows(game, names, words[game.day])]
    common = {"study": about["study"], "point": about["point"]["point"], "contrast": about["contrast"], "command": command}
    common["profile"] = _group(ResultFolder(folder), about)
    return pl.DataFrame([common | row for row in rows], schema=dict(tables.SCHEMAS["why"]))


def made_of(folder: str | os.PathLike) -> Sources:
    """The sources of the table `why`: the tables of a folder of coalitions, and its coalitions.json."""
    return sources_of(json_files.read(folder, json_files.STUDY), "why", json_files.read(folder, ABOUT))


def differs(folder: str | os.PathLike, whole: pl.DataFrame, published: bool = False) -> list[str]:
    """The sources of the table `why` that differ from the coalitions and the sweep of a result folder, in words.

    whole : the table with its columns of provenance
    published : whether the table is a published one, which may lie without its coalitions
    """
    stored, coalitions = common_sources(whole), Path(folder, "why")
    if all((coalitions / name).is_file() for name in (json_files.STUDY, ABOUT)):
        changes = changed_sources(stored, made_of(coalitions))
    else:
        changes = [] if published else ["coalitions that are not here"]
    if Path(folder, json_files.STUDY).is_file():
        study = json_files.read(folder, json_files.STUDY)
        changes += ["another scenario"] if set(whole["hash"]) != {study["scenario"]} else []
        changes += changed_sources(stored, sources_of(study, "why"), ("margins", "rules"))
    return list(dict.fromkeys(changes))


def _words(folder: str | os.PathLike) -> dict[int, dict[int, str]]:
    """Horizon -> coalition -> its verdict."""
    words: dict[int, dict[int, str]] = {}
    for row in own_rows(contrast.verdicts(folder), json_files.read(folder, json_files.STUDY)).iter_rows(named=True):
        words.setdefault(row["horizon"], {})[row["point"]] = row["verdict"]
    return words


def coalition_values(
    results: ResultFolder, about: Mapping[str, Any], measures: Sequence[str]
) -> tuple[pl.DataFrame, dict[str, None]]:
    """The values of every coalition, and the names of the wanted measures: the legs, then `measures`.

    about : coalitions.json
    InputError: a wanted measure has no values.
    """
    group = _group(results, about)
    rows = pl.concat([_differences(results, about, group), _distances(results, about, group)])
    wanted = dict.fromkeys((*(leg.measure for leg in LEGS), *measures))
    known = rows["measure"].unique().to_list()
    problems = [
        Problem(str(results.folder), "--measure", f"no measure '{name}' of both arms", nearest(name, known))
        for name in wanted
        if name not in known
    ]
    if problems:
        raise InputError(problems)
    return rows, wanted


def _games(folder: str | os.PathLike, coalitions: int, measures: Sequence[str]) -> Iterator[Game]:
    rows, wanted = coalition_values(ResultFolder(folder), json_files.read(folder, ABOUT), measures)
    order = pl.Enum(list(wanted))
    rows = rows.filter(pl.col("measure").is_in(list(wanted))).sort("day", pl.col("measure").cast(order), "seed", "point")
    for (day, measure, unit), group in rows.group_by("day", "measure", "unit", maintain_order=True):
        whole = group.filter(pl.len().over("seed") == coalitions)
        if not whole.height:
            raise RunError(f"{folder}: in no seed {measure} was measured in all {coalitions} coalitions; run `sim why` again")
        values = whole["value"].to_numpy().reshape(-1, coalitions)
        control = whole["control"].to_numpy().reshape(-1, coalitions)[:, -1].mean()
        yield Game(day, measure, unit, values, float(control))


_CELL = ("day", "measure", "unit", "seed", "point")


def _group(results: ResultFolder, about: Mapping[str, Any]) -> str:
    """Whose verdict is explained."""
    return group_of(next(known for known in results.study["contrasts"] if known["name"] == about["contrast"]))


def _differences(results: ResultFolder, about: Mapping[str, Any], group: str) -> pl.DataFrame:
    """Arm minus control of every measure, with the value of the control. group : of people"""
    arm, control = (pl.col("value").filter(pl.col("arm") == about[side]).first() for side in ("arm", "control"))
    return (
        results.measures.filter(pl.col("profile") == group, pl.col("tie_class") == "all", pl.col("value").is_finite())
        .join(results.done, on="run_id")
        .group_by(_CELL)
        .agg(value=arm - control, control=control)
        .drop_nulls()
    )


def _distances(results: ResultFolder, about: Mapping[str, Any], group: str) -> pl.DataFrame:
    """Distances between arm and control, minus the floor. group : of people"""
    rows = results.pairs.filter(
        pl.col("contrast") == about["contrast"], pl.col("profile") == group, pl.col("tie_class") == "all"
    )
    beyond = (pl.col("value") - pl.col("floor")).alias("value")
    return rows.select(*_CELL, beyond, control=pl.lit(0.0)).filter(pl.col("value").is_finite())


def _rows(game: Game, names: Sequence[str], words: dict[int, str]) -> Iterator[dict[str, Any]]:
    """A row for each mechanism, then REST (all off) and ALL (all on). Relative legs are shares of the control's mean."""
    relative = game.measure in [leg.measure for leg in RELATIVE]
    values = game.values / abs(game.control) if relative and game.control else game.values
    if relative and not game.control:
        values = np.full_like(values, math.nan)  # a share of 0 is not defined
    nobody, everybody = values[:, 0], values[:, -1]
    of_game = {
        "horizon": game.day,
        "measure": game.measure,
        "unit": "share of the control" if relative else game.unit,
        "control": game.control,
        "seeds": len(values),
    }
    for place, (name, share, first, lost) in enumerate(zip(names, shares(values).T, alone(values).T, last(values).T)):
        only, without = 1 << place, values.shape[1] - 1 ^ 1 << place
        yield of_game | _row(name, share, first.mean(), lost.mean(), words.get(only), words.get(without))
    yield of_game | _row(REST, nobody)
    whole = float((everybody - nobody).mean())
    yield of_game | _row(ALL, everybody, whole, whole, words.get(values.shape[1] - 1), words.get(0))


def _row(
    name: str, share: np.ndarray, alone: float | None = None, lost: float | None = None,
    word_alone: str | None = None, word_without: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    mean, low, high = interval(share)
    return {
        "mechanism": name, "share": mean, "low95": low, "high95": high, "alone": alone, "without": lost,
        "word_alone": word_alone, "word_without": word_without,
    }  # fmt: skip


def interval(values: np.ndarray) -> tuple[float, float, float]:
    """Mean over seeds and its 95 % t interval. If all values are equal, the interval is that value."""
    constant = bool((values == values[0]).all())
    mean = float(values[0] if constant else values.mean())
    sd = 0.0 if constant else float(values.std(ddof=1)) if len(values) > 1 else math.nan
    return mean, *verdict.Estimate(mean, sd, len(values)).interval(0.95)
