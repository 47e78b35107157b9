"""Scenario files: TOML -> checked objects, with every problem and its place.

This is the only reader of scenario files. A study's profiles are profiles/NAME.toml beside it, its platforms platforms/NAME.toml.
Its society is the file that it names. Its margins are in margins.toml beside it, unless it names another file or has all six.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from sim.errors import MOST_PROBLEMS, InputError, Note, Problem, nearest
from sim.files import must_be_regular
from sim.scenario import checking, cross, lists, renamed
from sim.scenario.bounds import STEPS
from sim.scenario.dotted_names import current_name, dotted_names, full_name, misfits
from sim.scenario.faults import Refusal, described, dotted, unprintable
from sim.scenario.fingerprint import acts
from sim.scenario.margins import FILE as MARGINS
from sim.scenario.margins import MarginsFile, file_named
from sim.scenario.names import NAME, RUN_COLUMNS, a_column
from sim.scenario.pieces import FORMAT, Piece
from sim.scenario.platform import Platform
from sim.scenario.profile import REFERENCE, Profile
from sim.scenario.question import graph_file, list_file
from sim.scenario.society import Society
from sim.scenario.sorts import FOLDERS, SORTS, sort_of
from sim.scenario.study import Study
from sim.scenario.study_file import StudyFile
from sim.scenario.targets import FILE as TARGETS
from sim.scenario.targets import Target, Targets
from sim.scenario.toml import files_like, known_as, parsed, plain, table_of, text_of
from sim.scenario.wording import problems

P = TypeVar("P", bound=Piece)


def load(path: str | os.PathLike[str]) -> Study:
    """Read a study with the society, profiles and platforms that it names.

    path : of the study's file
    InputError: all problems of all these files, each with its place.
    """
    files = _Files()
    study = files.study(os.fspath(path))
    if files.problems or study is None:
        raise InputError(files.problems)
    return study


def study_of(study: Study | str | os.PathLike[str]) -> Study:
    """A study, or the study of a file. InputError: all problems of the file, or neither a study nor a path."""
    if isinstance(study, Study):
        return study
    if isinstance(study, str | os.PathLike):
        return load(study)
    expected = "a study, or the path of its file; a dict or TOML text becomes a study with sim.study_from"
    raise InputError(Problem("", "study", f"a thing of type {type(study).__name__}", expected))


def study_from(text_or_dict: str | Mapping[str, Any], folder: str | os.PathLike[str] = ".", name: str = "study") -> Study:
    """A study that is in no file. InputError: all problems, as of a file.

    text_or_dict : TOML text, or the dict that TOML would give
    folder : the folder of its society, profiles and platforms, as if the study's file were there
    name : name of the study; messages write `<name>` for its file
    """
    if not re.fullmatch(NAME, name):
        raise InputError(Problem("", "name", described(name), "a name such as those of profiles and platforms"))
    file, files = os.path.join(folder, f"<{name}>"), _Files()
    if not isinstance(text_or_dict, str | Mapping):
        raise InputError(Problem(file, "", f"a thing of type {type(text_or_dict).__name__}", "TOML text or a dict"))
    files.take(file, table_of(file, text_or_dict) if isinstance(text_or_dict, str) else plain(text_or_dict))
    study = files.study(file)
    if files.problems or study is None:
        raise InputError(files.problems)
    return study.model_copy(update={"name": name})


def targets(path: str | os.PathLike[str] = TARGETS) -> Mapping[str, Target]:
    """Published numbers and their bands, by name; those of the project, if no file is given. InputError: all problems."""
    files = _Files()
    piece = files.piece(os.fspath(path), Targets)
    if files.problems or piece is None:
        raise InputError(files.problems)
    return piece.targets


def target(name: str, path: str | os.PathLike[str] = TARGETS) -> Target:
    """The target of a name. InputError: all problems of the file, or it has no target of that name."""
    known = targets(path)
    if name not in known:
        raise InputError(Problem(os.fspath(path), "targets", f"no target '{name}'", nearest(name, known)))
    return known[name]


def profile(path: str | os.PathLike[str]) -> Profile:
    """A profile, from its file. InputError: all problems of the file."""
    files = _Files()
    piece = files.piece(os.fspath(path), Profile)
    if files.problems or piece is None:
        raise InputError(files.problems)
    return piece


def check(paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> list[Problem]:
    """All problems of scenario files and of the files that they name; an empty list if they can be used.

    paths : of a society, profile, platform, study, margins or targets file, or of several
    """
    files = _Files()
    for path in [paths] if isinstance(paths, str | os.PathLike) else paths:
        files.any(os.fspath(path))
    return files.problems


def dependencies(path: str | os.PathLike[str]) -> list[Path]:
    """Every file that a study reads, itself first.

    path : of the study's file
    InputError: all problems of these files.
    """
    files = _Files()
    study = files.any(os.fspath(path))
    if files.problems:
        raise InputError(files.problems)
    graph = study.graph_file if isinstance(study, Study) else None
    return [*map(Path, files.read), *([graph] if graph else [])]


def study_hash(path: str | os.PathLike[str]) -> str:
    """SHA-256 (hex) of the bytes of all files that a study reads."""
    digest = hashlib.sha256()
    for file in dependencies(path):
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


class _Files:
    """The files read so far, each read once, and their problems."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.read: list[str] = []
        self._tables: dict[str, dict[str, Any] | None] = {}
        self._pieces: dict[tuple[str, type[Piece]], Any] = {}
        self._studies: dict[str, Study | None] = {}

    def take(self, file: str, table: dict[str, Any]) -> None:
        """Keep a table as the content of a file, which need not exist. A table with characters that are no text is refused."""
        odd = [Problem(file, dotted(fault.place), fault.given, fault.expected) for fault in unprintable(table)]
        if not odd:
            _rename(file, table)
        self._tables[known_as(file)] = None if odd else table
        self.problems += odd

    def any(self, file: str) -> Any:
        """The study or piece of a file, whatever its sort; None if something is wrong."""
        table = self._table(file)
        if table is None:
            return None
        kind = sort_of(file, table)
        if kind is None:
            self._add(file, (), "neither a society, a profile, a platform, a study, margins nor targets", _KEYS)
            return None
        return self.study(file) if kind is StudyFile else self.piece(file, kind)

    def piece(self, file: str, kind: type[P]) -> P | None:
        """The society, profile, platform or study file, or None if something is wrong."""
        key = (known_as(file), kind)
        if key not in self._pieces:
            self._pieces[key] = self._piece(file, kind)
        return self._pieces[key]

    def study(self, file: str) -> Study | None:
        """The study with all it names, or None if something is wrong in any of them."""
        key = known_as(file)
        if key not in self._studies:
            self._studies[key] = self._study(file)
        return self._studies[key]

    def _study(self, file: str) -> Study | None:
        # Where the study is refused, its other files and its settings are checked all the same: one run shows every problem.
        table = self._table(file)
        if table is None:
            return None
        own = self.piece(file, StudyFile)
        if table.get("format") != FORMAT:
            return None
        society = self._society(file, table.get("society"))
        profiles = self._named(file, "profile", _profiles_named(table))
        platforms = self._named(file, "platform", _platforms_named(table))
        margins_file = file_named(table.get("margins"))
        margins = self._margins(file, margins_file) if margins_file else None
        self._settings(file, table, tuple(profiles))
        graph = graph_file(file, own.graph) if own else None
        if graph:
            self._is_there(file, "graph", str(graph), "a graph file")
        rows = self._list(file, own, tuple(profiles)) if own else []
        pieces = (society, *profiles.values(), *platforms.values(), *([margins] if margins_file else []))
        refused = any(problem.file == file for problem in self.problems)
        if own is None or rows is None or None in pieces or refused:
            return None
        question = {key: value for key, value in own if key not in ("society", "profiles", "margins", "cross")}
        question |= {"shares": own.profiles}
        crossed = None
        if own.cross:
            if idle := list(cross.without_effect(own.cross, platforms)):
                self.problems += [Problem(file, dotted(fault.place), fault.given, fault.expected) for fault in idle]
                return None
            crossed = cross.expanded(own.cross, profiles, platforms)
            question |= {key: value for key, value in crossed._asdict().items() if key != "places"}
        study = Study.model_validate(
            question
            | {"name": Path(file).stem, "file": file, "society": society, "profiles": profiles}
            | {"platforms": platforms, "margins": own.margins.over(margins)}
            | {"listed": [point for _, point in rows], "longest": self._longest(file)}
        )
        _note_years(study)
        wrong = checking.problems(study) or _clashes(study, rows)
        wrong = _as_crossed(wrong, crossed.places) if crossed else wrong
        self.problems += wrong
        if not wrong:
            _note_contents(study)
        return study

    def _longest(self, study: str) -> int | None:
        """The most years until steady of all profiles beside a study; None if none has any. Unreadable profiles do not count."""
        years = []
        for path in sorted(Path(study).parent.glob(f"{FOLDERS['profile']}/*.toml")):
            try:
                number = parsed(str(path)).get("steady_years", {})
                years.append(int(number["value"]))
            except (InputError, AttributeError, KeyError, TypeError, ValueError):
                continue
        return max(years, default=None)

    def _list(self, study: str, own: StudyFile, profiles: tuple[str, ...]) -> list[lists.Line] | None:
        """(line, point) of a design that is a list; empty for other designs, None if the list cannot be used."""
        path = list_file(study, own.design)
        if path is None:
            return []
        file = os.path.normpath(path)
        self.read.append(file)
        try:
            rows, wrong = lists.points(text_of(file, "a CSV file"), file, profiles)
        except InputError as error:
            wrong = list(error.problems)
        self.problems += wrong
        return None if wrong else rows

    def _society(self, study: str, name: Any) -> Society | None:
        if not isinstance(name, str) or not name.strip():
            return None  # the study is refused already
        file = os.path.join(os.path.dirname(study), name)
        return self.piece(file, Society) if self._is_there(study, "society", file, "a TOML file") else None

    def _margins(self, study: str, name: str) -> MarginsFile | None:
        """The file of margins that a study names, or that lies beside it."""
        file = os.path.join(os.path.dirname(study), name)
        instead = _NO_MARGINS if name == MARGINS else None
        return self.piece(file, MarginsFile) if self._is_there(study, "margins", file, "a TOML file", instead) else None

    def _is_there(self, study: str, key: str, file: str, wanted: str, instead: str | None = None) -> bool:
        """Whether a file that a study names is a regular file. If not, there is a problem of the study.

        instead : what to do if there is no file; by default, take one of the files that are there
        """
        if not os.path.exists(file):
            self._add(study, (key,), f"no file {file}", instead or files_like(file))
            return False
        try:
            must_be_regular(file, wanted)
        except InputError as error:
            self.problems += [Problem(study, key, f"{file}: {problem.given}", problem.expected) for problem in error.problems]
            return False
        return True

    def _named(self, study: str, sort: str, places: Iterable[tuple[tuple[str | int, ...], str]]) -> dict[str, Any]:
        """{name: profile or platform}, each from its own file; None if it cannot be used.

        places : (place, name) of each in the study's file
        """
        folder = os.path.join(os.path.dirname(study), FOLDERS[sort])
        pieces: dict[str, Any] = {}
        for place, name in places:
            file = os.path.join(folder, f"{name}.toml")
            if not re.fullmatch(NAME, name):
                pieces[name] = None  # the study is refused already
            elif os.path.isfile(file):
                pieces[name] = self.piece(file, SORTS[sort])
            else:
                pieces[name] = None
                others = [path.stem for path in Path(folder).glob("*.toml")]
                expected = nearest(name, others) if others else f"a file {file}"
                self._add(study, place, f"unknown {sort} '{name}'", expected)
        return pieces

    def _settings(self, file: str, table: dict[str, Any], profiles: tuple[str, ...]) -> None:
        """Find dotted names that are unknown or name the same value twice, and values that do not fit."""
        valid = dotted_names(profiles)
        first = next(iter(profiles), "")
        known = {(problem.file, problem.place) for problem in self.problems}
        of_mechanisms: dict[str, str] = {}  # no two mechanisms may set the same value
        for at, settings in _settings_in(table):
            meant: dict[str, str] = of_mechanisms if at[0] == "mechanisms" else {}
            for name, values in settings.items():
                place = (*at, name)
                bare = at[0] == "cross" and name in cross.BARE
                if bare and not first:
                    continue  # no profile is crossed, which is refused already
                try:
                    named = f"profile.{first}.{name}" if bare else name
                    full = full_name(named, valid, suggest=len(self.problems) < MOST_PROBLEMS)
                except Refusal as refusal:
                    self._add(file, place, refusal.faults[0].given, refusal.faults[0].expected)
                    continue
                key = name if bare else full  # beside a bare name, a name with its profile is another value
                if key in meant:
                    given = f"'{name}' and '{meant[key]}' are both {full}"
                    self._add(file, place, given, "one of them")
                elif "cross" in table and (odd := cross.misplaced(at, full)):
                    self._add(file, place, *odd)
                elif at[-1] == "set" and "schedule" in at and not full.startswith("platform."):
                    self._add(file, place, f"{full} in a schedule", "a setting of the platform")
                elif at == ("vary",) and name in RUN_COLUMNS:
                    self._add(file, place, *a_column(name, full))
                elif at[0] == "mechanisms" and acts(full) == "before":
                    expected = "one that acts after it: all runs share a grown society"
                    self._add(file, place, f"{full} acts before the branch", expected)
                meant[key] = name
                for value in values:
                    for fault in misfits(full, value, profiles):
                        if (file, dotted(place)) not in known:
                            self._add(file, place, fault.given, fault.expected)

    def _piece(self, file: str, kind: type[P]) -> P | None:
        table = self._table(file)
        if table is None:
            return None
        form = table.get("format")
        if type(form) is not int or form != FORMAT:
            given = "missing" if "format" not in table else described(form)
            self._add(file, ("format",), given, f"format = {FORMAT}, all this version can read")
            return None
        written = table
        if kind is StudyFile and "cross" in table:
            made = [key for key in cross.MADE if key in table]
            for key in made:
                self._add(file, (key,), "beside [cross], which makes profiles, arms and contrasts", f"either [cross] or {key}")
            written = {**table, **cross.STAND_IN}
        try:
            piece = kind.model_validate(written)
        except ValidationError as error:
            self.problems += [_by_name(problem, written) for problem in problems(error, file, kind)]
            return None
        stem = Path(file).stem
        if isinstance(piece, Profile | Platform) and piece.name != stem:
            expected = f'name = "{stem}", the name of the file, by which studies find it'
            self._add(file, ("name",), described(piece.name), expected)
            return None
        return piece

    def _table(self, file: str) -> dict[str, Any] | None:
        """The TOML of a file, or None if it cannot be had."""
        key = known_as(file)
        if key not in self._tables:
            self.read.append(file)
            try:
                self.take(file, parsed(file))
            except InputError as error:
                self.problems += error.problems
                self._tables[key] = None
        return self._tables[key]

    def _add(self, file: str, place: Iterable[str | int], given: str, expected: str) -> None:
        self.problems.append(Problem(file, dotted(place), given, expected))


