"""A sweep: what is missing of a study is lived by workers, kept in a ledger at once, and written as tables.

Units know nothing of each other: any number of processes, here or on a cluster, in any order, gives the same tables. The tables
are written anew from time to time, so that they can be read while the sweep runs, and at the end.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import time
from collections import deque
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
from sim.scenario.fingerprint import Fingerprints, first_digits, scenario_hash
from sim.scenario.reading import study_of
from sim.scenario.schema import Study
from sim.society.graphs import GivenGraph
from sim.society.start import graph_of, study_on
from sim.study.records import json_files, provenance, result_folder, seal, tables
from sim.study.sweep.grown import graph_digest, note
from sim.study.sweep.ledger import Kept, Ledger, alone, in_batches, missing
from sim.study.sweep.units import PLACEBO, RESHUFFLED, Unit, arms_of, units_of
from sim.study.sweep.worker import Finished, Label, Task, Work, grow_for, live_unit, societies_of
from sim.study.sweep.workers import Lost, Workers, of_our_own

MOST_TRIES = 3  # of a unit that its worker does not survive
UNITS_A_BATCH = 40  # read from the ledger and written to tables at a time
FIRST_TABLES = 10.0  # seconds after which the first tables are written
SHARE_FOR_TABLES = 0.05  # of the time, at most, goes into writing them again
MOST_ERRORS = 5  # named in a message; the ledger keeps all


@dataclass(frozen=True)
class Summary:
    """What a sweep did.

    done : units in the tables; ran : those of them that were lived now
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
    folder: Path | str,
    size: str = "default",
    jobs: int = 1,
    threads: int = 1,
    progress: Progress = None,
    *,
    cluster: str | None = None,
    retry: bool = False,
) -> Summary:
    """Run what is missing of a study and write its tables into `folder`.

    study : or the path of its file
    jobs : processes; threads : threads in each; cluster : address of a Dask scheduler whose workers are taken instead.
        None of them changes a number.
    progress : True, False, or a function that is called with "units", how many are done, and of how many, whenever units end;
        by default a bar on a terminal
    retry : whether units that failed before are tried again
    InputError: what is given cannot be used. RunError: the disk refuses, no worker survives, or no unit finished; what was
    finished is kept.
    """
    folder = Path(folder)
    given = study_of(study)
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
        count = Counted(len(units), len(units) - len(lacking), len(lacking) - len(tasks), watch)
        writing = Writing(given, study, graph, size, folder, ledger, units)
        with hired(study, graph, size, threads, min(jobs, len(tasks)), cluster) as workers:
            for ended in lived(workers, chains_of(tasks), needs_of(study, graph, size) if cluster else None):
                ledger.write(ended)
                for _, finished in ended:
                    count.ended(finished)
                    for text in finished.notes:
                        note(text)
                writing.if_due()
        failed = writing.all_of_it()
        return Summary(folder, count.done, count.done - (len(units) - len(lacking)), failed)


def is_done(study: Study, graph: GivenGraph | None, units: list[Unit], folder: Path) -> bool:
    """Whether the tables of a folder, in which nothing can be written, already say all that a sweep would write."""
    if not (folder / json_files.STUDY).is_file():
        return False
    there = result_folder.Swept(folder)
    asked = json.loads(tables.as_json(about(study, graph)))
    done = set(there.done.select("point", "seed", "arm").iter_rows())
    wanted = {(unit.number, unit.seed, run.name) for unit in units for run in unit.runs}
    return all(there.study.get(key) == value for key, value in asked.items()) and wanted <= done


@dataclass
class Counted:
    """Units in all, done and failed, told as they end."""

    total: int
    done: int
    failed: int
    tell: Watch

    def __post_init__(self) -> None:
        self._say()

    def ended(self, finished: Finished) -> None:
        self.failed += bool(finished.error)
        self.done += not finished.error
        self._say()

    def _say(self) -> None:
        self.tell(f"units; {self.failed} failed" if self.failed else "units", self.done, self.total)


# --- who lives what -----------------------------------------------------------------------------------------------------


