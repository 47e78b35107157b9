"""Our own sweep. A seed's society is grown once and branched; runs that no value changes are lived once."""

from __future__ import annotations

import tempfile

import polars as pl
from task import ARMS, CONTRAST, MEASURES, VARIED, Results, Task, study

import sim
from sim.study.records import tables


def run(task: Task) -> Results:
    question = study().at_points([{VARIED: slope} for slope in task.slopes], CONTRAST).scaled(task.people, task.seeds)
    return swept(question, task.jobs)


def replicates(many: int) -> list[tuple[float, ...]]:
    """So many seeds of one arm, by the tool's own means."""
    found = swept(study().at_points([{VARIED: 2.0}], CONTRAST).scaled(40, many).model_copy(update={"burn_in": "1y"}), 1)
    return [value for (_, _, arm), value in found.items() if arm == ARMS[1]]


def swept(question, jobs: int) -> Results:
    """With tables written and a placebo for every unit, which the peers do not have."""
    with tempfile.TemporaryDirectory() as folder:
        sim.sweep(question, folder, jobs=jobs)
        runs = tables.read(folder, "runs").filter(pl.col("arm").is_in(ARMS)).select("run_id", VARIED, "seed", "arm")
        rows = tables.read(folder, "measures").filter(
            pl.col("profile") == "all", pl.col("tie_class") == "all", pl.col("measure").is_in(MEASURES)
        )
    lived = rows.pivot("measure", index="run_id", values="value").join(runs, on="run_id")
    return {tuple(key): tuple(values) for *key, values in zip(*lived[VARIED, "seed", "arm"], lived.select(MEASURES).iter_rows())}
