"""What is on the screen of the page to play with: its address, its sliders, and the study that it is, as TOML.

The study has two arms, those of the primary contrast, and one combination: each number that was moved varies over one value.
All that the page shows is of this study, so a sweep of it gives the same.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from sim.errors import InputError, Problem, shortened
from sim.figures.words import Words
from sim.scenario import bounds
from sim.scenario.bounds import Bound
from sim.scenario.dotted_names import leaves, value_of
from sim.scenario.numbers import Number, Whole
from sim.scenario.reading import load, study_from
from sim.scenario.sorts import FOLDERS
from sim.scenario.study import Study
from sim.scenario.toml import parsed
from sim.study.records import tables
from sim.study.records.provenance import usual_folder
from sim.study.robustness.parameters import Parameter, parameters

NONE = "none"
MOST_SLIDERS = 6
BEFORE = ("society.decay.friend", "society.contacts.initiated")
"""Numbers that act before the branch and have a slider: how fast a friendship fades, and how often people seek contact."""

SEEDS = Bound(2, 100, "replicates of the page", whole=True)
USUAL_PEOPLE = 500
MENUS = ("profile", "platform", "people", "seeds")
MOST_FIELDS = 100  # of an address
MOST_TRIED = 20  # of an address that cannot be used as it is
KEPT = ("format", "question", "question_fr", "claims", "society", "graph", "margins", "burn_in", "horizons")  # as in the file
FAR = 1e9  # of a parameter that changes no verdict
PASSED_OVER = ("lang", "who")  # of an address: how the page is shown, and whose ties; they change no world


class Choice(NamedTuple):
    """What somebody chose on the page.

    profile, platform : of the menus; "" as in the file of the study
    people, seeds : of each world, and number of replicates; None as the page was started, and as in the file
    values : full dotted name -> number, of the sliders that were moved
    """

    profile: str = ""
    platform: str = ""
    people: int | None = None
    seeds: int | None = None
    values: Mapping[str, float] = {}


class Slider(NamedTuple):
    """A number that can be changed.

    name : its full dotted name; base : its value in the files
    status : how it is known; before : whether it acts before the branch, so that societies are grown again
    """

    name: str
    low: float
    high: float
    base: float
    status: str
    before: bool


# --- the address ------------------------------------------------------------------------------------------------------


class AddressError(InputError):
    """An address that stands for no choice.

    kind : of the sentence that says so: "long", "number", "whole", "range" or "unknown"; about : what it names
    """

    def __init__(self, kind: str, **about: str | float):
        self.kind, self.about = kind, about
        super().__init__(Problem("", "", self.sentence(Words("en")), ""))

    def __reduce__(self):
        return _again, (self.kind, self.about)

    def sentence(self, words: Words) -> str:
        about = {name: part if isinstance(part, str) else words.ticks(part) for name, part in self.about.items()}
        return words.of("live-address", self.kind, **about)


def _again(kind: str, about: dict[str, Any]) -> AddressError:
    return AddressError(kind, **about)


def choice_of(query: str) -> Choice:
    """The choice that an address stands for. query : what stands behind the "?". AddressError: a number that is none."""
    menus: dict[str, Any] = {}
    values: dict[str, float] = {}
    try:
        fields = parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise AddressError("long", most=MOST_FIELDS) from None
    for name, text in fields:
        if name in ("people", "seeds"):
            menus[name] = whole(name, text, bounds.PEOPLE_ON_SCREEN if name == "people" else SEEDS)
        elif name in MENUS:
            menus[name] = text
        elif name not in PASSED_OVER:
            values[name] = number(name, text)
    return Choice(**menus, values=values)


def usable(file: str | os.PathLike[str], query: str, people: int) -> Choice:
    """The choice of an address without its fields that cannot be used: the menus first, as sliders depend on them."""
    choice = Choice()
    fields = [field for field in parse_qsl(query) if field[0] not in PASSED_OVER][:MOST_TRIED]
    for field in sorted(fields, key=lambda field: field[0] not in MENUS):
        try:
            one = choice_of(urlencode([field]))
            menus = {name: chosen for name in MENUS if (chosen := getattr(one, name)) not in ("", None)}
            choice = within(file, choice._replace(**menus, values={**choice.values, **one.values}), people)
        except InputError:
            continue
    return choice


def number(name: str, text: str) -> float:
    """A number as an address has it: whole if it is written so."""
    try:
        return int(text) if re.fullmatch(r"-?[0-9]{1,15}", text) else float(text)
    except ValueError:
        raise AddressError("number", which=name, text=shortened(text)) from None


def whole(name: str, text: str, bound: Bound) -> int:
    """A whole number of the address, within its bound."""
    value = number(name, text)
    if not isinstance(value, int) or not bound.low <= value <= bound.high:
        raise AddressError("whole", which=name, text=shortened(text), low=bound.low, high=bound.high)
    return value



def address_of(choice: Choice) -> str:
    """The address of a choice; `choice_of` gives it back. What is as in the files is left out."""
    menus = {name: chosen for name in MENUS if (chosen := getattr(choice, name)) not in ("", None)}
    return urlencode(menus | {name: repr(value) for name, value in choice.values.items()})


# --- the study --------------------------------------------------------------------------------------------------------


def study_at(file: str | os.PathLike[str], choice: Choice, people: int = USUAL_PEOPLE) -> Study:
    """The study that is on the screen. InputError: the file is broken, or the choice does not fit."""
    name = Path(file).stem
    try:
        return study_from(toml_of(file, choice, people), Path(file).parent, name)
    except InputError as error:
        own = f"<{name}>"  # of what is in no file
        raise InputError(
            replace(problem, file="on the page") if problem.file.endswith(own) else problem for problem in error.problems
        ) from None


def within(file: str | os.PathLike[str], choice: Choice, people: int = USUAL_PEOPLE) -> Choice:
    """The choice with full names. InputError: as above. AddressError: a number is beyond its slider, or has none."""
    study = study_at(file, choice, people)
    values = {study.full_name(name): value for name, value in choice.values.items()}
    known = {slider.name: slider for slider in sliders(load(file), study_at(file, choice._replace(values={}), people), values)}
    for name, value in values.items():
        if name not in known:
            raise AddressError("unknown", which=name)
        low, high = known[name].low, known[name].high
        if not low <= value <= high:
            raise AddressError("range", which=name, number=value, low=low, high=high)
    return choice._replace(values=values)


def toml_of(file: str | os.PathLike[str], choice: Choice, people: int = USUAL_PEOPLE) -> str:
    """The study that is on the screen as a file, to be kept beside the study that it comes from. InputError as above.

    people : of the worlds, if the choice has none
    """
    table = table_of(load(file), parsed(os.fspath(file)), choice, people)
    arms = "".join(f"\n[arms.{toml(name)}]\n{lines(arm)}" for name, arm in table.pop("arms").items())
    contrast = f"\n[[contrasts]]\n{lines(table.pop('contrast'))}"
    numbers = f"\n[vary]\n{lines({name: [value] for name, value in choice.values.items()})}" if choice.values else ""
    about = f"# What was on the page to play with, of {Path(file).name}. Keep it in the folder of that file.\n"
    return about + lines(table) + arms + contrast + numbers


def table_of(study: Study, written: Mapping[str, Any], choice: Choice, people: int) -> dict[str, Any]:
    """The keys of the study on the screen. written : the file that it comes from"""
    contrast = study.primary
    if contrast.against:
        expected = "a primary contrast of one group, for this page"
        study.refuse(("contrasts", contrast.name), "compares two groups of people", expected)
    table = {key: written[key] for key in KEPT if key in written}
    table |= {"people": choice.people or people, "seeds": choice.seeds or study.seeds}
    cell = next((cell for cell in study.cells if cell.contrast == contrast.name), None)
    if cell is not None:
        table["profiles"] = {cell.profile: 1.0}
        common = dict(written["cross"].get("set", {}))
        arms = {cell.platform: {"platform": cell.platform, "set": common}, NONE: {"platform": NONE, "set": common}}
        table["contrast"] = {"name": contrast.name, "arm": cell.platform, "control": NONE, "primary": True}
    else:
        table["profiles"] = dict(written["profiles"])
        arms = {name: dict(written["arms"][name]) for name in written["arms"] if name in (contrast.arm, contrast.control)}
        table["contrast"] = next(dict(each) for each in written["contrasts"] if each["name"] == contrast.name)
    if choice.profile:
        table["profiles"] = {choice.profile: 1.0}
    own = platform_of(study)
    table["arms"] = {name: changed(study, arm, own, choice) for name, arm in arms.items()}
    return table


def platform_of(study: Study) -> str:
    """The platform of the menu: the first of the primary contrast's arm that is one."""
    return next((name for name in study.arms[study.primary.arm].platforms if name != NONE), NONE)


