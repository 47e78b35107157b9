"""Which parameters explain what happens to people's ties: shares of the spread (Sobol) or effects of each (Morris), the most
important first, a panel for each measure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures import sentences, style
from sim.figures.registry import Entry
from sim.figures.results import Interval, Lacking, Results
from sim.figures.words import Words, places
from sim.scenario.measures import BETWEEN
from sim.study.judging import indices
from sim.study.judging.legs import LEGS

MARGINS = {leg.measure: leg.margin for leg in LEGS}
MOST = 0.75  # of the spread: what the few in the title carry at least
OPEN = 0.3  # half an interval of that share, beyond which the title does not name them
NAMED, SHOWN, ABREAST = 3, 14, 3  # names in a title, rows of a panel, panels side by side
GUTTER, GAP, ROW, TALL = 2.15, 0.22, 0.19, 0.3  # inches; rows are tall for two marks, or names of two lines
BEYOND = ">"  # of a line that is cut
UP, DOWN, BOTH = ("^", style.BLUE), ("v", style.VERMILLION), ("o", style.QUIET)


@dataclass(frozen=True)
class Panel:
    """One measure: its indices by kind and name, and how it spreads over the points."""

    measure: str
    unit: str
    intervals: dict[tuple[str, str], Interval]
    spread: tuple[float, float]  # 5th and 95th percentile over points
    relative: bool  # whether effects and spread are shares of the control
    margin: float | None  # of a leg of the verdict

    def at(self, kind: str, name: str) -> Interval:
        return self.intervals[kind, name]


@dataclass(frozen=True)
class Reading:
    """What indices.csv says of the last horizon."""

    table: pl.DataFrame
    names: list[str]  # the most important first
    panels: list[Panel]

    def shared(self, key: str) -> Any:
        """The value of a column that is the same in every row."""
        return self.table[key][0]

    @property
    def leading(self) -> str:
        return indices.LEADING[self.shared("design")]


def figure(results: Results, words: Words) -> Figure:
    reading = read(results)
    page = style.Page()
    page.title(title(results, words, reading))
    page.paragraph(words.sentence(results.study["question_fr" if words.lang == "fr" else "question"]), fontstyle="italic")
    key = words.of("sensitivity-key", reading.leading)
    page.paragraph(f"{about(results, words, reading)} {key}", color=style.QUIET, after=0.14)
    for k in range(0, len(reading.panels), ABREAST):
        block(page, words, reading, reading.panels[k : k + ABREAST])
    then = ("sensitivity", "draw")
    page.source(sentences.source(results, words, reading.shared("horizon"), extra=(sampled(words, reading),), then=then))
    return page.finish()


# Reading


def read(results: Results) -> Reading:
    """The last horizon of indices.csv, if it is of this folder's design."""
    if results.design not in indices.KINDS:
        raise Lacking(f"its points are those of a {results.design} design; indices need sobol or morris")
    table = results.made_by("sensitivity", "indices")
    table = table.filter(table["horizon"] == table["horizon"].max())
    first = table.row(0, named=True)
    measures = tuple(table["measure"].unique(maintain_order=True))
    asked = indices.Question(measures, first["contrast"] or None, first["arm"] or None, first["tie_class"], first["profile"])
    outputs = [output for output in indices.outputs(results.folder, asked) if output.horizon == first["horizon"]]
    margins = {measure: results.study["margins"][name] for measure, name in MARGINS.items()} if first["contrast"] else {}
    panels = [panel(table, output, bool(first["contrast"]), margins.get(output.measure)) for output in outputs]
    return Reading(table, indices.ranked(table), panels)


def panel(table: pl.DataFrame, output: indices.Output, contrasted: bool, margin: float | None) -> Panel:
    """Effects and the spread as shares of the control where there is one."""
    relative = contrasted and output.base != 0
    factor = 1 / abs(output.base) if relative else 1.0
    rows = table.filter(measure=output.measure, other="")
    intervals = {
        (row["kind"], row["name"]): Interval(row["value"], row["low95"], row["high95"]).times(
            1.0 if row["kind"] in indices.KINDS["sobol"] else factor
        )
        for row in rows.iter_rows(named=True)
    }
    low, high = (factor * np.quantile(output.points, (0.05, 0.95))).tolist()
    return Panel(output.measure, output.unit, intervals, (low, high), relative, margin)


# Sentences


def title(results: Results, words: Words, reading: Reading) -> str:
    """Of the first measure: which few carry most of its spread, or which move it by more than its margin."""
    first, all_ = reading.panels[0], len(reading.names)
    names = sorted(reading.names, key=lambda name: -first.at(reading.leading, name).mean)
    known = words.has("of-measure", first.measure)
    about = words.of("of-measure", first.measure) if known else words("of-other", measure=first.measure)
    if all(first.at(reading.leading, name).mean == 0 for name in names):
        return words("sensitivity-constant", all=all_, measure=named(words, first))
    return carry(words, first, names, about) if reading.leading == "ST" else move(words, first, names)


