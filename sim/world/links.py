"""Who is linked to whom when a platform is joined (docs/model.md 7.9): places for links, and the pairs that take them.

Each member has a number of places for links. Part of them are for people whom one has met, the rest for people never met. A
link takes a place of the same sort on both sides.
"""

from __future__ import annotations

import numpy as np

from sim import draws
from sim.society.population import spread_around_one
from sim.world.columns import (
    ENDED,
    FRIEND,
    FROM_ONLINE,
    FROM_PAST,
    GREETED_IJ,
    GREETED_JI,
    LINKED,
    LINKED_IJ,
    LINKED_JI,
    OF_A_LINK,
    ONLINE,
    ONLINE_BORN,
    UNLINKED,
)  # fmt: skip
from sim.world.following import follow_back, follow_friends, follow_strangers
from sim.world.habits import Shift, numbers_of
from sim.world.kernels.feed import OF_I, OF_J
from sim.world.kernels.links import count_links, draw_partners, serve
from sim.world.kernels.together import mark_together
from sim.world.luck import by_turn, in_blocks, link_probability, pair_uniforms
from sim.world.rows import change_rows, rows_of
from sim.world.state import Rules, State, link_only, new_ties, pair_of, set_back

NEARBY = 2_000  # former acquaintances are people whose row numbers differ by at most this
ROUNDS = 4  # of looking for former acquaintances and for people never met
UNBOUNDED = np.iinfo(np.int32).max


def link(
    state: State, rules: Rules, platform, society, profiles, seed: int, shown: float, newcomers: np.ndarray,
    shift: Shift | None = None,
) -> None:
    """Give people who join places for links, and link them. Where a given graph knows who is linked, places have no end.

    shown : part of people's ties that are in the graph; 1 for a generated society
    newcomers : (people,) bool, who joins
    shift : whose habits are shifted; None: nobody's
    """
    people = state.people
    if state.known_links is not None:
        people.link_places[newcomers] = people.stranger_places[newcomers] = UNBOUNDED
        link_by_chance(state, rules, newcomers, seed)
        return
    met, never_met = places(people, platform, society, profiles, seed, shown, shift)
    people.link_places[newcomers], people.stranger_places[newcomers] = met[newcomers], never_met[newcomers]
    if platform.following is not None:
        follow_friends(state, rules, free_places(state), newcomers, seed, platform.links.kept)
        follow_strangers(state, platform, profiles, np.where(newcomers, free_stranger_places(state), 0), seed)
        follow_back(state, rules, profiles, newcomers, seed)
        return
    link_living_ties(state, rules, newcomers, seed, platform.links.kept)
    if people.member.sum() > 1:
        link_others(state, draws.STRANGER, NEARBY, free_places(state), newcomers, FRIEND, FROM_PAST, seed)
        never_met = free_stranger_places(state)
        link_others(state, draws.NEVER_MET, state.population, never_met, newcomers, ONLINE, FROM_ONLINE, seed)


