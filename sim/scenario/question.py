"""The question of a study, as its file asks it: arms, contrasts, what varies, region, sizes, mechanisms."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, WithJsonSchema, field_validator

from sim.errors import nearest
from sim.scenario import bounds
from sim.scenario.bounds import YEAR
from sim.scenario.design import GRID, KEYS, SAMPLED, Design, Vary
from sim.scenario.faults import Fault, Refusal, described, refuse
from sim.scenario.figure_names import USUAL, a_figure
from sim.scenario.measures import MEASURES
from sim.scenario.names import ALL, BURN_IN, CLAIM, LABEL, LABELS, NAME, REST, SIGN
from sim.scenario.pieces import (
    ArmName,
    Bare,
    FileName,
    Format,
    ListOf,
    Name,
    People,
    Piece,
    Seeds,
    Table,
    TableOf,
    Text,
    not_used_as,
)
from sim.scenario.shown import Shown

Set = TableOf[str, Bare]
_SET = 'values that differ from the files, by dotted name: { "prompts.slope" = 0.0 }'


def _not_empty(neutral: Mapping[str, Any]) -> Mapping[str, Any]:
    if not neutral:
        refuse([Fault((), "an empty table", 'its names and their neutral values: { "substitution" = 0.0 }')])
    return neutral


Mechanism = Annotated[str, Field(pattern=LABEL), not_used_as((ALL, REST), "a row in the tables of `sim why`")]
Neutral = Annotated[Set, AfterValidator(_not_empty)]
"""The values at which a mechanism does nothing, by dotted name."""


class Change(Piece):
    """From one day on, another platform."""

    day: Annotated[int, bounds.DAY] = Field(description="days since the branch")
    platform: Name = Field(description="the platform from that day on")
    set: Set = Field(default_factory=Table, description=_SET)


class Arm(Piece):
    """One continuation of the same society after the branch."""

    platform: Name = Field(description="the platform joined at the branch; a file in platforms/")
    set: Set = Field(default_factory=Table, description=_SET)
    schedule: ListOf[Change] = Field((), description="platforms of later days, in order")

    @property
    def platforms(self) -> tuple[str, ...]:
        """Names of all platforms that the arm has, in order."""
        return (self.platform, *(change.platform for change in self.schedule))

    @field_validator("schedule")
    @classmethod
    def _in_order(cls, schedule: tuple[Change, ...]) -> tuple[Change, ...]:
        days = [change.day for change in schedule]
        refuse(
            [
                Fault((place, "day"), f"day {day} after day {before}", "days in rising order")
                for place, (before, day) in enumerate(itertools.pairwise(days), start=1)
                if day <= before
            ]
        )
        return schedule


def _a_measure(name: str) -> str:
    if name not in MEASURES:
        refuse([Fault((), described(name), nearest(name, MEASURES))])
    return name


class Expect(Piece):
    """The signs that either reading of the essay expects of a contrast."""

    measure: Annotated[str, AfterValidator(_a_measure)] = Field(
        description="a measure, such as S_all", json_schema_extra={"enum": list(MEASURES)}
    )
    thinning: str = Field(pattern=SIGN, description="its sign if ties are thinned")
    transforming: str = Field(pattern=SIGN, description="its sign if ties are transformed")


class Contrast(Piece):
    """Two arms of the same society, an arm and its control, whose difference is judged."""

    name: FileName = Field(description="the name of the contrast")
    arm: Name = Field(description="the arm that is judged")
    control: Name = Field(description="the arm that it is compared with")
    primary: bool = Field(False, description="exactly one contrast of a study is primary")
    group: Text = Field(ALL, description=f"whose verdict: all people, those of a profile, or {', '.join(LABELS)}")
    against: Text | None = Field(
        None, description="another group: the contrast is the difference of the effects on the two groups, and has no verdict"
    )
    expect: Expect | None = Field(None, description="expected signs")


class Region(Piece):
    """The parameters that `sim region` varies to find where a verdict holds."""

    points: Annotated[int, bounds.RANDOM_POINTS] | None = Field(
        None, description="combinations drawn at random; 128 by default"
    )
    seeds: Seeds | None = Field(None, description="seeds of each; 4 by default")
    people: People | None = Field(None, description="people of each; by default the study's own, at most 300")
    names: ListOf[Text] = Field((), description="dotted names of the parameters; by default all that act in the two arms")
    leave: ListOf[Text] = Field((), description="dotted names of parameters that stay as they are")


class Size(Piece):
    """How large a study is run."""

    people: People | None = Field(None, description="people; by default the study's own")
    seeds: Seeds | None = Field(None, description="seeds; by default the study's own")


class Sizes(Piece):
    """Other sizes than the study's own, which is called default."""

    quick: Size | None = Field(None, description="a first look")
    full: Size | None = Field(None, description="for publication")


def _days(written: Any) -> Any:
    """Days from "5y" or "400d"; at least a year of them."""
    if isinstance(written, str):
        parts = re.fullmatch(r"([1-9][0-9]{0,5})(y|d)", written)
        if parts is None:
            raise Refusal(Fault((), described(written), 'years or days, such as "5y" or "400d"'))
        written = int(parts[1]) * (YEAR if parts[2] == "y" else 1)
    if isinstance(written, int) and written < YEAR:
        given = f"{written} days"
        refuse([Fault((), given, f"at least {YEAR} days: measures are means over a year")])
    return written


Horizon = Annotated[
    int,
    bounds.HORIZON,
    BeforeValidator(_days),
    WithJsonSchema(
        {"type": ["string", "integer"], "pattern": "^[1-9][0-9]{0,5}(y|d)$"}
        | {"minimum": bounds.HORIZON.low, "maximum": bounds.HORIZON.high}
    ),
]


