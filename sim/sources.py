"""What results were computed from: a digest of source files, found by following imports.

Nobody keeps a list: a module that is imported is covered, one that is moved or renamed shows. Imports within functions count;
those under `if TYPE_CHECKING:` do not, as they never run. The digest is the same on every machine and in every checkout.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import resolve_name
from io import StringIO
from pathlib import Path
from tokenize import COMMENT, generate_tokens

ROOT = Path(__file__).parent


def version_of(
    starts: Iterable[str], left_out: Iterable[str] = (), root: Path = ROOT, *, room: str = "", words: bool = True
) -> str:
    """Digest (12 hexadecimal digits) of modules and of all modules of the package that they import.

    starts : dotted names, such as "sim.world.model"
    left_out : modules or packages that are not followed; a module of `starts` is covered even so
    room : the package that is followed, such as "sim.study.judging"; the whole program if not given
    words : whether comments and docstrings count
    """
    digest = hashlib.sha256()
    for name in sorted(reached(starts, left_out, root, room)):
        file = file_of(name, root)
        text = file.read_text(encoding="utf-8")  # line ends as Python reads them
        for part in (file.relative_to(root).as_posix(), text if words else _without_words(text)):
            digest.update(f"{len(part)} {part}".encode())
    return digest.hexdigest()[:12]


def _without_words(text: str) -> str:
    """The lines of a source file without comments and docstrings: the same with every version of Python, as a tree is not."""
    lines = text.splitlines()
    for token in generate_tokens(StringIO(text).readline):
        if token.type == COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False) is not None:
            words = node.body[0]
            first, last = words.lineno, words.end_lineno or words.lineno
            if not lines[first - 1][: words.col_offset].strip():  # nothing but the docstring stands there
                lines[first - 1 : last] = [""] * (last - first + 1)
    return "\n".join(line.rstrip() for line in lines if line.strip())


def reached(starts: Iterable[str], left_out: Iterable[str] = (), root: Path = ROOT, room: str = "") -> set[str]:
    """Names of the modules that are covered; of one room alone, if it is named."""
    omitted = tuple(left_out)
    room = room or root.name
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            loaded = {each for named in (name, *_imports_of(file_of(name, root), root)) for each in _with_packages(named)}
            followed = (each for each in loaded - found if _is_in(each, room) and not _is_in(each, *omitted))
            waiting += [each for each in followed if _is_module(each, root)]
    return found


def that_import(name: str, root: Path = ROOT) -> list[str]:
    """Modules of the package that import a name, such as "sim.compiled.njit"."""
    last = name.rpartition(".")[2].encode()  # looked for first: to parse all files would take half a second
    files = [file for file in sorted(root.rglob("*.py")) if last in file.read_bytes()]
    return [_module_of(file, root) for file in files if name in _imports_of(file, root)]


def file_of(name: str, root: Path = ROOT) -> Path:
    """The source file of a module."""
    place = root.joinpath(*name.split(".")[1:])
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")


def _module_of(file: Path, root: Path) -> str:
    parts = (root.name, *file.relative_to(root).with_suffix("").parts)
    return ".".join(parts).removesuffix(".__init__")


def _with_packages(name: str) -> Iterator[str]:
    """The name itself and the packages that hold it, which are loaded before it."""
    parts = name.split(".")
    return (".".join(parts[:many]) for many in range(1, len(parts) + 1))


def _is_in(name: str, *packages: str) -> bool:
    """Whether a module is one of these, or lies in one of them."""
    return any(f"{name}.".startswith(f"{package}.") for package in packages)


def _is_module(name: str, root: Path) -> bool:
    """Whether a name is that of a module of the package, and not of something in one."""
    return name.split(".")[0] == root.name and file_of(name, root).is_file()


def _imports_of(file: Path, root: Path) -> frozenset[str]:
    """Every name that a source file imports, in full."""
    return _names_in(file.read_bytes(), ".".join((root.name, *file.relative_to(root).parent.parts)))


@cache
def _names_in(source: bytes, package: str) -> frozenset[str]:
    found: set[str] = set()
    waiting: list[ast.AST] = [ast.parse(source)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = resolve_name("." * node.level + (node.module or ""), package)
            found |= {f"{module}.{each.name}" for each in node.names}
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            waiting += node.orelse
        else:
            waiting += ast.iter_child_nodes(node)
    return frozenset(found)
