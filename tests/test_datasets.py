"""Public data sets: believed by their checksums, fetched whole or not at all, read as published.

Tests of the sets themselves need the files, which the project does not ship: in the folder SIM_DATA
names, or in ../shared/data.
"""

import dataclasses
import gzip
import hashlib
import os
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import networkx as nx
import numpy as np
import pytest
from nobody import shut

from sim.errors import InputError, RunError
from sim.scenario.reading import target
from sim.society import datasets
from sim.society.datasets import DataFile, Dataset, fetch, list_datasets, load, read_school

DATA = Path(os.environ.get("SIM_DATA") or Path(__file__).parents[2] / "shared" / "data")
REAL = ("highschool2013", "cs-aarhus", "ego-facebook", "collegemsg")
needs_data = pytest.mark.skipif(
    not all((DATA / name).is_dir() for name in REAL),
    reason="needs the public data sets: set SIM_DATA to a folder that holds them",
)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """An empty cache, and no folder of the user's own."""
    monkeypatch.delenv("SIM_DATA", raising=False)
    monkeypatch.setenv("SIM_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


PLAIN, PACKED = b"ann bob\n", b"bob cem\n"


@pytest.fixture
def village(monkeypatch, tmp_path):
    """A small data set, published by a server on this machine: one plain file, one packed."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "plain.txt").write_bytes(PLAIN)
    (site / "packed.txt.gz").write_bytes(gzip.compress(PACKED))
    handler = partial(SimpleHTTPRequestHandler, directory=site)
    monkeypatch.setattr(SimpleHTTPRequestHandler, "log_message", lambda *_: None)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    files = tuple(
        DataFile(name, address + arrives, hashlib.sha256(content).hexdigest())
        for name, arrives, content in (
            ("plain.txt", "plain.txt", PLAIN),
            ("packed.txt", "packed.txt.gz", PACKED),
        )
    )
    village = Dataset("village", "A village", "nobody", "none", address, files)
    monkeypatch.setitem(datasets._DATASETS, "village", village)
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture
def folder(tmp_path):
    """What a user carried here: village/ with the plain file and the packed one as published."""
    folder = tmp_path / "carried" / "village"
    folder.mkdir(parents=True)
    (folder / "plain.txt").write_bytes(PLAIN)
    (folder / "packed.txt").write_bytes(PACKED)
    return folder


def contents(folder):
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


WHOLE = {"plain.txt": PLAIN, "packed.txt": PACKED}

# ------------------------------------------------------------------------------------------ fetch


def test_every_data_set_says_what_it_is_and_whom_to_cite():
    listed = list_datasets()
    assert {dataset.name for dataset in listed} == {*REAL, "karate"}
    for dataset in listed:
        assert dataset.title
        assert dataset.citation
        assert dataset.terms
        assert dataset.page.startswith("http")
        for file in dataset.files:
            assert len(file.sha256) == 64
            assert Path(file.url).name in (file.name, f"{file.name}.gz")


def test_an_unknown_name_is_refused_with_the_nearest(cache):
    for ask in (fetch, load):
        with pytest.raises(InputError, match="perhaps you meant 'highschool2013'"):
            ask("highscool2013")


def test_a_download_is_verified_unpacked_and_kept(village, cache):
    assert contents(fetch("village")) == WHOLE
    assert fetch("village") == cache / "village"


def test_what_is_in_the_cache_is_not_downloaded_again(village, cache, monkeypatch):
    fetch("village")
    monkeypatch.setattr("pooch.retrieve", lambda *_, **__: pytest.fail("downloaded again"))
    assert contents(fetch("village")) == WHOLE


def test_a_file_damaged_in_the_cache_is_downloaded_again(village, cache):
    (fetch("village") / "plain.txt").write_bytes(b"ann b")
    assert contents(fetch("village")) == WHOLE


def test_a_download_that_is_another_file_is_refused_and_not_kept(village, cache):
    (village / "packed.txt.gz").write_bytes(gzip.compress(b"changed\n"))
    with pytest.raises(InputError) as error:
        fetch("village")
    (problem,) = error.value.problems
    assert problem.file.endswith("/packed.txt.gz")
    assert problem.given == f"SHA-256 is {hashlib.sha256(b'changed' + bytes([10])).hexdigest()}"
    assert problem.expected.startswith(hashlib.sha256(PACKED).hexdigest())
    assert contents(cache / "village") == {"plain.txt": PLAIN}


@pytest.mark.parametrize("damage", ["gone", "cut"])
def test_a_failed_download_says_how_to_go_on_and_keeps_no_part(village, cache, damage):
    packed = village / "packed.txt.gz"
    if damage == "gone":
        packed.unlink()
    else:
        packed.write_bytes(packed.read_bytes()[:-6])
    with pytest.raises(RunError, match=r"packed\.txt of village could not be .*village --from DIR"):
        fetch("village")
    assert contents(cache / "village") == {"plain.txt": PLAIN}


def test_without_a_network_the_error_is_a_run_error(village, cache, monkeypatch):
    def no_network(*_, **__):
        raise ConnectionError("no route to host")

    monkeypatch.setattr("pooch.retrieve", no_network)
    with pytest.raises(RunError, match=r"\(no route to host\); no part of it was kept.*--from DIR"):
        fetch("village")


@pytest.mark.parametrize("named", ["village", "."])
def test_from_a_folder_files_are_copied_into_the_cache(village, cache, folder, named):
    source = folder.parent if named == "village" else folder
    assert fetch("village", source=source) == cache / "village"
    assert contents(cache / "village") == WHOLE
    assert contents(folder) == WHOLE


def test_from_a_folder_a_packed_file_is_unpacked(village, cache, folder):
    (folder / "packed.txt").unlink()
    (folder / "packed.txt.gz").write_bytes(gzip.compress(PACKED))
    assert contents(fetch("village", source=folder)) == WHOLE


def test_from_a_folder_all_problems_are_told_and_nothing_is_copied(village, cache, folder):
    (folder / "plain.txt").write_bytes(b"other\n")
    (folder / "packed.txt").unlink()
    with pytest.raises(InputError) as error:
        fetch("village", source=folder)
    different, missing = error.value.problems
    assert different.file == str(folder / "plain.txt")
    assert different.given == f"SHA-256 is {hashlib.sha256(b'other' + bytes([10])).hexdigest()}"
    assert different.expected.startswith(hashlib.sha256(PLAIN).hexdigest())
    assert (missing.file, missing.given) == (str(folder / "packed.txt"), "the file is missing")
    assert not cache.exists()


def test_from_what_is_no_folder_is_refused(village, cache, tmp_path):
    with pytest.raises(InputError, match="--from: no such folder"):
        fetch("village", source=tmp_path / "nowhere")


def test_a_copy_that_breaks_leaves_no_part(village, cache, folder, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(RunError, match="No space left on device"):
        fetch("village", source=folder)
    assert contents(cache / "village") == {}


@pytest.mark.parametrize("mode", [0o555, 0])
def test_a_cache_that_is_somebody_elses_is_said(village, monkeypatch, mode):
    published = {"plain.txt": PLAIN, "packed.txt": PACKED}
    monkeypatch.setattr(datasets, "_downloaded", lambda _, file: published[file.name])
    monkeypatch.delenv("SIM_DATA", raising=False)
    with shut(Path.mkdir, mode) as cache:
        monkeypatch.setenv("SIM_CACHE", str(cache.parent))
        monkeypatch.setitem(datasets._DATASETS, "in", dataclasses.replace(datasets._DATASETS["village"], name="in"))
        with pytest.raises(RunError, match=r"plain\.txt cannot be (read|written)"):
            fetch("in")


@pytest.mark.parametrize(
    "make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to("/dev/zero")], ids=["pipe", "folder", "device"]
)
def test_what_is_no_regular_file_is_not_read(village, cache, folder, make):
    (folder / "plain.txt").unlink()
    make(folder / "plain.txt")
    with pytest.raises(InputError, match=r"plain\.txt: (not a regular file|a folder)"):
        fetch("village", folder.parent)


def test_the_users_own_folder_is_used_where_it_is(village, cache, folder, monkeypatch):
    monkeypatch.setenv("SIM_DATA", str(folder.parent))
    assert fetch("village") == folder
    assert not cache.exists()
    (folder / "plain.txt").write_bytes(b"other\n")
    with pytest.raises(InputError, match="SHA-256 is"):
        fetch("village")


# ------------------------------------------------------------------------------------------- load


def test_the_karate_club_is_zacharys(cache):
    given = load("karate")
    club = nx.karate_club_graph()
    assert (given.people, given.ties) == (34, 78)
    assert set(zip(given.i.tolist(), given.j.tolist())) == {tuple(sorted(e)) for e in club.edges}
    assert set(given.setting.tolist()) == {0}
    # Members 0 and 1 met in 4 contexts: 1 - 0.9^4 = 0.3439.
    assert given.closeness_ij[0] == given.closeness_ji[0] == np.float32(0.3439)


def test_messages_between_strangers_are_no_society(cache):
    with pytest.raises(InputError, match=r"messages between strangers.*highschool2013"):
        load("collegemsg")


@pytest.fixture
def real(monkeypatch):
    monkeypatch.setenv("SIM_DATA", str(DATA))


@needs_data
@pytest.mark.parametrize("name", REAL)
def test_the_published_files_have_the_published_sums(real, name):
    assert fetch(name) == DATA / name


@needs_data
def test_ego_facebook_has_its_published_size(real):
    given = load("ego-facebook")
    assert (given.people, given.ties) == (4039, 88_234)
    assert (given.linked == 1).all()


@needs_data
def test_aarhus_has_its_published_people_and_layers(real):
    given = load("cs-aarhus")
    assert given.people == 61
    assert given.labels[:2] == ("U102", "U139")
    # 124 Facebook links among 32 people; the layers together tie 353 pairs, 31 of them between
    # two of the 32 without a link.
    assert given.ties == 353
    assert (given.linked == 1).sum() == 124
    assert (given.linked == 0).sum() == 31
    on_facebook = np.unique([given.i[given.linked == 1], given.j[given.linked == 1]])
    assert on_facebook.size == 32
    silent = given.linked == -1
    assert not (np.isin(given.i, on_facebook) & np.isin(given.j, on_facebook))[silent].any()


@pytest.fixture(scope="module")
def school():
    return read_school(DATA / "highschool2013")


def pairs(school, square):
    """One value per pair of pupils."""
    return square[np.triu_indices(len(school.labels), 1)]


@needs_data
def test_the_school_has_its_published_size(school):
    assert len(school.labels) == 328  # 327 sensed, one in a diary only
    assert school.sensor.sum() == 327
    assert pairs(school, school.contacts).sum() == 188_508
    assert school.named.sum() == 668
    assert (school.diary > 0).sum() == 502
    assert (pairs(school, school.facebook) >= 0).sum() == 4515
    assert school.days.max() <= 5
    assert set(school.days[school.contacts > 0]) == {1, 2, 3, 4, 5}
    assert len(set(school.classes)) == 9


@needs_data
def test_facebook_friends_meet_more(school):
    # Evidence E2 and E4, computed from the same files.
    met = pairs(school, school.contacts) > 0
    facebook = pairs(school, school.facebook)
    classes = np.array(school.classes)
    same = pairs(school, classes[:, None] == classes[None, :])
    assert met[facebook == 1].mean() == pytest.approx(0.522, abs=5e-4)
    assert met[facebook == 0].mean() == pytest.approx(0.120, abs=5e-4)
    assert met[(facebook == 1) & same].mean() == pytest.approx(0.82, abs=5e-3)
    assert met[(facebook == 0) & same].mean() == pytest.approx(0.66, abs=5e-3)
    assert met[(facebook == 1) & ~same].mean() == pytest.approx(0.235, abs=5e-4)
    assert met[(facebook == 0) & ~same].mean() == pytest.approx(0.052, abs=5e-4)


@needs_data
def test_named_friends_are_facebook_friends_but_not_the_other_way_round(school):
    # Evidence E1: 199 named pairs known on Facebook; 502 Facebook pairs with both pupils surveyed.
    named = pairs(school, school.named | school.named.T)
    mutual = pairs(school, school.named & school.named.T)
    facebook = pairs(school, school.facebook)
    surveyed = school.named.any(axis=1)
    both_surveyed = pairs(school, surveyed[:, None] & surveyed[None, :])
    assert (named & (facebook >= 0)).sum() == 199
    assert (facebook[named & (facebook >= 0)] == 1).mean() == pytest.approx(target("named-friends-linked").value, abs=5e-4)
    linked = both_surveyed & (facebook == 1)
    assert linked.sum() == 502
    assert named[linked].mean() == pytest.approx(target("links-named").value, abs=5e-4)
    assert mutual[linked].mean() == pytest.approx(0.243, abs=5e-4)


@needs_data
def test_face_to_face_time_is_with_facebook_friends(school):
    # Evidence E3: 93 % of the time; 42.8 and 2.3 minutes per pair in five days.
    minutes = pairs(school, school.contacts) / 3
    facebook = pairs(school, school.facebook)
    named = pairs(school, school.named | school.named.T)
    surveyed = school.named.any(axis=1)
    linked = pairs(school, surveyed[:, None] & surveyed[None, :]) & (facebook == 1)
    share = minutes[facebook == 1].sum() / minutes[facebook >= 0].sum()
    assert share == pytest.approx(target("time-with-links").value, abs=5e-3)
    assert minutes[linked & named].mean() == pytest.approx(42.8, abs=0.05)
    assert minutes[linked & ~named].mean() == pytest.approx(2.3, abs=0.05)


@needs_data
def test_the_society_of_the_school(real, school):
    given = load("highschool2013")
    assert given.labels == school.labels
    assert given.ties == 6567
    assert (given.kind == 1).all()
    assert (given.linked == 1).sum() == (pairs(school, school.facebook) == 1).sum() == 1437
    linked_and_met = (given.chance[given.linked == 1] > 0).mean()
    assert linked_and_met == pytest.approx(0.522, abs=5e-4)
    # Pupils 454 and 640 were the first to be sensed, both in class MP.
    at = [given.labels.index(label) for label in ("454", "640")]
    assert given.setting[at[0]] == given.setting[at[1]]
    # Pupil 478 wore no sensor: their chance meetings are unknown, not absent.
    unsensed = given.labels.index("478")
    of_unsensed = (given.i == unsensed) | (given.j == unsensed)
    assert of_unsensed.any()
    np.testing.assert_array_equal(np.isnan(given.chance), of_unsensed)


@needs_data
def test_closeness_adds_up_the_evidence_of_each_side(real, school):
    given = load("highschool2013")
    i, j = given.i, given.j
    days = school.days[i, j]
    # Met on d days, nothing else known: 1 - 0.98^d on both sides; met on 5 days of 5: 162 / 365.
    silent = ~(school.named | school.named.T) & (school.diary + school.diary.T == 0)
    only_met = silent[i, j] & (given.linked != 1)
    expected = 1 - 0.98 ** days[only_met].astype(float)
    np.testing.assert_allclose(given.closeness_ij[only_met], expected, rtol=1e-5)
    np.testing.assert_allclose(given.closeness_ji[only_met], expected, rtol=1e-5)
    np.testing.assert_allclose(given.chance[days == 5], 162 / 365, rtol=1e-6)
    # One side named the other, over 60 min in that side's diary, a Facebook link, five days.
    top = school.named[i, j] & (school.diary[i, j] == 4) & (given.linked == 1) & (days == 5)
    assert top.any()
    expected = 1 - 0.55 * 0.70 * 0.97 * 0.98**5
    np.testing.assert_allclose(given.closeness_ij[top], expected, rtol=1e-5)
    # Where the other side said nothing, only what both share counts for it.
    mute = (school.named[i, j] | (school.diary[i, j] > 0)) & (given.linked == 1)
    mute &= ~school.named[j, i] & (school.diary[j, i] == 0)
    assert mute.any()
    expected = 1 - 0.97 * 0.98 ** days[mute].astype(float)
    np.testing.assert_allclose(given.closeness_ji[mute], expected, rtol=1e-5)


def test_what_is_kept_can_be_read_by_others(tmp_path):
    datasets._keep(tmp_path, {"a.txt": b"a"})
    assert (tmp_path / "a.txt").stat().st_mode & 0o044 == 0o044
