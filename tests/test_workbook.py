"""A result folder as a spreadsheet, read back by another library: cells of the right kind, every column explained, no formula."""

from __future__ import annotations

import math
import re
from collections import Counter

import openpyxl
import polars as pl
import pytest
from test_cli import refused, sim

from sim.channels import CHANNELS
from sim.errors import InputError, RunError
from sim.study.records import tables, workbook
from sim.study.records.columns import BLOCK, TABLES, in_file, kind
from sim.study.records.workbook import FIRST, spreadsheet
from sim.text.columns import texts

HOSTILE = (
    '=HYPERLINK("http://x","y")', "+1", "-2+3", "@SUM(A1)", "http://x.org", "2026-11-30", "1e5", "007", "TRUE", "_x0041_", "a\nb"
)  # fmt: skip


def row_of(name: str, **values) -> pl.DataFrame:
    """A table of one row: what is given, the rest empty."""
    schema = tables.SCHEMAS[name]
    return pl.DataFrame({key: [values.get(key)] for key in schema}, schema=dict(schema))


def sheets(file) -> dict[str, list[tuple]]:
    book = openpyxl.load_workbook(file)
    return {sheet.title: [tuple(cell.value for cell in row) for row in sheet] for sheet in book}


@pytest.fixture
def folder(tmp_path):
    """A verdict with values of every kind, and measures with numbers that no cell holds."""
    tables.write(tmp_path, "verdict", row_of("verdict", study="mine", point=0, contrast="=1+1", horizon=365, primary=True,
                                             verdict="inert", margin=0.05, seeds_needed=None, why=""))  # fmt: skip
    numbers = [0.1, math.inf, math.nan, None, 1e300]
    runs = [*HOSTILE[:4], "x" * 40_000]
    measures = pl.concat([row_of("measures", run_id=run, value=value, n=10**18) for run, value in zip(runs, numbers)])
    tables.write(tmp_path, "measures", measures)
    return tmp_path


def test_cells_are_of_the_kind_of_their_column(folder):
    made = spreadsheet(folder)
    assert (made.file, made.tables, made.notes) == (folder / "tables.xlsx", ["measures", "verdict"], [])
    found = sheets(made.file)
    assert list(found) == [FIRST, "measures", "verdict"]
    header, row = found["verdict"]
    assert header == tuple(in_file("verdict"))
    verdict = dict(zip(header, row))
    assert {key: verdict[key] for key in ("point", "primary", "margin", "seeds_needed", "why", "contrast")} == {
        "point": 0, "primary": True, "margin": 0.05, "seeds_needed": None, "why": None, "contrast": "=1+1"
    }  # fmt: skip
    values = [dict(zip(found["measures"][0], row)) for row in found["measures"][1:]]
    assert [row["value"] for row in values] == [0.1, "inf", None, None, 1e300]
    assert {row["n"] for row in values} == {str(10**18)}  # a number of a sheet has 15 digits
    assert len(values[-1]["run_id"]) == workbook.LONGEST_TEXT


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_users_stays_text(tmp_path, text):
    tables.write(tmp_path, "measures", row_of("measures", run_id=text))
    cell = openpyxl.load_workbook(spreadsheet(tmp_path, tmp_path / "out.xlsx").file)["measures"]["A2"]
    assert (openpyxl.utils.escape.unescape(cell.value), cell.data_type, cell.hyperlink) == (text, "s", None)


def test_the_first_sheet_says_what_each_column_is(folder):
    rows = sheets(spreadsheet(folder).file)[FIRST]
    assert rows[0] == ("table", "column", "type", "unit", "meaning")
    assert [row[1] for row in rows[1:] if row[0] == "verdict"] == [None, *in_file("verdict")]
    assert ("verdict", "margin", "number", "share", in_file("verdict")["margin"].meaning) in rows
    assert ("verdict", None, None, None, f"a row is {TABLES['verdict'].row}; made by `sim compare`") in rows


def test_the_first_sheet_speaks_french(folder):
    found = sheets(spreadsheet(folder, lang="fr").file)
    first = next(iter(found))
    assert first not in TABLES
    assert found[first][0] == ("table", "colonne", "type", "unité", "sens")
    assert [row[1] for row in found[first][1:] if row[0] == "verdict"] == [None, *in_file("verdict")]
    (margin,) = [row for row in found[first] if row[:2] == ("verdict", "margin")]
    assert margin[2:4] == ("nombre", "part")
    english = {row[4] for row in sheets(spreadsheet(folder).file)[FIRST]}
    assert not english & {row[4] for row in found[first]}


