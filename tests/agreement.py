"""Do the rules of this version agree statistically with the rules of an older version? (`make agreement`)

    python tests/agreement.py                       sweep what is missing here, compare with tests/agreement.csv
    python tests/agreement.py --results FOLDER      compare finished sweeps that lie in another folder
    python tests/agreement.py --store               write tests/agreement.csv anew, from this version's sweeps

A new way to draw random numbers may change every run, but no mean. The older version's values of every measure are stored seed by
seed. Both versions make the same people from a seed, so their values are compared seed by seed too. If only luck differs, old and
new may be exchanged within any seed. So the p value of a measure is the share of all exchanges of seeds after which the sum of
differences is at least as large. It is exact, also for rare acts.

Measures depend on each other. How many of them chance puts beyond 5 % is therefore counted with the same exchanges, in all
measures at once. Holm's correction holds for dependent measures as it is. Distances between two arms (partners, carriers) are
left out: they tell how well arms stay paired, and `tests/pairing.py` looks at that.

A planned change of the rules moves means. Then store the new version's values, so that later versions are compared with them.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
from scipy.special import stdtrit
from scipy.stats import binom

import sim
from sim.study.records import tables

FILE = Path(__file__).with_name("agreement.csv")
RESULTS = Path("results")
LEVEL = 0.05
MOST_BY_CHANCE = 0.99  # share of exchanges after which there are at most as many differences as are allowed
ENUMERATED = 20  # seeds up to which all exchanges are made; with more, a random part of them
COUNTED = 4095  # exchanges in which differences are counted
SMALL = 0.01  # p values below this are made exact
AS_FAR = np.float32(1 - 1e-6)  # sums that differ by rounding are equal
STEPS = 100  # of a stored deviation: in one standard deviation
EXACTLY = 1e-6  # what counts as a change of a measure that has no spread, as a share of its value
CELL = ["arm", "tie_class", "measure"]
LEGS = ("S_all", "core", "real_hours", "strong")
ACTS = r"^(received|birthday|prompted|wishes)"


class Arm(NamedTuple):
    """An arm of a study at one combination, and its name in the file."""

    name: str
    study: str
    arm: str
    point: dict[str, float]


HEAVY = {"platform.minutes": 130.0, "substitution": 0.6, "displacement": 1.0, "composed_dose": 1.0}
ARMS = (
    Arm("none", "birthday-prompt", "none", {"prompts.slope": 2.0}),
    Arm("wall", "birthday-prompt", "wall", {"prompts.slope": 2.0}),
    Arm("false-dates", "false-birthday", "wall", {"prompts.slope": 2.0}),
    Arm("heavy", "time-displacement", "wall", HEAVY),
)


class Values(NamedTuple):
    """Measures of one version of the rules.

    version : of the rules; people : in every run; seeds : numbers of the seeds, in order
    cells : a row for each arm, tie class and measure, with the list of values by seed
    """

    version: str
    people: int
    seeds: tuple[int, ...]
    cells: pl.DataFrame


# --- reading and storing --------------------------------------------------------------------------------------------------


def of_sweeps(results: Path) -> Values:
    """The values in finished sweeps. Measures that some seed lacks are left out."""
    frames, versions, people, seeds = [], set(), set(), set()
    for arm in ARMS:
        folder = results / arm.study / ".work" / "default"
        runs = tables.read(folder, "runs").filter(
            pl.col("status") == "done", pl.col("arm") == arm.arm, *(pl.col(name) == value for name, value in arm.point.items())
        )
        versions |= set(runs["version"])
        people |= set(runs["people"])
        seeds.add(tuple(sorted(runs["seed"])))
        values = tables.read(folder, "measures").filter(profile="all").join(runs.select("run_id", "seed"), on="run_id")
        frames.append(values.select(pl.lit(arm.name).alias("arm"), "tie_class", "measure", "seed", "value"))
    if len(versions) != 1 or len(people) != 1 or len(seeds) != 1 or not all(seeds):
        raise SystemExit(f"{results}: sweeps of one version, size and number of seeds are needed: {versions}, {people}, {seeds}")
    (numbers,) = seeds
    return Values(versions.pop(), people.pop(), numbers, by_cell(pl.concat(frames), len(numbers)))


def by_cell(values: pl.DataFrame, seeds: int) -> pl.DataFrame:
    """A row for each cell that has a value in every seed, in the order of the first seed."""
    cells = values.group_by(CELL, maintain_order=True).agg(pl.col("value").sort_by("seed").alias("values"))
    return cells.filter(pl.col("values").list.len() == seeds)


def store(values: Values, file: Path = FILE) -> None:
    """Write values as a CSV file: mean, standard deviation, and every seed's deviation in hundredths of that."""
    table = np.array(values.cells["values"].to_list())
    mean = [f"{mean:.7g}" for mean in table.mean(axis=1)]
    sd = [f"{sd:.4g}" for sd in table.std(axis=1, ddof=1)]
    scale = Scale(np.array(mean, float), np.array(sd, float))
    deviations = [" ".join(map(str, row)) if row.any() else "0" for row in scale.deviations(table)]
    about = [
        "Measures of an older version of the rules, over all people, 365 days after the branch (tests/agreement.py)",
        f"version {values.version}; {values.people} people; seeds {' '.join(map(str, values.seeds))}",
        "made by: make figures; python tests/agreement.py --store",
        *(f"arm {arm.name}: scenarios/{arm.study}.toml, arm {arm.arm}, {named(arm.point)}" for arm in ARMS),
        "deviations: of each seed from the mean, in hundredths of the standard deviation; 0: all seeds are equal",
    ]
    cells = values.cells.select(CELL).with_columns(
        seeds=pl.lit(len(values.seeds)), mean=pl.Series(mean), sd=pl.Series(sd), deviations=pl.Series(deviations)
    )
    file.write_text("".join(f"# {line}\n" for line in about) + cells.write_csv(), encoding="utf-8")


