"""Files in which compiled kernels are kept. Each ends with a seal, a digest that shows whether the file is damaged.

Machine code with a wrong bit can do anything, and so can a damaged pickle. So the seal is checked before a file is used.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import numba
from numba.core.caching import FunctionCache, IndexDataCacheFile
from numba.core.compiler_lock import global_compiler_lock

config: Any = numba.config


def _seal(name: str, content: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + content).digest()


SEAL_BYTES = len(_seal("", b""))


def write_sealed(file: Path, content: bytes) -> None:
    """Write a file with a seal at its end. It is complete or absent. OSError: it cannot be written."""
    temporary = file.with_name(f"{file.name}.tmp.{uuid4().hex[:16]}")
    try:
        temporary.write_bytes(content + _seal(file.name, content))
        with suppress(OSError):  # an empty folder in its place
            file.rmdir()
        os.replace(temporary, file)
    finally:
        with suppress(OSError):  # it was moved
            temporary.unlink()


def read_sealed(file: Path) -> bytes | None:
    """What `write_sealed` wrote under this name. None: there is no such file, it cannot be read, or it is damaged."""
    with suppress(OSError):
        if file.is_file():  # reading a pipe would wait without end
            written = file.read_bytes()
            content, seal = written[:-SEAL_BYTES], written[-SEAL_BYTES:]
            if seal == _seal(file.name, content):
                return content
    return None


class _SealedFiles(IndexDataCacheFile):
    """The index of a kernel and a file for each of its compiled versions. A damaged file counts as missing.

    numba reads pickles, which end before the seal.
    """

    def save(self, key: Any, data: Any) -> None:
        super().save(key, (key, data))

    def load(self, key: Any) -> Any:
        """The compiled version of a key. None: it is not kept, or its file holds that of another key.

        The second happens if a process ends after it wrote a new index and before it wrote the file.
        """
        kept_key, data = super().load(key) or (None, None)
        return data if kept_key == key else None

    def _load_index(self) -> dict[Any, str]:
        return {} if read_sealed(Path(self._index_path)) is None else super()._load_index()

    def _load_data(self, name: str) -> Any:
        return None if read_sealed(Path(self._data_path(name))) is None else super()._load_data(name)

    @contextmanager
    def _open_for_write(self, filepath: str) -> Iterator[BytesIO]:
        content = BytesIO()
        yield content
        write_sealed(Path(filepath), content.getvalue())


class KernelCache(FunctionCache):
    """The compiled versions of a kernel, kept in a folder. A damaged file or a full disk costs a compilation, not the run."""

    def __init__(self, function: Callable[..., Any], folder: Path) -> None:
        settings = {"CACHE_DIR": str(folder), "CACHE_LOCATOR_CLASSES": ""}
        settings_of_user = {name: getattr(config, name, "") for name in settings}
        try:
            vars(config).update(settings)
            super().__init__(function)
        finally:
            vars(config).update(settings_of_user)
        self._cache_file = _SealedFiles(self._cache_path, self._impl.filename_base, self._impl.locator.get_source_stamp())

    def save_overload(self, sig: Any, data: Any) -> None:
        with suppress(OSError):
            super().save_overload(sig, data)


def ended_by_interrupts(compile_version: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The method `compile` of a kernel, so that an interrupt ends it at any moment.

    Python cannot raise an exception in a function that LLVM calls. It hands the exception to `sys.unraisablehook` and goes on.
    """

    @wraps(compile_version)
    def compile_or_end(signature: Any) -> Any:
        interrupts: list[KeyboardInterrupt] = []

        def keep_interrupt(unraisable: Any) -> None:
            if isinstance(unraisable.exc_value, KeyboardInterrupt):
                interrupts.append(unraisable.exc_value)
            else:
                hook(unraisable)

        with global_compiler_lock:  # one thread at a time changes the hook
            hook = sys.unraisablehook
            try:
                sys.unraisablehook = keep_interrupt
                return compile_version(signature)
            finally:
                sys.unraisablehook = hook
                if interrupts:
                    raise interrupts[0] from None

    return compile_or_end
