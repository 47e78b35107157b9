"""Step 7, absorb (docs/model.md 7.7): ties absorb the acts of the day; closeness and the two memories fade.

With doses d of its acts, a side ends the day at c (1 - decay) + (1 - prod(1 - d)) (1 - c). `multiply_doses` computes the products
of the few rows with acts. `end_day` passes over all rows.

The loops over acts have few branches: acts of all channels come in any order, so a processor would often guess a branch wrong.
"""

import numpy as np

from sim.channels import BIRTHDAY, CHANCE, COMPOSED, GESTURE_OF, OWN, REAL, TWO_SIDED, VIEW
from sim.compiled import njit, part_of_kernel, strip_kernel
from sim.world.columns import MOST_GESTURES
from sim.world.state import BLOCK, TALLIED, YEAR

ZERO, ONE = np.float32(0), np.float32(1)
IS_REAL, IS_COMPOSED, IS_TWO_SIDED = (np.array(column, np.bool_) for column in (REAL, COMPOSED, TWO_SIDED))  # by channel
SILENT = np.where(~IS_COMPOSED | IS_REAL, ONE, ZERO)  # 0 for composed contact on the platform
GESTURE = np.array(GESTURE_OF)


@njit
def months_since(birthday, year_day):
    """Whole twelfths of a year since the last birthday: 0-11."""
    return (year_day - birthday) % YEAR * 12 // YEAR


@strip_kernel
def doses(side, is_two_sided, received, sent):
    """Doses of an act for i and for j. side : 0 if i sends, 1 if j sends. In a two-sided act both are receivers."""
    of_sender = received if is_two_sided else sent
    return (of_sender, received) if side == 0 else (received, of_sender)


@strip_kernel
def gesture(channel, cause):
    """Number of an act's gesture in GESTURES; -1 if it is none. First come the causes other than OWN, in their order."""
    return cause - 1 if cause != OWN else GESTURE[channel]


@part_of_kernel
def gains_from_views(first, last, people, ties, rules, gain):
    """Fill gain, (3, STRIP) float32, with what views give a day: of closeness to i, to j, and of touch.

    Views are absorbed as rates, not drawn. They stay the same until the next plan day.
    """
    if not rules.feed:
        gain[:, : last - first] = ZERO
        return
    dosed, dose, touch = people.dosed, rules.dose[VIEW], rules.touches[VIEW]
    for start in range(first, last, BLOCK):
        size = min(BLOCK, last - start)
        i, j = ties.i[start : start + size], ties.j[start : start + size]
        view_ij, view_ji = ties.view_ij[start : start + size], ties.view_ji[start : start + size]
        span = slice(start - first, start - first + size)
        to_i, to_j, touched = gain[0][span], gain[1][span], gain[2][span]
        for k in range(size):
            to_i[k] = dosed[np.uint64(j[k])]
            to_j[k] = dosed[np.uint64(i[k])]
        for k in range(size):
            to_i[k] = min(ONE, dose * to_i[k] * view_ij[k])
            to_j[k] = min(ONE, dose * to_j[k] * view_ji[k])
            touched[k] = min(ONE, touch * (view_ij[k] + view_ji[k]))


@part_of_kernel
def left_by_fading(first, last, ties, rules, left):
    """Fill left, (STRIP,) float32, with the share of closeness that a day leaves, by kind of tie."""
    kind, fade = ties.kind[first:last], rules.fade
    for k in range(kind.size):
        left[k] = ONE - fade[np.uint64(kind[k])]


@part_of_kernel
def multiply_doses(first, count, rules, scratch):
    """Fill `scratch.missed` with products and sums over the first `count` acts, for each row with acts. first : row of the strip

    missed : prod(1 - dose) of i, the same of j, prod(1 - touch), 0 after composed contact on the platform, doses of i, of j
    The rows with acts are listed in `scratch.acted`. Returns their number.
    """
    rows, sides, channels = scratch.acts.row, scratch.acts.side, scratch.acts.channel
    missed, acted, is_acted = scratch.missed, scratch.acted, scratch.is_acted
    dose, dose_sent, touches = rules.dose, rules.dose_sent, rules.touches
    n = 0
    for act in range(count):
        k, channel = np.uint64(rows[act] - first), np.uint64(channels[act])
        if not is_acted[k]:
            acted[n], is_acted[k] = k, True
            n += 1
        to_i, to_j = doses(sides[act], IS_TWO_SIDED[channel], dose[channel], dose_sent[channel])
        missed[k, 0] *= ONE - to_i
        missed[k, 1] *= ONE - to_j
        missed[k, 2] *= ONE - touches[channel]
        missed[k, 3] *= SILENT[channel]
        missed[k, 4] += to_i
        missed[k, 5] += to_j
    return n


@part_of_kernel
def count_acts(day, count, ties, rules, acts):
    """Count the first `count` acts of a day in their ties: contacts, minutes, gestures, days of last contact."""
    rows, sides, channels, causes = acts.row, acts.side, acts.channel, acts.cause
    last_real, last_composed, contacts, chances = ties.last_real, ties.last_composed, ties.contacts, ties.chances
    minutes, gestures, c_ij, c_ji = ties.minutes, ties.gestures, ties.c_ij, ties.c_ji
    lasting, slope = rules.minutes, rules.minutes_slope
    for act in range(count):
        row, channel = np.uint64(rows[act]), np.uint64(channels[act])
        is_real, is_composed = IS_REAL[channel], IS_COMPOSED[channel]
        real_before, composed_before = last_real[row], last_composed[row]
        last_real[row] = day if is_real else real_before
        last_composed[row] = day if is_composed else composed_before
        contacts[row] += is_composed
        chances[row] += channel == CHANCE
        stay = lasting[channel] * (ONE + slope * (c_ij[row] + c_ji[row] - ONE))
        minutes[row] += stay if is_real and is_composed else ZERO
        side, kind = np.uint64(sides[act]), gesture(channel, causes[act])
        if kind >= 0 and gestures[row, side, kind] < MOST_GESTURES:
            gestures[row, side, kind] += 1


