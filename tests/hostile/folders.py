"""Damaged result folders: one file of a finished sweep changed, and what each command then makes of it."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import polars as pl

from .scenarios import SCENARIOS, STUDY
from .trials import Outcome, Trial, outcome_of

COMMANDS = (
    ["compare", "DIR"],
    ["draw", "DIR"],
    ["precision", "DIR"],
    ["query", "select count(*), sum(value) from measures", "DIR"],
    ["sweep", "study.toml", "--out", "DIR", "--dry-run"],
)
OF_RUNS = ("study.json", "runs.parquet", "measures.parquet", "pairs.parquet")
DERIVED = ("contrasts.csv", "verdict.csv", "precision.csv")
LEDGER = "ledger.sqlite"


def trials(folder: Path, count: int, luck: random.Random) -> Iterator[Trial]:
    """So many damages; each command is tried on each, and must refuse or answer as before the damage."""
    whole = _whole(folder.parent)
    for number in range(count):
        place = folder.parent / f"damaged-{number}"
        shutil.copytree(whole, place)
        name, damage = luck.choice(DAMAGES)
        file = place / "results" / luck.choice((*OF_RUNS, *DERIVED, LEDGER) if name in ANY else _suited(name))
        if not damage(file, luck):
            shutil.rmtree(place)
            continue
        for command in COMMANDS:
            left = _content(file)  # by this command: an earlier one may have made the file again
            words = ["results" if word == "DIR" else word for word in command]
            judge = _refused_or_the_same(file, left, whole, tuple(words))
            yield Trial(f"{file.name}, {name}: sim {words[0]}", words, place, judge)
        shutil.rmtree(place)


def _refused_or_the_same(
    file: Path, left: bytes | None, whole: Path, command: tuple[str, ...]
) -> Callable[[Outcome], str | None]:
    def judge(outcome: Outcome) -> str | None:
        remade = file.name in DERIVED and command[0] in ("compare", "precision") and outcome.status == 0
        if file.name == LEDGER and left is None and command[0] == "sweep":
            return None  # deleting it is how a user starts anew
        if _content(file) != left and not remade and not (file.name == LEDGER and left is None):
            return f"{file.name} was written over"
        if outcome.status == 0 and _answer(outcome) != _answer(_undamaged(whole, command)):
            # A derived table that is gone or foreign may be left out with a note
            return (
                None if file.name in DERIVED and command[0] == "draw" and outcome.err else f"another answer:\n{outcome.out[:600]}"
            )
        return None

    return judge


def _answer(outcome: Outcome) -> str:
    """What a command says, but for how long things will take."""
    return "\n".join(line for line in outcome.out.splitlines() if not line.startswith(("time left", "memory", "disk")))


@cache
def _undamaged(whole: Path, command: tuple[str, ...]) -> Outcome:
    return outcome_of(Trial("undamaged", command, whole))


@cache
def _whole(folder: Path) -> Path:
    """A finished sweep with its contrasts, verdicts and precision; its study beside it."""
    whole = folder / "whole"
    shutil.copytree(SCENARIOS, whole, ignore=shutil.ignore_patterns("*.seal.json"))
    (whole / "study.toml").write_text(STUDY, encoding="utf-8")
    for command in (["sweep", "study.toml", "--out", "results", "--jobs", "1"], ["compare", "results"], ["precision", "results"]):
        outcome = outcome_of(Trial("whole", command, whole))
        assert outcome.status == 0, outcome.err
    return whole


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _suited(damage: str) -> tuple[str, ...]:
    if damage.startswith("rows"):
        return OF_RUNS[1:]
    return ("study.json",)


# Damages: whether there was anything to do


def _bytes(change: Callable[[bytes, random.Random], bytes]) -> Callable[[Path, random.Random], bool]:
    def damage(file: Path, luck: random.Random) -> bool:
        if not file.is_file():
            return False
        file.write_bytes(change(file.read_bytes(), luck))
        return True

    return damage


def _gone(file: Path, luck: random.Random) -> bool:
    file.unlink(missing_ok=True)
    return True


def _a_folder(file: Path, luck: random.Random) -> bool:
    file.unlink(missing_ok=True)
    file.mkdir()
    return True


def _a_device(file: Path, luck: random.Random) -> bool:
    file.unlink(missing_ok=True)
    file.symlink_to("/dev/zero")
    return True


def _other_file(file: Path, luck: random.Random) -> bool:
    others = [other for other in sorted(file.parent.iterdir()) if other.is_file() and other != file]
    shutil.copyfile(luck.choice(others), file)
    return True


def _rows(change: Callable[[pl.DataFrame, random.Random], pl.DataFrame]) -> Callable[[Path, random.Random], bool]:
    """Change a Parquet table and keep what it says of itself; in a process of its own, as polars' threads outlive no fork."""

    def damage(file: Path, luck: random.Random) -> bool:
        def rewrite() -> None:
            about = {key: value for key, value in pl.read_parquet_metadata(file).items() if key != "ARROW:schema"}
            change(pl.read_parquet(file, glob=False), luck).write_parquet(file, metadata=about)

        done = outcome_of(Trial("damage", rewrite, file.parent))
        assert done.status == 0, done.err
        return True

    return damage


def _numbers_to(value: float | None) -> Callable[[pl.DataFrame, random.Random], pl.DataFrame]:
    return lambda frame, luck: frame.with_columns(
        pl.lit(value, pl.Float64).alias(name) for name, of in frame.schema.items() if of.is_float()
    )


def _field(change: Callable[[dict, str], None]) -> Callable[[Path, random.Random], bool]:
    def damage(file: Path, luck: random.Random) -> bool:
        content = json.loads(file.read_text(encoding="utf-8"))
        change(content, luck.choice(sorted(content)))
        file.write_text(json.dumps(content), encoding="utf-8")
        return True

    return damage


DAMAGES: tuple[tuple[str, Callable[[Path, random.Random], bool]], ...] = (
    ("gone", _gone),
    ("a folder", _a_folder),
    ("the zero device", _a_device),
    ("another file of the folder", _other_file),
    ("empty", _bytes(lambda content, luck: b"")),
    ("cut", _bytes(lambda content, luck: content[: luck.randrange(len(content))])),
    ("noise", _bytes(lambda content, luck: luck.randbytes(500))),
    ("utf-16", _bytes(lambda content, luck: content.decode("latin-1").encode("utf-16"))),
    ("rows doubled", _rows(lambda frame, luck: pl.concat([frame, frame]))),
    ("rows halved", _rows(lambda frame, luck: frame.head(frame.height // 2))),
    ("rows none", _rows(lambda frame, luck: frame.head(0))),
    ("rows shuffled in a column", _rows(lambda frame, luck: frame.with_columns(pl.last().shuffle(luck.randrange(99))))),
    ("rows not numbers", _rows(_numbers_to(float("nan")))),
    ("rows infinite", _rows(_numbers_to(float("inf")))),
    ("rows without numbers", _rows(_numbers_to(None))),
    ("a field gone", _field(lambda content, key: content.pop(key) and None)),
    ("a field null", _field(lambda content, key: content.update({key: None}))),
    ("a field a number", _field(lambda content, key: content.update({key: -3.5}))),
    ("a field a list", _field(lambda content, key: content.update({key: [1, {"x": None}]}))),
    ("a field text", _field(lambda content, key: content.update({key: "other"}))),
)
ANY = {"gone", "a folder", "the zero device", "another file of the folder", "empty", "cut", "noise", "utf-16"}
