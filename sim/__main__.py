"""The command line: parses and calls, decides nothing. What a command needs is imported when it runs."""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
import warnings

INTERRUPTED, TERMINATED = 130, 143
_MAIN_THREAD = threading.current_thread() is threading.main_thread()
if _MAIN_THREAD:  # while modules are imported, Ctrl-C has nothing to tell
    _ON_INTERRUPT = signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
if "PYTHONWARNINGS" in os.environ:  # what a library is warned of is no fault of a command, nor of its workers
    del os.environ["PYTHONWARNINGS"]
    sys.warnoptions.clear()
    warnings.resetwarnings()

try:
    import math
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import contextmanager
    from pathlib import Path
    from typing import Annotated, Any

    import typer
    from typer.core import TyperGroup

    from sim import dialect, files
    from sim.errors import LONGEST_MESSAGE, InputError, Note, Problem, SimError, nearest, shortened
    from sim.scenario import bounds
    from sim.terminal import LONGEST_CELL, duration, in_years, open_closed_streams, print_csv, print_table, short, shown, tell
    from sim.text import LANGUAGES
    from sim.version import VERSION
finally:
    if _MAIN_THREAD:
        signal.signal(signal.SIGINT, _ON_INTERRUPT)

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # to look for them takes a tenth of a command's start
RESUMED = ("sweep", "region", "why")  # what their units gave is kept in a ledger
ASKING = ("query", "show", "grown")  # they read and tell, and write nothing
PIECEMEAL = ("check", "draw", "data")  # they write several files, one after the other
UsageError: Any = typer.BadParameter.__base__  # of an option or argument; not among typer's public names
SIZES, FORMATS = ("quick", "default", "full"), ("svg", "png", "pdf")
MOST_ROWS = 60  # of verdicts on the screen
MOST_ANSWERED, MOST_IN_CSV = 1000, 1_000_000  # rows of an answer to SQL
MOST_VALUES = 6  # of a point on the screen
MOST_ERRORS = 20  # of units, told at the end of a sweep
BENCH_STUDY = Path("scenarios/birthday-prompt.toml")


class Terminated(KeyboardInterrupt):
    """Somebody asked the process to end (SIGTERM)."""


class Commands(TyperGroup):
    """Every command ends with the exit status of what happened, and one line per problem."""

    def main(self, args=None, prog_name=None, standalone_mode=True, **extra):
        with shown():
            try:
                status = super().main(args, prog_name, standalone_mode=False, **extra)
                sys.stdout.flush()  # here, where what cannot be written can still be answered
            except UsageError as error:
                error.message = shortened(error.message, 10 * LONGEST_MESSAGE)
                error.show(sys.stderr)
                status = error.exit_code
            except SimError as error:
                if str(error):
                    print(error, file=sys.stderr)
                status = error.exit_status
            except OSError as error:
                if error.filename is None:
                    raise  # no fault of a file: ours
                print(Problem(os.fsdecode(error.filename), "", error.strerror or str(error), ""), file=sys.stderr)
                status = 1
        sys.exit(status)

    def invoke(self, ctx):
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # a second one ends it at once
            print(f"\nstopped; {_kept_of(ctx.invoked_subcommand)}", file=sys.stderr)
            raise typer.Exit(TERMINATED if isinstance(error, Terminated) else INTERRUPTED) from None


def _kept_of(command: str | None) -> str:
    """What an interrupt left of a command."""
    if command in RESUMED:
        return "what was finished is kept: run the same command again to resume"
    if command in PIECEMEAL:
        return "files that it had finished are there, the others are missing: run the same command again"
    if command in ASKING:
        return "it had only read: nothing was changed"
    return "nothing of it was kept: run the same command again to start anew"


