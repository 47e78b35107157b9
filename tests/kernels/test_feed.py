"""Who reads, comments and writes how often, by kernels and by the plain society (docs/model.md 7.4 and rates of 7.5)."""

import numpy as np
import pytest
from hypothesis import given
from worlds import (
    EDGES,
    assert_identical,
    both_plan,
    cases,
    comments,
    default_rules,
    everyone_tied,
    few,
    friends_now,
    messages,
    on_the_feed,
    platform_rates,
    random_world,
    ring,
    share_a_place,
    two_friends_and_a_stranger,
    world,
)

from sim.channels import CHANNELS, COMMENT, GROUP, MESSAGE, REACTION, VIEW
from sim.world.columns import ENDED, LINKED, LINKED_IJ, SHARED
from sim.world.kernels.plan import in_tally_units
from sim.world.kernels.together import mark_together
from sim.world.plan import plan
from sim.world.state import BY_CLOSENESS, BY_ENGAGEMENT, CHRONOLOGICAL, TALLIED

FEED = dict(feed=True, online=True)
RATES = ("view_ij", "view_ji", "attention_ij", "attention_ji", "were_friends")
NO_FEED = dict(posts=0, items=0, comments=0, reactions=0, groups=0)


def of_each(state, ij, ji):
    """What both sides of ties add up to, by person."""
    total = np.zeros(state.population)
    np.add.at(total, state.ties.i, ij)
    np.add.at(total, state.ties.j, ji)
    return total


def in_communities(state):
    """How many friends share a place with each person."""
    friends, together = friends_now(state.people, state.ties), share_a_place(state)
    return of_each(state, together & (friends & 1 > 0), together & (friends & 2 > 0))


def scale(state):
    """s of each person: the part of acts that fits into the minutes. It shows in reactions; nan for a person who has none."""
    people = state.people
    return np.divide(people.reaction_rate, people.reactions, out=np.full(state.population, np.nan), where=people.reactions > 0)


def minutes_needed(state, rules):
    """Expected minutes a day of everybody's acts on the platform."""
    channels = rules.minutes[[REACTION, COMMENT, MESSAGE, GROUP]]
    of_i, of_j = platform_rates(state)
    return of_each(state, channels @ of_i, channels @ of_j)


# --- agreement -----------------------------------------------------------------------------------


@few
@given(cases(**FEED))
def test_rates_agree(case):
    both_plan(case.state, case.rules)


@few
@given(cases(**FEED, order=BY_CLOSENESS, opening=2.0))
def test_rates_agree_in_a_feed_of_the_closest(case):
    both_plan(case.state, case.rules)


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("order", [CHRONOLOGICAL, BY_CLOSENESS, BY_ENGAGEMENT])
def test_edges(edge, order):
    both_plan(EDGES[edge](day=7), default_rules(**FEED, order=order, reposts=True, crowd=0.5))


# --- what always holds ---------------------------------------------------------------------------


@few
@given(cases(**FEED))
def test_acts_stay_within_minutes(case):
    state, rules = case.state, case.rules
    plan(state, rules)
    left = np.maximum(0, state.people.minutes - state.people.items * rules.item_minutes)
    assert (minutes_needed(state, rules) <= left * (1 + 1e-5) + 1e-7).all()


def written(state):
    """Comments, messages and exchanges in communities of each person a day, within the minutes."""
    exchanges = state.people.group_rate * in_communities(state)
    return np.array([of_each(state, *comments(state)), of_each(state, *messages(state)), exchanges])


def counted(state):
    """Whether what each person's comments and messages are shared out by is 0, or far more than the units of sums."""
    people, ties = state.people, state.ties
    of_i, of_j = ties.view_ij * ties.attention_ij, ties.view_ji * ties.attention_ji
    talk = of_each(state, people.discussed[ties.j] * of_i, people.discussed[ties.i] * of_j)
    suits = of_each(state, ties.affinity * ties.attention_ij, ties.affinity * ties.attention_ji)
    return ((talk == 0) | (talk > 1e-6)) & ((suits == 0) | (suits > 1e-6))


