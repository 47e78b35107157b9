"""Intervals and margins -> the verdict and its reasons. Pure functions, without files and random numbers.

The verdict is one word for all `legs` together. Source: docs/model.md, section "The verdict".
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
"""Largest number of seeds that is considered. More counts as never."""

Margins = Mapping[str, float]
"""Name -> smallest change that matters: a share of the control's mean, or for shifts a value in their own unit."""


@dataclass(frozen=True)
class Estimate:
    """Mean and standard deviation of one leg over n paired seeds. NaN: unknown."""

    mean: float
    sd: float
    n: int

    def interval(self, level: float) -> tuple[float, float]:
        """Two-sided t interval of the mean. NaN below two seeds. If nothing varies, both ends are the mean."""
        if self.n < 2:
            return math.nan, math.nan
        if self.sd == 0:
            return self.mean, self.mean
        half = t_quantile(level, self.n - 1) * self.sd / math.sqrt(self.n)
        return self.mean - half, self.mean + half


UNKNOWN = Estimate(math.nan, math.nan, 0)


@dataclass(frozen=True)
class Verdict:
    """The word and its reasons.

    open : while undecided, the names of the open legs that matter; possible : the words that are still possible
    """

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
    """Half-width of the two-sided t interval of this level, in standard errors."""
    return float(stdtrit(df, 0.5 + level / 2))


def levels(others: int = 1) -> tuple[float, float]:
    """Levels of the (equivalence, direction) intervals: .90 and .95, corrected by Bonferroni for `others` contrasts.

    others : 1 for the primary contrast, else the number of contrasts that are not primary
    """
    return 1 - 0.10 / others, 1 - 0.05 / others


def change(interval90: tuple[float, float], interval95: tuple[float, float], margin: float) -> str:
    """Whether a relative difference is "lost", "gained", "same" or "open". Intervals are in shares of the control's mean.

    It is lost or gained only if the interval is strictly beyond the margin. NaN leaves it open.
    """
    if interval95[1] < -margin:
        return "lost"
    if interval95[0] > margin:
        return "gained"
    if -margin <= interval90[0] and interval90[1] <= margin:
        return "same"
    return OPEN


def shift(interval90: tuple[float, float], delta: float) -> str:
    """Whether a distance between two arms has "moved" above delta, is "below" it, or is "open"."""
    if interval90[0] > delta:
        return "moved"
    if interval90[1] <= delta:
        return "below"
    return OPEN


def word(values: Mapping[str, str]) -> Verdict:
    """The verdict from the values of the legs. values : leg -> value; a missing leg is open

    The leg `old` does not change the word. It only says whether old ties were replaced.
    With open legs, a word is given only if all their possible values lead to the same word.
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
    """Leg -> its value. estimates : leg -> estimate; a missing leg is open

    Estimates of relative legs are shares of the control's mean. Those of shifts are distances minus the placebo's.
    """
    at = levels(others)
    return {leg.name: _settle(leg, estimates.get(leg.name, UNKNOWN), margins, at) for leg in (*LEGS, OLD)}


def decide(estimates: Mapping[str, Estimate], margins: Margins, others: int = 1) -> Verdict:
    """The verdict from the estimates of the legs."""
    return word(settled(estimates, margins, others))


def tipping_margin(estimates: Mapping[str, Estimate], margins: Margins, others: int = 1) -> float:
    """The margin of support nearest to the declared one at which the word changes. NaN if there is none.

    The four relative margins change together, in their declared proportions. The margins of partners and carriers stay. Becoming
    or ceasing to be undecided counts as a change. The result is exact: a leg changes only where a margin meets an end of an
    interval, and is constant from there (included) to the next such place. So it is enough to test one margin in each piece of
    (0, 1].
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
    stops = [0.0, *edges, 1.0 + declared]  # the last piece extends beyond 1

    def inside(piece: int) -> str:
        common = (stops[piece] + stops[piece + 1]) / 2
        relative = {name: change(i90, i95, common * ratio) for name, (i90, i95, ratio) in ends.items()}
        return word(values | relative).word

    home = bisect_right(edges, declared)
    now = inside(home)
    up = next((stops[k] for k in range(home + 1, len(stops) - 1) if inside(k) != now), math.inf)
    down = next((stops[k + 1] for k in range(home - 1, -1, -1) if inside(k) != now), math.inf)
    nearest = min(down, up, key=lambda place: abs(place - declared))
    return nearest if math.isfinite(nearest) else math.nan


def seeds_needed(
    estimates: Mapping[str, Estimate], margins: Margins, others: int = 1, cap: int = CAP
) -> int | None:
    """Number of seeds that would decide an undecided verdict if means and standard deviations stayed the same.

    None if it is decided, or if no number up to `cap` is enough: an important mean is on its margin or unknown. It counts only
    the legs that settle first and together decide the word.
    """
    values = settled(estimates, margins, others)
    awaited = []
    for name in word(values).open:
        settling = _seeds_for(NAMED[name], estimates.get(name, UNKNOWN), margins, others, cap)
        if settling:
            awaited.append((*settling, name))
    for seeds, value, name in sorted(awaited):
        values[name] = value
        if word(values).word != UNDECIDED:
            return seeds
    return None


def _seeds_for(leg: Leg, estimate: Estimate, margins: Margins, others: int, cap: int) -> tuple[int, str] | None:
    """The fewest seeds that settle a leg, and the value it then has. More seeds only shrink the interval."""
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
    """The value of a leg from its estimate. at : the (equivalence, direction) levels"""
    inner, margin = estimate.interval(at[0]), margins[leg.margin]
    return change(inner, estimate.interval(at[1]), margin) if leg.relative else shift(inner, margin)


def _word(values: Mapping[str, str]) -> str:
    """The word for definite legs: the table of the verdict."""
    if values["support"] == "lost":
        return "thinned" if values["core"] == values["real"] == "lost" else "weakened"
    if "lost" in (values["core"], values["strong"]):
        return "hollowed"
    if values["support"] == "gained":
        return "enriched"
    return "inert" if set(values.values()) == {"same", "below"} else "transformed"


@cache
def _reach(*values: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words that are still possible, and the names of the open legs that can change the word.

    values : the value of each of `LEGS`, in order
    """
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
    """The reasons for a word. Open legs that could not change it come last."""

    def reason(code: str, legs: Iterable[Leg], *among: str) -> Reason:
        """A reason from those legs whose value is among some."""
        return Reason(code, tuple(f"{leg.name}={values[leg.name]}" for leg in legs if values[leg.name] in among))

    held, others = ("same", "gained"), LEGS[1:]
    yield reason("legs", [SUPPORT], *SUPPORT.values)
    if outcome == "thinned":
        yield reason("legs", (CORE, REAL), "lost")
    elif outcome == "weakened":
        yield reason("stood", (CORE, REAL), *held)
    elif outcome == "hollowed":
        yield reason("legs", (CORE, STRONG), "lost")
    elif outcome == "inert":
        yield reason("within", others, "same", "below")
    elif outcome == "enriched":
        yield reason("legs", (CORE, STRONG), *held)
        if values["real"] == "lost":
            yield reason("although", [REAL], "lost")
    elif outcome == "transformed":
        yield reason("legs", (*SHIFTS, REAL, CORE, STRONG), "moved", "lost", "gained")
        if values["old"] == "lost":
            yield reason("replaced", [OLD], "lost")
    beside = (OLD,) if outcome == "transformed" else ()
    if unsettled := tuple(leg.name for leg in (*LEGS, *beside) if values[leg.name] == OPEN):
        yield Reason("unsettled", unsettled)
