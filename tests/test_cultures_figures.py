"""The figures cultures, culture, split and cards from made-up tables, and `sim profiles` on them."""

from __future__ import annotations

import math
import re
import shutil
from functools import lru_cache
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from conftest import slow
from records import fit
from test_cultures import MEASURES, PLAIN, a_cross, draws
from test_figures import LONGER, make, said, title, well_set
from typer.testing import CliRunner

from sim.__main__ import app
from sim.figures import cross, press, sentences, style
from sim.figures.gallery import cards, culture
from sim.figures.gallery import split as habits
from sim.figures.results import Results
from sim.figures.words import Words
from sim.scenario.numbers import STATUSES
from sim.scenario.profile import HABITS
from sim.scenario.reading import profile
from sim.study.judging.cultures import EQUAL, profiles
from sim.study.records import json_files, tables
from sim.text import LANGUAGES

ROOT = Path(__file__).parents[1]
PROFILES = ("us", "france", "china", "india", "japan", "korea", "singapore")
PLATFORMS = ("wall-2009", "closed-groups", "open-follow", "pseudonymous")
WAYS = (PLAIN, EQUAL, "minutes-only")
CULTURE = dict(zip(PROFILES, (0, -0.02, 0.03, 0.01, 0.12, 0.02, 0.0)))
PLATFORM = dict(zip(PLATFORMS, (-0.2, 0.1, -0.02, -0.3)))


def crossed(
    folder, names=PROFILES, platforms=PLATFORMS, ways=WAYS, drawn_too=True, equal=0.6, culture=1.0, platform=1.0,
    noise_of_draws=0.0, **about,
):  # fmt: skip
    """A cross with tables of `sim profiles`: culture and platform add up, with a part of culture left at equal minutes."""

    def effect(name, where, way):
        return culture * CULTURE[name] * (1 if way == PLAIN else equal) + platform * PLATFORM[where]

    a_cross(folder, effect, ways, names, platforms, **about)
    if drawn_too:
        spread = np.random.default_rng(1).normal(scale=0.01, size=20)
        of = [way for way in ways if way != "minutes-only"]
        draws(folder, lambda name, where, draw: effect(name, where, PLAIN) * (1 + spread[draw]), of, 20, names, platforms,
              noise_of_draws)  # fmt: skip
    profiles(folder)
    return folder


@pytest.mark.parametrize("lang", LONGER)
@pytest.mark.parametrize("ways", [("measured", "minutes-only"), ("mine", "yours"), ("minutes-equal", "mine"),
                                  ("older-scores", "minutes-equal"), ("measured", "mine", "yours", "theirs")])  # fmt: skip
def test_the_press_cut_takes_any_ways(tmp_path, ways, lang):
    figure, found = make(crossed(tmp_path, ways=ways, drawn_too=False), "culture", lang)
    well_set(figure, found)


@pytest.mark.parametrize("equal, expected", [
    (0.6, "Under other assumptions, support moves by {} points at most"),
    (1.0, "Under other assumptions, support moves by less than a point"),
])  # fmt: skip
def test_a_cross_about_more_than_minutes_says_how_much_it_moves(tmp_path, equal, expected):
    folder = crossed(tmp_path, ways=("measured", "mine"), equal=equal, drawn_too=False)
    most = math.ceil(100 * max(abs(value) for value in CULTURE.values()) * (1 - equal))
    assert title(make(folder, "culture")[1]) == expected.format(most)
    both = crossed(tmp_path / "both", ways=("measured", "older-scores", "scores-of-2023"), equal=equal, drawn_too=False)
    for lang in LANGUAGES:
        text = title(make(both, "culture", lang)[1])
        assert "individualism scores" in text or "scores d’individualisme" in text
        assert len(re.findall(r"[^\W\d][^\s\u202f]*", text)) <= press.MOST_OF_TITLE


