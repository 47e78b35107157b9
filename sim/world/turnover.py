"""Step 8, turn over (docs/model.md 7.8): at the end of a month people learn birthdays and leave settings; ties end and begin."""

from __future__ import annotations

import numpy as np

from sim.world.columns import ENDED, FAR, FRIEND, FROM_FRIENDS, LINKED, NEW_TIE, REST, SHARED
from sim.world.kernels.together import mark_together
from sim.world.kernels.turnover import (
    acquaintances,
    ending,
    index_by_person,
    learn_birthdays,
    leave_places,
    lose_settings,
)
from sim.world.luck import link_probability, pair_luck
from sim.world.state import Rules, State, chosen, link_only, merged, new_ties, tile_key


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
    mark_together(state.ties.i, state.ties.j, people.places, state.ties.together)


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


def roster(place: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Where each of the `count` places begins in the list of people by place, and this list."""
    order = np.argsort(place, kind="stable")
    return np.searchsorted(place[order], np.arange(count + 1)), order
