"""What is shown of a study: the measures of figures and of the page with sliders, rows of the press cut, what a title is of."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from sim.errors import nearest
from sim.scenario.faults import Fault, described, refuse
from sim.scenario.measures import OF_A_RUN
from sim.scenario.pieces import Bare, ListOf, Name, Piece, Table, TableOf

SUPPORT = "S_all"
USUAL = (SUPPORT, "core", "strong", "bridging", "real_hours")
"""The measures of a study that names none."""


def _of_a_run(name: str) -> str:
    if name not in OF_A_RUN:
        refuse([Fault((), described(name), nearest(name, OF_A_RUN))])
    return name


Measure = Annotated[str, AfterValidator(_of_a_run), Field(json_schema_extra={"enum": list(OF_A_RUN)})]
Several = Annotated[ListOf[Measure], Field(min_length=1, max_length=6)]


class Row(Piece):
    """A row of the press cut: what one measure becomes in one contrast."""

    contrast: Name = Field(description="the name of a contrast")
    measure: Measure = Field(SUPPORT, description="a measure, such as S_all")


class Title(Piece):
    """What a title is of. It says what becomes of one measure only if that holds at all combinations that count."""

    measure: Measure = Field(SUPPORT, description="a measure, such as S_all")
    contrasts: ListOf[Name] = Field(
        (), description="the contrasts that it is of: it says what holds in all, or in how many; by default the primary one"
    )
    where: TableOf[str, Annotated[ListOf[Bare], Field(min_length=1)]] = Field(
        default_factory=Table, description="the values that count, by a name that varies; by default all combinations count"
    )


class Shown(Piece):
    """What the figures `combinations` and `headline` show, and what the page with sliders has besides the verdict's measures."""

    measures: Several = Field(USUAL, description="the measures that have a panel, in order")
    rows: Annotated[ListOf[Row], Field(max_length=6)] = Field(
        (), description="the rows of the press cut; by default the support of the first three contrasts of two platforms"
    )
    title: Title = Field(default_factory=Title, description="what the titles are of")
    counted: Annotated[ListOf[Measure], Field(max_length=6)] = Field(
        (), description="further measures: a sentence below the title tells of them, and the page with sliders shows them"
    )
