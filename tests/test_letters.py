"""Letters and calls against a wall that costs nothing: the study, its worlds, and its figure from made-up tables."""

from __future__ import annotations

import itertools

import polars as pl
import pytest
from conftest import SCENARIOS, grown_for
from records import write_study
from test_figures import BAD_FRENCH, MARGINS, make, one_run, said, title, well_set

import sim
from sim.channels import CALL, LETTER
from sim.figures.drawing import LeftOut, draw
from sim.scenario.reading import load
from sim.study.judging.contrast import compare
from sim.study.records import tables
from sim.text import LANGUAGES
from sim.world.events import EventLog
from sim.world.state import WEEK

# --- the study -----------------------------------------------------------------------------------


def test_the_control_is_one_life_at_every_substitution_and_the_wall_is_free():
    study = load(SCENARIOS / "letters-to-wall.toml")
    points = study.points()
    assert len(points) == len({study.fingerprint("free-wall", point) for point in points}) > 2
    assert len({study.fingerprint("none", point) for point in points}) == 1
    for point in points:
        response = study.resolve("free-wall", point).society.response
        assert (response.displacement.value, response.substitution.value) == (0, point["substitution"])
        assert study.society_fingerprint("free-wall", point) == study.society_fingerprint("none", point)


# --- worlds --------------------------------------------------------------------------------------

FREE = '"response.displacement" = 0.0'
NO_FORCE = f'{FREE}, "response.substitution" = 0.0, "response.complement" = 0.0, "response.meet_after" = 0.0'
ARMS = f"""
[arms.inert-wall]
platform = "wall-2009"
set = {{ {NO_FORCE}, "response.suppression" = 0.0 }}
[arms.meeting-wall]
platform = "wall-2009"
set = {{ {FREE}, "response.substitution" = 0.0, "response.meet_after" = 1.0 }}
[arms.replacing-wall]
platform = "wall-2009"
set = {{ {FREE}, "response.substitution" = 1.0 }}
"""


@pytest.fixture(scope="module")
def study(a_study):
    return a_study(ARMS, name="letters", people=200, burn_in='"7y"')  # so many days that the branch is a plan day


@pytest.fixture(scope="module")
def grown(study):
    return grown_for(study)


def planned_acts(study, grown, arm: str, days: int) -> list[tuple]:
    """Letters, calls and visits of these days, birthdays apart: those follow closeness within the week."""
    log = EventLog()
    sim.World(study, arm, 1, grown=grown).run(days, log)
    columns = log.columns()
    acts = zip(*(columns[name].tolist() for name in ("day", "from", "to", "channel", "content")))
    return sorted(act for act in acts if act[3] in ("letter", "call", "visit") and act[4] != "birthday")


def test_in_its_first_week_a_wall_without_forces_moves_no_letter(study, grown):
    """What was planned before closeness could change stands: the same letters, calls and visits, to the last act."""
    assert grown.state.day % WEEK == 0
    control, inert, meeting = (planned_acts(study, grown, arm, WEEK) for arm in ("none", "inert-wall", "meeting-wall"))
    assert {act[3] for act in control} == {"letter", "call", "visit"}
    assert len(control) > 300
    assert inert == control
    assert meeting != control


def test_closeness_feeds_back_after_the_first_plan_day(study, grown):
    """The test above is not empty: the inert wall is used, and what it gives moves contact a little in the end."""
    control, inert = (planned_acts(study, grown, arm, 60) for arm in ("none", "inert-wall"))
    assert inert != control
    assert abs(len(inert) / len(control) - 1) < 0.02


def test_letters_and_calls_fall_where_being_in_touch_replaces_them(study, grown):
    sent = {}
    for arm in ("none", "inert-wall", "replacing-wall"):
        world = sim.World(study, arm, 1, grown=grown)
        world.begin_year()
        world.run(365)
        by_channel = world.state.tally.received.sum(axis=(0, 1, 3))
        sent[arm] = by_channel[[LETTER, CALL]].astype(int)
    assert (sent["replacing-wall"] < 0.9 * sent["none"]).all()
    assert (abs(sent["inert-wall"] / sent["none"] - 1) < 0.05).all()


