"""What else Mesa offers drives a World as it is: sets with cast people, collectors, batch runs, a page; and the tutorial."""

import re
from pathlib import Path

import mesa
import numpy as np
import pytest
from mesa.agent import AgentSet

import sim
from sim.errors import InputError
from sim.world.agents import Crowd, Person

ROOT = Path(__file__).parents[1]
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", TUTORIAL, re.DOTALL)
PAGE = [block for block in BLOCKS if "mesa.visualization" in block]


class Moody(Person):
    """Has a mood, and says something else than its row about its posts."""

    def __init__(self, model, row):
        super().__init__(model, row)
        self.mood = row % 3

    @property
    def posts(self):
        return 100.0 + self.row

    def cheer_up(self):
        self.mood += 10


class VeryMoody(Moody):
    """A class derived from one that is cast too."""


@pytest.fixture
def world(tiny, grown) -> sim.World:
    one = sim.World(tiny, "wall", 1, grown=grown)
    one.cast(Moody, [50, 3, 7])
    one.cast(VeryMoody, [8])
    one.run(3)
    return one


@pytest.fixture
def mesas(world) -> AgentSet:
    """Mesa's own set of the same people."""
    return AgentSet([world.person(row) for row in range(world.state.population)], random=world.random)


def mood(person) -> int:
    return getattr(person, "mood", -1)


# --- sets of cast and plain people ---------------------------------------------------------------


@pytest.mark.parametrize("name", ["posts", "comments", "reactions", "messages", "groups", "contacts", "profile", "links"])
def test_get_is_mesas_own(world, mesas, name):
    assert world.agents.get(name) == mesas.get(name)


def test_a_class_may_say_something_else_under_the_name_of_an_array(world):
    assert [world.agents.get("posts")[row] for row in (3, 7, 8, 50)] == [103, 107, 108, 150]


def test_attributes_that_only_the_cast_have_are_mesas_own(world, mesas):
    assert world.agents.get("mood", "default", -1) == mesas.get("mood", "default", -1)
    for people in (world.agents, mesas):
        with pytest.raises(AttributeError, match="mood"):
            people.get("mood")
    ours, theirs = world.agents.select(agent_type=Moody), mesas.select(agent_type=Moody)
    assert ours.get("mood") == theirs.get("mood") == [0, 1, 2, 2]
    assert ours.get(["mood", "birthday"]) == theirs.get(["mood", "birthday"])
    for function in (sum, [min, max]):
        assert ours.agg("mood", function) == theirs.agg("mood", function)


@pytest.mark.parametrize(
    "how",
    [
        dict(agent_type=Moody),
        dict(agent_type=VeryMoody),
        dict(agent_type=Person),
        dict(agent_type=mesa.Model),
        dict(agent_type=Moody, at_most=2),
        dict(agent_type=Moody, at_most=0.05),
        dict(agent_type=Moody, filter_func=lambda person: mood(person) == 2),
        dict(agent_type=Moody, filter_func=lambda person: mood(person) == 2, at_most=1),
        dict(filter_func=lambda person: person.posts > 90),
    ],
)
def test_select_is_mesas_own(world, mesas, how):
    assert list(world.agents.select(**how)) == list(mesas.select(**how))


def test_select_keeps_the_order_of_the_crowd(world):
    backwards = world.agents.sort("row")
    assert backwards.select(agent_type=Moody).get("row") == [50, 8, 7, 3]


def test_selecting_the_cast_makes_nobody_else(world):
    world.agents.select(agent_type=Moody)
    world.agents.get("posts")
    world.agents.groupby("member").agg("contacts", max)
    assert set(world._people) == {3, 7, 8, 50}


@pytest.mark.parametrize("key", [mood, "posts", "birthday"])
@pytest.mark.parametrize("ascending", [True, False])
def test_sort_is_mesas_own(world, mesas, key, ascending):
    assert list(world.agents.sort(key, ascending)) == list(mesas.sort(key, ascending))


