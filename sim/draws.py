"""Keyed draws: all random numbers of the model.

Every draw is a pure function of the seed, the use, the day and two people. Two arms with the same seed therefore draw the
same numbers: switching a feature on changes only the events that the feature affects. The generator is Philox4x32-10
(Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011; Random123). It is tested against its
published vectors.

    key     = seed, 64 bits
    counter = (i, j, day, use + 256 * item)      j = i for a person; i < j for a pair, unless their order has a meaning
"""

from __future__ import annotations

import numpy as np

from sim.compiled import njit, part_of_kernel

# Uses of draws. A number is never changed, as all results would change with it.
TIE, CONTACT, CARD, WISH, ACTIVE, GREET, KNOW, LEAVE, LEAVE_TIE, NEW = range(1, 11)
NEW_HOW, FRIEND, PICK, AFFINITY, FAR, CHANCE, LINK, MEMBER, MINUTES, STRANGER = range(11, 21)
PERSON, PLACE, STARTING_TIE, STARTING_KNOW, BIRTHDAY, GIVEN, SOCIABILITY = range(21, 28)
RESPOND, TRAIT, SHOWN, UNBIRTHDAY, MEETING, WAY, NEVER_MET, ACCOUNT = range(28, 36)
UNLINK, GATE, SUGGEST, THROUGH, SUGGESTED, MEET, INTRODUCE, ONLINE_FRIEND, COMMUNITY = range(36, 45)
AUTHOR, FOLLOW, RETURN, LEAVE_PLATFORM, WEST = range(45, 50)

M0, M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
W0, W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)  # bits in half a 64-bit word
EIGHT = np.uint64(8)
TO_UNIT = np.float32(2.0**-24)


@njit
def philox_round(c0, c1, c2, c3, k0, k1):
    """A single round of Philox4x32: four words of the counter and two of the key -> the next four words of the counter."""
    p0 = M0 * c0
    p1 = M1 * c2
    return (p1 >> HALF) ^ c1 ^ k0, p1 & LOW, (p0 >> HALF) ^ c3 ^ k1, p0 & LOW


@njit
def philox(c0, c1, c2, c3, k0, k1):
    """Ten rounds of Philox4x32: counter and key words (uint64 below 2^32) -> four 32-bit words as uint64."""
    for _ in range(10):
        c0, c1, c2, c3 = philox_round(c0, c1, c2, c3, k0, k1)
        k0 = (k0 + W0) & LOW
        k1 = (k1 + W1) & LOW
    return c0, c1, c2, c3


@njit
def unit(word):
    """A 32-bit word as a float32 in [0, 1): its 24 highest bits."""
    return np.float32(np.int32(word >> EIGHT)) * TO_UNIT


@njit
def draw(seed, use, day, i, j, item=0):
    """Four uniforms in [0, 1), float32, for one (seed, use, day, i, j, item)."""
    seed = np.uint64(seed)
    a, b, c, d = philox(
        np.uint64(i), np.uint64(j), np.uint64(day), np.uint64(use + 256 * item), seed & LOW, seed >> HALF
    )
    return unit(a), unit(b), unit(c), unit(d)


@njit
def philox_block(c0, c1, c2, c3, k0, k1):
    """`philox` for a block of counters, four (block,) uint32 arrays that are replaced in place.

    Each loop does two rounds only, so that the compiler vectorises it.
    """
    for _ in range(5):
        l0, l1 = (k0 + W0) & LOW, (k1 + W1) & LOW
        for k in range(c0.size):
            x0, x1, x2, x3 = np.uint64(c0[k]), np.uint64(c1[k]), np.uint64(c2[k]), np.uint64(c3[k])
            x0, x1, x2, x3 = philox_round(x0, x1, x2, x3, k0, k1)
            x0, x1, x2, x3 = philox_round(x0, x1, x2, x3, l0, l1)
            c0[k], c1[k], c2[k], c3[k] = np.uint32(x0), np.uint32(x1), np.uint32(x2), np.uint32(x3)
        k0, k1 = (l0 + W0) & LOW, (l1 + W1) & LOW


@part_of_kernel
def draw_block(seed, use, day, i, j, words):
    """Fill words with the draws of a block of pairs (i, j). words : (4, at least the size of the block) uint32"""
    size = i.size
    word0, word1, word2, word3 = words[0][:size], words[1][:size], words[2][:size], words[3][:size]
    for k in range(size):
        word0[k] = i[k]
        word1[k] = j[k]
    word2[:] = day
    word3[:] = use
    philox_block(word0, word1, word2, word3, np.uint64(seed) & LOW, np.uint64(seed) >> HALF)


@njit
def draw_many(seed, use, day, i, j, item, out):
    """`draw` for arrays: row r of `out`, (n, 4) float32, gets the draw of the people (i[r], j[r])."""
    for row in range(i.size):
        out[row, 0], out[row, 1], out[row, 2], out[row, 3] = draw(seed, use, day, i[row], j[row], item)


def uniforms(seed, use, day, i, j=None, item=0) -> np.ndarray:
    """(n, 4) float32: four uniforms in [0, 1) for each pair (i, j), or for each person i where `j` is not given."""
    i = np.asarray(i, np.int64)
    j = i if j is None else np.asarray(j, np.int64)
    out = np.empty((i.size, 4), np.float32)
    draw_many(np.uint64(seed), use, day, i, j, item, out)
    return out


def normal(u: np.ndarray) -> np.ndarray:
    """(n,) float32: standard normals from the first two columns of (n, 4) uniforms, by the method of Box and Muller (1958)."""
    radius = np.sqrt(-2 * np.log(1 - u[:, 0].astype(np.float64)))
    return (radius * np.cos(2 * np.pi * u[:, 1].astype(np.float64))).astype(np.float32)
