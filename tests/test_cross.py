"""A cross of profiles and platforms: how it is expanded, what its arms share, what each is compared with, what is refused."""

import itertools
import json
import shutil
import types

import numpy as np
import polars as pl
import pytest
from conftest import SCENARIOS, grown_for
from typer.testing import CliRunner

import sim
from sim.__main__ import app
from sim.errors import InputError
from sim.scenario import cross
from sim.scenario.fingerprint import acts
from sim.scenario.reading import check, load
from sim.study.judging.contrast import VILLAGE
from sim.study.records import json_files
from sim.study.robustness.parameters import parameters
from sim.study.sweep.sweeping import about
from sim.study.sweep.units import arms_of, placebos

LISTS = 'profiles = ["us", "china"]\nplatforms = ["wall-2009", "closed-groups"]\n'
WAYS = """
[cross.ways.minutes-equal]
set = { minutes_ratio = 1.0 }
[cross.ways.minutes-only]
like = "us"
keep = ["minutes_ratio"]
platforms = ["wall-2009"]
"""


@pytest.fixture
def files(tmp_path):
    """The society, the profiles and the platforms, where a test may change them."""
    return shutil.copytree(SCENARIOS, tmp_path / "scenarios")


def write(files, crossed: str = LISTS + WAYS, name: str = "crossed", rest: str = "", **lines):
    """Write a study of 40 people, a year of growing and two seeds. crossed : what [cross] holds, and tables after it"""
    said = {"people": 40, "burn_in": '"1y"', "horizons": '["1y"]', "seeds": 2} | lines
    text = 'format = 1\nquestion = "Does it?"\nsociety = "society.toml"\n'
    text += "".join(f"{key} = {value}\n" for key, value in said.items())
    file = files / f"{name}.toml"
    file.write_text(f"{text}[cross]\n{crossed}\n{rest}", "utf-8")
    return file


def alone(files, profile: str, platform: str = "wall-2009"):
    """An ordinary study of one profile and one platform."""
    text = write(files).read_text("utf-8").split("[cross]")[0] + f"profiles = {{ {profile} = 1.0 }}\n"
    text += f'[arms.none]\nplatform = "none"\n[arms.on]\nplatform = "{platform}"\n'
    text += '[[contrasts]]\nname = "on"\narm = "on"\ncontrol = "none"\nprimary = true\n'
    file = files / f"alone-{profile}.toml"
    file.write_text(text, "utf-8")
    return load(file)


def same_numbers(files, names=("a", "b", "c")):
    """Profiles with the numbers of the United States, under other names."""
    text = (files / "profiles" / "us.toml").read_text("utf-8")
    for name in names:
        (files / "profiles" / f"{name}.toml").write_text(text.replace('name = "us"', f'name = "{name}"'), "utf-8")
    return ", ".join(f'"{name}"' for name in names)


def set_by(study, arm: str) -> dict:
    """What an arm sets, but for shares."""
    return {name: value for name, value in study.arms[arm].set.items() if not name.endswith(".share")}


# --- expansion -----------------------------------------------------------------------------------


def test_each_profile_meets_each_platform_and_has_its_own_control(files):
    study = load(write(files))
    cells = [(cell.contrast, cell.arm, cell.control, cell.profile, cell.platform, cell.way) for cell in study.cells]
    assert cells[:4] == [
        (f"{profile}-{platform}", f"{profile}-{platform}", f"{profile}-none", profile, platform, "measured")
        for profile in ("us", "china")
        for platform in ("wall-2009", "closed-groups")
    ]
    assert cells[-1][:3] == ("china-wall-2009-minutes-only", "china-wall-2009-minutes-only", "us-none")
    assert [name for name, *_ in cells] == [contrast.name for contrast in study.contrasts]
    assert {arm for _, *both, _, _, _ in cells for arm in both} == set(study.arms)
    assert len(cells) == 4 + 4 + 2
    for name, arm in study.arms.items():
        people = "us" if name.startswith("us") or name.endswith("only") else "china"
        assert {key: value for key, value in arm.set.items() if key.endswith("share")} == {
            f"profile.{profile}.share": float(profile == people) for profile in ("us", "china")
        }
        assert arm.platform == ("none" if name.endswith("none") else "wall-2009" if "wall" in name else "closed-groups")


