"""Step 6, birthdays on the platform (docs/model.md 7.6): the greetings that a prompt asks for."""

import math

import numpy as np

from sim.compiled import njit
from sim.draws import ACTIVE, GREET, draw
from sim.world.state import GREETED_IJ, GREETED_JI, GREETING, KNOWS_IJ, KNOWS_JI, LINKED, MESSAGE, PROMPT


@njit
def propensity(greet, closeness, level, slope, centre):
    """P(greet | active, prompted): logistic of level + the person's own logit + slope (closeness - centre)."""
    return 1.0 / (1.0 + math.exp(-(level + greet + slope * (closeness - centre))))


@njit
def greets(seed, day, i, j, closeness, greet, member, shown, birthday, knows, active, level, slope, centre, effort):
    """Does i, prompted today, greet j? Who knows that it is another day does not. `effort` scales the probability."""
    if shown[j] != day % 365 or not member[i] or not member[j]:
        return False
    if knows and birthday[j] != shown[j]:
        return False
    if draw(seed, ACTIVE, day, i, i)[0] >= active:
        return False
    p = np.float32(effort * propensity(greet[i], closeness, level, slope, centre))
    return draw(seed, GREET, day, i, j)[0] < p


@njit
def greet(
    seed, day, rows, i, j, flags, c_ij, c_ji, greet, member, shown, birthday, active, level, slope,
    centre, private, effort, act_row, act_side, act_channel, act_cause, n,
):  # fmt: skip
    """Append the day's prompted greetings (public: greeting, private: message) in `rows` as acts."""
    channel = MESSAGE if private else GREETING
    scale = effort if private else np.float32(1)
    for row in rows:
        if not flags[row] & LINKED:
            continue
        a, b = i[row], j[row]
        for side in range(2):
            sender, celebrant = (a, b) if side == 0 else (b, a)
            closeness = c_ij[row] if side == 0 else c_ji[row]
            knows = flags[row] & (KNOWS_IJ if side == 0 else KNOWS_JI) != 0
            if greets(
                seed, day, sender, celebrant, closeness, greet, member, shown, birthday, knows,
                active, level, slope, centre, scale,
            ):  # fmt: skip
                act_row[n] = row
                act_side[n] = side
                act_channel[n] = channel
                act_cause[n] = PROMPT
                n += 1
                if not private:
                    flags[row] |= GREETED_IJ if side == 0 else GREETED_JI
    return n

