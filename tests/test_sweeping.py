"""Sweeps: units that know nothing of each other, a ledger that loses nothing, the same tables whatever happened."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import warnings
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Barrier

import polars as pl
import pytest
from durability import PASSING, same_tables
from nobody import shut

from sim.errors import InputError, RunError
from sim.scenario.fingerprint import Values
from sim.study.records import json_files, tables
from sim.study.records.query import query
from sim.study.sweep import ledger, sweeping, units, worker
from sim.study.sweep.forecast import forecast
from sim.study.sweep.ledger import Ledger
from sim.study.sweep.sweeping import sweep
from sim.study.sweep.units import PLACEBO, RESHUFFLED, arms_of, units_of


@pytest.fixture(scope="module")
def study(a_study):
    """Two seeds at two points: four units of five runs."""
    return a_study(vary='"prompts.slope" = [0.0, 4.0]', name="swept", people=40, burn_in='"1y"')


@pytest.fixture(scope="module")
def swept(study, tmp_path_factory):
    """A result folder of an undisturbed sweep, and its summary."""
    folder = tmp_path_factory.mktemp("swept")
    return folder, sweep(study, folder)


def failing(monkeypatch, *seeds: int) -> list[tuple[str, int]]:
    """From now on every run of these seeds raises; returns the growing list of all runs asked for."""
    run_arm, asked = worker.run_arm, []

    def sometimes(work, arm, point, seed, *rest):
        asked.append((arm, seed))
        if seed in seeds:
            raise ArithmeticError(f"seed {seed} is unlucky")
        return run_arm(work, arm, point, seed, *rest)

    monkeypatch.setattr(worker, "run_arm", sometimes)
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
    found = list(units_of(study, None))
    assert [(unit.number, unit.seed) for unit in found] == [(0, 1), (0, 2), (1, 1), (1, 2)]
    assert all(unit.point == study.points()[unit.number] for unit in found)


def keys_of(study, number: int = 0, seed: int = 1) -> dict[str, str]:
    """Arm -> key of its run, of one unit."""
    unit = next(unit for unit in units_of(study, None) if (unit.number, unit.seed) == (number, seed))
    return {run.name: run.key for run in unit.runs}


def test_the_key_of_a_run_changes_with_what_makes_its_numbers(study, a_study):
    keys = [
        keys_of(study)["wall"],
        keys_of(study, number=1)["wall"],
        keys_of(study, seed=2)["wall"],
        keys_of(study.scaled(people=41))["wall"],
        keys_of(study)["no-prompt"],
        keys_of(study)[PLACEBO],
        keys_of(study)[RESHUFFLED],
    ]
    assert len(set(keys)) == len(keys)


def test_what_does_not_make_its_numbers_leaves_the_key_of_a_run(study, a_study):
    """More seeds, more arms, other points beside it, another place in the design."""
    more = a_study('[arms.more]\nplatform = "wall-2009"\n', name="swept-more", people=40, burn_in='"1y"',
                   vary='"prompts.slope" = [1.0, 4.0, 0.0]')  # fmt: skip
    assert keys_of(study.scaled(seeds=9)) == keys_of(study)
    assert keys_of(more, number=2).items() >= keys_of(study).items()
    assert keys_of(study, number=1)["none"] == keys_of(study)["none"]


def test_a_run_is_repeated_where_rules_changed(study, monkeypatch):
    one = keys_of(study)["wall"]
    monkeypatch.setattr(units, "MADE_BY", "another digest")
    assert keys_of(study)["wall"] != one


def test_runs_that_a_point_does_not_reach_are_run_once(study, tmp_path, monkeypatch):
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
    sweep(study.scaled(seeds=1), tmp_path, progress=lambda step: told.append(step[:3]))
    assert told[0] == ("units", 0, 2)
    assert told[-1] == ("units", 2, 2)
    assert told == sorted(told)


# --- failing and resuming ------------------------------------------------------------------------


def test_a_unit_that_raises_is_recorded_and_the_others_go_on(study, swept, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        failing(patch, 1)
        told = []
        summary = sweep(study, tmp_path, progress=lambda step: told.append(step[:3]))
    assert (summary.done, summary.ran) == (2, 2)
    assert [(point, seed) for point, seed, _ in summary.failed] == [(0, 1), (1, 1)]
    for _, _, error in summary.failed:
        assert error.startswith("arm 'none': ArithmeticError: seed 1 is unlucky (in sometimes, test_sweeping.py line ")
    assert told[-1] == ("units; 2 failed", 2, 4)
    runs = tables.read(tmp_path, "runs")
    assert {seed: set(some["status"]) for (seed,), some in runs.group_by("seed")} == {1: {"failed"}, 2: {"done"}}
    assert set(runs.filter(seed=1)["error"]) == {error for _, _, error in summary.failed}
    assert set(runs.filter(seed=1).join(tables.read(tmp_path, "measures"), on="run_id")["run_id"]) == set()

    asked = failing(monkeypatch)  # healed: what failed, and only that, is tried again when somebody asks for it
    again = sweep(study, tmp_path)
    assert (again.done, again.ran, again.failed, asked) == (2, 0, summary.failed, [])
    summary = sweep(study, tmp_path, retry=True)
    assert (summary.done, summary.ran, summary.failed) == (4, 2, ())
    assert {seed for _, seed in asked} == {1}
    same_tables(tmp_path, swept[0])


def test_a_sweep_of_which_nothing_finished_says_so(study, tmp_path, monkeypatch):
    failing(monkeypatch, 1, 2)
    with pytest.raises(RunError, match="no unit finished"):
        sweep(study, tmp_path)
    assert not (tmp_path / "runs.parquet").exists()
    with Ledger(tmp_path) as book:
        assert book.failures().keys() == {unit.key for unit in units_of(study, None)}


def test_more_seeds_run_only_what_is_missing(study, swept, tmp_path, monkeypatch):
    asked = failing(monkeypatch)
    sweep(study.scaled(seeds=1), tmp_path)
    assert {seed for _, seed in asked} == {1}
    asked.clear()
    summary = sweep(study, tmp_path)
    assert {seed for _, seed in asked} == {2}
    assert (summary.done, summary.ran) == (4, 2)
    same_tables(tmp_path, swept[0])


def test_a_run_that_another_size_made_counts_as_of_this_one(study, swept, tmp_path):
    shutil.copytree(swept[0], tmp_path / "same")
    small = study.model_copy(update={"sizes": type(study.sizes).model_validate({"quick": {"seeds": 1}})})
    assert sweep(small, tmp_path / "same", "quick").ran == 0
    assert set(tables.read(tmp_path / "same", "runs")["size"]) == {"quick"}


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


def finished(study, folder: Path) -> int:
    """Units in the ledger of another process; 0 while there is none."""
    if not (folder / "ledger.sqlite").exists():
        return 0
    try:
        with Ledger(folder) as book:
            kept = book.kept()
    except InputError:  # not quite made yet
        return 0
    return sum(ledger.missing(unit, kept) is None for unit in units_of(study, None))


def test_a_killed_sweep_resumed_gives_the_tables_of_an_undisturbed_one(study, swept, tmp_path):
    here = Path(__file__).parents[1]
    killed = subprocess.Popen([sys.executable, "-c", SWEEPS, study.file, str(tmp_path)], cwd=here)
    try:
        for _ in range(2400):
            if finished(study, tmp_path) >= 1 or killed.poll() is not None:
                break
            time.sleep(0.05)
    finally:
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    assert killed.returncode == -signal.SIGKILL
    assert 1 <= finished(study, tmp_path) < 4
    assert not (tmp_path / "runs.parquet").exists()
    summary = sweep(study, tmp_path)
    assert summary.done == 4
    assert 1 <= summary.ran < 4
    same_tables(tmp_path, swept[0])


# --- the ledger ----------------------------------------------------------------------------------


def test_a_ledger_is_there_whole_or_not_at_all(tmp_path, monkeypatch):
    """Killed while its tables are made, it is none: the next sweep begins it."""
    monkeypatch.setattr(ledger, "_TABLES", ledger._TABLES + "killed here;")
    with pytest.raises(InputError, match="killed"):
        Ledger(tmp_path)
    monkeypatch.undo()
    with Ledger(tmp_path) as book:
        assert book.kept() == set()


def test_a_ledger_with_broken_pages_is_refused(tmp_path):
    with Ledger(tmp_path) as ledger:
        ledger.book.execute("insert into labels values ('a', 'b')")
    file = tmp_path / "ledger.sqlite"
    file.write_bytes(file.read_bytes()[:4096] + b"\xab" * (file.stat().st_size - 4096))
    with pytest.raises(InputError, match=r"ledger\.sqlite: damaged ledger, or no ledger of runs.*delete the file"):
        Ledger(tmp_path)


@pytest.mark.parametrize("content", [b"not a ledger" * 100, b"SQLite format 3\x00 but broken" * 100])
def test_a_ledger_that_is_not_a_ledger_is_refused(study, tmp_path, content):
    (tmp_path / "ledger.sqlite").write_bytes(content)
    with pytest.raises(InputError, match=r"ledger\.sqlite: damaged ledger, or no ledger of runs.*delete the file"):
        sweep(study, tmp_path)
    assert (tmp_path / "ledger.sqlite").read_bytes() == content


def test_a_ledger_that_was_emptied_is_refused_and_no_table_is_written_over(study, swept, tmp_path, monkeypatch):
    monkeypatch.setattr(ledger, "MAKING", 0.1)
    shutil.copytree(swept[0], tmp_path, dirs_exist_ok=True)
    (tmp_path / "ledger.sqlite").write_bytes(b"")
    before = (tmp_path / "runs.parquet").read_bytes()
    for command in (sweep, lambda *given: forecast(*given, "default")):
        with pytest.raises(InputError, match=r"ledger\.sqlite: damaged ledger.*it is empty.*expected delete the file"):
            command(study, tmp_path)
    assert (tmp_path / "runs.parquet").read_bytes() == before


def test_a_ledger_that_another_sweep_is_just_making_is_waited_for(swept, tmp_path):
    shutil.copytree(swept[0], tmp_path, dirs_exist_ok=True)
    content = (tmp_path / "ledger.sqlite").read_bytes()
    (tmp_path / "ledger.sqlite").write_bytes(b"")
    maker = threading.Timer(0.2, (tmp_path / "ledger.sqlite").write_bytes, [content])
    maker.start()
    with Ledger(tmp_path, reading=True) as kept:
        assert kept.kept()
    maker.join()


@pytest.mark.parametrize(
    "make", [os.mkdir, os.mkfifo, lambda file: file.symlink_to("/dev/zero")], ids=["a folder", "a pipe", "a device"]
)
def test_a_ledger_that_is_no_regular_file_is_refused(study, tmp_path, make):
    make(tmp_path / "ledger.sqlite")
    for command in (sweep, lambda *given: forecast(*given, "default")):
        with pytest.raises(InputError, match=r"ledger\.sqlite: (a folder|not a regular file); expected a ledger of runs"):
            command(study, tmp_path)


@pytest.mark.parametrize("made", ["create table units (key text)", "pragma user_version = 2", "pragma user_version = 4"])
def test_a_result_folder_of_another_format_is_refused(study, tmp_path, made):
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as book:
        book.execute(made)
        book.commit()
    before = (tmp_path / "ledger.sqlite").read_bytes()
    with pytest.raises(InputError, match=r"a ledger of format [124]; expected format 3: .*another folder \(--out\)"):
        sweep(study, tmp_path)
    assert (tmp_path / "ledger.sqlite").read_bytes() == before


def test_a_full_disk_says_what_is_kept(study, swept, tmp_path, monkeypatch):
    """The disk is full once the third unit is to be written: a ledger of as many pages as two of them need."""
    sweep(study.scaled(seeds=1), tmp_path / "size")
    pages = os.path.getsize(tmp_path / "size" / "ledger.sqlite") // 4096
    whole = Ledger.__init__

    def small(self, folder):
        whole(self, folder)
        self.book.execute(f"pragma max_page_count = {pages}")

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "__init__", small)
        with pytest.raises(RunError, match=r"full.*All units finished before are kept.*does what is missing"):
            sweep(study, tmp_path / "full")
    assert 1 <= finished(study, tmp_path / "full") <= 2
    summary = sweep(study, tmp_path / "full")
    assert summary.done == 4
    assert summary.ran in (2, 3)
    same_tables(tmp_path / "full", swept[0])


def test_a_disk_that_is_still_full_asks_for_room_and_for_nothing_to_be_deleted(study, swept, tmp_path):
    """No file may grow: what SQLite sees of a full disk."""
    resource = pytest.importorskip("resource")
    shutil.copytree(swept[0], tmp_path / "swept")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    for folder in ("swept", "new"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (16, limits[1]))
        try:
            with pytest.raises(RunError) as refused:
                sweep(study, tmp_path / folder)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert "All units finished before are kept; make room and run the same command again" in str(refused.value)
        assert "delete" not in str(refused.value)
    assert sweep(study, tmp_path / "swept").ran == 0


def damaged(swept, tmp_path, sql):
    """A copy of a result folder with one statement done to its ledger, and the content of its files."""
    folder = tmp_path / "damaged"
    shutil.copytree(swept[0], folder)
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as book, book:
        book.create_function("one_bit_off", 1, lambda packed: packed[:11] + bytes([packed[11] ^ 1]) + packed[12:])
        book.execute(sql)
    return folder, contents(folder)


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


IN_SIGHT = [
    *(f"update runs set {cell} = {value}" for cell in ("about", "labels", "packed") for value in ("null", "7", "'text'")),
    *(f"update pairs set {cell} = {value}" for cell in ("labels", "packed") for value in ("null", "1.5", "'text'")),
    *(f"update runs set about = '{value}'" for value in ("{}", "[1]", "null", "{", '"text"', '{"seed": 1}')),
    *(f"update runs set about = json_set(about, '$.{key}', {value})" for key, value in (
        ("seed", 7), ("people", -1), ("started", "'today'"), ("more", 1), ("status", "'failed'"), ("ties", "null"),
        ("ties", 1), ("wall_s", 0.5), ("machine", "'other'"))),
    "update runs set digest = null",
    "update runs set about = json_remove(about, '$.wall_s')",
    "update runs set about = x'7b7d'",
    "update labels set labels = x'5b5d'",
    "update labels set labels = null",
    "delete from labels",
    "insert into failures values ('a', 0, 1, null)",
    "insert into failures values ('a', 'first', 1, '')",
]  # fmt: skip
IN_VALUES = [
    "update runs set packed = zeroblob(length(packed))",
    "update runs set packed = cast(substr(packed, 1, length(packed) - 1) as blob)",
    "update runs set packed = x''",
    "update pairs set packed = cast(packed || x'00' as blob)",
    "update runs set labels = (select labels from pairs)",
    "update runs set packed = one_bit_off(packed)",
    "update pairs set packed = one_bit_off(packed)",
    *(
        f"update {table} set packed = (select packed from {table} as others where packed != {table}.packed)"
        for table in ("runs", "pairs")
    ),
    "update pairs set digest = (select digest from pairs as others where digest != pairs.digest)",
    "update runs set digest = ''",
]


@pytest.mark.parametrize("sql", IN_SIGHT + IN_VALUES)
def test_a_damaged_ledger_is_named_when_a_sweep_goes_on_and_no_table_is_written_over(study, swept, tmp_path, sql):
    folder, before = damaged(swept, tmp_path, sql)
    with pytest.raises(InputError, match=r"ledger\.sqlite: damaged ledger, .*expected delete the file and run the same command"):
        sweep(study, folder)
    after = contents(folder)
    assert {name: after[name] for name in before if "ledger" not in name} == {
        name: content for name, content in before.items() if "ledger" not in name
    }


@pytest.mark.parametrize("sql", IN_SIGHT)
def test_a_dry_run_names_it_too_and_writes_nothing(study, swept, tmp_path, sql):
    folder, before = damaged(swept, tmp_path, sql)
    with pytest.raises(InputError, match=r"ledger\.sqlite: damaged ledger"):
        forecast(study, folder, "default")
    assert contents(folder) == before


@pytest.mark.parametrize("version, said", [("0.0.1+older", 1), (sweeping.MADE_BY, 0)])
def test_a_sweep_says_that_nothing_of_an_older_version_is_used(study, swept, tmp_path, version, said):
    folder = tmp_path / "older"
    shutil.copytree(swept[0], folder)
    (folder / "ledger.sqlite").unlink()
    json_files.write(folder, "study.json", json_files.read(folder, "study.json") | {"version": version})
    with warnings.catch_warnings(record=True) as notes:
        warnings.simplefilter("always")
        sweep(study.scaled(seeds=1), folder)
    assert sum("nothing that version 0.0.1+older made here is used" in str(note.message) for note in notes) == said


def test_what_is_only_read_needs_no_place_to_write_in(study, swept):
    before = forecast(study, swept[0], "default")
    with shut(partial(shutil.copytree, swept[0]), 0o555) as folder:
        assert forecast(study, folder, "default") == replace(before, folder=folder)
        assert not list(folder.glob("ledger.sqlite-*"))


def test_a_forecast_of_very_many_seeds_looks_only_at_those_that_are_there(study, swept):
    seen = forecast(study.scaled(seeds=10_000), swept[0], "default")
    assert (seen.units, seen.done) == (10_000 * seen.points, 4)


def test_tables_of_another_format_are_not_written_over(study, swept, tmp_path):
    shutil.copytree(swept[0], tmp_path / "other")
    file = tmp_path / "other" / "study.json"
    later = file.read_text().replace(f'"format": {tables.FORMAT}', '"format": 99')
    file.write_text(later)
    with pytest.raises(InputError, match=r"study\.json: format: is of format 99, .*use the newer version"):
        sweep(study, tmp_path / "other")
    with pytest.raises(InputError, match="is of format 99"):
        query("select 1", tmp_path / "other")
    assert file.read_text() == later


def test_an_error_of_several_lines_is_told_in_one(study, tmp_path, monkeypatch):
    def breaks(*_):
        raise ValueError("first\n  second")

    monkeypatch.setattr(worker, "run_arm", breaks)
    with pytest.raises(RunError, match="ValueError: first second "):
        sweep(study, tmp_path)


def test_a_ledger_can_be_opened_while_others_make_it(tmp_path):
    def opened(folder):
        together.wait()
        with Ledger(folder) as book:
            return book.kept()

    for k in range(40):
        together = Barrier(4)
        with ThreadPoolExecutor(4) as threads:
            assert list(threads.map(opened, [tmp_path / str(k)] * 4)) == [set()] * 4


def test_two_sweeps_do_not_write_into_one_folder(study, tmp_path):
    with ledger.alone(tmp_path), pytest.raises(RunError, match="another sweep is writing here"):
        sweep(study, tmp_path)
    sweep(study.scaled(seeds=1), tmp_path)  # the lock is gone with its owner


def test_the_result_folder_may_be_given_as_text(study, swept, tmp_path):
    """As in the example of `help(sim)`."""
    sweep(study, str(tmp_path))
    same_tables(tmp_path, swept[0])


def test_a_result_folder_that_is_a_file_is_refused(study, tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(InputError):
        sweep(study, tmp_path / "file")


def test_a_unit_written_twice_is_kept_once(study, tmp_path):
    unit = next(units_of(study, None))
    task = ledger.missing(unit, set())
    labels = worker.labels_of(((365, ("all",), ("all",), ("S_all",), ("support",)),))
    records = [worker.Record(run.key, "{}", labels, worker.pack([1], [0.5])) for run in unit.runs]
    records += [worker.Record(pair, "", labels, worker.pack([1], [0.25])) for pair in unit.pairs]
    with Ledger(tmp_path) as book:
        book.write([(task, worker.Finished(records[:2], "it failed"))])
        assert book.failures() == {unit.key: (0, 1, "it failed")}
        assert ledger.missing(unit, book.kept()).runs == {run.key for run in unit.runs[2:]}  # what ended well is kept
        for _ in range(2):
            book.write([(task, worker.Finished(records, ""))])
        assert ledger.missing(unit, book.kept()) is None
        assert book.failures() == {}
        assert len(book.kept()) == len({run.key for run in unit.runs}) + len(unit.pairs)


def test_values_are_unpacked_as_they_were_packed():
    n, values = worker.unpack(worker.pack([3, 0, 2**40], [0.1, float("nan"), -1e-300]))
    assert n.tolist() == [3, 0, 2**40]
    assert [repr(value) for value in values.tolist()] == ["0.1", "nan", "-1e-300"]
    packed = worker.pack([3, 0], [0.1, 0.2])
    with pytest.raises(ValueError, match="not a count for each of 2 values"):
        worker.unpack(packed[:20] + worker.pack([3], [0.1])[12:])


# --- changing the study --------------------------------------------------------------------------


def test_an_arm_that_is_added_is_run_with_its_control_alone(study, swept, a_study, tmp_path, monkeypatch):
    """Its distance from the control needs the control's partners, which no table keeps; nothing else is run again."""
    shutil.copytree(swept[0], tmp_path / "grew")
    more = a_study('[arms.more]\nplatform = "wall-2009"\nset = { "feed.posts" = 0.1 }\n', name="swept",
                   vary='"prompts.slope" = [0.0, 4.0]', people=40, burn_in='"1y"')  # fmt: skip
    compared = more.contrasts[0].model_copy(update={"name": "more", "arm": "more", "control": "none", "primary": False})
    asked = failing(monkeypatch)
    sweep(more.model_copy(update={"contrasts": (*more.contrasts, compared)}), tmp_path / "grew")
    assert Counter(arm for arm, _ in asked) == {"more": 4, "none": 2}  # two seeds; the point says nothing to none
    runs = tables.read(tmp_path / "grew", "runs")
    assert runs.filter(arm="more").height == 4
    old = tables.read(swept[0], "runs").drop(PASSING)
    assert runs.filter(pl.col("arm") != "more").drop(PASSING).equals(old)


