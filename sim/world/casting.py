"""People and platforms with a mind of their own: who is cast runs Python before and after each day; all others stay arrays.

Choices a reader should know:
- A day is: the schedule (a platform comes or goes), `before_day` of the cast, in row order, the day itself, `after_day` of the
  cast, and at the end of a month `step_month` of a cast platform.
- The day's acts are kept only where somebody cast defines `after_day`, and only those such people sent or received.
- What a platform changes about itself holds from the next day lived; nobody joins or leaves by it.
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
from sim.world.joining import solve_level, use
from sim.world.rules import platform_rules
from sim.world.state import YEAR, merged, new_ties, roomier, tile_key

if TYPE_CHECKING:
    from sim.world.model import World

P = TypeVar("P", bound=Person)

ON_JOINING = ("adoption", "minutes")  # settled for each person when the platform was joined


class Act(NamedTuple):
    """What one person did toward another."""

    day: int  # since the branch; the first day is 0
    day_of_year: int
    sender: Person
    receiver: Person
    channel: str  # name of a channel
    prompted: bool  # because the platform announced a birthday
    content: str  # "birthday": the sender remembered it; "nonbirthday": knew the date shown to be false; "" for most acts


class Cast:
    """Who is cast in a world, what they are called for, and the acts they are told of."""

    def __init__(self, world: World):
        self.world = world
        self.people: dict[int, Person] = {}
        self.calls: list[tuple[type[Person], list[int], dict[str, Any]]] = []
        self.invited: list[tuple[int, int]] = []
        self.platform: Platform = Platform(world)
        self.casting = False  # are people of a class of somebody's own being made?
        self.evening = False  # has the day been lived whose after_day is being called?
        self._before: list[Person] = []
        self._after: list[Person] = []
        self.told: np.ndarray | None = None  # (people,) bool: whose acts are kept
        self._acts: DayActs | None = None

    @property
    def listens(self) -> bool:
        """Must the day's acts be kept?"""
        return bool(self._after)

    @property
    def steps_monthly(self) -> bool:
        return type(self.platform).step_month is not Platform.step_month

    def add(self, kind: type[P], rows: Iterable[int], given: dict[str, Any]) -> list[P]:
        """Cast the rows; nothing is changed if any of them cannot be."""
        rows = self._checked(kind, rows)
        self.casting = True
        try:
            people = [kind(self.world, row, **given) for row in rows]
        finally:
            self.casting = False
        for row, person in zip(rows, people):
            if person.__dict__.get("row") != row:
                raise TypeError(f"{kind.__name__}.__init__ does not call super().__init__(model, row)")
        self.people |= dict(zip(rows, people))
        self.calls.append((kind, rows, given))
        in_order = [self.people[row] for row in sorted(self.people)]
        self._before = [person for person in in_order if type(person).before_day is not Person.before_day]
        self._after = [person for person in in_order if type(person).after_day is not Person.after_day]
        self.told = np.zeros(self.world.state.population, np.bool_)
        self.told[[person.row for person in self._after]] = True
        return people

    def _checked(self, kind: type, rows: Iterable[int]) -> list[int]:
        found = []
        if not (isinstance(kind, type) and issubclass(kind, Person)):
            shown = kind.__name__ if isinstance(kind, type) else f"a thing of type {type(kind).__name__}"
            found.append(Problem("", "cast", f"{shown} is no Person", "a class of your own: class MyPerson(sim.Person)"))
        wanted = rows if isinstance(rows, Iterable) and not isinstance(rows, str) else [rows]
        numbers: dict[int, None] = {}
        for row in wanted:
            number = row.row if isinstance(row, Person) else row_number(row)
            last = self.world.state.population - 1
            if number is None or not 0 <= number <= last:
                found.append(Problem("", "cast", f"there is no row {row!r}", f"row numbers from 0 to {last}"))
            elif number in numbers:
                found.append(Problem("", "cast", f"row {number} twice", "each row once"))
            elif number in self.people:
                part = type(self.people[number]).__name__
                found.append(Problem("", "cast", f"row {number} is cast already, as {part}", "a person who is not cast yet"))
            else:
                numbers[number] = None
        if found:
            raise InputError(found)
        return list(numbers)

    # --- a day ------------------------------------------------------------------------------------------------------

    def morning(self) -> None:
        """Before a day: whoever wants to changes something."""
        for person in self._before:
            person.before_day()
        self._begin_links()

    def night(self, acts: list | None) -> None:
        """After a day: `acts` are its Acts, if somebody listens."""
        self._acts = DayActs.of(acts, self.told) if acts is not None and self.told is not None else None
        self.evening = True
        try:
            for person in self._after:
                person.after_day()
        finally:
            self.evening = False
        self._begin_links()
        if self.world.month_begins and self.steps_monthly and self.platform.settings.present:
            self.platform.step_month()

    def acts_of(self, row: int, received: bool) -> list[Act]:
        """What a person received, or sent, on the last day lived."""
        if self.told is None or not self.told[row]:
            expected = "a cast person whose class defines after_day: acts are kept for those only"
            raise InputError(Problem("", f"person {row}", "nobody kept this person's acts", expected))
        if self._acts is None:
            return []
        world, some = self.world, self._acts.of_person(row, received)
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
            for day, sender, receiver, channel, cause in zip(*(column.tolist() for column in some))
        ]

    def _begin_links(self) -> None:
        """Pairs who linked on the platform without knowing each other: a tie that exists there only."""
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
        state.ties = merged(state.ties, online)
        state.tally = roomier(state.tally, state.ties.i.size)


