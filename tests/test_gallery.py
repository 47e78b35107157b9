"""The gallery of published studies: written anew by each publishing, of what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_figures import made_up
from test_report import Page
from typer.testing import CliRunner

import sim
from sim.__main__ import app
from sim.figures.words import Words
from sim.page.gallery import FILES, NOT_BY_HAND, galleries

ROOT = Path(__file__).parents[1]
MADE = f"<!-- {NOT_BY_HAND} -->"


@pytest.fixture
def published(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = made_up(tmp_path / "results/birthday-prompt/.work/default", days=(365,), slopes=(2.0,), figures=["ties", "verdict"])
    for lang in ("en", "fr"):
        sim.draw(folder, lang)
    return folder


def test_publishing_writes_the_page_of_all_studies(published):
    files = sim.publish(published).files
    page = Path("results/README.md")
    assert page in files
    text = page.read_text(encoding="utf-8")
    assert "## Do birthday prompts thin the ties they touch?" in text
    assert "![With birthday reminders, ties hardly change](birthday-prompt/ties-phone.en.svg)" in text
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    expected = ("ties.en.svg", "verdict.en.svg", "verdict.csv", "README.md")
    assert {f"birthday-prompt/{name}" for name in expected} <= set(links)
    assert all((page.parent / link).exists() for link in links if not link.startswith("../"))
    sim.publish(published)
    assert page.read_text(encoding="utf-8") == text


def test_in_french_it_is_french(published):
    assert Path("results/README.fr.md") in sim.publish(published).files
    text = Path("results/README.fr.md").read_text(encoding="utf-8")
    assert "## Les rappels" in text
    assert "![Avec des rappels d’anniversaire, les liens ne changent guère](birthday-prompt/ties-phone.fr.svg)" in text
    assert "[compte rendu](birthday-prompt/README.fr.md)" in text
    assert ".en." not in text


@pytest.mark.parametrize("lang", FILES)
def test_the_report_of_a_study_is_published_beside_its_figures(published, lang):
    page = Path("results/birthday-prompt", FILES[lang])
    assert page in sim.publish(published).files
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert {f"ties.{lang}.svg", f"verdict.{lang}.svg", "verdict.csv"} <= set(links)
    assert f"ties-phone.{lang}.svg" not in links
    assert all((page.parent / link).is_file() for link in links)
    words = Words(lang)
    assert words("ties-with-public") + words.of("ties-title", "inert") in text
    before = text
    sim.publish(published)
    assert page.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("lang", FILES)
def test_a_published_report_is_made_into_one_page_without_the_sweep(published, lang, tmp_path):
    folder = Path("results/birthday-prompt")
    sim.publish(published)
    own = sim.report(published, lang, tmp_path).read_text(encoding="utf-8")
    published.rename("moved")
    page = Page(sim.report(folder, lang).read_text(encoding="utf-8"))
    assert (page.open, page.asked) == ([], [])
    assert page.links.keys() == {"tables.xlsx", "verdict.csv"}
    assert {"ties-title", "ties-phone-title", "verdict-title"} <= {re.sub(r"-(en|fr)(?=-)", "", id) for id in page.ids}
    assert page.text == Page(own).text


def test_a_figure_that_was_taken_away_is_named(published):
    sim.publish(published)
    Path("results/birthday-prompt/ties.en.svg").unlink()
    result = CliRunner().invoke(app, ["report", "results/birthday-prompt"])
    assert result.exit_code == 2
    assert "results/birthday-prompt/ties.en.svg: no such file" in result.output


def test_a_report_of_somebody_else_stays(published):
    page = Path("results/birthday-prompt/README.md")
    page.parent.mkdir(exist_ok=True)
    page.write_text("# Mine\n", encoding="utf-8")
    assert page not in sim.publish(published).files
    assert page.read_text(encoding="utf-8") == "# Mine\n"
    assert "(birthday-prompt/README.md)" not in Path("results/README.md").read_text(encoding="utf-8")
    result = CliRunner().invoke(app, ["report", "results/birthday-prompt"])
    assert result.exit_code == 2
    assert "a folder of what was published" in result.output


def test_a_data_package_of_somebody_else_is_left_out(published):
    other = Path("results/other")
    other.mkdir()
    for text in ('{"name": "x", "description": "mine"}', "[]", "{", '{"description": "simulated by unbirthday"}'):
        (other / "datapackage.json").write_text(text, encoding="utf-8")
        sim.publish(published)
        assert "other" not in Path("results/README.md").read_text(encoding="utf-8").replace("others", "")


@pytest.mark.slow
def test_elsewhere_no_page_is_written(published):
    sim.publish(published, "elsewhere")
    assert not any(Path(page).exists() for page in FILES.values())


def test_a_page_of_somebody_else_stays(published):
    page = Path("results/README.md")
    page.write_text("# Mine\n", encoding="utf-8")
    sim.publish(published)
    assert page.read_text(encoding="utf-8") == "# Mine\n"


@pytest.mark.parametrize("name", FILES.values())
def test_the_published_page_is_of_what_is_published(name):
    page = ROOT / "results" / name
    text = page.read_text(encoding="utf-8")
    assert text.startswith(MADE)
    assert all((page.parent / link).exists() for link in re.findall(r"\]\((?!https?:)([^)#]+)", text))
    studies = {package.parent.name for package in page.parent.glob("*/datapackage.json")}
    assert set(re.findall(r"\(\.\./scenarios/([^)]+)\.toml\)", text)) == studies


def test_nothing_published_is_an_empty_page(tmp_path):
    assert [file.read_text(encoding="utf-8").partition("\n")[0] for file in galleries(tmp_path)] == [MADE, MADE]
