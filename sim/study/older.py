"""Whether a table of a result folder is older than what it was made from."""

from __future__ import annotations

import os
import re
from pathlib import Path

from sim.study import holds, record, shapley, tables
from sim.study.columns import TABLES
from sim.study.swept import DRAWN, NotNow, Swept, differing, one_of

_OF_THE_SWEEP = {"contrasts": "compare", "verdict": "compare", "precision": "precision", "indices": "sensitivity"}


def older(swept: Swept, name: str, published: Path | None = None) -> str:
    """Of what a table is that is not here now, and what to run; "" if it is of what is here. InputError: damaged.

    published : the folder in which the table lies; the result folder if not given
    """
    other: list[str] = []
    file = tables.path(published or swept.folder, name)
    if name in _OF_THE_SWEEP and published is None:
        try:
            swept.derived(name, _OF_THE_SWEEP[name])
        except NotNow as reason:
            return str(reason)
    elif name in _OF_THE_SWEEP:
        other = differing(one_of(tables.read_whole(file, name)), swept.sources(name), DRAWN)
    elif name in holds.NAMES:
        rows = tables.read_whole(file, name).unique(["contrast", "digest"], maintain_order=True).to_dicts()
        other = [word for row in rows for word in holds.differs(row, swept.study, swept.folder)]
    elif name == "why":
        other = shapley.differs(swept.folder, tables.read_whole(file, name), published is not None)
    return f"{name}.csv is of {' and '.join(dict.fromkeys(other))}; run `sim {TABLES[name].maker}` again" if other else ""


def asked_of_older(sql: str, folder: str | os.PathLike) -> list[str]:
    """What a question in SQL asks of tables that are older, in words. InputError: the tables of a sweep are not one sweep's."""
    if not Path(folder, record.STUDY).is_file():
        return []
    swept = Swept(folder)
    named = [name for name in TABLES if TABLES[name].csv and re.search(rf"\b{name}\b", sql, re.IGNORECASE)]
    return [said for name in named if tables.path(folder, name).is_file() and (said := older(swept, name))]
