"""The wheel that users install: from it alone, without this repository, a folder of one's own works, and types are there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import openpyxl
import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
OURS = ("PYTHONPATH", "MAKEFLAGS", "MAKELEVEL", "SIM_STORE")
TYPED = """
import sim

study = sim.load("mine.toml")
reveal_type(study)
reveal_type(sim.new)
sim.sweep(study, jobs="two")
sim.no_such_name
"""


def called(*command, cwd, **environment) -> str:
    """What a command printed. Nothing of this repository is on the path of Python."""
    settings = {name: value for name, value in os.environ.items() if name not in OURS} | environment
    done = subprocess.run([str(word) for word in command], cwd=cwd, capture_output=True, text=True, env=settings, timeout=200)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy of the sources: a build in the repository would leave files there."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    for name in ("sim", "scenarios"):
        shutil.copytree(ROOT / name, source / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    build = (sys.executable, "-m", "pip", "wheel", ".", "--no-deps", "--no-build-isolation", "--no-index", "-w", out)
    called(*build, cwd=source, PYTHONPATH=os.environ.get("PYTHONPATH", ""))
    (file,) = out.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def environment(wheel, tmp_path_factory):
    """An environment with the wheel. What the wheel needs is taken from this one, as no network may be there."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    called(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel, cwd=folder)
    packages = Path(called(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    others = [path for path in sys.path if Path(path).is_dir() and not Path(path).is_relative_to(ROOT)]
    others += [path for path in sys.path if Path(path).is_relative_to(ROOT / ".venv")]
    (packages / "others.pth").write_text("\n".join(others))
    return folder


def test_the_wheel_has_scenarios_templates_words_and_types(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {f"sim/scenarios/{file.relative_to(ROOT / 'scenarios')}" for file in (ROOT / "scenarios").rglob("*.*")}
    assert {name for name in shipped if name.endswith((".toml", ".csv"))} <= names
    assert {f"sim/scenario/templates/{file.name}" for file in (ROOT / "sim/scenario/templates").iterdir()} <= names
    assert {"sim/py.typed", "sim/text/en.ftl", "sim/text/fr.ftl"} <= names
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"sim"}


def test_a_folder_of_ones_own_works_without_the_repository(environment, tmp_path):
    bins = str(environment / "bin")
    # Kernels run as plain Python: numba would compile them anew for each place of a package
    settings = {"PATH": os.pathsep.join([bins, os.environ["PATH"]]), "NUMBA_DISABLE_JIT": "1", "MPLBACKEND": "Agg"}
    made = called(environment / "bin" / "sim", "new", "mine", "--lang", "fr", cwd=tmp_path, **settings)
    assert made == "written: mine; mine/README.md says how to go on\n"
    folder = tmp_path / "mine"
    where = called(environment / "bin" / "python", "-c", "import sim; print(sim.__file__)", cwd=folder, **settings)
    assert where.startswith(str(environment))
    study = folder / "scenarios" / "mine.toml"
    text = study.read_text("utf-8")
    for line, small in (("people = 200", "people = 12"), ('"until-steady"', '"1y"'), ("seeds = 4", "seeds = 1")):
        assert text.count(line) == 1
        text = text.replace(line, small)
    study.write_text(text, "utf-8")
    said = called("make", "figures", "spreadsheet", "JOBS=1", cwd=folder, **settings)
    assert re.search(r"^prompt \* .* 1y ", said, re.MULTILINE)
    results = {file.name for file in (folder / "results" / "mine").iterdir() if file.is_file()}
    assert results >= {"verdict.fr.svg", "verdict.fr.png", "mine.xlsx"}
    assert "verdict" in openpyxl.load_workbook(folder / "results" / "mine" / "mine.xlsx").sheetnames
    assert {path.name for path in folder.iterdir()} == {"Makefile", "README.md", "scenarios", "results"}


def test_type_checkers_see_the_types(environment, tmp_path):
    (tmp_path / "typed.py").write_text(TYPED)
    python = environment / "bin" / "python"
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--python-executable", python, "--cache-dir", tmp_path, "typed.py"],
        cwd=tmp_path, capture_output=True, text=True, env={key: value for key, value in os.environ.items() if key not in OURS},
    )  # fmt: skip
    said = done.stdout
    assert 'typed.py:5: note: Revealed type is "sim.scenario.study.Study"' in said
    assert "typed.py:6: note: Revealed type is" in said
    assert "Any" not in said.split("typed.py:6:")[1].splitlines()[0]
    assert re.search(r'typed\.py:7: error: Argument "jobs" .* "str"', said)
    assert len(re.findall("error:", said)) == 1 + said.count("no_such_name"), said
