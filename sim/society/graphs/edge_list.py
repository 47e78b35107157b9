"""Edge lists: text with one tie per line, with or without a line that names the columns."""

from __future__ import annotations

import ast
import math
import re
from collections import Counter
from collections.abc import Sequence

from sim.errors import InputError, Problem, shortened
from sim.society.graphs import dialect, lookalikes
from sim.society.graphs.given import count
from sim.society.graphs.lookalikes import HEADER, Records
from sim.society.graphs.rows import Rows
from sim.society.graphs.values import column, is_number, value_of, word

# What the two columns of ids are called: pairs of words, each alone or with a word that says what is named.
_PAIRS = (
    ("from", "to"), ("source", "target"), ("source", "destination"), ("source", "dest"), ("src", "dst"), ("src", "dest"),
    ("src", "target"), ("src", "tgt"), ("origin", "destination"), ("sender", "receiver"), ("sender", "recipient"),
    ("ego", "alter"), ("nominator", "nominee"), ("nominator", "nominated"), ("follower", "followee"), ("follower", "followed"),
    ("tail", "head"), ("caller", "callee"), ("i", "j"), ("u", "v"), ("de", "vers"), ("origine", "destination"), ("von", "nach"),
)  # fmt: skip
_SOMEBODY = ("person", "user", "student", "pupil", "member", "employee", "child", "actor", "ego", "node", "name", "id")
_ANOTHER = ("friend", "other", "contact", "partner", "neighbor", "neighbour")
_ENDS = ("startnode", "endnode"), ("startid", "endid")
_NAMED = ("", "id", "node", "nodeid", "name", "label", "person", "personid", "user", "userid", "vertex", "vertexid")
_TWICE = (
    "node", "id", "nodeid", "name", "person", "personid", "people", "user", "userid", "vertex", "v", "n", "x", "actor", "agent",
    "member", "individual", "student", "pupil", "child", "employee", "character", "friend", "contact", "subject", "label", "end",
)  # fmt: skip
PAIRS = tuple(
    dict.fromkeys(
        [
            pair
            for what in _NAMED
            for first, second in _PAIRS
            for pair in ((first + what, second + what), (what + first, what + second))
        ]
        + [(one, other) for one in _SOMEBODY for other in _ANOTHER]
        + list(_ENDS)
        + [(what + a, what + b) for what in _TWICE for a, b in (("1", "2"), ("a", "b"), ("i", "j"), ("x", "y"))]
        + [(a + what, b + what) for what in _TWICE for a, b in (("first", "second"), ("1", "2"))]
    )
)
BESIDE = {
    "weight", "weights", "type", "label", "id", "time", "timestamp", "date", "year", "layer", "count", "strength", "value",
    "interval", "timeset", "far", "relation", "duration",
}  # fmt: skip
"""Columns that many tables of ties have and nobody reads here."""

MANY_COLUMNS = 8
_WITH_DATA = re.compile(r"\s*([^\s,;]+)[\s,;]+([^\s,;]+)[\s,;]+(\{.*\})\s*")
_DIRECTIONS = {"directed", "undirected", "mutual"}


def read(file: str, text: str) -> Rows:
    """People and rows of an edge list. InputError: no edge list, or a table that is something else."""
    if data := _with_data(file, text):
        return data
    read = dialect.table(file, text)
    _refuse(lookalikes.named_matrix(file, read.records))
    rows = Rows(file, "row", comma=read.separator != ",")
    width = Counter(len(cells) for _, cells in read.records).most_common(1)[0][0]
    columns = _columns(file, read, width, rows)
    if read.comments:
        rows.notes.append(f"{count(read.comments, 'comment line')} (# or %) skipped")
    if not read.records:
        raise InputError(Problem(file, "", "a header and nothing else", "at least one tie"))
    if columns.header is None:
        _not_neighbours(file, read.records)
    _gather(rows, read.records, columns)
    return rows


