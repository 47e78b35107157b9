"""The press cut of cultures: what one platform does to people's support, by their culture, as measured and with equal minutes."""

from __future__ import annotations

from matplotlib.figure import Figure

from sim.figures import style
from sim.figures.cross import Found, read
from sim.figures.gallery.cultures import extent, key, looks, ticks
from sim.figures.registry import Entry
from sim.figures.words import Words
from sim.study.judging import naming
from sim.study.judging.cultures import PLAIN
from sim.study.judging.legs import SUPPORT

ROW = 0.27  # inches
APART = 0.2  # of a row, between its two marks and its middle


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


def figure(found: Found, words: Words) -> Figure:
    page = style.Page(style.NARROW)
    platform = str(found.first["platform"])
    page.title(words.sentence(title(found, words)))
    page.paragraph(words("culture-evidence"), after=0.08)
    page.paragraph(words("culture-how", platform=words.platform(platform), year=words.horizon(found.day)), after=0.06)
    shown = [name for name in found.profiles if (name, platform, PLAIN, SUPPORT.measure) in found.cells]
    names = [words.profile(name) for name in shown]
    gutter = max(style.measure(name)[0] for name in names) + 0.08
    width, height = page.width - 2 * style.MARGIN - gutter - 0.08, ROW * len(names)
    ways, marks = found.main_ways, looks(found)
    key(page, words, {way: marks[way] for way in ways}, after=0.08)
    axes = page.axes(style.MARGIN + gutter, width, height)
    style.rows(axes, names)
    limits = extent(found, SUPPORT.measure)
    axes.set_xlim(limits)
    margin = 100 * found.first["margin"]
    axes.axvspan(-margin, margin, color=style.PALE, zorder=0, linewidth=0)
    axes.axvline(0, color=style.QUIET, linewidth=0.8, zorder=1)
    for row, name in enumerate(shown):
        for k, way in enumerate(ways):
            cell = found.cells.get((name, platform, way, SUPPORT.measure))
            if cell is not None:
                place = row + APART * (2 * k / (len(ways) - 1) - 1 if len(ways) > 1 else 0)
                style.whisker(axes, 100 * cell["low95"], 100 * cell["high95"], place, color=marks[way]["color"], linewidth=1.4)
                axes.plot(100 * cell["effect"], place, linestyle="", **marks[way])
    axes.set_xticks(*ticks(words, limits, unit=True))
    page.top += height + 0.24
    page.paragraph(words("culture-grey", margin=words.percent(found.first["margin"])), color=style.QUIET, after=0.06)
    first = found.first
    made = words("culture-source", study=first["study"], seeds=words.societies(first["seeds"]), people=first["people"],
                 k=first["assumed"], n=first["numbers"])  # fmt: skip
    page.source(made)
    return page.finish()


ENTRY = Entry(figure, "effects", read)
