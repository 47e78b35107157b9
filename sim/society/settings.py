"""A society from settings: families, workplaces, neighbourhoods, clubs and past settings make the first graph.

Feld's foci (1981): people who share a setting know each other with a probability of that setting; the overlap of many
settings gives high clustering with weak bridges. See docs/model.md section 5.
"""

from __future__ import annotations

import numpy as np

from sim import draws
from sim.compiled import njit

# name, how far apart in the row of people its members may stand, how many of them each person has
SETTINGS = (("kin", 500, 1), ("work", 5_000, 1), ("neighbourhood", 0, 1), ("club", 1_000, 1), ("past", 20_000, 2))


def groups(population: int, size: float, reach: float, seed: int, item: int) -> np.ndarray:
    """(people,) int32: the number of each person's group of about `size` people who stand within about `reach`."""
    people = np.arange(population)
    u = draws.uniforms(seed, draws.PLACE, 0, people, item=item)[:, 0]
    order = np.argsort(people + u * np.float64(reach), kind="stable")
    group = np.empty(population, np.int32)
    group[order] = np.arange(population) // max(1, round(size))
    return group


@njit
def pairs_within(seed, item, start, members, tied, out_i, out_j):
    """Pairs of the same group who know each other; fills out_i < out_j and returns how many."""
    count = 0
    for group in range(start.size - 1):
        for a in range(start[group], start[group + 1]):
            for b in range(a + 1, start[group + 1]):
                i, j = min(members[a], members[b]), max(members[a], members[b])
                if draws.draw(seed, draws.STARTING_TIE, 0, i, j, item)[0] < tied:
                    out_i[count], out_j[count] = i, j
                    count += 1
    return count


def acquainted(group: np.ndarray, tied: float, seed: int, item: int) -> tuple[np.ndarray, np.ndarray]:
    """All pairs i < j of the same group who know each other, each with probability `tied`."""
    members = np.argsort(group, kind="stable")
    sizes = np.bincount(group, minlength=1) if group.size else np.zeros(0, np.int64)
    start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    most = int((sizes * (sizes - 1) // 2).sum())
    out_i, out_j = np.empty(most, np.int64), np.empty(most, np.int64)
    count = pairs_within(np.uint64(seed), item, start, members, np.float32(tied), out_i, out_j)
    return out_i[:count], out_j[:count]


def first_graph(population: int, society, seed: int):
    """Who knows whom from where at the beginning.

    Returns i, j (ties,) int64 with i < j, unique; origin (ties,) as an index into SETTINGS; places (people, 3) int32:
    each person's work, neighbourhood and club; and how many of each there are.
    """
    found, places = [], {}
    for origin, (name, reach, how_many) in enumerate(SETTINGS):
        setting = getattr(society.settings, name)
        for copy in range(how_many):
            item = 2 * origin + copy
            group = groups(population, setting.size.value, reach, seed, item)
            i, j = acquainted(group, setting.tied.value, seed, item)
            found.append(np.stack([i, j, np.full(i.size, origin)]))
            places[name] = group
    i, j, origin = np.concatenate(found, axis=1)
    _, first = np.unique(i * np.int64(population) + j, return_index=True)  # the first setting of a pair counts
    where = np.stack([places[name] for name in ("work", "neighbourhood", "club")], axis=1)
    counts = tuple(int(where[:, k].max(initial=-1)) + 1 for k in range(3))
    return i[first], j[first], origin[first], where, counts
