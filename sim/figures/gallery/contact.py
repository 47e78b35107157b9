"""What becomes of letters and calls, of the core and of support, by how far being in touch online replaces the wish to meet
(claim C6): a press figure."""

from __future__ import annotations

from sim.figures import press, style
from sim.figures.gallery.letters import CLASSIC, CORE, VARIED, change, the_contrast
from sim.figures.results import Lacking, Results
from sim.figures.words import Words
from sim.study.judging.legs import SUPPORT

LINES: dict[str, tuple[tuple[str, ...], style.Look]] = {
    "core": (CORE, {"color": style.INK, "marker": "s", "markersize": 5.4, "markerfacecolor": "white", "linestyle": "--"}),
    "support": ((SUPPORT.measure,), {"color": style.BLUE, "marker": "o", "markersize": 3.4, "linestyle": "-"}),
    "letters": (CLASSIC, {"color": style.VERMILLION, "marker": "D", "markersize": 3.6, "linestyle": "-"}),
}
HEIGHT = 17  # of the plot, in heights of a letter


def state(results: Results, changes: list[float]) -> str:
    """What becomes of letters and calls from the least substitution to the most. A change within the margin is none."""
    margin = 100 * results.study["margins"]["real"]
    fallen = [value < -margin for value in changes]
    if all(fallen):
        return "fall"
    if fallen[-1] and not fallen[0]:
        return "only"
    return "rise" if all(value > margin for value in changes) else "hold" if not any(fallen) else "mixed"


def compose(page: style.Page, results: Results, words: Words) -> None:
    contrast = the_contrast(results)
    points = results.points
    if len(points) < 2:
        raise Lacking(f"the design has one {VARIED}: there is no line to draw")
    across = [100 * point[VARIED] for point in points]
    ways = {
        name: [change(results, contrast, measures, point["point"]).times(100) for point in points]
        for name, (measures, _) in LINES.items()
    }
    page.title(words.of("contact-title", state(results, [effect.mean for effect in ways["letters"]])))
    page.paragraph(words.sentence(words("contact-how", year=words.horizon(results.days[-1]))), after=0.06)
    ticks = {name: f"{words.of('contact-line', name)} {words.percent(effects[-1].mean / 100, signed=True)}"
             for name, effects in ways.items()}  # fmt: skip
    labels = {name: page.wrap(text, 0.34 * page.inner) for name, text in ticks.items()}
    room = max(page.size(label) for label in labels.values()) + 0.08
    gutter = page.size(words.percent(-0.25, signed=True)) + 0.1
    height = HEIGHT * page.small / 72
    axes = page.axes(style.MARGIN + gutter, page.inner - gutter - room, height)
    margin = 100 * results.study["margins"]["support"]
    axes.axhspan(-margin, margin, color=style.PALE, zorder=0, linewidth=0)
    axes.axhline(0, color=style.QUIET, linewidth=0.8, zorder=1)
    for name, (_, look) in LINES.items():
        for x, effect in zip(across, ways[name]):
            axes.plot([x, x], [effect.low, effect.high], color=look["color"], linewidth=1.4, solid_capstyle="butt")
        axes.plot(across, [effect.mean for effect in ways[name]], linewidth=1.0, **look)
    low, high = axes.get_ylim()
    per_inch = (high - low) / height
    wanted = sorted(LINES, key=lambda name: -ways[name][-1].mean)
    sizes = [(labels[name].count("\n") + 1) * style.leading(page.small) for name in wanted]
    places = style.spread([(high - ways[name][-1].mean) / per_inch for name in wanted], sizes, 0, height, 0.03)
    for name, place, size in zip(wanted, places, sizes):
        left, look = page.width - style.MARGIN - room + 0.08, LINES[name][1]
        page.write(labels[name], left, page.top + place - size / 2, color=look["color"])
    axes.set_xticks(across, [words.percent(value / 100) for value in across])
    axes.locator_params(axis="y", nbins=6)
    axes.yaxis.set_major_formatter(lambda value, _: words.percent(value / 100, 3, signed=True) if value else "0")
    page.top += height + 2.2 * page.small / 72
    page.paragraph(words("contact-axis"), after=0.03)
    page.paragraph(words("press-grey", margin=words.percent(margin / 100)), color=style.QUIET)
    press.source(page, words, results)


ENTRY = press.entry("contact", compose)