def test_every_column_has_a_french_text_and_no_other_has():
    def names(column):
        """By its own name where most tables mean the same with it, else with the table before it."""
        of_each = {name: in_file(name)[column] for name in TABLES if column in in_file(name)}
        meanings = Counter((each.meaning, each.unit) for each in of_each.values())
        (common, _), *_ = meanings.most_common()
        return [column, *(f"{name}-{column}" for name, each in of_each.items() if (each.meaning, each.unit) != common)]

    columns = dict.fromkeys(column for name in TABLES for column in in_file(name))
    french = texts("fr")
    assert set(french["meaning"]) == {name for column in columns for name in names(column)} | {f"row-{name}" for name in TABLES}
    units = {column.unit for name in TABLES for column in in_file(name).values()} - {""}
    kinds = {kind(column) for name in TABLES for column in in_file(name).values()}
    of_the_sheet = {FIRST, "column", "unit", "meaning", "value of this varied parameter", "a row is {row}; made by `sim {maker}`"}
    assert set(french["text"]) == units | kinds | of_the_sheet | {workbook.LEFT_OUT}
    assert [name for name in CHANNELS if name not in french["meaning"]["channel"]] == []


def test_another_language_is_refused(folder):
    with pytest.raises(InputError, match="lang: unknown language 'de'; expected one of en, fr"):
        spreadsheet(folder, lang="de")


def test_a_varied_value_is_explained(tmp_path):
    runs = row_of("runs", run_id="ab").with_columns(pl.lit(2.0).alias("prompts.slope"))
    tables.write(tmp_path, "runs", runs)
    assert ("runs", "prompts.slope", None, None, "value of this varied parameter") in sheets(spreadsheet(tmp_path).file)[FIRST]


def test_every_table_can_be_a_sheet():
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in TABLES)
    assert FIRST not in TABLES
    assert all(column.meaning for name in TABLES for column in (in_file(name) | BLOCK).values())


def test_the_header_stays_in_sight_and_columns_are_as_wide_as_their_words(folder):
    sheet = openpyxl.load_workbook(spreadsheet(folder).file)["verdict"]
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["A"].width < sheet.column_dimensions["F"].width <= workbook.WIDEST + 1


def test_the_same_tables_give_the_same_bytes(folder):
    first = spreadsheet(folder, folder / "one.xlsx").file.read_bytes()
    assert spreadsheet(folder, folder / "two.xlsx").file.read_bytes() == first
    made = openpyxl.load_workbook(folder / "one.xlsx").properties
    assert made.created == made.modified == workbook._MADE  # not the time of today


def test_a_table_with_too_many_rows_is_left_out_and_said_so(folder, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    made = spreadsheet(folder)
    said = "measures.parquet has 5 rows and a sheet takes 4: it is left out; read measures.parquet"
    assert (made.tables, made.notes) == (["verdict"], [said])
    found = sheets(made.file)
    assert list(found) == [FIRST, "verdict"]
    assert ("measures", None, None, None, said) in found[FIRST]


def test_the_command_says_what_it_wrote_and_what_it_left_out(folder, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    done = sim("spreadsheet", folder, "--out", folder / "mine.xlsx")
    assert done.exit_code == 0, done.output
    assert done.stdout == f"written: {folder / 'mine.xlsx'}; a sheet for each of verdict\n"
    assert "note: measures.parquet has 5 rows" in done.stderr


def test_what_cannot_be_a_spreadsheet_is_refused(folder, tmp_path):
    assert refused(sim("spreadsheet", folder, "--out", folder / "mine.csv"), "a name that ends with .xlsx")
    (tmp_path / "empty").mkdir()
    assert refused(sim("spreadsheet", tmp_path / "empty"), "no table of results")
    (folder / "verdict.csv").write_text("study\n")
    with pytest.raises(InputError, match=r"verdict\.csv"):
        spreadsheet(folder)
    assert not (folder / "tables.xlsx").exists()


def test_a_disk_that_refuses_is_said(folder, monkeypatch):
    def full(*_):
        raise workbook.FileCreateError(OSError(28, "No space left on device"))

    monkeypatch.setattr(workbook, "_write", full)
    with pytest.raises(RunError, match=r"No space left on device.*nothing of it was left behind"):
        spreadsheet(folder)
