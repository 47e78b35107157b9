"""Tells which tables of a result folder are out of date, and whether the study's file changed after its results were made."""

from __future__ import annotations

import os
import re
import shlex
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.errors import InputError, Note, shortened
from sim.scenario.figure_names import USUAL
from sim.scenario.shown import Shown
from sim.scenario.study import Study, scenario_hash
from sim.study.judging import region_table, shapley
from sim.study.records import json_files, provenance, tables
from sim.study.records.columns import TABLES
from sim.study.records.command_again import again
from sim.study.records.result_folder import DRAWN, NotNow, ResultFolder, changed_sources, common_sources

_OF_THE_SWEEP = {"contrasts": "compare", "verdict": "compare", "precision": "precision", "indices": "sensitivity",
                 "effects": "profiles", "parts": "profiles"}  # fmt: skip
MOST_RESOLVED = 100  # points times arms up to which the digest of the scenario is computed: it takes a fraction of a second


def older(results: ResultFolder, name: str, published: Path | None = None) -> str:
    """A sentence that says why a table is out of date and what to run. "" if it is up to date. InputError: it is damaged.

    published : folder of the table; the result folder if not given
    """
    changes: list[str] = []
    command = None
    file = tables.path(published or results.folder, name)
    if name in _OF_THE_SWEEP and published is None:
        try:
            results.derived(name, _OF_THE_SWEEP[name])
        except NotNow as reason:
            return str(reason)
    elif name in _OF_THE_SWEEP:
        changes = changed_sources(common_sources(tables.read_whole(file, name)), results.sources(name), DRAWN)
    elif name in region_table.NAMES:
        rows = tables.read_whole(file, name).unique(["contrast", "digest"], maintain_order=True).to_dicts()
        changes = [change for row in rows for change in region_table.differs(row, results.study, results.folder)]
        command = rows[0].get("command") if len(rows) == 1 else None  # only region.csv names it
    elif name == "why":
        whole = tables.read_whole(file, name)
        changes = shapley.differs(results.folder, whole, published is not None)
        command = next(iter(whole["command"]), None)
    elif name in ("split", "ranges"):  # other questions about the same scenario may lie in one table
        rows = tables.read_whole(file, name).unique(["hash", "version"]).to_dicts()
        changes = ["another scenario"] if {row["hash"] for row in rows} != {results.study["scenario"]} else []
        changes += ["another version"] if {row["version"] for row in rows} != {results.study["version"]} else []
    if not changes:
        return ""
    maker = again(results.folder, TABLES[name].maker, command)
    return f"{name}.csv is of {' and '.join(dict.fromkeys(changes))}; run `{maker}` again"


def asked_of_older(sql: str, folder: str | os.PathLike) -> list[str]:
    """The tables of a query that are out of date, each in a sentence with the command that makes it again.

    sql : a question to `sim.query`; folder : a result folder
    InputError: the tables do not come from one sweep.
    """
    if not Path(folder, json_files.STUDY).is_file():
        return []
    results = ResultFolder(folder)
    named = [name for name in TABLES if TABLES[name].csv and re.search(rf"\b{name}\b", sql, re.IGNORECASE)]
    return [reason for name in named if tables.path(folder, name).is_file() and (reason := older(results, name))]


def file_says_otherwise(folder: str | os.PathLike) -> str:
    """A sentence that says how a study's file differs from its results, with the command that runs the new study.

    folder : a result folder; its study.json describes the results
    Gives "" if nothing differs, if the file is gone, or if the study was changed in Python.
    """
    try:
        about = json_files.read(folder, json_files.STUDY)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Note)  # of the file; this is about the tables
            study = provenance.study_of(about, folder)
        if about["as_run"] or study.name != about["name"]:
            return ""
        differences = _differences(about, study.at(about["size"]))
    except InputError:
        return ""
    if not differences:
        return ""
    usual = os.path.abspath(provenance.usual_folder(study.name, about["size"])) == os.path.abspath(folder)
    words = ["--size", about["size"]] * (about["size"] != "default") + ["--out", os.fspath(folder)] * (not usual)
    command = shlex.join(["sim", "sweep", study.file, *words])
    changes = "; ".join(differences)
    return f"{study.file} is not what these tables are of ({changes}): they stay so until `{command}` takes it over"


def _differences(about: Mapping[str, Any], study: Study) -> list[str]:
    """How a study differs from study.json, in words. about : study.json"""
    then, now = about["margins"], {name: margin.value for name, margin in study.margins}
    differences = [f"margin {name}: {then.get(name)} then, {value} now" for name, value in now.items() if then.get(name) != value]
    question = {"question": study.question, "question_fr": study.question_fr or study.question}
    for key, text in question.items():
        if about[key] != text:
            differences.append(f"{key}: '{shortened(about[key], 60)}' then, '{shortened(text, 60)}' now")
    contrasts = [(entry["name"], entry["arm"], entry["control"], entry["primary"]) for entry in about["contrasts"]]
    if contrasts != [(asked.name, asked.arm, asked.control, asked == study.primary) for asked in study.contrasts]:
        differences.append("its contrasts")
    if about.get("figures", list(USUAL)) != list(study.figures):
        differences.append("its figures")
    if Shown.model_validate(about.get("shown", {})) != study.shown:
        differences.append("what its figures show")
    if about["horizons"] != list(study.horizons):
        differences.append("its horizons")
    if about["seeds_planned"] != study.seeds:
        differences.append(f"seeds: {about['seeds_planned']} then, {study.seeds} now")
    if about["given_graph"] is None and _scenario_differs(about, study):
        differences.append("its scenario")
    return differences


def _scenario_differs(about: Mapping[str, Any], study: Study) -> bool:
    """Whether the scenario changed. A design of many points is compared at its first point only."""
    if study.graph or about["people"] != study.people or about["design"] != study.about_design():
        return True
    if len(about["points"]) * len(study.arms) <= MOST_RESOLVED:
        return about["seeds_planned"] == study.seeds and about["scenario"] != scenario_hash(study)
    first = {name: value for name, value in about["points"][0].items() if name != "point"}
    return about["values"] != {arm: study.resolve(arm, first).numbers() for arm in study.arms}
