"""Which habit makes the difference between two cultures: people of the first have every combination of habits of the second.

Choices a reader should know:
- Society, platform and luck stay the same. A combination (coalition) changes numbers of one profile: people keep their quantiles.
- Mobility acts before the branch. So each seed has two grown societies, and they serve all coalitions. All other numbers of the
  society stay those of its file: exponent, strong, clique.
- Habits whose numbers are equal, or reach no run here, are no players: their share is 0, and no run is made for them.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from sim.compiled import MADE_BY
from sim.errors import InputError, Note, Problem, nearest
from sim.files import must_take_files
from sim.progress import Progress
from sim.scenario.cross import MEASURED
from sim.scenario.pieces import Table
from sim.scenario.profile import HABITS, REFERENCE, Profile
from sim.scenario.reached import reaching
from sim.scenario.reading import study_of
from sim.scenario.study import Study, scenario_hash
from sim.society.start import graph_of, study_on
from sim.study.judging import habit_shares
from sim.study.mechanisms.switches import fixed
from sim.study.mechanisms.why import at_size
from sim.study.records import json_files, provenance, tables
from sim.study.records.result_folder import sources_of
from sim.study.robustness.cells import cell_of, of_point, point_of, villages
from sim.study.sweep.forecast import Before, Forecast, forecast, of_a_sweep, sensible
from sim.study.sweep.sweeping import Summary, sweep

FOLDER = "split"
"""Folder of the coalitions, within the result folder of the study. All pairs of cultures share its ledger."""


@dataclass(frozen=True)
class Asked:
    """The question of `split`.

    whole : the study as it was given; study : a study whose points are the coalitions
    players : the habits that change a run, mobility last: a worker then has one grown society after the other
    scenario : hash of the whole study
    assumed : how many of the numbers that reach a coalition are assumed
    point : the combination of varied values that is split, with its number
    notes : what a reader should know before anything runs
    """

    whole: Study
    study: Study
    cultures: tuple[str, str]
    platform: str
    players: tuple[str, ...]
    scenario: str
    assumed: json_files.Assumed
    point: Mapping[str, Any]
    notes: tuple[str, ...]

    @property
    def reference(self) -> str:
        """The culture whose control is the unit: us if it is one of the two, else the first."""
        return REFERENCE if REFERENCE in self.cultures else self.cultures[0]


class Split(NamedTuple):
    """What the split of a difference did, and its rows of split.csv."""

    summary: Summary
    table: pl.DataFrame

    def __repr__(self) -> str:
        return f"<Split: {self.table.height} rows; {self.summary!r}>"


def split(
    study: Study | str | PathLike[str],
    cultures: Sequence[str],
    platform: str,
    folder: Path | str | None = None,
    size: str = "default",
    people: int | None = None,
    seeds: int | None = None,
    jobs: int | None = 1,
    threads: int | None = 1,
    progress: Progress = None,
    *,
    way: str = MEASURED,
    point: int | None = None,
    cluster: str | None = None,
    retry: bool = False,
    before: Before = None,
) -> Split:
    """Split the difference between a platform's effects on two cultures by habit: simulate every combination of their habits.

    Writes the combinations into `folder`/split, and the shares into split.csv of `folder`, where other pairs keep their rows.

    study : or the path of its file
    cultures : names of two profiles of the study; habits of the first are replaced by those of the second
    platform : one that the study compares with none
    folder : of the results; results/STUDY/.work/SIZE if not given
    size : of the study: "quick", "default" or "full"
    people, seeds : the study's if not given, but at most 8 seeds
    way : "measured", the plain way to compare; no other can be split
    point : number of a point of the design; the one that figures show if not given
    jobs, threads, progress, cluster, retry, before : as of `sim.sweep`
    InputError: no such profiles, platform or point, or a way that sets numbers.
    """
    whole = study_of(study)
    folder = provenance.result_folder(whole, size, folder)
    asked = ask(whole, cultures, platform, size, people, seeds, way, point)
    for text in asked.notes:
        warnings.warn(text, Note, stacklevel=2)
    jobs, threads = sensible(asked.study, size, jobs, threads, cluster=cluster)
    if before is not None:
        before(of_a_sweep(asked.study, folder / FOLDER, size, jobs, cluster is not None))
    coalitions = must_take_files(folder) / FOLDER
    summary = sweep(asked.study, coalitions, size, jobs, threads, progress, cluster=cluster, retry=retry)
    command = provenance.again(
        whole, "split", size, cultures=",".join(asked.cultures), platform=asked.platform, people=people, seeds=seeds,
        point=point, **provenance.result_options(whole, size, folder),
    )  # fmt: skip
    return Split(summary, _write(asked, folder, command))


def forecast_split(
    study: Study | str | PathLike[str],
    cultures: Sequence[str],
    platform: str,
    folder: Path | str | None = None,
    size: str = "default",
    people: int | None = None,
    seeds: int | None = None,
    jobs: int | None = 1,
    *,
    way: str = MEASURED,
    point: int | None = None,
) -> Forecast:
    """What `sim.split` would do and take. Runs and writes nothing.

    study, cultures, platform, folder, size, people, seeds, jobs, way, point : as of `sim.split`, and so are the errors
    """
    whole = study_of(study)
    asked = ask(whole, cultures, platform, size, people, seeds, way, point)
    within = provenance.result_folder(whole, size, folder) / FOLDER
    remark = f"every coalition of {len(asked.players)} habits ({', '.join(asked.players)}), each a point"
    return replace(forecast(asked.study, within, size, jobs), remark="\n".join([remark, *asked.notes]))


def ask(
    study: Study, cultures: Sequence[str], platform: str, size: str = "default", people: int | None = None,
    seeds: int | None = None, way: str = MEASURED, point: int | None = None,
) -> Asked:  # fmt: skip
    """The question of `split` from its options. Nothing is run.

    InputError: cultures that are not two profiles of the study, no such platform or point, or a way that sets numbers.
    """
    first, second = _two(study, cultures)
    if way != MEASURED:
        expected = f"{MEASURED}: a way that sets numbers takes part of the habits away before they are compared"
        raise InputError(Problem(study.file, "--way", f"'{way}'", expected))
    numbered = point_of(study, point)
    values = {name: value for name, value in numbered.items() if name != "point"}
    sized = fixed(at_size(study, size, seeds).scaled(people), values)
    cell = cell_of(sized, first, platform)
    arms = {first: cell.arm, second: cell_of(sized, second, platform).arm}
    own, others = (_people(sized, arm, name) for name, arm in arms.items())
    base, other = (_of_one(sized, cell.contrast, people) for people in (own, others))
    changes = {habit: _changes(own, others, names) for habit, names in HABITS.items()}
    players = sorted((habit for habit in HABITS if _changes_a_run(base, changes[habit])), key=lambda habit: habit == "mobility")
    games = base.at_points(_coalitions([changes[habit] for habit in players]))
    scenario = scenario_hash(study_on(study.at(size), graph_of(study)))
    used = [f"{name} {value}" for name, value in _numbers_set(sized, arms).items()]
    notes = of_point(study, numbered) + ([f"numbers that the study sets are used: {', '.join(used)}"] if used else [])
    notes += villages(sized, [cell.platform])
    reached = reaching(base, base.primary) | reaching(other, other.primary)
    assumed = json_files.counted(number for number in sized.drivers() if number["name"] in reached)
    return Asked(study, games, (first, second), cell.platform, tuple(players), scenario, assumed, numbered, tuple(notes))


def _two(study: Study, cultures: Sequence[str]) -> tuple[str, str]:
    """Two profiles of the study. InputError: others."""
    problems = [
        Problem(study.file, "--cultures", f"no profile '{name}' in this study", nearest(name, study.profiles))
        for name in cultures
        if name not in study.profiles
    ]
    if not problems and (len(cultures) != 2 or len(set(cultures)) != 2):
        expected = "two different profiles of this study, such as us,china"
        problems = [Problem(study.file, "--cultures", f"'{','.join(cultures)}'", expected)]
    if problems:
        raise InputError(problems)
    first, second = cultures
    return first, second


def _numbers_set(study: Study, arms: Mapping[str, str]) -> dict[str, Any]:
    """The numbers of profiles that the study sets, by full dotted name. arms : profile -> the arm whose settings count for it"""
    numbers = {f"profile.{name}.{key}": arm for name, arm in arms.items() for keys in HABITS.values() for key in keys}
    found = {study.full_name(key): (arm, value) for arm in arms.values() for key, value in study.arms[arm].set.items()}
    return {name: value for name, (arm, value) in found.items() if numbers.get(name) == arm}


def _people(study: Study, arm: str, name: str) -> Profile:
    """A profile with the numbers that an arm sets for it, whether or not the arm has such people."""
    profile = study.profiles[name]
    new = {full.rsplit(".", 1)[1]: value for full, value in _numbers_set(study, {name: arm}).items()}
    return profile.model_copy(update={key: getattr(profile, key).at(value) for key, value in new.items()})


def _of_one(study: Study, contrast: str, profile: Profile) -> Study:
    """The study of one contrast in which everybody is of one profile. What its arms set of profiles is dropped.

    A profile whose way a minority lives stays, without people.
    """
    chosen = next(known for known in study.contrasts if known.name == contrast).model_copy(update={"primary": True})
    arms = {}
    for name in (chosen.control, chosen.arm):
        kept = {key: value for key, value in study.arms[name].set.items() if not study.full_name(key).startswith("profile.")}
        arms[name] = study.arms[name].model_copy(update={"set": Table(kept)})
    resolved = [study.resolve(name) for name in arms]
    years = max(each.years for each in resolved)  # those after which both societies are steady
    wests = {each.west.name: each.west for each in resolved if each.west is not None and each.west.name != profile.name}
    new = {
        "profiles": Table({**wests, profile.name: profile}), "burn_in": f"{years}y",
        "shares": Table({**dict.fromkeys(wests, 0.0), profile.name: 1.0}),
        "contrasts": (chosen,), "arms": Table(arms), "cells": (),
    }  # fmt: skip
    return study.model_copy(update=new)


def _changes(own: Profile, others: Profile, names: Sequence[str]) -> dict[str, float]:
    """The numbers of a habit that differ, by dotted name, with the values of the other profile."""
    values = {name: (getattr(own, name).value, getattr(others, name).value) for name in names}
    return {f"profile.{own.name}.{name}": other for name, (value, other) in values.items() if value != other}


def _changes_a_run(study: Study, values: Mapping[str, float]) -> bool:
    return any(study.fingerprint(arm) != study.fingerprint(arm, values) for arm in study.arms)


def _coalitions(changes: Sequence[Mapping[str, float]]) -> Iterator[dict[str, Any]]:
    """The values of each coalition in the order of their numbers: player i has the other habits if bit i is set."""
    for number in range(2 ** len(changes)):
        yield {name: value for place, values in enumerate(changes) if number >> place & 1 for name, value in values.items()}


def _write(asked: Asked, folder: Path, command: str) -> pl.DataFrame:
    """Write split.csv, and give the new rows. Rows of other pairs and platforms stay if they are of the same scenario."""
    record = json_files.read(folder / FOLDER, json_files.STUDY)
    question = {
        "study": asked.whole.name, "platform": asked.platform, "first": asked.cultures[0], "second": asked.cultures[1],
    }  # fmt: skip
    of_all = question | {
        "reference": asked.reference, "people": record["people"], **asked.assumed._asdict(),
        "command": command, "hash": asked.scenario, "version": MADE_BY,
        "seed_numbers": provenance.spans(range(1, asked.study.seeds + 1)),
        "digest": str(sources_of(record, "split", [question, asked.players, dict(asked.point)])),
    }  # fmt: skip
    rows = habit_shares.rows(folder / FOLDER, asked.players, asked.reference == asked.cultures[1])
    new = pl.DataFrame([of_all | row for row in rows], schema=dict(tables.SCHEMAS["split"]))
    made = provenance.of(record | {"scenario": asked.scenario}, ())
    tables.write(folder, "split", tables.with_others(folder, "split", new, tuple(question)), made)
    return new
