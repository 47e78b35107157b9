"""Rows of a source become ties. Repetitions are counted, contradictions are refused, and missing values stay unknown."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.errors import LONGEST_MESSAGE, InputError, Problem, escaped, shortened
from sim.scenario.bounds import GRAPH_COLUMNS
from sim.society.graphs.given import GivenGraph, count, plural
from sim.society.graphs.values import CODES, FROM_NODE, PERSON, WANTED, column, missing, shown, value_of, word

SHOWN_PROBLEMS = 20
SHOWN_UNUSED = 20
LONGEST_LABEL = 1000  # characters
MINUTES = "chance_minutes"


@dataclass
class Rows:
    """The people and rows of a source. Readers add them one after the other, and `graph` makes ties of the rows.

    source : file or name of the graph, for messages
    unit : the word for a row in the source ("row" or "edge")
    ids : (people,) the id of each person in the source, all different
    labels, names : (people,) the person's label and name, "" where there is none
    persons : (people,) the name that `from_node` uses for the person, even if the id was changed; "" where there is none
    settings : (people,) the number of the person's setting, -1 unknown
    u, v : (rows,) numbers of the two people, in the direction of the row
    places : (rows,) the number of the line, or a description of the element
    one_way : (rows,) True: closeness is felt by u for v only. False: it also holds for v, unless a row tells v's side
    values : attribute -> a number per row, NaN unknown; kinds as positions in `KINDS`. Short if the last rows have no value
    chance_minutes : mean minutes of a chance meeting, None unknown
    comma : whether the decimal point may be a comma
    one_mode : whether both ends of a row are certainly of the same sort, as in a square matrix
    unused : how often each column or attribute that nobody reads has a value
    notes : what the user should know about how the source was read
    problems : each with a number that puts problems in the order of the source
    numbers : id -> the number of the person
    setting_numbers : name of a setting -> its number
    strangers : (place, u, v, name) of rows whose `from_node` names neither end, or both
    sided : whether any row has a `from_node`
    """

    source: str
    unit: str
    ids: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    persons: list[str] = field(default_factory=list)
    settings: list[int] = field(default_factory=list)
    u: list[int] = field(default_factory=list)
    v: list[int] = field(default_factory=list)
    places: list[str | int] = field(default_factory=list)
    one_way: list[bool] = field(default_factory=list)
    values: dict[str, list[float]] = field(default_factory=dict)
    chance_minutes: float | None = None
    comma: bool = False
    one_mode: bool = False
    unused: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    problems: list[tuple[int, Problem]] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    setting_numbers: dict[str, int] = field(default_factory=dict)
    strangers: list[tuple[str | int, int, int, str]] = field(default_factory=list)
    sided: bool = False

    # ------------------------------------------------------------------------------ people and rows

    def add_person(self, name: str, data: Mapping[Any, Any] = {}, label: str | None = None, place: str | int = "") -> int:
        """Add a person and return the person's number.

        name : the id, which no other person has
        data : node attributes; `setting`, `label`, `name` and `person` are read
        label : the label that the format itself has for a person
        """
        place = place or f"node '{name}'"
        attributes = {"label": label, "name": None, "setting": None, PERSON: None}
        for key, raw in data.items():
            attribute = word(str(key))
            if attribute not in attributes:
                self.unused[f"node attribute {shortened(repr(key))}"] += not missing(raw)
            elif attributes[attribute] is None and (not missing(raw) or (attribute == PERSON and isinstance(raw, str))):
                attributes[attribute] = str(raw)
        for text in (name, attributes["label"] or "", attributes["name"] or ""):
            if len(text) > LONGEST_LABEL:
                self.add_problem(place, f"a name of {len(text):,} characters", f"at most {LONGEST_LABEL:,}")
            elif not text.isprintable() and any("\ud800" <= letter <= "\udfff" for letter in text):
                self.add_problem(place, f"{shortened(repr(text))} is no valid text", "letters")
        self.labels.append(attributes["label"] or "")
        self.names.append(attributes["name"] or "")
        self.persons.append(attributes[PERSON] or "")
        setting = (attributes["setting"] or "").strip()
        numbers = self.setting_numbers
        self.settings.append(numbers.setdefault(setting, len(numbers)) if setting else -1)
        self.ids.append(name)
        return self.numbers.setdefault(name, len(self.ids) - 1)

    def number_of(self, name: str, place: str | int = "") -> int:
        """The number of the person with an id; a person without a number is added."""
        number = self.numbers.get(name)
        return self.add_person(name, place=place) if number is None else number

    def add_row(self, u: int, v: int, data: Mapping[Any, Any], place: str | int, one_way: bool = False) -> None:
        """Add a row; the attributes in `WANTED` are read from `data`."""
        row = len(self.u)
        self.u.append(u)
        self.v.append(v)
        self.places.append(place)
        self.one_way.append(one_way)
        if data:
            self._read_attributes(row, data)

    def _read_attributes(self, row: int, data: Mapping[Any, Any]) -> None:
        """Read the attributes of the tie from the data of a row."""
        u, v, place = self.u[row], self.v[row], self.places[row]
        attributes: dict[str, Any] = {}
        for key, raw in data.items():
            name = column(key)
            if name is None:
                self.unused[f"edge attribute {shortened(repr(key))}"] += not missing(raw)
            elif name in attributes and not missing(raw) and not missing(attributes[name]):
                self.add_problem(place, f"two values of {name}", "one")
            elif name not in attributes or missing(attributes[name]):
                attributes[name] = raw
        if self._is_turned(attributes, u, v, place):
            sides = attributes.pop("closeness_from", None), attributes.pop("closeness_to", None)
            attributes["closeness_to"], attributes["closeness_from"] = sides
        for name, raw in attributes.items():
            try:
                value = value_of(name, raw, self.comma)
            except ValueError:
                self.add_problem(place, f"{name} {shortened(repr(raw))}", WANTED[name])
                value = math.nan
            values = self.values.setdefault(name, [])
            values.extend([math.nan] * (row - len(values)))
            values.append(value)

    def _is_turned(self, attributes: dict[str, Any], u: int, v: int, place: str | int) -> bool:
        """Whether `closeness_from` is the side of v, as `from_node` names v. `from_node` is taken out of the attributes."""
        from_node = attributes.pop(FROM_NODE, None)
        if not str(from_node).strip() or (missing(from_node) and not isinstance(from_node, str)) or u == v:
            return False
        self.sided = True
        text = str(from_node)
        persons = [{self.persons[end]} for end in (u, v)]
        ids_and_names = [{self.ids[end], self.labels[end], self.names[end]} for end in (u, v)]
        for name in (text, text.removesuffix(".0")):  # pandas writes 3 as 3.0 where a column has empty cells
            for names in (persons, ids_and_names):
                if (name in names[0]) != (name in names[1]):
                    return name in names[1]
        if not missing(from_node):
            self.strangers.append((place, u, v, text))
        return False

    def set_chance_minutes(self, raw: Any) -> None:
        """Set the mean minutes of a chance meeting from the value that the source has."""
        try:
            value = value_of(MINUTES, raw, self.comma)
        except ValueError:
            self.add_problem(MINUTES, shortened(repr(raw)), str(GRAPH_COLUMNS[MINUTES]))
        else:
            self.chance_minutes = None if math.isnan(value) else value

    # ------------------------------------------------------------------------------------ problems

    def add_problem(self, place: str | int, finding: str, expected: str, row: int | None = None) -> None:
        """Add a problem.

        place : number of the line, or a description of the element
        row : number of the row, for a problem that is noticed after all rows were read
        """
        order = place if isinstance(place, int) else len(self.u) if row is None else row + 1
        self.problems.append((order, Problem(self.source, _words(place), finding, expected)))

    def refuse(self) -> None:
        """Raise the problems in the order of the source, at most `SHOWN_PROBLEMS` of them. Without problems nothing is raised."""
        if self.strangers:
            self._refuse_strangers()
        if not self.problems:
            return
        problems = [problem for _, problem in sorted(self.problems, key=lambda numbered: numbered[0])]
        hidden = len(problems) - SHOWN_PROBLEMS
        if hidden > 0:
            problems[SHOWN_PROBLEMS:] = [Problem(self.source, "", f"... and {hidden} more", "")]
        raise InputError(problems)

    def _refuse_strangers(self) -> None:
        """Add a single problem for all rows whose `from_node` is neither of the two ends, as happens when nodes are renamed."""
        place, u, v, name = self.strangers[0]
        similar = f", and {count(len(self.strangers) - 1, 'more ' + self.unit)} like it" if len(self.strangers) > 1 else ""
        finding = f"{FROM_NODE} {shortened(repr(name))}{similar}"
        ends = f"'{self.ids[u]}' or '{self.ids[v]}': the person who feels closeness_from"
        if name in (self.ids[u], self.ids[v]):
            ends = f"a name of one end only ({self.ids[u]} - {self.ids[v]})"
        remedy = f"if nodes were renamed, give each the node attribute {PERSON!r}: the name that {FROM_NODE} uses for it"
        self.add_problem(place, finding, f"{ends}; {remedy}")
        self.strangers.clear()

    # ---------------------------------------------------------------------------------------- ties

    def graph(self, name: str) -> GivenGraph:
        """The graph of the rows: a tie for each pair of people who share a row. InputError: the problems of all rows."""
        people = len(self.ids)
        u, v = np.array(self.u, np.int64), np.array(self.v, np.int64)
        loops = u == v
        rows = np.flatnonzero(~loops)
        u, v = u[rows], v[rows]
        forward = u < v
        pair = np.minimum(u, v) * people + np.maximum(u, v)
        pairs, tie = np.unique(pair, return_inverse=True)
        ties = _Ties(self, rows, tie, len(pairs))

        has_ij, has_ji = ties.any(forward), ties.any(~forward)
        from_u, from_v = self._column("closeness_from")[rows], self._column("closeness_to")[rows]
        shared = self._column("closeness")[rows]
        for row in rows[~np.isnan(shared) & ~(np.isnan(from_u) & np.isnan(from_v))]:
            finding = "closeness beside closeness_from or closeness_to"
            self.add_problem(self.places[row], finding, "one or the other", row)
        from_u = np.where(np.isnan(shared), from_u, shared)
        closeness_ij = ties.agreed("closeness", np.where(forward, from_u, from_v))
        closeness_ji = ties.agreed("closeness", np.where(forward, from_v, from_u))
        # A closeness that stands in one direction only, in rows without direction, holds for both sides.
        mirrored = ties.any(~np.isnan(shared) & ~np.array(self.one_way, bool)[rows])
        only_ij, only_ji = mirrored & ~has_ji, mirrored & ~has_ij
        closeness_ij, closeness_ji = (
            np.where(only_ji & np.isnan(closeness_ij), closeness_ji, closeness_ij),
            np.where(only_ij & np.isnan(closeness_ji), closeness_ij, closeness_ji),
        )
        kind, linked, chance = (ties.agreed(name, self._column(name)[rows]) for name in ("kind", "linked", "chance"))
        self.refuse()

        labels = self._display_names()
        directions = len(np.unique(pair * 2 + forward))
        one_way = (has_ij != has_ji) & ties.any(np.array(self.one_way, bool)[rows])
        sides = np.concatenate([closeness_ij, closeness_ji])
        self._note(int(loops.sum()), "self-loop", "left out (the people stay)")
        self._note(len(rows) - directions, f"duplicate {self.unit}", "merged")
        self._note(directions - len(pairs), self.unit, "in the opposite direction read as the other side of a tie")
        one_sided = int(one_way.sum())
        self._note(one_sided, "tie", f"in one direction only, kept as {'a tie' if one_sided == 1 else 'ties'}")
        self._note_two_modes(np.unique(u), np.unique(v))
        self._note_unknown("kind", kind, "ties")
        self._note_unknown("closeness", sides, "sides of ties")
        self._note_unknown("linked", linked, "ties")
        self._note_unknown("chance", chance, "ties")
        self.unused[f"node attribute {PERSON!r}"] += 0 if self.sided else sum(map(bool, self.persons))
        unused = [(thing, times) for thing, times in self.unused.items() if times]
        for thing, times in unused[:SHOWN_UNUSED]:
            self.notes.append(f"{thing} not used" + (f" ({times:,} times)" if times > 1 else ""))
        if len(unused) > SHOWN_UNUSED:
            self.notes.append(f"{len(unused) - SHOWN_UNUSED:,} more columns or attributes not used")
        return GivenGraph(
            name=name,
            labels=labels,
            i=(pairs // max(people, 1)).astype(np.int32),
            j=(pairs % max(people, 1)).astype(np.int32),
            kind=np.where(np.isnan(kind), -1, kind).astype(np.int8),
            closeness_ij=closeness_ij.astype(np.float32),
            closeness_ji=closeness_ji.astype(np.float32),
            linked=np.where(np.isnan(linked), -1, linked).astype(np.int8),
            chance=chance.astype(np.float32),
            setting=np.array(self.settings, np.int32),
            chance_minutes=self.chance_minutes,
            ids=() if labels == tuple(self.ids) else tuple(self.ids),
            notes=tuple(shortened(escaped(note), LONGEST_MESSAGE) for note in self.notes),
        )

    def _column(self, name: str) -> np.ndarray:
        """(rows,) an attribute of all rows, NaN unknown."""
        complete = np.full(len(self.u), math.nan)
        values = self.values.get(name, [])
        complete[: len(values)] = values
        return complete

    def _display_names(self) -> tuple[str, ...]:
        """(people,) the names that people get in results, all different: the labels, else the names, else the ids."""
        display_names = self.ids
        for attribute, texts in (("label", self.labels), ("name", self.names)):
            candidate = [text or id for text, id in zip(texts, self.ids)]
            if candidate == self.ids:
                continue
            shared = [text for text, times in Counter(candidate).items() if times > 1]
            if shared:
                unlabelled = {id for text, id in zip(texts, self.ids) if not text}
                sharers = "of several people" if not unlabelled & set(shared) else "shared with the id of somebody without one"
                repeated = f"{count(len(shared), attribute)} {sharers}, such as {shortened(repr(shared[0]))}"
                self.notes.append(f"{repeated}: people are called by another name or their id")
                continue
            renamed = [n for n, text in enumerate(candidate) if text != self.ids[n]]
            id, name = (shortened(repr(names[renamed[0]])) for names in (self.ids, candidate))
            self.notes.append(f"{_people(len(renamed))} called by their {attribute} instead of their id ({id} is {name})")
            display_names = candidate
            break
        self._note_odd_names(display_names)
        for code, number in self.setting_numbers.items():
            if code in CODES:
                self.notes.append(f"{_people(self.settings.count(number))} in setting {code!r}: is a value missing there?")
        return tuple(display_names)

    def _note_odd_names(self, names: list[str]) -> None:
        """Note names with control characters, names that look equal, and names that usually mean a missing value."""
        controlled = [name for name in names if not name.isprintable() and "Cc" in map(unicodedata.category, name)]
        if controlled:
            people = _people(len(controlled))
            self.notes.append(f"control characters in the names of {people}: kept in tables, escaped where shown")
        similar = len(names) - len({unicodedata.normalize("NFKC", name).casefold() for name in names})
        if similar:
            self.notes.append(
                f"{_people(similar)} with the name of another person but for capitals or the code of a letter: kept apart"
            )
        lacking = [name for name in names if missing(name) or name in CODES]
        if lacking:
            self.notes.append(f"{_people(len(lacking))} called {lacking[0]!r}: is a value missing there?")

    def _note(self, times: int, thing: str, treatment: str) -> None:
        if times:
            self.notes.append(f"{count(times, thing)} {treatment}")

    def _note_two_modes(self, first: np.ndarray, second: np.ndarray) -> None:
        """Note that nobody is at both ends of rows: the source may hold people and clubs, or people and their attributes.

        first, second : the people at either end
        """
        if not self.one_mode and len(self.u) > 2 and min(len(first), len(second)) > 1 and not np.intersect1d(first, second).size:
            self.notes.append(
                f"{plural(self.unit)} go from {len(first):,} ids to {len(second):,} others, and none is in both: "
                "two-mode, such as people and clubs? All are read as people"
            )

    def _note_unknown(self, attribute: str, values: np.ndarray, things: str) -> None:
        """Note how many values of an attribute are unknown, if any row of the source has it.

        things : what the values belong to, in words
        """
        present = any(name.startswith(attribute) for name in self.values)
        unknown = int(np.isnan(values).sum())
        if present and unknown:
            self.notes.append(f"{attribute} unknown for {unknown:,} of {values.size:,} {things}")


@dataclass(frozen=True)
class _Ties:
    """Rows grouped by tie.

    source : the source of the rows
    rows : (rows,) the number of each row in the source
    tie : (rows,) the number of the tie that the row belongs to
    ties : number of ties
    """

    source: Rows
    rows: np.ndarray
    tie: np.ndarray
    ties: int

    def any(self, mask: np.ndarray) -> np.ndarray:
        """(ties,) bool, whether a mask over rows is true for any row of the tie."""
        return np.bincount(self.tie[mask], minlength=self.ties) > 0

    def agreed(self, attribute: str, values: np.ndarray) -> np.ndarray:
        """(ties,) the value on which the rows of each tie agree, NaN where no row has a value.

        Where two rows disagree, a problem is added at the later row.
        """
        valued = np.flatnonzero(~np.isnan(values))
        agreed = np.full(self.ties, math.nan)
        # Rows are written backwards, so that the first row with a value overwrites the others.
        agreed[self.tie[valued[::-1]]] = values[valued[::-1]]
        first = np.zeros(self.ties, np.int64)
        first[self.tie[valued[::-1]]] = valued[::-1]
        for row in valued[values[valued] != agreed[self.tie[valued]]]:
            earlier = first[self.tie[row]]
            place, earlier_place = (self.source.places[self.rows[number]] for number in (row, earlier))
            value, earlier_value = (shown(attribute, values[number]) for number in (row, earlier))
            finding = f"{attribute} {value}, but {_words(earlier_place)} says {earlier_value}"
            self.source.add_problem(place, finding, "one value for one tie", int(self.rows[row]))
        return agreed


def _words(place: str | int) -> str:
    return f"line {place}" if isinstance(place, int) else place


def _people(number: int) -> str:
    return f"{number:,} " + ("person" if number == 1 else "people")
