"""Links of people, when a platform is joined (docs/model.md 7.9)."""

import numpy as np

from sim.compiled import njit
from sim.draws import FOLLOW, draw
from sim.world.columns import LINKED_IJ, LINKED_JI, ONLINE
from sim.world.kernels.rows import key_of

TRIES = 8  # to find an account for a place


@njit
def serve(i, j, order, free, linked):
    """Link pairs in an order while both people have a free place.

    i, j : of all pairs; order : numbers of pairs; free : (people,) int32, in place
    linked : (size of order,) bool, filled: whether each of these pairs is linked
    """
    for k in range(order.size):
        a, b = i[order[k]], j[order[k]]
        linked[k] = free[a] > 0 and free[b] > 0
        if linked[k]:
            free[a] -= 1
            free[b] -= 1


@njit
def count_links(i, j, flags, kind, of_strangers, links):
    """Count each person's own links.

    of_strangers : those of ties that are only online, or all others; links : (people,) int32, in place
    """
    for row in range(i.size):
        if (kind[row] == ONLINE) == of_strangers:
            links[np.uint64(i[row])] += flags[row] & LINKED_IJ != 0
            links[np.uint64(j[row])] += flags[row] & LINKED_JI != 0


@njit
def draw_partners(seed, use, first, tries, has_place, reach, keys):
    """Fill keys with `tile_key` of pairs of a person and somebody nearby who has a place. Returns their number.

    first, tries : (people,) int64, how often each person drew a partner before, and does now
    reach : how far apart their row numbers may be
    """
    count = 0
    for person in range(tries.size):
        for item in range(first[person] + 1, first[person] + tries[person] + 1):
            u = np.float64(draw(seed, use, 0, person, person, item)[0])
            partner = (person + 1 + int(np.floor((u - 0.5) * 2 * reach))) % tries.size
            if has_place[partner] and partner != person:
                keys[count] = key_of(min(person, partner), max(person, partner))
                count += 1
    return count


@njit
def serve_each(who, order, free, served):
    """Serve people in an order while they have a free place.

    who : person of each wish; order : numbers of wishes; free : (people,) int32, in place
    served : (size of order,) bool, filled: whether each of these wishes is served
    """
    for k in range(order.size):
        person = who[order[k]]
        served[k] = free[person] > 0
        free[person] -= served[k]


@njit
def choose_accounts(seed, people, ties, only_links, index, free, audience):
    """Which accounts of strangers people follow: who, whom. They pass over people with whom they have a tie.

    only_links : (ties,) bool, ties that are only a link; index : start and rows of all ties, by person
    free : (people,) int32, how many each may follow
    audience : (profiles, people) float64, cumulative weights of accounts for people of a profile
    """
    start, rows = index
    member, size = people.member, people.member.size
    known = np.full(size, -1, np.int32)  # the last person who has a tie to this one or follows this one
    who, whom = np.empty(free.sum(), np.int32), np.empty(free.sum(), np.int32)
    count = 0
    for person in range(size):
        if free[person] <= 0:
            continue
        known[person] = person
        for row in rows[start[person] : start[person + 1]]:
            own = LINKED_IJ if ties.i[row] == person else LINKED_JI
            if ties.flags[row] & own or not only_links[row]:
                known[ties.j[row] if ties.i[row] == person else ties.i[row]] = person
        weights = audience[people.profile[person]]
        left = free[person]
        for item in range(TRIES * free[person]):
            if left == 0:
                break
            u, finer, _, _ = draw(seed, FOLLOW, 0, person, person, item)
            at = (np.float64(u) + np.float64(finer) * 2.0**-24) * weights[-1]
            other = min(np.searchsorted(weights, at, side="right"), size - 1)
            if member[other] and known[other] != person:
                known[other] = person
                who[count], whom[count] = person, other
                count += 1
                left -= 1
    return who[:count], whom[:count]
