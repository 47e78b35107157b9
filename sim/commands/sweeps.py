"""Commands that simulate many units: a study, the region of a verdict, the mechanisms behind it, the habits of cultures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import sim
from sim.commands import options, showing
from sim.commands.ending import fail_with
from sim.errors import InputError, Problem
from sim.scenario import bounds


def sweep(
    study: options.Study,
    size: options.SizeIfGiven = None,
    quick: Annotated[bool, typer.Option("--quick", help="The same as --size quick.")] = False,
    jobs: options.Workers = None,
    threads: options.ThreadsEach = None,
    cluster: options.Cluster = None,
    out: options.Results = None,
    retry: options.Retry = False,
    dry_run: options.DryRun = False,
    yes: options.Yes = False,
):
    """Simulate what is missing of a study, in all arms. A unit is one seed at one combination of varied values."""
    if quick and size not in (None, "quick"):
        raise InputError(Problem("", "--quick", f"and --size {size}", "one of the two"))
    size = "quick" if quick else size or "default"
    _refuse_jobs_on(cluster, jobs)
    if dry_run:
        return showing.print_forecast(sim.forecast(study, out, size, jobs))
    summary = sim.sweep(study, out, size, jobs, threads, True, cluster=cluster, retry=retry, before=showing.announce(yes))
    print(f"{summary.done} units done, {summary.ran} of them now; tables in {summary.folder}")
    fail_with(summary.failed)


def region(
    study: options.Study,
    contrast: Annotated[
        str | None, typer.Option(help="Contrast whose verdict is examined. If not given: the primary one.")
    ] = None,
    size: options.Size = "default",
    point: Annotated[
        int | None,
        options.number(bounds.POINT, "Number of the combination of varied values to start from. If not given: the middle."),
    ] = None,
    points: Annotated[
        int | None,
        options.number(bounds.RANDOM_POINTS, "Number of random combinations. If not given: as the study says, or 128."),
    ] = None,
    seeds: Annotated[
        int | None, options.number(bounds.SEVERAL_SEEDS, "Replicates of each combination. If not given: as the study says, or 4.")
    ] = None,
    people: Annotated[
        int | None, options.number(bounds.PEOPLE, "People of each replicate. If not given: as the study says, at most 300.")
    ] = None,
    jobs: options.Workers = None,
    threads: options.ThreadsEach = None,
    cluster: options.Cluster = None,
    retry: options.Retry = False,
    lang: options.Language = "en",
    format: options.Formats = "svg",
    out: options.Results = None,
    dry_run: options.DryRun = False,
    yes: options.Yes = False,
):
    """Look for the parameter values under which a verdict holds. It also finds the smallest change that flips it."""
    _refuse_jobs_on(cluster, jobs)
    if dry_run:
        return showing.print_forecast(sim.forecast_region(study, out, size, contrast, point, points, seeds, people, jobs))
    summary = sim.region(
        study, out, size, contrast, point, points, seeds, people, jobs, threads, True, cluster=cluster, retry=retry,
        before=showing.announce(yes),
    )  # fmt: skip
    showing.print_region(summary)
    _draw(summary.folder, lang, format, "region")
    fail_with(summary.failed)


def why(
    study: options.Study,
    contrast: Annotated[str | None, typer.Option(help="Contrast whose verdict is split. If not given: the primary one.")] = None,
    point: Annotated[
        int | None, options.number(bounds.POINT, "Number of a combination of varied values. If not given: the middle.")
    ] = None,
    measure: options.Measures = None,
    size: options.Size = "default",
    people: options.People = None,
    seeds: Annotated[
        int | None, options.number(bounds.SEEDS, "Number of replicates. If not given: as the study says, at most 8.")
    ] = None,
    jobs: options.Workers = None,
    threads: options.ThreadsEach = None,
    cluster: options.Cluster = None,
    retry: options.Retry = False,
    lang: options.Language = "en",
    format: options.Formats = "svg",
    out: options.Results = None,
    dry_run: options.DryRun = False,
    yes: options.Yes = False,
):
    """Split the difference behind a verdict by mechanism. It also says what the verdict would be without each."""
    _refuse_jobs_on(cluster, jobs)
    if dry_run:
        expected = sim.forecast_why(study, out, size, contrast, point, seeds, measure or (), jobs, people=people)
        return showing.print_forecast(expected)
    summary = sim.why(
        study, out, size, contrast, point, seeds, measure or (), jobs, threads, True, people=people, cluster=cluster, retry=retry,
        before=showing.announce(yes),
    )  # fmt: skip
    folder = summary.folder.parent
    showing.print_why(folder, lang)
    _draw(folder, lang, format, "why")
    print("tables:", summary.folder, folder / "why.csv")
    fail_with(summary.failed)


def split(
    study: options.Study,
    cultures: options.Cultures,
    platform: Annotated[str, typer.Option(help="Platform that the study compares with none.")],
    way: Annotated[str, typer.Option(help="Way to compare. Only the plain one can be split.")] = "measured",
    point: Annotated[
        int | None, options.number(bounds.POINT, "Number of a combination of varied values. If not given: the middle.")
    ] = None,
    size: options.Size = "default",
    people: options.People = None,
    seeds: Annotated[
        int | None, options.number(bounds.SEEDS, "Number of replicates. If not given: as the study says, at most 8.")
    ] = None,
    jobs: options.Workers = None,
    threads: options.ThreadsEach = None,
    cluster: options.Cluster = None,
    retry: options.Retry = False,
    out: options.Results = None,
    dry_run: options.DryRun = False,
    yes: options.Yes = False,
):
    """Split the difference between two cultures' effects by habit."""
    _refuse_jobs_on(cluster, jobs)
    if dry_run:
        expected = sim.forecast_split(study, cultures, platform, out, size, people, seeds, jobs, way=way, point=point)
        return showing.print_forecast(expected)
    done = sim.split(
        study, cultures, platform, out, size, people, seeds, jobs, threads, True, way=way, point=point, cluster=cluster,
        retry=retry, before=showing.announce(yes),
    )  # fmt: skip
    showing.print_split(done.table)
    print("tables:", done.summary.folder, done.summary.folder.parent / "split.csv")
    fail_with(done.summary.failed)


