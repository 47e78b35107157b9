"""One day, in the order of docs/model.md section 3: the kernels as a table of contents."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from threading import get_ident
from typing import NamedTuple

import numpy as np

from sim.channels import BIRTHDAY, OWN, VIEW
from sim.compiled import njit
from sim.world.columns import ENDED, FAR, FRIEND, FROM_FRIENDS, LINKED, NEW_TIE, REST, SHARED
from sim.world.kernels.birthday import greet
from sim.world.kernels.closeness import absorb_views, months_since, record_acts, update_closeness, update_memories
from sim.world.kernels.feed import rate_acts, scale_rates, sum_over_friends, within_minutes
from sim.world.kernels.meet import draw_luck, meet
from sim.world.kernels.occasions import birthdays, celebrating, new_year
from sim.world.kernels.plan import FIXED, drives, sum_closeness, tally_views, totals, weights
from sim.world.kernels.respond import respond
from sim.world.kernels.turnover import (
    acquaintances,
    ending,
    index_by_person,
    learn_birthdays,
    leave_places,
    lose_settings,
)
from sim.world.luck import link_probability, pair_luck
from sim.world.state import MONTH, STRIP, WEEK, YEAR, Rules, State, chosen, link_only, merged, new_ties, roomier, strips, tile_key

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
        turn_over(state, rules, seed)
    state.day += 1


def plan(state: State, rules: Rules, threads: int = 1) -> None:
    """Step 1: sum closeness for the year's means, then share planned contact out over ties for a week."""
    people, ties, tally = state.people, state.ties, state.tally
    rows, population = ties.i.size, state.population
    month = months_since(people.birthday.astype(np.int64), state.day % YEAR).astype(np.uint8)

    def plan_strips(first: int, last: int) -> np.ndarray:
        for strip in range(first, last):
            sum_closeness(
                strip * STRIP, min((strip + 1) * STRIP, rows), ties.i, ties.j, ties.flags, ties.c_ij,
                ties.c_ji, ties.class_ij, ties.class_ji, month, ties.sum_ij, ties.sum_ji, tally.season_closeness[strip],
                tally.season_ties[strip],
            )  # fmt: skip
        span = slice(first * STRIP, min(last * STRIP, rows))
        weights(
            ties.flags[span], ties.affinity[span], ties.c_ij[span], ties.c_ji[span], np.float32(rules.gamma),
            ties.w_ij[span], ties.w_ji[span],
        )  # fmt: skip
        total = np.zeros(population, np.int64)
        totals(ties.i[span], ties.j[span], ties.w_ij[span], ties.w_ji[span], total)
        return total

    strip_totals = in_parallel(plan_strips, strips(rows), threads)
    drives(people.contacts, people.kept, sum(strip_totals, np.zeros(population, np.int64)), people.drive)
    state.sampled += 1
    if rules.feed:
        post_and_read(state, rules)


def post_and_read(state: State, rules: Rules) -> None:
    """Step 4 and the rates of step 5, for a week: views, comments, messages and group exchanges, within people's minutes."""
    people, ties, tally = state.people, state.ties, state.tally
    offered, attention, community, seen, spoken = (np.zeros(state.population, np.int64) for _ in range(5))
    sum_over_friends(
        ties.i, ties.j, ties.flags, ties.affinity, ties.c_ij, ties.c_ji, people.member, people.places, people.posts,
        rules.attend[people.profile], rules.by_closeness, rules.rank_floor, rules.rank_slope, offered, attention, community,
        ties.message_rate_ij, ties.message_rate_ji,
    )  # fmt: skip
    rate_acts(
        ties.i, ties.j, ties.flags, ties.affinity, ties.c_ij, ties.c_ji, people.member, people.posts,
        rules.opening * rules.opened[people.profile], rules.discussed[people.profile],
        quotient(people.items * rules.friends_share, offered), people.comments, quotient(people.messages, attention),
        rules.by_closeness, rules.rank_floor, rules.rank_slope, rules.floor, rules.visits, ties.view_ij, ties.view_ji,
        ties.comment_ij, ties.comment_ji, ties.message_rate_ij, ties.message_rate_ji, seen, spoken,
    )  # fmt: skip
    scale = np.empty(state.population, np.float32)
    within_minutes(
        people.minutes, people.items, people.reactions, people.messages, people.groups, seen, spoken, attention, community,
        rules.item_minutes, rules.minutes, rules.budget, people.free, scale, people.each_group,
    )  # fmt: skip
    scale_rates(
        ties.i, ties.j, ties.flags, people.member, people.places, people.reactions, people.free, scale, people.each_group,
        ties.view_ij, ties.view_ji, ties.comment_ij, ties.comment_ji, ties.message_rate_ij, ties.message_rate_ji, ties.busy,
    )  # fmt: skip
    dose = view_dose(people, rules)
    for strip in range(strips(ties.i.size)):
        tally_views(
            strip * STRIP, min((strip + 1) * STRIP, ties.i.size), ties.i, ties.j, ties.c_ij, ties.c_ji, ties.class_ij,
            ties.class_ji, ties.view_ij, ties.view_ji, people.profile, dose, tally.viewed[strip], tally.absorbed[strip],
            np.float32(WEEK),
        )  # fmt: skip


