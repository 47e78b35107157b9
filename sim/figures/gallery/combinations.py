"""The contrasts of a study at each combination of its design: a panel for each measure, and the verdict's word.

A row is a combination: the first one has the values of the files. A study of one combination has a row for each horizon.
Contrasts with the society without a platform are left out where others are there; the figure `verdict` shows them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures import sentences, style
from sim.figures.gallery.cultures import ticks
from sim.figures.gallery.displacement import FILLS
from sim.figures.registry import Entry
from sim.figures.results import Interval, Lacking, Results
from sim.figures.words import Words
from sim.scenario.names import ALL
from sim.study.judging import verdict
from sim.study.judging.group_ties import mean_ties
from sim.study.judging.groups import group_of
from sim.study.judging.legs import MEASURED, SUPPORT

ROW, WORD, GAP = 0.165, 0.8, 0.12  # inches: height of a row, width of the column of words, between panels
FEWEST = 30  # people of a group over all seeds: fewer tell little
LEAST = 1.6  # margins that every panel shows on both sides
FARTHEST = 4.0  # margins: beyond, an interval may leave the panel
GIVEN_WAY, SOMEHOW = "links.kept", ("closest", "random")
"""Which friends keep their links. A title uses only what holds if the faintest, or some at random, give way."""

USUAL = ("S_all", "core", "strong", "bridging", "real_hours")
MEASURES: Mapping[str, tuple[str, ...]] = {
    "community-sharing": ("S_all", "strong", "bridging", "clustering", "real_hours"),
    "ephemeral-status": ("S_all", "views", "engagement", "ties", "real_hours"),
    "redefine-or-import": ("S_old", "S_all", "S_real", "online_strong", "real_hours"),
}
"""Study -> the measures that it asks about; `USUAL` for others."""
OF_CLASS = {"ties": "rest"}  # weak ties are those beyond the closest fifty
IN_POINTS = ("online_strong",)  # a share: its change is a difference, not a part of it
SHARES = ("minority.share", "gate.share")  # varied numbers that are written in percent
STATES = ("same", "lost", "gained", verdict.OPEN, "hinges")

Row = dict[str, Any]


class Case(NamedTuple):
    """A row of the panels: a combination on a day."""

    point: dict[str, Any]
    day: int


@dataclass(frozen=True)
class Found:
    """What the tables of a study say at each of its combinations."""

    results: Results

    @property
    def study(self) -> str:
        return str(self.results.study["name"])

    @cached_property
    def cases(self) -> list[Case]:
        """All combinations at the last horizon; of a single one all horizons."""
        points, days = self.results.points, self.results.days
        return [Case(points[0], day) for day in days] if len(points) == 1 else [Case(point, days[-1]) for point in points]

    @property
    def first(self) -> Case:
        """The combination with the values of the files, at the last horizon."""
        return self.cases[0] if len(self.results.points) > 1 else self.cases[-1]

    @cached_property
    def equal(self) -> Case | None:
        """The first combination with minutes equalised, and else the same; None if there is none."""
        return next((case for case in self.cases if self._is_equal(case)), None)

    def _is_equal(self, case: Case) -> bool:
        others = {name: value for name, value in case.point.items() if name != "point" and self.first.point[name] != value}
        return len(others) == 1 and all(short(name) == "minutes_ratio" and value == 1 for name, value in others.items())

    @property
    def varied(self) -> list[str]:
        return [name for name in self.first.point if name != "point"]

    @cached_property
    def shown(self) -> list[Row]:
        """Contrasts of two platforms, the primary one first; all if there are none."""
        ordered = sorted(self.results.study["contrasts"], key=lambda contrast: not contrast["primary"])
        between = [contrast for contrast in ordered if self.results.kind(contrast["control"]) != "none"]
        return between or ordered

    @cached_property
    def measures(self) -> list[str]:
        """Those of the study that were compared."""
        there = {key[-1] for key in self._rows}
        return [name for name in MEASURES.get(self.study, USUAL) if name in there]

    @cached_property
    def _rows(self) -> dict[tuple[str, int, int, str, str], Row]:
        frame = self.results.made_by("compare", "contrasts")
        names = [*MEASURES.get(self.study, USUAL), SUPPORT.measure]
        frame = frame.filter(
            pl.col("measure").is_in(names), pl.col("tie_class") == pl.col("measure").replace_strict(OF_CLASS, default=ALL)
        )
        keys = ("contrast", "point", "horizon", "profile", "measure")
        return {tuple(row[key] for key in keys): row for row in frame.iter_rows(named=True)}

    def whose(self, contrast: Row, measure: str) -> str:
        """The group whose measure a contrast shows: its own, or all people if only they have it. "" if nobody has."""
        groups = (group_of(contrast),) if contrast.get("against") else dict.fromkeys((group_of(contrast), ALL))
        keys = {(key[0], key[3], key[4]) for key in self._rows}
        return next((group for group in groups if (contrast["name"], group, measure) in keys), "")

    def effect(self, contrast: Row, case: Case, measure: str) -> Interval | None:
        """Change in % of the control, or in points; None if it is not known, or nothing is compared."""
        group = self.whose(contrast, measure)
        row = self._rows.get((contrast["name"], case.point["point"], case.day, group, measure))
        if row is None or self.is_same_run(contrast, case) or (measure not in IN_POINTS and not row["control"]):
            return None
        unit = 100.0 if measure in IN_POINTS else 100 / abs(row["control"])
        return Interval(row["difference"], row["low95"], row["high95"]).times(unit)

    def margin(self, measure: str) -> float:
        """In %; NaN for a measure without one."""
        return 100 * self.results.study["margins"][MEASURED[measure].margin] if measure in MEASURED else math.nan

    def judged(self, contrast: Row, case: Case) -> Row:
        return self.results.verdict(contrast["name"], case.point["point"], case.day)

    @cached_property
    def words_shown(self) -> list[str]:
        """The columns of verdict.csv with a word: its own, and the one without ties that began online where that differs."""
        rows = [self.judged(contrast, case) for contrast in self.shown for case in self.cases]
        return [
            "verdict",
            *(["without_online"] if any(row["without_online"] not in (None, row["verdict"]) for row in rows) else []),
        ]

    def is_same_run(self, contrast: Row, case: Case) -> bool:
        """Whether both arms have the same values at a combination."""
        return case.point["point"] in (contrast.get("same_run") or ())

    def are_alike(self, case: Case) -> bool:
        """Whether contents act alike at a combination, because every factor that varies is 1 there."""
        factors = [value for name, value in case.point.items() if "content." in name]
        return bool(factors) and all(value == 1 for value in factors)

    @cached_property
    def assortativity(self) -> dict[int, float]:
        """Combination -> that of the minority in the primary arm, mean over seeds; none without a minority."""
        rows = self.results.everybody.filter(measure="assortativity", arm=self.results.primary["arm"], day=self.first.day)
        return dict(rows.group_by("point").agg(pl.col("value").mean()).iter_rows())

    def is_few(self, contrast: Row, case: Case) -> bool:
        """Whether a group that a contrast is about has few people over all seeds."""
        groups = [group_of(contrast), *([contrast["against"]] if contrast.get("against") else [])]
        return any(self._sizes.get((contrast["arm"], case.point["point"], case.day, group), 0) < FEWEST for group in groups)

    @cached_property
    def _sizes(self) -> dict[tuple[str, int, int, str], int]:
        rows = self.results.swept.measures.filter(measure=SUPPORT.measure, tie_class=ALL).join(
            self.results.swept.done, on="run_id"
        )
        keys = ("arm", "point", "day", "profile")
        return {tuple(row[:-1]): row[-1] for row in rows.group_by(keys).agg(pl.col("n").sum()).iter_rows()}

    # The finding

    @cached_property
    def asked(self) -> str:
        """The measure of the finding: support, from old ties alone where the primary contrast expects something of these."""
        expected = self.results.primary.get("expect") or {}
        return expected["measure"] if expected.get("measure") == "S_old" else SUPPORT.measure

    @cached_property
    def states(self) -> list[str]:
        """What becomes of it in the primary contrast, at each combination that counts: lost, gained, same or open."""
        primary = self.results.primary
        counted = (case for case in self.cases if case.point.get(self._full(GIVEN_WAY), SOMEHOW[0]) in SOMEHOW)
        effects = (self.effect(primary, case, self.asked) for case in counted)
        margin = self.margin(self.asked)
        return [verdict.change(effect[1:], effect[1:], margin) for effect in effects if effect is not None]

    def _full(self, name: str) -> str:
        """A varied name that ends so."""
        return next((full for full in self.varied if full.endswith(name)), name)

    @property
    def state(self) -> str:
        """What a title may say: the same at all combinations that count, "hinges" if they differ, "open" if seeds do not tell."""
        different = set(self.states)
        if len(different) == 1:
            return different.pop()
        if not different or (verdict.OPEN in different and not {"lost", "gained"} <= different):
            return verdict.OPEN
        return "hinges"


def short(name: str) -> str:
    """The last part of a dotted name."""
    return name.rsplit(".", 1)[-1]


def title(found: Found, words: Words) -> str:
    """The finding: at all combinations that count, or that there is none."""
    own = f"{found.study}-{found.state}"
    return words.sentence(words.of("finding", own if words.has("finding", own) else found.state))


def tally(found: Found, words: Words) -> str:
    """At how many of the combinations that count the finding is what."""
    states = found.states
    counted = [words.of("finding-in", state, n=states.count(state)) for state in STATES if state in states]
    if not counted:
        return ""
    measure = words.of("measure", found.asked)
    return words.sentence(words("finding-tally", measure=measure, all=len(states), counted=words.listed(counted)))


def contrast_name(found: Found, words: Words, name: str) -> str:
    own = f"{found.study}-{name}"
    return words.of("contrast", own) if words.has("contrast", own) else words("quoted", text=name)


def value_name(words: Words, name: str, value: Any) -> str:
    """A value of a varied number or choice."""
    if isinstance(value, str):
        return words.of("choice", value) if words.has("choice", value) else value
    return words.percent(value) if name.endswith(SHARES) else words.ticks(value)


def column_name(words: Words, name: str) -> str:
    """What is varied, in a few letters."""
    parts = name.split(".")
    ends = (".".join(parts[start:]) for start in range(len(parts)))
    known = next((end for end in ends if words.has("varied", end)), None)
    return words.of("varied", known) if known else words.parameter(name)


def measure_name(found: Found, words: Words, contrast: Row, measure: str) -> str:
    """A measure as the head of a panel; whose it is, if only all people have it."""
    name = words.of("measure", measure)
    everybody = found.whose(contrast, measure) == ALL != group_of(contrast)
    return words("combinations-of-all", measure=name) if everybody else name


def notes(found: Found, words: Words) -> Iterator[str]:
    """What a reader must know of this study."""
    if words.has("combinations-note", found.study):
        yield words.of("combinations-note", found.study)
    if found.assortativity:
        yield words("combinations-assortativity")
    without = [found.judged(contrast, case) for contrast in found.shown for case in found.cases]
    known = [row for row in without if row["without_online"] is not None]
    if known:
        n = sum(row["without_online"] != row["verdict"] for row in known)
        yield words("combinations-without-online", n=n, all=len(known)) if n else words("combinations-without-online-same")
    if any(found.is_few(contrast, case) for contrast in found.shown for case in found.cases):
        yield words("combinations-few", fewest=FEWEST)


def figure(results: Results, words: Words) -> Figure:
    found = Found(results)
    if not found.measures:
        raise Lacking("none of its measures was compared")
    page = style.Page()
    page.title(title(found, words))
    page.paragraph(words.sentence(results.study["question_fr" if words.lang == "fr" else "question"]), fontstyle="italic")
    if text := tally(found, words):
        page.paragraph(text)
    terms = [words.of("combinations-term", name) for name in found.measures if words.has("combinations-term", name)]
    how = words("combinations-how", year=words.horizon(found.first.day))
    page.paragraph(" ".join([how, *terms]), color=style.QUIET, after=0.1)
    if len(results.points) > 1:
        table(page, found, words)
    limits = {measure: extent(found, measure) for measure in found.measures}
    for contrast in found.shown:
        block(page, found, words, contrast, limits)
    for note in notes(found, words):
        page.paragraph(note, color=style.QUIET, after=0.04)
    page.top += 0.04
    page.source(sentences.source(results, words, found.first.day))
    return page.finish()


def table(page: style.Page, found: Found, words: Words) -> None:
    """The number and the values of each combination."""
    columns = [[column_name(words, name), *(value_name(words, name, case.point[name]) for case in found.cases)]
               for name in found.varied]  # fmt: skip
    if found.assortativity:
        known = [found.assortativity.get(case.point["point"], math.nan) for case in found.cases]
        columns.append([words("combinations-mixing"), *(words.number(value) for value in known)])
    page.top += page.heading(words("combinations-table")) + 0.03
    indent = 0.3
    room = (page.width - 2 * style.MARGIN - indent) / len(columns) - GAP
    heads = [page.wrap(head, room) for head, *_ in columns]
    below = page.top + max(head.count("\n") for head in heads) * style.leading(style.SMALL)
    for number, _ in enumerate(found.cases, 1):
        page.write(str(number), style.MARGIN + 0.12, below + number * ROW, ha="right", color=style.QUIET)
    left = style.MARGIN + indent
    for head, (_, *values) in zip(heads, columns):
        lines = head.split("\n")
        page.write(head, left, below - (len(lines) - 1) * style.leading(style.SMALL), color=style.QUIET)
        for number, value in enumerate(values, 1):
            page.write(value, left, below + number * ROW)
        left += max(style.measure(text)[0] for text in (*lines, *values)) + 2 * GAP
    page.top = below + (len(found.cases) + 1) * ROW + 0.14


def extent(found: Found, measure: str) -> tuple[float, float]:
    """Both ends of a measure's panels: all intervals if they are not too wide, all marks, and some margins."""
    effects = [found.effect(contrast, case, measure) for contrast in found.shown for case in found.cases]
    known = [effect for effect in effects if effect is not None]
    margin = found.margin(measure)
    least = LEAST * (5 if math.isnan(margin) else margin)
    most = FARTHEST / LEAST * least
    marks = [effect.mean for effect in known]
    ends = [max(min(end, most), -most) for effect in known for end in effect if math.isfinite(end)]
    low, high = min([*marks, *ends, -least]), max([*marks, *ends, least])
    return low - 0.04 * (high - low), high + 0.04 * (high - low)


