"""Mesa's faces of a world: a Person is a view of one row, a Crowd is an AgentSet over rows.

The arrays are the memory: a Person holds its row number and nothing else, is made when first touched, and writes go to
the arrays. So a hundred thousand people cost nothing until somebody looks at them. A class of your own, derived from Person and
cast with `world.cast(MyPerson, rows)`, may hold more and act before and after every day.
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
from sim.world.columns import CLASSES, ENDED, FAR, KINDS, KNOWS_IJ, KNOWS_JI, LEFT, LINKED, PERSON, PLACES, UNCHANGING, Column
from sim.world.joining import unlink
from sim.world.kernels.plan import FIXED
from sim.world.state import set_back

if TYPE_CHECKING:
    from sim.world.casting import Act
    from sim.world.model import World


class Attribute:
    """An attribute of a Person that reads and writes its row of one column; what is out of bounds is refused."""

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
        if self.array in UNCHANGING:  # shared with other arms: this world gets a copy of its own
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
"""The columns that can be read and written of a Person, by name."""

Writable: Any = type("Writable", (), {"__doc__": "The columns of a Person that Python code may write."} | ATTRIBUTES)

DATE = ATTRIBUTES["birthday"].bound


class Fixed:
    """An attribute that a Person is made with and keeps."""

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
    A class of your own may define `before_day` and `after_day`; see `World.cast`. What it writes holds at once, but `contacts`
    and what people do on the platform by the week (posts, messages, ...) from the next plan day on.
    """

    def __init__(self, model: World, row: int):
        if type(self) is not Person and not model.company.casting:
            found, made = "a person made by hand, who would not be in the world", f"world.cast({type(self).__name__}, [{row}])"
            raise InputError(Problem("", type(self).__name__, found, made))
        # Not mesa.Agent.__init__: it keeps every model alive for ever in a table of its own (Mesa 3.3)
        self.model = model
        self.row = row
        self.unique_id = row + 1
        self.pos = None

    row, unique_id = Fixed(), Fixed()

    # --- for a class of your own ------------------------------------------------------------------------------------

    def before_day(self) -> None:
        """Called every morning of a cast person whose class defines it."""

    def after_day(self) -> None:
        """Called every evening of a cast person whose class defines it."""

    def show(self, date: int | None) -> None:
        """Let the platform show this day of the year (0-364) as one's birthday, or none."""
        self.shown_birthday = -1 if date is None else whole_within(DATE, date, f"show of person {self.label}")

    def leave(self) -> None:
        """Leave the platform: no member, no links, nothing shown, and the minutes go back to real life."""
        people, ties, row = self.model.state.people, self.model.state.ties, self.row
        rows = self.model.tie_rows(row)
        unlink(ties, rows)
        set_back(people, LEFT, row)
        weights = np.where(ties.i[rows] == row, ties.w_ij[rows], ties.w_ji[rows])
        whole = (weights.astype(np.float64) * FIXED + 0.5).astype(np.int64).sum() / FIXED
        people.drive[row] = people.contacts[row] / whole if whole > 0 else 0

    def invite(self, other: Person) -> bool:
        """Link with another member on the platform; False if one of the two is no member, or they are linked already.

        Two who know each other are linked at once. Two who do not have a tie on the platform only, from the next morning on (or
        this one, if it is `before_day` that invites).
        """
        tie = self.tie(other)
        if other is self or not (self.member and other.member):
            return False
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
        if not isinstance(other, Person) or other.model is not self.model:
            expected = "a person of the same world, such as world.person(3)"
            raise InputError(Problem("", f"tie of person {self.label}", shortened(repr(other)), expected))
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

    @classmethod
    def create_agents(cls, model, n, *args, **kwargs):
        raise TypeError(f"people are neither born nor die in a world; use world.cast({cls.__name__}, rows)")

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


UNMADE = "world.agents is made anew at each look; change a selection, such as world.agents.select(), instead"


