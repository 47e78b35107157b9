"""Who shares a place: the column `together` of ties follows from the places and communities of people."""

import numpy as np

from sim.compiled import njit


@njit
def mark_together(i, j, places, community, together):
    """Fill `together` with whether the two people of each row now share a workplace, neighbourhood, club or community online.

    Must be called for new rows and when people have changed places. Kernels then read one byte instead of six places.

    places : (people, 3) int32, -1 for none; community : (people,) int32, -1 for none; together : (ties,) bool
    """
    for row in range(i.size):
        a, b = np.uint64(i[row]), np.uint64(j[row])
        shared = (community[a] >= 0) & (community[a] == community[b])
        for kind in range(places.shape[1]):
            shared |= (places[a, kind] >= 0) & (places[a, kind] == places[b, kind])
        together[row] = shared
