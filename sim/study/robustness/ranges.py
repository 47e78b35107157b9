"""The effect of a platform when the numbers of a profile are drawn from their plausible ranges, for every cell of a study.

Choices a reader should know:
- A draw is one set of all numbers of a profile. It is the same on every platform and in every way to compare, so effects of one
  draw can be compared. Profiles are drawn independently of each other: each has a scrambled Sobol sequence of its own.
- Numbers of society and platform stay. So do numbers of profiles that the study itself sets.
- Mobility acts before the branch. It takes the low, the value or the high of its file, by thirds of its share: three grown
  societies a profile and seed serve all draws.
"""

from __future__ import annotations

import math
import warnings
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from os import PathLike
from pathlib import Path
from typing import NamedTuple

import polars as pl

from sim.compiled import MADE_BY
from sim.errors import InputError, Note, Problem, nearest
from sim.files import must_take_files
from sim.progress import Progress, Watch, shown
from sim.scenario.bounds import YEAR
from sim.scenario.cross import Cell
from sim.scenario.fingerprint import acts
from sim.scenario.names import ALL
from sim.scenario.numbers import Number
from sim.scenario.profile import HABITS
from sim.scenario.reading import study_of
from sim.scenario.resolving import ArmValues
from sim.scenario.study import Study, scenario_hash
from sim.society.start import graph_of, study_on
from sim.study.judging.contrast import VILLAGE, contrasts
from sim.study.judging.habit_shares import MEASURES
from sim.study.judging.reference import reference
from sim.study.records import json_files, provenance, tables
from sim.study.records.result_folder import sources_of
from sim.study.robustness.cells import cells, people_of
from sim.study.robustness.parameters import reaches, study_at
from sim.study.sweep.forecast import Before, Forecast, Workload, forecast, of_a_sweep, sensible
from sim.study.sweep.sweeping import sweep

FOLDER = "ranges"
"""Folder of the runs, within the result folder of the study. All cells share its ledger."""
POINTS, PEOPLE, SEEDS, YEARS = 64, 500, 2, 1
FILES = -1
"""Number of the draw that has the values of the files."""
NUMBERS = tuple(name for names in HABITS.values() for name in names)
"""The numbers of a profile, in the order of the columns of a draw."""


class Summary(NamedTuple):
    """What was drawn, and its table.

    ran : units that were simulated now; failed : contrast, point, seed and error of units that failed
    """

    folder: Path
    cells: int
    ran: int
    failed: tuple[tuple[str, int, int, str], ...]
    table: pl.DataFrame

    def __repr__(self) -> str:
        return f"<Summary of the ranges of {self.cells} cells: {self.ran} units now, {len(self.failed)} failed; in {self.folder}>"


class Draw(NamedTuple):
    """One set of numbers of a cell: its number, and the values that it changes, by full dotted name."""

    number: int
    values: dict[str, float]


class Asked(NamedTuple):
    """The question of `ranges`, before anything is run.

    whole : the study as it was given; study : the same at this size, with these people, seeds and years
    cells : those whose effects are drawn; points : number of draws
    """

    whole: Study
    study: Study
    cells: Sequence[Cell]
    points: int
    scenario: str

    def draws(self, cell: Cell) -> list[Draw]:
        """The values of the files and all draws. Draws of one grown society stand together, as a worker keeps one at a time."""
        varied = list(_varied(self.study, cell))
        drawn = [
            Draw(number, {each.name: each.at(_sample(each.profile, self.points)[number][each.column]) for each in varied})
            for number in range(self.points)
        ]
        own = {each.name: each.part.value for each in varied}
        before = [each.name for each in varied if each.is_before]
        return sorted([Draw(FILES, {}), *drawn], key=lambda draw: [(own | draw.values)[name] for name in before])

    def at_draws(self, cell: Cell) -> Study:
        """The study of one cell whose points are these draws."""
        return self.study.at_points([draw.values for draw in self.draws(cell)], cell.contrast)

    @property
    def units(self) -> int:
        return len(self.cells) * (self.points + 1) * self.study.seeds


