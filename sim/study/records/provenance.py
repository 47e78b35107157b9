"""Provenance of a table or a figure: its study, the digest of the scenario, the version, the seeds, and the command to repeat it.

Provenance is text without times and machines, so two tables of the same runs have the same. A command is to be given in the
current folder if the study is in it, and else in the folder of the study. Its paths are relative to that folder. There is no
command if a path leads out of that folder, or if the study was changed in Python: no command would then repeat the result.
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
    """Where a table or a figure comes from. "" where a field is unknown."""

    study: str
    hash: str  # digest of every value that shaped the study's runs
    version: str
    seeds: str  # such as "1-20"
    command: str  # makes the table or figure again
    digest: str = ""  # of everything it was made from

    def __str__(self) -> str:
        return "; ".join(f"{name} {value}" for name, value in self._asdict().items() if value).replace("\n", " ")


# --- paths --------------------------------------------------------------------------------------------------------------


def base_of(file: str | os.PathLike) -> Path:
    """The folder in which the commands of a study are to be given."""
    current = Path.cwd()
    return current if relative(file, current) else Path(os.path.abspath(file)).parent


def relative(path: str | os.PathLike, base: Path) -> str:
    """A path relative to a folder. "" if the folder does not hold it, or if the path names the user."""
    shown = Path(os.path.relpath(path, base))
    return "" if ".." in shown.parts or Path.home().name in shown.parts else shown.as_posix()


def beside(file: str | os.PathLike, folder: str | os.PathLike) -> str:
    """The relative path from a result folder to the study's file. "" if it leads over the root or names the user."""
    ends = [os.path.realpath(file), os.path.realpath(folder)]
    if os.path.commonpath(ends) == os.path.abspath(os.sep):
        return ""
    shown = Path(os.path.relpath(*ends))
    return "" if Path.home().name in shown.parts else shown.as_posix()


# --- commands -----------------------------------------------------------------------------------------------------------


def command(verb: str, file: str, **options: Any) -> str:
    """A command line of `sim` for a study's file. "" if a path in it leads out of the folder that the command is given in.

    options : name -> value. None leaves the option out. A tuple gives its values side by side. A list repeats the option. Paths
        are of type Path.
    """
    base = base_of(file)
    words = ["sim", verb, relative(file, base)]
    for name, option in options.items():
        for value in option if isinstance(option, list) else [] if option is None else [option]:
            values = value if isinstance(value, tuple) else (value,)
            words += [f"--{name}", *(relative(part, base) if isinstance(part, Path) else str(part) for part in values)]
    return shlex.join(words) if all(words) else ""


def again(study: Study, verb: str, sized: str = "default", **options: Any) -> str:
    """The command that repeats a verb for a study. "" if the study is not what its file says at this size."""
    return command(verb, study.file, **options) if is_of_its_file(study, sized) else ""


def is_of_its_file(study: Study, size: str = "default") -> bool:
    """Whether a study is what its file says at a size. False: it was changed in Python."""
    if study.points_last:
        return False
    try:
        return load(study.file).at(size) == study.at(size)
    except InputError:
        return False


def usual_folder(name: str, last: str) -> Path:
    """The folder of results if none is named. last : the size of a study, or run, or tie"""
    return Path("results", name, ".work", last)


def result_folder(study: Study, last: str, folder: str | os.PathLike | None) -> Path:
    """The named folder, or the usual one of a study if none is named. last : as for `usual_folder`"""
    return usual_folder(study.name, last) if folder is None else Path(folder)


def elsewhere(study: Study, last: str, folder: Path) -> Path | None:
    """The value of the option --out for a result folder. None for the usual folder. last : as for `usual_folder`"""
    usual = base_of(study.file) / usual_folder(study.name, last)
    return None if os.path.abspath(folder) == str(usual) else folder


def result_options(study: Study, size: str, folder: Path) -> dict[str, Any]:
    """The options --size and --out of a command, None where the usual value is meant."""
    return {"size": None if size == "default" else size, "out": elsewhere(study, size, folder)}


def invocation(study: Study, size: str, folder: Path) -> dict[str, Any]:
    """The entries of study.json that say how its runs were started.

    file : path of the study's file, as in the command; beside : the same path relative to the result folder
    as_run : whether the study is kept beside the tables in AS_RUN, because it is not what a file says
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


def of(about: Mapping[str, Any], seeds: Iterable[int], *commands: Sequence[str], digest: str = "") -> Provenance:
    """The provenance of something made from a result folder.

    about : study.json; seeds : seeds of the runs it was made from
    commands : the commands after the sweep, each a verb of `sim` and its options; they are applied to the folder of the sweep
    """
    version, scenario = (about.get(key, "") for key in ("version", "scenario"))
    made = Provenance(about["name"], scenario, version, spans(seeds), about.get("command", ""), digest)
    return and_then(made, *commands)


def and_then(made: Provenance, *commands: Sequence[str]) -> Provenance:
    """The provenance with further commands after its own, applied to the folder that its command writes to."""
    if not made.command:
        return made
    lines = [shlex.join(["sim", verb, folder_of(made), *options]) for verb, *options in commands]
    return made._replace(command=" && ".join([made.command, *lines]))


def folder_of(made: Provenance) -> str:
    """The result folder that a command writes to."""
    words = shlex.split(made.command.split(" && ")[0])
    if "--csv" in words:
        return os.path.dirname(words[words.index("--csv") + 1]) or "."
    last = words[1] if words[1] in ("run", "tie") else words[words.index("--size") + 1] if "--size" in words else "default"
    return words[words.index("--out") + 1] if "--out" in words else usual_folder(made.study, last).as_posix()


def drawn(made: Provenance, folder: Path, out: Path, *options: str) -> Provenance:
    """The provenance of a figure of a folder. made : the provenance of its tables

    out : the folder of the figure; the command names it if it is not the result folder
    """
    if os.path.abspath(out) == os.path.abspath(folder):
        return and_then(made, ("draw", *options))
    is_same = made.command and os.path.abspath(folder_of(made)) == os.path.abspath(folder)
    target = relative(out, Path.cwd()) if is_same else ""
    return and_then(made, ("draw", *options, "--out", target)) if target else made._replace(command="")


def spans(seeds: Iterable[int]) -> str:
    """Seeds in order, consecutive ones as a span: "1-3, 7"."""
    ends: list[list[int]] = []
    for seed in sorted(set(seeds)):
        if ends and seed == ends[-1][1] + 1:
            ends[-1][1] = seed
        else:
            ends.append([seed, seed])
    return ", ".join(f"{first}-{last}" if last > first else str(first) for first, last in ends)


# --- reading the study --------------------------------------------------------------------------------------------------

AS_RUN = "as-run.json"
"""The file beside the tables that keeps a study that was changed in Python."""


def as_run(study: Study, file: str) -> dict[str, Any]:
    """The content of AS_RUN: a study in plain values. file : path of the study's file, without the user's name"""
    return {"study": study.model_copy(update={"file": file}).model_dump(mode="json", exclude_unset=True)}


def study_of(about: Mapping[str, Any], folder: str | os.PathLike) -> Study:
    """The study of a result folder, read from its file or from AS_RUN. about : study.json

    InputError: the file is absent or damaged.
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
        given = f"damaged: {str(error).splitlines()[0]}"
        raise InputError(Problem(str(place), "", given, "a study as `sim.sweep` keeps it; sweep it again")) from None
