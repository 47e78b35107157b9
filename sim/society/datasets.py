"""Real social data: the data sets, the origin of their files, and the societies that are made of them.

The project does not ship these files. It downloads them, or takes them from a folder that the user names. A file is only used
if its SHA-256 is the one that stands here.
"""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import os
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim import files
from sim.errors import InputError, Problem, RunError, nearest
from sim.society.graphs import KINDS, GivenGraph, from_networkx, read_graph

__all__ = ["DataFile", "Dataset", "School", "fetch", "list_datasets", "load", "read_school"]

FRIEND = KINDS.index("friend")

# A school year in France has 36 weeks of 4.5 days. We assume the same for the school of 2013.
SCHOOL_DAYS = 162
SENSOR_DAYS = 5  # days on which pupils wore sensors
CONTACT_SECONDS = 20  # of a row of the sensor file

# The closeness s that each record of a tie stands for. All records of a tie give c = 1 - (1 - s)(1 - s')... These numbers are
# assumed, as no data set measures closeness itself. Being named a friend counts most, and a link on the platform least.
NAMED_FRIEND = 0.45
DIARY = (0.0, 0.05, 0.10, 0.20, 0.30)  # by code of the diary: no contact, under 5 min, 5-15, 15-60, over 60
FACEBOOK_LINK = 0.03
SENSOR_DAY = 0.02  # for each day on which the two met
KARATE_CONTEXT = 0.10  # for each context in which two members met outside the club


@dataclass(frozen=True)
class DataFile:
    """A file of a data set. `sha256` is that of `name`: of the unpacked file where only the address ends with .gz."""

    name: str
    url: str
    sha256: str


@dataclass(frozen=True)
class Dataset:
    """A public data set.

    name : its name in commands and studies
    title : what it contains
    citation : the publication to cite
    terms : licence or conditions of use
    page : address of its page
    files : its files; none if it comes with networkx
    """

    name: str
    title: str
    citation: str
    terms: str
    page: str
    files: tuple[DataFile, ...] = ()

    @property
    def place(self) -> str:
        """The folder of its files; "built in" if it has none; "" if a file has to be fetched. Checksums are not compared."""
        if not self.files:
            return "built in"
        data = files.of_environment("SIM_DATA")
        folder = _subfolder(data, self.name) if data else _cache_folder(self.name)
        return str(folder) if all((folder / file.name).is_file() for file in self.files) else ""


_SOCIOPATTERNS = "https://www.sociopatterns.org/assets/data/"
_SNAP = "https://snap.stanford.edu/data/"
# The authors' page no longer exists. This is a copy in the examples of a library, at a fixed version.
_AARHUS = (
    "https://raw.githubusercontent.com/SkBlaz/py3plex/"
    "dc40da2a2e05e33b516dd48d4d6d0add9555c468/multilayer_datasets/aarhusCS/"
)


def _files(folder: str, **checksums: str) -> tuple[DataFile, ...]:
    return tuple(DataFile(name, folder + name, sha256) for name, sha256 in checksums.items())


