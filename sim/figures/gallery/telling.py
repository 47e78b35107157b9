"""What a gesture tells: does who greets, writes or comments reveal a strong tie, with prompts and without (C9, C10)?"""

from __future__ import annotations

import math
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.channels import GESTURES
from sim.figures import sentences, style
from sim.figures.registry import Entry
from sim.figures.results import Interval, Lacking, Results
from sim.figures.words import MOST_NAMED, Words

LEAST = 0.55  # a gesture tells a strong tie if the interval of its AUC lies above; set before the first runs
SMALL = 0.01  # differences of AUC below count as none; set after the first results (.004 at slope 2, surely above 0)
WISHES = "any_wish"  # a prompted greeting or a remembered wish
PANELS = {"strong_given": 100.0, "auc": 1.0, "information": 1000.0}  # measure -> factor of the axis
OTHERS = tuple(gesture for gesture in GESTURES if gesture not in ("greeting", "wish"))  # what could take over from the wish
LINES: dict[str, style.Look] = {
    WISHES: {"color": style.BLUE, "linestyle": "-", "marker": "o"},
    "greeting": {"color": style.VERMILLION, "linestyle": "--", "marker": "D"},
}
DOTTED: style.Look = {"color": style.INK, "linewidth": 0.8, "linestyle": ":", "zorder": 1}


def figure(results: Results, words: Words) -> Figure:
    contrast = results.contrast("public", "off") or results.contrast("private", "off")
    if not contrast:
        raise Lacking("no contrast holds prompts against no prompts on the same platform")
    if not math.isfinite(measured(results, contrast["control"], "auc", WISHES).mean):
        raise Lacking("what a wish tells was not measured")
    page = style.Page()
    page.title(title(results, words, contrast))
    parts = (auc, in_bits, greeting_alone, takes_over, from_who_knows)
    readings = [words("telling-strong"), *(part(results, words, contrast) for part in parts)]
    page.paragraph(" ".join(filter(None, readings)), after=0.14)
    if varied(results):
        over_points(page, results, words, contrast)
    gestures(page, results, words, contrast)
    universe = words("telling-universe", least=words.number(LEAST), small=words.number(SMALL))
    extra = (universe, words("telling-messages-assumed"), *sentences.explained(results, words))
    page.source(sentences.source(results, words, results.days[-1], extra=extra))
    return page.finish()


def measured(results: Results, arm: str, measure: str, gesture: str, point: int | None = None) -> Interval:
    """A measure of a gesture in an arm; at the reference point unless another is given."""
    at = results.reference["point"] if point is None else point
    return results.mean(arm, f"{measure}_{gesture}", at, results.days[-1])


def any_tie(results: Results, contrast: dict[str, Any]) -> float:
    """% of all linked ties that are strong: what a gesture says that is made on anybody."""
    return 100 * results.mean(contrast["arm"], "strong_linked", results.reference["point"], results.days[-1]).mean


def change(results: Results, contrast: dict[str, Any], gesture: str) -> str:
    """Whether a gesture's AUC is "more", "less", the "same" with prompts as without, or "open", by its paired interval."""
    shift = results.difference(contrast, f"auc_{gesture}", results.reference["point"], results.days[-1], ("all",))
    if shift.low > SMALL:
        return "more"
    if shift.high < -SMALL:
        return "less"
    return "same" if -SMALL < shift.low <= shift.high < SMALL else "open"


def title(results: Results, words: Words, contrast: dict[str, Any]) -> str:
    arm, control = contrast["arm"], contrast["control"]
    return words(
        "telling-title",
        **{"with": words.fraction(measured(results, arm, "strong_given", WISHES).mean)},
        without=words.fraction(measured(results, control, "strong_given", WISHES).mean),
    )


