"""What a sweep would take, and how many workers suit this machine."""

import pytest

from sim.errors import InputError
from sim.study import forecast as forecasts
from sim.study.experiment import sweep
from sim.study.forecast import forecast, memory_mb, refuse_too_many, sensible


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
    assert memory_mb(50_000_000) - memory_mb(0) == pytest.approx(4 * 50e6 * 111 / 1e6)


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


def test_a_grid_of_a_million_runs_is_refused_with_its_reason(a_study):
    grid = "\n".join(f'"{name}" = {{ points = 20 }}' for name in ("substitution", "prompts.slope", "links.closeness"))
    study = a_study(vary=grid, name="million", seeds=25)
    with pytest.raises(InputError, match=r"200000 units .*1000000 runs, about .* h with 1 job; expected at most 10000 .*--yes"):
        refuse_too_many(study, "default")
