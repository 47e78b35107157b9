"""Platforms whose links need no return, and accounts that do not tell who a person is (docs/model.md 7.9)."""

from types import SimpleNamespace

import numpy as np
import pytest
from conftest import grown_for
from worlds import assert_identical, default_rules, random_world, world

import sim
from sim import draws
from sim.society.population import spread_around_one
from sim.world import following, links
from sim.world.columns import ENDED, LINKED, LINKED_IJ, LINKED_JI, ONLINE, SHARED
from sim.world.kernels.links import choose_accounts
from sim.world.luck import link_probability
from sim.world.rows import index_by_person
from sim.world.state import link_only, tile_key

STRANGERS = {"known_share": 0.0, "audience_spread": 1.5}
FRIENDS = {"known_share": 1.0, "audience_spread": 1.5}


@pytest.fixture(scope="module")
def open_platforms(a_study, a_platform):
    """Arms by name: half friends and half strangers, friends alone, strangers alone; with the profile's numbers as set."""
    half = {"following": {"known_share": 0.5, "audience_spread": 1.5}}
    arms = a_platform("half", '"us.links" = 40.0, "us.recip" = 0.22', **half)
    arms += a_platform("rarely-returned", '"us.links" = 40.0, "us.recip" = 0.02', **half)
    arms += a_platform("never-returned", '"us.links" = 40.0, "us.recip" = 0.0', **half)
    arms += a_platform("often-returned", '"us.links" = 40.0, "us.recip" = 0.9', **half)
    arms += a_platform("alike", '"us.links" = 40.0, "us.recip" = 0.0, "us.status" = 0.0', following=STRANGERS)
    arms += a_platform("by-audience", '"us.links" = 40.0, "us.recip" = 0.0, "us.status" = 1.0', following=STRANGERS)
    arms += a_platform("friends", '"us.links" = 40.0, "us.recip" = 0.0', following=FRIENDS)
    for kept in ("random", "faintest"):
        arms += a_platform(f"kept-{kept}", f'"us.links" = 40.0, "us.recip" = 0.0, "links.kept" = "{kept}"', following=FRIENDS)
    named = {"following": FRIENDS, "pseudonyms": {"told": 0.3}}
    arms += a_platform("nobody-hides", '"us.links" = 40.0, "us.recip" = 0.0, "us.pseudo" = 0.0', **named)
    arms += a_platform("all-hide", '"us.links" = 40.0, "us.recip" = 0.0, "us.pseudo" = 1.0', **named)
    arms += a_platform("hidden-wall", '"us.pseudo" = 1.0', pseudonyms={"told": 0.3})
    arms += a_platform("no-place", links={"cost": 1.0})
    arms += a_platform("no-place-to-follow", links={"cost": 1.0}, following=FRIENDS)
    return a_study(arms, name="open-platforms", people=400)


@pytest.fixture(scope="module")
def grown(open_platforms):
    return grown_for(open_platforms)


@pytest.fixture
def joined(open_platforms, grown):
    """The world of an arm on the day when its platform has been joined."""

    def world(arm: str) -> sim.World:
        one = sim.World(open_platforms, arm, 1, grown=grown)
        one.run(1)
        return one

    return world


def followed(state) -> np.ndarray:
    """(people,) how many accounts each follows."""
    ties = state.ties
    by_i, by_j = ties.i[ties.flags & LINKED_IJ != 0], ties.j[ties.flags & LINKED_JI != 0]
    return np.bincount(by_i, minlength=state.population) + np.bincount(by_j, minlength=state.population)


def followers(state) -> np.ndarray:
    """(people,) how many follow each."""
    ties = state.ties
    of_j, of_i = ties.j[ties.flags & LINKED_IJ != 0], ties.i[ties.flags & LINKED_JI != 0]
    return np.bincount(of_i, minlength=state.population) + np.bincount(of_j, minlength=state.population)


def mutual_share(state) -> float:
    """Share of mutual pairs among linked pairs."""
    flags = state.ties.flags & LINKED
    return (flags == LINKED).sum() / (flags > 0).sum()


def test_nobody_follows_more_than_there_are_places(joined):
    state = joined("rarely-returned").state
    assert (followed(state) <= state.people.link_places + state.people.stranger_places).all()
    wanted = state.people.stranger_places[state.people.member].mean()
    strangers = link_only(state.ties)
    of_strangers = (state.ties.flags[strangers] & LINKED_IJ != 0).sum() + (state.ties.flags[strangers] & LINKED_JI != 0).sum()
    assert of_strangers / state.people.member.sum() == pytest.approx(wanted, rel=0.1)


