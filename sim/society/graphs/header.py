"""Which columns of a table of ties hold what: by the names above them, else the first two are ids."""

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

# What the two columns of ids are called: pairs of words, each alone or with a word that says what is named.
_PAIRS = (
    ("from", "to"), ("source", "target"), ("source", "destination"), ("source", "dest"), ("src", "dst"), ("src", "dest"),
    ("src", "target"), ("src", "tgt"), ("origin", "destination"), ("sender", "receiver"), ("sender", "recipient"),
    ("ego", "alter"), ("nominator", "nominee"), ("nominator", "nominated"), ("follower", "followee"), ("follower", "followed"),
    ("tail", "head"), ("caller", "callee"), ("i", "j"), ("u", "v"), ("de", "vers"), ("origine", "destination"), ("von", "nach"),
    ("quelle", "ziel"), ("source", "cible"), ("giver", "taker"), ("giver", "receiver"),
)  # fmt: skip
_SOMEBODY = ("person", "user", "student", "pupil", "member", "employee", "child", "actor", "ego", "node", "name", "id")
_ANOTHER = ("friend", "other", "contact", "partner", "neighbor", "neighbour")
_ENDS = ("startnode", "endnode"), ("startid", "endid")
_NAMED = ("", "id", "node", "nodeid", "name", "label", "person", "personid", "user", "userid", "vertex", "vertexid")
_TWICE = (
    "node", "id", "nodeid", "name", "person", "personid", "people", "user", "userid", "vertex", "v", "n", "x", "actor", "agent",
    "member", "individual", "student", "pupil", "child", "employee", "character", "friend", "contact", "subject", "label", "end",
    "author",
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
LONGEST_HEADER = 10_000  # characters of a comment that may name the columns
_DIRECTIONS = {"directed", "undirected", "mutual"}


@dataclass
class Columns:
    """Where the columns are that are read.

    ids : the two columns of ids; values : attribute -> column; width : cells of a line
    header : the cells that name the columns, None where none do
    direction : a column that says which rows are directed, or None
    """

    ids: tuple[int, int]
    values: dict[str, int]
    width: int
    header: list[str] | None = None
    direction: int | None = None

    @property
    def needed(self) -> int:
        """How many columns no line may lack."""
        return max(*self.ids, *self.values.values(), -1 if self.direction is None else self.direction) + 1

    @property
    def weights(self) -> int | None:
        """The column of weights: named so, or the third of a table without a header."""
        if self.header is None:
            return 2
        words = [word(cell) for cell in self.header]
        return words.index("weight") if "weight" in words else None

    def fits(self, cells: list[str]) -> bool:
        """Whether a record has the cells that are read; it may lack, or have too many, of those that are not."""
        if len(cells) <= max(self.ids):
            return False
        if len(cells) >= self.width and not any(cells[self.width :]):
            return True
        if self.header is None:  # a weight that only some lines have
            return {len(cells), self.width} == {2, 3} and (len(cells) == 2 or is_number(cells[2]))
        return self.needed <= len(cells) < self.width

    def name(self, n: int) -> str:
        """A column as a note names it."""
        if self.header is None or n >= len(self.header):
            return f"column {n + 1}"
        return f"column {shortened(repr(self.header[n]))}" if self.header[n] else f"column {n + 1}, which has no name,"


def columns_of(file: str, read: dialect.Table, width: int, rows: Rows) -> Columns:
    """Which columns hold what; a header is taken out of the records. InputError: the table is no list of ties."""
    records = read.records
    header, above = records[0][1], dialect.cells(read.above[:LONGEST_HEADER], read.separator)
    ids = _ids(header, records[1:])
    if ids is None and len(above) == width and (ids := _ids(above, records)):
        header, read.comments = above, read.comments - 1
        records.insert(0, (0, above))
    if ids is not None and len(header) == width - 1 and any(row[-1] for _, row in records[1:]):
        # As R writes it: the numbers of rows have no name.
        header.insert(0, "")
        ids = ids[0] + 1, ids[1] + 1
    if width > MANY_COLUMNS:  # among many names two may be a pair by chance
        refuse(lookalikes.matrix(file, read))
    if ids is None:
        ids = _unnamed(file, read, width, rows)
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
    found = Columns(ids, {}, width, header)
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


def _unnamed(file: str, read: dialect.Table, width: int, told: Rows) -> tuple[int, int] | None:
    """The two columns of ids under a header that names no pair of them, or None: there is no header. InputError: a lookalike."""
    records = read.records
    refuse(lookalikes.matrix(file, read))
    (line, header), below = records[0], records[1:]
    refuse(lookalikes.nominations(file, records) or lookalikes.people(file, records))
    rows = [row for _, row in below if len(row) == width]
    if dialect.numbers_of_rows(header, rows):
        if width == 3:
            return 1, 2  # numbered rows, as pandas and R write them
        raise InputError(Problem(file, f"line {line}", "numbered rows and no two columns of ids", HEADER))
    attributes = [n for n, cell in enumerate(header) if column(cell) or word(cell) in BESIDE]
    repeated = any(n < len(row) and row[n] == header[n] for row in rows for n in attributes)
    known = [n for n in attributes if column(header[n]) or word(header[n]) == "weight"]
    above_values = any(all(_holds(header[n], row[n]) for row in rows) for n in known if n < width)
    if rows and not repeated and (any(n > 1 for n in known) or above_values or (known and len(attributes) >= len(header) - 1)):
        if {0, 1} & set(attributes):
            found = f"no two columns of ids ({shortened(', '.join(header))})"
            raise InputError(Problem(file, f"line {line}", found, HEADER))
        return 0, 1
    words = bool(rows) and width > 1 and all(header[:2]) and not any(map(is_number, header[:2]))
    ties = [row for _, row in below if len(row) > 1]
    if words and (all(is_number(row[0]) and is_number(row[1]) for row in rows) or _above_numbers(header, ties)):
        refuse(lookalikes.ids_elsewhere(file, below))
        return 0, 1
    if words and _of_another_shape(header, ties):
        told.notes.append(f"line {line} ({shortened(', '.join(header[:2]))}) read as the names of columns: no id looks like them")
        return 0, 1
    return None


def _above_numbers(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a word stands above a column of numbers, and nobody of the first line is in any other."""
    if {*header[:2]} & {cell for row in rows for cell in row[:2]}:
        return False
    for n, name in enumerate(header[2:], 2):
        cells = [row[n] for row in rows if n < len(row) and not missing(row[n])]
        if cells and not missing(name) and not is_number(name) and all(map(is_number, cells)):
            return True
    return False


def _of_another_shape(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether single words stand above ids none of which has letters, digits and signs in the order that either word has."""
    if not all(re.fullmatch(r"[\w.]+", word) for word in header[:2]):
        return False
    below = {_shape(cell) for row in rows for cell in row[:2]}
    return len(rows) > 1 and not below & {_shape(cell) for cell in header[:2]}


def _shape(text: str) -> str:
    """Letters as a, digits as 9, runs as one: "Ann Lee" and "p12" are "a a" and "a9"."""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "9", text))


def _holds(name: str, text: str) -> bool:
    """Whether a cell may stand below this name of an attribute."""
    try:
        return not math.isnan(value_of(column(name) or "chance", text, comma=True))
    except ValueError:
        return False


def refuse(problem: Problem | None) -> None:
    if problem is not None:
        raise InputError(problem)


def _may_be_header(records: Records) -> bool:
    """Whether nobody of the first line is in any other."""
    first, rest = records[0][1][:2], records[1:]
    if any(map(is_number, first)) and is_number(rest[0][1][0] if rest else "0"):
        return False
    return len(rest) > 1 and not any(cell in first for _, row in rest for cell in row[:2])