_DATASETS = {
    dataset.name: dataset
    for dataset in (
        Dataset(
            name="highschool2013",
            title="328 pupils of one Marseilles school, December 2013: face-to-face sensors for "
            "five days, friendship survey, contact diaries, Facebook links",
            citation="Mastrandrea, Fournet, Barrat (2015), PLoS ONE 10(9): e0136497; "
            "the SocioPatterns collaboration",
            terms="CC BY-NC-SA 3.0",
            page="http://www.sociopatterns.org/datasets/high-school-contact-and-friendship-networks/",
            files=_files(
                _SOCIOPATTERNS,
                **{
                    "HighSchool2013_proximity_net.csv.gz": (
                        "ecf4a90312c8d72057f72e936c366b470e63876da7db846300044795f045e2ea"
                    ),
                    "HighSchool2013_friendship_network.csv.gz": (
                        "22b2c9d09bfca93a18962698918ad58dce683952dc4fce4c69a9fc03d3c11713"
                    ),
                    "HighSchool2013_contactdiaries_network.csv.gz": (
                        "e7a099811e6f6aaa738f4142a5c62b6ca523a9d08aa1bcfc117dc17063d1f5c9"
                    ),
                    "HighSchool2013_facebook_known_pairs.csv.gz": (
                        "9365d8d3d744d304454ea5e6740c3f6b9625a04a75ce10c31ba83b796611cd9d"
                    ),
                    "HighSchool2013_metadata.txt": (
                        "b960986186214d2dede8496a6d5c270805d150b88a0b76419815f1b5ccca4dd8"
                    ),
                },
            ),
        ),
        Dataset(
            name="cs-aarhus",
            title="61 employees of one department: lunch, Facebook, co-authors, leisure, work",
            citation="Magnani, Micenkova, Rossi (2013), arXiv:1303.4986",
            terms="provided as is; citation asked",
            page="https://arxiv.org/abs/1303.4986",
            files=_files(
                _AARHUS,
                **{
                    "CS-Aarhus_multiplex.edges": (
                        "bb2875b2a40461717aabbcc0793be862c9afed176ad7d2b94c54133eca7f621c"
                    ),
                    "CS-Aarhus_layers.txt": ("fc35f65fb9140c5e1d9dfefb9df18f9b5ec8e600e06583d041abb3cf5d2cccf7"),
                    "CS-Aarhus_nodes.txt": ("f9610d3d94a876f25f7efa2afab68ba904351f3ddc2cbbe8d47b25ee7e21010c"),
                },
            ),
        ),
        Dataset(
            name="ego-facebook",
            title="4,039 people and 88,234 Facebook links: ten ego networks joined, anonymised",
            citation="McAuley, Leskovec (2012), Advances in Neural Information Processing Systems 25",
            terms="citation asked",
            page=_SNAP + "ego-Facebook.html",
            files=(
                DataFile(
                    "facebook_combined.txt",
                    _SNAP + "facebook_combined.txt.gz",
                    "f41c026ed8af3cc3359f1ca5573d0605fb09ae0eefa34544b820fd8c6e2ef296",
                ),
            ),
        ),
        Dataset(
            name="collegemsg",
            title="1,899 students, 59,835 private messages over 194 days, mostly between strangers",
            citation="Panzarasa, Opsahl, Carley (2009), JASIST 60(5): 911-932",
            terms="citation asked",
            page=_SNAP + "CollegeMsg.html",
            files=(
                DataFile(
                    "CollegeMsg.txt",
                    _SNAP + "CollegeMsg.txt.gz",
                    "61c48411d84b3907f0ccc7468d47241a5e2a46a7234739e4379274a190293fe6",
                ),
            ),
        ),
        Dataset(
            name="karate",
            title="34 members of a karate club and the contexts in which they met, 1970-1972",
            citation="Zachary (1977), J. Anthropol. Res. 33(4): 452-473",
            terms="comes with networkx; nothing to fetch",
            page="https://networkx.org/documentation/stable/reference/generators.html",
        ),
    )
}


def list_datasets() -> tuple[Dataset, ...]:
    """All data sets that can be fetched or loaded by name: title, terms, publication to cite, files, and their place."""
    return tuple(_DATASETS.values())


# ---------------------------------------------------------------------------------------- files


def fetch(name: str, source: str | Path | None = None) -> Path:
    """Fetch a data set and check that its files are the published ones. Returns the folder of the files.

    name : a name in `sim.list_datasets`
    source : a folder whose files are copied into the cache; the files may also be in its subfolder NAME. Without it the files
        in the folder of the environment variable SIM_DATA are used. Without that they are downloaded into the cache. The
        environment variable SIM_CACHE names another folder for the cache.
    A file in the cache is complete or absent.
    InputError: an unknown name, and every file that is missing or not the published one. RunError: a download fails.
    """
    dataset = _dataset(name)
    if source is not None:
        return _copy(dataset, Path(source))
    local = files.of_environment("SIM_DATA")
    if local:
        folder = _folder(dataset, local, "SIM_DATA")
        _read_all(dataset, folder)
        return folder
    return _download(dataset)


