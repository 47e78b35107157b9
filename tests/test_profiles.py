"""Profiles: the same people under each, names that change nothing, and groups that differ by name alone."""

import re
import shutil
import tomllib
from pathlib import Path

import numpy as np
import pytest
from conftest import SCENARIOS, grown_for, slow
from scipy import stats

import sim
from sim.errors import InputError
from sim.scenario.profile import Profile
from sim.scenario.reading import check, load
from sim.world.measures import Reference, blocks_of
from sim.world.measures.people import per_person
from sim.world.measures.year import measured_year

SHIPPED = sorted(path.stem for path in (SCENARIOS / "profiles").glob("*.toml"))
STUDY = """format = 1
question = "Whose habits?"
society = "society.toml"
profiles = {profiles}
people = {people}
burn_in = "1y"
horizons = ["1y"]
seeds = 1
arms.none = {{ platform = "none" }}
arms.wall = {{ platform = "wall-2009" }}
arms.open = {{ platform = "pseudonymous" }}
contrasts = [{{ name = "platform", arm = "wall", control = "none", primary = true }}]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The shipped scenarios, and beside the shipped profiles a twin of us."""
    place = tmp_path_factory.mktemp("profiles") / "scenarios"
    shutil.copytree(SCENARIOS, place)
    text = (place / "profiles" / "us.toml").read_text("utf-8")
    (place / "profiles" / "twin.toml").write_text(text.replace('name = "us"', 'name = "twin"'), "utf-8")
    return place


def study_of(folder: Path, profiles: str, people: int = 120):
    (folder / "study.toml").write_text(STUDY.format(profiles=profiles, people=people), "utf-8")
    return load(folder / "study.toml")


# --- the same people ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def joined(folder):
    """The people of each shipped profile, a week after the wall came."""
    people = {}
    for name in SHIPPED:
        study = study_of(folder, f"{{ {name} = 1.0 }}")
        world = sim.World(study, "wall", 1, point={"platform.adoption": 1.0})
        world.run(8)
        people[name] = world.state
    return people


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("trait", ["contacts", "birthday", "greet", "minutes", "posts", "link_places"])
def test_a_person_keeps_the_own_quantile_under_every_profile(joined, name, trait):
    usual, other = (getattr(joined[profile].people, trait).astype(float) for profile in ("us", name))
    assert stats.spearmanr(usual, other).statistic > 0.99  # whole numbers tie


@pytest.mark.parametrize("name", SHIPPED)
def test_nobody_is_silent_who_has_somebody_to_write_to(joined, name):
    people = joined[name].people
    linked = joined[name].ties.were_friends.any()
    assert linked
    for rate in ("reaction_rate", "comment_rate", "message_rate"):
        assert (getattr(people, rate) > 0).mean() > 0.8, rate


@pytest.mark.parametrize("name", ["us", "china", *slow(*(name for name in SHIPPED if name not in ("us", "china")))])
def test_a_mean_person_of_a_profile_does_what_its_numbers_say(folder, name):
    """Of 3,000 members: minutes, posts and written acts are means of lognormal numbers."""
    study = study_of(folder, f"{{ {name} = 1.0 }}")
    resolved = study.resolve("wall", {"platform.adoption": 1.0})
    ((profile, _),) = resolved.profiles
    wall = resolved.timeline[0][1]
    world = sim.World(study, "wall", 1, point={"platform.adoption": 1.0}, people=3000, years=1)
    world.run(1)
    people = world.state.people
    written = (people.comments + people.messages + people.groups).astype(float)
    minutes = wall.minutes.value * profile.minutes_ratio.value
    for found, intended in (
        (people.minutes, minutes),
        (people.posts, wall.feed.posts.value * profile.post.value),
        (written, wall.written.rate.value * minutes * profile.react.value),
    ):
        found = found.astype(float)
        assert abs(found.mean() - intended) < 4 * found.std() / np.sqrt(found.size)
    private = (people.messages + people.groups).astype(float).sum() / written.sum()
    assert private == pytest.approx(profile.private.value, rel=1e-5)


# --- names change nothing -------------------------------------------------------------------------


