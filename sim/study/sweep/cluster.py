"""Workers of a Dask cluster. Each needs the same version of this program; they may all have disks of their own.

Dask gives a task to another worker when its worker dies. One worker grows a society, and Dask sends it to others that need it.
How to start a scheduler and workers is described in docs/running.md.
"""

from __future__ import annotations

import hashlib
import logging
import pickle
import queue
import socket
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Mapping
from typing import Any, Self

from sim.compiled import RULES
from sim.errors import InputError, Problem, RunError
from sim.study.sweep.workers import LOOK_UP, Ended, Lost

try:
    import distributed
    from distributed.comm.addressing import parse_address, parse_host_port
    from distributed.comm.registry import get_backend
except ImportError:
    distributed = None  # type: ignore[assignment]  # `Cluster` refuses to start

PATIENCE = 60.0  # seconds to wait for a worker or an answer
TIMEOUT = 10.0  # seconds for a scheduler to answer
TASKS_A_WORKER = 2  # it does one while the next already waits there
DASK_LOGS = ("distributed", "distributed.client")  # Dask sets a level for each of these loggers
EXPECTED = "the address of a running Dask scheduler, such as tcp://127.0.0.1:8786; `dask scheduler` prints it"


class Cluster:
    """The workers of a scheduler, by their addresses. Workers may come and go meanwhile.

    make : make(shared, *arguments) makes what tasks need (`needs` of `start`), as name -> arguments
    function : function(shared, task, needs), with what was made as name -> value
    InputError: no scheduler answers, or a worker has another version. RunError: the cluster does not answer any more.
    """

    def __init__(self, address: str, function: Callable[[Any, Any, Any], Any], shared: Any, make: Callable[..., Any]):
        self.address, self.function, self.make = address, function, make
        self.packed = pickle.dumps(shared)
        self.busy: Counter[Hashable] = Counter()
        self.tasks: dict[str, tuple[Hashable, Any]] = {}
        self.made: OrderedDict[str, Any] = OrderedDict()
        self.checked: set[str] = set()
        self.futures: queue.Queue[Any] = queue.Queue()
        self.looked_up = (-LOOK_UP, dict[str, int]())
        self.alive = time.monotonic()

    def __enter__(self) -> Self:
        if distributed is None:
            expected = "dask.distributed: pip install distributed"
            raise InputError(Problem("", "--cluster", "dask.distributed is not installed", expected))
        self.levels = {logger: logger.level for logger in map(logging.getLogger, DASK_LOGS)}
        for logger in self.levels:
            logger.setLevel(logging.CRITICAL + 1)  # errors are raised here, in one line
        try:
            must_answer(self.address)
            self.client = distributed.Client(self.address, timeout=TIMEOUT, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            self._restore_logs()
            cause = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise InputError(Problem("", "--cluster", f"no scheduler at '{self.address}' ({cause})", EXPECTED)) from None
        self.sweep = hashlib.sha256(self.packed + self.client.id.encode()).hexdigest()[:12]
        self.shared = self.client.submit(pickle.loads, self.packed, key=f"unbirthday-study-{self.sweep}")
        return self

    def __exit__(self, *_: Any) -> None:
        self.client.close(timeout=TIMEOUT)  # the scheduler then forgets the tasks of this client
        self._restore_logs()

    def _restore_logs(self) -> None:
        for logger, level in self.levels.items():
            logger.setLevel(level)

    def free(self) -> list[Hashable]:
        threads = self._workers()
        return [worker for worker in threads for _ in range(TASKS_A_WORKER - self.busy[worker])]

    def _workers(self) -> dict[str, int]:
        """Worker -> threads; looked up at most every `LOOK_UP` seconds."""
        when, workers = self.looked_up
        if time.monotonic() - when < LOOK_UP:
            return workers
        try:
            workers = self._answer_of(self.client.nthreads)
            if new := set(workers) - self.checked:
                self._refuse_other_versions(new)
                self.checked |= new
        except OSError as error:
            raise self._gone(error) from None
        if workers:
            self.alive = time.monotonic()
        elif time.monotonic() - self.alive > PATIENCE:
            raise self._gone("no worker has been there for a minute")
        self.looked_up = (time.monotonic(), workers)
        return workers

    def _refuse_other_versions(self, workers: set[str]) -> None:
        versions = self._answer_of(self.client.run, _rules, workers=list(workers), on_error="return")
        expected = f"the same version of the program there as here, rules {RULES}"
        problems = []
        for worker, version in versions.items():
            if isinstance(version, OSError):
                continue  # it has gone again
            if isinstance(version, Exception):
                problems.append(Problem("", "--cluster", f"worker {worker} cannot import this program ({version})", expected))
            elif version != RULES:
                problems.append(Problem("", "--cluster", f"worker {worker} has rules {version}", expected))
        if problems:
            raise InputError(problems)

    def start(self, worker: Hashable, task: Any, needs: Mapping[str, tuple] | None = None) -> None:
        made = {name: self._made(name, arguments) for name, arguments in (needs or {}).items()}
        future = self.client.submit(
            _do, self.function, self.shared, task, made, workers=[worker], allow_other_workers=True, pure=False,
        )  # fmt: skip
        self.busy[worker] += 1
        self.tasks[str(future.key)] = (worker, task)
        future.add_done_callback(self.futures.put)

    def _made(self, name: str, arguments: tuple) -> Any:
        """The future of something that tasks need, which is made once. The cluster forgets all but the latest."""
        if name not in self.made:
            key = f"unbirthday-{name}-{self.sweep}"
            self.made[name] = self.client.submit(_make, self.make, self.shared, arguments, key=key)
        self.made.move_to_end(name)
        while len(self.made) > TASKS_A_WORKER * (len(self.looked_up[1]) + 1):
            self.made.popitem(last=False)
        return self.made[name]

    def ended(self) -> list[Ended]:
        futures = []
        try:
            futures.append(self.futures.get(timeout=LOOK_UP))
            while True:
                futures.append(self.futures.get_nowait())
        except queue.Empty:
            pass
        self._workers()
        results = self._results([future for future in futures if future.status == "finished"])
        tasks = []
        for future in futures:
            if future.key not in results and future.status in ("finished", "pending", "lost"):
                future.add_done_callback(self.futures.put)  # its worker died: another does it again, if one is left
                continue
            worker, task = self.tasks.pop(future.key)
            self.busy[worker] -= 1
            tasks.append(Ended(worker, task, results[future.key] if future.key in results else self._failed(future)))
        return tasks

    def _results(self, done: list[Any]) -> dict[str, Any]:
        """Results of futures, by key; none where they were kept by workers that have gone."""
        try:
            results = self._answer_of(self.client.gather, done, errors="skip") if done else []
        except TimeoutError:
            return {}
        except OSError as error:
            raise self._gone(error) from None
        return dict(zip((future.key for future in done), results)) if len(results) == len(done) else {}

    def _answer_of(self, request: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        """The answer of the cluster to a request. TimeoutError: none within `PATIENCE`; Dask itself would wait for ever."""

        async def answer() -> Any:
            return await request(*arguments, **options)

        try:
            return self.client.sync(answer, callback_timeout=PATIENCE)
        except TimeoutError:
            raise TimeoutError("no answer for a minute") from None

    def _failed(self, future: Any) -> Lost:
        """In place of the result of a task whose workers died. An exception that the task raised is raised here."""
        if self.client.status != "running":
            raise self._gone("the scheduler has gone")
        error = future.exception(timeout=TIMEOUT) if future.status == "error" else None
        if error is None or isinstance(error, distributed.scheduler.KilledWorker | distributed.scheduler.NoValidWorkerError):
            return Lost("killed, or out of memory" if error is not None else f"its task was {future.status}")
        raise error

    def _gone(self, reason: object) -> RunError:
        return RunError(
            f"the cluster at {self.address} is gone ({reason}); what was finished before is kept. "
            "Run the same command again with a cluster that is there, or without --cluster."
        )


def must_answer(address: str) -> None:
    """Check an address before a client is made for it, which would try for long.

    ValueError: no address of a scheduler. OSError: no program listens there.
    """
    scheme, place = parse_address(address, strict=True)
    get_backend(scheme)
    if scheme in ("tcp", "tls", "ws", "wss"):
        host, port = parse_host_port(place)
        if not 0 < int(port) < 2**16:
            raise ValueError(f"port {port}")
        socket.create_connection((host, int(port)), TIMEOUT).close()


def _rules() -> str:
    """The version of the rules on the worker that calls it."""
    return RULES


_lock = threading.Lock()  # kernels and the cache of a worker are for one task at a time, however many threads it has


def _do(function: Callable[[Any, Any, Any], Any], shared: Any, task: Any, needs: dict[str, Any]) -> Any:
    with _lock:
        return function(shared, task, needs)


def _make(make: Callable[..., Any], shared: Any, arguments: tuple) -> Any:
    with _lock:
        return make(shared, *arguments)
