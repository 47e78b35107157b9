"""Timing several kinds of work in turns, so that a busy minute of the machine falls on all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import Any, NamedTuple

from sim.progress import Watch


class Contender(NamedTuple):
    """Work that is timed.

    name : of the work
    amount : how much work it is, in ties times days (or in bytes)
    prepared : makes everything ready, untimed, and returns the call that is timed
    """

    name: str
    amount: float
    prepared: Callable[[], Callable[[], Any]]


Times = Mapping[str, Sequence[float]]
"""Nanoseconds per unit of work, by the name of the contender: one for each round."""


def in_turns(contenders: Sequence[Contender], rounds: int, watch: Watch, clock: Callable[[], float] = time.perf_counter) -> Times:
    """Time every contender once in each round.

    watch : told after each of them; clock : seconds
    """
    times: dict[str, list[float]] = {contender.name: [] for contender in contenders}
    for number in range(rounds):
        for place, contender in enumerate(contenders):
            run = contender.prepared()
            began = clock()
            run()
            times[contender.name].append((clock() - began) * 1e9 / max(contender.amount, 1))
            watch("timings", number * len(contenders) + place + 1, rounds * len(contenders))
    return times


def best(times: Times, name: str) -> float:
    """The fastest round: the others were disturbed by other programs."""
    return min(times[name])


def ratio(times: Times, name: str, other: str) -> float:
    """How many times as long as another contender this one takes: the median over rounds, each compared within itself."""
    return median(own / others for own, others in zip(times[name], times[other]))
