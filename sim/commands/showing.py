"""Results as a terminal shows them. No other module of the commands imports from the rooms. It computes nothing."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sim
from sim.errors import Note
from sim.terminal import LONGEST_CELL, duration, in_years, print_csv, print_table, short, tell

if TYPE_CHECKING:
    import polars as pl

    from sim.study.judging.contrast import Comparison
    from sim.study.records.query import Answer
    from sim.study.robustness.region import Summary
    from sim.study.single.pilot import Pilot
    from sim.study.single.run import Single
    from sim.study.single.show import Again, Found
    from sim.study.sweep.forecast import Before, Forecast, Workload

MOST_ROWS = 60  # printed of a table
MOST_VALUES = 6  # printed of a point


# --- notes ------------------------------------------------------------------------------------------------------------


def note(text: object) -> None:
    """Print a note on standard error."""
    print(f"note: {text}", file=sys.stderr)


@contextmanager
def notes() -> Iterator[None]:
    """Print each warning that is a Note as such a line, once. Show other warnings as Python does."""
    with warnings.catch_warnings():
        otherwise, printed = warnings.showwarning, set()

        def show(message: Any, category: type[Warning], *where: Any) -> None:
            if not issubclass(category, Note):
                otherwise(message, category, *where)
            elif str(message) not in printed:  # a command may read a file more than once
                printed.add(str(message))
                note(message)

        warnings.showwarning = show  # type: ignore[assignment]
        warnings.simplefilter("always", Note)
        yield


def note_if_outdated(folder: Path) -> None:
    if text := sim.outdated(folder):
        note(text)


def announce(yes: bool, always: bool = False) -> Before:
    """A function that is called before anything is simulated.

    It notes what was read from a graph, refuses too much work unless `yes`, and notes the time and memory of much work.
    always : note the time and memory of little work, too
    """

    def before(work: Workload) -> None:
        if work.graph is not None:
            note(f"{work.graph.people} people and {work.graph.ties} ties read from {work.graph.name}")
            for text in work.graph.notes:
                note(text)
        if not yes:
            work.refuse_too_much()
        if always or work.is_announced:
            note(work.in_words())

    return before


# --- simulations ------------------------------------------------------------------------------------------------------


def print_run(single: Single) -> None:
    run = single.run
    at = "".join(f", {name} {short(value)}" for name, value in single.point.items() if value is not None)
    print(f"{run['study']}: arm '{run['arm']}', seed {run['seed']}{at}")
    years = f"{run['years']:g} year{'' if run['years'] == 1 else 's'}"
    print(f"{run['people']} people, {run['ties']} ties, {years}; means over the last 365 days:")
    print_table(("measure", "value", "unit"), [(row.measure, f"{row.value:.4g}", row.unit) for row in single.main()])
    print("tables:", *single.files)


def print_tie(folder: Path, lang: str) -> None:
    from sim.figures.gallery.tie import summaries

    tell(summaries(folder, lang))


def print_why(folder: Path, lang: str) -> None:
    from sim.figures.gallery.why import summary

    header, rows, remarks = summary(folder, lang)
    print_table(header, rows)
    print(*remarks, sep="\n")


def print_profiles(folder: Path, lang: str) -> None:
    from sim.figures.cross import summary

    header, rows, remarks = summary(folder, lang)
    print(remarks[0])
    print_table(header, rows)
    print(*remarks[1:], sep="\n")


def figures_of_profiles(folder: Path) -> list[str]:
    """The figures that `sim profiles` draws: that of habits only where its table is."""
    from sim.study.records import tables

    return ["cards", "culture", "cultures", *(["split"] if tables.path(folder, "split").is_file() else [])]


def print_split(table: pl.DataFrame) -> None:
    """The shares of each horizon, in % of the unit, with their intervals."""
    for (horizon,), rows in table.group_by("horizon", maintain_order=True):
        names = ("first", "second", "platform", "reference", "seeds", "assumed", "numbers")
        first, second, platform, reference, seeds, k, n = rows.select(names).row(0)
        print(f"{platform}, day {horizon}: effects on {second} minus those on {first}, in % of the control of {reference}")
        shares = {(row["habit"], row["measure"]): row for row in rows.iter_rows(named=True)}
        measures = rows["measure"].unique(maintain_order=True).to_list()
        lines = []
        for habit in rows["habit"].unique(maintain_order=True):
            cells = [shares[habit, measure] for measure in measures]
            lines.append((habit, *(_share(row) if row["changed"] else "no change" for row in cells)))
        for name, culture in (("effect_first", first), ("effect_second", second)):
            lines.append((f"effect on {culture}", *(_percent(shares["all", measure][name]) for measure in measures)))
        print_table(("habit", *measures), lines)
    print(f"in brackets: 95 % intervals over {seeds} seeds; no change: the two have the same numbers, or no rule reads them here")
    print(f"{k} of the {n} numbers behind this difference are only assumed")


def print_ranges(table: pl.DataFrame) -> None:
    """For each cell and measure the effect with the values of the files, and the span of the effects of all draws."""
    import polars as pl

    rows = []
    keys = ("contrast", "profile", "platform", "way", "horizon", "measure")
    for key, draws in table.group_by(keys, maintain_order=True):
        means = draws.group_by("draw").agg(pl.col("effect").mean())
        own = means.filter(pl.col("draw") < 0)["effect"]
        drawn = means.filter(pl.col("draw") >= 0)["effect"].drop_nans()
        ends = (_percent(drawn.min()), _percent(drawn.max())) if len(drawn) else ("-", "-")
        rows.append((*key, _percent(own[0]) if len(own) else "-", *ends))
    print_table((*keys, "effect", "lowest", "highest"), rows[:MOST_ROWS])
    print("effect: with the values of the files; lowest, highest: over all draws; means over seeds, in % of the control")
    if len(rows) > MOST_ROWS:
        print(f"{len(rows) - MOST_ROWS} more in ranges.csv")


def _share(row: dict[str, Any]) -> str:
    return f"{_percent(row['share'])} [{_percent(row['low95'])}, {_percent(row['high95'])}]"


def _percent(value: Any) -> str:
    return f"{100 * value:+.2f}"


def print_region(summary: Summary) -> None:
    from sim.study.judging import region_table
    from sim.study.records import json_files

    tell(region_table.in_words(summary.tables, summary.contrast))
    _print_assumed(json_files.read(summary.folder / region_table.FOLDER / summary.contrast, "study.json"), summary.contrast)
    names = ", ".join(region_table.NAMES)
    print(f"{summary.simulated} combinations simulated; tables in {summary.folder}: {names}")


def print_forecast(forecast: Forecast) -> None:
    if forecast.remark:
        print(forecast.remark)
    jobs = forecast.jobs
    design = f", {forecast.design}" if forecast.design else ""
    guess = " (a guess until a unit is done)" if forecast.guessed else ""
    done = "too many to look up what is" if forecast.done is None else forecast.done
    units = f"{forecast.units} unit{'s' * (forecast.units != 1)} ({forecast.runs} runs with placebos)"
    print(f"{forecast.points} point{'s' * (forecast.points != 1)}{design}")
    print(f"{units}, {done} already done in {forecast.folder}")
    print(f"time left: about {duration(forecast.seconds(jobs))} with {jobs} job{'s' * (jobs > 1)}{guess}")
    disk = f"disk: about {forecast.disk_mb:.0f} MB with grown societies"
    print(f"memory: about {forecast.memory_mb:.0f} MB; {disk} (both rough)")
    if forecast.too_much:
        print("add --yes to run that many units, hours or MB")


def print_grown(societies: Sequence[dict[str, Any]], folder: Path) -> None:
    rows = []
    for society in societies:
        if society.get("broken"):
            rows.append((society["file"], "cannot be read; grown again when needed", "", "", "", "", "no"))
            continue
        steady = "no" if society["steady_year"] is None else society["steady_year"]
        used = "yes" if society["used"] else "no"
        numbers = (society["people"], society["seed"], society["years"])
        rows.append((society["file"], *numbers, steady, society["graph"], used))
    if rows:
        print_table(("file", "people", "seed", "years", "steady year", "graph", "used"), rows)
        print("used: yes for societies that this version of the program can use; the others are of another version, or broken")
    print(f"{len(rows)} in {folder}")


def print_pilot(pilot: Pilot, years: int) -> None:
    years_by_seed = ", ".join("none" if year is None else str(year) for year in pilot.by_seed)
    changes = ", ".join(f"{name} {change:.2%}" for name, change in pilot.change.items())
    rows = [
        ("years until steady", pilot.years or f"more than {years}", f"by seed: {years_by_seed}; last two years: {changes}"),
        ("support exponent k", pilot.exponent, f"ranks 6-15 then carry {pilot.next_carry:.1%}"),
        ("strong", pilot.strong, "closeness; 15 ties of the mean person"),
        ("clique", pilot.clique, "closeness; 5 ties of the mean person"),
    ]
    print_table(("number", "value", "remark"), rows)


def print_habits(found: pl.DataFrame) -> None:
    """What is simulated, and in brackets what is intended where the two differ by more than a tenth; then why they differ."""
    habits = found["habit"].unique(maintain_order=True).to_list()
    rows = []
    for (profile, platform), cells in found.group_by("profile", "platform", maintain_order=True):
        numbers = [
            short(simulated) + (f" ({short(intended)})" if reasons else "")
            for intended, simulated, reasons in cells.select("intended", "simulated", "reasons").iter_rows()
        ]
        rows.append((profile, platform, *numbers))
    print_table(("profile", "platform", *habits), rows)
    if reasons := list(_reasons_of_habits(found)):
        print("in brackets: what is intended, where it differs by more than a tenth\n")
        print_table(("habit", "why it differs", "where"), reasons)


def _reasons_of_habits(found: pl.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Each habit that is off, why, and on which platforms for which profiles."""
    from sim.study.judging.habits import english

    habits, platforms, profiles = (found[name].unique(maintain_order=True).to_list() for name in ("habit", "platform", "profile"))
    cells: dict[tuple[str, str], dict[str, list[str]]] = {}  # habit and reason -> platform -> profiles
    for row in sorted(found.iter_rows(named=True), key=lambda row: habits.index(row["habit"])):
        for code in row["reasons"].split():
            key = (row["habit"], english(code, row["people"]))
            cells.setdefault(key, {}).setdefault(row["platform"], []).append(row["profile"])
    for (habit, reason), there in cells.items():
        by_profiles: dict[str, list[str]] = {}
        for platform, names in there.items():
            by_profiles.setdefault(_all_or(names, profiles, "profiles"), []).append(platform)
        where = [f"{_all_or(names, platforms, 'platforms')} ({some})" for some, names in by_profiles.items()]
        yield habit, reason, "; ".join(where)


