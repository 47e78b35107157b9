"""What is computed again when a source file changes, and what is not: kernels, runs, and where compiled kernels are kept."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import numba
import pytest
from conftest import slow

from sim import compiled, sources
from sim.sources import ROOT, covered_modules, file_of, modules_importing, version_of

KERNELS = modules_importing(compiled.COMPILING)


@pytest.fixture(scope="module")
def package(tmp_path_factory) -> Path:
    """A copy of the whole program."""
    ignored = shutil.ignore_patterns("__pycache__")
    return shutil.copytree(ROOT, tmp_path_factory.mktemp("copy") / "sim", ignore=ignored)


@cache
def unchanged(package: Path, version) -> str:
    """A version of the whole program as it is."""
    return version(package)


def changed(package: Path, name: str, version, by: str = "# another remark") -> bool:
    """Whether another line in one module gives another version."""
    file, before = file_of(name, package), unchanged(package, version)
    written = file.read_text(encoding="utf-8")
    file.write_text(f"{written}{by}\n", encoding="utf-8")
    now = version(package)
    file.write_text(written, encoding="utf-8")
    return now != before


def loaded_by(names: list[str]) -> set[str]:
    """Modules of the program that Python really loads with these."""
    code = f"import sys; import {', '.join(names)}; print(*(name for name in sys.modules if name.split('.')[0] == 'sim'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT.parent)
    return set(done.stdout.split())


# --- what is covered ------------------------------------------------------------------------------------------------------


def test_each_module_that_a_kernel_reaches_gives_other_kernels(package):
    covered = loaded_by(KERNELS)
    assert {"sim.draws", "sim.compiled", "sim.world.state", "sim.world.luck", "sim.world.kernels.meet"} <= covered
    unnoticed = [name for name in covered if not changed(package, name, compiled.kernels_version)]
    assert unnoticed == []


def test_modules_that_no_kernel_reaches_change_no_kernel(package):
    beside = ["sim.__main__", "sim.errors", "sim.figures.words", "sim.scenario.study", "sim.study.judging.contrast"]
    beside += ["sim.world.model"]
    noticed = [name for name in beside if changed(package, name, compiled.kernels_version)]
    assert noticed == []


@pytest.mark.slow
def test_all_that_a_sweep_runs_gives_other_runs(package, monkeypatch):
    """What reads files, says something or writes tables changes no number."""
    monkeypatch.setattr(sources, "_without_words", cache(sources._without_words))  # all modules but one are as they were
    covered = {name for name in loaded_by(["sim.study.sweep.worker"]) if name.startswith("sim.world")}
    assert {"sim.world.model", "sim.world.growing", "sim.world.rules", "sim.world.measures.people"} <= covered
    of_a_worker = ("sim.study.sweep.worker", "sim.study.sweep.units", "sim.study.sweep.grown")
    of_an_arm = ("sim.scenario.resolving", "sim.scenario.fingerprint")
    for name in (*covered, "sim.draws", "sim.society.population", *of_a_worker, *of_an_arm):
        assert changed(package, name, compiled.rules_version, "ANOTHER = 1"), name
    without_numbers = ("sim", "sim.version", "sim.__main__", "sim.errors", "sim.figures.gallery.verdict", "sim.society.graphs")
    for name in (*without_numbers, "sim.study.records.tables"):
        assert not changed(package, name, compiled.rules_version, "ANOTHER = 1"), name
    assert not changed(package, "sim.world.model", compiled.rules_version, "# another remark")


def test_the_code_counts_and_its_words_do_not(tmp_path):
    texts = {
        "said": '"""A rule."""\n\n\ndef rule(x):\n    """Twice."""\n    return 2 * x  # so\n',
        "bare": "def rule(x):\n    return 2 * x\n",
        "other": "def rule(x):\n    return 3 * x\n",
        "short": 'class Rule: "It rules."\n',
        "renamed": 'class Ruler: "It rules."\n',
    }
    digests = {}
    for name, text in texts.items():
        (tmp_path / name / "pack").mkdir(parents=True)
        (tmp_path / name / "pack" / "rule.py").write_text(text)
        digests[name] = version_of(["pack.rule"], (), tmp_path / name / "pack", words=False)
    assert digests["said"] == digests["bare"] != digests["other"]
    assert digests["short"] != digests["renamed"]


def test_a_module_that_moves_or_is_renamed_shows(tmp_path):
    pack = tmp_path / "pack"
    for folder in ("a", "b"):
        (pack / folder).mkdir(parents=True)
        for name in ("__init__", "x", "y"):
            (pack / folder / f"{name}.py").write_text("x = 1\n")
    (pack / "__init__.py").touch()
    names = [f"pack.{folder}.{name}" for folder in ("a", "b") for name in ("x", "y")]
    assert len({version_of([name], ["pack.a", "pack.b"], pack) for name in names}) == 4


IMPORTS = {
    "import pack.low": True,
    "import pack.low as l, os": True,
    "from pack import low": True,
    "from pack import (\n    other,\n    low as l,\n)": True,
    "from pack.low import x": True,
    "from . import low": True,
    "from .low import x": True,
    "def f():\n    from pack.low import x": True,
    "try:\n    import pack.low\nexcept ImportError:\n    pass": True,
    "import pack.other": True,  # which imports low
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pack.low": False,
    "x = 'import pack.low'": False,
    "import lowest": False,
}


@pytest.mark.parametrize("line, follows", IMPORTS.items())
def test_however_a_module_is_imported_it_is_followed(tmp_path, line, follows):
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "__init__.py").touch()
    (pack / "low.py").write_text("x = 1\n")
    (pack / "other.py").write_text("from pack.low import x\n")
    (pack / "top.py").write_text(f"{line}\n")
    assert ("pack.low" in covered_modules(["pack.top"], (), pack)) is follows


def test_line_ends_and_places_of_a_checkout_change_nothing(tmp_path):
    digests = set()
    for name, end in (("here", "\n"), ("there", "\r\n")):
        pack = tmp_path / name / "pack"
        pack.mkdir(parents=True)
        (pack / "__init__.py").touch()
        (pack / "top.py").write_bytes(f"x = 1{end}y = 2{end}".encode())
        digests.add(version_of(["pack.top"], (), pack))
    assert len(digests) == 1


# --- where compiled kernels are kept ----------------------------------------------------------------------------------------

PAIRS = """
import sys
import numba, numpy as np
from sim.society.settings import tied_pairs
print(tied_pairs(np.zeros(20, np.int64), 0.5, 1, 0)[0].size)
"""


def run(package: Path, code: str = PAIRS, **environment: str) -> subprocess.CompletedProcess:
    named = {"PATH", "LANG", "TMPDIR"}
    given = {name: value for name, value in os.environ.items() if name in named} | {"PYTHONPATH": str(package.parent)}
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=given | environment, cwd=package.parent
    )


@pytest.mark.slow
def test_kernels_in_a_cache_of_the_users_are_never_older_than_the_program(package, tmp_path):
    place = Path(shutil.copytree(package, tmp_path / "own" / "sim"))
    own = tmp_path / "cache"
    first = run(place, NUMBA_CACHE_DIR=str(own))
    assert (first.returncode, first.stderr) == (0, "")
    (version,) = own.iterdir()
    assert version.name == f"kernels-{compiled.kernels_version(package)}"
    assert list(version.rglob("*.nbi"))

    draws = file_of("sim.draws", place)
    draws.write_text(draws.read_text().replace("2.0**-24", "2.0**-25"))  # all draws are below a half now
    second = run(place, NUMBA_CACHE_DIR=str(own))
    assert int(first.stdout) < 20 * 19 // 2 == int(second.stdout)
    assert len(list(own.iterdir())) == 2


def test_numba_stays_as_the_user_has_it(package, tmp_path):
    """Also where the user names another sort of cache: kernels are kept in their own place even so."""
    code = PAIRS + "print(numba.config.CACHE_DIR, numba.config.CACHE_LOCATOR_CLASSES)"
    named = {"NUMBA_CACHE_DIR": str(tmp_path / "cache"), "NUMBA_CACHE_LOCATOR_CLASSES": "InTreeCacheLocator"}
    done = run(package, code, **named)
    assert done.stdout.splitlines()[-1] == " ".join(named.values())
    assert not list(package.rglob("*.nbi"))


@pytest.mark.parametrize("environment", [{"HOME": "/proc/none"}, *slow({})])
def test_without_a_folder_kernels_are_compiled_and_that_is_said_once(package, tmp_path, environment):
    (tmp_path / "file").touch()
    done = run(package, NUMBA_CACHE_DIR=str(tmp_path / "file" / "cache"), **environment)
    assert done.returncode == 0
    assert 0 < int(done.stdout) < 190
    (note,) = done.stderr.splitlines()
    assert note.startswith("note: compiled kernels cannot be kept in")
    assert "Set NUMBA_CACHE_DIR" in note


DAMAGE = {
    "the folder is gone and cannot be made": "shutil.rmtree(folder); folder.touch()",
    "files are empty": "[file.write_bytes(b'') for file in folder.rglob('*.nb?')]",
    "files are cut short": "[file.write_bytes(file.read_bytes()[:-9]) for file in folder.rglob('*.nb?')]",
}


@pytest.mark.slow
def test_damaged_kernels_are_compiled_again(package, tmp_path):
    """And so they are where the disk refuses them."""
    sound = run(package, NUMBA_CACHE_DIR=str(tmp_path))
    for what, damage in DAMAGE.items():
        own = tmp_path / what
        shutil.copytree(next(tmp_path.glob("kernels-*")), own / f"kernels-{compiled.kernels_version(package)}")
        code = f"import shutil; from sim.compiled import FOLDER as folder; import sim.society.settings; {damage}{PAIRS}"
        done = run(package, code, NUMBA_CACHE_DIR=str(own))
        assert (done.returncode, done.stdout, done.stderr) == (0, sound.stdout, ""), what


def test_what_is_not_compiled_needs_no_folder(package, tmp_path):
    (tmp_path / "file").touch()
    done = run(package, NUMBA_CACHE_DIR=str(tmp_path / "file"), NUMBA_DISABLE_JIT="1")
    assert (done.returncode, done.stderr) == (0, "")
    assert 0 < int(done.stdout) < 190


def nowhere():
    raise FileNotFoundError("no usable temporary directory")


@pytest.mark.parametrize("temporary", ["folder", "file", "of another", "none"])
@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="nothing is compiled")
def test_the_temporary_folder_is_taken_where_the_program_cannot_be_written(tmp_path, monkeypatch, capsys, temporary):
    (tmp_path / "__pycache__").touch()  # nothing can be put beside the program
    place = tmp_path / ("file" if temporary == "file" else "tmp")
    place.touch() if temporary == "file" else place.mkdir()
    monkeypatch.setattr(compiled, "ROOT", tmp_path)
    monkeypatch.setattr(numba.config, "CACHE_DIR", "")
    monkeypatch.setattr(compiled.tempfile, "gettempdir", nowhere if temporary == "none" else lambda: str(place))
    if temporary == "of another":
        me = os.getuid()
        (place / f"unbirthday-{me + 1}").mkdir()
        os.chown(place / f"unbirthday-{me + 1}", me, -1)
        monkeypatch.setattr(compiled.os, "getuid", lambda: me + 1)
    found = compiled._cache_folder()
    assert (found is not None) is (temporary == "folder")
    assert (found is None) is ("cannot be kept" in capsys.readouterr().err)
    assert found is None or (found.is_dir() and found.name == f"kernels-{compiled.KERNELS}" and found.is_relative_to(place))


def test_the_version_of_the_rules_is_kept_beside_the_kernels_and_a_damaged_file_is_not_believed(tmp_path, monkeypatch):
    monkeypatch.setattr(compiled, "FOLDER", tmp_path)
    assert compiled._rules_kept() == compiled.rules_version()
    (kept,) = tmp_path.iterdir()
    monkeypatch.setattr(compiled, "rules_version", lambda: "0" * 12)
    assert compiled._rules_kept() == compiled.RULES
    written = kept.read_bytes()
    flipped = bytes([written[0] ^ 1]) + written[1:]  # another hexadecimal digit
    for damage in (b"", b"\xff", b"no digest", flipped, written[:12], written[1:]):
        kept.write_bytes(damage)
        assert compiled._rules_kept() == "0" * 12
