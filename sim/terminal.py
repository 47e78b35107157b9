"""Numbers, spans and tables as the terminal shows them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

Told = tuple[str, Sequence[str], Sequence[Sequence[object]]]
"""A sentence, the header of a table and its rows; neither where the sentence says all."""


def tell(said: Iterable[Told]) -> None:
    """Sentences with their tables, a line apart."""
    for text, header, rows in said:
        print(text)
        if rows:
            print_table(header, rows)
            print()


def print_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table that fits the terminal; where the output goes elsewhere, one whole line per row."""
    texts = [[str(cell) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        widths = [max(map(len, column)) for column in zip(header, *texts)]
        for row in (header, *texts):
            print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for name in header:
        table.add_column(name, overflow="fold")
    for row in texts:
        table.add_row(*map(Text, row))
    Console().print(table)


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