@few
@given(cases(**FEED))
def test_who_can_write_to_somebody_writes_all_that_they_mean_to(case):
    """Nothing is lost, whatever the platform lacks. Also nothing is sent that it lacks.

    Of people whose sums over friends are a few units of 2^-36, a share of what they write is lost by rounding.
    """
    state, rules, people = case.state, case.rules, case.state.people
    meant = people.comments + people.messages + people.groups
    plan(state, rules)
    done, known = written(state), (people.reactions > 0) & counted(state)
    np.testing.assert_allclose(
        done.sum(axis=0)[known], np.where(done.any(axis=0), meant * scale(state), 0)[known], rtol=1e-4, atol=1e-7
    )
    has = rules.with_comments, rules.with_messages, rules.with_groups
    assert not done[~np.array(has)].any()


@few
@given(cases(**FEED, visits=0.0))
def test_nobody_opens_more_than_there_is(case):
    """Not more than friends post, nor than one sees."""
    state, rules = case.state, case.rules
    plan(state, rules)
    people, ties = state.people, state.ties
    assert (ties.view_ij <= people.posts[ties.j] * (1 + 1e-6)).all()
    assert (ties.view_ji <= people.posts[ties.i] * (1 + 1e-6)).all()
    assert (of_each(state, ties.view_ij, ties.view_ji) <= people.items * rules.friends_share * (1 + 1e-5)).all()


@few
@given(cases())
def test_only_friends_do_anything(case):
    """A platform without a feed leaves all as it was; on one with a feed an unlinked or ended tie has no rates."""
    state, before = case.state, case.state
    plan(state, case.rules)
    ties, people = state.ties, state.people
    for name in RATES:
        if not case.rules.feed:
            np.testing.assert_array_equal(getattr(ties, name), getattr(before.ties, name))
        friends = friends_now(people, ties) & {"ij": 1, "ji": 2}.get(name[-2:], 3) > 0
        assert not getattr(ties, name)[~friends].any()


# --- reading -------------------------------------------------------------------------------------


def test_a_view_by_hand():
    """0 sees all .4 posts of 1 and opens .42 (.02 + .3) of them; and looks at the wall .02 (.02 + .3) times."""
    state = both_plan(on_the_feed(two_friends_and_a_stranger(), attend=1), default_rules(**FEED))
    np.testing.assert_allclose(state.ties.view_ij, 0.4 * 0.42 * 0.32 + 0.02 * 0.32, rtol=1e-6)


@pytest.mark.parametrize("attend", [0.5, 0.8, 1.2, 3.0])
def test_who_prefers_the_close_reads_more_of_them_and_less_of_others(attend):
    """At closeness .2 the exponent changes nothing; nobody is read as if closer than 1."""
    closeness = np.array([0.05, 0.2, 0.6])
    tied = world(4, [(0, 1), (0, 2), (0, 3)], c_ij=closeness)
    views = both_plan(on_the_feed(tied, attend=attend), default_rules(**FEED, attend_at=0.2, floor=0.0, visits=0.0)).ties.view_ij
    expected = 0.4 * 0.42 * np.minimum(1, closeness**attend * 0.2 ** (1 - attend))
    np.testing.assert_allclose(views, expected, rtol=1e-5)
    assert views[1] == pytest.approx(0.4 * 0.42 * 0.2, rel=1e-5)


@pytest.mark.parametrize("attend_at", [0.1, 0.4, 1.0])
def test_an_exponent_of_1_reads_by_closeness_wherever_attention_turns(attend_at):
    state = random_world(seed=6, population=20, day=7, feed=True)
    state.people.attend[:] = 1
    usual, other = (both_plan(state, default_rules(**FEED, attend_at=at)).ties.view_ij for at in (0.2, attend_at))
    np.testing.assert_array_equal(usual, other)


