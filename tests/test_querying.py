"""What docs/querying.md shows works as it stands: SQL, polars, and pandas through DuckDB, on tables of a real sweep."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from conftest import slow
from typer.testing import CliRunner

from sim.__main__ import app
from sim.errors import InputError, RunError
from sim.study.judging.contrast import compare
from sim.study.records.query import query
from sim.study.sweep.sweeping import sweep

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "querying.md").read_text(encoding="utf-8")


def shown(language: str) -> list[str]:
    """The blocks of a language in the page."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def folder(a_study, tmp_path_factory):
    folder = tmp_path_factory.mktemp("asked")
    sweep(a_study(vary='"prompts.slope" = [0.0, 4.0]', name="asked", people=40, burn_in='"1y"'), folder)
    compare(folder)
    return folder


@pytest.fixture(scope="module")
def support(folder):
    """Support of the arm with prompts, by seed, at both points."""
    rows = query("select seed, value from measures join runs using (run_id) where arm = 'wall' and measure = 'S_all' "
                 "and tie_class = 'all'", folder).rows  # fmt: skip
    assert len(rows) == 4
    return rows


def test_every_sql_question_of_the_page_is_answered(folder, support):

    asked = re.findall(r'sim query "(select.*?)" results', PAGE, re.DOTALL)
    for sql in asked:
        assert query(sql, folder).rows
    differences = dict.fromkeys(query(shown("sql")[0], folder).rows)
    assert len(differences) >= 2


def test_polars_gives_what_sql_gives(folder, support):
    block = shown("python")[0].replace('"results/birthday-prompt/.work/default"', repr(str(folder)))
    names: dict = {}
    exec(block, names)
    wall = names["support"].filter(pl.col("arm") == "wall")
    assert wall["seeds"].to_list() == [2, 2]
    assert wall["value"].mean() == pytest.approx(sum(value for _, value in support) / 4)
    assert set(names["verdict"]["contrast"]) == {"prompt"}


def test_pandas_gives_what_sql_gives(folder, support):
    names: dict = {"folder": str(folder)}
    exec(shown("python")[1], names)
    wall = names["support"][names["support"]["arm"] == "wall"]
    assert wall["value"].mean() == pytest.approx(sum(value for _, value in support) / 4)


@pytest.mark.parametrize("name", ["measures.parquet", "verdict.csv"])
def test_a_damaged_table_is_named(tmp_path, name):
    (tmp_path / name).write_text("#\n")
    with pytest.raises(InputError, match=rf"{name}: .*(make it again|run `sim .*` again)"):
        query("select 1", tmp_path)


def test_two_questions_at_once_are_refused(folder):
    with pytest.raises(InputError, match="SQL: 2 questions; expected one at a time"):
        query("select 1; select 2", folder)


# What is asked, and what would do more than ask


@pytest.mark.parametrize(
    "sql",
    [
        "select count(*) from runs", "from runs select arm", "FROM RUNS", "with r as (select 1 as a) select * from r",
        "values (1)",
        "pivot (select arm, seed from runs) on arm using count(*)", "with p as (pivot runs on arm using count(*)) from p",
        "unpivot (select seed, point from runs) on seed, point", "explain from runs", "explain analyze from runs",
        "explain pivot runs on arm using count(*)", "describe runs", "describe select 1", "summarize runs", "show tables",
        "show all tables", "table runs", "select 1;", "select 1; -- a remark", "/* 1 */ select 1", "(select 1) union (select 2)",
        "select a.seed from runs a join runs b using (run_id)", "select * from (describe runs)", "select '; copy' as a",
        "select cast(started as timestamptz) from runs", "select date_trunc('day', started::timestamptz) from runs",
        "select now(), date '2026-01-01', interval 3 days, [1], {'a': 1}, 'x'::blob, 1.5::decimal(4, 2), uuid(), 'nan'::double",
        "select started::timestamptz at time zone 'Europe/Paris' from runs"
    ],
)  # fmt: skip
def test_a_question_is_answered(folder, sql):
    assert query(sql, folder).rows


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_text('{file}')", "select * from read_blob('{file}')", "select * from read_csv('{file}')",
        "select * from read_json('{file}')", "select * from read_parquet('{file}')", "select * from '{file}'", 'from "{file}"',
        "select * from sniff_csv('{file}')", "select * from glob('{folder}/*')", "select * from parquet_metadata('{file}')",
        "select * from query_table('{file}')", "describe '{file}'", "with x as (copy runs to '{new}') select 1",
        "copy runs to '{new}'", "copy (select 1) to '{new}'", "export database '{new}'", "import database '{folder}'",
        "attach '{new}'", "attach '{new}' as x (type sqlite)", "detach memory", "use memory", "install httpfs", "load httpfs",
        "force install spatial", "update extensions", "from st_read('{file}')", "from sqlite_scan('{file}', 'a')",
        "select * from read_csv('http://nowhere.invalid/a.csv')", "from 's3://nowhere/a.parquet'", "select getenv('HOME')",
        "set threads = 1", "reset threads", "set enable_external_access = true", "set variable a = 1", "pragma database_list",
        "pragma enable_profiling", "call pragma_version()", "create table x as select 1", "create view x as select 1",
        "create macro f() as 1", "create or replace view runs as select 1", "drop view runs", "alter view runs rename to x",
        "insert into runs select * from runs", "update runs set seed = 1", "delete from runs", "truncate runs", "checkpoint",
        "vacuum", "begin", "commit", "prepare p as select 1", "execute p", "explain copy runs to '{new}'",
        "explain create table x as select 1", "comment on view runs is null", "select 1; select 2", "from runs; drop view runs",
        "from duckdb_secrets()", "", " ", ";", "-- nothing", "selec 1", "select * from nowhere", "select", "(((", "select 'a",
        "select cast('x' as int)", "\ud800", "select " + "(" * 300,
    ],
)  # fmt: skip
def test_what_does_not_ask_or_looks_elsewhere_is_refused_in_a_line(folder, tmp_path, sql):
    secret, new = tmp_path / "secret.csv", tmp_path / "new"
    secret.write_text("what,no\ntable,says\n")
    before = {file: file.read_bytes() for file in Path(folder).rglob("*") if file.is_file()}
    with pytest.raises(InputError, match=r"^SQL: ") as refused:
        query(sql.replace("{file}", str(secret)).replace("{folder}", str(tmp_path)).replace("{new}", str(new)), folder)
    assert "\n" not in str(refused.value)
    assert "table,says" not in str(refused.value)
    assert not new.exists()
    assert {file: file.read_bytes() for file in Path(folder).rglob("*") if file.is_file()} == before


