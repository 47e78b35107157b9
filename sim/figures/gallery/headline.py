"""The press cut of a study of combinations: support as measured and with equal minutes, and what evidence says of the claim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from matplotlib.figure import Figure

from sim.figures import style
from sim.figures.gallery.combinations import LEAST, Case, Found, Row, contrast_name, title
from sim.figures.gallery.cultures import LOOKS, key, ticks
from sim.figures.registry import Entry
from sim.figures.results import Interval, Lacking, Results
from sim.figures.words import Words
from sim.study.judging.cultures import EQUAL, PLAIN
from sim.study.judging.legs import OLD, SUPPORT
from sim.study.records import json_files

ROW, APART, MOST = 0.34, 0.17, 3  # inches of a row; of a row, between its marks and its middle; contrasts
LABEL = 1.16  # inches of the names of rows, at most

SHOWN: Mapping[str, tuple[tuple[str, str], ...]] = {
    "community-sharing": (("sharing", SUPPORT.measure), ("between", SUPPORT.measure), ("contents-alone", SUPPORT.measure)),
    "minority": (("minority", SUPPORT.measure), ("minority-away", SUPPORT.measure), ("people-around", SUPPORT.measure)),
    "redefine-or-import": (("instead", OLD.measure), ("instead", SUPPORT.measure), ("beside", OLD.measure)),
}
"""Study -> (contrast, measure) of each row; the support of the first contrasts for others."""


class Line(NamedTuple):
    """A row of the plot. ways : way -> its effect"""

    contrast: Row
    measure: str
    ways: dict[str, Interval]


def lines(found: Found) -> list[Line]:
    """The rows that have an effect. Two groups are compared only if both have enough people."""
    usual = [(contrast["name"], SUPPORT.measure) for contrast in found.shown[:MOST]]
    by_name = {contrast["name"]: contrast for contrast in found.shown}
    cases: dict[str, Case | None] = {PLAIN: found.first, EQUAL: found.equal}
    rows = []
    for name, measure in SHOWN.get(found.study, usual):
        contrast = by_name.get(name)
        if contrast and not (contrast.get("against") and found.is_few(contrast, found.first)):
            effects = {way: found.effect(contrast, case, measure) for way, case in cases.items() if case is not None}
            rows.append(Line(contrast, measure, {way: effect for way, effect in effects.items() if effect is not None}))
    return [row for row in rows if row.ways]


def label(found: Found, words: Words, line: Line) -> str:
    """The name of a row in a few words."""
    name = f"{found.study}-{line.contrast['name']}"
    if line.measure == OLD.measure and words.has("headline-row", f"{name}-old"):
        return words.of("headline-row", f"{name}-old")
    if words.has("headline-row", name):
        return words.of("headline-row", name)
    return contrast_name(found, words, line.contrast["name"])


def figure(results: Results, words: Words) -> Figure:
    found = Found(results)
    rows = lines(found)
    if not rows:
        raise Lacking("its support was not compared")
    page = style.Page(style.NARROW)
    page.title(title(found, words))
    if words.has("headline-evidence", found.study):
        page.paragraph(words.of("headline-evidence", found.study), after=0.08)
    own = found.study if words.has("headline-how", found.study) else "other"
    page.paragraph(words.of("headline-how", own, year=words.horizon(found.first.day)), after=0.06)
    ways = [way for way in (PLAIN, EQUAL) if any(way in row.ways for row in rows)]
    if len(ways) > 1:
        key(page, words, {way: LOOKS[way] for way in ways}, after=0.08)
    names = [page.wrap(label(found, words, row), LABEL) for row in rows]
    gutter = max(style.measure(line)[0] for name in names for line in name.split("\n")) + 0.08
    width, height = page.width - 2 * style.MARGIN - gutter - 0.08, ROW * len(names)
    axes = page.axes(style.MARGIN + gutter, width, height)
    style.rows(axes, names)
    margin = found.margin(SUPPORT.measure)
    limits = extent(rows, margin)
    axes.set_xlim(limits)
    axes.axvspan(-margin, margin, color=style.PALE, zorder=0, linewidth=0)
    axes.axvline(0, color=style.QUIET, linewidth=0.8, zorder=1)
    for place, row in enumerate(rows):
        for way, effect in row.ways.items():
            at = place + (APART if way == EQUAL else -APART if len(ways) > 1 else 0)
            style.whisker(axes, effect.low, effect.high, at, color=LOOKS[way]["color"], linewidth=1.4)
            axes.plot(effect.mean, at, linestyle="", **LOOKS[way])
    axes.set_xticks(*ticks(words, limits, unit=True))
    page.top += height + 0.24
    page.paragraph(words("culture-grey", margin=words.percent(margin / 100)), color=style.QUIET, after=0.06)
    page.source(source(found, words))
    return page.finish()


def extent(rows: list[Line], margin: float) -> tuple[float, float]:
    """Both ends of the axis, in %: all intervals, and some margins."""
    ends = [end for row in rows for effect in row.ways.values() for end in effect if end == end]
    low, high = min([*ends, -LEAST * margin]), max([*ends, LEAST * margin])
    return low - 0.04 * (high - low), high + 0.04 * (high - low)


def source(found: Found, words: Words) -> str:
    results = found.results
    k, n = json_files.assumed(results.study, results.primary["name"])
    seeds = words.societies(results.everybody["seed"].n_unique())
    return words("culture-source", study=found.study, seeds=seeds, people=results.study["people"], k=k, n=n)


ENTRY = Entry(figure)
