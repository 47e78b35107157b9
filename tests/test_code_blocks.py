"""Every block of code in README and docs can be typed as it stands: Python runs, TOML is read, commands are taken.

Blocks of some pages have tests of their own, beside what they are about; `ELSEWHERE` names them. Blocks marked `text` show what
is printed, or formulas.
"""

import inspect
import re
import shlex
import shutil
import sys
import tomllib
import types
from pathlib import Path

import pytest
import typer
from test_figures import made_up

import sim
from sim.__main__ import app
from sim.figures.registry import Entry
from sim.figures.results import swept
from sim.figures.words import Words
from sim.scenario.figure_names import GROUP
from sim.scenario.reading import load

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("README*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("[!.]*/README.md"),
                *ROOT.glob("sim/scenario/templates/*.md")])  # fmt: skip
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
ELSEWHERE = {
    ("tutorial.md", "python"): "test_mesa.py",
    ("querying.md", "python"): "test_querying.py",
    ("querying.md", "sql"): "test_querying.py",
    ("querying.md", "r"): "test_querying.py",
    ("designs.md", "toml"): "test_design.py, test_cross.py",
    ("asking.md", "toml"): "test_margins.py",
}
HERE = {("python.md", "python"), ("running.md", "python"), ("tables.md", "python"), ("tables.md", "toml"),
        ("extending.md", "toml"), ("regions.md", "toml"), ("why.md", "toml")}  # fmt: skip
SHOWN = {"text", ""}  # nothing that anybody types
OTHER_PROGRAMS = {"cd", "git", ".venv/bin/dask"}