# --- the figure ----------------------------------------------------------------------------------

POINTS = (0.0, 0.3, 1.0)
FELT = {"received_letter": 20.0, "received_call": 380.0, "received_visit": 500.0, "effort_real": 18.0}
LETTERS = (1.1, 1.0, 0.7, 0.6, 0.5, 0.4)  # times what they are without a platform, by point
PAIRS = (1.08, 1.04, 0.9, 0.8, 0.7, 0.6)
CORE = (1.2, 1.1, 0.85, 0.8, 0.7, 0.6)
WALL = {"received_message": 120.0, "received_comment": 90.0, "received_group": 30.0, "received_greeting": 12.0,
        "effort_online": 2.0, "platform_minutes": 40.0, "links": 60.0, "prompted": 12.0}  # fmt: skip
LEGS = {"S_all": 11.0, "S_old": 10.9, "strong": 15.0, "real_hours": 3.0, "acquaintance_total": 18.0, "received_card": 50.0}


def made_up(folder, seeds=4, points=POINTS, days=(365, 730), without=(), taken=0.0, pairs=7.0, varied="substitution", **about):
    """A result folder of such a study, with known numbers.

    without : measures left out; taken : minutes a day; pairs : support of those who wrote; varied : what the design varies
    """
    runs, rows, distances = [], [], []
    for (point, value), seed, arm in itertools.product(enumerate(points), range(1, seeds + 1), ("none", "free-wall", "placebo")):
        run = f"{arm}-{point}-{seed}"
        runs.append(one_run(run, arm, point, seed) | {varied: value})
        wall = arm == "free-wall"
        luck = 1 + 0.01 * (seed - (seeds + 1) / 2)  # the same mean whatever the number of seeds
        found = {name: each * (LETTERS[point] if wall else 1) for name, each in FELT.items()}
        found |= {name: each * wall for name, each in WALL.items()} | LEGS
        found |= {"S_letter_pairs": pairs * (PAIRS[point] if wall else 1), "core": 130 * (CORE[point] if wall else 1)}
        found["taken_minutes"] = taken * wall
        rows += [
            (run, day, "all", "all", name, "unit", 500, each * luck)
            for day in days for name, each in found.items() if name not in without
        ]  # fmt: skip
        if wall:
            distances += [
                ("s", point, seed, "free", day, "all", "all", name, "unit", 0.01, 0.001)
                for day in days for name in ("partners", "carriers")
            ]  # fmt: skip
    tables.write(folder, "runs", pl.DataFrame(runs))
    tables.write(folder, "measures", pl.DataFrame(rows, schema=dict(tables.SCHEMAS["measures"]), orient="row"))
    tables.write(folder, "pairs", pl.DataFrame(distances, schema=dict(tables.SCHEMAS["pairs"]), orient="row"))
    study = {
        "name": "letters-to-wall",
        "question": "Do words on a wall take the place of letters?",
        "question_fr": "Les mots sur un mur remplacent-ils les lettres ?",
        "claims": ["C6"],
        "contrasts": [{"name": "free", "arm": "free-wall", "control": "none", "primary": True, "kind": "after", "expect": None}],
        "margins": MARGINS,
        "horizons": list(days),
        "points": [{"point": k, varied: value} for k, value in enumerate(points)],
        "seeds_planned": seeds,
        "people": 1000,
        "placebo": "placebo",
        "control_of_placebo": "none",
        "reshuffled": None,
        "given_graph": None,
        "drivers": [{"name": "a", "status": "assumed"}, {"name": "b", "status": "read"}],
        "version": "0.1.0+abc",
    }
    write_study(folder, **study | about)
    compare(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return made_up(tmp_path_factory.mktemp("letters"))


def test_the_title_says_the_numbers_of_the_tables(folder):
    found = title(make(folder, "letters")[1])
    assert found == (
        "With a wall, letters and calls rise by 10% if being in touch online replaces none of the wish to meet, and fall by 30% "
        "if it replaces all of it"
    )
    english, french = (said(make(folder, "letters", lang)[1]) for lang in ("en", "fr"))
    assert "support between people who used to write letters changes by +8% and −10%. This wall takes no time" in english
    assert "augmentent de 10\u202f% si le contact en ligne ne remplace en rien l’envie de se voir" in french
    assert "et baissent de 30\u202f% s’il la remplace entièrement" in french
    assert "varie de +8\u202f% et de −10\u202f%" in french


def test_a_wall_that_takes_time_is_not_called_free(tmp_path):
    made_up(tmp_path, taken=3.0)
    assert "takes no time" not in said(make(tmp_path, "letters")[1])
    assert "takes no time" not in title(make(tmp_path, "verdict")[1])


def test_channels_effort_and_verdicts_are_in_numbers(folder):
    found = said(make(folder, "letters")[1])
    for part in ("20 22 (+10%) 14 (−30%)", "380 418 (+10%) 266 (−30%)", "0 120 120", "50 50 (0%) 50 (0%)"):
        assert part in found
    for total in ("18 ± ", "21.8 ± ", "20 ± ", "14.6 ± "):  # real times .7, and two minutes on the wall
        assert total.replace(" ", "\u00a0") in found
    assert "hollowed" in found  # support stands and the core is lost at substitution 1
    assert "0: not at all" in found
    assert "the interval is narrower than its mark" in found


def test_changes_are_drawn_where_they_belong(folder):
    figure, _ = make(folder, "letters")
    forest = figure.axes[-1]
    drawn = {line.get_marker(): [] for line in forest.lines}
    for line in forest.lines:
        drawn[line.get_marker()].append(float(line.get_xdata()[0]))
    assert drawn["o"] == pytest.approx([10, 0, -30], abs=1e-6)
    assert drawn["D"] == pytest.approx([8, 4, -10], abs=1e-6)
    assert drawn["s"] == pytest.approx([20, 10, -15], abs=1e-6)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_overlaps_or_is_cut(folder, tmp_path, lang):
    for each in (folder, made_up(tmp_path, seeds=1, points=(0.3,), days=(365,))):
        figure, found = make(each, "letters", lang)
        well_set(figure, found)
        well_set(*make(each, "verdict", lang))
        if lang == "fr":
            assert not any(BAD_FRENCH.findall(text.get_text().replace("0.1.0+abc", "")) for text in found)


def test_many_points_are_all_drawn(tmp_path):
    figure, found = make(made_up(tmp_path, points=(0.0, 0.2, 0.4, 0.6, 0.8, 1.0), days=(365,)), "letters")
    well_set(figure, found)
    assert sum(line.get_marker() == "o" for line in figure.axes[-1].lines) == 6


def test_one_seed_at_one_point_is_drawn_without_an_interval(tmp_path):
    made_up(tmp_path, seeds=1, points=(0.3,), days=(365,))
    found = make(tmp_path, "letters")[1]
    assert "letters and calls rise by 10% (substitution\u00a00.3)" in title(found)
    assert "±" not in said(found)
    assert "interval is narrower" not in said(found)


def test_a_study_that_names_it_gets_it_whatever_claim_it_bears_on(tmp_path):
    made_up(tmp_path, claims=[], figures=["letters"])
    assert "letters.en.svg" in {file.name for file in draw(tmp_path)}


@pytest.mark.parametrize(
    "changed, reason",
    [
        ({"without": ("S_letter_pairs",)}, "S_letter_pairs was not measured"),
        ({"without": ("effort_online",)}, "effort_online was not measured"),
        ({"varied": "complement"}, "the design does not vary substitution alone"),
        ({"pairs": 0}, "without a platform there is no S_letter_pairs"),
        ({"without": ("links", "platform_minutes")}, "does not hold a platform against none"),
    ],
)
def test_what_the_tables_cannot_show_is_left_out_with_a_reason(tmp_path, changed, reason):
    made_up(tmp_path, **changed)
    with pytest.warns(LeftOut, match=f"letters: left out, .*{reason}"):
        files = draw(tmp_path, only=("letters", "verdict"))
    assert "letters.en.svg" not in {file.name for file in files}
