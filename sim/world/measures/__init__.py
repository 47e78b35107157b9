"""State -> named numbers (docs/model.md section 8, docs/tables.md); changes nothing.

All are means over the year since `begin_year`. Closeness is the mean of the year's plan days; contacts and minutes are
counted. "Directed" arrays have two entries per tie: first the side of i for all ties, then the side of j for all ties.
"""

from __future__ import annotations

import numpy as np

from sim.world.measures.acts import channels_used, effort, greetings_by_date, year_around_a_birthday
from sim.world.measures.before import Before, letter_pairs, signatures
from sim.world.measures.between import Composition, carriers, composition, partners
from sim.world.measures.gestures import meaning, strong_linked
from sim.world.measures.graph import common_friends, structure
from sim.world.measures.people import gini, mean_rows, of_members, per_person
from sim.world.measures.year import Reference, Row, living, measured_year, planned_minutes, ranks, yearly
from sim.world.state import Rules, State

__all__ = (
    "Before", "Composition", "Reference", "Row", "carriers", "common_friends", "composition", "gini", "living", "measure",
    "partners", "planned_minutes", "ranks", "yearly",
)  # fmt: skip


def measure(
    state: State, rules: Rules, reference: Reference, profiles: tuple[str, ...], before: Before | None = None
) -> list[Row]:
    """Every measure of the year: over all people, by profile if there are several, and by tie class where it has one.

    before : the year before the branch. Without it, measures that compare with that year are left out
    """
    year = measured_year(state, rules)
    groups = [("all", np.ones(state.population, np.bool_))]
    if len(profiles) > 1:
        groups += [(name, state.people.profile == k) for k, name in enumerate(profiles)]
    rows = list(mean_rows(per_person(state, year, reference), groups))
    member = state.people.member
    rows += mean_rows(of_members(state), [(name, people & member) for name, people in groups if (people & member).any()])
    contacts = year.per_person(year.contacts)
    rows += (Row(name, "all", "gini_contact", "Gini", int(members.sum()), gini(contacts[members])) for name, members in groups)
    rows += channels_used(state, groups, profiles)
    rows += year_around_a_birthday(state)
    rows += greetings_by_date(state, year)
    rows += effort(state, rules)
    rows += strong_linked(state, reference)
    rows += meaning(state, reference)
    rows += structure(state)
    if before is not None:
        rows += signatures(year, before)
        rows += letter_pairs(state, year, reference, before, groups)
    return rows
