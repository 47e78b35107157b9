"""How fast days go by on this machine: nanoseconds per tie and day, by number of threads."""

from __future__ import annotations

import os
import platform as machine_platform
import time
from typing import Any

from sim.compiled import MADE_BY
from sim.progress import Progress, Watch, shown
from sim.scenario.reading import study_of
from sim.scenario.study import Study
from sim.world.model import World

YEARS = 1  # grown before: enough for the ties to be those of a society
WARM_UP = 7  # days, so that everything is compiled and a plan day is over
REPEATS = 3  # the fastest counts: anything slower was disturbed


def thread_counts() -> list[int]:
    """1, 2, 4, ... up to the machine's cores, and these."""
    cores = os.cpu_count() or 1
    return sorted({*(2**k for k in range(cores.bit_length()) if 2**k <= cores), cores})


def days_run(days: int) -> int:
    """Days that are run in all to time this many, if threads saved nothing."""
    return (WARM_UP + days) * REPEATS * len(thread_counts())


def speed(study, people: int = 5000, days: int = 28, progress: Progress = None) -> dict[str, Any]:
    """Time some days of the primary arm, at the values of the files, with 1, 2, 4, ... threads up to the machine's."""
    with shown(progress) as watch:
        return timed(study_of(study), people, days, watch)


def timed(study: Study, people: int, days: int, watch: Watch) -> dict[str, Any]:
    cores, several = os.cpu_count() or 1, thread_counts()
    world = World(study, study.primary.arm, seed=1, people=people, years=YEARS)
    found = []
    for threads in several:
        seconds = []
        for _ in range(REPEATS):
            life = world.branch(study.primary.arm)
            life.threads = threads
            life.run(WARM_UP)
            began = time.perf_counter()
            life.run(days)
            seconds.append(time.perf_counter() - began)
        ties = int(life.state.ties.i.size)
        best = min(seconds)
        found.append({"threads": threads, "seconds": best, "ns_per_tie_day": best * 1e9 / max(ties * days, 1)})
        watch("thread counts", len(found), len(several))
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
        "results": found,
    }
