"""Which habit makes the difference: everything is in one group of habits, shares add up, and a changed habit carries it all."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from conftest import SCENARIOS, slow

from sim.commands.showing import print_split
from sim.errors import InputError, Note
from sim.scenario.profile import HABITS, NO_HABITS, Profile
from sim.scenario.reading import load
from sim.study.judging.contrast import contrasts, paired
from sim.study.judging.habit_shares import MEASURES
from sim.study.mechanisms.split import ask, forecast_split, split
from sim.study.records import json_files, tables
from sim.study.records.result_folder import ResultFolder
from sim.study.sweep import grown as store
from sim.study.sweep.sweeping import about, sweep

STUDY = """format = 1
question = "Whose habits?"
society = "society.toml"
profiles = {{ {profiles} }}
people = {people}
burn_in = "1y"
horizons = ["1y"]
seeds = 2
arms.none = {{ platform = "none" }}
arms.wall = {{ platform = "{platform}", set = {{ {set} }} }}
contrasts = [{{ name = "platform", arm = "wall", control = "none", primary = true }}]
"""
SHIFTS = {
    "minutes": {"minutes_ratio": 0.4}, "links": {"links": 40.0}, "volume": {"post": 3.0, "react": 2.5},
    "division": {"private": 0.9},
    "content": {"disclose": 0.9, "passing_part": 0.1}, "mobility": {"mobility": 0.7}, "attention": {"gamma_attend": 2.0},
}  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> Path:
    """The shipped scenarios, to which profiles are added."""
    return shutil.copytree(SCENARIOS, tmp_path_factory.mktemp("split") / "scenarios")


@pytest.fixture(scope="module")
def another(files):
    """Write a profile like us, but for some numbers."""

    def profile(name: str, **changes: float) -> str:
        lines = (files / "profiles" / "us.toml").read_text("utf-8").replace('name = "us"', f'name = "{name}"').splitlines()
        for key, value in changes.items():
            place = next(k for k, line in enumerate(lines) if line.startswith(f"{key} ="))
            lines[place] = f'{key} = {{ value = {value}, unit = "of", status = "assumed", source = "made up" }}'
        (files / "profiles" / f"{name}.toml").write_text("\n".join(lines), "utf-8")
        return name

    return profile


@pytest.fixture(scope="module")
def study(files):
    def of(*cultures: str, platform: str = "wall-2009", people: int = 40, settings: str = "", name: str = "habits"):
        shares = ", ".join(f"{culture} = {float(place == 0)}" for place, culture in enumerate(cultures))
        text = STUDY.format(profiles=shares, people=people, platform=platform, set=settings)
        (files / f"{name}.toml").write_text(text, "utf-8")
        return load(files / f"{name}.toml")

    return of


def shares(table: pl.DataFrame, measure: str) -> dict[str, float]:
    return dict(table.filter(measure=measure).select("habit", "share").iter_rows())


# --- groups -------------------------------------------------------------------------------------------------------------


def test_every_parameter_of_a_profile_is_in_exactly_one_habit():
    grouped = [name for names in HABITS.values() for name in names]
    assert sorted([*grouped, *NO_HABITS]) == sorted(Profile.model_fields)
    assert len(HABITS) == 7


# --- known answers ------------------------------------------------------------------------------------------------------


def test_equal_profiles_have_no_share(another, study, tmp_path, capsys):
    table = split(study("us", another("twin")), ("us", "twin"), "wall-2009", tmp_path, progress=False).table
    assert set(table["share"]) == {0.0}
    assert not table["changed"].any()
    assert (table["effect_first"] == table["effect_second"]).all()
    assert table.filter(measure="S_all")["effect_first"][0] != 0
    print_split(table)
    k, n = table.select("assumed", "numbers").row(0)
    assert f"{k} of the {n} numbers behind this difference are only assumed" in capsys.readouterr().out


@pytest.mark.parametrize("habit", [*[*HABITS][::2], *slow(*[*HABITS][1::2])])
def test_the_habit_in_which_two_cultures_differ_carries_the_difference(another, study, tmp_path, habit):
    other = another(f"other-{habit}", **SHIFTS[habit])
    settings = ""
    if habit == "content":  # contents that act alike make no difference
        settings = '"content_effects" = "differ", "society.content.passing.dose" = 0.1, "society.content.lasting.dose" = 3.0'
    asked = study("us", other, settings=settings, name=f"habits-{habit}")
    done = split(asked, ("us", other), "wall-2009", tmp_path, progress=False)
    for measure in MEASURES:
        found = shares(done.table, measure)
        assert list(found) == [*HABITS, "all"]
        assert all(found[name] == 0 for name in HABITS if name != habit)
        assert found[habit] == pytest.approx(found["all"], rel=1e-12, abs=1e-15)
    assert shares(done.table, "S_all")["all"] != 0
    assert set(done.table.filter("changed")["habit"]) == {habit, "all"}


@pytest.fixture(scope="module")
def several(another, study, tmp_path_factory):
    """A pair that differs in three habits, mobility among them."""
    other = another("several", **SHIFTS["minutes"], **SHIFTS["attention"], **SHIFTS["mobility"])
    folder = tmp_path_factory.mktemp("several")
    asked = study("us", other, name="several")
    grown: list[tuple] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIM_STORE", str(folder / "store"))
        patch.setattr(store, "grow", lambda *args: grown.append(args[2]) or GROW(*args))
        done = split(asked, ("us", other), "wall-2009", folder / "out", progress=False)
    return asked, folder / "out", done, grown


GROW = store.grow


def test_two_grown_societies_a_seed_serve_all_coalitions(several):
    _, folder, done, grown = several
    assert sorted(grown) == [1, 1, 2, 2]
    assert len(ResultFolder(folder / "split").study["points"]) == 8
    assert done.summary.done == 16


def test_shares_add_up_to_the_difference_in_every_replicate(several):
    _, folder, done, _ = several
    rows = paired(ResultFolder(folder / "split"), MEASURES).filter(profile="all", tie_class="all")
    rows = rows.sort("measure", "seed", "point")
    for measure in MEASURES:
        values = rows.filter(measure=measure)
        v = (values["arm"] - values["control"]).to_numpy().reshape(2, 8)
        control = values["control"].to_numpy().reshape(2, 8)
        assert (control[:, :4] == control[:, :1]).all()  # of the first culture's mobility
        assert (control[:, 4:] == control[:, 4:5]).all()
        unit = control[:, 0].mean()
        found = shares(done.table, measure)
        assert found["all"] == pytest.approx((v[:, -1] - v[:, 0]).mean() / unit, abs=1e-14)
        assert sum(found[name] for name in HABITS) == pytest.approx(found["all"], abs=1e-14)
        assert np.count_nonzero([found[name] for name in HABITS]) == 3


def test_both_ends_are_the_effects_of_the_two_cultures(several, study, tmp_path):
    """Nothing but the unit lies between a split and the studies of each culture alone."""
    _, _, done, _ = several
    effects = {}
    for culture in ("us", "several"):
        sweep(study(culture, name=f"only-{culture}"), tmp_path / culture, progress=False)
        found = contrasts(tmp_path / culture, MEASURES).filter(profile="all", tie_class="all")
        effects[culture] = {row["measure"]: row for row in found.iter_rows(named=True)}
    for row in done.table.filter(habit="all").iter_rows(named=True):
        first, second = (effects[culture][row["measure"]] for culture in ("us", "several"))
        assert row["reference"] == "us"
        assert row["effect_first"] == pytest.approx(first["relative"], rel=1e-12)
        assert row["effect_second"] == pytest.approx(second["difference"] / first["control"], rel=1e-12)


def test_the_unit_is_the_control_of_us_also_if_us_is_the_second(several, tmp_path):
    asked, _, done, _ = several
    back = split(asked, ("several", "us"), "wall-2009", tmp_path, progress=False).table
    assert set(back["reference"]) == {"us"}
    for measure in MEASURES:
        there, again = shares(done.table, measure), shares(back, measure)
        assert [again[name] for name in again] == pytest.approx([-there[name] for name in again], abs=1e-12)


def test_a_split_resumes_and_other_pairs_keep_their_rows(several, another, study):
    asked, folder, done, _ = several
    again = split(asked, ("us", "several"), "wall-2009", folder, progress=False)
    assert (again.summary.ran, again.summary.done) == (0, 16)
    assert again.table.equals(done.table)
    split(asked, ("several", "us"), "wall-2009", folder, progress=False)
    kept = tables.read(folder, "split")
    assert kept.height == 2 * done.table.height
    assert kept.filter(first="us").drop("digest").equals(done.table.drop("digest"))


# --- what is asked ------------------------------------------------------------------------------------------------------


def test_numbers_that_no_rule_reads_are_no_player(another, study):
    """On a wall nobody follows strangers, and contents act alike."""
    other = another("unread", recip=0.9, status=2.0, repost=0.9, pseudo=0.9, disclose=0.9, private=0.1)
    asked = ask(study("us", other, name="unread"), ("us", other), "wall-2009")
    assert asked.players == ("division",)


def test_assumed_numbers_of_society_platform_and_both_cultures_count(another, study):
    other = another("counted", private=0.1, disclose=0.9)
    asked = study("us", other, name="counted")
    alone = json_files.assumed(about(asked, None), "platform")
    read = {name: getattr(asked.profiles["us"], name).status for names in HABITS.values() for name in names}
    read = {name: status for name, status in read.items() if name not in (*HABITS["content"], "recip", "status", "repost")}
    more = Counter((read | {"private": "assumed"}).values())  # of the other culture; contents act alike
    assert ask(asked, ("us", other), "wall-2009").assumed == (alone.assumed + more["assumed"], alone.numbers + more.total())


def test_posts_per_minute_stay_as_measured(another, study):
    """The volume of another culture is its posts per minute, at one's own minutes (docs/model.md 7.4)."""
    other = another("busy", minutes_ratio=2.0, post=2.0, post_minutes_ratio=2.0)
    asked = ask(study("us", other, name="busy"), ("us", other), "wall-2009")
    assert asked.players == ("minutes", "volume")
    for point in asked.study.points():
        (profile, _), = asked.study.resolve("wall", point).profiles
        assert profile.post.value / profile.post_minutes_ratio.value == 1.0


