"""Does it depend on who uses a platform? The effects of a cross, and how much of their differences goes with culture.

A *cross* has every profile on every platform. Its *cells* are contrasts: a profile on a platform, compared with the society of
the same profile without a platform. The *effect* of a cell is its difference as a share of the control.

Choices a reader should know:
- The effects of a way are split as in an analysis of variance with two factors. Each profile and each platform counts once, and
  the platform none does not count. *Both* is what profile and platform do together beyond the sum of what each does.
- The noise of seeds adds to every sum of squares. Its mean is taken away. It is computed from the values of single seeds, because
  cells share luck: all platforms of a profile share a control. A part below 0 is 0.
- If the differences as a whole are no larger than noise makes them in 95 % of draws, all parts are 0.
- The interval of a part comes from effects that are drawn again within their noise, with the tails of a t distribution.
- Draws of ranges.csv are split in the same way. Their noise is that of all draws together, since each draw has few seeds. Their
  runs have fewer people and may have another length; the columns ranges_people and ranges_horizon say so.
- Draws from a village are not used where people follow strangers: strangers and bridges hardly exist there.
- The difference between the effects on two cultures is paired by seed. It has an interval and never a verdict, since a verdict
  compares two arms of one society.

Everything here is about these presets. It says nothing of evidence on cultures.
"""

from __future__ import annotations

import math
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from sim.errors import InputError, Problem
from sim.scenario.profile import REFERENCE
from sim.study.judging import contrast, verdict
from sim.study.judging.legs import MEASURED, RELATIVE
from sim.study.judging.reference import reference
from sim.study.records import json_files, tables
from sim.study.records.command_again import again
from sim.study.records.result_folder import NotNow, ResultFolder

MEASURES = tuple(leg.measure for leg in RELATIVE)
PLAIN, EQUAL = "measured", "minutes-equal"
"""The way as the files say, and the way in which all profiles have the minutes of one."""
PARTS = ("culture", "platform", "both")
FILES, RANGES = "files", "ranges"
DRAWS = 2000  # of effects within their noise
NO_NOISE = "so the noise is unknown and no part is given"
SHARED = ("contrast", "profile", "platform", "way")  # of a cell

Cell = tuple[str, str]  # profile, platform
Row = dict[str, Any]


@dataclass(frozen=True)
class Cultures:
    """Both tables of a cross, and sentences on what they lack."""

    effects: pl.DataFrame
    parts: pl.DataFrame
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        profiles, platforms = (self.effects[name].n_unique() for name in ("profile", "platform"))
        return f"<Cultures: {profiles} profiles on {platforms} platforms, {self.effects.height} effects>"


def profiles(folder: str | os.PathLike) -> Cultures:
    """The effects of a cross, and the parts of their differences. Writes effects.csv, and parts.csv if there are parts.

    folder : a result folder of a study with [cross], or a folder with its published tables, which are then only read
    Gives both tables, and notes. If the folder is read-only, a Note says so.
    InputError: the study has no cross, no cell has finished runs, or a table is damaged.
    """
    if not (Path(folder) / json_files.STUDY).is_file():
        return _published(Path(folder))
    results = ResultFolder(folder)
    if not results.study.get("cells"):
        given = f"the study '{results.study['name']}' has none"
        expected = "a study with [cross], which crosses profiles with platforms"
        raise InputError(Problem(str(Path(folder, json_files.STUDY)), "cells", given, expected))
    values = _values(results)
    draws, others = _draws(results)
    effects, made = _effects(results, values, draws), results.provenance("effects", ("profiles",))
    parts, notes = _parts(results, effects, values, draws)
    about = {"study": results.study["name"], "command": made.command}
    frames = {}
    for name, rows in (("effects", effects), ("parts", parts)):
        frames[name] = pl.DataFrame([about | row for row in rows], schema=dict(tables.SCHEMAS[name]))
        if rows:
            tables.keep(folder, name, frames[name], made)
        else:  # a table without rows is a damaged one
            with suppress(OSError):
                tables.path(folder, name).unlink(missing_ok=True)
    return Cultures(frames["effects"], frames["parts"], (*others, *notes))