@pytest.mark.parametrize("arm", ["friends", "kept-random", "kept-faintest"])
def test_friends_are_followed_in_turn(joined, grown, arm):
    """Person by person: the closest friends first, or the faintest, or in the order of a draw of one's side of the tie."""
    one = joined(arm)
    state, before = one.state, grown.state.ties
    people, ties = state.people, state.ties
    assert (tile_key(ties.i, ties.j) == tile_key(before.i, before.j)).all()
    both = people.member[ties.i] & people.member[ties.j] & (ties.flags & ENDED == 0) & ~link_only(ties)
    somebody_waits = 0
    for person in np.flatnonzero(people.member):
        own = np.flatnonzero(both & ((ties.i == person) | (ties.j == person)))
        mine = ties.i[own] == person
        c = np.where(mine, before.c_ij[own], before.c_ji[own])
        u = draws.uniforms(1, draws.LINK, 0, ties.i[own], ties.j[own])[:, 0]
        by_chance = draws.uniforms(1, draws.LINK, 0, ties.i[own], ties.j[own], item=1)
        by_chance = np.where(mine, by_chance[:, 0], by_chance[:, 1])
        turn = {"friends": -c, "kept-random": by_chance, "kept-faintest": c}[arm]
        wanted = sorted(np.flatnonzero(u < link_probability(one.rules, c)), key=lambda k: (turn[k], own[k]))
        follows = ties.flags[own] & np.where(mine, LINKED_IJ, LINKED_JI) != 0
        assert set(np.flatnonzero(follows)) == set(wanted[: people.link_places[person]])
        somebody_waits += len(wanted) > people.link_places[person]
    assert somebody_waits > 100


def test_the_share_of_mutual_pairs_comes_out(joined):
    assert mutual_share(joined("half").state) == pytest.approx(0.22, abs=0.02)
    assert mutual_share(joined("often-returned").state) > 0.5


def test_where_choices_are_mutual_enough_nobody_returns(joined):
    """Many of two close friends follow each other of themselves."""
    state = joined("rarely-returned").state
    assert mutual_share(state) > 0.05
    assert_identical(state, joined("never-returned").state)


def test_a_return_takes_the_place_of_a_stranger(joined):
    """So nobody follows more accounts because some are returned, except who has no such stranger."""
    half, rarely = joined("half").state, joined("rarely-returned").state
    flags, strangers = half.ties.flags & LINKED, link_only(half.ties)
    some = np.zeros(half.population, np.bool_)
    some[half.ties.i[strangers & (flags == LINKED_IJ)]] = some[half.ties.j[strangers & (flags == LINKED_JI)]] = True
    np.testing.assert_array_equal(followed(half)[some], followed(rarely)[some])
    assert some.mean() > 0.5
    assert mutual_share(half) > mutual_share(rarely) + 0.03


def followed_one_way(pairs: int, **columns):
    """Pairs of members, each with a link of the first to the second."""
    traits = dict(member=True, link_places=10, stranger_places=10)
    return world(2 * pairs, [(2 * k, 2 * k + 1) for k in range(pairs)], flags=LINKED_IJ | SHARED, people=traits, **columns)


def profile_with(recip: float) -> SimpleNamespace:
    return SimpleNamespace(recip=SimpleNamespace(value=recip))


