"""Where a society begins: people, settings, and graphs that somebody brings (docs/model.md section 5)."""

import hashlib

import networkx as nx
import numpy as np
import pytest
from scipy import stats
from scipy.special import expit
from worlds import assert_identical

from sim.society import population
from sim.society.graphs import from_networkx
from sim.society.settings import SETTINGS, groups, starting_graph
from sim.world import luck
from sim.world.beginning import affinity_of, contacts_needed, generated_state, state_of_graph
from sim.world.columns import (
    FAR,
    FRIEND,
    FROM_CLUB,
    FROM_KIN,
    FROM_ONLINE,
    FROM_WORK,
    KIN,
    KNOWS_IJ,
    KNOWS_JI,
    LINKED,
    ONLINE,
    ORIGINS,
    SHARED,
)
from sim.world.growing import grow
from sim.world.rules import society_rules
from sim.world.state import tile_key

MANY = 20_000
DIGESTS = {300: "3cb25cddfd369767", 17_000: "5d01d26cf15f2d4c"}  # of starting graphs, by number of people


@pytest.fixture(scope="module")
def society(tiny):
    return tiny.society


@pytest.fixture(scope="module")
def profiles(tiny):
    return ((tiny.profiles["us"], 1.0),)


# --- people --------------------------------------------------------------------------------------


def test_birthdays_are_uniform_and_the_28th_of_february_has_a_quarter_more():
    """Day 58 is kept by who is born on the 28th (weight 1) and on the 29th (1/4); all others weigh 1, of 365.25."""
    counts = np.bincount(population.birthdays(200_000, seed=1), minlength=365)
    assert counts.size == 365
    weight = np.ones(365)
    weight[58] = 1.25
    assert stats.chisquare(counts, 200_000 * weight / weight.sum()).pvalue > 1e-4
    share = counts[58] / 200_000
    assert abs(share - 1.25 / 365.25) < 4 * np.sqrt(1.25 / 365.25 / 200_000)


@pytest.mark.uncompiled
@pytest.mark.parametrize("born, kept", [(0, 0), (58, 58), (59, 58), (60, 59), (365, 364)])
def test_who_is_born_on_the_29th_of_february_celebrates_on_the_28th(born, kept):
    assert population.celebration_day(np.array([born])).tolist() == [kept]


def test_planned_contacts_have_the_mean_and_spread_of_the_society(society):
    found = population.planned_contacts(MANY, society, 1).astype(float)
    mean, spread = society.contacts.initiated.value, society.contacts.spread.value
    assert abs(found.mean() - mean) < 4 * found.std() / np.sqrt(MANY)
    assert np.log(found).std() == pytest.approx(spread, rel=0.03)


def test_propensities_to_greet_are_beta_and_clipped(society):
    found = expit(population.greeting_propensity(MANY, society, 1).astype(float))
    mean, both = society.people.greet_mean.value, society.people.greet_concentration.value
    assert found.min() == pytest.approx(0.001, rel=1e-4)
    assert found.max() == pytest.approx(0.999, rel=1e-4)
    beta = stats.beta(mean * both, (1 - mean) * both)
    for x in (0.01, 0.1, 0.5, 0.9):
        p = beta.cdf(x)
        assert abs((found < x).mean() - p) < 4 * np.sqrt(p * (1 - p) / MANY)


def test_profiles_have_their_shares():
    counts = np.bincount(population.profile_of(MANY, (0.5, 0.3, 0.2), 1), minlength=3)
    assert stats.chisquare(counts, MANY * np.array([0.5, 0.3, 0.2])).pvalue > 1e-4
    assert not population.profile_of(MANY, (1.0,), 1).any()


def test_a_person_is_the_same_in_a_smaller_society_and_under_another_spread(society):
    assert np.array_equal(population.birthdays(50, 1), population.birthdays(100, 1)[:50])
    small, large = (population.planned_contacts(n, society, 1) for n in (50, 100))
    assert np.array_equal(small, large[:50])
    one, other = (population.spread_around_one(100, 19, spread, 1) for spread in (0.4, 0.8))
    assert np.array_equal(np.argsort(one), np.argsort(other))


# --- settings ------------------------------------------------------------------------------------


@pytest.mark.uncompiled
@pytest.mark.parametrize("people, size, reach", [(100, 10, 0), (100, 12, 50), (7, 45, 500), (1, 12, 500), (0, 5, 0)])
def test_groups_have_their_size_but_for_the_last(people, size, reach):
    sizes = np.bincount(groups(people, size, reach, seed=1, item=0))
    assert sizes.sum() == people
    assert (sizes[:-1] == size).all()
    assert (sizes[-1:] <= size).all()