class _Columns:
    """Where the columns are that are read.

    ids : the two columns of ids; values : attribute -> column; width : cells of a line
    needed : columns that no line may lack; direction : a column that says which rows are directed, or None
    header : the cells that name the columns, None where none do
    """

    def __init__(self, ids: tuple[int, int], values: dict[str, int], width: int, header: list[str] | None = None) -> None:
        self.ids, self.values, self.width, self.header = ids, values, width, header
        self.direction: int | None = None

    @property
    def needed(self) -> int:
        return max(*self.ids, *self.values.values(), -1 if self.direction is None else self.direction) + 1


def _columns(file: str, read: dialect.Table, width: int, rows: Rows) -> _Columns:
    """Which columns hold what; a header is taken out of the records. InputError: the table is no list of ties."""
    records = read.records
    header, above = records[0][1], dialect.cells(read.above, read.separator)
    ids = _ids(header, records[1:])
    if ids is None and len(above) == width and (ids := _ids(above, records)):
        header, read.comments = above, read.comments - 1
        records.insert(0, (0, above))
    if ids is not None and len(header) == width - 1 and any(row[-1] for _, row in records[1:]):
        # As R writes it: the numbers of rows have no name.
        header.insert(0, "")
        ids = ids[0] + 1, ids[1] + 1
    if width > MANY_COLUMNS:  # among many names two may be a pair by chance
        _refuse(lookalikes.matrix(file, records))
    if ids is None:
        ids = _unnamed(file, records, width)
    named = ids is not None
    if ids is None:
        if width < 2:
            expected = "two columns of ids, separated by a tab, semicolon, comma or space"
            raise InputError(Problem(file, f"line {records[0][0]}", "one column only", expected))
        _refuse(lookalikes.size_line(file, records))
        _refuse(lookalikes.ids_elsewhere(file, records))
        if _may_be_header(records):
            names = shortened(", ".join(header[:2]))
            rows.notes.append(f"line {records[0][0]} ({names}) may be a header; it was read as two people")
        return _Columns((0, 1), {}, width)
    line = records.pop(0)[0]
    found = _Columns(ids, {}, width, header)
    for n, cell in enumerate(header):
        name = column(cell)
        if name is None or n in ids:
            continue
        if name in found.values:
            rows.problem(line, f"2 columns called {name}", "one")
        found.values[name] = n
    if len(header) < width and not any(cell for _, row in records for cell in row[len(header) :]):
        found.width = width = len(header)
    if len(header) < width or found.needed > width:
        rows.problem(line, count(len(header), "column"), f"{width} as in the other lines")
        found.values, found.ids = {}, (0, 1)
    else:
        found.width = len(header)
    if named and "type" in map(word, header):
        kinds = list(map(word, header)).index("type")
        if {row[kinds].lower() for _, row in records if len(row) > kinds and row[kinds]} <= _DIRECTIONS:
            found.direction = kinds
    return found


def _ids(header: Sequence[str], records: Records) -> tuple[int, int] | None:
    """The two columns whose names say that they hold ids, or None."""
    words = [word(cell) for cell in header]
    there = set(words)
    for first, second in PAIRS:
        if first in there and second in there and f"{first[:-1]}3" not in there:
            a, b = words.index(first), words.index(second)
            names = {header[a], header[b]}
            # People may be called "i" and "j", or "v1", "v2" and "v3": a header's words are nobody's id, nor numbered like one.
            stems = {name.rstrip("0123456789").lower() for name in names if name[-1:].isdigit()}
            below = {cell for _, row in records if list(row) != list(header) for cell in (*row[a : a + 1], *row[b : b + 1])}
            numbered = stems and any(cell.rstrip("0123456789").lower() in stems for cell in below if cell[-1:].isdigit())
            if not names & below and not numbered:
                return a, b
    return None


