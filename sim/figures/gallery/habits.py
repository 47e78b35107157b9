"""Habits that the numbers of profiles and platforms intend, beside what simulated people do; where they differ, and why.

A panel for each habit, a row for each profile, a column for each platform. In a narrow cut, only the panels in which some differ.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from string import ascii_lowercase
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures import own_table, style
from sim.figures.own_table import OwnTable, Row
from sim.figures.registry import Entry
from sim.figures.words import Words
from sim.study.judging.habits import HABITS, LUCK, OFF, UNEXPLAINED

LEAST, CELL, ROOMY = 0.3, 0.36, 1.2  # inches of a column: at least; with panels side by side; with room for numbers
GAP, ROW = 0.22, 0.165  # inches between panels, and of a row
FEWEST, MOST_ABREAST = 3, 3  # columns that a panel has room for, and panels side by side
START, FULL, LETTER = 0.04, 0.66, 0.83  # of a column: where its bars begin, how long they may get, where its letters stand
FULL_BESIDE, NUMBER, LETTER_BESIDE = 0.5, 0.88, 0.95  # the same with numbers, and where these end
STEPS = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)  # last ticks of an axis
AS_INTENDED: style.Look = {"facecolor": "#9c9c9c", "edgecolor": "#9c9c9c", "linewidth": 0.5}
BY_LUCK: style.Look = {"facecolor": "white", "edgecolor": "#9c9c9c", "hatch": "//////", "linewidth": 0.5}
LESS: style.Look = {"facecolor": style.VERMILLION, "edgecolor": style.VERMILLION, "linewidth": 0.5}
MORE: style.Look = {"facecolor": style.BLUE, "edgecolor": style.BLUE, "linewidth": 0.5}


@dataclass(frozen=True)
class Found(OwnTable):
    """The table `habits` of a folder. cells : (habit, profile, platform) -> its row"""

    NAME = "habits"

    @cached_property
    def cells(self) -> dict[tuple[str, str, str], Row]:
        return {(row["habit"], row["profile"], row["platform"]): row for row in self.table.iter_rows(named=True)}

    @cached_property
    def compared(self) -> list[Row]:
        """The cells in which a number is intended, of features that the platform has."""
        return [row for row in self.cells.values() if row["intended"] is not None and not is_lacking(row)]

    @cached_property
    def off(self) -> list[Row]:
        """Those that are off, and not by luck alone."""
        return [row for row in self.compared if main(row) not in ("", LUCK)]

    @cached_property
    def counted(self) -> Counter[str]:
        """Main reason -> in how many cells it is, without luck."""
        codes = (main(row) for row in self.cells.values())
        return Counter(code for code in codes if code not in ("", LUCK))

    @cached_property
    def letters(self) -> dict[str, str]:
        """Main reason -> its letter, that of most cells first."""
        named = [code for code, _ in self.counted.most_common() if code != UNEXPLAINED]
        return dict(zip(named, ascii_lowercase)) | ({UNEXPLAINED: "?"} if UNEXPLAINED in self.counted else {})


class Grid(NamedTuple):
    """Where panels stand.

    gutter : inches for the names of profiles, left of panels; abreast : panels side by side; width : of each, in inches
    columns : platforms of each panel of a habit; it has several if one has no room for all
    """

    gutter: float
    abreast: int
    width: float
    columns: list[list[str]]

    @property
    def cell(self) -> float:
        """Inches of a column."""
        return self.width / len(self.columns[0])

    @property
    def has_numbers(self) -> bool:
        return self.cell >= ROOMY


def is_lacking(row: Row) -> bool:
    """Whether the platform lacks what the habit needs."""
    return row["intended"] == 0 == row["simulated"]


def main(row: Row) -> str:
    """The reason that stands for a cell: that nothing explains it, or else the largest that is not luck. "" if it has none."""
    codes = row["reasons"].split()
    ordered = [UNEXPLAINED] * (UNEXPLAINED in codes) + [code for code in codes if code != LUCK] + codes
    return ordered[0] if ordered else ""


def read(folder: Path) -> Found:
    """InputError: a broken table. Lacking: the folder has no such table."""
    return Found(folder, own_table.read(folder, "habits", "sim habits --csv habits.csv"))


def figures(found: Found, words: Words) -> Mapping[str, Figure]:
    """The whole figure, and a narrow cut of it."""
    every = [habit.name for habit in HABITS]
    off = [habit for habit in every if any(row["habit"] == habit for row in found.off)]
    return {
        "habits": figure(found, words, every, style.Page()),
        "habits-narrow": figure(found, words, off or every, style.Page(style.NARROW)),
    }


def figure(found: Found, words: Words, shown: list[str], page: style.Page) -> Figure:
    """shown : habits that have a panel"""
    page.title(title(found, words))
    grid = layout(page, found)
    page.paragraph(how(found, words, shown, grid), after=0.08)
    page.key(key(found, words, shown), after=0.12)
    panels(page, found, words, shown, grid)
    if len(shown) < len(HABITS):
        others = [words.of("habits-short", habit.name) for habit in HABITS if habit.name not in shown]
        page.paragraph(words("habits-others", habits=words.listed(others)), after=0.1)
    why(page, found, words, shown)
    page.source(source(found, words))
    return page.finish()


# --- in words -----------------------------------------------------------------------------------------------------------


def title(found: Found, words: Words) -> str:
    """In how many cases people do what is intended."""
    as_intended, compared = len(found.compared) - len(found.off), len(found.compared)
    if as_intended == compared:
        return words("habits-title-all", all=compared)
    return words("habits-title", n=as_intended, all=compared)


def how(found: Found, words: Words, shown: list[str], grid: Grid) -> str:
    """How to read the panels; only what is drawn in them."""
    first, *others = found.platforms
    where = words("habits-platforms") if others else words("habits-platform", platform=first)
    parts = [words("habits-how", where=where, off=words.percent(OFF))]
    if grid.has_numbers and any(row["reasons"] for row in found.compared):
        parts.append(words("habits-brackets"))
    if any(is_lacking(row) for row in found.cells.values() if row["habit"] in shown):
        parts.append(words("habits-lacking"))
    return " ".join(parts)


def key(found: Found, words: Words, shown: list[str]) -> list[tuple[style.Look, str]]:
    """What the fills mean; only those that are drawn."""
    looks = [look(row) for row in found.cells.values() if row["habit"] in shown]
    named = (
        (AS_INTENDED, words("habits-as-intended")),
        (BY_LUCK, words("habits-by-luck")),
        (LESS, words("habits-less")),
        (MORE, words("habits-more")),
    )
    return [(fill, text) for fill, text in named if fill in looks]


def look(row: Row) -> style.Look:
    if row["intended"] is None or not row["reasons"]:
        return AS_INTENDED
    if main(row) == LUCK:
        return BY_LUCK
    return LESS if row["simulated"] < row["intended"] else MORE


def why(page: style.Page, found: Found, words: Words, shown: list[str]) -> None:
    """What each letter of the panels stands for, and in how many cells."""
    here = {main(row) for row in found.cells.values() if row["habit"] in shown}
    letters = {code: letter for code, letter in found.letters.items() if code in here}
    if not letters:
        return
    page.top += page.heading(words("habits-why")) + 0.04
    people = found.first["people"]
    for code, letter in letters.items():
        text = words.sentence(words.of("habits-reason", code, people=people), words("habits-cases", n=found.counted[code]))
        page.write(letter, fontweight="bold")
        left = style.MARGIN + 0.18
        page.top += page.write(text, left, width=page.width - style.MARGIN - left) + 0.03
    page.top += 0.08


def source(found: Found, words: Words) -> str:
    return " ".join([words("habits-source", **found.origin(words)), *found.again(words)])


# --- panels -------------------------------------------------------------------------------------------------------------


def layout(page: style.Page, found: Found) -> Grid:
    """As many panels side by side as leave their columns wide enough. Panels with too many columns are divided."""
    gutter = max(style.measure(name)[0] for name in found.profiles) + 0.08
    room = page.width - 2 * style.MARGIN - gutter
    widths = {many: (room - (many - 1) * GAP) / many for many in range(1, MOST_ABREAST + 1)}
    needed = CELL * max(len(found.platforms), FEWEST)
    abreast = max((many for many, width in widths.items() if width >= needed), default=1)
    parts = math.ceil(len(found.platforms) / max(int(widths[abreast] / LEAST), 1))
    size = math.ceil(len(found.platforms) / parts)
    columns = [found.platforms[start : start + size] for start in range(0, len(found.platforms), size)]
    return Grid(gutter, abreast, widths[abreast], columns)


def panels(page: style.Page, found: Found, words: Words, shown: list[str], grid: Grid) -> None:
    rows = found.profiles
    height = ROW * len(rows)
    names = max(style.measure(name)[0] for name in found.platforms) + 0.06 if len(found.platforms) > 1 else 0.02
    places = [(habit, columns) for habit in shown for columns in grid.columns]
    lefts = [style.MARGIN + grid.gutter + place * (grid.width + GAP) for place in range(grid.abreast)]
    for start in range(0, len(places), grid.abreast):
        here = [(*place, left) for place, left in zip(places[start:], lefts)]
        page.top += max(page.heading(words.of("habits-habit", habit), left, grid.width) for habit, _, left in here) + names
        for habit, columns, left in here:
            axes = page.axes(left, grid.width, height)
            style.rows(axes, rows if left == lefts[0] else [""] * len(rows))
            panel(axes, found, words, habit, columns, grid)
        page.top += height + 0.3


def panel(axes: Axes, found: Found, words: Words, habit: str, columns: list[str], grid: Grid) -> None:
    """One habit: a bar of what is done in each cell, a line at what is intended, and the letter of the reason."""
    full, letters_at = (FULL_BESIDE, LETTER_BESIDE) if grid.has_numbers else (FULL, LETTER)
    factor = 100 if next(row["unit"] for row in found.cells.values() if row["habit"] == habit) == "share" else 1
    rows = {key[1:]: row for key, row in found.cells.items() if key[0] == habit}
    most = factor * max(max(row["intended"] or 0, row["simulated"]) for row in rows.values())
    top = last_tick(most)
    axes.set_xlim(0, len(grid.columns[0]))
    for column, platform in enumerate(columns):
        start = column + START
        axes.axvline(start, color=style.QUIET, linewidth=0.5)
        if len(found.platforms) > 1:
            middle = start + full / 2
            axes.text(middle, 1.02, platform, rotation=90, ha="center", va="bottom", transform=axes.get_xaxis_transform())
        for place, profile in enumerate(found.profiles):
            row = rows[profile, platform]
            if is_lacking(row):
                axes.text(start + full / 2, place, "–", ha="center", va="center_baseline", color=style.QUIET)
                continue
            axes.barh(place, full * factor * row["simulated"] / top, 0.6, start, **look(row))
            if row["intended"] is not None:
                line = start + full * factor * row["intended"] / top
                axes.plot([line, line], [place - 0.42, place + 0.42], color=style.INK, linewidth=1.1, solid_capstyle="butt")
            if grid.has_numbers:
                axes.text(column + NUMBER, place, numbers(row, words, factor), ha="right", va="center_baseline")
            if letter := found.letters.get(main(row)):
                axes.text(column + letters_at, place, letter, ha="center", va="center_baseline", fontweight="bold")
    first, last = words.ticks(0), words.ticks(top)
    has_room = full * grid.cell > (style.measure(first)[0] + style.measure(last)[0]) / 2 + 0.03
    axes.set_xticks([START, START + full], [first if has_room else "", last])
    axes.spines["bottom"].set_bounds(START, START + full)


def last_tick(most: float) -> float:
    """The last tick of an axis from 0: a round number, at least this."""
    if not most:
        return 1.0
    power = 10 ** math.floor(math.log10(most))
    return next((step * power for step in STEPS if step * power >= most * (1 - 1e-9)), 10 * power)


def numbers(row: Row, words: Words, factor: int) -> str:
    """What is done, and in brackets what is intended where it is off."""
    done = words.number(factor * row["simulated"])
    if not row["reasons"] or row["intended"] is None:
        return done
    return words("habits-numbers", done=done, wanted=words.number(factor * row["intended"]))


ENTRY = Entry(figures, "habits", read)