def carrying(first: Panel, names: list[str]) -> tuple[int, float, float]:
    """The fewest parameters that explain most of the variance, how much of it, and half the interval of that.

    The share is the larger of their own shares and what the others leave. Where it is below MOST, no few explain most.
    """
    for few in range(1, max(len(names), 2)):  # all together carry all, which is no finding
        alone = [first.at("S1", name) for name in names[:few]]
        others = [first.at("ST", name) for name in names[few:]]
        least, rest = (math.fsum(interval.mean for interval in intervals) for intervals in (alone, others))
        share, which = max((least, alone), (1 - rest, others), key=lambda pair: pair[0])
        if share >= MOST:
            break
    return few, share, math.sqrt(math.fsum(interval.half**2 for interval in which))


def is_open(share: float, half: float) -> bool:
    """Whether a share of the variance is too little known to be said."""
    return math.isnan(share) or half > OPEN


def carry(words: Words, first: Panel, names: list[str], about: str) -> str:
    """How many parameters explain most of the variance, and which."""
    few, share, half = carrying(first, names)
    if is_open(share, half):
        return words("sensitivity-open", all=len(names), about=about)
    if share < MOST:
        return words("sensitivity-all", all=len(names), about=about)
    amount = words.plus_minus(100 * min(share, 1.0), 100 * half, " %", 0)
    return words("sensitivity-few", n=few, all=len(names), share=amount, about=about) + listed(words, names[:few])


def move(words: Words, first: Panel, names: list[str]) -> str:
    """How many parameters move the measure by more than its margin, and how many beyond doubt."""
    margin, most = first.margin, first.at("mu_star", names[0])
    if margin is None or most.mean <= margin:
        sentence = words("sensitivity-most", all=len(names), measure=named(words, first), name=words.parameter(names[0]),
                     size=size(words, first, most.mean))  # fmt: skip
        return sentence if margin is None else words("sensitivity-none-beyond", most=sentence, margin=size(words, first, margin))
    beyond = [name for name in names if first.at("mu_star", name).mean > margin]
    sure = sum(first.at("mu_star", name).low > margin for name in beyond)
    sentence = words("sensitivity-beyond", n=len(beyond), all=len(names),
                 measure=named(words, first), margin=size(words, first, margin))  # fmt: skip
    doubt = "" if sure == len(beyond) else words("sensitivity-sure", n=sure) if sure else words("sensitivity-unsure")
    return sentence + doubt + listed(words, beyond)


def listed(words: Words, names: list[str]) -> str:
    """The names after a colon, if they are few."""
    if len(names) > NAMED:
        return ""
    return words("sensitivity-names", names=words.listed([words("quoted", text=words.parameter(name)) for name in names]))


def named(words: Words, panel: Panel) -> str:
    """The measure in a sentence."""
    known = words.has("the-measure", panel.measure)
    return words.of("the-measure", panel.measure) if known else words("quoted", text=panel.measure)


def head(words: Words, panel: Panel) -> str:
    """The measure above its panel."""
    return words.sentence(words.of("measure", panel.measure)) if panel.measure in MARGINS else panel.measure


def size(words: Words, panel: Panel, value: float) -> str:
    if panel.relative:
        return words.percent(value)
    return words.number(value) if panel.margin else f"{words.number(value)} {panel.unit}"


def about(results: Results, words: Words, reading: Reading) -> str:
    """Whose indices, and when."""
    name, arm, tie_class = (reading.shared(key) for key in ("contrast", "arm", "tie_class"))
    if arm:
        whose = words("sensitivity-arm", arm=arm)
    else:
        whose = sentences.about(results, words, next(each for each in results.study["contrasts"] if each["name"] == name))
    circle = "" if tie_class == "all" else words("sensitivity-circle", circle=words.flat("circle", tie_class))
    profile = "" if reading.shared("profile") == "all" else words("sensitivity-profile", profile=reading.shared("profile"))
    year = words.horizon(reading.shared("horizon"))
    return words.sentence(words("sensitivity-about", whose=whose + circle + profile, year=year))


def sampled(words: Words, reading: Reading) -> str:
    """What the indices rest on, and what the interval holds."""
    samples, seeds, left_out = (reading.shared(key) for key in ("samples", "seeds", "left_out"))
    parts = [words.of("sensitivity-sampled", reading.leading, n=words.number(samples), seeds=words.societies(seeds))]
    parts += [words("sensitivity-left-out", n=left_out)] if left_out else []
    parts += [words("sensitivity-one-seed")] if seeds == 1 else []
    return " ".join(parts)


# Panels


