"""What becomes of the ties, by what a platform takes from real life and what it gives online, with the line where both
are equal (claims C1, C2, C3, C11)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.figures import sentences, style
from sim.figures.registry import Entry
from sim.figures.results import Interval, Lacking, Results
from sim.figures.words import Words
from sim.study.judging import breakeven
from sim.study.judging.legs import CORE, REAL, SUPPORT

ACROSS, UP, COLUMNS, ROWS = "displacement", "composed_dose", "substitution", "minutes"  # cells, then panels
NAMES = (ROWS, COLUMNS, ACROSS, UP)
FULL = {ROWS: f"platform.{ROWS}", **{name: f"society.response.{name}" for name in (COLUMNS, ACROSS, UP)}}
CIRCLES: dict[str, str | tuple[int, tuple[int, ...]]] = {"support": "-", "sympathy": (0, (5, 2.5))}  # of a line each
CELL, PAD = 0.64, 0.1  # inches: height of a cell, between a text and the end of its cell

Place = tuple[float, float, float, float]  # values of NAMES


@dataclass(frozen=True)
class Line:
    """The break-even line of one circle at one number of minutes, from arithmetic alone."""

    tie: breakeven.Tie
    within_reach: float  # minutes a day
    social: float  # minutes a day
    complement: float
    cheap_dose: float

    def height(self, displacement: Any, substitution: float) -> np.ndarray:
        """composed_dose at which the circle keeps its closeness."""
        f = breakeven.kept(displacement, self.within_reach, self.social)
        return breakeven.break_even(self.tie, f, substitution, self.complement, self.cheap_dose)

    def net(self, place: Place) -> float:
        """Dose a day gained online less that lost in real life."""
        _, substitution, displacement, composed_dose = place
        f = breakeven.kept(displacement, self.within_reach, self.social)
        taken = breakeven.lost(self.tie, f, substitution, self.complement)
        return float(breakeven.gained(self.tie, composed_dose, self.cheap_dose) - taken)


@dataclass(frozen=True)
class Map:
    """The design as a map: the values of its four names, the finished points among them, and the lines."""

    axes: dict[str, list[float]]
    points: dict[Place, int]
    verdicts: dict[Place, str]
    lines: dict[tuple[float, str], Line]  # by minutes and circle

    @property
    def size(self) -> int:
        return math.prod(map(len, self.axes.values()))


def figure(results: Results, words: Words) -> Figure:
    grid = read(results)
    page = style.Page()
    page.title(title(words, grid))
    sentences.whose(page, words, results.group)
    page.paragraph(" ".join(filter(None, (tally(words, grid), falls(results, words, grid)))))
    page.paragraph(" ".join(filter(None, (words("displacement-key"), beyond(results, words, grid)))), after=0.14)
    panels(page, results, words, grid)
    unfinished = grid.size - len(grid.points)
    extra = [taken(results, words, grid), words("displacement-computed")]
    if unfinished:
        extra.append(words("displacement-unfinished", n=unfinished, all=grid.size))
    sentences.meanings(page, words, grid.verdicts.values())
    page.source(sentences.source(results, words, results.days[-1], extra=tuple(extra)))
    return page.finish()


def taken(results: Results, words: Words, grid: Map) -> str:
    """The share of the platform's minutes really taken from real life, by displacement. Nobody gives more time than they have."""
    arm, day = results.primary["arm"], results.days[-1]
    shares: dict[float, dict[float, float]] = {}
    for (minutes, _, displacement, _), point in grid.points.items():
        from_life, online = (results.mean(arm, measure, point, day).mean for measure in ("taken_minutes", "platform_minutes"))
        shares.setdefault(minutes, {})[displacement] = from_life / online if online else 0.0
    parts = []
    for minutes, by_displacement in sorted(shares.items()):
        listed = words.listed([words.percent(by_displacement[displacement]) for displacement in sorted(by_displacement)])
        parts.append(words("displacement-taken-of", minutes=words.ticks(minutes), shares=listed))
    return words("displacement-taken", taken=words("semicolon").join(parts))


# Reading


