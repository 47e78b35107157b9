"""The shipped profiles and platforms: every number of them moves something, and nobody is silent.

A number is moved from its low to its high end, in one small society.
"""

import re
import tomllib
from functools import cache

import pytest
from conftest import SCENARIOS, grown_for

import sim
from sim.channels import TABLE
from sim.scenario.dotted_names import leaves
from sim.scenario.numbers import Number
from sim.scenario.pieces import NOT_SET, Piece
from sim.scenario.platform import Platform
from sim.scenario.profile import REFERENCE, Profile

ROOT = SCENARIOS.parent
DAYS = 100  # people who leave for a while come back
WAYS = ("comments", "messages", "reactions")
GROWN = ("mobility", "steady_years")  # act while the society grows


def shipped(folder: str, kind: type) -> dict:
    files = sorted((SCENARIOS / folder).glob("*.toml"))
    return {file.stem: kind.model_validate(tomllib.loads(file.read_text("utf-8"))) for file in files}


PROFILES, PLATFORMS = shipped("profiles", Profile), shipped("platforms", Platform)
WEST = dict.fromkeys(PROFILES, "france") | {"france": "us"}  # whose way a minority lives, where a number needs one
ON = tuple(name for name, platform in PLATFORMS.items() if platform.present)


def numbers(piece: Piece) -> dict[str, Number]:
    return {name: number for name, number in leaves(piece).items() if isinstance(number, Number)}


@pytest.fixture(scope="module")
def worlds(a_study):
    """A function: the measures of a profile on a platform, with values set, after some days."""

    @cache
    def prepared(profile: str):
        arms = "".join(f'[arms.on-{name}]\nplatform = "{name}"\n' for name in ON)
        study = a_study(arms, name=f"presets-{profile}", profiles=f"{{ {profile} = 1.0, {WEST[profile]} = 0.0 }}", people=120)
        return study, grown_for(study)

    @cache
    def measured(profile: str, platform: str, values: tuple = (), days: int = DAYS) -> dict:
        study, grown = prepared(profile)
        world = sim.World(study, f"on-{platform}", 1, point=dict(values), grown=grown)
        world.run(days)
        return {(row.measure, row.tie_class): row.value for row in world.measure()}

    return measured


def moves(worlds, profile: str, platform: str, name: str, number: Number) -> bool:
    """Whether something differs between the low and the high end of a number."""
    others = beside(name, platform, profile)
    ends = (tuple({**others, name: end}.items()) for end in (number.low, number.high))
    low, high = (worlds(profile, platform, values) for values in ends)
    return low != high


MANY = {"meeting.first_closeness": 0.5, "meeting.in_communities": 8.0, "meeting.through_links": 8.0}
BESIDE = {  # what else must be set for a number to act in a small society
    "disclose_essay": {"response.content_effects": "differ", "response.content": "essay"},
    "disclose": {"response.content_effects": "differ"},
    "passing_part": {"response.content_effects": "differ"},
    "leaning": {"minority.share": 0.3},
    "private_effort": {"prompts.audience": "private"},
    "gate.": MANY,
    "meeting.affinity": MANY,
    "recip": {"links": 2.0, "following.known_share": 0.0},
}


def beside(name: str, platform: str, profile: str) -> dict:
    values = next((values for key, values in BESIDE.items() if key in name), {})
    known = {f"{profile}.{key}" if key == "links" else key: value for key, value in values.items()}
    of_platforms = ("meeting.", "following.")
    return {key: value for key, value in known.items() if not key.startswith(of_platforms) or key in numbers(PLATFORMS[platform])}


def first_is_quick(places: list[tuple[str, str]]) -> list:
    """Whose number, and its name. A number that another has before is for the slow tests."""
    first = {name: whose for whose, name in reversed(places)}
    return [pytest.param(whose, name, marks=() if first[name] == whose else pytest.mark.slow) for whose, name in places]


OF_PLATFORMS = [(platform, name) for platform in ON for name in numbers(PLATFORMS[platform])]


@pytest.mark.parametrize(("platform", "name"), first_is_quick(OF_PLATFORMS))
def test_every_number_of_a_platform_moves_something(worlds, platform, name):
    """There, or on another platform that has it: a channel that is alone on its side divides with nobody."""
    number = numbers(PLATFORMS[platform])[name]
    assert number.low < number.high
    places = [platform, *(other for other in ON if other != platform and name in numbers(PLATFORMS[other]))]
    assert any(moves(worlds, REFERENCE, place, f"platform.{name}", number) for place in places)


OF_PROFILES = [(profile, name) for profile, piece in PROFILES.items() for name in numbers(piece) if name not in GROWN]


@pytest.mark.parametrize(("profile", "name"), first_is_quick(OF_PROFILES))
def test_every_number_of_a_profile_moves_something(worlds, profile, name):
    number = numbers(PROFILES[profile])[name]
    assert any(moves(worlds, profile, place, f"{profile}.{name}", number) for place in ("wall-2009", "pseudonymous"))


@pytest.mark.parametrize("profile", PROFILES)
def test_mobility_moves_something_while_the_society_grows(a_study, profile):
    study = a_study(name=f"grown-{profile}", profiles=f"{{ {profile} = 1.0 }}", people=120, burn_in='"1y"')
    number = PROFILES[profile].mobility
    low, high = (sim.World(study, "none", 1, point={f"{profile}.mobility": end}) for end in (number.low, number.high))
    assert low.state.ties.i.size != high.state.ties.i.size


def fields(piece: type[Piece]) -> set[str]:
    """Names of all keys of a piece and of the pieces in it."""
    found = set()
    for name, field in piece.model_fields.items():
        inner = [kind for kind in getattr(field.annotation, "__args__", (field.annotation,)) if isinstance(kind, type)]
        parts = [kind for kind in inner if issubclass(kind, Piece) and not issubclass(kind, Number)]
        found |= {name} if not parts else set().union(*map(fields, parts))
    return found - {*NOT_SET}


@pytest.mark.parametrize("name", sorted(fields(Profile) | fields(Platform)))
def test_no_number_is_declared_that_no_rule_reads(name):
    files = (file for folder in ("world", "scenario") for file in (ROOT / "sim" / folder).glob("*.py"))
    rules = "\n".join(file.read_text("utf-8") for file in files)
    declared = rf'^    {name}: .*Field\('
    assert re.search(rf'\.{name}\b|"{name}"', re.sub(declared, "", rules, flags=re.MULTILINE))


@pytest.mark.parametrize("platform", ON)
@pytest.mark.parametrize("profile", PROFILES)
def test_no_profile_is_silent_on_any_platform(worlds, profile, platform):
    found = worlds(profile, platform, days=35)
    for channel in TABLE:
        if channel.feature in WAYS and getattr(PLATFORMS[platform], channel.feature) is not None:
            assert found[f"received_{channel.name}", "all"] > 0, channel.name

