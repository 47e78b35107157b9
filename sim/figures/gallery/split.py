"""Which habit makes the difference between two cultures: signed bars that add up to the difference of a platform's effects."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures import own_table, sentences, style
from sim.figures.gallery.cultures import ticks
from sim.figures.own_table import OwnTable, Row
from sim.figures.registry import Entry
from sim.figures.words import Words
from sim.scenario.names import ALL
from sim.study.judging import naming
from sim.study.judging.legs import SUPPORT
from sim.study.judging.naming import DRAWS, NAMED, NOT_DRAWN, Finding
from sim.study.records import tables
from sim.study.records.command_again import again

ROW, GAP, HALF = 0.2, 0.14, 0.5  # inches of a row, between panels; a share of the difference that makes most of it
QUESTION = ("platform", "first", "second", "reference")


@dataclass(frozen=True)
class Found(OwnTable):
    """The table `split` of a folder at its last horizon."""

    NAME = "split"

    @cached_property
    def questions(self) -> list[Row]:
        """The pairs of cultures and their platforms."""
        return list(self.table.select(QUESTION).unique(maintain_order=True).iter_rows(named=True))

    def finding(self, question: Row) -> Finding | None:
        """What is found of the support of the two cultures, by the table of `sim profiles` beside this one. None: it has none."""
        if not tables.path(self.folder, "effects").is_file():
            return None
        effects, made = tables.read(self.folder, "effects"), tables.provenance(self.folder, "effects")
        others = {question["first"], question["second"]} - set(effects["reference"])
        if made is None or made.hash not in self.table["hash"].to_list() or len(others) != 1:
            return None
        return naming.of_culture(effects, *others, question["platform"], SUPPORT.measure, self.first["horizon"])

    def shares(self, question: Row) -> dict[tuple[str, str], Row]:
        """(measure, habit) -> its row."""
        rows = self.table.filter(**question)
        return {(row["measure"], row["habit"]): row for row in rows.iter_rows(named=True)}


def read(folder: Path) -> Found:
    """InputError: a broken table. Lacking: the folder has no such table."""
    return Found(folder, own_table.read(folder, "split", again(folder, "split")))


def figure(found: Found, words: Words) -> Figure:
    page = style.Page()
    page.title(words.sentence(title(found, words)))
    page.paragraph(words("split-how"), after=0.1)
    for question in found.questions:
        block(page, found, words, question)
    page.paragraph(words("cultures-presets"), color=style.QUIET, after=0.06)
    page.source(source(found, words))
    return page.finish()


def title(found: Found, words: Words) -> str:
    """The habit that makes most of the first difference of support. Cultures are named only where `naming` says so."""
    question = found.questions[0]
    rows = found.shares(question)
    whole = rows.get((SUPPORT.measure, ALL))
    if whole is None or not is_clear(whole):
        return words("split-no-difference", n=found.first["seeds"])
    text = of_habit(words, whole, [row for (measure, habit), row in rows.items() if measure == SUPPORT.measure and habit != ALL])
    finding = found.finding(question) or Finding(NOT_DRAWN, 0, whole["seeds"], DRAWS)
    if finding.state == NAMED:
        return words("split-named", title=text, **{side: words.profile(question[side]) for side in ("first", "second")})
    return words.of("split-title", finding.case, n=finding.seeds, title=text)


def of_habit(words: Words, whole: Row, habits: list[Row]) -> str:
    """The habit that makes most of a difference, that none does, or that seeds do not show which."""
    most = max(habits, key=lambda row: row["share"] / whole["share"])
    if is_clear(most) and most["share"] / whole["share"] >= HALF:
        return words("split-most", habit=words.of("habit-group", most["habit"]))
    ends = [row[end] / whole["share"] for row in habits for end in ("low95", "high95")]
    return words("split-several") if max(ends) < HALF else words("split-open", n=whole["seeds"])


def is_clear(row: Row) -> bool:
    """Whether the interval leaves out 0. One seed has none, and nothing of it is clear."""
    return row["low95"] is not None and (row["low95"] > 0 or row["high95"] < 0)


def block(page: style.Page, found: Found, words: Words, question: Row) -> None:
    """One pair of cultures on a platform: a panel for each measure."""
    rows = found.shares(question)
    measures = list(dict.fromkeys(measure for measure, _ in rows))
    habits = [habit for habit in dict.fromkeys(habit for _, habit in rows) if habit != ALL]
    head = words(
        "split-head",
        platform=words.platform(question["platform"]),
        first=words.profile(question["first"]),
        second=words.profile(question["second"]),
    )
    page.top += page.heading(words.sentence(head)) + 0.04
    page.paragraph(effects(words, rows, question), color=style.QUIET, after=0.06)
    names = [words.of("habit-group", habit) for habit in (*habits, ALL)]
    gutter = max(style.measure(name)[0] for name in names) + 0.08
    width = (page.width - 2 * style.MARGIN - gutter + GAP) / len(measures) - GAP
    for place, measure in enumerate(measures):
        page.write(words.of("measure", measure), style.MARGIN + gutter + place * (width + GAP) + width / 2, ha="center")
    page.top += style.leading(style.SMALL) + 0.02
    height = ROW * len(names)
    for place, measure in enumerate(measures):
        axes = page.axes(style.MARGIN + gutter + place * (width + GAP), width, height)
        style.rows(axes, names if place == 0 else [""] * len(names))
        panel(axes, words, [rows[measure, habit] for habit in (*habits, ALL)], limits(rows))
    page.top += height + 0.32


def effects(words: Words, rows: dict[tuple[str, str], Row], question: Row) -> str:
    """What the platform does in each of the two cultures."""
    whole = rows[next(iter(rows))[0], ALL]
    changes = {side: words.percent(whole[f"effect_{side}"], signed=True) for side in ("first", "second")}
    names = {f"{side}_name": words.profile(question[side]) for side in changes}
    measure, unit = words.of("measure", whole["measure"]), words.profile(question["reference"])
    return words("split-effects", measure=measure, reference=unit, **changes, **names)


def limits(rows: dict[tuple[str, str], Row]) -> tuple[float, float]:
    """Both ends of all panels of a block, in percent: one scale, so that lengths can be compared."""
    values = [row[key] for row in rows.values() for key in ("share", "low95", "high95") if row[key] is not None]
    low, high = min(*values, -0.005), max(*values, 0.005)
    return 100 * (low - 0.06 * (high - low)), 100 * (high + 0.06 * (high - low))


def panel(axes: Axes, words: Words, rows: list[Row], ends: tuple[float, float]) -> None:
    """A bar with its interval for each habit, and one for all together below a line. No change is a word instead."""
    axes.set_xlim(ends)
    axes.axvline(0, color=style.QUIET, linewidth=0.6)
    axes.axhline(len(rows) - 1.5, color=style.QUIET, linewidth=0.4)
    for place, row in enumerate(rows):
        if not row["changed"]:
            side = 1 if ends[1] > -ends[0] else -1  # where there is more room beside 0
            axes.annotate(
                words("split-no-change"), (0, place), xytext=(3 * side, 0), textcoords="offset points",
                ha="left" if side > 0 else "right", va="center_baseline", color=style.QUIET,
            )  # fmt: skip
            continue
        colour = style.INK if row["habit"] == ALL else style.BLUE if row["share"] > 0 else style.VERMILLION
        axes.barh(place, 100 * row["share"], 0.6, color=colour, alpha=0.75)
        if row["low95"] is not None:
            style.whisker(axes, 100 * row["low95"], 100 * row["high95"], place)
    axes.set_xticks(*ticks(words, ends))


def source(found: Found, words: Words) -> str:
    first = found.first
    text = words("cultures-source", years=words.horizon(first["horizon"]), **found.origin(words))
    return " ".join([text, *sentences.assumed(words, first["assumed"], first["numbers"]), *found.again(words)])


ENTRY = Entry(figure, "split", read)