def read(results: Results) -> Map:
    """The map, if the design is one: displacement and composed dose, perhaps minutes and substitution, nothing else."""
    contrast = results.primary
    if results.kind(contrast["arm"]) in ("none", "absent") or results.kind(contrast["control"]) != "none":
        raise Lacking("the primary contrast does not hold a platform against none")
    values = results.study.get("values", {}).get(contrast["arm"])
    if not values:
        raise Lacking(f"study.json does not name the platform's values; run {results.swept.again} again")
    results.must_be_a_grid()
    declared = results.study["points"]
    written = {name.rsplit(".", 1)[-1]: name for name in declared[0] if name != "point"}
    if not {ACROSS, UP} <= set(written):
        raise Lacking(f"the design does not vary {ACROSS} and {UP}")
    if set(written) - set(NAMES):
        raise Lacking(f"the design varies {', '.join(sorted(set(written) - set(NAMES)))} too")

    def at(point: dict[str, Any], name: str) -> float:
        return float(point[written[name]]) if name in written else values[FULL[name]]

    axes = {name: sorted({at(point, name) for point in declared}) for name in NAMES}
    places = {tuple(at(point, name) for name in NAMES): point["point"] for point in results.points}
    day = results.days[-1]
    verdicts = {place: results.verdict(contrast["name"], point, day)["verdict"] for place, point in places.items()}
    return Map(axes, places, verdicts, lines_of(results, values, places))


def lines_of(results: Results, values: dict[str, float], places: dict[Place, int]) -> dict[tuple[float, str], Line]:
    """For each number of minutes, from the rates at one point: the least taken and replaced, doses nearest to the files'."""
    arm, control, day = results.primary["arm"], results.primary["control"], results.days[-1]
    lines = {}
    for minutes in sorted({place[0] for place in places}):
        here = [place for place in places if place[0] == minutes]
        reference = places[min(here, key=lambda place: (place[2], place[1], abs(place[3] - 1)))]
        most = max(here, key=lambda place: place[2])  # a share of nothing would not show what is within reach
        if not most[2]:
            continue
        taken = results.mean(arm, "taken_minutes", places[most], day).mean
        social = 60 * results.mean(control, "planned_hours", reference, day).mean
        for circle in CIRCLES:
            sides = (measured(results, side, reference, day, circle) for side in (control, arm))
            tie = breakeven.typical(*sides, values)
            lines[minutes, circle] = Line(
                tie, taken / most[2], social, values["society.response.complement"], values["society.response.cheap_dose"]
            )
    return lines


def measured(results: Results, arm: str, point: int, day: int, circle: str) -> dict[str, float]:
    """All measures of one circle: means over seeds."""
    rows = results.measures.filter(arm=arm, point=point, day=day, tie_class=circle)
    return dict(rows.group_by("measure").agg(pl.col("value").mean()).iter_rows())


def change(results: Results, point: int, measure: str, circle: str = "all") -> Interval:
    """Platform against none, as a share of the control."""
    cell = results.cell(results.primary["name"], point, results.days[-1], measure, circle)
    if not cell or not cell["control"]:
        return Interval(math.nan, math.nan, math.nan)
    return Interval(cell["difference"], cell["low95"], cell["high95"]).times(1 / abs(cell["control"]))


# Sentences


def title(words: Words, grid: Map) -> str:
    """Where alone ties thin out, or in which share of the combinations."""
    thin, all_ = thinned(grid), len(grid.points)
    if not thin or len(thin) == all_:
        return words("displacement-thins-everywhere" if thin else "displacement-thins-nowhere", all=all_)
    if where := only(words, grid):
        return words("displacement-thins-only", where=where)
    return words("displacement-thins", share=words.fraction(len(thin) / all_))


def tally(words: Words, grid: Map) -> str:
    """How often ties thin out, at how many minutes; "" where the title says it."""
    thin, all_ = thinned(grid), len(grid.points)
    if not thin or len(thin) == all_:
        return ""
    by_minutes = []
    for minutes in grid.axes[ROWS]:
        n, here = (sum(place[0] == minutes for place in places) for places in (thin, grid.points))
        if here:
            named = {"minutes": words.ticks(minutes), "n": n, "all": here}
            by_minutes.append(words("displacement-minutes" if by_minutes else "displacement-minutes-first", **named))
    return words("displacement-thinned", minutes=words.listed(by_minutes), n=len(thin), all=all_)


def thinned(grid: Map) -> list[Place]:
    return [place for place, word in grid.verdicts.items() if word == "thinned"]


