"""The command that a message names can be given as it stands."""

import json
import os
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from sim.__main__ import app
from sim.errors import InputError
from sim.page.publishing import PACKAGE
from sim.study.records import json_files, tables
from sim.study.records.columns import TABLES
from sim.study.records.command_again import again
from sim.study.records.provenance import Provenance
from sim.study.single.show import find

QUICK = "results/small/.work/quick"
COMMAND = "sim sweep scn/small.toml --size quick"


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for folder in ("scn", "scenarios", QUICK, "results/small/.work/run", "mine", "mine/region/a"):
        Path(folder).mkdir(parents=True, exist_ok=True)
    Path("scn/small.toml").touch()


@pytest.mark.parametrize(
    "folder, about, expected",
    [
        (QUICK, {"command": COMMAND}, COMMAND),
        (QUICK, {"format": 1, "name": "small", "file": "scn/small.toml"}, COMMAND),
        (QUICK, {"name": "small", "size": "quick", "beside": "../../../../scn/small.toml"}, COMMAND),
        (QUICK, {"format": 1, "file": "scn/small.toml"}, COMMAND),
        ("mine", {"name": "small", "file": "scn/small.toml"}, "sim sweep scn/small.toml --out mine"),
        ("mine", {"name": "small", "file": "scn/small.toml", "as_run": True}, "sim sweep"),
        (QUICK, {"command": COMMAND + "; rm x"}, "sim sweep"),
        (QUICK, {"command": "rm x", "name": 7, "size": [], "beside": {}, "file": None}, "sim sweep"),
        (QUICK, {"command": "sim sweep 'x"}, "sim sweep"),
        ("results/small/.work/run", {}, "sim run"),
    ],
)
def test_a_sweep_is_named_whole_as_far_as_its_folder_says_it(folder, about, expected):
    Path(folder, json_files.STUDY).write_text(json.dumps(about))
    assert again(folder, "sweep") == expected
    with pytest.raises(InputError) as refused:
        json_files.read(folder, json_files.STUDY)
    assert f"`{expected}`" in str(refused.value)


def test_a_study_in_scenarios_is_found_by_the_folder_alone():
    Path("scenarios/small.toml").touch()
    assert again(QUICK, "sweep") == "sim sweep scenarios/small.toml --size quick"


@pytest.mark.parametrize("verb", ["region", "why"])
def test_what_was_never_run_on_a_sweep_is_named_whole(verb):
    Path(QUICK, json_files.STUDY).write_text(json.dumps({"name": "small", "file": "scn/small.toml", "size": "quick"}))
    assert again(QUICK, verb) == f"sim {verb} scn/small.toml --size quick"
    assert again("mine", verb) == f"sim {verb}"


def test_coalitions_are_of_a_question_that_their_folder_does_not_say():
    Path("mine", json_files.STUDY).write_text(json.dumps({"name": "small", "file": "scn/small.toml"}))
    Path("mine", "coalitions.json").write_text("{}")
    assert again("mine", "sweep") == "sim why"


def test_a_region_is_named_whole_where_there_is_one():
    Path("mine/region/a", json_files.REGION).write_text(json.dumps({"command": "sim region scn/small.toml --seeds 2"}))
    assert again("mine", "region") == again("mine/region/a", "sweep") == "sim region scn/small.toml --seeds 2"
    Path("mine/region/b").mkdir()
    Path("mine/region/b", json_files.REGION).write_text("{}")
    assert again("mine", "region") == "sim region"
    assert again("mine", "region", "sim region b.toml") == "sim region b.toml"


@pytest.mark.parametrize("made, expected", [("sim run small.toml --seed 3", "sim run small.toml --seed 3"), ("", "sim run")])
def test_an_older_single_run_is_made_by_a_run(made, expected):
    said = json.dumps(Provenance("s", "", "", "", made)._asdict())
    file = Path("results/small/.work/run/runs.parquet")
    pl.DataFrame({"a": [1]}).write_parquet(file, metadata={"unbirthday": "runs, format 1", "provenance": said})
    with pytest.raises(InputError, match=f"run `{expected}` again"):
        find("abcd")