def _published(folder: Path) -> Cultures:
    if not tables.path(folder, "effects").is_file():
        given = f"no {json_files.STUDY} and no effects.csv"
        expected = "a result folder of a study with [cross], or one with the tables that `sim profiles` published"
        raise InputError(Problem(str(folder), "", given, expected))
    effects = tables.read(folder, "effects")
    if effects.is_empty():
        raise tables.damaged(tables.path(folder, "effects"), "", "has no rows", "effects")
    if not tables.path(folder, "parts").is_file():
        none = pl.DataFrame(schema=dict(tables.SCHEMAS["parts"]))
        return Cultures(effects, none, ("parts.csv is not there: no parts are shown",))
    return Cultures(effects, tables.read(folder, "parts"))


# --- reading ------------------------------------------------------------------------------------------------------------

Seeds = Mapping[Any, float]
"""Seed, number of a draw, or both -> effect: the difference as a share of the control's mean."""
Values = dict[tuple[str, int, str], dict[int, float]]
"""(contrast, horizon, measure) -> effects of seeds."""


class Drawn(NamedTuple):
    """The effects of the draws of a cell, by number and seed, and the horizon and people of their runs."""

    by_seed: dict[tuple[int, int], float]
    horizon: int | None
    people: int | None

    @property
    def effects(self) -> dict[int, float]:
        """The effect of each draw: the mean over its seeds."""
        of_draws: dict[int, list[float]] = {}
        for (draw, _), effect in self.by_seed.items():
            of_draws.setdefault(draw, []).append(effect)
        return {draw: math.fsum(values) / len(values) for draw, values in of_draws.items()}


Draws = dict[tuple[str, int, str], Drawn]
"""(contrast, horizon, measure) -> its draws."""


def effects_by_seed(results: ResultFolder) -> pl.DataFrame:
    """The effect of each seed on all people: arm minus control, as a share of the control's mean over seeds.

    Columns: contrast, point, seed, horizon, measure and effect. A share of 0 is not defined: the effect is NaN.
    """
    rows = contrast.paired(results, MEASURES).filter(profile="all", tie_class="all").drop_nulls(["arm", "control"])
    control = pl.col("control").mean().over("contrast", "point", "horizon", "measure").abs()
    share = pl.when(control > 0).then((pl.col("arm") - pl.col("control")) / control).otherwise(math.nan)
    return rows.select("contrast", "point", "seed", "horizon", "measure", effect=share)


def _values(results: ResultFolder) -> Values:
    values: Values = {}
    for row in effects_by_seed(results).filter(point=_point(results.study)).iter_rows(named=True):
        values.setdefault((row["contrast"], row["horizon"], row["measure"]), {})[row["seed"]] = row["effect"]
    return values


def _draws(results: ResultFolder) -> tuple[Draws, tuple[str, ...]]:
    """The draws of ranges.csv, without the values of the files, and notes on those of another study or from a village."""
    if not tables.path(results.folder, "ranges").is_file():
        return {}, ()
    rows = tables.read(results.folder, "ranges").filter(pl.col("effect").is_finite())
    same = rows.filter(hash=results.study["scenario"], version=results.study["version"])
    following = [entry["name"] for entry in results.study["contrasts"] if entry.get("follows")]
    is_village = pl.col("contrast").is_in(following) & (pl.col("people") < contrast.VILLAGE)
    draws: Draws = {}
    for row in same.filter(pl.col("draw") >= 0).filter(~is_village).iter_rows(named=True):
        key = (row["contrast"], row["horizon"], row["measure"])
        draws.setdefault(key, Drawn({}, row["horizon"], row["people"])).by_seed[row["draw"], row["seed"]] = row["effect"]
    other = f"ranges.csv is of another scenario or version, and not used; run `{again(results.folder, 'ranges')}` again"
    where = ", ".join(same.filter(is_village)["platform"].unique(maintain_order=True))
    village = f"draws of {where} are not used: among fewer than {contrast.VILLAGE:,} people strangers and bridges hardly exist"
    return draws, (*((other,) if same.height < rows.height else ()), *((village,) if where else ()))


