"""Step 8, turn over (docs/model.md 7.8): at the end of a month people learn birthdays and leave settings; ties end and begin."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.world.columns import ENDED, FAR, FRIEND, FROM_FRIENDS, LINKED, NEW_TIE, REST, SHARED
from sim.world.kernels.links import serve
from sim.world.kernels.together import mark_together
from sim.world.kernels.turnover import Around, acquaintances, change_ties, leave_places, tell_living
from sim.world.links import free_places
from sim.world.luck import PairLuck, link_probability, pair_luck
from sim.world.online import begin_links, end_links
from sim.world.rows import change_rows, index_by_person, rows_of
from sim.world.state import Rules, State, Ties, chosen, never_met, new_ties, tile_key
from sim.world.threads import in_parallel


class Pairs(NamedTuple):
    """Pairs that get to know each other this month: i < j, unique, in tile order."""

    i: np.ndarray
    j: np.ndarray
    origin: np.ndarray


def turn_over(state: State, rules: Rules, seed: int, threads: int = 1) -> None:
    """Step 8, at the end of a month: people learn birthdays and leave settings, links and ties end, new ones begin."""
    leave_places(np.uint64(seed), state.day, state.people, rules.leave, np.array(state.place_counts, np.int64))
    if rules.online:
        end_links(state, rules, seed, threads)
    gone = np.empty(state.ties.i.size, np.bool_)

    def change(first: int, last: int) -> None:
        change_ties(np.uint64(seed), state.day, first, last, state.people, state.ties, rules, state.branched, gone)

    in_parallel(change, gone.size, threads)
    pairs = meet_strangers(state, rules, seed, gone, threads)
    change_rows(state, begin_ties(state, pairs, rules, seed, gone), np.flatnonzero(gone), threads)
    if rules.online:
        begin_links(state, rules, seed, threads)


def meet_strangers(state: State, rules: Rules, seed: int, gone: np.ndarray, threads: int = 1) -> Pairs:
    """The pairs that get to know each other, in a setting or through a friend.

    gone : (ties,) bool, ties that end and lose their row
    """
    people, ties = state.people, state.ties
    living = np.empty(gone.size, np.bool_)
    in_parallel(lambda first, last: tell_living(first, last, ties, gone, living), gone.size, threads)
    index = index_by_person(state.population, ties.i, ties.j, living, threads)
    around = Around(*index, *zip(*(people_by_place(people.places[:, k], count) for k, count in enumerate(state.place_counts))))

    def meet(first: int, last: int) -> tuple[np.ndarray, ...]:
        return acquaintances(np.uint64(seed), state.day, first, last, people, ties, rules, around)

    who, whom, origin = (np.concatenate(parts) for parts in zip(*in_parallel(meet, state.population, threads)))
    i, j = np.minimum(who, whom), np.maximum(who, whom)
    _, first = np.unique(tile_key(i, j), return_index=True)  # sorted; the first of equal pairs
    return Pairs(i[first], j[first], origin[first])


def people_by_place(place: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Where each of the `count` places begins in the list of people by place, and this list."""
    order = np.argsort(place, kind="stable").astype(np.int32)
    return np.searchsorted(place[order], np.arange(count + 1)), order


def begin_ties(state: State, pairs: Pairs, rules: Rules, seed: int, gone: np.ndarray) -> Ties:
    """The rows of new ties of pairs that get to know each other. A pair with a row, of an ended tie or a link, gets it back.

    gone : (ties,) bool, ties that end and lose their row
    """
    luck = pair_luck(rules, seed, *pairs)
    place, present = rows_of(state.ties, pairs.i, pairs.j)
    present[present] = ~gone[place[present]]
    revive(state, place[present], pairs.origin[present], PairLuck(*(values[present] for values in luck)), rules)
    i, j, origin = (values[~present] for values in pairs)
    luck = PairLuck(*(values[~present] for values in luck))
    member = state.people.member
    linked = member[i] & member[j] & (luck.link < link_probability(rules, rules.first_closeness))
    if rules.first_closeness < rules.told:
        linked &= ~(state.people.pseudonym[i] | state.people.pseudonym[j])
    if linked.any():  # the luckiest first, while both have a place
        order = np.flatnonzero(linked)[np.argsort(luck.link[linked], kind="stable")]
        served = np.empty(order.size, np.bool_)
        serve(i, j, order, free_places(state), served)
        linked[order] = served
    flags = np.where(luck.far, FAR, 0) | np.where(origin != FROM_FRIENDS, SHARED, 0) | np.where(linked, LINKED, 0)
    tie_class = NEW_TIE if state.branched else REST
    newcomers = new_ties(
        i.size, i=i, j=j, kind=FRIEND, origin=origin, flags=flags,
        affinity=np.float32(rules.newcomers) * luck.affinity, chance=luck.chance,
        c_ij=rules.first_closeness, c_ji=rules.first_closeness, last_real=state.day, class_ij=tie_class, class_ji=tie_class,
    )  # fmt: skip
    mark_together(i, j, state.people.places, state.people.community, newcomers.together)
    return newcomers


def revive(state: State, rows: np.ndarray, origin: np.ndarray, luck: PairLuck, rules: Rules) -> None:
    """Begin ties in rows that their pairs still have: of a tie that ended, or of a link between people who had never met."""
    ties = state.ties
    met = never_met(chosen(ties, rows))  # linked before they met: becomes a new tie
    links = rows[met]
    ties.kind[links] = FRIEND
    ties.affinity[links] = np.float32(rules.newcomers) * luck.affinity[met]
    ties.flags[links] |= np.where(luck.far[met], FAR, 0).astype(np.uint16)
    ties.class_ij[links] = ties.class_ji[links] = NEW_TIE if state.branched else REST
    ties.attention_ij[links] = ties.attention_ji[links] = 0  # was shared out without this affinity: waits for the plan day
    ties.flags[rows] &= ~np.uint16(ENDED)
    ties.origin[rows] = origin
    ties.chance[rows] = luck.chance
    ties.flags[rows[origin != FROM_FRIENDS]] |= SHARED
    for c in (ties.c_ij, ties.c_ji):
        c[rows] = np.maximum(c[rows], np.float32(rules.first_closeness))
    ties.last_real[rows] = state.day
