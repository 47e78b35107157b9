"""The names of the figures that a study can ask for, found without importing one.

The program's own figures are the modules of `sim.figures.gallery`. Other packages add theirs by an entry point of the group
`unbirthday.figures`. Only their names are looked at here; `sim.figures.registry` loads them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from sim.errors import nearest
from sim.scenario.faults import Fault, refuse

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "unbirthday.figures"
GALLERY = Path(__file__).parents[1] / "figures" / "gallery"
USUAL = ("verdict",)
"""What a study gets that names no figures."""


@cache
def own() -> tuple[str, ...]:
    """The figures of this program, in order of name."""
    return tuple(sorted(module.name for module in iter_modules([str(GALLERY)])))


def added() -> dict[str, EntryPoint]:
    """The figures that other packages add, by name. A name that the program has itself stays the program's."""
    from importlib.metadata import entry_points  # a tenth of the start of a command that needs none of them

    return {point.name: point for point in entry_points(group=GROUP) if point.name not in own()}


def names() -> tuple[str, ...]:
    """Every figure that can be drawn here: the program's own, then those of other packages."""
    return (*own(), *sorted(added()))


def a_figure(name: str) -> str:
    """The name, if there is such a figure. Refusal: there is none."""
    if name not in own() and name not in added():
        refuse([Fault((), f"unknown figure '{name}'", nearest(name, names()))])
    return name
