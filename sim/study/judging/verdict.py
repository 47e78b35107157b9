"""Intervals and margins -> the verdict and why. Pure functions; no file, no world, no luck.

A *leg* is one thing a platform can do to a society: lose, gain or keep its support, its core, its
real-life hours, its strong ties; move its partners or its carriers, or leave them. The word says
what the legs say together. Source: docs/model.md, section "The verdict".
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from scipy.special import stdtrit

RELATIVE = {"S_all": "support", "core": "core", "real": "real", "strong": "strong"}
"""Legs that are lost, gained or same, and the margin each is held against."""
SHIFTS = {"partners": "partners", "carriers": "carriers"}
"""Legs that are moved or below."""
WORDS = ("thinned", "weakened", "hollowed", "transformed", "inert", "enriched")
UNDECIDED = "undecided"
OPEN = "open"
CAP = 10_000
"""Seeds beyond which nobody will go: more than that counts as never."""

_DEFINITE = {
    **dict.fromkeys((*RELATIVE, "S_old"), ("lost", "same", "gained")),
    **dict.fromkeys(SHIFTS, ("moved", "below")),
}
_IN_WORDS = {
    "S_all": "support",
    "core": "core support",
    "real": "real-life hours",
    "strong": "strong ties",
    "partners": "partners",
    "carriers": "carriers",
    "S_old": "support from old ties",
}


@dataclass(frozen=True)
class Margins:
    """The smallest changes that matter: shares of the control's mean; shifts in their own unit."""

    support: float = 0.05
    core: float = 0.05
    real: float = 0.05
    strong: float = 0.05
    partners: float = 0.05
    carriers: float = 0.05


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
    """The word and why; while undecided, the open legs that matter and the words still possible."""

    word: str
    why: str
    open: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()


@cache
def t_quantile(level: float, df: int) -> float:
    """Half-width, in standard errors, of the two-sided t interval of this level."""
    return float(stdtrit(df, 0.5 + level / 2))


def levels(others: int = 1) -> tuple[float, float]:
    """Levels of the (equivalence, direction) intervals: .90 and .95, Bonferroni over `others`.

    others : 1 for the primary contrast, else the number of contrasts that are not primary
    """
    return 1 - 0.10 / others, 1 - 0.05 / others


def leg(interval90: tuple[float, float], interval95: tuple[float, float], margin: float) -> str:
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


def word(S_all: str, core: str, real: str, strong: str, partners: str, carriers: str, S_old: str = OPEN) -> Verdict:
    """The verdict of seven legs. S_old changes no word; it says whether old ties were replaced.

    With open legs the word is given only if every value they could take leads to the same one.
    """
    found = dict(S_all=S_all, core=core, real=real, strong=strong, partners=partners, carriers=carriers)
    for name, value in {**found, "S_old": S_old}.items():
        if value != OPEN and value not in _DEFINITE[name]:
            raise ValueError(f"leg {name} is '{value}'; expected one of {_DEFINITE[name]}, open")
    possible, matter = _reach(*found.values())
    if len(possible) == 1:
        return Verdict(possible[0], _why(possible[0], found, S_old), (), possible)
    legs = ", ".join(_IN_WORDS[name] for name in matter)
    why = f"open: {legs}; still possible: {', '.join(possible)}"
    return Verdict(UNDECIDED, why, matter, possible)


def legs(estimates: Mapping[str, Estimate], margins: Margins, others: int = 1) -> dict[str, str]:
    """The seven legs of estimates named as in `word`; a missing one is open.

    Relative legs are shares of the control's mean, shifts distances less the placebo's.
    """
    at = levels(others)
    return {
        name: _settle(name, estimates.get(name, UNKNOWN), margins, at) for name in (*RELATIVE, *SHIFTS, "S_old")
    }


def decide(estimates: Mapping[str, Estimate], margins: Margins, others: int = 1) -> Verdict:
    """The verdict of estimates."""
    return word(**legs(estimates, margins, others))


