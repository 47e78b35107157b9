"""How many runs a command would simulate, how long that takes, and how much memory and disk. Nothing is run or written here.

One rule says what is refused without --yes: more units, hours or memory than anybody asks for without meaning to.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import NamedTuple, TypeAlias

from sim.errors import InputError, Problem
from sim.files import in_bytes
from sim.scenario.bounds import YEAR
from sim.scenario.reading import study_of
from sim.scenario.sampling import product
from sim.scenario.study import Study
from sim.society.graphs import GivenGraph
from sim.society.start import graph_of, study_on
from sim.study.records import provenance
from sim.study.sweep.grown import MOST_IN_MEMORY
from sim.study.sweep.ledger import FILE, Ledger, in_batches, missing
from sim.study.sweep.units import arms_of, check_horizons, placebos, units_of
from sim.study.sweep.workers import cores
from sim.terminal import duration
from sim.world.columns import LEFT, TIE, UNLINKED, row_bytes
from sim.world.state import TILE_BITS

TIES_A_PERSON = 116  # rows of ties of a large society with a platform, divided by people; without a platform two thirds of that
BYTES_A_TIE = row_bytes(TIE)
BYTES_STORED = row_bytes(column for column in TIE if column.reset not in (LEFT, UNLINKED))  # of a tie of a grown society
BYTES_BESIDE = 21  # a tie: an index by person, or the shares of support that are kept until another arm has been run
BYTES_MEASURED = 170  # a tie of the people who are measured at once, as many as a cache tile holds
PROGRAM_MB = 350  # of a process before it holds any society
NS_A_DAY = {"grown": 6, "run": 15}  # of a tie on one thread: of a growing society, which has fewer, and of a run with a platform
MB_A_UNIT = 0.1  # of the ledger and of tables, where no finished unit tells
WORTH_S = 5  # of guessed work for a process to be worth its start, which takes about two
SLOWER_PLAIN = 1500  # times as long as of the fast engine on one thread takes a day of the plain one (docs/speed.md)
GROWN_YEARS = 20  # of a society of any profile, about
MOST_UNITS = 10_000  # that a sweep does unasked
MOST_HOURS, ANNOUNCED_HOURS = 4, 1  # of any work: more is run only when it is meant; more is announced
ANNOUNCED_SHARE = 1 / 4  # of the machine's memory: work that takes more is announced
MOST_WALKED = 50_000  # units that are looked up one by one


@dataclass(frozen=True)
class Forecast:
    """What a sweep would take. Memory and disk are rough.

    folder : the result folder that was looked into; jobs : processes
    points, units, runs : how many there are in all; runs count the placebos
    done : units that the folder already holds; None where there are too many to look each up
    seconds_a_unit : as the finished units took; a guess (`guessed`) where none is finished
    memory_mb, disk_mb : megabytes, of all processes together and of all tables
    design : kind of design and what it multiplies, such as "grid: prompts.slope 5"; "" for a single point
    too_much : whether the command line runs it with --yes only
    remark : what the points are, where they are none of the study's own
    """

    folder: Path
    jobs: int
    points: int
    units: int
    runs: int
    done: int | None
    seconds_a_unit: float
    guessed: bool
    memory_mb: float
    disk_mb: float
    design: str = ""
    too_much: bool = False
    remark: str = ""

    def seconds(self, jobs: int) -> float:
        """Time left with this many processes."""
        left = self.units - (self.done or 0)
        return self.seconds_a_unit * left / max(1, min(jobs, left))


def forecast(
    study: Study | str | PathLike[str], folder: str | PathLike[str] | None = None, size: str = "default", jobs: int | None = 1
) -> Forecast:
    """What `sim.sweep` would do and take, as of a study and of what its result folder already holds. Runs and writes nothing.

    folder : results/STUDY/.work/SIZE if not given
    size : "quick", "default" or "full"
    jobs : processes; None: as many as suit cores, memory and work
    InputError: no such study or size.
    """
    study = study_of(study)
    folder = provenance.result_folder(study, size, folder)
    jobs, _ = sensible(study, size, jobs, 1)
    expected = _looked_at(study, folder, size, jobs)
    design = "" if expected.points == 1 else f"{study.plan.kind}: {product(study.point_counts())}"
    return replace(expected, design=design, too_much=of_a_sweep(study, folder, size, jobs).too_much)


def _looked_at(study: Study, folder: Path, size: str, jobs: int) -> Forecast:
    """The counts, and what they take."""
    study = study.at(size)
    graph = graph_of(study)
    study = study_on(study, graph)
    check_horizons(study)
    points = math.prod(study.point_counts().values())
    units = points * study.seeds
    ties = _ties(study, graph)
    done, seconds, written = seen(study, graph, folder) if units <= MOST_WALKED else (None, None, None)
    return Forecast(
        folder=folder,
        jobs=jobs,
        points=points,
        units=units,
        runs=units * len(arms_of(study)),
        done=done,
        seconds_a_unit=_guess(study, units, ties) if seconds is None else seconds,
        guessed=seconds is None,
        memory_mb=PROGRAM_MB + max(1, jobs) * memory_mb(ties),
        disk_mb=study.seeds * ties * BYTES_STORED / 1e6 + units * (written or MB_A_UNIT),
    )


def seen(study, graph, folder: Path) -> tuple[int, float | None, float | None]:
    """How many units a result folder holds, and the seconds and MB of disk of each; None where it holds none."""
    if not os.path.lexists(folder / FILE):
        return 0, None, None
    with Ledger(folder, reading=True) as ledger:
        kept = ledger.kept()
        until_latest = study.scaled(seeds=max(1, min(study.seeds, ledger.latest_seed())))  # the ledger has no later seeds
        done = [unit for unit in units_of(until_latest, graph) if missing(unit, kept) is None]
        if not done:
            return 0, None, None
        seconds: dict[str, float] = {}  # of each run, which may stand for several points
        for batch in in_batches(done, 100):
            seconds |= {key: run["wall_s"] for key, run in ledger.about(batch).items()}
        return len(done), sum(seconds.values()) / len(done), 2 * ledger.file.stat().st_size / 1e6 / len(done)


def sensible(
    study: Study, size: str, jobs: int | None, threads: int | None, units: int | None = None, cluster: str | None = None
) -> tuple[int, int]:
    """Processes and threads for this machine, where they are not given: a process a core as long as memory lasts and there is
    work for them; the cores that are left become threads. With threads given, a process has as many cores. Workers of a cluster
    have a thread each.

    units : how many there are, if not those of the study itself
    """
    if threads is None and cluster is not None:
        threads = 1
    if jobs is not None and threads is not None:
        return jobs, threads
    study = study.at(size)
    graph = graph_of(study)
    if jobs is None:
        units = units or math.prod(study.point_counts().values()) * study.seeds
        ties = _ties(study, graph)
        work = _guess(study_on(study, graph), units, ties) * units
        jobs = max(1, min(cores() // (threads or 1), units, int(free_mb() // memory_mb(ties)), int(work // WORTH_S)))
    return jobs, threads or max(1, cores() // jobs)


def memory_mb(ties: int) -> float:
    """Memory of one process that simulates a society of so many ties. A small grown society stays in it beside its worlds."""
    states = 2 if ties <= MOST_IN_MEMORY else 1
    measured = min(ties, TIES_A_PERSON << TILE_BITS)
    return PROGRAM_MB + (ties * (states * BYTES_A_TIE + BYTES_BESIDE) + measured * BYTES_MEASURED) / 1e6


def free_mb() -> float:
    """Memory that is free for new processes; infinite where the system does not tell."""
    try:
        with open("/proc/meminfo", encoding="ascii") as lines:
            values = dict(line.split(":") for line in lines)
        return float(values["MemAvailable"].split()[0]) / 1024
    except (OSError, KeyError, ValueError):
        return math.inf


# --- what starts only when it is meant ---------------------------------------------------------------------------------


class Workload(NamedTuple):
    """What is about to be simulated, roughly: what a function calls its `before` with, before it starts.

        sim.sweep(study, before=sim.Workload.refuse_too_much)      # as careful as the command line

    what : in words; smaller : how to ask for less
    file, place : what asks for it, as in messages
    seconds : of the whole; memory_mb : megabytes of all processes together
    units : of a sweep, 0 of anything else
    elsewhere : whether a cluster does it, of which neither workers nor memory are known
    graph : the graph that was read for a single run to start from, or None
    """

    file: str
    place: str
    what: str
    smaller: str
    seconds: float
    memory_mb: float
    units: int = 0
    elsewhere: bool = False
    graph: GivenGraph | None = None

    @property
    def too_much(self) -> bool:
        """Whether it is more than anybody asks for without meaning to."""
        here = not self.elsewhere and (self.seconds > MOST_HOURS * 3600 or self.memory_mb > machine_mb())
        return self.units > MOST_UNITS or here

    @property
    def is_announced(self) -> bool:
        """Whether it is so much that the command line says so before it starts."""
        is_long, is_large = self.seconds > ANNOUNCED_HOURS * 3600, self.memory_mb > ANNOUNCED_SHARE * machine_mb()
        return self.too_much or ((is_long or is_large) and not self.elsewhere)

    def in_words(self) -> str:
        return f"{self.what}: about {duration(self.seconds)} and {in_bytes(int(self.memory_mb * 1e6))} of memory, both rough"

    def refuse_too_much(self) -> None:
        """InputError: more units, hours or memory than anybody asks for without meaning to."""
        if self.too_much:
            memory = f" and the {in_bytes(int(machine_mb() * 1e6))} of this machine" if machine_mb() < math.inf else ""
            usual = f"at most {MOST_UNITS} units, {MOST_HOURS} h{memory}: {self.smaller}; or --yes if this is meant"
            raise InputError(Problem(self.file, self.place, self.in_words(), usual))


Before: TypeAlias = Callable[[Workload], None] | None
"""What a function calls before it simulates anything; it stops where that raises."""


def of_a_sweep(study: Study, folder: Path, size: str, jobs: int = 1, cluster: bool = False) -> Workload:
    """The work of what is missing of a study in its result folder.

    cluster : whether others do it
    """
    study = study.at(size)
    sizes = study.point_counts() | {"seeds": study.seeds}
    units = math.prod(sizes.values())
    graph = graph_of(study)
    ties = _ties(study, graph)
    seconds = _guess(study_on(study, graph), units, ties) * units / max(1, min(jobs, units))
    if units <= MOST_WALKED and seconds > MOST_HOURS * 3600:  # some of it may be done
        seconds = _looked_at(study, folder, "default", jobs).seconds(jobs)
    runs, workers = units * len(arms_of(study)), f"{jobs} job{'s' * (jobs > 1)}"
    return Workload(
        file=study.file,
        place="vary" if study.plan.kind == "grid" else "design",
        what=f"{units} units ({product(sizes)}), {runs} runs with {workers}",
        smaller="fewer values, samples, seeds or people",
        seconds=seconds,
        memory_mb=PROGRAM_MB + max(1, min(jobs, units)) * memory_mb(ties),
        units=units,
        elsewhere=cluster,
    )


def of_a_region(asked, folder: Path, jobs: int = 1, cluster: bool = False) -> Workload:
    """The work of what `robustness.region.ask` gives: as of a sweep of so many sets, of two arms each, and the search's own."""
    pair = asked.study.at_points([{}], asked.contrast)
    of_one = of_a_sweep(pair, folder, "default", 1, cluster)
    units = asked.sets * pair.seeds
    workers = max(1, min(jobs, units))
    return of_one._replace(
        place="region",
        what=f"{units} units ({asked.sets} combinations x seeds {pair.seeds}) and those of the search, with {jobs} jobs",
        smaller="fewer points, seeds or people",
        seconds=of_one.seconds * asked.sets / workers,
        memory_mb=PROGRAM_MB + workers * (of_one.memory_mb - PROGRAM_MB),
        units=units,
    )


