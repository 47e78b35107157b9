"""Progress on standard error: a bar on a terminal, now and then a plain line elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sim.errors import InputError, Problem, shortened
from sim.terminal import raw

SECONDS_BETWEEN_LINES = 10.0

Watch = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and of how much."""

Progress = bool | Watch | None
"""How progress is shown: True: a bar on a terminal, elsewhere lines; False: not at all; None: a bar on a terminal; or a function
of one's own."""


@contextmanager
def shown(progress: Progress) -> Iterator[Watch]:
    """Yield what work calls as it goes on; every kind of work has a bar, or lines, of its own."""
    if callable(progress):
        yield progress
        return
    if progress not in (True, False, None):
        expected = "True, False, None, or a function of what is done, how much of it, and of how much"
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

        def watch(what: str, done: int, total: int) -> None:
            kind = what.split(";")[0]  # after the semicolon: a remark that may change
            if kind not in tasks:
                tasks[kind] = (bars.add_task(what, total=total, rate="", completed=done), time.monotonic(), done)
            task, began, first = tasks[kind]
            bars.update(task, completed=done, total=total, description=what, rate=_rate(done - first, began))

        yield watch


def _rate(done: int, began: float) -> str:
    seconds = time.monotonic() - began
    return _rate_of(done, seconds) if done and seconds else ""


def _rate_of(done: int, seconds: float) -> str:
    return f"{done / seconds:.1f}/s" if done > seconds else f"{seconds / done:.1f} s each"


def _lines() -> Watch:
    said: dict[str, float] = {}
    first: dict[str, tuple[float, int]] = {}

    def watch(what: str, done: int, total: int) -> None:
        kind, now = what.split(";")[0], time.monotonic()
        began, before = first.setdefault(kind, (now, done))
        if done >= total or now - said.setdefault(kind, now) >= SECONDS_BETWEEN_LINES:
            said[kind] = now
            left = _left(done - before, total - done, now - began)
            print(f"{what}: {done} of {total}{left}", file=sys.stderr, flush=True)

    return watch


def _left(done: int, missing: int, seconds: float) -> str:
    """How fast it went, and how long the rest would take at that."""
    if done <= 0 or missing <= 0 or seconds <= 0:
        return ""
    left = missing * seconds / done
    told = f"{left:.0f} s" if left < 90 else f"{left / 60:.0f} min" if left < 90 * 60 else f"{left / 3600:.1f} h"
    return f", {_rate_of(done, seconds)}, about {told} left"
