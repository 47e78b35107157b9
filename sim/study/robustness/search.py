"""Where to look for the end of a verdict's region: which sets of assumptions are worth simulating. Pure; nothing is run here.

A *place* is a set of assumptions, each as a share of its range. Somebody gives `words_at(places)`, which simulates them and
says what was seen. A *search* is a generator: it yields the places that it wants to see next, is sent what was seen there,
and ends when it knows enough. Searches know nothing of each other: what all of them ask for next is one batch.

Nothing is concluded here either: whoever reads all places that were seen (`sim.study.judging.region_table`) says what was found.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from sim.study.judging import verdict
from sim.study.judging.legs import LEGS, NAMED, Leg

Place = tuple[float, ...]

REFUSED = "refused"  # an arm does not accept these assumptions together: never simulated, no word
NO_WORD = (verdict.UNDECIDED, REFUSED)
STEPS = 5  # a way is halved so often: its end is known to 1/32
MARKS = (1 / 8, 1 / 4, 1 / 2, 1.0)  # how far along a curve a search looks first
KEPT = (1, 2, 3, 4, 6, 8, 12, 16)  # how many assumptions a change of few may have
FROM_SAMPLE = 3  # places of the sample to start from, the nearest of each word


class Seen(NamedTuple):
    """What simulating one place gave: the word, and the mean of each leg it hangs on (`rule`), as known."""

    word: str
    legs: Mapping[str, float]


Search = Generator[list[Place], list[Seen], None]
WordsAt = Callable[[list[Place]], list[Seen]]
Curve = Callable[[float], Place]


class Found(NamedTuple):
    """A place and what was seen there."""

    place: Place
    seen: Seen


def explore(
    base: Place, ends: Sequence[tuple[float, ...]], sample: Sequence[Place], words_at: WordsAt, margins: verdict.Margins
) -> None:
    """Look at the base, at each assumption's ends and at the sample; then, from what was seen, for the nearest flips.

    base : the place of the files' and arms' own values
    ends : of each assumption, the ends of its range that are not its base, as shares
    """
    sides = [(k, end) for k, some in enumerate(ends) for end in some]
    seen = words_at([base, *(moved(base, {k: end}) for k, end in sides), *sample])
    here, at_ends, drawn = seen[0], dict(zip(sides, seen[1:])), list(map(Found, sample, seen[1 + len(sides) :]))
    flipped = other_than(here.word)
    slopes = {side: slope(base[side[0]], side[1], here, found) for side, found in at_ends.items()}
    searches: list[Search] = []
    for (k, end), found in at_ends.items():
        way = straight(base, moved(base, {k: end}))
        if found.word not in (here.word, REFUSED):
            searches.append(halved(way, 0.0, 1.0, lambda one: one.word != here.word))
        if flipped(found):
            searches.append(halved(way, 0.0, 1.0, flipped))
    for leg, sign in ways_out(here.legs, margins):
        if (curve := steepest(base, slopes, leg, sign)) is not None:
            searches.append(along(curve, base, slopes, here, margins))
    for far in nearest_of_each_word(base, [one for one in drawn if flipped(one.seen)]):
        searches.append(halved(straight(base, far.place), 0.0, 1.0, flipped))
        searches.append(fewest(base, far, slopes, here, margins))
    together(searches, words_at)


def together(searches: Iterable[Search], words_at: WordsAt) -> None:
    """Run searches side by side: what all of them ask for next is one batch."""
    waiting = [(search, places) for search in searches if (places := next(search, None)) is not None]
    while waiting:
        batch = list(dict.fromkeys(place for _, places in waiting for place in places))
        seen = dict(zip(batch, words_at(batch)))
        going_on = []
        for search, places in waiting:
            with suppress(StopIteration):
                going_on.append((search, search.send([seen[place] for place in places])))
        waiting = going_on


# Searches


def halved(curve: Curve, inside: float, outside: float, beyond: Callable[[Seen], bool]) -> Search:
    """Halve the way from what is inside to what is beyond, so that their border is known."""
    for _ in range(STEPS):
        middle = (inside + outside) / 2
        (seen,) = yield [curve(middle)]
        inside, outside = (inside, middle) if beyond(seen) else (middle, outside)


def along(curve: Curve, base: Place, slopes: Mapping, here: Seen, margins: verdict.Margins) -> Search:
    """Walk along a curve until the word flips, find the border, and a change of few assumptions that does the same."""
    flipped = other_than(here.word)
    seen = yield [curve(mark) for mark in MARKS]
    first = next((k for k, one in enumerate(seen) if flipped(one)), None)
    if first is None:
        return
    yield from halved(curve, (0.0, *MARKS)[first], MARKS[first], flipped)
    last = max(k for k, one in enumerate(seen) if flipped(one))
    yield from fewest(base, Found(curve(MARKS[last]), seen[last]), slopes, here, margins)


def fewest(base: Place, far: Found, slopes: Mapping, here: Seen, margins: verdict.Margins) -> Search:
    """Set the assumptions of a flipped place back to the base as long as the word stays flipped.

    First all but the few that carry most of the change, by the slopes; then one by one, those first that save most distance.
    """
    flipped = other_than(here.word)
    weights = carried(base, far, slopes, here, margins)
    order = sorted(weights, key=lambda k: -weights[k])
    trial = [moved(base, {k: far.place[k] for k in order[:kept]}) for kept in KEPT if kept <= len(order)]
    seen = yield trial
    best = next((place for place, one in zip(trial, seen) if flipped(one)), None)
    while best is not None and len(changed(base, best)) > 1:
        saving = {k: abs(best[k] - base[k]) for k in changed(base, best)}
        trial = [moved(best, {k: base[k]}) for k in sorted(saving, key=lambda k: -saving[k])]
        seen = yield trial
        fewer = next((place for place, one in zip(trial, seen) if flipped(one)), None)
        if fewer is None:
            break
        best = fewer
    if best is not None:
        yield from halved(straight(base, best), 0.0, 1.0, flipped)


def other_than(word: str) -> Callable[[Seen], bool]:
    """Whether what was seen has another definite word."""
    return lambda seen: seen.word not in (word, *NO_WORD)


# Directions


def ways_out(legs: Mapping[str, float], margins: verdict.Margins) -> list[tuple[str, int]]:
    """Legs that alone, taking another value, would change the word, and the sign of the change that takes them there.

    Each leg has the value on whose side of its margin its mean lies.
    """
    values = {leg.name: settled(leg, legs.get(leg.name, math.nan), margins) for leg in LEGS}
    word = verdict.word(values).word
    ways: dict[tuple[str, int], None] = {}
    for leg in LEGS:
        here = leg.values.index(values[leg.name])
        for place, other in enumerate(leg.values):
            if verdict.word(values | {leg.name: other}).word != word:
                ways[leg.name, 1 if place > here else -1] = None
    return list(ways)


def settled(leg: Leg, mean: float, margins: verdict.Margins) -> str:
    """A leg's definite value, by its mean alone."""
    margin = margins[leg.margin]
    if not leg.relative:
        return "moved" if mean > margin else "below"
    return "lost" if mean < -margin else "gained" if mean > margin else "same"


