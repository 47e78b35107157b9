"""The figures combinations and headline from made-up tables: the title follows a rule, and every row says what it is of."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from conftest import slow
from records import write_study
from test_figures import LONGER, MARGINS, make, one_run, said, title, well_set
from test_press import besides_source, counted
from typer.testing import CliRunner

from sim.__main__ import app
from sim.figures import press, style
from sim.figures.cases import Found
from sim.figures.gallery import combinations, headline
from sim.figures.results import Results, swept
from sim.figures.words import Words
from sim.scenario.reading import load
from sim.study.judging import finding
from sim.study.judging.contrast import compare
from sim.study.records import json_files, tables
from sim.text import LANGUAGES

ROOT = Path(__file__).parents[1]
STUDIES = ("minority", "minority-homes", "minority-long", "community-sharing", "ephemeral-status", "redefine-or-import")
HOMES = ("china", "india", "singapore", "korea")
VALUES = {"S_all": 11.0, "S_old": 10.9, "S_real": 10.8, "core": 118.0, "core_real": 117.0, "strong": 15.0, "strong_real": 14.9,
          "real_hours": 2.85, "acquaintance_total": 18.0, "online_strong": 0.02, "views": 900.0, "engagement": 300.0,
          "bridging": 0.3, "bridges": 1.2, "clustering": 0.2}  # fmt: skip
GROUPS = ("minority", "contacts-none", "contacts-some", "contacts-many")


def a_list(folder, name, effect=None, seeds=6, noise=0.004, sizes=None, points=None):
    """A folder as a sweep of a shipped study leaves it, compared.

    effect : (arm, point with its day) -> {measure: change as a share}
    sizes : of the groups; points : of the shipped ones, how many
    """
    study = load(ROOT / "scenarios" / f"{name}.toml")
    luck = np.random.default_rng(3)
    effect = effect or (lambda arm, point: {})
    groups = ("all", *(GROUPS if name.startswith("minority") else ()))
    declared = [{"point": k, **point} for k, point in enumerate(itertools.islice(study.points(), points))]
    runs, rows, pairs = [], [], []
    for point, seed in itertools.product(declared, range(1, seeds + 1)):
        for arm in (*study.arms, "placebo"):
            run = f"{arm}-{point['point']}-{seed}"
            varied = {key: value for key, value in point.items() if key != "point"}
            runs.append(one_run(run, arm, point["point"], seed) | varied)
            for day in study.horizons:
                moved = effect(arm, point | {"day": day})

                def put(measure, value, group="all", tie_class="all", run=run, moved=moved, day=day):
                    size = (sizes or {}).get(group, 500)
                    value *= (1 + moved.get(measure, 0.0)) * (1 + noise * luck.normal())
                    rows.append((run, day, group, tie_class, measure, "unit", size, value))

                for group, (measure, value) in itertools.product(groups, VALUES.items()):
                    put(measure, value, group)
                put("ties", 60.0, tie_class="rest")
                put("effort", 9.0)  # only all people have it
                put("links", 60.0 * (arm != "none"))
                put("platform_minutes", 40.0 * (arm not in ("none", "placebo")))
                if len(groups) > 1:
                    put("assortativity", 0.15)
        for contrast, day, measure, group in itertools.product(
            study.contrasts, study.horizons, ("partners", "carriers"), groups
        ):
            pairs.append(("s", point["point"], seed, contrast.name, day, group, "all", measure, "unit", 0.001, 0.0005))
    tables.write(folder, "runs", pl.DataFrame(runs))
    tables.write(folder, "measures", pl.DataFrame(rows, schema=dict(tables.SCHEMAS["measures"]), orient="row"))
    tables.write(folder, "pairs", pl.DataFrame(pairs, schema=dict(tables.SCHEMAS["pairs"]), orient="row"))
    alike = [point["point"] for point in declared if all(v == 1 for key, v in point.items() if "content." in key)]
    contents = any("content." in key for key in declared[0])
    contrasts = []
    for contrast in study.contrasts:
        about = {"name": contrast.name, "arm": contrast.arm, "control": contrast.control, "primary": contrast.primary}
        about |= {"kind": "after", "expect": contrast.expect.model_dump() if contrast.expect else None}
        about |= {"group": contrast.group} if contrast.group != "all" else {}
        about |= {"against": contrast.against} if contrast.against else {}
        same = contents and (name == "ephemeral-status" or contrast.name == "contents-alone") and contrast.control != "none"
        contrasts.append(about | ({"same_run": alike} if same and alike else {}))
    names = [key for key in declared[0] if key != "point"]
    unsaid = [None] * len(names)
    write_study(
        folder, name=name, question=study.question, question_fr=study.question_fr, contrasts=contrasts, margins=MARGINS,
        horizons=list(study.horizons), shown=study.shown.model_dump(mode="json"), points=declared,
        seeds_planned=seeds, people=5000, control_of_placebo=study.contrasts[0].control,
        design={"kind": "list", "names": names, "ranges": unsaid, "scales": unsaid},
        drivers=[{"name": "a", "status": "assumed"}, {"name": "b", "status": "read"}],
    )  # fmt: skip
    compare(folder)
    return folder


@pytest.fixture(autouse=True)
def at_root(monkeypatch):
    monkeypatch.chdir(ROOT)


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Each of the studies, with an effect in its primary arm that a stranger's closeness hides."""

    def effect(arm, point):
        moved = arm.endswith("shifted") or arm in ("sharing", "instead", "many-moments")
        return {"S_all": -0.03, "strong": -0.08, "S_real": -0.1, "online_strong": 3.0} if moved else {}

    return {name: a_list(tmp_path_factory.mktemp(name), name, effect, seeds=4) for name in STUDIES}


