"""Step 7, absorb (docs/model.md 7.7): ties absorb the acts of the day; closeness and the two memories fade.

With doses d of its acts, a side ends the day at c (1 - decay) + (1 - prod(1 - d)) (1 - c). `record_acts` computes the
products of the few rows with acts. `update_closeness` applies the formula to all rows in one pass.
"""

import numpy as np

from sim.channels import BIRTHDAY, CHANCE, COMPOSED, GESTURE_OF, OWN, REAL, TWO_SIDED
from sim.compiled import njit
from sim.world.columns import MOST_GESTURES
from sim.world.state import FIXED

BLOCK = 64  # the compiler vectorises short simple loops over a block, not one long loop
ZERO, ONE = np.float32(0), np.float32(1)


@njit
def months_since(birthday, year_day):
    """Whole twelfths of a year since the last birthday: 0-11."""
    return ((year_day - birthday) % 365) * 12 // 365


@njit
def gains(channel, side, dose, dose_sent):
    """Doses of an act for i and for j. side : 0 if i sends, 1 if j sends. In a two-sided act both are receivers."""
    sent = dose[channel] if TWO_SIDED[channel] else dose_sent[channel]
    return (sent, dose[channel]) if side == 0 else (dose[channel], sent)


@njit
def gesture(channel, cause):
    """Number of an act's gesture in GESTURES; -1 if it is none. First come the causes other than OWN, in their order."""
    return cause - 1 if cause != OWN else GESTURE_OF[channel]


@njit
def record_acts(
    day, first, acts, i, j, c_ij, c_ji, last_real, last_composed, class_ij, class_ji, contacts, chances, minutes,
    gestures, profile, birthday, shown, dose, dose_sent, touches, lasting, minutes_slope, act_row, act_side, act_channel,
    act_cause, missed, doses, received, absorbed, season, celebrated,
):  # fmt: skip
    """Record the day's acts in the rows from `first` on: products of doses, counts, days of last contact, tallies.

    acts : number of acts in act_row, act_side (0: i is the sender), act_channel, act_cause
    missed : (4, STRIP) float32, in place: prod(1 - d) of side i, the same of side j, prod(1 - touch), and 0 after composed
        contact on the platform
    doses : (2, STRIP) float32, in place: sums of doses of side i and side j, with which acts share the gain
    lasting : (channels,) float32, minutes of a contact
    received, absorbed, season, celebrated : of a Tally, in place
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
        doses[0, k] += to_i
        doses[1, k] += to_j
        if COMPOSED[channel] and not REAL[channel]:
            missed[3, k] = ZERO
        cause = act_cause[act]
        if side == 0 or TWO_SIDED[channel]:  # the cause holds for the receiver; the sender of a two-sided act counts it as OWN
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
        kind = gesture(channel, cause)
        if kind >= 0 and gestures[row, side, kind] < MOST_GESTURES:
            gestures[row, side, kind] += 1
        if cause != OWN:
            celebrant = b if side == 0 else a
            date = 2 if shown[celebrant] < 0 else 0 if shown[celebrant] == birthday[celebrant] else 1
            celebrated[date, class_ji[row] if side == 0 else class_ij[row], cause] += 1
    for act in range(acts):
        row, channel, side = act_row[act], act_channel[act], act_side[act]
        k = row - first
        to_i, to_j = gains(channel, side, dose, dose_sent)
        if doses[0, k] > ZERO:
            gain = (ONE - missed[0, k]) * (ONE - c_ij[row]) * (to_i / doses[0, k])
            absorbed[profile[i[row]], class_ij[row], channel] += np.int64(gain * FIXED + 0.5)
        if doses[1, k] > ZERO:
            gain = (ONE - missed[1, k]) * (ONE - c_ji[row]) * (to_j / doses[1, k])
            absorbed[profile[j[row]], class_ji[row], channel] += np.int64(gain * FIXED + 0.5)


@njit
def absorb_views(first, last, i, j, view_ij, view_ji, dose, touch, missed):
    """Multiply `missed` of rows first..last by what expected views leave; in place. Views are absorbed as rates, not drawn.

    dose : (people,) float32, dose of a view of this person's posts; touch : touch of a view
    """
    of_i, of_j = np.empty(BLOCK, np.float32), np.empty(BLOCK, np.float32)
    for start in range(first, last, BLOCK):
        size = min(BLOCK, last - start)
        bi, bj = i[start : start + size], j[start : start + size]
        v_ij, v_ji = view_ij[start : start + size], view_ji[start : start + size]
        for k in range(size):
            of_i[k] = dose[np.uint64(bi[k])]
            of_j[k] = dose[np.uint64(bj[k])]
        span = slice(start - first, start - first + size)
        missed_ij, missed_ji, untouched = missed[0][span], missed[1][span], missed[2][span]
        for k in range(size):
            missed_ij[k] *= max(ZERO, ONE - of_j[k] * v_ij[k])
            missed_ji[k] *= max(ZERO, ONE - of_i[k] * v_ji[k])
            untouched[k] *= max(ZERO, ONE - touch * (v_ij[k] + v_ji[k]))


@njit
def update_closeness(first, last, kind, fade, c_ij, c_ji, missed, doses):
    """Closeness of rows first..last at the end of the day, in place. Sets `missed` back to ones and `doses` to zeros."""
    size = last - first
    bk, b_ij, b_ji = kind[first:last], c_ij[first:last], c_ji[first:last]
    missed_ij, missed_ji = missed[0], missed[1]
    for k in range(size):
        left = ONE - fade[bk[k]]
        b_ij[k] = b_ij[k] * left + (ONE - missed_ij[k]) * (ONE - b_ij[k])
        b_ji[k] = b_ji[k] * left + (ONE - missed_ji[k]) * (ONE - b_ji[k])
    missed[:2, :size] = ONE
    doses[:, :size] = ZERO


@njit
def update_memories(first, last, touch_fade, exchange_fade, touch, exchange, missed):
    """Memories of rows first..last at the end of the day, in place: t changes as closeness, a composed act sets x to 1."""
    size = last - first
    bt, bx = touch[first:last], exchange[first:last]
    untouched, silent = missed[2], missed[3]
    for k in range(size):
        bt[k] = bt[k] * (ONE - touch_fade) + (ONE - untouched[k]) * (ONE - bt[k])
        bx[k] = bx[k] * (ONE - exchange_fade) * silent[k] + (ONE - silent[k])
    missed[2:4, :size] = ONE
