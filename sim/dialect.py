"""Tables as people write them, one dialect for all: what separates cells, quotes, comments, decimal commas, words for yes and no.

Python's csv module does the splitting.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from sim.errors import InputError, Problem

COMMENTS = ("#", "%", "//", "* ", "**")
SEPARATORS = ("\t", ";", ",", "|")
TRUTHS = {"true": True, "yes": True, "vrai": True, "oui": True, "1": True}
TRUTHS |= {"false": False, "no": False, "faux": False, "non": False, "0": False}
TRUTHS_IN_WORDS = "true or false (1 or 0, yes or no, vrai or faux, oui or non)"
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+([eE][+-]?[0-9]+)?")
_BETWEEN_DIGITS = re.compile(r"(?<=\d),(?=\d)")


@dataclass
class Table:
    """The records of a text: the number of the line where each begins, and its cells without the spaces around them.

    separator : what is between cells, " " for any white space
    comments : comment lines that were skipped
    above : the last comment before the first record, without its sign: it may name the columns
    """

    separator: str
    records: list[tuple[int, list[str]]] = field(default_factory=list)
    comments: int = 0
    above: str = ""


def table(file: str, text: str, wanted: str = "at least one tie", telling: int = 50) -> Table:
    """The records of a text. InputError: quotes that are not closed, or nothing but comments.

    wanted : what is expected, for the message; telling : how many lines say what separates cells
    """
    # Only line ends end a line: str.splitlines would also split at characters that ids may hold.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start = 0
    if asked := re.fullmatch(r'"?sep=(.)"?', lines[0]):  # as spreadsheets write it
        start = 1
    sample = list(islice((line for line in lines[start:] if line.strip() and not is_comment(line)), telling))
    if not sample:
        raise InputError(Problem(file, "", "an empty file" if not text.strip() else "only comments", wanted))
    read = Table(asked[1] if asked else separator(sample))
    source = _Lines(lines, read, start)
    try:
        for cells in csv.reader(source, delimiter=read.separator, skipinitialspace=True, strict=True):
            read.records.append((source.first, [cell.strip() for cell in cells]))
            source.between = True
    except csv.Error as error:
        found = f"broken quotes ({error})"
        raise InputError(Problem(file, f"line {source.first}", found, 'text in "quotes" that are closed')) from None
    return read


class _Lines:
    """The lines of a text for csv.reader, which asks for one more line only inside quotes or between records."""

    def __init__(self, lines: list[str], read: Table, start: int) -> None:
        self.lines, self.read, self.at = lines, read, start
        self.first = 0  # the line where the record in hand begins
        self.between = True

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.at += 1
            if self.between:
                if not line.strip():
                    continue
                if is_comment(line):
                    self.read.comments += 1
                    if not self.read.records:
                        self.read.above = line.strip().lstrip("#%/* ")
                    continue
                self.first = self.at
                line = line.lstrip() if self.read.separator != "\t" else line
            self.between = False
            if self.read.separator == " ":
                line = line.replace("\t", " ").rstrip()
            return line + "\n"
        raise StopIteration


def is_comment(line: str) -> bool:
    return line.lstrip().startswith(COMMENTS) or line.strip() == "*"


def separator(sample: list[str]) -> str:
    """What is between the cells of most lines: tab, semicolon, comma or bar, else white space."""
    for candidate in SEPARATORS:
        # The semicolon comes before the comma because a comma may be a decimal point.
        holding = [line for line in sample if candidate in line]
        if len(holding) * 2 > len(sample) and not (candidate == "," and all(map(_decimals_only, holding))):
            return candidate
    return " "


def _decimals_only(line: str) -> bool:
    """Whether white space separates the cells and each comma of the line is a decimal point: "ann bob 0,5"."""
    return len(line.split()) > 1 and "," not in _BETWEEN_DIGITS.sub("", line)


def number(text: str, comma: bool = False) -> float:
    """A number as files write it. ValueError: text that is none.

    comma : the decimal point may be a comma
    """
    text = text.strip()
    if comma and _DECIMAL_COMMA.fullmatch(text):
        text = text.replace(",", ".")
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text)


def truth(text: str) -> bool:
    """True or false, as people and spreadsheets write it. ValueError: text that is neither."""
    known = TRUTHS.get(text.strip().lower())
    if known is None:  # numpy writes a column of truths and numbers as 1.0 and 0.0
        value = number(text, comma=True)
        if value not in (0, 1):
            raise ValueError(text)
        return value == 1
    return known


def numbers_of_rows(header: list[str], rows: list[list[str]]) -> bool:
    """Whether the first column has no name and only numbers the rows, as pandas and R write it."""
    first = [row[0] for row in rows if row]
    return header[0] == "" and bool(first) and first in ([str(n + start) for n in range(len(first))] for start in (0, 1))


def cells(line: str, separator: str) -> list[str]:
    """The cells of one line without quotes around line ends."""
    line = line.replace("\t", " ").strip() if separator == " " else line
    return [cell.strip() for cell in next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])]
