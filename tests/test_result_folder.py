"""What is read from a result folder is of one sweep, and what was made from it is of what is there now; else nothing is drawn."""

import errno
import os
import shutil
from pathlib import Path

import polars as pl
import pytest
from conftest import slow
from nobody import shut
from typer.testing import CliRunner

from sim import files
from sim.__main__ import app
from sim.errors import InputError
from sim.scenario.reading import load
from sim.study.judging import outdated
from sim.study.judging.contrast import compare
from sim.study.judging.precision import precision
from sim.study.records import result_folder, tables
from sim.study.records.result_folder import NotNow, ResultFolder
from sim.study.single import bench, run, tie
from sim.study.sweep import worker
from sim.study.sweep.sweeping import sweep


@pytest.fixture(scope="module")
def finished(a_study, tmp_path_factory):
    """A folder with a study's files and its results, compared."""
    study = a_study(name="whole", people=30, burn_in='"1y"', seeds=2)
    project = tmp_path_factory.mktemp("project")
    shutil.copytree(Path(study.file).parent, project / "scenarios")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        sweep(load("scenarios/whole.toml"), "out")
        compare("out")
        precision("out")
        sweep(load("scenarios/whole.toml").scaled(people=31), "other")
    return project


@pytest.fixture
def project(finished, tmp_path, monkeypatch):
    shutil.copytree(finished, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(result_folder, "PAUSE", 0.0)
    return tmp_path


def sim(*words):
    return CliRunner().invoke(app, list(map(str, words)))


def content(folder):
    return {path: path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


def edited(old, new):
    file = Path("scenarios/whole.toml")
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))
    return file


# The tables of a sweep