def _drawn(draws: Draws, name: str, horizon: int, measure: str) -> Drawn:
    """The draws of a cell at a horizon. If runs within ranges are of another length: those at their last horizon."""
    there = [day for contrast, day, its in draws if (contrast, its) == (name, measure)]
    day = horizon if horizon in there else max(there, default=horizon)
    return draws.get((name, day, measure), Drawn({}, None, None))


def _verdicts(results: ResultFolder) -> pl.DataFrame:
    """The verdicts of a folder; compared now if they are absent or out of date."""
    try:
        return results.derived("verdict", "compare")
    except NotNow:
        return contrast.compare(results.folder).verdicts


# --- effects ------------------------------------------------------------------------------------------------------------


def _effects(results: ResultFolder, values: Values, draws: Draws) -> list[Row]:
    """Rows of effects.csv. InputError: no cell has finished runs of both its arms."""
    study, cells = results.study, results.study["cells"]
    keys = list(product(cells, study["horizons"], MEASURES))
    if not any((cell["contrast"], horizon, measure) in values for cell, horizon, measure in keys):
        file, given = str(tables.path(results.folder, "runs")), "no cell has finished runs of both its arms"
        raise InputError(Problem(file, "", given, f"finished runs; {results.again} makes them"))
    judged = _verdicts(results).filter(point=_point(study), profile="all")
    verdicts = {(row["contrast"], row["horizon"]): row for row in judged.iter_rows(named=True)}
    names = [cell["profile"] for cell in cells]
    base = REFERENCE if REFERENCE in names else names[0]
    primary = next(entry["name"] for entry in study["contrasts"] if entry["primary"])
    rows = []
    for cell, horizon, measure in keys:
        name, other = cell["contrast"], _other(cells, base, cell)
        own, of_cell = values.get((name, horizon, measure), {}), _drawn(draws, name, horizon, measure)
        if not own:
            continue
        drawn = of_cell.effects
        effect, word = _estimate(list(own.values())), verdicts[name, horizon]
        theirs, drawn_of_theirs = values.get((other, horizon, measure), {}), _drawn(draws, other, horizon, measure).effects
        low, high = effect.interval(0.95)
        rows.append(
            {key: cell[key] for key in SHARED}
            | {"primary": name == primary, "horizon": horizon, "measure": measure}
            | {"effect": effect.mean, "low95": low, "high95": high, "se": effect.sd / math.sqrt(effect.n), "seeds": effect.n}
            | {"word": word["verdict"], "reasons": word["reasons"], "margin": study["margins"][MEASURED[measure].margin]}
            | json_files.assumed(study, name)._asdict()
            | {"low_ranges": _quantile(drawn, 0.05), "high_ranges": _quantile(drawn, 0.95)}
            | {"sign_share": _same_sign(drawn.values(), effect.mean), "draws": len(drawn)}
            | {"ranges_horizon": of_cell.horizon, "ranges_people": of_cell.people, "reference": base}
            | _difference(own, theirs, drawn, drawn_of_theirs)
            | {"people": study["people"], "contents_idle": bool(study.get("contents_idle"))}
        )
    return rows


def _difference(own: Seeds, theirs: Seeds, drawn: Seeds, drawn_of_theirs: Seeds) -> Row:
    """The columns that compare a cell with that of the reference: by seed, and draw by draw."""
    difference = _estimate([own[seed] - theirs[seed] for seed in own if seed in theirs])
    if not difference.n:
        return dict.fromkeys(("difference", "difference_low95", "difference_high95", "difference_sign_share"))
    low, high = difference.interval(0.95)
    apart = [drawn[draw] - drawn_of_theirs[draw] for draw in drawn if draw in drawn_of_theirs]
    return {
        "difference": difference.mean, "difference_low95": low, "difference_high95": high,
        "difference_sign_share": _same_sign(apart, difference.mean),
    }  # fmt: skip


def _point(study: Mapping[str, Any]) -> int:
    """The combination whose effects are taken."""
    return int(reference(study["design"], study["points"])["point"])


def _other(cells: Sequence[Row], base: str, cell: Row) -> str:
    """The contrast of the reference on the same platform, in the same way if it has a cell of its own there; "" for itself."""
    of_base = [other for other in cells if (other["profile"], other["platform"]) == (base, cell["platform"])]
    there = {other["way"]: other["contrast"] for other in of_base}
    return "" if cell["profile"] == base else there.get(cell["way"], there.get(PLAIN, ""))


