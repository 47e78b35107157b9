"""Whether a table of a result folder is older than what it was made from."""

from __future__ import annotations

import os
import re
from pathlib import Path

from sim.study import holds, record, shapley, tables
from sim.study.again import again
from sim.study.columns import TABLES
from sim.study.swept import NotNow, Swept

_OF_THE_SWEEP = {"contrasts": "compare", "verdict": "compare", "precision": "precision", "indices": "sensitivity"}


def older(swept: Swept, name: str) -> str:
    """Of what a table is that is not here now, and what to run; "" if it is of what is here. InputError: damaged."""
    other: list[str] = []
    said = None
    if name in _OF_THE_SWEEP:
        try:
            swept.derived(name, _OF_THE_SWEEP[name])
        except NotNow as reason:
            return str(reason)
    elif name in holds.NAMES:
        rows = tables.read(swept.folder, "region").unique(["contrast", "digest"], maintain_order=True).to_dicts()
        other = [word for row in rows for word in holds.differs(row, swept.study, swept.folder)]
        said = next((row["command"] for row in rows), None) if len(rows) == 1 else None
    elif name == "why":
        whole = tables.read_whole(tables.path(swept.folder, name), name)
        other, said = shapley.differs(swept.folder, whole), next(iter(whole["command"]), None)
    if not other:
        return ""
    return f"{name}.csv is of {' and '.join(dict.fromkeys(other))}; run `{again(swept.folder, TABLES[name].maker, said)}` again"


def asked_of_older(sql: str, folder: str | os.PathLike) -> list[str]:
    """What a question in SQL asks of tables that are older, in words. InputError: the tables of a sweep are not one sweep's."""
    if not Path(folder, record.STUDY).is_file():
        return []
    swept = Swept(folder)
    named = [name for name in TABLES if TABLES[name].csv and re.search(rf"\b{name}\b", sql, re.IGNORECASE)]
    return [said for name in named if tables.path(folder, name).is_file() and (said := older(swept, name))]
