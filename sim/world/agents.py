"""Mesa's faces of a world: a Person is a view of one row, a Crowd is an AgentSet over rows.

The arrays are the memory: a Person holds its row number and nothing else, is made when first touched, and writes go to
the arrays. So a hundred thousand people cost nothing until somebody looks at them. A class of your own, derived from Person and
cast with `world.cast(MyPerson, rows)`, may hold more and act before and after every day.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np
from mesa.agent import AgentSet, GroupBy

from sim.errors import InputError, Problem
from sim.world.joining import unlink
from sim.world.kernels.plan import FIXED
from sim.world.state import (
    CLASSES,
    ENDED,
    FAR,
    KINDS,
    KNOWS_IJ,
    KNOWS_JI,
    LINKED,
    PLACES,
    UNCHANGING,
    YEAR,
)

if TYPE_CHECKING:
    from sim.world.casting import Act
    from sim.world.model import World


def _column(name: str, doc: str, cast: Callable = float) -> property:
    """A Person's property that reads and writes its row of one array."""

    def read(person: Person):
        return cast(getattr(person.model.state.people, name)[person.row])

    def write(person: Person, value) -> None:
        state = person.model.state
        if name in UNCHANGING:  # shared with other arms: this world gets a copy of its own
            state.people = state.people._replace(**{name: getattr(state.people, name).copy()})
        getattr(state.people, name)[person.row] = value

    return property(read, write, doc=doc)


COLUMNS = {  # attribute of a Person -> array of numbers
    "contacts": "contacts", "minutes": "minutes", "kept": "kept", "social": "social", "posts": "posts",
    "comments": "comments", "reactions": "reacts", "messages": "writes", "groups": "groups",
}  # fmt: skip


