"""A press figure answers one question for somebody who never saw the project: one message, one plot, few words, in two cuts.

A press figure is a module of the gallery like any other. It composes a page, which is drawn at each cut.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from sim.figures import style
from sim.figures.registry import Entry
from sim.figures.results import Results, swept
from sim.figures.words import Words
from sim.study.records import json_files


class Cut(NamedTuple):
    """end : of the file's name; width : inches; small, large : of text and of the title, in points"""

    end: str
    width: float
    small: float
    large: float


PRINT = Cut("", 8 / 2.54, 7.2, 10)  # a column of print, 8 cm
PHONE = Cut("-phone", 360 / 96, 9.2, 12.6)  # 360 px wide; its text is 12 px high
CUTS = (PRINT, PHONE)
TRACK: style.Look = {"facecolor": style.PALE}  # what is left of 100 %
LEAST, USUAL = 1.3, 5.0  # margins that a plot shows on both sides of 0, at least; a margin where none is known, in %
MOST_WORDS, MOST_OF_TITLE = 60, 10  # words of a press figure besides its source line, and of its title

Compose = Callable[[style.Page, Any, Words], None]


class Bar(NamedTuple):
    """A row of bars: its name, the parts of its bar with their looks and texts, and the text behind it."""

    name: str
    parts: Sequence[tuple[float, style.Look, str]]
    text: str


class Share(NamedTuple):
    """A row of shares: its name, the share of 1, how it is drawn, and its number."""

    name: str
    share: float
    look: style.Look
    text: str


class Mark(NamedTuple):
    """A mean with its interval, in %, and how it is drawn."""

    mean: float
    low: float
    high: float
    look: style.Look


def entry(name: str, compose: Compose, read: Callable[[Path], Any] = swept, table: str = "") -> Entry:
    """What a press figure says of itself. compose : writes title, plot and source on an empty page; the rest as of Entry"""

    def draw(found: Any, words: Words) -> Mapping[str, Figure]:
        return {name + cut.end: cut_at(cut, compose, found, words) for cut in CUTS}

    return Entry(draw, table, read)


def cut_at(cut: Cut, compose: Compose, found: Any, words: Words) -> Figure:
    page = style.Page(cut.width, cut.small, cut.large)
    compose(page, found, words)
    return page.finish()


def source(page: style.Page, words: Words, results: Results) -> None:
    """The one line that says what is behind the figure, in quiet letters at its foot."""
    k, n = json_files.assumed(results.study, results.primary["name"])
    seeds, people = results.everybody["seed"].n_unique(), results.study["people"]
    page.source(words("press-source", study=results.study["name"], seeds=seeds, people=people, k=k, n=n))


def explained(page: style.Page, words: Words, word: str, width: float, mark: str = "") -> str:
    """A verdict's word, and below it what it means, in lines of a width in inches. mark : behind the word"""
    return f"{words('press-word', word=words.brief(word) + mark)}\n{page.wrap(words.of('press-means', word), width)}"


def bars(page: style.Page, rows: Sequence[Bar]) -> None:
    """Bars below each other, named on the left, their numbers behind them and, where there is room, in their parts."""
    room = max(page.size(row.text) for row in rows) + 0.1
    most = max(sum(value for value, *_ in row.parts) for row in rows)
    axes, wide = empty_rows(page, [row.name for row in rows], most, room)
    for place, row in enumerate(rows):
        values, looks, texts = zip(*row.parts)
        shown = [text if page.size(text) < 0.9 * wide * value / most else "" for value, text in zip(values, texts)]
        for centre, look, text in zip(style.stacked(axes, place, values, looks, 0.72), looks, shown):
            axes.text(centre, place, text, ha="center", va="center_baseline", color=on(look), fontsize=page.small)
        behind(axes, sum(values), place, row.text, page.small)