def _all_or(names: Sequence[str], every: Sequence[str], what: str) -> str:
    """Names in a row, or that they are all."""
    return f"all {what}" if len(names) == len(every) > 1 else ", ".join(names)


def print_bench(speeds: dict[str, Any]) -> None:
    print("{people} people, {ties} ties, {days} days, arm '{arm}'".format(**speeds))
    print("{processor}, {cores} cores".format(**speeds["machine"]))
    rows = [
        (row["threads"], f"{row['ns_per_tie_day']:.1f}", f"{speeds['thread_scaling'][str(row['threads'])]:.2f}")
        for row in speeds["results"]
    ]
    print_table(("threads", "ns per tie and day", "times as fast as one"), rows)
    shown = ("people", "ties", "days", "rounds", "ns_per_tie_day")
    numbers = [(name, short(number)) for name, number in speeds.items() if isinstance(number, int | float) and name not in shown]
    print_table(("number", "value"), numbers)
    for name, reason in speeds["notes"].items():
        note(f"{name} is not known: {reason}")


# --- tables -----------------------------------------------------------------------------------------------------------


def print_verdicts(compared: Comparison, folder: Path, profile: str | None = None) -> None:
    """profile : the group of people whose verdicts are printed; all groups if not given. InputError: it has none"""
    from sim.study.records import json_files

    verdicts = compared.of_group(profile).sort("primary", descending=True, maintain_order=True)
    study = json_files.read(folder, "study.json")
    points = {point.pop("point"): point for point in study["points"]}
    rows = []
    for row in verdicts.head(MOST_ROWS).iter_rows(named=True):
        point = points[row["point"]]
        at = _in_short(row["point"], point)
        name = row["contrast"] + (" *" if row["primary"] else "")
        tips, share = short(row["tipping_margin"]), short(row["region_share"])
        why, without_online = row["why"], row["without_online"]
        if without_online not in (None, row["verdict"]):
            why += f"; {without_online} if ties that began online did not count"
        rows.append((name, at, in_years(row["horizon"]), row["profile"], row["verdict"], tips, share, why))
    print_table(("contrast", "point", "at", "profile", "verdict", "tips at", "share", "why"), rows)
    print("*: primary contrast; tips at: the margin at which the verdict changes; share: of the points with this verdict")
    _print_assumed(study, next(contrast["name"] for contrast in study["contrasts"] if contrast["primary"]))
    if study.get("cells"):
        print(*_cells_in_words(verdicts), sep="\n")
    _print_assortativity(compared.contrasts, study, points)
    _print_ties_of_groups(folder, study)
    for name, group in compared.groups.items():
        print(f"the verdict of '{name}' is that of the group '{group}'")
    for text in compared.notes:
        note(text)
    note_if_outdated(folder)
    if sealed := verdicts["seal"][0]:
        print(f"seal: {sealed}")
    _print_rest(len(verdicts), folder, "verdict")