@pytest.mark.parametrize("by", [mood, type, "member"])
def test_groupby_is_mesas_own(world, mesas, by):
    ours, theirs = world.agents.groupby(by), mesas.groupby(by)
    assert {key: list(some) for key, some in ours} == {key: list(some) for key, some in theirs}
    assert ours.agg("posts", max) == theirs.agg("posts", max)
    assert ours.count() == theirs.count()


def test_shuffle_do_reaches_each_of_the_cast_once(world):
    cast = world.agents.select(agent_type=Moody)
    before = cast.get("mood")
    cast.shuffle_do("cheer_up")
    assert cast.get("mood") == [value + 10 for value in before]
    assert isinstance(cast, Crowd)


def test_types_are_those_that_mesa_finds(world):
    assert world.agent_types == [Person, Moody, VeryMoody]
    found = {kind: crowd.get("row") for kind, crowd in world.agents_by_type.items()}
    assert found == {
        Person: [row for row in range(60) if row not in (3, 7, 8, 50)],
        Moody: [3, 7, 50],
        VeryMoody: [8],
    }


# --- collectors ----------------------------------------------------------------------------------


def test_agents_are_collected_by_name_and_by_function(world):
    world.datacollector = mesa.DataCollector(
        model_reporters={"members": lambda model: model.agents.agg("member", sum)},
        agent_reporters={"minutes": "minutes", "mood": mood},
        agenttype_reporters={Moody: {"posts": "posts"}},
    )
    for _ in range(3):
        world.step()
    assert world.datacollector.get_model_vars_dataframe()["members"].tolist() == [world.state.people.member.sum()] * 3
    frame = world.datacollector.get_agent_vars_dataframe()
    assert frame.index.names == ["Step", "AgentID"]
    assert len(frame) == 3 * 60
    last = frame.loc[3]
    assert last["minutes"].tolist() == pytest.approx(world.state.people.minutes.tolist())
    assert last.index.tolist() == list(range(1, 61))
    assert last["mood"][last["mood"] >= 0].to_dict() == {4: 0, 8: 1, 9: 2, 51: 2}
    by_type = world.datacollector.get_agenttype_vars_dataframe(Moody)
    assert by_type.loc[1]["posts"].to_dict() == {4: 103, 8: 107, 51: 150}


# --- batch runs ----------------------------------------------------------------------------------


def test_batch_run_makes_worlds_of_plain_values(tiny):
    found = mesa.batch_run(
        sim.World,
        {"study": tiny.file, "arm": ["none", "wall"], "seed": [1, 2], "people": 40, "years": 1},
        iterations=2,
        max_steps=4,
        data_collection_period=2,
        display_progress=False,
    )
    assert {(row["arm"], row["seed"], row["iteration"]) for row in found} == {
        (arm, seed, again) for arm in ("none", "wall") for seed in (1, 2) for again in (0, 1)
    }
    assert len(found) == 8 * 3
    last = {(row["RunId"]): row for row in found}.values()
    assert {row["day"] for row in last} == {4}  # Mesa tells its steps from 0, as day 0 is
    for seed in (1, 2):
        for arm in ("none", "wall"):
            world = sim.World(tiny, arm, seed, people=40, years=1)
            world.run(4)
            ties = 2 * world.graph.number_of_edges() / 40
            assert {row["ties"] for row in last if (row["arm"], row["seed"]) == (arm, seed)} == {ties}


def test_batch_run_varies_what_a_factory_of_ones_own_takes(tiny):
    class Casting(sim.World):
        def __init__(self, share, seed=None):
            super().__init__(tiny.file, "wall", seed or 1, people=40, years=1)
            self.cast(Moody, range(int(40 * share)))
            self.datacollector = mesa.DataCollector({"moody": lambda model: len(model.agents.select(agent_type=Moody))})

    found = mesa.batch_run(Casting, {"share": [0.0, 0.5]}, max_steps=2, display_progress=False)
    assert [row["moody"] for row in found] == [0, 20]


def test_a_world_goes_on_as_long_as_somebody_steps_it(tiny, grown):
    world = sim.World(tiny, "wall", 1, grown=grown)
    world.run(tiny.horizons[-1])
    world.step()
    assert world.running


