"""A page to play with, made from a finished sweep of a sampled design: one file that needs no installation and no network.

Sliders choose among what was simulated. An emulator fills between, and says how far it errs. A verdict stands only at a point
that was simulated: the page names the nearest one.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sim.errors import InputError, Problem
from sim.figures import sentences, style
from sim.figures.drawing import refuse_unknown
from sim.figures.gallery.ties import LEGS
from sim.figures.results import Interval, Lacking, Results, swept
from sim.figures.words import Words
from sim.files import must_take_files
from sim.page import template
from sim.page.emulator import fitted
from sim.scenario.shown import Shown
from sim.study.records import json_files, tables
from sim.study.records.provenance import usual_folder
from sim.study.records.result_folder import ResultFolder

DIGITS = 6  # significant digits of the numbers that travel in the page
KINDS = ("latin", "sobol", "morris")
OF_VERDICT = {leg.measure for leg in LEGS}


def export(study: str | os.PathLike, lang: str = "en", out: str | os.PathLike | None = None) -> Path:
    """Write the page of a study as `play.<lang>.html`; returns the file.

    study : the file of a study with a sampled design that was swept at its default size, or the result folder of a sweep
    lang : "en" or "fr"; out : where it goes, the result folder by default
    InputError: another language or design, too few points, nothing swept or compared there, or a broken table.
    """
    refuse_unknown(lang, ["svg"])
    given, words = Path(study), Words(lang)
    folder = usual_folder(given.stem, "default") if given.suffix == ".toml" else given
    place = Path(out or folder)
    json_files.read(folder, json_files.STUDY)  # says what is not there
    must_take_files(place)
    results = swept(folder)
    try:
        data = simulated(results, words)
    except Lacking as lacking:
        raise InputError([Problem(str(folder), "", str(lacking), "a folder that was swept and compared")]) from None
    about = results.study
    k, n = json_files.assumed(about, results.primary["name"])
    page = template.page(
        "play.html", words=words, lang=lang, data=data, study=about["name"],
        question=words.sentence(about["question_fr" if lang == "fr" else "question"]), people=about["people"],
        seeds=words.societies(results.everybody["seed"].n_unique()), year=words.horizon(results.days[-1]),
        compared=words.sentence(sentences.about(results, words, results.primary)),
        points=len(data["points"]), version=about["version"], hash=about["scenario"], k=k, n=n,
        made=ResultFolder(folder).provenance("figure", ("compare",), ("export", "--lang", lang)),
    )  # fmt: skip
    file = place / f"play.{lang}.html"
    with tables.atomically(file) as temporary:
        temporary.write_text(page, encoding="utf-8")
    return file


def simulated(results: Results, words: Words) -> dict[str, Any]:
    """All that the page knows: the names that vary, the points with their effects and verdicts, the emulators, and texts."""
    design, contrast, day = results.study["design"], results.primary, results.days[-1]
    where = str(results.folder)
    if design["kind"] not in KINDS:
        expected = f"a sampled design: {', '.join(KINDS)}"
        raise InputError([Problem(where, "design", f"a {design['kind']} design", expected)])
    names = axes(results, words)
    rows = [row for row in shown(results, words) if effect(results, results.points[0], row.measure) is not None]
    kept = [point for point in results.points if all(effect(results, point, row.measure) is not None for row in rows)]
    places = np.array([[share(axis, point[axis["name"]]) for axis in names] for point in kept])
    effects = {row.measure: [effect(results, point, row.measure) for point in kept] for row in rows}
    emulators = {
        measure: fitted(places, [change.mean for change in changes if change is not None], where)
        for measure, changes in effects.items()
    }
    verdicts = [results.verdict(contrast["name"], point["point"], day)["verdict"] for point in kept]
    return {
        "axes": names,
        "charted": next((k for k, row in enumerate(rows) if row.measure not in OF_VERDICT), 0),
        "points": [list(map(rounded, place)) for place in places.tolist()],
        "numbers": [point["point"] for point in kept],
        "verdicts": verdicts,
        "legs": [
            {
                "measure": row.measure,
                "name": row.name,
                "margin": rounded(row.margin),
                "effects": [list(map(rounded, change)) for change in effects[row.measure] if change is not None],
                "emulator": {
                    key: [rounded(value, 12) for value in part] if isinstance(part, list) else rounded(part)
                    for key, part in emulators[row.measure]._asdict().items()
                },
                "fit": words("play-fit", error=words.number(emulators[row.measure].error),
                             explained=words.percent(max(emulators[row.measure].explained, 0))),
            }
            for row in rows
        ],
        "words": looks(words, set(verdicts) - set(style.VERDICTS)),
        "texts": {
            "here": words("play-here"), "near": words("play-near"), "colon": words.mark(":"),
            "decimal": "," if words.lang == "fr" else ".", "percent": words.percent(0).replace("0", ""),
        },
    }  # fmt: skip


class Row(NamedTuple):
    """A measure of the page: its name, and in % the margin within which a change is none; 0 for a measure without one."""

    measure: str
    name: str
    margin: float


def shown(results: Results, words: Words) -> list[Row]:
    """The measures of the page: those of the verdict, the one that the study expects something of, and those that it counts."""
    margins, expected = results.study["margins"], (results.primary["expect"] or {}).get("measure", "")
    rows = [Row(leg.measure, words.of("ties-row", leg.measure), 100 * margins[leg.margin]) for leg in LEGS]
    for measure in dict.fromkeys((expected, *Shown.model_validate(results.study.get("shown", {})).counted)):
        if measure and measure not in OF_VERDICT:
            rows.append(Row(measure, words.of("measure", measure) if words.has("measure", measure) else measure, 0.0))
    return rows


def looks(words: Words, without: Iterable[str] = ()) -> dict[str, dict[str, str]]:
    """How each word of a verdict is shown, and what it means. without : what may stand in place of a word"""
    shown = {
        word: {"text": words.brief(word), "means": words.of("means", word), "fill": look.fill, "ink": look.ink}
        for word, look in style.VERDICTS.items()
    }
    return shown | {word: {"text": words.of("word", word), "means": "", "fill": "white", "ink": style.INK} for word in without}


def axes(results: Results, words: Words) -> list[dict[str, Any]]:
    """What varies: name, label, range, scale, the value of the files and how well it is known."""
    design, declared = results.study["design"], results.study.get("declared", {})
    known = {driver["name"]: driver["status"] for driver in results.study["drivers"]}
    found = []
    for name, ends, scale in zip(design["names"], design["ranges"], design["scales"]):
        low, high = ends or sorted({point[name] for point in results.points})[:: len(results.points) - 1]
        full = in_full(name, known)
        base = declared.get(name, {}).get("value", math.sqrt(low * high) if scale == "log" else (low + high) / 2)
        status = known.get(full, "")
        found.append({
            "name": name, "label": words.sentence(words.parameter(name)), "low": low, "high": high, "scale": scale or "linear",
            "base": min(max(base, low), high), "known": words.of("known", status) if words.has("known", status) else status,
        })  # fmt: skip
    return found


def in_full(name: str, known: Iterable[str]) -> str:
    """The full name of a number that varies, which says whose it is; itself if it is not known. known : full names"""
    sort, _, end = name.partition(".") if name.startswith(("platform.", "profile.")) else ("", "", name)
    return next((full for full in known if full == name or (full.startswith(sort) and full.endswith(f".{end}"))), name)


def share(axis: dict[str, Any], value: float) -> float:
    """A value as a share of the range of its axis, on its scale."""
    low, high = axis["low"], axis["high"]
    if axis["scale"] == "log":
        return math.log(value / low) / math.log(high / low)
    return (value - low) / (high - low)


def effect(results: Results, point: dict[str, Any], measure: str) -> Interval | None:
    """Arm minus control in % of the control; None where it is not known."""
    cell = results.cell(results.primary["name"], point["point"], results.days[-1], measure)
    if not cell or not cell["control"]:
        return None
    change = Interval(cell["difference"], cell["low95"], cell["high95"]).times(100 / abs(cell["control"]))
    return change if all(map(math.isfinite, change)) else None


def rounded(value: float, digits: int = DIGITS) -> float:
    return float(f"{value:.{digits}g}")
