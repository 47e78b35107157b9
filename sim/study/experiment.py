"""A study -> (point, seed) units, each with all its arms -> rows of tables.

One unit: the society of the seed is grown once (or taken from the store), branched into every arm and the two placebos,
and measured at every horizon. Finished units go into a ledger at once, so stopping loses nothing; a resumed sweep does
what is missing. Units know nothing of each other: any number of processes, in any order, gives the same tables.
"""

from __future__ import annotations

import hashlib
import io
import json
import platform as machine_platform
import resource
import sqlite3
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from sim import __version__
from sim.compiled import RULES, version_of
from sim.errors import InputError, Problem, RunError
from sim.scenario.schema import Study
from sim.society import datasets
from sim.society.graphs import read_graph
from sim.study import provenance, seal, tables
from sim.study.grown import graph_digest, grown_society
from sim.study.start import study_on
from sim.study.workers import workers
from sim.world import measures
from sim.world.growing import Grown
from sim.world.model import World
from sim.world.state import CLASSES, YEAR

PLACEBO, RESHUFFLED = "placebo", "placebo-all"  # the control with the luck of one day, and of all days, changed
PLACEBO_DAY = 30  # days after the branch: both a plan day's week and everything after it can differ
FOREVER = 10**9
LIVED = version_of((Path(__file__),))  # how runs are lived and measured is part of what makes their rows
CODE = f"{__version__}+{RULES}+{LIVED}"  # all that makes a run's numbers
UNITS = {"partners": "share of support", "carriers": "bits"}
MOST_ERRORS = 5  # named in a message; the ledger keeps all
POINTS_A_TASK = 8  # points of one seed that one process does in a row, or more: arms that do not change are run once
TASKS_A_PROCESS = 4  # at least, so that all end at about the same time


@dataclass(frozen=True)
class Life:
    """What one run leaves: rows by horizon, and what comparisons with other arms need."""

    run: dict[str, Any]
    rows: dict[int, list[measures.Row]]
    compositions: dict[int, measures.Composition]


@dataclass(frozen=True)
class Summary:
    """What a sweep did."""

    folder: Path
    done: int
    ran: int
    failed: tuple[tuple[int, int, str], ...]  # point, seed, error


def graph_of(study):
    """The GivenGraph a study starts from, or None."""
    if study.graph is None:
        return None
    file = study.graph_file
    return datasets.load(study.graph) if file is None else read_graph(file)


# --- one unit ---------------------------------------------------------------------------------------------------------


def arms_of(study) -> list[tuple[str, str, tuple[int, int] | None]]:
    """(name in the tables, arm of the study, days of another luck), placebos last."""
    control = study.primary.control
    return [
        *((arm, arm, None) for arm in study.arms),
        (PLACEBO, control, (PLACEBO_DAY, PLACEBO_DAY)),
        (RESHUFFLED, control, (0, FOREVER)),
    ]


def live(study, arm: str, point: dict, seed: int, graph, other_luck, threads: int, size: str, name: str) -> Life:
    """One run: one arm of one seed at one point, measured at every horizon."""
    began, started = time.perf_counter(), time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    resolved = study.resolve(arm, point)
    grown = society_of(resolved, seed, graph, threads)
    world = World(study, arm, seed, point=point, grown=grown, graph=graph, threads=threads, other_luck=other_luck)
    rows, compositions = {}, {}
    for horizon in study.horizons:
        world.run(horizon - YEAR - world.day)
        world.begin_year()
        world.run(YEAR)
        rows[horizon] = world.measure()
        compositions[horizon] = world.composition()
    identity = run_fingerprint(study, arm, point, seed, graph, other_luck)
    run = run_row(world, name, identity, study.horizons[-1], size, started, began)
    return Life(run, rows, compositions)


def society_of(resolved, seed: int, graph, threads: int) -> Grown:
    """The grown society; the last one asked for stays at hand, as the arms and points of a seed mostly branch from one."""
    key = (resolved.society_fingerprint(), seed, graph_digest(graph))
    if key not in _latest:
        found = grown_society(resolved, seed, graph, threads)
        _latest.clear()
        _latest[key] = found
    return _latest[key]


_latest: dict[tuple[str, int, str], Grown] = {}  # worlds copy it, none changes it


