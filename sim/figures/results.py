"""A result folder as the figures read it: who the arms are, values over seeds, their intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from sim.errors import InputError, Problem, nearest
from sim.scenario.names import ALL
from sim.study.judging import region_table, verdict
from sim.study.judging.groups import group_of, own_rows
from sim.study.judging.reference import reference
from sim.study.records import json_files, tables
from sim.study.records.command_again import again
from sim.study.records.result_folder import NotNow, ResultFolder
from sim.study.records.seal import Standing

INNER = ("support", "sympathy")  # the closest fifteen
OUTER = ("affinity", "rest", "new", "online")
CIRCLES = (*INNER, *OUTER)


class Lacking(Exception):
    """A figure cannot be drawn from this folder; says why."""


class Interval(NamedTuple):
    """A mean over seeds and its 95 % interval; NaN ends below two seeds."""

    mean: float
    low: float
    high: float

    @property
    def half(self) -> float:
        return (self.high - self.low) / 2

    def times(self, factor: float) -> Interval:
        return Interval(*(factor * end for end in self))


def interval(values: Sequence[float]) -> Interval:
    """The 95 % t interval of the mean of independent seeds."""
    n = len(values)
    if not n:
        return Interval(math.nan, math.nan, math.nan)
    mean = math.fsum(values) / n
    if n == 1:
        return Interval(mean, math.nan, math.nan)
    sd = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (n - 1))
    return Interval(mean, *verdict.Estimate(mean, sd, n).interval(0.95))


class Results:
    """The tables of one result folder."""

    def __init__(self, folder: Path, regions_in: Path | None = None, group: str | None = None):
        """regions_in : where the tables of regions are, if these are the runs that they were made from

        group : of people whose values and verdicts are read; if not given, each contrast has its own
        InputError: the tables have no such group.
        """
        self.folder, self.regions_in, self.asked = folder, regions_in or folder, group
        self.swept = ResultFolder(folder)
        self.study: dict[str, Any] = dict(self.swept.study)
        if group is not None:
            must_be_a_group(self.swept, group)
        self._cells: dict[tuple[str, int, str, str], dict[int, dict[str, Any]]] = {}

    # Tables

    @property
    def group(self) -> str:
        """Of the people whose values are shown: the one that was asked for, else that of the primary contrast."""
        return self.asked or group_of(self.primary)

    def group_of(self, contrast: dict[str, Any]) -> str:
        """Of the people whose verdict of a contrast is shown."""
        return self.asked or group_of(contrast)

    @cached_property
    def everybody(self) -> pl.DataFrame:
        """Measures of finished runs over all people, with arm, point and seed."""
        return self._measures_of(ALL)

    @cached_property
    def measures(self) -> pl.DataFrame:
        """The same over the people of the group that is shown."""
        return self.everybody if self.group == ALL else self._measures_of(self.group)

    def _measures_of(self, group: str) -> pl.DataFrame:
        rows = self.swept.measures.filter(pl.col("profile") == group, pl.col("value").is_finite())
        return rows.join(self.swept.done, on="run_id").sort("seed")

    @cached_property
    def _of_measure(self) -> dict[str, pl.DataFrame]:
        """The rows of each measure; to look for them among all rows hundreds of times would take longer than to draw."""
        return self._of_everybody if self.measures is self.everybody else by_measure(self.measures)

    @cached_property
    def _of_everybody(self) -> dict[str, pl.DataFrame]:
        return by_measure(self.everybody)

    @cached_property
    def contrasts(self) -> pl.DataFrame:
        return self._of_the_group(self.made_by("compare", "contrasts"))

    @cached_property
    def verdicts(self) -> pl.DataFrame:
        return self._of_the_group(self.made_by("compare", "verdict"))

    def _of_the_group(self, frame: pl.DataFrame) -> pl.DataFrame:
        return own_rows(frame, self.study) if self.asked is None else frame.filter(pl.col("profile") == self.asked)

    @cached_property
    def seal(self) -> Standing | None:
        """How the study stands to its seal; None without a seal."""
        return self.swept.standing

    # The region of a verdict

    @cached_property
    def regions(self) -> dict[str, list[dict[str, Any]]]:
        """Contrast -> rows of region.csv at the last horizon, of its own group. Lacking: none, or of another study than this."""
        if not tables.path(self.regions_in, "region").is_file():
            raise Lacking(f"region.csv is not there; run `{again(self.regions_in, 'region')}` first")
        rows = own_rows(tables.read(self.regions_in, "region"), self.study).filter(horizon=max(self.study["horizons"]))
        for row in rows.unique(["contrast", "digest", "hash", "version"], maintain_order=True).iter_rows(named=True):
            if differing := region_table.differs(row, self.study, self.regions_in):  # it reads whole files
                raise Lacking(
                    f"region.csv is of {' and '.join(differing)}; run `{again(self.regions_in, 'region', row['command'])}` again"
                )
        return {str(name): part.to_dicts() for (name,), part in rows.group_by("contrast", maintain_order=True)}

    def regions_or_none(self) -> dict[str, list[dict[str, Any]]]:
        """The same; nothing where there is no such table."""
        try:
            return self.regions
        except Lacking:
            return {}

    def flips(self, contrast: str) -> pl.DataFrame:
        return self._beside_region("flips", contrast)

    def stretches(self, contrast: str) -> pl.DataFrame:
        return self._beside_region("stretches", contrast)

    def splits(self, contrast: str) -> pl.DataFrame:
        return self._beside_region("splits", contrast)

    def _beside_region(self, name: str, contrast: str) -> pl.DataFrame:
        rows = region_table.matching_rows(self.regions_in, name, contrast, self.regions[contrast][0])
        if rows is None:
            raise Lacking(f"{name}.csv is not of one make with region.csv; run `{again(self.regions_in, 'region')}` again")
        return rows

    def made_by(self, verb: str, name: str) -> pl.DataFrame:
        """The table that a verb of `sim` made of the tables of this folder. Lacking: no table, or one of older tables."""
        try:
            return self.swept.derived(name, verb)
        except NotNow as older:
            raise Lacking(str(older)) from None

    # The study

    @cached_property
    def days(self) -> list[int]:
        days = self.everybody["day"].unique().sort().to_list()
        if not days:
            raise Lacking("no run is finished")
        return days

    @cached_property
    def points(self) -> list[dict[str, Any]]:
        """The points of the design at which every arm has finished runs; with none such, those with any."""
        done = self.everybody.group_by("point").agg(pl.col("arm").filter(pl.col("arm").is_in(self.arms)).n_unique())
        arms = dict(done.iter_rows())
        measured = [point for point in self.study["points"] if point["point"] in arms]
        return [point for point in measured if arms[point["point"]] == len(self.arms)] or measured

    @cached_property
    def design(self) -> str:
        """The kind of design; the points of a grid alone stand in rows and columns."""
        return self.study.get("design", {}).get("kind", "grid")

    def must_be_a_grid(self) -> None:
        """For figures with a place for each value. Lacking: points of another design have no rows and columns."""
        if self.design != "grid":
            raise Lacking(f"its points are those of a {self.design} design, not of a grid")

    @cached_property
    def reference(self) -> dict[str, Any]:
        """The point shown where only one can be."""
        return reference(self.study.get("design", {}), self.study["points"], self.points)

    def contrast(self, arm_kind: str, control_kind: str) -> dict[str, Any] | None:
        """The first contrast, the primary one before others, whose arms are of these kinds."""
        ordered = sorted(self.study["contrasts"], key=lambda contrast: not contrast["primary"])
        kinds = (arm_kind, control_kind)
        return next((pair for pair in ordered if (self.kind(pair["arm"]), self.kind(pair["control"])) == kinds), None)

    @cached_property
    def primary(self) -> dict[str, Any]:
        return next(contrast for contrast in self.study["contrasts"] if contrast["primary"])

    @cached_property
    def arms(self) -> list[str]:
        """Arms of the study's contrasts that have finished runs, in the order of the study."""
        named = dict.fromkeys(arm for contrast in self.study["contrasts"] for arm in (contrast["control"], contrast["arm"]))
        done = set(self.everybody["arm"].unique().to_list())
        return [arm for arm in named if arm in done]

    def kind(self, arm: str) -> str:
        """What the people of an arm have, read in the tables: "none" (no platform), "off" (no
        prompts), "public" or "private" (prompts followed in public or in private), "absent"."""
        if arm not in self.arms:
            return "absent"
        if not self._ever(arm, "links") and not self._ever(arm, "platform_minutes"):
            return "none"
        if not self._ever(arm, "prompted"):
            return "off"
        return "public" if self._ever(arm, "received_greeting") else "private"

    def held_against(self, contrast: dict[str, Any]) -> str:
        """What a contrast compares with: "none" (no platform), "off" (no prompts, where the arm has some) or "other"."""
        arm, control = (self.kind(contrast[which]) for which in ("arm", "control"))
        return control if control == "none" or (control == "off" and arm in ("public", "private")) else "other"

    def free(self, arm: str) -> bool:
        """Whether an arm's platform takes no time from real life, at any point: measured, and always 0."""
        return not self._ever(arm, "taken_minutes") and bool((self.everybody["measure"] == "taken_minutes").any())

    def _ever(self, arm: str, measure: str) -> bool:
        rows = self._of_everybody.get(measure, self.everybody.clear()).filter(arm=arm, tie_class="all")
        return bool((rows["value"] > 0).any())

    # Values

    def values(self, arm: str, measure: str, point: int, day: int, classes: Sequence[str] = ("all",)) -> dict[int, float]:
        """Seed -> the measure, summed over tie classes; empty if it was not measured."""
        rows = self._of_measure.get(measure, self.measures.clear())
        rows = rows.filter(pl.col("tie_class").is_in(list(classes)), arm=arm, point=point, day=day)
        summed = rows.group_by("seed").agg(pl.col("value").sum()).sort("seed")
        return dict(summed.iter_rows())

    def mean(self, arm: str, measure: str, point: int, day: int, classes: Sequence[str] = ("all",)) -> Interval:
        return interval(list(self.values(arm, measure, point, day, classes).values()))

    def difference(self, contrast: dict[str, Any], measure: str, point: int, day: int, classes: Sequence[str]) -> Interval:
        """Arm less control, seed by seed."""
        arm, control = (self.values(contrast[side], measure, point, day, classes) for side in ("arm", "control"))
        return interval([arm[seed] - control[seed] for seed in arm if seed in control])

    def cell(self, contrast: str, point: int, day: int, measure: str, tie_class: str = "all") -> dict[str, Any] | None:
        """One row of contrasts.csv."""
        key = (contrast, day, measure, tie_class)
        if key not in self._cells:
            rows = self.contrasts.filter(
                pl.col("contrast") == contrast,
                pl.col("horizon") == day,
                pl.col("measure") == measure,
                pl.col("tie_class") == tie_class,
            )
            self._cells[key] = {row["point"]: row for row in rows.iter_rows(named=True)}
        return self._cells[key].get(point)

    def verdict(self, contrast: str, point: int, day: int) -> dict[str, Any]:
        """One row of verdict.csv."""
        if (contrast, point, day) not in self._verdicts:
            raise Lacking(f"verdict.csv has no row of contrast '{contrast}', point {point}, day {day}")
        return self._verdicts[contrast, point, day]

    @cached_property
    def _verdicts(self) -> dict[tuple[str, int, int], dict[str, Any]]:
        return {(row["contrast"], row["point"], row["horizon"]): row for row in self.verdicts.iter_rows(named=True)}

    def words(self, contrast: str, day: int) -> list[tuple[dict[str, Any], str]]:
        """(point, verdict word) at every finished point."""
        return [(point, self.verdict(contrast, point["point"], day)["verdict"]) for point in self.points]