def named(point: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in point.items())


@dataclass(frozen=True)
class Scale:
    """Mean and standard deviation of each cell in the older version."""

    mean: np.ndarray
    sd: np.ndarray

    @property
    def step(self) -> np.ndarray:
        """What a deviation of 1 is worth, in the unit of each cell."""
        return np.where(self.sd > 0, self.sd / STEPS, EXACTLY * np.maximum(np.abs(self.mean), EXACTLY))

    def deviations(self, table: np.ndarray) -> np.ndarray:
        """(cells, seeds) values as whole steps from the mean."""
        return np.rint((table - self.mean[:, None]) / self.step[:, None]).astype(np.int64)


class Stored(NamedTuple):
    """The file: values of the older version as steps from their mean."""

    version: str
    people: int
    seeds: tuple[int, ...]
    cells: pl.DataFrame
    scale: Scale
    deviations: np.ndarray


def read(file: Path = FILE) -> Stored:
    """The stored values."""
    about = next(line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("# version "))
    version, people, seeds = (part.strip() for part in about.removeprefix("# ").split(";"))
    numbers = tuple(map(int, seeds.split()[1:]))
    cells = pl.read_csv(file, comment_prefix="# ")
    rows = [list(map(int, text.split())) for text in cells["deviations"].cast(pl.String)]
    deviations = np.array([row if len(row) > 1 else row * len(numbers) for row in rows])
    scale = Scale(cells["mean"].to_numpy(), cells["sd"].to_numpy())
    return Stored(version.split()[1], int(people.split()[0]), numbers, cells.select(CELL), scale, deviations)


