"""Rows of a Sobol or Morris sweep -> which assumptions carry what a measure does, with intervals. Reads tables, never a world.

What is asked is how an expectation depends on the assumptions: the mean of a measure (or of its paired difference) over all
societies that could be grown. A sweep knows it at a sample of points, in a sample of societies (seeds), so an index errs twice,
and its 95 % interval holds both errors:

- The points. Sobol: SALib's bootstrap over samples (the half-width `*_conf`). Morris: leaving out one trajectory after another,
  because SALib has an interval of mu_star alone; of a mean, as mu is, this is the ordinary standard error.
- The seeds. Leaving out one seed after another, the same at all points: what a society has in common at all points stays in
  common, and only what makes one society answer assumptions otherwise than the next counts as noise. Half-width by Student's t
  with one degree of freedom less than seeds: below two there is no interval (NaN), and with two a wide one.

Both errors are independent to first order, so half-widths add as squares. Intervals are symmetric, as SALib's are: near 0 and 1
they reach beyond what an index can be.

Noise of the seeds also makes everything look as if it mattered: it adds to each squared difference, so that an assumption that
does nothing has a total share above 0. Leaving out seeds says by how much (Quenouille's correction: n times the estimate less
n - 1 times the mean without one seed). It is made to the variance and to the parts of it that Sobol's indices are shares of, for
which it is exact; where no variance is left, all that was seen is noise, and indices are NaN.
Of mu_star and sigma of an assumption that does nothing it takes off about half, since an absolute value of noise is never 0; as
much again may be left, and the intervals of a Morris design are wider by it. Of clear effects there is nothing to take off.

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
from sim.terminal import Told, in_years, short

KINDS = {"sobol": ("S1", "ST", "S2"), "morris": ("mu_star", "sigma", "mu")}
LEADING = {"sobol": "ST", "morris": "mu_star"}  # the index by which assumptions are ranked
FEWEST = {"sobol": 2, "morris": 3}  # samples or trajectories: leaving one out must leave a spread
LEVEL, RESAMPLES, SEED = 0.95, 1000, 1
MOST_TOLD = 10  # assumptions, or pairs of them
ROUNDING = 1e-12  # of the largest value: a smaller spread is none

_CELL = ("horizon", "profile", "tie_class", "measure", "unit")


@dataclass(frozen=True)
class Sample:
    """The design of a result folder. A block is what an index needs whole: a sample of Sobol's, a trajectory of Morris'."""

    kind: str
    names: tuple[str, ...]
    points: np.ndarray  # (points, names): values; of Morris' walks only whether a step goes up or down is read
    second_order: bool
    levels: int

    @cached_property
    def size(self) -> int:
        """Points of a block."""
        if self.kind == "morris":
            return len(self.names) + 1
        return (1 + self.second_order) * len(self.names) + 2

    @cached_property
    def keys(self) -> list[tuple[str, str, str]]:
        """(kind, name, other name or nothing) of every index, in the order of `estimate`."""
        single = [(kind, name, "") for kind in KINDS[self.kind] if kind != "S2" for name in self.names]
        return single + [("S2", *pair) for pair in combinations(self.names, 2) if self.second_order]

    def estimate(self, values: np.ndarray, blocks: np.ndarray, resamples: int = 2) -> Estimate:
        """Every index of values (blocks, points of a block), as SALib gives it; blocks : number of each."""
        if alike(values):
            return Estimate(np.zeros(len(self.keys)), np.zeros(len(self.keys)), 1.0 if self.kind == "morris" else 0.0)
        from SALib.analyze import morris, sobol  # slow to import; drawing does without

        problem = {"num_vars": len(self.names), "names": list(self.names), "bounds": [[0.0, 1.0]] * len(self.names)}
        if self.kind == "morris":
            moved = self.points.reshape(-1, self.size, len(self.names))[blocks].reshape(-1, len(self.names))
            found = morris.analyze(problem, moved, values.ravel(), num_levels=self.levels, num_resamples=resamples, seed=SEED)
            effects = np.concatenate([found[kind] for kind in KINDS["morris"]])
            return Estimate(effects, np.full_like(effects, math.nan), 1.0)
        with warnings.catch_warnings():  # some of a few samples may be alike
            warnings.filterwarnings("ignore", "Constant values encountered")
            found = sobol.analyze(problem, values.ravel(), self.second_order, resamples, LEVEL, seed=SEED)
        if self.second_order:
            pairs = np.triu_indices(len(self.names), 1)
            found |= {key: found[key][pairs] for key in ("S2", "S2_conf")}
        kinds = KINDS["sobol"][: 2 + self.second_order]
        shares, half = (np.concatenate([found[kind + end] for kind in kinds]) for end in ("", "_conf"))
        variance = float(np.var(values[:, [0, -1]]))  # of the two independent points of a sample, as SALib has it
        return Estimate(shares * variance, half, variance)


def alike(values: np.ndarray) -> bool:
    """Whether nothing varies, but for rounding."""
    return bool(np.ptp(values) <= ROUNDING * np.abs(values).max())


class Estimate(NamedTuple):
    """Indices before they are shares: each is its amount by the whole, which is the variance, or 1 of effects."""

    amounts: np.ndarray
    half: np.ndarray  # of SALib's interval of each index; NaN where it has none
    whole: float


@dataclass(frozen=True)
class Output:
    """What a sweep says of one measure at one horizon, at the complete blocks of its design."""

    horizon: int
    measure: str
    unit: str
    values: np.ndarray  # (blocks, points of a block, seeds)
    blocks: np.ndarray  # number of each
    left_out: int  # blocks that are not complete
    base: float  # mean of the control, or of the arm itself: what a change can be held against; 0 of a distance

    @property
    def points(self) -> np.ndarray:
        """The value of every point: its mean over seeds."""
        return self.values.mean(axis=2)


class Question(NamedTuple):
    """What indices are asked of.

    measures : by default the legs of the verdict that are told for this tie class and profile
    contrast : whose paired difference is meant, the primary one by default; arm : whose own value, instead
    """

    measures: tuple[str, ...] = ()
    contrast: str | None = None
    arm: str | None = None
    tie_class: str = "all"
    profile: str = "all"

    def options(self) -> list[str]:
        """As the command line has them."""
        said = {"contrast": self.contrast, "arm": self.arm, "tie-class": self.tie_class, "profile": self.profile}
        options = [word for name, value in said.items() if value not in (None, "all") for word in (f"--{name}", str(value))]
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

    folder : a result folder; where it may not be written, a Note says so
    measures : names; the legs of the verdict if none is named
    contrast : whose paired difference is explained; the primary one if not given
    arm : the arm whose own values are explained instead
    tie_class, profile : class of ties and profile of people that are measured
    Gives the table that is written; errors as of `indices`.
    """
    question = Question(tuple(measures), contrast, arm, tie_class, profile)
    asked = _asked(folder, question)
    made = asked.results.provenance("indices", ("sensitivity", *question.options()))
    found = _indices(asked).with_columns(command=pl.lit(made.command))
    tables.keep(folder, "indices", found, made)
    return found


