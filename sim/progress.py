"""Progress on standard error: a bar on a terminal, else a line every few seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sim.errors import InputError, Problem, shortened
from sim.terminal import duration, raw

SECONDS_BETWEEN_LINES = 10.0

Watch = Callable[[str, int, int], None]
"""A function of three values: the name of the work, the units of it that are done, and all units."""

Progress = bool | Watch | None
"""How progress is shown. True: a bar on a terminal, else lines. False: not at all. None: a bar on a terminal, else nothing.
A function: it is called instead."""


@contextmanager
def shown(progress: Progress) -> Iterator[Watch]:
    """Yield the function that work calls when a part of it is done. Each sort of work gets its own bar, or its own lines."""
    if callable(progress):
        yield progress
        return
    if progress not in (True, False, None):
        expected = "True, False, None, or a function of the name of the work, the units done, and all units"
        raise InputError(Problem("", "progress", shortened(repr(progress)), expected))
    if progress is False or not sys.stderr.isatty():
        yield _lines() if progress else lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(file=raw(sys.stderr)), transient=True) as bars:
        tasks: dict[str, tuple] = {}

        def watch(label: str, done: int, total: int) -> None:
            work = _work(label)
            if work not in tasks:
                tasks[work] = (bars.add_task(label, total=total, rate="", completed=done), time.monotonic(), done)
            task, began, done_at_first = tasks[work]
            bars.update(task, completed=done, total=total, description=label, rate=_rate_since(began, done - done_at_first))

        yield watch


def _work(label: str) -> str:
    """The work that a label names. A remark after a semicolon may change while the work goes on."""
    return label.split(";")[0]


def _rate_since(began: float, done: int) -> str:
    seconds = time.monotonic() - began
    return _rate(done, seconds) if done and seconds else ""


def _rate(done: int, seconds: float) -> str:
    return f"{done / seconds:.1f}/s" if done > seconds else f"{seconds / done:.1f} s each"


def _lines() -> Watch:
    last_printed: dict[str, float] = {}
    starts: dict[str, tuple[float, int]] = {}

    def watch(label: str, done: int, total: int) -> None:
        work, now = _work(label), time.monotonic()
        began, done_at_first = starts.setdefault(work, (now, done))
        if done >= total or now - last_printed.setdefault(work, now) >= SECONDS_BETWEEN_LINES:
            last_printed[work] = now
            forecast = _forecast(done - done_at_first, total - done, now - began)
            print(f"{label}: {done} of {total}{forecast}", file=sys.stderr, flush=True)

    return watch


def _forecast(done: int, missing: int, seconds: float) -> str:
    """The rate so far, and the time that the missing units take at that rate; "" where nothing is done or missing."""
    if done <= 0 or missing <= 0 or seconds <= 0:
        return ""
    return f", {_rate(done, seconds)}, about {duration(missing * seconds / done)} left"
