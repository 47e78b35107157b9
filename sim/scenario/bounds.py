"""The least and the greatest value that each number may plausibly have, with its unit: one place for all of them.

A range in a scenario file (low, high) says what is plausible for one number in one study. A bound says what no world can have,
and is checked wherever a value comes in: files, `set`, `vary`, `schedule`, columns of graphs, options of the command line.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Bound(NamedTuple):
    """The least and the greatest value, both allowed, and their unit."""

    low: float
    high: float
    unit: str

    def holds(self, value: float) -> bool:
        """Whether the value lies within; NaN does not."""
        return self.low <= value <= self.high

    def __str__(self) -> str:
        return f"a number from {self.low:g} to {self.high:g} ({self.unit})"


GRAPH_COLUMNS: Mapping[str, Bound] = {
    "closeness": Bound(0, 1, "closeness"),
    "closeness_from": Bound(0, 1, "closeness"),
    "closeness_to": Bound(0, 1, "closeness"),
    "chance": Bound(0, 24, "chance meetings per day"),
    "chance_minutes": Bound(0.1, 1440, "minutes of one chance meeting"),
}
"""What a graph may say of a tie; `chance_minutes` of the graph."""
