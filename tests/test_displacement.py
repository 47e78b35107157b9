"""What minutes take and give: the break-even line, by pencil and against the world, and the map that shows it."""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from conftest import grown_for
from records import write_study
from test_figures import BAD_FRENCH, LEGS, MARGINS, make, one_run, said, title, well_set

from sim.figures.drawing import LeftOut, draw
from sim.figures.words import Words
from sim.study.judging import breakeven
from sim.study.judging.breakeven import Tie, break_even, gained, kept, lost, typical
from sim.study.judging.contrast import compare
from sim.study.records import json_files, tables
from sim.text import LANGUAGES
from sim.world.model import World

TIE = Tie(planned=0.02, meeting=0.1, composed=0.002, cheap=0.0005, plans=0.0, linked=0.5, touch=0.4, exchange=0.5)

# The line


def test_without_a_platform_nothing_is_gained_and_the_line_is_at_no_loss():
    nothing = replace(TIE, composed=0.0, cheap=0.0, linked=0.0)
    assert gained(nothing, 1.0) == 0
    assert lost(nothing, 1.0, substitution=1.0, complement=1.0) == 0
    assert lost(nothing, 0.9, 0.0, 0.0) == pytest.approx(0.1 * 0.02)
    assert break_even(nothing, 0.9, 0.0, 0.0) == math.inf  # no dose of messages makes up for it: there are none


def test_a_platform_that_takes_nothing_only_gives():
    f = kept(0.0, within_reach=50, social=100)
    assert f == 1
    assert lost(TIE, f, substitution=0.0, complement=0.0) == 0
    assert gained(TIE, 0.0) == 0.0005
    assert break_even(TIE, f, 0.0, 0.0) < 0
    assert lost(replace(TIE, plans=0.01), f, 0.0, 0.0) == pytest.approx(-0.001)  # a plan to meet is contact won


def test_the_line_by_hand():
    f = kept(0.4, within_reach=30, social=120)  # 12 of 120 minutes: a tenth
    assert f == pytest.approx(0.9)
    wish = 1 + 0.5 * ((1 - 0.5 * 0.4) * (1 + 0.2 * 0.5) - 1)  # half of the ties are linked: 1 + .5 (.8 × 1.1 - 1) = .94
    assert lost(TIE, f, substitution=0.5, complement=0.2) == pytest.approx(0.02 * (1 - 0.9 * wish))
    assert break_even(TIE, f, 0.5, 0.2) == pytest.approx((0.02 * (1 - 0.9 * 0.94) - 0.0005) / 0.002)
    assert break_even(TIE, f, 0.5, 0.2) == pytest.approx(1.29)
    assert gained(TIE, 1.29) == pytest.approx(lost(TIE, f, 0.5, 0.2))


def test_the_line_rises_with_what_is_taken_and_falls_with_what_brings_together():
    shares = np.linspace(0, 1, 11)
    line = break_even(TIE, kept(shares, 30, 120), 0.3, 0.2)
    assert line.shape == shares.shape
    assert (np.diff(line) > 0).all()
    at = {"f": kept(0.5, 30, 120), "substitution": 0.3, "complement": 0.2}
    here = break_even(TIE, **at)
    assert break_even(TIE, **at | {"f": kept(0.5, 60, 120)}) > here  # more minutes
    assert break_even(TIE, **at | {"substitution": 0.6}) > here
    assert break_even(TIE, **at | {"complement": 0.4}) < here
    assert break_even(TIE, **at, cheap_dose=2.0) < here
    for name, way in (("touch", 1), ("exchange", -1), ("plans", -1), ("cheap", -1), ("composed", -1), ("planned", 1)):
        more = break_even(replace(TIE, **{name: 1.1 * getattr(TIE, name) + 0.001}), **at)
        assert math.copysign(1, more - here) == way, name


def test_memories_stand_where_intake_and_fading_balance():
    t = x = 0.0
    for _ in range(2000):
        t = t * (1 - 1 / 21) + 0.03 * (1 - t)
        x = 0.2 * 1 + 0.8 * x * (1 - 1 / 21)
    assert breakeven.stationary_touch(0.03, 21) == pytest.approx(t)
    assert breakeven.stationary_exchange(-math.log(0.8), 21) == pytest.approx(x)
    assert breakeven.stationary_touch(0.0, 21) == breakeven.stationary_exchange(0.0, 21) == 0


