"""What becomes of support by how much of a platform's time comes from real life, beside random settings (C1, C2, C3, C11):
a press figure."""

from __future__ import annotations

from collections.abc import Iterable

from matplotlib.patches import Rectangle

from sim.figures import press, style
from sim.figures.gallery.displacement import ACROSS, COLUMNS, NAMES, ROWS, UP, Map, Place, change, read
from sim.figures.results import Results
from sim.figures.words import Words

TALL = 3.2  # of a cell, in heights of a letter
THINNED, UNDECIDED = "thinned", "undecided"
EXPLAINED = (THINNED, "weakened", "hollowed", "transformed")  # words that a reader could not guess


def strips(grid: Map) -> dict[float, list[Place]]:
    """Composed dose -> the cells from the least to the most taken; of the most dose, then of the least.

    All have the fewest minutes of the design, and the most of the wish to meet replaced.
    """
    minutes, substitution = min(grid.axes[ROWS]), max(grid.axes[COLUMNS])
    doses = dict.fromkeys((grid.axes[UP][-1], grid.axes[UP][0]))
    return {dose: [(minutes, substitution, taken, dose) for taken in grid.axes[ACROSS]] for dose in doses}


def is_plausible(results: Results, place: Place) -> bool:
    """Whether a combination lies within the plausible ranges that the files give."""
    declared = {name.rsplit(".", 1)[-1]: ends for name, ends in results.study.get("declared", {}).items()}
    known = ((declared[name], value) for name, value in zip(NAMES, place) if name in declared)
    return all(ends["low"] <= value <= ends["high"] for ends, value in known)


def title(words: Words, drawn: dict[str, int], plausible: Iterable[str]) -> str:
    """Of the random combinations; without any, whether ties thin out in one within the plausible ranges.

    drawn : verdict -> in how many random combinations it comes out
    """
    if drawn:
        counted = {"n": drawn.get(THINNED, 0), "all": sum(drawn.values())}
        return words.of("thinning-title", "some" if counted["n"] else "none", **counted)
    return words.of("thinning-title", "rarely" if THINNED in plausible else "never")


def random_strip(page: style.Page, words: Words, drawn: dict[str, int]) -> None:
    """The shares of the verdicts among the random combinations, the commonest first, named where there is room."""
    n, height = sum(drawn.values()), 1.5 * page.small / 72
    page.top += page.write(words("thinning-random", n=n), width=page.inner, fontweight="bold") + 0.02
    axes = page.axes(style.MARGIN, page.inner, height)
    axes.set(xlim=(0, n), ylim=(0.5, -0.5))
    axes.set_axis_off()
    ordered = sorted(drawn, key=lambda word: -drawn[word])
    looks = [style.verdict(word) for word in ordered]
    centres = style.stacked(axes, 0, [drawn[word] for word in ordered], [look.look | {"hatch": ""} for look in looks], 1)
    for word, look, centre in zip(ordered, looks, centres):
        text = f"{words.brief(word)} {words.percent(round(drawn[word] / n, 2))}"
        if page.size(text) < page.inner * drawn[word] / n:
            axes.text(centre, 0, text, ha="center", va="center_baseline", color=look.ink, fontsize=page.small)
    axes.barh(0, n, 1, facecolor="none", edgecolor="#999999", linewidth=0.6)
    page.top += height + 0.08


def compose(page: style.Page, results: Results, words: Words) -> None:
    grid = read(results)
    shown = strips(grid)
    rows = results.regions_or_none().get(results.primary["name"], [])
    drawn = {row["word"]: row["times"] for row in rows if row["times"]}
    page.title(title(words, drawn, (word for place, word in grid.verdicts.items() if is_plausible(results, place))))
    minutes, substitution, *_ = next(iter(shown.values()))[0]
    page.paragraph(words("thinning-how", minutes=words.ticks(minutes), share=words.percent(substitution)), after=0.06)
    across = grid.axes[ACROSS]
    pitch, height = page.inner / len(across), TALL * page.small / 72
    for dose, places in shown.items():
        page.top += page.write(words.of("thinning-dose", "none" if not dose else "some"), fontweight="bold") + 0.02
        axes = page.axes(style.MARGIN, page.inner, height)
        axes.set(xlim=(0, len(across)), ylim=(0, 1))
        axes.set_axis_off()
        for column, place in enumerate(places):
            word = grid.verdicts.get(place)
            look = style.verdict(word)
            frame = {"edgecolor": "#999999" if word == UNDECIDED else "white", "hatch": ""}
            axes.add_patch(Rectangle((column, 0), 1, 1, **(look.look | frame)))
            text = words("displacement-cell-unfinished")
            if word is not None:
                shift = change(results, grid.points[place], "S_all").mean
                mark = "" if is_plausible(results, place) else " †"
                text = f"{words.brief(word)}\n{words.percent(shift, signed=True)}{mark}"
            axes.text(column + 0.5, 0.5, text, ha="center", va="center", color=look.ink, fontsize=page.small, linespacing=1.25)
        page.top += height + 0.05
    for column, taken in enumerate(across):
        page.write(words.percent(taken), style.MARGIN + (column + 0.5) * pitch, ha="center")
    page.top += style.leading(page.small)
    page.paragraph(words("thinning-axis"), after=0.06)
    if not all(is_plausible(results, place) for places in shown.values() for place in places):
        page.paragraph(words("thinning-beyond"), color=style.QUIET, after=0.06)
    used = {grid.verdicts.get(place) for places in shown.values() for place in places}
    told = [words("means", word=words.brief(word), text=words.of("press-means", word)) for word in EXPLAINED if word in used]
    if told:
        page.paragraph(" ".join(told), color=style.QUIET, after=0.06)
    if drawn:
        random_strip(page, words, drawn)
    press.source(page, words, results)


ENTRY = press.entry("thinning", compose)
