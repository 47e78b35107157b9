"""One arm at one point: whose values count, and that the checked objects hold exactly those."""

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.scenario.dotted_names import flat
from sim.scenario.reading import load
from sim.scenario.resolving import ArmValues

SCENARIOS = Path(__file__).parent.parent / "scenarios"
STUDIES = ("birthday-prompt", "false-birthday", "letters-to-wall", "time-displacement", "verdict-regions")
POINTS = (
    {},
    {"substitution": 0, "prompts.slope": 3},
    {"prompts.birthday": False, "prompts.slope": 5.0},
    {"turnover.mobility": 0.5, "us.mobility": 0.2},
    {"us.share": 1.0, "gamma_attend": 0.7},
    {"burn_in.years": 11},
    {"displacement": 0.39, "composed_dose": 0.0, "platform.minutes": 130.0, "displace_chance": True},
    {"feed.order": "closeness", "prompts.audience": "private", "channels.message.dose": 0.0},
)


@pytest.fixture(scope="module")
def study():
    return load(SCENARIOS / "birthday-prompt.toml")


@pytest.mark.parametrize("name", STUDIES)
@pytest.mark.parametrize("last", [False, True])
def test_checked_objects_hold_the_values_that_are_digested(name, last):
    study = load(SCENARIOS / f"{name}.toml").model_copy(update={"points_last": last})
    arm_values = ArmValues(study)
    digests = set()
    for point in (*study.points(), *POINTS):
        for arm in study.arms:
            resolved = study.resolve(arm, point)
            values = arm_values.at(arm, point)
            assert flat("society", resolved.society) == values.society, (arm, point)
            profiles = [(flat(f"profile.{profile.name}", profile), share) for profile, share in resolved.profiles]
            assert profiles == list(values.profiles), (arm, point)
            timeline = [(day, platform.present, flat("platform", platform)) for day, platform in resolved.timeline]
            assert timeline == list(values.timeline), (arm, point)
            assert values.run_digest() == resolved.fingerprint()
            assert values.society_digest() == resolved.society_fingerprint()
            digests.add(values.run_digest())
    assert len(digests) > len(POINTS)


def test_a_later_platform_has_what_its_own_day_sets(a_study):
    arms = '[arms.leaves]\nplatform = "wall-2009"\n[[arms.leaves.schedule]]\nday = 90\nplatform = "wall-2009"\n'
    study = a_study(arms + 'set = { "prompts.slope" = 1.0 }\n', name="leaving")
    for last in (False, True):
        study = study.model_copy(update={"points_last": last})
        slopes = [platform.prompts.slope.value for _, platform in study.resolve("leaves", {"prompts.slope": 7.0}).timeline]
        assert slopes == [7.0, 7.0 if last else 1.0]


def test_a_points_value_wins_over_the_arms_own_where_points_come_last(study):
    last = study.model_copy(update={"points_last": True})
    point = {"prompts.birthday": True, "prompts.slope": 3.0}
    assert study.resolve("no-prompt", point).platform().prompts.birthday is False
    assert last.resolve("no-prompt", point).platform().prompts.birthday is True
    assert last.resolve("no-prompt", {"slope": 3.0}).platform().prompts.birthday is False


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


def test_horizons_and_burn_in(study):
    assert study.horizons == (365,)
    assert study.resolve("wall").years == study.society.burn_in.years.value
    thirteen = study.model_copy(update={"burn_in": "13y"})
    assert thirteen.resolve("wall").years == 13
    assert study.resolve("wall", {"burn_in.years": 30}).years == 30
    given_graph = study.model_copy(update={"graph": "village"})
    assert given_graph.resolve("wall").years == 1
