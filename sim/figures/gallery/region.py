"""The region of a verdict: which parameters it depends on, how far each can go, and the smallest changes found that flip it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures import sentences, style
from sim.figures.registry import Entry
from sim.figures.results import Lacking, Results, of_regions, swept
from sim.figures.words import Words
from sim.study.judging import verdict
from sim.study.records import json_files, tables

Row = dict[str, Any]

MOST_ROWS, MOST_CHANGES, MOST_MOVES = 14, 3, 4
TELLING = 0.05  # p of a split above which chance does as well
ROW = 0.2  # inches a parameter
PART = 0.95  # inches of a line above a part of the bar: seven words have room side by side
GAP = 0.06  # inches between the columns of a row
BEYOND = 0.06  # of the width, where a base beyond its range is marked


def figure(results: Results, words: Words) -> Figure:
    names = contrasts(results)
    page = style.Page()
    page.title(title(results, words, names[0]))
    first = sample(results, names[0])[0]
    if flip := nearest(results, words, names[0]):
        page.paragraph(flip)
    page.paragraph(words("region-how", all=first["assumptions"]), after=0.12)
    for name in names:
        if len(names) > 1:
            contrast = next(entry for entry in results.study["contrasts"] if entry["name"] == name)
            page.paragraph(words.sentence(sentences.heading(results, words, contrast)), fontweight="bold", fontsize=9, after=0.06)
        sentences.whose(page, words, sample(results, name)[0]["profile"])
        drawn(page, results, words, name)
        alone(page, results, words, name)
        together(page, results, words, name)
    sentences.meanings(page, words, (word for name in names for word in named(results, name)))
    page.source(source(results, words, first))
    return page.finish()


def contrasts(results: Results) -> list[str]:
    """Names of the contrasts that have a region, the primary one first."""
    ordered = sorted(results.study["contrasts"], key=lambda contrast: not contrast["primary"])
    names = [contrast["name"] for contrast in ordered if contrast["name"] in results.regions]
    if not names:
        raise Lacking("region.csv has no contrast of this study")
    return names


# Reading


def read(folder: Path) -> Results:
    """What the sweep of a folder left; without one, the runs that regions were looked for with. Lacking: neither is there."""
    alone = None if (folder / json_files.STUDY).is_file() else of_regions(folder)
    return alone or swept(folder)


def sample(results: Results, contrast: str) -> list[Row]:
    """Rows of region.csv at the last horizon: the base's word first, then those found, most often first."""
    rows = [row for row in results.regions[contrast] if row["times"] or row["base"]]
    return sorted(rows, key=lambda row: (not row["base"], -row["times"]))


def named(results: Results, contrast: str) -> list[str]:
    """The verdicts that the figure names: of random combinations, along one parameter, and after several changes."""
    others = (word for table in (results.stretches(contrast), results.flips(contrast)) for word in table["word"].drop_nulls())
    return [*(row["word"] for row in sample(results, contrast)), *others]


def ranked(results: Results, contrast: str) -> tuple[list[Row], list[Row], list[Row]]:
    """Parameters that flip the word, the nearest first; those that only leave it undecided somewhere; the others."""
    rows = results.flips(contrast).filter(change=0).to_dicts()
    flips = sorted((row for row in rows if row["word"]), key=lambda row: row["distance"])
    still = [row for row in rows if not row["word"]]
    stops = sorted((row for row in still if stop(row) is not None), key=lambda row: abs(stop(row) - row["base"]) / width(row))
    return flips, stops, [row for row in still if stop(row) is None]


def stop(row: Row) -> Any:
    """The value nearest to the base at which a parameter leaves the word undecided; None for nowhere."""
    ends = [row[key] for key in ("stops_at_low", "stops_at_high") if row[key] is not None]
    return min(ends, key=lambda value: abs(value - row["base"]), default=None)


def width(row: Row) -> float:
    return row["high"] - row["low"]


# Sentences


