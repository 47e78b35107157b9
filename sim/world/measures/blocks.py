"""Ties from both sides, for one block of people after the other: those of a large society at once would not fit into memory."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter

import numpy as np

from sim.world.state import TILE_BITS, State, Ties


@dataclass(frozen=True)
class Block:
    """People of consecutive row numbers, and their ties.

    first : row of the first of them; size : how many they are
    out : their ties as i; into : their ties as j. Both are views, in several parts

    "Directed" arrays have an entry for each side of a tie that is one of these people's: first as i, then as j.
    """

    first: int
    size: int
    out: tuple[Ties, ...]
    into: tuple[Ties, ...]

    @property
    def people(self) -> slice:
        """Their rows."""
        return slice(self.first, self.first + self.size)

    def directed(self, as_i: Callable[[Ties], np.ndarray], as_j: Callable[[Ties], np.ndarray]) -> np.ndarray:
        """Directed: values of ties, by whether these people are i or j."""
        return np.concatenate([*map(as_i, self.out), *map(as_j, self.into)])

    def both(self, values: Callable[[Ties], np.ndarray]) -> np.ndarray:
        """Directed: values of ties that are the same for both sides."""
        return self.directed(values, values)

    def side(self, name: str) -> np.ndarray:
        """Directed: the column of the person's own side, `name`_ij or `name`_ji."""
        return self.directed(attrgetter(f"{name}_ij"), attrgetter(f"{name}_ji"))

    def person(self) -> np.ndarray:
        """Directed, int64: the person whose side it is, counted from the first of the block."""
        return self.directed(attrgetter("i"), attrgetter("j")).astype(np.int64) - self.first

    def other(self) -> np.ndarray:
        """Directed, int64: row of the other person."""
        return self.directed(attrgetter("j"), attrgetter("i")).astype(np.int64)

    def set_side(self, name: str, values: np.ndarray) -> None:
        """Write directed values into the columns of the person's own side."""
        columns = [getattr(ties, f"{name}_ij") for ties in self.out] + [getattr(ties, f"{name}_ji") for ties in self.into]
        ends = np.cumsum([column.size for column in columns])
        for column, part in zip(columns, np.split(values, ends[:-1])):
            column[:] = part


def whole(state: State) -> Block:
    """All people as one block."""
    return Block(0, state.population, (state.ties,), (state.ties,))


def blocks_of(state: State) -> Iterator[Block]:
    """All people, block after block. A block is a cache tile of people, so its ties are runs of rows."""
    ties, tiles = state.ties, -(-state.population >> TILE_BITS)
    if tiles <= 1:
        yield whole(state)
        return

    def first_row(tile_i: int, tile_j: int) -> int:
        return bisect_left(
            range(ties.i.size), (tile_i, tile_j), key=lambda row: (ties.i[row] >> TILE_BITS, ties.j[row] >> TILE_BITS)
        )

    def rows(start: int, stop: int) -> Ties:
        return Ties(*(column[start:stop] for column in ties))

    for tile in range(tiles):
        first = tile << TILE_BITS
        yield Block(
            first, min(1 << TILE_BITS, state.population - first),
            out=(rows(first_row(tile, 0), first_row(tile + 1, 0)),),
            into=tuple(rows(first_row(lower, tile), first_row(lower, tile + 1)) for lower in range(tile + 1)),
        )  # fmt: skip
