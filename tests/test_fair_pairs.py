"""Two arms of one seed have the same luck: a feature moves nothing but what it touches (docs/model.md 7.10)."""

import hashlib
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
import pytest
from conftest import grown_for, slow
from worlds import assert_identical, platform_rates

import sim
from sim.channels import GESTURES, GREETING
from sim.study.judging.legs import LEGS, RELATIVE
from sim.study.judging.verdict import Estimate, decide
from sim.study.sweep.sweeping import sweep
from sim.study.sweep.units import PLACEBO_DAY
from sim.world.beginning import generated_state
from sim.world.casting import Platform
from sim.world.columns import FROM_FRIENDS, GREETED_IJ, GREETED_JI, LINKED, NEW_TIE
from sim.world.day import run_days
from sim.world.events import EventLog
from sim.world.growing import Grown
from sim.world.measures import carriers, partners
from sim.world.state import MONTH, WEEK, State, tile_key

NO_FORCE = '"response.substitution" = 0.0, "response.suppression" = 0.0, "response.displacement" = 0.0'
NO_DOSE = '"channels.greeting.dose" = 0.0, "channels.greeting.dose_sent" = 0.0'
NO_LINKS = '"platform.links.share" = 0.0, "platform.links.link_slope" = 0.0, "us.links" = 0.0'

ARMS = f"""
[arms.late]
platform = "none"
schedule = [{{ day = 100, platform = "wall-2009" }}]
[arms.late-too]
platform = "none"
schedule = [{{ day = 100, platform = "wall-2009" }}]
set = {{ "platform.minutes" = 100.0, "prompts.slope" = 0.0 }}
[arms.comes-and-goes]
platform = "none"
schedule = [
  {{ day = 11, platform = "wall-2009" }}, {{ day = 24, platform = "none" }}, {{ day = 27, platform = "wall-2009" }},
]
[arms.leaves]
platform = "wall-2009"
schedule = [{{ day = 50, platform = "none" }}]
[arms.no-members]
platform = "wall-2009"
set = {{ "adoption" = 0.0 }}
[arms.no-links]
platform = "wall-2009"
set = {{ {NO_LINKS}, {NO_FORCE} }}
[arms.nobody-there]
platform = "wall-2009"
set = {{ "prompts.active" = 0.0 }}
[arms.empty-greetings]
platform = "wall-2009"
set = {{ {NO_FORCE}, {NO_DOSE} }}
[arms.no-prompt-no-force]
platform = "wall-2009"
set = {{ {NO_FORCE}, {NO_DOSE}, "prompts.birthday" = false }}
[arms.full-greetings]
platform = "wall-2009"
set = {{ {NO_FORCE}, "channels.greeting.dose" = 0.03 }}
"""
YEAR_AND_A_HALF = 540  # past a New Year, all birthdays, eighteen turn-overs and the first forgotten ties


@pytest.fixture(scope="module")
def study(a_study):
    return a_study(ARMS, name="pairs", people=250)  # of 60 people everybody knows everybody: nobody new to meet


@pytest.fixture(scope="module")
def grown(study):
    return grown_for(study)


def simulated(study, grown, *arms, **kwargs) -> list[sim.World]:
    return [sim.World(study, arm, 1, grown=grown, **kwargs) for arm in arms]


def real_life(state: State) -> dict[str, np.ndarray]:
    """Everything of a state that is not on the platform, by name."""
    ties, people = state.ties, state.people
    real = {name: getattr(ties, name) for name in ties._fields if name not in ("flags", "touch", "exchange", "gestures")}
    real |= {name: getattr(people, name) for name in ("contacts", "birthday", "social", "drive", "kept", "places")}
    real["gestures"] = ties.gestures[..., [GESTURES.index("wish"), GESTURES.index("letter")]]
    real["flags"] = ties.flags & ~np.uint8(LINKED | GREETED_IJ | GREETED_JI)
    return real | {
        "season": state.tally.season,
        "closeness in season": state.tally.season_closeness,
        "received": state.tally.received[..., :GREETING, :],
        "absorbed": state.tally.absorbed[..., :GREETING],
    }


