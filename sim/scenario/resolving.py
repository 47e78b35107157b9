"""One arm of a study at one point: which values it has, and the checked objects that are made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from sim.errors import InputError, Problem, nearest
from sim.scenario.dotted_names import absent, flat, leaves, misfits, plain
from sim.scenario.fingerprint import Values
from sim.scenario.numbers import Number
from sim.scenario.pieces import Piece
from sim.scenario.platform import Platform
from sim.scenario.profile import REFERENCE, Profile
from sim.scenario.question import not_all
from sim.scenario.society import Society
from sim.scenario.whole_question import WholeQuestion
from sim.scenario.wording import plain_type, problems

Place = tuple[str | int, ...]
"""Where a key stands in a study's file."""


class ArmValues:
    """Which values the arms of a study have at its points.

    The values of the files come first. Then the point, the arm and its schedule replace them, in this order. If `points_last` of
    the study is set, the point comes last. A value has no effect on a platform without its section.
    A profile with share 0 is left out, as if the study did not have it.
    The files are read through once, so that many points cost little. Nothing is checked here; `resolve` checks.
    """

    def __init__(self, question: WholeQuestion):
        self.question = question
        self._society = flat("society", question.society)
        self._profiles = {name: flat(f"profile.{name}", profile) for name, profile in question.profiles.items()}
        self._platforms = {name: (platform.present, flat("platform", platform)) for name, platform in question.platforms.items()}
        self._absent = {name: absent("platform", platform) for name, platform in question.platforms.items()}
        self._full_names: dict[str, str] = {}

    def at(self, arm: str, point: Mapping[str, Any]) -> Values:
        """All values of an arm at a point, by full dotted name."""
        question, written = self.question, self.question.arms[arm]
        here = self._settings(arm, point)
        society = _with(self._society, here)
        profiles = {name: _with(values, here) for name, values in self._profiles.items()}
        shares = {name: here.get(f"profile.{name}.share", question.shares[name] + 0.0) for name in profiles}
        platforms = [(0, written.platform, here)]
        for entry, change in enumerate(written.schedule):
            platforms.append((change.day, change.platform, self._settings(arm, point, entry)))
        timeline = ((day, self._platforms[name], self._absent[name], settings) for day, name, settings in platforms)
        return Values(
            society=society,
            profiles=tuple((values, shares[name]) for name, values in profiles.items() if shares[name]),
            timeline=tuple((day, present, _with(values, here, lacking)) for day, (present, values), lacking, here in timeline),
            people=question.people,
            years=self._years(society, profiles),
            horizons=question.horizons,
            graph=question.graph,
        )

    def _years(self, society: Mapping[str, Any], profiles: Mapping[str, Mapping[str, Any]]) -> int:
        """Years of growing before the branch: those of the study, or those after which all its profiles are steady.

        A profile with share 0 counts too: all arms of a study branch on the same day.
        """
        question = self.question
        if question.burn_in != "until-steady":
            return int(question.burn_in[:-1])
        if question.graph:
            return int(society["society.burn_in.given_years"])
        own = society["society.burn_in.years"]
        years = {REFERENCE: own}
        for name, values in profiles.items():
            years.setdefault(name, values.get(f"profile.{name}.steady_years", question.longest or own))
        return int(max(years[name] for name in self._profiles))

    def places(self, arm: str, point: Mapping[str, Any], entry: int | None = None) -> dict[str, Place]:
        """Full dotted name -> place in the study's file that sets it last, of all names that the study sets.

        entry : as for `layers`
        """
        return {self._full_name(name): (*place, name) for place, settings in self.layers(arm, point, entry) for name in settings}

    def layers(self, arm: str, point: Mapping[str, Any], entry: int | None = None) -> list[tuple[Place, Mapping[str, Any]]]:
        """(place in the study's file, settings there). Later settings replace earlier ones.

        entry : number of an entry of the arm's schedule; None for the settings from the branch on
        """
        written = self.question.arms[arm]
        own: list[tuple[Place, Mapping[str, Any]]] = [(("arms", arm, "set"), written.set)]
        if entry is not None:
            own.append((("arms", arm, "schedule", entry, "set"), written.schedule[entry].set))
        of_point = (("vary",), point)
        return [*own, of_point] if self.question.points_last else [of_point, *own]

    def _settings(self, arm: str, point: Mapping[str, Any], entry: int | None = None) -> dict[str, Any]:
        return {
            self._full_name(name): plain(value)
            for _, settings in self.layers(arm, point, entry)
            for name, value in settings.items()
        }

    def _full_name(self, name: str) -> str:
        if name not in self._full_names:
            self._full_names[name] = self.question.full_name(name)
        return self._full_names[name]


def _with(values: Mapping[str, Any], settings: Mapping[str, Any], lacking: Set[str] = frozenset()) -> Mapping[str, Any]:
    """The values, replaced by settings of the same names. Other settings are left out: absent sections stay absent.

    lacking : names that the values may have too
    """
    replaced = {name: value for name, value in settings.items() if name in values or name in lacking}
    return {**values, **replaced} if replaced else values


