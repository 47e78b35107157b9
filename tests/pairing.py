"""Do arms of one seed stay as close to each other as they did in an older version of the rules? (`make pairing`)

    python tests/pairing.py                     run the worlds that are missing here, compare with tests/pairing.csv
    python tests/pairing.py --societies 4       the same with fewer worlds, for a first look
    python tests/pairing.py --store             write tests/pairing.csv anew, from this version's worlds

Arms of one seed have the same luck, so their difference varies less than the arms themselves. How much it varies with luck says
how well they are paired. From each of many small societies, many worlds branch with a luck of their own, and each is run in
several arms. The standard deviation of a difference between arms is taken within societies. Between them the effect of a platform
varies far more: up to 25 times as much variance, which would hide how well arms are paired.

The standard deviation has to be at most 1.1 times the old one, with a confidence of 95 % in each difference. All of them have to
pass, so that no correction is needed for their number.

Worlds that have ended are kept in results/pairing, under the version of the rules. So the script may be stopped and goes on where
it was. With PYTHONPATH=CHECKOUT it runs the rules of another checkout.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
from scipy.stats import norm

import sim
from sim.compiled import MADE_BY
from sim.world.state import WEEK

FILE = Path(__file__).with_name("pairing.csv")
KEPT = Path("results/pairing/.work")
STUDY = Path(sim.__file__).parents[1] / "scenarios" / "birthday-prompt.toml"
PEOPLE, YEARS, DAYS = 200, 2, 182  # of a society: its people and years of growing; of a world: the half year that is measured
SOCIETIES, WORLDS = 66, 25  # worlds of each society. Together they suffice: see `worlds_needed`
LIMIT, CONFIDENCE, POWER = 1.1, 0.95, 0.9
ARMS = {
    "none": ("none", {}),
    "wall": ("wall", {}),
    "substitution": ("wall", {"substitution": 1.0}),
    "displacement": ("wall", {"displacement": 1.0}),
}
"""Name -> arm of the study, and its settings."""
PAIRS = (("wall", "none"), ("substitution", "wall"), ("displacement", "wall"))
MEASURES = ("contacts", "support")
DIFFERENCES = [f"{arm}-{control} {measure}" for arm, control in PAIRS for measure in MEASURES]


class Spread(NamedTuple):
    """How much a difference between two arms varies with luck, within societies.

    freedom : worlds minus societies; kurtosis : 3 of a normal distribution
    """

    freedom: int
    mean: float
    sd: float
    kurtosis: float

    @classmethod
    def of(cls, values: np.ndarray) -> Spread:
        """values : (societies, worlds)"""
        around = values - values.mean(axis=1, keepdims=True)
        freedom = values.size - len(values)
        kurtosis = values.size * (around**4).sum() / (around**2).sum() ** 2
        return cls(freedom, float(values.mean()), math.sqrt((around**2).sum() / freedom), float(kurtosis))

    @property
    def error(self) -> float:
        """Standard error of the logarithm of `sd`."""
        return math.sqrt((self.kurtosis - 1) / (4 * self.freedom))


def bound(old: Spread, new: Spread) -> float:
    """Upper confidence bound of the ratio of the standard deviations, new to old, for any kurtosis (after Bonett 2006)."""
    return new.sd / old.sd * math.exp(norm.ppf(CONFIDENCE) * math.hypot(old.error, new.error))


def worlds_needed(ratio: float = 1.0, kurtosis: float = 3.0) -> int:
    """Worlds, minus societies, of each version after which all bounds are within the limit with probability `POWER`.

    ratio : the true one, of every difference
    """
    power = 1 - (1 - POWER) / len(DIFFERENCES)
    return math.ceil((kurtosis - 1) / 2 * ((norm.ppf(CONFIDENCE) + norm.ppf(power)) / math.log(LIMIT / ratio)) ** 2)


# --- running --------------------------------------------------------------------------------------------------------------


def worlds_of(society: int) -> list[list[float]]:
    """(worlds, differences) between the arms of a society's worlds. Luck is their own from the first plan day on."""
    grown = sim.World(STUDY, "none", society, people=PEOPLE, years=YEARS).grown
    rows = []
    for number in range(1, WORLDS + 1):
        values = {}
        for name, (arm, settings) in ARMS.items():
            world = sim.World(STUDY, arm, society, people=PEOPLE, grown=grown, **settings)
            world.run(1 + -(world.state.day + 1) % WEEK)
            world.replicate = 1000 * society + number
            world.begin_year()
            world.run(DAYS)
            values[name] = {row.measure: row.value for row in world.measure() if row.tie_class == "all"}
        rows.append([amount(values[arm], name) - amount(values[control], name) for arm, control in PAIRS for name in MEASURES])
    return rows