def auc(results: Results, words: Words, contrast: dict[str, Any]) -> str:
    """How well a wish tells strong ties from weak ones, with prompts and without."""
    value, before = (words.number(measured(results, contrast[side], "auc", WISHES).mean, 3) for side in ("arm", "control"))
    rank = words.of("telling-rank", change(results, contrast, WISHES), at=words.at(results.reference))
    return words("telling-auc", auc=value, before=before, rank=rank, half=words.number(0.5))


def in_bits(results: Results, words: Words, contrast: dict[str, Any]) -> str:
    bits, before = (measured(results, contrast[side], "information", WISHES).times(1000).mean for side in ("arm", "control"))
    return words("telling-bits", bits=words.number(bits), before=words.number(before))


def from_who_knows(results: Results, words: Words, contrast: dict[str, Any]) -> str:
    """The share of "happy non-birthdays" that come from a strong tie; "" if nobody wrote one."""
    share = measured(results, contrast["arm"], "strong_given", "nonbirthday").mean
    return words("telling-knowing-tells", share=words.percent(share)) if math.isfinite(share) else ""


def greeting_alone(results: Results, words: Words, contrast: dict[str, Any]) -> str:
    """At which points the prompted greeting does not tell a strong tie."""
    mute = [
        point for point in results.points
        if not measured(results, contrast["arm"], "auc", "greeting", point["point"]).low > LEAST
    ]  # fmt: skip
    if not mute:
        return words("telling-greeting-tells")
    if len(mute) == len(results.points):
        return words("telling-greeting-mute")
    if len(mute) > MOST_NAMED:
        return words("telling-greeting-partly", points=words("some-points", some=len(mute), all=len(results.points)))
    return words("telling-greeting-partly", points=words.listed([words.point(point) for point in mute]))


def takes_over(results: Results, words: Words, contrast: dict[str, Any]) -> str:
    """The other gesture that tells most with prompts, and whether it tells more than without them."""
    aucs = {gesture: measured(results, contrast["arm"], "auc", gesture).mean for gesture in OTHERS}
    aucs = {gesture: mean for gesture, mean in aucs.items() if math.isfinite(mean)}
    if not aucs:
        return ""
    best = max(aucs, key=lambda gesture: aucs[gesture])
    return words(
        "telling-others-tell",
        best=words.of("telling-the", best),
        auc=words.number(aucs[best]),
        change=words.of("telling-change", change(results, contrast, best)),
    )


def varied(results: Results) -> str:
    """The one number that a grid varies; "" if it is not one number."""
    names = [name for name in results.points[0] if name != "point"]
    if results.design != "grid" or len(names) != 1 or len(results.points) < 2:
        return ""
    numbers = all(isinstance(point[names[0]], int | float) for point in results.points)
    return names[0] if numbers else ""


def over_points(page: style.Page, results: Results, words: Words, contrast: dict[str, Any]) -> None:
    """Three readings of what a wish tells, over the varied number; the band is the arm without prompts."""
    name, height, gap = varied(results), 1.3, 0.42
    width = (style.WIDTH - 2 * style.MARGIN - len(PANELS) * gap) / len(PANELS)
    lefts = [style.MARGIN + gap + k * (width + gap) for k in range(len(PANELS))]
    entries = [(words.of("telling-line", gesture), look["color"]) for gesture, look in LINES.items()]
    left = style.MARGIN
    for text, color in [*entries, (words("telling-line-without"), style.QUIET)]:
        page.write(text, left, color=color)
        left += style.measure(text)[0] + 0.25
    page.top += style.leading(style.SMALL) + 0.1
    heads = [words.of("telling-panel", measure, least=words.number(LEAST)) for measure in PANELS]
    page.top += max(page.heading(head, left - gap + 0.1, width + gap - 0.1) for head, left in zip(heads, lefts)) + 0.08
    for (measure, factor), left in zip(PANELS.items(), lefts):
        axes = page.axes(left, width, height)
        lines(axes, results, contrast, measure, factor, name)
        axes.set_xlabel(words.of("telling-axis", name) if words.has("telling-axis", name) else name)
        axes.xaxis.set_major_formatter(words.ticks)
        axes.yaxis.set_major_formatter(words.ticks)
    page.top += height + 0.5


