"""Commands on public data sets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import sim
from sim.commands import options


def data_list():
    """List all data sets. It says what each is, its terms, whom to cite, and where it lies."""
    for dataset in sim.list_datasets():
        print(f"{dataset.name} ({dataset.place or f'not here: sim data fetch {dataset.name}'})")
        print(f"    {dataset.title}\n    terms: {dataset.terms}\n    cite: {dataset.citation}\n    page: {dataset.page}")
        for file in dataset.files:
            print(f"    file: {file.name} from {file.url}")


def data_fetch(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of a data set. `sim data list` lists them.")],
    source: Annotated[
        Path | None, options.option("--from", "Take the files from this folder, not from the internet.", metavar="DIR")
    ] = None,
):
    """Fetch a data set, and check that it is the published one."""
    print(sim.fetch(name, source))
