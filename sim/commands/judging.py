"""Commands that read the tables of a result folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import sim
from sim.commands import options, showing
from sim.files import folder_to_write, workbook_to_write
from sim.scenario import bounds

MOST_ROWS, MOST_IN_CSV = 1000, 1_000_000  # rows of an answer that are printed


def compare(folder: options.Folder, profile: options.Group = None):
    """Compare the arms and print the verdicts. It writes contrasts.csv and verdict.csv."""
    showing.print_verdicts(sim.compare(folder), folder, profile)


def profiles(
    folder: options.Folder,
    lang: options.Language = "en",
    format: options.Formats = "svg",
    out: Annotated[
        Path | None, options.option("--out", "Folder of the figures. If not given: the result folder.", folder_to_write)
    ] = None,
):
    """Compare cultures in a study with [cross], and draw the figures. It writes effects.csv and parts.csv.

    In a folder with these tables alone, as `sim publish` leaves it, it runs and writes nothing but the figures.
    """
    for text in sim.profiles(folder).notes:
        showing.note(text)
    showing.print_profiles(folder, lang)
    print(*sim.draw(folder, lang=lang, formats=format, out=out, only=showing.figures_of_profiles(folder)), sep="\n")


def sensitivity(
    folder: options.Folder,
    measure: Annotated[
        list[str] | None,
        typer.Option(metavar="M", help="A measure; may be given several times. If not given: those of the verdict."),
    ] = None,
    contrast: Annotated[
        str | None, typer.Option(metavar="C", help="Contrast whose difference is explained. If not given: the primary one.")
    ] = None,
    arm: Annotated[str | None, typer.Option(metavar="A", help="Explain the values of this arm, not a difference.")] = None,
    tie_class: Annotated[str, typer.Option(metavar="T", help="Class of ties that is measured.")] = "all",
    profile: Annotated[str, typer.Option(metavar="P", help="Profile of the people who are measured.")] = "all",
):
    """Estimate how much each varied parameter matters. It reads a sobol or morris design, and writes indices.csv."""
    showing.print_indices(sim.sensitivity(folder, measure or (), contrast, arm, tie_class, profile), folder)


def precision(
    folder: options.Folder,
    within: options.HalfWidth = "1%",
    contrast: Annotated[str | None, typer.Option(help="Contrast whose precision is computed. If not given: all.")] = None,
    measure: options.Measures = None,
):
    """Count the seeds that a wanted precision takes. Writes precision.csv.

    It also says what the same luck in both arms saves.
    """
    showing.print_precision(sim.precision(folder, within, contrast, measure or ()), folder, within)


def spreadsheet(
    folder: options.Folder,
    out: Annotated[
        Path | None,
        options.option("--out", "File to write, such as study.xlsx. If not given: DIR/tables.xlsx.", workbook_to_write, "FILE"),
    ] = None,
    lang: options.Language = "en",
):
    """Write all tables into one file for Excel or LibreOffice. Its first sheet says what each column is."""
    made = sim.spreadsheet(folder, out, lang=lang)
    for text in (*made.notes, *sim.older_tables(" ".join(made.tables), folder)):
        showing.note(text)
    print(f"written: {made.file}; a sheet for each of {', '.join(made.tables)}")


def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help='A question such as "select contrast, verdict from verdict".')],
    folder: options.Folder,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print commas between columns, and all digits.")] = False,
    limit: Annotated[
        int | None,
        options.number(bounds.ROWS, f"Most rows that are printed. If not given: {MOST_ROWS}, or {MOST_IN_CSV} with --csv."),
    ] = None,
    time_limit: Annotated[float, options.number(bounds.SECONDS, "Seconds after which the question is stopped.")] = 60.0,
):
    """Ask the tables of a result folder a question in SQL. Tables: runs, measures, pairs, contrasts, verdict and others."""
    most = limit or (MOST_IN_CSV if as_csv else MOST_ROWS)
    answer = sim.query(sql, folder, most, time_limit)
    for text in sim.older_tables(sql, folder):
        showing.note(text)
    showing.print_answer(answer, as_csv)
    if answer.cut:
        showing.note(f"only the first {most} rows are shown; --limit N shows more")


def show(
    run_id: Annotated[str, typer.Argument(metavar="RUN_ID", help="The first four or more digits of a run_id of runs.parquet.")],
    folder: Annotated[
        Path | None, options.option("--in", "Result folder that has the run. If not given: all in results/.", metavar="DIR")
    ] = None,
    threads: options.Threads = 1,
):
    """Simulate a run of a sweep again, and compare its measures. They should be the same to the last bit."""
    kept = sim.find_run(run_id, folder)
    showing.print_kept(kept)
    again = sim.show(kept, threads=threads)
    showing.print_again(again)
    again.must_be_the_same()
    print(f"all {again.all} measures are the same to the last bit")
