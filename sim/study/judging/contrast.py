"""Rows of runs -> paired differences with intervals, and the verdict of each contrast.

All differences are paired, arm minus control at the same point and seed, because both arms have the same random draws. A seed is
a replicate; people and days never count as replicates. Reads tables and runs nothing.
Source: docs/model.md, sections "What is measured" and "The verdict".

Choices a reader should know:
- A relative difference is the mean difference over the control's mean, which counts as a fixed number. The margins are shares
  of the control's value, so its spread is not part of them.
- Distances (partners, carriers) are compared with the distance of the placebo, seed by seed. A control that branches from
  another society than the primary control has a placebo of its own.
- Holm's family: the study's contrasts at one point, horizon, profile, tie class and measure.
- Bonferroni's family, for verdicts: the contrasts that are not primary and can have a verdict.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np
import polars as pl
from scipy.special import stdtr, stdtrit

from sim.errors import InputError, Problem, nearest
from sim.scenario.checking import ALIKE
from sim.scenario.measures import must_be_measures
from sim.scenario.names import ALL
from sim.study.judging import region_table, verdict
from sim.study.judging.groups import group_of
from sim.study.judging.legs import MEASURED, NOT_ONLINE, OLD, PLAIN, SUPPORT
from sim.study.judging.reasons import Reason, english, text
from sim.study.records import json_files, tables
from sim.study.records.command_again import again
from sim.study.records.result_folder import ResultFolder, refuse_twice

NOT_APPLICABLE, TOO_EARLY = "not applicable", "too early"
WITHOUT_WORD = dict.fromkeys(("two_societies", "two_groups", "same_run", "village"), NOT_APPLICABLE) | {"joining": TOO_EARLY}
"""Reason -> what verdict.csv has in place of a word."""

VILLAGE = 2000
"""Fewest people for a word where people follow strangers. Assumed: among fewer, nearly everybody knows a friend of everybody, so
that strangers and bridges hardly exist."""

_CELL = ["horizon", "profile", "tie_class", "measure"]
_UNIT = ["point", "seed"]
_FAMILY = ["point", *_CELL]


@dataclass(frozen=True)
class Comparison:
    """Both tables of a comparison, and notes for their reader."""

    contrasts: pl.DataFrame
    verdicts: pl.DataFrame
    notes: tuple[str, ...] = ()
    group: str = ALL  # of the primary contrast
    groups: Mapping[str, str] = field(default_factory=dict)  # contrast -> its group, if that is not all people

    def of_group(self, group: str | None) -> pl.DataFrame:
        """The verdicts of a group of people; of all groups for None. InputError: the tables have no such group."""
        if group is None:
            return self.verdicts
        known = self.verdicts["profile"].unique().sort().to_list()
        if group not in known:
            raise InputError(Problem("", "--profile", f"no group '{group}' in the tables", nearest(group, known)))
        return self.verdicts.filter(profile=group)

    def __repr__(self) -> str:
        words = self.verdicts.filter(pl.col("primary"), profile=self.group)["verdict"].value_counts(sort=True).rows()
        counts = ", ".join(f"'{word}' {times}" for word, times in words)
        size = f"{self.contrasts.height:,} differences, {self.verdicts.height} verdicts"
        return f"<Comparison: {size}; of the primary contrast {counts}>"


def compare(folder: str | os.PathLike, only: Sequence[str] = ()) -> Comparison:
    """Compare the arms in the finished runs of a result folder, and judge them. Writes contrasts.csv and verdict.csv.

    folder : a result folder; if it is read-only, a Note says so
    only : the measures to compare; all if none is named. Verdicts need those of `legs.MEASURED`.
    Gives both tables, and notes on them.
    InputError: the tables do not come from one sweep, or one is damaged.
    """
    results = ResultFolder(folder)
    differences = _contrasts(results, only)
    regions, notes = _regions(results)
    if results.study.get("contents_idle"):
        notes = (*notes, ALIKE)
    judged = judge(results.study, differences, results.sealed, regions)
    for name, frame in (("contrasts", differences), ("verdict", judged)):
        tables.keep(folder, name, frame, results.provenance(name, ("compare",)))
    contrasts = results.study["contrasts"]
    groups = {contrast["name"]: group_of(contrast) for contrast in contrasts if group_of(contrast) != ALL}
    primary = next(contrast["name"] for contrast in contrasts if contrast["primary"])
    return Comparison(differences, judged, notes, groups.get(primary, ALL), groups)


def contrasts(folder: str | os.PathLike, only: Sequence[str] = ()) -> pl.DataFrame:
    """Each contrast's paired difference, per point, horizon, profile, tie class and measure.

    only : the measures to compare; all if none is named
    Only finished runs count. A seed with a value in one arm only is left out, and counted in `left_out`.
    Below two seeds, intervals and p are NaN. If nothing varies, the interval is the mean itself.
    """
    return _contrasts(ResultFolder(folder), only)


def verdicts(folder: str | os.PathLike) -> pl.DataFrame:
    """The verdict of each contrast at each declared point and horizon, for all and per profile."""
    results = ResultFolder(folder)
    return judge(results.study, _contrasts(results), results.sealed, _regions(results)[0])


def _contrasts(results: ResultFolder, only: Sequence[str] = ()) -> pl.DataFrame:
    must_be_measures(only, "only")
    frame = differences_of(paired(results, only))
    order = pl.Enum([contrast["name"] for contrast in results.study["contrasts"]])
    return (
        frame.sort("point", pl.col("contrast").cast(order), *_CELL, maintain_order=True)
        .with_columns(pl.lit(results.study["name"]).alias("study"))
        .select(tables.SCHEMAS["contrasts"].keys())
    )


def differences_of(pairs: pl.DataFrame) -> pl.DataFrame:
    """The mean difference of each contrast and cell, with intervals, from rows as those of `paired`."""
    return _holm(_with_intervals(_summed(pairs)))


def paired(results: ResultFolder, only: Sequence[str] = ()) -> pl.DataFrame:
    """Values of arm and control in finished runs: a row per contrast, point, seed, horizon, profile, tie class and measure.

    only : the measures to compare; all if none is named
    Further columns: unit, floor and reshuffled, null where not measured. A distance (partners, carriers) has no value in one arm
    alone. Its `arm` is the distance minus that of the placebo, and its `control` is 0.
    """
    return pl.concat([_paired_measures(results, only), _paired_distances(results, only)])


# One row per contrast, unit and cell: difference, control, floor, reshuffled


def _paired_measures(results: ResultFolder, only: Sequence[str]) -> pl.DataFrame:
    study, cell = results.study, [*_UNIT, *_CELL, "unit"]
    arms = {arm for contrast in study["contrasts"] for arm in (contrast["arm"], contrast["control"])}
    extra = [study.get(key) for key in ("placebo", "control_of_placebo", "reshuffled")]
    others = study.get("placebos") or {}
    arms |= {arm for arm in (*extra, *others.values()) if arm}
    text = ("run_id", "profile", "tie_class", "measure", "unit")
    wide = (
        results.measures.lazy()
        .filter(pl.col("value").is_finite(), among(only))
        .rename({"day": "horizon"})
        .with_columns(pl.col(text).cast(pl.Categorical))  # joins and groups by small integers, which is fast
        .join(
            results.done.lazy().filter(pl.col("arm").is_in(list(arms))).with_columns(pl.col("run_id").cast(pl.Categorical)),
            on="run_id",
        )
        .group_by(cell)
        .agg(
            (pl.len() > pl.col("arm").n_unique()).alias("twice"),
            *(pl.when(pl.col("arm") == arm).then("value").max().alias(f"arm {arm}") for arm in sorted(arms)),
        )
        .collect()
        .sort("seed")  # a fixed order of sums: the same tables to the last bit
    )
    refuse_twice(tables.path(results.folder, "measures"), wide.filter("twice").select(cell))

    def apart(first: str | None, second: str | None) -> pl.Expr:
        values = (pl.col(f"arm {arm}") if arm else pl.lit(None, pl.Float64) for arm in (first, second))
        return (next(values) - next(values)).abs()

    def floors(control: str) -> list[pl.Expr]:
        placebo, its_control, reshuffled = (others[control], control, None) if control in others else extra
        return [apart(placebo, its_control).alias("floor"), apart(reshuffled, its_control).alias("reshuffled")]

    parts = [
        wide.select(
            pl.lit(contrast["name"]).alias("contrast"),
            *cell,
            pl.col(f"arm {contrast['arm']}").alias("arm"),
            pl.col(f"arm {contrast['control']}").alias("control"),
            *floors(contrast["control"]),
        )
        for contrast in study["contrasts"]
    ]
    named = (part.with_columns(pl.col(text[1:]).cast(pl.String)) for part in parts)
    return pl.concat(_against(part, contrast) for part, contrast in zip(named, study["contrasts"]))


def _against(part: pl.DataFrame, contrast: dict[str, Any]) -> pl.DataFrame:
    """The rows of a contrast. If it is against another group, they are its group's, less the effect on that other group.

    The effect stays a share of the control's value in the contrast's own group.
    """
    if not contrast.get("against"):
        return part
    same = [name for name in part.columns if name not in ("profile", "arm", "control", "floor", "reshuffled")]
    other = part.filter(profile=contrast["against"]).select(*same, other=pl.col("arm") - pl.col("control"))
    own = part.filter(profile=group_of(contrast)).join(other, on=same, how="left", maintain_order="left")
    none = pl.lit(None, pl.Float64)
    return own.with_columns(arm=pl.col("arm") - pl.col("other"), floor=none, reshuffled=none).drop("other")


def _paired_distances(results: ResultFolder, only: Sequence[str]) -> pl.DataFrame:
    """Distances between arm and control, minus those of the placebo. The distance of a control from itself is 0."""
    names = pl.DataFrame(
        [
            (contrast["name"], contrast["arm"], contrast["control"])
            for contrast in results.study["contrasts"]
            if not contrast.get("against")  # of two groups there is no distance
        ],
        schema=dict.fromkeys(("contrast", "arm", "control"), pl.String),
        orient="row",
    )
    finished = results.done.select("arm", *_UNIT)
    pairs = results.pairs.filter(among(only))
    key = ["contrast", *_UNIT, "day", *_CELL[1:]]
    refuse_twice(tables.path(results.folder, "pairs"), pairs.filter(pl.struct(key).is_duplicated()).select(key))
    return (
        pairs.join(names, on="contrast")
        .join(finished, on=["arm", *_UNIT], how="semi")
        .join(finished.rename({"arm": "control"}), on=["control", *_UNIT], how="semi")
        .rename({"day": "horizon"})
        .sort("seed")
        .with_columns(pl.col("value", "floor").fill_nan(None))
        .select(
            "contrast",
            *_UNIT,
            *_CELL,
            "unit",
            (pl.col("value") - pl.col("floor")).alias("arm"),
            pl.when(pl.col("value").is_not_null()).then(0.0).alias("control"),
            "floor",
            pl.lit(None, pl.Float64).alias("reshuffled"),
        )
    )


def among(only: Sequence[str]) -> pl.Expr:
    """A filter for rows of these measures; of all if none is named."""
    return pl.col("measure").is_in(list(only)) if only else pl.lit(True)


# One row per contrast and cell


def _summed(paired: pl.DataFrame) -> pl.DataFrame:
    """Mean difference, its standard deviation and the mean of the control, over the seeds that have both arms."""
    both = pl.col("arm").is_not_null() & pl.col("control").is_not_null()
    either = pl.col("arm").is_not_null() | pl.col("control").is_not_null()
    difference = pl.col("arm") - pl.col("control")
    constant = pl.col("least") == pl.col("most")  # exactly equal: rounding must not create a spread
    return (
        paired.filter(either)
        .group_by("contrast", "point", *_CELL, "unit", maintain_order=True)
        .agg(
            difference.mean().alias("difference"),
            difference.std().alias("sd"),
            difference.min().alias("least"),
            difference.max().alias("most"),
            pl.col("control").filter(both).mean(),
            pl.col("floor").mean(),
            pl.col("reshuffled").mean(),
            both.sum().cast(pl.Int64).alias("seeds"),
            (~both).sum().cast(pl.Int64).alias("left_out"),
        )
        .with_columns(
            difference=pl.when(constant).then("least").otherwise("difference"),
            sd=pl.when(constant & (pl.col("seeds") > 1)).then(0.0).otherwise("sd"),
        )
        .drop("least", "most")
    )


def _with_intervals(frame: pl.DataFrame) -> pl.DataFrame:
    """t intervals and the two-sided p of a paired t test; NaN below two seeds."""
    seeds = frame["seeds"].to_numpy().astype(float)
    mean = frame["difference"].cast(pl.Float64).fill_null(math.nan).to_numpy()
    sd = frame["sd"].cast(pl.Float64).fill_null(math.nan).to_numpy()
    control = frame["control"].cast(pl.Float64).fill_null(math.nan).to_numpy()
    df = np.where(seeds > 1, seeds - 1, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        se = sd / np.sqrt(seeds)
        p = np.where(se > 0, 2 * stdtr(df, -np.abs(mean) / se), np.where(mean == 0, 1.0, 0.0))
        relative = np.where((control == 0) & (mean == 0), 0.0, mean / np.abs(control))
    p[np.isnan(se)] = np.nan
    relative[~np.isfinite(relative)] = np.nan
    ends = {}
    for level in (90, 95):
        half = stdtrit(df, 0.5 + level / 200) * se
        ends[f"low{level}"], ends[f"high{level}"] = mean - half, mean + half
    return frame.drop("sd").with_columns(
        pl.Series("difference", mean),
        pl.Series("control", control),
        pl.Series("se", se),
        pl.Series("p", p),
        pl.Series("relative", relative),
        *(pl.Series(name, values) for name, values in ends.items()),
        pl.col("floor", "reshuffled").cast(pl.Float64).fill_null(math.nan),
    )


def _holm(frame: pl.DataFrame) -> pl.DataFrame:
    """Holm's step-down p over the family. A contrast without p gets none and does not count."""
    p = pl.col("p").fill_nan(None)
    tests, rank = p.count().over(_FAMILY), p.rank("ordinal").over(_FAMILY)
    step = ((tests - rank.cast(pl.Int64) + 1) * p).clip(upper_bound=1.0)
    return (
        frame.sort("p", maintain_order=True)
        .with_columns(step.alias("step"))
        .with_columns(pl.col("step").cum_max().over(_FAMILY).fill_null(math.nan).alias("p_holm"))
        .drop("step")
    )


