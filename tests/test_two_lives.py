"""Two lives of one tie, docs/two-lives.*.svg: drawn from today's scenario files by the command beside it, and told as drawn."""

import re
from pathlib import Path

import pytest

from sim.scenario.reading import load
from sim.scenario.study import scenario_hash

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "tutorial.md").read_text("utf-8").split("## Two lives of one tie")[1].split("\n## ")[0]
FIGURES = {lang: (ROOT / "docs" / f"two-lives.{lang}.svg").read_text("utf-8") for lang in ("en", "fr")}
TITLE, DESCRIPTION = (
    {lang: re.search(rf"<{part} [^>]*>(.*?)</{part}>", text, re.DOTALL)[1] for lang, text in FIGURES.items()}
    for part in ("title", "desc")
)


@pytest.mark.parametrize("cut", ["", "-phone"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_press_figures_are_of_the_same_tie(lang, cut):
    press = (ROOT / "docs" / f"lives{cut}.{lang}.svg").read_text("utf-8")
    study, people = re.search(r"sim tie (scenarios/\S+) --people (\d+)\n", PAGE).groups()
    assert f"hash {scenario_hash(load(ROOT / study).scaled(people=int(people)))};" in press
    met = re.search(r"(\d+) (?:visits become|visites deviennent)\s(\d+)", press).groups()
    assert f"visited A {met[0]} times" in PAGE
    assert f"For these two, {met[0]} visits become {met[1]}" in PAGE


def test_the_figures_are_of_the_study_that_the_command_names():
    study, people = re.search(r"sim tie (scenarios/\S+) --people (\d+)\n", PAGE).groups()
    drawn = scenario_hash(load(ROOT / study).scaled(people=int(people)))
    for description in DESCRIPTION.values():
        assert f"{drawn}, " in description
        assert Path(study).stem in description


@pytest.mark.parametrize("lang, point", [("en", "."), ("fr", ",")])
def test_the_page_tells_what_the_figure_shows(lang, point):
    first, online, closeness = re.search(r"(\d+)\s.*?(\d+)\s(?:acts|actes).*?([\d.,]+)\D*$", TITLE[lang]).groups()
    comments, reactions = map(int, re.search(r"(\d+) comments and (\d+) reactions", PAGE).groups())
    assert (f"visited A {first} times" in PAGE, comments + reactions) == (True, int(online))
    assert f"without it: {closeness.replace(point, '.')}." in PAGE
