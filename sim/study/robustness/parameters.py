"""The assumptions that a contrast rests on: every number with a plausible range that acts after the branch, reaches its arms
and is the same in both. What the two arms set differently is the contrast itself.

Looked at are scenario files alone; no world, no table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sim.errors import InputError, Problem
from sim.scenario.dotted_names import leaves
from sim.scenario.numbers import Number, Whole
from sim.scenario.pieces import Piece, Table
from sim.scenario.resolving import ArmValues, Resolved
from sim.scenario.study import Study


@dataclass(frozen=True)
class Assumption:
    """One number: its plausible range, and where it stands in the arms of the contrast.

    name : the full dotted name
    """

    name: str
    low: float
    high: float
    base: float

    def share(self, value: float) -> float:
        """A value as a share of the range: 0 at low, 1 at high; a value beyond keeps its place there."""
        return (value - self.low) / (self.high - self.low)

    def at(self, share: float) -> float:
        """The value at a share of the range; that of the base and both ends to the last digit."""
        exactly = {0.0: self.low, 1.0: self.high, self.share(self.base): self.base}
        return exactly[share] if share in exactly else self.low + share * (self.high - self.low)


class Range(NamedTuple):
    """Plausible values of a number."""

    low: float
    high: float


def standing_at(study: Study, point: Mapping[str, Any]) -> Study:
    """The study with the values of one of its points written into its arms, whose own values still come last."""
    here = {study.full_name(name): value for name, value in point.items()}
    arms = {
        name: arm.model_copy(
            update={"set": Table(here | {study.full_name(each): value for each, value in arm.set.items()})}
        )
        for name, arm in study.arms.items()
    }
    return study.model_copy(update={"arms": Table(arms)})


def assumptions(study: Study, contrast: str) -> tuple[Assumption, ...]:
    """The assumptions of a contrast, with the values that its arms really have, in the order of the files.

    study : at one of its points (`standing_at`); `[region]` may name some, or leave some as they are
    InputError: a name of `[region]` that is none of them, or no assumption at all.
    """
    one = next(each for each in study.contrasts if each.name == contrast)
    arms = {name: study.resolve(name) for name in (one.arm, one.control)}
    arm_values = ArmValues(study.model_copy(update={"points_last": True}))
    found = {}
    for name, (low, high) in ranges(study).items():
        reached = [arm for arm in arms if reaches(arm_values, arm, name, low, high)]
        values = {value for arm in reached for value in values_of(arms[arm], name)}
        if len(values) == 1:  # none: it says nothing to these arms; two: that is what they differ in
            found[name] = Assumption(name, low, high, *values)
    return chosen(study, found)


def ranges(study: Study) -> dict[str, Range]:
    """Full name -> range of every number that acts after the branch and may take more than one value.

    The range of the file, else that of the study's own values; where platforms give different ones, all of them.
    """
    found: dict[str, Range] = {}
    for root, piece in _pieces(study):
        for rest, part in leaves(piece).items():
            name = f"{root}.{rest}"
            whole = isinstance(part, Whole) or not isinstance(part, Number)
            if whole or study.acts(name) == "before" or rest.startswith("reference."):
                continue
            own = [part.low, part.high] if part.low is not None and part.high is not None else _varied(study, name)
            said = [*own, *found.get(name, ())]
            if said and min(said) < max(said):
                found[name] = Range(min(said), max(said))
    return found


def _pieces(study: Study) -> Iterator[tuple[str, Piece]]:
    yield "society", study.society
    yield from ((f"profile.{name}", profile) for name, profile in study.profiles.items())
    for arm in study.arms.values():
        yield from (("platform", study.platforms[name]) for name in arm.platforms)


def _varied(study: Study, name: str) -> list[float]:
    """What the study itself gives a number that has no range in its file."""
    for written, vary in study.vary.items():
        if study.full_name(written) == name:
            ends = [end for end in (vary.low, vary.high) if end is not None]
            return [*ends, *(float(value) for value in vary.values)]
    return []


def reaches(values: ArmValues, arm: str, name: str, low: float, high: float) -> bool:
    """Whether a number says anything to an arm: its platform is there, the feature is on, the arm lives otherwise by it.

    So it does where the arm refuses one of the ends.
    """
    try:
        least, greatest = (values.at(arm, {name: value}).run_digest() for value in (low, high))
    except InputError:
        return True
    return least != greatest


def values_of(arm: Resolved, name: str) -> set[float]:
    """The value of a number in an arm; several where its platforms, one after the other, differ."""
    profiles = (values for values, _ in arm.flat.profiles)
    platforms = (values for _, _, values in arm.flat.timeline)
    return {values[name] for values in (arm.flat.society, *profiles, *platforms) if name in values}


def chosen(study: Study, found: dict[str, Assumption]) -> tuple[Assumption, ...]:
    """Those that the study asks for, but for those that it leaves."""
    wanted = {key: [study.full_name(name) for name in getattr(study.region, key)] for key in ("names", "leave")}
    problems = [
        Problem(study.file, f'region.{key}."{written}"', "says nothing to these arms, or is what they differ in",
                "a number with a range that both arms share")
        for key in wanted
        for written, name in zip(getattr(study.region, key), wanted[key])
        if key == "names" and name not in found
    ]  # fmt: skip
    names = [name for name in wanted["names"] or found if name not in wanted["leave"]]
    if not problems and not names:
        problems = [Problem(study.file, "region", "no assumption at all", "arms with a platform, and numbers with ranges")]
    if problems:
        raise InputError(problems)
    return tuple(found[name] for name in names)
