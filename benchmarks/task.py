"""What every contender does: the same points, seeds and arms of one small study, grown and lived a year, measured at its end."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import sim
from sim.world.growing import Grown

FILE = Path(__file__).parents[1] / "scenarios" / "birthday-prompt.toml"
CONTRAST, ARMS, VARIED = "prompt", ("no-prompt", "wall"), "prompts.slope"
MEASURES = ("S_all", "strong")
DAYS = 365

Results = dict[tuple[float, int, str], tuple[float, ...]]  # slope, seed, arm -> the measures


@dataclass(frozen=True)
class Task:
    """How much of it. kept : whether a peer's user keeps each seed's grown society by hand and hands it to every World."""

    people: int = 200
    points: int = 8
    seeds: int = 4
    jobs: int = 1
    kept: bool = False

    @property
    def slopes(self) -> tuple[float, ...]:
        return tuple(0.5 * k for k in range(self.points))

    @property
    def numbers(self) -> range:
        return range(1, self.seeds + 1)

    @property
    def runs(self) -> int:
        return self.points * self.seeds * len(ARMS)


@cache
def study():
    """Read once: reading is no part of a run."""
    return sim.load(FILE)


def a_world(task: Task, arm: str, seed: int, slope: float, kind: type[sim.World] = sim.World) -> sim.World:
    """A World at the branch, as a peer makes it: it grows its society itself, unless that is kept by hand."""
    grown = society(task.people, seed) if task.kept else None
    return kind(study(), arm, seed, point={VARIED: slope}, people=task.people, grown=grown)


@cache
def society(people: int, seed: int) -> Grown:
    """Prompts and slopes act after the branch, so one society serves all points and arms of a seed: the user has to know."""
    return sim.World(study(), ARMS[0], seed, people=people).grown


def measured(world: sim.World) -> tuple[float, ...]:
    found = {row.measure: row.value for row in world.measure() if row.profile == "all" and row.tie_class == "all"}
    return tuple(found[name] for name in MEASURES)


def worlds_in_memory() -> int:
    gc.collect()
    return sum(isinstance(each, sim.World) for each in gc.get_objects())
