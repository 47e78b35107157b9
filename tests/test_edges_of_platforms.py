"""Corners of platforms whose links need no return, and of members who come and go (docs/model.md 7.8 and 7.9)."""

import networkx as nx
import numpy as np
import pytest
from conftest import grown_for
from worlds import as_kernels_take, both_turn_over, default_rules, everyone_tied, on_the_feed

import sim
from sim.errors import InputError
from sim.society.graphs import from_networkx
from sim.world.columns import LINKED, LINKED_IJ, LINKED_JI

NO_SHARE = ", ".join(f'"content.{sort}.share" = 0.0' for sort in ("lasting", "passing", "information"))
ARMS = f"""
[arms.open]
platform = "open-follow"
[arms.pseudonymous]
platform = "pseudonymous"
[arms.only-groups]
platform = "pseudonymous"
set = {{ "messages.rate" = 0.0, "response.content_effects" = "differ", {NO_SHARE} }}
[arms.then-a-wall]
platform = "pseudonymous"
schedule = [{{ day = 5, platform = "wall-2009" }}]
"""


@pytest.fixture(scope="module")
def study(a_study, a_platform):
    return a_study(ARMS + a_platform("slowly", joining={"days": 365.0}), name="edges-of-platforms", people=150)


@pytest.fixture(scope="module")
def grown(study):
    return grown_for(study)


@pytest.mark.parametrize("people", [1, 3])
def test_people_without_any_tie_join_a_platform_whose_links_need_no_return(study, people):
    graph = from_networkx(nx.empty_graph(people))
    world = sim.World(study, "open", 1, graph=graph, years=1)
    assert not world.state.ties.i.size
    world.run(40)
    assert world.state.people.member.any()


def test_a_platform_whose_links_need_a_return_takes_over_no_link_without_one(study, grown):
    world = sim.World(study, "then-a-wall", 1, grown=grown)
    world.run(5)
    before = world.state.ties.flags & LINKED
    assert (before == LINKED_IJ).any()
    assert (before == LINKED).any()
    world.run(40)
    assert set(np.unique(world.state.ties.flags & LINKED).tolist()) == {0, LINKED}


def test_cast_people_who_leave_do_not_come_back(study, grown):
    world = sim.World(study, "pseudonymous", 1, grown=grown)
    world.run(10)
    leavers = [person for person in world.agents if person.member][:30]
    for person in leavers:
        person.leave()
    world.run(90)
    assert not any(person.member for person in leavers)
    assert sum(person.member for person in world.agents) > 30


@pytest.mark.parametrize(
    "arm, name, value",
    [
        ("slowly", "joining.days", 3650.0), ("slowly", "prompts.false_share", 0.5), ("slowly", "prompts.hidden_share", 0.5),
        ("pseudonymous", "communities.size", 1000), ("pseudonymous", "communities.joined", 1.0),
        ("pseudonymous", "notifications.pull", 0.5), ("pseudonymous", "notifications.per_day", 1.0),
    ],
)  # fmt: skip
def test_what_is_drawn_on_joining_is_no_setting_of_later_days(study, grown, arm, name, value):
    world = sim.World(study, arm, 1, grown=grown)
    world.run(3)
    with pytest.raises(InputError, match="settled for each person on joining"):
        world.platform.set({name: value})


def test_a_person_links_back_to_a_follower(study, grown):
    world = sim.World(study, "open", 1, grown=grown)
    world.run(1)
    ties = world.state.ties
    row = np.flatnonzero(ties.flags & LINKED == LINKED_JI)[0]
    followed, follower = world.person(int(ties.i[row])), world.person(int(ties.j[row]))
    assert (followed.tie(follower).linked, follower.tie(followed).linked) == (False, True)
    assert not follower.invite(followed)
    assert followed.invite(follower)
    assert ties.flags[row] & LINKED == LINKED


def test_private_acts_that_can_only_be_said_in_groups_nobody_shares_in_stay_numbers(study, grown):
    world = sim.World(study, "only-groups", 1, grown=grown)
    world.run(8)
    people = world.state.people
    assert people.messages[people.member].all()
    assert not people.groups.any()
    assert np.isfinite(people.message_rate).all()


def test_links_of_people_who_never_wrote_end_in_the_first_year_too():
    state = on_the_feed(everyone_tied(day=29))
    rules = as_kernels_take(default_rules(unlink=0.4, unlink_half=1.0, new_ties=np.zeros(3, np.float32)))
    after = both_turn_over(state, rules, seed=3)
    assert (state.ties.last_composed == -1).all()
    assert 0 < (after.ties.flags & LINKED == LINKED).sum() < state.ties.i.size
