"""One tie in every arm: what two people feel and do, day by day, with the same luck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.channels import CHANNELS
from sim.figures import sentences, style
from sim.figures.pair import FACE_TO_FACE, PLATFORM, Acts, PairRecord, records_of
from sim.figures.registry import Entry
from sim.figures.words import Words

DRAWN = sorted((name for name in CHANNELS if name != "view"), key=lambda name: name == "greeting")  # greetings last
LANE_OF = {name: name for name in DRAWN} | {"letter": "post", "card": "post", "group": "comment"}
LANES = {lane: tuple(name for name in DRAWN if LANE_OF[name] == lane) for lane in LANE_OF.values()}  # rows of marks
NOBODYS = "chance"  # the lane of acts that nobody decides
COLORS = (style.BLUE, style.VERMILLION)  # of the first of the two, and of the second
LINES = ("-", (0, (3, 1.5)))
REFERENCE = "#a8a8a8"
MARKS: dict[str, style.Look] = {  # why an act was done, unless of one's own accord
    "birthday": {"marker": "o", "markersize": 3},
    "prompt": {"marker": "o", "markersize": 3, "markerfacecolor": "white"},
    "nonbirthday": {"marker": "*", "markersize": 6},
}
LONGEST_LABEL = 24

FELT, GAP, LANE, COUNT = 0.56, 0.05, 0.146, 0.42  # inches: height of lines, gap, and row of marks; width of a column of counts
MIDDLE = 0.054  # inches from the top of a line of text to the middle of its figures
TOPS = (0.02, 0.04, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)  # of the axis of closeness
MARKS_APART = 2.0  # points: where a row's marks would stand closer on average, they become bars
BINS = ((1500, 7, "weeks"), (10**9, 30, "months"))  # up to so many simulated days, bars of so many days
TICKS = ((24, 3), (72, 6), (10**9, 12))  # up to so many simulated months, a tick every so many
MONTH = 365 / 12


def figures(pairs: Sequence[PairRecord], words: Words) -> dict[str, Figure]:
    """A figure of each pair, by the name of its file."""
    return {f"tie-{record.pair['from']}-{record.pair['to']}": figure(record, words) for record in pairs}


def figure(record: PairRecord, words: Words) -> Figure:
    page = style.Page()
    page.title(title(record, words))
    page.paragraph(" ".join(filter(None, (who(record, words), why(record, words)))), after=0.05)
    left = style.MARGIN + max(style.measure(words.of("tie-lane", lane))[0] for lane in LANES) + 0.08
    width = style.WIDTH - style.MARGIN - 2 * COUNT - 0.04 - left
    bars = {lane for lane in lanes(record) if crowded(record, lane, width)}
    page.paragraph(key(record, words, bars), color=style.QUIET, after=0.12)
    name_birthdays(page, record, left, width)
    for arm in record.same:
        last = arm == list(record.same)[-1]
        panel(page, record, words, arm, (left, width), bars, last)
        page.top += 0.42 if last else 0.12
    page.source(source(record, words))
    return page.finish()


# --- in words -----------------------------------------------------------------------------------------------------------


def title(record: PairRecord, words: Words) -> str:
    """How often, and how close at the end: the control against the arm that ended farthest from it."""
    reference, compared = record.control, record.other
    if record.on_platform(reference) and not record.on_platform(compared):
        reference, compared = compared, reference
    channels = FACE_TO_FACE if any(record.count(arm, FACE_TO_FACE) for arm in (reference, compared)) else None
    first, then = (record.count(arm, channels) for arm in (reference, compared))
    n = words("tie-acts-first" if channels is None else "tie-met-first", n=first)
    m = words("tie-acts-then" if channels is None else "tie-met-then", n=then)
    if first == then > 0:
        m = words("tie-then-same")
    online = record.count(compared, PLATFORM)
    if channels and online and not record.on_platform(reference):
        m = words("tie-online", m=m, k=words.number(online))
    x, y = (words.fixed(record.ended(arm), 2) for arm in (reference, compared))
    closeness = words("tie-ended-equal" if x == y else "tie-ended-apart", x=x, y=y)
    arms = {"One": inside(record, words, reference), "other": inside(record, words, compared)}
    return words.sentence(words("tie-title", **arms, n=n, m=m, closeness=closeness))


def inside(record: PairRecord, words: Words, arm: str) -> str:
    """In an arm: "without a platform" if it is the only one without."""
    return words("tie-in-none") if alone_without(record, arm) else words("tie-in", arm=words("quoted", text=arm))


def named(record: PairRecord, words: Words, arm: str) -> str:
    return words("arm-none") if alone_without(record, arm) else words("quoted", text=arm)


def alone_without(record: PairRecord, arm: str) -> bool:
    return [arm] == [name for name in record.arms if not record.on_platform(name)]


def people(record: PairRecord, words: Words) -> str:
    a, b = (label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…" for label in record.pair["labels"])
    return words("tie-people" if record.about["given_graph"] is None else "tie-labels", a=a, b=b)


def who(record: PairRecord, words: Words) -> str:
    """Who the two are to each other."""
    pair = record.pair
    if pair["kind"] is None:
        return words("tie-who-new", who=people(record, words))
    of_a, of_b = (words.of("tie-circle", circle) for circle in pair["circles"])
    return words(
        "tie-who",
        who=people(record, words),
        origin=words.of("tie-origin", pair["kind"] if pair["kind"] == "kin" else pair["origin"]),
        where=words("tie-far" if pair["far"] else "tie-near"),
        circles=words("tie-circles-same" if of_a == of_b else "tie-circles", of_a=of_a, of_b=of_b),
    )


def why(record: PairRecord, words: Words) -> str:
    """Why this pair was picked; nothing if somebody named it."""
    if record.pair["why"] == "named":
        return ""
    before = words.fixed(record.pair["before"], 2)
    arm = words("quoted", text=record.about["arm"])
    return words.of("tie-why", record.pair["why"], n=words.number(record.about["looked_at"]), arm=arm, before=before)


def key(record: PairRecord, words: Words, bars: set[str]) -> str:
    """How to read the panels; only what is drawn in them."""
    reasons = {reason for arm in record.arms for reason in record.acts(arm, list(record.channels)).why}
    marks = ", ".join(words.of("tie-key", reason) for reason in MARKS if reason in reasons)
    parts = [
        words("tie-key-lines", last=record.about["last"]),
        words("tie-key-control"),
        words("tie-key-marks"),
        words.of("tie-key", bin_of(record)[1]) if bars else "",
        f"{marks[:1]}{marks[1:]}." if marks else "",
        words("tie-key-dotted"),
    ]
    return " ".join(filter(None, parts))


def source(record: PairRecord, words: Words) -> str:
    about = record.about
    at = ", ".join(filter(None, (words("tie-seed", seed=about["seed"]), words.point(about["point"]))))
    text = words(
        "tie-source",
        version=f"{about['version']}, {about['scenario']}",
        study=about["study"],
        at=at,
        people=words.number(about["people"]),
    )
    given = [words("given", graph=about["given_graph"])] if about["given_graph"] else []
    return " ".join((text, *given, *sentences.contents(words, about), *sentences.again(words, about.get("command", ""))))


def summaries(folder: Path, lang: str) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """Of each pair of a folder: what is seen, and a table of contacts and closeness by arm (its header, its rows)."""
    words = Words(lang)
    for record in records_of(folder):
        rows = lanes(record)
        header = [words("tie-arm"), *(words.of("tie-lane", lane) for lane in rows), words("tie-began"), words("tie-ended")]
        cells = [
            [arm, *(words.number(record.count(arm, LANES[lane])) for lane in rows)]
            + [words.fixed(closeness(arm), 2) for closeness in (record.began, record.ended)]
            for arm in record.arms
        ]
        yield "\n".join(filter(None, (title(record, words), who(record, words), why(record, words)))), header, cells


# --- panels -------------------------------------------------------------------------------------------------------------


def lanes(record: PairRecord, arm: str | None = None) -> list[str]:
    """Rows of marks that anything stands in, in any arm; those of a platform only where there is one."""
    used = [lane for lane, channels in LANES.items() if record.channels.intersection(channels)]
    if arm is None or record.on_platform(arm):
        return used
    return [lane for lane in used if not set(LANES[lane]) & set(PLATFORM)]


def panel(
    page: style.Page, record: PairRecord, words: Words, arm: str, frame: tuple[float, float], bars: set[str], last: bool
) -> None:
    """One arm: the lines, and below them the rows of marks."""
    left, width = frame
    columns = [style.WIDTH - style.MARGIN - COUNT, style.WIDTH - style.MARGIN]
    page.top += page.heading(heading(record, words, arm)) + 0.06
    felt = page.axes(left, width, FELT)
    draw_closeness(felt, record, arm)
    felt.set_ylabel(words("tie-closeness"))
    felt.yaxis.set_major_formatter(words.ticks)
    name_ends(page, felt, record, words, arm, left + width + 0.06)
    page.top += FELT + GAP
    if arm == record.arms[0]:
        for side, right in enumerate(columns):
            page.write(words("tie-by", who="AB"[side]), right, page.top, ha="right", color=COLORS[side])
        page.top += LANE - GAP / 2
    drawn = [felt]
    here = lanes(record, arm)
    if here:
        marks = page.axes(left, width, LANE * len(here))
        style.rows(marks, [words.of("tie-lane", lane) for lane in here])
        for row, lane in enumerate(here):
            draw_lane(marks, row, record, lane, arm, lane in bars)
            count_lane(page, record, words, lane, arm, page.top + LANE * row, columns)
        page.top += LANE * len(here)
        drawn.append(marks)
    for axes in drawn:
        dress(axes, record, arm)
        lowest = last and axes is drawn[-1]
        axes.tick_params(axis="x", labelbottom=lowest, length=3 if lowest else 0)
    if last:
        drawn[-1].set_xlabel(words("tie-axis"))


def heading(record: PairRecord, words: Words, arm: str) -> str:
    """The arm, the arms that repeat it, and what its vertical lines are."""
    name = words.sentence(named(record, words, arm))
    parts = [words("tie-control", arm=name) if arm == record.control else name]
    if record.same[arm]:
        parts.append(words("tie-same", others=words.listed(named(record, words, repeated) for repeated in record.same[arm])))
    false = [letter for side, letter in enumerate("AB") if record.false_dates(arm, side)]
    if false:
        parts.append(words("tie-shows" if len(false) == 1 else "tie-show", who=false[0]))
    later = [name for day, name in record.platforms(arm) if day > 0]
    parts += [words("tie-platform-comes" if platform else "tie-platform-goes", name=platform) for platform in later]
    return words("semicolon").join(parts)


def draw_closeness(axes: Axes, record: PairRecord, arm: str) -> None:
    """What each feels, over what they feel in the control."""
    for side in range(2):
        if arm != record.control:
            axes.plot(record.days + 1, record.closeness[record.control][side], color=REFERENCE, linewidth=1.0, zorder=2)
        look = {"color": COLORS[side], "linestyle": LINES[side], "linewidth": 1.0, "zorder": 3 + side}
        axes.plot(record.days + 1, record.closeness[arm][side], **look)
    top = max(np.nan_to_num(curve).max() for curve in record.closeness.values())
    high = next(limit for limit in TOPS if top <= limit)
    axes.set_yticks((0, high / 2, high))
    axes.set_ylim(0, high)


def name_ends(page: style.Page, axes: Axes, record: PairRecord, words: Words, arm: str, left: float) -> None:
    """Each line's name and end, right of it."""
    top = axes.get_ylim()[1]
    ends = sorted((record.ended(arm, side), side) for side in range(2))
    size = style.leading(style.SMALL)
    places = style.spread([FELT * end / top for end, _ in ends], [size] * 2, 0.0, FELT + 0.08, gap=0)
    for (end, side), place in zip(ends, places):
        text = f"{('A→B', 'B→A')[side]} {words.fixed(end, 2)}"
        page.write(text, left, page.top + FELT - place - MIDDLE, color=COLORS[side])