@pytest.mark.uncompiled
def test_groups_without_reach_are_neighbours_in_the_row():
    assert groups(10, 4, 0, seed=1, item=0).tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2]


def test_groups_stand_within_their_reach():
    number = groups(20_000, 45, 5_000, seed=1, item=0)
    people = np.arange(20_000)
    spans = [np.ptp(people[number == group]) for group in range(0, number.max(), 20)]
    assert max(spans) < 5_000 + 200
    assert np.mean(spans) > 2_000


@pytest.fixture(scope="module")
def first(society):
    return starting_graph(3_000, society, 1)


def test_every_pair_once_and_nobody_twice(first):
    i, j, *_ = first
    assert (i < j).all()
    assert len(set(zip(i.tolist(), j.tolist()))) == i.size


def test_pairs_of_a_group_are_tied_with_its_share(first, society):
    """Work is hidden by kin only, club by kin, work and neighbourhood: so of all pairs who share a workplace at least
    the share `tied` has a tie of some origin, and of those without another setting exactly that share."""
    i, j, _, places, _ = first
    tied = set(zip(i.tolist(), j.tolist()))
    for which, name in enumerate(("work", "neighbourhood", "club")):
        place, other = places[:, which], np.delete(places, which, axis=1)
        pairs = found = 0
        for group in range(place.max() + 1):
            members = np.flatnonzero(place == group).tolist()
            for a_at, a in enumerate(members):
                for b in members[a_at + 1 :]:
                    if (other[a] != other[b]).all():
                        pairs += 1
                        found += (a, b) in tied
        share = getattr(society.settings, name).tied.value
        assert found / pairs >= share - 4 * np.sqrt(share * (1 - share) / pairs), name
        assert found / pairs < share + 0.08, name  # kin and past settings add a few


def test_ties_of_a_setting_share_the_place(first):
    i, j, origin, places, counts = first
    for which, at in enumerate((FROM_WORK, FROM_WORK + 1, FROM_CLUB)):
        some = origin == at
        assert some.sum() > 1_000
        assert (places[i[some], which] == places[j[some], which]).all()
        assert places[:, which].max() == counts[which] - 1
    assert [name for name, *_ in SETTINGS] == list(ORIGINS[: len(SETTINGS)])


