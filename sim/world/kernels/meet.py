"""Step 2, meet (docs/model.md 7.2): planned contacts and chance meetings of the day."""

import numpy as np

from sim.channels import CALL, CHANCE, LETTER, VISIT
from sim.compiled import njit
from sim.draws import CONTACT, LOW, TIE, draw, philox_block, unit
from sim.world.columns import ENDED, FAR
from sim.world.kernels.chances import QUIET, poisson

BLOCK = 64  # the compiler vectorises short simple loops over a block, not one long loop
ONE = np.float32(1)


@njit
def draw_luck(seed, day, first, last, i, j, luck):
    """Fill luck with the day's uniforms of rows first..last, (3, STRIP): planned contact, chance meetings, platform acts."""
    key0, key1 = np.uint64(seed) & LOW, np.uint64(seed) >> np.uint64(32)
    c0, c1 = np.zeros(BLOCK, np.uint64), np.zeros(BLOCK, np.uint64)
    c2, c3 = np.zeros(BLOCK, np.uint64), np.zeros(BLOCK, np.uint64)
    for start in range(first, last, BLOCK):
        size = min(BLOCK, last - start)
        bi, bj = i[start : start + size], j[start : start + size]
        u = luck[:, start - first : start - first + size]
        for k in range(size):
            c0[k] = bi[k]
            c1[k] = bj[k]
        c2[:] = day
        c3[:] = TIE
        philox_block(c0, c1, c2, c3, key0, key1)
        for k in range(size):
            u[0, k] = unit(c0[k])
            u[1, k] = unit(c1[k])
            u[2, k] = unit(c2[k])


@njit
def meet(
    seed, day, first, last, luck, i, j, flags, chance, touch, exchange, w_ij, w_ji, drive, kept,
    substitution, complement, displace_chance, visit, call, act_row, act_side, act_channel, n,
):  # fmt: skip
    """Draw the contacts of rows first..last, append them as acts, and return the new number of acts.

    The rate of i toward j is drive_i w_ij (1 - substitution t)(1 + complement x) per day. The number of contacts is Poisson with
    the sum of both rates. That of chance meetings is Poisson with `chance`, times kept_i kept_j if displace_chance.

    luck : (3, STRIP) float32, the day's uniforms of these rows, from `draw_luck`
    """
    from_i, from_j = np.empty(BLOCK, np.float32), np.empty(BLOCK, np.float32)
    by_chance = np.empty(BLOCK, np.float32)
    planned, unplanned = np.empty(BLOCK, np.float32), np.empty(BLOCK, np.float32)
    for start in range(first, last, BLOCK):
        size = min(BLOCK, last - start)
        bi, bj = i[start : start + size], j[start : start + size]
        bo, bt, bx = chance[start : start + size], touch[start : start + size], exchange[start : start + size]
        bw_ij, bw_ji = w_ij[start : start + size], w_ji[start : start + size]
        for k in range(size):
            a, b = np.uint64(bi[k]), np.uint64(bj[k])  # unsigned, so that numba checks for no negative index
            from_i[k] = drive[a]
            from_j[k] = drive[b]
        by_chance[:] = ONE
        if displace_chance:
            for k in range(size):
                by_chance[k] = kept[np.uint64(bi[k])] * kept[np.uint64(bj[k])]
        for k in range(size):
            scale = (ONE - substitution * bt[k]) * (ONE + complement * bx[k])
            from_i[k] = from_i[k] * bw_ij[k] * scale
            from_j[k] = from_j[k] * bw_ji[k] * scale
            by_chance[k] = by_chance[k] * bo[k]
        u, u_chance = luck[0, start - first : start - first + size], luck[1, start - first : start - first + size]
        for k in range(size):
            planned[k] = u[k] + (from_i[k] + from_j[k])
            unplanned[k] = u_chance[k] + by_chance[k]
        for k in range(size):
            if (planned[k] < QUIET and unplanned[k] < QUIET) or flags[start + k] & ENDED:
                continue
            rate = from_i[k] + from_j[k]
            far = 1 if flags[start + k] & FAR else 0
            for item in range(poisson(u[k], rate)):
                u_sender, u_channel, _, _ = draw(seed, CONTACT, day, bi[k], bj[k], item)
                act_row[n] = start + k
                act_side[n] = 0 if u_sender * rate < from_i[k] else 1
                act_channel[n] = VISIT if u_channel < visit[far] else CALL if u_channel < visit[far] + call[far] else LETTER
                n += 1
            for _ in range(poisson(u_chance[k], by_chance[k])):
                act_row[n] = start + k
                act_side[n] = 0
                act_channel[n] = CHANCE
                n += 1
    return n
