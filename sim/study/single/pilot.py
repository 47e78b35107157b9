"""The numbers that the program computes once, from the reference society without any platform (`sim pilot`).

- Years until steady: the first year from which support, real hours and ties a person differ by less than 1 % from two years
  before. Each is the mean over seeds. There are never fewer than 10 years.
- k of support: with it, the five closest carry 40 % of a person's support, as large a share as they get of the contact time
  (target `time-closest-five`). Shares are means over people and seeds, in the last year.
- strong, clique: closeness above which the mean person has 15 and 5 ties in the last year.

The years depend on support, and so on the exponent k that the society file holds; closeness, hours and ties do not. If k changes
much, `sim pilot` has to be run again with the new k.

All four are of profile us. Of another profile only the years are kept, in its own file.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from pydantic import ValidationError
from scipy.optimize import brentq

from sim.compiled import RULES
from sim.errors import InputError, Problem, RunError
from sim.progress import Progress, shown
from sim.scenario.pieces import Piece
from sim.scenario.profile import REFERENCE, Profile
from sim.scenario.reading import check, target
from sim.scenario.society import Society
from sim.scenario.sorts import FOLDERS
from sim.study.records.tables import atomically
from sim.study.sweep.forecast import Before, of_growing
from sim.study.sweep.workers import as_completed, local_workers
from sim.world.growing import STEADY, STEADY_CHANGE, grow
from sim.world.measures.year import Year, measured_year
from sim.world.rules import society_rules

LEAST_YEARS = 10
CLOSEST = 5
NEXT = 15  # ranks 6 to 15: their share of support is reported
STRONG, CLIQUE = 15, 5  # ties of the mean person
EXPONENTS = (0.01, 50.0)
CHANGED_MUCH = 0.1  # of the exponent: the years are then those of another support

P = TypeVar("P", bound=Piece)


@dataclass(frozen=True)
class Pilot:
    """What was computed.

    years : until the society was steady; None if it never was. by_seed : of each replicate
    change : of the last two years, by series, as shares
    exponent : k of support; exponent_before : that of the society's file; next_carry : share of support of ranks 6 to 15
    strong, clique : closeness above which the mean person has 15 and 5 ties
    source : what is written as the source of these numbers
    profile : of everybody
    """

    years: int | None
    by_seed: tuple[int | None, ...]
    change: dict[str, float]
    exponent: float
    exponent_before: float
    next_carry: float
    strong: float
    clique: float
    source: str
    profile: str = REFERENCE

    @property
    def again(self) -> bool:
        """Whether the exponent changed so much that the years have to be computed again with the new one."""
        return self.profile == REFERENCE and abs(self.exponent - self.exponent_before) > CHANGED_MUCH * self.exponent

    def file(self, society: Path | str) -> Path:
        """The file that the numbers go into: the society's, or that of the profile beside it."""
        own, society = self.profile == REFERENCE, Path(society)
        return society if own else society.parent / FOLDERS["profile"] / f"{self.profile}.toml"

    def lines(self, file: Path | str) -> list[str]:
        """The new lines of the society file or of the profile's, with their sections."""
        return lines(self, self.file(file))

    def write(self, file: Path | str) -> None:
        """Put the numbers into the society file, or the years into the profile's; every other line and all comments stay.

        file : the society's
        RunError: the society never was steady. InputError: a number that does not stand on a line of its own.
        """
        write(self, self.file(file))

    @property
    def values(self) -> dict[tuple[str, str], float]:
        """(section, key) of the file -> value; section "" is its beginning."""
        if self.profile != REFERENCE:
            return {} if self.years is None else {("", "steady_years"): self.years}
        constants: dict[tuple[str, str], float] = {
            ("reference", "support_exponent"): self.exponent,
            ("reference", "strong"): self.strong,
            ("reference", "clique"): self.clique,
        }
        return constants if self.years is None else {("burn_in", "years"): self.years} | constants


