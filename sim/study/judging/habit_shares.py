"""Values of all coalitions of habits -> the share of each habit in the difference between two cultures. Reads tables.

The players are groups of habits (`sim.scenario.profile.HABITS`). v(S) is the effect of a platform on people of the first culture
whose habits in S are those of the second: arm minus its own control, in units of the control of one of the two cultures. That
control is its mean over replicates, as in every relative difference (`contrast`). Each seed is a game of its own (`shapley`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from sim.errors import RunError
from sim.scenario.names import ALL
from sim.scenario.profile import HABITS
from sim.study.judging import contrast, shapley
from sim.study.judging.legs import RELATIVE
from sim.study.records.result_folder import ResultFolder

MEASURES = tuple(leg.measure for leg in RELATIVE)
"""What the effect of a platform on a culture is told by: support, core, real-life hours and strong ties."""


def rows(folder: str | os.PathLike, players: Sequence[str], last_is_unit: bool) -> Iterator[dict[str, Any]]:
    """A row for each horizon, measure and habit, and one for all habits together.

    folder : of the coalitions: at point k, player i has the habits of the second culture if bit i of k is set
    players : the habits that change a run. A habit that is none of them has the share 0
    last_is_unit : whether the second culture's control is the unit, else the first's
    RunError: no seed has all coalitions.
    """
    coalitions = 2 ** len(players)
    for horizon, measure, values, control in _values(folder, coalitions):
        unit = abs(control[:, -1 if last_is_unit else 0].mean())
        values = values / unit if unit else np.full_like(values, np.nan)  # a share of 0 is not defined
        first, second = values[:, 0], values[:, -1]
        by_player = dict(zip(players, shapley.shares(values).T))
        shares = {habit: by_player.get(habit, np.zeros(len(values))) for habit in HABITS} | {ALL: second - first}
        for habit, share in shares.items():
            mean, low, high = shapley.interval(share)
            yield {
                "horizon": horizon, "measure": measure, "habit": habit, "share": mean, "low95": low, "high95": high,
                "effect_first": float(first.mean()), "effect_second": float(second.mean()),
                "changed": habit in players or (habit == ALL and bool(players)), "seeds": len(values),
            }  # fmt: skip


def _values(folder: str | os.PathLike, coalitions: int) -> Iterator[tuple[int, str, np.ndarray, np.ndarray]]:
    """Horizon, measure, and (seeds, coalitions) the difference and the control, of the seeds that have all coalitions."""
    rows = contrast.paired(ResultFolder(folder), MEASURES).filter(profile=ALL, tie_class=ALL)
    rows = rows.drop_nulls(["arm", "control"]).sort("horizon", "measure", "seed", "point")
    by_cell = rows.partition_by("horizon", "measure", as_dict=True)
    for horizon in rows["horizon"].unique(maintain_order=True):
        for measure in MEASURES:
            cell = by_cell.get((horizon, measure), rows.clear())
            seeds = [seed for seed in cell.partition_by("seed", maintain_order=True) if seed.height == coalitions]
            if not seeds:
                lacking = f"in no seed {measure} was measured in all {coalitions} coalitions"
                raise RunError(f"{folder}: {lacking}; run `sim split` again")
            arm, control = (np.array([seed[side].to_numpy() for seed in seeds]) for side in ("arm", "control"))
            yield horizon, measure, arm - control, control
