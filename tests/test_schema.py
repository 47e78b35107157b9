"""Societies, profiles, platforms and studies: what is refused, what a study sets, what counts."""

import copy
import pickle
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.errors import InputError
from sim.scenario.bounds import bounds_in
from sim.scenario.names import Refusal
from sim.scenario.reading import load
from sim.scenario.schema import (
    Margin,
    Meetings,
    Number,
    Platform,
    Profile,
    Society,
    Whole,
    acts,
    dotted_names,
    leaves,
)

SCENARIOS = Path(__file__).parent.parent / "scenarios"
SOCIETY = tomllib.loads((SCENARIOS / "society.toml").read_text("utf-8"))
WALL = tomllib.loads((SCENARIOS / "platforms" / "wall-2009.toml").read_text("utf-8"))
REASON = {"unit": "-", "status": "assumed", "source": "a test"}


@pytest.fixture(scope="module")
def study():
    return load(SCENARIOS / "birthday-prompt.toml")


def refused(kind, table):
    """The first error's place and sort when a table is not a piece of this kind."""
    with pytest.raises(ValidationError) as caught:
        kind.model_validate(table)
    first = caught.value.errors()[0]
    return first["loc"], first["type"]


# Numbers


SORTS = sorted({kind for kind in dotted_names().values() if isinstance(kind, type) and issubclass(kind, Number)}, key=str)


@pytest.mark.parametrize("kind", SORTS)
def test_each_sort_of_number_keeps_its_bounds(kind):
    bound = next(bounds_in(kind.model_fields["value"].rebuild_annotation()))
    inside = [bound.low, bound.high]
    outside = [bound.low - 1e-6, bound.high + 1e-6, -1e308, 1e308, 2**64]
    for value in inside:
        number = kind.model_validate({"value": value} | REASON)
        assert number.value == value
        assert isinstance(number.value, float)
    between = [bound.low + 0.5] if issubclass(kind, Whole) else []
    for value in [*outside, *between, 5e-324, 10**400, -(10**400), float("nan"), float("inf"), "0.5", True, None]:
        assert refused(kind, {"value": value} | REASON)[0] == ("value",)
    for value in outside:
        top = {"value": inside[-1], "high": value} if value > inside[-1] else None
        low = {"value": inside[0], "low": value} if value < inside[0] else None
        for ranged in filter(None, (top, low)):
            place = ("high",) if top else ("low",)
            assert refused(kind, ranged | REASON)[0] == place


def test_a_number_lies_in_its_own_range():
    assert Meetings.model_validate({"value": 1, "low": 1, "high": 1} | REASON).low == 1
    for low, high in [(2, 3), (0, 0.5), (3, 2)]:
        assert refused(Meetings, {"value": 1, "low": low, "high": high} | REASON)[1] == "value_error"


@pytest.mark.parametrize("reason", [{}, {"source": ""}, {"source": "  "}, {"why": " "}])
def test_a_number_says_where_it_is_from_or_why(reason):
    with pytest.raises(ValidationError, match="where the number is from, or why"):
        Meetings.model_validate({"value": 1, "unit": "-", "status": "read"} | reason)
    known = {"value": 1, "unit": "-", "status": "read", "why": "a test"}
    assert Meetings.model_validate(known).reason == "a test"


@pytest.mark.parametrize("status", ["set", "guess", "", 3, None])
def test_a_status_is_one_of_seven(status):
    assert refused(Meetings, {"value": 1} | REASON | {"status": status})[0] == ("status",)


def test_a_margin_is_above_nothing_and_may_leave_its_reason_to_the_reader():
    assert Margin.model_validate({"value": 0.05, "status": "assumed", "why": ""}).value == 0.05
    for value in (0, -0.05, 1, "5 %"):
        assert refused(Margin, {"value": value, "status": "assumed", "why": ""})[0] == ("value",)


def _numbers(table, place=()):
    for key, part in table.items():
        if isinstance(part, dict) and "unit" in part:
            yield (*place, key)
        elif isinstance(part, dict):
            yield from _numbers(part, (*place, key))