def _clashes(study: Study, rows: Iterable[lists.Line]) -> list[Problem]:
    """The problems of the points of a list in the arms of the study."""
    wrong: dict[Problem, None] = {}
    for (line, point), arm in itertools.product(rows, study.arms):
        try:
            study.resolve(arm, point)
        except InputError as error:
            file = os.path.normpath(list_file(study.file, study.design) or "")
            in_list = [Problem(file, f"line {line}", problem.given, problem.expected) for problem in error.problems]
            wrong |= dict.fromkeys(in_list)
    return list(wrong)


def _as_crossed(problems: Iterable[Problem], places: Mapping[tuple[str, str], tuple[str | int, ...]]) -> list[Problem]:
    """Problems of the arms of a cross, at the places of the file that set their values; each once."""
    written = {dotted(("arms", arm, "set", name)): dotted(place) for (arm, name), place in places.items()}
    found: dict[Problem, None] = {}
    for problem in problems:
        start = next((start for start in written if problem.place.startswith(start)), None)
        place = problem.place if start is None else written[start] + problem.place[len(start) :]
        found[Problem(problem.file, place, problem.given, problem.expected)] = None
    return list(found)


_NO_MARGINS = 'it (copy scenarios/margins.toml of this project there), or margins = "FILE", or all six in a table [margins]'
_KEYS = "the keys of one of them, such as question, arms and contrasts for a study"


