"""Rows of a Sobol or Morris sweep -> how much each parameter matters to a measure, with intervals. Reads tables, runs nothing.

An index tells how an expectation depends on a parameter. The expectation is the mean of a measure (or of its paired difference)
over all possible replicates. A sweep has a sample of points and a sample of replicates (seeds), so an index has two errors. Its
95 % interval includes both:

- The points. Sobol: SALib's bootstrap over samples (the half-width `*_conf`). Morris: the jackknife over trajectories, because
  SALib has an interval of mu_star only. For a mean such as mu, the jackknife gives the ordinary standard error.
- The seeds. The jackknife over seeds, leaving out the same seed at all points. What is common to all points of a replicate
  cancels. Only differences between replicates in their response to a parameter count as noise. The half-width is by Student's t
  with one degree of freedom less than seeds: below two seeds there is no interval (NaN), with two it is wide.

Both errors are independent to first order, so half-widths add as squares. Intervals are symmetric, as SALib's are: near 0 and 1
they can reach beyond the possible values of an index.

Noise of the seeds also biases indices upwards. It adds to each squared difference, so a parameter without effect gets a total
share above 0. Quenouille's correction removes the bias: n times the estimate minus n - 1 times the mean without one seed. It is
applied to the variance and to the parts of it that Sobol's indices are shares of; for these it is exact. If no variance is left,
all of it was noise, and the indices are NaN.
For mu_star and sigma of a parameter without effect, the correction removes about half of the bias, because an absolute value of
noise is never 0. As much again may remain, so the intervals of a Morris design are widened by it. Clear effects have no bias.

Sources: Sobol' 2001; Saltelli et al. 2010 (estimators, in SALib); Morris 1991; Campolongo et al. 2007 (mu_star); Quenouille 1956,
Tukey 1958 (leaving one out).
"""

from __future__ import annotations

import math
import os
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from sim.errors import InputError, Problem, nearest
from sim.scenario.measures import BETWEEN
from sim.study.judging import contrast as contrasts
from sim.study.judging import verdict
from sim.study.judging.legs import LEGS
from sim.study.records import tables
from sim.study.records.result_folder import ResultFolder
from sim.terminal import Passage, in_years, short

KINDS = {"sobol": ("S1", "ST", "S2"), "morris": ("mu_star", "sigma", "mu")}
LEADING = {"sobol": "ST", "morris": "mu_star"}  # the index that ranks the parameters
FEWEST = {"sobol": 2, "morris": 3}  # samples or trajectories: without one of them there must still be a spread
LEVEL, RESAMPLES, SEED = 0.95, 1000, 1
MOST_TOLD = 10  # parameters, or pairs of them, on the terminal
ROUNDING = 1e-12  # share of the largest value: a smaller spread counts as none

_CELL = ("horizon", "profile", "tie_class", "measure", "unit")


@dataclass(frozen=True)
class Sample:
    """The design of a result folder. A *block* is the points that an index needs: a Sobol sample, a Morris trajectory."""

    kind: str
    names: tuple[str, ...]
    points: np.ndarray  # (points, names): values; for Morris only the direction of each step is used
    second_order: bool
    levels: int

    @cached_property
    def size(self) -> int:
        """Number of points of a block."""
        if self.kind == "morris":
            return len(self.names) + 1
        return (1 + self.second_order) * len(self.names) + 2

    @cached_property
    def keys(self) -> list[tuple[str, str, str]]:
        """(kind, name, second name or "") of every index, in the order of `estimate`."""
        single = [(kind, name, "") for kind in KINDS[self.kind] if kind != "S2" for name in self.names]
        return single + [("S2", *pair) for pair in combinations(self.names, 2) if self.second_order]

    def estimate(self, values: np.ndarray, blocks: np.ndarray, resamples: int = 2) -> Estimate:
        """Every index, as SALib gives it. values : (blocks, points of a block); blocks : number of each block in the design"""
        if alike(values):
            return Estimate(np.zeros(len(self.keys)), np.zeros(len(self.keys)), 1.0 if self.kind == "morris" else 0.0)
        from SALib.analyze import morris, sobol  # slow to import, and drawing does not need it

        problem = {"num_vars": len(self.names), "names": list(self.names), "bounds": [[0.0, 1.0]] * len(self.names)}
        if self.kind == "morris":
            moved = self.points.reshape(-1, self.size, len(self.names))[blocks].reshape(-1, len(self.names))
            result = morris.analyze(problem, moved, values.ravel(), num_levels=self.levels, num_resamples=resamples, seed=SEED)
            effects = np.concatenate([result[kind] for kind in KINDS["morris"]])
            return Estimate(effects, np.full_like(effects, math.nan), 1.0)
        with warnings.catch_warnings():  # with few samples, the values of a resample may all be equal
            warnings.filterwarnings("ignore", "Constant values encountered")
            result = sobol.analyze(problem, values.ravel(), self.second_order, resamples, LEVEL, seed=SEED)
        if self.second_order:
            pairs = np.triu_indices(len(self.names), 1)
            result |= {key: result[key][pairs] for key in ("S2", "S2_conf")}
        kinds = KINDS["sobol"][: 2 + self.second_order]
        shares, half = (np.concatenate([result[kind + end] for kind in kinds]) for end in ("", "_conf"))
        variance = float(np.var(values[:, [0, -1]]))  # over the two independent points of each sample, as in SALib
        return Estimate(shares * variance, half, variance)


