"""How precise a study's differences are, how many seeds a wanted precision takes, and how many seeds pairing saves.

Both arms of a seed have the same people and random draws (common random numbers), so their common variation cancels in the
difference. If arm and control had different seeds, their variances would add up. The tables give both: the variance over seeds
of the difference, and the variance of each arm alone. Reads tables and runs nothing.

Choices a reader should know:
- Relative values are shares of the control's mean, which counts as a fixed number, as in the verdict (see `contrast`).
- Independent arms have the same number of seeds each, and Welch's t interval.
- A variance from a few seeds is uncertain. So every number of seeds has an interval, from the chi-squared interval of the
  variance. The factor saved has Pitman's interval of two correlated variances (Biometrika 31: 9-12, 1939). Both assume normal
  values.
"""

from __future__ import annotations

import math
import os
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import polars as pl
from scipy.special import chdtri, stdtrit

from sim.errors import InputError, Problem, nearest
from sim.scenario.measures import BETWEEN
from sim.study.judging.contrast import paired
from sim.study.judging.groups import own_rows
from sim.study.judging.legs import LEGS
from sim.study.records import tables
from sim.study.records.result_folder import ResultFolder

LEVEL = 0.95
SHARE = "share of control"
MOST = 10**9  # seeds: more than that counts as never
ROUNDING = 1e-20  # of the arms' variances: a smaller variance of the difference is that of rounded numbers, and counts as none


@dataclass(frozen=True)
class Spread:
    """The variance of a difference, which gives the precision of its mean over seeds.

    variance : of the difference of one seed
    known : degrees of freedom of this variance
    per_seed : degrees of freedom that a further seed adds: 1 in pairs, up to 2 if both arms have different seeds
    """

    variance: float
    known: float
    per_seed: float = 1.0

    def half(self, seeds: float) -> float:
        """Half-width of the 95 % t interval of the mean over this number of seeds. NaN below two."""
        if not seeds >= 2:
            return math.nan
        return float(stdtrit(self.per_seed * (seeds - 1), (1 + LEVEL) / 2)) * math.sqrt(self.variance / seeds)

    def needed(self, within: float) -> int | None:
        """Fewest seeds, at least two, with a half-width of at most `within`. None if unknown, or above MOST."""
        if not self.half(MOST) <= within:
            return None
        counts = range(2, MOST + 1)
        return counts[bisect_left(counts, True, key=lambda seeds: self.half(seeds) <= within)]

    def interval(self) -> tuple[Spread, Spread]:
        """The spreads at both ends of the 95 % chi-squared interval of the variance."""
        tail = (1 - LEVEL) / 2
        low, high = (self.known * self.variance / float(chdtri(self.known, p)) for p in (tail, 1 - tail))
        return Spread(low, self.known, self.per_seed), Spread(high, self.known, self.per_seed)


class Pair(NamedTuple):
    """Variances over the same n seeds: of the difference, the arm and the control."""

    n: int
    difference: float
    arm: float
    control: float

    def per(self, mean: float) -> Pair:
        """The variances for values divided by this mean."""
        return Pair(self.n, self.difference / mean**2, self.arm / mean**2, self.control / mean**2)

    def together(self) -> Spread:
        """The spread with the same seeds in both arms, as they were run."""
        return Spread(self.difference, self.n - 1)

    def apart(self) -> Spread:
        """The spread with different seeds in arm and control, the same number each.

        Degrees of freedom by Welch and Satterthwaite. The known variances come from the same seeds, so they are correlated.
        """
        both = self.arm + self.control
        squares, shared = self.arm**2 + self.control**2, (both - self.difference) / 2
        if not both > 0:
            return Spread(both, self.n - 1)
        return Spread(both, (self.n - 1) * both**2 / (squares + 2 * shared**2), both**2 / squares)

    def saved(self) -> tuple[float, float, float]:
        """The variance with different seeds over that in pairs, and its 95 % interval. Infinite if pairs do not vary.

        Var(arm) + Var(control) = (Var(sum) + Var(difference)) / 2, so Pitman's interval of the ratio of the variances of
        sum and difference gives that of the factor.
        """
        apart, together = self.arm + self.control, self.difference
        if together <= ROUNDING * apart:
            return (math.inf,) * 3 if apart > 0 else (math.nan,) * 3
        total = 2 * apart - together
        if self.n < 3 or not total > 0:
            return apart / together, math.nan, math.nan
        correlated = min((self.arm - self.control) ** 2 / (total * together), 1.0)
        half = 2 * (1 - correlated) * float(stdtrit(self.n - 2, (1 + LEVEL) / 2)) ** 2 / (self.n - 2)
        wide = 1 + half + math.sqrt((1 + half) ** 2 - 1)  # the ratio is known up to this factor, in both directions
        return apart / together, (1 + total / together / wide) / 2, (1 + total / together * wide) / 2


