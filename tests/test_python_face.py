"""What Python finds in `sim`: a name for all that the command line does; arguments as pandas, networkx and EMA hand them out."""

import ast
import inspect
import pkgutil
import platform
import pydoc
import re
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

import mesa
import networkx as nx
import numpy as np
import pandas as pd
import polars as pl
import pytest
from worlds import assert_identical

import sim
from sim.__main__ import app, data
from sim.errors import InputError
from sim.study.sweep import grown as store
from sim.world.agents import ATTRIBUTES
from sim.world.arguments import OF_A_WORLD

# --- names -------------------------------------------------------------------------------------------

ROOT = Path(__file__).parents[1]
OTHER_NAMES = {"list": "list_datasets"}  # of `sim data list`


def test_all_public_names_are_seen_and_explained():
    assert set(sim.__all__) == set(sim._HOME) == {name for name in dir(sim) if not name.startswith("__")}
    page = pydoc.plain(pydoc.render_doc(sim))
    for name, (_, words) in (pair for names in sim._PUBLIC.values() for pair in names.items()):
        assert inspect.getdoc(getattr(sim, name)), name
        assert re.search(rf"^ +{name} +{re.escape(words)}$", page, re.MULTILINE), name  # the table at its top
        assert re.search(rf"^ +(class )?{name}\b.*[(=]", page, re.MULTILINE), name  # and at length


def test_editors_and_type_checkers_see_the_names_that_there_are():
    tree = ast.parse(Path(sim.__file__).read_text("utf-8"))
    (block,) = [node for node in tree.body if isinstance(node, ast.If)]
    seen = {each.asname or each.name: f"{node.module}.{each.name}" for node in block.body for each in node.names}
    assert seen == sim._HOME


FUNCTIONS = {name: getattr(sim, name) for name in sim.__all__ if inspect.isfunction(getattr(sim, name))}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_a_function_takes_is_explained(name):
    explained = inspect.getdoc(FUNCTIONS[name])
    unexplained = [each for each in inspect.signature(FUNCTIONS[name]).parameters if not re.search(rf"\b{each}\b", explained)]
    assert unexplained == []


def test_the_tutorial_lists_every_name():
    page = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
    listed = page.split("## All that `sim` has")[1].split("\n## ")[0]
    assert {name for name in sim.__all__ if not re.search(rf"`sim\.{name}\b", listed)} == set()


# --- the command line and Python have the same -----------------------------------------------------------------------

COMMANDS = [*app.registered_commands, *data.registered_commands]


def names_used(function) -> set[str]:
    """The names of `sim` that a function uses."""
    tree = ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function))))
    return {node.attr for node in tree if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "sim"}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name or command.callback.__name__)
def test_a_command_calls_the_public_function_of_its_name(command):
    name = command.name or command.callback.__name__
    assert OTHER_NAMES.get(name, name) in names_used(command.callback) <= set(sim.__all__)


