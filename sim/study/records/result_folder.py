"""The one reader of a result folder: study.json and the tables written with it, and whatever was made from them.

study.json holds the digests of the tables of its sweep: one that it does not know was changed, or is of another study. What is
made from them (contrasts, verdict, precision, indices, why, region) carries the digests of all that it was made from; where one
of them is no longer that of the folder, the table is older, and is neither drawn nor read on.
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

TRIES, PAUSE = 5, 0.2  # a sweep that runs writes its tables anew from time to time: seconds until they fit again

_SHAPING = ("name", "scenario", "version", "contrasts", "horizons", "points", "design", "seeds_planned", "drivers", "given_graph",
            "placebo", "control_of_placebo", "reshuffled")  # fmt: skip
_JUDGING = "sim.study.judging"
_MAKERS = {"precision": "precision", "indices": "indices", "why": "shapley", "region": "region_table"}
_NONE = "0" * 8
DRAWN = ("runs", "study", "margins", "seal", "rules")  # no figure shows the share of a region that verdict.csv has


class Sources(NamedTuple):
    """Digests of what a table was made from; zeros where a part plays no role."""

    runs: str  # the tables of the sweep
    study: str  # what was asked: contrasts, horizons, points, ...
    margins: str = _NONE
    seal: str = _NONE
    rules: str = _NONE  # the code that made it of the runs
    region: str = _NONE

    def __str__(self) -> str:
        return "-".join(self)


_NAMED = {"runs": "other runs", "study": "a study that has changed", "margins": "other margins", "seal": "another seal",
          "rules": "other rules of judging", "region": "another region.csv"}  # fmt: skip


def sources(text: str) -> Sources | None:
    """What a digest names; None for a table of before there were digests, or one that says no such thing."""
    parts = text.split("-")
    return Sources(*parts[: len(Sources._fields)]) if len(parts) > len(Sources._fields) else None


def one_of(whole: pl.DataFrame) -> Sources | None:
    """What all rows of a table are made from; None if they do not say, or not the same."""
    said = whole["digest"].unique().to_list()
    return sources(said[0] or "") if len(said) == 1 else None


def differing(there: Sources | None, here: Sources, parts: Iterable[str] = Sources._fields) -> list[str]:
    """What a table was made from that is no longer so, in words."""
    if there is None:
        return ["an older version of the program"]
    return [_NAMED[part] for part in parts if getattr(there, part) != getattr(here, part)]


def of_figure(table: str, digest: str, sweep: str) -> str:
    """The digest of a figure of one table. Figures of precision and of indices show margins and seal too, which are not in those.

    digest : of the table; sweep : of the figures of the sweep
    """
    return f"{digest}-{sweep}" if digest and table in ("precision", "indices") else digest


def sources_of(study: Mapping[str, Any], name: str, beside: Any = None) -> Sources:
    """Of what a table is made, as study.json has it.

    beside : what else says which runs it is made from, in plain values
    """
    return Sources(
        runs=short([study["tables"].get(each) for each in ("measures", "pairs")]),
        study=short([[study.get(key) for key in _SHAPING], beside]),
        margins=short({key: float(value) for key, value in study["margins"].items()}),
        rules=rules(name),
    )


def short(content: Any) -> str:
    """Eight digits of the digest of plain values."""
    return digest(content)[:8]


@cache
def rules(name: str) -> str:
    """Digest of the code that makes a table of the rows of runs."""
    return version_of([f"{_JUDGING}.{_MAKERS.get(name, 'contrast')}"], room=_JUDGING, words=False)[:8]


def write(
    folder: str | os.PathLike,
    parts: Mapping[str, Iterable[pl.DataFrame]],
    about: Mapping[str, Any],
    made: Provenance | None = None,
    varied: Mapping[str, Any] | None = None,
) -> None:
    """Write the tables of a sweep, each from its parts in order, never holding all of them; then study.json.

    Files are moved to their places together, study.json last: it holds the digests of the tables, by which a reader knows that
    all are of one writing.
    varied : name -> type of the columns that the table of runs has beyond the declared ones
    Raises as `write` does.
    """
    with ExitStack() as moved:
        described = moved.enter_context(tables.atomically(Path(folder) / json_files.STUDY))
        digests = {}
        for name, some in parts.items():
            temporary = moved.enter_context(tables.atomically(tables.path(folder, name)))
            tables.sink(temporary, name, some, varied if name == "runs" else None, made)
            with open(temporary, "rb") as written:
                digests[name] = hashlib.file_digest(written, "sha256").hexdigest()
        described.write_text(json_files.text({**about, "tables": digests}), encoding="utf-8")


class ResultFolder:
    """A result folder as one sweep wrote it. InputError: not there, damaged, or tables that are not those of its study.json."""

    def __init__(self, folder: str | os.PathLike):
        self.folder = Path(folder)
        for _ in range(TRIES):
            self.study = json_files.read(folder, json_files.STUDY)
            content = {name: self._bytes(name) for name in self.study["tables"]}
            other = [name for name, found in content.items() if _sha256(found) != self.study["tables"][name]]
            if not other:
                break
            time.sleep(PAUSE)
        else:
            found = "is not the table that study.json beside it was written with: changed, or of another study or sweep"
            expected = f"the tables of one sweep; run {self.again} again, which simulates nothing that is in its ledger"
            raise InputError([Problem(str(tables.path(folder, name)), "", found, expected) for name in other])
        self._content = content

    @property
    def again(self) -> str:
        """The command that writes the tables again."""
        return f"`{again(self.folder, 'sweep')}`"

    def _bytes(self, name: str) -> bytes:
        return tables.content_of(tables.path(self.folder, name), name)

    def read(self, name: str) -> pl.DataFrame:
        """A table of the sweep. InputError: not there, or damaged."""
        file = tables.path(self.folder, name)
        if name not in self._content:
            raise InputError(Problem(str(file), "", "no such file", f"a result folder; run {self.again} again"))
        return tables.parsed(self._content[name], file, name)

    @cached_property
    def runs(self) -> pl.DataFrame:
        return self.read("runs")

    @cached_property
    def done(self) -> pl.DataFrame:
        """run_id, arm, point and seed of the finished runs. InputError: one is there twice."""
        key = ["arm", "point", "seed"]
        found = self.runs.filter(status="done").select("run_id", *key)
        refuse_twice(tables.path(self.folder, "runs"), found.filter(pl.struct(key).is_duplicated()).select(key))
        return found

    @property
    def measures(self) -> pl.DataFrame:
        return self.read("measures")

    @property
    def pairs(self) -> pl.DataFrame:
        return self.read("pairs")

    # What is made from them

    def sources(self, name: str) -> Sources:
        """Of what a table of this folder, or a figure, is made, if it is made now."""
        made = sources_of(self.study, name)
        if name in ("contrasts", "precision", "indices"):
            return made._replace(margins=_NONE)
        if name == "verdict":
            return made._replace(seal=short(self.sealed), region=self._region)
        return made._replace(seal=short(self.sealed)) if name == "figure" else made

    @property
    def sealed(self) -> str:
        """How the finished runs stand to the study's seal, in words; "" without one."""
        return str(self.standing or "")

    @cached_property
    def standing(self) -> seal.Standing | None:
        """How the finished runs stand to the study's seal; None without one."""
        started = self.runs.filter(status="done")["started"].to_list()
        return seal.standing(self.study, min(started, default=None) if None not in started else None)

    @property
    def _region(self) -> str:
        file = tables.path(self.folder, "region")
        return _sha256(file.read_bytes())[:8] if file.is_file() else _NONE

    def provenance(self, name: str, *then: Any) -> Provenance:
        """Where a table that is made now is from."""
        return provenance.of(self.study, self.done["seed"], *then, digest=str(self.sources(name)))

    def derived(self, name: str, verb: str) -> pl.DataFrame:
        """A table that a verb of `sim` made from what is here now. NotNow: there is none, or it is older. InputError: damaged."""
        file = tables.path(self.folder, name)
        made = f"`{again(self.folder, verb)}`"
        if not os.path.lexists(file):
            raise NotNow(Problem("", "", f"{file.name} is not there; run {made} first{self._where}", ""))
        whole = tables.read_whole(file, name)
        if whole.is_empty():
            raise tables.damaged(file, "", "has no rows", name)
        if other := differing(one_of(whole), self.sources(name), DRAWN):
            raise NotNow(Problem("", "", f"{file.name} is of {' and '.join(other)}; run {made} again{self._where}", ""))
        return whole.select(*tables.SCHEMAS[name])

    @property
    def _where(self) -> str:
        """What a command that writes in the folder needs first; "" for nothing."""
        try:
            files.must_take_files(self.folder)
        except InputError:
            return f", on a copy of the folder: nothing can be written in {self.folder}"
        return ""


class NotNow(InputError):
    """A table that is not there, or older than what it is made from; says what to run."""


def refuse_twice(file: Path, twice: pl.DataFrame) -> None:
    """A replicate counted twice would look like evidence; `twice` holds the keys of such rows."""
    if twice.height:
        first = twice.sort(twice.columns).row(0, named=True)
        place = ", ".join(f"{key} {value}" for key, value in first.items())
        raise InputError(Problem(str(file), place, "is there twice", "one finished row of each"))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
