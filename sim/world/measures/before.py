"""Measures that compare with the year before the branch: how contact is spread over alters, and pairs that exchanged letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from sim.channels import GESTURES
from sim.world.groups import Group
from sim.world.measures.blocks import Block, blocks_of
from sim.world.measures.people import Means, PerPerson
from sim.world.measures.year import Reference, Row, Year, contacts
from sim.world.state import State, tile_key

ALTERS = 20  # a signature holds the shares of contact of this many alters
LEAST_ALTERS = 10  # people with fewer alters are left out
OTHERS = 4  # everybody is compared with this many other people
LETTER = GESTURES.index("letter")
MOST_CONTACTS = 2 * np.iinfo(np.uint16).max


class Before(NamedTuple):
    """The year before the branch, noted before its counts are set back."""

    signature: np.ndarray  # (people, ALTERS) float32
    letters: np.ndarray  # int64, `tile_key` of pairs that exchanged a letter, sorted

    @classmethod
    def of(cls, state: State) -> Before:
        """Note the year that the counts of this state cover."""
        wrote = state.ties.gestures[:, :, LETTER].any(axis=1)
        signatures = [signature(block.person(), block.both(contacts), block.size) for block in blocks_of(state)]
        return cls(np.concatenate(signatures), tile_key(state.ties.i[wrote], state.ties.j[wrote]))


def signature(person: np.ndarray, contacts: np.ndarray, population: int) -> np.ndarray:
    """(people, ALTERS) float32: shares of contact of each person's most contacted alters, the first first; 0 beyond the last.

    person, contacts : of directed ties, int64
    """
    most_first = np.sort(person * (MOST_CONTACTS + 1) + MOST_CONTACTS - contacts)
    alters = np.bincount(person, minlength=population)
    end = np.cumsum(alters)
    entry = (end - alters)[:, None] + np.arange(ALTERS)
    inside = entry < end[:, None]
    counts = np.zeros(entry.shape)
    counts[inside] = MOST_CONTACTS - most_first[entry[inside]] % (MOST_CONTACTS + 1)
    total = counts.sum(axis=1, keepdims=True)
    return np.divide(counts, total, out=np.zeros(entry.shape), where=total > 0).astype(np.float32)


def signatures(current: np.ndarray, before: Before) -> Iterator[Row]:
    """Distance of people's signatures from their own of the year before the branch, and from other people's of this year.

    current : (people, ALTERS), the signatures of this year
    Means of base-2 Jensen-Shannon divergences over people with enough alters in both years (Saramaki et al. 2014).
    """
    enough = np.minimum(current, before.signature)[:, LEAST_ALTERS - 1] > 0
    current, earlier = (shares[enough].astype(np.float64) for shares in (current, before.signature))
    n = len(current)
    steps = {n * k // (OTHERS + 1) for k in range(1, OTHERS + 1)} - {0}  # to other people, spread over all rows
    if n:
        yield Row("all", "all", "signature_self", "bits", n, float(divergence(current, earlier).mean()))
    if steps:
        distances = [divergence(current, np.roll(current, step, axis=0)).mean() for step in sorted(steps)]
        yield Row("all", "all", "signature_other", "bits", n, float(np.mean(distances)))


def divergence(p: np.ndarray, q: np.ndarray) -> np.ndarray:
    """Base-2 Jensen-Shannon divergence of distributions, along the last axis: 0 if equal, 1 if without overlap."""
    return entropy((p + q) / 2) - (entropy(p) + entropy(q)) / 2


def entropy(p: np.ndarray) -> np.ndarray:
    """Entropy in bits, along the last axis."""
    return -(p * np.log2(p, out=np.zeros(p.shape), where=p > 0)).sum(axis=-1)


class Letters:
    """Support, number and closeness of ties whose people exchanged a letter in the year before the branch, block after block."""

    def __init__(self, groups: Sequence[Group], reference: Reference, before: Before):
        self.means, self.exponent, self.letters = Means(groups), reference.exponent, before.letters
        self.ties, self.closeness = 0, 0.0

    def add(self, block: Block, year: Year) -> None:
        """Take in the year of a block of people."""
        wrote = block.both(lambda ties: np.isin(tile_key(ties.i, ties.j), self.letters, assume_unique=True))
        closeness = year.closeness[wrote]
        support = PerPerson("S_letter_pairs", "support", year.among(wrote, closeness**self.exponent))
        self.means.add(block, [support, PerPerson("letter_pairs", "ties", year.among(wrote))])
        self.ties += closeness.size
        self.closeness += float(closeness.sum())

    def rows(self) -> Iterator[Row]:
        yield from self.means.rows()
        if self.ties:
            yield Row("all", "all", "closeness_letter_pairs", "closeness", self.ties, self.closeness / self.ties)
