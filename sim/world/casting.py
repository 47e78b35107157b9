"""People and platforms of the user's own classes. They run Python code before and after each day; all others stay arrays.

- The order of a day: first the schedule, by which a platform comes or goes. Then `before_day` of cast people in row order, the
  day itself, and `after_day` of cast people. At the end of a month, `step_month` of a cast platform.
- A world keeps the acts of a day only for cast people whose class defines `after_day`: those they sent or received.
- A platform may change its own settings. They hold from the next day on; nobody joins or leaves because of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import index
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import mesa
import numpy as np

from sim.channels import CHANNELS, PROMPT, REAL
from sim.errors import InputError, Problem
from sim.scenario.dotted_names import dotted_names, full_name, leaves, misfits
from sim.scenario.numbers import Number
from sim.scenario.platform import Platform as Settings
from sim.world.agents import Person
from sim.world.columns import FROM_ONLINE, ONLINE, ONLINE_BORN
from sim.world.columns import LINKED as LINK
from sim.world.events import CONTENTS
from sim.world.joining import solve_level, usage
from sim.world.kernels.together import mark_together
from sim.world.rows import change_rows
from sim.world.rules import part_shown, platform_rules
from sim.world.state import YEAR, new_ties, tile_key

if TYPE_CHECKING:
    from sim.world.model import World

P = TypeVar("P", bound=Person)

ON_JOINING = (
    "adoption", "minutes", "links.cost", "links.cap", "links.kept", "following.known_share", "following.audience_spread",
    "joining.days", "communities.joined", "communities.size", "notifications.per_day", "notifications.pull", "prompts.opt_in",
    "prompts.false_share", "prompts.hidden_share",
)  # fmt: skip  # drawn for each person when the platform is joined


class Act(NamedTuple):
    """What one person did toward another."""

    day: int  # since the branch; the first day is 0
    day_of_year: int
    sender: Person
    receiver: Person
    channel: str  # name of a channel
    prompted: bool  # whether a prompt for a birthday caused it
    content: str  # "birthday": the sender remembered it; "nonbirthday": the sender knew that the date shown is false; or ""


class Cast:
    """The cast people and platform of a world, their calls before and after each day, and the acts kept for them."""

    def __init__(self, world: World):
        self.world = world
        self.people: dict[int, Person] = {}
        self.calls: list[tuple[type[Person], list[int], dict[str, Any]]] = []
        self.invited: list[tuple[int, int]] = []
        self.platform: Platform = Platform(world)
        self.is_casting = False  # whether the world is making cast people
        self.in_after_day = False  # whether the calls of after_day are running
        self._before: list[Person] = []
        self._after: list[Person] = []
        self.recorded: np.ndarray | None = None  # (people,) bool: whose acts are kept
        self._acts: DayActs | None = None

    @property
    def records_acts(self) -> bool:
        """Whether the acts of a day must be kept."""
        return bool(self._after)

    @property
    def calls_daily(self) -> bool:
        """Whether a cast person's `before_day` or `after_day` is called every day."""
        return bool(self._before or self._after)

    @property
    def steps_monthly(self) -> bool:
        """Whether the class of the platform defines `step_month`."""
        return type(self.platform).step_month is not Platform.step_month

    def add(self, kind: type[P], rows: Iterable[int], arguments: dict[str, Any]) -> list[P]:
        """Cast the rows. If one of them cannot be cast, nothing changes."""
        rows = self._checked(kind, rows)
        self.is_casting = True
        try:
            people = [kind(self.world, row, **arguments) for row in rows]
        finally:
            self.is_casting = False
        for row, person in zip(rows, people):
            if person.__dict__.get("row") != row:
                raise TypeError(f"{kind.__name__}.__init__ does not call super().__init__(model, row)")
        self.people |= dict(zip(rows, people))
        self.calls.append((kind, rows, arguments))
        in_order = [self.people[row] for row in sorted(self.people)]
        self._before = [person for person in in_order if type(person).before_day is not Person.before_day]
        self._after = [person for person in in_order if type(person).after_day is not Person.after_day]
        self.recorded = np.zeros(self.world.state.population, np.bool_)
        self.recorded[[person.row for person in self._after]] = True
        return people

    def _checked(self, kind: type, rows: Iterable[int]) -> list[int]:
        problems = []
        if not (isinstance(kind, type) and issubclass(kind, Person)):
            shown = kind.__name__ if isinstance(kind, type) else f"a thing of type {type(kind).__name__}"
            problems.append(Problem("", "cast", f"{shown} is no Person", "a class of your own: class MyPerson(sim.Person)"))
        wanted = rows if isinstance(rows, Iterable) and not isinstance(rows, str) else [rows]
        numbers: dict[int, None] = {}
        for row in wanted:
            number = row.row if isinstance(row, Person) else whole_number(row)
            last = self.world.state.population - 1
            if number is None or not 0 <= number <= last:
                problems.append(Problem("", "cast", f"there is no row {row!r}", f"row numbers from 0 to {last}"))
            elif number in numbers:
                problems.append(Problem("", "cast", f"row {number} twice", "each row once"))
            elif number in self.people:
                name = type(self.people[number]).__name__
                problems.append(Problem("", "cast", f"row {number} is cast already, as {name}", "a person who is not cast yet"))
            else:
                numbers[number] = None
        if problems:
            raise InputError(problems)
        return list(numbers)

    # --- a day ------------------------------------------------------------------------------------------------------

    def before_day(self) -> None:
        """Call `before_day` of cast people, then begin the links they made."""
        for person in self._before:
            person.before_day()
        self._begin_links()

    def after_day(self, acts: list | None) -> None:
        """Call `after_day` of cast people, then begin the links they made. acts : the day's Acts, if they were kept"""
        self._acts = DayActs.of(acts, self.recorded) if acts is not None and self.recorded is not None else None
        self.in_after_day = True
        try:
            for person in self._after:
                person.after_day()
        finally:
            self.in_after_day = False
        self._begin_links()
        if self.world.month_begins and self.steps_monthly and self.platform.settings.present:
            self.platform.step_month()

    def acts_of(self, row: int, received: bool) -> list[Act]:
        """The acts that a person received, or sent, on the last day that ran."""
        if self.recorded is None or not self.recorded[row]:
            expected = "a cast person whose class defines after_day: acts are kept for those only"
            raise InputError(Problem("", f"person {row}", "nobody kept this person's acts", expected))
        if self._acts is None:
            return []
        world, columns = self.world, self._acts.of_person(row, received)
        return [
            Act(
                day=day - world.branch_day,
                day_of_year=day % YEAR,
                sender=world.person(sender),
                receiver=world.person(receiver),
                channel=CHANNELS[channel],
                prompted=cause == PROMPT,
                content=str(CONTENTS[cause]),
            )
            for day, sender, receiver, channel, cause in zip(*(column.tolist() for column in columns))
        ]

    def _begin_links(self) -> None:
        """Begin a tie on the platform only for each pair that linked without a tie."""
        if not self.invited:
            return
        state = self.world.state
        i, j = np.unique(np.sort(np.array(self.invited, np.int64), axis=1), axis=0).T
        self.invited = []
        fresh = ~np.isin(tile_key(i, j), tile_key(state.ties.i, state.ties.j))
        i, j = i[fresh], j[fresh]
        order = np.argsort(tile_key(i, j))
        online = new_ties(
            i.size, i=i[order], j=j[order], kind=ONLINE, origin=FROM_ONLINE, flags=LINK, last_real=state.day - 10**6,
            class_ij=ONLINE_BORN, class_ji=ONLINE_BORN,
        )  # fmt: skip
        mark_together(online.i, online.j, state.people.places, state.people.community, online.together)
        change_rows(state, online)


