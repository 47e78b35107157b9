"""Growing until nothing changes, and the store of grown societies."""

import io
import json
import os
import pickle
import subprocess
import sys
import warnings
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from conftest import grown_for
from nobody import shut
from typer.testing import CliRunner
from worlds import assert_identical

import sim
from sim.__main__ import app
from sim.errors import Note, RunError
from sim.society.datasets import list_datasets
from sim.society.graphs import from_networkx
from sim.study.sweep import grown as store
from sim.study.sweep.grown import grown_society, save, store_folder, stored
from sim.world.columns import CLASS_SIZES, REST
from sim.world.growing import Grown, grow
from sim.world.measures import Before, planned_minutes
from sim.world.state import State

ROOT = Path(__file__).parents[1]
ARMS = """
[arms.friends-fade]
platform = "none"
set = { "decay.friend" = 150.0 }
[arms.substituted]
platform = "wall-2009"
set = { "response.substitution" = 0.9, "channels.greeting.dose" = 0.03, "prompts.slope" = 0.0, "us.minutes_ratio" = 0.5 }
[arms.mobile]
platform = "none"
set = { "us.mobility" = 0.4 }
"""


@pytest.fixture(scope="module")
def study(a_study):
    return a_study(ARMS, name="growing", people=40, burn_in='"1y"')


def names(folder) -> set[str]:
    return {file.name for file in folder.glob("*.npz")}


# --- growing -------------------------------------------------------------------------------------


def test_a_grown_society_depends_on_its_seed_alone(study):
    one, again, other = (grown_for(study, seed) for seed in (1, 1, 2))
    assert_identical(one.state, again.state)
    assert one.history == again.history
    assert one.history != other.history


def test_growing_simulates_whole_years_and_tells_how_far_it_is(study):
    told = []
    resolved = study.resolve("none", {})
    grown = grow(resolved.society, resolved.profiles, 1, 30, 3, watch=lambda *days: told.append(days))
    assert sorted(set(told)) == [(day, 1095) for day in range(0, 1096, 73)]
    assert grown.state.day == 3 * 365
    assert len(grown.history) == 3
    assert grown.state.branched


def test_a_longer_growth_begins_as_a_shorter_one(study):
    assert grown_for(study, years=3).history[:2] == grown_for(study, years=2).history


def test_at_the_branch_everyones_classes_and_social_minutes_are_known(a_study):
    grown = grown_for(a_study(name="classes-known", people=150))
    ties = grown.state.ties
    person = np.concatenate([ties.i, ties.j])
    classes = np.concatenate([ties.class_ij, ties.class_ji])
    degree = np.bincount(person, minlength=150)
    for k, size in enumerate(CLASS_SIZES):
        first = sum(CLASS_SIZES[:k])
        found = np.bincount(person[classes == k], minlength=150)
        assert np.array_equal(found, np.clip(degree - first, 0, size)), k
    assert classes.max() == REST
    assert np.array_equal(grown.state.people.social, planned_minutes(grown.state))
    assert grown.state.people.social.min() > 0


def history(support, hours=None, ties=None) -> Grown:
    rows = zip(support, hours or [2.0] * len(support), ties or [100.0] * len(support))
    return Grown(State(None, None, None), tuple(dict(support=s, hours=h, ties=t) for s, h, t in rows))


@pytest.mark.uncompiled
@pytest.mark.parametrize(
    "support, hours, ties, year",
    [
        ([5, 5, 5], None, None, 3),
        ([5, 5], None, None, None),  # two years before are needed
        ([], None, None, None),
        ([4, 5, 6, 6, 6], None, None, 5),
        ([4, 5, 5.04, 5.05], None, None, 4),  # 1 % over two years is still
        ([4, 5, 5.04, 5.06], None, None, None),
        ([5, 5, 5, 5], [2, 2, 2.1, 2], None, 4),  # hours moved in the third year
        ([5, 5, 5, 5, 5], None, [100, 99, 98, 97.5, 97.5], 5),  # 100 to 98, 99 to 97.5: too much; 98 to 97.5: still
        ([5, 6, 5], None, None, 3),  # there and back: only the ends of the two years count
    ],
)
def test_the_steady_year_of_made_up_histories(support, hours, ties, year):
    assert history(support, hours, ties).steady_year == year


# --- the store -----------------------------------------------------------------------------------


