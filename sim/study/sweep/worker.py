"""Living the runs of a unit: what a worker does. The society of a seed is grown once, or taken from the store, and branched.

Arms that do not change from one point to the next are lived once: the latest lives stay at hand.
"""

from __future__ import annotations

import json
import platform as machine_platform
import resource
import time
import traceback
import zlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from sim.compiled import MADE_BY
from sim.scenario.resolving import ArmValues
from sim.society.graphs import GivenGraph
from sim.study.sweep.grown import graph_digest, grown_society, handed_on
from sim.study.sweep.units import Luck, Run, Unit
from sim.world import measures
from sim.world.growing import Grown
from sim.world.model import World
from sim.world.state import CLASSES, YEAR

UNITS = {"partners": "share of support", "carriers": "bits"}
UNITS_AT_HAND = 2  # as many lives are kept as these have runs

Label = tuple[int, str, str, str, str]
"""Day, profile, tie class, measure and unit: what a value is."""


class Record(NamedTuple):
    """Values of one run, or of the distances between two, as a ledger keeps them.

    key : of the run, or of both runs; about : the run's row of the table of runs, JSON ("" for distances)
    labels : what the values are, JSON; values : their n and themselves, packed
    """

    key: str | tuple[str, str]
    about: str
    labels: bytes
    values: bytes


class Finished(NamedTuple):
    """What a unit left: records of all that ended well, why the rest did not ("" if all is well), and notes for the user."""

    records: list[Record]
    error: str
    notes: tuple[str, ...] = ()


class Work(NamedTuple):
    """What all units of a sweep have in common."""

    study: Any
    graph: GivenGraph | None
    size: str
    threads: int


class Task(NamedTuple):
    """A unit and what is missing of it."""

    unit: Unit
    runs: frozenset[str]
    pairs: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Life:
    """What one run leaves: its row of the table of runs, its measures by horizon, and what comparing it with others needs."""

    row: dict[str, Any]
    rows: dict[int, list[measures.Row]]
    compositions: dict[int, measures.Composition]


@dataclass
class AtHand:
    """What a worker keeps from unit to unit: the latest lives and the latest society."""

    work: Work
    lives: OrderedDict[str, Life] = field(default_factory=OrderedDict)
    grown: dict[tuple[str, int], Grown] = field(default_factory=dict)
    seed: int = 0


_at_hand: list[AtHand] = []


def live_unit(work: Work, task: Task, grown: Mapping[str, Grown] | None = None) -> Finished:
    """Live what is missing of a unit; what raises ends the unit, and what was finished before it is kept.

    grown : societies by `society_key`, where somebody has them; the others are taken from the store, or grown
    """
    unit, hand = task.unit, _hand(work, task.unit.seed)
    wanted = task.runs | {key for pair in task.pairs for key in pair}
    records: list[Record] = []
    lives: dict[str, Life] = {}
    name = ""
    try:
        for run in unit.runs:
            name = f"arm '{run.name}': "
            if run.key in wanted and run.key not in lives:
                if run.key not in hand.lives:
                    hand.lives[run.key] = live(work, run.arm, unit.point, unit.seed, run.luck, _society(hand, run, unit, grown))
                lives[run.key] = hand.lives[run.key]
                hand.lives.move_to_end(run.key)
                if run.key in task.runs:
                    records.append(run_record(run.key, lives[run.key]))
        name = ""
        records += [pair_record(pair, *(lives[key] for key in pair)) for pair in sorted(task.pairs)]
    except Exception as error:  # one unit may fail; the others go on, and the user is told
        why = " ".join("".join(traceback.format_exception_only(error)).split())
        return Finished(records, name + why + _where(error), handed_on())
    finally:
        while len(hand.lives) > UNITS_AT_HAND * len(unit.runs):
            hand.lives.popitem(last=False)
    return Finished(records, "", handed_on())


def _hand(work: Work, seed: int) -> AtHand:
    if not _at_hand or _at_hand[0].work is not work:
        _at_hand[:] = [AtHand(work)]
    hand = _at_hand[0]
    if hand.seed != seed:  # nothing of another society can be used again
        hand.lives.clear()
        hand.seed = seed
    return hand


