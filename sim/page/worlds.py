"""Worlds that run live: worker processes, and what one does for a replicate of the study on the screen.

A worker sends what it has as soon as it has it. It looks for a message to stop each simulated month.
"""

from __future__ import annotations

import multiprocessing
import queue
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from typing import Any, NamedTuple

import networkx as nx
import numpy as np

from sim.errors import RunError, SimError
from sim.scenario.names import PLACEBO
from sim.scenario.reading import study_from
from sim.scenario.study import Study
from sim.society.graphs import GivenGraph
from sim.society.start import graph_of, study_on
from sim.study.judging.legs import MEASURED
from sim.study.sweep.grown import grown_society, handed_on
from sim.study.sweep.units import Luck, arms_of
from sim.study.sweep.worker import distances
from sim.world import measures
from sim.world.measures.year import Year, living, measured_year
from sim.world.model import World
from sim.world.state import MONTH, YEAR

DRAWN = 150  # people of the picture
CLOSEST = 5  # ties of a person that are listed
LOOK_UP = 0.1  # seconds after which a wait looks whether it was told to stop
SIDES = ("control", "arm")

GROWING, RUNNING, PICTURE, ARMS, WHOLE = "growing", "running", "picture", "arms", "whole"
NOTE, FAILED, STOPPED, LOST = "note", "failed", "stopped", "lost"
LAST = (WHOLE, FAILED, STOPPED, LOST)
"""Sorts of messages; one of LAST is the last of its job."""


class Job(NamedTuple):
    """One replicate of a study. text, folder, name : the study, as for `study_from`; drawn : whether a picture is wanted"""

    text: str
    folder: str
    name: str
    seed: int
    drawn: bool


class Message(NamedTuple):
    """What a worker sends of a job.

    content : of "growing" and "running" how much is done and of how much; of "arms" and "whole" rows (measure, unit, arm,
        control); of "picture" what is drawn; of "note", "failed" and "lost" a sentence
    """

    sort: str
    seed: int
    content: Any = None


Tell = Callable[..., None]
"""tell(sort, content) sends a message. Stopped: the job is not wanted any longer."""


class Stopped(Exception):
    """The job is not wanted any longer."""


# --- in this process: workers -----------------------------------------------------------------------------------------