BOUNDED = {name: kind for name, kind in dotted_names().items() if kind in SORTS}


@given(
    place=st.sampled_from([p for p in _numbers(SOCIETY) if f"society.{'.'.join(p)}" in BOUNDED and "mobility" not in p]),
    end=st.sampled_from(["value", "low", "high"]),
    wrong=st.one_of(
        st.floats(max_value=-1e-6),
        st.sampled_from([float("nan"), float("inf"), -float("inf")]),
        st.text(max_size=4),
        st.booleans(),
        st.lists(st.integers(), max_size=2),
    ),
)
def test_any_number_of_the_society_out_of_bounds_is_refused_at_its_place(place, end, wrong):
    table = copy.deepcopy(SOCIETY)
    part = table
    for key in place:
        part = part[key]
    part[end] = wrong
    with pytest.raises(ValidationError) as caught:
        Society.model_validate(table)
    assert [one["loc"] for one in caught.value.errors()] == [(*place, end)]


# Societies, profiles, platforms


@pytest.mark.parametrize(
    "place, first, second, said",
    [
        (("channel_mix", "far"), "visit", "call", "visit 0.6 + call 0.6 = 1.2"),
        (("occasions",), "by_card", "by_call", "by_card 0.6 + by_call 0.6 = 1.2"),
    ],
)
def test_shares_of_one_whole_leave_room(place, first, second, said):
    table = copy.deepcopy(SOCIETY)
    part = table
    for key in place:
        part = part[key]
    part[first] = part[second] = {"value": 0.6} | REASON
    with pytest.raises(ValidationError, match=said.replace("+", r"\+")) as caught:
        Society.model_validate(table)
    assert caught.value.errors()[0]["loc"] == place


def test_a_platform_is_whole_or_nothing():
    assert Platform.model_validate(WALL).present
    assert not Platform(format=1, name="none").present
    for key in ("minutes", "adoption", "links"):
        with pytest.raises(ValidationError, match="missing"):
            Platform.model_validate({k: v for k, v in WALL.items() if k != key})
    without = Platform.model_validate({k: v for k, v in WALL.items() if k != "prompts"})
    assert without.present
    assert without.prompts is None
    with pytest.raises(ValidationError, match="a feature of no platform"):
        Platform.model_validate(WALL | {"name": "none"})


def test_nothing_can_be_changed(study):
    with pytest.raises(ValidationError, match="frozen"):
        study.society.contacts.initiated.value = 2.0
    with pytest.raises(ValidationError, match="frozen"):
        study.people = 5
    with pytest.raises(TypeError, match="cannot be changed"):
        study.arms["more"] = study.arms["wall"]
    with pytest.raises(TypeError, match="cannot be changed"):
        study.arms["no-prompt"].set.update({"substitution": 1.0})
    with pytest.raises(TypeError, match="cannot be changed"):
        del study.profiles["us"]


def test_a_study_travels_to_another_process(study):
    assert pickle.loads(pickle.dumps(study)) == study
    resolved = study.resolve("wall")
    assert pickle.loads(pickle.dumps(resolved)) == resolved


# Dotted names


@pytest.mark.parametrize(
    "short, full",
    [
        ("substitution", "society.response.substitution"),
        ("response.substitution", "society.response.substitution"),
        ("society.response.substitution", "society.response.substitution"),
        ("prompts.slope", "platform.prompts.slope"),
        ("slope", "platform.prompts.slope"),
        ("channels.visit.dose", "society.channels.visit.dose"),
        ("visit.dose", "society.channels.visit.dose"),
        ("us.minutes_ratio", "profile.us.minutes_ratio"),
        ("profile.us.links", "profile.us.links"),
        ("us.share", "profile.us.share"),
    ],
)
def test_a_name_may_drop_its_leading_parts(study, short, full):
    assert study.full_name(short) == full


