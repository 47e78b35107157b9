"""The report of a study: its question, its finding, its figures and its tables, as a page of Markdown or of HTML.

The page of Markdown is published and has links to the figures and tables beside it. That of HTML is made of it, and needs
nothing else: no network, no other file. What they say is what the figures say.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, TypeVar

from markupsafe import escape

from sim.errors import InputError, Problem
from sim.figures import cross, press, sentences, style
from sim.figures.cases import Found
from sim.figures.drawing import draw, refuse_unknown
from sim.figures.gallery import combinations, culture, region, sensitivity, ties, verdict, why
from sim.figures.results import Interval, Lacking, Results
from sim.figures.words import Words
from sim.files import must_take_files
from sim.page import one_file, template
from sim.page.export import KINDS, in_full
from sim.page.published import SMALL, in_other_languages, report_in, title_of
from sim.study.judging import region_table
from sim.study.judging.legs import SUPPORT
from sim.study.records import json_files, tables
from sim.study.records.command_again import again, is_published
from sim.study.records.provenance import Provenance, relative
from sim.study.records.result_folder import ResultFolder

T = TypeVar("T")
BESIDE = ("precision", "region", "why", "indices", "ranges", "split", "effects")  # tables that figures show besides the verdict
LIST = "list"  # a design that names its combinations, the first with the values of the files
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


class Linked(NamedTuple):
    """A figure or a table: the name of its file, and what it says, or what a row of it is."""

    file: str
    says: str


def report(folder: str | os.PathLike, lang: str = "en", out: str | os.PathLike | None = None) -> Path:
    """Write the report of a study as one page that needs nothing else, `report.<lang>.html`; returns the file.

    folder : a result folder, or the folder of a published study: then what is published goes into the page
    lang : "en" or "fr"; out : where it goes, the folder itself by default
    InputError: another language, nothing swept, compared or published there, a broken table, or files that are not as they were
    published.
    """
    refuse_unknown(lang, ["svg"])
    folder, place = Path(folder), Path(out or folder)
    if folder.is_dir():
        must_take_files(place)
    if is_published(folder):
        about, text = report_in(folder, lang)
        page = one_file.page(text, about, lang, folder, folder)
    else:
        json_files.read(folder, json_files.STUDY)  # says what is not there
        with TemporaryDirectory() as drawn:
            text = written(folder, lang, draw(folder, lang, ("svg",), drawn), small_tables(folder))
            page = one_file.page(text, f"unbirthday {escape(made_by(folder, lang))}", lang, Path(drawn), folder)
    file = place / f"report.{lang}.html"
    with tables.atomically(file) as temporary:
        temporary.write_text(page, encoding="utf-8")
    return file


def written(
    folder: Path, lang: str, figures: Sequence[Path], small: Sequence[Path], played: str = "", publishing: bool = False
) -> str:
    """The report of a result folder as Markdown, with links to figures and tables as if they were beside it.

    figures : of this language, in both cuts; small : the tables that it lists, of this folder or as they are published
    played : the page to play with that it links to, if there is one
    publishing : whether the commands that make it again end with those that publish
    InputError: nothing was swept or compared there, or a table is broken.
    """
    words = Words(lang)
    regions_in = next((file.parent for file in small if file.stem == "region"), folder)
    listed = [Linked(file.name, words.of("report-table", file.stem)) for file in small]
    try:
        results = Results(folder, regions_in)
        values = said(results, words) | shown(results, figures) | {"commands": remade(results, lang, publishing)}
        return template.page("report.md", words=words, others=in_other_languages(words), tables=listed, played=played, **values)
    except Lacking as lacking:
        raise InputError([Problem(str(folder), "", str(lacking), "a folder that was swept and compared")]) from None


def small_tables(folder: Path) -> list[Path]:
    return [file for name in SMALL if (file := tables.path(folder, name)).is_file()]


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
        "version": study["version"],
        "hash": study["scenario"],
    }


def remade(results: Results, lang: str, publishing: bool) -> list[str]:
    """The commands that make what the page shows: those that its tables name, then that of the page, or those that publish.

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
    last = of_folder[-1:]
    if publishing and of_folder:
        last = [shlex.join(["sim", verb, relative(folder, Path.cwd())]) for verb in ("draw", "publish")]
    return list(dict.fromkeys([*of_folder[:-1], *named, *last]))


