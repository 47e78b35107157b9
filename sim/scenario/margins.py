"""Margins: the smallest changes that matter, fixed before running."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.scenario import bounds
from sim.scenario.numbers import Status
from sim.scenario.pieces import Piece


class Margin(Piece):
    """The smallest change that matters, fixed before running."""

    value: Annotated[float, bounds.MARGIN] = Field(description="share of the control's mean, or its own unit")
    status: Status = Field(description="how it is known")
    why: str = Field(description="why this much matters")


class Margins(Piece):
    """What a verdict is held against."""

    support: Margin = Field(description="margin of support, share")
    core: Margin = Field(description="margin of core support, share")
    real: Margin = Field(description="margin of real-life hours, share")
    strong: Margin = Field(description="margin of strong ties, share")
    partners: Margin = Field(description="margin of the shift between partners")
    carriers: Margin = Field(description="margin of the shift between channels, bits")
