"""Composition of an arm, and its distance from that of another arm: partners and carriers of closeness."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.world.groups import Group
from sim.world.measures.blocks import blocks_of
from sim.world.measures.year import Reference, measured_year
from sim.world.state import TALLIED, Rules, State


class Composition(NamedTuple):
    """Whom each person's support comes from in one arm, and which channels carry closeness."""

    key: np.ndarray  # directed ties with a share, person * population + other, sorted
    share: np.ndarray  # of the person's support
    absorbed: np.ndarray  # (finest groups, classes, channels)
    population: int
    groups: tuple[Group, ...]  # that distances are of


def composition(state: State, rules: Rules, reference: Reference, groups: tuple[Group, ...]) -> Composition:
    """The Composition of an arm, from its state at the end of the measured year."""
    keys, shares, size = np.empty(2 * state.ties.i.size, np.int64), np.empty(2 * state.ties.i.size), 0
    for block in blocks_of(state):
        year = measured_year(state, rules, block)
        support = year.closeness**reference.exponent
        total = year.per_person(support)[year.person]
        key = (year.person + block.first) * state.population + year.other
        order = np.argsort(key)
        order = order[support[order] > 0]
        end = size + order.size
        keys[size:end], shares[size:end] = key[order], support[order] / total[order]
        size = end
    return Composition(keys[:size], shares[:size], state.tally.absorbed / TALLIED, state.population, groups)


def partners(first: Composition, second: Composition) -> np.ndarray:
    """(people,) half the L1 distance between the shares of support over alters in two arms: 0 equal, 1 nobody in common."""
    population = max(first.population, 1)
    q = shares_of(first.key, second)
    only_second = shares_of(second.key, first, missing=-1) < 0
    moved = np.bincount(first.key // population, np.abs(first.share - q) / 2, minlength=first.population)
    return moved + np.bincount(second.key // population, second.share * only_second / 2, minlength=first.population)


def shares_of(key: np.ndarray, arm: Composition, missing: float = 0) -> np.ndarray:
    """The shares that directed ties have in an arm; `missing` where the arm has no such tie."""
    if not arm.key.size:
        return np.full(key.size, float(missing))
    place = np.searchsorted(arm.key, key).clip(0, arm.key.size - 1)
    return np.where(arm.key[place] == key, arm.share[place], missing)


def carriers(first: np.ndarray, second: np.ndarray) -> float:
    """Base-2 Jensen-Shannon divergence between shares of closeness absorbed by channel, in bits; 0 if either is empty."""
    if not first.sum() or not second.sum():
        return 0.0
    p, q = first / first.sum(), second / second.sum()
    m = (p + q) / 2

    def bits(a):
        positive = a > 0
        return float((a[positive] * np.log2(a[positive] / m[positive])).sum())

    return max(0.0, (bits(p) + bits(q)) / 2)
