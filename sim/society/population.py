"""The traits that people have before there are any ties: birthday, profile, planned contacts, propensity to greet.

docs/model.md section 5 gives the distributions.
"""

from __future__ import annotations

import numpy as np
from scipy.special import betaincinv, logit

from sim import draws

LEAP_DAY = 59  # 29 February among the 366 days of a leap year, counted from 0


def birthdays(population: int, seed: int) -> np.ndarray:
    """(people,) int16: the day of the year (0-364) on which each person celebrates.

    Days of birth are uniform over the year, and 29 February is a quarter as likely. People born on that day celebrate on
    the 28th, as platforms do in common years.
    """
    u = draws.uniforms(seed, draws.BIRTHDAY, 0, np.arange(population))[:, 0].astype(np.float64)
    weight = np.ones(366)
    weight[LEAP_DAY] = 0.25
    birth_day = np.searchsorted(np.cumsum(weight) / weight.sum(), u, side="right").clip(0, 365)
    return celebration_day(birth_day)


def celebration_day(birth_day: np.ndarray) -> np.ndarray:
    """Day of birth in a leap year (0-365) -> the day of a 365-day year (0-364) on which the person celebrates."""
    return (birth_day - (birth_day >= LEAP_DAY)).astype(np.int16)


def profile_of(population: int, shares: tuple[float, ...], seed: int) -> np.ndarray:
    """(people,) uint8: the cultural usage profile of each person, as a position in `shares`.

    shares : the share of people with each profile; they add up to 1
    """
    u = draws.uniforms(seed, draws.PERSON, 0, np.arange(population), item=0)[:, 0]
    return np.searchsorted(np.cumsum(shares)[:-1], u, side="right").astype(np.uint8)


def planned_contacts(population: int, society, seed: int) -> np.ndarray:
    """(people,) float32: n, the planned real contacts that each person starts per day; lognormal with mean `initiated`."""
    spread = society.contacts.spread.value
    z = draws.normal(draws.uniforms(seed, draws.PERSON, 0, np.arange(population), item=1))
    return (society.contacts.initiated.value * np.exp(spread * z - spread**2 / 2)).astype(np.float32)


def greeting_propensity(population: int, society, seed: int) -> np.ndarray:
    """(people,) float32: the logit of each person's propensity to follow a birthday prompt.

    The propensity is Beta distributed and clipped to [0.001, 0.999].
    """
    u = draws.uniforms(seed, draws.PERSON, 0, np.arange(population), item=2)[:, 0].astype(np.float64)
    mean, concentration = society.people.greet_mean.value, society.people.greet_concentration.value
    propensity = betaincinv(mean * concentration, (1 - mean) * concentration, u)
    return logit(propensity.clip(0.001, 0.999)).astype(np.float32)


def spread_around_one(population: int, use: int, spread: float, seed: int, item: int = 0) -> np.ndarray:
    """(people,) float32: a factor of each person that never changes, lognormal with mean 1.

    use, item : the draws that it is made from
    spread : standard deviation of its logarithm
    """
    z = draws.normal(draws.uniforms(seed, use, 0, np.arange(population), item=item))
    return np.exp(spread * z - spread**2 / 2).astype(np.float32)