def _part(table: Any, key: str) -> dict[str, Any]:
    """A table inside a table; empty if there is none."""
    part = table.get(key) if isinstance(table, dict) else None
    return part if isinstance(part, dict) else {}


def _holders(table: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """(place, table) of every arm and of every entry of its schedule."""
    for arm, body in _part(table, "arms").items():
        schedule = _part(_part(table, "arms"), arm).get("schedule")
        entries = enumerate(schedule if isinstance(schedule, list) else [])
        holders = [(("arms", arm), body), *((("arms", arm, "schedule", k), entry) for k, entry in entries)]
        yield from ((place, holder) for place, holder in holders if isinstance(holder, dict))


def _profiles_named(table: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """(place, name) of every profile."""
    yield from ((("profiles", name), name) for name in _part(table, "profiles"))
    yield from _crossed(table, "profiles")


def _crossed(table: dict[str, Any], key: str) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """(place, name) of every profile or platform of a cross."""
    listed = _part(table, "cross").get(key)
    for place, name in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(name, str):
            yield ("cross", key, place), name


def _platforms_named(table: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """(place, name) of every platform of every arm."""
    for place, holder in _holders(table):
        if isinstance(name := holder.get("platform"), str):
            yield (*place, "platform"), name
    yield from _crossed(table, "platforms")
    if "cross" in table:
        yield ("cross", "platforms"), cross.CONTROL


def _names_in(table: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any] | list[Any]]]:
    """(place, what holds dotted names there): the table of every `set`, of `vary` and of mechanisms, the lists of a region."""
    for place, holder in _holders(table):
        yield (*place, "set"), _part(holder, "set")
    yield ("cross", "set"), _part(_part(table, "cross"), "set")
    for way in (ways := _part(_part(table, "cross"), "ways")):
        yield ("cross", "ways", way, "set"), _part(_part(ways, way), "set")
    yield ("vary",), _part(table, "vary")
    for key in ("names", "leave"):
        listed = _part(table, "region").get(key)
        yield ("region", key), listed if isinstance(listed, list) else []
    for mechanism in _part(table, "mechanisms"):
        yield ("mechanisms", mechanism), _part(_part(table, "mechanisms"), mechanism)


def _settings_in(table: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], dict[str, list[Any]]]]:
    """(place, {dotted name: its bare values}) of all that holds dotted names; a region gives them no values."""
    for place, holder in _names_in(table):
        if isinstance(holder, list):
            yield place, {name: [] for name in holder if isinstance(name, str)}
        else:
            yield place, {name: _bare(value) for name, value in holder.items()}


