"""The luck of a week (docs/model.md 7.2): for a strip of ties, the acts that may happen on each day of the week.

Planned contacts, chance meetings and platform acts are three *sorts*. A tie has one uniform of each sort for a week. The uniform
gives the number of its candidates, at the highest rate that the sort can have in the days that are simulated. A candidate has a
weekday and a draw of its own. Whether it happens is decided on that day, at the rate of the day.
"""

import numpy as np

from sim.compiled import part_of_kernel, strip_kernel
from sim.draws import CONTACT, EIGHT, HALF, LOW, MEETING, RESPOND, TIE, draw_block, philox_block, unit
from sim.world.kernels.chances import LARGEST, MOST_A_WEEK, exp_minus, inversion
from sim.world.state import BLOCK, SORTS, WEEK

PLANNED, BY_CHANCE, ON_PLATFORM = range(SORTS)  # in the order of the words of draw TIE
USES = (CONTACT, MEETING, RESPOND)  # of the candidates' draws, by sort
ZERO, ONE, SECOND, SIXTH = np.float32(0), np.float32(1), np.float32(1 / 2), np.float32(1 / 6)
A_WEEK = np.float32(WEEK)
QUIET = np.float32(1 - 2e-5)  # 1, less what rounding in float32 may take away
SEVEN, TWENTYFOUR = np.uint64(WEEK), np.uint64(24)


@part_of_kernel
def draw_week(seed, week, first, last, people, ties, rules, scratch):
    """Fill `scratch.candidates` with those of rows first..last. It needs `scratch.busy`. week : first day of the week"""
    candidates = scratch.candidates
    draw_luck(seed, week, first, last, ties, candidates.luck, scratch.word)
    bound_means(first, last, people, ties, rules, scratch.busy, scratch.mean)
    end = scratch.end  # candidates end[sort]..end[sort + 1] are of this sort
    end[0] = 0
    for sort in range(SORTS):
        luck, mean = candidates.luck[sort][: last - first], scratch.mean[sort][: last - first]
        rows = scratch.rows[: list_rows(luck, mean, scratch.listed, scratch.rows)]
        end[sort + 1] = count_candidates(rows, luck, mean, scratch, end[sort])
    draw_candidates(seed, week, first, ties, scratch)
    sort_by_day(first, scratch)


@part_of_kernel
def draw_luck(seed, week, first, last, ties, luck, word):
    """Fill luck, (SORTS, STRIP) float32, with the uniforms of rows first..last. word : (4, room) uint32, scratch"""
    for start in range(first, last, BLOCK):
        size = min(BLOCK, last - start)
        draw_block(seed, TIE, week, ties.i[start : start + size], ties.j[start : start + size], word)
        for sort in range(SORTS):
            u, words = luck[sort][start - first : start - first + size], word[sort]
            for k in range(size):
                u[k] = unit(words[k])


@part_of_kernel
def bound_means(first, last, people, ties, rules, busy, mean):
    """Fill mean, (SORTS, STRIP) float32: the highest mean number of a week's acts, for rows first..last.

    The memories change the rate of planned contact from day to day. Touch lowers it, and exchange adds `complement` at most. The
    other rates stay as they are in the days that are simulated at once.

    busy : (STRIP,) float32, from `respond.sum_rates`
    """
    most = A_WEEK * (ONE + rules.complement)
    drive, kept = people.drive, people.kept
    for start in range(first, last, BLOCK):
        size = min(BLOCK, last - start)
        i, j = ties.i[start : start + size], ties.j[start : start + size]
        w_ij, w_ji = ties.w_ij[start : start + size], ties.w_ji[start : start + size]
        chance = ties.chance[start : start + size]
        span = slice(start - first, start - first + size)
        planned, by_chance, on_platform, acts = mean[PLANNED][span], mean[BY_CHANCE][span], mean[ON_PLATFORM][span], busy[span]
        for k in range(size):  # unsigned, so that numba checks for no negative index
            planned[k] = drive[np.uint64(i[k])] * w_ij[k] + drive[np.uint64(j[k])] * w_ji[k]
        for k in range(size):
            planned[k] = min(most * planned[k], LARGEST)
            by_chance[k] = A_WEEK * chance[k]
            on_platform[k] = min(A_WEEK * acts[k], LARGEST)
        if rules.displace_chance:
            for k in range(size):
                by_chance[k] *= kept[np.uint64(i[k])] * kept[np.uint64(j[k])]
        for k in range(size):
            by_chance[k] = min(by_chance[k], LARGEST)


