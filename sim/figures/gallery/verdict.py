"""The contrasts of a study as a small forest: each leg of the verdict with its interval and margin, and the word.

Of a study that crosses profiles with platforms it shows the primary cell alone, and says where the others are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures import sentences, style
from sim.figures.gallery import region
from sim.figures.registry import Entry
from sim.figures.results import Results
from sim.figures.words import Words
from sim.study.judging.legs import RELATIVE, SHIFTS, Leg

MOST_DOTS = 200  # drawn one by one; more are an image, or the file grows by a megabyte
ROW = 0.21  # inches a leg
NUMBERS = 0.62  # inches for the numbers beside a panel


def figure(results: Results, words: Words) -> Figure:
    page = style.Page()
    primary = results.primary
    page.title(title(results, words, primary))
    sentences.whose(page, words, results.group)
    page.paragraph(words.sentence(results.study["question_fr" if words.lang == "fr" else "question"]), fontstyle="italic")
    if tally := sentences.tally(results, words, primary):
        page.paragraph(tally)
    page.paragraph(legend(results, words), color=style.QUIET, after=0.06)
    contrasts = shown(results)
    sentences.meanings(page, words, (at_the_end(results, contrast)["verdict"] for contrast in contrasts))
    page.top += 0.08
    if left_out := len(results.study["contrasts"]) - len(contrasts):
        page.paragraph(words("verdict-cells", n=left_out))
    blocks = [block(page, results, words, contrast) for contrast in contrasts]
    for column, (legs, factor, ticks) in enumerate(((RELATIVE, 150, 5), (SHIFTS, 1.5, 3))):
        panels = [pair[column] for pair in blocks]
        same_limits(panels, words, factor * max(results.study["margins"][leg.margin] for leg in legs), ticks)
    page.source(source(results, words))
    return page.finish()


def shown(results: Results) -> list[dict[str, Any]]:
    """The contrasts that the figure shows: all, but of the cells of a cross the primary one alone. There may be a hundred."""
    return [results.primary] if results.study.get("cells") else list(results.study["contrasts"])


def at_the_end(results: Results, contrast: dict[str, Any]) -> dict[str, Any]:
    """The row of verdict.csv of a contrast at the reference point and the last horizon."""
    return results.verdict(contrast["name"], results.reference["point"], results.days[-1])


def title(results: Results, words: Words, primary: dict[str, Any]) -> str:
    """What becomes of ties in the primary contrast, as one sentence."""
    ties = sentences.ties(results, words, primary)
    if results.words(primary["name"], results.days[-1])[0][1] in sentences.WITHOUT_WORD:
        return words.sentence(words("verdict-title-two", contrast=sentences.about(results, words, primary), ties=ties))
    if named := sentences.cell(results, words, primary) or sentences.subject(results, words):
        return words.sentence(words("verdict-title-two", contrast=named, ties=ties))
    return words.sentence(words("verdict-title", **{"with": sentences.setting(results, words, primary)}, ties=ties))


def legend(results: Results, words: Words) -> str:
    parts = [words("verdict-legend-legs"), words("verdict-legend")]
    if len(results.points) > 1:
        parts.append(words("verdict-legend-points", point=words.point_in_full(results.reference)))
    return " ".join(parts)


def source(results: Results, words: Words) -> str:
    others = sum(not contrast["primary"] for contrast in shown(results))
    extra = (words("verdict-stricter"),) if others > 1 else ()
    return sentences.source(results, words, results.days[-1], extra=sentences.explained(results, words) + extra)


def block(page: style.Page, results: Results, words: Words, contrast: dict[str, Any]) -> tuple[Axes, Axes]:
    """One contrast: its name and word, its legs, its shifts, and what the word rests on."""
    judged = at_the_end(results, contrast)
    word = judged["verdict"]
    several = len(shown(results)) > 1
    primary = f" ({words('primary')})" if contrast["primary"] and several else ""
    everywhere = [other_word for _, other_word in results.words(contrast["name"], results.days[-1])]
    where = words.at(results.reference) if len(set(everywhere)) > 1 else ""
    look: style.Look = {"fontweight": "bold", "fontsize": 9}
    group = results.group_of(contrast)
    whose = "" if group == results.group else f" ({words.group(group)})"
    name = words.sentence(sentences.heading(results, words, contrast), primary, whose)
    verdict, backed = words.brief(word) + where, style.verdict(word).backed
    beside = sum(style.measure(text, fontsize=9, fontweight="bold")[0] for text in (name, verdict))
    if beside + 0.2 > style.WIDTH - 2 * style.MARGIN:  # a point of many names
        page.top += page.write(name, width=style.WIDTH - 2 * style.MARGIN, **look)
        page.top += page.write(verdict, width=style.WIDTH - 2 * style.MARGIN, **look, **backed) + 0.06
    else:
        page.write(verdict, style.WIDTH - style.MARGIN, ha="right", **look, **backed)
        page.top += page.write(name, **look) + 0.06
    gutters = [max(style.measure(words.of("measure", leg.measure))[0] for leg in legs) + 0.08 for legs in (RELATIVE, SHIFTS)]
    height = ROW * len(RELATIVE)
    free = style.WIDTH - 2 * style.MARGIN - sum(gutters) - 2 * NUMBERS - 0.1
    left = style.MARGIN + gutters[0]
    changes = page.axes(left, 0.68 * free, height)
    left += 0.68 * free + NUMBERS + 0.1 + gutters[1]
    shifts = page.axes(left, 0.32 * free, ROW * len(SHIFTS))
    forest(changes, results, words, contrast, RELATIVE)
    forest(shifts, results, words, contrast, SHIFTS)
    changes.set_xlabel(words("change-axis", control=results.held_against(contrast)), labelpad=2)
    shifts.set_xlabel(words("shift-axis"), labelpad=2)
    page.top += height + 0.42
    why = [sentences.why(words, judged["reasons"]), *sentences.conditions(results, words, contrast)]
    if len(everywhere) > 1 and word not in sentences.WITHOUT_WORD:
        why.insert(1, sentences.extent(words, everywhere, word))
    why += region.line(results, words, contrast["name"], word)
    page.paragraph(" · ".join(why), color=style.QUIET, after=0.16)
    return changes, shifts


def forest(axes: Axes, results: Results, words: Words, contrast: dict[str, Any], legs: Sequence[Leg]) -> None:
    """One row per leg: margin, noise floor, intervals, the other points, and the number."""
    style.rows(axes, [words.of("measure", leg.measure) for leg in legs])
    axes.axvline(0, color=style.QUIET, linewidth=0.6, zorder=1)
    for row, leg in enumerate(legs):
        relative = leg.relative
        width = results.study["margins"][leg.margin] * (100 if relative else 1)
        start = -width if relative else 0
        axes.barh(row, width - start, 0.9, start, color=style.PALE, zorder=0)
        others = [
            change(results, contrast, point["point"], leg).get("difference", math.nan)
            for point in results.points
            if point is not results.reference
        ]
        many = len(others) > MOST_DOTS
        axes.plot(others, [row + 0.3] * len(others), "o", color=style.INK, markersize=1.5, rasterized=many)
        main = change(results, contrast, results.reference["point"], leg)
        if main:
            axes.barh(row, main["floor"] * (1 + relative), 0.5, -main["floor"] * relative, color="#999999", zorder=1)
            style.whisker(axes, main["low95"], main["high95"], row, linewidth=1)
            style.whisker(axes, main["low90"], main["high90"], row, linewidth=2.8)
            axes.plot(main["difference"], row, "D" if relative else "o", color=style.BLUE, markersize=4.5, clip_on=False)
        value = main.get("difference", math.nan)
        text = words.percent(value / 100, signed=True) if relative else words.number(value)
        style.beside(axes, row, text)


def change(results: Results, contrast: dict[str, Any], point: int, leg: Leg) -> dict[str, float]:
    """Difference, interval ends and floor of a leg, in % of the control or as they are; empty if not known."""
    cell = results.cell(contrast["name"], point, results.days[-1], leg.measure)
    if not cell or (leg.relative and not cell["control"]):
        return {}
    factor = 100 / abs(cell["control"]) if leg.relative else 1
    wanted = ("difference", "low90", "high90", "low95", "high95", "floor")
    return {key: factor * (math.nan if cell[key] is None else cell[key]) for key in wanted}


def same_limits(panels: list[Axes], words: Words, least: float, bins: int) -> None:
    """One scale for all contrasts, that shows at least the margins and all intervals."""
    ends = [end for axes in panels for end in axes.get_xlim()]
    low, high = min(ends), max(ends)
    if low < -least / 10:  # differences go both ways, distances only up
        low = min(low, -least)
    for axes in panels:
        axes.set_xlim(low, max(high, least))
        axes.locator_params(axis="x", nbins=bins)
        axes.xaxis.set_major_formatter(words.ticks)


ENTRY = Entry(figure, by_group=True)
