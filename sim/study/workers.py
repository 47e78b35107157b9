"""Who does the work: this process, processes of our own, or (see `cluster`) a Dask cluster, all behind one interface.

Workers end when we do: an interrupt stops them at once, and leaves nothing running.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, NamedTuple, Protocol, Self

from sim.errors import RunError

LOOK_UP = 0.5
"""Seconds after which waiting looks up: an interrupt that another thread caught does not wake it by itself."""

MOST_IN_A_ROW = 8
"""Workers that may die one after the other before anything ends: then it is not the work that kills them."""

Function = Callable[[Any, Any], Any]
"""function(shared, task) -> what it gives."""


class Lost(NamedTuple):
    """In place of what a task gives: its worker died on it."""

    why: str


class Ended(NamedTuple):
    worker: Hashable
    task: Any
    given: Any


class Workers(Protocol):
    """Workers that do tasks; what a task raises is raised here, and a worker's death is told.

    Use inside a `with` block: at its end all workers have gone, or are left to others.
    """

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...

    def free(self) -> list[Hashable]:
        """Workers that can take a task now."""
        ...

    def start(self, worker: Hashable, task: Any, needs: Mapping[str, tuple] | None = None) -> None:
        """Hand a task to a free worker.

        needs : what the task needs that others need too, as name -> arguments; workers that share no disk make each once
        """
        ...

    def ended(self) -> list[Ended]:
        """Tasks that ended; waits for one, but not for long."""
        ...


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def as_they_end(workers: Workers, tasks: Iterable[Any]) -> Iterator[Any]:
    """What each task gives, as they end. RunError if a worker dies."""
    waiting = iter(tasks)
    left: int | None = None
    busy = 0
    while left is None or busy:
        for worker in workers.free() if left is None else ():
            task = next(waiting, _NONE)
            if task is _NONE:
                left = 0
                break
            workers.start(worker, task)
            busy += 1
        for _, _, given in workers.ended() if busy else ():
            if isinstance(given, Lost):
                raise RunError(f"a worker process died ({given.why}). Run the same command again, perhaps with fewer jobs.")
            busy -= 1
            yield given


_NONE = object()


class Here:
    """This process, one task after the other."""

    def __init__(self, function: Function, shared: Any = None):
        self.function, self.shared = function, shared
        self.tasks: list[Any] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: Any) -> None:
        self.tasks.clear()

    def free(self) -> list[Hashable]:
        return [] if self.tasks else [0]

    def start(self, worker: Hashable, task: Any, needs: Mapping[str, tuple] | None = None) -> None:
        self.tasks.append(task)

    def ended(self) -> list[Ended]:
        tasks, self.tasks = self.tasks, []
        return [Ended(0, task, self.function(self.shared, task)) for task in tasks]


@dataclass
class Hand:
    """One process and what it is doing."""

    process: Any
    pipe: Connection
    task: Any = _NONE


class Processes:
    """Spawned processes, each with the work that tasks share and one task at a time. A process that dies is replaced."""

    def __init__(self, jobs: int, function: Function, shared: Any = None):
        self.jobs, self.function = jobs, function
        self.packed = pickle.dumps(shared)
        self.hands: dict[Hashable, Hand] = {}
        self.in_a_row = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: Any) -> None:
        for hand in self.hands.values():
            if kind is not None:
                hand.process.terminate()
            hand.pipe.close()
        for hand in self.hands.values():
            hand.process.join()

    def free(self) -> list[Hashable]:
        return [worker for worker in range(self.jobs) if worker not in self.hands or self.hands[worker].task is _NONE]

    def start(self, worker: Hashable, task: Any, needs: Mapping[str, tuple] | None = None) -> None:
        hand = self.hands.get(worker)
        if hand is None or not hand.process.is_alive():
            hand = self.hands[worker] = self._hired()
        hand.task = task
        with suppress(OSError):  # if it died just now, `ended` will find out
            hand.pipe.send(task)

    def _hired(self) -> Hand:
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe()
        process = spawn.Process(target=_serve, args=(theirs, os.getpid(), self.function), daemon=True)
        process.start()
        theirs.close()
        with suppress(OSError):  # not among the arguments: a process that dies while it reads those is waited for without end
            ours.send_bytes(self.packed)
        return Hand(process, ours)

    def ended(self) -> list[Ended]:
        busy = {hand.pipe: worker for worker, hand in self.hands.items() if hand.task is not _NONE}
        found = []
        for pipe in wait(list(busy), timeout=LOOK_UP):
            worker = busy[pipe]  # type: ignore[index]
            hand = self.hands[worker]
            try:
                raised, given = hand.pipe.recv()
            except (EOFError, OSError):  # closed by death, perhaps in the middle of a message
                raised, given = False, self._buried(worker)
            else:
                self.in_a_row = 0
            if raised:
                raise given
            found.append(Ended(worker, hand.task, given))
            hand.task = _NONE
        return found

    def _buried(self, worker: Hashable) -> Lost:
        hand = self.hands.pop(worker)
        hand.pipe.close()
        hand.process.join()
        self.in_a_row += 1
        code = hand.process.exitcode
        why = f"signal {-code}: killed, or out of memory" if code and code < 0 else f"exit status {code}"
        if self.in_a_row >= MOST_IN_A_ROW:
            raise RunError(
                f"{self.in_a_row} worker processes died one after the other ({why}); what was finished before is kept. "
                "Run the same command again, perhaps with fewer jobs; "
                "a script that sweeps must do so under `if __name__ == '__main__':`"
            )
        return Lost(why)


def _serve(pipe: Connection, parent: int, function: Function) -> None:
    """What a process does: tasks until there are no more, or nobody is there to send them or to take what they give."""
    _belong_to(parent)
    with suppress(EOFError, OSError):
        shared = pickle.loads(pipe.recv_bytes())
        while True:
            task = pipe.recv()
            try:
                given = (False, function(shared, task))
            except Exception as error:
                given = (True, error)
            pipe.send(given)


def _belong_to(parent: int) -> None:
    """Leave interrupts to the parent, and end when it has gone: nothing runs on for nobody."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_UP)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def of_our_own(jobs: int, function: Function, shared: Any = None) -> Workers:
    """This process for one job, else as many processes."""
    return Here(function, shared) if jobs <= 1 else Processes(jobs, function, shared)
