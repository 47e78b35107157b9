"""Why a verdict comes out: games with known shares, coalitions with the same luck, shares that add up, and their figure."""

from __future__ import annotations

import itertools
import math
import re
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from conftest import SCENARIOS
from records import fit
from test_cli import refused, sim
from test_figures import BAD_FRENCH, LONGER, made_up, make, said, title, well_set

from sim.errors import InputError, RunError
from sim.figures.drawing import LeftOut, draw
from sim.figures.results import Lacking
from sim.figures.words import Words
from sim.scenario.reading import check
from sim.scenario.study import scenario_hash
from sim.study.judging import shapley
from sim.study.judging.contrast import compare
from sim.study.judging.legs import LEGS, RELATIVE
from sim.study.judging.reference import reference
from sim.study.judging.shapley import alone, last, shares
from sim.study.mechanisms.switches import MECHANISMS, MOST, coalitions, game
from sim.study.mechanisms.why import answer, ask, forecast_why
from sim.study.records import json_files, tables
from sim.study.records.provenance import Provenance
from sim.study.sweep.sweeping import sweep

# --- games ----------------------------------------------------------------------------------------------------------------


def of(players, value):
    """(2^m,) values of a game that is given by a function of who is in."""
    return np.array([value({i for i in range(players) if k >> i & 1}) for k in range(2**players)], float)


def by_orders(values):
    """Shares by the definition: what each adds when it comes, over all orders of coming."""
    m = int(math.log2(len(values)))
    found = np.zeros(m)
    orders = list(itertools.permutations(range(m)))
    for order in orders:
        here = 0
        for player in order:
            found[player] += values[here | 1 << player] - values[here]
            here |= 1 << player
    return found / len(orders)


def test_of_a_pair_of_gloves_the_only_left_one_is_worth_two_thirds():
    """Shapley & Shubik 1969: a left glove and two right ones, a pair is worth 1; 2/3, 1/6, 1/6."""
    pairs = of(3, lambda who: 0 in who and len(who) > 1)
    assert shares(pairs) == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert alone(pairs).tolist() == [0, 0, 0]
    assert last(pairs).tolist() == [1, 0, 0]


def test_a_runway_is_paid_part_by_part_by_who_needs_it():
    """Littlechild & Owen 1973: costs 1, 2 and 4; each part is shared by those who need at least that much."""
    runway = of(3, lambda who: max((0, 1, 2, 4)[i + 1] if who else 0 for i in who or {0}))
    assert shares(runway) == pytest.approx([1 / 3, 1 / 3 + 1 / 2, 1 / 3 + 1 / 2 + 2])


def test_who_only_adds_gets_what_it_adds():
    gives = (3.0, -1.5, 0.25, 7.0)
    sum_of = of(4, lambda who: 10 + sum(gives[i] for i in who))
    for found in (shares(sum_of), alone(sum_of), last(sum_of)):
        assert found == pytest.approx(gives)


def test_who_does_the_same_gets_the_same():
    squares = of(5, lambda who: len(who) ** 2)
    assert shares(squares) == pytest.approx([5] * 5)
    assert alone(squares).tolist() == [1] * 5
    assert last(squares).tolist() == [9] * 5


def test_who_changes_nothing_gets_exactly_nothing():
    luck = np.random.default_rng(1).normal(size=4)
    idle = of(3, lambda who: luck[(0 in who) + 2 * (2 in who)])
    assert shares(idle)[1] == alone(idle)[1] == last(idle)[1] == 0
    assert shares(idle)[0] != 0


@pytest.mark.parametrize("players", [1, 2, 3, 5])
def test_shares_are_the_mean_over_all_orders_and_add_up(players):
    values = np.random.default_rng(players).normal(size=(3, 2**players))
    found = shares(values)
    assert found.shape == (3, players)
    for one, by_definition in zip(found, map(by_orders, values)):
        assert one == pytest.approx(by_definition)
    assert found.sum(-1) == pytest.approx(values[:, -1] - values[:, 0])


def test_where_nothing_varies_the_interval_is_the_point():
    assert shapley.interval(np.array([0.1, 0.1, 0.1])) == (0.1, 0.1, 0.1)
    mean, low, high = shapley.interval(np.array([1.0, 3.0]))
    assert (mean, high - mean) == pytest.approx((2.0, 12.706204736))  # t of 1 degree of freedom, se 1
    assert mean - low == pytest.approx(high - mean)
    assert [math.isnan(end) for end in shapley.interval(np.array([1.0]))] == [False, True, True]


# --- coalitions -----------------------------------------------------------------------------------------------------------

ONLINE = ("ties-made-online",)  # the wall has nothing for it
PLATFORM = '[[contrasts]]\nname = "platform"\narm = "wall"\ncontrol = "none"\n'
IDLE = "nobody-reads-it"
THREE = f"""
[mechanisms]
words = {{ "composed_dose" = 0.0 }}
time = {{ "response.displacement" = 0.0 }}
{IDLE} = {{ "prompts.private_effort" = 1.0 }}
"""  # prompts are public here