app = typer.Typer(
    cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip
data = typer.Typer(no_args_is_help=True, help="Public data sets: list them, fetch them.")
app.add_typer(data, name="data")


def _argument(name: str, help: str, rule: Callable[[Any, str], Path] = files.must_be_named) -> Any:
    """An argument that is a path, held to a rule before anything runs."""
    return typer.Argument(metavar=name, help=help, parser=_held_to(rule, name))


def _option(name: str, help: str, rule: Callable[[Any, str], Any] = files.must_be_named, metavar: str | None = None) -> Any:
    """An option that is a path, held to a rule before anything runs."""
    return typer.Option(name, metavar=metavar, help=help, parser=_held_to(rule, name))


def _held_to(rule: Callable[[Any, str], Any], name: str) -> Callable[[Any], Any]:
    def path(given: Any) -> Any:
        return rule(given, name)

    return path


Study = Annotated[Path, _argument("STUDY", "A study file, such as scenarios/birthday-prompt.toml.")]
Folder = Annotated[Path, _argument("DIR", "A result folder, as `sim sweep` makes it.")]
Graph = Annotated[str | None, _option("--graph", "Graph file or name of a data set to start from.", files.must_be_said, "TEXT")]
Results = Annotated[
    Path | None, _option("--out", "Result folder; results/STUDY/.work/SIZE if not given.", files.folder_to_write)
]


def _number(bound: bounds.Bound, help: str) -> Any:
    """An option that is a number within bounds."""
    return typer.Option(min=bound.low, max=bound.high, help=help)


Threads = Annotated[int, _number(bounds.WORKERS, "Threads of one world; they change no number.")]
Jobs = Annotated[int, _number(bounds.WORKERS, "Processes; they change no number.")]
Workers = Annotated[int | None, _number(bounds.WORKERS, "Processes; as many as suit cores, memory and work if not given.")]
ThreadsEach = Annotated[int | None, _number(bounds.WORKERS, "Threads in each; what cores are left if not given.")]
People = Annotated[int | None, _number(bounds.PEOPLE, "People; the study's own number if not given.")]
Years = Annotated[int | None, _number(bounds.YEARS, "Years after the branch; else to the last horizon.")]
OnePoint = Annotated[int | None, _number(bounds.POINT, "Number of a point of the design; the values of the files if not given.")]
Seed = Annotated[int, _number(bounds.SEED, "Same seed, same people and same luck.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done; run nothing.")]
Yes = Annotated[bool, typer.Option("--yes", help="Run even what takes hours, or more memory than there is.")]
OnCluster = Annotated[str | None, typer.Option(metavar="ADDRESS", help="Workers of this Dask scheduler instead.")]
Retry = Annotated[bool, typer.Option("--retry", help="Try units again that failed before.")]


def _version(wanted: bool) -> None:
    if wanted:
        print(f"sim {VERSION}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")]


@app.callback()
def sim(version: Version = False):
    """Does a platform thin out real-life ties, or transform them?"""


# --- files ------------------------------------------------------------------------------------------------------------


@app.command()
def check(
    files: Annotated[list[Path] | None, _argument("FILE...", "Society, profile, platform, study, targets.")] = None,
    schema: Annotated[Path | None, _option("--schema", "Write JSON Schemas for editors.", files.folder_to_write, "DIR")] = None,
    deps: Annotated[bool, typer.Option("--deps", help="Write a Make rule per study: all files it reads.")] = False,
    target: Annotated[str, _option("--target", "What the rule makes; {name} is the study's.", files.must_be_said, "NAME")] = (
        "results/{name}/.work/default/study.json"
    ),
):
    """Validate scenario files: every problem with its place."""
    from sim.scenario import reading

    files = files or []
    if not files and schema is None:
        raise InputError(Problem("", "check", "no file", "files to check, or --schema DIR"))
    if schema is not None:
        for written in reading.schemas(schema):
            print(written, file=sys.stderr if deps else sys.stdout)
    problems = {file: reading.check([file]) for file in files}
    found = list(dict.fromkeys(problem for some in problems.values() for problem in some))
    for file in files:
        if not problems[file]:
            print(_rule(target, file, reading) if deps else f"ok {file}")
    if found:
        raise InputError(found)


def _rule(target: str, file: Path, reading: Any) -> str:
    """A line of Make: the target needs every file that the study reads."""
    needed = " ".join(map(_for_make, reading.dependencies(file)))
    return f"{_for_make(target.replace('{name}', file.stem))}: {needed}"


def _for_make(name: object) -> str:
    """A file's name as a rule of Make holds it."""
    text = str(name)
    if re.search("[;=\n]", text):
        raise InputError(Problem(text, "--deps", "a name with ; or = or a line end", "a name that Make can hold"))
    return re.sub(r"(\\*)([ #:|])", lambda found: f"{2 * found[1]}\\{found[2]}", text.replace("$", "$$"))


# --- runs -------------------------------------------------------------------------------------------------------------


