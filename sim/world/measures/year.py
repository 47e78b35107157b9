"""The measured year: every tie from both sides, and sums over ties by person."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from sim.channels import CHANCE
from sim.compiled import njit
from sim.world.columns import CLASSES, ENDED
from sim.world.measures.blocks import Block, blocks_of, whole
from sim.world.state import YEAR, Rules, State, Ties, link_only


class Reference(NamedTuple):
    """Numbers that `sim pilot` computed from the reference society."""

    exponent: float  # k of support, with which ranks 1-5 carry 40 % (evidence A8)
    strong: float  # closeness above which people have 15 ties on average
    clique: float  # closeness above which people have 5 ties on average

    @classmethod
    def of(cls, society) -> Reference:
        """The numbers that the file of a society has."""
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
    """Ties of the measured year from both sides, directed. `population` people, numbered from 0, are a block or all there are."""

    population: int
    person: np.ndarray  # int64, number of the person whose side it is
    other: np.ndarray  # int64, row of the other
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


def measured_year(state: State, rules: Rules, block: Block | None = None) -> Year:
    """The Year of a block of people, by default of all: what their ties have counted since `begin_year`."""
    block = block or whole(state)
    closeness_sum = block.side("sum")
    return Year(
        population=block.size,
        person=block.person(),
        other=block.other(),
        closeness_sum=closeness_sum,
        closeness=closeness_sum.astype(np.float64) / max(state.sampled, 1),
        tie_class=block.side("class"),
        contacts=block.both(contacts),
        minutes=block.both(lambda ties: ties.minutes.astype(np.float64) + ties.chances * float(rules.minutes[CHANCE])),
    )


def contacts(ties: Ties) -> np.ndarray:
    """(ties,) int64: real contacts and composed platform acts, chance meetings included."""
    return ties.contacts.astype(np.int64) + ties.chances


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


def ranks(block: Block) -> np.ndarray:
    """Directed: rank of each tie by the year's mean closeness among the ties of its person."""
    return rank_within(block.person(), block.side("sum"), block.size)


def planned_minutes(state: State) -> np.ndarray:
    """(people,) float32: h, minutes a day in planned real contact, mean of the measured year."""
    return np.concatenate([planned_minutes_of(block) for block in blocks_of(state)])


def planned_minutes_of(block: Block) -> np.ndarray:
    """The same of a block of people."""
    minutes = np.bincount(block.person(), block.both(lambda ties: ties.minutes), minlength=block.size)
    return (minutes / YEAR).astype(np.float32)


def living(ties: Ties) -> np.ndarray:
    """(ties,) bool: living ties, which have not ended and are more than a link."""
    return (ties.flags & ENDED == 0) & ~link_only(ties)


def yearly(state: State, rules: Rules, reference: Reference) -> dict[str, float]:
    """Means per person that are constant in a steady society: support, real hours a day, ties."""
    support = hours = 0.0
    for block in blocks_of(state):
        year = measured_year(state, rules, block)
        support += float((year.closeness**reference.exponent).sum())
        hours += float(year.minutes.sum()) / 60 / YEAR
    people = max(state.population, 1)
    return {"support": support / people, "hours": hours / people, "ties": 2.0 * int(living(state.ties).sum()) / people}