def only(words: Words, grid: Map) -> str:
    """The values that all places share where ties thin, and other places lack; "" without any."""
    shared = []
    for column, name in enumerate(NAMES):
        values, here = grid.axes[name], sorted({place[column] for place in thinned(grid)})
        if name == ROWS or len(here) == len(values):
            continue  # the tally counts them
        for end, limit, end_values in (("least", here[0], values[-len(here) :]), ("most", here[-1], values[: len(here)])):
            if here == end_values:
                bound = {("least", 1.0): "all", ("most", 0.0): "no"}.get((end, limit), end)
                shared.append(words.of("displacement-where", f"{bound}-{name}", value=words.percent(limit)))
    return words("displacement-and").join(shared)


def falls(results: Results, words: Words, grid: Map) -> str:
    """In how many combinations hours, core and support fall by more than their margins; the other verdicts."""
    margins = results.study["margins"]
    changes = {
        leg.margin: [change(results, point, leg.measure) for point in grid.points.values()] for leg in (REAL, CORE, SUPPORT)
    }
    hours = [shift.mean for shift in changes["real"]]
    counted = Counter(grid.verdicts.values())
    del counted["thinned"]
    return words(
        "displacement-falls",
        year=words.horizon(results.days[-1]),
        least=words.percent(min(hours), signed=True),
        most=words.percent(max(hours), signed=True),
        margin=words.percent(margins["real"]),
        all=len(grid.points),
        others=words.listed([words("word-in", word=words.of("word", word), n=n) for word, n in counted.most_common()]),
        **{margin: sum(shift.high < -margins[margin] for shift in shifts) for margin, shifts in changes.items()},
    )


def beyond(results: Results, words: Words, grid: Map) -> str:
    """What simulating adds to the lines: where they err, and how much of a loss of contact becomes a loss of support."""
    right, wrong, worst = 0, [0.0], (0.0, 0.0)
    for (place, point), circle in product(grid.points.items(), CIRCLES):
        line, shift = grid.lines.get((place[0], circle)), change(results, point, "S_all", circle)
        if line is None:
            continue
        net = line.net(place) / line.tie.planned
        if circle == "support":
            worst = min(worst, (net, shift.mean))
        if shift.low > 0 or shift.high < 0:
            if (net > 0) == (shift.mean > 0):
                right += 1
            else:
                wrong.append(abs(shift.mean))
    clear = right + len(wrong) - 1
    parts = []
    if clear:
        most = words.percent(max(wrong))
        parts.append(words("displacement-agrees" if right == clear else "displacement-errs", right=right, all=clear, most=most))
    if worst[0] < 0:
        parts.append(words("displacement-saturates", dose=words.percent(-worst[0]), support=words.percent(-worst[1])))
    return " ".join(parts)


# Panels


def panels(page: style.Page, results: Results, words: Words, grid: Map) -> None:
    """One panel per number of minutes and substitution."""
    across, up, columns, rows = (grid.axes[name] for name in (ACROSS, UP, COLUMNS, ROWS))
    ticks = [words("displacement-factor", value=words.ticks(value)) for value in up]
    gutter, gap = max(style.measure(tick)[0] for tick in ticks) + 0.12 + 2 * style.leading(style.SMALL), 0.18
    width = (style.WIDTH - 2 * style.MARGIN - gutter - gap * (len(columns) - 1)) / len(columns)
    widest = max(style.measure(words.of("brief", word))[0] for word in style.VERDICTS)
    if width / len(across) < widest + PAD:
        raise Lacking(f"{len(columns) * len(across)} cells side by side leave no room for words")
    height, lefts = CELL * len(up), [style.MARGIN + gutter + k * (width + gap) for k in range(len(columns))]
    heads = [
        words("displacement-column", value=words.percent(value)) if value else words("displacement-column-none")
        for value in columns
    ]
    page.top += max(page.heading(head, left, width) for head, left in zip(heads, lefts)) + 0.06
    for minutes in rows:
        high = page.heading(words("displacement-row", minutes=words.ticks(minutes)), lefts[0])
        notes = [off_the_map(words, grid, minutes, substitution) for substitution in columns]
        page.top += high if notes[0] else 0  # else the notes stand beside the heading
        notes_high = [page.write(note, left, width=width, color=style.QUIET) for note, left in zip(notes, lefts) if note]
        page.top += max([high, *notes_high]) + 0.05
        for substitution, left in zip(columns, lefts):
            axes = page.axes(left, width, height)
            dress(axes, [words.percent(value) for value in across], ticks if left == lefts[0] else [""] * len(up))
            for (column, displacement), (row, dose) in product(enumerate(across), enumerate(up)):
                cell(axes, results, words, grid, (minutes, substitution, displacement, dose), column, row)
            for circle in CIRCLES:
                x, y = curve(grid, minutes, substitution, circle)
                if not beyond_cells(grid, y):
                    axes.plot(x, y, color=style.INK, linewidth=1.3, linestyle=CIRCLES[circle], zorder=2)
            if left == lefts[0]:
                axes.set_ylabel(words("displacement-up"), labelpad=3)
            if minutes == rows[-1]:
                axes.set_xlabel(words("displacement-across"), labelpad=3)
        page.top += height + 0.3
    page.top += 0.16


