"""A world as Mesa agents: a Person is a view of one row, a Crowd is an AgentSet over rows.

All values are in the arrays. A Person holds only its row number; reads and writes go to the arrays. It is made when first asked
for, so a hundred thousand people cost nothing until code reads them. A class of your own, derived from Person and cast with
`world.cast(MyPerson, rows)`, may hold more and act before and after every day.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator
from math import ceil
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np
from mesa.agent import AgentSet, GroupBy

from sim.errors import InputError, Problem, shortened
from sim.scenario.bounds import Bound, number_within, whole_within
from sim.world.columns import (
    CLASSES,
    ENDED,
    FAR,
    KINDS,
    KNOWS_IJ,
    KNOWS_JI,
    LEFT,
    LINKED,
    LINKED_IJ,
    LINKED_JI,
    PERSON,
    PLACES,
    UNCHANGING,
    Column,
)
from sim.world.joining import NEVER, unlink
from sim.world.kernels.plan import FIXED
from sim.world.state import set_back

if TYPE_CHECKING:
    from sim.world.casting import Act
    from sim.world.model import World


class Attribute:
    """An attribute of a Person that reads and writes its row of one column. A value out of bounds is an InputError."""

    def __init__(self, column: Column, low: float, high: float):
        self.name, self.array = column.attribute or column.name, column.name
        entry = np.dtype(column.type).kind
        self.kind: type = {"f": float, "b": bool}.get(entry, int)
        self.__doc__ = ", ".join(filter(None, (column.meaning, column.unit)))
        self.bound = Bound(low, high, self.__doc__, whole=entry != "f")

    def __get__(self, person: Person | None, owner: type | None = None) -> Any:
        return self if person is None else self.kind(getattr(person.model.state.people, self.array)[person.row])

    def __set__(self, person: Person, value: Any) -> None:
        state = person.model.state
        value = self._checked(value, f"{self.name} of person {person.label}")
        if self.array in UNCHANGING:  # worlds of other arms share this array, so this world takes a copy
            state.people = state.people._replace(**{self.array: getattr(state.people, self.array).copy()})
        getattr(state.people, self.array)[person.row] = value

    def _checked(self, value: Any, place: str) -> float:
        if self.kind is float:
            return number_within(self.bound, value, place)
        if self.kind is bool and isinstance(value, bool | np.bool_):
            value = int(value)
        return whole_within(self.bound, value, place)

    def of(self, world: World, rows: np.ndarray) -> list:
        """The values of many people."""
        return getattr(world.state.people, self.array)[rows].astype(self.kind).tolist()


ATTRIBUTES = {column.attribute or column.name: Attribute(column, *column.within) for column in PERSON if column.within}
"""The columns that Python code can read and write on a Person, by name."""

Writable: Any = type("Writable", (), {"__doc__": "The columns of a Person that Python code may write."} | ATTRIBUTES)

DATE = ATTRIBUTES["birthday"].bound


class Fixed:
    """An attribute that is set when a Person is made and cannot be changed."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, person: Person | None, owner: type | None = None) -> Any:
        return self if person is None else vars(person)[self.name]

    def __set__(self, person: Person, value: Any) -> None:
        if self.name in vars(person):
            raise AttributeError(f"{self.name} of person {person.label} says who it is and cannot be changed")
        person.__dict__[self.name] = value


