"""Who is linked to whom when a platform is joined (docs/model.md 7.9): places for links, and the pairs that take them.

Each member has a number of places for links. Part of them are for people whom one has met, the rest for people never met. A
link takes a place of the same sort on both sides.
"""

from __future__ import annotations

import numpy as np

from sim import draws
from sim.society.population import spread_around_one
from sim.world.columns import ENDED, FRIEND, FROM_ONLINE, FROM_PAST, LINKED, OF_A_LINK, ONLINE, ONLINE_BORN, UNLINKED
from sim.world.kernels.links import draw_partners, serve
from sim.world.kernels.rows import count_entries
from sim.world.kernels.together import mark_together
from sim.world.luck import in_blocks, link_probability, pair_uniforms
from sim.world.rows import change_rows, rows_of
from sim.world.state import Rules, State, link_only, new_ties, pair_of, set_back

NEARBY = 2_000  # former acquaintances are people whose row numbers differ by at most this
ROUNDS = 4  # of looking for former acquaintances and for people never met
UNBOUNDED = np.iinfo(np.int32).max


def link(state: State, rules: Rules, platform, society, profiles, seed: int, shown: float) -> None:
    """Give members places for links, and link them. Where a given graph knows who is linked, that holds, and places have no end.

    shown : part of people's ties that are in the graph; 1 for a generated society
    """
    people = state.people
    if state.known_links is not None:
        people.link_places[:] = people.stranger_places[:] = np.where(people.member, UNBOUNDED, 0)
        link_by_chance(state, rules, seed)
        return
    people.link_places[:], people.stranger_places[:] = places(people, platform.links, society, profiles, seed, shown)
    link_living_ties(state, rules, seed)
    if people.member.sum() > 1:
        link_others(state, draws.STRANGER, NEARBY, free_places(state), FRIEND, FROM_PAST, seed)
        link_others(state, draws.NEVER_MET, state.population, free_stranger_places(state), ONLINE, FROM_ONLINE, seed)


def places(people, links, society, profiles, seed: int, shown: float) -> tuple[np.ndarray, np.ndarray]:
    """(people,) int32 each: places for links to people one has met, and to people never met; 0 for people who are not members.

    links : of the platform
    """
    everyone = np.arange(people.profile.size)
    of_profile = [[getattr(profile, name).value for profile, _ in profiles] for name in ("links", "overlap")]
    mean, overlap = (np.array(values)[people.profile] for values in of_profile)
    number = mean * shown * spread_around_one(everyone.size, draws.SOCIABILITY, society.people.links_spread.value, seed)
    if links.cost is not None:
        number = number * (1 - links.cost.value)
    if links.cap is not None:
        number = np.minimum(number, links.cap.value)
    u = draws.uniforms(seed, draws.SOCIABILITY, 0, everyone).astype(np.float64)
    whole = (np.floor(number * share + u[:, word]) for share, word in ((overlap, 2), (1 - overlap, 3)))
    met, never_met = (np.where(people.member, values, 0).astype(np.int32) for values in whole)
    return met, never_met


def free_places(state: State) -> np.ndarray:
    """(people,) int32: places for links to people one has met that are still free."""
    return _free(state, state.people.link_places, state.ties.kind != ONLINE)


def free_stranger_places(state: State) -> np.ndarray:
    """(people,) int32: places for links to people never met that are still free."""
    return _free(state, state.people.stranger_places, state.ties.kind == ONLINE)


def _free(state: State, of_person: np.ndarray, takes_one: np.ndarray) -> np.ndarray:
    """takes_one : (ties,) bool, whether a link of this tie takes one of these places"""
    links, ties = np.zeros(state.population, np.int64), state.ties
    count_entries(0, ties.i.size, ties.i, ties.j, (ties.flags & LINKED != 0) & takes_one, links)
    return np.maximum(of_person - links, 0).astype(np.int32)


def unlink(ties, rows) -> None:
    """Remove the link, the greetings and the weekly rates of these ties; in place."""
    ties.flags[rows] &= ~np.uint8(OF_A_LINK)
    set_back(ties, UNLINKED, rows)


def link_by_chance(state: State, rules: Rules, seed: int) -> None:
    """Link members who have a tie, by chance. Where it is known whether they are linked, that holds."""
    member = state.people.member
    for ties in in_blocks(state.ties):
        u = draws.uniforms(seed, draws.LINK, 0, ties.i, ties.j)[:, 0]
        linked = u < link_probability(rules, (ties.c_ij + ties.c_ji) / 2)
        known, value = state.known_links.of(ties.i, ties.j)
        linked[known] = value[known]
        linked &= member[ties.i] & member[ties.j] & (ties.flags & ENDED == 0)
        ties.flags[linked] |= LINKED


def link_living_ties(state: State, rules: Rules, seed: int) -> None:
    """Link members who have a living tie, the closest pairs first, while both have a place. Chance leaves out some of them."""
    ties, member = state.ties, state.people.member
    wanted = np.empty(ties.i.size, np.bool_)
    closeness = np.empty(ties.i.size, np.float32)
    start = 0
    for some in in_blocks(ties):
        block = slice(start, start + some.i.size)
        closeness[block] = (some.c_ij + some.c_ji) / 2
        u = draws.uniforms(seed, draws.LINK, 0, some.i, some.j)[:, 0]
        wanted[block] = (u < link_probability(rules, closeness[block])) & member[some.i] & member[some.j]
        wanted[block] &= (some.flags & (ENDED | LINKED) == 0) & ~link_only(some)
        start = block.stop
    rows = np.flatnonzero(wanted)
    rows = rows[np.argsort(-closeness[rows], kind="stable")]
    linked = np.empty(rows.size, np.bool_)
    serve(ties.i, ties.j, rows, free_places(state), linked)
    ties.flags[rows[linked]] |= LINKED


def link_others(state: State, use: int, reach: int, free: np.ndarray, kind: int, origin: int, seed: int) -> None:
    """Link members who have no row with others nearby, by chance, while both have a free place.

    use : of the draws; reach : how far apart row numbers may be; free : (people,) int32, places, changed in place
    kind, origin : of the new links
    """
    people, reach = state.people, min(reach, state.population // 2)
    first = np.zeros(state.population, np.int64)  # tries so far
    for _ in range(ROUNDS):
        has_place = free > 0
        if has_place.sum() < 2:
            break
        tries = np.ceil(free / 2 / has_place.mean()).astype(np.int64)  # a link has two ends; some tries meet nobody with a place
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
