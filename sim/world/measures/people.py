"""Measures that are means over people: support, ties, hours, links, circles, shares of the closest, posts, reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from sim.world.columns import CLASSES, LINKED_IJ, LINKED_JI, NEW_TIE, ONLINE_BORN, SUPPORT, SYMPATHY
from sim.world.groups import Group
from sim.world.measures.blocks import Block
from sim.world.measures.year import Reference, Row, Year, living, planned_minutes_of, rank_within
from sim.world.state import MONTH, WEEK, YEAR, People, State

CORE = 15  # the core: a person's closest fifteen
MOST_CLOSENESS = 0.999  # z = c/(1 - c) is computed with at most this c
CIRCLES = {"yearly": 1, "half-yearly": 2, "monthly": 12, "weekly": 52}  # contacts a year that make a circle
BANDS = {"1-5": 5, "6-15": 15, "16-50": 50}  # ranks of closeness: where each band ends
WELL_BEING = (1.0, 0.6, 0.3, 0.1, 0.3, 0.2)  # weight of a composed contact a week by tie class (assumed)


class PerPerson(NamedTuple):
    """A measure that is a mean over people."""

    measure: str
    unit: str
    values: np.ndarray  # (people,); or (people, classes): then there is a row for each tie class and one for their sum


class Means:
    """Measures that are means over groups of people, collected block after block."""

    def __init__(self, groups: Sequence[Group]):
        self.groups = groups
        self._sums: dict[tuple[str, str], list[np.ndarray]] = {}

    def add(self, block: Block, measures: Iterable[PerPerson]) -> None:
        """Take in the measures of a block of people."""
        for name, unit, values in measures:
            sums = [values[group.mask[block.people]].sum(axis=0) for group in self.groups]
            before = self._sums.get((name, unit))
            self._sums[name, unit] = sums if before is None else [a + b for a, b in zip(before, sums)]

    def rows(self) -> Iterator[Row]:
        for (name, unit), sums in self._sums.items():
            for (profile, members, _), total in zip(self.groups, sums):
                n = int(members.sum())
                means = np.atleast_1d(total / max(n, 1))
                yield Row(profile, "all", name, unit, n, float(means.sum()))
                if means.size == len(CLASSES):
                    for tie_class, mean in zip(CLASSES, means):
                        yield Row(profile, tie_class, name, unit, n, float(mean))


def per_person(state: State, block: Block, year: Year, reference: Reference) -> Iterator[PerPerson]:
    """Measures that are means over all people, of a block of people and its year."""
    traits, by_class = People(*(column[block.people] for column in state.people)), year.by_class
    alive = block.both(living)
    linked = block.directed(lambda ties: ties.flags & LINKED_IJ != 0, lambda ties: ties.flags & LINKED_JI != 0)
    silent = block.both(lambda ties: (state.day - ties.last_real > YEAR) & (state.day - ties.last_composed > YEAR))
    support = year.closeness**reference.exponent
    support_by_class = by_class.sums(support)
    strong = by_class.sums(year.closeness > reference.strong)

    yield PerPerson("S_all", "support", support_by_class)
    yield PerPerson("S_old", "support", support_by_class[:, :NEW_TIE].sum(axis=1))
    core = year.rank < CORE
    yield PerPerson("core", "closeness/(1 - closeness)", year.among(core, core_investment(year.closeness[core])))
    yield PerPerson("acquaintance_total", "closeness", by_class.sums(year.closeness))
    yield PerPerson("strong", "ties", strong)
    yield PerPerson("strong5", "ties", year.among(year.closeness > reference.clique))
    yield PerPerson("isolates", "share of people", strong.sum(axis=1) == 0)
    yield PerPerson("real_hours", "h/day", by_class.sums(year.minutes) / 60 / YEAR)
    yield PerPerson("planned_hours", "h/day", planned_minutes_of(block).astype(float) / 60)
    yield PerPerson("contacts", "contacts/year", by_class.sums(year.contacts))
    yield PerPerson("ties", "ties", by_class.sums(alive))
    yield PerPerson("links", "links", by_class.sums(linked))
    yield PerPerson("hollow_links", "links", by_class.sums(linked & silent))
    yield PerPerson("taken_minutes", "min/day", (1 - traits.kept.astype(float)) * traits.social)
    yield PerPerson("platform_minutes", "min/day", traits.minutes.astype(float))
    composed = by_class.sums(block.both(lambda ties: ties.contacts))
    yield PerPerson("well_being", "index", (composed * WELL_BEING).sum(axis=1) * WEEK / YEAR)
    yield from without_online(year, support_by_class, strong)
    yield from kept(year)
    yield from circles(year)
    yield from shares_by_rank(year, support)


def without_online(year: Year, support: np.ndarray, strong: np.ndarray) -> Iterator[PerPerson]:
    """Support, core and strong ties without ties that began online; the share of these among a person's strong ties.

    support, strong : (people, classes), sums of support and numbers of strong ties
    The core is the closest fifteen of the ties that are left. A tie that has come into real life by the gate still began online.
    """
    others = year.tie_class != ONLINE_BORN
    person, closeness = year.person[others], year.closeness[others]
    core = rank_within(person, year.closeness_sum[others], year.population) < CORE
    investment = np.bincount(person[core], core_investment(closeness[core]), minlength=year.population)
    total = strong.sum(axis=1)
    share = np.divide(strong[:, ONLINE_BORN], total, out=np.zeros(total.size), where=total > 0)
    yield PerPerson("S_real", "support", support[:, :ONLINE_BORN].sum(axis=1))
    yield PerPerson("core_real", "closeness/(1 - closeness)", investment)
    yield PerPerson("strong_real", "ties", strong[:, :ONLINE_BORN].sum(axis=1))
    yield PerPerson("online_strong", "share", share)


def circles(year: Year) -> Iterator[PerPerson]:
    """How many people a person contacts at least yearly, half-yearly, monthly, weekly. Wide circles hold the narrow ones."""
    narrowest = np.searchsorted(list(CIRCLES.values()), year.contacts, side="right")
    sizes = year.groups(narrowest, len(CIRCLES) + 1).sums()
    for k, name in enumerate(CIRCLES, start=1):
        yield PerPerson(f"contacted_{name}", "people", sizes[:, k:].sum(axis=1))


def shares_by_rank(year: Year, support: np.ndarray) -> Iterator[PerPerson]:
    """Shares of a person's support and of real minutes by rank of closeness; 0 for people without any."""
    bands = year.groups(np.searchsorted(list(BANDS.values()), year.rank, side="right"), len(BANDS) + 1)
    for name, values in (("support", support), ("time", year.minutes)):
        sums = bands.sums(values)
        total = sums.sum(axis=1, keepdims=True)
        shares = np.divide(sums, total, out=np.zeros_like(sums), where=total > 0)
        for k, band in enumerate(BANDS):
            yield PerPerson(f"{name}_share_{band}", "share", shares[:, k])


