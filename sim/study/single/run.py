"""One run of one arm: what `sim run` does. It writes tables into a folder and, if wanted, a log of every act.

Choices a reader should know:
- The world is measured on the last day, and at those horizons of the study that lie a year or more before it.
- A study with a design is run at the values of its files, or at the point that is named; `sim sweep` runs all points.
- Days count from the branch in every table, and in the log.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from sim.errors import InputError, Problem, nearest
from sim.files import must_take_files
from sim.progress import Progress, shown
from sim.scenario.bounds import whole_options
from sim.scenario.fingerprint import first_digits
from sim.scenario.reading import study_of
from sim.scenario.study import Study
from sim.society.graphs import GivenGraph
from sim.society.start import graph_named, graph_of, study_on
from sim.study.records import provenance, tables
from sim.study.sweep.forecast import Before, of_runs
from sim.study.sweep.grown import grown_society
from sim.study.sweep.units import check_horizons, run_fingerprint
from sim.study.sweep.worker import run_row
from sim.world.columns import ENDED, KINDS, LINKED
from sim.world.events import EventLog
from sim.world.measures import Row
from sim.world.model import ENGINES, World
from sim.world.state import WEEK, YEAR

MAIN = (
    "S_all", "strong", "real_hours", "contacted_weekly", "contacted_monthly", "contacted_half-yearly", "contacted_yearly",
    "links", "hollow_links", "received_greeting",
)  # fmt: skip
"""The measures that the command line prints, in this order."""

BESIDE = ("people", "ties")
"""Tables that describe the same world beside its log."""


@dataclass(frozen=True)
class Single:
    """A run and its results.

    run : its row of runs.parquet; rows : the measures of the last day
    point : value of each varied name of the study; None where the arm has none, as for a platform's number without a platform
    profiles : names of the profiles of the population; files : the tables that were written
    """

    run: dict[str, Any]
    point: dict[str, Any]
    profiles: tuple[str, ...]
    rows: tuple[Row, ...]
    files: tuple[Path, ...]

    def main(self) -> list[Row]:
        """The main measures over all people and ties."""
        rows = {row.measure: row for row in self.rows if row.profile == row.tie_class == "all"}
        return [rows[name] for name in MAIN]


def run_one(
    study: Study | str | PathLike[str],
    folder: Path | str | None = None,
    arm: str | None = None,
    *,
    people: int | None = None,
    years: int | None = None,
    seed: int = 1,
    point: int | None = None,
    graph: Any = None,
    threads: int = 1,
    engine: str = "fast",
    events: Path | str | None = None,
    progress: Progress = None,
    before: Before = None,
) -> Single:
    """Simulate one replicate of one arm of a study, and write its tables: runs.parquet and measures.parquet.

    study : or the path of its file
    folder : of the tables; results/STUDY/.work/run if not given
    arm : the study's first if not given
    people : how many; the study's own number if not given
    years : after the branch; to the study's last horizon if not given
    seed : number of the replicate: the same seed gives the same people and luck
    point : number of a point of the design; the values of the files if not given
    graph : starting graph instead of the study's own: a graph file, the name of a data set, or a graph
    threads : how many; they change no number
    engine : "fast", or "plain": one person at a time, slow, to be read
    events : file (.parquet) for a log of every act; people.parquet and ties.parquet are written beside it
    progress : True, False, or a function that is called with each `sim.Step`; by default a bar on a terminal
    before : called with a Workload before anything is simulated
    Gives the run's row of runs.parquet, the measures of the last day, and the files.
    InputError: what is given cannot be used; nothing was run.
    """
    asked, log_file = study_of(study), None if events is None else Path(events)
    folder = provenance.result_folder(asked, "run", folder)
    people, years, seed, threads = whole_options(people=people, years=years, seed=seed, threads=threads)
    _check(asked, folder, people, graph, engine, log_file)
    command = again_by(
        asked, "run", arm=arm, people=people, years=years, seed=seed, point=point, graph=graph,
        engine=None if engine == "fast" else engine, events=log_file, out=provenance.elsewhere(asked, "run", folder),
    )  # fmt: skip
    study, given = as_run(asked, people, graph)
    days = study.horizons[-1] if years is None else years * YEAR
    study = study.model_copy(update={"horizons": (*(day for day in study.horizons if day <= days - YEAR), days)})
    check_horizons(study)
    arm = next(iter(study.arms)) if arm is None else arm
    values = study.point(point, "--point")
    resolved = study.resolve(arm, values)
    if before is not None:
        before(of_runs(study, given, years, engine=engine))

    must_take_files(folder)
    if log_file is not None:
        must_take_files(log_file.parent, "--events")
    began, started = time.perf_counter(), time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    with shown(progress) as report:
        grown = grown_society(resolved, seed, given, threads, watch=partial(report, "days of growing"))
        world = World(study, arm, seed, engine, point=values, grown=grown, graph=given, threads=threads)
        log = None if log_file is None else EventLog()
        rows: dict[int, list[Row]] = {}
        first = None
        stops = sorted({*study.horizons, *(horizon - YEAR for horizon in study.horizons)})
        while world.day < days:
            to_stop = next(stop for stop in stops if stop > world.day) - world.day
            to_plan_day = WEEK - world.state.day % WEEK  # a whole week draws its luck once
            world.run(1 if log is not None and first is None else min(to_plan_day, to_stop), log)
            if first is None and log is not None:
                first = ties_frame(world)
            if world.day in study.horizons:
                rows[world.day] = world.measure()
            if world.day + YEAR in study.horizons:
                world.begin_year()
            report(f"days in '{arm}'", world.day, days)

    identity = run_fingerprint(study, arm, values, seed, given, None)
    run = run_row(world, days, "single", started, began) | {"run_id": first_digits(identity, 16), "arm": arm, "point": point}
    numbers = resolved.values()
    varied = values or {name: numbers.get(study.full_name(name)) for name in study.varied()}
    about = {"name": study.name, "version": run["version"], "scenario": first_digits(run["scenario_hash"], 12)}
    made = provenance.of(about | {"command": command}, [seed])
    files = []
    if log is not None and log_file is not None and first is not None:
        files.append(tables.write_file(log_file, "events", events_frame(world, log), made))
        files.append(tables.write(log_file.parent, "people", people_frame(world), made))
        files.append(tables.write(log_file.parent, "ties", pl.concat([first, ties_frame(world)]), made))
    measured = [{"run_id": run["run_id"], "day": day, **row._asdict()} for day, of_day in rows.items() for row in of_day]
    files.append(tables.write(folder, "measures", pl.DataFrame(measured), made))
    files.append(tables.write(folder, "runs", pl.DataFrame([run | varied]), made))
    return Single(run, varied, world.profile_names, tuple(rows[days]), tuple(files))


def again_by(study: Study, verb: str, **options: Any) -> str:
    """The command that makes the same tables again; "" for a starting graph that is in no file."""
    graph = options["graph"]
    in_file = graph is None or isinstance(graph, str | PathLike)
    return provenance.again(study, verb, **options | {"graph": graph_option(graph)}) if in_file else ""


def as_run(study: Study, people: int | None, graph: Any) -> tuple[Study, GivenGraph | None]:
    """The study with these people and on this starting graph, and the graph itself; None: the society is generated.

    graph : as of `run_one`
    """
    given: GivenGraph | None = graph_of(study) if graph is None else graph_named(graph)
    if graph is not None and given is not None:
        study = study.model_copy(update={"graph": given.name})
    return study_on(study.scaled(people), given), given


def graph_option(graph: Any) -> Any:
    """The value of --graph for a graph: the name of a data set, or the path of a file."""
    return Path(graph) if isinstance(graph, str | PathLike) and Path(graph).is_file() else graph


def misplaced(study, folder: Path, people: int | None, graph: Any) -> list[Problem]:
    """The problems of a folder for tables, and of a number of people beside a graph."""
    problems = []
    if people is not None and (graph is not None or study.graph):
        problems.append(Problem("", "--people", f"{people}, and a graph", "one of the two: a graph brings its own people"))
    if folder.exists() and not folder.is_dir():
        problems.append(Problem(str(folder), "--out", "a file", "a folder"))
    return problems


def _check(study, folder: Path, people: int | None, graph: Any, engine: str, events: Path | None) -> None:
    """InputError: all problems that can be known before anything is run."""
    problems = []
    if engine not in ENGINES:
        problems.append(Problem("", "--engine", f"unknown engine '{engine}'", nearest(engine, ENGINES)))
    problems += misplaced(study, folder, people, graph)
    if events is not None:
        taken = {tables.path("", name).name for name in (*BESIDE, "runs", "measures")}
        if events.exists() and not events.is_file():  # writing would replace a device too
            sort = "a folder" if events.is_dir() else "not a plain file"
            problems.append(Problem(str(events), "--events", sort, "a file for the log, such as events.parquet"))
        elif events.name in taken:
            problems.append(Problem(str(events), "--events", "the name of another table", "another, such as events.parquet"))
    if problems:
        raise InputError(problems)


# --- the log and the tables beside it ---------------------------------------------------------------------------------


def events_frame(world: World, log: EventLog) -> pl.DataFrame:
    """Rows of the table of events: every act. Day 0 is the first after the branch."""
    columns = log.columns()
    return pl.DataFrame(columns | {"day": columns["day"] - np.int32(world.branch_day)})


def people_frame(world: World) -> pl.DataFrame:
    """Rows of the table of people, on the last day. Days of the year count from 0; null where a person shows no birthday."""
    people, ties, size = world.state.people, world.state.ties, world.state.population
    linked = (ties.flags & LINKED != 0) & (ties.flags & ENDED == 0)
    links = np.bincount(np.concatenate([ties.i[linked], ties.j[linked]]), minlength=size)
    shown = [day if day >= 0 else None for day in people.shown.tolist()]
    return pl.DataFrame(
        {
            "person": np.arange(size, dtype=np.int32),
            "label": [world.label(row) for row in range(size)],
            "profile": [world.profile_names[k] for k in people.profile.tolist()],
            "birthday": people.birthday.astype(np.int32),
            "shown_birthday": pl.Series(shown, dtype=pl.Int32),
            "member": people.member,
            "minutes": people.minutes.astype(np.float64),
            "links": links.astype(np.int32),
        }
    )


def ties_frame(world: World) -> pl.DataFrame:
    """Rows of the table of ties: every tie that is alive at the end of the latest day."""
    ties = world.state.ties
    alive = ties.flags & ENDED == 0
    return pl.DataFrame(
        {
            "day": np.full(int(alive.sum()), world.day - 1, np.int32),
            "from": ties.i[alive],
            "to": ties.j[alive],
            "kind": np.asarray(KINDS)[ties.kind[alive]],
            "linked": ties.flags[alive] & LINKED != 0,
            "closeness_from": ties.c_ij[alive].astype(np.float64),
            "closeness_to": ties.c_ji[alive].astype(np.float64),
        }
    )
