"""The agents of a World are a Mesa AgentSet: whatever Mesa's own does with the same agents, ours does too, or refuses clearly."""

import copy
import gc
import inspect
import pickle
import weakref
from collections.abc import MutableSet
from random import Random

import mesa
import numpy as np
import pytest
from mesa.agent import AgentSet, GroupBy
from worlds import assert_identical

import sim
from sim.errors import InputError
from sim.world.agents import Crowd

METHODS = {name for kind in AgentSet.__mro__ if kind is not object for name, one in vars(kind).items() if callable(one)}
METHODS = {name for name in METHODS if name.startswith("__") or not name.startswith("_")}
OWN_WAY = {"__init__", "__getstate__", "__setstate__"}  # made and pickled in a way of our own


class Moody(sim.Person):
    def __init__(self, model, row):
        super().__init__(model, row)
        self.mood = row % 3


class Marketer(mesa.Agent):
    """No person: an agent as any Mesa model has it."""

    mood = 7
    budget = 10.0

    def step(self):
        self.budget -= 1


@pytest.fixture
def world(tiny, grown) -> sim.World:
    one = sim.World(tiny, "wall", 1, grown=grown)
    one.cast(Moody, [3, 5, 50])
    one.marketers = Marketer.create_agents(one, 3)
    one.run(1)
    return one


def both(world: sim.World) -> list[tuple[AgentSet, AgentSet]]:
    """(set, another that shares some of it), of ours and of Mesa's own class; luck alike."""
    numbers = np.array([60, 4, 50, 5, 61, 9, 2])
    others = np.array([2, 7, 62, 60, 50])
    sets = []
    for make in (lambda some: Crowd(world, some), lambda some: AgentSet(map(world.agent, some.tolist()), random=world.random)):
        pair = make(numbers), make(others)
        for each in pair:
            each.random = Random(5)
        sets.append(pair)
    return sets


def plainly(result):
    """A result without the class of its sets."""
    if isinstance(result, AgentSet):
        return "set", [agent.unique_id for agent in result]
    if isinstance(result, mesa.Agent):
        return "agent", result.unique_id
    if isinstance(result, GroupBy):
        return "groups", {name: plainly(group) for name, group in result}
    if isinstance(result, list | tuple):
        return type(result).__name__, [plainly(each) for each in result]
    return result


def outcome(work, one: AgentSet, other: AgentSet):
    """What comes of it and what is left of the sets, or the kind of the error."""
    try:
        result = plainly(work(one, other))
    except Exception as error:
        result = type(error)
    return result, plainly(one), plainly(other)


def noting(method):
    """What `do` and its like are called with, in order."""

    def work(one, other):
        seen = []
        getattr(one, method)(lambda agent, *given, **named: seen.append((agent.unique_id, given, named)), 1, b=2)
        return seen

    return work


def odd(agent):
    return agent.unique_id % 2


