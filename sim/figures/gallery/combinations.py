"""The contrasts of a study at each combination of its design: a panel for each measure, and the verdict's word.

A row is a combination on a horizon: the first combination has the values of the files.
Contrasts with the society without a platform are left out where others are there; the figure `verdict` shows them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures import sentences, style
from sim.figures.cases import EQUAL_MINUTES, FEWEST, Case, Found, Row, short
from sim.figures.gallery.cultures import ticks
from sim.figures.registry import Entry
from sim.figures.results import Lacking, Results
from sim.figures.words import Words
from sim.scenario.bounds import YEAR
from sim.scenario.names import ALL
from sim.study.judging import finding
from sim.study.judging.group_ties import mean_ties
from sim.study.judging.groups import group_of
from sim.study.judging.legs import OLD, SUPPORT

ROW, WORD, GAP = 0.165, 0.92, 0.12  # inches: height of a row, width of the column of words, between panels
LEAST = 1.6  # margins that every panel shows on both sides
FARTHEST = 4.0  # margins: beyond, an interval may leave the panel
UNSEEN = 0.1  # %: marks of smaller changes would all lie on the line of no change
SHARES = ("minority.share", "gate.share")  # varied numbers that are written in percent


def title(found: Found, words: Words) -> str:
    """The finding: at all combinations that count, or that there is none. Of several contrasts also in how many it holds."""
    own = f"{found.study}-{found.state}"
    counted = {name: found.findings.count(name) for name in ("lost", "gained", "same")}
    text = own if words.has("finding", own) else found.state
    span_of_all = span(words, found.first.day)
    return words.sentence(words.of("finding", text, all=len(found.findings), span=span_of_all, **counted))


def tallies(found: Found, words: Words) -> Iterator[str]:
    """In how many rows the measure of the title is what, and each further measure that the study counts."""
    for measure in dict.fromkeys((found.asked.title.measure, *found.asked.counted)):
        of_each = {contrast["name"]: counted(found, words, contrast, measure) for contrast in found.told}
        known = [(contrast, of_each[contrast["name"]]) for contrast in found.told if of_each[contrast["name"]]]
        names = {"measure": measure_name(found, words, known[0][0], measure)} if known else {}
        if len(found.told) > 1 and known:
            each = [words("finding-tally-one", name=row_name(found, words, row, measure), counted=text) for row, text in known]
            yield words.sentence(words("finding-tally-each", each=". ".join(each), **names))
        elif known:
            n = len(found.changes(known[0][0], measure))
            yield words.sentence(words("finding-tally", counted=known[0][1], all=n, **names))


def counted(found: Found, words: Words, contrast: Row, measure: str) -> str:
    """In how many rows of a contrast a measure is lower, higher, within its margin or not settled. "" if it was not compared."""
    changes = list(found.changes(contrast, measure).values())
    return words.listed(words.of("finding-in", name, n=changes.count(name)) for name in finding.CHANGES if name in changes)


def contrast_name(found: Found, words: Words, name: str) -> str:
    own = f"{found.study}-{name}"
    return words.of("contrast", own) if words.has("contrast", own) else words("quoted", text=name)


def row_name(found: Found, words: Words, contrast: Row, measure: str) -> str:
    """A contrast and a measure in a few words, as a row of the press cut has them."""
    own = f"{found.study}-{contrast['name']}"
    ends = (f"{own}-old", own) if measure == OLD.measure else (own,)
    if known := next((end for end in ends if words.has("headline-row", end)), None):
        return words.of("headline-row", known)
    name = contrast_name(found, words, contrast["name"])
    if all(row.measure == SUPPORT.measure for row in found.asked.rows):
        return name
    return words("finding-tally-one", name=name, counted=measure_name(found, words, contrast, measure))


def value_name(words: Words, name: str, value: Any) -> str:
    """A value of a varied number or choice."""
    if isinstance(value, str):
        return words.of("choice", value) if words.has("choice", value) else value
    return words.percent(value) if name.endswith(SHARES) else words.ticks(value)


def column_name(words: Words, name: str, by_profile: bool) -> str:
    """What is varied, in a few letters. by_profile : whether it varies for several profiles, and must say whose it is"""
    parts = name.split(".")
    ends = (".".join(parts[start:]) for start in range(len(parts)))
    known = next((end for end in ends if words.has("varied", end)), None)
    text = words.of("varied", known) if known else words.parameter(name)
    return words("combinations-of-profile", name=text, profile=words.profile(parts[1])) if by_profile else text


def measure_name(found: Found, words: Words, contrast: Row, measure: str) -> str:
    """A measure as the head of a panel; whose it is, if only all people have it."""
    name = words.of("measure", measure) if words.has("measure", measure) else measure
    everybody = found.whose(contrast, measure) == ALL != group_of(contrast)
    return words("combinations-of-all", measure=name) if everybody else name


def notes(found: Found, words: Words) -> Iterator[str]:
    """What a reader must know of this study."""
    if words.has("combinations-note", found.study):
        yield words.of("combinations-note", found.study)
    if any(short(name) == EQUAL_MINUTES[1] for name in found.varied):
        yield words("combinations-posts-kept")
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
    if not found.points or not found.measures:
        raise Lacking("none of its measures was compared")
    page = style.Page()
    page.title(title(found, words))
    page.paragraph(words.sentence(results.study["question_fr" if words.lang == "fr" else "question"]), fontstyle="italic")
    for text in tallies(found, words):
        page.paragraph(text, after=0.04)
    if any(math.isnan(found.margin(name)) for name in (found.asked.title.measure, *found.asked.counted)):
        page.paragraph(words("finding-no-margin"))
    page.top += 0.04
    named = dict.fromkeys((*found.measures, *found.asked.counted))
    terms = [words.of("combinations-term", name) for name in named if words.has("combinations-term", name)]
    how = words("combinations-how", year=words.horizon(found.first.day), days=len(results.days))
    page.paragraph(" ".join([how, *terms]), color=style.QUIET, after=0.1)
    if len(results.points) > 1:
        table(page, found, words)
    limits = {measure: extent(found, measure) for measure in found.measures}
    for contrast in found.shown:
        block(page, found, words, contrast, limits)
    judged = [found.judged(contrast, case) for contrast in found.shown for case in found.cases if not contrast.get("against")]
    sentences.meanings(page, words, (row[name] for row in judged for name in found.words_shown))
    for note in notes(found, words):
        page.paragraph(note, color=style.QUIET, after=0.04)
    page.top += 0.04
    page.source(sentences.source(results, words, found.first.day))
    return page.finish()


def columns_shown(found: Found) -> list[str]:
    """The varied names that have a column. The minutes at which posting was measured have none where they are the minutes."""
    minutes, posting = EQUAL_MINUTES

    def is_said(name: str) -> bool:
        beside = f"{name.removesuffix(posting)}{minutes}"
        return short(name) == posting and all(point.get(beside) == point[name] for point in found.points.values())

    return [name for name in found.varied if not is_said(name)]


def table(page: style.Page, found: Found, words: Words) -> None:
    """The number and the values of each combination."""
    names, points = columns_shown(found), found.points.values()
    of_profiles = Counter(short(name) for name in names if name.startswith("profile."))
    columns = [[column_name(words, name, name.startswith("profile.") and of_profiles[short(name)] > 1),
                *(value_name(words, name, point[name]) for point in points)] for name in names]  # fmt: skip
    if found.assortativity:
        known = [found.assortativity.get(number, math.nan) for number in found.points]
        columns.append([words("combinations-mixing"), *(words.number(value) for value in known)])
    page.top += page.heading(words("combinations-table")) + 0.03
    indent = 0.3
    room = (page.width - 2 * style.MARGIN - indent) / len(columns) - GAP
    heads = [page.wrap(head, room) for head, *_ in columns]
    below = page.top + max(head.count("\n") for head in heads) * style.leading(style.SMALL)
    for row, number in enumerate(found.points, 1):
        page.write(str(number), style.MARGIN + 0.12, below + row * ROW, ha="right", color=style.QUIET)
    left = style.MARGIN + indent
    for head, (_, *values) in zip(heads, columns):
        lines = head.split("\n")
        page.write(head, left, below - (len(lines) - 1) * style.leading(style.SMALL), color=style.QUIET)
        for row, value in enumerate(values, 1):
            page.write(value, left, below + row * ROW)
        left += max(style.measure(text)[0] for text in (*lines, *values)) + 2 * GAP
    page.top = below + (len(points) + 1) * ROW + 0.14


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
    """One contrast: a row for each combination, a panel for each measure that its people have, then the word.

    Of two groups that do not differ in anything, that is said instead.
    """
    measures = [measure for measure in found.measures if found.whose(contrast, measure)]
    rows = [case_name(found, words, case) for case in found.cases]
    rows = [f"{row}†" if found.is_few(contrast, case) else row for row, case in zip(rows, found.cases)]
    gutter = max(style.measure(row)[0] for row in [*rows, "00"]) + 0.1
    words_wide = WORD * len(found.words_shown)
    width = (page.width - 2 * style.MARGIN - gutter - words_wide) / len(found.measures) - GAP
    lefts = [style.MARGIN + gutter + place * (width + GAP) for place in range(len(measures))]
    at_word = page.width - style.MARGIN - words_wide
    page.top += page.heading(words.sentence(contrast_name(found, words, contrast["name"]))) + 0.02
    page.paragraph(" ".join([whom(words, contrast), *ties(found, words, contrast)]), color=style.QUIET, after=0.04)
    if contrast.get("against") and (most := largest(found, contrast, measures)) <= UNSEEN:
        page.paragraph(words("combinations-unmoved", most=words.percent(most / 100)), after=0.2)
        return
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


def largest(found: Found, contrast: Row, measures: Sequence[str]) -> float:
    """The largest change of some measures at any combination, in %, whatever its sign."""
    effects = [found.effect(contrast, case, measure) for measure in measures for case in found.cases]
    return max((abs(effect.mean) for effect in effects if effect is not None), default=math.inf)


def case_name(found: Found, words: Words, case: Case) -> str:
    """The number of a combination as in the tables, its horizon, or both where there are several of both."""
    if len(found.points) == 1:
        return words.horizon(case.day)
    number = str(case.point)
    return words("combinations-row", number=number, year=span(words, case.day)) if len(found.results.days) > 1 else number


def span(words: Words, day: int) -> str:
    """The time since the branch, in two words."""
    return words("days-short", n=day) if day % YEAR else words("years-short", n=day // YEAR)


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
            style.word(side, row, left + 0.02, WORD - 0.04, words.brief(word) if word in style.VERDICTS else "–", word)


ENTRY = Entry(figure)
