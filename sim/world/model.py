"""World: a society in one arm of a study, as a Mesa model. `step()` runs one day; `branch(arm)` starts another arm."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import Any

import mesa
import networkx as nx
import numpy as np

from sim.errors import InputError, Problem, RunError, nearest
from sim.interrupt import interrupted_afterwards
from sim.scenario.bounds import Bound, whole_options, whole_within
from sim.scenario.study import Study
from sim.world import as_networkx, joining, measures
from sim.world.arguments import check_grown, check_population, checked_arguments, day_range, seed_of
from sim.world.casting import Platform
from sim.world.day import LoggedActs, no_acts, run_days
from sim.world.events import EventLog
from sim.world.groups import group_people
from sim.world.growing import Grown, begin_year, grow
from sim.world.reporters import REPORTERS
from sim.world.roster import Roster
from sim.world.rows import index_by_person
from sim.world.rules import part_shown, society_rules
from sim.world.shifting import shift_of
from sim.world.state import MONTH, WEEK, YEAR

ENGINES = ("fast", "plain")
DAYS = Bound(0, 10**6, "days", whole=True)
OTHER_LUCK = 0x9E3779B97F4A7C15  # added to the seed on days with other luck


class World(Roster):
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
        super().__init__(self.seed)
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
        self.shift = shift_of(self.state, self.society, resolved.west, self.replicate)
        labels = (None, ()) if self.shift is None else (self.shift.label, self.shift.labels)
        self.groups = group_people(self.state, self.profile_names, *labels)
        self.reference = measures.Reference.of(self.society)
        self.rules = society_rules(self.society, self.profiles, self.graph_given)
        self.platforms_started: set[int] = set()  # places in the timeline whose first day has come
        self._index: tuple = (None,)
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
                        part_shown(self.society, self.graph_given), self.shift,
                    )  # fmt: skip
                self.state.whole = True
        start, platform = self.platform.today
        if start < self.day and self.rules.online and platform.comes_and_goes and self.state.day % MONTH == 0:
            self.state.whole = False
            self.rules = joining.come_and_go(
                self.state, self.rules, platform, self.society, self.profiles, self.replicate,
                part_shown(self.society, self.graph_given), self.day - start, self.shift,
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

    # --- ties and networkx graphs ----------------------------------------------------------------------------------

    def tie_rows(self, person: int) -> np.ndarray:
        """Rows of a person's ties, ended ties included. The index is made again only after ties were added or removed."""
        ties = self.state.ties
        if self._index[0] is not ties.i:
            every = np.ones(ties.i.size, np.bool_)  # ended ties too
            self._index = (ties.i, *index_by_person(self.state.population, ties.i, ties.j, every, self.threads))
        _, start, rows = self._index
        return rows[start[person] : start[person + 1]]

    @property
    def graph(self) -> nx.Graph:
        """Living ties as a networkx graph with attributes, without mere links. At most 2 million ties."""
        return as_networkx.whole(self)

    def ego(self, person: int | str, radius: int = 1) -> nx.Graph:
        """The graph of everybody within `radius` steps of a person (row number or label), and all ties among them."""
        return as_networkx.around(self, person, radius)

    def sample_graph(self, n: int, seed: int = 0) -> nx.Graph:
        """A snowball sample: a random person, then neighbours, until there are `n` people; with all ties among them."""
        return as_networkx.sample(self, n, seed)

    # --- measures ---------------------------------------------------------------------------------------------------

    def measure(self) -> list[measures.Row]:
        """All measures of the days since `begin_year`, or since the branch.

        RunError: there are more people and days than the tallies of acts have room for
        """
        self._must_be_measurable("measure")
        return measures.measure(self.state, self.rules, self.reference, self.groups, self.before)

    def _must_be_measurable(self, what: str) -> None:
        self._must_be_whole(what)
        if any(counts.min(initial=0) < 0 for counts in self.state.tally):
            remedy = "call begin_year() more often, or take fewer people"
            raise RunError(f"{self!r}: there were more acts or views than tallies of 64 bits have room for; {remedy}")

    def composition(self) -> measures.Composition:
        """What a comparison with another arm needs: each person's partners, and the closeness that channels carried."""
        self._must_be_measurable("composition")
        return measures.composition(self.state, self.rules, self.reference, self.groups)

    def __repr__(self) -> str:
        ties = int(measures.living(self.state.ties).sum())
        size = f"{self.state.population} people, {ties} ties"
        return f"<{type(self).__name__} of '{self.study.name}', arm '{self.arm}', seed {self.replicate}: day {self.day}, {size}>"
