"""Publishing a study: its small tables and its figures are copied to where others see them, described by a `datapackage.json`.

The description is a Frictionless Data Package: what each column is, its type and unit, licence and sources. It is made from the
tables and never read to decide anything.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sim.files import must_take_files
from sim.study import holds, tables
from sim.study.columns import TABLES, in_file, kind
from sim.study.older import older
from sim.study.provenance import Provenance
from sim.study.swept import Swept

PACKAGE = "datapackage.json"
SMALL = ("verdict", *holds.NAMES, "why", "indices")


class Published(NamedTuple):
    """What was copied, and what was not, with the reason."""

    files: list[Path]
    notes: list[str]


def publish(folder: str | os.PathLike, out: str | os.PathLike | None = None) -> Published:
    """Copy the verdict, the other small tables and the figures of a result folder, and describe the tables.

    out : `results/<study>` by default
    Tables beside the verdict that are older than what they are made from stay behind with a note, as do figures of such tables.
    InputError: no verdict of what is there now, or a damaged table.
    """
    folder, swept = Path(folder), Swept(folder)
    swept.derived("verdict", "compare")
    place = must_take_files(Path("results", swept.study["name"]) if out is None else Path(out))
    files, notes = [], []
    for name in SMALL:
        if tables.path(folder, name).is_file():
            if said := older(swept, name):
                notes.append(said)
            else:
                files.append(_copied(tables.path(folder, name), place))
    digests = [str(swept.sources("figure")), *(_digest(folder, name) for name in (*SMALL, "precision"))]
    for figure in sorted(Path(folder, "figures").glob("*.svg")):
        if any(f"digest {one}" in figure.read_text(encoding="utf-8") for one in digests if one):
            files.append(_copied(figure, place))
        else:
            notes.append(f"{figure.name} is not drawn from the tables that are there now; run `sim draw` again")
    return Published([*files, describe(place, swept.study, swept.provenance("verdict", ("compare",)))], notes)


def _digest(folder: Path, name: str) -> str:
    made = tables.provenance(folder, name) if tables.path(folder, name).is_file() else None
    return made.digest if made else ""


def _copied(file: Path, place: Path) -> Path:
    with tables.atomically(place / file.name) as temporary:
        shutil.copyfile(file, temporary)
    return place / file.name


def describe(place: Path, study: Mapping[str, Any], made: Provenance) -> Path:
    """Write the description of the tables in a folder.

    study : study.json; made : where the verdict is from
    """
    named = [name for name in SMALL if tables.path(place, name).is_file()]
    content = {
        "profile": "tabular-data-package",
        "name": study["name"],
        "title": study["question"],
        "description": f"Published results of the study {study['name']}, simulated by unbirthday.",
        "version": made.version,
        "licenses": [{"name": "MIT", "title": "MIT License"}],
        "sources": [{"title": f"{study['file']}, every value of which has its source; hash {made.hash}", "path": study["file"]}],
        "resources": [_resource(place, name, made) for name in named],
    }
    with tables.atomically(place / PACKAGE) as temporary:
        temporary.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return place / PACKAGE


def _resource(place: Path, name: str, made: Provenance) -> dict[str, Any]:
    file = tables.path(place, name)
    content, said = file.read_bytes(), tables.provenance(place, name)
    command = made.command if name == "verdict" else said.command if said else ""
    fields = [
        {"name": key, "type": kind(column), "description": column.meaning} | ({"unit": column.unit} if column.unit else {})
        for key, column in in_file(name).items()
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
