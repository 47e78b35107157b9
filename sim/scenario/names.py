"""How a scenario names a thing, and the words for what is wrong with it.

A *dotted name* points at one value: "society.response.substitution". Leading parts may be dropped
while one thing only is meant: "substitution". A *place* is where a user finds a key in a file.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError

from sim.errors import MOST_PROBLEMS, Problem, nearest, shortened
from sim.scenario.bounds import bounds_in

NAME = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"
TEXT = r"\S"
LABEL = r"^\S(.{0,38}\S)?$"
BURN_IN = r"^(until-steady|([1-9][0-9]?|1[0-9]{2}|200)y)$"
CLAIM = r"^[A-Za-z]{1,16}[0-9]{1,8}$"
SIGN = r"^(--|-|0|\+|\+\+)(/(--|-|0|\+|\+\+))?$"

_PATTERNS = {
    NAME: "a name of letters, digits, - and _",
    TEXT: "text that is not blank",
    LABEL: "a line of 1 to 40 characters, without spaces around it",
    BURN_IN: '"until-steady" or 1 to 200 years, such as "12y"',
    CLAIM: 'the id of a claim, such as "C7"',
    SIGN: 'a sign: "-", "0" or "+", doubled when strong, or two such as "0/-"',
}


PLACEBO, RESHUFFLED = "placebo", "placebo-all"
"""Arms that every study has unwritten: the control with the luck of one day, and of all days, changed."""

ALL, REST = "all", "rest"
"""Rows of the tables: of all people or ties, and of what no mechanism explains."""

RUN_COLUMNS = (
    "run_id", "study", "arm", "point", "seed", "people", "ties", "years", "size", "status", "error", "started", "wall_s",
    "peak_mb", "version", "scenario_hash", "machine",
)  # fmt: skip
"""Columns of the table of runs, beside which each varied name is a column."""

_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
"""No file or folder of Windows has such a name, with whatever ending."""

MOST_WRITTEN = 10**20  # larger whole numbers are told by their size
LONGEST_TEXT = 2000  # characters of one value or name


@dataclass(frozen=True)
class Fault:
    """One thing wrong inside a piece of a scenario; `place` is relative to that piece."""

    place: tuple[str | int, ...]
    found: str
    expected: str


class Refusal(ValueError):
    """What a check of the model's own finds wrong, all at once; becomes Problems at the door."""

    def __init__(self, *faults: Fault):
        self.faults = faults
        super().__init__("; ".join(f"{fault.found}; expected {fault.expected}" for fault in faults))

    def __reduce__(self):
        return type(self), self.faults


def refuse(faults: Collection[Fault]) -> None:
    """Raise a Refusal if there is anything to refuse."""
    if faults:
        raise Refusal(*faults)


def not_reserved(name: str, reserved: Collection[str], use: str) -> str:
    """The name, if the program has not got it for its own use. Refusal: it has, or nobody can have a file of that name."""
    if name in reserved:
        refuse([Fault((), f"'{name}' is {use}", "another name")])
    if name.lower() in _DEVICES:
        refuse([Fault((), f"'{name}' is a device on Windows, where no file can have that name", "another name")])
    return name


def a_column(name: str, full: str) -> tuple[str, str]:
    """(found, expected) of a varied name that would be two columns of one table."""
    return f"'{name}' is a column of every table of runs", f"a longer name of it, such as {full}"


def unprintable(table: Any) -> Iterator[Fault]:
    """What of the texts and names in a table is too long, or is no text: control characters, and what turns its direction."""
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), table)]
    while waiting:
        at, part = waiting.pop()
        if isinstance(part, dict):
            waiting += [((*at, key), value) for key, value in part.items()][::-1]
            waiting += [((*at, key), key) for key in part]
        elif isinstance(part, list):
            waiting += [((*at, place), value) for place, value in enumerate(part)][::-1]
        elif isinstance(part, str):
            if len(part) > LONGEST_TEXT:
                yield Fault(at, f"{len(part)} characters", f"at most {LONGEST_TEXT}")
            if hidden := _CONTROL.search(part):
                yield Fault(at, f"the character U+{ord(hidden[0]):04X}", "text without control characters")


