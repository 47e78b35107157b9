"""The only reader of a result folder: study.json, the tables that a sweep wrote with it, and the tables made from those.

study.json holds the digests of the tables of its sweep. A table with another digest was changed, or belongs to another study.
A table made from them (contrasts, verdict, precision, indices, why, region) carries the digests of everything it was made from.
If one of these digests differs from that of the folder, the table is out of date. It is then neither drawn nor used.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from sim import files
from sim.errors import InputError, Problem
from sim.scenario.fingerprint import digest
from sim.sources import version_of
from sim.study.records import json_files, provenance, seal, tables
from sim.study.records.command_again import again
from sim.study.records.provenance import Provenance

TRIES, PAUSE = 5, 0.2  # a running sweep rewrites its tables from time to time: wait so many seconds and try again

_SHAPING = ("name", "scenario", "version", "contrasts", "horizons", "points", "design", "seeds_planned", "drivers", "given_graph",
            "placebo", "control_of_placebo", "reshuffled")  # fmt: skip
_JUDGING = "sim.study.judging"
_MAKERS = {"precision": "precision", "indices": "indices", "why": "shapley", "region": "region_table",
           "split": "habit_shares", "effects": "cultures", "parts": "cultures", "ranges": "cultures"}  # fmt: skip
_NONE = "0" * 8
DRAWN = ("runs", "study", "margins", "seal", "rules")  # not region: no figure shows the column region_share of verdict.csv


class Sources(NamedTuple):
    """Digests of everything a table was made from. Zeros: the table does not depend on this part."""

    runs: str  # the tables of the sweep
    study: str  # what was asked: contrasts, horizons, points, ...
    margins: str = _NONE
    seal: str = _NONE
    rules: str = _NONE  # the code that made the table from the runs
    region: str = _NONE

    def __str__(self) -> str:
        return "-".join(self)


_NAMED = {"runs": "other runs", "study": "a study that has changed", "margins": "other margins", "seal": "another seal",
          "rules": "other rules of judging", "region": "another region.csv"}  # fmt: skip


def sources(text: str) -> Sources | None:
    """The sources that a column `digest` names. None: the text names none, as in tables of older versions."""
    parts = text.split("-")
    return Sources(*parts[: len(Sources._fields)]) if len(parts) > len(Sources._fields) else None


def common_sources(whole: pl.DataFrame) -> Sources | None:
    """The sources of all rows of a table. None: the rows name none, or different ones."""
    digests = whole["digest"].unique().to_list()
    return sources(digests[0] or "") if len(digests) == 1 else None


def changed_sources(stored: Sources | None, current: Sources, parts: Iterable[str] = Sources._fields) -> list[str]:
    """The sources that changed after a table was made, in words. stored : of the table; current : of the folder"""
    if stored is None:
        return ["an older version of the program"]
    return [_NAMED[part] for part in parts if getattr(stored, part) != getattr(current, part)]


def figure_digest(table: str, digest: str, sweep: str) -> str:
    """The digest of a figure of one table.

    Figures of precision and indices also show margins and the seal, which these tables do not have: they carry both digests.
    digest : of the table; sweep : of the figures of the sweep
    """
    return f"{digest}-{sweep}" if digest and table in ("precision", "indices") else digest


def sources_of(study: Mapping[str, Any], name: str, beside: Any = None) -> Sources:
    """The sources of a table that is made from study.json and its tables.

    beside : further plain values that select the runs of the table
    """
    return Sources(
        runs=short([study["tables"].get(table) for table in ("measures", "pairs")]),
        study=short([[study.get(key) for key in _SHAPING], beside, *([study["placebos"]] if study.get("placebos") else [])]),
        margins=short({key: float(value) for key, value in study["margins"].items()}),
        rules=rules(name),
    )


def short(content: Any) -> str:
    """The first eight digits of the digest of plain values."""
    return digest(content)[:8]


@cache
def rules(name: str) -> str:
    """Digest of the code that makes a table from the rows of runs."""
    return version_of([f"{_JUDGING}.{_MAKERS.get(name, 'contrast')}"], room=_JUDGING, words=False)[:8]


def write(
    folder: str | os.PathLike,
    parts: Mapping[str, Iterable[pl.DataFrame]],
    about: Mapping[str, Any],
    made: Provenance | None = None,
    varied: Mapping[str, Any] | None = None,
) -> None:
    """Write the tables of a sweep, each from its parts in order, then study.json. The parts of a table are never all in memory.

    All files are moved to their places together, study.json last. Its digests tell a reader that the tables belong together.
    parts : table -> its parts; about : the content of study.json
    made : where the tables come from
    varied : name -> type of the columns that the table of runs has beyond the declared ones
    Raises as `tables.write` does.
    """
    with ExitStack() as moved:
        described = moved.enter_context(tables.atomically(Path(folder) / json_files.STUDY))
        digests = {}
        for name, frames in parts.items():
            temporary = moved.enter_context(tables.atomically(tables.path(folder, name)))
            tables.sink(temporary, name, frames, varied if name == "runs" else None, made)
            with open(temporary, "rb") as written:
                digests[name] = hashlib.file_digest(written, "sha256").hexdigest()
        described.write_text(json_files.text({**about, "tables": digests}), encoding="utf-8")


class ResultFolder:
    """A result folder as one sweep wrote it.

    InputError: a file is absent or damaged, or a table does not have the digest that study.json names.
    """

    def __init__(self, folder: str | os.PathLike):
        self.folder = Path(folder)
        for _ in range(TRIES):
            self.study = json_files.read(folder, json_files.STUDY)
            content = {name: self._bytes(name) for name in self.study["tables"]}
            wrong = [name for name, data in content.items() if _sha256(data) != self.study["tables"][name]]
            if not wrong:
                break
            time.sleep(PAUSE)
        else:
            given = "is not the table that study.json beside it was written with: changed, or of another study or sweep"
            expected = f"the tables of one sweep; run {self.again} again, which simulates nothing that is in its ledger"
            raise InputError([Problem(str(tables.path(folder, name)), "", given, expected) for name in wrong])
        self._content = content

    @property
    def again(self) -> str:
        """The command that writes the tables again."""
        return f"`{again(self.folder, 'sweep')}`"

    def _bytes(self, name: str) -> bytes:
        return tables.content_of(tables.path(self.folder, name), name)

    def read(self, name: str) -> pl.DataFrame:
        """A table of the sweep. InputError: it is absent or damaged."""
        file = tables.path(self.folder, name)
        if name not in self._content:
            raise InputError(Problem(str(file), "", "no such file", f"a result folder; run {self.again} again"))
        return tables.parsed(self._content[name], file, name)

    @cached_property
    def runs(self) -> pl.DataFrame:
        return self.read("runs")

    @cached_property
    def done(self) -> pl.DataFrame:
        """run_id, arm, point and seed of the finished runs. InputError: a run is there twice."""
        key = ["arm", "point", "seed"]
        finished = self.runs.filter(status="done").select("run_id", *key)
        refuse_twice(tables.path(self.folder, "runs"), finished.filter(pl.struct(key).is_duplicated()).select(key))
        return finished

    @property
    def measures(self) -> pl.DataFrame:
        return self.read("measures")

    @property
    def pairs(self) -> pl.DataFrame:
        return self.read("pairs")

    # Tables made from the sweep

    def sources(self, name: str) -> Sources:
        """The sources of a table of this folder, or of a figure, made now."""
        made = sources_of(self.study, name)
        if name in ("contrasts", "precision", "indices"):
            return made._replace(margins=_NONE)
        if name in ("effects", "parts"):
            return made._replace(runs=short([made.runs, self._digest_of("ranges")]))
        if name == "verdict":
            return made._replace(seal=short(self.sealed), region=self._region)
        return made._replace(seal=short(self.sealed)) if name == "figure" else made

    @property
    def sealed(self) -> str:
        """Whether the study was sealed before its runs and is unchanged, in words. "" without a seal."""
        return str(self.standing or "")

    @cached_property
    def standing(self) -> seal.Standing | None:
        """Whether the study was sealed before its runs and is unchanged. None without a seal."""
        started = self.runs.filter(status="done")["started"].to_list()
        return seal.standing(self.study, min(started, default=None) if None not in started else None)

    @property
    def _region(self) -> str:
        return self._digest_of("region")

    def _digest_of(self, name: str) -> str:
        """The first digits of the digest of a table that has runs of its own; zeros without it."""
        file = tables.path(self.folder, name)
        return _sha256(file.read_bytes())[:8] if file.is_file() else _NONE

    def provenance(self, name: str, *commands: Any) -> Provenance:
        """The provenance of a table made now. commands : as in `provenance.of`"""
        return provenance.of(self.study, self.done["seed"], *commands, digest=str(self.sources(name)))

    def derived(self, name: str, verb: str) -> pl.DataFrame:
        """A table that a verb of `sim` made from this folder.

        NotNow: it is absent or out of date. InputError: it is damaged.
        """
        file = tables.path(self.folder, name)
        command = f"`{again(self.folder, verb)}`"
        if not os.path.lexists(file):
            raise NotNow(Problem("", "", f"{file.name} is not there; run {command} first{self._where}", ""))
        whole = tables.read_whole(file, name)
        if whole.is_empty():
            raise tables.damaged(file, "", "has no rows", name)
        if changes := changed_sources(common_sources(whole), self.sources(name), DRAWN):
            raise NotNow(Problem("", "", f"{file.name} is of {' and '.join(changes)}; run {command} again{self._where}", ""))
        return whole.select(*tables.SCHEMAS[name])

    @property
    def _where(self) -> str:
        """A hint for commands that write into the folder, if it is read-only. "" otherwise."""
        try:
            files.must_take_files(self.folder)
        except InputError:
            return f", on a copy of the folder: nothing can be written in {self.folder}"
        return ""


class NotNow(InputError):
    """A table is absent or out of date. The message names the command to run."""


def refuse_twice(file: Path, twice: pl.DataFrame) -> None:
    """Raise InputError if there are keys of rows that appear twice: they would count as two replicates."""
    if twice.height:
        first = twice.sort(twice.columns).row(0, named=True)
        place = ", ".join(f"{key} {value}" for key, value in first.items())
        raise InputError(Problem(str(file), place, "is there twice", "one finished row of each"))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