def ranges(
    study: Study | str | PathLike[str],
    folder: Path | str | None = None,
    size: str = "default",
    contrast: str | None = None,
    points: int = POINTS,
    people: int | None = None,
    seeds: int = SEEDS,
    years: int = YEARS,
    jobs: int | None = 1,
    threads: int | None = 1,
    progress: Progress = None,
    *,
    cluster: str | None = None,
    retry: bool = False,
    before: Before = None,
) -> Summary:
    """Draw the numbers of profiles from their plausible ranges, and simulate the effects of platforms with each draw.

    Writes the runs into `folder`/ranges, and ranges.csv into `folder`, where other cells keep their rows.

    study : or the path of its file
    folder : of the results; results/STUDY/.work/SIZE if not given
    size : of the study: "quick", "default" or "full"
    contrast : of the only cell that is drawn; all cells if not given
    points : draws; people : the study's, but at most 500, if not given; seeds : replicates; years : of each run
    jobs, threads, progress, cluster, retry, before : as of `sim.sweep`
    InputError: no such contrast, or no contrast between a platform and none.
    """
    whole = study_of(study)
    folder = provenance.result_folder(whole, size, folder)
    asked = ask(whole, size, contrast, points, people, seeds, years)
    jobs, threads = sensible(asked.study, "default", jobs, threads, asked.units, cluster)
    if before is not None:
        before(_workload(asked, folder / FOLDER, jobs, cluster is not None))
    for text in villages(asked):
        warnings.warn(text, Note, stacklevel=2)
    must_take_files(folder)
    ran, failed, frames = 0, [], []
    with shown(progress) as watch:
        for place, cell in enumerate(asked.cells, start=1):
            label = f"units of cell {place} of {len(asked.cells)}"
            done = sweep(
                asked.at_draws(cell), folder / FOLDER, "default", jobs, threads, partial(_labelled, watch, label),
                cluster=cluster, retry=retry,
            )  # fmt: skip
            ran += done.ran
            failed += [(cell.contrast, *failure) for failure in done.failed]
            frames.append(_rows(asked, cell, folder))
    command = provenance.again(
        whole, "ranges", size, contrast=contrast, points=points, people=people, seeds=seeds, years=years,
        **provenance.result_options(whole, size, folder),
    )  # fmt: skip
    table = pl.concat(frames).with_columns(command=pl.lit(command)).select(*tables.SCHEMAS["ranges"])
    made = provenance.of(json_files.read(folder / FOLDER, json_files.STUDY) | {"scenario": asked.scenario}, ())
    tables.write(folder, "ranges", tables.with_others(folder, "ranges", table, ("contrast",)), made)
    return Summary(folder, len(asked.cells), ran, tuple(failed), table)


def forecast_ranges(
    study: Study | str | PathLike[str],
    folder: Path | str | None = None,
    size: str = "default",
    contrast: str | None = None,
    points: int = POINTS,
    people: int | None = None,
    seeds: int = SEEDS,
    years: int = YEARS,
    jobs: int | None = 1,
) -> Forecast:
    """What `sim.ranges` would do and take. Runs and writes nothing.

    study, folder, size, contrast, points, people, seeds, years, jobs : as of `sim.ranges`, and so are the errors
    """
    whole = study_of(study)
    asked = ask(whole, size, contrast, points, people, seeds, years)
    jobs, _ = sensible(asked.study, "default", jobs, 1, asked.units)
    within = provenance.result_folder(whole, size, folder) / FOLDER
    of_each = [forecast(asked.at_draws(cell), within, "default", jobs) for cell in asked.cells]
    done = [expected.done for expected in of_each]
    slowest = max(of_each, key=lambda expected: expected.seconds_a_unit)
    return replace(
        slowest,
        points=sum(expected.points for expected in of_each),
        units=sum(expected.units for expected in of_each),
        runs=sum(expected.runs for expected in of_each),
        done=None if None in done else sum(number or 0 for number in done),
        disk_mb=sum(expected.disk_mb for expected in of_each),
        design="",
        too_much=_workload(asked, within, jobs).too_much,
        remark=f"{len(asked.cells)} cells, each with the values of the files and {points} draws of the profile's numbers",
    )


def ask(
    study: Study, size: str = "default", contrast: str | None = None, points: int = POINTS, people: int | None = None,
    seeds: int = SEEDS, years: int = YEARS,
) -> Asked:  # fmt: skip
    """The question of `ranges` from its options. InputError: no such cell."""
    study_then = study_on(study.at(size), graph_of(study))
    few = people
    if people is None and study.graph is None:
        few = min(study_then.people, PEOPLE)
    numbered = [{"point": number} | point for number, point in enumerate(study_then.points())]
    point = {name: value for name, value in reference(study_then.about_design(), numbered).items() if name != "point"}
    small = study_at(study_then.scaled(few, seeds), point).model_copy(update={"horizons": (YEAR * years,)}).at_points([{}])
    known = cells(small)
    chosen = [cell for cell in known if contrast in (None, cell.contrast)]
    if not chosen and contrast is not None:
        given = f"no contrast '{contrast}' between a platform and none"
        raise InputError(Problem(study.file, "--contrast", given, nearest(contrast, {cell.contrast for cell in known})))
    if not chosen:
        expected = "an arm with a platform and a control without one"
        raise InputError(Problem(study.file, "contrasts", "no contrast between a platform and none", expected))
    return Asked(study, small, chosen, points, scenario_hash(study_then))


def villages(asked: Asked) -> list[str]:
    """A note on each platform whose effect a small society cannot show."""
    small = asked.study.people < VILLAGE
    names = dict.fromkeys(cell.platform for cell in asked.cells if asked.study.platforms[cell.platform].following is not None)
    return [
        f"{name}: {asked.study.people} people are a village, where strangers and bridges hardly exist; its effect on "
        f"{VILLAGE:,} people or more may be another"
        for name in names
        if small
    ]