def test_a_way_sets_values_of_the_cells_own_profile_or_of_one_profile(files):
    way = 'minutes_ratio = 1.5, "profile.china.minutes_ratio" = 2.0, "feed.items" = 70, substitution = 0.1'
    every = "set = { post = 0.5, displacement = 0.2 }\n"
    study = load(write(files, f"{LISTS}{every}[cross.ways.w]\nset = {{ {way} }}\n"))
    everywhere = {"society.response.displacement": 0.2}
    assert set_by(study, "us-none") == everywhere | {"profile.us.post": 0.5}
    assert set_by(study, "us-wall-2009") == set_by(study, "us-none")
    own = {"society.response.substitution": 0.1, "platform.feed.items": 70}
    assert set_by(study, "us-wall-2009-w") == set_by(study, "us-none") | own | {"profile.us.minutes_ratio": 1.5}
    china = everywhere | {"profile.china.post": 0.5} | own | {"profile.china.minutes_ratio": 2.0}
    assert set_by(study, "china-wall-2009-w") == china  # the name with its profile counts


def test_a_setting_of_a_platform_goes_to_the_platforms_that_have_it(files):
    study = load(write(files, LISTS + 'set = { "prompts.slope" = 3.0 }\n'))
    assert set_by(study, "us-wall-2009") == {"platform.prompts.slope": 3.0}
    assert "platform.prompts.slope" not in set_by(study, "us-none")


def test_people_of_one_profile_keep_numbers_of_another(files):
    study = load(write(files))
    assert set_by(study, "china-wall-2009-minutes-only") == {"profile.us.minutes_ratio": 0.92}  # as in china.toml
    assert study.fingerprint("us-wall-2009-minutes-only") == study.fingerprint("us-wall-2009")
    kept = load(write(files, LISTS + 'set = { "profile.china.minutes_ratio" = 0.5 }\n' + WAYS))
    assert set_by(kept, "china-wall-2009-minutes-only") == {"profile.us.minutes_ratio": 0.5}


def test_a_number_that_is_kept_acts_after_the_branch():
    assert {"mobility", "steady_years"}.isdisjoint(cross.KEPT)
    assert len(cross.KEPT) == len(cross.NUMBERS) - 2
    assert all(acts(f"profile.us.{name}") == "after" for name in cross.KEPT)
    assert set(cross.NUMBERS) - set(cross.BARE) == {"mobility"}  # `mobility` alone might also be a number of the society


def test_the_primary_cell_is_the_first_or_the_named_one(files):
    assert load(write(files)).primary.name == "us-wall-2009"
    primary = 'primary = { profile = "china", platform = "closed-groups" }\n'
    assert load(write(files, LISTS + primary + WAYS)).primary.name == "china-closed-groups"
    assert load(write(files, LISTS + 'primary = { platform = "closed-groups" }\n')).primary.name == "us-closed-groups"


def test_expected_signs_are_those_of_every_cell(files):
    expect = 'expect = { measure = "S_all", thinning = "-", transforming = "0" }\n'
    assert {contrast.expect.measure for contrast in load(write(files, LISTS + expect)).contrasts} == {"S_all"}


def test_ways_may_be_of_some_profiles_only(files):
    study = load(write(files, LISTS + '[cross.ways.w]\nprofiles = ["china"]\nset = { post = 1.0 }\n'))
    assert [cell.contrast for cell in study.cells if cell.way == "w"] == ["china-wall-2009-w", "china-closed-groups-w"]


