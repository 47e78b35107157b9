"""The numbers that the program computes once, from the reference society without any platform (`sim pilot`).

- Years until steady: the first year at whose end support, real hours and ties a person, each the mean over seeds, differ
  by less than 1 % from two years before; never fewer than 10.
- k of support: with it the five closest carry as large a share of a person's support (mean over people and seeds, in the last
  year) as they get of the contact time: 40 % (target `time-closest-five`).
- strong, clique: closeness above which the mean person has 15 and 5 ties in that year.

The years rest on support with the exponent that the society file holds; closeness, hours and ties do not depend on it.
So a file whose exponent changes much is piloted twice.
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
from sim.scenario.profile import Profile
from sim.scenario.reading import check, target
from sim.scenario.society import Society
from sim.scenario.sorts import FOLDERS
from sim.study.records.tables import atomically
from sim.study.sweep.workers import as_completed, local_workers
from sim.world.growing import STEADY, STEADY_CHANGE, grow
from sim.world.measures.year import Year, the_year
from sim.world.rules import society_rules

LEAST_YEARS = 10
CLOSEST = 5
NEXT = 15  # ranks 6-15 carry what then follows
STRONG, CLIQUE = 15, 5  # ties of the mean person
EXPONENTS = (0.01, 50.0)
CHANGED_MUCH = 0.1  # of the exponent: then the years rest on another support

P = TypeVar("P", bound=Piece)


@dataclass(frozen=True)
class Pilot:
    """What was found. years : until steady, None if it never was; change : of the last two years, by series."""

    years: int | None
    by_seed: tuple[int | None, ...]
    change: dict[str, float]
    exponent: float
    exponent_before: float
    next_carry: float
    strong: float
    clique: float
    source: str

    @property
    def again(self) -> bool:
        """Do the years rest on quite another support than the one found?"""
        return abs(self.exponent - self.exponent_before) > CHANGED_MUCH * self.exponent

    @property
    def values(self) -> dict[tuple[str, str], float]:
        """(section, key) of the society file -> value."""
        found: dict[tuple[str, str], float] = {
            ("reference", "support_exponent"): self.exponent,
            ("reference", "strong"): self.strong,
            ("reference", "clique"): self.clique,
        }
        return found if self.years is None else {("burn_in", "years"): self.years} | found


def pilot(
    file: Path | str,
    people: int = 1000,
    seeds: int = 4,
    years: int = 40,
    profile: str = "us",
    jobs: int = 1,
    progress: Progress = None,
) -> Pilot:
    """Grow the society of a file with seeds 1, 2, ... and compute its numbers; changes no file."""
    file = Path(file)
    society = read_piece(file, Society, "society")
    usage = read_piece(file.parent / FOLDERS["profile"] / f"{profile}.toml", Profile, "profile")
    lived: dict[int, Any] = {}
    hired = local_workers(min(jobs, seeds), _grown, (society, usage, people, years))
    with shown(progress) as watch, hired as workers:
        for seed, *rest in as_completed(workers, range(1, seeds + 1)):
            lived[seed] = rest
            watch("societies", len(lived), seeds)
    histories, last = zip(*(lived[seed] for seed in sorted(lived)))
    exponent = support_exponent(last)
    together = mean_history(histories)
    return Pilot(
        years=steady_after(together),
        by_seed=tuple(steady_after(history) for history in histories),
        change=changes(together, len(together) - 1),
        exponent=exponent,
        exponent_before=society.reference.support_exponent.value,
        next_carry=carried(last, exponent, CLOSEST, NEXT),
        strong=closeness_of(last, STRONG),
        clique=closeness_of(last, CLIQUE),
        source=f"sim pilot {file.name}: {people} people, {seeds} seeds, {years} years, profile {profile}, rules {RULES}",
    )


def _grown(shared: tuple, seed: int) -> tuple:
    society, usage, people, years = shared
    profiles = ((usage, 1.0),)
    grown = grow(society, profiles, seed, people, years)
    return seed, grown.history, the_year(grown.state, society_rules(society, profiles))


def read_piece(file: Path, kind: type[P], sort: str) -> P:
    """One society or profile file. InputError: every problem."""
    if problems := check([file]):
        raise InputError(problems)
    try:
        return kind.model_validate(tomllib.loads(file.read_text("utf-8-sig")))
    except ValidationError:
        raise InputError(Problem(str(file), "", f"not a {sort}", f"a {sort} file")) from None


# --- the numbers --------------------------------------------------------------------------------------------------------


def mean_history(histories) -> list[dict[str, float]]:
    """Year by year, the mean over seeds."""
    return [{name: float(np.mean([one[name] for one in year])) for name in STEADY} for year in zip(*histories)]


def changes(history, year: int) -> dict[str, float]:
    """How much each series of this year (counted from 0) differs from two years before, as a share; none: infinitely."""
    if year < 2:
        return dict.fromkeys(STEADY, np.inf)
    now, before = history[year], history[year - 2]
    return {name: abs(now[name] - before[name]) / abs(before[name]) if before[name] else np.inf for name in STEADY}


def steady_after(history) -> int | None:
    """Years to live until nothing changes any more, then or later; None if these were too few."""
    found = None
    for year in range(len(history) - 1, 1, -1):
        if max(changes(history, year).values()) >= STEADY_CHANGE:
            break
        found = year + 1
    return None if found is None else max(found, LEAST_YEARS)


def carried(last: tuple[Year, ...], exponent: float, first: int, end: int) -> float:
    """Share of support carried by ranks first..end-1, mean over people and seeds."""
    shares = []
    for year in last:
        support, inside = year.closeness**exponent, (year.rank >= first) & (year.rank < end)
        part, whole = year.among(inside, support[inside]), year.per_person(support)
        shares.append(np.divide(part, whole, out=np.zeros(year.population), where=whole > 0))
    return float(np.concatenate(shares).mean())


def support_exponent(last: tuple[Year, ...]) -> float:
    """k such that the closest carry the published share."""
    share = target("time-closest-five").value

    def too_much(k: float) -> float:
        return carried(last, k, 0, CLOSEST) - share

    least, most = map(too_much, EXPONENTS)
    if least * most > 0:
        raise RunError(
            f"no exponent makes the closest {CLOSEST} carry {share:.0%} of support: they carry "
            f"{least + share:.0%} to {most + share:.0%}. Nothing was written; more people may help."
        )
    return round(brentq(too_much, *EXPONENTS, xtol=1e-4), 3)


def closeness_of(last: tuple[Year, ...], ties: int) -> float:
    """Closeness above which the mean person has this many ties."""
    felt = np.sort(np.concatenate([year.closeness for year in last]))[::-1]
    many = ties * sum(year.population for year in last)
    if felt.size <= many:
        raise RunError(f"the mean person has fewer than {ties} ties; nothing was written. More people may help.")
    return float(round(felt[many - 1], 4))


# --- the society file ---------------------------------------------------------------------------------------------------


def lines(found: Pilot, file: Path) -> list[str]:
    """The new lines of the society file, with their sections."""
    old = tomllib.loads(file.read_text("utf-8-sig"))
    shown = []
    for (section, key), value in found.values.items():
        if f"[{section}]" not in shown:
            shown.append(f"[{section}]")
        shown.append(_line(key, old[section][key], value, found.source))
    return shown


def write(found: Pilot, file: Path) -> None:
    """Put the numbers into the society file, in place; every other line and all comments stay. All of them or none."""
    file = file.resolve()
    if found.years is None:
        raise RunError(f"{file.name}: the society never was steady; nothing was written. Try more years.")
    text = file.read_bytes().decode("utf-8")
    for (section, key), value in found.values.items():
        text = replaced(text, section, key, value, found.source, str(file))
    Society.model_validate(tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n")))
    with atomically(file) as temporary:
        temporary.write_bytes(text.encode("utf-8"))


def replaced(text: str, section: str, key: str, value: float, source: str, file: str = "") -> str:
    """The text of a society file with another value for one number that stands on a line of its own."""
    within, out, done = "", [], False
    for line in text.splitlines(keepends=True):
        if header := re.match(r"\ufeff?\s*\[([^\[\]]+)\]", line):
            within = header[1].strip()
        elif within == section and re.match(rf"\s*{re.escape(key)}\s*=\s*\{{", line):
            length = _assignment(line)
            if length:
                old = tomllib.loads(line[:length])[key]
                indent = line[: len(line) - len(line.lstrip())]
                line, done = indent + _line(key, old, value, source) + line[length:], True
        out.append(line)
    if not done:
        raise InputError(
            Problem(file, f"{section}.{key}", "not on a line of its own", f"under [{section}], a line {key} = {{ ... }}")
        )
    return "".join(out)


def _assignment(line: str) -> int:
    """Length of the assignment that a line begins with, up to its last brace; a comment may follow."""
    for length in accumulate(len(part) + 1 for part in line.split("}")[:-1]):
        try:
            tomllib.loads(line[:length])
        except tomllib.TOMLDecodeError:
            continue
        return length
    return 0


def _line(key: str, old: dict[str, Any], value: float, source: str) -> str:
    """One number as a line of TOML; its range is kept and widened where the new value needs it."""
    wanted: dict[str, Any] = {"value": value}
    if "low" in old:
        wanted["low"] = min(old["low"], value)
    if "high" in old:
        wanted["high"] = max(old["high"], value)
    wanted |= {"unit": old["unit"], "status": "computed", "source": source}
    written = (f"{name} = {json.dumps(one, ensure_ascii=False)}" for name, one in wanted.items())
    return f"{key} = {{ {', '.join(written)} }}"
