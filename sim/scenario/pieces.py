"""What scenario files are made of: tables that are checked when read and never change, lists, and the types of names."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NoReturn, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from sim.scenario import bounds
from sim.scenario.faults import Fault, described, refuse
from sim.scenario.names import ALL, DEVICES, LABELS, NAME, PLACEBO, RESHUFFLED, TEXT

FORMAT = 1
"""The version of the form of scenario files that this program reads."""

NOT_SET = ("format", "name")
"""Keys of a file that no study sets or varies."""


class Piece(BaseModel):
    """A table of a scenario file. It has no unknown keys and cannot be changed. Text is never taken for a number; NaN is refused.

    pydantic builds the validator when it is first used, because most pieces are only read as parts of others.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False, defer_build=True)


class Table(dict):
    """A dict that cannot be changed."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("a scenario cannot be changed; write another one")

    __setitem__ = __delitem__ = __ior__ = _refuse  # type: ignore[assignment]
    clear = pop = popitem = setdefault = update = _refuse  # type: ignore[assignment]

    def __reduce__(self):
        return type(self), (dict(self),)


def _a_bare_value(value: Any) -> Any:
    if not isinstance(value, bool | int | float | str):
        expected = "a number, true, false or text"
        if isinstance(value, dict):
            expected += '; write the whole dotted name in quotes: "prompts.slope"'
        refuse([Fault((), described(value), expected)])
    return value


def _not_reserved(name: str, reserved: tuple[str, ...], use: str) -> str:
    """The name, if it can be used. Refusal: the program reserves it, or no file of Windows can have it."""
    if name in reserved:
        refuse([Fault((), f"'{name}' is {use}", "another name")])
    if name.lower() in DEVICES:
        refuse([Fault((), f"'{name}' is a device on Windows, where no file can have that name", "another name")])
    return name


def not_used_as(reserved: tuple[str, ...], use: str) -> AfterValidator:
    """A validator that refuses names which the program reserves, and names that no file of Windows can have."""
    return AfterValidator(lambda name: _not_reserved(name, reserved, use))


K = TypeVar("K")
V = TypeVar("V")
TableOf = Annotated[dict[K, V], AfterValidator(Table)]
ListOf = Annotated[tuple[V, ...], Field(strict=False)]

Name = Annotated[str, Field(pattern=NAME)]
ArmName = Annotated[Name, not_used_as((PLACEBO, RESHUFFLED), "an arm that the program adds to every study")]
ProfileName = Annotated[
    Name,
    not_used_as((ALL,), "the name of all profiles together in tables"),
    not_used_as(LABELS, "the name of a group of people in tables"),
]
FileName = Annotated[Name, not_used_as((), "")]
Text = Annotated[str, Field(pattern=TEXT)]
People = Annotated[int, bounds.PEOPLE]
Seeds = Annotated[int, bounds.SEEDS]
Format = Annotated[Literal[1], Field(description="version of the form of this file; this program reads 1")]
Bare = Annotated[
    Any,
    AfterValidator(_a_bare_value),
    WithJsonSchema({"type": ["number", "boolean", "string"]}),
]
"""A value without unit or source. It has the type of the value that it replaces."""