class Crowd(AgentSet):
    """An AgentSet by number: `len`, `get`, `agg` read arrays; people are made only where Python must see them.

    numbers : (agents,) of a person the row; of an agent of one's own, which comes after the last row, as the world counts it
    whole : whether this is what the world shows of itself, which nobody adds to or removes from
    """

    def __init__(self, world: World, numbers: np.ndarray, whole: bool = False):
        self.world, self.whole = weakref.proxy(world), whole
        self.random = world.random
        self._take(numbers)

    def _take(self, numbers: np.ndarray) -> None:
        self._numbers = numbers
        self._own = bool((numbers >= self.world.state.population).any())  # agents that are no people among them?
        self._known: set[int] | None = None

    def _with(self, numbers: Iterable[int], inplace: bool = False) -> Crowd:
        """A selection of this, or this one changed."""
        numbers = np.asarray(numbers if isinstance(numbers, np.ndarray) else list(numbers), np.int64)
        if not inplace:
            return Crowd(self.world.itself, numbers)
        self.whole = False
        self._take(numbers)
        return self

    @property
    def numbers(self) -> np.ndarray:
        """Of those who are still in the world."""
        if self._own:
            size, own = self.world.state.population, self.world.own
            there = [number < size or number in own for number in self._numbers.tolist()]
            if not all(there):
                self._take(self._numbers[there])
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
        """The agents, made if they were not; as Mesa has it from 3.4 on."""
        return list(self)

    def _values(self, name: str) -> list | None:
        """A column as Python values, right for people who are not cast; None if it is not an array."""
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
        """(place in the crowd, agent) of those who are cast, and of agents of one's own, in order."""
        size, cast = self.world.state.population, self.world.company.people
        if cast or self._own:
            numbers = self.numbers
            for place in np.flatnonzero((numbers >= size) | np.isin(numbers, list(cast))).tolist():
                yield place, self.world.agent(int(numbers[place]))

    def get(self, attr_names, handle_missing="error", default_value=None):
        known = isinstance(attr_names, str) and handle_missing in ("error", "default")
        values = self._values(attr_names) if known else None
        if values is None:
            return super().get(attr_names, handle_missing, default_value)
        default = () if handle_missing == "error" else (default_value,)
        for place, agent in self._of_python():  # a class may say something else under the same name
            values[place] = getattr(agent, attr_names, *default)
        return values

    def select(self, filter_func=None, at_most=float("inf"), inplace=False, agent_type=None):
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self) * at_most)
        candidates = self.numbers
        if agent_type is not None:  # of all others it is known without a look
            fits = np.full(candidates.size, issubclass(Person, agent_type))
            for place, agent in self._of_python():
                fits[place] = isinstance(agent, agent_type)
            candidates = candidates[fits]
        if filter_func is None:
            return self._with(candidates[: max(0, ceil(min(at_most, candidates.size)))].copy(), inplace)
        found: list[int] = []
        for number in candidates.tolist():
            if len(found) >= at_most:
                break
            if filter_func(self.world.agent(number)):
                found.append(number)
        return self._with(found, inplace)

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

    def _from_iterable(self, agents):  # what `&`, `|`, `-` and `^` make their result with
        return self._with(dict.fromkeys(map(self._number, agents)))

    def _update(self, agents):
        return self._with(dict.fromkeys(map(self._number, agents)), inplace=True)

    def add(self, agent):
        self._refuse_whole()
        if agent not in self:
            self._take(np.append(self.numbers, self._number(agent)))

    def discard(self, agent):
        self._refuse_whole()
        if agent in self:
            self._take(self.numbers[self.numbers != self._number(agent)])

    def remove(self, agent):
        self._refuse_whole()
        if agent not in self:
            raise KeyError(agent)
        self.discard(agent)

    def _refuse_whole(self) -> None:
        if self.whole:
            raise TypeError(f"people are neither born nor die in a world. {UNMADE}")

    def __copy__(self) -> Crowd:
        return self._with(self.numbers.copy())

    def __reduce__(self):
        return _with_its_world, (self.world.itself, self.numbers)

    def __repr__(self) -> str:
        own = int((self.numbers >= self.world.state.population).sum())
        also = f" and {own} agent{'s' * (own > 1)} of your own" if own else ""
        return f"<AgentSet of {len(self) - own} people{also}>"


def _with_its_world(world: World, numbers: np.ndarray) -> Crowd:
    """A set that was pickled: it holds its world, which nobody else may."""
    crowd = Crowd(world, numbers)
    crowd.world = world
    return crowd


class Crowds(GroupBy):
    """Mesa's groups, whose values come from the arrays as a Crowd's do."""

    def agg(self, attr_name, func):
        return {name: func(crowd.get(attr_name)) for name, crowd in self.groups.items()}
