"""False dates: what they touch and what they leave, who is taken in, and the figures that tell of it."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from conftest import grown_for, slow
from records import fit
from test_figures import BAD_FRENCH, CLASSES, made_up, make, said, title, well_set

import sim
from sim.figures.drawing import LeftOut, draw
from sim.figures.results import Results
from sim.scenario.reading import load
from sim.study.judging.contrast import compare
from sim.study.records import tables
from sim.study.sweep.units import arms_of, run_fingerprint
from sim.world.events import EventLog

# --- the world -----------------------------------------------------------------------------------

NO_FORCE = '"response.substitution" = 0.0, "response.suppression" = 0.0, "response.displacement" = 0.0'
NO_WORDS = '"channels.greeting.dose" = 0.0, "channels.greeting.dose_sent" = 0.0, "response.nonbirthday" = 0.0'
ARMS = f"""
[arms.true]
platform = "wall-2009"
set = {{ {NO_FORCE}, {NO_WORDS} }}
[arms.false]
platform = "wall-2009"
set = {{ {NO_FORCE}, {NO_WORDS}, "prompts.false_share" = 0.3 }}
[arms.blind]
platform = "wall-2009"
set = {{ "prompts.slope" = 0.0 }}
[arms.steep]
platform = "wall-2009"
set = {{ "prompts.slope" = 16.0 }}
[arms.unheard]
platform = "wall-2009"
set = {{ "prompts.false_share" = 0.3, "prompts.birthday" = false }}
[arms.liars]
platform = "wall-2009"
set = {{ "prompts.false_share" = 0.3 }}
"""


@pytest.fixture(scope="module")
def study(a_study):
    return a_study(ARMS, name="false", people=300, burn_in='"8y"')


@pytest.fixture(scope="module")
def simulated(study):
    """A function: an arm's world after a year, and everything that was done in it."""
    grown, known = grown_for(study), {}

    def year(arm: str) -> tuple[sim.World, dict[str, np.ndarray]]:
        if arm not in known:
            world, log = sim.World(study, arm, 1, grown=grown), EventLog()
            world.begin_year()
            world.run(365, log=log)
            known[arm] = world, log.columns()
        return known[arm]

    return year


def measured(world) -> dict[tuple[str, str], float]:
    return {(row.measure, row.tie_class): row.value for row in world.measure() if row.profile == "all"}


def test_a_false_date_moves_the_prompted_greetings_of_who_shows_it_and_nothing_else(simulated):
    """With greetings that carry no closeness and replace nothing, all other acts of the year are the same acts."""
    (honest, told), (world, untold) = simulated("true"), simulated("false")
    people = world.state.people
    liar = people.member & (people.shown != people.birthday)
    assert 0.2 < liar.sum() / people.member.sum() < 0.4
    assert np.array_equal(honest.state.people.member, people.member)

    def acts(log, moved: bool) -> list[tuple]:
        chosen = (liar[log["to"]] & log["prompted"]) == moved
        return sorted(zip(*(log[name][chosen].tolist() for name in log)))

    assert acts(told, moved=False) == acts(untold, moved=False)
    true_day, false_day = ({(to, day % 365) for day, _, to, *_ in acts(log, moved=True)} for log in (told, untold))
    assert true_day
    assert all(people.birthday[to] == day for to, day in true_day)
    assert false_day
    assert all(people.shown[to] == day for to, day in false_day)


def test_where_no_birthday_is_announced_a_false_date_is_none(study, simulated):
    """One fingerprint, so one run."""
    (one, acts), (other, same) = simulated("no-prompt"), simulated("unheard")
    assert study.fingerprint("no-prompt") == study.fingerprint("unheard")
    assert one.measure() == other.measure()
    assert all(np.array_equal(acts[name], same[name]) for name in acts)


def test_the_outer_circle_follows_the_date_shown(simulated):
    found = measured(simulated("liars")[0])
    assert found["cue_share", "online"] > 0.97
    assert found["cue_share", "rest"] > 0.8
    assert found["cue_share", "support"] < 0.5 * found["cue_share", "rest"]


def test_who_knows_better_says_so_and_is_close(simulated):
    found = measured(simulated("liars")[0])
    assert found["wishes_false_nonbirthday", "all"] > 0
    assert found["wishes_true_nonbirthday", "all"] == 0
    assert found["strong_given_nonbirthday", "all"] > 2 * found["strong_given_greeting", "all"]


def test_without_prompts_every_wish_is_remembered(simulated):
    found = measured(simulated("no-prompt")[0])
    for what in ("auc", "strong_given", "told", "information"):
        assert found[f"{what}_any_wish", "all"] == found[f"{what}_wish", "all"]
        assert (f"{what}_greeting", "all") not in found
    assert found["wishes_true_prompt", "all"] == 0