def indices(folder: str | os.PathLike, question: Question = USUAL) -> pl.DataFrame:
    """Indices of each assumption for some measures, at every horizon.

    Sobol: S1, ST and, with second_order, S2: shares of the variance. Morris: mu_star, sigma and mu, in the measure's unit for a
    whole range of the assumption. All 0 if the measure is the same at all points.
    Raises InputError: another design, no such name, or too few complete samples or trajectories.
    """
    return _indices(_asked(folder, question))


def _indices(asked: _Asked) -> pl.DataFrame:
    about = {"study": asked.results.study["name"], "design": asked.sample.kind}
    about |= {"contrast": asked.contrast or "", "arm": asked.arm or "", "command": ""}
    about |= {"profile": asked.question.profile, "tie_class": asked.question.tie_class}
    rows = [about | row for output in _outputs(asked) for row in _rows(asked.sample, output)]
    return pl.DataFrame(rows, schema=dict(tables.SCHEMAS["indices"]))


def outputs(folder: str | os.PathLike, question: Question = USUAL) -> list[Output]:
    """What the indices are made from, by measure and horizon; errors as of `indices`."""
    return _outputs(_asked(folder, question))


def ranked(found: pl.DataFrame) -> list[str]:
    """The names of some rows of indices, the most important first: by ST, or mu_star as a share of its measure's greatest."""
    leading, value = found.filter(pl.col("kind").is_in(list(LEADING.values()))), pl.col("value")
    greatest = value.max().over("horizon", "measure")
    share = pl.when(pl.col("kind") == LEADING["morris"]).then(value / greatest).otherwise(value).clip(0).fill_nan(0)
    mean = leading.with_columns(share).group_by("name", maintain_order=True).agg(value.mean())
    return mean.sort("value", descending=True, maintain_order=True)["name"].to_list()


