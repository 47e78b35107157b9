"""One tie in every arm: the same luck, what the world itself says, picks by the rules, figures that say what the tables say."""

from __future__ import annotations

import itertools
from pathlib import Path

import matplotlib.style
import numpy as np
import polars as pl
import pytest
from conftest import slow
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import StepPatch
from test_cli import refused, sim
from test_figures import BAD_FRENCH, LONGER, said, texts, title, well_set
from test_press import besides_source, counted

from sim.errors import InputError
from sim.figures import press, style
from sim.figures.drawing import draw
from sim.figures.gallery import lives, tie
from sim.figures.pair import records_of
from sim.figures.results import Lacking
from sim.figures.words import Words
from sim.study.records import json_files, tables
from sim.study.single.pick_pairs import Candidates, choose
from sim.study.single.tie import QUARTER, acquaintances, run_tie
from sim.study.sweep.grown import grown_society
from sim.text import LANGUAGES
from sim.world.columns import LINKED, REST, SYMPATHY
from sim.world.events import EventLog
from sim.world.measures import living
from sim.world.model import World
from sim.world.state import WEEK

AGAIN = '[arms.again]\nplatform = "wall-2009"\nset = { "prompts.birthday" = false }\n'
YEAR = 365


@pytest.fixture(scope="module")
def study(a_study):
    """40 people; the arm 'again' is the control under another name."""
    return a_study(arms=AGAIN, name="tied", people=40, burn_in='"1y"')


@pytest.fixture(scope="module")
def folder(study, tmp_path_factory):
    """The most telling ties of the study, simulated."""
    folder = tmp_path_factory.mktemp("tie")
    run_tie(study, folder)
    return folder


def world_of(study, arm):
    point = study.points()[0]
    return World(study, arm, 1, point=point, grown=grown_society(study.resolve(arm, point), 1))


def closeness(world, a, b):
    """Felt by a for b and by b for a, from the arrays; None without a row."""
    ties = world.state.ties
    row = np.flatnonzero((ties.i == min(a, b)) & (ties.j == max(a, b)))
    if not row.size:
        return None, None
    felt = float(ties.c_ij[row[0]]), float(ties.c_ji[row[0]])
    return felt if a < b else felt[::-1]


# --- simulated -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["tie_days", "tie_acts"])
def test_the_same_arm_twice_is_the_same_life(folder, name):
    rows = tables.read(folder, name)
    control, again, none = (rows.filter(pl.col("arm") == arm).drop("arm") for arm in ("no-prompt", "again", "none"))
    assert control.height
    assert control.equals(again)
    assert not control.equals(none)


def test_closeness_is_the_worlds_own(study, folder):
    rows = tables.read(folder, "tie_days").filter(pl.col("arm") == "wall")
    pairs = rows.select("pair", "from", "to").unique().sort("pair").rows()
    assert rows.select("pair", "day").rows() == [(n, day) for n, _, _ in pairs for day in range(-1, YEAR)]
    world = world_of(study, "wall")
    for day in range(-1, 45):
        for number, a, b in pairs:
            row = rows.row(by_predicate=(pl.col("pair") == number) & (pl.col("day") == day), named=True)
            assert (row["closeness_from"], row["closeness_to"]) == closeness(world, a, b)
        world.run(1)


def test_acts_are_those_of_the_log(study, folder):
    world, log = world_of(study, "wall"), EventLog()
    world.run(YEAR, log)
    columns = log.columns()
    every = pl.DataFrame(columns | {"day": columns["day"] - np.int32(world.branch_day)})
    rows = tables.read(folder, "tie_acts").filter(pl.col("arm") == "wall")
    for number, a, b in tables.read(folder, "tie_days").select("pair", "from", "to").unique().rows():
        mine = every.filter(pl.concat_list("from", "to").list.sort() == sorted((a, b)))
        assert mine.height
        assert sorted(rows.filter(pl.col("pair") == number).drop("pair", "arm").rows()) == sorted(mine.rows())