@app.command()
def run(
    study: Study,
    arm: Annotated[str | None, typer.Option(help="Arm of the study; its first if not given.")] = None,
    people: People = None,
    years: Years = None,
    seed: Seed = 1,
    point: OnePoint = None,
    graph: Graph = None,
    threads: Threads = 1,
    engine: Annotated[str, typer.Option(help="fast, or plain: one person at a time, slow, for reading.")] = "fast",
    out: Annotated[
        Path | None, _option("--out", "Folder of the tables; results/STUDY/.work/run if not given.", files.folder_to_write)
    ] = None,
    events: Annotated[
        Path | None, _option("--events", "Log every act here (.parquet), people and ties beside it.", files.parquet_to_write)
    ] = None,
    yes: Yes = False,
):
    """Run one world in one arm, and write its tables."""
    from sim.scenario.reading import load
    from sim.study.single.run import run_one
    from sim.study.sweep.forecast import of_runs

    def before(lived: Any, given: Any) -> None:
        _say_graph(given)
        _start(of_runs(lived, given, years, engine=engine), yes)

    question = load(study)
    folder = out or Path("results", question.name, ".work", "run")
    one = run_one(
        question, folder, arm, people=people, years=years, seed=seed, point=point, graph=graph, threads=threads,
        engine=engine, events=events, progress=True, before=before,
    )  # fmt: skip
    at = "".join(f", {name} {short(value)}" for name, value in one.point.items() if value is not None)
    print(f"{one.run['study']}: arm '{one.run['arm']}', seed {one.run['seed']}{at}")
    print(f"{one.run['people']} people, {one.run['ties']} ties, {one.run['years']:g} years; means over the last 365 days:")
    print_table(("measure", "value", "unit"), [(row.measure, f"{row.value:.4g}", row.unit) for row in one.main()])
    print("tables:", *one.files)


@app.command()
def tie(
    study: Study,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="Two people, by number or label; the most telling pairs if not given."),
    ] = None,
    people: People = None,
    years: Years = None,
    seed: Seed = 1,
    point: OnePoint = None,
    graph: Graph = None,
    threads: Threads = 1,
    lang: Annotated[str, typer.Option(help="en or fr.")] = "en",
    format: Annotated[str, typer.Option(help="svg, png, pdf; several with commas.")] = "svg",
    out: Annotated[Path | None, _option("--out", "Folder; results/STUDY/.work/tie if not given.", files.folder_to_write)] = None,
    yes: Yes = False,
):
    """Draw the life of one tie in every arm, day by day, with the same luck."""
    lang, formats = _one_of("--lang", lang, LANGUAGES), _formats(format)
    from sim.scenario.reading import load
    from sim.study.single.tie import live_ties
    from sim.study.sweep.forecast import of_runs

    def before(lived: Any, given: Any) -> None:
        _say_graph(given)
        _start(of_runs(lived, given, years, len(lived.arms) * (1 if between else 2)), yes)

    question = load(study)
    folder = out or Path("results", question.name, ".work", "tie")
    files = live_ties(
        question, folder, between, people=people, years=years, seed=seed, point=point, graph=graph, threads=threads,
        progress=True, before=before,
    )  # fmt: skip
    from sim.figures.drawing import draw
    from sim.figures.gallery.tie import told

    tell(told(folder, lang))
    print("figures:", *draw(folder, lang=lang, formats=formats))
    print("tables:", *files)


def _say_graph(graph: Any) -> None:
    """What was read of a graph, if a run begins on one."""
    if graph is None:
        return
    for said in (f"{graph.people} people and {graph.ties} ties read from {graph.name}", *graph.notes):
        print(f"note: {said}", file=sys.stderr)


@app.command()
def why(
    study: Study,
    contrast: Annotated[str | None, typer.Option(help="Name of a contrast; the primary one if not given.")] = None,
    point: Annotated[int | None, _number(bounds.POINT, "Number of the point of the design; its middle if not given.")] = None,
    measure: Annotated[list[str] | None, typer.Option(help="A measure beside the legs of the verdict; may be repeated.")] = None,
    size: Annotated[str, typer.Option(help="quick, default or full.")] = "default",
    seeds: Annotated[int | None, _number(bounds.SEEDS, "Seeds; at most 8 of the study's if not given.")] = None,
    jobs: Workers = None,
    threads: ThreadsEach = None,
    cluster: OnCluster = None,
    retry: Retry = False,
    lang: Annotated[str, typer.Option(help="en or fr.")] = "en",
    format: Annotated[str, typer.Option(help="svg, png, pdf; several with commas.")] = "svg",
    out: Results = None,
    dry_run: DryRun = False,
    yes: Yes = False,
):
    """Split a verdict by mechanism: how much of it is due to each, and to which one the word."""
    size, lang, formats = _one_of("--size", size, SIZES), _one_of("--lang", lang, LANGUAGES), _formats(format)
    from sim.scenario.measures import must_be_measures
    from sim.scenario.reading import load
    from sim.study.mechanisms.why import FOLDER, answer, ask
    from sim.study.sweep.forecast import of_a_sweep

    must_be_measures(measure or (), "--measure")

    question = load(study)
    folder = out or Path("results", question.name, ".work", size)
    asked = ask(question, contrast, point, size, seeds)
    jobs, threads = _hired(asked.game.study, size, jobs, threads, cluster)
    if dry_run:
        print(f"every coalition of {len(asked.game.players)} mechanisms, each a point")
        return _forecast(asked.game.study, folder / FOLDER, size, jobs)
    _start(of_a_sweep(asked.game.study, folder / FOLDER, size, jobs, cluster is not None), yes)
    summary = answer(asked, folder, measure or (), jobs, threads, True, cluster=cluster, retry=retry)
    from sim.figures.gallery.why import told
    from sim.study.records import tables

    header, rows, remarks = told(folder, lang)
    print_table(header, rows)
    print(*remarks, sep="\n")
    _draw(folder, lang, formats, "why")
    print("tables:", summary.folder, tables.path(folder, "why"))
    _say_failed(summary)


