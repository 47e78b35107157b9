"""All errors that a user can meet.

    SimError              exit status
    ├── InputError        2   the input cannot be used; nothing was run
    └── RunError          1   something failed while running; the message says what was kept

An InputError lists *all* problems of the input, not only the first. Each problem names its place.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_QUOTE = 60  # characters that a message quotes of what somebody gave
LONGEST_MESSAGE = 600  # characters of one problem
MOST_PROBLEMS = 40  # listed in one message


@dataclass(frozen=True)
class Problem:
    """A single mistake in an input.

    file : name of the file; "" where the input is no file, such as a value on the command line
    place : where the user finds the mistake: a key ("arms.wall.platform"), a line ("line 12") or the id of an element;
        "" for the file as a whole
    given : the value that was given
    expected : the values that can be used, or what the user can do
    """

    file: str
    place: str
    given: str
    expected: str

    def __str__(self) -> str:
        location = ": ".join(shortened(escaped(part), LONGEST_MESSAGE // 3) for part in (self.file, self.place) if part)
        body = f"{self.given}; expected {self.expected}" if self.expected else self.given
        body = shortened(escaped(body), LONGEST_MESSAGE)
        return f"{location}: {body}" if location else body


class SimError(Exception):
    """Base of all errors that the command line shows without a traceback."""

    exit_status = 1


class InputError(SimError):
    """The input cannot be used. Raised before anything runs.

    problems : all mistakes, each with its place
    """

    exit_status = 2

    def __init__(self, problems: Problem | Iterable[Problem]):
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        lines = [str(problem) for problem in self.problems[:MOST_PROBLEMS]]
        if hidden := len(self.problems) - len(lines):
            lines.append(f"and {hidden} more problem{'s' if hidden > 1 else ''}")
        super().__init__("\n".join(lines))

    def __reduce__(self):
        return type(self), (self.problems,)


class RunError(SimError):
    """Something failed while running. The message says what failed, where, and which results were kept."""


class Note(UserWarning):
    """A warning to the user; the program goes on."""


def escaped(text: str) -> str:
    """Text as a single line without commands to a terminal: control and direction characters become \\x1b, \\u202e."""
    if text.isprintable():
        return text
    return "".join(_escape(character) for character in text)


def _escape(character: str) -> str:
    invisible = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    return character.encode("unicode_escape").decode("ascii") if invisible else character


def shortened(text: str, most: int = LONGEST_QUOTE) -> str:
    """Text of at most `most` characters. Longer text loses its middle, as both ends help to recognise it."""
    if len(text) <= most:
        return text
    half = (most - 3) // 2
    return f"{text[: most - 3 - half]}...{text[-half:]}"


def nearest(name: str, valid: Iterable[str]) -> str:
    """The valid names, for a message, and the most similar of them: "one of a, b; perhaps you meant 'a'"."""
    names = sorted(valid)
    similar = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    listed = ", ".join(names) if len(names) <= 12 else ", ".join(names[:12]) + ", ..."
    return f"one of {listed}" + (f"; perhaps you meant '{similar[0]}'" if similar else "")
