"""Step 8, turn over (docs/model.md 7.8), monthly: people learn birthdays and leave settings; ties end and begin."""

import math
from typing import NamedTuple

import numpy as np

from sim.compiled import njit
from sim.draws import FRIEND, KNOW, LEAVE, LEAVE_TIE, NEW, NEW_HOW, PICK, draw, draw_block, unit
from sim.world.columns import (
    ENDED,
    FROM_CLUB,
    FROM_FRIENDS,
    FROM_PAST,
    FROM_WORK,
    KNOWS_IJ,
    KNOWS_JI,
    LINKED,
    LINKED_IJ,
    LINKED_JI,
    NEW_TIE,
    ONLINE,
    ONLINE_BORN,
    SHARED,
)
from sim.world.kernels.chances import MOST, poisson
from sim.world.kernels.together import mark_together
from sim.world.state import STRIP

BLOCK = 64
ZERO = np.float32(0)
NOBODY, IJ, JI = np.uint16(0), np.uint16(KNOWS_IJ), np.uint16(KNOWS_JI)
SMALLEST = 2.0**-25  # half a step of a uniform: keeps ln(u) finite


class Around(NamedTuple):
    """Whom people can meet: through ties, and in places of each type."""

    start: np.ndarray  # (people + 1,) where the living ties of each person begin in `rows`
    rows: np.ndarray  # rows of living ties, by person
    place_start: tuple[np.ndarray, ...]  # of each type of place: (places + 1,) where the people of each begin in `residents`
    residents: tuple[np.ndarray, ...]  # of each type of place: people by place


@njit
def change_ties(seed, day, first, last, people, ties, rules, branched, gone):
    """What the end of a month does to rows first..last, in place: knowing, settings and places that are left, ties that end.

    gone : (ties,) bool, filled: whether the tie loses its row
    """
    for start in range(first, last, STRIP):
        stop = min(start + STRIP, last)
        learn_birthdays(seed, day, start, stop, ties, rules)
        lose_settings(seed, day, start, stop, people.places, ties, rules)
        mark_together(ties.i[start:stop], ties.j[start:stop], people.places, people.community, ties.together[start:stop])
        end_ties(day, start, stop, people.profile, ties, rules, branched, gone)


@njit
def learn_birthdays(seed, day, first, last, ties, rules):
    """People learn birthdays with probability gain * closeness. With prompts, they may forget those of linked people."""
    gain, forget = np.float32(rules.know), np.float32(rules.forget) if rules.prompts else ZERO
    words, changed = np.empty((4, BLOCK), np.uint32), np.empty(BLOCK, np.uint16)
    word0, word1, word2, word3 = words[0], words[1], words[2], words[3]
    for start in range(first, last, BLOCK):
        size = min(BLOCK, last - start)
        i, j, flags = ties.i[start : start + size], ties.j[start : start + size], ties.flags[start : start + size]
        c_ij, c_ji = ties.c_ij[start : start + size], ties.c_ji[start : start + size]
        draw_block(seed, KNOW, day, i, j, words)
        for k in range(size):
            by_i = IJ if unit(word0[k]) < gain * c_ij[k] else NOBODY
            by_j = JI if unit(word1[k]) < gain * c_ji[k] else NOBODY
            changed[k] = ~flags[k] & (by_i | by_j)
        if forget > ZERO:
            for k in range(size):
                by_i = IJ if flags[k] & LINKED_IJ and unit(word2[k]) < forget else NOBODY
                by_j = JI if flags[k] & LINKED_JI and unit(word3[k]) < forget else NOBODY
                changed[k] |= flags[k] & (by_i | by_j)
        for k in range(size):
            flags[k] ^= changed[k]


@njit
def leave_places(seed, day, people, leave, counts):
    """People move to another workplace, neighbourhood or club with the probability of their profile; places in place."""
    places = people.places
    for person in range(places.shape[0]):
        for kind in range(3):
            if places[person, kind] >= 0:
                u, u_place, _, _ = draw(seed, LEAVE, day, person, person, kind)
                if u < leave[people.profile[person]]:
                    places[person, kind] = min(int(u_place * np.float32(counts[kind])), counts[kind] - 1)


@njit
def lose_settings(seed, day, first, last, places, ties, rules):
    """A tie of a setting becomes one from the past if its people no longer share it, or by chance."""
    i, j, origin, chance, chance_of = ties.i, ties.j, ties.origin, ties.chance, rules.chance
    leave_tie = np.float32(rules.leave_tie)
    for row in range(np.uint64(first), np.uint64(last)):
        setting = origin[row]
        if FROM_WORK <= setting <= FROM_CLUB:
            apart = places[np.uint64(i[row]), setting - FROM_WORK] != places[np.uint64(j[row]), setting - FROM_WORK]
            if not apart and leave_tie > ZERO:
                apart = draw(seed, LEAVE_TIE, day, i[row], j[row])[0] < leave_tie
            if apart:
                origin[row] = FROM_PAST
                chance[row] = chance[row] * (chance_of[FROM_PAST] / chance_of[setting]) if chance_of[setting] > 0 else 0


@njit
def end_ties(day, first, last, profile, ties, rules, branched, gone):
    """End ties that are faint on both sides, not linked, and without real contact for long.

    After the branch, a tie from before it keeps its row and fades on. All others are `gone`.
    """
    flags, c_ij, c_ji, last_real, class_ij = ties.flags, ties.c_ij, ties.c_ji, ties.last_real, ties.class_ij
    faint = np.float32(rules.faint)
    for row in range(first, last):
        patience = rules.patience[profile[np.uint64(ties.i[row])], profile[np.uint64(ties.j[row])]]
        unused = day - last_real[row] > rules.unused * patience
        ends = unused and c_ij[row] < faint and c_ji[row] < faint and flags[row] & (ENDED | LINKED) == 0
        gone[row] = ends and not (branched and class_ij[row] < NEW_TIE)
        if ends and not gone[row]:
            flags[row] |= ENDED
            ties.chance[row] = ties.w_ij[row] = ties.w_ji[row] = ZERO


