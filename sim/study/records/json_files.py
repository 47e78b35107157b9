"""Schemas of the JSON files of a result folder, and their only writer and reader.

The reader checks the format, the type of every key, that the keys fit together, and the digest that proves that nobody changed
the file. It also checks that the table of runs (or of days) beside the file has the same study, scenario and version. Every
other file is refused. The error names the file, the key, what was found, what was expected, and the command that makes the file
again.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Self

import polars as pl
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, create_model, model_validator

from sim import files
from sim.errors import InputError, Problem
from sim.scenario.bounds import MARGIN, PEOPLE, YEAR
from sim.scenario.faults import Fault, Refusal, described, dotted, refuse
from sim.scenario.figure_names import USUAL
from sim.scenario.fingerprint import digest
from sim.scenario.margins import Margins as Declared
from sim.scenario.names import ALL
from sim.scenario.numbers import STATUSES
from sim.scenario.pieces import ListOf
from sim.scenario.shown import Shown
from sim.scenario.wording import problems
from sim.study.records import tables
from sim.study.records.command_again import MOST_OF_A_RECORD, again, is_published, result_of
from sim.study.records.seal import Seal

STUDY, REGION, COALITIONS, TIE = "study.json", "region.json", "coalitions.json", "tie.json"


class Part(BaseModel):
    """A table of a JSON file. Every key has its type. NaN is refused. Unknown keys are allowed."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True, allow_inf_nan=False, defer_build=True)


def _checked_point(point: dict[str, Any]) -> dict[str, Any]:
    number = point.get("point")
    faults = [] if type(number) is int and number >= 0 else [Fault(("point",), described(number), "its number")]
    for name, value in point.items():
        if not isinstance(value, str | int | float) or (isinstance(value, float) and not math.isfinite(value)):
            faults.append(Fault((name,), described(value), "a number, a switch or a choice"))
    refuse(faults)
    return point


def _checked_point_or_none(point: dict[str, Any]) -> dict[str, Any]:
    """Also accepts a run at the values of the files, which has no point of the design."""
    return point if point == {"point": None} else _checked_point(point)


Point = Annotated[dict[str, Any], AfterValidator(_checked_point)]
Text = Annotated[str, Field(min_length=1)]
Whole = Annotated[int, Field(ge=0)]
Count = Annotated[int, Field(ge=1)]
People = Annotated[int, PEOPLE]
Margin = Annotated[float, MARGIN]
Ends = Annotated[tuple[float, float], Field(strict=False)]
Two = Annotated[tuple[int, int], Field(strict=False)]


class ContrastEntry(Part):
    name: Text
    arm: Text
    control: Text
    primary: bool
    kind: Literal["before", "after"]
    joined_by: Annotated[int, Field(ge=0)] = 0
    expect: dict[str, str] | None
    files: ListOf[Text] | None = None
    idle: ListOf[Text] = ()
    same_run: ListOf[Whole] = ()
    follows: bool = False
    group: Text = ALL
    against: Text | None = None


_MARGIN_FIELDS: dict[str, Any] = dict.fromkeys(Declared.model_fields, Margin)
Margins = create_model("Margins", __base__=Part, **_MARGIN_FIELDS)
"""The margins that a study declares: name -> value."""


class Design(Part):
    kind: Literal["grid", "latin", "sobol", "morris", "one-at-a-time", "list"]
    names: ListOf[Text]
    ranges: ListOf[Ends | None]
    scales: ListOf[Literal["linear", "log"] | None]
    levels: Count = 4
    second_order: bool = False

    @model_validator(mode="after")
    def _of_equal_lengths(self) -> Self:
        for key in ("ranges", "scales"):
            if (length := len(getattr(self, key))) != len(self.names):
                raise Refusal(Fault((key,), f"{length} of them", f"{len(self.names)}, one for each name"))
        return self


class Driver(Part):
    name: Text
    status: Literal[(*STATUSES, "set")]  # type: ignore[valid-type]


