"""The references that speed is compared with. They lie in benchmarks/, beside the package; an installed package lacks them."""

from __future__ import annotations

from importlib.machinery import SourceFileLoader
from types import ModuleType

from sim.sources import ROOT

FOLDER = ROOT.parent / "benchmarks"


class Unavailable(Exception):
    """A reference that cannot be timed here; the message says why."""


def reference(name: str) -> ModuleType:
    """The module of a reference. Unavailable: this installation has none."""
    file = FOLDER / f"{name}.py"
    if not file.is_file():
        raise Unavailable(f"{FOLDER.name}/{file.name} comes with the source code and is no part of an installed package")
    loader = SourceFileLoader(name, str(file))
    module = ModuleType(name)
    module.__file__ = str(file)
    loader.exec_module(module)
    return module
