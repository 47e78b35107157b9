"""The Makefile: what a user names reaches the shell as one word, goals keep their order, and a folder may have any name."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tomllib
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
    ours = ("MAKEFLAGS", "MAKELEVEL", "SIZE", "STUDY", "JOBS", "CLUSTER", "YES", "PAIRS", "DIR")
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
    [
        ("STUDY=a\nb", "STUDY has a line end"),
        *((f"{name}={blank}", f"{name}= is empty: give it a value") for name in ("STUDY", "DIR", "PAIRS") for blank in ("", " ")),
        *((f"SIZE={size}", "one of quick, default, full") for size in SIZES_REFUSED),
    ],
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
    core, all_studies = 4, 11
    assert (made[0].count("sweep"), made[0].count("region"), made[0].count("why")) == (core, 0, 0)
    assert (made[1].count("sweep"), made[1].count("region"), made[1].count("why")) == (all_studies - core, 5, 5)
    assert set(made[2]) == set(made[3]) == {"compare"}


CROSSED = ("cultures", "cultures-contents", "cultures-attention")
OTHERS = ("minority", "minority-homes", "minority-long", "community-sharing", "ephemeral-status", "redefine-or-import")
WITH_REGION = tuple(
    name for name in CROSSED + OTHERS if "\n[region]" in (ROOT / "scenarios" / f"{name}.toml").read_text("utf-8")
)


@pytest.fixture
def of_cultures(checkout):
    """The checkout with all scenario files, and folders for the results of the studies of cultures."""
    shutil.copytree(ROOT / "scenarios", checkout / "scenarios")
    for study, size in itertools.product(CROSSED + OTHERS, ("quick", "default")):
        (checkout / "results" / study / ".work" / size).mkdir(parents=True)
    return checkout


def asked(calls: list[str], verb: str) -> list[str]:
    """The studies, or folders of results, that a verb was called with, in order."""
    words = [call.strip("<>").split("><") for call in calls if call.startswith(f"<{verb}>")]
    return [next(word for word in call if "scenarios/" in word or "results/" in word) for call in words]


def test_every_study_of_cultures_is_in_the_list():
    claims = {f"C{number}" for number in range(12, 17)}
    studies = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in (ROOT / "scenarios").glob("*.toml")}
    assert {name for name, study in studies.items() if claims & {*study.get("claims", ())}} == {*CROSSED, *OTHERS}
    assert {name for name, study in studies.items() if "cross" in study} == {*CROSSED}


def test_cultures_start_only_if_told_so(of_cultures):
    done, calls = make(of_cultures, "cultures")
    assert (done.returncode, calls) == (2, [])
    assert "about 14 hours" in done.stdout
    assert "YES=1 starts it" in done.stderr


def test_cultures_make_every_step_once_and_publish(of_cultures):
    done, calls = make(of_cultures, "cultures", "YES=1")
    assert done.returncode == 0, done.stderr
    files = [f"scenarios/{name}.toml" for name in (*CROSSED, *OTHERS)]
    explained = [f"scenarios/{name}.toml" for name in WITH_REGION]
    assert sorted(asked(calls, "sweep")) == sorted(files)
    assert sorted(asked(calls, "region")) == sorted(asked(calls, "why")) == sorted(explained)
    assert asked(calls, "ranges") == ["scenarios/cultures.toml"]
    assert [call.split("<--cultures>")[1].split(">")[0][1:] for call in calls if call.startswith("<split>")] == [
        "us,china", "us,japan", "us,india"
    ]  # fmt: skip
    folders = [f"results/{name}/.work/default" for name in (*CROSSED, *OTHERS)]
    assert sorted(asked(calls, "publish")) == sorted(folders)
    languages = [call for call in calls if call.startswith("<profiles>")]
    assert ["<fr>" in call for call in languages] == [False, True] * len(CROSSED)
    assert all("<--yes>" in call for call in calls if call.split(">")[0] in ("<sweep", "<region", "<why", "<ranges", "<split"))
    assert all("<--people><1000>" in call for call in calls if call.startswith(("<why>", "<split>")))

    again = {call.split(">")[0].strip("<") for call in make(of_cultures, "cultures", "YES=1")[1]}
    assert again == {"profiles", "publish"}
    more = make(of_cultures, "cultures", "YES=1", "PAIRS=us,france us,china")[1]
    assert ["<us,france>" in call for call in more if call.startswith("<split>")] == [True]


def test_cultures_go_on_where_they_were_stopped(of_cultures):
    """A step that fails leaves those before it done."""
    sim = of_cultures / ".venv" / "bin" / "sim"
    sim.write_text(STUB + '[ "$1" != region ] || [ -e go-on ]\n')
    done, before = make(of_cultures, "cultures", "YES=1")
    assert done.returncode == 2
    assert before[-1].startswith("<region>")
    (of_cultures / "go-on").touch()
    done, after = make(of_cultures, "cultures", "YES=1")
    assert done.returncode == 0, done.stderr
    assert after[0] == before[-1]
    assert len(asked(before, "sweep")) + len(asked(after, "sweep")) == len(CROSSED + OTHERS)


def test_a_first_look_at_cultures_needs_no_word_and_publishes_nothing(of_cultures):
    done, calls = make(of_cultures, "cultures", "SIZE=quick")
    assert done.returncode == 0, done.stderr
    assert "half an hour" in done.stdout
    assert len(asked(calls, "sweep")) == len(CROSSED + OTHERS)
    assert not any(call.split(">")[0] in ("<region", "<why", "<ranges", "<split", "<publish") for call in calls)


@pytest.mark.parametrize("variable", ["PAIRS", "DIR"])
@pytest.mark.parametrize("text", ["us,$(shell touch ran)", "us,`touch ran`", "us,';touch ran;'", "us,$$(touch ran)"])
def test_pairs_and_folders_are_text(of_cultures, variable, text):
    goals = ("profiles",) if variable == "DIR" else ("cultures", "YES=1")
    make(of_cultures, *goals, f"{variable}={text}")
    assert not (of_cultures / "ran").exists()


def test_figures_end_with_the_published_comparison_of_cultures(of_cultures):
    for study in (ROOT / "scenarios").glob("*.toml"):
        (of_cultures / "results" / study.stem / ".work" / "quick").mkdir(parents=True, exist_ok=True)
    for everything in ("", "1"):
        done, calls = make(of_cultures, "figures", "SIZE=quick", f"ALL={everything}")
        assert done.returncode == 0, done.stderr
        assert "make cultures makes it" in done.stdout.splitlines()[-1]
        assert not any(name in call for call in calls for name in ("<ranges>", "<profiles>", *(f"/{name}." for name in CROSSED)))
    (of_cultures / "results" / "cultures" / "effects.csv").touch()
    done, calls = make(of_cultures, "figures", "SIZE=quick")
    assert done.returncode == 0, done.stderr
    assert [call.split("<--lang>")[-1].split("<--><")[-1] for call in calls[-2:]] == ["results/cultures>", "results/cultures>"]
    assert ["<fr>" in call for call in calls[-2:]] == [False, True]


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
