"""Who does the work: this process, processes of our own, or (see `cluster`) a Dask cluster, all behind one interface.

Workers end when we do: an interrupt stops them at once, and leaves nothing running.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import reduction
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import IO, Any, NamedTuple, Protocol, Self

from sim.errors import RunError, escaped, shortened

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
_READY, _GIVEN, _RAISED, _DIED = "ready", "given", "raised", "died"  # what a worker process tells
STDERR = 2


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
    """One process and what it is doing.

    errors : what it wrote to its error stream before it could do anything; None if that was not kept
    """

    process: Any
    pipe: Connection
    errors: IO[bytes] | None
    task: Any = _NONE


class Processes:
    """Spawned processes, each with the work that tasks share and one task at a time. A process that dies is replaced."""

    def __init__(self, jobs: int, function: Function, shared: Any = None):
        self.jobs, self.function = jobs, function
        self.packed = pickle.dumps(shared)
        self.hands: dict[Hashable, Hand] = {}
        self.any_ready = False
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
        try:
            ours, theirs = spawn.Pipe()
            with _kept_errors() as errors:
                given = (theirs, os.getpid(), errors is not None, self.function)
                process = spawn.Process(target=_serve, args=given, daemon=True)
                process.start()
        except (OSError, RuntimeError, AssertionError, TypeError, ValueError) as error:
            why = shortened(" ".join(str(error).split()), 200)
            raise RunError(f"no worker process can be started here ({why}). {ALONE}") from None
        theirs.close()
        with suppress(OSError, RuntimeError):  # a process that dies while it reads is found dead later
            if errors:
                reduction.send_handle(ours, STDERR, process.pid)
            ours.send_bytes(self.packed)  # not among the arguments: who dies while reading those is waited for without end
        return Hand(process, ours, errors)

    def ended(self) -> list[Ended]:
        busy = {hand.pipe: worker for worker, hand in self.hands.items() if hand.task is not _NONE}
        found = []
        for pipe in wait(list(busy), timeout=LOOK_UP):
            worker = busy[pipe]  # type: ignore[index]
            hand = self.hands[worker]
            try:
                kind, given = hand.pipe.recv()
            except (EOFError, OSError):  # closed by death, perhaps in the middle of a message
                kind, given = _DIED, None
            if kind == _READY:
                self.any_ready = True
                continue
            if kind == _RAISED:
                raise given
            if kind == _DIED:
                given = self._buried(worker)
            else:
                self.in_a_row = 0
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
        if not self.any_ready:
            said = f"{why}: {last}" if (last := _last_line(hand.errors)) else why
            raise RunError(f"worker processes end before they can do anything. {GUARD} {ALONE} The first ended with {said}")
        if self.in_a_row >= MOST_IN_A_ROW:
            raise RunError(
                f"{self.in_a_row} worker processes died one after the other ({why}); what was finished before is kept. "
                "Run the same command again, perhaps with fewer jobs."
            )
        return Lost(why)


GUARD = (
    "A script must be a file, not read from a pipe (python -), and must sweep under `if __name__ == '__main__':`, "
    "since every worker process reads it."
)
ALONE = "With one process (jobs=1, --jobs 1) none is needed. What was finished before is kept."


@contextmanager
def _kept_errors() -> Iterator[IO[bytes] | None]:
    """What a process that is started here writes to the error stream is kept: it gets the stream once it can do tasks.

    A worker that cannot start would show a traceback for what we say in one line. None where this cannot be done.
    """
    try:
        if not hasattr(socket, "AF_UNIX") or sys.__stderr__ is None or sys.__stderr__.fileno() != STDERR:
            raise OSError
        errors = tempfile.TemporaryFile()  # noqa: SIM115
        ours = os.dup(STDERR)
    except (OSError, ValueError):  # no such stream, no place for a file, or no way to hand a stream on
        yield None
        return
    try:
        os.dup2(errors.fileno(), STDERR)
        yield errors
    finally:
        os.dup2(ours, STDERR)
        os.close(ours)


def _last_line(errors: IO[bytes] | None) -> str:
    """The last line that is there, which of a traceback is the error."""
    if errors is None:
        return ""
    errors.seek(0)
    lines = [line for line in errors.read().decode(errors="replace").splitlines() if line.strip()]
    return shortened(escaped(lines[-1].strip()), 200) if lines else ""


def _serve(pipe: Connection, parent: int, errors_are_kept: bool, function: Function) -> None:
    """What a process does: tasks until there are no more, or nobody is there to send them or to take what they give."""
    _belong_to(parent)
    with suppress(EOFError, OSError):
        stream = reduction.recv_handle(pipe) if errors_are_kept else STDERR
        shared = pickle.loads(pipe.recv_bytes())
        os.dup2(stream, STDERR)
        pipe.send((_READY, None))
        while True:
            task = pipe.recv()
            try:
                given = (_GIVEN, function(shared, task))
            except Exception as error:
                given = (_RAISED, error)
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
