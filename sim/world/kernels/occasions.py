"""Step 3, occasions (docs/model.md 7.3): New Year cards and remembered birthdays, outside the platform."""

import numpy as np

from sim.channels import BIRTHDAY, CALL, CARD, OWN, VISIT
from sim.compiled import part_of_kernel, strip_kernel
from sim.draws import CARD as CARD_DRAW
from sim.draws import WISH, draw
from sim.world.columns import ENDED, GREETED_IJ, GREETED_JI, KNOWS_IJ, KNOWS_JI, SHARED
from sim.world.state import BLOCK, WEEK, YEAR

MOST_ACTS = 3  # of a tie on a day: a card at New Year, and a remembered greeting of each
ZERO, ONE = np.float32(0), np.float32(1)


@part_of_kernel
def new_year(seed, day, first, last, ties, rules, acts, n):
    """Append the cards of 1 January in rows first..last, at most one per pair. People who never shared a setting send none."""
    for row in range(first, last):
        if ties.flags[row] & ENDED or not ties.flags[row] & SHARED:
            continue
        c_ij, c_ji = ties.c_ij[row], ties.c_ji[row]
        a = rules.cards * c_ij / (c_ij + rules.cards_half) if c_ij > ZERO else ZERO
        b = rules.cards * c_ji / (c_ji + rules.cards_half) if c_ji > ZERO else ZERO
        u, u_sender, _, _ = draw(seed, CARD_DRAW, day, ties.i[row], ties.j[row])
        if u < ONE - (ONE - a) * (ONE - b):
            acts.row[n], acts.side[n], acts.channel[n], acts.cause[n] = row, 0 if u_sender * (a + b) < a else 1, CARD, OWN
            n += 1
    return n


@strip_kernel
def birthdays_of_week(first_of_week, birthday, shown, days):
    """Fill days, (people,) uint8: bit d says whether day d of the week is a person's true or shown birthday."""
    year_day = first_of_week % YEAR
    for person in range(days.size):
        days[person] = 0
        for date in (birthday[person], shown[person]):
            ahead = date - year_day if date >= year_day else date - year_day + YEAR
            if date >= 0 and ahead < WEEK:
                days[person] |= 1 << ahead


@part_of_kernel
def with_birthday(first, last, days, ties, rows, dates):
    """Fill rows with those of first..last in which one of the two has a birthday in these days; return their number.

    days : with `birthdays` from `birthdays_of_week`; dates : (BLOCK,) uint8, scratch
    """
    these = np.uint8(((1 << (days.end - days.first)) - 1) << (days.first % WEEK))
    birthdays = days.birthdays
    n = 0
    for start in range(first, last, BLOCK):
        size = min(BLOCK, last - start)
        i, j = ties.i[start : start + size], ties.j[start : start + size]
        for k in range(size):
            dates[k] = (birthdays[np.uint64(i[k])] | birthdays[np.uint64(j[k])]) & these
        for k in range(size):
            rows[n] = start + k
            n += dates[k] != 0
    return n


@part_of_kernel
def on_their_birthday(day, rows, birthdays, ties, today):
    """Fill today with those of `rows` in which one of the two has a birthday on this day; return their number."""
    bit = np.uint8(1 << (day % WEEK))
    n = 0
    for row in rows:
        today[n] = row
        n += (birthdays[np.uint64(ties.i[row])] | birthdays[np.uint64(ties.j[row])]) & bit != 0
    return n


@part_of_kernel
def birthdays(seed, day, rows, people, ties, rules, acts, n):
    """Append the remembered greetings (card, call or visit) in `rows`: people who know a true birthday greet on that day.

    If the sender has greeted in public before (flag), this replaces the greeting with probability `suppression`. On the true
    birthday the flag is cleared, so that it does not count for the next one.
    """
    year_day, flags, birthday = day % YEAR, ties.flags, people.birthday
    half = rules.wish_half * rules.wish_half
    for row in rows:
        a, b = ties.i[row], ties.j[row]
        before = flags[row]
        if birthday[b] == year_day:
            flags[row] &= ~np.uint16(GREETED_IJ)
        if birthday[a] == year_day:
            flags[row] &= ~np.uint16(GREETED_JI)
        if before & ENDED:
            continue
        for side in range(2):
            sender, celebrant = (a, b) if side == 0 else (b, a)
            if birthday[celebrant] != year_day or not before & (KNOWS_IJ if side == 0 else KNOWS_JI):
                continue
            c = ties.c_ij[row] if side == 0 else ties.c_ji[row]
            u, u_replaced, u_channel, _ = draw(seed, WISH, day, sender, celebrant)
            if u * (c * c + half) >= rules.wish * c * c:
                continue
            greeted = before & (GREETED_IJ if side == 0 else GREETED_JI) != 0
            if greeted and u_replaced < rules.suppression:
                continue
            acts.row[n], acts.side[n], acts.cause[n] = row, side, BIRTHDAY
            by_card, by_call = rules.by_card, rules.by_card + rules.by_call
            acts.channel[n] = CARD if u_channel < by_card else CALL if u_channel < by_call else VISIT
            n += 1
    return n
