"""Publishing a study: copies its small tables and figures to a public folder and describes them in a `datapackage.json`.

The description is a Frictionless Data Package with the meaning, type and unit of each column, the licence and the sources. It is
made from the tables. No decision depends on it.
"""

from __future__ import annotations

import csv
import hashlib
import html
import json
import os
import re
import shlex
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sim.errors import InputError, Problem, RunError
from sim.files import must_take_files
from sim.page.gallery import BY_US, LICENCE, PACKAGE, galleries
from sim.page.published import PAGES, SMALL, is_report, stamped
from sim.page.report import written
from sim.scenario import figure_names
from sim.study.judging import region_table
from sim.study.judging.outdated import older
from sim.study.records import json_files, tables
from sim.study.records.columns import BLOCK, TABLES, in_file, kind
from sim.study.records.provenance import Provenance
from sim.study.records.result_folder import ResultFolder, figure_digest

PLAYED = "play"  # the page to play with, as `sim export` calls it: published like a figure
_OF_RUNS = (*region_table.NAMES, "why", "split")  # tables with runs of their own, which take hours


class Published(NamedTuple):
    """The files that were written, and notes on those that were not copied or were removed."""

    files: list[Path]
    notes: list[str]


def publish(folder: str | os.PathLike, out: str | os.PathLike | None = None) -> Published:
    """Copy the verdict, the other small tables and the figures of a result folder, and describe the tables.

    folder : a result folder
    out : the folder to copy to; `results/<study>` by default, and then the pages of all published studies are written anew
    Figures and the page to play with are taken from the folder and from its folder `figures`. If two have the same
    name, the newer up-to-date one is taken.
    Tables that are out of date are not copied, nor are figures of such tables. A note names each.
    Files that were published before and are out of date are removed, with a note. Files of other studies stay.
    InputError: the verdict is absent or out of date, a table is damaged, or another file would be overwritten.
    """
    folder, results = Path(folder), ResultFolder(folder)
    results.derived("verdict", "compare")
    study = results.study["name"]
    place = Path("results", study) if out is None else Path(out)
    must_take_files(place)
    _refuse(place, folder)
    reasons = {name: older(results, name) for name in (*SMALL, "precision") if tables.path(folder, name).is_file()}
    new = [name for name in SMALL if reasons.get(name) == ""]
    notes = [f"not published: {reasons[name]}" for name in SMALL if reasons.get(name)]
    digests = [str(results.sources("figure")), *(_digest(results, folder, name) for name, old in reasons.items() if not old)]
    figures, left_behind = _figures(folder, digests)
    notes += [f"not published: {reason}" for reason in left_behind]
    chosen = [*(tables.path(folder, name) for name in new), *figures]
    _refuse_foreign([place / PACKAGE, *(place / file.name for file in chosen)], study)
    files = [_copied(file, place) for file in chosen]

    kept, left, outdated = _published_before(results, place, new)
    digests += [_digest(results, place, name) for name in kept]
    published = {file.name for file in figures}
    for file in sorted(file for file in drawn_in(place) if file.name not in published and _is_figure(file, study)):
        if _shows(file, digests):
            published.add(file.name)
        elif (table := file.name.split(".")[0]) in left:  # a figure of one table has the name of the table
            left[table] += f" ({file.name} shows it)"
        else:
            outdated.append(file)
    if outdated:
        _remove(outdated)
        notes.append(f"removed from {place}, not of what is published now: {', '.join(file.name for file in outdated)}")
    notes += [f"{place}: not described: {reason}" for reason in left.values()]
    if not published:
        notes.append(f"no figure is published; run `sim draw {shlex.quote(str(folder))}`, then publish again")
    described = [name for name in SMALL if name in (*new, *kept)]
    files.append(describe(place, results.study, results.provenance("verdict", ("compare",)), described))
    files += reports(results, place, [place / name for name in sorted(published)], described)
    if stay := [name for name in PAGES.values() if place / name not in files]:
        notes.append(f"{place}: not a report of this study, and stays as it is: {', '.join(stay)}")
    files += galleries(place.parent) if out is None else []
    return Published(files, notes)


