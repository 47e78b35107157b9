"""Work on ranges of rows, shared out over threads."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache


def in_parallel(work, size: int, threads: int) -> list:
    """Call work(first, last) over 0..size in `threads` threads; results in order. Kernels release the interpreter's lock."""
    threads = max(1, min(threads, size))
    if threads == 1:
        return [work(0, size)]
    ends = [size * k // threads for k in range(threads + 1)]
    return list(pool(threads).map(work, ends[:-1], ends[1:]))


@lru_cache(maxsize=2)
def pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, thread_name_prefix="world")


os.register_at_fork(after_in_child=pool.cache_clear)  # a forked process has none of the threads of a pool
