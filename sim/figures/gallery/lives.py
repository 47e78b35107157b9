"""Two lives of one tie: what two people do in a year without a platform and with one, by the same luck (a press figure)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures import press, style
from sim.figures.gallery.tie import LANES, MONTH
from sim.figures.pair import PLATFORM, PairRecord, records_of
from sim.figures.registry import Entry
from sim.figures.results import Lacking
from sim.figures.words import Words

MET = "visit"
REAL = [lane for lane, channels in LANES.items() if not set(channels) & set(PLATFORM)]
PITCH = 1.9  # from row to row, in heights of a letter
TICKS = 3  # months between two ticks, for each year


class Lane(NamedTuple):
    """A row of marks: its name, the channels that it counts, and its colour."""

    name: str
    channels: Sequence[str]
    color: str


def figures(pairs: Sequence[PairRecord], words: Words) -> dict[str, Figure]:
    """Both cuts of each pair, by the names of their files. Lacking: no arm is without a platform, or none is with one."""
    drawn = {}
    for record in pairs:
        without, with_one = sides(record)
        write = partial(compose, without=without, with_one=with_one)
        name = f"lives-{record.pair['from']}-{record.pair['to']}"
        drawn |= {name + cut.end: press.cut_at(cut, write, record, words) for cut in press.CUTS}
    return drawn


def sides(record: PairRecord) -> tuple[str, str]:
    """An arm without a platform, and one with it: that of the primary contrast if it has one."""
    without = [arm for arm in record.arms if not record.on_platform(arm)]
    with_one = [arm for arm in (record.about["arm"], *record.arms) if record.on_platform(arm)]
    if not without or not with_one:
        raise Lacking("there is no arm without a platform, or none with one")
    return without[0], with_one[0]


def title(record: PairRecord, words: Words, without: str, with_one: str) -> str:
    """How often they visit each other, and whether they end as close."""
    first, then = (record.count(arm, [MET]) for arm in (without, with_one))
    before, after = (round(record.ended(arm), 2) for arm in (without, with_one))
    closeness = words.of("lives-closeness", "stays" if before == after else "rises" if after > before else "falls")
    return words.of("lives-title", "same" if first == then else "other", n=first, m=then, closeness=closeness)


def compose(page: style.Page, record: PairRecord, words: Words, without: str, with_one: str) -> None:
    page.title(title(record, words, without, with_one))
    page.paragraph(words("lives-how"), after=0.08)
    real = [Lane(words.of("tie-lane", lane), LANES[lane], style.BLUE) for lane in REAL if record.channels & set(LANES[lane])]
    online = Lane(words("lives-online"), PLATFORM, style.VERMILLION)
    gutter = max(page.size(lane.name) for lane in (*real, online)) + 0.08
    panel(page, record, words, without, "without", real, gutter)
    axes = panel(page, record, words, with_one, "with", [*real, online], gutter)
    days = record.about["days"]
    months = np.arange(0, days / MONTH + 0.01, TICKS * math.ceil(days / 370))
    axes.spines["bottom"].set_visible(True)
    axes.set_xticks(months * MONTH, [f"{month:.0f}" for month in months])
    page.top += 1.6 * page.small / 72
    page.write(words("lives-months"), style.MARGIN + gutter)
    page.top += style.leading(page.small) + 0.04
    page.source(words("lives-source", people=record.about["people"], study=record.about["study"]))


def panel(
    page: style.Page, record: PairRecord, words: Words, arm: str, side: str, lanes: Sequence[Lane], gutter: float
) -> Axes:
    """One life: a mark for each act, and how many there are. side : "with" a platform or "without"; gutter : inches for names"""
    page.top += page.heading(words.of("lives-side", side, closeness=words.fixed(record.ended(arm), 2))) + 0.03
    counts = [words.number(record.count(arm, lane.channels)) for lane in lanes]
    room = max(map(page.size, counts)) + 0.1
    height = PITCH * page.small / 72 * len(lanes)
    axes = page.axes(style.MARGIN + gutter, page.inner - gutter - room, height)
    style.rows(axes, [lane.name for lane in lanes])
    axes.set_xlim(0, record.about["days"])
    for place, (lane, count) in enumerate(zip(lanes, counts)):
        axes.axhline(place, color=style.PALE, linewidth=0.6, zorder=1)
        days = record.acts(arm, lane.channels).day + 0.5
        axes.vlines(days, place - 0.32, place + 0.32, color=lane.color, linewidth=1.1, zorder=2)
        press.behind(axes, record.about["days"], place, count, page.small)
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks([])
    page.top += height + 0.06
    return axes


ENTRY = Entry(figures, "tie_days", records_of)