@pytest.fixture(scope="module")
def study(a_study):
    """60 people, two seeds, three mechanisms of which one is read by no rule."""
    return a_study(PLATFORM + THREE, name="why")


@pytest.fixture(scope="module")
def asked(study):
    return ask(study, "platform")


@pytest.fixture(scope="module")
def folder(asked, tmp_path_factory):
    """The coalitions, simulated, with the table."""
    folder = tmp_path_factory.mktemp("why")
    answer(asked, folder, ["received_visit"])
    return folder


def run_as(study, arm, point=None):
    return study.resolve(arm, point).fingerprint()


def test_the_bits_of_a_points_number_say_who_is_on(asked):
    words, time = {"composed_dose": 0.0}, {"response.displacement": 0.0}
    idle = {"prompts.private_effort": 1.0}
    assert list(asked.game.players) == ["words", "time", IDLE]
    assert asked.game.study.points() == [
        words | time | idle, time | idle, words | idle, idle, words | time, time, words, {}
    ]  # fmt: skip
    assert list(coalitions({"a": {"x": 0.0, "y": 1.0}})) == [{"x": 0.0, "y": 1.0}, {}]


def test_a_study_that_declares_none_has_those_of_the_model(tiny):
    found = game(tiny)
    assert {*found.players, *found.left_out} == {*MECHANISMS}
    assert found.left_out == ONLINE
    assert len(found.study.points()) == 64


def test_with_all_on_arms_are_those_of_the_study_at_the_point(a_study):
    """Values of the point do not replace what an arm sets, as in the study itself."""
    study = a_study(
        '[arms.own]\nplatform = "wall-2009"\nset = { "response.substitution" = 0.9, "displacement" = 0.0 }\n'
        'schedule = [{ day = 100, platform = "wall-2009", set = { "prompts.slope" = 3.0 } }]\n'
        '[[contrasts]]\nname = "own"\narm = "own"\ncontrol = "wall"\n',
        vary='substitution = [0.1, 0.2]\n"prompts.slope" = [1.0, 2.0]', name="own",
    )  # fmt: skip
    point = study.points()[3]
    found = game(study, "own", point)
    assert found.left_out == ONLINE  # the control sets none of the others
    everybody = found.study.points()[-1]
    for arm in ("own", "wall"):
        assert run_as(found.study, arm, everybody) == run_as(study, arm, point)
    nobody = found.study.points()[0]
    assert found.study.resolve("own", nobody).society.response.substitution.value == 0
    assert found.study.resolve("own", nobody).platform(200).prompts.slope.value == 3
    assert run_as(found.study, "own", nobody) != run_as(found.study, "wall", nobody)


def test_a_mechanism_that_is_off_in_both_arms_is_left_out(a_study):
    study = a_study(
        '[arms.free]\nplatform = "wall-2009"\nset = { "displacement" = 0.0, "complement" = 0.0 }\n'
        '[[contrasts]]\nname = "free"\narm = "free"\ncontrol = "none"\n',
        name="free",
    )  # fmt: skip
    found = game(study, "free")
    assert found.left_out == ("time-taken", *ONLINE)  # `none` has no platform; of writing, meet_after is on
    assert "writing-leads-on" in found.players
    assert game(study, "free", {"meet_after": 0.0}).left_out == ("writing-leads-on", "time-taken", *ONLINE)


def test_mechanisms_are_switched_in_both_arms(tiny):
    """Between two platforms, both act in the world where only some mechanisms are at work."""
    found = game(tiny, "prompt").study
    for arm in ("wall", "no-prompt"):
        assert run_as(found, arm, found.points()[0]) != run_as(found, arm, found.points()[-1])


@pytest.mark.parametrize("platform", sorted({path.stem for path in (SCENARIOS / "platforms").glob("*.toml")} - {"none"}))
def test_every_platform_that_ships_can_be_asked_why(a_study, platform):
    """All that makes ties online is off at 0, also where a platform lacks what one of its ways needs."""
    study = a_study(f'[arms.there]\nplatform = "{platform}"\n', name=f"why-{platform}")
    contrast = study.primary.model_copy(update={"arm": "there", "control": "none"})
    found = ask(study.model_copy(update={"contrasts": (contrast,)}))
    assert len(found.game.study.points()) == 2 ** len(found.game.players)


def test_a_control_without_a_platform_is_run_once(asked):
    found = asked.game.study
    assert len({run_as(found, "none", point) for point in found.points()}) == 1
    assert len({run_as(found, "wall", point) for point in found.points()}) == 8


