"""The result tables: their columns, writing and reading. The only writer of tables.

A file is complete or absent: it is written beside its place under a hidden name, flushed to the
disk and then moved over the old one in one step. Each file names its format: Parquet in its
key-value metadata, CSV in a first comment line, JSON under the key "format"; tables say there, too, where they are from.
Source of the columns: docs, "Tables".
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import polars as pl
from polars.io.plugins import register_io_source

from sim.errors import InputError, Problem, RunError, nearest
from sim.study.provenance import Provenance

FORMAT = 1
"""Raised when a column changes its name, its type or its meaning."""

_KEY, _MADE = "unbirthday", "provenance"
_TEXT, _WHOLE, _DAY, _NUMBER, _YES = pl.String, pl.Int64, pl.Int32, pl.Float64, pl.Boolean

SCHEMAS: Mapping[str, Mapping[str, Any]] = {
    # One row per run. Varied values are further columns, kept between `seed` and `people`.
    "runs": {
        "run_id": _TEXT,
        "study": _TEXT,
        "arm": _TEXT,
        "point": _WHOLE,
        "seed": _WHOLE,
        "people": _WHOLE,
        "ties": _WHOLE,
        "years": _NUMBER,
        "size": _TEXT,
        "status": _TEXT,  # done, failed
        "error": _TEXT,
        "started": _TEXT,  # ISO 8601
        "wall_s": _NUMBER,
        "peak_mb": _NUMBER,
        "version": _TEXT,
        "scenario_hash": _TEXT,
        "machine": _TEXT,
    },
    # One row per run, horizon, profile, tie class and measure. Mean over the year before the day.
    "measures": {
        "run_id": _TEXT,
        "day": _WHOLE,  # days since the branch
        "profile": _TEXT,
        "tie_class": _TEXT,
        "measure": _TEXT,
        "unit": _TEXT,
        "n": _WHOLE,
        "value": _NUMBER,
    },
    # What exists only between two arms of one replicate: the distance of arm and control.
    "pairs": {
        "study": _TEXT,
        "point": _WHOLE,
        "seed": _WHOLE,
        "contrast": _TEXT,
        "day": _WHOLE,
        "profile": _TEXT,
        "tie_class": _TEXT,
        "measure": _TEXT,
        "unit": _TEXT,
        "value": _NUMBER,
        "floor": _NUMBER,  # the same distance between placebo and its control
    },
    "contrasts": {
        "study": _TEXT,
        "point": _WHOLE,
        "contrast": _TEXT,
        "horizon": _WHOLE,  # days since the branch
        "profile": _TEXT,
        "tie_class": _TEXT,
        "measure": _TEXT,
        "unit": _TEXT,
        "control": _NUMBER,
        "difference": _NUMBER,
        "low90": _NUMBER,
        "high90": _NUMBER,
        "low95": _NUMBER,
        "high95": _NUMBER,
        "p": _NUMBER,
        "p_holm": _NUMBER,
        "seeds": _WHOLE,
        "floor": _NUMBER,
        "se": _NUMBER,
        "relative": _NUMBER,  # difference as a share of the control
        "reshuffled": _NUMBER,  # what changing all luck moves; never subtracted
        "left_out": _WHOLE,  # seeds with a value in one arm only
    },
    "verdict": {
        "study": _TEXT,
        "point": _WHOLE,
        "contrast": _TEXT,
        "horizon": _WHOLE,
        "profile": _TEXT,
        "primary": _YES,
        "verdict": _TEXT,
        "why": _TEXT,
        "margin": _NUMBER,
        "tipping_margin": _NUMBER,
        "region_share": _NUMBER,
        "seeds_planned": _WHOLE,
        "seeds_used": _WHOLE,
        "seeds_needed": _WHOLE,
        "assumed_share": _NUMBER,
        "plain_sum": _TEXT,  # the word if the plain sum of closeness replaced support
        "label": _TEXT,  # "given this graph" or nothing
        "scenario": _TEXT,  # digest of every value that shaped the study's runs
        "seal": _TEXT,  # whether the study was sealed before running and is still the same; "" without a seal
    },
    # One row per index of an assumption, horizon and measure, of a Sobol or Morris design.
    "indices": {
        "study": _TEXT,
        "design": _TEXT,  # sobol, morris
        "contrast": _TEXT,  # whose paired difference is meant, or
        "arm": _TEXT,  # whose own value
        "horizon": _WHOLE,  # days since the branch
        "profile": _TEXT,
        "tie_class": _TEXT,
        "measure": _TEXT,
        "unit": _TEXT,  # of the measure, and of mu_star, sigma and mu; the others are shares of its variance
        "kind": _TEXT,  # S1, ST, S2; mu_star, sigma, mu
        "name": _TEXT,
        "other": _TEXT,  # the second name of a pair
        "value": _NUMBER,
        "low95": _NUMBER,
        "high95": _NUMBER,
        "samples": _WHOLE,  # or trajectories
        "seeds": _WHOLE,
        "left_out": _WHOLE,  # samples or trajectories that are not complete
    },
    # How precisely a difference is known, and what a wanted precision would take. In `scale`; variances in its square.
    "precision": {
        "study": _TEXT,
        "point": _WHOLE,
        "contrast": _TEXT,
        "horizon": _WHOLE,
        "measure": _TEXT,
        "scale": _TEXT,  # "share of control", or the unit of a distance
        "within": _NUMBER,  # the half-width that is wanted
        "seeds": _WHOLE,  # with a value in both arms
        "half95": _NUMBER,  # half-width of the 95 % interval now
        "variance": _NUMBER,  # of the paired difference
        "variance_arm": _NUMBER,  # over seeds, of the arm alone; a distance has none
        "variance_control": _NUMBER,
        "saved": _NUMBER,  # (variance_arm + variance_control) / variance
        "saved_low": _NUMBER,
        "saved_high": _NUMBER,
        "needed": _WHOLE,  # seeds, in pairs
        "needed_low": _WHOLE,
        "needed_high": _WHOLE,
        "needed_independent": _WHOLE,  # seeds of each arm, if arm and control had different ones
    },
    # A verdict split by mechanism: a row per horizon, measure and mechanism, then "rest" (all off) and "all" (the contrast).
    "why": {
        "study": _TEXT,
        "point": _WHOLE,  # of the study's design
        "contrast": _TEXT,
        "horizon": _WHOLE,
        "measure": _TEXT,
        "unit": _TEXT,
        "mechanism": _TEXT,
        "share": _NUMBER,  # Shapley's, mean over seeds; those of the mechanisms and of "rest" add up to that of "all"
        "low95": _NUMBER,
        "high95": _NUMBER,
        "alone": _NUMBER,  # what it adds where no other is on
        "without": _NUMBER,  # what goes where it alone is off
        "word_alone": _TEXT,  # the verdict where it alone is on
        "word_without": _TEXT,  # the verdict where it alone is off
        "control": _NUMBER,  # mean of the control, with all on
        "seeds": _WHOLE,
    },
    # Where a verdict holds. One row per contrast, horizon, profile and word: how often it is found among random assumptions.
    "region": {
        "study": _TEXT,
        "contrast": _TEXT,
        "horizon": _WHOLE,
        "profile": _TEXT,
        "word": _TEXT,
        "base": _YES,  # whether it is the word at the base
        "share": _NUMBER,
        "low95": _NUMBER,  # Wilson's interval
        "high95": _NUMBER,
        "times": _WHOLE,
        "points": _WHOLE,  # of the sample
        "seeds": _WHOLE,
        "people": _WHOLE,
        "assumptions": _WHOLE,
        "point": _WHOLE,  # of the study: the base
        "simulated": _WHOLE,  # points in all, those of the search with them
        "refused": _WHOLE,  # that an arm does not accept
        "scenario": _TEXT,  # as in verdict.csv
        "version": _TEXT,
        "margins": _TEXT,  # that its words are of; "" where an older table does not say
    },
    # How far assumptions can go. One row per assumption alone (change 0) and per assumption of each joint change found.
    "flips": {
        "study": _TEXT,
        "contrast": _TEXT,
        "horizon": _WHOLE,
        "change": _WHOLE,  # 0: alone; 1, 2, ...: together, the nearest first
        "name": _TEXT,
        "low": _NUMBER,  # of its declared range
        "high": _NUMBER,
        "base": _NUMBER,
        "word_base": _TEXT,
        "value": _NUMBER,  # where it flips
        "word": _TEXT,  # to what it flips; empty: nowhere
        "distance": _NUMBER,  # from the base, in ranges; of a joint change Euclidean, over all its assumptions
        "assumptions": _WHOLE,  # that move
        "word_low": _TEXT,  # at the ends of the range
        "word_high": _TEXT,
        "holds_from": _NUMBER,  # the base's word, without a gap, as far as simulated
        "holds_to": _NUMBER,
        "stops_at_low": _NUMBER,  # where it is first undecided on the way to this end
        "stops_at_high": _NUMBER,
        "flips_at_low": _NUMBER,  # where it first has another definite word on the way to this end, and which
        "flips_at_high": _NUMBER,
        "flip_low": _TEXT,
        "flip_high": _TEXT,
    },
    # The words along the range of each assumption, the others at the base.
    "stretches": {
        "study": _TEXT,
        "contrast": _TEXT,
        "horizon": _WHOLE,
        "name": _TEXT,
        "word": _TEXT,
        "from": _NUMBER,  # first and last value simulated with this word
        "to": _NUMBER,
        "places": _WHOLE,
    },
    # What tells best where the base's word holds: two rows per split of the sample, one for each side.
    "splits": {
        "study": _TEXT,
        "contrast": _TEXT,
        "horizon": _WHOLE,
        "level": _WHOLE,  # 1: of the whole sample; 2: within one side of the first
        "within": _TEXT,  # "", below, above
        "name": _TEXT,
        "side": _TEXT,  # below (the cut included), above
        "cut": _NUMBER,
        "word": _TEXT,
        "share": _NUMBER,
        "low95": _NUMBER,
        "high95": _NUMBER,
        "times": _WHOLE,
        "points": _WHOLE,
        "p": _NUMBER,  # how often mere chance is split as well
    },
    # The event log of one run, and the people and ties beside it.
    "events": {
        "day": _DAY,
        "from": pl.Int32,
        "to": pl.Int32,
        "channel": _TEXT,
        "prompted": _YES,
        "content": _TEXT,
    },
    "people": {
        "person": pl.Int32,
        "label": _TEXT,
        "profile": _TEXT,
        "birthday": pl.Int32,
        "shown_birthday": pl.Int32,
        "member": _YES,
        "minutes": _NUMBER,
        "links": pl.Int32,
    },
    "ties": {
        "day": _DAY,
        "from": pl.Int32,
        "to": pl.Int32,
        "kind": _TEXT,
        "linked": _YES,
        "closeness_from": _NUMBER,
        "closeness_to": _NUMBER,
    },
    # One tie in every arm of a study: a row per pair, arm and day, and one per act between the two.
    "tie_days": {
        "pair": _WHOLE,
        "arm": _TEXT,
        "day": _DAY,  # since the branch, at its end; -1 is the branch itself
        "from": pl.Int32,
        "to": pl.Int32,
        "closeness_from": _NUMBER,  # null while the pair has no row on the books
        "closeness_to": _NUMBER,
        "linked": _YES,
        "living": _YES,  # neither ended nor a mere link
    },
    "tie_acts": {
        "pair": _WHOLE,
        "arm": _TEXT,
        "day": _DAY,
        "from": pl.Int32,
        "to": pl.Int32,
        "channel": _TEXT,
        "prompted": _YES,
        "content": _TEXT,
    },
}

_CSV = {"contrasts", "verdict", "indices", "precision", "why", "region", "flips", "stretches", "splits"}
_LATER = {"verdict": {"seal": ""}, "region": {"margins": ""}}
"""Columns that older tables lack, and what they hold then."""
_MAKER = (
    dict.fromkeys(("contrasts", "verdict"), "`sim compare`")
    | {"indices": "`sim sensitivity`", "precision": "`sim precision`"}
    | dict.fromkeys(("region", "flips", "stretches", "splits"), "`sim region`")
    | dict.fromkeys(("events", "people", "ties"), "`sim run` with `--events`")
    | dict.fromkeys(("tie_days", "tie_acts"), "`sim tie`")
    | {"why": "`sim why`"}
)


def path(folder: str | os.PathLike, name: str) -> Path:
    """Where the table `name` of a result folder lies."""
    table = _table(name)
    return Path(folder) / (table + (".csv" if table in _CSV else ".parquet"))


def write(folder: str | os.PathLike, name: str, frame: pl.DataFrame, made: Provenance | None = None) -> Path:
    """Write the table `name` ("runs", "measures", ...) of a result folder; complete or not at all.

    made : where it is from, kept beside its format
    Raises ValueError if columns or types are not the declared ones, RunError if the disk refuses.
    """
    return write_file(path(folder, name), name, frame, made)


def write_file(file: str | os.PathLike, name: str, frame: pl.DataFrame, made: Provenance | None = None) -> Path:
    """Write a table to a file of any name (an event log goes where the user says)."""
    file, table = Path(file), _table(name)
    frame = _declared(table, frame)
    with atomically(file) as temporary:
        if table in _CSV:
            with open(temporary, "wb") as out:
                out.write(_first_line(table, made))
                frame.write_csv(out)
        else:
            frame.write_parquet(temporary, metadata=_metadata(table, made))
    return file


def write_in_parts(
    folder: str | os.PathLike,
    name: str,
    parts: Iterable[pl.DataFrame],
    varied: Mapping[str, Any] | None = None,
    made: Provenance | None = None,
) -> Path:
    """Write a Parquet table of a result folder from its parts in order, never holding all of them; complete or not at all.

    varied : name -> type of the columns that a table of runs has beyond the declared ones
    made : where it is from, kept beside its format
    Raises as `write` does.
    """
    file, table = path(folder, name), _table(name)
    schema = _declared(table, pl.DataFrame(schema=dict(SCHEMAS[table]) | dict(varied or {}))).schema
    source = register_io_source(lambda *_: (_declared(table, part) for part in parts), schema=schema)
    with atomically(file) as temporary:
        source.sink_parquet(temporary, maintain_order=True, metadata=_metadata(table, made))
    return file


def read(folder: str | os.PathLike, name: str) -> pl.DataFrame:
    """The table `name` of a result folder. InputError if absent, broken or of another format."""
    return read_file(path(folder, name), name)


def read_file(file: str | os.PathLike, name: str) -> pl.DataFrame:
    """The table `name` from a file of any name."""
    file, table = Path(file), _table(name)
    _must_exist(file, _MAKER.get(table, "`sim sweep`"))
    again = f"a complete table; make it again with {_MAKER.get(table, '`sim sweep`')}"
    try:
        named = _named_format(file, table)
        if named != f"{table}, format {FORMAT}":
            found = f"this is '{named}'" if named else "names no unbirthday format"
            raise _refused(file, found, f"'{table}, format {FORMAT}'; make it again with this version")
        if table in _CSV:
            frame = pl.read_csv(file, skip_lines=1, schema_overrides=dict(SCHEMAS[table]))
        else:
            frame = pl.read_parquet(file)
        later = {name: pl.lit(value) for name, value in _LATER.get(table, {}).items() if name not in frame.columns}
        return _declared(table, frame.with_columns(**later))
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise _refused(file, f"cannot be read ({reason})", again) from error


def provenance(folder: str | os.PathLike, name: str) -> Provenance | None:
    """Where a table of a result folder is from; None if it does not say."""
    file = path(folder, name)
    if file.suffix == ".csv":
        with open(file, encoding="utf-8") as lines:
            parts = dict(part.split(" ", 1) for part in lines.readline().rstrip("\n").split("; ")[1:])
        return Provenance(**{field: parts.get(field, "") for field in Provenance._fields}) if parts else None
    said = pl.read_parquet_metadata(file).get(_MADE)
    return Provenance(**json.loads(said)) if said else None


def write_json(folder: str | os.PathLike, name: str, content: Mapping[str, Any]) -> Path:
    """Write a small JSON file; complete or not at all. Those that are read again: `record`."""
    file = Path(folder) / name
    text = json.dumps({"format": FORMAT, **content}, indent=2, ensure_ascii=False, allow_nan=False)
    with atomically(file) as temporary:
        temporary.write_text(text + "\n", encoding="utf-8")
    return file


@contextmanager
def atomically(file: str | os.PathLike) -> Iterator[Path]:
    """Yield a hidden path beside `file`; when the block ends well, it becomes `file` in one step.

    The hidden path keeps the suffix, so that writers which look at it (NumPy, Matplotlib) do the
    same as for `file`. Whatever goes wrong, the hidden file is removed and an older `file` stays.
    Raises RunError, saying what was kept, when the disk refuses (full, read-only, ...).
    """
    file = Path(file)
    temporary = file.with_name(f".{file.stem}.{secrets.token_hex(4)}{file.suffix}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        with open(temporary, "rb+") as written:
            os.fsync(written.fileno())
        os.replace(temporary, file)
        _flush_folder(file.parent)
    except (OSError, pl.exceptions.PolarsError) as error:  # polars wraps a full disk in its own
        kept = "the older file was kept" if file.exists() else "nothing of it was left behind"
        reason = getattr(error, "strerror", None) or error
        raise RunError(f"{file}: could not be written ({reason}); {kept}") from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def _flush_folder(folder: Path) -> None:
    """Make the move itself survive a power cut, where the system can."""
    with suppress(OSError):  # not every file system lets a folder be flushed; the file is whole
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _table(name: str) -> str:
    table = name.removesuffix(".parquet").removesuffix(".csv")
    if table not in SCHEMAS:
        raise ValueError(f"no table is named '{name}'; expected {nearest(table, SCHEMAS)}")
    return table


def _declared(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with the declared columns, in order and type; ValueError names all that differ.

    Types are changed only where nothing can be lost: all null -> any, whole -> wider or real,
    categories -> text.
    """
    schema = dict(SCHEMAS[table])
    extra = [name for name in frame.columns if name not in schema]
    wrong = [f"lacks '{name}'" for name in schema if name not in frame.columns]
    if table != "runs":
        wrong += [f"has unknown '{name}'" for name in extra]
    columns = []
    for name in [name for name in schema if name in frame.columns]:
        try:
            columns.append(_fitted(frame[name], schema[name]))
        except (TypeError, pl.exceptions.PolarsError):
            wrong.append(f"has '{name}' as {frame[name].dtype}, not {schema[name]}")
    if wrong:
        raise ValueError(f"table {table}: " + "; ".join(wrong))
    if table == "runs":
        after = list(schema).index("people")
        columns[after:after] = [frame[name] for name in extra]
    return pl.DataFrame(columns)


