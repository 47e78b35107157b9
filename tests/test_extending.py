"""docs/extending.md: its files are there, and a profile or a platform is one file and one line, in a folder of one's own.

That a figure can come from another package is tested in tests/test_added_figure.py.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import polars as pl
import pytest
from conftest import SCENARIOS
from test_cli import refused, sim

from sim.scenario.reading import load
from sim.study.records import tables
from sim.study.sweep.sweeping import sweep

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "extending.md").read_text("utf-8")
FILE = re.compile(r"`((?:sim|docs|tests|scenarios)/[\w./-]+\.\w+)`")
STUDY = """format = 1
question = "Does a wall thin ties where people post little?"
society = "society.toml"
profiles = { us = 0.5, quiet = 0.5 }
people = 40
burn_in = "1y"
horizons = ["1y"]
seeds = 1
arms.none = { platform = "none" }
arms.wall = { platform = "wall-2009", set = { "people.posts_spread" = 0.0, "people.minutes_spread" = 0.0 } }
contrasts = [{ name = "platform", arm = "wall", control = "none", primary = true }]
"""
POSTS = 0.25  # of a person of profile us


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder of somebody's own: a study, the society and platforms that it names, and a profile made up for it."""
    place = tmp_path / "mine"
    for name in ("society.toml", "margins.toml", "platforms/none.toml", "platforms/wall-2009.toml", "profiles/us.toml"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SCENARIOS / name, place / name)
    text = (place / "profiles" / "us.toml").read_text("utf-8").replace('name = "us"', 'name = "quiet"')
    number = f'{{ value = {POSTS}, unit = "ratio to us", status = "assumed", source = "made up" }}'
    text, changed = re.subn(r"^post = .*$", f"post = {number}", text, flags=re.MULTILINE)
    assert changed == 1
    (place / "profiles" / "quiet.toml").write_text(text, "utf-8")
    (place / "study.toml").write_text(STUDY, "utf-8")
    return place


def test_a_profile_from_outside_is_checked_and_its_people_behave_by_it(folder, tmp_path):
    done = sim("check", folder / "study.toml", folder / "profiles" / "quiet.toml")
    assert (done.exit_code, done.stdout.count("ok ")) == (0, 2), done.output
    study = load(folder / "study.toml")
    sweep(study, tmp_path / "out")
    runs = tables.read(tmp_path / "out", "runs").filter(pl.col("arm") == "wall").select("run_id")
    posts = tables.read(tmp_path / "out", "measures").join(runs, on="run_id").filter(pl.col("measure") == "posts")
    of_profile = {profile: value for profile, value in posts.select("profile", "value").iter_rows()}
    usual = study.resolve("wall", study.points()[0]).timeline[0][1].feed.posts.value
    assert of_profile["us"] == pytest.approx(usual)
    assert of_profile["quiet"] == pytest.approx(POSTS * usual)


def test_a_platform_from_outside_is_one_file_and_its_people_are_shown_fewer_posts(folder, tmp_path):
    wall = (folder / "platforms" / "wall-2009.toml").read_text("utf-8").replace('name = "wall-2009"', 'name = "kiosk"')
    adverts = 'adverts = { value = 1.0, unit = "share", status = "assumed", source = "made up" }'
    (folder / "platforms" / "kiosk.toml").write_text(wall.replace("[feed]\n", f"[feed]\n{adverts}\n"), "utf-8")
    arm = 'arms.kiosk = { platform = "kiosk" }\n'
    (folder / "study.toml").write_text(STUDY.replace("contrasts = [", f"{arm}contrasts = ["), "utf-8")
    done = sim("check", folder / "study.toml", folder / "platforms" / "kiosk.toml")
    assert (done.exit_code, done.stdout.count("ok ")) == (0, 2), done.output
    sweep(load(folder / "study.toml"), tmp_path / "out")
    measures = tables.read(tmp_path / "out", "measures").filter(pl.col("tie_class") == "all", pl.col("profile") == "all")
    views = measures.filter(measure="views").join(tables.read(tmp_path / "out", "runs").select("run_id", "arm"), on="run_id")
    of_arm = {arm: value for arm, value in views.select("arm", "value").iter_rows()}
    assert of_arm["none"] == 0 < of_arm["kiosk"] < 0.5 * of_arm["wall"]  # visits to pages are left


def test_what_is_wrong_in_it_is_said_with_its_place(folder):
    file = folder / "profiles" / "quiet.toml"
    file.write_text(file.read_text("utf-8").replace("post = ", "posts = "), "utf-8")
    answer = sim("check", folder / "study.toml")
    assert refused(answer, "quiet.toml: posts", "perhaps you meant 'post'", "quiet.toml: post: missing")


def listed(section: str) -> list[str]:
    """The files in the first column of the table of a section."""
    lines = PAGE.partition(f"\n## {section}\n")[2].partition("\n## ")[0].splitlines()
    return [file for line in lines if line.startswith("| `") for file in FILE.findall(line.split(" | ")[0])]


def test_the_page_names_files_that_are_there_and_as_many_as_it_says():
    assert [file for file in FILE.findall(PAGE) if not (ROOT / file).is_file()] == []
    measure, study, feature = map(listed, ("A measure", "A study with its own figure", "A platform feature"))
    assert len([file for file in measure if not file.startswith("tests/")]) == 3
    assert len(study) == 7
    assert "These are 7 files." in PAGE
    assert len(feature) == 15
    assert "These are 15 files." in PAGE
