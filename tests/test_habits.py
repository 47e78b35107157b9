"""What profiles and platforms intend, and what people do (`sim habits`)."""

import re
import shutil

import numpy as np
import polars as pl
import pytest
from conftest import SCENARIOS
from test_cli import refused
from test_cli import sim as command
from worlds import default_rules, on_the_feed, share_a_place, world

import sim
from sim.errors import InputError
from sim.study.judging import habits as judging
from sim.study.judging.habits import HABITS, REASONS, reasons
from sim.study.records import tables
from sim.study.single import causes, habits
from sim.study.single.habits import simulated, written_acts
from sim.text import LANGUAGES
from sim.text.catalogue import catalogue, member
from sim.world.columns import FRIEND, LINKED, ONLINE, SHARED
from sim.world.plan import plan

SOCIETY = SCENARIOS / "society.toml"


def three_people(**numbers):
    """0 -- 1 -- 2, all members; the second link is to somebody never met. All share a place."""
    flags = [SHARED | LINKED, LINKED]
    state = on_the_feed(
        world(3, [(0, 1), (1, 2)], kind=[FRIEND, ONLINE], flags=flags, affinity=[1.0, 0.0], people=dict(places=0)),
        **dict(minutes=[10, 20, 30], posts=[1, 2, 3], comments=0.6, messages=0.3, groups=0.1) | numbers,
    )  # fmt: skip
    assert share_a_place(state).all()
    plan(state, default_rules(feed=True, online=True))
    return state


def test_what_people_do_by_hand():
    state = three_people()
    found = simulated(state, written_acts(state))
    assert found["minutes"] == 20
    assert found["links"] == pytest.approx(4 / 3)
    assert found["overlap"] == 0.5
    assert found["posts"] == 2
    assert found["written"] <= 1 + 1e-6  # what fits into the minutes
    scale = state.people.reaction_rate / state.people.reactions
    assert found["written"] == pytest.approx(scale.mean(), rel=1e-5)
    private = np.array([0.4, 0.4, 0.1 + 0.3])  # 2 can send no message: it goes to groups
    assert found["private"] == pytest.approx((private * scale).sum() / scale.sum(), rel=1e-5)


@pytest.fixture(scope="module")
def found():
    return sim.habits(SOCIETY, ["us", "japan"], ["wall-2009"], people=300, seeds=1, years=1)


def test_each_profile_has_each_habit_on_each_platform(found):
    assert found.height == 2 * len(HABITS)
    assert found["habit"].to_list() == [habit.name for habit in HABITS] * 2
    assert found.null_count().select("intended", "simulated").sum_horizontal().item() == 0


@pytest.mark.parametrize("profile", ["us", "japan"])
@pytest.mark.parametrize("habit", ["posts", "private", "passing", "minutes"])
def test_people_do_what_the_numbers_say(found, profile, habit):
    (row,) = found.filter(profile=profile, habit=habit).iter_rows(named=True)
    assert row["ratio"] == pytest.approx(1, abs=0.25)  # of 300 people, who differ much
    assert row["ratio"] == pytest.approx(row["simulated"] / row["intended"])


def test_the_same_seeds_give_the_same_table(found):
    again = sim.habits(SOCIETY, ["us", "japan"], ["wall-2009"], people=300, seeds=1, years=1, threads=2)
    assert again.equals(found)


def test_a_name_that_is_none_is_refused():
    with pytest.raises(InputError, match=r"no platform 'wall-2008'; expected .*wall-2009"):
        sim.habits(SOCIETY, ["us"], ["wall-2008"])
    assert refused(command("habits", SOCIETY, "--profile", "uk"), "no profile 'uk'")


def test_the_command_prints_and_writes_the_table(tmp_path):
    file = tmp_path / "habits.csv"
    done = command("habits", SOCIETY, "--profile", "us", "--platform", "wall-2009", "--people", 60, "--seeds", 1, "--csv", file)
    assert done.exit_code == 0, done.output
    assert "wall-2009" in done.stdout
    assert re.search(r"links +a society of 60 people has no partners left for so many links +wall-2009 \(us\)", done.stdout)
    table = tables.read(tmp_path, "habits")  # with a digest of its rows
    assert table["people"].to_list() == [60] * len(HABITS)
    assert tables.provenance(tmp_path, "habits").seeds == "1"
    assert (table["note"] != "").to_list() == (table["reasons"] != "").to_list()