@pytest.mark.parametrize("order, shown", [(CHRONOLOGICAL, (2, 2)), (BY_CLOSENESS, (1, 3)), (BY_ENGAGEMENT, (3.2, 0.8))])
def test_the_order_of_the_feed(order, shown):
    """1 -- 0 -- 2: 0 sees four items a day of twenty, opens all, stands closer to 2, and had more contact there with 1."""
    state = on_the_feed(world(3, [(0, 1), (0, 2)], c_ij=[0.1, 0.3], touch=[0.8, 0.2]), items=4, posts=10)
    rules = default_rules(**FEED, order=order, rank_floor=0.0, friends_share=1.0, opening=1e3, visits=0.0)
    np.testing.assert_allclose(both_plan(state, rules).ties.view_ij, shown, rtol=1e-6)


def test_a_slope_of_0_is_no_order():
    """Also at closeness 0 and floor 0, where 0^0 is 1."""
    state = on_the_feed(world(3, [(0, 1), (0, 2)], c_ij=[0.0, 0.3]), items=4, posts=10)
    ordered = both_plan(state, default_rules(**FEED, order=BY_CLOSENESS, rank_floor=0.0, rank_slope=0.0))
    assert_identical(ordered, both_plan(state, default_rules(**FEED)))


def test_who_posts_more_is_seen_more():
    state = on_the_feed(world(3, [(0, 1), (0, 2)]), items=4, posts=[0, 10, 30])
    rules = default_rules(**FEED, friends_share=0.5, opening=1e3, visits=0.0)
    np.testing.assert_allclose(both_plan(state, rules).ties.view_ij, [0.5, 1.5], rtol=1e-6)


def test_no_posts_but_walls():
    state = both_plan(on_the_feed(ring(5), posts=0), default_rules(**FEED))
    np.testing.assert_allclose(state.ties.view_ij, 0.02 * (0.02 + 0.3**0.8 * 0.2**0.2), rtol=1e-6)


def test_posts_are_opened_for_what_the_poster_shows_and_noticed_by_what_the_reader_is():
    state = on_the_feed(world(2, [(0, 1)], c_ij=0.2, c_ji=0.2), opened=[2, 1], attend=[0, 1])
    state = both_plan(state, default_rules(**FEED, visits=0.0))
    assert state.ties.view_ji[0] == pytest.approx(2 * state.ties.view_ij[0])  # 1 reads 0, who shows more
    assert state.ties.attention_ij[0] == 1
    assert state.ties.attention_ji[0] == pytest.approx(0.2)


def test_what_is_discussed_more():
    """0 writes to two people alike, but for what they post."""
    state = on_the_feed(world(3, [(0, 1), (0, 2)]), discussed=[1, 3, 1])
    of_0, _ = comments(both_plan(state, default_rules(**FEED)))
    np.testing.assert_allclose(of_0, [0.075, 0.025], rtol=1e-5)


def test_views_are_tallied_by_the_reader():
    state = on_the_feed(world(2, [(0, 1)], people=dict(group=[0, 1], dosed=[1, 5]), class_ij=1, class_ji=2, c_ji=0.6))
    after = both_plan(state, default_rules(**FEED))
    v_ij, v_ji = after.ties.view_ij[0], after.ties.view_ji[0]
    viewed, absorbed = after.tally.viewed / TALLIED, after.tally.absorbed[..., VIEW] / TALLIED
    assert (np.count_nonzero(viewed), np.count_nonzero(absorbed)) == (2, 2)
    assert viewed[0, 1] == pytest.approx(7 * v_ij, abs=7 * 2**-24)
    assert viewed[1, 2] == pytest.approx(7 * v_ji, abs=7 * 2**-24)
    assert absorbed[0, 1] == pytest.approx(7 * 5 * 0.002 * v_ij * 0.7, abs=7 * 2**-24)
    assert absorbed[1, 2] == pytest.approx(7 * 1 * 0.002 * v_ji * 0.4, abs=7 * 2**-24)


# --- writing within the minutes ------------------------------------------------------------------


@pytest.mark.parametrize("minutes, left", [(50, 26), (25, 1), (24, 0), (0, 0), (24.001, 0.001)])
def test_a_heavy_user_has_no_time_left(minutes, left):
    """60 items take 24 minutes; ten messages, two exchanges and what is said would take 34 and more."""
    state = on_the_feed(everyone_tied(5, people=dict(places=0)), minutes=minutes, messages=10, groups=2)
    rules = default_rules(**FEED)
    state = both_plan(state, rules)
    assert (scale(state) < 1).all()
    np.testing.assert_allclose(minutes_needed(state, rules), left, rtol=2e-3, atol=1e-5)


