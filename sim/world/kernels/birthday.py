"""Step 6, birthdays on the platform (docs/model.md 7.6): prompted greetings, and messages about false dates."""

import math

import numpy as np

from sim.channels import GREETING, MESSAGE, NONBIRTHDAY, PROMPT
from sim.compiled import njit
from sim.draws import ACTIVE, GREET, UNBIRTHDAY, draw
from sim.world.columns import GREETED_IJ, GREETED_JI, KNOWS_IJ, KNOWS_JI, LINKED


@njit
def propensity(greet, closeness, level, slope, centre):
    """P(greet | active, prompted): logistic of level + the person's own logit + slope (closeness - centre)."""
    return 1.0 / (1.0 + math.exp(-(level + greet + slope * (closeness - centre))))


@njit
def sees_prompt(seed, day, i, j, member, shown, active):
    """Whether i, linked to j, sees the prompt for j's birthday: both are members, j shows today, and i is active today."""
    return shown[j] == day % 365 and member[i] and member[j] and draw(seed, ACTIVE, day, i, i)[0] < active


@njit
def greet(
    seed, day, rows, i, j, flags, c_ij, c_ji, greet, member, shown, birthday, active, level, slope,
    centre, private, effort, nonbirthday, act_row, act_side, act_channel, act_cause, n,
):  # fmt: skip
    """Append the acts that prompts cause today in `rows`.

    A person who sees the prompt may greet: by a public greeting, or by a message with the probability times `effort`. A person
    who knows that the shown date is false does not greet, but sends a message with probability nonbirthday * closeness.
    """
    channel = MESSAGE if private else GREETING
    scale = effort if private else np.float32(1)
    for row in rows:
        if not flags[row] & LINKED:
            continue
        a, b = i[row], j[row]
        for side in range(2):
            sender, celebrant = (a, b) if side == 0 else (b, a)
            if not sees_prompt(seed, day, sender, celebrant, member, shown, active):
                continue
            closeness = c_ij[row] if side == 0 else c_ji[row]
            knows = flags[row] & (KNOWS_IJ if side == 0 else KNOWS_JI) != 0
            act_row[n], act_side[n] = row, side
            if knows and birthday[celebrant] != shown[celebrant]:
                if draw(seed, UNBIRTHDAY, day, sender, celebrant)[0] < nonbirthday * closeness:
                    act_channel[n], act_cause[n] = MESSAGE, NONBIRTHDAY
                    n += 1
            elif draw(seed, GREET, day, sender, celebrant)[0] < np.float32(
                scale * propensity(greet[sender], closeness, level, slope, centre)
            ):
                act_channel[n], act_cause[n] = channel, PROMPT
                n += 1
                if not private:
                    flags[row] |= GREETED_IJ if side == 0 else GREETED_JI
    return n
