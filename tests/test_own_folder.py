"""`sim new FOLDER`: a folder of one's own. Nothing is overwritten, and what is half written is taken away."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from conftest import SCENARIOS
from test_cli import refused, sim

from sim.errors import InputError, RunError
from sim.scenario import own_folder
from sim.scenario.own_folder import STUDY, TEMPLATES, new_folder
from sim.scenario.reading import check, load

MOST_LINES = 15
LANGUAGES = ("en", "fr")


def files_of(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def verbs(text: str, pattern: str) -> set[str]:
    return set(re.findall(pattern, text, re.MULTILINE))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_new_folder_has_all_scenarios_and_a_study_of_its_own(tmp_path, lang):
    folder = new_folder(tmp_path / "one" / "two", lang)
    shipped = {f"scenarios/{name}" for name in files_of(SCENARIOS) if name.endswith((".toml", ".csv"))}
    assert files_of(folder) == shipped | {"Makefile", "README.md", STUDY.as_posix()}
    for name in shipped - {STUDY.as_posix()}:
        assert (folder / name).read_bytes() == (SCENARIOS.parent / name).read_bytes()
    assert "@" not in re.sub(r"^\t@|\$\(@|@[$eg]", "", (folder / "Makefile").read_text("utf-8"), flags=re.MULTILINE)


def test_the_study_is_short_and_each_line_is_explained(tmp_path):
    studies = {}
    for lang in LANGUAGES:
        folder = new_folder(tmp_path / lang, lang)
        lines = (folder / STUDY).read_text("utf-8").splitlines()
        assert len(lines) <= MOST_LINES
        assert [line for line in lines if not re.search(r"# \w", line)] == []
        assert check(folder / STUDY) == []
        studies[lang] = load(folder / STUDY)
    same = [study.model_copy(update={"question": "", "file": ""}) for study in studies.values()]
    assert same[0] == same[1]  # but for the words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_readme_names_every_verb_of_the_makefile_and_every_file(tmp_path, lang):
    folder = new_folder(tmp_path / "mine", lang)
    readme, makefile = ((folder / name).read_text("utf-8") for name in ("README.md", "Makefile"))
    assert verbs(readme, r"^make (\w+)") == verbs(makefile, r"^(\w+):") - {"help", "found"}
    listed = subprocess.run(["make", "--no-print-directory"], cwd=folder, capture_output=True, text=True, check=True).stdout
    assert verbs(listed, r"^make (\w+)") == verbs(readme, r"^make (\w+)")
    assert len(listed.splitlines()) == len(verbs(listed, r"^make (\w+)"))
    for named in verbs(readme, r"^\| `([\w./]+)` \|") - {"results/"}:
        assert (folder / named).exists(), named
    assert f"--lang {lang}" in makefile


STUB = """#!/bin/sh
printf '<%s>' "$@" >> "$CALLS"; echo >> "$CALLS"
"""


@pytest.mark.parametrize("study", ["scenarios/mine.toml", "it's.toml", "a$(shell touch ran).toml", "a b;c.toml", "#x.toml"])
def test_a_study_of_any_name_is_one_word(tmp_path, study, monkeypatch):
    folder = new_folder(tmp_path / "it's a $folder")
    stub = tmp_path / "stub"
    stub.write_text(STUB)
    stub.chmod(0o755)
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    for name in ("MAKEFLAGS", "SIZE", "JOBS", "YES"):
        monkeypatch.delenv(name, raising=False)
    done = subprocess.run(
        ["make", "figures", "spreadsheet", f"SIM={stub}", f"STUDY={study}", "SIZE=quick", "JOBS=2"],
        cwd=folder, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    out = f"results/{Path(study).stem}"
    assert (tmp_path / "calls").read_text().splitlines() == [
        f"<sweep><--size><quick><--jobs><2><--><{study}>",
        f"<compare><--><{out}/.work/quick>",
        f"<draw><--lang><en><--format><svg,png><--out><{out}><--><{out}/.work/quick>",
        f"<spreadsheet><--out><{out}/{Path(study).stem}.xlsx><--><{out}/.work/quick>",
    ]
    assert not (folder / "ran").exists()


def test_make_says_where_sim_is_not_found(tmp_path):
    folder = new_folder(tmp_path / "mine")
    done = subprocess.run(["make", "sweep", "SIM=nothing-of-this-name"], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 2
    assert "nothing-of-this-name: not found. Activate the environment" in done.stderr


def test_an_empty_folder_is_taken_and_a_full_one_is_not(tmp_path):
    (tmp_path / "empty").mkdir()
    new_folder(tmp_path / "empty")
    before = {name: (tmp_path / "empty" / name).stat().st_mtime_ns for name in files_of(tmp_path / "empty")}
    assert refused(sim("new", tmp_path / "empty"), "not empty", "nothing is overwritten")
    assert {name: (tmp_path / "empty" / name).stat().st_mtime_ns for name in before} == before


def test_what_can_be_no_folder_is_refused(tmp_path):
    (tmp_path / "file").write_text("mine")
    assert refused(sim("new", tmp_path / "file"), "a file; expected a folder")
    assert refused(sim("new", tmp_path / "file" / "in"), "is not a folder")
    assert refused(sim("new", "/proc/here"), "may not be written")
    assert refused(sim("new", ""), "FOLDER", "expected a name")
    assert refused(sim("new", tmp_path / "x", "--lang", "de"), "one of en, fr")
    with pytest.raises(InputError, match="one of en, fr"):
        new_folder(tmp_path / "x", "de")
    assert (tmp_path / "file").read_text() == "mine"
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("existed", [True, False])
@pytest.mark.parametrize("error, raised", [(OSError(28, "full"), RunError), (KeyboardInterrupt(), KeyboardInterrupt)])
def test_nothing_is_left_of_a_folder_that_could_not_be_written(tmp_path, monkeypatch, existed, error, raised):
    copied = []

    def fails_at_the_tenth(source, target):
        copied.append(target)
        if len(copied) == 10:
            raise error
        target.write_bytes(source.read_bytes())

    monkeypatch.setattr(own_folder.shutil, "copyfile", fails_at_the_tenth)
    folder = tmp_path / "mine"
    if existed:
        folder.mkdir()
    with pytest.raises(raised):
        new_folder(folder)
    assert folder.exists() is existed
    assert list(tmp_path.rglob("*")) == ([folder] if existed else [])


def test_the_command_says_where_to_go_on(tmp_path):
    done = sim("new", tmp_path / "mine", "--lang", "fr")
    readme = tmp_path / "mine" / "README.md"
    assert (done.exit_code, done.stdout) == (0, f"written: {readme.parent}; {readme} says how to go on\n")
    assert readme.read_text("utf-8") == (TEMPLATES / "README.fr.md").read_text("utf-8")
