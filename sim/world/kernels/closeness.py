"""Step 7, absorb (docs/model.md 7.7): ties absorb the acts of the day; closeness and the two memories fade.

With doses d of its acts, a side ends the day at c (1 - decay) + (1 - prod(1 - d)) (1 - c). `record_acts` computes the products of
the few rows with acts, `absorb_acts` their values at the end of the day. `fade` passes over all rows.
"""

import numpy as np

from sim.channels import BIRTHDAY, CHANCE, COMPOSED, GESTURE_OF, OWN, REAL, TWO_SIDED, VIEW
from sim.compiled import njit
from sim.world.columns import MOST_GESTURES
from sim.world.state import FIXED, YEAR

BLOCK = 64  # the compiler vectorises short simple loops over a block, not one long loop
ZERO, ONE = np.float32(0), np.float32(1)
IS_REAL, IS_COMPOSED, IS_TWO_SIDED = (np.array(column, np.bool_) for column in (REAL, COMPOSED, TWO_SIDED))  # by channel
GESTURE = np.array(GESTURE_OF)


@njit
def months_since(birthday, year_day):
    """Whole twelfths of a year since the last birthday: 0-11."""
    return (year_day - birthday) % YEAR * 12 // YEAR


@njit
def gains(channel, side, dose, dose_sent):
    """Doses of an act for i and for j. side : 0 if i sends, 1 if j sends. In a two-sided act both are receivers."""
    sent = dose[channel] if IS_TWO_SIDED[channel] else dose_sent[channel]
    return (sent, dose[channel]) if side == 0 else (dose[channel], sent)


@njit
def gesture(channel, cause):
    """Number of an act's gesture in GESTURES; -1 if it is none. First come the causes other than OWN, in their order."""
    return cause - 1 if cause != OWN else GESTURE[channel]


@njit
def gains_from_views(first, last, people, ties, rules, gain):
    """Fill gain, (3, STRIP) float32, with what views give a day: of closeness to i, to j, and of touch.

    Views are absorbed as rates, not drawn. They stay the same until the next plan day.
    """
    if not rules.feed:
        gain[:, : last - first] = ZERO
        return
    profile, dosed, dose, touch = people.profile, rules.dosed, rules.dose[VIEW], rules.touches[VIEW]
    for start in range(first, last, BLOCK):
        size = min(BLOCK, last - start)
        i, j = ties.i[start : start + size], ties.j[start : start + size]
        view_ij, view_ji = ties.view_ij[start : start + size], ties.view_ji[start : start + size]
        span = slice(start - first, start - first + size)
        to_i, to_j, touched = gain[0][span], gain[1][span], gain[2][span]
        for k in range(size):
            to_i[k] = dosed[np.uint64(profile[np.uint64(j[k])])]
            to_j[k] = dosed[np.uint64(profile[np.uint64(i[k])])]
        for k in range(size):
            to_i[k] = min(ONE, dose * to_i[k] * view_ij[k])
            to_j[k] = min(ONE, dose * to_j[k] * view_ji[k])
            touched[k] = min(ONE, touch * (view_ij[k] + view_ji[k]))


@njit
def left_by_fading(first, last, ties, rules, left):
    """Fill left, (STRIP,) float32, with the share of closeness that a day leaves, by kind of tie."""
    kind, fade = ties.kind[first:last], rules.fade
    for k in range(kind.size):
        left[k] = ONE - fade[np.uint64(kind[k])]