def test_a_forecast_counts_the_coalitions(several, tmp_path):
    asked, folder, _, _ = several
    expected = forecast_split(asked, ("us", "several"), "wall-2009", folder)
    assert (expected.points, expected.units, expected.done) == (8, 16, 16)
    assert "3 habits" in expected.remark
    assert forecast_split(asked, ("us", "several"), "wall-2009", tmp_path / "new").done == 0
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "cultures, platform, way, message",
    [(("us", "nowhere"), "wall-2009", "measured", "no profile 'nowhere' in this study"),
     (("us", "us"), "wall-2009", "measured", "two different profiles"),
     (("us",), "wall-2009", "measured", "two different profiles"),
     (("us", "several"), "feed-2021", "measured", "no contrast between 'feed-2021' and no platform"),
     (("us", "several"), "wall-2009", "minutes-equal", "takes part of the habits away")],
)  # fmt: skip
def test_what_cannot_be_split_is_refused_in_a_sentence(several, cultures, platform, way, message):
    with pytest.raises(InputError, match=message):
        ask(several[0], cultures, platform, way=way)


# --- a cross ------------------------------------------------------------------------------------------------------------

CROSS = """format = 1
question = "Whose habits?"
society = "society.toml"
people = 40
burn_in = "1y"
horizons = ["1y"]
seeds = 2
[cross]
profiles = ["several", "us"]
platforms = ["closed-groups", "wall-2009"]
[cross.ways.minutes-equal]
set = { minutes_ratio = 1.0 }
platforms = ["wall-2009"]
"""


