"""What a study asks to be lived: runs, pairs of runs and units of them, each known by a digest of everything that makes it.

A unit is one seed at one point, with all its arms and the placebos. Runs that a point does not reach have one digest, and are
lived and kept once; an arm or a seed that is added leaves all others as they are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from sim.compiled import MADE_BY
from sim.errors import InputError, Problem
from sim.scenario.fingerprint import first_digits
from sim.scenario.names import PLACEBO, RESHUFFLED
from sim.scenario.resolving import ArmValues
from sim.society.graphs import GivenGraph
from sim.study.sweep.grown import graph_digest
from sim.world.state import YEAR

PLACEBO_DAY = 30  # days after the branch: both a plan day's week and everything after it can differ
FOREVER = 10**9
DIGITS = 32

Luck = tuple[int, int] | None
"""Days after the branch, first and last, on which the luck is another."""


class Run(NamedTuple):
    """One life: an arm of the study under its name in the tables, `key` a digest of all that makes its numbers."""

    name: str
    arm: str
    luck: Luck
    key: str


class Unit(NamedTuple):
    """One seed at one point.

    pairs : keys of the two runs of each distance that the tables need
    """

    number: int
    point: dict[str, Any]
    seed: int
    runs: tuple[Run, ...]
    pairs: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """Digest of everything that is lived in the unit."""
        return _digest([sorted({run.key for run in self.runs}), sorted(self.pairs)])

    def run(self, name: str) -> Run:
        return next(run for run in self.runs if run.name == name)


def arms_of(study) -> list[tuple[str, str, Luck]]:
    """(name in the tables, arm of the study, days of another luck), placebos last.

    The placebo of all luck is only looked at: points of somebody's own, many and for one contrast, go without it.
    """
    control = study.primary.control
    return [
        *((arm, arm, None) for arm in study.arms),
        (PLACEBO, control, (PLACEBO_DAY, PLACEBO_DAY)),
        *([] if study.points_last else [(RESHUFFLED, control, (0, FOREVER))]),
    ]


def units_of(study, graph: GivenGraph | None) -> Iterator[Unit]:
    """Every unit of the study, by point and seed; seeds are 1, 2, ..."""
    check_horizons(study)
    given, arms, values = graph_digest(graph), arms_of(study), ArmValues(study)
    for number, point in enumerate(study.points()):
        digests = {arm: values.at(arm, point).run_digest() for arm in study.arms}
        for seed in range(1, study.seeds + 1):
            runs = tuple(Run(name, arm, luck, _run_key(digests[arm], seed, given, luck)) for name, arm, luck in arms)
            keys = {run.name: run.key for run in runs}
            pairs = dict.fromkeys((keys[one.arm], keys[one.control]) for one in study.contrasts)
            pairs[keys[PLACEBO], keys[study.primary.control]] = None
            yield Unit(number, point, seed, runs, tuple(pairs))


def run_fingerprint(study, arm: str, point: dict, seed: int, graph: GivenGraph | None, luck: Luck) -> str:
    """Digest of everything that makes a run's numbers."""
    return _run_key(study.fingerprint(arm, point), seed, graph_digest(graph), luck)


def _run_key(lived: str, seed: int, given: str, luck: Luck) -> str:
    return _digest([MADE_BY, lived, seed, given, luck])


def _digest(content: Any) -> str:
    return first_digits(hashlib.sha256(json.dumps(content).encode()).hexdigest(), DIGITS)


def check_horizons(study) -> None:
    """Each horizon looks back over a year of its own."""
    problems = [
        Problem(study.file, f"horizons.{k}", f"{later} days, after {before}", "a year or more between horizons")
        for k, (before, later) in enumerate(zip((0, *study.horizons), study.horizons))
        if later - before < YEAR
    ]
    if problems:
        raise InputError(problems)
