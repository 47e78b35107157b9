"""Edge lists: text with one tie per line. A first line may name the columns."""

from __future__ import annotations

import ast
import re
from collections import Counter

from sim import dialect
from sim.errors import InputError, Problem, shortened
from sim.society.graphs import lookalikes
from sim.society.graphs.given import count
from sim.society.graphs.header import Columns, columns_of, refuse
from sim.society.graphs.lookalikes import HEADER, Records
from sim.society.graphs.recognise import NETWORKX
from sim.society.graphs.rows import Rows
from sim.society.graphs.values import is_number

_TWO_IDS = "the ids of two people; write a person without ties twice in a line: dan,dan"
_WITH_DATA = re.compile(r"\s*([^\s,;]+)[\s,;]+([^\s,;]+)[\s,;]+(\{.*\})\s*")


def read(file: str, text: str) -> Rows:
    """The people and rows of an edge list. InputError: the text is no edge list, or a table of another sort."""
    if rows_with_data := _with_data(file, text):
        return rows_with_data
    table = dialect.table(file, text)
    refuse(lookalikes.named_matrix(file, table))
    rows = Rows(file, "row", comma=table.separator != ",")
    width = Counter(len(cells) for _, cells in table.records).most_common(1)[0][0]
    if width < 2:
        _refuse_neighbour_lists(file, table.records, text)
    columns = columns_of(file, table, width, rows)
    if table.comments:
        rows.notes.append(f"{count(table.comments, 'comment line')} (# or %) skipped")
    if not table.records:
        raise InputError(Problem(file, "", "a header and nothing else", "at least one tie"))
    if columns.header is None:
        _refuse_neighbour_lists(file, table.records, text)
    _add_rows(rows, table.records, columns)
    return rows


def _add_rows(rows: Rows, records: Records, columns: Columns) -> None:
    """Add a row for each record. Lines that are empty or repeat the header are skipped, and notes count them."""
    a, b = columns.ids
    repeated = empty = zeros = 0
    weights = columns.weights
    for line, cells in records:
        if columns.header is not None and cells == columns.header:
            repeated += 1
            continue
        if not any(cells):
            empty += 1
            continue
        if not columns.fits(cells):
            rows.add_problem(line, count(len(cells), "column"), f"{columns.width} as in the other lines")
            continue
        if not (cells[a] and cells[b]):
            rows.add_problem(line, f"a blank id in column {(b if cells[a] else a) + 1}", _TWO_IDS)
            continue
        zeros += weights is not None and len(cells) > weights and cells[weights] in ("0", "0.0")
        one_way = columns.direction is not None and cells[columns.direction].lower() == "directed"
        values = {name: cells[n] for name, n in columns.values.items()}
        u = rows.number_of(cells[a], line)
        v = rows.number_of(cells[b], line)
        rows.add_row(u, v, values, line, one_way)
    if not rows.ids and not rows.problems:
        rows.add_problem(records[0][0], "empty cells only", "at least one tie")
    if columns.header is None:
        _refuse_third_ids(rows, records)
    used = {a, b, *columns.values.values(), columns.direction}
    for n in range(max(len(cells) for _, cells in records)):
        if n not in used and any(len(cells) > n and cells[n] for _, cells in records):
            rows.unused[columns.name(n)] += 1
    if zeros:
        rows.notes.append(f"{count(zeros, 'row')} of weight 0 read as ties: a weight is not used")
    if repeated:
        rows.notes.append(f"{count(repeated, 'repeated header')} skipped")
    if empty:
        rows.notes.append(f"{count(empty, 'line')} of empty cells skipped")


def _refuse_neighbour_lists(file: str, records: Records, text: str) -> None:
    """InputError: the widths of lines differ as if each line held a person and all neighbours of the person."""
    widths = {len(cells) for _, cells in records}
    if len(widths) < 3 and widths != {1}:
        return
    longest = max(text.splitlines(), key=len)  # the line of a person without further neighbours has no separator
    separator = next((candidate for candidate in dialect.SEPARATORS if candidate in longest), " ")
    if widths == {1}:
        widths = {len(dialect.cells(cells[0], separator)) for _, cells in records}
    if len(widths) > 2 and max(widths) > 3:
        finding = f"lines of {min(widths)} to {max(widths)} columns: all neighbours of a person in a line?"
        option = "" if separator == " " else f", delimiter={separator!r}"
        if separator != " " and text.count(separator) == text.count(f"{separator} "):
            option = f", delimiter={separator + ' '!r}"  # without it networkx reads the space as part of the name
        expected = "one tie per line, or " + NETWORKX.format(f"networkx.read_adjlist('FILE'{option})")
        raise InputError(Problem(file, f"line {records[0][0]}", finding, expected))


def _refuse_third_ids(rows: Rows, records: Records) -> None:
    """Add a problem where only some lines have a third cell, and each of these cells is also an id: lists of neighbours."""
    if len({len(cells) for _, cells in records}) == 1:
        return
    longer = [(line, cells) for line, cells in records if len(cells) == 3 and is_number(cells[2])]
    if longer and len(longer) < len(records) and all(cells[2] in rows.numbers for _, cells in longer):
        line, cells = longer[0]
        finding = f"{len(cells)} columns, others have 2, and {cells[2]} is a person too: a list of neighbours per line?"
        rows.add_problem(line, finding, f"one tie per line, or {HEADER},weight")


def _with_data(file: str, text: str) -> Rows | None:
    """The people and rows of an edge list that networkx wrote with a dict of values after each edge; None for other texts."""
    if "{" not in text:
        return None
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not dialect.is_comment(line)]
    matches = [_WITH_DATA.fullmatch(line) for _, line in lines[:50]]
    if sum(match is not None for match in matches) * 2 <= len(matches):
        return None
    rows = Rows(file, "row")
    for n, line in lines:
        match = _WITH_DATA.fullmatch(line)
        data = None if match is None else _dict(match[3])
        if match is None or data is None:
            rows.add_problem(n, shortened(line.strip()), "two ids and a dict of values, as networkx.write_edgelist writes them")
        else:
            rows.add_row(rows.number_of(match[1]), rows.number_of(match[2]), data, n)
    return rows


def _dict(text: str) -> dict | None:
    """The dict that a text stands for in Python, or None. Numbers of numpy and missing values of pandas are read too."""
    text = re.sub(r"\bnp\.\w+\(([^()]*)\)", r"\1", text)
    text = re.sub(r"(?<=: )(nan|<NA>|NaT)(?=[,}])", "None", text)
    try:
        data = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


