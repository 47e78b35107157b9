"""Rows of a source become ties: repetitions are counted, contradictions are refused, what nobody says stays unknown."""

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
    """What a source says, gathered row by row as it is read; `given` makes ties of the rows.

    source : for messages, a file or the name of a graph
    unit : what the source calls a row ("row" or "edge")
    ids : (people,) the text that names each person in the source, all different
    labels, names : (people,) the person's label and name, "" where there is none
    persons : (people,) what `from_node` calls the person whatever the id is now, "" where nothing is said
    u, v : the two people of each row, in the direction of the row
    places : where each row stands: the number of a line, or the element in words
    one_way : a closeness in this row is u's for v only; else also v's for u if nothing else is said
    values : by attribute, a number per row (kinds by their place in `KINDS`), NaN unknown; short where the last rows are silent
    comma : the decimal point may be a comma; one_mode : both ends of a row are of one kind for certain
    unused : what the source says and nobody reads, counted
    problems : with the number that puts them in the order of the source
    strangers : (place, u, v, name) of rows whose `from_node` names neither end, or both; sided : does any row name one?
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

    def person(self, name: str, data: Mapping[Any, Any] = {}, label: str | None = None, place: str | int = "") -> int:
        """One more person; returns the person's number.

        name : the id, not given to anybody before
        data : `setting`, `label`, `name` and `person` are read from it
        label : what the format itself calls the person
        """
        place = place or f"node '{name}'"
        said = {"label": label, "name": None, "setting": None, PERSON: None}
        for key, raw in data.items():
            read = word(str(key))
            if read not in said:
                self.unused[f"node attribute {shortened(repr(key))}"] += not missing(raw)
            elif said[read] is None and (not missing(raw) or (read == PERSON and isinstance(raw, str))):
                said[read] = str(raw)
        for text in (name, said["label"] or "", said["name"] or ""):
            if len(text) > LONGEST_LABEL:
                self.problem(place, f"a name of {len(text):,} characters", f"at most {LONGEST_LABEL:,}")
            elif not text.isprintable() and any("\ud800" <= letter <= "\udfff" for letter in text):
                self.problem(place, f"{shortened(repr(text))} is no valid text", "letters")
        self.labels.append(said["label"] or "")
        self.names.append(said["name"] or "")
        self.persons.append(said[PERSON] or "")
        setting = (said["setting"] or "").strip()
        numbers = self.setting_numbers
        self.settings.append(numbers.setdefault(setting, len(numbers)) if setting else -1)
        self.ids.append(name)
        return self.numbers.setdefault(name, len(self.ids) - 1)

    def known(self, name: str, place: str | int = "") -> int:
        """The number of a person that only rows name."""
        number = self.numbers.get(name)
        return self.person(name, place=place) if number is None else number

    def row(self, u: int, v: int, data: Mapping[Any, Any], place: str | int, one_way: bool = False) -> None:
        """One more row; the attributes in `WANTED` are read from `data`."""
        row = len(self.u)
        self.u.append(u)
        self.v.append(v)
        self.places.append(place)
        self.one_way.append(one_way)
        if data:
            self._say(row, data)

    def _say(self, row: int, data: Mapping[Any, Any]) -> None:
        """What a row says of its tie."""
        u, v, place = self.u[row], self.v[row], self.places[row]
        said: dict[str, Any] = {}
        for key, raw in data.items():
            name = column(key)
            if name is None:
                self.unused[f"edge attribute {shortened(repr(key))}"] += not missing(raw)
            elif name in said and not missing(raw) and not missing(said[name]):
                self.problem(place, f"two values of {name}", "one")
            elif name not in said or missing(said[name]):
                said[name] = raw
        if self._turned(said, u, v, place):
            ends = said.pop("closeness_from", None), said.pop("closeness_to", None)
            said["closeness_to"], said["closeness_from"] = ends
        for name, raw in said.items():
            try:
                value = value_of(name, raw, self.comma)
            except ValueError:
                self.problem(place, f"{name} {shortened(repr(raw))}", WANTED[name])
                value = math.nan
            told = self.values.setdefault(name, [])
            told.extend([math.nan] * (row - len(told)))
            told.append(value)

    def _turned(self, said: dict[str, Any], u: int, v: int, place: str | int) -> bool:
        """Whether `closeness_from` is the side of v: the row names the person whose side it is."""
        first = said.pop(FROM_NODE, None)
        if not str(first).strip() or (missing(first) and not isinstance(first, str)) or u == v:
            return False
        self.sided = True
        written = str(first)
        persons = [{self.persons[end]} for end in (u, v)]
        called = [{self.ids[end], self.labels[end], self.names[end]} for end in (u, v)]
        for name in (written, written.removesuffix(".0")):  # a whole number, once it was in a column with empty cells
            for names in (persons, called):
                if (name in names[0]) != (name in names[1]):
                    return name in names[1]
        if not missing(first):
            self.strangers.append((place, u, v, written))
        return False

    def minutes(self, raw: Any) -> None:
        """The mean minutes of one chance meeting, where the source says them."""
        try:
            value = value_of(MINUTES, raw, self.comma)
        except ValueError:
            self.problem(MINUTES, shortened(repr(raw)), str(GRAPH_COLUMNS[MINUTES]))
        else:
            self.chance_minutes = None if math.isnan(value) else value

    # ------------------------------------------------------------------------------------ problems

    def problem(self, place: str | int, found: str, expected: str, row: int | None = None) -> None:
        order = place if isinstance(place, int) else len(self.u) if row is None else row + 1
        self.problems.append((order, Problem(self.source, _words(place), found, expected)))

    def refuse(self) -> None:
        """Raise what was found wrong, the first `SHOWN_PROBLEMS` in the order of the source."""
        if self.strangers:
            self._refuse_strangers()
        if not self.problems:
            return
        problems = [problem for _, problem in sorted(self.problems, key=lambda each: each[0])]
        more = len(problems) - SHOWN_PROBLEMS
        if more > 0:
            problems[SHOWN_PROBLEMS:] = [Problem(self.source, "", f"... and {more} more", "")]
        raise InputError(problems)

    def _refuse_strangers(self) -> None:
        """One problem for all rows whose `from_node` is none of the two ends, as where nodes got other names."""
        place, u, v, name = self.strangers[0]
        alike = f", and {count(len(self.strangers) - 1, 'more ' + self.unit)} like it" if len(self.strangers) > 1 else ""
        found = f"{FROM_NODE} {shortened(repr(name))}{alike}"
        ends = f"'{self.ids[u]}' or '{self.ids[v]}', the one whose side closeness_from is"
        if name in (self.ids[u], self.ids[v]):
            ends = f"a name of one end only ({self.ids[u]} - {self.ids[v]})"
        renamed = f"if nodes were renamed, give each the node attribute {PERSON!r}: the name that {FROM_NODE} knows it by"
        self.problem(place, found, f"{ends}; {renamed}")
        self.strangers.clear()

    # ---------------------------------------------------------------------------------------- ties

    def given(self, name: str) -> GivenGraph:
        """The ties: one per pair of people who share a row."""
        people = len(self.ids)
        u, v = np.array(self.u, np.int64), np.array(self.v, np.int64)
        loops = u == v
        rows = np.flatnonzero(~loops)
        u, v = u[rows], v[rows]
        forward = u < v
        pair = np.minimum(u, v) * people + np.maximum(u, v)
        pairs, tie = np.unique(pair, return_inverse=True)
        ties = _Ties(self, rows, tie, len(pairs))

        told_ij, told_ji = ties.any(forward), ties.any(~forward)
        from_u, from_v = self._column("closeness_from")[rows], self._column("closeness_to")[rows]
        shared = self._column("closeness")[rows]
        for row in rows[~np.isnan(shared) & ~(np.isnan(from_u) & np.isnan(from_v))]:
            found = "closeness beside closeness_from or closeness_to"
            self.problem(self.places[row], found, "one or the other", row)
        from_u = np.where(np.isnan(shared), from_u, shared)
        closeness_ij = ties.one("closeness", np.where(forward, from_u, from_v))
        closeness_ji = ties.one("closeness", np.where(forward, from_v, from_u))
        # A closeness told once, in a source where a row has no direction, holds for both sides.
        mirrored = ties.any(~np.isnan(shared) & ~np.array(self.one_way, bool)[rows])
        only_ij, only_ji = mirrored & ~told_ji, mirrored & ~told_ij
        closeness_ij, closeness_ji = (
            np.where(only_ji & np.isnan(closeness_ij), closeness_ji, closeness_ij),
            np.where(only_ij & np.isnan(closeness_ji), closeness_ij, closeness_ji),
        )
        kind, linked, chance = (ties.one(what, self._column(what)[rows]) for what in ("kind", "linked", "chance"))
        self.refuse()

        labels = self._called()
        directions = len(np.unique(pair * 2 + forward))
        one_way = (told_ij != told_ji) & ties.any(np.array(self.one_way, bool)[rows])
        sides = np.concatenate([closeness_ij, closeness_ji])
        self._note(int(loops.sum()), "self-loop", "left out (the people stay)")
        self._note(len(rows) - directions, f"duplicate {self.unit}", "merged")
        joined = "the other way round joined as the second side of a tie"
        self._note(directions - len(pairs), self.unit, joined)
        told = int(one_way.sum())
        self._note(told, "tie", f"told in one direction only, kept as {'a tie' if told == 1 else 'ties'}")
        self._note_two_modes(np.unique(u), np.unique(v))
        self._note_unknown("kind", kind, "ties")
        self._note_unknown("closeness", sides, "sides of ties")
        self._note_unknown("linked", linked, "ties")
        self._note_unknown("chance", chance, "ties")
        self.unused[f"node attribute {PERSON!r}"] += 0 if self.sided else sum(map(bool, self.persons))
        unused = [(what, times) for what, times in self.unused.items() if times]
        for what, times in unused[:SHOWN_UNUSED]:
            self.notes.append(f"{what} not used" + (f" ({times:,} times)" if times > 1 else ""))
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
        """One attribute of all rows."""
        whole = np.full(len(self.u), math.nan)
        told = self.values.get(name, [])
        whole[: len(told)] = told
        return whole

    def _called(self) -> tuple[str, ...]:
        """What each person is called: by the label or else the name, if all of them differ; by the id otherwise."""
        called = self.ids
        for what, given in (("label", self.labels), ("name", self.names)):
            candidate = [text or own for text, own in zip(given, self.ids)]
            if candidate == self.ids:
                continue
            shared = [text for text, times in Counter(candidate).items() if times > 1]
            if shared:
                unlabelled = {own for text, own in zip(given, self.ids) if not text}
                whose = "of several people" if not unlabelled & set(shared) else "shared with the id of somebody without one"
                times = f"{count(len(shared), what)} {whose}, such as {shortened(repr(shared[0]))}"
                self.notes.append(f"{times}: people are called by another name or their id")
                continue
            named = [n for n, text in enumerate(candidate) if text != self.ids[n]]
            own, name = (shortened(repr(text[named[0]])) for text in (self.ids, candidate))
            instance = f"{own} is {name}"
            self.notes.append(f"{_people(len(named))} called by their {what} instead of their id ({instance})")
            called = candidate
            break
        hidden = sum(any(unicodedata.category(letter) == "Cc" for letter in text) for text in called if not text.isprintable())
        if hidden:
            self.notes.append(f"control characters in the names of {_people(hidden)}: kept in tables, escaped where shown")
        alike = len(called) - len({unicodedata.normalize("NFKC", text).casefold() for text in called})
        if alike:
            self.notes.append(f"{_people(alike)} called like another but for capitals or the code of a letter: kept apart")
        lacking = [text for text in called if missing(text) or text in CODES]
        if lacking:
            self.notes.append(f"{_people(len(lacking))} called {lacking[0]!r}: is a value missing there?")
        for code, number in self.setting_numbers.items():
            if code in CODES:
                self.notes.append(f"{_people(self.settings.count(number))} in setting {code!r}: is a value missing there?")
        return tuple(called)

    def _note(self, times: int, thing: str, done: str) -> None:
        if times:
            self.notes.append(f"{count(times, thing)} {done}")

    def _note_two_modes(self, first: np.ndarray, second: np.ndarray) -> None:
        """Note two sets of ends without a person in common: people and clubs, say, or people and an attribute of theirs."""
        if not self.one_mode and len(self.u) > 2 and min(len(first), len(second)) > 1 and not np.intersect1d(first, second).size:
            self.notes.append(
                f"{plural(self.unit)} go from {len(first):,} ids to {len(second):,} others, and none is in both: "
                "two-mode, such as people and clubs? All are read as people"
            )

    def _note_unknown(self, what: str, values: np.ndarray, of: str) -> None:
        """Count what is unknown of an attribute that the source tells of others."""
        told = any(name.startswith(what) for name in self.values)
        unknown = int(np.isnan(values).sum())
        if told and unknown:
            self.notes.append(f"{what} unknown for {unknown:,} of {values.size:,} {of}")


@dataclass(frozen=True)
class _Ties:
    """Rows grouped by the tie they tell of.

    source : where the rows come from
    rows : (rows,) their numbers there
    tie : (rows,) which tie each tells of
    """

    source: Rows
    rows: np.ndarray
    tie: np.ndarray
    ties: int

    def any(self, mask: np.ndarray) -> np.ndarray:
        """(ties,) bool, does it hold for at least one row of the tie?"""
        return np.bincount(self.tie[mask], minlength=self.ties) > 0

    def one(self, what: str, values: np.ndarray) -> np.ndarray:
        """(ties,) the one value that the rows of each tie agree on, NaN where none tells any.

        Two rows that disagree are a problem at the later one.
        """
        known = np.flatnonzero(~np.isnan(values))
        agreed = np.full(self.ties, math.nan)
        # Written backwards, the first row that tells a value is the last to write it.
        agreed[self.tie[known[::-1]]] = values[known[::-1]]
        first = np.zeros(self.ties, np.int64)
        first[self.tie[known[::-1]]] = known[::-1]
        for row in known[values[known] != agreed[self.tie[known]]]:
            earlier = first[self.tie[row]]
            here, before = (self.source.places[self.rows[each]] for each in (row, earlier))
            found = f"{what} {shown(what, values[row])}, but {_words(before)} says "
            found += shown(what, values[earlier])
            self.source.problem(here, found, "one value for one tie", int(self.rows[row]))
        return agreed


def _words(place: str | int) -> str:
    return f"line {place}" if isinstance(place, int) else place


def _people(number: int) -> str:
    return f"{number:,} " + ("person" if number == 1 else "people")
