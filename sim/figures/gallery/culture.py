"""The press cut of cultures: what one platform does to people's support, by their culture, as measured and with equal minutes.

A cross that asks about more than minutes is drawn in the ways that it asks about.
"""

from __future__ import annotations

import math
from itertools import product

from sim.figures import press, style
from sim.figures.cross import Found, read
from sim.figures.gallery.cultures import LOOKS, looks
from sim.figures.words import Words
from sim.study.judging import naming
from sim.study.judging.cultures import EQUAL, PLAIN
from sim.study.judging.legs import SUPPORT


def title(found: Found, words: Words) -> str:
    """How much the ways matter that the cross asks about. Without such ways, whose culture differs most from the reference, if a
    title may name one; else what is found of all."""
    platform = found.first["platform"]
    if found.asked_ways:
        points = max(1, math.ceil(100 * moved(found, platform)))
        own = [way if words.has("culture-moves", way) else "other" for way in found.asked_ways]
        texts = {words.of("culture-moves", way, n=points) for way in own}
        return texts.pop() if len(texts) == 1 else words("culture-moves-other", n=points)
    if named := found.named(platform):
        name, sign = named[0]
        if words.has("profile-habits", name) and words.has("profile-habits", found.reference):
            habits, others = (words.of("profile-habits", each) for each in (name, found.reference))
            return words("culture-more" if sign > 0 else "culture-less", habits=habits, others=others)
        names = {"name": words.profile(name), "other": words.profile(found.reference)}
        return words("culture-more-name" if sign > 0 else "culture-less-name", **names)
    finding = naming.of_all(finding for (_, where), finding in found.findings.items() if where == platform)
    if finding is None:
        return words("culture-plain", platform=words.platform(platform))
    return words.of("culture-title", finding.case, n=finding.seeds)


def moved(found: Found, platform: str) -> float:
    """The most by which an effect on support differs between a way that is asked about and as measured, or between the same two
    with equal minutes."""
    effects = {key[::2]: cell["effect"] for key, cell in found.cells.items() if key[1] == platform and key[3] == SUPPORT.measure}
    pairs = [(way, PLAIN) for way in found.asked_ways] + [(f"{way}-{EQUAL}", EQUAL) for way in found.asked_ways]
    both = [((name, one), (name, other)) for name, (one, other) in product(found.profiles, pairs)]
    return max((abs(effects[one] - effects[other]) for one, other in both if {one, other} <= set(effects)), default=0.0)


def way_name(found: Found, words: Words, way: str) -> str:
    return words.of("press-way", way) if words.has("press-way", way) and not found.asked_ways else words.way(way)


def compose(page: style.Page, found: Found, words: Words) -> None:
    platform, first = str(found.first["platform"]), found.first
    marks = looks(found) | {way: LOOKS[EQUAL] for way in found.asked_ways[:1]}  # equal minutes are not drawn beside them
    ways = [PLAIN, *found.asked_ways] if found.asked_ways else found.main_ways
    own = words.of("press-platform", platform) if words.has("press-platform", platform) else words.platform(platform)
    page.title(words.sentence(title(found, words)))
    page.paragraph(words("culture-evidence"), after=0.06)
    page.paragraph(words("culture-how", platform=own, year=words.horizon(found.day)), after=0.04)
    page.marks([(marks[way], way_name(found, words, way)) for way in ways], after=0.06)
    rows = []
    for name in found.profiles:
        cells = [(way, found.cells.get((name, platform, way, SUPPORT.measure))) for way in ways]
        of_ways = [
            press.Mark(*(100 * cell[end] for end in ("effect", "low95", "high95")), marks[way])
            for way, cell in cells if cell is not None
        ]  # fmt: skip
        rows += [(words.profile(name), of_ways)] if of_ways else []
    rows.sort(key=lambda row: -row[1][0].mean)
    press.points(page, words, rows, 100 * first["margin"])
    page.paragraph(words("press-grey", margin=words.percent(first["margin"])), color=style.QUIET, after=0.06)
    page.source(words("press-source", study=first["study"], seeds=first["seeds"], people=first["people"],
                      k=first["assumed"], n=first["numbers"]))  # fmt: skip


ENTRY = press.entry("culture", compose, read, table="effects")
