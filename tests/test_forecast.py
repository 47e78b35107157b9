"""What a sweep would take, and how many workers suit this machine."""

import re

import numpy as np
import pytest
from typer.testing import CliRunner

from sim.__main__ import app
from sim.errors import InputError, RunError
from sim.study.sweep import forecast as forecasts
from sim.study.sweep.forecast import forecast, memory_mb, of_a_sweep, sensible
from sim.study.sweep.sweeping import sweep
from sim.world.columns import TIE


@pytest.fixture(scope="module")
def study(a_study):
    """Two seeds at two points."""
    return a_study(vary="substitution = { points = 2 }", name="foretold", people=40, burn_in='"1y"')


@pytest.mark.parametrize(
    "cores, free, given, chosen",
    [
        (16, 1e6, (None, None), (4, 4)),  # four units: four processes, and the cores that are left become threads
        (3, 1e6, (None, None), (3, 1)),
        (16, 900.0, (None, None), (2, 8)),  # memory for two societies
        (16, 1.0, (None, None), (1, 16)),  # one there must be
        (16, 1e6, (7, None), (7, 2)),
        (16, 1e6, (None, 3), (4, 3)),
        (16, 1e6, (None, 8), (2, 8)),  # a core for each thread
        (4, 1e6, (None, 8), (1, 8)),
    ],
)
def test_workers_suit_units_cores_and_memory(study, monkeypatch, cores, free, given, chosen):
    monkeypatch.setattr(forecasts, "cores", lambda: cores)
    monkeypatch.setattr(forecasts, "free_mb", lambda: free)
    monkeypatch.setattr(forecasts, "WORTH_S", 0.01)
    assert sensible(study, "default", *given) == chosen


def test_no_process_is_started_for_seconds_of_work(study, monkeypatch):
    monkeypatch.setattr(forecasts, "cores", lambda: 16)
    assert sensible(study, "default", None, None) == (1, 16)
    assert sensible(study.scaled(people=20_000), "default", None, None) == (4, 4)
    assert sensible(study, "default", None, None, units=512)[0] > 1  # a region has more of them than its study


def test_memory_grows_with_ties():
    """By a tie and what is made of it; a small society is there twice, as its worlds do not read it from a file."""
    tie = sum(np.zeros(column.shape, column.type).nbytes for column in TIE)
    assert memory_mb(50_000_000) - memory_mb(40_000_000) == pytest.approx(10 * (tie + 21))
    assert memory_mb(1_000_000) - memory_mb(900_000) == pytest.approx(0.1 * (2 * tie + 21 + 170))
    assert 12_000 < memory_mb(100_000_000) < 16_000


@pytest.mark.parametrize("machine, said", [(4000.0, "note: 60 people, 2 years of growing, then 1 year: about "), (40_000.0, "")])
def test_what_takes_much_of_the_memory_says_so_first(tiny, monkeypatch, tmp_path, machine, said):
    from sim.study.single import run

    monkeypatch.setattr(run, "grown_society", lambda *_, **__: (_ for _ in ()).throw(RunError("it started")))
    monkeypatch.setattr(forecasts, "machine_mb", lambda: machine)
    monkeypatch.setattr(forecasts, "PROGRAM_MB", 1000)
    result = CliRunner().invoke(app, ["run", tiny.file, "--out", str(tmp_path)])
    assert result.stderr.startswith(said or "it started")
    assert result.stderr.endswith("it started\n")


def test_a_forecast_counts_and_learns_from_what_is_done(study, tmp_path):
    guess = forecast(study, tmp_path, "default")
    assert (guess.points, guess.units, guess.runs, guess.done, guess.guessed) == (2, 4, 20, 0, True)
    assert list(tmp_path.iterdir()) == []
    sweep(study.scaled(seeds=1), tmp_path)
    seen = forecast(study, tmp_path, "default", jobs=2)
    assert (seen.units, seen.done, seen.guessed) == (4, 2, False)
    assert seen.seconds(1) == pytest.approx(2 * seen.seconds_a_unit)
    assert seen.seconds(2) == pytest.approx(seen.seconds_a_unit)
    one = forecast(study, tmp_path, "default", jobs=1)
    assert seen.memory_mb > one.memory_mb


def test_a_grid_of_a_million_runs_is_refused_with_its_reason(a_study, tmp_path):
    grid = "\n".join(f'"{name}" = {{ points = 20 }}' for name in ("substitution", "prompts.slope", "links.link_slope"))
    study = a_study(vary=grid, name="million", seeds=25)
    work = of_a_sweep(study, tmp_path, "default")
    said = r"vary: 200000 units .*1000000 runs with 1 job: about .* h and .*; expected at most 10000 units.*fewer .*--yes"
    with pytest.raises(InputError, match=said):
        work.refuse_too_much()