def whole_number(value: Any) -> int | None:
    """A whole number of any type as a Python int; None for anything else."""
    try:
        return None if isinstance(value, bool | np.bool_) else index(value)
    except TypeError:
        return None


class DayActs:
    """The acts of a day of some people, sorted so that those of one person are quick to find."""

    def __init__(self, columns: tuple[np.ndarray, ...]):
        self._columns = columns
        self._sorted: dict[bool, tuple[np.ndarray, np.ndarray]] = {}

    @classmethod
    def of(cls, acts: list, people: np.ndarray) -> DayActs:
        """people : (population,) bool, whose sent and received acts are kept"""
        if not acts:
            return cls(tuple(np.empty(0, np.int64) for _ in range(5)))
        columns = [np.concatenate(column) for column in zip(*acts)]
        keep = np.flatnonzero(people[columns[1]] | people[columns[2]])
        return cls(tuple(column[keep] for column in columns))

    def of_person(self, row: int, received: bool) -> tuple[np.ndarray, ...]:
        """day, sender, receiver, channel, cause of the acts of one person, in the order they were drawn."""
        if received not in self._sorted:
            person = self._columns[2 if received else 1]
            order = np.argsort(person, kind="stable")
            self._sorted[received] = order, person[order]
        order, person = self._sorted[received]
        first, last = np.searchsorted(person, (row, row + 1))
        own = order[first:last]
        return tuple(column[own] for column in self._columns)


