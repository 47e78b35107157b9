"""Commands that draw and publish results."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import sim
from sim.commands import options, showing
from sim.files import folder_to_write
from sim.scenario import bounds


def draw(
    folder: options.Folder,
    lang: options.Language = "en",
    format: options.Formats = "svg",
    out: Annotated[
        Path | None, options.option("--out", "Folder of the figures. If not given: the result folder.", folder_to_write)
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Try every figure that there is.")] = False,
    profile: options.Group = None,
):
    """Draw the figures that a study names, and those of its tables."""
    print(*sim.draw(folder, lang=lang, formats=format, out=out, all=every, profile=profile), sep="\n")
    showing.note_if_outdated(folder)


def report(
    folder: Annotated[
        Path, options.argument("DIR", "Result folder that `sim sweep` made, or folder of a published study.")
    ],
    lang: options.Language = "en",
    out: Annotated[Path | None, options.option("--out", "Folder of the page. If not given: DIR.", folder_to_write)] = None,
):
    """Write one page of a study. It has the question, the finding, the figures and the tables."""
    print(sim.report(folder, lang=lang, out=out))
    showing.note_if_outdated(folder)


def export(
    study: Annotated[
        Path, options.argument("STUDY", "Study file with a sampled design that was swept, or its result folder.")
    ],
    lang: options.Language = "en",
    out: Annotated[
        Path | None, options.option("--out", "Folder of the page. If not given: the result folder.", folder_to_write)
    ] = None,
):
    """Write one page of sliders over what was simulated. It needs no installation and no network."""
    print(sim.export(study, lang=lang, out=out))


def play(
    study: options.Study,
    port: Annotated[int, options.number(bounds.PORT, "Port of this machine. 0: any that is free.")] = 8333,
    people: Annotated[
        int, options.number(bounds.PEOPLE_ON_SCREEN, "People of each world, unless the page says otherwise.")
    ] = 500,
    jobs: options.Workers = None,
    lang: options.Language = "en",
):
    """Serve a page to play with: sliders, and worlds that run live. Ctrl-C ends it. It needs no network."""
    sim.play(study, port, people, jobs, lang, ready=showing.print_address)


def publish(
    folder: options.Folder,
    out: Annotated[
        Path | None, options.option("--out", "Folder to copy them to. If not given: results/STUDY.", folder_to_write)
    ] = None,
):
    """Copy results to where others see them, and describe them. What is copied: the verdict, the small tables and the figures."""
    published = sim.publish(folder, out)
    for text in published.notes:
        showing.note(text)
    print(*published.files, sep="\n")
    showing.note_if_outdated(folder)
