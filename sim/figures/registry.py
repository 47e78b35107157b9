"""Which figures there are, and what each says of itself.

A module of `sim.figures.gallery` is a figure of that name; its `ENTRY` is what it says of itself. Another package adds a figure
by an entry point of the group `unbirthday.figures`, which names such an entry: `my-figure = "my_package.my_module:ENTRY"`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from sim.errors import InputError, Problem, nearest
from sim.figures.results import swept
from sim.figures.words import Words
from sim.scenario.figure_names import GROUP, added, names, own
from sim.study.records.columns import TABLES


@dataclass(frozen=True)
class Entry:
    """What a figure says of itself.

    draw : from what was read, and the words of a language, the figure; or several, by the names of their files
    table : the table of a command that it shows; it is drawn wherever that is there, asked for or not. "" for none
    read : what it is drawn from, given a result folder. Lacking: that is not there
    by_group : whether it can be drawn for a group of people; it is then read by `swept`
    """

    draw: Callable[[Any, Words], Figure | Mapping[str, Figure]]
    table: str = ""
    read: Callable[[Path], Any] = swept
    by_group: bool = False


def find(name: str) -> Entry:
    """What the figure of this name says of itself. InputError: there is none, or another package has it and cannot give it."""
    if name in own():
        return import_module(f"sim.figures.gallery.{name}").ENTRY
    refuse_unknown([name])
    point = added()[name]
    try:
        entry = point.load()
    except (ImportError, AttributeError) as error:
        raise _of_a_package(name, point.value, f"cannot be loaded ({error})") from error
    if not isinstance(entry, Entry):
        raise _of_a_package(name, point.value, f"is a thing of type {type(entry).__name__}")
    if entry.table and entry.table not in TABLES:
        raise _of_a_package(name, point.value, f"shows the table '{entry.table}', which is none")
    return entry


def refuse_unknown(asked: Iterable[str]) -> None:
    """InputError: a name that is no figure's."""
    if others := [name for name in asked if name not in own()]:
        known = names()
        unknown = [name for name in others if name not in known]
        if unknown:
            raise InputError(Problem("", "figure", f"unknown figure '{name}'", nearest(name, known)) for name in unknown)


def _of_a_package(name: str, value: str, given: str) -> InputError:
    expected = f"a sim.figures.registry.Entry, as an entry point of the group {GROUP} names it"
    return InputError(Problem(value, f"figure '{name}'", given, expected))
