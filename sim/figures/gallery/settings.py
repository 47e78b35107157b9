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
    named = {"n": first["points"], "word": words.of("word", first["word"]), "share": words.percent(round(thinned, 2))}
    page.title(words.of("settings-title", state, **named))
    page.paragraph(words("settings-how", n=first["points"]), after=0.06)
    shares = {row["word"]: row["share"] for row in found}
    looks = {word: style.verdict(word).look for word in shares}
    bars = [press.Bar(words.brief(word), [(shares[word], looks[word])], words.percent(round(shares[word], 2))) for word in shares]
    press.bars(page, bars, most=1)
    for word in shares:
        text = words("means", word=words.brief(word), text=words.of("press-means", word))
        page.paragraph(text, after=0.01, color=style.QUIET)
    page.top += 0.05
    page.source(words("press-source-sets", study=results.study["name"], n=first["points"], seeds=first["seeds"],
                      people=first["people"], assumptions=first["assumptions"]))  # fmt: skip


ENTRY = press.entry("settings", compose, read, table="region")