def changed(study: Study, arm: Mapping[str, Any], own: str, choice: Choice) -> dict[str, Any]:
    """An arm of the file with the platform of the choice, and without what the arm sets to another number than the choice.

    own : the platform that the chosen one replaces
    """

    def with_platform(part: Mapping[str, Any]) -> dict[str, Any]:
        return {**part, "platform": choice.platform} if choice.platform and part["platform"] == own else dict(part)

    kept = {name: value for name, value in arm.get("set", {}).items() if study.full_name(name) not in choice.values}
    body = with_platform(arm) | {"set": kept}
    if "schedule" in arm:
        body["schedule"] = [with_platform(change) for change in arm["schedule"]]
    return body


def lines(table: Mapping[str, Any]) -> str:
    return "".join(f"{toml(key)} = {toml(value, inline=True)}\n" for key, value in table.items())


def toml(value: Any, inline: bool = False) -> str:
    """A value as TOML; a key if it is not `inline`."""
    if isinstance(value, str):
        quoted = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        return quoted if inline or not re.fullmatch(r"[A-Za-z0-9_-]+", value) else value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{toml(key)} = {toml(part, inline=True)}' for key, part in value.items())} }}" if value else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(toml(part, inline=True) for part in value)}]"
    return repr(value)


# --- the menus and the sliders ----------------------------------------------------------------------------------------