def row_number(row: Any) -> int | None:
    """A whole number of any kind as a plain one; None for anything else."""
    try:
        return None if isinstance(row, bool | np.bool_) else index(row)
    except TypeError:
        return None


class DayActs:
    """A day's acts of some people, found by person without a look at the others."""

    def __init__(self, columns: tuple[np.ndarray, ...]):
        self._columns = columns
        self._sorted: dict[bool, tuple[np.ndarray, np.ndarray]] = {}

    @classmethod
    def of(cls, acts: list, people: np.ndarray) -> DayActs:
        """people : (population,) bool, whose acts are kept, sent or received"""
        if not acts:
            return cls(tuple(np.empty(0, np.int64) for _ in range(5)))
        columns = [np.concatenate(column) for column in zip(*acts)]
        keep = np.flatnonzero(people[columns[1]] | people[columns[2]])
        return cls(tuple(column[keep] for column in columns))

    def of_person(self, row: int, received: bool) -> tuple[np.ndarray, ...]:
        """day, sender, receiver, channel, cause of the acts of one person, in the order they were drawn."""
        if received not in self._sorted:
            who = self._columns[2 if received else 1]
            order = np.argsort(who, kind="stable")
            self._sorted[received] = order, who[order]
        order, who = self._sorted[received]
        first, last = np.searchsorted(who, (row, row + 1))
        mine = order[first:last]
        return tuple(column[mine] for column in self._columns)


class Platform(mesa.Agent):
    """The platform of a world. A class of your own may define `step_month` and change settings with `set`."""

    def __init__(self, model: World):
        # Not mesa.Agent.__init__: it keeps every model alive for ever in a table of its own (Mesa 3.3)
        self.model = model
        self.unique_id = 0  # people count from 1
        self.pos = None

    @property
    def settings(self) -> Settings:
        """The numbers and switches of today's platform; frozen. `settings.present` is False where there is none."""
        return self.model.timeline[self._at()][1]

    @property
    def activity(self) -> int:
        """Acts on the platform that members received since the measured year began."""
        return int(self.model.state.tally.received[..., ~np.array(REAL), :].sum())

    def step_month(self) -> None:
        """Called after every 30th day, when the month has turned over, while there is a platform."""

    def set(self, changes: Mapping[str, Any]) -> None:
        """Change settings by dotted name, as a study does: `self.set({"prompts.slope": 1.0})`.

        They hold from the next day lived until the schedule brings another platform (what is settled for a week, from the
        next plan day). Nobody joins, leaves or is linked by it; the use of cast people who wrote it themselves stays theirs.
        """
        world, old, at = self.model, self.settings, self._at()
        new, names = changed(old, changes)
        world.timeline = tuple((day, new if k == at else one) for k, (day, one) in enumerate(world.timeline))
        if at not in world.platforms_come:
            return  # it is still to be joined, and will be as it is now
        world.rules = platform_rules(world.rules, new, world.profiles)
        if "prompts.slope" in names:
            world.rules = solve_level(world.state, world.rules)
        self._take_up_anew(old, new)

    def _at(self) -> int:
        """Which platform of the timeline is today's."""
        return max(k for k, (day, _) in enumerate(self.model.timeline) if day <= self.model.day)

    def _take_up_anew(self, old: Settings, new: Settings) -> None:
        """Members post, read and write as they would have, had they joined this; but for numbers that somebody wrote."""
        world, people = self.model, self.model.state.people
        before, after = (use(people, settings, world.society, world.profiles, world.replicate) for settings in (old, new))
        for name, usual in before.items():
            mine = getattr(people, name)
            unwritten = mine == usual
            mine[unwritten] = after[name][unwritten]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.settings.name}>"


def changed(platform: Settings, changes: Mapping[str, Any]) -> tuple[Settings, set[str]]:
    """The platform with other values, checked, and the names of what was changed. InputError: all that do not fit."""
    if not isinstance(changes, Mapping):
        raise InputError(Problem("", "set", f"a thing of type {type(changes).__name__}", 'such as {"prompts.slope": 1.0}'))
    found, names = [], {}
    has = leaves(platform)
    for name, value in changes.items():
        faults = misfits(name, value, ())
        found += [Problem("", name, fault.found, fault.expected) for fault in faults]
        if faults:
            continue
        root, rest = full_name(name, dotted_names()).split(".", 1)
        if root != "platform":
            found.append(Problem("", name, "not a setting of a platform", "a name such as prompts.slope or feed.order"))
        elif rest in ON_JOINING:
            found.append(Problem("", name, "settled for each person on joining", "a setting that holds from day to day"))
        elif rest not in has:
            found.append(Problem("", name, f"platform '{platform.name}' has no {rest}", "a setting that it has"))
        else:
            names[rest] = value
    if found:
        raise InputError(found)
    for name, value in names.items():
        platform = _with(platform, name.split("."), value)
    return platform, set(names)


def _with(piece, path: list[str], value):
    """A piece of a scenario with one value replaced, however deep."""
    first, *rest = path
    part = getattr(piece, first)
    if rest:
        value = _with(part, rest, value)
    elif isinstance(part, Number):
        value = part.at(value)
    return type(piece).model_validate(dict(piece) | {first: value})
