"""The event log: every drawn act. Further measures can be computed from it."""

from __future__ import annotations

import numpy as np

from sim.channels import CAUSES, CHANNELS, OWN, PROMPT

CONTENTS = np.array(["" if cause in (OWN, PROMPT) else name for cause, name in enumerate(CAUSES)])  # by cause


class EventLog:
    """Acts by day, and on a day in the order of its ties.

    people : rows of people whose sent and received acts are kept; None: everybody's
    """

    def __init__(self, people=None):
        self._people = None if people is None else np.asarray(people)
        self._columns: list[tuple[np.ndarray, ...]] = []

    def add(self, acts) -> None:
        """Add the LoggedActs of some days, a list of batches."""
        for batch in acts:
            if self._people is not None:
                keep = np.isin(batch.sender, self._people) | np.isin(batch.receiver, self._people)
                batch = type(batch)(*(column[keep] for column in batch))
            if batch.day.size:
                self._columns.append(tuple(batch))

    def columns(self) -> dict[str, np.ndarray]:
        """day, from, to (int32), channel (text), prompted (bool), content (text, of CONTENTS)."""
        if self._columns:
            columns = [np.concatenate(batches) for batches in zip(*self._columns)]
            by_day = np.argsort(columns[0], kind="stable")  # strips of ties are simulated for several days, one after the other
            day, sender, receiver, channel, cause = (column[by_day] for column in columns)
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
