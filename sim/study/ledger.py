"""Finished runs of a result folder, each durable as soon as it is written: one SQLite file.

What is kept is known by what made it, so a changed study finds what did not change and never what did. A run is kept once
however many points it stands for. Whatever ends a sweep, the file holds every unit that was written.
"""

from __future__ import annotations

import errno
import hashlib
import json
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sim.errors import InputError, Problem, RunError, SimError
from sim.study.living import Finished, Label, Record, Task, unpack
from sim.study.units import Unit

try:
    import fcntl
except ImportError:  # no such locks on this system
    fcntl = None  # type: ignore[assignment]

FORMAT = 2
PATIENCE = 60.0  # seconds to wait for another process that writes
NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)  # a disk that is full says either
MAKE_ROOM = "All units finished before are kept; make room and run the same command again: it does what is missing."
REMEDY = "another folder (--out); or delete the file, and what it holds is lived again"
FILE = "ledger.sqlite"
LOCK = ".sweeping"

_TABLES = """
create table if not exists labels (digest text primary key, labels blob) without rowid;
create table if not exists runs (key text primary key, about text, labels text, packed blob);
create table if not exists pairs (one text, other text, labels text, packed blob, primary key (one, other));
create table if not exists failures (key text primary key, point integer, seed integer, error text);
"""


class Kept(NamedTuple):
    """The values of a record. labels : digest of what they are; n, values : as they were packed"""

    labels: str
    n: np.ndarray
    values: np.ndarray


class Ledger:
    """The ledger of a result folder. InputError: no folder to write in, or a file that is no ledger of this format.

    reading : nothing is written into a file that is there
    """

    def __init__(self, folder: Path, reading: bool = False):
        self.folder, self.file = folder, folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise RunError(f"{folder}: cannot be made ({error.strerror}). {MAKE_ROOM}") from None
            raise InputError(Problem(str(folder), "", f"not a folder to write in ({error.strerror})", "a folder")) from None
        with ExitStack() as undone:
            try:
                # Tables are written by a thread of polars while ours waits: never two at a time
                book = sqlite3.connect(self.file, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
                self.book = undone.enter_context(closing(book))
                book.execute("begin")  # another process may be making it: both numbers of one moment
                (found,) = book.execute("pragma user_version").fetchone()
                (held,) = book.execute("select count(*) from sqlite_master").fetchone()
                book.execute("commit")
                if found != FORMAT and (found or held):
                    other = f"a ledger of format {found or 1}"
                    raise InputError(Problem(str(self.file), "", other, f"format {FORMAT}: {REMEDY}"))
                if reading and held:
                    book.execute("pragma query_only = on")
                else:
                    self._write_ahead()
                    book.execute("pragma synchronous = full")
                    made = f"{_TABLES} pragma user_version = {FORMAT};"
                    book.executescript(f"begin immediate; {made} commit;")  # all of it, or nothing
                self._known: set[str] = {digest for (digest,) in book.execute("select digest from labels")}
            except sqlite3.DatabaseError as error:
                raise self._refusal(error) from None
            undone.pop_all()

    def _write_ahead(self) -> None:
        """One flush a unit, and readers need not wait. SQLite itself does not wait for who is just doing the same."""
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

    # What is there

    def kept(self) -> set[str | tuple[str, str]]:
        """Keys of all runs, and of both runs of all distances."""
        found: set[str | tuple[str, str]] = {key for (key,) in self._asked("select key from runs")}
        found.update(self._asked("select one, other from pairs"))
        return found

    def failures(self) -> dict[str, tuple[int, int, str]]:
        """Key of each unit that failed -> point, seed and error."""
        rows = self._asked("select key, point, seed, error from failures")
        return {key: (point, seed, error) for key, point, seed, error in rows}

    def about(self, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
        """What is to be known of some runs, by key, without their values."""
        rows = self._asked(f"select key, about from runs where key in ({', '.join('?' * len(keys))})", keys)
        return {key: self._read(json.loads, text) for key, text in rows}

    def runs(self, keys: Sequence[str]) -> dict[str, Kept]:
        """Some runs by key."""
        rows = self._asked(f"select key, labels, packed from runs where key in ({', '.join('?' * len(keys))})", keys)
        return {key: Kept(labels, *self._read(unpack, packed)) for key, labels, packed in rows}

    def pairs(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Kept]:
        """Distances between some pairs of runs."""
        marks = ", ".join(["(?, ?)"] * len(keys))
        flat = [key for pair in keys for key in pair]
        rows = self._asked(f"select one, other, labels, packed from pairs where (one, other) in (values {marks})", flat)
        return {(one, other): Kept(labels, *self._read(unpack, packed)) for one, other, labels, packed in rows}

    def labels(self) -> dict[str, tuple[Label, ...]]:
        """Digest -> what the values of records are."""
        rows = self._asked("select digest, labels from labels")
        return {digest: tuple(map(tuple, self._read(json.loads, text))) for digest, text in rows}

    def _asked(self, sql: str, given: Sequence[Any] = ()) -> list[tuple]:
        try:
            return self.book.execute(sql, given).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._refusal(error) from None

    def _read(self, how: Callable[[Any], Any], kept: Any) -> Any:
        """Something kept as what it was before. InputError: it is not what was kept."""
        try:
            return how(kept)
        except (ValueError, zlib.error) as error:
            raise self._damaged(error) from None

    def _refusal(self, error: sqlite3.DatabaseError) -> SimError:
        """What is said of a file that SQLite does not read or write."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF  # none: a text that is none
        if code in NO_ROOM:
            return RunError(f"{self.file}: cannot be written ({error}). {MAKE_ROOM}")
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return self._damaged(error)
        return InputError(Problem(str(self.file), "", f"cannot be written ({error})", "another folder (--out)"))

    def _damaged(self, error: Exception) -> InputError:
        return InputError(Problem(str(self.file), "", f"not a ledger of runs ({error}), or a damaged one", REMEDY))

    # Writing

    def write(self, ended: Iterable[tuple[Task, Finished]]) -> None:
        """Units that ended, in one transaction. RunError: the disk refuses; all written before is kept."""
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
            named = ", ".join(f"point {task.unit.number}, seed {task.unit.seed}" for task, _ in ended)
            raise RunError(f"{self.file}: {named} could not be kept ({error}). {MAKE_ROOM}") from None

    def _keep(self, record: Record) -> None:
        digest = hashlib.sha256(record.labels).hexdigest()[:16]
        if digest not in self._known:
            self.book.execute("insert or ignore into labels values (?, ?)", (digest, record.labels))
            self._known.add(digest)
        if isinstance(record.key, str):
            row: tuple = (record.key, record.about, digest, record.values)
            self.book.execute("insert or ignore into runs values (?, ?, ?, ?)", row)
        else:
            self.book.execute("insert or ignore into pairs values (?, ?, ?, ?)", (*record.key, digest, record.values))


def missing(unit: Unit, kept: set[str | tuple[str, str]]) -> Task | None:
    """What of a unit is not kept; None if all of it is."""
    runs = frozenset(run.key for run in unit.runs if run.key not in kept)
    pairs = frozenset(pair for pair in unit.pairs if pair not in kept)
    return Task(unit, runs, pairs) if runs or pairs else None


def in_batches(units: Iterable[Unit], many: int) -> Iterator[list[Unit]]:
    batch: list[Unit] = []
    for unit in units:
        batch.append(unit)
        if len(batch) == many:
            yield batch
            batch = []
    if batch:
        yield batch


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else sweeps into this folder meanwhile. RunError: somebody does; the lock goes with its process."""
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