def draw_lane(axes: Axes, row: int, record: PairRecord, lane: str, arm: str, as_bars: bool) -> None:
    """One row of marks: up by the first, down by the second, both ways where nobody decides."""
    acts = record.acts(arm, LANES[lane])
    axes.axhline(row, color=style.PALE, linewidth=0.6, zorder=1)
    for side, up in enumerate((-1, 1)):
        days, why = by(acts, lane, side)
        color = style.QUIET if lane == NOBODYS else COLORS[side]
        if as_bars:
            counts = binned(record, days)
            edges = bin_of(record)[0] * np.arange(counts.size + 1)
            scale = 0.42 * up / tallest(record, lane)
            axes.stairs(row + scale * counts, edges, baseline=row, fill=True, color=color, linewidth=0, zorder=2)
        else:
            axes.vlines(days + 0.5, row, row + 0.42 * up, color=color, linewidth=0.8, zorder=2)
        for reason, mark in MARKS.items():
            those = days[why == reason]
            look: style.Look = {"color": color, "markeredgecolor": color, "markeredgewidth": 0.7} | mark
            axes.plot(those + 0.5, np.full(those.size, row + 0.34 * up), linestyle="", zorder=5, **look)


def by(acts: Acts, lane: str, side: int) -> tuple[np.ndarray, np.ndarray]:
    """Days and reasons of what one of the two did; all of it where nobody decides."""
    mine = np.full(acts.day.size, True) if lane == NOBODYS else acts.by_first == (side == 0)
    return acts.day[mine], acts.why[mine]


