"""What is held against the year before the branch: how contact is spread over alters, and who wrote letters to whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from sim.channels import GESTURES
from sim.world.measures.people import PerPerson, mean_rows
from sim.world.measures.year import Reference, Row, Year, both
from sim.world.state import State, tile_key

ALTERS = 20  # whose shares of contact make a signature
LEAST_ALTERS = 10  # people with fewer are left out
OTHERS = 4  # how many others everybody is held against
LETTER = GESTURES.index("letter")
MOST_CONTACTS = 2 * np.iinfo(np.uint16).max


class Before(NamedTuple):
    """What the year before the branch was, taken down before its counts are set back."""

    signature: np.ndarray  # (people, ALTERS) float32
    letters: np.ndarray  # int64, `tile_key` of the pairs that exchanged a letter, sorted

    @classmethod
    def of(cls, state: State) -> Before:
        ties = state.ties
        wrote = ties.gestures[:, :, LETTER].any(axis=1)
        contacts = ties.contacts.astype(np.int64) + ties.chances
        person = np.concatenate([ties.i, ties.j]).astype(np.int64)
        return cls(
            signature(person, np.concatenate([contacts, contacts]), state.population),
            tile_key(ties.i[wrote], ties.j[wrote]),
        )


def signature(person: np.ndarray, contacts: np.ndarray, population: int) -> np.ndarray:
    """(people, ALTERS) float32: shares of contact with one's first alters, the most contacted first; 0 beyond the last.

    person, contacts : of directed ties, int64
    """
    most_first = np.sort(person * (MOST_CONTACTS + 1) + MOST_CONTACTS - contacts)
    many = np.bincount(person, minlength=population)
    end = np.cumsum(many)
    at = (end - many)[:, None] + np.arange(ALTERS)
    inside = at < end[:, None]
    found = np.zeros(at.shape)
    found[inside] = MOST_CONTACTS - most_first[at[inside]] % (MOST_CONTACTS + 1)
    whole = found.sum(axis=1, keepdims=True)
    return np.divide(found, whole, out=np.zeros(at.shape), where=whole > 0).astype(np.float32)


def signatures(year: Year, before: Before) -> Iterator[Row]:
    """How far people's signatures are from their own of the year before the branch, and from others' of this year.

    Means of base-2 Jensen-Shannon divergences over people with alters enough in both years (Saramaki et al. 2014).
    """
    now = signature(year.person, year.contacts, year.population)
    able = np.minimum(now, before.signature)[:, LEAST_ALTERS - 1] > 0
    now, then = (each[able].astype(np.float64) for each in (now, before.signature))
    n = len(now)
    steps = {n * k // (OTHERS + 1) for k in range(1, OTHERS + 1)} - {0}  # far from each other in the row of people
    if n:
        yield Row("all", "all", "signature_self", "bits", n, float(divergence(now, then).mean()))
    if steps:
        others = [divergence(now, np.roll(now, step, axis=0)).mean() for step in sorted(steps)]
        yield Row("all", "all", "signature_other", "bits", n, float(np.mean(others)))


def divergence(p: np.ndarray, q: np.ndarray) -> np.ndarray:
    """Base-2 Jensen-Shannon divergence of distributions, along the last axis: 0 the same, 1 nothing in common."""
    return entropy((p + q) / 2) - (entropy(p) + entropy(q)) / 2


def entropy(p: np.ndarray) -> np.ndarray:
    """In bits, along the last axis."""
    return -(p * np.log2(p, out=np.zeros(p.shape), where=p > 0)).sum(axis=-1)


def letter_pairs(state: State, year: Year, reference: Reference, before: Before, groups) -> Iterator[Row]:
    """How the ties fare of those who exchanged a letter in the year before the branch.

    groups : profile (or "all"), and (people,) bool who is of it
    """
    ties = state.ties
    wrote = both(np.isin(tile_key(ties.i, ties.j), before.letters, assume_unique=True))
    closeness = year.closeness[wrote]
    support = PerPerson("S_letter_pairs", "support", year.among(wrote, closeness**reference.exponent))
    yield from mean_rows([support, PerPerson("letter_pairs", "ties", year.among(wrote))], groups)
    if closeness.size:
        yield Row("all", "all", "closeness_letter_pairs", "closeness", closeness.size, float(closeness.mean()))