def test_with_all_of_it_off_and_no_tie_that_ends_a_platform_changes_nothing(a_study, tmp_path):
    """The list of mechanisms is complete: what it leaves is that linked ties do not end, and here none does."""
    study = a_study(PLATFORM, name="complete", people=100)
    everything = {"forget": 0.5, "displace_chance": True, "nonbirthday": 1.0, "prompts.false_share": 0.2, "suppression": 1.0}
    coalitions = game(study, "platform", {"turnover.faint": 0.0} | everything).study
    nobody = coalitions.at_points([coalitions.points()[0]])
    sweep(nobody, tmp_path)
    rows = {row["measure"]: row for row in compare(tmp_path).contrasts.rows(named=True) if row["tie_class"] == "all"}
    for measure in ("S_all", "S_old", "core", "strong", "real_hours", "acquaintance_total", "birthday_visit"):
        assert rows[measure]["control"] > 0
        assert rows[measure]["difference"] == pytest.approx(0, abs=1e-9 * rows[measure]["control"]), measure
    assert tables.read(tmp_path, "pairs").filter(pl.col("tie_class") == "all")["value"].abs().max() < 1e-9
    assert rows["received_message"]["difference"] > 1  # it was there


def test_the_middle_of_a_grid_is_asked_about_unless_a_point_is_named(a_study):
    study = a_study(PLATFORM, vary="substitution = [0.1, 0.2, 0.4]\ncomposed_dose = [0.5, 1.0]", name="middle")
    assert ask(study).point == {"point": 2, "substitution": 0.2, "composed_dose": 0.5}
    assert ask(study, point=5).point == {"point": 5, "substitution": 0.4, "composed_dose": 1.0}
    with pytest.raises(InputError, match=r"--point: 6; expected a point of the design, 0 to 5"):
        ask(study, point=6)


def test_the_reference_of_a_list_passes_over_what_some_points_lack():
    points = [{"point": 0}, {"point": 1, "a": 0.0}, {"point": 2, "a": 1.0, "b": 0.4}, {"point": 3, "a": 1.0, "b": 1.0}]
    design = {"kind": "list", "names": ["a", "b"], "ranges": [None, None], "scales": [None, None]}
    assert reference(design, points)["point"] == 0
    assert reference(design, points[2:])["point"] == 2


def test_seeds_are_eight_of_the_studys_unless_said(a_study):
    many = a_study(PLATFORM, name="many", seeds=20, sizes="{ quick = { people = 30, seeds = 3 } }")
    for size, seeds, people, expected in (
        ("default", None, 60, 8), ("quick", None, 30, 3), ("quick", 12, 30, 12), ("default", 2, 60, 2)
    ):  # fmt: skip
        found = ask(many, size=size, seeds=seeds).game.study
        assert (found.people, found.seeds) == (people, expected)
        again = found.at(size)  # as a sweep does
        assert (again.people, again.seeds) == (people, expected)


def test_fewer_people_can_be_asked_for(a_study, tmp_path):
    """The table says how many; where people follow strangers, a note says what so few cannot show."""
    few = a_study(PLATFORM + THREE, name="few")
    asked = ask(few, "platform", people=40, seeds=1)
    assert (asked.game.study.people, asked.game.study.at("default").people) == (40, 40)
    answer(asked, tmp_path)
    table = tables.read(tmp_path, "why")
    assert set(table["people"]) == {40}
    assert forecast_why(few, tmp_path, contrast="platform", seeds=1, people=40).done == 2 ** len(asked.game.players)
    arms = '[arms.open]\nplatform = "open-follow"\n' + PLATFORM.replace("wall", "open")
    follow = a_study(arms, name="strangers")
    assert "open-follow: 60 people are a village" in forecast_why(follow, tmp_path, contrast="platform").remark
    assert "village" not in forecast_why(follow, tmp_path, contrast="platform", people=2000).remark


def test_a_table_without_people_is_read(folder, tmp_path):
    older = pl.read_csv(tables.path(folder, "why")).drop("people").with_columns(digest=pl.lit(""))
    older.write_csv(tables.path(tmp_path, "why"))
    assert tables.read(tmp_path, "why")["people"].null_count() == older.height


# --- shares of what was run -------------------------------------------------------------------------------------------------


def values_of(folder, measure, arm="wall", control="none"):
    """(seeds, coalitions) straight from the runs, one by one."""
    runs = tables.read(folder / "why", "runs").rows(named=True)
    rows = tables.read(folder / "why", "measures").filter(
        pl.col("measure") == measure, pl.col("tie_class") == "all", pl.col("profile") == "all"
    )
    by_run = dict(rows.select("run_id", "value").rows())
    found = {(row["seed"], row["point"], row["arm"]): by_run[row["run_id"]] for row in runs}
    return np.array([[found[seed, k, arm] - found[seed, k, control] for k in range(8)] for seed in (1, 2)])


def row_of(folder, measure, mechanism):
    rows = tables.read(folder, "why").filter(pl.col("measure") == measure, pl.col("mechanism") == mechanism)
    assert rows.height == 1
    return rows.row(0, named=True)


