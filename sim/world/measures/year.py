"""The measured year: every tie from both sides, and sums over ties by person."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from sim.channels import CHANCE
from sim.compiled import njit
from sim.world.columns import CLASSES, ENDED
from sim.world.state import YEAR, Rules, State, Ties, link_only


class Reference(NamedTuple):
    """Numbers that `sim pilot` computed from the reference society."""

    exponent: float  # k of support, with which ranks 1-5 carry 40 % (evidence A8)
    strong: float  # closeness above which people have 15 ties on average
    clique: float  # closeness above which people have 5 ties on average

    @classmethod
    def of(cls, society) -> Reference:
        reference = society.reference
        return cls(reference.support_exponent.value, reference.strong.value, reference.clique.value)


class Row(NamedTuple):
    """One row of the table of measures. `n` is the number of people (or pairs, or ties) that the value is a mean over."""

    profile: str
    tie_class: str
    measure: str
    unit: str
    n: int
    value: float


@dataclass(frozen=True)
class Groups:
    """Directed ties grouped by person and by a second number. `cell` of each tie is person * groups + group."""

    cell: np.ndarray
    people: int
    groups: int

    def sums(self, values=None) -> np.ndarray:
        """(people, groups) float64: sums of directed values; without values, numbers of directed ties."""
        sums = np.bincount(self.cell, values, minlength=self.people * self.groups)
        return sums.reshape(self.people, self.groups).astype(np.float64, copy=False)


@dataclass(frozen=True)
class Year:
    """Ties of the measured year from both sides: arrays of twice the number of ties."""

    population: int
    person: np.ndarray  # int64
    other: np.ndarray  # int64
    closeness_sum: np.ndarray  # float32, over the year's plan days
    closeness: np.ndarray  # float64, mean of the year's plan days
    tie_class: np.ndarray
    contacts: np.ndarray  # int64, real contacts and composed platform acts
    minutes: np.ndarray  # real-life minutes, chance meetings included

    @cached_property
    def rank(self) -> np.ndarray:
        """Rank of the tie by closeness among the person's ties; 0 for the closest."""
        return rank_within(self.person, self.closeness_sum, self.population)

    def per_person(self, values) -> np.ndarray:
        """Sum of directed values per person, (people,) float64."""
        return np.bincount(self.person, values, minlength=self.population)

    def among(self, where, values=None) -> np.ndarray:
        """(people,): number of each person's directed ties that `where` selects; with a value for each of these, their sum."""
        return np.bincount(self.person[where], values, minlength=self.population)

    def groups(self, group, groups: int) -> Groups:
        """Directed ties by person and group. group : number from 0 to groups - 1 of each directed tie"""
        return Groups(self.person * groups + group, self.population, groups)

    @cached_property
    def by_class(self) -> Groups:
        """By person and tie class."""
        return self.groups(self.tie_class, len(CLASSES))


def both(values: np.ndarray) -> np.ndarray:
    """The values of ties, repeated for the second direction."""
    return np.concatenate([values, values])


def measured_year(state: State, rules: Rules) -> Year:
    """The Year of a state: what its ties have counted since `begin_year`."""
    ties = state.ties
    minutes = ties.minutes.astype(np.float64) + ties.chances * float(rules.minutes[CHANCE])
    closeness_sum = np.concatenate([ties.sum_ij, ties.sum_ji])
    return Year(
        population=state.population,
        person=np.concatenate([ties.i, ties.j]).astype(np.int64),
        other=np.concatenate([ties.j, ties.i]).astype(np.int64),
        closeness_sum=closeness_sum,
        closeness=closeness_sum.astype(np.float64) / max(state.sampled, 1),
        tie_class=np.concatenate([ties.class_ij, ties.class_ji]),
        contacts=both(ties.contacts.astype(np.int64) + ties.chances),
        minutes=both(minutes),
    )


def rank_within(person: np.ndarray, closeness: np.ndarray, population: int) -> np.ndarray:
    """Rank of each directed tie among its person's ties: 0 for the closest; equal ones in the order given.

    closeness : float32, not negative, so that its bits sort like its value and one sort of (closeness, entry) is enough
    """
    least_bits = np.uint64(np.iinfo(np.uint32).max) - closeness.view(np.uint32)
    in_order = np.sort(least_bits << np.uint64(32) | np.arange(person.size, dtype=np.uint64))
    rank = np.empty(person.size, np.int64)
    fill_ranks(in_order, person, np.zeros(population, np.int64), rank)
    return rank


@njit
def fill_ranks(in_order, person, before, rank):
    """Fill rank: for each entry, how many entries of the same person come before it. before : (people,) zeros, changed"""
    for key in in_order:
        entry = key & 0xFFFFFFFF
        rank[entry] = before[person[entry]]
        before[person[entry]] += 1


@njit
def grouped(person, population):
    """Entries grouped by person, in the order given: where each person's begin (population + 1,), and the entries."""
    start = np.zeros(population + 1, np.int64)
    for row in person:
        start[row + 1] += 1
    for row in range(population):
        start[row + 1] += start[row]
    fill, order = start[:-1].copy(), np.empty(person.size, np.int64)
    for entry in range(person.size):
        order[fill[person[entry]]] = entry
        fill[person[entry]] += 1
    return start, order


def ranks(ties: Ties, population: int) -> tuple[np.ndarray, np.ndarray]:
    """Ranks by the year's mean closeness, for i's side and for j's side."""
    rank = rank_within(np.concatenate([ties.i, ties.j]), np.concatenate([ties.sum_ij, ties.sum_ji]), population)
    return rank[: ties.i.size], rank[ties.i.size :]


def planned_minutes(state: State) -> np.ndarray:
    """(people,) float32: h, minutes a day in planned real contact, mean of the measured year."""
    ties = state.ties
    person = np.concatenate([ties.i, ties.j])
    return (np.bincount(person, both(ties.minutes), minlength=state.population) / YEAR).astype(np.float32)


def living(ties: Ties) -> np.ndarray:
    """(ties,) bool: living ties, which have not ended and are more than a link."""
    return (ties.flags & ENDED == 0) & ~link_only(ties)


def yearly(state: State, rules: Rules, reference: Reference) -> dict[str, float]:
    """Means per person that are constant in a steady society: support, real hours a day, ties."""
    year = measured_year(state, rules)
    people = max(state.population, 1)
    return {
        "support": float((year.closeness**reference.exponent).sum() / people),
        "hours": float(year.minutes.sum() / 60 / YEAR / people),
        "ties": 2.0 * int(living(state.ties).sum()) / people,
    }
