"""The values that each varied name of a study may take: the study's own values or range, else the plausible range of its file."""

from __future__ import annotations

from typing import Any, Literal

from sim.scenario.design import SAMPLED, Axis
from sim.scenario.dotted_names import dotted_names, value_of
from sim.scenario.numbers import Number, Whole
from sim.scenario.whole_question import WholeQuestion

_NOT_SAMPLED = ', and kind = "grid" or "list"'


def axes(question: WholeQuestion) -> list[Axis]:
    """The axis of each varied name, in the order of the study. For a list, the values are those of its rows."""
    columns = {name: dict.fromkeys(point[name] for point in question.listed if name in point) for name in question.varied()}
    return [Axis(name, tuple(columns[name])) if question.listed else axis(question, name) for name in question.varied()]


def declared(question: WholeQuestion) -> dict[str, dict[str, float]]:
    """Varied name -> low, high and value of its files: a plausible range, that of several platforms joined. Others have none.

    The value is that of the first platform.
    """
    found = {}
    for name in question.varied():
        parts = [part for part in question.written(question.full_name(name)).values() if isinstance(part, Number)]
        ends = [end for part in parts for end in (part.low, part.high) if end is not None]
        if ends:
            found[name] = {"low": float(min(ends)), "high": float(max(ends)), "value": float(parts[0].value)}
    return found


def axis(question: WholeQuestion, name: str) -> Axis:
    """The axis of one varied name. InputError: it has no range, or a range that its design cannot use."""
    vary, kind = question.vary[name], question.plan.kind
    base = _of_the_files(question, name, "value") if kind == "one-at-a-time" else None
    if vary.values:
        return Axis(name, vary.values, base=base)
    sort = dotted_names(tuple(question.profiles))[question.full_name(name)]
    if not (isinstance(sort, type) and issubclass(sort, Number)):
        values = "a switch" if sort is bool else "a choice"
        question.refuse(("vary", name), f"a range of {values}", f"a list of values{_NOT_SAMPLED}")
    if kind in SAMPLED and issubclass(sort, Whole):
        question.refuse(("vary", name), f"a whole number in a {kind} design", f"a list of whole numbers{_NOT_SAMPLED}")
    low, high = (_end(question, name, end) for end in ("low", "high"))
    if low >= high:
        question.refuse(("vary", name), f"low {low:g}, high {high:g}", "low below high")
    if vary.scale == "log" and low <= 0:
        question.refuse(("vary", name, "scale"), f'"log" from low {low:g}', 'low above 0, or scale = "linear"')
    return Axis(name, low=low, high=high, scale=vary.scale, points=vary.points or 2, base=base)


def _end(question: WholeQuestion, name: str, end: Literal["low", "high"]) -> float:
    """One end of a varied range: the study's own, else that of the plausible range."""
    value = getattr(question.vary[name], end)
    if value is None:
        value = _of_the_files(question, name, end)
    if value is None:
        question.refuse(("vary", name, end), "missing", f"a number: the file gives no range ({end} = ...) of its own")
    return value


def _of_the_files(question: WholeQuestion, name: str, key: Literal["value", "low", "high"]) -> Any:
    """The value, low or high of a varied name in the files. InputError: it differs between the platforms of the arms."""
    values = {
        where: value_of(leaf) if key == "value" else getattr(leaf, key, None)
        for where, leaf in question.written(question.full_name(name)).items()
    }
    if len(set(values.values())) > 1:
        given = " and ".join(f"{key} {value} in '{where}'" for where, value in values.items())
        here = "values of its own, in a grid or a list" if key == "value" else f"{key} here"
        question.refuse(("vary", name, key), given, f"{here}: the arms' platforms differ")
    return next(iter(values.values()), None)
