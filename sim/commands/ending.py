"""The end of a command: its exit status, a line for each problem, and what is kept after an interrupt."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

import typer
from typer.core import TyperGroup

import sim
from sim import files
from sim.commands.showing import notes
from sim.errors import LONGEST_MESSAGE, Problem, SimError, shortened
from sim.terminal import shown

INTERRUPTED, TERMINATED = 130, 143
RESUMED = ("sweep", "region", "why", "split", "ranges")  # a ledger keeps their finished units
READING = ("query", "show", "grown")  # they write nothing
PIECEMEAL = ("check", "draw", "data")  # they write several files, one after the other
MOST_ERRORS = 20  # failed units that a message lists
UsageError: Any = typer.BadParameter.__base__  # a wrong option or argument; typer has no public name for it


class Terminated(KeyboardInterrupt):
    """Somebody asked the process to end (SIGTERM)."""


class Commands(TyperGroup):
    """Ends every command with its exit status, and prints one line per problem."""

    def main(self, args=None, prog_name=None, standalone_mode=True, **extra):
        with shown(), notes():
            try:
                status = super().main(args, prog_name, standalone_mode=False, **extra)
                sys.stdout.flush()  # an error of writing is caught below
            except UsageError as error:
                error.message = shortened(error.message, 10 * LONGEST_MESSAGE)
                error.show(sys.stderr)
                status = error.exit_code
            except SimError as error:
                if str(error):
                    print(error, file=sys.stderr)
                status = error.exit_status
            except OSError as error:
                if error.filename is None:
                    raise  # it is no error of a file, but of this program
                print(Problem(os.fsdecode(error.filename), "", error.strerror or str(error), ""), file=sys.stderr)
                status = 1
        sys.exit(status)

    def invoke(self, ctx):
        files.written.clear()
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # a second one ends it at once
            sys.unraisablehook = lambda _: None  # half-made objects raise errors when they are deleted: hide them
            print(f"\nstopped; {_kept_of(ctx.invoked_subcommand)}", file=sys.stderr)
            raise typer.Exit(TERMINATED if isinstance(error, Terminated) else INTERRUPTED) from None


def terminate(*_: Any) -> None:
    """Handle SIGTERM."""
    raise Terminated


def fail_with(failed: tuple[tuple[int, int, str], ...]) -> None:
    """Print the units that failed (point, seed and error), if any, and end with status 1."""
    for point, seed, error in failed[:MOST_ERRORS]:
        print(f"point {point}, seed {seed}: {error}", file=sys.stderr)
    if failed:
        more = f" ({len(failed) - MOST_ERRORS} more in runs.parquet)" if len(failed) > MOST_ERRORS else ""
        print(f"{len(failed)} units failed{more}; run the same command with --retry to try them again", file=sys.stderr)
        raise typer.Exit(1)


def _kept_of(command: str | None) -> str:
    """What an interrupted command leaves, in words."""
    if command in RESUMED:
        return "what was finished is kept: run the same command again to resume"
    if command in PIECEMEAL:
        return "files that it had finished are there, the others are missing: run the same command again"
    if command in READING:
        return "it had only read: nothing was changed"
    if files.written:
        names = ["a grown society" if file.parent == sim.store_folder() else str(file) for file in files.written]
        return f"it had kept {', '.join(dict.fromkeys(names))}, and nothing else: run the same command again"
    return "nothing of it was kept: run the same command again to start anew"
