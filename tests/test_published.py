"""What results/ shows in git belongs to the scenarios beside it."""

from pathlib import Path

import polars as pl
import pytest

import sim
from sim.study import tables
from sim.study.units import scenario_hash

ROOT = Path(__file__).parents[1]
PUBLISHED = sorted(file.parent for file in ROOT.glob("results/*/verdict.csv"))


@pytest.mark.parametrize("folder", PUBLISHED, ids=lambda folder: folder.name)
def test_published_verdicts_are_those_of_the_scenario(folder):
    """Changed a number on purpose? `make publish` remakes what is shown."""
    study = sim.load(ROOT / "scenarios" / f"{folder.name}.toml")
    shown = tables.read(folder, "verdict")
    assert shown["scenario"].unique().to_list() in ([scenario_hash(study)], [scenario_hash(study.at("full"))])
    assert shown.filter(pl.col("primary")).height == len(study.points()) * len(study.horizons)
    for figure in folder.glob("*.svg"):
        assert shown["scenario"][0] in figure.read_text(encoding="utf-8")
