"""The event log: every drawn act, from which any later measure can be computed."""

from __future__ import annotations

import numpy as np

from sim.channels import CAUSES, CHANNELS, OWN, PROMPT

CONTENTS = np.array(["" if cause in (OWN, PROMPT) else name for cause, name in enumerate(CAUSES)])  # by cause


class EventLog:
    """Acts in the order they were drawn.

    people : rows of people whose acts (sent or received) are kept; None for everybody
    """

    def __init__(self, people=None):
        self._people = None if people is None else np.asarray(people)
        self._columns: list[tuple[np.ndarray, ...]] = []

    def add(self, acts) -> None:
        """Take in the Acts of a day."""
        for some in acts:
            if self._people is not None:
                keep = np.isin(some.sender, self._people) | np.isin(some.receiver, self._people)
                some = type(some)(*(column[keep] for column in some))
            if some.day.size:
                self._columns.append(tuple(some))

    def columns(self) -> dict[str, np.ndarray]:
        """day, from, to (int32), channel (text), prompted (bool), content (text, of CONTENTS)."""
        if self._columns:
            day, sender, receiver, channel, cause = (np.concatenate(c) for c in zip(*self._columns))
        else:
            day, sender, receiver, channel, cause = (np.empty(0, int) for _ in range(5))
        return {
            "day": day.astype(np.int32),
            "from": sender.astype(np.int32),
            "to": receiver.astype(np.int32),
            "channel": np.asarray(CHANNELS)[channel.astype(np.int64)],
            "prompted": cause == PROMPT,
            "content": CONTENTS[cause.astype(np.int64)],
        }
