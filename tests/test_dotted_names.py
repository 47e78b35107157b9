"""Dotted names: what may be left out, what is refused, and which values a piece has."""

from pathlib import Path

import pytest

from sim.scenario.dotted_names import leaves
from sim.scenario.faults import Refusal
from sim.scenario.profile import Profile
from sim.scenario.reading import load

SCENARIOS = Path(__file__).parent.parent / "scenarios"


@pytest.fixture(scope="module")
def study():
    return load(SCENARIOS / "birthday-prompt.toml")


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


def test_leaves_leave_out_names_and_absent_sections(study):
    assert leaves(study.platforms["none"]) == {}
    assert set(leaves(study.profiles["us"])) == {
        "minutes_ratio", "links", "overlap", "mobility", "post", "post_minutes_ratio", "pseudo", "recip", "status",
        "repost", "react", "private", "disclose",
        "disclose_essay", "passing_part", "gamma_attend",
    }  # fmt: skip
    assert isinstance(study.profiles["us"], Profile)


def test_an_old_name_in_python_is_refused_with_its_new_one(study):
    with pytest.raises(Refusal, match=r"'links\.closeness' is an old name; expected its new name 'links\.link_slope'"):
        study.full_name("links.closeness")
