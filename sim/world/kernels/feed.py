"""Step 4, post and read (docs/model.md 7.4), on plan days: rates of views, comments, messages and group exchanges.

Sums over a person's friends are integers in units of 2^-36, so that they do not depend on the order. Two people are *friends*
if both are members and their tie is linked and not ended.
"""

import numpy as np

from sim.channels import COMMENT, GROUP, MESSAGE, REACTION
from sim.compiled import njit
from sim.world.columns import ENDED, LINKED
from sim.world.kernels.plan import BLOCK, powers
from sim.world.state import FIXED

ZERO, ONE = np.float32(0), np.float32(1)


@njit
def friends(flags, member_i, member_j):
    """Whether two people are friends on the platform."""
    return (flags & LINKED) != 0 and (flags & ENDED) == 0 and member_i and member_j


@njit
def in_a_community(places, a, b):
    """Whether two people share a workplace, neighbourhood or club."""
    return (
        (places[a, 0] >= 0 and places[a, 0] == places[b, 0])
        or (places[a, 1] >= 0 and places[a, 1] == places[b, 1])
        or (places[a, 2] >= 0 and places[a, 2] == places[b, 2])
    )


@njit
def rank(c, by_closeness, floor, slope):
    """Weight of a friend's posts in the order of the feed: 1, or rising with closeness."""
    return (floor + c) ** slope if by_closeness else ONE


@njit
def sum_over_friends(
    i, j, flags, affinity, c_ij, c_ji, member, places, posts, exponent, by_closeness, rank_floor, rank_slope, offered,
    attention, community, power_ij, power_ji,
):  # fmt: skip
    """For each person, sum over friends: posts by rank (`offered`), attention q c^gamma (`attention`), and shared communities.

    exponent : (people,) float32, gamma_attend
    offered, attention : (people,) int64, in units of 2^-36; community : (people,) int64; in place
    power_ij, power_ji : (ties,) float32, filled with c^gamma
    """
    of_i, of_j, bits = np.empty(BLOCK, np.float32), np.empty(BLOCK, np.float32), np.empty(BLOCK, np.int32)
    for start in range(0, i.size, BLOCK):
        last = min(start + BLOCK, i.size)
        for k in range(last - start):
            of_i[k] = exponent[np.uint64(i[start + k])]
            of_j[k] = exponent[np.uint64(j[start + k])]
        powers(c_ij[start:last], of_i, power_ij[start:last], bits[: last - start])
        powers(c_ji[start:last], of_j, power_ji[start:last], bits[: last - start])
        for row in range(start, last):
            a, b = i[row], j[row]
            if friends(flags[row], member[a], member[b]):
                offered[a] += np.int64(posts[b] * rank(c_ij[row], by_closeness, rank_floor, rank_slope) * FIXED + 0.5)
                offered[b] += np.int64(posts[a] * rank(c_ji[row], by_closeness, rank_floor, rank_slope) * FIXED + 0.5)
                attention[a] += np.int64(affinity[row] * power_ij[row] * FIXED + 0.5)
                attention[b] += np.int64(affinity[row] * power_ji[row] * FIXED + 0.5)
                if in_a_community(places, a, b):
                    community[a] += 1
                    community[b] += 1


@njit
def rates(c, power, affinity, ranked, posts, opened, discussed, share, talks, per_attention, floor, visits):
    """Views, comments and messages a day of one side of a tie.

    posts, opened, discussed : of the friend: posts a day, P of opening a post per warmth, factor on comments
    share, talks, per_attention : of the reader: part of posts seen, comments per view, messages per attention
    """
    warmth = floor + c
    view = min(posts, share * posts * ranked) * min(ONE, opened * warmth) + visits * warmth
    return view, talks * discussed * view * power, per_attention * affinity * power


