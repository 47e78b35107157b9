"""State -> named numbers (docs/model.md section 8, docs/tables.md); changes nothing.

All are means over the year since `begin_year`. Closeness is the mean of the year's plan days; contacts and minutes are
counted. People are measured block after block (`blocks_of`): that spares memory.
"""

from __future__ import annotations

import numpy as np

from sim.world.groups import Group, among
from sim.world.measures.acts import channels_used, effort, greetings_by_date, year_around_a_birthday
from sim.world.measures.before import ALTERS, Before, Letters, signature, signatures
from sim.world.measures.between import Composition, carriers, composition, partners
from sim.world.measures.blocks import blocks_of
from sim.world.measures.gestures import meaning, strong_linked
from sim.world.measures.graph import assortativity, structure
from sim.world.measures.people import Means, gini, of_members, per_person
from sim.world.measures.year import Reference, Row, living, measured_year, planned_minutes, ranks, yearly
from sim.world.state import Rules, State

__all__ = (
    "Before", "Composition", "Reference", "Row", "blocks_of", "carriers", "composition", "gini", "living", "measure",
    "partners", "planned_minutes", "ranks", "yearly",
)  # fmt: skip


def measure(
    state: State, rules: Rules, reference: Reference, groups: tuple[Group, ...], before: Before | None = None
) -> list[Row]:
    """Every measure of the year: over all people, by further group, and by tie class where it has one.

    groups : `World.groups`; their names stand in the column `profile`
    before : the year before the branch. Without it, measures that compare with that year are left out
    """
    means, members = Means(groups), Means(among(groups, state.people.member))
    letters = None if before is None else Letters(groups, reference, before)
    contacts, signature_of = np.empty(state.population), np.empty((state.population, ALTERS), np.float32)
    for block in blocks_of(state):
        year = measured_year(state, rules, block)
        means.add(block, per_person(state, block, year, reference))
        members.add(block, of_members(state, block))
        contacts[block.people] = year.per_person(year.contacts)
        if letters is not None:
            signature_of[block.people] = signature(year.person, year.contacts, block.size)
            letters.add(block, year)
        del year
    rows = [*means.rows(), *members.rows()]
    rows += (Row(name, "all", "gini_contact", "Gini", int(people.sum()), gini(contacts[people])) for name, people, _ in groups)
    rows += channels_used(state, groups)
    rows += year_around_a_birthday(state)
    rows += greetings_by_date(state)
    rows += effort(state, rules)
    rows += strong_linked(state, reference)
    rows += meaning(state, reference)
    rows += structure(state, groups)
    rows += assortativity(state, groups)
    if before is not None and letters is not None:
        rows += signatures(signature_of, before)
        rows += letters.rows()
    return rows