@app.command()
def sweep(
    study: Study,
    size: Annotated[str | None, typer.Option(help="quick, default or full.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Short for --size quick.")] = False,
    jobs: Workers = None,
    threads: ThreadsEach = None,
    cluster: OnCluster = None,
    out: Results = None,
    retry: Retry = False,
    dry_run: DryRun = False,
    yes: Yes = False,
):
    """Run what is missing of a study: every point and seed, each with all its arms. Neither workers nor order change a number."""
    from sim.scenario.reading import load
    from sim.study.sweep.forecast import of_a_sweep

    if quick and size not in (None, "quick"):
        raise InputError(Problem("", "--quick", f"and --size {size}", "one of the two"))
    size = _one_of("--size", "quick" if quick else size or "default", SIZES)
    question = load(study)
    folder = out or Path("results", question.name, ".work", size)
    jobs, threads = _hired(question, size, jobs, threads, cluster)
    if dry_run:
        return _forecast(question, folder, size, jobs)
    _start(of_a_sweep(question, folder, size, jobs, cluster is not None), yes)
    from sim.study.sweep.sweeping import sweep

    summary = sweep(question, folder, size, jobs, threads, True, cluster=cluster, retry=retry)
    print(f"{summary.done} units done, {summary.ran} of them now; tables in {folder}")
    _say_failed(summary)


def _hired(
    question: Any, size: str, jobs: int | None, threads: int | None, cluster: str | None, units: int | None = None
) -> tuple[int, int]:
    """Processes and threads, as suits this machine where they are not given; of a cluster's own workers, a thread each."""
    from sim.study.sweep.forecast import sensible

    if cluster is not None and jobs is not None:
        raise InputError(Problem("", "--cluster", f"and --jobs {jobs}", "one of the two: a cluster has workers of its own"))
    return sensible(question, size, jobs, threads or (1 if cluster else None), units)


def _say_failed(summary: Any) -> None:
    for point, number, error in summary.failed[:MOST_ERRORS]:
        print(f"point {point}, seed {number}: {error}", file=sys.stderr)
    if summary.failed:
        more = f" ({len(summary.failed) - MOST_ERRORS} more in runs.parquet)" if len(summary.failed) > MOST_ERRORS else ""
        print(f"{len(summary.failed)} units failed{more}; run the same command with --retry to try them again", file=sys.stderr)
        raise typer.Exit(1)


@app.command()
def region(
    study: Study,
    contrast: Annotated[str | None, typer.Option(help="Of which verdict; the primary contrast's if not given.")] = None,
    size: Annotated[str, typer.Option(help="Of the study: quick, default or full.")] = "default",
    point: Annotated[int | None, _number(bounds.POINT, "Point of the design that is the base; the middle if not given.")] = None,
    points: Annotated[int | None, _number(bounds.RANDOM_POINTS, "Random sets of assumptions; 128 if nothing is said.")] = None,
    seeds: Annotated[int | None, _number(bounds.SEVERAL_SEEDS, "Societies of each; 4 if nothing is said.")] = None,
    people: Annotated[int | None, _number(bounds.PEOPLE, "People of each; at most 300 if nothing is said.")] = None,
    jobs: Workers = None,
    threads: ThreadsEach = None,
    cluster: OnCluster = None,
    retry: Retry = False,
    lang: Annotated[str, typer.Option(help="en or fr.")] = "en",
    format: Annotated[str, typer.Option(help="svg, png, pdf; several with commas.")] = "svg",
    out: Results = None,
    dry_run: DryRun = False,
    yes: Yes = False,
):
    """Look for the assumptions under which a verdict holds, and the smallest change of them that flips it."""
    size, lang, formats = _one_of("--size", size, SIZES), _one_of("--lang", lang, LANGUAGES), _formats(format)
    from sim.scenario.reading import load
    from sim.study.judging import region_table
    from sim.study.robustness.region import ask, region
    from sim.study.sweep.forecast import of_a_region

    question = load(study)
    folder = out or Path("results", question.name, ".work", size)
    asked = ask(question, size, contrast, point, points, seeds, people)
    jobs, threads = _hired(question, size, jobs, threads, cluster, asked.sets * asked.study.seeds)
    within = folder / region_table.FOLDER / asked.contrast
    if dry_run:
        print(f"{asked.sets} sets of {len(asked.space)} assumptions, each a point; the search for flips adds to them")
        return _forecast(asked.certain(), within, "default", jobs)
    _start(of_a_region(asked, within, jobs, cluster is not None), yes)
    found = region(
        question, folder, size, contrast, point, points, seeds, people, jobs, threads, True, cluster=cluster, retry=retry
    )
    tell(region_table.told(found.tables, found.contrast))
    print(f"{found.simulated} sets of assumptions simulated; tables in {folder}: {', '.join(region_table.NAMES)}")
    _draw(folder, lang, formats, "region")
    _say_failed(found)