# Why a habit is off


def codes(*arguments):
    return [reason.code for reason in reasons(*arguments)]


@pytest.mark.parametrize(
    ("intended", "simulated", "sizes", "luck", "expected"),
    [
        (10.0, 9.1, {}, 0.0, []),
        (10.0, 8.0, {"cap": -2.0}, 0.0, ["cap"]),
        (10.0, 5.0, {"cap": -1.0, "cost": -4.0, "year": -0.1}, 0.0, ["cost", "cap"]),
        (10.0, 8.8, {"cap": -0.4, "cost": -0.4, "year": -0.3}, 0.0, ["cap"]),  # none is large: the largest
        (10.0, 8.0, {}, 2.5, ["luck"]),
        (10.0, 8.0, {}, 1.5, ["unexplained"]),
        (10.0, 6.0, {"cap": -2.0}, 1.5, ["cap", "unexplained"]),
        (10.0, 8.0, {"cap": 2.0}, 1.0, ["cap", "unexplained"]),  # a reason for more of it, and there is less
        (0.0, 1.0, {"cap": 0.0}, 0.0, ["unexplained"]),
        (0.0, 0.0, {}, 0.0, []),
        (None, 0.3, {}, 0.0, ["outcome"]),
    ],
)
def test_a_habit_that_is_off_has_a_reason_of_its_size(intended, simulated, sizes, luck, expected):
    assert codes(intended, simulated, sizes, luck) == expected


def test_a_note_says_what_each_reason_adds():
    found = reasons(10.0, 7.0, {"cost": -4.0, "notified": 1.0})
    assert judging.note(found, 10.0, 300) == (
        "links cost something, so members have fewer (-40%); notifications make members stay longer (+10%)"
    )
    assert judging.note(reasons(None, 0.3, {}), None, 300) == "people choose it themselves, so nothing is intended"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_reason_has_a_text(lang):
    texts = [catalogue(lang)(member("habits-reason", code), people=1000) for code in REASONS]
    assert len(set(texts)) == len(REASONS)


def edited(folder, *edits):
    """A society with the platform `other`: wall-2009 after these edits of its text, each (old, new)."""
    shutil.copytree(SCENARIOS / "profiles", folder / "profiles")
    for name in ("society.toml", "margins.toml"):
        shutil.copy(SCENARIOS / name, folder)
    (folder / "platforms").mkdir()
    shutil.copy(SCENARIOS / "platforms" / "none.toml", folder / "platforms")
    text = (SCENARIOS / "platforms" / "wall-2009.toml").read_text("utf-8")
    for old, new in (('name = "wall-2009"', 'name = "other"'), *edits):
        text, times = re.subn(old, new, text, flags=re.MULTILINE | re.DOTALL)
        assert times == 1, old
    (folder / "platforms" / "other.toml").write_text(text, "utf-8")
    return folder / "society.toml"


def without(*sections):
    return [(rf"^\[{section}\].*?(?=^\[|\Z)", "") for section in sections]


def number(name, value, high, unit):
    return f'{name} = {{ value = {value}, low = 0.01, high = {high}, unit = "{unit}", status = "assumed", source = "a test" }}\n'


def more(section, *numbers):
    """An edit that puts numbers into a section, or a new section at the end if there is none."""
    return (rf"^\[{section}\]\n", f"[{section}]\n{''.join(numbers)}")


def last(section, *numbers):
    return (r"\Z", f"\n[{section}]\n{''.join(numbers)}")


