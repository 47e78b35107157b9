"""Types of options and arguments. Each has a rule, which is checked before a command begins."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from sim import dialect, files
from sim.errors import InputError, Problem, nearest, shortened
from sim.scenario import bounds
from sim.text import LANGUAGES

SIZES, FORMATS = ("quick", "default", "full"), ("svg", "png", "pdf")


def argument(name: str, help: str, rule: Callable[[Any, str], Any] = files.must_be_named) -> Any:
    """An argument with a rule; by default it must be a path."""
    return typer.Argument(metavar=name, help=help, parser=_checked_by(rule, name))


def option(name: str, help: str, rule: Callable[[Any, str], Any] = files.must_be_named, metavar: str = "PATH") -> Any:
    """An option with a rule; by default it must be a path."""
    return typer.Option(name, metavar=metavar, help=help, parser=_checked_by(rule, name))


def number(bound: bounds.Bound, help: str) -> Any:
    """An option that is a number within bounds."""
    return typer.Option(min=bound.low, max=bound.high, help=help)


def _checked_by(rule: Callable[[Any, str], Any], name: str) -> Callable[[Any], Any]:
    def checked(value: Any) -> Any:
        return rule(value, name)

    return checked


def _one_of(valid: Sequence[str]) -> Callable[[str, str], str]:
    def rule(value: str, name: str) -> str:
        if value not in valid:
            raise InputError(Problem("", name, f"'{value}'", nearest(value, valid)))
        return value

    return rule


def _formats(value: str | tuple[str, ...], name: str) -> tuple[str, ...]:
    """Formats with commas between them."""
    listed = value.split(",") if isinstance(value, str) else value
    return tuple(_one_of(FORMATS)(format.strip(), name) for format in listed)


def _two_names(value: str | tuple[str, ...], name: str) -> tuple[str, ...]:
    """Two names with a comma between them."""
    listed = tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value
    if len(listed) != 2 or not all(listed):
        raise InputError(Problem("", name, f"'{shortened(str(value))}'", "two profiles of the study, such as us,china"))
    return listed


def _half_width(value: str | float, name: str) -> float:
    """A share such as 1%, or a number such as 0.01."""
    text = str(value)
    share = text.strip().endswith("%")
    try:
        within = dialect.number(text.strip().removesuffix("%")) / (100 if share else 1)
    except ValueError:
        within = math.nan
    if not bounds.HALF_WIDTH.holds(within):
        expected = f"a half-width such as 1% or 0.01, {bounds.HALF_WIDTH}"
        raise InputError(Problem("", name, f"'{shortened(text)}'", expected))
    return within


# --- options of several commands --------------------------------------------------------------------------------------

Study = Annotated[Path, argument("STUDY", "Study file, for example scenarios/birthday-prompt.toml.")]
Folder = Annotated[Path, argument("DIR", "Result folder that `sim sweep` made.")]
Graph = Annotated[
    str | None,
    option("--graph", "Start from this graph file or data set, not as the study says.", files.must_not_be_blank, "TEXT"),
]
Results = Annotated[Path | None, option("--out", "Result folder. If not given: results/STUDY/.work/SIZE.", files.folder_to_write)]
People = Annotated[int | None, number(bounds.PEOPLE, "Number of people. If not given: as the study says.")]
Years = Annotated[
    int | None, number(bounds.YEARS, "Years to simulate in each arm. If not given: up to the last day that the study measures.")
]
Point = Annotated[
    int | None, number(bounds.POINT, "Number of a combination of varied values. If not given: the values in the scenario files.")
]
Seed = Annotated[int, number(bounds.SEED, "Number of the replicate. The same seed gives the same people and the same luck.")]
Threads = Annotated[int, number(bounds.WORKERS, "Number of threads. It changes no result.")]
Jobs = Annotated[int, number(bounds.WORKERS, "Number of processes. It changes no result.")]
Workers = Annotated[
    int | None, number(bounds.WORKERS, "Number of processes. If not given: as many as suit the machine and the work.")
]
ThreadsEach = Annotated[
    int | None, number(bounds.WORKERS, "Threads in each process. If not given: they share the cores that are left.")
]
Cluster = Annotated[str | None, typer.Option(metavar="ADDRESS", help="Use the workers of the Dask scheduler at this address.")]
Retry = Annotated[bool, typer.Option("--retry", help="Simulate again what failed before.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print how much there is to do, and do nothing.")]
Yes = Annotated[bool, typer.Option("--yes", help="Start even if it takes hours, or more memory than this machine has.")]
_SIZE = option("--size", "Size of the study: quick, default or full.", _one_of(SIZES), "SIZE")
Size = Annotated[str, _SIZE]
SizeIfGiven = Annotated[str | None, _SIZE]
Language = Annotated[str, option("--lang", "Language: en or fr.", _one_of(LANGUAGES), "LANG")]
Formats = Annotated[Any, option("--format", "Formats of the figures: svg, png, pdf; with commas between.", _formats, "FORMATS")]
Cultures = Annotated[
    Any, option("--cultures", "Two profiles: habits of the first are replaced by those of the second.", _two_names, "A,B")
]
HalfWidth = Annotated[
    Any, option("--within", "Wanted half-width of the 95 % interval: 1% of the control, or 0.01.", _half_width, "TEXT")
]
Measures = Annotated[
    list[str] | None, typer.Option("--measure", help="A measure beside those of the verdict. May be given several times.")
]