def count_lane(
    page: style.Page, record: PairRecord, words: Words, lane: str, arm: str, top: float, columns: Sequence[float]
) -> None:
    """How many acts each did, right of the row; one number where nobody decides."""
    acts = record.acts(arm, LANES[lane])
    top += LANE / 2 - MIDDLE
    if lane == NOBODYS:
        page.write(words.number(acts.day.size), sum(columns) / 2, top, ha="right", color=style.QUIET)
        return
    for side, right in enumerate(columns):
        page.write(words.number(by(acts, lane, side)[0].size), right, top, ha="right", color=COLORS[side])


def dress(axes: Axes, record: PairRecord, arm: str) -> None:
    """Months, years, birthdays and the days on which a platform comes or goes."""
    days = record.about["days"]
    axes.set_xlim(-0.005 * days, 1.005 * days)
    step = next(months for most, months in TICKS if days / MONTH <= most)
    months = np.arange(0, days / MONTH + 0.01, step)
    axes.set_xticks(months * MONTH, [f"{month:.0f}" for month in months])
    for year in range(365, days, 365):
        axes.axvline(year, color=style.PALE, linewidth=0.8, zorder=0)
    for side in range(2):
        for dates, line in ((record.birthdays(side), (0, (1, 2))), (record.false_dates(arm, side), (0, (4, 3)))):
            for day in dates:
                axes.axvline(day + 0.5, color=COLORS[side], linewidth=0.6, linestyle=line, alpha=0.8, zorder=1)
    for day, _ in record.platforms(arm):
        if day > 0:
            axes.axvline(day, color=style.INK, linewidth=0.8, zorder=1)