def alike(values: np.ndarray) -> bool:
    """Whether all values are equal except for rounding."""
    return bool(np.ptp(values) <= ROUNDING * np.abs(values).max())


class Estimate(NamedTuple):
    """Indices before division: an index is its amount over the whole. The whole is the variance for Sobol and 1 for Morris."""

    amounts: np.ndarray
    half: np.ndarray  # half-width of SALib's interval of each index; NaN if there is none
    whole: float


@dataclass(frozen=True)
class Output:
    """The values of one measure at one horizon, at the complete blocks of a design."""

    horizon: int
    measure: str
    unit: str
    values: np.ndarray  # (blocks, points of a block, seeds)
    blocks: np.ndarray  # number of each block in the design
    left_out: int  # number of incomplete blocks
    base: float  # mean of the control, or of the arm itself, to which a change is compared; 0 for a distance

    @property
    def points(self) -> np.ndarray:
        """(blocks, points of a block) the mean over seeds."""
        return self.values.mean(axis=2)


class Question(NamedTuple):
    """The values that indices explain.

    measures : names; by default the legs of the verdict that exist for this tie class and profile
    contrast : the contrast whose paired difference is explained, the primary one by default
    arm : the arm whose own value is explained instead
    """

    measures: tuple[str, ...] = ()
    contrast: str | None = None
    arm: str | None = None
    tie_class: str = "all"
    profile: str = "all"

    def options(self) -> list[str]:
        """The question as options of `sim sensitivity`."""
        values = {"contrast": self.contrast, "arm": self.arm, "tie-class": self.tie_class, "profile": self.profile}
        options = [word for name, value in values.items() if value not in (None, "all") for word in (f"--{name}", str(value))]
        return options + [word for measure in self.measures for word in ("--measure", measure)]


USUAL = Question()


def sensitivity(
    folder: str | os.PathLike,
    measures: Sequence[str] = (),
    contrast: str | None = None,
    arm: str | None = None,
    tie_class: str = "all",
    profile: str = "all",
) -> pl.DataFrame:
    """Estimate how much each varied parameter matters to some measures, in a sobol or morris design. Writes indices.csv.

    folder : a result folder; if it is read-only, a Note says so
    measures : names; the legs of the verdict if none is named
    contrast : whose paired difference is explained; the primary one if not given
    arm : the arm whose own values are explained instead
    tie_class, profile : class of ties and profile of people that are measured
    Gives the table that is written. Errors: as for `indices`.
    """
    question = Question(tuple(measures), contrast, arm, tie_class, profile)
    asked = _asked(folder, question)
    made = asked.results.provenance("indices", ("sensitivity", *question.options()))
    table = _indices(asked).with_columns(command=pl.lit(made.command))
    tables.keep(folder, "indices", table, made)
    return table


def indices(folder: str | os.PathLike, question: Question = USUAL) -> pl.DataFrame:
    """Indices of each parameter for some measures, at every horizon.

    Sobol: S1, ST and, with second_order, S2, as shares of the variance. Morris: mu_star, sigma and mu, in the unit of the
    measure, for a change over the whole range of the parameter. All are 0 if the measure is equal at all points.
    InputError: another design, an unknown name, or too few complete samples or trajectories.
    """
    return _indices(_asked(folder, question))


