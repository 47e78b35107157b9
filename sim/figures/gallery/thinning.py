"""What becomes of ties by how much of a platform's time comes from real life (C1, C2, C3, C11): a press figure."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from sim.figures import press, style
from sim.figures.gallery.displacement import ACROSS, COLUMNS, NAMES, ROWS, UP, Map, Place, read
from sim.figures.results import Results
from sim.figures.words import Words

TALL = 2.9  # of a cell, in heights of a letter
THINNED = "thinned"


def strips(grid: Map, results: Results) -> dict[float, list[Place]]:
    """Composed dose -> the cells from the least to the most taken; of the most dose, then of the least.

    All have the fewest minutes at which ties thin out within the plausible ranges, and the most of the wish to meet replaced
    there; the fewest and the most of the design if they never do.
    """
    thinned = [place for place, word in grid.verdicts.items() if word == THINNED and is_plausible(results, place)]
    worst = (min(grid.axes[ROWS]), max(grid.axes[COLUMNS]))
    minutes, substitution, *_ = min(thinned, key=lambda place: (place[0], -place[1]), default=worst)
    doses = dict.fromkeys((grid.axes[UP][-1], grid.axes[UP][0]))
    return {dose: [(minutes, substitution, taken, dose) for taken in grid.axes[ACROSS]] for dose in doses}


def is_plausible(results: Results, place: Place) -> bool:
    """Whether a combination lies within the plausible ranges that the files give."""
    declared = {name.rsplit(".", 1)[-1]: ends for name, ends in results.study.get("declared", {}).items()}
    known = ((declared[name], value) for name, value in zip(NAMES, place) if name in declared)
    return all(ends["low"] <= value <= ends["high"] for ends, value in known)


def title(words: Words, grid: Map, results: Results) -> str:
    """Whether ties thin out in a combination within the plausible ranges, and whether only where written words give nothing."""
    plausible = {place: word for place, word in grid.verdicts.items() if is_plausible(results, place)}
    doses = {place[-1] for place, word in plausible.items() if word == THINNED}
    wordless = doses == {0} and any(place[-1] for place in plausible)
    return words.of("thinning-title", "never" if not doses else "wordless" if wordless else "rarely")


def across(page: style.Page, words: Words, taken: Sequence[float], pitch: float) -> None:
    """What the columns are."""
    page.paragraph(words("thinning-axis"), after=0.02)
    for column, share in enumerate(taken):
        page.write(words.percent(share), style.MARGIN + (column + 0.5) * pitch, ha="center", fontweight="bold")
    page.top += style.leading(page.small) + 0.02


def cell_text(words: Words, results: Results, word: str | None, place: Place) -> str:
    if word not in style.VERDICTS:
        return words("displacement-cell-unfinished")
    return words.brief(word) + ("" if is_plausible(results, place) else " *")


def cell(axes: Axes, column: int, word: str | None, text: str, size: float) -> None:
    shown = style.verdict(word)
    axes.add_patch(Rectangle((column, 0), 1, 1, **shown.look))
    axes.text(column + 0.5, 0.5, text, ha="center", va="center", color=shown.ink, fontsize=size, bbox=shown.ground)


def compose(page: style.Page, results: Results, words: Words) -> None:
    grid = read(results)
    shown = strips(grid, results)
    page.title(title(words, grid, results))
    minutes, substitution, *_ = next(iter(shown.values()))[0]
    page.paragraph(words("thinning-how", minutes=words.ticks(minutes), share=words.percent(substitution)), after=0.06)
    taken = grid.axes[ACROSS]
    pitch = page.inner / len(taken)
    across(page, words, taken, pitch)
    height = TALL * page.small / 72
    for dose, places in shown.items():
        page.paragraph(words.of("thinning-dose", "none" if not dose else "some"), after=0.02)
        axes = page.axes(style.MARGIN, page.inner, height)
        axes.set(xlim=(0, len(taken)), ylim=(0, 1))
        axes.set_axis_off()
        for column, place in enumerate(places):
            word = grid.verdicts.get(place)
            cell(axes, column, word, cell_text(words, results, word, place), page.small)
        page.top += height + 0.06
    found = dict.fromkeys(grid.verdicts.get(place) for places in shown.values() for place in places)
    page.key([(style.verdict(word).look, words.of("press-means", word)) for word in found if word in style.VERDICTS], after=0.06)
    if not all(is_plausible(results, place) for places in shown.values() for place in places):
        page.paragraph(words("thinning-beyond"), color=style.QUIET, after=0.03)
    press.source(page, words, results)


ENTRY = press.entry("thinning", compose)