def test_the_example_of_the_docs_can_be_copied(files):
    page = (SCENARIOS.parent / "docs" / "designs.md").read_text("utf-8")
    (example,) = [block for block in page.split("```toml\n")[1:] if block.startswith("[cross]")]
    study = load(write(files, example.split("```")[0].split("\n", 1)[1]))
    assert [contrast.name for contrast in study.contrasts] == [contrast.name for contrast in load(write(files)).contrasts]


def test_sizes_and_designs_hold_for_a_cross(files):
    study = load(write(files, LISTS, sizes="{ quick = { people = 20, seeds = 3 } }", rest="[vary]\nsubstitution = [0.0, 0.3]\n"))
    assert (study.at("quick").people, study.at("quick").seeds, len(study.points())) == (20, 3, 2)
    assert study.resolve("china-wall-2009", study.points()[1]).society.response.substitution.value == 0.3


def test_one_contrast_alone_has_its_cell_alone(files):
    one = load(write(files)).at_points([{}], "china-wall-2009-minutes-only")
    assert list(one.arms) == ["us-none", "china-wall-2009-minutes-only"]
    assert [cell.contrast for cell in one.cells] == ["china-wall-2009-minutes-only"]


def test_a_cross_is_stored_and_read_again_as_it_was_run(files):
    study = load(write(files)).scaled(people=30)
    again = type(study).model_validate_json(json.dumps(study.model_dump(mode="json", exclude_unset=True)))
    assert again == study
    assert again.cells == study.cells


# --- a profile without a share counts for nothing ------------------------------------------------


@pytest.mark.parametrize("profile", ["us", "china"])
def test_a_cell_is_the_study_of_its_profile_alone(files, profile):
    crossed, single = load(write(files)), alone(files, profile)
    for mine, theirs in ((f"{profile}-none", "none"), (f"{profile}-wall-2009", "on")):
        assert crossed.fingerprint(mine) == single.fingerprint(theirs)
        assert crossed.society_fingerprint(mine) == single.society_fingerprint(theirs)
    grown = grown_for(single)
    values = []
    for study, arm in ((crossed, f"{profile}-wall-2009"), (single, "on")):
        world = sim.World(study, arm, 1, grown=grown)
        world.run(60)
        values.append(world.measure())
    assert values[0] == values[1]
    assert {row.profile for row in values[0]} == {"all"}  # no group without people


def test_years_are_those_of_all_profiles_of_the_study(files):
    study = load(write(files, burn_in='"until-steady"'))
    assert study.resolve("us-none").years == study.resolve("china-none").years


def test_profiles_with_the_same_numbers_give_the_same_measures(files):
    study = load(write(files, f'profiles = [{same_numbers(files)}]\nplatforms = ["wall-2009"]\n'))
    for platform in ("none", "wall-2009"):
        measured = []
        for profile in "abc":
            resolved = study.resolve(f"{profile}-none")
            grown = sim.grow(study, f"{profile}-none", 1)
            assert grown.population == resolved.people
            world = sim.World(study, f"{profile}-{platform}", 1, grown=grown)
            world.run(100)
            measured.append([(*row[:-1], float(row.value).hex()) for row in world.measure()])
        assert measured[0] == measured[1] == measured[2]


def test_profiles_share_people_birthdays_and_luck(files):
    study = load(write(files))
    people, ratios = [], []
    for profile in ("us", "china"):
        world = sim.World(study, f"{profile}-wall-2009", 1, grown=sim.grow(study, f"{profile}-none", 1))
        world.run(1)
        people.append(world.state.people)
        ratios.append(world.profiles[0][0].minutes_ratio.value)
    us, china = people
    assert np.array_equal(us.birthday, china.birthday)
    assert np.array_equal(us.greet, china.greet)
    assert np.array_equal(us.member, china.member)
    assert us.member.any()
    assert ratios[0] != ratios[1]
    np.testing.assert_allclose(us.minutes / ratios[0], china.minutes / ratios[1], rtol=1e-6)