CASES = {
    "select": [
        lambda a, b: a.select(),
        lambda a, b: a.select(odd),
        lambda a, b: a.select(odd, at_most=2),
        lambda a, b: a.select(odd, 1, False, mesa.Agent),
        *(lambda a, b, most=most: a.select(at_most=most) for most in (0, 1, 2.5, 0.5, 1.0, 0.0, -1, 100, np.float64(0.3))),
        *(
            lambda a, b, kind=kind: a.select(agent_type=kind)
            for kind in (sim.Person, Moody, Marketer, mesa.Agent, object, mesa.Model, (Moody, Marketer))
        ),
        lambda a, b: a.select(odd, inplace=True),
        lambda a, b: a.select(inplace=True) is a,
        lambda a, b: a.select(agent_type="Moody"),
        lambda a, b: a.select(lambda agent: agent.nothing),
    ],
    "shuffle": [lambda a, b: a.shuffle(), lambda a, b: a.shuffle(inplace=True), lambda a, b: a.shuffle(True) is a],
    "sort": [
        lambda a, b: a.sort("unique_id"),
        lambda a, b: a.sort("unique_id", True, True) is a,
        lambda a, b: a.sort("model.steps"),
        lambda a, b: a.sort(odd),
        lambda a, b: a.sort("mood"),
        lambda a, b: a.sort("model.nothing"),
        lambda a, b: a.select(agent_type=Moody).sort("mood", ascending=True),
    ],
    "do": [noting("do"), lambda a, b: a.do("step") is a, lambda a, b: a.do("nothing")],
    "shuffle_do": [noting("shuffle_do"), lambda a, b: a.shuffle_do("step") is a, lambda a, b: a.shuffle_do("nothing")],
    "map": [lambda a, b: a.map(odd), lambda a, b: a.map("__repr__"), lambda a, b: a.map("nothing"), lambda a, b: a.map(pow, 1)],
    "get": [
        lambda a, b: a.get("unique_id"),
        lambda a, b: a.get(["unique_id", "pos"]),
        lambda a, b: a.get([]),
        lambda a, b: a.get("mood"),
        lambda a, b: a.get("mood", "default"),
        lambda a, b: a.get("mood", handle_missing="default", default_value=-1),
        lambda a, b: a.get(["birthday", "budget"], "default", 0),
        lambda a, b: a.get("birthday", "default", -5),
        lambda a, b: a.get("birthday"),
        *(
            lambda a, b, name=name, how=how: a.get(name, how)
            for name in ("unique_id", "minutes", "nothing", ["row"])
            for how in ("ignore", None, "Error")
        ),
    ],
    "agg": [
        lambda a, b: a.agg("unique_id", sum),
        lambda a, b: a.agg("unique_id", [min, max]),
        lambda a, b: a.agg("unique_id", (len,)),
        lambda a, b: a.agg("nothing", sum),
        lambda a, b: a.agg("unique_id", "sum"),
    ],
    "set": [
        lambda a, b: (a.set("mark", 3) is a, a.get("mark")),
        lambda a, b: (a.select(agent_type=sim.Person).set("minutes", 12.0), a.get("minutes", "default")),
    ],
    "groupby": [
        lambda a, b: a.groupby(odd),
        lambda a, b: a.groupby("unique_id", result_type="list"),
        lambda a, b: a.groupby(type, "agentset"),
        lambda a, b: a.groupby("nothing"),
        lambda a, b: a.groupby(lambda agent: []),
        lambda a, b: a.groupby(odd).count(),
        lambda a, b: a.groupby(odd).agg("unique_id", sum),
        lambda a, b: a.groupby(odd).map(len),
        lambda a, b: a.groupby(odd).map("get", "unique_id"),
        lambda a, b: len(a.groupby(odd).do("step")),
    ],
    "add": [lambda a, b: a.add(b[1]), lambda a, b: a.add(a[0]), lambda a, b: a.add(None)],
    "discard": [lambda a, b: a.discard(a[0]), lambda a, b: a.discard(b[1])],
    "remove": [lambda a, b: a.remove(a[2]), lambda a, b: a.remove(b[1])],
    "pop": [lambda a, b: a.pop(), lambda a, b: AgentSet.pop(a.select(at_most=0))],
    "clear": [lambda a, b: a.clear()],
    "index": [lambda a, b: a.index(a[3]), lambda a, b: a.index(b[1]), lambda a, b: a.index(a[3], 4)],
    "count": [lambda a, b: a.count(a[3]), lambda a, b: a.count(b[1])],
    "isdisjoint": [lambda a, b: a.isdisjoint(b), lambda a, b: a.isdisjoint(b[1:2])],
    "__len__": [lambda a, b: len(a)],
    "__iter__": [lambda a, b: list(a)],
    "__reversed__": [lambda a, b: list(reversed(a))],
    "__contains__": [lambda a, b: [agent in a for agent in b], lambda a, b: ["x" in a, None in a, 60 in a]],
    "__getitem__": [lambda a, b: a[0], lambda a, b: a[-1], lambda a, b: a[1:4], lambda a, b: a[::-2], lambda a, b: a[99]],
    "__and__": [lambda a, b: a & b, lambda a, b: a & list(b)],
    "__or__": [lambda a, b: a | b, lambda a, b: a | b[:2]],
    "__sub__": [lambda a, b: a - b, lambda a, b: a - list(b), lambda a, b: a - a],
    "__xor__": [lambda a, b: a ^ b, lambda a, b: a ^ list(b)],
    "__rand__": [lambda a, b: list(b) & a],
    "__ror__": [lambda a, b: list(b) | a],
    "__rsub__": [lambda a, b: list(b) - a],
    "__rxor__": [lambda a, b: list(b) ^ a],
    "__iand__": [lambda a, b: MutableSet.__iand__(a, b) is a],
    "__ior__": [lambda a, b: MutableSet.__ior__(a, b) is a],
    "__isub__": [lambda a, b: MutableSet.__isub__(a, b) is a, lambda a, b: MutableSet.__isub__(a, a)],
    "__ixor__": [lambda a, b: MutableSet.__ixor__(a, b) is a],
    "__le__": [lambda a, b: [a <= b, a <= a, a[:2] <= a], lambda a, b: a.select(odd) <= a],
    "__lt__": [lambda a, b: [a < b, a < a, a.select(odd) < a]],
    "__ge__": [lambda a, b: [a >= b, a >= a, a >= a.select(odd)]],
    "__gt__": [lambda a, b: [a > b, a > a, a > a.select(odd)]],
    "__eq__": [lambda a, b: [a == b, a == a.shuffle(), a == list(a)]],
}
EVERY = [(name, place) for name, cases in CASES.items() for place in range(len(cases))]


