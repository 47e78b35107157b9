"""The region of a verdict: in which part of the space of assumptions it holds, and what small change of them flips it.

Sets of assumptions are points of a study of their own (`Study.at_points`), run by `sweep` into `region/<contrast>` of the
study's result folder: at the base (the values that the arms have at one point of the study), at both ends of every range, at
random (a Latin hypercube), and wherever the search for flips asks next (`search`). What the
folder's ledger keeps is known by what made it, and the search asks in an order that the same question always repeats: one that
was stopped goes on where it was, and nothing is run twice.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from sim.compiled import MADE_BY
from sim.errors import InputError, Problem, nearest
from sim.files import must_take_files
from sim.progress import Progress, Watch, shown
from sim.scenario import sampling
from sim.scenario.design import Design
from sim.scenario.reading import study_of
from sim.scenario.study import Study, scenario_hash
from sim.society.start import graph_of, study_on
from sim.study.judging import region_table
from sim.study.judging.contrast import compare
from sim.study.judging.legs import LEGS, MEASURED
from sim.study.judging.reference import reference
from sim.study.records import json_files, provenance
from sim.study.robustness.parameters import Parameter, parameters, study_at
from sim.study.robustness.search import REFUSED, Place, Seen, explore, moved
from sim.study.sweep.forecast import Before, Forecast, forecast, of_a_region, sensible
from sim.study.sweep.sweeping import sweep

POINTS, SEEDS, MOST_PEOPLE = 128, 4, 300  # unless the study or the command line say otherwise
TRIES = 100  # for each point that an arm refuses


class Summary(NamedTuple):
    """What looking for a region did, and its tables."""

    folder: Path
    contrast: str
    simulated: int
    refused: int
    failed: tuple[tuple[int, int, str], ...]  # point, seed, error
    tables: dict[str, pl.DataFrame]

    def __repr__(self) -> str:
        did = f"{self.simulated} simulated, {self.refused} refused, {len(self.failed)} units failed"
        return f"<Summary of the region of '{self.contrast}': {did}; tables in {self.folder}>"


def region(
    study: Study | str | PathLike[str],
    folder: Path | str | None = None,
    size: str = "default",
    contrast: str | None = None,
    point: int | None = None,
    points: int | None = None,
    seeds: int | None = None,
    people: int | None = None,
    jobs: int | None = 1,
    threads: int | None = 1,
    progress: Progress = None,
    *,
    cluster: str | None = None,
    retry: bool = False,
    before: Before = None,
) -> Summary:
    """Look for the values of all parameters under which a verdict holds, and for the smallest change of them that flips it.

    Writes region.csv, flips.csv, stretches.csv and splits.csv into `folder`.

    study : or the path of its file
    folder : of the results; results/STUDY/.work/SIZE if not given
    size : of the study: "quick", "default" or "full"
    contrast : whose verdict; the primary one if not given
    point : number of the point of the study that is the base; the one that figures show if not given
    points : random sets of values; seeds, people : of each. If not given what `[region]` says, else 128, 4, and the
        study's people but at most 300
    jobs, threads, progress, cluster, retry, before : as of `sim.sweep`
    InputError: no such contrast or point, a contrast of two societies, or no parameter with a range.
    """
    whole = study_of(study)
    folder = provenance.result_folder(whole, size, folder)
    asked = ask(whole, size, contrast, point, points, seeds, people)
    jobs, threads = sensible(whole, size, jobs, threads, asked.units, cluster)
    if before is not None:
        before(of_a_region(asked, folder / region_table.FOLDER / asked.contrast, jobs, cluster is not None))
    study, small, name, space, number = asked.whole, asked.study, asked.contrast, asked.space, asked.point
    how = {"jobs": jobs, "threads": threads, "cluster": cluster, "retry": retry}
    lived = Lived(small, name, space, folder / region_table.FOLDER / name, how)
    must_take_files(folder)
    (lived.folder / region_table.ABOUT).unlink(missing_ok=True)  # what it says is of the points that now give way to others
    sample, refused = draw(lived, asked.points)
    base, ends = asked.base, asked.ends
    margins = {name: margin.value for name, margin in study.margins}
    with shown(progress) as lived.watch:
        explore(base, ends, sample, lived.words_at, margins)
        failed = lived.write()
    refused += lived.refused
    about = {
        "study": study.name, "contrast": name, "primary": name == study.primary.name, "point": number,
        "people": small.people, "seeds": small.seeds,
        "assumptions": [{"name": one.name, "low": one.low, "high": one.high, "base": one.base} for one in space],
        "drawn": [lived.places.index(place) for place in sample], "refused": refused,
        "scenario": scenario_hash(study), "version": MADE_BY,
        "margins": margins,
        "command": provenance.again(
            whole, "region", size, contrast=contrast, point=point, points=points, seeds=seeds, people=people,
            **provenance.result_options(whole, size, folder),
        ),
    }  # fmt: skip
    json_files.write(lived.folder, region_table.ABOUT, about)
    return Summary(folder, name, len(lived.places), refused, failed, region_table.write(folder))


def forecast_region(
    study: Study | str | PathLike[str],
    folder: Path | str | None = None,
    size: str = "default",
    contrast: str | None = None,
    point: int | None = None,
    points: int | None = None,
    seeds: int | None = None,
    people: int | None = None,
    jobs: int | None = 1,
) -> Forecast:
    """What `sim.region` would do and take at least: the search for flips adds to it. Runs and writes nothing.

    study, folder, size, contrast, point, points, seeds, people, jobs : as of `sim.region`, and so are the errors
    """
    whole = study_of(study)
    asked = ask(whole, size, contrast, point, points, seeds, people)
    jobs, _ = sensible(whole, size, jobs, 1, asked.units)
    within = provenance.result_folder(whole, size, folder) / region_table.FOLDER / asked.contrast
    remark = f"{asked.sets} sets of {len(asked.space)} assumptions, each a point; the search for flips adds to them"
    return replace(forecast(asked.certain(), within, "default", jobs), remark=remark)


class Asked(NamedTuple):
    """What is looked at, before anything is run.

    whole : the study at its size; study : the same, as small as a region is, with the values of its base
    point : number of the point of the study that is the base; points : random sets of assumptions
    """

    whole: Study
    study: Study
    contrast: str
    point: int
    points: int
    space: Sequence[Parameter]

    @property
    def base(self) -> Place:
        return tuple(one.share(one.base) for one in self.space)

    @property
    def ends(self) -> list[tuple[float, ...]]:
        """Of each assumption, the ends of its range that are not its base."""
        return [tuple(end for end in (0.0, 1.0) if end != place) for place in self.base]

    @property
    def sets(self) -> int:
        """Sets of assumptions that are run whatever is found: the base, each end, the random ones. The search adds to them."""
        return 1 + sum(map(len, self.ends)) + self.points

    @property
    def units(self) -> int:
        """Replicates of these sets."""
        return self.sets * self.study.seeds

    def certain(self) -> Study:
        """The study at these sets, but for those that an arm refuses."""
        lived = Lived(self.study, self.contrast, self.space, Path())
        sides = [moved(self.base, {k: end}) for k, some in enumerate(self.ends) for end in some]
        places = [place for place in (self.base, *sides) if lived.accepts(place)] + draw(lived, self.points)[0]
        return self.study.at_points(map(lived.values, dict.fromkeys(places)), self.contrast)


def ask(
    study: Study, size: str = "default", contrast: str | None = None, point: int | None = None, points: int | None = None,
    seeds: int | None = None, people: int | None = None,
) -> Asked:  # fmt: skip
    """What `region` looks at, by what it is given. InputError: no such contrast or point, two societies, or no assumption."""
    study = study.at(size)
    graph = graph_of(study)
    study = study_on(study, graph)
    name = study.primary.name if contrast is None else contrast
    refuse_unknown(study, name, point)
    number = reference(study.about_design(), numbered(study))["point"] if point is None else point
    few = None if graph is not None else said(people, study.region.people, min(study.people, MOST_PEOPLE))
    small = study_at(study.scaled(few, said(seeds, study.region.seeds, SEEDS)), study.points()[number])
    return Asked(study, small, name, number, said(points, study.region.points, POINTS), parameters(small, name))


def said(*numbers: int | None) -> int:
    """The first that somebody gave."""
    return next(number for number in numbers if number is not None)


def numbered(study: Study) -> list[dict[str, Any]]:
    """The study's points as study.json has them."""
    return [{"point": number} | point for number, point in enumerate(study.points())]