@pytest.mark.parametrize("measure", ["S_all", "core", "real_hours", "strong", "received_visit"])
def test_shares_and_the_rest_add_up_to_the_contrast_in_every_seed(folder, measure):
    values = values_of(folder, measure)
    of_seeds = shares(values)
    assert of_seeds.sum(1) + values[:, 0] == pytest.approx(values[:, -1], rel=1e-12, abs=1e-12)
    control = row_of(folder, measure, "all")["control"]
    unit = control if measure in [leg.measure for leg in RELATIVE] else 1
    for place, mechanism in enumerate(("words", "time", IDLE)):
        row = row_of(folder, measure, mechanism)
        assert row["share"] == pytest.approx(np.mean([by_orders(one) for one in values], 0)[place] / unit)
        assert row["alone"] == pytest.approx((values[:, 1 << place] - values[:, 0]).mean() / unit)
        assert row["without"] == pytest.approx((values[:, -1] - values[:, 7 - (1 << place)]).mean() / unit)
    assert row_of(folder, measure, "rest")["share"] == pytest.approx(values[:, 0].mean() / unit)
    assert row_of(folder, measure, "words")["share"] != 0
    assert row_of(folder, measure, "time")["share"] != 0


def test_what_no_rule_reads_gets_exactly_nothing(folder):
    rows = tables.read(folder, "why").filter(pl.col("mechanism") == IDLE)
    assert rows.height == 7
    for column in ("share", "low95", "high95", "alone", "without"):
        assert rows[column].to_list() == [0.0] * 7
    assert tables.read(folder, "why").filter(pl.col("mechanism") == "words", pl.col("share") == 0).height == 0


def test_the_whole_is_the_contrast_of_the_study_itself(study, folder, tmp_path):
    sweep(study, tmp_path)
    own = compare(tmp_path)
    of_contrast = own.contrasts.filter(pl.col("contrast") == "platform", pl.col("tie_class") == "all")
    for measure in [leg.measure for leg in LEGS]:
        row = row_of(folder, measure, "all")
        (cell,) = of_contrast.filter(pl.col("measure") == measure).rows(named=True)
        distance = measure in ("partners", "carriers")
        if distance:  # the placebo is of the control of the primary contrast, which is another
            (pair,) = tables.read(folder / "why", "pairs").filter(
                pl.col("measure") == measure, pl.col("tie_class") == "all", pl.col("point") == 7
            ).group_by("measure").agg((pl.col("value") - pl.col("floor")).mean()).rows()  # fmt: skip
            assert row["share"] == pytest.approx(pair[1])
            continue
        for key, column in (("share", "difference"), ("low95", "low95"), ("high95", "high95")):
            assert row[key] == pytest.approx(cell[column] / cell["control"]), measure
        assert row["control"] == pytest.approx(cell["control"])
    assert row_of(folder, "S_all", "all")["unit"] == "share of the control"


def test_words_are_those_of_the_coalitions(folder):
    found = dict(compare(folder / "why").verdicts.select("point", "verdict").rows())
    for place, mechanism in enumerate(("words", "time", IDLE)):
        row = row_of(folder, "core", mechanism)
        assert (row["word_alone"], row["word_without"]) == (found[1 << place], found[7 - (1 << place)])
    everything = row_of(folder, "core", "all")
    assert (everything["word_alone"], everything["word_without"]) == (found[7], found[0])
    assert row_of(folder, "core", "rest")["word_alone"] is None


def test_a_word_is_that_of_its_own_coalition(folder, tmp_path, monkeypatch):
    """Two seeds leave all of them undecided: here each has a word of its own."""
    named = pl.DataFrame({"point": range(8), "verdict": [f"word {k}" for k in range(8)]})
    named = named.with_columns(contrast=pl.lit("any"), horizon=365, profile=pl.lit("all"))
    monkeypatch.setattr(shapley.contrast, "verdicts", lambda _: named)
    rows = shapley.split(folder / "why").filter(pl.col("measure") == "core")
    assert rows.select("mechanism", "word_alone", "word_without").rows() == [
        ("words", "word 1", "word 6"), ("time", "word 2", "word 5"), (IDLE, "word 4", "word 3"),
        ("rest", None, None), ("all", "word 7", "word 0"),
    ]  # fmt: skip


@pytest.mark.slow
def test_jobs_change_nothing(asked, folder, tmp_path):
    answer(asked, tmp_path, ["received_visit"], jobs=2)
    assert tables.path(tmp_path, "why").read_bytes() == tables.path(folder, "why").read_bytes()


def test_asked_again_nothing_is_run_again(asked, folder):
    before = tables.path(folder, "why").read_bytes()
    summary = answer(asked, folder, ["received_visit"])
    assert (summary.done, summary.ran) == (16, 0)
    assert tables.path(folder, "why").read_bytes() == before


