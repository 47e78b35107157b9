"""Commands that simulate a few worlds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

import sim
from sim.commands import options, showing
from sim.files import file_to_write, folder_to_write, parquet_to_write
from sim.scenario import bounds

BENCH_STUDY = Path("scenarios/birthday-prompt.toml")


def run(
    study: options.Study,
    arm: Annotated[str | None, typer.Option(help="Arm of the study. If not given: its first.")] = None,
    people: options.People = None,
    years: options.Years = None,
    seed: options.Seed = 1,
    point: options.Point = None,
    graph: options.Graph = None,
    threads: options.Threads = 1,
    engine: Annotated[
        str, typer.Option(help="fast or plain. plain simulates one person after the other: slow, but easy to read.")
    ] = "fast",
    out: Annotated[
        Path | None, options.option("--out", "Folder of the tables. If not given: results/STUDY/.work/run.", folder_to_write)
    ] = None,
    events: Annotated[
        Path | None,
        options.option("--events", "Log every act in this .parquet file; write people and ties beside it.", parquet_to_write),
    ] = None,
    yes: options.Yes = False,
):
    """Simulate one replicate of one arm, and write its tables."""
    result = sim.run(
        study, out, arm, people=people, years=years, seed=seed, point=point, graph=graph, threads=threads, engine=engine,
        events=events, progress=True, before=showing.announce(yes),
    )  # fmt: skip
    showing.print_run(result)


def tie(
    study: options.Study,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="Two people, by number or label. If not given: the pairs that tell most."),
    ] = None,
    people: options.People = None,
    years: options.Years = None,
    seed: options.Seed = 1,
    point: options.Point = None,
    graph: options.Graph = None,
    threads: options.Threads = 1,
    lang: options.Language = "en",
    format: options.Formats = "svg",
    out: Annotated[
        Path | None,
        options.option("--out", "Folder of tables and figures. If not given: results/STUDY/.work/tie.", folder_to_write),
    ] = None,
    yes: options.Yes = False,
):
    """Follow two people day by day in every arm, and draw them. Every arm has the same luck."""
    files = sim.tie(
        study, out, between, people=people, years=years, seed=seed, point=point, graph=graph, threads=threads, progress=True,
        before=showing.announce(yes),
    )  # fmt: skip
    folder = files[0].parent
    showing.print_tie(folder, lang)
    print("figures:", *sim.draw(folder, lang=lang, formats=format))
    print("tables:", *files)


def pilot(
    society: Annotated[Path, options.argument("SOCIETY", "Society file. Its profiles lie beside it.")],
    people: Annotated[int, options.number(bounds.SEVERAL_PEOPLE, "People of each replicate.")] = 1000,
    seeds: Annotated[int, options.number(bounds.SEEDS, "Number of replicates.")] = 4,
    years: Annotated[int, options.number(bounds.YEARS, "Years that each replicate is grown.")] = 40,
    profile: Annotated[str, typer.Option(help="Profile of everybody.")] = "us",
    jobs: options.Jobs = 1,
    write: Annotated[
        bool, typer.Option("--write", help="Put the numbers into the society file, or the years into that of the profile.")
    ] = False,
    yes: options.Yes = False,
):
    """Compute the numbers that the program puts in scenario files. These are: years until steady, k, strong and clique."""
    numbers = sim.pilot(society, people, seeds, years, profile, jobs, True, showing.announce(yes))
    showing.print_pilot(numbers, years)
    print("\n".join(numbers.lines(society)))
    if numbers.again:
        used = f"the years were computed with the file's k = {numbers.exponent_before:g}"
        print(f"{used}: run again once the new k is written", file=sys.stderr)
    if write:
        numbers.write(society)
        print(f"written: {numbers.file(society)}")


def habits(
    society: Annotated[
        Path, options.argument("SOCIETY", "Society file. Its profiles and platforms lie beside it.")
    ] = Path("scenarios/society.toml"),
    profile: Annotated[list[str] | None, typer.Option(help="A profile. Give it again for more. If not given: all.")] = None,
    platform: Annotated[list[str] | None, typer.Option(help="A platform. Give it again for more. If not given: all.")] = None,
    people: Annotated[int, options.number(bounds.SEVERAL_PEOPLE, "People of each society.")] = 1000,
    seeds: Annotated[int, options.number(bounds.SEEDS, "Number of societies of each profile.")] = 2,
    threads: options.Threads = 1,
    csv: Annotated[
        Path | None,
        options.option(
            "--csv", "Write the table into this file as well. `sim draw DIR` draws DIR/habits.csv.", file_to_write, "FILE"
        ),
    ] = None,
    yes: options.Yes = False,
):
    """Compare what profiles and platforms intend with what people do."""
    found = sim.habits(
        society, profile, platform, people, seeds, threads=threads, progress=True, before=showing.announce(yes), csv=csv
    )
    showing.print_habits(found)
    if csv is not None:
        print(f"written: {csv}")


def bench(
    study: Annotated[Path, options.argument("STUDY", "Study whose runs are timed.")] = BENCH_STUDY,
    people: Annotated[int, options.number(bounds.SEVERAL_PEOPLE, "Number of people.")] = 20_000,
    days: Annotated[
        int, options.number(bounds.TIMED_DAYS, "Number of days that are timed. 210 are 30 weeks and 7 months.")
    ] = 210,
    json: Annotated[
        Path | None, options.option("--json", "Write the numbers into this file as well.", file_to_write, "FILE")
    ] = None,
    yes: options.Yes = False,
):
    """Measure how fast this machine simulates days."""
    showing.print_bench(sim.bench(study, people, days, True, json=json, before=showing.announce(yes)))


def grown():
    """List the store of grown societies. It says how large each is, how many years it grew, and when it became steady."""
    showing.print_grown(list(sim.grown()), sim.store_folder())
