"""Who greets because a prompt says so, from which circle, and what follows for the tie (claim C7)."""

from __future__ import annotations

import math
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures import sentences, style
from sim.figures.registry import Entry
from sim.figures.results import CIRCLES, INNER, OUTER, Interval, Lacking, Results, interval
from sim.figures.words import Words

PROMPTED = "prompted"  # acts that a prompt caused: public greetings, or private messages
KINDS = ("public", "private")
MARKS = {"public": ("o", style.BLUE), "private": ("D", "white")}
REPLACED = ("card", "call", "visit")  # how those who remember a birthday greet
SEASONS = {"support": (style.BLUE, "-", "o"), "rest": (style.VERMILLION, "--", "D")}
MOST_POINTS = 5


def figure(results: Results, words: Words) -> Figure:
    known = {kind: results.contrast(kind, "off") for kind in KINDS}
    contrasts = {kind: contrast for kind, contrast in known.items() if contrast}
    if not contrasts:
        raise Lacking("no contrast holds prompts against no prompts on the same platform")
    main = next(iter(contrasts.values()))
    page = style.Page()
    page.title(title(results, words, contrasts))
    if tally := sentences.tally(results, words, main):
        page.paragraph(tally)
    page.paragraph(sentences.verdict_line(results, words, main), after=0.14)
    who(page, results, words, contrasts)
    if results.cell(main["name"], results.reference["point"], results.days[-1], "season_contacts_00", "support"):
        afterwards(page, results, words, main)
    replaced(page, results, words, contrasts)
    extra = sentences.explained(results, words)
    page.source(sentences.source(results, words, results.days[-1], len(shown(results)), extra))
    return page.finish()


def shown(results: Results) -> list[dict[str, Any]]:
    """At most five points, evenly through a grid; of a design without an order, the one shown elsewhere too."""
    points = results.points if results.design == "grid" else [results.reference]
    if len(points) <= MOST_POINTS:
        return points
    return [points[round(k * (len(points) - 1) / (MOST_POINTS - 1))] for k in range(MOST_POINTS)]


def title(results: Results, words: Words, contrasts: dict[str, dict[str, Any]]) -> str:
    kind, contrast = next(iter(contrasts.items()))
    day, point = results.days[-1], results.reference["point"]
    total = results.mean(contrast["arm"], PROMPTED, point, day)
    inner = inner_share(results, contrast["arm"], PROMPTED, point, day)
    if not math.isfinite(inner.mean):
        raise Lacking(f"no prompted greetings of '{contrast['arm']}' by circle at point {point}")
    return words.of(
        "greetings-title",
        kind,
        greetings=words.number(total.mean),
        share=words.fraction(1 - inner.mean),
    )


def inner_share(results: Results, arm: str, measure: str, point: int, day: int) -> Interval:
    """Share of prompted greetings that came from the closest fifteen, seed by seed."""
    inner = results.values(arm, measure, point, day, INNER)
    whole = results.values(arm, measure, point, day, CIRCLES)
    return interval([inner[seed] / whole[seed] for seed in inner if whole.get(seed)])