def _indices(asked: _Asked) -> pl.DataFrame:
    about = {"study": asked.results.study["name"], "design": asked.sample.kind}
    about |= {"contrast": asked.contrast or "", "arm": asked.arm or "", "command": ""}
    about |= {"profile": asked.question.profile, "tie_class": asked.question.tie_class}
    rows = [about | row for output in _outputs(asked) for row in _rows(asked.sample, output)]
    return pl.DataFrame(rows, schema=dict(tables.SCHEMAS["indices"]))


def outputs(folder: str | os.PathLike, question: Question = USUAL) -> list[Output]:
    """The values that the indices are made from, by measure and horizon. Errors: as for `indices`."""
    return _outputs(_asked(folder, question))


def ranked(rows: pl.DataFrame) -> list[str]:
    """The names in rows of indices, the most important first: by ST, or by mu_star as a share of the largest of its measure."""
    leading, value = rows.filter(pl.col("kind").is_in(list(LEADING.values()))), pl.col("value")
    greatest = value.max().over("horizon", "measure")
    share = pl.when(pl.col("kind") == LEADING["morris"]).then(value / greatest).otherwise(value).clip(0).fill_nan(0)
    mean = leading.with_columns(share).group_by("name", maintain_order=True).agg(value.mean())
    return mean.sort("value", descending=True, maintain_order=True)["name"].to_list()


# Reading


class _Asked(NamedTuple):
    """A question, its result folder and design, and either the contrast or the arm that is explained."""

    results: ResultFolder
    sample: Sample
    question: Question
    contrast: str | None
    arm: str | None

    def values(self, only: Sequence[str]) -> pl.DataFrame:
        """Rows of these measures, of all if none is named. `value` is the difference, or the arm's own value."""
        if self.arm:
            runs = self.results.done.filter(arm=self.arm).drop("arm")
            rows = self.results.measures.filter(contrasts.among(only), pl.col("value").is_finite())
            return rows.join(runs, on="run_id").rename({"day": "horizon"}).with_columns(pl.col("value").alias("base"))
        rows = contrasts.paired(self.results, only).filter(contrast=self.contrast)
        difference = (pl.col("arm") - pl.col("control")).alias("value")
        return rows.with_columns(difference, pl.col("control").alias("base")).filter(pl.col("value").is_finite())


def _asked(folder: str | os.PathLike, question: Question) -> _Asked:
    results = ResultFolder(folder)
    return _Asked(results, _sample(results), question, *_whose(results, question.contrast, question.arm))


def _sample(results: ResultFolder) -> Sample:
    study = results.study
    design = study.get("design", {"kind": "grid"})
    if design["kind"] not in KINDS:
        expected = (
            'points that indices can be made from: in the study, [design] with kind = "sobol" and points = 64, or with '
            'kind = "morris" and trajectories = 10, and ranges under [vary]; then `sim sweep`'
        )
        raise InputError(Problem(str(results.folder / "study.json"), "design.kind", f"'{design['kind']}'", expected))
    names = design["names"]
    points = np.array([[point[name] for name in names] for point in study["points"]], dtype=float)
    return Sample(design["kind"], tuple(names), points, bool(design.get("second_order")), design.get("levels", 0))


def _whose(results: ResultFolder, contrast: str | None, arm: str | None) -> tuple[str | None, str | None]:
    """(contrast, None) or (None, arm): the one that is explained."""
    if contrast is not None and arm is not None:
        raise InputError(Problem("", "", f"contrast '{contrast}' and arm '{arm}'", "one of the two"))
    if arm is not None:
        arms = results.done["arm"].unique().to_list()
        if arm not in arms:
            raise InputError(Problem("", "arm", f"'{arm}'", nearest(arm, arms)))
        return None, arm
    names = [entry["name"] for entry in results.study["contrasts"]]
    if contrast is None:
        return next(entry["name"] for entry in results.study["contrasts"] if entry["primary"]), None
    if contrast not in names:
        raise InputError(Problem("", "contrast", f"'{contrast}'", nearest(contrast, names)))
    return contrast, None


def _outputs(asked: _Asked) -> list[Output]:
    measures, tie_class, profile = dict.fromkeys(asked.question.measures), asked.question.tie_class, asked.question.profile
    legs = tuple(leg.measure for leg in LEGS if asked.contrast or leg.measure not in BETWEEN)
    wanted = tuple(measures) or legs
    rows = asked.values(wanted)
    selected = rows.filter(tie_class=tie_class, profile=profile)
    missing = set(measures) - set(selected["measure"]) or (set() if selected.height else set(legs))
    if missing:
        raise InputError(_missing(tuple(measures), tie_class, profile, asked.values(()), rows))
    cells = selected.partition_by(*_CELL, as_dict=True, maintain_order=True)
    order = sorted(cells, key=lambda key: (wanted.index(key[3]), key[0]))
    return [_complete(asked.results.folder, asked.sample, cells[key]) for key in order]