def test_a_point_that_is_added_leaves_the_others(study, swept, a_study, tmp_path, monkeypatch):
    shutil.copytree(swept[0], tmp_path / "grew")
    more = a_study(vary='"prompts.slope" = [2.0, 0.0, 4.0]', name="swept", people=40, burn_in='"1y"')
    asked = failing(monkeypatch)
    summary = sweep(more, tmp_path / "grew")
    assert (summary.done, summary.ran) == (6, 2)
    assert Counter(arm for arm, _ in asked) == {"wall": 2, "no-prompt": 2}  # two seeds; the pair's control with them
    values = {
        folder: tables.read(folder, "runs").join(tables.read(folder, "measures"), on="run_id")
        .filter(pl.col("prompts.slope") != 2.0).sort("prompts.slope", "seed", "arm")["value"]
        for folder in (swept[0], tmp_path / "grew")
    }  # fmt: skip
    assert values[swept[0]].equals(values[tmp_path / "grew"])


def test_margins_and_the_question_run_nothing(study, swept, tmp_path, monkeypatch):
    shutil.copytree(swept[0], tmp_path / "same")
    asked = failing(monkeypatch)
    other = study.margins.model_copy(update={"core": study.margins.core.model_copy(update={"value": 0.2})})
    sweep(study.model_copy(update={"question": "Does it not?", "margins": other}), tmp_path / "same")
    assert asked == []
    about = json_files.read(tmp_path / "same", "study.json")
    assert (about["question"], about["margins"]["core"]) == ("Does it not?", 0.2)