def block(page: style.Page, words: Words, reading: Reading, panels: list[Panel]) -> None:
    """Panels side by side, with the names of the rows on the left."""
    shown = reading.names if len(reading.names) <= SHOWN + 1 else reading.names[:SHOWN]
    others = reading.names[len(shown) :]
    labels = [page.wrap(words.parameter(name), GUTTER) for name in shown]
    labels += [page.wrap(words("sensitivity-others", n=len(others)), GUTTER)] if others else []
    gutter = max(style.measure(line)[0] for label in labels for line in label.split("\n")) + 0.1
    abreast = min(ABREAST, len(reading.panels))
    width = (style.WIDTH - 2 * style.MARGIN - gutter - GAP * (abreast - 1) - 0.08) / abreast
    tall = reading.leading == "ST" or any("\n" in label for label in labels)
    height = (TALL if tall else ROW) * len(labels)
    lefts = [style.MARGIN + gutter + k * (width + GAP) for k in range(len(panels))]
    page.top += max(page.heading(head(words, panel), left, width) for panel, left in zip(panels, lefts)) + 0.02
    spreads = [page.write(spread(words, panel), left, width=width, color=style.QUIET) for panel, left in zip(panels, lefts)]
    page.top += max(spreads) + 0.05
    for panel, left in zip(panels, lefts):
        axes = page.axes(left, width, height)
        style.rows(axes, labels if left == lefts[0] else [""] * len(labels))
        axes.tick_params(axis="y", pad=2)
        axes.axvline(0, color=style.QUIET, linewidth=0.6, zorder=1)
        (shares if reading.leading == "ST" else effects)(axes, words, panel, shown, others)
    page.top += height + 0.42


def spread(words: Words, panel: Panel) -> str:
    """From where to where the points lie."""
    if panel.relative:
        decimals = 2 + max(places(100 * max(map(abs, panel.spread)), 2), 1)
        low, high = (words.percent(round(end, decimals), signed=True) for end in panel.spread)
    else:
        decimals = places(max(map(abs, panel.spread)), 2)
        low, high = (("−" if end < 0 else "") + words.fixed(abs(end), decimals) for end in panel.spread)
    text = words("sensitivity-distances" if panel.measure in BETWEEN else "sensitivity-spread", low=low, high=high)
    known = any(math.isfinite(interval.mean) for interval in panel.intervals.values())
    return text if known else words("sensitivity-noise", spread=text)


def shares(axes: Axes, words: Words, panel: Panel, shown: list[str], others: list[str]) -> None:
    """What each carries alone (filled) and with the others (open), as % of the spread, within 0 and 100."""
    axes.set_xlim(-4, 104)
    axes.set_xticks([0, 50, 100])
    axes.set_xlabel(words("sensitivity-share-axis"), labelpad=2)
    for row, name in enumerate(shown):
        pair(axes, row, *(within(panel.at(kind, name)) for kind in ("S1", "ST")))
    if others:
        pair(axes, len(shown), *(most([within(panel.at(kind, name)) for name in others]) for kind in ("S1", "ST")))


def pair(axes: Axes, row: int, alone: Interval, total: Interval) -> None:
    for interval, off, colour, fill in ((alone, -0.17, style.BLUE, style.BLUE), (total, 0.17, style.VERMILLION, "white")):
        style.whisker(axes, interval.low, interval.high, row + off, color=colour)
        axes.plot(interval.mean, row + off, "o", color=colour, markerfacecolor=fill, markersize=4, markeredgewidth=1)


def within(share: Interval) -> Interval:
    return Interval(*(100 * min(max(end, 0.0), 1.0) if math.isfinite(end) else end for end in share))


def most(intervals: list[Interval]) -> Interval:
    """The greatest of some, end by end."""
    return Interval(*(max(ends) for ends in zip(*intervals)))


def effects(axes: Axes, words: Words, panel: Panel, shown: list[str], others: list[str]) -> None:
    """By how much each moves the measure over its range, its direction, and how unevenly; the margin is shaded."""
    factor = 100 if panel.relative else 1
    margin = factor * (panel.margin or 0)
    axes.axvspan(0, margin, color=style.PALE, linewidth=0, zorder=0)
    seen, ends = [margin], []
    for row, name in enumerate(shown):
        size, way, uneven = (panel.at(kind, name).times(factor) for kind in ("mu_star", "mu", "sigma"))
        mark, colour = UP if way.low > 0 else DOWN if way.high < 0 else BOTH
        style.whisker(axes, max(size.low, 0), size.high, row, color=colour)
        axes.plot(size.mean, row, mark, color=colour, markersize=4.5)
        axes.plot(uneven.mean, row, "|", color=style.INK, markersize=6, markeredgewidth=0.9)
        ends.append((size.high, row, colour))
        seen += [size.mean, uneven.mean, min(size.high, 2 * max(size.mean, margin)) if math.isfinite(size.high) else 0.0]
    if others:
        size = most([panel.at("mu_star", name).times(factor) for name in others])
        style.whisker(axes, 0, size.high, len(shown), color="#999999")
        ends.append((size.high, len(shown), "#999999"))
        axes.plot(size.mean, len(shown), "o", color="#999999", markerfacecolor="white", markersize=4)
        seen.append(size.mean)
    right = 1.08 * max(seen) or 1
    axes.set_xlim(-0.03 * max(seen), right)
    for end, row, colour in ends:
        if end > right:
            axes.plot(right, row, BEYOND, color=colour, markersize=4, clip_on=False)
    axes.locator_params(axis="x", nbins=4)
    axes.xaxis.set_major_formatter(words.ticks)
    distance = words("sensitivity-distance-axis") if panel.measure in BETWEEN else panel.unit
    axes.set_xlabel(words("sensitivity-effect-axis") if panel.relative else distance, labelpad=2)


ENTRY = Entry(figure, "indices")