def test_a_seed_without_some_coalition_does_not_count(folder, tmp_path):
    for name in ("measures", "pairs"):
        tables.write(tmp_path, name, tables.read(folder / "why", name))
    for name in ("study.json", "coalitions.json"):
        (tmp_path / name).write_bytes((folder / "why" / name).read_bytes())
    runs = tables.read(folder / "why", "runs")
    lost = (pl.col("seed") == 1) & (pl.col("point") == 3)
    tables.write(tmp_path, "runs", runs.filter(~lost))
    fit(tmp_path)
    found = shapley.split(tmp_path).filter(pl.col("measure") == "S_all", pl.col("mechanism") == "words")
    values = values_of(folder, "S_all")[1]
    assert found["seeds"].to_list() == [1]
    assert found["share"][0] * found["control"][0] == pytest.approx(by_orders(values)[0])
    tables.write(tmp_path, "runs", runs.filter(pl.col("point") != 3))
    fit(tmp_path)
    with pytest.raises(RunError, match="in no seed S_all was measured in all 8 coalitions"):
        shapley.split(tmp_path)


# --- refusals -------------------------------------------------------------------------------------------------------------


def test_what_cannot_be_split_is_refused(a_study, study, folder):
    many = "[mechanisms]\n" + "".join(
        f'm{k} = {{ "channels.{name}.{what}" = 0.0 }}\n'
        for k, (name, what) in enumerate(
            [(name, what) for name in ("greeting", "message", "comment", "group", "reaction") for what in ("dose", "touch")]
            + [("view", "dose")]
        )
    )
    with pytest.raises(InputError, match=rf"11 mechanisms, 2048 coalitions, 4096 units; expected at most {MOST} \(1024"):
        ask(a_study(many, name="eleven"))
    with pytest.raises(InputError, match="no contrast 'platfrom'; expected one of platform, prompt"):
        ask(study, "platfrom")
    off = '[mechanisms]\nshown = { "prompts.false_share" = 0.0 }\n'
    with pytest.raises(InputError, match="nothing to switch off: in both arms of 'prompt' shown are off already"):
        ask(a_study(off, name="nothing"))
    elsewhere = '[arms.elsewhere]\nplatform = "none"\nset = { "decay.kin" = 300.0 }\n'
    two = '[[contrasts]]\nname = "two"\narm = "wall"\ncontrol = "elsewhere"\n'
    with pytest.raises(InputError, match="two different societies"):
        ask(a_study(elsewhere + two, name="two-societies"), "two")
    with pytest.raises(InputError, match=r"--measure: no measure 'received_visits' of both arms.* meant 'received_visit'"):
        shapley.split(folder / "why", ["received_visits"])


WRONG = """
[mechanisms]
"" = { "substitution" = 0.0 }
rest = { "complement" = 0.0 }
none = {}
flat = 0.0
"""
ALSO_WRONG = """
[mechanisms]
words = { "composed_dosis" = 0.0, "cheap_dose" = -1 }
time = { "displacement" = "none", "contacts.initiated" = 1.0 }
"more time" = { "response.displacement" = 0.0 }
"""


def problems_of(scenarios, name, text):
    file = scenarios / f"{name}.toml"
    source = (scenarios / "birthday-prompt.toml").read_text("utf-8")
    file.write_text(source + text, "utf-8")
    return [str(problem).removeprefix(f"{file}: ") for problem in check([file])]


def test_mechanisms_are_checked_with_the_study(scenarios):
    assert problems_of(scenarios, "right-mechanisms", THREE) == []
    wrong = problems_of(scenarios, "wrong-mechanisms", WRONG)
    assert len(wrong) == 4
    for part in (
        'mechanisms."": text ""; expected a line of 1 to 40 characters',
        "mechanisms.rest: 'rest' is",
        "mechanisms.none: an empty table; expected its names and their neutral values",
        "mechanisms.flat: the number 0.0; expected a table",
    ):
        assert any(part in line for line in wrong), (part, wrong)
    wrong = problems_of(scenarios, "also-wrong-mechanisms", ALSO_WRONG)
    assert len(wrong) == 5
    for part in (
        "mechanisms.words.composed_dosis: unknown name 'composed_dosis'",
        "mechanisms.words.cheap_dose: -1 is too small",
        'mechanisms.time.displacement: text "none"; expected a number',
        'mechanisms.time."contacts.initiated": society.contacts.initiated acts before the branch',
        "'response.displacement' and 'displacement' are both society.response.displacement",
    ):
        assert any(part in line for line in wrong), (part, wrong)
    nowhere = problems_of(scenarios, "nowhere", '[mechanisms]\nstories = { "feed.visits" = 0.0 }\n')
    assert nowhere == []
    platform = scenarios / "platforms" / "bare.toml"
    wall = (scenarios / "platforms" / "wall-2009.toml").read_text("utf-8")
    platform.write_text(wall.split("[feed]")[0].replace("wall-2009", "bare"), "utf-8")
    source = (scenarios / "birthday-prompt.toml").read_text("utf-8").replace('"wall-2009"', '"bare"')
    file = scenarios / "no-such-feature.toml"
    file.write_text(source + '[mechanisms]\nstories = { "feed.visits" = 0.0 }\n', "utf-8")
    (problem,) = check([file])
    assert "has no feed.visits; expected a platform that has it" in str(problem)


