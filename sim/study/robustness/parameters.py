"""The parameters that a contrast depends on, from the scenario files alone.

A number is such a parameter if it has a plausible range, acts after the branch, changes an arm of the contrast, and has the same
value in every arm that it changes. A number that the two arms set differently is what the contrast compares.
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
class Parameter:
    """One number of the scenario.

    name : the full dotted name
    low, high : its plausible range; base : its value in the arms of the contrast
    """

    name: str
    low: float
    high: float
    base: float

    def share(self, value: float) -> float:
        """A value as a share of the range: 0 at low, 1 at high. A value outside the range is below 0 or above 1."""
        return (value - self.low) / (self.high - self.low)

    def at(self, share: float) -> float:
        """The value at a share of the range. The base and both ends come back to the last digit."""
        exact = {0.0: self.low, 1.0: self.high, self.share(self.base): self.base}
        return exact[share] if share in exact else self.low + share * (self.high - self.low)


class Range(NamedTuple):
    """Plausible values of a number."""

    low: float
    high: float


def study_at(study: Study, point: Mapping[str, Any]) -> Study:
    """The study with the values of one of its points written into its arms. What an arm sets itself still comes last."""
    at_point = {study.full_name(name): value for name, value in point.items()}
    arms = {
        name: arm.model_copy(
            update={"set": Table(at_point | {study.full_name(key): value for key, value in arm.set.items()})}
        )
        for name, arm in study.arms.items()
    }
    return study.model_copy(update={"arms": Table(arms)})


def parameters(study: Study, name: str) -> tuple[Parameter, ...]:
    """The parameters of a contrast, in the order of the files. Their bases are the values that its arms really have.

    study : at one of its points (`study_at`); its `[region]` may name the parameters, or leave out some
    name : of the contrast
    InputError: `[region]` names a number that is no such parameter, or none is left.
    """
    contrast = next(contrast for contrast in study.contrasts if contrast.name == name)
    arms = {arm: study.resolve(arm) for arm in (contrast.arm, contrast.control)}
    arm_values = ArmValues(study.model_copy(update={"points_last": True}))
    candidates = {}
    for number, (low, high) in ranges(study).items():
        reached = [arm for arm in arms if reaches(arm_values, arm, number, low, high)]
        values = {value for arm in reached for value in values_of(arms[arm], number)}
        if len(values) == 1:  # none: it changes nothing in these arms; two: it is what they differ in
            candidates[number] = Parameter(number, low, high, *values)
    return chosen(study, candidates)


def ranges(study: Study) -> dict[str, Range]:
    """Full name -> range of every number that acts after the branch and may take more than one value.

    The range is that of the file, or else of the values that the study varies. Ranges of several platforms are joined.
    """
    by_name: dict[str, Range] = {}
    unread = ("reference.",) if study.with_minority else ("reference.", "minority.")
    for root, piece in _pieces(study):
        for rest, part in leaves(piece).items():
            name = f"{root}.{rest}"
            whole = isinstance(part, Whole) or not isinstance(part, Number)
            if whole or study.acts(name) == "before" or rest.startswith(unread):
                continue
            own = [part.low, part.high] if part.low is not None and part.high is not None else _varied(study, name)
            ends = [*own, *by_name.get(name, ())]
            if ends and min(ends) < max(ends):
                by_name[name] = Range(min(ends), max(ends))
    return by_name


def _pieces(study: Study) -> Iterator[tuple[str, Piece]]:
    yield "society", study.society
    yield from ((f"profile.{name}", profile) for name, profile in study.profiles.items())
    for arm in study.arms.values():
        yield from (("platform", study.platforms[name]) for name in arm.platforms)


def _varied(study: Study, name: str) -> list[float]:
    """The values and ends that the study gives a number which has no range in its file."""
    for written, vary in study.vary.items():
        if study.full_name(written) == name:
            ends = [end for end in (vary.low, vary.high) if end is not None]
            return [*ends, *(float(value) for value in vary.values)]
    return []


def reaches(values: ArmValues, arm: str, name: str, low: float, high: float) -> bool:
    """Whether a number changes an arm: the arm has its platform, the feature is on, and another value gives another run.

    An arm that refuses one of the two values counts as changed.
    """
    try:
        least, greatest = (values.at(arm, {name: value}).run_digest() for value in (low, high))
    except InputError:
        return True
    return least != greatest


def values_of(arm: Resolved, name: str) -> set[float]:
    """The values of a number in an arm: several if the platforms that it has one after the other differ, none if it has none."""
    profiles = (values for values, _ in arm.flat.profiles)
    platforms = (values for _, _, values in arm.flat.timeline)
    return {values[name] for values in (arm.flat.society, arm.flat.west, *profiles, *platforms) if name in values}


def chosen(study: Study, candidates: dict[str, Parameter]) -> tuple[Parameter, ...]:
    """The parameters that `[region]` names, or all, without those that it leaves out."""
    wanted = {key: [study.full_name(name) for name in getattr(study.region, key)] for key in ("names", "leave")}
    problems = [
        Problem(study.file, f'region.{key}."{written}"', "changes nothing in these arms, or is what they differ in",
                "a number with a range that both arms share")
        for key in wanted
        for written, name in zip(getattr(study.region, key), wanted[key])
        if key == "names" and name not in candidates
    ]  # fmt: skip
    names = [name for name in wanted["names"] or candidates if name not in wanted["leave"]]
    if not problems and not names:
        problems = [Problem(study.file, "region", "no parameter to vary", "arms with a platform, and numbers with ranges")]
    if problems:
        raise InputError(problems)
    return tuple(candidates[name] for name in names)