def hired(study, graph, size: str, threads: int, jobs: int, cluster: str | None) -> Workers:
    """The workers of a sweep."""
    work = Work(study, graph, size, threads)
    if cluster is None:
        return of_our_own(jobs, live_unit, work)
    from sim.study.sweep.cluster import Cluster

    return Cluster(cluster, live_unit, work, grow_for)


def needs_of(study, graph, size: str) -> Callable[[Task], dict[str, tuple]]:
    """The societies of a task, for workers that share no store."""
    work, prints = Work(study, graph, size, 1), Fingerprints(study)
    return lambda task: societies_of(work, prints, task.unit)


def chains_of(tasks: Iterable[Task]) -> list[deque[Task]]:
    """Tasks in chains that one worker lives in a row: those of a seed, as they mostly branch from one society."""
    chains: dict[int, deque[Task]] = {}
    for task in tasks:
        chains.setdefault(task.unit.seed, deque()).append(task)
    return list(chains.values())


def lived(
    workers: Workers, chains: list[deque[Task]], needs: Callable[[Task], dict[str, tuple]] | None = None
) -> Iterator[list[tuple[Task, Finished]]]:
    """What units give, as they end; a unit that no worker survives ends as failed.

    A worker stays on its chain. One without takes the next chain or, when there is none, the later half of the longest.
    """
    fresh, own = deque(chains), dict[Hashable, deque[Task]]()
    tries: dict[str, int] = {}
    busy = 0

    def next_task(worker: Hashable) -> Task | None:
        if not own.get(worker):
            if fresh:
                own[worker] = fresh.popleft()
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
        if not busy and not fresh and not any(own.values()):
            return
        ended = []
        for worker, task, given in workers.ended():
            busy -= 1
            if isinstance(given, Lost):
                tries[task.unit.key] = tries.get(task.unit.key, 0) + 1
                if tries[task.unit.key] < MOST_TRIES:
                    own.setdefault(worker, deque()).appendleft(task)
                    continue
                given = Finished([], f"its worker died {MOST_TRIES} times ({given.why})")
            ended.append((task, given))
        if ended:
            yield ended


# --- tables ---------------------------------------------------------------------------------------------------------------


class Writing:
    """The tables of a result folder, written anew as units end: seldom enough to take only a small share of the time."""

    def __init__(self, given: Study, study: Study, graph, size: str, folder: Path, ledger: Ledger, units: list[Unit]):
        """given : the study as the sweep was asked for it, before its size"""
        self.given, self.study, self.size, self.folder, self.ledger, self.units = given, study, size, folder, ledger, units
        self.about = about(study, graph) | provenance.asked(given, size, folder)
        self.next = time.monotonic() + FIRST_TABLES

    def if_due(self) -> None:
        """Write them if it is time and anything finished."""
        began = time.monotonic()
        if began < self.next:
            return
        done, failed = self._sorted()
        if done:
            with suppress(RunError):  # a disk that is full now may have room in the end
                self._write(done, failed)
        self.next = began + max(FIRST_TABLES, (time.monotonic() - began) / SHARE_FOR_TABLES)

    def all_of_it(self) -> tuple[tuple[int, int, str], ...]:
        """Write them at the end; point, seed and error of units that failed. RunError: no unit finished."""
        done, failed = self._sorted()
        errors = tuple((unit.number, unit.seed, error) for unit, error in failed)
        if not done:
            said = "".join(f"\n  point {point}, seed {seed}: {error}" for point, seed, error in errors[:MOST_ERRORS])
            raise RunError(f"{self.folder}: no unit finished, so there are no tables.{said}")
        self._write(done, failed)
        return errors

    def _sorted(self) -> tuple[list[Unit], list[tuple[Unit, str]]]:
        """Units that are done, and those that failed with their errors."""
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
            tables.write_json(self.folder, provenance.AS_RUN, provenance.as_run(self.given, self.about["file"]))
        result_folder.write(self.folder, parts, self.about, made, varied)


def run_id(study, unit: Unit, name: str) -> str:
    """What a run is called in the tables: it stands for one name at one point, and may be the same life as another."""
    whole = f"{unit.run(name).key}/{study.name}/{name}/{unit.number}"
    return first_digits(hashlib.sha256(whole.encode()).hexdigest(), 16)


