"""Every column of people and ties, and every channel; as the page docs/state.md. To write it: python tests/state_page.py"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from sim.channels import TABLE, Channel
from sim.world.columns import FLAGS, LEFT, PERSON, TIE, UNLINKED, Column, row_bytes

PAGE = Path(__file__).parents[1] / "docs" / "state.md"
TEXT = """# Columns of people and ties, and channels

This page lists all that a world holds of its people and ties. It is for people who read or write code. A *column* is an
array with a row for each person, or for each tie between two people i < j. [The model](model.md) says what columns are
for. `python tests/state_page.py` makes this page from `sim/world/columns.py` and `sim/channels.py`.

- *New row*: the value of the column in a new row, unless another one is given.
- *Set back when*: the event that sets the column back to that value. When people join a platform without a feed, their ties
  count as unlinked too. No rule changes a *fixed* column.
- *Attribute*: the name that Python code reads and writes on a `Person`, with the lowest and the highest value.
- *In `plain.py`*: the name in the engine that is made to be read.
- A column that ends with `_ij` belongs to the side of i. One that ends with `_ji` belongs to the side of j.

To add a column or a channel, add a line to `sim/world/columns.py` or `sim/channels.py`, and write the rule that uses it.
[Extending the program](extending.md#a-platform-feature) lists the files.

## People

`state.people`, {person_bytes} bytes a person.

| column | type | bytes | unit | new row | set back when | attribute | meaning |
|---|---|---|---|---|---|---|---|
{people}

## Ties

`state.ties`, {tie_bytes} bytes a tie. Memory that no rule has written to yet is not taken. So {platform_bytes} bytes
are taken on a platform only: those of columns that are set back when the tie loses its link or the platform is left. Two
ties in three of 100,000 people are linked there. A table of links alone would spare a tenth of the memory at most.

| column | type | bytes | unit | new row | set back when | in `plain.py` | meaning |
|---|---|---|---|---|---|---|---|
{ties}

### Flags of a tie

| flag | bit | unset with the link | in `plain.py` | meaning |
|---|---|---|---|---|
{flags}

## Channels

A channel is a way of being in contact.

- *Where*: in real life, or the part of a platform file that makes such acts.
- *Two-sided*: both people count as receivers.
- *Composed*: the act takes words or a visit.
- *Numbers*: the keys under `[channels.<channel>]` of a society file.

| channel | number | where | two-sided | composed | numbers | meaning |
|---|---|---|---|---|---|---|
{channels}
"""


def page() -> str:
    return TEXT.format(
        person_bytes=row_bytes(PERSON),
        people="\n".join(_row(column, _attribute(column)) for column in PERSON),
        tie_bytes=row_bytes(TIE),
        platform_bytes=row_bytes(column for column in TIE if column.reset in (LEFT, UNLINKED)),
        ties="\n".join(_row(column, f"`{column.twin}`" if column.name != "flags" else "") for column in TIE),
        flags="\n".join(
            f"| `{flag.name}` | {bit} | {_yes(flag.ends)} | `{flag.twin}` | {flag.meaning} |" for bit, flag in enumerate(FLAGS)
        ),
        channels="\n".join(_channel(number, channel) for number, channel in enumerate(TABLE)),
    )


def _channel(number: int, channel: Channel) -> str:
    where = "real life" if channel.real else f"`{channel.feature}`"
    yes, numbers = f"{_yes(channel.two_sided)} | {_yes(channel.composed)}", ", ".join(channel.numbers)
    return f"| `{channel.name}` | {number} | {where} | {yes} | {numbers} | {channel.meaning} |"


def _row(column: Column, more: str) -> str:
    entry = "".join(f" × {size}" for size in column.shape)
    reset = "fixed" if column.fixed else column.reset
    kind = np.dtype(column.type).name
    size = row_bytes([column])
    return f"| `{column.name}` | {kind}{entry} | {size} | {column.unit} | {column.rest} | {reset} | {more} | {column.meaning} |"


def _attribute(column: Column) -> str:
    if column.within is None:
        return ""
    low, high = column.within
    return f"`{column.attribute or column.name}`, {low} to {high}"


def _yes(value: bool) -> str:
    return "yes" if value else ""


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
