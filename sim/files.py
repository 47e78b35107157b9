"""Rules for files that a user names: only regular files are read, and each up to a limit.

Devices and pipes may have no end, and files of the system (/proc, /sys) hold no data of users. None of them is opened.
"""

from __future__ import annotations

import errno
import gzip
import os
import stat
import tempfile
import zlib
from pathlib import Path
from typing import Any

import pydantic_core

from sim.errors import InputError, Problem, RunError

MOST_OF_A_SCENARIO = 4 * 2**20  # bytes of a scenario file, a list of points or a small JSON file
MOST_OF_A_GRAPH = 2**28  # bytes of a graph file, unpacked: some 20 million ties, which take gigabytes while they are read
LONGEST_NAME = 4096  # characters of a path

written: list[Path] = []
"""Files that this process has finished since its command began. The message of an interrupt names them."""

_CHUNK = 2**20  # bytes that are read at once
_GZIP = b"\x1f\x8b"
_SYSTEM_FOLDERS = ("/proc", "/sys")  # not /dev: a regular file there, as in /dev/shm, is a user's


def must_be_named(given: str | os.PathLike[str], option: str) -> Path:
    """The path given to an option or argument, if a file can have that name; the file may be missing.

    option : name of the option or argument, for messages
    InputError: no file can have that name.
    """
    name = must_not_be_blank(given, option)
    try:
        os.stat(name)
    except (FileNotFoundError, NotADirectoryError):
        pass  # the code that opens the file reports a missing one
    except (OSError, ValueError) as error:
        raise _not_usable(name, option, f"cannot be reached: {getattr(error, 'strerror', None) or error}", "a path") from None
    return Path(name)


def must_not_be_blank(given: str | os.PathLike[str], option: str) -> str:
    """The text given to an option, if it is not blank. InputError: it is blank."""
    name = os.fspath(given)
    if not name.strip():
        raise InputError(Problem("", option, f"'{name}'", "a name"))
    return name


def folder_to_write(given: str | os.PathLike[str], option: str) -> Path:
    """A folder that exists or can be made. InputError: it is something else, or nothing can be made there."""
    folder = must_be_named(given, option)
    return folder if folder.is_dir() else must_take_files(folder, option)


def file_to_write(given: str | os.PathLike[str], option: str) -> Path:
    """A file that exists or can be made. InputError: it is a folder or a device, or nothing can be made there."""
    file = must_be_named(given, option)
    if os.path.lexists(file) and not file.is_file():
        raise _not_usable(file, option, "a folder" if file.is_dir() else "not a regular file", "a file")
    must_take_files(file.parent, option)
    return file


def must_take_files(folder: Path, option: str = "--out") -> Path:
    """The folder, if files can be written in it, or if it can be made. InputError: they cannot; RunError: the disk is full.

    A temporary file is written to find out. Permissions alone are not enough, as a disk may be read-only.
    """
    if os.path.lexists(folder) and not folder.is_dir():
        raise _not_usable(folder, option, "a file" if folder.is_file() else "not a folder", "a folder")
    parent = next(path for path in (folder.absolute(), *folder.absolute().parents) if os.path.lexists(path))
    if not parent.is_dir():
        raise _not_usable(folder, option, f"'{parent}' is not a folder", "a place in a folder")
    try:
        if _is_of_the_system(parent.resolve()):
            raise PermissionError(errno.EACCES, "a folder of the system")
        tempfile.TemporaryFile(dir=parent).close()
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise RunError(f"{parent}: cannot be written ({error.strerror}); make room, or choose another disk") from None
        finding = f"'{parent}' may not be written ({error.strerror})"
        raise _not_usable(folder, option, finding, "a folder that may be written") from None
    return folder


def of_environment(name: str) -> Path | None:
    """The path in an environment variable, or None where it is not set or empty. A leading ~ stands for a home folder."""
    value = os.environ.get(name)
    return Path(os.path.expanduser(value)) if value else None


def parquet_to_write(given: str | os.PathLike[str], option: str) -> Path:
    """A file that exists or can be made, and whose name ends with .parquet. InputError: as `file_to_write`; another ending."""
    return _of_ending(file_to_write(given, option), option, ".parquet", "Parquet")


