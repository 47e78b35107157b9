"""What results/ shows in git belongs to the scenarios beside it, and other programs read it as what it is."""

import json
import shutil
from pathlib import Path

import frictionless
import pandas
import polars as pl
import pytest
from typer.testing import CliRunner

import sim
from sim.__main__ import app
from sim.figures.drawing import draw
from sim.scenario.fingerprint import scenario_hash
from sim.scenario.reading import load
from sim.study import columns, tables
from sim.study.columns import TABLES, in_file
from sim.study.contrast import compare
from sim.study.experiment import sweep
from sim.study.publishing import PACKAGE

ROOT = Path(__file__).parents[1]
PUBLISHED = sorted(file.parent for file in ROOT.glob("results/*/verdict.csv"))
PANDAS = {"string": ("str", "object"), "boolean": ("bool", "object"), "integer": ("int64", "float64"), "number": ("float64",)}
POLARS = {"string": pl.String, "boolean": pl.Boolean, "integer": pl.Int64, "number": pl.Float64}


@pytest.mark.parametrize("folder", PUBLISHED, ids=lambda folder: folder.name)
def test_published_verdicts_are_those_of_the_scenario(folder):
    """Changed a number on purpose? `make publish` remakes what is shown."""
    study = sim.load(ROOT / "scenarios" / f"{folder.name}.toml")
    shown, made = tables.read(folder, "verdict"), tables.provenance(folder, "verdict")
    assert made.hash in (scenario_hash(study), scenario_hash(study.at("full")))
    assert shown.filter(pl.col("primary")).height == len(study.points()) * len(study.horizons)
    for figure in folder.glob("*.svg"):
        assert made.hash in figure.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def fresh(a_study, tmp_path_factory):
    """A study published now."""
    study = a_study(name="shown", people=30, burn_in='"1y"', seeds=2)
    project = tmp_path_factory.mktemp("published")
    shutil.copytree(Path(study.file).parent, project / "scenarios")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        folder = Path("results/shown/.work/default")
        sweep(load("scenarios/shown.toml"), folder)
        compare(folder)
        draw(folder, out=folder / "figures", only=("verdict",))
        old = (folder / "figures" / "verdict.en.svg").read_text(encoding="utf-8").replace("digest ", "digest 0")
        (folder / "figures" / "old.en.svg").write_text(old, encoding="utf-8")
        for name in ("region", "flips"):  # of older runs: they stay behind
            shutil.copy(ROOT / "results" / "birthday-prompt" / f"{name}.csv", folder)
        done = CliRunner().invoke(app, ["publish", str(folder)])
        assert done.exit_code == 0, done.output
        assert "note: not published: flips.csv is of another scenario" in done.stderr
        assert "note: not published: old.en.svg is not drawn from the tables that are there now" in done.stderr
    assert sorted(path.name for path in (project / "results/shown").glob("*.*")) == [
        ".work", PACKAGE, "verdict.csv", "verdict.en.svg",
    ]  # fmt: skip
    return project / "results" / "shown"


def packages(fresh):
    return [*PUBLISHED, fresh]


def test_what_is_published_is_a_valid_data_package(fresh):
    for folder in packages(fresh):
        report = frictionless.validate(str(folder / PACKAGE))
        assert report.valid, report.flatten(["title", "message"])[:3]
        said = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
        assert {resource["path"] for resource in said["resources"]} == {file.name for file in folder.glob("*.csv")}
        assert said["licenses"]
        assert said["sources"]


def test_every_column_is_described_with_its_type_unit_and_meaning(fresh):
    for folder in packages(fresh):
        for resource in json.loads((folder / PACKAGE).read_text(encoding="utf-8"))["resources"]:
            declared = in_file(resource["name"])
            fields = resource["schema"]["fields"]
            assert [field["name"] for field in fields] == list(declared)
            assert all(field["description"] == declared[field["name"]].meaning for field in fields)
            assert all(field.get("unit", "") == declared[field["name"]].unit for field in fields)


@pytest.mark.parametrize("program", ["pandas", "polars"])
def test_every_published_table_is_read_without_an_option(fresh, program):
    """Columns have their names, rows their number and values their types."""
    for file in [file for folder in packages(fresh) for file in folder.glob("*.csv")]:
        truth, kinds = tables.read_whole(file, file.stem), {name: columns.kind(one) for name, one in in_file(file.stem).items()}
        frame = pandas.read_csv(file) if program == "pandas" else pl.read_csv(file)
        assert list(frame.columns) == list(kinds)
        assert len(frame) == len(truth)
        for name, kind in kinds.items():
            seen = truth[name].head(100).drop_nulls()  # polars decides by the first hundred rows
            if kind != "string" and len(seen):
                dtype = frame[name].dtype
                assert dtype == POLARS[kind] if program == "polars" else str(dtype) in PANDAS[kind], (file, name, dtype)


def test_nothing_published_names_the_machine(fresh):
    for file in [file for file in fresh.glob("*.*") if file.is_file()]:
        assert str(fresh.parents[1]) not in file.read_text(encoding="utf-8")
    said = json.loads((fresh / PACKAGE).read_text(encoding="utf-8"))
    again = "sim sweep scenarios/shown.toml && sim compare results/shown/.work/default"
    assert f"Made by: {again}" in said["resources"][0]["description"]


def test_the_page_of_columns_is_made_from_their_declaration():
    """Changed a column? .venv/bin/python -m sim.study.columns > docs/columns.md"""
    assert (ROOT / "docs" / "columns.md").read_text(encoding="utf-8") == columns.markdown()
    assert all(column.meaning for table in TABLES.values() for column in table.columns.values())
