"""Errors of pydantic as problems: the place, what was given there and what was expected.

The expected values come from the types of the pieces: their keys, descriptions, bounds and patterns.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError

from sim.errors import MOST_PROBLEMS, Problem, nearest, shortened
from sim.scenario.bounds import bounds_in
from sim.scenario.faults import Fault, Refusal, described, dotted, few, written
from sim.scenario.names import PATTERNS
from sim.scenario.renamed import GONE


def problems(error: ValidationError, file: str, kind: Any, at: tuple[str | int, ...] = ()) -> list[Problem]:
    """Every error of pydantic as a problem with its place.

    kind : type that was read, which knows the valid keys
    at : place of that type within the file
    """
    listed: list[Problem] = []
    for wrong in error.errors(include_url=False):
        if wrong["type"] == "too_short" and wrong["input"]:
            continue  # the list is not empty: its items were refused one by one
        loc = tuple(step for step in wrong["loc"] if step != "[key]")
        reason = wrong.get("ctx", {}).get("error")
        if isinstance(reason, Refusal):
            faults = reason.faults
        elif len(listed) >= MOST_PROBLEMS:  # it is counted, but not printed: no nearest name is looked for
            faults = (Fault((), described(wrong["input"]), wrong["msg"]),)
        else:
            faults = (Fault((), *_in_words(wrong, kind, loc)),)
        listed += [Problem(file, dotted(at + loc + fault.place), fault.given, fault.expected) for fault in faults]
    return listed


def _in_words(wrong: Any, kind: Any, loc: tuple[str | int, ...]) -> tuple[str, str]:
    """(given, expected) of one error of pydantic."""
    came, limits = wrong["input"], wrong.get("ctx", {})
    match wrong["type"]:
        case "missing":
            return "missing", _wanted(kind, loc)
        case "extra_forbidden":
            holder = _type_at(kind, loc[:-1])
            if remedy := GONE.get(".".join([kind.__name__.lower(), *map(str, loc)])):
                return f"'{loc[-1]}' is gone", remedy
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
            return described(came), PATTERNS[limits["pattern"]]
        case "greater_than_equal":
            return f"{written(came)} is too small", _of(kind, loc, f"at least {limits['ge']}")
        case "less_than_equal":
            return f"{written(came)} is too large", _of(kind, loc, f"at most {limits['le']}")
    return described(came), wrong["msg"]


def _odd(value: Any) -> bool:
    """NaN, infinite, or a whole number beyond what a float can hold."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _of(kind: Any, loc: tuple[str | int, ...], limit: str) -> str:
    """The bound of a number at this place in words: "a number from 0 to 1440 (minutes)"; the limit, if there is no bound."""
    return str(next(bounds_in(_annotation_at(kind, loc)), limit))


def _wanted(kind: Any, loc: tuple[str | int, ...]) -> str:
    holder, key = _type_at(kind, loc[:-1]), loc[-1]
    if isinstance(key, int):
        return f"item {key + 1} of the list"
    value = _keys_of_a_number(_type_at(kind, loc)) or "..."
    field = holder.model_fields.get(key)  # None if the key has an alias in files
    return f"{key} = {value}" + (f" ({field.description})" if field else "")


def _shape(kind: Any) -> str:
    if keys := _keys_of_a_number(kind):
        return f"a table {keys}"
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return f"a table with {few(kind.model_fields)}"
    return "a table"


def _keys_of_a_number(kind: Any) -> str:
    """The keys of a table that holds one number: "{ value, unit, status, why }"; "" of any other type."""
    if isinstance(kind, type) and issubclass(kind, BaseModel) and "value" in kind.model_fields:
        return f"{{ {', '.join(kind.model_fields)} }}"
    return ""


def plain_type(kind: Any) -> Any:
    """A type without `Annotated` and `| None` around it."""
    if get_origin(kind) is Annotated:
        return plain_type(get_args(kind)[0])
    if NoneType in (inner := get_args(kind)):
        return plain_type(next(option for option in inner if option is not NoneType))
    return kind


def _type_at(kind: Any, loc: Iterable[str | int]) -> Any:
    """The type of the value at this place of a piece; None if there is no such place."""
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
    """The annotation of the value at this place, with its bounds; None if there is no such place."""
    if not loc:
        return kind
    holder = _type_at(kind, loc[:-1])
    if isinstance(holder, type) and issubclass(holder, BaseModel):
        field = holder.model_fields.get(str(loc[-1]))
        return field.rebuild_annotation() if field else None
    return get_args(holder)[1 if get_origin(holder) is dict else 0] if get_args(holder) else None
