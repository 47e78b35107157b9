"""Finds the command that makes a file of a result folder again, with its options if the folder names them."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim import files
from sim.errors import InputError
from sim.study.records import provenance

MOST_OF_A_RECORD = 2**28  # bytes: 100,000 points of 50 names
_ON_A_FOLDER = ("compare", "report", "precision", "sensitivity", "profiles")
_PUBLISHED = "datapackage.json"
_NAMED_IN = {"sweep": "study.json", "region": "region.json", "why": "coalitions.json", "tie": "tie.json"}


def again(folder: str | os.PathLike, verb: str, stored: object = None) -> str:
    """The command line that makes a file of a folder, or makes it again. `sim VERB` alone if no more is known.

    A file in a folder of published files is published again, from the result folder beside it; DIR if that is not there.

    verb : the verb of `sim` that makes the file; stored : the command that the file itself names, if any
    """
    folder = Path(folder)
    if is_published(folder, verb):
        result = result_of(folder)
        return shlex.join(["sim", "publish", str(result) if result.is_dir() else "DIR", "--out", str(folder)])
    if verb in _ON_A_FOLDER:
        return shlex.join(["sim", verb, str(folder)])
    if verb == "sweep":
        verb = _maker_of_runs(folder)
    places = _places(folder, verb)
    about = _read(places[0]) if len(places) == 1 else {}  # several contrasts have a command each
    for command in (stored, about.get("command")):
        if _is_whole(command, verb):
            return str(command)
    known = verb == "sweep" or (verb in ("region", "why") and not places)  # otherwise its options are unknown
    return (known and _by_its_file(folder, verb, _read(folder / _NAMED_IN["sweep"]))) or f"sim {verb}"


def is_published(folder: str | os.PathLike, verb: str = "") -> bool:
    """Whether the files of a folder are copies of `sim publish`, which no command but that one makes again.

    verb : the verb of `sim` that made the file. `sim profiles` reads its own tables where no study is, and would not make them.
    """
    folder = Path(folder)
    return not (folder / _NAMED_IN["sweep"]).is_file() and ((folder / _PUBLISHED).is_file() or verb == "profiles")


def result_of(folder: str | os.PathLike) -> Path:
    """The result folder beside a folder of published files; where it would be if there is none."""
    sweeps = Path(folder).glob(".work/*/study.json")
    found = sorted((file.parent for file in sweeps), key=lambda result: (result.name != "default", result))
    return found[0] if found else Path(folder) / ".work" / "default"


def _maker_of_runs(folder: Path) -> str:
    """The verb that made the runs of a folder: that of a region, of coalitions, of ranges, of a single run, or sweep."""
    if (folder / _NAMED_IN["region"]).is_file():
        return "region"
    if (folder / _NAMED_IN["why"]).is_file():
        return "why"
    name = Path(os.path.abspath(folder)).name
    return name if name in ("run", "split", "ranges") else "sweep"


def _places(folder: Path, verb: str) -> list[Path]:
    """The files that may name the command."""
    name = _NAMED_IN.get(verb, "")
    if name and (folder / name).is_file():
        return [folder / name]
    return sorted(folder.glob(f"region/*/{name}")) if name else []


def _read(place: Path) -> Mapping[str, Any]:
    """The content of a JSON file of any format. Empty if the file cannot be read."""
    try:
        return files.read_json(place, "", MOST_OF_A_RECORD)
    except InputError:
        return {}


def _is_whole(command: object, verb: str) -> bool:
    """Whether a value is exactly one command line of this verb, with at least one argument."""
    try:
        words = shlex.split(command) if isinstance(command, str) else []
    except ValueError:
        return False
    return words[:2] == ["sim", verb] and len(words) > 2 and command == shlex.join(words)


def _by_its_file(folder: Path, verb: str, about: Mapping[str, Any]) -> str:
    """The verb on the study's file, found by study.json or by the name of the folder. "" if there is no such file."""
    if about.get("as_run"):  # changed in Python: no file describes this study
        return ""
    whole = Path(os.path.abspath(folder))
    usual = whole.parent.name == ".work"
    name, size = about.get("name"), about.get("size")
    name = name if isinstance(name, str) else whole.parent.parent.name if usual else ""
    size = size if isinstance(size, str) else whole.name if usual else "default"
    beside, file = about.get("beside"), about.get("file")
    candidates = [os.path.relpath(whole / beside)] if isinstance(beside, str) and beside else []
    candidates += [file] if isinstance(file, str) else []
    candidates += [f"scenarios/{name}.toml"] if name and os.sep not in name else []
    scenario = next((candidate for candidate in candidates if os.path.isfile(candidate)), "")
    if not scenario:
        return ""
    out = None if provenance.base_of(scenario) / provenance.usual_folder(name, size) == whole else folder
    return provenance.command(verb, scenario, size=None if size == "default" else size, out=out)