def reports(results: ResultFolder, place: Path, figures: Sequence[Path], named: Sequence[str]) -> list[Path]:
    """Write the report of each language as the page of a folder, except where another page is.

    figures : the files that are published there; named : the tables
    """
    files = []
    small = [tables.path(place, name) for name in named]
    made = results.provenance("figure", ("compare",), ("publish",))
    for lang, name in PAGES.items():
        file = place / name
        if os.path.lexists(file) and not is_report(file, results.study["name"]):
            continue
        own = [each for each in figures if each.suffixes[0] == f".{lang}"]
        drawn = [each for each in own if each.suffix == ".svg"]
        played = next((each.name for each in own if each.name.startswith(PLAYED)), "")
        text = written(results.folder, lang, drawn, small, played, publishing=True)
        with tables.atomically(file) as temporary:
            temporary.write_text(stamped(text, made, place), encoding="utf-8")
        files.append(file)
    return files


# --- files to publish ----------------------------------------------------------------------------------------------------


def _figures(folder: Path, digests: Sequence[str]) -> tuple[list[Path], list[str]]:
    """The up-to-date figures of a result folder, one of each name, and a reason for each name that has none."""
    files = [file for part in (folder, folder / "figures") for file in drawn_in(part)]
    newest = sorted((file for file in files if _shows(file, digests)), key=lambda file: file.stat().st_mtime_ns)
    fitting = {file.name: file for file in newest}
    notes = []
    for name in sorted({file.name for file in files} - set(fitting)):
        verb, lang = "export" if name.startswith(PLAYED) else "draw", " --lang fr" if ".fr." in name else ""
        again = f"`sim {verb} {shlex.quote(str(folder))}{lang}`"
        notes.append(f"{name} is not drawn from the tables that are there now; run {again} again")
    return [fitting[name] for name in sorted(fitting)], notes


def drawn_in(folder: Path) -> list[Path]:
    """The figures of a folder and its pages to play with."""
    return [file for pattern in ("*.svg", f"{PLAYED}.*.html") for file in folder.glob(pattern) if file.is_file()]


def _shows(figure: Path, digests: Sequence[str]) -> bool:
    """Whether a figure was drawn from tables with one of these digests."""
    text = figure.read_text(encoding="utf-8", errors="replace")
    return any(f"digest {digest}" in text for digest in digests if digest)


def _digest(results: ResultFolder, folder: Path, name: str) -> str:
    """The digest of figures of a table."""
    made = tables.provenance(folder, name)
    return figure_digest(name, made.digest, str(results.sources("figure"))) if made else ""


def _copied(file: Path, place: Path) -> Path:
    with tables.atomically(place / file.name) as temporary:
        shutil.copyfile(file, temporary)
    return place / file.name


# --- files that are there already ----------------------------------------------------------------------------------------


def _refuse(place: Path, folder: Path) -> None:
    """Raise InputError if the folder is not for published files."""
    expected = "a folder for published files alone; give another --out"
    if scenario := next(place.glob("*.toml"), None):
        raise InputError(Problem(str(place), "", f"holds {scenario.name}, which is no published file", expected))
    if (place / json_files.STUDY).is_file() or place.resolve() == (folder / "figures").resolve():
        raise InputError(Problem(str(place), "", "holds the results of runs", expected))


def _refuse_foreign(files: Sequence[Path], study: str) -> None:
    """Raise InputError if a file would be overwritten that is not a published file of this study."""
    expected = f"nothing of that name, or what `sim publish` wrote of the study {study}; give another --out, or move it away"
    wrong = [(file, _study_of(file)) for file in files if os.path.lexists(file)]
    if problems := [
        Problem(str(file), "", f"is of the study {of}" if of else "is not a file of ours, and would be overwritten", expected)
        for file, of in wrong
        if of not in (study, "")
    ]:
        raise InputError(problems)