# --- the figure -----------------------------------------------------------------------------------------------------------

EFFECTS = {  # % of the control: support, core, real-life hours, strong ties
    "being-in-touch": (-4.0, -9.3, -9.0, -1.1),
    "written-words": (21.0, 10.8, 0.3, 5.6),
    "time-taken": (-0.7, -1.9, -2.0, -0.6),
}
WITHOUT = {"written-words": "hollowed", "being-in-touch": "enriched", "time-taken": "enriched"}


def split_up(folder, effects=EFFECTS, without=WITHOUT, word="enriched", half=0.4, rest=0.001, left_out=(), seeds=4,
             arms=("none", "wall"), point=None, declared=False):  # fmt: skip
    """A folder as `sim why` leaves it."""
    made_up(folder / "why", seeds=seeds, arms=arms, slopes=(2.0,), days=(365,))
    contrast = json_files.read(folder / "why", "study.json")["contrasts"][0]
    rows = []
    about = {"study": "s", "point": 1, "contrast": contrast["name"], "horizon": 365, "profile": "all"}
    about |= {"control": 10.0, "people": 1500, "seeds": seeds}
    for place, leg in enumerate(LEGS):
        of_leg = {name: effect[place] / 100 if place < 4 else 0.01 for name, effect in effects.items()}
        whole = sum(of_leg.values()) + rest / 100
        for name, share in {**of_leg, "rest": rest / 100, "all": whole}.items():
            known = seeds > 1
            ends = {"low95": share - half / 100, "high95": share + half / 100} if known else {"low95": None, "high95": None}
            rows.append(
                about | ends | {
                    "measure": leg.measure, "unit": "share", "mechanism": name, "share": share, "alone": share, "without": share,
                    "word_alone": {"all": word, "rest": None}.get(name, "inert"),
                    "word_without": {"all": "inert", "rest": None}.get(name, without.get(name, word)),
                }
            )  # fmt: skip
    players = [{"name": name, "neutral": {}} for name in effects]
    at = {"point": 1, "prompts.slope": 2.0} if point is None else point
    said = {"study": "s", "contrast": contrast["name"], "arm": contrast["arm"], "control": contrast["control"], "point": at}
    said |= {"mechanisms": players, "left_out": list(left_out), "declared": declared}
    json_files.write(folder / "why", "coalitions.json", said)
    made = Provenance("s", "abc", "0.1.0+abc", "1-4", "", str(shapley.made_of(folder / "why")))
    frame = pl.DataFrame(rows, schema_overrides={"low95": pl.Float64, "high95": pl.Float64})
    command = pl.lit("sim why scenarios/s.toml --size quick")
    tables.write(folder, "why", frame.with_columns(command=command), made)
    return folder


def drawn(folder, lang="en"):
    return make(folder, "why", lang)


def test_the_title_says_what_adds_most_and_what_takes_most(tmp_path):
    figure, found = drawn(split_up(tmp_path))
    assert title(found) == "Written words add 21% to support, being in touch takes 4%"
    about = "compared with no platform, at slope\u00a02. Verdict after one year: enriched; without written words: hollowed."
    assert about in said(found)
    for text in ("+21 ± 0.4", "+10.8 ± 0.4", "−4 ± 0.4", "+16.3 ± 0.4", "from 8 combinations"):
        assert text.replace(" ± ", "\u00a0±\u00a0") in said(found), text
    well_set(figure, found)
    _, found = drawn(tmp_path, "fr")
    assert title(found) == "Les mots écrits ajoutent 21\u202f% au soutien, le contact entretenu en ligne en ôte 4\u202f%"
    assert "enrichissement\u202f; sans les mots écrits\u00a0: liens vidés de leur cœur." in said(found)


