"""How kernels are compiled: one decorator, and a cache that can never be stale.

numba's own cache looks only at the file of the outermost function, so a change in a kernel that another file calls
would go unnoticed. Here the cache lives in a folder named after the source of *all* kernels; the same digest names
the version of the rules in tables and in the store of grown societies.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

import numba

ROOT = Path(__file__).parent
SOURCES = (
    ROOT / "draws.py",
    ROOT / "compiled.py",
    ROOT / "world" / "state.py",
    ROOT / "world" / "day.py",
    *sorted((ROOT / "world" / "kernels").glob("*.py")),
)


def rules_version() -> str:
    """Digest of everything compiled: equal digests mean equal rules (12 hexadecimal digits)."""
    digest = hashlib.sha256()
    for source in SOURCES:
        digest.update(source.name.encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


RULES = rules_version()


def _cache_folder() -> Path:
    beside = ROOT / "__pycache__"
    if os.access(beside if beside.exists() else ROOT, os.W_OK):
        return beside / f"kernels-{RULES}"
    return Path(tempfile.gettempdir()) / f"unbirthday-{os.getuid()}" / f"kernels-{RULES}"


if not os.environ.get("NUMBA_CACHE_DIR"):
    numba.config.CACHE_DIR = str(_cache_folder())

njit = numba.njit(cache=True, nogil=True)
inlined = numba.njit(cache=True, nogil=True, inline="never")
