"""Tables in text files that people write: separators, quotes, comments, decimal commas, and words for yes and no.

Lists of points and graph files are read by the same rules. Python's csv module splits the lines into cells.
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
    """The records of a text.

    separator : the character between cells; " " stands for any white space
    records : of each record the number of the line where it begins, and its cells without the spaces around them
    comments : number of comment lines that were skipped
    above : the last comment before the first record, without its comment sign; it may name the columns
    """

    separator: str
    records: list[tuple[int, list[str]]] = field(default_factory=list)
    comments: int = 0
    above: str = ""


def table(file: str, text: str, wanted: str = "at least one tie", telling: int = 50) -> Table:
    """The records of a text. InputError: quotes that are not closed, or nothing but comments.

    wanted : what is expected, for the message
    telling : number of lines from which the separator is found
    """
    # Only line ends end a line: str.splitlines would also split at characters that ids may hold.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start = 0
    if declared := re.fullmatch(r'"?sep=(.)"?', lines[0]):  # a first line that spreadsheets write
        start = 1
    sample = list(islice((line for line in lines[start:] if line.strip() and not is_comment(line)), telling))
    if not sample:
        raise InputError(Problem(file, "", "an empty file" if not text.strip() else "only comments", wanted))
    parsed = Table(declared[1] if declared else separator(sample))
    source = _Lines(lines, parsed, start)
    try:
        for cells in csv.reader(source, delimiter=parsed.separator, skipinitialspace=True, strict=True):
            parsed.records.append((source.first, [cell.strip() for cell in cells]))
            source.between = True
    except csv.Error as error:
        finding = f"broken quotes ({error})"
        raise InputError(Problem(file, f"line {source.first}", finding, 'text in "quotes" that are closed')) from None
    return parsed


class _Lines:
    """The lines of a text for csv.reader; comments and empty lines between records are skipped.

    csv.reader asks for the next line only inside quotes or between records.
    first : number of the line where the current record begins
    between : whether the next line begins a record
    """

    def __init__(self, lines: list[str], table: Table, start: int) -> None:
        self.lines, self.table, self.at = lines, table, start
        self.first = 0
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
                    self.table.comments += 1
                    if not self.table.records:
                        self.table.above = line.strip().lstrip("#%/* ")
                    continue
                self.first = self.at
                line = line.lstrip() if self.table.separator != "\t" else line
            self.between = False
            if self.table.separator == " ":
                line = line.replace("\t", " ").rstrip()
            return line + "\n"
        raise StopIteration


def is_comment(line: str) -> bool:
    return line.lstrip().startswith(COMMENTS) or line.strip() == "*"


def separator(sample: list[str]) -> str:
    """The separator of the cells in most lines: tab, semicolon, comma or bar, else white space."""
    for candidate in SEPARATORS:
        # The semicolon comes before the comma because a comma may be a decimal point.
        matching = [line for line in sample if candidate in line]
        if len(matching) * 2 > len(sample) and not (candidate == "," and all(map(_decimals_only, matching))):
            return candidate
    return " "


def _decimals_only(line: str) -> bool:
    """Whether the cells of a line are separated by white space and every comma is a decimal comma: "ann bob 0,5"."""
    return len(line.split()) > 1 and "," not in _BETWEEN_DIGITS.sub("", line)


def number(text: str, comma: bool = False) -> float:
    """The number that a text stands for. ValueError: the text is no number.

    comma : whether the decimal point may be a comma
    """
    text = text.strip()
    if comma and _DECIMAL_COMMA.fullmatch(text):
        text = text.replace(",", ".")
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text)


def truth(text: str) -> bool:
    """True or False, from a word or a number that people and spreadsheets write. ValueError: the text is neither."""
    truth_of_word = TRUTHS.get(text.strip().lower())
    if truth_of_word is None:  # numpy writes a column of truths and numbers as 1.0 and 0.0
        value = number(text, comma=True)
        if value not in (0, 1):
            raise ValueError(text)
        return value == 1
    return truth_of_word


def numbers_of_rows(header: list[str], rows: list[list[str]]) -> bool:
    """Whether the first column has no name and holds the numbers of the rows, from 0 or 1, as pandas and R write it."""
    numbers = [row[0] for row in rows if row]
    return header[0] == "" and bool(numbers) and numbers in ([str(n + start) for n in range(len(numbers))] for start in (0, 1))


def cells(line: str, separator: str) -> list[str]:
    """The cells of a single line, without white space around them. A line that cannot be divided is one cell."""
    line = line.replace("\t", " ").strip() if separator == " " else line
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])]
    except csv.Error:
        return [line.strip()]
