"""Intervals and margins -> the verdict and its reasons. Pure functions; no file, no world, no luck.

The word says what the `legs` say together. Source: docs/model.md, section "The verdict".
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from scipy.special import stdtrit

from sim.study.judging.legs import CORE, LEGS, NAMED, OLD, REAL, RELATIVE, SHIFTS, STRONG, SUPPORT, Leg
from sim.study.judging.reasons import Reason, english

WORDS = ("thinned", "weakened", "hollowed", "transformed", "inert", "enriched")
UNDECIDED = "undecided"
OPEN = "open"
CAP = 10_000
"""Seeds beyond which nobody will go: more than that counts as never."""

Margins = Mapping[str, float]
"""The smallest changes that matter, by name: shares of the control's mean; of shifts in their own unit."""


@dataclass(frozen=True)
class Estimate:
    """Mean and standard deviation of one leg over n paired seeds. NaN: not known."""

    mean: float
    sd: float
    n: int

    def interval(self, level: float) -> tuple[float, float]:
        """Two-sided t interval of the mean; NaN below two seeds, the point if nothing varies."""
        if self.n < 2:
            return math.nan, math.nan
        if self.sd == 0:
            return self.mean, self.mean
        half = t_quantile(level, self.n - 1) * self.sd / math.sqrt(self.n)
        return self.mean - half, self.mean + half


UNKNOWN = Estimate(math.nan, math.nan, 0)


@dataclass(frozen=True)
class Verdict:
    """The word and its reasons; while undecided, the names of the open legs that matter and the words still possible."""

    word: str
    reasons: tuple[Reason, ...]
    open: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """The reasons as an English sentence."""
        return english(self.reasons)


@cache
def t_quantile(level: float, df: int) -> float:
    """Half-width, in standard errors, of the two-sided t interval of this level."""
    return float(stdtrit(df, 0.5 + level / 2))


def levels(others: int = 1) -> tuple[float, float]:
    """Levels of the (equivalence, direction) intervals: .90 and .95, Bonferroni over `others`.

    others : 1 for the primary contrast, else the number of contrasts that are not primary
    """
    return 1 - 0.10 / others, 1 - 0.05 / others


def change(interval90: tuple[float, float], interval95: tuple[float, float], margin: float) -> str:
    """Is a relative difference "lost", "gained", "same" or "open"? Shares of the control's mean.

    Touching the margin is "same": it is lost or gained only strictly beyond. NaN leaves it open.
    """
    if interval95[1] < -margin:
        return "lost"
    if interval95[0] > margin:
        return "gained"
    if -margin <= interval90[0] and interval90[1] <= margin:
        return "same"
    return OPEN


def shift(interval90: tuple[float, float], delta: float) -> str:
    """Has a distance between two arms "moved" above delta, stayed "below", or is it "open"?"""
    if interval90[0] > delta:
        return "moved"
    if interval90[1] <= delta:
        return "below"
    return OPEN


def word(values: Mapping[str, str]) -> Verdict:
    """The verdict of the values of legs, by their names; a missing one is open.

    `old` changes no word; it says whether old ties were replaced.
    With open legs the word is given only if every value they could take leads to the same one.
    Raises ValueError for a value that a leg cannot have.
    """
    values = {leg.name: values.get(leg.name, OPEN) for leg in (*LEGS, OLD)}
    for name, value in values.items():
        if value not in (*NAMED[name].values, OPEN):
            raise ValueError(f"leg {name} is '{value}'; expected one of {', '.join(NAMED[name].values)}, open")
    possible, matter = _reach(*(values[leg.name] for leg in LEGS))
    if len(possible) == 1:
        return Verdict(possible[0], tuple(_reasons(possible[0], values)), (), possible)
    return Verdict(UNDECIDED, (Reason("open", matter), Reason("possible", possible)), matter, possible)


def settled(estimates: Mapping[str, Estimate], margins: Margins, others: int = 1) -> dict[str, str]:
    """Leg -> its value, by estimates named as the legs are; a missing one is open.

    Relative legs are shares of the control's mean, shifts distances less the placebo's.
    """
    at = levels(others)
    return {leg.name: _settle(leg, estimates.get(leg.name, UNKNOWN), margins, at) for leg in (*LEGS, OLD)}


def decide(estimates: Mapping[str, Estimate], margins: Margins, others: int = 1) -> Verdict:
    """The verdict of estimates."""
    return word(settled(estimates, margins, others))


def tipping_margin(estimates: Mapping[str, Estimate], margins: Margins, others: int = 1) -> float:
    """The margin of support nearest to the declared one at which the word changes; NaN if none.

    The four relative margins move together, in their declared proportions (so they are one number
    when declared equal); those of partners and carriers stay. Becoming or ceasing to be undecided
    is a change. Exact: legs change only where a margin meets an end of an interval, and hold from
    there (included) to the next such place, so one look inside each piece of (0, 1] is enough.
    """
    declared = margins[SUPPORT.margin]
    if not declared > 0:
        return math.nan
    equivalence, direction = levels(others)
    values = settled(estimates, margins, others)
    ends = {}
    edges: list[float] = []
    for leg in RELATIVE:
        estimate, ratio = estimates.get(leg.name, UNKNOWN), margins[leg.margin] / declared
        inner, outer = estimate.interval(equivalence), estimate.interval(direction)
        ends[leg.name] = inner, outer, ratio
        if ratio > 0:
            places = (-outer[1], outer[0], max(-inner[0], inner[1]))
            edges.extend(place / ratio for place in places if 0 < place / ratio <= 1)
    edges = sorted(set(edges))
    stops = [0.0, *edges, 1.0 + declared]  # the last piece reaches beyond 1

    def inside(piece: int) -> str:
        common = (stops[piece] + stops[piece + 1]) / 2
        here = {name: change(i90, i95, common * ratio) for name, (i90, i95, ratio) in ends.items()}
        return word(values | here).word

    home = bisect_right(edges, declared)
    now = inside(home)
    up = next((stops[k] for k in range(home + 1, len(stops) - 1) if inside(k) != now), math.inf)
    down = next((stops[k + 1] for k in range(home - 1, -1, -1) if inside(k) != now), math.inf)
    nearest = min(down, up, key=lambda place: abs(place - declared))
    return nearest if math.isfinite(nearest) else math.nan


