"""Worlds at the edge of what a study may ask for: more minutes than there are, no links, no features, hardly a member."""

import re

import numpy as np
import pytest
from conftest import grown_for, slow
from worlds import assert_identical, assert_same, messages, platform_rates

import sim
from sim import draws
from sim.channels import CHANNELS, REAL
from sim.world.agents import Person
from sim.world.columns import LINKED, ONLINE_BORN
from sim.world.events import EventLog
from sim.world.state import WEEK, tile_key

PEOPLE = 150
PARTS = ("prompts", "feed", "reactions", "comments", "messages", "groups")
ON_PLATFORM = [name for name, real in zip(CHANNELS, REAL) if not real]
PLANNED = ["visit", "call", "letter"]


def arms() -> str:
    """Platforms of hardly anybody are adopted up to a share between the draws of two people."""
    u = np.sort(draws.uniforms(1, draws.MEMBER, 0, np.arange(PEOPLE))[:, 0].astype(float))
    still = '"response.displacement" = 0.0'
    adopted = {0: 0.0, 1: (u[0] + u[1]) / 2, 2: (u[1] + u[2]) / 2}
    said = {
        "heavy": '"platform.minutes" = 1440.0, "response.displacement" = 1.0, "response.meet_after" = 0.0',
        "busy": '"written.rate" = 10.0',
        "unlinked": still,
        "nobody": '"platform.adoption" = 0.0, "response.displacement" = 0.39',
        "alone": f'"platform.adoption" = {adopted[1]}, {still}',
        "alone-for-hours": f'"platform.adoption" = {adopted[1]}, "platform.minutes" = 1440.0, "response.displacement" = 1.0',
        "two": f'"platform.adoption" = {adopted[2]}, "links.share" = 1.0, "written.rate" = 0.2, {still}',
        "quiet-prompts": '"prompts.birthday" = false',
        "quiet-reactions": '"reactions.rate" = 0.0',
        "quiet-groups": '"groups.rate" = 0.0',
    }
    text = "".join(f'[arms.{name}]\nplatform = "wall-2009"\nset = {{ {changes} }}\n' for name, changes in said.items())
    text += "".join(f'[arms.without-{part}]\nplatform = "without-{part}"\n' for part in PARTS)
    for name, after in {
        "fewer": ('platform = "wall-2009", set = { "adoption" = 0.3 }'),
        "feedless": 'platform = "without-feed"',
        "barer": 'platform = "bare"',
    }.items():
        text += f'[arms.{name}]\nplatform = "wall-2009"\nschedule = [{{ day = 20, {after} }}]\n'
    return text + f'[arms.bare]\nplatform = "bare"\nset = {{ {still} }}\n'


@pytest.fixture(scope="module")
def study(a_study, scenarios):
    whole = (scenarios / "platforms" / "wall-2009.toml").read_text(encoding="utf-8")
    for name, gone in ({f"without-{part}": [part] for part in PARTS} | {"bare": [*PARTS, "written"]}).items():
        text = whole.replace('name = "wall-2009"', f'name = "{name}"')
        for part in gone:
            text = re.sub(rf"^\[{part}\].*?(?=^\[|\Z)", "", text, flags=re.DOTALL | re.MULTILINE)
        (scenarios / "platforms" / f"{name}.toml").write_text(text, encoding="utf-8")
    return a_study(arms(), name="edges", people=PEOPLE)


@pytest.fixture(scope="module")
def grown(study):
    return grown_for(study)


@pytest.fixture(scope="module")
def simulated(study, grown):
    """A function: the world of an arm after some days, and what was done in them."""

    def world(arm: str, days: int, *cast) -> tuple[sim.World, dict[str, np.ndarray]]:
        one, log = sim.World(study, arm, 1, grown=grown), EventLog()
        for kind, rows in cast:
            one.cast(kind, rows)
        one.run(days, log)
        return one, log.columns()

    return world


