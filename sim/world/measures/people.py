"""What is a mean over people: support, ties, hours, links, circles, shares of the closest; what members post and reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from sim.world.columns import CLASSES, LINKED, NEW_TIE, SUPPORT, SYMPATHY
from sim.world.measures.year import Reference, Row, Year, both, living, planned_minutes
from sim.world.state import MONTH, WEEK, YEAR, State

CORE = 15  # the core: a person's own closest fifteen
MOST_CLOSENESS = 0.999  # z = c/(1-c) is taken of at most this
CIRCLES = {"yearly": 1, "half-yearly": 2, "monthly": 12, "weekly": 52}  # contacts a year that make a circle
BANDS = {"1-5": 5, "6-15": 15, "16-50": 50}  # ranks of closeness: where each band ends
WELL_BEING = (1.0, 0.6, 0.3, 0.1, 0.3, 0.2)  # weight of a composed contact a week by tie class (assumed)


class PerPerson(NamedTuple):
    """A measure that is a mean over people."""

    measure: str
    unit: str
    values: np.ndarray  # (people,), or (people, classes): then it is also told by tie class, and added up


def mean_rows(measures: Iterable[PerPerson], groups: list[tuple[str, np.ndarray]]) -> Iterator[Row]:
    """Means over each group of people; groups : its name, and (people,) bool who is in it."""
    for name, unit, values in measures:
        for profile, members in groups:
            n = int(members.sum())
            means = np.atleast_1d(values[members].sum(axis=0) / max(n, 1))
            yield Row(profile, "all", name, unit, n, float(means.sum()))
            if means.size == len(CLASSES):
                for tie_class, mean in zip(CLASSES, means):
                    yield Row(profile, tie_class, name, unit, n, float(mean))


def per_person(state: State, year: Year, reference: Reference) -> Iterator[PerPerson]:
    """All that is a mean over everybody."""
    ties, people, by_class = state.ties, state.people, year.by_class
    alive, linked = both(living(ties)), both(ties.flags & LINKED != 0)
    silent = both((state.day - ties.last_real > YEAR) & (state.day - ties.last_composed > YEAR))
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
    yield PerPerson("planned_hours", "h/day", planned_minutes(state).astype(float) / 60)
    yield PerPerson("contacts", "contacts/year", by_class.sums(year.contacts))
    yield PerPerson("ties", "ties", by_class.sums(alive))
    yield PerPerson("links", "links", by_class.sums(linked))
    yield PerPerson("hollow_links", "links", by_class.sums(linked & silent))
    yield PerPerson("taken_minutes", "min/day", (1 - people.kept.astype(float)) * people.social)
    yield PerPerson("platform_minutes", "min/day", people.minutes.astype(float))
    yield PerPerson("well_being", "index", (by_class.sums(both(ties.contacts)) * WELL_BEING).sum(axis=1) * WEEK / YEAR)
    yield from kept(year)
    yield from circles(year)
    yield from shares_by_rank(year, support)


def circles(year: Year) -> Iterator[PerPerson]:
    """How many people one meets or writes to at least weekly, monthly, ...: each circle holds the closer ones."""
    outermost = np.searchsorted(list(CIRCLES.values()), year.contacts, side="right")
    found = year.groups(outermost, len(CIRCLES) + 1).sums()
    for k, name in enumerate(CIRCLES, start=1):
        yield PerPerson(f"contacted_{name}", "people", found[:, k:].sum(axis=1))


def shares_by_rank(year: Year, support: np.ndarray) -> Iterator[PerPerson]:
    """Shares of a person's support and real minutes with its closest, by rank; 0 for people with nothing."""
    bands = year.groups(np.searchsorted(list(BANDS.values()), year.rank, side="right"), len(BANDS) + 1)
    for what, values in (("support", support), ("time", year.minutes)):
        found = bands.sums(values)
        whole = found.sum(axis=1, keepdims=True)
        shares = np.divide(found, whole, out=np.zeros_like(found), where=whole > 0)
        for k, band in enumerate(BANDS):
            yield PerPerson(f"{what}_share_{band}", "share", shares[:, k])


def kept(year: Year) -> Iterator[PerPerson]:
    """Who of the closest at the branch (before it: a year ago) is among as many closest now; all of them for nobody."""
    for name, size, last_class in (("top5_jaccard", 5, SUPPORT), ("partners_kept", 15, SYMPATHY)):
        was, now = year.tie_class <= last_class, (year.rank < size) & (year.closeness > 0)
        stayed = year.among(was & now)
        yield PerPerson(name, "share", ratio(stayed, year.among(was | now)))
        if last_class == SUPPORT:
            yield PerPerson("top5_kept", "share", ratio(stayed, year.among(was)))


def ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """part / whole; 1 where there is nothing to lose."""
    return np.divide(part, whole, out=np.ones(part.size), where=whole > 0)


def of_members(state: State) -> Iterator[PerPerson]:
    """What a marketer counts of each member; means of these are over members."""
    ties, people = state.ties, state.people
    opened = -np.expm1(-MONTH * np.concatenate([ties.view_ji, ties.view_ij]).astype(np.float64))
    reach = np.bincount(np.concatenate([ties.i, ties.j]), opened, minlength=state.population)
    yield PerPerson("reach", "people/month", reach)
    yield PerPerson("posts", "posts/day", people.posts.astype(float))


def core_investment(closeness):
    """z = c/(1 - c): in equilibrium the closeness invested per day over the decay; does not saturate."""
    c = np.minimum(closeness, MOST_CLOSENESS)
    return c / (1 - c)


def gini(values: np.ndarray) -> float:
    """Gini index of non-negative values; 0 for nobody or nothing."""
    x = np.sort(values)
    total = x.sum()
    if not total:
        return 0.0
    n = x.size
    return float(((2 * np.arange(1, n + 1) - n - 1) * x).sum() / (n * total))
