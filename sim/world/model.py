"""World: a society and one arm of a study, as a Mesa model. `step()` is one day; `branch(arm)` is another life of it."""

from __future__ import annotations

import inspect
import secrets
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from typing import Any, NamedTuple

import mesa
import networkx as nx
import numpy as np

from sim.errors import InputError, Problem, nearest, shortened
from sim.scenario.bounds import OPTIONS, Bound, whole_options, whole_within
from sim.scenario.dotted_names import misfits
from sim.scenario.faults import Refusal
from sim.scenario.reading import study_of
from sim.scenario.resolving import Resolved
from sim.scenario.study import Study
from sim.society.graphs import GivenGraph
from sim.society.start import graph_named, graph_of, study_on
from sim.world import day as days
from sim.world import joining, measures
from sim.world.agents import Crowd, Person
from sim.world.casting import Cast, P, Platform, row_number
from sim.world.columns import FAR, KINDS, LINKED
from sim.world.events import EventLog
from sim.world.growing import Grown, begin_year, grow
from sim.world.kernels.turnover import index_by_person
from sim.world.rules import part_shown, society_rules
from sim.world.state import MONTH, YEAR

ENGINES = ("fast", "plain")
MOST_TIES_OF_A_GRAPH = 2_000_000
DAYS, STEPS = Bound(0, 10**6, "days", whole=True), Bound(0, 10**6, "steps between people", whole=True)
NEW_SEEDS = 2**53  # so many may be drawn: each is exact as a number of any program
OTHER_LUCK = 0x9E3779B97F4A7C15  # added to the seed where the luck is to be another


