"""Looking for the region of a verdict: which parameters count, what is simulated, what is kept, what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest
from test_figures import drawn, said, texts
from typer.testing import CliRunner

from sim.__main__ import app
from sim.errors import InputError, Problem
from sim.figures import drawing
from sim.figures.results import of_regions
from sim.scenario.editors import schemas
from sim.scenario.reading import check, load
from sim.scenario.study import Study, scenario_hash
from sim.study.judging import region_table, verdict
from sim.study.judging.contrast import compare
from sim.study.records import json_files, tables
from sim.study.robustness.parameters import Parameter, parameters, study_at
from sim.study.robustness.region import Tried, draw, region
from sim.study.sweep import sweeping

SCENARIOS = Path(__file__).parents[1] / "scenarios"
NAMES = ["substitution", "composed_dose", "displacement"]
FEW = f"[region]\npoints = 5\nnames = {NAMES}\n".replace("'", '"')


@pytest.fixture(scope="module")
def study(a_study):
    """40 people against no platform; three parameters, five random combinations."""
    arms = FEW
    return a_study(arms, name="regional", people=40, burn_in='"1y"').model_copy(
        update={"contrasts": (load_contrast("platform", "wall", "none"), load_contrast("prompt", "wall", "no-prompt", False))}
    )


def load_contrast(name, arm, control, primary=True):
    from sim.scenario.question import Contrast

    return Contrast(name=name, arm=arm, control=control, primary=primary)


@pytest.fixture(scope="module")
def found(study, tmp_path_factory):
    folder = tmp_path_factory.mktemp("region")
    return region(study, folder, seeds=2)


def names_of(space) -> set[str]:
    return {one.name.split(".", 1)[1] for one in space}


# --- the space ------------------------------------------------------------------------------------


def test_parameters_are_numbers_after_the_branch_that_reach_the_arms_and_are_equal_in_them():
    study = load(SCENARIOS / "birthday-prompt.toml")
    space = {one.name: one for one in parameters(study, "prompt")}
    for name in ("society.response.substitution", "society.channels.message.dose", "society.people.links_spread",
                 "profile.us.gamma_attend", "platform.minutes", "platform.prompts.slope"):  # fmt: skip
        assert name in space
    for name in ("society.decay.friend", "society.channels.visit.dose", "profile.us.mobility", "society.reference.strong",
                 "society.response.displace_chance", "platform.prompts.birthday"):  # fmt: skip
        assert name not in space
    assert all(one.low < one.high for one in space.values())
    assert 70 <= len(space) <= 80  # without what people post: all contents act alike


def test_what_a_feature_that_is_off_would_do_is_no_parameter(a_study):
    """In both arms nobody is prompted: the slope of prompts says nothing to either."""
    arms = '[arms.quiet]\nplatform = "wall-2009"\nset = { "prompts.birthday" = false, displacement = 0.0 }\n'
    study = a_study(arms, name="quiet")
    study = study.model_copy(update={"contrasts": (load_contrast("quiet", "quiet", "no-prompt"),)})
    space = names_of(parameters(study, "quiet"))
    assert "prompts.slope" not in space
    assert "response.displacement" not in space  # 0 in one arm, .1 in the other: that is what is compared
    assert "response.substitution" in space


def test_what_only_one_arm_can_feel_is_a_parameter_whatever_the_other_sets():
    """In letters-to-wall the arm without a platform sets a substitution of its own, which says nothing to it."""
    study = load(SCENARIOS / "letters-to-wall.toml")
    space = {one.name: one for one in parameters(study_at(study, {"substitution": 0.3}), "free")}
    assert space["society.response.substitution"].base == 0.3


@pytest.mark.parametrize("contrast", ["thinned", "hollowed", "weakened", "inert", "transformed", "enriched"])
def test_the_base_of_an_arm_that_sets_parameters_is_what_it_sets(contrast):
    study = load(SCENARIOS / "verdict-regions.toml")
    space = parameters(study, contrast)
    base = {one.name: one.base for one in space}
    for name, value in study.arms[contrast].set.items():
        assert base[study.full_name(name)] == value
    point = {one.name: one.at(one.share(one.base)) for one in space}
    derived = study.at_points([point], contrast)
    for arm in (contrast, "none"):
        assert derived.fingerprint(arm, point) == study.fingerprint(arm, study.points()[0])


def test_a_study_stands_at_one_of_its_points_and_arms_still_come_last(a_study):
    arms = '[arms.flat]\nplatform = "wall-2009"\nset = { "prompts.slope" = 1.0 }\n'
    study = a_study(arms, vary='"prompts.slope" = [2.0, 4.0]\nsubstitution = [0.0, 1.0]', name="standing")
    here = study_at(study, study.points()[3])
    for arm in study.arms:
        assert here.fingerprint(arm) == study.fingerprint(arm, study.points()[3])
    assert here.resolve("flat").platform().prompts.slope.value == 1.0
    assert here.resolve("wall").platform().prompts.slope.value == 4.0


def test_a_value_beyond_its_range_keeps_its_place():
    one = Parameter("displacement", 0.0, 0.39, 1.0)
    assert one.share(1.0) == pytest.approx(1 / 0.39)
    assert (one.at(one.share(1.0)), one.at(0.0), one.at(1.0)) == (1.0, 0.0, 0.39)
    opening, rate = Parameter("opening", 0.1, 1.0, 0.42), Parameter("rate", 0.03, 0.3, 0.15)
    assert 0.1 + opening.share(0.42) * (1.0 - 0.1) != 0.42  # rounding would make another run of it
    assert opening.at(opening.share(0.42)) == 0.42
    assert rate.at(1.0) == 0.3


def test_a_study_may_name_its_parameters_or_leave_some(study, a_study):
    assert names_of(parameters(study, "platform")) == {f"response.{name}" for name in NAMES}
    left = a_study('[region]\nleave = ["displacement"]\n', name="left")
    assert len(parameters(left, "prompt")) == len(parameters(a_study(name="all"), "prompt")) - 1


@pytest.mark.parametrize(
    ("line", "place", "found"),
    [
        ('names = ["substitutoin"]', "region.names.substitutoin", "perhaps you meant 'substitution'"),
        ('names = ["decay.friend"]', 'region.names."decay.friend"', "acts before the branch"),
        ('leave = ["prompts.birthday"]', 'region.leave."prompts.birthday"', "a number with a range"),
        ("points = 1", "region.points", "2"),
        ("seed = 3", "region.seed", "unknown key"),
    ],
)
def test_what_a_study_cannot_ask_of_its_region_is_refused_with_its_place(a_study, scenarios, line, place, found):
    a_study(name="wrong")
    file = scenarios / "wrong.toml"
    file.write_text(file.read_text("utf-8").replace("[arms.none]", f"[region]\n{line}\n[arms.none]", 1), "utf-8")
    problems = check([file])
    assert [problem.place for problem in problems] == [place]
    assert found in str(problems[0])


def test_a_parameter_that_a_study_names_must_reach_its_arms(a_study):
    study = a_study('[region]\nnames = ["prompts.slope"]\n', name="slope")
    study = study.model_copy(update={"contrasts": (load_contrast("platform", "no-prompt", "none"),)})
    with pytest.raises(InputError, match=r'region.names."prompts.slope": changes nothing in these arms'):
        parameters(study, "platform")


def test_editors_know_a_region(tmp_path):
    schemas(tmp_path)
    assert '"region"' in (tmp_path / "study.schema.json").read_text("utf-8")


# --- what is simulated ----------------------------------------------------------------------------


def test_base_ends_and_sample_are_simulated_and_printed(study, found):
    tried = region_table.read(found.folder / region_table.FOLDER / "platform" / region_table.ABOUT)
    assert tried.values[0].tolist() == [0.3, 1.0, 0.1]
    assert tried.values[1:7].tolist() == [
        [0.0, 1.0, 0.1], [1.0, 1.0, 0.1], [0.3, 0.0, 0.1], [0.3, 2.0, 0.1], [0.3, 1.0, 0.0], [0.3, 1.0, 0.39]
    ]  # fmt: skip
    assert np_sorted(tried.shares[tried.drawn]) == [[0, 1, 2, 3, 4]] * 3  # one in each fifth: a Latin hypercube
    assert found.failed == ()
    assert found.simulated == len(tried.values) == len(set(map(tuple, tried.values.tolist()))) >= 12  # none twice
    rows = found.tables["region"].filter(horizon=365)
    assert rows["times"].sum() == 5
    assert set(rows["seeds"]) == {2}
    assert set(rows["people"]) == {40}
    assert set(rows["hash"]) == {scenario_hash(study)}


def np_sorted(shares):
    return [sorted((column * 5).astype(int).tolist()) for column in shares.T]


def test_words_are_those_of_a_sweep_of_the_same_points(study, found, tmp_path):
    tried = region_table.read(found.folder / region_table.FOLDER / "platform" / region_table.ABOUT)
    points = [dict(zip(tried.names, values)) for values in tried.values[[0, 2, 9]].tolist()]
    sweeping.sweep(study.at_points(points, "platform"), tmp_path)
    assert compare(tmp_path).verdicts["verdict"].to_list() == tried.words[365, "all"][[0, 2, 9]].tolist()


def units_run(monkeypatch, until=None):
    """From now on each unit that is simulated is noted; after so many, an interrupt."""
    run_unit, noted = sweeping.run_unit, []

    def noting(work, task):
        if until is not None and len(noted) >= until:
            raise KeyboardInterrupt
        noted.append(tuple(run.key for run in task.unit.runs))
        return run_unit(work, task)

    monkeypatch.setattr(sweeping, "run_unit", noting)
    return noted


def test_a_search_that_was_stopped_goes_on_and_lives_nothing_twice(study, found, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        first = units_run(patch, until=9)
        with pytest.raises(KeyboardInterrupt):
            region(study, tmp_path, seeds=2)
    second = units_run(monkeypatch)
    again = region(study, tmp_path, seeds=2)
    assert len(first) == 9
    assert not set(first) & set(second)
    assert len({*first, *second}) == 2 * again.simulated
    for name in region_table.NAMES:
        assert again.tables[name].equals(found.tables[name]), name


def test_asking_again_lives_nothing(study, found, monkeypatch):
    noted = units_run(monkeypatch)
    again = region(study, found.folder, seeds=2)
    assert noted == []
    assert again.tables["flips"].equals(found.tables["flips"])


def test_each_contrast_has_a_place_of_its_own(study, found, tmp_path, monkeypatch):
    shutil.copytree(found.folder, tmp_path, dirs_exist_ok=True)
    explore = "sim.study.robustness.region.explore"
    monkeypatch.setattr(explore, lambda base, ends, sample, outcomes_at, margins: outcomes_at([base, *sample]))
    region(study, tmp_path, seeds=2, points=2, contrast="prompt")
    both = tables.read(tmp_path, "region")
    assert set(both["contrast"]) == {"platform", "prompt"}
    assert both.filter(contrast="platform").drop("digest").equals(found.tables["region"].drop("digest"))
    assert (tmp_path / "region" / "prompt" / "verdict.csv").is_file()
    (tmp_path / "study.json").unlink(missing_ok=True)  # without a sweep both are drawn, one below the other
    figure = drawn(tmp_path, "region", "en")
    text = said(texts(figure))
    assert text.index("A platform with public prompts compared with no platform") < text.index("Public prompts compared")
    about = json_files.read(tmp_path / "region" / "prompt", region_table.ABOUT)
    assert (about.pop("primary"), about.pop("format")) == (False, tables.FORMAT)
    other = json_files.read(tmp_path / "region" / "platform", region_table.ABOUT)
    del other["format"]
    for name, kept in (("prompt", about | {"primary": True}), ("platform", other | {"primary": False})):
        json_files.write(tmp_path / "region" / name, region_table.ABOUT, kept)
    assert [each["name"] for each in of_regions(tmp_path).study["contrasts"]] == ["prompt", "platform"]


def test_sets_that_an_arm_refuses_are_drawn_again_and_counted(study, tmp_path, monkeypatch):
    """As if substitution and composed_dose could not be more than 1 together."""
    resolve = Study.resolve

    def with_room(self, arm, point=None, years=None):
        point = point or {}
        if sum(point.get(f"society.response.{name}", 0) for name in NAMES[:2]) > 1.3:
            raise InputError(Problem("", "", "too much", "less"))
        return resolve(self, arm, point, years)

    monkeypatch.setattr(Study, "resolve", with_room)
    summary = region(study, tmp_path, seeds=2)
    tried = region_table.read(tmp_path / region_table.FOLDER / "platform" / region_table.ABOUT)
    assert (tried.values[:, 0] + tried.values[:, 1] <= 1.3).all()
    assert tried.drawn.sum() == 5
    assert summary.refused > 2  # two ends of ranges, and some of the sample
    assert set(summary.tables["region"]["refused"]) == {summary.refused}
    assert summary.tables["flips"].filter(change=0)["word_high"][0] is None  # nobody knows the word there


def test_where_every_set_is_refused_nothing_can_be_drawn(study, tmp_path):
    tried = Tried(study, "platform", parameters(study, "platform"), tmp_path)
    tried.accepts = lambda place: False
    with pytest.raises(InputError, match="an arm refuses every combination that was drawn"):
        draw(tried, 2)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"contrast": "promt"}, "no contrast 'promt'; expected one of platform, prompt; perhaps you meant 'prompt'"),
        ({"point": 1}, "no point 1; expected a number from 0 to 0"),
        ({"people": 0}, "people"),
    ],
)
def test_what_cannot_be_looked_for_is_refused_before_anything_is_run(study, tmp_path, wrong, said):
    with pytest.raises(InputError, match=said.replace("(", r"\(")):
        region(study, tmp_path, **wrong)
    assert not list(tmp_path.iterdir())


def test_between_two_societies_there_is_no_region(a_study, tmp_path):
    study = a_study('[arms.other]\nplatform = "wall-2009"\nset = { "decay.friend" = 90.0 }\n', name="societies")
    study = study.model_copy(update={"contrasts": (load_contrast("two", "other", "wall"),)})
    with pytest.raises(InputError, match="of two different societies and has no verdict"):
        region(study, tmp_path)


# --- what is made of it ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def compared(study, found):
    """The study itself, swept into the folder that has its region."""
    sweeping.sweep(study, found.folder)
    return compare(found.folder)


def test_region_share_is_of_the_region_where_there_is_one(found, compared):
    shares = dict(found.tables["region"].filter(horizon=365, profile="all").select("word", "share").iter_rows())
    for row in compared.verdicts.filter(contrast="platform").iter_rows(named=True):
        assert row["region_share"] == shares[row["verdict"]]
    assert compared.verdicts.filter(contrast="prompt")["region_share"].to_list() == [1.0]  # of its one point
    sample = "5 combinations, each simulated with 2 replicates of 40 people"
    assert compared.notes == (f"share of 'platform': of {sample} (region.csv)",)


@pytest.mark.parametrize(
    "key, value, said",
    [
        ("hash", "old", "another scenario"),
        ("version", "old", "another version"),
        ("margins", 0.2, "other margins"),
        ("digest", "", "an older version of the program"),
    ],
)
def test_a_region_of_another_study_is_not_used(found, compared, tmp_path, key, value, said):
    for name in ("runs", "measures", "pairs"):
        tables.write(tmp_path, name, tables.read(found.folder, name))
    about = json_files.read(found.folder, "study.json")
    of_others = key == "margins"
    json_files.write(tmp_path, "study.json", about | ({"margins": about["margins"] | {"support": value}} if of_others else {}))
    region = found.tables["region"]
    tables.write(tmp_path, "region", region if of_others else region.with_columns(pl.lit(value).alias(key)))
    again = compare(tmp_path)
    assert again.verdicts.filter(contrast="platform")["region_share"].to_list() == [1.0]
    made = region.filter(contrast="platform")["command"][0] or "sim region"
    assert again.notes[0] == (
        f"The share of random combinations is not used for 'platform', because region.csv was made with {said}. "
        f"To make it again: `{made}`"
    )
    with pytest.raises(InputError, match=f"region.csv is of {said}; run `sim region.*` again"):
        drawing.draw(tmp_path, only=("region",))


def test_the_command_says_what_it_found_and_where(study, found, scenarios):
    """Everything has been run already: the tables are printed."""
    file = scenarios / "regional.toml"
    text = file.read_text("utf-8").replace('name = "prompt"\narm = "wall"\ncontrol = "no-prompt"', PLATFORM)
    file.write_text(text, "utf-8")
    done = CliRunner().invoke(app, ["region", str(file), "--seeds", "2", "--jobs", "1", "--out", str(found.folder)])
    assert done.exit_code == 0, done.output
    base = found.tables["region"].filter(pl.col("base"))["word"][0]
    assert f"platform: {base} at the base. Of 5 random combinations of 3 parameters" in done.output
    assert "One parameter alone:" in done.output
    assert f"combinations simulated; tables in {found.folder}: region, flips, stretches, splits" in done.output
    assert f"figures: {found.folder}/region.en.svg" in done.output


PLATFORM = 'name = "platform"\narm = "wall"\ncontrol = "none"'


def test_a_region_is_drawn_without_a_sweep_and_says_its_own_command(found, tmp_path):
    shutil.copytree(found.folder / "region", tmp_path / "region")
    for name in region_table.NAMES:
        shutil.copy(tables.path(found.folder, name), tmp_path)
    (file,) = drawing.draw(tmp_path, "fr", only=("region",))
    assert file == tmp_path / "region.fr.svg"
    made = tables.provenance(tmp_path, "region")
    assert made.command == ""  # its folder lies beside that of the study
    assert f"version {made.version}; seeds 1-2; digest {made.digest}<" in file.read_text("utf-8")
    shutil.rmtree(tmp_path / "region")
    with pytest.raises(InputError, match=r"study\.json is not there; run `sim sweep` first"):
        drawing.draw(tmp_path, "fr")


def test_the_command_refuses_with_status_2(scenarios, tmp_path):
    done = CliRunner().invoke(app, ["region", str(SCENARIOS / "birthday-prompt.toml"), "--contrast", "x", "--out", str(tmp_path)])
    assert done.exit_code == 2


def test_every_word_can_be_told():
    assert set(region_table.WORDS) == {*verdict.WORDS, verdict.UNDECIDED}
