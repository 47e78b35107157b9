"""Step 8, turn over (docs/model.md 7.8), monthly: people learn birthdays and leave settings; ties end and begin."""

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
    """Each side learns the other's birthday with probability gain * closeness. With prompts it may forget. In place."""
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
        for kind in range(3):
            if places[person, kind] >= 0:
                u, u_place, _, _ = draw(seed, LEAVE, day, person, person, kind)
                if u < leave:
                    places[person, kind] = min(int(u_place * np.float32(counts[kind])), counts[kind] - 1)


@njit
def lose_settings(seed, day, i, j, origin, chance, places, chance_of, leave_tie):
    """A tie of a setting becomes one from the past if its people no longer share it, or by chance; in place."""
    for row in range(origin.size):
        setting = origin[row]
        if FROM_WORK <= setting <= FROM_CLUB:
            apart = places[i[row], setting - FROM_WORK] != places[j[row], setting - FROM_WORK]
            if not apart and leave_tie > 0:
                apart = draw(seed, LEAVE_TIE, day, i[row], j[row])[0] < leave_tie
            if apart:
                origin[row] = FROM_PAST
                chance[row] = chance[row] * (chance_of[FROM_PAST] / chance_of[setting]) if chance_of[setting] > 0 else 0


@njit
def ending(day, flags, c_ij, c_ji, last_real, faint, unused, ends):
    """Mark in `ends` the ties that are faint on both sides, not linked, and without real contact for long."""
    for row in range(flags.size):
        ends[row] = (
            flags[row] & (ENDED | LINKED) == 0
            and c_ij[row] < faint
            and c_ji[row] < faint
            and day - last_real[row] > unused
        )


@njit
def index_by_person(population, i, j, flags):
    """Rows of each person's ties that have not ended: start (population + 1,), and rows (2 x ties,) grouped by person."""
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
    """Arrival time of a candidate in a race. The first to arrive wins, each with a probability proportional to its weight."""
    return -math.log(u + SMALLEST) / weight


@njit
def acquaintances(
    seed, day, i, j, c_ij, c_ji, start, rows, profile, places, roster_start, roster, new_ties, closure,
    new_i, new_j, new_origin,
):  # fmt: skip
    """Fill new_i, new_j, new_origin with the new acquaintances of this month, and return their number.

    start, rows : each person's ties that have not ended, from `index_by_person`
    roster_start, roster : an array for each type t of place; the people of place p are roster[t][start[t][p]:start[t][p+1]]
    new_ties : (profiles,) float32, mean number of acquaintances that a person begins per month
    """
    population = profile.size
    tied_to = np.full(population, -1, np.int64)  # the last person who was found to have a tie to this one
    count = 0
    for person in range(population):
        number = poisson(draw(seed, NEW, day, person, person)[0], new_ties[profile[person]])
        if number == 0:
            continue
        tied_to[person] = person
        for entry in range(start[person], start[person + 1]):
            row = rows[entry]
            tied_to[j[row] if i[row] == person else i[row]] = person
        for item in range(number):
            u_closure, u_setting, _, _ = draw(seed, NEW_HOW, day, person, person, item)
            partner = -1
            if u_closure < closure:
                origin = FROM_FRIENDS
                friend = -1
                best = np.inf
                for entry in range(start[person], start[person + 1]):
                    row = rows[entry]
                    candidate, c = (j[row], c_ij[row]) if i[row] == person else (i[row], c_ji[row])
                    if c > 0:
                        arrival = race(draw(seed, FRIEND, day, person, candidate, item)[0], c)
                        if arrival < best:
                            best, friend = arrival, candidate
                if friend < 0:
                    continue
                best = np.inf
                for entry in range(start[friend], start[friend + 1]):
                    row = rows[entry]
                    candidate, c = (j[row], c_ij[row]) if i[row] == friend else (i[row], c_ji[row])
                    if c > 0 and tied_to[candidate] != person:
                        arrival = race(draw(seed, PICK, day, person, candidate, item)[0], c)
                        if arrival < best:
                            best, partner = arrival, candidate
            else:
                kind = min(int(u_setting * np.float32(3)), 2)
                origin = FROM_WORK + kind
                place = places[person, kind]
                if place < 0:
                    continue
                largest = np.float32(-1)
                for entry in range(roster_start[kind][place], roster_start[kind][place + 1]):
                    candidate = roster[kind][entry]
                    if tied_to[candidate] != person:
                        u = draw(seed, PICK, day, person, candidate, item)[0]
                        if u > largest:
                            largest, partner = u, candidate
            if partner >= 0:
                new_i[count], new_j[count], new_origin[count] = person, partner, origin
                count += 1
    return count