@pytest.mark.parametrize("name", [name for name, table in TABLES.items() if table.csv and table.maker != "sweep"])
@pytest.mark.parametrize("content, told", [(b"", "is empty"), (b"x", "line 1: damaged: ")])
@pytest.mark.parametrize("beside, result", [(True, "results/small/.work/quick"), (False, "DIR")])
def test_a_published_table_is_published_again(name, content, told, beside, result):
    """The command that made it would read this folder or write to another one."""
    folder = Path("results/small" if beside else "mine")
    Path(folder, PACKAGE).write_text("{}")
    Path(QUICK, json_files.STUDY).write_text("{}")
    tables.path(folder, name).write_bytes(content)
    with pytest.raises(InputError) as refused:
        tables.read(folder, name)
    assert told in str(refused.value)
    assert f"remove it and run `sim publish {result} --out {folder}` again" in str(refused.value)


def test_cultures_without_a_study_are_not_compared_again():
    tables.path("mine", "effects").write_bytes(b"")
    done = CliRunner().invoke(app, ["profiles", "mine"])
    assert done.exit_code == 2, done.output
    assert "effects.csv: damaged: is empty" in done.stderr
    assert "remove it and run `sim publish DIR --out mine` again" in done.stderr


def test_who_only_reads_has_no_other_folder_to_write_to():
    Path("mine", json_files.STUDY).write_text(json.dumps({"format": tables.FORMAT + 1}))
    for read in (lambda: json_files.read("mine", json_files.STUDY), lambda: json_files.refuse_another_format("mine")):
        with pytest.raises(InputError, match=r"use the newer version of this program$"):
            read()


@pytest.mark.parametrize("name, made", [("measures", "sim sweep"), ("verdict", "sim compare mine"), ("region", "sim region")])
@pytest.mark.parametrize(
    "make, found",
    [(os.mkdir, "a folder"), (os.mkfifo, "not a regular file"),
     (lambda file: os.symlink("/dev/zero", file), "not a regular file"),
     (lambda file: os.symlink("gone", file), "no such file")],
)  # fmt: skip
def test_what_is_no_file_is_named_and_to_be_removed(name, made, make, found):
    file = tables.path("mine", name)
    make(file)
    expected = f"{file.name}: {found}; expected a table; remove it and run `{made}` again"
    with pytest.raises(InputError, match=expected):
        tables.read("mine", name)
    asked = CliRunner().invoke(app, ["query", f"select * from {name}", "mine"])
    assert asked.exit_code == 2
    assert expected in asked.stderr


@pytest.mark.parametrize("name", ["runs.parquet", "measures.parquet", "pairs.parquet", "study.json"])
def test_a_sweep_refuses_a_folder_in_the_place_of_a_table_before_it_runs(a_study, name):
    study = a_study(name="early", people=20).file
    Path("mine", name).mkdir()
    done = CliRunner().invoke(app, ["sweep", str(study), "--out", "mine"])
    assert done.exit_code == 2, done.output
    assert f"{name}: a folder; expected a file, or nothing; remove it" in done.stderr
    assert not Path("mine/ledger.sqlite").exists()


@pytest.mark.parametrize("command", ["query", "show", "grown"])
def test_an_interrupt_of_what_only_reads_says_that_nothing_was_changed(monkeypatch, command):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    work = {
        "query": "sim.study.records.query.query", "show": "sim.study.single.show.find",
        "grown": "sim.study.sweep.grown.stored",
    }  # fmt: skip
    monkeypatch.setattr(work[command], stopped)
    given = {"query": ["select 1", "mine"], "show": ["abcd"], "grown": []}
    result = CliRunner().invoke(app, [command, *given[command]])
    assert result.exit_code == 130
    assert "stopped; it had only read: nothing was changed" in result.stderr
