"""The store of grown societies: each is grown once and kept, and every arm branches from it.

The name of a file is a digest of what made the society: its scenario values, seed, graph and the version of the rules. A changed
scenario has another name, so it never finds an old society. An unchanged scenario finds its society and does not grow it again.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np

from sim.compiled import RULES
from sim.errors import Note, RunError
from sim.files import in_bytes, must_be_regular, of_environment
from sim.progress import Progress, shown
from sim.scenario.bounds import whole_options
from sim.scenario.study import Study
from sim.study.records.tables import atomically
from sim.world.arguments import checked_arguments
from sim.world.columns import TIE
from sim.world.growing import Grown, Watch, grow
from sim.world.state import KnownLinks, People, State, Tally, Ties

try:
    import fcntl
except ImportError:  # no such locks on this system
    fcntl = None  # type: ignore[assignment]

FORMAT = 3
MOST_IN_MEMORY = 2_000_000  # ties of a society whose state is kept in memory beside the worlds that begin with it
LOCK = ".lock"
SHOWN = ("people", "years", "seed", "steady_year", "graph", "rules")


def store_folder() -> Path:
    """The folder in which grown societies are kept: that of the environment variable SIM_STORE, else results/.grown here."""
    return of_environment("SIM_STORE") or Path("results/.grown")


def grow_study(
    study: Study | str | PathLike[str],
    arm: str | None = None,
    seed: int = 1,
    *,
    point: int | Mapping[str, Any] | None = None,
    people: int | None = None,
    years: int | None = None,
    graph: Any = None,
    threads: int = 1,
    folder: Path | str | None = None,
    progress: Progress = None,
    **kwargs: Any,
) -> Grown:
    """The society that worlds of a study begin with: from the store of grown societies, or grown now and kept there.

    A World with the same study, seed, point, people, years and graph takes it as `grown`, in any arm that does not change the
    society itself:

        grown = sim.grow(study, seed=3, people=500)
        worlds = [sim.World(study, arm, 3, people=500, grown=grown) for arm in ("none", "wall")]

    folder : the store; `sim.store_folder()` if not given
    progress : True, False, or a function of what is being done, how much of it is done, and of how much; by default a bar on a
        terminal
    arm, seed, point, people, years, graph, threads, kwargs : as of World
    """
    seed, threads = whole_options(seed=seed, threads=threads)
    setting = checked_arguments(study, arm, point, people, years, graph, kwargs)
    with shown(progress) as report:
        return grown_society(
            setting.resolved, seed, setting.graph, threads, None if folder is None else Path(folder),
            watch=partial(report, "days of growing"),
        )  # fmt: skip


def graph_digest(graph) -> str:
    """Digest of the contents of a given graph; "" for None."""
    if graph is None:
        return ""
    digest = hashlib.sha256("\n".join(graph.labels).encode())
    for column in (graph.i, graph.j, graph.kind, graph.closeness_ij, graph.closeness_ji, graph.linked, graph.chance,
                   graph.setting):  # fmt: skip
        digest.update(np.ascontiguousarray(column).tobytes())
    return digest.hexdigest()


def grown_society(
    resolved, seed: int, graph=None, threads: int = 1, folder: Path | None = None, watch: Watch = lambda *_: None
) -> Grown:
    """The society of a `Resolved` arm and a seed: taken from the store, or grown and stored now.

    graph : the GivenGraph that it grows from, instead of generated settings
    watch : called while it grows, with the number of days so far, and of all days
    A store that cannot be used costs only time: the society is grown, and a note says why.
    """
    folder = store_folder() if folder is None else folder
    made_by = [FORMAT, RULES, resolved.society_fingerprint(), graph_digest(graph), seed]
    name = hashlib.sha256(json.dumps(made_by).encode()).hexdigest()[:24]
    file = folder / f"{RULES}-{name}.npz"
    with alone(folder, name):
        grown = load(file, made_by)
        if grown is None:
            note_older(folder)
            grown = grow(
                resolved.society, resolved.profiles, seed, resolved.people, resolved.years, graph, threads, watch
            )
            about = {"people": grown.population, "years": resolved.years, "seed": seed, "rules": RULES,
                     "graph": graph.name if graph is not None else "", "made_by": made_by}  # fmt: skip
            save(file, grown, about)
    return left_on_disk(grown, file, made_by)


def left_on_disk(grown: Grown, file: Path, made_by: list[Any]) -> Grown:
    """The same society; a large one without its state, which worlds read from the file when they begin."""
    if grown.state.ties.i.size <= MOST_IN_MEMORY or not file_is_there(file):
        return grown
    light = Grown(partial(state_in, file, made_by), grown.history)
    vars(light)["before"] = grown.before  # known now: to compute it later takes a reading of the file
    return light


def state_in(file: Path, made_by: list[Any]) -> State:
    """The state of the society in a file. RunError: the file is gone or was changed."""
    grown = load(file, made_by)
    if grown is None:
        raise RunError(f"{file}: the grown society is no longer there, or was changed; run again, and it is grown anew")
    return grown.state


def note_older(folder: Path) -> None:
    """Note that a store holds societies that another version of the program grew and this one does not read."""
    with suppress(OSError):
        if older := [file for file in folder.glob("*.npz") if not _is_of_this_version(file)]:
            size = in_bytes(sum(file.stat().st_size for file in older))
            unused = f"grown societies of another version of this program ({len(older)}) are not used"
            note(f"{folder}: {unused}; delete the folder to free {size}")


def _is_of_this_version(file: Path) -> bool:
    return file.name.startswith(f"{RULES}-")


def note(text: str) -> None:
    """Warn the user once, with a Note. In a worker process the text goes back to the process that started the worker."""
    if text not in _noted:
        _noted.add(text)
        if multiprocessing.parent_process() is None:
            warnings.warn(text, Note, stacklevel=2)
        else:
            _to_hand_on.append(text)


def handed_on() -> tuple[str, ...]:
    """The notes of this worker process that it has not yet sent back."""
    notes = tuple(_to_hand_on)
    _to_hand_on.clear()
    return notes


_noted: set[str] = set()
_to_hand_on: list[str] = []


@contextmanager
def alone(folder: Path, name: str) -> Iterator[None]:
    """One process at a time grows a society of this name; others wait until it is stored. The lock ends with its process."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = open(folder / LOCK, "ab")  # one file for all societies, with a byte for each  # noqa: SIM115
    except OSError:  # nothing can be stored there: every process grows its own society
        yield
        return
    with lock:
        if fcntl is not None:
            with suppress(OSError):  # a file system without locks
                fcntl.lockf(lock, fcntl.LOCK_EX, 1, int(name[:12], 16))
        yield


