"""Links of people, when a platform is joined (docs/model.md 7.9)."""

import numpy as np

from sim.compiled import njit
from sim.draws import draw
from sim.world.kernels.rows import key_of


@njit
def serve(i, j, order, free, linked):
    """Link pairs in an order while both people have a free place.

    i, j : of all pairs; order : numbers of pairs; free : (people,) int32, in place
    linked : (size of order,) bool, filled: whether each of these pairs is linked
    """
    for k in range(order.size):
        a, b = i[order[k]], j[order[k]]
        linked[k] = free[a] > 0 and free[b] > 0
        if linked[k]:
            free[a] -= 1
            free[b] -= 1


@njit
def draw_partners(seed, use, first, tries, has_place, reach, keys):
    """Fill keys with `tile_key` of pairs of a person and somebody nearby who has a place. Returns their number.

    first, tries : (people,) int64, how often each person drew a partner before, and does now
    reach : how far apart their row numbers may be
    """
    count = 0
    for person in range(tries.size):
        for item in range(first[person] + 1, first[person] + tries[person] + 1):
            u = np.float64(draw(seed, use, 0, person, person, item)[0])
            partner = (person + 1 + int(np.floor((u - 0.5) * 2 * reach))) % tries.size
            if has_place[partner] and partner != person:
                keys[count] = key_of(min(person, partner), max(person, partner))
                count += 1
    return count