# --- while it runs -------------------------------------------------------------------------------


def test_tables_can_be_read_while_the_sweep_runs(study, tmp_path, monkeypatch):
    """By polars and DuckDB, as they are; each time they hold all that is done, and no file a unit."""
    monkeypatch.setattr(sweeping, "FIRST_TABLES", 0.0)
    monkeypatch.setattr(sweeping, "SHARE_FOR_TABLES", 1e9)
    seen = []

    def look(step):
        if (tmp_path / "runs.parquet").exists():
            runs = pl.read_parquet(tmp_path / "runs.parquet")
            said = query("select count(distinct run_id), count(*) from measures join runs using (run_id)", tmp_path).rows
            assert said[0][0] == runs.height
            seen.append((step.done, runs.select("point", "seed").n_unique()))

    sweep(study, tmp_path, progress=look)
    assert seen == [(2, 1), (3, 2), (4, 3)]
    assert sorted(file.name for file in tmp_path.iterdir() if file.name[0] != "." and file.name != "as-run.json") == [
        "ledger.sqlite", "measures.parquet", "pairs.parquet", "runs.parquet", "study.json",
    ]  # fmt: skip


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


def test_an_arm_without_a_platform_is_run_once_for_all_that_acts_after_the_branch(a_study, tmp_path, monkeypatch):
    study = a_study(vary='"substitution" = [0.0, 0.5, 1.0]', name="once", people=40, burn_in='"1y"', seeds=1)
    asked = failing(monkeypatch)
    sweep(study, tmp_path / "once")
    assert Counter(arm for arm, _ in asked)["none"] == 1
    monkeypatch.setattr(Values, "run_digest", lambda self: repr(self))  # now each by itself
    asked.clear()
    sweep(study, tmp_path / "each")
    assert Counter(arm for arm, _ in asked)["none"] == 3
    once, each = (tables.read(tmp_path / name, "measures") for name in ("once", "each"))
    assert once.drop("run_id").equals(each.drop("run_id"))