def tipping_margin(estimates: Mapping[str, Estimate], margins: Margins, others: int = 1) -> float:
    """The margin of support nearest to the declared one at which the word changes; NaN if none.

    The four relative margins move together, in their declared proportions (so they are one number
    when declared equal); those of partners and carriers stay. Becoming or ceasing to be undecided
    is a change. Exact: legs change only where a margin meets an end of an interval, and hold from
    there (included) to the next such place, so one look inside each piece of (0, 1] is enough.
    """
    declared = margins.support
    if not declared > 0:
        return math.nan
    equivalence, direction = levels(others)
    found = legs(estimates, margins, others)
    ends = {}
    edges: list[float] = []
    for name, margin in RELATIVE.items():
        estimate, ratio = estimates.get(name, UNKNOWN), getattr(margins, margin) / declared
        inner, outer = estimate.interval(equivalence), estimate.interval(direction)
        ends[name] = inner, outer, ratio
        if ratio > 0:
            places = (-outer[1], outer[0], max(-inner[0], inner[1]))
            edges.extend(place / ratio for place in places if 0 < place / ratio <= 1)
    edges = sorted(set(edges))
    stops = [0.0, *edges, 1.0 + declared]  # the last piece reaches beyond 1

    def inside(piece: int) -> str:
        common = (stops[piece] + stops[piece + 1]) / 2
        here = {name: leg(i90, i95, common * ratio) for name, (i90, i95, ratio) in ends.items()}
        return word(**{**found, **here}).word

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
    found = legs(estimates, margins, others)
    awaited = []
    for name in word(**found).open:
        then = _seeds_for(name, estimates.get(name, UNKNOWN), margins, others, cap)
        if then:
            awaited.append((*then, name))
    for seeds, value, name in sorted(awaited):
        found[name] = value
        if word(**found).word != UNDECIDED:
            return seeds
    return None


def _seeds_for(name: str, estimate: Estimate, margins: Margins, others: int, cap: int) -> tuple[int, str] | None:
    """Fewest seeds that settle one leg, and how; the half-width only shrinks as seeds are added."""
    if math.isnan(estimate.mean) or math.isnan(estimate.sd):
        return None

    at = levels(others)

    def settled(n: int) -> str:
        return _settle(name, Estimate(estimate.mean, estimate.sd, n), margins, at)

    if settled(cap) == OPEN:
        return None
    counts = range(2, cap + 1)
    fewest = counts[bisect_left(counts, True, key=lambda n: settled(n) != OPEN)]
    return fewest, settled(fewest)


def _settle(name: str, estimate: Estimate, margins: Margins, at: tuple[float, float]) -> str:
    """One leg of an estimate, at the (equivalence, direction) levels."""
    inner = estimate.interval(at[0])
    if name in SHIFTS:
        return shift(inner, getattr(margins, SHIFTS[name]))
    margin = getattr(margins, RELATIVE.get(name, "support"))  # S_old shares support's
    return leg(inner, estimate.interval(at[1]), margin)


def _word(S_all: str, core: str, real: str, strong: str, partners: str, carriers: str) -> str:
    """The table of the verdict, for definite legs."""
    if S_all == "lost":
        return "thinned" if core == "lost" and real == "lost" else "weakened"
    if core == "lost" or strong == "lost":
        return "hollowed"
    if S_all == "gained":
        return "enriched"
    still = core == strong == real == "same" and partners == carriers == "below"
    return "inert" if still else "transformed"


@cache
def _reach(*found: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words still possible, and the open legs that can change the word."""
    names = (*RELATIVE, *SHIFTS)
    values = [_DEFINITE[n] if value == OPEN else (value,) for n, value in zip(names, found)]
    words = {chosen: _word(*chosen) for chosen in product(*values)}
    matter = []
    for place, name in enumerate(names):
        reached: dict[tuple[str, ...], set[str]] = {}
        for chosen, outcome in words.items():
            rest = chosen[:place] + chosen[place + 1 :]
            reached.setdefault(rest, set()).add(outcome)
        if any(len(outcomes) > 1 for outcomes in reached.values()):
            matter.append(name)
    return tuple(w for w in WORDS if w in words.values()), tuple(matter)


def _why(outcome: str, found: Mapping[str, str], S_old: str) -> str:
    """What made the word, leg by leg; open legs that could not change it are named last."""

    def with_value(names, *values) -> str:
        return " and ".join(f"{_IN_WORDS[n]} {found[n]}" for n in names if found[n] in values)

    held = ("same", "gained")
    parts = [f"support {found['S_all']}"]
    if outcome == "thinned":
        parts.append(with_value(("core", "real"), "lost"))
    elif outcome == "weakened":
        parts.append(f"what stood: {with_value(('core', 'real'), *held)}")
    elif outcome == "hollowed":
        parts.append(with_value(("core", "strong"), "lost"))
    elif outcome == "inert":
        parts.append("nothing beyond its margin")
    elif outcome == "enriched":
        parts.append(with_value(("core", "strong"), *held))
        if found["real"] == "lost":
            parts.append("although real-life hours fell")
    elif outcome == "transformed":
        changed = ("partners", "carriers", "real", "core", "strong")
        parts.append(with_value(changed, "moved", "lost", "gained"))
        if S_old == "lost":
            parts.append("replaced: support from old ties lost")
    unsettled = [_IN_WORDS[name] for name, value in found.items() if value == OPEN]
    if outcome == "transformed" and S_old == OPEN:
        unsettled.append(_IN_WORDS["S_old"])
    if unsettled:
        parts.append(f"open, without changing the word: {', '.join(unsettled)}")
    return "; ".join(parts)
