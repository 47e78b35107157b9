"""World: a society and one arm of a study, as a Mesa model. `step()` is one day; `branch(arm)` is another life of it."""

from __future__ import annotations

import operator
import secrets
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from typing import Any

import mesa
import networkx as nx
import numpy as np

from sim.errors import InputError, Problem, nearest, shortened
from sim.scenario.reading import load
from sim.scenario.schema import Study
from sim.society.graphs import GivenGraph
from sim.world import day as days
from sim.world import joining, measures
from sim.world.agents import Crowd, Person
from sim.world.casting import Cast, P, Platform
from sim.world.events import EventLog
from sim.world.growing import Grown, begin_year, grow
from sim.world.kernels.turnover import index_by_person
from sim.world.rules import part_shown, society_rules
from sim.world.state import FAR, KINDS, LINKED, MONTH, YEAR

ENGINES = ("fast", "plain")
MOST_TIES_OF_A_GRAPH = 2_000_000
NEW_SEEDS = 2**53  # so many may be drawn: each is exact as a number of any program
OTHER_LUCK = 0x9E3779B97F4A7C15  # added to the seed where the luck is to be another


class World(mesa.Model):
    """One society living one arm of a study, day by day, from the branch on. It has no end: `running` stays True.

    Parameters
    ----------
    study : a `sim.scenario.schema.Study`, or the path of its file
    arm : name of the arm; the study's first if not given
    seed : the replicate: same seed, same people, same luck, in every arm. A new one each time if not given: see `world.seed`
    engine : "fast" (kernels) or "plain" (one person at a time, for reading and teaching; same results, slow)
    rng : instead of a seed, as in Mesa: a seed, or something that one is drawn from, as `numpy.random.default_rng` takes it
    point : number of a point of the study's design, or values by dotted name; where it says nothing, those of the files count
    people, years, graph : instead of the study's population size, years of growing, and generated society
    grown : a society already grown for exactly this study, seed and point (a `Grown`), so that it is not grown again
    threads : threads of the kernels; results do not depend on it
    other_luck : days after the branch, (first, last), on which the luck is another (the placebos)
    """

    def __init__(
        self,
        study: Study | str | PathLike[str],
        arm: str | None = None,
        seed: int | None = None,
        engine: str = "fast",
        *,
        rng: Any = None,
        point: int | Mapping[str, Any] | None = None,
        people: int | None = None,
        years: int | None = None,
        graph: GivenGraph | None = None,
        grown: Grown | None = None,
        threads: int = 1,
        other_luck: tuple[int, int] | None = None,
    ) -> None:
        if grown is not None and seed is None:
            raise InputError(Problem("", "seed", "none, and a society that is grown already", "the seed that it was grown with"))
        self.seed = self.replicate = seed_of(seed, rng)
        super().__init__(seed=self.seed)
        if isinstance(study, str | PathLike):
            study = load(study)
        if engine not in ENGINES:
            raise InputError(Problem("", "engine", f"unknown engine '{engine}'", nearest(engine, ENGINES)))
        people = None if people is None else whole("people", people, 0)
        years = None if years is None else whole("years", years, 0)
        self.engine, self.threads = engine, whole("threads", threads, 1)
        self.arm = arm if arm is not None else next(iter(study.arms))
        self.point = point_of(study, point)
        self.graph_given, self.other_luck = graph, other_luck
        if graph is not None and study.graph is None:
            study = study.model_copy(update={"graph": graph.name})  # it then grows as long as given graphs do
        if grown is not None:  # a state of somebody's own may bring what it takes
            years = max(len(grown.history), int(grown.state.people.social.any()))
        resolved = study.scaled(people).resolve(self.arm, self.point, years)
        self.study = study
        self.society, self.profiles, self.timeline = resolved.society, resolved.profiles, resolved.timeline
        self.profile_names = tuple(profile.name for profile, _ in self.profiles)
        if grown is None:
            grown = grow(self.society, self.profiles, self.replicate, resolved.people, resolved.years, graph, self.threads)
        self.history = grown.history
        self.grown = grown
        self.before = grown.before
        self.state = grown.state.copy()
        self.branch_day = self.state.day
        self.reference = measures.Reference.of(self.society)
        self.rules = society_rules(self.society, self.profiles, graph)
        self._people: dict[int, Person] = {}
        self.platforms_come: set[int] = set()  # which platforms of the timeline have been joined, or left for none
        self.company = Cast(self)
        self._index: tuple = (None,)
        self._plain = None
        begin_year(self.state)
        self.datacollector = mesa.DataCollector(model_reporters=REPORTERS)

    # --- time -------------------------------------------------------------------------------------------------------

    @property
    def day(self) -> int:
        """Days lived since the branch."""
        return self.state.day - self.branch_day

    def step(self) -> None:
        """One day, and a row for the data collector."""
        self.run(1)
        self.datacollector.collect(self)

    def run(self, many: int, log: EventLog | None = None) -> None:
        """Live `many` days; `log` gets every act."""
        for _ in range(many):
            self._follow_schedule()
            self.company.morning()
            acts: list | None = None if log is None and not self.company.listens else []
            if self.engine == "plain":
                self._plain_day(acts)
            else:
                heard = self.company.told if log is None else None
                days.a_day(self.state, self.rules, self.luck(self.day), self.threads, acts, heard)
            if log is not None:
                log.add(acts)
            self.company.night(acts)

    def luck(self, day: int) -> int:
        """The key of a day's draws: the seed, but on the days of another luck."""
        other = self.other_luck is not None and self.other_luck[0] <= day <= self.other_luck[1]
        return (self.replicate + OTHER_LUCK) % 2**64 if other else self.replicate % 2**64

    @property
    def day_of_year(self) -> int:
        """0-364: the day that comes next; in a cast person's `before_day` and `after_day`, today."""
        return (self.state.day - self.company.evening) % YEAR

    @property
    def month_begins(self) -> bool:
        """Has a month just turned over?"""
        return self.state.day % MONTH == 0

    def begin_year(self) -> None:
        """Count from today on: measures are means over the time since."""
        begin_year(self.state)

    def _follow_schedule(self) -> None:
        for which, (start, platform) in enumerate(self.timeline):
            if start == self.day:
                self.platforms_come.add(which)
                if not platform.present:
                    if self.rules.online:
                        self.rules = joining.leave(self.state, self.rules)
                else:
                    self.rules = joining.join(
                        self.state, self.rules, platform, self.society, self.profiles, self.replicate,
                        part_shown(self.society, self.graph_given),
                    )  # fmt: skip

    def _plain_day(self, acts: list | None) -> None:
        from sim.world.plain import PlainSociety

        plain = PlainSociety.from_state(self.state, self.rules)
        done = plain.step_day(self.luck(self.day))
        self.state = plain.to_state()
        if acts is not None:
            acts.append(days.Acts(*(np.array(column) for column in zip(*done))) if done else days.no_acts())

    def branch(self, arm: str, *, other_luck: tuple[int, int] | None = None) -> World:
        """The same society from the branch on, in another arm of the study; arrays that never change are shared.

        The same rows are cast there as the same classes, and the platform too, as new objects: what they noted stays here.
        """
        other = World(
            self.study, arm, self.replicate, self.engine, point=self.point, graph=self.graph_given, grown=self.grown,
            threads=self.threads, other_luck=other_luck,
        )  # fmt: skip
        for kind, rows, given in self.company.calls:
            other.cast(kind, rows, **given)
        if type(self.platform) is not Platform:
            other.cast_platform(type(self.platform))
        return other

    # --- people -----------------------------------------------------------------------------------------------------

    @property
    def agents(self) -> Crowd:
        """All people, as a Mesa AgentSet over the arrays."""
        return Crowd.of(self)

    @property
    def itself(self) -> World:
        return self

    def cast(self, kind: type[P], rows: Iterable[int], **given: Any) -> list[P]:
        """Give rows to people of a class of your own, derived from Person; they are returned in the order of `rows`.

        Its `before_day` and `after_day`, where defined, are called every day, in row order; nobody else costs Python time.
        Attributes of theirs are kept for the world's life. A person of the row who was looked at before stays a plain view.

        rows : row numbers, each once and not cast yet
        given : handed to the class, as in Mesa: `kind(world, row, **given)`
        """
        people = self.company.add(kind, rows, given)
        self._people |= {person.row: person for person in people}
        return people

    @property
    def platform(self) -> Platform:
        """The platform as an agent: its settings of today."""
        return self.company.platform

    def cast_platform(self, kind: type[Platform]) -> Platform:
        """Give the platform a class of your own, derived from `sim.world.casting.Platform`, that steps monthly."""
        if not (isinstance(kind, type) and issubclass(kind, Platform)):
            expected = "a class of your own: class MyPlatform(sim.world.casting.Platform)"
            raise InputError(Problem("", "cast_platform", f"{kind!r} is no Platform", expected))
        if type(self.platform) is not Platform:
            found = f"the platform is cast already, as {type(self.platform).__name__}"
            raise InputError(Problem("", "cast_platform", found, "one class for a world"))
        self.company.platform = kind(self)
        return self.platform

    def tie_rows(self, person: int) -> np.ndarray:
        """Rows of a person's ties, ended ones too; indexed anew only when ties have begun or gone."""
        ties = self.state.ties
        if self._index[0] is not ties.i:
            none = np.zeros_like(ties.flags)  # no flag: ended ties are indexed as well
            self._index = (ties.i, *index_by_person(self.state.population, ties.i, ties.j, none))
        _, start, rows = self._index
        return rows[start[person] : start[person + 1]]

    @property
    def agent_types(self) -> list[type]:
        """Person, and the classes that are cast."""
        return [Person, *dict.fromkeys(type(person) for person in self.company.people.values() if type(person) is not Person)]

    @property
    def agents_by_type(self) -> dict[type, Crowd]:
        """People by their class, as Mesa has it: a cast person is not among the plain ones."""
        by_type: dict[type, list[int]] = {kind: [] for kind in self.agent_types}
        for row, person in sorted(self.company.people.items()):
            by_type[type(person)].append(row)
        cast = [row for kind, rows in by_type.items() if kind is not Person for row in rows]
        crowds = {kind: Crowd.of(self, rows) for kind, rows in by_type.items()}
        crowds[Person] = Crowd(self, np.delete(np.arange(self.state.population), cast))
        return crowds

    def person(self, row: int) -> Person:
        """The person of a row, made when first touched."""
        if not 0 <= row < self.state.population:
            raise IndexError(f"person {row}: this world has {self.state.population} people, numbered from 0")
        if row not in self._people:
            self._people[row] = Person(self, row)
        return self._people[row]

    def label(self, row: int) -> str:
        return self.graph_given.labels[row] if self.graph_given is not None else str(row)

    # --- networkx ---------------------------------------------------------------------------------------------------

    @property
    def graph(self) -> nx.Graph:
        """Living ties (mere links apart) as a networkx graph with attributes; up to 2 million of them."""
        rows = np.flatnonzero(measures.living(self.state.ties))
        if rows.size > MOST_TIES_OF_A_GRAPH:
            raise InputError(
                Problem(
                    "",
                    "graph",
                    f"{rows.size:,} ties",
                    f"at most {MOST_TIES_OF_A_GRAPH:,} as one networkx graph; take world.ego(person, radius) or "
                    "world.sample_graph(n)",
                )
            )
        return self._graph_of(np.arange(self.state.population), rows)

    def ego(self, person: int, radius: int = 1) -> nx.Graph:
        """The graph of everybody within `radius` steps of a person (row number), and all ties among them."""
        near = {self.person(int(person)).row}
        for _ in range(radius):
            near |= self._neighbours(near)
        return self._among(near)

    def sample_graph(self, n: int, seed: int = 0) -> nx.Graph:
        """A snowball from a random person until `n` people are in, and all ties among them."""
        first = int(np.random.default_rng(seed).integers(max(self.state.population, 1)))
        near, edge = [first], {first}
        while edge and len(near) < n:
            edge = self._neighbours(edge) - set(near)
            near += sorted(edge)
        return self._among(set(near[:n]))

    def _neighbours(self, people: set[int]) -> set[int]:
        ties = self.state.ties
        inside = np.zeros(self.state.population, np.bool_)
        inside[list(people)] = True
        alive = measures.living(ties)
        found = np.concatenate([ties.j[alive & inside[ties.i]], ties.i[alive & inside[ties.j]]])
        return {int(k) for k in np.unique(found)}

    def _among(self, people: set[int]) -> nx.Graph:
        ties = self.state.ties
        inside = np.zeros(self.state.population, np.bool_)
        inside[list(people)] = True
        rows = np.flatnonzero(inside[ties.i] & inside[ties.j] & measures.living(ties))
        return self._graph_of(np.asarray(sorted(people)), rows)

    def _graph_of(self, people: np.ndarray, rows: np.ndarray) -> nx.Graph:
        ties, who = self.state.ties, self.state.people
        graph = nx.Graph()
        for row in people.tolist():
            graph.add_node(
                row, label=self.label(row), profile=self.profile_names[who.profile[row]], birthday=int(who.birthday[row]),
                member=bool(who.member[row]), setting=int(who.places[row, 0]),
            )  # fmt: skip
        for row in rows.tolist():
            flags = int(ties.flags[row])
            graph.add_edge(
                int(ties.i[row]), int(ties.j[row]), kind=KINDS[ties.kind[row]],
                weight=float(ties.c_ij[row] + ties.c_ji[row]) / 2, closeness_from=float(ties.c_ij[row]),
                closeness_to=float(ties.c_ji[row]), chance=float(ties.chance[row]), far=bool(flags & FAR),
                linked=bool(flags & LINKED),
            )  # fmt: skip
        return graph

    # --- measures ---------------------------------------------------------------------------------------------------

    def measure(self) -> list[measures.Row]:
        """All measures of the time since `begin_year` (or the branch)."""
        return measures.measure(self.state, self.rules, self.reference, self.profile_names, self.before)

    def composition(self) -> measures.Composition:
        """What is needed to compare with another arm: partners and carriers."""
        return measures.composition(self.state, self.rules, self.reference)