@pytest.mark.parametrize("lang", LONGER)
@pytest.mark.parametrize("figure", ["combinations", "headline"])
@pytest.mark.parametrize("name", [STUDIES[0], *slow(*STUDIES[1:])])
def test_both_figures_of_each_study_are_well_set(folders, name, figure, lang):
    drawn, found = make(folders[name], figure, lang)
    well_set(drawn, found)
    assert title(found) == combinations.title(Found(Results(folders[name])), Words(lang))
    assert drawn.get_figwidth() == (press.PRINT.width if figure == "headline" else style.WIDTH)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", STUDIES)
def test_a_press_cut_is_short_and_says_what_evidence_says(folders, name, lang):
    figure, found = make(folders[name], "headline", lang)
    words = Words(lang)
    assert besides_source(figure, lang) <= press.MOST_WORDS
    assert words.of("headline-evidence", name) in said(found)
    numbers = {"all": 4, "lost": 2, "gained": 1, "same": 1, "span": combinations.span(words, 1825)}
    for state in finding.OF_SEVERAL:
        for own in (f"{name}-{state}", state):
            assert not words.has("finding", own) or counted(words.of("finding", own, **numbers)) <= 10, own


@pytest.mark.parametrize("name", [STUDIES[0], *slow(*STUDIES[1:])])
def test_the_title_of_verdict_names_what_is_tried_and_no_arm_by_its_id(folders, name):
    words = Words("en")
    found = title(make(folders[name], "verdict")[1])
    assert found.startswith(f"{words.of('subject', name)}: ")
    assert not [arm for arm in swept(folders[name]).arms if f"“{arm}”" in found]


MEASURE = {"redefine-or-import": "S_old"}


@pytest.mark.parametrize("name", [*STUDIES[:2], *slow(*STUDIES[2:])])
@pytest.mark.parametrize(
    "changes, state",
    [((-0.02, -0.02), "same"), ((-0.2, -0.2), "lost"), ((0.2, 0.2), "gained"), ((-0.2, 0.2), "hinges"), ((-0.05, -0.05), "open"),
     pytest.param((0.0, -0.2), "hinges", marks=pytest.mark.slow), pytest.param((-0.05, -0.2), "open", marks=pytest.mark.slow)],
)  # fmt: skip
def test_a_title_says_what_holds_at_all_combinations(tmp_path, name, changes, state):
    """changes : of support, at the first combination and at the others; in all contrasts that the title is of"""
    first, others = changes
    study = load(ROOT / "scenarios" / f"{name}.toml")
    names = study.shown.title.contrasts or (study.primary.name,)
    arms = {contrast.arm for contrast in study.contrasts if contrast.name in names}

    def effect(of, point):
        return {MEASURE.get(name, "S_all"): first if point["point"] == 0 else others} if of in arms else {}

    found = Found(Results(a_list(tmp_path, name, effect, points=2, seeds=4)))
    assert (found.state, set(found.findings)) == (state, {state})
    for words in map(Words, LANGUAGES):
        day = study.horizons[-1]
        about = {"all": len(arms), "span": combinations.span(words, day)}
        assert combinations.title(found, words) == words.sentence(words.of("finding", f"{name}-{state}", **about))