def acts(columns: dict[str, np.ndarray], some=True) -> list[tuple]:
    """What was done, sorted."""
    keep = np.ones(columns["day"].size, np.bool_) & some
    names = ("day", "from", "to", "channel", "prompted", "content")
    return sorted(zip(*(columns[name][keep].tolist() for name in names)))


def online(columns) -> np.ndarray:
    return np.isin(columns["channel"], ON_PLATFORM)


def of(columns, people) -> np.ndarray:
    return np.isin(columns["from"], people) | np.isin(columns["to"], people)


# --- more minutes than a day has -----------------------------------------------------------------


def minutes_expected(world: sim.World) -> np.ndarray:
    """(people,) minutes a day on the platform: what is read, and one's own acts at the rates of the week."""
    people, ties, rules = world.state.people, world.state.ties, world.rules
    lasts = dict(zip(CHANNELS, rules.minutes.astype(float)))
    spent = people.items.astype(float) * rules.item_minutes
    of_channels = np.array([lasts[name] for name in ("reaction", "comment", "message", "group")])
    for who, rates in zip((ties.i, ties.j), platform_rates(world.state)):
        spent += np.bincount(who, of_channels @ rates, PEOPLE)
    return spent


def test_minutes_beyond_all_social_time_leave_nothing_to_plan_and_no_less(simulated):
    world, done = simulated("heavy", 100)
    people, ties = world.state.people, world.state.ties
    members = people.member & (people.social > 0)
    given_up = members & (people.minutes >= people.social)
    assert given_up.sum() > members.sum() / 2
    assert (people.kept[given_up] == 0).all()
    assert ((people.kept >= 0) & (people.kept <= 1)).all()
    assert (people.drive >= 0).all()
    planned = np.isin(done["channel"], PLANNED) & (done["content"] == "")
    starts = np.bincount(done["from"][planned], minlength=PEOPLE)
    assert not starts[given_up].any()
    assert starts[~people.member].sum() > 100
    for c in (ties.c_ij, ties.c_ji, ties.touch, ties.exchange):
        assert ((c >= 0) & (c <= 1)).all()
    assert (done["channel"] == "chance").sum() > 100  # nobody decides these


@pytest.mark.parametrize("arm", ["heavy", "busy", "two", "without-messages"])
def test_expected_minutes_stay_within_those_there_are(simulated, arm):
    world, _ = simulated(arm, 2 * WEEK)
    spent, people = minutes_expected(world), world.state.people
    assert (spent <= people.minutes * (1 + 1e-4)).all()
    assert (spent[people.member] > 0).all()
    if arm == "busy":
        assert spent[people.member] == pytest.approx(people.minutes[people.member], rel=1e-4)
    assert not spent[~people.member].any()


# --- nobody to read ------------------------------------------------------------------------------


class Unlinked(Person):
    """A member with whom nobody is linked."""

    def before_day(self):
        self.world.state.ties.flags[self.world.tie_rows(self.row)] &= ~np.uint8(LINKED)


def test_whom_nobody_links_to_gets_nothing_there_and_goes_on(simulated):
    row = 17
    world, done = simulated("unlinked", 300, (Unlinked, [row]))
    _, without = simulated("none", 300)
    mine, theirs = of(done, row), of(without, row)
    assert world.state.people.member[row]
    assert not (online(done) & mine).any()
    assert (online(done) & ~mine).sum() > 1000
    week = done["day"] < world.branch_day + -world.branch_day % WEEK
    week_without = without["day"] < world.branch_day + -world.branch_day % WEEK
    assert acts(done, mine & week) == acts(without, theirs & week_without) != []
    assert mine.sum() == pytest.approx(theirs.sum(), rel=0.2)


# --- platforms of few features -------------------------------------------------------------------

SILENT = {"feed": ["comment", "reaction"], "prompts": ["greeting"], "reactions": ["reaction"], "comments": ["comment"],
          "messages": ["message"], "groups": ["group"]}  # fmt: skip


