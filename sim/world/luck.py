"""Draws made once for a pair of people, the same in every arm and on every day (docs/model.md 7.8, 7.9)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from sim import draws
from sim.world.state import Rules, Ties

BLOCK = 65_536  # ties that are worked on at once where columns of other numbers are made of them: that spares memory


class PairLuck(NamedTuple):
    """For each pair: affinity (median 1), chance meetings a day, whether they live far apart, the uniform that decides a link."""

    affinity: np.ndarray
    chance: np.ndarray
    far: np.ndarray
    link: np.ndarray


def pair_luck(rules: Rules, seed: int, i, j, origin) -> PairLuck:
    """Draw the luck of pairs whose ties have the given origins."""
    spread = np.float32(rules.chance_spread)
    z = draws.normal(draws.uniforms(seed, draws.CHANCE, 0, i, j))
    return PairLuck(
        affinity=np.exp(np.float32(rules.affinity_spread) * draws.normal(draws.uniforms(seed, draws.AFFINITY, 0, i, j))),
        chance=rules.chance[origin] * np.exp(spread * z - spread * spread / 2),
        far=draws.uniforms(seed, draws.FAR, 0, i, j)[:, 0] < rules.far[origin],
        link=draws.uniforms(seed, draws.LINK, 0, i, j)[:, 0],
    )


def in_blocks(ties: Ties) -> Iterator[Ties]:
    """The rows of ties, block after block."""
    for start in range(0, ties.i.size, BLOCK):
        yield Ties(*(column[start : start + BLOCK] for column in ties))


def pair_uniforms(seed: int, use: int, word: int, i: np.ndarray, j: np.ndarray, item: int = 0) -> np.ndarray:
    """(pairs,) float32: one word of each pair's draw, as a uniform number."""
    u = np.empty(i.size, np.float32)
    for start in range(0, i.size, BLOCK):
        block = slice(start, start + BLOCK)
        u[block] = draws.uniforms(seed, use, 0, i[block], j[block], item)[:, word]
    return u


def by_turn(kept: str, closeness: np.ndarray, seed: int, i: np.ndarray, j: np.ndarray, word: int = 0) -> np.ndarray:
    """(pairs,) float32: what sorts friends by their turn for a place, the first to be served first.

    kept : `links.kept` of the platform; closeness : (pairs,) float32
    word : of the draw that orders them by chance; the two sides of a pair have one each where one may follow alone
    """
    if kept == "random":
        return pair_uniforms(seed, draws.LINK, word, i, j, item=1)
    return closeness if kept == "faintest" else -closeness


def link_probability(rules: Rules, closeness):
    """P(two members are linked) at the mean closeness of the two (docs/model.md 7.9)."""
    return 1 - (1 - rules.link_share) * np.exp(-rules.link_slope * closeness)
