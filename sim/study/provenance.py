"""Where a table or a figure is from: its study, what shaped the runs, the version, the seeds, and how it is made again.

Text alone, without times or machines: two tables of the same runs say the same.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple


class Provenance(NamedTuple):
    """What a table or a figure says of itself; "" where it is not known."""

    study: str
    hash: str  # digest of every value that shaped the study's runs
    version: str
    seeds: str  # such as "1-20"
    command: str  # that makes it again, from the folder in which it was first given

    def __str__(self) -> str:
        return "; ".join(f"{name} {value}" for name, value in self._asdict().items() if value).replace("\n", " ")


def command(verb: str, file: str, **options: Any) -> str:
    """A command line of `sim`; options that are None are left out, those of several values have them side by side."""
    words = ["sim", verb, file]
    for name, value in options.items():
        if value is not None:
            words += [f"--{name}", *map(str, value if isinstance(value, tuple) else (value,))]
    return shlex.join(words)


def asked(study: Any, size: str) -> dict[str, str]:
    """What study.json says of how its runs were asked for: the study's file as it was given, the size, the command.

    No command for a study at points of somebody's own: its file alone does not make them again.
    """
    again = "" if study.points_last else command("sweep", study.file, size=None if size == "default" else size)
    return {"file": study.file, "size": size, "command": again}


def of(about: Mapping[str, Any], seeds: Iterable[int], *then: Sequence[str]) -> Provenance:
    """Where something made from a result folder is from.

    about : study.json; seeds : of the runs it rests on
    then : what else made it, after the runs: a verb of `sim` and its options, each for the folder that a sweep writes to
    """
    version, digest, size = (about.get(key, "") for key in ("version", "scenario", "size"))
    made = Provenance(about["name"], digest, version, spans(seeds), about.get("command", ""))
    return and_then(made, *then, size=size)


def and_then(made: Provenance, *then: Sequence[str], size: str | None = None) -> Provenance:
    """The same, after further verbs of `sim`; size : of the study, by default the one its command asks for."""
    if not made.command:
        return made
    words = shlex.split(made.command)
    asked = words[words.index("--size") + 1] if "--size" in words else "default"
    folder = f"results/{made.study}/.work/{size or asked}"
    after = [shlex.join(["sim", verb, folder, *options]) for verb, *options in then]
    return made._replace(command=" && ".join([made.command, *after]))


def spans(seeds: Iterable[int]) -> str:
    """Seeds in order, neighbours as a span: "1-3, 7"."""
    ends: list[list[int]] = []
    for seed in sorted(set(seeds)):
        if ends and seed == ends[-1][1] + 1:
            ends[-1][1] = seed
        else:
            ends.append([seed, seed])
    return ", ".join(f"{first}-{last}" if last > first else str(first) for first, last in ends)