@pytest.mark.parametrize("part", SILENT)
def test_what_a_platform_has_not_is_not_done_there(simulated, part):
    world, done = simulated(f"without-{part}", 40)
    own = acts(done, online(done) & (done["content"] == ""))
    assert {act[3] for act in own} == set(ON_PLATFORM) - {"view"} - set(SILENT[part])
    viewed = world.state.tally.viewed.sum()
    assert (viewed == 0) == (part == "feed")
    assert done["prompted"].any() == (part != "prompts")


@pytest.mark.parametrize("part", ["prompts", "reactions", "groups"])
def test_no_feature_is_a_feature_of_strength_zero(simulated, part):
    """No prompts: nobody announces."""
    without, quiet = (simulated(f"{how}-{part}", 40) for how in ("without", "quiet"))
    assert_identical(without[0].state, quiet[0].state)
    assert acts(without[1]) == acts(quiet[1])


def test_a_platform_of_links_alone_changes_nothing(simulated):
    world, done = simulated("bare", 300)
    none, without = simulated("none", 300)
    state, ties = world.state, world.state.ties
    assert (ties.flags & LINKED).any()
    assert not online(done).any()
    assert not ties.touch.any()
    assert not ties.exchange.any()
    assert not any(column.any() for column in (ties.view_ij, ties.view_ji, *messages(state)))
    until = none.branch_day + -none.branch_day % 30  # then ties end that no link keeps
    assert acts(done, done["day"] < until) == acts(without, without["day"] < until)
    assert np.array_equal(state.people.birthday[state.people.member], state.people.shown[state.people.member])


# --- hardly a member -----------------------------------------------------------------------------


def test_a_platform_of_nobody_is_no_platform(simulated):
    nobody, done = simulated("nobody", 400)
    none, without = simulated("none", 400)
    assert_identical(nobody.state, none.state)
    assert acts(done) == acts(without)


def test_a_single_member_has_nobody_there(simulated):
    alone, done = simulated("alone", 200)
    none, without = simulated("none", 200)
    people = alone.state.people
    assert people.member.sum() == 1
    assert people.items[people.member] > 0
    assert not (alone.state.ties.flags & LINKED).any()
    assert acts(done) == acts(without)
    for name, one, other in zip(none.state.ties._fields, alone.state.ties, none.state.ties):
        np.testing.assert_array_equal(one, other, err_msg=name)


def test_a_single_member_may_give_up_real_life_for_it(simulated):
    alone, done = simulated("alone-for-hours", 4)
    _, without = simulated("none", 4)
    (row,) = np.flatnonzero(alone.state.people.member)
    others = [k for k in range(PEOPLE) if k != row]
    assert alone.state.people.kept[row] == 0
    planned = np.isin(without["channel"], PLANNED) & (without["content"] == "")
    lost = planned & (without["from"] == row)
    assert lost.any()
    assert acts(done, ~of(done, row)) == acts(without, ~of(without, row))
    assert not (np.isin(done["channel"], PLANNED) & (done["content"] == "") & (done["from"] == row)).any()
    assert (alone.state.people.kept[others] == 1).all()


def test_two_members_have_each_other(simulated):
    two, done = simulated("two", 200)
    people, ties = two.state.people, two.state.ties
    pair = np.flatnonzero(people.member)
    linked = np.flatnonzero(ties.flags & LINKED)
    assert pair.size == 2
    assert [ties.i[linked].tolist(), ties.j[linked].tolist()] == [[pair[0]], [pair[1]]]
    said = acts(done, online(done))
    assert len(said) > 100
    assert {act[1:3] for act in said} == {tuple(pair.tolist()), tuple(pair[::-1].tolist())}
    others = np.delete(np.arange(ties.i.size), linked)
    for name in ("touch", "exchange", "view_ij", "view_ji", "were_friends"):
        assert getattr(ties, name)[linked].all(), name
        assert not getattr(ties, name)[others].any(), name


