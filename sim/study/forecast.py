"""What a sweep would do, and how much of the machine it would take; runs nothing and writes nothing."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from pathlib import Path

from sim.errors import InputError, Problem
from sim.scenario.schema import product
from sim.study.ledger import FILE, Ledger, in_batches, missing
from sim.study.start import study_on
from sim.study.units import arms_of, check_horizons, graph_of, units_of
from sim.study.workers import cores

TIES_A_PERSON = 100  # of a grown society, counted once per tie
BYTES_A_TIE = 111  # sim.world.state.Ties
LIVES_AT_ONCE = 4  # the grown society, the living world, and what a month's turnover and measuring copy
PROGRAM_MB = 350  # a process before it holds any society
NS_A_DAY = {"grown": 12, "lived": 34}  # of one tie, without and with a platform: docs/speed.md
MB_A_UNIT = 0.1  # of the ledger and of tables, before any has been done
WORTH_S = 5  # of guessed work for a process to be started, which takes about two
MOST_UNITS = 10_000  # that a sweep does unasked


@dataclass(frozen=True)
class Forecast:
    """Counts of a sweep; disk and memory are rough.

    seconds_a_unit : as the units took that are done, or a guess if none is
    """

    points: int
    units: int
    runs: int
    done: int
    seconds_a_unit: float
    guessed: bool
    memory_mb: float
    disk_mb: float

    def seconds(self, jobs: int) -> float:
        """Time left with this many processes."""
        left = self.units - self.done
        return self.seconds_a_unit * left / max(1, min(jobs, left))


def forecast(study, folder: Path, size: str, jobs: int = 1) -> Forecast:
    """Look at a study and at what its result folder already holds."""
    study = study.at(size)
    graph = graph_of(study)
    study = study_on(study, graph)
    check_horizons(study)
    points = math.prod(study.point_counts().values())
    units = points * study.seeds
    ties = _ties(study, graph)
    mb = ties * BYTES_A_TIE / 1e6
    done, seconds, written = seen(study, graph, folder)
    return Forecast(
        points=points,
        units=units,
        runs=units * len(arms_of(study)),
        done=done,
        seconds_a_unit=_guess(study, units, ties) if seconds is None else seconds,
        guessed=seconds is None,
        memory_mb=PROGRAM_MB + max(1, jobs) * memory_mb(ties),
        disk_mb=study.seeds * mb + units * (written or MB_A_UNIT),
    )


def seen(study, graph, folder: Path) -> tuple[int, float | None, float | None]:
    """Units that a result folder holds already, and what each took: seconds, and MB of disk; None before any is done."""
    if not os.path.lexists(folder / FILE):
        return 0, None, None
    with Ledger(folder, reading=True) as ledger:
        kept = ledger.kept()
        looked_at = study.scaled(seeds=max(1, min(study.seeds, ledger.latest_seed())))  # of later seeds nothing is there
        done = [unit for unit in units_of(looked_at, graph) if missing(unit, kept) is None]
        if not done:
            return 0, None, None
        lives: dict[str, float] = {}  # each counted once
        for batch in in_batches(done, 100):
            lives |= {key: run["wall_s"] for key, run in ledger.about(batch).items()}
        return len(done), sum(lives.values()) / len(done), 2 * ledger.file.stat().st_size / 1e6 / len(done)


def sensible(study, size: str, jobs: int | None, threads: int | None, units: int | None = None) -> tuple[int, int]:
    """Processes and threads for this machine, where they are not given: a process a core as long as memory lasts and there is
    work for them; the cores that are left become threads.

    units : how many there are, if not those of the study itself
    """
    study = study.at(size)
    graph = graph_of(study)
    if jobs is None:
        units = units or math.prod(study.point_counts().values()) * study.seeds
        ties = _ties(study, graph)
        work = _guess(study_on(study, graph), units, ties) * units
        jobs = max(1, min(cores(), units, int(free_mb() // memory_mb(ties)), int(work // WORTH_S)))
    return jobs, threads or max(1, cores() // jobs)


def memory_mb(ties: int) -> float:
    """Of one process that lives a society of so many ties."""
    return PROGRAM_MB + LIVES_AT_ONCE * ties * BYTES_A_TIE / 1e6


def free_mb() -> float:
    """Memory that is free for new processes; unlimited where the system does not say."""
    try:
        with open("/proc/meminfo", encoding="ascii") as lines:
            said = dict(line.split(":") for line in lines)
        return float(said["MemAvailable"].split()[0]) / 1024
    except (OSError, KeyError, ValueError):
        return math.inf


def refuse_too_many(study, size: str, jobs: int = 1) -> None:
    """A sweep of more units than anybody runs without meaning to. InputError: how many, how long, and why so many."""
    study = study.at(size)
    sizes = study.point_counts() | {"seeds": study.seeds}
    units = math.prod(sizes.values())
    if units <= MOST_UNITS:
        return
    graph = graph_of(study)
    hours = _guess(study_on(study, graph), units, _ties(study, graph)) * units / max(1, jobs) / 3600
    runs, workers = units * len(arms_of(study)), f"{jobs} job{'s' * (jobs > 1)}"
    found = f"{units} units ({product(sizes)}), {runs} runs, about {hours:,.0f} h with {workers}"
    expected = f"at most {MOST_UNITS} units: fewer values, samples or seeds; or --yes if all of them are meant"
    raise InputError(Problem(study.file, "vary" if study.plan.kind == "grid" else "design", found, expected))


def _ties(study, graph) -> int:
    return graph.ties if graph is not None else study.people * TIES_A_PERSON


def _guess(study, units: int, ties: int) -> float:
    """Seconds of one unit, its part of growing societies with it, before any has been done."""
    years = study.resolve(next(iter(study.arms))).years
    grown = units if any(study.acts(name) == "before" for name in study.varied()) else study.seeds
    days = {"grown": 365 * years * grown / units, "lived": study.horizons[-1] * len(arms_of(study))}
    return sum(days[what] * ties * ns / 1e9 for what, ns in NS_A_DAY.items())
