"""Step 5, respond and write (docs/model.md 7.5): reactions, comments, messages, exchanges in communities, answers."""

import numpy as np

from sim.channels import COMMENT, GROUP, MESSAGE, REACTION
from sim.compiled import part_of_kernel
from sim.draws import WAY, draw
from sim.world.columns import FAR
from sim.world.kernels.candidates import ON_PLATFORM, ONE, SORTS, ZERO
from sim.world.kernels.chances import MOST_A_WEEK
from sim.world.kernels.meet import planned_channel
from sim.world.state import WEEK

MOST_ACTS = 3 * MOST_A_WEEK  # of a tie on a day: acts, answers, and the real contacts that follow


@part_of_kernel
def respond(seed, day, people, ties, rules, candidates, acts, n):
    """Append today's platform acts, their answers, and the real contacts that follow answers. Returns the new number of acts."""
    first_of_week, entry = day - day % WEEK, SORTS * (day % WEEK) + ON_PLATFORM
    reactions, free, each_group, together = people.reactions, people.free, people.each_group, ties.together
    view_ij, comment_ij, message_rate_ij, c_ij = ties.view_ij, ties.comment_ij, ties.message_rate_ij, ties.c_ij
    view_ji, comment_ji, message_rate_ji, c_ji = ties.view_ji, ties.comment_ji, ties.message_rate_ji, ties.c_ji
    rows, u_act, u_answer, u_meet = candidates.row, candidates.u[0], candidates.u[1], candidates.u[2]
    for k in range(candidates.start[entry], candidates.start[entry + 1]):
        row = np.uint64(rows[k])
        i, j = np.uint64(ties.i[row]), np.uint64(ties.j[row])
        shared = ONE if together[row] else ZERO
        drawn = u_act[k] * ties.busy[row]
        end_0 = reactions[i] * free[i] * view_ij[row]  # where the stretch of each act ends
        end_1 = end_0 + comment_ij[row]
        end_2 = end_1 + message_rate_ij[row]
        end_3 = end_2 + shared * each_group[i]
        end_4 = end_3 + reactions[j] * free[j] * view_ji[row]
        end_5 = end_4 + comment_ji[row]
        end_6 = end_5 + message_rate_ji[row]
        end_7 = end_6 + shared * each_group[j]
        if drawn >= end_7:  # an exchange in a community that the two no longer share
            continue
        side = 0 if drawn < end_3 else 1
        reaction, comment, message = (end_0, end_1, end_2) if side == 0 else (end_4, end_5, end_6)
        channel = REACTION if drawn < reaction else COMMENT if drawn < comment else MESSAGE if drawn < message else GROUP
        acts.row[n], acts.side[n], acts.channel[n] = row, side, channel
        n += 1
        c = c_ji[row] if side == 0 else c_ij[row]  # closeness that the receiver feels
        if channel == REACTION or u_answer[k] * (c + rules.reply_half) >= rules.reply[channel] * c:
            continue
        acts.row[n], acts.side[n], acts.channel[n] = row, 1 - side, channel
        n += 1
        if u_meet[k] < rules.meet_after:
            far = 1 if ties.flags[row] & FAR else 0
            u_channel, _, _, _ = draw(seed, WAY, first_of_week, i, j, np.int64(candidates.number[k]))
            acts.row[n], acts.side[n] = row, side
            acts.channel[n] = planned_channel(u_channel, rules.visit[far], rules.call[far])
            n += 1
    return n
