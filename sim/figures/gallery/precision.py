"""How narrow the intervals get with the number of societies: with the same ones in both arms, and with different ones."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator

from sim.figures import sentences, style
from sim.figures.registry import Entry
from sim.figures.results import Lacking, Results
from sim.figures.words import Words
from sim.study.judging.legs import MEASURED, RELATIVE
from sim.study.judging.precision import Pair, Spread
from sim.study.records import tables

TITLED = ("S_all", "strong")  # named in the title
TOGETHER: style.Look = {"color": style.BLUE, "linewidth": 1.6}
APART: style.Look = {"color": style.VERMILLION, "linewidth": 1.6, "linestyle": (0, (4, 1.5))}
FACTOR = {"factor": "saved", "low": "saved_low", "high": "saved_high"}
HEIGHT, GUTTER, RIGHT = 1.4, 0.58, 0.18  # inches of a panel, left and right of it
ABOVE, BELOW = 0.36, 0.42  # inches for what is said above a panel, and for the labels of its axis
FEWEST, MOST = 2, 10**6  # societies on the axis
NOTHING = 0.001  # of the control
LEAST = 2e-5  # % on the axis; nothing to see below


def figure(results: Results, words: Words) -> Figure:
    about, rows = the_rows(results)
    here = [row for row in rows if row["point"] == results.reference["point"]]
    page = style.Page()
    page.title(title(results, words, about, here))
    page.paragraph(head(results, words, about, here[0], rows), after=0.1)
    key = ((TOGETHER, words("precision-together")), (APART, words("precision-apart")))
    page.key([({"color": look["color"]}, text) for look, text in key])
    panels(page, results, words, about, here)
    extra = (words("precision-reading"), *sentences.explained(results, words))
    page.source(sentences.source(results, words, results.days[-1], extra=extra, then=("precision", "draw")))
    return page.finish()


def the_rows(results: Results) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A contrast, the primary one if it is there, and what is known of its relative legs at the last horizon."""
    file = tables.path(results.folder, "precision")
    legs = [leg.measure for leg in RELATIVE]
    measured = [row for row in results.made_by("precision", "precision").iter_rows(named=True) if row["measure"] in legs]
    there = {row["contrast"] for row in measured}
    ordered = sorted(results.study["contrasts"], key=lambda contrast: not contrast["primary"])
    about = next((contrast for contrast in ordered if contrast["name"] in there), None)
    if about is None:
        raise Lacking(f"{file.name} has no contrast of this study")
    known = [
        row
        for row in measured
        if row["contrast"] == about["name"] and row["horizon"] == results.days[-1] and math.isfinite(row["variance"])
    ]
    if not any(row["point"] == results.reference["point"] for row in known):
        raise Lacking("no leg has two societies with both arms, and one alone has no spread")
    return about, known


def pair(row: dict[str, Any]) -> Pair:
    return Pair(row["seeds"], row["variance"], row["variance_arm"], row["variance_control"])


# What it says


def title(results: Results, words: Words, about: dict[str, Any], here: list[dict[str, Any]]) -> str:
    """The factor of support and strong ties; of another leg where these are not measured or do not vary in pairs.

    Where nothing changes, that is what there is to say.
    """
    vary = [row for row in here if math.isfinite(row["saved"])]
    named = [row for row in vary if row["measure"] in TITLED] or vary[:1]
    if not named:
        return words("precision-still", leg=leg(words, here[0]))
    if all(is_nothing(results, about, row) for row in named):
        legs, seeds = words.listed([leg(words, row) for row in named]), words.societies(named[0]["seeds"])
        return words("precision-no-change", most=words.percent(NOTHING), legs=legs, seeds=seeds)
    clear = [row for row in named if not row["saved_low"] <= 1]
    if not clear:
        return words("precision-not")
    factors = [
        words("precision-further" if k else "precision-times", factor=times(words, row["saved"]), leg=leg(words, row))
        for k, row in enumerate(clear)
    ]
    return words("precision-title", factors=words.listed(factors))


def is_nothing(results: Results, about: dict[str, Any], row: dict[str, Any]) -> bool:
    """Whether a leg surely changes by less than anybody would call a change."""
    at = (row["measure"], row["point"], results.days[-1])
    change, control = results.difference(about, *at, ("all",)), results.mean(about["control"], *at)
    return max(abs(change.low), abs(change.high)) < NOTHING * abs(control.mean)


def leg(words: Words, row: dict[str, Any]) -> str:
    return words.of("the-measure", row["measure"])


def head(results: Results, words: Words, about: dict[str, Any], row: dict[str, Any], rows: list[dict[str, Any]]) -> str:
    text = words(
        "precision-head",
        contrast=sentences.about(results, words, about),
        year=words.horizon(results.days[-1]),
        point=words.at(results.reference),
        leg=leg(words, row),
        seeds=words.societies(row["seeds"]),
        half=words.percent(pair(row).together().half(row["seeds"])),
        apart=words.percent(pair(row).apart().half(row["seeds"])),
    )
    factors = [entry["saved"] for entry in rows if entry["measure"] == row["measure"] and math.isfinite(entry["saved"])]
    if len(factors) > 1 and not is_nothing(results, about, row):
        least, most = (times(words, end(factors)) for end in (min, max))
        text += " " + words("precision-points", all=len(factors), least=least, most=most, leg=leg(words, row))
    return words.sentence(text)