@strip_kernel
def list_rows(luck, mean, listed, rows):
    """Fill rows with the numbers of those that may have a candidate, and return how many there are.

    There is none if u < exp(-mean). For certain it is if u + mean - mean^2/2 + mean^3/6 < 1.
    """
    for k in range(luck.size):
        m = mean[k]
        listed[k] = luck[k] + m * (ONE - m * (SECOND - m * SIXTH)) >= QUIET
    n = 0
    for k in range(luck.size):
        rows[n] = k
        n += listed[k]
    return n


@part_of_kernel
def count_candidates(rows, luck, mean, scratch, n):
    """Append the candidates of these rows from position n on: the row and the number of each. Returns the new n."""
    none, drawn_row, drawn_number = scratch.none, scratch.drawn_row, scratch.drawn_number
    for start in range(0, rows.size, BLOCK):
        block = rows[start : start + BLOCK]
        for k in range(block.size):
            none[k] = exp_minus(mean[np.uint64(block[k])])
        for k in range(block.size):
            row = np.uint64(block[k])
            for number in range(inversion(luck[row], mean[row], none[k], MOST_A_WEEK)):
                drawn_row[n], drawn_number[n] = row, number
                n += 1
    return n


@part_of_kernel
def draw_candidates(seed, week, first, ties, scratch):
    """Fill `scratch.word` with the four words of each candidate's draw."""
    key0, key1 = np.uint64(seed) & LOW, np.uint64(seed) >> HALF
    i, j, end = ties.i[first:], ties.j[first:], scratch.end
    for sort in range(SORTS):
        use = np.uint32(USES[sort])
        for start in range(end[sort], end[sort + 1], BLOCK):
            span = slice(start, min(start + BLOCK, end[sort + 1]))
            row, number = scratch.drawn_row[span], scratch.drawn_number[span]
            c0, c1, c2, c3 = scratch.word[0][span], scratch.word[1][span], scratch.word[2][span], scratch.word[3][span]
            for k in range(row.size):
                c0[k] = i[np.uint64(row[k])]
                c1[k] = j[np.uint64(row[k])]
                c3[k] = use + np.uint32(number[k]) * np.uint32(256)
            c2[:] = week
            philox_block(c0, c1, c2, c3, key0, key1)


@strip_kernel
def weekday(word):
    """Day of the week of a candidate, from word 0 of its draw: floor(7 u), with u as `unit` has it."""
    return np.int64((np.uint64(word) >> EIGHT) * SEVEN >> TWENTYFOUR)


@part_of_kernel
def sort_by_day(first, scratch):
    """Fill `scratch.candidates` with what was drawn, sorted by day, sort, row and number."""
    candidates, word, end = scratch.candidates, scratch.word, scratch.end
    start = candidates.start
    start[:] = 0
    for sort in range(SORTS):
        for k in range(end[sort], end[sort + 1]):
            start[SORTS * weekday(word[0][k]) + sort + 2] += 1
    for entry in range(2, start.size):
        start[entry] += start[entry - 1]
    for sort in range(SORTS):
        for k in range(end[sort], end[sort + 1]):
            entry = SORTS * weekday(word[0][k]) + sort + 1  # is then moved on to where it ends, which is where the next begins
            place = start[entry]
            start[entry] += 1
            candidates.row[place], candidates.number[place] = first + scratch.drawn_row[k], scratch.drawn_number[k]
            for n in range(3):
                candidates.u[n][place] = unit(word[n + 1][k])
