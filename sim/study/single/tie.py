"""What happens between two people in every arm of a study, with the same luck: what `sim tie` does. It writes tables.

Choices a reader should know:
- If no pair is named, every arm is simulated twice: first to choose the pairs (`pick_pairs`), with two numbers for each tie and
  arm; then to record the chosen pairs day by day. The same seed gives the same run, so this takes time but no memory.
- Days count from the branch: 0 is the first day after it, and closeness on day -1 is what all arms begin with.
- Closeness is that at the end of the day. It is null while the two have no tie.
- For an arm that changes the society itself, the society is grown again, with the same people and luck.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from sim.compiled import MADE_BY
from sim.errors import InputError, Note, Problem, nearest
from sim.files import must_take_files
from sim.progress import Progress, Watch, shown
from sim.scenario.bounds import whole_options
from sim.scenario.checking import idle_contents
from sim.scenario.reading import study_of
from sim.scenario.resolving import Resolved
from sim.scenario.study import Study, scenario_hash
from sim.society.graphs import GivenGraph
from sim.study.records import provenance, tables
from sim.study.records.json_files import write as keep
from sim.study.single.pick_pairs import Candidates, are_linked, choose, circles, mean_closeness, rows_of
from sim.study.single.run import again_by, as_run, events_frame, misplaced
from sim.study.sweep.forecast import Before, of_runs
from sim.study.sweep.grown import grown_society
from sim.world.columns import CLASSES, ENDED, FAR, KINDS, LINKED, ORIGINS
from sim.world.events import EventLog
from sim.world.growing import Grown
from sim.world.measures import living
from sim.world.model import World
from sim.world.state import MONTH, YEAR, State

QUARTER = 91  # last days whose mean closeness counts as the end of a tie; that of one day depends on who met the day before
MOST_OFFERED = 3  # common friends in the message about a pair that never knew each other

Pair = tuple[int, int]


@dataclass(frozen=True)
class Setting:
    """How the arms of a study are run: with one seed, at one point (none: the values of the files), for some days."""

    study: Study
    graph: GivenGraph | None
    point: dict[str, Any]
    seed: int
    days: int
    threads: int
    watch: Watch = lambda *_: None

    @property
    def control(self) -> str:
        return self.study.primary.control

    @property
    def arms(self) -> list[str]:
        """Names of the arms, the control first."""
        return [self.control, *(arm for arm in self.study.arms if arm != self.control)]

    def grown(self, arm: str) -> Grown:
        """The society of an arm at the branch. It still holds the counts of the year before."""
        resolved = self.study.resolve(arm, self.point)
        return grown_society(resolved, self.seed, self.graph, self.threads, watch=partial(self.watch, "days of growing"))

    def world(self, arm: str) -> World:
        """The world of an arm, at the branch."""
        return World(
            self.study, arm, self.seed, point=self.point, grown=self.grown(arm), graph=self.graph, threads=self.threads
        )

    def label(self, person: int) -> str:
        return self.graph.labels[person] if self.graph is not None else str(person)


def run_tie(
    study: Study | str | PathLike[str],
    folder: Path | str | None = None,
    between: tuple[str | int, str | int] | None = None,
    *,
    people: int | None = None,
    years: int | None = None,
    seed: int = 1,
    point: int | None = None,
    graph: Any = None,
    threads: int = 1,
    progress: Progress = None,
    before: Before = None,
) -> tuple[Path, ...]:
    """Simulate every arm of a study with the same luck, and write what happens between two people day by day.

    study : or the path of its file
    folder : of the tables; results/STUDY/.work/tie if not given
    between : two people, by number, or by their label or id in the given graph; at most three pairs that tell most if not given
    people : how many; the study's own number if not given
    years : after the branch; to the study's last horizon if not given
    seed : number of the replicate: the same seed gives the same people and luck
    point : number of a point of the design; the values of the files if not given
    graph, threads, progress, before : as of `sim.run`
    Gives the files: tie_days.parquet, tie_acts.parquet and tie.json; `sim.draw` draws them.
    InputError: what is given cannot be used, or the two never knew each other.
    """
    asked = study_of(study)
    folder = provenance.result_folder(asked, "tie", folder)
    people, years, seed, threads = whole_options(people=people, years=years, seed=seed, threads=threads)
    pair = None if between is None else (str(between[0]), str(between[1]))
    if problems := misplaced(asked, folder, people, graph):
        raise InputError(problems)
    command = again_by(
        asked, "tie", between=pair, people=people, years=years, seed=seed, point=point, graph=graph,
        out=provenance.elsewhere(asked, "tie", folder),
    )  # fmt: skip
    study, given = as_run(asked, people, graph)
    values = study.point(point, "--point")
    days = study.horizons[-1] if years is None else years * YEAR
    here = Setting(study, given, values, seed, days, threads)
    resolved = {arm: study.resolve(arm, here.point) for arm in here.arms}  # a mistake in any arm is reported before one is run
    named = None if pair is None else people_named(pair, here, resolved[here.control].people)
    if before is not None:
        before(of_runs(study, given, years, len(study.arms) * (2 if pair is None else 1)))
    must_take_files(folder)

    with shown(progress) as watch:
        here = replace(here, watch=watch)
        branch = here.grown(here.control).state
        picks, looked_at = telling_pairs(here, branch) if named is None else ([(named, "named")], 0)
        pairs = [pair for pair, _ in picks]
        records = [recorded(here, arm, pairs) for arm in here.arms]
    if all(record.days["closeness_from"].is_null().all() for record in records):
        raise InputError(never_knew(here, branch, pairs[0]))
    about = {
        "study": study.name,
        "question": study.question,
        "question_fr": study.question_fr or study.question,
        "version": MADE_BY,
        "scenario": scenario_hash(study),
        "command": command,
        "seed": seed,
        "point": {"point": point} | here.point,
        "people": branch.population,
        "given_graph": None if given is None else given.name,
        "contents_idle": bool(idle_contents(study)),
        "days": days,
        "last": min(QUARTER, days),
        "first_day_of_year": branch.day % YEAR,
        "looked_at": looked_at,
        "arm": study.primary.arm,
        "control": here.control,
        "arms": [
            {"arm": record.arm, "platforms": platforms(resolved[record.arm]), "shown": record.shown} for record in records
        ],
        "pairs": [{"pair": k, "why": why} | described(here, branch, pair) for k, (pair, why) in enumerate(picks)],
    }
    made = provenance.of({"name": study.name, **about}, [seed])
    return (
        tables.write(folder, "tie_days", pl.concat([record.days for record in records]), made),
        tables.write(folder, "tie_acts", pl.concat([record.acts for record in records]), made),
        keep(folder, "tie.json", about),
    )


# --- choosing pairs ----------------------------------------------------------------------------------------------------


def people_named(between: tuple[str, str], here: Setting, people: int) -> Pair:
    """The numbers of two people who are named by label, or else by id in the given graph.

    InputError: nobody has that name, or the same person is named twice.
    """
    if here.graph is not None:
        rows = here.graph.numbers()
        expected = [nearest(name, here.graph.labels) for name in between]
    else:
        rows = {str(row): row for row in range(people)}
        expected = [f"a number from 0 to {people - 1}"] * 2
    numbers = [rows.get(name.strip(), -1) for name in between]
    for name, row in zip(map(str.strip, between), numbers):
        if here.graph is not None and name in here.graph.ids and here.graph.ids[row] != name:
            other = here.graph.labels[here.graph.ids.index(name)]
            taken = f"--between: '{name}' is a label, and the id of '{other}'; the person of that label was taken"
            warnings.warn(taken, Note, stacklevel=2)
    problems = [
        Problem("", "--between", f"nobody is '{name}'", names)
        for name, row, names in zip(between, numbers, expected)
        if row < 0
    ]
    if not problems and numbers[0] == numbers[1]:
        problems.append(Problem("", "--between", f"'{between[0]}' twice", "two people"))
    if problems:
        raise InputError(list(dict.fromkeys(problems)))
    return numbers[0], numbers[1]


def telling_pairs(here: Setting, branch: State) -> tuple[list[tuple[Pair, str]], int]:
    """At most three pairs, each with the rule that chose it, and the number of candidates. Every arm is simulated for this."""
    rows = np.flatnonzero(living(branch.ties))
    if not rows.size:
        raise InputError(Problem("", "tie", "nobody is tied to anybody at the branch", "a society with ties, or --between A B"))
    i, j = branch.ties.i[rows], branch.ties.j[rows]
    linked = np.zeros(rows.size, np.bool_)
    after = {}
    for arm in here.arms:
        world = here.world(arm)
        run_until(here, world, here.days - min(QUARTER, here.days))
        world.begin_year()
        run_until(here, world, here.days)
        after[arm] = mean_closeness(world.state, i, j)
        linked |= are_linked(world.state.ties, i, j)
    candidates = np.flatnonzero(linked) if linked.any() else np.arange(rows.size)
    i, j = i[candidates], j[candidates]
    ends = {arm: values[candidates] for arm, values in after.items()}
    ties = Candidates(i, j, *circles(branch.ties, rows[candidates]), mean_closeness(branch, i, j), ends)
    chosen = choose(ties, here.study.primary.arm)
    return [((int(i[k]), int(j[k])), rule) for k, rule in chosen], candidates.size


def run_until(here: Setting, world: World, day: int) -> None:
    """Simulate until a day since the branch, and report how far it is."""
    while world.day < day:
        world.run(min(MONTH, day - world.day))
        here.watch(f"days in '{world.arm}', to choose", world.day, here.days)


def never_knew(here: Setting, state: State, pair: Pair) -> Problem:
    """The problem of two people who never had a tie. It offers common friends, or else the person closest to each."""
    names = [here.label(person) for person in pair]
    a, b = (acquaintances(state, person) for person in pair)
    common = sorted(a.keys() & b.keys(), key=lambda friend: (-a[friend], friend))[:MOST_OFFERED]
    closest = [max(friends, key=lambda friend: friends[friend], default=None) for friends in (a, b)]
    offers = [(name, friend) for name, friend in zip(names, common[:1] if common else closest) if friend is not None]
    options = " or ".join(f"--between {name} {here.label(friend)}" for name, friend in offers)
    offer = f"two people who did: {options}" if options else "two people who did"
    if common:
        offer += f" (friends in common: {', '.join(map(here.label, common))})"
    return Problem("", "--between", f"{names[0]} and {names[1]} never knew each other, in any arm", offer)


def acquaintances(state: State, person: int) -> dict[int, float]:
    """Everybody a person has a tie with -> the closeness that the person feels for them."""
    ties = state.ties
    alive = living(ties)
    as_i, as_j = alive & (ties.i == person), alive & (ties.j == person)
    closeness = dict(zip(ties.j[as_i].tolist(), ties.c_ij[as_i].tolist()))
    return closeness | dict(zip(ties.i[as_j].tolist(), ties.c_ji[as_j].tolist()))


# --- recording ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Record:
    """What was recorded in an arm: rows of tie_days and of tie_acts.

    shown : the birthdays that the two people of each pair show on the last day
    """

    arm: str
    days: pl.DataFrame
    acts: pl.DataFrame
    shown: list[list[int]]


def recorded(here: Setting, arm: str, pairs: Sequence[Pair]) -> Record:
    """Simulate an arm, and record the days and acts of some pairs."""
    world = here.world(arm)
    log = EventLog(sorted({person for pair in pairs for person in pair}))
    rows = day_rows(world, pairs)
    while world.day < here.days:
        world.run(1, log)
        rows += day_rows(world, pairs)
        here.watch(f"days in '{arm}'", world.day, here.days)
    shown = [world.state.people.shown[list(pair)].tolist() for pair in pairs]
    days = pl.DataFrame(rows, schema=dict(tables.SCHEMAS["tie_days"]), orient="row").sort("pair", "day")
    return Record(arm, days, acts_between(world, log, pairs), shown)


def day_rows(world: World, pairs: Sequence[Pair]) -> list[tuple]:
    """A row of tie_days for each pair, at the end of the latest day."""
    ties, alive = world.state.ties, living(world.state.ties)
    rows: list[tuple] = []
    for number, ((a, b), row) in enumerate(zip(pairs, rows_of(ties, *sides(pairs)).tolist())):
        head = (number, world.arm, world.day - 1, a, b)
        if row < 0:
            rows.append((*head, None, None, False, False))
            continue
        closeness = (float(ties.c_ij[row]), float(ties.c_ji[row]))
        linked = ties.flags[row] & LINKED != 0 and ties.flags[row] & ENDED == 0
        rows.append((*head, *(closeness if a < b else closeness[::-1]), bool(linked), bool(alive[row])))
    return rows


def acts_between(world: World, log: EventLog, pairs: Sequence[Pair]) -> pl.DataFrame:
    """Rows of tie_acts: every act between the two people of a pair, in the order of the log."""
    events = events_frame(world, log)
    parts = [
        events.filter(pl.col("from").is_in(pair) & pl.col("to").is_in(pair)).select(
            pl.lit(number, pl.Int64).alias("pair"), pl.lit(world.arm).alias("arm"), *events.columns
        )
        for number, pair in enumerate(pairs)
    ]
    return pl.concat(parts)


def described(here: Setting, state: State, pair: Pair) -> dict[str, Any]:
    """Who the two people of a pair are, and what their tie is at the branch; None where they have not met yet."""
    i, j = sides([pair])
    ties, row = state.ties, int(rows_of(state.ties, i, j)[0])
    known = row >= 0 and bool(living(ties)[row])
    classes = [CLASSES[ties.class_ij[row]], CLASSES[ties.class_ji[row]]] if known else None
    return {
        "from": pair[0],
        "to": pair[1],
        "labels": [here.label(person) for person in pair],
        "birthdays": state.people.birthday[list(pair)].tolist(),
        "kind": KINDS[ties.kind[row]] if known else None,
        "origin": ORIGINS[ties.origin[row]] if known else None,
        "far": bool(ties.flags[row] & FAR) if known else None,
        "circles": classes if classes is None or pair[0] < pair[1] else classes[::-1],
        "before": float(mean_closeness(state, i, j)[0]) if known else None,
    }


def sides(pairs: Sequence[Pair]) -> tuple[np.ndarray, np.ndarray]:
    """The lower and the higher number of each pair."""
    ordered = np.sort(np.array(pairs), axis=1)
    return ordered[:, 0], ordered[:, 1]


def platforms(resolved: Resolved) -> list[list]:
    """[day since the branch, name of the platform from that day] of each change; None for no platform."""
    return [[day, platform.name if platform.present else None] for day, platform in resolved.timeline]