class Parts(Part):
    """Hashes of what was really run, one for each part that a seal names."""

    question: str
    margins: str
    scenario: str
    runs: str
    verdicts: str


class CellEntry(Part):
    contrast: Text
    arm: Text
    control: Text
    profile: Text
    platform: Text
    way: Text


class CrossEntry(Part):
    profiles: ListOf[Text] = Field(min_length=1)
    platforms: ListOf[Text] = Field(min_length=1)
    ways: ListOf[Text] = Field(min_length=1)
    primary: Text


class Plausible(Part):
    low: float
    high: float
    value: float


class StudyFile(Part):
    """study.json: all that comparing and drawing need to know about the study. They do not read its scenario files."""

    name: Text
    question: str
    question_fr: str
    claims: ListOf[str]
    figures: ListOf[str] = USUAL
    shown: Shown = Field(default_factory=Shown)
    contrasts: ListOf[ContrastEntry] = Field(min_length=1)
    margins: Margins  # type: ignore[valid-type]
    horizons: ListOf[Annotated[int, Field(ge=YEAR)]] = Field(min_length=1)
    design: Design
    declared: dict[Text, Plausible] = Field(default_factory=dict)
    points: ListOf[Point] = Field(min_length=1)
    seeds_planned: Count
    people: People
    placebo: Text
    control_of_placebo: Text
    placebos: dict[str, str] = Field(default_factory=dict)
    reshuffled: Text | None
    given_graph: str | None
    drivers: ListOf[Driver]
    contents_idle: bool = False
    cells: ListOf[CellEntry] = ()
    cross: CrossEntry | None = None
    values: dict[str, dict[str, float]]
    version: Text
    scenario: Text
    file: Text
    beside: str
    folder: str
    size: Text
    command: str
    as_run: bool
    tables: dict[str, str]
    seal: Seal | None
    parts: Parts

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        refuse(list(self._faults()))
        return self

    def _faults(self) -> Iterator[Fault]:
        primary = [contrast for contrast in self.contrasts if contrast.primary]
        if len(primary) != 1:
            yield Fault(("contrasts",), f"{len(primary)} of them are primary", "one primary contrast")
        elif primary[0].control != self.control_of_placebo:
            yield Fault(("control_of_placebo",), f"'{self.control_of_placebo}'", f"the primary control, '{primary[0].control}'")
        if len({contrast.name for contrast in self.contrasts}) < len(self.contrasts):
            yield Fault(("contrasts",), "two of one name", "a name for each")
        compared = {(contrast.name, contrast.arm, contrast.control) for contrast in self.contrasts}
        for place, cell in enumerate(self.cells):
            if (cell.contrast, cell.arm, cell.control) not in compared:
                yield Fault(("cells", place, "contrast"), f"'{cell.contrast}'", "a contrast with the arm and control of the cell")
        if list(self.horizons) != sorted(set(self.horizons)):
            yield Fault(("horizons",), str(list(self.horizons)), "each once, the earliest first")
        for place, point in enumerate(self.points):
            if point["point"] != place:
                yield Fault(("points", place, "point"), f"{point['point']}", f"its place in the list, {place}")
            elif self.design.kind != "list" and (lacking := [name for name in self.design.names if name not in point]):
                yield Fault(("points", place, lacking[0]), "missing", "a value of each name of the design")


def drivers_of(study: Mapping[str, Any], contrast: str) -> list[dict[str, str]]:
    """{name, status} of every number in the files that reaches a contrast. study : study.json"""
    entry = next(entry for entry in study["contrasts"] if entry["name"] == contrast)
    starts, idle = tuple(f"{file}." for file in entry.get("files") or ()), set(entry.get("idle") or ())
    drivers = [driver for driver in study.get("drivers") or [] if driver["name"] not in idle]
    return [driver for driver in drivers if driver["name"].startswith(starts)] if starts else drivers


class Assumed(NamedTuple):
    """How many numbers are assumed, and of how many: "k of n numbers assumed"."""

    assumed: int
    numbers: int