def pilot(
    file: Path | str,
    people: int = 1000,
    seeds: int = 4,
    years: int = 40,
    profile: str = "us",
    jobs: int = 1,
    progress: Progress = None,
    before: Before = None,
) -> Pilot:
    """Compute the numbers that a society file has from the program: years until steady, k of support, strong and clique.

    file : the society's; its profiles lie beside it. It is not changed: `Pilot.write` does that
    people : of each replicate; seeds : replicates; years : that each is grown
    profile : of everybody
    jobs : processes; they change no number
    progress : True, False, or a function that is called with each `sim.Step`; by default a bar on a terminal
    before : called with a Workload before anything is simulated
    InputError: all problems of the files. RunError: people too few for such numbers.
    """
    file = Path(file)
    if before is not None:
        before(of_growing(people, years, seeds, jobs))
    society = read_piece(file, Society, "society")
    usage = read_piece(file.parent / FOLDERS["profile"] / f"{profile}.toml", Profile, "profile")
    grown: dict[int, Any] = {}
    grower = local_workers(min(jobs, seeds), _grown, (society, usage, people, years))
    with shown(progress) as watch, grower as workers:
        for seed, *society_of_seed in as_completed(workers, range(1, seeds + 1)):
            grown[seed] = society_of_seed
            watch("societies", len(grown), seeds)
    histories, last = zip(*(grown[seed] for seed in sorted(grown)))
    exponent = support_exponent(last)
    mean = mean_history(histories)
    name = file.name if profile == REFERENCE else f"../{file.name}"  # as seen from the file that the source stands in
    return Pilot(
        years=steady_after(mean),
        by_seed=tuple(steady_after(history) for history in histories),
        change=changes(mean, len(mean) - 1),
        exponent=exponent,
        exponent_before=society.reference.support_exponent.value,
        next_carry=carried(last, exponent, CLOSEST, NEXT),
        strong=closeness_of(last, STRONG),
        clique=closeness_of(last, CLIQUE),
        source=f"sim pilot {name}: {people} people, {seeds} seeds, {years} years, profile {profile}, rules {RULES}",
        profile=profile,
    )


def _grown(shared: tuple, seed: int) -> tuple:
    """Seed, history and last year of one grown society."""
    society, usage, people, years = shared
    profiles = ((usage, 1.0),)
    grown = grow(society, profiles, seed, people, years)
    return seed, grown.history, measured_year(grown.state, society_rules(society, profiles))


def read_piece(file: Path, kind: type[P], sort: str) -> P:
    """One society or profile file. InputError: it is of another sort; or all its problems."""
    if problems := check([file]):
        raise InputError(problems)
    try:
        return kind.model_validate(tomllib.loads(file.read_text("utf-8-sig")))
    except ValidationError:
        raise InputError(Problem(str(file), "", f"not a {sort}", f"a {sort} file")) from None


# --- the numbers --------------------------------------------------------------------------------------------------------


def mean_history(histories) -> list[dict[str, float]]:
    """The history year by year, each series as the mean over seeds."""
    return [{name: float(np.mean([of_seed[name] for of_seed in year])) for name in STEADY} for year in zip(*histories)]


def changes(history, year: int) -> dict[str, float]:
    """How much each series differs from two years before, as a share; infinite where that was 0 or there is no such year.

    year : counted from 0
    """
    if year < 2:
        return dict.fromkeys(STEADY, np.inf)
    now, before = history[year], history[year - 2]
    return {name: abs(now[name] - before[name]) / abs(before[name]) if before[name] else np.inf for name in STEADY}


def steady_after(history) -> int | None:
    """Years of growing after which no series changes any more; None if they change in the last year."""
    steady = None
    for year in range(len(history) - 1, 1, -1):
        if max(changes(history, year).values()) >= STEADY_CHANGE:
            break
        steady = year + 1
    return None if steady is None else max(steady, LEAST_YEARS)


def carried(last: tuple[Year, ...], exponent: float, first: int, end: int) -> float:
    """Share of support that ranks first..end-1 carry, mean over people and seeds. Rank 0 is the closest."""
    shares = []
    for year in last:
        support, inside = year.closeness**exponent, (year.rank >= first) & (year.rank < end)
        part, total = year.among(inside, support[inside]), year.per_person(support)
        shares.append(np.divide(part, total, out=np.zeros(year.population), where=total > 0))
    return float(np.concatenate(shares).mean())


