"""The effect of a platform when the numbers of a profile are drawn from their plausible ranges, for every cell of a study.

Choices a reader should know:
- A draw is one set of all numbers of a profile. It is the same on every platform and in every way to compare, so effects of one
  draw can be compared. Profiles are drawn independently of each other: each has a scrambled Sobol sequence of its own.
- Numbers of society and platform stay. So do numbers of profiles that the study itself sets.
- Where people follow strangers, societies are larger: in a village strangers and bridges hardly exist.
- Cells of one profile and way are simulated together, so that workers start once and a control serves all platforms.
- Mobility acts before the branch. It takes the low, the value or the high of its file, by thirds of its share: three grown
  societies a profile and seed serve all draws.
"""

from __future__ import annotations

import math
import warnings
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from sim.compiled import MADE_BY
from sim.errors import InputError, Note, Problem, nearest
from sim.files import must_take_files
from sim.progress import Progress, Step, Watch, shown
from sim.scenario.bounds import YEAR
from sim.scenario.cross import MEASURED, Cell
from sim.scenario.fingerprint import acts
from sim.scenario.numbers import Number
from sim.scenario.pieces import Table
from sim.scenario.profile import HABITS
from sim.scenario.reading import study_of
from sim.scenario.resolving import ArmValues
from sim.scenario.study import Study, scenario_hash
from sim.society.start import graph_of, study_on
from sim.study.judging.contrast import VILLAGE
from sim.study.judging.cultures import MEASURES, effects_by_seed
from sim.study.records import json_files, provenance, tables
from sim.study.records.result_folder import ResultFolder, sources_of
from sim.study.robustness.cells import cells, follows, of_point, people_of, point_of, villages
from sim.study.robustness.parameters import reaches, study_at
from sim.study.sweep.forecast import Before, Forecast, Workload, forecast, of_a_sweep, sensible
from sim.study.sweep.sweeping import sweep

FOLDER = "ranges"
"""Folder of the runs, within the result folder of the study. All cells share its ledger."""
POINTS, PEOPLE, SEEDS = 64, 500, 2
"""What is drawn if nothing else is asked for. Where people follow strangers, there are `VILLAGE` people, not `PEOPLE`."""
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


@dataclass(frozen=True)
class Together:
    """Cells that are simulated in one sweep: their people have the same draws.

    study : the study at the people, seeds and years of these draws
    """

    study: Study
    cells: Sequence[Cell]
    points: int

    @cached_property
    def draws(self) -> list[Draw]:
        """The values of the files and all draws. Draws of one grown society stand together, as a worker keeps one at a time.

        A draw has every number that is drawn in any of the cells. In the others no rule reads it.
        """
        varied = {each.name: each for cell in self.cells for each in _varied(self.study, cell)}.values()
        drawn = [
            Draw(number, {each.name: each.at(_sample(each.profile, self.points)[number][each.column]) for each in varied})
            for number in range(self.points)
        ]
        own = {each.name: each.part.value for each in varied}
        before = [each.name for each in varied if each.is_before]
        return sorted([Draw(FILES, {}), *drawn], key=lambda draw: [(own | draw.values)[name] for name in before])

    @cached_property
    def at_draws(self) -> Study:
        """The study of these cells alone, whose points are these draws."""
        names, sides = ({cell.contrast for cell in self.cells}, {arm for cell in self.cells for arm in (cell.arm, cell.control)})
        contrasts = [contrast for contrast in self.study.contrasts if contrast.name in names]
        new = {
            "contrasts": tuple(each.model_copy(update={"primary": k == 0}) for k, each in enumerate(contrasts)),
            "arms": Table({arm: value for arm, value in self.study.arms.items() if arm in sides}),
            "cells": tuple(cell for cell in self.study.cells if cell.contrast in names),
        }
        return self.study.model_copy(update=new).at_points([draw.values for draw in self.draws])

    @property
    def units(self) -> int:
        return (self.points + 1) * self.study.seeds


class Asked(NamedTuple):
    """The question of `ranges`, before anything is run.

    whole : the study as it was given; sweeps : the cells whose effects are drawn
    point : number of the combination of varied values that is taken, and its values
    """

    whole: Study
    sweeps: Sequence[Together]
    point: Mapping[str, Any]
    scenario: str

    @property
    def cells(self) -> list[Cell]:
        return [cell for together in self.sweeps for cell in together.cells]

    @property
    def units(self) -> int:
        return sum(together.units for together in self.sweeps)


