"""mesa.batch_run drives a World: every combination of values makes one, steps it, and reads its data collector.

As thin as it can be: nothing is collected before the last day. Seeds are given as values; its own `iterations` would
make every replicate of a model with a fixed seed the same.
"""

from __future__ import annotations

import gc
from functools import partial

import mesa
from task import ARMS, DAYS, MEASURES, VARIED, Results, Task, measured, society, study

import sim

LAST = DAYS - 1  # it steps while steps <= max_steps: one more than it is told


class Year(sim.World):
    """A World whose collector keeps what the task measures, on the last day alone."""

    def __init__(self, arm: str, slope: float, people: int, kept: bool = False, years: int | None = None, seed: int = 0):
        grown = society(people, seed) if kept else None
        super().__init__(study(), arm, seed, point={VARIED: slope}, people=people, grown=grown, years=years)
        self.lived: tuple[float, ...] | None = None
        self.datacollector = mesa.DataCollector({name: partial(at_the_end, place=k) for k, name in enumerate(MEASURES)})


def at_the_end(world: Year, place: int) -> float | None:
    if world.day < DAYS:
        return None
    if world.lived is None:
        world.lived = measured(world)
    return world.lived[place]


def batch(values: dict, **how) -> list[dict]:
    return mesa.batch_run(Year, values, display_progress=False, **how)


def run(task: Task) -> Results:
    values = {"arm": ARMS, "slope": task.slopes, "seed": task.numbers, "people": task.people, "kept": task.kept}
    rows = batch(values, max_steps=LAST, number_processes=task.jobs)
    return {(row["slope"], row["seed"], row["arm"]): tuple(row[name] for name in MEASURES) for row in rows}


def replicates(many: int) -> list[tuple[float, ...]]:
    """So many replicates of one arm, by the tool's own means."""
    rows = batch({"arm": ARMS[1], "slope": 2.0, "people": 40, "years": 1}, iterations=many, max_steps=LAST)
    return [tuple(row[name] for name in MEASURES) for row in rows]


def besides(told: int = 10, many: int = 3) -> str:
    """What else its users meet, measured."""

    class Counting(sim.World):
        def __init__(self):
            super().__init__(study(), ARMS[0], 0, people=40, years=0)

    class Plain(mesa.Model):
        def __init__(self, seed=None):
            super().__init__(seed=seed)
            self.datacollector = mesa.DataCollector({"agents": lambda model: len(model.agents)})
            mesa.Agent(self)

        def step(self):
            self.datacollector.collect(self)

    (row,) = mesa.batch_run(Counting, {}, max_steps=told, display_progress=False)
    mesa.batch_run(Plain, {}, iterations=many, max_steps=1, display_progress=False)
    gc.collect()
    kept = sum(isinstance(each, Plain) for each in gc.get_objects())
    return f"told to live {told} days it lives {row['day']}; of {many} models with an ordinary Mesa agent {kept} are never freed"