# --- comparing ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Agreement:
    """What the comparison says.

    cells : compared, with p, p after Holm's correction, mean of old, difference and half of its 95 % interval
    same : cells that are equal in every seed, so that they cannot tell; lacking : cells that one version lacks
    differing : cells beyond 5 %; expected : by chance; allowed : by chance in 99 of 100 cases
    independent : what were allowed if no measure depended on another
    """

    cells: pl.DataFrame
    same: int
    lacking: tuple[str, ...]
    differing: int
    expected: float
    allowed: int
    independent: int

    @property
    def after_holm(self) -> pl.DataFrame:
        return self.cells.filter(pl.col("p_holm") <= LEVEL).sort("p_holm")

    @property
    def agrees(self) -> bool:
        return self.differing <= self.allowed and self.after_holm.is_empty() and not self.lacking


def compare(old: Stored, new: Values) -> Agreement:
    """Compare two versions seed by seed. SystemExit: other seeds or people, or too few seeds to find anything."""
    if (new.seeds, new.people) != (old.seeds, old.people):
        raise SystemExit(f"not the same seeds and people: {old.people} and {old.seeds}, {new.people} and {new.seeds}")
    places = old.cells.with_row_index("old").join(new.cells.with_row_index("new"), on=CELL, how="full", coalesce=True)
    lacking = places.filter(pl.any_horizontal(pl.col("old", "new").is_null())).select(CELL).rows()
    places = places.drop_nulls(["old", "new"]).sort("old")
    rows, scale = places["old"].to_numpy(), Scale(old.scale.mean[places["old"]], old.scale.sd[places["old"]])
    differences = scale.deviations(np.array(places["values"].to_list())) - old.deviations[rows]
    told = differences.any(axis=1)
    d, step = differences[told], scale.step[told]
    if told.sum() > LEVEL * 2 ** (len(old.seeds) - 1):
        raise SystemExit(f"{len(old.seeds)} seeds are too few: no difference among {told.sum()} could pass Holm's correction")
    p, counted = exchanged(d)
    half = stdtrit(len(old.seeds) - 1, 0.975) * d.std(axis=1, ddof=1) / np.sqrt(len(old.seeds)) * step
    cells = places.filter(told).select(CELL).with_columns(
        p=pl.Series(p), p_holm=pl.Series(holm(p)), mean=pl.Series(scale.mean[told]),
        difference=pl.Series(d.mean(axis=1) * step), half95=pl.Series(half),
    )  # fmt: skip
    return Agreement(
        cells=cells,
        same=int((~told).sum()),
        lacking=tuple(" ".join(row) for row in lacking),
        differing=int(counted[0]),
        expected=float(counted[1:].mean()),
        allowed=int(np.quantile(counted[1:], MOST_BY_CHANCE, method="higher")),
        independent=int(binom.ppf(MOST_BY_CHANCE, len(p), LEVEL)),
    )


def exchanges(seeds: int) -> np.ndarray:
    """(exchanges, seeds) float32: -1 where old and new are exchanged, else 1. The first row is without exchange.

    All exchanges in which the last seed stays, as the others only change the sign of a sum. Beyond `ENUMERATED` seeds: as many at
    random.
    """
    if seeds > ENUMERATED:
        signs = np.random.default_rng(1).choice(np.float32([1, -1]), (2 ** (ENUMERATED - 1), seeds))
        signs[0] = 1
        return signs
    number = np.arange(2 ** (seeds - 1))[:, None]
    return (1 - 2 * (number >> np.arange(seeds) & 1)).astype(np.float32)


def exact_p(differences: np.ndarray) -> np.ndarray:
    """(cells,) share of exchanges whose sum of differences is at least as far from 0 as the sum without exchange.

    differences : (cells, seeds) whole numbers
    """
    signs, d = exchanges(differences.shape[1]), differences.T.astype(np.float32)
    observed = np.abs(d.sum(axis=0)) * AS_FAR
    at_least = np.zeros(len(differences), np.int64)
    for first in range(0, len(signs), COUNTED):
        at_least += (np.abs(signs[first : first + COUNTED] @ d) >= observed).sum(axis=0)
    return at_least / len(signs)


