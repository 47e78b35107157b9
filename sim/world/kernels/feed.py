"""Steps 4 and 5 on plan days (docs/model.md 7.4, 7.5): rates of views, comments, messages and group exchanges for a week.

The kernels work on the `rows` (a slice) of a strip, as those of step 1. Two people are *friends* if both are members and their
tie is linked and not ended. All rates of other rows are 0. While a plan day goes on, columns that are filled last keep what is
found first: `busy` has 1 for friends and 0 for others, and `message_rate` has c^gamma of friends, their attention.
"""

import numpy as np

from sim.channels import COMMENT, GROUP, MESSAGE, REACTION, VIEW
from sim.compiled import njit
from sim.world.columns import CLASSES, ENDED, LINKED
from sim.world.kernels.plan import BLOCK, LANES, ONE, ZERO, in_units, logarithms, powers, tally
from sim.world.state import FIXED, WEEK


@njit
def mark_friends(rows, ties, member):
    """Fill the column `busy` with 1 for friends, else 0."""
    i, j, flags, friend = ties.i[rows], ties.j[rows], ties.flags[rows], ties.busy[rows]
    for k in range(i.size):
        linked = (flags[k] & np.uint8(LINKED | ENDED)) == np.uint8(LINKED)
        friend[k] = ONE if linked & member[np.uint64(i[k])] & member[np.uint64(j[k])] else ZERO


@njit
def find_companions(rows, ties, companion):
    """Fill companion with 1 for friends who share a place, else 0. companion : (STRIP,) float32"""
    friend, together = ties.busy[rows], ties.together[rows]
    for k in range(together.size):
        companion[k] = friend[k] if together[k] else ZERO


@njit
def ranks(c, by_closeness, floor, slope, rank, log, bits):
    """Fill rank with the weight of friends' posts in the feed for a block of closeness: 1, or rising with closeness.

    log : (block,) float32; bits : (block,) int32; both are scratch
    """
    if not by_closeness or slope == 0:
        rank[:] = ONE
    else:
        x = c + np.float32(floor)
        logarithms(x, log, bits)
        powers(x, log, np.full(c.size, slope, np.float32), rank, bits)


@njit
def offer(rows, posts, ties, rules, offered):
    """Fill `offered` with the posts a day, by rank, that each side gets from a friend. offered : (2, STRIP) float32"""
    rank, log, bits = np.empty(BLOCK, np.float32), np.empty(BLOCK, np.float32), np.empty(BLOCK, np.int32)
    friend = ties.busy[rows]
    for poster, closeness, number in ((ties.j[rows], ties.c_ij[rows], offered[0]), (ties.i[rows], ties.c_ji[rows], offered[1])):
        for start in range(0, friend.size, BLOCK):
            block = slice(start, start + BLOCK)
            other, c, x, is_friend = poster[block], closeness[block], number[block], friend[block]
            ranks(c, rules.by_closeness, rules.rank_floor, rules.rank_slope, rank, log, bits)
            for k in range(c.size):
                x[k] = posts[np.uint64(other[k])]
            for k in range(c.size):
                x[k] *= rank[k] * is_friend[k]


@njit
def attend(rows, profile, ties, gamma, logs, attention):
    """Fill the columns of messages with c^gamma of friends, and `attention` with q c^gamma.

    gamma : (profiles,) float32, of attention; logs : (2, STRIP), from `weights`; attention : (2, STRIP) float32
    """
    exponents, bits = np.empty(BLOCK, np.float32), np.empty(BLOCK, np.int32)
    friend, affinity = ties.busy[rows], ties.affinity[rows]
    for person, closeness, power, log, number in (
        (ties.i[rows], ties.c_ij[rows], ties.message_rate_ij[rows], logs[0], attention[0]),
        (ties.j[rows], ties.c_ji[rows], ties.message_rate_ji[rows], logs[1], attention[1]),
    ):
        for start in range(0, friend.size, BLOCK):
            block = slice(start, start + BLOCK)
            me, c, p, q = person[block], closeness[block], power[block], affinity[block]
            x, is_friend = number[block], friend[block]
            for k in range(c.size):
                exponents[k] = gamma[np.uint64(profile[np.uint64(me[k])])]
            powers(c, log[block], exponents, p, bits)
            for k in range(c.size):
                p[k] *= is_friend[k]
                x[k] = q[k] * p[k]


@njit
def rate_views(rows, people, ties, rules, share):
    """Fill the views a day of both sides, and the comments, before they are scaled.

    share : (people,) float32, part of friends' posts that a reader sees, by rank
    """
    floor, visits = np.float32(rules.floor), np.float32(rules.visits)
    opened = (rules.opening * rules.opened).astype(np.float32)
    rank, log, bits = np.empty(BLOCK, np.float32), np.empty(BLOCK, np.float32), np.empty(BLOCK, np.int32)
    scratch = np.empty((4, BLOCK), np.float32)
    posts, seen, opening, talk, friend = scratch[0], scratch[1], scratch[2], scratch[3], ties.busy[rows]
    for reader, poster, closeness, views, comments, power in (
        (ties.i[rows], ties.j[rows], ties.c_ij[rows], ties.view_ij[rows], ties.comment_ij[rows], ties.message_rate_ij[rows]),
        (ties.j[rows], ties.i[rows], ties.c_ji[rows], ties.view_ji[rows], ties.comment_ji[rows], ties.message_rate_ji[rows]),
    ):
        for start in range(0, closeness.size, BLOCK):
            block = slice(start, start + BLOCK)
            me, other, c, p, is_friend = reader[block], poster[block], closeness[block], power[block], friend[block]
            view, comment = views[block], comments[block]
            ranks(c, rules.by_closeness, rules.rank_floor, rules.rank_slope, rank, log, bits)
            for k in range(c.size):
                a, b = np.uint64(me[k]), np.uint64(other[k])
                profile = np.uint64(people.profile[b])
                posts[k], opening[k], seen[k] = people.posts[b], opened[profile], share[a]
                talk[k] = people.comments[a] * rules.discussed[profile]
            for k in range(c.size):
                warmth = floor + c[k]
                shown = min(posts[k], seen[k] * posts[k] * rank[k])
                view[k] = is_friend[k] * (shown * min(ONE, opening[k] * warmth) + visits * warmth)
            for k in range(c.size):
                comment[k] = talk[k] * view[k] * p[k]