def test_who_has_time_does_all():
    state = both_plan(on_the_feed(everyone_tied(5, people=dict(places=0))), default_rules(**FEED))
    assert (scale(state) == 1).all()
    np.testing.assert_allclose(of_each(state, *messages(state)), 0.3, rtol=1e-6)
    np.testing.assert_allclose(state.people.group_rate, 0.1 / 4, rtol=1e-6)


def test_comments_wait_for_minutes():
    """Three comments a day would take three minutes; reading leaves two, so two are written."""
    state = on_the_feed(everyone_tied(5), comments=3, minutes=26, reactions=0, messages=0, groups=0)
    state = both_plan(state, default_rules(**FEED))
    np.testing.assert_allclose(of_each(state, *comments(state)), 2, rtol=1e-5)


MEANT = 0.6, 0.3, 0.1  # comments, messages, exchanges in communities


@pytest.mark.parametrize(
    "lacking, expected",
    [
        ((), (0.6, 0.3, 0.1)),
        (("messages",), (0.6, 0, 0.4)),
        (("groups",), (0.6, 0.4, 0)),
        (("comments",), (0, 0.75, 0.25)),
        (("messages", "groups"), (1, 0, 0)),
        (("comments", "messages"), (0, 0, 1)),
        (("comments", "groups"), (0, 1, 0)),
        (("comments", "messages", "groups"), (0, 0, 0)),
    ],
)
@pytest.mark.parametrize("how", ["the platform lacks it", "nobody can get it"])
def test_what_cannot_be_sent_goes_to_the_other_channel_of_its_side_then_to_the_other_side(lacking, expected, how):
    state = on_the_feed(everyone_tied(4, people=dict(places=0)), **dict(zip(("comments", "messages", "groups"), MEANT)))
    changes = {}
    if how == "the platform lacks it":
        changes = {f"with_{name}": False for name in lacking}
    if how == "nobody can get it":
        state.people.posts[:] = 0.0 if "comments" in lacking else 0.4
        changes = {"visits": 0.0} if "comments" in lacking else {}
        state.ties.affinity[:] = 0.0 if "messages" in lacking else 1.0
        state.people.places[:] = -1 if "groups" in lacking else 0
        mark_together(state.ties.i, state.ties.j, state.people.places, state.people.community, state.ties.together)
    state = both_plan(state, default_rules(**FEED, **changes))
    np.testing.assert_allclose(written(state), np.repeat(np.array(expected)[:, None], 4, axis=1), rtol=1e-5, atol=1e-9)


def test_who_means_to_write_nothing_private_sends_comments_as_messages():
    state = on_the_feed(everyone_tied(4, people=dict(places=0)), comments=1, messages=0, groups=0, posts=0)
    state = both_plan(state, default_rules(**FEED, visits=0.0))
    np.testing.assert_allclose(written(state), np.array([[0.0], [1.0], [0.0]]) * np.ones(4), rtol=1e-5)


def test_messages_go_to_the_close_and_the_suited():
    tied = world(4, [(0, 1), (0, 2), (0, 3)], c_ij=[0.5, 0.25, 0.0], affinity=[1, 4, 1])
    state = on_the_feed(tied, messages=3, groups=0, attend=1)
    state = both_plan(state, default_rules(**FEED))
    np.testing.assert_allclose(messages(state)[0], [1, 2, 0], rtol=1e-6)


@pytest.mark.parametrize("places, each", [(0, 0.05), (-1, 0.0), ([[0, 0, 0], [0, 1, 1], [1, 1, 1]], 0.1)])
def test_communities_are_places_shared(places, each):
    """0 is a friend of 1 and 2: both share a place with 0, or neither, or only 1 does."""
    state = both_plan(on_the_feed(world(3, [(0, 1), (0, 2)], people=dict(places=places))), default_rules(**FEED))
    assert state.people.group_rate[0] == pytest.approx(each)


