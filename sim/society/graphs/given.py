"""A social graph that somebody brings, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

KINDS = ("kin", "friend", "online")


@dataclass(frozen=True, eq=False)
class GivenGraph:
    """A social graph that somebody brings: who is tied to whom, and what is known of each tie.

    name : what to call it
    labels : (people,) the name of each person in the source, else the id, any text, all different
    i, j : (ties,) int32, the two people of a tie, i < j, sorted by (i, j), every pair once
    kind : (ties,) int8, place in `KINDS` (0 kin, 1 friend, 2 online), -1 unknown
    closeness_ij, closeness_ji : (ties,) float32 in [0, 1], felt by i for j, by j for i; NaN unknown
    linked : (ties,) int8, platform link: 1 yes, 0 no, -1 unknown
    chance : (ties,) float32, chance meetings per day, NaN unknown
    setting : (people,) int32, number of the setting (a school class) a person shares, -1 unknown
    chance_minutes : mean minutes of one chance meeting where the source measured it
    notes : everything that was handled on the way, counted
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
        """The number of each person by label, and by id where that is nobody's label."""
        by_label, by_id = ({text: number for number, text in enumerate(texts)} for texts in (self.labels, self.ids))
        return by_id | by_label

    def __repr__(self) -> str:
        return f"<GivenGraph '{self.name}': {self.people:,} people, {self.ties:,} ties>"


def count(number: int, thing: str) -> str:
    """A number and its thing: "1 tie", "2,000 ties"."""
    return f"{number:,} {thing if number == 1 else plural(thing)}"


def plural(thing: str) -> str:
    """More of a thing: "ties", "entries"."""
    return thing[:-1] + "ies" if thing.endswith("ry") else thing + "s"
