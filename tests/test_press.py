"""Press figures: one message in few words, large enough for print and for a phone, in both languages; what they say follows the
tables. Their SVG can be read without eyes. Verdicts look different to everybody."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import matplotlib.style
import pytest
from coloraide.everything import ColorAll as Color
from test_cultures_figures import crossed
from test_displacement import GRID, a_map
from test_export import sampled
from test_false_birthday import false_birthdays
from test_figures import LONGER, made_up, make, said, texts, title, well_set
from test_letters import made_up as letters_made_up
from test_region_figure import region_of

from sim.figures import press, readable, style
from sim.figures.drawing import Unlettered, draw
from sim.figures.gallery import senders, settings, shares, trials
from sim.figures.results import Interval, Lacking, swept
from sim.figures.words import Words
from sim.study.judging.verdict import UNDECIDED, WORDS
from sim.text import LANGUAGES

ROOT = Path(__file__).parents[1]
SVG = "{http://www.w3.org/2000/svg}"
FIGURES = {  # -> a folder that has its tables
    "wishes": false_birthdays,
    "senders": false_birthdays,
    "greeters": made_up,
    "ties": made_up,
    "contact": letters_made_up,
    "thinning": a_map,
    "settings": lambda folder: region_of(folder, lambda place: "inert" if place[0] > 0.5 else "thinned", steps=2, drawn=20),
    "shares": sampled,
    "trials": sampled,
    "culture": crossed,
}
CUTS = [cut.end for cut in press.CUTS]


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    made = {maker: maker(tmp_path_factory.mktemp(name)) for name, maker in FIGURES.items()}
    return {name: made[maker] for name, maker in FIGURES.items()}


SOURCE = {"en": "Simulated, not surveyed:", "fr": "Résultats d’une simulation,"}  # how the source line begins


def counted(text):
    """Words of a text: what stands between spaces and has a letter."""
    return len([word for word in re.split(r"[\s\u202f]+", text) if re.search(r"[^\W\d]", word)])


def besides_source(figure, lang):
    """Words of all texts that are drawn but the source line, which is the last paragraph of a page."""
    page = " ".join(text.get_text() for text in figure.texts).replace("\n", " ")
    return counted(page[: page.index(SOURCE[lang])]) + sum(counted(text.get_text()) for text in texts(figure) if text.axes)


@pytest.mark.parametrize("lang", LONGER)
@pytest.mark.parametrize("name, cut", [*itertools.product(FIGURES, CUTS)])
def test_a_press_figure_is_short_and_large_enough(folders, name, cut, lang):
    figure, found = make(folders[name], name, lang, cut)
    well_set(figure, found)
    assert counted(title(found)) <= press.MOST_OF_TITLE, title(found)
    assert besides_source(figure, lang) <= press.MOST_WORDS
    pixels = 360 if cut else 96 * 8 / 2.54
    assert figure.get_figwidth() * 96 == pytest.approx(pixels)


def test_published_press_figures_are_short():
    files = [*ROOT.glob("results/*/*-phone.*.svg"), *ROOT.glob("docs/*-phone.*.svg")]
    for file in files:
        svg = ElementTree.parse(file).getroot()
        drawn = " ".join(text.text for text in svg.iter(f"{SVG}text"))  # from top to bottom: the source is the last
        assert counted(svg.find(f"{SVG}title").text) <= press.MOST_OF_TITLE, file
        assert counted(drawn[: drawn.index(SOURCE[file.name.split(".")[1]])]) <= press.MOST_WORDS, file
    assert len(files) >= 20


@pytest.mark.parametrize("word", [*WORDS, UNDECIDED])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_title_of_ties_says_the_verdict(tmp_path, word, lang):
    from test_figures import WORDS as EFFECTS

    made_up(tmp_path, EFFECTS[word], slopes=(2.0,), days=(365,))
    words = Words(lang)
    start = words.of("ties-with", "public")
    assert title(make(tmp_path, "ties", lang)[1]) == words.sentence(start, words.of("ties-title", word))


def test_a_verdict_that_differs_between_points_does_not_lead_a_title(tmp_path):
    made_up(tmp_path, {"S_all": 0.2, "core": 0.1}, only_at=1, days=(365,))
    assert title(make(tmp_path, "ties")[1]) == "With birthday reminders, it depends on what is assumed"


def test_greeters_count_memory_and_prompts(folders):
    text = said(make(folders["greeters"], "greeters")[1])
    assert re.search("Reminders bring [67] more birthday wishes, few from close people", text)


@pytest.mark.parametrize("amount, expected", [(14.4, "with reminders: 14 wishes"), (0.0, "with reminders")])
def test_wishes_that_were_not_counted_are_not_said_to_be_none(amount, expected):
    assert senders.side_name(Words("en"), "arm", amount).replace("\u00a0", " ") == expected


def test_what_lies_beyond_a_plausible_range_is_marked_and_leads_no_title(tmp_path):
    thins = lambda place: float(place[2] > 0.9)  # noqa: E731
    folder = a_map(tmp_path, thins, declared={"displacement": {"low": 0.0, "high": 0.5, "value": 0.1}})
    found = make(folder, "thinning")[1]
    assert title(found) == "Within plausible ranges, platform time never thins out ties"
    assert [text.get_text() for text in found if text.axes and "*" in text.get_text()] == ["▼\u00a0thinned *"] * 2
    assert "* implausible" in said(found)


def test_thinning_says_where_words_decide_only_if_other_words_were_tried(tmp_path):
    only = "Ties thin out only if writing online brings nobody closer"
    wordless = lambda place: float(place[2] > 0.9 and not place[3])  # noqa: E731
    assert title(make(a_map(tmp_path / "both", wordless), "thinning")[1]) == only
    none = [place for place in GRID if not place[3]]
    assert title(make(a_map(tmp_path / "none", wordless, grid=none), "thinning")[1]) != only


def test_without_ranges_nothing_is_marked(tmp_path):
    found = make(a_map(tmp_path, lambda place: float(place[2] > 0.9)), "thinning")[1]
    assert title(found) == "Platform time thins out ties only in extreme cases"
    assert "*" not in said(found)


@pytest.mark.parametrize("shares, expected", [
    ({"enriched": 0.51, "undecided": 0.49, "thinned": 0.0}, "Birthday reminders: ties often enriched, never thinned out"),
    ({"undecided": 0.6, "hollowed": 0.4, "thinned": 0.0}, "Birthday reminders: often unclear, but ties never thinned out"),
    ({"inert": 0.3, "enriched": 0.25, "thinned": 0.0}, "Birthday reminders: what becomes of ties hinges on guesses"),
    ({"undecided": 0.6, "thinned": 0.4}, "Birthday reminders: undecided in 60% of trials, 40% thinned"),
    ({"thinned": 0.8, "inert": 0.2}, "Birthday reminders: ties thinned in 80% of trials, 20% inert"),
    ({"inert": 1.0, "thinned": 0.0}, "Birthday reminders: ties unchanged in every trial"),
])  # fmt: skip
def test_the_title_of_settings_says_the_commonest_verdict_and_how_often_ties_thin_out(folders, shares, expected):
    results = swept(folders["settings"])
    assert Words("en").sentence(settings.title(results, Words("en"), shares)) == expected
    assert counted(settings.title(results, Words("fr"), shares)) <= press.MOST_OF_TITLE


def test_settings_show_the_verdict_of_the_question_even_if_it_never_comes_out(tmp_path):
    folder = region_of(tmp_path, lambda place: "inert", steps=2, drawn=20)
    text = said(make(folder, "settings")[1])
    assert "thinned" in text
    assert "0%" in text


def test_shares_count_the_points_of_a_design_within_plausible_ranges(tmp_path):
    folder = sampled(tmp_path)
    results = swept(folder)
    words = [word for _, word in results.words("platform", 365)]
    trials = shares.counted(results)
    assert (trials.times, trials.points, trials.seeds, trials.assumptions) == (Counter(words), 20, 3, 2)
    assert len(trials.times) > 1
    results.study["declared"] = {"platform.minutes": {"low": 20.0, "high": 60.0, "value": 50.0}}
    within = [point for point in results.points if point["platform.minutes"] <= 60]
    assert 0 < shares.counted(results).points == len(within) < 20


@pytest.mark.parametrize("read", [shares.counted, trials.read])
def test_trials_need_a_sampled_design(folders, read):
    with pytest.raises(Lacking, match="a grid design; trials need latin or sobol"):
        read(swept(folders["contact"]))


def test_trials_stand_along_the_number_that_the_change_follows_most(folders):
    """Support rises by up to 20 % with the first number that varies, and falls by up to 10 % with the second."""
    asked = trials.read(swept(folders["trials"]))
    assert (asked.measures, asked.varied, asked.margin) == (("S_all",), "substitution", pytest.approx(5.0))
    points = [point["platform.minutes"] for point in swept(folders["trials"]).points]
    for first, second, change in zip(asked.across, points, asked.changes):
        assert change.mean == pytest.approx(100 * (0.2 * first - 0.1 * (second - 20) / 110), abs=0.3)
    within = sum(change.low > -5 and change.high < 5 for change in asked.changes)
    assert asked.times["same"] == within == 10
    assert title(make(folders["trials"], "trials")[1]) == "Support: down in 2, up in 7 of 20 trials"


def test_trials_are_of_what_a_study_counts_or_else_expects(tmp_path):
    of_core = sampled(tmp_path / "counted", shown={"counted": ["core", "strong"]})
    assert trials.read(swept(of_core)).measures == ("core",)
    expect = {"measure": "real_hours", "thinning": "--", "transforming": "-"}
    contrast = {"name": "platform", "arm": "wall", "control": "none", "primary": True, "kind": "after", "expect": expect}
    assert trials.read(swept(sampled(tmp_path / "expected", contrasts=[contrast]))).measures == ("real_hours",)


def test_trials_whose_change_is_not_known_are_refused(tmp_path):
    """A measure that was not measured, or of which the control has nothing."""
    for measures in (["bridging"], ["received_letter", "received_call"]):
        folder = sampled(tmp_path / measures[0], shown={"counted": measures})
        with pytest.raises(Lacking, match=f"in 20 of 20 trials the change of {' and '.join(measures)} is not known"):
            trials.read(swept(folder))


def test_trials_follow_no_number_that_stays_as_it_is():
    assert trials.follows([1.0] * 4, [1.0, 2.0, 3.0, 4.0]) == 0
    assert trials.follows([1.0, 2.0, 3.0, 4.0], [0.0] * 4) == 0
    assert trials.follows([1.0, 2.0, 3.0, 4.0], [9.0, 8.0, 8.0, 1.0]) == pytest.approx(-0.9487, abs=1e-4)


@pytest.mark.parametrize("changes, expected", [
    ([-9] * 4, "Letters and calls: down in every trial"),
    ([-9, -9, -9, 0], "Letters and calls: down in 3 of 4 trials"),
    ([-9, 9, 0, 0.5], "Letters and calls: down in 1, up in 1 of 4 trials"),
    ([9, 9, 0, 0.5], "Letters and calls: up in 2 of 4 trials"),
    ([0, 0, 0, 5], "Letters and calls: unchanged in 3 of 4 trials"),
    ([5] * 4, "Letters and calls: unclear in every trial"),
])  # fmt: skip
def test_the_title_of_trials_says_what_most_of_them_say(changes, expected):
    intervals = [Interval(mean, mean - 0.5, mean + 0.4) for mean in changes]
    falling = trials.Asked(("received_letter",), "substitution", [0.0, 0.5, 1.0], [Interval(x, x, x) for x in (9, 0, -9)], 5.0)
    assert trials.title(Words("en"), falling) == "Letters: fewer, the more contact online replaces meeting"
    asked = trials.Asked(("received_letter", "received_call"), "substitution", [0.0] * 4, intervals, 5.0)
    assert trials.title(Words("en"), asked) == expected
    assert counted(trials.title(Words("fr"), asked)) <= press.MOST_OF_TITLE


def test_cultures_stand_in_the_order_of_their_effects(folders):
    figure, _ = make(folders["culture"], "culture")
    marks = [line for line in figure.axes[-1].lines if line.get_marker() == "o"]
    effects = [line.get_xdata()[0] for line in marks if line.get_color() == marks[0].get_color()]
    assert len(effects) > 1
    assert effects == sorted(effects, reverse=True)


# For everybody


def difference(one, other, sight):
    """CIEDE2000 between two fills as they are seen. sight : "", "grey" or a kind of colour-blindness"""
    pair = [Color(one), Color(other)]
    if sight == "grey":
        pair = [Color("lab", [colour.convert("lab")[0], 0, 0]) for colour in pair]
    elif sight:
        pair = [colour.filter(sight) for colour in pair]
    return pair[0].delta_e(pair[1], method="2000")


@pytest.mark.parametrize("sight", ["", "protan", "deutan", "tritan", "grey"])
def test_verdicts_differ_by_colour_or_by_a_sign_to_everybody(sight):
    assert set(style.VERDICTS) == {*WORDS, UNDECIDED}
    signs = [verdict.sign for verdict in style.VERDICTS.values()]
    assert len(set(signs)) == len(signs)
    for one, other in itertools.pairwise(style.VERDICTS.values()):
        assert difference(one.fill, other.fill, sight) >= 20 or one.sign != other.sign
    assert difference(style.VERDICTS["transformed"].fill, style.VERDICTS["enriched"].fill, sight) >= 20


@pytest.mark.parametrize("word", style.VERDICTS)
def test_a_word_can_be_read_on_its_fill(word):
    verdict = style.VERDICTS[word]
    assert Color(verdict.ink).contrast(verdict.fill, method="wcag21") >= 4.5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_stands_with_its_sign(lang):
    words = Words(lang)
    for word, verdict in style.VERDICTS.items():
        assert words.brief(word) == f"{verdict.sign}\u00a0{words.of('brief', word)}"


# Without eyes


def test_an_svg_says_what_it_shows(folders, tmp_path):
    for file in draw(folders["greeters"], "fr", ("svg",), tmp_path, only=["greeters"]):
        root = ElementTree.parse(file).getroot()
        named = root.get("aria-labelledby").split()
        assert root.get("role") == "img"
        assert [root.find(f"{SVG}{tag}").get("id") for tag in ("title", "desc")] == named
        assert root.find(f"{SVG}title").text.startswith("Les rappels ajoutent")
        with matplotlib.style.context(["default", style.RC]):
            found = make(folders["greeters"], "greeters", "fr", "-phone" if "phone" in file.name else "")[1]
        shown = {line for text in found for line in text.get_text().split("\n") if line.strip()}
        hidden = [text for text in root.iter(f"{SVG}text")]
        assert {text.text for text in hidden} == shown
        assert all(float(text.get("textLength")) > 0 for text in hidden)
        (group,) = [group for group in root.iter(f"{SVG}g") if group.get("fill-opacity") == "0"]
        assert list(group) == hidden


def test_words_are_heard_where_they_are_drawn():
    with matplotlib.style.context(["default", style.RC]):
        page = style.Page()
        page.title("A title")
        axes = page.axes(1, 2, 1)
        axes.set_ylabel("upwards")
        page.top += 2
        figure = page.finish()
        heard = {word.text: word for word in readable.words_of(figure)}
        (artist,) = figure.texts
    assert heard["A title"].left == pytest.approx(72 * style.MARGIN)
    assert heard["A title"].baseline == pytest.approx(72 * figure.get_figheight() * (1 - artist.get_position()[1]))
    wide = style.measure("A title", style.TITLE, "bold")[0]
    assert heard["A title"].width == pytest.approx(72 * wide, rel=0.04)
    assert (heard["upwards"].angle, heard["A title"].angle) == (90, 0)


def test_letters_that_no_font_has_are_named(folders, tmp_path, monkeypatch):
    from sim.study.records import json_files

    made_up(tmp_path, seeds=2, slopes=(2.0,), days=(365,), name="\U0001f9ec study", question="Why \U0001f9ec?")
    monkeypatch.setitem(style.RC, "font.family", ["DejaVu Sans"])
    assert json_files.read(tmp_path, "study.json")["name"].startswith("\U0001f9ec")
    with pytest.warns(Unlettered, match="no font here has \U0001f9ec: drawn as boxes"):
        draw(tmp_path, "en", ("svg",), only=["verdict"])


def test_a_share_that_is_not_nothing_is_not_written_as_nothing():
    assert [settings.percent(Words("en"), share) for share in (0.0, 2 / 2048, 0.005, 0.42)] == ["0%", "< 1%", "1%", "42%"]
