"""SQL that asks, and SQL that would do more than ask."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from .folders import _whole
from .trials import Outcome, Trial

SECRET = "what-no-table-says"
ASKS = (
    "select count(*) from runs",
    "from measures select measure, avg(value) group by all order by 1 limit 3",
    "describe measures",
    "show tables",
    "summarize runs",
    "with r as (select * from runs) select count(*) from r",
    "pivot (select arm, seed from runs) on arm using count(*)",
    "explain select * from runs",
    "select cast(started as timestamptz) from runs limit 1",
    "values (1), (2)",
    "select 1; ",
    "select '\x1b[31mred' as a",
    "select chr(27) || chr(0) || chr(8238)",
)
LEAVES = (
    "select * from read_text('FILE')",
    "select * from read_csv('FILE')",
    "select * from 'FILE'",
    "select * from read_blob('FILE')",
    "select * from read_json('FILE')",
    "select * from glob('FOLDER/*')",
    "select * from read_parquet('FOLDER/*.parquet')",
    "select getenv('SECRET')",
    "copy runs to 'FOLDER/out.csv'",
    "export database 'FOLDER/out'",
    "attach 'FOLDER/new.db'",
    "install httpfs",
    "load httpfs",
    "select * from st_read('x')",
    "set enable_external_access = true",
    "pragma database_list",
    "create table x as select 1",
    "drop view runs",
    "delete from runs",
    "insert into runs select * from runs",
    "update runs set seed = 1",
    "call pragma_version()",
    "select 1; copy runs to 'FOLDER/out.csv'",
    "select * from duckdb_secrets()",
    "import database 'FOLDER'",
)
BROKEN = (
    "", ";", "   ", "--", "/* ", "select", "select * from", "select * from nowhere", "select nothing from runs", "selct 1",
    "(((((",
    "select 'unclosed", 'select "unclosed', "select 1 from runs where", "select 1/0", "select cast('x' as int)", "é ü 漢",
    "select " + "(" * 5000 + "1" + ")" * 5000, "select " + "1+" * 20_000 + "1", "\x1b[31m", "select * from runs; select 1",
    "select repeat('x', 2000000)", "select range(3000000)", "select count(*) from range(100000000) a, range(100000000) b",
    "with recursive t(n) as (select 1 union all select n + 1 from t) select count(*) from t",
)  # fmt: skip


def trials(folder: Path, count: int, luck: random.Random) -> Iterator[Trial]:
    """So many statements, mutated once all have been tried as they are."""
    whole = _whole(folder.parent)
    secret = folder.parent / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    told = [(sql.replace("FILE", str(secret)).replace("FOLDER", str(whole / "results")), kind) for sql, kind in _all()]
    luck.shuffle(told)
    before = _state(whole)
    for number in range(count):
        sql, kind = told[number % len(told)]
        if number >= len(told):
            sql = _mutated(sql, luck)
            kind = None
        yield Trial(f"{sql[:70]!r}", ["query", sql, "results", "--time-limit", "3"], whole, _stays(whole, before, kind))


def _all() -> list[tuple[str, str]]:
    return [(sql, kind) for kind, some in (("asks", ASKS), ("leaves", LEAVES), ("broken", BROKEN)) for sql in some]


def _state(whole: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in sorted(whole.rglob("*")) if file.is_file()}


def _stays(whole: Path, before: dict[str, bytes], kind: str | None) -> Callable[[Outcome], str | None]:
    def judge(outcome: Outcome) -> str | None:
        if SECRET in outcome.out + outcome.err:
            return "read a file outside the folder"
        if _state(whole) != before:
            return "changed something in the folder"
        if kind == "asks" and outcome.status:
            return f"refused a question:\n{outcome.err[:400]}"
        if kind == "leaves" and not outcome.status:
            return f"did it:\n{outcome.out[:400]}"
        return None

    return judge


def _mutated(sql: str, luck: random.Random) -> str:
    words = sql.split(" ")
    at = luck.randrange(len(words))
    words[at] = luck.choice(
        ("", words[at] * 2, "select", "null", "'", '"', ")", "*", "\x00", "runs", words[luck.randrange(len(words))])
    )
    return " ".join(words)