def _draw(folder: Path, lang: str, formats: tuple[str, ...], figure: str) -> None:
    from sim.figures.drawing import draw

    try:
        print("figures:", *draw(folder, lang=lang, formats=formats, only=(figure,)))
    except InputError as error:  # a sweep that is here is older than what was lived now
        print(f"note: {error}", file=sys.stderr)


def _start(work: Any, yes: bool) -> None:
    """Refuse too much work, unless it is meant; say of much how much it is."""
    if not yes:
        work.refuse_too_much()
    if work.is_told:
        print(f"note: {work.told()}", file=sys.stderr)


def _forecast(question, folder: Path, size: str, jobs: int) -> None:
    from sim.scenario.schema import product
    from sim.study.sweep.forecast import forecast, of_a_sweep

    found = forecast(question, folder, size, jobs)
    design = "" if found.points == 1 else f", {question.plan.kind}: {product(question.point_counts())}"
    guess = " (a guess until a unit is done)" if found.guessed else ""
    done = "too many to look up what is" if found.done is None else found.done
    print(f"{found.points} point{'s' * (found.points != 1)}{design}")
    print(f"{found.units} unit{'s' * (found.units != 1)} ({found.runs} runs with placebos), {done} already done in {folder}")
    print(f"time left: about {duration(found.seconds(jobs))} with {jobs} job{'s' * (jobs > 1)}{guess}")
    print(f"memory: about {found.memory_mb:.0f} MB; disk: about {found.disk_mb:.0f} MB with grown societies (both rough)")
    if of_a_sweep(question, folder, size, jobs).too_much:
        print("that many units, hours or MB are run with --yes only")


# --- results ----------------------------------------------------------------------------------------------------------


@app.command()
def compare(folder: Folder):
    """Contrast the arms, say the verdicts and print them; writes contrasts.csv and verdict.csv."""
    from sim.study.judging.contrast import compare
    from sim.study.records import json_files, tables

    with _noted(tables.NotKept):
        compared = compare(folder)
    verdicts = compared.verdicts.sort("primary", descending=True, maintain_order=True)
    points = {each.pop("point"): each for each in json_files.read(folder, "study.json")["points"]}
    rows = []
    for row in verdicts.head(MOST_ROWS).iter_rows(named=True):
        point = points[row["point"]]
        at = ", ".join(f"{name.rsplit('.', 1)[-1]} {short(value)}" for name, value in point.items())
        at = at if len(point) <= MOST_VALUES else f"number {row['point']}"
        name = row["contrast"] + (" *" if row["primary"] else "")
        tips, share = short(row["tipping_margin"]), short(row["region_share"])
        rows.append((name, at, in_years(row["horizon"]), row["profile"], row["verdict"], tips, share, row["why"]))
    print_table(("contrast", "point", "at", "profile", "verdict", "tips at", "share", "why"), rows)
    print("* primary; tips at: the margin at which the word changes; share: of points with this word")
    for note in compared.notes:
        print(f"note: {note}", file=sys.stderr)
    _say_of_the_file(folder)
    if sealed := verdicts["seal"][0]:
        print(f"seal: {sealed}")
    if len(verdicts) > MOST_ROWS:
        print(f"{len(verdicts) - MOST_ROWS} more in {tables.path(folder, 'verdict')}")


@app.command()
def sensitivity(
    folder: Folder,
    measure: Annotated[
        list[str] | None, typer.Option(metavar="M", help="A measure, again for more; the legs of the verdict if not given.")
    ] = None,
    contrast: Annotated[
        str | None, typer.Option(metavar="C", help="Whose paired difference is meant; the primary one if not given.")
    ] = None,
    arm: Annotated[str | None, typer.Option(metavar="A", help="Instead: the own value of this arm.")] = None,
    tie_class: Annotated[str, typer.Option(metavar="T", help="Tie class.")] = "all",
    profile: Annotated[str, typer.Option(metavar="P", help="Profile.")] = "all",
):
    """Say which assumptions carry what happens, of a sobol or morris design; writes indices.csv."""
    from sim.study.judging.indices import sensitivity, told
    from sim.study.records import tables

    with _noted(tables.NotKept):
        found = sensitivity(folder, measure or (), contrast, arm, tie_class, profile)
    tell(told(found))
    print(f"all in {tables.path(folder, 'indices')}")
    _say_of_the_file(folder)


