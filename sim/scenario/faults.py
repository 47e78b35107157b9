"""One thing that is wrong in a scenario: what was given, what was expected, and the place in the file. And words for messages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from sim.errors import shortened

MOST_WRITTEN = 10**20  # larger whole numbers are described by their size
LONGEST_TEXT = 2000  # characters of one value or name


@dataclass(frozen=True)
class Fault:
    """One thing wrong inside a piece of a scenario; `place` is relative to that piece."""

    place: tuple[str | int, ...]
    given: str
    expected: str


class Refusal(ValueError):
    """All faults that a check inside a piece finds. `wording` turns them into Problems, with file and place."""

    def __init__(self, *faults: Fault):
        self.faults = faults
        super().__init__("; ".join(f"{fault.given}; expected {fault.expected}" for fault in faults))

    def __reduce__(self):
        return type(self), self.faults


def refuse(faults: Collection[Fault]) -> None:
    """Raise a Refusal if there is anything to refuse."""
    if faults:
        raise Refusal(*faults)


def unprintable(table: Any) -> Iterator[Fault]:
    """Texts and names in a table that are too long, or hold control characters or characters that turn the direction of text."""
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
"""Characters that no reader sees and that can harm XML or a terminal. Line ends and tabs are allowed."""


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


def described(value: Any) -> str:
    """A value in words, for a message: text "five", the number 3, a list."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return f'text "{shortened(value)}"'
        case int() | float():
            return f"the number {written(value)}"
        case list() | tuple():
            return "a list" if value else "an empty list"
        case dict() | BaseModel():
            return "a table" if value else "an empty table"
    return "a date or time"


def written(value: float) -> str:
    """A number, for a message."""
    if isinstance(value, int) and abs(value) >= MOST_WRITTEN:
        return f"about {'-' * (value < 0)}10^{abs(value).bit_length() * 0.30103:.0f}"
    return repr(value)


def few(names: Collection[str]) -> str:
    """The first eight of many names, for a message."""
    listed = ", ".join(list(names)[:8])
    return listed + ", ..." if len(names) > 8 else listed
