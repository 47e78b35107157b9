"""What the tables say of themselves in other languages than English: columns.fr.toml. English is what they declare."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

DECLARED = "en"


@cache
def texts(lang: str) -> Mapping[str, Mapping[str, str]]:
    """meaning : of columns and rows; text : of units, types and the spreadsheet."""
    if lang == DECLARED:
        return {"meaning": {}, "text": {}}
    return tomllib.loads(files("sim.text").joinpath(f"columns.{lang}.toml").read_text(encoding="utf-8"))


def meaning(lang: str, table: str, column: str, declared: str) -> str:
    """What a column of a table means; of the table "row" and a column that is a table's name: what a row is.

    A name that means another thing in one table than in most has that table before it.
    """
    known = texts(lang)["meaning"]
    return known.get(f"{table}-{column}", known.get(column, declared))


def said(lang: str, declared: str) -> str:
    """A unit, the name of a type, or a text of the spreadsheet."""
    return texts(lang)["text"].get(declared, declared)
