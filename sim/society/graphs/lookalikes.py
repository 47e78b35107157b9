"""Tables that look like lists of ties and are something else: matrices, tables of people, and ids in other columns.

Each function returns the problem of such a table, or None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from math import gcd

from sim import dialect
from sim.errors import Problem
from sim.society.graphs.recognise import NETWORKX
from sim.society.graphs.values import is_number, missing, word

Records = Sequence[tuple[int, list[str]]]

HEADER = "a first line that names two columns of ids, such as from,to"
PERSON_WORDS = {
    "id", "node", "nodes", "nodeid", "vertex", "vertexid", "name", "label", "key", "personid", "userid", "nodelabel", "nodename",
    "username",
}  # fmt: skip
"""Names of the first column in a table of people."""
ATTRIBUTES = {
    "sex", "gender", "age", "class", "group", "club", "team", "role", "grade", "department", "degree", "party", "faction",
    "birthday", "setting", "profile", "community", "size", "color", "colour", "lat", "latitude", "country", "city", "x", "score",
}  # fmt: skip
"""Names of a second column that show a table of people, whatever the name of the first column is."""
LABEL_WORDS = ("label", "name", "title")
_CLOCK = re.compile(r"\d{4}-\d\d?-\d\d?|\d\d?[/.]\d\d?[/.]\d{2,4}|\d\d?:\d\d")
_SERIES = re.compile(r"(\D+)1")
_ARROWS = {"->", "<-", "<->", "--", "-->", "<--", "=>", "-", "—", "–", "→"}


def matrix(file: str, table: dialect.Table) -> Problem | None:
    """An adjacency matrix, or a matrix of people by groups in zeros and ones, with or without names."""
    records = table.records
    for top in (0, 1):  # lines of names above the matrix
        for left in (0, 1):  # columns of names before the matrix
            if any(len(row) < left + 3 or not all(map(_is_entry, row[left:])) for _, row in records[top : top + 20]):
                continue
            body = [row[left:] for _, row in records[top:]]
            names = [*(records[0][1] if top else ()), *(row[0] for _, row in records[top:] if left)]
            if len(body) > 2 and _is_matrix(body, named=not all(map(_is_entry, names))):
                if left and len({row[0] for _, row in records[top:]}) < len(body):
                    continue
                finding = f"a matrix of {len(body)} rows and {len(body[0])} columns of numbers"
                expected = _as_ties(table, top, left) if len(body) == len(body[0]) else "one tie per line"
                return Problem(file, f"line {records[0][0]}", finding, expected)
    if len(records) > 2 and all(len(row) == n and all(map(_is_entry, row)) for n, (_, row) in enumerate(records, 1)):
        finding = f"{len(records)} lines, each with one number more: the lower half of a matrix"
        return Problem(file, f"line {records[0][0]}", finding, "one tie per line")
    return None


def _as_ties(table: dialect.Table, top: int, left: int) -> str:
    """What the user can do with a matrix: write ties, or convert the file in Python. An empty cell is no tie.

    top, left : 1 if there are names above the matrix, or before it; else 0
    """
    options = (", index_col=0" if left else "") + ("" if top else ", header=None")
    if table.separator != ",":
        options += r", sep=r'\s+'" if table.separator == " " else f", sep={table.separator!r}"
    if table.separator != "," and any("," in cell for _, row in table.records[1:] for cell in row[left:]):
        options += ", decimal=','"
    if table.comments:
        options += ", comment='#'"
    frame = f"pandas.read_csv('FILE'{options})"
    if top and left:
        frame += ".rename(index=str, columns=str)"
    elif top != left:
        frame = f"(t := {frame}).set_axis(t.{'columns' if top else 'index'}, axis={1 - top})"
    return "one tie per line, or " + NETWORKX.format(f"networkx.from_pandas_adjacency({frame}.fillna(0))")


def named_matrix(file: str, table: dialect.Table) -> Problem | None:
    """A matrix with the same names above the columns and before the rows."""
    records = table.records
    (line, above), below = records[0], [row for _, row in records[1:]]
    names = [row[0] for row in below]
    square = all(len(row) == len(names) + 1 and all(map(_is_entry, row[1:])) for row in below)
    named = names == above or (names == above[1:] and not is_number(above[0]))
    if len(names) < 2 or not named or len(set(names)) < len(names) or not square:
        return None
    return Problem(file, f"line {line}", f"a matrix of {len(names)} people by {len(names)}", _as_ties(table, 1, 1))


def _is_matrix(body: list[list[str]], named: bool) -> bool:
    """Whether rows of cells are a matrix.

    named : whether names stand above or before it
    """
    rows, columns = len(body), len(body[0])
    if columns < 3 or any(len(row) != columns for row in body):
        return False
    square = rows == columns
    if not square and set().union(*body) - {"0", "1"}:
        return False
    if not all(_is_entry(cell) for row in body for cell in row):
        return False
    # Three rows of three numbers may also be two ids and a weight each. A matrix has the same number all along its diagonal.
    diagonal = {row[n] for n, row in enumerate(body)} if square else set()
    return not square or len(diagonal) == 1 or rows > 4 or (named and rows > 3)


def _is_entry(cell: str) -> bool:
    """Whether a cell may be an entry of a matrix."""
    return is_number(cell) or missing(cell)


def table_of_people(file: str, records: Records) -> Problem | None:
    """A table of people: a single column of ids, which are all different, and attributes of the people."""
    words = [word(cell) for cell in records[0][1]]
    labelled = len(words) > 1 and words[1].endswith(LABEL_WORDS)
    described = len(words) > 1 and (words[1] in ATTRIBUTES or (labelled and words[0].endswith("id")))
    if words[0] not in PERSON_WORDS and not described:
        return None
    rows = [row for _, row in records[1:] if len(row) > 1]
    ids = {row[0] for row in rows}
    shared = any(row[1] in ids and row[1] != row[0] for row in rows)
    if rows and len(ids) == len(rows) and (labelled or not shared):
        finding = f"one column of ids, all different ({', '.join(records[0][1])}): a table of people"
        return Problem(file, f"line {records[0][0]}", finding, f"the table of ties, or {HEADER}")
    return None


def nominations(file: str, records: Records) -> Problem | None:
    """A table with more than two people in a line, under a header such as friend1, friend2, friend3."""
    line, header = records[0]
    words = [word(cell) for cell in header]
    for stem in (match[1] for match in map(_SERIES.fullmatch, words) if match):
        if {f"{stem}2", f"{stem}3"} <= set(words):
            finding = f"columns {stem}1, {stem}2, {stem}3: several people in a line"
            return Problem(file, f"line {line}", finding, f"one tie per line under {HEADER}")
    return None


def size_line(file: str, records: Records) -> Problem | None:
    """A list of ties whose first line holds the numbers of people and ties: "62 159" or "62 62 159"."""
    (line, first), below = records[0], records[1:]
    if not below or not 2 <= len(first) <= 3 or not all(cell.isdecimal() for cell in first):
        return None
    if int(first[-1]) != len(below) or not all(cell.isdecimal() for _, row in below for cell in row[:2]):
        return None
    ids = {int(cell) for _, row in below for cell in row[:2]}
    if len(first) == 3 and first[0] == first[1] and max(ids) <= int(first[0]):
        certain = True
    else:
        certain = len(first) == 2 and len(ids) == int(first[0]) and max(ids) <= int(first[0])
    if not certain:
        return None
    finding = f"{' '.join(first)}: a line of sizes ({len(below)} lines follow it)"
    return Problem(file, f"line {line}", finding, f"ties only: delete that line, or write above it {HEADER}")


def ids_elsewhere(file: str, records: Records) -> Problem | None:
    """A table without names of columns whose ids are not, or not only, in the first two columns."""
    rows = [row for _, row in records if len(row) > 2]
    if len(rows) < len(records) or len(rows) < 2:
        return None
    columns = [{row[n] for row in rows if n < len(row)} for n in range(min(map(len, rows)))]
    first, second, third, *others = columns
    further = {cell for row in rows for cell in row[2:] if not missing(cell) and cell != "0"}
    numbers = all(map(is_number, further))
    finding, expected = "", HEADER
    if second <= _ARROWS:
        finding = f"column 2 is {' or '.join(sorted(second))} in all lines"
        expected = "two columns of ids without signs between them"
    elif len(others) == 1 and not numbers and not first & second and first & third and second & others[0]:
        finding = "names of two words, without quotes or another separator?"
    elif first & third and not second & (first | third) and not all(map(is_number, third | second)):
        finding = f"column 2 ({rows[0][1]}, ...) holds no ids, column 3 does: SIF or triples?"
    elif all(_CLOCK.match(row[0]) for row in rows):
        finding = f"column 1 holds dates or times ({rows[0][0]}, ...)"
    elif _first_rises(rows, columns):
        finding = f"column 1 only rises ({rows[0][0]} to {rows[-1][0]}), columns 2 and 3 look like ids: times or layers first?"
        expected = f"{HEADER}, here perhaps time,from,to"
    elif _first_numbers_layers(rows, columns):
        finding = f"column 1 ({rows[0][0]}, ...) looks like no id, columns 2 and 3 do: times or layers first?"
        expected = f"{HEADER}, here perhaps time,from,to"
    elif len(further) > 1 and further <= first | second and (others or not numbers):
        finding = "columns 3 and on hold ids too: several friends in a line?"
        expected = f"one tie per line, or {HEADER}"
    return Problem(file, f"line {records[0][0]}", finding, expected) if finding else None


def _first_rises(rows: list[list[str]], columns: list[set[str]]) -> bool:
    """Whether the first column holds times or layers in rising order, and the next two columns hold ids."""
    first, second, third = columns[:3]
    if len(first) < 2 or not all(map(is_number, first)):
        return False
    steps = [later - earlier for earlier, later in pairwise(float(row[0].replace(",", ".")) for row in rows)]
    whole = all(cell.isdecimal() for cell in first | second | third)
    regular = whole and not first & second and gcd(*map(int, steps)) > 1
    alike = len(rows) >= 10 and _shared(second, third) > max(0.3, 2 * _shared(first, second))
    return min(steps) >= 0 and (regular or alike)


def _first_numbers_layers(rows: list[list[str]], columns: list[set[str]]) -> bool:
    """Whether the first column holds times or layers in any order, and the next two columns hold ids.

    Times are numbers that are no ids. Layers are blocks of lines. Read as ids, the first two columns of layers would tie people
    to themselves or repeat pairs; the next two columns never do.
    """
    first, second, third = columns[:3]
    if not all(map(is_number, first)) or any(row[1] == row[2] for row in rows) or _shared(second, third) < 1 / 3:
        return False
    if not any(map(is_number, second | third)):
        return True  # a number, then two names
    if not all(cell.isdecimal() for cell in first | second | third):
        return False
    if not first & (second | third):
        return True
    levels = [int(row[0]) for row in rows]
    blocks = len(first) < len(rows) and levels == sorted(levels)
    pairs = {(row[0], row[1]) for row in rows}
    not_ties = len(pairs) < len(rows) or any(a == b for a, b in pairs)
    return len(columns) > 3 and blocks and not_ties and len({tuple(row[:3]) for row in rows}) == len(rows)


def _shared(a: set[str], b: set[str]) -> float:
    """The share of the values in either column that both columns have."""
    return len(a & b) / len(a | b)