def assumed(study: Mapping[str, Any], contrast: str) -> Assumed:
    """How many of the numbers that reach a contrast are assumed. study : study.json

    Numbers of the society, of profiles and of platforms count alike (`sim.scenario.reached`).
    """
    return counted(drivers_of(study, contrast))


def counted(drivers: Iterable[Mapping[str, str]]) -> Assumed:
    """How many of some numbers, each with its status, are assumed."""
    statuses = [driver["status"] for driver in drivers]
    return Assumed(statuses.count("assumed"), len(statuses))


class ParameterRange(Part):
    name: Text
    low: float
    high: float
    base: float

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if not self.low < self.high:
            raise Refusal(Fault(("high",), f"{self.high:g}", f"more than low, {self.low:g}"))
        return self


class RegionFile(Part):
    """region.json: the question about one contrast, the ranges of its parameters, and which points are the random sample."""

    study: Text
    contrast: Text
    primary: bool
    point: Whole
    people: People
    seeds: Count
    assumptions: ListOf[ParameterRange] = Field(min_length=1)
    drawn: ListOf[Whole] = Field(min_length=1)
    refused: Whole
    scenario: Text
    version: Text
    margins: Margins  # type: ignore[valid-type]
    command: str


class Mechanism(Part):
    name: Text
    neutral: dict[str, str | int | float]


class CoalitionsFile(Part):
    """coalitions.json: the mechanisms. In point k of the study.json beside it, mechanism i is on if bit i of k is set."""

    study: Text
    contrast: Text
    arm: Text
    control: Text
    point: Point
    mechanisms: ListOf[Mechanism] = Field(min_length=1)
    left_out: ListOf[str]
    declared: bool


class ShownArm(Part):
    arm: Text
    platforms: ListOf[Annotated[tuple[int, str | None], Field(strict=False)]]
    shown: ListOf[Two]


class Pair(Part):
    pair: Whole
    why: Text
    from_: Whole = Field(alias="from")
    to: Whole
    labels: Annotated[tuple[str, str], Field(strict=False)]
    birthdays: Two
    kind: str | None
    origin: str | None
    far: bool | None
    circles: Annotated[tuple[str, str], Field(strict=False)] | None
    before: float | None


class TieFile(Part):
    """tie.json: the pairs of people whose days and acts the two tables hold."""

    study: Text
    question: str
    question_fr: str
    version: Text
    scenario: Text
    command: str
    seed: Whole
    point: Annotated[dict[str, Any], AfterValidator(_checked_point_or_none)]
    people: People
    given_graph: str | None
    contents_idle: bool = False
    days: Count
    last: Count
    first_day_of_year: Annotated[int, Field(ge=0, lt=YEAR)]
    looked_at: Whole
    arm: Text
    control: Text
    arms: ListOf[ShownArm] = Field(min_length=1)
    pairs: ListOf[Pair] = Field(min_length=1)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        refuse(list(self._faults()))
        return self

    def _faults(self) -> Iterator[Fault]:
        arms = [shown.arm for shown in self.arms]
        for key in ("arm", "control"):
            if getattr(self, key) not in arms:
                yield Fault((key,), f"'{getattr(self, key)}'", f"one of {', '.join(arms)}")
        for place, pair in enumerate(self.pairs):
            if pair.pair != place:
                yield Fault(("pairs", place, "pair"), f"{pair.pair}", f"its place in the list, {place}")
        for place, arm in enumerate(self.arms):
            if len(arm.shown) != len(self.pairs):
                yield Fault(("arms", place, "shown"), f"{len(arm.shown)} of them", f"{len(self.pairs)}, one for each pair")
        if self.last > self.days:
            yield Fault(("last",), f"{self.last}", f"at most days, {self.days}")


class Kind(NamedTuple):
    """Kind of a JSON file: its schema, the table of the same runs beside it, and the verb of `sim` that makes both."""

    schema: type[Part]
    table: str
    maker: str


