"""Step 6, birthdays on the platform (docs/model.md 7.6): prompted greetings, and messages about false dates."""

import math

import numpy as np

from sim.channels import GREETING, MESSAGE, NONBIRTHDAY, PROMPT
from sim.compiled import part_of_kernel, strip_kernel
from sim.draws import ACTIVE, GREET, UNBIRTHDAY, draw
from sim.world.columns import GREETED_IJ, GREETED_JI, KNOWS_IJ, KNOWS_JI, LINKED_IJ, LINKED_JI
from sim.world.state import YEAR

MOST_ACTS = 2  # of a tie on a day


@strip_kernel
def propensity(greet, closeness, level, slope, centre):
    """P(greet | active, prompted): logistic of level + the person's own logit + slope (closeness - centre)."""
    return 1.0 / (1.0 + math.exp(-(level + greet + slope * (closeness - centre))))


@strip_kernel
def sees_prompt(seed, day, i, j, people, active):
    """Whether i, linked to j, sees the prompt for j's birthday: two members; j shows today; i wants prompts and is active."""
    today = people.shown[j] == day % YEAR and people.wants_prompts[i] and people.member[i] and people.member[j]
    return today and draw(seed, ACTIVE, day, i, i)[0] < active


@part_of_kernel
def greet(seed, day, rows, people, ties, rules, acts, n):
    """Append the acts that prompts cause today in `rows`, and return the new number of acts.

    A person who sees the prompt may greet: by a public greeting, or by a message with the probability times `private_effort`. A
    person who knows that the shown date is false does not greet, but sends a message with probability nonbirthday * closeness.
    """
    channel = MESSAGE if rules.private else GREETING
    scale = rules.private_effort if rules.private else np.float32(1)
    flags = ties.flags
    for row in rows:
        a, b = ties.i[row], ties.j[row]
        for side in range(2):
            sender, celebrant = (a, b) if side == 0 else (b, a)
            if not flags[row] & (LINKED_IJ if side == 0 else LINKED_JI):
                continue
            if not sees_prompt(seed, day, sender, celebrant, people, rules.active):
                continue
            closeness = ties.c_ij[row] if side == 0 else ties.c_ji[row]
            knows = flags[row] & (KNOWS_IJ if side == 0 else KNOWS_JI) != 0
            acts.row[n], acts.side[n] = row, side
            if knows and people.birthday[celebrant] != people.shown[celebrant]:
                if draw(seed, UNBIRTHDAY, day, sender, celebrant)[0] < rules.nonbirthday * closeness:
                    acts.channel[n], acts.cause[n] = MESSAGE, NONBIRTHDAY
                    n += 1
            elif draw(seed, GREET, day, sender, celebrant)[0] < np.float32(
                scale * propensity(people.greet[sender], closeness, rules.level, rules.slope, rules.centre)
            ):
                acts.channel[n], acts.cause[n] = channel, PROMPT
                n += 1
                if not rules.private:
                    flags[row] |= GREETED_IJ if side == 0 else GREETED_JI
    return n