def save(file: Path, grown: Grown, about: dict[str, Any]) -> None:
    """Write one society; the file is complete or absent. Where it cannot be written, a note says so.

    A column of ties that is 0 in all rows is left out.
    """
    state = grown.state
    columns = {f"people_{name}": column for name, column in zip(People._fields, state.people)}
    columns |= {f"ties_{name}": column for name, column in zip(Ties._fields, state.ties) if column.any()}
    columns |= {f"tally_{name}": column for name, column in zip(Tally._fields, state.tally)}
    if state.known_links is not None:
        columns |= {f"links_{name}": column for name, column in zip(KnownLinks._fields, state.known_links)}
    about = about | {
        "format": FORMAT, "day": state.day, "ties": state.ties.i.size, "place_counts": state.place_counts,
        "sampled": state.sampled, "history": grown.history, "steady_year": grown.steady_year,
    }  # fmt: skip
    columns["about"] = np.array(json.dumps(about | {"digest": digest(columns, about)}))
    try:
        with atomically(file) as place, open(place, "wb") as out:
            np.savez(out, **columns)  # type: ignore[arg-type]
    except (OSError, RunError) as error:
        cause = error.__cause__ or error
        reason = "not a folder" if isinstance(cause, FileExistsError) else getattr(cause, "strerror", None) or error
        note(f"{file.parent}: no grown society can be kept there ({reason}); each is grown when it is needed")


def load(file: Path, made_by: list[Any]) -> Grown | None:
    """The society in a file, if the file is undamaged and was made by the same values; None: it has to be grown."""
    if not file_is_there(file):
        return None
    try:
        with np.load(must_be_regular(file, "a grown society"), allow_pickle=False) as archive:
            columns = {name: archive[name] for name in archive.files}
        about = json.loads(str(columns.pop("about")))
        if about["made_by"] != made_by or about.pop("digest") != digest(columns, about):
            raise ValueError("changed after it was written")

        def part(kind, name):
            return kind(*(columns[f"{name}_{field}"] for field in kind._fields))

        for column in TIE:
            if f"ties_{column.name}" not in columns:
                columns[f"ties_{column.name}"] = np.zeros((about["ties"], *column.shape), column.type)
        state = State(
            people=part(People, "people"), ties=part(Ties, "ties"), tally=part(Tally, "tally"), day=about["day"],
            place_counts=tuple(about["place_counts"]), sampled=about["sampled"], branched=True,
            known_links=part(KnownLinks, "links") if "links_key" in columns else None,
        )  # fmt: skip
        return Grown(state, tuple(about["history"]))
    except Exception as error:  # whatever is wrong with a file of a cache, the society can be grown again
        note(f"{file}: not a grown society of this study, or a damaged one ({error}); it is grown anew")
        return None


def file_is_there(file: Path) -> bool:
    try:
        return file.exists()
    except OSError:  # a folder that one may not enter: `save` says so
        return False


def digest(columns: Mapping[str, np.ndarray], about: Mapping[str, Any]) -> str:
    """Digest of all that a file holds, without the digest in it."""
    total = hashlib.sha256(json.dumps({key: value for key, value in about.items() if key != "digest"}, sort_keys=True).encode())
    for name in sorted(columns):
        column = np.ascontiguousarray(columns[name])
        total.update(f"{name} {column.dtype.str} {column.shape}".encode())
        total.update(column.data)
    return total.hexdigest()


def stored(folder: Path | str | None = None) -> Iterator[dict[str, Any]]:
    """What the store of grown societies holds: for each file a dict.

    folder : the store; `sim.store_folder()` if not given
    Keys: people, years (grown), seed, steady_year (None: it never was), graph (a name or ""), rules (their version), file, and
    used (whether this version uses it). A file that cannot be read has the keys file and broken alone.
    RunError: the store may not be looked into.
    """
    place = store_folder() if folder is None else Path(folder)
    try:
        files = sorted(place / name for name in os.listdir(place) if name.endswith(".npz"))
    except FileNotFoundError:
        return
    except OSError as error:
        raise RunError(f"{place}: no store of grown societies to read ({error.strerror}); set SIM_STORE to another") from None
    for file in files:
        try:
            with np.load(file, allow_pickle=False) as archive:
                about = json.loads(str(archive["about"]))
                yield {name: about[name] for name in SHOWN} | {"file": file.name, "used": _is_of_this_version(file)}
        except Exception:  # whatever a damaged file raises
            yield {"file": file.name, "broken": True}
