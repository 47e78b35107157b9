"""Links of people without a tie, when a platform is joined (docs/model.md 7.9)."""

import numpy as np

from sim.compiled import njit
from sim.draws import STRANGER, draw
from sim.world.kernels.rows import key_of


@njit
def draw_partners(seed, tries, member, reach, keys):
    """Fill keys with `tile_key` of the pairs that people make of themselves and a member nearby, by chance. Returns their number.

    tries : (people,) int64, how often each person draws a partner; reach : how far apart their row numbers may be
    """
    count = 0
    for person in range(tries.size):
        for item in range(1, tries[person] + 1):
            u = np.float64(draw(seed, STRANGER, 0, person, person, item)[0])
            partner = (person + 1 + int(np.floor((u - 0.5) * 2 * reach))) % tries.size
            if member[partner] and partner != person:
                keys[count] = key_of(min(person, partner), max(person, partner))
                count += 1
    return count