def _fitted(column: pl.Series, wanted: Any) -> pl.Series:
    have = column.dtype
    lossless = (
        have == wanted
        or have == pl.Null
        or (have.is_integer() and (wanted.is_integer() or wanted.is_float()))
        or (have == pl.Float32 and wanted == pl.Float64)
        or (have in (pl.Categorical, pl.Enum) and wanted == pl.String)
    )
    if not lossless:
        raise TypeError
    return column.cast(wanted)  # strict: a whole number that does not fit is an error


def _metadata(table: str, made: Provenance | None) -> dict[str, str]:
    said = {_MADE: json.dumps(made._asdict(), ensure_ascii=False)} if made else {}
    return {_KEY: f"{table}, format {FORMAT}"} | said


def _first_line(table: str, made: Provenance | None) -> bytes:
    return "; ".join([f"# {_KEY} {table}, format {FORMAT}", *([str(made)] if made else [])]).encode() + b"\n"


def _named_format(file: Path, table: str) -> str:
    if table not in _CSV:
        return pl.read_parquet_metadata(file).get(_KEY, "")
    with open(file, encoding="utf-8") as lines:
        return lines.readline().rstrip("\n").removeprefix(f"# {_KEY} ").split("; ")[0]


def _must_exist(file: Path, maker: str) -> None:
    if not file.is_file():
        raise _refused(file, "no such file", f"a result folder; {maker} makes it")


def _refused(file: Path, found: str, expected: str) -> InputError:
    return InputError(Problem(str(file), "", found, expected))
