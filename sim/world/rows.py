"""Ties begin and lose their rows in place, and stay in tile order; rows are found by pair and by person."""

from __future__ import annotations

import numpy as np

from sim.world.kernels.rows import count_entries, fill_entries, find_rows, move_rows, segments_that_stay
from sim.world.state import State, Ties
from sim.world.threads import in_parallel


def rows_of(ties: Ties, i: np.ndarray, j: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For pairs in tile order: how many rows come before each, and whether the next row is the pair's own."""
    place, present = np.empty(i.size, np.int64), np.empty(i.size, np.bool_)
    find_rows(ties.i, ties.j, i, j, place, present)
    return place, present


NO_ROWS = np.empty(0, np.int64)


def change_rows(state: State, new: Ties, gone: np.ndarray = NO_ROWS, threads: int = 1) -> None:
    """Put new rows into the ties, in tile order, and take out the rows that are `gone`.

    new : ties in tile order, of pairs that have no row yet, or one that is gone
    gone : numbers of rows, in order

    The columns keep their memory as long as it has room: what stays moves within it. So arrays that were taken from `state.ties`
    before are of no more use.
    """
    if not gone.size and not new.i.size:
        return
    rows, place = state.ties.i.size, rows_of(state.ties, new.i, new.j)[0]
    start, stop, shift = segments_that_stay(rows, place, gone)
    place += np.arange(new.i.size) - np.searchsorted(gone, place)
    size = rows + new.i.size - gone.size
    state.make_room(max(rows, size))

    def move_columns(first: int, last: int) -> None:
        for room, column in zip(state.room[first:last], new[first:last]):
            if room[:rows].any() or column.any():
                width = room[:1].size
                numbers = room.reshape(-1).view(f"u{room.itemsize}")
                move_rows(numbers, start * width, stop * width, shift * width)
                room[place] = column
            else:  # memory that was never written to is not used
                room[rows:size] = 0

    in_parallel(move_columns, len(new), threads)
    state.ties = Ties(*(room[:size] for room in state.room))


def index_by_person(population: int, i: np.ndarray, j: np.ndarray, included: np.ndarray, threads: int = 1):
    """Rows by person: where each person's begin (population + 1,), and the rows of the included ties, in order.

    included : (ties,) bool
    """

    def count(first: int, last: int) -> tuple[int, np.ndarray]:
        entries = np.zeros(population, np.int64)
        count_entries(first, last, i, j, included, entries)
        return first, entries

    counts = dict(in_parallel(count, i.size, threads))
    start = np.zeros(population + 1, np.int64)
    np.cumsum(sum(counts.values()), out=start[1:])
    rows = np.empty(start[-1], np.int32 if i.size < 2**31 else np.int64)
    place = start[:-1].copy()
    for entries in counts.values():  # where each part of the rows begins, for each person
        entries[:], place = place, place + entries
    in_parallel(lambda first, last: fill_entries(first, last, i, j, included, counts[first], rows), i.size, threads)
    return start, rows
