"""What becomes of letters and calls once there is a wall, and of the ties that rested on them (claim C6)."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from sim.channels import TABLE
from sim.figures import sentences, style
from sim.figures.registry import Entry
from sim.figures.results import Interval, Lacking, Results, interval
from sim.figures.words import MOST_NAMED, Words

VARIED = "substitution"
REAL = tuple(channel.name for channel in TABLE if channel.composed and channel.real)
WALL = (*(channel.name for channel in TABLE if channel.composed and not channel.real), "greeting")
CLASSIC = ("received_letter", "received_call")
PAIRS = ("S_letter_pairs",)  # support between people who wrote to each other in the year before the branch
CORE = ("core",)  # does not saturate: of ties as close as those that write, support alone could hide a loss
EFFORT = {  # minutes a day put into words
    "effort_real": {"facecolor": "#2b7bba"},
    "effort_online": {"facecolor": style.VERMILLION, "hatch": "////"},
}
LINES = {  # name, glyph, marker, fill, place in the row
    CLASSIC: ("letters", "●", "o", style.BLUE, -0.24),
    PAIRS: ("pairs", "◇", "D", "white", 0.0),
    CORE: ("core", "■", "s", style.INK, 0.24),
}
PALEST, DARKEST = (0.62, 0.79, 0.88), (0.03, 0.19, 0.42)  # the wall's dots, from the least substitution to the most
COLUMNS = (0.62, 1.02, 1.02)  # inches of the columns of numbers


def figure(results: Results, words: Words) -> Figure:
    contrast = the_contrast(results)
    page = style.Page()
    page.title(title(results, words, contrast))
    free = words("letters-free") if results.free(contrast["arm"]) else ""
    page.paragraph(" ".join(filter(None, (support(results, words, contrast), free))), after=0.06)
    page.paragraph(sentences.verdict_line(results, words, contrast), after=0.14)
    channels(page, results, words, contrast)
    words_and_ties(page, results, words, contrast)
    sentences.meanings(page, words, (word for _, word in results.words(contrast["name"], results.days[-1])))
    narrow = (words("letters-narrow"),) if results.measures["seed"].n_unique() > 1 else ()
    extra = (*narrow, words("letters-counting"), *sentences.explained(results, words))
    page.source(sentences.source(results, words, results.days[-1], extra=extra))
    return page.finish()


def the_contrast(results: Results) -> dict[str, Any]:
    """The primary contrast, if the tables can answer."""
    contrast = results.primary
    if results.kind(contrast["control"]) != "none" or results.kind(contrast["arm"]) in ("none", "absent"):
        raise Lacking("the primary contrast does not hold a platform against none")
    results.must_be_a_grid()
    if any(set(point) != {"point", VARIED} for point in results.points):
        raise Lacking(f"the design does not vary {VARIED} alone")
    for measure in (*CLASSIC, *EFFORT, *PAIRS, *CORE):
        if not results.values(contrast["arm"], measure, results.reference["point"], results.days[-1]):
            raise Lacking(f"{measure} was not measured")
    for measures in LINES:
        if not sum(per_seed(results, contrast["control"], measures, results.reference["point"]).values()):
            raise Lacking(f"without a platform there is no {' or '.join(measures)}")
    return contrast


def per_seed(results: Results, arm: str, measures: tuple[str, ...], point: int) -> dict[int, float]:
    """Seed -> the sum of some measures at the last horizon."""
    by_measure = [results.values(arm, measure, point, results.days[-1]) for measure in measures]
    seeds = [seed for seed in by_measure[0] if all(seed in values for values in by_measure)]
    return {seed: sum(values[seed] for values in by_measure) for seed in seeds}


def change(results: Results, contrast: dict[str, Any], measures: tuple[str, ...], point: int) -> Interval:
    """Arm less control, seed by seed, as a share of the control's mean."""
    arm, control = (per_seed(results, contrast[side], measures, point) for side in ("arm", "control"))
    paired = [seed for seed in arm if seed in control]
    return interval([arm[seed] - control[seed] for seed in paired]).times(1 / interval([control[seed] for seed in paired]).mean)


def title(results: Results, words: Words, contrast: dict[str, Any]) -> str:
    """How far letters and calls change at the first and the last substitution."""
    first, last = (share(results, contrast, CLASSIC, point) for point in (results.points[0], results.points[-1]))
    if len(results.points) == 1:
        return words("letters-title-at", first=changed(words, first), at=words.point(results.points[0]))
    if first == last:
        return words("letters-title-same", first=changed(words, first))
    one, two = results.points[0][VARIED], results.points[-1][VARIED]
    return words(
        "letters-title",
        first=words("letters-end-first", change=changed(words, first), part=part(one), share=words.percent(one)),
        last=words("letters-end-last", change=changed(words, last), part=part(two), share=words.percent(two)),
    )


