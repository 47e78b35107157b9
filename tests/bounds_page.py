"""Every number that somebody may give, with its bound; as the page docs/bounds.md. To write it: python tests/bounds_page.py"""

from __future__ import annotations

import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from sim.__main__ import app
from sim.scenario import bounds
from sim.scenario.bounds import Bound
from sim.scenario.sorts import SORTS

PAGE = Path(__file__).parents[1] / "docs" / "bounds.md"
HEAD = """# Bounds

Every number has a lowest and a highest value. Beyond these bounds no world can be simulated, because rules would divide by zero
or overflow. A number of a scenario is 0, or at least {least:g} away from 0.

- Bounds hold wherever a value comes in: in files, `set`, `vary`, `schedule`, `mechanisms`, `sizes` and lists of points, in
  columns of graphs, for options and for `World`.
- Bounds are wider than the plausible range of a number (`low` and `high` in a file). That range is what sweeps vary over.
- `sim check --schema DIR` writes bounds as `minimum` and `maximum` for editors.
- `python tests/bounds_page.py` makes this page from `sim/scenario/bounds.py`.
"""


def numbers(annotation: Any, place: str = "", bound: Bound | None = None) -> Iterator[tuple[str, Bound | None]]:
    """(place, its bound or None) of every number in a type: in the fields of models, in lists, in tables."""
    arguments = typing.get_args(annotation)
    if typing.get_origin(annotation) is typing.Annotated:
        found = next((one for one in arguments[1:] if isinstance(one, Bound)), bound)
        yield from numbers(arguments[0], place, found)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            yield from numbers(field.rebuild_annotation(), f"{place}.{name}".lstrip("."))
    elif typing.get_origin(annotation) is typing.Literal:
        return
    elif typing.get_origin(annotation) is dict:
        yield from numbers(arguments[1], f"{place}.*")
    elif arguments:
        for each in arguments:
            yield from numbers(each, place, bound)
    elif annotation in (int, float):
        yield place, bound


def in_files() -> dict[str, dict[str, Bound | None]]:
    """Sort of scenario file -> place in it -> bound."""
    return {sort: dict(numbers(kind)) for sort, kind in SORTS.items()}


def in_options() -> dict[str, tuple[Any, Any]]:
    """Command and option -> least and greatest value, None where there is none."""
    found = {}
    groups = [("", app), *((f"{group.name} ", group.typer_instance) for group in app.registered_groups)]
    for within, group in groups:
        for command in group.registered_commands:
            hints = typing.get_type_hints(command.callback, include_extras=True)
            for name, hint in hints.items():
                said = typing.get_args(hint) or (hint,)
                if {int, float} & {*said, *typing.get_args(said[0])}:
                    options = [one for one in said if hasattr(one, "min")] or [None]
                    option = f"{within}{command.name or command.callback.__name__} --{name.replace('_', '-')}"
                    found[option] = (getattr(options[0], "min", None), getattr(options[0], "max", None))
    return found


def row(names: list[str], bound: Bound) -> str:
    listed = ", ".join(f"`{name}`" for name in names)
    return f"| {listed} | {bound.low} | {bound.high} | {bound.unit}{', whole' * bound.whole} |"


def page() -> str:
    text = HEAD.format(least=bounds.LEAST)
    for sort, places in in_files().items():
        of_bound: dict[Bound, list[str]] = {}
        for place, bound in places.items():
            name = place.removesuffix(".value") if sort != "study" else place
            if bound is not None and not (sort != "study" and place.endswith((".low", ".high"))):
                of_bound.setdefault(bound, []).append(name)
        text += f"\n## In a {sort} file\n\n| number | lowest | highest | unit |\n|---|---|---|---|\n"
        text += "".join(row(names, bound) + "\n" for bound, names in of_bound.items())
    text += "\n## In a graph\n\n| column | lowest | highest | unit |\n|---|---|---|---|\n"
    text += "".join(row([name], bound) + "\n" for name, bound in bounds.GRAPH_COLUMNS.items())
    text += "\n## As options\n\n| option | lowest | highest |\n|---|---|---|\n"
    of_range: dict[tuple[Any, Any], list[str]] = {}
    for option, ends in in_options().items():
        of_range.setdefault(ends, []).append(option)
    of_range[bounds.HALF_WIDTH.low, bounds.HALF_WIDTH.high] = ["precision --within"]
    for (low, high), names in of_range.items():
        text += f"| {', '.join(f'`{name}`' for name in names)} | {low} | {high} |\n"
    return text


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
