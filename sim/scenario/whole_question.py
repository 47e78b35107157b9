"""A question with the content of its files: the society, profiles and platforms that it names, and the points of its list."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, NoReturn

from sim.errors import InputError, Problem
from sim.scenario import fingerprint
from sim.scenario.cross import Cell
from sim.scenario.design import GRID, Design
from sim.scenario.dotted_names import dotted_names, full_name, leaves
from sim.scenario.faults import dotted
from sim.scenario.margins import Margins
from sim.scenario.numbers import Number
from sim.scenario.pieces import ListOf, Piece, Table, TableOf
from sim.scenario.platform import Platform
from sim.scenario.profile import Profile
from sim.scenario.question import Contrast, Question, graph_file
from sim.scenario.society import Society


class WholeQuestion(Question):
    """A question with the society, profiles and platforms that it names.

    name : the stem of its file
    file : the path as it was given
    shares : name of a profile -> share of the population
    profiles, platforms : name -> profile or platform
    margins : all six, the study's own and those of its file
    listed : the points of a design that is a list; a name that a point lacks keeps its other value
    points_last : whether values of a point also replace those that arms set
    cells : the contrasts of a cross, with what is crossed in each; empty for a study that has its own arms
    kept : arm of a cross -> the numbers of its people that are those of the profile of its cell, as a way with `like` keeps them
    longest : the most years until steady of all profiles beside the study; None if none of them has any
    """

    name: str
    file: str
    society: Society
    shares: TableOf[str, float]
    profiles: TableOf[str, Profile]
    platforms: TableOf[str, Platform]
    margins: Margins
    listed: ListOf[TableOf[str, Any]] = ()
    points_last: bool = False
    longest: int | None = None
    cells: ListOf[Cell] = ()
    kept: TableOf[str, ListOf[str]] = Table()

    @property
    def graph_file(self) -> Path | None:
        """The starting graph's file, found from the study's; None for none or a data set."""
        return graph_file(self.file, self.graph)

    @property
    def primary(self) -> Contrast:
        """The contrast that the study was planned for."""
        return next(contrast for contrast in self.contrasts if contrast.primary)

    def full_name(self, name: str) -> str:
        """The full dotted name meant by a shorter one. Refusal: unknown or ambiguous."""
        return full_name(name, dotted_names(tuple(self.profiles)))

    def acts(self, name: str) -> Literal["before", "after"]:
        """Whether a parameter acts before or after the branch; the name may drop leading parts."""
        return fingerprint.acts(self.full_name(name))

    @property
    def plan(self) -> Design:
        """The design, a grid if the study names none."""
        return self.design or GRID

    def varied(self) -> list[str]:
        """The names that vary, as written."""
        return list(dict.fromkeys(name for point in self.listed for name in point) if self.listed else self.vary)

    def written(self, full: str) -> dict[str, Any]:
        """The file that has a full name (society, or the name of a profile or platform) -> its number, switch or share there."""
        root, rest = full.split(".", 1)
        if root == "society":
            return {root: leaves(self.society)[rest]}
        if root == "profile":
            profile, leaf = rest.split(".", 1)
            parts = leaves(self.profiles[profile]) | {"share": self.shares[profile]}
            return {profile: parts[leaf]} if leaf in parts else {}
        platforms = {name: leaves(platform) for name, platform in self.platforms.items()}
        return {name: parts[rest] for name, parts in platforms.items() if rest in parts}

    def drivers(self) -> list[dict[str, str]]:
        """{name, status} of every number in the files that may shape the result.

        `reference` is left out: it is computed from the rest, and only measures read it. So are the years until a society is
        steady, which are no number of a culture, and a minority that is in no arm.
        """
        never = ("reference.", "burn_in.", "steady_years")
        unread = never if self.with_minority else (*never, "minority.", "leaning")
        pieces: dict[str, Piece] = {"society": self.society}
        pieces |= {f"profile.{name}": profile for name, profile in self.profiles.items()}
        pieces |= {f"platform.{name}": platform for name, platform in self.platforms.items()}
        return [
            {"name": f"{root}.{name}", "status": part.status}
            for root, piece in pieces.items()
            for name, part in leaves(piece).items()
            if isinstance(part, Number) and not name.startswith(unread)
        ]

    @property
    def with_minority(self) -> bool:
        """Whether there may be a minority in an arm at a point: the society's file has one, or a study sets or varies it."""
        if self.society.minority is None:
            return False
        settings = [arm.set for arm in self.arms.values()] + [self.vary, *self.listed, *self.mechanisms.values()]
        names = {name for names in settings for name in names}
        return self.society.minority.present or any(self.full_name(name).startswith("society.minority.") for name in names)

    def problem(self, place: tuple[str | int, ...], given: str, expected: str) -> Problem:
        """A problem at a place of the study's file."""
        return Problem(self.file, dotted(place), given, expected)

    def refuse(self, place: tuple[str | int, ...], given: str, expected: str) -> NoReturn:
        """Raise an InputError for a place of the study's file."""
        raise InputError(self.problem(place, given, expected))