def test_a_pair_is_told_in_the_order_it_was_named(study, folder, tmp_path):
    first = json_files.read(folder, "tie.json")["pairs"][0]
    names = (str(first["to"]), str(first["from"]))
    run_tie(study, tmp_path, names)
    about = json_files.read(tmp_path, "tie.json")
    assert about["pairs"][0] == first | {
        "why": "named", "from": first["to"], "to": first["from"], "labels": list(names),
        "birthdays": first["birthdays"][::-1], "circles": first["circles"][::-1],
    }  # fmt: skip
    here, there = (tables.read(place, "tie_days").filter(pl.col("pair") == 0) for place in (tmp_path, folder))
    assert here["closeness_from"].equals(there["closeness_to"], check_names=False)
    acts = [tables.read(place, "tie_acts").filter(pl.col("pair") == 0) for place in (tmp_path, folder)]
    assert acts[0].equals(acts[1])


def test_years_and_point_are_those_asked(a_study, tmp_path):
    study = a_study(name="varied", vary='"adoption" = [0.0, 1.0]', people=30, burn_in='"1y"', horizons='["1y", "2y"]')
    for point in range(2):
        run_tie(study, tmp_path / str(point), years=1, point=point)
    about = json_files.read(tmp_path / "1", "tie.json")
    assert (about["days"], about["point"]) == (YEAR, {"point": 1, "adoption": 1.0})
    nobody, everybody = (tables.read(tmp_path / each, "tie_days").filter(pl.col("arm") == "wall") for each in "01")
    assert nobody["day"].max() == YEAR - 1
    assert (nobody["linked"].any(), everybody["linked"].any()) == (False, True)


# --- picked ---------------------------------------------------------------------------------------------------------------


def by_hand(study):
    """Closeness before, closeness by arm after, and who is linked somewhere: pair -> value, day by day and tie by tie."""
    grown = grown_society(study.resolve("none", study.points()[0]), 1).state
    rows = np.flatnonzero(living(grown.ties)).tolist()
    pairs = {(int(grown.ties.i[row]), int(grown.ties.j[row])): row for row in rows}
    sampled = grown.sampled
    before = {
        pair: (float(grown.ties.sum_ij[row]) + float(grown.ties.sum_ji[row])) / 2 / sampled for pair, row in pairs.items()
    }
    circles = {pair: (int(grown.ties.class_ij[row]), int(grown.ties.class_ji[row])) for pair, row in pairs.items()}
    after, linked = {}, set()
    for arm in study.arms:
        world = world_of(study, arm)
        world.run(YEAR - QUARTER)
        sums, plans = dict.fromkeys(pairs, 0.0), 0
        for _ in range(QUARTER):
            if world.state.day % WEEK == 0:
                plans += 1
                for pair in pairs:
                    sums[pair] += sum(felt or 0 for felt in closeness(world, *pair)) / 2
            world.run(1)
        after[arm] = {pair: value / plans for pair, value in sums.items()}
        ties = world.state.ties
        linked |= {(int(ties.i[row]), int(ties.j[row])) for row in np.flatnonzero(ties.flags & LINKED)}
    return before, after, {pair: circles[pair] for pair in pairs if pair in linked}


def test_picks_follow_the_rules_of_the_small_world(study, folder, tmp_path, monkeypatch):
    before, after, circles = by_hand(study)
    seen = []
    monkeypatch.setattr("sim.study.single.tie.choose", lambda ties, arm: seen.append(ties) or [(0, "apart")])
    run_tie(study, tmp_path)
    assert list(zip(seen[0].i.tolist(), seen[0].j.tolist())) == list(circles)
    for found, expected in ((seen[0].before, before), *((seen[0].after[arm], after[arm]) for arm in study.arms)):
        assert found == pytest.approx([expected[pair] for pair in circles], rel=1e-5)

    about = json_files.read(folder, "tie.json")
    picks = {each["why"]: (each["from"], each["to"]) for each in about["pairs"]}
    assert about["looked_at"] == len(circles)
    assert len({person for pair in picks.values() for person in pair}) == 2 * len(picks)

    def spread(pair):
        ends = [after[arm][pair] for arm in study.arms]
        return max(ends) - min(ends)

    def moved(pair):
        return max(abs(after[arm][pair] - before[pair]) for arm in study.arms)

    apart = picks["apart"]
    assert spread(apart) == pytest.approx(max(map(spread, circles)), rel=1e-5)
    free = [pair for pair in circles if not set(pair) & set(apart)]
    change = {pair: after["wall"][pair] - before[pair] for pair in free}
    if after["wall"][apart] >= before[apart]:
        other, close = picks["thinned"], [pair for pair in free if min(circles[pair]) <= SYMPATHY]
        assert change[other] == pytest.approx(min(change[pair] for pair in close), rel=1e-4)
    else:
        other, faint = picks["warmed"], [pair for pair in free if min(circles[pair]) >= REST]
        assert change[other] == pytest.approx(max(change[pair] for pair in faint), rel=1e-4)
    good = [pair for pair in free if circles[pair] == (SYMPATHY, SYMPATHY) and not set(pair) & set(other)]
    assert moved(picks["steady"]) == pytest.approx(min(map(moved, good)), rel=1e-4)


