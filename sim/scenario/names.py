"""Names that scenario files may use, as patterns, and names that the program reserves for itself."""

from __future__ import annotations

NAME = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"
TEXT = r"\S"
LABEL = r"^\S(.{0,38}\S)?$"
BURN_IN = r"^(until-steady|([1-9][0-9]?|1[0-9]{2}|200)y)$"
CLAIM = r"^[A-Za-z]{1,16}[0-9]{1,8}$"
SIGN = r"^(--|-|0|\+|\+\+)(/(--|-|0|\+|\+\+))?$"

PATTERNS = {
    NAME: "a name of letters, digits, - and _",
    TEXT: "text that is not blank",
    LABEL: "a line of 1 to 40 characters, without spaces around it",
    BURN_IN: '"until-steady" or 1 to 200 years, such as "12y"',
    CLAIM: 'the id of a claim, such as "C7"',
    SIGN: 'a sign: "-", "0" or "+", doubled when strong, or two such as "0/-"',
}

PLACEBO, RESHUFFLED = "placebo", "placebo-all"
"""Arms that the program adds to every study: the control with other luck on one day, and on all days."""


ALL, REST = "all", "rest"
"""Names of rows in tables: all people or ties; and the part of a difference that no mechanism explains."""

CONTENTS = ("lasting", "passing", "information")
"""Sorts of posts: about oneself and lasting, about oneself and passing, information."""

RUN_COLUMNS = (
    "run_id", "study", "arm", "point", "seed", "people", "ties", "years", "size", "status", "error", "started", "wall_s",
    "peak_mb", "version", "scenario_hash", "machine",
)  # fmt: skip
"""Columns of the table of runs. Each varied name is one more column."""

DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
"""Names that no file or folder of Windows can have, with any ending."""


def a_column(name: str, full: str) -> tuple[str, str]:
    """(given, expected) of a varied name that is also a column of the table of runs."""
    return f"'{name}' is a column of every table of runs", f"a longer name of it, such as {full}"


def placebo_of(control: str) -> str:
    """The name of the placebo of a control that branches from another society than the primary control."""
    return f"{PLACEBO}:{control}"