@pytest.mark.slow
def test_a_prompt_that_greets_by_itself_tells_no_strong_tie(a_study, simulated):
    """Most greetings come from the few people who follow prompts, and chance makes these few closer or less close than others.

    So there are many people, who follow more prompts and are more alike in that: over seeds the share of strong ties then varies
    by 2 % (1 standard deviation), of 300 people as they are by 11 %.
    """
    alike = a_study(ARMS, '"people.greet_mean" = [0.3]\n"people.greet_concentration" = [2.0]', "blind", people=2500)
    world = sim.World(alike, "blind", 1, point=alike.points()[0], grown=grown_for(alike))
    world.begin_year()
    world.run(365)
    blind, steep = measured(world), measured(simulated("steep")[0])
    assert blind["auc_greeting", "all"] == pytest.approx(0.5, abs=0.01)
    assert blind["strong_given_greeting", "all"] == pytest.approx(blind["strong_linked", "all"], rel=0.1)
    assert blind["information_greeting", "all"] < 1e-3
    assert steep["auc_greeting", "all"] > 0.6
    assert steep["strong_given_greeting", "all"] > 2 * steep["strong_linked", "all"]


def test_the_control_and_its_placebos_are_run_once_for_all_slopes():
    """What the study costs: seven years a seed."""
    study = load("scenarios/false-birthday.toml")
    runs = {run_fingerprint(study, arm, point, 1, None, luck) for point in study.points() for _, arm, luck in arms_of(study)}
    assert len(runs) == 7


# --- the figures ---------------------------------------------------------------------------------

FIGURES = ("birthdays", "telling")
SLOPES = (0.0, 2.0, 4.0, 8.0)

# Received per person and year, by circle: (date shown, cause) -> support, sympathy, affinity, rest, new, online
NOTHING = (0.0,) * 6
WISHES = {
    ("false", "prompt"): (0.0, 0.1, 0.6, 4.4, 0.9, 5.0),
    ("false", "birthday"): (1.0, 1.8, 1.1, 0.1, 0.0, 0.0),
    ("false", "nonbirthday"): (1.4, 2.8, 1.2, 0.2, 0.0, 0.0),
    ("true", "prompt"): (0.6, 1.1, 2.7, 5.3, 0.7, 5.0),
    ("true", "birthday"): (1.0, 1.7, 1.1, 0.1, 0.0, 0.0),
    ("true", "nonbirthday"): NOTHING,
}
# Gesture -> share of strong ties among those on which it is made, share of strong ties it is made on, AUC
TOLD = {
    "greeting": (0.12, 0.14, 0.52),
    "wish": (0.76, 0.18, 0.59),
    "any_wish": (0.21, 0.30, 0.60),
    "nonbirthday": (0.78, 0.01, 0.51),
    "reaction": (0.16, 0.99, 0.95),
    "comment": (0.56, 0.92, 0.946),
    "message": (0.72, 0.96, 0.977),
    "letter": (0.92, 0.45, 0.72),
}
WITHOUT = TOLD | {"any_wish": (0.76, 0.19, 0.595)}
NEVER_WITHOUT = ("greeting", "nonbirthday")


