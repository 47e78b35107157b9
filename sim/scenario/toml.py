"""One file as TOML, and the messages for a file that is missing or is not TOML."""

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
    """The table of TOML text. InputError, naming the file and, if the parser gives it, the line: it is not TOML."""
    try:
        return tomllib.loads(text)
    except ValueError as error:
        raise InputError(_not_toml(file, text, str(error))) from None
    except RecursionError:
        raise InputError(Problem(file, "", "tables within tables too deep", "TOML")) from None


def plain(value: Any) -> Any:
    """A value of Python as TOML would give it: tables, lists, text and plain numbers. NumPy's numbers and arrays can be used."""
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if hasattr(value, "tolist"):  # of NumPy
        return value.tolist()
    return os.fspath(value) if isinstance(value, os.PathLike) else value


def known_as(file: str) -> str:
    """The same name for the same file, however it was given. A name that no file can have stays as it is."""
    try:
        return os.path.realpath(file)
    except (OSError, ValueError):
        return file


def text_of(file: str, wanted: str) -> str:
    """The text of a regular file. InputError: it is missing, with files that are there; or it cannot be read."""
    try:
        return read_text(file, wanted)
    except InputError:
        if os.path.exists(file) or not os.path.basename(file):
            raise
        raise InputError(Problem(file, "", "no such file", files_like(file))) from None


def _not_toml(file: str, text: str, message: str) -> Problem:
    """The parser's message as a problem with its line. Common mistakes are put in plainer words."""
    parts = re.fullmatch(r"(?s)(.*) \(at (?:line (\d+), column \d+|end of document)\)", message)
    lines = text.splitlines() or [""]
    if not parts:  # a number beyond what Python reads: the parser does not say where
        return Problem(file, "", message.split(";")[0], "TOML")
    given, expected = parts[1], "TOML"
    line = int(parts[2]) if parts[2] else len(lines)
    shown = shortened(lines[min(line, len(lines)) - 1].strip())
    if given.startswith("Cannot declare"):
        given, expected = f"{shown} is there twice", "each name once: give one another name"
    elif given.startswith(("Cannot overwrite", "Duplicate", "Cannot mutate")):
        given, expected = f"a key is given twice: {shown}", "each key once"
    elif shown:
        given = f"{given}: {shown}"
    return Problem(file, f"line {line}", given, expected)


def files_like(file: str) -> str:
    """The files of the same ending in the folder, for a message, with the nearest name."""
    folder, name = os.path.split(file)
    try:
        names = [entry.name for entry in os.scandir(folder or ".") if entry.is_file()]
    except OSError:
        return f"a file; there is no folder {folder}"
    like = [other for other in names if os.path.splitext(other)[1] == os.path.splitext(name)[1]]
    return nearest(name, like) if like else f"a file; {folder or '.'} has none like it"
