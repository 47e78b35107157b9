"""One pair, as the tables of `sim tie` tell it: closeness by day and acts by day, arm by arm."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from sim.channels import TABLE
from sim.figures.results import Lacking
from sim.study.records import json_files, provenance, tables
from sim.study.records.provenance import Provenance
from sim.study.records.result_folder import short

ABOUT = "tie.json"
FACE_TO_FACE = ("visit", "chance")
PLATFORM = tuple(channel.name for channel in TABLE if not channel.real)
YEAR = 365


class Acts(NamedTuple):
    """Acts between the two, one row each."""

    day: np.ndarray
    by_first: np.ndarray  # bool: sent by the first of the two
    why: np.ndarray  # "", "prompt", "birthday", "nonbirthday"


class PairRecord:
    """What the tables hold of one pair, in every arm."""

    def __init__(self, about: dict[str, Any], pair: dict[str, Any], days: pl.DataFrame, acts: pl.DataFrame):
        self.about, self.pair = about, pair
        here = pl.col("pair") == pair["pair"]
        self._days, self._acts = days.filter(here), acts.filter(here)
        self.arms: list[str] = [entry["arm"] for entry in about["arms"]]
        self.control: str = about["control"]

    # Closeness

    @cached_property
    def closeness(self) -> dict[str, np.ndarray]:
        """By arm, (2, days + 1): what the first feels for the second, and the second for the first; NaN without a tie."""
        columns = [pl.col(name).fill_null(float("nan")) for name in ("closeness_from", "closeness_to")]
        return {
            arm: self._days.filter(pl.col("arm") == arm).sort("day").select(columns).to_numpy().T for arm in self.arms
        }

    @property
    def days(self) -> np.ndarray:
        """Days since the branch that closeness is known at the end of; -1 is the branch."""
        return np.arange(-1, self.about["days"])

    def began(self, arm: str) -> float:
        """Mean of both sides at the branch; 0 without a tie."""
        return float(np.nan_to_num(self.closeness[arm][:, 0]).mean())

    def ended(self, arm: str, side: int | None = None) -> float:
        """Mean of both sides, or of one, over the last days; 0 without a tie."""
        last = np.nan_to_num(self.closeness[arm][:, -self.about["last"] :])
        return float(last.mean() if side is None else last[side].mean())

    @cached_property
    def other(self) -> str:
        """The arm that ended farthest from the control; of equal ones the primary contrast's, else the first."""
        others = [arm for arm in self.arms if arm != self.control]
        others.sort(key=lambda arm: arm != self.about["arm"])
        return max(others, key=lambda arm: abs(self.ended(arm) - self.ended(self.control)))

    @cached_property
    def same(self) -> dict[str, list[str]]:
        """Arms in which not all is the same, to the day, each with those that repeat it."""
        distinct: dict[str, list[str]] = {}
        for arm in self.arms:
            first = next((earlier for earlier in distinct if self._repeats(earlier, arm)), None)
            distinct.setdefault(first or arm, []).extend([] if first is None else [arm])
        return distinct

    def _repeats(self, first: str, second: str) -> bool:
        frames = [
            [frame.filter(pl.col("arm") == arm).drop("arm") for frame in (self._days, self._acts)] for arm in (first, second)
        ]
        dates = [self._arm(arm)["shown"][self.pair["pair"]] for arm in (first, second)]
        came = [[(day, name is None) for day, name in self.platforms(arm)] for arm in (first, second)]
        return all(a.equals(b) for a, b in zip(*frames)) and dates[0] == dates[1] and came[0] == came[1]

    # Acts

    def acts(self, arm: str, channels: Sequence[str]) -> Acts:
        rows = self._acts.filter(pl.col("arm") == arm, pl.col("channel").is_in(channels)).sort("day", maintain_order=True)
        why = pl.when(pl.col("prompted")).then(pl.lit("prompt")).otherwise("content").alias("why")
        return Acts(
            rows["day"].to_numpy(),
            (rows["from"] == self.pair["from"]).to_numpy(),
            rows.select(why)["why"].to_numpy(),
        )

    def count(self, arm: str, channels: Sequence[str] | None = None) -> int:
        """How many acts, of all channels if none are given."""
        here = pl.col("arm") == arm
        return self._acts.filter(here if channels is None else here & pl.col("channel").is_in(channels)).height

    @property
    def channels(self) -> set[str]:
        """Those used in any arm."""
        return set(self._acts["channel"])

    # Arms and dates

    def platforms(self, arm: str) -> list[tuple[int, str | None]]:
        """(Day, platform) from which simulated day on there is which platform; None for no platform."""
        return [(day, name) for day, name in self._arm(arm)["platforms"] if day < self.about["days"]]

    def on_platform(self, arm: str) -> bool:
        """Is there ever a platform?"""
        return any(name for _, name in self.platforms(arm))

    def birthdays(self, side: int) -> list[int]:
        """Days since the branch on which one of the two has a birthday."""
        return self._dates(self.pair["birthdays"][side])

    def false_dates(self, arm: str, side: int) -> list[int]:
        """The same for a date that the platform shows instead of the true one."""
        shown = self._arm(arm)["shown"][self.pair["pair"]][side]
        return [] if shown in (-1, self.pair["birthdays"][side]) else self._dates(shown)

    def _dates(self, day_of_year: int) -> list[int]:
        first = (day_of_year - self.about["first_day_of_year"]) % YEAR
        return list(range(first, self.about["days"], YEAR))

    def _arm(self, arm: str) -> dict[str, Any]:
        return self.about["arms"][self.arms.index(arm)]


def origin(folder: Path) -> Provenance:
    """Where the tables of a folder that `sim tie` made are from."""
    about = json_files.read(folder, ABOUT)
    content = [sha256(tables.path(folder, name).read_bytes()).hexdigest() for name in ("tie_days", "tie_acts")]
    return provenance.of(about | {"name": about["study"]}, [about["seed"]], digest=short([about, content]))


def records_of(folder: Path) -> list[PairRecord]:
    """All pairs of a folder that `sim tie` made. Lacking: another folder."""
    if not (folder / ABOUT).is_file():
        raise Lacking(f"{ABOUT} is not there; run `sim tie` first")
    about = json_files.read(folder, ABOUT)
    days, acts = (tables.read(folder, name) for name in ("tie_days", "tie_acts"))
    return [PairRecord(about, pair, days, acts) for pair in about["pairs"]]
