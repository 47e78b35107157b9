"""What the data collector of a world collects on day 0 and after every step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.world.measures import living

if TYPE_CHECKING:
    from sim.world.model import World


def mean_closeness(world: World) -> float:
    """Mean over both sides of living ties."""
    ties = world.state.ties
    alive = living(ties)
    return float((ties.c_ij[alive].mean() + ties.c_ji[alive].mean()) / 2) if alive.any() else 0.0


def closeness_per_person(world: World) -> float:
    """Sum over a person's living ties, mean over people."""
    ties = world.state.ties
    alive = living(ties)
    total = ties.c_ij[alive].sum(dtype=np.float64) + ties.c_ji[alive].sum(dtype=np.float64)
    return float(total) / max(world.state.population, 1)


def ties_per_person(world: World) -> float:
    return 2 * int(living(world.state.ties).sum()) / max(world.state.population, 1)


def strong_ties(world: World) -> float:
    ties, least = world.state.ties, world.reference.strong
    return float((ties.c_ij > least).sum() + (ties.c_ji > least).sum()) / max(world.state.population, 1)


REPORTERS = {
    "seed": "seed",
    "day": "day",
    "ties": ties_per_person,
    "closeness": closeness_per_person,
    "mean_closeness": mean_closeness,
    "strong_ties": strong_ties,
}
"""By name of the column.

Ties begin and end every 30th day, when a month turns over. Then `ties` jumps, and `mean_closeness` jumps too, since new ties are
faint. `closeness`, a sum over ties, hardly changes.
"""