def test_two_members_touch_nobody_else_on_the_first_day(simulated):
    two, done = simulated("two", 1)
    none, without = simulated("none", 1)
    pair = np.flatnonzero(two.state.people.member)
    both = np.isin(done["from"], pair) & np.isin(done["to"], pair)
    both_without = np.isin(without["from"], pair) & np.isin(without["to"], pair)
    assert acts(done, ~both) == acts(without, ~both_without)
    old = two.state.ties.class_ij != ONLINE_BORN
    others = old & (two.state.ties.flags & LINKED == 0)
    assert others.sum() in (none.state.ties.i.size, none.state.ties.i.size - 1)


# --- one platform after another ------------------------------------------------------------------


def test_who_is_no_member_of_the_next_platform_has_no_link_left(simulated):
    before, after = (simulated("fewer", days)[0].state for days in (20, 21))
    assert 0 < after.people.member.sum() < before.people.member.sum() / 2
    both = after.people.member[after.ties.i] & after.people.member[after.ties.j]
    linked = after.ties.flags & LINKED != 0
    stays = np.isin(tile_key(after.ties.i, after.ties.j), tile_key(before.ties.i, before.ties.j)[before.ties.flags & LINKED != 0])
    assert linked[both & stays].all()
    assert not linked[~both].any()
    assert not after.ties.were_friends[~both].any()
    assert (after.ties.touch[~both] > 0).any()  # what there was is remembered


def test_nothing_of_a_platform_holds_in_the_next(simulated):
    """A platform without a feed is the same one after a platform with a feed as it is at once."""
    after, at_once = (simulated(arm, 21)[0].rules for arm in ("feedless", "without-feed"))
    for name, one, other in zip(after._fields, after, at_once):
        if name not in ("level", "centre"):  # solved for the closeness of the day
            np.testing.assert_array_equal(one, other, err_msg=name)


# --- and by the plain engine ---------------------------------------------------------------------


@pytest.mark.parametrize("arm", ["heavy", "without-feed", *slow("alone", "two", "bare", "without-messages")])
def test_the_plain_engine_lives_the_same_edge(study, grown, arm):
    """From the first plan day with the platform on."""
    worlds, logs = [sim.World(study, arm, 1, grown=grown) for _ in range(2)], [EventLog(), EventLog()]
    for world, engine, log in zip(worlds, ("fast", "plain"), logs):
        world.run(-world.branch_day % WEEK)
        world.engine = engine
        world.run(2, log)  # a plan day and the next
    assert acts(logs[0].columns()) == acts(logs[1].columns())
    assert_same(worlds[0].state, worlds[1].state, rounding=1e-5)


@pytest.mark.parametrize("share", [0.3, 0.5, 1.0])
def test_reading_leaves_time_for_writing(a_study, share):
    """60 items would take 24 of the 5 minutes. All read for the share that reading takes at most, and write in what is left."""
    study = a_study(name="edges", people=60, burn_in='"1y"')
    hasty = sim.World(study, "wall", 1, point={"platform.minutes": 5.0, "feed.reading_share": share})
    hasty.run(8)
    people = hasty.state.people
    members = people.minutes[people.member]
    reading = people.items * float(hasty.rules.item_minutes)
    np.testing.assert_allclose(reading[people.member], share * members, rtol=1e-6)
    falls_silent = people.reaction_rate[people.member] <= 1e-5 * people.reactions[people.member]
    assert falls_silent.all() if share == 1 else not falls_silent.any()


def test_a_platform_of_links_alone_leaves_nothing_to_be_read(simulated):
    before, _ = simulated("barer", 20)
    assert before.state.ties.view_ij.any()
    after, _ = simulated("barer", 21)
    ties = after.state.ties
    assert not any(
        column.any() for column in (ties.view_ij, ties.view_ji, ties.attention_ij, ties.attention_ji, ties.were_friends)
    )
