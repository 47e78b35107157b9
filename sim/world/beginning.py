"""The first state of a society: generated from settings, or taken from a graph (docs/model.md section 5)."""

from __future__ import annotations

import numpy as np

from sim import draws
from sim.channels import CALL, CARD, CHANCE, LETTER, VISIT
from sim.society import population as people_of
from sim.society.settings import starting_graph
from sim.world.columns import FAR, FRIEND, FROM_CLUB, FROM_KIN, FROM_ONLINE, FROM_WORK, KIN, KNOWS_IJ, KNOWS_JI, ONLINE, SHARED
from sim.world.kernels.together import mark_together
from sim.world.luck import in_blocks, pair_luck
from sim.world.rules import society_rules
from sim.world.state import YEAR, KnownLinks, People, State, in_tiles, new_people, new_tally, new_ties, tile_key

KIN_CLOSENESS, FIRST_CLOSENESS = 0.3, 0.1  # closeness of generated ties; growing replaces it
KIN_KNOWS = 0.9
GIVEN_MEDIAN, GIVEN_SPREAD, GIVEN_MOST = 0.08, 1.2, 0.9  # closeness of a given tie without one (assumed)


def generated_state(size: int, society, profiles, seed: int) -> State:
    """A society of `size` people whose ties come from shared settings.

    profiles : ((Profile, share), ...), shares adding up to 1
    """
    i, j, origin, places, counts = starting_graph(size, society, seed)
    order = np.argsort(tile_key(i, j))
    ties = new_ties(i.size, i=i[order], j=j[order], origin=origin[order], flags=SHARED)
    rules = society_rules(society, profiles)
    for block in in_blocks(ties):
        kin = block.origin == FROM_KIN
        luck = pair_luck(rules, seed, block.i, block.j, block.origin)
        block.kind[:] = np.where(kin, KIN, FRIEND)
        block.affinity[:] = luck.affinity * np.where(kin, society.affinity.kin.value, 1)
        block.chance[:] = luck.chance
        block.c_ij[:] = block.c_ji[:] = np.where(kin, KIN_CLOSENESS, FIRST_CLOSENESS)
        block.flags[luck.far] |= FAR
        block.flags[:] |= knowing(seed, block.i, block.j, np.where(kin, KIN_KNOWS, FIRST_CLOSENESS))
    people = starting_people(size, society, profiles, seed)._replace(places=places)
    mark_together(ties.i, ties.j, places, people.community, ties.together)
    return State(people, ties, new_tally(len(profiles)), place_counts=counts)


