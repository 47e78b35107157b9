"""Dotted names: each names one value that a study may set or vary, such as "society.response.substitution".

Leading parts may be left out while the rest names one value only: "substitution".
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from sim.errors import shortened
from sim.scenario.faults import Fault, Refusal, few
from sim.scenario.numbers import Number, Share
from sim.scenario.pieces import NOT_SET, Piece, Table
from sim.scenario.platform import Platform
from sim.scenario.profile import Profile
from sim.scenario.renamed import instead, new_name
from sim.scenario.society import Society
from sim.scenario.wording import plain_type, problems


def full_name(name: str, valid: Collection[str], suggest: bool = True) -> str:
    """The one full name that `name` is an ending of. Refusal: unknown, or more than one.

    suggest : whether the nearest name is looked for, which takes a while
    """
    meant = _meanings(name, valid)
    if len(meant) == 1:
        return meant[0]
    if meant:
        given, expected = f"'{name}' may mean {len(meant)} things", "one of " + ", ".join(meant)
    elif new := new_name(name):
        given, expected = f"'{name}' is an old name", f"its new name '{new}'"
    elif remedy := instead(name):
        given, expected = f"'{name}' is gone", remedy
    elif within := [full for full in valid if f".{name}." in f".{full}"]:
        given = f"'{name}' is a section, not one value"
        expected = f"a whole name in quotes, one of {few(within)}"
    else:
        given = f"unknown name '{shortened(name)}'"
        expected = "a name from the society, a platform or a profile of this study"
        endings = Counter(ending for full in valid for ending in _endings(full)) if suggest else Counter()
        single = [ending for ending, times in endings.items() if times == 1]
        if close := difflib.get_close_matches(name, single, n=1, cutoff=0.5):
            expected += f"; perhaps you meant '{close[0]}'"
    raise Refusal(Fault((), given, expected))


def current_name(name: str, valid: Collection[str]) -> str:
    """The name as it is written, or the new form of an old one. A name that means something is never old."""
    return name if _meanings(name, valid) else new_name(name) or name


def _meanings(name: str, valid: Collection[str]) -> list[str]:
    """The full names that a name is, or is an ending of."""
    return [name] if name in valid else [full for full in valid if full.endswith("." + name)]


def _endings(full: str) -> Iterable[str]:
    parts = full.split(".")
    return (".".join(parts[start:]) for start in range(len(parts)))


def _leaves(kind: type[Piece]) -> Iterator[tuple[str, Any]]:
    """(dotted name, type) of all that can be set inside a piece."""
    for name, field in kind.model_fields.items():
        inner = plain_type(field.annotation)
        if name in NOT_SET:
            continue
        if isinstance(inner, type) and issubclass(inner, Piece) and not issubclass(inner, Number):
            yield from ((f"{name}.{rest}", leaf) for rest, leaf in _leaves(inner))
        else:
            yield name, inner


def leaves(piece: Piece) -> dict[str, Any]:
    """Dotted name -> number or switch, of all that a piece holds; absent sections left out."""
    parts: dict[str, Any] = {}
    for name, part in piece:
        if name in NOT_SET or part is None:
            continue
        if isinstance(part, Piece) and not isinstance(part, Number):
            parts |= {f"{name}.{rest}": leaf for rest, leaf in leaves(part).items()}
        else:
            parts[name] = part
    return parts


def absent(root: str, piece: Piece) -> frozenset[str]:
    """Full dotted names of the numbers that sections of a piece may have and lack. A study may set them."""
    return frozenset(
        f"{root}.{name}.{key}"
        for name, part in piece
        if isinstance(part, Piece)
        for key, field in type(part).model_fields.items()
        if getattr(part, key) is None and issubclass(plain_type(field.annotation), Number)
    )


def flat(root: str, piece: Piece) -> dict[str, Any]:
    """Full dotted name -> value, of all that a piece holds: plain numbers, switches and choices.

    root : what the names begin with: "society", "platform", "profile.us"
    """
    return {f"{root}.{name}": value_of(part) for name, part in leaves(piece).items()}


def value_of(part: Any) -> Any:
    """The plain value of a number, a switch or a choice that a piece holds."""
    return plain(part.value if isinstance(part, Number) else part)


def plain(value: Any) -> Any:
    """A number as a float, and -0.0 as 0.0, so that equal worlds have equal fingerprints; anything else as it is."""
    return value + 0.0 if isinstance(value, int | float) and not isinstance(value, bool) else value


@cache
def dotted_names(profiles: tuple[str, ...] = ()) -> Mapping[str, Any]:
    """Full dotted name -> type of its value, of all that a study with these profiles may set or vary.

    Examples: society.response.substitution, platform.prompts.slope, profile.us.links. A profile's share of the population is
    profile.us.share.
    """
    names: dict[str, Any] = {}
    for root, kind in (("society", Society), ("platform", Platform)):
        names |= {f"{root}.{name}": leaf for name, leaf in _leaves(kind)}
    for profile in profiles:
        names |= {f"profile.{profile}.{name}": leaf for name, leaf in _leaves(Profile)}
        names[f"profile.{profile}.share"] = Share
    return Table(names)


@cache
def _adapter(kind: Any) -> TypeAdapter:
    return TypeAdapter(kind, config=ConfigDict(strict=True))


def misfits(name: str, value: Any, profiles: Iterable[str]) -> list[Fault]:
    """The reasons why a dotted name cannot have a value; none if it can."""
    try:
        kind = dotted_names(tuple(profiles))[full_name(name, dotted_names(tuple(profiles)))]
    except Refusal as refusal:
        return list(refusal.faults)
    try:
        if isinstance(kind, type) and issubclass(kind, Number):
            reason = {"unit": "-", "status": "assumed", "source": "set by the study"}
            kind.model_validate({"value": value} | reason)
        else:
            _adapter(kind).validate_python(value)
    except ValidationError as error:
        return [Fault((), problem.given, problem.expected) for problem in problems(error, "", kind)]
    return []