@pytest.mark.parametrize(
    "effects, words",
    [
        ({"time-taken": (-6, -7, 0, 0), "written-words": (0, 0, 0, 0)}, "Lost time takes 6% from support"),
        ({"clicks-and-reading": (8, 0, 0, 0), "time-taken": (-0.3, 0, 0, 0)}, "Clicks and reading add 8% to support"),
        ({"clicks-and-reading": (-8, 0, 0, 0)}, "Clicks and reading take 8% from support"),
        ({"being-in-touch": (-2, -3, -9, 0)}, "Being in touch takes 9% from real-life hours"),
        ({f"step {k}": (2 + k / 10, 0, 0, 0) for k in range(3)}, "“step 2” adds 2.2% to support"),  # together beyond the margin
        ({"pokes": (9, 0, 0, 0), "being-in-touch": (-6, 0, 0, 0)}, "“pokes” adds 9% to support, being in touch takes 6%"),
        (
            {"prompts-remember": (-0.2, 0.1, 0, 0)},
            "No mechanism moves support, core support, strong ties or real-life hours by more than 0.2%",
        ),
    ],
)
def test_titles_follow_the_shares(tmp_path, effects, words):
    figure, found = drawn(split_up(tmp_path, effects, {}, half=0.1))
    assert title(found).replace("\n", " ") == words
    assert "the same without any one mechanism" in said(found)
    well_set(figure, found)


def test_a_grid_of_zeros_is_not_drawn(tmp_path):
    with pytest.raises(Lacking, match="a grid of zeros"):
        drawn(split_up(tmp_path, {"prompts-remember": (-0.04, 0.01, 0, 0)}, {}))


@pytest.mark.parametrize("half, takes", [(0.5, ", lost time takes 0.6%"), (0.7, "")])
def test_a_title_names_nothing_that_may_be_nothing(tmp_path, half, takes):
    effects = {"clicks-and-reading": (8, 0, 0, 0), "time-taken": (-0.6, 0, 0, 0)}
    assert title(drawn(split_up(tmp_path, effects, {}, half=half))[1]) == f"Clicks and reading add 8% to support{takes}"


def test_a_village_is_said_where_the_study_is_none(tmp_path):
    for people, is_said in ((5000, True), (500, False)):
        folder = split_up(tmp_path / str(people))
        made_up(folder, slopes=(2.0,), days=(365,), scenario="abc", people=people)
        for lang, text in (("en", "These are 1,500 people. Among fewer than 2,000"), ("fr", "Ce sont 1 500 personnes.")):
            figure, found = drawn(folder, lang)
            assert (text in re.sub(r"[\u00a0\u202f]", " ", said(found))) is is_said
            well_set(figure, found)


def test_what_is_off_already_is_named(tmp_path):
    folder = split_up(tmp_path, left_out=("time-taken", "pokes"))
    assert "Already off in both arms: lost time and “pokes”." in said(drawn(folder)[1])
    assert "Already off in both arms" not in said(drawn(split_up(tmp_path))[1])


def test_a_combination_of_a_few_names_is_written_out(tmp_path):
    at = {"point": 2, "substitution": 0.0, "displacement": 0.39, "composed_dose": 0.0}
    text = said(drawn(split_up(tmp_path, point=at))[1]).replace("\u00a0", " ")
    assert "at combination 2 (substitution 0, displacement 0.39, effect of messages × 0). Verdict" in text


def test_only_the_models_own_list_leaves_nothing_but_links(tmp_path):
    said_of = [said(drawn(split_up(tmp_path / str(own), declared=own))[1]) for own in (False, True)]
    assert ["links alone, all others off" in text for text in said_of] == [True, False]
    assert ["a linked tie never ends" in text for text in said_of] == [True, False]
    assert ["all of these off" in text for text in said_of] == [False, True]


def test_who_adds_most_stands_first_and_the_whole_last(tmp_path):
    figure, _ = drawn(split_up(tmp_path))
    labels = ("written words bind", "time taken", "being in touch", "links alone", "together")
    placed = {text.get_text().split("\n")[0]: text.get_position()[1] for text in figure.texts}
    tops = [next(y for text, y in placed.items() if text.startswith(label)) for label in labels]
    assert tops == sorted(tops, reverse=True)


