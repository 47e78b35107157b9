"""The report of a study: one page that needs nothing else, says what the tables say, and can be read by everybody."""

from __future__ import annotations

import base64
import re
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from hypothesis import given
from hypothesis.strategies import from_regex
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from test_figures import LONGER, WORDS, made_up
from typer.testing import CliRunner

import sim
from sim.__main__ import app
from sim.figures import style
from sim.figures.cases import Found
from sim.figures.gallery import combinations, culture
from sim.figures.results import swept
from sim.figures.words import Words
from sim.page import one_file, report
from sim.page.pictures import pictures
from sim.page.report import value_of
from sim.page.template import plain
from sim.text import LANGUAGES

ALONE = {"src", "href", "xlink:href", "data", "poster", "action"}  # attributes that could ask for another file
VOID = {"meta", "link", "img", "br", "hr", "input"}


class Page(HTMLParser):
    """Tags that are open, what other files a page asks for, its texts and its references."""

    def __init__(self, text):
        super().__init__()
        self.open, self.asked, self.texts, self.ids, self.links, self.tags = [], [], [], [], {}, []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append((tag, given))
        if tag not in VOID and not self.get_starttag_text().endswith("/>"):
            self.open.append(tag)
        for name in ALONE & set(given):
            if not given[name].startswith(("#", "data:")):
                self.asked.append(given[name])
        if "download" in given:
            self.links[given["download"]] = given["href"]
        if "id" in given:
            self.ids.append(given["id"])

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)

    @property
    def text(self):
        return re.sub("[ \n]+", " ", " ".join(self.texts))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return made_up(tmp_path_factory.mktemp("reported"), days=(365,), figures=["ties", "verdict"], scenario="abc")