@pytest.mark.parametrize(
    "changes, title",
    [((-0.2, -0.2, -0.2, -0.2), "In all 4 countries, a “European” minority loses support"),
     ((-0.2, 0.0, -0.05, -0.2), "“European” minorities lose support in 2 of 4 countries"),
     ((-0.2, 0.0, 0.2, -0.2), "“European” minorities: support lost in 2 countries, gained in 1"),
     ((0.2, 0.0, -0.05, 0.0), "“European” minorities gain support in 1 of 4 countries"),
     ((0.0, -0.05, 0.0, 0.0), "“European” minorities: support hardly changes in 3 of 4 countries")],
)  # fmt: skip
def test_a_title_of_several_countries_says_in_how_many_it_holds_and_names_none(tmp_path, changes, title):
    moved = {f"{home}-shifted": change for home, change in zip(HOMES, changes)}
    folder = a_list(tmp_path, "minority-homes", lambda arm, point: {"S_all": moved.get(arm, 0.0)}, points=1, seeds=4)
    assert combinations.title(Found(Results(folder)), Words("en")) == title
    tallies = list(combinations.tallies(Found(Results(folder)), Words("en")))
    words = {-0.2: "1 lower", 0.0: "1 within the margin", -0.05: "1 not settled", 0.2: "1 higher"}
    assert f"China: {words[changes[0]]}. India: {words[changes[1]]}. Singapore: {words[changes[2]]}." in tallies[0]


def test_a_horizon_is_a_row_and_what_differs_between_horizons_turns(tmp_path):
    """One, two and five years at two combinations: six rows, and three lines in the press cut."""

    def effect(arm, point):
        return {"S_all": {365: 0.0, 730: 0.0, 1825: -0.2}[point["day"]]} if arm == "shifted" else {}

    folder = a_list(tmp_path, "minority-long", effect, seeds=4)
    found = Found(Results(folder))
    assert found.state == "turns"
    drawn, texts = make(folder, "combinations")
    well_set(drawn, texts)
    labels = [text.get_text() for text in texts if re.fullmatch(r"[01], \d years?", text.get_text())]
    assert labels == ["0, 1 year", "0, 2 years", "0, 5 years", "1, 1 year", "1, 2 years", "1, 5 years"]
    assert "4 within the margin and 2 lower, of 6 rows" in said(texts)
    rows = headline.lines(found)
    assert [row.day for row in rows] == [365, 730, 1825]
    for way in ("measured", "minutes-equal"):
        assert [round(row.ways[way].mean) for row in rows] == [0, 0, -20]
    text = said(make(folder, "headline")[1])
    assert all(year in text for year in ("after one year", "after 2 years", "after 5 years"))


def test_the_press_cut_of_the_homes_has_a_line_for_each(folders):
    rows = headline.lines(Found(Results(folders["minority-homes"])))
    assert [row.contrast["name"] for row in rows] == list(HOMES)


def test_bridges_of_the_minority_are_its_own(tmp_path):
    """Only the minority's bridging rises; a claim is about it, and a sentence says so."""
    folder = a_list(tmp_path, "minority", lambda arm, point: {"bridging": 0.1} if arm == "shifted" else {}, points=2, seeds=4)
    found = Found(Results(folder))
    (contrast,) = found.told
    assert (contrast["name"], found.whose(contrast, "bridging")) == ("minority", "minority")
    text = said(make(folder, "combinations")[1])
    assert "Bridging in the main contrast: 2 higher, of 2 rows that count for the title." in text
    assert "all people" not in text
    assert "interval leaves out 0" in text


def rewritten(folder, **changed):
    """study.json of a folder with other values, compared again."""
    about = json_files.read(folder, json_files.STUDY)
    kept = {key: value for key, value in about.items() if key not in ("digest", "tables")}
    json_files.write(folder, json_files.STUDY, kept | changed)
    compare(folder)
    return folder


@pytest.mark.parametrize("lang", LONGER)
def test_a_study_of_ones_own_has_the_common_words_and_shows_what_it_names(tmp_path, lang):
    folder = a_list(tmp_path, "minority", lambda arm, point: {"S_all": -0.2} if arm == "shifted" else {}, points=1, seeds=3)
    words = Words(lang)
    for shown in ({}, {"measures": ["S_all", "effort"], "rows": [{"contrast": "minority", "measure": "bridging"}]}):
        rewritten(folder, name="made-up", shown=shown)
        for name in ("combinations", "headline"):
            drawn, found = make(folder, name, lang)
            well_set(drawn, found)
            assert title(found) == words.of("finding", "lost")
            quoted = words("quoted", text="minority" if shown and name == "headline" else "minority-to-us")
            assert quoted in said(found)
        text = said(make(folder, "combinations", lang)[1])
        of_all = words("combinations-of-all", measure="effort")
        assert (of_all in text, words.of("measure", "bridging") in text) == (bool(shown), not shown)
        assert (words.of("measure", "bridging") in said(found)) == bool(shown)
        assert ("press-grey", words("press-grey", margin=words.percent(0.05)) in said(found)) == ("press-grey", not shown)


