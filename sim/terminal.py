"""What the terminal shows: numbers, spans and tables; and standard streams that no text can command and no reader can break."""

from __future__ import annotations

import csv
import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TextIO, cast

from sim.errors import RunError, escaped

CLOSED_PIPE = 141
LONGEST_CELL = 1000  # characters of a cell on the screen

Told = tuple[str, Sequence[str], Sequence[Sequence[object]]]
"""A sentence, the header of a table and its rows; neither where the sentence says all."""


# --- streams ----------------------------------------------------------------------------------------------------------


class OutputLost(RunError):
    """Standard output takes no more: a full disk, a closed descriptor, a pipe that nobody reads."""

    def __init__(self, error: OSError):
        enough = error.errno == errno.EPIPE  # whoever read our output has read enough: nothing to say
        super().__init__("" if enough else f"standard output cannot be written: {error.strerror or error}")
        self.exit_status = CLOSED_PIPE if enough else type(self).exit_status


class Raw:
    """A standard stream as it is, but that what it cannot take is one error, or none where it `must_not_fail`."""

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
        """Send the rest nowhere, so that it fails no second time when the interpreter ends."""
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.stream.fileno())
            os.close(nowhere)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


class Shown(Raw):
    """The same for text from anywhere: its control characters are shown and not obeyed."""

    def __init__(self, stream: Raw):
        super().__init__(cast(TextIO, stream))

    def write(self, text: str) -> int:
        return self.stream.write("\n".join(map(escaped, text.split("\n"))))

    def flush(self) -> None:
        self.stream.flush()


@contextmanager
def shown() -> Iterator[None]:
    """Standard output and error, for the length of a command: letters that they do not have are replaced, control characters
    shown; output that cannot be written is an OutputLost, while messages that cannot are lost in silence."""
    before = sys.stdout, sys.stderr
    kept = [(stream, stream.errors) for stream in before]
    for stream in before:
        with suppress(AttributeError):
            cast(Any, stream).reconfigure(errors="replace")
    output, messages = Shown(Raw(before[0])), Shown(Raw(before[1], must_not_fail=True))
    sys.stdout, sys.stderr = cast(TextIO, output), cast(TextIO, messages)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
        for stream, errors in kept:
            with suppress(AttributeError, OSError):
                cast(Any, stream).reconfigure(errors=errors)


def raw(stream: TextIO) -> TextIO:
    """The stream without escapes, for what writes its own: a table in colours, a bar, data that a program reads."""
    return stream.stream if isinstance(stream, Shown) else stream


def open_closed_streams() -> None:
    """Give a process what it was started without: an empty input, an output that fails when written, silent messages.

    Otherwise the next file that is opened would stand in their place.
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


def tell(said: Iterable[Told]) -> None:
    """Sentences with their tables, a line apart."""
    for text, header, rows in said:
        print(text)
        if rows:
            print_table(header, rows)
            print()


def print_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bool:
    """A table that fits the terminal; where the output goes elsewhere, one line per row. Returns whether a cell was cut."""
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
    """The same for a program to read: every letter as it is, unless a terminal would obey it."""
    out = sys.stdout if sys.stdout.isatty() else raw(sys.stdout)
    csv.writer(out, lineterminator="\n").writerows([header, *rows])


def short(value: float | str | None) -> str:
    """Three digits of a number; a dash for none."""
    if value is None or value != value:
        return "-"
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def in_years(days: int) -> str:
    """Whole years as such, other spans in days."""
    return f"{days // 365}y" if days % 365 == 0 else f"{days}d"


def duration(seconds: float) -> str:
    """Seconds, minutes or hours, whichever is read most easily."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 90 * 60 else f"{seconds / 3600:.1f} h"
