"""The report of a study: one page with its question, its finding, its figures and its tables, to read, to print and to hand in.

The page needs nothing else: no network, no other file. What it says is what the figures say.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from sim.errors import InputError, Problem
from sim.figures import press, sentences, style
from sim.figures.cases import Found
from sim.figures.drawing import draw, refuse_unknown
from sim.figures.gallery import combinations, region, ties, verdict, why
from sim.figures.results import Interval, Lacking, Results, swept
from sim.figures.words import Words
from sim.files import must_take_files
from sim.page import template
from sim.page.export import KINDS, in_full
from sim.page.pictures import pictures
from sim.page.publishing import SMALL
from sim.study.judging.legs import SUPPORT
from sim.study.records import json_files, tables
from sim.study.records.command_again import again
from sim.study.records.provenance import Provenance, relative
from sim.study.records.result_folder import ResultFolder
from sim.study.records.workbook import spreadsheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BESIDE = ("precision", "region", "why", "indices", "ranges", "split", "effects")  # tables that figures show besides the verdict
LIST = "list"  # a design that names its combinations, the first with the values of the files
HEAVIEST = 400_000  # bytes of a table that travels inside of the page
SIGNS = {"--": "much-minus", "-": "minus", "0": "none", "+": "plus", "++": "much-plus"}


class Verdict(NamedTuple):
    """A contrast, its word with how that is shown, what the word means, and what it rests on."""

    contrast: str
    word: str
    look: style.Verdict
    meaning: str
    details: list[str]


class Known(NamedTuple):
    """How well some numbers are known, and their dotted names with their values."""

    how: str
    numbers: list[str]


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
        "fixed": [*fixed(results, words), *sentences.explained(results, words)],
        "assumed": [*sentences.assumed(words, k, n), *sentences.contents(words, study), *hinges(results, words)],
        "numbers": numbers(results, words),
        "attached": list(attached(results.folder, words)),
        "version": study["version"],
        "hash": study["scenario"],
        "commands": remade(results, words.lang),
    }


def remade(results: Results, lang: str) -> list[str]:
    """The commands that make what the page shows: those that its tables name, then that of the page.

    A command whose options are not known is left out, and so is one with a path that leads out of the current folder.
    """
    folder = results.folder
    of_folder = made_by(folder, lang).command.split(" && ")
    if len(of_folder) == 1:  # the study was changed in Python, or lies elsewhere: no command sweeps it again
        place = relative(folder, Path.cwd())
        of_folder = [again(place, "compare"), f"{again(place, 'report')} --lang {lang}"] if place else []
    named = []
    for name in BESIDE:
        made = tables.provenance(folder, name) if tables.path(folder, name).is_file() else None
        named += made.command.split(" && ") if made and made.command else []
    return list(dict.fromkeys([*of_folder[:-1], *named, *of_folder[-1:]]))


def made_by(folder: Path, lang: str) -> Provenance:
    """What the page is from: the verdict and all that figures of it show."""
    return ResultFolder(folder).provenance("figure", ("compare",), ("report", "--lang", lang))


def finding(results: Results, words: Words) -> Iterator[str]:
    """What came out, in one sentence, and how far it holds, in another."""
    contrast, day, point = results.primary, results.days[-1], results.reference["point"]
    found = {word for _, word in results.words(contrast["name"], day)}
    state = found.pop() if len(found) == 1 else "mixed"
    start = found_out(results, words, state)
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
    elif results.study["design"]["kind"] in KINDS:
        yield words.tally(results.words(contrast["name"], day)) or same(results, words, state)
    else:
        yield words("report-no-region", command=again(results.folder, "region"))


def found_out(results: Results, words: Words, state: str) -> str:
    """What came out, as the press figures say it. state : the word of the primary contrast, or that there are several"""
    if results.study["design"]["kind"] == LIST:
        return combinations.title(Found(results), words)
    return words.sentence(ties.setting(results, words), words.of("ties-title", state))


def same(results: Results, words: Words, word: str) -> str:
    """That all combinations have one word."""
    return words("report-sampled-same", n=len(results.points), word=words.of("word", word))


def judged(results: Results, words: Words, contrast: dict[str, Any]) -> Verdict:
    row = verdict.at_the_end(results, contrast)
    word = row["verdict"]
    meaning = words.of("means", word) if word in style.VERDICTS else ""
    details = [sentences.why(words, row["reasons"]), *sentences.conditions(results, words, contrast)]
    own = f"{results.study['name']}-{contrast['name']}"
    about = words.of("contrast", own) if words.has("contrast", own) else sentences.about(results, words, contrast)
    name = words.sentence(about) + words.at(results.reference)
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
    if len(results.points) > 1 and study["design"]["kind"] in (LIST, *KINDS):
        which = "first" if study["design"]["kind"] == LIST else "middle"
        yield words.of("report-point", which, point=words.point_in_full(results.reference))
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


def numbers(results: Results, words: Words) -> list[Known]:
    """The numbers behind the primary contrast with the values that they have in its arm, by how well they are known."""
    found: dict[str, list[str]] = {}
    for driver in json_files.drivers_of(results.study, results.primary["name"]):
        value = value_of(results, driver["name"])
        text = "" if value is None else f" = {region.value(words, value)}"
        found.setdefault(driver["status"], []).append(f"`{driver['name']}`{text}")
    order = sorted(found, key=lambda status: -len(found[status]))
    return [Known(words.of("known", status), found[status]) for status in order]


def value_of(results: Results, name: str) -> float | None:
    """The value of a number in the arm and at the point that the page reports. None: study.json has it not, as for profiles."""
    known = [driver["name"] for driver in results.study["drivers"]]
    varied = (value for own, value in results.reference.items() if in_full(own, known) == name)
    values = results.study["values"].get(results.primary["arm"], {})
    kind, _, rest = name.partition(".")
    own = name if name in values else f"{kind}.{rest.partition('.')[2]}"  # those of a platform are not named after its file
    value = next(varied, values.get(own))
    return float(value) if isinstance(value, int | float) else None


# --- what it shows ----------------------------------------------------------------------------------------------------


def shown(folder: Path, lang: str) -> dict[str, Any]:
    """The figures of a folder: press figures, each at both cuts, and the long ones."""
    with TemporaryDirectory() as place:
        drawn, letters = pictures(draw(folder, lang, ("svg",), place))
    phone = press.PHONE.end
    pairs = [(each, drawn[name + phone]) for name, each in drawn.items() if name + phone in drawn]
    names = {each.name for pair in pairs for each in pair}
    order = json_files.read(folder, json_files.STUDY)["figures"]
    pairs.sort(key=lambda pair: order.index(pair[0].name) if pair[0].name in order else len(order))
    long = [each for name, each in drawn.items() if name not in names]
    return {"press": pairs, "long": long, "letters": letters, "made": made_by(folder, lang)}


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
