"""Every error a user can meet, one small tree.

    SimError              exit status
    ├── InputError        2   what was given cannot be used; nothing was run
    └── RunError          1   something failed while running; says what was kept

An InputError carries *all* problems found, not only the first, each with its place.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_QUOTE = 60  # characters that a message quotes of what somebody gave
LONGEST_MESSAGE = 600  # characters of one problem
MOST_PROBLEMS = 40  # told in one message


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input.

    place : where, as the user would look for it: a key ("arms.wall.platform"), a line ("line 12"),
        an element id; "" for the file as a whole
    found : what came
    expected : what was wanted instead, or what to do
    file : the file's name, "" when there is none (a command line value)
    """

    file: str
    place: str
    found: str
    expected: str

    def __str__(self) -> str:
        where = ": ".join(shortened(escaped(part), LONGEST_MESSAGE // 3) for part in (self.file, self.place) if part)
        body = f"{self.found}; expected {self.expected}" if self.expected else self.found
        body = shortened(escaped(body), LONGEST_MESSAGE)
        return f"{where}: {body}" if where else body


class SimError(Exception):
    """Base of all errors that are shown to the user without a traceback."""

    exit_status = 1


class InputError(SimError):
    """The input is wrong: every problem with its place. Raised before anything runs."""

    exit_status = 2

    def __init__(self, problems: Problem | Iterable[Problem]):
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        told = [str(problem) for problem in self.problems[:MOST_PROBLEMS]]
        if more := len(self.problems) - len(told):
            told.append(f"and {more} more problem{'s' if more > 1 else ''}")
        super().__init__("\n".join(told))

    def __reduce__(self):
        return type(self), (self.problems,)


class RunError(SimError):
    """Something failed while running: what, where, and what was kept."""


class Note(UserWarning):
    """Something that a user should know and that stops nothing."""


def escaped(text: str) -> str:
    """Text as one line that a terminal shows and does not obey: control and direction characters as \\x1b, \\u202e."""
    if text.isprintable():
        return text
    return "".join(_escape(letter) for letter in text)


def _escape(letter: str) -> str:
    hidden = unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    return letter.encode("unicode_escape").decode("ascii") if hidden else letter


def shortened(text: str, most: int = LONGEST_QUOTE) -> str:
    """Text of at most so many characters; the middle is left out, since both ends tell."""
    if len(text) <= most:
        return text
    half = (most - 3) // 2
    return f"{text[: most - 3 - half]}...{text[-half:]}"


def nearest(name: str, valid: Iterable[str]) -> str:
    """The valid names as an expectation, the nearest first: "one of a, b; perhaps 'a'"."""
    names = sorted(valid)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    listed = ", ".join(names) if len(names) <= 12 else ", ".join(names[:12]) + ", ..."
    return f"one of {listed}" + (f"; perhaps you meant '{close[0]}'" if close else "")
