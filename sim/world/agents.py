"""Mesa's faces of a world: a Person is a view of one row, a Crowd is an AgentSet over rows.

The arrays are the memory: a Person holds its row number and nothing else, is made when first touched, and writes go to
the arrays. So a hundred thousand people cost nothing until somebody looks at them.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np
from mesa.agent import AgentSet, GroupBy

from sim.world.state import (
    ENDED,
    FAR,
    KINDS,
    KNOWS_IJ,
    KNOWS_JI,
    LINKED,
    PLACES,
    UNCHANGING,
)

if TYPE_CHECKING:
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


class Person(mesa.Agent):
    """One person of a world: a view of its row. `unique_id` is the row number + 1, as Mesa counts."""

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
        t = self.model.state.ties
        rows = np.flatnonzero(((t.i == self.row) | (t.j == self.row)) & (t.flags & ENDED == 0))
        return sorted((Tie(self, int(row)) for row in rows), key=lambda tie: (-tie.closeness, tie.other.row))

    @property
    def links(self) -> int:
        """Number of platform links."""
        t = self.model.state.ties
        return int((((t.i == self.row) | (t.j == self.row)) & (t.flags & LINKED != 0)).sum())

    @property
    def closeness(self) -> float:
        """Sum of closeness over living ties (the acquaintance total of this moment)."""
        return float(sum(tie.closeness for tie in self.ties))

    def __repr__(self) -> str:
        return f"<Person {self.label}>"


class Tie:
    """One person's side of a tie, as it stands today."""

    def __init__(self, person: Person, row: int):
        self.person, self.row = person, row
        ties = person.model.state.ties
        self._first = ties.i[row] == person.row  # is the person the i of the row?

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
        if name in ("contacts", "minutes", "kept", "social"):
            return getattr(people, name)[self.rows].astype(float).tolist()
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

    def get(self, attr_names, handle_missing="error", default_value=None):
        if isinstance(attr_names, str) and not self.world.has_own_people:
            values = self._values(attr_names)
            if values is not None:
                return values
        return super().get(attr_names, handle_missing, default_value)

    def select(self, filter_func=None, at_most=float("inf"), inplace=False, agent_type=None):
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self) * at_most)
        if filter_func is None and (agent_type is None or issubclass(Person, agent_type)):
            rows = self.rows[: int(min(at_most, len(self)))]
        else:
            rows = []
            for person in self:
                if len(rows) >= at_most:
                    break
                if (filter_func is None or filter_func(person)) and (agent_type is None or isinstance(person, agent_type)):
                    rows.append(person.row)
            rows = np.asarray(rows, np.int64)
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
            return GroupBy({k: Crowd(self.world.itself, np.asarray(v, np.int64)) for k, v in groups.items()})
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
