"""Files that somebody names: regular files only, and no more of one than a stated limit.

A device or a pipe has no end, and what the system shows of itself as a file is nobody's data: neither is opened.
"""

from __future__ import annotations

import gzip
import os
import stat
import zlib
from pathlib import Path

from sim.errors import InputError, Problem

MOST_OF_A_SCENARIO = 4 * 2**20  # bytes of a scenario file, a list of points or a small JSON file
MOST_OF_A_GRAPH = 2**28  # bytes of a graph file, unpacked: some 20 million ties, which take gigabytes while they are read
LONGEST_NAME = 4096  # characters of a path

_PIECE = 2**20
_GZIP = b"\x1f\x8b"
_OF_THE_SYSTEM = ("/proc", "/sys")  # what lies in /dev and is a regular file is somebody's own


def must_be_regular(file: str | os.PathLike[str], wanted: str) -> Path:
    """The file, if it is a regular one that may be read.

    wanted : what is expected instead, for the message, such as "a TOML file"
    InputError: no such file, a folder, a device, a pipe, a file of the system's own, or a name that no file can have.
    """
    path, name = Path(file), os.fspath(file)
    if not name:
        raise _refused(name, "no name", wanted)
    if "\0" in name or len(name) > LONGEST_NAME:
        raise _refused(name, "a name that no file can have", wanted)
    try:
        status = path.stat()
        real = path.resolve()
    except FileNotFoundError:
        raise _refused(name, "no such file", wanted) from None
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise _refused(name, f"cannot be read: {getattr(error, 'strerror', None) or 'links in a circle'}", wanted) from None
    if stat.S_ISDIR(status.st_mode):
        raise _refused(name, "a folder", wanted)
    if not stat.S_ISREG(status.st_mode) or str(real).startswith(tuple(f"{folder}/" for folder in _OF_THE_SYSTEM)):
        raise _refused(name, "not a regular file", wanted)
    return path


def read_bytes(file: str | os.PathLike[str], wanted: str, most: int = MOST_OF_A_SCENARIO) -> bytes:
    """What a regular file holds; unpacked, if it is gzipped or its name ends with .gz.

    most : bytes that it may have, unpacked
    InputError: not a regular file, not to be read, damaged, or larger.
    """
    path = must_be_regular(file, wanted)
    try:
        with open(path, "rb") as plain:
            packed = path.suffix.lower() == ".gz" or plain.read(len(_GZIP)) == _GZIP
        content = bytearray()
        with gzip.open(path) if packed else open(path, "rb") as source:
            while piece := source.read(_PIECE):
                content += piece
                if len(content) > most:
                    raise _refused(file, f"more than {in_bytes(most)}", f"{wanted} of at most {in_bytes(most)}")
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise _refused(file, f"damaged: {error}", wanted) from None
    except OSError as error:
        raise _refused(file, f"cannot be read: {error.strerror or error}", wanted) from None
    return bytes(content)


def read_text(file: str | os.PathLike[str], wanted: str, most: int = MOST_OF_A_SCENARIO) -> str:
    """What a regular text file says, in UTF-8; a byte order mark is not part of it. InputError: as `read_bytes`; not UTF-8."""
    content = read_bytes(file, wanted, most)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{content[error.start]:02x} is not UTF-8"
        raise InputError(Problem(os.fspath(file), f"line {line}", found, "a file saved as UTF-8")) from None


def in_bytes(size: int) -> str:
    """A size as it is read most easily: "4 MB"."""
    for unit, factor in (("GB", 2**30), ("MB", 2**20), ("kB", 2**10)):
        if size >= factor:
            return f"{size / factor:.3g} {unit}"
    return f"{size} bytes"


def _refused(file: str | os.PathLike[str], found: str, expected: str) -> InputError:
    return InputError(Problem(os.fspath(file), "", found, expected))