# --- controls, placebos and records --------------------------------------------------------------


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    """A study of two profiles on two platforms with ways, swept and compared."""
    base = tmp_path_factory.mktemp("cross")
    file = write(shutil.copytree(SCENARIOS, base / "scenarios"))
    sim.sweep(file, base / "out", progress=False)
    return types.SimpleNamespace(study=load(file), folder=base / "out", compared=sim.compare(base / "out"), file=file)


def test_each_control_of_another_society_has_its_own_placebo(files):
    study = load(write(files))
    assert placebos(study) == {"us-none": "placebo", "china-none": "placebo:china-none"}
    assert [name for name, *_ in arms_of(study)][-3:] == ["placebo", "placebo:china-none", "placebo-all"]
    assert {name: arm for name, arm, luck in arms_of(study) if luck == (30, 30)} == {
        "placebo": "us-none", "placebo:china-none": "china-none"}  # fmt: skip
    ordinary = alone(files, "us")
    assert placebos(ordinary) == {"none": "placebo"}
    assert [name for name, *_ in arms_of(ordinary)] == ["none", "on", "placebo", "placebo-all"]


def test_controls_of_one_society_share_a_placebo(files):
    study = load(write(files, f'profiles = [{same_numbers(files, ("us", "twin"))}]\nplatforms = ["wall-2009"]\n'))
    assert len(placebos(study)) == 2  # a profile's name is part of its society's digest
    assert placebos(study.at_points([{}], "twin-wall-2009")) == {"twin-none": "placebo"}


def test_the_floor_of_a_contrast_is_what_the_placebo_of_its_control_moves(swept):
    values = pl.read_parquet(swept.folder / "measures.parquet").join(
        pl.read_parquet(swept.folder / "runs.parquet").select("run_id", "arm", "seed"), on="run_id"
    )
    values = values.filter(measure="S_all", tie_class="all", profile="all")
    pairs = pl.read_parquet(swept.folder / "pairs.parquet").filter(measure="partners")
    floors = {}
    for control, placebo in placebos(swept.study).items():
        first, second = (values.filter(arm=arm).sort("seed")["value"].to_numpy() for arm in (control, placebo))
        floors[control] = np.abs(first - second).mean()
    assert floors["us-none"] != floors["china-none"]
    rows = swept.compared.contrasts.filter(measure="S_all", tie_class="all", profile="all")
    for row in rows.iter_rows(named=True):
        control = next(contrast.control for contrast in swept.study.contrasts if contrast.name == row["contrast"])
        assert row["floor"] == pytest.approx(floors[control], rel=1e-12)
        assert np.isnan(row["reshuffled"]) == (control == "china-none")
    own = {control: pairs.filter(contrast=f"{control.removesuffix('-none')}-wall-2009")["floor"].to_list() for control in floors}
    assert own["us-none"] != own["china-none"]
    assert pairs.filter(contrast="china-wall-2009-minutes-only")["floor"].to_list() == own["us-none"]


def test_the_record_of_a_study_names_cells_placebos_and_what_reaches_each_contrast(swept):
    record = json.loads((swept.folder / "study.json").read_text("utf-8"))
    assert record["cross"] == {
        "profiles": ["us", "china"], "platforms": ["wall-2009", "closed-groups"],
        "ways": ["measured", "minutes-equal", "minutes-only"], "primary": "us-wall-2009",
    }  # fmt: skip
    assert record["cells"] == [cell.model_dump() for cell in swept.study.cells]
    assert record["placebos"] == {"china-none": "placebo:china-none"}
    files = {contrast["name"]: contrast["files"] for contrast in record["contrasts"]}
    assert files["china-wall-2009"] == ["society", "profile.china", "platform.wall-2009"]
    assert files["china-wall-2009-minutes-only"] == ["society", "profile.us", "profile.china", "platform.wall-2009"]
    k, n = json_files.assumed(about(alone(swept.file.parent, "china"), None), "on")
    shown = swept.compared.verdicts.filter(contrast="china-wall-2009")["assumed_share"].to_list()
    assert shown == [k / n]


