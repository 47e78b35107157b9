"""The days of a society, in the order of docs/model.md section 3.

A strip of ties is simulated for up to a week before the next strip, so that its columns stay in the processor's cache. The luck
of a week is the same on all its days (7.2). So whole weeks, parts of weeks and single days give the same numbers.
"""

from __future__ import annotations

import os
from functools import lru_cache
from threading import get_ident
from typing import NamedTuple

import numpy as np

from sim.channels import OWN
from sim.compiled import part_of_kernel, strip_kernel
from sim.world.kernels import birthday, closeness, meet, occasions, respond
from sim.world.kernels.candidates import draw_week
from sim.world.kernels.chances import MOST_A_WEEK
from sim.world.plan import plan
from sim.world.state import (
    BLOCK,
    MONTH,
    SORTS,
    STRIP,
    WEEK,
    YEAR,
    Acts,
    Candidates,
    Rules,
    Scratch,
    State,
    Tally,
    add_tallies,
    new_tally,
)
from sim.world.threads import in_parallel
from sim.world.turnover import turn_over

LOG_STRIPS = 4  # strips simulated in one call where acts are logged: there is room for all acts they could have
MOST_ACTS = meet.MOST_ACTS + respond.MOST_ACTS + occasions.MOST_ACTS + birthday.MOST_ACTS  # of a tie on a day


class LoggedActs(NamedTuple):
    """Acts of people: one entry per act."""

    day: np.ndarray  # int32
    sender: np.ndarray  # int32, person
    receiver: np.ndarray  # int32, person
    channel: np.ndarray  # uint8, CHANNELS
    cause: np.ndarray  # uint8, CAUSES


class Days(NamedTuple):
    """Days of one week that are simulated at once."""

    first: int
    end: int  # the day after the last
    birthdays: np.ndarray  # (people,) uint8: bit d says whether day d of the week is a person's true or shown birthday
    recorded: np.ndarray  # (people,) bool, whose sent and received acts are logged


def run_days(state: State, rules: Rules, seed: int, days: int = 1, threads: int = 1, log=None, recorded=None) -> None:
    """Simulate days, in place.

    seed : key of the draws of these days, 64 bits
    log : a list that gets LoggedActs, those of some strips on some days after those of others
    recorded : (people,) bool, whose sent and received acts are logged; by default everybody's
    """
    end = state.day + days
    while state.day < end:
        state.whole = False
        if state.day % WEEK == 0:
            plan(state, rules, threads)
        together = min(end - state.day, WEEK - state.day % WEEK, MONTH - state.day % MONTH)
        interact(state, rules, seed, together, threads, log, recorded)
        state.day += together - 1
        if state.day % MONTH == MONTH - 1:
            turn_over(state, rules, seed, threads)
        state.day += 1
        state.whole = True


