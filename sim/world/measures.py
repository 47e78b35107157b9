"""State -> named numbers (docs/model.md section 8); changes nothing.

All are means over the year since `begin_year`: closeness is the mean of the year's plan days, contacts and minutes are
counted. "Directed" arrays have two entries per tie, first all (i's view of j), then all (j's view of i).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.compiled import njit
from sim.world.state import (
    BIRTHDAY,
    CALL,
    CARD,
    CHANCE,
    CHANNELS,
    CLASSES,
    ENDED,
    LINKED,
    NEW_TIE,
    PROMPT,
    SUPPORT,
    VISIT,
    YEAR,
    Rules,
    State,
    Ties,
    link_only,
)

CORE = 15  # the core: a person's own closest fifteen
MOST_CLOSENESS = 0.999  # z = c/(1-c) is taken of at most this
CIRCLES = {"weekly": 52, "monthly": 12, "half-yearly": 2, "yearly": 1}  # contacts a year that make a circle
WELL_BEING = (1.0, 0.6, 0.3, 0.1, 0.3, 0.2)  # weight of a composed contact a week by tie class (assumed)


class Reference(NamedTuple):
    """What the program computed once from the reference society (`sim pilot`)."""

    exponent: float  # k of support: ranks 1-5 then carry 40 % (facts A8)
    strong: float  # closeness above which the mean person has 15 ties
    clique: float  # and 5

    @classmethod
    def of(cls, society) -> Reference:
        reference = society.reference
        return cls(reference.support_exponent.value, reference.strong.value, reference.clique.value)


@dataclass(frozen=True)
class Year:
    """Ties of the measured year seen from both sides: arrays of twice the number of ties."""

    population: int
    person: np.ndarray
    other: np.ndarray
    closeness: np.ndarray  # mean over the year's plan days
    tie_class: np.ndarray
    contacts: np.ndarray  # real contacts and composed platform acts
    minutes: np.ndarray  # real-life minutes, chance meetings included
    rank: np.ndarray  # 0 for the closest

    def per_person(self, values, where=None) -> np.ndarray:
        """Sum of directed values per person, (people,) float64."""
        who = self.person if where is None else self.person[where]
        return np.bincount(who, values if where is None else values[where], minlength=self.population)


def the_year(state: State, rules: Rules) -> Year:
    ties = state.ties
    closeness = np.concatenate([ties.sum_ij, ties.sum_ji]).astype(np.float64) / max(state.sampled, 1)
    person = np.concatenate([ties.i, ties.j])
    contacts = ties.contacts.astype(np.float64) + ties.chances
    minutes = ties.minutes.astype(np.float64) + ties.chances * float(rules.minutes[CHANCE])
    return Year(
        population=state.population,
        person=person,
        other=np.concatenate([ties.j, ties.i]),
        closeness=closeness,
        tie_class=np.concatenate([ties.class_ij, ties.class_ji]),
        contacts=np.concatenate([contacts, contacts]),
        minutes=np.concatenate([minutes, minutes]),
        rank=rank_within(person, closeness, state.population),
    )


def rank_within(person: np.ndarray, closeness: np.ndarray, population: int) -> np.ndarray:
    """Rank of each directed tie among its person's, 0 for the closest; equal ones in the order given."""
    order = np.lexsort((-closeness, person))
    start = np.concatenate([[0], np.cumsum(np.bincount(person, minlength=population))])
    rank = np.empty(person.size, np.int64)
    rank[order] = np.arange(person.size) - start[person[order]]
    return rank


def ranks(ties: Ties, population: int) -> tuple[np.ndarray, np.ndarray]:
    """Ranks by the year's mean closeness, for i's side and for j's side."""
    rank = rank_within(
        np.concatenate([ties.i, ties.j]), np.concatenate([ties.sum_ij, ties.sum_ji]).astype(np.float64), population
    )
    return rank[: ties.i.size], rank[ties.i.size :]


