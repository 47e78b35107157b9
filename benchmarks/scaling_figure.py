"""Draw the table of `benchmarks/scaling.py`: docs/scaling.csv -> docs/scaling.svg.

python benchmarks/scaling_figure.py [docs/scaling.csv]
"""

from __future__ import annotations

import sys
from pathlib import Path

import matplotlib
import polars as pl
from matplotlib.figure import Figure

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from sim.figures.style import BLUE, INK, MARGIN, RC, SMALL, VERMILLION, WIDTH, Page  # noqa: E402

LINES = (("ns_with", "with the wall of 2009", VERMILLION, "o-"), ("ns_without", "without a platform", BLUE, "s--"))


def title(table: pl.DataFrame) -> str:
    """What the table says."""
    most, least = table["people"].max(), table["people"].min()
    dearer = table.sort("people")["ns_with"]
    change = dearer[-1] / dearer[0] - 1
    if abs(change) < 0.05:
        return f"A tie's day costs the same among {most:,} people as among {least:,}"
    more = f"{abs(change):.0%} {'more' if change > 0 else 'less'}".replace("%", " %")
    return f"A tie's day costs {more} among {most:,} people than among {least:,}"


def drawn(table: pl.DataFrame) -> Figure:
    """Nanoseconds and memory per tie by the number of people."""
    table = table.sort("people")
    decades = [10**power for power in range(9) if table["people"][0] <= 10**power <= table["people"][-1]]
    page = Page()
    page.title(title(table))
    width, height, top = (WIDTH - 2 * MARGIN - 1.8) / 2, 2.2, page.top
    panels = ((0.45, "Time of a tie's day (ns)"), (0.45 + width + 1.0, "Memory at its largest, per tie (bytes)"))
    for left, heading in panels:
        page.write(heading, MARGIN + left - 0.35, top, fontweight="bold")
    page.top = top + 0.25
    for left, heading in panels:
        axes = page.axes(MARGIN + left, width, height)
        axes.set_xscale("log")
        axes.set_xlabel("people")
        lines = LINES if "Time" in heading else ((None, "", INK, "o-"),)
        for column, label, colour, mark in lines:
            values = table[column] if column else table["peak_mb"] * 1e6 / table["ties_with"]
            axes.plot(table["people"], values, mark, color=colour, markersize=4, linewidth=1.2)
            end = table["people"][-1], values[-1]
            axes.annotate(label, end, (-2, 6), textcoords="offset points", ha="right", color=colour, fontsize=SMALL)
        axes.set_ylim(0, 1.15 * axes.get_ylim()[1])
        axes.set_xticks(decades, [f"{people:,}" for people in decades])
        axes.minorticks_off()
    page.top += height + 0.45
    first = table.row(0, named=True)
    page.source(
        f"unbirthday {first['version']}; {first['processor']}, {first['threads']} threads. The society grew for two years. A day "
        "includes its share of planning and of the monthly turnover. Memory includes measuring, and the program itself: 300 MB."
    )
    return page.finish()


def main() -> None:
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "scaling.csv"
    matplotlib.use("Agg")
    with matplotlib.rc_context(RC):
        drawn(pl.read_csv(file)).savefig(file.with_suffix(".svg"), metadata={"Date": None})


if __name__ == "__main__":
    main()
