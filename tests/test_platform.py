"""Platforms: whole, or none at all."""

import tomllib
from pathlib import Path

import pytest
from pydantic import ValidationError

from sim.scenario.platform import Platform

SCENARIOS = Path(__file__).parent.parent / "scenarios"
WALL = tomllib.loads((SCENARIOS / "platforms" / "wall-2009.toml").read_text("utf-8"))


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