def refuse_unknown(study: Study, contrast: str, point: int | None) -> None:
    """InputError: no such contrast or point, or a contrast that has no word."""
    named = {one.name: one for one in study.contrasts}
    points = study.points()
    problems = []
    if contrast not in named:
        problems.append(Problem(study.file, "--contrast", f"no contrast '{contrast}'", nearest(contrast, named)))
    elif study.regrown(named[contrast], points[0]):
        found = f"contrast '{contrast}' is of two different societies and has no verdict"
        problems.append(Problem(study.file, "--contrast", found, "one whose arms branch from the same societies"))
    if point is not None and not 0 <= point < len(points):
        expected = f"a number from 0 to {len(points) - 1}, as in verdict.csv"
        problems.append(Problem(study.file, "--point", f"no point {point}", expected))
    if problems:
        raise InputError(problems)


@dataclass
class Lived:
    """The places simulated so far, in the order in which they were asked for.

    how : options of a sweep that change no number
    """

    study: Study
    contrast: str
    space: Sequence[Parameter]
    folder: Path
    how: Mapping[str, Any] = field(default_factory=dict)
    watch: Watch = field(default=lambda *_: None)
    batches: int = 0
    places: list[Place] = field(default_factory=list)
    seen: dict[Place, Seen] = field(default_factory=dict)
    refused: int = 0

    def words_at(self, places: Sequence[Place]) -> list[Seen]:
        """What was seen at each place; new ones are simulated, those that an arm refuses have no word."""
        new = [place for place in dict.fromkeys(places) if place not in self.seen]
        accepted = [place for place in new if self.accepts(place)]
        self.seen |= dict.fromkeys(set(new) - set(accepted), Seen(REFUSED, {}))
        self.refused += len(new) - len(accepted)
        if accepted:
            self.simulate(accepted)
            self.places += accepted
            self.seen |= dict(zip(accepted, self.read()))
        return [self.seen[place] for place in places]

    def simulate(self, places: Sequence[Place]) -> tuple[tuple[int, int, str], ...]:
        """Run what is missing of some places and write their tables; point, seed and error of what failed."""
        study = self.study.at_points(map(self.values, places), self.contrast)
        self.batches += 1

        def watch(what: str, done: int, total: int) -> None:
            self.watch(what.replace("units", f"units of step {self.batches}", 1), done, total)

        return sweep(study, self.folder, progress=watch, **self.how).failed

    def write(self) -> tuple[tuple[int, int, str], ...]:
        """The tables of all places together; what failed."""
        failed = self.simulate(self.places)
        compare(self.folder, tuple(MEASURED))
        return failed

    def values(self, place: Place) -> dict[str, float]:
        return {one.name: one.at(share) for one, share in zip(self.space, place)}

    def accepts(self, place: Place) -> bool:
        """Whether both arms can have these assumptions together."""
        try:
            self.study.at_points([self.values(place)], self.contrast)
        except InputError:
            return False
        return True

    def read(self) -> list[Seen]:
        """Word and legs of the places in the tables, at the last horizon and over all people."""
        compared = compare(self.folder, tuple(MEASURED))
        day = self.study.horizons[-1]
        words = compared.verdicts.filter(horizon=day, profile="all").sort("point")
        wanted = {leg.measure: leg for leg in LEGS}
        rows = compared.contrasts.filter(
            pl.col("measure").is_in(list(wanted)), horizon=day, profile="all", tie_class="all"
        ).select("point", "measure", "relative", "difference")
        legs: dict[int, dict[str, float]] = {}
        for point, measure, relative, difference in rows.iter_rows():
            value = relative if wanted[measure].relative else difference
            legs.setdefault(point, {})[wanted[measure].name] = math.nan if value is None else value
        return [Seen(word, legs.get(point, {})) for point, word in words.select("point", "verdict").iter_rows()]


def draw(lived: Lived, points: int) -> tuple[list[Place], int]:
    """A Latin hypercube of places over the declared ranges, and how many were refused and drawn again.

    A refused place gives way to an even draw; after many tries, to nothing: the sample is then smaller.
    """
    rows = sampling.shares(Design(kind="latin", points=points), len(lived.space))
    again = np.random.default_rng(1)
    found, refused = [], 0
    for row in rows:
        place: Place = row
        for _ in range(TRIES):
            if lived.accepts(place):
                found.append(place)
                break
            refused += 1
            place = tuple(again.random(len(lived.space)).tolist())
    if not found:
        raise InputError(Problem(lived.study.file, "region", "every set of assumptions drawn is refused by an arm",
                                 "ranges whose values fit together"))  # fmt: skip
    return found, refused
