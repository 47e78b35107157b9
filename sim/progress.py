"""How far long work is. One kind of function is told; a bar on a terminal, a line in a notebook and lines in a file are such."""

from __future__ import annotations

import inspect
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from sim.errors import InputError, Problem, shortened
from sim.terminal import duration, raw

SECONDS_BETWEEN_LINES = 10.0
SECONDS_BETWEEN_CHANGES = 0.2  # of the line in a notebook


class Step(NamedTuple):
    """How far a piece of long work is.

    words : what is being done, such as "units"; a remark may follow after a semicolon: "units; 2 failed"
    done, all : how much of it is done, and how much there is
    left : seconds that the rest takes at the rate so far; None while nothing is done
    """

    words: str
    done: int
    all: int
    left: float | None

    @property
    def work(self) -> str:
        """What is being done, without the remark, which may change while the work goes on."""
        return self.words.split(";")[0]

    def __str__(self) -> str:
        rate = f", {_rate(self)}, about {duration(self.left)} left" if self.left else ""
        return f"{self.words}: {self.done} of {self.all}{rate}"


Tell = Callable[[Step], None]
"""A function that is told each step."""

Progress = bool | Tell | None
"""How progress is shown. True: a bar on a terminal, a line in a notebook, else lines. False: not at all. None: as True, but
without lines. A function: it is called with each step instead."""

Watch = Callable[[str, int, int], None]
"""A function that work calls with its name, the units of it that are done, and all units."""


@contextmanager
def shown(progress: Progress) -> Iterator[Watch]:
    """Yield the function that work calls when a part of it is done. Each sort of work has its own bar or line."""
    with _teller(progress) as tell:
        starts: dict[str, tuple[float, int]] = {}

        def watch(words: str, done: int, total: int) -> None:
            step, now = Step(words, done, total, None), time.monotonic()
            began, done_at_first = starts.setdefault(step.work, (now, done))
            if done > done_at_first:
                step = step._replace(left=(total - done) * (now - began) / (done - done_at_first))
            tell(step)

        yield watch


@contextmanager
def _teller(progress: Progress) -> Iterator[Tell]:
    """Yield what is told."""
    if callable(progress) and _takes_a_step(progress):
        yield progress
    elif progress not in (True, False, None):
        expected = "True, False, None, or a function of one sim.Step, which has words, done, all and left"
        raise InputError(Problem("", "progress", shortened(repr(progress)), expected))
    elif progress is False:
        yield lambda _: None
    elif _in_a_notebook():
        yield _line_of_a_notebook()
    elif sys.stderr.isatty():
        with _bars() as tell:
            yield tell
    else:
        yield _lines() if progress else lambda _: None


def _takes_a_step(function: Tell) -> bool:
    try:
        inspect.signature(function).bind(None)
    except TypeError:
        return False
    except ValueError:  # a function that does not say what it takes
        return True
    return True


def _rate(step: Step) -> str:
    """How fast it goes: "2.5/s" or "3.0 s each"; "" while it is not known."""
    if not step.left:
        return ""
    seconds = step.left / (step.all - step.done)
    return f"{1 / seconds:.1f}/s" if seconds < 1 else f"{seconds:.1f} s each"


@contextmanager
def _bars() -> Iterator[Tell]:
    """A bar for each sort of work, gone at the end."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(file=raw(sys.stderr)), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def tell(step: Step) -> None:
            if step.work not in tasks:
                tasks[step.work] = bars.add_task(step.words, total=step.all, rate="", completed=step.done)
            bars.update(tasks[step.work], completed=step.done, total=step.all, description=step.words, rate=_rate(step))

        yield tell


def _lines() -> Tell:
    """A line every few seconds, and one at the end of each sort of work."""
    last_printed: dict[str, float] = {}

    def tell(step: Step) -> None:
        now = time.monotonic()
        if step.done >= step.all or now - last_printed.setdefault(step.work, now) >= SECONDS_BETWEEN_LINES:
            last_printed[step.work] = now
            print(step, file=sys.stderr, flush=True)

    return tell


def _in_a_notebook() -> bool:
    """Whether this is the process of a notebook (Jupyter and the like), which has no terminal."""
    if "IPython" not in sys.modules:
        return False
    shell = sys.modules["IPython"].get_ipython()
    return hasattr(shell, "kernel")


def _line_of_a_notebook() -> Tell:
    """A line for each sort of work, which is written over."""
    display = sys.modules["IPython"].display.display
    handles: dict[str, Any] = {}
    last_changed: dict[str, float] = {}

    def tell(step: Step) -> None:
        now, line = time.monotonic(), {"text/plain": str(step)}
        if step.work not in handles:
            handles[step.work] = display(line, raw=True, display_id=True)
        elif step.done >= step.all or now - last_changed[step.work] >= SECONDS_BETWEEN_CHANGES:
            handles[step.work].update(line, raw=True)
        else:
            return
        last_changed[step.work] = now

    return tell
