"""One file as TOML: what it says, and what a reader is told of a file that is missing or no TOML."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from sim.errors import InputError, Problem, nearest, shortened
from sim.files import read_text


def parsed(file: str) -> dict[str, Any]:
    """The TOML of one file. InputError: it is not there, cannot be read, or is not TOML."""
    return table_of(file, text_of(file, "a TOML file"))


def table_of(file: str, text: str) -> dict[str, Any]:
    """What TOML text says. InputError, naming the file: it is not TOML, with the line where the parser gives one."""
    try:
        return tomllib.loads(text)
    except ValueError as error:
        raise InputError(_not_toml(file, text, str(error))) from None
    except RecursionError:
        raise InputError(Problem(file, "", "tables within tables too deep", "TOML")) from None


def plain(said: Any) -> Any:
    """What Python code says, as TOML would: tables, lists and plain numbers, NumPy's too."""
    if isinstance(said, Mapping):
        return {key: plain(value) for key, value in said.items()}
    if isinstance(said, list | tuple):
        return [plain(value) for value in said]
    if hasattr(said, "tolist"):  # of NumPy
        return said.tolist()
    return os.fspath(said) if isinstance(said, os.PathLike) else said


def known_as(file: str) -> str:
    """One name for one file; of what can be no file, the name it was given."""
    try:
        return os.path.realpath(file)
    except (OSError, ValueError):
        return file


def text_of(file: str, wanted: str) -> str:
    """What a regular file says. InputError: not there, with what there is instead, or not to be read."""
    try:
        return read_text(file, wanted)
    except InputError:
        if os.path.exists(file) or not os.path.basename(file):
            raise
        raise InputError(Problem(file, "", "no such file", files_like(file))) from None


def _not_toml(file: str, text: str, said: str) -> Problem:
    """The parser's complaint with its line, in words of ours where we know what happened."""
    told = re.fullmatch(r"(?s)(.*) \(at (?:line (\d+), column \d+|end of document)\)", said)
    lines = text.splitlines() or [""]
    if not told:  # a number beyond what Python reads: the parser does not say where
        return Problem(file, "", said.split(";")[0], "TOML")
    found, expected = told[1], "TOML"
    line = int(told[2]) if told[2] else len(lines)
    shown = shortened(lines[min(line, len(lines)) - 1].strip())
    if found.startswith("Cannot declare"):
        found, expected = f"{shown} is there twice", "each name once: give one another name"
    elif found.startswith(("Cannot overwrite", "Duplicate", "Cannot mutate")):
        found, expected = f"a key is given twice: {shown}", "each key once"
    elif shown:
        found = f"{found}: {shown}"
    return Problem(file, f"line {line}", found, expected)


def files_like(file: str) -> str:
    """What there is in the folder instead, the nearest first."""
    folder, name = os.path.split(file)
    try:
        names = [entry.name for entry in os.scandir(folder or ".") if entry.is_file()]
    except OSError:
        return f"a file; there is no folder {folder}"
    like = [other for other in names if os.path.splitext(other)[1] == os.path.splitext(name)[1]]
    return nearest(name, like) if like else f"a file; {folder or '.'} has none like it"