KINDS: Mapping[str, Kind] = {
    STUDY: Kind(StudyFile, "runs", "sweep"),
    REGION: Kind(RegionFile, "", "region"),
    COALITIONS: Kind(CoalitionsFile, "", "why"),
    TIE: Kind(TieFile, "tie_days", "tie"),
}


# Writing and reading


def write(folder: str | os.PathLike, name: str, content: Mapping[str, Any]) -> Path:
    """Write a JSON file (`STUDY`, ...) into a result folder. The file is complete, or the old one stays.

    study.json also gets the digests of the tables that are in the folder (see `result_folder`).
    """
    file = Path(folder) / name
    beside = {"tables": tables.digests(folder)} if name == STUDY else {}
    with tables.atomically(file) as temporary:
        temporary.write_text(text({**content, **beside}), encoding="utf-8")
    return file


def text(content: Mapping[str, Any]) -> str:
    """The text of a JSON file: the format, the content and the digest of both."""
    whole = {"format": tables.FORMAT, **content}
    return tables.as_json(whole | {"digest": _digest(whole)})


def read(folder: str | os.PathLike, name: str) -> dict[str, Any]:
    """The checked content of a JSON file. InputError: the file is absent, damaged or changed, or belongs to other tables."""
    try:
        return _read(folder, name, "")
    except InputError:  # read again to name the command that helps: looking for it is slow
        return _read(folder, name, f"run `{maker(folder, name)}` again")


def _read(folder: str | os.PathLike, name: str, remedy: str) -> dict[str, Any]:
    file, kind = Path(folder) / name, KINDS[name]
    if not os.path.lexists(file):
        raise InputError(_not_there(Path(folder), name))
    content = files.read_json(file, f"a complete file; {remedy}", MOST_OF_A_RECORD)
    if type(content.get("format")) is not int or content["format"] != tables.FORMAT or "digest" not in content:
        raise _of_another_format(file, content, remedy)
    _must_fit(file, kind.schema, content, remedy)
    _must_agree(Path(folder), name, content, remedy)
    if content["digest"] != _digest(content):
        raise InputError(Problem(str(file), "", "was changed after it was written", f"it as it was written; {remedy}"))
    return content


def maker(folder: str | os.PathLike, name: str) -> str:
    """The command that makes a JSON file of a result folder."""
    return again(folder, KINDS[name].maker)


def refuse_another_format(folder: str | os.PathLike, older: bool = True) -> None:
    """Raise InputError if the tables of a folder have another format than this program's. No study.json: nothing to refuse.

    older : whether to refuse an older format too. A sweep passes False, as it writes all tables again.
    """
    file = Path(folder) / STUDY
    try:
        content = files.read_json(file, "", MOST_OF_A_RECORD)
    except InputError:
        return  # absent or broken: a sweep writes it again
    number = content.get("format")
    if type(number) is int and (number > tables.FORMAT or (older and number < tables.FORMAT)):
        raise _of_another_format(file, content, f"run `{maker(folder, STUDY)}` again", writing=not older)


def version_of(folder: str | os.PathLike) -> str:
    """The version of the program that wrote the study.json of a folder, in any format. "" if unknown."""
    try:
        version = files.read_json(Path(folder) / STUDY, "", MOST_OF_A_RECORD).get("version")
    except InputError:
        return ""
    return version if isinstance(version, str) else ""


def _digest(content: Mapping[str, Any]) -> str:
    """Digest of the content of a file, without the key `digest`."""
    return digest({key: value for key, value in content.items() if key != "digest"})


def _not_there(folder: Path, name: str) -> Problem:
    """What was given instead of a result folder, and where one is or how it is made."""
    if folder.is_file():
        return Problem(str(folder), "", "a file", "the folder of a result, such as results/STUDY/.work/default")
    if name == STUDY and is_published(folder):
        result = result_of(folder)
        made = "" if result.is_dir() else f"; `{again(result, 'sweep')}` makes it"
        return Problem(str(folder), "", "a folder of what was published", f"the result folder that it is from, {result}{made}")
    return Problem(str(folder / name), "", "no such file", f"a result folder; `{maker(folder, name)}` makes it")


