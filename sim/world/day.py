"""One day, in the order of docs/model.md section 3: the kernels as a table of contents."""

from __future__ import annotations

from functools import lru_cache
from threading import get_ident
from typing import NamedTuple

import numpy as np

from sim.channels import BIRTHDAY, OWN, VIEW
from sim.compiled import njit
from sim.world.kernels.birthday import greet
from sim.world.kernels.closeness import absorb_views, record_acts, update_closeness, update_memories
from sim.world.kernels.meet import draw_luck, meet
from sim.world.kernels.occasions import birthdays, celebrating, new_year
from sim.world.kernels.respond import respond
from sim.world.plan import plan, view_dose
from sim.world.state import MONTH, STRIP, WEEK, YEAR, Rules, State, Tally, add_tallies, new_tally, strips
from sim.world.threads import in_parallel
from sim.world.turnover import turn_over

LOG_STRIPS = 16  # strips simulated in one call where acts are logged: there is room for all acts they could have
ACTS_PER_TIE = 46  # at most: 8 contacts, 8 chance meetings, 2 cards, 2 + 2 greetings, 8 acts with answers and meetings


class Acts(NamedTuple):
    """Acts of people: one row per act."""

    day: np.ndarray  # int32
    sender: np.ndarray  # int32, person
    receiver: np.ndarray  # int32, person
    channel: np.ndarray  # uint8, CHANNELS
    cause: np.ndarray  # uint8, CAUSES


def no_acts() -> Acts:
    """The acts of a day without acts."""
    return Acts(*(np.empty(0, t) for t in (np.int32, np.int32, np.int32, np.uint8, np.uint8)))


class Scratch(NamedTuple):
    """Working arrays of one thread for one strip. Between strips, `missed` holds ones and `doses` zeros.

    The last four arrays hold the logged acts of several strips; they are empty if no acts are logged.
    """

    row: np.ndarray
    side: np.ndarray
    channel: np.ndarray
    cause: np.ndarray
    today: np.ndarray
    luck: np.ndarray
    missed: np.ndarray
    doses: np.ndarray
    sender: np.ndarray
    receiver: np.ndarray
    logged_channel: np.ndarray
    logged_cause: np.ndarray


def run_day(state: State, rules: Rules, seed: int, threads: int = 1, log: list | None = None, recorded=None) -> None:
    """Simulate one day, in place. `log`, if given, gets the day's Acts.

    seed : key of this day's draws, 64 bits
    recorded : (people,) bool, whose sent and received acts are logged; by default everybody's
    """
    if state.day % WEEK == 0:
        plan(state, rules, threads)
    interact(state, rules, seed, threads, log, recorded)
    if state.day % MONTH == MONTH - 1:
        turn_over(state, rules, seed, threads)
    state.day += 1


def interact(state: State, rules: Rules, seed: int, threads: int = 1, log: list | None = None, recorded=None) -> None:
    """Steps 2, 3, 5, 6 and 7: draw the acts of today, and let the ties absorb them."""
    people, year_day = state.people, state.day % YEAR
    birthday_today = (people.birthday == year_day) | (people.shown == year_day)
    dose_of_view = view_dose(people, rules)
    if recorded is None:
        recorded = np.full(state.population, log is not None)

    def interact_in(first: int, last: int) -> tuple[list[Acts], Tally]:
        part = new_tally(state.tally.viewed.shape[0])
        scratch, acts = new_scratch(0 if log is None else LOG_STRIPS), []
        step = max(last - first, 1) if log is None else LOG_STRIPS
        for start in range(first, last, step):
            count = interact_in_strips(
                np.uint64(seed), state.day, start, min(start + step, last), people, birthday_today, dose_of_view, recorded,
                state.ties, part, rules, scratch,
            )  # fmt: skip
            if log is not None:
                acts.append(as_acts(state.day, scratch, count))
        return acts, part

    for acts, part in in_parallel(interact_in, strips(state.ties.i.size), threads):
        add_tallies(state.tally, [part])
        if log is not None:
            log.extend(acts)