# What it shows


def panels(page: style.Page, results: Results, words: Words, about: dict[str, Any], here: list[dict[str, Any]]) -> None:
    """A panel for each leg, two side by side, all on the same axes."""
    wide = (style.WIDTH - 2 * style.MARGIN) / 2 - GUTTER - RIGHT
    asked = max(*(10 * row["seeds"] for row in here), *(row["needed_independent"] or 0 for row in here))
    societies = np.geomspace(FEWEST, min(10 ** math.ceil(math.log10(asked)), MOST), 200)
    drawn = []
    for first in range(0, len(here), 2):
        below = 0.0
        for column, row in enumerate(here[first : first + 2]):
            left = style.MARGIN + GUTTER + column * (GUTTER + wide + RIGHT)
            high = page.heading(words.sentence(words.of("measure", row["measure"])), left)
            page.write(factor(words, row, is_nothing(results, about, row)), left, page.top + high)
            axes = page.axes(left, wide, HEIGHT, page.top + ABOVE)
            margin = results.study["margins"][MEASURED[row["measure"]].margin]
            panel(axes, words, row, societies, margin)
            axes.set_xlabel(words("precision-across"), labelpad=2)
            if not column:
                axes.set_ylabel(words("precision-up"), labelpad=2)
            drawn.append(axes)
            below = max(below, page.write(wanted(words, row), left, page.top + ABOVE + HEIGHT + BELOW, wide + RIGHT))
        page.top += ABOVE + HEIGHT + BELOW + below + 0.14
    low, high = (end(end(axes.get_ylim()) for axes in drawn) for end in (min, max))
    for axes in drawn:
        axes.set(xlim=(societies[0], societies[-1]), ylim=(max(low, LEAST), high))
        for axis, most, ticks in ((axes.xaxis, 4, lambda many, _: words.number(many)), (axes.yaxis, 6, words.ticks)):
            axis.set_major_locator(LogLocator(numticks=most))
            axis.set_minor_locator(NullLocator())
            axis.set_major_formatter(ticks)


def factor(words: Words, row: dict[str, Any], nothing: bool) -> str:
    """How many times as many societies; of what does not change, that is what there is to say."""
    if nothing:
        return words("precision-nothing", most=words.percent(NOTHING))
    if not math.isfinite(row["saved"]):
        return words("precision-same")
    if not math.isfinite(row["saved_low"]):
        return words("precision-factor-alone", factor=times(words, row["saved"]))
    return words("precision-factor", **{name: times(words, row[key]) for name, key in FACTOR.items()})


def times(words: Words, value: float, digits: int = 2) -> str:
    """A large number with as many digits as anybody may believe."""
    return words.number(float(f"{value:.{digits}g}"))


def wanted(words: Words, row: dict[str, Any]) -> str:
    """What the half-width that is wanted takes, in pairs and else."""

    def many(needed: int | None) -> str:
        return times(words, needed, 3) if needed else words("precision-never")

    low, high = row["needed_low"], row["needed_high"]
    n = many(row["needed"])
    if low != high:
        n = words("precision-between", n=n, low=many(low), high=many(high))
    within = words.percent(row["within"])
    return words("precision-wanted", within=within, together=n, apart=many(row["needed_independent"]))


def panel(axes: Axes, words: Words, row: dict[str, Any], societies: np.ndarray, margin: float) -> None:
    """Both half-widths by the number of societies, with their bands; the margin, and where the study stands."""
    axes.set(xscale="log", yscale="log")
    axes.update_datalim([(row["seeds"], 1600 * margin)], updatex=False)  # a line alone gives the axis no width
    n = row["seeds"]
    axes.axvline(n, color=style.QUIET, linewidth=0.6, zorder=1)
    axes.axhline(100 * margin, color=style.QUIET, linewidth=0.8, linestyle=":", zorder=1)
    for spread, look in ((pair(row).together(), TOGETHER), (pair(row).apart(), APART)):
        if not spread.variance > 0:
            continue
        low, now, high = (halves(bound, societies) for bound in (spread.interval()[0], spread, spread.interval()[1]))
        axes.fill_between(societies, low, high, color=look["color"], alpha=0.15, linewidth=0)
        axes.plot(societies, now, **look)
        axes.plot(n, 100 * spread.half(n), "o", color=look["color"], markersize=4.5, zorder=3)
    axes.set_ylim(top=max(axes.get_ylim()[1], 1600 * margin))
    axes.annotate(
        words("precision-margin", margin=words.percent(margin)), (1, 100 * margin), xycoords=axes.get_yaxis_transform(),
        xytext=(0, 2), textcoords="offset points", ha="right", color=style.QUIET,
    )  # fmt: skip
    axes.annotate(
        words("precision-study", n=words.number(n)), (n, 1), xycoords=axes.get_xaxis_transform(),
        xytext=(3, 0), textcoords="offset points", va="top", color=style.QUIET,
    )  # fmt: skip


def halves(spread: Spread, societies: np.ndarray) -> list[float]:
    return [100 * spread.half(n) for n in societies]


ENTRY = Entry(figure, "precision")
