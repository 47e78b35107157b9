"""Platforms: whole, or none at all; what a member reads fits into the minutes."""

import tomllib

import pytest
from conftest import SCENARIOS
from pydantic import ValidationError
from test_fair_pairs import AT_ZERO
from typer.testing import CliRunner

from sim.__main__ import app
from sim.scenario.platform import Platform

FILES = sorted((SCENARIOS / "platforms").glob("*.toml"))
PLATFORMS = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in FILES}
WALL = PLATFORMS["wall-2009"]


def test_a_platform_is_whole_or_nothing():
    assert Platform.model_validate(WALL).present
    assert not Platform(format=1, name="none").present
    for key in ("minutes", "adoption", "links"):
        with pytest.raises(ValidationError, match="missing"):
            Platform.model_validate({k: v for k, v in WALL.items() if k != key})
    without = Platform.model_validate({k: v for k, v in WALL.items() if k != "prompts"})
    assert without.present
    assert without.prompts is None
    with pytest.raises(ValidationError, match="a feature of the platform 'none'"):
        Platform.model_validate(WALL | {"name": "none"})


WITHOUT_LINKS = """format = 1
name = "bare"
minutes = { value = 50, unit = "min/day", status = "assumed", source = "made up" }
adoption = { value = 0.8, unit = "share", status = "assumed", source = "made up" }
"""


@pytest.mark.parametrize("section", sorted(AT_ZERO.keys() - WALL.keys()))
def test_a_feature_without_links_is_refused_with_the_section_that_it_needs(tmp_path, section):
    numbers = "".join(
        f'{key} = {{ value = {value}, unit = "of", status = "assumed", source = "made up" }}\n'
        for key, value in AT_ZERO[section].items()
    )
    file = tmp_path / "bare.toml"
    file.write_text(f"{WITHOUT_LINKS}[{section}]\n{numbers}", "utf-8")
    result = CliRunner().invoke(app, ["check", str(file)])
    assert result.exit_code == 2
    place = f"{file.name}: links: missing"
    assert f"{place}; expected a section [links] with share and link_slope, for [{section}]" in result.stderr


@pytest.mark.parametrize("name", [name for name, platform in PLATFORMS.items() if "feed" in platform])
def test_items_shown_fit_into_the_share_of_minutes_that_is_for_reading(name):
    minutes, feed = PLATFORMS[name]["minutes"]["value"], PLATFORMS[name]["feed"]
    items, item_minutes, reading_share = (feed[key]["value"] for key in ("items", "item_minutes", "reading_share"))
    assert items * item_minutes <= reading_share * minutes


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"meeting": {}}, r"no way to meet"),
        ({"meeting": {"in_communities": 0.1}}, r"nowhere to meet"),
        ({"meeting": {"in_feed": 0.1}}, r"no posts of strangers"),
        ({"feed": {"public": 0.5}}, r"a share of nothing"),
    ],
)
def test_a_number_that_could_do_nothing_is_refused(changes, said):
    def number(value):
        return {"value": value, "unit": "of", "status": "assumed", "source": "made up"}

    section, keys = next(iter(changes.items()))
    usual = {"first_closeness": number(0.02), "affinity": number(1.0)} if section == "meeting" else WALL[section]
    with pytest.raises(ValidationError, match=said):
        Platform.model_validate(WALL | {section: usual | {key: number(value) for key, value in keys.items()}})
