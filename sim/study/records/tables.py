"""Writing and reading result tables. The only writer of tables; what their columns are: `columns`.

A file is complete or absent: it is written beside its place under a hidden name, flushed to the disk and then moved over the old
one in one step. Each file names its format: Parquet in its key-value metadata, CSV in a column, JSON under the key "format";
tables say there, too, where they are from. What is read is held against the declared columns, and a CSV file against the digest
of its own rows: a file that another program saved otherwise is refused with its place and the command that makes it again.
"""

from __future__ import annotations

import csv
import errno
import hashlib
import json
import os
import secrets
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl
from polars.io.plugins import register_io_source

from sim import files
from sim.errors import InputError, Note, Problem, RunError, nearest, shortened
from sim.study.records.columns import BLOCK, FORMAT, TABLES, in_file
from sim.study.records.command_again import again
from sim.study.records.provenance import Provenance

_KEY, _MADE = "unbirthday", "provenance"
MOST_OF_A_TABLE = 2**36  # bytes

SCHEMAS: Mapping[str, Mapping[str, Any]] = {
    name: {key: column.type for key, column in table.columns.items()} for name, table in TABLES.items()
}
"""Table -> column -> type in memory. Those of `runs` have the varied values between `seed` and `people`."""


class NotKept(Note):
    """An answer that could not be written beside what it was made from; says why."""


# --- writing ------------------------------------------------------------------------------------------------------------


def path(folder: str | os.PathLike, name: str) -> Path:
    """Where the table `name` of a result folder lies."""
    table = _table(name)
    return Path(folder) / (table + (".csv" if TABLES[table].csv else ".parquet"))


def write(folder: str | os.PathLike, name: str, frame: pl.DataFrame, made: Provenance | None = None) -> Path:
    """Write the table `name` ("runs", "measures", ...) of a result folder; complete or not at all.

    made : where it is from: kept in the metadata of Parquet, in the last columns of CSV
    Raises ValueError if columns or types are not the declared ones, RunError if the disk refuses.
    """
    return write_file(path(folder, name), name, frame, made)


def write_file(file: str | os.PathLike, name: str, frame: pl.DataFrame, made: Provenance | None = None) -> Path:
    """Write a table to a file of any name (an event log goes where the user says)."""
    file, table = Path(file), _table(name)
    frame = _declared(table, frame)
    with atomically(file) as temporary, open(temporary, "wb") as out:
        if TABLES[table].csv:
            _with_block(table, frame, made).write_csv(out)
        else:
            frame.write_parquet(out, metadata=_metadata(table, made))
    return file


def keep(folder: str | os.PathLike, name: str, frame: pl.DataFrame, made: Provenance | None = None) -> None:
    """Write a table, where one may write; elsewhere warn (NotKept): an answer is no worse for a folder that is only read."""
    try:
        write(folder, name, frame, made)
    except RunError as error:
        if getattr(error.__cause__, "errno", None) not in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise
        why = f"{folder} may not be written to; a copy of the folder keeps it"
        warnings.warn(NotKept(f"{path(folder, name).name} was not kept: {why}"), stacklevel=2)


def digests(folder: str | os.PathLike) -> dict[str, str]:
    """SHA-256 of the tables of a sweep that lie in a folder."""
    there = {name: path(folder, name) for name in ("runs", "measures", "pairs")}
    return {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in there.items() if file.is_file()}


def write_json(folder: str | os.PathLike, name: str, content: Mapping[str, Any]) -> Path:
    """Write a small JSON file; complete or not at all. Those that are read again: `record`."""
    file = Path(folder) / name
    with atomically(file) as temporary:
        temporary.write_text(as_json(content), encoding="utf-8")
    return file