def seeds_needed(
    estimates: Mapping[str, Estimate], margins: Margins, others: int = 1, cap: int = CAP
) -> int | None:
    """Seeds that would decide an undecided verdict if means and spreads stayed as they are.

    None when it is decided, or when no number up to `cap` would do: a mean that matters sits on
    its margin, or is not known. Only the legs that settle the word first are waited for.
    """
    values = settled(estimates, margins, others)
    awaited = []
    for name in word(values).open:
        then = _seeds_for(NAMED[name], estimates.get(name, UNKNOWN), margins, others, cap)
        if then:
            awaited.append((*then, name))
    for seeds, value, name in sorted(awaited):
        values[name] = value
        if word(values).word != UNDECIDED:
            return seeds
    return None


def _seeds_for(leg: Leg, estimate: Estimate, margins: Margins, others: int, cap: int) -> tuple[int, str] | None:
    """Fewest seeds that settle one leg, and how; the half-width only shrinks as seeds are added."""
    if math.isnan(estimate.mean) or math.isnan(estimate.sd):
        return None

    at = levels(others)

    def with_seeds(n: int) -> str:
        return _settle(leg, Estimate(estimate.mean, estimate.sd, n), margins, at)

    if with_seeds(cap) == OPEN:
        return None
    counts = range(2, cap + 1)
    fewest = counts[bisect_left(counts, True, key=lambda n: with_seeds(n) != OPEN)]
    return fewest, with_seeds(fewest)


def _settle(leg: Leg, estimate: Estimate, margins: Margins, at: tuple[float, float]) -> str:
    """The value of a leg by its estimate, at the (equivalence, direction) levels."""
    inner, margin = estimate.interval(at[0]), margins[leg.margin]
    return change(inner, estimate.interval(at[1]), margin) if leg.relative else shift(inner, margin)


def _word(values: Mapping[str, str]) -> str:
    """The table of the verdict, for definite legs."""
    if values["support"] == "lost":
        return "thinned" if values["core"] == values["real"] == "lost" else "weakened"
    if "lost" in (values["core"], values["strong"]):
        return "hollowed"
    if values["support"] == "gained":
        return "enriched"
    return "inert" if set(values.values()) == {"same", "below"} else "transformed"


@cache
def _reach(*values: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words still possible, and the names of the open legs that can change the word. values : of `LEGS`, in order"""
    choices = [leg.values if value == OPEN else (value,) for leg, value in zip(LEGS, values)]
    names = [leg.name for leg in LEGS]
    words = {chosen: _word(dict(zip(names, chosen))) for chosen in product(*choices)}
    matter = []
    for place, name in enumerate(names):
        reached: dict[tuple[str, ...], set[str]] = {}
        for chosen, outcome in words.items():
            rest = chosen[:place] + chosen[place + 1 :]
            reached.setdefault(rest, set()).add(outcome)
        if any(len(outcomes) > 1 for outcomes in reached.values()):
            matter.append(name)
    return tuple(w for w in WORDS if w in words.values()), tuple(matter)


def _reasons(outcome: str, values: Mapping[str, str]) -> Iterator[Reason]:
    """What made the word, leg by leg; open legs that could not change it are named last."""

    def those(code: str, legs: Iterable[Leg], *among: str) -> Reason:
        return Reason(code, tuple(f"{leg.name}={values[leg.name]}" for leg in legs if values[leg.name] in among))

    held, others = ("same", "gained"), LEGS[1:]
    yield those("legs", [SUPPORT], *SUPPORT.values)
    if outcome == "thinned":
        yield those("legs", (CORE, REAL), "lost")
    elif outcome == "weakened":
        yield those("stood", (CORE, REAL), *held)
    elif outcome == "hollowed":
        yield those("legs", (CORE, STRONG), "lost")
    elif outcome == "inert":
        yield those("within", others, "same", "below")
    elif outcome == "enriched":
        yield those("legs", (CORE, STRONG), *held)
        if values["real"] == "lost":
            yield those("although", [REAL], "lost")
    elif outcome == "transformed":
        yield those("legs", (*SHIFTS, REAL, CORE, STRONG), "moved", "lost", "gained")
        if values["old"] == "lost":
            yield those("replaced", [OLD], "lost")
    beside = (OLD,) if outcome == "transformed" else ()
    if unsettled := tuple(leg.name for leg in (*LEGS, *beside) if values[leg.name] == OPEN):
        yield Reason("unsettled", unsettled)