def ranges(
    study: Study | str | PathLike[str],
    folder: Path | str | None = None,
    size: str = "default",
    contrast: str | None = None,
    points: int = POINTS,
    people: int | None = None,
    seeds: int = SEEDS,
    years: int | None = None,
    jobs: int | None = 1,
    threads: int | None = 1,
    progress: Progress = None,
    *,
    ways: Sequence[str] = (),
    cluster: str | None = None,
    retry: bool = False,
    before: Before = None,
) -> Summary:
    """Draw the numbers of profiles from their plausible ranges, and simulate the effects of platforms with each draw.

    Writes the runs into `folder`/ranges, and ranges.csv into `folder`, where other cells keep their rows.

    study : or the path of its file
    folder : of the results; results/STUDY/.work/SIZE if not given
    size : of the study: "quick", "default" or "full"
    contrast : of the only cell that is drawn; all cells of `ways` if not given
    points : draws; seeds : replicates
    years : of each run; if not given up to the last day that the study measures, so that draws stand beside its effects
    people : if not given the study's, but at most 500, or at most 2,000 where people follow strangers
    ways : to compare, whose cells are drawn; the plain way alone if none is named
    jobs, threads, progress, cluster, retry, before : as of `sim.sweep`
    InputError: no such contrast or way, or no contrast between a platform and none.
    """
    whole = study_of(study)
    folder = provenance.result_folder(whole, size, folder)
    asked = ask(whole, size, contrast, points, people, seeds, years, ways)
    jobs, threads = sensible(_largest(asked).study, "default", jobs, threads, asked.units, cluster)
    if before is not None:
        before(_workload(asked, folder / FOLDER, jobs, cluster is not None))
    for text in notes(asked):
        warnings.warn(text, Note, stacklevel=2)
    must_take_files(folder)
    ran, failed, frames = 0, [], []
    with shown(progress) as watch:
        for place, together in enumerate(asked.sweeps, start=1):
            label = f"units of sweep {place} of {len(asked.sweeps)}"
            done = sweep(
                together.at_draws, folder / FOLDER, "default", jobs, threads, partial(_labelled, watch, label),
                cluster=cluster, retry=retry,
            )  # fmt: skip
            ran += done.ran
            failed += [("; ".join(cell.contrast for cell in together.cells), *failure) for failure in done.failed]
            frames.append(_rows(asked, together, folder))
    command = provenance.again(
        whole, "ranges", size, contrast=contrast, points=points, people=people, seeds=seeds, years=years,
        way=list(ways), **provenance.result_options(whole, size, folder),
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
    years: int | None = None,
    jobs: int | None = 1,
    *,
    ways: Sequence[str] = (),
) -> Forecast:
    """What `sim.ranges` would do and take. Runs and writes nothing.

    study, folder, size, contrast, points, people, seeds, years, jobs, ways : as of `sim.ranges`, and so are the errors
    """
    whole = study_of(study)
    asked = ask(whole, size, contrast, points, people, seeds, years, ways)
    jobs, _ = sensible(_largest(asked).study, "default", jobs, 1, asked.units)
    within = provenance.result_folder(whole, size, folder) / FOLDER
    of_each = [forecast(together.at_draws, within, "default", jobs) for together in asked.sweeps]
    done = [expected.done for expected in of_each]
    slowest = max(of_each, key=lambda expected: expected.seconds_a_unit)
    seconds = sum(expected.seconds_a_unit * expected.units for expected in of_each)
    counted = f"{len(asked.cells)} cells, each with the values of the files and {points} draws of the profile's numbers"
    return replace(
        slowest,
        points=sum(expected.points for expected in of_each),
        units=asked.units,
        runs=sum(expected.runs for expected in of_each),
        done=None if None in done else sum(number or 0 for number in done),
        seconds_a_unit=seconds / asked.units,
        disk_mb=sum(expected.disk_mb for expected in of_each),
        design="",
        too_much=_workload(asked, within, jobs).too_much,
        remark="\n".join([counted, *notes(asked)]),
    )


def ask(
    study: Study, size: str = "default", contrast: str | None = None, points: int = POINTS, people: int | None = None,
    seeds: int = SEEDS, years: int | None = None, ways: Sequence[str] = (),
) -> Asked:  # fmt: skip
    """The question of `ranges` from its options. InputError: no such cell or way."""
    study_then = study_on(study.at(size), graph_of(study))
    numbered = point_of(study_then, None)
    values = {name: value for name, value in numbered.items() if name != "point"}
    chosen = _chosen(study_then, study_at(study_then, values), contrast, ways)
    last = YEAR * years if years else max(study_then.horizons)

    def sized(following: bool) -> Study:
        few = people
        if people is None and study.graph is None:
            few = min(study_then.people, VILLAGE if following else PEOPLE)
        return study_at(study_then.scaled(few, seeds), values).model_copy(update={"horizons": (last,)}).at_points([{}])

    by_size = {following: sized(following) for following in (False, True)}
    together: dict[Any, list[Cell]] = {}
    for cell in chosen:
        small = by_size[follows(study_then, cell)]
        together.setdefault((small.people, _same_draws(small, cell)), []).append(cell)
    sweeps = [Together(by_size[follows(study_then, group[0])], group, points) for group in together.values()]
    return Asked(study, sweeps, numbered, scenario_hash(study_then))


