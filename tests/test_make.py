"""The Makefile: what a user names reaches the shell as one word, goals keep their order, and a folder may have any name."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.scenario.make_rule import _for_make

ROOT = Path(__file__).parents[1]
SIZES_REFUSED = ("big", "", "quick full", "$(shell touch ran)")
STUB = """#!/bin/sh
[ "$1" = sweep ] && sleep "${SWEEP_TAKES:-0}"
printf '<%s>' "$@" >> "$CALLS"; echo >> "$CALLS"
"""


@pytest.fixture
def checkout(tmp_path):
    """The Makefile, in a folder of an odd name, beside a `sim` that only writes down what it was called with."""
    folder = tmp_path / "a & b's $igns"
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".ci").mkdir()
    for name in ("Makefile", "pyproject.toml", ".ci/constraints.txt", ".ci/setup"):
        shutil.copy(ROOT / name, folder / name)
    stub = folder / ".venv" / "bin" / "sim"
    stub.write_text(STUB)
    stub.chmod(0o755)
    (folder / ".venv" / "ready").touch()
    (folder / "sim").mkdir()
    return folder


def make(folder, *arguments, **environment):
    """Make's result, and the calls of `sim` in their order, each argument in angle brackets."""
    calls = folder / "calls"
    calls.unlink(missing_ok=True)
    ours = ("MAKEFLAGS", "SIZE", "STUDY", "JOBS", "CLUSTER")
    names = {name: value for name, value in os.environ.items() if name not in ours} | environment | {"CALLS": str(calls)}
    done = subprocess.run(["make", *arguments], cwd=folder, capture_output=True, text=True, timeout=60, env=names)
    return done, calls.read_text().splitlines() if calls.is_file() else []


@pytest.mark.parametrize(
    "study",
    [
        "scenarios/my study.toml", "it's.toml", 'a "b".toml', "a$b.toml", "a$(b).toml", "a&b;c|d.toml", "`id`.toml", "-x.toml",
        "a#b.toml", "a,b.toml", "100%.toml", "a\\b.toml", "my folder/my study.toml", "*.toml", "é ü.toml", "(a).toml", "~/a.toml",
    ],
)  # fmt: skip
def test_a_study_of_any_name_is_one_word(checkout, study):
    done, calls = make(checkout, "sweep", "compare", f"STUDY={study}", "JOBS=2", "CLUSTER=tcp://a b", "SIZE=quick")
    assert done.returncode == 0, done.stderr
    name = Path(study).stem
    assert calls == [
        f"<sweep><--size><quick><--jobs><2><--cluster><tcp://a b><--><{study}>", f"<compare><results/{name}/.work/quick>"
    ]  # fmt: skip


@pytest.mark.parametrize("variable", ["STUDY", "JOBS", "CLUSTER", "YES", "SIM_STORE"])
@pytest.mark.parametrize("text", ["a$(shell touch ran).toml", "${shell touch ran}", "$(error ran)", "`touch ran`"])
@pytest.mark.parametrize("by", ["make", "environment"])
def test_nothing_that_is_given_is_run(checkout, variable, text, by):
    given = ([f"{variable}={text}"], {}) if by == "make" else ([], {variable: text})
    done, calls = make(checkout, "sweep", *given[0], **given[1])
    assert done.returncode == 0, done.stderr
    assert not (checkout / "ran").exists()
    (call,) = calls
    assert variable in ("YES", "SIM_STORE") or f"<{text}>" in call


@pytest.mark.parametrize("size", ["quick ", " quick", "\tquick\t"])
def test_blanks_around_a_size_are_none_of_it(checkout, size):
    done, calls = make(checkout, "sweep", f"SIZE={size}")
    assert done.returncode == 0, done.stderr
    assert calls[0].startswith("<sweep><--size><quick>")


@pytest.mark.parametrize(
    "given, said",
    [("STUDY=a\nb", "STUDY has a line end"), *((f"SIZE={size}", "one of quick, default, full") for size in SIZES_REFUSED)],
)
def test_what_make_cannot_hold_is_refused_in_a_sentence(checkout, given, said):
    done, calls = make(checkout, "sweep", given)
    assert done.returncode == 2
    assert said in done.stderr
    assert calls == []


@pytest.mark.parametrize("goals", [("sweep", "compare"), ("sweep", "region", "why", "compare")])
def test_goals_keep_their_order_where_make_may_run_several_at_once(checkout, goals):
    done, calls = make(checkout, *goals, MAKEFLAGS="-j4", SWEEP_TAKES="0.3")
    assert done.returncode == 0, done.stderr
    assert [call.split(">")[0].removeprefix("<") for call in calls] == list(goals)


def test_regions_and_reasons_are_made_also_after_the_figures_without_them(checkout):
    shutil.copytree(ROOT / "scenarios", checkout / "scenarios")
    for study in (ROOT / "scenarios").glob("*.toml"):
        (checkout / "results" / study.stem / ".work" / "quick").mkdir(parents=True)
    made = []
    for goal in (("figures",), ("figures", "ALL=1"), ("figures", "ALL=1"), ("figures",)):
        done, calls = make(checkout, *goal, "SIZE=quick")
        assert done.returncode == 0, done.stderr
        made.append([call.split(">")[0].removeprefix("<") for call in calls])
    core, all_studies = 4, 7
    assert (made[0].count("sweep"), made[0].count("region"), made[0].count("why")) == (core, 0, 0)
    assert (made[1].count("sweep"), made[1].count("region"), made[1].count("why")) == (all_studies - core, 5, 5)
    assert set(made[2]) == set(made[3]) == {"compare"}


@pytest.mark.parametrize(
    "name", ["a b", "a#b", "a$b", "a$$b", "a:b", "100%", "a%b%c", "a*b", "a[1]", "a?", "~a", "a\\b", "a\\ b", "a|b", "a&b", "é"]
)  # fmt: skip
def test_a_rule_for_make_names_the_files_that_are_there(tmp_path, name):
    (tmp_path / name).touch()
    (tmp_path / "rules").write_text(f"made: {_for_make(name)}\n\t@echo $(words $^) found\n", encoding="utf-8")
    done = subprocess.run(["make", "-f", "rules", "made"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["a;b", "a=b", "a\nb"])
def test_a_name_that_make_cannot_hold_is_refused(name):
    with pytest.raises(InputError, match="a name that Make can hold"):
        _for_make(name)
