"""Two lives of one tie: what two people do in a year without a platform and with one, by the same luck (a press figure)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial

import numpy as np
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
    channels = set(record.channels)
    real = [lane for lane in REAL if channels & set(LANES[lane])]
    rows = {
        without: [(words.of("tie-lane", lane), LANES[lane], style.BLUE) for lane in real],
        with_one: [(words.of("tie-lane", lane), LANES[lane], style.BLUE) for lane in real]
        + [(words("lives-online"), PLATFORM, style.VERMILLION)],
    }
    gutter = max(page.size(name) for lanes in rows.values() for name, *_ in lanes) + 0.08
    for arm, lanes in rows.items():
        side = "without" if arm == without else "with"
        page.top += page.heading(words.of("lives-side", side, closeness=words.fixed(record.ended(arm), 2))) + 0.03
        counts = [words.number(record.count(arm, acts)) for _, acts, _ in lanes]
        room = max(map(page.size, counts)) + 0.1
        height = PITCH * page.small / 72 * len(lanes)
        axes = page.axes(style.MARGIN + gutter, page.inner - gutter - room, height)
        style.rows(axes, [name for name, *_ in lanes])
        days = record.about["days"]
        axes.set_xlim(0, days)
        for place, ((_, acts, color), count) in enumerate(zip(lanes, counts)):
            axes.axhline(place, color=style.PALE, linewidth=0.6, zorder=1)
            axes.vlines(record.acts(arm, acts).day + 0.5, place - 0.32, place + 0.32, color=color, linewidth=1.1, zorder=2)
            press.behind(axes, days, place, count, page.small)
        axes.spines["bottom"].set_visible(False)
        axes.set_xticks([])
        page.top += height + 0.06
    months = np.arange(0, days / MONTH + 0.01, TICKS * math.ceil(days / 370))
    axes.spines["bottom"].set_visible(True)
    axes.set_xticks(months * MONTH, [f"{month:.0f}" for month in months])
    page.top += 1.6 * page.small / 72
    page.write(words("lives-months"), style.MARGIN + gutter)
    page.top += style.leading(page.small) + 0.04
    about = record.about
    page.source(words("lives-source", people=about["people"], study=about["study"]))


ENTRY = Entry(figures, "tie_days", records_of)
