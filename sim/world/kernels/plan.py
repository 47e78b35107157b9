"""Step 1, plan (docs/model.md 7.1): share each person's planned contact over ties until the next plan day.

The kernels of a plan day work on the `rows` (a slice) of a strip. They say their rule once, for the side of one person, and apply
it to both sides. Sums over the ties of a person are whole numbers in units of 2^-36, and tallies in units of 2^-24: no order
changes them.
"""

import math

import numpy as np

from sim.compiled import njit
from sim.world.columns import CLASSES, ENDED, ONLINE, ONLINE_BORN
from sim.world.state import FIXED

ZERO, ONE = np.float32(0), np.float32(1)
BLOCK = 512  # short loops over a block are vectorised; a block fits into the first-level cache, and a call for it costs little
ROOT_HALF, EXPONENT, BIAS = np.int32(0x3F3504F3), np.int32(-0x800000), np.int32(127)
ROUND, LEAST = np.float32(12582912), np.float32(-126)
L1, L3, L5, L7, L9 = (np.float32(2 / np.log(2) / k) for k in (1, 3, 5, 7, 9))
E1, E2, E3, E4, E5, E6, E7 = (np.float32(np.log(2) ** k / math.factorial(k)) for k in range(1, 8))

MAGIC = np.float64(1.5 * 2.0**16)  # a number of this size has units of 2^-36 as its lowest bits
MAGIC_BITS = np.array([MAGIC]).view(np.int64)[0]
UP = np.float64(2.0**-62)  # makes half a unit round up, and changes nothing else
LARGE = np.float32(2**15)  # the sum of MAGIC and a number below this has the size of MAGIC
COARSER, HALF_COARSER = np.uint64(12), np.uint64(2**11)  # from units of 2^-36 to those of a tally
LANES = 4  # copies of a tally (a power of two), so that an addition need not wait for the one before
MONTHS = 12


# --- powers of closeness -------------------------------------------------------------------------


@njit
def logarithms(x, log, bits):
    """Fill log with log2 of a block of x, by its series in (m - 1)/(m + 1). float32; bits : (block,) int32, scratch

    Every weight of closeness comes from this function and from `powers`. They use +, x and / only, so that they vectorise and
    round the same on all machines.
    """
    x_bits = x.view(np.int32)
    mantissa = bits.view(np.float32)
    for k in range(x.size):
        bits[k] = x_bits[k] - ((x_bits[k] - ROOT_HALF) & EXPONENT)  # m in [sqrt 1/2, sqrt 2)
    for k in range(x.size):
        s = (mantissa[k] - ONE) / (mantissa[k] + ONE)
        s2 = s * s
        power_of_two = np.float32((x_bits[k] - ROOT_HALF) >> 23)
        log[k] = power_of_two + s * (L1 + s2 * (L3 + s2 * (L5 + s2 * (L7 + s2 * L9))))


@njit
def powers(x, log, exponents, power, bits):
    """Fill power with x ** exponent of a block; 0 for x = 0. For x in [0, 1] the relative error is below 1e-6.

    It is 2 ** (exponent * log2 x), with 2 ** f by its Taylor series.

    log : log2 x, from `logarithms`; exponents : float32; bits : (block,) int32, scratch
    """
    factor = bits.view(np.float32)
    for k in range(x.size):
        power[k] = max(exponents[k] * log[k], LEAST)
    for k in range(x.size):
        nearest = (power[k] + ROUND) - ROUND
        f = power[k] - nearest
        bits[k] = (np.int32(nearest) + BIAS) << 23
        power[k] = ONE + f * (E1 + f * (E2 + f * (E3 + f * (E4 + f * (E5 + f * (E6 + f * E7))))))
    for k in range(x.size):
        power[k] = power[k] * factor[k] if x[k] > ZERO else ZERO


# --- sums and tallies ----------------------------------------------------------------------------


@njit
def in_units(x, units):
    """Fill units with a block of x >= 0 in units of 2^-36: np.int64(x * FIXED + 0.5).

    That conversion does not vectorise. The sum of x and MAGIC does, and has the units in its lowest bits.

    x : float32; units : int64
    """
    numbers = units.view(np.float64)
    large = 0
    for k in range(x.size):
        large += x[k] >= LARGE
    for k in range(x.size):
        numbers[k] = (np.float64(x[k]) + UP) + MAGIC
    for k in range(x.size):
        units[k] -= MAGIC_BITS
    if large > 0:
        for k in range(x.size):
            units[k] = np.int64(x[k] * FIXED + 0.5)


@njit
def in_tally_units(x, units):
    """Fill units with a block of x >= 0 in units of 2^-24. x : float32; units : int64"""
    in_units(x, units)
    bits = units.view(np.uint64)
    for k in range(x.size):
        bits[k] = (bits[k] + HALF_COARSER) >> COARSER


