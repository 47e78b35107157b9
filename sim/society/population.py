"""People: who they are before anybody knows anybody (docs/model.md section 5)."""

from __future__ import annotations

import numpy as np
from scipy.special import betaincinv, logit

from sim import draws

LEAP_DAY = 59  # 29 February among the 366 days of a leap year, counted from 0


def birthdays(population: int, seed: int) -> np.ndarray:
    """(people,) int16: the day of year 0-364 on which each birthday is kept.

    Uniform over the year, 29 February a quarter as likely; who is born then celebrates on the 28th, as platforms
    do in common years.
    """
    u = draws.uniforms(seed, draws.BIRTHDAY, 0, np.arange(population))[:, 0].astype(np.float64)
    weight = np.ones(366)
    weight[LEAP_DAY] = 0.25
    born = np.searchsorted(np.cumsum(weight) / weight.sum(), u, side="right").clip(0, 365)
    return celebrated(born)


def celebrated(born: np.ndarray) -> np.ndarray:
    """Day of a leap year (0-365) -> day of a 365-day year on which it is kept."""
    return (born - (born >= LEAP_DAY)).astype(np.int16)


def profile_of(population: int, shares: tuple[float, ...], seed: int) -> np.ndarray:
    """(people,) uint8: which cultural usage profile each person has."""
    u = draws.uniforms(seed, draws.PERSON, 0, np.arange(population), item=0)[:, 0]
    return np.searchsorted(np.cumsum(shares)[:-1], u, side="right").astype(np.uint8)


def planned_contacts(population: int, society, seed: int) -> np.ndarray:
    """(people,) float32: n, planned real contacts initiated per day; lognormal around `initiated`."""
    spread = society.contacts.spread.value
    z = draws.normal(draws.uniforms(seed, draws.PERSON, 0, np.arange(population), item=1))
    return (society.contacts.initiated.value * np.exp(spread * z - spread**2 / 2)).astype(np.float32)


def greeting_propensity(population: int, society, seed: int) -> np.ndarray:
    """(people,) float32: logit of the propensity to follow a birthday prompt, Beta distributed, clipped to [.001, .999]."""
    u = draws.uniforms(seed, draws.PERSON, 0, np.arange(population), item=2)[:, 0].astype(np.float64)
    mean, both = society.people.greet_mean.value, society.people.greet_concentration.value
    return logit(betaincinv(mean * both, (1 - mean) * both, u).clip(0.001, 0.999)).astype(np.float32)


def spread_around_one(population: int, use: int, spread: float, seed: int, item: int = 0) -> np.ndarray:
    """(people,) float32 lognormal of mean 1: a person's own, fixed place in a spread."""
    z = draws.normal(draws.uniforms(seed, use, 0, np.arange(population), item=item))
    return np.exp(spread * z - spread**2 / 2).astype(np.float32)