class Person(mesa.Agent):
    """One person of a world: a view of its row. `unique_id` is the row number + 1, as Mesa counts.

    A class of your own may define `before_day` and `after_day`; see `World.cast`. What it writes holds at once, but `contacts`
    and what people do on the platform by the week (posts, comments, reactions, messages, groups) from the next plan day on.
    """

    def __init__(self, model: World, row: int):
        # Not mesa.Agent.__init__: it keeps every model alive for ever in a table of its own (Mesa 3.3)
        self.model = model
        self.row = row
        self.unique_id = row + 1
        self.pos = None

    contacts = _column("contacts", "planned real contacts initiated per day")
    minutes = _column("minutes", "minutes per day on the platform")
    birthday = _column("birthday", "day of year 0-364", int)
    shown_birthday = _column("shown", "day of year that the platform shows, -1 none", int)
    member = _column("member", "on the platform", bool)
    kept = _column("kept", "share of planned contact that displacement leaves")
    social = _column("social", "minutes per day in planned contact before the platform")
    posts = _column("posts", "posts per day")
    comments = _column("comments", "comments per post opened, at closeness 1")
    reactions = _column("reacts", "reactions per post opened")
    messages = _column("writes", "private messages per day")
    groups = _column("groups", "exchanges in communities per day")

    # --- for a class of your own ------------------------------------------------------------------------------------

    def before_day(self) -> None:
        """Called every morning of a cast person whose class defines it."""

    def after_day(self) -> None:
        """Called every evening of a cast person whose class defines it."""

    def show(self, date: int | None) -> None:
        """Let the platform show this day of the year (0-364) as one's birthday, or none."""
        if date is not None and not 0 <= date < YEAR:
            raise InputError(Problem("", f"show of person {self.row}", f"day {date}", "a day of the year, 0 to 364, or None"))
        self.shown_birthday = -1 if date is None else date

    def leave(self) -> None:
        """Leave the platform: no member, no links, nothing shown, and the minutes go back to real life."""
        people, ties, row = self.model.state.people, self.model.state.ties, self.row
        rows = self.model.tie_rows(row)
        unlink(ties, rows)
        for column in (people.minutes, people.posts, people.items, people.comments, people.reacts, people.writes, people.groups,
                       people.free, people.each_group):  # fmt: skip
            column[row] = 0
        people.member[row], people.shown[row], people.kept[row] = False, -1, 1
        weights = np.where(ties.i[rows] == row, ties.w_ij[rows], ties.w_ji[rows])
        whole = (weights.astype(np.float64) * FIXED + 0.5).astype(np.int64).sum() / FIXED
        people.drive[row] = people.contacts[row] / whole if whole > 0 else 0

    def invite(self, other: Person) -> bool:
        """Link with another member on the platform; False if one of the two is no member, or they are linked already.

        Two who know each other are linked at once. Two who do not have a tie on the platform only, from the next morning on (or
        this one, if it is `before_day` that invites).
        """
        if other is self or not (self.member and other.member):
            return False
        tie = self.tie(other)
        if tie is None:
            self.model.company.invited.append((self.row, other.row))
        elif tie.linked:
            return False
        else:
            self.model.state.ties.flags[tie.row] |= LINKED
        return True

    @property
    def received_today(self) -> list[Act]:
        """Acts this cast person received: in `after_day` today's, in `before_day` those of the day before."""
        return self.model.company.acts_of(self.row, received=True)

    @property
    def sent_today(self) -> list[Act]:
        """Acts of this cast person's own: in `after_day` today's, in `before_day` those of the day before."""
        return self.model.company.acts_of(self.row, received=False)

    @property
    def greetings_today(self) -> list[Act]:
        """Those of `received_today` that are for a birthday: prompted ones, and such as somebody remembered."""
        return [act for act in self.received_today if act.prompted or act.content == "birthday"]

    # --- what everybody has -----------------------------------------------------------------------------------------

    @property
    def world(self) -> World:
        return self.model

    @property
    def profile(self) -> str:
        """Name of the cultural usage profile."""
        return self.model.profile_names[self.model.state.people.profile[self.row]]

    @property
    def label(self) -> str:
        """Id in the given graph; the row number in a generated society."""
        return self.model.label(self.row)

    @property
    def places(self) -> dict[str, int]:
        """Current work, neighbourhood and club, by number; -1 none."""
        return dict(zip(PLACES, map(int, self.model.state.people.places[self.row])))

    @property
    def ties(self) -> list[Tie]:
        """Living ties, closest first."""
        rows, others, closeness = self._living()
        order = np.lexsort((others, -closeness))
        first = others[order] > self.row
        return [Tie(self, *at) for at in zip(rows[order].tolist(), first.tolist())]

    def tie(self, other: Person) -> Tie | None:
        """The tie with another person, as long as it is on the books; None if there is none."""
        t, rows = self.model.state.ties, self.model.tie_rows(self.row)
        found = rows[(t.i[rows] == other.row) | (t.j[rows] == other.row)] if other.row != self.row else rows[:0]
        return Tie(self, int(found[0]), self.row < other.row) if found.size else None

    @property
    def links(self) -> int:
        """Number of platform links."""
        return int((self.model.state.ties.flags[self.model.tie_rows(self.row)] & LINKED != 0).sum())

    @property
    def closeness(self) -> float:
        """Sum of closeness over living ties (the acquaintance total of this moment)."""
        return float(self._living()[2].sum(dtype=np.float64))

    def _living(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Rows of living ties, with whom, and the closeness felt."""
        t, rows = self.model.state.ties, self.model.tie_rows(self.row)
        rows = rows[t.flags[rows] & ENDED == 0]
        first = t.i[rows] == self.row
        return rows, np.where(first, t.j[rows], t.i[rows]), np.where(first, t.c_ij[rows], t.c_ji[rows])

    def remove(self) -> None:
        raise TypeError("people are neither born nor die in a world; one who leaves the platform does so with leave()")

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.label}>"


class Tie:
    """One person's side of a tie, as it stands today. Keep `other`, not the Tie: rows move when a month turns over."""

    def __init__(self, person: Person, row: int, first: bool):
        self.person, self.row = person, row
        self._first = first  # is the person the i of the row?

    @property
    def _ties(self):
        return self.person.model.state.ties

    @property
    def other(self) -> Person:
        return self.person.model.person(int((self._ties.j if self._first else self._ties.i)[self.row]))

    @property
    def closeness(self) -> float:
        """Felt by this side, 0 to 1."""
        return float((self._ties.c_ij if self._first else self._ties.c_ji)[self.row])

    @property
    def kind(self) -> str:
        return KINDS[self._ties.kind[self.row]]

    @property
    def circle(self) -> str:
        """What the other was to this side at the branch: support, sympathy, affinity, rest; or new, or online, since."""
        return CLASSES[(self._ties.class_ij if self._first else self._ties.class_ji)[self.row]]

    @property
    def far(self) -> bool:
        return bool(self._ties.flags[self.row] & FAR)

    @property
    def linked(self) -> bool:
        return bool(self._ties.flags[self.row] & LINKED)

    @property
    def knows_birthday(self) -> bool:
        """Does this side know the other's true birthday?"""
        return bool(self._ties.flags[self.row] & (KNOWS_IJ if self._first else KNOWS_JI))

    def __repr__(self) -> str:
        return f"<Tie {self.person.label} -> {self.other.label}: {self.kind}, closeness {self.closeness:.2f}>"


class Crowd(AgentSet):
    """An AgentSet of people by row: `len`, `get`, `agg` read arrays; people are made only where Python must see them."""

    def __init__(self, world: World, rows: np.ndarray):
        self.world, self.rows = weakref.proxy(world), rows
        self.random = world.random

    @property
    def _agents(self):  # what Mesa's own methods iterate over
        return weakref.WeakKeyDictionary(dict.fromkeys(self))

    def __len__(self) -> int:
        return self.rows.size

    def __iter__(self) -> Iterator[Person]:
        return (self.world.person(int(row)) for row in self.rows)

    def __contains__(self, agent) -> bool:
        return isinstance(agent, Person) and agent.model is self.world.itself and agent.row in self.rows

    def __getitem__(self, item):
        chosen = self.rows[item]
        return [self.world.person(int(r)) for r in chosen] if isinstance(item, slice) else self.world.person(int(chosen))

    def _values(self, name: str) -> list | None:
        """A column of the whole crowd as Python values, or None if it is not an array."""
        people = self.world.state.people
        if name in COLUMNS:
            return getattr(people, COLUMNS[name])[self.rows].astype(float).tolist()
        if name in ("birthday", "member"):
            return getattr(people, name)[self.rows].tolist()
        if name == "shown_birthday":
            return people.shown[self.rows].tolist()
        if name == "profile":
            return np.asarray(self.world.profile_names)[people.profile[self.rows]].tolist()
        if name == "row":
            return self.rows.tolist()
        if name == "unique_id":
            return (self.rows + 1).tolist()
        return None

    def _cast(self) -> Iterator[tuple[int, Person]]:
        """(place in the crowd, person) of those who are cast, in order."""
        cast = self.world.company.people
        if cast:
            for place in np.flatnonzero(np.isin(self.rows, list(cast))).tolist():
                yield place, cast[int(self.rows[place])]

    def get(self, attr_names, handle_missing="error", default_value=None):
        values = self._values(attr_names) if isinstance(attr_names, str) else None
        if values is None:
            return super().get(attr_names, handle_missing, default_value)
        for place, person in self._cast():  # a class may say something else under the same name
            values[place] = getattr(person, attr_names)
        return values

    def select(self, filter_func=None, at_most=float("inf"), inplace=False, agent_type=None):
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self) * at_most)
        candidates = self.rows
        if agent_type is not None and not issubclass(Person, agent_type):  # so only cast people can be of it
            candidates = self.rows[[place for place, person in self._cast() if isinstance(person, agent_type)]]
        if filter_func is None:
            rows = candidates[: int(min(at_most, candidates.size))]
        else:
            found: list[int] = []
            for row in candidates.tolist():
                if len(found) >= at_most:
                    break
                if filter_func(self.world.person(row)):
                    found.append(row)
            rows = np.asarray(found, np.int64)
        return self._update_rows(rows) if inplace else Crowd(self.world.itself, rows)

    def shuffle(self, inplace=False):
        rows = self.rows.tolist()
        self.random.shuffle(rows)
        rows = np.asarray(rows, np.int64)
        return self._update_rows(rows) if inplace else Crowd(self.world.itself, rows)

    def sort(self, key, ascending=False, inplace=False):
        values = self.get(key) if isinstance(key, str) else [key(person) for person in self]
        order = sorted(range(len(self)), key=values.__getitem__, reverse=not ascending)
        rows = self.rows[np.asarray(order, np.int64)]
        return self._update_rows(rows) if inplace else Crowd(self.world.itself, rows)

    def groupby(self, by, result_type="agentset"):
        values = self.get(by) if isinstance(by, str) else [by(person) for person in self]
        groups: dict[Any, list[int]] = {}
        for row, value in zip(self.rows.tolist(), values):
            groups.setdefault(value, []).append(row)
        if result_type == "agentset":
            return Crowds({k: Crowd(self.world.itself, np.asarray(v, np.int64)) for k, v in groups.items()})
        return GroupBy({k: [self.world.person(row) for row in v] for k, v in groups.items()})

    def _update_rows(self, rows: np.ndarray) -> Crowd:
        self.rows = rows
        return self

    def add(self, agent):
        raise TypeError("people are neither born nor die in a world; make another world for other people")

    discard = remove = add

    def __getstate__(self):
        return {"agents": list(self), "random": self.random}

    @classmethod
    def of(cls, world: World, rows: Iterable[int] | None = None) -> Crowd:
        every = np.arange(world.state.population) if rows is None else np.asarray(list(rows), np.int64)
        return cls(world, every)


class Crowds(GroupBy):
    """Mesa's groups, whose values come from the arrays as a Crowd's do."""

    def agg(self, attr_name, func):
        return {name: func(crowd.get(attr_name)) for name, crowd in self.groups.items()}
