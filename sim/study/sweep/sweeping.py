"""A sweep: workers simulate the missing units of a study; a ledger keeps each at once; tables are written from the ledger.

Units do not depend on each other. Any number of processes, here or on a cluster, in any order, gives the same tables. The tables
are written at the end, and from time to time before, so that they can be read while the sweep runs.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import time
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from sim.compiled import MADE_BY
from sim.errors import InputError, RunError, shortened
from sim.files import must_take_files
from sim.progress import Progress, Watch, shown
from sim.scenario.checking import idle_contents
from sim.scenario.cross import CROSSED
from sim.scenario.fingerprint import first_digits
from sim.scenario.names import ALL
from sim.scenario.question import Contrast
from sim.scenario.reached import reaching
from sim.scenario.reading import study_of
from sim.scenario.resolving import ArmValues
from sim.scenario.study import Study, scenario_hash
from sim.society.graphs import GivenGraph
from sim.society.start import graph_of, study_on
from sim.study.records import json_files, provenance, result_folder, seal, tables
from sim.study.sweep.forecast import Before, of_a_sweep, sensible
from sim.study.sweep.grown import graph_digest, note
from sim.study.sweep.ledger import Kept, Ledger, alone, in_batches, missing
from sim.study.sweep.units import PLACEBO, RESHUFFLED, Unit, arms_of, placebos, units_of
from sim.study.sweep.worker import Finished, Label, Task, Work, grow_for, run_unit, societies_of
from sim.study.sweep.workers import Lost, Workers, local_workers

MOST_TRIES = 3  # of a unit whose worker dies
UNITS_A_BATCH = 40  # read from the ledger and written to tables at a time
FIRST_TABLES = 10.0  # seconds after which the first tables are written
SHARE_FOR_TABLES = 0.05  # of the time goes at most into writing them again
MOST_ERRORS = 5  # in a message; the ledger keeps all


@dataclass(frozen=True)
class Summary:
    """What a sweep did.

    done : units in the tables; ran : those of them that were simulated now
    failed : point, seed and error of every unit that failed, now or before
    """

    folder: Path
    done: int
    ran: int
    failed: tuple[tuple[int, int, str], ...]

    def __repr__(self) -> str:
        return f"<Summary: {self.done} units done, {self.ran} of them now, {len(self.failed)} failed; tables in {self.folder}>"


def sweep(
    study: Study | str | PathLike[str],
    folder: Path | str | None = None,
    size: str = "default",
    jobs: int | None = 1,
    threads: int | None = 1,
    progress: Progress = None,
    *,
    cluster: str | None = None,
    retry: bool = False,
    before: Before = None,
) -> Summary:
    """Simulate what is missing of a study, and write its tables: each combination and seed (a unit) in all arms.

    study : or the path of its file
    folder : of the results; results/STUDY/.work/SIZE if not given
    size : "quick", "default" or "full"
    jobs : processes; threads : in each process; None: as many as suit cores, memory and work
    cluster : address of a Dask scheduler whose workers are taken instead of processes. None of the three changes a number.
    progress : True, False, or a function that is called with a `sim.Step` whenever units end; by default a bar on a terminal
    retry : whether units that failed before are tried again
    before : called with a Workload before anything is simulated
    InputError: what is given cannot be used. RunError: the disk refuses, no worker survives, or no unit finished; what was
    finished is kept.
    """
    given = study_of(study)
    folder = provenance.result_folder(given, size, folder)
    jobs, threads = sensible(given, size, jobs, threads, cluster=cluster)
    if before is not None:
        before(of_a_sweep(given, folder, size, jobs, cluster is not None))
    study = given.at(size)
    graph = graph_of(study)
    study = study_on(study, graph)
    json_files.refuse_another_format(folder, older=False)
    tables.must_have_room(folder, [json_files.STUDY, *(tables.path("", name).name for name in ("runs", "measures", "pairs"))])
    units = list(units_of(study, graph))
    try:
        must_take_files(folder)
    except InputError:
        if is_done(study, graph, units, folder):
            return Summary(folder, len(units), 0, ())
        raise
    with shown(progress) as watch, Ledger(folder) as ledger, alone(folder):
        kept, given_up = ledger.kept(), {} if retry else ledger.failures()
        lacking = [task for unit in units if (task := missing(unit, kept))]
        if (made_by := json_files.version_of(folder)) not in ("", MADE_BY) and len(lacking) == len(units):
            unused = f"nothing that version {shortened(made_by)} made here is used by this one, {MADE_BY}"
            note(f"{folder}: {unused}; everything is simulated again")
        tasks = [task for task in lacking if task.unit.key not in given_up]
        counted = Counted(len(units), len(units) - len(lacking), len(lacking) - len(tasks), watch)
        writer = TableWriter(given, study, graph, size, folder, ledger, units)
        with workers_for(study, graph, size, threads, min(jobs, len(tasks)), cluster) as workers:
            for ended in run_tasks(workers, chains_of(tasks), needs_of(study, graph, size) if cluster else None):
                ledger.write(ended)
                for _, finished in ended:
                    counted.add(finished)
                    for text in finished.notes:
                        note(text)
                writer.write_if_due()
        failed = writer.write_all()
        done = counted.done
        return Summary(folder, done, done - (len(units) - len(lacking)), failed)


def is_done(study: Study, graph: GivenGraph | None, units: list[Unit], folder: Path) -> bool:
    """Whether the tables of a folder already hold all that a sweep would write. Asked where the folder cannot be written."""
    if not (folder / json_files.STUDY).is_file():
        return False
    results = result_folder.ResultFolder(folder)
    record = json.loads(tables.as_json(about(study, graph)))
    done = set(results.done.select("point", "seed", "arm").iter_rows())
    wanted = {(unit.number, unit.seed, run.name) for unit in units for run in unit.runs}
    return all(results.study.get(key) == value for key, value in record.items()) and wanted <= done


@dataclass
class Counted:
    """How many units there are, are done and have failed; `report` is called whenever that changes."""

    total: int
    done: int
    failed: int
    report: Watch

    def __post_init__(self) -> None:
        self._report()

    def add(self, finished: Finished) -> None:
        self.failed += bool(finished.error)
        self.done += not finished.error
        self._report()

    def _report(self) -> None:
        self.report(f"units; {self.failed} failed" if self.failed else "units", self.done, self.total)


# --- workers and their tasks --------------------------------------------------------------------------------------------


def workers_for(study, graph, size: str, threads: int, jobs: int, cluster: str | None) -> Workers:
    """The workers of a sweep: of the cluster if one is named, else of this machine."""
    work = Work(study, graph, size, threads)
    if cluster is None:
        return local_workers(jobs, run_unit, work)
    from sim.study.sweep.cluster import Cluster

    return Cluster(cluster, run_unit, work, grow_for)


def needs_of(study, graph, size: str) -> Callable[[Task], dict[str, tuple]]:
    """A function that names the societies of a task, for workers that share no store."""
    work, values = Work(study, graph, size, 1), ArmValues(study)
    return lambda task: societies_of(work, values, task.unit)


def chains_of(tasks: Iterable[Task]) -> list[deque[Task]]:
    """Chains of tasks that one worker does in a row: those of a seed, as most of them branch from one society."""
    chains: dict[int, deque[Task]] = {}
    for task in tasks:
        chains.setdefault(task.unit.seed, deque()).append(task)
    return list(chains.values())


def run_tasks(
    workers: Workers, chains: list[deque[Task]], needs: Callable[[Task], dict[str, tuple]] | None = None
) -> Iterator[list[tuple[Task, Finished]]]:
    """Let workers do all tasks, and give them as they end. A unit whose workers died `MOST_TRIES` times ends as failed.

    A worker stays on its chain. At its end it takes the next chain; when none is left, it takes the later half of the longest.
    """
    waiting, own = deque(chains), dict[Hashable, deque[Task]]()
    tries: dict[str, int] = {}
    busy = 0

    def next_task(worker: Hashable) -> Task | None:
        if not own.get(worker):
            if waiting:
                own[worker] = waiting.popleft()
            else:
                longest = max(own.values(), key=len, default=deque())
                own[worker] = deque(longest.pop() for _ in range((len(longest) + 1) // 2))
                own[worker].reverse()
        return own[worker].popleft() if own[worker] else None

    while True:
        for worker in workers.free():
            task = next_task(worker)
            if task is None:
                break
            workers.start(worker, task, needs(task) if needs else None)
            busy += 1
        if not busy and not waiting and not any(own.values()):
            return
        ended = []
        for worker, task, result in workers.ended():
            busy -= 1
            if isinstance(result, Lost):
                tries[task.unit.key] = tries.get(task.unit.key, 0) + 1
                if tries[task.unit.key] < MOST_TRIES:
                    own.setdefault(worker, deque()).appendleft(task)
                    continue
                result = Finished([], f"its worker died {MOST_TRIES} times ({result.why})")
            ended.append((task, result))
        if ended:
            yield ended


# --- tables ---------------------------------------------------------------------------------------------------------------


class TableWriter:
    """Writes the tables of a result folder again and again while units end, in a small share of the time."""

    def __init__(self, original: Study, study: Study, graph, size: str, folder: Path, ledger: Ledger, units: list[Unit]):
        """original : the study that `sweep` was called with; study : the same at its size, on its starting graph"""
        self.original, self.study, self.size, self.folder, self.ledger, self.units = original, study, size, folder, ledger, units
        self.about = about(study, graph) | provenance.invocation(original, size, folder)
        self.next = time.monotonic() + FIRST_TABLES

    def write_if_due(self) -> None:
        """Write the tables if it is time and any unit is done."""
        began = time.monotonic()
        if began < self.next:
            return
        done, failed = self._sorted()
        if done:
            with suppress(RunError):  # a disk that is full now may have room at the end
                self._write(done, failed)
        self.next = began + max(FIRST_TABLES, (time.monotonic() - began) / SHARE_FOR_TABLES)

    def write_all(self) -> tuple[tuple[int, int, str], ...]:
        """Write the tables at the end; gives point, seed and error of the units that failed. RunError: no unit finished."""
        done, failed = self._sorted()
        errors = tuple((unit.number, unit.seed, error) for unit, error in failed)
        if not done:
            first = "".join(f"\n  point {point}, seed {seed}: {error}" for point, seed, error in errors[:MOST_ERRORS])
            raise RunError(f"{self.folder}: no unit finished, so there are no tables.{first}")
        self._write(done, failed)
        return errors

    def _sorted(self) -> tuple[list[Unit], list[tuple[Unit, str]]]:
        """Units that are done, and units that failed, each with its error."""
        kept, failures = self.ledger.kept(), self.ledger.failures()
        done, failed = [], []
        for unit in self.units:
            if missing(unit, kept) is None:
                done.append(unit)
            elif failures and unit.key in failures:
                failed.append((unit, failures[unit.key][2]))
        return done, failed

    def _write(self, done: list[Unit], failed: list[tuple[Unit, str]]) -> None:
        varied, made = varied_types(self.study), provenance.of(self.about, (unit.seed for unit in done))
        parts = {
            "runs": run_frames(self.study, self.size, self.ledger, done, failed, varied),
            "measures": measure_frames(self.study, self.ledger, done),
            "pairs": pair_frames(self.study, self.ledger, done),
        }
        if self.about["as_run"]:
            tables.write_json(self.folder, provenance.AS_RUN, provenance.as_run(self.original, self.about["file"]))
        result_folder.write(self.folder, parts, self.about, made, varied)


def run_id(study, unit: Unit, name: str) -> str:
    """The id of a run in the tables: of one arm or placebo at one point. Runs with the same key have different ids."""
    text = f"{unit.run(name).key}/{study.name}/{name}/{unit.number}"
    return first_digits(hashlib.sha256(text.encode()).hexdigest(), 16)


def varied_types(study) -> dict[str, Any]:
    """Name of each varied value -> type of its column in the table of runs."""
    points = study.points()
    return {name: pl.Series([point.get(name) for point in points], strict=False).dtype for name in study.varied()}


def run_frames(
    study, size: str, ledger: Ledger, done: list[Unit], failed: list[tuple[Unit, str]], varied: Mapping[str, Any]
) -> Iterator[pl.DataFrame]:
    """Rows of the table of runs: of finished units, and of failed units with their error."""
    schema = dict(tables.SCHEMAS["runs"]) | dict(varied)
    errors = {(unit.number, unit.seed): error for unit, error in failed}
    all_units = heapq.merge(done, (unit for unit, _ in failed), key=lambda unit: (unit.number, unit.seed))
    for batch in in_batches(all_units, UNITS_A_BATCH):
        kept = ledger.about(batch)
        rows = []
        for unit in batch:
            error = errors.get((unit.number, unit.seed))
            for run in unit.runs:
                row = {"run_id": run_id(study, unit, run.name), "arm": run.name, "point": unit.number, "seed": unit.seed}
                row |= {name: unit.point.get(name) for name in varied}
                row |= kept.get(run.key, {})
                row |= {"study": study.name, "size": size} | ({"status": "failed", "error": error} if error else {})
                rows.append(row)
        yield pl.DataFrame(rows, schema=schema, strict=False)


def measure_frames(study, ledger: Ledger, units: list[Unit]) -> Iterator[pl.DataFrame]:
    """Rows of the table of measures."""
    labels = {digest: label_frame(label) for digest, label in ledger.labels().items()}
    for batch in in_batches(units, UNITS_A_BATCH):
        kept = ledger.runs(list({run.key for unit in batch for run in unit.runs}))
        ids = [run_id(study, unit, run.name) for unit in batch for run in unit.runs]
        yield valued(ids, [kept[run.key] for unit in batch for run in unit.runs], labels).rename({"id": "run_id"})


def pair_frames(study, ledger: Ledger, units: list[Unit]) -> Iterator[pl.DataFrame]:
    """Rows of the table of pairs: the distance of an arm from its control, and as floor that of the placebo from its control.

    The placebo is that of the contrast's control, or of the primary control if both branch from the same society.
    """
    own_placebos, first = placebos(study), study.primary.control
    labels = {digest: label_frame(label) for digest, label in ledger.labels().items()}
    columns = list(tables.SCHEMAS["pairs"])
    for batch in in_batches(units, UNITS_A_BATCH):
        kept = ledger.pairs(list({pair for unit in batch for pair in unit.pairs}))
        distances, floors, names = [], [], []
        for unit in batch:
            keys = {run.name: run.key for run in unit.runs}
            for contrast in study.contrasts:
                distances.append(kept[keys[contrast.arm], keys[contrast.control]])
                control = contrast.control if contrast.control in own_placebos else first
                floors.append(kept[keys[own_placebos[control]], keys[control]])
                names.append((unit.number, unit.seed, contrast.name))
        ids = [str(place) for place in range(len(names))]
        floor = valued(ids, floors, labels).rename({"value": "floor"}).drop("n", "unit")  # a placebo may lack a group
        cell = ["id", "day", "profile", "tie_class", "measure"]
        frame = valued(ids, distances, labels).join(floor, on=cell, how="left", maintain_order="left")
        about = pl.DataFrame(names, schema=["point", "seed", "contrast"], orient="row").with_columns(id=pl.Series(ids))
        yield frame.join(about, on="id", maintain_order="left").with_columns(study=pl.lit(study.name)).select(columns)


def label_frame(label: tuple[Label, ...]) -> pl.DataFrame:
    schema = {name: tables.SCHEMAS["measures"][name] for name in ("day", "profile", "tie_class", "measure", "unit")}
    return pl.DataFrame(label, schema=schema, orient="row")


def valued(ids: list[str], records: list[Kept], labels: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """A row for each value of some records: the `id` of its record, its labels, its n and the value."""
    place = np.repeat(np.arange(len(ids)), [len(record.values) for record in records])
    return pl.concat([labels[record.labels] for record in records]).with_columns(
        pl.Series("id", ids).gather(place),
        n=pl.Series(np.concatenate([record.n for record in records])),
        value=pl.Series(np.concatenate([record.values for record in records])),
    )


def about(study, graph: GivenGraph | None) -> dict[str, Any]:
    """study.json: all that comparing and drawing need of a study, without its files. `provenance.invocation` adds the command."""
    points, drivers = study.points(), study.drivers()
    first = points[0]
    return {
        "name": study.name,
        "question": study.question,
        "question_fr": study.question_fr or study.question,
        "claims": list(study.claims),
        "figures": list(study.figures),
        "shown": study.shown.model_dump(mode="json"),
        "contrasts": [
            {
                "name": contrast.name,
                "arm": contrast.arm,
                "control": contrast.control,
                "primary": contrast.primary,
                "kind": "before" if study.regrown(contrast, first) else "after",
                "joined_by": study.joined_by(contrast),
                "expect": contrast.expect.model_dump() if contrast.expect else None,
                **({"group": contrast.group} if contrast.group != ALL else {}),
                **({"against": contrast.against} if contrast.against else {}),
            }
            | of_contrast(study, contrast, drivers)
            for contrast in study.contrasts
        ],
        "margins": {name: margin.value for name, margin in study.margins},
        "horizons": list(study.horizons),
        "design": study.about_design(),
        "declared": study.declared(),
        "points": [{"point": number} | point for number, point in enumerate(points)],
        "seeds_planned": study.seeds,
        "people": graph.people if graph is not None else study.people,
        "placebo": PLACEBO,
        "control_of_placebo": study.primary.control,
        "reshuffled": RESHUFFLED if RESHUFFLED in {name for name, *_ in arms_of(study)} else None,
        "given_graph": graph.name if graph is not None else None,
        "drivers": drivers,
        "contents_idle": bool(idle_contents(study)),
        "values": {arm: study.resolve(arm, first).numbers() for arm in study.arms},  # at the first point
        "version": MADE_BY,
        "scenario": scenario_hash(study),
        **other_placebos(study),
        **crossed(study),
        **seal.recorded(study, graph_digest(graph), MADE_BY),
    }


def of_contrast(study: Study, contrast: Contrast, drivers: list[dict[str, str]]) -> dict[str, Any]:
    """Entries of a contrast in study.json that most contrasts do without.

    files : beginnings of the names of the numbers that reach it (society, profile.NAME, platform.NAME), unless all files have one
    idle : names of the numbers of these files that do not
    same_run : points at which both arms are one run
    follows : true if people follow strangers in an arm
    """
    reached, of_files = reaching(study, contrast), defaultdict(list)
    for driver in drivers:
        of_files[file_of(driver["name"])].append(driver["name"])
    files = [file for file, names in of_files.items() if not reached.isdisjoint(names)]
    entries = {
        "files": files if len(files) < len(of_files) else [],
        "idle": [name for file in files for name in of_files[file] if name not in reached],
        "same_run": study.same_runs(contrast),
        "follows": study.follows(contrast),
    }
    return {key: entry for key, entry in entries.items() if entry}


def file_of(number: str) -> str:
    """The beginning of a number's name that names its file: society, profile.NAME or platform.NAME."""
    parts = number.split(".")
    return parts[0] if parts[0] == "society" else ".".join(parts[:2])


def other_placebos(study: Study) -> dict[str, Any]:
    """The entry of study.json about placebos of other controls than the primary one; none if there are none."""
    others = {control: placebo for control, placebo in placebos(study).items() if placebo != PLACEBO}
    return {"placebos": others} if others else {}


def crossed(study: Study) -> dict[str, Any]:
    """The entries of study.json about the cells of a cross; none for a study that has its own arms."""
    if not study.cells:
        return {}
    several = {f"{sort}s": list(dict.fromkeys(getattr(cell, sort) for cell in study.cells)) for sort in CROSSED}
    return {"cells": [cell.model_dump() for cell in study.cells], "cross": {**several, "primary": study.primary.name}}
