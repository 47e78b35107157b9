"""Cultures by platforms: the effect of each platform on people of each profile, and what the differences go with."""

from __future__ import annotations

import math

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures import sentences, style
from sim.figures.cross import (
    Found,
    Row,
    assumed,
    how,
    is_noise,
    of_names,
    of_parts,
    of_words,
    read,
    source,
    title,
)
from sim.figures.registry import Entry
from sim.figures.words import Words
from sim.study.judging.cultures import EQUAL, FILES, MEASURES, PARTS, PLAIN, RANGES
from sim.study.judging.legs import SUPPORT

ROW, PART_ROW = 0.25, 0.155  # inches of a profile, and of a part
WORD, ASSUMED, GAP = 0.88, 0.64, 0.1  # inches of the columns beside the panels, and between panels
FARTHEST = 0.8  # of the longer side of a panel: beyond, a tick has no room for its label
LEAST = 1.6  # margins that every panel shows on both sides
ROUND = tuple(step * 10.0**power for power in range(-2, 4) for step in (1, 2, 5))
FIRST, LAST = -0.24, 0.26  # of the marks of the ways of a row, from its middle
LOOKS: dict[str, style.Look] = {
    PLAIN: {"marker": "o", "markersize": 4.5, "color": style.BLUE},
    EQUAL: {"marker": "o", "markersize": 4.2, "color": style.VERMILLION, "markerfacecolor": "white"},
}
OTHERS: tuple[style.Look, ...] = (  # of other ways, in their order
    {"marker": "|", "markersize": 5.5, "color": style.INK},
    {"marker": "D", "markersize": 3.6, "color": "#7f3b08", "markerfacecolor": "white"},
    {"marker": "x", "markersize": 4.2, "color": style.QUIET},
)
PART_COLOURS = {"culture": style.BLUE, "platform": style.VERMILLION, "both": "#8c8c8c"}


def figure(found: Found, words: Words) -> Figure:
    page = style.Page()
    page.title(words.sentence(title(found, words)))
    page.paragraph(how(found, words), after=0.05)
    marks = looks(found)
    page.marks([(marks[way], words.way(way)) for way in found.ways], after=0.12)
    limits = {measure: extent(found, measure) for measure in MEASURES}
    for platform in found.platforms:
        block(page, found, words, platform, limits)
    if found.parts:
        strip(page, found, words)
    sentences.meanings(page, words, (cell["word"] for cell in found.words.values()))
    without_parts = of_parts(found, words) if not found.parts else ()
    for remark in (*of_words(found, words), *of_names(found, words), *without_parts, words("cultures-presets")):
        page.paragraph(remark, color=style.QUIET, after=0.04)
    page.top += 0.04
    page.source(" ".join(source(found, words)))
    return page.finish()


def looks(found: Found) -> dict[str, style.Look]:
    """The mark of each way."""
    others = [way for way in found.ways if way not in LOOKS]
    return LOOKS | {way: OTHERS[place % len(OTHERS)] for place, way in enumerate(others)}


def extent(found: Found, measure: str) -> tuple[float, float]:
    """Both ends of a measure's panels, in percent: all intervals, and some margins."""
    rows = found.table.filter(measure=measure)
    names = ("effect", "low95", "high95", "low_ranges", "high_ranges")
    ends = [value for name in names for value in rows[name].to_list() if value is not None and math.isfinite(value)]
    least = LEAST * rows["margin"].to_list()[0]
    low, high = min(*ends, -least), max(*ends, least)
    return 100 * (low - 0.04 * (high - low)), 100 * (high + 0.04 * (high - low))


def block(page: style.Page, found: Found, words: Words, platform: str, limits: dict[str, tuple[float, float]]) -> None:
    """One platform: a row for each profile, a panel for each measure, then the word and how much is assumed."""
    names = [words.profile(name) for name in found.profiles]
    gutter = max(style.measure(name)[0] for name in names) + 0.08
    width = (page.width - 2 * style.MARGIN - gutter - WORD - ASSUMED - len(MEASURES) * GAP) / len(MEASURES)
    lefts = [style.MARGIN + gutter + place * (width + GAP) for place in range(len(MEASURES))]
    at_word = lefts[-1] + width + GAP
    page.top += page.heading(words.sentence(words.platform(platform))) + 0.03
    heads = [page.wrap(words.of("measure", measure), width) for measure in MEASURES]
    lines = max(head.count("\n") for head in heads) + 1
    for head, left in zip(heads, lefts):
        above = lines - 1 - head.count("\n")
        page.write(head, left + width / 2, page.top + above * style.leading(style.SMALL), ha="center", color=style.QUIET)
    page.top += (lines - 1) * style.leading(style.SMALL)
    page.write(words("cultures-word"), at_word + WORD / 2, ha="center", color=style.QUIET)
    page.write(words("cultures-assumed"), page.width - style.MARGIN, ha="right", color=style.QUIET)
    page.top += style.leading(style.SMALL) + 0.02
    height = ROW * len(names)
    for place, (measure, left) in enumerate(zip(MEASURES, lefts)):
        axes = page.axes(left, width, height)
        style.rows(axes, names if place == 0 else [""] * len(names))
        panel(axes, found, words, platform, measure, limits[measure])
    side = page.axes(at_word, WORD, height)
    side.set_axis_off()
    side.set(xlim=(0, 1), ylim=(len(names) - 0.5, -0.5))
    for row, profile in enumerate(found.profiles):
        cell = found.words.get((profile, platform))
        if cell is None:
            continue
        word = cell["word"]
        style.word(side, row, 0, 1, words.brief(word) if word in style.VERDICTS else "–", word)
        style.beside(side, row, assumed(words, cell), ASSUMED, ha="right")
    page.top += height + 0.3


