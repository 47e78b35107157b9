"""How kernels are compiled: a decorator, and a cache that can never be stale.

The cache of numba itself only compares the file of the outermost function. A change in a kernel that is called from another
file would go unnoticed. Here the name of the cache folder contains a digest of all source files that kernels import. The
folder lies where the user keeps numba's caches. A second digest covers all source files that influence the numbers of a run.
It names the version of the rules in tables, in ledgers and in the store of grown societies.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numba

from sim.kernel_cache import KernelCache, ended_by_interrupts, read_sealed, write_sealed
from sim.sources import ROOT, modules_importing, version_of
from sim.version import VERSION

RUNNING = ("sim.study.sweep.worker", "sim.scenario.resolving", "sim.scenario.fingerprint")
"""The modules that run worlds and measure them, and those that say which values an arm has and which runs are the same."""

WITHOUT_NUMBERS = (
    "sim.__init__", "sim.version",  # public names
    "sim.errors", "sim.files", "sim.interrupt", "sim.progress", "sim.terminal",  # messages
    "sim.kernel_cache",  # gives back what was compiled
    "sim.scenario", "sim.society.datasets", "sim.society.graphs",  # the values they read are in the keys of runs and societies
    "sim.study.records",  # writes what was measured
    "sim.world.plain",  # the slow twin: no sweep runs it
)  # fmt: skip
"""Modules that those of `RUNNING` import, and that cannot change a number."""


def kernels_version(root: Path = ROOT) -> str:
    """Digest of the modules that contain compiled functions, and of all modules that these import."""
    return version_of(modules_importing(COMPILING, root), (), root)


def rules_version(root: Path = ROOT) -> str:
    """Digest of the code that computes the numbers of a run. Two runs with equal digests and equal scenarios are equal.

    Comments and docstrings are left out: a change of wording does not make published results outdated.
    """
    return version_of(RUNNING, WITHOUT_NUMBERS, root, words=False)


config: Any = numba.config

COMPILING = ("sim.compiled.njit", "sim.compiled.strip_kernel", "sim.compiled.part_of_kernel")
"""The decorators of compiled functions."""

KERNELS = kernels_version()


def _possible_folders() -> Iterator[Path]:
    """Folders for compiled kernels, the best first: the folder that the user names, else folders that most machines have."""
    if config.CACHE_DIR:
        yield Path(config.CACHE_DIR).absolute()
        return
    yield ROOT / "__pycache__"
    with suppress(OSError):  # there may be no temporary folder
        temporary = Path(tempfile.gettempdir()) / f"unbirthday-{os.getuid()}"
        temporary.mkdir(mode=0o700, exist_ok=True)
        if temporary.stat().st_uid == os.getuid():  # code that another user put there must not run
            yield temporary


def _can_be_written(folder: Path) -> bool:
    """Whether files can be written in a folder. The folder is created if it does not exist."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return False
    return True


def _cache_folder() -> Path | None:
    """The folder of this version of compiled kernels. None: no folder can be written, or numba's compiler is switched off."""
    if config.DISABLE_JIT:
        return None
    folders = [parent / f"kernels-{KERNELS}" for parent in _possible_folders()]
    folder = next(filter(_can_be_written, folders), None)
    if folder is None and multiprocessing.parent_process() is None:  # the note is printed once, not by every worker
        parents = " or ".join(str(possible.parent) for possible in folders)
        print(
            f"note: compiled kernels cannot be kept in {parents}. Every process compiles them again, which takes a while. "
            "Set NUMBA_CACHE_DIR to a folder that can be written.",
            file=sys.stderr,
        )
    return folder


FOLDER = _cache_folder()


def _rules_kept() -> str:
    """`rules_version` of this program, kept beside the compiled kernels: leaving out comments takes a third of a second."""
    if FOLDER is None:
        return rules_version()
    file = FOLDER / f"rules-{version_of(RUNNING, WITHOUT_NUMBERS)}"
    if kept := read_sealed(file):
        return kept.decode()
    version = rules_version()
    with suppress(OSError):
        write_sealed(file, version.encode())
    return version


RULES = _rules_kept()
MADE_BY = f"{VERSION}+{RULES}"
"""Version of the program and of its rules, as tables, ledgers and seals name it."""

SETTINGS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}
"""How numba compiles every kernel. None is called from C, and wrappers for that take a tenth of the time of compiling."""


OF_STRIPS = SETTINGS | {"_nrt": False}
"""How numba compiles kernels that make no arrays: they count no references to arrays."""


def njit(function: Callable[..., Any]) -> Any:
    """Compile a kernel when it is first called, and keep it in `FOLDER`. The user's settings of numba do not change.

    A division by zero gives what NumPy gives. If each division looked for a zero first, no loop with one would be vectorised.
    """
    return _kept(numba.njit(**SETTINGS)(function), function)


def strip_kernel(function: Callable[..., Any]) -> Any:
    """`njit` for a kernel that works on a strip of ties. It may not make arrays; numba refuses to compile it if it returns one.

    To count references to the arrays of its tuples would take longer than the work on a strip.
    """
    return _kept(numba.njit(**OF_STRIPS)(function), function)


def part_of_kernel(function: Callable[..., Any]) -> Any:
    """Compile a function into each `strip_kernel` that calls it: they are compiled sooner than if they passed it their tuples."""
    return numba.njit(**OF_STRIPS, inline="always")(function)


def _kept(kernel: Any, function: Callable[..., Any]) -> Any:
    """The kernel, with its compiled versions kept in `FOLDER`."""
    if config.DISABLE_JIT:
        return kernel
    kernel.compile = ended_by_interrupts(kernel.compile)
    if FOLDER is not None:
        kernel._cache = KernelCache(function, FOLDER)
    return kernel