def test_nobody_links_to_one():
    """The stranger is a member with nobody to read or write to."""
    state = both_plan(on_the_feed(two_friends_and_a_stranger(people=dict(places=0))), default_rules(**FEED))
    people = state.people
    assert people.reaction_rate[2] == people.reactions[2]
    assert people.comment_rate[2] == people.group_rate[2] == people.message_rate[2] == 0


def test_a_platform_of_messages_only():
    nothing = dict(friends_share=0.0, opening=0.0, floor=0.0, visits=0.0, item_minutes=0.0)
    alone = dict(with_comments=False, with_groups=False)
    state = both_plan(on_the_feed(ring(5), **NO_FEED), default_rules(**FEED, **nothing, **alone))
    ties = state.ties
    assert not any(a.any() for a in (ties.view_ij, ties.view_ji, *comments(state)))
    np.testing.assert_allclose(of_each(state, *messages(state)), 0.3, rtol=1e-6)
    assert not state.tally.viewed.any()


@pytest.mark.parametrize("members", [0, 1])
def test_nobody_to_share_the_platform_with(members):
    state = on_the_feed(everyone_tied(4, people=dict(places=0)))
    state.people.member[members:] = False
    state = both_plan(state, default_rules(**FEED))
    assert not any(getattr(state.ties, name).any() for name in RATES)
    assert not state.people.group_rate.any()


@pytest.mark.parametrize("flags", [SHARED, SHARED | LINKED | ENDED])
def test_old_rates_go_with_the_link(flags):
    state = both_plan(on_the_feed(everyone_tied(4)), default_rules(**FEED))
    assert state.ties.view_ij.all()
    state.ties.flags[:] = flags
    state = both_plan(state, default_rules(**FEED))
    assert not any(getattr(state.ties, name).any() for name in RATES)


def test_no_feed_touches_nothing():
    state = random_world(seed=15, population=10, day=7, feed=True)
    after = both_plan(state, default_rules(feed=False))
    assert state.ties.view_ij.any()
    for name in RATES:
        np.testing.assert_array_equal(getattr(after.ties, name), getattr(state.ties, name))
    assert_identical(state, random_world(seed=15, population=10, day=7, feed=True))


def test_every_channel_has_its_minutes():
    """Twice the minutes of any act that is done leave less for all of them."""
    state = on_the_feed(everyone_tied(5, people=dict(places=0)), minutes=24.1)
    rules = default_rules(**FEED)
    usual = scale(both_plan(state, rules))[0]
    for channel, name in enumerate(CHANNELS):
        longer = rules.minutes.copy()
        longer[channel] *= 2
        shorter = scale(both_plan(state, rules._replace(minutes=longer)))[0]
        assert (shorter < usual) == (name in ("reaction", "comment", "message", "group"))


# --- the largest numbers -------------------------------------------------------------------------


@pytest.mark.parametrize("floor, slope", [(0.0, 10.0), (1.0, 10.0), (10.0, 10.0), (10.0, 0.5)])
def test_any_order_of_the_feed_shares_it_out(floor, slope):
    """Everybody posts as much as anybody may, and stands at a different closeness."""
    state = random_world(seed=4, population=30, day=7, feed=True)
    state.people.posts[:], state.people.items[:] = 1000, 1000
    rules = default_rules(**FEED, order=BY_CLOSENESS, rank_floor=floor, rank_slope=slope, visits=0.0)
    ties = both_plan(state, rules).ties
    assert (ties.view_ij >= 0).all()
    assert (of_each(state, ties.view_ij, ties.view_ji) <= 1000 * (1 + 1e-5)).all()


def test_comments_have_room_however_much_is_discussed():
    world = everyone_tied(40, people=dict(discussed=np.where(np.arange(40) % 3, 1, 1e4)))
    state = on_the_feed(world, posts=1000, items=1e6, comments=1000, minutes=1440)
    state = both_plan(state, default_rules(**FEED, item_minutes=0.0))
    assert (of_each(state, *comments(state)) <= 1000 * (1 + 1e-5)).all()


