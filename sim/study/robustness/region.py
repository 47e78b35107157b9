"""The region of a verdict: under which combinations of its parameters it holds, and what small change of them flips it.

Combinations are points of a study of their own (`Study.at_points`), which `sweep` simulates into the folder `region/<contrast>`.
They are the base (the values that the arms have at one point of the study), both ends of every range, a random sample (a Latin
hypercube), and what the search for flips asks for next (`search`). The same question asks for the same combinations in the same
order, and the ledger keeps all runs: a search that was stopped goes on where it was, and nothing is simulated twice.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from sim.compiled import MADE_BY
from sim.errors import InputError, Note, Problem, nearest
from sim.files import must_take_files
from sim.progress import Progress, Step, Watch, shown
from sim.scenario import sampling
from sim.scenario.design import Design
from sim.scenario.reading import study_of
from sim.scenario.study import Study, scenario_hash
from sim.society.start import graph_of, study_on
from sim.study.judging import region_table
from sim.study.judging.contrast import VILLAGE, compare
from sim.study.judging.legs import LEGS, MEASURED
from sim.study.judging.reference import reference
from sim.study.records import json_files, provenance
from sim.study.robustness.parameters import Parameter, parameters, study_at
from sim.study.robustness.search import REFUSED, Outcome, Place, explore, moved
from sim.study.sweep.forecast import Before, Forecast, forecast, of_a_region, sensible
from sim.study.sweep.sweeping import sweep

POINTS, SEEDS, MOST_PEOPLE = 128, 4, 300  # unless the study or the command line say otherwise
TRIES = 100  # random combinations in place of one that an arm refuses


class Summary(NamedTuple):
    """What the search for a region did, and its tables.

    simulated, refused : numbers of combinations; an arm refuses values that do not fit together
    """

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
    points : random combinations of values; seeds, people : of each. If not given what `[region]` says, else 128, 4, and the
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
    options = {"jobs": jobs, "threads": threads, "cluster": cluster, "retry": retry}
    tried = Tried(small, name, space, folder / region_table.FOLDER / name, options)
    if small.people < VILLAGE <= study.people:
        text = f"{small.people} people are a village, where strangers and bridges hardly exist; the study has {study.people}"
        warnings.warn(text, Note, stacklevel=2)
    must_take_files(folder)
    (tried.folder / region_table.ABOUT).unlink(missing_ok=True)  # it describes points that are now replaced
    sample, refused = draw(tried, asked.points)
    base, ends = asked.base, asked.ends
    margins = {name: margin.value for name, margin in study.margins}
    with shown(progress) as tried.watch:
        explore(base, ends, sample, tried.outcomes_at, margins)
        failed = tried.write()
    refused += tried.refused
    about = {
        "study": study.name, "contrast": name, "primary": name == study.primary.name, "point": number,
        "people": small.people, "seeds": small.seeds,
        "assumptions": [
            {"name": number.name, "low": number.low, "high": number.high, "base": number.base} for number in space
        ],
        "drawn": [tried.places.index(place) for place in sample], "refused": refused,
        "scenario": scenario_hash(study), "version": MADE_BY,
        "margins": margins,
        "command": provenance.again(
            whole, "region", size, contrast=contrast, point=point, points=points, seeds=seeds, people=people,
            **provenance.result_options(whole, size, folder),
        ),
    }  # fmt: skip
    json_files.write(tried.folder, region_table.ABOUT, about)
    return Summary(folder, name, len(tried.places), refused, failed, region_table.write(folder))


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
    remark = f"{asked.sets} combinations of {len(asked.space)} parameters, each a point; the search for flips adds to them"
    return replace(forecast(asked.certain(), within, "default", jobs), remark=remark)


class Asked(NamedTuple):
    """The question of `region`, before anything is run.

    whole : the study at its size; study : the same with fewer people and seeds, and with the values of the base
    point : number of the point of the study that is the base; points : number of random combinations
    space : the parameters that are varied
    """

    whole: Study
    study: Study
    contrast: str
    point: int
    points: int
    space: Sequence[Parameter]

    @property
    def base(self) -> Place:
        """Values of the base, as shares of their ranges."""
        return tuple(number.share(number.base) for number in self.space)

    @property
    def ends(self) -> list[tuple[float, ...]]:
        """For each parameter the ends of its range, as shares, without an end that is its base."""
        return [tuple(end for end in (0.0, 1.0) if end != share) for share in self.base]

    @property
    def sets(self) -> int:
        """Number of combinations before the search adds to them: the base, each end, the random ones."""
        return 1 + sum(map(len, self.ends)) + self.points

    @property
    def units(self) -> int:
        """Number of units of these combinations: one for each seed."""
        return self.sets * self.study.seeds

    def certain(self) -> Study:
        """The study at these combinations, without those that an arm refuses."""
        tried = Tried(self.study, self.contrast, self.space, Path())
        sides = [moved(self.base, {k: end}) for k, ends in enumerate(self.ends) for end in ends]
        places = [place for place in (self.base, *sides) if tried.accepts(place)] + draw(tried, self.points)[0]
        return self.study.at_points(map(tried.values, dict.fromkeys(places)), self.contrast)


def ask(
    study: Study, size: str = "default", contrast: str | None = None, point: int | None = None, points: int | None = None,
    seeds: int | None = None, people: int | None = None,
) -> Asked:  # fmt: skip
    """The question of `region` from its options. InputError: no such contrast or point, two societies, or no parameter."""
    study = study.at(size)
    graph = graph_of(study)
    study = study_on(study, graph)
    name = study.primary.name if contrast is None else contrast
    refuse_unknown(study, name, point)
    number = reference(study.about_design(), numbered(study))["point"] if point is None else point
    few = None if graph is not None else first_given(people, study.region.people, min(study.people, MOST_PEOPLE))
    followed = study.follows(next(contrast for contrast in study.contrasts if contrast.name == name))
    if followed and (many := study.people if few is None else few) < VILLAGE:
        problem = f"{many} people, among whom strangers hardly exist; in contrast '{name}' people follow strangers"
        raise InputError(Problem(study.file, "--people", problem, f"{VILLAGE} or more: fewer give no verdict"))
    small = study_at(study.scaled(few, first_given(seeds, study.region.seeds, SEEDS)), study.points()[number])
    return Asked(study, small, name, number, first_given(points, study.region.points, POINTS), parameters(small, name))


def first_given(*numbers: int | None) -> int:
    """The first number that is not None."""
    return next(number for number in numbers if number is not None)


def numbered(study: Study) -> list[dict[str, Any]]:
    """The study's points as study.json has them."""
    return [{"point": number} | point for number, point in enumerate(study.points())]