@njit
def rate_acts(
    i, j, flags, affinity, c_ij, c_ji, member, posts, opened, discussed, share, talks, per_attention, by_closeness, rank_floor,
    rank_slope, floor, visits, view_ij, view_ji, comment_ij, comment_ji, message_rate_ij, message_rate_ji, seen, spoken,
):  # fmt: skip
    """Fill views, comments and messages a day of each side, unscaled; sum each person's views and comments.

    posts ... per_attention : (people,) float32, see `rates`
    message_rate_ij, message_rate_ji : in: c^gamma, from `sum_over_friends`; out: messages
    seen, spoken : (people,) int64, in units of 2^-36, in place
    """
    for row in range(i.size):
        a, b = i[row], j[row]
        if not friends(flags[row], member[a], member[b]):
            view_ij[row] = view_ji[row] = comment_ij[row] = comment_ji[row] = message_rate_ij[row] = message_rate_ji[row] = ZERO
            continue
        ranked = rank(c_ij[row], by_closeness, rank_floor, rank_slope)
        view_ij[row], comment_ij[row], message_rate_ij[row] = rates(
            c_ij[row], message_rate_ij[row], affinity[row], ranked, posts[b], opened[b], discussed[b], share[a], talks[a],
            per_attention[a], floor, visits,
        )  # fmt: skip
        ranked = rank(c_ji[row], by_closeness, rank_floor, rank_slope)
        view_ji[row], comment_ji[row], message_rate_ji[row] = rates(
            c_ji[row], message_rate_ji[row], affinity[row], ranked, posts[a], opened[a], discussed[a], share[b], talks[b],
            per_attention[b], floor, visits,
        )  # fmt: skip
        seen[a] += np.int64(view_ij[row] * FIXED + 0.5)
        seen[b] += np.int64(view_ji[row] * FIXED + 0.5)
        spoken[a] += np.int64(comment_ij[row] * FIXED + 0.5)
        spoken[b] += np.int64(comment_ji[row] * FIXED + 0.5)


@njit
def within_minutes(
    minutes, items, reactions, messages, groups, seen, spoken, attention, community, item_minutes, lasting, budget,
    free, comment_scale, each_group,
):  # fmt: skip
    """Find each person's scale with which the expected minutes of acts fit into the minutes that reading leaves; in place.

    free : the scale; comment_scale : the scale of comments, which also have their own budget
    lasting : (channels,) float32, minutes of an act
    each_group : exchanges a day with each friend of a community
    """
    for person in range(minutes.size):
        comments = spoken[person] / FIXED
        budgeted = min(1.0, budget / comments) if comments > 0 else 1.0
        needed = reactions[person] * (seen[person] / FIXED) * lasting[REACTION] + comments * budgeted * lasting[COMMENT]
        if attention[person] > 0:
            needed += messages[person] * lasting[MESSAGE]
        if community[person] > 0:
            needed += groups[person] * lasting[GROUP]
        left = max(0.0, minutes[person] - items[person] * item_minutes)
        scale = min(1.0, left / needed) if needed > 0 else 1.0
        free[person] = np.float32(scale)
        comment_scale[person] = np.float32(scale * budgeted)
        each_group[person] = np.float32(groups[person] * scale / community[person]) if community[person] > 0 else ZERO


@njit
def scale_rates(
    i, j, flags, member, places, reactions, free, comment_scale, each_group, view_ij, view_ji, comment_ij, comment_ji,
    message_rate_ij, message_rate_ji, busy,
):  # fmt: skip
    """Scale comments and messages, and sum all platform acts of each tie that are not answers; in place."""
    for row in range(i.size):
        a, b = i[row], j[row]
        busy[row] = ZERO
        if friends(flags[row], member[a], member[b]):
            comment_ij[row] *= comment_scale[a]
            comment_ji[row] *= comment_scale[b]
            message_rate_ij[row] *= free[a]
            message_rate_ji[row] *= free[b]
            acts = reactions[a] * free[a] * view_ij[row] + comment_ij[row] + message_rate_ij[row]
            acts += reactions[b] * free[b] * view_ji[row] + comment_ji[row] + message_rate_ji[row]
            if in_a_community(places, a, b):
                acts += each_group[a] + each_group[b]
            busy[row] = acts
