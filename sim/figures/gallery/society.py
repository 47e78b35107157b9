"""The society before any platform: its circles, where support and time go, and how contacts with the outer circle come about."""

from __future__ import annotations

import math
from collections.abc import Mapping

from matplotlib.figure import Figure

from sim.errors import InputError
from sim.figures import sentences, style
from sim.figures.registry import Entry
from sim.figures.results import Interval, Lacking, Results, interval
from sim.figures.words import Words
from sim.scenario.reading import target
from sim.scenario.targets import Target

CIRCLES = ("weekly", "monthly", "half-yearly", "yearly")  # the target of each is circle-weekly, ...
RANKS = {"1-5": "time-closest-five", "6-15": "time-next-ten", "16-50": None, "rest": None}  # the target of each
ROWS = ("support", "sympathy", "affinity", "rest", "new")
OCCASIONS = ("card", "chance")

Bands = Mapping[str, Target]


def figure(results: Results, words: Words) -> Figure:
    arm, before = the_arm(results)
    page = style.Page()
    page.title(title(results, words, arm, before))
    page.top += 0.07
    circles_and_signature(page, results, words, arm)
    mix(page, results, words, arm)
    extra = (words("society-bands"), words("society-counting"))
    page.source(sentences.source(results, words, results.days[0], extra=extra))
    return page.finish()


def bands() -> Bands:
    """The targets whose bands are drawn, by circle and by ranks. Lacking: they cannot be read."""
    try:
        return {name: target(f"circle-{name}") for name in CIRCLES} | {name: target(band) for name, band in RANKS.items() if band}
    except InputError as error:
        raise Lacking(f"the published bands cannot be read: {error}") from None


def the_arm(results: Results) -> tuple[str, bool]:
    """The arm without a platform, else the primary control; and whether it is the former."""
    without = [arm for arm in results.arms if results.kind(arm) == "none"]
    arm = without[0] if without else results.primary["control"]
    if arm not in results.arms:
        raise Lacking(f"no finished run of '{arm}'")
    return arm, bool(without)


def value(results: Results, arm: str, measure: str) -> Interval:
    """At the first horizon: the nearest to the society that was grown."""
    return results.mean(arm, measure, results.reference["point"], results.days[0])


def received(results: Results, arm: str, circle: str) -> dict[str, Interval]:
    at = (results.reference["point"], results.days[0], (circle,))
    return {channel: results.mean(arm, f"received_{channel}", *at) for channel in style.CHANNELS}


def whole_of(results: Results, arm: str, circle: str) -> Interval:
    """Everything received from a circle, per person and year."""
    at = (results.reference["point"], results.days[0], (circle,))
    by_channel = [results.values(arm, f"received_{channel}", *at) for channel in style.CHANNELS]
    return interval([math.fsum(values.get(seed, 0) for values in by_channel) for seed in by_channel[0]])


def occasions_share(results: Results, arm: str, circle: str) -> float:
    """Share of cards and chance meetings among the contacts received from a circle."""
    means = {channel: amount.mean for channel, amount in received(results, arm, circle).items()}
    whole = math.fsum(means.values())
    return math.fsum(means[channel] for channel in OCCASIONS) / whole if whole else math.nan


def title(results: Results, words: Words, arm: str, before: bool) -> str:
    outer, inner = (occasions_share(results, arm, circle) for circle in ("rest", "support"))
    if math.isnan(outer) or math.isnan(inner):
        raise Lacking("contacts by circle were not measured")
    named = {"when": "before" if before else "with", "outer": words.fraction(outer), "inner": words.fraction(inner)}
    return words("society-title" if outer > 0.5 and outer > 2 * inner else "society-even", **named)


def circles_and_signature(page: style.Page, results: Results, words: Words, arm: str) -> None:
    half = (style.WIDTH - 2 * style.MARGIN) / 2
    lefts = (style.MARGIN, style.MARGIN + half + 0.1)
    height = 1.1
    published = bands()
    inside = sum(published[name].holds(value(results, arm, f"contacted_{name}").mean) for name in CIRCLES)
    heading = words("society-circles", inside=inside, all=len(CIRCLES))
    tops = (page.heading(heading, lefts[0], half - 0.1), page.heading(words("society-signature"), lefts[1], half - 0.1))
    page.top += max(tops) + 0.08
    circles(page, results, words, arm, published, lefts[0], half - 0.1, height)
    signature(page, results, words, arm, published, lefts[1], half - 0.1, height)
    page.top += height + 0.66


