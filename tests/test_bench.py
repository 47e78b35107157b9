"""`sim bench`: what it counts and compares. Nothing here rests on the clock."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

from sim.errors import InputError
from sim.study.single import bench, machine, references
from sim.study.single.bench import FOUR_WEEKS, days_until_four_weeks, of_references, speed, thread_counts
from sim.study.single.references import Unavailable, reference
from sim.study.single.turns import Contender, best, in_turns, ratio
from sim.world.columns import TIE, row_bytes
from sim.world.state import MONTH, WEEK

NUMBERS = (
    "ns_per_tie_day", "ratio_to_c_reference", "ratio_plain_to_us", "ratio_numpy_to_us", "ratio_numpy_weekly_to_us",
    "fraction_of_memory_bound", "gigabytes_per_second", "bytes_moved_per_tie_day", "bytes_per_tie", "acts_per_tie_day",
    "ns_per_act",
)  # fmt: skip
OF_REFERENCES = {
    "ratio_to_c_reference", "ratio_numpy_to_us", "ratio_numpy_weekly_to_us", "fraction_of_memory_bound", "gigabytes_per_second",
    "bytes_moved_per_tie_day",
}  # fmt: skip


# --- turns --------------------------------------------------------------------------------------------------------------


def test_contenders_take_turns_and_only_their_work_is_timed():
    seconds, order = [0.0], []

    def contender(name, amount, lasting):
        def work(what, takes):
            order.append(f"{what} {name}")
            seconds[0] += takes

        def prepared():
            work("prepare", 100)
            return lambda: work("run", lasting)

        return Contender(name, amount, prepared)

    contenders = [contender("a", 10, 1), contender("b", 1000, 2)]
    times = in_turns(contenders, 2, lambda *_: None, lambda: seconds[0])
    assert order == ["prepare a", "run a", "prepare b", "run b"] * 2
    assert times == {"a": [1e8, 1e8], "b": [2e6, 2e6]}  # nanoseconds per unit of work


def test_a_ratio_is_the_median_of_rounds_and_a_time_the_best():
    times = {"slow": [10.0, 80.0, 21.0], "fast": [5.0, 8.0, 7.0]}  # ratios 2, 10, 3: a busy second round
    assert ratio(times, "slow", "fast") == 3
    assert ratio(times, "fast", "slow") == pytest.approx(1 / 3)
    assert best(times, "slow") == 10


# --- what is simulated ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [0, 28, 29, 30, 90, 365, 4380])
def test_references_simulate_four_whole_weeks_without_a_turnover(day):
    def fits(first):
        return first % WEEK == 0 and all(today % MONTH != MONTH - 1 for today in range(first, first + FOUR_WEEKS))

    more = days_until_four_weeks(day)
    assert more >= 1
    assert fits(day + more)
    assert not any(fits(day + fewer) for fewer in range(1, more))


@pytest.fixture(scope="module")
def speeds(tiny, tmp_path_factory):
    patch = pytest.MonkeyPatch()
    patch.setattr(bench, "ROUNDS", 1)
    yield speed(tiny, people=30, days=30, progress=False, json=tmp_path_factory.mktemp("bench") / "speed.json")
    patch.undo()


def test_it_gives_every_number_and_the_machine(speeds):
    assert set(NUMBERS) <= set(speeds)
    missing = {name for name in NUMBERS if speeds[name] is None}
    assert missing == set(speeds["notes"]) <= {"ratio_to_c_reference"}  # where there is no gcc
    assert [row["threads"] for row in speeds["results"]] == thread_counts()
    assert speeds["thread_scaling"]["1"] == 1
    assert speeds["bytes_per_tie"] == row_bytes(TIE)
    assert speeds["machine"]["cores"] == thread_counts()[-1]
    assert 0 < speeds["acts_per_tie_day"] < 1


def test_without_the_folder_of_references_their_numbers_are_none_and_it_says_why(monkeypatch, tmp_path):
    monkeypatch.setattr(references, "FOLDER", tmp_path / "benchmarks")
    with pytest.raises(Unavailable, match=r"benchmarks/c_reference\.py comes with the source code"):
        reference("c_reference")
    missing = dict.fromkeys(bench.REFERENCES, "it comes with the source code")
    numbers = of_references({bench.PLAIN: [300.0], bench.WEEKS: [2.0]}, "fastest", missing)
    assert numbers["ratio_plain_to_us"] == 150
    assert {name for name, value in numbers.items() if value is None} == set(numbers["notes"]) == OF_REFERENCES


def test_ratios_say_who_takes_how_many_times_as_long():
    times = {bench.WEEKS: [3.0], bench.COMPILED: [2.0], bench.DAILY: [60.0], bench.WEEKLY: [30.0], bench.PLAIN: [6000.0]}
    times |= {"fastest": [4.0], bench.TRIAD: [0.1]}  # ns a byte
    numbers = of_references(times, "fastest", {})
    moved = reference("bandwidth").bytes_a_day()
    assert numbers["ratio_to_c_reference"] == 1.5
    assert (numbers["ratio_numpy_to_us"], numbers["ratio_numpy_weekly_to_us"], numbers["ratio_plain_to_us"]) == (20, 10, 2000)
    assert numbers["gigabytes_per_second"] == 10
    assert numbers["fraction_of_memory_bound"] == pytest.approx(moved * 0.1 / 4)


def test_more_contact_is_more_acts(tiny):
    world = bench.before_four_weeks(tiny, 60)
    start, busier = world.state, bench.with_more_contact(world.state)
    assert bench.acts_in_four_weeks(world, busier) > 1.5 * bench.acts_in_four_weeks(world, start)


def test_what_takes_too_much_is_said_before_anything_runs(tiny, monkeypatch):
    def refuse(work):
        raise InputError([])

    monkeypatch.setattr(bench, "World", lambda *_, **__: pytest.fail("something ran"))
    with pytest.raises(InputError):
        speed(tiny, before=refuse)


@pytest.mark.skipif(shutil.which("gcc") is None, reason="no gcc")
def test_the_reference_in_c_agrees_with_our_engine_on_a_grown_society(tiny):
    """A draw that lies on its probability may fall on either side in another rounding: in at most a tie of a thousand."""
    world = bench.before_four_weeks(tiny, 60)
    state = world.state.copy()
    reference("c_reference").Reference(state, world.rules, world.luck(world.day), 2).simulate(FOUR_WEEKS)
    world.run(FOUR_WEEKS)
    for name in ("c_ij", "c_ji", "touch", "exchange"):
        assert (np.abs(getattr(state.ties, name) - getattr(world.state.ties, name)) > 2e-6).mean() < 0.001, name
    assert np.abs(state.tally.received - world.state.tally.received).sum() < 0.001 * world.state.tally.received.sum()


# --- the machine ----------------------------------------------------------------------------------------------------------


def test_the_processor_has_the_name_that_the_system_tells(tmp_path):
    file = tmp_path / "cpuinfo"
    file.write_text("processor\t: 0\nmodel name\t: AMD EPYC 7002: a test\nprocessor\t: 1\n")
    assert machine.processor(file) == "AMD EPYC 7002: a test"
    assert machine.processor(tmp_path / "nothing")
