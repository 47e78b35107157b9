"""What a study asks for: runs, pairs of runs, and units. The key of each is a digest of everything that makes its numbers.

A unit is one seed at one point, with all its arms and the placebos. Where a point changes nothing in an arm, its run has the same
key as at other points: it is simulated and kept once. A new arm or seed leaves the keys of all other runs as they are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from sim.compiled import MADE_BY
from sim.errors import InputError, Problem
from sim.scenario.fingerprint import first_digits
from sim.scenario.names import PLACEBO, RESHUFFLED, placebo_of
from sim.scenario.resolving import ArmValues
from sim.society.graphs import GivenGraph
from sim.study.sweep.grown import graph_digest
from sim.world.state import YEAR

PLACEBO_DAY = 30  # days after the branch. The week that is planned on this day and everything after it can differ
FOREVER = 10**9
DIGITS = 32

Luck = tuple[int, int] | None
"""First and last day after the branch on which other random numbers are drawn; None: on no day."""


class Run(NamedTuple):
    """One run of a unit.

    name : in the tables, where placebos have one of their own; arm : the arm of the study that is simulated
    key : digest of everything that makes its numbers
    """

    name: str
    arm: str
    luck: Luck
    key: str


class Unit(NamedTuple):
    """One seed at one point.

    pairs : keys of a run and of its control, for each distance that the tables need
    """

    number: int
    point: dict[str, Any]
    seed: int
    runs: tuple[Run, ...]
    pairs: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """Digest of all runs and pairs of the unit."""
        return _digest([sorted({run.key for run in self.runs}), sorted(self.pairs)])

    def run(self, name: str) -> Run:
        return next(run for run in self.runs if run.name == name)


def arms_of(study) -> list[tuple[str, str, Luck]]:
    """(name in the tables, arm of the study, days of other luck) of every run of a unit; placebos come last.

    The reshuffled placebo, in which all luck is other, enters no verdict. Listed points, as those of a region, go without it.
    """
    control = study.primary.control
    return [
        *((arm, arm, None) for arm in study.arms),
        *((placebo, its_control, (PLACEBO_DAY, PLACEBO_DAY)) for its_control, placebo in placebos(study).items()),
        *([] if study.points_last else [(RESHUFFLED, control, (0, FOREVER))]),
    ]


def placebos(study) -> dict[str, str]:
    """Control -> its placebo: of the primary control, and of each control that branches from another society than that one.

    A control that branches from the society of the primary control has the same placebo, and is not named here. Societies are
    compared without the values of points.
    """
    first = study.primary.control
    others = dict.fromkeys(contrast.control for contrast in study.contrasts if contrast.control != first)
    values = ArmValues(study)
    society = values.at(first, {}).society_digest()
    return {first: PLACEBO} | {
        control: placebo_of(control) for control in others if values.at(control, {}).society_digest() != society
    }


def units_of(study, graph: GivenGraph | None) -> Iterator[Unit]:
    """Every unit of the study, by point and then by seed. Seeds are 1, 2, ..."""
    check_horizons(study)
    start, arms, values = graph_digest(graph), arms_of(study), ArmValues(study)
    own_placebos = placebos(study)
    for number, point in enumerate(study.points()):
        digests = {arm: values.at(arm, point).run_digest() for arm in study.arms}
        for seed in range(1, study.seeds + 1):
            runs = tuple(Run(name, arm, luck, _run_key(digests[arm], seed, start, luck)) for name, arm, luck in arms)
            keys = {run.name: run.key for run in runs}
            pairs = dict.fromkeys((keys[contrast.arm], keys[contrast.control]) for contrast in study.contrasts)
            pairs |= dict.fromkeys((keys[placebo], keys[control]) for control, placebo in own_placebos.items())
            yield Unit(number, point, seed, runs, tuple(pairs))


def run_fingerprint(study, arm: str, point: dict, seed: int, graph: GivenGraph | None, luck: Luck) -> str:
    """Digest of everything that makes a run's numbers."""
    return _run_key(study.fingerprint(arm, point), seed, graph_digest(graph), luck)


def _run_key(values: str, seed: int, graph: str, luck: Luck) -> str:
    """values : digest of the values that the arm has; graph : digest of the starting graph"""
    return _digest([MADE_BY, values, seed, graph, luck])


def _digest(content: Any) -> str:
    return first_digits(hashlib.sha256(json.dumps(content).encode()).hexdigest(), DIGITS)


def check_horizons(study) -> None:
    """InputError: two horizons less than a year apart. Each measures the year before it, and these years must not overlap."""
    problems = [
        Problem(study.file, f"horizons.{k}", f"{later} days, after {before}", "a year or more between horizons")
        for k, (before, later) in enumerate(zip((0, *study.horizons), study.horizons))
        if later - before < YEAR
    ]
    if problems:
        raise InputError(problems)