def test_the_closer_the_likelier_is_a_return():
    """The chance is in proportion to floor + the closeness that the one who returns feels: .02 + .08 against .02 + .38."""
    many = 4000
    near = np.repeat([False, True], many // 2)
    state = followed_one_way(many, c_ij=np.where(near, 0.1, 0.9), c_ji=np.where(near, 0.38, 0.08))
    following.follow_back(state, default_rules(), ((profile_with(0.2), 1.0),), np.ones(2 * many, np.bool_), 1)
    returned = (state.ties.flags & LINKED == LINKED).reshape(2, -1).mean(axis=1)
    assert returned.mean() * (1 + 0.2) == pytest.approx(0.2, abs=0.02)  # no stranger is given up here
    assert returned[1] / returned[0] == pytest.approx(0.4 / 0.1, rel=0.2)


def test_the_owner_of_a_pseudonym_tells_those_close_to_the_owner():
    """0 feels .9 for 1, and 1 feels .1 for 0. So 1 does not tell 0 the own pseudonym, and 0 would tell 1."""
    for hidden, follows in ((1, LINKED_JI), (0, LINKED)):
        traits = dict(member=True, pseudonym=[hidden == 0, hidden == 1])
        state = world(2, [(0, 1)], flags=SHARED, c_ij=0.9, c_ji=0.1, people=traits)
        rules = default_rules(link_share=1.0, told=0.3)
        following.follow_friends(state, rules, np.full(2, 5, np.int32), np.ones(2, np.bool_), 1)
        assert state.ties.flags[0] & LINKED == follows


def test_strangers_are_followed_by_audience(joined):
    """With status 0 all alike; with status 1 in proportion to the audience: the tenth with the largest have their share."""
    alike, by_audience = joined("alike").state, joined("by-audience").state
    audience = spread_around_one(alike.population, draws.ACCOUNT, 1.5, 1, item=1).astype(float)
    audience *= alike.people.member
    top = audience >= np.quantile(audience[alike.people.member], 0.9)
    expected = audience[top].sum() / audience.sum()

    def share(state):
        return followers(state)[top].sum() / followers(state).sum()

    assert share(alike) == pytest.approx(0.1, abs=0.02)
    assert expected > 0.3
    assert 0.2 < share(by_audience) <= expected + 0.02  # people follow an account once, however large


def test_who_hides_is_followed_by_those_alone_who_are_told(joined):
    state = joined("all-hide").state
    ties = state.ties
    assert state.people.pseudonym.sum() == state.people.member.sum()
    assert (ties.c_ji[ties.flags & LINKED_IJ != 0] >= 0.3).all()
    assert (ties.c_ij[ties.flags & LINKED_JI != 0] >= 0.3).all()
    assert followed(state).any()
    assert (state.people.shown == -1).all()


def test_where_nobody_hides_a_choice_of_names_changes_nothing(joined):
    assert_identical(joined("nobody-hides").state, joined("friends").state)


def test_where_links_need_a_return_both_must_know_who_it_is(joined):
    ties = joined("hidden-wall").state.ties
    linked = (ties.flags & LINKED != 0) & ~link_only(ties)
    assert linked.any()
    assert np.minimum(ties.c_ij[linked], ties.c_ji[linked]).min() >= 0.3


def test_without_places_it_does_not_matter_whether_links_need_a_return(open_platforms, grown):
    worlds = [sim.World(open_platforms, arm, 1, grown=grown) for arm in ("no-place", "no-place-to-follow")]
    for one in worlds:
        one.run(61)
    assert_identical(*(one.state for one in worlds))


def test_who_follows_reads_and_who_does_not_does_not(open_platforms, grown):
    world = sim.World(open_platforms, "alike", 1, grown=grown)
    world.run(10)
    ties = world.state.ties
    one_way = ties.flags & LINKED == LINKED_IJ
    assert one_way.any()
    assert (ties.view_ij[one_way] > 0).any()
    assert not ties.view_ji[one_way].any()


def test_the_same_people_follow_whatever_the_threads(open_platforms, grown):
    worlds = [sim.World(open_platforms, "half", 1, grown=grown, threads=threads) for threads in (1, 3)]
    for one in worlds:
        one.run(61)
    assert_identical(*(one.state for one in worlds))


# --- what the kernel does, person by person ---------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_accounts_are_chosen_as_the_words_say(seed):
    """docs/model.md 7.9, whom people follow, step 2: tries in their order, while there is a place, eight for each."""
    rng = np.random.default_rng(seed)
    size = 30
    state = random_world(seed, size, 0, online=True, one_way=True)
    state.people.member[:] = rng.random(size) < 0.8
    free = np.where(state.people.member, rng.integers(0, 12, size), 0).astype(np.int32)
    weights = np.cumsum(rng.lognormal(0, 1.5, (3, size)), axis=1)
    ties = state.ties
    index = index_by_person(size, ties.i, ties.j, np.ones(ties.i.size, np.bool_))
    who, whom = choose_accounts(np.uint64(seed), state.people, ties, link_only(ties), index, free, weights)
    expected = []
    for person in range(size):
        passed_over = {person}
        for i, j, flags, only in zip(ties.i.tolist(), ties.j.tolist(), ties.flags.tolist(), link_only(ties)):
            if person in (i, j) and not (only and not flags & (LINKED_IJ if person == i else LINKED_JI)):
                passed_over.add(j if person == i else i)
        left, own = free[person], weights[state.people.profile[person]]
        for item in range(8 * free[person]):
            u, finer, _, _ = draws.draw(np.uint64(seed), draws.FOLLOW, 0, person, person, item)
            other = next(k for k in range(size) if own[k] > (float(u) + float(finer) * 2.0**-24) * own[-1])
            if left and state.people.member[other] and other not in passed_over:
                expected.append((person, other))
                passed_over.add(other)
                left -= 1
    assert list(zip(who.tolist(), whom.tolist())) == expected
    assert expected


@pytest.mark.parametrize("of_strangers", [False, True])
def test_links_take_a_place_of_the_person_who_has_them(of_strangers):
    """Ties linked both ways, one way, the other way or not; with people met, and with people known online alone."""
    state = random_world(3, 40, 0, online=True, one_way=True)
    rng = np.random.default_rng(3)
    state.people.member[:] = rng.random(40) < 0.8
    state.people.link_places[:], state.people.stranger_places[:] = rng.integers(0, 30, (2, 40))
    free = links.free_stranger_places(state) if of_strangers else links.free_places(state)
    left = (state.people.stranger_places if of_strangers else state.people.link_places).tolist()
    ties, sorts = state.ties, set()
    for i, j, kind, flags in zip(ties.i.tolist(), ties.j.tolist(), ties.kind.tolist(), ties.flags.tolist()):
        if (kind == ONLINE) == of_strangers:
            left[i] -= flags & LINKED_IJ != 0
            left[j] -= flags & LINKED_JI != 0
            sorts.add(flags & LINKED)
    expected = [max(places, 0) if member else 0 for places, member in zip(left, state.people.member.tolist())]
    assert free.tolist() == expected
    assert sorts == {0, LINKED_IJ, LINKED_JI, LINKED}
    assert 0 < sum(places > 0 for places in expected) < 40