def test_titles_of_several_comparisons_of_ones_own(tmp_path):
    moved = {"shifted": -0.2, "shifted-to-us": 0.2, "away": 0.0}
    folder = a_list(tmp_path, "minority", lambda arm, point: {"S_all": moved.get(arm, 0.0)}, points=1, seeds=3)
    for names, expected in (
        (["minority", "minority-away"], "Support falls in 1 of 2 comparisons"),
        (["minority", "minority-to-us"], "Support falls in 1, rises in 1 of 2 comparisons"),
    ):
        rewritten(folder, name="made-up", shown={"title": {"contrasts": names}})
        assert combinations.title(Found(Results(folder)), Words("en")) == expected


def test_the_title_of_redefining_leaves_out_that_the_closest_friends_give_way(tmp_path):
    """Of the combinations, only those with kept = closest or random count."""

    def effect(arm, point):
        return {"S_old": -0.3 if point["links.kept"] == "faintest" else -0.01} if arm == "instead" else {}

    found = Found(Results(a_list(tmp_path, "redefine-or-import", effect)))
    assert (found.state, len(found.changes(found.results.primary, "S_old"))) == ("same", 8)


def test_where_contents_act_alike_there_is_no_word(folders):
    for name, contrasts in (("community-sharing", 1), ("ephemeral-status", 2)):
        text = said(make(folders[name], "combinations")[1])
        assert text.count("no word: contents act alike") == contrasts
    assert "contents act alike" not in said(make(folders["minority"], "combinations")[1])


def test_both_words_are_printed_where_strangers_make_the_difference(folders):
    text = said(make(folders["redefine-or-import"], "combinations")[1])
    counted = text.count("hollowed"), text.count("weakened")
    assert counted == (12, 12)  # 11 words each, and what they mean; without ties that began online, support falls too
    assert "11 of 33 words would differ" in text
    assert "support without online-born ties" in text.replace("\n", " ")


def test_a_minority_has_its_assortativity_and_its_neighbours_are_counted(tmp_path, folders):
    text = said(make(folders["minority"], "combinations")[1])
    assert text.count("0.15") == 14
    assert "outside the minority, with a few ties to it" in text
    assert "†" not in text
    few = a_list(tmp_path, "minority", sizes={"contacts-some": 4}, points=2, seeds=3)
    text = said(make(few, "combinations")[1])
    assert "fewer than 30 people over all seeds" in text
    assert text.count("1†") == 1  # of the people around alone
    rows = headline.lines(Found(Results(few)))
    assert [row.contrast["name"] for row in rows] == ["minority"]


def test_two_groups_that_do_not_differ_are_a_line_and_no_panels(tmp_path, folders):
    line = "At no combination does the change of any measure differ by more than "
    assert line not in said(make(folders["minority"], "combinations")[1])
    figure, found = make(a_list(tmp_path, "minority", seeds=3, noise=0.0, points=2), "combinations")
    assert line + "0% between them." in said(found)
    assert sum(axes.axison for axes in figure.axes) == 5 * 3  # measures of three contrasts


def test_the_press_cut_has_the_first_row_and_the_one_with_equal_minutes(folders):
    for name in STUDIES:
        found = Found(Results(folders[name]))
        first, equal = found.points[found.first.point], found.points[found.equal]
        minutes = [key for key in first if key.endswith("minutes_ratio")]
        assert first["point"] == 0
        assert {equal[key] for key in minutes} == {1.0}
        assert all(equal[key] == first[key] for key in first if key not in (*minutes, "point"))
        assert any(first[key] < 1 for key in minutes)
        assert all(set(row.ways) == {"measured", "minutes-equal"} for row in headline.lines(found))


def test_compare_prints_the_assortativity_of_each_row(folders):
    done = CliRunner().invoke(app, ["compare", str(folders["minority"])])
    assert done.exit_code == 0, done.output
    table = done.stdout.partition("assortativity\n")[2].splitlines()[:12]
    assert all(line.split()[-1].startswith("0.1") for line in table)
    assert "assortativity" not in CliRunner().invoke(app, ["compare", str(folders["ephemeral-status"])]).stdout


def test_the_studies_name_their_figures():
    for name in STUDIES:
        assert load(ROOT / "scenarios" / f"{name}.toml").figures == ("verdict", "combinations", "headline")


def test_two_platforms_without_prompts_are_not_said_to_differ_by_prompts(tmp_path):
    folder = a_list(tmp_path, "community-sharing")
    text = said(make(folder, "verdict")[1])
    assert "change, % of the control" in text
    assert "without prompts" not in text
