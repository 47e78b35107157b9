"""The agents of a world: its people by row or label, those of the user's classes, the platform, and the user's other agents."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from sim.errors import InputError, Problem, nearest, shortened
from sim.society.graphs import GivenGraph
from sim.world.agents import Crowd, Person
from sim.world.casting import Cast, P, Platform, whole_number
from sim.world.state import State

if TYPE_CHECKING:
    from sim.world.model import World


class Roster(mesa.Model):
    """A Mesa model whose people are rows of arrays. Only World derives from it, and adds the days."""

    state: State
    graph_given: GivenGraph | None

    def __init__(self, seed: int) -> None:
        super().__init__(seed=seed)
        self.own: dict[int, mesa.Agent] = {}  # agents of the user that are not people, by number
        self._registered = 0
        self._people: dict[int, Person] = {}
        self.casting = Cast(self.itself)

    @property
    def itself(self) -> World:
        """This world, also when it is asked through a weak reference."""
        return self  # type: ignore[return-value]

    # --- people -----------------------------------------------------------------------------------------------------

    def person(self, who: int | str) -> Person:
        """The person with a row number, or with a label of the given graph. The object is made when first asked for.

        IndexError: there is no such row. InputError: nobody has the label, or `who` is neither a row nor a label.
        """
        if isinstance(who, str) and who not in self._rows_by_label:
            raise InputError(Problem("", "person", f"nobody is '{who}'", nearest(who, self._rows_by_label)))
        row = self._rows_by_label[who] if isinstance(who, str) else whole_number(who)
        if row is None:
            expected = f"a row from 0 to {self.state.population - 1}, or a label"
            raise InputError(Problem("", "person", shortened(repr(who)), expected))
        if not 0 <= row < self.state.population:
            raise IndexError(f"person {row}: this world has {self.state.population} people, numbered from 0")
        if row not in self._people:
            self._people[row] = Person(self.itself, row)
        return self._people[row]

    @cached_property
    def _rows_by_label(self) -> dict[str, int]:
        graph = self.graph_given
        return {str(row): row for row in range(self.state.population)} if graph is None else graph.numbers()

    def label(self, row: int) -> str:
        return self.graph_given.labels[row] if self.graph_given is not None else str(row)

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
        self.casting.platform = kind(self.itself)
        return self.platform

    # --- agents, as Mesa keeps them ---------------------------------------------------------------------------------

    @property
    def agents(self) -> Crowd:
        """A Mesa AgentSet of all people, read from the arrays. The user's own agents follow, in the order they were made."""
        people = np.arange(self.state.population)
        return Crowd(self.itself, np.append(people, list(self.own)) if self.own else people, fixed=True)

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
        return list(dict.fromkeys((Person, *map(type, (*self.casting.people.values(), *self.own.values())))))

    @property
    def agents_by_type(self) -> dict[type, Crowd]:
        """Agents by class, as in Mesa: a cast person is listed under its own class only."""
        by_type: dict[type, list[int]] = {kind: [] for kind in self.agent_types}
        cast = sorted(self.casting.people)
        for number in (*cast, *self.own):
            by_type[type(self.agent(number))].append(number)
        crowds = {kind: Crowd(self.itself, np.asarray(numbers, np.int64), fixed=True) for kind, numbers in by_type.items()}
        plain = [row for row in cast if type(self.casting.people[row]) is not Person]
        crowds[Person] = Crowd(self.itself, np.delete(np.arange(self.state.population), plain), fixed=True)
        return crowds