def test_an_ordinary_study_has_none_of_these_entries(files):
    record = about(alone(files, "us"), None)
    assert not {"cells", "cross", "placebos"} & record.keys()
    assert not {"files", "same_run", "follows"} & record["contrasts"][0].keys()


def test_compare_counts_cells_by_word(swept):
    said = CliRunner().invoke(app, ["compare", str(swept.folder)])
    times = dict(swept.compared.verdicts["verdict"].value_counts().rows())
    assert said.exit_code == 0
    assert "of 10 cells: " in said.stdout
    assert f"{times.get('undecided', 0)} undecided; 0 without a word" in said.stdout


def test_a_placebo_of_another_control_is_run_again_to_the_last_bit(swept):
    runs = pl.read_parquet(swept.folder / "runs.parquet").filter(arm="placebo:china-none", seed=1)
    assert sim.show(sim.find_run(runs["run_id"][0], swept.folder)).must_be_the_same() is None


def test_only_numbers_of_a_contrasts_own_arms_are_its_parameters(files):
    study = load(write(files))
    for name in ("us-wall-2009", "china-closed-groups", "china-wall-2009-minutes-only"):
        people = "us" if name.startswith("us") or name.endswith("only") else "china"
        several = {parameter.name for parameter in parameters(study.at_points([{}], name), name)}
        assert {parameter.split(".")[1] for parameter in several if parameter.startswith("profile.")} == {people}
        assert any(parameter.startswith("platform.") for parameter in several)


@pytest.mark.slow
def test_a_region_and_a_reason_are_of_the_named_cell(swept, tmp_path):
    few = {"seeds": 1, "people": 20, "progress": False}
    named = swept.study.region.model_copy(update={"names": ("substitution", "china.links")})
    study = swept.study.model_copy(update={"region": named})
    found = sim.region(study, contrast="china-closed-groups", folder=tmp_path / "r", points=2, **few)
    assert found.contrast == "china-closed-groups"
    sim.why(swept.file, contrast="us-wall-2009", folder=tmp_path / "w", **few)


# --- contrasts without a word --------------------------------------------------------------------


def verdict_at(tmp_path, study):
    sim.sweep(study, tmp_path / "out", progress=False)
    verdicts = sim.compare(tmp_path / "out").verdicts
    return {row["contrast"]: (row["verdict"], row["reasons"]) for row in verdicts.iter_rows(named=True)}


def test_an_arm_that_is_its_own_control_has_no_word(files, tmp_path):
    text = alone(files, "us").file
    more = '[[contrasts]]\nname = "same"\narm = "twin"\ncontrol = "on"\n'
    more += '[arms.twin]\nplatform = "wall-2009"\nset = { pseudo = 0.4 }\n'
    with open(text, "a", encoding="utf-8") as file:
        file.write(more)
    study = load(text)  # nobody has a pseudonym on a wall, so the share of pseudonyms changes nothing
    assert about(study, None)["contrasts"][1]["same_run"] == [0]
    assert verdict_at(tmp_path, study)["same"] == ("not applicable", "same_run")
    with pytest.raises(InputError, match="have the same values"):
        sim.region(study, contrast="same", folder=tmp_path / "region", progress=False)
    with pytest.raises(InputError, match="have the same values"):
        sim.why(study, contrast="same", folder=tmp_path / "why", progress=False)


