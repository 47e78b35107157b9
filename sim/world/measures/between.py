"""What one arm is made of, and how far it is from another's: partners and carriers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.world.measures.year import Reference, measured_year
from sim.world.state import Rules, State


class Composition(NamedTuple):
    """What is needed of one arm to compare its composition with another's."""

    key: np.ndarray  # directed ties, person * population + other, sorted
    share: np.ndarray  # of the person's support
    absorbed: np.ndarray  # (profiles, classes, channels)
    population: int


def composition(state: State, rules: Rules, reference: Reference) -> Composition:
    year = measured_year(state, rules)
    support = year.closeness**reference.exponent
    whole = year.per_person(support)[year.person]
    key = year.person.astype(np.int64) * state.population + year.other
    order = np.argsort(key)
    shares = np.divide(support, whole, out=np.zeros(support.size), where=whole > 0)
    return Composition(key[order], shares[order], state.tally.absorbed.sum(axis=0), state.population)


def partners(one: Composition, other: Composition) -> np.ndarray:
    """(people,) half the L1 distance between the shares of support over alters in two arms: 0 same, 1 nobody in common."""
    population = max(one.population, 1)
    q = shares_of(one.key, other)
    only_other = shares_of(other.key, one, missing=-1) < 0
    moved = np.bincount(one.key // population, np.abs(one.share - q) / 2, minlength=one.population)
    return moved + np.bincount(other.key // population, other.share * only_other / 2, minlength=one.population)


def shares_of(key: np.ndarray, of: Composition, missing: float = 0) -> np.ndarray:
    """The shares that directed ties have in another arm; `missing` where it has no such tie."""
    if not of.key.size:
        return np.full(key.size, float(missing))
    at = np.searchsorted(of.key, key).clip(0, of.key.size - 1)
    return np.where(of.key[at] == key, of.share[at], missing)


def carriers(one: np.ndarray, other: np.ndarray) -> float:
    """Base-2 Jensen-Shannon divergence between shares of closeness absorbed by channel, in bits; 0 if either is empty."""
    if not one.sum() or not other.sum():
        return 0.0
    p, q = one / one.sum(), other / other.sum()
    m = (p + q) / 2

    def bits(a):
        some = a > 0
        return float((a[some] * np.log2(a[some] / m[some])).sum())

    return max(0.0, (bits(p) + bits(q)) / 2)
