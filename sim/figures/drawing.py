"""The figures of a result folder. Tables in, files out: nothing is run and nothing compared again."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path

import matplotlib.style
from matplotlib.figure import Figure

from sim.errors import InputError, Note, Problem, escaped, nearest
from sim.figures import pair, readable, registry, style
from sim.figures.registry import Entry
from sim.figures.results import Lacking, Results, swept
from sim.figures.words import Words
from sim.files import must_take_files
from sim.scenario import figure_names
from sim.study.records import json_files, provenance, tables
from sim.study.records.columns import TABLES
from sim.study.records.provenance import Provenance
from sim.study.records.result_folder import ResultFolder, figure_digest
from sim.text import LANGUAGES

UNDATED: dict[str, dict[str, str | None]] = {  # metadata that would make two files of the same tables differ
    "svg": {"Date": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None},
}
ABOUT = {"svg": "Description", "png": "Description", "pdf": "Subject"}  # where a figure says what it is from


class Unlettered(Note):
    """Letters that no font of this machine has are drawn as boxes; says which."""


class LeftOut(Note):
    """A figure was not drawn; says why."""


def draw(
    folder: str | os.PathLike,
    lang: str = "en",
    formats: Sequence[str] = ("svg",),
    out: str | os.PathLike | None = None,
    only: Sequence[str] | None = None,
    all: bool = False,
    profile: str | None = None,
) -> list[Path]:
    """Draw figures of a result folder, or of one that `sim tie` made, as `<figure>.<lang>.<format>`; returns the files.

    lang : "en" or "fr"
    formats : some of "svg", "png", "pdf"
    out : where the files go; the result folder itself by default
    only : names of figures; by default those that the study names, and those of tables that a command made
    all : try every figure that there is
    profile : draw the values and verdicts of this group of people: a profile or a label. Their files are named
        `<figure>-<profile>`. A Note names figures that are always of all people, or of the group of their contrast
    A figure that is asked for, and that the folder has no tables for, is left out with a warning (LeftOut).
    Raises InputError for another figure, language, format or group, a broken table, or if nothing can be drawn.
    """
    refuse_unknown(lang, formats)
    words = Words(lang)
    folder, place = Path(folder), Path(out or folder)
    read = cache(lambda reader, *group: reader(folder, *group))
    files, reasons, of_all = [], [], []
    chosen = figure_names.names() if all else asked_for(folder, read) if only is None else only
    registry.refuse_unknown(chosen)
    if folder.is_dir():
        must_take_files(place)
    of_sweep = cache(partial(origin_of_sweep, folder))
    with matplotlib.style.context(["default", style.RC]), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")  # of libraries: who draws can do nothing about them, except about a missing letter
        for name in sorted(set(chosen)):
            entry = registry.find(name)
            try:
                of_group = (profile,) if profile is not None and entry.by_group else ()
                figures = entry.draw(read(entry.read, *of_group), words)
            except Lacking as lacking:
                reasons.append(f"{name}: left out, {lacking}")
                continue
            of_all += [name] if profile is not None and not of_group else []
            made = origin(folder, entry, of_sweep)
            options = [part for group in of_group for part in ("--profile", group)]
            for title, figure in (figures if isinstance(figures, Mapping) else {name: figures}).items():
                for suffix in dict.fromkeys(formats):
                    source = provenance.drawn(made, folder, place, "--lang", lang, "--format", suffix, *options)
                    files.append(save(figure, place / f"{'-'.join((title, *of_group))}.{lang}.{suffix}", source))
    if missing := letters_missing(caught):
        warnings.warn(f"no font here has {missing}: drawn as boxes; a font such as Noto has them", Unlettered, stacklevel=2)
    if not files:
        nothing = Problem(str(folder), "", "no figure can be drawn", "")
        raise InputError([nothing, *(Problem("", "", reason, "") for reason in reasons)])
    for reason in reasons:
        warnings.warn(reason, LeftOut, stacklevel=2)
    if of_all:
        warnings.warn(f"{', '.join(of_all)}: not by profile, as without --profile", Note, stacklevel=2)
    return files


def letters_missing(caught: Sequence[warnings.WarningMessage]) -> str:
    """The letters that Matplotlib said it has no font for, in order; "" for none. caught : all warnings of a drawing"""
    found = (re.match(r"Glyph (\d+) .*missing from font", str(each.message)) for each in caught)
    return "".join(dict.fromkeys(chr(int(match[1])) for match in found if match))


def asked_for(folder: Path, read: Callable[[Callable[[Path], Results]], Results]) -> list[str]:
    """The figures that the study of a folder names, and those of tables that a command made there. InputError: none."""
    made = [name for name in figure_names.own() if (table := registry.find(name).table) and tables.path(folder, table).is_file()]
    if (folder / json_files.STUDY).is_file():
        return [*read(swept).study.get("figures", figure_names.USUAL), *made]
    if not made:
        json_files.read(folder, json_files.STUDY)  # says what is not there
    return made


def origin(folder: Path, entry: Entry, of_sweep: Callable[[], Provenance]) -> Provenance:
    """Where the tables that a figure of a folder shows are from. of_sweep : where those of a sweep and its comparison are from"""
    if (folder / pair.ABOUT).is_file():
        return pair.origin(folder)
    if entry.table and TABLES[entry.table].maker != "sweep" and (made := tables.provenance(folder, entry.table)):
        sweep = of_sweep().digest if (folder / json_files.STUDY).is_file() else ""
        return made._replace(digest=figure_digest(entry.table, made.digest, sweep))
    return of_sweep()


def origin_of_sweep(folder: Path) -> Provenance:
    return ResultFolder(folder).provenance("figure", ("compare",))


def refuse_unknown(lang: str, formats: Sequence[str]) -> None:
    problems = []
    if lang not in LANGUAGES:
        problems.append(Problem("", "lang", f"unknown language '{lang}'", nearest(lang, LANGUAGES)))
    chosen = [formats] if isinstance(formats, str) else formats
    problems += [
        Problem("", "format", f"unknown format '{kind}'", nearest(kind, UNDATED)) for kind in chosen if kind not in UNDATED
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
    metadata = UNDATED[kind] | {"Creator": escaped(f"unbirthday {made.version}"), ABOUT[kind]: escaped(str(made))}
    with tables.atomically(file) as temporary:
        figure.savefig(temporary, format=kind, metadata=metadata)
        if kind == "svg":
            readable.add_words(temporary, figure, file.stem)
    return file