def interact(state: State, rules: Rules, seed: int, days: int = 1, threads: int = 1, log=None, recorded=None) -> None:
    """Steps 2, 3, 5, 6 and 7 for some days of a week: each day, draw the acts of the day, and let the ties absorb them.

    The state's day stays. log, recorded : see `run_days`; the acts of several days are logged strip by strip
    """
    people, ties = state.people, state.ties
    birthdays = np.empty(state.population, np.uint8)
    occasions.birthdays_of_week(state.day - state.day % WEEK, people.birthday, people.shown, birthdays)
    if recorded is None:
        recorded = np.full(state.population, log is not None)
    span = Days(state.day, state.day + days, birthdays, recorded)

    def interact_in(first: int, last: int) -> tuple[list[LoggedActs], Tally]:
        part, scratch, acts = new_tally(state.tally.viewed.shape[0]), scratch_of_thread(get_ident(), STRIP), []
        room = no_acts() if log is None else new_log(days * LOG_STRIPS * STRIP * MOST_ACTS)
        step = max(last - first, 1) if log is None else LOG_STRIPS
        for start in range(first, last, step):
            rows = start * STRIP, min(min(start + step, last) * STRIP, ties.i.size)
            count = interact_in_rows(np.uint64(seed), span, rows, people, ties, rules, part, scratch, room)
            acts.append(LoggedActs(*(column[:count].copy() for column in room)))
        return acts, part

    for acts, part in in_parallel(interact_in, -(-ties.i.size // STRIP), threads):
        add_tallies(state.tally, [part])
        if log is not None:
            log.extend(acts)


@strip_kernel
def interact_in_rows(seed, days, rows, people, ties, rules, tally, scratch, log):
    """The acts of these days in a range of rows, absorbed by their ties, strip after strip. Returns the number of logged acts."""
    logged = 0
    first_of_week = days.first - days.first % WEEK
    for first in range(rows[0], rows[1], scratch.left.size):
        last = min(first + scratch.left.size, rows[1])
        respond.sum_rates(first, last, people, ties, rules, scratch.busy)
        draw_week(seed, first_of_week, first, last, people, ties, rules, scratch)
        closeness.gains_from_views(first, last, people, ties, rules, scratch.gain)
        closeness.left_by_fading(first, last, ties, rules, scratch.left)
        with_one = occasions.with_birthday(first, last, days, ties, scratch.birthdays, scratch.dates)
        with_birthday = scratch.birthdays[:with_one]
        for day in range(days.first, days.end):
            today = scratch.today[: occasions.on_their_birthday(day, with_birthday, days.birthdays, ties, scratch.today)]
            count = draw_acts(seed, day, first, last, today, people, ties, rules, scratch)
            acted = scratch.acted[: closeness.multiply_doses(first, count, rules, scratch)]
            closeness.count_acts(day, count, ties, rules, scratch.acts)
            closeness.tally_acts(day, first, count, people, ties, rules, tally, scratch)
            closeness.end_day(first, last, acted, ties, rules, scratch)
            if log.day.size:
                logged = log_acts(day, count, ties, days.recorded, scratch.acts, log, logged)
    return logged


@part_of_kernel
def draw_acts(seed, day, first, last, today, people, ties, rules, scratch):
    """Steps 2, 3, 5 and 6 in rows first..last: fill `scratch.acts` with the acts of a day. Returns their number.

    today : rows of ties with a birthday today
    """
    candidates, acts = scratch.candidates, scratch.acts
    n = meet.meet(day, first, people, ties, rules, candidates, acts, 0)
    n = meet.meet_by_chance(day, candidates, acts, n)
    n = respond.respond(seed, day, first, people, ties, rules, scratch, n)
    if day % YEAR == 0:
        n = occasions.new_year(seed, day, first, last, ties, rules, acts, n)
    acts.cause[:n] = OWN
    if rules.prompts:
        n = birthday.greet(seed, day, today, people, ties, rules, acts, n)
    return occasions.birthdays(seed, day, today, people, ties, rules, acts, n)


@part_of_kernel
def log_acts(day, count, ties, recorded, acts, log, n):
    """Append to the log those of the first `count` acts in which a recorded person takes part. Returns its new length."""
    for act in range(count):
        row = acts.row[act]
        i, j = ties.i[row], ties.j[row]
        if recorded[i] or recorded[j]:
            log.sender[n], log.receiver[n] = (i, j) if acts.side[act] == 0 else (j, i)
            log.day[n], log.channel[n], log.cause[n] = day, acts.channel[act], acts.cause[act]
            n += 1
    return n


def new_log(room: int) -> LoggedActs:
    """A log with room for so many acts."""
    return LoggedActs(*(np.empty(room, t) for t in (np.int32, np.int32, np.int32, np.uint8, np.uint8)))


def no_acts() -> LoggedActs:
    """The acts of a day without acts, and the log of days that are not logged."""
    return new_log(0)


@lru_cache(maxsize=64)
def scratch_of_thread(thread: int, strip: int) -> Scratch:
    """Working arrays of a thread. They are kept: to allocate them anew takes longer than a day of a small world.

    Room is for what could happen at most. Memory that is never written to is never taken.
    """
    f, room = np.float32, strip * SORTS * MOST_A_WEEK
    candidates = Candidates(
        luck=np.empty((SORTS, strip), f), start=np.empty(SORTS * WEEK + 2, np.int64), row=np.empty(room, np.int32),
        number=np.empty(room, np.uint8), u=np.empty((3, room), f),
    )  # fmt: skip
    missed = np.zeros((strip, 6), f)
    missed[:, :4] = 1
    return Scratch(
        candidates=candidates, acts=Acts(*(np.empty(strip * MOST_ACTS, t) for t in (np.int32, np.uint8, np.uint8, np.uint8))),
        mean=np.empty((SORTS, strip), f), listed=np.empty(strip, np.bool_), rows=np.empty(strip, np.int32),
        none=np.empty(BLOCK, np.float64), end=np.empty(SORTS + 1, np.int64), drawn_row=np.empty(room, np.int32),
        drawn_number=np.empty(room, np.uint8), word=np.empty((4, room), np.uint32), busy=np.zeros(strip, f),
        gain=np.empty((3, strip), f), left=np.empty(strip, f), birthdays=np.empty(strip, np.int32),
        dates=np.empty(BLOCK, np.uint8),
        today=np.empty(strip, np.int32), acted=np.empty(strip, np.int32), is_acted=np.zeros(strip, np.bool_), missed=missed,
        after=np.empty((strip, 4), f),
    )  # fmt: skip


os.register_at_fork(after_in_child=scratch_of_thread.cache_clear)  # another thread may have been at work with them