@part_of_kernel
def tally_acts(day, first, count, people, ties, rules, tally, scratch):
    """Tally the first `count` acts of a day, and the closeness they give. The acts of a tie share its gain by their doses.

    first : row of the strip
    """
    rows, sides, channels, causes = scratch.acts.row, scratch.acts.side, scratch.acts.channel, scratch.acts.cause
    one, other, c_ij, c_ji, classes_ij, classes_ji = ties.i, ties.j, ties.c_ij, ties.c_ji, ties.class_ij, ties.class_ji
    group, birthday, shown = people.group, people.birthday, people.shown
    dose, dose_sent, missed, year_day = rules.dose, rules.dose_sent, scratch.missed, day % YEAR
    received, absorbed, season, celebrated = tally.received, tally.absorbed, tally.season, tally.celebrated
    for act in range(count):
        row, channel, side, cause = np.uint64(rows[act]), np.uint64(channels[act]), sides[act], causes[act]
        k, i, j = np.uint64(rows[act] - first), np.uint64(one[row]), np.uint64(other[row])
        class_ij, class_ji = np.uint64(classes_ij[row]), np.uint64(classes_ji[row])
        group_i, group_j = np.uint64(group[i]), np.uint64(group[j])
        is_two_sided = IS_TWO_SIDED[channel]
        # The cause of an act holds for its receiver. The sender of a two-sided act counts it as OWN
        received[group_i, class_ij, channel, np.uint64(cause if side == 1 else OWN)] += side == 1 or is_two_sided
        received[group_j, class_ji, channel, np.uint64(cause if side == 0 else OWN)] += side == 0 or is_two_sided
        to_i, to_j = doses(side, is_two_sided, dose[channel], dose_sent[channel])
        if to_i > ZERO:
            gain = (ONE - missed[k, 0]) * (ONE - c_ij[row]) * (to_i / missed[k, 4])
            absorbed[group_i, class_ij, channel] += np.int64(gain * TALLIED + 0.5)
        if to_j > ZERO:
            gain = (ONE - missed[k, 1]) * (ONE - c_ji[row]) * (to_j / missed[k, 5])
            absorbed[group_j, class_ji, channel] += np.int64(gain * TALLIED + 0.5)
        in_season = IS_REAL[channel] and cause != BIRTHDAY
        season[class_ij, months_since(birthday[i], year_day)] += in_season
        season[class_ji, months_since(birthday[j], year_day)] += in_season
        if cause != OWN:
            celebrant = j if side == 0 else i
            date = 2 if shown[celebrant] < 0 else 0 if shown[celebrant] == birthday[celebrant] else 1
            celebrated[date, class_ji if side == 0 else class_ij, cause] += 1


@part_of_kernel
def end_day(first, last, acted, ties, rules, scratch):
    """Closeness and memories of rows first..last at the end of the day. acted : numbers in the strip of the rows with acts"""
    c_ij, c_ji, touch, exchange = ties.c_ij[first:last], ties.c_ji[first:last], ties.touch[first:last], ties.exchange[first:last]
    touch_left, exchange_left = ONE - rules.touch_fade, ONE - rules.exchange_fade
    # Written so that an act without doses leaves what no act leaves, to the last bit
    left, gain, after, missed, is_acted = scratch.left, scratch.gain, scratch.after, scratch.missed, scratch.is_acted
    for entry in range(acted.size):
        k = np.uint64(acted[entry])
        after[entry, 0] = c_ij[k] * left[k] + (ONE - missed[k, 0] + missed[k, 0] * gain[0, k]) * (ONE - c_ij[k])
        after[entry, 1] = c_ji[k] * left[k] + (ONE - missed[k, 1] + missed[k, 1] * gain[1, k]) * (ONE - c_ji[k])
        after[entry, 2] = touch[k] * touch_left + (ONE - missed[k, 2] + missed[k, 2] * gain[2, k]) * (ONE - touch[k])
        after[entry, 3] = exchange[k] * exchange_left if missed[k, 3] > ZERO else ONE
        missed[k, 0] = missed[k, 1] = missed[k, 2] = missed[k, 3] = ONE
        missed[k, 4] = missed[k, 5] = ZERO
        is_acted[k] = False
    fade(left, gain[0], c_ij)
    fade(left, gain[1], c_ji)
    if rules.online:
        fade_memories(touch_left, exchange_left, gain[2], touch, exchange)
    for entry in range(acted.size):
        k = np.uint64(acted[entry])
        c_ij[k], c_ji[k] = after[entry, 0], after[entry, 1]
        if rules.online:
            touch[k], exchange[k] = after[entry, 2], after[entry, 3]


@strip_kernel
def fade(left, gain, c):
    """Closeness after a day without acts, in place."""
    for k in range(c.size):
        c[k] = c[k] * left[k] + gain[k] * (ONE - c[k])


@strip_kernel
def fade_memories(touch_left, exchange_left, gain, touch, exchange):
    """Touch and exchange after a day without acts, in place."""
    for k in range(touch.size):
        touch[k] = touch[k] * touch_left + gain[k] * (ONE - touch[k])
        exchange[k] = exchange[k] * exchange_left
