"""The gallery of published studies: written anew by each publishing, of what is there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from test_figures import LONGER, made_up
from test_report import Page
from typer.testing import CliRunner

import sim
from sim.__main__ import app
from sim.figures.words import Words
from sim.page.gallery import galleries
from sim.page.published import GALLERY, PAGES
from sim.study.records import json_files

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """A place with a result folder and its figures."""
    place = tmp_path_factory.mktemp("drawn")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        folder = made_up(place / "results/birthday-prompt/.work/default", days=(365,), slopes=(2.0,), figures=["ties", "verdict"])
        for lang in PAGES:
            sim.draw(folder, lang)
    return place


@pytest.fixture
def published(drawn, tmp_path, monkeypatch):
    """A result folder that a test may publish."""
    shutil.copytree(drawn, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "results/birthday-prompt/.work/default"


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


@pytest.mark.parametrize("lang", PAGES)
def test_the_report_of_a_study_is_published_beside_its_figures(published, lang):
    page = Path("results/birthday-prompt", PAGES[lang])
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


@pytest.mark.parametrize("lang", LONGER)
def test_a_published_report_is_made_into_one_page_without_the_sweep(published, lang, tmp_path):
    folder = Path("results/birthday-prompt")
    sim.publish(published)
    own = sim.report(published, lang, tmp_path).read_text(encoding="utf-8")
    published.rename("moved")
    page = Page(sim.report(folder, lang).read_text(encoding="utf-8"))
    assert (page.open, page.asked) == ([], [])
    assert page.links.keys() == {"tables.xlsx", "verdict.csv"}
    assert {"ties-title", "ties-phone-title", "verdict-title"} <= {re.sub(r"-(en|fr)(?=-)", "", id) for id in page.ids}
    head = "Pour refaire" if lang == "fr" else "How to make this"  # from here on, the one names `sim publish`
    assert page.text.split(head)[0] == Page(own).text.split(head)[0]
    assert "sim publish results/birthday-prompt/.work/default" in page.text


def refused(*words):
    """What is said, in one line."""
    result = CliRunner().invoke(app, ["report", "results/birthday-prompt", *words])
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    return re.sub(r"\s+", " ", result.output)


def test_a_figure_that_was_taken_away_is_named(published):
    sim.publish(published)
    Path("results/birthday-prompt/ties.en.svg").unlink()
    assert "results/birthday-prompt/ties.en.svg: no such file, and README.md shows it" in refused()


NOT_AS_PUBLISHED = "README.md: it, or a figure or table that it shows, is not as it was published"


@pytest.mark.parametrize(
    "name, change, said",
    [("README.md", lambda old: old + b"\n![x](../../etc.svg)\n", NOT_AS_PUBLISHED),
     ("README.md", lambda old: old[: len(old) // 2], NOT_AS_PUBLISHED),
     ("README.md", lambda old: old.replace(b"hardly", b"surely\xff"), NOT_AS_PUBLISHED),
     ("README.md", lambda old: old.split(b"\n", 1)[1], "README.md: is not a report of ours"),
     ("README.md", lambda old: b"\xef\xbb\xbf" + old, "README.md: is not a report of ours"),
     ("README.md", lambda old: b"", "README.md: is not a report of ours"),
     ("ties.en.svg", lambda old: old[:3000], NOT_AS_PUBLISHED),
     ("ties-phone.en.svg", lambda old: b"", NOT_AS_PUBLISHED),
     ("verdict.csv", lambda old: old.replace(b"inert", b"thinned"), NOT_AS_PUBLISHED)],
)  # fmt: skip
def test_what_is_not_as_it_was_published_is_refused(published, name, change, said):
    sim.publish(published)
    file = Path("results/birthday-prompt", name)
    file.write_bytes(change(file.read_bytes()))
    assert said in refused()
    assert "run `sim publish results/birthday-prompt/.work/default --out results/birthday-prompt` again" in refused()
    assert not Path("results/birthday-prompt/report.en.html").exists()


def test_other_ends_of_lines_are_no_change(published):
    """Some tools write them when they fetch a repository."""
    sim.publish(published)
    for name in ("ties.en.svg", "verdict.csv"):
        file = Path("results/birthday-prompt", name)
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert sim.report("results/birthday-prompt").is_file()


@pytest.mark.parametrize("lang", LONGER)
def test_a_report_links_to_the_page_to_play_with_and_one_page_does_without(tmp_path, monkeypatch, lang):
    from test_export import sampled

    folder = sampled(tmp_path / "out")
    monkeypatch.chdir(tmp_path)
    sim.draw(folder, lang)
    sim.export(folder, lang)
    sim.publish(folder, "pub")
    text = Path("pub", PAGES[lang]).read_text(encoding="utf-8")
    assert f"\n[{Words(lang)('report-play')}](play.{lang}.html)\n" in text
    assert "![" in text
    assert all(name.endswith(".svg") for name in re.findall(r"!\[.*\]\(([^)]+)\)", text))
    assert Page(sim.report("pub", lang).read_text(encoding="utf-8")).asked == []


def test_a_language_that_is_not_published_is_said(published):
    sim.publish(published)
    Path("results/birthday-prompt/README.fr.md").unlink()
    assert "README.fr.md: no such file: this folder has no report" in refused("--lang", "fr")


@pytest.mark.parametrize("text", ["# Mine\n", "# Mine\n\n" + GALLERY, GALLERY + "\n# Results\n", None])
def test_a_page_that_is_not_the_report_stays(published, text):
    """A page of somebody else, also one that quotes ours, a gallery, and a folder."""
    page = Path("results/birthday-prompt/README.md")
    page.parent.mkdir(exist_ok=True)
    page.mkdir() if text is None else page.write_text(text, encoding="utf-8")
    done = sim.publish(published)
    assert page not in done.files
    assert "results/birthday-prompt: not a report of this study, and stays as it is: README.md" in done.notes
    assert text is None or page.read_text(encoding="utf-8") == text
    assert "(birthday-prompt/README.md)" not in Path("results/README.md").read_text(encoding="utf-8")
    assert "README.md: " in refused()


def test_a_question_of_markup_is_text_in_both_pages(published):
    about = json_files.read(published, json_files.STUDY)
    about = {key: each for key, each in about.items() if key not in ("digest", "tables")}
    json_files.write(published, json_files.STUDY, about | {"question": "<b>x</b> *y* [z](w)?"})
    sim.publish(published)
    for page in ("README.md", "birthday-prompt/README.md"):
        text = MarkdownIt("commonmark").render(Path("results", page).read_text(encoding="utf-8"))
        assert "&lt;b&gt;x&lt;/b&gt; *y* [z](w)?" in text


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
    assert not any(Path(page).exists() for page in PAGES.values())


def test_a_page_of_somebody_else_stays(published):
    page = Path("results/README.md")
    page.write_text("# Mine\n", encoding="utf-8")
    sim.publish(published)
    assert page.read_text(encoding="utf-8") == "# Mine\n"


@pytest.mark.parametrize("name", PAGES.values())
def test_the_published_page_is_of_what_is_published(name):
    page = ROOT / "results" / name
    text = page.read_text(encoding="utf-8")
    assert text.startswith(GALLERY)
    assert all((page.parent / link).exists() for link in re.findall(r"\]\((?!https?:)([^)#]+)", text))
    studies = {package.parent.name for package in page.parent.glob("*/datapackage.json")}
    assert set(re.findall(r"\(\.\./scenarios/([^)]+)\.toml\)", text)) == studies


def test_nothing_published_is_an_empty_page(tmp_path):
    assert [file.read_text(encoding="utf-8").partition("\n")[0] for file in galleries(tmp_path)] == [GALLERY, GALLERY]
