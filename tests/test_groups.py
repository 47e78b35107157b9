"""Verdicts by group: tallies, distances, and the word of a contrast that has a group."""

import numpy as np
import polars as pl
import pytest
from records import write_study
from test_contrast import LEGS, PROMPT, STUDY, legs, row, store
from typer.testing import CliRunner

import sim
from sim.__main__ import app
from sim.errors import InputError
from sim.figures.drawing import draw
from sim.scenario.reading import load
from sim.study.judging.contrast import compare
from sim.study.judging.region_table import in_words
from sim.study.mechanisms.why import why
from sim.study.records import tables
from sim.study.robustness.region import region
from sim.study.sweep.sweeping import sweep
from sim.study.sweep.worker import distances
from sim.world import measures
from sim.world.groups import NO_LABEL, finest_groups, group_people, groups
from sim.world.state import YEAR

PROFILES = "{ us = 0.5, france = 0.5 }"
ARM = '[arms.of-us]\nplatform = "wall-2009"\nset = { "france.minutes_ratio" = 0.0 }\n'


REGION = '[region]\nnames = ["response.displacement"]\npoints = 4\nseeds = 2\npeople = 40\n'


# Who is in which group


def test_without_labels_the_finest_groups_are_the_profiles():
    profile = np.array([0, 1, 1], np.uint8)
    group, members = finest_groups(profile, ("us", "france", "japan"))
    assert group.dtype == np.int16
    assert group.tolist() == [0, 1, 1]
    assert members == {"all": {0, 1, 2}, "us": {0}, "france": {1}}  # nobody is of japan
    assert list(finest_groups(profile[1:], ("us", "france"))[1]) == ["all"]  # one profile is everybody


def test_groups_with_labels():
    profile, label = np.array([0, 0, 1, 1], np.uint8), np.array([0, NO_LABEL, 0, 1], np.int8)
    group, members = finest_groups(profile, ("us", "france"), label, ("minority", "others", "nobody"))
    assert len(set(group.tolist())) == 4
    masks = {one.name: one.mask.tolist() for one in groups(group, members)}
    assert masks == {
        "all": [True] * 4,
        "us": [True, True, False, False],
        "france": [False, False, True, True],
        "minority": [True, False, True, False],
        "others": [False, False, False, True],
    }
    for one in groups(group, members):  # rows of a tally are those of the group's people and of nobody else's
        assert np.isin(group, one.finest).tolist() == one.mask.tolist()


# What is measured of them


@pytest.fixture(scope="module")
def of_two(a_study):
    return a_study(ARM, name="of-two", profiles=PROFILES, people=80)


@pytest.fixture(scope="module")
def worlds(of_two):
    """The arm in which france has no platform minutes, and its control, after a year."""
    first = sim.World(of_two, "of-us", 1)
    pair = (first, first.branch("none"))
    for world in pair:
        world.run(YEAR)
    return pair


def test_labels_change_nothing_and_groups_add_up(of_two, worlds):
    labelled = sim.World(of_two, "of-us", 1, grown=worlds[0].grown)
    label = (np.arange(labelled.state.population) % 3 - 1).astype(np.int8)
    labelled.groups = group_people(labelled.state, labelled.profile_names, label, ("even", "odd"))
    labelled.run(YEAR)
    rows = {"without": worlds[0].measure(), "with": labelled.measure()}
    known = {"all", "us", "france"}
    assert [one for one in rows["with"] if one.profile in known] == rows["without"]
    of_group = {(one.profile, one.measure): one for one in rows["with"] if one.tie_class == "all"}
    assert {"even", "odd"} < {profile for profile, _ in of_group}
    sums = [name for _, name in of_group if name.startswith(("absorbed_", "received_")) or name in ("views", "S_all", "ties")]
    for name in set(sums):
        total, *parts = (of_group[group, name] for group in ("all", "us", "france"))
        assert sum(part.n * part.value for part in parts) == pytest.approx(total.n * total.value, abs=1e-9), name
    even = of_group["even", "absorbed_visit"]
    mine = np.isin(labelled.state.people.group, labelled.groups[3].finest)
    assert even.n == mine.sum() == (label == 0).sum()
    assert even.value > 0