def planned_minutes(state: State) -> np.ndarray:
    """(people,) float32: h, minutes a day in planned real contact over the measured year."""
    ties = state.ties
    minutes = np.concatenate([ties.minutes, ties.minutes])
    person = np.concatenate([ties.i, ties.j])
    return (np.bincount(person, minutes, minlength=state.population) / YEAR).astype(np.float32)


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
    return float((2 * np.arange(1, n + 1) - n - 1) @ x / (n * total))


def yearly(state: State, rules: Rules, reference: Reference) -> dict[str, float]:
    """What must stand still for a society to be steady: support, real hours a day, ties; means per person."""
    year = the_year(state, rules)
    people = max(state.population, 1)
    return {
        "support": float((year.closeness**reference.exponent).sum() / people),
        "hours": float(year.minutes.sum() / 60 / YEAR / people),
        "ties": 2.0 * int(living(state.ties).sum()) / people,
    }


def living(ties: Ties) -> np.ndarray:
    """(ties,) bool: ties that have not ended and are more than a link."""
    return (ties.flags & ENDED == 0) & ~link_only(ties)


class Row(NamedTuple):
    """One row of the table of measures; `n` is the number of people it is a mean over."""

    profile: str
    tie_class: str
    measure: str
    unit: str
    n: int
    value: float


def measure(state: State, rules: Rules, reference: Reference, profiles: tuple[str, ...]) -> list[Row]:
    """Every measure of the year, over all people and by profile (if there are several), by tie class where it has one."""
    year = the_year(state, rules)
    groups = [("all", np.ones(state.population, np.bool_))]
    if len(profiles) > 1:
        groups += [(name, state.people.profile == k) for k, name in enumerate(profiles)]
    by_person = list(per_person(state, year, reference))
    pooled = list(channels_used(state, groups, profiles))
    rows = []
    for profile, members in groups:
        n = int(members.sum())
        for tie_class, name, unit, values in by_person:
            rows.append(Row(profile, tie_class, name, unit, n, float(values[members].mean()) if n else 0.0))
        rows.append(
            Row(profile, "all", "gini_contact", "Gini", n, gini(year.per_person(year.contacts)[members]))
        )
    rows += pooled
    rows += list(of_the_whole(state, year))
    return rows


def per_person(state: State, year: Year, reference: Reference):
    """(tie class, measure, unit, (people,) values) for all that is a mean over people."""
    support = year.closeness**reference.exponent
    old = year.tie_class < NEW_TIE
    ties, people = state.ties, state.people
    alive = np.tile(living(ties), 2)
    linked = np.tile(ties.flags & LINKED != 0, 2)
    silent = np.tile((state.day - ties.last_real > YEAR) & (state.day - ties.last_composed > YEAR), 2)
    strong = year.per_person(year.closeness > reference.strong)

    yield "all", "S_all", "support", year.per_person(support)
    yield "all", "S_old", "support", year.per_person(support, old)
    core = year.rank < CORE
    yield "all", "core", "closeness/(1 - closeness)", year.per_person(core_investment(year.closeness), core)
    yield "all", "acquaintance_total", "closeness", year.per_person(year.closeness)
    yield "all", "strong", "ties", strong
    yield "all", "strong5", "ties", year.per_person(year.closeness > reference.clique)
    yield "all", "isolates", "share of people", (strong == 0).astype(float)
    yield "all", "real_hours", "h/day", year.per_person(year.minutes) / 60 / YEAR
    yield "all", "planned_hours", "h/day", planned_minutes(state).astype(float) / 60
    yield "all", "links", "links", year.per_person(linked.astype(float))
    yield "all", "hollow_links", "links", year.per_person(linked & silent)
    yield "all", "ties", "ties", year.per_person(alive.astype(float))
    yield "all", "taken_minutes", "min/day", (1 - people.kept.astype(float)) * people.social
    yield "all", "platform_minutes", "min/day", people.minutes.astype(float)
    yield "all", "well_being", "index", (
        year.per_person(np.asarray(WELL_BEING)[year.tie_class] * np.tile(ties.contacts.astype(float), 2)) / (YEAR / 7)
    )
    yield "all", "top5_kept", "share", kept_share(year)
    for name, least in CIRCLES.items():
        yield "all", f"contacted_{name}", "people", year.per_person(year.contacts >= least)
    for first, last, name in ((0, 5, "1-5"), (5, 15, "6-15"), (15, 50, "16-50")):
        inside = (year.rank >= first) & (year.rank < last)
        yield "all", f"support_share_{name}", "share", share(year, support, inside)
        yield "all", f"time_share_{name}", "share", share(year, year.minutes, inside)
    for k, tie_class in enumerate(CLASSES):
        inside = year.tie_class == k
        yield tie_class, "S_all", "support", year.per_person(support, inside)
        yield tie_class, "acquaintance_total", "closeness", year.per_person(year.closeness, inside)
        yield tie_class, "strong", "ties", year.per_person((year.closeness > reference.strong) & inside)
        yield tie_class, "real_hours", "h/day", year.per_person(year.minutes, inside) / 60 / YEAR
        yield tie_class, "contacts", "contacts/year", year.per_person(year.contacts, inside)
        yield tie_class, "ties", "ties", year.per_person((alive & inside).astype(float))
        yield tie_class, "links", "links", year.per_person((linked & inside).astype(float))
        yield tie_class, "hollow_links", "links", year.per_person(linked & silent & inside)


