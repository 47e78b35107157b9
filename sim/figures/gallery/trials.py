"""What becomes of what a study asks about in each trial of a sampled design: a press figure.

The trials stand in the order of the number that the change follows most.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import NamedTuple

import polars as pl

from sim.figures import press, sentences, style
from sim.figures.cases import IN_POINTS, Case, Found, Row
from sim.figures.gallery.letters import CLASSIC, change
from sim.figures.gallery.shares import trials_of
from sim.figures.results import Interval, Lacking, Results
from sim.figures.words import Words
from sim.study.judging import finding

HEIGHT = 15  # of the plot, in heights of a letter
DOT: style.Look = {"color": style.BLUE, "marker": "o", "markersize": 3.2, "linestyle": "", "zorder": 3}
CLOSELY = 0.7  # rank correlation from which a title says that the change follows a number


class Asked(NamedTuple):
    """What is drawn.

    measures : one, or letters and calls, which are shown as their sum
    varied : name of the number that the change follows most; across : its value in each trial
    changes : in each trial, in % of the control or in points; margin : in %, NaN for none
    """

    measures: tuple[str, ...]
    varied: str
    across: list[float]
    changes: list[Interval]
    margin: float

    @property
    def times(self) -> Counter[str]:
        """What became of the measures (one of finding.CHANGES) -> in how many trials."""
        return Counter(finding.change((each.low, each.high), self.margin) for each in self.changes)


def read(results: Results) -> Asked:
    """The first measure that the study counts besides the verdict, else that of which it expects something, in all trials.

    Lacking: no sampled design, two groups are compared, or the change is not known in all trials.
    """
    points, contrast, found = trials_of(results), results.primary, Found(results)
    if contrast.get("against"):
        raise Lacking("its primary contrast compares two groups of people")
    expected = (contrast.get("expect") or {}).get("measure", found.asked.title.measure)
    counted = found.asked.counted or (expected,)
    if counted == CLASSIC:
        measures, margin = CLASSIC, 100 * results.study["margins"]["real"]  # as in the figure `contact`
    else:
        measures, margin = (counted[0],), found.margin(counted[0])
    known = [effect(found, contrast, measures, point["point"]) for point in points]
    changes = [each for each in known if each is not None and not math.isnan(each.low)]
    if lacking := len(points) - len(changes):
        raise Lacking(f"in {lacking} of {len(points)} trials the change of {' and '.join(measures)} is not known")
    values = {name: [point[name] for point in points] for name in results.study["design"]["names"]}
    means = [each.mean for each in changes]
    varied = max(values, key=lambda name: abs(follows(values[name], means)))
    return Asked(measures, varied, values[varied], changes, margin)


def effect(found: Found, contrast: Row, measures: tuple[str, ...], point: int) -> Interval | None:
    """The change in a trial; None if it is not known, or the control has nothing of it."""
    if len(measures) == 1:
        return found.effect(contrast, Case(point, found.results.days[-1]), measures[0])
    try:
        return change(found.results, contrast, measures, point).times(100)
    except ZeroDivisionError:
        return None


def follows(values: list[float], means: list[float]) -> float:
    """How closely the order of the means follows that of the values, from -1 to 1 (Spearman's rank correlation)."""
    both = pl.DataFrame({"values": values, "means": means}, schema={"values": pl.Float64, "means": pl.Float64})
    found = both.select(pl.corr("values", "means", method="spearman")).item()
    return 0.0 if found is None or math.isnan(found) else float(found)


def title(words: Words, asked: Asked) -> str:
    """What the measures follow, if they fall in some trials and rise in others; else what most trials say, or how many."""
    (most, n), *_ = asked.times.most_common()
    subject = words.listed(words.of("measure", each) if words.has("measure", each) else each for each in asked.measures)
    known = {"subject": subject, "n": n, "all": len(asked.changes)}
    lost, gained = asked.times["lost"], asked.times["gained"]
    if lost and gained:
        means = [each.mean for each in asked.changes]
        if follows(asked.across, means) <= -CLOSELY and words.has("trials-falls", asked.varied):
            return words.sentence(words.of("trials-falls", asked.varied, subject=subject))
        return words.sentence(words("trials-title-both", **known | {"lost": lost, "gained": gained}))
    return words.sentence(words.of("trials-title-all" if n == len(asked.changes) else "trials-title", most, **known))


def compose(page: style.Page, results: Results, words: Words) -> None:
    asked = read(results)
    page.title(title(words, asked))
    sentences.whose(page, words, Found(results).whose(results.primary, asked.measures[0]))
    page.paragraph(words("settings-how", n=len(asked.changes), k=len(results.study["design"]["names"])), after=0.03)
    about = {"year": words.horizon(results.days[-1]), "control": results.primary["control"]}
    page.paragraph(words.of("trials-dot", results.held_against(results.primary), **about), after=0.08)
    in_points, has_margin = asked.measures[0] in IN_POINTS, math.isfinite(asked.margin)

    def tick(value: float, _place: float | None = None) -> str:
        if not value:
            return "0"
        return words.number(value, 3, signed=True) if in_points else words.percent(value / 100, 3, signed=True)

    ends = [0.0, *(end for each in asked.changes for end in each), *((-asked.margin, asked.margin) if has_margin else ())]
    gutter = max(page.size(tick(float(f"{end:.2g}"))) for end in (min(ends), max(ends))) + 0.1
    height = HEIGHT * page.small / 72
    axes = page.axes(style.MARGIN + gutter, page.inner - gutter, height)
    if has_margin:
        axes.axhspan(-asked.margin, asked.margin, color=style.PALE, zorder=0, linewidth=0)
    axes.axhline(0, color=style.QUIET, linewidth=0.8, zorder=1)
    axes.vlines(asked.across, [each.low for each in asked.changes], [each.high for each in asked.changes],
                color=style.BLUE, linewidth=0.6, alpha=0.5, zorder=2)  # fmt: skip
    axes.plot(asked.across, [each.mean for each in asked.changes], **DOT)
    axes.locator_params(axis="both", nbins=5)
    axes.xaxis.set_major_formatter(words.ticks)
    axes.yaxis.set_major_formatter(tick)
    page.top += height + 2.2 * page.small / 72
    axis = words("trials-axis", name=words.plainly(asked.varied))
    page.paragraph(f"{words('trials-points')} {axis}" if in_points else axis, after=0.03)
    if has_margin:
        page.paragraph(words("press-grey", margin=words.percent(asked.margin / 100)), color=style.QUIET)
    trials = {"n": len(asked.changes), "seeds": results.everybody["seed"].n_unique(), "people": results.study["people"]}
    page.source(words("press-source-sets", study=results.study["name"], **trials))


ENTRY = press.entry("trials", compose)
