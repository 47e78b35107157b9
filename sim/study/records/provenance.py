"""Where a table or a figure is from: its study, what shaped the runs, the version, the seeds, and how it is made again.

Text alone, without times or machines: two tables of the same runs say the same. A command is given in the current folder, where
the study lies in it, and else in the study's own; its paths are relative to that folder. Where a path leads out of it, or the
study was changed in Python, there is no command: it would not make the same again.
"""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sim.errors import InputError, Problem
from sim.files import MOST_OF_A_GRAPH, read_text
from sim.scenario.reading import load
from sim.scenario.study import Study


class Provenance(NamedTuple):
    """What a table or a figure says of itself; "" where it is not known."""

    study: str
    hash: str  # digest of every value that shaped the study's runs
    version: str
    seeds: str  # such as "1-20"
    command: str  # that makes it again
    digest: str = ""  # of all that it was made from

    def __str__(self) -> str:
        return "; ".join(f"{name} {value}" for name, value in self._asdict().items() if value).replace("\n", " ")


# --- paths --------------------------------------------------------------------------------------------------------------


def base_of(file: str | os.PathLike) -> Path:
    """The folder in which commands of a study are given."""
    here = Path.cwd()
    return here if relative(file, here) else Path(os.path.abspath(file)).parent


def relative(path: str | os.PathLike, base: Path) -> str:
    """A path as it is seen from a folder that holds it; "" if that does not hold it, or the way there names the user."""
    way = Path(os.path.relpath(path, base))
    return "" if ".." in way.parts or Path.home().name in way.parts else way.as_posix()


def beside(file: str | os.PathLike, folder: str | os.PathLike) -> str:
    """The way from a result folder to its study's file; "" if it leads over the root or names the user."""
    ends = [os.path.realpath(file), os.path.realpath(folder)]
    if os.path.commonpath(ends) == os.path.abspath(os.sep):
        return ""
    way = Path(os.path.relpath(*ends))
    return "" if Path.home().name in way.parts else way.as_posix()


# --- commands -----------------------------------------------------------------------------------------------------------


def command(verb: str, file: str, **options: Any) -> str:
    """A command line of `sim` for a study's file; "" if a path of it leads out of the folder that it is given in.

    options : those that are None are left out; a tuple has its values side by side, a list the option again for each; paths are
        of type Path
    """
    base = base_of(file)
    words = ["sim", verb, relative(file, base)]
    for name, given in options.items():
        for value in given if isinstance(given, list) else [] if given is None else [given]:
            values = value if isinstance(value, tuple) else (value,)
            words += [f"--{name}", *(relative(each, base) if isinstance(each, Path) else str(each) for each in values)]
    return shlex.join(words) if all(words) else ""


def again(study: Study, verb: str, sized: str = "default", **options: Any) -> str:
    """The command that does the same with a study's file; "" for one that the file does not say at that size, as it was changed
    in Python."""
    return command(verb, study.file, **options) if is_of_its_file(study, sized) else ""


def is_of_its_file(study: Study, size: str = "default") -> bool:
    """Whether a study is what its file says, at a size."""
    if study.points_last:
        return False
    try:
        return load(study.file).at(size) == study.at(size)
    except InputError:
        return False


def usual_folder(name: str, last: str) -> Path:
    """Where results go unless somebody says otherwise. last : the size of a study, run or tie"""
    return Path("results", name, ".work", last)


def result_folder(study: Study, last: str, folder: str | os.PathLike | None) -> Path:
    """The folder that somebody names, else the usual one of a study. last : as of `usual_folder`"""
    return usual_folder(study.name, last) if folder is None else Path(folder)


def elsewhere(study: Study, last: str, folder: Path) -> Path | None:
    """A result folder as an option of a command; None for the usual one. last : the name of the usual one, such as its size"""
    usual = base_of(study.file) / usual_folder(study.name, last)
    return None if os.path.abspath(folder) == str(usual) else folder


def result_options(study: Study, size: str, folder: Path) -> dict[str, Any]:
    """Size and result folder as options of a command, where they are not the usual ones."""
    return {"size": None if size == "default" else size, "out": elsewhere(study, size, folder)}