def test_a_cross_is_split_from_the_societies_of_its_cells(several, files, tmp_path):
    """Both ends are the cells of the cross, and the first culture's society is that of its cells."""
    (files / "crossed.toml").write_text(CROSS, "utf-8")
    crossed = load(files / "crossed.toml")
    sweep(crossed, tmp_path, progress=False)
    rows = contrasts(tmp_path, MEASURES).filter(profile="all", tie_class="all")
    cells = {(row["contrast"], row["measure"]): row for row in rows.iter_rows(named=True)}
    asked = ask(crossed, ("us", "several"), "wall-2009")
    assert asked.players == ("minutes", "attention", "mobility")
    assert asked.study.society_fingerprint("us-none", {}) == crossed.society_fingerprint("us-none")
    table = split(crossed, ("us", "several"), "wall-2009", tmp_path, progress=False).table
    for row in table.filter(habit="all").iter_rows(named=True):
        first, second = (cells[f"{culture}-wall-2009", row["measure"]] for culture in ("us", "several"))
        assert row["effect_first"] == pytest.approx(first["relative"], rel=1e-12)
        assert row["effect_second"] == pytest.approx(second["difference"] / first["control"], rel=1e-12)


# --- what is said before it runs ------------------------------------------------------------------------------------------


def text_of(files, name: str) -> str:
    return (files / f"{name}.toml").read_text("utf-8")


