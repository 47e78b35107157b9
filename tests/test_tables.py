"""A table is complete or absent, has the declared columns, and names its format."""

import errno
import json
import os
import subprocess
import sys

import numpy as np
import pandas
import polars as pl
import pytest

from sim.errors import InputError, RunError
from sim.study.records import tables
from sim.study.records.columns import BLOCK, FORMAT, TABLES, in_file
from sim.study.records.provenance import Provenance
from sim.study.records.query import query

PAIRS = pl.DataFrame(
    {
        "study": "prompt",
        "point": [0, 0],
        "seed": [1, 2],
        "contrast": "wall",
        "day": 365,
        "profile": "all",
        "tie_class": "all",
        "measure": "partners",
        "unit": "share",
        "value": [0.1, 0.2],
        "floor": [0.01, None],
    }
)


def example(name):
    """Two rows of any table: the first full, the second null; both say the same of where they are from."""
    schema = dict(tables.SCHEMAS[name])
    value = {pl.String: 'a "b", c', pl.Boolean: True, pl.Float64: 0.1}
    full = {key: value.get(kind, 3) for key, kind in schema.items()}
    frame = pl.DataFrame([full, dict.fromkeys(schema)], schema=schema)
    return frame.with_columns(digest=pl.lit("1-2-3-4-5-6")) if "digest" in schema else frame


MADE = Provenance("s", "8d8d031e2a9a", "0.1.0+abc", "1-20", "sim sweep 'a b/s.toml'", "1-2-3-4-5-6")
CSV = [name for name, table in TABLES.items() if table.csv]


def full_disk(*_):
    raise OSError(errno.ENOSPC, "No space left on device")


# Round trips


@pytest.mark.parametrize("name", tables.SCHEMAS)
def test_what_is_written_is_read(tmp_path, name):
    written = tables.write(tmp_path, name, example(name), MADE)
    found = tables.read(tmp_path, name)
    if "digest" in tables.SCHEMAS[name]:  # the digest of the rows stands behind that of what they are made from
        found = found.with_columns(pl.col("digest").str.replace("-[^-]*$", ""))
    assert found.equals(example(name))
    assert os.listdir(tmp_path) == [written.name]


def test_numbers_keep_every_bit_in_csv(tmp_path):
    frame = example("contrasts").with_columns(control=pl.Series([1 / 3, float("nan")]))
    tables.write(tmp_path, "contrasts", frame)
    assert tables.read(tmp_path, "contrasts").equals(frame)


def test_varied_values_are_columns_of_runs(tmp_path):
    frame = example("runs").with_columns(pl.lit(0.3).alias("substitution"))
    tables.write(tmp_path, "runs", frame)
    columns = tables.read(tmp_path, "runs").columns
    assert columns[columns.index("seed") + 1] == "substitution"


def test_a_table_may_have_any_file_name(tmp_path):
    tables.write_file(tmp_path / "log.parquet", "events", example("events"))
    assert tables.read_file(tmp_path / "log.parquet", "events").height == 2


def test_the_folder_is_made(tmp_path):
    tables.write(tmp_path / "a" / "b", "pairs", PAIRS)
    assert tables.read(tmp_path / "a" / "b", "pairs").height == 2


def test_each_file_names_its_format(tmp_path):
    csv = tables.write(tmp_path, "verdict", example("verdict"))
    assert pl.read_csv(csv)["format"].to_list() == [FORMAT, FORMAT]
    parquet = tables.write(tmp_path, "pairs", PAIRS)
    assert pl.read_parquet_metadata(parquet)["unbirthday"] == f"pairs, format {FORMAT}"


@pytest.mark.parametrize("name", CSV)
def test_a_csv_file_begins_with_its_header_and_says_in_its_columns_where_it_is_from(tmp_path, name):
    """Other programs read it without an option."""
    file = tables.write(tmp_path, name, example(name), MADE)
    header = file.read_text().splitlines()[0].split(",")
    assert header == list(in_file(name))
    assert header[-len(BLOCK) :] == list(BLOCK)
    assert list(pandas.read_csv(file).columns) == header == pl.read_csv(file).columns
    assert len(pandas.read_csv(file)) == 2
    if "hash" not in tables.SCHEMAS[name]:  # whose rows say it one by one
        assert tables.provenance(tmp_path, name)[:4] == ('a "b", c', *MADE[1:4])