def precision(
    folder: str | os.PathLike, within: float = 0.01, contrast: str | None = None, measures: Sequence[str] = ()
) -> pl.DataFrame:
    """How many seeds a wanted precision takes, for every leg of the verdict and further measures. Writes precision.csv.

    folder : a result folder; if it is read-only, a Note says so
    within : wanted half-width of the 95 % interval, as a share of the control's mean (.01 is 1 %); for partners and carriers in
        their own unit
    contrast : name of a contrast; all if not given
    measures : names of measures beside the legs
    Gives the table that is written.
    InputError: `within` is not above 0, or a name is not in the tables.
    """
    if not 0 < within < math.inf:
        raise InputError(Problem("", "within", f"{within:g}", "a half-width above 0, such as 1%"))
    results = ResultFolder(folder)
    study = results.study
    rows = own_rows(paired(results), study).filter(pl.col("tie_class") == "all")
    file, order = str(tables.path(folder, "measures")), [entry["name"] for entry in study["contrasts"]]
    if contrast is not None:
        _must_be_there(str(tables.path(folder, "runs")), "contrast", [contrast], order)
        rows = rows.filter(pl.col("contrast") == contrast)
    wanted = list(dict.fromkeys((*(leg.measure for leg in LEGS), *measures)))
    _must_be_there(file, "measure", measures, rows["measure"].unique())
    cells = _cells(rows.filter(pl.col("measure").is_in(wanted)))
    if cells.is_empty():
        raise InputError(Problem(file, "", "no leg of the verdict was measured", "finished runs; `sim sweep` makes them"))
    options = ["--within", f"{within:g}", *(["--contrast", contrast] if contrast else [])]
    options += [word for measure in measures for word in ("--measure", measure)]
    made = results.provenance("precision", ("precision", *options))
    common = {"study": study["name"], "command": made.command}
    records = [common | _row(cell, within) for cell in cells.iter_rows(named=True)]
    table = pl.DataFrame(records, schema=dict(tables.SCHEMAS["precision"])).sort(
        "point", pl.col("contrast").cast(pl.Enum(order)), "horizon", pl.col("measure").cast(pl.Enum(wanted))
    )
    tables.keep(folder, "precision", table, made)
    return table


def _must_be_there(file: str, place: str, names: Sequence[str], known: Sequence[str] | pl.Series) -> None:
    problems = [Problem(file, place, f"'{name}'", nearest(name, known)) for name in names if name not in set(known)]
    if problems:
        raise InputError(problems)


def _cells(rows: pl.DataFrame) -> pl.DataFrame:
    """The number of seeds with both arms, the control's mean and the variances of each cell.

    A variance is 0 if all values are equal: rounding must not create a spread.
    """
    both = pl.col("arm").is_not_null() & pl.col("control").is_not_null()
    values = {"difference": pl.col("arm") - pl.col("control"), "arm": pl.col("arm"), "control": pl.col("control")}
    paired_values = {name: column.filter(both) for name, column in values.items()}

    def variance(column: pl.Expr) -> pl.Expr:
        return pl.when(column.min() == column.max()).then(0 * column.var()).otherwise(column.var())

    return rows.group_by("point", "contrast", "horizon", "profile", "measure", "unit", maintain_order=True).agg(
        both.sum().cast(pl.Int64).alias("seeds"),
        paired_values["control"].mean().alias("mean"),
        *(variance(column).alias(name) for name, column in paired_values.items()),
    )


def _row(cell: dict[str, Any], within: float) -> dict[str, Any]:
    """One row of precision.csv."""
    n, distance, mean = cell["seeds"], cell["measure"] in BETWEEN, cell["mean"]
    pair = Pair(n, *(math.nan if cell[name] is None else cell[name] for name in Pair._fields[1:]))
    if distance:  # neither arm has a distance alone
        pair = pair._replace(arm=math.nan, control=math.nan)
    saved, saved_low, saved_high = pair.saved()
    if not distance:
        pair = pair.per(mean or math.nan)  # a share of 0 is not defined
    together = pair.together()
    least, most = together.interval()
    return {name: cell[name] for name in ("point", "contrast", "horizon", "profile", "measure")} | {
        "scale": cell["unit"] if distance else SHARE,
        "within": within,
        "seeds": n,
        "half95": together.half(n),
        "variance": pair.difference,
        "variance_arm": pair.arm,
        "variance_control": pair.control,
        "saved": saved,
        "saved_low": saved_low,
        "saved_high": saved_high,
        "needed": together.needed(within),
        "needed_low": least.needed(within),
        "needed_high": most.needed(within),
        "needed_independent": pair.apart().needed(within),
    }
