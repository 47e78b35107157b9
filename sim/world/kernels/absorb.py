"""Step 7, absorb (docs/model.md 7.7): ties take in the acts of the day; closeness and the two memories fade.

With doses d of its acts a side ends the day at c (1 - decay) + (1 - prod(1 - d)) (1 - c). `note` collects the products
for the few rows that had acts, `settle` applies the formula to all rows in one plain pass.
"""

import numpy as np

from sim.channels import BIRTHDAY, CHANCE, COMPOSED, GESTURE_OF, OWN, REAL, TWO_SIDED
from sim.compiled import njit
from sim.world.columns import MOST_GESTURES

BLOCK = 64  # short simple loops over a block are vectorised; one long loop is not
ZERO, ONE = np.float32(0), np.float32(1)


@njit
def months_since(birthday, year_day):
    """Which twelfth of a year has passed since the last birthday: 0-11."""
    return ((year_day - birthday) % 365) * 12 // 365


@njit
def gains(channel, side, dose, dose_sent):
    """Doses of an act for i and for j; side 0: i sends. In a two-sided act both count as receivers."""
    sent = dose[channel] if TWO_SIDED[channel] else dose_sent[channel]
    return (sent, dose[channel]) if side == 0 else (dose[channel], sent)


@njit
def gesture(channel, cause):
    """Which of GESTURES an act is; -1 if none. Causes but one's own accord come first there, in their order."""
    return cause - 1 if cause != OWN else GESTURE_OF[channel]


@njit
def note(
    day, first, acts, i, j, c_ij, c_ji, last_real, last_composed, class_ij, class_ji, contacts, chances, minutes,
    gestures, profile, birthday, shown, dose, dose_sent, touches, lasting, minutes_slope, act_row, act_side, act_channel,
    act_cause, missed, given, received, absorbed, season, celebrated,
):  # fmt: skip
    """Take down what the day's acts did to rows from `first` on.

    acts : how many acts stand in act_row, act_side (0: i is the sender), act_channel, act_cause
    missed : (4, STRIP) float32, in place: prod(1 - d) of side i, of side j, prod(1 - touch), 0 if they spoke online
    given : (2, STRIP) float32, in place: sum of doses of either side (to share the gain among acts)
    received, absorbed, season, celebrated : this strip's tallies, in place
    """
    year_day = day % 365
    for act in range(acts):
        row, channel, side = act_row[act], act_channel[act], act_side[act]
        k = row - first
        a, b = i[row], j[row]
        to_i, to_j = gains(channel, side, dose, dose_sent)
        missed[0, k] *= ONE - to_i
        missed[1, k] *= ONE - to_j
        missed[2, k] *= ONE - touches[channel]
        given[0, k] += to_i
        given[1, k] += to_j
        if COMPOSED[channel] and not REAL[channel]:
            missed[3, k] = ZERO
        cause = act_cause[act]
        if side == 0 or TWO_SIDED[channel]:  # a birthday is the receiver's: whoever visits is visited of own accord
            received[profile[b], class_ji[row], channel, cause if side == 0 else OWN] += 1
        if side == 1 or TWO_SIDED[channel]:
            received[profile[a], class_ij[row], channel, cause if side == 1 else OWN] += 1
        if REAL[channel]:
            last_real[row] = day
            if cause != BIRTHDAY:
                season[class_ij[row], months_since(birthday[a], year_day)] += 1
                season[class_ji[row], months_since(birthday[b], year_day)] += 1
        if COMPOSED[channel]:
            last_composed[row] = day
            contacts[row] += 1
            if REAL[channel]:
                minutes[row] += lasting[channel] * (ONE + minutes_slope * (c_ij[row] + c_ji[row] - ONE))
        if channel == CHANCE:
            chances[row] += 1
        sort = gesture(channel, cause)
        if sort >= 0 and gestures[row, side, sort] < MOST_GESTURES:
            gestures[row, side, sort] += 1
        if cause != OWN:
            who = b if side == 0 else a
            date = 2 if shown[who] < 0 else 0 if shown[who] == birthday[who] else 1
            celebrated[date, class_ji[row] if side == 0 else class_ij[row], cause] += 1
    for act in range(acts):
        row, channel, side = act_row[act], act_channel[act], act_side[act]
        k = row - first
        to_i, to_j = gains(channel, side, dose, dose_sent)
        if given[0, k] > ZERO:
            gain = (ONE - missed[0, k]) * (ONE - c_ij[row]) * (to_i / given[0, k])
            absorbed[profile[i[row]], class_ij[row], channel] += gain
        if given[1, k] > ZERO:
            gain = (ONE - missed[1, k]) * (ONE - c_ji[row]) * (to_j / given[1, k])
            absorbed[profile[j[row]], class_ji[row], channel] += gain


@njit
def take_in_views(first, last, i, j, view_ij, view_ji, dose, touch, missed):
    """Views are absorbed as rates: they add to what rows first..last miss today, in `missed`; in place.

    dose : (people,) float32, of a view of this person's posts; touch : of a view
    """
    of_i, of_j = np.empty(BLOCK, np.float32), np.empty(BLOCK, np.float32)
    for start in range(first, last, BLOCK):
        size = min(BLOCK, last - start)
        bi, bj = i[start : start + size], j[start : start + size]
        v_ij, v_ji = view_ij[start : start + size], view_ji[start : start + size]
        for k in range(size):
            of_i[k] = dose[np.uint64(bi[k])]
            of_j[k] = dose[np.uint64(bj[k])]
        at = slice(start - first, start - first + size)
        missed_ij, missed_ji, untouched = missed[0][at], missed[1][at], missed[2][at]
        for k in range(size):
            missed_ij[k] *= max(ZERO, ONE - of_j[k] * v_ij[k])
            missed_ji[k] *= max(ZERO, ONE - of_i[k] * v_ji[k])
            untouched[k] *= max(ZERO, ONE - touch * (v_ij[k] + v_ji[k]))


@njit
def settle(first, last, kind, fade, c_ij, c_ji, missed, given):
    """Closeness of rows first..last at the day's end, in place; leaves the scratch as it was (ones, zeros)."""
    size = last - first
    bk, b_ij, b_ji = kind[first:last], c_ij[first:last], c_ji[first:last]
    missed_ij, missed_ji = missed[0], missed[1]
    for k in range(size):
        left = ONE - fade[bk[k]]
        b_ij[k] = b_ij[k] * left + (ONE - missed_ij[k]) * (ONE - b_ij[k])
        b_ji[k] = b_ji[k] * left + (ONE - missed_ji[k]) * (ONE - b_ji[k])
    missed[:2, :size] = ONE
    given[:, :size] = ZERO


@njit
def remember(first, last, touch_fade, exchange_fade, touch, exchange, missed):
    """The memories of rows first..last at the day's end: t as closeness, x back to 1 by a composed act; in place."""
    size = last - first
    bt, bx = touch[first:last], exchange[first:last]
    untouched, silent = missed[2], missed[3]
    for k in range(size):
        bt[k] = bt[k] * (ONE - touch_fade) + (ONE - untouched[k]) * (ONE - bt[k])
        bx[k] = bx[k] * (ONE - exchange_fade) * silent[k] + (ONE - silent[k])
    missed[2:4, :size] = ONE