class Person(Writable, mesa.Agent):
    """One person of a world: a view of its row. `unique_id` is the row number + 1, as Mesa counts.

    Its attributes are the columns of people that have one (docs/state.md): contacts, minutes, birthday, member and so on.
    A class of your own may define `before_day` and `after_day`; see `World.cast`. A written value holds at once. Two things hold
    from the next plan day on: `contacts`, and what is planned by the week (posts, comments, reactions, messages, groups).
    """

    def __init__(self, model: World, row: int):
        if type(self) is not Person and not model.casting.is_casting:
            problem = "a person made by hand, who would not be in the world"
            expected = f"world.cast({type(self).__name__}, [{row}])"
            raise InputError(Problem("", type(self).__name__, problem, expected))
        # Not mesa.Agent.__init__: it holds every model in a class table, so models are never freed (Mesa 3.3)
        self.model = model
        self.row = row
        self.unique_id = row + 1
        self.pos = None

    row, unique_id = Fixed(), Fixed()

    # --- for a class of your own ------------------------------------------------------------------------------------

    def before_day(self) -> None:
        """Called before each day, if the class of a cast person defines it."""

    def after_day(self) -> None:
        """Called after each day, if the class of a cast person defines it."""

    def show(self, date: int | None) -> None:
        """Make the platform show this day of the year (0-364) as the person's birthday; None: no day."""
        self.shown_birthday = -1 if date is None else whole_within(DATE, date, f"show of person {self.label}")

    def leave(self) -> None:
        """Leave the platform: the person loses links and shown birthday, and planned contact gets its minutes back."""
        people, ties, row = self.model.state.people, self.model.state.ties, self.row
        rows = self.model.tie_rows(row)
        unlink(ties, rows)
        set_back(people, LEFT, row)
        people.away_until[row] = NEVER
        weights = np.where(ties.i[rows] == row, ties.w_ij[rows], ties.w_ji[rows])
        total = (weights.astype(np.float64) * FIXED + 0.5).astype(np.int64).sum() / FIXED
        people.drive[row] = people.contacts[row] / total if total > 0 else 0

    def invite(self, other: Person) -> bool:
        """Link with another member on the platform. False: one of the two is not a member, or this person has the link already.

        Two people with a tie are linked at once. Two people without a tie get one that exists on the platform only. It begins
        with the next day; called in `before_day`, with this day.
        """
        tie = self.tie(other)
        if other is self or not (self.member and other.member):
            return False
        if tie is None:
            self.model.casting.invited.append((self.row, other.row))
        elif tie.linked:
            return False
        else:
            self.model.state.ties.flags[tie.row] |= LINKED
        return True

    @property
    def received_today(self) -> list[Act]:
        """Acts that this cast person received: today in `after_day`, yesterday in `before_day`."""
        return self.model.casting.acts_of(self.row, received=True)

    @property
    def sent_today(self) -> list[Act]:
        """Acts that this cast person sent: today in `after_day`, yesterday in `before_day`."""
        return self.model.casting.acts_of(self.row, received=False)

    @property
    def greetings_today(self) -> list[Act]:
        """The acts of `received_today` that greet a birthday: prompted and remembered greetings."""
        return [act for act in self.received_today if act.prompted or act.content == "birthday"]

    # --- of every person --------------------------------------------------------------------------------------------

    @property
    def world(self) -> World:
        return self.model

    @property
    def profile(self) -> str:
        """Name of the cultural usage profile."""
        return self.model.profile_names[self.model.state.people.profile[self.row]]

    @property
    def label(self) -> str:
        """Id in the given graph. In a generated society: the row number."""
        return self.model.label(self.row)

    @property
    def places(self) -> dict[str, int]:
        """Numbers of the current workplace, neighbourhood and club; -1: none."""
        return dict(zip(PLACES, map(int, self.model.state.people.places[self.row])))

    @property
    def ties(self) -> list[Tie]:
        """Ties that have not ended, closest first."""
        rows, others, closeness = self._unended_ties()
        order = np.lexsort((others, -closeness))
        is_i = others[order] > self.row
        return [Tie(self, *side) for side in zip(rows[order].tolist(), is_i.tolist())]

    def tie(self, other: Person) -> Tie | None:
        """The tie with another person, also an ended one that still has a row; None if there is none."""
        if not isinstance(other, Person) or other.model is not self.model:
            expected = "a person of the same world, such as world.person(3)"
            raise InputError(Problem("", f"tie of person {self.label}", shortened(repr(other)), expected))
        t, rows = self.model.state.ties, self.model.tie_rows(self.row)
        shared = rows[(t.i[rows] == other.row) | (t.j[rows] == other.row)] if other.row != self.row else rows[:0]
        return Tie(self, int(shared[0]), self.row < other.row) if shared.size else None

    @property
    def links(self) -> int:
        """Number of links that the person has on the platform."""
        ties, rows = self.model.state.ties, self.model.tie_rows(self.row)
        own = np.where(ties.i[rows] == self.row, LINKED_IJ, LINKED_JI)
        return int((ties.flags[rows] & own != 0).sum())

    @property
    def closeness(self) -> float:
        """Sum of the closeness that this person feels, over ties that have not ended."""
        return float(self._unended_ties()[2].sum(dtype=np.float64))

    def _unended_ties(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Ties that have not ended: their rows, the other person of each, and the closeness that this person feels."""
        t, rows = self.model.state.ties, self.model.tie_rows(self.row)
        rows = rows[t.flags[rows] & ENDED == 0]
        is_i = t.i[rows] == self.row
        return rows, np.where(is_i, t.j[rows], t.i[rows]), np.where(is_i, t.c_ij[rows], t.c_ji[rows])

    def remove(self) -> None:
        raise TypeError("the people of a world are fixed: none can be removed; leave() takes a person off the platform")

    @classmethod
    def create_agents(cls, model, n, *args, **kwargs):
        raise TypeError(f"the people of a world are fixed: none can be added; use world.cast({cls.__name__}, rows)")

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.label}>"


class Tie:
    """One person's side of a tie. Valid until the month turns over, when rows move: store `other`, not the Tie."""

    def __init__(self, person: Person, row: int, is_i: bool):
        self.person, self.row = person, row
        self._is_i = is_i  # whether the person is the i of the row

    @property
    def _ties(self):
        return self.person.model.state.ties

    @property
    def other(self) -> Person:
        return self.person.model.person(int((self._ties.j if self._is_i else self._ties.i)[self.row]))

    @property
    def closeness(self) -> float:
        """Closeness that this side feels, 0 to 1."""
        return float((self._ties.c_ij if self._is_i else self._ties.c_ji)[self.row])

    @property
    def kind(self) -> str:
        return KINDS[self._ties.kind[self.row]]

    @property
    def circle(self) -> str:
        """What the other person was to this side at the branch: support, sympathy, affinity, rest. Later ties: new, online."""
        return CLASSES[(self._ties.class_ij if self._is_i else self._ties.class_ji)[self.row]]

    @property
    def far(self) -> bool:
        return bool(self._ties.flags[self.row] & FAR)

    @property
    def linked(self) -> bool:
        """Whether this side has a link to the other."""
        return bool(self._ties.flags[self.row] & (LINKED_IJ if self._is_i else LINKED_JI))

    @property
    def knows_birthday(self) -> bool:
        """Whether this side knows the true birthday of the other."""
        return bool(self._ties.flags[self.row] & (KNOWS_IJ if self._is_i else KNOWS_JI))

    def __repr__(self) -> str:
        return f"<Tie {self.person.label} -> {self.other.label}: {self.kind}, closeness {self.closeness:.2f}>"


NOT_STORED = "world.agents is made anew each time it is read; change a selection instead, such as world.agents.select()"


class Crowd(AgentSet):
    """An AgentSet of numbers. `len`, `get` and `agg` read the arrays; Person objects are made only where Python code needs them.

    numbers : (agents,) row of a person, or number of an agent of the user, which is above the last row
    fixed : whether the set belongs to the world, so that no agent can be added or removed
    """

    def __init__(self, world: World, numbers: np.ndarray, fixed: bool = False):
        self.world, self.fixed = weakref.proxy(world), fixed
        self.random = world.random
        self._take(numbers)

    def _take(self, numbers: np.ndarray) -> None:
        self._numbers = numbers
        self._own = bool((numbers >= self.world.state.population).any())  # whether there are agents that are not people
        self._known: set[int] | None = None

    def _with(self, numbers: Iterable[int], inplace: bool = False) -> Crowd:
        """A set with these numbers: a new one, or this one changed."""
        numbers = np.asarray(numbers if isinstance(numbers, np.ndarray) else list(numbers), np.int64)
        if not inplace:
            return Crowd(self.world.itself, numbers)
        self.fixed = False
        self._take(numbers)
        return self

    @property
    def numbers(self) -> np.ndarray:
        """Numbers of the agents that are still in the world."""
        if self._own:
            size, own = self.world.state.population, self.world.own
            present = [number < size or number in own for number in self._numbers.tolist()]
            if not all(present):
                self._take(self._numbers[present])
        return self._numbers

    @property
    def _agents(self):  # what Mesa's own methods iterate over
        return weakref.WeakKeyDictionary(dict.fromkeys(self))

    def __len__(self) -> int:
        return self.numbers.size

    def __iter__(self) -> Iterator[mesa.Agent]:
        return (self.world.agent(number) for number in self.numbers.tolist())

    def __contains__(self, agent) -> bool:
        if self._known is None:
            self._known = set(self.numbers.tolist())
        return self.world.number_of(agent) in self._known

    def __getitem__(self, item):
        chosen = self.numbers[item]
        return [self.world.agent(int(n)) for n in chosen] if isinstance(item, slice) else self.world.agent(int(chosen))

    def to_list(self) -> list[mesa.Agent]:
        """All agents as a list, as in Mesa 3.4 and later."""
        return list(self)

    def _values(self, name: str) -> list | None:
        """Values of an attribute read from the arrays, right for people who are not cast; None if no array holds it."""
        rows = np.minimum(self.numbers, self.world.state.population - 1)
        if name in ATTRIBUTES:
            return ATTRIBUTES[name].of(self.world.itself, rows)
        if name == "profile":
            return np.asarray(self.world.profile_names)[self.world.state.people.profile[rows]].tolist()
        if name == "row":
            return rows.tolist()
        if name == "unique_id":
            return (rows + 1).tolist()
        return None

    def _of_python(self) -> Iterator[tuple[int, mesa.Agent]]:
        """(place in the crowd, agent) of cast people and of the user's own agents, in order."""
        size, cast = self.world.state.population, self.world.casting.people
        if cast or self._own:
            numbers = self.numbers
            for place in np.flatnonzero((numbers >= size) | np.isin(numbers, list(cast))).tolist():
                yield place, self.world.agent(int(numbers[place]))

    def get(self, attr_names, handle_missing="error", default_value=None):
        simple = isinstance(attr_names, str) and handle_missing in ("error", "default")
        values = self._values(attr_names) if simple else None
        if values is None:
            return super().get(attr_names, handle_missing, default_value)
        default = () if handle_missing == "error" else (default_value,)
        for place, agent in self._of_python():  # a class may define the attribute anew
            values[place] = getattr(agent, attr_names, *default)
        return values

    def select(self, filter_func=None, at_most=float("inf"), inplace=False, agent_type=None):
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self) * at_most)
        candidates = self.numbers
        if agent_type is not None:  # people who are not cast are of class Person
            fits = np.full(candidates.size, issubclass(Person, agent_type))
            for place, agent in self._of_python():
                fits[place] = isinstance(agent, agent_type)
            candidates = candidates[fits]
        if filter_func is None:
            return self._with(candidates[: max(0, ceil(min(at_most, candidates.size)))].copy(), inplace)
        passed: list[int] = []
        for number in candidates.tolist():
            if len(passed) >= at_most:
                break
            if filter_func(self.world.agent(number)):
                passed.append(number)
        return self._with(passed, inplace)

    def shuffle(self, inplace=False):
        numbers = self.numbers.tolist()
        self.random.shuffle(numbers)
        return self._with(numbers, inplace)

    def sort(self, key, ascending=False, inplace=False):
        if isinstance(key, str) and "." not in key:
            values = self.get(key)
        else:
            values = list(map(attrgetter(key) if isinstance(key, str) else key, self))
        order = sorted(range(len(values)), key=values.__getitem__, reverse=not ascending)
        return self._with(self.numbers[np.asarray(order, np.int64)], inplace)

    def groupby(self, by, result_type="agentset"):
        values = [by(agent) for agent in self] if callable(by) else self.get(by)
        groups: dict[Any, list[int]] = {}
        for number, value in zip(self.numbers.tolist(), values):
            groups.setdefault(value, []).append(number)
        if result_type == "agentset":
            return Crowds({value: self._with(numbers) for value, numbers in groups.items()})
        return GroupBy({value: [self.world.agent(n) for n in numbers] for value, numbers in groups.items()})

    # --- as a set ---------------------------------------------------------------------------------------------------

    def _number(self, agent: Any) -> int:
        number = self.world.number_of(agent)
        if number is None:
            raise TypeError(f"{agent!r} is no agent of this world: a set holds agents of one world")
        return number

    def _from_iterable(self, agents):  # `&`, `|`, `-` and `^` call this
        return self._with(dict.fromkeys(map(self._number, agents)))

    def _update(self, agents):
        return self._with(dict.fromkeys(map(self._number, agents)), inplace=True)

    def add(self, agent):
        self._refuse_fixed()
        if agent not in self:
            self._take(np.append(self.numbers, self._number(agent)))

    def discard(self, agent):
        self._refuse_fixed()
        if agent in self:
            self._take(self.numbers[self.numbers != self._number(agent)])

    def remove(self, agent):
        self._refuse_fixed()
        if agent not in self:
            raise KeyError(agent)
        self.discard(agent)

    def _refuse_fixed(self) -> None:
        if self.fixed:
            raise TypeError(f"the people of a world are fixed. {NOT_STORED}")

    def __copy__(self) -> Crowd:
        return self._with(self.numbers.copy())

    def __reduce__(self):
        return _with_its_world, (self.world.itself, self.numbers)

    def __repr__(self) -> str:
        own = int((self.numbers >= self.world.state.population).sum())
        also = f" and {own} agent{'s' * (own > 1)} of your own" if own else ""
        return f"<AgentSet of {len(self) - own} people{also}>"


def _with_its_world(world: World, numbers: np.ndarray) -> Crowd:
    """A set from a pickle. It holds its world, to which nothing else refers."""
    crowd = Crowd(world, numbers)
    crowd.world = world
    return crowd


class Crowds(GroupBy):
    """Mesa's groups, with values read from the arrays."""

    def agg(self, attr_name, func):
        return {name: func(crowd.get(attr_name)) for name, crowd in self.groups.items()}