def state_of_graph(graph, society, profiles, seed: int) -> State:
    """A society on a given graph (a `sim.society.graphs.GivenGraph`). What the graph leaves open is drawn."""
    size, i, j = graph.people, graph.i.astype(np.int64), graph.j.astype(np.int64)
    rules = society_rules(society, profiles)
    u = draws.uniforms(seed, draws.GIVEN, 0, i, j)
    kind = np.where(graph.kind < 0, FRIEND, graph.kind)
    together = graph.setting[i] == graph.setting[j]
    origin = np.where(u[:, 2] < 0.5, FROM_WORK, FROM_CLUB)
    origin = np.where((graph.setting[i] >= 0) & together, FROM_WORK, origin)
    origin = np.where(kind == KIN, FROM_KIN, np.where(kind == ONLINE, FROM_ONLINE, origin))
    luck = pair_luck(rules, seed, i, j, origin)

    drawn = (GIVEN_MEDIAN * np.exp(GIVEN_SPREAD * draws.normal(u))).clip(0, GIVEN_MOST)
    c_ij = np.where(np.isnan(graph.closeness_ij), drawn, graph.closeness_ij)
    c_ji = np.where(np.isnan(graph.closeness_ji), drawn, graph.closeness_ji)
    chance = np.where(np.isnan(graph.chance), luck.chance, graph.chance) * (kind != ONLINE)
    affinity = luck.affinity * np.where(kind == KIN, society.affinity.kin.value, 1)
    people = starting_people(size, society, profiles, seed)
    if not (np.isnan(graph.closeness_ij) & np.isnan(graph.closeness_ji)).all():  # then contacts follow from the given closeness
        needed = contacts_needed(rules, kind, luck.far, c_ij, c_ji, chance)
        affinity = affinity_of(needed, c_ij, c_ji, rules.gamma)
        people = people._replace(contacts=np.bincount(
            np.concatenate([i, j]), np.tile(needed / 2, 2), minlength=size).astype(np.float32))  # fmt: skip
    ties = new_ties(
        i.size, i=i, j=j, kind=kind, origin=origin, affinity=affinity, c_ij=c_ij, c_ji=c_ji,
        chance=chance,
        flags=np.where(luck.far, FAR, 0) | np.where(kind != ONLINE, SHARED, 0)
        | knowing(seed, i, j, (c_ij + c_ji) / 2),
    )  # fmt: skip
    places = people.places.copy()
    places[:, 0] = graph.setting
    mark_together(ties.i, ties.j, places, people.community, ties.together)
    state = State(people._replace(places=places), in_tiles(ties), new_tally(len(profiles)))
    state.place_counts = (int(graph.setting.max(initial=-1)) + 1, 0, 0)
    known = graph.linked >= 0
    if known.any():
        key, linked = tile_key(i[known], j[known]), graph.linked[known] == 1
        order = np.argsort(key)
        people_linked = np.unique(np.concatenate([i[known][linked], j[known][linked]]))
        state.known_links = KnownLinks(key[order], linked[order], people_linked)
    return state


def contacts_needed(rules, kind, far, c_ij, c_ji, chance) -> np.ndarray:
    """(ties,) planned contacts a day that keep the closeness as given, in addition to chance meetings and cards.

    In equilibrium a tie regains what fades: decay z = doses a day, z = c/(1 - c).
    """
    far = far.astype(np.int64)
    visit, call = rules.visit[far], rules.call[far]
    dose = visit * rules.dose[VISIT] + call * rules.dose[CALL] + (1 - visit - call) * rules.dose[LETTER]
    needed = np.zeros(c_ij.size)
    for c in (c_ij, c_ji):
        c = c.astype(np.float64).clip(0, 0.99)
        habit = rules.cards * c / (c + rules.cards_half)
        regained = chance * rules.dose[CHANCE] + (1 - (1 - habit) ** 2) / YEAR * rules.dose[CARD]
        needed += np.maximum(rules.fade[kind] * c / (1 - c) - regained, 0) / dose / 2
    return needed


def affinity_of(needed, c_ij, c_ji, gamma: float) -> np.ndarray:
    """Affinity with which planning gives each tie the contacts it needs: q ~ needed c^-gamma, scaled to a median of 1."""
    c = ((c_ij + c_ji) / 2).clip(0.005, 0.99)
    q = needed * c**-gamma
    return q / np.median(q[q > 0]) if (q > 0).any() else q


def starting_people(size: int, society, profiles, seed: int) -> People:
    """People with drawn traits, without places and without a platform."""
    profile = people_of.profile_of(size, tuple(share for _, share in profiles), seed)
    return new_people(
        size,
        profile=profile,
        group=profile,
        contacts=people_of.planned_contacts(size, society, seed),
        greet=people_of.greeting_propensity(size, society, seed),
        birthday=people_of.birthdays(size, seed),
    )


def knowing(seed: int, i, j, probability) -> np.ndarray:
    """Flags of who knows whose birthday at the start. Each side knows with the given probability."""
    u = draws.uniforms(seed, draws.STARTING_KNOW, 0, i, j)
    return (np.where(u[:, 0] < probability, KNOWS_IJ, 0) | np.where(u[:, 1] < probability, KNOWS_JI, 0)).astype(np.uint16)

