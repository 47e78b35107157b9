"""World: a society in one arm of a study, as a Mesa model. `step()` runs one day; `branch(arm)` starts another arm."""

from __future__ import annotations

import inspect
import secrets
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from typing import Any, NamedTuple

import mesa
import networkx as nx
import numpy as np

from sim.errors import InputError, Problem, RunError, nearest, shortened
from sim.interrupt import interrupted_afterwards
from sim.scenario.bounds import OPTIONS, Bound, whole_options, whole_within
from sim.scenario.dotted_names import misfits
from sim.scenario.faults import Refusal
from sim.scenario.reading import study_of
from sim.scenario.resolving import Resolved
from sim.scenario.study import Study
from sim.society.graphs import GivenGraph
from sim.society.start import graph_named, graph_of, study_on
from sim.world import joining, measures
from sim.world.agents import Crowd, Person
from sim.world.casting import Cast, P, Platform, whole_number
from sim.world.columns import FAR, KINDS, LINKED
from sim.world.day import LoggedActs, no_acts, run_days
from sim.world.events import EventLog
from sim.world.growing import Grown, begin_year, grow
from sim.world.rows import index_by_person
from sim.world.rules import part_shown, society_rules
from sim.world.state import MONTH, WEEK, YEAR

ENGINES = ("fast", "plain")
MOST_TIES_OF_A_GRAPH = 2_000_000
DAYS, STEPS = Bound(0, 10**6, "days", whole=True), Bound(0, 10**6, "steps between people", whole=True)
NEW_SEEDS = 2**53  # new seeds are below this: a float holds each of them exactly
OTHER_LUCK = 0x9E3779B97F4A7C15  # added to the seed on days with other luck


