"""How kernels are compiled: one decorator, and a cache that can never be stale.

numba's own cache looks only at the file of the outermost function, so a change in a kernel that another file calls
would go unnoticed. Here the cache lies in a folder named after the source of all that kernels reach, wherever the user keeps
numba's caches. A second digest, of all that makes a run's numbers, names the version of the rules in tables, in ledgers and in
the store of grown societies.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numba
from numba.core.caching import FunctionCache

from sim.sources import ROOT, that_import, version_of
from sim.version import VERSION

RUNNING = ("sim.study.sweep.worker", "sim.scenario.resolving", "sim.scenario.fingerprint")
"""The modules that run worlds and measure them, and those that say which values an arm has and which runs are the same."""

WITHOUT_NUMBERS = (
    "sim.errors", "sim.files", "sim.progress", "sim.terminal",  # what is said
    "sim.scenario", "sim.society.datasets", "sim.society.graphs",  # what they read is in the keys of runs and societies
    "sim.study.records",  # they write what was measured
)  # fmt: skip
"""What these modules import, and cannot change a number."""


def kernels_version(root: Path = ROOT) -> str:
    """Digest of every module that holds compiled functions, and of all that these import."""
    return version_of(that_import("sim.compiled.njit", root), (), root)


def rules_version(root: Path = ROOT) -> str:
    """Digest of all that makes a run's numbers, but the values of its study: equal digests mean equal numbers.

    Comments and docstrings make no numbers, so a page that is worded better makes no result older.
    """
    return version_of(RUNNING, WITHOUT_NUMBERS, root, words=False)


config: Any = numba.config

KERNELS = kernels_version()
RULES = rules_version()
MADE_BY = f"{VERSION}+{RULES}"
"""What makes a run's numbers, as tables, ledgers and seals name it."""


def _places() -> Iterator[Path]:
    """Folders to keep compiled kernels in, the best first: the one that the user names, or those that suit most machines."""
    if config.CACHE_DIR:
        yield Path(config.CACHE_DIR).absolute()
        return
    yield ROOT / "__pycache__"
    with suppress(OSError):  # where no folder for such files can be had
        ours = Path(tempfile.gettempdir()) / f"unbirthday-{os.getuid()}"
        ours.mkdir(mode=0o700, exist_ok=True)
        if ours.stat().st_uid == os.getuid():  # what somebody else put there is not run
            yield ours


def _can_be_written(folder: Path) -> bool:
    """Whether files can be written in a folder, made if it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return False
    return True


def _cache_folder() -> Path | None:
    """Where compiled kernels are kept, in this version of them; None where nothing can be written, or nothing is compiled."""
    if config.DISABLE_JIT:
        return None
    places = [place / f"kernels-{KERNELS}" for place in _places()]
    folder = next(filter(_can_be_written, places), None)
    if folder is None and multiprocessing.parent_process() is None:  # said once, not by every worker
        tried = " or ".join(str(place.parent) for place in places)
        print(
            f"note: compiled kernels cannot be kept in {tried}: they are compiled anew in every process, which takes a while. "
            "Set NUMBA_CACHE_DIR to a folder that can be written.",
            file=sys.stderr,
        )
    return folder


FOLDER = _cache_folder()
BROKEN = (OSError, EOFError, pickle.UnpicklingError)  # what reading a damaged file raises


class Kept(FunctionCache):
    """What is compiled of one kernel, in `FOLDER`. A file that cannot be written or read costs a compilation, not the run."""

    def __init__(self, function: Callable[..., Any]) -> None:
        ours = {"CACHE_DIR": str(FOLDER), "CACHE_LOCATOR_CLASSES": ""}
        users = {name: getattr(config, name, "") for name in ours}
        try:
            vars(config).update(ours)
            super().__init__(function)
        finally:
            vars(config).update(users)

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        try:
            return super().load_overload(sig, target_context)
        except BROKEN:
            with suppress(OSError):
                self.flush()
            return None

    def save_overload(self, sig: Any, data: Any) -> None:
        with suppress(OSError):
            super().save_overload(sig, data)


def njit(function: Callable[..., Any]) -> Any:
    """Compile a kernel; what is compiled is kept in `FOLDER`. numba's settings stay as the user has them."""
    kernel: Any = numba.njit(nogil=True)(function)
    if FOLDER is not None:
        kernel._cache = Kept(function)
    return kernel
