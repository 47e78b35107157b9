"""Where the region of a verdict ends: which combinations of parameters are worth simulating. Nothing is simulated here.

A *place* is a combination, each value as a share of the parameter's range. The caller gives a function `outcomes_at(places)` that
simulates them. A *search* is a generator: it yields the places that it asks for, is sent their outcomes, and ends when it knows
enough.
Searches are independent of each other; the places that all of them ask for next are one batch.

No result is returned: `sim.study.judging.region_table` reads all places that were simulated.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from sim.study.judging import verdict
from sim.study.judging.legs import LEGS, NAMED, Leg

Place = tuple[float, ...]

REFUSED = "refused"  # instead of a word: an arm does not accept the combination, which is not simulated
NO_WORD = (verdict.UNDECIDED, REFUSED)
STEPS = 5  # times that a way is halved: the border is then known to 1/32 of the way
MARKS = (1 / 8, 1 / 4, 1 / 2, 1.0)  # shares of a curve at which a search looks first
KEPT = (1, 2, 3, 4, 6, 8, 12, 16)  # numbers of parameters that are tried in a change of few
FROM_SAMPLE = 3  # places of the sample at most that searches start from


class Outcome(NamedTuple):
    """The outcome at a place.

    word : of the verdict, or `REFUSED`; legs : name of each leg that the verdict looks at -> its mean, as far as it is known
    """

    word: str
    legs: Mapping[str, float]


Search = Generator[list[Place], list[Outcome], None]
OutcomesAt = Callable[[list[Place]], list[Outcome]]
Curve = Callable[[float], Place]


class Simulated(NamedTuple):
    """A place and its outcome."""

    place: Place
    outcome: Outcome


def explore(
    base: Place, ends: Sequence[tuple[float, ...]], sample: Sequence[Place], outcomes_at: OutcomesAt, margins: verdict.Margins
) -> None:
    """Simulate the base, the ends of each range and the sample; then search from these for the nearest flips of the word.

    base : the place of the values that the arms have
    ends : for each parameter the ends of its range that are not its base, as shares
    """
    sides = [(k, end) for k, ends_of_range in enumerate(ends) for end in ends_of_range]
    outcomes = outcomes_at([base, *(moved(base, {k: end}) for k, end in sides), *sample])
    at_base, at_ends = outcomes[0], dict(zip(sides, outcomes[1:]))
    drawn = list(map(Simulated, sample, outcomes[1 + len(sides) :]))
    flipped = other_than(at_base.word)
    slopes = {side: slope(base[side[0]], side[1], at_base, outcome) for side, outcome in at_ends.items()}
    searches: list[Search] = []
    for (k, end), outcome in at_ends.items():
        way = straight(base, moved(base, {k: end}))
        if outcome.word not in (at_base.word, REFUSED):
            searches.append(halved(way, 0.0, 1.0, lambda outcome: outcome.word != at_base.word))
        if flipped(outcome):
            searches.append(halved(way, 0.0, 1.0, flipped))
    for leg, sign in ways_out(at_base.legs, margins):
        if (curve := steepest(base, slopes, leg, sign)) is not None:
            searches.append(along(curve, base, slopes, at_base, margins))
    for far in nearest_of_each_word(base, [place for place in drawn if flipped(place.outcome)]):
        searches.append(halved(straight(base, far.place), 0.0, 1.0, flipped))
        searches.append(fewest(base, far, slopes, at_base, margins))
    together(searches, outcomes_at)


def together(searches: Iterable[Search], outcomes_at: OutcomesAt) -> None:
    """Advance all searches side by side: the places that they ask for next are one batch."""
    waiting = [(search, places) for search in searches if (places := next(search, None)) is not None]
    while waiting:
        batch = list(dict.fromkeys(place for _, places in waiting for place in places))
        outcomes = dict(zip(batch, outcomes_at(batch)))
        unfinished = []
        for search, places in waiting:
            with suppress(StopIteration):
                unfinished.append((search, search.send([outcomes[place] for place in places])))
        waiting = unfinished


# Searches


def halved(curve: Curve, inside: float, outside: float, beyond: Callable[[Outcome], bool]) -> Search:
    """Halve the part of a curve between a share that is not beyond the border and one that is, `STEPS` times."""
    for _ in range(STEPS):
        middle = (inside + outside) / 2
        (outcome,) = yield [curve(middle)]
        inside, outside = (inside, middle) if beyond(outcome) else (middle, outside)


def along(curve: Curve, base: Place, slopes: Mapping, at_base: Outcome, margins: verdict.Margins) -> Search:
    """Follow a curve until the word flips; then search the border, and a change of few parameters that flips it too."""
    flipped = other_than(at_base.word)
    outcomes = yield [curve(mark) for mark in MARKS]
    marks = [k for k, outcome in enumerate(outcomes) if flipped(outcome)]
    if not marks:
        return
    first, last = marks[0], marks[-1]
    yield from halved(curve, (0.0, *MARKS)[first], MARKS[first], flipped)
    yield from fewest(base, Simulated(curve(MARKS[last]), outcomes[last]), slopes, at_base, margins)


def fewest(base: Place, far: Simulated, slopes: Mapping, at_base: Outcome, margins: verdict.Margins) -> Search:
    """Set the parameters of a flipped place back to the base as long as the word stays flipped.

    First all but the few that contribute most to the change, by the slopes. Then one by one; those that save most distance
    are tried first.
    """
    flipped = other_than(at_base.word)
    weights = contributions(base, far, slopes, at_base, margins)
    order = sorted(weights, key=lambda k: -weights[k])
    trial = [moved(base, {k: far.place[k] for k in order[:kept]}) for kept in KEPT if kept <= len(order)]
    outcomes = yield trial
    best = next((place for place, outcome in zip(trial, outcomes) if flipped(outcome)), None)
    while best is not None and len(changed(base, best)) > 1:
        saving = {k: abs(best[k] - base[k]) for k in changed(base, best)}
        trial = [moved(best, {k: base[k]}) for k in sorted(saving, key=lambda k: -saving[k])]
        outcomes = yield trial
        fewer = next((place for place, outcome in zip(trial, outcomes) if flipped(outcome)), None)
        if fewer is None:
            break
        best = fewer
    if best is not None:
        yield from halved(straight(base, best), 0.0, 1.0, flipped)


def other_than(word: str) -> Callable[[Outcome], bool]:
    """A function that says whether an outcome has another word; undecided and refused places have none."""
    return lambda outcome: outcome.word not in (word, *NO_WORD)


# Directions


def ways_out(legs: Mapping[str, float], margins: verdict.Margins) -> list[tuple[str, int]]:
    """Each leg that changes the word if it alone takes another value, with the sign of the change of its mean.

    legs : the means at the base. The value of a leg is that on whose side of the margin its mean lies
    """
    values = {leg.name: settled(leg, legs.get(leg.name, math.nan), margins) for leg in LEGS}
    word = verdict.word(values).word
    ways: dict[tuple[str, int], None] = {}
    for leg in LEGS:
        own = leg.values.index(values[leg.name])
        for number, value in enumerate(leg.values):
            if verdict.word(values | {leg.name: value}).word != word:
                ways[leg.name, 1 if number > own else -1] = None
    return list(ways)


def settled(leg: Leg, mean: float, margins: verdict.Margins) -> str:
    """The value of a leg by its mean alone, without its interval."""
    margin = margins[leg.margin]
    if not leg.relative:
        return "moved" if mean > margin else "below"
    return "lost" if mean < -margin else "gained" if mean > margin else "same"


def slope(base: float, end: float, at_base: Outcome, at_end: Outcome) -> dict[str, float]:
    """Change of each leg from the base to an end of a range, divided by the share of the range between them."""
    changes = {name: (at_end.legs.get(name, math.nan) - mean) / abs(end - base) for name, mean in at_base.legs.items()}
    return {name: change for name, change in changes.items() if math.isfinite(change)}


def steepest(base: Place, slopes: Mapping[tuple[int, float], Mapping[str, float]], leg: str, sign: int) -> Curve | None:
    """The curve along which a leg changes fastest, assuming linear effects; None if no parameter changes it that way.

    Every parameter moves toward the end of its range that helps more, in proportion to its slope, and stops there. The curve
    begins at the base (0) and ends where all parameters have stopped (1).
    slopes : (parameter, end of its range) -> slope of each leg
    leg, sign : the leg to change, and the direction: 1 or -1
    """
    best: dict[int, tuple[float, float]] = {}  # parameter -> slope in this direction, end of the range
    for (k, end), slopes_of_legs in slopes.items():
        best[k] = max(best.get(k, (0.0, base[k])), (sign * slopes_of_legs.get(leg, 0.0), end))
    best = {k: (speed, end) for k, (speed, end) in best.items() if speed > 0}
    if not best:
        return None

    def after(time: float) -> Place:
        return moved(base, {k: toward(base[k], end, time * speed) for k, (speed, end) in best.items()})

    stop = max(abs(end - base[k]) / speed for k, (speed, end) in best.items())
    length = distance(base, after(stop))

    def curve(share: float) -> Place:
        """The place at which this share of the distance between base and end is reached."""
        if share >= 1:
            return after(stop)
        early, late = 0.0, stop
        for _ in range(60):
            middle = (early + late) / 2
            early, late = (middle, late) if distance(base, after(middle)) < share * length else (early, middle)
        return after(late)

    return curve


def contributions(
    base: Place, far: Simulated, slopes: Mapping, at_base: Outcome, margins: verdict.Margins
) -> dict[int, float]:
    """How much each parameter that moved contributes to the change of the legs, assuming linear effects. In squared margins."""
    legs = [name for name in at_base.legs if math.isfinite(far.outcome.legs.get(name, math.nan) - at_base.legs[name])]
    size = {name: margins[NAMED[name].margin] for name in legs}
    no_slopes: Mapping[str, float] = {}
    weights = {}
    for k in changed(base, far.place):
        step = far.place[k] - base[k]
        of_legs = next((slope for (i, end), slope in slopes.items() if i == k and (end - base[k]) * step > 0), no_slopes)
        weights[k] = sum(
            abs(step) * of_legs.get(name, 0.0) * (far.outcome.legs[name] - at_base.legs[name]) / size[name] ** 2 for name in legs
        )
    return weights


def nearest_of_each_word(base: Place, places: Iterable[Simulated]) -> list[Simulated]:
    """For each word the place nearest to the base; of these the nearest, at most `FROM_SAMPLE`."""
    nearest: dict[str, Simulated] = {}
    for place in sorted(places, key=lambda place: distance(base, place.place)):
        nearest.setdefault(place.outcome.word, place)
    return list(nearest.values())[:FROM_SAMPLE]


# Places


def moved(place: Place, to: Mapping[int, float]) -> Place:
    """The place with other shares for some parameters."""
    return tuple(to.get(k, share) for k, share in enumerate(place))


def changed(base: Place, place: Place) -> list[int]:
    """The parameters that a place has at another share than the base."""
    return [k for k, (own, share) in enumerate(zip(base, place)) if own != share]


def distance(base: Place, place: Place) -> float:
    """Euclidean distance, with the length of each range as unit."""
    return math.dist(base, place)


def toward(start: float, end: float, step: float) -> float:
    """A step from a share toward another, but not beyond it."""
    return end if step >= abs(end - start) else start + math.copysign(step, end - start)


def straight(base: Place, end: Place) -> Curve:
    """The straight line from the base, at 0, to an end, at 1."""
    return lambda share: end if share >= 1 else tuple(a if a == b else a + share * (b - a) for a, b in zip(base, end))