def assert_same_real_life(one: State, other: State) -> None:
    one, other = real_life(one), real_life(other)
    for name, column in one.items():
        np.testing.assert_array_equal(column, other[name], err_msg=name)


# --- until something happens ---------------------------------------------------------------------


def test_arms_are_identical_until_the_platform_comes(study, grown):
    worlds = simulated(study, grown, "none", "late", "late-too")
    for world in worlds:
        world.run(100)  # days 0 to 99
    for world in worlds[1:]:
        assert_identical(worlds[0].state, world.state)
    for world in worlds:
        world.run(1)  # day 100: the platform is joined before anything else
    never, late, late_too = (world.state for world in worlds)
    assert not never.people.member.any()
    assert late.people.member.sum() > 30
    assert (late.ties.flags & LINKED).any()
    assert np.array_equal(late.people.member, late_too.people.member)  # the same people join


def test_the_placebo_is_the_control_until_its_day_and_another_life_after(study, grown):
    control, placebo = simulated(study, grown, "wall", "wall")
    placebo.other_luck = (PLACEBO_DAY, PLACEBO_DAY)
    for world in (control, placebo):
        world.run(PLACEBO_DAY)
    assert_identical(control.state, placebo.state)
    for world in (control, placebo):
        world.run(1)
    assert not np.array_equal(control.state.ties.c_ij, placebo.state.ties.c_ij)
    assert np.array_equal(control.state.people.birthday, placebo.state.people.birthday)


def test_after_its_day_the_placebo_has_the_controls_luck_again(study, grown):
    control, placebo = simulated(study, grown, "none", "none")
    placebo.other_luck = (3, 3)
    assert [control.luck(day) == placebo.luck(day) for day in range(6)] == [True, True, True, False, True, True]


def test_only_its_day_of_the_week_has_the_placebos_luck(study, grown):
    """Chance meetings of old ties follow nothing but luck: those of the other days are the control's."""
    first = -grown.state.day % WEEK  # of the first whole week after the branch
    days = range(first + WEEK)
    assert grown.state.day % MONTH + len(days) <= MONTH  # no turnover yet

    def meetings(luck) -> list[set]:
        """The chance meetings of each day."""
        (world,) = simulated(study, grown, "none", other_luck=luck)
        return [{act for act in acts(world, 1) if act[3] == "chance"} for _ in days]

    control, other = meetings(None), meetings((0, len(days)))
    assert all(control[day] != other[day] for day in days)
    for weekday in range(first, first + WEEK):
        placebo = meetings((weekday, weekday))
        assert placebo == [other[day] if day == weekday else control[day] for day in days]


