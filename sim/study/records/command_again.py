"""The command that makes a file of a result folder again: the whole of it, where the folder says it."""

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
_ON_A_FOLDER = ("compare", "precision", "sensitivity")
_SAID_IN = {"sweep": "study.json", "region": "region.json", "why": "coalitions.json", "tie": "tie.json"}


def again(folder: str | os.PathLike, verb: str, said: object = None) -> str:
    """The command line of a verb of `sim` that makes a file of a folder, or makes it again; `sim VERB` alone where more is not
    known.

    said : the command that the file itself says, if it says one
    """
    folder = Path(folder)
    if verb in _ON_A_FOLDER:
        return shlex.join(["sim", verb, str(folder)])
    if verb == "sweep":
        verb = _maker_of_runs(folder)
    places = _places(folder, verb)
    about = _read(places[0]) if len(places) == 1 else {}  # of several contrasts, each has its own
    for command in (said, about.get("command")):
        if _is_whole(command, verb):
            return str(command)
    known = verb == "sweep" or (verb in ("region", "why") and not places)  # else it was run with options that nobody knows
    return (known and _by_its_file(folder, verb, _read(folder / _SAID_IN["sweep"]))) or f"sim {verb}"


def _maker_of_runs(folder: Path) -> str:
    """Runs of a region and of coalitions have a verb of their own, and so has the usual folder of a single run."""
    if (folder / _SAID_IN["region"]).is_file():
        return "region"
    if (folder / _SAID_IN["why"]).is_file():
        return "why"
    return "run" if Path(os.path.abspath(folder)).name == "run" else "sweep"


def _places(folder: Path, verb: str) -> list[Path]:
    """The files that may have the command."""
    name = _SAID_IN.get(verb, "")
    if name and (folder / name).is_file():
        return [folder / name]
    return sorted(folder.glob(f"region/*/{name}")) if name else []


def _read(place: Path) -> Mapping[str, Any]:
    """What a file says, of any format; nothing where there is none."""
    try:
        return files.read_json(place, "", MOST_OF_A_RECORD)
    except InputError:
        return {}


def _is_whole(command: object, verb: str) -> bool:
    """Whether it is one command line of that verb with something after it, and nothing else."""
    try:
        words = shlex.split(command) if isinstance(command, str) else []
    except ValueError:
        return False
    return words[:2] == ["sim", verb] and len(words) > 2 and command == shlex.join(words)


def _by_its_file(folder: Path, verb: str, about: Mapping[str, Any]) -> str:
    """The verb on the study's file, by what study.json or else the name of the folder says; "" where there is no such file."""
    if about.get("as_run"):  # no file says that study
        return ""
    whole = Path(os.path.abspath(folder))
    usual = whole.parent.name == ".work"
    name, size = about.get("name"), about.get("size")
    name = name if isinstance(name, str) else whole.parent.parent.name if usual else ""
    size = size if isinstance(size, str) else whole.name if usual else "default"
    beside, file = about.get("beside"), about.get("file")
    ways = [os.path.relpath(whole / beside)] if isinstance(beside, str) and beside else []
    ways += [file] if isinstance(file, str) else []
    ways += [f"scenarios/{name}.toml"] if name and os.sep not in name else []
    found = next((way for way in ways if os.path.isfile(way)), "")
    if not found:
        return ""
    to = None if provenance.base_of(found) / provenance.usual_folder(name, size) == whole else folder
    return provenance.command(verb, found, size=None if size == "default" else size, out=to)
