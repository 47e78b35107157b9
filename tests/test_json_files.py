"""The JSON files of a result folder: whatever is wrong with one is said with its key and the command that makes it again."""

import json
import os
import re
import shutil

import polars as pl
import pytest
from records import STUDY, write_study
from test_cli import sim

from sim import files
from sim.errors import InputError
from sim.study.records import json_files, tables
from sim.study.records.provenance import Provenance

MADE = Provenance("s", "8d8d", "0.1.0+abc", "1", "sim sweep scenarios/s.toml")
ODD = (None, 7, -1, 2.5, True, "text", "", [], [1], {}, {"a": 1}, [None], [[]])

REGION = {
    "study": "s", "contrast": "platform", "primary": True, "point": 0, "people": 60, "seeds": 4, "drawn": [0, 1], "refused": 0,
    "assumptions": [{"name": "dose", "low": 0.0, "high": 1.0, "base": 0.5}], "scenario": "8d8d", "version": "0.1.0+abc",
    "margins": STUDY["margins"], "command": "sim region scenarios/s.toml",
}  # fmt: skip
COALITIONS = {
    "study": "s", "contrast": "platform", "arm": "wall", "control": "none", "point": {"point": 0}, "left_out": [],
    "mechanisms": [{"name": "words", "neutral": {"a.b": 0.0}}], "declared": False,
}  # fmt: skip
TIE = {
    "study": "s", "question": "?", "question_fr": "?", "version": "0.1.0+abc", "scenario": "8d8d", "command": "", "seed": 1,
    "point": {"point": 0}, "people": 60, "given_graph": None, "days": 365, "last": 91, "first_day_of_year": 0, "looked_at": 9,
    "arm": "wall", "control": "none",
    "arms": [{"arm": name, "platforms": [[0, None]], "shown": [[1, 2]]} for name in ("none", "wall")],
    "pairs": [
        {"pair": 0, "why": "thinned", "from": 1, "to": 2, "labels": ["1", "2"], "birthdays": [3, 4], "kind": None, "origin": None,
         "far": None, "circles": None, "before": None}
    ],
}  # fmt: skip


@pytest.fixture
def whole(tmp_path):
    """Writes a file of each kind into a folder of its own, with its study.json where it has one."""

    def write(name):
        points = [{"point": 0, "dose": 0.5}, {"point": 1, "dose": 0.1}]
        if name != json_files.TIE:
            write_study(tmp_path, points=points)
        if name != json_files.STUDY:
            others = {json_files.REGION: REGION, json_files.COALITIONS: COALITIONS, json_files.TIE: TIE}
            json_files.write(tmp_path, name, others[name])
        return tmp_path

    return write


def places(content, at=()):
    """Every key of a JSON file, and every item of its lists."""
    for key, value in content.items() if isinstance(content, dict) else enumerate(content):
        yield (*at, key)
        if isinstance(value, dict | list):
            yield from places(value, (*at, key))


def replaced(content, at, value):
    """A copy with another value at a place; `...` takes it away."""
    if not at:
        return value
    copy = list(content) if isinstance(content, list) else dict(content)
    inner = replaced(copy[at[0]], at[1:], value)
    if inner is ...:
        del copy[at[0]]
    else:
        copy[at[0]] = inner
    return copy


@pytest.mark.parametrize("name", json_files.KINDS)
def test_any_value_that_is_changed_or_lost_is_refused_with_its_file_and_command(whole, name):
    folder = whole(name)
    file = folder / name
    content = json.loads(file.read_text("utf-8"))
    assert json_files.read(folder, name) == content
    command = f"`{json_files.maker(folder, name)}`"
    for at in places(content):
        for value in (..., *ODD):
            other = replaced(content, at, value)
            if json.dumps(other) == json.dumps(content):
                continue
            file.write_text(json.dumps(other), "utf-8")
            with pytest.raises(InputError) as caught:
                json_files.read(folder, name)
            problem = caught.value.problems[0]
            assert problem.file == str(file)
            assert command in problem.expected or at in (("format",), ("command",))


@pytest.mark.parametrize(
    "at, value, key, found",
    [
        (("contrasts", 0, "arm"), None, "contrasts[0].arm", "null"),
        (("contrasts",), ..., "contrasts", "missing"),
        (("contrasts", 0, "primary"), False, "contrasts", "0 of them are primary"),
        (("margins", "core"), 0, "margins.core", "0 is too small"),
        (("margins",), [1], "margins", "a list"),
        (("horizons",), [730, 365], "horizons", "[730, 365]"),
        (("points", 1, "point"), 7, "points[1].point", "7"),
        (("points", 1, "dose"), ..., "points[1].dose", "missing"),
        (("seeds_planned",), 4.5, "seeds_planned", "the number 4.5"),
        (("control_of_placebo",), "wall", "control_of_placebo", "'wall'"),
        (("design", "scales"), [], "design.scales", "0 of them"),
        (("seal",), {"hash": 1}, "seal.format", "missing"),
        (("question",), "Another?", "", "was changed after it was written"),
        (("seal_is_lost",), 1, "", "was changed after it was written"),
    ],
)
def test_the_key_is_named_and_what_was_found(whole, at, value, key, found):
    folder = whole(json_files.STUDY)
    file = folder / json_files.STUDY
    content = json.loads(file.read_text("utf-8")) | {"seal_is_lost": 0}
    file.write_text(json.dumps(replaced(content, at, value)), "utf-8")
    with pytest.raises(InputError) as caught:
        json_files.read(folder, json_files.STUDY)
    assert (caught.value.problems[0].place, caught.value.problems[0].given) == (key, found)


WHOLE = json.dumps({"format": 1, "name": "s"})


