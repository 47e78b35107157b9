"""All figures of a result folder. Tables in, files out: nothing is run and nothing compared again."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path

import matplotlib.style
from matplotlib.figure import Figure

from sim.errors import InputError, Note, Problem, escaped, nearest
from sim.figures import (
    birthdays,
    displacement,
    greetings,
    letters,
    life,
    precision,
    region,
    sensitivity,
    society,
    style,
    telling,
    tie,
    verdict,
    why,
)
from sim.figures.results import Lacking, Results, of_regions
from sim.figures.words import LANGUAGES, Words
from sim.files import must_take_files
from sim.study.records import provenance, tables
from sim.study.records.provenance import Provenance
from sim.study.records.result_folder import Swept, of_figure

FIGURES: dict[str, Callable[[Results, Words], Figure]] = {
    "birthdays": birthdays.figure,
    "displacement": displacement.figure,
    "greetings": greetings.figure,
    "letters": letters.figure,
    "precision": precision.figure,
    "region": region.figure,
    "sensitivity": sensitivity.figure,
    "society": society.figure,
    "telling": telling.figure,
    "verdict": verdict.figure,
}
OWN = {"precision": "precision", "region": "region", "sensitivity": "indices", "why": "why"}  # figures of one table, made apart
UNDATED: dict[str, dict[str, str | None]] = {  # metadata that would make two files of the same tables differ
    "svg": {"Date": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None},
}
ABOUT = {"svg": "Description", "png": "Description", "pdf": "Subject"}  # where a figure says what it is from


class LeftOut(Note):
    """A figure was not drawn; says why."""


def draw(
    folder: str | os.PathLike,
    lang: str = "en",
    formats: Sequence[str] = ("svg",),
    out: str | os.PathLike | None = None,
    only: Sequence[str] | None = None,
) -> list[Path]:
    """Draw the figures of a result folder, or of one that `sim tie` made, as `<figure>.<lang>.<format>`; returns the files.

    lang : "en" or "fr"
    formats : some of "svg", "png", "pdf"
    out : where the files go; the result folder itself by default
    only : names of some figures; all by default
    A figure that the folder has no tables for is left out with a warning (LeftOut).
    Raises InputError for another language or format, a broken table, or if nothing can be drawn.
    """
    refuse_unknown(lang, formats)
    words = Words(lang)
    place = Path(out or folder)
    files, reasons = [], []
    if Path(folder).is_dir():
        must_take_files(place)
    of_sweep = cache(partial(origin_of_sweep, Path(folder)))
    with matplotlib.style.context(["default", style.RC]), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of libraries: who draws can do nothing about them
        for name, make in figures_of(Path(folder)).items():
            if only is not None and name not in only:
                continue
            try:
                figure = make(words)
            except Lacking as lacking:
                reasons.append(f"{name}: left out, {lacking}")
                continue
            made = origin(Path(folder), name, of_sweep)
            for suffix in dict.fromkeys(formats):
                said = provenance.drawn(made, Path(folder), place, "--lang", lang, "--format", suffix)
                files.append(save(figure, place / f"{name}.{lang}.{suffix}", said))
    if not files:
        nothing = Problem(str(folder), "", "no figure can be drawn", "")
        raise InputError([nothing, *(Problem("", "", reason, "") for reason in reasons)])
    for reason in reasons:
        warnings.warn(reason, LeftOut, stacklevel=2)
    return files


def figures_of(folder: Path) -> dict[str, Callable[[Words], Figure]]:
    """What the tables of a folder can be drawn as, by name."""
    if (folder / life.ABOUT).is_file():
        return {tie.name(each): partial(tie.figure, each) for each in life.lives(folder)}
    of_mechanisms: dict[str, Callable[[Words], Figure]] = {"why": partial(why.figure, folder)}
    if not (folder / "study.json").is_file():
        regions = of_regions(folder)
        apart = of_mechanisms | ({"region": partial(region.figure, regions)} if regions else {})
        if made := {name: make for name, make in apart.items() if tables.path(folder, OWN[name]).is_file()}:
            return made  # `sim why` or `sim region` was here, and no sweep
    results = Results(folder)
    return {name: partial(make, results) for name, make in FIGURES.items()} | of_mechanisms


def origin(folder: Path, name: str, of_sweep: Callable[[], Provenance]) -> Provenance:
    """Where the tables that a figure of a folder shows are from. of_sweep : where those of a sweep and its comparison are from"""
    if (folder / life.ABOUT).is_file():
        return life.origin(folder)
    if name in OWN and (made := tables.provenance(folder, OWN[name])):
        sweep = of_sweep().digest if (folder / "study.json").is_file() else ""
        return made._replace(digest=of_figure(OWN[name], made.digest, sweep))
    return of_sweep()


def origin_of_sweep(folder: Path) -> Provenance:
    return Swept(folder).provenance("figure", ("compare",))


def refuse_unknown(lang: str, formats: Sequence[str]) -> None:
    problems = []
    if lang not in LANGUAGES:
        problems.append(Problem("", "lang", f"unknown language '{lang}'", nearest(lang, LANGUAGES)))
    chosen = [formats] if isinstance(formats, str) else formats
    problems += [
        Problem("", "format", f"unknown format '{each}'", nearest(each, UNDATED)) for each in chosen if each not in UNDATED
    ]
    if isinstance(formats, str) and not problems:
        problems.append(Problem("", "format", f"the text '{formats}'", f"a sequence of formats: ('{formats}',)"))
    if not chosen:
        problems.append(Problem("", "format", "no format", nearest("", UNDATED)))
    if problems:
        raise InputError(problems)


def save(figure: Figure, file: Path, made: Provenance) -> Path:
    """Write a figure; what it is from goes into the metadata, where its format has room for it."""
    kind = file.suffix[1:]
    said = UNDATED[kind] | {"Creator": escaped(f"unbirthday {made.version}"), ABOUT[kind]: escaped(str(made))}
    with tables.atomically(file) as temporary:
        figure.savefig(temporary, format=kind, metadata=said)
    return file
