"""Who follows whom when a platform is joined whose links need no return (docs/model.md 7.9).

Each member has a number of places for accounts to follow. Part of them are for friends whose account the person recognises, the
closest first or as the platform says. The rest are for strangers: the larger their audience, the likelier. Some follow back.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

from sim import draws
from sim.society.population import spread_around_one
from sim.world.columns import ENDED, FROM_ONLINE, LINKED, LINKED_IJ, LINKED_JI, ONLINE, ONLINE_BORN
from sim.world.kernels.links import choose_accounts, serve_each
from sim.world.kernels.together import mark_together
from sim.world.luck import by_turn, in_blocks, link_probability
from sim.world.rows import change_rows, index_by_person, rows_of
from sim.world.state import Rules, State, link_only, new_ties, tile_key


def follow_friends(
    state: State, rules: Rules, free: np.ndarray, newcomers: np.ndarray, seed: int, kept: str = "closest"
) -> None:
    """Members follow living ties whose account they recognise, while they have a place. Chance leaves out some of them.

    free : (people,) int32, places, changed in place; newcomers : (people,) bool, who joins; they follow and are followed
    kept : `links.kept` of the platform, which says whose turn comes first
    """
    ties, people = state.ties, state.people
    if not ties.i.size:
        return
    who, rows, sides, turns, start = [], [], [], [], 0
    for some in in_blocks(ties):
        both = people.member[some.i] & people.member[some.j] & (newcomers[some.i] | newcomers[some.j])
        both &= (some.flags & ENDED == 0) & ~link_only(some)
        u = draws.uniforms(seed, draws.LINK, 0, some.i, some.j)[:, 0]
        for word, flag, me, other, c, c_back in (
            (0, LINKED_IJ, some.i, some.j, some.c_ij, some.c_ji),
            (1, LINKED_JI, some.j, some.i, some.c_ji, some.c_ij),
        ):
            recognised = ~people.pseudonym[other] | (c_back >= rules.told)
            wanted = np.flatnonzero(both & recognised & (some.flags & flag == 0) & (u < link_probability(rules, c)))
            who.append(me[wanted])
            rows.append(wanted + start)
            sides.append(np.full(wanted.size, flag, np.uint16))
            turns.append(by_turn(kept, c[wanted], seed, some.i[wanted], some.j[wanted], word))
        start += some.i.size
    who, rows, sides, turns = (np.concatenate(parts) for parts in (who, rows, sides, turns))
    order = np.lexsort((rows, turns))
    served = np.empty(order.size, np.bool_)
    serve_each(who, order, free, served)
    np.bitwise_or.at(ties.flags, rows[order[served]], sides[order[served]])


def follow_strangers(state: State, platform, profiles, free: np.ndarray, seed: int, threads: int = 1) -> None:
    """Members follow strangers in proportion to audience^status, while they have a place.

    free : (people,) int32, places. A person's audience is drawn once: it is the same on all platforms, whoever is a member.
    """
    people, ties = state.people, state.ties
    spread = platform.following.audience_spread.value
    audience = spread_around_one(state.population, draws.ACCOUNT, spread, seed, item=1).astype(np.float64)
    draw_of = np.array([np.cumsum(audience**profile.status.value) for profile, _ in profiles])
    index = index_by_person(state.population, ties.i, ties.j, np.ones(ties.i.size, np.bool_), threads)
    who, whom = choose_accounts(np.uint64(seed), people, ties, link_only(ties), index, free, draw_of)
    i, j = np.minimum(who, whom), np.maximum(who, whom)
    flag = np.where(who < whom, LINKED_IJ, LINKED_JI).astype(np.uint16)
    order = np.argsort(tile_key(i, j), kind="stable")
    i, j, flag = i[order], j[order], flag[order]
    place, present = rows_of(ties, i, j)
    np.bitwise_or.at(ties.flags, place[present], flag[present])  # the other one follows already
    i, j, flag = i[~present], j[~present], flag[~present]
    first = np.flatnonzero(np.diff(tile_key(i, j), prepend=-1) != 0)
    flags = np.bitwise_or.reduceat(flag, first) if first.size else flag
    links = new_ties(
        first.size, i=i[first], j=j[first], kind=ONLINE, origin=FROM_ONLINE, flags=flags, last_real=state.day - 10**6,
        class_ij=ONLINE_BORN, class_ji=ONLINE_BORN,
    )  # fmt: skip
    mark_together(links.i, links.j, people.places, people.community, links.together)
    change_rows(state, links)


def follow_back(state: State, rules: Rules, profiles, newcomers: np.ndarray, seed: int) -> None:
    """Followed people follow back, the closer the likelier, so often that the profile's share of linked pairs is mutual.

    For each return the person stops following a stranger who does not follow back. So nobody follows more than before, except
    people without such a stranger. Where more pairs are mutual already, nobody returns.
    """
    ties, people = state.ties, state.people
    share, group_of = np.unique([profile.recip.value for profile, _ in profiles], return_inverse=True)
    group = group_of[people.profile]  # people of profiles with the same share count together: names of profiles change nothing
    linked = np.flatnonzero((ties.flags & LINKED != 0) & (newcomers[ties.i] | newcomers[ties.j]))
    of_i, of_j = ties.flags[linked] & LINKED_IJ != 0, ties.flags[linked] & LINKED_JI != 0
    mutual, ends = of_i & of_j, (group[ties.i[linked]], group[ties.j[linked]])
    pairs, returned = (sum(np.bincount(end[some], minlength=share.size) for end in ends) / 2 for some in (of_i | of_j, mutual))
    missing = np.maximum(0, (share * pairs - returned) / (1 + share))  # a return makes a pair mutual, and ends another pair

    rows = linked[~mutual]
    by_j = of_i[~mutual]  # whom i follows: j may return
    who = np.where(by_j, ties.j[rows], ties.i[rows])
    weight = rules.floor + np.where(by_j, ties.c_ji[rows], ties.c_ij[rows]).astype(np.float64)
    u = draws.uniforms(seed, draws.RETURN, 0, ties.i[rows], ties.j[rows])
    returns = np.zeros(rows.size, np.bool_)
    for number, wanted in enumerate(missing):
        some = np.flatnonzero(group[who] == number)
        chance = np.minimum(1, level_of(weight[some], wanted) * weight[some])
        returns[some] = np.where(by_j, u[:, 1], u[:, 0])[some] < chance
    ties.flags[rows[returns]] |= LINKED
    stop_following(state, np.bincount(who[returns], minlength=state.population), seed)


def level_of(weight: np.ndarray, wanted: float) -> float:
    """x, such that the sum of min(1, x weight) is `wanted`; as large as need be where even all together are fewer."""
    weight = weight[weight > 0]
    if wanted <= 0 or not weight.size:
        return 0.0
    most = 1 / weight.min()
    if wanted >= weight.size:
        return most
    return brentq(lambda x: np.minimum(1, x * weight).sum() - wanted, 0, most)


def stop_following(state: State, number: np.ndarray, seed: int) -> None:
    """People stop following strangers who do not follow them, by chance. number : (people,) how many each stops following"""
    ties = state.ties
    one_way = (ties.flags & LINKED == LINKED_IJ) | (ties.flags & LINKED == LINKED_JI)
    rows = np.flatnonzero(one_way & link_only(ties))
    by_i = ties.flags[rows] & LINKED_IJ != 0
    who = np.where(by_i, ties.i[rows], ties.j[rows])
    rows, who = rows[number[who] > 0], who[number[who] > 0]
    u = draws.uniforms(seed, draws.RETURN, 0, ties.i[rows], ties.j[rows])[:, 2]
    order = np.argsort(u, kind="stable")
    stopped = np.empty(order.size, np.bool_)
    serve_each(who, order, number.astype(np.int32), stopped)
    change_rows(state, new_ties(0), np.sort(rows[order[stopped]]))