def _bare(written: Any) -> list[Any]:
    """The numbers, switches and texts that a name is given: one value, a list, or the ends of a range."""
    if isinstance(written, dict):
        listed = written.get("values")
        ends = [written[end] for end in ("low", "high") if end in written]
        written = ends + (listed if isinstance(listed, list) else [])
    values = written if isinstance(written, list) else [written]
    return [value for value in values[: int(STEPS.high)] if isinstance(value, bool | int | float | str)]


def _rename(file: str, table: dict[str, Any]) -> None:
    """Give old keys and old dotted names in a file's table their new names, each with a note."""
    sort = sort_of(file, table)
    for section, old, new in renamed.keys_of(next((name for name, kind in SORTS.items() if kind is sort), "")):
        holder = table
        for key in section:
            holder = _part(holder, key)
        _rename_in(file, section, holder, {old: new} if old in holder else {})
    if sort is StudyFile:
        valid = dotted_names(tuple(dict.fromkeys(name for _, name in _profiles_named(table))))
        for place, names in _names_in(table):
            current = {name: current_name(name, valid) for name in names if isinstance(name, str)}
            _rename_in(file, place, names, {old: new for old, new in current.items() if old != new})


def _rename_in(file: str, place: Iterable[str | int], names: dict[str, Any] | list[Any], new_names: dict[str, str]) -> None:
    """Replace old names in a table or list, in their order. An old name stays, and is refused, where the new one is there too."""
    new_names = {old: new for old, new in new_names.items() if new not in names}
    for old, new in new_names.items():
        renamed.note(file, dotted((*place, old)), old, new)
    if isinstance(names, list):
        names[:] = [new_names.get(name, name) if isinstance(name, str) else name for name in names]
    elif new_names:
        items = [(new_names.get(name, name), value) for name, value in names.items()]
        names.clear()
        names.update(items)


