"""A study read in full: frozen, sizes, drivers."""

import pickle
from pathlib import Path

import pytest
from pydantic import ValidationError

from sim.errors import InputError
from sim.scenario.reading import load

SCENARIOS = Path(__file__).parent.parent / "scenarios"


@pytest.fixture(scope="module")
def study():
    return load(SCENARIOS / "birthday-prompt.toml")


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


def test_sizes(study):
    assert (study.people, study.seeds) == (500, 20)
    assert study.at("default") is study
    assert (study.at("quick").people, study.at("quick").seeds) == (300, 4)
    assert (study.at("full").people, study.at("full").seeds) == (20000, 40)
    assert study.scaled(people=300).people == 300
    with pytest.raises(InputError, match="people: 0 is too small"):
        study.scaled(people=0)


def test_no_such_arm_or_size_names_the_nearest(study):
    with pytest.raises(InputError, match=r"no arm 'wal'.*perhaps you meant 'wall'"):
        study.resolve("wal")
    with pytest.raises(InputError, match=r"no size 'ful'.*perhaps you meant 'full'"):
        study.at("ful")


def test_the_drivers_are_all_numbers_of_the_files(study):
    drivers = {one["name"]: one["status"] for one in study.drivers()}
    assert drivers["society.response.substitution"] == "assumed"
    assert drivers["profile.us.mobility"] == "read"
    assert drivers["platform.wall-2009.prompts.slope"] == "assumed"
    assert not any("reference" in name for name in drivers)
    assert "platform.wall-2009.prompts.birthday" not in drivers  # a switch is no number


def test_what_varies_knows_the_plausible_range_of_its_files():
    """Its own values may lie beyond: a figure marks them. A choice has no range."""
    declared = load(SCENARIOS / "time-displacement.toml").declared()
    assert declared["displacement"] == {"low": 0.0, "high": 0.39, "value": 0.1}
    assert declared["platform.minutes"] == {"low": 20.0, "high": 130.0, "value": 50.0}
    assert "links.kept" not in load(SCENARIOS / "redefine-or-import.toml").declared()
