"""The meaning of the columns in a table of ties. The names above the columns give it; else the first two are ids."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sim import dialect
from sim.errors import InputError, Problem, shortened
from sim.society.graphs import lookalikes
from sim.society.graphs.given import count
from sim.society.graphs.lookalikes import HEADER, Records
from sim.society.graphs.rows import Rows
from sim.society.graphs.values import column, is_number, missing, value_of, word

# Names of the two columns of ids: the words of a pair, each alone or together with a word such as "id" or "name".
_PAIRS = (
    ("from", "to"), ("source", "target"), ("source", "destination"), ("source", "dest"), ("src", "dst"), ("src", "dest"),
    ("src", "target"), ("src", "tgt"), ("origin", "destination"), ("sender", "receiver"), ("sender", "recipient"),
    ("ego", "alter"), ("nominator", "nominee"), ("nominator", "nominated"), ("follower", "followee"), ("follower", "followed"),
    ("tail", "head"), ("caller", "callee"), ("i", "j"), ("u", "v"), ("de", "vers"), ("origine", "destination"), ("von", "nach"),
    ("quelle", "ziel"), ("source", "cible"), ("giver", "taker"), ("giver", "receiver"),
)  # fmt: skip
_PEOPLE = ("person", "user", "student", "pupil", "member", "employee", "child", "actor", "ego", "node", "name", "id")
_CONTACTS = ("friend", "other", "contact", "partner", "neighbor", "neighbour")
_ENDS = ("startnode", "endnode"), ("startid", "endid")
_NOUNS = ("", "id", "node", "nodeid", "name", "label", "person", "personid", "user", "userid", "vertex", "vertexid")
_NUMBERED = (
    "node", "id", "nodeid", "name", "person", "personid", "people", "user", "userid", "vertex", "v", "n", "x", "actor", "agent",
    "member", "individual", "student", "pupil", "child", "employee", "character", "friend", "contact", "subject", "label", "end",
    "author",
)  # fmt: skip
PAIRS = tuple(
    dict.fromkeys(
        [
            pair
            for noun in _NOUNS
            for first, second in _PAIRS
            for pair in ((first + noun, second + noun), (noun + first, noun + second))
        ]
        + [(person, contact) for person in _PEOPLE for contact in _CONTACTS]
        + list(_ENDS)
        + [(noun + a, noun + b) for noun in _NUMBERED for a, b in (("1", "2"), ("a", "b"), ("i", "j"), ("x", "y"))]
        + [(a + noun, b + noun) for noun in _NUMBERED for a, b in (("first", "second"), ("1", "2"))]
    )
)
UNREAD = {
    "weight", "weights", "type", "label", "id", "time", "timestamp", "date", "year", "layer", "count", "strength", "value",
    "interval", "timeset", "far", "relation", "duration",
}  # fmt: skip
"""Columns that many tables of ties have, and that are not read."""

MANY_COLUMNS = 8
LONGEST_HEADER = 10_000  # characters of a comment that may name the columns
_DIRECTIONS = {"directed", "undirected", "mutual"}


@dataclass
class Columns:
    """The columns of a table that are read, each by its position.

    ids : the two columns of ids
    values : attribute of a tie -> its column
    width : number of cells in a line
    header : the names of the columns; None if the table does not name them
    direction : the column that says which rows are directed, or None
    """

    ids: tuple[int, int]
    values: dict[str, int]
    width: int
    header: list[str] | None = None
    direction: int | None = None

    @property
    def needed(self) -> int:
        """The number of cells that every line must have."""
        return max(*self.ids, *self.values.values(), -1 if self.direction is None else self.direction) + 1

    @property
    def weights(self) -> int | None:
        """The column with the name "weight", or the third column of a table without a header."""
        if self.header is None:
            return 2
        words = [word(cell) for cell in self.header]
        return words.index("weight") if "weight" in words else None

    def fits(self, cells: list[str]) -> bool:
        """Whether a record has all the cells that are read. It may lack cells that are not read, or end with empty ones."""
        if len(cells) <= max(self.ids):
            return False
        if len(cells) >= self.width and not any(cells[self.width :]):
            return True
        if self.header is None:  # a weight that only some lines have
            return {len(cells), self.width} == {2, 3} and (len(cells) == 2 or is_number(cells[2]))
        return self.needed <= len(cells) < self.width

    def name(self, n: int) -> str:
        """The name of column `n` in notes."""
        if self.header is None or n >= len(self.header):
            return f"column {n + 1}"
        return f"column {shortened(repr(self.header[n]))}" if self.header[n] else f"column {n + 1}, which has no name,"


def columns_of(file: str, table: dialect.Table, width: int, rows: Rows) -> Columns:
    """The columns of a table that are read. A header is taken out of the records. InputError: the table is no list of ties.

    width : the most common number of cells in a line
    rows : takes notes and problems
    """
    records = table.records
    header, above = records[0][1], dialect.cells(table.above[:LONGEST_HEADER], table.separator)
    ids = _named_ids(header, records[1:])
    if ids is None and len(above) == width and (ids := _named_ids(above, records)):
        header, table.comments = above, table.comments - 1
        records.insert(0, (0, above))
    if ids is not None and len(header) == width - 1 and any(row[-1] for _, row in records[1:]):
        # R writes the numbers of rows without a name above them.
        header.insert(0, "")
        ids = ids[0] + 1, ids[1] + 1
    if width > MANY_COLUMNS:  # two of many names may be a pair by chance
        refuse(lookalikes.matrix(file, table))
    if ids is None:
        ids = _ids_under_header(file, table, width, rows)
    named = ids is not None
    if ids is None:
        if width < 2:
            expected = "two columns of ids, separated by a tab, semicolon, comma or space"
            raise InputError(Problem(file, f"line {records[0][0]}", "one column only", expected))
        refuse(lookalikes.size_line(file, records))
        refuse(lookalikes.ids_elsewhere(file, records))
        if _may_be_header(records):
            names = shortened(", ".join(header[:2]))
            rows.notes.append(f"line {records[0][0]} ({names}) may be a header; it was read as two people")
        return Columns((0, 1), {}, width)
    line = records.pop(0)[0]
    columns = Columns(ids, {}, width, header)
    for n, cell in enumerate(header):
        name = column(cell)
        if name is None or n in ids:
            continue
        if name in columns.values:
            rows.add_problem(line, f"2 columns called {name}", "one")
        columns.values[name] = n
    if len(header) < width and not any(cell for _, row in records for cell in row[len(header) :]):
        columns.width = width = len(header)
    if len(header) < width or columns.needed > width:
        rows.add_problem(line, count(len(header), "column"), f"{width} as in the other lines")
        columns.values, columns.ids = {}, (0, 1)
    else:
        columns.width = len(header)
    if named and "type" in map(word, header):
        type_column = list(map(word, header)).index("type")
        if {row[type_column].lower() for _, row in records if len(row) > type_column and row[type_column]} <= _DIRECTIONS:
            columns.direction = type_column
    return columns


def _named_ids(header: Sequence[str], records: Records) -> tuple[int, int] | None:
    """The two columns whose names say that they hold ids, or None."""
    words = [word(cell) for cell in header]
    distinct = set(words)
    for first, second in PAIRS:
        if first in distinct and second in distinct and f"{first[:-1]}3" not in distinct:
            a, b = words.index(first), words.index(second)
            names = {header[a], header[b]}
            # A first line "i,j" or "v1,v2" may hold people. It is a header only if no id below equals it or is numbered alike.
            stems = {name.rstrip("0123456789").lower() for name in names if name[-1:].isdigit()}
            below = {cell for _, row in records if list(row) != list(header) for cell in (*row[a : a + 1], *row[b : b + 1])}
            numbered = stems and any(cell.rstrip("0123456789").lower() in stems for cell in below if cell[-1:].isdigit())
            if not names & below and not numbered:
                return a, b
    return None


def _ids_under_header(file: str, table: dialect.Table, width: int, rows: Rows) -> tuple[int, int] | None:
    """The two columns of ids under a header that names no pair of them. None: the table has no header.

    InputError: the table is no list of ties, but looks like one.
    """
    records = table.records
    refuse(lookalikes.matrix(file, table))
    (line, header), below = records[0], records[1:]
    refuse(lookalikes.nominations(file, records) or lookalikes.table_of_people(file, records))
    complete = [row for _, row in below if len(row) == width]
    if dialect.numbers_of_rows(header, complete):
        if width == 3:
            return 1, 2  # pandas and R write the numbers of rows first
        raise InputError(Problem(file, f"line {line}", "numbered rows and no two columns of ids", HEADER))
    attributes = [n for n, cell in enumerate(header) if column(cell) or word(cell) in UNREAD]
    repeated = any(n < len(row) and row[n] == header[n] for row in complete for n in attributes)
    certain = [n for n in attributes if column(header[n]) or word(header[n]) == "weight"]
    above_values = any(all(_is_value(header[n], row[n]) for row in complete) for n in certain if n < width)
    named = any(n > 1 for n in certain) or above_values or (bool(certain) and len(attributes) >= len(header) - 1)
    if complete and not repeated and named:
        if {0, 1} & set(attributes):
            finding = f"no two columns of ids ({shortened(', '.join(header))})"
            raise InputError(Problem(file, f"line {line}", finding, HEADER))
        return 0, 1
    words = bool(complete) and width > 1 and all(header[:2]) and not any(map(is_number, header[:2]))
    ties = [row for _, row in below if len(row) > 1]
    if words and (all(is_number(row[0]) and is_number(row[1]) for row in complete) or _above_numbers(header, ties)):
        refuse(lookalikes.ids_elsewhere(file, below))
        return 0, 1
    if words and _of_another_shape(header, ties):
        rows.notes.append(f"line {line} ({shortened(', '.join(header[:2]))}) read as the names of columns: no id looks like them")
        return 0, 1
    return None


def _above_numbers(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a word stands above a column of numbers, and the first two cells of the header are no ids below."""
    if {*header[:2]} & {cell for row in rows for cell in row[:2]}:
        return False
    for n, name in enumerate(header[2:], 2):
        cells = [row[n] for row in rows if n < len(row) and not missing(row[n])]
        if cells and not missing(name) and not is_number(name) and all(map(is_number, cells)):
            return True
    return False


def _of_another_shape(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first two cells of the header are single words, and no id below has the shape of either."""
    if not all(re.fullmatch(r"[\w.]+", word) for word in header[:2]):
        return False
    below = {_shape(cell) for row in rows for cell in row[:2]}
    return len(rows) > 1 and not below & {_shape(cell) for cell in header[:2]}


def _shape(text: str) -> str:
    """A text with each run of letters as "a" and each run of digits as "9": "Ann Lee" is "a a", and "p12" is "a9"."""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "9", text))


def _is_value(name: str, text: str) -> bool:
    """Whether a cell holds a valid value of the attribute above it. A weight is checked as if it were `chance`."""
    try:
        return not math.isnan(value_of(column(name) or "chance", text, comma=True))
    except ValueError:
        return False


def refuse(problem: Problem | None) -> None:
    """InputError: there is a problem."""
    if problem is not None:
        raise InputError(problem)


def _may_be_header(records: Records) -> bool:
    """Whether the first line may be a header: no other line has its ids."""
    first, below = records[0][1][:2], records[1:]
    if any(map(is_number, first)) and is_number(below[0][1][0] if below else "0"):
        return False
    return len(below) > 1 and not any(cell in first for _, row in below for cell in row[:2])