def test_so_many_units_are_not_looked_up_one_by_one(a_study, swept_too_often, monkeypatch):
    monkeypatch.setattr(forecasts, "units_of", lambda *_: pytest.fail("units are looked up"))
    many = a_study(name="endless", people=40, burn_in='"1y"', vary="substitution = { points = 100 }", seeds=10_000)
    assert forecast(many, swept_too_often, "default").done is None


@pytest.fixture(scope="module")
def swept_too_often(study, tmp_path_factory):
    folder = tmp_path_factory.mktemp("swept")
    sweep(study.scaled(seeds=1), folder)
    return folder


def test_hours_of_a_sweep_are_those_that_are_left(study, swept_too_often, monkeypatch):
    one = study.scaled(seeds=1)
    monkeypatch.setattr(forecasts, "MOST_HOURS", 1e-9)
    assert of_a_sweep(one, swept_too_often / "elsewhere", "default").too_much
    assert not of_a_sweep(one, swept_too_often, "default").too_much


PLATFORM = '[[contrasts]]\nname = "platform"\narm = "wall"\ncontrol = "none"\n'
HOURS = ["--people", "200000", "--years", "200"]
MEMORY = ["--people", "5000000", "--years", "1"]


@pytest.mark.parametrize(
    "command, much",
    [
        (["run", "STUDY"], HOURS), (["sweep", "STUDY"], []), (["sweep", "FEW"], []),
        (["region", "STUDY"], ["--points", "100000"]),
        *(pytest.param(*each, marks=pytest.mark.slow) for each in (
            (["run", "STUDY"], MEMORY), (["run", "STUDY", "--engine", "plain"], ["--people", "50000"]),
            (["tie", "STUDY"], MEMORY), (["why", "STUDY"], ["--seeds", "9000"]), (["ranges", "STUDY"], ["--seeds", "9000"]),
            (["region", "STUDY"], ["--people", "5000000"]), (["bench", "STUDY"], ["--people", "5000000"]),
            (["pilot", "SOCIETY"], ["--people", "100000", "--seeds", "100"]),
        )),
    ],
)  # fmt: skip
def test_what_takes_hours_or_more_memory_than_there_is_says_so_before_it_starts(a_study, scenarios, monkeypatch, command, much):
    monkeypatch.setattr(forecasts, "machine_mb", lambda: 16_000.0)
    files = {
        "STUDY": a_study(PLATFORM, vary="substitution = { points = 101 }", name="long", seeds=100).file,
        "FEW": a_study(name="wide", people=5_000_000, seeds=1).file,
        "SOCIETY": str(scenarios / "society.toml"),
    }
    result = CliRunner().invoke(app, [*(files.get(word, word) for word in command), *much])
    assert result.exit_code == 2, result.output
    said = r"about [\d.]+ (min|h) and [\d.]+ [MG]B of memory, both rough; expected at most 10000 units, 4 h and the 16 GB of"
    said = said.replace("16 GB", "14.9 GB")  # as units of 2^30 bytes
    assert re.search(said + r" this machine: fewer .*; or --yes if this is meant\n$", result.stderr), result.stderr


def test_what_is_meant_starts_and_says_how_much_it_is(tiny, monkeypatch, tmp_path):
    from sim.study.single import run

    monkeypatch.setattr(run, "grown_society", lambda *_, **__: (_ for _ in ()).throw(RunError("it started")))
    options = ["run", tiny.file, "--people", "2000000", "--years", "10", "--out", str(tmp_path)]
    assert "it started" not in CliRunner().invoke(app, options).stderr
    result = CliRunner().invoke(app, [*options, "--yes"])
    assert result.stderr.startswith("note: 2000000 people, 2 years of growing, then 10 years: about ")
    assert result.stderr.endswith("it started\n")
    small = CliRunner().invoke(app, ["run", tiny.file, "--out", str(tmp_path)])
    assert small.stderr == "it started\n"


def test_a_dry_run_of_a_region_counts_and_runs_nothing(a_study, tmp_path):
    study = a_study('[region]\npoints = 5\nseeds = 2\nnames = ["substitution", "displacement"]\n', name="looked-for", people=40)
    result = CliRunner().invoke(app, ["region", study.file, "--dry-run", "--jobs", "1", "--out", str(tmp_path / "none")])
    assert result.exit_code == 0
    assert "10 combinations of 2 parameters" in result.stdout  # the base, four ends that are not it, five at random
    assert re.search(r"20 units \(\d+ runs with placebos\), 0 already done", result.stdout)
    assert not (tmp_path / "none").exists()