def shares(page: style.Page, rows: Sequence[Share], pitch: float = 3.1, track: style.Look = TRACK) -> Axes:
    """Shares of 100 % below each other, each with its number in its bar, or behind a short one; the cursor moves below.

    track : how the rest of 100 % is drawn
    """
    axes, wide = empty_rows(page, [row.name for row in rows], 1, 0, pitch)
    for place, row in enumerate(rows):
        style.stacked(axes, place, [row.share, 1 - row.share], [row.look, track], 0.72)
        if wide * row.share > page.size(row.text) + 0.12:
            ground = {"facecolor": row.look["facecolor"], "edgecolor": "none", "pad": 0.8}  # a hatch passes behind it
            behind(axes, row.share, place, row.text, page.small, color=on(row.look), ha="right", xytext=(-4, 0), bbox=ground)
        else:
            behind(axes, row.share, place, row.text, page.small)
    return axes


def empty_rows(page: style.Page, names: Sequence[str], most: float, room: float, pitch: float = 3.6) -> tuple[Axes, float]:
    """Rows for bars, named on the left, without an axis, and their width in inches; the cursor moves below.

    most : the value at the right end; room : behind it, in inches; pitch : from row to row, in heights of a letter
    """
    gutter = max(page.size(name) for name in names) + 0.08
    height, wide = pitch * page.small / 72 * len(names), page.inner - gutter - room
    axes = page.axes(style.MARGIN + gutter, wide, height)
    style.rows(axes, names)
    axes.set_xlim(0, most)
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks([])
    page.top += height + 0.06
    return axes, wide


def behind(axes: Axes, value: float, place: float, text: str, size: float, **look: Any) -> None:
    """A number beside the end of its bar."""
    look = {"color": style.INK, "xytext": (4, 0), "textcoords": "offset points", "fontsize": size} | look
    axes.annotate(text, (value, place), va="center_baseline", annotation_clip=False, **look)


def on(look: style.Look) -> str:
    """The colour of letters on a fill: white if it is dark."""
    red, green, blue = to_rgb(look["facecolor"])
    return style.INK if 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 else "white"


def points(page: style.Page, words: Words, rows: Sequence[tuple[str, Sequence[Mark]]], margin: float) -> Axes:
    """Changes in % beside zero and the margin of no change, one name and its marks a row; the cursor moves below.

    margin : in %, shaded; NaN where the rows have several
    """
    names = [page.wrap(name, 0.42 * page.inner) for name, _ in rows]
    gutter = max(page.size(name) for name in names) + 0.08
    tall = max(2.6 if "\n" not in name else 3.2 for name in names)
    height = tall * page.small / 72 * len(rows)
    axes = page.axes(style.MARGIN + gutter, page.inner - gutter - page.size("+100 %") / 2, height)
    style.rows(axes, names)
    ends = [end for _, marks in rows for mark in marks for end in (mark.low, mark.mean, mark.high) if end == end]
    least = LEAST * (USUAL if math.isnan(margin) else margin)
    low, high = min([*ends, -least]), max([*ends, least])
    axes.set_xlim(low - 0.05 * (high - low), high + 0.05 * (high - low))
    if math.isfinite(margin):
        axes.axvspan(-margin, margin, color=style.PALE, zorder=0, linewidth=0)
    axes.axvline(0, color=style.QUIET, linewidth=0.8, zorder=1)
    for place, (_, marks) in enumerate(rows):
        for k, mark in enumerate(marks):
            at = place + 0.36 * ((k + 0.5) / len(marks) - 0.5)
            style.whisker(axes, mark.low, mark.high, at, color=mark.look["color"], linewidth=1.4)
            axes.plot(mark.mean, at, linestyle="", **mark.look)
    axes.locator_params(axis="x", nbins=5)
    axes.xaxis.set_major_formatter(lambda value, _: words.percent(value / 100, 3, signed=True) if value else "0")
    page.top += height + 2.4 * page.small / 72
    return axes
