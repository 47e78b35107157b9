"""How far long work is: one kind of function is told, whether it is a user's, a bar, a line in a notebook or lines in a file."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from sim import progress
from sim.errors import InputError
from sim.progress import Step, shown


@pytest.fixture
def clock(monkeypatch):
    """A clock that a test sets."""
    now = SimpleNamespace(now=100.0)
    monkeypatch.setattr(progress.time, "monotonic", lambda: now.now)
    return now


def units_of(watch, clock, *dones, total=10, words="units"):
    """Ten seconds a call."""
    for done in dones:
        watch(words, done, total)
        clock.now += 10


def test_a_function_is_told_each_step_and_how_long_the_rest_takes(clock):
    told = []
    with shown(told.append) as watch:
        units_of(watch, clock, 4, 5, 7, 10)
        units_of(watch, clock, 0, words="days")
    assert told == [
        Step("units", 4, 10, None),  # what was there before says nothing of the rate
        Step("units", 5, 10, 50.0), Step("units", 7, 10, 20.0), Step("units", 10, 10, 0.0), Step("days", 0, 10, None),
    ]  # fmt: skip


def test_a_remark_does_not_begin_another_work(clock):
    told = []
    with shown(told.append) as watch:
        watch("units", 0, 4)
        clock.now += 10
        watch("units; 1 failed", 2, 4)
    assert told[-1] == Step("units; 1 failed", 2, 4, 10.0)
    assert told[-1].work == told[0].work == "units"


@pytest.mark.parametrize(
    "step, text",
    [
        (Step("units", 0, 4, None), "units: 0 of 4"),
        (Step("units; 1 failed", 1, 4, 9.0), "units; 1 failed: 1 of 4, 3.0 s each, about 9 s left"),
        (Step("days", 100, 400, 60.0), "days: 100 of 400, 5.0/s, about 60 s left"),
        (Step("units", 4, 4, 0.0), "units: 4 of 4"),
    ],
)
def test_a_step_is_a_line(step, text):
    assert str(step) == text


def test_lines_come_every_few_seconds_and_at_the_end(clock, capsys):
    with shown(True) as watch:
        units_of(watch, clock, 0, 1)
        clock.now -= 15  # five seconds after the last line
        watch("units", 2, 10)
        watch("units", 10, 10)
    assert capsys.readouterr().err.splitlines() == ["units: 1 of 10, 10.0 s each, about 2 min left", "units: 10 of 10"]


@pytest.mark.parametrize("quiet", [None, False])
def test_nothing_is_shown_where_nobody_looks(quiet, clock, capsys):
    with shown(quiet) as watch:
        units_of(watch, clock, 0, 10)
    assert capsys.readouterr() == ("", "")


def ipython(lines: list[list[str]], **shell):
    """Stands for IPython. lines : what a notebook shows, each line as it was shown and written over; shell : what it has"""

    def display(data, raw, display_id):
        line = [data["text/plain"]]
        lines.append(line)
        return SimpleNamespace(update=lambda data, raw: line.append(data["text/plain"]))

    return SimpleNamespace(get_ipython=lambda: SimpleNamespace(**shell), display=SimpleNamespace(display=display))


@pytest.mark.parametrize("wanted", [None, True])
def test_a_notebook_shows_a_line_for_each_work_which_is_written_over(wanted, clock, monkeypatch, capsys):
    lines: list[list[str]] = []
    monkeypatch.setitem(sys.modules, "IPython", ipython(lines, kernel=None))
    with shown(wanted) as watch:
        units_of(watch, clock, 0, 5)
        clock.now -= 10
        watch("units", 6, 10)  # too soon after the last
        watch("units", 10, 10)
        watch("days", 0, 3)
    units = ["units: 0 of 10", "units: 5 of 10, 2.0 s each, about 10 s left", "units: 10 of 10"]
    assert lines == [units, ["days: 0 of 3"]]
    assert capsys.readouterr() == ("", "")


def test_a_shell_of_ipython_on_a_terminal_is_no_notebook(clock, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "IPython", ipython([]))
    with shown(True) as watch:
        watch("units", 10, 10)
    assert capsys.readouterr().err == "units: 10 of 10\n"


@pytest.mark.parametrize("wrong", ["yes", 3, lambda words, done, total: None, lambda: None])
def test_what_cannot_be_told_is_refused(wrong):
    with pytest.raises(InputError, match=r"a function of one sim\.Step"), shown(wrong):
        pass