def by_measure(rows: pl.DataFrame) -> dict[str, pl.DataFrame]:
    return {str(name): part for (name,), part in rows.partition_by("measure", as_dict=True).items()}


def must_be_a_group(results: ResultFolder, group: str) -> None:
    """InputError: the tables of a folder have no such group of people."""
    known = results.measures["profile"].unique().sort().to_list()
    if group not in known:
        file = str(tables.path(results.folder, "measures"))
        raise InputError(Problem(file, "profile", f"no group '{group}'", nearest(group, known)))


def swept(folder: Path, group: str | None = None) -> Results:
    """The tables of a folder's sweep. Lacking: none was here. InputError: damaged, not those of one sweep, or no such group."""
    if not (folder / json_files.STUDY).is_file():
        raise Lacking(f"{json_files.STUDY} is not there; run `sim sweep` first")
    return Results(folder, group=group)


def of_regions(folder: Path) -> Results | None:
    """The runs that regions of verdicts were looked for with, whether or not the study itself was swept; None without any."""
    places = [file.parent for file in Path(folder, region_table.FOLDER).glob(f"*/{region_table.ABOUT}")]
    asked = {place: json_files.read(place, region_table.ABOUT) for place in places}
    ordered = sorted(asked, key=lambda place: (not asked[place].get("primary"), place))  # the study's own primary contrast leads
    if not ordered:
        return None
    results = Results(ordered[0], folder)
    results.study["scenario"] = asked[ordered[0]]["scenario"]  # of the study asked about
    results.study["contrasts"] = [contrast for place in ordered for contrast in json_files.read(place, "study.json")["contrasts"]]
    return results
