"""Workers that do tasks: this process, processes that it starts, or (in `cluster`) a Dask cluster, all behind one interface.

Worker processes end with the process that started them: an interrupt stops them at once and leaves nothing running.
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
"""Seconds after which a wait looks up: an interrupt that another thread catches does not end a wait by itself."""

MOST_IN_A_ROW = 8
"""If as many workers die one after the other and no task ends between, the machine kills them, not the tasks: all stops."""

Function = Callable[[Any, Any], Any]
"""function(shared, task) -> result."""


class Lost(NamedTuple):
    """In place of a result: the worker died while it did the task."""

    why: str


class Ended(NamedTuple):
    """A task that ended. result : what its function returned, or `Lost`"""

    worker: Hashable
    task: Any
    result: Any


class Workers(Protocol):
    """Workers that do tasks. An exception of a task is raised here; of a worker that died, the task ends as `Lost`.

    Use them inside a `with` block: at its end all worker processes have ended. Workers of a cluster stay.
    """

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...

    def free(self) -> list[Hashable]:
        """Workers that can take a task now."""
        ...

    def start(self, worker: Hashable, task: Any, needs: Mapping[str, tuple] | None = None) -> None:
        """Hand a task to a free worker.

        needs : what this task and other tasks need, as name -> arguments that it is made from. Workers that share no disk
            make each of them once; the others have no use for it
        """
        ...

    def ended(self) -> list[Ended]:
        """Tasks that ended since the last call. It waits for one, at most `LOOK_UP` seconds."""
        ...


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def as_completed(workers: Workers, tasks: Iterable[Any]) -> Iterator[Any]:
    """The result of each task, in the order in which they end. RunError: a worker died."""
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
        for _, _, result in workers.ended() if busy else ():
            if isinstance(result, Lost):
                raise RunError(f"a worker process died ({result.why}). Run the same command again, perhaps with fewer jobs.")
            busy -= 1
            yield result


_NONE = object()
_READY, _DONE, _RAISED, _DIED = "ready", "done", "raised", "died"  # messages of a worker process
STDERR = 2


class ThisProcess:
    """The only worker is this process: it does one task after the other."""

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
class WorkerProcess:
    """A process and its task.

    errors : file with what it wrote to its error stream before it was ready for tasks; None if that was not kept
    """

    process: Any
    pipe: Connection
    errors: IO[bytes] | None
    task: Any = _NONE


class Processes:
    """Spawned processes. Each has a copy of what tasks share, and does one task at a time. A process that dies is replaced."""

    def __init__(self, jobs: int, function: Function, shared: Any = None):
        self.jobs, self.function = jobs, function
        self.packed = pickle.dumps(shared)
        self.workers: dict[Hashable, WorkerProcess] = {}
        self.any_ready = False
        self.in_a_row = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: Any) -> None:
        for worker in self.workers.values():
            if kind is not None:
                worker.process.terminate()
            worker.pipe.close()
        for worker in self.workers.values():
            worker.process.join()

    def free(self) -> list[Hashable]:
        return [name for name in range(self.jobs) if name not in self.workers or self.workers[name].task is _NONE]

    def start(self, worker: Hashable, task: Any, needs: Mapping[str, tuple] | None = None) -> None:
        running = self.workers.get(worker)
        if running is None or not running.process.is_alive():
            running = self.workers[worker] = self._started()
        running.task = task
        with suppress(OSError):  # `ended` notices that it died
            running.pipe.send(task)

    def _started(self) -> WorkerProcess:
        spawn = multiprocessing.get_context("spawn")
        try:
            ours, theirs = spawn.Pipe()
            with _kept_errors() as errors:
                arguments = (theirs, os.getpid(), errors is not None, self.function)
                process = spawn.Process(target=_serve, args=arguments, daemon=True)
                process.start()
        except (OSError, RuntimeError, AssertionError, TypeError, ValueError) as error:
            cause = shortened(" ".join(str(error).split()), 200)
            raise RunError(f"no worker process can be started here ({cause}). {ALONE}") from None
        theirs.close()
        with suppress(OSError, RuntimeError):  # `ended` notices a process that dies while it reads
            if errors:
                reduction.send_handle(ours, STDERR, process.pid)
            ours.send_bytes(self.packed)  # not as an argument: `start` waits for ever if a process dies while it reads those
        return WorkerProcess(process, ours, errors)

    def ended(self) -> list[Ended]:
        busy = {worker.pipe: name for name, worker in self.workers.items() if worker.task is not _NONE}
        tasks = []
        for pipe in wait(list(busy), timeout=LOOK_UP):
            name = busy[pipe]  # type: ignore[index]
            worker = self.workers[name]
            try:
                kind, result = worker.pipe.recv()
            except (EOFError, OSError):  # the process died, perhaps in the middle of a message
                kind, result = _DIED, None
            if kind == _READY:
                self.any_ready = True
                continue
            if kind == _RAISED:
                raise result
            if kind == _DIED:
                result = self._removed(name)
            else:
                self.in_a_row = 0
            tasks.append(Ended(name, worker.task, result))
            worker.task = _NONE
        return tasks

    def _removed(self, name: Hashable) -> Lost:
        """Forget a worker that died. RunError: no worker ever was ready, or too many died one after the other."""
        worker = self.workers.pop(name)
        worker.pipe.close()
        worker.process.join()
        self.in_a_row += 1
        code = worker.process.exitcode
        why = f"signal {-code}: killed, or out of memory" if code and code < 0 else f"exit status {code}"
        if not self.any_ready:
            reason = f"{why}: {last}" if (last := _last_line(worker.errors)) else why
            raise RunError(f"worker processes end before they can do anything. {GUARD} {ALONE} The first ended with {reason}")
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
    """A file in which a process that is started meanwhile writes its errors. It gets the real stream once it is ready.

    So a worker that cannot start shows no traceback: its error stands in the one line that `_removed` raises.
    None: the system does not allow it.
    """
    try:
        if not hasattr(socket, "AF_UNIX") or sys.__stderr__ is None or sys.__stderr__.fileno() != STDERR:
            raise OSError
        errors = tempfile.TemporaryFile()  # noqa: SIM115
        ours = os.dup(STDERR)
    except (OSError, ValueError):  # no error stream, no place for a file, or no way to send a stream to a process
        yield None
        return
    try:
        os.dup2(errors.fileno(), STDERR)
        yield errors
    finally:
        os.dup2(ours, STDERR)
        os.close(ours)


def _last_line(errors: IO[bytes] | None) -> str:
    """The last line that is not empty; of a traceback, that is the error."""
    if errors is None:
        return ""
    errors.seek(0)
    lines = [line for line in errors.read().decode(errors="replace").splitlines() if line.strip()]
    return shortened(escaped(lines[-1].strip()), 200) if lines else ""


def _serve(pipe: Connection, parent: int, errors_are_kept: bool, function: Function) -> None:
    """What a worker process runs: it does tasks until the pipe is closed, or the process that started it has gone."""
    _belong_to(parent)
    with suppress(EOFError, OSError):
        stream = reduction.recv_handle(pipe) if errors_are_kept else STDERR
        shared = pickle.loads(pipe.recv_bytes())
        os.dup2(stream, STDERR)
        pipe.send((_READY, None))
        while True:
            task = pipe.recv()
            try:
                message = (_DONE, function(shared, task))
            except Exception as error:
                message = (_RAISED, error)
            pipe.send(message)


def _belong_to(parent: int) -> None:
    """Leave interrupts to the parent process, and end when it has gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_UP)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def local_workers(jobs: int, function: Function, shared: Any = None) -> Workers:
    """The workers of this machine: this process for one job, else as many processes as jobs."""
    return ThisProcess(function, shared) if jobs <= 1 else Processes(jobs, function, shared)