def _chosen(study: Study, at_point: Study, contrast: str | None, ways: Sequence[str]) -> list[Cell]:
    """The cell of a contrast, or those of some ways. InputError: there is none."""
    known = cells(at_point)
    if not known:
        expected = "an arm with a platform and a control without one"
        raise InputError(Problem(study.file, "contrasts", "no contrast between a platform and none", expected))
    there = {cell.way for cell in known}
    if unknown := [way for way in ways if way not in there]:
        raise InputError(Problem(study.file, "--way", f"no way '{unknown[0]}' in this study", nearest(unknown[0], there)))
    chosen = [cell for cell in known if cell.contrast == contrast or (contrast is None and cell.way in (ways or (MEASURED,)))]
    if not chosen:
        given = f"no contrast '{contrast}' between a platform and none"
        raise InputError(Problem(study.file, "--contrast", given, nearest(contrast or "", {cell.contrast for cell in known})))
    return chosen


def _same_draws(study: Study, cell: Cell) -> tuple:
    """What cells must share to be simulated together: their people, and which numbers of profiles the study sets.

    A value of a draw also replaces what an arm sets, so arms that set other numbers need other points.
    """
    return cell.profile, cell.way, tuple(people_of(study, cell.arm)), frozenset(_set(study, cell))


def _set(study: Study, cell: Cell) -> set[str]:
    """Full dotted names of the numbers of profiles that the study sets in a cell. What people keep of a file is not set."""
    names = {study.full_name(name) for arm in (cell.arm, cell.control) for name in study.arms[arm].set}
    return {name for name in names if name.startswith("profile.") and name.rsplit(".", 1)[1] not in study.kept.get(cell.arm, ())}


def _largest(asked: Asked) -> Together:
    return max(asked.sweeps, key=lambda together: together.study.people)


def notes(asked: Asked) -> list[str]:
    """What a reader should know before anything runs: which combination is taken, and which platforms are in a village."""
    texts = of_point(asked.whole, asked.point)
    for together in asked.sweeps:
        texts += villages(together.study, [cell.platform for cell in together.cells])
    return list(dict.fromkeys(texts))


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
    arms, values, are_set = (cell.arm, cell.control), ArmValues(study), _set(study, cell)
    for people in people_of(study, cell.arm):
        for column, key in enumerate(NUMBERS):
            name = f"profile.{people}.{key}"
            profile = cell.profile if key in study.kept.get(cell.arm, ()) else people
            part = getattr(study.profiles[profile], key)
            has_range = part.low is not None and part.high is not None and part.low < part.high
            if has_range and name not in are_set and any(reaches(values, arm, name, part.low, part.high) for arm in arms):
                yield Varied(name, part, profile, column)


@lru_cache(maxsize=64)
def _sample(profile: str, points: int) -> tuple[tuple[float, ...], ...]:
    """A row for each draw, a share of the range for each of `NUMBERS`: a Sobol sequence (Owen 1998), scrambled by the name."""
    from scipy.stats import qmc

    sequence = qmc.Sobol(len(NUMBERS), scramble=True, rng=zlib.crc32(profile.encode()))
    return tuple(map(tuple, sequence.random_base2(max(0, math.ceil(math.log2(points))))[:points].tolist()))


def _labelled(watch: Watch, label: str, step: Step) -> None:
    watch(step.words.replace("units", label, 1), step.done, step.all)


def _rows(asked: Asked, together: Together, folder: Path) -> pl.DataFrame:
    """The rows of the cells of a sweep, from its tables. The command is added later."""
    record = json_files.read(folder / FOLDER, json_files.STUDY)
    numbers = [draw.number for draw in together.draws]
    effects = effects_by_seed(ResultFolder(folder / FOLDER))
    about = pl.DataFrame(
        [
            {key: getattr(cell, key) for key in ("contrast", "profile", "platform", "way")}
            | {"digest": str(sources_of(record, "ranges", cell.model_dump()))}
            for cell in together.cells
        ]
    )
    order = pl.Enum(MEASURES)
    return about.join(effects, on="contrast", maintain_order="left").select(
        "contrast", "profile", "platform", "way", "horizon", "measure", "seed", "effect", "digest",
        study=pl.lit(asked.whole.name),
        draw=pl.col("point").replace_strict(list(range(len(numbers))), numbers, return_dtype=pl.Int64),
        people=pl.lit(record["people"], pl.Int64), hash=pl.lit(asked.scenario), version=pl.lit(MADE_BY),
        seed_numbers=pl.lit(provenance.spans(range(1, together.study.seeds + 1))),
        place=pl.col("contrast").cast(pl.Enum(about["contrast"])),
    ).sort("place", "horizon", pl.col("measure").cast(order), "draw", "seed").drop("place")  # fmt: skip


def _workload(asked: Asked, folder: Path, jobs: int = 1, cluster: bool = False) -> Workload:
    """The work of all sweeps, one after the other."""
    of_each = [of_a_sweep(together.at_draws, folder, "default", jobs, cluster) for together in asked.sweeps]
    draws, seeds = asked.sweeps[0].points + 1, asked.sweeps[0].study.seeds
    return max(of_each, key=lambda work: work.memory_mb)._replace(
        place="ranges",
        what=f"{asked.units} units ({len(asked.cells)} cells in {len(asked.sweeps)} sweeps x {draws} draws x seeds {seeds}) "
        f"with {jobs} job{'s' * (jobs > 1)}",
        smaller="fewer points, seeds or people, or one --contrast",
        seconds=sum(work.seconds for work in of_each),
        units=asked.units,
    )
