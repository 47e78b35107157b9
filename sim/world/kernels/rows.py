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
def move_rows(column, start, stop, shift):
    """Move segments of a column by `shift` places each, in place. They are in order, and do not overlap before or after.

    Nothing is overwritten before it has been moved: segments that go to the left are moved from the first to the last, those that
    go to the right from the last to the first.
    """
    for k in range(start.size):
        if shift[k] < 0:
            old, new = column[start[k] : stop[k]], column[start[k] + shift[k] : stop[k] + shift[k]]
            for row in range(old.size):
                new[row] = old[row]
    for k in range(start.size - 1, -1, -1):
        if shift[k] > 0:
            old, new = column[start[k] : stop[k]], column[start[k] + shift[k] : stop[k] + shift[k]]
            for row in range(old.size - 1, -1, -1):
                new[row] = old[row]


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
