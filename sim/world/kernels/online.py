"""Links and ties that a platform makes and ends, monthly (docs/model.md 7.8): unlinking, the gate, suggestions, meetings."""

import numpy as np

from sim.compiled import njit
from sim.draws import AUTHOR, GATE, INTRODUCE, MEET, ONLINE_FRIEND, SUGGEST, SUGGESTED, THROUGH, UNLINK, draw
from sim.world.columns import ENDED, FAR, FRIEND, LINKED, LINKED_IJ, LINKED_JI, ONLINE, ONLINE_BORN
from sim.world.kernels.chances import MOST, poisson
from sim.world.kernels.turnover import BLOCK, luckiest
from sim.world.state import MONTH, YEAR

TRIES = 8  # to find the author of a post

ZERO = np.float32(0)


@njit
def unlink_ties(seed, day, first, last, ties, rules, unlinked):
    """Fill unlinked, (ties,) uint16, for rows first..last: the links that end, of those without composed acts for a year.

    The less close a side, the likelier. Where links need a return, the links of both end together.
    """
    flags, last_composed, c_ij, c_ji = ties.flags, ties.last_composed, ties.c_ij, ties.c_ji
    rate, half = np.float32(rules.unlink), np.float32(rules.unlink_half)
    for row in range(first, last):
        unlinked[row] = 0
        if flags[row] & LINKED and (last_composed[row] < 0 or day - last_composed[row] >= YEAR):
            u_i, u_j, _, _ = draw(seed, UNLINK, day, ties.i[row], ties.j[row])
            by_i = flags[row] & LINKED_IJ and u_i < rate * (half / (half + c_ij[row]))
            by_j = flags[row] & LINKED_JI and u_j < rate * (half / (half + c_ji[row]))
            if by_i or (by_j and not rules.one_way):
                unlinked[row] |= LINKED_IJ
            if by_j or (by_i and not rules.one_way):
                unlinked[row] |= LINKED_JI


@njit
def pass_gate(seed, day, first, last, ties, rules):
    """Ties that began online become friendships in real life, in rows first..last: the closer, the likelier."""
    share, half, far = np.float32(rules.gate), np.float32(rules.gate_half), np.float32(rules.gate_far)
    for row in range(first, last):
        began_online = ties.kind[row] == ONLINE and ties.class_ij[row] == ONLINE_BORN and ties.affinity[row] > ZERO
        if began_online and ties.flags[row] & ENDED == 0:
            c = min(ties.c_ij[row], ties.c_ji[row])
            p = share * (c * c / (c * c + half * half)) if c > ZERO else ZERO
            if ties.flags[row] & FAR:
                p *= far
            if draw(seed, GATE, day, ties.i[row], ties.j[row])[0] < p:
                ties.kind[row], ties.last_real[row] = FRIEND, day


@njit
def suggested(seed, day, first, last, people, ties, rules, links):
    """Whom people first..last are suggested this month and want to link with: a friend of somebody they are linked to.

    links : `Around.start` and `Around.rows` of ties with a link
    """
    member = people.member
    who, whom = np.empty((last - first) * MOST, np.int32), np.empty((last - first) * MOST, np.int32)
    known = np.full(member.size, -1, np.int32)  # the last person who was found to be linked to this one
    others, words = np.empty(member.size, np.int32), np.empty((4, BLOCK), np.uint32)
    count = 0
    for person in range(first, last):
        if not member[person]:
            continue
        number = poisson(draw(seed, SUGGEST, day, person, person)[0], rules.suggest)
        if number > 0:
            mark(person, links, ties, known)
        for item in range(number):
            other = friend_of_a_friend(seed, THROUGH, SUGGESTED, day, person, item, ties, links, known, others, words)
            if other >= 0:
                who[count], whom[count] = person, other
                count += 1
    return who[:count], whom[:count]


@njit
def met_online(seed, day, first, last, people, ties, rules, links, tied, residents):
    """Whom people first..last get to know on the platform this month: through a link of a link, in a community, in the feed.

    links, tied : start and rows of linked ties, and of ties that are more than a link
    residents : start and people of each community
    """
    member, community = people.member, people.community
    room = 3 * (last - first) * MOST
    who, whom = np.empty(room, np.int32), np.empty(room, np.int32)
    known = np.full(member.size, -1, np.int32)  # the last person who was found to have a tie to this one
    others, words = np.empty(member.size, np.int32), np.empty((4, BLOCK), np.uint32)
    count = 0
    for person in range(first, last):
        if not member[person]:
            continue
        u_links, u_community, u_feed, _ = draw(seed, MEET, day, person, person)
        through, inside = poisson(u_links, rules.meet_links), poisson(u_community, rules.meet_communities)
        read = poisson(u_feed, MONTH * people.strangers[person] * rules.meet_feed)
        if through + inside + read > 0:
            mark(person, tied, ties, known)
        for item in range(through):
            other = friend_of_a_friend(seed, INTRODUCE, ONLINE_FRIEND, day, person, item, ties, links, known, others, words)
            if other >= 0:
                who[count], whom[count] = person, other
                count += 1
        for item in range(read):
            other = author(seed, day, person, item, member, known)
            if other >= 0:
                who[count], whom[count] = person, other
                count += 1
        place = community[person]
        if place < 0:
            continue
        here = residents[1][residents[0][place] : residents[0][place + 1]]
        for item in range(inside):
            n = 0
            for k in range(here.size):
                others[n] = here[k]
                n += known[here[k]] != person and member[here[k]]
            winner = luckiest(seed, ONLINE_FRIEND + 256 * (MOST + item), day, person, others[:n], words)
            if winner >= 0:
                who[count], whom[count] = person, others[winner]
                count += 1
    return who[:count], whom[:count]


@njit
def author(seed, day, person, item, member, known):
    """A member who is not known yet, of all people alike; -1 if a few tries find none."""
    for attempt in range(TRIES):
        u = np.float64(draw(seed, AUTHOR, day, person, person, TRIES * item + attempt)[0])
        other = int(u * member.size)
        if member[other] and known[other] != person:
            return other
    return -1


@njit
def mark(person, index, ties, known):
    """Set known[k] = person for everybody with whom the person has one of these ties, and for the person."""
    start, rows = index
    known[person] = person
    for row in rows[start[person] : start[person + 1]]:
        known[ties.j[row] if ties.i[row] == person else ties.i[row]] = person


@njit
def friend_of_a_friend(seed, friend_use, use, day, person, item, ties, links, known, others, words):
    """Somebody linked to a person who is linked to this one, and who is not known yet; -1 if there is nobody.

    The friend has the largest draw among all, and so has the friend's friend.
    """
    n = linked_to(person, links, ties, others)
    winner = luckiest(seed, friend_use + 256 * item, day, person, others[:n], words)
    if winner < 0:
        return -1
    n = 0
    for other in others[: linked_to(others[winner], links, ties, others)]:
        others[n] = other
        n += known[other] != person
    winner = luckiest(seed, use + 256 * item, day, person, others[:n], words)
    return others[winner] if winner >= 0 else -1


@njit
def linked_to(person, links, ties, others):
    """Fill others with everybody to whom a person has a link. Returns their number."""
    start, rows = links
    n = 0
    for row in rows[start[person] : start[person + 1]]:
        own, other = (LINKED_IJ, ties.j[row]) if ties.i[row] == person else (LINKED_JI, ties.i[row])
        others[n] = other
        n += ties.flags[row] & own != 0
    return n
