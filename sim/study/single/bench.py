"""How fast this machine simulates days, and how far that is from other ways to simulate the same days (docs/speed.md).

Everything takes turns in one process: the fast engine on several numbers of threads, the plain engine, and the references of
benchmarks/. Times are the best of the rounds. Ratios are the median over rounds, each round compared within itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np

from sim.compiled import MADE_BY
from sim.progress import Progress, Watch, shown
from sim.scenario.reading import study_of
from sim.scenario.study import Study
from sim.study.records import tables
from sim.study.single.machine import machine
from sim.study.single.references import Unavailable, reference
from sim.study.single.turns import Contender, Times, best, in_turns, ratio
from sim.study.sweep.forecast import Before, of_timing
from sim.world.columns import TIE, row_bytes
from sim.world.events import EventLog
from sim.world.model import World
from sim.world.plain import PlainSociety
from sim.world.state import MONTH, WEEK, State

YEARS = 1  # of growing before, after which a society has about as many ties as later
ROUNDS = 5
FOUR_WEEKS = 4 * WEEK  # the days that references simulate: with their plans, and without a turnover
PLAIN_PEOPLE = 300  # of the plain engine, which simulates one week of them
MORE_CONTACT = 4  # times as much planned contact: what more acts cost tells what one costs

WEEKS, ALONE, BUSIER, PLAIN = "four weeks", "four weeks, 1 thread", "four weeks with more acts, 1 thread", "plain"
DAILY, WEEKLY, COMPILED, TRIAD = "whole arrays", "whole arrays, luck of the week", "C", "triad"
"""What takes turns, beside `whole` on several numbers of threads."""

REFERENCES = {DAILY: "whole_array", WEEKLY: "whole_array", COMPILED: "c_reference", TRIAD: "bandwidth"}
"""The module of each reference."""


def thread_counts() -> list[int]:
    """1, 2, 4, ... and the number of cores of the machine."""
    cores = os.cpu_count() or 1
    return sorted({*(2**k for k in range(cores.bit_length()) if 2**k <= cores), cores})


def days_run(days: int) -> int:
    """Days that the fast engine simulates in all to time this many, if threads saved nothing."""
    return WEEK * MONTH + days + ROUNDS * (days * len(thread_counts()) + 3 * FOUR_WEEKS)


def speed(
    study: Study | str | PathLike[str],
    people: int = 20_000,
    days: int = WEEK * MONTH,
    progress: Progress = None,
    *,
    json: str | PathLike[str] | None = None,
    before: Before = None,
) -> dict[str, Any]:
    """How fast days are simulated on this machine: the primary arm, at the values of the files.

    study : or the path of its file
    people : of the world that is timed
    days : how many are timed; by default 210, which are 30 weeks and 7 months
    progress : True, False, or a function that is called with each `sim.Step`; by default a bar on a terminal
    json : a file that the numbers are written to as well
    before : called with a Workload before anything is simulated
    Gives the numbers that docs/speed.md explains. One that cannot be measured here is None, and `notes` says why.
    """
    if before is not None:
        before(of_timing(people, days_run(days)))
    with shown(progress) as watch:
        speeds = timed(study_of(study), people, days, watch)
    if json is not None:
        tables.write_json(Path(json).parent, Path(json).name, speeds)
    return speeds


def timed(study: Study, people: int, days: int, watch: Watch) -> dict[str, Any]:
    """As `speed`, of a study. watch : told after each timing"""
    about = machine()  # before the machine is busy with this
    threads = thread_counts()
    two = min(2, threads[-1])
    world = before_four_weeks(study, people)
    start, busier = world.state, with_more_contact(world.state)
    acts = [acts_in_four_weeks(world, state) for state in (start, busier)]
    ties, ties_of_months = start.ties.i.size, mean_ties(world, start, days)
    contenders = [
        *(ours(whole(number), world, start, ties_of_months, days, number) for number in threads),
        ours(WEEKS, world, start, ties, FOUR_WEEKS, two),
        ours(ALONE, world, start, ties, FOUR_WEEKS, 1),
        ours(BUSIER, world, busier, ties, FOUR_WEEKS, 1),
        plain(before_four_weeks(study, min(people, PLAIN_PEOPLE))),
    ]
    world.state = start
    work: dict[str, tuple] = {
        DAILY: (world, FOUR_WEEKS, True), WEEKLY: (world, FOUR_WEEKS, False), COMPILED: (world, FOUR_WEEKS, two),
        TRIAD: (threads[-1],),
    }  # fmt: skip
    missing: dict[str, str] = {}
    for name, module in REFERENCES.items():
        try:
            contenders.append(reference(module).contender(name, *work[name]))
        except Unavailable as reason:
            missing[name] = str(reason)
    times = in_turns(contenders, ROUNDS, watch)
    fastest = whole(threads[-1])
    return {
        "study": study.name,
        "arm": study.primary.arm,
        "people": people,
        "ties": ties,
        "days": days,
        "rounds": ROUNDS,
        "machine": about,
        "version": MADE_BY,
        "engine": "fast",
        "results": [{"threads": number, "ns_per_tie_day": best(times, whole(number))} for number in threads],
        "ns_per_tie_day": best(times, fastest),
        "thread_scaling": {str(number): ratio(times, whole(1), whole(number)) for number in threads},
        "acts_per_tie_day": acts[0] / max(ties * FOUR_WEEKS, 1),
        "ns_per_act": (best(times, BUSIER) - best(times, ALONE)) * ties * FOUR_WEEKS / max(acts[1] - acts[0], 1),
        "bytes_per_tie": row_bytes(TIE),
        **of_references(times, fastest, missing),
    }


def of_references(times: Times, fastest: str, missing: Mapping[str, str]) -> dict[str, Any]:
    """What a comparison with the plain engine and with each reference tells. None for a missing reference, with a note.

    fastest : the contender that the bound by memory is compared with; missing : why, by reference
    """

    def moved() -> float:
        return reference(REFERENCES[TRIAD]).bytes_a_day()

    told: tuple[tuple[str, str, Callable[[], float]], ...] = (
        ("ratio_to_c_reference", COMPILED, lambda: ratio(times, WEEKS, COMPILED)),
        ("ratio_numpy_to_us", DAILY, lambda: ratio(times, DAILY, WEEKS)),
        ("ratio_numpy_weekly_to_us", WEEKLY, lambda: ratio(times, WEEKLY, WEEKS)),
        ("ratio_plain_to_us", PLAIN, lambda: ratio(times, PLAIN, WEEKS)),
        ("bytes_moved_per_tie_day", TRIAD, moved),
        ("gigabytes_per_second", TRIAD, lambda: 1 / best(times, TRIAD)),
        ("fraction_of_memory_bound", TRIAD, lambda: moved() * ratio(times, TRIAD, fastest)),
    )
    numbers = {number: None if name in missing else value() for number, name, value in told}
    return numbers | {"notes": {number: missing[name] for number, name, _ in told if name in missing}}


def whole(threads: int) -> str:
    """The name of the contender that simulates whole months, with their turnovers, on so many threads."""
    return f"whole months, {threads} threads"


def before_four_weeks(study: Study, people: int) -> World:
    """A world with the platform of the primary arm, on a day that begins four weeks without a turnover."""
    world = World(study, study.primary.arm, seed=1, people=people, years=YEARS)
    world.run(days_until_four_weeks(world.state.day))
    return world


def days_until_four_weeks(day: int) -> int:
    """Days from `day` to the first plan day that is followed by four weeks without a turnover. The day itself has run."""
    return next(
        more for more in range(1, WEEK * MONTH + 1) if not (day + more) % WEEK and (day + more) % MONTH + FOUR_WEEKS < MONTH
    )


def with_more_contact(state: State) -> State:
    """The same state, of people who plan more contact."""
    busier = state.copy()
    busier.people = busier.people._replace(contacts=busier.people.contacts * np.float32(MORE_CONTACT))
    return busier


def acts_in_four_weeks(world: World, state: State) -> int:
    """Number of acts in the four weeks that begin with a state."""
    world.state, log = state.copy(), EventLog()
    world.run(FOUR_WEEKS, log)
    return log.columns()["day"].size


def mean_ties(world: World, state: State, days: int) -> float:
    """Ties of a world during some days from a state on: the mean of the first and the last day. It compiles what they need."""
    world.state = state.copy()
    world.run(days)
    return (state.ties.i.size + world.state.ties.i.size) / 2


def ours(name: str, world: World, state: State, ties: float, days: int, threads: int) -> Contender:
    """The fast engine, for some days from a state on. ties : of the world in that time"""

    def prepared() -> Callable[[], Any]:
        world.state, world.threads = state.copy(), threads
        return lambda: world.run(days)

    return Contender(name, ties * days, prepared)


def plain(world: World) -> Contender:
    """The plain engine, for one week."""
    seed = world.luck(world.day)

    def week(society: PlainSociety) -> None:
        for _ in range(WEEK):
            society.step_day(seed)

    def prepared() -> Callable[[], Any]:
        society = PlainSociety.from_state(world.state, world.rules)
        return lambda: week(society)

    return Contender(PLAIN, world.state.ties.i.size * WEEK, prepared)