def test_picks_are_the_same_every_time(study, folder, tmp_path):
    run_tie(study, tmp_path)
    assert json_files.read(tmp_path, "tie.json") == json_files.read(folder, "tie.json")


def candidates(before, wall, none, close=(), good=(), faint=()):
    """Ties between people of their own: 0 and 1, 2 and 3, ..."""
    size = len(before)
    marks = [np.isin(np.arange(size), list(each)) for each in (close, good, faint)]
    i = 2 * np.arange(size)
    return Candidates(i, i + 1, *marks, np.array(before), {"none": np.array(none), "wall": np.array(wall)})


def test_what_differs_most_then_what_went_the_other_way_then_what_stayed():
    ties = candidates(
        before=[0.1, 0.9, 0.8, 0.5, 0.9], wall=[0.7, 0.5, 0.7, 0.52, 0.9], none=[0.1, 0.6, 0.6, 0.5, 0.9],
        close={1, 2, 3, 4}, good={3},
    )  # fmt: skip
    assert choose(ties, "wall") == [(0, "apart"), (1, "thinned"), (3, "steady")]


def test_a_tie_that_thinned_apart_is_followed_by_one_that_warmed():
    ties = candidates(before=[0.9, 0.1, 0.1], wall=[0.1, 0.3, 0.4], none=[0.9, 0.3, 0.4], close={0}, faint={1, 2})
    assert choose(ties, "wall") == [(0, "apart"), (2, "warmed")]


def test_without_a_good_tie_a_close_one_is_steady():
    ties = candidates(before=[0.5, 0.5], wall=[0.6, 0.5], none=[0.4, 0.5], close={0, 1})
    assert choose(ties, "wall") == [(0, "apart"), (1, "steady")]


def test_nobody_is_picked_twice():
    ties = candidates(before=[0.9, 0.9, 0.9], wall=[0.1, 0.9, 0.3], none=[0.9, 0.9, 0.9], close={0, 1, 2})
    shared = ties._replace(i=np.array([0, 0, 2]), j=np.array([1, 2, 3]))
    assert choose(shared, "wall") == [(0, "apart"), (2, "steady")]


def test_arms_that_do_not_differ_have_no_tie_apart():
    ties = candidates(before=[0.5, 0.4], wall=[0.3, 0.4], none=[0.3, 0.4], close={0, 1})
    assert choose(ties, "wall") == [(0, "thinned"), (1, "steady")]


def test_of_equal_ties_the_first_is_picked():
    ties = candidates(before=[0.5, 0.5], wall=[0.3, 0.3], none=[0.5, 0.5])
    assert choose(ties, "wall") == [(0, "apart")]


# --- refused --------------------------------------------------------------------------------------------------------------


TWO_RINGS = "from,to,closeness\n" + "".join(f"{ring}{k},{ring}{(k + 1) % 8},0.{k + 1}\n" for ring in "pq" for k in range(8))


@pytest.fixture
def rings(tmp_path):
    """Two rings of eight people, p0 ... and q0 ..., who can never meet."""
    file = tmp_path / "rings.csv"
    file.write_text(TWO_RINGS)
    return str(file)