def _of_another_format(file: Path, content: Mapping[str, Any], remedy: str, writing: bool = False) -> InputError:
    """The error for a file of an older or newer format, or without one.

    writing : whether the command takes another folder with --out
    """
    number, version = content.get("format"), content.get("version")
    by = f", written by version {version}" if isinstance(version, str) else ""
    if type(number) is int and number > tables.FORMAT:
        remedy = "use the newer version of this program" + (", or another folder (--out)" if writing else "")
    older = type(number) is int and number == tables.FORMAT  # the right format, but without a digest
    which = "of an older version" if older else f"of format {'null' if number is None else number}"
    return InputError(Problem(str(file), "format", f"is {which}{by}", f"format {tables.FORMAT} of this version; {remedy}"))


def _must_fit(file: Path, schema: type[Part], content: dict[str, Any], remedy: str) -> None:
    try:
        schema.model_validate(content)
    except ValidationError as error:
        raise InputError(
            [
                Problem(str(file), fault.place, fault.given, f"{_expected(fault)}; {remedy}")
                for fault in problems(error, str(file), schema)
            ]
        ) from None


def _expected(problem: Problem) -> str:
    return "to be there" if problem.given == "missing" else problem.expected


def _must_agree(folder: Path, name: str, content: Mapping[str, Any], remedy: str) -> None:
    """Refuse a file with another study, scenario or version than the table beside it, or with other points."""
    study = "name" if name == STUDY else "study"
    keys = {"study": study, "hash": "scenario", "version": "version"}  # field of Provenance -> key of the file
    if (table := KINDS[name].table) and tables.path(folder, table).is_file():
        try:
            made = tables.provenance(folder, table)
        except (OSError, ValueError, TypeError, pl.exceptions.PolarsError):
            made = None  # reading that table raises the error
        if made and (field := next((field for field, key in keys.items() if getattr(made, field) != content[key]), None)):
            beside = f"'{getattr(made, field)}', as {tables.path(folder, table).name} beside it has it"
            raise InputError(Problem(str(folder / name), keys[field], f"'{content[keys[field]]}'", f"{beside}; {remedy}"))
    if name in (REGION, COALITIONS):
        faults = list(_WITH_POINTS[name](content, read(folder, STUDY)))
        if faults:
            raise InputError(
                [Problem(str(folder / name), dotted(at), value, f"{expected}; {remedy}") for at, value, expected in faults]
            )


Faults = Iterator[tuple[tuple[str | int, ...], str, str]]


def _region_and_points(about: Mapping[str, Any], study: Mapping[str, Any]) -> Faults:
    points = study["points"]
    for place, number in enumerate(about["drawn"]):
        if number >= len(points):
            yield ("drawn", place), str(number), f"a point of study.json, below {len(points)}"
    for place, entry in enumerate(about["assumptions"]):
        if any(type(point.get(entry["name"])) not in (int, float) for point in points):
            yield ("assumptions", place, "name"), f"'{entry['name']}'", "a parameter with a number in each point of study.json"
    if about["contrast"] not in [contrast["name"] for contrast in study["contrasts"]]:
        yield ("contrast",), f"'{about['contrast']}'", "a contrast of study.json"


def _coalitions_and_points(about: Mapping[str, Any], study: Mapping[str, Any]) -> Faults:
    if len(study["points"]) > 2 ** len(about["mechanisms"]):  # while they are simulated, study.json has fewer points
        expected = f"as many as make the {len(study['points'])} points of study.json"
        yield ("mechanisms",), f"{len(about['mechanisms'])} of them", expected
    if about["contrast"] not in [contrast["name"] for contrast in study["contrasts"]]:
        yield ("contrast",), f"'{about['contrast']}'", "a contrast of study.json"


_WITH_POINTS: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any]], Faults]] = {
    REGION: _region_and_points,
    COALITIONS: _coalitions_and_points,
}
