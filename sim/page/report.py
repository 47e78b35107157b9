"""The report of a study: one page with its question, its finding, its figures and its tables, to read, to print and to hand in.

The page needs nothing else: no network, no other file. What it says is what the figures say.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from xml.etree import ElementTree

from sim.errors import InputError, Problem
from sim.figures import press, sentences, style
from sim.figures.drawing import draw, refuse_unknown
from sim.figures.gallery import region, ties, verdict, why
from sim.figures.results import Interval, Lacking, Results, swept
from sim.figures.words import Words
from sim.files import must_take_files
from sim.page import template
from sim.study.judging.legs import SUPPORT
from sim.study.judging.publishing import SMALL
from sim.study.records import json_files, tables
from sim.study.records.command_again import again
from sim.study.records.workbook import spreadsheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAVIEST = 400_000  # bytes of a table that travels inside of the page
SIGNS = {"--": "much-minus", "-": "minus", "0": "none", "+": "plus", "++": "much-plus"}
SVG = "{http://www.w3.org/2000/svg}title"


class Picture(NamedTuple):
    """A figure as it stands in the page. title : its own; svg : its code, with its words"""

    name: str
    title: str
    svg: str


class Verdict(NamedTuple):
    """A contrast, its word with how that is shown, what the word means, and what it rests on."""

    contrast: str
    word: str
    look: style.Verdict
    meaning: str
    details: list[str]


class Attached(NamedTuple):
    """A table: what a row of it is, and its content as an address, or its path if it is too heavy."""

    name: str
    row: str
    address: str
    path: str


def report(folder: str | os.PathLike, lang: str = "en", out: str | os.PathLike | None = None) -> Path:
    """Write the report of a result folder as `report.<lang>.html`; returns the file.

    lang : "en" or "fr"; out : where it goes, the result folder by default
    InputError: another language, nothing swept or compared there, or a broken table.
    """
    refuse_unknown(lang, ["svg"])
    folder, place, words = Path(folder), Path(out or folder), Words(lang)
    json_files.read(folder, json_files.STUDY)  # says what is not there
    must_take_files(place)
    results = swept(folder)
    try:
        content = said(results, words) | shown(folder, lang)
    except Lacking as lacking:
        raise InputError([Problem(str(folder), "", str(lacking), "a folder that was swept and compared")]) from None
    file = place / f"report.{lang}.html"
    with tables.atomically(file) as temporary:
        temporary.write_text(template.page("report.html", words=words, lang=lang, **content), encoding="utf-8")
    return file


# --- what it says -----------------------------------------------------------------------------------------------------


def said(results: Results, words: Words) -> dict[str, Any]:
    """The texts of the page, by the names that its template has for them."""
    study = results.study
    k, n = json_files.assumed(study, results.primary["name"])
    return {
        "study": study["name"],
        "question": words.sentence(study["question_fr" if words.lang == "fr" else "question"]),
        "claims": ", ".join(study["claims"]),
        "finding": list(finding(results, words)),
        "verdicts": [judged(results, words, contrast) for contrast in verdict.shown(results)],
        "left_out": len(study["contrasts"]) - len(verdict.shown(results)),
        "fixed": list(fixed(results, words)),
        "assumed": [*sentences.assumed(words, k, n), *sentences.contents(words, study), *hinges(results, words)],
        "attached": list(attached(results.folder, words)),
        "version": study["version"],
        "hash": study["scenario"],
        "commands": [study["command"], *remade(results.folder, words.lang)],
    }


def remade(folder: Path, lang: str) -> Iterator[str]:
    """The commands that make what the page shows from a sweep: those of the tables that are there, then the page."""
    for verb in ("compare", "precision", "region", "why"):
        if verb == "compare" or tables.path(folder, verb).is_file():
            yield again(folder, verb)
    yield f"{again(folder, 'report')} --lang {lang}"


def finding(results: Results, words: Words) -> Iterator[str]:
    """What came out, in one sentence, and how far it holds, in another."""
    contrast, day, point = results.primary, results.days[-1], results.reference["point"]
    found = {word for _, word in results.words(contrast["name"], day)}
    state = found.pop() if len(found) == 1 else "mixed"
    start = words.sentence(ties.setting(results, words), words.of("ties-title", state))
    cell = results.cell(contrast["name"], point, day, SUPPORT.measure)
    if cell and cell["control"]:
        change = Interval(cell["difference"], cell["low95"], cell["high95"]).times(1 / abs(cell["control"]))
        ends = {end: words.percent(value, signed=True) for end, value in change._asdict().items()}
        yield words("report-support", finding=start, year=words.horizon(day), at=words.at(results.reference), **ends)
    else:
        yield f"{start}."
    rows = results.regions_or_none().get(contrast["name"])
    if rows:
        word = results.verdict(contrast["name"], point, day)["verdict"]
        known = f"{words.mark(';')} ".join(region.line(results, words, contrast["name"], word))
        yield f"{words.sentence(words.of('word', word))}{words.mark(':')} {known}."
    else:
        yield words("report-no-region", command=again(results.folder, "region"))


def judged(results: Results, words: Words, contrast: dict[str, Any]) -> Verdict:
    row = verdict.at_the_end(results, contrast)
    word = row["verdict"]
    meaning = words.of("means", word) if word in style.VERDICTS else ""
    details = [sentences.why(words, row["reasons"]), *sentences.conditions(results, words, contrast)]
    name = words.sentence(sentences.about(results, words, contrast)) + words.at(results.reference)
    return Verdict(name, words.brief(word), style.verdict(word), meaning, list(filter(None, details)))


def fixed(results: Results, words: Words) -> Iterator[str]:
    """What was fixed before anything ran."""
    study = results.study
    yield from sentences.fixed(results, words)
    expected = results.primary.get("expect")
    if expected:
        measure = words.of("measure", expected["measure"]) if words.has("measure", expected["measure"]) else expected["measure"]
        signs = {reading: sign(words, expected[reading]) for reading in ("thinning", "transforming")}
        yield words("report-expected", measure=measure, **signs)
    yield words("report-size", seeds=study["seeds_planned"], people=study["people"], years=words.horizon(results.days[-1]))


def sign(words: Words, text: str) -> str:
    """An expected sign, or two of them, in words: "0/-" is "no change or fall"."""
    return words("report-or").join(words.of("report-sign", SIGNS[part]) for part in text.split("/"))


def hinges(results: Results, words: Words) -> Iterator[str]:
    """What the verdict depends on: the nearest change of one parameter, and the mechanisms behind it."""
    name = results.primary["name"]
    if results.regions_or_none().get(name) and (flip := region.nearest(results, words, name)):
        yield flip
    try:
        split = why.read(results.folder)
    except Lacking:
        return
    yield f"{words.sentence(why.title(split, words))}."


# --- what it shows ----------------------------------------------------------------------------------------------------


def shown(folder: Path, lang: str) -> dict[str, Any]:
    """The figures of a folder: press figures, each at both cuts, and the long ones."""
    with TemporaryDirectory() as place:
        pictures = {file.name.split(".")[0]: picture(file) for file in draw(folder, lang, ("svg",), place)}
    phone = press.PHONE.end
    pairs = [(each, pictures[name + phone]) for name, each in pictures.items() if name + phone in pictures]
    names = {each.name for pair in pairs for each in pair}
    order = json_files.read(folder, json_files.STUDY)["figures"]
    pairs.sort(key=lambda pair: order.index(pair[0].name) if pair[0].name in order else len(order))
    return {"press": pairs, "long": [each for name, each in pictures.items() if name not in names]}


def picture(file: Path) -> Picture:
    """A figure as part of a page: without what only a file of its own has, and with names that no other picture has."""
    code = file.read_text(encoding="utf-8")
    name = file.name.split(".")[0]
    title = ElementTree.fromstring(code).findtext(SVG, default=name)
    return Picture(name, title, re.sub("<metadata>.*?</metadata>", "", code[code.index("<svg") :], count=1, flags=re.DOTALL))


def attached(folder: Path, words: Words) -> Iterator[Attached]:
    """The small tables of a folder, inside of the page where they are light; these as one spreadsheet, too."""
    there = {name: tables.path(folder, name) for name in SMALL if tables.path(folder, name).is_file()}
    light = [name for name, file in there.items() if file.stat().st_size <= HEAVIEST]
    if light:
        with TemporaryDirectory() as place:
            book = spreadsheet(folder, Path(place, "tables.xlsx"), light).file
            yield Attached(book.name, words("report-workbook"), inside(book, XLSX), "")
    for name, file in there.items():
        yield Attached(file.name, words.of("report-table", name), inside(file, "text/csv") if name in light else "", str(file))


def inside(file: Path, kind: str) -> str:
    """A file as an address that holds all of it. kind : its media type"""
    return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"