# Verdicts


Regions = dict[str, dict[tuple[int, str, str], float]]
"""Contrast -> (horizon, profile, verdict) -> share of the random combinations with this verdict."""


def _regions(results: ResultFolder) -> tuple[Regions, tuple[str, ...]]:
    """The shares in region.csv that belong to this study, and a note for each contrast. Empty without region.csv."""
    if not os.path.lexists(tables.path(results.folder, "region")):
        return {}, ()
    rows = tables.read(results.folder, "region")
    shares: Regions = {}
    notes = {}
    for row in rows.iter_rows(named=True):
        name = row["contrast"]
        if changes := region_table.differs(row, results.study, results.folder):
            command = again(results.folder, "region", row["command"])
            notes[name] = (
                f"The share of random combinations is not used for '{name}', because region.csv was made with "
                f"{' and '.join(changes)}. To make it again: `{command}`"
            )
        else:
            shares.setdefault(name, {})[row["horizon"], row["profile"], row["word"]] = row["share"]
            sample = f"{row['points']} combinations, each simulated with {row['seeds']} replicates of {row['people']} people"
            notes[name] = f"share of '{name}': of {sample} (region.csv)"
    return shares, tuple(notes.values())


def _region_share(row: dict[str, Any], regions: Regions, same_word: float) -> float | None:
    """The share of combinations with the verdict of a row: in region.csv, or else (`same_word`) in the study's design."""
    if row["verdict"] in WITHOUT_WORD.values():
        return None
    region = regions.get(row["contrast"])
    return same_word if region is None else region.get((row["horizon"], row["profile"], row["verdict"]))


