"""Every table says what it is from and how it is made again, as does every figure; nothing names the machine or its user."""

import io
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pandas
import polars as pl
import pytest
from PIL import Image
from typer.testing import CliRunner

from sim.__main__ import app
from sim.errors import InputError
from sim.figures.drawing import draw
from sim.scenario.reading import load
from sim.study.judging.contrast import compare
from sim.study.records import json_files, provenance, tables
from sim.study.records.columns import in_file
from sim.study.records.result_folder import ResultFolder
from sim.study.single import run, tie
from sim.study.sweep.sweeping import scenario_hash, sweep


@pytest.fixture(scope="module")
def asked(a_study):
    sizes = "{ quick = { people = 20 } }"
    return Path(a_study(name="told", people=30, burn_in='"1y"', seeds=3, sizes=sizes).file)


@pytest.fixture(scope="module")
def swept(asked):
    """A sweep asked for in the folder that holds the scenarios, into a folder of one's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(asked.parents[1])
        sweep(load(asked), Path("of one's own"), "quick")
        compare("of one's own")
    return asked.parents[1] / "of one's own"


@pytest.mark.parametrize(
    "seeds, said", [([1], "1"), ([3, 1, 2], "1-3"), ([1, 2, 4, 7, 8, 9, 9], "1-2, 4, 7-9"), (range(1, 21), "1-20"), ([], "")]
)
def test_seeds_that_follow_each_other_are_a_span(seeds, said):
    assert provenance.spans(seeds) == said


def test_a_command_can_be_given_as_it_stands():
    """A shell takes it apart into what it was made of."""
    said = provenance.command("run", "my studies/it's.toml", arm="wall", people=None, seed=7, between=("ann", "b c"))
    echo = f"{sys.executable} -c 'import sys; print(sys.argv[1:])' " + said.removeprefix("sim ")
    taken = subprocess.run(echo, shell=True, capture_output=True, text=True, check=True).stdout.strip()
    assert taken == str(["run", "my studies/it's.toml", "--arm", "wall", "--seed", "7", "--between", "ann", "b c"])


MADE = """sim sweep scenarios/told.toml --size quick --out 'of one'"'"'s own'"""


def test_every_table_of_a_study_says_what_it_is_from(asked, swept):
    study = load(asked).at("quick")
    about = json_files.read(swept, "study.json")
    assert (about["file"], about["size"], about["command"]) == ("scenarios/told.toml", "quick", MADE)
    for name in ("runs", "measures", "pairs"):
        found = tables.provenance(swept, name)
        assert found == ("told", scenario_hash(study), about["version"], "1-3", MADE, "")
    for name in ("contrasts", "verdict"):
        found = tables.provenance(swept, name)
        assert found[:4] == ("told", scenario_hash(study), about["version"], "1-3")
        assert found.digest.startswith(str(ResultFolder(swept).sources(name)))


def test_the_commands_of_tables_and_figures_make_the_same_files_again(asked, swept, tmp_path, monkeypatch):
    """Given as they stand, where the scenarios lie: nothing is simulated again, and no file changes."""
    monkeypatch.chdir(asked.parents[1])
    (figure,) = draw(Path("of one's own"), formats=("svg",), out=Path("drawn"), only=("verdict",))
    said = metadata(figure)["about"].split("command ")[1].split("; digest")[0]
    files = [*sorted(path for path in swept.iterdir() if path.suffix in (".parquet", ".csv", ".json")), figure]
    before = {path: path.read_bytes() for path in files}
    monkeypatch.setattr("sim.study.sweep.sweeping.run_unit", lambda *_: pytest.fail("simulated again"))
    figure.unlink()
    for line in said.split(" && "):
        done = CliRunner().invoke(app, shlex.split(line)[1:])
        assert done.exit_code == 0, done.output
    assert len(said.split(" && ")) == 3
    assert {path: path.read_bytes() for path in files} == before


@pytest.mark.parametrize("absolute", [True, False])
@pytest.mark.parametrize("place", ["project", "scenarios", "elsewhere"])
def test_nothing_names_the_machine_or_its_user(asked, tmp_path, monkeypatch, place, absolute):
    """Wherever the command is given from, and however the study is named: paths lie within, or are names alone."""
    home = tmp_path / "home" / "ann"
    project = home / "project"
    shutil.copytree(asked.parent, project / "scenarios")
    monkeypatch.setattr(Path, "home", lambda: home)
    where = {"project": project, "scenarios": project / "scenarios", "elsewhere": tmp_path}[place]
    monkeypatch.chdir(where)
    file = project / "scenarios" / "told.toml"
    study = load(file if absolute else os.path.relpath(file, where))
    folder = project / "results" / "told" / ".work" / "quick"
    asked_for = provenance.invocation(study, "quick", folder)
    assert "ann" not in json.dumps(asked_for)
    assert str(tmp_path) not in json.dumps(asked_for)
    inside = {"project": "scenarios/told.toml", "scenarios": "told.toml", "elsewhere": "told.toml"}[place]
    assert asked_for["file"] == inside
    assert asked_for["beside"] == "../../../../scenarios/told.toml"
    usual = "sim sweep scenarios/told.toml --size quick"
    assert asked_for["command"] == (usual if place == "project" else "")  # from the others the results lie outside
    assert provenance.study_of(asked_for, folder.parent / "quick").name == "told"


def test_the_default_size_needs_no_option(asked, monkeypatch):
    monkeypatch.chdir(asked.parents[1])
    study, folder = load(asked), Path("results/told/.work/default")
    assert provenance.invocation(study, "default", folder)["command"] == "sim sweep scenarios/told.toml"
    assert provenance.invocation(study.at_points([{"prompts.slope": 1.0}]), "quick", folder)["command"] == ""


@pytest.mark.parametrize("change", ["people", "margins", "question", "society"])
def test_a_study_changed_in_python_has_no_command_and_lies_beside_its_tables(asked, tmp_path, monkeypatch, change):
    monkeypatch.chdir(asked.parents[1])
    study = load(asked)
    response = study.society.response
    response = response.model_copy(update={"substitution": response.substitution.model_copy(update={"value": 0.5})})
    society = study.society.model_copy(update={"response": response})
    wide = study.margins.core.model_copy(update={"value": 0.2})
    other = {
        "people": study.scaled(people=25, seeds=1),
        "margins": study.model_copy(update={"margins": study.margins.model_copy(update={"core": wide})}),
        "question": study.model_copy(update={"question": "Does it really?"}),
        "society": study.model_copy(update={"society": society}),
    }[change]
    folder = Path("changed", change)
    asked_for = provenance.invocation(other, "default", folder)
    assert (asked_for["command"], asked_for["as_run"]) == ("", True)
    tables.write_json(folder, provenance.AS_RUN, provenance.as_run(other, asked_for["file"]))
    again = provenance.study_of(asked_for, folder)
    assert Path(again.file).samefile(asked)
    assert again.model_copy(update={"file": other.file}) == other
    (folder / provenance.AS_RUN).write_text('{"study": {"name": 3}}')
    with pytest.raises(InputError, match=r"as-run\.json: damaged"):
        provenance.study_of(asked_for, folder)


def test_a_run_of_a_study_changed_in_python_is_shown_again(asked, monkeypatch):
    monkeypatch.chdir(asked.parents[1])
    study = load(asked).scaled(people=25, seeds=1)
    sweep(study, Path("changed"))
    run = tables.read("changed", "runs")["run_id"][0]
    done = CliRunner().invoke(app, ["show", run, "--in", "changed"])
    assert done.exit_code == 0, done.output
    assert "measures are the same to the last bit" in done.output


def test_what_a_table_says_can_be_read_by_everybody(swept):
    file = tables.path(swept, "verdict")
    assert pandas.read_csv(file)["contrast"][0] == "prompt"
    assert pl.read_csv(file)["verdict"].to_list() == tables.read(swept, "verdict")["verdict"].to_list()
    assert duckdb.read_csv(str(file)).columns == list(in_file("verdict"))


def test_a_single_run_and_a_tie_say_their_own_command(asked, monkeypatch):
    monkeypatch.chdir(asked.parents[1])
    events = Path("log", "acts.parquet")
    run.run_one(load(asked), Path("results/told/.work/run"), "wall", people=20, seed=4, events=events)
    made = "sim run scenarios/told.toml --arm wall --people 20 --seed 4 --events log/acts.parquet"
    results = "results/told/.work/run"
    for folder, name in ((results, "runs"), (results, "measures"), ("log", "people"), ("log", "ties")):
        found = tables.provenance(folder, name)
        assert (found.study, found.seeds, found.command) == ("told", "4", made)
        assert found.hash == tables.read("results/told/.work/run", "runs")["scenario_hash"][0][:12]
    tie.run_tie(load(asked), Path("tie"), people=20, seed=4, point=0)
    for name in ("tie_days", "tie_acts"):
        made = "sim tie scenarios/told.toml --people 20 --seed 4 --point 0 --out tie"
        assert tables.provenance("tie", name).command == made


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_a_figure_says_in_its_file_what_it_is_from(asked, swept, kind, monkeypatch):
    monkeypatch.chdir(asked.parents[1])
    (file,) = draw(swept, "fr", (kind,), Path("figures"), only=("verdict",))
    made = json_files.read(swept, "study.json")
    place = shlex.quote("of one's own")
    again = f"sim compare {place} && sim draw {place} --lang fr --format {kind} --out figures"
    said = f"study told; hash {made['scenario']}; version {made['version']}; seeds 1-3; command {made['command']} && {again}"
    about = metadata(file)["about"].replace("\\'", "'")
    assert said in about
    assert f"; digest {ResultFolder(swept).sources('figure')}" in about
    assert metadata(file)["by"] == f"unbirthday {made['version']}"


def metadata(file: Path) -> dict[str, str]:
    """What a figure's file says of itself, by other programs' reading."""
    if file.suffix == ".svg":
        root, dc = ElementTree.parse(file).getroot(), "{http://purl.org/dc/elements/1.1/}"
        by = next(root.iter(f"{dc}creator"))
        return {"about": next(root.iter(f"{dc}description")).text, "by": next(by.iter(f"{dc}title")).text}
    if file.suffix == ".png":
        said = Image.open(io.BytesIO(file.read_bytes())).text
        return {"about": said["Description"], "by": said["Creator"]}
    content = file.read_bytes().decode("latin-1")
    return {key: content.split(f"/{name} (")[1].split(")\n")[0] for key, name in (("about", "Subject"), ("by", "Creator"))}
