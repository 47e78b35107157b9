"""Figures from made-up tables: titles say what the tables say, nothing overlaps, same tables same bytes."""

from __future__ import annotations

import itertools
import math
import re
import subprocess
import sys
import warnings
from pathlib import Path

import matplotlib
import matplotlib.style
import numpy as np
import polars as pl
import pytest
from conftest import slow
from matplotlib.backends.backend_agg import FigureCanvasAgg
from records import fit, sealed, write_study

from sim.errors import LONGEST_MESSAGE, InputError
from sim.figures import press, registry, style
from sim.figures.drawing import LeftOut, draw
from sim.figures.results import Results, interval
from sim.figures.words import Words
from sim.scenario import figure_names
from sim.study.judging import precision
from sim.study.judging.contrast import compare
from sim.study.records import json_files, tables
from sim.study.records.columns import TABLES
from sim.study.records.seal import Standing
from sim.text import LANGUAGES

COMMON = ("greetings", "society", "verdict")  # the figures of every study; others have tests of their own
CLASSES = ("support", "sympathy", "affinity", "rest", "new", "online")
CONTRASTS = (("prompt", "wall", "no-prompt"), ("private-prompt", "private", "no-prompt"), ("platform", "wall", "none"))
MARGINS = dict.fromkeys(("support", "core", "real", "strong", "partners", "carriers"), 0.05)
LEGS = {"S_all": 11.0, "S_old": 10.9, "core": 118.0, "strong": 15.0, "real_hours": 2.85, "acquaintance_total": 18.0}
WHOLE = {
    "contacted_weekly": 5.5, "contacted_monthly": 16, "contacted_half-yearly": 42, "contacted_yearly": 69,
    "support_share_1-5": 0.4, "support_share_6-15": 0.4, "support_share_16-50": 0.15,
    "time_share_1-5": 0.5, "time_share_6-15": 0.3, "time_share_16-50": 0.15,
}  # fmt: skip
RECEIVED = {"visit": (300, 170, 45, 1, 0.2, 0), "call": (210, 110, 30, 0.5, 0.1, 0), "letter": (12, 6, 1.5, 0, 0, 0),
            "card": (3, 5, 13, 9, 0, 0), "chance": (3, 5, 30, 12, 4, 0)}  # fmt: skip
LEAST = {press.PRINT.width: 7, press.PHONE.width: 9}  # points: 7 at 8 cm of print, and 12 px at 360 px
GREETINGS = (0.4, 0.8, 1.9, 1.6, 1.6, 0.3)


WORDS = {  # verdict word -> what the arms with prompts differ by, as a share of the control
    "thinned": {"S_all": -0.2, "S_old": -0.2, "core": -0.2, "real_hours": -0.2, "strong": -0.2},
    "weakened": {"S_all": -0.2, "S_old": -0.2, "real_hours": -0.2},
    "hollowed": {"core": -0.2, "strong": -0.3},
    "transformed": {"partners": 0.3, "carriers": 0.2},
    "enriched": {"S_all": 0.2, "core": 0.1},
    "inert": {},
    "undecided": {"noise": 0.2},
}


