"""A run is found by its id, run again, and compared against its tables to the last bit."""

import shutil
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from records import fit
from typer.testing import CliRunner

from sim.__main__ import app
from sim.scenario.reading import load
from sim.study.records import json_files, tables
from sim.study.single import show
from sim.study.sweep.sweeping import sweep


@pytest.fixture(scope="module")
def asked(a_study):
    """30 people, a year of growing, a year with a platform, one seed, two points."""
    text = '"prompts.slope" = [0.0, 4.0]'
    return Path(a_study(vary=text, name="shown", people=30, burn_in='"1y"', seeds=1, sizes="{ quick = { people = 20 } }").file)


@pytest.fixture(scope="module")
def simulated(asked, tmp_path_factory):
    """A folder with the study's files and its tables at the quick size, as a sweep leaves them."""
    here = tmp_path_factory.mktemp("simulated")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        shutil.copytree(asked.parent, "files")
        sweep(load("files/shown.toml"), "results/shown/.work/quick", "quick")
    return here


@pytest.fixture(autouse=True)
def folder(simulated, tmp_path, monkeypatch):
    """A copy of it to work in; the result folder."""
    shutil.copytree(simulated, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return Path("results/shown/.work/quick")


def sim(*arguments):
    return CliRunner().invoke(app, [str(each) for each in arguments])


def run_of(folder, arm, point=1):
    return tables.read(folder, "runs").filter(arm=arm, point=point).row(0, named=True)


AGAIN = "`sim sweep files/shown.toml --size quick`"


def refused(result, status, *words):
    assert result.exit_code == status, result.output
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in result.stderr
    return True


@pytest.mark.parametrize("arm", ["none", "wall", "placebo", "placebo-all"])
def test_a_run_repeated_is_the_same_to_the_last_bit(folder, arm):
    run = run_of(folder, arm)
    result = sim("show", run["run_id"][:6])
    assert result.exit_code == 0, result.output
    rows = tables.read(folder, "measures").filter(run_id=run["run_id"])
    assert result.stdout.endswith(f"all {rows.height} measures are the same to the last bit\n")
    for line in (
        f"run      {run['run_id']} in {folder}",
        "study    shown (files/shown.toml, size quick)",
        f"arm      {arm}",
        "point    1: prompts.slope 4.0",
        "people   20",
        f"version  {run['version']}",
        f"scenario {run['scenario_hash']}",
        "command  sim sweep files/shown.toml --size quick",
    ):
        assert line in result.stdout.splitlines()
    support = rows.filter(measure="S_all", tie_class="all")["value"][0]
    assert [line.split() for line in result.stdout.splitlines() if line.startswith("S_all")] == [
        ["S_all", f"{support:.3g}", f"{support:.3g}", "support"]
    ]


def test_a_number_changed_by_one_bit_is_found(folder):
    run = run_of(folder, "wall")
    rows = tables.read(folder, "measures")
    here = (pl.col("run_id") == run["run_id"]) & (pl.col("measure") == "core")
    value = rows.filter(here)["value"][0]
    other = float(np.nextafter(value, 1e9))
    tables.write(folder, "measures", rows.with_columns(value=pl.when(here).then(other).otherwise("value")))
    assert refused(sim("show", run["run_id"]), 2, "measures.parquet: is not the table that study.json beside it was written with")
    fit(folder)
    said = f"core (all), day 365: {other!r} (n 20) in measures.parquet, {value!r} (n 20) now"
    assert refused(sim("show", run["run_id"]), 1, f"1 of {rows.filter(run_id=run['run_id']).height} measures differ", said)


def test_a_row_taken_out_is_found(folder):
    run = run_of(folder, "wall")
    rows = tables.read(folder, "measures")
    tables.write(folder, "measures", rows.filter(~((pl.col("run_id") == run["run_id"]) & (pl.col("measure") == "core"))))
    fit(folder)
    assert refused(sim("show", run["run_id"]), 1, "core (all), day 365: nothing in measures.parquet")


def test_an_id_that_begins_several_runs_is_refused_with_all_of_them(folder):
    runs = tables.read(folder, "runs")
    ids = {old: f"abcd{old[4:]}" if k < 2 else old for k, old in enumerate(runs["run_id"])}
    tables.write(folder, "runs", runs.with_columns(pl.col("run_id").replace(ids)))
    told = [f"{ids[row['run_id']]} (shown, {row['arm']}, point 0, seed 1, quick)" for row in runs.head(2).iter_rows(named=True)]
    assert refused(sim("show", "abcd"), 2, "'abcd' begins 2 runs", *told)


def test_an_unknown_id_is_refused_with_the_nearest(folder):
    run = run_of(folder, "wall")["run_id"]
    like = run[:5] + ("0" if run[5] != "0" else "1")
    assert refused(sim("show", like), 2, f"no run begins with '{like}'", run)
    assert refused(sim("show", "abc"), 2, "'abc'", "at least 4 digits")


def test_a_folder_can_be_named_and_must_hold_runs(folder, monkeypatch):
    run = run_of(folder, "none")["run_id"]
    shutil.copytree(folder, "elsewhere")
    shutil.rmtree("results")
    assert refused(sim("show", run), 2, "no table of runs", "--in DIR")
    assert refused(sim("show", run, "--in", "nowhere"), 2, "nowhere", "no such file")
    assert show.find(run, Path("elsewhere")).run["arm"] == "none"


def test_a_single_run_says_how_it_is_made_again():
    made = sim("run", "files/shown.toml", "--arm", "wall", "--people", "20", "--seed", "7")
    assert made.exit_code == 0, made.output
    run = tables.read("results/shown/.work/run", "runs")["run_id"][0]
    command = "sim run files/shown.toml --arm wall --people 20 --seed 7"
    assert refused(sim("show", run), 2, "a run of `sim run`", f"made again by {command}")


@pytest.mark.parametrize(
    "file, old, new, said",
    [
        ("society.toml", "substitution = { value = 0.3", "substitution = { value = 0.4", "substitution: 0.3 then, 0.4 now"),
        ("shown.toml", "people = 20", "people = 21", "people: 20 then, 21 now"),
        ("shown.toml", 'horizons = ["1y"]', 'horizons = ["2y"]', "horizons: [365] then, [730] now"),
        ("shown.toml", 'burn_in = "1y"', 'burn_in = "2y"', "the years before the branch"),
        ("shown.toml", "wall", "fence", "there is no arm 'wall' any more"),
    ],
)
def test_a_study_that_says_something_else_now_is_not_run(folder, monkeypatch, file, old, new, said):
    path = Path("files", file)
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new).replace("fence-2009", "wall-2009"))
    monkeypatch.setattr(show, "run_arm", lambda *_: pytest.fail("it was run"))
    assert refused(sim("show", run_of(folder, "wall")["run_id"]), 1, said, "nothing was run")


