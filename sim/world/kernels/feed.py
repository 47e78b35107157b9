"""Step 4, post and read (docs/model.md 7.4), settled on plan days: who sees, opens, comments and writes how often.

Sums over a person's friends are integers in units of 2^-36, so that their order does not matter. A *friend* is the other
of a tie that is linked and not ended, both being members.
"""

import numpy as np

from sim.channels import COMMENT, GROUP, MESSAGE, REACTION
from sim.compiled import njit
from sim.world.columns import ENDED, LINKED
from sim.world.kernels.plan import BLOCK, FIXED, powers

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
def pull(
    i, j, flags, affinity, c_ij, c_ji, member, places, posts, exponent, by_closeness, rank_floor, rank_slope, crowd,
    letters, community, drawn_ij, drawn_ji,
):  # fmt: skip
    """Add up, for each person, over friends: posts by rank (crowd), attention q c^gamma (letters), shared communities.

    exponent : (people,) float32, gamma_attend
    crowd, letters : (people,) int64, in units of 2^-36; community : (people,) int64; in place
    drawn_ij, drawn_ji : (ties,) float32, filled with c^gamma
    """
    of_i, of_j, bits = np.empty(BLOCK, np.float32), np.empty(BLOCK, np.float32), np.empty(BLOCK, np.int32)
    for start in range(0, i.size, BLOCK):
        last = min(start + BLOCK, i.size)
        for k in range(last - start):
            of_i[k] = exponent[np.uint64(i[start + k])]
            of_j[k] = exponent[np.uint64(j[start + k])]
        powers(c_ij[start:last], of_i, drawn_ij[start:last], bits[: last - start])
        powers(c_ji[start:last], of_j, drawn_ji[start:last], bits[: last - start])
        for row in range(start, last):
            a, b = i[row], j[row]
            if friends(flags[row], member[a], member[b]):
                crowd[a] += np.int64(posts[b] * rank(c_ij[row], by_closeness, rank_floor, rank_slope) * FIXED + 0.5)
                crowd[b] += np.int64(posts[a] * rank(c_ji[row], by_closeness, rank_floor, rank_slope) * FIXED + 0.5)
                letters[a] += np.int64(affinity[row] * drawn_ij[row] * FIXED + 0.5)
                letters[b] += np.int64(affinity[row] * drawn_ji[row] * FIXED + 0.5)
                if in_a_community(places, a, b):
                    community[a] += 1
                    community[b] += 1


@njit
def rates(c, drawn, affinity, ranked, posts, opened, discussed, share, talks, letters, floor, visits):
    """Views, comments and messages a day of one side of a tie.

    posts, opened, discussed : of the other: posts a day, P of opening per warmth, factor on comments
    share, talks, letters : of oneself: part of posts seen, comments per view, messages per attention
    """
    warmth = floor + c
    view = min(posts, share * posts * ranked) * min(ONE, opened * warmth) + visits * warmth
    return view, talks * discussed * view * drawn, letters * affinity * drawn


@njit
def read(
    i, j, flags, affinity, c_ij, c_ji, member, posts, opened, discussed, share, talks, letters, by_closeness, rank_floor,
    rank_slope, floor, visits, view_ij, view_ji, comment_ij, comment_ji, message_rate_ij, message_rate_ji, seen, spoken,
):  # fmt: skip
    """Fill views, comments and messages a day of each side, unscaled; add up each person's views and comments.

    posts ... letters : (people,) float32, see `rates`
    message_rate_ij, message_rate_ji : in: attention c^gamma, from `pull`; out: messages
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
            letters[a], floor, visits,
        )  # fmt: skip
        ranked = rank(c_ji[row], by_closeness, rank_floor, rank_slope)
        view_ji[row], comment_ji[row], message_rate_ji[row] = rates(
            c_ji[row], message_rate_ji[row], affinity[row], ranked, posts[a], opened[a], discussed[a], share[b], talks[b],
            letters[b], floor, visits,
        )  # fmt: skip
        seen[a] += np.int64(view_ij[row] * FIXED + 0.5)
        seen[b] += np.int64(view_ji[row] * FIXED + 0.5)
        spoken[a] += np.int64(comment_ij[row] * FIXED + 0.5)
        spoken[b] += np.int64(comment_ji[row] * FIXED + 0.5)


@njit
def within_minutes(
    minutes, items, reactions, messages, groups, seen, spoken, letters, community, item_minutes, lasting, budget,
    free, comment_scale, each_group,
):  # fmt: skip
    """Scale each person's acts so that their expected minutes fit into what reading leaves of the minutes; in place.

    free : the scale; comment_scale : the scale of comments, which have a budget of their own
    each_group : exchanges a day with each friend of a community
    """
    for person in range(minutes.size):
        comments = spoken[person] / FIXED
        budgeted = min(1.0, budget / comments) if comments > 0 else 1.0
        needed = reactions[person] * (seen[person] / FIXED) * lasting[REACTION] + comments * budgeted * lasting[COMMENT]
        if letters[person] > 0:
            needed += messages[person] * lasting[MESSAGE]
        if community[person] > 0:
            needed += groups[person] * lasting[GROUP]
        left = max(0.0, minutes[person] - items[person] * item_minutes)
        scale = min(1.0, left / needed) if needed > 0 else 1.0
        free[person] = np.float32(scale)
        comment_scale[person] = np.float32(scale * budgeted)
        each_group[person] = np.float32(groups[person] * scale / community[person]) if community[person] > 0 else ZERO


@njit
def settle_rates(
    i, j, flags, member, places, reactions, free, comment_scale, each_group, view_ij, view_ji, comment_ij, comment_ji,
    message_rate_ij, message_rate_ji, busy,
):  # fmt: skip
    """Scale comments and messages, and add up all platform acts of a tie; in place."""
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