CALLS = last("notifications", number("per_day", 5, 10, "notifications/day"), number("pull", 0.1, 0.2, "share"))
UNLINKING = last("unlinking", number("rate", 0.3, 0.5, "P/month"), number("half", 0.05, 0.2, "closeness"))
CASES = {
    "as it is": ([], {"links": {"partners"}}),
    "no public channel": (without("comments"), {"private": {"no-public"}}),
    "no private channel": (without("messages", "groups"), {"private": {"no-private"}}),
    "no written acts": (without("comments", "messages", "groups", "written"), {}),
    "no feed": (without("feed"), {}),
    "a cap": ([more("links", number("cap", 20, 200, "links"))], {"links": {"cap"}}),
    "a cost": ([more("links", number("cost", 0.5, 0.9, "share"))], {"links": {"cost"}}),
    "calls": ([CALLS], {"minutes": {"notified"}, "posts": {"other-minutes"}, "written": {"notified"}}),
    "no time": ([(r"rate = { value = 0.016, low = 0.008, high = 0.03", "rate = { value = 2.0, low = 0.008, high = 3.0")],
                {"written": {"minutes"}}),
    "links end": ([UNLINKING], {"links": {"year"}}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_reasons_follow_from_the_platform_and_the_society(tmp_path, case):
    """Each difference is explained, and by what the platform has or lacks."""
    edits, expected = CASES[case]
    table = sim.habits(edited(tmp_path, *edits), ["us"], people=120, seeds=1, years=1)
    there = {row["habit"]: set(row["reasons"].split()) - {"luck"} for row in table.iter_rows(named=True)}
    assert not [habit for habit, found in there.items() if "unexplained" in found]
    for habit, found in expected.items():
        assert found <= there[habit]
    of_edits = {"no-public", "no-private", "cap", "cost", "notified", "other-minutes", "minutes", "year"}
    assert set().union(*there.values()) & of_edits == set().union(*expected.values()) & of_edits
    off = (table["simulated"] - table["intended"]).abs() > 0.1 * table["intended"]
    assert off.to_list() == (table["reasons"] != "").to_list()


def test_what_nothing_accounts_for_is_not_explained(tmp_path, monkeypatch):
    monkeypatch.setattr(habits, "causes", lambda *_: {})
    monkeypatch.setattr(habits, "_most_luck", lambda *_: 0.0)
    file = tmp_path / "habits.csv"
    done = command("habits", SOCIETY, "--profile", "us", "--platform", "wall-2009", "--people", 60, "--seeds", 1, "--csv", file)
    assert re.search(r"links +not explained +wall-2009 \(us\)", done.stdout)
    (note,) = pl.read_csv(file).filter(habit="links")["note"]
    assert re.fullmatch(r"not explained \(-\d+%\)", note)


def test_places_of_people_who_are_linked_to_all_others_with_a_place_lack_partners():
    """0, 1 and 2 have free places: of their three pairs two have a row. Then 0 and 3, without a row."""
    state = world(4, [(0, 1), (1, 2)], flags=[LINKED, LINKED], people=dict(member=True))
    state.people.link_places[:] = [3, 4, 3, 0]
    assert causes.links(state)._replace(overlap=0) == (1.0, 0, 1.0, (2 + 2 + 2) / 4, (2 + 2 + 2) / 4)
    state.people.link_places[:] = [2, 2, 1, 1]
    assert causes.links(state).free == 0


WALL = sim.load(SCENARIOS / "birthday-prompt.toml").resolve("wall").platform()


def test_acts_of_people_who_have_nobody_to_write_to():
    """2 is alone on the platform, and 0 has no minutes left: what they would write is lost, each for its reason."""
    acts = dict(comments=0.6, messages=0.3, groups=0.1)
    state = on_the_feed(world(3, [(0, 1)], flags=[SHARED | LINKED]), minutes=[0, 200, 300], posts=[1, 2, 3], **acts)
    plan(state, default_rules(feed=True, online=True))
    sizes = causes._not_written(state, WALL, written_acts(state))
    assert sizes["nobody"] == pytest.approx(-1 / 3)
    assert sizes["minutes"] == pytest.approx(-1 / 3, rel=1e-5)


def test_acts_that_change_sides_for_lack_of_readers():
    """What was to be public is written in private by 0 and 1, and the reverse by 2."""
    state = three_people(comments=0.8, messages=0.2, groups=0.0)
    written = written_acts(state)
    assert causes._of_private(state, WALL, written, 0.2) == {"one-way": 0}
    written[:, :] = [[0, 0, 1], [1, 1, 0], [0, 0, 0]]
    assert causes._of_private(state, WALL, written, 0.2)["one-way"] == pytest.approx((0.8 + 0.8 - 0.2) / 3)