def _by_name(problem: Problem, table: Mapping[str, Any]) -> Problem:
    """A problem of a contrast, whose place has the name of the contrast in place of its number."""
    numbered = re.match(r"contrasts\[(\d+)\]", problem.place)
    if not numbered:
        return problem
    contrast = table["contrasts"][int(numbered[1])]
    name = contrast.get("name") if isinstance(contrast, dict) else None
    if not isinstance(name, str):
        return problem
    place = dotted(("contrasts", name)) + problem.place[numbered.end() :]
    return Problem(problem.file, place, problem.given, problem.expected)


def _note_years(study: Study) -> None:
    """Note which profiles have no years until steady of their own, where a study grows until all are steady."""
    lacking = [name for name, profile in study.profiles.items() if profile.steady_years is None and name != REFERENCE]
    if not lacking or study.graph or study.burn_in != "until-steady":
        return
    years = study.longest or int(study.society.burn_in.years.value)
    named = " and ".join(f"'{name}'" for name in lacking)
    text = f"{named} without years until steady: the society grows for {years} years, the longest of all profiles here; "
    text += f"`sim pilot --profile {lacking[0]} --write` finds how many years it needs"
    place = "cross.profiles" if study.cells else "profiles"
    warnings.warn(str(Problem(study.file, place, text, "")), Note, stacklevel=2)


def _note_contents(study: Study) -> None:
    """Note what a study says of contents while they act alike."""
    if names := checking.idle_contents(study):
        warnings.warn(str(Problem(study.file, ", ".join(names), checking.ALIKE, "")), Note, stacklevel=2)
