"""One world, one arm: the same numbers as the world itself, tables that agree with each other, nothing half-written."""

import os
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from sim.channels import CHANNELS
from sim.errors import InputError, RunError
from sim.scenario.fingerprint import first_digits
from sim.society.start import graph_named, study_on
from sim.study.records import tables
from sim.study.single import run
from sim.study.single.run import MAIN, run_one
from sim.study.sweep.grown import grown_society
from sim.study.sweep.units import run_fingerprint
from sim.study.sweep.worker import Work, run_arm
from sim.world.columns import KINDS

DATA = Path(os.environ.get("SIM_DATA") or Path(__file__).parents[2] / "shared" / "data")
needs_school = pytest.mark.skipif(
    not (DATA / "highschool2013").is_dir(),
    reason="needs the data set highschool2013: set SIM_DATA to a folder that holds it",
)

RING = "from,to,closeness\n" + "".join(f"p{k},p{(k + 1) % 20},0.{k % 9 + 1}\n" for k in range(20))


@pytest.fixture
def study(a_study):
    return a_study(name="one", people=30, burn_in='"1y"')


@pytest.fixture
def ring(tmp_path):
    """Twenty people, each tied to the next."""
    file = tmp_path / "ring.csv"
    file.write_text(RING)
    return str(file)


@pytest.fixture(scope="module")
def logged(a_study, tmp_path_factory):
    """A run on a platform with all its acts: the result and its folder."""
    folder = tmp_path_factory.mktemp("logged")
    study = a_study(name="one", people=30, burn_in='"1y"')
    return run_one(study, folder, "wall", events=folder / "events.parquet"), folder


def test_measures_what_a_sweep_measures(study, tmp_path):
    one = run_one(study, tmp_path, "wall", seed=2)
    grown = grown_society(study.resolve("wall"), 2)
    other = run_arm(Work(study, None, "default", 1), "wall", study.points()[0], 2, None, grown)
    assert list(one.rows) == other.rows[365]
    assert one.run["scenario_hash"] == other.row["scenario_hash"]
    assert one.run["run_id"] == first_digits(run_fingerprint(study, "wall", {}, 2, None, None), 16)


def test_tables_hold_the_run(study, tmp_path):
    one = run_one(study, tmp_path, "wall")
    runs, measures = tables.read(tmp_path, "runs"), tables.read(tmp_path, "measures")
    assert runs.select("arm", "seed", "people", "years", "status").row(0) == ("wall", 1, 30, 1.0, "done")
    assert measures["run_id"].unique().to_list() == [one.run["run_id"]]
    assert measures["day"].unique().to_list() == [365]
    assert [row.measure for row in one.main()] == list(MAIN)


def test_first_arm_is_taken_where_none_is_named(study, tmp_path):
    assert run_one(study, tmp_path).run["arm"] == "none"


@pytest.mark.parametrize(
    "horizons, years, measured",
    [
        ('["1y", "2y"]', None, [365, 730]),
        ('["1y", "3y"]', 2, [365, 730]),
        ('["400d", "3y"]', 2, [730]),
        ('["2y"]', 1, [365]),
    ],
)
def test_years_decide_which_horizons_are_measured(a_study, tmp_path, horizons, years, measured):
    study = a_study(name="years", people=30, burn_in='"1y"', horizons=horizons)
    run_one(study, tmp_path, years=years)
    assert tables.read(tmp_path, "measures")["day"].unique().sort().to_list() == measured


def test_a_year_is_the_same_whatever_comes_after(a_study, tmp_path):
    study = a_study(name="years", people=30, burn_in='"1y"', horizons='["1y", "2y"]')
    run_one(study, tmp_path / "short", "wall", years=1)
    run_one(study, tmp_path / "long", "wall", years=2)
    short, long = (tables.read(tmp_path / name, "measures").drop("run_id") for name in ("short", "long"))
    assert_frame_equal(short, long.filter(pl.col("day") == 365))


