"""How precisely a study knows its differences, how many seeds a wanted precision takes, and what the same luck in both arms pays.

Two arms of one seed share people and luck (common random numbers), so what both owe to them cancels in their difference.
Had arm and control different seeds, their variances would add up. Both are seen in the same tables: the spread over seeds
of the difference, and those of each arm alone. Reads tables, never a world.

Choices a reader should know:
- Everything is held against the control's mean, taken as a fixed number, as in the verdict (see `contrast`).
- Independent arms have as many seeds each, and Welch's t interval.
- A few seeds know a spread badly: every number of seeds has the chi-squared interval of the variance behind it, and the
  factor saved has Pitman's interval of two correlated variances (Biometrika 31: 9-12, 1939). Both take spreads as normal.
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
from sim.study.judging.legs import LEGS
from sim.study.records import tables
from sim.study.records.result_folder import ResultFolder

LEVEL = 0.95
SHARE = "share of control"
MOST = 10**9  # seeds: more than that counts as never


@dataclass(frozen=True)
class Spread:
    """What a mean over seeds varies by.

    variance : of one seed's difference
    known : degrees of freedom that the variance was seen with
    each : degrees of freedom that a further seed brings: 1 in pairs, up to 2 where both arms have seeds of their own
    """

    variance: float
    known: float
    each: float = 1.0

    def half(self, seeds: float) -> float:
        """Half-width of the 95 % t interval over so many seeds, this spread being seen in them; NaN below two."""
        if not seeds >= 2:
            return math.nan
        return float(stdtrit(self.each * (seeds - 1), (1 + LEVEL) / 2)) * math.sqrt(self.variance / seeds)

    def needed(self, within: float) -> int | None:
        """Fewest seeds, two at least, with a half-width of at most `within`; None if unknown or more than anybody will run."""
        if not self.half(MOST) <= within:
            return None
        counts = range(2, MOST + 1)
        return counts[bisect_left(counts, True, key=lambda seeds: self.half(seeds) <= within)]

    def interval(self) -> tuple[Spread, Spread]:
        """The least and the most that the variance may be: its 95 % chi-squared interval."""
        tail = (1 - LEVEL) / 2
        low, high = (self.known * self.variance / float(chdtri(self.known, p)) for p in (tail, 1 - tail))
        return Spread(low, self.known, self.each), Spread(high, self.known, self.each)


class Pair(NamedTuple):
    """Variances over the same n seeds: of the difference, the arm and the control."""

    n: int
    difference: float
    arm: float
    control: float

    def per(self, mean: float) -> Pair:
        """The same in shares of this mean."""
        return Pair(self.n, self.difference / mean**2, self.arm / mean**2, self.control / mean**2)

    def together(self) -> Spread:
        """Both arms with the same seeds, as they were run."""
        return Spread(self.difference, self.n - 1)

    def apart(self) -> Spread:
        """Arm and control with different seeds, as many each.

        Degrees of freedom by Welch and Satterthwaite; the variances as seen come from the same seeds and are correlated.
        """
        both = self.arm + self.control
        squares, shared = self.arm**2 + self.control**2, (both - self.difference) / 2
        if not both > 0:
            return Spread(both, self.n - 1)
        return Spread(both, (self.n - 1) * both**2 / (squares + 2 * shared**2), both**2 / squares)

    def saved(self) -> tuple[float, float, float]:
        """How many times the variance apart is that together, with its 95 % interval; infinite if pairs do not vary at all.

        Var(arm) + Var(control) = (Var(sum) + Var(difference)) / 2, so Pitman's interval of the ratio of the variances of
        sum and difference gives that of the factor.
        """
        apart, together = self.arm + self.control, self.difference
        if not together > 0:
            return (math.inf,) * 3 if apart > 0 else (math.nan,) * 3
        total = 2 * apart - together
        if self.n < 3 or not total > 0:
            return apart / together, math.nan, math.nan
        correlated = min((self.arm - self.control) ** 2 / (total * together), 1.0)
        half = 2 * (1 - correlated) * float(stdtrit(self.n - 2, (1 + LEVEL) / 2)) ** 2 / (self.n - 2)
        wide = 1 + half + math.sqrt((1 + half) ** 2 - 1)  # the ratio is known up to this factor, both ways
        return apart / together, (1 + total / together / wide) / 2, (1 + total / together * wide) / 2


def precision(
    folder: str | os.PathLike, within: float = 0.01, contrast: str | None = None, measures: Sequence[str] = ()
) -> pl.DataFrame:
    """How many seeds a wanted precision takes, for every leg of the verdict and further measures. Writes precision.csv.

    folder : a result folder; where it may not be written, a Note says so
    within : half-width of the 95 % interval: a share of the control's mean (.01 is 1 %); for partners and carriers in their
        own unit
    contrast : that one alone; all if not given
    measures : names beside the legs
    Gives the table that is written.
    InputError: a precision that nobody can reach, or a name that the tables do not have.
    """
    if not 0 < within < math.inf:
        raise InputError(Problem("", "within", f"{within:g}", "a half-width above 0, such as 1%"))
    results = ResultFolder(folder)
    study = results.study
    rows = paired(results).filter(pl.col("profile") == "all", pl.col("tie_class") == "all")
    file, order = str(tables.path(folder, "measures")), [each["name"] for each in study["contrasts"]]
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
    told = {"study": study["name"], "command": made.command}
    named = [told | _row(cell, within) for cell in cells.iter_rows(named=True)]
    found = pl.DataFrame(named, schema=dict(tables.SCHEMAS["precision"])).sort(
        "point", pl.col("contrast").cast(pl.Enum(order)), "horizon", pl.col("measure").cast(pl.Enum(wanted))
    )
    tables.keep(folder, "precision", found, made)
    return found


def _must_be_there(file: str, what: str, names: Sequence[str], known: Sequence[str] | pl.Series) -> None:
    problems = [Problem(file, what, f"'{name}'", nearest(name, known)) for name in names if name not in set(known)]
    if problems:
        raise InputError(problems)


def _cells(rows: pl.DataFrame) -> pl.DataFrame:
    """Seeds with both arms, the control's mean and the variances of each cell; 0 where nothing varies: rounding must not
    invent a spread."""
    both = pl.col("arm").is_not_null() & pl.col("control").is_not_null()
    values = {"difference": pl.col("arm") - pl.col("control"), "arm": pl.col("arm"), "control": pl.col("control")}
    seen = {name: each.filter(both) for name, each in values.items()}

    def variance(each: pl.Expr) -> pl.Expr:
        return pl.when(each.min() == each.max()).then(0 * each.var()).otherwise(each.var())

    return rows.group_by("point", "contrast", "horizon", "measure", "unit", maintain_order=True).agg(
        both.sum().cast(pl.Int64).alias("seeds"),
        seen["control"].mean().alias("mean"),
        *(variance(each).alias(name) for name, each in seen.items()),
    )


def _row(cell: dict[str, Any], within: float) -> dict[str, Any]:
    """One row of precision.csv."""
    n, distance, mean = cell["seeds"], cell["measure"] in BETWEEN, cell["mean"]
    one = Pair(n, *(math.nan if cell[name] is None else cell[name] for name in Pair._fields[1:]))
    if distance:  # between the arms of one society: neither arm has it alone
        one = one._replace(arm=math.nan, control=math.nan)
    saved, saved_low, saved_high = one.saved()
    if not distance:
        one = one.per(mean or math.nan)  # of nothing there is no share
    together = one.together()
    least, most = together.interval()
    return {name: cell[name] for name in ("point", "contrast", "horizon", "measure")} | {
        "scale": cell["unit"] if distance else SHARE,
        "within": within,
        "seeds": n,
        "half95": together.half(n),
        "variance": one.difference,
        "variance_arm": one.arm,
        "variance_control": one.control,
        "saved": saved,
        "saved_low": saved_low,
        "saved_high": saved_high,
        "needed": together.needed(within),
        "needed_low": least.needed(within),
        "needed_high": most.needed(within),
        "needed_independent": one.apart().needed(within),
    }