class Question(Piece):
    """The keys that a study file and a study read in full have in common."""

    format: Format
    question: Text = Field(description="the question, in a sentence")
    question_fr: Text | None = Field(None, description="the question in French")
    title: Text | None = Field(None, description="a short title")
    title_fr: Text | None = Field(None, description="a short title in French")
    claims: ListOf[Annotated[str, Field(pattern=CLAIM)]] = Field((), description="claims of the essay that this bears on")
    figures: ListOf[Annotated[str, AfterValidator(a_figure)]] = Field(USUAL, description="the figures that are drawn of it")
    shown: Shown = Field(default_factory=Shown, description="what the figures combinations and headline show")
    graph: Text | None = Field(None, description="a starting graph: a file beside the study, or the name of a data set")
    people: People = Field(description="people of the society")
    burn_in: Annotated[str, Field(pattern=BURN_IN)] = Field(
        "until-steady", description='"until-steady" or years before the branch, such as "12y"'
    )
    horizons: ListOf[Horizon] = Field(min_length=1, description="when to measure, over the year before: years or days")
    seeds: Seeds = Field(description="number of replicates; each grows a society and simulates all arms")
    sizes: Sizes = Field(default_factory=Sizes, description="other sizes: quick, full")
    arms: TableOf[ArmName, Arm] = Field(min_length=1, description="the arms, at least one")
    contrasts: ListOf[Contrast] = Field(description="which arms are compared; exactly one is primary")
    design: Design | None = Field(None, description="how combinations are chosen; by default a grid")
    vary: TableOf[str, Vary] = Field(
        default_factory=Table, validate_default=True, description="the parameters that vary, by dotted name"
    )
    region: Region = Field(default_factory=Region, description="the parameters over which `sim region` looks at a verdict")
    mechanisms: TableOf[Mechanism, Neutral] = Field(
        default_factory=Table, description="what `sim why` switches off in turn: neutral values by dotted name, by mechanism"
    )

    @field_validator("horizons")
    @classmethod
    def _in_order(cls, horizons: tuple[int, ...]) -> tuple[int, ...]:
        faults = [
            Fault((place,), f"{day} days after {before} days", "horizons in rising order")
            for place, (before, day) in enumerate(itertools.pairwise(horizons), start=1)
            if day <= before
        ]
        refuse(faults)
        return horizons

    @field_validator("contrasts")
    @classmethod
    def _compare_arms(cls, contrasts: tuple[Contrast, ...], info: ValidationInfo) -> Any:
        faults, arms = [], info.data.get("arms")
        primary = [contrast.name for contrast in contrasts if contrast.primary]
        if len(primary) != 1:
            given = "no contrast is primary" if not primary else f"primary: {', '.join(primary)}"
            faults.append(Fault((), given, "exactly one contrast with primary = true"))
        for name, times in Counter(contrast.name.lower() for contrast in contrasts).items():  # each has a folder of its name
            if times > 1:
                given = f"{times} contrasts are named '{name}'"
                faults.append(Fault((), given, "a name of its own for each"))
        for place, contrast in enumerate(contrasts):
            if contrast.arm == contrast.control:
                given = f"'{contrast.control}' is also the arm"
                faults.append(Fault((place, "control"), given, "another arm"))
            if arms is None:
                continue  # the arms are refused already
            faults += [
                Fault((place, key), f"no arm '{arm}'", nearest(arm, arms))
                for key, arm in (("arm", contrast.arm), ("control", contrast.control))
                if arm not in arms
            ]
        refuse(faults)
        return contrasts

    @field_validator("vary")
    @classmethod
    def _suits_the_design(cls, vary: Mapping[str, Vary], info: ValidationInfo) -> Any:
        if "design" not in info.data:
            return vary  # the design is refused already
        kind = (info.data["design"] or GRID).kind
        faults = []
        if kind == "list" and vary:
            faults.append(Fault((), "names beside a list", "no [vary]: the columns of the file name what varies"))
        elif kind != "list" and info.data["design"] and not vary:
            faults.append(Fault((), "nothing varies", 'names and their ranges: "prompts.slope" = {} takes that of the file'))
        for name, varied in vary.items() if kind != "list" else ():
            if kind in SAMPLED and varied.values:
                expected = "a range, { low, high } or {}; whole numbers, switches and choices need a grid or a list"
                faults.append(Fault((name,), f"a list of values in a {kind} design", expected))
            if kind == "grid" and not varied.values and varied.points is None:
                faults.append(Fault((name, "points"), "missing", "how many values, at least 2; of switches and choices a list"))
            if kind != "grid" and varied.points is not None:
                where = "points in [design]" if "points" in KEYS[kind] else "a range alone"
                faults.append(Fault((name, "points"), f"points of one name in a {kind} design", where))
        refuse(faults)
        return vary


def not_all(shares: Iterable[float]) -> list[Fault]:
    """The fault of shares of a population that do not add up to 1."""
    total = math.fsum(shares)
    if abs(total - 1) > 1e-9:
        return [Fault((), f"shares that add up to {total:.12g}", "shares that add up to 1")]
    return []


def graph_file(study: str, graph: str | None) -> Path | None:
    """The file that `graph` of a study names; None if it is the name of a data set, or none."""
    if graph is None or re.fullmatch(NAME, graph):
        return None
    return Path(study).parent / graph


def list_file(study: str, design: Design | None) -> Path | None:
    """The file that holds the points of a study's design; None if there is none."""
    return Path(study).parent / design.file if design and design.file else None