def dress(axes: Axes, across: Sequence[str], up: Sequence[str]) -> None:
    axes.set_xlim(-0.5, len(across) - 0.5)
    axes.set_ylim(-0.5, len(up) - 0.5)
    axes.set_xticks(range(len(across)), across)
    axes.set_yticks(range(len(up)), up)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)


def cell(axes: Axes, results: Results, words: Words, grid: Map, place: Place, column: int, row: int) -> None:
    """One combination: its word, and by how much support changes."""
    word = grid.verdicts.get(place)
    shown = style.verdict(word)
    axes.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, zorder=0, **(shown.look | {"linewidth": 1.2})))
    if word is None:
        text = words("displacement-cell-unfinished")
    else:
        shift = change(results, grid.points[place], "S_all")
        text = "\n".join((shown.sign, words.of("brief", word), short(words, shift)))
    backing = {"facecolor": shown.fill, "edgecolor": "none", "pad": 0.8}  # lines pass behind the words
    axes.text(column, row, text, ha="center", va="center", color=shown.ink, bbox=backing, zorder=3)


def short(words: Words, shift: Interval) -> str:
    """A change and half the width of its interval, to a tenth of a percent."""
    mean = ("−" if shift.mean < 0 else "+") + words.fixed(abs(100 * shift.mean), 1)
    if not math.isfinite(shift.half):
        return words("displacement-cell-change-alone", mean=mean)
    return words("displacement-cell-change", mean=mean, half=words.fixed(100 * shift.half, 1))


def position(values: Sequence[float], at: np.ndarray) -> np.ndarray:
    """Where values between those of the cells lie, in cells; beyond the first and last as between their neighbours."""
    if len(values) == 1:
        return np.zeros_like(at)
    k = np.clip(np.searchsorted(values, at) - 1, 0, len(values) - 2)
    start, end = np.take(values, k), np.take(values, k + 1)
    return k + (at - start) / (end - start)


def curve(grid: Map, minutes: float, substitution: float, circle: str) -> tuple[np.ndarray, np.ndarray]:
    """The line of a circle, in cells; empty if it is not known."""
    line = grid.lines.get((minutes, circle))
    across = grid.axes[ACROSS]
    if line is None or len(across) < 2 or len(grid.axes[UP]) < 2:
        return np.empty(0), np.empty(0)
    taken = np.linspace(across[0], across[-1], 201)
    heights = line.height(taken, substitution)
    known = np.isfinite(heights)
    return position(across, taken[known]), position(grid.axes[UP], heights[known])


def beyond_cells(grid: Map, y: np.ndarray) -> str:
    """ "above" or "below" if a line leaves all cells on one side of it."""
    if not y.size:
        return ""
    return "above" if y.min() > len(grid.axes[UP]) - 1 else "below" if y.max() < 0 else ""


def off_the_map(words: Words, grid: Map, minutes: float, substitution: float) -> str:
    """Which circles lose, or gain, in all cells of this panel: their lines are not drawn."""
    sides = {circle: beyond_cells(grid, curve(grid, minutes, substitution, circle)[1]) for circle in CIRCLES}
    beyond = [words.of("displacement-line", f"{side}-{circle}") for circle, side in sides.items() if side]
    return words.sentence(words("semicolon").join(beyond))


ENTRY = Entry(figure, by_group=True)
