"""Every table says what it is from and how it is made again, as does every figure."""

import io
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pandas
import polars as pl
import pytest
from PIL import Image

from sim.figures import verdict
from sim.figures.drawing import draw
from sim.scenario.reading import load
from sim.study import lives, provenance, record, single, tables
from sim.study.contrast import compare
from sim.study.experiment import scenario_hash, sweep


@pytest.fixture(scope="module")
def asked(a_study):
    sizes = "{ quick = { people = 20 } }"
    return Path(a_study(name="told", people=30, burn_in='"1y"', seeds=3, sizes=sizes).file)


@pytest.fixture(scope="module")
def swept(asked, tmp_path_factory):
    folder = tmp_path_factory.mktemp("swept")
    sweep(load(asked), folder, "quick")
    compare(folder)
    return folder


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


def test_every_table_of_a_study_says_what_it_is_from(asked, swept):
    study = load(asked).at("quick")
    made = f"sim sweep {asked} --size quick"
    about = record.read(swept, "study.json")
    assert (about["file"], about["size"], about["command"]) == (str(asked), "quick", made)
    for name in ("runs", "measures", "pairs"):
        found = tables.provenance(swept, name)
        assert found == ("told", scenario_hash(study), about["version"], "1-3", made)
    for name in ("contrasts", "verdict"):
        first = tables.path(swept, name).read_text().splitlines()[0]
        assert first == (
            f"# unbirthday {name}, format 1; study told; hash {scenario_hash(study)}; version {about['version']}; seeds 1-3; "
            f"command {made} && sim compare results/told/.work/quick"
        )


def test_the_default_size_needs_no_option(asked):
    study = load(asked)
    assert provenance.asked(study, "default")["command"] == f"sim sweep {asked}"
    assert provenance.asked(study.at_points([{"prompts.slope": 1.0}]), "quick")["command"] == ""


def test_what_a_table_says_can_be_read_by_everybody(swept):
    file, seal = tables.path(swept, "verdict"), [""]
    assert pl.read_csv(file, comment_prefix="#")["seal"].unique().to_list() in (seal, [None])
    assert pandas.read_csv(file, comment="#")["contrast"][0] == "prompt"
    assert duckdb.read_csv(str(file), skiprows=1, header=True).columns == list(tables.SCHEMAS["verdict"])
    assert tables.read(swept, "verdict")["seal"].unique().to_list() == seal


def test_a_single_run_and_a_tie_say_their_own_command(asked, tmp_path):
    events = tmp_path / "log" / "acts.parquet"
    single.run_one(load(asked), tmp_path / "run", "wall", people=20, seed=4, events=events)
    made = f"sim run {asked} --arm wall --people 20 --seed 4 --events {events}"
    for folder, name in (("run", "runs"), ("run", "measures"), ("log", "people"), ("log", "ties")):
        found = tables.provenance(tmp_path / folder, name)
        assert (found.study, found.seeds, found.command) == ("told", "4", made)
        assert found.hash == tables.read(tmp_path / "run", "runs")["scenario_hash"][0][:12]
    lives.live_ties(load(asked), tmp_path / "tie", people=20, seed=4, point=0)
    for name in ("tie_days", "tie_acts"):
        assert tables.provenance(tmp_path / "tie", name).command == f"sim tie {asked} --people 20 --seed 4 --point 0"


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_a_figure_says_in_its_file_what_it_is_from(swept, tmp_path, kind, monkeypatch):
    monkeypatch.setattr("sim.figures.drawing.FIGURES", {"verdict": verdict.figure})
    (file,) = draw(swept, "fr", (kind,), tmp_path)
    made = record.read(swept, "study.json")
    again = f"sim compare results/told/.work/quick && sim draw results/told/.work/quick --lang fr --format {kind}"
    said = f"study told; hash {made['scenario']}; version {made['version']}; seeds 1-3; command {made['command']} && {again}"
    assert said in metadata(file)["about"]
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