def judge(study: dict[str, Any], differences: pl.DataFrame, sealed: str, regions: Regions) -> pl.DataFrame:
    """The table of verdicts. study : study.json; differences : the table of contrasts; sealed : the column `seal`

    regions : shares of random combinations; {} for none
    """
    margins = {name: float(value) for name, value in study["margins"].items()}
    contrasts = study["contrasts"]
    others = sum(not contrast["primary"] and _has_word(study, contrast) for contrast in contrasts)
    families = {
        contrast["name"]: (contrast, 1 if contrast["primary"] else max(others, 1))
        for contrast in contrasts
    }
    assumed = {contrast["name"]: _assumed_share(study, contrast["name"]) for contrast in contrasts}
    rows = []
    for key, estimates in _estimates(study, differences):
        contrast, family = families[key["contrast"]]
        without = _without_word(study, contrast, key["point"], key["horizon"])
        known = {"primary": contrast["primary"], "assumed_share": assumed[contrast["name"]]}
        rows.append(key | known | _verdict_columns(estimates, margins, family, without))
    columns = {name: kind for name, kind in tables.SCHEMAS["verdict"].items() if name in rows[0]}
    frame = pl.DataFrame(rows, schema=columns)
    same_word = pl.len().over("contrast", "horizon", "profile", "verdict") / len(study["points"])
    of_points = zip(frame.iter_rows(named=True), frame.select(same_word).to_series())
    return frame.with_columns(
        pl.Series("region_share", [_region_share(row, regions, share) for row, share in of_points], pl.Float64),
        study=pl.lit(study["name"]),
        margin=pl.lit(margins[SUPPORT.margin]),
        seeds_planned=pl.lit(study["seeds_planned"], pl.Int64),
        label=pl.lit("given this graph" if study.get("given_graph") else ""),
        seal=pl.lit(sealed),
    ).select(tables.SCHEMAS["verdict"].keys())


