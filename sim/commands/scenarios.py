"""Commands on scenario files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

import sim
from sim.commands import options
from sim.errors import InputError, Problem
from sim.files import folder_to_write, must_not_be_blank


def check(
    files: Annotated[
        list[Path] | None, options.argument("FILE...", "Society, profile, platform, study, margins or targets files.")
    ] = None,
    schema: Annotated[
        Path | None, options.option("--schema", "Write JSON Schemas into this folder, for editors.", folder_to_write, "DIR")
    ] = None,
    deps: Annotated[bool, typer.Option("--deps", help="Print a rule of Make for each study: all files that it reads.")] = False,
    target: Annotated[
        str, options.option("--target", "What the rule makes. {name} stands for the study's name.", must_not_be_blank, "NAME")
    ] = "results/{name}/.work/default/study.json",
):
    """Check scenario files, and list every problem with its place."""
    if not files and schema is None:
        raise InputError(Problem("", "check", "no file", "files to check, or --schema DIR"))
    if schema is not None:
        for path in sim.schemas(schema):
            print(path, file=sys.stderr if deps else sys.stdout)
    problems = {file: sim.check(file) for file in files or ()}
    for file in (file for file in problems if not problems[file]):
        print(sim.make_rule(file, target) if deps else f"ok {file}")
    if any(problems.values()):
        raise InputError(dict.fromkeys(problem for listed in problems.values() for problem in listed))


def new(
    folder: Annotated[Path, options.argument("FOLDER", "Folder to make, or an empty one.")],
    lang: options.Language = "en",
):
    """Write a folder with a study of your own. It has all scenario files, a Makefile and a README."""
    made = sim.new(folder, lang)
    print(f"written: {made}; {made / 'README.md'} says how to go on")


def seal(
    study: options.Study,
    again: Annotated[bool, typer.Option("--again", help="Replace a seal. Its hash stays in the history of the new one.")] = False,
):
    """Fix a study before it is run, with one hash to publish. It writes a small file beside the study."""
    sealed, file = sim.seal(study, again)
    print(sealed.hash)
    if sealed.runs:
        print(f"note: sealed after {sealed.runs} runs of this study; the seal says so", file=sys.stderr)
    print(f"written: {file}; commit or publish it, or the hash, before running", file=sys.stderr)
