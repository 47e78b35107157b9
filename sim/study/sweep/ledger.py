"""The ledger of a result folder: one SQLite file with all finished runs, each safe on disk as soon as it is written.

A run is found by its key, a digest of what made it. So a changed study finds the runs that did not change, and no others. A run
that stands for several points is kept once. However a sweep ends, the file holds every unit that was written.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from sim.errors import InputError, Problem, RunError, SimError
from sim.files import must_be_regular
from sim.study.records.json_files import STUDY
from sim.study.sweep.units import Unit
from sim.study.sweep.worker import Finished, Label, Record, Task, unpack

try:
    import fcntl
except ImportError:  # no such locks on this system
    fcntl = None  # type: ignore[assignment]

FORMAT = 3
PATIENCE = 60.0  # seconds to wait while another process writes
MAKING = 1.0  # seconds that it takes at most to make an empty ledger
NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)  # either may mean that the disk is full
MAKE_ROOM = "All units finished before are kept; make room and run the same command again: it does what is missing."
REMEDY = "delete the file and run the same command again, which simulates again what it held; or another folder (--out)"
NEWER = "use the newer version of this program, or another folder (--out)"
FILE = "ledger.sqlite"
LOCK = ".sweeping"

_TABLES = """
create table if not exists labels (digest text primary key, labels blob) without rowid;
create table if not exists runs (key text primary key, about text, labels text, packed blob, digest text);
create table if not exists pairs (one text, other text, labels text, packed blob, digest text, primary key (one, other));
create table if not exists failures (key text primary key, point integer, seed integer, error text);
"""


class Kept(NamedTuple):
    """The values of a record as the ledger keeps them. labels : digest of their labels; n, values : as `pack` takes them"""

    labels: str
    n: np.ndarray
    values: np.ndarray


class Row(BaseModel):
    """The cell `about` of a finished run: its row of the table of runs, without run_id, arm, point and varied values."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

    study: str
    seed: Annotated[int, Field(ge=1)]
    people: Annotated[int, Field(ge=1)]
    ties: Annotated[int, Field(ge=0)]
    years: Annotated[float, Field(gt=0)]
    size: str
    status: Literal["done"]
    error: Literal[""]
    started: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
    wall_s: Annotated[float, Field(ge=0)]
    peak_mb: Annotated[float, Field(ge=0)]
    version: str
    scenario_hash: str
    machine: str


_LABELS = TypeAdapter(
    Annotated[list[tuple[Annotated[int, Field(ge=0)], str, str, str, str]], Field(min_length=1)], config=ConfigDict(strict=True)
)

_LABELLED = (
    "typeof(labels) = 'text' and typeof(packed) = 'blob' and typeof(digest) = 'text' and labels in (select digest from labels)"
)
_OF_A_SEED = "typeof(about) = 'text' and coalesce(json_type(about, '$.seed'), '') = 'integer'"
_SOUND = {
    "labels": ("digest", "typeof(digest) = 'text' and typeof(labels) = 'blob'"),
    "runs": ("key", f"typeof(key) = 'text' and {_OF_A_SEED} and {_LABELLED}"),
    "pairs": ("one", f"typeof(one) = 'text' and typeof(other) = 'text' and {_LABELLED}"),
    "failures": (
        "key", "typeof(key) = 'text' and typeof(point) = 'integer' and typeof(seed) = 'integer' and typeof(error) = 'text'"
    ),
}  # fmt: skip
"""Table -> the column that names a row in a message, and the condition that every row has to meet."""