def made_up(
    folder, effect=None, seeds=4, slopes=(0.0, 2.0, 4.0), arms=None, days=(365, 1095), factor=1.0, only_at=None, **about
):
    """A result folder as a sweep would leave it, with `effect` on the arms with prompts, compared.

    factor : of the greetings; only_at : the point at which alone the effect is found
    """
    arms = arms or ("none", "no-prompt", "wall", "private")
    contrasts = [(name, arm, control) for name, arm, control in CONTRASTS if arm in arms and control in arms]
    luck = np.random.default_rng(1)
    effect = effect or {}
    noise = effect.get("noise", 0.002)
    runs, rows, pairs = [], [], []
    for point, slope in enumerate(slopes):
        here = effect if only_at in (None, point) else {}
        for seed, arm in itertools.product(range(1, seeds + 1), (*arms, "placebo")):
            run = f"{arm}-{point}-{seed}"
            runs.append(one_run(run, arm, point, seed) | {"prompts.slope": slope})
            prompted = arm in ("wall", "private")
            for day in days:

                def put(measure, value, tie_class="all", run=run, day=day):
                    rows.append((run, day, "all", tie_class, measure, "unit", 500, float(value)))

                for name, value in LEGS.items():
                    put(name, value * (1 + prompted * here.get(name, 0)) * (1 + noise * luck.normal()))
                for name, value in WHOLE.items():
                    put(name, value * (1 + 0.01 * luck.normal()))
                put("links", 0 if arm == "none" else 60)
                put("platform_minutes", 0 if arm == "none" else 40)
                for k, tie_class in enumerate(CLASSES):
                    for channel, amounts in RECEIVED.items():
                        put(f"received_{channel}", amounts[k] * (1 + 0.002 * luck.normal()), tie_class)
                    for channel, sender in (("greeting", "wall"), ("message", "private")):
                        amount = factor * GREETINGS[k] * (arm == sender) * luck.uniform(0.9, 1.1)
                        put(f"received_{channel}", amount + 8 * (channel == "message"), tie_class)
                        if arm == sender:
                            put("prompted", amount, tie_class)
                    if not prompted:
                        put("prompted", 0, tie_class)
                    for channel in ("card", "call", "visit"):
                        put(f"birthday_{channel}", 0.2 * (1 - 0.1 * prompted) * (1 + 0.02 * seed * (k + 1)), tie_class)
                    for month in range(12):
                        drop = 1 - 0.01 * prompted * (month == 0)
                        put(f"season_contacts_{month:02d}", 10 * drop * luck.uniform(0.99, 1.01) * (k < 5), tie_class)
                        put(f"season_closeness_{month:02d}", 0.5 / (k + 1) * luck.uniform(0.999, 1.001), tie_class)
                for channel, sender in (("greeting", "wall"), ("message", "private")):
                    amount = factor * sum(GREETINGS) * (arm == sender) * luck.uniform(0.9, 1.1)
                    put(f"received_{channel}", amount + 50 * (channel == "message"))  # messages of one's own accord too
                    if arm == sender:
                        put("prompted", amount)
                if not prompted:
                    put("prompted", 0)
        for seed, (name, arm, _), day, measure in itertools.product(
            range(1, seeds + 1), contrasts, days, ("partners", "carriers")
        ):
            moved = here.get(measure, 0.0) * (arm in ("wall", "private")) + 0.001 * luck.uniform()
            pairs.append(("s", point, seed, name, day, "all", "all", measure, "unit", moved, 0.0005))
    tables.write(folder, "runs", pl.DataFrame(runs))
    tables.write(folder, "measures", pl.DataFrame(rows, schema=dict(tables.SCHEMAS["measures"]), orient="row"))
    tables.write(folder, "pairs", pl.DataFrame(pairs, schema=dict(tables.SCHEMAS["pairs"]), orient="row"))
    study = {
        "name": "birthday-prompt",
        "question": "Do birthday prompts thin the ties they touch?",
        "question_fr": "Les rappels d'anniversaire appauvrissent-ils les liens qu'ils touchent ?",
        "figures": ["verdict", "greetings"],
        "contrasts": [
            {"name": name, "arm": arm, "control": control, "primary": k == 0, "kind": "after", "expect": None}
            for k, (name, arm, control) in enumerate(contrasts)
        ],
        "margins": MARGINS,
        "horizons": list(days),
        "points": [{"point": k, "prompts.slope": slope} for k, slope in enumerate(slopes)],
        "seeds_planned": seeds,
        "people": 1500,
        "placebo": "placebo",
        "control_of_placebo": contrasts[0][2] if contrasts else None,
        "reshuffled": None,
        "given_graph": None,
        "drivers": [{"name": "a", "status": "assumed"}, {"name": "b", "status": "read"}],
        "version": "0.1.0+abc",
    }
    write_study(folder, **study | about)
    compare(folder)
    return folder