def _estimate(values: Sequence[float]) -> verdict.Estimate:
    if not values:
        return verdict.UNKNOWN
    same = min(values) == max(values)  # rounding must not create a spread
    sd = math.nan if len(values) < 2 else 0.0 if same else float(np.std(values, ddof=1))
    return verdict.Estimate(values[0] if same else math.fsum(values) / len(values), sd, len(values))


def _quantile(drawn: Seeds, share: float) -> float | None:
    return float(np.quantile(list(drawn.values()), share)) if drawn else None


def _same_sign(values: Collection[float], value: float) -> float | None:
    """The share of values with the sign of a value. None without any."""
    return float(np.mean(np.sign(list(values)) == np.sign(value))) if values else None


# --- parts --------------------------------------------------------------------------------------------------------------


def _parts(results: ResultFolder, effects: list[Row], values: Values, draws: Draws) -> tuple[list[Row], list[str]]:
    """Rows of parts.csv, and sentences on what could not be split."""
    rows: list[Row] = []
    notes: dict[str, None] = {}
    for way in dict.fromkeys(row["way"] for row in effects):
        cells = {(row["profile"], row["platform"]): row["contrast"] for row in effects if row["way"] == way}
        names = [list(dict.fromkeys(cell[place] for cell in cells)) for place in (0, 1)]
        if why := _cannot_be_split(cells, *names):
            notes[f"way '{way}': {why}"] = None
            continue
        sizes = dict(zip(("profiles", "platforms"), map(len, names)))
        for horizon, measure in product(results.study["horizons"], MEASURES):
            about = {"horizon": horizon, "measure": measure, "way": way, **sizes}
            keys = [(cells[profile, platform], horizon, measure) for profile, platform in product(*names)]
            grid = _complete([values.get(key, {}) for key in keys], names)
            drawn = _by_draw([_drawn(draws, *key).by_seed for key in keys], names)
            if len(grid) > 1:
                rows += _rows(about | {"draw": FILES, "seeds": len(grid), "draws": None}, *split(grid))
            else:
                notes[f"way '{way}': fewer than two seeds have every cell, {NO_NOISE}"] = None
            if len(drawn) and drawn.shape[1] > 1:
                rows += _rows(about | {"draw": RANGES, "seeds": drawn.shape[1], "draws": len(drawn)}, *split_draws(drawn))
            elif len(drawn):
                notes[f"way '{way}': draws have fewer than two seeds, {NO_NOISE}"] = None
    return rows, list(notes)


def _cannot_be_split(cells: Mapping[Cell, str], profiles: list[str], platforms: list[str]) -> str:
    """Why the effects of a way have no parts; "" if they have."""
    if len(profiles) < 2 or len(platforms) < 2:
        few = f"only profile {profiles[0]}" if len(profiles) < 2 else f"only platform {platforms[0]}"
        return f"it has {few}; parts need two profiles and two platforms at least"
    if lacking := [f"{one} on {other}" for one in profiles for other in platforms if (one, other) not in cells]:
        return f"it has no finished runs of {', '.join(lacking[:3])}; parts need every profile on every platform"
    return ""


def _complete(columns: Sequence[Seeds], names: list[list[str]]) -> np.ndarray:
    """(seeds, profiles, platforms) of the seeds that have every cell."""
    common = sorted(set.intersection(*(set(column) for column in columns)))
    values = np.array([[column[number] for column in columns] for number in common], dtype=float)
    grid = values.reshape(len(common), len(names[0]), len(names[1]))
    return grid[np.isfinite(grid).all((1, 2))]


def _by_draw(columns: Sequence[Mapping[tuple[int, int], float]], names: list[list[str]]) -> np.ndarray:
    """(draws, seeds, profiles, platforms) of the draws that have every cell with every seed."""
    seeds = sorted({seed for column in columns for _, seed in column})
    grids = [
        _complete([{seed: column[draw, seed] for seed in seeds if (draw, seed) in column} for column in columns], names)
        for draw in sorted({draw for column in columns for draw, _ in column})
    ]
    whole = [grid for grid in grids if len(grid) == len(seeds)]
    return np.array(whole).reshape(len(whole), len(seeds), len(names[0]), len(names[1]))


