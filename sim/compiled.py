"""How kernels are compiled: one decorator, and a cache that can never be stale.

numba's own cache looks only at the file of the outermost function, so a change in a kernel that another file calls
would go unnoticed. Here the cache lives in a folder named after the source of *all* kernels. A second digest, of all that
makes a run's numbers, names the version of the rules in tables and in the store of grown societies.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

import numba

ROOT = Path(__file__).parent
COMPILED = (
    ROOT / "draws.py",
    ROOT / "compiled.py",
    ROOT / "world" / "state.py",
    ROOT / "world" / "day.py",
    *sorted((ROOT / "world" / "kernels").glob("*.py")),
)
AROUND = (
    *(ROOT / "society" / f"{name}.py" for name in ("population", "settings")),
    *sorted((ROOT / "society" / "graphs").glob("*.py")),
    *(ROOT / "world" / f"{name}.py" for name in ("beginning", "growing", "joining", "luck", "model", "rules")),
    *sorted((ROOT / "world" / "measures").glob("*.py")),
)


def version_of(sources) -> str:
    """Digest of source files (12 hexadecimal digits)."""
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.name.encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


KERNELS = version_of(COMPILED)
RULES = version_of(COMPILED + AROUND)  # equal digests mean equal numbers


def _cache_folder() -> Path:
    beside = ROOT / "__pycache__"
    if os.access(beside if beside.exists() else ROOT, os.W_OK):
        return beside / f"kernels-{KERNELS}"
    return Path(tempfile.gettempdir()) / f"unbirthday-{os.getuid()}" / f"kernels-{KERNELS}"


if not os.environ.get("NUMBA_CACHE_DIR"):
    numba.config.CACHE_DIR = str(_cache_folder())

njit = numba.njit(cache=True, nogil=True)
