"""A cross in words: the tables of `sim profiles`, titles and sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from sim.figures import own_table, sentences
from sim.figures.own_table import OwnTable, Row
from sim.figures.words import Words
from sim.study.judging import naming
from sim.study.judging.cultures import EQUAL, FILES, PARTS, PLAIN, RANGES
from sim.study.judging.legs import SUPPORT
from sim.study.judging.naming import CHANCE, FLIPS, NAMED, NOT_DRAWN, Finding, Leading
from sim.study.judging.reasons import parsed
from sim.study.records import tables
from sim.study.records.command_again import again

MINUTES = (EQUAL, "minutes-only")  # how the names of ways end in which minutes are set
MOST_WAYS = 3  # compared where minutes are not equalised


@dataclass(frozen=True)
class Found(OwnTable):
    """effects.csv and parts.csv of a folder, at the last horizon.

    cells : (profile, platform, way, measure) -> row; parts : (measure, way, draw, part) -> row
    """

    NAME = "effects"
    of_parts: pl.DataFrame

    @cached_property
    def cells(self) -> dict[tuple[str, str, str, str], Row]:
        return {(row["profile"], row["platform"], row["way"], row["measure"]): row for row in self.table.iter_rows(named=True)}

    @cached_property
    def parts(self) -> dict[tuple[str, str, str, str], Row]:
        return {(row["measure"], row["way"], row["draw"], row["part"]): row for row in self.of_parts.iter_rows(named=True)}

    @cached_property
    def ways(self) -> list[str]:
        return self.table["way"].unique(maintain_order=True).to_list()

    @cached_property
    def main_ways(self) -> list[str]:
        """Those that are compared: as measured and with equal minutes; where the cross has not these, its first ones."""
        return [PLAIN, EQUAL] if {PLAIN, EQUAL} <= set(self.ways) else self.ways[:MOST_WAYS]

    @cached_property
    def asked_ways(self) -> list[str]:
        """The first ways in which something else than minutes differs. Their names say whether minutes do."""
        others = [way for way in self.ways if way != PLAIN and not way.endswith(MINUTES)]
        return others[: MOST_WAYS - 1] if PLAIN in self.ways else []

    @cached_property
    def first(self) -> Row:
        """A row of the primary cell; of the first one if that was not measured."""
        rows = self.table.filter(pl.col("primary"))
        return (rows if rows.height else self.table).row(0, named=True)

    @property
    def day(self) -> int:
        return int(self.first["horizon"])

    @property
    def reference(self) -> str:
        return str(self.first["reference"])

    @cached_property
    def words(self) -> dict[tuple[str, str], Row]:
        """(profile, platform) -> a row of the cell as measured, with its verdict."""
        rows = self.table.filter(way=PLAIN).unique(["profile", "platform"], keep="first", maintain_order=True)
        return {(row["profile"], row["platform"]): row for row in rows.iter_rows(named=True)}

    @cached_property
    def findings(self) -> dict[tuple[str, str], Finding]:
        """(profile, platform) -> what is found of its support, beside that of the reference. Without the reference itself."""
        pairs = ((profile, platform) for platform in self.platforms for profile in self.profiles)
        found = {pair: naming.of_culture(self.table, *pair, SUPPORT.measure, self.day) for pair in pairs}
        return {pair: finding for pair, finding in found.items() if finding is not None}

    def named(self, platform: str) -> list[tuple[str, int]]:
        """(profile, sign) of those whose support a title may name on a platform, the farthest from the reference first."""
        there = [(name, finding) for (name, where), finding in self.findings.items() if where == platform]
        signs = [(name, finding.sign) for name, finding in there if finding.state == NAMED]
        return sorted(signs, key=lambda pair: -abs(self.cells[pair[0], platform, PLAIN, SUPPORT.measure]["difference"]))

    def shares(self, measure: str, way: str, draw: str) -> dict[str, Row]:
        """Part -> its row; none if there are no parts of this way."""
        rows = {part: self.parts.get((measure, way, draw, part)) for part in PARTS}
        return {part: row for part, row in rows.items() if row is not None}

    @cached_property
    def leading(self) -> Leading | None:
        """What the differences of support go with. None: they have no parts."""
        return naming.leading(self.of_parts, SUPPORT.measure, self.day, self.main_ways)


def is_noise(rows: dict[str, Row]) -> bool:
    return not any(row["share"] for row in rows.values())


def read(folder: Path) -> Found:
    """InputError: a broken table. Lacking: the folder has no such table."""
    effects = own_table.read(folder, "effects", again(folder, "profiles"))
    there = tables.path(folder, "parts").is_file()
    parts = tables.read(folder, "parts") if there else pl.DataFrame(schema=dict(tables.SCHEMAS["parts"]))
    last = effects["horizon"][0]
    same = pl.col("ranges_horizon") == last  # effects of runs of another length do not belong beside these
    ends = (pl.when(same).then(name).alias(name) for name in ("low_ranges", "high_ranges"))
    return Found(folder, effects.with_columns(*ends), parts.filter(horizon=last))


# --- in words -----------------------------------------------------------------------------------------------------------


def title(found: Found, words: Words) -> str:
    """What the differences go with, as far as files and draws show it."""
    leading = found.leading
    if leading is None:
        return words("cultures-title-plain", profiles=len(found.profiles), platforms=len(found.platforms))
    if leading.state == CHANCE:
        return words.of("cultures-title", "noise" if leading.why else "open", n=leading.seeds)
    if leading.state == FLIPS:
        return words("cultures-title-flips")
    text = words.of("cultures-title", leading.part)
    return words.of("cultures-title-not", leading.why, title=text) if leading.state == NOT_DRAWN else text


def how(found: Found, words: Words) -> str:
    """How to read the panels; only what is drawn in them."""
    parts = [words("cultures-how", year=words.horizon(found.day))]
    with_draws = found.table.filter(pl.col("draws") > 0)
    if with_draws.height:
        row = with_draws.row(0, named=True)
        runs = {"draws": row["draws"], "people": row["ranges_people"], "years": words.horizon(row["ranges_horizon"])}
        same = row["ranges_horizon"] == found.day
        parts.append(words("cultures-how-ranges", **runs) if same else words("cultures-how-signs", **runs))
    return " ".join(parts)


def remarks(found: Found, words: Words) -> list[str]:
    """What hinges on what, in sentences for the terminal. The figure draws the parts."""
    return [*of_words(found, words), *of_names(found, words), *of_parts(found, words), words("cultures-presets")]


def of_words(found: Found, words: Words) -> Iterator[str]:
    """How many cells are undecided, and how many have no word and why."""
    rows = list(found.words.values())
    yield words("cultures-undecided", n=sum(row["word"] == sentences.UNDECIDED for row in rows), all=len(rows))
    without = [row for row in rows if row["word"] in sentences.WITHOUT_WORD]
    if without:
        codes = dict.fromkeys(reason.code for row in without for reason in parsed(row["reasons"] or ""))
        known = [words.of("cultures-without", code) for code in codes if words.has("cultures-without", code)]
        yield words("cultures-no-word", n=len(without), why=words.listed(known or [words.of("cultures-without", "other")]))


def of_names(found: Found, words: Words) -> Iterator[str]:
    """On which platforms which profiles differ from the reference in support, whatever guessed numbers are; or why none does."""
    clauses = []
    for platform in found.platforms:
        named = found.named(platform)
        for sign in (1, -1):
            names = [words.profile(name) for name, its in named if its == sign]
            if names:
                text = words("cultures-more" if sign > 0 else "cultures-less", names=words.listed(names))
                clauses.append(words("cultures-on", platform=words.platform(platform), text=text))
    reference = words.profile(found.reference)
    if clauses:
        yield words("cultures-names", reference=reference, clauses=words("semicolon").join(clauses))
    elif finding := naming.of_all(found.findings.values()):
        yield words.of("cultures-no-name", finding.case, n=finding.seeds, reference=reference)


def of_parts(found: Found, words: Words) -> Iterator[str]:
    """The parts of support in each way, and within ranges; or why there are none."""
    if not found.parts:
        few = len(found.platforms) < 2 or len(found.profiles) < 2
        yield words("cultures-no-parts-few" if few else "cultures-no-parts")
    for way in found.main_ways:
        for draw in (FILES, RANGES):
            rows = found.shares(SUPPORT.measure, way, draw)
            if not rows:
                continue
            head = words.of("cultures-draw", draw, way=words.way(way))
            if is_noise(rows):
                yield words("cultures-noise", head=head)
                continue
            texts = {part: share_with_ends(words, row) for part, row in rows.items()}
            yield words("cultures-parts", head=head, culture=texts["culture"], platform=texts["platform"], both=texts["both"])


def share_with_ends(words: Words, row: Row) -> str:
    text = words.percent(round(row["share"], 2))
    if row["low"] is None:
        return text
    return words("cultures-ends", share=text, ends=words.span((round(row["low"], 2), round(row["high"], 2))))


def source(found: Found, words: Words) -> list[str]:
    """Where the numbers are from; the last part says how the figure is made again."""
    alike = [words("content-alike")] if found.first["contents_idle"] else []
    return [words("cultures-source", years=words.horizon(found.day), **found.origin(words)), *alike, *found.again(words)]


def summary(folder: Path, lang: str) -> tuple[list[str], list[list[str]], list[str]]:
    """The answer for a terminal: header, rows (a cell each, support) and sentences below."""
    words, found = Words(lang), read(folder)
    header = [
        words("cultures-profile"), words("cultures-platform"), *(words.way(way) for way in found.ways),
        words("cultures-word"), words("cultures-difference", reference=words.profile(found.reference)),
        words("cultures-ranges"), words("cultures-assumed"),
    ]  # fmt: skip
    rows = []
    for platform in found.platforms:
        for profile in found.profiles:
            cell = found.cells.get((profile, platform, PLAIN, SUPPORT.measure))
            if cell is None:
                continue
            by_way = [found.cells.get((profile, platform, way, SUPPORT.measure)) for way in found.ways]
            rows.append([
                profile, platform, *(effect(words, row) for row in by_way), words.of("word", cell["word"]),
                interval(words, cell, "difference", "difference_low95", "difference_high95"),
                interval(words, cell, "low_ranges", "low_ranges", "high_ranges", ends_only=True),
                assumed(words, cell),
            ])  # fmt: skip
    return header, rows, [words("cultures-table", year=words.horizon(found.day)), *remarks(found, words)]


def assumed(words: Words, cell: Row) -> str:
    """How many of the numbers that reach a cell are assumed."""
    return words("cultures-k-of-n", k=cell["assumed"], n=cell["numbers"])


def effect(words: Words, row: Row | None) -> str:
    return "" if row is None else interval(words, row, "effect", "low95", "high95")


def interval(words: Words, row: Row, mean: str, low: str, high: str, ends_only: bool = False) -> str:
    """A share in percent with its interval: "-7.1 % (-9.2 to -5)"; "" where it is not known."""
    if row[mean] is None:
        return ""
    percent = [words.percent(row[key], signed=True) if row[key] is not None else "–" for key in (mean, low, high)]
    ends = words("span", low=percent[1], high=percent[2])
    return ends if ends_only else words("cultures-interval", mean=percent[0], ends=ends)
