"""Whose habits are shifted (docs/model.md 7.11): a minority that lives the way of another profile, the *west*.

Who is in it, and how far each person lives that way, is settled at the branch and stays.
"""

from __future__ import annotations

import heapq

import numpy as np
from scipy.special import betaincinv

from sim import draws
from sim.scenario.bounds import bounds_in
from sim.scenario.fingerprint import SHIFTED
from sim.scenario.names import LABELS
from sim.scenario.profile import Profile
from sim.world.columns import ENDED
from sim.world.groups import NO_LABEL
from sim.world.habits import Shift
from sim.world.rows import index_by_person
from sim.world.state import State, link_only

INSIDE, NO_CONTACTS, SOME, MANY = range(len(LABELS))


def _bound_of(name: str) -> tuple[float, float]:
    """The lowest and the highest value of a number of a profile."""
    bound = next(bounds_in(Profile.model_fields[name].annotation.model_fields["value"].rebuild_annotation()))
    return bound.low, bound.high


BOUNDS = {name: _bound_of(name) for name in SHIFTED}


def shift_of(state: State, society, west: Profile | None, seed: int) -> Shift | None:
    """Whose habits are shifted, and how far, in a society at the branch. None: nobody's, and nobody has a label.

    west : the profile whose way a minority lives; None without one
    """
    minority = society.minority
    if west is None:
        return None
    size = state.population
    inside = np.zeros(size, np.bool_)
    inside[ranking(state, minority.placed, int(minority.share.value * size + 0.5), seed)] = True
    label, labels = labels_of(state, inside), LABELS if inside.any() else ()
    return Shift(west, weights(minority, inside, seed), minority.links_follow.value, label, labels, BOUNDS)


def ranking(state: State, placed: str, many: int, seed: int) -> np.ndarray:
    """(many,) rows of the people of the minority. A smaller minority is the beginning of a larger one.

    placed : "random": by luck; "homophilous": next is always who has the largest share of ties to those who are in
    """
    luck = draws.uniforms(seed, draws.WEST, 0, np.arange(state.population)).astype(np.float64)
    order = np.argsort(luck[:, 1] + 2.0**-24 * luck[:, 2], kind="stable")
    if placed == "random":
        return order[:many]
    start, others = contacts_of(state)
    rank = np.empty(order.size, np.int64)
    rank[order] = np.arange(order.size)
    known, entries = np.zeros(order.size, np.int64), np.diff(start)  # ties to those who are in; all ties
    inside, chosen = np.zeros(order.size, np.bool_), []
    waiting = [(0.0, place, person) for place, person in enumerate(order.tolist())]  # a heap: largest share, then luck
    while len(chosen) < many:
        _, _, person = heapq.heappop(waiting)
        if inside[person]:
            continue  # a share only rises, so a person's largest entry came first
        inside[person] = True
        chosen.append(person)
        around = others[start[person] : start[person + 1]]
        known[around] += 1
        around = around[~inside[around]]
        for entry in zip((-known[around] / entries[around]).tolist(), rank[around].tolist(), around.tolist()):
            heapq.heappush(waiting, entry)
    return np.array(chosen, np.int64)


def contacts_of(state: State) -> tuple[np.ndarray, np.ndarray]:
    """Where the contacts of each person begin (people + 1,), and all contacts: the others of the person's living ties."""
    ties = state.ties
    start, rows = index_by_person(state.population, ties.i, ties.j, (ties.flags & ENDED == 0) & ~link_only(ties))
    person = np.repeat(np.arange(state.population), np.diff(start))
    return start, np.where(ties.i[rows] == person, ties.j[rows], ties.i[rows])


def labels_of(state: State, inside: np.ndarray) -> np.ndarray:
    """(people,) int8: the minority, and others by the share of it among their living ties. inside : (people,) bool"""
    if not inside.any():
        return np.full(inside.size, NO_LABEL, np.int8)
    start, others = contacts_of(state)
    entries = np.diff(start)
    known = np.bincount(np.repeat(np.arange(inside.size), entries)[inside[others]], minlength=inside.size)
    share = known / np.maximum(entries, 1)
    some = ~inside & (share > 0)
    middle = np.median(share[some]) if some.any() else 0.0
    label = np.where(share == 0, NO_CONTACTS, np.where(share <= middle, SOME, MANY))
    return np.where(inside, INSIDE, label).astype(np.int8)


def weights(minority, inside: np.ndarray, seed: int) -> np.ndarray:
    """(people,) float64: w, how far each person lives the way of the west. inside : (people,) bool, the minority"""
    u = draws.uniforms(seed, draws.WEST, 0, np.arange(inside.size))[:, 0].astype(np.float64)
    background, shifted = (
        quantiles(mean.value, minority.concentration.value, u) for mean in (minority.background_mean, minority.shifted_mean)
    )
    toward = -shifted if minority.reverse else shifted
    return np.where(inside, (1 - minority.shift.value) * background + minority.shift.value * toward, background)


def quantiles(mean: float, concentration: float, u: np.ndarray) -> np.ndarray:
    """Quantiles u of the Beta distribution with this mean and this a + b."""
    if mean in (0, 1):
        return np.full(u.size, float(mean))
    return betaincinv(mean * concentration, (1 - mean) * concentration, u)
