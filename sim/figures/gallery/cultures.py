"""Cultures by platforms: the effect of each platform on people of each profile, and what the differences go with."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures import sentences, style
from sim.figures.gallery.displacement import FILLS
from sim.figures.registry import Entry
from sim.figures.results import Lacking
from sim.figures.words import Words
from sim.study.judging.cultures import EQUAL, FILES, MEASURES, PARTS, PLAIN, RANGES, nameable
from sim.study.judging.legs import SUPPORT
from sim.study.judging.reasons import parsed
from sim.study.records import tables
from sim.study.records.command_again import again

MOST_WAYS = 3  # compared where minutes are not equalised
ROW, PART_ROW = 0.25, 0.155  # inches of a profile, and of a part
WORD, ASSUMED, GAP = 0.86, 0.64, 0.11  # inches of the columns beside the panels, and between panels
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

Row = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """effects.csv and parts.csv of a folder, at the last horizon.

    cells : (profile, platform, way, measure) -> row; parts : (measure, way, draw, part) -> row
    """

    folder: Path
    table: pl.DataFrame
    of_parts: pl.DataFrame

    @cached_property
    def cells(self) -> dict[tuple[str, str, str, str], Row]:
        return {(row["profile"], row["platform"], row["way"], row["measure"]): row for row in self.table.iter_rows(named=True)}

    @cached_property
    def parts(self) -> dict[tuple[str, str, str, str], Row]:
        return {(row["measure"], row["way"], row["draw"], row["part"]): row for row in self.of_parts.iter_rows(named=True)}

    @cached_property
    def profiles(self) -> list[str]:
        return self.table["profile"].unique(maintain_order=True).to_list()

    @cached_property
    def platforms(self) -> list[str]:
        return self.table["platform"].unique(maintain_order=True).to_list()

    @cached_property
    def ways(self) -> list[str]:
        return self.table["way"].unique(maintain_order=True).to_list()

    @cached_property
    def main_ways(self) -> list[str]:
        """Those that are compared: as measured and with equal minutes; where the cross has not these, its first ones."""
        return [PLAIN, EQUAL] if {PLAIN, EQUAL} <= set(self.ways) else self.ways[:MOST_WAYS]

    @cached_property
    def first(self) -> Row:
        """A row of the primary cell; of the first one if that was not measured."""
        rows = self.table.filter(pl.col("primary"))
        return (rows if rows.height else self.table).row(0, named=True)

    @property
    def day(self) -> int:
        return int(self.first["horizon"])

    @property
    def reference(self) -> str:
        return str(self.first["reference"])

    @cached_property
    def words(self) -> dict[tuple[str, str], Row]:
        """(profile, platform) -> a row of the cell as measured, with its verdict."""
        rows = self.table.filter(way=PLAIN).unique(["profile", "platform"], keep="first", maintain_order=True)
        return {(row["profile"], row["platform"]): row for row in rows.iter_rows(named=True)}

    def sign(self, profile: str, platform: str, measure: str) -> int:
        """1 or -1 if a title may name the culture of a profile, 0 if not."""
        return nameable(self.table, profile, platform, measure, self.day)

    def named(self, platform: str, measure: str) -> list[tuple[str, int]]:
        """(profile, sign) of those that a title may name on a platform, the farthest from the reference first."""
        signs = [(name, self.sign(name, platform, measure)) for name in self.profiles]
        far = {name: abs(self.cells[name, platform, PLAIN, measure]["difference"]) for name, sign in signs if sign}
        return sorted(((name, sign) for name, sign in signs if sign), key=lambda pair: -far[pair[0]])

    def shares(self, measure: str, way: str, draw: str) -> dict[str, Row]:
        """Part -> its row; none if there are no parts of this way."""
        rows = {part: self.parts.get((measure, way, draw, part)) for part in PARTS}
        return {part: row for part, row in rows.items() if row is not None}

    def leads(self, measure: str, way: str, draw: str) -> str:
        """The part whose share is clearly greater than any other, "noise" if there is none, "" if none is clear or known."""
        rows = self.shares(measure, way, draw)
        if rows and is_noise(rows):
            return "noise"
        clear = [
            part
            for part, row in rows.items()
            if row["low"] is not None and all(row["low"] > other["high"] for name, other in rows.items() if name != part)
        ]
        return clear[0] if clear else ""

    @cached_property
    def leading(self) -> str:
        """The part that leads for support in every way and draw that there is; "" if they differ; "unknown" without draws."""
        found = {
            self.leads(SUPPORT.measure, way, draw)
            for way in self.main_ways
            for draw in (FILES, RANGES)
            if self.shares(SUPPORT.measure, way, draw)
        }
        if not self.shares(SUPPORT.measure, PLAIN, RANGES) and found != {"noise"}:
            return "unknown"
        return found.pop() if len(found) == 1 else ""


def is_noise(rows: dict[str, Row]) -> bool:
    return not any(row["share"] for row in rows.values())


def read(folder: Path) -> Found:
    """InputError: a broken table. Lacking: the folder has no such table."""
    if not tables.path(folder, "effects").is_file():
        raise Lacking(f"effects.csv is not there; run `{again(folder, 'profiles')}` first")
    effects = tables.read(folder, "effects")
    if effects.is_empty():
        raise tables.damaged(tables.path(folder, "effects"), "", "has no rows", "effects")
    there = tables.path(folder, "parts").is_file()
    parts = tables.read(folder, "parts") if there else pl.DataFrame(schema=dict(tables.SCHEMAS["parts"]))
    last = effects["horizon"].max()
    return Found(folder, effects.filter(horizon=last), parts.filter(horizon=last))


# --- in words -----------------------------------------------------------------------------------------------------------


def profile_name(words: Words, name: str) -> str:
    return words.of("profile-name", name) if words.has("profile-name", name) else name


def platform_name(words: Words, name: str) -> str:
    return words.of("platform-name", name) if words.has("platform-name", name) else name


def way_name(words: Words, name: str) -> str:
    return words.of("way-name", name) if words.has("way-name", name) else name


def title(found: Found, words: Words) -> str:
    """What the differences go with, if the draws within ranges say the same; else that it hinges on guessed numbers."""
    if not found.parts:
        return words("cultures-title-plain", profiles=len(found.profiles), platforms=len(found.platforms))
    leading = found.leading
    known = leading in (*PARTS, "noise")
    return words.of("cultures-title", leading) if known else words("cultures-title-hinges")


def how(found: Found, words: Words) -> str:
    """How to read the panels; only what is drawn in them."""
    parts = [words("cultures-how", year=words.horizon(found.day))]
    with_draws = found.table.filter(pl.col("draws") > 0)
    if with_draws.height:
        row = with_draws.row(0, named=True)
        years = words.horizon(row["ranges_horizon"])
        parts.append(words("cultures-how-ranges", draws=row["draws"], people=row["ranges_people"], years=years))
    return " ".join(parts)


def remarks(found: Found, words: Words) -> list[str]:
    """What hinges on what, in sentences for the terminal. The figure draws the parts."""
    return [*of_words(found, words), *of_names(found, words), *of_parts(found, words), words("cultures-presets")]


def of_words(found: Found, words: Words) -> Iterator[str]:
    """How many cells are undecided, and how many have no word and why."""
    rows = list(found.words.values())
    yield words("cultures-undecided", n=sum(row["word"] == sentences.UNDECIDED for row in rows), all=len(rows))
    without = [row for row in rows if row["word"] in sentences.WITHOUT_WORD]
    if without:
        codes = dict.fromkeys(reason.code for row in without for reason in parsed(row["reasons"] or ""))
        known = [words.of("cultures-without", code) for code in codes if words.has("cultures-without", code)]
        yield words("cultures-no-word", n=len(without), why=words.listed(known or [words.of("cultures-without", "other")]))


def of_names(found: Found, words: Words) -> Iterator[str]:
    """On which platforms which profiles differ from the reference in support, whatever the guessed numbers are.

    Nothing where that was not asked: it takes the way with equal minutes.
    """
    if EQUAL not in found.ways:
        return
    clauses = []
    for platform in found.platforms:
        named = found.named(platform, SUPPORT.measure)
        for sign in (1, -1):
            names = [profile_name(words, name) for name, its in named if its == sign]
            if names:
                text = words("cultures-more" if sign > 0 else "cultures-less", names=words.listed(names))
                clauses.append(words("cultures-on", platform=platform_name(words, platform), text=text))
    reference = profile_name(words, found.reference)
    if not clauses:
        yield words("cultures-no-name", reference=reference)
    else:
        yield words("cultures-names", reference=reference, clauses=words("semicolon").join(clauses))


def of_parts(found: Found, words: Words) -> Iterator[str]:
    """The parts of support in each way, and within ranges; or why there are none."""
    if not found.parts:
        few = len(found.platforms) < 2 or len(found.profiles) < 2
        yield words("cultures-no-parts-few" if few else "cultures-no-parts")
    for way in found.main_ways:
        for draw in (FILES, RANGES):
            rows = found.shares(SUPPORT.measure, way, draw)
            if not rows:
                continue
            head = words.of("cultures-draw", draw, way=way_name(words, way))
            if is_noise(rows):
                yield words("cultures-noise", head=head)
                continue
            texts = {part: share_with_ends(words, row) for part, row in rows.items()}
            yield words("cultures-parts", head=head, culture=texts["culture"], platform=texts["platform"], both=texts["both"])


def share_with_ends(words: Words, row: Row) -> str:
    text = words.percent(round(row["share"], 2))
    if row["low"] is None:
        return text
    return words("cultures-ends", share=text, ends=words.span((round(row["low"], 2), round(row["high"], 2))))


def source(found: Found, words: Words) -> list[str]:
    """Where the numbers are from; the last part says how the figure is made again."""
    made = tables.provenance(found.folder, "effects")
    first = found.first
    text = words(
        "cultures-source",
        version=f"{made.version}, {made.hash}" if made else "",
        study=first["study"],
        seeds=words.societies(first["seeds"]),
        people=first["people"],
        years=words.horizon(found.day),
    )
    alike = [words("content-alike")] if first["contents_idle"] else []
    return [text, *alike, *sentences.again(words, made.command if made else "", ("draw",))]


def summary(folder: Path, lang: str) -> tuple[list[str], list[list[str]], list[str]]:
    """The answer for a terminal: header, rows (a cell each, support) and sentences below."""
    words, found = Words(lang), read(folder)
    header = [
        words("cultures-profile"), words("cultures-platform"), *(way_name(words, way) for way in found.ways),
        words("cultures-word"), words("cultures-difference", reference=profile_name(words, found.reference)),
        words("cultures-ranges"), words("cultures-assumed"),
    ]  # fmt: skip
    rows = []
    for platform in found.platforms:
        for profile in found.profiles:
            cell = found.cells.get((profile, platform, PLAIN, SUPPORT.measure))
            if cell is None:
                continue
            by_way = [found.cells.get((profile, platform, way, SUPPORT.measure)) for way in found.ways]
            rows.append([
                profile, platform, *(effect(words, row) for row in by_way), words.of("word", cell["word"]),
                interval(words, cell, "difference", "difference_low95", "difference_high95"),
                interval(words, cell, "low_ranges", "low_ranges", "high_ranges", ends_only=True),
                assumed(words, cell),
            ])  # fmt: skip
    return header, rows, [words("cultures-table", year=words.horizon(found.day)), *remarks(found, words)]


def assumed(words: Words, cell: Row) -> str:
    """How many of the numbers that reach a cell are assumed."""
    return words("cultures-k-of-n", k=cell["assumed"], n=cell["numbers"])


def effect(words: Words, row: Row | None) -> str:
    return "" if row is None else interval(words, row, "effect", "low95", "high95")


def interval(words: Words, row: Row, mean: str, low: str, high: str, ends_only: bool = False) -> str:
    """A share in percent with its interval: "-7.1 % (-9.2 to -5)"; "" where it is not known."""
    if row[mean] is None:
        return ""
    percent = [words.percent(row[key], signed=True) if row[key] is not None else "–" for key in (mean, low, high)]
    ends = words("span", low=percent[1], high=percent[2])
    return ends if ends_only else words("cultures-interval", mean=percent[0], ends=ends)


# --- panels -------------------------------------------------------------------------------------------------------------


def figure(found: Found, words: Words) -> Figure:
    page = style.Page()
    page.title(words.sentence(title(found, words)))
    page.paragraph(how(found, words), after=0.05)
    marks = looks(found)
    key(page, words, {way: marks[way] for way in found.ways})
    limits = {measure: extent(found, measure) for measure in MEASURES}
    for platform in found.platforms:
        block(page, found, words, platform, limits)
    if found.parts:
        strip(page, found, words)
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


def key(page: style.Page, words: Words, marks: Mapping[str, style.Look], after: float = 0.12) -> None:
    """What the marks of ways mean, side by side. marks : way -> its mark"""
    left = style.MARGIN
    for way, mark in marks.items():
        text = way_name(words, way)
        wide = 0.18 + style.measure(text)[0]
        if left > style.MARGIN and left + wide > page.width - style.MARGIN:
            left, page.top = style.MARGIN, page.top + style.leading(style.SMALL) + 0.02
        box = page.axes(left, 0.14, 0.13)
        box.set_axis_off()
        box.set(xlim=(-1, 1), ylim=(-1, 1))
        box.plot(0, 0, clip_on=False, **mark)
        page.write(text, left + 0.18)
        left += wide + 0.22
    page.top += style.leading(style.SMALL) + after


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
    names = [profile_name(words, name) for name in found.profiles]
    gutter = max(style.measure(name)[0] for name in names) + 0.08
    width = (page.width - 2 * style.MARGIN - gutter - WORD - ASSUMED - len(MEASURES) * GAP) / len(MEASURES)
    lefts = [style.MARGIN + gutter + place * (width + GAP) for place in range(len(MEASURES))]
    at_word = lefts[-1] + width + GAP
    page.top += page.heading(words.sentence(platform_name(words, platform))) + 0.03
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
        has_word = cell["word"] in FILLS
        if has_word:
            side.barh(row, 1, 0.82, 0, facecolor=FILLS[cell["word"]], edgecolor="#999999", linewidth=0.4)
        text = words.brief(cell["word"]) if has_word else "–"
        side.text(0.5, row, text, ha="center", va="center_baseline", color=style.INK)
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
    heads = [words.of("cultures-draw", draw, way=way_name(words, way)) for way, draw in shown]
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
