"""Which verdict comes out in how many random sets of parameters within their plausible ranges: a press figure."""

from __future__ import annotations

from sim.figures import press, style
from sim.figures.gallery.region import contrasts, read, sample
from sim.figures.results import Results
from sim.figures.words import Words


def compose(page: style.Page, results: Results, words: Words) -> None:
    rows = sample(results, contrasts(results)[0])
    found = sorted((row for row in rows if row["times"]), key=lambda row: -row["times"])
    first = found[0]
    state = "only" if len(found) == 1 else "never" if "thinned" not in {row["word"] for row in found} else "some"
    thinned = next((row["share"] for row in found if row["word"] == "thinned"), 0.0)
    page.title(words.of("settings-title", state, n=first["points"], word=words.of("word", first["word"]), share=words.percent(round(thinned, 2))))
    page.paragraph(words("settings-how", n=first["points"]), after=0.06)
    bars = [
        press.Bar(words.brief(row["word"]), [(row["share"], style.verdict(row["word"]).look)], words.percent(round(row["share"], 2)))
        for row in found
    ]
    press.bars(page, bars, most=1)
    for row in found:
        page.paragraph(words("means", word=words.brief(row["word"]), text=words.of("press-means", row["word"])), after=0.01,
                       color=style.QUIET)  # fmt: skip
    page.top += 0.05
    page.source(words("press-source-sets", study=results.study["name"], n=first["points"], seeds=words.societies(first["seeds"]),
                      people=first["people"], assumptions=first["assumptions"]))  # fmt: skip


ENTRY = press.entry("settings", compose, read, table="region")