class World(mesa.Model):
    """One society living one arm of a study, day by day, from the branch on. It has no end: `running` stays True.

    Parameters
    ----------
    study : a `sim.scenario.study.Study`, or the path of its file
    arm : name of the arm; the study's first if not given
    seed : the replicate: same seed, same people, same luck, in every arm. A new one each time if not given: see `world.seed`
    engine : "fast" (kernels) or "plain" (one person at a time, for reading and teaching; same results, slow)
    rng : instead of a seed, as in Mesa: a seed, or something that one is drawn from, as `numpy.random.default_rng` takes it
    point : number of a point of the study's design, or values by dotted name; where it says nothing, those of the files count
    people, years : instead of the study's population size and years of growing
    graph : instead of the study's own start: a networkx graph, a graph file, the name of a data set, or a GivenGraph
    grown : a society already grown for exactly this study, seed and point, so that it is not grown again: see `sim.grow`
    threads : threads of the kernels; results do not depend on it
    other_luck : days after the branch, (first, last), on which the luck is another (the placebos)
    kwargs : further values by dotted name, `**{"prompts.slope": 1.0}`, or with __ for each dot, `prompts__slope=1.0`, as for
        Mesa's batch_run and sliders. They go before those of `point`. One that the arm sets itself to another value is refused.
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
        graph: Any = None,
        grown: Grown | None = None,
        threads: int = 1,
        other_luck: tuple[int, int] | None = None,
        **kwargs: Any,
    ) -> None:
        if grown is not None and seed is None:
            raise InputError(Problem("", "seed", "none, and a society that is grown already", "the seed that it was grown with"))
        self.seed = self.replicate = seed_of(seed, rng)
        super().__init__(seed=self.seed)
        if engine not in ENGINES:
            raise InputError(Problem("", "engine", f"unknown engine '{engine}'", nearest(str(engine), ENGINES)))
        self.engine, self.threads = engine, whole_options(threads=threads)[0]
        self.other_luck = None if other_luck is None else two_days(other_luck)
        if grown is not None:
            must_be_grown(grown, years)
            years = max(len(grown.history), int(grown.state.people.social.any()))  # one's own state may bring what it takes
        asked = asked_for(study, arm, point, people, years, graph, kwargs)
        self.study, self.arm, self.point, self.graph_given, resolved = asked
        self.society, self.profiles, self.timeline = resolved.society, resolved.profiles, resolved.timeline
        self.profile_names = tuple(profile.name for profile, _ in self.profiles)
        if grown is None:
            grown = grow(
                self.society, self.profiles, self.replicate, resolved.people, resolved.years, self.graph_given, self.threads
            )
        else:
            refuse_others(grown, resolved.people if self.graph_given is None else self.graph_given.people)
        self.history = grown.history
        self.grown = grown
        self.before = grown.before
        self.state = grown.state.copy()
        self.branch_day = self.state.day
        self.reference = measures.Reference.of(self.society)
        self.rules = society_rules(self.society, self.profiles, self.graph_given)
        self._people: dict[int, Person] = {}
        self.own: dict[int, mesa.Agent] = {}  # agents of one's own, by number
        self._registered = 0
        self._rows_by_label: dict[str, int] | None = None
        self.platforms_come: set[int] = set()  # which platforms of the timeline have been joined, or left for none
        self.company = Cast(self)
        self._index: tuple = (None,)
        self._plain = None
        begin_year(self.state)
        self.datacollector = mesa.DataCollector(model_reporters=REPORTERS)
        self.datacollector.collect(self)  # day 0

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
        """Run `many` days; `log` gets every act."""
        for _ in range(whole_within(DAYS, many, "run")):
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
        """All people, as a Mesa AgentSet over the arrays, and after them the agents of one's own in the order they came."""
        people = np.arange(self.state.population)
        return Crowd(self, np.append(people, list(self.own)) if self.own else people, whole=True)

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

    # --- agents of one's own that are no people -----------------------------------------------------------------------

    def register_agent(self, agent: mesa.Agent) -> None:
        """What Mesa's Agent calls when it is made: it comes after the people, and its `unique_id` after theirs.

        It is in `agents`, `agent_types` and `agents_by_type`, and is collected. As in Mesa, nobody calls its `step` but a model
        of your own: `self.agents_by_type[MyAgent].shuffle_do("step")` in the `step` of a class derived from World. A branch
        begins without it.
        """
        mesa.Agent._ids.pop(self, None)  # Mesa 3.3 counts there, and keeps every model alive for ever by it
        if isinstance(agent, Person):
            raise TypeError(f"people are neither born nor die in a world; use world.cast({type(agent).__name__}, rows)")
        if agent in self._agents:
            return
        number = self.state.population + self._registered
        self._registered += 1
        agent.unique_id = number + 1
        self.own[number], self._agents[agent] = agent, number

    def deregister_agent(self, agent: mesa.Agent) -> None:
        """What `remove` of an agent of one's own calls."""
        if isinstance(agent, Person):
            agent.remove()
        del self.own[self._agents.pop(agent)]

    def remove_all_agents(self) -> None:
        raise TypeError("people are neither born nor die in a world; agents of your own are removed by their own remove()")

    def agent(self, number: int) -> mesa.Agent:
        """A person by row, or an agent of one's own by the number it came with, which no row has."""
        return self.person(number) if number < self.state.population else self.own[number]

    def number_of(self, agent: Any) -> int | None:
        """What `agent` takes; None if it is not in this world."""
        if isinstance(agent, Person):
            return agent.row if agent.model is self else None
        return self._agents.get(agent) if isinstance(agent, mesa.Agent) else None

    @property
    def agent_types(self) -> list[type]:
        """Person, the classes that are cast, and those of agents of one's own."""
        return [Person, *(kind for kind in dict.fromkeys(map(type, (*self.company.people.values(), *self.own.values())))
                          if kind is not Person)]  # fmt: skip

    @property
    def agents_by_type(self) -> dict[type, Crowd]:
        """Agents by their class, as Mesa has it: a cast person is not among the plain ones."""
        by_type: dict[type, list[int]] = {kind: [] for kind in self.agent_types}
        cast = sorted(self.company.people)
        for number in (*cast, *self.own):
            by_type[type(self.agent(number))].append(number)
        crowds = {kind: Crowd(self, np.asarray(numbers, np.int64), whole=True) for kind, numbers in by_type.items()}
        plain = [row for row in cast if type(self.company.people[row]) is not Person]
        crowds[Person] = Crowd(self, np.delete(np.arange(self.state.population), plain), whole=True)
        return crowds

    def person(self, who: int | str) -> Person:
        """The person of a row, or of a label or id in the given graph; made when first touched.

        IndexError: a row that is not there. InputError: a label that nobody has, or neither a row nor a label.
        """
        row = self._row_labelled(who) if isinstance(who, str) else row_number(who)
        if row is None:
            expected = f"a row from 0 to {self.state.population - 1}, or a label"
            raise InputError(Problem("", "person", shortened(repr(who)), expected))
        if not 0 <= row < self.state.population:
            raise IndexError(f"person {row}: this world has {self.state.population} people, numbered from 0")
        if row not in self._people:
            self._people[row] = Person(self, row)
        return self._people[row]

    def _row_labelled(self, label: str) -> int:
        if self._rows_by_label is None:
            given = self.graph_given
            self._rows_by_label = {str(row): row for row in range(self.state.population)} if given is None else given.numbers()
        if label not in self._rows_by_label:
            raise InputError(Problem("", "person", f"nobody is '{label}'", nearest(label, self._rows_by_label)))
        return self._rows_by_label[label]

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

    def ego(self, person: int | str, radius: int = 1) -> nx.Graph:
        """The graph of everybody within `radius` steps of a person (row number or label), and all ties among them."""
        near = {self.person(person).row}
        for _ in range(whole_within(STEPS, radius, "radius")):
            near |= self._neighbours(near)
        return self._among(near)

    def sample_graph(self, n: int, seed: int = 0) -> nx.Graph:
        """A snowball from a random person until `n` people are in, and all ties among them."""
        first = int(np.random.default_rng(seed).integers(max(self.state.population, 1)))
        near, edge, n = [first], {first}, whole_within(OPTIONS["people"], n, "n")
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
            setting = int(who.places[row, 0])
            graph.add_node(
                row, person=row, label=self.label(row), profile=self.profile_names[who.profile[row]],
                birthday=int(who.birthday[row]), member=bool(who.member[row]), **({"setting": setting} if setting >= 0 else {}),
            )  # fmt: skip
        for row in rows.tolist():
            flags = int(ties.flags[row])
            graph.add_edge(
                int(ties.i[row]), int(ties.j[row]), kind=KINDS[ties.kind[row]],
                weight=float(ties.c_ij[row] + ties.c_ji[row]) / 2, from_node=int(ties.i[row]),
                closeness_from=float(ties.c_ij[row]), closeness_to=float(ties.c_ji[row]), chance=float(ties.chance[row]),
                far=bool(flags & FAR), linked=bool(flags & LINKED),
            )  # fmt: skip
        return graph

    # --- measures ---------------------------------------------------------------------------------------------------

    def measure(self) -> list[measures.Row]:
        """All measures of the time since `begin_year` (or the branch)."""
        return measures.measure(self.state, self.rules, self.reference, self.profile_names, self.before)

    def composition(self) -> measures.Composition:
        """What is needed to compare with another arm: partners and carriers."""
        return measures.composition(self.state, self.rules, self.reference)

    def __repr__(self) -> str:
        ties = int(measures.living(self.state.ties).sum())
        who = f"{self.state.population} people, {ties} ties"
        return f"<{type(self).__name__} of '{self.study.name}', arm '{self.arm}', seed {self.replicate}: day {self.day}, {who}>"


