"""Edge lists: text with one tie per line, with or without a line that names the columns."""

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

_TWO_IDS = "the ids of two people; somebody without ties stands twice in a line: dan,dan"
_WITH_DATA = re.compile(r"\s*([^\s,;]+)[\s,;]+([^\s,;]+)[\s,;]+(\{.*\})\s*")


def read(file: str, text: str) -> Rows:
    """People and rows of an edge list. InputError: no edge list, or a table that is something else."""
    if data := _with_data(file, text):
        return data
    read = dialect.table(file, text)
    refuse(lookalikes.named_matrix(file, read))
    rows = Rows(file, "row", comma=read.separator != ",")
    width = Counter(len(cells) for _, cells in read.records).most_common(1)[0][0]
    if width < 2:
        _not_neighbours(file, read.records, text)
    columns = columns_of(file, read, width, rows)
    if read.comments:
        rows.notes.append(f"{count(read.comments, 'comment line')} (# or %) skipped")
    if not read.records:
        raise InputError(Problem(file, "", "a header and nothing else", "at least one tie"))
    if columns.header is None:
        _not_neighbours(file, read.records, text)
    _gather(rows, read.records, columns)
    return rows


def _gather(rows: Rows, records: Records, columns: Columns) -> None:
    """One row of the source per record; lines that repeat the header or hold nothing are counted."""
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
            rows.problem(line, count(len(cells), "column"), f"{columns.width} as in the other lines")
            continue
        if not (cells[a] and cells[b]):
            rows.problem(line, f"a blank id in column {(b if cells[a] else a) + 1}", _TWO_IDS)
            continue
        zeros += weights is not None and len(cells) > weights and cells[weights] in ("0", "0.0")
        one_way = columns.direction is not None and cells[columns.direction].lower() == "directed"
        values = {name: cells[n] for name, n in columns.values.items()}
        u = rows.known(cells[a], line)
        v = rows.known(cells[b], line)
        rows.row(u, v, values, line, one_way)
    if not rows.ids and not rows.problems:
        rows.problem(records[0][0], "empty cells only", "at least one tie")
    if columns.header is None:
        _not_ambiguous(rows, records)
    read = {a, b, *columns.values.values(), columns.direction}
    for n in range(max(len(cells) for _, cells in records)):
        if n not in read and any(len(cells) > n and cells[n] for _, cells in records):
            rows.unused[columns.name(n)] += 1
    if zeros:
        rows.notes.append(f"{count(zeros, 'row')} of weight 0 read as ties: a weight is not used")
    if repeated:
        rows.notes.append(f"{count(repeated, 'repeated header')} skipped")
    if empty:
        rows.notes.append(f"{count(empty, 'line')} of empty cells skipped")


def _not_neighbours(file: str, records: Records, text: str) -> None:
    """InputError: lines of many widths, each perhaps a person and all neighbours."""
    widths = {len(cells) for _, cells in records}
    if len(widths) < 3 and widths != {1}:
        return
    longest = max(text.splitlines(), key=len)  # people without further neighbours have no separator in their lines
    between = next((each for each in dialect.SEPARATORS if each in longest), " ")
    if widths == {1}:
        widths = {len(dialect.cells(cells[0], between)) for _, cells in records}
    if len(widths) > 2 and max(widths) > 3:
        found = f"lines of {min(widths)} to {max(widths)} columns: all neighbours of a person in a line?"
        option = "" if between == " " else f", delimiter={between!r}"
        if between != " " and text.count(between) == text.count(f"{between} "):
            option = f", delimiter={between + ' '!r}"  # else networkx takes the space for a part of the name
        expected = "one tie per line, or " + NETWORKX.format(f"networkx.read_adjlist('FILE'{option})")
        raise InputError(Problem(file, f"line {records[0][0]}", found, expected))


def _not_ambiguous(rows: Rows, records: Records) -> None:
    """A problem where some lines have a third cell and all of these are ids: lists of neighbours, one per person."""
    if len({len(cells) for _, cells in records}) == 1:
        return
    longer = [(line, cells) for line, cells in records if len(cells) == 3 and is_number(cells[2])]
    if longer and len(longer) < len(records) and all(cells[2] in rows.numbers for _, cells in longer):
        line, cells = longer[0]
        found = f"{len(cells)} columns, others have 2, and {cells[2]} is a person too: a list of neighbours per line?"
        rows.problem(line, found, f"one tie per line, or {HEADER},weight")


def _with_data(file: str, text: str) -> Rows | None:
    """The rows of an edge list as networkx writes it, with the data of each edge as a dict; None if it is none."""
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
            rows.problem(n, shortened(line.strip()), "two ids and a dict of values, as networkx.write_edgelist writes them")
        else:
            rows.row(rows.known(match[1]), rows.known(match[2]), data, n)
    return rows


def _dict(text: str) -> dict | None:
    """A dict as Python writes it, None for anything else. Numbers of numpy and nan are no literals."""
    text = re.sub(r"\bnp\.\w+\(([^()]*)\)", r"\1", text)
    text = re.sub(r"(?<=: )(nan|<NA>|NaT)(?=[,}])", "None", text)
    try:
        data = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


