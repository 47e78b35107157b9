"""What results/ shows in git belongs to the scenarios beside it, and other programs read it as what it is."""

import csv
import json
import shutil
from pathlib import Path

import frictionless
import pandas
import polars as pl
import pytest
from conftest import slow
from typer.testing import CliRunner

import sim
from sim.__main__ import app
from sim.figures.drawing import draw
from sim.page.published import PAGES as REPORTS
from sim.page.publishing import PACKAGE
from sim.scenario.reading import load
from sim.scenario.study import scenario_hash
from sim.study.judging.contrast import compare
from sim.study.judging.precision import precision
from sim.study.records import columns, json_files, tables
from sim.study.records.columns import TABLES, in_file
from sim.study.records.provenance import Provenance
from sim.study.records.result_folder import sources_of
from sim.study.sweep.sweeping import sweep

ROOT = Path(__file__).parents[1]
PAGES = sorted(REPORTS.values())
PUBLISHED = sorted(file.parent for file in ROOT.glob("results/*/verdict.csv"))
PANDAS = {"string": ("str", "object"), "boolean": ("bool", "object"), "integer": ("int64", "float64"), "number": ("float64",)}
POLARS = {"string": pl.String, "boolean": pl.Boolean, "integer": pl.Int64, "number": pl.Float64}


@pytest.mark.parametrize("folder", PUBLISHED, ids=lambda folder: folder.name)
def test_published_verdicts_are_those_of_the_scenario(folder):
    """Changed a number on purpose? `make publish` remakes what is shown."""
    study = sim.load(ROOT / "scenarios" / f"{folder.name}.toml")
    shown, made = tables.read(folder, "verdict"), tables.provenance(folder, "verdict")
    sizes = [study, *([study.at("full")] if study.sizes.full else [])]
    assert made.hash in map(scenario_hash, sizes)
    own = shown.filter(pl.col("primary"), profile=study.primary.group or "all")  # other groups have words of it, too
    assert own.height == len(study.points()) * len(study.horizons)
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
        ".work", "README.fr.md", "README.md", PACKAGE, "verdict.csv", "verdict.en.svg",
    ]  # fmt: skip
    return project / "results" / "shown"