def name_birthdays(page: style.Page, record: PairRecord, left: float, width: float) -> None:
    """A or B above each birthday."""
    marks = sorted((day, side) for side in range(2) for day in record.birthdays(side))
    wanted = [left + width * (day + 0.5 + 0.005 * record.about["days"]) / 1.01 / record.about["days"] for day, _ in marks]
    sizes = [style.measure("AB"[side])[0] for _, side in marks]
    for (_, side), place in zip(marks, style.spread(wanted, sizes, left, left + width, gap=0.01)):
        page.write("AB"[side], place, page.top, ha="center", color=COLORS[side])
    page.top += style.leading(style.SMALL)


# --- bars ---------------------------------------------------------------------------------------------------------------


def bin_of(record: PairRecord) -> tuple[int, str]:
    """Days of a bar, and what that is called."""
    return next((size, name) for most, size, name in BINS if record.about["days"] <= most)


def binned(record: PairRecord, days: np.ndarray) -> np.ndarray:
    """How many of these days fall under each bar."""
    size = bin_of(record)[0]
    return np.bincount(days // size, minlength=-(-record.about["days"] // size))


def each_side(record: PairRecord, lane: str) -> list[np.ndarray]:
    """Days of acts, side by side, arm by arm."""
    return [by(record.acts(arm, LANES[lane]), lane, side)[0] for arm in record.arms for side in range(2)]


def crowded(record: PairRecord, lane: str, width: float) -> bool:
    """Would single marks run together, in any arm? The same answer for all, so that they compare."""
    return max(days.size for days in each_side(record, lane)) * MARKS_APART > 72 * width


def tallest(record: PairRecord, lane: str) -> int:
    return max(int(binned(record, days).max(initial=1)) for days in each_side(record, lane))


ENTRY = Entry(figures, "tie_days", records_of)