def refuse_unknown(study: Study, contrast: str, point: int | None) -> None:
    """InputError: no such contrast or point, or a contrast that has no verdict."""
    named = {contrast.name: contrast for contrast in study.contrasts}
    points = study.points()
    problems = []
    if contrast not in named:
        problems.append(Problem(study.file, "--contrast", f"no contrast '{contrast}'", nearest(contrast, named)))
    elif study.regrown(named[contrast], points[0]):
        problem = f"contrast '{contrast}' is of two different societies and has no verdict"
        problems.append(Problem(study.file, "--contrast", problem, "one whose arms branch from the same societies"))
    elif named[contrast].against:
        problem = f"contrast '{contrast}' is of two groups and has no verdict"
        problems.append(Problem(study.file, "--contrast", problem, "one without `against`"))
    elif (point or 0) in study.same_runs(named[contrast]):
        problem = f"arm and control of contrast '{contrast}' have the same values, so it has no verdict"
        problems.append(Problem(study.file, "--contrast", problem, "one whose arms differ"))
    elif study.joined_by(named[contrast]) > study.horizons[0]:
        problem = f"people still join on day {study.horizons[0]}, so contrast '{contrast}' has no verdict then"
        problems.append(Problem(study.file, "--contrast", problem, "horizons after which nobody joins any more"))
    if point is not None and not 0 <= point < len(points):
        expected = f"a number from 0 to {len(points) - 1}, as in verdict.csv"
        problems.append(Problem(study.file, "--point", f"no point {point}", expected))
    if problems:
        raise InputError(problems)


