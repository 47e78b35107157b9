"""The press cut of cultures: what one platform does to people's support, by their culture, as measured and with equal minutes."""

from __future__ import annotations

from sim.figures import press, style
from sim.figures.cross import Found, read
from sim.figures.gallery.cultures import looks
from sim.figures.words import Words
from sim.study.judging import naming
from sim.study.judging.legs import SUPPORT


def title(found: Found, words: Words) -> str:
    """Whose culture differs most from the reference, if a title may name one; else what is found of all."""
    platform = found.first["platform"]
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


def compose(page: style.Page, found: Found, words: Words) -> None:
    platform, first, ways, marks = str(found.first["platform"]), found.first, found.main_ways, looks(found)
    own = words.of("press-platform", platform) if words.has("press-platform", platform) else words.platform(platform)
    page.title(words.sentence(title(found, words)))
    page.paragraph(words("culture-evidence"), after=0.06)
    page.paragraph(words("culture-how", platform=own, year=words.horizon(found.day)), after=0.04)
    press.key(page, words, {way: marks[way] for way in ways})
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