def changed(files, study, cultures, replaced: str, new: str, **about):
    """A study with other text in its file."""
    study(*cultures, **about)
    text = text_of(files, "habits")
    assert replaced in text
    (files / "changed.toml").write_text(text.replace(replaced, new), "utf-8")
    return load(files / "changed.toml")


def test_a_village_is_named_where_strangers_are_followed(another, study):
    other = another("village", links=40.0)
    follow = study("us", other, platform="open-follow")
    (text,) = ask(follow, ("us", other), "open-follow").notes
    assert text.startswith("open-follow: 40 people are a village, where strangers and bridges hardly exist")
    assert ask(follow, ("us", other), "open-follow", people=2000).notes == ()
    wall = study("us", other)
    assert ask(wall, ("us", other), "wall-2009").notes == ()
    with pytest.warns(Note, match="40 people are a village"), pytest.raises(Stopped):
        split(follow, ("us", other), "open-follow", "nowhere", progress=False, before=stop)


class Stopped(Exception):
    pass


def stop(_):
    raise Stopped


@pytest.mark.parametrize("cultures", [("us", "china"), ("us", "france")], ids=["west is neither", "west is the second"])
def test_the_west_of_a_minority_stays(files, study, cultures, tmp_path):
    """France is whose way the minority lives. It keeps no people of its own, and its numbers reach the runs."""
    settings = '"society.minority.share" = 0.2, "society.minority.west" = "france"'
    three = [*cultures, *({"france"} - set(cultures))]
    old, new = 'platform = "none" }', f'platform = "none", set = {{ {settings} }} }}'
    asked = ask(changed(files, study, three, old, new, settings=settings), cultures, "wall-2009")
    assert set(asked.study.profiles) == {"us", "france"}
    assert (asked.study.shares["us"], asked.study.shares["france"]) == (1.0, 0.0)
    resolved = asked.study.resolve("wall")
    assert [profile.name for profile, _ in resolved.profiles] == ["us"]
    assert resolved.west.name == "france"
    own, moved = (asked.study.fingerprint("wall", {"profile.france.private": value}) for value in (0.2, 0.9))
    assert own != moved
    few = asked.study.model_copy(update={"listed": asked.study.listed[:1]}).scaled(seeds=1)
    assert sweep(few, tmp_path, progress=False).done == 1


def test_everybody_cannot_be_of_the_west(files, study):
    settings = '"society.minority.share" = 0.2, "society.minority.west" = "france"'
    asked = study("us", "france", settings=settings)
    with pytest.raises(InputError, match="everybody has profile 'france', and it is also the west of the minority"):
        ask(asked, ("france", "us"), "wall-2009")


def test_the_combination_that_is_split_is_said_and_can_be_chosen(another, files, study):
    other = another("varied", links=40.0)
    old, varied = 'platform = "none" }\n', "vary.displacement = [0.1, 0.2, 0.3]\n"
    asked = changed(files, study, ("us", other), old, old + varied)
    for point, value in ((None, 0.2), (2, 0.3)):
        found = ask(asked, ("us", other), "wall-2009", point=point)
        assert found.notes == (f"combination {found.point['point']} of the study is taken: displacement {value}",)
        assert found.study.resolve("wall").society.response.displacement.value == value
    with pytest.raises(InputError, match="--point: 3; expected a point of the design, 0 to 2"):
        ask(asked, ("us", other), "wall-2009", point=3)
    assert "combination 2 of the study is taken" in forecast_split(asked, ("us", other), "wall-2009", point=2).remark


def test_numbers_that_an_arm_sets_are_used_for_both_cultures_and_said(another, study):
    """Both ends have what the arm of the platform sets for them, whoever its people are."""
    other = another("wordy", links=40.0, post=3.0)
    settings = f'"profile.us.private" = 0.9, "profile.{other}.post" = 5.0'
    asked = ask(study("us", other, settings=settings), ("us", other), "wall-2009")
    assert asked.notes == (f"numbers that the study sets are used: profile.us.private 0.9, profile.{other}.post 5.0",)
    first, *_, last = asked.study.points()
    (own, _), = asked.study.resolve("wall", first).profiles
    (theirs, _), = asked.study.resolve("wall", last).profiles
    assert own.private.value == 0.9
    assert (theirs.links.value, theirs.post.value) == (40.0, 5.0)
    assert theirs.private.value != 0.9
    assert "division" in asked.players
    cross = ask(study("us", other), ("us", other), "wall-2009")
    assert cross.notes == ()