def _print_assumed(study: dict[str, Any], contrast: str) -> None:
    """How many of the numbers behind a contrast are assumed; nothing if none is known. study : study.json"""
    from sim.study.records import json_files

    k, n = json_files.assumed(study, contrast)
    if n:
        print(f"{k} of the {n} numbers behind '{contrast}' are only assumed")


def _in_short(number: int, point: dict[str, Any]) -> str:
    """The varied values of a combination; its number where they are many."""
    values = ", ".join(f"{name.rsplit('.', 1)[-1]} {short(value)}" for name, value in point.items())
    return values if len(point) <= MOST_VALUES else f"number {number}"


def _print_assortativity(differences: pl.DataFrame, study: dict[str, Any], points: dict[int, dict[str, Any]]) -> None:
    """How much people of a minority have ties with each other in the primary arm: a row a combination. Nothing without one."""
    primary = next(contrast["name"] for contrast in study["contrasts"] if contrast["primary"])
    found = differences.filter(measure="assortativity", contrast=primary)
    if found.height:
        measured = found["control"] + found["difference"]
        rows = [
            (_in_short(point, points[point]), in_years(day), short(value))
            for point, day, value in zip(found["point"], found["horizon"], measured)
        ]
        print_table(("point", "at", "assortativity"), rows)
        print("assortativity: of the minority's ties, at 0 as many as by chance are within it, at 1 all")