@dataclass(frozen=True)
class Resolved:
    """All that shapes the runs of one arm at one point of the design, except the seed. It is checked.

    flat : all values by full dotted name; the pieces below are made from them
    profiles : (profile, share of the population), in file order
    timeline : (first day since the branch, platform), the first on day 0
    """

    arm: str
    flat: Values
    society: Society
    profiles: tuple[tuple[Profile, float], ...]
    timeline: tuple[tuple[int, Platform], ...]

    @property
    def people(self) -> int:
        """How many people a generated society has."""
        return self.flat.people

    @property
    def years(self) -> int:
        """Years of growing before the branch."""
        return self.flat.years

    @property
    def horizons(self) -> tuple[int, ...]:
        """Days since the branch on which measuring ends."""
        return self.flat.horizons

    @property
    def graph(self) -> str | None:
        """The starting graph as the study names it; None for a generated society."""
        return self.flat.graph

    def platform(self, day: int = 0) -> Platform:
        """The platform of this day since the branch."""
        return [platform for first, platform in self.timeline if first <= day][-1]

    def values(self) -> dict[str, Any]:
        """Full dotted name -> value of everything that a point may set. Of several platforms, the first with the name counts."""
        all_values = {name: value for _, _, values in reversed(self.flat.timeline) for name, value in values.items()}
        for (profile, _), (values, share) in zip(self.profiles, self.flat.profiles):
            all_values |= {**values, f"profile.{profile.name}.share": share}
        return all_values | dict(self.flat.society)

    def numbers(self) -> dict[str, float]:
        """Full dotted name -> value of every number of the society and of the first day's platform."""
        pieces = {"society": self.society, "platform": self.platform()}
        return {
            f"{root}.{name}": number.value
            for root, piece in pieces.items()
            for name, number in leaves(piece).items()
            if isinstance(number, Number)
        }

    def fingerprint(self) -> str:
        """SHA-256 (hex) of all values that shape a run: see `Values.run_digest`."""
        return self.flat.run_digest()

    def society_fingerprint(self) -> str:
        """SHA-256 (hex) of all values that shape the grown society, which arms may share."""
        return self.flat.society_digest()


def resolve(question: WholeQuestion, arm: str, point: Mapping[str, Any] | None = None, years: int | None = None) -> Resolved:
    """The arm with the values of `ArmValues` in place of those of the files, checked.

    point : {dotted name: value}; years : of growing, instead of the study's
    InputError: no such arm, or values that do not fit, with their places.
    """
    point = point or {}
    if arm not in question.arms:
        question.refuse(("arms", arm), f"no arm '{arm}'", nearest(arm, question.arms))
    arms, written = ArmValues(question), question.arms[arm]
    if bad := list(_misfits(arms, arm, point)):
        raise InputError(bad)
    flat = arms.at(arm, point)
    flat = flat if years is None else flat._replace(years=years)
    here = arms.places(arm, point)

    society = _built(question, question.society, "society", flat.society, here)
    profiles = tuple(
        (_built(question, question.profiles[name], f"profile.{name}", values, here), share)
        for (values, share), name in zip(flat.profiles, flat.profile_names)
    )
    for fault in not_all(share for _, share in profiles):
        place = next(place for name, place in here.items() if name.endswith(".share"))
        question.refuse(place, fault.given, fault.expected)
    timeline = [(0, _built(question, question.platforms[written.platform], "platform", flat.timeline[0][2], here))]
    for entry, (change, (day, _, values)) in enumerate(zip(written.schedule, flat.timeline[1:])):
        then = arms.places(arm, point, entry)
        timeline.append((day, _built(question, question.platforms[change.platform], "platform", values, then)))
    resolved = Resolved(arm, flat, society, profiles, tuple(timeline))
    _must_have_been_measured(resolved)
    return resolved


def _misfits(arms: ArmValues, arm: str, point: Mapping[str, Any]) -> Iterator[Problem]:
    """The problems of single settings of an arm, each once."""
    question, seen = arms.question, set()
    for entry in (None, *range(len(question.arms[arm].schedule))):
        for place, settings in arms.layers(arm, point, entry):
            if place in seen:
                continue
            seen.add(place)
            for name, value in settings.items():
                for fault in misfits(name, value, question.profiles):
                    yield question.problem((*place, name), fault.given, fault.expected)


def _built(question: WholeQuestion, piece: Any, root: str, values: Mapping[str, Any], places: Mapping[str, Place]) -> Any:
    """The piece with the values that the study sets under `root`, checked again. Absent sections stay absent."""
    names = [name for name in places if name in values and name.startswith(root + ".")]
    if not names:
        return piece
    parts = dict(piece)
    for key in {name.removeprefix(root + ".").split(".")[0] for name in names}:
        part, inner = parts[key], f"{root}.{key}"
        if isinstance(part, Number):
            parts[key] = part.at(values[inner])
        elif part is None:
            parts[key] = plain_type(type(piece).model_fields[key].annotation).set_to(values[inner], "as set")
        elif isinstance(part, Piece):
            parts[key] = _built(question, part, inner, values, places)
        else:
            parts[key] = values[inner]
    try:
        return type(piece).model_validate(parts)
    except ValidationError as error:
        words = {word for problem in problems(error, question.file, type(piece)) for word in problem.given.split()}
        name = next((name for name in names if name.rsplit(".", 1)[-1] in words), names[0])
        raise InputError(problems(error, question.file, type(piece), places[name])) from None


def _must_have_been_measured(resolved: Resolved) -> None:
    """InputError: a platform takes time from real-life contact, but no contact was measured because no year was grown."""
    taking = [platform.name for _, platform in resolved.timeline if platform.minutes is not None and platform.minutes.value > 0]
    displacement = resolved.society.response.displacement.value
    if resolved.years < 1 and taking and displacement > 0:
        given = f"{resolved.years} years of growing, and in arm '{resolved.arm}' the platform {taking[0]} takes time from "
        given += "real-life contact"
        expected = "1 or more: a person's contact is measured in the last of them. "
        expected += f"Without any, set displacement to 0; it is {displacement:g}"
        raise InputError(Problem("", "years", given, expected))
