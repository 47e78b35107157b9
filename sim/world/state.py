"""All that changes in a world, as arrays: one row per person, one row per tie. No rules.

Ties stand in *cache tiles*: sorted by (i >> 14, j >> 14, i, j), so that the people a run of ties reads stay in the
processor's cache. Kernels work on strips of `STRIP` rows, whose columns fit a core's second-level cache.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, Self, TypeVar

import numpy as np

from sim.channels import CAUSES, CHANNELS
from sim.world.columns import CLASSES, ONLINE_BORN, PERSON, SHARED, TIE, UNCHANGING, Column

YEAR, MONTH, WEEK = 365, 30, 7
STRIP = 4096
TILE_BITS = 14

DATES = ("true", "false", "none")  # what date a person shows on the platform

if TYPE_CHECKING:

    class Columns(tuple[np.ndarray, ...]):
        """Rows of people or ties, as type checkers see them: every column is an array."""

        _fields: tuple[str, ...]

        def __new__(cls, *columns: np.ndarray, **named: np.ndarray) -> Self: ...
        def __getattr__(self, column: str) -> np.ndarray: ...
        def _replace(self, **columns: np.ndarray) -> Self: ...

    class People(Columns): ...

    class Ties(Columns): ...

else:
    People = NamedTuple("People", [(column.name, np.ndarray) for column in PERSON])
    People.__doc__ = "A row per person, an array per column of `columns.PERSON`."
    Ties = NamedTuple("Ties", [(column.name, np.ndarray) for column in TIE])
    Ties.__doc__ = "A row per tie {i, j}, i < j, an array per column of `columns.TIE`."

Rows = TypeVar("Rows", People, Ties)
TABLES: dict[type, tuple[Column, ...]] = {People: PERSON, Ties: TIE}


class Tally(NamedTuple):
    """What acts did since the measured year began, summed by strip of rows (so that threads never share a sum)."""

    received: np.ndarray  # (strips, profiles, classes, channels, causes) int64, acts received
    absorbed: np.ndarray  # (strips, profiles, classes, channels) float64, closeness gained
    viewed: np.ndarray  # (strips, profiles, classes) float64, views of the other's posts (expected), by the reader
    season: np.ndarray  # (strips, classes, 12) int64, real contacts, but birthday acts, by month since the other's birthday
    season_closeness: np.ndarray  # (strips, classes, 12) float64, closeness felt for them, summed over plan days
    season_ties: np.ndarray  # (strips, classes, 12) int64, how many such ties were looked at
    celebrated: np.ndarray  # (strips, DATES, classes, causes) int64, birthday acts received, by the date the receiver shows


class Rules(NamedTuple):
    """The numbers of the rules as kernels take them; see docs/model.md for each."""

    gamma: float
    substitution: float
    complement: float
    visit: np.ndarray  # (2,) float32: P(visit) near, far
    call: np.ndarray  # (2,) float32
    dose: np.ndarray  # (channels,) float32, closeness gained by the receiver
    dose_sent: np.ndarray  # (channels,) float32
    minutes: np.ndarray  # (channels,) float32
    touches: np.ndarray  # (channels,) float32
    minutes_slope: float
    fade: np.ndarray  # (kinds,) float32, share of closeness lost per day
    touch_fade: float
    exchange_fade: float
    cards: float
    cards_half: float
    wish: float
    wish_half: float
    by_card: float
    by_call: float
    suppression: float
    know: float
    forget: float
    chance: np.ndarray  # (origins,) float32, mean chance meetings per day
    chance_spread: float
    far: np.ndarray  # (origins,) float32
    affinity_spread: float
    newcomers: float
    new_ties: np.ndarray  # (profiles,) float32, initiated per month
    closure: float
    first_closeness: float
    leave: float
    leave_tie: float
    faint: float
    unused: int
    displace_chance: bool
    prompts: bool
    private: bool
    active: float
    slope: float
    level: float  # a: keeps the number of greetings the same for every slope
    centre: float  # mean closeness of linked members when the platform was joined
    private_effort: float
    nonbirthday: float  # nu: P, times closeness, that who sees through a false date writes
    link_share: float
    link_slope: float
    online: bool  # is there a platform at all today?
    feed: bool  # posts, comments, messages, communities: anything of docs/model.md 7.4 and 7.5
    friends_share: float
    by_closeness: bool  # order of the feed
    rank_floor: float
    rank_slope: float
    opening: float
    floor: float
    visits: float
    item_minutes: float
    budget: float
    attend: np.ndarray  # (profiles,) float32, exponent of closeness in attention to content
    opened: np.ndarray  # (profiles,) float32, O: mean factor of a poster's contents on opening
    dosed: np.ndarray  # (profiles,) float32, D: on the dose of a view
    discussed: np.ndarray  # (profiles,) float32, K: on comments
    reply: np.ndarray  # (channels,) float32, P that the closest answer
    reply_half: float
    meet_after: float


class KnownLinks(NamedTuple):
    """Which pairs of a given graph are known to be linked on the platform, or known not to be."""

    key: np.ndarray  # (known pairs,) int64, `tile_key`, sorted
    linked: np.ndarray  # (known pairs,) bool
    people: np.ndarray  # people with a known link

    def of(self, i, j) -> tuple[np.ndarray, np.ndarray]:
        """For pairs: is anything known, and is there a link."""
        at = np.searchsorted(self.key, tile_key(i, j)).clip(0, max(self.key.size - 1, 0))
        if not self.key.size:
            return np.zeros(len(i), np.bool_), np.zeros(len(i), np.bool_)
        return self.key[at] == tile_key(i, j), self.linked[at]


@dataclass
class State:
    """Everything a day changes. `day` counts from the society's beginning."""

    people: People
    ties: Ties
    tally: Tally
    day: int = 0
    place_counts: tuple[int, int, int] = (0, 0, 0)  # how many workplaces, neighbourhoods, clubs there are
    sampled: int = 0  # plan days since the measured year began
    branched: bool = False  # ties of before the branch stay on the books when they end
    known_links: KnownLinks | None = None

    @property
    def population(self) -> int:
        return self.people.profile.size

    def copy(self) -> State:
        """An independent state: what never changes is shared, the rest copied."""
        people = People(*(a if name in UNCHANGING else a.copy() for name, a in zip(People._fields, self.people)))
        return replace(
            self,
            people=people,
            ties=Ties(*(a.copy() for a in self.ties)),
            tally=Tally(*(a.copy() for a in self.tally)),
        )