@dataclass
class Tried:
    """The combinations that were tried so far, and what came out. A combination is a `Place`: shares of the ranges of `space`.

    options : of `sweep`, which change no number
    places : that were simulated, in the order in which they were asked for; refused : number of those that an arm refused
    """

    study: Study
    contrast: str
    space: Sequence[Parameter]
    folder: Path
    options: Mapping[str, Any] = field(default_factory=dict)
    watch: Watch = field(default=lambda *_: None)
    batches: int = 0
    places: list[Place] = field(default_factory=list)
    outcomes: dict[Place, Outcome] = field(default_factory=dict)
    refused: int = 0

    def outcomes_at(self, places: Sequence[Place]) -> list[Outcome]:
        """The outcome at each place. New places are simulated; those that an arm refuses have the word `REFUSED`."""
        new = [place for place in dict.fromkeys(places) if place not in self.outcomes]
        accepted = [place for place in new if self.accepts(place)]
        self.outcomes |= dict.fromkeys(set(new) - set(accepted), Outcome(REFUSED, {}))
        self.refused += len(new) - len(accepted)
        if accepted:
            self.simulate(accepted)
            self.places += accepted
            self.outcomes |= dict(zip(accepted, self.read()))
        return [self.outcomes[place] for place in places]

    def simulate(self, places: Sequence[Place]) -> tuple[tuple[int, int, str], ...]:
        """Simulate the missing runs of some places and write their tables; gives point, seed and error of units that failed."""
        study = self.study.at_points(map(self.values, places), self.contrast)
        self.batches += 1

        def tell(step: Step) -> None:
            self.watch(step.words.replace("units", f"units of step {self.batches}", 1), step.done, step.all)

        return sweep(study, self.folder, progress=tell, **self.options).failed

    def write(self) -> tuple[tuple[int, int, str], ...]:
        """Write the tables of all places together; gives point, seed and error of units that failed."""
        failed = self.simulate(self.places)
        compare(self.folder, tuple(MEASURED))
        return failed

    def values(self, place: Place) -> dict[str, float]:
        """Name of each parameter -> its value at a place."""
        return {number.name: number.at(share) for number, share in zip(self.space, place)}

    def accepts(self, place: Place) -> bool:
        """Whether both arms accept the values of a place together."""
        try:
            self.study.at_points([self.values(place)], self.contrast)
        except InputError:
            return False
        return True

    def read(self) -> list[Outcome]:
        """The outcomes of the places in the tables, at the last horizon, for the people whose verdict the contrast has."""
        compared = compare(self.folder, tuple(MEASURED))
        day = self.study.horizons[-1]
        words = compared.verdicts.filter(horizon=day, profile=compared.group).sort("point")
        by_measure = {leg.measure: leg for leg in LEGS}
        rows = compared.contrasts.filter(
            pl.col("measure").is_in(list(by_measure)), horizon=day, profile=compared.group, tie_class="all"
        ).select("point", "measure", "relative", "difference")
        legs: dict[int, dict[str, float]] = {}
        for point, measure, relative, difference in rows.iter_rows():
            value = relative if by_measure[measure].relative else difference
            legs.setdefault(point, {})[by_measure[measure].name] = math.nan if value is None else value
        return [Outcome(word, legs.get(point, {})) for point, word in words.select("point", "verdict").iter_rows()]


def draw(tried: Tried, points: int) -> tuple[list[Place], int]:
    """A random sample of places, a Latin hypercube over all ranges; and how many were refused.

    A refused place is replaced by an evenly distributed one. After `TRIES` refusals the sample has one place less.
    InputError: every place is refused.
    """
    rows = sampling.shares(Design(kind="latin", points=points), len(tried.space))
    luck = np.random.default_rng(1)
    sample, refused = [], 0
    for row in rows:
        place: Place = row
        for _ in range(TRIES):
            if tried.accepts(place):
                sample.append(place)
                break
            refused += 1
            place = tuple(luck.random(len(tried.space)).tolist())
    if not sample:
        raise InputError(Problem(tried.study.file, "region", "an arm refuses every combination that was drawn",
                                 "ranges whose values fit together"))  # fmt: skip
    return sample, refused
