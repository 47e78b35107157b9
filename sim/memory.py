"""Memory of large arrays goes back to the system when they are freed."""

from __future__ import annotations

import ctypes
import os
from contextlib import suppress

M_MMAP_THRESHOLD = -3  # malloc.h of glibc
LARGE = 4 << 20  # bytes: below, it is quicker to keep a block for the next array


def give_back_freed_arrays() -> None:
    """Ask the C library to give large blocks back as soon as they are freed.

    glibc keeps freed blocks below a limit that by itself grows to 32 MB. Among a million people that was 1.6 GB. A limit that the
    user has set is left alone, and so are other C libraries.
    """
    if "MALLOC_MMAP_THRESHOLD_" not in os.environ:
        with suppress(AttributeError, OSError, TypeError):
            ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE)
