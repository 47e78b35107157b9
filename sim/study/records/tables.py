"""Writing and reading result tables. The only writer of tables. Their columns are declared in `columns`.

A file is complete or absent. It is written beside its place under a hidden name, flushed to the disk and then moved over the old
file in one step. Each file names its format: Parquet in its key-value metadata, CSV in a column, JSON under the key "format".
Tables keep their provenance in the same place. A reader checks the declared columns and, for a CSV file, the digest of its rows.
A file that another program saved differently is refused. The error names the place and the command that makes the file again.
"""

from __future__ import annotations

import csv
import errno
import hashlib
import json
import os
import secrets
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl
from polars.io.plugins import register_io_source

from sim import files
from sim.errors import InputError, Note, Problem, RunError, nearest, shortened
from sim.study.records.columns import BLOCK, FORMAT, TABLES, in_file
from sim.study.records.command_again import again, is_published
from sim.study.records.provenance import Provenance

_KEY, _MADE = "unbirthday", "provenance"
MOST_OF_A_TABLE = 2**36  # bytes

SCHEMAS: Mapping[str, Mapping[str, Any]] = {
    name: {key: column.type for key, column in table.columns.items()} for name, table in TABLES.items()
}
"""Table -> column -> type in memory. The table `runs` also has the varied values, between `seed` and `people`."""


class NotKept(Note):
    """A table could not be written into the result folder. The message says why."""


# --- writing ------------------------------------------------------------------------------------------------------------


def path(folder: str | os.PathLike, name: str) -> Path:
    """The file of the table `name` in a result folder."""
    table = _table(name)
    return Path(folder) / (table + (".csv" if TABLES[table].csv else ".parquet"))


def write(folder: str | os.PathLike, name: str, frame: pl.DataFrame, made: Provenance | None = None) -> Path:
    """Write the table `name` ("runs", "measures", ...) of a result folder. The file is complete, or the old one stays.

    made : its provenance, kept in the metadata of Parquet and in the last columns of CSV
    Raises ValueError if columns or types are not the declared ones, RunError if the disk refuses.
    """
    return write_file(path(folder, name), name, frame, made)


def write_file(file: str | os.PathLike, name: str, frame: pl.DataFrame, made: Provenance | None = None) -> Path:
    """Write a table to a file of any name. An event log needs it: the user names its file."""
    file, table = Path(file), _table(name)
    frame = _declared(table, frame)
    with atomically(file) as temporary, open(temporary, "wb") as out:
        if TABLES[table].csv:
            _with_block(table, frame, made).write_csv(out)
        else:
            frame.write_parquet(out, metadata=_metadata(table, made))
    return file