def exchanged(differences: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """p values (cells,), and how many cells are beyond their 5 % point (1 + COUNTED,): as it is, then after random exchanges.

    Small p values are made exact, since Holm's correction needs them.
    """
    signs = np.random.default_rng(2).choice(np.float32([1, -1]), (1 + COUNTED, differences.shape[1]))
    signs[0] = 1
    sums = np.abs(signs @ differences.T.astype(np.float32))
    p = (sums >= sums[0] * AS_FAR).mean(axis=0)
    small = p < SMALL
    p[small] = exact_p(differences[small])
    return p, (sums > np.quantile(sums[1:], 1 - LEVEL, axis=0, method="higher")).sum(axis=1)


def holm(p: np.ndarray) -> np.ndarray:
    """p values after Holm's correction."""
    order = np.argsort(p)
    corrected = np.empty(len(p))
    corrected[order] = np.maximum.accumulate(np.minimum(1, p[order] * np.arange(len(p), 0, -1)))
    return corrected


# --- telling --------------------------------------------------------------------------------------------------------------


def report(old: Stored, new: Values, agreement: Agreement) -> str:
    """The comparison in words."""
    cells, worst = agreement.cells, agreement.after_holm
    lines = [
        f"Old rules {old.version}, new rules {new.version}: {old.people} people, {len(old.seeds)} seeds, {len(ARMS)} arms.",
        f"{len(cells)} values (measure x class x arm) are compared. {agreement.same} are equal in every seed and are left out.",
        f"{agreement.differing} differ at the 5 % level. Chance alone gives {agreement.expected:.0f}, and in 99 of 100 cases at",
        f"most {agreement.allowed} (old and new exchanged at random within seeds; if the values were independent, at most "
        f"{agreement.independent}).",
        f"After Holm's correction {len(worst) or 'none'} differ{'s' * (len(worst) == 1)}.",
        *(f"  {' '.join(row[:3])}: {row[5]:.4g} {row[6]:+.3g} ± {row[7]:.2g}, p {row[4]:.2g}" for row in worst.head(20).rows()),
        *([f"Values that one version lacks: {', '.join(agreement.lacking[:20])}."] if agreement.lacking else []),
        "They agree." if agreement.agrees else "THEY DO NOT AGREE.",
        "",
        "Differences of the legs of a verdict, in % of the old value, with 95 % intervals:",
        *table(cells.filter(pl.col("measure").is_in(LEGS), tie_class="all")),
        "",
        "Acts by channel and cause, the same:",
        *table(cells.filter(pl.col("measure").str.contains(ACTS), tie_class="all")),
    ]
    return "\n".join(lines)


def table(cells: pl.DataFrame) -> list[str]:
    """A line for each measure, and a column for each arm."""
    rows: dict[str, dict[str, str]] = {}
    for arm, _, measure, *_, mean, difference, half in cells.rows():
        percent = 100 / abs(mean) if mean else float("nan")
        rows.setdefault(measure, {})[arm] = f"{difference * percent:+.2f} ± {half * percent:.2f}"
    header = f"{'':28}" + "".join(f"{arm.name:>18}" for arm in ARMS)
    return [header, *(f"{name:28}" + "".join(f"{row.get(arm.name, 'same'):>18}" for arm in ARMS) for name, row in rows.items())]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--results", type=Path, help="folder with finished sweeps; by default results, swept first")
    parser.add_argument("--store", action="store_true", help=f"write {FILE.name} anew")
    parser.add_argument("--jobs", type=int, help="processes of the sweeps")
    wanted = parser.parse_args()
    if wanted.results is None:
        for study in dict.fromkeys(arm.study for arm in ARMS):
            sim.sweep(FILE.parents[1] / "scenarios" / f"{study}.toml", jobs=wanted.jobs, threads=None)
    values = of_sweeps(wanted.results or RESULTS)
    if wanted.store:
        store(values)
        print(f"{FILE.name}: {values.cells.height} values of version {values.version}")
        return
    old = read()
    agreement = compare(old, values)
    print(report(old, values, agreement))
    sys.exit(not agreement.agrees)


if __name__ == "__main__":
    main()