def lines(axes: Axes, results: Results, contrast: dict[str, Any], measure: str, factor: float, name: str) -> None:
    across = [point[name] for point in results.points]
    without = measured(results, contrast["control"], measure, WISHES).times(factor)
    axes.axhspan(without.low, without.high, color=style.PALE, zorder=0)
    axes.axhline(without.mean, color=style.QUIET, linewidth=1.4, zorder=1)
    for gesture, look in LINES.items():
        points = [point["point"] for point in results.points]
        readings = [measured(results, contrast["arm"], measure, gesture, point).times(factor) for point in points]
        for x, reading in zip(across, readings):
            axes.plot([x, x], [reading.low, reading.high], color=look["color"], linewidth=1.4, solid_capstyle="butt")
        axes.plot(across, [reading.mean for reading in readings], markersize=4, linewidth=1.2, **look)
    dotted = LEAST if measure == "auc" else any_tie(results, contrast) if measure == "strong_given" else math.nan
    axes.axhline(dotted, **DOTTED)
    if measure == "auc":
        axes.set_ylim(bottom=min(0.48, axes.get_ylim()[0]))
    else:
        axes.set_ylim(bottom=0)
    axes.set_xticks(across)
    axes.locator_params(axis="y", nbins=5)


def gestures(page: style.Page, results: Results, words: Words, contrast: dict[str, Any]) -> None:
    """By gesture: the share of strong ties among those on which it is made, how often it is made on one, and its AUC."""
    arm, control = contrast["arm"], contrast["control"]
    given = {gesture: measured(results, arm, "strong_given", gesture).mean for gesture in GESTURES}
    rows = sorted((gesture for gesture in GESTURES if math.isfinite(given[gesture])), key=lambda gesture: -given[gesture])
    labels = [words.of("telling-gesture", gesture) for gesture in rows]
    gutter = max(style.measure(label)[0] for label in labels) + 0.08
    columns = {"told": 1.1, "auc": 2.1}  # inches right of the panel
    width = style.WIDTH - 2 * style.MARGIN - gutter - columns["auc"]
    left, height = style.MARGIN + gutter, 0.22 * len(rows)
    page.top += page.heading(words("telling-gestures", at=words.at(results.reference))) + 0.04
    page.write(words("telling-gestures-key"), left, color=style.QUIET)
    for column, right in columns.items():
        text = words.of("telling-column", column)
        low = page.top + (1 - text.count("\n")) * style.leading(style.SMALL)
        page.write(text, left + width + right, low, ha="right", color=style.QUIET)
    page.top += 2 * style.leading(style.SMALL) + 0.04
    axes = page.axes(left, width, height)
    style.rows(axes, labels)
    axes.axvline(any_tie(results, contrast), **DOTTED)
    for row, gesture in enumerate(rows):
        axes.axhline(row, color=style.PALE, linewidth=0.6, zorder=0)
        for which, fill, look in ((control, "white", {"linewidth": 1.0}), (arm, style.BLUE, {"linewidth": 1.8})):
            share = measured(results, which, "strong_given", gesture).times(100)
            style.whisker(axes, share.low, share.high, row, **look)
            size = 6.5 if which == control else 4
            axes.plot(share.mean, row, "o", markersize=size, markerfacecolor=fill, markeredgecolor=style.INK, clip_on=False)
        reach = measured(results, arm, "told", gesture).times(100)
        style.beside(axes, row, words.plus_minus(reach.mean, reach.half, " %", 1), columns["told"], ha="right")
        auc = measured(results, arm, "auc", gesture)
        style.beside(axes, row, words.plus_minus(auc.mean, auc.half, decimals=3), columns["auc"], ha="right")
    axes.set_xlim(0, 100)
    axes.xaxis.set_major_formatter(words.ticks)
    axes.set_xlabel(words("telling-gestures-axis"))
    page.top += height + 0.52


ENTRY = Entry(figure)