@njit
def tally_views(rows, profile, ties, dose, viewed, absorbed):
    """Tally the expected views of the week by reader, and the closeness they give.

    dose : (profiles,) float32, dose of a view of posts of a person of this profile
    viewed (profiles, classes), absorbed (profiles, classes, channels) : int64, in place
    """
    classes = len(CLASSES)
    lanes = np.zeros((LANES, dose.size * classes, 2), np.int64)
    cell, gain = np.empty(BLOCK, np.uint16), np.empty(BLOCK, np.float32)
    views, gains = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64)
    for reader, poster, closeness, view, tie_class in (
        (ties.i[rows], ties.j[rows], ties.c_ij[rows], ties.view_ij[rows], ties.class_ij[rows]),
        (ties.j[rows], ties.i[rows], ties.c_ji[rows], ties.view_ji[rows], ties.class_ji[rows]),
    ):
        for start in range(0, closeness.size, BLOCK):
            block = slice(start, start + BLOCK)
            me, other, c, v, of_class = reader[block], poster[block], closeness[block], view[block], tie_class[block]
            for k in range(c.size):
                cell[k] = profile[np.uint64(me[k])] * classes + of_class[k]
                gain[k] = dose[np.uint64(profile[np.uint64(other[k])])]
            for k in range(c.size):
                gain[k] = gain[k] * v[k] * (ONE - c[k])
            in_units(v, views)
            in_units(gain[: c.size], gains)
            tally(cell[: c.size], views, gains, lanes)
    for k in range(dose.size * classes):
        for lane in range(LANES):
            viewed[k // classes, k % classes] += WEEK * lanes[lane, k, 0]
            absorbed[k // classes, k % classes, VIEW] += WEEK * lanes[lane, k, 1]


@njit
def within_minutes(people, rules, attention, companions, seen, spoken, comment_scale):
    """Find each person's scale `free`: with it the expected minutes of acts fit into the minutes that reading leaves. In place.

    attention, companions, seen, spoken : (people,) int64, sums over friends of attention, of who shares a place, of views and of
        comments, in units of 2^-36
    comment_scale : (people,) float32, filled with the scale of comments, which also have a budget of their own
    people.each_group : filled with the exchanges a day with each friend of a community
    """
    for person in range(people.minutes.size):
        comments = spoken[person] / FIXED
        budgeted = min(1.0, rules.budget / comments) if comments > 0 else 1.0
        needed = people.reactions[person] * (seen[person] / FIXED) * rules.minutes[REACTION]
        needed += comments * budgeted * rules.minutes[COMMENT]
        if attention[person] > 0:
            needed += people.messages[person] * rules.minutes[MESSAGE]
        if companions[person] > 0:
            needed += people.groups[person] * rules.minutes[GROUP]
        left = max(0.0, people.minutes[person] - people.items[person] * rules.item_minutes)
        scale = min(1.0, left / needed) if needed > 0 else 1.0
        people.free[person] = np.float32(scale)
        comment_scale[person] = np.float32(scale * budgeted)
        exchanges = people.groups[person] * scale / (companions[person] / FIXED) if companions[person] > 0 else 0.0
        people.each_group[person] = np.float32(exchanges)


@njit
def scale_rates(rows, people, ties, per_attention, comment_scale, companion):
    """Scale comments and messages, and sum all platform acts of each tie that are not answers; in place.

    per_attention : (people,) float32, messages per attention; comment_scale : (people,) float32
    companion : (STRIP,) float32, from `find_companions`
    """
    i, j, affinity, busy = ties.i[rows], ties.j[rows], ties.affinity[rows], ties.busy[rows]
    scratch = np.empty((4, BLOCK), np.float32)
    reacting, talking, writing, free = scratch[0], scratch[1], scratch[2], scratch[3]
    busy[:] = ZERO
    for person, view, comments, messages in (
        (i, ties.view_ij[rows], ties.comment_ij[rows], ties.message_rate_ij[rows]),
        (j, ties.view_ji[rows], ties.comment_ji[rows], ties.message_rate_ji[rows]),
    ):
        for start in range(0, busy.size, BLOCK):
            block = slice(start, start + BLOCK)
            me, v, comment, message, q, acts = (
                person[block], view[block], comments[block], messages[block], affinity[block], busy[block]
            )  # fmt: skip
            for k in range(me.size):
                a = np.uint64(me[k])
                reacting[k], free[k] = people.reactions[a] * people.free[a], people.free[a]
                talking[k], writing[k] = comment_scale[a], per_attention[a]
            for k in range(me.size):
                comment[k] *= talking[k]
                message[k] = writing[k] * q[k] * message[k] * free[k]
            for k in range(me.size):
                acts[k] += reacting[k] * v[k] + comment[k] + message[k]
    for start in range(0, busy.size, BLOCK):
        block = slice(start, start + BLOCK)
        of_i, of_j, acts, near = i[block], j[block], busy[block], companion[block]
        for k in range(of_i.size):
            reacting[k] = people.each_group[np.uint64(of_i[k])] + people.each_group[np.uint64(of_j[k])]
        for k in range(of_i.size):
            acts[k] += near[k] * reacting[k]