def run_row(world: World, name: str, identity: str, days: int, size: str, started: str, began: float) -> dict[str, Any]:
    """A finished run's row of the table of runs, but for its point.

    name : of the arm in the tables; identity : its `run_fingerprint`; days : lived since the branch
    started : when, ISO 8601; began : the same on the performance counter
    """
    return {
        "run_id": identity[:16],
        "study": world.study.name,
        "arm": name,
        "seed": world.replicate,
        "people": world.state.population,
        "ties": int(measures.living(world.state.ties).sum()),
        "years": days / YEAR,
        "size": size,
        "status": "done",
        "error": "",
        "started": started,
        "wall_s": time.perf_counter() - began,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "version": f"{__version__}+{RULES}",
        "scenario_hash": world.study.fingerprint(world.arm, world.point),
        "machine": machine_platform.machine(),
    }


def run_fingerprint(study, arm: str, point: dict, seed: int, graph, other_luck) -> str:
    """Digest of everything that makes a run's numbers."""
    return _run_digest(study.fingerprint(arm, point), seed, graph_digest(graph), other_luck)


def _run_digest(lived: str, seed: int, given: str, other_luck) -> str:
    made_by = [RULES, LIVED, __version__, lived, seed, given, other_luck]
    return hashlib.sha256(json.dumps(made_by).encode()).hexdigest()


def unit_keys(study, number: int, point: dict, seeds: Iterable[int], graph) -> Iterator[str]:
    """For each seed, a digest of everything that makes the rows of that (point, seed) unit."""
    lived = {arm: study.fingerprint(arm, point) for arm in study.arms}
    compared = [[one.name, one.arm, one.control] for one in study.contrasts]
    given = graph_digest(graph)
    for seed in seeds:
        runs = [[name, _run_digest(lived[arm], seed, given, luck)] for name, arm, luck in arms_of(study)]
        yield hashlib.sha256(json.dumps([tables.FORMAT, number, point, runs, compared]).encode()).hexdigest()


def unit_key(study, number: int, point: dict, seed: int, graph) -> str:
    """Digest of everything that makes the rows of a (point, seed) unit."""
    return next(unit_keys(study, number, point, [seed], graph))


def run_units(study, seed: int, points: list[tuple[int, dict]], size: str, threads: int) -> Iterator[tuple[int, Any]]:
    """(point number, frames or error text) for some points of one seed; runs that do not change are lived once."""
    graph, arms = graph_of(study), arms_of(study)
    keys = [{name: run_fingerprint(study, arm, point, seed, graph, luck) for name, arm, luck in arms} for _, point in points]
    last = {key: k for k, named in enumerate(keys) for key in named.values()}  # where each run is needed last
    lives: dict[str, Life] = {}
    for k, (number, point) in enumerate(points):
        try:
            for name, arm, luck in arms:
                if keys[k][name] not in lives:
                    lives[keys[k][name]] = live(study, arm, point, seed, graph, luck, threads, size, name)
            yield number, unit_frames(study, number, point, seed, {name: lives[key] for name, key in keys[k].items()})
        except Exception as error:  # one unit may fail; the others go on, and the user is told
            yield number, "".join(traceback.format_exception_only(error)).strip() + _where(error)
        lives = {key: one for key, one in lives.items() if last[key] > k}


