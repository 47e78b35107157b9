"""A study, read in full: its sizes and points, and each of its arms at any of them."""

from __future__ import annotations

import hashlib
import itertools
import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from sim.errors import InputError, Problem, nearest
from sim.scenario import sampling
from sim.scenario.bounds import MONTH
from sim.scenario.design import Design
from sim.scenario.fingerprint import first_digits
from sim.scenario.pieces import Table
from sim.scenario.question import Contrast, Size
from sim.scenario.resolving import ArmValues, Resolved, resolve
from sim.scenario.varying import axes, declared
from sim.scenario.whole_question import WholeQuestion
from sim.scenario.wording import problems


class Study(WholeQuestion):
    """A question with the society, profiles and platforms that it names, its sizes, its points and its arms."""

    def __repr__(self) -> str:
        counted = {"arm": self.arms, "contrast": self.contrasts}
        parts = [f"{len(several)} {name}{'s' * (len(several) != 1)}" for name, several in counted.items()]
        points = math.prod(self.point_counts().values())
        parts += [f"{points:,} point{'s' * (points != 1)}"] if self.varied() else []
        start = f"graph '{self.graph}'" if self.graph else f"{self.people:,} people"
        return f"<Study '{self.name}': {', '.join(parts)}, {self.seeds} seeds, {start}>"

    __str__ = __repr__

    # Sizes and the design

    def at(self, size: str) -> Study:
        """The same study at "quick", "default" or "full" size."""
        if size == "default":
            return self
        sizes = {name: numbers for name, numbers in self.sizes if numbers is not None}
        if size not in sizes:
            self.refuse(("sizes", size), f"no size '{size}'", nearest(size, {"default", *sizes}))
        return self.scaled(sizes[size].people, sizes[size].seeds)

    def scaled(self, people: int | None = None, seeds: int | None = None) -> Study:
        """The same study with other numbers of people or seeds."""
        numbers = {"people": people, "seeds": seeds}
        new = {key: value for key, value in numbers.items() if value is not None}
        try:
            Size.model_validate(new)
        except ValidationError as error:
            raise InputError(problems(error, self.file, Size)) from None
        return self.model_copy(update=new)

    def at_points(self, points: Iterable[Mapping[str, Any]], contrast: str | None = None) -> Study:
        """The same study at other points. Their values also replace those that arms set.

        contrast : if named, it is the only one, and primary, and its arms are the only ones
        InputError: no such contrast, or values that do not fit.
        """
        listed = tuple(Table(point) for point in points)
        new = {"listed": listed, "points_last": True, "vary": Table(), "design": Design(kind="list", file="-")}
        if contrast is not None:
            contrasts = {known.name: known for known in self.contrasts}
            if contrast not in contrasts:
                self.refuse(("contrasts",), f"no contrast '{contrast}'", nearest(contrast, contrasts))
            primary = contrasts[contrast].model_copy(update={"primary": True})
            arms = {arm: self.arms[arm] for arm in self.arms if arm in (primary.arm, primary.control)}
            cells = tuple(cell for cell in self.cells if cell.contrast == contrast)
            new |= {"contrasts": (primary,), "arms": Table(arms), "cells": cells}
        study = self.model_copy(update=new)
        for arm, point in itertools.product(study.arms, listed):
            study.resolve(arm, point)
        return study

    def points(self) -> list[dict[str, Any]]:
        """Every point of the design as {name as written: value}; a point's number is its place here."""
        return [dict(point) for point in self.listed] or sampling.points(self.plan, axes(self))

    def point(self, number: int | None, option: str = "point") -> dict[str, Any]:
        """The values of one point of the design, by its number. None gives no values: then those of the files count.

        option : name of the option that gave the number, for the message
        InputError: there is no such point.
        """
        if number is None:
            return {}
        points = self.points()
        if not 0 <= number < len(points):
            raise InputError(Problem("", option, str(number), f"a point of the design, 0 to {len(points) - 1}"))
        return points[number]

    def point_counts(self) -> dict[str, int]:
        """The numbers whose product is the number of points: in a grid, the values of each name. Nothing is sampled."""
        return {"rows": len(self.listed)} if self.listed else sampling.sizes(self.plan, axes(self))

    def resolve(self, arm: str, point: Mapping[str, Any] | None = None, years: int | None = None) -> Resolved:
        """The arm at a point: values of the point and then of the arm replace those of the files.

        point : {dotted name: value}, as from `points()`
        years : years of growing, if not those of the study
        InputError: no such arm, or values that do not fit, with their places.
        """
        return resolve(self, arm, point, years)

    def about_design(self) -> dict[str, Any]:
        """The design in plain values: kind, names, ranges, and how it was sampled."""
        return sampling.described(self.plan, axes(self))

    def declared(self) -> dict[str, dict[str, float]]:
        """Varied name -> low, high and value of its files."""
        return declared(self)

    def fingerprint(self, arm: str, point: Mapping[str, Any] | None = None) -> str:
        """SHA-256 (hex) of everything that shapes a run of this arm, except the seed."""
        return self.resolve(arm, point).fingerprint()

    def society_fingerprint(self, arm: str, point: Mapping[str, Any] | None = None) -> str:
        """SHA-256 (hex) of everything that shapes the grown society from which this arm branches."""
        return self.resolve(arm, point).society_fingerprint()

    def regrown(self, contrast: Contrast, point: Mapping[str, Any] | None = None) -> bool:
        """Whether the two arms branch from different societies. Then there is no verdict."""
        first, second = (self.society_fingerprint(arm, point) for arm in (contrast.arm, contrast.control))
        return first != second

    def same_runs(self, contrast: Contrast) -> list[int]:
        """Numbers of the points at which both arms are one run: they have the same values."""
        arms = ArmValues(self)
        return [
            number
            for number, point in enumerate(self.points())
            if arms.at(contrast.arm, point).run_digest() == arms.at(contrast.control, point).run_digest()
        ]

    def follows(self, contrast: Contrast) -> bool:
        """Whether people follow strangers in an arm of a contrast: a platform of it has [following]."""
        names = (name for arm in (contrast.arm, contrast.control) for name in self.arms[arm].platforms)
        return any(self.platforms[name].following is not None for name in names)

    def joined_by(self, contrast: Contrast) -> int:
        """The day since the branch by which all adopters have joined the platforms of both arms, at any point; 0: at once.

        Over time people join on the first days of months, so it may take a month longer than the platform says.
        """
        if not any(platform.joining for platform in self.platforms.values()):
            return 0
        arms, last = ArmValues(self), 0.0
        for point, arm in itertools.product(self.points(), (contrast.arm, contrast.control)):
            for start, _, values in arms.at(arm, point).timeline:
                days = values.get("platform.joining.days", 0)
                last = max(last, start + days + MONTH if days else 0)
        return math.ceil(last)


def scenario_hash(study: Study) -> str:
    """Digest (12 digits) of every value that shapes the study's runs, at all points and in all arms."""
    arms = ArmValues(study)
    values = [arms.at(arm, point).run_digest() for point in study.points() for arm in study.arms]
    return first_digits(hashlib.sha256(json.dumps([values, study.seeds]).encode()).hexdigest(), 12)
