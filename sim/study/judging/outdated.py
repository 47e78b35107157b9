"""Whether a table of a result folder is older than what it was made from, and the folder than its study's file."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.errors import InputError, shortened
from sim.scenario.figure_names import USUAL
from sim.scenario.study import Study, scenario_hash
from sim.study.judging import region_table, shapley
from sim.study.records import json_files, provenance, tables
from sim.study.records.columns import TABLES
from sim.study.records.command_again import again
from sim.study.records.result_folder import DRAWN, NotNow, ResultFolder, changed_sources, common_sources

_OF_THE_SWEEP = {"contrasts": "compare", "verdict": "compare", "precision": "precision", "indices": "sensitivity"}
MOST_RESOLVED = 100  # points times arms, of which the digest of the scenario is made anew: it takes a fraction of a second


def older(results: ResultFolder, name: str, published: Path | None = None) -> str:
    """Of what a table is that is not here now, and what to run; "" if it is of what is here. InputError: damaged.

    published : the folder in which the table lies; the result folder if not given
    """
    other: list[str] = []
    said = None
    file = tables.path(published or results.folder, name)
    if name in _OF_THE_SWEEP and published is None:
        try:
            results.derived(name, _OF_THE_SWEEP[name])
        except NotNow as reason:
            return str(reason)
    elif name in _OF_THE_SWEEP:
        other = changed_sources(common_sources(tables.read_whole(file, name)), results.sources(name), DRAWN)
    elif name in region_table.NAMES:
        rows = tables.read_whole(file, name).unique(["contrast", "digest"], maintain_order=True).to_dicts()
        other = [word for row in rows for word in region_table.differs(row, results.study, results.folder)]
        said = rows[0].get("command") if len(rows) == 1 else None  # region.csv alone says it
    elif name == "why":
        whole = tables.read_whole(file, name)
        other, said = shapley.differs(results.folder, whole, published is not None), next(iter(whole["command"]), None)
    if not other:
        return ""
    return f"{name}.csv is of {' and '.join(dict.fromkeys(other))}; run `{again(results.folder, TABLES[name].maker, said)}` again"


def asked_of_older(sql: str, folder: str | os.PathLike) -> list[str]:
    """The tables of a question that are older than what they were made from, each in a sentence with the command that helps.

    sql : a question to `sim.query`; folder : a result folder
    InputError: the tables of a sweep are not those of one sweep.
    """
    if not Path(folder, json_files.STUDY).is_file():
        return []
    results = ResultFolder(folder)
    named = [name for name in TABLES if TABLES[name].csv and re.search(rf"\b{name}\b", sql, re.IGNORECASE)]
    return [said for name in named if tables.path(folder, name).is_file() and (said := older(results, name))]


def file_says_otherwise(folder: str | os.PathLike) -> str:
    """What a study's file says now that its results do not, in a sentence with the command that takes it over.

    folder : a result folder; its study.json says what its tables are of
    "" if nothing, where there is no such file (any more), or where the study was changed in Python
    """
    try:
        about = json_files.read(folder, json_files.STUDY)
        study = provenance.study_of(about, folder)
        if about["as_run"] or study.name != about["name"]:
            return ""
        other = _differing(about, study.at(about["size"]))
    except InputError:
        return ""
    if not other:
        return ""
    usual = os.path.abspath(provenance.usual_folder(study.name, about["size"])) == os.path.abspath(folder)
    words = ["--size", about["size"]] * (about["size"] != "default") + ["--out", os.fspath(folder)] * (not usual)
    command = shlex.join(["sim", "sweep", study.file, *words])
    return f"{study.file} is not what these tables are of ({'; '.join(other)}): they stay so until `{command}` takes it over"


def _differing(about: Mapping[str, Any], study: Study) -> list[str]:
    """What differs, in words. A scenario on a graph or of many points is looked at by its numbers at the first point alone."""
    then, now = about["margins"], {name: margin.value for name, margin in study.margins}
    other = [f"margin {name}: {then.get(name)} then, {value} now" for name, value in now.items() if then.get(name) != value]
    question = {"question": study.question, "question_fr": study.question_fr or study.question}
    for key, asked in question.items():
        if about[key] != asked:
            other.append(f"{key}: '{shortened(about[key], 60)}' then, '{shortened(asked, 60)}' now")
    contrasts = [(each["name"], each["arm"], each["control"], each["primary"]) for each in about["contrasts"]]
    if contrasts != [(one.name, one.arm, one.control, one == study.primary) for one in study.contrasts]:
        other.append("its contrasts")
    if about.get("figures", list(USUAL)) != list(study.figures):
        other.append("its figures")
    if about["horizons"] != list(study.horizons):
        other.append("its horizons")
    if about["seeds_planned"] != study.seeds:
        other.append(f"seeds: {about['seeds_planned']} then, {study.seeds} now")
    if about["given_graph"] is None and _scenario_differs(about, study):
        other.append("its scenario")
    return other


def _scenario_differs(about: Mapping[str, Any], study: Study) -> bool:
    if study.graph or about["people"] != study.people or about["design"] != study.about_design():
        return True
    if len(about["points"]) * len(study.arms) <= MOST_RESOLVED:
        return about["seeds_planned"] == study.seeds and about["scenario"] != scenario_hash(study)
    first = {name: value for name, value in about["points"][0].items() if name != "point"}
    return about["values"] != {arm: study.resolve(arm, first).numbers() for arm in study.arms}