def test_a_village_where_people_follow_strangers_has_no_word(files, tmp_path):
    study = load(write(files, 'profiles = ["us"]\nplatforms = ["open-follow", "wall-2009"]\n', people=30))
    found = verdict_at(tmp_path, study)
    assert found["us-open-follow"] == ("not applicable", f"village: {VILLAGE}")
    assert found["us-wall-2009"][0] != "not applicable"
    with pytest.raises(InputError, match="fewer give no verdict"):
        sim.region(study.scaled(people=VILLAGE), people=VILLAGE - 1, folder=tmp_path / "region", progress=False)
    record = about(study.scaled(people=VILLAGE), None)
    assert [contrast.get("follows", False) for contrast in record["contrasts"]] == [True, False]


def test_contents_act_alike_where_all_their_factors_are_one(files):
    factors = itertools.product(("lasting", "passing", "information"), ("opening", "dose", "comment", "share"))
    ones = ", ".join(f'"content.{sort}.{what}" = 1.0' for sort, what in factors)
    differ = 'set = { content_effects = "differ"'
    plain = load(write(files, LISTS)).fingerprint("us-wall-2009")
    assert load(write(files, f"{LISTS}{differ}, {ones} }}\n")).fingerprint("us-wall-2009") == plain
    assert load(write(files, f"{LISTS}{differ} }}\n")).fingerprint("us-wall-2009") != plain


# --- refusals ------------------------------------------------------------------------------------

