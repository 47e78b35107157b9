"""What reaches a terminal: no control character, any encoding, and a status of its own where nothing can be written."""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import slow
from typer.testing import CliRunner

from sim.__main__ import app
from sim.errors import escaped
from sim.terminal import OutputLost, print_csv, print_table, shown

ROOT = Path(__file__).parents[1]
STUDY = str(ROOT / "scenarios" / "birthday-prompt.toml")
HOSTILE = "\x1b[31m\x00\x07\x9b2J\u202e\u2028\ud800\x7f"
COMMANDS_A_SHELL_OBEYS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def shell(line, **environment):
    """A command line of the shell, in which `sim` stands for the program."""
    line = line.replace("sim ", f"{shlex.quote(sys.executable)} -m sim ", 1)
    env = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"} | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(["bash", "-c", line], capture_output=True, timeout=60, env=env | environment)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


# --- encodings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "cp1252"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "latin-1"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
)  # fmt: skip
def test_letters_that_a_terminal_does_not_have_are_replaced(tmp_path, environment):
    (tmp_path / "研究\u202f→é.toml").write_text(Path(STUDY).read_text())
    status, out, err = shell(f"sim check {shlex.quote(str(tmp_path))}/*.toml", **environment)
    assert (status, out) == (2, "")  # its profiles are not there: every problem names the file
    assert ".toml" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1", "utf-8"])
def test_tables_and_sentences_go_out_in_any_encoding(encoding, monkeypatch):
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding=encoding))
    with shown():
        print("un an\u202f: 5\u00a0% → «\u00a0é 研究\u00a0» \ud800")
        print_table(["é→"], [["研究 \ud800"]])
        print_csv(["é→"], [["研究 \ud800"]])
        sys.stdout.flush()
    assert out.getvalue().decode(encoding).count("\n") == 5
    assert sys.stdout.errors == "strict"  # as before


# --- what a terminal would obey ---------------------------------------------------------------------------------------


def test_control_characters_are_shown_wherever_text_goes_out(monkeypatch):
    out, err = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    with shown():
        print(HOSTILE)
        print("note:", HOSTILE, file=sys.stderr)
        print_table([HOSTILE], [[HOSTILE], ["a\nb"]])
    assert out.getvalue().splitlines() == [escaped(HOSTILE), escaped(HOSTILE), escaped(HOSTILE), r"a\nb"]
    assert not COMMANDS_A_SHELL_OBEYS.search(out.getvalue() + err.getvalue())


def test_a_table_on_a_terminal_shows_markup_and_escapes_as_letters(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    with shown():
        print_table(["[bold]head[/bold]"], [["[red]cell[/red] :smile: " + HOSTILE]])
    plain = re.sub(r"\x1b\[[0-9;]*m", "", screen.getvalue())  # the table's own
    assert "[bold]head[/bold]" in plain
    assert f"[red]cell[/red] :smile: {escaped(HOSTILE)}" in plain
    assert not COMMANDS_A_SHELL_OBEYS.search(plain)


def test_data_for_a_program_is_left_as_it_is_unless_a_terminal_would_obey_it(monkeypatch):
    for stream, expected in ((io.StringIO(), "a\n\x1b[31m\n"), (Terminal(), "a\n\\x1b[31m\n")):
        monkeypatch.setattr(sys, "stdout", stream)
        with shown():
            print_csv(["a"], [["\x1b[31m"]])
        assert stream.getvalue() == expected


@pytest.mark.parametrize(
    "arguments",
    [
        ["\x1b[31m"], ["run", "\x1b[31m"], ["run", STUDY, "--arm", "\x1b]0;x\x07"], ["run", STUDY, "--years", "\x1b[31m"],
        ["check", "a\u202eb.toml"], ["compare", "\x1b[31m"], ["draw", ".", "--lang", "\x9b2J"], ["--\x1b[31m"],
        ["data", "fetch", "\x1b[31m"], ["show", "\x1b[31m\x1b[31m"], ["run", STUDY, "--graph", "\x1b[31m.csv"],
    ],
)  # fmt: skip
def test_what_a_command_line_brings_comes_back_as_letters(arguments):
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code in (1, 2)
    assert not COMMANDS_A_SHELL_OBEYS.search(result.output)
    assert len(result.output) < 5000


def test_a_message_has_a_length():
    for arguments in (["run", "x" * 10**6], ["run", STUDY, "--arm", "x" * 10**6], ["run", STUDY, "--years", "9" * 10**6]):
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 2
        assert len(result.output) < 5000


# --- output that cannot be written ------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["--help", f"check {STUDY}", *slow("--version", "data list")])
@pytest.mark.parametrize(
    "redirected, status, reason",
    [(">/dev/full", 1, "No space left on device"), (">&-", 1, "Bad file descriptor"), (">&- 2>&-", 1, ""), ("2>&-", 0, ""),
     ("2>/dev/full", 0, "")],
)  # fmt: skip
def test_output_that_cannot_be_written_is_one_line(command, redirected, status, reason):
    exit_status, _, err = shell(f"sim {command} {redirected}")
    assert exit_status == status
    assert err.splitlines() == ([f"standard output cannot be written: {reason}"] if reason else [])


def test_a_closed_pipe_is_no_error():
    assert shell("sim data list | true; echo ${PIPESTATUS[0]}")[1:] == ("141\n", "")
    assert shell("sim --help | true; echo ${PIPESTATUS[0]}", PYTHONUNBUFFERED="1")[1:] == ("141\n", "")


def test_a_wrong_input_keeps_its_status_where_messages_go_nowhere():
    assert shell("sim check nowhere.toml 2>&-") == (2, "", "")
    assert shell("sim check nowhere.toml >&- 2>/dev/full") == (2, "", "")


def test_messages_that_go_nowhere_stop_no_work(monkeypatch):
    with open("/dev/full", "w") as full:
        monkeypatch.setattr(sys, "stderr", full)
        with shown():
            for _ in range(3):
                print("progress", file=sys.stderr, flush=True)


def test_what_was_lost_stays_lost(monkeypatch):
    class Full(io.StringIO):
        def write(self, text):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(sys, "stdout", Full())
    with shown():
        for _ in range(2):
            with pytest.raises(OutputLost, match="No space left"):
                print("a")
        with pytest.raises(OutputLost, match="No space left"):
            sys.stdout.flush()