class Asked(NamedTuple):
    """What a world is asked to be: all of it converted and checked."""

    study: Study
    arm: str
    point: dict[str, Any]
    graph: GivenGraph | None
    resolved: Resolved


def asked_for(study, arm=None, point=None, people=None, years=None, graph=None, named: Mapping[str, Any] | None = None) -> Asked:
    """Arguments as of World, of any kind that it takes; named : its further keyword arguments. InputError: what does not fit."""
    study = study_of(study)
    if graph is not None and people is not None:
        found = f"{shortened(repr(people))}, and a graph"
        raise InputError(Problem("", "people", found, "one of the two: a graph brings its own people"))
    given = graph_of(study) if graph is None else graph_named(graph)
    if given is not None:  # it then grows as long as given graphs do, and by what the graph measured
        study = study_on(study.model_copy(update={"graph": study.graph or given.name}), given)
    people, years = whole_options(people=people, years=years)
    study = study.scaled(people)
    arm = next(iter(study.arms)) if arm is None else arm
    if not isinstance(arm, str):
        raise InputError(Problem("", "arm", shortened(repr(arm)), nearest("", study.arms)))
    values = point_of(study, point) | settings_named(study, arm, named or {})
    return Asked(study, arm, values, given, study.resolve(arm, values, years))