def title(results: Results, words: Words, contrast: str) -> str:
    base, *others = sample(results, contrast)
    flips, stops, _ = ranked(results, contrast)
    named = {"word": words.of("word", base["word"]), "n": base["points"], "share": words.fraction(base["share"])}
    definite = [row for row in others if row["word"] != verdict.UNDECIDED]
    joint = results.flips(contrast).filter(pl.col("change") > 0)
    if definite or flips or joint.height:
        return words.sentence(words("region-share", **named))
    return words.sentence(words("region-no-other" if others or stops else "region-everywhere", **named))


def nearest(results: Results, words: Words, contrast: str) -> str:
    """The nearest flip by one parameter; "" where the title says that there is none."""
    flips, _, _ = ranked(results, contrast)
    if flips:
        return flip_sentence(words, flips[0])
    definite = [row for row in sample(results, contrast)[1:] if row["word"] != verdict.UNDECIDED]
    joint = results.flips(contrast).filter(pl.col("change") > 0)
    return words("region-no-flip") if definite or joint.height else ""


def flip_sentence(words: Words, row: Row) -> str:
    named = {"name": words.parameter(row["name"]), "value": value(words, row["value"]), "word": words.of("word", row["word"])}
    return words("region-flip-above" if row["value"] > row["base"] else "region-flip-below", **named)


def value(words: Words, number: float) -> str:
    """A value of a parameter: three digits at most."""
    return words.ticks(float(f"{number:.3g}"))


def source(results: Results, words: Words, first: Row) -> str:
    first_part = words(
        "region-source",
        version=f"{first['version']}, {first['hash']}",
        study=results.study["name"],
        simulated=words.number(first["simulated"]),
        seeds=words.societies(first["seeds"]),
        people=words.number(first["people"]),
        years=words.horizon(first["horizon"]),
    )
    few = sentences.village(words, results.regions_in, first["people"])
    parts = [first_part, *few, *sentences.fixed(results, words), *sentences.contents(words, results.study)]
    parts += sentences.assumed(words, *json_files.assumed(results.study, first["contrast"]))
    if graph := results.study.get("given_graph"):
        parts.append(words("given", graph=graph))
    if first["refused"]:
        parts.append(words("region-refused", n=first["refused"]))
    made = tables.provenance(results.regions_in, "region")
    return " ".join([*parts, *(sentences.again(words, made.command, ("draw",)) if made else [])])


# The sample


def drawn(page: style.Page, results: Results, words: Words, contrast: str) -> None:
    """One bar of the words found in the random combinations, and what tells best where the base's word holds."""
    rows = sample(results, contrast)
    base, occurring = rows[0], [row for row in rows if row["times"]]
    page.top += page.heading(words("region-sample", n=base["points"])) + 0.05
    wide, high = style.WIDTH - 2 * style.MARGIN, 0.24
    parts = [words("region-part", word=words.brief(row["word"]), share=words.percent(row["share"])) for row in occurring]
    labels = [page.wrap(part, PART) for part in parts]
    strip = (max(label.count("\n") for label in labels) + 1) * style.leading(style.SMALL) + 0.16
    page.top += strip
    axes = page.axes(style.MARGIN, wide, high)
    axes.set(xlim=(0, 1), ylim=(0.36, -0.36))
    axes.set_axis_off()
    looks = [style.verdict(row["word"]).look for row in occurring]
    centres = style.stacked(axes, 0, [row["share"] for row in occurring], looks, 0.72)
    style.label_parts(page, axes, labels, centres, (style.MARGIN, wide, high), strip)
    page.top += high + 0.07
    low, top = (words.percent(base[end]) for end in ("low95", "high95"))
    parts = [
        words.sentence(
            words("region-interval", word=words.of("word", base["word"]), share=words.percent(base["share"]), low=low, high=top)
        )
    ]
    page.paragraph(" ".join([*parts, *split_sentences(results, words, contrast)]), after=0.14)


def split_sentences(results: Results, words: Words, contrast: str) -> list[str]:
    splits = results.splits(contrast)
    levels = [splits.filter(level=level).to_dicts() for level in (1, 2)]
    if not levels[0]:
        return []
    parts = []
    for rows in levels:
        if not rows or rows[0]["p"] > TELLING:
            break
        sides = {row["side"]: row for row in rows}
        named = {"name": words.parameter(rows[0]["name"]), "cut": value(words, rows[0]["cut"])}
        named |= {side: words.percent(row["share"]) for side, row in sides.items()}
        named |= {f"n_{side}": row["points"] for side, row in sides.items()}
        within = rows[0]["within"]
        parts.append(words("region-split-within", side=within, **named) if within else words("region-split", **named))
    return parts or [words("region-no-split")]