@pytest.fixture(scope="module")
def offline(a_study):
    """The file of a study in which no arm has a platform."""
    file = Path(a_study(name="offline", people=20, burn_in='"1y"').file)
    text = file.read_text(encoding="utf-8").replace('"wall-2009"', '"none"')
    file.write_text(text.replace('set = { "prompts.birthday" = false }\n', ""), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "between, said",
    [
        (("0", "40"), "--between: nobody is '40'; expected a number from 0 to 39"),
        (("-1", "3"), "--between: nobody is '-1'"),
        (("3", "anna"), "nobody is 'anna'"),
        (("3", "3"), "--between: '3' twice; expected two people"),
    ],
)
def test_people_who_are_not_there_are_refused(study, tmp_path, between, said):
    assert refused(sim("tie", study.file, "--between", *between, "--out", tmp_path / "out"), said)
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_the_values_of_the_files_count_where_no_point_is_asked_for(a_study, tmp_path):
    study = a_study(name="varied", vary='"adoption" = [0.0, 1.0]', people=30, burn_in='"1y"')
    plain = a_study(name="plain", people=30, burn_in='"1y"')
    for name, one in (("varied", study), ("plain", plain)):
        run_tie(one, tmp_path / name)
    assert json_files.read(tmp_path / "varied", "tie.json")["point"] == {"point": None}
    varied, unvaried = (tables.read(tmp_path / name, "tie_days") for name in ("varied", "plain"))
    assert varied.equals(unvaried)
    assert draw(tmp_path / "varied", formats=("svg",))


def test_both_unknown_people_are_said_at_once(study, tmp_path):
    with pytest.raises(InputError) as found:
        run_tie(study, tmp_path, ("x", "y"))
    assert len(found.value.problems) == 2


@pytest.mark.parametrize(
    "options, said",
    [
        (["--point", "1"], "--point: 1; expected a point of the design, 0 to 0"),
        (["--lang", "de"], "--lang: 'de'; expected one of en, fr"),
        (["--format", "svg,gif"], "--format: 'gif'"),
        (["--people", "9", "--graph", "karate"], "--people: 9, and a graph"),
    ],
)
def test_wrong_options_are_refused_before_anything_runs(study, tmp_path, options, said):
    result = sim("tie", study.file, *options, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "out").exists()


def test_strangers_are_told_whom_they_know(offline, rings, tmp_path):
    result = sim("tie", offline, "--graph", rings, "--between", "p3", "q0", "--out", tmp_path / "out")
    assert result.exit_code == 2
    last = result.stderr.splitlines()[-1]
    assert last.startswith("--between: p3 and q0 never knew each other, in any arm; expected two people who did: --between p3 p")
    assert " or --between q0 q" in last
    assert not list(tmp_path.glob("out/*"))


def test_strangers_are_told_of_their_common_friends(a_study, tmp_path):
    wide = a_study(name="wide", people=200, burn_in='"1y"')
    known = set()
    for arm in wide.arms:
        world = world_of(wide, arm)
        for _ in range(13):  # a row that comes and goes would do so at the end of a month
            world.run(min(30, YEAR - world.day))
            known |= set(zip(world.state.ties.i.tolist(), world.state.ties.j.tolist()))
    branch = world_of(wide, "none").state
    near = {person: acquaintances(branch, person) for person in range(30)}
    a, b = next(
        pair for pair in itertools.combinations(near, 2) if pair not in known and near[pair[0]].keys() & near[pair[1]].keys()
    )
    best = sorted(near[a].keys() & near[b].keys(), key=lambda other: -near[a][other])[:3]
    with pytest.raises(InputError) as found:
        run_tie(wide, tmp_path, (str(a), str(b)))
    assert f"{a} and {b} never knew each other, in any arm" in str(found.value)
    assert f"--between {a} {best[0]} (friends in common: {', '.join(map(str, best))})" in str(found.value)
    assert not list(tmp_path.iterdir())


