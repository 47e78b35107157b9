"""Every argument and option that is a path is held to one rule before anything runs."""

from __future__ import annotations

import inspect
import os
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
import typer
from conftest import slow
from typer.testing import CliRunner

from sim.__main__ import app, data
from sim.errors import InputError
from sim.files import file_to_write, folder_to_write, must_be_named, parquet_to_write

FUNCTIONS = {
    **{each.name or each.callback.__name__.replace("_", "-"): each.callback for each in app.registered_commands},
    **{f"data {each.name}": each.callback for each in data.registered_commands},
}
ALSO_PATHS = {"graph"}  # a file or the name of a data set


def places():
    """(command, parameter, typer's account of it) for each parameter that is a path."""
    for command, function in FUNCTIONS.items():
        hints = get_type_hints(function, include_extras=True)
        for name in inspect.signature(function).parameters:
            kinds, about = str(get_args(hints[name])[0]), get_args(hints[name])[1]
            if "Path" in kinds or name in ALSO_PATHS:
                yield command, name, about


PLACES = list(places())


def option(about):
    return about.default if isinstance(about.default, str) else about.param_decls[0]  # where typer keeps what it was given first


def line(command, name, about, value):
    """A command line in which only this parameter is odd."""
    words = command.split()
    for other, parameter in inspect.signature(FUNCTIONS[command]).parameters.items():
        other_about = get_args(get_type_hints(FUNCTIONS[command], include_extras=True)[other])[1]
        if isinstance(other_about, typer.models.ArgumentInfo):
            if other == name:
                words += ["--", value] if value.startswith("-") else [value]
            elif parameter.default is inspect.Parameter.empty:
                words.append("x")
    return words if isinstance(about, typer.models.ArgumentInfo) else [*words, option(about), value]


def test_there_are_such_parameters():
    assert {"run", "tie", "check", "bench", "draw", "sweep", "data fetch"} <= {command for command, *_ in PLACES}
    assert len(PLACES) > 25


@pytest.mark.parametrize("value", ["", "x" * 5000, *slow(" ", "\t\n", "x" * 300 + "/y")])
@pytest.mark.parametrize("command, name, about", PLACES, ids=[f"{command}-{name}" for command, name, _ in PLACES])
def test_what_is_no_name_is_refused(command, name, about, value, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, line(command, name, about, value))
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    assert "Usage" not in result.output
    assert len(result.output) < 1000
    assert os.listdir(tmp_path) == []


OUTPUTS = [each for each in PLACES if each[1] in ("out", "schema", "json", "events")]


@pytest.mark.parametrize("command, name, about", OUTPUTS, ids=[f"{command}-{name}" for command, name, _ in OUTPUTS])
def test_nothing_is_written_to_what_is_no_place(command, name, about, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    os.mkfifo("pipe")
    Path("nowhere").symlink_to("missing")
    for value in ("/dev/null", "/dev/zero", "pipe", "nowhere", "file/under", "file/under/a.parquet", "/proc/nothing/a.parquet"):
        result = CliRunner().invoke(app, line(command, name, about, value))
        assert result.exit_code == 2, (value, result.output)
        assert option(about) in result.output, (value, result.output)
        assert "Traceback" not in result.output
    assert sorted(os.listdir(tmp_path)) == ["file", "nowhere", "pipe"]


def test_a_place_that_can_be_made_is_taken(tmp_path):
    for rule in (file_to_write, folder_to_write, must_be_named):
        assert rule(tmp_path / "a" / "b", "--out") == tmp_path / "a" / "b"
    (tmp_path / "link").symlink_to(tmp_path)
    assert folder_to_write(tmp_path / "link", "--out")
    assert folder_to_write("~", "--out") == Path("~")  # as the shell gave it
    (tmp_path / "there.parquet").touch()
    assert parquet_to_write(tmp_path / "there.parquet", "--events")


@pytest.mark.parametrize("name", ["x.csv", "x", "x.parquet.gz", ".parquet", "x.PARQUET"])
def test_a_log_is_written_under_a_name_that_says_what_it_is(tmp_path, name):
    with pytest.raises(InputError, match=r"--events: .*ending.*a name that ends with \.parquet"):
        parquet_to_write(tmp_path / name, "--events")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_refused(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="may not be written"):
        folder_to_write(tmp_path / "a", "--out")