COMMANDS = [("compare", "out"), ("draw", "out"), ("precision", "out"), ("query", "select 1 from measures", "out")]
CHANGES = {
    "not a number": lambda rows: rows.with_columns(value=pl.lit(float("nan"))),
    "infinite": lambda rows: rows.with_columns(value=pl.lit(float("inf"))),
    "missing": lambda rows: rows.with_columns(value=pl.lit(None, pl.Float64)),
    "no rows": lambda rows: rows.clear(),
    "half of them": lambda rows: rows.head(len(rows) // 2),
    "doubled": lambda rows: pl.concat([rows, rows]),
    "one number": lambda rows: rows.with_columns(value=pl.col("value") + (pl.int_range(pl.len()) == 7).cast(pl.Float64)),
}  # fmt: skip


@pytest.mark.parametrize("change", [*list(CHANGES)[::3], *slow(*(name for k, name in enumerate(CHANGES) if k % 3))])
def test_a_table_that_the_sweep_did_not_write_is_refused_by_every_command(project, change):
    tables.write("out", "measures", CHANGES[change](tables.read("out", "measures")))
    before = content("out")
    for words in COMMANDS:
        done = sim(*words)
        assert done.exit_code == 2, (words, done.output)
        assert "out/measures.parquet: is not the table that study.json beside it was written with" in done.stderr
        assert "run `sim sweep scenarios/whole.toml --out out` again" in done.stderr
    assert content("out") == before


@pytest.mark.parametrize("name", ["runs", *slow("measures", "pairs")])
def test_a_table_of_another_study_is_refused_and_a_sweep_makes_it_again(project, name):
    shutil.copy(f"other/{name}.parquet", "out")
    for words in COMMANDS:
        assert sim(*words).exit_code == 2
    tables.path("out", name).unlink()
    with pytest.raises(InputError, match=rf"{name}\.parquet: no such file"):
        ResultFolder("out")
    assert sim("sweep", "scenarios/whole.toml", "--out", "out", "--jobs", "1").exit_code == 0
    assert all(sim(*words).exit_code == 0 for words in COMMANDS)


def test_tables_that_a_sweep_writes_anew_meanwhile_are_read_when_they_fit_again(project, monkeypatch):
    good = Path("out/measures.parquet").read_bytes()
    Path("out/measures.parquet").write_bytes(Path("other/measures.parquet").read_bytes())
    monkeypatch.setattr(result_folder.time, "sleep", lambda _: Path("out/measures.parquet").write_bytes(good))
    assert ResultFolder("out").measures.height


# What is made from them


def test_a_verdict_of_other_margins_is_not_drawn(project):
    """The margins change, and nothing is run again."""
    assert sim("draw", "out", "--out", "before").exit_code == 0
    assert Path("before/verdict.en.svg").is_file()
    edited("support = { value = 0.05", "support = { value = 0.0001")
    assert "0 of them now" in sim("sweep", "scenarios/whole.toml", "--out", "out", "--jobs", "1").stdout
    before = tables.path("out", "verdict").read_bytes()
    drawn = sim("draw", "out", "--out", "after")
    assert "verdict: left out, verdict.csv is of other margins; run `sim compare out` again" in drawn.stderr
    assert not Path("after/verdict.en.svg").exists()
    assert Path("after/precision.en.svg").is_file()  # has nothing to do with margins
    asked = sim("query", "select verdict from verdict", "out")
    assert "note: verdict.csv is of other margins; run `sim compare out` again" in asked.stderr
    refused = sim("publish", "out", "--out", "published")
    assert (refused.exit_code, Path("published").exists()) == (2, False)
    assert tables.path("out", "verdict").read_bytes() == before
    assert sim("compare", "out").exit_code == 0
    assert "left out, verdict.csv" not in sim("draw", "out", "--out", "after").stderr
    assert Path("after/verdict.en.svg").is_file()


ASKED = 'question = "Does it?"'


@pytest.mark.parametrize(
    "old, new, said",
    [
        ("seeds = 2", "seeds = 1", "other runs"),
        ('name = "prompt"', 'name = "other"', "a study that has changed"),
        ('control = "no-prompt"', 'control = "none"', "a study that has changed"),
    ],
)
def test_what_was_compared_before_something_changed_is_named_as_older(project, old, new, said):
    edited(old, new)
    assert sim("sweep", "scenarios/whole.toml", "--out", "out", "--jobs", "1").exit_code == 0
    for name, verb in (("verdict", "compare"), ("contrasts", "compare"), ("precision", "precision")):
        with pytest.raises(NotNow, match=rf"{name}\.csv is of .*{said}.*; run `sim {verb} out` again"):
            ResultFolder("out").derived(name, verb)


def test_other_rules_of_judging_are_named(project, monkeypatch):
    monkeypatch.setattr(result_folder, "rules", lambda name: "0123abcd")
    with pytest.raises(NotNow, match=r"verdict\.csv is of other rules of judging; run `sim compare out` again"):
        ResultFolder("out").derived("verdict", "compare")


def test_a_table_of_before_there_were_digests_is_older(project):
    tables.write("out", "verdict", tables.read("out", "verdict"))
    with pytest.raises(NotNow, match=r"verdict\.csv is of an older version of the program; run `sim compare out` again"):
        ResultFolder("out").derived("verdict", "compare")


def test_a_verdict_changed_by_hand_is_damaged(project):
    file = tables.path("out", "verdict")
    words = set(tables.read("out", "verdict")["verdict"])
    file.write_text(file.read_text().replace(f",{words.pop()},", ",thinned,"))
    done = sim("draw", "out")
    assert done.exit_code == 2
    said = "damaged: was changed after it was made; expected the table as it was written; run `sim compare out` again"
    assert f"out/verdict.csv: {said}" in done.stderr
    assert sim("compare", "out").exit_code == 0


# A folder that is only read


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS])
@pytest.mark.parametrize("words", [("compare", "out"), ("precision", "out")])
def test_an_answer_is_told_where_it_cannot_be_kept(project, monkeypatch, words, code):
    before = content("out")

    def refuse(*_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(tables.os, "replace", refuse)
    done = sim(*words)
    assert done.exit_code == 0, done.output
    assert "prompt" in done.stdout
    assert ".csv was not kept: out may not be written to" in done.stderr
    assert content("out") == before


def test_a_full_disk_is_still_an_error(project, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tables.os, "replace", refuse)
    assert sim("compare", "out").exit_code == 1


# Folders whose names are patterns


@pytest.mark.parametrize("name", ["a[1]", *slow("a*b", "a; b", "{a,b}", "a?")])
def test_every_command_reads_its_own_folder_alone(project, name):
    shutil.copytree("other", "a1")
    shutil.copytree("other", "axb")
    shutil.move("out", name)
    for words in (("compare", name), ("precision", name), ("draw", name), ("query", "select count(*) from verdict", name)):
        done = sim(*words)
        assert done.exit_code == 0, done.output
    rows = str(len(tables.read(name, "runs")))
    assert sim("query", "select count(*) as rows from runs", name, "--csv").stdout.split() == ["rows", rows]


# The study's file and the folder


@pytest.mark.parametrize(
    "old, new, said",
    [
        ("support = { value = 0.05", "support = { value = 0.4", "margin support: 0.05 then, 0.4 now"),
        (ASKED, 'question = "Did it?"', "question: 'Does it?' then, 'Did it?' now"),
        pytest.param(ASKED, f'{ASKED}\nfigures = ["letters"]', "its figures", marks=pytest.mark.slow),
        pytest.param(ASKED, f'{ASKED}\nshown = {{ measures = ["S_all"] }}', "what its figures show", marks=pytest.mark.slow),
        pytest.param("people = 30", "people = 40", "its scenario", marks=pytest.mark.slow),
        pytest.param('"prompts.birthday" = false', '"prompts.birthday" = true', "its scenario", marks=pytest.mark.slow),
        pytest.param("seeds = 2", "seeds = 3", "seeds: 2 then, 3 now", marks=pytest.mark.slow),
        pytest.param('horizons = ["1y"]', 'horizons = ["2y"]', "its horizons", marks=pytest.mark.slow),
        pytest.param('control = "no-prompt"', 'control = "none"', "its contrasts", marks=pytest.mark.slow),
    ],
)
def test_a_file_that_says_otherwise_now_is_told_and_the_folder_stays_the_source(project, old, new, said):
    before = sim("compare", "out")
    assert "note: " not in before.stderr
    edited(old, new)
    for words in (("compare", "out"), ("precision", "out"), ("draw", "out", "--out", "drawn")):
        done = sim(*words)
        assert done.exit_code == 0, done.output
        (note,) = [line for line in done.stderr.splitlines() if "is not what these tables are of" in line]
        assert said in note
        assert "`sim sweep scenarios/whole.toml --out out`" in note
    assert sim("compare", "out").stdout == before.stdout


@pytest.mark.parametrize("lost", [lambda file: file.unlink(), lambda file: file.write_text("no study"), lambda file: None])
def test_a_file_that_is_gone_damaged_or_the_same_is_not_mentioned(project, lost):
    lost(Path("scenarios/whole.toml"))
    done = sim("compare", "out")
    assert (done.exit_code, done.stderr) == (0, "")


def test_a_file_of_many_points_is_looked_at_by_its_first(project, monkeypatch):
    """No arm is resolved at every point."""
    monkeypatch.setattr(outdated, "MOST_RESOLVED", 0)
    monkeypatch.setattr(outdated, "scenario_hash", lambda study: pytest.fail("every point was resolved"))
    assert outdated.file_says_otherwise("out") == ""
    edited('"prompts.birthday" = false', '"prompts.slope" = 1.0')
    assert "its scenario" in outdated.file_says_otherwise("out")


# An archive in which nothing can be written


def archived(folder):
    """The folder, its study's files in it, and others that ask for one seed more."""
    shutil.copytree("out", folder)
    for name, seeds in (("same", 2), ("more", 3)):
        study = Path(shutil.copytree("scenarios", folder / name), "whole.toml")
        study.write_text(study.read_text().replace("seeds = 2", f"seeds = {seeds}"))


def test_a_sweep_of_what_is_all_there_needs_no_writing(project):
    with shut(archived, 0o555) as archive:
        os.chdir("/")
        done = sim("sweep", archive / "same" / "whole.toml", "--out", archive, "--jobs", "1")
        lacking = sim("sweep", archive / "more" / "whole.toml", "--out", archive, "--jobs", "1")
    assert done.exit_code == 0, done.output
    assert "2 units done, 0 of them now" in done.stdout
    assert lacking.exit_code == 2
    assert "may not be written" in lacking.stderr


def test_what_an_archive_lacks_is_made_in_a_copy(project):
    Path("out/verdict.csv").unlink()
    with shut(archived, 0o555) as archive:
        os.chdir("/")
        said = r"verdict\.csv is not there; run `sim compare .*` first, on a copy of the folder: nothing can be written in"
        with pytest.raises(NotNow, match=said):
            ResultFolder(archive).derived("verdict", "compare")


@pytest.mark.parametrize(
    "words",
    [
        ("run", "scenarios/whole.toml", "--out", "out"), ("tie", "scenarios/whole.toml", "--out", "out"),
        ("run", "scenarios/whole.toml"), ("run", "scenarios/whole.toml", "--out", "out", "--events", "new/a.parquet"),
        ("region", "scenarios/whole.toml", "--out", "out"), ("why", "scenarios/whole.toml", "--out", "out"),
        ("draw", "out"), ("draw", "out", "--out", "other"), ("publish", "out"), ("publish", "out", "--out", "other"),
        ("bench", "scenarios/whole.toml", "--json", "out/speed.json"), ("sweep", "scenarios/whole.toml", "--out", "new"),
    ],
)  # fmt: skip
def test_a_folder_is_tried_before_anything_runs(project, monkeypatch, words):
    def refuse(**_):
        raise OSError(errno.EROFS, "Read-only file system")

    before = content(".")
    monkeypatch.setattr(files.tempfile, "TemporaryFile", refuse)
    for module in (run, tie, worker, bench):
        for name in ("grown_society", "grow", "speed"):
            monkeypatch.setattr(module, name, lambda *_, **__: pytest.fail("something ran"), raising=False)
    done = sim(*words)
    assert done.exit_code == 2, done.output
    assert "may not be written (Read-only file system)" in done.stderr
    assert content(".") == before
