"""The files of a study as a rule of Make. Make runs the study again when one of them has changed."""

from __future__ import annotations

import os
import re
from pathlib import Path

from sim.errors import InputError, Problem
from sim.scenario.reading import dependencies

TARGET = "results/{name}/.work/default/study.json"


def make_rule(study: str | os.PathLike[str], target: str = TARGET) -> str:
    """A line of Make. It says that the target is made from the study's file and from all files that it reads.

    study : path of its file
    target : path of what is made; {name} in it stands for the name of the study's file without its ending
    InputError: all problems of the study; or a name with ;, = or a line end, which Make cannot hold.
    """
    needed = " ".join(map(_for_make, dependencies(study)))
    return f"{_for_make(target.replace('{name}', Path(study).stem))}: {needed}"


def _for_make(name: object) -> str:
    """A file's name, escaped for a rule of Make."""
    text = str(name)
    if re.search("[;=\n]", text):
        raise InputError(Problem(text, "--deps", "a name with ; or = or a line end", "a name that Make can hold"))
    return re.sub(r"(\\*)([ #:|])", lambda match: f"{2 * match[1]}\\{match[2]}", text.replace("$", "$$"))