def _print_ties_of_groups(folder: Path, study: dict[str, Any]) -> None:
    """How many ties the people of two groups have: a sentence for each contrast that compares groups."""
    from sim.study.judging.group_ties import mean_ties
    from sim.study.records.result_folder import ResultFolder

    for contrast in [contrast for contrast in study["contrasts"] if contrast.get("against")]:
        if ties := mean_ties(ResultFolder(folder), contrast):
            own, other = map(short, ties)
            group, against = contrast["group"], contrast["against"]
            whose = f"people of the group '{group}' have {own} ties on average, those of '{against}' {other}"
            print(f"'{contrast['name']}': without the change, {whose}")


def _cells_in_words(verdicts: pl.DataFrame) -> Iterator[str]:
    """How many cells of a cross have which word at each horizon: a sentence a horizon. A cell counts at each point."""
    from sim.study.judging.contrast import NOT_APPLICABLE, TOO_EARLY
    from sim.study.judging.verdict import UNDECIDED

    for (horizon,), cells in verdicts.filter(profile="all").group_by("horizon", maintain_order=True):
        times = dict(cells["verdict"].value_counts(sort=True).rows())
        without = times.pop(NOT_APPLICABLE, 0) + times.pop(TOO_EARLY, 0)
        undecided = times.pop(UNDECIDED, 0)
        words = ", ".join(f"{many} {word}" for word, many in times.items()) or "none with a word"
        yield f"at {in_years(horizon)}, of {cells.height} cells: {words}; {undecided} undecided; {without} without a word"