@njit
def record_acts(day, first, count, people, ties, rules, tally, scratch):
    """Record the day's first `count` acts: products of doses, counts, days of last contact, tallies.

    first : the strip's first row. The rows with acts are listed in `scratch.acted`; returns their number.
    """
    year_day, acts, missed, is_acted = day % YEAR, scratch.acts, scratch.missed, scratch.is_acted
    profile, birthday, shown = people.profile, people.birthday, people.shown
    acted = 0
    for act in range(count):
        row, side, channel, cause = np.uint64(acts.row[act]), acts.side[act], np.uint64(acts.channel[act]), acts.cause[act]
        k = row - np.uint64(first)
        i, j = np.uint64(ties.i[row]), np.uint64(ties.j[row])
        class_ij, class_ji = np.uint64(ties.class_ij[row]), np.uint64(ties.class_ji[row])
        scratch.acted[acted] = k
        acted += not is_acted[k]
        is_acted[k] = True

        to_i, to_j = gains(channel, side, rules.dose, rules.dose_sent)
        product = missed[k]
        product[0] *= ONE - to_i
        product[1] *= ONE - to_j
        product[2] *= ONE - rules.touches[channel]
        product[4] += to_i
        product[5] += to_j
        # The cause of an act holds for its receiver. The sender of a two-sided act counts it as OWN
        if side == 0 or IS_TWO_SIDED[channel]:
            tally.received[profile[j], class_ji, channel, cause if side == 0 else OWN] += 1
        if side == 1 or IS_TWO_SIDED[channel]:
            tally.received[profile[i], class_ij, channel, cause if side == 1 else OWN] += 1
        if IS_REAL[channel]:
            ties.last_real[row] = day
            if cause != BIRTHDAY:
                tally.season[class_ij, months_since(birthday[i], year_day)] += 1
                tally.season[class_ji, months_since(birthday[j], year_day)] += 1
        if IS_COMPOSED[channel]:
            ties.last_composed[row] = day
            ties.contacts[row] += 1
            if IS_REAL[channel]:
                stay = ONE + rules.minutes_slope * (ties.c_ij[row] + ties.c_ji[row] - ONE)
                ties.minutes[row] += rules.minutes[channel] * stay
            else:
                product[3] = ZERO
        if channel == CHANCE:
            ties.chances[row] += 1
        kind = gesture(channel, cause)
        if kind >= 0 and ties.gestures[row, side, kind] < MOST_GESTURES:
            ties.gestures[row, side, kind] += 1
        if cause != OWN:
            celebrant = j if side == 0 else i
            date = 2 if shown[celebrant] < 0 else 0 if shown[celebrant] == birthday[celebrant] else 1
            tally.celebrated[date, class_ji if side == 0 else class_ij, cause] += 1
    share_gains(first, count, profile, ties, rules, tally.absorbed, acts, missed)
    return acted


@njit
def share_gains(first, count, profile, ties, rules, absorbed, acts, missed):
    """Tally the closeness that each act gives, in `absorbed`. The acts of a tie share its gain of the day by their doses."""
    for act in range(count):
        row, side, channel = np.uint64(acts.row[act]), acts.side[act], np.uint64(acts.channel[act])
        product = missed[row - np.uint64(first)]
        to_i, to_j = gains(channel, side, rules.dose, rules.dose_sent)
        if to_i > ZERO:
            gain = (ONE - product[0]) * (ONE - ties.c_ij[row]) * (to_i / product[4])
            absorbed[profile[np.uint64(ties.i[row])], ties.class_ij[row], channel] += np.int64(gain * FIXED + 0.5)
        if to_j > ZERO:
            gain = (ONE - product[1]) * (ONE - ties.c_ji[row]) * (to_j / product[5])
            absorbed[profile[np.uint64(ties.j[row])], ties.class_ji[row], channel] += np.int64(gain * FIXED + 0.5)


@njit
def end_day(first, last, acted, ties, rules, scratch):
    """Closeness and memories of rows first..last at the end of the day. acted : numbers in the strip of the rows with acts"""
    c_ij, c_ji, touch, exchange = ties.c_ij[first:last], ties.c_ji[first:last], ties.touch[first:last], ties.exchange[first:last]
    touch_left, exchange_left = ONE - rules.touch_fade, ONE - rules.exchange_fade
    left, gain, after, missed = scratch.left, scratch.gain, scratch.after, scratch.missed
    for entry in range(acted.size):
        k = np.uint64(acted[entry])
        product = missed[k]
        after[entry, 0] = c_ij[k] * left[k] + (ONE - product[0] * (ONE - gain[0, k])) * (ONE - c_ij[k])
        after[entry, 1] = c_ji[k] * left[k] + (ONE - product[1] * (ONE - gain[1, k])) * (ONE - c_ji[k])
        after[entry, 2] = touch[k] * touch_left + (ONE - product[2] * (ONE - gain[2, k])) * (ONE - touch[k])
        after[entry, 3] = exchange[k] * exchange_left if product[3] > ZERO else ONE
        product[:4] = ONE
        product[4:] = ZERO
        scratch.is_acted[k] = False
    fade(left, gain[0], c_ij)
    fade(left, gain[1], c_ji)
    if rules.online:
        fade_memories(touch_left, exchange_left, gain[2], touch, exchange)
    for entry in range(acted.size):
        k = np.uint64(acted[entry])
        c_ij[k], c_ji[k] = after[entry, 0], after[entry, 1]
        if rules.online:
            touch[k], exchange[k] = after[entry, 2], after[entry, 3]


@njit
def fade(left, gain, c):
    """Closeness after a day without acts, in place."""
    for k in range(c.size):
        c[k] = c[k] * left[k] + gain[k] * (ONE - c[k])


@njit
def fade_memories(touch_left, exchange_left, gain, touch, exchange):
    """Touch and exchange after a day without acts, in place."""
    for k in range(touch.size):
        touch[k] = touch[k] * touch_left + gain[k] * (ONE - touch[k])
        exchange[k] = exchange[k] * exchange_left