def of_runs(study, graph, years: int | None = None, runs: int = 1, engine: str = "fast") -> Workload:
    """The work of one society that grows, and of runs that branch from it, one after the other.

    graph : the GivenGraph it starts from, or None; years : of each run, to the last horizon if not given
    """
    before = study.resolve(next(iter(study.arms))).years
    after = study.horizons[-1] / YEAR if years is None else years
    people = study.people if graph is None else graph.people
    what = f"{people} people, {in_years(before)} of growing, then {in_years(after)}" + (f" in {runs} runs" if runs > 1 else "")
    slower = SLOWER_PLAIN if engine == "plain" else 1
    return _of_worlds(what, _ties(study, graph), before, after * runs * slower)._replace(graph=graph)


def in_years(many: float) -> str:
    return f"{many:g} year{'' if many == 1 else 's'}"


def of_growing(people: int, years: int, seeds: int, jobs: int) -> Workload:
    """The work of societies that grow and do nothing else."""
    jobs = min(jobs, seeds)
    what = f"{seeds} societies of {people} people, {years} years of growing"
    return _of_worlds(what, people * TIES_A_PERSON, years * seeds / jobs, 0, jobs)


def of_habits(people: int, profiles: int, platforms: int, seeds: int) -> Workload:
    """The work of growing a society of each profile and seed, and of a year with each platform."""
    what = f"{profiles} profiles and {platforms} platforms, {people} people, {seeds} seeds"
    return _of_worlds(what, people * TIES_A_PERSON, GROWN_YEARS * profiles * seeds, profiles * platforms * seeds)