class World(mesa.Model):
    """One society in one arm of a study, day by day from the branch on. It has no end: `running` stays True.

    Parameters
    ----------
    study : a `sim.scenario.study.Study`, or the path of its file
    arm : name of the arm; by default the first arm of the study
    seed : number of the replicate. The same seed gives the same people and the same luck in every arm.
        By default a new seed is drawn; `world.seed` tells which.
    engine : "fast" (kernels) or "plain" (one person at a time, for reading and teaching). Both give the same results; "plain" is
        slow.
    rng : in place of a seed, as in Mesa: a seed, or whatever `numpy.random.default_rng` takes, from which a seed is drawn
    point : a combination: its number in the study's design, or values by dotted name. All other values are those of the files.
    people, years : in place of the study's population size and years of growing
    graph : in place of the study's starting graph: a networkx graph, a graph file, the name of a data set, or a GivenGraph
    grown : a society that `sim.grow` returned for the same study, seed and combination. The world then grows none.
    threads : threads of the kernels; results do not depend on it
    other_luck : (first, last) day after the branch with other draws, for placebos
    kwargs : further values by dotted name, `**{"prompts.slope": 1.0}`, or with __ for each dot, `prompts__slope=1.0`, as for
        Mesa's batch_run and sliders. They override those of `point`. A value that contradicts the arm is refused.
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
        self.other_luck = None if other_luck is None else day_range(other_luck)
        if grown is not None:
            check_grown(grown, years)
            years = len(grown.history) or int(grown.state.people.social.any())  # a state made by hand may have no history
        arguments = checked_arguments(study, arm, point, people, years, graph, kwargs)
        self.study, self.arm, self.point, self.graph_given, resolved = arguments
        self.society, self.profiles, self.timeline = resolved.society, resolved.profiles, resolved.timeline
        self.profile_names = tuple(profile.name for profile, _ in self.profiles)
        if grown is None:
            grown = grow(
                self.society, self.profiles, self.replicate, resolved.people, resolved.years, self.graph_given, self.threads
            )
        else:
            check_population(grown, resolved.people if self.graph_given is None else self.graph_given.people)
        self.history = grown.history
        self.grown = grown
        self.before = grown.before
        self.state = grown.begin()
        self.branch_day = self.state.day
        self.reference = measures.Reference.of(self.society)
        self.rules = society_rules(self.society, self.profiles, self.graph_given)
        self._people: dict[int, Person] = {}
        self.own: dict[int, mesa.Agent] = {}  # agents of the user that are not people, by number
        self._registered = 0
        self._rows_by_label: dict[str, int] | None = None
        self.platforms_started: set[int] = set()  # places in the timeline whose first day has come
        self.casting = Cast(self)
        self._index: tuple = (None,)
        self._plain = None
        begin_year(self.state)
        self.datacollector = mesa.DataCollector(model_reporters=REPORTERS)
        self.datacollector.collect(self)  # day 0

    # --- time -------------------------------------------------------------------------------------------------------

    @property
    def day(self) -> int:
        """Days since the branch."""
        return self.state.day - self.branch_day

    def step(self) -> None:
        """Run one day and collect a row of data."""
        self.run(1)
        self.datacollector.collect(self)

    def run(self, many: int, log: EventLog | None = None) -> None:
        """Run this many days; `log` gets every act.

        Ctrl-C stops it when a day has ended, within a week; it may go on from there. A second Ctrl-C stops it at once, for good.
        """
        self._must_be_whole("run")
        end = self.day + whole_within(DAYS, many, "run")
        while self.day < end:
            with interrupted_afterwards():
                try:
                    self._run_days_alike(end, log)
                except KeyboardInterrupt:
                    self.state.whole = False
                    raise

    def _must_be_whole(self, what: str) -> None:
        if not self.state.whole:
            problem = f"day {self.day} was interrupted before it had ended, so people and ties do not fit together"
            expected = "a new World, or world.branch(arm), which begins on the day of the branch"
            raise InputError(Problem("", what, problem, expected))

    def _run_days_alike(self, end: int, log: EventLog | None) -> None:
        """Run the days up to the next change, at most to the end of the week and to day `end`."""
        self._follow_schedule()
        self.casting.before_day()
        acts: list | None = None if log is None and not self.casting.records_acts else []
        if self.engine == "plain":
            self._plain_day(acts)
        else:
            days = 1 if self.casting.calls_daily else self._days_alike(end)
            recorded = self.casting.recorded if log is None else None
            run_days(self.state, self.rules, self.luck(self.day), days, self.threads, acts, recorded)
        if log is not None:
            log.add(acts)
        self.casting.after_day(acts)

    def _days_alike(self, end: int) -> int:
        """Days left of this week, before day `end`, without a change: of the platform, of luck, or by `step_month`."""
        changes = [end, self.day + WEEK - self.state.day % WEEK, *(start for start, _ in self.timeline)]
        if self.other_luck is not None:
            changes += [self.other_luck[0], self.other_luck[1] + 1]
        if self.casting.steps_monthly or self.platform.settings.comes_and_goes:
            changes.append(self.day + MONTH - self.state.day % MONTH)
        return min(day for day in changes if day > self.day) - self.day

    def luck(self, day: int) -> int:
        """The key of a day's draws: the seed, or a second key on the days of `other_luck`."""
        is_other = self.other_luck is not None and self.other_luck[0] <= day <= self.other_luck[1]
        return (self.replicate + OTHER_LUCK) % 2**64 if is_other else self.replicate % 2**64

    @property
    def day_of_year(self) -> int:
        """0-364: the day that runs next. In `before_day` and `after_day` of a cast person: today."""
        return (self.state.day - self.casting.in_after_day) % YEAR

    @property
    def month_begins(self) -> bool:
        """Whether the day that ran last ended a month."""
        return self.state.day % MONTH == 0

    def begin_year(self) -> None:
        """Start the measured time today: measures are means over the days since."""
        begin_year(self.state)

    def _follow_schedule(self) -> None:
        for place, (start, platform) in enumerate(self.timeline):
            if start == self.day:
                self.state.whole = False
                self.platforms_started.add(place)
                if not platform.present:
                    if self.rules.online:
                        self.rules = joining.leave(self.state, self.rules)
                else:
                    self.rules = joining.join(
                        self.state, self.rules, platform, self.society, self.profiles, self.replicate,
                        part_shown(self.society, self.graph_given),
                    )  # fmt: skip
                self.state.whole = True
        start, platform = self.platform.today
        if start < self.day and self.rules.online and platform.comes_and_goes and self.state.day % MONTH == 0:
            self.state.whole = False
            self.rules = joining.come_and_go(
                self.state, self.rules, platform, self.society, self.profiles, self.replicate,
                part_shown(self.society, self.graph_given), self.day - start,
            )  # fmt: skip
            self.state.whole = True

    def _plain_day(self, acts: list | None) -> None:
        from sim.world.plain import PlainSociety

        plain = PlainSociety.from_state(self.state, self.rules)
        plain_acts = plain.step_day(self.luck(self.day))
        self.state = plain.to_state()
        if acts is not None:
            acts.append(LoggedActs(*(np.array(column) for column in zip(*plain_acts))) if plain_acts else no_acts())

    def branch(self, arm: str, *, other_luck: tuple[int, int] | None = None) -> World:
        """The same society from the branch on, in another arm of the study. The two share arrays that never change.

        The new world casts the same rows and the platform with the same classes. Its cast people are new objects, without the
        attributes that those of this world have collected.
        """
        world = World(
            self.study, arm, self.replicate, self.engine, point=self.point, graph=self.graph_given, grown=self.grown,
            threads=self.threads, other_luck=other_luck,
        )  # fmt: skip
        for kind, rows, arguments in self.casting.calls:
            world.cast(kind, rows, **arguments)
        if type(self.platform) is not Platform:
            world.cast_platform(type(self.platform))
        return world

    # --- people -----------------------------------------------------------------------------------------------------

    @property
    def agents(self) -> Crowd:
        """A Mesa AgentSet of all people, read from the arrays. The user's own agents follow, in the order they were made."""
        people = np.arange(self.state.population)
        return Crowd(self, np.append(people, list(self.own)) if self.own else people, fixed=True)

    @property
    def itself(self) -> World:
        """This world, also when it is asked through a weak reference."""
        return self

    def cast(self, kind: type[P], rows: Iterable[int], **arguments: Any) -> list[P]:
        """Make people of a class of your own, derived from Person, for some rows. Returns them in the order of `rows`.

        The world calls their `before_day` and `after_day`, where defined, every day in row order. Other people cost no Python
        time. A cast person keeps its attributes as long as the world exists. A Person object made before for the same row stays
        a plain view.

        rows : row numbers, each once and not cast yet
        arguments : passed to the class, as in Mesa: `kind(world, row, **arguments)`
        """
        people = self.casting.add(kind, rows, arguments)
        self._people |= {person.row: person for person in people}
        return people

    @property
    def platform(self) -> Platform:
        """The platform as an agent, with the settings of today."""
        return self.casting.platform

    def cast_platform(self, kind: type[Platform]) -> Platform:
        """Give the platform a class of your own, derived from `sim.world.casting.Platform`. It may define `step_month`."""
        if not (isinstance(kind, type) and issubclass(kind, Platform)):
            expected = "a class of your own: class MyPlatform(sim.world.casting.Platform)"
            raise InputError(Problem("", "cast_platform", f"{kind!r} is no Platform", expected))
        if type(self.platform) is not Platform:
            problem = f"the platform is cast already, as {type(self.platform).__name__}"
            raise InputError(Problem("", "cast_platform", problem, "one class for a world"))
        self.casting.platform = kind(self)
        return self.platform

    def tie_rows(self, person: int) -> np.ndarray:
        """Rows of a person's ties, ended ties included. The index is made again only after ties were added or removed."""
        ties = self.state.ties
        if self._index[0] is not ties.i:
            every = np.ones(ties.i.size, np.bool_)  # ended ties too
            self._index = (ties.i, *index_by_person(self.state.population, ties.i, ties.j, every, self.threads))
        _, start, rows = self._index
        return rows[start[person] : start[person + 1]]

    # --- the user's own agents that are not people ---------------------------------------------------------------------

    def register_agent(self, agent: mesa.Agent) -> None:
        """Take in an agent of the user; Mesa's Agent calls this when it is made. Its `unique_id` comes after those of people.

        The agent is in `agents`, `agent_types` and `agents_by_type`, and the data collector reads it. As in Mesa, its `step` is
        called only by your own model: `self.agents_by_type[MyAgent].shuffle_do("step")` in the `step` of a class derived from
        World. A branch begins without it.
        """
        mesa.Agent._ids.pop(self, None)  # Mesa 3.3 counts agents there and so never frees a model
        if isinstance(agent, Person):
            raise TypeError(f"the people of a world are fixed: none can be added; use world.cast({type(agent).__name__}, rows)")
        if agent in self._agents:
            return
        number = self.state.population + self._registered
        self._registered += 1
        agent.unique_id = number + 1
        self.own[number], self._agents[agent] = agent, number

    def deregister_agent(self, agent: mesa.Agent) -> None:
        """Forget an agent of the user; its `remove` calls this."""
        if isinstance(agent, Person):
            agent.remove()
        del self.own[self._agents.pop(agent)]

    def remove_all_agents(self) -> None:
        raise TypeError("the people of a world are fixed; remove agents of your own by their own remove()")

    def agent(self, number: int) -> mesa.Agent:
        """The agent with a number: a person by row, or an agent of the user. Their numbers start after the last row."""
        return self.person(number) if number < self.state.population else self.own[number]

    def number_of(self, agent: Any) -> int | None:
        """The number of an agent, as `agent` takes it; None if the agent is not in this world."""
        if isinstance(agent, Person):
            return agent.row if agent.model is self else None
        return self._agents.get(agent) if isinstance(agent, mesa.Agent) else None

    @property
    def agent_types(self) -> list[type]:
        """Person, the classes of cast people, and the classes of the user's own agents."""
        return [Person, *(kind for kind in dict.fromkeys(map(type, (*self.casting.people.values(), *self.own.values())))
                          if kind is not Person)]  # fmt: skip

    @property
    def agents_by_type(self) -> dict[type, Crowd]:
        """Agents by class, as in Mesa: a cast person is listed under its own class only."""
        by_type: dict[type, list[int]] = {kind: [] for kind in self.agent_types}
        cast = sorted(self.casting.people)
        for number in (*cast, *self.own):
            by_type[type(self.agent(number))].append(number)
        crowds = {kind: Crowd(self, np.asarray(numbers, np.int64), fixed=True) for kind, numbers in by_type.items()}
        plain = [row for row in cast if type(self.casting.people[row]) is not Person]
        crowds[Person] = Crowd(self, np.delete(np.arange(self.state.population), plain), fixed=True)
        return crowds

    def person(self, who: int | str) -> Person:
        """The person with a row number, or with a label of the given graph. The object is made when first asked for.

        IndexError: there is no such row. InputError: nobody has the label, or `who` is neither a row nor a label.
        """
        row = self._row_labelled(who) if isinstance(who, str) else whole_number(who)
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
            graph = self.graph_given
            self._rows_by_label = {str(row): row for row in range(self.state.population)} if graph is None else graph.numbers()
        if label not in self._rows_by_label:
            raise InputError(Problem("", "person", f"nobody is '{label}'", nearest(label, self._rows_by_label)))
        return self._rows_by_label[label]

    def label(self, row: int) -> str:
        return self.graph_given.labels[row] if self.graph_given is not None else str(row)

    # --- networkx ---------------------------------------------------------------------------------------------------

    @property
    def graph(self) -> nx.Graph:
        """Living ties as a networkx graph with attributes, without mere links. At most 2 million ties."""
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
        people = {self.person(person).row}
        for _ in range(whole_within(STEPS, radius, "radius")):
            people |= self._neighbours(people)
        return self._among(people)

    def sample_graph(self, n: int, seed: int = 0) -> nx.Graph:
        """A snowball sample: a random person, then neighbours, until there are `n` people; with all ties among them."""
        first = int(np.random.default_rng(seed).integers(max(self.state.population, 1)))
        sample, newest, n = [first], {first}, whole_within(OPTIONS["people"], n, "n")
        while newest and len(sample) < n:
            newest = self._neighbours(newest) - set(sample)
            sample += sorted(newest)
        return self._among(set(sample[:n]))

    def _neighbours(self, people: set[int]) -> set[int]:
        ties = self.state.ties
        inside = np.zeros(self.state.population, np.bool_)
        inside[list(people)] = True
        alive = measures.living(ties)
        neighbours = np.concatenate([ties.j[alive & inside[ties.i]], ties.i[alive & inside[ties.j]]])
        return {int(row) for row in np.unique(neighbours)}

    def _among(self, people: set[int]) -> nx.Graph:
        ties = self.state.ties
        inside = np.zeros(self.state.population, np.bool_)
        inside[list(people)] = True
        rows = np.flatnonzero(inside[ties.i] & inside[ties.j] & measures.living(ties))
        return self._graph_of(np.asarray(sorted(people)), rows)

    def _graph_of(self, people: np.ndarray, rows: np.ndarray) -> nx.Graph:
        ties, traits = self.state.ties, self.state.people
        graph = nx.Graph()
        for row in people.tolist():
            setting = int(traits.places[row, 0])
            graph.add_node(
                row, person=row, label=self.label(row), profile=self.profile_names[traits.profile[row]],
                birthday=int(traits.birthday[row]), member=bool(traits.member[row]),
                **({"setting": setting} if setting >= 0 else {}),
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
        """All measures of the days since `begin_year`, or since the branch.

        RunError: there are more people and days than the tallies of acts have room for
        """
        self._must_be_measurable("measure")
        return measures.measure(self.state, self.rules, self.reference, self.profile_names, self.before)

    def _must_be_measurable(self, what: str) -> None:
        self._must_be_whole(what)
        if any(counts.min(initial=0) < 0 for counts in self.state.tally):
            remedy = "call begin_year() more often, or take fewer people"
            raise RunError(f"{self!r}: there were more acts or views than tallies of 64 bits have room for; {remedy}")

    def composition(self) -> measures.Composition:
        """What a comparison with another arm needs: each person's partners, and the closeness that channels carried."""
        self._must_be_measurable("composition")
        return measures.composition(self.state, self.rules, self.reference)

    def __repr__(self) -> str:
        ties = int(measures.living(self.state.ties).sum())
        size = f"{self.state.population} people, {ties} ties"
        return f"<{type(self).__name__} of '{self.study.name}', arm '{self.arm}', seed {self.replicate}: day {self.day}, {size}>"


class Arguments(NamedTuple):
    """The arguments of a World, converted and checked."""

    study: Study
    arm: str
    point: dict[str, Any]
    graph: GivenGraph | None
    resolved: Resolved


def checked_arguments(
    study, arm=None, point=None, people=None, years=None, graph=None, named: Mapping[str, Any] | None = None
) -> Arguments:
    """Convert and check arguments of World, of any kind that it takes. InputError: an argument that does not fit.

    named : further keyword arguments of World, its `kwargs`
    """
    study = study_of(study)
    if graph is not None and people is not None:
        problem = f"{shortened(repr(people))}, and a graph"
        raise InputError(Problem("", "people", problem, "one of the two: a graph brings its own people"))
    given_graph = graph_of(study) if graph is None else graph_named(graph)
    if given_graph is not None:  # a given graph has its own years of growing, and may bring measured parameters
        study = study_on(study.model_copy(update={"graph": study.graph or given_graph.name}), given_graph)
    people, years = whole_options(people=people, years=years)
    study = study.scaled(people)
    arm = next(iter(study.arms)) if arm is None else arm
    if not isinstance(arm, str):
        raise InputError(Problem("", "arm", shortened(repr(arm)), nearest("", study.arms)))
    values = point_of(study, point) | settings_named(study, arm, named or {})
    return Arguments(study, arm, values, given_graph, study.resolve(arm, values, years))


def settings_named(study: Study, arm: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Values by full dotted name, from keyword arguments whose names have dots or __.

    InputError: an unknown name, a name given twice, or a value that contradicts the arm.
    """
    problems: list[Problem] = []
    named: dict[str, Any] = {}
    for word, value in arguments.items():
        name = word.replace("__", ".")
        try:
            full = study.full_name(name)
        except Refusal as refusal:
            close = nearest(word, inspect.signature(World).parameters.keys() - {"kwargs"})
            fault = refusal.faults[0]
            expected = f"an argument of World, {close}; or a setting, {fault.expected}"
            problems.append(Problem("", word, "neither an argument of World nor a setting of the study", expected))
            continue
        if full in named:
            problems.append(Problem("", word, f"{full} is given twice", "one value"))
        named[full] = plain(value)
        problems += [Problem("", word, fault.given, fault.expected) for fault in misfits(full, named[full], study.profiles)]
    settings = study.arms[arm].set if arm in study.arms else {}
    for name, fixed in ((study.full_name(name), value) for name, value in settings.items()):
        if name in named and named[name] != fixed:
            problems.append(Problem("", name, f"{named[name]!r}, and arm '{arm}' sets {fixed!r}", "another arm, or that value"))
    if problems:
        raise InputError(problems)
    return named


def plain(value: Any) -> Any:
    """A NumPy number as the Python number that scenarios take."""
    return value.item() if isinstance(value, np.generic) else value


def day_range(days: Any) -> tuple[int, int]:
    """The first and the last day of `other_luck`. InputError: anything but two whole numbers."""
    numbers = [number for day in days if (number := whole_number(day)) is not None] if isinstance(days, tuple | list) else []
    if len(numbers) != 2 or len(numbers) != len(days):
        raise InputError(Problem("", "other_luck", shortened(repr(days)), "two days after the branch, the first and the last"))
    return numbers[0], numbers[1]


def check_grown(grown: Any, years: Any) -> None:
    """InputError: `grown` is not a Grown, or has another number of years than asked for."""
    if not isinstance(grown, Grown):
        raise InputError(Problem("", "grown", f"a thing of type {type(grown).__name__}", "what sim.grow returns"))
    if years is not None and years != len(grown.history):
        problem = f"a society of {len(grown.history)} years grown"
        raise InputError(Problem("", "grown", problem, f"one of {shortened(repr(years))} years"))


def check_population(grown: Grown, people: int) -> None:
    """InputError: the grown society has another number of people."""
    if grown.population != people:
        raise InputError(Problem("", "grown", f"a society of {grown.population} people", f"one of {people} people"))


def seed_of(seed: Any, rng: Any = None) -> int:
    """The given seed, a seed drawn from `rng`, or a new seed. InputError: not a seed, or both arguments."""
    if seed is not None and rng is not None:
        raise InputError(Problem("", "rng", "given, and a seed too", "one of the two"))
    number = rng if seed is None else seed
    if number is None:
        return secrets.randbelow(NEW_SEEDS)
    if seed is None and not isinstance(rng, int | np.integer | float | str):
        try:
            return int(np.random.default_rng(rng).integers(NEW_SEEDS))
        except (TypeError, ValueError):
            raise InputError(Problem("", "rng", shortened(repr(rng)), "what numpy.random.default_rng takes")) from None
    return whole_within(OPTIONS["seed"], number, "seed" if rng is None else "rng")


def point_of(study: Study, point: int | Mapping[str, Any] | None) -> dict[str, Any]:
    """The values of a combination: as given, or by its number in the design. None: no values. NumPy numbers become Python's."""
    if point is None or not isinstance(point, Mapping):
        return study.point(*whole_options(point=point))
    values = {str(name): plain(value) for name, value in point.items()}
    faults = [(name, fault) for name, value in values.items() for fault in misfits(name, value, study.profiles)]
    if faults:
        raise InputError(Problem("", f"point: {name}", fault.given, fault.expected) for name, fault in faults)
    return values


def mean_closeness(world: World) -> float:
    """Mean over both sides of living ties."""
    ties = world.state.ties
    alive = measures.living(ties)
    return float((ties.c_ij[alive].mean() + ties.c_ji[alive].mean()) / 2) if alive.any() else 0.0


def closeness_per_person(world: World) -> float:
    """Sum over a person's living ties, mean over people."""
    ties = world.state.ties
    alive = measures.living(ties)
    total = ties.c_ij[alive].sum(dtype=np.float64) + ties.c_ji[alive].sum(dtype=np.float64)
    return float(total) / max(world.state.population, 1)


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
"""What the data collector of a world collects on day 0 and after every step.

Ties begin and end every 30th day, when a month turns over. Then `ties` jumps, and `mean_closeness` jumps too, since new ties are
faint. `closeness`, a sum over ties, hardly changes.
"""

__all__: Sequence[str] = ("World",)