class Varied(NamedTuple):
    """A number that is drawn in a cell.

    name : full dotted name; part : the number, which has a range
    profile : whose draws it follows; column : its place in `NUMBERS`
    """

    name: str
    part: Number
    profile: str
    column: int

    @property
    def is_before(self) -> bool:
        """Whether another value is another grown society."""
        return acts(self.name) == "before"

    def at(self, share: float) -> float:
        """The value at a share of the range."""
        low, value, high = self.part.low, self.part.value, self.part.high
        if low is None or high is None:
            raise ValueError(f"{self.name} has no range")
        return (low, value, high)[min(int(3 * share), 2)] if self.is_before else low + share * (high - low)


def _varied(study: Study, cell: Cell) -> Iterator[Varied]:
    """The numbers that are drawn in a cell: those with a range that the study does not set, if another value gives another run.

    People may have most numbers of one profile and keep some of the cell's own. These follow its ranges and its draws.
    """
    arms, values = (cell.arm, cell.control), ArmValues(study)
    set_by_arms = {study.full_name(name) for arm in arms for name in study.arms[arm].set}
    for people in people_of(study, cell.arm):
        kept = _kept(study, cell, people)
        for column, key in enumerate(NUMBERS):
            name, is_kept = f"profile.{people}.{key}", key in kept
            profile = cell.profile if is_kept else people
            part = getattr(study.profiles[profile], key)
            has_range = part.low is not None and part.high is not None and part.low < part.high
            if not has_range or (name in set_by_arms and not is_kept):
                continue
            if any(reaches(values, arm, name, part.low, part.high) for arm in arms):
                yield Varied(name, part, profile, column)


def _kept(study: Study, cell: Cell, people: str) -> list[str]:
    """Numbers that people of another profile have of the cell's own, as its file says. The control does not have them."""
    if cell.profile not in study.profiles or cell.profile == people:
        return []
    arm, control = (
        {study.full_name(name): value for name, value in study.arms[side].set.items()} for side in (cell.arm, cell.control)
    )
    names = {key: f"profile.{people}.{key}" for key in NUMBERS}
    own = study.profiles[cell.profile]
    return [
        key for key, name in names.items() if name in arm and name not in control and arm[name] == getattr(own, key).value
    ]


@lru_cache(maxsize=64)
def _sample(profile: str, points: int) -> tuple[tuple[float, ...], ...]:
    """A row for each draw, a share of the range for each of `NUMBERS`: a Sobol sequence (Owen 1998), scrambled by the name."""
    from scipy.stats import qmc

    sequence = qmc.Sobol(len(NUMBERS), scramble=True, rng=zlib.crc32(profile.encode()))
    return tuple(map(tuple, sequence.random_base2(max(0, math.ceil(math.log2(points))))[:points].tolist()))


def _labelled(watch: Watch, label: str, what: str, done: int, total: int) -> None:
    watch(what.replace("units", label, 1), done, total)


def _rows(asked: Asked, cell: Cell, folder: Path) -> pl.DataFrame:
    """The rows of one cell, from the tables of its sweep. The command is added later."""
    record = json_files.read(folder / FOLDER, json_files.STUDY)
    numbers = [draw.number for draw in asked.draws(cell)]
    effects = contrasts(folder / FOLDER, MEASURES).filter(profile=ALL, tie_class=ALL)
    order = pl.Enum(MEASURES)
    return effects.select(
        study=pl.lit(asked.whole.name), contrast=pl.lit(cell.contrast), profile=pl.lit(cell.profile),
        platform=pl.lit(cell.platform), way=pl.lit(cell.way), horizon="horizon", measure="measure",
        draw=pl.col("point").replace_strict(list(range(len(numbers))), numbers, return_dtype=pl.Int64), effect="relative",
        people=pl.lit(record["people"], pl.Int64), seeds="seeds", hash=pl.lit(asked.scenario), version=pl.lit(MADE_BY),
        seed_numbers=pl.lit(provenance.spans(range(1, asked.study.seeds + 1))),
        digest=pl.lit(str(sources_of(record, "ranges", cell.model_dump()))),
    ).sort("horizon", pl.col("measure").cast(order), "draw")  # fmt: skip


def _workload(asked: Asked, folder: Path, jobs: int = 1, cluster: bool = False) -> Workload:
    """The work of all cells, each as of the first."""
    of_one = of_a_sweep(asked.at_draws(asked.cells[0]), folder, "default", jobs, cluster)
    many = len(asked.cells)
    return of_one._replace(
        place="ranges",
        what=f"{asked.units} units ({many} cells x {asked.points + 1} draws x seeds {asked.study.seeds}) with {jobs} jobs",
        smaller="fewer points, seeds or people, or one --contrast",
        seconds=of_one.seconds * many,
        units=asked.units,
    )
