"""Step 4, post and read (docs/model.md 7.4), settled on plan days: who sees, opens, comments and writes how often.

Sums over a person's friends are integers in units of 2^-36, so that their order does not matter. A *friend* is the other
of a tie that is linked and not ended, both being members.
"""

import numpy as np

from sim.compiled import njit
from sim.world.kernels.plan import FIXED
from sim.world.state import COMMENT, ENDED, GROUP, LINKED, MESSAGE, REACTION

ZERO, ONE = np.float32(0), np.float32(1)


@njit
def friends(flags, member_i, member_j):
    return (flags & LINKED) != 0 and (flags & ENDED) == 0 and member_i and member_j


@njit
def in_a_community(places, a, b):
    """Do two people share a workplace, neighbourhood or club?"""
    return (
        (places[a, 0] >= 0 and places[a, 0] == places[b, 0])
        or (places[a, 1] >= 0 and places[a, 1] == places[b, 1])
        or (places[a, 2] >= 0 and places[a, 2] == places[b, 2])
    )


@njit
def rank(c, by_closeness, floor, slope):
    """How high a friend's posts stand in the feed: 1, or rising with closeness."""
    return (floor + c) ** slope if by_closeness else ONE


@njit
def attention(c, exponent):
    """c ** exponent, 0 for 0."""
    return c**exponent if c > ZERO else ZERO


@njit
def pull(
    i, j, flags, affinity, c_ij, c_ji, member, profile, places, posts, attend, by_closeness, rank_floor, rank_slope,
    crowd, letters, community,
):  # fmt: skip
    """Add up, for each person, over friends: posts by rank (crowd), attention q c^gamma (letters), shared communities.

    crowd, letters : (people,) int64, in units of 2^-36; community : (people,) int64; in place
    """
    for row in range(i.size):
        a, b = i[row], j[row]
        if friends(flags[row], member[a], member[b]):
            crowd[a] += np.int64(posts[b] * rank(c_ij[row], by_closeness, rank_floor, rank_slope) * FIXED + 0.5)
            crowd[b] += np.int64(posts[a] * rank(c_ji[row], by_closeness, rank_floor, rank_slope) * FIXED + 0.5)
            letters[a] += np.int64(affinity[row] * attention(c_ij[row], attend[profile[a]]) * FIXED + 0.5)
            letters[b] += np.int64(affinity[row] * attention(c_ji[row], attend[profile[b]]) * FIXED + 0.5)
            if in_a_community(places, a, b):
                community[a] += 1
                community[b] += 1


@njit
def views(c, posts_of_other, items, crowd, ranked, friends_share, opened, opening, floor, visits):
    """How often a day one opens the other's posts: exposure times opening, and visits to the profile."""
    warmth = floor + c
    exposure = ZERO
    if crowd > 0:
        exposure = min(posts_of_other, np.float32(items * friends_share * posts_of_other * ranked / (crowd / FIXED)))
    return exposure * min(ONE, opened * opening * warmth) + visits * warmth


@njit
def read(
    i, j, flags, affinity, c_ij, c_ji, member, profile, posts, items, comments, writes, crowd, letters, attend, opened,
    discussed, by_closeness, rank_floor, rank_slope, friends_share, opening, floor, visits, view_ij, view_ji,
    comment_ij, comment_ji, write_ij, write_ji, seen, spoken,
):  # fmt: skip
    """Fill views, comments and messages a day of each side, unscaled; add up each person's views and comments.

    seen, spoken : (people,) int64, in units of 2^-36, in place
    """
    for row in range(i.size):
        a, b = i[row], j[row]
        view_ij[row] = view_ji[row] = comment_ij[row] = comment_ji[row] = write_ij[row] = write_ji[row] = ZERO
        if not friends(flags[row], member[a], member[b]):
            continue
        c = c_ij[row]
        v = views(
            c, posts[b], items[a], crowd[a], rank(c, by_closeness, rank_floor, rank_slope), friends_share,
            opened[profile[b]], opening, floor, visits,
        )  # fmt: skip
        drawn = attention(c, attend[profile[a]])
        view_ij[row] = v
        comment_ij[row] = comments[a] * discussed[profile[b]] * v * drawn
        if letters[a] > 0:
            write_ij[row] = writes[a] * affinity[row] * drawn / np.float32(letters[a] / FIXED)
        seen[a] += np.int64(v * FIXED + 0.5)
        spoken[a] += np.int64(comment_ij[row] * FIXED + 0.5)

        c = c_ji[row]
        v = views(
            c, posts[a], items[b], crowd[b], rank(c, by_closeness, rank_floor, rank_slope), friends_share,
            opened[profile[a]], opening, floor, visits,
        )  # fmt: skip
        drawn = attention(c, attend[profile[b]])
        view_ji[row] = v
        comment_ji[row] = comments[b] * discussed[profile[a]] * v * drawn
        if letters[b] > 0:
            write_ji[row] = writes[b] * affinity[row] * drawn / np.float32(letters[b] / FIXED)
        seen[b] += np.int64(v * FIXED + 0.5)
        spoken[b] += np.int64(comment_ji[row] * FIXED + 0.5)


@njit
def within_minutes(
    minutes, items, reacts, writes, groups, seen, spoken, letters, community, item_minutes, lasting, budget,
    free, comment_scale, each_group,
):  # fmt: skip
    """Scale each person's acts so that their expected minutes fit into what reading leaves of the minutes; in place.

    free : the scale; comment_scale : the scale of comments, which have a budget of their own
    each_group : exchanges a day with each friend of a community
    """
    for person in range(minutes.size):
        comments = spoken[person] / FIXED
        budgeted = min(1.0, budget / comments) if comments > 0 else 1.0
        needed = reacts[person] * (seen[person] / FIXED) * lasting[REACTION] + comments * budgeted * lasting[COMMENT]
        if letters[person] > 0:
            needed += writes[person] * lasting[MESSAGE]
        if community[person] > 0:
            needed += groups[person] * lasting[GROUP]
        left = max(0.0, minutes[person] - items[person] * item_minutes)
        scale = min(1.0, left / needed) if needed > 0 else 1.0
        free[person] = np.float32(scale)
        comment_scale[person] = np.float32(scale * budgeted)
        each_group[person] = np.float32(groups[person] * scale / community[person]) if community[person] > 0 else ZERO


@njit
def settle_rates(
    i, j, flags, member, places, reacts, free, comment_scale, each_group, view_ij, view_ji, comment_ij, comment_ji,
    write_ij, write_ji, busy,
):  # fmt: skip
    """Scale comments and messages, and add up all platform acts of a tie; in place."""
    for row in range(i.size):
        a, b = i[row], j[row]
        busy[row] = ZERO
        if friends(flags[row], member[a], member[b]):
            comment_ij[row] *= comment_scale[a]
            comment_ji[row] *= comment_scale[b]
            write_ij[row] *= free[a]
            write_ji[row] *= free[b]
            acts = reacts[a] * free[a] * view_ij[row] + comment_ij[row] + write_ij[row]
            acts += reacts[b] * free[b] * view_ji[row] + comment_ji[row] + write_ji[row]
            if in_a_community(places, a, b):
                acts += each_group[a] + each_group[b]
            busy[row] = acts