def test_nothing_but_commands_takes_anything_but_modules_from_the_package_itself():
    found = []
    for file in sorted(Path(sim.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import) and "sim" in [each.name for each in node.names] and file.parent.name != "commands":
                found.append(f"{file}: {ast.unparse(node)}")
            if isinstance(node, ast.ImportFrom) and node.module == "sim" and not node.level:
                found += [f"{file}: {each.name}" for each in node.names if each.name not in MODULES]
    assert found == []


MODULES = {module.name for module in pkgutil.iter_modules(sim.__path__)}

ALL_IMPORTED = """
import importlib, pkgutil, sim
for module in pkgutil.walk_packages(sim.__path__, "sim."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
homes = [(name, *sim._HOME[name].rsplit(".", 1)) for name in dir(sim) if name in sim._HOME]
print(len(homes), [name for name, home, last in homes if getattr(sim, name) is not getattr(importlib.import_module(home), last)])
"""


@pytest.mark.slow
def test_no_module_carries_the_name_of_a_function():
    """Once all modules are imported, each is an attribute of the package that holds it: a function of that name would be gone."""
    assert not MODULES & set(sim.__all__)
    done = subprocess.run([sys.executable, "-c", ALL_IMPORTED], capture_output=True, text=True, check=True)
    assert done.stdout == f"{len(sim.__all__)} []\n"


def test_importing_costs_nothing_and_a_wrong_name_is_an_error():
    asked = "import sim, sys; dir(sim); print({'mesa', 'numba', 'polars', 'pydantic', 'networkx', 'numpy'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout == "set()\n"
    with pytest.raises(AttributeError, match="regoin"):
        sim.regoin  # noqa: B018


# --- studies -----------------------------------------------------------------------------------------


def test_a_study_is_made_of_text_and_of_a_dict(tiny):
    text, folder = Path(tiny.file).read_text("utf-8"), Path(tiny.file).parent
    said = tomllib.loads(text)
    said["people"], said["claims"] = np.int64(said["people"]), ()
    for made in (sim.study_from(text, folder), sim.study_from(said, str(folder), "mine")):
        assert made.model_copy(update={"name": tiny.name, "file": tiny.file}) == tiny
    assert made.name == "mine"
    assert sim.World(made, "wall", 1, people=20).arm == "wall"


@pytest.mark.parametrize(
    "said, found",
    [
        ("people = ", "<study>: line 1: "),
        ({"format": 1, "peopel": 3}, "<study>: peopel: unknown key"),
        ({}, "<study>: format: missing"),
        ({1: {}}, "<study>: "),
        ({"format": 1, "question": "a\x1b[2J"}, "<study>: question: "),
        (3, "<study>: a thing of type int; expected TOML text or a dict"),
        ([("format", 1)], "<study>: a thing of type list"),
    ],
)
def test_what_is_no_study_is_refused_as_a_file_would_be(scenarios, said, found):
    with pytest.raises(InputError) as refused:
        sim.study_from(said, scenarios)
    assert found in str(refused.value)


@pytest.mark.parametrize("given", [{"format": 1}, 3, None, b"tiny.toml"])
def test_what_is_no_study_and_no_path_is_refused(given):
    for work in (sim.World, sim.forecast, sim.seal, sim.grow):
        with pytest.raises(InputError, match=r"study: a thing of type .*sim\.study_from"):
            work(given, *(["here"] if work is sim.forecast else []))


# --- arguments of a World ----------------------------------------------------------------------------

KARATE = nx.karate_club_graph()


KINDS = [nx.Graph, nx.MultiGraph, nx.DiGraph, nx.MultiDiGraph, nx.freeze, "file", "path", "given"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: getattr(kind, "__name__", kind))
def test_graphs_come_in_any_form(tiny, tmp_path, kind):
    plain = nx.Graph(KARATE.edges)
    file = tmp_path / "clubs.csv"
    file.write_text("from,to\n" + "".join(f"{a},{b}\n" for a, b in plain.edges), encoding="utf-8")
    graph = {"file": str(file), "path": file, "given": sim.from_networkx(plain)}.get(kind) or kind(plain)
    world, other = (sim.World(tiny, "none", 1, graph=each) for each in (graph, sim.from_networkx(plain)))
    assert world.state.population == 34
    assert world.graph_given.ties == other.graph_given.ties == 78
    assert isinstance(world.graph_given, sim.GivenGraph)


def test_a_data_set_is_known_by_its_name(tiny):
    assert sim.World(tiny, "none", 1, graph="karate").graph_given.name == "karate"


@pytest.mark.parametrize("graph", [3, KARATE.edges, nx.to_numpy_array(KARATE), nx.to_dict_of_lists(KARATE), b"karate", True])
def test_what_is_no_graph_is_refused(tiny, graph):
    with pytest.raises(InputError, match=r"^graph: .*expected a networkx graph, a graph file"):
        sim.World(tiny, "none", 1, graph=graph)


@pytest.mark.parametrize(
    "graph, said",
    [
        (pd.DataFrame({"from": [0], "to": [1]}), "a pandas DataFrame; .* networkx.from_pandas_edgelist\\(TABLE"),
        (pl.DataFrame({"from": [0], "to": [1]}), "a polars DataFrame; .* networkx.from_pandas_edgelist\\(TABLE.to_pandas"),
        (np.eye(3), "a numpy ndarray; .* networkx.from_numpy_array"),
        ([(0, 1)], "a list; .* networkx.Graph"),
    ],
)
def test_what_is_no_graph_is_refused_with_what_makes_one(tiny, graph, said):
    for take in (lambda graph: sim.World(tiny, "none", 1, graph=graph), sim.from_networkx):
        with pytest.raises(InputError, match=f"^graph: {said}"):
            take(graph)


@pytest.mark.parametrize("graph", ["karatee", "nowhere/friends.csv", Path("nowhere.graphml")])
def test_a_graph_that_is_not_there_is_refused(tiny, graph):
    with pytest.raises(InputError, match=r"karate|nowhere"):
        sim.World(tiny, "none", 1, graph=graph)


def test_people_beside_a_graph_are_refused(tiny):
    with pytest.raises(InputError, match=r"people: 20, and a graph"):
        sim.World(tiny, "none", 1, people=20, graph=KARATE)


def test_the_graph_of_the_study_itself_is_where_its_world_begins(a_study):
    world = sim.World(a_study(graph='"karate"', name="clubs"), "none", 1)
    assert (world.state.population, world.graph_given.name) == (34, "karate")


def test_a_study_keeps_its_hash_where_its_own_graph_is_given_to_it(a_study, scenarios):
    (scenarios / "my-friends.csv").write_text("from,to\nann,bob\nbob,cem\n", encoding="utf-8")
    study = a_study(graph='"my-friends.csv"', name="friends")
    for given in (None, scenarios / "my-friends.csv", nx.path_graph(4)):
        assert sim.World(study, "none", 1, graph=given).study.fingerprint("none") == study.fingerprint("none")


def test_what_a_graph_measured_holds_in_its_world(tiny):
    graph = KARATE.copy()
    graph.graph["chance_minutes"] = 2.5
    world = sim.World(tiny, "none", 1, graph=graph)
    assert world.society.channels.chance.minutes.value == world.branch("wall").society.channels.chance.minutes.value == 2.5


@pytest.mark.parametrize("name, wrong", [
    *(("people", one) for one in (0, -1, 10**9, 2.5, "20", True, np.float64(3.5), np.nan, np.inf, [20])),
    *(("years", one) for one in (-1, 10**6, 1.5, "1", False)),
    *(("threads", one) for one in (0, -1, 10**6, 2.5, None.__class__)),
])  # fmt: skip
def test_numbers_that_no_world_can_have_are_refused_with_the_range(tiny, name, wrong):
    with pytest.raises(InputError, match=rf"^{name}: .*expected a whole number from \d.* to \d"):
        sim.World(tiny, "none", 1, **{"people": 20} | {name: wrong})


def test_whole_numbers_may_come_as_floats(tiny):
    """Sliders and pandas hand out such."""
    worlds = [sim.World(tiny, "wall", seed, people=people, years=1.0) for seed, people in ((3, 20), (3.0, np.float64(20)))]
    assert_identical(worlds[0].state, worlds[1].state)


def test_a_point_that_is_wrong_is_named_as_such(tiny):
    with pytest.raises(InputError, match=r"^point: nope: unknown name 'nope'.*\npoint: substitution: 5 is too large"):
        sim.World(tiny, point={"nope": 1, "substitution": 5})


@pytest.mark.parametrize("name", ["prompts.slope", "prompts__slope", "platform__prompts__slope"])
def test_a_setting_is_a_keyword_with_dots_or_underscores(tiny, grown, name):
    world = sim.World(tiny, "wall", 1, grown=grown, **{name: np.float64(0.5)})
    assert world.platform.settings.prompts.slope.value == 0.5
    assert world.branch("wall").platform.settings.prompts.slope.value == 0.5
    by_point = sim.World(tiny, "wall", 1, grown=grown, point={"prompts.slope": 0.5})
    world.run(2)
    by_point.run(2)
    assert_identical(world.state, by_point.state)


@pytest.mark.parametrize("named, found", [
    ({"peopel": 3}, r"^peopel: neither an argument of World nor a setting.*perhaps you meant 'people'"),
    ({"prompts__slop": 3}, r"^prompts__slop: neither .*perhaps you meant 'prompts.slope'"),
    ({"prompts.slope": 1, "prompts__slope": 2}, r"platform\.prompts\.slope is given twice"),
    ({"prompts.slope": "steep"}, r"^prompts\.slope: .*steep.*expected a number"),
    ({"prompts__birthday": True, "arm": "no-prompt"}, r"prompts\.birthday: True, and arm 'no-prompt' sets False"),
])  # fmt: skip
def test_keywords_that_mean_nothing_are_refused(tiny, grown, named, found):
    with pytest.raises(InputError, match=found):
        sim.World(tiny, **{"arm": "wall", "seed": 1, "grown": grown} | named)


def test_messages_know_every_argument_of_a_world():
    assert {"self", "kwargs", *OF_A_WORLD} == inspect.signature(sim.World.__init__).parameters.keys()


def test_a_batch_varies_a_setting(tiny):
    asked = {"study": tiny.file, "arm": "wall", "seed": 1, "people": 20, "years": 1, "prompts__slope": [0.0, 8.0]}
    found = mesa.batch_run(sim.World, asked, max_steps=3, display_progress=False)
    assert [row["prompts__slope"] for row in found] == [0.0, 8.0]


def test_a_page_takes_a_slider_for_a_setting():
    """Mesa's own check of a page's parameters, which needs nothing that pages need."""
    source = (Path(mesa.__file__).parent / "visualization" / "solara_viz.py").read_text("utf-8")
    check = next(one for one in ast.parse(source).body if getattr(one, "name", "") == "_check_model_params")
    names: dict = {"inspect": inspect}
    exec(compile(ast.Module([check], []), "solara_viz.py", "exec"), names)
    names["_check_model_params"](sim.World.__init__, {"study": "a.toml", "prompts.slope": 1, "prompts__slope": 2, "seed": 3})


@pytest.mark.parametrize("wrong", [
    {"arm": 3}, {"arm": ["wall"]}, {"arm": "wal"}, {"engine": 3}, {"engine": None}, {"point": 3.5}, {"point": {3: 1}},
    {"grown": 3}, {"grown": "x"}, {"other_luck": 3}, {"other_luck": ("a", "b")}, {"other_luck": (1,)}, {"study": ""},
])  # fmt: skip
def test_a_world_of_anything_else_is_refused(tiny, wrong):
    with pytest.raises(InputError):
        sim.World(**{"study": tiny, "arm": "wall", "seed": 1, "people": 20, "years": 1} | wrong)


@pytest.mark.parametrize("work", [
    lambda world: world.run(-1),
    lambda world: world.run(1.5),
    lambda world: world.ego(0, -1),
    lambda world: world.sample_graph(0),
    lambda world: world.branch(3),
    lambda world: world.cast(sim.Author, [4], false_birthday=400),
    lambda world: world.platform.set(3),
    lambda world: world.person(3).invite(4),
    lambda world: world.person(3).tie("Ann"),
    lambda world: world.person(3).tie(world.branch("wall").person(4)),
])  # fmt: skip
def test_what_a_world_cannot_do_is_refused(tiny, grown, work):
    with pytest.raises(InputError):
        work(sim.World(tiny, "wall", 1, grown=grown))


# --- societies grown once ----------------------------------------------------------------------------


def test_a_society_is_grown_once_and_begins_the_same_world(tiny, tmp_path, monkeypatch):
    asked = {"seed": np.int64(4), "people": 20, "years": 1}
    first = sim.grow(tiny.file, folder=str(tmp_path), **asked)
    monkeypatch.setattr(store, "grow", lambda *_: pytest.fail("grown again"))
    again = sim.grow(tiny, "none", folder=tmp_path, **asked)
    monkeypatch.undo()
    worlds = [sim.World(tiny, "wall", 4, people=20, grown=one) for one in (first, again)] + [sim.World(tiny, "wall", **asked)]
    for world in worlds:
        world.run(3)
        assert_identical(world.state, worlds[0].state)
    (kept,) = sim.grown(str(tmp_path))
    assert (kept["people"], kept["years"], kept["seed"]) == (20, 1, 4)


@pytest.mark.parametrize("wrong", [{"people": 20}, {"years": 5}, {"graph": KARATE}])
def test_another_society_is_not_taken(tiny, grown, wrong):
    with pytest.raises(InputError, match=r"grown: a society of (60 people|2 years grown); expected one of"):
        sim.World(tiny, "wall", 1, grown=grown, **wrong)


# --- people ------------------------------------------------------------------------------------------


def outside(name: str):
    bound, kind = ATTRIBUTES[name].bound, ATTRIBUTES[name].kind
    wrong = [bound.low - 1, bound.high + 1, 10**400, np.nan, np.inf, -np.inf, "3", None, [1]]
    return wrong + ([] if kind is bool else [True]) + ([] if kind is float else [bound.low + 0.5])


@pytest.mark.parametrize("name", ["row", "unique_id"])
def test_who_a_person_is_cannot_be_changed(tiny, grown, name):
    world = sim.World(tiny, "wall", 1, grown=grown)
    for write in (lambda: setattr(world.person(4), name, 3), lambda: world.agents.set(name, 3)):
        with pytest.raises(AttributeError, match=f"{name} of person [04] says who it is"):
            write()
    assert (world.person(4).row, world.person(4).unique_id) == (4, 5)


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_what_no_person_can_have_is_refused_and_changes_nothing(tiny, grown, name):
    world = sim.World(tiny, "wall", 1, grown=grown)
    person, before = world.person(4), world.state.copy()
    for wrong in outside(name):
        for write in (lambda wrong=wrong: setattr(person, name, wrong), lambda wrong=wrong: world.agents.set(name, wrong)):
            with pytest.raises(InputError, match=rf"^{name} of person \d+: .*expected a (whole )?number from .* to "):
                write()
    assert_identical(world.state, before)
    bound, kind = ATTRIBUTES[name].bound, ATTRIBUTES[name].kind
    for value in (bound.low, bound.high, np.float32(1) if kind is float else np.int8(1)):
        setattr(person, name, value)
        assert getattr(person, name) == value


@pytest.mark.parametrize("date", [-1, 365, 3.5, "1", True, np.nan])
def test_a_day_that_no_year_has_is_not_shown(tiny, grown, date):
    with pytest.raises(InputError, match=r"show of person 4: .*from 0 to 364"):
        sim.World(tiny, "wall", 1, grown=grown).person(4).show(date)


def test_a_person_is_found_by_row_and_by_label(tiny):
    world = sim.World(tiny, "none", 1, graph=nx.Graph([("Ann", "Bob"), ("Bob", "3")]))
    assert world.person("Bob") is world.person(1) is world.person(np.int64(1))
    assert world.person("3").row == 2
    assert set(world.ego("Ann")) == {0, 1}
    with pytest.raises(InputError, match=r"nobody is 'Anne'.*perhaps you meant 'Ann'"):
        world.person("Anne")
    for wrong in (1.0, None, True, "", ("Ann",)):
        with pytest.raises(InputError, match=r"^person: "):
            world.person(wrong)


# --- what the data collector has ---------------------------------------------------------------------


def test_the_first_row_is_day_0_and_closeness_is_that_of_people(tiny, grown):
    world = sim.World(tiny, "none", 1, grown=grown)
    people = [sum(person.closeness for person in world.agents) / 60]
    for _ in range(2):
        world.step()
        people.append(sum(person.closeness for person in world.agents) / 60)
    frame = world.datacollector.get_model_vars_dataframe()
    assert frame["day"].tolist() == [0, 1, 2]
    assert frame["closeness"].tolist() == pytest.approx(people)


# --- folders, files, progress ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def swept(a_study, tmp_path_factory):
    """A small study and its sweep, both given as text, and what was told of the progress."""
    study, told = a_study(name="face", people=20, burn_in='"1y"'), []
    folder = tmp_path_factory.mktemp("results") / "face"
    summary = sim.sweep(study.file, str(folder), progress=lambda step: told.append(step[:3]))
    return study, str(folder), summary, told


def test_folders_and_files_are_text(swept, tmp_path, monkeypatch):
    study, folder, summary, _ = swept
    assert summary.done == 2
    compared = sim.compare(folder)
    assert sim.query("select count(*) from verdict", folder).rows == [(compared.verdicts.height,)]
    assert sim.precision(folder).height
    assert sim.forecast(study.file, folder).done == 2
    assert sim.draw(folder, out=str(tmp_path / "figures"), only=["verdict"])
    run = sim.query("select run_id from runs where arm = 'wall' and seed = 1", folder).rows[0][0]
    sim.show(run, folder).must_be_the_same()
    assert sim.check(study.file) == []
    monkeypatch.chdir(tmp_path)
    _, file = sim.seal(study.file)
    assert file.is_file()
    file.unlink()


def test_progress_is_told_in_one_way(swept, tmp_path):
    study, _, _, told = swept
    assert told == [("units", 0, 2), ("units", 1, 2), ("units", 2, 2)]
    said = []
    one = sim.run(study.file, str(tmp_path / "run"), "wall", people=np.int64(10), years=1, seed=np.int64(2),
                  events=str(tmp_path / "events.parquet"), progress=lambda step: said.append(step[:3]))  # fmt: skip
    assert one.run["people"] == 10
    assert {file.stem for file in one.files} == {"events", "people", "ties", "measures", "runs"}
    assert said[0] == ("days of growing", 0, 365)
    assert said[-1] == ("days in 'wall'", 365, 365)
    said.clear()
    files = sim.tie(study.file, str(tmp_path / "tie"), (0, 1), people=10, years=1, progress=lambda step: said.append(step[:3]))
    assert all(file.is_file() for file in files)
    assert {word[0] for word in said} >= {"days in 'wall'"}


@pytest.mark.parametrize("progress, lines", [(True, ["units: 2 of 2"]), (None, []), (False, [])])
def test_progress_is_lines_where_it_is_wanted_and_there_is_no_terminal(swept, capsys, progress, lines):
    study, folder, *_ = swept
    sim.sweep(study, folder, progress=progress)
    assert capsys.readouterr().err.splitlines() == lines


def test_much_work_is_refused_where_python_code_asks_for_it(a_study, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    many = a_study(name="many", people=20, burn_in='"1y"', vary='"prompts.slope" = { points = 101 }', seeds=100).file
    asked = ((sim.sweep, {}), (sim.why, {"seeds": 10_000}), (sim.region, {"points": 100_000}))
    for work, more in asked:
        with pytest.raises(InputError, match="at most 10000 units"):
            work(many, before=sim.Workload.refuse_too_much, **more)
    assert not Path("results").exists()


def test_results_go_where_the_command_line_puts_them(a_study, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    single = sim.run(a_study(name="usual", people=10, burn_in='"1y"'), years=1)
    assert {file.parent for file in single.files} == {Path("results/usual/.work/run")}


@pytest.mark.parametrize("progress", ["yes", 3, []])
def test_what_is_no_progress_is_refused(swept, progress):
    with pytest.raises(InputError, match=r"progress: .*expected True, False, None, or a function"):
        sim.sweep(*swept[:2], progress=progress)


def test_a_run_from_a_graph_in_no_file_names_no_command(tiny, tmp_path):
    from sim.study.records import tables

    sim.run(tiny, tmp_path, "none", years=1, graph=nx.path_graph(5))
    assert tables.provenance(tmp_path, "runs").command == ""


# --- how things show themselves ------------------------------------------------------------------------


def summary_of_region():
    from sim.study.robustness.region import Summary

    return Summary(Path("here"), "prompt", 5, 0, (), {"region": "a large table\n" * 100})


def test_things_show_themselves_in_a_line(swept, tiny, grown):
    study, folder, summary, _ = swept
    world = sim.World(tiny, "wall", 1, grown=grown)
    told = [
        (world, "tiny", "wall", "seed 1", "day 0", "60 people"),
        (study, "face", "3 arms", "20 people"),
        (world.agents, "60 people"),
        (world.person(3), "3"),
        (grown, "60 people", "2 years"),
        (sim.from_networkx(KARATE, "clubs"), "clubs", "34 people", "78 ties"),
        (sim.compare(folder), "verdict"),
        (summary, "2 units"),
        (summary_of_region(), "'prompt'", "5 simulated"),
        (sim.forecast(study, folder), "2"),
    ]
    for thing, *words in told:
        for text in (repr(thing), str(thing)):
            assert len(text) < 300, text
            assert "\n" not in text
            for word in words:
                assert word in text


FREED = """
import os, sys
import numpy as np
if sys.argv[1] == "sim":
    import sim

def arrays():
    return [(np.full(2_000_000, 1.0), np.full(25_000, 1.0)) for _ in range(20)]  # 16 MB each, with a small one behind it

first = arrays()
del first  # from now on glibc keeps blocks of this size
small = [few for _, few in arrays()]
print(int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20)
"""


def megabytes_held(by: str) -> int:
    """Of a new process that made and freed 320 MB of arrays, with numpy alone or with sim."""
    done = subprocess.run([sys.executable, "-c", FREED, by], capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc" or not Path("/proc/self/statm").exists(), reason="only glibc keeps freed blocks"
)
def test_memory_of_freed_arrays_goes_back_to_the_system():
    assert megabytes_held("sim") < 150 < 250 < megabytes_held("numpy")
