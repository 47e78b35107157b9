"""Step 5, respond and write (docs/model.md 7.5): reactions, comments, messages, exchanges in communities, answers."""

import numpy as np

from sim.channels import CALL, COMMENT, GROUP, LETTER, MESSAGE, REACTION, VISIT
from sim.compiled import njit
from sim.draws import RESPOND, draw
from sim.world.columns import FAR
from sim.world.kernels.chances import QUIET, poisson

BLOCK = 64  # the compiler vectorises short simple loops over a block, not one long loop
ZERO, ONE = np.float32(0), np.float32(1)


@njit
def respond(
    seed, day, first, last, luck, i, j, flags, c_ij, c_ji, view_ij, view_ji, comment_ij, comment_ji, message_rate_ij,
    message_rate_ji, busy, together, reactions, free, each_group, reply, reply_half, meet_after, visit, call, act_row, act_side,
    act_channel, n,
):  # fmt: skip
    """Append the platform acts of rows first..last, their answers, and the real contacts that follow answers.

    luck : (STRIP,) float32, the uniform of each row of the strip
    """
    acting = np.empty(BLOCK, np.float32)
    for start in range(first, last, BLOCK):
        size = min(BLOCK, last - start)
        u = luck[start - first : start - first + size]
        for k in range(size):
            acting[k] = u[k] + busy[start + k]
        for k in range(size):
            if acting[k] < QUIET:
                continue
            row, mean = start + k, busy[start + k]
            a, b, near = i[row], j[row], together[row]
            rates = (
                reactions[a] * free[a] * view_ij[row], comment_ij[row], message_rate_ij[row], each_group[a] if near else ZERO,
                reactions[b] * free[b] * view_ji[row], comment_ji[row], message_rate_ji[row], each_group[b] if near else ZERO,
            )  # fmt: skip
            for item in range(poisson(u[k], mean)):
                u_act, u_answer, u_meet, u_way = draw(seed, RESPOND, day, a, b, item)
                left = u_act * mean
                entry = 0
                while entry < 8 and left >= rates[entry]:
                    left -= rates[entry]
                    entry += 1
                if entry == 8:  # an exchange in a community that the two no longer share
                    continue
                side, kind = (0, entry) if entry < 4 else (1, entry - 4)
                channel = REACTION if kind == 0 else COMMENT if kind == 1 else MESSAGE if kind == 2 else GROUP
                act_row[n], act_side[n], act_channel[n] = row, side, channel
                n += 1
                if channel == REACTION:
                    continue
                c = c_ji[row] if side == 0 else c_ij[row]  # closeness that the receiver feels
                if c > ZERO and u_answer < reply[channel] * c / (c + reply_half):
                    act_row[n], act_side[n], act_channel[n] = row, 1 - side, channel
                    n += 1
                    if u_meet < meet_after:
                        far = 1 if flags[row] & FAR else 0
                        act_row[n], act_side[n] = row, side
                        act_channel[n] = VISIT if u_way < visit[far] else CALL if u_way < visit[far] + call[far] else LETTER
                        n += 1
    return n