WALL = 'platforms = ["wall-2009"]\n'
WAY = LISTS + "[cross.ways.w]\n"
BAD = {
    "unknown profile": (WALL + 'profiles = ["us", "chine"]', "cross.profiles[1]", "unknown profile 'chine'", "china"),
    "unknown platform": ('profiles = ["us"]\nplatforms = ["wall"]',
        "cross.platforms[0]", "unknown platform 'wall'", "wall-2009"),
    "a profile twice": (WALL + 'profiles = ["us", "us"]', "cross.profiles", "'us' is there twice", "each once"),
    "the control": ('profiles = ["us"]\nplatforms = ["none"]',
        "cross.platforms[0]", "the control of every cell", "another name"),
    "no profile": (WALL + 'profiles = []', "cross.profiles", "an empty list", "at least one"),
    "profiles missing": ('platforms = ["wall-2009"]', "cross.profiles", "missing", "files in profiles/"),
    "not a list": ('profiles = "us"\nplatforms = ["wall-2009"]', "cross.profiles", 'text "us"', "a list"),
    "primary elsewhere": (LISTS + 'primary = { profile = "japan" }',
        "cross.primary.profile", "'japan' is not crossed", "us"),
    "like another": (WAY + 'like = "japan"\nkeep = ["post"]', "cross.ways.w.like", "'japan' is not crossed", "china"),
    "a way elsewhere": (WAY + 'platforms = ["feed-2015"]\nset = { post = 1.0 }', "cross.ways.w.platforms[0]",
                        "'feed-2015' is not crossed", "closed-groups"),
    "a way of nobody": (WAY + "profiles = []\nset = { post = 1.0 }", "cross.ways.w.profiles", "an empty list", "one"),
    "nothing kept": (WAY + 'like = "us"', "cross.ways.w.keep", "missing", "keep = "),
    "kept of nobody": (WAY + 'keep = ["post"]', "cross.ways.w.keep", "there is no `like`", "like = "),
    "kept what is none": (WAY + 'like = "us"\nkeep = ["minutes"]', "cross.ways.w.keep[0]", "'minutes'", "minutes_ratio"),
    "kept what grows": (WAY + 'like = "us"\nkeep = ["mobility"]', "cross.ways.w.keep[0]", "'mobility'", "after the branch"),
    "a way of nothing": (WAY, "cross.ways.w", "changes nothing", "values in `set`"),
    "a way measured": (LISTS + "[cross.ways.measured]\nset = { post = 1.0 }",
        "cross.ways.measured", "which every cross has", "another"),
    "an unknown name": (WAY + "set = { minutes_rati = 1.0 }", "cross.ways.w.set.minutes_rati", "unknown name", "minutes"),
    "a name of nobody": (WAY + 'set = { "profile.japan.post" = 1.0 }', "cross.ways.w.set", "unknown name", "this study"),
    "an ambiguous name": (LISTS + "set = { mobility = 0.1 }",
        "cross.set.mobility", "may mean 3 things", "profile.china.mobility"),
    "a share": (LISTS + 'set = { "profile.us.share" = 0.5 }', "cross.set", "profile.us.share beside a cross", "one profile"),
    "a way that grows": (WAY + 'set = { "us.mobility" = 0.1 }', "cross.ways.w.set", "acts before the branch", "after it"),
    "a wrong value": (WAY + "set = { minutes_ratio = -1.0 }", "cross.ways.w.set.minutes_ratio", "too small", "number"),
    "a text": (LISTS + 'set = { post = "much" }', "cross.set.post", 'text "much"', "number"),
    "not its platform": (WAY + 'set = { "following.known_share" = 0.5 }',
        "cross.ways.w.set", "has no following", "that has it"),
    "unknown key": (LISTS + "way = 3", "cross.way", "unknown key 'way'", "ways"),
    "values that clash": (LISTS + 'set = { "feed.lasting" = 0.5 }',
        'cross.set."feed.lasting"', "without passing", "together"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_mistake_is_told_with_its_place(files, case):
    crossed, place, given, expected = BAD[case]
    problems = check(write(files, crossed))
    assert problems
    assert all(problem.file == str(files / "crossed.toml") for problem in problems)
    wanted = [problem for problem in problems if problem.place.startswith(place) and given in problem.given]
    assert any(expected in problem.expected for problem in wanted), [str(problem) for problem in problems]
    assert not any("arms." in problem.place for problem in problems)  # the file has no arms


OWN = (
    "profiles = { us = 1.0 }",
    '[arms.none]\nplatform = "none"',
    '[[contrasts]]\nname = "a"\narm = "a"\ncontrol = "b"',
)


@pytest.mark.parametrize("key", OWN)
def test_a_cross_stands_alone(files, key):
    file = write(files)
    head, tail = file.read_text("utf-8").split("[cross]")
    file.write_text(f"{head}{key}\n[cross]{tail}", "utf-8")
    (problem, *_) = check(file)
    assert problem.place in cross.MADE
    assert "beside [cross]" in problem.given


def test_two_cells_of_one_name_are_refused(files):
    text = (files / "profiles" / "us.toml").read_text("utf-8")
    (files / "profiles" / "us-closed.toml").write_text(text.replace('name = "us"', 'name = "us-closed"'), "utf-8")
    wall = (files / "platforms" / "wall-2009.toml").read_text("utf-8")
    (files / "platforms" / "groups.toml").write_text(wall.replace('"wall-2009"', '"groups"'), "utf-8")
    (problem,) = check(write(files, 'profiles = ["us", "us-closed"]\nplatforms = ["closed-groups", "groups"]\n'))
    assert problem.place == "cross"
    assert "2 arms are named 'us-closed-groups'" in problem.given


def test_names_that_are_too_long_together_are_refused(files):
    long = "w" * 60
    problems = check(write(files, LISTS + f"[cross.ways.{long}]\nset = {{ post = 1.0 }}\n"))
    assert any("characters" in problem.given for problem in problems)


def test_a_cross_that_is_no_table_is_refused(files):
    file = write(files)
    file.write_text(file.read_text("utf-8").split("[cross]")[0] + "cross = 3\n", "utf-8")
    (problem,) = check(file)
    assert problem.place == "cross"
    assert problem.given == "the number 3"


def test_a_share_cannot_vary_beside_a_cross(files):
    (problem,) = check(write(files, LISTS, rest='[vary]\n"profile.us.share" = [0.0, 1.0]\n'))
    assert problem.place.startswith("vary")
    assert "beside a cross" in problem.given
