"""Step 5, respond and write (docs/model.md 7.5): reactions, comments, messages, exchanges in communities, answers."""

import numpy as np

from sim.channels import COMMENT, GROUP, MESSAGE, REACTION
from sim.compiled import part_of_kernel, strip_kernel
from sim.draws import WAY, draw
from sim.world.columns import FAR
from sim.world.kernels.candidates import ON_PLATFORM, SORTS, ZERO
from sim.world.kernels.chances import MOST_A_WEEK
from sim.world.kernels.feed import NOBODY, OF_I, OF_J, is_companion
from sim.world.kernels.meet import planned_channel
from sim.world.state import BLOCK, WEEK

MOST_ACTS = 3 * MOST_A_WEEK  # of a tie on a day: acts, answers, and the real contacts that follow


@strip_kernel
def rates(start, reaction_rate, comment_rate, message_rate, exchanges, view, attention, affinity):
    """Sums of a side's rates, in acts a day: after its reactions, its comments, its messages and its group exchanges.

    start : the sum before; reaction_rate : of the person, times the crowd of the other; comment_rate : times K of the other
    message_rate : of the person
    exchanges : with the other, a day; view, attention, affinity : columns of the tie
    """
    reactions = start + reaction_rate * view
    comments = reactions + comment_rate * view * attention
    messages = comments + message_rate * affinity * attention
    return reactions, comments, messages, messages + exchanges


@part_of_kernel
def sum_rates(first, last, people, ties, rules, busy):
    """Fill busy, (STRIP,) float32, with B of rows first..last: all acts a day on the platform that are not answers.

    It is 0 unless one was a friend of the other on the plan day, and both still are members.
    """
    if not rules.feed:
        busy[: last - first] = ZERO
        return
    reaction_rate, comment_rate, message_rate = people.reaction_rate, people.comment_rate, people.message_rate
    group_rate, discussed, crowd, member = people.group_rate, people.discussed, people.crowd, people.member
    for start in range(first, last, BLOCK):
        size = min(BLOCK, last - start)
        rows, acts = slice(start, start + size), busy[start - first : start - first + size]
        i, j, friends, together, q = ties.i[rows], ties.j[rows], ties.were_friends[rows], ties.together[rows], ties.affinity[rows]
        view_ij, view_ji = ties.view_ij[rows], ties.view_ji[rows]
        attention_ij, attention_ji = ties.attention_ij[rows], ties.attention_ji[rows]
        for k in range(size):  # without `and`, so that it is vectorised
            a, b = np.uint64(i[k]), np.uint64(j[k])
            share_i = is_companion(together[k], friends[k], OF_I)
            share_j = is_companion(together[k], friends[k], OF_J)
            end_i = rates(
                ZERO, reaction_rate[a] * crowd[b], comment_rate[a] * discussed[b], message_rate[a], share_i * group_rate[a],
                view_ij[k], attention_ij[k], q[k],
            )[3]  # fmt: skip
            end_j = rates(
                end_i, reaction_rate[b] * crowd[a], comment_rate[b] * discussed[a], message_rate[b], share_j * group_rate[b],
                view_ji[k], attention_ji[k], q[k],
            )[3]  # fmt: skip
            acts[k] = end_j if (friends[k] != NOBODY) & member[a] & member[b] else ZERO


@part_of_kernel
def respond(seed, day, first, people, ties, rules, scratch, n):
    """Append today's platform acts, their answers, and the real contacts that follow answers. Returns the new number of acts.

    first : the strip's first row
    """
    first_of_week, entry = day - day % WEEK, SORTS * (day % WEEK) + ON_PLATFORM
    candidates, acts, busy = scratch.candidates, scratch.acts, scratch.busy
    reaction_rate, comment_rate, message_rate = people.reaction_rate, people.comment_rate, people.message_rate
    group_rate, discussed, crowd = people.group_rate, people.discussed, people.crowd
    view_ij, attention_ij, c_ij, affinity = ties.view_ij, ties.attention_ij, ties.c_ij, ties.affinity
    view_ji, attention_ji, c_ji, together = ties.view_ji, ties.attention_ji, ties.c_ji, ties.together
    rows, u_act, u_answer, u_meet = candidates.row, candidates.u[0], candidates.u[1], candidates.u[2]
    for k in range(candidates.start[entry], candidates.start[entry + 1]):
        row = np.uint64(rows[k])
        i, j = np.uint64(ties.i[row]), np.uint64(ties.j[row])
        share_i = is_companion(together[row], ties.were_friends[row], OF_I)
        share_j = is_companion(together[row], ties.were_friends[row], OF_J)
        drawn = u_act[k] * busy[np.uint64(rows[k] - first)]
        of_i = rates(
            ZERO, reaction_rate[i] * crowd[j], comment_rate[i] * discussed[j], message_rate[i], share_i * group_rate[i],
            view_ij[row], attention_ij[row], affinity[row],
        )  # fmt: skip
        of_j = rates(
            of_i[3], reaction_rate[j] * crowd[i], comment_rate[j] * discussed[i], message_rate[j], share_j * group_rate[j],
            view_ji[row], attention_ji[row], affinity[row],
        )  # fmt: skip
        side = 0 if drawn < of_i[3] else 1
        reaction, comment, message, _ = of_i if side == 0 else of_j
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
