"""A folder of a user's own: the scenario files that come with the program, a small study to change, a Makefile and a README."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from sim.errors import InputError, Problem, RunError, nearest
from sim.files import must_be_named, must_take_files
from sim.text import LANGUAGES

ROOT = Path(__file__).parents[1]
SCENARIOS = ROOT / "scenarios"
"""The scenario files of the program. In the repository a link to the folder at its top; in a wheel, copies of its files."""

TEMPLATES = ROOT / "scenario" / "templates"
STUDY = Path("scenarios", "mine.toml")
"""The study to change, in the new folder."""


def new_folder(folder: str | os.PathLike[str], lang: str = "en") -> Path:
    """Write a folder that works without the program's repository: all scenario files, a study, a Makefile and a README.

    folder : a folder that is made, or an empty one
    lang : language of the study's comments and of the README: en or fr
    Returns the folder. After an error nothing is left in it.
    InputError: the folder is not empty, a file has its name, or it may not be written. RunError: the disk is full.
    """
    if lang not in LANGUAGES:
        raise InputError(Problem("", "lang", f"'{lang}'", nearest(lang, LANGUAGES)))
    folder = must_take_files(must_be_named(folder, "FOLDER"), "FOLDER")
    existed = folder.exists()
    if existed and any(folder.iterdir()):
        raise InputError(Problem(str(folder), "FOLDER", "not empty", "a new folder, or an empty one: nothing is overwritten"))
    try:
        for file in (file for file in SCENARIOS.resolve().rglob("*") if file.suffix in (".toml", ".csv")):
            copy = folder / STUDY.parent / file.relative_to(SCENARIOS.resolve())
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
        for name, template in ((STUDY, f"mine.{lang}.toml"), ("README.md", f"README.{lang}.md"), ("Makefile", "Makefile")):
            text = (TEMPLATES / template).read_text("utf-8").replace("@lang@", lang)
            (folder / name).write_text(text, "utf-8")
    except BaseException as error:
        for path in folder.iterdir() if folder.exists() else ():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if folder.exists() and not existed:
            folder.rmdir()
        if isinstance(error, OSError):
            reason = error.strerror or error
            raise RunError(f"{folder}: could not be written ({reason}); nothing of it was left behind") from error
        raise
    return folder