def places(
    people, platform, society, profiles, seed: int, shown: float, shift: Shift | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """(people,) int32 each: places for links to people one has met, and to people never met.

    On a platform whose links need no return, these are places for friends whose account one recognises, and for strangers.
    """
    everyone, links = np.arange(people.profile.size), platform.links
    mean, overlap = (numbers_of(name, people, profiles, shift, platform) for name in ("links", "overlap"))
    if platform.following is not None:
        overlap = np.full(everyone.size, platform.following.known_share.value)
    number = mean * shown * spread_around_one(everyone.size, draws.SOCIABILITY, society.people.links_spread.value, seed)
    if links.cost is not None:
        number = number * (1 - links.cost.value)
    if links.cap is not None:
        number = np.minimum(number, links.cap.value)
    u = draws.uniforms(seed, draws.SOCIABILITY, 0, everyone).astype(np.float64)
    whole = (np.floor(number * share + u[:, word]) for share, word in ((overlap, 2), (1 - overlap, 3)))
    met, never_met = (values.astype(np.int32) for values in whole)
    return met, never_met


def free_places(state: State) -> np.ndarray:
    """(people,) int32: places for links to people one has met that are still free."""
    return _free(state, state.people.link_places, of_strangers=False)


def free_stranger_places(state: State) -> np.ndarray:
    """(people,) int32: places for links to people never met that are still free."""
    return _free(state, state.people.stranger_places, of_strangers=True)


def _free(state: State, places_of: np.ndarray, of_strangers: bool) -> np.ndarray:
    """of_strangers : whether a link takes one of these places where the two only know each other online, or elsewhere"""
    links = np.zeros(state.population, np.int32)
    count_links(state.ties.i, state.ties.j, state.ties.flags, state.ties.kind, of_strangers, links)
    return np.where(state.people.member, np.maximum(places_of - links, 0), 0).astype(np.int32)


def unlink(ties, rows) -> None:
    """Remove the link, the greetings and the weekly rates of these ties; in place."""
    ties.flags[rows] &= ~np.uint16(OF_A_LINK)
    set_back(ties, UNLINKED, rows)


def unlink_sides(ties, ended: np.ndarray) -> None:
    """End links, with the greetings and the weekly rates of these sides; in place. ended : (ties,) uint16, flags of the links"""
    for own, greeted, view, attention, friend in (
        (LINKED_IJ, GREETED_IJ, ties.view_ij, ties.attention_ij, OF_I),
        (LINKED_JI, GREETED_JI, ties.view_ji, ties.attention_ji, OF_J),
    ):
        rows = np.flatnonzero(ended & own)
        ties.flags[rows] &= ~np.uint16(own | greeted)
        view[rows] = attention[rows] = 0
        ties.were_friends[rows] &= ~friend


def link_by_chance(state: State, rules: Rules, newcomers: np.ndarray, seed: int) -> None:
    """Link newcomers to members with whom they have a tie, by chance. Where it is known whether they are linked, that holds."""
    member = state.people.member
    for ties in in_blocks(state.ties):
        u = draws.uniforms(seed, draws.LINK, 0, ties.i, ties.j)[:, 0]
        linked = u < link_probability(rules, (ties.c_ij + ties.c_ji) / 2)
        known, value = state.known_links.of(ties.i, ties.j)
        linked[known] = value[known]
        linked &= member[ties.i] & member[ties.j] & (newcomers[ties.i] | newcomers[ties.j]) & (ties.flags & ENDED == 0)
        ties.flags[linked] |= LINKED


def link_living_ties(state: State, rules: Rules, newcomers: np.ndarray, seed: int, kept: str = "closest") -> None:
    """Link newcomers to members with whom they have a living tie, one after the other, while both have a place.

    Chance leaves out some of them, and so do accounts that one of the two does not recognise.

    kept : `links.kept` of the platform, which says whose turn comes first
    """
    ties, member, pseudonym = state.ties, state.people.member, state.people.pseudonym
    wanted = np.empty(ties.i.size, np.bool_)
    closeness = np.empty(ties.i.size, np.float32)
    start = 0
    for some in in_blocks(ties):
        block = slice(start, start + some.i.size)
        closeness[block] = (some.c_ij + some.c_ji) / 2
        u = draws.uniforms(seed, draws.LINK, 0, some.i, some.j)[:, 0]
        wanted[block] = (u < link_probability(rules, closeness[block])) & member[some.i] & member[some.j]
        wanted[block] &= (some.flags & (ENDED | LINKED) == 0) & ~link_only(some) & (newcomers[some.i] | newcomers[some.j])
        wanted[block] &= ~pseudonym[some.i] | (some.c_ij >= rules.told)
        wanted[block] &= ~pseudonym[some.j] | (some.c_ji >= rules.told)
        start = block.stop
    rows = np.flatnonzero(wanted)
    rows = rows[np.argsort(by_turn(kept, closeness[rows], seed, ties.i[rows], ties.j[rows]), kind="stable")]
    linked = np.empty(rows.size, np.bool_)
    serve(ties.i, ties.j, rows, free_places(state), linked)
    ties.flags[rows[linked]] |= LINKED


def link_others(
    state: State, use: int, reach: int, free: np.ndarray, newcomers: np.ndarray, kind: int, origin: int, seed: int
) -> None:
    """Link newcomers to members nearby with whom they have no row, by chance, while both have a free place.

    use : of the draws; reach : how far apart row numbers may be; free : (people,) int32, places, changed in place
    kind, origin : of the new links
    """
    people, reach = state.people, min(reach, state.population // 2)
    first = np.zeros(state.population, np.int64)  # tries so far
    for _ in range(ROUNDS):
        has_place = free > 0
        if has_place.sum() < 2 or not (has_place & newcomers).any():
            break
        ends = 2 if newcomers[has_place].all() else 1  # a link has two ends; where all look for links, one finds half of them
        tries = np.ceil(np.where(newcomers, free, 0) / ends / has_place.mean()).astype(np.int64)  # some find nobody with a place
        i, j = partners(use, first, tries, has_place, reach, seed)
        first += tries
        fresh = ~rows_of(state.ties, i, j)[1]
        i, j = i[fresh], j[fresh]
        order = np.argsort(pair_uniforms(seed, draws.LINK, 1, i, j), kind="stable")
        linked = np.empty(i.size, np.bool_)
        serve(i, j, order, free, linked)
        chosen = np.sort(order[linked])
        links = new_ties(
            chosen.size, i=i[chosen], j=j[chosen], kind=kind, origin=origin, flags=LINKED,
            last_real=state.day - 10**6, class_ij=ONLINE_BORN, class_ji=ONLINE_BORN,
        )  # fmt: skip
        mark_together(links.i, links.j, people.places, people.community, links.together)
        change_rows(state, links)


def partners(use: int, first: np.ndarray, tries: np.ndarray, has_place: np.ndarray, reach: int, seed: int):
    """Pairs of people, unique and in tile order. Each person tries to link with so many others of nearby row numbers.

    first, tries : (people,) int64, the number of tries before these, and of these; has_place : (people,) bool, who can be linked
    """
    keys = np.empty(tries.sum(), np.int64)
    keys = keys[: draw_partners(np.uint64(seed), use, first, tries, has_place, reach, keys)]
    keys.sort()
    return pair_of(keys[np.diff(keys, prepend=-1) > 0])
