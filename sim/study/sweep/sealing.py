"""Sealing a study: what `sim seal` does."""

from __future__ import annotations

import time
from os import PathLike
from pathlib import Path

import polars as pl

from sim.compiled import MADE_BY
from sim.errors import InputError, Problem
from sim.scenario.fingerprint import digest
from sim.scenario.reading import study_of
from sim.scenario.study import Study
from sim.society.start import graph_of, study_on
from sim.study.records import seal, tables
from sim.study.records.seal import Earlier, Parts, Seal
from sim.study.sweep.grown import graph_digest


def seal_study(study: Study | str | PathLike[str], again: bool = False) -> tuple[Seal, Path]:
    """Fix a study's question, margins, scenario and code before it is run: a small file beside it, with one hash to publish.

    study : or the path of its file; it is sealed at all of its sizes
    again : whether a seal that is there is replaced; it stays in the history of the new one
    Gives the seal and its file.
    InputError: there is a seal already, or a file that is none.
    """
    study = study_of(study)
    file, old = seal.file_of(study), seal.read(study)
    if old is not None and not again:
        sealed = f"sealed already, at {old.sealed_at} ({old.hash[:12]})"
        raise InputError(Problem(str(file), "", sealed, "--again, which replaces it and keeps its hash"))
    parts, content = parts_of(study), seal.content(study)
    new = Seal(
        format=1,
        study=study.name,
        sealed_at=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        hash=digest(parts.model_dump()),
        primary=seal.primary(content),
        parts=parts,
        runs=finished(study.name),
        history=(*old.history, Earlier(sealed_at=old.sealed_at, hash=old.hash, runs=old.runs)) if old else (),
        **content,
    )
    tables.write_json(file.parent, file.name, new.model_dump(mode="json"))
    return new, file


def parts_of(study: Study) -> Parts:
    """The hashes of all parts of a study; the scenario has one for each size."""
    graph = graph_of(study)
    sizes = ("default", *(name for name, changes in study.sizes if changes is not None))
    hashes = {size: seal.parts(study_on(study.at(size), graph), graph_digest(graph), MADE_BY) for size in sizes}
    scenario = {size: parts["scenario"] for size, parts in hashes.items()}
    return Parts.model_validate(hashes["default"] | {"scenario": scenario})


def finished(name: str) -> int:
    """How many finished runs of a study the tables in results/ hold, at all sizes and of single runs together."""
    runs = [tables.read_file(file, "runs") for file in sorted(Path("results", name, ".work").glob("*/runs.parquet"))]
    return sum(table.filter(pl.col("study") == name, pl.col("status") == "done").height for table in runs)