def made_by(folder: Path, lang: str) -> Provenance:
    """What the page is from: the verdict and all that figures of it show."""
    return ResultFolder(folder).provenance("figure", ("compare",), ("report", "--lang", lang))


def finding(results: Results, words: Words) -> Iterator[str]:
    """What came out, in one sentence, and how far it holds, in another. First what was found of all cells of a cross, or of all
    numbers that were varied."""
    yield from of_cells(results, words)
    yield from of_indices(results, words)
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
    word = results.verdict(contrast["name"], point, day)["verdict"]
    if known := of_region(results, lambda: region.line(results, words, contrast["name"], word)):
        rest = f"{words.mark(';')} ".join(known)
        yield f"{words.sentence(words.of('word', word))}{words.mark(':')} {rest}."
    elif results.study["design"]["kind"] in KINDS:
        yield words.tally(results.words(contrast["name"], day)) or same(results, words, state)
    else:
        yield words("report-no-region", command=again(results.folder, "region"))


def of_region(results: Results, say: Callable[[], T]) -> T | None:
    """What is to be said of a region; None where one of its tables is not there or is of another study."""
    try:
        whole = all(tables.path(results.regions_in, name).is_file() for name in region_table.NAMES)
        return say() if whole else None
    except Lacking:
        return None


def of_cells(results: Results, words: Words) -> Iterator[str]:
    """What `sim profiles` found in the cells of a cross, and how many have each word. Nothing for other studies."""
    try:
        found = cross.read(results.folder)
    except Lacking:
        return
    yield f"{words.sentence(culture.title(found, words))}."
    yield words("cells-counted", all=len(found.words), words=words.counted([str(row["word"]) for row in found.words.values()]))


def of_indices(results: Results, words: Words) -> Iterator[str]:
    """Which of the numbers that were varied matter, if `sim sensitivity` looked."""
    try:
        reading = sensitivity.read(results)
    except Lacking:
        return
    yield f"{words.sentence(sensitivity.title(results, words, reading))}."


def found_out(results: Results, words: Words, state: str) -> str:
    """What came out, as the press figures say it. state : the word of the primary contrast, or that there are several"""
    if results.study["design"]["kind"] == LIST:
        return combinations.title(Found(results), words)
    if sentences.cell(results, words, results.primary):
        return verdict.title(results, words, results.primary)
    return words.sentence(ties.setting(results, words), words.of("ties-title", state))


def same(results: Results, words: Words, word: str) -> str:
    """That all combinations have one word."""
    return words("report-sampled-same", n=len(results.points), word=words.of("word", word))


def judged(results: Results, words: Words, contrast: dict[str, Any]) -> Verdict:
    row = verdict.at_the_end(results, contrast)
    word = row["verdict"]
    meaning = words.of("means", word) if word in style.VERDICTS else ""
    details = [sentences.why(words, row["reasons"]), *sentences.conditions(results, words, contrast)]
    name = words.sentence(sentences.heading(results, words, contrast)) + words.at(results.reference)
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
    if flip := of_region(results, lambda: region.nearest(results, words, results.primary["name"])):
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


def shown(results: Results, files: Sequence[Path]) -> dict[str, list[Linked]]:
    """Figures: those for the press in the study's order, and the long ones. The narrow cut of a figure is not named."""
    stems = {file.name.split(".")[0] for file in files}
    wide = [file for file in files if not file.name.split(".")[0].endswith(press.PHONE.end)]
    order = results.study["figures"]
    wide.sort(key=lambda file: order.index(name) if (name := file.name.split(".")[0]) in order else len(order))
    found: dict[str, list[Linked]] = {"press": [], "long": []}
    for file in wide:
        kind = "press" if file.name.split(".")[0] + press.PHONE.end in stems else "long"
        found[kind].append(Linked(file.name, title_of(file)))
    return found
