"""Questions in SQL to the tables of a result folder, answered by DuckDB."""

from __future__ import annotations

from glob import escape
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from sim.errors import InputError, Problem
from sim.study import record, tables


class Answer(NamedTuple):
    """Names of the columns, and rows in the order that the question asks for."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def query(sql: str, folder: Path | str) -> Answer:
    """What the tables of a result folder say; each is a view of its name (runs, measures, verdict, ...).

    InputError for a folder without tables, or SQL that cannot be answered; nothing in the folder is changed.
    """
    record.refuse_another_format(folder)
    found = [name for name in tables.SCHEMAS if tables.path(folder, name).is_file()]
    if not found:
        expected = "a result folder; `sim sweep` makes it, its tables when the first units are done"
        raise InputError(Problem(str(folder), "", "no table of results", expected))
    with duckdb.connect() as memory:
        for name in found:
            file = str(tables.path(folder, name))
            try:
                view = memory.read_csv(escape(file), header=True) if file.endswith(".csv") else memory.read_parquet(escape(file))
                view.create_view(name)
            except duckdb.Error as error:
                said = f"cannot be read ({str(error).strip().splitlines()[0]})"
                raise InputError(Problem(file, "", said, "a complete table; make it again, or delete the file")) from None
        try:
            asked = memory.extract_statements(sql)
            if len(asked) > 1:
                raise InputError(Problem("", "SQL", f"{len(asked)} questions", "one at a time"))
            if not asked or any(one.type != duckdb.StatementType.SELECT for one in asked):
                expected = f"a question (select ..., describe ..., show tables) to {', '.join(found)}"
                raise InputError(Problem("", "SQL", f"'{sql.strip()}' asks nothing", expected))
            memory.execute(sql)
            columns = tuple(column for column, *_ in memory.description or ())
            return Answer(columns, memory.fetchall())
        except duckdb.Error as error:
            said = str(error).strip().splitlines()[0]
            raise InputError(Problem("", "SQL", said, f"a question to {', '.join(found)}")) from None
