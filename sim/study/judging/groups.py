"""Whose verdict a contrast has: that of all people, or of a group that its study names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from sim.scenario.names import ALL


def group_of(contrast: Mapping[str, Any]) -> str:
    """The group of a contrast of study.json: the text of the column `profile` in the rows that are its own."""
    return contrast.get("group", ALL)


def own_rows(frame: pl.DataFrame, study: Mapping[str, Any]) -> pl.DataFrame:
    """The rows that are of the group of their contrast, in order. study : study.json"""
    groups = {contrast["name"]: group_of(contrast) for contrast in study["contrasts"]}
    return frame.filter(pl.col("profile") == pl.col("contrast").replace_strict(groups, default=ALL, return_dtype=pl.String))
