"""What each mechanism does to the legs of a verdict: signed bars that add up to the whole, and the word without it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures import sentences, style
from sim.figures.registry import Entry
from sim.figures.results import Interval, Lacking, Results
from sim.figures.words import Words, typeset
from sim.scenario.names import ALL, REST
from sim.study.judging.legs import LEGS, MEASURED, RELATIVE
from sim.study.judging.shapley import ABOUT, differs
from sim.study.records import json_files, tables
from sim.study.records.command_again import again

SHOWN = tuple(leg.measure for leg in RELATIVE)  # a panel each
FOLDER = "why"  # of the coalitions, within the result folder
MANY = ("written-words", "clicks-and-reading", "prompts-remember", "ties-made-online")  # plurals, in both languages
NOTHING = 0.001  # a share below which nothing is told: 0.1 % of the control
SLIGHT = 0.05  # of the greatest share: less than that is not in a title
LABEL = 1.42  # inches of a mechanism's name, on two lines or three
ROW, GAP = 0.36, 0.17  # inches
BAR = 0.2  # of a row, how far its bar is above its middle


@dataclass(frozen=True)
class Split:
    """The table `why` of a folder at its last horizon, and the coalitions that it is made of."""

    folder: Path
    rows: dict[tuple[str, str], dict[str, Any]]  # (measure, mechanism) -> row
    results: Results
    about: dict[str, Any]
    day: int

    @cached_property
    def mechanisms(self) -> list[str]:
        """Who adds most to support first, who takes most last."""
        names = [mechanism["name"] for mechanism in self.about["mechanisms"]]
        return sorted(names, key=lambda name: -self.rows["S_all", name]["share"])

    @property
    def contrast(self) -> dict[str, Any]:
        return self.results.primary

    @property
    def declared(self) -> bool:
        """Whether the study has a list of its own, beyond which other mechanisms may be at work."""
        return self.about["declared"]

    @property
    def word(self) -> str:
        """The verdict with everything on."""
        return self.rows["S_all", ALL]["word_alone"]

    @property
    def hangs_on(self) -> dict[str, str]:
        """Mechanisms without which the verdict is another one -> which."""
        without = {name: self.rows["S_all", name]["word_without"] for name in self.mechanisms}
        return {name: word for name, word in without.items() if word != self.word}

    @property
    def seeds(self) -> int:
        """Societies behind every share."""
        return self.rows["S_all", ALL]["seeds"]

    def share(self, measure: str, mechanism: str) -> Interval:
        row = self.rows[measure, mechanism]
        return Interval(*(math.nan if row[key] is None else row[key] for key in ("share", "low95", "high95")))

    def margin(self, measure: str) -> float:
        return self.results.study["margins"][MEASURED[measure].margin]


def read(folder: Path) -> Split:
    """InputError: a broken table. Lacking: the folder has no such table."""
    if not tables.path(folder, "why").is_file():
        raise Lacking(f"why.csv is not there; run `{again(folder, 'why')}` first")
    frame = tables.read_whole(tables.path(folder, "why"), "why")
    if other := differs(folder, frame):
        raise Lacking(f"why.csv is of {' and '.join(other)}; run `{again(folder, 'why', frame['command'].to_list()[0])}` again")
    results = Results(folder / FOLDER)
    day = int(frame["horizon"].to_list()[-1])
    rows = frame.filter(pl.col("horizon") == day).rows(named=True)
    by_leg = {(row["measure"], row["mechanism"]): row for row in rows}
    return Split(folder, by_leg, results, json_files.read(folder / FOLDER, ABOUT), day)


def figure(split: Split, words: Words) -> Figure:
    """Lacking: no mechanism moves anything, and a figure of it would be a grid of zeros."""
    if all(abs(split.share(measure, name).mean) < NOTHING for measure in SHOWN for name in (*split.mechanisms, ALL)):
        raise Lacking("no mechanism moves a measure by 0.1 %: a figure of it would be a grid of zeros")
    page = style.Page()
    page.title(words.sentence(title(split, words)))
    sentences.whose(page, words, split.results.group)
    page.paragraph(verdict(split, words), after=0.06)
    page.paragraph(key(split, words), color=style.QUIET, after=0.14)
    panels(page, split, words)
    sentences.meanings(page, words, (split.word, *split.hangs_on.values()))
    for remark in remarks(split, words):
        page.paragraph(remark, color=style.QUIET, after=0.04)
    page.top += 0.04
    made, results = tables.provenance(split.folder, "why"), split.results
    if made:
        results.study["scenario"] = made.hash  # of the study asked about, not of its coalitions
    if (split.folder / "study.json").is_file():  # and so with its seal
        whole = Results(split.folder)
        results.study["seal"], results.seal = whole.study.get("seal"), whole.seal
    made_again = sentences.again(words, made.command) if made else []
    page.source(sentences.source(results, words, split.day, extra=tuple(made_again)))
    return page.finish()


# What it says


def title(split: Split, words: Words) -> str:
    """What adds most to a leg and what takes most from it: of support, if anything moves it by more than the margin."""
    greatest = {measure: max(abs(split.share(measure, name).mean) for name in split.mechanisms) for measure in SHOWN}
    beyond = {
        measure: max(size, abs(split.share(measure, ALL).mean)) / split.margin(measure) for measure, size in greatest.items()
    }
    leg = "S_all" if beyond["S_all"] > 1 else max(beyond, key=lambda measure: beyond[measure])
    ends = [abs(end) for name in split.mechanisms for end in split.share(leg, name)[1:]]
    within = not any(end > split.margin(leg) for end in ends)  # of one seed there are none
    if not beyond[leg] > 1 and within:
        return words("why-nothing", most=words.percent(max(greatest.values())))
    clear = [
        (split.share(leg, name).mean, name)
        for name in split.mechanisms
        if abs(split.share(leg, name).mean) > SLIGHT * greatest[leg] and is_clear(split.share(leg, name))
    ]
    if not clear:
        return words("why-unclear", leg=words.of("why-leg", leg), seeds=words.societies(split.seeds))
    (most, adds), (least, takes) = max(clear), min(clear)
    of_leg = {"leg": words.of("why-leg", leg)}
    clauses = []
    if most > 0:
        clauses.append(words("why-adds", number=number(adds), what=noun(words, adds), much=words.percent(most), **of_leg))
    if least < 0:
        named = {"number": number(takes), "what": noun(words, takes), "much": words.percent(-least)}
        clauses.append(words("why-takes-too", **named) if clauses else words("why-takes", **named, **of_leg))
    return ", ".join(clauses)


def is_clear(share: Interval) -> bool:
    """Does the interval leave out 0? One seed has none, and its share is taken as it is."""
    return not share.low <= 0 <= share.high


def number(mechanism: str) -> str:
    return "many" if mechanism in MANY else "one"


def noun(words: Words, mechanism: str) -> str:
    """A mechanism as part of a sentence."""
    return words.of("why-noun", mechanism) if words.has("why-noun", mechanism) else words("quoted", text=mechanism)


def label(split: Split, words: Words, mechanism: str) -> str:
    """A mechanism, or a row beside those of mechanisms, as the name of a row."""
    name = "left" if mechanism == REST and split.declared else mechanism
    return words.of("why-label", name) if words.has("why-label", name) else words("quoted", text=mechanism)


def verdict(split: Split, words: Words) -> str:
    """The contrast, point, horizon and word that are split; then the word without each mechanism."""
    point = words.point_in_full(split.about["point"])
    where = words("why-at", point=point) if point else ""
    contrast = words.sentence(sentences.heading(split.results, words, split.contrast), where)
    parts = [words("verdict", year=words.horizon(split.day), word=words.of("word", split.word))]
    for word in dict.fromkeys(split.hangs_on.values()):
        phrases = [words("why-without", what=noun(words, name)) for name, changed in split.hangs_on.items() if changed == word]
        parts.append(words("why-word", without=words.either(phrases), word=words.of("word", word)))
    if not split.hangs_on:
        parts.append(words("why-same-word"))
    return f"{contrast}. {words('semicolon').join(parts)}."


def key(split: Split, words: Words) -> str:
    return words("why-key", all=2 ** len(split.mechanisms), margin=words.percent(split.margin("S_all")))


def remarks(split: Split, words: Words) -> list[str]:
    """The meaning of the last row before the total, and the mechanisms that do not act here."""
    texts = sentences.village(words, split.folder, split.results.study["people"])
    texts += [] if split.declared else [words("why-rest")]
    if split.about["left_out"]:
        texts.append(words("why-left-out", some=words.listed([noun(words, name) for name in split.about["left_out"]])))
    return texts


def summary(folder: Path, lang: str) -> tuple[Sequence[str], list[list[str]], list[str]]:
    """The table of a split for the eye: header, rows, and sentences below."""
    words, split = Words(lang), read(folder)
    measures = list(dict.fromkeys(measure for measure, _ in split.rows))
    decimals = shown_decimals(split)
    header = [
        words("why-mechanism"),
        *(words.of("measure", measure) if measure in [leg.measure for leg in LEGS] else measure for measure in measures),
        words("why-word-without"),
        words("why-word-alone"),
    ]
    rows = []
    for name in (*split.mechanisms, REST, ALL):
        shares = [(measure, split.share(measure, name)) for measure in measures]
        numbers = [
            typeset(amount(words, share, 100, decimals) + " %", lang) if measure in SHOWN else amount(words, share, 1)
            for measure, share in shares
        ]
        verdicts = [words.of("word", word) if word else "" for word in two_words(split, name)]
        rows.append([label(split, words, name), *numbers, *verdicts])
    group = split.results.group
    whose = [] if group == ALL else [words("whose", group=words.group(group))]
    return header, rows, [verdict(split, words), *whose, *remarks(split, words)]


def two_words(split: Split, name: str) -> tuple[str | None, str | None]:
    """The verdict without a mechanism, and with it alone. The rest and the total have their own verdict only."""
    row = split.rows["S_all", ALL if name == REST else name]
    if name == REST:
        return None, row["word_without"]
    return None if name == ALL else row["word_without"], row["word_alone"]


def amount(words: Words, share: Interval, factor: float, decimals: int | None = None) -> str:
    """A share with its sign and half the width of its interval."""
    mean, half = factor * share.mean, factor * share.half
    nothing = not math.isfinite(mean) or not (mean if decimals is None else round(mean, decimals))
    sign = "" if nothing else "−" if mean < 0 else "+"
    return sign + words.plus_minus(abs(mean), half, decimals=decimals)


# What it shows


def panels(page: style.Page, split: Split, words: Words) -> None:
    """A panel per leg side by side. A row per mechanism, then the rest and the total."""
    names = [*split.mechanisms, REST, ALL]
    verdicts = {name: split.rows["S_all", name]["word_without"] for name in split.mechanisms}
    verdicts |= {REST: split.rows["S_all", ALL]["word_without"], ALL: split.word}
    texts = {name: words.brief(word) for name, word in verdicts.items()}
    head = words("why-head")
    room = max(style.measure(text)[0] for text in (*texts.values(), *head.split("\n"))) + 0.08
    free = style.WIDTH - 2 * style.MARGIN - LABEL - room
    width, height = free / len(SHOWN) - GAP, ROW * len(names)
    lefts = [style.MARGIN + LABEL + k * (width + GAP) for k in range(len(SHOWN))]
    right = style.WIDTH - style.MARGIN
    heads = [words.of("measure", measure) for measure in SHOWN]
    tops = [page.heading(text, left, width) for text, left in zip(heads, lefts)]
    page.top += max(*tops, page.write(head, right, ha="right", color=style.QUIET)) + 0.05
    decimals = shown_decimals(split)
    axes = [page.axes(left, width, height) for left in lefts]
    for panel, leg in zip(axes, SHOWN):
        bars(panel, split, words, leg, names, decimals)
    same_limits(axes, split, words)
    for row, name in enumerate(names):
        middle = page.top + ROW * (row + 0.5)
        bold = "bold" if name == ALL else "normal"
        lines = page.wrap(label(split, words, name), LABEL - 0.06).count("\n") + 1
        top = middle - lines * style.leading(style.SMALL) / 2
        page.write(label(split, words, name), top=top, width=LABEL - 0.06, fontweight=bold)
        changed = name == ALL or verdicts[name] != split.word
        look: style.Look = style.verdict(verdicts[name]).backed if changed else {"color": style.QUIET}
        page.write(texts[name], right, middle - style.leading(style.SMALL) / 2, ha="right", **look)
    page.top += height + 0.24
    axis = words("change-axis", control=split.results.held_against(split.contrast))
    page.write(axis, (lefts[0] + lefts[-1] + width) / 2, ha="center")
    page.top += 0.26


def shown_decimals(split: Split) -> int:
    """Decimals of the numbers: one, or two where all are small."""
    most = max(100 * abs(split.share(leg, name).mean) for leg in SHOWN for name in (*split.mechanisms, ALL))
    return 1 if not 0 < most < 1 else min(2, 1 - math.floor(math.log10(most)))


def bars(axes: Axes, split: Split, words: Words, leg: str, names: Sequence[str], decimals: int) -> None:
    """One leg: bars in the upper half of the rows, their numbers in the lower."""
    margin = 100 * split.margin(leg)
    style.rows(axes, [""] * len(names))
    axes.barh(np.arange(len(names)) - BAR, 2 * margin, 0.44, -margin, color=style.PALE, zorder=0)
    axes.vlines(np.zeros(len(names)), np.arange(len(names)) - BAR - 0.22, np.arange(len(names)) - BAR + 0.22,
                color=style.QUIET, linewidth=0.6, zorder=1)  # fmt: skip
    axes.axhline(names.index(ALL) - 0.5, color=style.QUIET, linewidth=0.6, zorder=1)
    for row, name in enumerate(names):
        share = split.share(leg, name).times(100)
        color = style.QUIET if name == ALL else style.BLUE if share.mean > 0 else style.VERMILLION
        axes.barh(row - BAR, share.mean, 0.32, color=color, zorder=2)
        style.whisker(axes, share.low, share.high, row - BAR, zorder=3)
        if name == ALL:
            axes.plot(share.mean, row - BAR, "D", color=style.INK, markersize=3.5, zorder=4, clip_on=False)
        axes.annotate(
            amount(words, split.share(leg, name), 100, decimals), (0.5, row + 0.24), xycoords=axes.get_yaxis_transform(),
            ha="center", va="center_baseline", color=style.INK, fontweight="bold" if name == ALL else "normal",
            annotation_clip=False,
        )  # fmt: skip


def same_limits(axes: Sequence[Axes], split: Split, words: Words) -> None:
    """One scale for all legs, that shows at least the margins."""
    margin = 100 * max(split.margin(leg) for leg in SHOWN)
    ends = [end for panel in axes for end in panel.get_xlim()]
    low, high = min(*ends, -1.3 * margin), max(*ends, 1.3 * margin)
    for panel in axes:
        panel.set_xlim(low, high)
        panel.locator_params(axis="x", nbins=3)
        panel.xaxis.set_major_formatter(words.ticks)


ENTRY = Entry(figure, "why", read)