def test_a_stored_society_is_the_same_to_the_last_bit(study, tmp_path):
    resolved = study.resolve("none", {})
    fresh = grown_society(resolved, 1, folder=tmp_path)
    assert len(names(tmp_path)) == 1
    kept = grown_society(resolved, 1, folder=tmp_path)
    assert kept is not fresh
    assert_identical(fresh.state, kept.state)
    assert kept.state.place_counts == fresh.state.place_counts
    assert kept.history == fresh.history
    assert kept.steady_year == fresh.steady_year
    assert kept.state.known_links is None


def test_a_large_society_stays_on_disk(study, tmp_path, monkeypatch):
    """It is read when somebody asks for its state, and is equal to one in memory. Worlds of it are the same."""
    resolved = study.resolve("none", {})
    fresh = grown_society(resolved, 1, folder=tmp_path)
    monkeypatch.setattr(store, "MOST_IN_MEMORY", 10)
    for grown in (grown_society(resolved, 1, folder=tmp_path), grown_society(resolved, 1, folder=tmp_path / "new")):
        assert repr(grown) == repr(fresh)
        assert_identical(grown.state, fresh.state)
        assert grown.state is not grown.state
        for one, other in zip(grown.before, fresh.before):
            np.testing.assert_array_equal(one, other)
        one, other = (sim.World(study, "wall", 1, grown=society) for society in (grown, fresh))
        for world in (one, one.branch("none"), other):
            world.run(40)
        assert_identical(one.state, other.state)
    elsewhere = pickle.loads(pickle.dumps(grown))
    next(tmp_path.glob("new/*.npz")).unlink()
    assert_identical(elsewhere.state, fresh.state)
    with pytest.raises(RunError, match="no longer there, or was changed; run again"):
        sim.World(study, "none", 1, grown=grown)


def test_a_large_society_that_cannot_be_stored_stays_in_memory(study, kept_once, tmp_path, monkeypatch):
    fresh, _ = kept_once
    monkeypatch.setattr(store, "grow", lambda *_, **__: fresh)
    monkeypatch.setattr(store, "MOST_IN_MEMORY", 10)
    (tmp_path / "file").write_text("no folder")
    with pytest.warns(Note, match="no grown society can be kept there"):
        assert grown_society(study.resolve("none", {}), 1, folder=tmp_path / "file").state is fresh.state


def test_columns_without_numbers_are_not_stored(study, kept_once):
    fresh, file = kept_once
    with np.load(file) as archive:
        kept = {name.removeprefix("ties_") for name in archive.files if name.startswith("ties_")}
    assert kept == {name for name, column in zip(fresh.state.ties._fields, fresh.state.ties) if column.any()}
    assert not kept & {"view_ij", "touch", "were_friends"}


