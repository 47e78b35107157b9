"""What a source may say of a tie: the columns that are read, how their values are written, what stands for unknown."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Any

from sim import dialect
from sim.scenario.bounds import GRAPH_COLUMNS
from sim.society.graphs.given import KINDS

UNKNOWN = ", or nothing (unknown)"
WANTED = {
    "kind": f"kin, friend or online{UNKNOWN}",
    "linked": f"0, 1, true, false, yes or no{UNKNOWN}",
} | {name: f"{GRAPH_COLUMNS[name]}{UNKNOWN}" for name in ("closeness", "closeness_from", "closeness_to", "chance")}
"""The attributes of a tie, and how a message asks for each."""

FROM_NODE = "from_node"
"""The attribute that names the person whose side `closeness_from` is, where the order of the two ends may get lost."""

PERSON = "person"
"""The attribute of a node that `from_node` speaks of: networkx renames nodes, but not what is said of edges."""

_MISSING = {"", "nan", "na", "n/a", "#n/a", "null", "none", "nil", "nat", "<na>", "missing", ".", "?", "-", "--"}
CODES = {f"-{digits}{point}" for digits in ("9", "99", "999", "9999", "99999") for point in ("", ".0")}
"""Numbers that surveys write where a value is missing. They are no certain sign of it: read as they are, with a note."""


@lru_cache(maxsize=4096)
def word(name: str) -> str:
    """The name of a column however it is written: "Closeness to", "closeness-to" and "closeness_to" are one."""
    return re.sub(r"[\W_]+", "", name.lower())


_COLUMNS = {word(name): name for name in (*WANTED, FROM_NODE)}


def column(name: Any) -> str | None:
    """The attribute of a tie that a name stands for, or None."""
    return _COLUMNS.get(word(str(name)))


def missing(raw: Any) -> bool:
    """Whether a value stands for unknown, in the ways of Python, pandas, R, spreadsheets and statistics programs."""
    return raw is None or str(raw).strip().lower() in _MISSING


def is_number(text: str) -> bool:
    try:
        dialect.number(text, comma=True)
    except ValueError:
        return False
    return True


def value_of(name: str, raw: Any, comma: bool = False) -> float:
    """What is said of an attribute as a number, NaN if nothing is. ValueError: no value that it may have."""
    return math.nan if raw is None else _value(name, str(raw), comma)


@lru_cache(maxsize=65536)
def _value(name: str, text: str, comma: bool) -> float:
    if missing(text):
        return math.nan
    text = text.strip().lower()
    if name == "kind":
        return float(KINDS.index(text))
    if name == "linked":
        return float(dialect.truth(text))
    value = dialect.number(text, comma)
    if not GRAPH_COLUMNS[name].holds(value):
        raise ValueError(value)
    return value


def shown(name: str, value: float) -> str:
    return KINDS[int(value)] if name == "kind" else f"{value:g}"