def test_parquet_says_where_it_is_from_in_its_metadata(tmp_path):
    parquet = tables.write(tmp_path, "pairs", PAIRS, MADE)
    assert json.loads(pl.read_parquet_metadata(parquet)["provenance"]) == MADE._asdict()
    assert tables.provenance(tmp_path, "pairs") == MADE
    assert tables.read(tmp_path, "pairs").equals(PAIRS)
    tables.write(tmp_path, "pairs", PAIRS)
    assert tables.provenance(tmp_path, "pairs") is None


def test_a_line_break_in_a_name_does_not_break_a_table(tmp_path):
    frame = example("verdict").with_columns(contrast=pl.lit("a\nb"))
    tables.write(tmp_path, "verdict", frame, MADE)
    assert tables.read(tmp_path, "verdict").equals(frame)


@pytest.mark.parametrize("folder", ["a[1]", "a*b", "a; b", "a b", "a?", "{a,b}", "$x 'y' \"z\"", "é#%", "**"])
def test_a_folder_of_any_name_is_read_for_itself(tmp_path, folder):
    """Beside folders that its name would match as a pattern."""
    for beside in ("a1", "a", "aXb", "ab", "b", "x"):
        for name in ("pairs", "verdict"):
            tables.write(tmp_path / beside, name, example(name).head(1), MADE)
    for name in ("pairs", "verdict"):
        tables.write(tmp_path / folder, name, example(name), MADE)
        assert tables.read(tmp_path / folder, name).equals(example(name))
        assert tables.provenance(tmp_path / folder, name).hash == MADE.hash
    assert query("select count(*) from pairs", tmp_path / folder).rows == [(2,)]
    assert query("select count(*) from verdict", tmp_path / folder).rows == [(2,)]


# Saved by other programs


def as_text(change):
    return lambda content: change(content.decode()).encode()


