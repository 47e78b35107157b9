"""How a scenario names a thing, and the words for what is wrong with it.

A *dotted name* points at one value: "society.response.substitution". Leading parts may be dropped
while one thing only is meant: "substitution". A *place* is where a user finds a key in a file.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError

from sim.errors import Problem, nearest

NAME = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"
TEXT = r"\S"
LABEL = r"^\S(.{0,38}\S)?$"
BURN_IN = r"^(until-steady|[1-9][0-9]{0,2}y)$"
CLAIM = r"^[A-Za-z]+[0-9]+$"
SIGN = r"^(--|-|0|\+|\+\+)(/(--|-|0|\+|\+\+))?$"

_PATTERNS = {
    NAME: "a name of letters, digits, - and _",
    TEXT: "text that is not blank",
    LABEL: "a line of 1 to 40 characters, without spaces around it",
    BURN_IN: '"until-steady" or a number of years such as "12y"',
    CLAIM: 'the id of a claim, such as "C7"',
    SIGN: 'a sign: "-", "0" or "+", doubled when strong, or two such as "0/-"',
}


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


def full_name(name: str, valid: Collection[str]) -> str:
    """The one full name that `name` is an ending of. Refusal: unknown, or more than one."""
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
        found = f"unknown name '{name}'"
        expected = "a name from the society, a platform or a profile of this study"
        endings = Counter(ending for full in valid for ending in _endings(full))
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
            return f'text "{value if len(value) <= 60 else value[:57] + "..."}"'
        case int() | float():
            return f"the number {_number(value)}"
        case list() | tuple():
            return "a list" if value else "an empty list"
        case dict() | BaseModel():
            return "a table" if value else "an empty table"
    return "a date or time"


def _number(value: float) -> str:
    return "too large" if isinstance(value, int) and abs(value) >= 10**300 else repr(value)


def problems(error: ValidationError, file: str, kind: Any, at: tuple[str | int, ...] = ()) -> list[Problem]:
    """Every error of pydantic's as a plain sentence with its place.

    kind : what was being read, to name valid keys; at : the place of that within the file
    """
    found = []
    for one in error.errors(include_url=False):
        if one["type"] == "too_short" and one["input"]:
            continue  # not empty: its items were refused, each by itself
        loc = tuple(step for step in one["loc"] if step != "[key]")
        reason = one.get("ctx", {}).get("error")
        if isinstance(reason, Refusal):
            faults = reason.faults
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
            return f"unknown key '{loc[-1]}'", nearest(str(loc[-1]), holder.model_fields)
        case "model_type" | "dict_type":
            return described(came), _shape(_type_at(kind, loc))
        case "float_type" | "finite_number" | "int_parsing_size":
            return described(came), _of(kind, loc, "a finite number" if _odd(came) else "a number")
        case "int_type" | "int_from_float":
            return described(came), "a whole number"
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
        case "string_pattern_mismatch":
            return described(came), _PATTERNS[limits["pattern"]]
        case "greater_than_equal":
            return f"{_number(came)} is too small", _of(kind, loc, f"at least {_limit(limits['ge'])}")
        case "greater_than":
            return f"{_number(came)} is too small", _of(kind, loc, f"more than {_limit(limits['gt'])}")
        case "less_than_equal":
            return f"{_number(came)} is too large", _of(kind, loc, f"at most {_limit(limits['le'])}")
        case "less_than":
            return f"{_number(came)} is too large", _of(kind, loc, f"less than {_limit(limits['lt'])}")
    return described(came), one["msg"]


def _limit(limit: float) -> str:
    return f"{limit:g}" if limit < 1e6 else f"{limit:.0f}"


def _odd(value: Any) -> bool:
    """NaN, infinite, or a whole number beyond what a float can hold."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _of(kind: Any, loc: tuple[str | int, ...], limit: str) -> str:
    """A limit with the sort of number it belongs to: "at most 1 (a share, from 0 to 1)"."""
    sort = _type_at(kind, loc[:-1])
    if loc and loc[-1] in ("value", "low", "high") and _is_number(sort):
        named = sort.__doc__.splitlines()[0].rstrip(".")
        return f"{limit} ({named[0].lower()}{named[1:]})"
    return limit


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