def _study_of(file: Path) -> str | None:
    """The name of a published file's study. "" if the file has no rows that name one. None if it is not a published file."""
    if not file.is_file():
        return None
    text = file.read_text(encoding="utf-8", errors="replace")
    if file.suffix in (".svg", ".html") or text.startswith("# unbirthday "):  # the latter: tables of format 1
        match = re.search(r"\bstudy (.*?); (hash|version|seeds|command|digest) ", text) if "unbirthday " in text else None
        return html.unescape(match[1]) if match else None
    try:
        if file.name == PACKAGE:
            content = json.loads(text)
            return str(content["name"]) if BY_US in content["description"] else None
        rows = csv.DictReader(text.splitlines())
        ours = {"study", *BLOCK} <= set(rows.fieldnames or ())
        return next(rows, {"study": ""})["study"] if ours else None
    except (ValueError, KeyError, TypeError, RecursionError, csv.Error):
        return None


def _is_figure(file: Path, study: str) -> bool:
    name, *_ = file.name.split(".")
    return name in (*figure_names.names(), PLAYED) and file.name.count(".") == 2 and _study_of(file) == study


def _published_before(results: ResultFolder, place: Path, new: Sequence[str]) -> tuple[list[str], dict[str, str], list[Path]]:
    """Tables in a folder that are not published now: the up-to-date ones; the others that stay, with reasons; those to remove.

    A table with runs of its own stays, unless the result folder has a table of the same name.
    """
    kept, left, outdated = [], {}, []
    for name in SMALL:
        file = tables.path(place, name)
        if name in new or not os.path.lexists(file):
            continue
        if _study_of(file) not in (results.study["name"], ""):
            left[name] = f"{file.name} is not a table of this study"
            continue
        try:
            reason = older(results, name, place)
        except InputError as damaged:
            reason = str(damaged)
        if not reason:
            kept.append(name)
        elif name in _OF_RUNS and not tables.path(results.folder, name).is_file():
            left[name] = reason
        else:
            outdated.append(file)
    return kept, left, outdated


def _remove(files: Sequence[Path]) -> None:
    for file in files:
        try:
            file.unlink()
        except OSError as error:
            reason = error.strerror or error
            raise RunError(f"{file}: could not be removed ({reason}), and is not of what is published now") from error


# --- its description -----------------------------------------------------------------------------------------------------


def describe(place: Path, study: Mapping[str, Any], made: Provenance, named: Sequence[str]) -> Path:
    """Write the description of the tables in a folder.

    study : study.json; made : provenance of the verdict; named : names of the tables
    """
    content = {
        "profile": "tabular-data-package",
        "name": study["name"],
        "title": study["question"],
        "title_fr": study["question_fr"],
        "description": f"Published results of the study {study['name']}, {BY_US}.",
        "version": made.version,
        "licenses": [LICENCE],
        "sources": [{"title": f"{study['file']}, every value of which has its source; hash {made.hash}", "path": study["file"]}],
        "resources": [_resource(place, name, made) for name in named],
    }
    with tables.atomically(place / PACKAGE) as temporary:
        temporary.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return place / PACKAGE


def _resource(place: Path, name: str, made: Provenance) -> dict[str, Any]:
    file = tables.path(place, name)
    content, own = file.read_bytes(), tables.provenance(place, name)
    command = made.command if name == "verdict" else own.command if own else ""
    header = content.split(b"\n", 1)[0].decode().split(",")  # a table of an older version may lack a column
    fields = [
        {"name": key, "type": kind(column), "description": column.meaning} | ({"unit": column.unit} if column.unit else {})
        for key, column in in_file(name).items()
        if key in header
    ]
    return {
        "name": name,
        "path": file.name,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "description": f"One row: {TABLES[name].row}." + (f" Made by: {command}" if command else ""),
        "schema": {"fields": fields, "missingValues": [""]},
    }