# Reading


class _Asked(NamedTuple):
    """A question, the folder it is asked of, and which of contrast and arm is meant."""

    results: ResultFolder
    sample: Sample
    question: Question
    contrast: str | None
    arm: str | None

    def told(self, only: Sequence[str]) -> pl.DataFrame:
        """Rows of some measures, of all if none is named; value: the difference, or the arm's own."""
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
    said = study.get("design", {"kind": "grid"})
    if said["kind"] not in KINDS:
        expected = (
            'points that indices can be made from: in the study, [design] with kind = "sobol" and points = 64, or with '
            'kind = "morris" and trajectories = 10, and ranges under [vary]; then `sim sweep`'
        )
        raise InputError(Problem(str(results.folder / "study.json"), "design.kind", f"'{said['kind']}'", expected))
    points = np.array([[point[name] for name in said["names"]] for point in study["points"]], dtype=float)
    return Sample(said["kind"], tuple(said["names"]), points, bool(said.get("second_order")), said.get("levels", 0))


def _whose(results: ResultFolder, contrast: str | None, arm: str | None) -> tuple[str | None, str | None]:
    """The contrast or the arm that is meant, one of them."""
    if contrast is not None and arm is not None:
        raise InputError(Problem("", "", f"contrast '{contrast}' and arm '{arm}'", "one of the two"))
    if arm is not None:
        arms = results.done["arm"].unique().to_list()
        if arm not in arms:
            raise InputError(Problem("", "arm", f"'{arm}'", nearest(arm, arms)))
        return None, arm
    names = [each["name"] for each in results.study["contrasts"]]
    if contrast is None:
        return next(each["name"] for each in results.study["contrasts"] if each["primary"]), None
    if contrast not in names:
        raise InputError(Problem("", "contrast", f"'{contrast}'", nearest(contrast, names)))
    return contrast, None


def _outputs(asked: _Asked) -> list[Output]:
    measures, tie_class, profile = dict.fromkeys(asked.question.measures), asked.question.tie_class, asked.question.profile
    legs = tuple(leg.measure for leg in LEGS if asked.contrast or leg.measure not in BETWEEN)
    wanted = tuple(measures) or legs
    rows = asked.told(wanted)
    here = rows.filter(tie_class=tie_class, profile=profile)
    missing = set(measures) - set(here["measure"]) or (set() if here.height else set(legs))
    if missing:
        raise InputError(_not_told(tuple(measures), tie_class, profile, asked.told(()), rows))
    found = here.partition_by(*_CELL, as_dict=True, maintain_order=True)
    order = sorted(found, key=lambda key: (wanted.index(key[3]), key[0]))
    return [_complete(asked.results.folder, asked.sample, found[key]) for key in order]


