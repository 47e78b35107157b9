"""Step 3, occasions (docs/model.md 7.3): New Year cards and remembered birthdays, outside the platform."""

import numpy as np

from sim.channels import CALL, CARD, VISIT
from sim.compiled import njit
from sim.draws import CARD as CARD_DRAW
from sim.draws import WISH, draw
from sim.world.columns import ENDED, GREETED_IJ, GREETED_JI, KNOWS_IJ, KNOWS_JI, SHARED

ZERO, ONE = np.float32(0), np.float32(1)


@njit
def new_year(
    seed, day, first, last, i, j, flags, c_ij, c_ji, cards, half, act_row, act_side, act_channel, n
):  # fmt: skip
    """Append the cards of 1 January, at most one per pair. People who never shared a setting send none."""
    for row in range(first, last):
        if flags[row] & ENDED or not flags[row] & SHARED:
            continue
        a = cards * c_ij[row] / (c_ij[row] + half) if c_ij[row] > ZERO else ZERO
        b = cards * c_ji[row] / (c_ji[row] + half) if c_ji[row] > ZERO else ZERO
        u, u_first, _, _ = draw(seed, CARD_DRAW, day, i[row], j[row])
        if u < ONE - (ONE - a) * (ONE - b):
            act_row[n] = row
            act_side[n] = 0 if u_first * (a + b) < a else 1
            act_channel[n] = CARD
            n += 1
    return n


@njit
def celebrating(first, last, i, j, birthday_today, rows):
    """Fill rows with the rows of first..last in which one of the two has or shows a birthday today; return their number.

    birthday_today : (people,) bool, whether today is a person's true or shown birthday
    """
    count = 0
    for row in range(first, last):
        if birthday_today[np.uint64(i[row])] | birthday_today[np.uint64(j[row])]:
            rows[count] = row
            count += 1
    return count


@njit
def birthdays(
    seed, day, rows, i, j, flags, c_ij, c_ji, birthday, wish, half, by_card, by_call, suppression,
    act_row, act_side, act_channel, n,
):  # fmt: skip
    """Append the remembered greetings (card, call or visit) in `rows`: people who know a true birthday greet on that day.

    If the sender has greeted in public before (flag), this replaces the greeting with probability `suppression`. On the true
    birthday the flag is cleared, so that it does not count for the next one.
    """
    year_day = day % 365
    for row in rows:
        a, b = i[row], j[row]
        before = flags[row]
        if birthday[b] == year_day:
            flags[row] &= ~np.uint8(GREETED_IJ)
        if birthday[a] == year_day:
            flags[row] &= ~np.uint8(GREETED_JI)
        if before & ENDED:
            continue
        for side in range(2):
            sender, celebrant = (a, b) if side == 0 else (b, a)
            if birthday[celebrant] != year_day or not before & (KNOWS_IJ if side == 0 else KNOWS_JI):
                continue
            c = c_ij[row] if side == 0 else c_ji[row]
            u, u_replaced, u_channel, _ = draw(seed, WISH, day, sender, celebrant)
            if u >= wish * c * c / (c * c + half * half):
                continue
            greeted = before & (GREETED_IJ if side == 0 else GREETED_JI) != 0
            if greeted and u_replaced < suppression:
                continue
            act_row[n] = row
            act_side[n] = side
            act_channel[n] = CARD if u_channel < by_card else CALL if u_channel < by_card + by_call else VISIT
            n += 1
    return n