def who(page: style.Page, results: Results, words: Words, contrasts: dict[str, dict[str, Any]]) -> None:
    """Prompted greetings by circle: one bar per arm and point."""
    day = results.days[-1]
    bars = [(kind, contrast["arm"], point) for kind, contrast in contrasts.items() for point in shown(results)]
    labels = [", ".join(filter(None, (words.of("arm", kind), words.point(point)))) for kind, _, point in bars]
    labels.append(words("arm-off"))
    left = style.MARGIN + max(style.measure(label)[0] for label in labels) + 0.08
    total_at, share_at = style.WIDTH - style.MARGIN - 1.0, style.WIDTH - style.MARGIN
    width, height = total_at - 0.92 - left, 0.215 * len(labels)
    page.top += page.heading(words("greetings-who")) + 0.05
    strip = 2 * style.leading(style.SMALL) + 0.16
    page.write(words("greetings-a-year"), total_at, ha="right", color=style.QUIET)
    page.write(words("greetings-inner-share"), share_at, ha="right", color=style.QUIET)
    page.top += strip
    axes = page.axes(left, width, height)
    right = left + width
    style.rows(axes, labels)
    centres, longest = [], 0.0
    for row, (_, arm, point) in enumerate(bars):
        at = (PROMPTED, point["point"], day)
        means = [results.mean(arm, *at, (circle,)).mean for circle in CIRCLES]
        parts = [0.0 if math.isnan(mean) else mean for mean in means]
        middles = style.stacked(axes, row, parts, list(style.CIRCLES.values()))
        if row == 0:
            centres = [(name, middle) for name, part, middle in zip(CIRCLES, parts, middles) if part > 0]
        total = results.mean(arm, *at)
        style.whisker(axes, total.low, total.high, row)
        longest = max(longest, sum(parts), total.high if math.isfinite(total.high) else 0.0)
        share = inner_share(results, arm, *at)
        style.beside(axes, row, words.plus_minus(total.mean, total.half), total_at - right, ha="right")
        style.beside(axes, row, words.plus_minus(100 * share.mean, 100 * share.half, " %"), share_at - right, ha="right")
    style.beside(axes, len(bars), "0", total_at - right, ha="right")
    axes.set_xlim(0, 1.02 * longest)
    names = [words.of("circle", name) for name, _ in centres]
    style.label_parts(page, axes, names, [middle for _, middle in centres], (left, width, height), strip)
    axes.xaxis.set_major_formatter(words.ticks)
    axes.set_xlabel(words("greetings-prompted-axis"))
    page.top += height + 0.52


def afterwards(page: style.Page, results: Results, words: Words, contrast: dict[str, Any]) -> None:
    """Contact and closeness by month since the birthday: the closest five against the farthest circle."""
    half = (style.WIDTH - 2 * style.MARGIN) / 2
    lefts = (style.MARGIN, style.MARGIN + half)
    height, gutter, name_room = 1.25, 0.5, 0.72
    titles = [words.of("greetings-season", effect, at=words.at(results.reference)) for effect in ("contacts", "closeness")]
    page.top += max(page.heading(text, left, half - 0.15) for text, left in zip(titles, lefts)) + 0.24
    for left, effect in zip(lefts, ("contacts", "closeness")):
        axes = page.axes(left + gutter, half - gutter - name_room, height)
        ends = [(name, season(axes, results, contrast, effect, name)) for name in SEASONS]
        dress_season(axes, words)
        name_lines(page, axes, words, [(name, end) for name, end in ends if end is not None], height)
    page.top += height + 0.52


def season(axes: Axes, results: Results, contrast: dict[str, Any], effect: str, circle: str) -> float | None:
    """The line of one circle, % of the control's month, with its band; returns where it ends."""
    at = (contrast["name"], results.reference["point"], results.days[-1])
    cells = [results.cell(*at, f"season_{effect}_{month:02d}", circle) for month in range(12)]
    months = [(k + 0.5, cell) for k, cell in enumerate(cells) if cell and cell["control"]]
    if not months:
        return None
    color, line, marker = SEASONS[circle]
    across = [month for month, _ in months]
    low, middle, high = (
        [100 * cell[column] / cell["control"] for _, cell in months] for column in ("low95", "difference", "high95")
    )
    axes.fill_between(across, low, high, color=color, alpha=0.2, linewidth=0)
    axes.plot(across, middle, line, color=color, marker=marker, markersize=3, linewidth=1.2)
    return middle[-1]


def dress_season(axes: Axes, words: Words) -> None:
    axes.axhline(0, color=style.QUIET, linewidth=0.6, zorder=1)
    axes.set_xlim(0, 12)
    axes.set_xticks(range(0, 13, 3))
    axes.set_xlabel(words("greetings-month-axis"))
    percent = words("greetings-percent-axis")
    axes.annotate(percent, (0, 1), (0, 3), "axes fraction", "offset points", color=style.QUIET, va="bottom")
    axes.yaxis.set_major_formatter(words.ticks)
    axes.locator_params(axis="y", nbins=4)
    low, high = axes.get_ylim()
    room = 0.12 * (high - low)  # so that the zero line and the bands keep off the frame
    axes.set_ylim(low - room, high + room)


def name_lines(page: style.Page, axes: Axes, words: Words, ends: list[tuple[str, float]], height: float) -> None:
    """The circles' names at the right end of their lines."""
    low, high = axes.get_ylim()
    ends = sorted(ends, key=lambda end: end[1])
    sizes = [style.measure(words.of("circle", name))[1] for name, _ in ends]
    wanted = [height * (end - low) / (high - low) for _, end in ends]
    for (name, _), place in zip(ends, style.spread(wanted, sizes, 0, height)):
        axes.annotate(
            words.of("circle", name),
            (1.03, place / height),
            xycoords="axes fraction",
            color=SEASONS[name][0],
            va="center",
            annotation_clip=False,
        )


