"""Digests of what shapes a run: what moves them, what does not, and what acts before the branch."""

import copy
import re
import tomllib
from pathlib import Path

import pytest

from sim.scenario.dotted_names import dotted_names, leaves
from sim.scenario.fingerprint import acts, first_digits
from sim.scenario.numbers import Number, Whole
from sim.scenario.reading import load
from sim.scenario.society import Society

SCENARIOS = Path(__file__).parent.parent / "scenarios"
SOCIETY = tomllib.loads((SCENARIOS / "society.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def study():
    return load(SCENARIOS / "birthday-prompt.toml")


@pytest.mark.parametrize(
    "name, when",
    [
        ("society.decay.friend", "before"),
        ("society.response.substitution", "after"),
        ("society.minority.share", "after"),
        ("society.channels.visit.dose", "before"),
        ("society.channels.message.dose", "after"),
        ("profile.us.mobility", "before"),
        ("profile.us.links", "after"),
        ("platform.feed.posts", "after"),
    ],
)
def test_what_grows_a_society_acts_before_the_branch(name, when):
    assert acts(name) == when


@pytest.mark.parametrize(
    "name, when",
    [
        ("society.decay.kin", "before"),
        ("channels.visit.dose", "before"),
        ("society.people.greet_mean", "before"),
        ("substitution", "after"),
        ("displace_chance", "after"),
        ("channels.greeting.dose", "after"),
        ("message.touch", "after"),
        ("reference.strong", "after"),
        ("prompts.slope", "after"),
        ("platform.minutes", "after"),
        ("profile.us.minutes_ratio", "after"),
        ("profile.us.links", "after"),
        ("profile.us.overlap", "after"),
        ("profile.us.mobility", "before"),
        ("profile.us.share", "before"),
    ],
)
def test_what_acts_before_the_branch_and_what_after(study, name, when):
    assert study.acts(name) == when


@pytest.mark.parametrize("name", ["substitution", "displacement", "composed_dose", "channels.view.dose", "platform.minutes"])
def test_what_acts_after_the_branch_is_nothing_to_an_arm_without_a_platform(study, name):
    low, high = {name: 0.25}, {name: 0.5}
    assert study.fingerprint("none", low) == study.fingerprint("none", high)
    assert study.fingerprint("wall", low) != study.fingerprint("wall", high)
    before, strong = {"gamma_meet": 1.3}, {"reference.strong": 0.9}
    assert study.fingerprint("none", before) != study.fingerprint("none")
    assert study.fingerprint("none", strong) != study.fingerprint("none")


DIFFER = {"content_effects": "differ"}
WRITTEN = list(filter(load(SCENARIOS / "birthday-prompt.toml").written, dotted_names(("us",))))
BEFORE = [n for n in WRITTEN if acts(n) == "before" and not n.endswith("us.share")]
UNREAD = ("pseudo", "recip", "status", "repost")  # on a wall
OFF = ("society.minority.", "platform.leaning")  # while nobody is in a minority: tests/test_shifting.py
AFTER = [n for n in WRITTEN if acts(n) == "after" and "reference" not in n and not n.endswith(UNREAD) and not n.startswith(OFF)]


def _another(study, full):
    """A value that differs from the one in the files and is in bounds."""
    value = next(iter(study.written(full).values()))
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        others = {"public": "private", "chronological": "closeness", "evidence": "essay", "alike": "differ", "closest": "random"}
        return others[value]
    # A mix may not pass one together; whole numbers stay whole.
    return value.value + 1 if isinstance(value, Whole) else value.value * 0.9 + 0.0007


@pytest.mark.parametrize("name", BEFORE)
def test_what_acts_before_changes_society_and_run(study, name):
    point = {name: _another(study, name)}
    if name == "society.burn_in.given_years":  # not in a generated society
        assert study.fingerprint("wall", point) == study.fingerprint("wall")
        return
    assert study.society_fingerprint("wall", point) != study.society_fingerprint("wall")
    assert study.fingerprint("wall", point) != study.fingerprint("wall")


@pytest.mark.parametrize("name", AFTER)
def test_what_acts_after_changes_the_run_alone(study, name):
    point = {name: _another(study, name)}
    assert study.society_fingerprint("wall", point) == study.society_fingerprint("wall")
    assert study.fingerprint("wall", DIFFER | point) != study.fingerprint("wall", {} if name.endswith("effects") else DIFFER)


@pytest.mark.parametrize(
    "point",
    [{"us.disclose": 0.6}, {"us.passing_part": 0.9}, {"response.content": "essay"}, {"feed.passing": 0.4},
     {"content.passing.opening": 0.1}],
)  # fmt: skip
def test_what_people_post_is_nothing_while_all_contents_act_alike(study, point):
    assert study.fingerprint("wall", point) == study.fingerprint("wall")
    assert study.fingerprint("wall", DIFFER | point) != study.fingerprint("wall", DIFFER)


@pytest.mark.parametrize("name", UNREAD)
def test_what_a_profile_does_where_links_need_no_return_is_nothing_on_a_wall(a_study, study, name):
    """Neither is how often people pass posts on where they cannot."""
    open_study = a_study('[arms.open]\nplatform = "pseudonymous"\n', name="open")
    ends = {f"us.{name}": 0.1}, {f"us.{name}": 0.2}
    for one, arm, same in ((study, "wall", True), (open_study, "open", False)):
        assert (one.fingerprint(arm, ends[0]) == one.fingerprint(arm, ends[1])) == same


def test_people_years_and_graph_make_another_society(study):
    grown = study.society_fingerprint("wall")
    for change in ({"people": 999}, {"burn_in": "13y"}, {"graph": "village"}):
        assert study.model_copy(update=change).society_fingerprint("wall") != grown
    same_years = study.model_copy(update={"burn_in": f"{study.society.burn_in.years.value:.0f}y"})
    assert same_years.society_fingerprint("wall") == grown
    assert study.model_copy(update={"horizons": (365, 730)}).society_fingerprint("wall") == grown
    assert study.model_copy(update={"horizons": (365, 730)}).fingerprint("wall") != study.fingerprint("wall")


def test_arms_share_a_society_and_differ_as_runs(study):
    assert len({study.society_fingerprint(arm) for arm in study.arms}) == 1
    assert len({study.fingerprint(arm) for arm in study.arms}) == 4
    assert not study.regrown(study.primary)


def test_sources_ranges_names_and_seeds_are_no_part_of_a_fingerprint(study):
    table = copy.deepcopy(SOCIETY) | {"name": "another"}
    for name in (name for name, leaf in leaves(study.society).items() if isinstance(leaf, Number)):
        part = table
        for key in name.split("."):
            part = part[key]
        part |= {"source": "elsewhere", "status": "claimed"}
        part.pop("low", None)
        part.pop("high", None)
    table["reference"]["strong"]["value"] = 0.4
    other = study.model_copy(update={"society": Society.model_validate(table), "seeds": 3})
    assert other.society_fingerprint("wall") == study.society_fingerprint("wall")
    table["reference"] = SOCIETY["reference"]
    other = study.model_copy(update={"society": Society.model_validate(table), "seeds": 3})
    assert other.fingerprint("wall") == study.fingerprint("wall")


def test_one_and_one_point_nought_are_one_value(study):
    assert study.fingerprint("wall", {"substitution": 1}) == study.fingerprint("wall", {"response.substitution": 1.0})
    assert study.fingerprint("wall", {"prompts.slope": -0.0}) == study.fingerprint("wall", {"prompts.slope": 0.0})


def test_a_setting_before_the_branch_makes_a_contrast_of_two_societies(study):
    arm = study.arms["wall"].model_copy(update={"set": {"us.mobility": -0.4}})
    moved = study.model_copy(update={"arms": {**study.arms, "no-prompt": arm}})
    assert moved.regrown(moved.primary)


@pytest.mark.parametrize("many", [12, 16, 32])
@pytest.mark.parametrize("found", ["0" * 64, "1234567890" * 6 + "1234", "1234567e" + "8" * 56, "e" * 64, "12e4" * 16])
def test_a_short_name_in_a_table_is_never_read_as_a_number(found, many):
    name = first_digits(found, many)
    assert re.fullmatch(rf"[0-9a-f]{{{many}}}", name)
    assert re.search("[a-df]", name)
    assert name == first_digits(found, many)


def test_a_short_name_that_holds_a_letter_is_the_beginning_of_its_digest():
    assert first_digits("00000a" + "0" * 58, 12) == "00000a000000"
    assert first_digits("0" * 12 + "a" + "0" * 51, 12) != "0" * 12  # a letter further on does not show