def _not_told(
    measures: Iterable[str], tie_class: str, profile: str, every: pl.DataFrame, rows: pl.DataFrame
) -> list[Problem]:
    """What of a question nothing in the tables answers; the nearest that they have."""
    known = every["measure"].unique().to_list()
    problems = [Problem("", "measure", f"'{name}'", nearest(name, known)) for name in measures if name not in known]
    if problems or not rows.height:
        return problems or [Problem("", "measure", "no leg of the verdict is measured", nearest("", known))]
    for place, value in (("tie_class", tie_class), ("profile", profile)):
        has = rows[place].unique().to_list()
        if value not in has:
            problems.append(Problem("", place.replace("_", " "), f"'{value}'", nearest(value, has)))
    here = set(rows.filter(tie_class=tie_class, profile=profile)["measure"])
    found = f"not told for tie class '{tie_class}' and profile '{profile}'"
    return problems or [
        Problem("", "measure", f"'{name}' is {found}", nearest(name, here) if here else "another class or profile")
        for name in measures
        if name not in here
    ]


def _complete(folder: str | os.PathLike, sample: Sample, rows: pl.DataFrame) -> Output:
    """The complete blocks of one measure and horizon, in the seeds that leave most of them.

    Of seeds, those with the most blocks come first; as many are taken as leave the most blocks times seeds.
    """
    horizon, measure, unit = rows.select("horizon", "measure", "unit").row(0)
    seeds, column = np.unique(rows["seed"].to_numpy(), return_inverse=True)
    told = np.full((len(sample.points), len(seeds)), math.nan)
    told[rows["point"].to_numpy(), column] = rows["value"].to_numpy()
    values = told.reshape(-1, sample.size, len(seeds))
    whole = np.isfinite(values).all(axis=1)
    order = np.argsort(-whole.sum(axis=0), kind="stable")
    together = np.logical_and.accumulate(whole[:, order], axis=1)  # blocks that are whole in the first k seeds
    many = together.sum(axis=0) * np.arange(1, len(seeds) + 1)
    last = len(seeds) - 1 - int(np.argmax(many[::-1]))  # the most seeds, where even
    blocks, chosen = np.flatnonzero(together[:, last]), np.sort(order[: last + 1])
    if len(blocks) < FEWEST[sample.kind]:
        part = "trajectories" if sample.kind == "morris" else "samples"
        found = f"{len(blocks)} of {len(values)} {part} are complete for '{measure}', day {horizon}"
        expected = f"{FEWEST[sample.kind]} or more, each with all its {sample.size} points; `sim sweep` does what is missing"
        raise InputError(Problem(str(folder), "", found, expected))
    used = rows.filter(pl.col("seed").is_in(seeds[chosen].tolist()), (pl.col("point") // sample.size).is_in(blocks.tolist()))
    base = float(used.sort("point", "seed")["base"].to_numpy().mean())
    return Output(horizon, measure, unit, values[blocks][:, :, chosen], blocks, len(values) - len(blocks), base)


# Indices


def _rows(sample: Sample, output: Output) -> Iterator[dict[str, Any]]:
    values, half = _with_intervals(sample, output)
    samples, _, seeds = output.values.shape
    for (kind, name, other), value, wide in zip(sample.keys, values.tolist(), half.tolist()):
        yield {
            "horizon": output.horizon, "measure": output.measure, "unit": output.unit, "kind": kind, "name": name,
            "other": other, "value": value, "low95": value - wide, "high95": value + wide,
            "samples": samples, "seeds": seeds, "left_out": output.left_out,
        }  # fmt: skip


def _with_intervals(sample: Sample, output: Output) -> tuple[np.ndarray, np.ndarray]:
    """Every index, less what the seeds' noise adds to it, and half its interval."""
    points, blocks, seeds = output.points, output.blocks, output.values.shape[2]
    if alike(points):
        return np.zeros(len(sample.keys)), np.zeros(len(sample.keys))
    found = sample.estimate(points, blocks, RESAMPLES)
    half = found.half
    if sample.kind == "morris":
        rest = (np.delete(np.arange(len(blocks)), k) for k in range(len(blocks)))
        half = _left_out(found, [sample.estimate(points[some], blocks[some]) for some in rest])[1]
    if seeds < 2:
        return found.amounts / found.whole, np.full_like(half, math.nan)
    fewer = (np.delete(output.values, k, axis=2).mean(axis=2) for k in range(seeds))
    value, noise, whole = _left_out(found, [sample.estimate(each, blocks) for each in fewer])
    if sample.kind == "morris":
        return value, np.hypot(half, noise) + np.abs(found.amounts - value)
    return value, np.hypot(half * found.whole / whole, noise)


def _left_out(found: Estimate, without: Sequence[Estimate]) -> tuple[np.ndarray, np.ndarray, float]:
    """Estimates of n parts, and of all but each -> indices less the bias in 1/n, half their t intervals, and the whole.

    Amounts and whole are corrected each for itself; NaN where nothing of the whole is left: all of it was noise.
    """
    n = len(without)
    pseudo, whole = (n * getattr(found, key) - (n - 1) * np.array([getattr(each, key) for each in without])
                     for key in ("amounts", "whole"))  # fmt: skip
    left = whole.mean() if whole.mean() > ROUNDING * found.whole else math.nan
    value = pseudo.mean(axis=0) / left
    residual = (pseudo - np.outer(whole, value)) / left
    return value, verdict.t_quantile(LEVEL, n - 1) * np.sqrt((residual**2).sum(axis=0) / (n * (n - 1))), left


# Telling


def told(found: pl.DataFrame) -> list[Told]:
    """Indices for a reader: whose, the most important assumptions of each measure, pairs of them, and what they rest on."""
    first = found.row(0, named=True)
    whose = f"arm '{first['arm']}'" if first["arm"] else f"contrast '{first['contrast']}'"
    alone, together = found.filter(other=""), found.filter(pl.col("other") != "")
    kinds = alone["kind"].unique(maintain_order=True).to_list()
    rows: list[tuple[str, ...]] = []
    for (horizon, measure), some in alone.group_by("horizon", "measure", maintain_order=True):
        cells = {(each["name"], each["kind"]): _with_interval(each) for each in some.iter_rows(named=True)}
        at = (f"{measure} ({some['unit'][0]})", in_years(horizon))
        rows += [(*at, name, *(cells[name, kind] for kind in kinds)) for name in ranked(some)[:MOST_TOLD]]
    said: list[Told] = [
        (
            f"{whose}, tie class '{first['tie_class']}', profile '{first['profile']}'; the {MOST_TOLD} most important of each "
            "measure, at most; in brackets 95 % intervals",
            ("measure", "at", "assumption", *kinds),
            rows,
        )
    ]
    if together.height:
        pairs = [
            (each["measure"], in_years(each["horizon"]), each["name"], each["other"], _with_interval(each))
            for each in together.sort("value", descending=True, maintain_order=True).head(MOST_TOLD).iter_rows(named=True)
        ]
        said.append((f"The {len(pairs)} pairs with most interplay", ("measure", "at", "assumption", "with", "S2"), pairs))
    return [*said, *((_rests_on(some), (), []) for _, some in alone.group_by("horizon", "measure", maintain_order=True))]


def _rests_on(some: pl.DataFrame) -> str:
    """How many points and societies the indices of a measure rest on, and what they cannot say."""
    first = some.row(0, named=True)
    part = "trajectories" if first["design"] == "morris" else "samples"
    said = f"{first['measure']}, {in_years(first['horizon'])}: {first['samples']} {part}, {first['seeds']} seeds"
    said += f"; {first['left_out']} left out, not complete" if first["left_out"] else ""
    said += "; one seed gives no interval" if first["seeds"] == 1 else ""
    said += "; the same at all points: nothing to tell apart" if (some["value"] == 0).all() else ""
    return said + ("; nothing but noise of the seeds" if some["value"].is_nan().any() else "")


def _with_interval(index: dict[str, Any]) -> str:
    if math.isnan(index["value"]):
        return "–"
    share = index["kind"].startswith("S")
    value, low, high = (f"{index[key]:z.2f}" if share else short(index[key]) for key in ("value", "low95", "high95"))
    return f"{value} ({low} to {high})"
