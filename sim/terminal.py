"""Output on the terminal: numbers, durations, sentences and tables, and standard streams that are safe.

Text cannot send commands to the terminal, and a closed pipe or a full disk gives an error of its own.
"""

from __future__ import annotations

import csv
import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TextIO, cast

from sim.errors import RunError, escaped

CLOSED_PIPE = 141  # exit status that a shell gives a program whose reader stopped reading
LONGEST_CELL = 1000  # characters of a cell on the screen

Passage = tuple[str, Sequence[str], Sequence[Sequence[object]]]
"""A sentence, then the header and the rows of a table; both are empty for a sentence without a table."""


# --- streams ----------------------------------------------------------------------------------------------------------


class OutputLost(RunError):
    """Standard output cannot be written: the disk is full, the descriptor is closed, or nobody reads the pipe."""

    def __init__(self, error: OSError):
        pipe_closed = error.errno == errno.EPIPE  # the reader has read enough, as `head` does: no message
        super().__init__("" if pipe_closed else f"standard output cannot be written: {error.strerror or error}")
        self.exit_status = CLOSED_PIPE if pipe_closed else type(self).exit_status


class Raw:
    """A standard stream. Output that it cannot take raises `OutputLost`, or nothing where it `must_not_fail`."""

    def __init__(self, stream: TextIO, must_not_fail: bool = False):
        self.stream, self.must_not_fail = stream, must_not_fail
        self.lost: OutputLost | None = None

    def write(self, text: str) -> int:
        self._try(self.stream.write, text)
        return len(text)

    def flush(self) -> None:
        self._try(self.stream.flush)

    def _try(self, call: Callable[..., Any], *arguments: str) -> None:
        if self.lost is None:
            try:
                call(*arguments)
            except OSError as error:
                self.lost = OutputLost(error)
                self._let_go()
        if self.lost is not None and not self.must_not_fail:
            raise self.lost

    def _let_go(self) -> None:
        """Discard further output, so that the stream does not fail again when the interpreter ends."""
        with suppress(OSError, ValueError):
            null_device = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null_device, self.stream.fileno())
            os.close(null_device)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


class Shown(Raw):
    """A standard stream for text from any source: control characters are written as escapes, such as \\x1b."""

    def __init__(self, stream: Raw):
        super().__init__(cast(TextIO, stream))

    def write(self, text: str) -> int:
        return self.stream.write("\n".join(map(escaped, text.split("\n"))))

    def flush(self) -> None:
        self.stream.flush()


@contextmanager
def shown() -> Iterator[None]:
    """Make standard output and standard error safe while a command runs.

    Characters that their encoding lacks are replaced, and control characters are written as escapes. Output that cannot be
    written raises `OutputLost`. Messages that cannot be written are dropped.
    """
    originals = sys.stdout, sys.stderr
    error_handlers = [stream.errors for stream in originals]
    for stream in originals:
        with suppress(AttributeError):
            cast(Any, stream).reconfigure(errors="replace")
    output, messages = Shown(Raw(originals[0])), Shown(Raw(originals[1], must_not_fail=True))
    sys.stdout, sys.stderr = cast(TextIO, output), cast(TextIO, messages)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = originals
        for stream, error_handler in zip(originals, error_handlers):
            with suppress(AttributeError, OSError):
                cast(Any, stream).reconfigure(errors=error_handler)


def raw(stream: TextIO) -> TextIO:
    """The stream without escapes, for output with control characters of its own: colours, a progress bar, data for a program."""
    return stream.stream if isinstance(stream, Shown) else stream


def open_closed_streams() -> None:
    """Open the standard streams that a process was started without: an empty input, an output that fails, silent messages.

    Otherwise the next file that the process opens would become one of its standard streams.
    """
    for descriptor, mode in enumerate((os.O_RDONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, mode)
    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        if getattr(sys, name) is None:
            setattr(sys, name, open(descriptor, "w", encoding="utf-8", errors="replace", closefd=False))  # noqa: SIM115


# --- sentences and tables ---------------------------------------------------------------------------------------------


def tell(passages: Iterable[Passage]) -> None:
    """Print sentences, each with its table, if any, and an empty line after the table."""
    for text, header, rows in passages:
        print(text)
        if rows:
            print_table(header, rows)
            print()


def print_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bool:
    """Print a table that fits the terminal, or one line per row where the output is no terminal.

    Returns whether a cell was cut.
    """
    cells = [[str(cell) for cell in row] for row in rows]
    cut = any(len(cell) > LONGEST_CELL for row in (header, *cells) for cell in row)
    names, texts = [_cell(name) for name in header], [[_cell(cell) for cell in row] for row in cells]
    if not sys.stdout.isatty():
        widths = [max(map(len, column)) for column in zip(names, *texts)]
        for row in (names, *texts):
            print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
        return cut
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for name in names:
        table.add_column(Text(name), overflow="fold")
    for row in texts:
        table.add_row(*map(Text, row))
    Console(file=raw(sys.stdout), markup=False, emoji=False).print(table)
    return cut


def _cell(text: str) -> str:
    return escaped(text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}...")


def print_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table as CSV for a program. Control characters are escaped on a terminal only."""
    out = sys.stdout if sys.stdout.isatty() else raw(sys.stdout)
    csv.writer(out, lineterminator="\n").writerows([header, *rows])


def short(value: float | str | None) -> str:
    """A number with three digits, or text; a dash for None and NaN."""
    if value is None or value != value:
        return "-"
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def in_years(days: int) -> str:
    """A number of days as text: whole years as "3y", others as "400d"."""
    return f"{days // 365}y" if days % 365 == 0 else f"{days}d"


def duration(seconds: float) -> str:
    """A duration in the unit that suits it: "80 s", "45 min", "2.5 h"."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 90 * 60 else f"{seconds / 3600:.1f} h"