def test_a_typical_tie_is_made_of_measured_rates():
    control = {"received_visit": 730, "received_call": 365, "received_letter": 36.5, "ties": 10}
    arm = {
        "received_message": 73, "received_comment": 36.5, "received_group": 0, "received_greeting": 3.65,
        "received_reaction": 36.5, "views": 365, "ties": 10, "links": 5, "acquaintance_total": 4,
    }  # fmt: skip
    values = {
        **{f"society.channels.{name}.dose": dose for name, dose in DOSES.items()},
        **{f"society.channels.{name}.dose_sent": DOSES[name] for name in ("letter", "message", "comment", "group",
                                                                          "greeting", "reaction")},
        **{f"society.channels.{name}.touch": 0.1 for name in ("message", "comment", "group", "greeting", "reaction", "view")},
        "platform.messages.reply": 0.5, "platform.comments.reply": 0.25, "society.response.reply_half": 0.4,
        "society.response.meet_after": 0.1, "society.response.touch_memory": 20, "society.response.exchange_memory": 10,
    }  # fmt: skip
    tie = typical(control, arm, values)
    assert tie.planned == pytest.approx(0.2 * 0.1 + 0.1 * 0.08 + 0.01 * 2 * 0.05)
    assert tie.meeting == pytest.approx(0.029 / 0.32)
    assert tie.composed == pytest.approx(0.02 * 2 * 0.04 + 0.01 * 2 * 0.02)
    assert tie.cheap == pytest.approx((0.001 + 0.01) * 2 * 0.002 + 0.1 * 0.002)
    # closeness .4, so half of .5 of messages and half of .25 of comments are answered
    assert tie.plans == pytest.approx(0.1 * (0.04 * 0.25 / 1.25 + 0.02 * 0.125 / 1.125))
    touched = 2 * 0.1 * (0.02 + 0.01 + 0.001 + 0.01 + 0.1) / 0.5  # a linked tie has twice the mean
    assert tie.touch == pytest.approx(touched / (touched + 1 / 20))
    assert tie.exchange == pytest.approx(breakeven.stationary_exchange(2 * 0.03 / 0.5, 10))
    unlinked = typical(control, dict.fromkeys(arm, 0.0) | {"ties": 10}, values)
    assert (unlinked.linked, unlinked.touch, unlinked.exchange, unlinked.plans) == (0, 0, 0, 0)


DOSES = {"visit": 0.1, "call": 0.08, "letter": 0.05, "message": 0.04, "comment": 0.02, "group": 0.02,
         "greeting": 0.002, "reaction": 0.002, "view": 0.002}  # fmt: skip


# In the world


def test_real_life_hours_fall_with_every_share_taken(a_study):
    study = a_study(vary='displacement = [0.0, 0.3, 0.6, 1.0]\nsubstitution = [0.0]', name="taken", horizons='["1y"]')
    society = grown_for(study)
    hours, taken = [], []
    for point in study.points():
        world = World(study, "wall", 1, point=point, grown=society)
        world.begin_year()
        world.run(120)
        found = {row.measure: row.value for row in world.measure() if row.tie_class == "all"}
        hours.append(found["planned_hours"])
        taken.append(found["taken_minutes"])
    assert (np.diff(hours) < 0).all(), hours
    assert taken == pytest.approx(taken[-1] * np.array([0, 0.3, 0.6, 1.0]), rel=1e-4)  # what is within reach does not vary
    assert breakeven.kept(1.0, taken[-1], 60 * hours[0]) < 1


# The map


NAMES = ("platform.minutes", "substitution", "displacement", "composed_dose")
GRID = tuple(itertools.product((50.0, 130.0), (0.0, 0.6), (0.1, 0.4, 1.0), (0.0, 1.0)))
VALUES = {
    **{f"society.channels.{name}.dose": dose for name, dose in DOSES.items()},
    **{f"society.channels.{name}.touch": 0.1 for name in ("message", "comment", "group", "greeting", "reaction", "view")},
    "society.response.complement": 0.2, "society.response.cheap_dose": 1.0, "society.response.reply_half": 0.1,
    "society.response.meet_after": 0.05, "society.response.touch_memory": 21, "society.response.exchange_memory": 21,
    "platform.minutes": 50.0, "society.response.substitution": 0.3,
}  # fmt: skip
FALLS = {"S_all": -0.2, "S_old": -0.2, "core": -0.2, "real_hours": -0.2, "strong": -0.2}


def thins(place) -> bool:
    """Where the made-up ties thin: everything is taken and messages bind nobody."""
    return place[2] == 1 and place[3] == 0


