"""Finding a run by its run_id in a result folder, and simulating it again: what `sim show` does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

from sim.compiled import MADE_BY
from sim.errors import InputError, Problem, RunError, shortened
from sim.scenario.study import Study
from sim.society.start import graph_of, study_on
from sim.study.records import provenance, tables
from sim.study.records.command_again import again as again_by
from sim.study.records.result_folder import ResultFolder
from sim.study.single.run import MAIN
from sim.study.sweep.units import FOREVER, PLACEBO_DAY
from sim.study.sweep.worker import Work, grow_for, run_arm

FEWEST = 4  # digits of a run_id that are enough to name a run
MOST_NAMED = 5  # runs, and measures, in a message

UNKNOWN = "something that study.json does not keep: a profile, a switch, a schedule, the years before the branch"
KEY = ("day", "profile", "tie_class", "measure")  # of a row of a run

Key = tuple[int, str, str, str]
Value = tuple[str, int, float]  # unit, n, value


class Found(NamedTuple):
    """A run in its tables.

    folder : of its tables; run : its row of runs.parquet; about : study.json
    """

    folder: Path
    run: dict[str, Any]
    about: dict[str, Any]

    @property
    def point(self) -> dict[str, Any]:
        """The values of its point of the design."""
        point = next(point for point in self.about["points"] if point["point"] == self.run["point"])
        return {name: value for name, value in point.items() if name != "point"}

    def lines(self) -> list[tuple[str, str]]:
        """What there is to know of it: names and values as text."""
        run = self.run
        values = ", ".join(f"{name} {value}" for name, value in self.point.items())
        return [
            ("run", f"{run['run_id']} in {self.folder}"),
            ("study", f"{run['study']} ({self.about['file']}, size {run['size']})"),
            ("arm", run["arm"]),
            ("point", f"{run['point']}: {values}" if values else str(run["point"])),
            ("seed", str(run["seed"])),
            ("people", str(run["people"])),
            ("version", run["version"]),
            ("scenario", run["scenario_hash"]),
            ("started", f"{run['started']}, took {run['wall_s']:.3g} s"),
            ("command", self.about["command"] or "none known: a study at points of somebody's own"),
        ]

    @property
    def version(self) -> str:
        """A sentence if another version of the program made the run; else ""."""
        version = self.run["version"]
        return "" if version == MADE_BY else f"made by version {version}, this is {MADE_BY}: numbers may differ"


class Again(NamedTuple):
    """A run simulated again.

    main : the main measures over everybody at the last horizon: name, value then and now, unit
    all : number of measures, then or now; differing : a sentence for each measure that is not the same
    """

    main: list[tuple[str, float | None, float | None, str]]
    all: int
    differing: list[str]

    def must_be_the_same(self) -> None:
        """RunError: some measures are not the same to the last bit; the error names the first."""
        if self.differing:
            first = "".join(f"\n  {sentence}" for sentence in self.differing[:MOST_NAMED])
            raise RunError(f"{len(self.differing)} of {self.all} measures differ, the first of them:{first}")


def show(run: str | Found, folder: Path | str | None = None, threads: int = 1) -> Again:
    """Simulate a run of a sweep again, and hold it against what its tables say.

    run : the first four or more digits of its run_id, or what `sim.find_run` gives
    folder : a result folder; all below results/ if not given
    threads : how many; they change no number
    Gives the main measures then and now, and what differs; `must_be_the_same` is a RunError unless all are equal to the last bit.
    InputError: no such run, or several. RunError: the study's file no longer says what the run was made by.
    """
    return again(run if isinstance(run, Found) else find(run, folder), threads)


# --- finding --------------------------------------------------------------------------------------------------------------


def find(beginning: str, folder: Path | str | None = None) -> Found:
    """The one finished run whose run_id begins so: its folder, its row of runs.parquet and its study.json.

    beginning : the first four or more digits of a run_id
    folder : a result folder; all below results/ if not given
    InputError: too few digits, no such run, or several; with those that come nearest.
    """
    if not isinstance(beginning, str) or len(beginning) < FEWEST:
        expected = f"at least {FEWEST} digits of a run_id of runs.parquet"
        raise InputError(Problem("", "RUN_ID", shortened(repr(beginning)), expected))
    runs: list[tuple[Path, dict[str, Any]]] = []
    unread: list[Problem] = []
    for table in runs_files(folder):
        try:
            runs += [(table.parent, run) for run in rows(table)]
        except InputError as error:  # of an older version, or damaged: another folder may have the run
            unread += error.problems
    hits = {run["run_id"]: (folder_of, run) for folder_of, run in reversed(runs) if run["run_id"].startswith(beginning)}
    if len(hits) != 1:
        near = hits.values() if hits else nearest(beginning, runs)
        problem = f"'{beginning}' begins {len(hits)} runs" if hits else f"no run begins with '{beginning}'"
        raise InputError([*([Problem("", "RUN_ID", problem, "one of " + listed(near))] if runs else []), *unread])
    ((where, run),) = hits.values()
    if not (where / "study.json").is_file():
        made = tables.provenance(where, "runs")
        expected = f"a run of a sweep; this one is made again by {made.command}" if made else "a run of a sweep"
        raise InputError(Problem(str(where), run["run_id"], "a run of `sim run`", expected))
    about = ResultFolder(where).study
    if not about.get("file"):
        raise InputError(
            Problem(str(where / "study.json"), "file", "is missing", f"a newer one: run `{again_by(where, 'sweep')}` again")
        )
    arms = {about["reshuffled"], *controls_of_placebos(about), *about["values"]}
    file, remedy = str(tables.path(where, "runs")), f"run `{again_by(where, 'sweep')}` again"
    if not 0 <= run["point"] < len(about["points"]):
        raise InputError(Problem(file, f"point of {run['run_id']}", str(run["point"]), f"a point of study.json; {remedy}"))
    if run["arm"] not in arms:
        raise InputError(Problem(file, f"arm of {run['run_id']}", f"'{run['arm']}'", f"an arm of study.json; {remedy}"))
    return Found(where, run, about)


def runs_files(folder: Path | str | None) -> list[Path]:
    """The tables of runs to look into."""
    files = [tables.path(folder, "runs")] if folder else sorted(Path("results").glob("*/.work/*/runs.parquet"))
    if not files:
        raise InputError(Problem("results", "", "no table of runs", "results of `sim sweep` here, or --in DIR"))
    return files


def rows(file: Path) -> Iterator[dict[str, Any]]:
    yield from tables.read_file(file, "runs").filter(status="done").iter_rows(named=True)


def nearest(beginning: str, runs: Sequence[tuple[Path, dict[str, Any]]]) -> list[tuple[Path, dict[str, Any]]]:
    """The runs whose ids have the longest beginning in common with some digits."""

    def common_digits(run: tuple[Path, dict[str, Any]]) -> int:
        return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(beginning, run[1]["run_id"])))

    return sorted(runs, key=common_digits, reverse=True)[:MOST_NAMED]


def listed(runs: Iterable[tuple[Path, dict[str, Any]]]) -> str:
    names = [
        f"{run['run_id']} ({run['study']}, {run['arm']}, point {run['point']}, seed {run['seed']}, {run['size']})"
        for _, run in sorted(runs, key=lambda hit: hit[1]["run_id"])
    ]
    return ", ".join(names[:MOST_NAMED]) + (f", and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else "")


# --- simulating it again --------------------------------------------------------------------------------------------------------


def again(found: Found, threads: int = 1) -> Again:
    """Simulate a run again from its study's file, and compare its measures with those in the tables.

    RunError: the file has changed since the run was made; the error names what differs.
    """
    run = found.run
    study, arm, other_luck, graph = as_it_was(found)
    work = Work(study, graph, run["size"], threads)
    grown = grow_for(work, arm, found.point, run["seed"])
    outcome = run_arm(work, arm, found.point, run["seed"], other_luck, grown)
    now = {(day, *row[:3]): row[3:] for day, rows in outcome.rows.items() for row in rows}
    kept = ResultFolder(found.folder).measures.filter(run_id=run["run_id"])
    then = {row[:4]: row[4:] for row in kept.select(*KEY, "unit", "n", "value").iter_rows()}
    keys = sorted(then.keys() | now.keys())
    differing = [
        f"{in_words(key)}: {number(then.get(key))} in measures.parquet, {number(now.get(key))} now"
        for key in keys
        if exactly(then.get(key)) != exactly(now.get(key))
    ]
    return Again(main_of(then, now), len(keys), differing)


def as_it_was(found: Found) -> tuple[Study, str, tuple[int, int] | None, Any]:
    """The study, arm, days of other luck and starting graph of a run. RunError: none of them gives its scenario hash."""
    run, about = found.run, found.about
    study = provenance.study_of(about, found.folder).at(about["size"])
    graph = graph_of(study)
    study = study_on(study, graph)
    arm, other_luck = arm_and_luck(found)
    if arm not in study.arms:
        raise RunError(f"{about['file']}: there is no arm '{arm}' any more; nothing was run")
    for reading in readings(found, study):
        with suppress(InputError):  # values of the point that the study no longer knows
            if arm in reading.arms and reading.fingerprint(arm, found.point) == run["scenario_hash"]:
                return reading, arm, other_luck, graph
    changes = "; ".join(differences(found, study, arm, graph))
    raise RunError(
        f"{about['file']} is no longer what run {run['run_id']} was made by ({changes}); nothing was run. "
        "Take back the files of that time, or sweep again."
    )


def arm_and_luck(found: Found) -> tuple[str, tuple[int, int] | None]:
    """The arm of the study that a run simulated, and its days of other luck. A placebo simulated the control of its time."""
    name, controls = found.run["arm"], controls_of_placebos(found.about)
    if name in controls:
        return controls[name], (PLACEBO_DAY, PLACEBO_DAY)
    return (found.about["control_of_placebo"], (0, FOREVER)) if is_placebo(found) else (name, None)


def is_placebo(found: Found) -> bool:
    return found.run["arm"] in (found.about["reshuffled"], *controls_of_placebos(found.about))


def controls_of_placebos(about: Mapping[str, Any]) -> dict[str, str]:
    """Placebo -> its control. about : study.json"""
    others = {placebo: control for control, placebo in about.get("placebos", {}).items()}
    return {about["placebo"]: about["control_of_placebo"]} | others


def readings(found: Found, study: Study) -> Iterator[Study]:
    """Ways to read the study: as its file has it, and at the run's point as a listed one, whose values replace those of arms."""
    yield study
    primary = next(contrast["name"] for contrast in found.about["contrasts"] if contrast["primary"])
    with suppress(InputError):
        yield study.at_points([found.point], primary)


