"""The tables of a result folder as one spreadsheet: a sheet a table, after one that says what each column is."""

from __future__ import annotations

import math
import os
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from sim.errors import InputError, Problem, nearest
from sim.files import workbook_to_write
from sim.study.records import json_files, tables
from sim.study.records.columns import TABLES, in_file, kind
from sim.text import LANGUAGES
from sim.text.columns import meaning, said

MOST_ROWS = 2**20 - 1  # of a sheet, below its header
LONGEST_TEXT = 32_767  # letters of a cell
MOST_DIGITS = 10**15  # a sheet keeps 15 digits of a number: a larger whole number is written as text
WIDEST = 60  # letters
LEFT_OUT = "{file} has {rows} rows and a sheet takes {most}: it is left out; read {file}"
FIRST = "columns"
"""The first sheet. No table has this name."""

_MADE = datetime(2000, 1, 1)  # of every workbook, so that the same tables give the same bytes
_CONVERTS_NOTHING = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class Spreadsheet(NamedTuple):
    """The file, the tables that have a sheet in it, and a note on each table that has none."""

    file: Path
    tables: list[str]
    notes: list[str]


def spreadsheet(
    folder: str | os.PathLike[str],
    file: str | os.PathLike[str] | None = None,
    only: Collection[str] | None = None,
    lang: str = "en",
) -> Spreadsheet:
    """Write tables of a result folder into one .xlsx file. The same tables give the same bytes.

    folder : a result folder
    file : the file to write; `tables.xlsx` in the folder if not given
    only : names of tables; all that are there if not given; lang : language of the first sheet
    The first sheet says what each column is. Numbers, true and false are such cells, all else is text, and a missing value is an
    empty cell. A table with more rows than a sheet takes is left out; the first sheet and a note say so.
    InputError: no tables, a damaged one, another language, or a file with another ending. RunError: the disk refuses.
    """
    if lang not in LANGUAGES:
        raise InputError(Problem("", "lang", f"unknown language '{lang}'", nearest(lang, LANGUAGES)))
    folder = Path(folder)
    file = workbook_to_write(folder / "tables.xlsx" if file is None else file, "--out")
    json_files.refuse_another_format(folder)
    wanted = [name for name in tables.SCHEMAS if only is None or name in only]
    present = [name for name in wanted if os.path.lexists(tables.path(folder, name))]
    if not present:
        raise InputError(Problem(str(folder), "", "no table of results", "a result folder; `sim sweep` makes it"))
    frames = ((name, tables.read_whole(tables.path(folder, name), name)) for name in present)  # one at a time in memory
    with tables.atomically(file) as temporary:
        try:
            notes = _write(temporary, frames, lang)
        except FileCreateError as error:  # it wraps the error of the disk
            raise error.args[0] from None
    return Spreadsheet(file, [name for name in present if name not in notes], list(notes.values()))


def _write(file: Path, frames: Iterator[tuple[str, pl.DataFrame]], lang: str) -> dict[str, str]:
    """Write the workbook. Returns notes: table that is left out -> why."""
    with xlsxwriter.Workbook(str(file), {"constant_memory": True, **_CONVERTS_NOTHING}) as book:
        book.set_properties({"created": _MADE, "title": "unbirthday", "comments": "Tables: CC BY 4.0"})
        bold = book.add_format({"bold": True})
        first = book.add_worksheet(said(lang, FIRST))
        explained: list[tuple[str, ...]] = []
        notes: dict[str, str] = {}
        for name, frame in frames:
            row = meaning(lang, "row", name, TABLES[name].row)
            about = said(lang, "a row is {row}; made by `sim {maker}`").format(row=row, maker=TABLES[name].maker)
            if frame.height > MOST_ROWS:
                own = tables.path("", name).name
                notes[name] = LEFT_OUT.format(file=own, rows=frame.height, most=MOST_ROWS)
                about = said(lang, LEFT_OUT).format(file=own, rows=frame.height, most=MOST_ROWS)
            explained.append((name, "", "", "", about))
            if name not in notes:
                explained += _columns(name, frame, lang)
                _fill(book.add_worksheet(name), frame, bold)
        heads = [said(lang, head) for head in ("table", "column", "type", "unit", "meaning")]
        _fill(first, pl.DataFrame(explained, heads, orient="row"), bold)
    return notes


def _columns(name: str, frame: pl.DataFrame, lang: str) -> Iterator[tuple[str, ...]]:
    """A row of the first sheet for each column of a table. Columns of varied values are not declared."""
    declared = in_file(name)
    for key in frame.columns:
        if key in declared:
            column = declared[key]
            yield name, key, said(lang, kind(column)), said(lang, column.unit), meaning(lang, name, key, column.meaning)
        else:
            yield name, key, "", "", said(lang, "value of this varied parameter")


def _fill(sheet: Any, frame: pl.DataFrame, bold: Any) -> None:
    """Write a frame into a sheet: its header, which stays in sight, and its rows."""
    for column, name in enumerate(frame.columns):
        sheet.write_string(0, column, name, bold)
        longest = max((len(str(value)) for value in frame[name].head(1000)), default=0)
        sheet.set_column(column, column, min(max(len(name), longest) + 2, WIDEST))
    sheet.freeze_panes(1, 0)
    for row, values in enumerate(frame.iter_rows(), 1):
        for column, value in enumerate(values):
            _cell(sheet, row, column, value)


def _cell(sheet: Any, row: int, column: int, value: Any) -> None:
    """Write a value as a cell of its kind. A sheet has neither NaN nor infinity: the one is empty, the other the text inf."""
    if value is None or value != value or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float) and math.isfinite(value) and (isinstance(value, float) or abs(value) < MOST_DIGITS):
        sheet.write_number(row, column, value)
    else:  # never a formula, whatever its first letter is
        text = str(value)
        sheet.write_string(row, column, text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 3]}...")