def as_json(content: Mapping[str, Any]) -> str:
    """A JSON file of ours."""
    return json.dumps({"format": FORMAT, **content}, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def sink(
    temporary: Path, table: str, parts: Iterable[pl.DataFrame], varied: Mapping[str, Any] | None, made: Provenance | None
) -> None:
    """Write a Parquet table from its parts in order, never holding all of them, where `atomically` says.

    varied : name -> type of the columns that the table of runs has beyond the declared ones
    Raises as `write` does.
    """
    schema = _declared(table, pl.DataFrame(schema=dict(SCHEMAS[table]) | dict(varied or {}))).schema
    source = register_io_source(lambda *_: (_declared(table, part) for part in parts), schema=schema)
    with open(temporary, "wb") as out:
        source.sink_parquet(out, maintain_order=True, metadata=_metadata(table, made))


def _metadata(table: str, made: Provenance | None) -> dict[str, str]:
    said = {_MADE: json.dumps(made._asdict(), ensure_ascii=False)} if made else {}
    return {_KEY: f"{table}, format {FORMAT}"} | said


def _with_block(table: str, frame: pl.DataFrame, made: Provenance | None) -> pl.DataFrame:
    """The table as its file has it: where it is from, the digest of its rows at the end."""
    said = made or Provenance("", "", "", "", "")
    block = {"format": FORMAT, "hash": said.hash, "version": said.version, "seed_numbers": said.seeds, "digest": said.digest}
    missing = {name: pl.lit(value, BLOCK[name].type) for name, value in block.items() if name not in frame.columns}
    whole = frame.with_columns(**missing).select(*in_file(table))
    known = pl.col("digest").fill_null("") != ""
    return whole.with_columns(digest=pl.when(known).then(pl.col("digest") + f"-{_digest_of(whole)}").otherwise(pl.lit("")))


def _digest_of(rows: pl.DataFrame) -> str:
    return hashlib.sha256(rows.write_csv().encode()).hexdigest()[:8]


# --- reading ------------------------------------------------------------------------------------------------------------


def read(folder: str | os.PathLike, name: str) -> pl.DataFrame:
    """The table `name` of a result folder. InputError if absent, damaged or of another format."""
    return read_file(path(folder, name), name)


def read_file(file: str | os.PathLike, name: str) -> pl.DataFrame:
    """The table `name` from a file of any name."""
    table = _table(name)
    frame = read_whole(file, table)
    return frame.select(*SCHEMAS[table]) if TABLES[table].csv else frame


def read_whole(file: str | os.PathLike, name: str) -> pl.DataFrame:
    """The same with all columns of the file: those that say where it is from are the last of a CSV file."""
    file, table = Path(file), _table(name)
    return parsed(content_of(file, table), file, table)


def content_of(file: Path, name: str) -> bytes:
    """What the file of a table holds. InputError: no such file, no regular one, or one that may not be read."""
    if not os.path.lexists(file):
        raise _refused(file, "no such file", f"a result folder; {_again(file, name)} makes it")
    if not file.is_file():
        files.must_be_regular(file, f"a table; remove it and run {_again(file, name)} again")
    return files.read_bytes(file, "a table of results", MOST_OF_A_TABLE)


def must_have_room(folder: str | os.PathLike, names: Iterable[str]) -> None:
    """InputError: a folder lies where a file of ours will be written."""
    places = (Path(folder) / name for name in names)
    if found := [Problem(str(place), "", "a folder", "a file, or nothing; remove it") for place in places if place.is_dir()]:
        raise InputError(found)


def parsed(content: bytes, file: Path, table: str) -> pl.DataFrame:
    """A table from what its file holds; `file` and its command are named in errors. As `read_whole`."""
    try:
        return _csv(content, file, table) if TABLES[table].csv else _parquet(content, file, table)
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise damaged(file, "", reason, table) from error


def provenance(folder: str | os.PathLike, name: str) -> Provenance | None:
    """Where a table of a result folder is from; None if it does not say."""
    file = path(folder, name)
    if TABLES[_table(name)].csv:
        return said_by(read_whole(file, name))
    try:
        said = pl.read_parquet_metadata(BytesIO(file.read_bytes())).get(_MADE)
        return Provenance(**json.loads(said)) if said else None
    except (pl.exceptions.PolarsError, OSError, ValueError, TypeError) as error:
        raise damaged(file, "", str(error).partition("\n")[0], name) from error


def said_by(whole: pl.DataFrame) -> Provenance | None:
    """Where a CSV table is from, by its columns; several values side by side, commands one after the other."""
    if not whole.height or not whole["hash"][0]:
        return None
    columns = {"study": "study", "hash": "hash", "version": "version", "seeds": "seed_numbers", "digest": "digest"}
    said = {key: ", ".join(filter(None, whole[column].unique(maintain_order=True))) for key, column in columns.items()}
    commands = whole["command"].unique(maintain_order=True).drop_nulls() if "command" in whole.columns else ()
    return Provenance(**said, command=" && ".join(filter(None, commands)))


def damaged(file: Path, place: str, reason: str, name: str, by: str = "") -> InputError:
    """The error for a table that is not as it was written; names the command that makes it again."""
    maker = by or _again(file, _table(name))
    expected = f"the table as it was written; run {maker} again"
    return InputError(Problem(str(file), place, f"damaged: {shortened(reason, 200)}", expected))


def _again(file: Path, table: str, said: object = None) -> str:
    """The command that makes a table again, as it is named in messages. said : the one that the table itself says"""
    return f"`{again(file.parent, TABLES[table].maker, said)}`"


def _parquet(content: bytes, file: Path, table: str) -> pl.DataFrame:
    metadata = pl.read_parquet_metadata(BytesIO(content))
    named = metadata.get(_KEY, "")
    if named != f"{table}, format {FORMAT}":
        found = f"this is '{named}'" if named else "names no unbirthday format"
        made = _again(file, table, _command_in(metadata))
        raise _refused(file, found, f"'{table}, format {FORMAT}'; run {made} again")
    return _declared(table, pl.read_parquet(BytesIO(content)))


def _command_in(metadata: Mapping[str, str]) -> object:
    """The command that a Parquet table of any format says it is made by."""
    try:
        return json.loads(metadata.get(_MADE, ""))["command"]
    except (ValueError, TypeError, KeyError):
        return None


def _csv(content: bytes, file: Path, table: str) -> pl.DataFrame:
    expected = in_file(table)
    if content.startswith(f"# {_KEY} ".encode()):
        raise _refused(file, "is of format 1, of an older version", f"format {FORMAT}; run {_again(file, table)} again")
    content = _as_utf8(content, file, table)
    header = next(csv.reader([content.split(b"\n", 1)[0].decode()]), [])
    if not header:
        raise damaged(file, "", "is empty", table)
    if len(header) == 1 and (sign := next((sign for sign in ";\t|" if sign in header[0]), "")):
        raise damaged(file, "line 1", f"columns stand between {sign!r}, not commas: another program saved it", table)
    twice = [name for name in dict.fromkeys(header) if header.count(name) > 1]
    missing = [f"no column '{name}'" for name in expected if name not in header]
    wrong = [f"unknown column '{name}'" for name in header if name not in expected] + [f"'{name}' twice" for name in twice]
    if wrong:
        raise damaged(file, "line 1", "; ".join(missing + wrong), table)
    if missing:
        found = f"has {'; '.join(missing)}: an older version made it, or a column was taken out"
        raise _refused(file, found, f"every column of this version; run {_again(file, table)} again")
    types = {name: column.type for name, column in expected.items()}
    try:
        frame = pl.read_csv(content, schema_overrides=types).select(*types)
    except pl.exceptions.PolarsError as error:
        place, reason = _first_misfit(content, types) or ("", str(error).splitlines()[0])
        raise damaged(file, place, reason, table) from None
    formats = frame["format"].unique().to_list()
    if frame.height and formats != [FORMAT]:
        raise _refused(file, f"is of format {formats[0]}", f"format {FORMAT}; run {_again(file, table)} again")
    if (frame["digest"].fill_null("") != "").any() and not _whole(frame):
        raise damaged(file, "", "was changed after it was made", table)
    return frame


def _as_utf8(content: bytes, file: Path, table: str) -> bytes:
    """The same without a byte order mark."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:1000]:
        raise damaged(file, "", "is not UTF-8 but UTF-16 or binary: another program saved it", table)
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise damaged(file, f"line {line}", f"byte 0x{content[error.start]:02x} is not UTF-8", table) from None
    return content


def _first_misfit(content: bytes, types: Mapping[str, Any]) -> tuple[str, str] | None:
    """The first value that is not of its column's type: where it stands, and what is wrong with it."""
    with suppress(pl.exceptions.PolarsError):
        texts = pl.read_csv(content, infer_schema=False)
        for name, wanted in types.items():
            if wanted == pl.Boolean:
                fits = texts[name].is_in(["true", "false"])
            else:
                fits = texts[name].cast(wanted, strict=False).is_not_null()
            misfits = (texts[name].is_not_null() & ~fits).arg_true()
            if len(misfits):
                row = misfits[0]
                return f"row {row + 1}, {name}", f"'{shortened(texts[name][row])}', expected {_IN_WORDS[wanted]}"
    return None


_IN_WORDS = {pl.Boolean: "true or false", pl.Int64: "a whole number", pl.Float64: "a number with a point", pl.String: "text"}


def _whole(frame: pl.DataFrame) -> bool:
    """Whether rows are those that were written, by the last part of their digests."""
    before = frame.with_columns(digest=pl.col("digest").str.replace("-[^-]*$", ""))
    return frame["digest"].str.extract("([^-]*)$").unique().to_list() == [_digest_of(before)]


@contextmanager
def atomically(file: str | os.PathLike) -> Iterator[Path]:
    """Yield a hidden path beside `file`; when the block ends well, it becomes `file` in one step.

    The hidden path keeps the suffix, so that writers which look at it (NumPy, Matplotlib) do the
    same as for `file`. Whatever goes wrong, the hidden file is removed and an older `file` stays.
    Raises RunError, saying what was kept, when the disk refuses (full, read-only, ...).
    """
    file = Path(file)
    temporary = file.with_name(f".{file.stem}.{secrets.token_hex(4)}{file.suffix}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        with open(temporary, "rb+") as written:
            os.fsync(written.fileno())
        os.replace(temporary, file)
        _flush_folder(file.parent)
    except (OSError, pl.exceptions.PolarsError) as error:  # polars wraps a full disk in its own
        kept = "the older file was kept" if file.exists() else "nothing of it was left behind"
        reason = getattr(error, "strerror", None) or error
        raise RunError(f"{file}: could not be written ({reason}); {kept}") from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def _flush_folder(folder: Path) -> None:
    """Make the move itself survive a power cut, where the system can."""
    with suppress(OSError):  # not every file system lets a folder be flushed; the file is whole
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _table(name: str) -> str:
    table = name.removesuffix(".parquet").removesuffix(".csv")
    if table not in SCHEMAS:
        raise ValueError(f"no table is named '{name}'; expected {nearest(table, SCHEMAS)}")
    return table


def _declared(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with the declared columns, in order and type; ValueError names all that differ.

    Types are changed only where nothing can be lost: all null -> any, whole -> wider or real,
    categories -> text.
    """
    schema = dict(SCHEMAS[table])
    extra = [name for name in frame.columns if name not in schema]
    wrong = [f"lacks '{name}'" for name in schema if name not in frame.columns]
    if table != "runs":
        wrong += [f"has unknown '{name}'" for name in extra]
    columns = []
    for name in [name for name in schema if name in frame.columns]:
        try:
            columns.append(_fitted(frame[name], schema[name]))
        except (TypeError, pl.exceptions.PolarsError):
            wrong.append(f"has '{name}' as {frame[name].dtype}, not {schema[name]}")
    if wrong:
        raise ValueError(f"table {table}: " + "; ".join(wrong))
    if table == "runs":
        after = list(schema).index("people")
        columns[after:after] = [frame[name] for name in extra]
    return pl.DataFrame(columns)


def _fitted(column: pl.Series, wanted: Any) -> pl.Series:
    have = column.dtype
    lossless = (
        have == wanted
        or have == pl.Null
        or (have.is_integer() and (wanted.is_integer() or wanted.is_float()))
        or (have == pl.Float32 and wanted == pl.Float64)
        or (have in (pl.Categorical, pl.Enum) and wanted == pl.String)
    )
    if not lossless:
        raise TypeError
    return column.cast(wanted)  # strict: a whole number that does not fit is an error


def _refused(file: Path, found: str, expected: str) -> InputError:
    return InputError(Problem(str(file), "", found, expected))