def quotient(number: np.ndarray, total: np.ndarray) -> np.ndarray:
    """(people,) float32: number / total, with the total in units of 2^-36; 0 where the total is 0."""
    return np.divide(number * FIXED, total, out=np.zeros(total.size), where=total > 0).astype(np.float32)


def view_dose(people, rules: Rules) -> np.ndarray:
    """(people,) float32: dose of closeness from one view of this person's posts."""
    return rules.dose[VIEW] * rules.dosed[people.profile]


def interact(state: State, rules: Rules, seed: int, threads: int = 1, log: list | None = None, recorded=None) -> None:
    """Steps 2, 3, 5, 6 and 7: draw the acts of today, and let the ties absorb them."""
    people, year_day = state.people, state.day % YEAR
    birthday_today = (people.birthday == year_day) | (people.shown == year_day)
    dose_of_view = view_dose(people, rules)
    if recorded is None:
        recorded = np.full(state.population, log is not None)

    def interact_in(first: int, last: int) -> list[Acts]:
        scratch, acts = new_scratch(0 if log is None else LOG_STRIPS), []
        step = max(last - first, 1) if log is None else LOG_STRIPS
        for start in range(first, last, step):
            count = interact_in_strips(
                np.uint64(seed), state.day, start, min(start + step, last), people, birthday_today, dose_of_view, recorded,
                state.ties, state.tally, rules, scratch,
            )  # fmt: skip
            if log is not None:
                acts.append(as_acts(state.day, scratch, count))
        return acts

    for acts in in_parallel(interact_in, strips(state.ties.i.size), threads):
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
            scratch.side, scratch.channel, scratch.cause, scratch.missed, scratch.doses, tally.received[strip],
            tally.absorbed[strip], tally.season[strip], tally.celebrated[strip],
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


def turn_over(state: State, rules: Rules, seed: int) -> None:
    """Step 8, at the end of a month: people learn birthdays and leave settings, ties end, new ties begin."""
    people, ties = state.people, state.ties
    learn_birthdays(
        np.uint64(seed), state.day, ties.i, ties.j, ties.flags, ties.c_ij, ties.c_ji, np.float32(rules.know),
        np.float32(rules.forget), rules.prompts,
    )  # fmt: skip
    leave_places(
        np.uint64(seed), state.day, np.float32(rules.leave), np.array(state.place_counts, np.int64), people.places
    )
    lose_settings(
        np.uint64(seed), state.day, ties.i, ties.j, ties.origin, ties.chance, people.places, rules.chance,
        np.float32(rules.leave_tie),
    )  # fmt: skip
    end_ties(state, rules)
    begin_ties(state, *meet_strangers(state, rules, seed), rules, seed)


def end_ties(state: State, rules: Rules) -> None:
    """End ties that are faint, unlinked and unused.

    After the branch, a tie from before it keeps its row and fades on. All others lose their row.
    """
    ties = state.ties
    ends = np.empty(ties.i.size, np.bool_)
    ending(
        state.day, ties.flags, ties.c_ij, ties.c_ji, ties.last_real, np.float32(rules.faint), rules.unused, ends
    )
    if not ends.any():
        return
    old = ends & state.branched & (ties.class_ij < NEW_TIE)
    ties.flags[old] |= ENDED
    ties.chance[old] = ties.w_ij[old] = ties.w_ji[old] = 0
    gone = ends & ~old
    if gone.any():
        state.ties = chosen(ties, ~gone)