def beside(file: str | os.PathLike[str], sort: str) -> list[str]:
    """The names of the profiles or platforms beside a study, in order."""
    return sorted(found.stem for found in (Path(file).parent / FOLDERS[sort]).glob("*.toml") if found.stem != NONE)


def fitting(file: str | os.PathLike[str], choice: Choice, people: int = USUAL_PEOPLE) -> list[str]:
    """The names of the platforms beside a study that have all that its arms set."""

    def fits(platform: str) -> bool:
        try:
            study_at(file, choice._replace(platform=platform, values={}), people)
        except InputError:
            return False
        return True

    return [name for name in beside(file, "platform") if fits(name)]


def sliders(origin: Study, study: Study, moved: Iterable[str] = ()) -> list[Slider]:
    """The numbers that matter most, first those that act after the branch.

    origin : the study of the file; study : on the screen, with its menus as they were chosen and its numbers as in the files
    moved : full names of numbers that the address has; they have a slider in any case
    What the study varies comes first, then what its region found to matter, the nearest first, then the order of the files.
    """
    found = {each.name: each for each in parameters(study, study.primary.name)}
    wanted = [origin.full_name(name) for name in origin.vary] + mattering(origin)
    names = dict.fromkeys([name for name in wanted if name in found] + list(found))
    shown = dict.fromkeys([*list(names)[:MOST_SLIDERS], *(name for name in moved if name in found)])
    after = [slider_of(study, found[name]) for name in shown]
    return after + [each for name in BEFORE if (each := early(study, name))]


def slider_of(study: Study, found: Parameter) -> Slider:
    status = next((part.status for part in study.written(found.name).values() if isinstance(part, Number)), "")
    base = found.base
    return Slider(found.name, min(found.low, base), max(found.high, base), base, status, False)


def early(study: Study, name: str) -> Slider | None:
    """A number of the society that acts before the branch; None if its file gives no range, or a graph brings its own."""
    part = leaves(study.society).get(name.removeprefix("society."))
    if not isinstance(part, Number) or isinstance(part, Whole) or part.low is None or part.high is None or study.graph:
        return None
    if part.low >= part.high:
        return None
    return Slider(name, part.low, part.high, value_of(part), part.status, True)


def mattering(study: Study) -> list[str]:
    """Names that the region of a study's primary contrast found to change its verdict, the nearest first; none without one."""
    for folder in (usual_folder(study.name, "default"), Path("results", study.name)):
        if tables.path(folder, "flips").is_file():
            rows = tables.read(folder, "flips").filter(contrast=study.primary.name).to_dicts()
            return [row["name"] for row in sorted(rows, key=distance) if distance(row) < FAR]
    return []


def distance(row: Mapping[str, Any]) -> float:
    """How far a parameter goes until the verdict is another one, as a share of its range; 1 more if it only becomes undecided."""
    if row["distance"] is not None:
        return row["distance"]
    ends: Iterable[float] = (row[key] for key in ("stops_at_low", "stops_at_high") if row[key] is not None)
    return min((1 + abs(end - row["base"]) / (row["high"] - row["low"]) for end in ends), default=FAR)