@pytest.mark.parametrize(
    "content, found",
    [
        (b"", "not JSON"),
        (WHOLE[:9].encode(), "not JSON"),
        (WHOLE.encode("utf-16"), "byte 0xff is not UTF-8"),
        (b"\xe9" + WHOLE.encode(), "byte 0xe9 is not UTF-8"),
        (b'{"format": 1, "people": NaN}', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[1]", "no table"),
        (b"null", "no table"),
        (b'"text"', "no table"),
        (WHOLE.encode() + b" " * 2**21, "more than 1 MB"),
        (b'{"format": 1' + b"0" * 5000 + b"}", "not JSON"),
        (b'{"format": "1"}', "is of format 1"),
        (b'{"format": true, "digest": ""}', "is of format True"),
        (b"{}", "is of format null"),
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path, monkeypatch, content, found):
    monkeypatch.setattr(json_files, "MOST_OF_A_RECORD", 2**20)
    (tmp_path / json_files.STUDY).write_bytes(content)
    with pytest.raises(InputError) as caught:
        json_files.read(tmp_path, json_files.STUDY)
    (problem,) = caught.value.problems
    assert problem.file == str(tmp_path / json_files.STUDY)
    assert found in problem.given
    assert "run `sim sweep` again" in problem.expected


@pytest.mark.parametrize("command", ["compare", "precision", "draw", "sensitivity"])
def test_every_command_refuses_a_damaged_one_and_writes_nothing(tmp_path, command):
    write_study(tmp_path, margins=None)
    result = sim(command, tmp_path)
    assert result.exit_code == 2, result.output
    assert "study.json: margins: null; expected a table with support, core" in result.stderr
    assert os.listdir(tmp_path) == [json_files.STUDY]


@pytest.mark.parametrize("kind", ["folder", "fifo", "device", "link", "nothing"])
def test_only_a_regular_file_is_read(tmp_path, kind):
    file = tmp_path / json_files.STUDY
    make = {"folder": file.mkdir, "fifo": lambda: os.mkfifo(file), "device": lambda: file.symlink_to("/dev/zero"),
            "link": lambda: file.symlink_to(file), "nothing": lambda: file.symlink_to(tmp_path / "gone")}  # fmt: skip
    make[kind]()
    with pytest.raises(InputError, match=r"study\.json.*run `sim sweep` again"):
        json_files.read(tmp_path, json_files.STUDY)


@pytest.mark.parametrize("key, other", [("name", "other"), ("scenario", "1234"), ("version", "0.0.9+abc")])
def test_what_it_says_agrees_with_the_table_of_runs(tmp_path, key, other):
    runs = pl.DataFrame(schema=dict(tables.SCHEMAS["runs"]))
    tables.write(tmp_path, "runs", runs, MADE)
    write_study(tmp_path)
    json_files.read(tmp_path, json_files.STUDY)
    write_study(tmp_path, **{key: other})
    with pytest.raises(InputError, match=f"{key}: '{re.escape(other)}'; expected .* as runs.parquet beside it"):
        json_files.read(tmp_path, json_files.STUDY)


def test_points_of_a_region_and_of_coalitions_are_those_of_the_runs_beside(whole):
    folder = whole(json_files.REGION)
    for change in ({"drawn": [0, 2]}, {"contrast": "prompt"}, {"assumptions": [REGION["assumptions"][0] | {"name": "rate"}]}):
        json_files.write(folder, json_files.REGION, REGION | change)
        with pytest.raises(InputError, match=r"region\.json: .* of study\.json.*run `sim region .*` again"):
            json_files.read(folder, json_files.REGION)
    write_study(folder, points=[{"point": k} for k in range(4)])
    json_files.write(folder, json_files.COALITIONS, COALITIONS)
    (folder / json_files.REGION).unlink()
    with pytest.raises(InputError, match=r"mechanisms: 1 of them; expected as many as make the 4 points of study\.json"):
        json_files.read(folder, json_files.COALITIONS)


@pytest.mark.parametrize("change", [{"digest": ...}, {"format": tables.FORMAT - 1}], ids=["without digest", "format"])
def test_an_older_folder_meets_one_sentence_and_the_command_that_helps(whole, change):
    folder = whole(json_files.STUDY)
    file = folder / json_files.STUDY
    content = json.loads(file.read_text("utf-8"))
    for key, value in change.items():
        content = replaced(content, (key,), value)
    file.write_text(json.dumps(content), "utf-8")
    with pytest.raises(InputError) as caught:
        json_files.read(folder, json_files.STUDY)
    (problem,) = caught.value.problems
    assert "written by version 0.1.0+abc" in problem.given
    assert "run `sim sweep` again" in problem.expected
    json_files.refuse_another_format(folder, older=False)  # a sweep writes it anew


def test_a_newer_folder_is_not_written_over(whole):
    folder = whole(json_files.STUDY)
    file = folder / json_files.STUDY
    file.write_text(file.read_text("utf-8").replace(f'"format": {tables.FORMAT}', f'"format": {tables.FORMAT + 1}'), "utf-8")
    with pytest.raises(InputError, match="use the newer version of this program, or another folder"):
        json_files.refuse_another_format(folder, older=False)


def test_a_copied_folder_is_read_as_it_is(whole, tmp_path_factory):
    """With a byte order mark and other line ends, as an editor or git may leave it."""
    folder = whole(json_files.STUDY)
    other = tmp_path_factory.mktemp("a[1] *")
    shutil.copy(folder / json_files.STUDY, other)
    text = (folder / json_files.STUDY).read_bytes()
    (other / json_files.STUDY).write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    assert json_files.read(other, json_files.STUDY) == files.read_json(folder / json_files.STUDY, "")
