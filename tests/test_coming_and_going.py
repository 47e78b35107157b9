"""People who join a platform over time, leave it, and come back (docs/model.md 7.9)."""

import numpy as np
import pytest
from conftest import grown_for
from worlds import assert_identical

import sim
from sim.world.columns import LINKED
from sim.world.state import link_only

NEVER = np.iinfo(np.int32).max


@pytest.fixture(scope="module")
def study(a_study, a_platform):
    arms = a_platform("slowly", joining={"days": 365.0})
    arms += a_platform("left-for-good", leaving={"for_good": 0.1, "for_a_while": 0.0, "away": 60.0})
    arms += a_platform("away", leaving={"for_good": 0.0, "for_a_while": 0.2, "away": 60.0})
    arms += a_platform("all-away", leaving={"for_good": 0.0, "for_a_while": 1.0, "away": 60.0})
    arms += a_platform("followed-slowly", joining={"days": 365.0}, following={"known_share": 0.5, "audience_spread": 1.5})
    return a_study(arms, name="coming-and-going", people=400)


@pytest.fixture(scope="module")
def grown(study):
    return grown_for(study)


@pytest.fixture
def world(study, grown):
    return lambda arm, **options: sim.World(study, arm, 1, grown=grown, **options)


def run_to_month(one, months: int) -> None:
    """Run to the first day of the month that begins so many months from now, that day included."""
    one.run(30 * months - one.state.day % 30 + 1)


def test_adopters_join_over_the_year(world):
    one, at_once = world("slowly"), world("wall")
    at_once.run(1)
    adopters, shares = at_once.state.people.member, []
    for _ in range(14):
        run_to_month(one, 1)
        member = one.state.people.member
        assert (member <= adopters).all()
        shares.append(member.sum() / adopters.sum())
    assert shares == sorted(shares)
    assert shares[5] == pytest.approx(6 * 30 / 365, abs=0.1)
    assert shares[-1] == 1


def test_who_has_not_joined_does_nothing_there(world):
    one = world("slowly")
    one.run(91)
    people, ties = one.state.people, one.state.ties
    outside = ~people.member
    assert outside.any()
    for name in ("minutes", "posts", "items", "comments", "reactions", "messages", "link_places"):
        assert not getattr(people, name)[outside].any(), name
    assert (people.kept[outside] == 1).all()
    linked = ties.flags & LINKED != 0
    assert linked.any()
    assert people.member[ties.i[linked]].all()
    assert people.member[ties.j[linked]].all()


def test_newcomers_have_the_same_usage_and_about_as_many_links_as_if_all_had_joined_at_once(world):
    slowly, at_once = world("slowly"), world("wall")
    for one in (slowly, at_once):
        one.run(400)
    for name in ("minutes", "posts", "items", "comments", "link_places", "stranger_places"):
        np.testing.assert_array_equal(getattr(slowly.state.people, name), getattr(at_once.state.people, name), name)
    links = [(one.state.ties.flags & LINKED != 0).sum() for one in (slowly, at_once)]
    assert links[0] == pytest.approx(links[1], rel=0.1)


def test_a_link_that_chance_left_out_is_not_tried_again(world):
    """Every month newcomers are linked. Two people who are both there already stay as they are."""
    one = world("slowly")
    run_to_month(one, 3)
    people, ties = one.state.people, one.state.ties
    old = {(i, j) for i, j in zip(ties.i.tolist(), ties.j.tolist()) if people.member[i] and people.member[j]}
    linked = {(i, j) for i, j, flags in zip(ties.i.tolist(), ties.j.tolist(), ties.flags.tolist()) if flags & LINKED}
    one.run(29)  # to the last day of the month; then links of new acquaintances begin, and newcomers come
    one.run(1)
    later = one.state.ties
    now = {(i, j) for i, j, flags in zip(later.i.tolist(), later.j.tolist(), later.flags.tolist()) if flags & LINKED}
    assert not (now - linked) & old


def test_who_leaves_for_good_loses_the_links(world):
    one = world("left-for-good")
    one.run(1)
    before = one.state.people.member.copy()
    one.run(200)
    people, ties = one.state.people, one.state.ties
    gone = before & ~people.member
    assert gone.sum() / before.sum() == pytest.approx(1 - 0.9**6, abs=0.1)
    assert (people.away_until[gone] == NEVER).all()
    assert not ((gone[ties.i] | gone[ties.j]) & (ties.flags & LINKED != 0)).any()
    assert not people.minutes[gone].any()


def test_who_leaves_for_a_while_comes_back_to_the_own_links(world):
    one = world("away")
    one.run(1)
    member = one.state.people.member.copy()
    run_to_month(one, 1)
    away = member & ~one.state.people.member
    assert away.mean() == pytest.approx(0.2 * 0.8, abs=0.06)
    ties = one.state.ties
    kept = (away[ties.i] | away[ties.j]) & (ties.flags & LINKED != 0)
    assert kept.any()
    run_to_month(one, 1)
    assert not one.state.people.member[away].any()
    run_to_month(one, 1)
    back = away & one.state.people.member
    assert back.sum() > 0.5 * away.sum()  # the others have left once more
    assert (one.state.people.minutes[back] > 0).all()


class Quits(sim.Person):
    """Is made no member by Python code at the end of each day on which one is a member, and counts these days."""

    days = 0

    def after_day(self):
        if self.member:
            self.member = False
            self.days += 1


@pytest.mark.parametrize("arm", ["slowly", "away"])
def test_whom_a_hook_makes_no_member_does_not_come_back(world, arm):
    one = world(arm)
    cast = one.cast(Quits, list(range(0, 400, 4)))
    one.run(250)
    days = [person.days for person in cast]
    assert max(days) == 1
    assert sum(days) > 40
    others, without = np.arange(400) % 4 > 0, world(arm)
    without.run(250)
    np.testing.assert_array_equal(one.state.people.member[others], without.state.people.member[others])


def test_nobody_reads_or_writes_while_all_are_away(world):
    one = world("all-away")
    run_to_month(one, 1)
    received = one.state.tally.received.copy()
    one.run(28)
    from sim.channels import REAL

    assert (one.state.tally.received - received)[..., np.array(REAL), :].any()
    assert not (one.state.tally.received - received)[..., ~np.array(REAL), :].any()
    assert (one.state.ties.flags & LINKED != 0).any()


def test_followers_who_come_later_follow_too(world):
    one = world("followed-slowly")
    one.run(400)
    people, ties = one.state.people, one.state.ties
    assert (np.bincount(ties.i[link_only(ties)], minlength=400) + np.bincount(ties.j[link_only(ties)], minlength=400))[
        people.member
    ].mean() > 5


@pytest.mark.parametrize("arm", ["slowly", "away"])
def test_days_weeks_and_engines_agree(world, arm):
    whole, daily = world(arm), world(arm, threads=2)
    whole.run(75)
    for _ in range(75):
        daily.run(1)
    assert_identical(whole.state, daily.state)


def test_the_days_until_all_have_joined_are_known_to_the_study(study):
    joined = {contrast.name: study.joined_by(contrast) for contrast in study.contrasts}
    assert joined == {"prompt": 0}
    slow = study.contrasts[0].model_copy(update={"arm": "slowly"})
    assert study.joined_by(slow) == 395
