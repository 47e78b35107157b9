"""A social graph that a user brings, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

KINDS = ("kin", "friend", "online")


@dataclass(frozen=True, eq=False)
class GivenGraph:
    """A social graph that a user brings: the people, the ties, and the attributes of each tie that the source has.

    name : name of the graph in results and messages
    labels : (people,) the name of each person in the source, else the id; any text, all different
    i, j : (ties,) int32, the numbers of the two people of a tie; i < j, sorted by (i, j), every pair once
    kind : (ties,) int8, position in `KINDS` (0 kin, 1 friend, 2 online), -1 unknown
    closeness_ij, closeness_ji : (ties,) float32 in [0, 1], felt by i for j and by j for i; NaN unknown
    linked : (ties,) int8, whether the two are linked on the platform: 1 yes, 0 no, -1 unknown
    chance : (ties,) float32, chance meetings per day, NaN unknown
    setting : (people,) int32, number of the setting that the person shares with others (a school class), -1 unknown
    chance_minutes : mean minutes of a chance meeting; None if the source did not measure it
    notes : what the user should know about how the source was read, with counts
    ids : (people,) the id of each person in the source; empty where the labels are the ids
    """

    name: str
    labels: tuple[str, ...]
    i: np.ndarray
    j: np.ndarray
    kind: np.ndarray
    closeness_ij: np.ndarray
    closeness_ji: np.ndarray
    linked: np.ndarray
    chance: np.ndarray
    setting: np.ndarray
    chance_minutes: float | None = None
    notes: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    @property
    def people(self) -> int:
        return len(self.labels)

    @property
    def ties(self) -> int:
        return len(self.i)

    def numbers(self) -> dict[str, int]:
        """Label or id -> the number of the person. Where an id equals a label, the label counts."""
        by_label, by_id = ({text: number for number, text in enumerate(texts)} for texts in (self.labels, self.ids))
        return by_id | by_label

    def __repr__(self) -> str:
        return f"<GivenGraph '{self.name}': {self.people:,} people, {self.ties:,} ties>"


def count(number: int, noun: str) -> str:
    """A number with a noun: "1 tie", "2,000 ties"."""
    return f"{number:,} {noun if number == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """The plural of a noun: "ties", "entries"."""
    return noun[:-1] + "ies" if noun.endswith("ry") else noun + "s"