def one_run(run, arm, point, seed):
    text = dict.fromkeys(("error", "started", "version", "scenario_hash", "machine"), "")
    numbers = {"people": 1500, "ties": 9, "years": 3.0, "wall_s": 1.0, "peak_mb": 1.0}
    return text | numbers | {
        "run_id": run, "study": "s", "arm": arm, "point": point, "seed": seed, "size": "quick", "status": "done"
    }  # fmt: skip


LONGER = ["fr", *slow("en")]
"""Languages of a test that a figure is well set: if French fits, which is longer, English does."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return made_up(tmp_path_factory.mktemp("results"))


def drawn(folder, name, lang):
    """The figure of this name, or several by their names."""
    entry = registry.find(name)
    return entry.draw(entry.read(folder), Words(lang))


def make(folder, name, lang="en", cut=""):
    """The figure, rendered, and all its texts. cut : the end of the name of one of several"""
    with matplotlib.style.context(["default", style.RC]):
        figures = drawn(folder, name, lang)
        figure = figures[name + cut] if isinstance(figures, dict) else figures
        FigureCanvasAgg(figure)
        figure.draw_without_rendering()
        return figure, list(texts(figure))


def texts(figure):
    """Every text that is drawn."""
    yield from figure.texts
    for axes in figure.axes:
        yield from (text for text in axes.texts if text.get_text())
        yield from (axis.label for axis in (axes.xaxis, axes.yaxis) if axis.label.get_text())
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            yield from (
                tick.label1 for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high and tick.label1.get_text()
            )


def said(found) -> str:
    """All that a figure says, in one line."""
    return " ".join(text.get_text() for text in found).replace("\n", " ")


def title(found) -> str:
    """The lines in the largest letters."""
    largest = max(text.get_fontsize() for text in found)
    return " ".join(text.get_text() for text in found if text.get_fontsize() == largest)


def well_set(figure, found):
    """No text leaves the page, none covers another, none is too small for the width of the figure."""
    page, least = figure.bbox, LEAST.get(figure.get_figwidth(), 8)
    boxes = [(text.get_text(), text.get_window_extent()) for text in found]
    assert min(text.get_fontsize() for text in found) >= least
    for text, box in boxes:
        assert page.x0 <= box.x0 < box.x1 <= page.x1, f"{text!r} leaves the page sideways"
        assert page.y0 <= box.y0 < box.y1 <= page.y1, f"{text!r} leaves the page"
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        down = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert across <= 0.5 or down <= 2.5, f"{one!r} covers {other!r}"  # pixels at 100 a inch; accents may touch


# Titles


@pytest.mark.parametrize("languages", [("fr",), *slow(("en",))])
@pytest.mark.parametrize("word", WORDS)
def test_titles_say_the_verdict_of_the_tables(tmp_path, word, languages):
    made_up(tmp_path, WORDS[word], slopes=(2.0,))
    for lang in languages:
        figure, found = make(tmp_path, "verdict", lang)
        words = Words(lang)
        expected = words.of("ties", word, margin=words.percent(0.05), seeds=words.societies(4))
        assert expected in title(found)
        assert words.brief(word) in said(found)
        well_set(figure, found)


def test_titles_follow_the_numbers(tmp_path, folder):
    twice = made_up(tmp_path, factor=2.0)
    one, two = (title(make(each, "greetings")[1]) for each in (folder, twice))
    numbers = [float(re.search(r"bring ([\d.]+) public", text)[1]) for text in (one, two)]
    assert numbers[0] == pytest.approx(sum(GREETINGS), rel=0.05)
    assert numbers[1] / numbers[0] == pytest.approx(2, rel=0.05)
    assert "about four in five of them from outside the closest fifteen" in one
    assert f"{numbers[0]}".replace(".", ",") in title(make(folder, "greetings", "fr")[1])


def test_a_word_that_differs_between_points_is_not_hidden(tmp_path):
    made_up(tmp_path, WORDS["thinned"], only_at=2)
    for name in ("greetings", "verdict"):
        figure, found = make(tmp_path, name)
        assert "By combination: inert at slope\u00a00 and slope\u00a02, thinned at slope\u00a04." in said(found)
        well_set(figure, found)


def test_many_points_are_counted_below_the_title_and_thinned_out_in_the_bars(tmp_path):
    made_up(tmp_path, WORDS["thinned"], only_at=2, slopes=tuple(range(7)), days=(365,), given_graph="village.csv")
    figure, found = make(tmp_path, "greetings", "fr")
    assert title(make(tmp_path, "verdict", "fr")[1]).endswith(", le sort des liens dépend de ce que l’on suppose")
    assert "Sur 7 combinaisons\u00a0: sans effet dans\u00a06\u00a0cas, appauvrissement dans\u00a01\u00a0cas." in said(found)
    assert "Of 7 combinations: inert in\u00a06, thinned in\u00a01." in said(make(tmp_path, "verdict")[1])
    assert "5 combinaisons montrées sur 7." in said(found)
    assert "Graphe de départ\u00a0: village.csv" in said(found)
    well_set(figure, found)


def test_only_the_commonest_of_many_words_are_named():
    verdicts = ["thinned"] * 3 + ["inert"] * 4 + ["enriched"] * 2 + ["hollowed", "undecided"]
    tally = Words("en").tally([({"slope": k}, word) for k, word in enumerate(verdicts)]).replace("\u00a0", " ")
    assert tally == "Of 11 combinations: inert in 4, thinned in 3, enriched in 2, others in 2."


def test_a_tally_names_few_points_and_says_nothing_of_one_verdict():
    for verdicts, tally in ((["inert"] * 7, ""), (["inert", "thinned"], "By combination: inert at slope 0, thinned at slope 1.")):
        assert Words("en").tally([({"slope": k}, word) for k, word in enumerate(verdicts)]).replace("\u00a0", " ") == tally


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "none"), (1e-6, "almost none"), (0.05, "almost none"), (0.06, "6%"), (0.12, "about one in ten"), (0.16, "16%"),
     (0.25, "about one in four"), (0.645, "about two in three"), (0.854, "85%"), (0.95, "almost all"), (1.0, "all")],
)  # fmt: skip
def test_a_share_in_words_is_near_the_share(share, text):
    assert Words("en").fraction(share) == text


def test_an_unknown_share_is_not_put_into_words():
    assert Words("en").fraction(math.nan) == Words("en").percent(math.nan)


def test_society_title_follows_the_channels(tmp_path, folder):
    found = title(make(folder, "society")[1])
    assert found.endswith("cards and chance meetings make up 93% of the contacts with people beyond the closest fifty")
    made_up(tmp_path)
    visits = (pl.col("measure") == "received_visit") & (pl.col("tie_class") == "rest")
    rows = tables.read(tmp_path, "measures")
    tables.write(tmp_path, "measures", rows.with_columns(pl.when(visits).then(50.0).otherwise("value").alias("value")))
    fit(tmp_path)
    changed = title(make(tmp_path, "society")[1])
    assert "29% of the contacts with people beyond the closest fifty, and almost none of those" in changed


def test_the_price_of_greetings_counts_the_birthdays_no_longer_remembered(tmp_path):
    made_up(tmp_path)
    one = (pl.col("measure") == "birthday_visit") & (pl.col("tie_class") == "support")
    lost = one & pl.col("run_id").str.starts_with("wall-")
    kept = one & ~pl.col("run_id").str.starts_with("wall-")
    other = pl.col("measure").is_in(["birthday_call", "birthday_card", "birthday_visit"])
    value = pl.when(lost).then(pl.lit(2.0)).when(kept).then(pl.lit(3.0)).when(other).then(0.0).otherwise("value")
    tables.write(tmp_path, "measures", tables.read(tmp_path, "measures").with_columns(value.alias("value")))
    fit(tmp_path)
    compare(tmp_path)
    found = said(make(tmp_path, "greetings")[1])  # one visit of three is lost, for 6.6 greetings
    assert "Without prompts 3 people remember a birthday" in found
    assert re.search(r"1[456]\u00a0±\u00a0\d+ fewer do", found)


# Which figures


def test_a_study_gets_the_figures_that_it_names_and_those_of_tables(tmp_path, recwarn):
    """Society shows the table of measures, which every sweep makes; precision the one that `sim precision` makes."""
    made_up(tmp_path, slopes=(2.0,), days=(365,))
    for figures in (["greetings"], [], ["verdict"]):
        expected = sorted([*figures, "society"])
        json_files.write(tmp_path, "study.json", json_files.read(tmp_path, "study.json") | {"figures": figures})
        assert [file.name for file in draw(tmp_path)] == [f"{name}.en.svg" for name in expected]
    precision.precision(tmp_path)
    assert [file.name.partition(".")[0] for file in draw(tmp_path)] == ["precision", "society", "verdict"]
    assert not [str(each.message) for each in recwarn]


def test_all_tries_every_figure_and_says_why_one_is_left_out(tmp_path):
    made_up(tmp_path, slopes=(2.0,), days=(365,))
    with pytest.warns(LeftOut) as left_out:
        files = draw(tmp_path, all=True)
    there = {file.name.partition(".")[0] for file in files}
    assert there >= {"greetings", "society", "verdict"}  # and not what the tables cannot answer
    assert not there & {"birthdays", "letters"}
    assert {str(each.message).partition(":")[0] for each in left_out} == set(figure_names.own()) - there


def test_every_module_of_the_gallery_is_a_figure_of_no_table_or_of_one_that_there_is():
    for name in figure_names.own():
        assert registry.find(name).table in ("", *TABLES), name


def test_the_page_of_figures_lists_them_all():
    page = (Path(__file__).parents[1] / "docs" / "tables.md").read_text(encoding="utf-8")
    table = page.partition("\n## Figures\n")[2].partition("\n## ")[0]
    assert sorted(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == list(figure_names.own())


def test_what_is_no_figure_is_refused_with_the_nearest_name(tmp_path):
    made_up(tmp_path, slopes=(2.0,), days=(365,))
    with pytest.raises(InputError, match=r"figure: unknown figure 'greeting'; expected one of .*; perhaps you meant 'greetings'"):
        draw(tmp_path, only=("greeting",))


# Uncertainty and sources


def test_every_figure_names_its_source(folder):
    for name in COMMON:
        found = said(make(folder, name)[1])
        for part in ("study “birthday-prompt”", "4 simulated societies of 1,500 people",
                     f"after {'one year' if name == 'society' else '3 years'}: means over the last 365 days",
                     "5% (support, core, real hours, strong ties); 0.05 (partners, carriers)",
                     "Of the 2 numbers behind these results, one is only assumed", "0.1.0+abc"):  # fmt: skip
            assert part in found


def test_undecided_says_how_many_seeds_would_do(tmp_path):
    made_up(tmp_path, WORDS["undecided"], slopes=(2.0,))
    needed = Results(tmp_path).verdict("prompt", 0, 1095)["seeds_needed"]
    assert needed
    assert f"about {needed} simulated societies would settle it" in said(make(tmp_path, "verdict")[1])
    assert f"environ {needed} sociétés simulées pour trancher" in said(make(tmp_path, "verdict", "fr")[1])


def test_interval_is_the_t_interval_over_seeds():
    found = interval([1.0, 2.0, 3.0])
    assert found.mean == 2
    assert found.half == pytest.approx(4.302653 / np.sqrt(3))
    assert np.isnan(interval([1.0]).low)
    assert np.isnan(interval([]).mean)


# What is missing


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_seed_and_one_point_are_drawn_without_intervals(tmp_path, lang):
    made_up(tmp_path, seeds=1, slopes=(2.0,), days=(365,))
    for name in COMMON:
        figure, found = make(tmp_path, name, lang)
        well_set(figure, found)
        assert "±" not in said(found)


def test_missing_arms_adapt(tmp_path):
    for arms, expected in ((("no-prompt", "wall"), "Prompts bring"), (("no-prompt", "private", "wall"), "private prompts")):
        made_up(tmp_path, arms=arms, slopes=(2.0,), days=(365,))
        figure, found = make(tmp_path, "greetings")
        assert expected in said(found)
        assert ("private" in said(found)) == ("private" in arms)
        well_set(figure, found)
    assert title(make(tmp_path, "society")[1]).startswith("With the platform, ")


def test_only_private_prompts(tmp_path):
    made_up(tmp_path, arms=("no-prompt", "private", "none"), slopes=(2.0,), days=(365,))
    assert title(make(tmp_path, "greetings")[1]).startswith("Private prompts bring")


def test_a_figure_without_its_arms_is_left_out_with_a_reason(tmp_path):
    made_up(tmp_path, arms=("none", "wall"), slopes=(2.0,), days=(365,))
    with pytest.warns(LeftOut, match="greetings: left out, no contrast holds prompts against no prompts"):
        files = draw(tmp_path)
    assert [file.name for file in files] == ["society.en.svg", "verdict.en.svg"]


def test_before_comparing_only_the_society_is_drawn(tmp_path):
    made_up(tmp_path, slopes=(2.0,), days=(365,))
    for name in ("contrasts", "verdict"):
        tables.path(tmp_path, name).unlink()
    with pytest.warns(LeftOut, match=r"run `sim compare .*` first"):
        files = draw(tmp_path, out=tmp_path / "drawn")
    assert [file.parent.name + "/" + file.name for file in files] == ["drawn/society.en.svg"]


def test_what_was_compared_before_other_runs_came_is_not_drawn(tmp_path):
    made_up(tmp_path, slopes=(2.0,), days=(365,))
    runs = tables.read(tmp_path, "runs")
    more = runs.filter(seed=1).with_columns(seed=pl.lit(99), run_id=pl.col("run_id") + "-99")
    tables.write(tmp_path, "runs", pl.concat([runs, more.select(runs.columns)], how="vertical_relaxed"))
    rows = tables.read(tmp_path, "measures")
    rows = rows.with_columns(pl.col("run_id") + "-99").join(more, on="run_id", how="semi")
    tables.write(tmp_path, "measures", pl.concat([tables.read(tmp_path, "measures"), rows]))
    fit(tmp_path)
    with pytest.warns(LeftOut, match=r"verdict.csv is of other runs; run `sim compare .*` again"):
        draw(tmp_path, only=("society", "verdict"))
    compare(tmp_path)
    assert title(make(tmp_path, "verdict")[1])


def test_a_point_with_failed_runs_is_not_drawn(tmp_path):
    made_up(tmp_path, days=(365,))
    runs = tables.read(tmp_path, "runs")
    failed = (pl.col("arm") == "wall") & (pl.col("point") == 1)
    status = pl.when(failed).then(pl.lit("failed")).otherwise("status").alias("status")
    tables.write(tmp_path, "runs", runs.with_columns(status))
    fit(tmp_path)
    compare(tmp_path)
    found = said(make(tmp_path, "greetings")[1])
    assert "slope\u00a04" in found
    assert "slope\u00a02" not in found


def test_nothing_to_draw_is_an_error(tmp_path):
    with pytest.raises(InputError, match=r"study\.json"):
        draw(tmp_path)
    made_up(tmp_path, slopes=(2.0,), days=(365,))
    runs = tables.read(tmp_path, "runs")
    tables.write(tmp_path, "runs", runs.with_columns(pl.lit("failed").alias("status")))
    fit(tmp_path)
    with pytest.raises(InputError) as nothing:
        draw(tmp_path, all=True)
    first, *reasons = str(nothing.value).splitlines()
    assert first == f"{tmp_path}: no figure can be drawn"
    assert {line.partition(": left out, ")[0] for line in reasons} == set(figure_names.own())
    assert any(line.startswith("why: ") and "run `sim why` first" in line for line in reasons)
    assert max(map(len, reasons)) <= LONGEST_MESSAGE


@pytest.mark.parametrize("margin", [0.0001, 0.5, *slow(0.01)])
def test_every_axis_has_a_width_and_no_warning_of_a_library_is_shown(tmp_path, margin):
    made_up(tmp_path, slopes=(2.0,), days=(365,), margins=MARGINS | {"support": margin})
    precision.precision(tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        axes = make(tmp_path, "precision")[0].axes
        draw(tmp_path, only=("precision", "verdict"))
    assert all(low < high for each in axes for low, high in (each.get_xlim(), sorted(each.get_ylim())))


@pytest.mark.parametrize(
    "wrong, match",
    [
        ({"lang": "fra"}, "unknown language 'fra'; expected one of en, fr; perhaps you meant 'fr'"),
        ({"formats": ("svgz",)}, "unknown format 'svgz'; expected one of pdf, png, svg; perhaps you meant 'svg'"),
        ({"formats": "svg"}, "expected a sequence"),
        ({"formats": ()}, "no format"),
    ],
)
def test_unknown_languages_and_formats_are_refused(folder, wrong, match):
    before = set(folder.iterdir())
    with pytest.raises(InputError, match=match):
        draw(folder, **wrong)
    assert set(folder.iterdir()) == before


# Files


def test_same_tables_same_bytes_and_no_global_state(tmp_path, folder):
    before = dict(matplotlib.rcParams)
    one, two = (draw(folder, "fr", out=tmp_path / name) for name in ("one", "two"))
    assert dict(matplotlib.rcParams) == before
    assert [file.name for file in one] == [f"{name}.fr.svg" for name in COMMON]
    for first, second in zip(one, two):
        assert first.read_bytes() == second.read_bytes()
    assert not list((tmp_path / "one").glob(".*"))  # nothing half-written
    assert "<dc:date>" not in one[0].read_text()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_other_formats_are_the_same_bytes_too(tmp_path, folder, kind):
    one, two = (draw(folder, formats=(kind,), out=tmp_path / name, only=("society",))[0] for name in ("one", "two"))
    assert one.name == f"society.en.{kind}"
    assert one.read_bytes() == two.read_bytes()


def test_user_settings_do_not_change_a_figure(tmp_path, folder):
    plain = draw(folder, out=tmp_path / "plain", only=("society",))
    with matplotlib.rc_context({"font.size": 20, "axes.facecolor": "red"}):
        styled = draw(folder, out=tmp_path / "styled", only=("society",))
    assert [file.read_bytes() for file in plain] == [file.read_bytes() for file in styled]


def test_drawing_loads_no_world():
    code = (
        "import sys, sim.figures.drawing as d; bad = ('numba', 'mesa', 'sim.world', 'matplotlib.pyplot', 'networkx'); "
        "print([m for m in sys.modules if m.startswith(bad)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# Where they are from


STANDINGS = {
    Standing(True, (), 0, 0): (
        "Study (seal 0123456789ab): sealed before running. Margins (smallest changes that count), set beforehand: 5%",
        "Étude (sceau 0123456789ab)\u00a0: scellée avant les simulations. Marges (plus petits écarts qui comptent), "
        "fixées d’avance\u00a0: 5",
    ),
    Standing(False, ("question", "margins", "scenario", "code"), 12, 3): (
        "Study (seal 0123456789ab): sealed after runs had begun; changed after sealing: question, margins, scenario, code; "
        "earlier runs: 12; earlier seals: 3. Margins (smallest changes that count), changed after sealing: 5%",
        "Étude (sceau 0123456789ab)\u00a0: scellée après le début des simulations\u202f; modifiée après scellement\u00a0: "
        "question, marges, scénario, code\u202f; simulations antérieures\u00a0: 12\u202f; sceaux antérieurs\u00a0: 3. "
        "Marges (plus petits écarts qui comptent), modifiées après scellement\u00a0: 5",
    ),
}
LONG = "/a/rather/long/way/down/to/some/folder/in/which/somebody/keeps/all/of/their/studies/of/birthdays/prompts.toml"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", COMMON)
def test_the_source_line_says_seeds_and_how_a_figure_is_made_again(tmp_path, name, lang):
    command = f"sim sweep {LONG} --size quick"
    figure, found = make(made_up(tmp_path, slopes=(2.0,), command=command, file=LONG, size="quick"), name, lang)
    well_set(figure, found)
    then = {"en": "then sim compare and sim draw.", "fr": "puis sim compare et sim draw."}[lang]
    assert f"sim sweep …{LONG[-60:]} --size quick, {then}" in said(found)
    assert {"en": "(one per seed: 1–4)", "fr": "(une par graine\u00a0: 1–4)"}[lang] in said(found)
    assert {"en": "(seal", "fr": "(sceau"}[lang] not in said(found)


def test_the_source_line_says_whether_the_study_was_sealed(tmp_path, monkeypatch):
    made_up(tmp_path, slopes=(2.0,))
    about = json_files.read(tmp_path, "study.json")
    made = sealed(about)
    json_files.write(tmp_path, "study.json", about | {"seal": made})
    for standing, expected in STANDINGS.items():
        monkeypatch.setattr("sim.study.records.seal.standing", lambda *_, standing=standing: standing)
        compare(tmp_path)
        for lang, line in zip(LANGUAGES, expected):
            figure, found = make(tmp_path, "verdict", lang)
            well_set(figure, found)
            assert line.replace("0123456789ab", made["hash"][:12]) in said(found)
            assert not (lang == "fr" and BAD_FRENCH.findall(line))
    monkeypatch.undo()
    json_files.write(tmp_path, "study.json", about)  # swept again without the seal, not yet compared again
    assert "(seal" not in said(make(tmp_path, "society")[1])


# Setting


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", COMMON)
def test_nothing_overlaps_or_is_cut(folder, name, lang):
    well_set(*make(folder, name, lang))


def test_labels_are_spread_without_overlap():
    wanted, sizes = [0.0, 0.1, 0.15, 3.0, 3.9], [0.5, 0.6, 0.4, 0.5, 0.6]
    found = style.spread(wanted, sizes, 0, 4, gap=0.05)
    ends = [(place - size / 2, place + size / 2) for place, size in zip(found, sizes)]
    assert ends[0][0] >= 0
    assert ends[-1][1] <= 4
    assert all(left[1] + 0.05 <= right[0] + 1e-9 for left, right in itertools.pairwise(ends))
    assert found[3] == 3.0


BAD_FRENCH = re.compile(r" [:;?!%»]|« |'|\w[;?!]|\d\.\d")


def test_french_is_set_as_french(folder):
    for name in COMMON:
        for text in make(folder, name, "fr")[1]:
            assert not BAD_FRENCH.findall(text.get_text().replace("0.1.0+abc", ""))


def test_numbers_of_both_languages():
    en, fr = Words("en"), Words("fr")
    assert en.number(1234.5) == "1,234"
    assert fr.number(1234.5) == "1\u202f234"
    assert fr.percent(0.0512, signed=True) == "+5,1\u202f%"
    assert en.percent(-0.05) == "−5%"
    assert en.number(0.000001) == "0"
    assert en.number(float("nan")) == "–"
    assert fr.plus_minus(6.31, 1.84) == "6,3\u00a0±\u00a01,8"
    assert en.plus_minus(0.31, 0.03, " %", 1) == "0.3\u00a0±\u00a0<0.1%"
    assert en.plus_minus(15.2, 0.3) == "15.2\u00a0±\u00a00.3"
