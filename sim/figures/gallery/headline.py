"""The press cut of a study of combinations: support as measured and with equal minutes, and what evidence says of the claim."""

from __future__ import annotations

import math
from itertools import product
from typing import NamedTuple

from matplotlib.figure import Figure

from sim.figures import style
from sim.figures.cases import Case, Found, Row
from sim.figures.gallery.combinations import LEAST, row_name, title
from sim.figures.gallery.cultures import LOOKS, key, ticks
from sim.figures.registry import Entry
from sim.figures.results import Interval, Lacking, Results
from sim.figures.words import Words
from sim.study.judging.cultures import EQUAL, PLAIN
from sim.study.judging.legs import SUPPORT
from sim.study.records import json_files

ROW, APART = 0.34, 0.17  # inches of a row; of a row, between its marks and its middle
LABEL = 1.16  # inches of the names of rows, at most


class Line(NamedTuple):
    """A row of the plot. day : its horizon; ways : way -> its effect"""

    contrast: Row
    measure: str
    day: int
    ways: dict[str, Interval]


def days(found: Found) -> list[int]:
    """The horizons that are shown: all of a single row, else the last."""
    return found.results.days if len(found.rows) == 1 else [found.first.day]


def lines(found: Found) -> list[Line]:
    """The rows that have an effect. Two groups are compared only if both have enough people."""
    points = {PLAIN: found.first.point, EQUAL: found.equal}
    rows = []
    for (contrast, measure), day in product(found.rows, days(found)):
        if contrast.get("against") and found.is_few(contrast, found.first):
            continue
        effects = {way: found.effect(contrast, Case(k, day), measure) for way, k in points.items() if k is not None}
        rows.append(Line(contrast, measure, day, {way: effect for way, effect in effects.items() if effect is not None}))
    return [row for row in rows if row.ways]


def label(found: Found, words: Words, line: Line) -> str:
    """The name of a row in a few words: its horizon where that is what differs."""
    return words.horizon(line.day) if len(days(found)) > 1 else row_name(found, words, line.contrast, line.measure)


def figure(results: Results, words: Words) -> Figure:
    found = Found(results)
    rows = lines(found) if found.points else []
    if not rows:
        raise Lacking("its support was not compared")
    page = style.Page(style.NARROW)
    page.title(title(found, words))
    if words.has("headline-evidence", found.study):
        page.paragraph(words.of("headline-evidence", found.study), after=0.08)
    support = all(row.measure == SUPPORT.measure for row in rows)
    own = found.study if words.has("headline-how", found.study) else "support" if support else "measures"
    page.paragraph(words.of("headline-how", own, year=words.horizon(found.first.day), days=len(days(found))), after=0.06)
    ways = [way for way in (PLAIN, EQUAL) if any(way in row.ways for row in rows)]
    if len(ways) > 1:
        key(page, words, {way: LOOKS[way] for way in ways}, after=0.08)
    names = [page.wrap(label(found, words, row), LABEL) for row in rows]
    gutter = max(style.measure(line)[0] for name in names for line in name.split("\n")) + 0.08
    width, height = page.width - 2 * style.MARGIN - gutter - 0.08, ROW * len(names)
    axes = page.axes(style.MARGIN + gutter, width, height)
    style.rows(axes, names)
    margins = {found.margin(row.measure) for row in rows}
    margin = margins.pop() if len(margins) == 1 else math.nan
    limits = extent(rows, margin)
    axes.set_xlim(limits)
    if math.isfinite(margin):
        axes.axvspan(-margin, margin, color=style.PALE, zorder=0, linewidth=0)
    axes.axvline(0, color=style.QUIET, linewidth=0.8, zorder=1)
    for place, row in enumerate(rows):
        for way, effect in row.ways.items():
            at = place + (APART if way == EQUAL else -APART if len(ways) > 1 else 0)
            style.whisker(axes, effect.low, effect.high, at, color=LOOKS[way]["color"], linewidth=1.4)
            axes.plot(effect.mean, at, linestyle="", **LOOKS[way])
    axes.set_xticks(*ticks(words, limits, unit=True))
    page.top += height + 0.24
    if math.isfinite(margin):
        page.paragraph(words("culture-grey", margin=words.percent(margin / 100)), color=style.QUIET, after=0.06)
    page.source(source(found, words))
    return page.finish()


def extent(rows: list[Line], margin: float) -> tuple[float, float]:
    """Both ends of the axis, in %: all intervals, and some margins. margin : NaN for rows without one, or with several"""
    margin = 5 if math.isnan(margin) else margin
    ends = [end for row in rows for effect in row.ways.values() for end in effect if end == end]
    low, high = min([*ends, -LEAST * margin]), max([*ends, LEAST * margin])
    return low - 0.04 * (high - low), high + 0.04 * (high - low)


def source(found: Found, words: Words) -> str:
    results = found.results
    k, n = json_files.assumed(results.study, results.primary["name"])
    seeds = words.societies(results.everybody["seed"].n_unique())
    return words("culture-source", study=found.study, seeds=seeds, people=results.study["people"], k=k, n=n)


ENTRY = Entry(figure)
