"""Which numbers of the files reach a contrast: those whose change is another run, in any study of the project and any arm."""

from __future__ import annotations

import pytest
from conftest import SCENARIOS, slow

from sim.scenario.reached import reaching
from sim.scenario.reading import load
from sim.scenario.resolving import ArmValues
from sim.study.records import json_files
from sim.study.sweep.sweeping import about


@pytest.fixture(scope="module")
def cultures():
    return load(SCENARIOS / "cultures.toml")


def contrast_of(study, name):
    return next(contrast for contrast in study.contrasts if contrast.name == name)


def changing(study, contrast) -> set[str]:
    """Names of the numbers of the files of which another value is another run of an arm, at a point at least. Slow."""
    drivers, found = [driver["name"] for driver in study.drivers()], set()
    arms = ArmValues(study.model_copy(update={"points_last": True}))
    for arm in (contrast.arm, contrast.control):
        for point in study.points():
            point = {study.full_name(name): value for name, value in study.arms[arm].set.items()} | {
                study.full_name(name): value for name, value in point.items() if name not in study.arms[arm].set
            }
            plain = arms.at(arm, point)
            platforms = dict(zip(study.arms[arm].platforms, plain.timeline))
            for name in drivers:
                root, file, rest = name.split(".", 2)
                if root == "platform":
                    full = f"platform.{rest}"
                    if file not in platforms or full not in platforms[file][2]:
                        continue
                else:
                    full = name
                if arms.at(arm, point | {full: 0.4321}).run_digest() != plain.run_digest():
                    found.add(name)
    return found


@pytest.mark.parametrize("name", ["letters-to-wall", *slow("minority", "ephemeral-status")])
def test_a_number_reaches_a_contrast_if_another_value_is_another_run(name):
    study = load(SCENARIOS / f"{name}.toml")
    numbers = {driver["name"] for driver in study.drivers()}
    for contrast in study.contrasts:
        assert reaching(study, contrast) & numbers == changing(study, contrast), contrast.name


def test_of_contents_that_act_alike_no_number_reaches_a_cell(cultures):
    names = reaching(cultures, contrast_of(cultures, "japan-wall-2009"))
    assert not {f"profile.japan.{key}" for key in ("disclose", "disclose_essay", "passing_part")} & names
    assert not any(name.startswith("society.content.") for name in names)
    assert {"profile.japan.links", "society.decay.friend", "platform.wall-2009.minutes"} <= names
    assert not any(name.startswith(("profile.us.", "platform.open-follow.", "society.minority.")) for name in names)


def test_what_no_rule_reads_on_a_platform_does_not_reach_its_cell(cultures):
    wall, follow = (reaching(cultures, contrast_of(cultures, f"japan-{name}")) for name in ("wall-2009", "open-follow"))
    assert {"profile.japan.recip", "profile.japan.status"} <= follow - wall
    assert "profile.japan.pseudo" not in follow | wall
    assert "profile.japan.pseudo" in reaching(cultures, contrast_of(cultures, "japan-pseudonymous"))


def test_what_people_keep_is_a_number_of_the_profile_of_their_cell(cultures):
    names = reaching(cultures, contrast_of(cultures, "japan-wall-2009-minutes-only"))
    assert {name for name in names if name.startswith("profile.japan.")} == {"profile.japan.minutes_ratio"}
    assert "profile.us.links" in names
    assert "profile.us.minutes_ratio" not in names


def test_of_the_west_of_a_minority_what_is_shifted_reaches_its_contrasts():
    study = load(SCENARIOS / "minority.toml")
    names = {name for name in reaching(study, study.primary) if name.startswith(("profile.france.", "profile.us."))}
    assert names == {f"profile.france.{key}" for key in ("post", "links", "private", "disclose", "disclose_essay")}


def test_every_result_counts_society_profiles_and_platforms_alike(cultures):
    record = about(cultures, None)
    drivers = {driver["name"]: driver["status"] for driver in cultures.drivers()}
    for name in ("japan-wall-2009", "japan-open-follow", "japan-wall-2009-minutes-only"):
        statuses = [drivers[number] for number in reaching(cultures, contrast_of(cultures, name)) if number in drivers]
        assert json_files.assumed(record, name) == (statuses.count("assumed"), len(statuses))


def test_years_until_a_society_is_steady_are_no_number_of_a_culture(cultures):
    assert not any(driver["name"].endswith((".steady_years", ".years", ".given_years")) for driver in cultures.drivers())