def tile_key(i, j) -> np.ndarray:
    """Sorting key of ties: tile first, then i, then j."""
    i, j = np.asarray(i, np.int64), np.asarray(j, np.int64)
    low = (1 << TILE_BITS) - 1
    return (i >> TILE_BITS) << 40 | (j >> TILE_BITS) << 28 | (i & low) << 14 | (j & low)


def link_only(ties: Ties) -> np.ndarray:
    """(ties,) bool: links between people who have not met in real life since they were linked, if ever."""
    return (ties.class_ij == ONLINE_BORN) & (ties.flags & SHARED == 0)


def new_people(count: int, **columns) -> People:
    """`count` rows of people: resting values but for the columns given."""
    return _new_rows(People, count, columns)


def new_ties(count: int, **columns) -> Ties:
    """`count` rows of ties: resting values but for the columns given."""
    return _new_rows(Ties, count, columns)


def _new_rows(kind: type[Rows], count: int, columns: dict) -> Rows:
    rows = {column.name: np.full((count, *column.shape), column.rest, column.type) for column in TABLES[kind]}
    for name, values in columns.items():
        rows[name][:] = values
    return kind(**rows)


def set_back(rows: People | Ties, reset: str, which=slice(None)) -> None:
    """Give columns their resting values again, in place.

    reset : which columns, by when they are set back (`Column.reset`); which : the rows
    """
    for column, values in zip(TABLES[type(rows)], rows):
        if column.reset == reset:
            values[which] = column.rest


def chosen(rows: Rows, which) -> Rows:
    """Some rows, in the order of `which`: numbers of rows, or bool for each row."""
    return type(rows)(*(values[which] for values in rows))


def in_tiles(ties: Ties) -> Ties:
    """The same ties in cache-tile order."""
    return chosen(ties, np.argsort(tile_key(ties.i, ties.j), kind="stable"))


def merged(ties: Ties, more: Ties) -> Ties:
    """Two sets of rows, each in tile order, as one in tile order."""
    where = np.searchsorted(tile_key(ties.i, ties.j), tile_key(more.i, more.j)) + np.arange(more.i.size)
    old = np.ones(ties.i.size + more.i.size, np.bool_)
    old[where] = False
    source = np.cumsum(old) - 1
    source[where] = ties.i.size + np.arange(more.i.size)
    return Ties(*(np.concatenate([a, b]).take(source, axis=0) for a, b in zip(ties, more)))


def strips(rows: int) -> int:
    return -(-rows // STRIP)


def new_tally(rows: int, profiles: int) -> Tally:
    n, c = strips(rows), len(CLASSES)
    return Tally(
        received=np.zeros((n, profiles, c, len(CHANNELS), len(CAUSES)), np.int64),
        absorbed=np.zeros((n, profiles, c, len(CHANNELS)), np.float64),
        viewed=np.zeros((n, profiles, c), np.float64),
        season=np.zeros((n, c, 12), np.int64),
        season_closeness=np.zeros((n, c, 12), np.float64),
        season_ties=np.zeros((n, c, 12), np.int64),
        celebrated=np.zeros((n, len(DATES), c, len(CAUSES)), np.int64),
    )


def roomier(tally: Tally, rows: int) -> Tally:
    """The tally with at least as many strips as `rows` need; what was counted stays."""
    more = strips(rows) - tally.received.shape[0]
    if more <= 0:
        return tally
    return Tally(*(np.concatenate([a, np.zeros((more, *a.shape[1:]), a.dtype)]) for a in tally))
