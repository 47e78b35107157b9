"""What becomes of what a study asks about in each trial of a sampled design: a press figure.

The trials stand in the order of the number that the change follows most.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

import numpy as np

from sim.figures import press, style
from sim.figures.cases import Found
from sim.figures.gallery.letters import change
from sim.figures.gallery.shares import trials_of
from sim.figures.results import Interval, Lacking, Results
from sim.figures.words import Words
from sim.study.judging import finding

HEIGHT = 15  # of the plot, in heights of a letter
DOT: style.Look = {"color": style.BLUE, "marker": "o", "markersize": 3.2, "linestyle": "", "zorder": 3}


class Asked(NamedTuple):
    """What is drawn: measures whose sum is shown, a number that is varied, and what came out at each of its values.

    across : the values of the number; changes : of the sum, in % of the control, in the same order; margin : in %, NaN for none
    """

    measures: tuple[str, ...]
    varied: str
    across: list[float]
    changes: list[Interval]
    margin: float

    @property
    def found(self) -> list[str]:
        """What each trial says of the measures: one of finding.CHANGES."""
        return [finding.change((each.low, each.high), self.margin) for each in self.changes]


def read(results: Results) -> Asked:
    """What the study counts besides the verdict, else what it expects of its primary contrast, at all plausible points."""
    points, contrast, found = trials_of(results), results.primary, Found(results)
    expected = (contrast.get("expect") or {}).get("measure", found.asked.title.measure)
    measures = tuple(found.asked.counted) or (expected,)
    changes = [change(results, contrast, measures, point["point"]).times(100) for point in points]
    if any(np.isnan(each.low) for each in changes):
        raise Lacking(f"{' and '.join(measures)} need two replicates of every trial")
    means = [each.mean for each in changes]
    names = results.study["design"]["names"]
    varied = max(names, key=lambda name: abs(follows([point[name] for point in points], means)))
    return Asked(measures, varied, [point[varied] for point in points], changes, found.margin(measures[0]))


def follows(values: list[float], means: list[float]) -> float:
    """How closely the order of the means follows that of the values, from -1 to 1 (Spearman's rank correlation)."""
    ranks = [np.argsort(np.argsort(each)) for each in (values, means)]
    return float(np.corrcoef(ranks)[0, 1]) if len(values) > 1 else 0.0


def title(words: Words, asked: Asked) -> str:
    """What most trials say of the measures."""
    (most, n), *_ = Counter(asked.found).most_common()
    subject = words.listed(words.of("measure", each) if words.has("measure", each) else each for each in asked.measures)
    times = words("trials-times-all" if n == len(asked.found) else "trials-times", n=n, all=len(asked.found))
    return words.sentence(words.of("trials-title", most, subject=subject, times=times))


def compose(page: style.Page, results: Results, words: Words) -> None:
    asked = read(results)
    page.title(title(words, asked))
    about: dict[str, Any] = {"n": len(asked.changes), "k": len(results.study["design"]["names"])}
    page.paragraph(words("settings-how", **about), after=0.03)
    held = results.held_against(results.primary)
    page.paragraph(words.of("trials-dot", held, year=words.horizon(results.days[-1])), after=0.08)
    ends = [end for each in asked.changes for end in each]
    low, high = min(0, *ends), max(0, *ends)
    gutter = max(page.size(words.percent(end / 100, signed=True)) for end in (low, high)) + 0.1
    height = HEIGHT * page.small / 72
    axes = page.axes(style.MARGIN + gutter, page.inner - gutter, height)
    if asked.margin == asked.margin:
        axes.axhspan(-asked.margin, asked.margin, color=style.PALE, zorder=0, linewidth=0)
    axes.axhline(0, color=style.QUIET, linewidth=0.8, zorder=1)
    axes.vlines(asked.across, [each.low for each in asked.changes], [each.high for each in asked.changes],
                color=style.BLUE, linewidth=0.6, alpha=0.5, zorder=2)  # fmt: skip
    axes.plot(asked.across, [each.mean for each in asked.changes], **DOT)
    axes.locator_params(axis="both", nbins=5)
    axes.xaxis.set_major_formatter(words.ticks)
    axes.yaxis.set_major_formatter(lambda value, _: words.percent(value / 100, 3, signed=True) if value else "0")
    page.top += height + 2.2 * page.small / 72
    page.paragraph(words("trials-axis", name=words.plainly(asked.varied)), after=0.03)
    if asked.margin == asked.margin:
        page.paragraph(words("press-grey", margin=words.percent(asked.margin / 100)), color=style.QUIET)
    trials = {"n": len(asked.changes), "seeds": results.everybody["seed"].n_unique(), "people": results.study["people"]}
    page.source(words("press-source-sets", study=results.study["name"], **trials))


ENTRY = press.entry("trials", compose)