@pytest.fixture
def again(fresh, tmp_path, monkeypatch):
    """A copy of the result folder, published to pub: the verdict, figures in the folder and in its folder figures."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(fresh / ".work" / "default", "out")
    for name in ("region.csv", "flips.csv", "figures/old.en.svg"):
        Path("out", name).unlink()
    assert run("publish", "out", "--out", "pub").exit_code == 0
    assert names("pub") == [*PAGES, PACKAGE, "verdict.csv", "verdict.en.svg"]
    return tmp_path


def run(*words):
    return CliRunner().invoke(app, list(words))


def names(folder):
    return sorted(path.name for path in Path(folder).iterdir())


def with_margin(value):
    """The result folder as after a sweep with another margin of support, compared."""
    about = json_files.read("out", json_files.STUDY)
    about = {key: each for key, each in about.items() if key not in ("digest", "tables")}
    json_files.write("out", json_files.STUDY, about | {"margins": about["margins"] | {"support": value}})
    compare("out")


def test_what_fits_no_longer_is_removed_and_what_is_not_ours_stays(again):
    shutil.copy("pub/verdict.en.svg", "pub/my-verdict.svg")
    Path("pub/society.en.svg").write_text("<svg>mine</svg>", encoding="utf-8")
    shutil.copy("pub/verdict.en.svg", "pub/verdict.fr.svg")
    precision("out")
    draw("out", out="pub", only=("precision",))  # the table knows no margin, the figure shows it
    assert "removed" not in run("publish", "out", "--out", "pub").stderr
    assert "precision.en.svg" in names("pub")
    with_margin(0.2)
    done = run("publish", "out", "--out", "pub")
    assert (done.exit_code, names("pub")) == (0, [*PAGES, PACKAGE, "my-verdict.svg", "society.en.svg", "verdict.csv"])
    assert "removed from pub, not of what is published now: precision.en.svg, verdict.en.svg, verdict.fr.svg" in done.stderr
    assert "no figure is published; run `sim draw out`" in done.stderr
    assert run("draw", "out").exit_code == 0
    done = run("publish", "out", "--out", "pub")
    assert "verdict.en.svg" in names("pub")
    assert "no figure" not in done.stderr
    assert "verdict.en.svg is not" not in done.stderr  # the older one in figures/ says nothing against the newer


def test_figures_are_published_from_where_draw_leaves_them(again):
    shutil.rmtree("out/figures")
    assert "no figure is published; run `sim draw out`" in run("publish", "out", "--out", "bare").stderr
    draw("out", only=("verdict",))
    assert "no figure" not in run("publish", "out", "--out", "bare").stderr
    assert names("bare") == [*PAGES, PACKAGE, "verdict.csv", "verdict.en.svg"]


def of_this_study(name, margins=None):
    """A table of birthday-prompt, as if made of this study."""
    about = json_files.read("out", json_files.STUDY)
    about |= {"margins": about["margins"] | (margins or {})}
    digest = str(sources_of(about, "why" if name == "why" else "region"))
    made = Provenance(about["name"], about["scenario"], about["version"], "1-2", "", digest)
    said = {"study": made.study, "hash": made.hash, "version": made.version, "seed_numbers": made.seeds, "digest": made.digest}
    rows = tables.read(ROOT / "results" / "birthday-prompt", name)
    return rows.with_columns(**{key: pl.lit(each) for key, each in said.items() if key in rows.columns}), made


def described():
    return [each["name"] for each in json.loads(Path("pub", PACKAGE).read_text(encoding="utf-8"))["resources"]]


@pytest.mark.parametrize("name", ["region", *slow("stretches", "why")])
def test_only_tables_that_fit_are_described(again, name):
    file = Path("pub", f"{name}.csv")
    tables.write("pub", name, *of_this_study(name))
    done = run("publish", "out", "--out", "pub")
    assert (done.exit_code, done.stderr) == (0, "")
    assert described() == ["verdict", name]
    text = Path("pub/README.md").read_text(encoding="utf-8")
    assert f"[{name}.csv]({name}.csv)" in text

    tables.write("pub", name, *of_this_study(name, {"support": 0.2}))
    done = run("publish", "out", "--out", "pub")
    assert f"note: pub: not described: {name}.csv is of other margins; run `sim " in done.stderr
    assert (described(), file.exists()) == (["verdict"], True)  # it took runs to make, and lies nowhere else

    shutil.copy(file, "out")
    done = run("publish", "out", "--out", "pub")
    assert f"removed from pub, not of what is published now: {name}.csv" in done.stderr
    assert (described(), file.exists()) == (["verdict"], False)

    shutil.copy(ROOT / "results" / "birthday-prompt" / f"{name}.csv", file)
    done = run("publish", "out", "--out", "pub")
    assert f"{name}.csv is not a table of this study" in done.stderr
    assert (described(), file.exists()) == (["verdict"], True)


@pytest.mark.parametrize("name", ["split"])
def test_tables_of_habits_are_published_if_they_are_of_this_scenario(again, name):
    about = json_files.read("out", json_files.STUDY)
    of_kind = {pl.String: "a", pl.Int64: 1, pl.Float64: 0.5, pl.Boolean: True}
    row = {key: of_kind[kind] for key, kind in tables.SCHEMAS[name].items()} | {"study": about["name"], "digest": ""}
    made = {"hash": about["scenario"], "version": about["version"]}
    made |= {key: "" for key in ("seed_numbers", "command") if key in row}
    for scenario, is_published in (("another", False), (about["scenario"], True)):
        rows = pl.DataFrame([row | made | {"hash": scenario}], schema=dict(tables.SCHEMAS[name]))
        tables.write("out", name, rows)
        done = run("publish", "out", "--out", "pub")
        assert done.exit_code == 0, done.output
        assert (f"not published: {name}.csv is of another scenario" in done.stderr) is not is_published
        assert Path("pub", f"{name}.csv").is_file() is is_published
        assert (name in described()) is is_published


@pytest.mark.parametrize("name", ["verdict.csv", "verdict.en.svg", PACKAGE, "study.toml", "study.json", "verdict.csv/"])
def test_what_somebody_else_wrote_is_not_overwritten(again, name):
    place = Path("theirs", name)
    if name.endswith("/"):
        place.mkdir(parents=True)
    else:
        place.parent.mkdir()
        place.write_text('{"name": "shown", "description": "mine"}\n', encoding="utf-8")
    done = run("publish", "out", "--out", "theirs")
    assert (done.exit_code, names("theirs")) == (2, [place.name])
    assert "give another --out" in done.stderr


def test_the_results_of_another_study_are_not_overwritten(again):
    shutil.copytree(ROOT / "results" / "birthday-prompt", "theirs", ignore=shutil.ignore_patterns(".work"))
    before = {name: Path("theirs", name).read_bytes() for name in names("theirs")}
    done = run("publish", "out", "--out", "theirs")
    assert done.exit_code == 2
    assert all(f"theirs/{name}: is of the study birthday-prompt" in done.stderr for name in ("verdict.csv", PACKAGE))
    assert before == {name: Path("theirs", name).read_bytes() for name in names("theirs")}


@pytest.mark.parametrize("there", [(), ("study.json",)], ids=["no folder", "half a folder"])
def test_reasons_without_their_runs_stop_no_other_figure_or_table(again, there):
    tables.write("out", "why", *of_this_study("why"))
    for name in there:
        Path("out/why").mkdir()
        shutil.copy(f"out/{name}", "out/why")
    drawn, done = run("draw", "out"), run("publish", "out", "--out", "pub")
    assert (drawn.exit_code, done.exit_code) == (0, 0)
    assert "verdict.en.svg" in drawn.stdout
    assert "note: why: left out, why.csv is of coalitions that are not here; run `sim why " in drawn.stderr
    assert "not published: why.csv is of coalitions that are not here; run `sim why " in done.stderr
    assert described() == ["verdict"]


def packages(fresh):
    return [*PUBLISHED, fresh]


@pytest.fixture
def _longest_field():
    """Frictionless lets cells of CSV files be longer in all of Python: what refuses a cell without end would read it."""
    longest = csv.field_size_limit()
    yield
    csv.field_size_limit(longest)


@pytest.mark.usefixtures("_longest_field")
def test_what_is_published_is_a_valid_data_package(fresh):
    for folder in packages(fresh):
        report = frictionless.validate(str(folder / PACKAGE))
        assert report.valid, report.flatten(["title", "message"])[:3]
        said = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
        assert {resource["path"] for resource in said["resources"]} == {file.name for file in folder.glob("*.csv")}
        assert said["licenses"]
        assert said["sources"]


def of_its_version(file: Path) -> dict[str, columns.Column]:
    """The declared columns of a table, without those that its file lacks because an older version made it."""
    header = file.read_text(encoding="utf-8").split("\n", 1)[0].split(",")
    return {name: column for name, column in in_file(file.stem).items() if name in header or column.older is None}


def test_every_column_is_described_with_its_type_unit_and_meaning(fresh):
    for folder in packages(fresh):
        for resource in json.loads((folder / PACKAGE).read_text(encoding="utf-8"))["resources"]:
            declared = of_its_version(folder / resource["path"])
            fields = resource["schema"]["fields"]
            assert [field["name"] for field in fields] == list(declared)
            assert all(field["description"] == declared[field["name"]].meaning for field in fields)
            assert all(field.get("unit", "") == declared[field["name"]].unit for field in fields)


@pytest.mark.parametrize("program", ["pandas", "polars"])
def test_every_published_table_is_read_without_an_option(fresh, program):
    """Columns have their names, rows their number and values their types."""
    for file in [file for folder in packages(fresh) for file in folder.glob("*.csv")]:
        truth, kinds = tables.read_whole(file, file.stem), {name: columns.kind(one) for name, one in of_its_version(file).items()}
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
    """Changed a column? .venv/bin/python -m sim.study.records.columns > docs/columns.md"""
    assert (ROOT / "docs" / "columns.md").read_text(encoding="utf-8") == columns.markdown()
    assert all(column.meaning for table in TABLES.values() for column in table.columns.values())