def support(results: Results, words: Words, contrast: dict[str, Any]) -> str:
    """What becomes of support between people who used to write, at the same values."""
    first, last = (words.percent(share(results, contrast, PAIRS, results.points[k]), signed=True) for k in (0, -1))
    if first == last:
        return words("letters-support", first=first)
    return words("letters-support-ends", first=first, last=last)


def share(results: Results, contrast: dict[str, Any], measures: tuple[str, ...], point: dict[str, Any]) -> float:
    """A change as a share of the control, to whole percents."""
    return round(change(results, contrast, measures, point["point"]).mean, 2)


def changed(words: Words, change: float) -> str:
    size = words.percent(abs(change))
    if not change:
        return words("letters-hold")
    return words("letters-rise", size=size) if change > 0 else words("letters-fall", size=size)


def part(value: float) -> str:
    return {0: "none", 1: "all"}.get(value, "some")


def channels(page: style.Page, results: Results, words: Words, contrast: dict[str, Any]) -> None:
    """Acts received by channel: without a platform, and with the wall at every point."""
    day, points = results.days[-1], results.points
    labels = [words.flat("letters-words", channel) for channel in (*REAL, *WALL)]
    columns = [words("letters-column-none")]
    columns += [words("letters-column-point", value=words.ticks(point[VARIED])) for point in ends(points)]
    left = style.MARGIN + max(style.measure(label)[0] for label in labels) + 0.1
    right = style.WIDTH - style.MARGIN
    places = [right - sum(COLUMNS[k + 1 : len(columns)]) for k in range(len(columns))]
    width, height = places[0] - COLUMNS[0] - left, max(0.27, 0.07 * (len(points) + 1)) * len(labels)
    page.top += page.heading(words("letters-channels")) + 0.05
    shades = [shade(k, len(points)) for k in range(len(points))]
    key = [("◇", style.INK, words("arm-none"))]
    dots = [("●", color, words.point(point)) for color, point in zip(shades, points)]
    key_line(page, key + (dots if len(dots) <= MOST_NAMED else ends(dots)))
    page.top += max(page.write(text, place, ha="right", color=style.QUIET) for text, place in zip(columns, places)) + 0.02
    axes = page.axes(left, width, height)
    style.rows(axes, labels)
    axes.set_xscale("log")
    axes.axhline(len(REAL) - 0.5, color=style.QUIET, linewidth=0.6, linestyle=":")
    seen = []
    for row, channel in enumerate((*REAL, *WALL)):
        measure = f"received_{channel}"
        before = results.mean(contrast["control"], measure, points[0]["point"], day)
        after = [results.mean(contrast["arm"], measure, point["point"], day) for point in points]
        seen += [amount.mean for amount in (before, *after) if amount.mean > 0]
        lines = len(after) + 1
        for k, (amount, color) in enumerate(zip((before, *after), ("white", *shades))):
            if amount.mean > 0:
                level = row + 0.62 * ((k + 0.5) / lines - 0.5)
                style.whisker(axes, amount.low, amount.high, level)
                axes.plot(amount.mean, level, "D" if k == 0 else "o", markersize=4.5, markerfacecolor=color,
                          markeredgecolor=style.INK, markeredgewidth=0.7)  # fmt: skip
        for value, place in zip((before, *ends(after)), places):
            text = words.number(value.mean)
            if value is not before and before.mean:
                text = words("letters-number", n=text, change=words.percent(value.mean / before.mean - 1, signed=True))
            style.beside(axes, row, text, place - left - width, ha="right")
    axes.set_xlim(min(seen) / 1.5, 1.5 * max(seen))
    axes.set_xticks([tick for tick in (1, 3, 10, 30, 100, 300, 1000, 3000) if min(seen) / 1.5 < tick < 1.5 * max(seen)])
    axes.minorticks_off()
    axes.xaxis.set_major_formatter(words.ticks)
    axes.set_xlabel(words("letters-axis"))
    page.top += height + 0.52


def ends(items: list[Any]) -> list[Any]:
    """The first and the last, which may be the same."""
    return items[:1] + items[1:][-1:]


def shade(k: int, of: int) -> str:
    """Of the k-th of so many points, from pale to dark."""
    part = k / (of - 1) if of > 1 else 1
    red, green, blue = (pale + part * (dark - pale) for pale, dark in zip(PALEST, DARKEST))
    return to_hex((red, green, blue))