@pytest.mark.parametrize(
    "name, said",
    [
        ("dose", "'dose' may mean 14 things; expected one of society.channels.visit.dose, "),
        ("near.visit.low", "unknown name 'near.visit.low'"),
        ("dose.visit", "unknown name 'dose.visit'"),
        ("prompts", "'prompts' is a section, not one value"),
        ("prompts.slop", "perhaps you meant 'prompts.slope'"),
        ("substitutoin", "perhaps you meant 'substitution'"),
        ("fr.links", "perhaps you meant 'links'"),
        ("name", "unknown name 'name'"),
        ("", "unknown name ''"),
    ],
)
def test_an_unknown_or_ambiguous_name_is_refused_with_what_it_may_mean(study, name, said):
    with pytest.raises(Refusal) as caught:
        study.full_name(name)
    assert said in str(caught.value)


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
def test_what_acts_before_the_branch_and_what_after(name, when):
    assert acts(name, ["us"]) == when


# What an arm lives with


def test_an_arm_puts_its_values_in_place_of_the_files(study):
    plain, private = study.resolve("wall"), study.resolve("private")
    assert plain.platform().prompts.audience == "public"
    assert private.platform().prompts.audience == "private"
    assert private.society == plain.society
    assert study.resolve("no-prompt").platform().prompts.birthday is False
    assert study.platforms["wall-2009"].prompts.birthday is True  # the file's own is untouched


def test_a_point_sets_the_value_keeps_the_unit_and_drops_a_limit_it_passes(study):
    slope = study.resolve("wall", {"prompts.slope": 9}).platform().prompts.slope
    assert (slope.value, slope.low, slope.high) == (9.0, 0.0, None)
    assert (slope.unit, slope.status) == ("per closeness", "set")
    society = study.resolve("wall", {"substitution": 0.6, "decay.kin": 500}).society
    assert society.response.substitution.value == 0.6
    assert society.decay.kin.value == 500
    assert society.decay.friend == study.society.decay.friend


def test_an_arms_own_value_wins_over_the_design(study):
    arm = study.arms["wall"].model_copy(update={"set": {"prompts.slope": 7.0}})
    steep = study.model_copy(update={"arms": {**study.arms, "steep": arm}})
    point = {"platform.prompts.slope": 1.0}
    assert steep.resolve("steep", point).platform().prompts.slope.value == 7
    assert steep.resolve("wall", point).platform().prompts.slope.value == 1


def test_a_point_passes_by_an_arm_without_that_section(study):
    none = study.resolve("none", {"prompts.slope": 4.0})
    assert none.platform() == study.platforms["none"]
    assert none.fingerprint() == study.fingerprint("none", {"prompts.slope": 0.0})


@pytest.mark.parametrize("name", ["substitution", "displacement", "composed_dose", "channels.view.dose", "platform.minutes"])
def test_what_acts_after_the_branch_is_nothing_to_an_arm_without_a_platform(study, name):
    low, high = {name: 0.25}, {name: 0.5}
    assert study.fingerprint("none", low) == study.fingerprint("none", high)
    assert study.fingerprint("wall", low) != study.fingerprint("wall", high)
    before, strong = {"gamma_meet": 1.3}, {"reference.strong": 0.9}
    assert study.fingerprint("none", before) != study.fingerprint("none")
    assert study.fingerprint("none", strong) != study.fingerprint("none")


@pytest.mark.parametrize(
    "point, place, said",
    [
        ({"prompts.slope": -1}, 'vary."prompts.slope"', "-1 is too small"),
        ({"substitution": 1.5}, "vary.substitution", "from 0 to 1"),
        ({"substitution": "much"}, "vary.substitution", 'text "much"'),
        ({"displace_chance": 1}, "vary.displace_chance", "true or false"),
        ({"near.visit": 0.9}, 'vary."near.visit"', "visit 0.9 + call 0.28 = 1.18"),
        ({"us.share": 0.5}, 'vary."us.share"', "shares that add up to 0.5"),
        ({"us.overlap": 0.0}, 'vary."us.overlap"', "from 0.001 to 1"),
        ({"prompts.fade": 1}, 'vary."prompts.fade"', "unknown name"),
    ],
)
def test_a_point_out_of_bounds_is_refused_at_its_place(study, point, place, said):
    with pytest.raises(InputError) as caught:
        study.resolve("wall", point)
    (problem,) = caught.value.problems
    assert problem.file == study.file
    assert problem.place == place
    assert said in str(problem)


