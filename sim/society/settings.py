"""The starting graph that is generated from settings: families, workplaces, neighbourhoods, clubs and past settings.

The model is that of Feld's foci (1981). Two people who share a setting are tied with a probability of that setting. The
overlap of many settings gives high clustering with weak bridges. See docs/model.md section 5.
"""

from __future__ import annotations

import numpy as np

from sim import draws
from sim.compiled import njit

SETTINGS = (("kin", 500, 1), ("work", 5_000, 1), ("neighbourhood", 0, 1), ("club", 1_000, 1), ("past", 20_000, 2))
"""Of each sort of setting: its name; how far apart the numbers of its members may be; how many groups of it a person is in."""


def groups(population: int, size: float, reach: float, seed: int, item: int) -> np.ndarray:
    """(people,) int32: the number of each person's group in one sort of setting.

    size : people in a group, rounded
    reach : about how far apart the numbers of two members may be; 0 groups neighbours in number
    item : distinguishes the draws of this sort of setting from those of others
    """
    people = np.arange(population)
    u = draws.uniforms(seed, draws.PLACE, 0, people, item=item)[:, 0]
    order = np.argsort(people + u * np.float64(reach), kind="stable")
    group = np.empty(population, np.int32)
    group[order] = np.arange(population) // max(1, round(size))
    return group


@njit
def fill_tied_pairs(seed, item, start, members, tied, out_i, out_j):
    """Draw which pairs of the same group are tied. Fills out_i < out_j and returns how many pairs there are.

    start : (groups + 1,) where the members of each group begin in `members`
    tied : probability of a tie
    """
    count = 0
    for group in range(start.size - 1):
        for a in range(start[group], start[group + 1]):
            for b in range(a + 1, start[group + 1]):
                i, j = min(members[a], members[b]), max(members[a], members[b])
                if draws.draw(seed, draws.STARTING_TIE, 0, i, j, item)[0] < tied:
                    out_i[count], out_j[count] = i, j
                    count += 1
    return count


def tied_pairs(group: np.ndarray, tied: float, seed: int, item: int) -> tuple[np.ndarray, np.ndarray]:
    """(pairs,) int32 i < j: the pairs of the same group that are tied, each with probability `tied`.

    group : (people,) the number of each person's group
    """
    members = np.argsort(group, kind="stable")
    sizes = np.bincount(group, minlength=1) if group.size else np.zeros(0, np.int64)
    start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    possible = int((sizes * (sizes - 1) // 2).sum())
    out_i, out_j = np.empty(possible, np.int32), np.empty(possible, np.int32)
    count = fill_tied_pairs(np.uint64(seed), item, start, members, np.float32(tied), out_i, out_j)
    return out_i[:count], out_j[:count]


def starting_graph(population: int, society, seed: int):
    """The ties that a society starts with, the setting of each tie, and the groups of each person.

    Returns five values:
    i, j : (ties,) int32, the two people of each tie, i < j, every pair once, in order
    origin : (ties,) uint8, the setting of the tie as a position in `SETTINGS`
    places : (people, 3) int32, the numbers of each person's workplace, neighbourhood and club
    counts : how many workplaces, neighbourhoods and clubs there are
    """
    parts, group_of = [], {}
    for origin, (name, reach, copies) in enumerate(SETTINGS):
        setting = getattr(society.settings, name)
        for copy in range(copies):
            item = 2 * origin + copy
            group = groups(population, setting.size.value, reach, seed, item)
            i, j = tied_pairs(group, setting.tied.value, seed, item)
            parts.append((i * np.int64(population) + j) * len(SETTINGS) + origin)
            group_of[name] = group
    pairs = np.concatenate(parts)
    parts.clear()
    pairs.sort()
    pair, origins = np.divmod(pairs, len(SETTINGS))
    first = np.diff(pair, prepend=-1) > 0  # a pair keeps the first of its settings
    i, j = np.divmod(pair[first], max(population, 1))
    places = np.stack([group_of[name] for name in ("work", "neighbourhood", "club")], axis=1)
    counts = tuple(int(places[:, k].max(initial=-1)) + 1 for k in range(3))
    return i.astype(np.int32), j.astype(np.int32), origins[first].astype(np.uint8), places, counts