def a_map(folder, thins=thins, grid=GRID, names=NAMES, seeds=4, without=(), **about):
    """A result folder of this design, as a sweep would leave it, compared; `without` some of its points."""
    luck, rows, runs, pairs = np.random.default_rng(1), [], [], []
    points = [{"point": k} | dict(zip(names, place)) for k, place in enumerate(grid)]
    for (k, place), seed, arm in itertools.product(enumerate(grid), range(1, seeds + 1), ("none", "wall", "placebo")):
        if k in without:
            continue
        run, wall = f"{arm}-{k}-{seed}", arm == "wall"
        runs.append(one_run(run, arm, k, seed) | dict(zip(names, place)))
        values = {
            ("all", name): value * (1 + wall * thins(place) * FALLS.get(name, 0)) * (1 + 0.002 * luck.normal())
            for name, value in LEGS.items()
        }
        values |= {("all", "links"): 60 * wall, ("all", "platform_minutes"): 40 * wall, ("all", "prompted"): 0}
        values |= {("all", "received_greeting"): 0, ("all", "planned_hours"): 2.5}
        values["all", "taken_minutes"] = wall * place[2] * (40 if place[0] == 50 else 75)
        for circle, ties, visits in (("support", 5, 80), ("sympathy", 10, 20)):
            shares = {"ties": ties, "links": 0.6 * ties * wall, "acquaintance_total": 0.8 * ties, "views": 30 * ties * wall}
            shares |= {f"received_{name}": rate * ties for name, rate in (("visit", visits), ("call", visits), ("letter", 3))}
            shares |= {f"received_{name}": wall * 5 * ties for name in ("message", "comment", "group", "greeting", "reaction")}
            shares["S_all"] = 0.5 * ties * (1 - 0.1 * wall * thins(place)) * (1 + 0.001 * luck.normal())
            values |= {(circle, name): value for name, value in shares.items()}
        rows += [(run, 365, "all", circle, name, "unit", 500, float(value)) for (circle, name), value in values.items()]
        if wall:
            pairs += [("s", k, seed, "platform", 365, "all", "all", name, "unit", 0.001 * luck.uniform(), 0.0005)
                      for name in ("partners", "carriers")]  # fmt: skip
    tables.write(folder, "runs", pl.DataFrame(runs))
    tables.write(folder, "measures", pl.DataFrame(rows, schema=dict(tables.SCHEMAS["measures"]), orient="row"))
    tables.write(folder, "pairs", pl.DataFrame(pairs, schema=dict(tables.SCHEMAS["pairs"]), orient="row"))
    contrast = {"name": "platform", "arm": "wall", "control": "none", "primary": True, "kind": "after", "expect": None}
    study = {
        "name": "time-displacement", "question": "When?", "question_fr": "Quand ?", "contrasts": [contrast],
        "margins": MARGINS, "horizons": [365], "points": points, "seeds_planned": seeds, "people": 500,
        "placebo": "placebo", "control_of_placebo": "none", "reshuffled": None, "given_graph": None,
        "drivers": [{"name": "a", "status": "assumed"}], "values": {"wall": VALUES, "none": {}}, "version": "0.1.0+abc",
    }  # fmt: skip
    write_study(folder, **study | about)
    compare(folder)
    return folder


def cells(figure) -> list[str]:
    """What stands in the cells, the first panel first, each from the lower left."""
    return [text.get_text() for axes in figure.axes for text in axes.texts]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_map_says_what_the_tables_say(tmp_path, lang):
    a_map(tmp_path)
    figure, found = make(tmp_path, "displacement", lang)
    well_set(figure, found)
    thinned, inert = {"en": ("thinned", "inert"), "fr": ("appauvris", "sans effet")}[lang]
    written = cells(figure)
    assert len(written) == 24
    assert [text.startswith(f"▼\n{thinned}") for text in written] == [thins(place) for place in GRID]
    assert [text.startswith(f"=\n{inert}") for text in written] == [not thins(place) for place in GRID]
    assert all(re.search(r"\n−(20|19[.,]\d|20[.,]\d) ± 0[.,]\d", text) for text in written if thinned in text)
    expected = {
        "en": "Ties thin out only if we assume that a platform takes all its time from real life and that messages do not "
        "strengthen ties at all",
        "fr": "Les liens ne s’appauvrissent que si l’on suppose que le temps passé sur la plateforme est entièrement pris à "
        "la vie réelle et que les messages ne renforcent pas du tout les liens",
    }
    assert title(found) == expected[lang]
    tally = {
        "en": "Ties thin out in 4 of 24 combinations: 2 of 12 at 50 minutes a day and 2 of 12 at 130.",
        "fr": "Les liens s’appauvrissent dans 4 combinaisons sur 24\u00a0: 2 sur 12 à 50 minutes par jour et 2 sur 12 à 130.",
    }
    assert tally[lang] in said(found)
    falls = {"en": "by more than 5% in 4 of 24", "fr": "de plus de 5\u202f% dans 4 cas sur 24"}[lang]
    assert falls in said(found)
    share = {"en": "of 50 minutes", "fr": "des 50 minutes"}[lang]
    assert share in said(found)  # what is really taken stands beside what was asked
    assert not any(BAD_FRENCH.findall(text.get_text().replace("0.1.0+abc", "")) for text in found if lang == "fr")