@pytest.mark.parametrize("arm", ["none", "placebo"])
def test_the_cause_is_named_whatever_arm_the_run_is_of(folder, monkeypatch, arm):
    """Also of one that is no part of the primary contrast."""
    path = Path("files", "shown.toml")
    path.write_text(path.read_text().replace("people = 20", "people = 21"))
    monkeypatch.setattr(show, "run_arm", lambda *_: pytest.fail("it was run"))
    assert refused(sim("show", run_of(folder, arm)["run_id"]), 1, "is no longer what run", "people: 20 then, 21 now")


@pytest.mark.parametrize("key, value", [("point", 2), ("point", -1), ("arm", "fence"), ("arm", "")])
def test_a_table_of_runs_that_names_what_the_study_has_not_is_refused(folder, key, value):
    damaged = tables.read(folder, "runs").with_columns(pl.lit(value, tables.SCHEMAS["runs"][key]).alias(key))
    tables.write(folder, "runs", damaged)
    fit(folder)
    run = damaged["run_id"][0]
    assert refused(sim("show", run), 2, f"runs.parquet: {key} of {run}: ", f"of study.json; run {AGAIN} again")


def test_another_version_is_said(folder):
    runs = tables.read(folder, "runs").with_columns(version=pl.lit("0.0.1+older"))
    tables.write(folder, "runs", runs)
    fit(folder)
    result = sim("show", run_of(folder, "none")["run_id"])
    assert "note: made by version 0.0.1+older, this is " in result.stderr
    assert "numbers may differ" in result.stderr


def test_points_of_somebodys_own_are_run_again_too():
    """Such a point replaces what an arm sets, which the file alone does not say."""
    study = load("files/shown.toml").at_points([{"prompts.birthday": True, "prompts.slope": 1.0}], "prompt")
    sweep(study, "own", "quick")
    run = run_of("own", "no-prompt", 0)["run_id"]
    result = sim("show", run, "--in", "own")
    assert result.exit_code == 0, result.output
    assert "command  none known" in result.stdout


def test_a_table_without_its_study_json_of_today_is_refused(folder):
    about = json_files.read(folder, "study.json")
    json_files.write(folder, "study.json", {key: value for key, value in about.items() if key != "file"})
    assert refused(sim("show", run_of(folder, "none")["run_id"]), 2, "study.json: file: missing", f"run {AGAIN} again")


def test_a_folder_of_an_older_version_hides_no_other(folder):
    """Its table is named only where the run is not found elsewhere."""
    run = run_of(folder, "none")["run_id"]
    older = Path("results", "older", ".work", "quick")
    older.mkdir(parents=True)
    tables.read(folder, "runs").write_parquet(older / "runs.parquet", metadata={"unbirthday": "runs, format 1"})
    assert show.find(run).folder == folder
    like = run[:5] + ("0" if run[5] != "0" else "1")
    said = "older/.work/quick/runs.parquet: this is 'runs, format 1'"
    assert refused(sim("show", like), 2, f"no run begins with '{like}'", said)
