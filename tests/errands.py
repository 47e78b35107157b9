"""What tests send workers to do. Light to import, as every worker that is started imports it."""

import os
import signal
import sys
import time
from pathlib import Path


def twice(shared: int, task: int) -> int:
    return shared * task


def or_die(shared: str, task: int) -> int:
    """Kill the own process at the task 3, once for each file that is not there yet."""
    mark = Path(shared, "died")
    if task == 3 and len(list(Path(shared).iterdir())) < 2:
        mark.with_suffix(f".{time.monotonic_ns()}").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return task


def always_die(shared: None, task: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def complain(shared: str, task: int) -> int:
    print(shared, task, file=sys.stderr)
    return task


def refuse(shared: None, task: int) -> None:
    raise ValueError(f"not {task}")


class Deadly:
    """A function that no worker lives to know."""

    def __reduce__(self):
        return os.kill, (_Own(), signal.SIGKILL)


class _Own:
    """The number of whichever process reads this."""

    def __reduce__(self):
        return os.getpid, ()
