"""What a worker does: it simulates the runs of a unit.

The society of a seed is taken from the store, or grown, and every arm branches from it. The worker keeps its latest outcomes:
an arm that does not change from one point to the next is simulated once.
"""

from __future__ import annotations

import json
import platform as machine_platform
import resource
import time
import traceback
import zlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from sim.compiled import MADE_BY
from sim.scenario.resolving import ArmValues
from sim.society.graphs import GivenGraph
from sim.study.sweep.grown import graph_digest, grown_society, handed_on
from sim.study.sweep.units import Luck, Run, Unit
from sim.world import measures
from sim.world.columns import CLASSES
from sim.world.growing import Grown
from sim.world.model import World
from sim.world.state import YEAR

UNITS = {"partners": "share of support", "carriers": "bits"}
UNITS_CACHED = 2  # a worker keeps as many outcomes as this number of units has runs

Label = tuple[int, str, str, str, str]
"""Day, profile, tie class, measure and unit of a value."""


class Record(NamedTuple):
    """The values of one run, or the distances between two runs, as a ledger keeps them.

    key : of the run, or of both runs
    about : the run's row of the table of runs, JSON; "" for distances
    labels : a `Label` for each value, JSON
    values : the values and how many people or ties each is a mean of, as `pack` makes them
    """

    key: str | tuple[str, str]
    about: str
    labels: bytes
    values: bytes


class Finished(NamedTuple):
    """What a worker sends back of a unit.

    records : of all runs and pairs that were finished
    error : why the others were not; "" if nothing failed
    notes : for the user
    """

    records: list[Record]
    error: str
    notes: tuple[str, ...] = ()


class Work(NamedTuple):
    """What all units of a sweep share: the study, the starting graph if one is given, the size, and the threads of a worker."""

    study: Any
    graph: GivenGraph | None
    size: str
    threads: int


class Task(NamedTuple):
    """A unit, and the keys of its runs and pairs that the ledger does not hold yet."""

    unit: Unit
    runs: frozenset[str]
    pairs: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Outcome:
    """What one run leaves: its row of the table of runs, and its measures and composition at each horizon."""

    row: dict[str, Any]
    rows: dict[int, list[measures.Row]]
    compositions: dict[int, measures.Composition]


@dataclass
class Cache:
    """What a worker keeps from unit to unit: the latest outcomes by the key of their run, and the latest grown society."""

    work: Work
    outcomes: OrderedDict[str, Outcome] = field(default_factory=OrderedDict)
    grown: dict[tuple[str, int], Grown] = field(default_factory=dict)
    seed: int = 0


_caches: list[Cache] = []


def run_unit(work: Work, task: Task, grown: Mapping[str, Grown] | None = None) -> Finished:
    """Simulate the missing runs of a unit. An exception ends the unit; records that were finished before it are kept.

    grown : grown societies by `society_key`; a society that is not among them is taken from the store, or grown
    """
    unit, cache = task.unit, _cache_of(work, task.unit.seed)
    wanted = task.runs | {key for pair in task.pairs for key in pair}
    records: list[Record] = []
    outcomes: dict[str, Outcome] = {}
    place = ""
    try:
        for run in unit.runs:
            place = f"arm '{run.name}': "
            if run.key in wanted and run.key not in outcomes:
                if run.key not in cache.outcomes:
                    society = _society(cache, run, unit, grown)
                    cache.outcomes[run.key] = run_arm(work, run.arm, unit.point, unit.seed, run.luck, society)
                outcomes[run.key] = cache.outcomes[run.key]
                cache.outcomes.move_to_end(run.key)
                if run.key in task.runs:
                    records.append(run_record(run.key, outcomes[run.key]))
        place = ""
        records += [pair_record(pair, *(outcomes[key] for key in pair)) for pair in sorted(task.pairs)]
    except Exception as error:  # the other units go on; the ledger keeps the error for the user
        cause = " ".join("".join(traceback.format_exception_only(error)).split())
        return Finished(records, place + cause + _where(error), handed_on())
    finally:
        while len(cache.outcomes) > UNITS_CACHED * len(unit.runs):
            cache.outcomes.popitem(last=False)
    return Finished(records, "", handed_on())


def _cache_of(work: Work, seed: int) -> Cache:
    if not _caches or _caches[0].work is not work:
        _caches[:] = [Cache(work)]
    cache = _caches[0]
    if cache.seed != seed:  # outcomes of another society are of no use
        cache.outcomes.clear()
        cache.seed = seed
    return cache