def print_indices(indices: pl.DataFrame, folder: Path) -> None:
    from sim.study.judging.indices import in_words

    tell(in_words(indices))
    print(f"all in {_file(folder, 'indices')}")
    note_if_outdated(folder)


def print_precision(precision: pl.DataFrame, folder: Path, within: float) -> None:
    from sim.study.judging.precision import SHARE

    rows = []
    for row in precision.head(MOST_ROWS).iter_rows(named=True):
        half = short(row["half95"])
        if row["scale"] == SHARE and half != "-":
            half = f"{short(100 * row['half95'])}%"
        where = (row["contrast"], row["point"], in_years(row["horizon"]), row["measure"])
        spans = (_span(row, "needed"), _span(row, "saved"))
        rows.append((*where, row["seeds"], half, *spans, short(row["needed_independent"])))
    print_table(("contrast", "point", "at", "measure", "seeds", "half-width", "needed", "saved", "needed apart"), rows)
    print("half-width: of the 95 % interval with these seeds, as a share of the control, or in the unit of a distance")
    print(f"needed: seeds for a half-width of {100 * within:.3g}% of the control, or {within:.3g} of a distance")
    print("saved: the variance if arm and control had different seeds, divided by the variance of pairs")
    print("needed apart: the seeds that each arm would need if arm and control had different seeds")
    print("in brackets: 95 % intervals; few seeds give a rough estimate of a spread")
    _print_rest(len(precision), folder, "precision")
    note_if_outdated(folder)


def _span(row: dict[str, Any], name: str) -> str:
    """A number with its interval, where it has one."""
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    return short(row[name]) + ("" if short(low) == "-" or short(high) == "-" else f" [{short(low)}, {short(high)}]")


def _print_rest(rows: int, folder: Path, name: str) -> None:
    if rows > MOST_ROWS:
        print(f"{rows - MOST_ROWS} more in {_file(folder, name)}")


def _file(folder: Path, name: str) -> Path:
    from sim.study.records import tables

    return tables.path(folder, name)


def print_address(address: str) -> None:
    """Where the page to play with is, at once, also where nobody looks at a terminal."""
    print(f"open {address} in a browser; Ctrl-C here ends it", flush=True)


def print_kept(run: Found) -> None:
    for name, text in run.lines():
        print(f"{name:<9}{text}")
    if run.version:
        note(run.version)


def print_again(again: Again) -> None:
    print()
    rows = [(name, short(then), short(now), unit) for name, then, now, unit in again.main]
    print_table(("measure", "in the tables", "run again", "unit"), rows)


def print_answer(answer: Answer, as_csv: bool) -> None:
    columns, rows, _ = answer
    if as_csv:
        print_csv(columns, rows)
    elif columns == ("explain_key", "explain_value"):
        print(*(plan for _, plan in rows), sep="\n")
    elif print_table(columns, [[short(cell) for cell in row] for row in rows]):
        note(f"values longer than {LONGEST_CELL} letters are cut; --csv prints them whole")
