"""Margins: the smallest changes that matter, fixed before running.

All six stand in a file of margins, margins.toml beside a study if it names no other. A study may have some of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from sim.scenario import bounds
from sim.scenario.faults import Fault, described, refuse
from sim.scenario.numbers import Status
from sim.scenario.pieces import Format, Piece, Text

FILE = "margins.toml"
"""The margins of every study beside it that names no other file."""

UNITS: Mapping[str, str] = {
    **dict.fromkeys(("support", "core", "real", "strong"), "share of the control's mean"),
    "partners": "share of support",
    "carriers": "bits",
}
"""The unit of each margin."""

_OF = {
    "support": "margin of support",
    "core": "margin of core support",
    "real": "margin of real-life hours",
    "strong": "margin of strong ties",
    "partners": "margin of the shift between partners",
    "carriers": "margin of the shift between channels",
}


class Margin(Piece):
    """The smallest change that matters, fixed before running."""

    value: Annotated[float, bounds.MARGIN] = Field(description="the smallest change that matters, in the unit of this margin")
    unit: Text | None = Field(None, description="the unit, which no study chooses; a file of margins says it")
    status: Status = Field(description="how it is known")
    why: str = Field(description="why this much matters")


class _InTheirUnits(Piece):
    """A table of margins, each in its unit."""

    @model_validator(mode="after")
    def _has_the_units(self) -> Self:
        margins = {name: getattr(self, name) for name in UNITS}
        refuse(
            [
                Fault((name, "unit"), described(margin.unit), f'"{UNITS[name]}"')
                for name, margin in margins.items()
                if margin is not None and margin.unit not in (None, UNITS[name])
            ]
        )
        return self


class Margins(_InTheirUnits):
    """All six margins, with which a verdict compares changes."""

    support: Margin = Field(description=_OF["support"])
    core: Margin = Field(description=_OF["core"])
    real: Margin = Field(description=_OF["real"])
    strong: Margin = Field(description=_OF["strong"])
    partners: Margin = Field(description=_OF["partners"])
    carriers: Margin = Field(description=_OF["carriers"])


class MarginsFile(Margins):
    """A file of margins: all six, with their units."""

    format: Format

    @model_validator(mode="after")
    def _says_the_units(self) -> Self:
        without = [name for name in UNITS if getattr(self, name).unit is None]
        refuse([Fault((name, "unit"), "missing", f'unit = "{UNITS[name]}"') for name in without])
        return self


class OwnMargins(_InTheirUnits):
    """`margins` of a study: the name of a file of margins, or a table with that name and margins of its own."""

    file: Text | None = Field(None, description=f"the file of all margins that are not here; by default {FILE} beside the study")
    support: Margin | None = Field(None, description=_OF["support"])
    core: Margin | None = Field(None, description=_OF["core"])
    real: Margin | None = Field(None, description=_OF["real"])
    strong: Margin | None = Field(None, description=_OF["strong"])
    partners: Margin | None = Field(None, description=_OF["partners"])
    carriers: Margin | None = Field(None, description=_OF["carriers"])

    @model_validator(mode="before")
    @classmethod
    def _from_a_name(cls, written: Any) -> Any:
        if isinstance(written, str):
            return {"file": written}
        if not isinstance(written, dict | OwnMargins):
            expected = f'the name of a file, such as "{FILE}", or a table with file and single margins'
            refuse([Fault((), described(written), expected)])
        return written

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: Any) -> dict[str, Any]:
        table = handler.resolve_ref_schema(handler(core))
        named = {"type": "string", "pattern": table["properties"]["file"]["anyOf"][0]["pattern"]}
        return {"anyOf": [named, dict(table)], "description": table["description"]}

    def over(self, file: Margins | None) -> Margins:
        """All six margins: those of the study replace those of the file.

        file : None if the study has all six itself
        """
        own = {name: getattr(self, name) for name in UNITS}
        margins = {
            name: getattr(file, name) if margin is None else margin.model_copy(update={"unit": UNITS[name]})
            for name, margin in own.items()
        }
        return Margins.model_validate(margins)


def file_named(margins: Any) -> str | None:
    """The file of margins that a study needs; None if it has all six itself, or if the name of the file is not usable.

    margins : `margins` of the study's file, not yet checked; None if it is missing
    """
    own = margins if isinstance(margins, dict) else {"file": FILE if margins is None else margins}
    if "file" not in own:
        return None if own.keys() >= UNITS.keys() else FILE
    return own["file"] if isinstance(own["file"], str) and own["file"].strip() else None
