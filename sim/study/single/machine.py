"""The machine that a timing was made on, in a few words and numbers."""

from __future__ import annotations

import os
import platform
from contextlib import suppress
from pathlib import Path
from typing import Any

import numba
import numpy as np

from sim.study.sweep.forecast import machine_mb


def machine() -> dict[str, Any]:
    """Processor, cores, memory and versions of this machine, and how busy it was: times of a busy machine are too long.

    memory_gb : None where the system does not tell; load : processes that wanted a core, mean of the last minute; None likewise
    """
    memory, load = machine_mb(), None
    with suppress(OSError, AttributeError):
        load = round(os.getloadavg()[0], 2)
    return {
        "processor": processor(),
        "architecture": platform.machine(),
        "cores": os.cpu_count() or 1,
        "memory_gb": None if memory == float("inf") else round(memory / 1000, 1),
        "system": platform.system(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "numba": numba.__version__,
        "load": load,
    }


def processor(about: Path = Path("/proc/cpuinfo")) -> str:
    """The name of the processor."""
    with suppress(OSError):
        for line in about.read_text(encoding="utf-8").splitlines():
            key, _, value = line.partition(":")
            if key.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine()