def blocks_of(page: Path) -> list[tuple[str, str]]:
    """(language, text) of each block."""
    return re.findall(r"^```(\w*)\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def blocks(name: str, language: str) -> list[str]:
    return [text for kind, text in blocks_of(ROOT / "docs" / name) if kind == language]


def test_every_block_has_a_test():
    found = {(page.name, kind) for page in PAGES for kind, _ in blocks_of(page)}
    assert {(page, kind) for page, kind in found if kind not in {*SHOWN, "sh"}} == {*ELSEWHERE, *HERE}
    for page, tests in ELSEWHERE.items():
        for test in tests.split(", "):
            assert page[0] in (ROOT / "tests" / test).read_text("utf-8")


# --- commands -----------------------------------------------------------------------------------------------------------


def commands() -> list[tuple[str, list[str]]]:
    """(page, words) of each command that a page shows; what stands in quotes may go over several lines."""
    found, open_lines = [], ""
    for page in PAGES:
        for line in (line for kind, text in blocks_of(page) if kind == "sh" for line in text.splitlines()):
            open_lines += line + "\n"
            try:
                words = shlex.split(open_lines, comments=True)
            except ValueError:  # a quote is still open
                continue
            open_lines = ""
            while words:
                end = words.index("&&") if "&&" in words else len(words)
                found.append((page.name, words[:end]))
                words = words[end + 1 :]
    assert open_lines == ""
    return found


@pytest.fixture(scope="module")
def typed(tmp_path_factory):
    """A folder as it is for somebody who follows the pages: with scenarios, results, and the studies that pages make."""
    place = tmp_path_factory.mktemp("typed")
    for name in ("scenarios", "results"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns(".*", "*.svg"))
    for name in ("leaving", "mine", "ma-question"):
        (place / "scenarios" / f"{name}.toml").write_text(blocks("asking.md", "toml")[0], "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        yield place


@pytest.mark.parametrize("page, words", [each for each in commands() if each[1][0].endswith("sim")])
def test_commands_of_sim_are_taken(typed, page, words):
    """Names of commands, options and their values; nothing is run."""
    words = words[: words.index(">")] if ">" in words else words
    command, given = typer.main.get_command(app), words[1:]
    while hasattr(command, "commands"):
        assert given[0] in command.commands, f"{page}: {' '.join(words)}"
        command, given = command.commands[given[0]], given[1:]
    with command.make_context(command.name, list(given)):
        pass
    for word in given:
        if word.startswith("scenarios/"):
            assert (typed / word).exists()


@pytest.mark.parametrize("page, words", [each for each in commands() if each[1][0] == "make"])
def test_goals_of_make_are_there(typed, page, words):
    goals = set(re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[1].split())
    known = set(re.search(r"foreach name,([A-Z_ ]+),", MAKEFILE)[1].split())
    for word in words[1:]:
        name, is_value, value = word.partition("=")
        assert name in (known if is_value else goals), f"{page}: {' '.join(words)}"
        assert name != "STUDY" or (typed / value).is_file()


def test_other_commands_are_few_and_name_files_that_are_there(typed):
    others = [words for _, words in commands() if words[0] != "make" and not words[0].endswith("sim")]
    assert {words[0] for words in others} <= {*OTHER_PROGRAMS, "cp"}
    assert all((typed / words[1]).is_file() for words in others if words[0] == "cp")


# --- Python -------------------------------------------------------------------------------------------------------------


def test_the_shortest_start_runs(monkeypatch):
    monkeypatch.chdir(ROOT)
    (block,) = blocks("python.md", "python")
    assert "people=300)" in block
    names: dict = {}
    exec(compile(block.replace("people=300)", "people=40, years=1)"), "python.md", "exec"), names)
    assert len(names["world"].graph) == len(names["without"].graph) == 40


def test_a_sweep_from_python_runs(a_study, tmp_path, monkeypatch):
    block = blocks("running.md", "python")[1]
    study = a_study(name="from-python", people=30, burn_in='"1y"', seeds=1)
    monkeypatch.chdir(tmp_path)
    names = {"__name__": "__main__"}
    block = block.replace("scenarios/birthday-prompt.toml", str(study.file)).replace("jobs=4", "jobs=1")
    exec(compile(block, "running.md", "exec"), names)
    assert (names["summary"].done, names["summary"].failed) == (1, ())
    assert Path("results/mine/runs.parquet").is_file()


def test_the_script_for_slurm_asks_for_workers_and_gives_them_the_sweep(monkeypatch):
    """With a made-up cluster: what the script calls is what `sim.sweep` takes."""
    asked, given = {}, []

    class SLURMCluster:
        scheduler_address = "tcp://somewhere:8786"

        def __init__(self, **options):
            asked.update(options)

        def __enter__(self):
            return self

        def __exit__(self, *_):
            given.append("released")

        def adapt(self, minimum_jobs, maximum_jobs):
            assert 0 < minimum_jobs < maximum_jobs

    takes = inspect.signature(sim.sweep)
    monkeypatch.chdir(ROOT)
    monkeypatch.setitem(sys.modules, "dask_jobqueue", types.SimpleNamespace(SLURMCluster=SLURMCluster))
    monkeypatch.setattr(sim, "sweep", lambda *values, **named: given.append(takes.bind(*values, **named).arguments))
    exec(compile(blocks("running.md", "python")[0], "running.md", "exec"), {"__name__": "__main__"})
    assert (given[0]["cluster"], given[0]["size"], given[1]) == (SLURMCluster.scheduler_address, "full", "released")
    assert asked["cores"] == asked["processes"]


@pytest.mark.parametrize("lang, title", [("en", "visits a year"), ("fr", "visites par an")])
def test_the_figure_of_a_package_of_ones_own_is_drawn(tmp_path, lang, title):
    made_up(tmp_path, slopes=(2.0,), days=(365,))
    names: dict = {}
    exec(compile(blocks("tables.md", "python")[0], "tables.md", "exec"), names)
    assert isinstance(names["ENTRY"], Entry)
    drawn = names["figure"](swept(tmp_path), Words(lang))
    assert any(title in text.get_text() for text in drawn.texts)


# --- parts of files -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["tables.md", "extending.md"])
def test_entry_points_of_figures_are_in_the_group_that_is_looked_up(page):
    (part,) = [tomllib.loads(text) for text in blocks(page, "toml") if text.startswith("[project")]
    assert list(part["project"]["entry-points"]) == [GROUP]


@pytest.mark.parametrize("page", ["regions.md", "why.md"])
def test_parts_of_a_study_are_taken(a_study, page):
    (part,) = blocks(page, "toml")
    study = a_study(arms=part, name=page.removesuffix(".md"))
    (key,) = tomllib.loads(part)
    assert getattr(study, key)


def test_what_figures_show_is_taken(a_study):
    """In a study with the contrasts and the parameter that the example names."""
    (part,) = (text for text in blocks("tables.md", "toml") if text.startswith("[shown]"))
    arms = "".join(f'[[contrasts]]\nname = "{name}"\narm = "wall"\ncontrol = "none"\n' for name in ("instead", "beside"))
    study = a_study(arms=arms + part, vary='"links.kept" = ["closest", "random"]', name="shown")
    assert load(study.file).shown.title.contrasts == ("instead", "beside")
