"""The names of the figures that a study can name. No figure is imported here; `sim.figures.registry` imports them.

The program's own figures are the modules of `sim.figures.gallery`. Other packages add theirs by an entry point of the group
`unbirthday.figures`.
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
USUAL = ("ties", "verdict")
"""The figures of a study that names none."""


@cache
def own() -> tuple[str, ...]:
    """The figures of this program, in order of name."""
    return tuple(sorted(module.name for module in iter_modules([str(GALLERY)])))


def added() -> dict[str, EntryPoint]:
    """The figures that other packages add, by name, except names that the program uses itself."""
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