class Platform(mesa.Agent):
    """The platform of a world. A class of your own may define `step_month` and change settings with `set`."""

    def __init__(self, model: World):
        # Not mesa.Agent.__init__: it holds every model in a class table, so models are never freed (Mesa 3.3)
        self.model = model
        self.unique_id = 0  # people count from 1
        self.pos = None

    @property
    def settings(self) -> Settings:
        """The settings of today's platform; frozen. `settings.present` is False while there is no platform."""
        return self.today[1]

    @property
    def today(self) -> tuple[int, Settings]:
        """The day after the branch on which today's platform came, and its settings."""
        return self.model.timeline[self._place()]

    @property
    def activity(self) -> int:
        """Acts on the platform that members received since the measured year began."""
        return int(self.model.state.tally.received[..., ~np.array(REAL), :].sum())

    def step_month(self) -> None:
        """Called after every 30th day, after the turnover of the month, while there is a platform."""

    def set(self, changes: Mapping[str, Any]) -> None:
        """Change settings by dotted name, as a study does: `self.set({"prompts.slope": 1.0})`.

        They hold from the next day on (rates of a week: from the next plan day on), until the schedule brings another platform.
        Nobody joins, leaves or is linked because of them. Usage that a cast person has set itself stays as it is.
        """
        world, old, place = self.model, self.settings, self._place()
        new, names = changed(old, changes)
        world.timeline = tuple(
            (day, new if k == place else platform) for k, (day, platform) in enumerate(world.timeline)
        )
        if place not in world.platforms_started:
            return  # people join it later, with the new settings
        world.rules = platform_rules(world.rules, new, world.state.population)
        if "prompts.slope" in names:
            world.rules = solve_level(world.state, world.rules)
        self._update_usage(old, new)

    def _place(self) -> int:
        """The place of today's platform in the timeline."""
        return max(k for k, (day, _) in enumerate(self.model.timeline) if day <= self.model.day)

    def _update_usage(self, old: Settings, new: Settings) -> None:
        """Give members the usage that goes with the new settings, except where a cast person has set its own."""
        world, people = self.model, self.model.state.people
        others = world.society, world.profiles, world.replicate, part_shown(world.society, world.graph_given), world.shift
        before, after = (usage(people, settings, *others) for settings in (old, new))
        for name, usual in before.items():
            current = getattr(people, name)
            unchanged = current == usual
            current[unchanged] = after[name][unchanged]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.settings.name}>"


def changed(platform: Settings, changes: Mapping[str, Any]) -> tuple[Settings, set[str]]:
    """The platform with other values, checked, and the names of the changed ones. InputError: every value that does not fit."""
    if not isinstance(changes, Mapping):
        raise InputError(Problem("", "set", f"a thing of type {type(changes).__name__}", 'such as {"prompts.slope": 1.0}'))
    problems, new_values = [], {}
    settings = leaves(platform)
    for name, value in changes.items():
        faults = misfits(name, value, ())
        problems += [Problem("", name, fault.given, fault.expected) for fault in faults]
        if faults:
            continue
        root, rest = full_name(name, dotted_names()).split(".", 1)
        if root != "platform":
            problems.append(Problem("", name, "not a setting of a platform", "a name such as prompts.slope or feed.order"))
        elif rest in ON_JOINING:
            problems.append(Problem("", name, "settled for each person on joining", "a setting that holds from day to day"))
        elif rest not in settings:
            problems.append(Problem("", name, f"platform '{platform.name}' has no {rest}", "a setting that it has"))
        else:
            new_values[rest] = value
    if problems:
        raise InputError(problems)
    for name, value in new_values.items():
        platform = _with(platform, name.split("."), value)
    return platform, set(new_values)


def _with(piece, path: list[str], value):
    """A piece of a scenario with one value replaced, at any depth."""
    first, *rest = path
    entry = getattr(piece, first)
    if rest:
        value = _with(entry, rest, value)
    elif isinstance(entry, Number):
        value = entry.at(value)
    return type(piece).model_validate(dict(piece) | {first: value})