def slope(base: float, end: float, here: Seen, there: Seen) -> dict[str, float]:
    """Change of each leg per share of the range, on the way from the base to an end."""
    changes = {name: (there.legs.get(name, math.nan) - mean) / abs(end - base) for name, mean in here.legs.items()}
    return {name: change for name, change in changes.items() if math.isfinite(change)}


def steepest(base: Place, slopes: Mapping[tuple[int, float], Mapping[str, float]], leg: str, sign: int) -> Curve | None:
    """The way along which a leg changes most for each step, if slopes stay and add up: every assumption moves as much as it
    helps, toward the better one of its ends, and stops there. From 0, the base, to 1, where all have stopped.
    """
    best: dict[int, tuple[float, float]] = {}  # assumption -> what it helps, toward which end
    for (k, end), of in slopes.items():
        best[k] = max(best.get(k, (0.0, base[k])), (sign * of.get(leg, 0.0), end))
    best = {k: one for k, one in best.items() if one[0] > 0}
    if not best:
        return None

    def after(time: float) -> Place:
        return moved(base, {k: toward(base[k], end, time * helps) for k, (helps, end) in best.items()})

    stops = max(abs(end - base[k]) / helps for k, (helps, end) in best.items())
    whole = distance(base, after(stops))

    def curve(share: float) -> Place:
        """So far that this share of the whole distance is gone."""
        if share >= 1:
            return after(stops)
        early, late = 0.0, stops
        for _ in range(60):
            middle = (early + late) / 2
            early, late = (middle, late) if distance(base, after(middle)) < share * whole else (early, middle)
        return after(late)

    return curve


def carried(base: Place, far: Found, slopes: Mapping, here: Seen, margins: verdict.Margins) -> dict[int, float]:
    """How much of the change of the legs each assumption that moved carries, if slopes stay and add up; in margins, squared."""
    legs = [name for name in here.legs if math.isfinite(far.seen.legs.get(name, math.nan) - here.legs[name])]
    size = {name: margins[NAMED[name].margin] for name in legs}
    nothing: Mapping[str, float] = {}
    found = {}
    for k in changed(base, far.place):
        way = far.place[k] - base[k]
        of = next((some for (one, end), some in slopes.items() if one == k and (end - base[k]) * way > 0), nothing)
        found[k] = sum(
            abs(way) * of.get(name, 0.0) * (far.seen.legs[name] - here.legs[name]) / size[name] ** 2 for name in legs
        )
    return found


def nearest_of_each_word(base: Place, found: Iterable[Found]) -> list[Found]:
    """Of each word the place nearest to the base; at most so many, the nearest."""
    first: dict[str, Found] = {}
    for one in sorted(found, key=lambda each: distance(base, each.place)):
        first.setdefault(one.seen.word, one)
    return list(first.values())[:FROM_SAMPLE]


# Places


def moved(place: Place, to: Mapping[int, float]) -> Place:
    """The place with some assumptions elsewhere."""
    return tuple(to.get(k, share) for k, share in enumerate(place))


def changed(base: Place, place: Place) -> list[int]:
    """Which assumptions are not where the base has them."""
    return [k for k, (one, other) in enumerate(zip(base, place)) if one != other]


def distance(base: Place, place: Place) -> float:
    """Euclidean, with each range as one."""
    return math.dist(base, place)


def toward(start: float, end: float, step: float) -> float:
    return end if step >= abs(end - start) else start + math.copysign(step, end - start)


def straight(base: Place, end: Place) -> Curve:
    """The straight way from the base, at 0, to an end, at 1."""
    return lambda share: end if share >= 1 else tuple(a if a == b else a + share * (b - a) for a, b in zip(base, end))