def differences(found: Found, study: Study, arm: str, graph) -> list[str]:
    """The changes of a study's file that study.json shows, each in words."""
    about, run = found.about, found.run
    people = graph.people if graph is not None else study.people
    first = {name: value for name, value in about["points"][0].items() if name != "point"}
    try:
        values = study.resolve(arm, first).numbers()
    except InputError as error:
        return [f"its point does not fit any more: {error}"]
    pairs = [
        ("people", run["people"], people),
        ("horizons", about["horizons"], list(study.horizons)),
        ("graph", about["given_graph"], graph.name if graph is not None else None),
        *((name, value, values.get(name)) for name, value in about["values"].get(arm, {}).items()),
    ]
    changes = [f"{name}: {then} then, {now} now" for name, then, now in pairs if then != now]
    return changes[:MOST_NAMED] or [UNKNOWN]


def main_of(then: dict[Key, Value], now: dict[Key, Value]) -> list[tuple[str, float | None, float | None, str]]:
    """Name, value then, value now and unit of the main measures, over everybody and all ties, at the last horizon."""
    last = max(day for day, *_ in now)
    keys = [(name, (last, "all", "all", name)) for name in MAIN]
    return [(name, then[key][-1] if key in then else None, now[key][-1], now[key][0]) for name, key in keys if key in now]


def exactly(value: Value | None) -> tuple[str, int, str] | None:
    """A value in a form that is equal only if the number is the same to the last bit."""
    return value and (*value[:2], float(value[2]).hex())


def in_words(key: Key) -> str:
    day, profile, tie_class, measure = key
    return f"{measure} ({', '.join(dict.fromkeys((profile, tie_class)))}), day {day}"


def number(value: Value | None) -> str:
    return "nothing" if value is None else f"{float(value[2])!r} (n {value[1]})"
