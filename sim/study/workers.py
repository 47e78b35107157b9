"""Worker processes that end when we do: an interrupt stops them at once, and leaves nothing running."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any

from sim.errors import RunError

LOOK_UP = 0.5
"""Seconds after which waiting looks up: an interrupt that another thread caught does not wake it by itself."""

Results = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]


@contextmanager
def workers(jobs: int) -> Iterator[Results]:
    """Yield results(function, tasks): what function(task) gives, as the tasks end; one job works in this process.

    Use the results inside the block. RunError if a worker dies.
    """
    if jobs <= 1:
        yield map
        return
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=spawn, initializer=_belong_to, initargs=(os.getpid(),))

    def as_they_end(function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        waiting = {pool.submit(function, task) for task in tasks}
        while waiting:
            ended, waiting = wait(waiting, timeout=LOOK_UP, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in ended)

    try:
        yield as_they_end
    except BrokenProcessPool:
        raise RunError(
            "a worker process died (killed, or out of memory); what was finished before is kept. "
            "Run the same command again, perhaps with fewer jobs."
        ) from None
    except BaseException:
        for child in multiprocessing.active_children():
            child.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _belong_to(parent: int) -> None:
    """Leave interrupts to the parent, and end when it has gone: nothing runs on for nobody."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_UP)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
