"""What the program and its tests import is declared, so that an environment made from pyproject.toml has it."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def names(requirements) -> set[str]:
    """Of distributions, as they are compared: lower case, with hyphens."""
    return {re.split(r"[\s<>=!\[;~]", each)[0].lower().replace("_", "-") for each in requirements}


def imported(folder: str) -> dict[str, str]:
    """Top names imported anywhere in a folder, and a file that does."""
    found = {}
    for file in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            some = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                some = [node.module]
            found |= {name.split(".")[0]: str(file.relative_to(ROOT)) for name in some}
    return found


@pytest.mark.parametrize("folder, extras", [("sim", ("cluster", "page")), ("tests", ("dev",))])
def test_every_import_is_declared(folder, extras):
    optional = PROJECT["optional-dependencies"]
    declared = names(PROJECT["dependencies"]).union(*(names(optional[extra]) for extra in extras))
    ours = {"sim", *(file.stem for file in (ROOT / "tests").rglob("*.py")), "hostile", "kernels"}
    made_by = packages_distributions()
    undeclared = {
        name: file
        for name, file in imported(folder).items()
        if name not in sys.stdlib_module_names | ours and not names(made_by.get(name, [name])) & declared
    }
    assert undeclared == {}


def test_every_dependency_has_a_version_that_the_tests_ran_with():
    pinned = names((ROOT / ".ci" / "constraints.txt").read_text(encoding="utf-8").splitlines())
    assert names(PROJECT["dependencies"]) | names(PROJECT["optional-dependencies"]["dev"]) <= pinned