# One at a time


def alone(page: style.Page, results: Results, words: Words, contrast: str) -> None:
    """A row per parameter that can flip the word or leave it undecided; the rest in a line."""
    flips, stops, others = ranked(results, contrast)
    base = sample(results, contrast)[0]["word"]
    shown = with_a_row(flips, stops)
    page.top += page.heading(words("region-alone")) + 0.06
    if shown:
        page.key(key(results, words, contrast, shown), after=0.06)
        bars(page, results, words, contrast, shown)
    parts = []
    if left := sum(row not in shown for row in flips):
        parts.append(words("region-more-flips", n=left))
    if left := sum(row not in shown for row in stops):
        parts.append(words("region-more-open", n=left))
    if others:
        parts.append(words("region-others" if shown else "region-all", n=len(others), word=words.of("word", base)))
    page.paragraph(" ".join(parts), after=0.14)


def with_a_row(flips: Sequence[Row], stops: Sequence[Row]) -> list[Row]:
    """The nearest flip to each word, then the nearest of all, as many as there is room for; in their order."""
    first: dict[str, Row] = {}
    for row in flips:
        first.setdefault(row["word"], row)
    others = [row for row in (*flips, *stops) if row not in first.values()]
    picked = [*first.values(), *others][:MOST_ROWS]
    return [row for row in (*flips, *stops) if row in picked]


def key(results: Results, words: Words, contrast: str, shown: Sequence[Row]) -> list[tuple[style.Look, str]]:
    """What the fills of these rows mean, the base's word first."""
    names = [row["name"] for row in shown]
    reached = results.stretches(contrast).filter(pl.col("name").is_in(names))["word"].to_list()
    base = sample(results, contrast)[0]["word"]
    ordered = [word for word in dict.fromkeys([base, *reached]) if word != verdict.UNDECIDED]
    entries = [(style.verdict(word).look, words.brief(word)) for word in ordered]
    if verdict.UNDECIDED in (base, *reached):
        entries.append((style.verdict(verdict.UNDECIDED).look, words("region-key-between")))
    return entries


def bars(page: style.Page, results: Results, words: Words, contrast: str, shown: Sequence[Row]) -> None:
    labels = [words.parameter(row["name"]) for row in shown]
    labels = [row["name"] if labels.count(label) > 1 else label for row, label in zip(shown, labels)]
    gutter = max(style.measure(label)[0] for label in labels) + 0.08
    texts = [row_text(words, row) for row in shown]
    ends = [[value(words, row[end]) for row in shown] for end in ("low", "high")]
    before, after, right = (max(style.measure(text)[0] for text in column) + GAP for column in (*ends, texts))
    left = style.MARGIN + gutter + before
    wide = style.WIDTH - style.MARGIN - left - after - right - GAP
    high = ROW * len(shown)
    axes = page.axes(left, wide, high)
    axes.set(xlim=(-BEYOND, 1 + BEYOND), ylim=(len(shown) - 0.5, -0.5))
    axes.set_axis_off()
    stretches = results.stretches(contrast)
    for place, (row, label, text) in enumerate(zip(shown, labels, texts)):
        bar(axes, place, row, stretches.filter(name=row["name"]).to_dicts())
        middle = page.top + (place + 0.5) * ROW - 0.065
        page.write(label, style.MARGIN, middle)
        page.write(ends[0][place], left, middle, ha="right", color=style.QUIET)
        page.write(ends[1][place], left + wide, middle, color=style.QUIET)
        page.write(text, left + wide + after + GAP, middle)
    page.top += high + 0.02
    page.write(words("region-key-base") + " ◆", left + wide / 2, ha="center", color=style.QUIET)
    page.top += style.leading(style.SMALL) + 0.05