class Ledger:
    """The ledger of a result folder, which is made if there is none.

    reading : nothing is written; there has to be a ledger
    InputError: a folder that cannot be written, a ledger of another format, or a damaged one.
    """

    def __init__(self, folder: Path, reading: bool = False):
        self.folder, self.file = folder, folder / FILE
        if not reading:
            _make(folder)
        if os.path.lexists(self.file):
            must_be_regular(self.file, f"a ledger of runs; {REMEDY}")
            if _is_emptied(self.file):
                raise self._damaged("it is empty, and tables of a sweep lie beside it")
        with ExitStack() as to_close:
            try:
                # A thread of polars writes tables and reads here while this thread waits: never two at a time
                address, uri = (_read_address(self.file), True) if reading else (str(self.file), False)
                book = sqlite3.connect(address, timeout=PATIENCE, isolation_level=None, check_same_thread=False, uri=uri)
                self.book = to_close.enter_context(closing(book))
                book.execute("begin")  # another process may be making the ledger: both numbers have to be of one moment
                (version,) = book.execute("pragma user_version").fetchone()
                (entries,) = book.execute("select count(*) from sqlite_master").fetchone()
                book.execute("commit")
                if version != FORMAT and (version or entries):
                    expected = NEWER if version > FORMAT else REMEDY
                    other = f"a ledger of format {version or 1}"
                    raise InputError(Problem(str(self.file), "", other, f"format {FORMAT}: {expected}"))
                if reading and not entries:  # another process is just making it
                    self.book = to_close.enter_context(closing(sqlite3.connect(":memory:", isolation_level=None)))
                    self.book.executescript(_TABLES)
                elif reading:
                    book.execute("pragma query_only = on")
                else:
                    self._write_ahead()
                    book.execute("pragma synchronous = full")
                    tables = f"{_TABLES} pragma user_version = {FORMAT};"
                    book.executescript(f"begin immediate; {tables} commit;")
                self._refuse_unsound()
                rows = self._select("select digest, labels from labels")
                self._labels = {digest: self._read_labels(digest, text) for digest, text in rows}
            except sqlite3.DatabaseError as error:
                raise self._refusal(error) from None
            to_close.pop_all()

    def _refuse_unsound(self) -> None:
        """InputError: a cell of another type, or values without labels. Values are checked when they are read."""
        for table, (name, sound) in _SOUND.items():
            for (row,) in self._select(f"select {name} from {table} where not ({sound}) limit 1"):
                raise self._damaged(f"{table}, {name} {row!r}: a cell of the wrong type, or labels that are not there")

    def _read_labels(self, digest: str, text: bytes) -> tuple[Label, ...]:
        if _digest(text) != digest:
            raise self._damaged(f"labels '{digest}' are not those that were written")
        return tuple(self._read(_LABELS.validate_json, text, f"labels '{digest}'"))

    def _write_ahead(self) -> None:
        """Switch to a write-ahead log: one flush a unit, and readers need not wait.

        SQLite gives up at once while another process switches; so this tries again.
        """
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self.book.execute("pragma journal_mode = wal")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.01)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_) -> None:
        self.book.close()

    # Reading

    def kept(self) -> set[str | tuple[str, str]]:
        """Keys of all runs and pairs that the ledger holds."""
        keys: set[str | tuple[str, str]] = {key for (key,) in self._select("select key from runs")}
        keys.update(self._select("select one, other from pairs"))
        return keys

    def failures(self) -> dict[str, tuple[int, int, str]]:
        """Key of each unit that failed -> point, seed and error."""
        rows = self._select("select key, point, seed, error from failures")
        return {key: (point, seed, error) for key, point, seed, error in rows}

    def latest_seed(self) -> int:
        """The greatest seed of any run; 0 if there is none."""
        return self._select("select coalesce(max(json_extract(about, '$.seed')), 0) from runs")[0][0]

    def about(self, units: Iterable[Unit]) -> dict[str, dict[str, Any]]:
        """The `Row` of each finished run of some units, by key, without its values."""
        seeds = {run.key: unit.seed for unit in units for run in unit.runs}
        cells = self._rows_of(list(seeds))
        rows = {key: self._read(Row.model_validate_json, text, f"run '{key}'").model_dump() for key, text, *_ in cells}
        for key, row in rows.items():
            if row["seed"] != seeds[key]:
                raise self._damaged(f"run '{key}' is of seed {row['seed']}, not {seeds[key]}")
        return rows

    def runs(self, keys: Sequence[str]) -> dict[str, Kept]:
        """The values of some runs, by key."""
        return {key: self._kept(f"run '{key}'", labels, packed) for key, _, labels, packed in self._rows_of(keys)}

    def _rows_of(self, keys: Sequence[str]) -> Iterator[tuple[str, str, str, bytes]]:
        """Key, about, labels and values of some runs, each row as it was written."""
        marks = ", ".join("?" * len(keys))
        for *row, digest in self._select(f"select key, about, labels, packed, digest from runs where key in ({marks})", keys):
            self._must_be_as_written(f"run '{row[0]}'", row, digest)
            yield tuple(row)

    def pairs(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Kept]:
        """The distances of some pairs of runs, by their keys."""
        marks = ", ".join(["(?, ?)"] * len(keys))
        flat = [key for pair in keys for key in pair]
        rows = self._select(f"select one, other, labels, packed, digest from pairs where (one, other) in (values {marks})", flat)
        distances = {}
        for *row, digest in rows:
            arm, control, labels, packed = row
            self._must_be_as_written(f"pair '{arm}'", row, digest)
            distances[arm, control] = self._kept(f"pair '{arm}'", labels, packed)
        return distances

    def _must_be_as_written(self, name: str, row: Sequence[str | bytes], digest: str) -> None:
        """InputError: a row that was changed after it was written, or whose digest is of another row."""
        if _digest(*row) != digest:
            raise self._damaged(f"{name} is not what was written")

    def _kept(self, name: str, labels: str, packed: bytes) -> Kept:
        n, values = self._read(unpack, packed, name)
        if len(values) != len(self._labels[labels]):
            raise self._damaged(f"{name} has {len(values)} values for {len(self._labels[labels])} labels")
        return Kept(labels, n, values)

    def labels(self) -> dict[str, tuple[Label, ...]]:
        """Digest of labels, as in `Kept` -> the labels."""
        return dict(self._labels)

    def _select(self, sql: str, values: Sequence[Any] = ()) -> list[tuple]:
        try:
            return self.book.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._refusal(error) from None

    def _read(self, decode: Callable[[Any], Any], cell: Any, name: str) -> Any:
        """The value that a cell encodes. InputError: it encodes none; `name` says in the message which cell it is."""
        try:
            return decode(cell)
        except (ValueError, zlib.error) as error:
            first = error.errors()[0] if isinstance(error, ValidationError) else None
            reason = [*map(str, first["loc"]), first["msg"]] if first else [str(error)]
            raise self._damaged(": ".join([name, *reason])) from None

    def _refusal(self, error: sqlite3.DatabaseError) -> SimError:
        """The error to raise for a file that SQLite cannot read or write."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF  # no code: a cell that is no text
        if code in NO_ROOM:
            return RunError(f"{self.file}: cannot be written ({error}). {MAKE_ROOM}")
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR):
            return self._damaged(error)
        return InputError(Problem(str(self.file), "", f"cannot be read or written ({error})", "another folder (--out)"))

    def _damaged(self, reason: object) -> InputError:
        return InputError(Problem(str(self.file), "", f"damaged ledger, or no ledger of runs: {reason}", REMEDY))

    # Writing

    def write(self, ended: Iterable[tuple[Task, Finished]]) -> None:
        """Write units that ended, in one transaction. RunError: the disk refuses; all that was written before is kept."""
        ended = list(ended)
        try:
            self.book.execute("begin immediate")
            for task, finished in ended:
                for record in finished.records:
                    self._keep(record)
                if finished.error:
                    unit = task.unit
                    row = (unit.key, unit.number, unit.seed, finished.error)
                    self.book.execute("insert or replace into failures values (?, ?, ?, ?)", row)
                else:
                    self.book.execute("delete from failures where key = ?", (task.unit.key,))
            self.book.execute("commit")
        except sqlite3.Error as error:
            units = ", ".join(f"point {task.unit.number}, seed {task.unit.seed}" for task, _ in ended)
            raise RunError(f"{self.file}: {units} could not be kept ({error}). {MAKE_ROOM}") from None

    def _keep(self, record: Record) -> None:
        digest = _digest(record.labels)
        if digest not in self._labels:
            self.book.execute("insert or ignore into labels values (?, ?)", (digest, record.labels))
            self._labels[digest] = self._read_labels(digest, record.labels)
        if isinstance(record.key, str):
            table, row = "runs", (record.key, record.about, digest, record.values)
        else:
            table, row = "pairs", (*record.key, digest, record.values)
        self.book.execute(f"insert or ignore into {table} values (?, ?, ?, ?, ?)", (*row, _digest(*row)))


def _digest(*cells: str | bytes) -> str:
    """Digest of some cells in their order, with the length of each."""
    total = hashlib.sha256()
    for cell in cells:
        content = cell.encode() if isinstance(cell, str) else cell
        total.update(len(content).to_bytes(8, "little"))
        total.update(content)
    return total.hexdigest()[:16]


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise RunError(f"{folder}: cannot be made ({error.strerror}). {MAKE_ROOM}") from None
        raise InputError(Problem(str(folder), "", f"not a folder to write in ({error.strerror})", "a folder")) from None


def _is_emptied(file: Path) -> bool:
    """Whether a ledger beside tables is empty, and stays so for `MAKING` seconds, in which another process would have made it."""
    log = file.with_name(f"{file.name}-wal")
    until = time.monotonic() + MAKING
    while not any(place.exists() and place.stat().st_size for place in (file, log)) and (file.parent / STUDY).is_file():
        if time.monotonic() > until:
            return True
        time.sleep(0.05)
    return False


def _read_address(file: Path) -> str:
    """The address by which SQLite opens a ledger that is only read.

    SQLite wants to write an index beside the file; where it may not, it reads the file as it is.
    """
    log = file.with_name(f"{file.name}-wal")
    unfinished = log.exists() and log.stat().st_size > 0  # runs that are not yet moved into the file
    if all(_may_write(place) for place in (file, file.parent)):
        mode = "mode=rw"
    else:
        mode = "mode=ro" if unfinished else "immutable=1"
    return f"{file.resolve().as_uri()}?{mode}"


def _may_write(place: Path) -> bool:
    return os.access(place, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def missing(unit: Unit, kept: set[str | tuple[str, str]]) -> Task | None:
    """The runs and pairs of a unit that a ledger does not hold; None if it holds all of them."""
    runs = frozenset(run.key for run in unit.runs if run.key not in kept)
    pairs = frozenset(pair for pair in unit.pairs if pair not in kept)
    return Task(unit, runs, pairs) if runs or pairs else None


def in_batches(units: Iterable[Unit], size: int) -> Iterator[list[Unit]]:
    batch: list[Unit] = []
    for unit in units:
        batch.append(unit)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """No other sweep writes into this folder meanwhile. RunError: one does. The lock ends with its process."""
    if fcntl is None:
        yield
        return
    try:
        (folder / LOCK).touch()
    except OSError as error:
        raise RunError(f"{folder / LOCK}: cannot be written ({error.strerror}). {MAKE_ROOM}") from None
    with closing(open(folder / LOCK, "a")) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunError(f"{folder}: another sweep is writing here; wait for it, or choose another folder (--out)") from None
        except OSError:
            pass  # a file system without locks
        yield