def _assumed_share(study: dict[str, Any], contrast: str) -> float:
    """The share of the numbers that reach a contrast that are assumed. NaN if none is known."""
    assumed = [driver["status"] == "assumed" for driver in json_files.drivers_of(study, contrast)]
    return sum(assumed) / len(assumed) if assumed else math.nan


def _has_word(study: dict[str, Any], contrast: dict[str, Any]) -> bool:
    """Whether a contrast can have a verdict at a point and horizon at least."""
    return any(_without_word(study, contrast, point["point"], math.inf) is None for point in study["points"])


def _without_word(study: dict[str, Any], contrast: dict[str, Any], point: int, horizon: float) -> Reason | None:
    """Why a contrast has no verdict at this point and on this day, if so.

    Two societies that differ before the branch have none between them, nor have an arm and a control of the same values.
    """
    if contrast["kind"] == "before":
        return Reason("two_societies")
    if contrast.get("against"):
        return Reason("two_groups")
    if point in contrast.get("same_run", ()):
        return Reason("same_run")
    if contrast.get("follows") and study["people"] < VILLAGE:
        return Reason("village", (str(VILLAGE),))
    return Reason("joining") if horizon < contrast.get("joined_by", 0) else None


def _estimates(
    study: dict[str, Any], differences: pl.DataFrame
) -> Iterator[tuple[dict[str, Any], dict[str, verdict.Estimate]]]:
    """(key, leg -> estimate) for every declared point, contrast and horizon, measured or not."""
    names = ("point", "contrast", "horizon", "profile")
    measured: dict[tuple, dict[str, verdict.Estimate]] = {}
    legs = differences.filter(pl.col("tie_class") == "all", pl.col("measure").is_in(list(MEASURED)))
    for row in legs.iter_rows(named=True):
        key = tuple(row[name] for name in names)
        measured.setdefault(key, {})[MEASURED[row["measure"]].name] = _estimate(row)
    own = legs.filter(pl.col("measure") == SUPPORT.measure, pl.col("profile") != ALL)["profile"].unique()
    groups = [ALL, *(own.sort() if len(own) > 1 else [])]
    points = [point["point"] for point in study["points"]]
    for point, contrast, horizon in product(points, study["contrasts"], study["horizons"]):
        for profile in dict.fromkeys((*groups, group_of(contrast))):
            key = point, contrast["name"], horizon, profile
            yield dict(zip(names, key)), measured.get(key, {})


