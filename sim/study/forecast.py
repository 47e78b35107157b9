"""What a sweep would do, and how much of the machine it would take; runs nothing and writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from sim.study.experiment import Ledger, arms_of, graph_of, units_of
from sim.study.start import study_on

TIES_A_PERSON = 100  # of a grown society, counted once per tie
BYTES_A_TIE = 69  # sim.world.state.Ties
LIVES_AT_ONCE = 4  # the grown society, the living world, and what a month's turnover and measuring copy
PROGRAM_MB = 350  # a process before it holds any society


@dataclass(frozen=True)
class Forecast:
    """Counts of a sweep; seconds of one unit are None while no unit has been done, disk and memory are rough."""

    units: int
    runs: int
    done: int
    seconds_a_unit: float | None
    memory_mb: float
    disk_mb: float

    def seconds(self, jobs: int) -> float | None:
        """Time left with this many processes."""
        if self.seconds_a_unit is None:
            return None
        left = self.units - self.done
        return self.seconds_a_unit * left / max(1, min(jobs, left))


def forecast(study, folder: Path, size: str, jobs: int = 1) -> Forecast:
    """Look at a study and at what its result folder already holds."""
    study = study.at(size)
    graph = graph_of(study)
    study = study_on(study, graph)
    units = units_of(study, graph)
    ties = graph.ties if graph is not None else study.people * TIES_A_PERSON
    mb = ties * BYTES_A_TIE / 1e6
    done, seconds, written = set(), None, 0.1
    if (folder / "ledger.sqlite").is_file():
        ledger = Ledger(folder)
        done = ledger.done() & set(units)
        if done:
            written = ledger.file.stat().st_size / 1e6 / len(done)
            seconds = sum(map(_seconds, (runs for runs, *_ in ledger.frames(done)))) / len(done)
    return Forecast(
        units=len(units),
        runs=len(units) * len(arms_of(study)),
        done=len(done),
        seconds_a_unit=seconds,
        memory_mb=max(1, jobs) * (PROGRAM_MB + LIVES_AT_ONCE * mb),
        disk_mb=study.seeds * mb + len(units) * written,
    )


def _seconds(runs: pl.DataFrame) -> float:
    """Seconds of the lives of one unit, each counted once."""
    return float(runs.unique(["started", "wall_s", "scenario_hash"])["wall_s"].sum())
