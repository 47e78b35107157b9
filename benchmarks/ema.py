"""EMA Workbench drives a World as a Python function: a scenario is a slope, a policy an arm, a replication a seed.

Seeds are given as values of the replications; told only how many, it calls the function so many times with nothing to
tell them apart.
"""

from __future__ import annotations

import logging

import numpy as np
from ema_workbench import (
    ArrayOutcome,
    CategoricalParameter,
    Constant,
    MultiprocessingEvaluator,
    Policy,
    RealParameter,
    ReplicatorModel,
    Scenario,
    SequentialEvaluator,
    ema_logging,
)
from task import ARMS, DAYS, MEASURES, Results, Task, a_world, measured

import sim

ema_logging.log_to_stderr(logging.ERROR)


def year(slope: float, arm: str, people: int, kept: bool, seed: int = 0, **_) -> dict[str, float]:
    """One run, as EMA calls it."""
    world: sim.World = a_world(Task(people=people, kept=kept), arm, seed, slope)
    world.run(DAYS)
    return dict(zip(MEASURES, measured(world)))


def performed(slopes, arms, replications, people: int, kept: bool = False, jobs: int = 1):
    """Experiments (one row a scenario and policy) and outcomes (a row of replications each)."""
    model = ReplicatorModel("unbirthday", function=year)
    model.uncertainties = [RealParameter("slope", 0.0, 8.0)]
    model.levers = [CategoricalParameter("arm", ARMS)]
    model.constants = [Constant("people", people), Constant("kept", kept)]
    model.outcomes = [ArrayOutcome(name) for name in MEASURES]
    model.replications = replications
    evaluator = SequentialEvaluator(model) if jobs == 1 else MultiprocessingEvaluator(model, n_processes=jobs)
    scenarios = [Scenario(f"slope {slope}", slope=slope) for slope in slopes]
    with evaluator:
        return evaluator.perform_experiments(scenarios, [Policy(arm, arm=arm) for arm in arms], log_progress=True)


def run(task: Task) -> Results:
    seeds = [{"seed": seed} for seed in task.numbers]
    experiments, outcomes = performed(task.slopes, ARMS, seeds, task.people, task.kept, task.jobs)
    by_run = np.stack([outcomes[name] for name in MEASURES], axis=-1)  # experiment, seed, measure
    return {
        (float(slope), seed, str(arm)): tuple(map(float, by_run[row, k]))
        for row, (slope, arm) in enumerate(zip(experiments["slope"], experiments["policy"]))
        for k, seed in enumerate(task.numbers)
    }


def replicates(many: int) -> list[tuple[float, ...]]:
    """So many replications of one arm, by the tool's own means."""
    _, outcomes = performed([2.0], ARMS[1:], many, 40, kept=True)
    return list(zip(*(map(float, outcomes[name][0]) for name in MEASURES)))
