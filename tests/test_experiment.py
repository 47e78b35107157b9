"""Sweeps: units that know nothing of each other, a ledger that loses nothing, the same tables whatever happened."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import polars as pl
import pytest

from sim import compiled
from sim.errors import InputError, RunError
from sim.study import experiment, tables
from sim.study.experiment import PLACEBO, RESHUFFLED, Ledger, arms_of, sweep, unit_key, units_of

PASSING = ("started", "wall_s", "peak_mb")  # what may differ between two runs of the same unit


@pytest.fixture(scope="module")
def study(a_study):
    """Two seeds at two points: four units of five runs."""
    return a_study(vary='"prompts.slope" = [0.0, 4.0]', name="swept", people=40, burn_in='"1y"')


@pytest.fixture(scope="module")
def swept(study, tmp_path_factory):
    """A result folder of an undisturbed sweep, and its summary."""
    folder = tmp_path_factory.mktemp("swept")
    return folder, sweep(study, folder)


def same_tables(one: Path, other: Path) -> None:
    for name in ("runs", "measures", "pairs"):
        a, b = tables.read(one, name), tables.read(other, name)
        if name == "runs":
            a, b = a.drop(PASSING), b.drop(PASSING)
        assert a.equals(b), name
    assert (one / "study.json").read_bytes() == (other / "study.json").read_bytes()


def failing(monkeypatch, *seeds: int) -> list[tuple[str, int]]:
    """From now on every run of these seeds raises; returns the growing list of all runs asked for."""
    live, asked = experiment.live, []

    def sometimes(study, arm, point, seed, *rest):
        asked.append((arm, seed))
        if seed in seeds:
            raise ArithmeticError(f"seed {seed} is unlucky")
        return live(study, arm, point, seed, *rest)

    monkeypatch.setattr(experiment, "live", sometimes)
    return asked


# --- units ---------------------------------------------------------------------------------------


def test_a_unit_is_every_arm_and_two_placebos_of_the_primary_control(study):
    assert arms_of(study) == [
        ("none", "none", None),
        ("no-prompt", "no-prompt", None),
        ("wall", "wall", None),
        (PLACEBO, "no-prompt", (30, 30)),
        (RESHUFFLED, "no-prompt", (0, 10**9)),
    ]


def test_units_are_points_times_seeds(study):
    units = units_of(study, None)
    assert sorted((number, seed) for number, _, seed in units.values()) == [(0, 1), (0, 2), (1, 1), (1, 2)]
    assert all(point == study.points()[number] for number, point, _ in units.values())


def test_the_key_of_a_unit_changes_with_what_makes_its_numbers(study, a_study):
    other = a_study('[arms.more]\nplatform = "wall-2009"\n', name="swept-more", people=40, burn_in='"1y"')
    point = {"prompts.slope": 0.0}
    keys = [
        unit_key(study, 0, point, 1, None),
        unit_key(study, 0, {"prompts.slope": 1.0}, 1, None),
        unit_key(study, 0, point, 2, None),
        unit_key(study, 1, point, 1, None),
        unit_key(study.scaled(people=41), 0, point, 1, None),
        unit_key(other, 0, point, 1, None),
    ]
    assert len(set(keys)) == len(keys)
    assert unit_key(study.scaled(seeds=9), 0, point, 1, None) == keys[0]  # more seeds change no unit


def test_a_unit_is_done_again_where_rules_changed(study, monkeypatch):
    one = unit_key(study, 0, {"prompts.slope": 0.0}, 1, None)
    monkeypatch.setattr(experiment, "RULES", "another digest")
    assert unit_key(study, 0, {"prompts.slope": 0.0}, 1, None) != one


def test_runs_that_a_point_does_not_reach_are_lived_once(study, tmp_path, monkeypatch):
    """The slope of prompts says nothing to an arm without prompts or platform."""
    asked = failing(monkeypatch)
    sweep(study.scaled(seeds=1), tmp_path)
    assert [arm for arm, _ in asked].count("wall") == 2
    assert [arm for arm, _ in asked].count("none") == 1


# --- tables --------------------------------------------------------------------------------------


def test_every_run_has_its_row_and_its_measures(study, swept):
    folder, summary = swept
    assert (summary.done, summary.ran, summary.failed) == (4, 4, ())
    runs, measures = tables.read(folder, "runs"), tables.read(folder, "measures")
    assert runs.height == 2 * 2 * 5
    assert runs["run_id"].n_unique() == runs.height
    assert set(runs["arm"]) == {"none", "no-prompt", "wall", PLACEBO, RESHUFFLED}
    assert set(runs["status"]) == {"done"}
    assert sorted(set(runs["prompts.slope"])) == [0.0, 4.0]
    assert set(measures["run_id"]) == set(runs["run_id"])
    assert measures.select("run_id", "day", "profile", "tie_class", "measure").is_duplicated().sum() == 0
    assert measures["value"].is_finite().all()
    support = measures.filter(pl.col("measure") == "S_all", pl.col("tie_class") == "all")
    assert support.height == runs.height
    assert support["value"].min() > 0


def test_pairs_are_zero_only_where_arms_are_the_same(swept):
    pairs = tables.read(swept[0], "pairs").filter(pl.col("tie_class") == "all")
    partners = pairs.filter(pl.col("measure") == "partners")
    assert (partners["value"] > 0).all()
    assert (partners["floor"] > 0).all()
    assert (pairs["value"] <= 1).all()


def test_sweeping_again_runs_nothing_and_writes_the_same_tables(study, swept, tmp_path, monkeypatch):
    folder, _ = swept
    asked = failing(monkeypatch)
    before = {name: (folder / f"{name}.parquet").read_bytes() for name in ("runs", "measures", "pairs")}
    summary = sweep(study, folder)
    assert (summary.done, summary.ran) == (4, 0)
    assert asked == []
    assert before == {name: (folder / f"{name}.parquet").read_bytes() for name in before}


def test_progress_counts_to_the_end(study, tmp_path):
    told = []
    sweep(study.scaled(seeds=1), tmp_path, progress=lambda *counts: told.append(counts))
    assert told[0] == (0, 2, 0)
    assert told[-1] == (2, 2, 0)
    assert told == sorted(told)


# --- failing and resuming ------------------------------------------------------------------------


def test_a_unit_that_raises_is_recorded_and_the_others_go_on(study, swept, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        failing(patch, 1)
        told = []
        summary = sweep(study, tmp_path, progress=lambda *counts: told.append(counts))
    assert (summary.done, summary.ran) == (2, 4)
    assert [(point, seed) for point, seed, _ in summary.failed] == [(0, 1), (1, 1)]
    for _, _, error in summary.failed:
        assert error.startswith("ArithmeticError: seed 1 is unlucky (in sometimes, test_experiment.py line ")
    assert told[-1] == (2, 4, 2)
    assert set(tables.read(tmp_path, "runs")["seed"]) == {2}

    asked = failing(monkeypatch)  # healed: what failed, and only that, is tried again
    summary = sweep(study, tmp_path)
    assert (summary.done, summary.ran, summary.failed) == (4, 2, ())
    assert {seed for _, seed in asked} == {1}
    same_tables(tmp_path, swept[0])


def test_a_sweep_of_which_nothing_finished_says_so(study, tmp_path, monkeypatch):
    failing(monkeypatch, 1, 2)
    with pytest.raises(RunError, match="no unit finished"):
        sweep(study, tmp_path)
    assert not (tmp_path / "runs.parquet").exists()
    assert len(Ledger(tmp_path).failed(set(units_of(study, None)))) == 4


def test_more_seeds_run_only_what_is_missing(study, swept, tmp_path, monkeypatch):
    asked = failing(monkeypatch)
    sweep(study.scaled(seeds=1), tmp_path)
    assert {seed for _, seed in asked} == {1}
    asked.clear()
    summary = sweep(study, tmp_path)
    assert {seed for _, seed in asked} == {2}
    assert (summary.done, summary.ran) == (4, 2)
    same_tables(tmp_path, swept[0])


def test_units_of_another_study_stay_in_the_ledger_and_out_of_the_tables(study, swept, tmp_path):
    sweep(study, tmp_path)
    summary = sweep(study.scaled(people=41, seeds=1), tmp_path)
    assert summary.done == 2
    assert set(tables.read(tmp_path, "runs")["people"]) == {41}
    assert sweep(study, tmp_path).ran == 0
    same_tables(tmp_path, swept[0])


SWEEPS = """
import pathlib, sys, time
import sim
sim.sweep(sim.load(sys.argv[1]), pathlib.Path(sys.argv[2]), progress=lambda *_: time.sleep(0.5))
"""


def finished(folder: Path) -> int:
    """Units in the ledger of another process; 0 while there is none."""
    if not (folder / "ledger.sqlite").exists():
        return 0
    try:
        with closing(sqlite3.connect(folder / "ledger.sqlite")) as book:
            return book.execute("select count(*) from units where error is null").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def test_a_killed_sweep_resumed_gives_the_tables_of_an_undisturbed_one(study, swept, tmp_path):
    here = Path(__file__).parents[1]
    killed = subprocess.Popen([sys.executable, "-c", SWEEPS, study.file, str(tmp_path)], cwd=here)
    try:
        for _ in range(600):
            if finished(tmp_path) >= 1 or killed.poll() is not None:
                break
            time.sleep(0.05)
    finally:
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    assert killed.returncode == -signal.SIGKILL
    assert 1 <= finished(tmp_path) < 4
    assert not (tmp_path / "runs.parquet").exists()
    summary = sweep(study, tmp_path)
    assert summary.done == 4
    assert 1 <= summary.ran < 4
    same_tables(tmp_path, swept[0])


# --- the ledger ----------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"not a ledger" * 100, b"SQLite format 3\x00 but broken" * 100])
def test_a_ledger_that_is_not_a_ledger_is_refused(study, tmp_path, content):
    (tmp_path / "ledger.sqlite").write_bytes(content)
    with pytest.raises(InputError, match=r"ledger\.sqlite: not a ledger of units .*delete the file"):
        sweep(study, tmp_path)
    assert (tmp_path / "ledger.sqlite").read_bytes() == content


def test_a_full_disk_says_what_is_kept(study, swept, tmp_path, monkeypatch):
    """The disk is full once the second unit is to be written: a ledger of as many pages as the first one needs."""
    sweep(study.scaled(seeds=1).model_copy(update={"vary": {}}), tmp_path / "size")
    pages = os.path.getsize(tmp_path / "size" / "ledger.sqlite") // 4096 + 2
    whole = Ledger._open

    def small(self):
        book = whole(self)
        book.execute(f"pragma max_page_count = {pages}")
        return book

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "_open", small)
        with pytest.raises(RunError, match=r"full.*All units finished before are kept.*does what is missing"):
            sweep(study, tmp_path / "full")
    assert finished(tmp_path / "full") == 1
    summary = sweep(study, tmp_path / "full")
    assert (summary.done, summary.ran) == (4, 3)
    same_tables(tmp_path / "full", swept[0])


def test_the_result_folder_may_be_given_as_text(study, swept, tmp_path):
    """As in the example of `help(sim)`."""
    sweep(study, str(tmp_path))
    same_tables(tmp_path, swept[0])


def test_a_result_folder_that_is_a_file_is_refused(study, tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(InputError):
        sweep(study, tmp_path / "file")


def test_a_unit_written_twice_is_kept_once(tmp_path):
    ledger = Ledger(tmp_path)
    frames = {name: pl.DataFrame({"a": [1]}) for name in ("runs", "measures", "pairs")}
    ledger.write("key", 0, 1, "it failed")
    assert ledger.done() == set()
    assert ledger.failed({"key"}) == [(0, 1, "it failed")]
    ledger.write("key", 0, 1, frames)
    ledger.write("key", 0, 1, frames)
    assert ledger.done() == {"key"}
    assert ledger.failed({"key"}) == []
    assert len(list(ledger.frames({"key"}))) == 1


# --- what is refused before anything runs --------------------------------------------------------


@pytest.mark.parametrize("horizons", ['["1y", "500d"]', '["1y", "2y", "1000d"]'])
def test_horizons_closer_than_a_year_are_refused(a_study, tmp_path, horizons):
    study = a_study(name="close", horizons=horizons)
    with pytest.raises(InputError, match="a year or more between horizons"):
        sweep(study, tmp_path)
    assert not (tmp_path / "ledger.sqlite").exists()


def test_a_size_that_is_not_there_is_refused(study, tmp_path):
    with pytest.raises(InputError, match="no size 'huge'"):
        sweep(study, tmp_path, size="huge")


def test_later_horizons_measure_a_year_of_their_own(a_study, tmp_path):
    """At "1y" a study of two horizons has measured what a study of one has."""
    for name, horizons in (("one", '["1y"]'), ("two", '["1y", "2y"]')):
        sweep(a_study(name=f"horizons-{name}", people=40, seeds=1, horizons=horizons), tmp_path / name)

    def first(folder):
        runs, measures = tables.read(folder, "runs"), tables.read(folder, "measures")
        named = measures.filter(pl.col("day") == 365).join(runs.select("run_id", "arm"), on="run_id")
        return named.drop("run_id").sort("arm", "profile", "tie_class", "measure")

    assert first(tmp_path / "one").equals(first(tmp_path / "two"))
    days = tables.read(tmp_path / "two", "measures")["day"].unique().sort().to_list()
    assert days == [365, 730]


def test_an_arm_without_a_platform_is_lived_once_for_all_that_acts_after_the_branch(a_study, monkeypatch):
    study = a_study(vary='"substitution" = [0.0, 0.5, 1.0]', name="once", people=40, burn_in='"1y"')
    asked = failing(monkeypatch)
    found = dict(experiment.run_units(study, 1, list(enumerate(study.points())), "default", 1))
    lived = [arm for arm, _ in asked]
    alone = [arm for arm in study.arms if study.arms[arm].platform == "none"]
    assert alone
    assert all(lived.count(arm) == 1 + 2 * (arm == study.primary.control) for arm in alone)  # a control has two placebos
    monkeypatch.setattr(type(study), "fingerprint", lambda self, arm, point=None: f"{arm} {point}")  # now each by itself
    each = dict(experiment.run_units(study, 1, list(enumerate(study.points())), "default", 1))
    for number, frames in found.items():
        assert frames["measures"]["value"].equals(each[number]["measures"]["value"])


def test_the_version_of_the_rules_covers_all_that_a_sweep_lives_by():
    named = {file.relative_to(compiled.ROOT).as_posix() for file in (*compiled.COMPILED, *compiled.AROUND)}
    world = {file.relative_to(compiled.ROOT).as_posix() for file in (compiled.ROOT / "world").rglob("*.py")}
    beside = {f"world/{name}.py" for name in ("__init__", "agents", "author", "casting", "events", "plain")}  # never swept
    assert world - named == beside