@pytest.mark.parametrize(
    "arm, point, used, numbered",
    [
        ("wall", None, 2.0, None),  # what the platform's file says
        ("none", None, None, None),  # no platform, no prompts
        ("set-here", None, 3.0, None),  # what the arm really had
        ("wall", 0, 0.5, 0),
        ("wall", 1, 4.0, 1),
    ],
)
def test_a_design_is_run_at_the_values_of_the_files_or_at_the_point_asked_for(
    a_study, tmp_path, arm, point, used, numbered
):
    own = '[arms.set-here]\nplatform = "wall-2009"\nset = { "prompts.slope" = 3.0 }\n'
    study = a_study(arms=own, name="varied", vary='"prompts.slope" = [0.5, 4.0]', people=30, burn_in='"1y"')
    one = run_one(study, tmp_path, arm, point=point)
    runs = tables.read(tmp_path, "runs")
    assert one.point == {"prompts.slope": used}
    assert runs.select("prompts.slope", "point").row(0) == (used, numbered)
    values = {} if point is None else {"prompts.slope": used}
    assert one.run["run_id"] == first_digits(run_fingerprint(study, arm, values, 1, None, None), 16)


@pytest.mark.parametrize("point", [-1, 2, 10**9])
def test_a_point_that_no_design_has_is_refused(a_study, tmp_path, point):
    study = a_study(name="varied", vary='"prompts.slope" = [0.5, 4.0]', people=30, burn_in='"1y"')
    with pytest.raises(InputError, match=rf"--point: {point}; expected a point of the design, 0 to 1"):
        run_one(study, tmp_path / "out", "wall", point=point)
    assert not (tmp_path / "out").exists()


# --- graphs -----------------------------------------------------------------------------------------------------------


def test_an_edge_list(study, ring, tmp_path):
    one = run_one(study, tmp_path, graph=ring)
    assert one.run["people"] == 20


def test_where_a_graph_lies_changes_nothing(study, ring, tmp_path):
    moved = tmp_path / "elsewhere" / "ring.csv"
    moved.parent.mkdir()
    moved.write_text(RING)
    here, there = (run_one(study, tmp_path, graph=graph).run for graph in (ring, str(moved)))
    assert here["run_id"] == there["run_id"]


def test_a_data_set_by_name(study, tmp_path):
    assert run_one(study, tmp_path, "wall", graph="karate").run["people"] == 34


@needs_school
def test_the_school_brings_its_own_minutes(study, tmp_path, monkeypatch):
    monkeypatch.setenv("SIM_DATA", str(DATA))
    one = run_one(study, tmp_path, "wall", graph="highschool2013")
    assert one.run["people"] == 328
    measured = study_on(study, graph_named("highschool2013"))
    minutes = measured.society.channels.chance.minutes
    assert minutes.value == pytest.approx(5.6, abs=0.1)
    assert (minutes.status, minutes.reason) == ("computed", "measured in highschool2013")
    assert measured.society_fingerprint("wall") != study.society_fingerprint("wall")


def test_a_graph_that_measured_nothing_changes_no_study(study):
    assert study_on(study, graph_named("karate")) is study
    assert study_on(study, None) is study


def test_an_unknown_name_is_neither_a_file_nor_a_data_set():
    with pytest.raises(InputError, match=r"no file and no data set 'karatee'; .*perhaps you meant 'karate'"):
        graph_named("karatee")


# --- the log ----------------------------------------------------------------------------------------------------------


def test_log_tables_have_the_promised_columns(logged):
    _, folder = logged
    for name in ("events", "people", "ties"):
        frame = tables.read(folder, name)
        assert dict(frame.schema) == dict(tables.SCHEMAS[name])
        assert len(frame)


def test_events_are_acts_of_the_run(logged):
    one, folder = logged
    events = tables.read(folder, "events")
    assert (events["day"].min(), events["day"].max()) == (0, 364)
    assert set(events["channel"]) <= set(CHANNELS)
    assert events.filter(pl.col("prompted"))["channel"].unique().to_list() == ["greeting"]
    greetings = events.filter(pl.col("channel") == "greeting").height / one.run["people"]
    assert greetings == pytest.approx(next(row.value for row in one.main() if row.measure == "received_greeting"))