@pytest.mark.parametrize("x", [0.0, 2**-25, 1.5 * 2**-24, 0.1, 1 / 3, 1.0, 2.0, 1e3, 1e5])
def test_a_tally_has_whole_units_of_2_to_minus_24(x):
    numbers, units = np.full(7, x, np.float32), np.empty(7, np.int64)
    in_tally_units(numbers, units)
    assert (units == np.floor(np.float64(np.float32(x)) * 2**24 + 0.5)).all()


def test_tallies_have_room_for_the_largest_society():
    """Five million people open 100 posts a day each, for two years."""
    assert 5_000_000 * 100 * 365 * 2 * TALLIED < 2**63


# --- posts of strangers ----------------------------------------------------------------------------


def test_posts_passed_on_take_the_place_of_own_posts_in_the_feed():
    """1 -- 0 -- 2: 0 sees four items a day. 1 posts 10, 2 posts 5 and passes on 15: of four items, 4/3 and 2/3 are own posts."""
    state = on_the_feed(world(3, [(0, 1), (0, 2)]), items=4, posts=[0, 10, 5])
    state.people.passed[:] = [0, 0, 15]
    rules = default_rules(**FEED, reposts=True, friends_share=1.0, opening=1e3, visits=0.0)
    planned = both_plan(state, rules)
    np.testing.assert_allclose(planned.ties.view_ij, [4 / 3, 2 / 3], rtol=1e-6)
    np.testing.assert_allclose(planned.people.strangers, [2, 0, 0], rtol=1e-6)


def test_recommended_posts_are_opened_as_a_strangers():
    """Of 60 items, .3 are posts of strangers, opened with .42 * .02."""
    planned = both_plan(on_the_feed(two_friends_and_a_stranger()), default_rules(**FEED, strangers_share=0.3))
    np.testing.assert_allclose(planned.people.strangers, 60 * 0.3 * 0.42 * 0.02, rtol=1e-6)
    expected = 7 * 3 * np.rint(60 * 0.3 * 0.42 * 0.02 * TALLIED)
    np.testing.assert_allclose(planned.tally.strangers, [expected, 0, 0, 0, 0, 0], rtol=1e-6)


# --- shown counts ----------------------------------------------------------------------------------


@few
@given(cases(**FEED, crowd=0.7))
def test_counts_change_who_gets_reactions_and_not_how_many(case):
    state = case.state
    state.people.minutes[:], state.people.reactions[:] = 1440, 0.2  # no act has to wait
    counted, hidden = state.copy(), state.copy()
    plan(counted, case.rules)
    plan(hidden, case.rules._replace(crowd=np.float32(0)))
    total, expected = (sum(side[0].sum() for side in platform_rates(one)) for one in (counted, hidden))
    np.testing.assert_allclose(total, expected, rtol=1e-4)
    assert (counted.people.crowd[state.people.member] >= np.float32(0.3) - 1e-6).all()


def test_shown_counts_by_hand():
    """1 -- 0 -- 2: only 0 reads; of the 4 views 3 are of 2. The count of a view is (1 + 9)/4 = 2.5."""
    state = on_the_feed(world(3, [(0, 1), (0, 2)]), items=[4, 0, 0], posts=[0, 10, 30])
    rules = default_rules(**FEED, crowd=0.5, friends_share=1.0, opening=1e3, visits=0.0)
    people = both_plan(state, rules).people
    np.testing.assert_allclose(people.crowd, [0.5, 0.5 + 0.5 * 1 / 2.5, 0.5 + 0.5 * 3 / 2.5], rtol=1e-6)
    assert (both_plan(state, rules._replace(crowd=np.float32(0))).people.crowd == 1).all()


# --- links of one side -----------------------------------------------------------------------------


def test_only_who_has_a_link_reads_and_writes():
    state = on_the_feed(two_friends_and_a_stranger(people=dict(places=0)))
    state.ties.flags[:] = SHARED | LINKED_IJ
    planned = both_plan(state, default_rules(**FEED))
    of_i, of_j = platform_rates(planned)
    assert (of_i > 0).all()
    assert not of_j.any()
    assert planned.ties.were_friends[0] == 1