def bar(axes: Axes, place: int, row: Row, stretches: Sequence[Row]) -> None:
    """The declared range of one parameter, filled by word; borders lie halfway between two simulated values."""
    inner = [(one["to"] + two["from"]) / 2 for one, two in pairwise(stretches)]
    borders = [row["low"], *inner, row["high"]]
    for stretch, low, high in zip(stretches, borders, borders[1:]):
        start, end = (min(max((edge - row["low"]) / width(row), 0), 1) for edge in (low, high))
        if end > start:
            axes.barh(place, end - start, 0.62, start, **style.verdict(stretch["word"]).look)
    axes.barh(place, 1, 0.62, 0, facecolor="none", edgecolor=style.QUIET, linewidth=0.5)
    base = (row["base"] - row["low"]) / width(row)
    axes.plot(min(max(base, -BEYOND / 2), 1 + BEYOND / 2), place, "D", color=style.INK, markersize=3.6, clip_on=False)


def row_text(words: Words, row: Row) -> str:
    """From the base to where the word flips, or stops being decided."""
    new, word = (row["value"], row["word"]) if row["word"] else (stop(row), verdict.UNDECIDED)
    return words("region-row", old=value(words, row["base"]), new=value(words, new), word=words.brief(word))


# Several at once


def together(page: style.Page, results: Results, words: Words, contrast: str) -> None:
    page.top += page.heading(words("region-together")) + 0.04
    joint = results.flips(contrast).filter(pl.col("change") > 0)
    changes = [rows.to_dicts() for _, rows in joint.group_by("change", maintain_order=True)]
    few = sorted(changes, key=lambda rows: (rows[0]["assumptions"], rows[0]["distance"]))[: MOST_CHANGES - 1]
    picked = [rows for rows in changes if rows is changes[0] or any(rows is chosen for chosen in few)]
    for rows in picked:
        page.paragraph(change_sentence(words, rows), after=0.03)
    if picked:
        page.paragraph(words("region-distance"), color=style.QUIET, after=0.03)
    if not picked:
        tried = searched(results, contrast)
        page.paragraph(words("region-no-change-of", n=tried) if tried else words("region-no-change"), after=0.03)
    page.top += 0.1


def searched(results: Results, contrast: str) -> int:
    """Combinations beside the base, the ends of ranges and the sample."""
    rows = results.flips(contrast).filter(change=0).to_dicts()
    ends = sum(row["base"] != row[end] for row in rows for end in ("low", "high"))
    first = results.regions[contrast][0]
    return first["simulated"] - first["points"] - 1 - ends


def change_sentence(words: Words, rows: Sequence[Row]) -> str:
    moves = [
        words("region-move", name=words.parameter(row["name"]), old=value(words, row["base"]), new=value(words, row["value"]))
        for row in rows[:MOST_MOVES]
    ]
    left = len(rows) - len(moves)
    if left:
        moves.append(words("region-smaller", n=left))
    named = {"word": words.of("word", rows[0]["word"]), "distance": words.number(rows[0]["distance"])}
    return words.sentence(words("region-change", moves=words.listed(moves), **named))


# For the figure of the verdict


def line(results: Results, words: Words, contrast: str, word: str) -> list[str]:
    """Where a verdict's word holds among random combinations, and its nearest flip; nothing without a region."""
    rows = results.regions_or_none().get(contrast)
    if not rows or results.asked not in (None, rows[0]["profile"]):
        return []
    row = next((candidate for candidate in rows if candidate["word"] == word), None)
    if row is None:
        return []
    low, high = (words.number(100 * row[key]) for key in ("low95", "high95"))
    lines = [
        words(
            "region-line", share=words.percent(row["share"]), low=low, high=high, n=row["points"],
            seeds=words.societies(row["seeds"]), people=words.number(row["people"]),
        )
    ]  # fmt: skip
    base = next(entry["word"] for entry in rows if entry["base"])
    if base != word:
        return [*lines, words("region-line-other", word=words.of("word", base))]
    flips, *_ = ranked(results, contrast)
    if not flips:
        return [*lines, words("region-line-none")]
    named = {key: value(words, flips[0][of]) for key, of in (("old", "base"), ("new", "value"))}
    flip = words(
        "region-line-flip", name=words.parameter(flips[0]["name"]), word=words.of("word", flips[0]["word"]), **named
    )
    return [*lines, flip]


ENTRY = Entry(figure, "region", read)