def replaced(page: style.Page, results: Results, words: Words, contrasts: dict[str, dict[str, Any]]) -> None:
    """Cards, calls and visits for a birthday: difference from no prompts, from the closest fifteen and from the others."""
    half = (style.WIDTH - 2 * style.MARGIN) / 2
    labels = [words.of("channel", channel) for channel in REPLACED]
    gutter = max(style.measure(label)[0] for label in labels) + 0.08
    width, height = half - gutter / 2 - 0.2, 0.3 * len(REPLACED)
    page.top += page.heading(words("greetings-replaced", at=words.at(results.reference))) + 0.04
    sentence = price(results, words, *next(iter(contrasts.items())))
    if sentence:
        page.paragraph(sentence, after=0.03)
    key_of_marks(page, words, list(contrasts))
    lefts = (style.MARGIN + gutter, style.WIDTH - style.MARGIN - width)
    page.top += max(
        page.write(text, left) for text, left in zip((words("greetings-from-inner"), words("greetings-from-outer")), lefts)
    ) + 0.05
    panels = [page.axes(left, width, height) for left in lefts]
    for axes, circles in zip(panels, (INNER, OUTER)):
        style.rows(axes, labels if circles is INNER else [""] * len(labels))
        axes.axvline(0, color=style.QUIET, linewidth=0.6, zorder=1)
        for place, (kind, contrast) in enumerate(contrasts.items()):
            for row, channel in enumerate(REPLACED):
                change = results.difference(
                    contrast, f"birthday_{channel}", results.reference["point"], results.days[-1], circles
                )
                level = row + (place - (len(contrasts) - 1) / 2) * 0.36
                style.whisker(axes, change.low, change.high, level, linewidth=1.4)
                marker, fill = MARKS[kind]
                axes.plot(change.mean, level, marker, markersize=4.5, markerfacecolor=fill, markeredgecolor=style.INK)
        axes.xaxis.set_major_formatter(words.ticks)
    limits = [limit for axes in panels for limit in axes.get_xlim()]
    room = 0.03 * (max(limits) - min(limits))
    for axes in panels:
        axes.set_xlim(min(limits) - room, max(limits) + room)
        axes.locator_params(axis="x", nbins=5)
    page.top += height + 0.24
    page.top += page.write(words("greetings-difference-axis"), style.WIDTH / 2, ha="center") + 0.16


def price(results: Results, words: Words, kind: str, contrast: dict[str, Any]) -> str:
    """Birthdays remembered, without prompts and for every hundred greetings; "" without an interval."""
    point, day = results.reference["point"], results.days[-1]
    greetings = results.values(contrast["arm"], PROMPTED, point, day)
    acts: dict[int, float] = dict.fromkeys(greetings, 0.0)
    before = dict.fromkeys(greetings, 0.0)
    for channel in REPLACED:
        arm, control = (
            results.values(contrast[side], f"birthday_{channel}", point, day, CIRCLES) for side in ("arm", "control")
        )
        for seed in acts:
            acts[seed] += arm.get(seed, math.nan) - control.get(seed, math.nan)
            before[seed] += control.get(seed, math.nan)
    balance = interval([100 * acts[seed] / greetings[seed] for seed in acts if greetings[seed] and acts[seed] == acts[seed]])
    if not math.isfinite(balance.half):
        return ""
    key = "fewer" if balance.high < 0 else "more" if balance.low > 0 else "open"
    size = balance.mean if key == "open" else abs(balance.mean)
    return words.of(
        "greetings-replaced",
        key,
        n=words.plus_minus(size, balance.half),
        greetings=words.of("greetings-of", kind),
        before=words.number(sum(before.values()) / len(before)),
    )


def key_of_marks(page: style.Page, words: Words, kinds: list[str]) -> None:
    """Which mark is which arm, in one line."""
    glyphs = {"public": "●", "private": "◇"}
    page.top += page.write("    ".join(f"{glyphs[kind]} {words.of('arm', kind)}" for kind in kinds), color=style.QUIET) + 0.06


ENTRY = Entry(figure)