def circles(
    page: style.Page, results: Results, words: Words, arm: str, published: Bands, left: float, room: float, height: float
) -> None:  # fmt: skip
    """People contacted at least so often, on the published bands."""
    labels = [words.of("society-contacted", name) for name in CIRCLES]
    gutter = max(style.measure(label)[0] for label in labels) + 0.08
    axes = page.axes(left + gutter, room - gutter - 0.6, height)
    style.rows(axes, labels)
    axes.set_xscale("log")
    axes.set_xlim(2, 400)
    axes.set_xticks([3, 10, 30, 100, 300], ["3", "10", "30", "100", "300"])
    axes.minorticks_off()
    axes.set_xlabel(words("society-people-axis"))
    for row, name in enumerate(CIRCLES):
        people, band = value(results, arm, f"contacted_{name}"), published[name]
        axes.barh(row, band.high - band.low, 0.62, band.low, color=style.PALE)
        style.whisker(axes, people.low, people.high, row, linewidth=1.6)
        axes.plot(people.mean, row, "o", color=style.BLUE, markersize=5)
        style.beside(axes, row, words.plus_minus(people.mean, people.half))


def signature(
    page: style.Page, results: Results, words: Words, arm: str, published: Bands, left: float, room: float, height: float
) -> None:  # fmt: skip
    """Where support and time go, by rank of closeness."""
    labels = [words("society-rank", ranks=name.replace("-", "–")) for name in RANKS]
    gutter = max(style.measure(label)[0] for label in labels) + 0.08
    axes = page.axes(left + gutter, room - gutter - 0.1, height)
    style.rows(axes, labels)
    axes.set_xlim(-2, 70)
    axes.set_xlabel(words("society-share-axis"))
    for row, name in enumerate(RANKS):
        if name in published:
            low, high = 100 * published[name].low, 100 * published[name].high
            axes.barh(row + 0.18, high - low, 0.34, low, color=style.PALE)
        for measure, shift, marker, fill in (("support", -0.18, "o", style.BLUE), ("time", 0.18, "D", "white")):
            share = rank_share(results, arm, measure, name).times(100)
            style.whisker(axes, share.low, share.high, row + shift, linewidth=1.6)
            axes.plot(share.mean, row + shift, marker, markersize=4.5, markerfacecolor=fill, markeredgecolor=style.INK)


def rank_share(results: Results, arm: str, measure: str, ranks: str) -> Interval:
    """Share of support or time in some ranks; beyond the fiftieth it is what the others leave, seed by seed."""
    if ranks != "rest":
        return value(results, arm, f"{measure}_share_{ranks}")
    at = (results.reference["point"], results.days[0])
    named = [results.values(arm, f"{measure}_share_{ranks_named}", *at) for ranks_named in RANKS if ranks_named != "rest"]
    return interval([1 - sum(values.get(seed, math.nan) for values in named) for seed in named[0]])


def mix(page: style.Page, results: Results, words: Words, arm: str) -> None:
    """Channels of what is received from each circle, each bar a whole."""
    mixes = {circle: received(results, arm, circle) for circle in ROWS}
    mixes = {circle: means for circle, means in mixes.items() if math.fsum(amount.mean for amount in means.values()) > 0}
    labels = [words.flat("circle", circle) for circle in mixes]
    left = style.MARGIN + max(style.measure(label)[0] for label in labels) + 0.08
    right = style.WIDTH - style.MARGIN
    width, height = right - 0.75 - left, 0.25 * len(labels)
    page.top += page.heading(words("society-mix")) + 0.05
    strip = 2 * style.leading(style.SMALL) + 0.16
    page.write(words("society-per-tie"), right, ha="right", color=style.QUIET)
    page.top += strip
    axes = page.axes(left, width, height)
    style.rows(axes, labels)
    axes.set_xlim(0, 100)
    for row, means in enumerate(mixes.values()):
        whole = math.fsum(amount.mean for amount in means.values())
        parts = [100 * amount.mean / whole for amount in means.values()]
        middles = style.stacked(axes, row, parts, list(style.CHANNELS.values()))
        total = whole_of(results, arm, list(mixes)[row])
        style.beside(axes, row, words.plus_minus(total.mean, total.half), right - left - width, ha="right")
        if row == 0:
            names = [words.of("channel", channel) for channel in means]
            style.label_parts(page, axes, names, middles, (left, width, height), strip)
    axes.set_xlabel(words("society-mix-axis"))
    page.top += height + 0.52


ENTRY = Entry(figure, "measures")
