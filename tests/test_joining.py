"""The platform comes and goes: who joins, who is linked to whom, what is left when it is gone (docs/model.md 7.9)."""

import math
import re

import networkx as nx
import numpy as np
import pytest
from conftest import SCENARIOS, grown_for
from scipy import stats
from worlds import assert_identical, share_a_place

import sim
from sim import draws
from sim.society.graphs import from_networkx
from sim.society.population import spread_around_one
from sim.world import joining, links, luck
from sim.world.columns import (
    ENDED,
    FRIEND,
    FROM_ONLINE,
    FROM_PAST,
    GREETED_IJ,
    GREETED_JI,
    KIN,
    LINKED,
    NEW_TIE,
    ONLINE,
    ONLINE_BORN,
    SHARED,
)
from sim.world.luck import link_probability
from sim.world.rules import society_rules
from sim.world.state import new_people, tile_key

ARMS = """
[arms.leaves]
platform = "wall-2009"
schedule = [{ day = 40, platform = "none" }]
[arms.again]
platform = "wall-2009"
schedule = [{ day = 40, platform = "none" }, { day = 60, platform = "wall-2009" }]
[arms.everybody]
platform = "wall-2009"
set = { "platform.adoption" = 1.0 }
[arms.few]
platform = "wall-2009"
set = { "platform.adoption" = 0.2 }
[arms.closed]
platform = "wall-2009"
set = { "us.overlap" = 1.0 }
[arms.half-real]
platform = "wall-2009"
set = { "us.overlap" = 0.5 }
[arms.longer]
platform = "wall-2009"
set = { "platform.minutes" = 100.0, "us.minutes_ratio" = 2.0 }
[arms.dates]
platform = "wall-2009"
set = { "prompts.false_share" = 0.3, "prompts.hidden_share" = 0.2 }
[arms.kept-random]
platform = "wall-2009"
set = { "platform.adoption" = 1.0, "links.kept" = "random" }
[arms.kept-faintest]
platform = "wall-2009"
set = { "platform.adoption" = 1.0, "links.kept" = "faintest" }
[arms.displaced]
platform = "wall-2009"
set = { "response.displacement" = 0.39 }
"""


@pytest.fixture(scope="module")
def study(a_study):
    return a_study(ARMS, name="joining", people=1200, burn_in='"1y"')


@pytest.fixture(scope="module")
def grown(study):
    return grown_for(study)


@pytest.fixture(scope="module")
def joined(study, grown):
    """A function: the world of an arm after its first day."""

    def world(arm: str, days: int = 1) -> sim.World:
        one = sim.World(study, arm, 1, grown=grown)
        one.run(days)
        return one

    return world


def linked(world) -> np.ndarray:
    return world.state.ties.flags & LINKED != 0


# --- members -------------------------------------------------------------------------------------


@pytest.mark.parametrize("arm, adoption", [("wall", 0.8), ("few", 0.2), ("everybody", 1.0)])
def test_the_adopted_share_joins(joined, arm, adoption):
    world = joined(arm)
    adoption = world.timeline[0][1].adoption.value
    member = world.state.people.member
    assert abs(member.mean() - adoption) <= 4 * np.sqrt(adoption * (1 - adoption) / member.size)


def test_who_joins_at_little_adoption_joins_at_much(joined):
    few, many = joined("few").state.people.member, joined("wall").state.people.member
    assert (few <= many).all()
    assert few.any()


def test_a_member_shows_the_true_birthday_and_others_none(joined):
    people = joined("wall").state.people
    assert np.array_equal(people.shown[people.member], people.birthday[people.member])
    assert (people.shown[~people.member] == -1).all()


MANY = 40_000


