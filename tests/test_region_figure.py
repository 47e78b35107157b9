"""The figure of a verdict's region, and its line in the figure of the verdict, from made-up tables."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from test_figures import LONGER, made_up, make, said, title, well_set
from test_region_table import looked_at

from sim.figures.drawing import LeftOut, draw
from sim.figures.gallery import region
from sim.figures.words import Words
from sim.scenario.reading import load
from sim.study.judging import region_table, verdict
from sim.study.records import json_files
from sim.study.robustness.parameters import parameters
from sim.text import LANGUAGES
from sim.text.catalogue import Catalogue

STUDY = load(Path(__file__).parents[1] / "scenarios" / "birthday-prompt.toml")
SPACE = parameters(STUDY, "prompt")
RANGES = {one.name: (one.low, one.high) for one in SPACE}
BASE = tuple(one.base for one in SPACE)
AT = {one.name.split(".", 1)[1]: k for k, one in enumerate(SPACE)}


def share(place, name):
    low, high = RANGES[SPACE[AT[name]].name]
    return (place[AT[name]] - low) / (high - low)


def hanging(place):
    """Inert, but hollowed where being in touch replaces much and writing gives little; undecided between."""
    lean = share(place, "response.substitution") - 0.5 * share(place, "response.composed_dose")
    lean += 0.2 * share(place, "response.displacement")
    return "inert" if lean < 0.3 else "undecided" if lean < 0.4 else "hollowed"


def region_of(folder, word_of, steps=9, drawn=128, places=(), base=BASE, **about):
    """A result folder that is compared and looked over."""
    made_up(folder, arms=("none", "no-prompt", "wall"), days=(365,), scenario="abc")
    axes = [base]
    for k, one in enumerate(SPACE):
        axes += [(*base[:k], value, *base[k + 1 :]) for value in np.linspace(one.low, one.high, steps) if value != base[k]]
    rows = np.random.default_rng(1).random((drawn, len(SPACE)))
    sample = [tuple(one.at(each) for one, each in zip(SPACE, row)) for row in rows.tolist()]
    every = [*axes, *sample, *places]
    about = {"scenario": "abc", "version": "0.1.0+abc"} | about
    looked_at(folder, word_of, every, range(len(axes), len(axes) + drawn), RANGES, contrast="prompt", **about)
    region_table.write(folder)
    return folder


def shifted(**moves):
    """The base with some parameters elsewhere, by the end of their names with _ for dots."""
    place = list(BASE)
    for name, value in moves.items():
        place[AT[name.replace("__", ".")]] = value
    return tuple(place)


@pytest.fixture(scope="module")
def hangs(tmp_path_factory):
    near = shifted(response__substitution=0.6, response__composed_dose=0.6, response__displacement=0.2)
    return region_of(tmp_path_factory.mktemp("hangs"), hanging, places=[near])


@pytest.fixture(scope="module")
def steady(tmp_path_factory):
    return region_of(tmp_path_factory.mktemp("steady"), lambda place: "inert", steps=2)


@pytest.mark.parametrize("lang", LONGER)
def test_it_is_well_set(hangs, steady, lang):
    for folder in (hangs, steady):
        for name in ("region", "verdict"):
            well_set(*make(folder, name, lang))


def test_the_title_says_the_share_and_the_nearest_flip(hangs):
    """Hollowed where substitution - .25 + .05 is .4; of its eighths, first simulated at .625."""
    _, found = make(hangs, "region")
    rows = {row["word"]: row for row in region_table.tables_in(hangs)["region"].filter(horizon=365).to_dicts()}
    share = Words("en").fraction(rows["inert"]["share"])
    assert title(found) == f"The verdict is inert in {share} of 128 random combinations"
    assert "Nearest change by one parameter: “being in touch replaces meeting” at 0.625 or more gives hollowed." in said(found)


def test_a_village_is_said_where_the_study_is_none(tmp_path):
    folder = region_of(tmp_path, lambda place: "inert", steps=2)
    text = "These are 300 people. Among fewer than 2,000, strangers and bridges between circles hardly exist."
    assert text not in said(make(folder, "region")[1])  # the study has 1,500 people
    kept = {key: value for key, value in json_files.read(folder, "study.json").items() if key not in ("digest", "tables")}
    json_files.write(folder, "study.json", kept | {"people": 5000})
    figure, found = make(folder, "region")
    assert text in said(found)
    well_set(figure, found)


def test_a_word_that_nothing_changes_is_said_to_hold_everywhere(steady):
    starts = {"en": "The verdict is inert everywhere: no parameter alone", "fr": "Verdict « sans effet » partout : aucun"}
    for lang, start in starts.items():
        _, found = make(steady, "region", lang)
        assert title(found).replace("\u00a0", " ").startswith(start)
    assert "All 72: inert at both ends of their ranges." in said(make(steady, "region")[1])


def test_each_parameter_that_matters_has_a_row_and_the_rest_a_line(hangs):
    text = said(make(hangs, "region")[1])
    assert "being in touch replaces meeting" in text
    assert "0.3 → 0.625: ○\u00a0hollowed" in text
    assert "dose of what people write" in text
    assert "1 → 0: ?\u00a0undecided" in text
    assert "70 others: inert at both ends of their ranges." in text


def test_the_rows_are_filled_by_the_words_along_their_ranges(hangs):
    """Substitution in eighths: inert, undecided at one of them, hollowed beyond; borders lie halfway between two."""
    figure, _ = make(hangs, "region")
    axes = figure.axes[-1]
    first = [patch for patch in axes.patches if round(patch.get_y() + patch.get_height() / 2) == 0][:3]
    stretches = region_table.tables_in(hangs)["stretches"].filter(name="society.response.substitution").to_dicts()
    assert [one["word"] for one in stretches] == ["inert", "undecided", "hollowed"]
    ends = [(patch.get_x(), patch.get_x() + patch.get_width()) for patch in first]
    border = (stretches[0]["to"] + stretches[1]["from"]) / 2, (stretches[1]["to"] + stretches[2]["from"]) / 2
    assert ends == [pytest.approx(each) for each in ((0, border[0]), border, (border[1], 1))]
    assert [patch.get_hatch() is not None for patch in first] == [False, True, False]


def test_joint_changes_are_told_in_words(hangs):
    text = said(make(hangs, "region")[1]).replace("\u00a0", " ")
    assert "Hollowed at distance 0.44: “being in touch replaces meeting” 0.3 → 0.6" in text
    assert "“dose of what people write” 1 → 0.6." in text


def test_what_tells_best_where_the_word_holds_is_told(hangs, steady):
    text = said(make(hangs, "region")[1])
    rows = region_table.tables_in(hangs)["splits"].filter(level=1, side="below").to_dicts()
    assert f"“being in touch replaces meeting” tells best where the verdict holds. Up to {rows[0]['cut']:.3g} it holds in" in text
    assert "tells best" not in said(make(steady, "region")[1])


@pytest.mark.parametrize("lang", LONGER)
def test_many_parameters_leave_a_line_for_those_without_a_row(tmp_path, lang):
    """Every parameter at its high end gives another word: fourteen rows, and the rest counted; long names, a base beyond."""
    base = list(BASE)
    base[AT["response.displacement"]] = 1.0
    words = (*(2 * ("hollowed", "thinned", "weakened", "transformed", "enriched")), "undecided")  # undecided is no flip

    def word(place):
        moved = [k for k, (one, other) in enumerate(zip(place, base)) if one != other]
        if not moved:
            return "inert"
        return words[moved[0] % len(words)] if place[moved[0]] >= RANGES[SPACE[moved[0]].name][1] or len(moved) > 1 else "inert"

    folder = region_of(tmp_path, word, steps=3, drawn=30, base=tuple(base))
    figure, found = make(folder, "region", lang)
    well_set(figure, found)
    text = said(found)
    alone = region_table.tables_in(folder)["flips"].filter(pl.col("word").is_not_null(), change=0).sort("distance")
    flips, names = alone.height, list(map(Words(lang).parameter, alone["name"]))
    assert names[0] in text  # the nearest
    assert flips > 60
    assert (f"{flips - 14} more change the verdict" if lang == "en" else f"{flips - 14} autres changent le verdict") in text
    well_set(*make(folder, "verdict", lang))


def test_the_verdict_has_a_line_with_its_region(hangs, steady):
    row = region_table.tables_in(hangs)["region"].filter(word="inert", horizon=365).to_dicts()[0]
    text = said(make(hangs, "verdict")[1]).replace("\u00a0", " ")
    share, low, high = (f"{100 * row[key]:.0f}" for key in ("share", "low95", "high95"))
    assert f"holds in {share}% [{low}–{high}] of 128 combinations drawn over the ranges" in text
    assert "nearest change: “being in touch replaces meeting” 0.3 → 0.625 makes it hollowed" in text
    assert "no parameter alone changes it" in said(make(steady, "verdict")[1])


def test_a_base_that_so_few_societies_leave_undecided_is_said_to_be(tmp_path):
    folder = region_of(tmp_path, lambda place: "undecided", steps=2, drawn=20)
    assert "with so few societies, the base is undecided" in said(make(folder, "verdict")[1])
    _, found = make(folder, "region")
    assert title(found).startswith("The verdict is undecided everywhere")


@pytest.mark.parametrize("key", ["scenario", "version"])
def test_a_region_of_another_study_is_not_drawn(tmp_path, key):
    folder = region_of(tmp_path, lambda place: "inert", steps=2, drawn=20, **{key: "another"})
    said_so = f"region: left out, region.csv is of another {key}; run `sim region"
    with pytest.warns(LeftOut, match=said_so):
        draw(folder, only=("region", "society"))
    assert "combinations drawn over" not in said(make(folder, "verdict")[1])


def test_a_region_of_a_given_graph_says_so(tmp_path):
    folder = region_of(tmp_path, lambda place: "inert", steps=2, drawn=20)
    about = json_files.read(folder, "study.json")
    json_files.write(folder, "study.json", about | {"given_graph": "village.csv"})
    assert "Starting graph: village.csv." in said(make(folder, "region")[1])


def test_a_folder_where_nobody_looked_has_no_such_figure(tmp_path):
    with pytest.warns(LeftOut, match=r"region: left out, region.csv is not there; run `sim region` first"):
        draw(made_up(tmp_path), only=("region", "society"))


def test_every_parameter_of_the_studies_has_a_name_and_no_two_the_same():
    for lang in LANGUAGES:
        names = [Words(lang).parameter(one.name) for one in SPACE]
        assert not [name for name, one in zip(names, SPACE) if name == one.name]
        assert len(set(names)) == len(names)
    assert Words("fr").parameter("society.response.unheard_of") == "society.response.unheard_of"


def test_a_word_that_one_parameter_flips_at_its_end_does_not_hold_everywhere(tmp_path):
    """No random combination comes so far, but at its very end being in touch hollows; nor where it is undecided there."""

    def far(word):
        return lambda place: word if share(place, "response.substitution") >= 1 else "inert"

    _, found = make(region_of(tmp_path / "flips", far("hollowed"), steps=2, drawn=20), "region")
    assert title(found) == "The verdict is inert in all of 20 random combinations"
    assert "“being in touch replaces meeting” at 1 or more gives hollowed." in said(found)
    _, found = make(region_of(tmp_path / "stops", far("undecided"), steps=2, drawn=20), "region")
    assert "everywhere" not in title(found)


def test_every_word_that_a_parameter_flips_to_has_a_row_however_far():
    near = [{"name": f"n{k}", "word": "inert", "distance": k / 100} for k in range(20)]
    far = {"name": "far", "word": "hollowed", "distance": 0.9}
    stops = [{"name": "stop", "word": None}]
    shown = region.with_a_row([*near, far], stops)
    assert [row["name"] for row in shown] == [*(f"n{k}" for k in range(13)), "far"]
    assert [row["name"] for row in region.with_a_row(near[:2], stops)] == ["n0", "n1", "stop"]


def test_a_parameter_is_called_by_the_longest_end_that_has_a_name():
    texts = Catalogue("en", "parameter-rate = a rate\nparameter-messages-rate = messages\n")
    words = Words("en", texts)
    assert words.parameter("platform.messages.rate") == "messages"
    assert words.parameter("platform.groups.rate") == "a rate"
    assert words.parameter("unheard.of") == "unheard.of"


def test_a_search_that_found_nothing_says_how_far_it_looked(steady, tmp_path):
    assert "No combination was found with another definite verdict." in said(make(steady, "region")[1])
    more = [shifted(response__substitution=0.5 + k / 10, response__complement=0.4) for k in range(3)]
    folder = region_of(tmp_path, lambda place: "inert", steps=2, drawn=20, places=more)
    assert "among 3 more that the search tried" in said(make(folder, "region")[1])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_longest_words_have_room_above_the_bar(tmp_path, lang):
    """Every word in turn, so that all stand side by side."""
    words = itertools.cycle((*verdict.WORDS, verdict.UNDECIDED))
    known = {}
    folder = region_of(tmp_path, lambda place: known.setdefault(place, next(words)), steps=2, drawn=70)
    well_set(*make(folder, "region", lang))
