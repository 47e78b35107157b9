"""Folders in which one may not write or which one may not enter, whoever runs the tests."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


@contextmanager
def shut(fill, mode: int) -> Iterator[Path]:
    """A folder that a function makes, then of this mode (0o555: no writing, 0: no entering); inside the block one is not root."""
    outer, root = Path(tempfile.mkdtemp()), os.geteuid() == 0
    folder = outer / "in"
    fill(folder)
    try:
        for file in folder.iterdir():
            file.chmod(0o755 if file.is_dir() else 0o444)
        folder.chmod(mode)
        outer.chmod(0o555)
        if root:
            os.seteuid(NOBODY)
        yield folder
    finally:
        if root:
            os.seteuid(0)
        outer.chmod(0o755)
        folder.chmod(0o755)
        shutil.rmtree(outer)
