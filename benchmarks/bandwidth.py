"""How fast this machine moves memory, and the least time that a tie's day could take if nothing else took any.

The measurement is the triad of STREAM (McCalpin 1995): a = b + s c on arrays that no cache holds. It counts 24 bytes an
element, as STREAM does. A store may also read the line that it writes; that is not counted.
"""

from __future__ import annotations

import numba
import numpy as np

from sim.study.single.turns import Contender
from sim.world.columns import TIE, Column
from sim.world.state import MONTH, WEEK
from sim.world.threads import in_parallel

SIZE = 20_000_000  # elements of 8 bytes: 160 MB an array, more than a processor's caches hold

RATES = "were_friends view_ij view_ji attention_ij attention_ji"
MOVED = {
    "days": (
        WEEK,
        f"i j kind flags together affinity chance w_ij w_ji c_ij c_ji touch exchange {RATES}",
        "c_ij c_ji touch exchange",
    ),
    "plan": (
        WEEK,
        "i j flags together affinity c_ij c_ji class_ij class_ji sum_ij sum_ji",
        f"sum_ij sum_ji w_ij w_ji {RATES}",
    ),
    "turnover": (MONTH, " ".join(column.name for column in TIE), " ".join(column.name for column in TIE)),
}
"""What the days of a week, planning and a turnover move: every so many days, the columns that are read and that are written.

A strip of ties stays in the cache for its week, so its columns move once a week. Each is counted once, however often a kernel
comes back to it. A turnover copies every row.
"""

ONLY_ACTS = "last_real last_composed contacts chances minutes gestures"
"""Columns that a week moves only where there are acts. They are left out, so the bound is below what must be moved."""


def bytes_a_day(moved: dict[str, tuple[int, str, str]] = MOVED, columns: tuple[Column, ...] = TIE) -> float:
    """Bytes that one tie moves on one day, on average."""
    size = {column.name: np.zeros(column.shape, column.type).nbytes for column in columns}
    return sum(sum(size[name] for name in f"{read} {written}".split()) / days for days, read, written in moved.values())


@numba.njit(nogil=True)
def triad(a, b, c, scale, first, last):
    """a = b + scale c from element `first` to `last`."""
    for k in range(first, last):
        a[k] = b[k] + scale * c[k]


def contender(name: str, threads: int, size: int = SIZE) -> Contender:
    """The triad on so many threads. Its amount is in bytes, so its nanoseconds are per byte."""
    arrays = np.zeros(size), np.full(size, 1.0), np.full(size, 2.0)

    def prepared():
        return lambda: in_parallel(lambda first, last: triad(*arrays, 3.0, first, last), size, threads)

    prepared()()  # compiled, and every page is there
    return Contender(name, 3 * 8 * size, prepared)