@app.command()
def seal(
    study: Study,
    again: Annotated[bool, typer.Option("--again", help="Replace a seal; the old hash stays in its history.")] = False,
):
    """Fix a study's question, margins, scenario and code before running: a small file beside it, and one hash to publish."""
    from sim.scenario.reading import load
    from sim.study.sweep.sealing import seal_study

    sealed, file = seal_study(load(study), again)
    print(sealed.hash)
    if sealed.runs:
        print(f"note: sealed after {sealed.runs} runs of this study, and says so", file=sys.stderr)
    print(f"written: {file}; commit or publish it, or the hash, before running", file=sys.stderr)


@app.command()
def show(
    run_id: Annotated[str, typer.Argument(metavar="RUN_ID", help="The first digits of a run_id, four or more.")],
    folder: Annotated[Path | None, _option("--in", "A result folder; all of results/ else.", metavar="DIR")] = None,
    threads: Threads = 1,
):
    """Run one run of a sweep again, and say whether every measure is the same to the last bit."""
    from sim.study.single import show

    found = show.find(run_id, folder)
    for name, said in found.told():
        print(f"{name:<9}{said}")
    if found.version:
        print(f"note: {found.version}", file=sys.stderr)
    lived = show.again(found, threads)
    print()
    main = [(name, short(then), short(now), unit) for name, then, now, unit in lived.main]
    print_table(("measure", "in the tables", "run again", "unit"), main)
    lived.must_be_the_same()
    print(f"all {lived.all} measures are the same to the last bit")


@app.command()
def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help='Such as "select contrast, verdict from verdict".')],
    folder: Folder,
    as_csv: Annotated[bool, typer.Option("--csv", help="Commas between columns, all digits.")] = False,
    limit: Annotated[
        int | None, _number(bounds.ROWS, f"Most rows; {MOST_ANSWERED}, or {MOST_IN_CSV} with --csv, if not given.")
    ] = None,
    time_limit: Annotated[float, _number(bounds.SECONDS, "Seconds after which to stop asking.")] = 60.0,
):
    """Ask the tables of a result folder (runs, measures, pairs, contrasts, verdict) in SQL."""
    from sim.study.judging.outdated import asked_of_older
    from sim.study.records.query import query

    most = limit or (MOST_IN_CSV if as_csv else MOST_ANSWERED)
    columns, rows, cut = query(sql, folder, most, time_limit)
    for note in asked_of_older(sql, folder):
        print(f"note: {note}", file=sys.stderr)
    if as_csv:
        print_csv(columns, rows)
    elif columns == ("explain_key", "explain_value"):
        print(*(plan for _, plan in rows), sep="\n")
    elif print_table(columns, [[short(cell) for cell in row] for row in rows]):
        print(f"note: values longer than {LONGEST_CELL} letters are cut; --csv prints them whole", file=sys.stderr)
    if cut:
        print(f"note: the first {most} rows, and there are more; --limit says how many are shown", file=sys.stderr)


@app.command()
def precision(
    folder: Folder,
    within: Annotated[str, typer.Option(help="Wanted half-width of the 95 % interval: of the control, or 0.01.")] = "1%",
    contrast: Annotated[str | None, typer.Option(help="This contrast alone.")] = None,
    measure: Annotated[list[str] | None, typer.Option(help="A measure beside the verdict's; may be given again.")] = None,
):
    """How many seeds a wanted precision takes, and what the same luck in both arms saves; writes precision.csv."""
    from sim.study.judging import precision as known
    from sim.study.records import tables

    with _noted(tables.NotKept):
        found = known.precision(folder, _half_width(within), contrast, measure or ())
    rows = []
    for row in found.head(MOST_ROWS).iter_rows(named=True):
        share = row["scale"] == known.SHARE
        half = f"{short(100 * row['half95'])}%" if share and row["half95"] == row["half95"] else short(row["half95"])
        needed, saved = _spanned(row, "needed"), _spanned(row, "saved")
        where = (row["contrast"], row["point"], in_years(row["horizon"]), row["measure"])
        rows.append((*where, row["seeds"], half, needed, saved, short(row["needed_independent"])))
    print_table(("contrast", "point", "at", "measure", "seeds", "half-width", "needed", "saved", "needed apart"), rows)
    print(f"half-width: of the 95 % interval now, of the control or in the unit of a distance; needed: seeds for {within}")
    print("saved: variance if arm and control had different seeds, over that in pairs; needed apart: seeds of each arm, if so")
    print("spreads as seen; in brackets 95 % intervals, as few seeds know a spread badly")
    if len(found) > MOST_ROWS:
        print(f"{len(found) - MOST_ROWS} more in {tables.path(folder, 'precision')}")
    _say_of_the_file(folder)