_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""Characters that no reader sees and no XML or terminal is safe from; line ends and tabs are none of them."""


def dotted(place: Iterable[str | int]) -> str:
    """A place as TOML would write it: arms.wall.set."prompts.slope", horizons[0]."""
    text = ""
    for step in place:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            bare = re.fullmatch(r"[A-Za-z0-9_-]+", step)
            text += ("." if text else "") + (step if bare else f'"{step}"')
    return text


def full_name(name: str, valid: Collection[str], suggest: bool = True) -> str:
    """The one full name that `name` is an ending of. Refusal: unknown, or more than one.

    suggest : whether the nearest name is looked for, which takes a while
    """
    if name in valid:
        return name
    meant = [full for full in valid if full.endswith("." + name)]
    if len(meant) == 1:
        return meant[0]
    if meant:
        found, expected = f"'{name}' may mean {len(meant)} things", "one of " + ", ".join(meant)
    elif within := [full for full in valid if f".{name}." in f".{full}"]:
        found = f"'{name}' is a section, not one value"
        expected = f"a whole name in quotes, one of {_few(within)}"
    else:
        found = f"unknown name '{shortened(name)}'"
        expected = "a name from the society, a platform or a profile of this study"
        endings = Counter(ending for full in valid for ending in _endings(full)) if suggest else Counter()
        single = [ending for ending, times in endings.items() if times == 1]
        if close := difflib.get_close_matches(name, single, n=1, cutoff=0.5):
            expected += f"; perhaps you meant '{close[0]}'"
    raise Refusal(Fault((), found, expected))


def _endings(full: str) -> Iterable[str]:
    parts = full.split(".")
    return (".".join(parts[start:]) for start in range(len(parts)))


def _few(names: Collection[str]) -> str:
    listed = ", ".join(list(names)[:8])
    return listed + ", ..." if len(names) > 8 else listed


def described(value: Any) -> str:
    """What came, for a reader: text "five", the number 3, a list."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return f'text "{shortened(value)}"'
        case int() | float():
            return f"the number {_number(value)}"
        case list() | tuple():
            return "a list" if value else "an empty list"
        case dict() | BaseModel():
            return "a table" if value else "an empty table"
    return "a date or time"


def _number(value: float) -> str:
    if isinstance(value, int) and abs(value) >= MOST_WRITTEN:
        return f"about {'-' * (value < 0)}10^{abs(value).bit_length() * 0.30103:.0f}"
    return repr(value)


def problems(error: ValidationError, file: str, kind: Any, at: tuple[str | int, ...] = ()) -> list[Problem]:
    """Every error of pydantic's as a plain sentence with its place.

    kind : what was being read, to name valid keys; at : the place of that within the file
    """
    found: list[Problem] = []
    for one in error.errors(include_url=False):
        if one["type"] == "too_short" and one["input"]:
            continue  # not empty: its items were refused, each by itself
        loc = tuple(step for step in one["loc"] if step != "[key]")
        reason = one.get("ctx", {}).get("error")
        if isinstance(reason, Refusal):
            faults = reason.faults
        elif len(found) >= MOST_PROBLEMS:  # counted, but not told: no nearest name is looked for
            faults = (Fault((), described(one["input"]), one["msg"]),)
        else:
            faults = (Fault((), *_said(one, kind, loc)),)
        found += [Problem(file, dotted(at + loc + fault.place), fault.found, fault.expected) for fault in faults]
    return found