def kept(year: Year) -> Iterator[PerPerson]:
    """How many of the closest at the branch (before it: a year ago) are still among the closest; 1 for people without any."""
    for name, size, last_class in (("top5_jaccard", 5, SUPPORT), ("partners_kept", 15, SYMPATHY)):
        earlier, current = year.tie_class <= last_class, (year.rank < size) & (year.closeness > 0)
        stayed = year.among(earlier & current)
        yield PerPerson(name, "share", ratio(stayed, year.among(earlier | current)))
        if last_class == SUPPORT:
            yield PerPerson("top5_kept", "share", ratio(stayed, year.among(earlier)))


def ratio(number: np.ndarray, total: np.ndarray) -> np.ndarray:
    """number / total; 1 where the total is 0."""
    return np.divide(number, total, out=np.ones(number.size), where=total > 0)


def of_members(state: State, block: Block) -> Iterator[PerPerson]:
    """Measures that are means over members: reach and posts."""
    views = block.directed(attrgetter("view_ji"), attrgetter("view_ij"))  # of the others
    reach = np.bincount(block.person(), -np.expm1(-MONTH * views.astype(np.float64)), minlength=block.size)
    yield PerPerson("reach", "people/month", reach)
    people = state.people
    yield PerPerson("posts", "posts/day", (people.posts + people.passed)[block.people].astype(float))


def core_investment(closeness):
    """z = c/(1 - c): in equilibrium, the doses of a day divided by the decay. Unlike closeness it does not saturate."""
    c = np.minimum(closeness, MOST_CLOSENESS)
    return c / (1 - c)


def gini(values: np.ndarray) -> float:
    """Gini index of non-negative values; 0 if there are none, or if all are 0."""
    x = np.sort(values)
    total = x.sum()
    if not total:
        return 0.0
    n = x.size
    return float(((2 * np.arange(1, n + 1) - n - 1) * x).sum() / (n * total))