def _rows(about: Row, *found: np.ndarray | None) -> Iterator[Row]:
    """A row for each part. found : (3,) of its share, both ends, and the share of draws in which it leads"""
    for place, part in enumerate(PARTS):
        values = (None if value is None or math.isnan(value[place]) else float(value[place]) for value in found)
        yield about | {"part": part, "lead": None} | dict(zip(("share", "low", "high", "lead"), values))


def squares(effects: np.ndarray) -> np.ndarray:
    """(..., 3) sums of squares of culture, platform and both. effects : (..., profiles, platforms)"""
    whole = effects.mean((-2, -1), keepdims=True)
    culture, platform = effects.mean(-1, keepdims=True) - whole, effects.mean(-2, keepdims=True) - whole
    both = effects - whole - culture - platform
    return np.stack([(np.broadcast_to(part, effects.shape) ** 2).sum((-2, -1)) for part in (culture, platform, both)], -1)


def shares_of(sums: np.ndarray, noise: np.ndarray | float = 0.0) -> np.ndarray:
    """Shares (..., 3) of sums of squares (..., 3) from which the noise is taken away. All are 0 if nothing is left."""
    left = np.maximum(sums - noise, 0)
    whole = left.sum(-1, keepdims=True)
    return np.divide(left, whole, out=np.zeros_like(left), where=whole > 0)


def split(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Shares (3,) of culture, platform and both, and both ends of their 95 % intervals.

    values : (seeds, profiles, platforms), two seeds at least
    If the differences are no larger than noise, shares are 0 and the ends are NaN.
    """
    seeds = len(values)
    mean, spread = _noise(values)
    noise = squares(spread).sum(0)
    luck = np.random.default_rng(1)
    weights = luck.standard_normal((DRAWS, seeds)) * np.sqrt((seeds - 1) / luck.chisquare(seeds - 1, (DRAWS, 1)))
    drawn = np.tensordot(weights, spread, 1)  # as the means would differ by noise alone
    found = squares(mean)
    rounding = 1e-20 * (mean**2).sum()
    if found.sum() <= max(np.quantile(squares(drawn).sum(-1), 0.95), rounding):
        return np.zeros(3), np.full(3, math.nan), np.full(3, math.nan)
    again = shares_of(squares(mean + drawn), 2 * noise)  # the noise of the means, and that of the draw
    low, high = np.quantile(again, (0.025, 0.975), axis=0)
    return shares_of(found, noise), low, high


def split_draws(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Mean shares (3,) of culture, platform and both over draws, 5 % and 95 % of draws, and how often each part is the largest.

    values : (draws, seeds, profiles, platforms), two seeds at least
    The noise of draws is alike, so its mean over all of them is taken away. Draws share their seeds, so luck does not cancel
    out. If their differences are on average no larger than noise makes them in 95 % of cases (sums of squares with an F
    distribution), shares are 0 and the rest is NaN.
    """
    means, spread = _noise(values)
    noise, found = squares(spread).sum(1).mean(0), squares(means)
    seeds, names, platforms = values.shape[1:]
    free = np.array([names - 1, platforms - 1, (names - 1) * (platforms - 1)])
    by_noise = (noise * np.random.default_rng(1).f(free, free * (seeds - 1), (DRAWS, len(free)))).sum(-1)
    rounding = 1e-20 * (means**2).sum((-2, -1)).mean()
    if found.sum(-1).mean() <= max(np.quantile(by_noise, 0.95), rounding):
        return np.zeros(3), np.full(3, math.nan), np.full(3, math.nan), np.full(3, math.nan)
    shares = shares_of(found, noise)
    largest = (shares == shares.max(-1, keepdims=True)) & (shares > 0)
    low, high = np.quantile(shares, (0.05, 0.95), axis=0)
    return shares.mean(0), low, high, largest.mean(0)


def _noise(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Means over seeds, and how far each seed moves them: the squares of these add up to those of the noise.

    values : (..., seeds, profiles, platforms)
    """
    seeds, mean = values.shape[-3], values.mean(-3, keepdims=True)
    return mean[..., 0, :, :], (values - mean) / math.sqrt(seeds * (seeds - 1))