def key_line(page: style.Page, parts: list[tuple[str, str, str]], left: float = style.MARGIN) -> None:
    """Glyphs in their colours and what they stand for, in one line; moves the cursor below it."""
    high = 0.0
    for glyph, color, text in parts:
        page.write(glyph, left, color=color)
        left += style.measure(glyph)[0] + 0.05
        high = page.write(text, left, color=style.QUIET)
        left += style.measure(text)[0] + 0.18
    page.top += high + 0.06


def words_and_ties(page: style.Page, results: Results, words: Words, contrast: dict[str, Any]) -> None:
    """By point, side by side: minutes put into words; change of letters and calls, and of the ties; the word."""
    labels = [words("arm-none"), *(words.point(point) for point in results.points)]
    verdicts = [words.brief(word) for _, word in results.words(contrast["name"], results.days[-1])]
    left = style.MARGIN + max(style.measure(label)[0] for label in labels) + 0.1
    right = style.WIDTH - style.MARGIN
    word_room = max(style.measure(text)[0] for text in (*verdicts, words("letters-verdict-head"))) + 0.12
    half = (right - left - word_room) / 2
    total_room, gap = 0.72, 0.12
    lefts, widths = (left, left + half + gap), (half - total_room, half - gap)
    height = 0.34 * len(labels)
    headings = (words("letters-effort"), words("letters-ties"))
    rooms = (lefts[1] - style.MARGIN - 0.15, right - lefts[1])
    page.top += max(page.heading(text, at, room) for text, at, room in zip(headings, (style.MARGIN, lefts[1]), rooms)) + 0.05
    top = page.top
    key_of_effort = [("■", str(look["facecolor"]), words.of("letters-time", measure)) for measure, look in EFFORT.items()]
    bottoms = []
    for key, at in ((key_of_effort, style.MARGIN), (key_of_lines(words), lefts[1])):
        page.top = top
        for part in key:
            key_line(page, [part], at)
        bottoms.append(page.top)
    page.top = max(bottoms) + 0.04
    bars, forest = (page.axes(at, wide, height) for at, wide in zip(lefts, widths))
    style.rows(bars, labels)
    style.rows(forest, [""] * len(labels))
    effort(bars, results, words, contrast, total_room)
    changes(forest, results, words, contrast)
    for row, text in enumerate(verdicts, 1):
        style.beside(forest, row, text, right - lefts[1] - widths[1], ha="right")
    style.beside(forest, 0, words("letters-verdict-head"), right - lefts[1] - widths[1], ha="right", color=style.QUIET)
    page.top += height + 0.52


def key_of_lines(words: Words) -> list[tuple[str, str, str]]:
    lines = LINES.values()
    return [(glyph, style.INK if fill == "white" else fill, words.of("letters-line", name)) for name, glyph, _, fill, _ in lines]


def effort(axes: Axes, results: Results, words: Words, contrast: dict[str, Any], room: float) -> None:
    """Minutes a day put into words, in real life and on the wall."""
    first = results.points[0]["point"]
    combinations = [(contrast["control"], first), *((contrast["arm"], point["point"]) for point in results.points)]
    longest = 0.0
    for row, (arm, point) in enumerate(combinations):
        parts = [results.mean(arm, measure, point, results.days[-1]).mean for measure in EFFORT]
        style.stacked(axes, row, parts, list(EFFORT.values()))
        total = interval(list(per_seed(results, arm, tuple(EFFORT), point).values()))
        style.whisker(axes, total.low, total.high, row)
        style.beside(axes, row, words.plus_minus(total.mean, total.half), room - 0.06, ha="right")
        longest = max(longest, total.mean, total.high)
    axes.set_xlim(0, 1.03 * longest)
    axes.locator_params(axis="x", nbins=5)
    axes.xaxis.set_major_formatter(words.ticks)
    axes.set_xlabel(words("letters-effort-axis"))


def changes(axes: Axes, results: Results, words: Words, contrast: dict[str, Any]) -> None:
    """Letters and calls, support of the pairs that wrote, core support: % of what they are without a platform."""
    margin = 100 * results.study["margins"]["support"]
    axes.axvspan(-margin, margin, color=style.PALE, linewidth=0, zorder=0)
    axes.axvline(0, color=style.QUIET, linewidth=0.6, zorder=1)
    for measures, (_, _, marker, fill, shift) in LINES.items():
        for row, point in enumerate(results.points, 1):
            percent = change(results, contrast, measures, point["point"]).times(100)
            style.whisker(axes, percent.low, percent.high, row + shift, linewidth=1.4)
            axes.plot(percent.mean, row + shift, marker, markersize=4.5, markerfacecolor=fill, markeredgecolor=style.INK)
    axes.locator_params(axis="x", nbins=5)
    axes.xaxis.set_major_formatter(words.ticks)
    axes.set_xlabel(words("change-axis", control="none"))


ENTRY = Entry(figure)