@pytest.mark.parametrize("end", ["infinity", *slow("-infinity")])
@pytest.mark.parametrize("kind", ["date", "timestamp", "timestamptz", "timestamp_s", "timestamp_ms", "timestamp_ns"])
@pytest.mark.parametrize("shape", ["{}", "[[{}]]", "{{'a': {}}}", "map {{{}: 1}}"])
def test_an_infinite_date_is_no_date_of_a_calendar(folder, end, kind, shape):
    with pytest.raises(InputError, match=r"a date that is infinite, .*; expected it as text"):
        query("select 1, " + shape.format(f"'{end}'::{kind}"), folder)
    assert query(f"select '{end}'::{kind}::varchar", folder).rows == [(end,)]


def test_arguments_the_other_way_round_are_told(folder):
    with pytest.raises(InputError, match=r'SQL: the folder .*; expected the question first: sim query "select \.\.\." DIR'):
        query(str(folder), "select arm from runs")


ENDLESS = "with recursive t(n) as (select 1 union all select n + 1 from t) select count(*) from t"


def test_a_question_without_end_is_given_up(folder):
    with pytest.raises(RunError, match=r"no answer in 0\.3 s; .*--time-limit"):
        query(ENDLESS, folder, time_limit=0.3)


INTERRUPTED = """
import os, signal, sys, threading
import sim.study.records.query
from sim.__main__ import main
sys.argv = ["sim", "query", *sys.argv[1:]]
threading.Timer(1, os.kill, (os.getpid(), signal.SIGINT)).start()
main()
"""


def test_ctrl_c_ends_a_question(folder):
    asked = [sys.executable, "-c", INTERRUPTED, ENDLESS, str(folder), "--time-limit", "100"]
    done = subprocess.run(asked, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert done.returncode == 130, done.stderr
    assert "Traceback" not in done.stderr


def test_rows_beyond_the_limit_are_counted_out(folder):
    for limit, rows, cut in ((3, 3, True), (10, 10, False), (11, 10, False), (None, 10, False)):
        answer = query("select * from range(10)", folder, limit)
        assert (len(answer.rows), answer.cut) == (rows, cut)
    assert query("select * from range(1000000000000)", folder, 5).cut  # rows that nobody sees are not made


def test_a_long_value_is_cut_on_the_screen_alone(folder):
    for sql in ("select repeat('a', 1000000) as b", f"select 1 as {'b' * 5000}"):
        screen, whole = (CliRunner().invoke(app, ["query", sql, str(folder), *more]) for more in ([], ["--csv"]))
        assert max(map(len, screen.stdout.splitlines())) < 1100
        assert "note: values longer than 1000 letters are cut; --csv prints them whole" in screen.stderr
        assert max(map(len, whole.stdout.splitlines())) >= 5000
        assert not whole.stderr
    assert not CliRunner().invoke(app, ["query", "select repeat('a', 1000)", str(folder)]).stderr


def test_the_command_says_that_there_are_more_rows(folder):
    for more, expected in (([], 1000), (["--limit", "7"], 7), (["--csv"], 1500), (["--csv", "--limit", "7"], 7)):
        result = CliRunner().invoke(app, ["query", "select * from range(1500) t(a)", str(folder), *more])
        assert result.exit_code == 0
        assert len(result.stdout.splitlines()) == 1 + expected
        assert ("--limit" in result.stderr) == (expected < 1500)


@pytest.mark.parametrize("name", ["a[1]", "a*b", "a?b", "a{b,c}", "it's", "a; b", "é 研究", "%s", "$HOME"])
def test_a_folder_of_any_name_shows_its_own_tables_alone(folder, tmp_path, name):
    """Beside it lies another, whose name its own would match as a pattern, with a table that cannot be read."""
    shutil.copytree(folder, tmp_path / name)
    for other in ("a1", "axb", "ab", "a; b"):
        if other != name:
            (tmp_path / other).mkdir()
            (tmp_path / other / "runs.parquet").write_text("not a table")
    assert query("select * from runs order by run_id", tmp_path / name) == query("select * from runs order by run_id", folder)