def _half_width(text: str) -> float:
    share = text.strip().endswith("%")
    try:
        within = dialect.number(text.strip().removesuffix("%")) / (100 if share else 1)
    except ValueError:
        within = math.nan
    if not bounds.HALF_WIDTH.holds(within):
        expected = f"a half-width such as 1% or 0.01, {bounds.HALF_WIDTH}"
        raise InputError(Problem("", "--within", f"'{shortened(text)}'", expected))
    return within


def _spanned(row: dict[str, Any], name: str) -> str:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    return short(row[name]) + ("" if low is None or low != low else f" [{short(low)}, {short(high)}]")


@app.command()
def draw(
    folder: Folder,
    lang: Annotated[str, typer.Option(help="en or fr.")] = "en",
    format: Annotated[str, typer.Option(help="svg, png, pdf; several with commas.")] = "svg",
    out: Annotated[Path | None, _option("--out", "Where to; the result folder if not given.", files.folder_to_write)] = None,
    every: Annotated[bool, typer.Option("--all", help="Try every figure that there is.")] = False,
):
    """Draw the figures that a study names, and those of its tables."""
    lang = _one_of("--lang", lang, LANGUAGES)
    formats = _formats(format)
    from sim.figures.drawing import LeftOut, draw

    with _noted(LeftOut):
        files = draw(folder, lang=lang, formats=formats, out=out, all=every)
    print(*files, sep="\n")
    _say_of_the_file(folder)


@app.command()
def publish(
    folder: Folder,
    out: Annotated[Path | None, _option("--out", "Where to; results/STUDY if not given.", files.folder_to_write)] = None,
):
    """Copy the verdict, the small tables and the figures of a result folder to where others see them, and describe them."""
    from sim.study.judging.publishing import publish

    published = publish(folder, out)
    for note in published.notes:
        print(f"note: {note}", file=sys.stderr)
    print(*published.files, sep="\n")
    _say_of_the_file(folder)


# --- data and the machine ---------------------------------------------------------------------------------------------


@data.command("list")
def data_list():
    """All data sets: what each is, its terms, whom to cite, and whether it is here."""
    from sim.society.datasets import list_datasets
    from sim.society.start import where

    for each in list_datasets():
        place = where(each)
        print(f"{each.name} ({place or f'not here: sim data fetch {each.name}'})")
        print(f"    {each.title}\n    terms: {each.terms}\n    cite: {each.citation}\n    page: {each.page}")
        for file in each.files:
            print(f"    file: {file.name} from {file.url}")


@data.command("fetch")
def data_fetch(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of a data set; see `sim data list`.")],
    source: Annotated[Path | None, _option("--from", "Take the files from this folder.", metavar="DIR")] = None,
):
    """Fetch a data set and check that it is the published one."""
    from sim.society.datasets import fetch

    print(fetch(name, source))


@app.command()
def grown():
    """The store of grown societies: how large, how long, and when each became steady."""
    from sim.study.sweep.grown import store_folder, stored

    folder = store_folder()
    rows = [
        (each["file"], "cannot be read; grown again when needed", "", "", "", "", "no")
        if each.get("broken")
        else (
            each["file"], each["people"], each["seed"], each["years"],
            "no" if each["steady_year"] is None else each["steady_year"], each["graph"], "yes" if each["used"] else "no",
        )
        for each in stored(folder)
    ]  # fmt: skip
    if rows:
        print_table(("file", "people", "seed", "years", "steady year", "graph", "used"), rows)
        print("used: by this version of the program; the others are of another version, or broken")
    print(f"{len(rows)} in {folder}")


