"""How fast this machine simulates days: nanoseconds per tie and day, by number of threads."""

from __future__ import annotations

import os
import platform as machine_platform
import time
from os import PathLike
from pathlib import Path
from typing import Any

from sim.compiled import MADE_BY
from sim.progress import Progress, Watch, shown
from sim.scenario.reading import study_of
from sim.scenario.study import Study
from sim.study.records import tables
from sim.study.sweep.forecast import Before, of_timing
from sim.world.model import World

YEARS = 1  # of growing before, after which a society has about as many ties as later
WARM_UP = 7  # days before timing: all kernels are compiled, and a week has been planned
REPEATS = 3  # the fastest counts: the others were disturbed by other programs


def thread_counts() -> list[int]:
    """1, 2, 4, ... and the number of cores of the machine."""
    cores = os.cpu_count() or 1
    return sorted({*(2**k for k in range(cores.bit_length()) if 2**k <= cores), cores})


def days_run(days: int) -> int:
    """Days that are run in all to time this many, if threads saved nothing."""
    return (WARM_UP + days) * REPEATS * len(thread_counts())


def speed(
    study: Study | str | PathLike[str],
    people: int = 5000,
    days: int = 28,
    progress: Progress = None,
    *,
    json: str | PathLike[str] | None = None,
    before: Before = None,
) -> dict[str, Any]:
    """How fast days are simulated on this machine: the primary arm, at the values of the files, with 1, 2, 4, ... threads.

    study : or the path of its file
    people : of the world that is timed
    days : how many are timed; the best of three tries counts
    progress : True, False, or a function of what is being done, how much of it is done, and of how much; by default a bar on a
        terminal
    json : a file that the numbers are written to as well
    before : called with a Workload before anything is simulated
    Gives people, ties, days, arm, cores and, as "results", for each number of threads the seconds and the nanoseconds per tie
    and day.
    """
    if before is not None:
        before(of_timing(people, days_run(days)))
    with shown(progress) as watch:
        speeds = timed(study_of(study), people, days, watch)
    if json is not None:
        tables.write_json(Path(json).parent, Path(json).name, speeds)
    return speeds


def timed(study: Study, people: int, days: int, watch: Watch) -> dict[str, Any]:
    """As `speed`, of a study. watch : called after each number of threads"""
    cores, counts = os.cpu_count() or 1, thread_counts()
    world = World(study, study.primary.arm, seed=1, people=people, years=YEARS)
    results = []
    for threads in counts:
        seconds = []
        for _ in range(REPEATS):
            branch = world.branch(study.primary.arm)
            branch.threads = threads
            branch.run(WARM_UP)
            began = time.perf_counter()
            branch.run(days)
            seconds.append(time.perf_counter() - began)
        ties = int(branch.state.ties.i.size)
        best = min(seconds)
        results.append({"threads": threads, "seconds": best, "ns_per_tie_day": best * 1e9 / max(ties * days, 1)})
        watch("thread counts", len(results), len(counts))
    return {
        "format": 1,
        "study": study.name,
        "arm": study.primary.arm,
        "people": people,
        "ties": ties,
        "days": days,
        "cores": cores,
        "machine": machine_platform.machine(),
        "version": MADE_BY,
        "engine": "fast",
        "results": results,
    }
