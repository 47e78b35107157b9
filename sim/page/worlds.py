"""Worlds that run live: worker processes, and what one does for a replicate of the study on the screen.

A worker sends what it has as soon as it has it. It looks for a message to stop each simulated month.
"""

from __future__ import annotations

import multiprocessing
import queue
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from multiprocessing import resource_tracker
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
from sim.world.growing import Grown
from sim.world.measures.year import Year, living, measured_year
from sim.world.model import World
from sim.world.state import MONTH, YEAR

DRAWN = 150  # people of the picture
CLOSEST = 5  # ties of a person that are listed
EDGE = 0.02  # share of the people of the picture that stand on each of its edges
LOOK_UP = 0.05  # seconds after which a wait looks whether it was told to stop
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
            with interrupts_kept_here():
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
        self.over = threading.Event()
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
                return None if stopped.is_set() or self.over.is_set() else next(waiting, None)

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
        """End all worker processes, whatever they do."""
        self.over.set()
        for worker in self.workers:
            worker.end()


@contextmanager
def interrupts_kept_here() -> Iterator[None]:
    """Let processes that are started in the block leave Ctrl-C to this one, from before they read a module.

    Only where a system has it that a process inherits which signals wait.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # started in the block, it would let Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


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
    beginning, contrast = Beginning(study, graph, job.seed, {}), study.primary
    runs = {name: (arm, luck) for name, arm, luck in arms_of(study)}
    names = (contrast.control, contrast.arm, PLACEBO)

    def world_of(name: str) -> World:
        """A run of the replicate at its end."""
        world = beginning.world(*runs[name], tell)
        run(world, study.horizons, lambda share: tell(RUNNING, ((names.index(name) + share) / len(names), 1)))
        return world

    control, arm = world_of(contrast.control), world_of(contrast.arm)
    before, after = legs_of(control, contrast.group), legs_of(arm, contrast.group)
    tell(ARMS, [(*key, after[key], value) for key, value in before.items() if key in after])
    if job.drawn:
        tell(PICTURE, Picture.of(control).at(arm, control))
    first, second, other = arm.composition(), control.composition(), world_of(PLACEBO).composition()
    moved, floor = far(first, second, contrast.group), far(other, second, contrast.group)
    for text in handed_on():
        tell(NOTE, text)
    tell(WHOLE, [(*key, value - floor[key], 0.0) for key, value in moved.items() if key in floor])


def legs_of(world: World, group: str) -> dict[tuple[str, str], float]:
    """The measures that a verdict needs, of a group and of all ties together: (measure, unit) -> value."""
    rows = (row for row in world.measure() if row.profile == group and row.tie_class == "all" and row.measure in MEASURED)
    return {(row.measure, row.unit): row.value for row in rows if np.isfinite(row.value)}


class Beginning(NamedTuple):
    """What the worlds of a replicate begin with. grown : societies by their digest; most arms have the same"""

    study: Study
    graph: GivenGraph | None
    seed: int
    grown: dict[str, Grown]

    def world(self, arm: str, luck: Luck, tell: Tell) -> World:
        """The world of an arm at the branch. While its society grows, that is told."""
        point = self.study.points()[0]
        resolved = self.study.resolve(arm, point)
        key = resolved.society_fingerprint()
        if key not in self.grown:
            watch = partial(growing, tell)
            self.grown[key] = grown_society(resolved, self.seed, self.graph, watch=watch)
        return World(self.study, arm, self.seed, point=point, grown=self.grown[key], graph=self.graph, other_luck=luck)


def growing(tell: Tell, days: int, all_days: int) -> None:
    tell(GROWING, (days, all_days))


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
        """A random sample of a world's people, the same whenever there are as many, with their places at the branch."""
        state = world.grown.state
        population, ties = state.population, state.ties
        some = np.random.default_rng(1).choice(population, min(DRAWN, population), replace=False)
        people = sorted(some.tolist())
        strong = living(ties) & (np.maximum(ties.c_ij, ties.c_ji) > world.reference.strong)
        inside = np.isin(ties.i, people) & np.isin(ties.j, people) & strong
        graph: nx.Graph = nx.Graph()
        graph.add_nodes_from(people)
        graph.add_edges_from(zip(ties.i[inside].tolist(), ties.j[inside].tolist()))
        laid = nx.spring_layout(graph, k=1.6 / max(len(people), 1) ** 0.5, seed=1)
        places = np.array([laid[person] for person in people])
        places = np.clip(places, *np.quantile(places, (EDGE, 1 - EDGE), axis=0))  # people apart do not push the others together
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