def split(folder, shares, whole=None):
    """split.csv of one question. shares : habit -> its share"""
    whole = sum(shares.values()) if whole is None else whole
    rows = [
        ("s", "wall-2009", "us", "china", "us", 365, measure, habit, share, share - 0.005, share + 0.005, -0.1, -0.1 + whole,
         True, 128, 139, 500, 8, "sim split s.toml", "8d8d", "0.1.0+abc", "1-8", "")
        for measure in MEASURES for habit, share in ({habit: shares.get(habit, 0.0) for habit in HABITS} | {"all": whole}).items()
    ]  # fmt: skip
    tables.write(folder, "split", pl.DataFrame(rows, schema=dict(tables.SCHEMAS["split"]), orient="row"))
    return folder


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Seven profiles on four platforms in three ways, with draws."""
    return split(crossed(tmp_path_factory.mktemp("cross")), {"minutes": 0.05, "links": -0.01})


def plain(text):
    """With plain spaces."""
    return re.sub(r"\s", " ", text)


@pytest.fixture(scope="module")
def of_whole(whole):
    """A figure of the whole cross, rendered once, and all its texts."""
    return lru_cache(maxsize=None)(lambda name, lang="en": make(whole, name, lang))


def title_of_cultures(folder, lang="en"):
    """The title of the figure cultures, without drawing it."""
    return title_of(cross, folder, lang)


def title_of(figure, folder, lang="en"):
    """The title of the press cut or of a split, without drawing it."""
    words = Words(lang)
    return words.sentence(figure.title(figure.read(folder), words))


@pytest.fixture(autouse=True)
def at_root(monkeypatch):
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("lang", LONGER)
@pytest.mark.parametrize("name", ["cultures", "culture", "split", "cards"])
def test_a_whole_cross_is_well_set(of_whole, name, lang):
    figure, found = of_whole(name, lang)
    well_set(figure, found)
    assert figure.get_figwidth() == (press.PRINT.width if name == "culture" else style.WIDTH)


@pytest.mark.parametrize("lang", LONGER)
@pytest.mark.parametrize(
    "names, platforms, ways",
    [(("us",), PLATFORMS[:1], (PLAIN,)), (PROFILES[:2], PLATFORMS[:2], (PLAIN,)), (("china", "japan"), PLATFORMS[:2], WAYS[:2])],
)
def test_small_crosses_are_well_set(tmp_path, names, platforms, ways, lang):
    folder = crossed(tmp_path, names, platforms, ways, drawn_too=False)
    for name in ("cultures", "culture", "cards"):
        well_set(*make(folder, name, lang))


def test_the_figure_of_cultures_says_it_all(whole, of_whole):
    text = said(of_whole("cultures")[1])
    assert title(of_whole("cultures")[1]) == title_of_cultures(whole)
    assert "Among these presets, effects differ more by platform than by culture" in title_of_cultures(whole)
    parts = ("United States", "Closed groups", "thinned", "3 of 5", "culture", "both together")
    for part in (*parts, "within ranges"):
        assert part in text
    assert re.search(r"Undecided: \d+ of 28 cells\.", text)
    assert "It is no evidence about people of these countries." in text
    assert "more in Japan" in text
    french = said(of_whole("cultures", "fr")[1])
    parts = ("États-Unis", "Groupes fermés", "appauvris", "3/5", "les deux ensemble", "dans les fourchettes")
    for part in (*parts, "à minutes égales"):
        assert part in french.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "about, expected",
    [
        ({"culture": 1.0, "platform": 0.0}, "effects differ more by culture than by platform"),
        ({"culture": 0.0, "platform": 0.0, "noise": 0.05}, "6 societies do not show that effects differ among these presets"),
        ({"culture": 3.66, "noise": 0.05}, "6 societies do not show whether culture or platform counts more"),
        ({"drawn_too": False}, "effects differ more by platform than by culture; guessed numbers were not varied"),
        ({"noise_of_draws": 1.0}, "more by platform than by culture; draws of guessed numbers do not show it"),
        ({"names": ("us",), "drawn_too": False}, "What platforms do to ties: one profile on 4 platforms"),
    ],
)
def test_titles_follow_the_parts(tmp_path, about, expected):
    folder = crossed(tmp_path, **about)
    assert expected in title_of_cultures(folder)
    assert "hypothèses" not in title_of_cultures(folder, "fr")


@pytest.mark.slow
@pytest.mark.parametrize("about", [{"noise_of_draws": 1.0}, {"names": ("us",), "drawn_too": False}])
def test_a_long_title_is_well_set(tmp_path, about):
    well_set(*make(crossed(tmp_path, **about), "cultures", "fr"))


def test_a_title_hinges_on_guessed_numbers_where_draws_say_something_else(tmp_path):
    """Where draws say another thing than the files, the title says what it hinges on."""
    folder = crossed(tmp_path)
    draws(folder, lambda name, where, draw: CULTURE[name], (PLAIN, EQUAL), 20, PROFILES, PLATFORMS)
    profiles(folder)
    assert "Whether culture or platform counts more hinges on guessed numbers" in title_of_cultures(folder)


@pytest.mark.parametrize(
    "lang, bar, signs",
    [pytest.param("en", "Pale bar", "whether a sign stays", marks=pytest.mark.slow), ("fr", "Barre pâle", "si un signe tient")],
)
def test_effects_of_shorter_runs_do_not_stand_beside_those_of_longer_ones(whole, of_whole, tmp_path, lang, bar, signs):
    folder = shutil.copytree(whole, tmp_path / "out")
    assert bar in said(of_whole("cultures", lang)[1])
    assert all(row[-2] for row in cross.summary(folder, lang)[1])
    shorter = tables.read(folder, "ranges").with_columns(horizon=pl.lit(200, pl.Int64), digest=pl.lit(""))
    tables.write(folder, "ranges", shorter)
    profiles(folder)
    text = said(make(folder, "cultures", lang)[1])
    assert bar not in text
    assert signs in text
    assert not any(row[-2] for row in cross.summary(folder, lang)[1])


def test_the_press_cut_names_a_country_only_where_its_sign_holds(of_whole):
    assert title(of_whole("culture")[1]) == "Japanese habits would bring more support than American ones"
    assert "japonaises apporteraient plus de soutien que les américaines" in title(of_whole("culture", "fr")[1])


UNNAMED = [
    ({"equal": -1.0}, "Which culture’s habits bring more support hinges on guessed numbers", "another sign with equal minutes"),
    ({"equal": 0.0}, "With equal minutes, 6 societies do not show a difference", "6 societies do not show that effects"),
    ({"noise": 0.5}, "6 societies do not show that culture matters for support", "6 societies do not show that effects"),
    ({"seeds": 1}, "One society does not show that culture matters for support", "One society does not show"),
    ({"drawn_too": False}, "The effect differs by culture; guessed numbers were not varied", "guessed numbers were not varied"),
    ({"ways": (PLAIN,)}, "The effect differs by culture; minutes were not equalised", "since minutes were not equalised"),
    ({"names": ("us",), "drawn_too": False}, "Wall of 2009: what becomes of support", ""),
]  # fmt: skip


@pytest.mark.parametrize("about, expected, sentence", UNNAMED)
def test_what_is_said_where_no_culture_may_be_named(tmp_path, about, expected, sentence):
    folder = crossed(tmp_path, **about)
    assert title_of(culture, folder) == expected
    well_set(*make(folder, "culture", "fr"))
    for lang in LANGUAGES:
        named = title_of(culture, folder, lang)
        assert len(named.split()) <= 10
        assert not {"Japanese", "japonaises"} & set(named.split())
    told = " ".join(cross.summary(folder, "en")[2])
    assert sentence in told
    assert ("hinges" in told) is (about == {"equal": -1.0})


def test_a_culture_without_an_adjective_is_named_by_its_name(tmp_path):
    folder = a_cross(tmp_path, lambda name, where, way: 0.1 * (name == "atlantis"), (PLAIN, EQUAL), ("us", "atlantis"), PLATFORMS)
    draws(folder, lambda name, where, draw: 0.1 * (name == "atlantis"), (PLAIN,), 20, ("us", "atlantis"), PLATFORMS)
    profiles(folder)
    assert title(make(folder, "culture")[1]) == "Habits of atlantis would bring more support than those of United States"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_press_cut_is_short(of_whole, lang):
    found = of_whole("culture", lang)[1]
    assert len(title(found).split()) <= 10
    source = Words(lang)("press-source", study="s", seeds="", people="", k=0, n=0)[:16]
    shown = said(found).split(source)[0]
    assert len([word for word in re.split(r"[\s\u202f]+", shown) if re.search(r"\w", word)]) <= 60


def test_cells_without_a_word_say_why(tmp_path):
    folder = crossed(tmp_path, drawn_too=False)
    about = json_files.read(folder, json_files.STUDY)
    contrasts = [entry | {"follows": "open-follow" in entry["name"]} for entry in about["contrasts"]]
    kept = {key: value for key, value in about.items() if key not in ("digest", "tables")}
    json_files.write(folder, json_files.STUDY, kept | {"contrasts": contrasts})
    profiles(folder)
    text = said(make(folder, "cultures")[1])
    assert "No verdict: 7 cells (in fewer than 2,000 people, strangers and bridges hardly exist)." in text
    assert "Sans verdict" in said(make(folder, "cultures", "fr")[1])


@pytest.mark.parametrize(
    "shares, whole, expected",
    [
        ({"minutes": 0.05, "links": -0.01}, None, "goes with minutes"),
        ({"minutes": 0.03, "links": 0.03, "content": 0.03}, None, "No single habit"),
        ({"minutes": 0.006, "links": 0.005, "volume": 0.004}, None, "8 societies do not show which habit makes most"),
        ({}, 0.001, "8 societies do not show that the platform does something else to the support of these two cultures"),
    ],
)
def test_the_title_of_a_split_is_the_habit_that_makes_most(tmp_path, shares, whole, expected):
    found = make(split(tmp_path, shares, whole), "split")[1]
    assert expected in title(found)
    assert title(found).endswith("; guessed numbers were not varied here") is bool(shares)
    assert not {"China", "United States"} & set(title(found).split())
    assert "China less United States" in said(found)


@pytest.mark.parametrize("lang", ["fr", *slow("en")])
@pytest.mark.parametrize(
    "about, end",
    [
        ({}, {"en": "goes with minutes (United States, Japan)", "fr": "minutes (États-Unis, Japon)"}),
        ({"equal": -1.0}, {"en": "bring more support hinges on guessed numbers", "fr": "dépend des hypothèses"}),
        ({"equal": 0.0}, {"en": "; with equal minutes 6 societies do not show it", "fr": "6 sociétés ne le montrent pas"}),
        ({"noise": 0.5}, {"en": "; 6 societies of the study do not show it", "fr": "de l’étude ne le montrent pas"}),
        ({"drawn_too": False}, {"en": "; guessed numbers were not varied here", "fr": "n’ont pas varié ici"}),
        ({"ways": (PLAIN,)}, {"en": "; minutes were not equalised", "fr": "n’ont pas été égalisées"}),
    ],
)
def test_the_title_of_a_split_names_cultures_only_where_their_sign_holds(tmp_path, about, end, lang):
    """Japan differs from the United States; the table of `sim profiles` beside it says whether a title may say so."""
    folder = crossed(tmp_path, **about)
    split(folder, {"minutes": 0.05, "links": -0.01})
    rows = tables.read(folder, "split").with_columns(second=pl.lit("japan"), digest=pl.lit(""))
    tables.write(folder, "split", rows)
    named = title_of(habits, folder, lang)
    assert named.replace("\u00a0", " ").endswith(end[lang])
    assert ("Jap" in named) is (about == {})
    tables.write(folder, "split", rows.with_columns(hash=pl.lit("ffff")))  # the table beside it is of another scenario
    assert "(" not in title_of(habits, folder, lang)


@pytest.mark.parametrize(
    "lang, unit, word", [("en", "society of the profile United States", "no change"), ("fr", "profil États-Unis", "inchangé")]
)
def test_a_split_names_its_unit_and_marks_habits_without_change(tmp_path, lang, unit, word):
    """The unit is the society of us, also where us is the second. A share near 0 is a bar, no change is a word."""
    split(tmp_path, {"minutes": 0.05, "links": 0.0001})
    unlike = pl.col("habit").is_in(["minutes", "links", "all"])
    rows = tables.read(tmp_path, "split").with_columns(first=pl.lit("china"), second=pl.lit("us"), changed=unlike)
    tables.write(tmp_path, "split", rows.with_columns(digest=pl.lit("")))
    figure, found = make(tmp_path, "split", lang)
    well_set(figure, found)
    assert unit in said(found).replace("\u00a0", " ")
    shown = [text.get_text() for axes in figure.axes for text in axes.texts]
    assert shown.count(word) == len(MEASURES) * (len(HABITS) - 2)


def test_cards_count_and_mark_what_is_known(of_whole):
    figure, found = of_whole("cards")
    files = [profile(ROOT / "scenarios" / "profiles" / f"{name}.toml") for name in PROFILES]
    numbers = [getattr(one, name) for one in files for name in type(one).model_fields if hasattr(getattr(one, name), "status")]
    numbers = [number for number in numbers if "steady" not in str(number.unit) and number.unit != "years"]
    guessed = sum(number.status in ("assumed", "claimed") for number in numbers)
    assert f"7 profiles: of {len(numbers)} numbers, {guessed} are guessed" in title(found)
    lines = [line for axes in figure.axes for line in axes.lines if line.get_marker() == "o"]
    open_ones = [line for line in lines if line.get_markerfacecolor() == "white"]
    assert len(open_ones) == guessed + 1  # and the one that explains the mark
    assert set(cards.MARK_OF) == {*STATUSES, "set"}


@pytest.mark.parametrize(
    "lang, cell, title_now",
    [
        ("en", "Wall of 2009, profile United States, compared with no platform", "profile United States: ties "),
        ("fr", "Mur de 2009, profil États-Unis, par rapport à l’absence de plateforme", "profil États-Unis : "),
    ],
)
def test_the_figure_verdict_of_a_cross_shows_its_primary_cell_alone_and_names_it_in_words(tmp_path, lang, cell, title_now):
    folder = crossed(tmp_path, PROFILES[:3], PLATFORMS[:2], (PLAIN,), drawn_too=False)
    figure, found = make(folder, "verdict", lang)
    assert cell in plain(said(found))
    assert title_now in plain(title(found))
    assert "us-wall-2009" not in said(found).replace("scenarios", "")
    assert "losed groups" not in said(found)
    assert "sim profiles" in said(found)
    assert " 5 " in said(found)
    assert figure.get_size_inches()[1] < 8
    well_set(figure, found)


def test_a_cell_is_named_with_its_way_if_it_is_not_the_plain_one(tmp_path):
    results = Results(crossed(tmp_path, PROFILES[:2], PLATFORMS[:2], WAYS[:2], drawn_too=False))
    named = {each["name"]: sentences.about(results, Words("en"), each) for each in results.study["contrasts"]}
    assert named["france-closed-groups"] == "closed groups, profile France, compared with no platform"
    assert named["france-wall-2009-minutes-equal"].endswith("profile France, with equal minutes, compared with no platform")


def test_cards_need_the_files_of_profiles(whole, tmp_path, monkeypatch):
    for name in ("effects", "parts"):
        shutil.copy(tables.path(whole, name), tmp_path)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(cards.Lacking, match="the files of the profiles us, france"):
        cards.read(tmp_path)


def run(*words):
    return CliRunner().invoke(app, [*map(str, words)])


@pytest.mark.parametrize("lang, word", [pytest.param("en", "Undecided: ", marks=pytest.mark.slow), ("fr", "Non tranché")])
def test_published_tables_are_enough(whole, of_whole, tmp_path, lang, word):
    published = tmp_path / "cultures"
    published.mkdir()
    for name in ("effects", "parts", "split"):
        shutil.copy(tables.path(whole, name), published)
    before = {file.name: file.read_bytes() for file in published.iterdir()}
    done = run("profiles", published, "--lang", lang, "--out", tmp_path / "figures")
    assert done.exit_code == 0, done.output
    assert word in done.stdout
    assert {file.name: file.read_bytes() for file in published.iterdir()} == before
    assert sorted(file.name for file in (tmp_path / "figures").iterdir()) == [
        f"{name}.{lang}.svg" for name in ("cards", "culture-phone", "culture", "cultures", "split")
    ]
    assert said(make(published, "cultures", lang)[1]) == said(of_whole("cultures", lang)[1])


def test_the_terminal_says_what_the_tables_say(whole):
    header, rows, remarks = cross.summary(whole, "en")
    assert len(rows) == 28
    row = dict(zip(header, next(row for row in rows if row[:2] == ["japan", "wall-2009"])))
    assert row["assumed"] == "3 of 5"
    effects = tables.read(whole, "effects").filter(profile="japan", platform="wall-2009", way=EQUAL, measure="S_all")
    cell = effects.row(0, named=True)
    assert row["with equal minutes"].startswith(Words("en").percent(cell["effect"], signed=True))
    assert row["less United States"].startswith("+12%")
    assert len([text for text in remarks if text.startswith("Differences of support")]) == 4
    assert remarks[-1].startswith("All this is said of these presets.")


def test_the_command_refuses_what_is_no_cross(tmp_path):
    done = run("profiles", tmp_path)
    assert (done.exit_code, "no study.json and no effects.csv" in done.stderr) == (2, True)
    folder = a_cross(tmp_path / "a", lambda *_: 0.1, cells=[])
    done = run("profiles", folder)
    assert (done.exit_code, "the study 's' has none" in done.stderr) == (2, True)
    folder = a_cross(tmp_path / "b", lambda *_: 0.1)
    tables.write(folder, "runs", tables.read(folder, "runs").with_columns(status=pl.lit("failed")))
    fit(folder)
    done = run("profiles", folder)
    assert (done.exit_code, "no cell has finished runs of both its arms" in done.stderr) == (2, True)


def test_one_profile_is_told_and_drawn_without_parts(tmp_path):
    folder = crossed(tmp_path, ("us",), PLATFORMS[:2], (PLAIN,), drawn_too=False)
    done = run("profiles", folder)
    assert done.exit_code == 0, done.output
    assert "note: way 'measured': it has only profile us; parts need two profiles and two platforms at least" in done.stderr
    assert "cultures.en.svg" in done.stdout


def test_a_cross_is_published_with_both_tables(tmp_path):
    folder = crossed(tmp_path / "out", PROFILES[:2], PLATFORMS[:2], (PLAIN, EQUAL))
    assert run("profiles", folder).exit_code == 0
    done = run("publish", folder, "--out", tmp_path / "pub")
    assert done.exit_code == 0, done.output
    assert {"effects.csv", "parts.csv", "cultures.en.svg", "culture.en.svg", "cards.en.svg"} <= {
        file.name for file in (tmp_path / "pub").iterdir()
    }
    again = run("profiles", tmp_path / "pub", "--out", tmp_path / "figures")
    assert again.exit_code == 0, again.output
