"""Digests of what shapes a run: the quick way over the many points of a design says what resolving each arm says."""

import re
from pathlib import Path

import pytest

from sim.scenario.fingerprint import Fingerprints, acts, first_digits
from sim.scenario.reading import load

SCENARIOS = Path(__file__).parents[1] / "scenarios"
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


@pytest.mark.parametrize("name", STUDIES)
@pytest.mark.parametrize("last", [False, True])
def test_quick_digests_are_those_of_the_resolved_arm(name, last):
    study = load(SCENARIOS / f"{name}.toml").model_copy(update={"points_last": last})
    quick = Fingerprints(study)
    digests = set()
    for point in (*study.points(), *POINTS):
        for arm in study.arms:
            resolved = study.resolve(arm, point)
            pieces = quick.at(arm, point)
            assert pieces == resolved.pieces(), (arm, point)
            assert pieces.lived() == resolved.fingerprint()
            assert pieces.grown() == resolved.society_fingerprint()
            digests.add(pieces.lived())
    assert len(digests) > len(POINTS)


def test_a_later_platform_has_what_its_own_day_sets(a_study):
    arms = '[arms.leaves]\nplatform = "wall-2009"\n[[arms.leaves.schedule]]\nday = 90\nplatform = "wall-2009"\n'
    study = a_study(arms + 'set = { "prompts.slope" = 1.0 }\n', name="leaving")
    for last in (False, True):
        study = study.model_copy(update={"points_last": last})
        quick = Fingerprints(study).at("leaves", {"prompts.slope": 7.0})
        assert quick == study.resolve("leaves", {"prompts.slope": 7.0}).pieces()
        assert [values["platform.prompts.slope"] for _, _, values in quick.timeline] == [7.0, 7.0 if last else 1.0]


@pytest.mark.parametrize(
    "name, when",
    [
        ("society.decay.friend", "before"),
        ("society.response.substitution", "after"),
        ("society.channels.visit.dose", "before"),
        ("society.channels.message.dose", "after"),
        ("profile.us.mobility", "before"),
        ("profile.us.links", "after"),
        ("platform.feed.posts", "after"),
    ],
)
def test_what_grows_a_society_acts_before_the_branch(name, when):
    assert acts(name) == when


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
