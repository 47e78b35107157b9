"""A table that a figure reads by itself, without those of a sweep."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import polars as pl

from sim.figures import sentences
from sim.figures.results import Lacking
from sim.figures.words import Words
from sim.study.records import tables

Row = dict[str, Any]


def read(folder: Path, name: str, maker: str) -> pl.DataFrame:
    """A table of a folder; of several horizons the last. maker : the command that makes it

    InputError: it is damaged, or has no rows. Lacking: it is not there.
    """
    if not tables.path(folder, name).is_file():
        raise Lacking(f"{name}.csv is not there; run `{maker}` first")
    table = tables.read(folder, name)
    if table.is_empty():
        raise tables.damaged(tables.path(folder, name), "", "has no rows", name)
    return table.filter(horizon=table["horizon"].max()) if "horizon" in table.columns else table


@dataclass(frozen=True)
class OwnTable:
    """The table `NAME` of a folder."""

    NAME: ClassVar[str]
    folder: Path
    table: pl.DataFrame

    @cached_property
    def profiles(self) -> list[str]:
        return self.table["profile"].unique(maintain_order=True).to_list()

    @cached_property
    def platforms(self) -> list[str]:
        return self.table["platform"].unique(maintain_order=True).to_list()

    @cached_property
    def first(self) -> Row:
        """A row, for what all rows share."""
        return self.table.row(0, named=True)

    @cached_property
    def made(self) -> tables.Provenance | None:
        return tables.provenance(self.folder, self.NAME)

    def origin(self, words: Words) -> dict[str, Any]:
        """Where the numbers are from: values for the text of a source."""
        version = f"{self.made.version}, {self.made.hash}" if self.made else ""
        about = {key: self.first[key] for key in ("study", "people")}
        return about | {"version": version, "seeds": words.societies(self.first["seeds"])}

    def again(self, words: Words) -> list[str]:
        """How the figure is made again."""
        return sentences.again(words, self.made.command if self.made else "", ("draw",))