def support_exponent(last: tuple[Year, ...]) -> float:
    """k such that the five closest carry the published share. RunError: there is none."""
    share = target("time-closest-five").value

    def excess(k: float) -> float:
        return carried(last, k, 0, CLOSEST) - share

    least, most = map(excess, EXPONENTS)
    if least * most > 0:
        raise RunError(
            f"no exponent makes the closest {CLOSEST} carry {share:.0%} of support: they carry "
            f"{least + share:.0%} to {most + share:.0%}. Nothing was written; more people may help."
        )
    return round(brentq(excess, *EXPONENTS, xtol=1e-4), 3)


def closeness_of(last: tuple[Year, ...], ties: int) -> float:
    """Closeness above which the mean person has this many ties. RunError: the mean person has fewer."""
    closeness = np.sort(np.concatenate([year.closeness for year in last]))[::-1]
    above = ties * sum(year.population for year in last)
    if closeness.size <= above:
        raise RunError(f"the mean person has fewer than {ties} ties; nothing was written. More people may help.")
    return float(round(closeness[above - 1], 4))


# --- the file -----------------------------------------------------------------------------------------------------------

NEW = {"low": LEAST_YEARS, "high": 40, "unit": "years"}  # the years of a profile that had none


def lines(numbers: Pilot, file: Path) -> list[str]:
    """The new lines of the file, with their sections."""
    old = tomllib.loads(file.read_text("utf-8-sig"))
    new = []
    for (section, key), value in numbers.values.items():
        if section and f"[{section}]" not in new:
            new.append(f"[{section}]")
        before = old[section][key] if section else old.get(key, NEW)
        new.append(_line(key, before, value, numbers.source))
    return new


def write(numbers: Pilot, file: Path) -> None:
    """Put all numbers into the file; every other line and all comments stay.

    RunError: the society never was steady. InputError: a number that is not on a line of its own. Nothing is written then.
    """
    file = file.resolve()
    if numbers.years is None:
        raise RunError(f"{file.name}: the society never was steady; nothing was written. Try more years.")
    text = file.read_bytes().decode("utf-8")
    for (section, key), value in numbers.values.items():
        text = replaced(text, section, key, value, numbers.source, str(file))
    kind = Society if numbers.profile == REFERENCE else Profile
    kind.model_validate(tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n")))
    with atomically(file) as temporary:
        temporary.write_bytes(text.encode("utf-8"))


def replaced(text: str, section: str, key: str, value: float, source: str, file: str = "") -> str:
    """The text of a file with another value for one number. A number at the beginning of the file may be new.

    InputError: it is not on a line of its own.
    """
    current, lines, done = "", [], False
    for line in text.splitlines(keepends=True):
        if header := re.match(r"\ufeff?\s*\[([^\[\]]+)\]", line):
            current = header[1].strip()
        elif current == section and re.match(rf"\s*{re.escape(key)}\s*=\s*\{{", line):
            length = _assignment(line)
            if length:
                old = tomllib.loads(line[:length])[key]
                indent = line[: len(line) - len(line.lstrip())]
                line, done = indent + _line(key, old, value, source) + line[length:], True
        lines.append(line)
    if not done and not section and key not in tomllib.loads(text.removeprefix("\ufeff")):
        return text.rstrip("\n") + f"\n{_line(key, NEW, value, source)}\n"
    if not done:
        raise InputError(
            Problem(file, f"{section}.{key}", "not on a line of its own", f"under [{section}], a line {key} = {{ ... }}")
        )
    return "".join(lines)


def _assignment(line: str) -> int:
    """Length of the assignment at the beginning of a line, up to its last brace; 0 if there is none. A comment may follow."""
    for length in accumulate(len(part) + 1 for part in line.split("}")[:-1]):
        try:
            tomllib.loads(line[:length])
        except tomllib.TOMLDecodeError:
            continue
        return length
    return 0


def _line(key: str, old: dict[str, Any], value: float, source: str) -> str:
    """One number as a line of TOML. Its range stays, and is widened if the new value lies outside."""
    parts: dict[str, Any] = {"value": value}
    if "low" in old:
        parts["low"] = min(old["low"], value)
    if "high" in old:
        parts["high"] = max(old["high"], value)
    parts |= {"unit": old["unit"], "status": "computed", "source": source}
    written = (f"{name} = {json.dumps(part, ensure_ascii=False)}" for name, part in parts.items())
    return f"{key} = {{ {', '.join(written)} }}"