@pytest.mark.parametrize("arm, links", [("wall", 180.0), ("open", 10.0)])  # with few links some are returned
def test_two_names_with_equal_numbers_are_one_society(folder, arm, links):
    one, two = (study_of(folder, shares) for shares in ("{ us = 1.0 }", "{ us = 0.5, twin = 0.5 }"))
    worlds = [sim.World(study, arm, 1, point={f"{name}.links": links for name in study.profiles}) for study in (one, two)]
    for world in worlds:
        world.run(400)
    first, second = (world.state for world in worlds)
    assert len(np.unique(second.people.profile)) == 2
    for rows in ("people", "ties"):
        for name in getattr(first, rows)._fields:
            if name not in ("profile", "group"):
                columns = (getattr(getattr(state, rows), name) for state in (first, second))
                np.testing.assert_array_equal(*columns, err_msg=name)
    found = [{(row.measure, row.tie_class): row.value for row in world.measure() if row.profile == "all"} for world in worlds]
    assert found[0].keys() == found[1].keys()
    for key, value in found[0].items():
        assert value == found[1][key] or (np.isnan(value) and np.isnan(found[1][key])), key


CONTINUOUS = ("S_all", "core", "real_hours", "strong", "links")


def test_groups_that_differ_by_name_alone_are_told_apart_as_often_as_chance_says(folder):
    """Twenty societies whose people get one of two names at random, 400 times. A test at 5 % rejects at 2 to 9 %."""
    study = study_of(folder, "{ us = 1.0 }", people=100)
    societies = []
    for seed in range(1, 21):
        world = sim.World(study, "wall", seed, grown=grown_for(study, seed))
        world.begin_year()
        world.run(365)
        (block,) = blocks_of(world.state)
        year = measured_year(world.state, world.rules, block)
        societies.append(
            {
                m.measure: np.reshape(m.values, (100, -1)).sum(axis=1)
                for m in per_person(world.state, block, year, Reference.of(world.society))
                if m.measure in CONTINUOUS
            }
        )
    luck = np.random.default_rng(1)
    names = luck.permuted(np.tile(np.repeat([1.0, -1.0], 50) / 50, (400, 20, 1)), axis=2)
    for measure in CONTINUOUS:
        values = np.stack([society[measure] for society in societies])
        differences = (names * values).sum(axis=2)  # (relabellings, societies): mean of the one group less that of the other
        t = differences.mean(axis=1) / (differences.std(axis=1, ddof=1) / np.sqrt(20))
        rejected = (np.abs(t) > stats.t.ppf(0.975, 19)).mean()
        assert 0.02 <= rejected <= 0.09, measure


# --- refused --------------------------------------------------------------------------------------


def test_an_unknown_profile_is_refused_with_those_that_there_are(folder):
    with pytest.raises(InputError, match=r"study\.toml: profiles\.japon: unknown profile 'japon'; expected .*japan"):
        study_of(folder, "{ japon = 1.0 }")


@pytest.mark.parametrize("key", [key for key, field in Profile.model_fields.items() if field.is_required()])
def test_a_profile_that_lacks_a_parameter_is_refused(folder, key):
    file = folder / "profiles" / "lacking.toml"
    text = (folder / "profiles" / "us.toml").read_text("utf-8").replace('name = "us"', 'name = "lacking"')
    file.write_text(re.sub(rf"^{key} = .*\n", "", text, flags=re.MULTILINE), "utf-8")
    (problem,) = check(file)
    file.unlink()
    assert (problem.file, problem.place, problem.given) == (str(file), key, "missing")
    assert problem.expected.startswith(f"{key} = " if key != "format" else "format = 1")


@pytest.mark.parametrize(
    "shares, told",
    [
        ("{ us = 0.5, japan = 0.4 }", "profiles: shares that add up to 0.9; expected shares that add up to 1"),
        ("{ us = 0.6, japan = 0.6 }", "profiles: shares that add up to 1.2; expected shares that add up to 1"),
        ("{ us = 0.5, japan = 1.5 }", "profiles.japan: 1.5 is too large; expected a number from 0 to 1"),
        ("{ us = 1.5, japan = -0.5 }", "profiles.us: 1.5 is too large; expected a number from 0 to 1"),
    ],
)
def test_shares_of_profiles_that_are_no_shares_of_all_people_are_refused(folder, shares, told):
    with pytest.raises(InputError, match=rf"study\.toml: {re.escape(told)}"):
        study_of(folder, shares)


# --- what the files say ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_posting_was_measured_at_the_minutes_of_the_profile(name):
    (profile,) = (load(SCENARIOS / "birthday-prompt.toml").profiles["us"],) if name == "us" else (read(name),)
    numbers = profile.minutes_ratio, profile.post_minutes_ratio
    assert len({(n.value, n.low, n.high) for n in numbers}) == 1


def read(name: str):
    return Profile.model_validate(tomllib.loads((SCENARIOS / "profiles" / f"{name}.toml").read_text("utf-8")))


def test_what_has_no_cultural_data_is_alike_in_all():
    parts = {(read(name).passing_part.value, read(name).passing_part.low, read(name).passing_part.high) for name in SHIPPED}
    assert len(parts) == 1