def _missing(
    measures: Iterable[str], tie_class: str, profile: str, all_rows: pl.DataFrame, rows: pl.DataFrame
) -> list[Problem]:
    """The names of a question that the tables do not have, each with the nearest that they have.

    all_rows : of all measures; rows : of the wanted measures
    """
    known = all_rows["measure"].unique().to_list()
    problems = [Problem("", "measure", f"'{name}'", nearest(name, known)) for name in measures if name not in known]
    if problems or not rows.height:
        return problems or [Problem("", "measure", "no leg of the verdict is measured", nearest("", known))]
    for place, value in (("tie_class", tie_class), ("profile", profile)):
        values = rows[place].unique().to_list()
        if value not in values:
            problems.append(Problem("", place.replace("_", " "), f"'{value}'", nearest(value, values)))
    measured = set(rows.filter(tie_class=tie_class, profile=profile)["measure"])
    lack = f"not measured for tie class '{tie_class}' and profile '{profile}'"
    return problems or [
        Problem("", "measure", f"'{name}' is {lack}", nearest(name, measured) if measured else "another class or profile")
        for name in measures
        if name not in measured
    ]


def _complete(folder: str | os.PathLike, sample: Sample, rows: pl.DataFrame) -> Output:
    """The complete blocks of one measure and horizon, for the choice of seeds that keeps most values.

    Seeds are ordered by their number of complete blocks. Of these, the first k are taken, with the k that gives the most blocks
    times seeds.
    """
    horizon, measure, unit = rows.select("horizon", "measure", "unit").row(0)
    seeds, column = np.unique(rows["seed"].to_numpy(), return_inverse=True)
    by_point = np.full((len(sample.points), len(seeds)), math.nan)
    by_point[rows["point"].to_numpy(), column] = rows["value"].to_numpy()
    values = by_point.reshape(-1, sample.size, len(seeds))
    whole = np.isfinite(values).all(axis=1)
    order = np.argsort(-whole.sum(axis=0), kind="stable")
    together = np.logical_and.accumulate(whole[:, order], axis=1)  # blocks that are complete in all of the first k seeds
    count = together.sum(axis=0) * np.arange(1, len(seeds) + 1)
    last = len(seeds) - 1 - int(np.argmax(count[::-1]))  # of equal counts, the one with the most seeds
    blocks, chosen = np.flatnonzero(together[:, last]), np.sort(order[: last + 1])
    if len(blocks) < FEWEST[sample.kind]:
        part = "trajectories" if sample.kind == "morris" else "samples"
        given = f"{len(blocks)} of {len(values)} {part} are complete for '{measure}', day {horizon}"
        expected = f"{FEWEST[sample.kind]} or more, each with all its {sample.size} points; `sim sweep` does what is missing"
        raise InputError(Problem(str(folder), "", given, expected))
    used = rows.filter(pl.col("seed").is_in(seeds[chosen].tolist()), (pl.col("point") // sample.size).is_in(blocks.tolist()))
    base = float(used.sort("point", "seed")["base"].to_numpy().mean())
    return Output(horizon, measure, unit, values[blocks][:, :, chosen], blocks, len(values) - len(blocks), base)


# Indices


def _rows(sample: Sample, output: Output) -> Iterator[dict[str, Any]]:
    values, halves = _with_intervals(sample, output)
    samples, _, seeds = output.values.shape
    for (kind, name, other), value, half in zip(sample.keys, values.tolist(), halves.tolist()):
        yield {
            "horizon": output.horizon, "measure": output.measure, "unit": output.unit, "kind": kind, "name": name,
            "other": other, "value": value, "low95": value - half, "high95": value + half,
            "samples": samples, "seeds": seeds, "left_out": output.left_out,
        }  # fmt: skip


def _with_intervals(sample: Sample, output: Output) -> tuple[np.ndarray, np.ndarray]:
    """Every index, corrected for the noise of the seeds, and the half-width of its interval."""
    points, blocks, seeds = output.points, output.blocks, output.values.shape[2]
    if alike(points):
        return np.zeros(len(sample.keys)), np.zeros(len(sample.keys))
    estimate = sample.estimate(points, blocks, RESAMPLES)
    half = estimate.half
    if sample.kind == "morris":
        rest = (np.delete(np.arange(len(blocks)), k) for k in range(len(blocks)))
        half = _jackknife(estimate, [sample.estimate(points[kept], blocks[kept]) for kept in rest])[1]
    if seeds < 2:
        return estimate.amounts / estimate.whole, np.full_like(half, math.nan)
    fewer = (np.delete(output.values, k, axis=2).mean(axis=2) for k in range(seeds))
    value, noise, whole = _jackknife(estimate, [sample.estimate(means, blocks) for means in fewer])
    if sample.kind == "morris":
        return value, np.hypot(half, noise) + np.abs(estimate.amounts - value)
    return value, np.hypot(half * estimate.whole / whole, noise)


def _jackknife(estimate: Estimate, without: Sequence[Estimate]) -> tuple[np.ndarray, np.ndarray, float]:
    """Indices without the bias in 1/n, the half-widths of their t intervals, and the whole.

    estimate : from all n parts; without : n estimates, each without one part
    Amounts and whole are corrected separately. NaN if nothing of the whole is left: all of it was noise.
    """
    n = len(without)
    pseudo, whole = (n * getattr(estimate, key) - (n - 1) * np.array([getattr(part, key) for part in without])
                     for key in ("amounts", "whole"))  # fmt: skip
    left = whole.mean() if whole.mean() > ROUNDING * estimate.whole else math.nan
    value = pseudo.mean(axis=0) / left
    residual = (pseudo - np.outer(whole, value)) / left
    return value, verdict.t_quantile(LEVEL, n - 1) * np.sqrt((residual**2).sum(axis=0) / (n * (n - 1))), left


# In words


def in_words(table: pl.DataFrame) -> list[Passage]:
    """Indices for the terminal: the most important parameters of each measure, pairs of parameters, and the number of samples."""
    first = table.row(0, named=True)
    whose = f"arm '{first['arm']}'" if first["arm"] else f"contrast '{first['contrast']}'"
    alone, together = table.filter(other=""), table.filter(pl.col("other") != "")
    kinds = alone["kind"].unique(maintain_order=True).to_list()
    rows: list[tuple[str, ...]] = []
    for (horizon, measure), group in alone.group_by("horizon", "measure", maintain_order=True):
        cells = {(index["name"], index["kind"]): _with_interval(index) for index in group.iter_rows(named=True)}
        at = (f"{measure} ({group['unit'][0]})", in_years(horizon))
        rows += [(*at, name, *(cells[name, kind] for kind in kinds)) for name in ranked(group)[:MOST_TOLD]]
    parts: list[Passage] = [
        (
            f"{whose}, tie class '{first['tie_class']}', profile '{first['profile']}'; the {MOST_TOLD} most important of each "
            "measure, at most; in brackets 95 % intervals",
            ("measure", "at", "parameter", *kinds),
            rows,
        )
    ]
    if together.height:
        pairs = [
            (index["measure"], in_years(index["horizon"]), index["name"], index["other"], _with_interval(index))
            for index in together.sort("value", descending=True, maintain_order=True).head(MOST_TOLD).iter_rows(named=True)
        ]
        parts.append((f"The {len(pairs)} pairs with most interplay", ("measure", "at", "parameter", "with", "S2"), pairs))
    return [*parts, *((_sizes(group), (), []) for _, group in alone.group_by("horizon", "measure", maintain_order=True))]


def _sizes(rows: pl.DataFrame) -> str:
    """The number of samples and seeds behind the indices of a measure, and the limits of these indices."""
    first = rows.row(0, named=True)
    part = "trajectories" if first["design"] == "morris" else "samples"
    text = f"{first['measure']}, {in_years(first['horizon'])}: {first['samples']} {part}, {first['seeds']} seeds"
    text += f"; {first['left_out']} left out, not complete" if first["left_out"] else ""
    text += "; one seed gives no interval" if first["seeds"] == 1 else ""
    text += "; the same at all points: nothing to tell apart" if (rows["value"] == 0).all() else ""
    return text + ("; nothing but noise of the seeds" if rows["value"].is_nan().any() else "")


def _with_interval(index: dict[str, Any]) -> str:
    if math.isnan(index["value"]):
        return "–"
    share = index["kind"].startswith("S")
    value, low, high = (f"{index[key]:z.2f}" if share else short(index[key]) for key in ("value", "low95", "high95"))
    return f"{value} ({low} to {high})"
