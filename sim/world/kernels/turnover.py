"""Step 8, turn over (docs/model.md 7.8), monthly: knowing birthdays, leaving settings, ties that end, ties that begin."""

import math

import numpy as np

from sim.compiled import njit
from sim.draws import (
    FRIEND,
    KNOW,
    LEAVE,
    LEAVE_TIE,
    NEW,
    NEW_HOW,
    PICK,
    draw,
)
from sim.world.columns import ENDED, FROM_CLUB, FROM_FRIENDS, FROM_PAST, FROM_WORK, KNOWS_IJ, KNOWS_JI, LINKED
from sim.world.kernels.chances import poisson

SMALLEST = 2.0**-25  # half a step of a uniform: keeps ln(u) finite


@njit
def learn_birthdays(seed, day, i, j, flags, c_ij, c_ji, gain, forget, prompts):
    """Each side comes to know the other's birthday with probability gain * closeness; prompts may unteach. In place."""
    for row in range(flags.size):
        for side in range(2):
            a, b, c, bit = (i[row], j[row], c_ij[row], KNOWS_IJ) if side == 0 else (j[row], i[row], c_ji[row], KNOWS_JI)
            if flags[row] & bit:
                if prompts and forget > 0 and flags[row] & LINKED and draw(seed, KNOW, day, a, b)[1] < forget:
                    flags[row] &= ~np.uint8(bit)
            elif c > 0 and draw(seed, KNOW, day, a, b)[0] < gain * c:
                flags[row] |= bit


@njit
def leave_places(seed, day, leave, counts, places):
    """People move to another workplace, neighbourhood or club with probability `leave` each; places in place."""
    for person in range(places.shape[0]):
        for which in range(3):
            if places[person, which] >= 0:
                u, where, _, _ = draw(seed, LEAVE, day, person, person, which)
                if u < leave:
                    places[person, which] = min(int(where * np.float32(counts[which])), counts[which] - 1)


@njit
def lose_settings(seed, day, i, j, origin, chance, places, chance_of, leave_tie):
    """Ties whose two people no longer share the setting they met in become ties of the past; in place."""
    for row in range(origin.size):
        where = origin[row]
        if FROM_WORK <= where <= FROM_CLUB:
            apart = places[i[row], where - FROM_WORK] != places[j[row], where - FROM_WORK]
            if not apart and leave_tie > 0:
                apart = draw(seed, LEAVE_TIE, day, i[row], j[row])[0] < leave_tie
            if apart:
                origin[row] = FROM_PAST
                chance[row] = chance[row] * (chance_of[FROM_PAST] / chance_of[where]) if chance_of[where] > 0 else 0


@njit
def ending(day, flags, c_ij, c_ji, last_real, faint, unused, ends):
    """Mark in `ends` the ties that are faint on both sides, unlinked and unused for long."""
    for row in range(flags.size):
        ends[row] = (
            flags[row] & (ENDED | LINKED) == 0
            and c_ij[row] < faint
            and c_ji[row] < faint
            and day - last_real[row] > unused
        )


@njit
def index_by_person(population, i, j, flags):
    """Each person's unended ties: start (population + 1,) and the rows (2 x ties,) grouped by person."""
    start = np.zeros(population + 1, np.int64)
    for row in range(i.size):
        if not flags[row] & ENDED:
            start[i[row] + 1] += 1
            start[j[row] + 1] += 1
    for person in range(population):
        start[person + 1] += start[person]
    rows = np.empty(start[population], np.int64)
    fill = start[:-1].copy()
    for row in range(i.size):
        if not flags[row] & ENDED:
            rows[fill[i[row]]] = row
            fill[i[row]] += 1
            rows[fill[j[row]]] = row
            fill[j[row]] += 1
    return start, rows


@njit
def race(u, weight):
    """Arrival time of a candidate in a race of exponentials; the smallest wins with probability ~ weight."""
    return -math.log(u + SMALLEST) / weight


@njit
def acquaintances(
    seed, day, i, j, c_ij, c_ji, start, rows, profile, places, roster_start, roster, new_ties, closure,
    new_i, new_j, new_origin,
):  # fmt: skip
    """Whom people get to know this month; fills new_i, new_j, new_origin and returns how many.

    start, rows : each person's unended ties, from `index_by_person`
    roster_start, roster : three lists, for each type of place the people of place p are roster[t][start[t][p]:start[t][p+1]]
    new_ties : (profiles,) float32, mean number initiated per month
    """
    population = profile.size
    tied_to = np.full(population, -1, np.int64)  # the last person found tied to this one
    count = 0
    for person in range(population):
        many = poisson(draw(seed, NEW, day, person, person)[0], new_ties[profile[person]])
        if many == 0:
            continue
        tied_to[person] = person
        for at in range(start[person], start[person + 1]):
            row = rows[at]
            tied_to[j[row] if i[row] == person else i[row]] = person
        for item in range(many):
            u_closure, u_where, _, _ = draw(seed, NEW_HOW, day, person, person, item)
            found = -1
            if u_closure < closure:
                origin = FROM_FRIENDS
                friend = -1
                best = np.inf
                for at in range(start[person], start[person + 1]):
                    row = rows[at]
                    other, c = (j[row], c_ij[row]) if i[row] == person else (i[row], c_ji[row])
                    if c > 0:
                        arrival = race(draw(seed, FRIEND, day, person, other, item)[0], c)
                        if arrival < best:
                            best, friend = arrival, other
                if friend < 0:
                    continue
                best = np.inf
                for at in range(start[friend], start[friend + 1]):
                    row = rows[at]
                    other, c = (j[row], c_ij[row]) if i[row] == friend else (i[row], c_ji[row])
                    if c > 0 and tied_to[other] != person:
                        arrival = race(draw(seed, PICK, day, person, other, item)[0], c)
                        if arrival < best:
                            best, found = arrival, other
            else:
                which = min(int(u_where * np.float32(3)), 2)
                origin = FROM_WORK + which
                place = places[person, which]
                if place < 0:
                    continue
                most = np.float32(-1)
                for at in range(roster_start[which][place], roster_start[which][place + 1]):
                    other = roster[which][at]
                    if tied_to[other] != person:
                        u = draw(seed, PICK, day, person, other, item)[0]
                        if u > most:
                            most, found = u, other
            if found >= 0:
                new_i[count], new_j[count], new_origin[count] = person, found, origin
                count += 1
    return count