def seed_of(seed: Any, rng: Any = None) -> int:
    """The seed that somebody gave, one drawn from a generator of theirs, or a new one. InputError: not a seed, or both."""
    if seed is not None and rng is not None:
        raise InputError(Problem("", "rng", "given, and a seed too", "one of the two"))
    given = rng if seed is None else seed
    if given is None:
        return secrets.randbelow(NEW_SEEDS)
    if seed is None and not isinstance(rng, int | np.integer | float | str):
        try:
            return int(np.random.default_rng(rng).integers(NEW_SEEDS))
        except (TypeError, ValueError):
            raise InputError(Problem("", "rng", shortened(repr(rng)), "what numpy.random.default_rng takes")) from None
    return whole("seed" if rng is None else "rng", given, 0, 2**63 - 1)


def whole(name: str, given: Any, low: int, high: int | None = None) -> int:
    """A whole number within bounds, as Python has them; numpy's are taken too. InputError: something else."""
    try:
        number = operator.index(given)
    except TypeError:
        number = low - 1
    if number < low or isinstance(given, bool) or (high is not None and number > high):
        most = "" if high is None else f" to {high}"
        raise InputError(Problem("", name, shortened(repr(given)), f"a whole number, {low}{most or ' or more'}"))
    return number


def point_of(study: Study, point: int | Mapping[str, Any] | None) -> dict[str, Any]:
    """The values of a point: those given, those of the point with this number, or none. numpy's numbers are taken as Python's."""
    if point is None or not isinstance(point, Mapping):
        return study.point(None if point is None else whole("point", point, 0))
    return {name: value.item() if isinstance(value, np.generic) else value for name, value in point.items()}


def mean_closeness(world: World) -> float:
    ties = world.state.ties
    alive = measures.living(ties)
    return float((ties.c_ij[alive].mean() + ties.c_ji[alive].mean()) / 2) if alive.any() else 0.0


def ties_per_person(world: World) -> float:
    return 2 * int(measures.living(world.state.ties).sum()) / max(world.state.population, 1)


def strong_ties(world: World) -> float:
    ties, least = world.state.ties, world.reference.strong
    return float((ties.c_ij > least).sum() + (ties.c_ji > least).sum()) / max(world.state.population, 1)


REPORTERS = {
    "seed": "seed",
    "day": "day",
    "ties": ties_per_person,
    "mean_closeness": mean_closeness,
    "strong_ties": strong_ties,
}
__all__: Sequence[str] = ("World",)