@njit
def interact_in_strips(
    seed, day, first_strip, last_strip, people, birthday_today, view_dose, recorded, ties, tally, rules, scratch
):  # fmt: skip
    """The acts of today in these strips, absorbed by their ties. Returns the number of logged acts in the scratch."""
    logged = 0
    for strip in range(first_strip, last_strip):
        first, last = strip * STRIP, min((strip + 1) * STRIP, ties.i.size)
        draw_luck(seed, day, first, last, ties.i, ties.j, scratch.luck)
        n = meet(
            seed, day, first, last, scratch.luck, ties.i, ties.j, ties.flags, ties.chance, ties.touch, ties.exchange, ties.w_ij,
            ties.w_ji, people.drive, people.kept, rules.substitution, rules.complement, rules.displace_chance,
            rules.visit, rules.call, scratch.row, scratch.side, scratch.channel, 0,
        )  # fmt: skip
        if rules.feed:
            n = respond(
                seed, day, first, last, scratch.luck[2], ties.i, ties.j, ties.flags, ties.c_ij, ties.c_ji, ties.view_ij,
                ties.view_ji, ties.comment_ij, ties.comment_ji, ties.message_rate_ij, ties.message_rate_ji, ties.busy,
                people.places, people.reactions, people.free, people.each_group, rules.reply, rules.reply_half, rules.meet_after,
                rules.visit, rules.call, scratch.row, scratch.side, scratch.channel, n,
            )  # fmt: skip
        if day % YEAR == 0:
            n = new_year(
                seed, day, first, last, ties.i, ties.j, ties.flags, ties.c_ij, ties.c_ji, rules.cards,
                rules.cards_half, scratch.row, scratch.side, scratch.channel, n,
            )  # fmt: skip
        scratch.cause[:n] = OWN
        today = scratch.today[: celebrating(first, last, ties.i, ties.j, birthday_today, scratch.today)]
        if rules.prompts:
            n = greet(
                seed, day, today, ties.i, ties.j, ties.flags, ties.c_ij, ties.c_ji, people.greet,
                people.member, people.shown, people.birthday, rules.active, rules.level, rules.slope, rules.centre,
                rules.private, rules.private_effort, rules.nonbirthday, scratch.row, scratch.side, scratch.channel,
                scratch.cause, n,
            )  # fmt: skip
        before = n
        n = birthdays(
            seed, day, today, ties.i, ties.j, ties.flags, ties.c_ij, ties.c_ji, people.birthday, rules.wish,
            rules.wish_half, rules.by_card, rules.by_call, rules.suppression, scratch.row, scratch.side,
            scratch.channel, n,
        )  # fmt: skip
        scratch.cause[before:n] = BIRTHDAY
        record_acts(
            day, first, n, ties.i, ties.j, ties.c_ij, ties.c_ji, ties.last_real, ties.last_composed, ties.class_ij,
            ties.class_ji, ties.contacts, ties.chances, ties.minutes, ties.gestures, people.profile, people.birthday,
            people.shown, rules.dose, rules.dose_sent, rules.touches, rules.minutes, rules.minutes_slope, scratch.row,
            scratch.side, scratch.channel, scratch.cause, scratch.missed, scratch.doses, tally.received,
            tally.absorbed, tally.season, tally.celebrated,
        )  # fmt: skip
        if rules.feed:
            absorb_views(
                first, last, ties.i, ties.j, ties.view_ij, ties.view_ji, view_dose, rules.touches[VIEW], scratch.missed
            )
        update_closeness(first, last, ties.kind, rules.fade, ties.c_ij, ties.c_ji, scratch.missed, scratch.doses)
        if rules.online:
            update_memories(
                first, last, rules.touch_fade, rules.exchange_fade, ties.touch, ties.exchange, scratch.missed
            )
        if scratch.sender.size:
            logged = log_acts(
                n, ties.i, ties.j, recorded, scratch.row, scratch.side, scratch.channel, scratch.cause, scratch.sender,
                scratch.receiver, scratch.logged_channel, scratch.logged_cause, logged,
            )  # fmt: skip
    return logged


@njit
def log_acts(acts, i, j, recorded, row, side, channel, cause, sender, receiver, logged_channel, logged_cause, n):
    """Append to the log the acts of a strip in which a recorded person takes part. Returns the new number of logged acts."""
    for act in range(acts):
        a, b = i[row[act]], j[row[act]]
        if recorded[a] or recorded[b]:
            sender[n], receiver[n] = (a, b) if side[act] == 0 else (b, a)
            logged_channel[n], logged_cause[n] = channel[act], cause[act]
            n += 1
    return n


def new_scratch(logged: int) -> Scratch:
    """Working arrays for one strip, with a log for the acts of `logged` strips."""
    room = logged * STRIP * ACTS_PER_TIE
    return Scratch(
        *room_for_acts(get_ident()), today=np.empty(STRIP, np.int64),
        luck=np.empty((3, STRIP), np.float32), missed=np.ones((4, STRIP), np.float32),
        doses=np.zeros((2, STRIP), np.float32), sender=np.empty(room, np.int32), receiver=np.empty(room, np.int32),
        logged_channel=np.empty(room, np.uint8), logged_cause=np.empty(room, np.uint8),
    )  # fmt: skip


@lru_cache(maxsize=64)
def room_for_acts(thread: int) -> tuple[np.ndarray, ...]:
    """row, side, channel, cause of the acts of a strip.

    They are kept for each thread: to allocate them anew takes longer than a day of a small world.
    """
    size = STRIP * ACTS_PER_TIE
    return np.empty(size, np.int64), *(np.empty(size, np.uint8) for _ in range(3))


def as_acts(day: int, scratch: Scratch, count: int) -> Acts:
    """The first `count` logged acts."""
    return Acts(
        day=np.full(count, day, np.int32), sender=scratch.sender[:count].copy(), receiver=scratch.receiver[:count].copy(),
        channel=scratch.logged_channel[:count].copy(), cause=scratch.logged_cause[:count].copy(),
    )  # fmt: skip
