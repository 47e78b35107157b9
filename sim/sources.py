"""The version of the code that computed a result: a digest of source files, found by following imports.

Nobody keeps a list of files. Every imported module is covered, and a module that is moved or renamed changes the digest.
Imports within functions count. Imports under `if TYPE_CHECKING:` do not, as they never run. The digest is the same on every
machine and in every checkout.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator, Sequence
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
    left_out : modules or packages whose imports are not followed; a module of `starts` is covered in any case.
        "sim.__init__" means that file alone, not the modules of its package
    root : folder of the package
    room : the package within which imports are followed, such as "sim.study.judging"; the whole program if not given
    words : whether comments and docstrings count
    """
    digest = hashlib.sha256()
    for name in sorted(covered_modules(starts, left_out, root, room)):
        file = file_of(name, root)
        text = file.read_text(encoding="utf-8")  # every line end is read as \n
        for part in (file.relative_to(root).as_posix(), text if words else _without_words(text)):
            digest.update(f"{len(part)} {part}".encode())
    return digest.hexdigest()[:12]


def _without_words(text: str) -> str:
    """The lines of a source file without comments and docstrings.

    Lines are the same in every version of Python; a syntax tree is not.
    """
    lines = text.splitlines()
    for token in generate_tokens(StringIO(text).readline):
        if token.type == COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False) is not None:
            docstring = node.body[0]
            first, last = docstring.lineno, docstring.end_lineno or docstring.lineno
            if not lines[first - 1][: docstring.col_offset].strip():  # the line holds nothing but the docstring
                lines[first - 1 : last] = [""] * (last - first + 1)
    return "\n".join(line.rstrip() for line in lines if line.strip())


def covered_modules(starts: Iterable[str], left_out: Iterable[str] = (), root: Path = ROOT, room: str = "") -> set[str]:
    """Dotted names of the modules that `version_of` covers; the parameters are the same."""
    omitted = tuple(left_out)
    room = room or root.name
    modules: set[str] = set()
    waiting = list(starts)
    while waiting:
        module = waiting.pop()
        if module not in modules:
            modules.add(module)
            imported = (module, *_imports_of(file_of(module, root), root))
            loaded = {name for full_name in imported for name in _with_packages(full_name)}
            followed = {name for name in loaded - modules if _is_in(name, room) and not _is_in(name, *omitted)}
            followed -= {package.removesuffix(".__init__") for package in omitted}
            waiting += [name for name in followed if _is_module(name, root)]
    return modules


def modules_importing(names: Sequence[str], root: Path = ROOT) -> list[str]:
    """Dotted names of the modules of the package that import one of some names, such as "sim.compiled.njit"."""
    last = [name.rpartition(".")[2].encode() for name in names]  # only files with one are parsed: parsing all takes half a second
    files = [file for file in sorted(root.rglob("*.py")) if any(map(file.read_bytes().__contains__, last))]
    return [_module_of(file, root) for file in files if not _imports_of(file, root).isdisjoint(names)]


def file_of(name: str, root: Path = ROOT) -> Path:
    """The source file of a module, given by its dotted name."""
    path = root.joinpath(*name.split(".")[1:])
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _module_of(file: Path, root: Path) -> str:
    parts = (root.name, *file.relative_to(root).with_suffix("").parts)
    return ".".join(parts).removesuffix(".__init__")


def _with_packages(name: str) -> Iterator[str]:
    """The packages that contain a name, which Python loads first, and the name itself."""
    parts = name.split(".")
    return (".".join(parts[:depth]) for depth in range(1, len(parts) + 1))


def _is_in(name: str, *packages: str) -> bool:
    """Whether a module is among these packages, or lies in any of them."""
    return any(f"{name}.".startswith(f"{package}.") for package in packages)


def _is_module(name: str, root: Path) -> bool:
    """Whether a dotted name is that of a module of the package, and not of a function or class in a module."""
    return name.split(".")[0] == root.name and file_of(name, root).is_file()


def _imports_of(file: Path, root: Path) -> frozenset[str]:
    """The full dotted names that a source file imports."""
    return _names_in(file.read_bytes(), ".".join((root.name, *file.relative_to(root).parent.parts)))


@cache
def _names_in(source: bytes, package: str) -> frozenset[str]:
    names: set[str] = set()
    waiting: list[ast.AST] = [ast.parse(source)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = resolve_name("." * node.level + (node.module or ""), package)
            names |= {f"{module}.{alias.name}" for alias in node.names}
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            waiting += node.orelse
        else:
            waiting += ast.iter_child_nodes(node)
    return frozenset(names)
