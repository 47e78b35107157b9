"""The gallery of published studies: written anew by each publishing, of what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_figures import made_up

import sim
from sim.study.judging.gallery import MADE, gallery

ROOT = Path(__file__).parents[1]


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
    assert {"birthday-prompt/ties.fr.svg", "birthday-prompt/verdict.en.svg", "birthday-prompt/verdict.csv"} <= set(links)
    assert all((page.parent / link).exists() for link in links if not link.startswith("../"))
    sim.publish(published)
    assert page.read_text(encoding="utf-8") == text


@pytest.mark.slow
def test_elsewhere_no_page_is_written(published):
    sim.publish(published, "elsewhere")
    assert not Path("README.md").exists()


def test_a_page_of_somebody_else_stays(published):
    page = Path("results/README.md")
    page.write_text("# Mine\n", encoding="utf-8")
    sim.publish(published)
    assert page.read_text(encoding="utf-8") == "# Mine\n"


def test_the_published_page_is_of_what_is_published():
    page = ROOT / "results/README.md"
    text = page.read_text(encoding="utf-8")
    assert text.startswith(MADE)
    assert all((page.parent / link).exists() for link in re.findall(r"\]\((?!https?:)([^)#]+)", text))
    studies = {package.parent.name for package in page.parent.glob("*/datapackage.json")}
    assert set(re.findall(r"^- Study: \[([^\]]+)\]", text, re.MULTILINE)) == studies


def test_nothing_published_is_an_empty_page(tmp_path):
    assert gallery(tmp_path).read_text(encoding="utf-8").startswith(MADE)