def test_people_of_a_graph_are_named_by_its_labels(offline, rings, tmp_path):
    result = sim("tie", offline, "--graph", rings, "--between", "p3", "p4", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "A (p3) and B (p4)" in result.stdout
    assert refused(sim("tie", offline, "--graph", rings, "--between", "p3", "p44"), "nobody is 'p44'", "perhaps you meant 'p4'")
    assert refused(sim("tie", offline, "--graph", rings, "--between", "p3", "7"), "nobody is '7'")


def test_an_interrupted_life_says_how_to_go_on(study, monkeypatch):
    monkeypatch.setattr("sim.study.single.tie.run_tie", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
    result = sim("tie", study.file)
    assert result.exit_code == 130
    assert "nothing of it was kept: run the same command again" in result.stderr


# --- said and drawn ---------------------------------------------------------------------------------------------------------


def test_the_command_says_and_draws_each_tie(study, tmp_path):
    result = sim("tie", study.file, "--lang", "fr", "--format", "png,svg", "--out", tmp_path)
    assert result.exit_code == 0, result.output
    pairs = json_files.read(tmp_path, "tie.json")["pairs"]
    found = sorted(file.name for file in tmp_path.glob("tie-*"))
    assert found == sorted(f"tie-{each['from']}-{each['to']}.fr.{kind}" for each in pairs for kind in ("png", "svg"))
    acts = tables.read(tmp_path, "tie_acts").filter(pl.col("pair") == 0, pl.col("arm") == "wall")
    row = next(line for line in result.stdout.splitlines() if line.startswith("wall ")).split()
    assert sum(map(int, row[1:-2])) == acts.height
    assert result.stdout.count("Choisi parmi") == len(pairs)


def made_up(folder, days=730, arms=("calm", "loud", "none"), every=9, end=0.4, **about):
    """Tables as `sim tie` would write them: acts every so many days, closeness falling to `end` of its first value.

    'calm' is the control, 'loud' shows a false date and has non-birthday messages, 'none' has no platform from day 0 on.
    """
    frames, acts = [], []
    for arm in arms:
        slope = {"calm": 1.0, "loud": end}.get(arm, 0.5)
        felt = np.linspace(0.6, 0.6 * slope, days + 1)
        frames.append(
            pl.DataFrame(
                {
                    "pair": 0, "arm": arm, "day": range(-1, days), "from": 12, "to": 7, "closeness_from": felt,
                    "closeness_to": felt * 0.9, "linked": arm != "none", "living": True,
                }
            ).cast({"day": pl.Int32, "from": pl.Int32, "to": pl.Int32, "pair": pl.Int64})
        )  # fmt: skip
        channels = ["visit", "call"] + ["message", "comment"] * (arm != "none")
        step = every * (2 if arm == "loud" else 1)
        for channel, day in itertools.product(channels, range(0, days, step)):
            acts.append((0, arm, day, *((12, 7) if day // step % 2 else (7, 12)), channel, False, ""))
        acts += [(0, arm, day, 12, 7, "card", False, "birthday") for day in range(99, days, 365)]
        if arm == "loud":
            acts += [(0, arm, day, 7, 12, "message", False, "nonbirthday") for day in range(222, days, 365)]
        if arm == "calm":
            acts += [(0, arm, day, 7, 12, "greeting", True, "") for day in range(20, days, 365)]
    tables.write(folder, "tie_days", pl.concat(frames))
    tables.write(folder, "tie_acts", pl.DataFrame(acts, schema=dict(tables.SCHEMAS["tie_acts"]), orient="row"))
    whole = {
        "study": "letters", "question": "?", "question_fr": "?", "version": "0.1.0+abc", "scenario": "def", "seed": 3,
        "point": {"point": 0, "substitution": 0.3}, "people": 1500, "given_graph": None, "days": days, "last": 91,
        "first_day_of_year": 0, "looked_at": 1234, "arm": arms[1], "control": arms[0], "command": "",
        "arms": [
            {
                "arm": arm,
                "platforms": [[0, None if arm == "none" else "wall"]],
                "shown": [[222, 99] if arm == "loud" else [20, 99]],
            }
            for arm in arms
        ],
        "pairs": [
            {
                "pair": 0, "why": "thinned", "from": 12, "to": 7, "labels": ["12", "7"], "birthdays": [20, 99], "kind": "friend",
                "origin": "work", "far": True, "circles": ["support", "sympathy"], "before": 0.62,
            }
        ],
    }  # fmt: skip
    json_files.write(folder, "tie.json", whole | about)
    return folder


def make(folder, lang="en"):
    """The first figure, rendered, and all its texts."""
    with matplotlib.style.context(["default", style.RC]):
        figure = tie.figure(records_of(folder)[0], Words(lang))
        FigureCanvasAgg(figure)
        figure.draw_without_rendering()
        return figure, list(texts(figure))


def test_the_title_counts_meetings_and_says_where_closeness_ended(tmp_path):
    _, found = make(made_up(tmp_path))
    met = [len(range(0, 730, step)) for step in (9, 18)]
    calm, loud = (0.6 * 0.95 * (1 + slope * 685 / 730) for slope in (0, 0.4 - 1))
    seen = f"In arm “calm” they saw each other {met[0]}\u00a0times; in arm “loud” {met[1]}\u00a0times"
    assert title(found) == f"{seen}. Closeness at the end: {calm:.2f} and {loud:.2f}"


def test_the_figure_says_who_they_are_and_why_they_were_picked(tmp_path):
    found = said(make(made_up(tmp_path))[1])
    for text in (
        "A (person 12) and B (person 7): friends from work, living far apart.",
        "B is among the closest five for A, A is among the next ten for B.",
        "Picked from 1,234 ties, because closeness fell most in “loud” among ties with somebody’s closest fifteen. It was 0.62",
        "“calm”, the control", "“loud”; A shows a false birthday (dashed)", "No platform",
        "●\u00a0birthday remembered, ○\u00a0after a prompt, ★\u00a0“happy non-birthday”.",
        "seed 3, substitution\u00a00.3", "1,500 people", "0.1.0+abc, def",
    ):  # fmt: skip
        assert text in found, text


@pytest.mark.parametrize("lang", LONGER)
@pytest.mark.parametrize("days", [365, 3650])
def test_the_press_figure_is_short_and_well_set(tmp_path, lang, days):
    records = records_of(made_up(tmp_path, days, arms=("none", "loud")))
    with matplotlib.style.context(["default", style.RC]):
        for cut, figure in zip(press.CUTS, lives.figures(records, Words(lang)).values()):
            FigureCanvasAgg(figure)
            figure.draw_without_rendering()
            found = list(texts(figure))
            well_set(figure, found)
            assert figure.get_figwidth() == cut.width
            assert counted(title(found)) <= press.MOST_OF_TITLE
            assert besides_source(figure, lang) <= press.MOST_WORDS


@pytest.mark.parametrize(
    "end, every, expected",
    [
        (0.4, 9, "For these two, 41 visits become\u00a021; closeness fades"),
        (0.5, 400, "For these two, as many visits; closeness unchanged"),
        (0.9, 9, "For these two, 41 visits become\u00a021; closeness grows"),
    ],
)  # fmt: skip
def test_the_press_figure_counts_visits_and_compares_closeness(tmp_path, end, every, expected):
    figures = lives.figures(records_of(made_up(tmp_path, 365, ("none", "loud"), every, end)), Words("en"))
    assert [*figures] == ["lives-12-7", "lives-12-7-phone"]
    assert figures["lives-12-7"].get_label() == expected


def test_two_lives_need_one_without_a_platform(tmp_path):
    with pytest.raises(Lacking, match="no arm without a platform"):
        lives.figures(records_of(made_up(tmp_path, 365, ("calm", "loud"))), Words("en"))


def test_the_figure_says_it_in_french(tmp_path):
    found = said(make(made_up(tmp_path), "fr")[1])
    for text in (
        "A (personne 12) et B (personne 7)\u00a0: lien né au travail, loin l’un de l’autre.",
        "Choisi parmi 1\u202f234 liens, car", "«\u00a0calm\u00a0», la référence", "visites",
        "mois depuis la séparation des bras",
    ):  # fmt: skip
        assert text in found, text


@pytest.mark.parametrize("lang", LONGER)
@pytest.mark.parametrize(
    "how",
    [
        {}, {"days": 3650, "every": 2}, {"end": 0.001},
        *slow({"every": 1}, {"days": 365}, {"arms": ("calm", "none")}, {"given_graph": "a.csv"}),
    ],
)  # fmt: skip
def test_nothing_overlaps_or_is_cut(tmp_path, lang, how):
    figure, found = make(made_up(tmp_path, **how), lang)
    well_set(figure, found)
    if lang == "fr":
        assert not [text for text in found if BAD_FRENCH.findall(text.get_text().replace("0.1.0+abc", "").replace("a.csv", ""))]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_simulated_ties_are_well_set_too(folder, lang):
    for life in records_of(folder):
        with matplotlib.style.context(["default", style.RC]):
            figure = tie.figure(life, Words(lang))
            FigureCanvasAgg(figure)
            figure.draw_without_rendering()
            well_set(figure, list(texts(figure)))


def test_an_arm_that_repeats_another_is_named_and_not_drawn_again(folder):
    life = records_of(folder)[0]
    assert life.same == {"no-prompt": ["wall", "again"], "none": []}
    figure, found = make(folder)
    assert "“no-prompt”, the control; day by day the same in “wall” and “again”" in said(found)
    assert len([axes for axes in figure.axes if axes.get_ylabel()]) == len(life.same)


def test_the_controls_line_lies_under_every_other(tmp_path):
    figure, _ = make(made_up(tmp_path))
    calm, *others = (axes for axes in figure.axes if axes.get_ylabel())
    control = [line.get_ydata() for line in calm.get_lines() if line.get_color() in tie.COLORS and len(line.get_ydata()) > 2]
    assert len(control) == 2
    assert not [line for line in calm.get_lines() if line.get_color() == tie.REFERENCE]
    for axes in others:
        grey = [line.get_ydata() for line in axes.get_lines() if line.get_color() == tie.REFERENCE]
        assert [values.tolist() for values in grey] == [values.tolist() for values in control]


def test_many_acts_become_bars_that_count_all_of_them(tmp_path):
    life = records_of(made_up(tmp_path, every=1))[0]
    assert tie.crowded(life, "visit", 4.2)
    days = life.acts("calm", ("visit",)).day
    assert tie.binned(life, days).sum() == days.size
    assert tie.tallest(life, "visit") == 4  # of a week's seven, every other by one of the two
    figure, found = make(tmp_path)
    assert "Bars: by week" in said(found)
    both = [patch.get_data() for axes in figure.axes for patch in axes.patches if isinstance(patch, StepPatch)][:2]
    assert sum(np.abs(bars.values - bars.baseline).sum() for bars in both) * 4 / 0.42 == pytest.approx(days.size)


def test_few_acts_are_drawn_one_by_one_on_the_side_of_who_began(tmp_path):
    figure, found = make(made_up(tmp_path))
    assert "Bars" not in said(found)
    marks = next(axes for axes in figure.axes if not axes.get_ylabel())
    acts = records_of(tmp_path)[0].acts("calm", ("visit",))
    by_first, by_second = (collection.get_segments() for collection in marks.collections[:2])
    assert [segment[0][0] - 0.5 for segment in by_first] == acts.day[acts.by_first].tolist()
    assert [segment[0][0] - 0.5 for segment in by_second] == acts.day[~acts.by_first].tolist()
    assert all(segment[1][1] < segment[0][1] for segment in by_first)  # rows count downwards: that is up


def test_a_platform_that_goes_is_said(tmp_path):
    arms = [
        {"arm": "calm", "platforms": [[0, "wall"], [400, None]], "shown": [[20, 99]]},
        {"arm": "none", "platforms": [[0, None]], "shown": [[-1, -1]]},
    ]
    made_up(tmp_path, arms=("calm", "none"))
    json_files.write(tmp_path, "tie.json", json_files.read(tmp_path, "tie.json") | {"arms": arms, "arm": "none"})
    assert "“calm”, the control; the platform goes (black line)" in said(make(tmp_path)[1])


@pytest.mark.slow
def test_same_tables_same_bytes(tmp_path):
    made_up(tmp_path)
    one, two = (draw(tmp_path, formats=("svg", "pdf"), out=tmp_path / name) for name in ("one", "two"))
    assert [file.stem for file in one[::2]] == ["lives-12-7.en", "lives-12-7-phone.en", "tie-12-7.en"]
    assert [file.read_bytes() for file in one] == [file.read_bytes() for file in two]


def test_a_folder_without_the_acts_is_refused(tmp_path):
    made_up(tmp_path)
    tables.path(tmp_path, "tie_acts").unlink()
    with pytest.raises(InputError, match=r"tie_acts.parquet: no such file; .*`sim tie` makes it"):
        draw(tmp_path)