def with_others(folder: str | os.PathLike, name: str, rows: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """The rows, before them those that the table in a folder has of other questions about the same scenario.

    key : the columns that name a question; rows that answer the same one are replaced
    """
    try:
        there = read(folder, name)
    except InputError:
        return rows  # absent, damaged or of another version
    of_same = there.join(rows.select("hash", "version").unique(), on=["hash", "version"], how="semi")
    others = of_same.join(rows.select(key).unique(), on=list(key), how="anti")
    return pl.concat([others.with_columns(digest=pl.col("digest").str.replace("-[^-]*$", "")), rows])


def keep(folder: str | os.PathLike, name: str, frame: pl.DataFrame, made: Provenance | None = None) -> None:
    """Write a table. If the folder is read-only, warn with NotKept instead: the answer itself is still good."""
    try:
        write(folder, name, frame, made)
    except RunError as error:
        if getattr(error.__cause__, "errno", None) not in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise
        why = f"{folder} may not be written to; a copy of the folder keeps it"
        warnings.warn(NotKept(f"{path(folder, name).name} was not kept: {why}"), stacklevel=2)


def digests(folder: str | os.PathLike) -> dict[str, str]:
    """SHA-256 of the tables of a sweep that are in a folder."""
    places = {name: path(folder, name) for name in ("runs", "measures", "pairs")}
    return {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in places.items() if file.is_file()}


def write_json(folder: str | os.PathLike, name: str, content: Mapping[str, Any]) -> Path:
    """Write a small JSON file that no command reads. The others are written by `json_files`."""
    file = Path(folder) / name
    with atomically(file) as temporary:
        temporary.write_text(as_json(content), encoding="utf-8")
    return file


def as_json(content: Mapping[str, Any]) -> str:
    """The text of a JSON file of this program."""
    return json.dumps({"format": FORMAT, **content}, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def sink(
    temporary: Path, table: str, parts: Iterable[pl.DataFrame], varied: Mapping[str, Any] | None, made: Provenance | None
) -> None:
    """Write a Parquet table from its parts in order. The parts are never all in memory.

    temporary : file to write, as `atomically` gives it
    varied : name -> type of the columns that the table of runs has beyond the declared ones
    Raises as `write` does.
    """
    schema = _declared(table, pl.DataFrame(schema=dict(SCHEMAS[table]) | dict(varied or {}))).schema
    source = register_io_source(lambda *_: (_declared(table, part) for part in parts), schema=schema)
    with open(temporary, "wb") as out:
        source.sink_parquet(out, maintain_order=True, metadata=_metadata(table, made))


def _metadata(table: str, made: Provenance | None) -> dict[str, str]:
    stored = {_MADE: json.dumps(made._asdict(), ensure_ascii=False)} if made else {}
    return {_KEY: f"{table}, format {FORMAT}"} | stored


def _with_block(table: str, frame: pl.DataFrame, made: Provenance | None) -> pl.DataFrame:
    """The table with the columns of its file: its provenance last, and the digest of its rows at the end of `digest`."""
    made = made or Provenance("", "", "", "", "")
    block = {"format": FORMAT, "hash": made.hash, "version": made.version, "seed_numbers": made.seeds, "digest": made.digest}
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
    """The table with all columns of the file. The last ones of a CSV file are its provenance."""
    file, table = Path(file), _table(name)
    return parsed(content_of(file, table), file, table)


def content_of(file: Path, name: str) -> bytes:
    """The bytes of a table's file. InputError: the file is absent, not a regular one, or unreadable."""
    if not os.path.lexists(file):
        raise _refused(file, "no such file", f"a result folder; {_again(file, name)} makes it")
    if not file.is_file():
        files.must_be_regular(file, f"a table; remove it and run {_again(file, name)} again")
    return files.read_bytes(file, "a table of results", MOST_OF_A_TABLE)


def must_have_room(folder: str | os.PathLike, names: Iterable[str]) -> None:
    """Raise InputError if there is a folder where a file will be written."""
    places = (Path(folder) / name for name in names)
    if problems := [Problem(str(place), "", "a folder", "a file, or nothing; remove it") for place in places if place.is_dir()]:
        raise InputError(problems)


def parsed(content: bytes, file: Path, table: str) -> pl.DataFrame:
    """The table in the bytes of its file, as `read_whole` gives it. Errors name `file` and the command that makes it."""
    try:
        return _csv(content, file, table) if TABLES[table].csv else _parquet(content, file, table)
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise damaged(file, "", reason, table) from error


def provenance(folder: str | os.PathLike, name: str) -> Provenance | None:
    """The provenance of a table of a result folder. None if the table names none."""
    file = path(folder, name)
    if TABLES[_table(name)].csv:
        return provenance_in(read_whole(file, name))
    try:
        stored = pl.read_parquet_metadata(BytesIO(file.read_bytes())).get(_MADE)
        return Provenance(**json.loads(stored)) if stored else None
    except (pl.exceptions.PolarsError, OSError, ValueError, TypeError) as error:
        raise damaged(file, "", str(error).partition("\n")[0], name) from error


def provenance_in(whole: pl.DataFrame) -> Provenance | None:
    """The provenance that the columns of a CSV table name. Several values are joined by commas, commands by &&."""
    if not whole.height or not whole["hash"][0]:
        return None
    columns = {"study": "study", "hash": "hash", "version": "version", "seeds": "seed_numbers", "digest": "digest"}
    values = {key: ", ".join(filter(None, whole[column].unique(maintain_order=True))) for key, column in columns.items()}
    commands = whole["command"].unique(maintain_order=True).drop_nulls() if "command" in whole.columns else ()
    return Provenance(**values, command=" && ".join(filter(None, commands)))


def damaged(file: Path, place: str, reason: str, name: str, by: str = "") -> InputError:
    """The error for a table that was changed or damaged. It names the command that makes the table again.

    by : that command, if it is known
    """
    maker = by or _again(file, _table(name))
    first = "remove it and " if not by and is_published(file.parent, TABLES[_table(name)].maker) else ""
    expected = f"the table as it was written; {first}run {maker} again"
    return InputError(Problem(str(file), place, f"damaged: {shortened(reason, 200)}", expected))


def _again(file: Path, table: str, stored: object = None) -> str:
    """The command that makes a table again, as messages quote it. stored : the command in the table itself"""
    return f"`{again(file.parent, TABLES[table].maker, stored)}`"


def _parquet(content: bytes, file: Path, table: str) -> pl.DataFrame:
    metadata = pl.read_parquet_metadata(BytesIO(content))
    named = metadata.get(_KEY, "")
    if named != f"{table}, format {FORMAT}":
        given = f"this is '{named}'" if named else "names no unbirthday format"
        made = _again(file, table, _command_in(metadata))
        raise _refused(file, given, f"'{table}, format {FORMAT}'; run {made} again")
    return _declared(table, pl.read_parquet(BytesIO(content)))


def _command_in(metadata: Mapping[str, str]) -> object:
    """The command in the metadata of a Parquet table, whatever its format. None: there is none."""
    try:
        return json.loads(metadata.get(_MADE, ""))["command"]
    except (ValueError, TypeError, KeyError):
        return None


def _csv(content: bytes, file: Path, table: str) -> pl.DataFrame:
    expected = in_file(table)
    if content.startswith(f"# {_KEY} ".encode()):
        raise _refused(file, "is of format 1, of an older version", f"format {FORMAT}; run {_again(file, table)} again")
    content = _as_utf8(content, file, table)
    try:
        header = next(csv.reader([content.split(b"\n", 1)[0].decode()]), [])
    except csv.Error:  # a line break of another kind, or a cell without end
        raise damaged(file, "line 1", "cannot be divided into columns: another program saved it", table) from None
    if not header:
        raise damaged(file, "", "is empty", table)
    if len(header) == 1 and (sign := next((sign for sign in ";\t|" if sign in header[0]), "")):
        raise damaged(file, "line 1", f"columns stand between {sign!r}, not commas: another program saved it", table)
    twice = [name for name in dict.fromkeys(header) if header.count(name) > 1]
    later = {name: column.older for name, column in expected.items() if name not in header and column.older is not None}
    missing = [f"no column '{name}'" for name in expected if name not in header and name not in later]
    wrong = [f"unknown column '{name}'" for name in header if name not in expected] + [f"'{name}' twice" for name in twice]
    if wrong:
        raise damaged(file, "line 1", "; ".join(missing + wrong), table)
    if missing:
        given = f"has {'; '.join(missing)}: an older version made it, or a column was taken out"
        raise _refused(file, given, f"every column of this version; run {_again(file, table)} again")
    types = {name: column.type for name, column in expected.items() if name not in later}
    try:
        frame = pl.read_csv(content, schema_overrides=types).select(*types)
    except pl.exceptions.PolarsError as error:
        place, reason = _first_misfit(content, types) or ("", str(error).splitlines()[0])
        raise damaged(file, place, reason, table) from None
    if len(cut := (frame["format"].is_null() | frame["digest"].is_null()).arg_true()):  # the writer leaves neither out
        raise damaged(file, f"row {cut[0] + 1}", "is cut short", table)
    if others := frame["format"].filter(frame["format"] != FORMAT).to_list():
        raise _refused(file, f"is of format {others[0]}", f"format {FORMAT}; run {_again(file, table)} again")
    if (frame["digest"].fill_null("") != "").any() and not _whole(frame):
        raise damaged(file, "", "was changed after it was made", table)
    added = (pl.lit(text).cast(expected[name].type, strict=False).alias(name) for name, text in later.items())
    return frame.with_columns(added).select(*expected)


def _as_utf8(content: bytes, file: Path, table: str) -> bytes:
    """The bytes without a byte order mark. InputError: they are not UTF-8."""
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
    """The first value that does not have the type of its column: its place and the reason."""
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
    """Whether the rows have the digest that the last part of their column `digest` names."""
    before = frame.with_columns(digest=pl.col("digest").str.replace("-[^-]*$", ""))
    return frame["digest"].str.extract("([^-]*)$").unique().to_list() == [_digest_of(before)]


@contextmanager
def atomically(file: str | os.PathLike) -> Iterator[Path]:
    """Yield a hidden path beside `file`. When the block ends without an error, the hidden file becomes `file` in one step.

    The hidden path keeps the suffix, as some writers (NumPy, Matplotlib) choose the format by it.
    After an error the hidden file is removed and the old `file` stays.
    Raises RunError if the disk refuses (full, read-only, ...). The message says what was kept.
    """
    file = Path(file)
    temporary = file.with_name(f".{file.stem}.{secrets.token_hex(4)}{file.suffix}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        with open(temporary, "rb+") as written:
            os.fsync(written.fileno())
        os.replace(temporary, file)
        files.written.append(file)
        _flush_folder(file.parent)
    except (OSError, pl.exceptions.PolarsError) as error:  # polars wraps a full disk in its own
        kept = "the older file was kept" if file.exists() else "nothing of it was left behind"
        reason = getattr(error, "strerror", None) or error
        raise RunError(f"{file}: could not be written ({reason}); {kept}") from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def _flush_folder(folder: Path) -> None:
    """Flush a folder to the disk, so that the move itself survives a power cut."""
    with suppress(OSError):  # some file systems cannot flush a folder; the file itself is on the disk
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
    """The frame with the declared columns, in their order and types. ValueError names every column that differs.

    A type is changed only where no value can be lost: all null -> any, whole -> wider or real, categories -> text.
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
    kind = column.dtype
    lossless = (
        kind == wanted
        or kind == pl.Null
        or (kind.is_integer() and (wanted.is_integer() or wanted.is_float()))
        or (kind == pl.Float32 and wanted == pl.Float64)
        or (kind in (pl.Categorical, pl.Enum) and wanted == pl.String)
    )
    if not lossless:
        raise TypeError
    return column.cast(wanted)  # strict: a whole number that does not fit is an error


def _refused(file: Path, given: str, expected: str) -> InputError:
    return InputError(Problem(str(file), "", given, expected))
