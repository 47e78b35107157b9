"""Which verdict comes out at how many points of a design drawn over plausible ranges: a press figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sim.figures import press, style
from sim.figures.gallery.settings import Trials, plot
from sim.figures.results import Lacking, Results
from sim.figures.words import Words

DRAWN = ("latin", "sobol")  # designs whose points fill their ranges evenly


def trials_of(results: Results) -> list[dict[str, Any]]:
    """The points of a sampled design within the plausible ranges of the files. Lacking: another design, or fewer than two."""
    kind = results.study["design"]["kind"]
    if kind not in DRAWN:
        raise Lacking(f"its points are those of a {kind} design; trials need {' or '.join(DRAWN)}")
    points = [point for point in results.points if is_plausible(point, results.study.get("declared", {}))]
    if len(points) < 2:
        raise Lacking("fewer than two of its points lie within the plausible ranges of its numbers")
    return points


def counted(results: Results) -> Trials:
    """The verdicts of the primary contrast at the last horizon, in all trials."""
    contrast, day = results.primary["name"], results.days[-1]
    words = Counter(results.verdict(contrast, point["point"], day)["verdict"] for point in trials_of(results))
    seeds, names = results.everybody["seed"].n_unique(), results.study["design"]["names"]
    return Trials(dict(words), words.total(), seeds, results.study["people"], len(names))


def is_plausible(point: Mapping[str, Any], declared: Mapping[str, Mapping[str, float]]) -> bool:
    """declared : name -> its plausible range, {low, high}; of other names no range is known"""
    return all(declared[name]["low"] <= value <= declared[name]["high"] for name, value in point.items() if name in declared)


def compose(page: style.Page, results: Results, words: Words) -> None:
    plot(page, results, words, counted(results))


ENTRY = press.entry("shares", compose)