def amount(values: dict[str, float], measure: str) -> float:
    """Support of a person, or visits, calls and letters of a person. Visits and calls are received by both people."""
    if measure == "support":
        return values["S_all"]
    return values["received_visit"] / 2 + values["received_call"] / 2 + values["received_letter"]


def kept(file: Path) -> dict[int, list[list[float]]]:
    """Society -> its worlds. A line that was cut off counts as none."""
    worlds = {}
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        with suppress(ValueError):
            society, rows = json.loads(line)
            worlds[society] = rows
    return worlds


def run(file: Path, societies: int, jobs: int) -> np.ndarray:
    """(differences, societies, worlds) of the first societies. What the file lacks is run and added to it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    numbers = range(1, societies + 1)
    lacking = sorted(set(numbers) - set(kept(file)))
    for count, ended in enumerate(results(lacking, jobs), 1):
        with open(file, "a", encoding="utf-8") as out:
            out.write(f"\n{json.dumps(ended)}\n")  # on a line of its own, whatever was cut off before
        print(f"{count} of {len(lacking)} societies", file=sys.stderr, flush=True)
    worlds = kept(file)
    return np.moveaxis(np.array([worlds[society] for society in numbers]), -1, 0)


def results(societies: list[int], jobs: int) -> Iterator[tuple[int, list[list[float]]]]:
    if jobs == 1:
        yield from zip(societies, map(worlds_of, societies))
    else:
        with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
            yield from zip(societies, pool.map(worlds_of, societies))


# --- storing and comparing ------------------------------------------------------------------------------------------------


def store(values: np.ndarray, file: Path = FILE) -> None:
    """Write the spread of each difference."""
    about = [
        "How much the differences between arms of one seed vary with luck, in an older version of the rules (tests/pairing.py)",
        f"version {MADE_BY}",
        f"societies 1 to {values.shape[1]} of {PEOPLE} people, grown {YEARS} years; {values.shape[2]} worlds each, {DAYS} days",
        "made by: python tests/pairing.py --store",
    ]
    rows = [(name, *Spread.of(difference)) for name, difference in zip(DIFFERENCES, values)]
    table = pl.DataFrame(rows, schema=["difference", *Spread._fields], orient="row")
    file.write_text("".join(f"# {line}\n" for line in about) + table.write_csv(float_precision=6), encoding="utf-8")


def read(file: Path = FILE) -> tuple[str, dict[str, Spread]]:
    """The older version, and difference -> its spread."""
    version = next(line.split()[2] for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("# version "))
    return version, {name: Spread(*row) for name, *row in pl.read_csv(file, comment_prefix="# ").rows()}


def compare(old: dict[str, Spread], values: np.ndarray) -> pl.DataFrame:
    """A row for each difference: standard deviations, their ratio, and its upper bound."""
    new = {name: Spread.of(difference) for name, difference in zip(DIFFERENCES, values)}
    rows = [(name, old[name].sd, new[name].sd, new[name].sd / old[name].sd, bound(old[name], new[name])) for name in DIFFERENCES]
    return pl.DataFrame(rows, schema=["difference", "old sd", "new sd", "ratio", "at most"], orient="row")


def report(version: str, old: dict[str, Spread], compared: pl.DataFrame) -> str:
    """The comparison in words."""
    lines = [
        f"Old rules {version}, new rules {MADE_BY}: spread of differences between arms with the same luck.",
        f"New over old has to be at most {LIMIT}, with a confidence of {CONFIDENCE:.0%}. Contacts and support of a person.",
        f"{'':28}" + "".join(f"{name:>10}" for name in compared.columns[1:]),
        *(f"{name:28}" + "".join(f"{value:10.4g}" for value in row) for name, *row in compared.rows()),
    ]
    if (compared["at most"] <= LIMIT).all():
        return "\n".join([*lines, "Arms stay paired as well as they did."])
    needed = worlds_needed(kurtosis=max(spread.kurtosis for spread in old.values()))
    enough = f"If all ratios are 1, {needed} worlds (beside one for each society) show it nine times in ten."
    return "\n".join([*lines, f"THIS IS NOT SHOWN. {enough}"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--societies", type=int, default=SOCIETIES, help=f"by default {SOCIETIES}, of {WORLDS} worlds each")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--store", action="store_true", help=f"write {FILE.name} anew")
    wanted = parser.parse_args()
    values = run(KEPT / f"{MADE_BY}.jsonl", wanted.societies, wanted.jobs)
    if wanted.store:
        store(values)
        return
    version, old = read()
    compared = compare(old, values)
    print(report(version, old, compared))
    sys.exit(not (compared["at most"] <= LIMIT).all())


if __name__ == "__main__":
    main()