@app.command()
def pilot(
    society: Annotated[Path, _argument("SOCIETY", "A society file; its profiles lie beside it.")],
    people: Annotated[int, _number(bounds.SEVERAL_PEOPLE, "People of each society.")] = 1000,
    seeds: Annotated[int, _number(bounds.SEEDS, "Societies.")] = 4,
    years: Annotated[int, _number(bounds.YEARS, "Years each is grown.")] = 40,
    profile: Annotated[str, typer.Option(help="Profile of everybody.")] = "us",
    jobs: Jobs = 1,
    write: Annotated[bool, typer.Option("--write", help="Put the numbers into the society file.")] = False,
    yes: Yes = False,
):
    """Compute the numbers that a society file has from the program: steady years, k, strong and clique."""
    from sim.study.single import pilot
    from sim.study.sweep.forecast import of_growing

    _start(of_growing(people, years, seeds, jobs), yes)
    found = pilot.pilot(society, people, seeds, years, profile, jobs, True)
    seen = ", ".join("none" if year is None else str(year) for year in found.by_seed)
    moved = ", ".join(f"{name} {change:.2%}" for name, change in found.change.items())
    rows = [
        ("years until steady", found.years or f"more than {years}", f"by seed: {seen}; last two years: {moved}"),
        ("support exponent k", found.exponent, f"ranks 6-15 then carry {found.next_carry:.1%}"),
        ("strong", found.strong, "closeness; 15 ties of the mean person"),
        ("clique", found.clique, "closeness; 5 ties of the mean person"),
    ]
    print_table(("number", "value", "remark"), rows)
    print("\n".join(pilot.lines(found, society)))
    if found.again:
        print(
            f"the years rest on the file's k = {found.exponent_before:g}: run again once this one is written",
            file=sys.stderr,
        )
    if write:
        pilot.write(found, society)
        print(f"written: {society}")


@app.command()
def bench(
    study: Annotated[Path, _argument("STUDY", "The study whose world is timed.")] = BENCH_STUDY,
    people: Annotated[int, _number(bounds.SEVERAL_PEOPLE, "People of the world.")] = 5000,
    days: Annotated[int, _number(bounds.TIMED_DAYS, "Days timed.")] = 28,
    json: Annotated[Path | None, _option("--json", "Write the numbers here too.", files.file_to_write, "FILE")] = None,
    yes: Yes = False,
):
    """How fast days go by on this machine."""
    from sim.scenario.reading import load
    from sim.study.records import tables
    from sim.study.single import bench
    from sim.study.sweep.forecast import of_timing

    _start(of_timing(people, bench.days_run(days)), yes)
    found = bench.speed(load(study), people, days, True)
    print("{people} people, {ties} ties, {days} days, arm '{arm}', {cores} cores".format(**found))
    rows = [(each["threads"], f"{each['ns_per_tie_day']:.1f}", f"{each['seconds']:.3f}") for each in found["results"]]
    print_table(("threads", "ns per tie and day", "seconds"), rows)
    if json is not None:
        tables.write_json(json.parent, json.name, found)


# --- saying it --------------------------------------------------------------------------------------------------------


def _say_of_the_file(folder: Path) -> None:
    from sim.study.judging.outdated import file_says_otherwise

    if said := file_says_otherwise(folder):
        print(f"note: {said}", file=sys.stderr)


@contextmanager
def _noted(kind: type[Warning]) -> Iterator[None]:
    """Warnings of a kind, told as notes when the work is done."""
    with warnings.catch_warnings(record=True, category=kind) as found:
        warnings.simplefilter("always", kind)
        yield
    for warning in found:
        if issubclass(warning.category, kind):
            print(f"note: {warning.message}", file=sys.stderr)
        else:
            warnings.showwarning(warning.message, warning.category, warning.filename, warning.lineno)


def _one_of(option: str, value: str, valid: Sequence[str]) -> str:
    if value not in valid:
        raise InputError(Problem("", option, f"'{value}'", nearest(value, valid)))
    return value


def _formats(given: str) -> tuple[str, ...]:
    return tuple(_one_of("--format", each.strip(), FORMATS) for each in given.split(","))


def _show(message: Any, category: type[Warning], filename: str, lineno: int, file: Any = None, line: str | None = None) -> None:
    """A note as a line of its own; other warnings as ever."""
    if issubclass(category, Note):
        print(f"note: {message}", file=sys.stderr)
    else:
        _shown_otherwise(message, category, filename, lineno, file, line)


_shown_otherwise = warnings.showwarning


def main() -> None:
    """The console script `sim`."""
    try:
        warnings.showwarning = _show
        open_closed_streams()
        signal.signal(signal.SIGTERM, _terminate)
        _forget_unusable_settings()
        app(prog_name="sim")
    except KeyboardInterrupt:  # before a command began
        sys.exit(INTERRUPTED)


def _forget_unusable_settings() -> None:
    """Settings of libraries that somebody made for programs of their own: to panic, to tell all, no number of threads."""
    for name in [each for each in os.environ if each.startswith("POLARS_") or each == "NUMBA_NUM_THREADS"]:
        if not name.endswith("_THREADS") or not os.environ[name].strip("0").isdecimal():
            del os.environ[name]


def _terminate(*_: Any) -> None:
    raise Terminated


if __name__ == "__main__":
    main()
