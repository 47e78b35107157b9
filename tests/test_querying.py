"""What docs/querying.md shows works as it stands: SQL, polars, and pandas through DuckDB, on tables of a real sweep."""

import re
from pathlib import Path

import polars as pl
import pytest

from sim.errors import InputError
from sim.study.contrast import compare
from sim.study.experiment import sweep
from sim.study.query import query

PAGE = (Path(__file__).parents[1] / "docs" / "querying.md").read_text(encoding="utf-8")


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
    with pytest.raises(InputError, match=rf"{name}: .*(cannot be read .*make it again|damaged: .*run `sim compare .*` again)"):
        query("select 1", tmp_path)


def test_two_questions_at_once_are_refused(folder):
    with pytest.raises(InputError, match="SQL: 2 questions; expected one at a time"):
        query("select 1; select 2", folder)
