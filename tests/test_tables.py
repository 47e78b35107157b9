"""A table is complete or absent, has the declared columns, and names its format."""

import errno
import json
import os
import subprocess
import sys

import numpy as np
import polars as pl
import pytest

from sim.errors import InputError, RunError
from sim.study import tables
from sim.study.provenance import Provenance

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
    """Two rows of any table: the first full, the second null."""
    schema = dict(tables.SCHEMAS[name])
    value = {pl.String: 'a "b", c', pl.Boolean: True, pl.Float64: 0.1}
    rows = [{key: value.get(kind, 3) for key, kind in schema.items()}, dict.fromkeys(schema)]
    return pl.DataFrame(rows, schema=schema)


def full_disk(*_):
    raise OSError(errno.ENOSPC, "No space left on device")


# Round trips


@pytest.mark.parametrize("name", tables.SCHEMAS)
def test_what_is_written_is_read(tmp_path, name):
    written = tables.write(tmp_path, name, example(name))
    assert tables.read(tmp_path, name).equals(example(name))
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
    assert csv.read_text().splitlines()[0] == "# unbirthday verdict, format 1"
    parquet = tables.write(tmp_path, "pairs", PAIRS)
    assert pl.read_parquet_metadata(parquet)["unbirthday"] == "pairs, format 1"


def test_each_file_says_where_it_is_from_and_is_still_read(tmp_path):
    made = Provenance("s", "8d8d031e2a9a", "0.1.0+abc", "1-20", "sim sweep 'a b/s.toml'")
    csv = tables.write(tmp_path, "verdict", example("verdict"), made)
    said = "study s; hash 8d8d031e2a9a; version 0.1.0+abc; seeds 1-20; command sim sweep 'a b/s.toml'"
    assert csv.read_text().splitlines()[0] == f"# unbirthday verdict, format 1; {said}"
    assert tables.read(tmp_path, "verdict").equals(example("verdict"))
    parquet = tables.write(tmp_path, "pairs", PAIRS, made)
    assert pl.read_parquet_metadata(parquet)["unbirthday"] == "pairs, format 1"
    assert json.loads(pl.read_parquet_metadata(parquet)["provenance"]) == made._asdict()
    assert tables.provenance(tmp_path, "pairs") == made
    assert tables.read(tmp_path, "pairs").equals(PAIRS)
    tables.write(tmp_path, "pairs", PAIRS)
    assert tables.provenance(tmp_path, "pairs") is None


def test_a_line_break_in_a_name_does_not_break_a_table(tmp_path):
    tables.write(tmp_path, "verdict", example("verdict"), Provenance("a\nb", "", "", "", ""))
    assert tables.read(tmp_path, "verdict").equals(example("verdict"))


def test_a_verdict_of_before_seals_is_read(tmp_path):
    file = tables.write(tmp_path, "verdict", example("verdict").head(1))
    lines = file.read_text().splitlines()
    file.write_text("\n".join([lines[0], lines[1].removesuffix(",seal"), lines[2].removesuffix(',"a ""b"", c"')]) + "\n")
    assert "seal" not in file.read_text()
    assert tables.read(tmp_path, "verdict").drop("seal").equals(example("verdict").head(1).drop("seal"))
    assert tables.read(tmp_path, "verdict")["seal"].to_list() == [""]


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
    with pytest.raises(InputError, match=r"pairs\.parquet: cannot be read"):
        tables.read(tmp_path, "pairs")


def test_a_broken_csv_file_is_refused(tmp_path):
    file = tables.write(tmp_path, "contrasts", example("contrasts"))
    file.write_text(file.read_text().replace(",3,", ",three,"))
    with pytest.raises(InputError, match=r"contrasts\.csv: cannot be read"):
        tables.read(tmp_path, "contrasts")


def test_another_format_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "FORMAT", 2)
    tables.write(tmp_path, "pairs", PAIRS)
    tables.write(tmp_path, "verdict", example("verdict"), Provenance("s", "8d8d", "0.1.0+abc", "1", "sim sweep s.toml"))
    monkeypatch.undo()
    for name in ("pairs", "verdict"):
        with pytest.raises(InputError, match=f"'{name}, format 2'; expected '{name}, format 1'"):
            tables.read(tmp_path, name)


def test_somebody_elses_table_is_refused(tmp_path):
    PAIRS.write_parquet(tmp_path / "pairs.parquet")
    with pytest.raises(InputError, match="names no unbirthday format"):
        tables.read(tmp_path, "pairs")


def test_a_table_under_another_tables_name_is_refused(tmp_path):
    tables.write(tmp_path, "pairs", PAIRS).rename(tmp_path / "runs.parquet")
    with pytest.raises(InputError, match="'pairs, format 1'"):
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
from sim.study import tables
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
    assert json.loads(file.read_text(encoding="utf-8"))["format"] == 1
    with pytest.raises(ValueError, match="not JSON compliant"):
        tables.write_json(tmp_path, "study.json", {"value": float("nan")})
