"""What the tables of a study say at each combination of its design. `combinations` and `headline` are drawn from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from sim.figures.results import Interval, Results
from sim.scenario.names import ALL
from sim.scenario.shown import Shown
from sim.study.judging import finding
from sim.study.judging.finding import Case
from sim.study.judging.groups import group_of
from sim.study.judging.legs import MEASURED, SUPPORT

FEWEST = 30  # people of a group over all seeds: fewer tell little
MOST = 3  # rows of the press cut of a study that names none
EQUAL_MINUTES = ("minutes_ratio", "post_minutes_ratio")  # all 1: equal minutes, and as many posts as before
OF_CLASS = {"ties": "rest"}  # weak ties are those beyond the closest fifty
IN_POINTS = ("online_strong", "strong_given_any_wish")  # shares: their change is a difference, not a part of it

Row = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """The contrasts of a study at each of its combinations and horizons."""

    results: Results

    @property
    def study(self) -> str:
        return str(self.results.study["name"])

    @cached_property
    def asked(self) -> Shown:
        """What the study says of its figures."""
        return Shown.model_validate(self.results.study.get("shown", {}))

    @cached_property
    def points(self) -> dict[int, Row]:
        """Number of a combination -> its values."""
        return {point["point"]: point for point in self.results.points}

    @cached_property
    def cases(self) -> list[Case]:
        """All combinations, each at all horizons."""
        return [Case(point, day) for point in self.points for day in self.results.days]

    @property
    def first(self) -> Case:
        """The combination with the values of the files, at the last horizon."""
        return Case(next(iter(self.points)), self.results.days[-1])

    @cached_property
    def equal(self) -> int | None:
        """The first combination with minutes equalised, and else as the first one; None if there is none."""
        return next((number for number, point in self.points.items() if self._is_equal(point)), None)

    def _is_equal(self, point: Row) -> bool:
        first, equalised = self.points[self.first.point], [name for name in self.varied if short(name) in EQUAL_MINUTES]
        changed = {name for name in self.varied if point[name] != first[name]}
        return bool(changed) and changed <= set(equalised) and all(point[name] == 1 for name in equalised)

    @property
    def varied(self) -> list[str]:
        return [name for name in self.points[self.first.point] if name != "point"]

    @cached_property
    def shown(self) -> list[Row]:
        """Contrasts of two platforms, the primary one first; all if there are none."""
        ordered = sorted(self.results.study["contrasts"], key=lambda contrast: not contrast["primary"])
        between = [contrast for contrast in ordered if self.results.kind(contrast["control"]) != "none"]
        return between or ordered

    @cached_property
    def rows(self) -> list[tuple[Row, str]]:
        """(contrast, measure) of each row of the press cut: those that the study names, or support in the first contrasts."""
        by_name = {contrast["name"]: contrast for contrast in self.results.study["contrasts"]}
        named = [(by_name[row.contrast], row.measure) for row in self.asked.rows if row.contrast in by_name]
        return named or [(contrast, SUPPORT.measure) for contrast in self.shown[:MOST]]

    @cached_property
    def measures(self) -> list[str]:
        """Those of the study that were compared."""
        there = {key[-1] for key in self._rows}
        return [name for name in self.asked.measures if name in there]

    @cached_property
    def _rows(self) -> dict[tuple[str, int, int, str, str], Row]:
        frame = self.results.made_by("compare", "contrasts")
        names = {*self.asked.measures, *self.asked.counted, self.asked.title.measure, *(row.measure for row in self.asked.rows)}
        frame = frame.filter(
            pl.col("measure").is_in([*names, SUPPORT.measure]),
            pl.col("tie_class") == pl.col("measure").replace_strict(OF_CLASS, default=ALL),
        )
        keys = ("contrast", "point", "horizon", "profile", "measure")
        return {tuple(row[key] for key in keys): row for row in frame.iter_rows(named=True)}

    def whose(self, contrast: Row, measure: str) -> str:
        """The group whose measure a contrast shows: its own, or all people if only they have it. "" if nobody has."""
        groups = (group_of(contrast),) if contrast.get("against") else dict.fromkeys((group_of(contrast), ALL))
        return next((group for group in groups if (contrast["name"], group, measure) in self._compared), "")

    @cached_property
    def _compared(self) -> set[tuple[str, str, str]]:
        return {(contrast, group, measure) for contrast, _, _, group, measure in self._rows}

    def effect(self, contrast: Row, case: Case, measure: str) -> Interval | None:
        """Change in % of the control, or in points; None if it is not known, or nothing is compared."""
        group = self.whose(contrast, measure)
        row = self._rows.get((contrast["name"], *case, group, measure))
        if row is None or self.is_same_run(contrast, case) or (measure not in IN_POINTS and not row["control"]):
            return None
        unit = 100.0 if measure in IN_POINTS else 100 / abs(row["control"])
        return Interval(row["difference"], row["low95"], row["high95"]).times(unit)

    def margin(self, measure: str) -> float:
        """In %; NaN for a measure without one."""
        return 100 * self.results.study["margins"][MEASURED[measure].margin] if measure in MEASURED else math.nan

    def judged(self, contrast: Row, case: Case) -> Row:
        return self.results.verdict(contrast["name"], *case)

    @cached_property
    def words_shown(self) -> list[str]:
        """The columns of verdict.csv with a word: its own, and the one without ties that began online where that differs."""
        rows = [self.judged(contrast, case) for contrast in self.shown for case in self.cases]
        return [
            "verdict",
            *(["without_online"] if any(row["without_online"] not in (None, row["verdict"]) for row in rows) else []),
        ]

    def is_same_run(self, contrast: Row, case: Case) -> bool:
        """Whether both arms have the same values at a combination."""
        return case.point in (contrast.get("same_run") or ())

    def are_alike(self, case: Case) -> bool:
        """Whether contents act alike at a combination, because every factor that varies is 1 there."""
        factors = [value for name, value in self.points[case.point].items() if "content." in name]
        return bool(factors) and all(value == 1 for value in factors)

    @cached_property
    def assortativity(self) -> dict[int, float]:
        """Combination -> that of the minority in the primary arm, mean over seeds; none without a minority."""
        rows = self.results.everybody.filter(measure="assortativity", arm=self.results.primary["arm"], day=self.first.day)
        return dict(rows.group_by("point").agg(pl.col("value").mean()).iter_rows())

    def is_few(self, contrast: Row, case: Case) -> bool:
        """Whether a group that a contrast is about has few people over all seeds."""
        groups = [group_of(contrast), *([contrast["against"]] if contrast.get("against") else [])]
        return any(self._sizes.get((contrast["arm"], *case, group), 0) < FEWEST for group in groups)

    @cached_property
    def _sizes(self) -> dict[tuple[str, int, int, str], int]:
        rows = self.results.swept.measures.filter(measure=SUPPORT.measure, tie_class=ALL).join(
            self.results.swept.done, on="run_id"
        )
        keys = ("arm", "point", "day", "profile")
        return {tuple(row[:-1]): row[-1] for row in rows.group_by(keys).agg(pl.col("n").sum()).iter_rows()}

    # The finding

    @property
    def told(self) -> list[Row]:
        """The contrasts that the title is of."""
        names = self.asked.title.contrasts or (self.results.primary["name"],)
        return [contrast for contrast in self.results.study["contrasts"] if contrast["name"] in names]

    def changes(self, contrast: Row, measure: str) -> dict[Case, str]:
        """What becomes of a measure in each case that counts for the title."""
        where, margin = self.asked.title.where, self.margin(measure)
        counted = [case for case in self.cases if finding.counts_for_a_title(self.points[case.point], where)]
        effects = {case: self.effect(contrast, case, measure) for case in counted}
        return {case: finding.change(effect[1:], margin) for case, effect in effects.items() if effect is not None}

    @cached_property
    def findings(self) -> list[str]:
        """Of each contrast that the title is of."""
        return [finding.of_one(self.changes(contrast, self.asked.title.measure)) for contrast in self.told]

    @property
    def state(self) -> str:
        """What the title may say."""
        return finding.of_several(self.findings)


def short(name: str) -> str:
    """The last part of a dotted name."""
    return name.rsplit(".", 1)[-1]
