"""unbirthday: do a platform's features thin out people's real-life ties, or transform them?

    import sim
    study = sim.load("scenarios/birthday-prompt.toml")
    world = sim.World(study, arm="wall", seed=1)     # a mesa.Model; world.step() is one day
    sim.sweep(study, "results/birthday-prompt/.work")

Names are imported when they are used, so that `import sim` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.figures.drawing import draw
    from sim.scenario.reading import load
    from sim.study.contrast import compare
    from sim.study.experiment import sweep
    from sim.world.agents import Person
    from sim.world.author import Author
    from sim.world.casting import Platform
    from sim.world.model import World

__version__ = "0.1.0"
__all__ = ["Author", "Person", "Platform", "World", "compare", "draw", "load", "sweep"]

_HOME = {
    "load": "sim.scenario.reading",
    "World": "sim.world.model",
    "Person": "sim.world.agents",
    "Platform": "sim.world.casting",
    "Author": "sim.world.author",
    "sweep": "sim.study.experiment",
    "compare": "sim.study.contrast",
    "draw": "sim.figures.drawing",
}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'sim' has no attribute '{name}'")
