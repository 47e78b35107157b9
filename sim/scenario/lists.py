"""A list of points as a CSV file: a column per varied name, a row per point.

Separators, decimal commas and words for true and false are those of graph files (`sim.dialect`). The separator is that of the
line of names. All problems are given at once, by line. A cell is read by the type of its column: number, true or false, or text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sim import dialect
from sim.errors import InputError, Problem
from sim.scenario import renamed
from sim.scenario.bounds import POINTS
from sim.scenario.dotted_names import current_name, dotted_names, full_name, misfits
from sim.scenario.faults import Fault, Refusal, unprintable
from sim.scenario.names import RUN_COLUMNS, a_column
from sim.scenario.numbers import Number

Line = tuple[int, dict[str, Any]]
"""(line of the file, {name as written: value})"""


def points(text: str, file: str, profiles: tuple[str, ...]) -> tuple[list[Line], list[Problem]]:
    """The points of a list, and all its problems.

    text : of the file; profiles : names of the study's profiles, whose numbers may vary
    """
    wanted = "a line of names, then a line of values for each point"
    try:
        read = dialect.table(file, text, wanted, telling=1)
    except InputError as error:
        return [], list(error.problems)
    if odd := _no_text(read.records, file):
        return [], odd
    lines = [(line, cells) for line, cells in read.records if any(cells)]
    if not lines:
        return [], [Problem(file, "", "an empty file", wanted)]
    comma = read.separator != ","
    head, names = lines[0]
    if len(names) > 1 and dialect.numbers_of_rows(names, [cells for _, cells in lines[1:]]):
        names, lines = names[1:], [(line, cells[1:]) for line, cells in lines]
    valid = dotted_names(profiles)
    current = [current_name(name, valid) for name in names]
    for old, new in zip(names, current):
        if old != new:
            renamed.note(file, f"line {head}", old, new)
    names = current
    problems = [Problem(file, f"line {head}", *reason) for reason in _wrong_names(names, profiles)]
    if not lines[1:]:
        problems.append(Problem(file, f"line {head}", "names and no values", "a line of values for each point"))
    if len(lines) - 1 > POINTS.high:
        problems.append(Problem(file, "", f"{len(lines) - 1} points", f"at most {POINTS.high}"))
    if problems:
        return [], problems
    meant = {name: full_name(name, valid) for name in names}
    kept: list[Line] = []
    first: dict[tuple[Any, ...], int] = {}
    for line, cells in lines[1:]:
        if len(cells) != len(names):
            problems.append(Problem(file, f"line {line}", _values(len(cells)), f"{len(names)}, one for each name"))
            continue
        point = {name: _value(cell, valid[meant[name]], comma) for name, cell in zip(names, cells)}
        wrong = [
            Problem(file, f"line {line}, {name}", fault.given, _TRUTHS.get(valid[meant[name]], fault.expected))
            for name, value in point.items()
            for fault in ([_NOTHING] if value == "" else misfits(meant[name], value, profiles))
        ]
        problems += wrong
        if not wrong and (same := first.setdefault(tuple(point.values()), line)) != line:
            problems.append(Problem(file, f"line {line}", f"the same point as line {same}", "each point once"))
        kept.append((line, point))
    return kept, problems


_NOTHING = Fault((), "no value", "a value in every row")
_TRUTHS = {bool: dialect.TRUTHS_IN_WORDS}


def _values(number: int) -> str:
    return f"{number} value" + "s" * (number != 1)


def _wrong_names(names: Sequence[str], profiles: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """(given, expected) of columns that name nothing, or the same thing as another."""
    meant: dict[str, str] = {}
    for place, name in enumerate(names, start=1):
        if not name:
            yield f"column {place} has no name", "the dotted name of what varies"
            continue
        try:
            full = full_name(name, dotted_names(profiles))
        except Refusal as refusal:
            yield refusal.faults[0].given, refusal.faults[0].expected
            continue
        if name in RUN_COLUMNS:
            yield a_column(name, full)
        if full in meant:
            yield f"'{name}' and '{meant[full]}' are both {full}", "one column for each"
        meant[full] = name


def _no_text(records: Sequence[tuple[int, list[str]]], file: str) -> list[Problem]:
    """Cells that hold control characters, or more than a cell can."""
    return [Problem(file, f"line {line}", fault.given, fault.expected) for line, cells in records for fault in unprintable(cells)]


def _value(cell: str, sort: Any, comma: bool) -> Any:
    """The value of a cell, read by the type of its column; its text if it cannot be read so.

    sort : the type, as `dotted_names` gives it
    comma : whether the decimal point may be a comma
    """
    try:
        if sort is bool:
            return dialect.truth(cell)
        if isinstance(sort, type) and issubclass(sort, Number):
            return dialect.number(cell, comma)
    except ValueError:
        pass  # `misfits` says what is wrong with it
    return cell