@njit
def totals(i, j, x_ij, x_ji, total):
    """Add a number of each side of each row to the totals of its people.

    Rows of one i follow each other, so they are summed before they are added.

    x_ij, x_ji : (ties,) float32, at least 0; total : (people,) int64, in units of 2^-36, in place
    """
    units_i, units_j = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64)
    for start in range(0, i.size, BLOCK):
        block = slice(start, min(start + BLOCK, i.size))
        of_i, of_j = i[block], j[block]
        in_units(x_ij[block], units_i)
        in_units(x_ji[block], units_j)
        person, sum_of_person = of_i[0], np.int64(0)
        for k in range(of_i.size):
            if of_i[k] != person:
                total[np.uint64(person)] += sum_of_person
                person, sum_of_person = of_i[k], np.int64(0)
            sum_of_person += units_i[k]
            total[np.uint64(of_j[k])] += units_j[k]
        total[np.uint64(person)] += sum_of_person


@njit
def tally(cell, first, second, lanes):
    """Add a block of two numbers each to cells of a tally.

    cell : (block,) which cell; first, second : (block,) int64; lanes : (LANES, cells, 2) int64, in place
    """
    for k in range(cell.size):
        lane, c = np.uint64(k & LANES - 1), np.uint64(cell[k])
        lanes[lane, c, 0] += first[k]
        lanes[lane, c, 1] += second[k]


# --- step 1 --------------------------------------------------------------------------------------


@njit
def sum_closeness(rows, ties, month, season_closeness, season_ties):
    """Add today's closeness to the sums of the year, and to the sums by month since a person's birthday.

    month : (people,) uint8, twelfths of a year since the person's birthday
    season_closeness, season_ties : (classes, 12) int64, in place: closeness that others feel for a person, and their number, by
        what the other is to that person and by month. Ended ties do not count.
    """
    ended = len(CLASSES) * MONTHS  # a cell that is thrown away
    lanes = np.zeros((LANES, ended + 1, 2), np.int64)
    cell, units, ones = np.empty(BLOCK, np.uint8), np.empty(BLOCK, np.int64), np.ones(BLOCK, np.int64)
    flags = ties.flags[rows]
    for person, c, felt, c_sum, tie_class in (
        (ties.i[rows], ties.c_ij[rows], ties.c_ji[rows], ties.sum_ij[rows], ties.class_ij[rows]),
        (ties.j[rows], ties.c_ji[rows], ties.c_ij[rows], ties.sum_ji[rows], ties.class_ji[rows]),
    ):
        for k in range(c.size):
            c_sum[k] += c[k]
        for start in range(0, c.size, BLOCK):
            block = slice(start, start + BLOCK)
            of, of_class, of_flags = person[block], tie_class[block], flags[block]
            for k in range(of.size):
                cell[k] = of_class[k] * MONTHS + month[np.uint64(of[k])]
            for k in range(of.size):
                cell[k] = ended if of_flags[k] & ENDED else cell[k]
            in_tally_units(felt[block], units)
            tally(cell[: of.size], units, ones, lanes)
    for k in range(ended):
        for lane in range(LANES):
            season_closeness[k // MONTHS, k % MONTHS] += lanes[lane, k, 0]
            season_ties[k // MONTHS, k % MONTHS] += lanes[lane, k, 1]


@njit
def weights(rows, ties, gamma, logs):
    """Fill w = q c^gamma for both sides; 0 for ended ties, and for those that are only online.

    logs : (2, STRIP) float32, filled with log2 of closeness by side
    """
    bits, q, exponents = np.empty(BLOCK, np.int32), np.empty(BLOCK, np.float32), np.full(BLOCK, gamma, np.float32)
    flags, affinity, kinds, classes = ties.flags[rows], ties.affinity[rows], ties.kind[rows], ties.class_ij[rows]
    for closeness, weight, log in ((ties.c_ij[rows], ties.w_ij[rows], logs[0]), (ties.c_ji[rows], ties.w_ji[rows], logs[1])):
        for start in range(0, closeness.size, BLOCK):
            block = slice(start, start + BLOCK)
            c, w, of_flags, of_affinity = closeness[block], weight[block], flags[block], affinity[block]
            kind, of_class = kinds[block], classes[block]
            logarithms(c, log[block], bits)
            powers(c, log[block], exponents, w, bits)
            for k in range(c.size):
                online = (kind[k] == ONLINE) & (of_class[k] == ONLINE_BORN)
                q[k] = ZERO if (of_flags[k] & ENDED != 0) | online else of_affinity[k]
            for k in range(c.size):
                w[k] *= q[k]


@njit
def drives(contacts, kept, total, drive):
    """Fill drive with n f / W, or 0 if W = 0. Drive times the weight of a tie is the person's rate of contact in it."""
    for person in range(contacts.size):
        weight = total[person] / FIXED
        drive[person] = np.float32(contacts[person] * kept[person] / weight) if weight > 0.0 else ZERO