MANY = {f"mechanism {k} with a name that is long": (9 - 2 * k, k, -k, 0.1 * k) for k in range(10)}
CASES = {
    "usual": {},
    "all words change": {"without": dict.fromkeys(EFFECTS, "undecided"), "word": "transformed"},
    "one": {"effects": {"time-taken": (-40, -60, -30, -70)}, "without": {"time-taken": "inert"}, "word": "thinned"},
    "many": {"effects": MANY, "declared": True, "without": dict.fromkeys(list(MANY)[:5], "weakened"),
             "left_out": ("time-taken",)},
    "tiny": {"effects": {"time-taken": (-0.04, 0.02, 0, 0), "written-words": (0.12, 0, 0, 0)}, "word": "inert",
             "without": {}, "half": 0.003, "rest": 0.0},
    "one seed": {"seeds": 1, "word": "undecided", "without": {}},
    "two platforms": {"arms": ("no-prompt", "wall")},
    "a point of many names": {"point": {"point": 1} | {f"name{k}": 0.123 for k in range(9)}},
    "left out": {"left_out": ("time-taken", "prompts-remember", "clicks-and-reading")},
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("lang", LONGER)
def test_the_figure_is_well_set(tmp_path, case, lang):
    figure, found = drawn(split_up(tmp_path, **CASES[case]), lang)
    well_set(figure, found)
    bars = figure.axes[0].get_window_extent()
    for box in (text.get_window_extent() for text in figure.texts):  # names stand left of the bars, words right of them
        beside = bars.y0 < (box.y0 + box.y1) / 2 < bars.y1
        assert not beside or box.x1 < bars.x0 or box.x0 > figure.axes[-1].get_window_extent().x1
    if lang == "fr":
        for text in found:
            assert not BAD_FRENCH.findall(text.get_text().replace("0.1.0+abc", "")), text.get_text()


def test_bars_reach_as_far_as_the_shares(tmp_path):
    figure, _ = drawn(split_up(tmp_path))
    for axes, place in zip(figure.axes, range(4)):
        order = ("written-words", "time-taken", "being-in-touch")
        widths = [patch.get_width() for patch in axes.patches if patch.get_zorder() == 2]
        of_leg = [EFFECTS[name][place] for name in order]
        assert widths == pytest.approx([*of_leg, 0.001, sum(of_leg) + 0.001])
        low, high = axes.get_xlim()
        assert low < -9.3 < 21.4 < high


@pytest.mark.slow
def test_a_folder_is_drawn_with_its_split_and_without_a_sweep(tmp_path):
    alone = split_up(tmp_path / "alone")
    (file,) = draw(alone, lang="fr")
    assert file.name == "why.fr.svg"
    again = "sim why scenarios/s.toml --size quick && sim draw results/s/.work/quick --lang fr --format svg"
    assert again in file.read_text("utf-8").replace("&amp;", "&")
    both = split_up(tmp_path / "both")
    made_up(both, slopes=(2.0,), days=(365,), scenario="abc")
    assert {"why.en.svg", "verdict.en.svg"} <= {file.name for file in draw(both)}
    assert [file.name for file in draw(both, only=("why",), out=tmp_path)] == ["why.en.svg"]
    with pytest.warns(LeftOut) as left_out:
        draw(made_up(tmp_path / "never", slopes=(2.0,), days=(365,)), only=("society", "why"))
    assert "why: left out, why.csv is not there; run `sim why` first" in [str(each.message) for each in left_out]


# --- the command ----------------------------------------------------------------------------------------------------------


def test_the_command_splits_prints_and_draws(study, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asked = ("why", study.file, "--contrast", "platform", "--measure", "received_visit", "--seeds", 2)
    result = sim(*asked, "--dry-run")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("every coalition of 3 mechanisms, each a point\n8 points")
    assert "16 units" in result.stdout
    assert not (tmp_path / "results").exists()
    result = sim(*asked, "--lang", "fr", "--format", "svg,png")
    assert result.exit_code == 0, result.output
    folder = tmp_path / "results" / "why" / ".work" / "default"
    assert {file.name for file in folder.glob("*.*")} == {"why.csv", "why.fr.svg", "why.fr.png"}
    lines = result.stdout.splitlines()
    assert lines[0].split() == [
        "mécanisme", "soutien", "soutien", "du", "noyau", "heures", "ensemble", "liens", "forts", "partenaires", "canaux",
        "received_visit", "sans", "lui", "seul",
    ]  # fmt: skip
    assert [line.split("  ")[0] for line in lines[1:6]][-2:] == ["tout ceci éteint", "ensemble"]
    share = row_of(folder, "S_all", "words")["share"]
    assert Words("fr").fixed(100 * abs(share), 1) in next(line for line in lines if line.startswith("«\u00a0words"))
    assert tables.provenance(folder, "why").hash == scenario_hash(study)  # as the study's own tables say
    again = sim(*asked)
    assert again.exit_code == 0
    assert (folder / "why.en.svg").is_file()
    rows = sim("query", "select mechanism, share from why where measure = 'core' and mechanism = 'all'", folder)
    assert f"{row_of(folder, 'core', 'all')['share']:.3g}" in rows.stdout


def test_the_command_refuses_what_it_cannot_do(study, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert refused(sim("why", study.file, "--contrast", "no"), "no contrast 'no'; expected one of platform, prompt")
    assert refused(sim("why", study.file, "--point", 3), "--point: 3; expected a point of the design, 0 to 0")
    assert refused(sim("why", study.file, "--size", "huge"), "one of default, full, quick")
    assert refused(sim("why", study.file, "--lang", "de"), "--lang")
    assert sim("why", study.file, "--seeds", 0).exit_code == 2
    assert not (tmp_path / "results").exists()


def test_a_dry_run_refuses_what_the_run_would_refuse():
    study = Path(__file__).parents[1] / "scenarios" / "birthday-prompt.toml"
    for dry in ((), ("--dry-run",)):
        result = sim("why", study, "--measure", "S_al", *dry)
        assert result.exit_code == 2
        assert "--measure: no measure 'S_al'" in result.stderr