def test_no_method_of_mesas_set_is_left_out():
    assert set(CASES) == METHODS - OWN_WAY


@pytest.mark.filterwarnings("ignore:No Agents specified")
@pytest.mark.parametrize("name, place", EVERY)
def test_a_set_does_what_mesas_own_does(world, name, place):
    ours, theirs = (outcome(CASES[name][place], *pair) for pair in both(world))
    assert ours == theirs


@pytest.mark.parametrize("name", sorted(name for name in METHODS if not name.startswith("_")))
def test_arguments_have_mesas_names_and_defaults(name):
    ours, theirs = (inspect.signature(getattr(kind, name)).parameters.values() for kind in (Crowd, AgentSet))
    assert [(one.name, one.default) for one in ours] == [(one.name, one.default) for one in theirs]


def test_a_set_and_mesas_own_of_the_same_agents_are_equal(world):
    (ours, other), (theirs, _) = both(world)
    assert ours == theirs
    assert theirs == ours
    assert plainly(ours & theirs) == plainly(theirs & ours) == plainly(ours)
    assert plainly(theirs | other) == plainly(ours | other)


# --- what is ours alone --------------------------------------------------------------------------------


CHANGES = [
    lambda some, agent: some.add(agent),
    lambda some, agent: some.discard(agent),
    lambda some, agent: some.remove(agent),
    lambda some, agent: some.pop(),
    lambda some, agent: some.clear(),
    lambda some, agent: some.__ior__([agent]),
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("of", [lambda world: world.agents, lambda world: world.agents_by_type[sim.Person]])
def test_what_a_world_shows_of_itself_is_not_changed(world, change, of):
    with pytest.raises(TypeError, match=r"people of a world are fixed.*world\.agents\.select\(\)"):
        change(of(world), world.person(0))


def test_agents_of_two_worlds_are_no_set(world, tiny, grown):
    stranger = sim.World(tiny, "wall", 1, grown=grown).person(1)
    mine = world.agents.select(at_most=2)
    for work in (mine.add, lambda agent: mine | [agent], lambda agent: mine ^ [agent]):
        with pytest.raises(TypeError, match="no agent of this world"):
            work(stranger)
    assert stranger not in mine
    assert list(mine & [stranger]) == []


def test_a_copy_is_a_set_of_its_own(world):
    one = world.agents.select(at_most=5)
    for other in (copy.copy(one), one.select()):
        other.remove(other[0])
        assert (len(one), len(other)) == (5, 4)


@pytest.mark.parametrize("again", [lambda some: pickle.loads(pickle.dumps(some)), copy.deepcopy])
def test_a_set_that_comes_back_brings_its_world(world, again):
    back = again(world.agents.select(lambda agent: agent.unique_id in (4, 9, 61)))
    gc.collect()
    assert back.get("unique_id") == [4, 9, 61]
    assert [type(agent) for agent in back] == [Moody, sim.Person, Marketer]
    assert back[0].model is not world
    back[0].model.run(3)
    world.run(3)
    assert_identical(back[0].model.state, world.state)


def test_many_are_read_without_being_made(world):
    made = set(world._people)
    world.agents.get("minutes", "default")
    world.agents.select(agent_type=Marketer).get("budget")
    world.agents.select(agent_type=mesa.Agent).groupby("unique_id")
    assert set(world._people) == made


# --- agents of one's own -------------------------------------------------------------------------------


def test_an_agent_of_ones_own_is_one_of_the_agents(world):
    ids = world.agents.get("unique_id")
    assert ids == list(range(1, 64))
    assert [agent.unique_id for agent in world.marketers] == [61, 62, 63]
    assert all(agent in world.agents for agent in world.marketers)
    assert len(world.agents) == 63
    assert world.agent_types == [sim.Person, Moody, Marketer]
    assert list(world.agents_by_type[Marketer]) == list(world.marketers)
    world.agents.shuffle_do("step")
    world.agents_by_type[Marketer].do("step")
    assert world.agents.select(agent_type=Marketer).get("budget") == [8.0] * 3


def test_an_agent_of_ones_own_is_collected_by_itself_and_with_all(world):
    world.datacollector = mesa.DataCollector(
        model_reporters={"budget": lambda model: model.agents_by_type[Marketer].agg("budget", sum)},
        agent_reporters={"minutes": lambda agent: getattr(agent, "minutes", None)},
        agenttype_reporters={Marketer: {"budget": "budget"}, mesa.Agent: {"id": "unique_id"}},
    )
    world.step()
    collected = world.datacollector
    assert collected.get_model_vars_dataframe()["budget"].tolist() == [30.0]
    assert collected.get_agent_vars_dataframe().index.get_level_values("AgentID").tolist() == list(range(1, 64))
    assert collected.get_agenttype_vars_dataframe(Marketer)["budget"].to_dict() == {(1, 61): 10.0, (1, 62): 10.0, (1, 63): 10.0}
    assert len(collected.get_agenttype_vars_dataframe(mesa.Agent)) == 63


def test_a_model_of_ones_own_steps_them_as_mesas_do(tiny, grown):
    class Campaign(sim.World):
        def __init__(self, seed=None):
            super().__init__(tiny, "wall", seed or 1, grown=grown)
            Marketer(self)

        def step(self):
            super().step()
            self.agents_by_type[Marketer].shuffle_do("step")

    model, plain = Campaign(), sim.World(tiny, "wall", 1, grown=grown)
    for _ in range(3):
        model.step()
        plain.step()
    assert (model.steps, model.day, model.agents.select(agent_type=Marketer)[0].budget) == (3, 3, 7.0)
    assert_identical(model.state, plain.state)
    found = mesa.batch_run(Campaign, {"seed": [1, 2]}, max_steps=1, display_progress=False)
    assert [row["day"] for row in found] == [1, 1]


def test_one_that_is_removed_is_in_no_set_and_its_number_is_not_given_again(world):
    some = world.agents.select(agent_type=(Marketer, Moody))
    first = world.marketers[0]
    first.remove()
    assert first not in world.agents
    assert some.get("unique_id") == [4, 6, 51, 62, 63]
    assert len(some) == 5
    first.remove()  # as Mesa's, in silence
    with pytest.raises(KeyError):
        world.deregister_agent(first)
    assert Marketer(world).unique_id == 64
    world.register_agent(first)
    assert world.agents.get("unique_id")[-2:] == [64, 65]


def test_people_are_neither_made_nor_removed(world):
    for work in (
        lambda: world.remove_all_agents(),
        lambda: world.register_agent(world.person(1)),
        lambda: world.deregister_agent(world.person(1)),
        lambda: sim.Person.create_agents(world, 2, [1, 2]),
        lambda: Moody.create_agents(world, 2, [1, 2]),
    ):
        with pytest.raises(TypeError, match="people of a world are fixed"):
            work()
    with pytest.raises(InputError, match=r"Moody: a person made by hand.*world\.cast\(Moody, \[7\]\)"):
        Moody(world, 7)
    assert len(world.agents) == 63


def test_a_branch_begins_without_them(world):
    assert world.branch("none").agent_types == [sim.Person, Moody]


def test_a_world_with_agents_of_ones_own_is_gone_when_nobody_holds_it(tiny, grown):
    world = sim.World(tiny, "wall", 1, grown=grown)
    Marketer(world)
    world.step()
    gone = weakref.ref(world)
    del world
    gc.collect()
    assert gone() is None