def test_kin_comes_first(first, society):
    """Of pairs in a kin group the share `tied` is kin, whatever else they share."""
    i, j, origin, *_ = first
    group = groups(3_000, society.settings.kin.size.value, 500, 1, 0)
    sizes = np.bincount(group)
    pairs = (sizes * (sizes - 1) // 2).sum()
    share = society.settings.kin.tied.value
    assert abs((origin == FROM_KIN).sum() / pairs - share) < 4 * np.sqrt(share * (1 - share) / pairs)
    assert (group[i[origin == FROM_KIN]] == group[j[origin == FROM_KIN]]).all()


@pytest.mark.parametrize("people, digest", DIGESTS.items())
def test_the_starting_graph_of_a_seed_stays_the_same(society, people, digest):
    """Whole numbers alone, so all machines have the same. Numbers of people in one cache tile, and in two."""
    i, j, origin, places, _ = starting_graph(people, society, 1)
    columns = (i.astype("<i8"), j.astype("<i8"), origin.astype("<i8"), places.astype("<i8"))
    assert hashlib.sha256(b"".join(column.tobytes() for column in columns)).hexdigest()[:16] == digest


def test_a_society_is_the_same_made_in_blocks(society, profiles, monkeypatch):
    at_once = generated_state(300, society, profiles, 1)
    monkeypatch.setattr(luck, "BLOCK", 1000)
    assert_identical(generated_state(300, society, profiles, 1), at_once)


def test_ties_are_made_in_tile_order(society, profiles):
    ties = generated_state(17_000, society, profiles, 1).ties
    assert (np.diff(tile_key(ties.i, ties.j)) > 0).all()


def test_a_generated_society_by_the_book(society, profiles):
    state = generated_state(1_000, society, profiles, 1)
    ties = state.ties
    kin = ties.kind == KIN
    assert np.array_equal(kin, ties.origin == FROM_KIN)
    assert (ties.kind[~kin] == FRIEND).all()
    assert np.unique(ties.c_ij[kin]).tolist() == [np.float32(0.3)]
    assert np.unique(ties.c_ji[~kin]).tolist() == [np.float32(0.1)]
    assert (ties.flags & SHARED).all()
    assert not (ties.flags & LINKED).any()
    for which, probability in ((kin, 0.9), (~kin, 0.1)):
        for bit in (KNOWS_IJ, KNOWS_JI):
            share = (ties.flags[which] & bit != 0).mean()
            assert abs(share - probability) < 4 * np.sqrt(probability * (1 - probability) / which.sum())
    for k, name in enumerate(ORIGINS[:5]):
        some = ties.origin == k
        far = getattr(society.distance, name).value
        assert abs((ties.flags[some] & FAR != 0).mean() - far) <= 4 * np.sqrt(far * (1 - far) / some.sum())
        mean, spread = getattr(society.chance, name).value, society.chance.spread.value
        assert np.log(ties.chance[some]).mean() == pytest.approx(np.log(mean) - spread**2 / 2, abs=0.1), name
        assert np.log(ties.chance[some]).std() == pytest.approx(spread, rel=0.1), name
    factor = society.affinity.kin.value
    assert np.log(ties.affinity[kin]).mean() == pytest.approx(np.log(factor), abs=0.1)
    assert np.log(ties.affinity[~kin]).mean() == pytest.approx(0, abs=0.02)
    assert np.log(ties.affinity[~kin]).std() == pytest.approx(society.affinity.spread.value, rel=0.02)


@pytest.mark.uncompiled
@pytest.mark.parametrize("people", [1, 2, 3])
def test_the_smallest_societies_live(society, profiles, people):
    grown = grow(society, profiles, 1, people, 0)
    assert grown.state.population == people
    assert grown.state.branched


# --- given graphs --------------------------------------------------------------------------------


def brought() -> nx.Graph:
    graph = nx.Graph()
    graph.add_node("alone")
    graph.add_edge("ann", "bob", kind="kin", closeness=0.8, linked=True)
    graph.add_edge("bob", "cem", kind="friend", closeness_from=0.5, closeness_to=0.1, chance=0.02, linked=False)
    graph.add_edge("ann", "cem")
    graph.add_edge("cem", "dee", kind="online", linked=True)
    return graph


@pytest.fixture
def graph():
    return from_networkx(brought(), "four friends")


def rows_of(state, graph) -> dict[tuple[str, str], dict]:
    ties = state.ties
    return {
        (graph.labels[i], graph.labels[j]): {name: column[row] for name, column in zip(ties._fields, ties)}
        for row, (i, j) in enumerate(zip(ties.i, ties.j))
    }


@pytest.mark.uncompiled
def test_what_a_graph_says_is_kept_and_what_it_leaves_open_is_drawn(graph, society, profiles):
    state = state_of_graph(graph, society, profiles, 1)
    assert state.population == 5
    rows = rows_of(state, graph)
    assert len(rows) == 4
    kin, friend, open_, online = rows["ann", "bob"], rows["bob", "cem"], rows["ann", "cem"], rows["cem", "dee"]
    assert (kin["kind"], kin["origin"]) == (KIN, FROM_KIN)
    assert (kin["c_ij"], kin["c_ji"]) == (np.float32(0.8), np.float32(0.8))
    assert (friend["c_ij"], friend["c_ji"]) == (np.float32(0.5), np.float32(0.1))
    assert friend["chance"] == np.float32(0.02)
    assert friend["origin"] in (FROM_WORK, FROM_CLUB)
    assert open_["kind"] == FRIEND
    assert 0 < open_["c_ij"] <= 0.9
    assert open_["chance"] > 0
    assert (online["kind"], online["origin"], online["chance"]) == (ONLINE, FROM_ONLINE, 0)
    assert not online["flags"] & SHARED
    assert kin["flags"] & SHARED
    assert not any(row["flags"] & LINKED for row in rows.values())  # links wait for the platform


@pytest.mark.uncompiled
def test_unknown_closeness_is_lognormal(society, profiles):
    state = state_of_graph(from_networkx(nx.complete_graph(60), "all"), society, profiles, 1)
    c = state.ties.c_ij.astype(float)
    assert np.median(c) == pytest.approx(0.08, rel=0.1)
    assert np.log(c[c < 0.9]).std() == pytest.approx(1.2, rel=0.1)
    assert c.max() <= np.float32(0.9)
    assert np.array_equal(state.ties.c_ij, state.ties.c_ji)  # one draw for a pair


@pytest.mark.uncompiled
def test_people_of_a_given_setting_work_there_and_others_nowhere(society, profiles):
    graph = nx.Graph([(0, 1), (1, 2), (2, 3)])
    nx.set_node_attributes(graph, {0: 0, 1: 0, 2: 1}, "setting")
    state = state_of_graph(from_networkx(graph, "classes"), society, profiles, 1)
    assert state.people.places[:, 0].tolist() == [0, 0, 1, -1]
    assert (state.people.places[:, 1:] == -1).all()
    assert state.place_counts == (2, 0, 0)
    assert state.ties.origin[0] == FROM_WORK
    assert state.ties.together.tolist() == [True, False, False]


@pytest.mark.uncompiled
def test_the_contacts_of_a_known_closeness_by_hand(society, profiles):
    """Visits alone, .12 each, no cards: a friend at .5 fades by .00385 of z = 1 a day: .0321 contacts a day."""
    rules = society_rules(society, profiles)._replace(
        visit=np.ones(2, np.float32), call=np.zeros(2, np.float32), cards=np.float32(0)
    )
    c = np.array([0.5, 0.5, 0.0])
    chance = np.array([0.0, 1.0, 0.0])  # a chance meeting a day is more than is needed
    found = contacts_needed(rules, np.array([1, 1, 1]), np.zeros(3, bool), c, c, chance)
    assert found == pytest.approx([(1 - 2 ** (-1 / 180)) / 0.12, 0, 0], rel=1e-5)


@pytest.mark.uncompiled
def test_affinity_shares_contacts_out_as_needed():
    """q c^gamma is then in proportion to the contacts needed, whatever gamma is."""
    c, needed = np.array([0.2, 0.5, 0.8]), np.array([1.0, 2.0, 4.0])
    for gamma in (1.0, 1.25):
        weight = affinity_of(needed, c, c, gamma) * c**gamma
        assert weight / weight[0] == pytest.approx([1, 2, 4])


def test_known_closeness_keeps_itself(society, profiles):
    """Where people's ties need as much contact as they have, closeness after a year is what it was.

    About 2 x 1.3 contacts a day of dose .1 over a decay of .00385 keep a sum of z = c/(1 - c) near 68: 38 ties of mean 1.75.
    """
    rng = np.random.default_rng(1)
    graph = nx.random_regular_graph(38, 120, seed=1)
    for _, _, tie in graph.edges(data=True):
        tie |= {"closeness": float(rng.choice([0.2, 0.5, 0.8])), "kind": "friend", "chance": 0.0}
    start = from_networkx(graph, "known")
    ties = grow(society, profiles, 1, 0, 1, start).state.ties
    key, first = tile_key(ties.i, ties.j), tile_key(start.i, start.j)
    known = np.isin(first, key)
    assert known.mean() > 0.95
    later = ((ties.c_ij + ties.c_ji) / 2)[np.searchsorted(key, first[known])]
    means = [later[start.closeness_ij[known] == np.float32(c)].mean() for c in (0.2, 0.5, 0.8)]
    assert means == pytest.approx([0.2, 0.5, 0.8], abs=0.12)


@pytest.mark.uncompiled
def test_known_links_wait_with_their_pairs(graph, society, profiles):
    state = state_of_graph(graph, society, profiles, 1)
    number = {label: k for k, label in enumerate(graph.labels)}

    def pair(a, b):
        i, j = sorted((number[a], number[b]))
        known, linked = state.known_links.of(np.array([i]), np.array([j]))
        return bool(known[0]), bool(linked[0])

    assert pair("ann", "bob") == (True, True)
    assert pair("bob", "cem") == (True, False)
    assert pair("ann", "cem")[0] is False
    assert pair("alone", "dee")[0] is False
    members = {graph.labels[person] for person in state.known_links.people}
    assert members == {"ann", "bob", "cem", "dee"}


def test_new_acquaintances_follow_relational_mobility(tiny):
    """Twice the mobility score of the reference, a = 1: new ties times exp(0.182)."""
    us = tiny.profiles["us"]
    mobile = us.model_copy(update={"mobility": us.mobility.at(us.mobility.value + 0.5)})
    rules = society_rules(tiny.society, ((us, 0.5), (mobile, 0.5)))
    ratio = rules.new_ties[1] / rules.new_ties[0]
    assert ratio == pytest.approx(np.exp(0.5 * tiny.society.turnover.mobility.value), rel=1e-5)