def _dataset(name: str) -> Dataset:
    if name not in _DATASETS:
        expected = nearest(name, _DATASETS)
        raise InputError(Problem("", "data set", f"unknown data set '{name}'", expected))
    return _DATASETS[name]


def _cache(dataset: Dataset) -> Path:
    """The folder of a data set in the cache. It is created if it does not exist."""
    folder = _cache_folder(dataset.name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RunError(
            f"the data cache {folder} cannot be made ({error.strerror}); nothing was kept; "
            "set SIM_CACHE to a folder that can be written"
        ) from None
    return folder


def _cache_folder(name: str) -> Path:
    """The folder of a data set in the cache, which may not exist."""
    cache = files.of_environment("SIM_CACHE")
    if cache is None:
        import pooch

        cache = Path(pooch.os_cache("unbirthday"))
    return cache / name


def _subfolder(folder: Path, name: str) -> Path:
    """The subfolder with a name, or the folder itself where it has none."""
    subfolder = folder / name
    return subfolder if subfolder.is_dir() else folder


def _folder(dataset: Dataset, given: Path, option: str) -> Path:
    """The folder of a data set's files, in or at a folder that the user named. InputError: that folder does not exist.

    option : the option or variable that named it, for the message
    """
    if not given.is_dir():
        expected = f"a folder that holds {dataset.name}/ or its files"
        raise InputError(Problem(str(given), "", f"{option}: no such folder", expected))
    return _subfolder(given, dataset.name)


def _read_all(dataset: Dataset, folder: Path, unpack: bool = False) -> dict[str, bytes]:
    """Name -> content of every file. InputError: every file that is missing, unreadable or not the published one.

    unpack : whether NAME.gz may stand in for a missing NAME
    """
    contents: dict[str, bytes] = {}
    problems: list[Problem] = []
    for file in dataset.files:
        path, packed = folder / file.name, folder / f"{file.name}.gz"
        try:
            if unpack and packed.is_file() and not path.exists():
                contents[file.name] = files.read_bytes(packed, f"the file of {file.url}", files.MOST_OF_A_GRAPH)
            elif path.exists():
                contents[file.name] = files.must_be_regular(path, f"the file of {file.url}").read_bytes()
            else:
                raise FileNotFoundError
        except FileNotFoundError:
            expected = f"the file of {file.url}; without SIM_DATA and --from it is downloaded"
            problems.append(Problem(str(path), "", "the file is missing", expected))
        except InputError as error:
            problems += error.problems
        except OSError as error:
            expected = f"the file of {file.url}"
            problems.append(Problem(str(path), "", f"cannot be read ({error})", expected))
        else:
            problems += _differences(str(path), file, contents[file.name])
    if problems:
        raise InputError(problems)
    return contents


def _differences(location: str, file: DataFile, content: bytes) -> list[Problem]:
    """A problem if the content is not the published file, else nothing.

    location : path or address of the content, for the message
    """
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 == file.sha256:
        return []
    expected = f"{file.sha256}; get {file.url} again, or --from a folder with the published file"
    return [Problem(location, "", f"SHA-256 is {sha256}", expected)]


def _keep(folder: Path, contents: dict[str, bytes]) -> None:
    """Write files so that each is complete or absent."""
    for name, content in contents.items():
        part = None
        try:
            handle, part = tempfile.mkstemp(dir=folder, prefix=f".{name}.")
            with os.fdopen(handle, "wb") as out:
                out.write(content)
            os.chmod(part, 0o644)  # a temporary file is private, a cache may be shared
            os.replace(part, folder / name)
        except BaseException as error:
            if part is not None:
                Path(part).unlink(missing_ok=True)
            if isinstance(error, OSError):
                message = f"{folder / name} cannot be written ({error.strerror}); no part of it was kept"
                raise RunError(message) from None
            raise


def _copy(dataset: Dataset, source: Path) -> Path:
    contents = _read_all(dataset, _folder(dataset, source, "--from"), unpack=True)
    folder = _cache(dataset)
    _keep(folder, contents)
    return folder


def _download(dataset: Dataset) -> Path:
    """Download the files that the cache lacks or that differ from the published ones."""
    folder = _cache(dataset)
    for file in dataset.files:
        path = folder / file.name
        try:
            if path.is_file() and not _differences(str(path), file, path.read_bytes()):
                continue
        except OSError as error:
            raise RunError(f"{path} cannot be read ({error.strerror}); set SIM_CACHE to a folder of your own") from None
        content = _downloaded(dataset, file)
        if problems := _differences(file.url, file, content):
            raise InputError(problems)
        _keep(folder, {file.name: content})
    return folder


def _downloaded(dataset: Dataset, file: DataFile) -> bytes:
    """The content of a file at its address. It is unpacked if only the address ends with .gz."""
    import pooch

    # pooch reports the checksum of every file without a known one. Here checksums are compared after unpacking.
    pooch.get_logger().setLevel("WARNING")
    name_at_source = Path(file.url).name
    with tempfile.TemporaryDirectory() as folder:
        try:
            downloaded = pooch.retrieve(file.url, known_hash=None, fname=name_at_source, path=folder)
            content = Path(downloaded).read_bytes()
            if name_at_source == f"{file.name}.gz":
                content = gzip.decompress(content)
        except (OSError, EOFError, zlib.error, ValueError) as error:
            raise RunError(
                f"{file.name} of {dataset.name} could not be downloaded from {file.url} "
                f"({error}); no part of it was kept. Without a network: get the files listed by "
                f"'sim data list' elsewhere, then run sim data fetch {dataset.name} --from DIR"
            ) from None
    return content


# ------------------------------------------------------------------------------------- societies


def load(name: str) -> GivenGraph:
    """The society of a data set. Its files are fetched if they are missing.

    InputError: an unknown name, or a data set without real-life ties.
    """
    dataset = _dataset(name)
    if name == "karate":
        return _karate()
    if name == "collegemsg":
        expected = "one of highschool2013, cs-aarhus, ego-facebook, karate as a society"
        finding = "messages between strangers, not real-life ties (they serve to check messaging)"
        raise InputError(Problem("", name, finding, expected))
    folder = fetch(dataset.name)
    if name == "highschool2013":
        return _school_society(read_school(folder))
    if name == "cs-aarhus":
        return _aarhus(folder)
    return _ego_facebook(folder)


def _karate() -> GivenGraph:
    """Zachary's club. All members share a setting. Closeness is made of the number of contexts (0 to 8)."""
    import networkx as nx

    graph = nx.Graph()
    club = nx.karate_club_graph()
    graph.add_nodes_from(club, setting="club")
    for u, v, contexts in club.edges(data="weight"):
        closeness = 1 - (1 - KARATE_CONTEXT) ** contexts
        graph.add_edge(u, v, kind="friend", closeness=closeness)
    return _with_notes(
        from_networkx(graph, "karate"),
        f"closeness is made of the contexts in which two members met, {KARATE_CONTEXT:g} each (assumed)",
    )


def _aarhus(folder: Path) -> GivenGraph:
    """Colleagues, tied if any layer ties them. Whether two are linked is known where both have Facebook links."""
    import networkx as nx

    layers = dict(_lines(folder / "CS-Aarhus_layers.txt")[1:])
    labels = dict(_lines(folder / "CS-Aarhus_nodes.txt")[1:])
    graph = nx.Graph()
    graph.add_nodes_from(labels.values(), setting="department")
    facebook = nx.Graph()
    for layer, u, v, _ in _lines(folder / "CS-Aarhus_multiplex.edges"):
        graph.add_edge(labels[u], labels[v], kind="friend")
        if layers[layer] == "facebook":
            facebook.add_edge(labels[u], labels[v])
    for u, v, tie in graph.edges(data=True):
        # A person without any link may have no account. Their missing links are therefore unknown.
        if u in facebook and v in facebook:
            tie["linked"] = int(facebook.has_edge(u, v))
    return _with_notes(
        from_networkx(graph, "cs-aarhus"),
        f"{len(facebook)} of {len(graph)} people have Facebook links; the links of the others are unknown",
        "lunch, co-author, leisure and work make the same tie; closeness was not measured",
    )


def _ego_facebook(folder: Path) -> GivenGraph:
    """Ten joined ego networks. Every tie is a Facebook link; nothing else about ties was recorded."""
    given = read_graph(folder / "facebook_combined.txt")
    linked = np.ones(given.ties, np.int8)
    given = dataclasses.replace(given, name="ego-facebook", linked=linked)
    return _with_notes(given, "every tie is a Facebook link; kind and closeness are unknown")


def _lines(path: Path) -> list[list[str]]:
    return [line.split() for line in path.read_text(encoding="utf-8").splitlines()]


def _with_notes(given: GivenGraph, *notes: str) -> GivenGraph:
    return dataclasses.replace(given, notes=(*given.notes, *notes))


# ------------------------------------------------------------------------------------ the school


@dataclass(frozen=True, eq=False)
class School:
    """A school in Marseilles, December 2013: five records of the same pupils.

    labels, classes, genders : (people,) id, class and gender of each pupil; gender is "F", "M" or "Unknown"
    sensor : (people,) bool, whether a sensor ever recorded the pupil near another
    contacts : (people, people) int32, intervals of 20 s that two pupils spent face to face, symmetric
    days : (people, people) int8, number of the five days on which two pupils met, symmetric
    named : (people, people) bool, whether the row's pupil named the column's pupil as a friend
    diary : (people, people) int8, code of the contact with the column's pupil that the row's pupil reported on the 4th day:
        0 none, 1 under 5 min, 2 5-15 min, 3 15-60 min, 4 over 60 min
    facebook : (people, people) int8, 1 linked, 0 known not to be linked, -1 unknown, symmetric
    left_out : ids in the class lists that are in no record

    Source: Mastrandrea, Fournet, Barrat (2015), PLoS ONE 10(9): e0136497.
    """

    labels: tuple[str, ...]
    classes: tuple[str, ...]
    genders: tuple[str, ...]
    sensor: np.ndarray
    contacts: np.ndarray
    days: np.ndarray
    named: np.ndarray
    diary: np.ndarray
    facebook: np.ndarray
    left_out: tuple[str, ...]


def read_school(folder: Path) -> School:
    """The files of `highschool2013` as arrays.

    folder : the folder of the files
    """

    def table(file: str, columns: int) -> np.ndarray:
        path = folder / f"HighSchool2013_{file}"
        return np.loadtxt(path, dtype=np.int64, usecols=range(columns), ndmin=2)

    proximity = table("proximity_net.csv.gz", 3)  # t i j
    friendship = table("friendship_network.csv.gz", 2)  # i j
    diaries = table("contactdiaries_network.csv.gz", 3)  # i j code
    known_pairs = table("facebook_known_pairs.csv.gz", 3)  # i j linked
    class_lists = {int(row[0]): row for row in _lines(folder / "HighSchool2013_metadata.txt")}

    recorded = [proximity[:, 1:], friendship, diaries[:, :2], known_pairs[:, :2]]
    ids = np.unique(np.concatenate([pairs.ravel() for pairs in recorded]))

    def people(table: np.ndarray, column: int) -> tuple[np.ndarray, np.ndarray]:
        return tuple(np.searchsorted(ids, table[:, column : column + 2]).T)

    def square(dtype: type, fill: int = 0) -> np.ndarray:
        return np.full((len(ids), len(ids)), fill, dtype)

    i, j = people(proximity, 1)
    contacts = square(np.int32)
    np.add.at(contacts, (i, j), 1)
    # All contacts are between 7 and 16 h UTC, so a school day is a day in UTC.
    met = np.unique(np.stack([proximity[:, 0] // 86_400, np.minimum(i, j), np.maximum(i, j)]), axis=1)
    days = square(np.int8)
    np.add.at(days, (met[1], met[2]), 1)
    named = square(np.bool_)
    named[people(friendship, 0)] = True
    diary = square(np.int8)
    diary[people(diaries, 0)] = diaries[:, 2]
    facebook = square(np.int8, -1)
    facebook[people(known_pairs, 0)] = known_pairs[:, 2]
    return School(
        labels=tuple(str(person) for person in ids),
        classes=tuple(class_lists[person][1] for person in ids.tolist()),
        genders=tuple(class_lists[person][2] for person in ids.tolist()),
        sensor=(contacts.sum(axis=0) + contacts.sum(axis=1)) > 0,
        contacts=contacts + contacts.T,
        days=days + days.T,
        named=named,
        diary=diary,
        facebook=np.maximum(facebook, facebook.T),
        left_out=tuple(row[0] for person, row in class_lists.items() if person not in set(ids.tolist())),
    )


def _school_society(school: School) -> GivenGraph:
    """The society of the school: a tie for each pair with any record, with a closeness for each side from its own records."""
    linked = school.facebook == 1
    recorded = school.named | (school.diary > 0) | linked | (school.days > 0)
    i, j = np.nonzero(np.triu(recorded | recorded.T, 1))
    doubt = (
        np.where(school.named, 1 - NAMED_FRIEND, 1.0)
        * (1 - np.array(DIARY))[school.diary]
        * np.where(linked, 1 - FACEBOOK_LINK, 1.0)
        * (1 - SENSOR_DAY) ** school.days
    )
    closeness = 1 - doubt
    # Contacts at school are chance meetings in the sense of the model: nobody plans them.
    chance = school.days / SENSOR_DAYS * SCHOOL_DAYS / 365
    both_sensed = school.sensor[i] & school.sensor[j]
    pair_days = np.triu(school.days).sum()
    seconds = np.triu(school.contacts).sum() * CONTACT_SECONDS
    settings = {name: number for number, name in enumerate(dict.fromkeys(school.classes))}
    people = len(school.labels)
    surveyed, diarists = (int(records.any(axis=1).sum()) for records in (school.named, school.diary > 0))
    on_facebook = int((school.facebook >= 0).any(axis=1).sum())
    return GivenGraph(
        name="highschool2013",
        labels=school.labels,
        i=i.astype(np.int32),
        j=j.astype(np.int32),
        kind=np.full(len(i), FRIEND, np.int8),
        closeness_ij=closeness[i, j].astype(np.float32),
        closeness_ji=closeness[j, i].astype(np.float32),
        linked=school.facebook[i, j],
        chance=np.where(both_sensed, chance[i, j], np.nan).astype(np.float32),
        setting=np.array([settings[name] for name in school.classes], np.int32),
        chance_minutes=float(seconds / pair_days / 60),
        notes=(
            f"{surveyed} of {people} pupils named friends, {diarists} kept a diary, {on_facebook} are "
            "in a known Facebook pair; the closeness of the others is made of fewer records",
            f"{people - int(school.sensor.sum())} of {people} pupils were never recorded near another: "
            f"chance unknown for {int((~both_sensed).sum())} ties",
            f"{len(school.left_out)} pupils of the class lists are in no record; they are left out",
            f"{school.genders.count('Unknown')} pupils have an unknown gender; gender is not used",
            "closeness is made of the records; the closeness that each record stands for is assumed",
        ),
    )
