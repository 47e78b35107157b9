"""Who greets because a prompt says so, from which circle, and what follows for the tie (claim C7)."""

from __future__ import annotations

import math
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures import common, style
from sim.figures.results import CIRCLES, INNER, OUTER, Interval, Lacking, Results
from sim.figures.words import Words

PROMPTED = {"public": "received_greeting", "private": "received_message"}
REPLACED = ("card", "call", "visit")
MONTHS = range(12)
MOST_POINTS = 5


def figure(results: Results, words: Words) -> Figure:
    found = {kind: results.contrast(kind, "off") for kind in PROMPTED}
    contrasts = {kind: each for kind, each in found.items() if each}
    if not contrasts:
        raise Lacking("no contrast holds an arm with prompts against one without, on the same platform")
    kind, main = next(iter(contrasts.items()))
    page = style.Page()
    page.title(title(results, words, kind, main))
    page.paragraph(common.verdict_line(results, words, main), after=0.14)
    who(page, results, words, contrasts)
    afterwards(page, results, words, main)
    replaced(page, results, words, contrasts)
    page.source(common.source(results, words, len(shown(results))))
    return page.finish()


def shown(results: Results) -> list[dict[str, Any]]:
    """At most five points, evenly through the design."""
    points = results.points
    if len(points) <= MOST_POINTS:
        return points
    return [points[round(k * (len(points) - 1) / (MOST_POINTS - 1))] for k in range(MOST_POINTS)]


def title(results: Results, words: Words, kind: str, contrast: dict[str, Any]) -> str:
    day, point = results.days[-1], results.reference["point"]
    total = results.mean(contrast["arm"], PROMPTED[kind], point, day)
    if not total.mean > 0:
        raise Lacking("nobody was greeted because of a prompt")
    outside = 1 - inner_share(results, contrast["arm"], PROMPTED[kind], point, day).mean
    return words(
        "greetings title" if kind == "public" else "private title",
        greetings=words.number(total.mean),
        share=words.percent(outside),
        ties=common.ties(results, words, contrast),
    )


def inner_share(results: Results, arm: str, measure: str, point: int, day: int) -> Interval:
    """Share of prompted greetings that came from the closest fifteen, seed by seed."""
    from sim.figures.results import interval

    inner = results.values(arm, measure, point, day, INNER)
    whole = results.values(arm, measure, point, day, CIRCLES)
    return interval([inner[seed] / whole[seed] for seed in inner if whole.get(seed)])


def who(page: style.Page, results: Results, words: Words, contrasts: dict[str, dict[str, Any]]) -> None:
    """Stacked bars: prompted greetings by circle, one bar per arm and point."""
    day = results.days[-1]
    bars = [(kind, each["arm"], point) for kind, each in contrasts.items() for point in shown(results)]
    labels = [bar_label(words, kind, point) for kind, _, point in bars] + [words("arm off")]
    left = style.MARGIN + max(page.measure(label)[0] for label in labels) + 0.08
    columns = style.WIDTH - 1.05 - style.MARGIN - 0.6, style.WIDTH - style.MARGIN
    width, height = columns[0] - 0.6 - left, 0.215 * len(labels)
    page.top += page.heading(words("who")) + 0.06
    strip = page.measure("x\nx", linespacing=1.05)[1] + 0.16
    for key, right in zip(("a year", "inner share"), columns):
        page.write(words(key), right, color=style.QUIET, ha="right", linespacing=1.05)
    page.top += strip
    axes = page.axes(left, width, height)
    style.rows(axes, labels)
    means = []
    for row, (kind, arm, point) in enumerate(bars):
        parts = [results.mean(arm, PROMPTED[kind], point["point"], day, (each,)).mean for each in CIRCLES]
        parts = [0.0 if math.isnan(part) else part for part in parts]
        total = results.mean(arm, PROMPTED[kind], point["point"], day)
        share = inner_share(results, arm, PROMPTED[kind], point["point"], day)
        centres = style.stacked(axes, row, parts, list(style.CIRCLES.values()))
        error_bar(axes, total, row)
        means.append((parts, centres, total))
        at = page.top + (row + 0.5) / len(labels) * height
        for text, right in zip((words.plus_minus(total), words.plus_minus(share, percent=True)), columns):
            page.write(text, right, at, ha="right", va="center")
    page.write("0", columns[0], page.top + (len(bars) + 0.5) / len(labels) * height, ha="right", va="center")
    axes.set_xlim(0, 1.03 * max(max(total.mean, total.high if math.isfinite(total.high) else 0) for *_, total in means))
    parts, centres, _ = means[0]
    present = [k for k, part in enumerate(parts) if part > 0]
    style.label_parts(
        page, axes, [words(CIRCLES[k]) for k in present], [centres[k] for k in present], (left, width, height), strip - 0.01
    )
    axes.set_xlabel(words("prompted axis"))
    axes.xaxis.set_major_formatter(words.ticks)
    page.top += height + 0.55