def asked(study: Study, size: str, folder: Path) -> dict[str, Any]:
    """What study.json says of how its runs were asked for.

    file : the study's, as the command has it; beside : its file seen from the result folder
    as_run : whether the study lies beside the tables, in AS_RUN, because no file says it
    """
    base = base_of(study.file)
    line = again(study, "sweep", size, **result_options(study, size, folder))
    return {
        "file": relative(study.file, base) or Path(study.file).name,
        "beside": beside(study.file, folder),
        "folder": relative(folder, base),
        "size": size,
        "command": line,
        "as_run": not is_of_its_file(study, size),
    }


def of(about: Mapping[str, Any], seeds: Iterable[int], *then: Sequence[str], digest: str = "") -> Provenance:
    """Where something made from a result folder is from.

    about : study.json; seeds : of the runs it rests on
    then : what else made it, after the runs: a verb of `sim` and its options, each for the folder that a sweep writes to
    """
    version, scenario = (about.get(key, "") for key in ("version", "scenario"))
    made = Provenance(about["name"], scenario, version, spans(seeds), about.get("command", ""), digest)
    return and_then(made, *then)


def and_then(made: Provenance, *then: Sequence[str]) -> Provenance:
    """The same, after further verbs of `sim` on the folder that its command writes to."""
    if not made.command:
        return made
    after = [shlex.join(["sim", verb, folder_of(made), *options]) for verb, *options in then]
    return made._replace(command=" && ".join([made.command, *after]))


def folder_of(made: Provenance) -> str:
    """The result folder that a command writes to."""
    words = shlex.split(made.command.split(" && ")[0])
    last = words[1] if words[1] in ("run", "tie") else words[words.index("--size") + 1] if "--size" in words else "default"
    return words[words.index("--out") + 1] if "--out" in words else usual_folder(made.study, last).as_posix()


def drawn(made: Provenance, folder: Path, out: Path, *options: str) -> Provenance:
    """Where a figure of a folder is from, given where its tables are from.

    out : where the figure goes; that must be said where it is not the folder itself
    """
    if os.path.abspath(out) == os.path.abspath(folder):
        return and_then(made, ("draw", *options))
    here = made.command and os.path.abspath(folder_of(made)) == os.path.abspath(folder)
    way = relative(out, Path.cwd()) if here else ""
    return and_then(made, ("draw", *options, "--out", way)) if way else made._replace(command="")


def spans(seeds: Iterable[int]) -> str:
    """Seeds in order, neighbours as a span: "1-3, 7"."""
    ends: list[list[int]] = []
    for seed in sorted(set(seeds)):
        if ends and seed == ends[-1][1] + 1:
            ends[-1][1] = seed
        else:
            ends.append([seed, seed])
    return ", ".join(f"{first}-{last}" if last > first else str(first) for first, last in ends)


# --- the study again ----------------------------------------------------------------------------------------------------

AS_RUN = "as-run.json"
"""Beside the tables: a study that no file says."""


def as_run(study: Study, file: str) -> dict[str, Any]:
    """A study in plain values, for AS_RUN; its file by the name that others may read."""
    return {"study": study.model_copy(update={"file": file}).model_dump(mode="json", exclude_unset=True)}


def study_of(about: Mapping[str, Any], folder: str | os.PathLike) -> Study:
    """The study of a result folder, from its file or from what lies beside the tables. InputError: neither is there, or damaged.

    about : study.json
    """
    places = [os.path.relpath(Path(os.path.abspath(folder), about["beside"]).resolve())] if about["beside"] else []
    file = next((place for place in (*places, about["file"]) if Path(place).is_file()), None)
    if about["as_run"]:
        return _stored(Path(folder, AS_RUN), file or about["file"])
    if file is None:
        expected = "that file: give the command in the folder in which the sweep was started"
        raise InputError(Problem(str(Path(folder, "study.json")), "file", f"no file {about['file']} from here", expected))
    return load(file)


def _stored(place: Path, file: str) -> Study:
    text = read_text(place, "the study as it was run, which `sim.sweep` writes beside its tables", MOST_OF_A_GRAPH)
    try:
        return Study.model_validate_json(json.dumps(json.loads(text)["study"])).model_copy(update={"file": file})
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        found = f"damaged: {str(error).splitlines()[0]}"
        raise InputError(Problem(str(place), "", found, "a study as `sim.sweep` keeps it; sweep it again")) from None