def test_distances_of_groups_are_consistent_with_those_of_all(worlds):
    compositions = [world.composition() for world in worlds]
    found = {(one.profile, one.measure, one.tie_class): one for one in distances(*compositions)}
    whole, *parts = (found[group, "partners", "all"] for group in ("all", "us", "france"))
    assert whole.n == 80
    assert sum(part.n * part.value for part in parts) == pytest.approx(whole.n * whole.value)
    assert whole.value == measures.partners(*compositions).sum() / 80  # to the last bit
    spent = [one.absorbed.sum(axis=(0, 1)) for one in compositions]
    assert found["all", "carriers", "all"].value == measures.carriers(*spent)
    assert found["france", "carriers", "all"].value < 0.5 * found["us", "carriers", "all"].value
    assert found["france", "partners", "all"].value < found["us", "partners", "all"].value
    alone = compositions[1]._replace(groups=compositions[1].groups[:2])  # another society, without france
    assert {one.profile for one in distances(compositions[0], alone)} == {"all", "us"}


# Its word


def with_groups(folder, **study):
    """us loses much of everything and moves; japan stays as it is, and far below all margins."""
    values = {"all": ([8, 8.1, 7.9, 8], 0.2), "us": ([6, 6.1, 5.9, 6], 0.4), "japan": ([10, 10.001, 9.999, 10], 0.011)}
    measured = {"wall": {}, "no-prompt": {}}
    for group, (arm, _) in values.items():
        measured["wall"] |= {(name, 0, group): arm for name in LEGS}
        measured["no-prompt"] |= {(name, 0, group): [10] * 4 for name in LEGS}
    store(folder, measured, **study)
    pairs = [
        ("x", 0, seed, "prompt", 365, group, "all", name, "share", far + seed / 1e4, 0.01)
        for name in ("partners", "carriers") for group, (_, far) in values.items() for seed in range(4)
    ]  # fmt: skip
    tables.write(folder, "pairs", pl.DataFrame(pairs, schema=dict(tables.SCHEMAS["pairs"]), orient="row"))
    write_study(folder, **STUDY | study)
    return folder


def test_a_group_can_be_inert_where_all_are_not(tmp_path):
    found = compare(with_groups(tmp_path))
    words = dict(found.verdicts.select("profile", "verdict").iter_rows())
    assert words == {"all": "thinned", "us": "thinned", "japan": "inert"}
    assert found.of_group("japan")["verdict"].to_list() == ["inert"]
    with pytest.raises(InputError, match=r"no group 'jap' in the tables.*japan"):
        found.of_group("jap")


def test_the_word_of_a_contrast_is_that_of_its_group(tmp_path):
    found = compare(with_groups(tmp_path, contrasts=[PROMPT | {"group": "japan"}]))
    assert found.group == "japan"
    assert "'inert' 1" in repr(found)
    done = CliRunner().invoke(app, ["compare", str(tmp_path), "--profile", "us"])
    assert "thinned" in done.stdout
    assert "inert" not in done.stdout
    assert "the verdict of 'prompt' is that of the group 'japan'" in done.stdout


def test_a_group_without_people_has_no_word(tmp_path):
    store(tmp_path, {"wall": legs(9, 9), "no-prompt": legs(9, 9)}, contrasts=[PROMPT | {"group": "minority"}])
    judged = row(compare(tmp_path).verdicts, profile="minority")
    assert (judged["verdict"], judged["reasons"].split(";")[0]) == ("undecided", "no_seed")


@pytest.mark.parametrize(
    ("profiles", "group", "remedy"),
    [(PROFILES, "frence", "france"), ("{ us = 1.0 }", "us", "all"), (PROFILES, "majority", "minority")],
)
def test_a_group_that_a_study_cannot_have_is_refused(a_study, profiles, group, remedy):
    study = a_study(name="without-group", profiles=profiles)
    with open(study.file, encoding="utf-8") as file:
        text = file.read().replace('control = "no-prompt"\n', f'control = "no-prompt"\ngroup = "{group}"\n')
    with open(study.file, "w", encoding="utf-8") as file:
        file.write(text)
    with pytest.raises(InputError) as refused:
        load(study.file)
    assert f"contrasts.prompt.group: no group '{group}'" in str(refused.value)
    assert remedy in str(refused.value)


# A group against another


