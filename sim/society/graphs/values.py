"""The attributes of ties that are read from a source: their names, their values, and the words for an unknown value."""

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
"""attribute of a tie -> the values that it may have, for messages"""

FROM_NODE = "from_node"
"""The attribute of a tie that names the person who feels `closeness_from`. The order of the two ends may get lost; this does
not."""

PERSON = "person"
"""The attribute of a node with the name that `from_node` uses. networkx may rename nodes; it leaves the values of edges."""

_MISSING = {"", "nan", "na", "n/a", "#n/a", "null", "none", "nil", "nat", "<na>", "missing", ".", "?", "-", "--"}
CODES = {f"-{digits}{point}" for digits in ("9", "99", "999", "9999", "99999") for point in ("", ".0")}
"""Numbers that surveys write where a value is missing. They may also be true values: they are read, and get a note."""


@lru_cache(maxsize=4096)
def word(name: str) -> str:
    """The name of a column without capitals, spaces and signs: "Closeness to" and "closeness_to" both give "closenessto"."""
    return re.sub(r"[\W_]+", "", name.lower())


_COLUMNS = {word(name): name for name in (*WANTED, FROM_NODE)}


def column(name: Any) -> str | None:
    """The attribute of a tie that the name of a column stands for, or None."""
    return _COLUMNS.get(word(str(name)))


def missing(raw: Any) -> bool:
    """Whether a value means unknown in Python, pandas, R, spreadsheets or statistics programs."""
    return raw is None or str(raw).strip().lower() in _MISSING


def is_number(text: str) -> bool:
    """Whether a text is a number, with a decimal point or a decimal comma."""
    try:
        dialect.number(text, comma=True)
    except ValueError:
        return False
    return True


def value_of(name: str, raw: Any, comma: bool = False) -> float:
    """The value of an attribute as a number, NaN unknown; a kind is its position in `KINDS`. ValueError: an invalid value."""
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
    """The value of an attribute as text, for messages."""
    return KINDS[int(value)] if name == "kind" else f"{value:g}"
