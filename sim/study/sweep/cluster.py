"""Workers of a Dask cluster. They need this program at the same version, and share no disk with us or with each other.

Dask moves a task elsewhere when its worker dies; a society is grown by one worker and sent to the others that need it.
Source of the addresses: `dask scheduler`, `dask worker`, dask-jobqueue (docs/running.md).
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
    distributed = None  # type: ignore[assignment]  # said where it is needed

PATIENCE = 60.0  # seconds without any worker
TIMEOUT = 10.0  # seconds for a scheduler to answer
IN_HAND = 2  # tasks of a worker: one that it does, one that waits, so that it need not wait for us
DASK_LOGS = ("distributed", "distributed.client")  # the loggers that Dask gives a level of their own
EXPECTED = "the address of a running Dask scheduler, such as tcp://127.0.0.1:8786; `dask scheduler` prints it"


class Cluster:
    """The workers of a scheduler, by address; those that come and go meanwhile are seen.

    make : make(shared, *arguments) of what tasks need (`needs` of `start`); then function(shared, task, needs)
    InputError: no scheduler answers, or a worker has another version. RunError: the cluster is gone.
    """

    def __init__(self, address: str, function: Callable[[Any, Any, Any], Any], shared: Any, make: Callable[..., Any]):
        self.address, self.function, self.make = address, function, make
        self.packed = pickle.dumps(shared)
        self.busy: Counter[Hashable] = Counter()
        self.tasks: dict[str, tuple[Hashable, Any]] = {}
        self.made: OrderedDict[str, Any] = OrderedDict()
        self.fit: set[str] = set()
        self.over: queue.Queue[Any] = queue.Queue()
        self.seen = (-LOOK_UP, dict[str, int]())
        self.alive = time.monotonic()

    def __enter__(self) -> Self:
        if distributed is None:
            expected = "dask.distributed: pip install 'unbirthday[cluster]'"
            raise InputError(Problem("", "--cluster", "dask.distributed is not installed", expected))
        self.levels = {logger: logger.level for logger in map(logging.getLogger, DASK_LOGS)}
        for logger in self.levels:
            logger.setLevel(logging.CRITICAL + 1)  # what is lost is said by us
        try:
            answers(self.address)
            self.client = distributed.Client(self.address, timeout=TIMEOUT, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            self._loud_again()
            why = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise InputError(Problem("", "--cluster", f"no scheduler at '{self.address}' ({why})", EXPECTED)) from None
        self.sweep = hashlib.sha256(self.packed + self.client.id.encode()).hexdigest()[:12]
        self.shared = self.client.submit(pickle.loads, self.packed, key=f"unbirthday-study-{self.sweep}")
        return self

    def __exit__(self, *_: Any) -> None:
        self.client.close(timeout=TIMEOUT)  # and with it all our tasks are forgotten there
        self._loud_again()

    def _loud_again(self) -> None:
        for logger, level in self.levels.items():
            logger.setLevel(level)

    def free(self) -> list[Hashable]:
        threads = self._workers()
        return [worker for worker in threads for _ in range(IN_HAND - self.busy[worker])]

    def _workers(self) -> dict[str, int]:
        """Worker -> threads, as it was a moment ago."""
        when, workers = self.seen
        if time.monotonic() - when < LOOK_UP:
            return workers
        try:
            workers = self._asked(self.client.nthreads)
            if new := set(workers) - self.fit:
                self._refuse_unfit(new)
                self.fit |= new
        except OSError as error:
            raise self._gone(error) from None
        if workers:
            self.alive = time.monotonic()
        elif time.monotonic() - self.alive > PATIENCE:
            raise self._gone("no worker has been there for a minute")
        self.seen = (time.monotonic(), workers)
        return workers

    def _refuse_unfit(self, new: set[str]) -> None:
        versions = self._asked(self.client.run, _rules, workers=list(new), on_error="return")
        problems = []
        for worker, found in versions.items():
            if isinstance(found, OSError):
                continue  # it has gone again
            said = f"worker {worker} cannot import this program ({found})" if isinstance(found, Exception) else ""
            if not said and found != RULES:
                said = f"worker {worker} has rules {found}"
            if said:
                problems.append(Problem("", "--cluster", said, f"the same version of the program there as here, rules {RULES}"))
        if problems:
            raise InputError(problems)

    def start(self, worker: Hashable, task: Any, needs: Mapping[str, tuple] | None = None) -> None:
        made = {name: self._make(name, arguments) for name, arguments in (needs or {}).items()}
        future = self.client.submit(
            _do, self.function, self.shared, task, made, workers=[worker], allow_other_workers=True, pure=False,
        )  # fmt: skip
        self.busy[worker] += 1
        self.tasks[str(future.key)] = (worker, task)
        future.add_done_callback(self.over.put)

    def _make(self, name: str, arguments: tuple) -> Any:
        """What will be made, once; the latest are held on to, the others may be forgotten there."""
        if name not in self.made:
            key = f"unbirthday-{name}-{self.sweep}"
            self.made[name] = self.client.submit(_make, self.make, self.shared, arguments, key=key)
        self.made.move_to_end(name)
        while len(self.made) > IN_HAND * (len(self.seen[1]) + 1):
            self.made.popitem(last=False)
        return self.made[name]

    def ended(self) -> list[Ended]:
        futures = []
        try:
            futures.append(self.over.get(timeout=LOOK_UP))
            while True:
                futures.append(self.over.get_nowait())
        except queue.Empty:
            pass
        self._workers()
        given = self._fetched([future for future in futures if future.status == "finished"])
        found = []
        for future in futures:
            if future.key not in given and future.status in ("finished", "pending", "lost"):
                future.add_done_callback(self.over.put)  # lost with its worker: it is done again, if anybody is left
                continue
            worker, task = self.tasks.pop(future.key)
            self.busy[worker] -= 1
            found.append(Ended(worker, task, given[future.key] if future.key in given else self._failed(future)))
        return found

    def _fetched(self, done: list[Any]) -> dict[str, Any]:
        """What tasks gave, by key; nothing in time if it lies with workers that have gone and nobody does it again."""
        try:
            given = self._asked(self.client.gather, done, errors="skip") if done else []
        except TimeoutError:
            return {}
        except OSError as error:
            raise self._gone(error) from None
        return dict(zip((future.key for future in done), given)) if len(given) == len(done) else {}

    def _asked(self, ask: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """What the cluster answers; TimeoutError: nothing in `PATIENCE`, where Dask would wait without end."""

        async def answer() -> Any:
            return await ask(*given, **named)

        try:
            return self.client.sync(answer, callback_timeout=PATIENCE)
        except TimeoutError:
            raise TimeoutError("no answer for a minute") from None

    def _failed(self, future: Any) -> Lost:
        """A task whose workers died, one after the other; what a task raises is raised here."""
        if self.client.status != "running":
            raise self._gone("the scheduler has gone")
        error = future.exception(timeout=TIMEOUT) if future.status == "error" else None
        if error is None or isinstance(error, distributed.scheduler.KilledWorker | distributed.scheduler.NoValidWorkerError):
            return Lost("killed, or out of memory" if error is not None else f"its task was {future.status}")
        raise error

    def _gone(self, why: object) -> RunError:
        return RunError(
            f"the cluster at {self.address} is gone ({why}); what was finished before is kept. "
            "Run the same command again with a cluster that is there, or without --cluster."
        )


def answers(address: str) -> None:
    """Refuse an address before a client is made for it, which would try for long and complain when it goes.

    ValueError: no address of a scheduler; OSError: nobody listens there.
    """
    scheme, place = parse_address(address, strict=True)
    get_backend(scheme)
    if scheme in ("tcp", "tls", "ws", "wss"):
        host, port = parse_host_port(place)
        if not 0 < int(port) < 2**16:
            raise ValueError(f"port {port}")
        socket.create_connection((host, int(port)), TIMEOUT).close()


def _rules() -> str:
    """The version of the rules, where this is run."""
    return RULES


_one = threading.Lock()  # kernels and what is at hand are for one task at a time, whatever a worker's threads


def _do(function: Callable[[Any, Any, Any], Any], shared: Any, task: Any, needs: dict[str, Any]) -> Any:
    with _one:
        return function(shared, task, needs)


def _make(make: Callable[..., Any], shared: Any, arguments: tuple) -> Any:
    with _one:
        return make(shared, *arguments)