def meet_strangers(state: State, rules: Rules, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The new pairs of this month (i < j, unique, in tile order) and the origin of each."""
    people, ties, population = state.people, state.ties, state.population
    flags = np.where(link_only(ties), ties.flags | ENDED, ties.flags)  # a link does not keep people from meeting
    start, rows = index_by_person(population, ties.i, ties.j, flags)
    rosters = [roster(people.places[:, type], state.place_counts[type]) for type in range(3)]
    new_i, new_j, new_origin = (np.empty(population * 8, np.int64) for _ in range(3))
    count = acquaintances(
        np.uint64(seed), state.day, ties.i, ties.j, ties.c_ij, ties.c_ji, start, rows, people.profile, people.places,
        tuple(r[0] for r in rosters), tuple(r[1] for r in rosters), rules.new_ties, np.float32(rules.closure),
        new_i, new_j, new_origin,
    )  # fmt: skip
    i = np.minimum(new_i[:count], new_j[:count])
    j = np.maximum(new_i[:count], new_j[:count])
    _, first = np.unique(tile_key(i, j), return_index=True)  # sorted; the first of equal pairs
    return i[first], j[first], new_origin[:count][first]


def begin_ties(state: State, i, j, origin, rules: Rules, seed: int) -> None:
    """Add ties for new acquaintances. A pair that still has a row, of an ended tie or a link, gets that row back."""
    if not i.size:
        return
    ties = state.ties
    luck = pair_luck(rules, seed, i, j, origin)
    places = np.searchsorted(tile_key(ties.i, ties.j), tile_key(i, j))
    known = places < ties.i.size
    known[known] = (ties.i[places[known]] == i[known]) & (ties.j[places[known]] == j[known])

    back = places[known]
    met = link_only(ties)[back]  # linked before they met: becomes a new tie
    if met.any():
        rows = back[met]
        ties.kind[rows] = FRIEND
        ties.affinity[rows] = np.float32(rules.newcomers) * luck.affinity[known][met]
        ties.flags[rows] |= np.where(luck.far[known][met], FAR, 0).astype(np.uint8)
        ties.class_ij[rows] = ties.class_ji[rows] = NEW_TIE if state.branched else REST
    ties.flags[back] &= ~np.uint8(ENDED)
    ties.origin[back] = origin[known]
    ties.chance[back] = luck.chance[known]
    ties.flags[back[origin[known] != FROM_FRIENDS]] |= SHARED
    for c in (ties.c_ij, ties.c_ji):
        c[back] = np.maximum(c[back], np.float32(rules.first_closeness))
    ties.last_real[back] = state.day

    new = ~known
    i, j, origin = i[new], j[new], origin[new]
    member = state.people.member
    flags = (
        np.where(luck.far[new], FAR, 0)
        | np.where(origin != FROM_FRIENDS, SHARED, 0)
        | np.where(member[i] & member[j] & (luck.link[new] < link_probability(rules, rules.first_closeness)), LINKED, 0)
    )
    newcomers = new_ties(
        i.size, i=i, j=j, kind=FRIEND, origin=origin, flags=flags,
        affinity=np.float32(rules.newcomers) * luck.affinity[new], chance=luck.chance[new],
        c_ij=rules.first_closeness, c_ji=rules.first_closeness, last_real=state.day,
        class_ij=NEW_TIE if state.branched else REST, class_ji=NEW_TIE if state.branched else REST,
    )  # fmt: skip
    state.ties = merged(ties, newcomers)
    state.tally = roomier(state.tally, state.ties.i.size)


def roster(place: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Where each of the `count` places begins in the list of people by place, and this list."""
    order = np.argsort(place, kind="stable")
    return np.searchsorted(place[order], np.arange(count + 1)), order


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


def in_parallel(work, size: int, threads: int) -> list:
    """Call work(first, last) over 0..size in `threads` threads; results in order. Kernels release the interpreter's lock."""
    threads = max(1, min(threads, size))
    if threads == 1:
        return [work(0, size)]
    ends = [size * k // threads for k in range(threads + 1)]
    return list(pool(threads).map(work, ends[:-1], ends[1:]))


@lru_cache(maxsize=2)
def pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, thread_name_prefix="world")