@njit
def tell_living(first, last, ties, gone, living):
    """Fill living: which rows are ties in real life that have not ended. Only these keep people from meeting."""
    flags, class_ij, affinity, kind = ties.flags, ties.class_ij, ties.affinity, ties.kind
    for row in range(first, last):
        never_met = class_ij[row] == ONLINE_BORN and flags[row] & SHARED == 0 and (affinity[row] == ZERO or kind[row] == ONLINE)
        living[row] = not (gone[row] or flags[row] & ENDED or never_met)


@njit
def acquaintances(seed, day, first, last, people, ties, rules, around):
    """The new acquaintances that people first..last make this month: who, with whom, and the origin of their tie.

    Candidates are in the order of their numbers or of their rows, and are drawn for in blocks.
    """
    i, j, c_ij, c_ji = ties.i, ties.j, ties.c_ij, ties.c_ji
    closure = np.float32(rules.closure)
    new_i, new_j = np.empty((last - first) * MOST, np.int32), np.empty((last - first) * MOST, np.int32)
    new_origin = np.empty((last - first) * MOST, np.uint8)
    tied_to = np.full(people.profile.size, -1, np.int32)  # the last person who was found to have a tie to this one
    others, closeness = np.empty(people.profile.size, np.int32), np.empty(people.profile.size, np.float32)
    words = np.empty((4, BLOCK), np.uint32)
    count = 0
    for person in range(first, last):
        number = poisson(draw(seed, NEW, day, person, person)[0], rules.new_ties[people.profile[person]])
        if number == 0:
            continue
        tied_to[person] = person
        for row in around.rows[around.start[person] : around.start[person + 1]]:
            tied_to[j[row] if i[row] == person else i[row]] = person
        for item in range(number):
            u_closure, u_setting, _, _ = draw(seed, NEW_HOW, day, person, person, item)
            if u_closure < closure:
                origin = FROM_FRIENDS
                rows = around.rows[around.start[person] : around.start[person + 1]]
                n = friends(person, rows, i, j, c_ij, c_ji, others, closeness)
                winner = race(seed, FRIEND + 256 * item, day, person, others[:n], closeness[:n], words)
                if winner < 0:
                    continue
                friend = others[winner]
                rows = around.rows[around.start[friend] : around.start[friend + 1]]
                n = friends(friend, rows, i, j, c_ij, c_ji, others, closeness)
                n = strangers(person, tied_to, others[:n], closeness[:n])
                winner = race(seed, PICK + 256 * item, day, person, others[:n], closeness[:n], words)
            else:
                kind = min(int(u_setting * np.float32(3)), 2)
                origin = FROM_WORK + kind
                place = people.places[person, kind]
                if place < 0:
                    continue
                residents = around.residents[kind][around.place_start[kind][place] : around.place_start[kind][place + 1]]
                for k in range(residents.size):
                    others[k] = residents[k]
                n = strangers(person, tied_to, others[: residents.size], closeness[: residents.size])
                winner = luckiest(seed, PICK + 256 * item, day, person, others[:n], words)
            if winner >= 0:
                new_i[count], new_j[count], new_origin[count] = person, others[winner], origin
                count += 1
    return new_i[:count], new_j[:count], new_origin[:count]


@njit
def friends(person, rows, i, j, c_ij, c_ji, others, closeness):
    """Fill others and closeness: the people of these ties, and what the person feels for them, if it is above 0."""
    n = 0
    for row in rows:
        if i[row] == person:
            others[n], closeness[n] = j[row], c_ij[row]
        else:
            others[n], closeness[n] = i[row], c_ji[row]
        n += closeness[n] > ZERO
    return n


@njit
def strangers(person, tied_to, others, closeness):
    """Keep those who have no tie with the person, in place. Returns their number."""
    n = 0
    for k in range(others.size):
        others[n], closeness[n] = others[k], closeness[k]
        n += tied_to[others[k]] != person
    return n


@njit
def race(seed, use, day, person, others, weights, words):
    """Position of the candidate who arrives first, -1 without candidates. Each wins with a probability that follows its weight.

    A candidate arrives at -ln(u)/weight, which is at least (1 - u)/weight. Most logarithms are spared by that.
    """
    earliest, winner, me = np.inf, -1, np.full(BLOCK, person)
    for start in range(0, others.size, BLOCK):
        block = others[start : start + BLOCK]
        draw_block(seed, use, day, me[: block.size], block, words)
        for k in range(block.size):
            u, weight = np.float64(unit(words[0, k])) + SMALLEST, np.float64(weights[start + k])
            if (1 - u) / weight < earliest:
                arrival = -math.log(u) / weight
                if arrival < earliest:
                    earliest, winner = arrival, start + k
    return winner


@njit
def luckiest(seed, use, day, person, others, words):
    """Position of the candidate with the largest uniform, the first of equal ones; -1 without candidates."""
    largest, winner, me = np.float32(-1), -1, np.full(BLOCK, person)
    for start in range(0, others.size, BLOCK):
        block = others[start : start + BLOCK]
        draw_block(seed, use, day, me[: block.size], block, words)
        for k in range(block.size):
            u = unit(words[0, k])
            if u > largest:
                largest, winner = u, start + k
    return winner
