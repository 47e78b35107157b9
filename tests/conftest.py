"""What several tests share: scenario files in a place of their own, small studies, a society grown once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from sim.scenario.reading import load
from sim.society.graphs import read_graph
from sim.world.growing import grow

SCENARIOS = Path(__file__).parents[1] / "scenarios"
CHROMIUM = Path("/usr/bin/chromium")
settings.register_profile("any machine", deadline=None)  # no test rests on the clock
settings.load_profile("any machine")

ARMS = """
[arms.none]
platform = "none"
[arms.no-prompt]
platform = "wall-2009"
set = { "prompts.birthday" = false }
[arms.wall]
platform = "wall-2009"
"""

REST = """
[[contrasts]]
name = "prompt"
arm = "wall"
control = "no-prompt"
primary = true

[margins]
support = { value = 0.05, status = "assumed", why = "a test" }
core = { value = 0.05, status = "assumed", why = "a test" }
real = { value = 0.05, status = "assumed", why = "a test" }
strong = { value = 0.05, status = "assumed", why = "a test" }
partners = { value = 0.05, status = "assumed", why = "a test" }
carriers = { value = 0.05, status = "assumed", why = "a test" }
"""


@pytest.fixture(scope="session", autouse=True)
def _a_store_of_its_own(tmp_path_factory):
    """No test finds, or leaves, a society in the store of the checkout."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIM_STORE", str(tmp_path_factory.mktemp("store")))
        yield


@pytest.fixture(scope="session")
def scenarios(tmp_path_factory) -> Path:
    """A copy of the society, profile and platform files."""
    return shutil.copytree(SCENARIOS, tmp_path_factory.mktemp("files") / "scenarios")


@pytest.fixture(scope="session")
def a_study(scenarios):
    """Write and read a study of 60 people and two years of growing, but for what is given.

    arms : TOML of arms to add to none, no-prompt and wall; vary : TOML of a design; others replace a line
    """

    def study(arms: str = "", vary: str = "", name: str = "tiny", **lines):
        assert name != "tiny" or not (arms or vary or lines), "another study needs a name: files lie side by side"
        said = {"profiles": "{ us = 1.0 }", "people": 60, "burn_in": '"2y"', "horizons": '["1y"]', "seeds": 2} | lines
        text = 'format = 1\nquestion = "Does it?"\nsociety = "society.toml"\n'
        text += "".join(f"{key} = {value}\n" for key, value in said.items())
        text += ARMS + arms + (f"[vary]\n{vary}\n" if vary else "") + REST
        file = scenarios / f"{name}.toml"
        file.write_text(text, encoding="utf-8")
        return load(file)

    return study


@pytest.fixture(scope="session")
def a_platform(scenarios):
    """Write the file of a platform: wall-2009 with further keys. Returns the lines of an arm that uses it.

    sections : keys and values by section; a number gets what a file must say beside it
    """
    wall = (scenarios / "platforms" / "wall-2009.toml").read_text("utf-8")

    def number(value) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        return f'{{ value = {value}, unit = "of", status = "assumed", source = "made up" }}'

    def platform(name: str, settings: str = "", **sections: dict) -> str:
        text = wall.replace('name = "wall-2009"', f'name = "{name}"')
        for section, keys in sections.items():
            lines = "".join(f"{key} = {number(value)}\n" for key, value in keys.items())
            has = f"[{section}]\n" in text
            text = text.replace(f"[{section}]\n", f"[{section}]\n{lines}") if has else f"{text}\n[{section}]\n{lines}"
        (scenarios / "platforms" / f"{name}.toml").write_text(text, "utf-8")
        return f'[arms.{name}]\nplatform = "{name}"\n' + (f"set = {{ {settings} }}\n" if settings else "")

    return platform


@pytest.fixture(scope="session")
def tiny(a_study):
    """60 people, two years of growing, a horizon of a year, two seeds."""
    return a_study()


@pytest.fixture(scope="session")
def grown(tiny):
    """The society of `tiny` and seed 1, at the branch."""
    return grown_for(tiny)


def grown_for(study, seed: int = 1, people: int | None = None, years: int | None = None):
    """The society of a study's first arm, grown now."""
    resolved = study.resolve(next(iter(study.arms)), study.points()[0])
    return grow(resolved.society, resolved.profiles, seed, people or resolved.people, years or resolved.years)


@pytest.fixture
def read(tmp_path):
    """Write a file and read it as a graph."""

    def write_and_read(content, name="ties.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_graph(path)

    return write_and_read


@pytest.fixture(scope="module")
def chromium():
    if not CHROMIUM.exists():
        pytest.skip(f"no {CHROMIUM} on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--js-flags=--expose-gc"])
        yield started
        started.close()


def slow(*values) -> list:
    """Values of a parameter that only the slow tests have: each is one more of a kind."""
    return [pytest.param(value, marks=pytest.mark.slow) for value in values]


def pytest_collection_modifyitems(items):
    """Kernels and their twins are compared compiled and uncompiled."""
    for item in items:
        if item.path.parent.name == "kernels":
            item.add_marker(pytest.mark.uncompiled)