DAMAGES = {
    "UTF-16": (lambda content: content.decode().encode("utf-16"), "not UTF-8 but UTF-16"),
    "UTF-16 without a mark": (lambda content: content.decode().encode("utf-16-le"), "not UTF-8 but UTF-16"),
    "Latin-1": (lambda content: content + "é".encode("latin-1"), "line 4: damaged: byte 0xe9 is not UTF-8"),
    "empty": (lambda content: b"", "is empty"),
    "semicolons": (as_text(lambda text: text.replace(",", ";")), "columns stand between ';'"),
    "tabs": (as_text(lambda text: text.replace(",", "\t")), "columns stand between"),
    "lines of old Macs": (lambda content: content.replace(b"\n", b"\r"), "line 1: damaged: cannot be divided into columns"),
    "a stray carriage return": (lambda content: content.replace(b"stu", b"stu\r", 1), "line 1: damaged: cannot be divided"),
    "a cell without end": (lambda content: b'"' + b"x" * 200_000 + content, "line 1: damaged: cannot be divided"),
    "a column lost": (as_text(lambda text: text.replace("difference", "differenz", 1)), "no column 'difference'; unknown column"),
    "of before a column": (
        as_text(lambda text: "\n".join(line.partition(",")[2] for line in text.splitlines()) + "\n"),
        "has no column 'study': an older version made it, or a column was taken out",
    ),
    "a column twice": (as_text(lambda text: text.replace("difference", "control", 1)), "'control' twice"),
    "a decimal comma": (as_text(lambda text: text.replace(",0.1,", ',"0,1",', 1)), "row 1, control: damaged: '0,1'"),
    "a number in words": (as_text(lambda text: text.replace(",3,", ",three,", 1)), "row 1, point: damaged: 'three'"),
    "a value changed": (as_text(lambda text: text.replace("0.1", "0.11", 1)), "was changed after it was made"),
    "a row lost": (as_text(lambda text: "\n".join(text.splitlines()[:2])), "was changed after it was made"),
    "a row cut short": (lambda content: content[: content.rindex(b",1-20,")], "row 2: damaged: is cut short"),
    "the only row cut short": (lambda content: content[: content.index(b",1-20,")], "row 1: damaged: is cut short"),
    "a row cut before its format": (lambda content: content[: content.rindex(b",2,")], "row 2: damaged: is cut short"),
    "a cut in the last column": (lambda content: content[:-40], "damaged"),
    "not a table": (lambda content: bytes(range(256)), "damaged"),
    "a web page": (lambda content: b"<html><body>404</body></html>", "damaged"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_table_that_another_program_saved_is_refused_with_its_place_and_the_remedy(tmp_path, damage):
    change, said = DAMAGES[damage]
    file = tables.write(tmp_path, "contrasts", example("contrasts"), MADE)
    content = change(file.read_bytes())
    file.write_bytes(content)
    with pytest.raises(InputError) as caught:
        tables.read(tmp_path, "contrasts")
    told = str(caught.value)
    assert said in told
    assert "contrasts.csv" in told
    assert f"run `sim compare {tmp_path}` again" in told
    assert file.read_bytes() == content


@pytest.mark.parametrize("change", [
    lambda content: b"\xef\xbb\xbf" + content,
    lambda content: content.replace(b"\n", b"\r\n"),
    as_text(lambda text: "\n".join(",".join(f'"{cell}"' if cell and '"' not in cell else cell for cell in line.split(","))
                                   for line in text.replace('a ""b"", c', "x").splitlines())),
])  # fmt: skip
def test_a_table_that_says_the_same_in_other_bytes_is_read(tmp_path, change):
    frame = example("contrasts").with_columns(pl.col(pl.String).str.replace_all(".*", "x"))
    file = tables.write(tmp_path, "contrasts", frame, MADE)
    file.write_bytes(change(file.read_bytes()))
    assert tables.read(tmp_path, "contrasts").equals(frame)


@pytest.mark.parametrize("name", CSV)
def test_a_table_of_the_first_format_is_refused_in_one_sentence(tmp_path, name):
    """It began with a comment line."""
    file = tables.path(tmp_path, name)
    file.write_text(f"# unbirthday {name}, format 1; study s; hash 8d8d\nstudy,point\ns,0\n")
    said = rf"{name}\.csv: is of format 1, of an older version; expected format 2; run `sim .*` again"
    with pytest.raises(InputError, match=said):
        tables.read(tmp_path, name)


# Columns and types


def test_all_wrong_columns_are_named_at_once(tmp_path):
    frame = PAIRS.drop("seed").with_columns(pl.lit("x").alias("value"), pl.lit(1).alias("sed"))
    with pytest.raises(ValueError, match="table pairs") as caught:
        tables.write(tmp_path, "pairs", frame)
    for part in ("lacks 'seed'", "unknown 'sed'", "'value' as String, not Float64"):
        assert part in str(caught.value)
    assert os.listdir(tmp_path) == []


def test_types_change_only_where_nothing_is_lost(tmp_path):
    narrow = PAIRS.with_columns(pl.col("point").cast(pl.Int8), pl.col("study").cast(pl.Categorical), floor=None)
    tables.write(tmp_path, "pairs", narrow)
    assert tables.read(tmp_path, "pairs").schema == pl.Schema(tables.SCHEMAS["pairs"])
    with pytest.raises(ValueError, match="'point' as Float64"):
        tables.write(tmp_path, "pairs", PAIRS.with_columns(pl.col("point").cast(pl.Float64)))
    with pytest.raises(ValueError, match="'from' as Int64"):
        tables.write(tmp_path, "events", example("events").with_columns(pl.lit(2**40).alias("from")))


def test_an_unknown_table_is_a_mistake(tmp_path):
    with pytest.raises(ValueError, match="perhaps you meant 'measures'"):
        tables.write(tmp_path, "measure", PAIRS)


# Reading what is not there, broken, or of another format


def test_an_absent_table_says_what_makes_it(tmp_path):
    with pytest.raises(InputError, match=r"runs\.parquet: no such file; expected .*sim sweep"):
        tables.read(tmp_path, "runs")
    with pytest.raises(InputError, match=r"verdict\.csv: no such file; expected .*sim compare"):
        tables.read(tmp_path, "verdict")


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_broken_parquet_file_is_refused(tmp_path, share):
    file = tables.write(tmp_path, "pairs", PAIRS)
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(InputError, match=r"pairs\.parquet: damaged: .*run `sim sweep` again"):
        tables.read(tmp_path, "pairs")


def test_another_format_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "FORMAT", 3)
    tables.write(tmp_path, "pairs", PAIRS)
    tables.write(tmp_path, "verdict", example("verdict"), MADE)
    monkeypatch.undo()
    with pytest.raises(InputError, match="'pairs, format 3'; expected 'pairs, format 2'"):
        tables.read(tmp_path, "pairs")
    with pytest.raises(InputError, match=r"is of format 3; expected format 2; run `sim compare .*` again"):
        tables.read(tmp_path, "verdict")


def test_somebody_elses_table_is_refused(tmp_path):
    PAIRS.write_parquet(tmp_path / "pairs.parquet")
    with pytest.raises(InputError, match="names no unbirthday format"):
        tables.read(tmp_path, "pairs")


def test_a_table_under_another_tables_name_is_refused(tmp_path):
    tables.write(tmp_path, "pairs", PAIRS).rename(tmp_path / "runs.parquet")
    with pytest.raises(InputError, match="'pairs, format 2'"):
        tables.read(tmp_path, "runs")


# Complete or absent


@pytest.mark.parametrize("name", ["pairs", "verdict"])
def test_a_full_disk_leaves_the_older_table(tmp_path, monkeypatch, name):
    file = tables.write(tmp_path, name, example(name))
    before = file.read_bytes()
    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(RunError, match=r"No space left on device.*the older file was kept"):
        tables.write(tmp_path, name, example(name).head(1))
    assert file.read_bytes() == before
    assert os.listdir(tmp_path) == [file.name]


def test_a_full_disk_leaves_nothing_where_nothing_was(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "replace", full_disk)
    with pytest.raises(RunError, match="nothing of it was left behind"):
        tables.write_json(tmp_path, "study.json", {"name": "x"})
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a limit on file size")
def test_a_disk_that_fills_while_writing_is_said_and_cleaned(tmp_path):
    """A real refusal by the system in the middle of a file, which polars reports as its own."""
    program = f"""
import resource, signal
import numpy as np, polars as pl
from sim.errors import RunError
from sim.study.records import tables
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
noise = np.random.default_rng(1).random(100_000)
frame = pl.DataFrame({{"value": noise}}).with_columns(
    study=pl.lit(""), point=0, seed=0, contrast=pl.lit(""), day=0, profile=pl.lit(""),
    tie_class=pl.lit(""), measure=pl.lit(""), unit=pl.lit(""), floor=0.0)
try:
    tables.write({str(tmp_path)!r}, "pairs", frame)
except RunError as error:
    print("refused:", error)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "refused:" in done.stdout, done.stderr
    assert "nothing of it was left behind" in done.stdout
    assert os.listdir(tmp_path) == []


def test_an_interrupted_writer_leaves_no_trace(tmp_path):
    def stop(temporary):
        temporary.write_bytes(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), tables.atomically(tmp_path / "x.npz") as temporary:
        stop(temporary)
    assert os.listdir(tmp_path) == []


def test_other_files_can_be_written_atomically(tmp_path):
    with tables.atomically(tmp_path / "world.npz") as temporary:
        np.savez(temporary, ties=np.arange(3))  # adds .npz to names without it
        assert not (tmp_path / "world.npz").exists()
    assert np.load(tmp_path / "world.npz")["ties"].tolist() == [0, 1, 2]
    assert os.listdir(tmp_path) == ["world.npz"]


def test_json_keeps_words_and_has_no_nan(tmp_path):
    file = tables.write_json(tmp_path, "study.json", {"question": "Amincit-il ? Épaissit-il ?"})
    assert "Épaissit" in file.read_text(encoding="utf-8")
    assert json.loads(file.read_text(encoding="utf-8"))["format"] == FORMAT
    with pytest.raises(ValueError, match="not JSON compliant"):
        tables.write_json(tmp_path, "study.json", {"value": float("nan")})