def varied_types(study) -> dict[str, Any]:
    """Name -> type of its column in the table of runs, of all that varies."""
    points = study.points()
    return {name: pl.Series([point.get(name) for point in points], strict=False).dtype for name in study.varied()}


def run_frames(
    study, size: str, ledger: Ledger, done: list[Unit], failed: list[tuple[Unit, str]], varied: Mapping[str, Any]
) -> Iterator[pl.DataFrame]:
    """Rows of the table of runs: of finished units, and of failed ones with their error."""
    schema = dict(tables.SCHEMAS["runs"]) | dict(varied)
    errors = {(unit.number, unit.seed): error for unit, error in failed}
    both = heapq.merge(done, (unit for unit, _ in failed), key=lambda unit: (unit.number, unit.seed))
    for batch in in_batches(both, UNITS_A_BATCH):
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
    """Rows of the table of pairs: the distance of arm and control, beside that of placebo and its control."""
    labels = {digest: label_frame(label) for digest, label in ledger.labels().items()}
    columns = list(tables.SCHEMAS["pairs"])
    for batch in in_batches(units, UNITS_A_BATCH):
        kept = ledger.pairs(list({pair for unit in batch for pair in unit.pairs}))
        wanted, floors, names = [], [], []
        for unit in batch:
            keys = {run.name: run.key for run in unit.runs}
            for one in study.contrasts:
                wanted.append(kept[keys[one.arm], keys[one.control]])
                floors.append(kept[keys[PLACEBO], keys[study.primary.control]])
                names.append((unit.number, unit.seed, one.name))
        which = [str(place) for place in range(len(names))]
        frame = valued(which, wanted, labels).with_columns(floor=valued(which, floors, labels)["value"])
        about = pl.DataFrame(names, schema=["point", "seed", "contrast"], orient="row").with_columns(id=pl.Series(which))
        yield frame.join(about, on="id", maintain_order="left").with_columns(study=pl.lit(study.name)).select(columns)


def label_frame(label: tuple[Label, ...]) -> pl.DataFrame:
    schema = {name: tables.SCHEMAS["measures"][name] for name in ("day", "profile", "tie_class", "measure", "unit")}
    return pl.DataFrame(label, schema=schema, orient="row")


def valued(ids: list[str], records: list[Kept], labels: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """What the values of records are, and they themselves: a row per value, `id` of its record beside it."""
    place = np.repeat(np.arange(len(ids)), [len(one.values) for one in records])
    return pl.concat([labels[one.labels] for one in records]).with_columns(
        pl.Series("id", ids).gather(place),
        n=pl.Series(np.concatenate([one.n for one in records])),
        value=pl.Series(np.concatenate([one.values for one in records])),
    )


def about(study, graph: GivenGraph | None) -> dict[str, Any]:
    """What comparing and drawing need to know of the study, without its files; but for how it was asked for."""
    points = study.points()
    first = points[0]
    return {
        "name": study.name,
        "question": study.question,
        "question_fr": study.question_fr or study.question,
        "claims": list(study.claims),
        "figures": list(study.figures),
        "contrasts": [
            {
                "name": one.name,
                "arm": one.arm,
                "control": one.control,
                "primary": one.primary,
                "kind": "before" if study.regrown(one, first) else "after",
                "expect": one.expect.model_dump() if one.expect else None,
            }
            for one in study.contrasts
        ],
        "margins": {name: margin.value for name, margin in study.margins},
        "horizons": list(study.horizons),
        "design": study.about_design(),
        "points": [{"point": number} | point for number, point in enumerate(points)],
        "seeds_planned": study.seeds,
        "people": graph.people if graph is not None else study.people,
        "placebo": PLACEBO,
        "control_of_placebo": study.primary.control,
        "reshuffled": RESHUFFLED if RESHUFFLED in {name for name, *_ in arms_of(study)} else None,
        "given_graph": graph.name if graph is not None else None,
        "drivers": study.drivers(),
        "values": {arm: study.resolve(arm, first).numbers() for arm in study.arms},  # at the first point
        "version": MADE_BY,
        "scenario": scenario_hash(study),
        **seal.recorded(study, graph_digest(graph), MADE_BY),
    }
