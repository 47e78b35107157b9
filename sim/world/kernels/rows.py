"""Rows of ties: found by pair or by person, and moved when others go or come. No rule of the model is here."""

import numpy as np

from sim.compiled import njit
from sim.world.state import in_tile_order

key_of = njit(in_tile_order)


@njit
def find_rows(i, j, pair_i, pair_j, place, present):
    """Fill place and present: how many rows come before each pair in tile order, and whether the next row is the pair's own.

    pair_i, pair_j : pairs in tile order. The search goes on from pair to pair, in steps that double
    """
    low = 0
    for pair in range(pair_i.size):
        key = key_of(np.int64(pair_i[pair]), np.int64(pair_j[pair]))
        step = 1
        while low + step <= i.size and key_of(np.int64(i[low + step - 1]), np.int64(j[low + step - 1])) < key:
            low += step
            step *= 2
        high = min(low + step, i.size)  # the row is from low to high
        while low < high:
            middle = (low + high) // 2
            if key_of(np.int64(i[middle]), np.int64(j[middle])) < key:
                low = middle + 1
            else:
                high = middle
        place[pair] = low
        present[pair] = low < i.size and i[low] == pair_i[pair] and j[low] == pair_j[pair]


@njit
def segments_that_stay(rows, place, gone):
    """Segments of rows that stay together when rows are added and taken out: start, stop, and by how many places each moves.

    place : how many rows come before each new row, in order; gone : numbers of rows that are taken out, in order
    """
    most = place.size + gone.size + 1
    start, stop, shift = np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most, np.int64)
    count, row, added, taken = 0, 0, 0, 0
    while row < rows:
        while added < place.size and place[added] <= row:
            added += 1
        if taken < gone.size and gone[taken] == row:
            taken += 1
            row += 1
            continue
        start[count], shift[count] = row, added - taken
        row = min(place[added] if added < place.size else rows, gone[taken] if taken < gone.size else rows)
        stop[count] = row
        count += 1
    return start[:count], stop[:count], shift[:count]


@njit
def move_rows(column, start, stop, shift):
    """Move segments of a column by `shift` places each, in place. They are in order, and do not overlap before or after.

    Nothing is overwritten before it has been moved: segments that go to the left are moved from the first to the last, those that
    go to the right from the last to the first.
    """
    for k in range(start.size):
        if shift[k] < 0:
            by = np.uint64(-shift[k])  # unsigned, so that numba checks for no negative index
            for row in range(np.uint64(start[k]), np.uint64(stop[k])):
                column[row - by] = column[row]
    for k in range(start.size - 1, -1, -1):
        if shift[k] > 0:
            by, last = np.uint64(shift[k]), np.uint64(stop[k] - 1)
            for back in range(np.uint64(0), np.uint64(stop[k] - start[k])):
                column[last - back + by] = column[last - back]


@njit
def count_entries(first, last, i, j, included, count):
    """Add to each person's count the included ties of rows first..last."""
    for row in range(first, last):
        if included[row]:
            count[i[row]] += 1
            count[j[row]] += 1


@njit
def fill_entries(first, last, i, j, included, place, rows):
    """Write the included ties of rows first..last into rows, at each person's place, which moves on."""
    for row in range(first, last):
        if included[row]:
            rows[place[i[row]]] = row
            place[i[row]] += 1
            rows[place[j[row]]] = row
            place[j[row]] += 1