def page_of(folder, lang="en"):
    return Page(sim.report(folder, lang).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def pages(folder):
    return {lang: page_of(folder, lang) for lang in LANGUAGES}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_report_is_one_page_that_asks_for_nothing_else(pages, lang):
    page = pages[lang]
    assert (page.open, page.asked) == ([], [])
    assert [given.get("lang") for tag, given in page.tags if tag == "html"] == [lang]
    titles = [id for id in page.ids if id.endswith(("-title", "-desc"))]
    assert len(titles) == len(set(titles)) == 8  # society, ties in two cuts, verdict


def test_every_letter_has_its_shape_once(pages):
    page = pages["en"]
    letters = {given["id"] for tag, given in page.tags if tag == "path" and re.fullmatch(r"l\d+", given.get("id", ""))}
    used = [given["href"].removeprefix("#") for tag, given in page.tags if tag == "use" and "href" in given]
    assert len(used) > 1000
    assert set(used) == letters


def test_no_name_stands_twice_and_every_reference_leads_somewhere(tmp_path):
    """Else a browser takes the first one, which may be in the cut that is not shown: hatches vanish."""
    made_up(tmp_path, WORDS["undecided"], days=(365,), slopes=(2.0,), figures=["ties", "verdict", "telling"])
    page = page_of(tmp_path)
    assert len(page.ids) == len(set(page.ids))
    code = (tmp_path / "report.en.html").read_text(encoding="utf-8")
    fills, shapes = (set(re.findall(pattern, code)) for pattern in (r"url\(#([^)]+)\)", r'href="#([^"]+)"'))
    assert fills
    assert shapes
    assert fills | shapes <= set(page.ids)


def test_a_picture_keeps_what_it_draws(folder, tmp_path):
    """Every letter of a file stands in the page where it stands in the file, to a thousandth of its size."""
    file = next(each for each in sim.draw(folder, out=tmp_path) if each.name == "verdict.en.svg")
    made = pictures([file])
    place = r'<use xlink:href="#{}"(?: transform="translate\(([0-9.-]+) 0\)")?/>'.format(r"[^\"]+-[0-9a-f]+")
    old = [float(found[1] or 0) for found in re.finditer(place, file.read_text(encoding="utf-8"))]
    new = [float(found[1] or 0) for found in re.finditer(r'<use href="#l\d+"(?: x="([0-9-]+)")?/>', made.by_name["verdict"])]
    assert len(old) > 100
    assert new == pytest.approx(old, abs=0.51)
    assert len(made.by_name["verdict"]) < 0.6 * file.stat().st_size


FEW = ("thinned", "undecided")


@pytest.mark.parametrize("word", [*FEW, *(pytest.param(word, marks=pytest.mark.slow) for word in WORDS if word not in FEW)])
def test_it_says_the_finding_and_the_verdict(tmp_path, word):
    made_up(tmp_path, WORDS[word], slopes=(2.0,), days=(365,))
    text, words = page_of(tmp_path).text, Words("en")
    assert words("ties-with-public") + words.of("ties-title", word) in text
    assert f"{style.VERDICTS[word].sign}\u00a0{word}" in text
    assert "Support changes by" in text
    assert "was not looked at: sim region" in text


def test_its_tables_are_those_of_the_folder(folder, pages):
    page = pages["en"]
    assert set(page.links) == {"tables.xlsx", "verdict.csv"}
    kind, content = page.links["verdict.csv"].split(",", 1)
    assert kind == "data:text/csv;base64"
    assert base64.b64decode(content) == (folder / "verdict.csv").read_bytes()
    book = BytesIO(base64.b64decode(page.links["tables.xlsx"].split(",", 1)[1]))
    assert openpyxl.load_workbook(book).sheetnames == ["columns", "verdict"]


def test_a_heavy_table_is_named_by_its_path(folder, monkeypatch):
    monkeypatch.setattr(one_file, "HEAVIEST", 10)
    page = page_of(folder)
    assert not page.links
    assert "verdict.csv" in page.text
    assert str(folder) not in page.text  # of this machine
    monkeypatch.chdir(folder.parent)
    assert f"{folder.name}/verdict.csv" in page_of(folder).text


def test_what_was_fixed_and_what_is_assumed(tmp_path):
    expected = {"measure": "S_all", "thinning": "--", "transforming": "0/-"}
    made_up(tmp_path, days=(365,), slopes=(2.0,))
    from sim.study.records import json_files

    about = json_files.read(tmp_path, "study.json")
    about["contrasts"][0]["expect"] = expected
    json_files.write(tmp_path, "study.json", about)
    sim.compare(tmp_path)
    text = page_of(tmp_path).text
    assert "Expected sign of support: clear fall if ties thin out, no change or fall if they are transformed." in text
    assert "4 simulated societies of 1,500 people" in text
    assert "Of the 2 numbers behind these results, one is only assumed." in text


def test_every_number_is_named_with_how_well_it_is_known(tmp_path):
    made_up(tmp_path, days=(365,), slopes=(2.0,))
    from sim.study.records import json_files

    about = json_files.read(tmp_path, "study.json")
    wall = "platform.wall-2009"
    known = {"society.decay.friend": "assumed", f"{wall}.prompts.slope": "read", f"{wall}.minutes": "assumed"}
    about["drivers"] = [{"name": name, "status": status} for name, status in known.items()]
    values = {"society.decay.friend": 180.0, "platform.prompts.slope": 0.0, "platform.minutes": 50.0}
    about["values"] = {about["contrasts"][0]["arm"]: values}
    json_files.write(tmp_path, "study.json", about)
    sim.compare(tmp_path)
    text = page_of(tmp_path).text
    assert re.search(rf"assumed \(2\): society.decay.friend = 180 ?; {wall}.minutes = 50", text)
    assert f"read from a publication (1): {wall}.prompts.slope = 2" in text  # as at the point that is reported


@pytest.mark.parametrize(
    "lang, said", [pytest.param("en", "Of 20 combinations: ", marks=pytest.mark.slow), ("fr", "Sur 20 combinaisons")]
)
def test_of_a_sampled_design_it_counts_the_words_and_says_which_point_is_shown(tmp_path, lang, said):
    from test_export import sampled  # it imports this module

    folder = sampled(tmp_path)
    results = swept(folder)
    text = page_of(folder, lang).text
    assert said in text
    assert "sim region" not in text
    assert Words(lang).point_in_full(results.reference) in text
    value = {number: value_of(results, f"platform.wall-2009.{number}") for number in ("minutes",)}
    assert value["minutes"] == results.reference["platform.minutes"]


@pytest.mark.parametrize("lang", LONGER)
def test_of_a_list_of_combinations_it_says_what_its_figures_say(tmp_path, lang):
    from test_combinations import a_list

    folder, words = a_list(tmp_path, "community-sharing"), Words(lang)
    results = swept(folder)
    text = page_of(folder, lang).text
    assert combinations.title(Found(results), words) in text
    assert words.of("contrast", "community-sharing-sharing") in text
    assert words.of("report-point", "first", point=words.point_in_full(results.reference)) in text


@pytest.mark.parametrize("lang, counted", [("en", "Of 28 pairs of a culture and a platform, "), ("fr", "Sur 28 couples ")])
def test_of_a_cross_it_says_what_was_found_of_all_its_cells(tmp_path, lang, counted):
    from test_cultures_figures import crossed, title_of

    found, tally = report.of_cells(SimpleNamespace(folder=crossed(tmp_path)), Words(lang))
    assert found == f"{title_of(culture, tmp_path, lang)}."
    assert tally.startswith(counted)


def test_it_names_the_commands_that_make_it_but_no_folder_of_this_machine(tmp_path, monkeypatch):
    made_up(tmp_path / "out", days=(365,), slopes=(2.0,))
    monkeypatch.chdir(tmp_path)
    for place in ("out", tmp_path / "out"):
        text = page_of(Path(place), "fr").text
        assert text.index("sim compare out") < text.index("sim report out --lang fr")
        assert str(tmp_path) not in text
    monkeypatch.chdir(Path(__file__).parent)
    assert "sim compare" not in page_of(tmp_path / "out").text


@given(from_regex(r"[^\s\x00-\x1f\x7f-\x9f]([^\x00-\x1f\x7f-\x9f\u2028\u2029]*[^\s\x00-\x1f\x7f-\x9f])?", fullmatch=True))
def test_a_text_in_markdown_means_nothing_but_itself(given_text):
    render, shown = MarkdownIt("commonmark").render, escapeHtml(re.sub(" +", " ", given_text))
    assert render(plain(given_text)) == f"<p>{shown}</p>\n"
    assert render(f"# {plain(given_text)}") == f"<h1>{shown}</h1>\n"
    assert render(f"- {plain(given_text)}") == f"<ul>\n<li>{shown}</li>\n</ul>\n"
    assert render(f"**{plain(given_text, first=False)}**:") == f"<p><strong>{shown}</strong>:</p>\n"


def test_markup_in_a_users_words_is_text(tmp_path):
    made_up(tmp_path, days=(365,), slopes=(2.0,), question="<script>alert(1)</script> & `x`?", name="a<b>")
    page = page_of(tmp_path)
    assert "script" not in [tag for tag, _ in page.tags]
    assert "<script>alert(1)</script> & `x`?" in page.text


@pytest.mark.slow
def test_same_tables_same_bytes(folder, tmp_path):
    one, two = (sim.report(folder, out=tmp_path / name).read_bytes() for name in ("one", "two"))
    assert one == two


def test_what_is_not_there_is_a_sentence(tmp_path):
    for words in ([str(tmp_path)], [str(tmp_path), "--lang", "de"]):
        result = CliRunner().invoke(app, ["report", *words])
        assert result.exit_code == 2
        assert "Traceback" not in result.output
    made_up(tmp_path, days=(365,), slopes=(2.0,))
    (tmp_path / "verdict.csv").unlink()
    result = CliRunner().invoke(app, ["report", str(tmp_path)])
    assert result.exit_code == 2
    assert "sim compare" in result.output


@pytest.mark.usefixtures("pages")
def test_a_page_for_paper_and_for_a_phone(folder):
    text = re.sub(r"\s+", " ", (folder / "report.en.html").read_text(encoding="utf-8"))
    assert "@page { size: A4" in text
    assert "break-inside: avoid" in text
    assert "white-space: pre-wrap" in text  # else long commands make it wider than a phone