def of_timing(people: int, days: float) -> Workload:
    """The work of timing a world for some days in all, after a year of growing."""
    return _of_worlds(f"{people} people for {days:g} days", people * TIES_A_PERSON, 1, days / YEAR)


def _of_worlds(what: str, ties: int, grown: float, run: float, jobs: int = 1) -> Workload:
    """grown, run : simulated years, one after the other, without and with a platform."""
    seconds = YEAR * ties * (NS_A_DAY["grown"] * grown + NS_A_DAY["run"] * run) / 1e9
    return Workload("", "", what, "fewer people or years", seconds, PROGRAM_MB + jobs * memory_mb(ties))


def machine_mb() -> float:
    """Memory of this machine; infinite where the system does not tell."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (AttributeError, OSError, ValueError):
        return math.inf


def _ties(study, graph) -> int:
    return graph.ties if graph is not None else study.people * TIES_A_PERSON


def _guess(study, units: int, ties: int) -> float:
    """Guessed seconds of one unit, with its part of growing the societies. It is used until a finished unit tells."""
    years = study.resolve(next(iter(study.arms))).years
    before = [name for name in study.varied() if study.acts(name) == "before"]
    grown = units if before else study.seeds
    if study.listed:  # many of its points may branch from one society
        grown = len({tuple(point.get(name) for name in before) for point in study.listed}) * study.seeds
    grown *= len(placebos(study))  # one for each society that a control branches from
    days = {"grown": 365 * years * grown / units, "run": study.horizons[-1] * len(arms_of(study))}
    return sum(days[kind] * ties * ns / 1e9 for kind, ns in NS_A_DAY.items())
