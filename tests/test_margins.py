"""Margins: once in a file, in a study what it has of its own, and what is said where they cannot be had."""

import json
import re
import shutil
from pathlib import Path

import pytest
from pydantic import ValidationError
from test_reading import conforms
from typer.testing import CliRunner

from sim.__main__ import app
from sim.errors import InputError
from sim.scenario.editors import schemas
from sim.scenario.margins import UNITS, Margin
from sim.scenario.reading import check, dependencies, load, study_from, study_hash

SCENARIOS = Path(__file__).parents[1] / "scenarios"
PAGE = (SCENARIOS.parent / "docs" / "asking.md").read_text("utf-8")
TEN_LINES = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)[1]
CORE = 'core = { value = 0.1, status = "assumed", why = "a test" }\n'
ALL = "".join(CORE.replace("core", name) for name in UNITS)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with the shipped files, the current one; with `wide.toml`, whose margins are twice as wide."""
    shutil.copytree(SCENARIOS, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.seal.json"))
    text = (SCENARIOS / "margins.toml").read_text("utf-8")
    (tmp_path / "wide.toml").write_text(text.replace("value = 0.05", "value = 0.1"), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(margins: str = "") -> str:
    """The file of a study that says this of its margins."""
    Path("leaving.toml").write_text(TEN_LINES + margins, "utf-8")
    return "leaving.toml"


def values(margins: str) -> dict[str, float]:
    return {name: margin.value for name, margin in load(written(margins)).margins}


def test_a_margin_is_above_nothing_and_may_leave_its_reason_to_the_reader():
    assert Margin.model_validate({"value": 0.05, "status": "assumed", "why": ""}).value == 0.05
    for value in (0, -0.05, 1, "5 %"):
        with pytest.raises(ValidationError) as caught:
            Margin.model_validate({"value": value, "status": "assumed", "why": ""})
        assert [error["loc"] for error in caught.value.errors()] == [("value",)]


def test_the_study_of_the_page_has_ten_lines_and_the_margins_beside_it(place):
    assert TEN_LINES.count("\n") == 10
    margins = load(written()).margins
    assert margins.real.why == "about ten minutes a day of real-life company"
    assert {name: margin.unit for name, margin in margins} == UNITS
    assert set(values("").values()) == {0.05}


@pytest.mark.parametrize(
    "said, wanted",
    [
        ('margins = "wide.toml"\n', {}),
        ('[margins]\nfile = "wide.toml"\n', {}),
        ('[margins]\nfile = "wide.toml"\n' + CORE.replace("0.1", "0.2"), {"core": 0.2}),
    ],
)
def test_a_study_names_another_file_and_has_single_margins_of_its_own(place, said, wanted):
    assert values(said) == dict.fromkeys(UNITS, 0.1) | wanted


def test_a_margin_of_its_own_stands_in_place_of_that_of_the_file(place):
    assert values("[margins]\n" + CORE) == dict.fromkeys(UNITS, 0.05) | {"core": 0.1}
    assert load("leaving.toml").margins.core.unit == UNITS["core"]


def test_a_study_with_all_six_needs_no_file(place):
    Path("margins.toml").unlink()
    assert values("[margins]\n" + ALL) == dict.fromkeys(UNITS, 0.1)
    assert Path("margins.toml") not in dependencies("leaving.toml")


def test_where_there_is_no_file_of_margins_the_message_says_what_to_do(place):
    Path("margins.toml").unlink()
    for said in ("", "[margins]\n" + CORE):
        (problem,) = check(written(said))
        assert str(problem) == (
            "leaving.toml: margins: no file margins.toml; expected it (copy scenarios/margins.toml of this project there), "
            'or margins = "FILE", or all six in a table [margins]'
        )
    (problem,) = check(written('margins = "wid.toml"\n'))
    assert "no file wid.toml" in str(problem)
    assert "perhaps you meant 'wide.toml'" in str(problem)
    with pytest.raises(InputError, match=r"<study>: margins: no file .*margins.toml"):
        study_from(TEN_LINES, place)


@pytest.mark.parametrize(
    "said, at, found",
    [
        ("margins = 3\n", "margins", "the number 3; expected the name of a file, such as"),
        ("margins = []\n", "margins", "an empty list; expected the name of a file"),
        ('margins = " "\n', "margins.file", "text that is not blank"),
        ("[margins]\nfile = 3\n", "margins.file", "the number 3; expected text"),
        ("[margins]\n" + CORE.replace("core", "cor"), "margins.cor", "perhaps you meant 'core'"),
        ("[margins]\n" + CORE.replace("0.1", "0.0"), "margins.core.value", "from 1e-06 to 0.999"),
        ("[margins]\ncore = 0.1\n", "margins.core", "the number 0.1; expected a table { value, unit, status, why }"),
        ("[margins]\n" + CORE.replace("status", 'unit = "bits", status'), "margins.core.unit", "share of the control's mean"),
    ],
)
def test_what_a_study_says_wrongly_of_its_margins_is_refused_at_its_place(place, said, at, found):
    (problem,) = check(written(said))
    assert (problem.file, problem.place) == ("leaving.toml", at)
    assert found in str(problem)


def test_a_margin_that_moves_in_the_file_moves_the_study_its_hash_and_its_seal(place):
    before, name = study_hash(written()), load("leaving.toml").name
    assert CliRunner().invoke(app, ["seal", "leaving.toml"]).exit_code == 0
    sealed = json.loads(Path(f"{name}.seal.json").read_text("utf-8"))
    text = Path("margins.toml").read_text("utf-8")
    Path("margins.toml").write_text(text.replace("value = 0.05", "value = 0.06", 1), "utf-8")
    assert load("leaving.toml").margins.support.value == 0.06
    assert study_hash("leaving.toml") != before
    assert CliRunner().invoke(app, ["seal", "leaving.toml", "--again"]).exit_code == 0
    again = json.loads(Path(f"{name}.seal.json").read_text("utf-8"))
    assert [part for part in sealed["parts"] if sealed["parts"][part] != again["parts"][part]] == ["margins"]


def test_make_is_told_of_the_file_and_check_knows_it(place):
    done = CliRunner().invoke(app, ["check", "--deps", written('margins = "wide.toml"\n')])
    assert done.stdout.split(": ")[1].split()[-1] == "wide.toml"
    assert CliRunner().invoke(app, ["check", "wide.toml"]).stdout == "ok wide.toml\n"


def test_the_schema_of_a_study_allows_a_name_a_table_and_nothing(tmp_path):
    schemas(tmp_path)
    root = json.loads((tmp_path / "study.schema.json").read_text("utf-8"))
    assert "margins" not in root["required"]
    part = root["properties"]["margins"]
    core = {"value": 0.1, "status": "assumed", "why": ""}
    for said in ("wide.toml", {}, {"file": "wide.toml"}, {"core": core}, {"file": "wide.toml", "core": core | {"unit": "-"}}):
        assert conforms(said, part, root), said
    for said in (3, " ", {"cor": core}, {"core": 0.1}, {"core": {"value": 0.1}}):
        assert not conforms(said, part, root), said
