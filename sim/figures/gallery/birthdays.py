"""Two birthdays: what people who show a false date get on either day, by circle, beside those who show the true one (C8)."""

from __future__ import annotations

import math

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures import sentences, style
from sim.figures.registry import Entry
from sim.figures.results import CIRCLES, INNER, Interval, Lacking, Results, interval
from sim.figures.words import EXTREME, Words

ROWS = ("all", *CIRCLES)
PROMPTED, REMEMBERED, KNOWING = "prompt", "birthday", "nonbirthday"
LOOKS: dict[str, style.Look] = {  # the platform's doing in orange, hatched; what somebody remembers in blue
    PROMPTED: {"facecolor": style.VERMILLION, "hatch": "////", "edgecolor": "white", "linewidth": 0},
    REMEMBERED: {"facecolor": "#08306b"},
    KNOWING: {"facecolor": "#82bbdb"},
}
BAR, PITCH = 0.27, 0.37  # height of a bar in rows, height of a row in inches


def figure(results: Results, words: Words) -> Figure:
    arm = the_arm(results)
    page = style.Page()
    page.title(title(results, words, arm))
    page.paragraph(f"{over_points(results, words, arm)} {by_who_knows(results, words, arm)}", after=0.12)
    page.key([(LOOKS[cause], words.of("birthdays-wish", cause)) for cause in LOOKS])
    both(page, results, words, arm)
    extra = (words("birthdays-wrong-day-rule"), *sentences.explained(results, words))
    page.source(sentences.source(results, words, results.days[-1], extra=extra))
    return page.finish()


def the_arm(results: Results) -> str:
    """The first arm in which people with a false date were invited to greet, the primary contrast's before others."""
    day = results.days[-1]
    for arm in (results.primary["arm"], *results.arms):
        if any(wishes(results, arm, "false", PROMPTED, results.reference["point"], day).values()):
            return arm
    raise Lacking("nobody who shows a false date was greeted")


def wishes(
    results: Results, arm: str, date: str, cause: str, point: int, day: int, circles: tuple[str, ...] = ("all",)
) -> dict[int, float]:
    """Seed -> birthday acts received for this cause, per person who shows such a date, and year."""
    return results.values(arm, f"wishes_{date}_{cause}", point, day, circles)


def prompted_share(results: Results, arm: str, date: str, point: int, day: int, circles: tuple[str, ...]) -> Interval:
    """Share of greetings that followed the date shown rather than memory, seed by seed."""
    prompted, remembered = (wishes(results, arm, date, cause, point, day, circles) for cause in (PROMPTED, REMEMBERED))
    whole = {seed: prompted[seed] + remembered.get(seed, 0.0) for seed in prompted}
    return interval([prompted[seed] / whole[seed] for seed in prompted if whole[seed]])


def title(results: Results, words: Words, arm: str) -> str:
    at = (results.reference["point"], results.days[-1])
    wrong, inner = (prompted_share(results, arm, "false", *at, circles).mean for circles in (("all",), INNER))
    shares = {"wrong": words.fraction(wrong), "inner": words.fraction(inner)}
    few = inner <= EXTREME < wrong / 2
    return words("birthdays-title-few" if few else "birthdays-title" if inner < wrong / 2 else "birthdays-title-too", **shares)


def by_who_knows(results: Results, words: Words, arm: str) -> str:
    """How often people with a false date hear from somebody who knows the true one."""
    at = (results.reference["point"], results.days[-1])
    knowing = interval(list(wishes(results, arm, "false", KNOWING, *at).values())).mean
    return words("birthdays-knowing", knowing=words.fixed(knowing, 1))


def over_points(results: Results, words: Words, arm: str) -> str:
    """How far the share on the wrong day varies over the combinations, for the closest, the inner and the outer circles."""

    def span(circles: tuple[str, ...]) -> str:
        at = [(point["point"], results.days[-1]) for point in results.points]
        return words.span([round(prompted_share(results, arm, "false", *place, circles).mean, 3) for place in at])

    spans = {"five": span(("support",)), "inner": span(INNER), "outer": span(("rest", "online"))}
    return words("birthdays-wrong-day", points=len(results.points), **spans)


def both(page: style.Page, results: Results, words: Words, arm: str) -> None:
    """Two panels on one scale: people with a false date, people with their true one."""
    labels = [words("birthdays-all-circles"), *(words.flat("circle", circle) for circle in CIRCLES)]
    gutter = max(style.measure(label)[0] for label in labels) + 0.08
    numbers, gap = 0.78, 0.12
    width = (style.WIDTH - 2 * style.MARGIN - gutter - gap) / 2 - numbers
    height = PITCH * len(ROWS)
    lefts = (style.MARGIN + gutter, style.WIDTH - style.MARGIN - numbers - width)
    room = width + numbers
    heads = [words.of("birthdays-dates", date, n=words.number(shown_by(results, arm, date))) for date in ("false", "true")]
    page.top += max(page.heading(head, left, room) for head, left in zip(heads, lefts)) + 0.04
    for date, left in zip(("false", "true"), lefts):
        page.write(words.of("birthdays-share", date), left + room, ha="right", color=style.QUIET)
    page.top += 2 * style.leading(style.SMALL) + 0.02
    panels = [page.axes(left, width, height) for left in lefts]
    for date, axes in zip(("false", "true"), panels):
        style.rows(axes, labels if date == "false" else [""] * len(labels))
        panel(axes, results, words, arm, date, numbers)
    most = max(axes.get_xlim()[1] for axes in panels)
    for axes in panels:
        axes.set_xlim(0, most)
        axes.xaxis.set_major_formatter(words.ticks)
        axes.axhline(0.5, color=style.QUIET, linewidth=0.4)
    page.top += height + 0.26
    page.top += page.write(words("birthdays-wishes-axis"), style.WIDTH / 2, ha="center") + 0.16


def panel(axes: Axes, results: Results, words: Words, arm: str, date: str, numbers: float) -> None:
    """Per circle a bar for each cause with its interval, and the share that the date shown made."""
    at = (results.reference["point"], results.days[-1])
    for row, circle in enumerate(ROWS):
        for place, (cause, look) in enumerate(LOOKS.items()):
            received = interval(list(wishes(results, arm, date, cause, *at, (circle,)).values()))
            if received.mean > 0:
                level = row + (place - 1) * BAR
                axes.barh(level, received.mean, 0.92 * BAR, **look)
                style.whisker(axes, max(received.low, 0), received.high, level)
        share = prompted_share(results, arm, date, *at, (circle,))
        if math.isfinite(share.mean):
            text = words.plus_minus(100 * share.mean, 100 * share.half, " %", 1)
            style.beside(axes, row, text, numbers, ha="right")


def shown_by(results: Results, arm: str, date: str) -> float:
    """How many people of a society show such a date, on average."""
    rows = results.measures.filter(
        pl.col("arm") == arm,
        pl.col("point") == results.reference["point"],
        pl.col("day") == results.days[-1],
        pl.col("measure") == f"wishes_{date}_{PROMPTED}",
        pl.col("tie_class") == "all",
    )
    return float(rows["n"].mean() or 0.0)


ENTRY = Entry(figure)