def test_the_lines_on_the_map_are_the_break_even_lines(tmp_path):
    a_map(tmp_path, grid=tuple(itertools.product((50.0, 130.0), (0.0, 0.6), (0.1, 0.4, 0.8), (0.0, 1.0))))
    figure, _ = make(tmp_path, "displacement")
    rates = {"visit": 80, "call": 80, "letter": 3}
    control = {f"received_{name}": 5 * rate for name, rate in rates.items()} | {"ties": 5}
    arm = {f"received_{name}": 25 for name in ("message", "comment", "group", "greeting", "reaction")}
    tie = typical(control, arm | {"ties": 5, "views": 150, "links": 3, "acquaintance_total": 4}, VALUES)
    drawn = figure.axes[0].lines[0]  # 50 minutes, nothing replaced: the closest five
    for share, column in ((0.1, 0), (0.4, 1), (0.6, 1.5), (0.8, 2)):
        height = break_even(tie, kept(share, 40, 150), 0.0, 0.2)
        assert np.interp(column, drawn.get_xdata(), drawn.get_ydata()) == pytest.approx(float(height), abs=0.01)


def test_circles_beyond_all_cells_are_named_instead_of_drawn(tmp_path):
    a_map(tmp_path, values={"wall": VALUES | {"society.channels.view.touch": 0.9}})
    figure, found = make(tmp_path, "displacement")
    assert "By arithmetic, the closest five always lose" in said(found)
    assert [len(axes.lines) for axes in figure.axes] != [2, 2, 2, 2]


def test_minutes_and_substitution_need_not_vary(tmp_path):
    grid, names = list(itertools.product((0.0, 0.5, 1.0), (0.0, 1.0, 2.0))), ("response.displacement", "composed_dose")
    a_map(tmp_path, grid=[(50.0, 0.3, *place) for place in grid], names=("a", "b", *names), thins=lambda place: False)
    about = json_files.read(tmp_path, "study.json")
    points = [{name: point[name] for name in ("point", *names)} for point in about["points"]]
    kept = {name: value for name, value in about.items() if name not in ("design", "folder")}
    write_study(tmp_path, **kept | {"points": points})
    compare(tmp_path)
    figure, found = make(tmp_path, "displacement")
    well_set(figure, found)
    assert len(cells(figure)) == 9
    assert title(found) == "Ties thin out in none of 9 combinations"
    assert "replaces up to 30% of the wish to meet" in said(found)


def test_an_unfinished_map_shows_what_there_is(tmp_path):
    a_map(tmp_path, without=range(9, 24), seeds=1)
    for lang in LANGUAGES:
        figure, found = make(tmp_path, "displacement", lang)
        well_set(figure, found)
        assert cells(figure)[9:] == [Words(lang)("displacement-cell-unfinished")] * 15
        assert "±" not in said(found)
    assert "15 combinaisons sur 24 ne sont pas achevées." in said(found)


@pytest.mark.parametrize(
    "about, reason",
    [
        ({"points": [{"point": 0, "displacement": 0.1}]}, "the design does not vary displacement and composed_dose"),
        ({"points": [{"point": 0, "displacement": 0.1, "composed_dose": 0.0, "prompts.slope": 1.0}]}, "varies slope too"),
        ({"values": {}}, "study.json does not name the platform's values"),
    ],
)
def test_without_its_design_or_values_the_map_is_left_out(tmp_path, about, reason):
    a_map(tmp_path, **about)
    with pytest.warns(LeftOut, match=f"displacement: left out, .*{reason}"):
        files = draw(tmp_path, only=("displacement", "verdict"))
    assert "displacement.en.svg" not in [file.name for file in files]


@pytest.mark.parametrize("arms", [{"arm": "none", "control": "wall"}, {"arm": "wall", "control": "wall"}])
def test_a_platform_must_be_held_against_none(tmp_path, arms):
    a_map(tmp_path)
    about = json_files.read(tmp_path, "study.json")
    changed = {"contrasts": [one | arms for one in about["contrasts"]], "control_of_placebo": arms["control"]}
    json_files.write(tmp_path, "study.json", about | changed)
    compare(tmp_path)
    with pytest.warns(LeftOut, match="displacement: left out, the primary contrast does not hold a platform against none"):
        draw(tmp_path, only=("displacement", "verdict"))