def panel(axes: Axes, found: Found, words: Words, platform: str, measure: str, limits: tuple[float, float]) -> None:
    """The effects of a platform on one measure: a mark and its interval for each way, and the draws within ranges."""
    axes.axvline(0, color=style.QUIET, linewidth=0.6, zorder=1)
    axes.set_xlim(limits)
    marks = looks(found)
    apart = (LAST - FIRST) / max(len(found.ways) - 1, 1)
    for row, profile in enumerate(found.profiles):
        for place, way in enumerate(found.ways):
            cell = found.cells.get((profile, platform, way, measure))
            if cell is None:
                continue
            margin, height = 100 * cell["margin"], row + FIRST + apart * place
            if way == PLAIN:
                axes.barh(row, 2 * margin, 1.0, -margin, color=style.PALE, zorder=0)
                if cell["low_ranges"] is not None:
                    low, high = 100 * cell["low_ranges"], 100 * cell["high_ranges"]
                    axes.barh(height, high - low, 0.34, low, color="#b9d7ea", zorder=1)
            style.whisker(axes, 100 * cell["low95"], 100 * cell["high95"], height, color=marks[way]["color"])
            axes.plot(100 * cell["effect"], height, linestyle="", **marks[way])
    axes.set_xticks(*ticks(words, limits))


def ticks(words: Words, limits: tuple[float, float], unit: bool = False) -> tuple[list[float], list[str]]:
    """0 and a round number on both sides, or on the longer one; its label ends within the panel. unit : whether labels have %"""
    step = max(number for number in ROUND if number <= FARTHEST * max(-limits[0], limits[1]))
    places = [place for place in (-step, 0.0, step) if limits[0] <= place / FARTHEST <= limits[1]]
    return places, [words.percent(place / 100, signed=True) if unit and place else words.ticks(place) for place in places]


def strip(page: style.Page, found: Found, words: Words) -> None:
    """How much of the differences goes with culture, with platform and with both: a column for each way and draw."""
    shown = [(way, draw) for draw in (FILES, RANGES) for way in found.main_ways if found.shares(SUPPORT.measure, way, draw)]
    if not shown:
        return
    page.top += page.heading(words("cultures-strip")) + 0.05
    measures = [words.of("measure", measure) for measure in MEASURES]
    parts = [words.of("cultures-part", part) for part in PARTS]
    first = max(style.measure(text, fontweight="bold")[0] for text in measures) + 0.1
    gutter = first + max(style.measure(text)[0] for text in parts) + 0.1
    number = 0.42
    width = (page.width - 2 * style.MARGIN - gutter) / len(shown) - number
    lefts = [style.MARGIN + gutter + place * (width + number) for place in range(len(shown))]
    heads = [words.of("cultures-draw", draw, way=words.way(way)) for way, draw in shown]
    wide = width + number - 0.08
    page.top += max(page.write(head, left, width=wide, color=style.QUIET) for head, left in zip(heads, lefts)) + 0.03
    height = PART_ROW * len(PARTS)
    for measure, name in zip(MEASURES, measures):
        page.write(name, top=page.top + height / 2 - 0.06, fontweight="bold")
        for (way, draw), left in zip(shown, lefts):
            axes = page.axes(left, width, height)
            style.rows(axes, parts if left == lefts[0] else [""] * len(parts))
            axes.set_xlim(0, 1)
            axes.set_xticks([])
            axes.spines["bottom"].set_visible(False)
            axes.axvline(0, color=style.QUIET, linewidth=0.6)
            of_parts_panel(axes, found.shares(measure, way, draw), words)
        page.top += height + 0.1
    page.top += 0.06


def of_parts_panel(axes: Axes, rows: dict[str, Row], words: Words) -> None:
    if rows and is_noise(rows):
        axes.text(0.04, 1, words("cultures-only-noise"), va="center_baseline", color=style.QUIET)
        return
    for place, part in enumerate(PARTS):
        if part not in rows:
            continue
        row = rows[part]
        axes.barh(place, row["share"], 0.7, color=PART_COLOURS[part], alpha=0.75)
        if row["low"] is not None:
            style.whisker(axes, row["low"], row["high"], place)
        style.beside(axes, place, words.percent(round(row["share"], 2)))


ENTRY = Entry(figure, "effects", read)