def ranges(
    study: options.Study,
    contrast: Annotated[
        str | None, typer.Option(help="Contrast of the only cell to draw. If not given: all cells of the ways to compare.")
    ] = None,
    way: Annotated[
        list[str] | None,
        typer.Option(help="Way to compare whose cells are drawn. May be given several times. If not given: measured."),
    ] = None,
    size: options.Size = "default",
    points: Annotated[int, options.number(bounds.RANDOM_POINTS, "Number of draws from the ranges of a profile's numbers.")] = 64,
    people: Annotated[
        int | None,
        options.number(
            bounds.PEOPLE,
            "People of each replicate. If not given: as the study says, at most 500, or 2,000 where people follow strangers.",
        ),
    ] = None,
    seeds: Annotated[int, options.number(bounds.SEEDS, "Replicates of each draw.")] = 2,
    years: options.Years = None,
    jobs: options.Workers = None,
    threads: options.ThreadsEach = None,
    cluster: options.Cluster = None,
    retry: options.Retry = False,
    out: options.Results = None,
    dry_run: options.DryRun = False,
    yes: options.Yes = False,
):
    """Draw the numbers of profiles from their ranges. It simulates a platform's effect with each draw."""
    _refuse_jobs_on(cluster, jobs)
    if dry_run:
        expected = sim.forecast_ranges(study, out, size, contrast, points, people, seeds, years, jobs, ways=way or ())
        return showing.print_forecast(expected)
    done = sim.ranges(
        study, out, size, contrast, points, people, seeds, years, jobs, threads, True, ways=way or (), cluster=cluster,
        retry=retry, before=showing.announce(yes, always=True),
    )  # fmt: skip
    showing.print_ranges(done.table)
    print("table:", done.folder / "ranges.csv")
    fail_with(tuple((point, seed, f"{name}: {error}") for name, point, seed, error in done.failed))


def _refuse_jobs_on(cluster: str | None, jobs: int | None) -> None:
    if cluster is not None and jobs is not None:
        raise InputError(Problem("", "--cluster", f"and --jobs {jobs}", "one of the two: a cluster has workers of its own"))


def _draw(folder: Path, lang: str, formats: tuple[str, ...], figure: str) -> None:
    try:
        print("figures:", *sim.draw(folder, lang=lang, formats=formats, only=(figure,)))
    except InputError as error:  # the tables of a sweep in the folder are older
        showing.note(error)