def false_birthdays(folder, slopes=SLOPES, told=TOLD, greeting_auc=(0.50, 0.52, 0.54, 0.62), spread=0.01, seeds=4):
    """A result folder with the measures of false dates added to what every study has."""
    made_up(folder, slopes=slopes, arms=("no-prompt", "wall"), days=(365,), seeds=seeds, name="false-birthday")
    luck = np.random.default_rng(2)
    rows = []
    for run, arm, point in tables.read(folder, "runs").select("run_id", "arm", "point").iter_rows():

        def put(measure, value, tie_class="all", n=500, run=run):
            rows.append((run, 365, "all", tie_class, measure, "unit", n, float(value)))

        with_prompts = arm == "wall"
        for (date, cause), by_circle in WISHES.items():
            if not with_prompts and date == "false":
                continue
            amount = by_circle if with_prompts or cause != "prompt" else NOTHING
            n = 40 if date == "false" else 760
            put(f"wishes_{date}_{cause}", sum(amount), n=n)
            for tie_class, value in zip(CLASSES, amount):
                put(f"wishes_{date}_{cause}", value * (1 + 5 * spread * luck.normal()), tie_class, n=n)
        for gesture, (given, on_strong, auc) in (told if with_prompts else WITHOUT).items():
            if not with_prompts and gesture in NEVER_WITHOUT:
                continue
            auc = greeting_auc[point] if gesture == "greeting" else auc
            for what, value in (("strong_given", given), ("told", on_strong), ("auc", auc), ("information", 0.1 * given)):
                put(f"{what}_{gesture}", value * (1 + spread * luck.normal()))
        put("strong_linked", 0.085)
    more = pl.DataFrame(rows, schema=dict(tables.SCHEMAS["measures"]), orient="row")
    tables.write(folder, "measures", pl.concat([tables.read(folder, "measures"), more]))
    fit(folder)
    compare(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return false_birthdays(tmp_path_factory.mktemp("results"))


@pytest.fixture(scope="module")
def exact(tmp_path_factory):
    """The same without any spread over seeds."""
    return false_birthdays(tmp_path_factory.mktemp("exact"), spread=0)


@pytest.mark.parametrize("lang", ["fr", *slow("en")])
@pytest.mark.parametrize("name", FIGURES)
def test_nothing_overlaps_and_french_is_french(folder, name, lang):
    figure, found = make(folder, name, lang)
    well_set(figure, found)
    if lang == "fr":
        assert not [text.get_text() for text in found if BAD_FRENCH.findall(text.get_text().replace("0.1.0+abc", ""))]


@pytest.mark.parametrize("lang", ["fr", *slow("en")])
@pytest.mark.parametrize("name", FIGURES)
def test_one_society_and_one_slope_are_drawn_too(tmp_path, name, lang):
    false_birthdays(tmp_path, slopes=(2.0,), seeds=1)
    figure, found = make(tmp_path, name, lang)
    well_set(figure, found)
    assert "±" not in said(found)


def test_the_title_says_which_share_of_the_wishes_comes_on_the_wrong_day(exact):
    english, french = (make(exact, "birthdays", lang)[1] for lang in ("en", "fr"))
    assert title(english) == (
        "When people show a false birthday, about three in four of their wishes come on the wrong day, but hardly any from the "
        "closest fifteen"
    )  # 11 on a prompt; 4 remembered; 0.1 of 2.9
    assert title(french) == (
        "Qui affiche une fausse date reçoit environ les trois quarts de ses vœux le mauvais jour, mais presque aucun de ceux des "
        "quinze plus proches"
    )
    assert "A “happy non-birthday” comes 5.6 times a year." in said(english)
    assert "non-anniversaire\u00a0» arrive 5,6 fois" in said(french)


def test_the_shares_by_circle_stand_beside_the_bars(exact):
    found = said(make(exact, "birthdays")[1])
    for share in ("73.3\u00a0±\u00a00%", "79.8\u00a0±\u00a00%", "100\u00a0±\u00a00%"):  # 11 of 15; 15.4 of 19.3; online
        assert share in found
    assert "(40 people per society)" in found
    assert "(760 people per society)" in found
    assert "from the closest five 0%" in found


def test_the_title_gives_both_readings_of_a_wish(exact, tmp_path):
    assert title(make(exact, "telling")[1]) == (
        "With prompts, about one in five of the people who send birthday wishes are strong ties; without prompts, about three in "
        "four"
    )
    found = said(make(exact, "telling")[1])
    assert "Wishes show who is a strong tie as well with prompts (slope\u00a02) as without: AUC 0.6 and 0.595." in found
    assert "A wish carries 21 bits of information per 1,000 ties, without prompts 76" in found
    assert "révèlent un lien fort aussi bien avec les rappels (pente\u00a02) que sans" in said(make(exact, "telling", "fr")[1])
    for auc, spread, word in ((0.7, 0, "better"), (0.52, 0, "less well"), (0.595, 0.05, "about as well")):
        false_birthdays(tmp_path, told=TOLD | {"any_wish": (0.21, 0.30, auc)}, spread=spread)
        found = said(make(tmp_path, "telling")[1])
        assert f"Wishes show who is a strong tie {word} with prompts" in found
        assert f": AUC 0.{str(auc)[2]}" in found


@pytest.mark.parametrize(
    "auc, expected",
    [
        ((0.50, 0.52, 0.54, 0.62), "does not show a strong tie at slope\u00a00, slope\u00a02 and slope\u00a04."),
        ((0.50, 0.51, 0.52, 0.53), "does not show a strong tie, at any value tried."),
        ((0.60, 0.61, 0.62, 0.63), "shows a strong tie, at all values tried."),
    ],
)
def test_where_the_greeting_stops_telling(tmp_path, auc, expected):
    false_birthdays(tmp_path, greeting_auc=auc, spread=0.001)
    assert expected in said(make(tmp_path, "telling")[1])


def test_an_interval_that_reaches_the_criterion_does_not_tell(tmp_path):
    false_birthdays(tmp_path, greeting_auc=(0.56, 0.56, 0.56, 0.56), spread=0.03)
    assert "at any value tried" in said(make(tmp_path, "telling")[1])


def test_the_gesture_that_takes_over_is_named(exact, tmp_path):
    found = said(make(exact, "telling")[1])
    assert "Of the other gestures, private messages show most (AUC\u00a00.98), as without prompts." in found
    assert "A “happy non-birthday” comes from a strong tie in 78% of cases." in found
    told = TOLD | {"message": (0.72, 0.96, 0.7), "letter": (0.92, 0.45, 0.99)}
    false_birthdays(tmp_path, told=told, spread=0.001)
    assert "letters show most (AUC\u00a00.99), more than without prompts." in said(make(tmp_path, "telling")[1])


def test_a_study_without_false_dates_leaves_the_figures_out_with_a_reason(tmp_path):
    made_up(tmp_path, slopes=(2.0,), days=(365,))
    with pytest.warns(LeftOut) as warned:
        files = draw(tmp_path, only=("society", *FIGURES))
    reasons = [str(each.message) for each in warned]
    assert "birthdays: left out, nobody who shows a false date was greeted" in reasons
    assert "telling: left out, what a wish tells was not measured" in reasons
    assert not [file for file in files if file.name.split(".")[0] in FIGURES]


def test_of_two_middle_points_the_first_is_shown(folder):
    assert Results(folder).reference["prompts.slope"] == 2.0
