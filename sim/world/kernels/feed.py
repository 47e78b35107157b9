"""Steps 4 and 5 on plan days (docs/model.md 7.4, 7.5): rates of views, comments, messages and group exchanges for a week.

The kernels work on the `rows` (a slice) of a strip, as those of step 1. Somebody's *friends* are the members to whom the person
has a link, unless the tie has ended. All rates toward other people are 0. A tie keeps who is a friend, views and attention. What
its two people do per view and per attention are columns of people.
"""

import numpy as np

from sim.channels import COMMENT, GROUP, MESSAGE, REACTION, VIEW
from sim.compiled import njit, part_of_kernel
from sim.world.columns import CLASSES, ENDED, LINKED_IJ
from sim.world.kernels.plan import BLOCK, LANES, ONE, ZERO, in_tally_units, logarithms, powers, tally
from sim.world.state import BY_CLOSENESS, CHRONOLOGICAL, FIXED, WEEK

NOBODY, OF_I, OF_J, BOTH = np.uint8(0), np.uint8(1), np.uint8(2), np.uint8(3)  # whose friend the other one is


@njit
def mark_friends(rows, ties, member):
    """Fill the column of friends: 1 if j is a friend of i, that is, i has a link to j; 2 if i is one of j; 3 for both."""
    i, j, flags, friends = ties.i[rows], ties.j[rows], ties.flags[rows], ties.were_friends[rows]
    for k in range(i.size):
        both_there = member[np.uint64(i[k])] & member[np.uint64(j[k])] & (flags[k] & ENDED == 0)
        friends[k] = np.uint8(flags[k] // LINKED_IJ & BOTH) if both_there else NOBODY


@part_of_kernel
def is_companion(together, friends, side):
    """1 if the other one is a friend of this side (OF_I or OF_J) and the two share a place, else 0; float32."""
    return ONE if together & (friends & side != 0) else ZERO


@njit
def find_companions(rows, ties, companion):
    """Fill companion with `is_companion` of both sides. companion : (2, STRIP) float32"""
    friends, together = ties.were_friends[rows], ties.together[rows]
    for k in range(together.size):
        companion[0, k] = is_companion(together[k], friends[k], OF_I)
        companion[1, k] = is_companion(together[k], friends[k], OF_J)


@njit
def ranks(c, touch, rules, rank, log, bits):
    """Fill rank with the weight of friends' posts in the feed: 1, or rising up to 1 with closeness or with contact there.

    c, touch : of a block of ties; log : (block,) float32; bits : (block,) int32; both are scratch
    """
    if rules.order == CHRONOLOGICAL or rules.rank_slope == 0:
        rank[:] = ONE
    else:
        x = ((c if rules.order == BY_CLOSENESS else touch) + np.float32(rules.rank_floor)) / np.float32(rules.rank_floor + 1)
        logarithms(x, log, bits)
        powers(x, log, np.full(c.size, rules.rank_slope, np.float32), rank, bits)


@njit
def offer(rows, posts, ties, rules, offered):
    """Fill `offered` with the posts a day, by rank, that each side gets from a friend. offered : (2, STRIP) float32"""
    rank, log, bits = np.empty(BLOCK, np.float32), np.empty(BLOCK, np.float32), np.empty(BLOCK, np.int32)
    friends, touches = ties.were_friends[rows], ties.touch[rows]
    for side, poster, closeness, number in (
        (OF_I, ties.j[rows], ties.c_ij[rows], offered[0]),
        (OF_J, ties.i[rows], ties.c_ji[rows], offered[1]),
    ):
        for start in range(0, friends.size, BLOCK):
            block = slice(start, start + BLOCK)
            other, c, x, is_friend = poster[block], closeness[block], number[block], friends[block]
            ranks(c, touches[block], rules, rank, log, bits)
            for k in range(c.size):
                x[k] = posts[np.uint64(other[k])]
            for k in range(c.size):
                x[k] = x[k] * rank[k] if is_friend[k] & side else ZERO


@njit
def attend(rows, gamma, ties, logs, message_weight):
    """Fill the columns of attention with c^gamma of friends, and `message_weight` with q c^gamma.

    gamma : (people,) float32, of attention; logs : (2, STRIP), from `weights`; message_weight : (2, STRIP) float32
    """
    exponents, bits = np.empty(BLOCK, np.float32), np.empty(BLOCK, np.int32)
    friends, affinity = ties.were_friends[rows], ties.affinity[rows]
    for side, person, closeness, power, log, number in (
        (OF_I, ties.i[rows], ties.c_ij[rows], ties.attention_ij[rows], logs[0], message_weight[0]),
        (OF_J, ties.j[rows], ties.c_ji[rows], ties.attention_ji[rows], logs[1], message_weight[1]),
    ):
        for start in range(0, friends.size, BLOCK):
            block = slice(start, start + BLOCK)
            me, c, p, q = person[block], closeness[block], power[block], affinity[block]
            x, is_friend = number[block], friends[block]
            for k in range(c.size):
                exponents[k] = gamma[np.uint64(me[k])]
            powers(c, log[block], exponents, p, bits)
            for k in range(c.size):
                p[k] = p[k] if is_friend[k] & side else ZERO
                x[k] = q[k] * p[k]


@njit
def rate_views(rows, people, ties, rules, share, turned, most_discussed, comment_weight):
    """Fill the views a day of both sides, and `comment_weight` with v c^gamma K: what comments are in proportion to.

    share : (people,) float32, part of friends' posts that a reader sees, by rank
    turned : (people,) float32, what the reader's attention is multiplied by
    most_discussed : the largest K of all people. Sums of K as a share of it have room
    comment_weight : (2, STRIP) float32, with K as a share of the largest K
    """
    floor, visits = np.float32(rules.floor), np.float32(rules.visits)
    opening = np.float32(rules.opening)
    share_of_most = ONE / np.float32(most_discussed) if most_discussed > 0 else ZERO
    rank, log, bits = np.empty(BLOCK, np.float32), np.empty(BLOCK, np.float32), np.empty(BLOCK, np.int32)
    scratch, friends, touches = np.empty((5, BLOCK), np.float32), ties.were_friends[rows], ties.touch[rows]
    posts, seen, opened, talk, eager = scratch[0], scratch[1], scratch[2], scratch[3], scratch[4]
    for side, reader, poster, closeness, views, attention, number in (
        (OF_I, ties.i[rows], ties.j[rows], ties.c_ij[rows], ties.view_ij[rows], ties.attention_ij[rows], comment_weight[0]),
        (OF_J, ties.j[rows], ties.i[rows], ties.c_ji[rows], ties.view_ji[rows], ties.attention_ji[rows], comment_weight[1]),
    ):
        for start in range(0, closeness.size, BLOCK):
            block = slice(start, start + BLOCK)
            me, other, c, p, is_friend = reader[block], poster[block], closeness[block], attention[block], friends[block]
            view, x = views[block], number[block]
            ranks(c, touches[block], rules, rank, log, bits)
            for k in range(c.size):
                a, b = np.uint64(me[k]), np.uint64(other[k])
                posts[k], seen[k], eager[k] = people.posts[b], share[a], turned[a]
                opened[k], talk[k] = opening * people.opened[b], people.discussed[b] * share_of_most
            for k in range(c.size):
                warmth = floor + min(ONE, eager[k] * p[k])
                shown = min(posts[k], seen[k] * posts[k] * rank[k])
                view[k] = shown * min(ONE, opened[k] * warmth) + visits * warmth if is_friend[k] & side else ZERO
            for k in range(c.size):
                x[k] = talk[k] * view[k] * p[k]


@njit
def passed_on(rows, people, ties, rules, share, turned, opened):
    """Fill `opened` with the posts of strangers a day that a side opens because a friend passed them on.

    share, turned : as for `rate_views`; opened : (2, STRIP) float32
    """
    floor, opening = np.float32(rules.floor), np.float32(rules.opening)
    rank, log, bits = np.empty(BLOCK, np.float32), np.empty(BLOCK, np.float32), np.empty(BLOCK, np.int32)
    friends, touches = ties.were_friends[rows], ties.touch[rows]
    for side, reader, poster, closeness, attention, number in (
        (OF_I, ties.i[rows], ties.j[rows], ties.c_ij[rows], ties.attention_ij[rows], opened[0]),
        (OF_J, ties.j[rows], ties.i[rows], ties.c_ji[rows], ties.attention_ji[rows], opened[1]),
    ):
        for start in range(0, closeness.size, BLOCK):
            block = slice(start, start + BLOCK)
            me, other, p, x, is_friend = reader[block], poster[block], attention[block], number[block], friends[block]
            ranks(closeness[block], touches[block], rules, rank, log, bits)
            for k in range(me.size):
                a, b = np.uint64(me[k]), np.uint64(other[k])
                shown = min(people.passed[b], share[a] * people.passed[b] * rank[k])
                warmth = floor + min(ONE, turned[a] * p[k])
                x[k] = shown * min(ONE, opening * warmth) if is_friend[k] & side else ZERO


@njit
def follow_the_crowd(rows, people, ties, views):
    """Fill `views` with each side's views times what shown counts change. views : (2, STRIP) float32"""
    i, j, view_ij, view_ji = ties.i[rows], ties.j[rows], ties.view_ij[rows], ties.view_ji[rows]
    for k in range(i.size):
        views[0, k] = people.crowd[np.uint64(j[k])] * view_ij[k]
        views[1, k] = people.crowd[np.uint64(i[k])] * view_ji[k]


@njit
def tally_views(rows, people, ties, dose, viewed, absorbed):
    """Tally the expected views of the week by reader, and the closeness they give.

    dose : of a view
    viewed (groups, classes), absorbed (groups, classes, channels) : int64, in place
    """
    classes = len(CLASSES)
    lanes = np.zeros((LANES, viewed.size, 2), np.int64)
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
                cell[k] = people.group[np.uint64(me[k])] * classes + of_class[k]
                gain[k] = dose * people.dosed[np.uint64(other[k])]
            for k in range(c.size):
                gain[k] = gain[k] * v[k] * (ONE - c[k])
            in_tally_units(v, views)
            in_tally_units(gain[: c.size], gains)
            tally(cell[: c.size], views, gains, lanes)
    for k in range(viewed.size):
        for lane in range(LANES):
            viewed[k // classes, k % classes] += WEEK * lanes[lane, k, 0]
            absorbed[k // classes, k % classes, VIEW] += WEEK * lanes[lane, k, 1]


@njit
def within_minutes(people, rules, message_weight, companions, views, comment_weight, most_discussed):
    """Fill the rates of people for the week, scaled so that the expected minutes of acts fit into those that reading leaves.

    message_weight, companions, views, comment_weight : (people,) int64, sums over friends in units of 2^-36. They are sums of
        q c^gamma, of 1 for each who shares a place, of views (times what counts change, where they are shown), and of what
        `rate_views` calls `comment_weight`
    most_discussed : the largest K of all people, by which `comment_weight` was divided
    """
    for person in range(people.minutes.size):
        weight, sharing = message_weight[person] / FIXED, companions[person] / FIXED
        talk = most_discussed * (comment_weight[person] / FIXED)
        comments, messages, groups = divide(
            np.float64(people.comments[person]), np.float64(people.messages[person]), np.float64(people.groups[person]),
            rules.with_comments and talk > 0, rules.with_messages and weight > 0, rules.with_groups and sharing > 0,
        )  # fmt: skip
        needed = people.reactions[person] * (views[person] / FIXED) * rules.minutes[REACTION]
        needed += comments * rules.minutes[COMMENT] + messages * rules.minutes[MESSAGE] + groups * rules.minutes[GROUP]
        reading = np.float64(people.items[person]) * rules.item_minutes  # in float64: the difference may be small
        left = max(0.0, people.minutes[person] - reading)
        scale = min(1.0, left / needed) if needed > 0 else 1.0
        people.reaction_rate[person] = np.float32(people.reactions[person] * scale)
        people.comment_rate[person] = np.float32(comments * scale / talk) if talk > 0 else ZERO
        people.message_rate[person] = np.float32(messages * scale / weight) if weight > 0 else ZERO
        people.group_rate[person] = np.float32(groups * scale / sharing) if sharing > 0 else ZERO


@njit
def divide(comments, messages, groups, can_comment, can_message, can_group):
    """A person's written acts by channel, float64. What cannot be sent goes to the other channel of its side, then over.

    can_comment, can_message, can_group : whether the platform has the channel and somebody can get such an act
    """
    private = messages + groups
    if not (can_message or can_group):
        return comments + private if can_comment else 0.0, 0.0, 0.0
    to_one = messages / private if private > 0 else 1.0
    if not can_group:
        to_one = 1.0
    elif not can_message:
        to_one = 0.0
    if not can_comment:
        comments, private = 0.0, private + comments
    return comments, private * to_one, private * (1 - to_one)