def test_two_values_that_only_fit_together_are_set_together(study):
    near = study.resolve("wall", {"near.call": 0.7, "near.visit": 0.2}).society.channel_mix.near
    assert (near.visit.value, near.call.value) == (0.2, 0.7)


def test_no_such_arm_or_size_names_the_nearest(study):
    with pytest.raises(InputError, match=r"no arm 'wal'.*perhaps you meant 'wall'"):
        study.resolve("wal")
    with pytest.raises(InputError, match=r"no size 'ful'.*perhaps you meant 'full'"):
        study.at("ful")


def test_sizes(study):
    assert (study.people, study.seeds) == (500, 20)
    assert study.at("default") is study
    assert (study.at("quick").people, study.at("quick").seeds) == (300, 4)
    assert (study.at("full").people, study.at("full").seeds) == (20000, 40)
    assert study.scaled(people=300).people == 300
    with pytest.raises(InputError, match="people: 0 is too small"):
        study.scaled(people=0)


def test_horizons_and_burn_in(study):
    assert study.horizons == (365,)
    assert study.resolve("wall").years == study.society.burn_in.years.value
    thirteen = study.model_copy(update={"burn_in": "13y"})
    assert thirteen.resolve("wall").years == 13
    assert study.resolve("wall", {"burn_in.years": 30}).years == 30
    given_graph = study.model_copy(update={"graph": "village"})
    assert given_graph.resolve("wall").years == 1


def test_the_drivers_are_all_numbers_of_the_files(study):
    drivers = {one["name"]: one["status"] for one in study.drivers()}
    assert drivers["society.response.substitution"] == "assumed"
    assert drivers["profile.us.mobility"] == "read"
    assert drivers["platform.wall-2009.prompts.slope"] == "assumed"
    assert not any("reference" in name for name in drivers)
    assert "platform.wall-2009.prompts.birthday" not in drivers  # a switch is no number


# Fingerprints

BEFORE = [n for n in dotted_names(("us",)) if acts(n) == "before" and not n.endswith("us.share")]
AFTER = [n for n in dotted_names(("us",)) if acts(n) == "after" and "reference" not in n]


def _another(study, full):
    """A value that differs from the one in the files and is in bounds."""
    value = next(iter(study._written(full).values()))
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return {"public": "private", "chronological": "closeness"}[value]
    # A mix may not pass one together; whole numbers stay whole.
    return value.value + 1 if isinstance(value, Whole) else value.value * 0.9 + 0.0007


@pytest.mark.parametrize("name", BEFORE)
def test_what_acts_before_changes_society_and_run(study, name):
    point = {name: _another(study, name)}
    if name == "society.burn_in.given_years":  # not lived by a generated society
        assert study.fingerprint("wall", point) == study.fingerprint("wall")
        return
    assert study.society_fingerprint("wall", point) != study.society_fingerprint("wall")
    assert study.fingerprint("wall", point) != study.fingerprint("wall")


@pytest.mark.parametrize("name", AFTER)
def test_what_acts_after_changes_the_run_alone(study, name):
    point = {name: _another(study, name)}
    assert study.society_fingerprint("wall", point) == study.society_fingerprint("wall")
    assert study.fingerprint("wall", point) != study.fingerprint("wall")


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
    for place in _numbers(table):
        part = table
        for key in place:
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


def test_leaves_leave_out_names_and_absent_sections(study):
    assert leaves(study.platforms["none"]) == {}
    assert set(leaves(study.profiles["us"])) == {
        "minutes_ratio", "links", "overlap", "mobility", "post", "react", "private", "disclose", "gamma_attend",
    }  # fmt: skip
    assert isinstance(study.profiles["us"], Profile)