def test_a_study_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match="nowhere"):
        sim.World(str(tmp_path / "nowhere.toml"))


# --- the tutorial --------------------------------------------------------------------------------


def test_the_tutorial_runs_as_it_stands(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    names: dict = {}
    said = {}
    for number, block in enumerate(block for block in BLOCKS if block not in PAGE):
        exec(compile(block, "docs/tutorial.md", "exec"), names)
        said[number] = capsys.readouterr().out
        if "author.account()" in block:  # she is wished well in later years too
            account, wishes, words = names["author"].account(), list(names["author"].wishes), names["author"].words[:]
    author, other = names["author"], names["other"]
    assert said[1] == account + "\n"
    assert said[2].count(" remembered (") == sum(day == author.birthday for day, *_ in wishes) > 0
    assert sum(day == author.false_birthday for day, *_ in wishes) > 3 * said[2].count("remembered")
    assert said[3].count('"happy non-birthday"') == len(words) > 0
    assert said[4] == other.person(author.row).account() + "\n"
    assert other.person(author.row).fooled.total() == 0
    assert {"none", "wall"} == {row["arm"] for row in names["rows"]}
    assert names["eager"].settings.prompts.slope.value < 2
    assert_the_eighth_culture_is_compared(names, next(text for text in said.values() if "eighth" in text))
    assert 0 < sum(not person.member for person in names["tired"]) < 49


def assert_the_eighth_culture_is_compared(names: dict, shown: str) -> None:
    """The made-up profile differs from us in what was made up alone, and the table compares the two."""
    us, eighth = (names["crossed"].profiles[name] for name in ("us", "eighth"))
    differs = {name for name in type(us).model_fields if name != "name" and getattr(us, name) != getattr(eighth, name)}
    assert differs == {*names["made_up"]}
    rows = {row["profile"]: row for row in names["effects"].iter_rows(named=True)}
    assert rows.keys() == {"us", "eighth"}
    assert rows["us"]["difference"] is None
    assert rows["eighth"]["difference"] == pytest.approx(rows["eighth"]["effect"] - rows["us"]["effect"])
    assert rows["eighth"]["difference"] != 0
    assert rows["eighth"]["assumed"] == rows["us"]["assumed"] + len(differs)
    assert all(word in shown for word in ("difference", "assumed", *rows, rows["us"]["word"]))


def test_the_tutorial_shows_what_it_prints_in_the_shape_it_has():
    shown, who = re.findall(r"```text\n(.*?)```", TUTORIAL, re.DOTALL)
    head, *rows = shown.splitlines()
    assert head.split() == ["circle", "false", "day", "nonbirthday", "true", "day"]
    numbers = np.array([row.split()[1:] for row in rows], int)
    assert (numbers[:-1].sum(axis=0) == numbers[-1]).all()
    assert len(who.splitlines()) == numbers[-1, 1]


@pytest.mark.filterwarnings("ignore")
def test_a_page_of_solara_steps_and_resets_a_world(monkeypatch):
    solara = pytest.importorskip("solara", reason='pages need pip install "mesa[viz]" "ipyvuetify<2"')
    vuetify = pytest.importorskip("ipyvuetify")
    if not hasattr(vuetify, "TabsItems"):
        pytest.skip("Mesa's pages need ipyvuetify 1")
    monkeypatch.chdir(ROOT)
    (block,) = PAGE
    names: dict = {}
    exec(compile(block, "docs/tutorial.md", "exec"), names)
    shown = solara.reactive(names["world"])

    @solara.component
    def Page():
        with solara.AppLayout():
            names["SolaraViz"](shown, **names["page"].kwargs)

    _, page = solara.render(Page(), handle_error=False)

    def press(label: str) -> None:
        (button,) = (one for one in page.find(vuetify.Btn).widgets if label in one.children)
        button.click()

    press("Step")
    press("Step")
    assert shown.value is names["world"]
    assert (shown.value.day, shown.value.arm) == (2, "wall")
    press("Reset")
    assert shown.value is not names["world"]
    press("Step")
    assert (shown.value.day, shown.value.state.population) == (1, 100)
    page.close()
