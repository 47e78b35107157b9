"""Links and ties that a platform makes and ends at the end of a month (docs/model.md 7.8).

Before ties end, links end and ties that began online may become friendships in real life. After new acquaintances, people link
with whom the platform suggests, and get to know people there.
"""

from __future__ import annotations

import numpy as np

from sim import draws
from sim.world.columns import ENDED, FAR, FROM_FRIENDS, FROM_ONLINE, LINKED, ONLINE, ONLINE_BORN
from sim.world.kernels.links import serve
from sim.world.kernels.online import met_online, pass_gate, suggested, unlink_ties
from sim.world.kernels.together import mark_together
from sim.world.links import free_places, free_stranger_places, unlink_sides
from sim.world.luck import pair_uniforms
from sim.world.rows import change_rows, index_by_person, rows_of
from sim.world.state import Rules, State, link_only, new_ties, tile_key
from sim.world.threads import in_parallel


def end_links(state: State, rules: Rules, seed: int, threads: int = 1) -> None:
    """Links end, and ties that began online pass the gate into real life."""
    ties, rows = state.ties, state.ties.i.size
    if rules.unlink > 0:
        ended = np.empty(rows, np.uint16)
        in_parallel(
            lambda first, last: unlink_ties(np.uint64(seed), state.day, first, last, ties, rules, ended), rows, threads
        )
        unlink_sides(ties, ended)
    if rules.gate > 0:
        in_parallel(lambda first, last: pass_gate(np.uint64(seed), state.day, first, last, ties, rules), rows, threads)


def begin_links(state: State, rules: Rules, seed: int, threads: int = 1) -> None:
    """People link with whom the platform suggests; then they get to know people there."""
    if rules.suggest > 0:
        link_suggested(state, rules, seed, threads)
    if rules.meet_links > 0 or rules.meet_communities > 0 or rules.meet_feed > 0:
        begin_online(state, rules, seed, threads)


def friends_online(state: State) -> np.ndarray:
    """(ties,) bool: ties of which one is a friend of the other on the platform: with a link, not ended, of two members."""
    ties, member = state.ties, state.people.member
    return (ties.flags & LINKED != 0) & (ties.flags & ENDED == 0) & member[ties.i] & member[ties.j]


def link_suggested(state: State, rules: Rules, seed: int, threads: int) -> None:
    """Suggestions that people accept become links, while both have a place; one without a tie is a mere link."""
    people, ties = state.people, state.ties
    links = index_by_person(state.population, ties.i, ties.j, friends_online(state), threads)
    i, j = pairs_of(
        lambda first, last: suggested(np.uint64(seed), state.day, first, last, people, ties, rules, links), state, threads
    )
    place, present = rows_of(ties, i, j)
    rows = place[present]
    alive = ties.flags[rows] & ENDED == 0
    rows = rows[alive]
    met = ties.kind[rows] != ONLINE
    for some, free in ((rows[met], free_places(state)), (rows[~met], free_stranger_places(state))):
        ties.flags[some[serve_pairs(seed, ties.i[some], ties.j[some], free)]] |= LINKED
    begin(state, i[~present], j[~present], seed)


def begin_online(state: State, rules: Rules, seed: int, threads: int) -> None:
    """People get to know each other on the platform. A pair without a link gets one, while both have a place."""
    people, ties = state.people, state.ties
    alive = (ties.flags & ENDED == 0) & ~link_only(ties)
    links = index_by_person(state.population, ties.i, ties.j, friends_online(state), threads)
    tied = index_by_person(state.population, ties.i, ties.j, alive, threads)
    order = np.argsort(people.community, kind="stable").astype(np.int32)
    residents = np.searchsorted(people.community[order], np.arange(max(rules.communities, 0) + 1)), order
    i, j = pairs_of(
        lambda first, last: met_online(
            np.uint64(seed), state.day, first, last, people, ties, rules, links, tied, residents
        ),
        state, threads,
    )  # fmt: skip
    present = rows_of(ties, i, j)[1]
    begin(state, i[~present], j[~present], seed)
    place, present = rows_of(state.ties, i, j)
    know(state, place[present], rules, seed)


def pairs_of(kernel, state: State, threads: int) -> tuple[np.ndarray, np.ndarray]:
    """The pairs i < j that people choose, unique and in tile order. kernel : (first person, last) -> who, whom"""
    who, whom = (np.concatenate(parts) for parts in zip(*in_parallel(kernel, state.population, threads)))
    i, j = np.minimum(who, whom), np.maximum(who, whom)
    _, first = np.unique(tile_key(i, j), return_index=True)
    return i[first], j[first]


def serve_pairs(seed: int, i: np.ndarray, j: np.ndarray, free: np.ndarray) -> np.ndarray:
    """(pairs,) bool: which pairs are linked, in order of word 2 of draw LINK, while both have a place."""
    order, linked = np.argsort(pair_uniforms(seed, draws.LINK, 2, i, j), kind="stable"), np.empty(i.size, np.bool_)
    serve(i, j, order, free, linked)
    served = np.empty(i.size, np.bool_)
    served[order] = linked
    return served


def begin(state: State, i: np.ndarray, j: np.ndarray, seed: int) -> None:
    """Mere links between people who have no row, while both have a place for people never met."""
    served = serve_pairs(seed, i, j, free_stranger_places(state))
    i, j = i[served], j[served]
    links = new_ties(
        i.size, i=i, j=j, kind=ONLINE, origin=FROM_ONLINE, flags=LINKED, last_real=state.day - 10**6, class_ij=ONLINE_BORN,
        class_ji=ONLINE_BORN,
    )  # fmt: skip
    mark_together(i, j, state.people.places, state.people.community, links.together)
    change_rows(state, links)


def know(state: State, rows: np.ndarray, rules: Rules, seed: int) -> None:
    """The mere links in these rows become ties: people who know each other online. Other rows stay as they are."""
    ties = state.ties
    rows = rows[(ties.class_ij[rows] == ONLINE_BORN) & (ties.affinity[rows] == 0) & (ties.flags[rows] & LINKED != 0)]
    i, j = ties.i[rows], ties.j[rows]
    z = draws.normal(draws.uniforms(seed, draws.AFFINITY, 0, i, j))
    ties.affinity[rows] = np.float32(rules.newcomers) * rules.meet_affinity * np.exp(np.float32(rules.affinity_spread) * z)
    far = draws.uniforms(seed, draws.FAR, 0, i, j)[:, 0] < rules.far[FROM_FRIENDS]
    ties.flags[rows] |= np.where(far, FAR, 0).astype(np.uint16)
    ties.attention_ij[rows] = ties.attention_ji[rows] = 0  # was shared out without this affinity: waits for the plan day
    for c in (ties.c_ij, ties.c_ji):
        c[rows] = np.maximum(c[rows], np.float32(rules.meet_closeness))