def _where(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f" (in {last.name}, {Path(last.filename).name} line {last.lineno})"


def unit_frames(study, number: int, point: dict, seed: int, lives: dict[str, Life]) -> dict[str, pl.DataFrame]:
    """The rows of one unit, for the tables runs, measures and pairs."""
    runs, rows, pairs = [], [], []
    for name, one in lives.items():
        run_id = hashlib.sha256(f"{one.run['run_id']}/{study.name}/{name}/{number}".encode()).hexdigest()[:16]
        values = {each: point.get(each) for each in study.varied()}
        runs.append(one.run | {"run_id": run_id, "arm": name, "point": number} | values)
        rows += [
            {"run_id": run_id, "day": day, **row._asdict()} for day, some in one.rows.items() for row in some
        ]
    for day in study.horizons:
        about = {"study": study.name, "point": number, "seed": seed, "day": day, "profile": "all"}
        floors = distances(lives[PLACEBO].compositions[day], lives[study.primary.control].compositions[day])
        for contrast in study.contrasts:
            found = distances(*(lives[name].compositions[day] for name in (contrast.arm, contrast.control)))
            pairs += [
                about | {"contrast": contrast.name, "tie_class": tie_class, "measure": name, "unit": UNITS[name],
                         "value": value, "floor": floors[name, tie_class]}
                for (name, tie_class), value in found.items()
            ]  # fmt: skip
    return {
        "runs": pl.DataFrame(runs),
        "measures": pl.DataFrame(rows),
        "pairs": pl.DataFrame(pairs),
    }


def distances(one: measures.Composition, other: measures.Composition) -> dict[tuple[str, str], float]:
    """How far the composition of two arms is apart: (measure, tie class) -> partners over all ties, carriers by class."""
    found = {("partners", "all"): float(measures.partners(one, other).sum() / max(one.population, 1))}
    for tie_class, chosen in (("all", slice(None)), *((name, slice(k, k + 1)) for k, name in enumerate(CLASSES))):
        by_channel = [each.absorbed[:, chosen].sum(axis=(0, 1)) for each in (one, other)]
        found["carriers", tie_class] = measures.carriers(*by_channel)
    return found


# --- the ledger ---------------------------------------------------------------------------------------------------------


class Ledger:
    """Finished units of a result folder, each durable as soon as it is written: one SQLite file.

    A unit's frames are kept as Parquet; a failed one keeps its error and is tried again by the next sweep.
    """

    def __init__(self, folder: Path):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(Problem(str(folder), "", f"not a folder to write in ({error.strerror})", "a folder")) from None
        self.file = folder / "ledger.sqlite"
        try:
            with closing(self._open()) as book:
                book.execute(
                    "create table if not exists units (key text primary key, point integer, seed integer, "
                    "error text, runs blob, measures blob, pairs blob)"
                )
        except sqlite3.DatabaseError as error:
            raise InputError(
                Problem(str(self.file), "", f"not a ledger of units ({error})", "a result folder; or delete the file")
            ) from None

    def _open(self) -> sqlite3.Connection:
        book = sqlite3.connect(self.file, timeout=60)
        book.execute("pragma synchronous = full")
        return book

    def done(self) -> set[str]:
        """Keys of the units that are finished."""
        with closing(self._open()) as book:
            return {key for (key,) in book.execute("select key from units where error is null")}

    def write(self, key: str, point: int, seed: int, result: dict[str, pl.DataFrame] | str) -> None:
        """One unit, finished or failed, in one transaction."""
        if isinstance(result, str):
            row: tuple = (key, point, seed, result, None, None, None)
        else:
            row = (key, point, seed, None, *(as_bytes(result[name]) for name in ("runs", "measures", "pairs")))
        try:
            with closing(self._open()) as book, book:
                book.execute("insert or replace into units values (?, ?, ?, ?, ?, ?, ?)", row)
        except sqlite3.Error as error:
            raise RunError(
                f"{self.file}: point {point}, seed {seed} could not be kept ({error}). All units finished before are kept; "
                "make room and run the same command again: it does what is missing."
            ) from None

    def failed(self, keys: set[str]) -> list[tuple[int, int, str]]:
        with closing(self._open()) as book:
            every = book.execute("select key, point, seed, error from units where error is not null order by point, seed")
            return [(point, seed, error) for key, point, seed, error in every if key in keys]

    def frames(self, keys: set[str]) -> Iterator[tuple[pl.DataFrame, ...]]:
        """The frames of the finished units among `keys`, by point and seed."""
        with closing(self._open()) as book:
            rows = book.execute(
                "select key, runs, measures, pairs from units where error is null order by point, seed, key"
            )
            for key, *blobs in rows:
                if key in keys:
                    yield tuple(pl.read_parquet(io.BytesIO(blob)) for blob in blobs)


def as_bytes(frame: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.write_parquet(out, compression="zstd")
    return out.getvalue()


# --- the sweep ----------------------------------------------------------------------------------------------------------


def units_of(study, graph) -> dict[str, tuple[int, dict, int]]:
    """Key -> (point number, point, seed) of every unit of the study; seeds are 1, 2, ..."""
    check_horizons(study)
    seeds = range(1, study.seeds + 1)
    return {
        key: (number, point, seed)
        for number, point in enumerate(study.points())
        for seed, key in zip(seeds, unit_keys(study, number, point, seeds, graph))
    }


def check_horizons(study) -> None:
    """Each horizon looks back over a year of its own."""
    problems = [
        Problem(study.file, f"horizons.{k}", f"{later} days, after {before}", "a year or more between horizons")
        for k, (before, later) in enumerate(zip((0, *study.horizons), study.horizons))
        if later - before < YEAR
    ]
    if problems:
        raise InputError(problems)


def sweep(
    study: Study,
    folder: Path | str,
    size: str = "default",
    jobs: int = 1,
    threads: int = 1,
    progress: Callable[[int, int, int], None] | None = None,
) -> Summary:
    """Run what is missing of a study and write its tables into `folder`.

    jobs : processes; threads : threads in each. Neither changes a number.
    progress : called with (units done, units in all, units failed) whenever a process hands in some
    """
    folder = Path(folder)
    study = study.at(size)
    seal.read(study)  # a damaged one is better missed now than when all is run
    graph = graph_of(study)
    study = study_on(study, graph)
    units = units_of(study, graph)
    ledger = Ledger(folder)
    done = ledger.done() & set(units)
    count, failures = len(done), 0
    if progress:
        progress(count, len(units), 0)
    with workers(jobs) as results:
        for ended in results(_task, tasks_of(study, units, done, folder, size, threads, jobs)):
            count, failures = count + sum(ended), failures + len(ended) - sum(ended)
            if progress:
                progress(count, len(units), failures)
    write_tables(study, folder, ledger, set(units), graph, size)
    return Summary(folder, count, len(units) - len(done), tuple(ledger.failed(set(units))))


def tasks_of(study, units, done: set[str], folder: Path, size: str, threads: int, jobs: int) -> list[tuple]:
    """What is missing, cut into pieces for one process each: some points of one seed."""
    by_seed: dict[int, list[tuple[int, dict, str]]] = {}
    for key, (number, point, seed) in units.items():
        if key not in done:
            by_seed.setdefault(seed, []).append((number, point, key))
    many = max(POINTS_A_TASK, (len(units) - len(done)) // (jobs * TASKS_A_PROCESS))
    return [
        (study, folder, seed, some[k : k + many], size, threads)
        for seed, some in by_seed.items()
        for k in range(0, len(some), many)
    ]


def _task(task: tuple) -> list[bool]:
    """Run the units of a task and write each into the ledger as it ends; which of them are done."""
    study, folder, seed, some, size, threads = task
    ledger, keys = Ledger(folder), {number: key for number, _, key in some}
    done = []
    for number, result in run_units(study, seed, [(number, point) for number, point, _ in some], size, threads):
        ledger.write(keys[number], number, seed, result)
        done.append(not isinstance(result, str))
    return done


def write_tables(study, folder: Path, ledger: Ledger, keys: set[str], graph, size: str) -> None:
    """runs, measures, pairs and study.json of everything finished."""
    frames = list(ledger.frames(keys))
    if not frames:
        errors = "".join(f"\n  point {p}, seed {n}: {error}" for p, n, error in ledger.failed(keys)[:MOST_ERRORS])
        raise RunError(f"{folder}: no unit finished, so there are no tables.{errors}")
    content = about(study, graph, size)
    made = provenance.of(content, (seed for runs, *_ in frames for seed in runs["seed"]))
    for name, parts in zip(("runs", "measures", "pairs"), zip(*frames)):
        tables.write(folder, name, pl.concat(parts, how="vertical_relaxed"), made)
    tables.write_json(folder, "study.json", content)


def about(study, graph, size: str) -> dict[str, Any]:
    """What comparing and drawing need to know of the study, without its files."""
    first = study.points()[0]
    return {
        "name": study.name,
        "question": study.question,
        "question_fr": study.question_fr or study.question,
        "claims": list(study.claims),
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
        "points": [{"point": number} | point for number, point in enumerate(study.points())],
        "seeds_planned": study.seeds,
        "people": graph.people if graph is not None else study.people,
        "placebo": PLACEBO,
        "control_of_placebo": study.primary.control,
        "reshuffled": RESHUFFLED,
        "given_graph": graph.name if graph is not None else None,
        "drivers": study.drivers(),
        "values": {arm: study.resolve(arm, first).numbers() for arm in study.arms},  # at the first point
        "version": f"{__version__}+{RULES}",
        "scenario": scenario_hash(study),
        **provenance.asked(study, size),
        **seal.recorded(study, graph_digest(graph), CODE),
    }


def scenario_hash(study) -> str:
    """Digest (12 digits) of every value that shapes the study's runs, at all points and in all arms."""
    values = [study.fingerprint(arm, point) for point in study.points() for arm in study.arms]
    return hashlib.sha256(json.dumps([values, study.seeds]).encode()).hexdigest()[:12]