def _said(one: Any, kind: Any, loc: tuple[str | int, ...]) -> tuple[str, str]:
    """(found, expected) of one error of pydantic's."""
    came, limits = one["input"], one.get("ctx", {})
    match one["type"]:
        case "missing":
            return "missing", _wanted(kind, loc)
        case "extra_forbidden":
            holder = _type_at(kind, loc[:-1])
            return f"unknown key '{shortened(str(loc[-1]))}'", nearest(str(loc[-1]), holder.model_fields)
        case "model_type" | "dict_type":
            return described(came), _shape(_type_at(kind, loc))
        case "float_type" | "finite_number" | "int_parsing_size":
            return described(came), _of(kind, loc, "a finite number" if _odd(came) else "a number")
        case "int_type" | "int_from_float":
            return described(came), _of(kind, loc, "a whole number")
        case "multiple_of":
            return described(came), _of(kind, loc, "a whole number")
        case "bool_type":
            return described(came), "true or false"
        case "string_type":
            return described(came), "text"
        case "tuple_type":
            return described(came), "a list"
        case "literal_error":
            return described(came), nearest(str(came), map(str, get_args(_type_at(kind, loc))))
        case "too_short":
            return described(came), "at least one"
        case "too_long":
            return f"{limits['actual_length']} values", f"at most {limits['max_length']}"
        case "string_pattern_mismatch":
            return described(came), _PATTERNS[limits["pattern"]]
        case "greater_than_equal":
            return f"{_number(came)} is too small", _of(kind, loc, f"at least {limits['ge']}")
        case "less_than_equal":
            return f"{_number(came)} is too large", _of(kind, loc, f"at most {limits['le']}")
    return described(came), one["msg"]


def _odd(value: Any) -> bool:
    """NaN, infinite, or a whole number beyond what a float can hold."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _of(kind: Any, loc: tuple[str | int, ...], limit: str) -> str:
    """What a number at this place may be: "a number from 0 to 1440 (minutes)"; the limit, where no bound is known."""
    return str(next(bounds_in(_annotation_at(kind, loc)), limit))


def _wanted(kind: Any, loc: tuple[str | int, ...]) -> str:
    holder, key = _type_at(kind, loc[:-1]), loc[-1]
    if isinstance(key, int):
        return f"item {key + 1} of the list"
    value = _NUMBER_SHAPE if _is_number(_type_at(kind, loc)) else "..."
    field = holder.model_fields.get(key)  # none where the file has another name for it
    return f"{key} = {value}" + (f" ({field.description})" if field else "")


_NUMBER_SHAPE = "{ value, low, high, unit, status, source }"


def _shape(kind: Any) -> str:
    if _is_number(kind):
        return f"a table {_NUMBER_SHAPE}"
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return f"a table with {_few(kind.model_fields)}"
    return "a table"


def _is_number(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel) and "unit" in kind.model_fields


def plain_type(kind: Any) -> Any:
    """A type without `Annotated` and `| None` around it."""
    if get_origin(kind) is Annotated:
        return plain_type(get_args(kind)[0])
    if NoneType in (inner := get_args(kind)):
        return plain_type(next(one for one in inner if one is not NoneType))
    return kind


def _type_at(kind: Any, loc: Iterable[str | int]) -> Any:
    """The type that belongs at this place of a piece; None beyond what is known."""
    kind = plain_type(kind)
    for step in loc:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            field = kind.model_fields.get(str(step))
            kind = plain_type(field.annotation) if field else None
        elif get_origin(kind) in (dict, tuple):
            kind = plain_type(get_args(kind)[1 if get_origin(kind) is dict else 0])
        else:
            kind = None
    return kind if kind is not Literal else None


def _annotation_at(kind: Any, loc: tuple[str | int, ...]) -> Any:
    """The annotation of what belongs at this place, with what bounds it; None beyond what is known."""
    if not loc:
        return kind
    holder = _type_at(kind, loc[:-1])
    if isinstance(holder, type) and issubclass(holder, BaseModel):
        field = holder.model_fields.get(str(loc[-1]))
        return field.rebuild_annotation() if field else None
    return get_args(holder)[1 if get_origin(holder) is dict else 0] if get_args(holder) else None
