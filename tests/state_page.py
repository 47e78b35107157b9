"""Every column of people and ties, and every channel; as the page docs/state.md. To write it: python tests/state_page.py"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from sim.channels import TABLE, Channel
from sim.world.columns import FLAGS, PERSON, TIE, Column, row_bytes

PAGE = Path(__file__).parents[1] / "docs" / "state.md"
TEXT = """# Columns of people and ties, and channels

This page lists all that a world holds of its people and ties. It is for people who read or write code. A *column* is an
array with a row for each person, or for each tie between two people i < j. [The model](model.md) tells what columns are
for. The page is made from `sim/world/columns.py` and `sim/channels.py` by `python tests/state_page.py`.

- A *new row* has this value where nothing else is given.
- *Set back when* says when a column gets that value again. A tie also counts as unlinked where a platform without a feed
  is joined. No rule changes a *fixed* column.
- *Attribute* is the name that Python code reads and writes on a `Person`, with the least and the greatest value.
- A column that ends with `_ij` belongs to the side of i, one with `_ji` to the side of j.

A line that is added to `sim/world/columns.py` or `sim/channels.py` is known everywhere. Only the rule that uses it must be
written: [extending the program](extending.md#a-platform-feature) lists the files.

## People

`state.people`, {person_bytes} bytes a person.

| column | type | unit | new row | set back when | attribute | meaning |
|---|---|---|---|---|---|---|
{people}

## Ties

`state.ties`, {tie_bytes} bytes a tie.

| column | type | unit | new row | set back when | in `plain.py` | meaning |
|---|---|---|---|---|---|---|
{ties}

### Flags of a tie

| flag | bit | unset with the link | in `plain.py` | meaning |
|---|---|---|---|---|
{flags}

## Channels

A channel is a way of being in contact. *Where*: in real life, or the part of a platform file that makes such acts.
*Two-sided*: both people count as receivers. *Composed*: it takes words or a visit. *Numbers*: the keys under
`[channels.<channel>]` of a society file.

| channel | number | where | two-sided | composed | numbers | meaning |
|---|---|---|---|---|---|---|
{channels}
"""


def page() -> str:
    return TEXT.format(
        person_bytes=row_bytes(PERSON),
        people="\n".join(_row(column, _attribute(column)) for column in PERSON),
        tie_bytes=row_bytes(TIE),
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
    return f"| `{column.name}` | {kind}{entry} | {column.unit} | {column.rest} | {reset} | {more} | {column.meaning} |"


def _attribute(column: Column) -> str:
    if column.within is None:
        return ""
    low, high = column.within
    return f"`{column.attribute or column.name}`, {low} to {high}"


def _yes(value: bool) -> str:
    return "yes" if value else ""


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