def share(year: Year, values: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """Each person's share of a directed total that falls inside; 0 for people with nothing."""
    whole = year.per_person(values)
    return np.divide(year.per_person(values, inside), whole, out=np.zeros(year.population), where=whole > 0)


def kept_share(year: Year) -> np.ndarray:
    """Of the support clique at the branch (before it: a year ago), the share that is among the closest five now."""
    clique = year.tie_class == SUPPORT
    was = year.per_person(clique)
    return np.divide(year.per_person(clique & (year.rank < 5)), was, out=np.ones(year.population), where=was > 0)


def channels_used(state: State, groups, profiles):
    """Acts received and closeness absorbed, by channel and tie class; greetings; the year around a birthday."""
    received = state.tally.received.sum(axis=0)  # profiles, classes, channels, causes
    absorbed, viewed = state.tally.absorbed.sum(axis=0), state.tally.viewed.sum(axis=0)
    for profile, members in groups:
        n = int(members.sum())
        which = slice(None) if profile == "all" else slice(profiles.index(profile), profiles.index(profile) + 1)
        acts, gains, views = (tally[which].sum(axis=0) for tally in (received, absorbed, viewed))
        per = 1 / max(n, 1)
        for tie_class, chosen in (("all", slice(None)), *((name, slice(k, k + 1)) for k, name in enumerate(CLASSES))):
            some, gain = acts[chosen].sum(axis=0), gains[chosen].sum(axis=0)
            looked = views[chosen].sum()
            yield Row(profile, tie_class, "views", "views/year", n, float(looked * per))
            for k, channel in enumerate(CHANNELS):
                yield Row(profile, tie_class, f"received_{channel}", "acts/year", n, float(some[k].sum() * per))
                yield Row(profile, tie_class, f"absorbed_{channel}", "closeness/year", n, float(gain[k] * per))
            for channel in (CARD, CALL, VISIT):
                name = f"birthday_{CHANNELS[channel]}"
                yield Row(profile, tie_class, name, "acts/year", n, float(some[channel, BIRTHDAY] * per))
            prompted = some[:, PROMPT].sum()
            yield Row(profile, tie_class, "prompted", "acts/year", n, float(prompted * per))
            yield Row(profile, tie_class, "prompted_share", "share of acts", n, float(prompted / max(some.sum(), 1)))
    season = state.tally.season.sum(axis=0)
    felt, looked = state.tally.season_closeness.sum(axis=0), state.tally.season_ties.sum(axis=0)
    per = 1 / max(state.population, 1)
    for k, tie_class in enumerate(CLASSES):
        for month in range(12):
            n = state.population
            yield Row("all", tie_class, f"season_contacts_{month:02d}", "contacts/month", n, float(season[k, month] * per))
            mean = float(felt[k, month] / looked[k, month]) if looked[k, month] else 0.0
            yield Row("all", tie_class, f"season_closeness_{month:02d}", "closeness", n, mean)


def of_the_whole(state: State, year: Year):
    """Structure of the graph of living ties: clustering, and ties that bridge (no common friend)."""
    ties = state.ties
    alive = living(ties)
    common = common_friends(state.population, ties.i[alive], ties.j[alive])
    degree = np.bincount(np.concatenate([ties.i[alive], ties.j[alive]]), minlength=state.population)
    around = np.bincount(
        np.concatenate([ties.i[alive], ties.j[alive]]), np.tile(common, 2), minlength=state.population
    )
    pairs = degree * (degree - 1.0)
    clustering = np.divide(around, pairs, out=np.zeros(state.population), where=pairs > 0)
    n = state.population
    yield Row("all", "all", "clustering", "mean local", n, float(clustering.mean()) if n else 0.0)
    yield Row("all", "all", "bridges", "ties", n, 2.0 * float((common == 0).sum()) / max(n, 1))


def common_friends(population: int, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """(ties,) int64: how many people both ends of each tie know."""
    person, other = np.concatenate([i, j]).astype(np.int64), np.concatenate([j, i]).astype(np.int64)
    order = np.lexsort((other, person))
    start = np.concatenate([[0], np.cumsum(np.bincount(person, minlength=population))]).astype(np.int64)
    out = np.zeros(i.size, np.int64)
    by_i = np.argsort(i, kind="stable")  # all ties of one i in a row, so that its friends are stamped once
    count_common(start, other[order], by_i, i.astype(np.int64), j.astype(np.int64), out)
    return out


@njit
def count_common(start, neighbours, by_i, i, j, out):
    """How many neighbours of j are stamped as neighbours of i, for each pair; fills out."""
    stamp = np.full(start.size - 1, -1, np.int64)
    for row in by_i:
        a, b = i[row], j[row]
        if stamp[a] != a:
            for at in range(start[a], start[a + 1]):
                stamp[neighbours[at]] = a
            stamp[a] = a
        count = 0
        for at in range(start[b], start[b + 1]):
            count += stamp[neighbours[at]] == a
        out[row] = count - 1  # a itself is stamped, and a friend of b


class Composition(NamedTuple):
    """What is needed of one arm to compare its composition with another's."""

    key: np.ndarray  # directed ties, person * population + other, sorted
    share: np.ndarray  # of the person's support
    absorbed: np.ndarray  # (profiles, classes, channels)
    population: int


def composition(state: State, rules: Rules, reference: Reference) -> Composition:
    year = the_year(state, rules)
    support = year.closeness**reference.exponent
    whole = year.per_person(support)[year.person]
    key = year.person.astype(np.int64) * state.population + year.other
    order = np.argsort(key)
    shares = np.divide(support, whole, out=np.zeros(support.size), where=whole > 0)
    return Composition(key[order], shares[order], state.tally.absorbed.sum(axis=0), state.population)


def partners(one: Composition, other: Composition) -> np.ndarray:
    """(people,) half the L1 distance between the shares of support over alters in two arms: 0 same, 1 nobody in common."""
    population = max(one.population, 1)
    q = shares_of(one.key, other)
    only_other = shares_of(other.key, one, missing=-1) < 0
    moved = np.bincount(one.key // population, np.abs(one.share - q) / 2, minlength=one.population)
    return moved + np.bincount(other.key // population, other.share * only_other / 2, minlength=one.population)


def shares_of(key: np.ndarray, of: Composition, missing: float = 0) -> np.ndarray:
    """The shares that directed ties have in another arm; `missing` where it has no such tie."""
    if not of.key.size:
        return np.full(key.size, float(missing))
    at = np.searchsorted(of.key, key).clip(0, of.key.size - 1)
    return np.where(of.key[at] == key, of.share[at], missing)


def carriers(one: np.ndarray, other: np.ndarray) -> float:
    """Base-2 Jensen-Shannon divergence between shares of closeness absorbed by channel, in bits; 0 if either is empty."""
    if not one.sum() or not other.sum():
        return 0.0
    p, q = one / one.sum(), other / other.sum()
    m = (p + q) / 2

    def bits(a):
        some = a > 0
        return float((a[some] * np.log2(a[some] / m[some])).sum())

    return max(0.0, (bits(p) + bits(q)) / 2)
