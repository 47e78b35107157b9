"""Ctrl-C waits until what is being changed is whole again."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from typing import Any


@contextmanager
def interrupted_afterwards() -> Iterator[None]:
    """Let a first Ctrl-C take effect when the block has ended. A second one takes effect at once.

    Only the main thread gets Ctrl-C. In others nothing is done.
    """
    before: Any = signal.getsignal(signal.SIGINT)
    if current_thread() is not main_thread() or not callable(before):
        yield
        return
    waiting: list[tuple] = []

    def note(*interrupt: Any) -> None:
        if waiting:
            before(*interrupt)
        waiting.append(interrupt)

    signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if waiting:
        before(*waiting[0])
