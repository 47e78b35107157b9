"""A cross: every profile of a list on every platform of a list. It is expanded into arms and contrasts, the cells of a study.

A cell compares people of one profile on one platform with people of the same profile without any. All people of an arm have one
profile: its share is 1, and all other shares are 0. A *way* is another set of values for the same cells, such as equal minutes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import AfterValidator, Field, model_validator

from sim.errors import nearest
from sim.scenario.dotted_names import absent, dotted_names, full_name, leaves, value_of
from sim.scenario.faults import Fault, refuse
from sim.scenario.fingerprint import acts
from sim.scenario.names import NAME
from sim.scenario.pieces import NOT_SET, ArmName, FileName, ListOf, Name, Piece, ProfileName, Table, TableOf, Text, not_used_as
from sim.scenario.platform import Platform
from sim.scenario.profile import Profile
from sim.scenario.question import Arm, Contrast, Expect, Set

CONTROL = "none"
"""The platform of every control: no platform."""

MEASURED = "measured"
"""The name of the plain way, in which every profile has the numbers of its file."""

CROSSED = ("profile", "platform", "way")
"""What a cell is one of each."""

MADE = ("profiles", "arms", "contrasts")
"""Keys of a study that a cross makes."""

STAND_IN: Mapping[str, Any] = {
    "profiles": {"a": 1.0},
    "arms": {"a": {"platform": "a"}, "b": {"platform": "b"}},
    "contrasts": [{"name": "a", "arm": "a", "control": "b", "primary": True}],
}
"""What stands for the keys that a cross makes while the other keys of its study are checked."""

NUMBERS = tuple(name for name in Profile.model_fields if name not in NOT_SET)
KEPT = tuple(name for name in NUMBERS if acts(f"profile.a.{name}") == "after")
"""Numbers of a profile that people of another profile can have: those that act after the branch."""

BARE = tuple(name for name in NUMBERS if all(not full.endswith(f".{name}") for full in dotted_names()))
"""Numbers of a profile that a cross may set by their name alone. They are those of the profile of each cell."""

Place = tuple[str | int, ...]
T = TypeVar("T")


def _once(names: tuple[T, ...]) -> tuple[T, ...]:
    twice = [name for name, times in Counter(names).items() if times > 1]
    refuse([Fault((), f"'{name}' is there twice", "each once") for name in twice])
    return names


def _to_keep(name: str) -> str:
    if name not in KEPT:
        grown = f"{nearest(name, KEPT)}: a number of a profile that acts after the branch"
        refuse([Fault((), f"'{name}'", grown)])
    return name


Once = AfterValidator(_once)
PlatformName = Annotated[Name, not_used_as((CONTROL,), "the control of every cell already")]
WayName = Annotated[Name, not_used_as((MEASURED,), "the way without changes, which every cross has")]
Profiles = Annotated[ListOf[ProfileName], Field(min_length=1), Once]
Platforms = Annotated[ListOf[PlatformName], Field(min_length=1), Once]


class Way(Piece):
    """Another set of values for the cells of a cross."""

    like: ProfileName | None = Field(None, description="the profile that all people have, whatever the profile of the cell")
    keep: Annotated[ListOf[Annotated[Text, AfterValidator(_to_keep)]], Once] = Field(
        (), description="with `like`: the numbers that stay those of the profile of the cell"
    )
    profiles: Profiles | None = Field(None, description="the profiles of these cells; by default all that are crossed")
    platforms: Platforms | None = Field(None, description="the platforms of these cells; by default all that are crossed")
    set: Set = Field(default_factory=Table, description="values that differ from the files, by dotted name")

    @model_validator(mode="after")
    def _likens_or_sets(self) -> Way:
        faults = []
        if self.like is not None and not self.keep:
            faults.append(Fault(("keep",), "missing" if "keep" not in self.model_fields_set else "an empty list",
                                'the numbers that stay those of each profile, such as keep = ["minutes_ratio"]'))  # fmt: skip
        if self.like is None and self.keep:
            faults.append(Fault(("keep",), "there is no `like`", 'a profile that lends all other numbers: like = "us"'))
        if self.like is None and not self.keep and not self.set:
            faults.append(Fault((), "changes nothing", "values in `set`, or `like` and `keep`"))
        refuse(faults)
        return self


class Primary(Piece):
    """The cell for which the study was planned."""

    profile: ProfileName | None = Field(None, description="by default the first profile")
    platform: PlatformName | None = Field(None, description="by default the first platform")


class Cross(Piece):
    """Profiles times platforms: what a study has in place of profiles, arms and contrasts."""

    profiles: Profiles = Field(description="files in profiles/; each is a society of its own")
    platforms: Platforms = Field(description="files in platforms/; the control without a platform is added")
    primary: Primary = Field(default_factory=Primary, description="profile and platform of the primary contrast")
    set: Set = Field(default_factory=Table, description="values of every arm, by dotted name")
    expect: Expect | None = Field(None, description="expected signs of every cell")
    ways: TableOf[WayName, Way] = Field(default_factory=Table, description="other sets of values, by name")

    @model_validator(mode="after")
    def _fits_together(self) -> Cross:
        known = {"profile": self.profiles, "platform": self.platforms}
        named: list[tuple[Place, str, str | None]] = [
            (("primary", sort), sort, getattr(self.primary, sort)) for sort in known
        ]
        for name, way in self.ways.items():
            named.append((("ways", name, "like"), "profile", way.like))
            for sort in known:
                several = getattr(way, f"{sort}s") or ()
                named += [(("ways", name, f"{sort}s", place), sort, value) for place, value in enumerate(several)]
        faults = [
            Fault(place, f"{sort} '{value}' is not crossed", nearest(value, known[sort]))
            for place, sort, value in named
            if value is not None and value not in known[sort]
        ]
        refuse(faults or list(self._misnamed()))
        return self

    def _misnamed(self) -> Iterator[Fault]:
        """Names of arms that are too long, or that two arms would have."""
        arms = [control_of(profile) for profile in self.profiles] + [cell.arm for cell in self.cells()]
        for name in arms:
            if not re.fullmatch(NAME, name):
                yield Fault((), f"the arm '{name}' of {len(name)} characters", "names that make at most 64 together")
        for name, times in Counter(arm.lower() for arm in arms).items():
            if times > 1:
                yield Fault((), f"{times} arms are named '{name}'", "profiles, platforms and ways that make a name for each")

    def cells(self) -> list[Cell]:
        """All cells: those of the plain way first, and of each way by profile and platform."""
        ways = {MEASURED: None, **self.ways}
        return [
            Cell.of(profile, platform, name, way.like if way else None)
            for name, way in ways.items()
            for profile in (way and way.profiles) or self.profiles
            for platform in (way and way.platforms) or self.platforms
        ]

    @property
    def primary_cell(self) -> str:
        """The name of the primary contrast."""
        primary = self.primary
        return Cell.of(primary.profile or self.profiles[0], primary.platform or self.platforms[0], MEASURED, None).contrast


class Cell(Piece):
    """One comparison of a cross.

    contrast, arm, control : names; the contrast has that of the arm
    profile, platform, way : what is crossed in it; `MEASURED` is the plain way
    """

    contrast: FileName
    arm: ArmName
    control: ArmName
    profile: ProfileName
    platform: Name
    way: Name

    @classmethod
    def of(cls, profile: str, platform: str, way: str, like: str | None) -> Cell:
        """like : the profile that the people have, if it is another one"""
        name = "-".join([profile, platform, *([] if way == MEASURED else [way])])
        return cls.model_construct(
            contrast=name, arm=name, control=control_of(like or profile), profile=profile, platform=platform, way=way
        )


def control_of(profile: str) -> str:
    """The name of the arm of people of a profile without a platform."""
    return f"{profile}-{CONTROL}"


class Crossed(NamedTuple):
    """A cross, expanded.

    shares : of the profiles, where an arm sets no others
    kept : arm -> the numbers that its people, who have another profile, keep of the file of the cell's own
    places : (arm, full dotted name) -> place in the study's file that sets the value
    """

    shares: dict[str, float]
    arms: dict[str, Arm]
    contrasts: list[Contrast]
    cells: list[Cell]
    kept: dict[str, tuple[str, ...]]
    places: dict[tuple[str, str], Place]


def expanded(cross: Cross, profiles: Mapping[str, Profile], platforms: Mapping[str, Platform]) -> Crossed:
    """The arms and contrasts of a cross. An arm sets what its own profile and platform have, and nothing of others."""
    settings = _Settings(cross, profiles, platforms)
    arms: dict[str, Arm] = {}
    places: dict[tuple[str, str], Place] = {}

    def add(arm: str, platform: str, values: Mapping[str, tuple[Any, Place]]) -> None:
        arms[arm] = Arm(platform=platform, set=Table({name: value for name, (value, _) in values.items()}))
        places.update({(arm, name): place for name, (_, place) in values.items()})

    cells = cross.cells()
    for profile in cross.profiles:  # arms of one grown society stand together: a worker keeps the latest
        add(control_of(profile), CONTROL, settings.of_all(profile, CONTROL))
        for cell in cells:
            if cell.control == control_of(profile):
                add(cell.arm, cell.platform, settings.of_cell(cell, profile))
    contrasts = [
        Contrast(name=cell.contrast, arm=cell.arm, control=cell.control, primary=cell.contrast == cross.primary_cell,
                 expect=cross.expect)
        for cell in cells
    ]  # fmt: skip
    shares = {profile: float(profile == cross.profiles[0]) for profile in cross.profiles}
    return Crossed(shares, arms, contrasts, cells, _kept(places), places)


def _kept(places: Mapping[tuple[str, str], Place]) -> dict[str, tuple[str, ...]]:
    """Arm -> the numbers whose value a `keep` of its way says. A value that the study sets instead has another place."""
    kept: dict[str, tuple[str, ...]] = {}
    for (arm, full), place in places.items():
        if place[-1] == "keep":
            kept[arm] = (*kept.get(arm, ()), full.rsplit(".", 1)[1])
    return kept


class _Settings(NamedTuple):
    """The values that arms of a cross set: full dotted name -> (value, place in the study's file)."""

    cross: Cross
    profiles: Mapping[str, Profile]
    platforms: Mapping[str, Platform]

    def of_all(self, profile: str, platform: str) -> dict[str, tuple[Any, Place]]:
        """The values of every arm: everybody has the profile of the arm, and those of `set`."""
        place = ("cross", "profiles")
        shares = {f"profile.{name}.share": (float(name == profile), place) for name in self.cross.profiles}
        return shares | self._those(self.cross.set, ("cross", "set"), profile, platform)

    def of_cell(self, cell: Cell, people: str) -> dict[str, tuple[Any, Place]]:
        """The values of a cell, whose people have this profile: those of every arm, then those that they keep and of the way."""
        values = self.of_all(people, cell.platform)
        if cell.way == MEASURED:
            return values
        way = self.cross.ways[cell.way]
        place, own = ("cross", "ways", cell.way), self.of_all(cell.profile, cell.platform)
        for name in way.keep:
            of_file = value_of(getattr(self.profiles[cell.profile], name)), (*place, "keep")
            values[f"profile.{people}.{name}"] = own.get(f"profile.{cell.profile}.{name}", of_file)
        return values | self._those(way.set, (*place, "set"), people, cell.platform)

    def _those(self, written: Mapping[str, Any], place: Place, profile: str, platform: str) -> dict[str, tuple[Any, Place]]:
        """Those that act in an arm of this profile and platform. A name with its profile comes after a name without it."""
        values = {}
        for name in sorted(written, key=lambda name: name not in BARE):
            full = full_in_cell(name, profile, self.cross.profiles)
            root, rest = full.split(".", 1)
            if root == "platform" and not has(self.platforms[platform], rest):
                continue
            if root == "profile" and not rest.startswith(f"{profile}."):
                continue
            values[full] = written[name], (*place, name)
        return values


def full_in_cell(name: str, profile: str, profiles: Iterable[str]) -> str:
    """The full dotted name that a name means in a cell of this profile. Refusal: unknown or ambiguous."""
    return f"profile.{profile}.{name}" if name in BARE else full_name(name, dotted_names(tuple(profiles)))


def has(platform: Platform, name: str) -> bool:
    """Whether a platform has a value of this name, or may be given one."""
    return name in leaves(platform) or f"platform.{name}" in absent("platform", platform)


def without_effect(cross: Cross, platforms: Mapping[str, Platform]) -> Iterator[Fault]:
    """Settings of platforms that none of the platforms concerned has. Places are those in the study's file."""
    for place, written, several in [
        (("cross", "set"), cross.set, cross.platforms),
        *((("cross", "ways", name, "set"), way.set, way.platforms or cross.platforms) for name, way in cross.ways.items()),
    ]:
        for name in written:
            root, rest = full_in_cell(name, cross.profiles[0], cross.profiles).split(".", 1)
            if root == "platform" and not any(has(platforms[platform], rest) for platform in several):
                quoted = " and ".join(f"'{platform}'" for platform in several)
                yield Fault((*place, name), f"platform {quoted} has no {rest}", "a platform that has it, or no such setting")


def misplaced(place: Place, full: str) -> tuple[str, str] | None:
    """(given, expected) of a name that a study with a cross cannot set or vary at this place; None if it can."""
    if full.startswith("profile.") and full.endswith(".share"):
        return f"{full} beside a cross", "no share: all people of a cell have one profile"
    if place[:2] == ("cross", "ways") and acts(full) == "before":
        return f"{full} acts before the branch", "one that acts after it: a cell and its control share a grown society"
    return None