@pytest.fixture(scope="module")
def dates(study):
    """A function: true dates of many people, and those they would show, for shares of false and hidden ones."""
    prompts = study.resolve("wall", {}).timeline[0][1].prompts

    def shown(false: float, hidden: float = 0.0, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
        birthday = (np.arange(MANY) % 365).astype(np.int16)
        shares = dict(false_share=prompts.false_share.at(false), hidden_share=prompts.hidden_share.at(hidden))
        return birthday, joining.dates_shown(birthday, prompts.model_copy(update=shares), seed)

    return shown


@pytest.mark.parametrize("false, hidden", [(0, 0), (0.02, 0), (0.3, 0.5), (0, 0.1), (1, 0), (0, 1)])
def test_the_given_shares_show_another_date_or_none(dates, false, hidden):
    birthday, shown = dates(false, hidden)
    none, another = shown == -1, (shown != birthday) & (shown != -1)
    assert ((shown >= -1) & (shown < 365)).all()
    for found, share in ((none, hidden), (another, false)):
        assert abs(found.mean() - share) <= 4 * np.sqrt(share * (1 - share) / MANY)


def test_false_dates_are_anywhere_else_in_the_year(dates):
    birthday, shown = dates(1.0)
    ahead = (shown - birthday) % 365
    assert set(ahead.tolist()) == set(range(1, 365))  # never the true one
    assert stats.chisquare(np.bincount(ahead)[1:]).pvalue > 1e-3


@pytest.mark.uncompiled
def test_the_date_shown_by_hand(dates):
    birthday, shown = dates(0.3, 0.2, seed=7)
    for person in range(0, MANY, 397):
        who, which, _, _ = (float(u) for u in draws.draw(np.uint64(7), draws.SHOWN, 0, person, person))
        if who < 0.3:
            expected = (int(birthday[person]) + 1 + int(364 * which)) % 365
        else:
            expected = -1 if who < 0.3 + 0.2 else birthday[person]
        assert shown[person] == expected


def test_who_shows_a_false_date_among_few_does_so_among_many(dates):
    """And the same one; whoever hides theirs moves nobody."""
    birthday, few = dates(0.02)
    _, more = dates(0.05)
    _, hiding = dates(0.02, 0.3)
    false = few != birthday
    assert np.array_equal(few[false], more[false])
    assert np.array_equal(few[false], hiding[false])
    assert (more != birthday).sum() > 2 * false.sum()
    assert (few == more)[more == birthday].all()
    assert set(hiding[few != hiding].tolist()) == {-1}


def test_dates_are_all_that_false_and_hidden_shares_change_of_people(joined):
    people, usual = joined("dates").state.people, joined("wall").state.people
    assert (people.shown[~people.member] == -1).all()
    others = people.member & (people.shown == people.birthday)
    assert others.sum() / people.member.sum() == pytest.approx(0.5, abs=0.06)
    for name, column in usual._asdict().items():
        some = others if name == "shown" else slice(None)
        np.testing.assert_array_equal(column[some], getattr(people, name)[some], err_msg=name)


def test_without_prompts_in_the_platform_the_true_date_is_shown():
    birthday = np.arange(9)
    assert joining.dates_shown(birthday, None, 1) is birthday


def test_minutes_are_the_eras_times_the_profiles(joined):
    base, longer = joined("wall").state.people, joined("longer").state.people
    member = base.member
    assert not base.minutes[~member].any()
    expected = 4 * base.minutes[member] * 50 / joined("wall").timeline[0][1].minutes.value
    assert longer.minutes[member] == pytest.approx(expected, rel=1e-5)
    era = joined("wall").timeline[0][1].minutes.value
    minutes = base.minutes[member].astype(float)
    assert abs(minutes.mean() - era) < 4 * minutes.std() / np.sqrt(member.sum())


def test_items_scale_with_own_minutes(joined):
    base, longer = joined("wall"), joined("longer")
    minutes, items = longer.state.people.minutes, longer.state.people.items
    feed, member = longer.timeline[0][1].feed, base.state.people.member
    era = longer.timeline[0][1].minutes.value
    expected = np.minimum(feed.items.value / era, feed.reading_share.value / feed.item_minutes.value) * minutes[member]
    assert items[member] == pytest.approx(expected, rel=1e-5)


def posts_of(study, post: float, ratio: float, measured: float) -> np.ndarray:
    """Posts a day of 20,000 members of one profile."""
    point = {"us.post": post, "us.minutes_ratio": ratio, "us.post_minutes_ratio": measured}
    settings = study.resolve("everybody", point)
    people = new_people(20_000, member=True)
    era = settings.timeline[0][1].minutes.value
    spread = spread_around_one(people.member.size, draws.MINUTES, settings.society.people.minutes_spread.value, 1)
    people.minutes[:] = era * ratio * spread
    return joining.usage(people, settings.timeline[0][1], settings.society, settings.profiles, 1)["posts"]


def test_a_profile_posts_what_its_source_says_and_keeps_that_a_minute(study):
    us, few_minutes = posts_of(study, 1.0, 1.0, 1.0), posts_of(study, 0.5, 0.37, 0.37)
    usual = study.resolve("everybody").timeline[0][1].feed.posts.value
    assert abs(us.mean() - usual) < 4 * us.std() / np.sqrt(us.size)
    np.testing.assert_allclose(few_minutes, 0.5 * us, rtol=1e-5)  # the same people, by half
    np.testing.assert_allclose(posts_of(study, 0.5, 1.0, 0.37), us * 0.5 / 0.37, rtol=1e-5)


def test_what_displacement_leaves_each_member(joined):
    """f = 1 - d min(m, h)/h; others keep all."""
    people = joined("displaced").state.people
    m, h = people.minutes.astype(float), people.social.astype(float)
    expected = np.where(people.member & (h > 0), 1 - 0.39 * np.minimum(m, h) / np.where(h > 0, h, 1), 1)
    assert people.kept == pytest.approx(expected, rel=1e-5)
    assert people.kept[people.member].mean() < 0.95


# --- links ---------------------------------------------------------------------------------------


def test_links_join_members_only(joined):
    world = joined("wall")
    ties, member = world.state.ties, world.state.people.member
    assert (member[ties.i[linked(world)]] & member[ties.j[linked(world)]]).all()
    assert not (ties.flags[linked(world)] & ENDED).any()


def at_the_branch(world, grown):
    """Mean closeness at the branch of each tie of then, and its row in the world."""
    before, ties = grown.state.ties, world.state.ties
    return (before.c_ij + before.c_ji) / 2, np.searchsorted(tile_key(ties.i, ties.j), tile_key(before.i, before.j))


def held(world, *kinds) -> np.ndarray:
    """(people,) links of each person that are of these kinds of tie."""
    ties = world.state.ties
    of_kind = linked(world) & np.isin(ties.kind, kinds)
    return np.bincount(np.concatenate([ties.i[of_kind], ties.j[of_kind]]), minlength=world.state.population)


@pytest.mark.parametrize("arm", ["everybody", "kept-random", "kept-faintest"])
def test_links_to_the_living_are_given_in_turn_while_both_have_a_place(joined, grown, arm):
    """A pair that chance leaves in is not linked only if one of the two has given all places to pairs before it.

    The closest come first, or the faintest, or the order is that of a draw of the pair.
    """
    world = joined(arm)
    people, ties = world.state.people, world.state.ties
    closeness, at = at_the_branch(world, grown)
    i, j, has = ties.i[at], ties.j[at], linked(world)[at]
    by_chance = draws.uniforms(1, draws.LINK, 0, i, j, item=1)[:, 0]
    turn = {"everybody": -closeness, "kept-random": by_chance, "kept-faintest": closeness}[arm]
    wanted = luck.pair_uniforms(1, draws.LINK, 0, i, j) < link_probability(world.rules, closeness)
    assert not (has & ~wanted).any()
    free, expected = people.link_places.copy(), np.zeros(has.size, bool)
    for row in sorted(np.flatnonzero(wanted), key=lambda row: (turn[row], row)):
        if free[i[row]] > 0 and free[j[row]] > 0:
            expected[row] = True
            free[[i[row], j[row]]] -= 1
    np.testing.assert_array_equal(has, expected)
    assert 0.2 < has[wanted].mean() < 0.95  # both happen


def test_who_gives_way_decides_how_close_friends_on_the_platform_are(joined, grown):
    """With about as many links in each arm."""
    means, numbers = [], []
    for arm in ("everybody", "kept-random", "kept-faintest"):
        closeness, at = at_the_branch(joined(arm), grown)
        has = linked(joined(arm))[at]
        means.append(closeness[has].mean())
        numbers.append(has.sum())
    assert means[0] > 1.1 * means[1] > 1.2 * means[2]
    assert numbers == pytest.approx([numbers[0]] * 3, rel=0.1)


def test_whom_a_platform_keeps_cannot_be_changed_once_it_is_there(joined):
    world = joined("everybody")
    with pytest.raises(sim.InputError, match=r"links\.kept: settled for each person on joining"):
        world.platform.set({"links.kept": "random"})


def test_nobody_has_more_links_than_places(joined):
    for arm in ("wall", "everybody", "few", "half-real"):
        world = joined(arm)
        assert (held(world, KIN, FRIEND) <= world.state.people.link_places).all(), arm


@pytest.mark.parametrize("links, overlap", [(30.0, 0.93), (80.0, 0.85), (10.0, 0.5)])
def test_links_are_the_number_of_the_profile(study, grown, links, overlap):
    """Everybody a member. Places and links differ by less than a tenth, and so do overlap and the part of links to people met."""
    world = sim.World(study, "everybody", 1, grown=grown, point={"us.links": links, "us.overlap": overlap})
    world.run(1)
    met, never = held(world, KIN, FRIEND), held(world, ONLINE)
    places = (world.state.people.link_places + world.state.people.stranger_places).astype(float)
    assert (met + never).mean() == pytest.approx(places.mean(), rel=0.1)
    assert met.sum() / (met + never).sum() == pytest.approx(overlap, rel=0.1)
    assert abs(places.mean() - links) < 4 * places.std() / np.sqrt(places.size)


def test_people_keep_their_rank_in_links_under_every_profile(study, grown):
    numbers = []
    for point in ({"us.links": 180.0, "us.overlap": 0.9}, {"us.links": 30.0, "us.overlap": 0.93}):
        settings = study.resolve("everybody", point)
        people = new_people(2000, member=True)
        met, never = links.places(people, settings.timeline[0][1], settings.society, settings.profiles, 1, 1.0)
        numbers.append(met + never)
    assert stats.spearmanr(*numbers).statistic > 0.995  # whole numbers tie
    assert numbers[0].mean() == pytest.approx(180, rel=0.1)


def test_overlap_is_of_each_profile_in_a_mixed_society(a_study, scenarios):
    text = (SCENARIOS / "profiles" / "us.toml").read_text("utf-8")
    for name, values in {"closed": (30, 0.95), "open": (40, 0.4)}.items():
        number = '{{ value = {}, unit = "of", status = "assumed", source = "made up" }}'
        changed = text.replace('name = "us"', f'name = "{name}"')
        for key, value in zip(("links", "overlap"), values):
            changed = re.sub(rf"^{key} = .*$", f"{key} = {number.format(value)}", changed, flags=re.MULTILINE)
        (scenarios / "profiles" / f"{name}.toml").write_text(changed, "utf-8")
    study = a_study(profiles="{ closed = 0.5, open = 0.5 }", name="mixed", people=800, burn_in='"1y"')
    world = sim.World(study, "wall", 1, point={"platform.adoption": 1.0})
    world.run(1)
    met, never, profile = held(world, KIN, FRIEND), held(world, ONLINE), world.state.people.profile
    for number, (_, overlap) in enumerate(((30, 0.95), (40, 0.4))):
        own = profile == number
        assert met[own].sum() / (met + never)[own].sum() == pytest.approx(overlap, rel=0.15)


def test_a_member_without_a_place_is_not_linked_to_somebody_new(study, grown):
    full, roomy = (sim.World(study, "everybody", 1, grown=grown) for _ in range(2))
    for world in (full, roomy):
        world.run(1)
        before = tile_key(world.state.ties.i, world.state.ties.j)
        world.state.people.link_places[:] = 0 if world is full else 10_000
        world.run(2 * 30)
        ties = world.state.ties
        new = (ties.class_ij == NEW_TIE) & ~np.isin(tile_key(ties.i, ties.j), before)
        has = linked(world)[new]
        assert new.sum() > 100
        assert not has.any() if world is full else 0.6 < has.mean() < 0.9


@pytest.mark.uncompiled
def test_the_probability_of_a_link_by_hand(tiny):
    """1 - (1 - .7) exp(-8 c): .7 for strangers to each other, 1 - .3/e at c = 1/8."""
    rules = society_rules(tiny.society, ((tiny.profiles["us"], 1.0),))._replace(link_share=0.7, link_slope=8.0)
    assert link_probability(rules, 0.0) == pytest.approx(0.7)
    assert link_probability(rules, 0.125) == pytest.approx(1 - 0.3 / np.e)


def without_a_living_tie(world) -> np.ndarray:
    """Rows of links to former acquaintances and to people never met."""
    return world.state.ties.class_ij == ONLINE_BORN


def test_no_member_has_fewer_links_for_being_many(joined):
    """Nor more: how many one wants is one's own, whoever else has joined, but for the people who are there."""
    found = [2 * without_a_living_tie(w).sum() / w.state.people.member.sum() for w in (joined("wall"), joined("everybody"))]
    assert found[0] == pytest.approx(found[1], rel=0.3)


def test_ties_born_online_have_no_closeness_and_no_meetings(joined, grown):
    world = joined("half-real")
    ties = world.state.ties
    born = without_a_living_tie(world)
    assert born.sum() > 1000
    assert np.array_equal(ties.kind == ONLINE, born & (ties.origin == FROM_ONLINE))
    assert set(ties.origin[born]) <= {FROM_ONLINE, FROM_PAST}
    for name in ("chance", "c_ij", "c_ji", "affinity"):
        assert not getattr(ties, name)[born & (ties.touch == 0)].any(), name
    assert not (ties.flags[born] & SHARED).any()  # no cards
    assert np.array_equal(ties.together, share_a_place(world.state))  # so they may exchange in a community
    assert ties.together[born].any()
    assert not np.isin(tile_key(ties.i, ties.j)[born], tile_key(grown.state.ties.i, grown.state.ties.j)).any()


def test_strangers_are_unevenly_spread(joined):
    """Lognormal sociability: the most linked tenth has several times the links of the least linked half."""
    world = joined("half-real")
    ties, people = world.state.ties, world.state.people
    born = without_a_living_tie(world)
    count = np.sort(np.bincount(np.concatenate([ties.i[born], ties.j[born]]), minlength=1200)[people.member])
    tenth, half = count[-len(count) // 10 :].mean(), count[: len(count) // 2].mean()
    assert tenth > 2.5 * half


def test_linked_greetings_begin_at_once(joined):
    """Level solved at the branch: with the slope of the file the linked greet as often as without."""
    world = joined("wall", days=365)
    ties, people = world.state.ties, world.state.people
    on = linked(world)
    propensity = 1 / (1 + np.exp(-people.greet.astype(float)))
    expected = world.rules.active * (propensity[ties.i[on]].sum() + propensity[ties.j[on]].sum())
    assert world.state.tally.received[..., 5, 1].sum() == pytest.approx(expected, rel=0.1)


# --- leaving -------------------------------------------------------------------------------------


def test_when_the_platform_goes_nothing_of_it_is_left(joined):
    world = joined("leaves", 40)
    assert linked(world).any()
    assert world.state.ties.touch.any()
    world.run(1)
    ties, people = world.state.ties, world.state.people
    assert not (ties.flags & (LINKED | GREETED_IJ | GREETED_JI)).any()
    assert not ties.touch.any()
    assert not ties.exchange.any()
    assert not people.member.any()
    assert not people.minutes.any()
    assert (people.shown == -1).all()
    assert (people.kept == 1).all()
    assert not world.rules.prompts
    assert not world.rules.online
    greetings = world.state.tally.received[..., 5:, :].sum()
    world.run(60)
    assert world.state.tally.received[..., 5:, :].sum() == greetings


def test_who_comes_back_is_linked_to_the_same_people(joined):
    """The luck of a pair is its own: with closeness a little lower, nearly all links of real ties are there again."""
    before, after = joined("again", 40), joined("again", 61)
    old, new = (
        set(zip(w.state.ties.i[on].tolist(), w.state.ties.j[on].tolist()))
        for w, on in ((w, linked(w) & ~without_a_living_tie(w)) for w in (before, after))
    )
    assert len(old & new) > 0.9 * len(old)
    assert np.array_equal(before.state.people.member, after.state.people.member)


def test_leaving_what_was_never_joined_changes_nothing(study, grown):
    world = sim.World(study, "none", 1, grown=grown)
    world.run(10)
    before = world.state.copy()
    joining.leave(world.state, world.rules)
    for name, column in zip(before.people._fields, before.people):
        np.testing.assert_array_equal(column, getattr(world.state.people, name), err_msg=name)
    assert np.array_equal(before.ties.flags, world.state.ties.flags)


# --- a given graph -------------------------------------------------------------------------------


def test_known_links_are_kept_and_their_people_are_members(a_study):
    """A ring of 40 whose even ties are linked and odd ones not; chords are unknown. Adoption of the file: 0."""
    arms = '[arms.nobody]\nplatform = "wall-2009"\nset = { "platform.adoption" = 0.0, "us.overlap" = 1.0 }\n'
    study = a_study(arms, name="known-links", burn_in='"1y"')
    graph = nx.Graph()
    for k in range(40):
        graph.add_edge(k, (k + 1) % 40, linked=k % 2, closeness=0.6)
    for k in range(0, 40, 4):
        graph.add_edge(k, (k + 20) % 40, closeness=0.6)
    graph.add_edge("a stranger", "another", closeness=0.6)
    world = sim.World(study, "nobody", 1, graph=from_networkx(graph, "ring"), years=1)
    world.run(1)
    people, ties = world.state.people, world.state.ties
    assert people.member[:40].all()
    assert not people.member[40:].any()
    pairs = {frozenset((int(i), int(j))) for i, j in zip(ties.i[linked(world)], ties.j[linked(world)])}
    for k in range(40):
        assert (frozenset((k, (k + 1) % 40)) in pairs) == bool(k % 2), k


def test_prompted_greetings_follow_the_person_not_the_day(joined):
    """Members of high propensity send more greetings: rank correlation over people."""
    from sim.world.events import EventLog

    world = joined("everybody")
    log = EventLog()
    world.run(364, log)
    columns = log.columns()
    sent = np.bincount(columns["from"][columns["channel"] == "greeting"], minlength=1200)
    assert stats.spearmanr(sent, world.state.people.greet).statistic > 0.8


# --- however many there are ------------------------------------------------------------------------


def test_blocks_of_ties_change_nothing(study, grown, joined, monkeypatch):
    """Ties are worked on block after block, so that large societies need little memory."""
    at_once = joined("wall")
    monkeypatch.setattr(luck, "BLOCK", 1000)
    in_blocks = joined("wall")
    assert_identical(in_blocks.state, at_once.state)
    assert in_blocks.rules.centre == pytest.approx(at_once.rules.centre, rel=1e-6)
    assert in_blocks.rules.level == pytest.approx(at_once.rules.level, rel=1e-6)


def test_partners_are_members_nearby_drawn_try_by_try():
    """Sixty people in a row, of whom every third is no member; partners are at most seven rows away."""
    member, first, tries = np.arange(60) % 3 > 0, np.arange(60) % 2, np.arange(60) % 5
    expected = set()
    for person in range(60):
        for item in range(first[person] + 1, first[person] + tries[person] + 1):
            u = float(draws.draw(np.uint64(4), draws.STRANGER, 0, person, person, item)[0])
            partner = (person + 1 + math.floor((u - 0.5) * 2 * 7)) % 60
            if member[partner] and partner != person:
                expected.add((min(person, partner), max(person, partner)))
    i, j = links.partners(draws.STRANGER, first, tries, member, 7, 4)
    assert list(zip(i.tolist(), j.tolist())) == sorted(expected)
    assert len(expected) > 40
