"""SQL on the tables of a result folder. DuckDB answers; it can read these tables and nothing else."""

from __future__ import annotations

import os
import re
import tempfile
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import polars as pl

from sim.errors import InputError, Problem, RunError, shortened
from sim.study.records import json_files, tables

MOST_SECONDS = 60.0
ASKING = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN, duckdb.StatementType.MULTI)  # the last: pivot
_EXPLAIN = re.compile(r"\s*explain\b(\s+analyze\b)?(\s*\([^)]*\))?", re.IGNORECASE)
_ISOLATED = {  # the database reads no file and loads no extension, and no SQL can change this
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
}


class Answer(NamedTuple):
    """The answer to a query: names of the columns, and rows in the order that the SQL asks for."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    cut: bool  # whether there are more rows


class _Table:
    """A table behind Arrow's C interface, by which DuckDB reads it without PyArrow."""

    def __init__(self, frame: pl.DataFrame):
        self.frame = frame

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self.frame.__arrow_c_stream__(requested_schema)


def query(sql: str, folder: Path | str, limit: int | None = None, time_limit: float = MOST_SECONDS) -> Answer:
    """Ask the tables of a result folder; each is a view of its name (runs, measures, verdict, ...). No file is changed.

    sql : one question, such as "select contrast, verdict from verdict"
    folder : a result folder
    limit : the most rows of an answer; all if not given
    time_limit : seconds that it may take
    Gives the names of the columns, the rows, and whether there are more rows.
    InputError: a folder without tables, or SQL that cannot be answered. RunError: too much time or memory.
    """
    if not Path(folder).is_dir() and Path(sql).is_dir():
        raise InputError(Problem("", "SQL", f"the folder '{shortened(sql)}'", 'the question first: sim query "select ..." DIR'))
    json_files.refuse_another_format(folder)
    present = [name for name in tables.SCHEMAS if os.path.lexists(tables.path(folder, name))]
    if not present:
        expected = "a result folder; `sim sweep` makes it, its tables when the first units are done"
        raise InputError(Problem(str(folder), "", "no table of results", expected))
    named = [name for name in present if re.search(rf"\b{name}\b", sql, re.IGNORECASE)]
    with tempfile.TemporaryDirectory() as spill, duckdb.connect() as memory:
        for name in named or present:
            memory.register(name, _Table(tables.read_whole(tables.path(folder, name), name)))
        for setting, value in ({"temp_directory": spill} | _ISOLATED).items():
            memory.execute(f"set {setting} = '{value.replace(chr(39), 2 * chr(39))}'")
        return _in_time(memory, sql, limit, time_limit, f"a question to {', '.join(present)}")


def _in_time(memory: duckdb.DuckDBPyConnection, sql: str, limit: int | None, seconds: float, expected: str) -> Answer:
    """The answer within a time limit. A thread of its own asks, so that the clock or Ctrl-C can interrupt DuckDB."""
    with ThreadPoolExecutor(1) as thread:
        answer = thread.submit(_answer, memory, sql, limit, expected)
        try:
            return answer.result(timeout=seconds)
        except TimeoutError:
            _interrupt(memory, answer)
            raise RunError(f"SQL: no answer in {seconds:g} s; ask for less, or give it longer with --time-limit") from None
        except KeyboardInterrupt:
            _interrupt(memory, answer)
            raise


def _interrupt(memory: duckdb.DuckDBPyConnection, answer: Future) -> None:
    while not answer.done():
        memory.interrupt()
        wait([answer], timeout=0.1)


def _answer(memory: duckdb.DuckDBPyConnection, sql: str, limit: int | None, expected: str) -> Answer:
    try:
        _must_ask(memory, sql, expected)
        memory.execute(sql)
        columns = tuple(column for column, *_ in memory.description or ())
        rows = memory.fetchall() if limit is None else memory.fetchmany(limit + 1)
    except duckdb.OutOfMemoryException as error:
        raise RunError(f"SQL: {_first_line(error)}; ask for less") from None
    except (duckdb.Error, ValueError, ArithmeticError, RuntimeError) as error:  # the last three: values that do not fit Python
        raise InputError(Problem("", "SQL", _first_line(error), expected)) from None
    if _has_extreme_date(rows):
        given = "a date that is infinite, or the first or last of the calendar: Python has one value for both"
        raise InputError(Problem("", "SQL", given, "it as text, such as started::timestamp::varchar"))
    return Answer(columns, rows[:limit], limit is not None and len(rows) > limit)


def _has_extreme_date(value: Any) -> bool:
    """Whether a value is or contains the first or last date of Python. DuckDB gives these for infinite dates."""
    if isinstance(value, dict):
        return _has_extreme_date([*value.keys(), *value.values()])
    if isinstance(value, list | tuple):
        return any(map(_has_extreme_date, value))
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None)
    return isinstance(value, date) and value in (type(value).min, type(value).max)


def _must_ask(memory: duckdb.DuckDBPyConnection, sql: str, expected: str) -> None:
    """Raise InputError if the SQL is not exactly one question."""
    sql.encode()  # ValueError for text that is not valid Unicode
    statements = memory.extract_statements(sql)
    if len(statements) > 1:
        raise InputError(Problem("", "SQL", f"{len(statements)} questions", "one at a time"))
    if statements and statements[0].type == duckdb.StatementType.EXPLAIN:
        statements = memory.extract_statements(_EXPLAIN.sub("", sql, count=1))
    if not statements or statements[0].type not in ASKING:
        wanted = expected.replace("a question", "a question (select ..., pivot ..., describe ..., show tables)", 1)
        raise InputError(Problem("", "SQL", f"'{shortened(sql.strip())}' asks nothing", wanted))


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
