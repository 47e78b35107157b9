"""Step 2, meet (docs/model.md 7.2): planned contacts and chance meetings of a day, from the candidates of its week."""

import numpy as np

from sim.channels import CALL, CHANCE, LETTER, VISIT
from sim.compiled import njit, part_of_kernel
from sim.world.columns import FAR
from sim.world.kernels.candidates import A_WEEK, BY_CHANCE, ONE, PLANNED, SORTS
from sim.world.kernels.chances import MOST_A_WEEK, at_most
from sim.world.state import WEEK

MOST_ACTS = 2 * MOST_A_WEEK  # of a tie on a day: planned contacts, and chance meetings


@part_of_kernel
def meet(day, first, people, ties, rules, candidates, acts, n):
    """Append today's planned contacts as acts, and return the new number of acts. first : the strip's first row

    The rate of i toward j is drive_i w_ij (1 - substitution t)(1 + complement x) a day.
    """
    entry = SORTS * (day % WEEK) + PLANNED
    rows, number, luck = candidates.row, candidates.number, candidates.luck[PLANNED]
    u_sender, u_channel, visit, call = candidates.u[0], candidates.u[1], rules.visit, rules.call
    i, j, flags, w_ij, w_ji, touch, exchange = ties.i, ties.j, ties.flags, ties.w_ij, ties.w_ji, ties.touch, ties.exchange
    drive, substitution, complement = people.drive, rules.substitution, rules.complement
    for k in range(candidates.start[entry], candidates.start[entry + 1]):
        row = np.uint64(rows[k])
        from_i = drive[np.uint64(i[row])] * w_ij[row]
        rate = from_i + drive[np.uint64(j[row])] * w_ji[row]
        wish = (ONE - substitution * touch[row]) * (ONE + complement * exchange[row])
        far = 1 if flags[row] & FAR else 0
        acts.row[n] = row
        acts.side[n] = 0 if u_sender[k] * rate < from_i else 1
        acts.channel[n] = planned_channel(u_channel[k], visit[far], call[far])
        n += luck[np.uint64(rows[k] - first)] >= at_most(number[k], A_WEEK * (rate * wish))
    return n


@part_of_kernel
def meet_by_chance(day, candidates, acts, n):
    """Append today's chance meetings. The rate did not change since the candidates were drawn, so all of them happen."""
    entry = SORTS * (day % WEEK) + BY_CHANCE
    for k in range(candidates.start[entry], candidates.start[entry + 1]):
        acts.row[n], acts.side[n], acts.channel[n] = candidates.row[k], 0, CHANCE
        n += 1
    return n


@njit
def planned_channel(u, visit, call):
    """The channel of a planned contact. visit, call : their shares; the rest are letters"""
    return VISIT if u < visit else CALL if u < visit + call else LETTER