def _estimate(row: dict[str, Any]) -> verdict.Estimate:
    """The estimate of a leg from a row of contrasts: a share of the control's mean, or a distance in its unit."""
    sd = row["se"] * math.sqrt(row["seeds"])
    if not MEASURED[row["measure"]].relative:
        return verdict.Estimate(row["difference"], sd, row["seeds"])
    if row["control"] == 0:  # a share of 0 is not defined; only no change at all is known
        return verdict.Estimate(row["relative"], 0.0 if sd == 0 else math.nan, row["seeds"])
    return verdict.Estimate(row["relative"], sd / abs(row["control"]), row["seeds"])


def _verdict_columns(
    estimates: dict[str, verdict.Estimate], margins: verdict.Margins, others: int, without: Reason | None
) -> dict[str, Any]:
    """The columns of verdict.csv for one contrast at one point and horizon. without : why it has no verdict, if so"""
    plain = estimates.pop(PLAIN.name, None)
    real = {name: estimates.pop(leg.name, verdict.UNKNOWN) for name, leg in NOT_ONLINE.items()}
    counts = [estimate.n for name, estimate in estimates.items() if name != OLD.name and estimate.n]
    used = min(counts, default=0)
    if without is not None:
        return _word_columns(WITHOUT_WORD[without.code], [without]) | {
            "tipping_margin": None,
            "seeds_used": used,
            "seeds_needed": None,
            "plain_sum": "",
            "without_online": None,
        }
    judged = verdict.decide(estimates, margins, others)
    reasons = list(judged.reasons)
    needed = verdict.seeds_needed(estimates, margins, others)
    if judged.word == verdict.UNDECIDED:
        if used < 2:
            reasons.insert(0, Reason("one_seed" if used else "no_seed"))
        elif needed is None:
            reasons.append(Reason("no_word_by", (str(verdict.CAP),)))
    plain_word = verdict.decide({**estimates, SUPPORT.name: plain}, margins, others).word if plain else ""
    measured = all(estimate.n for estimate in real.values())
    without_online = verdict.decide(estimates | real, margins, others).word if measured else None
    return _word_columns(judged.word, reasons) | {
        "tipping_margin": verdict.tipping_margin(estimates, margins, others),
        "seeds_used": used,
        "seeds_needed": needed,
        "plain_sum": plain_word,
        "without_online": without_online,
    }


def _word_columns(word: str, reasons: Sequence[Reason]) -> dict[str, str]:
    """The verdict with its reasons, as codes and in English."""
    return {"verdict": word, "reasons": text(reasons), "why": english(reasons)}