def test_the_effect_on_another_group_is_taken_off_seed_by_seed(tmp_path):
    found = compare(with_groups(tmp_path, contrasts=[PROMPT | {"group": "us", "against": "japan"}]))
    support = row(found.contrasts, measure="S_all")
    lost, kept = [-4, -3.9, -4.1, -4], [0, 0.001, -0.001, 0]
    differences = [one - other for one, other in zip(lost, kept)]
    assert support["profile"] == "us"
    assert support["difference"] == pytest.approx(sum(differences) / 4)
    assert support["se"] == pytest.approx(np.std(differences, ddof=1) / 2)
    assert support["relative"] == pytest.approx(support["difference"] / 10)  # of the control's value in the group
    assert "partners" not in found.contrasts["measure"]
    assert set(found.verdicts["verdict"]) == {"not applicable"}
    assert row(found.verdicts, profile="us")["reasons"] == "two_groups"


def test_a_group_is_not_against_itself_or_nobody(a_study):
    study = a_study(name="against", profiles=PROFILES)
    with open(study.file, encoding="utf-8") as file:
        text = file.read()
    for against, said in (("us", "'us' is also the group; expected another group"), ("uss", "no group 'uss'")):
        with open(study.file, "w", encoding="utf-8") as file:
            file.write(text.replace('control = "no-prompt"\n', f'control = "no-prompt"\ngroup = "us"\nagainst = "{against}"\n'))
        with pytest.raises(InputError, match=f"contrasts.prompt.against: {said}"):
            load(study.file)


# From the study file to the figures


@pytest.fixture(scope="module")
def of_france(a_study, tmp_path_factory):
    """A swept study whose only contrast is of france, and its folder."""
    study = a_study(ARM, name="of-one-group", profiles=PROFILES, people=40)
    with open(study.file, encoding="utf-8") as file:
        text = file.read().replace('arm = "wall"\ncontrol = "no-prompt"\n', 'arm = "of-us"\ncontrol = "none"\ngroup = "france"\n')
    with open(study.file, "w", encoding="utf-8") as file:
        file.write(text + '[mechanisms]\ntime-taken = { "society.response.displacement" = 0.0 }\n' + REGION)
    folder = tmp_path_factory.mktemp("of-france")
    sweep(load(study.file), folder)
    compare(folder)
    return load(study.file), folder


def test_a_figure_says_whose_it_is(of_france):
    _, folder = of_france
    figures = {lang: draw(folder, lang, only=("verdict",))[0].read_text("utf-8") for lang in ("en", "fr")}
    assert "Only these people: “france”." in figures["en"]
    assert "Seulement ces personnes" in figures["fr"]
    (file,) = draw(folder, only=("verdict",), profile="us")
    assert file.name == "verdict-us.en.svg"
    text = file.read_text("utf-8")
    assert "Only these people: “us”." in text
    assert "“france”" not in text
    (file,) = draw(folder, only=("verdict",), profile="all")
    assert "Only these people" not in file.read_text("utf-8")
    with pytest.raises(InputError, match="no group 'japan'"):
        draw(folder, only=("verdict",), profile="japan")


@pytest.mark.slow
def test_the_region_is_of_the_group(of_france):
    study, folder = of_france
    few = study.region.model_copy(update={"names": ("substitution", "france.links")})
    found = region(study.model_copy(update={"region": few}), folder).tables
    assert set(found["region"]["profile"]) == {"all", "us", "france"}
    for name in ("flips", "stretches"):
        assert set(found[name]["profile"]) == {"france"}, name
    base = row(found["region"].filter("base"), profile="france")["word"]
    assert set(found["flips"]["word_base"]) == {base}
    assert in_words(found, "prompt")[0][0].startswith(f"prompt, of france: {base} at the base")
    assert "Only these people: “france”." in draw(folder, only=("region",))[0].read_text("utf-8")


def test_why_is_of_the_group(of_france):
    study, folder = of_france
    why(study, folder, seeds=2)
    found = tables.read(folder, "why")
    assert found["profile"].unique().to_list() == ["france"]
    whole = row(found, mechanism="all", measure="real_hours")
    cells = compare(folder).contrasts.filter(measure="real_hours", tie_class="all")
    assert whole["share"] == pytest.approx(row(cells, profile="france")["relative"])
    assert abs(row(cells, profile="all")["relative"] - whole["share"]) > 1e-4
    with pytest.warns(sim.errors.Note, match="why: not by profile"):
        (file,) = draw(folder, only=("why",), profile="us")
    assert file.name == "why.en.svg"
    assert "Only these people: “france”." in file.read_text("utf-8")
