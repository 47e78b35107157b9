"""Command lines: options with values that no one would give on purpose."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import typer

from .folders import _whole
from .trials import Trial

VALUES = (
    "", " ", "0", "-1", "1e9", "nan", "inf", "9" * 400, "9223372036854775808", "1_0", "٣", "en,fr", "svg,,png", "../..",
    "/dev/null", "/dev/zero", "/proc/self/environ", "/nowhere/at/all", "a" * 5000, "\x1b[31m", "a\nb", "$HOME", "*", "%s",
    "--", "-h", "study.toml", "results", "tcp://nowhere:1", "http://[", "é\u202e", "true", "None", "wall", "none",
)  # fmt: skip
BASE = {
    "check": ["study.toml"],
    "run": ["study.toml", "--people", "20", "--years", "1"],
    "tie": ["study.toml", "--people", "20", "--years", "1"],
    "why": ["study.toml", "--dry-run"],
    "sweep": ["study.toml", "--dry-run"],
    "region": ["study.toml", "--dry-run"],
    "split": ["study.toml", "--cultures", "us,us", "--platform", "wall-2009", "--dry-run"],
    "ranges": ["study.toml", "--dry-run"],
    "compare": ["results"],
    "draw": ["results"],
    "precision": ["results"],
    "sensitivity": ["results"],
    "query": ["select 1", "results"],
    "show": ["nothing"],
    "seal": ["study.toml"],
    "data list": [],
    "data fetch": ["nothing"],
    "bench": ["--people", "20"],
}
KNOWN = (0, 1, 2, 130)


def trials(folder: Path, count: int, luck: random.Random) -> Iterator[Trial]:
    """So many command lines: one argument or option of a command replaced by a hostile value."""
    whole = _whole(folder.parent)
    commands = options()
    for _ in range(count):
        name = luck.choice(sorted(commands))
        words = [*name.split(), *BASE.get(name, [])]
        value = luck.choice(VALUES)
        option = luck.choice([*commands[name], "argument", "argument", "extra", "--no-such-option"])
        if option == "argument" and len(words) > len(name.split()):
            words[len(name.split())] = value
        elif option in ("argument", "extra"):
            words.append(value)
        elif option in words:
            words[words.index(option) + 1 :][:1] = [value]
            words[words.index(option) + 1] = value
        else:
            words += [option, value]
        yield Trial(f"sim {' '.join(words)[:110]!r}", words, whole, known=KNOWN)


def options() -> dict[str, list[str]]:
    """Every command of `sim` and its options that take a value."""
    from sim.__main__ import app

    found: dict[str, list[str]] = {}

    def walk(command, path: tuple[str, ...]) -> None:
        if hasattr(command, "commands"):
            for name, inner in command.commands.items():
                walk(inner, (*path, name))
            return
        found[" ".join(path)] = [one.opts[0] for one in command.params if one.param_type_name == "option" and not one.is_flag]

    walk(typer.main.get_command(app), ())
    return found
