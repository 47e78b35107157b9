"""Effects with the numbers of profiles drawn from their ranges: the files' values, no range, three societies, resuming."""

from __future__ import annotations

import itertools
import shutil
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from conftest import SCENARIOS
from typer.testing import CliRunner

from sim.__main__ import app
from sim.errors import InputError, Note
from sim.figures import cross
from sim.scenario.reading import load
from sim.study.judging.contrast import contrasts
from sim.study.judging.cultures import profiles
from sim.study.judging.habit_shares import MEASURES
from sim.study.records import tables
from sim.study.robustness import ranges as module
from sim.study.robustness.ranges import FILES, NUMBERS, ask, forecast_ranges, notes, ranges
from sim.study.sweep import grown as store
from sim.study.sweep.sweeping import sweep

POINTS = 7
STUDY = """format = 1
question = "Whose habits?"
society = "society.toml"
profiles = {{ {profile} = 1.0 }}
people = 30
burn_in = "1y"
horizons = ["1y"]
seeds = 2
arms.none = {{ platform = "none" }}
arms.wall = {{ platform = "wall-2009", set = {{ {settings} }} }}
arms.open = {{ platform = "open-follow", set = {{ {settings} }} }}
[[contrasts]]
name = "platform"
arm = "wall"
control = "none"
primary = true
[[contrasts]]
name = "follow"
arm = "open"
control = "none"
[[contrasts]]
name = "both"
arm = "open"
control = "wall"
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> Path:
    return shutil.copytree(SCENARIOS, tmp_path_factory.mktemp("ranges") / "scenarios")


@pytest.fixture(scope="module")
def study(files):
    def of(profile: str = "us", settings: str = "", name: str = "drawn"):
        (files / f"{name}.toml").write_text(STUDY.format(profile=profile, settings=settings), "utf-8")
        return load(files / f"{name}.toml")

    return of


@pytest.fixture(scope="module")
def drawn(study, tmp_path_factory):
    """The ranges of both cells, and the seeds of the societies that were grown."""
    folder, grown, grow = tmp_path_factory.mktemp("drawn"), [], store.grow
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIM_STORE", str(folder / "store"))
        patch.setattr(store, "grow", lambda *args: grown.append(args[2]) or grow(*args))
        with pytest.warns(Note, match="30 people are a village"):
            done = ranges(study(), folder / "out", points=POINTS, progress=False)
    return done, folder / "out", grown


@pytest.mark.slow
def test_every_cell_has_the_values_of_the_files_and_all_draws(drawn):
    done, folder, _ = drawn
    assert tables.read(folder, "ranges").drop("digest").equals(done.table.drop("digest"))
    for contrast, platform in (("platform", "wall-2009"), ("follow", "open-follow")):
        rows = done.table.filter(contrast=contrast)
        assert rows.select("profile", "platform", "way", "people").unique().rows() == [("us", platform, "measured", 30)]
        for measure in MEASURES:
            places = list(itertools.product(range(FILES, POINTS), (1, 2)))
            assert rows.filter(measure=measure).select("draw", "seed").rows() == places
            assert rows.filter(measure=measure)["effect"].is_finite().all()
    assert done.table.filter(measure="S_all")["effect"].n_unique() == 2 * 2 * (POINTS + 1)
    assert "both" not in set(done.table["contrast"])  # its control has a platform


def test_the_draw_of_the_files_is_the_plain_effect(drawn, study, tmp_path):
    done, _, _ = drawn
    sweep(study(name="plain"), tmp_path, progress=False)
    plain = contrasts(tmp_path, MEASURES).filter(profile="all", tie_class="all")
    plain = {(row["contrast"], row["measure"]): row["relative"] for row in plain.iter_rows(named=True)}
    means = done.table.filter(draw=FILES).group_by("contrast", "measure").agg(pl.col("effect").mean())
    for row in means.iter_rows(named=True):
        assert row["effect"] == pytest.approx(plain[row["contrast"], row["measure"]], rel=1e-12)


def test_three_societies_a_seed_serve_all_draws_of_all_platforms(drawn, study):
    _, _, grown = drawn
    assert sorted(grown) == [1, 1, 1, 2, 2, 2]
    asked = ask(study(), points=48)
    mobility = study().profiles["us"].mobility
    values = [draw.values.get("profile.us.mobility", mobility.value) for draw in asked.sweeps[0].draws]
    assert values == sorted(values)  # a worker has one society after the other
    taken = [values.count(value) for value in (mobility.low, mobility.value, mobility.high)]
    assert sum(taken) == 49
    assert all(14 <= times <= 19 for times in taken)


def alone(asked, place=0):
    """The draws of one cell, as if it were the only one."""
    together = next(together for together in asked.sweeps if asked.cells[place] in together.cells)
    return {draw.number: draw.values for draw in replace(together, cells=[asked.cells[place]]).draws}


def test_a_draw_is_the_same_on_every_platform(study):
    asked = ask(study(), points=16)
    wall, follow = alone(asked, 0), alone(asked, 1)
    assert {draw.number: draw.values for draw in asked.sweeps[0].draws} == follow
    assert set(follow[3]) > set(wall[3])  # whom people follow matters on one of them alone
    assert "profile.us.status" not in wall[3]
    for number, values in wall.items():
        assert values.items() <= follow[number].items()
    profile = study().profiles["us"]
    for values in follow.values():
        for name, value in values.items():
            part = getattr(profile, name.rsplit(".", 1)[1])
            assert part.low <= value <= part.high


def test_contents_count_only_where_they_differ(study):
    alike, differ = (ask(study(settings=settings, name=f"contents{k}"), points=4) for k, settings in enumerate(
        ("", '"content_effects" = "differ"')))  # fmt: skip
    names = [{name.rsplit(".", 1)[1] for name in alone(asked)[0]} for asked in (alike, differ)]
    assert "disclose" in names[1] - names[0]
    assert names[1] < set(NUMBERS)


def test_what_the_study_sets_stays(study):
    asked = ask(study(settings='"minutes_ratio" = 1.0', name="equal"), points=4)
    assert "profile.us.minutes_ratio" not in alone(asked)[0]
    assert "profile.us.gamma_attend" in alone(asked)[0]


def test_without_ranges_there_is_no_spread(files, study, tmp_path):
    text = (files / "profiles" / "us.toml").read_text("utf-8").replace('name = "us"', 'name = "certain"')
    lines = []
    for line in text.splitlines():
        if " = { value = " in line:
            value = line.split("value = ")[1].split(",")[0]
            line = f'{line.split(" = ")[0]} = {{ value = {value}, low = {value}, high = {value}, unit = "of", '
            line += 'status = "read", source = "a test" }'
        lines.append(line)
    (files / "profiles" / "certain.toml").write_text("\n".join(lines), "utf-8")
    done = ranges(study("certain", name="certain"), tmp_path, contrast="platform", points=3, seeds=1, progress=False)
    assert done.table.height == 4 * len(MEASURES)
    spread = done.table.group_by("measure").agg(pl.col("effect").n_unique())
    assert set(spread["effect"]) == {1}
    assert done.table["effect"].is_finite().all()


def test_ranges_resume_and_other_cells_keep_their_rows(drawn, study):
    done, folder, grown = drawn
    before = len(grown)
    again = ranges(study(), folder, contrast="platform", points=POINTS, progress=False)
    assert again.ran == 0
    assert len(grown) == before
    assert again.table.drop("command", "digest").equals(done.table.filter(contrast="platform").drop("command", "digest"))
    kept = tables.read(folder, "ranges")
    assert kept.height == done.table.height


def test_a_forecast_counts_all_cells(drawn, study, tmp_path):
    expected = forecast_ranges(study(), drawn[1], points=POINTS)
    assert (expected.points, expected.units, expected.done) == (POINTS + 1, 2 * (POINTS + 1), 2 * (POINTS + 1))
    assert "2 cells" in expected.remark
    assert "open-follow: 30 people are a village" in expected.remark
    assert forecast_ranges(study(), tmp_path / "new").units == 65 * 2
    assert not (tmp_path / "new").exists()


def test_a_village_is_named_for_platforms_where_strangers_are_followed(study):
    assert [text.split(":")[0] for text in notes(ask(study()))] == ["open-follow"]
    assert notes(ask(study(), people=2000)) == []


def test_an_unknown_cell_is_refused_in_a_sentence(study):
    with pytest.raises(InputError, match="no contrast 'both' between a platform and none"):
        ask(study(), contrast="both")


CROSS = """format = 1
question = "Whose habits?"
society = "society.toml"
people = 30
burn_in = "1y"
horizons = ["1y"]
seeds = 1
[cross]
profiles = ["us", "china", "japan"]
platforms = ["wall-2009"]
set = { "profile.japan.gamma_attend" = 1.1 }
[cross.ways.minutes-equal]
set = { minutes_ratio = 1.0 }
[cross.ways.minutes-only]
like = "us"
keep = ["minutes_ratio", "gamma_attend"]
"""
WAYS = ("measured", "minutes-equal", "minutes-only")


def test_ways_of_a_cross_follow_the_draws_of_whose_numbers_they_have(files):
    (files / "crossed.toml").write_text(CROSS, "utf-8")
    crossed = load(files / "crossed.toml")
    asked = ask(crossed, points=8, ways=WAYS)
    drawn = {cell.contrast: alone(asked, place) for place, cell in enumerate(asked.cells)}
    assert list(drawn) == [contrast.name for contrast in crossed.contrasts]
    us, china, equal = (drawn[name][5] for name in ("us-wall-2009", "china-wall-2009", "china-wall-2009-minutes-equal"))
    assert equal == {name: value for name, value in china.items() if name != "profile.china.minutes_ratio"}
    only = drawn["china-wall-2009-minutes-only"][5]
    kept = {"minutes_ratio", "gamma_attend"}
    assert {name for name in only if only[name] != us[name]} == {f"profile.us.{key}" for key in kept}
    assert all(only[f"profile.us.{key}"] == china[f"profile.china.{key}"] for key in kept)
    assert "profile.us.minutes_ratio" not in drawn["us-wall-2009-minutes-equal"][5]  # it is set, to the value of its file
    assert drawn["us-wall-2009-minutes-only"] == drawn["us-wall-2009"]
    assert "profile.japan.gamma_attend" not in drawn["japan-wall-2009"][5]  # the study sets it
    assert "profile.us.gamma_attend" not in drawn["japan-wall-2009-minutes-only"][5]


def test_a_cross_has_a_row_for_each_cell(files, tmp_path):
    (files / "crossed.toml").write_text(CROSS, "utf-8")
    done = ranges(files / "crossed.toml", tmp_path, points=2, seeds=1, ways=WAYS, progress=False)
    assert done.cells == 9
    assert done.table.select("profile", "way").unique().height == 9
    assert done.table.height == 9 * 3 * len(MEASURES)


def test_draws_run_as_long_as_the_study_so_their_effects_stand_beside_its_own(files, tmp_path):
    """Of two horizons the last. Draws of shorter runs keep their signs, and their effects are not shown."""
    text = CROSS.replace('["1y"]', '["1y", "2y"]').replace('["us", "china", "japan"]', '["us", "japan"]')
    (files / "long.toml").write_text(text, "utf-8")
    sweep(files / "long.toml", tmp_path, progress=False)
    shown = []
    for years, day in ((None, 730), (1, 365)):
        done = ranges(files / "long.toml", tmp_path, points=3, seeds=1, years=years, progress=False)
        assert set(done.table["horizon"]) == {day}
        assert profiles(tmp_path).effects.filter(way="measured", draws=3)["sign_share"].is_not_null().all()
        shown.append(cross.read(tmp_path).table.filter(way="measured")["low_ranges"].is_not_null().unique().to_list())
    assert shown == [[True], [False]]


@pytest.mark.slow
def test_cells_of_one_profile_are_simulated_together_with_the_effects_of_each_alone(study, tmp_path, monkeypatch):
    """A sweep for each cell gives the same effects, to the last bit. Arms that set other numbers have draws of their own."""
    monkeypatch.setenv("SIM_STORE", str(tmp_path / "store"))
    sweeps = []
    monkeypatch.setattr(module, "sweep", lambda asked, *args, **options: sweeps.append(asked) or sweep(asked, *args, **options))
    together = ranges(study(), tmp_path / "together", points=POINTS, progress=False).table
    assert [list(asked.arms) for asked in sweeps] == [["none", "wall", "open"]]
    monkeypatch.setattr(module, "_same_draws", lambda study, cell: cell.contrast)
    apart = ranges(study(), tmp_path / "apart", points=POINTS, progress=False).table
    assert [list(asked.arms) for asked in sweeps[1:]] == [["none", "wall"], ["none", "open"]]
    assert together.drop("command", "digest").equals(apart.drop("command", "digest"))
    assert ranges(study(), tmp_path / "apart", contrast="follow", points=POINTS, progress=False).ran == 0


def test_arms_that_set_other_numbers_of_a_profile_are_simulated_apart(files, study):
    study()
    text = (files / "drawn.toml").read_text("utf-8")
    (files / "apart.toml").write_text(text.replace('"open-follow", set = {  }', '"open-follow", set = { links = 50.0 }'), "utf-8")
    asked = ask(load(files / "apart.toml"), points=3)
    assert [[cell.contrast for cell in together.cells] for together in asked.sweeps] == [["platform"], ["follow"]]
    assert "profile.us.links" in alone(asked, 0)[0]
    assert "profile.us.links" not in alone(asked, 1)[0]


def test_where_people_follow_strangers_societies_are_larger(study):
    """The study has fewer people here; the draws never have more than it."""
    large = study().scaled(people=5000)
    sizes = {cell.contrast: together.study.people for together in ask(large).sweeps for cell in together.cells}
    assert sizes == {"platform": 500, "follow": 2000}
    assert notes(ask(large)) == []
    assert [together.study.people for together in ask(large, people=700).sweeps] == [700]
    assert len(notes(ask(large, people=700))) == 1
    assert [together.study.people for together in ask(study()).sweeps] == [30]


def test_only_the_plain_way_is_drawn_unless_others_are_named(files):
    (files / "crossed.toml").write_text(CROSS, "utf-8")
    crossed = load(files / "crossed.toml")
    ways = [{cell.way for cell in ask(crossed, points=2, **about).cells}
            for about in ({}, {"ways": WAYS[1:]}, {"contrast": "us-wall-2009-minutes-equal"})]  # fmt: skip
    assert ways == [{"measured"}, set(WAYS[1:]), {"minutes-equal"}]
    assert [len(together.cells) for together in ask(crossed, points=2).sweeps] == [1, 1, 1]
    with pytest.raises(InputError, match="--way: no way 'minutes' in this study; expected one of"):
        ask(crossed, ways=("minutes",))


def test_which_combination_is_taken_is_said(files, study):
    """It is the one that figures show, as in `sim profiles`."""
    study()
    text = (files / "drawn.toml").read_text("utf-8")
    varied = "gamma_attend = [0.6, 1.0, 1.4]\n"
    (files / "varied.toml").write_text(f"{text}[vary]\n{varied}", "utf-8")
    asked = ask(load(files / "varied.toml"), points=2, contrast="platform")
    assert notes(asked) == ["combination 1 of the study is taken: gamma_attend 1.0"]
    assert "profile.us.gamma_attend" not in alone(asked)[0]


def test_the_command_says_how_much_it_is_before_it_begins(files, study, monkeypatch):
    study()
    monkeypatch.chdir(files)
    options = ("--out", "told", "--points", "2", "--seeds", "1", "--contrast", "platform", "--way", "measured", "--jobs", "1")
    done = CliRunner().invoke(app, ["ranges", "drawn.toml", *options])
    assert done.exit_code == 0, done.output
    assert "note: 3 units (1 cells in 1 sweeps x 3 draws x seeds 1) with 1 job: about" in done.stderr
    (made,) = tables.read("told", "ranges")["command"].unique()
    assert "--contrast platform" in made
    assert "--way measured" in made