def settings_named(study: Study, arm: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Keyword arguments of a World that are none of its own: values by dotted name, with dots or __.

    InputError: a name that means nothing, the same twice, or one that the arm sets to another value.
    """
    found, named = [], {}
    for word, value in given.items():
        name = word.replace("__", ".")
        try:
            full = study.full_name(name)
        except Refusal as refusal:
            close = nearest(word, inspect.signature(World).parameters.keys() - {"kwargs"})
            said = refusal.faults[0]
            expected = f"an argument of World, {close}; or a setting, {said.expected}"
            found.append(Problem("", word, "neither an argument of World nor a setting of the study", expected))
            continue
        if full in named:
            found.append(Problem("", word, f"{full} is given twice", "one value"))
        named[full] = plain(value)
        found += [Problem("", word, fault.found, fault.expected) for fault in misfits(full, named[full], study.profiles)]
    written = study.arms.get(arm)
    for name, fixed in ((study.full_name(name), value) for name, value in (written.set.items() if written else ())):
        if name in named and named[name] != fixed:
            found.append(Problem("", name, f"{named[name]!r}, and arm '{arm}' sets {fixed!r}", "another arm, or that value"))
    if found:
        raise InputError(found)
    return named


def plain(value: Any) -> Any:
    """A NumPy number as the plain one that scenarios know."""
    return value.item() if isinstance(value, np.generic) else value


def two_days(given: Any) -> tuple[int, int]:
    """The first and the last day of another luck. InputError: something else."""
    days = [day for each in given if (day := row_number(each)) is not None] if isinstance(given, tuple | list) else []
    if len(days) != 2 or len(days) != len(given):
        raise InputError(Problem("", "other_luck", shortened(repr(given)), "two days after the branch, the first and the last"))
    return days[0], days[1]


def must_be_grown(grown: Any, years: Any) -> None:
    """InputError: no grown society, or one of other years than are asked for."""
    if not isinstance(grown, Grown):
        raise InputError(Problem("", "grown", f"a thing of type {type(grown).__name__}", "what sim.grow returns"))
    if years is not None and years != len(grown.history):
        found = f"a society of {len(grown.history)} years grown"
        raise InputError(Problem("", "grown", found, f"one of {shortened(repr(years))} years"))


def refuse_others(grown: Grown, people: int) -> None:
    """InputError: a society of another number of people."""
    if grown.state.population != people:
        raise InputError(Problem("", "grown", f"a society of {grown.state.population} people", f"one of {people} people"))


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
    return whole_within(OPTIONS["seed"], given, "seed" if rng is None else "rng")


def point_of(study: Study, point: int | Mapping[str, Any] | None) -> dict[str, Any]:
    """The values of a point: those given, those of the point with this number, or none. numpy's numbers are taken as Python's."""
    if point is None or not isinstance(point, Mapping):
        return study.point(*whole_options(point=point))
    values = {str(name): plain(value) for name, value in point.items()}
    wrong = [(name, fault) for name, value in values.items() for fault in misfits(name, value, study.profiles)]
    if wrong:
        raise InputError(Problem("", f"point: {name}", fault.found, fault.expected) for name, fault in wrong)
    return values


def mean_closeness(world: World) -> float:
    """Felt by a side of a living tie."""
    ties = world.state.ties
    alive = measures.living(ties)
    return float((ties.c_ij[alive].mean() + ties.c_ji[alive].mean()) / 2) if alive.any() else 0.0


def closeness_per_person(world: World) -> float:
    """Summed over the living ties of a person."""
    ties = world.state.ties
    alive = measures.living(ties)
    both = ties.c_ij[alive].sum(dtype=np.float64) + ties.c_ji[alive].sum(dtype=np.float64)
    return float(both) / max(world.state.population, 1)


def ties_per_person(world: World) -> float:
    return 2 * int(measures.living(world.state.ties).sum()) / max(world.state.population, 1)


def strong_ties(world: World) -> float:
    ties, least = world.state.ties, world.reference.strong
    return float((ties.c_ij > least).sum() + (ties.c_ji > least).sum()) / max(world.state.population, 1)


REPORTERS = {
    "seed": "seed",
    "day": "day",
    "ties": ties_per_person,
    "closeness": closeness_per_person,
    "mean_closeness": mean_closeness,
    "strong_ties": strong_ties,
}
"""What the data collector of a world has, on day 0 and after every step.

Ties begin and end when a month turns over, every 30th day: then `ties` steps, and `mean_closeness` with it, since new ties are
faint. `closeness`, the sum of a person's ties, does not step.
"""

__all__: Sequence[str] = ("World",)