class Worker:
    """A process that does one job at a time. If it died, the next job starts another one."""

    def __init__(self) -> None:
        self.process: Any = None

    def start(self) -> None:
        """Start the process unless it runs. RunError: none can be started here."""
        if self.process is not None and self.process.is_alive():
            return
        spawn = multiprocessing.get_context("spawn")
        try:
            self.pipe, theirs = spawn.Pipe()
            self.process = spawn.Process(target=serve, args=(theirs,), daemon=True)
            self.process.start()
        except (OSError, RuntimeError) as error:
            self.process = None
            raise RunError(f"no worker process can be started here ({error})") from None
        theirs.close()

    def messages(self, job: Job, stopped: threading.Event) -> Iterator[Message]:
        """The messages of a job, until one of LAST. stopped : set when the job is not wanted any longer"""
        told = False
        try:
            self.start()
            self.pipe.send(job)
            while True:
                if not self.pipe.poll(LOOK_UP):
                    if stopped.is_set() and not told:
                        self.pipe.send(None)
                        told = True
                    continue
                message = self.pipe.recv()
                yield message
                if message.sort in LAST:
                    return
        except (EOFError, OSError):
            self.process.join()
            yield Message(LOST, job.seed, f"exit status {self.process.exitcode}")
        except RunError as error:
            yield Message(FAILED, job.seed, str(error))

    def end(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.join()


class Pool:
    """Workers that pages share. Each replicate takes the next one that is free, so that no page waits for all of another."""

    def __init__(self, jobs: int):
        self.workers = [Worker() for _ in range(jobs)]
        self.free: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        for worker in self.workers:
            worker.start()
            self.free.put(worker)

    def run(self, jobs: list[Job], stopped: threading.Event) -> Iterator[Message]:
        """The messages of all jobs, as they come; it ends when all jobs have ended, or they are not wanted any longer."""
        waiting, out = iter(jobs), queue.SimpleQueue[Message | None]()
        hands = min(len(self.workers), len(jobs))
        lock = threading.Lock()

        def take() -> Job | None:
            with lock:
                return None if stopped.is_set() else next(waiting, None)

        def hand() -> None:
            try:
                while job := take():
                    worker = self.free.get()
                    try:
                        for message in worker.messages(job, stopped):
                            out.put(message)
                    finally:
                        self.free.put(worker)
            finally:
                out.put(None)

        for _ in range(hands):
            threading.Thread(target=hand, daemon=True).start()
        while hands:
            message = out.get()
            if message is None:
                hands -= 1
            else:
                yield message

    def end(self) -> None:
        for worker in self.workers:
            worker.end()


# --- in a worker process ----------------------------------------------------------------------------------------------


def serve(pipe: Any) -> None:
    """What a worker process runs: jobs, until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        while True:
            job = pipe.recv()
            if job is not None:  # None: a message to stop that came when its job had ended
                do(job, pipe)


def do(job: Job, pipe: Any) -> None:
    """Do a job and send its messages."""

    def tell(sort: str, content: Any = None) -> None:
        if pipe.poll():
            pipe.recv()
            raise Stopped
        pipe.send(Message(sort, job.seed, content))

    try:
        replicate(job, tell)
    except Stopped:
        pipe.send(Message(STOPPED, job.seed))
    except OSError as error:
        if error.filename is None and isinstance(error, ConnectionError):
            raise  # the page's process has gone
        pipe.send(Message(FAILED, job.seed, f"{error.filename or ''}: {error.strerror or error}"))
    except SimError as error:
        pipe.send(Message(FAILED, job.seed, str(error)))
    except Exception as error:  # whatever it is, the page says it in a sentence
        pipe.send(Message(FAILED, job.seed, f"{type(error).__name__}: {error}"))


@lru_cache(maxsize=2)
def study_and_graph(text: str, folder: str, name: str) -> tuple[Study, GivenGraph | None]:
    study = study_from(text, folder, name)
    graph = graph_of(study)
    return study_on(study, graph), graph


def replicate(job: Job, tell: Tell) -> None:
    """Simulate both arms of a replicate and the placebo, as a sweep does, and tell what they give.

    The placebo comes last: only the verdict needs it.
    """
    study, graph = study_and_graph(job.text, job.folder, job.name)
    contrast, worlds = study.primary, {}
    outcomes: dict[str, measures.Composition] = {}
    rows: dict[str, dict[tuple[str, str], float]] = {}
    runs = {name: (arm, luck) for name, arm, luck in arms_of(study)}
    names = (contrast.control, contrast.arm, PLACEBO)
    for number, name in enumerate(names):
        world = begun(study, graph, job.seed, *runs[name], tell)
        if name == contrast.control and job.drawn:
            shown = Picture.of(world)
        run(world, study.horizons, lambda done, number=number: tell(RUNNING, (number + done, len(names))))
        outcomes[name] = world.composition()
        if name == PLACEBO:
            break
        rows[name] = {
            (row.measure, row.unit): row.value
            for row in world.measure()
            if row.profile == contrast.group and row.tie_class == "all" and row.measure in MEASURED
        }
        worlds[name] = world
        if name == contrast.arm:
            both = [(*key, rows[name][key], value) for key, value in rows[contrast.control].items() if key in rows[name]]
            tell(ARMS, [row for row in both if np.isfinite(row[2:]).all()])
            if job.drawn:
                tell(PICTURE, shown.at(worlds[contrast.arm], worlds[contrast.control]))
            worlds.clear()
    moved = far(outcomes[contrast.arm], outcomes[contrast.control], contrast.group)
    floor = far(outcomes[PLACEBO], outcomes[contrast.control], contrast.group)
    for text in handed_on():
        tell(NOTE, text)
    tell(WHOLE, [(*key, value - floor[key], 0.0) for key, value in moved.items() if key in floor])


def begun(study: Study, graph: GivenGraph | None, seed: int, arm: str, luck: Luck, tell: Tell) -> World:
    """The world of an arm at the branch. While its society grows, that is told."""
    point = study.points()[0]
    resolved = study.resolve(arm, point)
    grown = grown_society(resolved, seed, graph, watch=lambda done, all_days: tell(GROWING, (done, all_days)))
    return World(study, arm, seed, point=point, grown=grown, graph=graph, other_luck=luck)


def run(world: World, horizons: tuple[int, ...], tell: Callable[[float], None]) -> None:
    """Simulate up to the last horizon, and begin the measured year before each, as a sweep does.

    tell : is called each month with the share of the days that is done
    """
    for horizon in horizons:
        for end in (horizon - YEAR, horizon):
            if end == horizon:
                world.begin_year()
            while world.day < end:
                world.run(min(MONTH, end - world.day))
                tell(world.day / horizons[-1])


def far(first: measures.Composition, second: measures.Composition, group: str) -> dict[tuple[str, str], float]:
    """Distances between two runs, of a group and of all ties together: (measure, unit) -> value."""
    rows = (row for row in distances(first, second) if row.profile == group and row.tie_class == "all")
    return {(row.measure, row.unit): row.value for row in rows if np.isfinite(row.value)}


# --- the picture ------------------------------------------------------------------------------------------------------


class Picture(NamedTuple):
    """Who is drawn, and where. The places are those of the society at the branch, so that both arms have the same.

    people : rows; places : (people, 2) between 0 and 1
    """

    people: list[int]
    places: list[list[float]]

    @classmethod
    def of(cls, world: World) -> Picture:
        """A random sample of a world at the branch, the same whenever it has the same number of people."""
        population, ties = world.state.population, world.state.ties
        some = np.random.default_rng(1).choice(population, min(DRAWN, population), replace=False)
        people = sorted(some.tolist())
        strong = living(ties) & (np.maximum(ties.c_ij, ties.c_ji) > world.reference.strong)
        inside = np.isin(ties.i, people) & np.isin(ties.j, people) & strong
        graph: nx.Graph = nx.Graph()
        graph.add_nodes_from(people)
        graph.add_edges_from(zip(ties.i[inside].tolist(), ties.j[inside].tolist()))
        laid = nx.spring_layout(graph, k=1.6 / max(len(people), 1) ** 0.5, seed=1)
        places = np.array([laid[person] for person in people])
        span = np.ptp(places, axis=0)
        scaled = (places - places.min(axis=0)) / np.where(span > 0, span, 1)
        return cls(people, scaled.round(4).tolist())

    def at(self, arm: World, control: World) -> dict[str, Any]:
        """What is drawn: people, places, and of each side the strong ties among them and everybody's closest ties.

        Strong ties are pairs of places in `people`; closest ties are (number of the other, closeness), the closest first.
        """
        years = {side: measured_year(world.state, world.rules) for side, world in zip(SIDES, (control, arm))}
        strong = arm.reference.strong
        return {
            "people": self.people,
            "places": self.places,
            "strong": {side: self.strong(year, strong) for side, year in years.items()},
            "closest": {side: self.closest(year) for side, year in years.items()},
        }

    def strong(self, year: Year, least: float) -> list[tuple[int, int]]:
        number = {person: place for place, person in enumerate(self.people)}
        inside = (year.closeness > least) & np.isin(year.person, self.people) & np.isin(year.other, self.people)
        pairs = zip(year.person[inside].tolist(), year.other[inside].tolist())
        return sorted({(min(number[i], number[j]), max(number[i], number[j])) for i, j in pairs})

    def closest(self, year: Year) -> list[list[tuple[int, float]]]:
        inside = (year.rank < CLOSEST) & np.isin(year.person, self.people)
        found: dict[int, list[tuple[int, int, float]]] = {person: [] for person in self.people}
        columns = (year.person, year.rank, year.other, year.closeness)
        for person, rank, other, closeness in zip(*(column[inside].tolist() for column in columns)):
            found[person].append((rank, other, round(closeness, 3)))
        return [[(other, closeness) for _, other, closeness in sorted(found[person])] for person in self.people]