def block(page: style.Page, found: Found, words: Words, contrast: Row, limits: dict[str, tuple[float, float]]) -> None:
    """One contrast: a row for each combination, a panel for each measure that its people have, then the word."""
    measures = [measure for measure in found.measures if found.whose(contrast, measure)]
    rows = [str(number) for number, _ in enumerate(found.cases, 1)]
    if len(found.results.points) == 1:
        rows = [words.horizon(case.day) for case in found.cases]
    rows = [f"{row}†" if found.is_few(contrast, case) else row for row, case in zip(rows, found.cases)]
    gutter = max(style.measure(row)[0] for row in [*rows, "00"]) + 0.1
    words_wide = WORD * len(found.words_shown)
    width = (page.width - 2 * style.MARGIN - gutter - words_wide) / len(found.measures) - GAP
    lefts = [style.MARGIN + gutter + place * (width + GAP) for place in range(len(measures))]
    at_word = page.width - style.MARGIN - words_wide
    page.top += page.heading(words.sentence(contrast_name(found, words, contrast["name"]))) + 0.02
    page.paragraph(" ".join([whom(words, contrast), *ties(found, words, contrast)]), color=style.QUIET, after=0.04)
    heads = [page.wrap(measure_name(found, words, contrast, measure), width) for measure in measures]
    middles = [left + width / 2 for left in lefts]
    if not contrast.get("against"):
        heads += [page.wrap(words.of("combinations-word", name), WORD) for name in found.words_shown]
        middles += [at_word + WORD * (k + 0.5) for k, _ in enumerate(found.words_shown)]
    lines = max(head.count("\n") for head in heads) + 1
    for head, middle in zip(heads, middles):
        above = lines - 1 - head.count("\n")
        page.write(head, middle, page.top + above * style.leading(style.SMALL), ha="center", color=style.QUIET)
    page.top += lines * style.leading(style.SMALL) + 0.02
    height = ROW * len(rows)
    for place, (measure, left) in enumerate(zip(measures, lefts)):
        axes = page.axes(left, width, height)
        style.rows(axes, rows if place == 0 else [""] * len(rows))
        panel(axes, found, words, contrast, measure, limits[measure])
    side = page.axes(lefts[0], page.width - style.MARGIN - lefts[0], height)
    column(side, found, words, contrast, at_word - lefts[0])
    page.top += height + 0.3


