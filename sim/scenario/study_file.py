"""The file of a study: its question, and the files that it names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import ConfigDict, Field, field_validator

from sim.scenario import bounds
from sim.scenario.cross import MADE, Cross
from sim.scenario.faults import refuse
from sim.scenario.margins import FILE as MARGINS
from sim.scenario.margins import OwnMargins
from sim.scenario.pieces import ProfileName, TableOf, Text
from sim.scenario.question import Question, not_all


def _either(schema: dict[str, Any]) -> None:
    """Say in a JSON Schema that a study has a cross, or else what a cross makes."""
    schema["required"] = [key for key in schema["required"] if key not in MADE]
    schema["oneOf"] = [{"required": list(MADE)}, {"required": ["cross"]}]


class StudyFile(Question):
    """A question: society, arms, contrasts, design and margins. Paths are relative to the file."""

    model_config = ConfigDict(json_schema_extra=_either)

    society: Text = Field(description="the file of the society")
    profiles: TableOf[ProfileName, Annotated[float, bounds.SHARE]] = Field(
        min_length=1, description="shares of the population by profile, of files in profiles/"
    )
    cross: Cross | None = Field(None, description="profiles times platforms, in place of profiles, arms and contrasts")
    margins: OwnMargins = Field(
        default_factory=OwnMargins,
        description=f"the smallest changes that matter: the file that has them, by default {MARGINS} beside the study, "
        "or a table with that file and single margins in place of its own",
    )

    @field_validator("profiles")
    @classmethod
    def _add_up(cls, shares: Mapping[str, float]) -> Mapping[str, float]:
        refuse(not_all(shares.values()))
        return shares