# --- strength zero -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arm, control",
    [
        ("no-members", "none"),
        ("no-links", "none"),
        ("nobody-there", "no-prompt"),
        ("empty-greetings", "no-prompt-no-force"),
    ],
)
def test_a_feature_of_strength_zero_changes_nothing_for_ever(study, grown, arm, control):
    with_it, without = simulated(study, grown, arm, control)
    for _ in range(3):
        with_it.run(YEAR_AND_A_HALF // 3)
        without.run(YEAR_AND_A_HALF // 3)
        assert_same_real_life(with_it.state, without.state)


MET_ELSEWHERE = "meeting-elsewhere"  # in communities and in the feed, which a platform must have for that
# A section of a platform -> keys that a platform may lack, with the value at which each does nothing
AT_ZERO = {
    "prompts": {"opt_in": 1.0},
    "feed": {"adverts": 0.0, "recommended": 0.0, "public": 0.0, "reposts": True},
    "reactions": {"crowd": 0.0},
    "pseudonyms": {"told": 0.3},
    "joining": {"days": 0.0},
    "leaving": {"for_good": 0.0, "for_a_while": 0.0, "away": 60.0},
    "links": {"cost": 0.0, "cap": 2000.0},
    "notifications": {"per_day": 5.0, "pull": 0.0},
    "unlinking": {"rate": 0.0, "half": 0.05},
    "suggestions": {"rate": 0.0},
    "meeting": {"through_links": 0.0, "first_closeness": 0.02, "affinity": 1.0},
    "gate": {"share": 0.0, "half": 0.2, "far": 0.2},
    "communities": {"joined": 0.0, "size": 60},
}


@pytest.fixture(scope="module")
def at_zero(a_study, a_platform):
    """A study with the wall, and an arm for each key that the wall lacks, at the value at which it does nothing."""
    nobody = '"us.repost" = 0.0, "us.pseudo" = 0.0'
    arms = "".join(a_platform(f"no-{section}", nobody, **{section: keys}) for section, keys in AT_ZERO.items())
    ways = {"in_communities": 0.0, "in_feed": 0.0, "first_closeness": 0.02, "affinity": 1.0}
    arms += a_platform(f"no-{MET_ELSEWHERE}", meeting=ways, communities=AT_ZERO["communities"], feed={"recommended": 0.0})
    return a_study(arms, name="at-zero", people=250)


@pytest.mark.parametrize("section", [*AT_ZERO, MET_ELSEWHERE])
def test_a_feature_that_does_nothing_is_one_that_is_not_there(at_zero, grown, section):
    worlds = simulated(at_zero, grown, "wall", f"no-{section}")
    for world in worlds:
        world.run(120)
    assert_identical(*(world.state for world in worlds))


def test_empty_greetings_were_sent(study, grown):
    """The case above is not empty: there were greetings, and with a dose they do move real life."""
    empty, full = simulated(study, grown, "empty-greetings", "full-greetings")
    for world in (empty, full):
        world.run(365)
    assert empty.state.tally.received[..., GREETING, 1].sum() > 100
    assert empty.state.ties.touch.max() > 0
    with pytest.raises(AssertionError):
        assert_same_real_life(empty.state, full.state)


# --- what a feature may touch --------------------------------------------------------------------


def test_prompts_change_no_person_no_birthday_and_no_link(study, grown):
    with_it, without = simulated(study, grown, "wall", "no-prompt")
    for world in (with_it, without):
        world.run(1)
    for name in ("profile", "contacts", "greet", "birthday", "shown", "member", "minutes", "kept", "social", "places"):
        np.testing.assert_array_equal(getattr(with_it.state.people, name), getattr(without.state.people, name), name)
    greeted = np.uint8(GREETED_IJ | GREETED_JI)
    assert np.array_equal(with_it.state.ties.flags & ~greeted, without.state.ties.flags & ~greeted)


def acts(world: sim.World, days: int) -> set[tuple]:
    log = EventLog()
    world.run(days, log)
    columns = log.columns()
    return set(zip(*(columns[name].tolist() for name in ("day", "from", "to", "channel", "prompted"))))


def test_on_the_first_day_prompts_only_add_greetings(study, grown):
    with_it, without = simulated(study, grown, "full-greetings", "no-prompt-no-force")
    both = [acts(world, 1) for world in (with_it, without)]
    assert both[1] <= both[0]
    assert {act[3] for act in both[0] - both[1]} <= {"greeting"}


def test_chance_meetings_of_old_ties_are_nobodys_decision(study, grown):
    """Until the first turn-over no arm can move them (then a link may keep a tie alive)."""
    worlds = simulated(study, grown, "none", "no-prompt", "wall")
    days = MONTH - grown.state.day % MONTH
    meetings = [{act for act in acts(world, days) if act[3] == "chance"} for world in worlds]
    assert meetings[0] == meetings[1] == meetings[2]
    assert len(meetings[0]) > 10


def test_prompts_move_no_new_acquaintance_of_the_first_month(study, grown):
    """Whom people meet in a setting is drawn from who is there, whatever was greeted."""
    worlds = simulated(study, grown, "wall", "no-prompt")
    met = []
    for world in worlds:
        world.run(30)
        t = world.state.ties
        new = (t.class_ij == NEW_TIE) & (t.origin != FROM_FRIENDS)
        met.append(set(zip(t.i[new].tolist(), t.j[new].tolist(), t.origin[new].tolist(), t.affinity[new].tolist())))
    assert met[0] == met[1]
    assert len(met[0]) > 20


# --- one feature at a time -----------------------------------------------------------------------
# Two arms that differ in one setting of a platform that comes on a plan day. Until the setting can act nothing differs; on
# the day it first does, only the acts and the ties do that it says it touches.


class Pair(NamedTuple):
    """Two worlds at the end of the first day on which anything differs, and the acts of that day."""

    one: sim.World
    other: sim.World
    acts: tuple[Counter, Counter]

    def had(self, *channels: str) -> np.ndarray:
        """(ties,) bool: had an act of these channels today, in either world."""
        some = {frozenset(act[:2]) for acts in self.acts for act in acts if act[2] in channels}
        ties = self.one.state.ties
        return np.array([frozenset(pair) in some for pair in zip(ties.i.tolist(), ties.j.tolist())])

    def differ(self, *columns: str) -> np.ndarray:
        """(ties,) bool: not the same in these columns."""
        pairs = ((getattr(world.state.ties, name) for world in (self.one, self.other)) for name in columns)
        return np.any([np.reshape(a != b, (len(a), -1)).any(axis=1) for a, b in pairs], axis=0)

    def of(self, person: np.ndarray) -> np.ndarray:
        """(ties,) bool: of one of these people."""
        ties = self.one.state.ties
        return person[ties.i] | person[ties.j]


PLANNED = ("visit", "call", "letter")
SAID = ("message", "comment", "group")


def rates(pair: Pair) -> np.ndarray:
    one, other = (np.stack(platform_rates(world.state)) for world in (pair.one, pair.other))
    return pair.differ("view_ij", "view_ji", "attention_ij", "attention_ji", "were_friends") | (one != other).any(axis=(0, 1))


class Feature(NamedTuple):
    without: dict
    with_it: dict
    ties: Callable[[Pair], np.ndarray]  # which ties it may touch first
    acts: Callable[[str, str], bool] = lambda channel, cause: False  # and which acts of theirs
    people: tuple[str, ...] = ()  # and which columns of people


def own(*channels: str) -> Callable[[str, str], bool]:
    return lambda channel, cause: cause == "" and channel in channels


def for_a_date(channel: str, cause: str) -> bool:
    return cause != ""


def using(setting: str, value, *people: str) -> Feature:
    """A setting of what people do on the platform: it touches the rates that are settled for the week."""
    return Feature({}, {setting: value}, rates, own(*SAID, "reaction"), people)


def shown(pair: Pair) -> np.ndarray:
    return pair.of(pair.one.state.people.shown != pair.other.state.people.shown)


PRIVATE_ACTS = ("messages", "groups", "message_rate", "group_rate")
DIFFER = {"response.content_effects": "differ"}


def of_content(settings: dict, *people: str) -> Feature:
    """What people post, or what that changes, where sorts of content act differently."""
    return using("", None, *people)._replace(without=DIFFER, with_it=DIFFER | settings)


HALF_FALSE = {"prompts.false_share": 0.5}
FEATURES = {
    "false-dates": Feature({}, {"prompts.false_share": 1.0}, shown, for_a_date, ("shown",)),
    "hidden-dates": Feature({}, {"prompts.hidden_share": 1.0}, shown, for_a_date, ("shown",)),
    "nonbirthday": Feature(
        HALF_FALSE | {"response.nonbirthday": 0.0}, HALF_FALSE | {"response.nonbirthday": 1.0},
        lambda pair: pair.had("message"), lambda channel, cause: cause == "nonbirthday",
    ),
    "composed-dose": Feature({}, {"response.composed_dose": 2.0}, lambda pair: pair.had(*SAID)),
    "cheap-dose": Feature(
        {}, {"response.cheap_dose": 2.0},
        lambda pair: pair.had("greeting", "reaction") | (pair.one.state.ties.view_ij > 0) | (pair.one.state.ties.view_ji > 0),
    ),
    "content-opening": of_content({"content.lasting.opening": 2.0}, "opened", "comment_rate"),
    "content-dose": Feature(
        DIFFER, DIFFER | {"content.passing.dose": 0.5},
        lambda pair: (pair.one.state.ties.view_ij > 0) | (pair.one.state.ties.view_ji > 0), people=("dosed",),
    ),
    "content-share": of_content({"content.lasting.share": 0.5}, *PRIVATE_ACTS),
    "passing": of_content({"feed.passing": 0.6}, "opened", "dosed", "comment_rate", *PRIVATE_ACTS),
    "essay": of_content({"response.content": "essay"}, "opened", "dosed", "comment_rate", *PRIVATE_ACTS),
    "order": using("feed.order", "closeness", "comment_rate"),
    "opening": using("feed.opening", 0.2, "comment_rate"),
    "attention": using("us.gamma_attend", 1.5, "attend", "comment_rate", "message_rate"),
    "visits": using("feed.visits", 0.5, "comment_rate"),
    "written": using("written.rate", 0.0, "comments", "comment_rate", *PRIVATE_ACTS),
    "opt-in": Feature({}, {"prompts.opt_in": 0.4}, lambda pair: pair.had("greeting"), for_a_date, ("wants_prompts",)),
    "adverts": using("feed.adverts", 0.4, "comment_rate"),
    "reactions": using("reactions.rate", 0.0, "reactions", "reaction_rate"),
    "private": using("us.private", 0.8, "comments", "comment_rate", *PRIVATE_ACTS),
    "messages": using("messages.rate", 0.0, *PRIVATE_ACTS),
    "groups": using("groups.rate", 0.0, *PRIVATE_ACTS),
    "reply": Feature({}, dict.fromkeys(("comments.reply", "messages.reply", "groups.reply"), 1.0),
                     lambda pair: pair.had(*SAID), own(*SAID)),
    "meet-after": Feature({}, {"response.meet_after": 1.0}, lambda pair: pair.had(*SAID), own(*PLANNED)),
    "substitution": Feature({}, {"response.substitution": 1.0}, lambda pair: pair.one.state.ties.touch > 0, own(*PLANNED)),
    "complement": Feature({}, {"response.complement": 5.0}, lambda pair: pair.one.state.ties.exchange > 0, own(*PLANNED)),
    "displacement": Feature({}, {"response.displacement": 0.39}, lambda pair: pair.of(pair.one.state.people.member),
                            own(*PLANNED), ("kept", "drive")),
}  # fmt: skip
# Minutes enough for everything, so that no act makes another wait; nobody meets because of what they wrote
COMMON = {"platform.minutes": 500.0, "response.meet_after": 0.0}
COMES = 5  # the first plan day after two years of growing


def arms_of(features: dict[str, Feature]) -> str:
    lines = []
    for name, feature in features.items():
        for side, changes in (("without", feature.without), ("with", feature.with_it)):
            said = ", ".join(f'"{key}" = {value!r}' for key, value in (COMMON | changes).items())
            schedule = f'[{{ day = {COMES}, platform = "wall-2009" }}]'
            lines.append(f'[arms.{side}-{name}]\nplatform = "none"\nschedule = {schedule}\nset = {{ {said} }}\n')
    return "".join(lines)


@pytest.fixture(scope="module")
def features(a_study, grown):
    assert (grown.state.day + COMES) % WEEK == 0
    return a_study(arms_of(FEATURES), name="features", people=250)


def a_days_acts(world: sim.World) -> Counter:
    """(sender, receiver, channel, cause) of each act of a day, simulated now."""
    log = EventLog()
    world.run(1, log)
    columns = log.columns()
    cause = np.where(columns["prompted"], "prompt", columns["content"])
    return Counter(zip(*(column.tolist() for column in (columns["from"], columns["to"], columns["channel"], cause))))


@pytest.mark.parametrize("name", FEATURES)
def test_a_feature_moves_nothing_but_what_it_touches(features, grown, name):
    feature = FEATURES[name]
    sides = [sim.World(features, f"{side}-{name}", 1, grown=grown) for side in ("without", "with")]
    for world in sides:
        world.run(COMES)
    assert_identical(*(world.state for world in sides))
    for _ in range(40):
        pair = Pair(*sides, tuple(a_days_acts(world) for world in sides))
        for column, one, other in zip(pair.one.state.people._fields, pair.one.state.people, pair.other.state.people):
            assert column in feature.people or np.array_equal(one, other), column
        moved = pair.differ(*pair.one.state.ties._fields)
        if moved.any() or pair.acts[0] != pair.acts[1]:
            break
    else:
        pytest.fail("it never acted")
    assert not (moved & ~feature.ties(pair)).any()
    changed = (pair.acts[0] - pair.acts[1]) + (pair.acts[1] - pair.acts[0])
    assert all(feature.acts(channel, cause) for _, _, channel, cause in changed)
    touched = set(zip(*(column[feature.ties(pair)].tolist() for column in pair.one.state.ties[:2])))
    assert all((min(act[:2]), max(act[:2])) in touched for act in changed)
    assert feature.ties(pair).mean() < 1


# --- the same numbers, however computed ----------------------------------------------------------


@pytest.fixture(scope="module")
def large(a_study):
    """Enough ties for dozens of strips, grown for a month; and its study."""
    study = a_study(ARMS, name="large", people=1800)
    resolved = study.resolve("wall", {})
    state = generated_state(resolved.people, resolved.society, resolved.profiles, 3)
    state.people.social[:] = 100
    state.day, state.branched = 345, True
    return study, Grown(state, ())


def test_threads_change_no_bit(large):
    study, start = large
    assert start.state.ties.i.size > 20 * 4096
    worlds = [sim.World(study, "wall", 3, grown=start, threads=threads) for threads in (1, 2, 3)]
    for world in worlds:
        world.run(22)  # over a turn-over (day 359) and New Year (day 365)
    assert worlds[0].state.day == 367
    for world in worlds[1:]:
        assert_identical(worlds[0].state, world.state)


def test_threads_log_the_same_acts(large):
    study, start = large
    logs = []
    for threads in (1, 2):
        log = EventLog()
        sim.World(study, "wall", 3, grown=start, threads=threads).run(3, log)
        logs.append(log.columns())
    for name, column in logs[0].items():
        np.testing.assert_array_equal(column, logs[1][name], err_msg=name)


@pytest.mark.parametrize("threads", [1, 2])
def test_a_log_of_who_is_heard_is_that_part_of_the_whole(large, threads):
    """Over more strips than are logged at once; and whoever listens changes nothing."""
    study, start = large
    world = sim.World(study, "wall", 3, grown=start)
    world.run(4)  # to the day before a plan day
    heard = np.zeros(world.state.population, np.bool_)
    heard[[0, 7, 700, 1499]] = True
    quiet, all_heard, some_heard = (world.state.copy() for _ in range(3))
    whole: list = []
    part: list = []
    nobody: list = []
    for _ in range(3):
        run_days(quiet, world.rules, 3, 1, threads)
        run_days(all_heard, world.rules, 3, 1, threads, whole)
        run_days(some_heard, world.rules, 3, 1, threads, part, heard)
    assert_identical(quiet, all_heard)
    assert_identical(quiet, some_heard)
    whole, part = ([np.concatenate(column) for column in zip(*log)] for log in (whole, part))
    keep = heard[whole[1]] | heard[whole[2]]
    for column, of_them in zip(whole, part):
        np.testing.assert_array_equal(column[keep], of_them)
    assert 20 < keep.sum() < keep.size / 50
    run_days(quiet, world.rules, 3, 1, threads, nobody, np.zeros_like(heard))
    assert not any(acts.day.size for acts in nobody)


def digest(world: sim.World) -> str:
    found = hashlib.sha256()
    for part in (world.state.people, world.state.ties, world.state.tally):
        for column in part:
            found.update(np.ascontiguousarray(column).tobytes())
    return found.hexdigest()


ELSEWHERE = """
import sys
sys.path.insert(0, "tests")
import sim
from test_fair_pairs import digest
world = sim.World(sim.load(sys.argv[1]), "wall", seed=5)
world.run(200)
print(digest(world))
"""


def test_the_same_seed_is_the_same_world_twice_and_in_another_process(study):
    here = [sim.World(study, "wall", seed=5) for _ in range(2)]
    for world in here:
        world.run(200)
    assert_identical(here[0].state, here[1].state)
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, study.file],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert done.stdout.split()[-1] == digest(here[0])


def test_another_seed_is_another_world(study):
    one, other = (sim.World(study, "none", seed=seed) for seed in (5, 6))
    assert not np.array_equal(one.state.people.birthday, other.state.people.birthday)


class Watching(sim.Person):
    """Is called every day, and does nothing."""

    def before_day(self) -> None:
        pass


class Stepping(Platform):
    """Is called every month, and changes nothing."""

    months = 0

    def step_month(self) -> None:
        self.months += 1


@pytest.mark.parametrize("luck", [None, (20, 20), (21, 21), (3, 12), (0, 50), *slow(*((day, day) for day in range(22, 27)))])
@pytest.mark.parametrize("arm", ["wall", "comes-and-goes"])
def test_weeks_parts_of_weeks_and_days_are_the_same(study, grown, arm, luck):
    """With people who are called every day, with a log, on two threads, whatever comes in the middle of a week."""
    whole, parts, stepped, cast, platform, logged = simulated(study, grown, *[arm] * 6, other_luck=luck)
    whole.run(50)
    parts.threads = 2
    for days in (3, 2, 9, 1, 5, 30):
        parts.run(days)
    for _ in range(50):
        stepped.step()
    cast.cast(Watching, range(0, 250, 50))
    cast.run(50)
    platform.cast_platform(Stepping)
    platform.run(50)
    assert platform.platform.months == (grown.state.day + 50) // MONTH - grown.state.day // MONTH
    logged.run(50, EventLog())
    for world in (parts, stepped, cast, platform, logged):
        assert_identical(whole.state, world.state)


# --- the verdict of a placebo --------------------------------------------------------------------


def test_the_verdict_of_a_placebo_is_inert(a_study):
    """One day's luck changed is nothing, and is found to be nothing; another day's is its noise floor."""
    study = a_study(name="inert", people=200)
    changes: dict[str, list[float]] = {leg.name: [] for leg in LEGS}
    for seed in range(1, 7):
        society = grown_for(study, seed)
        worlds = [sim.World(study, "none", seed, grown=society, other_luck=luck) for luck in (None, (30, 30), (60, 60))]
        for world in worlds:
            world.run(365)
        measured = [{row.measure: row.value for row in w.measure() if row.tie_class == "all"} for w in worlds]
        for leg in RELATIVE:
            changes[leg.name].append(measured[1][leg.measure] / measured[0][leg.measure] - 1)
        control, placebo, floor = (world.composition() for world in worlds)
        changes["partners"].append(partners(placebo, control).mean() - partners(floor, control).mean())
        spent = [one.absorbed.sum(axis=(0, 1)) for one in (control, placebo, floor)]
        changes["carriers"].append(carriers(spent[1], spent[0]) - carriers(spent[2], spent[0]))
    estimates = {name: Estimate(np.mean(some), np.std(some, ddof=1), len(some)) for name, some in changes.items()}
    verdict = decide(estimates, dict.fromkeys((leg.margin for leg in LEGS), 0.05))
    assert verdict.word == "inert", verdict
    assert all(np.any(some) for some in changes.values())  # and yet the placebo went another way


def tables_of(folder: Path) -> dict[str, pl.DataFrame]:
    found = {name: pl.read_parquet(folder / f"{name}.parquet") for name in ("runs", "measures", "pairs")}
    found["runs"] = found["runs"].drop("started", "wall_s", "peak_mb")
    return found


@pytest.mark.slow
def test_jobs_change_no_number(a_study, tmp_path):
    study = a_study(vary='"prompts.slope" = [0.0, 2.0]', name="jobs")
    for jobs in (1, 2):
        summary = sweep(study, tmp_path / str(jobs), jobs=jobs)
        assert (summary.done, summary.failed) == (4, ())
    one, two = (tables_of(tmp_path / str(jobs)) for jobs in (1, 2))
    for name, frame in one.items():
        assert frame.equals(two[name]), name


# --- features that make, keep and end ties --------------------------------------------------------

FULL = {  # name -> sections that make the feature strong
    "follow": {"following": {"known_share": 0.5, "audience_spread": 1.5}},
    "unlink": {"unlinking": {"rate": 0.5, "half": 0.05}},
    "suggest": {"suggestions": {"rate": 2.0}},
    "meet": {"meeting": {"through_links": 1.0, "in_communities": 1.0, "first_closeness": 0.02, "affinity": 1.0},
             "communities": {"joined": 0.5, "size": 60}},
    "leave-for-a-while": {"leaving": {"for_good": 0.0, "for_a_while": 0.3, "away": 60.0}},
    "come-slowly": {"joining": {"days": 365.0}},
    "count": {"reactions": {"crowd": 0.5}},
    "pass-on": {"feed": {"reposts": True}},
    "call": {"notifications": {"per_day": 5.0, "pull": 0.05}},
    "hide": {"pseudonyms": {"told": 0.3}},
}  # fmt: skip


@pytest.fixture(scope="module")
def full(a_study, a_platform):
    return a_study("".join(a_platform(name, **sections) for name, sections in FULL.items()), name="full", people=250)


def equal_pairs(one: State, other: State) -> set[tuple[int, int]]:
    """Pairs whose tie and whose people are the same in two states, to the last bit."""
    same = np.ones(one.population, np.bool_)
    for first, second in zip(one.people, other.people):
        same &= (first == second).reshape(one.population, -1).all(axis=1)
    keys, of_one, of_other = np.intersect1d(
        tile_key(one.ties.i, one.ties.j), tile_key(other.ties.i, other.ties.j), assume_unique=True, return_indices=True
    )
    alike = same[one.ties.i[of_one]] & same[one.ties.j[of_one]]
    for first, second in zip(one.ties, other.ties):
        alike &= (first[of_one] == second[of_other]).reshape(keys.size, -1).all(axis=1)
    rows = of_one[alike]
    return set(zip(one.ties.i[rows].tolist(), one.ties.j[rows].tolist()))


@pytest.mark.parametrize("name", [*[*FULL][::2], *slow(*[*FULL][1::2])])
def test_a_tie_that_a_feature_has_not_touched_acts_as_without_it(full, grown, name):
    """Also where other ties have come and gone: luck belongs to pairs, and not to their rows.

    Days on which people plan or join are left out: then what one does toward a tie follows from all others.
    """
    worlds = simulated(full, grown, "wall", name)
    untouched, touched = 0, 0
    for _ in range(45):
        day = worlds[0].state.day
        settled = day % WEEK and day % MONTH and worlds[0].day
        equal = equal_pairs(*(world.state for world in worlds)) if settled else set()
        acts = [a_days_acts(world) for world in worlds]
        untouched += len(equal)
        for act in (acts[0] - acts[1]) + (acts[1] - acts[0]):
            touched += 1
            assert (min(act[:2]), max(act[:2])) not in equal, act
    assert touched > 0
    assert untouched > 1000