def test_a_stored_society_is_not_grown_again(study, tmp_path, monkeypatch):
    resolved = study.resolve("none", {})
    grown_society(resolved, 1, folder=tmp_path)
    monkeypatch.setattr(store, "grow", lambda *_, **__: pytest.fail("grown again"))
    grown_society(resolved, 1, folder=tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        dict(arm="friends-fade"),
        dict(arm="mobile"),
        dict(people=41),
        dict(years=2),
        dict(seed=2),
        dict(graph=from_networkx(nx.cycle_graph(9))),
        dict(rules="other kernels"),
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_makes_another_society_has_another_name(study, tmp_path, monkeypatch, change):
    monkeypatch.setattr(store, "grow", lambda *_, **__: grown)
    grown = grown_for(study)
    grown_society(study.resolve("none", {}), 1, folder=tmp_path)
    other = study.scaled(change.get("people"))
    if "years" in change:
        other = other.model_copy(update={"burn_in": f"{change['years']}y"})
    if "rules" in change:
        monkeypatch.setattr(store, "RULES", change["rules"])
    resolved = other.resolve(change.get("arm", "none"), {})
    grown_society(resolved, change.get("seed", 1), change.get("graph"), folder=tmp_path)
    assert len(names(tmp_path)) == 2


@pytest.mark.uncompiled
def test_every_word_of_a_graph_counts():
    def digest(**changes):
        graph = nx.Graph([("a", "b"), ("b", "c")])
        graph.edges["a", "b"].update(changes.pop("edge", {}))
        graph.nodes["a"].update(changes.pop("node", {}))
        return store.graph_digest(from_networkx(nx.relabel_nodes(graph, changes.pop("labels", {}))))

    told = [
        digest(),
        digest(labels={"a": "d"}),
        *(digest(edge=edge) for edge in (dict(kind="kin"), dict(closeness=0.5), dict(linked=True), dict(chance=0.1))),
        digest(edge=dict(closeness_from=0.5)),
        digest(edge=dict(closeness_to=0.5)),
        digest(node=dict(setting=3)),
        store.graph_digest(None),
    ]
    assert len(set(told)) == len(told)
    assert digest() == told[0]


def test_what_acts_after_the_branch_shares_the_society(study, tmp_path):
    for arm in ("none", "wall", "no-prompt", "substituted"):
        grown_society(study.resolve(arm, {}), 1, folder=tmp_path)
    assert len(names(tmp_path)) == 1


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def scratched(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes(255 - b for b in content[middle : middle + 400]) + content[middle + 400 :]


def rewritten(change):
    """A file whose columns and whose `about` were changed, and which is sound by itself."""

    def write(content: bytes) -> bytes:
        with np.load(io.BytesIO(content)) as stored_file:
            columns = dict(stored_file)
        about = json.loads(str(columns["about"]))
        columns["about"] = np.array(json.dumps(change(columns, about) or about))
        out = io.BytesIO()
        np.savez(out, **columns)
        return out.getvalue()

    return write


def put(name, value):
    return rewritten(lambda columns, _: columns.update({name: value(columns[name])}))


def say(**said):
    return rewritten(lambda _, about: about | said)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda _: b"not a society", id="text"),
        pytest.param(cut, id="cut"),
        pytest.param(scratched, id="scratched"),
        pytest.param(put("ties_c_ij", lambda column: column * 2), id="values"),
        pytest.param(put("ties_c_ij", lambda column: np.full_like(column, np.nan)), id="nan"),
        pytest.param(put("ties_j", lambda column: column + 1000), id="people that are not there"),
        pytest.param(put("ties_i", lambda column: column[:-1]), id="a shorter column"),
        pytest.param(put("people_minutes", lambda column: column.astype(np.float64)), id="another type"),
        pytest.param(put("people_places", lambda column: column[:, :1]), id="another shape"),
        pytest.param(put("people_member", lambda column: np.array([None] * len(column))), id="objects"),
        pytest.param(rewritten(lambda columns, _: columns.pop("tally_viewed") is None), id="without a column"),
        pytest.param(say(format=1), id="another format"),
        pytest.param(say(day=-1), id="another day"),
        pytest.param(say(place_counts=None), id="null"),
        pytest.param(say(history=[]), id="without its history"),
        pytest.param(rewritten(lambda _, about: [about]), id="a list"),
        pytest.param(rewritten(lambda _, about: {key: about[key] for key in about if key != "digest"}), id="without a digest"),
    ],
)
def test_a_broken_file_is_grown_anew_with_a_note(study, kept_once, tmp_path, monkeypatch, broken):
    fresh, file = kept_once
    place = tmp_path / file.name
    place.write_bytes(broken(file.read_bytes()))
    monkeypatch.setattr(store, "grow", lambda *_, **__: fresh)
    with pytest.warns(Note, match="not a grown society of this study, or a damaged one .*it is grown anew"):
        grown_society(study.resolve("none", {}), 1, folder=tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # the broken file is replaced
        assert_identical(fresh.state, grown_society(study.resolve("none", {}), 1, folder=tmp_path).state)


@pytest.fixture(scope="module")
def kept_once(study, tmp_path_factory):
    """A society and the file in which it was stored."""
    folder = tmp_path_factory.mktemp("store")
    return grown_society(study.resolve("none", {}), 1, folder=folder), next(folder.glob("*.npz"))


def test_a_society_of_another_seed_under_the_name_of_this_is_not_taken(study, kept_once, tmp_path, monkeypatch):
    fresh, file = kept_once
    monkeypatch.setattr(store, "grow", lambda *_, **__: fresh)
    grown_society(study.resolve("none", {}), 2, folder=tmp_path)
    (other,) = tmp_path.glob("*.npz")
    other.write_bytes(file.read_bytes())
    with pytest.warns(Note, match="not a grown society of this study"):
        grown_society(study.resolve("none", {}), 2, folder=tmp_path)


def test_a_store_of_another_version_is_said_once_and_left_alone(study, kept_once, tmp_path, monkeypatch):
    """Whatever it is named there, as an older version did, or with the version before the name."""
    fresh, _ = kept_once
    monkeypatch.setattr(store, "grow", lambda *_, **__: fresh)
    for name in ("0123456789abcdef01234567.npz", "other-0123456789abcdef01234567.npz"):
        (tmp_path / name).write_bytes(b"a society" * 1000)
    with pytest.warns(Note) as noted:
        [grown_society(study.resolve("none", {}), seed, folder=tmp_path) for seed in (1, 2)]
    (only,) = noted
    found = "grown societies of another version of this program (2) are not used; delete the folder to free 17.6 kB"
    assert str(only.message) == f"{tmp_path}: {found}"
    assert len(list(tmp_path.glob("*.npz"))) == 4


@pytest.mark.parametrize("mode, inside", [(0o555, ""), (0o555, "store"), (0, "store"), (0o755, "file"), (0o755, "file/store"),
                                          (0o755, "a" * 300)])  # fmt: skip
def test_without_a_store_a_society_is_grown_and_it_is_said_once(study, kept_once, monkeypatch, mode, inside):
    """A folder in which one may not write, which one may not enter, a file, a name that no folder can have."""
    fresh, _ = kept_once
    monkeypatch.setattr(store, "grow", lambda *_, **__: fresh)

    def fill(folder):
        folder.mkdir()
        (folder / "file").write_text("mine")

    with shut(fill, mode) as outer, pytest.warns(Note) as noted:
        found = [grown_society(study.resolve("none", {}), 1, folder=outer / inside) for _ in range(2)]
    assert found == [fresh, fresh]
    (only,) = noted
    assert str(only.message).startswith(f"{outer / inside}: no grown society can be kept there (")


def test_a_full_disk_is_said_once(study, kept_once, tmp_path, monkeypatch):
    fresh, _ = kept_once
    monkeypatch.setattr(store, "grow", lambda *_, **__: fresh)
    monkeypatch.setattr(store.np, "savez", full_disk)
    with pytest.warns(Note, match=r"no grown society can be kept there \(No space left on device\)") as noted:
        [grown_society(study.resolve("none", {}), 1, folder=tmp_path) for _ in range(2)]
    assert len(noted) == 1


@pytest.mark.slow
def test_a_sweep_without_a_store_says_so_once_however_many_grow(study, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("mine")
    monkeypatch.setenv("SIM_STORE", str(tmp_path / "file"))
    with pytest.warns(Note) as noted:
        assert sim.sweep(study.scaled(seeds=2), tmp_path / "out", jobs=2).done == 2
    (only,) = (str(one.message) for one in noted if one.category is Note)
    assert "no grown society can be kept there (not a folder); each is grown when it is needed" in only


@pytest.mark.parametrize("deeper", ["", "deeper"])
def test_a_store_that_may_not_be_looked_into_is_not_an_empty_one(monkeypatch, deeper):
    with shut(lambda folder: folder.mkdir(), 0) as folder:
        monkeypatch.setenv("SIM_STORE", str(folder / deeper))
        done = CliRunner().invoke(app, ["grown"])
    assert (done.exit_code, done.stdout) == (1, "")
    said = "no store of grown societies to read (Permission denied); set SIM_STORE to another"
    assert done.stderr == f"{folder / deeper}: {said}\n"


@pytest.mark.parametrize("said, meant", [("~/x", "HOME/x"), ("~", "HOME"), ("a~/x", "a~/x"), ("/~", "/~"), ("./~", "~")])
def test_a_home_folder_in_a_variable_is_one(monkeypatch, tmp_path, said, meant):
    monkeypatch.setenv("HOME", str(tmp_path))
    for variable in ("SIM_STORE", "SIM_CACHE", "SIM_DATA"):
        monkeypatch.setenv(variable, said)
    place = Path(meant.replace("HOME", str(tmp_path)))
    assert store_folder() == place
    dataset = next(each for each in list_datasets() if each.files)
    monkeypatch.setattr("sim.society.datasets.Path.is_file", lambda _: True)
    assert dataset.place == str(place)  # SIM_DATA, which comes first
    monkeypatch.delenv("SIM_DATA")
    assert dataset.place == str(place / dataset.name)


def full_disk(*_, **__):
    raise OSError(28, "No space left on device")


def test_a_full_disk_costs_only_the_saving(study, tmp_path, monkeypatch):
    monkeypatch.setattr(store.np, "savez", full_disk)
    grown = grown_society(study.resolve("none", {}), 1, folder=tmp_path)
    assert grown.state.population == 40
    assert [file.name for file in tmp_path.iterdir()] == [store.LOCK]  # nothing half-written is left


def test_whoever_wants_the_same_society_waits_until_it_is_there(study, tmp_path):
    """Two processes ask at once; one grows it, the other takes it from the store."""
    ask = (
        "import sys, time; from pathlib import Path; import sim; from sim.study.sweep import grown\n"
        "whole = grown.grow\n"
        "def slow(*given): print('grew', flush=True); time.sleep(2); return whole(*given)\n"
        "grown.grow = slow\n"
        "grown.grown_society(sim.load(sys.argv[1]).resolve('none', {}), 1, folder=Path(sys.argv[2]))\n"
    )
    command = [sys.executable, "-c", ask, study.file, str(tmp_path)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(2)]
    said = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sorted(said) == ["", "grew\n"]


def test_a_disk_that_refuses_the_move_costs_only_the_saving(study, tmp_path, monkeypatch):
    def refused(*_):
        raise RunError("no")

    monkeypatch.setattr(store, "atomically", refused)
    assert grown_society(study.resolve("none", {}), 1, folder=tmp_path).state.population == 40


def test_known_links_of_a_graph_are_stored(study, tmp_path):
    graph = nx.cycle_graph(12)
    for k, (_, _, tie) in enumerate(graph.edges(data=True)):
        if k % 3:
            tie["linked"] = bool(k % 2)
    given = from_networkx(graph)
    resolved = study.resolve("none", {})
    fresh = grown_society(resolved, 1, given, folder=tmp_path)
    kept = grown_society(resolved, 1, given, folder=tmp_path)
    for one, other in zip(fresh.state.known_links, kept.state.known_links):
        assert np.array_equal(one, other)
    assert_identical(fresh.state, kept.state)


def test_the_store_says_what_is_in_it(study, tmp_path):
    grown_society(study.resolve("none", {}), 1, folder=tmp_path)
    (tmp_path / "broken.npz").write_bytes(b"PK\x03\x04 cut")
    (tmp_path / "text.npz").write_bytes(b"text")
    found = list(stored(tmp_path))
    assert [one["file"] for one in found if one.get("broken")] == ["broken.npz", "text.npz"]
    (whole,) = (one for one in found if not one.get("broken"))
    assert (whole["people"], whole["years"], whole["seed"], whole["steady_year"]) == (40, 1, 1, None)
    os.rename(tmp_path / whole["file"], tmp_path / "0123456789ab-older.npz")
    told = CliRunner().invoke(app, ["grown"], env={"SIM_STORE": str(tmp_path)}).stdout
    assert whole["used"]
    assert [line.split()[-1] for line in told.splitlines() if "older.npz" in line] == ["no"]


def test_the_store_is_where_the_user_says(monkeypatch, tmp_path):
    monkeypatch.setenv("SIM_STORE", str(tmp_path))
    assert store_folder() == tmp_path
    monkeypatch.delenv("SIM_STORE")
    assert store_folder().as_posix() == "results/.grown"


def test_saving_changes_nothing(study, tmp_path):
    grown = grown_for(study)
    before = grown.state.copy()
    save(tmp_path / "one.npz", grown, {})
    assert_identical(before, grown.state)


# --- the year before the branch, once it is over ------------------------------------------------------


def test_every_arm_is_held_against_the_same_year_before_the_branch(tiny, grown):
    """Taken down before the counts are set back, and the same in a branch of a branch, whatever was simulated since."""
    expected = Before.of(grown.state)
    assert expected.signature.any()
    assert expected.letters.size
    one = sim.World(tiny, "wall", 1, grown=grown)
    one.run(400)
    one.begin_year()
    for each in (one, one.branch("none"), one.branch("none").branch("wall")):
        for found, was in zip(each.before, expected):
            np.testing.assert_array_equal(found, was)
    rows = {row.measure: row.value for row in one.branch("wall").measure()}
    assert rows["letter_pairs"] == 2 * expected.letters.size / 60


def test_one_is_more_like_oneself_than_like_others(tiny, grown):
    world = sim.World(tiny, "none", 1, grown=grown)
    world.run(365)
    found = {row.measure: row.value for row in world.measure()}
    assert 0 < found["signature_self"] < found["signature_other"] < 1