def _where(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f" (in {last.name}, {last.filename.replace(chr(92), '/').rsplit('/', 1)[-1]} line {last.lineno})"


def society_key(lived: str, seed: int, graph: GivenGraph | None) -> str:
    """A society by what grows it (the `society_digest` of an arm's values), its seed and its graph."""
    return f"{lived[:32]}-{seed}-{graph_digest(graph)[:16]}"


def _society(hand: AtHand, run: Run, unit: Unit, given: Mapping[str, Grown] | None) -> Grown:
    """The grown society of an arm; the last one asked for stays at hand, as the arms of a seed mostly branch from one."""
    work = hand.work
    resolved = work.study.resolve(run.arm, unit.point)
    key = (resolved.society_fingerprint(), unit.seed)
    if key not in hand.grown:
        named = society_key(*key, work.graph)
        found = given[named] if given and named in given else grown_society(resolved, unit.seed, work.graph, work.threads)
        hand.grown = {key: found}
    return hand.grown[key]


def live(work: Work, arm: str, point: dict, seed: int, luck: Luck, grown: Grown) -> Life:
    """One run: one arm of one seed at one point, measured at every horizon."""
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
    return Life(run_row(world, study.horizons[-1], work.size, started, began), rows, compositions)


def run_row(world: World, days: int, size: str, started: str, began: float) -> dict[str, Any]:
    """A finished run's row of the table of runs, but for its name, its point and what identifies it.

    days : lived since the branch; started : when, ISO 8601; began : the same on the performance counter
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


def distances(one: measures.Composition, other: measures.Composition) -> dict[tuple[str, str], float]:
    """How far the composition of two arms is apart: (measure, tie class) -> partners over all ties, carriers by class."""
    found = {("partners", "all"): float(measures.partners(one, other).sum() / max(one.population, 1))}
    for tie_class, chosen in (("all", slice(None)), *((name, slice(k, k + 1)) for k, name in enumerate(CLASSES))):
        by_channel = [each.absorbed[:, chosen].sum(axis=(0, 1)) for each in (one, other)]
        found["carriers", tie_class] = measures.carriers(*by_channel)
    return found


# --- packing ------------------------------------------------------------------------------------------------------------


def run_record(key: str, life: Life) -> Record:
    """By columns and not row by row: a unit of six runs has three thousand values."""
    columns = {day: list(zip(*rows)) for day, rows in life.rows.items()}
    labels = tuple((day, *labels) for day, (*labels, _, _) in columns.items())
    n, values = ([each for some in columns.values() for each in some[k]] for k in (-2, -1))
    return Record(key, json.dumps(life.row), labels_of(labels), pack(n, values))


def pair_record(key: tuple[str, str], one: Life, other: Life) -> Record:
    """The distances between two lives at every horizon; as many people stand behind each."""
    found = {day: distances(one.compositions[day], other.compositions[day]) for day in one.compositions}
    rows = {day: [("all", circle, name, UNITS[name]) for name, circle in some] for day, some in found.items()}
    values = [value for some in found.values() for value in some.values()]
    packed = pack([one.row["people"]] * len(values), values)
    return Record(key, "", labels_of(tuple((day, *zip(*some)) for day, some in rows.items())), packed)


def labels_of(labels: tuple[tuple[Any, ...], ...]) -> bytes:
    """What values are, as JSON, from each day and its columns. Nearly all runs of a study have the same: made once."""
    if labels not in _labels:
        rows: list[Label] = [(day, *label) for day, *columns in labels for label in zip(*columns)]
        _labels[labels] = json.dumps(rows).encode()
    return _labels[labels]


_labels: dict[tuple[tuple[Any, ...], ...], bytes] = {}


def pack(n: Sequence[int], values: Sequence[float]) -> bytes:
    """Whole numbers and numbers, as many of each. The former repeat and are compressed; digits of the latter do not."""
    return len(n).to_bytes(4, "little") + np.array(values, "<f8").tobytes() + zlib.compress(np.array(n, "<i8").tobytes(), 1)


def unpack(packed: bytes) -> tuple[np.ndarray, np.ndarray]:
    """What `pack` packed. ValueError or zlib.error: something else."""
    many = int.from_bytes(packed[:4], "little")
    values = np.frombuffer(packed, "<f8", many, offset=4)
    unpacking = zlib.decompressobj()
    n = np.frombuffer(unpacking.decompress(packed[4 + values.nbytes :], values.nbytes + 1), "<i8")
    if len(n) != many or not unpacking.eof or unpacking.unused_data or (n < 0).any():
        raise ValueError(f"not a count for each of {many} values")
    return n, values


def grow_for(work: Work, arm: str, point: dict, seed: int) -> Grown:
    """The society that an arm branches from, from the store or grown and stored now."""
    return grown_society(work.study.resolve(arm, point), seed, work.graph, work.threads)


def societies_of(work: Work, values: ArmValues, unit: Unit) -> dict[str, tuple[str, dict, int]]:
    """`society_key` -> arguments of `grow_for`, of all that a unit branches from."""
    return {
        society_key(values.at(run.arm, unit.point).society_digest(), unit.seed, work.graph): (run.arm, unit.point, unit.seed)
        for run in unit.runs
    }