def _unnamed(file: str, records: list[tuple[int, list[str]]], width: int) -> tuple[int, int] | None:
    """The two columns of ids under a header that names no pair of them, or None: there is no header. InputError: a lookalike."""
    _refuse(lookalikes.matrix(file, records))
    (line, header), below = records[0], records[1:]
    _refuse(lookalikes.nominations(file, records) or lookalikes.people(file, records))
    rows = [row for _, row in below if len(row) == width]
    if header[0] == "" and rows and [row[0] for row in rows] in ([str(n + first) for n in range(len(rows))] for first in (0, 1)):
        if width == 3:
            return 1, 2  # numbered rows, as pandas and R write them
        raise InputError(Problem(file, f"line {line}", "numbered rows and no two columns of ids", HEADER))
    said = [n for n, cell in enumerate(header) if column(cell) or word(cell) in BESIDE]
    repeated = any(n < len(row) and row[n] == header[n] for row in rows for n in said)
    known = [n for n in said if column(header[n]) or word(header[n]) == "weight"]
    above_values = any(all(_holds(header[n], row[n]) for row in rows) for n in known if n < width)
    if rows and not repeated and (any(n > 1 for n in known) or above_values or (known and len(said) >= len(header) - 1)):
        if {0, 1} & set(said):
            found = f"no two columns of ids ({shortened(', '.join(header))})"
            raise InputError(Problem(file, f"line {line}", found, HEADER))
        return 0, 1
    words = bool(rows) and width > 1 and all(header[:2]) and not any(map(is_number, header[:2]))
    if words and all(is_number(row[0]) and is_number(row[1]) for row in rows):  # above numbers
        _refuse(lookalikes.ids_elsewhere(file, below))
        return 0, 1
    return None


def _holds(name: str, text: str) -> bool:
    """Whether a cell may stand below this name of an attribute."""
    try:
        return not math.isnan(value_of(column(name) or "chance", text, comma=True))
    except ValueError:
        return False


def _refuse(problem: Problem | None) -> None:
    if problem is not None:
        raise InputError(problem)


def _may_be_header(records: Records) -> bool:
    """Whether nobody of the first line is in any other."""
    first, rest = records[0][1][:2], records[1:]
    if any(map(is_number, first)) and is_number(rest[0][1][0] if rest else "0"):
        return False
    return len(rest) > 1 and not any(cell in first for _, row in rest for cell in row[:2])


def _gather(rows: Rows, records: Records, columns: _Columns) -> None:
    """One row of the source per record; lines that repeat the header or hold nothing are counted."""
    a, b = columns.ids
    repeated = empty = zeros = 0
    weights = _weights(columns)
    for line, cells in records:
        if columns.header is not None and cells == columns.header:
            repeated += 1
            continue
        if not any(cells):
            empty += 1
            continue
        if not _fits(cells, columns):
            rows.problem(line, count(len(cells), "column"), f"{columns.width} as in the other lines")
            continue
        if not (cells[a] and cells[b]):
            rows.problem(line, f"a blank id in column {(b if cells[a] else a) + 1}", "the ids of two people")
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
            named = columns.header is not None and n < len(columns.header)
            rows.unused[f"column {shortened(repr(columns.header[n]))}" if named and columns.header else f"column {n + 1}"] += 1
    if zeros:
        rows.notes.append(f"{count(zeros, 'row')} of weight 0 read as ties: a weight is not used")
    if repeated:
        rows.notes.append(f"{count(repeated, 'repeated header')} skipped")
    if empty:
        rows.notes.append(f"{count(empty, 'line')} of empty cells skipped")


def _weights(columns: _Columns) -> int | None:
    """The column of weights: named so, or the third of a table without a header."""
    if columns.header is None:
        return 2
    words = [word(cell) for cell in columns.header]
    return words.index("weight") if "weight" in words else None


def _fits(cells: list[str], columns: _Columns) -> bool:
    """Whether a record has the cells that are read; it may lack, or have too many, of those that are not."""
    if len(cells) >= columns.width and not any(cells[columns.width :]):
        return True
    if columns.header is None:  # a weight that only some lines have
        return {len(cells), columns.width} == {2, 3} and (len(cells) == 2 or is_number(cells[2]))
    return columns.needed <= len(cells) < columns.width


def _not_neighbours(file: str, records: Records) -> None:
    """InputError: lines of many widths, each perhaps a person and all neighbours."""
    widths = {len(cells) for _, cells in records}
    if len(widths) > 2 and max(widths) > 3:
        found = f"lines of {min(widths)} to {max(widths)} columns: all neighbours of a person in a line?"
        expected = "one tie per line; in Python: networkx.write_edgelist(networkx.read_adjlist('FILE'), 'ties.txt')"
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