def _where(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f" (in {last.name}, {last.filename.replace(chr(92), '/').rsplit('/', 1)[-1]} line {last.lineno})"


def society_key(digest: str, seed: int, graph: GivenGraph | None) -> str:
    """Name of a grown society among those of a sweep.

    digest : of the scenario values that grow it (`society_digest` of an arm's values)
    graph : the starting graph that is given, or None
    """
    return f"{digest[:32]}-{seed}-{graph_digest(graph)[:16]}"


def _society(cache: Cache, run: Run, unit: Unit, given: Mapping[str, Grown] | None) -> Grown:
    """The grown society of an arm. The cache keeps the latest, as most arms of a seed branch from the same one."""
    work = cache.work
    resolved = work.study.resolve(run.arm, unit.point)
    key = (resolved.society_fingerprint(), unit.seed)
    if key not in cache.grown:
        name = society_key(*key, work.graph)
        society = given[name] if given and name in given else grown_society(resolved, unit.seed, work.graph, work.threads)
        cache.grown = {key: society}
    return cache.grown[key]


def run_arm(work: Work, arm: str, point: dict, seed: int, luck: Luck, grown: Grown) -> Outcome:
    """Simulate one arm with one seed at one point, and measure it at every horizon."""
    study = work.study
    began, started = time.perf_counter(), time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    world = World(study, arm, seed, point=point, grown=grown, graph=work.graph, threads=work.threads, other_luck=luck)
    rows, compositions = {}, {}
    for horizon in study.horizons:
        world.run(horizon - YEAR - world.day)
        world.begin_year()
        world.run(YEAR)
        rows[horizon] = world.measure()
        compositions[horizon] = world.composition()
    return Outcome(run_row(world, study.horizons[-1], work.size, started, began), rows, compositions)


def run_row(world: World, days: int, size: str, started: str, began: float) -> dict[str, Any]:
    """A finished run's row of the table of runs, without its name, its point, its arm and its run_id.

    days : simulated since the branch
    started : when the run started, ISO 8601; began : the same moment by `time.perf_counter`
    """
    return {
        "study": world.study.name,
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
        "version": MADE_BY,
        "scenario_hash": world.study.fingerprint(world.arm, world.point),
        "machine": machine_platform.machine(),
    }


def distances(arm: measures.Composition, control: measures.Composition) -> Iterator[measures.Row]:
    """How much the composition of an arm differs from that of its control, for each group that both have.

    "partners" is of all ties together; "carriers" of all and of each class. "partners" is of the people who are in the group in
    both runs.
    """
    moved, in_control = measures.partners(arm, control), {group.name: group for group in control.groups}
    for group in arm.groups:
        if (other := in_control.get(group.name)) is None:
            continue
        members = group.mask & other.mask
        n = int(members.sum())
        yield measures.Row(group.name, "all", "partners", UNITS["partners"], n, float(moved[members].sum() / max(n, 1)))
        for tie_class, columns in (("all", slice(None)), *((name, slice(k, k + 1)) for k, name in enumerate(CLASSES))):
            rows = (arm.absorbed[list(group.finest)], control.absorbed[list(other.finest)])
            bits = measures.carriers(*(absorbed[:, columns].sum(axis=(0, 1)) for absorbed in rows))
            yield measures.Row(group.name, tie_class, "carriers", UNITS["carriers"], n, bits)


# --- packing ------------------------------------------------------------------------------------------------------------


def run_record(key: str, outcome: Outcome) -> Record:
    """The record of a run."""
    return Record(key, json.dumps(outcome.row), *packed_rows(outcome.rows))


def pair_record(key: tuple[str, str], arm: Outcome, control: Outcome) -> Record:
    """The record of the distances between a run and its control at every horizon."""
    rows = {day: list(distances(arm.compositions[day], control.compositions[day])) for day in arm.compositions}
    return Record(key, "", *packed_rows(rows))


def packed_rows(rows: Mapping[int, Sequence[measures.Row]]) -> tuple[bytes, bytes]:
    """The labels and the values of rows by day. They are made column by column: a unit of six runs has three thousand values."""
    columns = {day: list(zip(*of_day)) for day, of_day in rows.items()}
    labels = tuple((day, *label_columns) for day, (*label_columns, _, _) in columns.items())
    n, values = ([number for of_day in columns.values() for number in of_day[k]] for k in (-2, -1))
    return labels_of(labels), pack(n, values)


def labels_of(labels: tuple[tuple[Any, ...], ...]) -> bytes:
    """The labels of values as JSON, from each day and its label columns.

    Nearly all runs of a study have the same labels, so each set of labels is encoded once.
    """
    if labels not in _labels:
        rows: list[Label] = [(day, *label) for day, *columns in labels for label in zip(*columns)]
        _labels[labels] = json.dumps(rows).encode()
    return _labels[labels]


_labels: dict[tuple[tuple[Any, ...], ...], bytes] = {}


def pack(n: Sequence[int], values: Sequence[float]) -> bytes:
    """Counts and values, as many of each, as bytes. Counts repeat and are compressed; digits of values do not repeat."""
    return len(n).to_bytes(4, "little") + np.array(values, "<f8").tobytes() + zlib.compress(np.array(n, "<i8").tobytes(), 1)


def unpack(packed: bytes) -> tuple[np.ndarray, np.ndarray]:
    """The counts and values that `pack` packed. ValueError or zlib.error: the bytes are something else."""
    size = int.from_bytes(packed[:4], "little")
    values = np.frombuffer(packed, "<f8", size, offset=4)
    unpacking = zlib.decompressobj()
    n = np.frombuffer(unpacking.decompress(packed[4 + values.nbytes :], values.nbytes + 1), "<i8")
    if len(n) != size or not unpacking.eof or unpacking.unused_data or (n < 0).any():
        raise ValueError(f"not a count for each of {size} values")
    return n, values


def grow_for(work: Work, arm: str, point: dict, seed: int) -> Grown:
    """The society that an arm branches from: taken from the store, or grown and stored now."""
    return grown_society(work.study.resolve(arm, point), seed, work.graph, work.threads)


def societies_of(work: Work, values: ArmValues, unit: Unit) -> dict[str, tuple[str, dict, int]]:
    """`society_key` -> arguments of `grow_for`, of every society that the arms of a unit branch from."""
    return {
        society_key(values.at(run.arm, unit.point).society_digest(), unit.seed, work.graph): (run.arm, unit.point, unit.seed)
        for run in unit.runs
    }