def whom(words: Words, contrast: Row) -> str:
    """Whose ties a contrast is about."""
    if contrast.get("against"):
        return words("combinations-against", group=words.group(group_of(contrast)), against=words.group(contrast["against"]))
    group = group_of(contrast)
    return words("combinations-everybody") if group == ALL else words("whose", group=words.group(group))


def ties(found: Found, words: Words, contrast: Row) -> list[str]:
    """How many ties the people of two groups have, since a share of ties made the groups; nothing for other contrasts."""
    known = mean_ties(found.results.swept, contrast)
    return [words("combinations-ties", own=words.number(known[0]), other=words.number(known[1]))] if known else []


def panel(axes: Axes, found: Found, words: Words, contrast: Row, measure: str, limits: tuple[float, float]) -> None:
    """The change of one measure at each combination, with its interval."""
    axes.axvline(0, color=style.QUIET, linewidth=0.6, zorder=1)
    margin = found.margin(measure)
    if math.isfinite(margin):
        axes.axvspan(-margin, margin, color=style.PALE, zorder=0, linewidth=0)
    for row, case in enumerate(found.cases):
        effect = found.effect(contrast, case, measure)
        if effect is not None:
            style.whisker(axes, effect.low, effect.high, row, color=style.BLUE, linewidth=1.2)
            axes.plot(effect.mean, row, "o", color=style.BLUE, markersize=3.6)
    axes.set_xlim(limits)
    axes.set_xticks(*ticks(words, limits))


def column(side: Axes, found: Found, words: Words, contrast: Row, start: float) -> None:
    """The words of each row, or why it has none. side : axes over the panels and the words; start : of the words, in inches"""
    side.set_axis_off()
    side.set_ylim(len(found.cases) - 0.5, -0.5)
    side.set_xlim(0, start + WORD * len(found.words_shown))
    for row, case in enumerate(found.cases):
        if contrast.get("against"):
            continue
        if found.is_same_run(contrast, case):
            text = words("combinations-alike" if found.are_alike(case) else "combinations-same-run")
            backing = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}  # panels pass behind it
            side.text(side.get_xlim()[1], row, text, ha="right", va="center_baseline", color=style.QUIET, bbox=backing)
            continue
        for place, name in enumerate(found.words_shown):
            word, left = found.judged(contrast, case)[name], start + WORD * place
            if word in FILLS:
                side.barh(row, WORD - 0.04, 0.86, left + 0.02, facecolor=FILLS[word], edgecolor="#999999", linewidth=0.4)
            text = words.brief(word) if word in FILLS else "–"
            side.text(left + WORD / 2, row, text, ha="center", va="center_baseline", color=style.INK)


ENTRY = Entry(figure)
