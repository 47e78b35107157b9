"""One trial: a command line of `sim`, or a function, run in a process of its own, and what is wrong with how it ended."""

from __future__ import annotations

import os
import re
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

LONGEST = 60.0  # seconds until a trial counts as hanging
MOST_SAID = 60_000  # characters on both outputs together
KNOWN = (0, 1, 2)
UNMEANT = re.compile(r"Traceback \(most recent|^(\w+\.)*\w+(Error|Exception|Warning): |: \w+Warning: ", re.MULTILINE)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Outcome:
    """How a trial ended. status : exit status; None if it had to be stopped."""

    status: int | None
    out: str
    err: str
    seconds: float

    @property
    def noted(self) -> bool:
        """Whether anything beside the answer was said."""
        return "note:" in self.out + self.err


Verdict = Callable[[Outcome], str | None]


@dataclass(frozen=True)
class Trial:
    """What is tried.

    name : what was done to the input
    run : a command line of `sim`, or a function whose print is read
    judge : what is wrong with the outcome beyond what is wrong for all; None if nothing
    """

    name: str
    run: Sequence[str] | Callable[[], None]
    folder: Path
    judge: Verdict = lambda outcome: None
    known: tuple[int, ...] = field(default=KNOWN)


def wrong(trial: Trial) -> str | None:
    """What is wrong with how a trial ends; None if nothing is."""
    outcome = outcome_of(trial)
    said = outcome.out + outcome.err
    if outcome.status is None:
        return f"hangs: not done after {LONGEST:.0f} s"
    if UNMEANT.search(said):
        return f"an error or a warning that nobody worded:\n{said[-1500:]}"
    if outcome.status not in trial.known:
        return f"exit status {outcome.status}:\n{said[-800:]}"
    if outcome.status and not outcome.err.strip():
        return f"exit status {outcome.status} without a word"
    if len(said) > MOST_SAID:
        return f"says {len(said)} characters"
    if found := CONTROL.search(said):
        return f"sends the control character {found[0]!r} to the terminal"
    return trial.judge(outcome)


def outcome_of(trial: Trial) -> Outcome:
    """Run a trial in a forked process: what is imported here need not be imported again."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.monotonic()
        child = os.fork()
        if not child:
            _live(trial, out.fileno(), err.fileno())
        status = _wait(child, began + LONGEST)
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read(4 * MOST_SAID).decode("utf-8", "replace"))
        return Outcome(status, *texts, time.monotonic() - began)


def _live(trial: Trial, out: int, err: int) -> None:
    status = 99
    try:
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out, 1)
        os.dup2(err, 2)
        sys.stdout, sys.stderr = (open(stream, "w", encoding="utf-8", closefd=False) for stream in (1, 2))  # noqa: SIM115
        os.chdir(trial.folder)
        status = _status(trial.run)
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(status)


def _status(run: Sequence[str] | Callable[[], None]) -> int:
    from sim.__main__ import main
    from sim.errors import SimError

    try:
        if callable(run):
            run()
        else:
            sys.argv = ["sim", *run]
            main()
    except SystemExit as left:
        return int(left.code or 0)
    except SimError as error:
        print(error, file=sys.stderr)
        return error.exit_status
    return 0


def _wait(child: int, until: float) -> int | None:
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None
