"""The lesson names what stands on the page that it uses, and is the same in both languages."""

import re
from pathlib import Path

import pytest

from sim.figures.gallery.ties import LEGS
from sim.figures.words import Words
from sim.scenario.reading import load

ROOT = Path(__file__).parents[1]
PAGES = {"en": ROOT / "docs" / "lesson.md", "fr": ROOT / "docs" / "lesson.fr.md"}
TEXTS = {lang: page.read_text("utf-8") for lang, page in PAGES.items()}


@pytest.mark.parametrize("lang", PAGES)
def test_what_pupils_look_for_stands_on_the_page(lang):
    words, study = Words(lang), re.search(rf"results/([\w-]+)/play\.{lang}\.html", TEXTS[lang])[1]
    there = {words.of("ties-row", leg.measure) for leg in LEGS} | {words("play-reset")}
    there |= {words.sentence(words.parameter(name)) for name in load(ROOT / "scenarios" / f"{study}.toml").vary}
    named = set(re.findall(r"\*\*(.+?)\*\*", TEXTS[lang]))
    assert len(named) >= 6
    assert named <= there
    assert (ROOT / "results" / study / f"play.{lang}.html").is_file()


def test_both_languages_say_the_same():
    parts = {lang: re.findall(r"^(?:#+ \d?|\||!|- |\d\.)", text, re.MULTILINE) for lang, text in TEXTS.items()}
    assert parts["en"] == parts["fr"]
    answers = {lang: re.split(r"## (?:Answers|Réponses)", text)[1] for lang, text in TEXTS.items()}
    percents = {lang: re.findall(r"\d+(?=\s%)", text) for lang, text in answers.items()}
    assert percents["en"] == percents["fr"] != []


@pytest.mark.parametrize("lang, other", [("en", "fr"), ("fr", "en")])
def test_figures_are_in_the_language_of_the_page(lang, other):
    assert f".{lang}.svg)" in TEXTS[lang]
    assert f".{other}.svg)" not in TEXTS[lang]