def test_ties_are_of_the_first_and_the_last_day(logged):
    _, folder = logged
    ties = tables.read(folder, "ties")
    assert ties["day"].unique().sort().to_list() == [0, 364]
    assert (ties["from"] < ties["to"]).all()
    assert set(ties["kind"]) <= set(KINDS)
    assert ties.select("closeness_from", "closeness_to").min_horizontal().is_between(0, 1).all()
    assert not ties.select("day", "from", "to").is_duplicated().any()


def test_whoever_acts_is_tied(logged):
    _, folder = logged
    ties, events = tables.read(folder, "ties"), tables.read(folder, "events")
    ends = events.select("day", pl.min_horizontal("from", "to").alias("from"), pl.max_horizontal("from", "to").alias("to"))
    known = {day: set(ties.filter(pl.col("day") == day).select("from", "to").rows()) for day in (0, 364)}
    for day in known:
        acted = set(ends.filter(pl.col("day") == day).select("from", "to").rows())
        assert acted
        assert acted <= known[day]


def test_people_agree_with_ties_and_measures(logged):
    one, folder = logged
    people, ties = tables.read(folder, "people"), tables.read(folder, "ties")
    last = ties.filter(pl.col("day") == 364, pl.col("linked"))
    ends = pl.concat([last["from"], last["to"]])
    assert people["person"].to_list() == list(range(one.run["people"]))
    assert people["links"].to_list() == [int((ends == person).sum()) for person in people["person"]]
    assert people.filter(~pl.col("member"))["links"].sum() == 0
    assert people.filter(~pl.col("member"))["minutes"].sum() == 0
    assert people["birthday"].is_between(0, 364).all()
    assert people["shown_birthday"].drop_nulls().is_between(0, 364).all()


def test_people_keep_the_labels_of_their_graph(study, ring, tmp_path):
    run_one(study, tmp_path, graph=ring, events=tmp_path / "acts.parquet")
    assert set(tables.read(tmp_path, "people")["label"]) == {f"p{k}" for k in range(20)}


def test_both_engines_log_the_same(study, ring, tmp_path):
    for engine in ("fast", "plain"):
        run_one(study, tmp_path / engine, "wall", graph=ring, engine=engine, events=tmp_path / engine / "events.parquet")
    order = ["day", "from", "to", "channel"]
    fast, plain = (tables.read(tmp_path / engine, "events").sort(order) for engine in ("fast", "plain"))
    assert_frame_equal(fast, plain)


# --- refused, or failed ---------------------------------------------------------------------------------------------------


def test_every_wrong_option_is_said_at_once(study, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(InputError) as refused:
        run_one(study, tmp_path / "file", people=10, graph="karate", engine="fst", events=tmp_path / "ties.parquet")
    assert [problem.place for problem in refused.value.problems] == ["--engine", "--people", "--out", "--events"]


@pytest.mark.parametrize("options", [{"arm": "wal"}, {"people": 0}, {"engine": "slow"}, {"graph": "nowhere.csv"}])
def test_what_is_refused_leaves_nothing(study, tmp_path, options):
    with pytest.raises(InputError):
        run_one(study, tmp_path / "out", **options)
    assert not (tmp_path / "out").exists()


def test_a_log_never_replaces_a_device(study, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(InputError, match="not a plain file"):
        run_one(study, tmp_path, events=pipe)
    assert pipe.is_fifo()


def test_a_folder_that_cannot_be_made_is_said_before_the_run(study, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="is not a folder"):
        run_one(study, tmp_path / "file" / "out", progress=lambda *_: pytest.fail("it ran"))


def test_a_full_disk_leaves_no_run(study, tmp_path, monkeypatch):
    """runs.parquet comes last, so that what it names is complete."""
    write = tables.write

    def full(folder, name, frame, made):
        if name == "measures":
            raise RunError("disk full")
        return write(folder, name, frame, made)

    monkeypatch.setattr(run.tables, "write", full)
    with pytest.raises(RunError):
        run_one(study, tmp_path)
    assert list(tmp_path.iterdir()) == []