def workbook_to_write(given: str | os.PathLike[str], option: str) -> Path:
    """A file that exists or can be made, and whose name ends with .xlsx. InputError: as `file_to_write`; another ending."""
    return _of_ending(file_to_write(given, option), option, ".xlsx", "a workbook of Excel")


def _of_ending(file: Path, option: str, ending: str, format: str) -> Path:
    if file.suffix != ending:
        given = f"the ending {file.suffix}" if file.suffix else "no ending"
        raise _not_usable(file, option, given, f"a name that ends with {ending}: the file is {format}")
    return file


def _not_usable(path: str | os.PathLike[str], option: str, finding: str, expected: str) -> InputError:
    return InputError(Problem(os.fspath(path), option, finding, expected))


def must_be_regular(file: str | os.PathLike[str], wanted: str) -> Path:
    """The file, if it is a regular file.

    wanted : what is expected, for the message, such as "a TOML file"
    InputError: no such file, a folder, a device, a pipe, a file of the system, or a name that no file can have.
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
    if not stat.S_ISREG(status.st_mode) or _is_of_the_system(real):
        raise _refused(name, "not a regular file", wanted)
    return path


def read_bytes(file: str | os.PathLike[str], wanted: str, most: int = MOST_OF_A_SCENARIO) -> bytes:
    """The content of a regular file. A file that is gzipped, or whose name ends with .gz, is unpacked.

    wanted : what is expected, for the message, such as "a TOML file"
    most : limit in bytes, of the unpacked content
    InputError: not a regular file, unreadable, damaged, or over the limit.
    """
    path = must_be_regular(file, wanted)
    try:
        with open(path, "rb") as plain:
            packed = path.suffix.lower() == ".gz" or plain.read(len(_GZIP)) == _GZIP
        content = bytearray()
        with gzip.open(path) if packed else open(path, "rb") as source:
            while chunk := source.read(_CHUNK):
                content += chunk
                if len(content) > most:
                    raise _refused(file, f"more than {in_bytes(most)}", f"{wanted} of at most {in_bytes(most)}")
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise _refused(file, f"damaged: {error}", wanted) from None
    except OSError as error:
        raise _refused(file, f"cannot be read: {error.strerror or error}", wanted) from None
    return bytes(content)


def read_text(file: str | os.PathLike[str], wanted: str, most: int = MOST_OF_A_SCENARIO) -> str:
    """The text of a regular file in UTF-8, without a byte order mark. InputError: as `read_bytes`; not UTF-8."""
    content = read_bytes(file, wanted, most)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        finding = f"byte 0x{content[error.start]:02x} is not UTF-8"
        raise InputError(Problem(os.fspath(file), f"line {line}", finding, "a file saved as UTF-8")) from None


def _is_of_the_system(path: Path) -> bool:
    return any(Path(folder) in (path, *path.parents) for folder in _SYSTEM_FOLDERS)


def read_json(file: str | os.PathLike[str], wanted: str, most: int = MOST_OF_A_SCENARIO) -> dict[str, Any]:
    """The table in a JSON file in UTF-8. InputError: as `read_bytes`; not JSON, or not a table."""
    content = read_bytes(file, wanted, most)
    try:
        table = pydantic_core.from_json(content.decode("utf-8-sig"), allow_inf_nan=False)
    except UnicodeDecodeError as error:
        raise _refused(file, f"byte 0x{content[error.start]:02x} is not UTF-8", wanted) from None
    except ValueError as error:
        raise _refused(file, f"not JSON, or damaged: {error}", wanted) from None
    if not isinstance(table, dict):
        raise _refused(file, "JSON, but no table", wanted)
    return table


def in_bytes(size: int) -> str:
    """A number of bytes in the unit that suits its size, with three or four digits: "4 MB"."""
    for unit, factor in (("GB", 2**30), ("MB", 2**20), ("kB", 2**10)):
        if size >= factor:
            return f"{size / factor:.{3 if size < 100 * factor else 4}g} {unit}"
    return f"{size} bytes"


def _refused(file: str | os.PathLike[str], finding: str, expected: str) -> InputError:
    return InputError(Problem(os.fspath(file), "", finding, expected))
