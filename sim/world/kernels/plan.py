"""Step 1, plan (docs/model.md 7.1): share each person's planned contact over ties until the next plan day."""

import math

import numpy as np

from sim.channels import VIEW
from sim.compiled import njit
from sim.world.columns import ENDED
from sim.world.state import FIXED

ZERO, ONE = np.float32(0), np.float32(1)
BLOCK = 64
ROOT_HALF, EXPONENT, BIAS = np.int32(0x3F3504F3), np.int32(-0x800000), np.int32(127)
ROUND, LEAST = np.float32(12582912), np.float32(-126)
L1, L3, L5, L7, L9 = (np.float32(2 / np.log(2) / k) for k in (1, 3, 5, 7, 9))
E1, E2, E3, E4, E5, E6, E7 = (np.float32(np.log(2) ** k / math.factorial(k)) for k in range(1, 8))


@njit
def powers(x, exponents, power, bits):
    """Fill power with x ** exponent for a block of x in [0, 1]; 0 for 0. The relative error is below 1e-6.

    Every weight of closeness comes from this function. It uses +, x and / only, so that it vectorises and rounds the same on
    all machines: 2 ** (exponent * log2 x), with log2 by its series in (m - 1)/(m + 1) and 2 ** f by its Taylor series.

    exponents : (block,) float32; bits : (block,) int32, scratch
    """
    size = x.size
    x_bits = x.view(np.int32)
    mantissa = bits.view(np.float32)
    for k in range(size):
        bits[k] = x_bits[k] - ((x_bits[k] - ROOT_HALF) & EXPONENT)  # m in [sqrt 1/2, sqrt 2)
    for k in range(size):
        s = (mantissa[k] - ONE) / (mantissa[k] + ONE)
        s2 = s * s
        power_of_two = np.float32((x_bits[k] - ROOT_HALF) >> 23)
        log2 = power_of_two + s * (L1 + s2 * (L3 + s2 * (L5 + s2 * (L7 + s2 * L9))))
        power[k] = max(exponents[k] * log2, LEAST)
    for k in range(size):
        nearest = (power[k] + ROUND) - ROUND
        f = power[k] - nearest
        bits[k] = (np.int32(nearest) + BIAS) << 23
        power[k] = ONE + f * (E1 + f * (E2 + f * (E3 + f * (E4 + f * (E5 + f * (E6 + f * E7))))))
    for k in range(size):
        power[k] = power[k] * mantissa[k] if x[k] > ZERO else ZERO


@njit
def weights(flags, affinity, c_ij, c_ji, gamma, w_ij, w_ji):
    """Fill w = q c^gamma for both sides of each row; 0 for ended ties. float32, in place."""
    bits, exponents = np.empty(BLOCK, np.int32), np.full(BLOCK, gamma, np.float32)
    for start in range(0, flags.size, BLOCK):
        last = min(start + BLOCK, flags.size)
        scratch = bits[: last - start]
        powers(c_ij[start:last], exponents, w_ij[start:last], scratch)
        powers(c_ji[start:last], exponents, w_ji[start:last], scratch)
        for row in range(start, last):
            q = ZERO if flags[row] & ENDED else affinity[row]
            w_ij[row] *= q
            w_ji[row] *= q


@njit
def totals(i, j, w_ij, w_ji, total):
    """Add the weights of each row to the totals of its two people. total : (people,) int64, in units of 2^-36"""
    for row in range(i.size):
        total[i[row]] += np.int64(w_ij[row] * FIXED + 0.5)
        total[j[row]] += np.int64(w_ji[row] * FIXED + 0.5)


@njit
def drives(contacts, kept, total, drive):
    """Fill drive with n f / W, or 0 if W = 0. Drive times the weight of a tie is the person's rate of contact in it."""
    for person in range(contacts.size):
        weight = total[person] / FIXED
        drive[person] = np.float32(contacts[person] * kept[person] / weight) if weight > 0.0 else ZERO


@njit
def tally_views(
    first, last, i, j, c_ij, c_ji, class_ij, class_ji, view_ij, view_ji, profile, dose, viewed, absorbed, days
):  # fmt: skip
    """On plan days, tally the expected views of the week and the closeness they give, in `viewed` and `absorbed`.

    dose : (people,) float32, dose of a view of this person's posts; days : of the week
    """
    for row in range(first, last):
        if view_ij[row] + view_ji[row] > ZERO:
            a, b = i[row], j[row]
            gain_i, gain_j = dose[b] * view_ij[row] * (ONE - c_ij[row]), dose[a] * view_ji[row] * (ONE - c_ji[row])
            viewed[profile[a], class_ij[row]] += days * np.int64(view_ij[row] * FIXED + 0.5)
            viewed[profile[b], class_ji[row]] += days * np.int64(view_ji[row] * FIXED + 0.5)
            absorbed[profile[a], class_ij[row], VIEW] += days * np.int64(gain_i * FIXED + 0.5)
            absorbed[profile[b], class_ji[row], VIEW] += days * np.int64(gain_j * FIXED + 0.5)


@njit
def sum_closeness(
    first, last, i, j, flags, c_ij, c_ji, class_ij, class_ji, month, sum_ij, sum_ji, season_closeness, season_ties
):  # fmt: skip
    """On plan days, add today's closeness to the sums of the year, and to the sums by month since a person's birthday.

    month : (people,) uint8, twelfths of a year since the person's birthday
    season_closeness, season_ties : (classes, 12), in place: closeness that others feel for a person, and their number, by
        what the other is to that person and by month
    """
    for row in range(first, last):
        sum_ij[row] += c_ij[row]
        sum_ji[row] += c_ji[row]
    for row in range(first, last):
        if not flags[row] & ENDED:
            month_i, month_j = month[np.uint64(i[row])], month[np.uint64(j[row])]
            season_closeness[class_ij[row], month_i] += np.int64(c_ji[row] * FIXED + 0.5)
            season_ties[class_ij[row], month_i] += 1
            season_closeness[class_ji[row], month_j] += np.int64(c_ij[row] * FIXED + 0.5)
            season_ties[class_ji[row], month_j] += 1
