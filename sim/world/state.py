"""The state of a world as arrays: one row per person, one row per tie. There are no rules here.

Ties are in *cache tiles*: sorted by (i >> 14, j >> 14, i, j), so that neighbouring ties read the same people from the
processor's cache. Kernels work on strips of `STRIP` rows, whose columns fit into a core's second-level cache. No number depends
on the length of a strip.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, Self, TypeVar

import numpy as np

from sim.channels import CAUSES, CHANNELS
from sim.world.columns import CLASSES, ONLINE, ONLINE_BORN, PERSON, SHARED, TIE, UNCHANGING, Column

YEAR, MONTH, WEEK = 365, 30, 7
SORTS = 3  # of acts that are drawn for a week: planned contacts, chance meetings, acts on the platform
STRIP = 2048
BLOCK = 64  # rows of a short simple loop: the compiler vectorises it, but not one long loop
FIXED = np.float64(2**36)
"""Sums over a person's ties are whole numbers in units of 2^-36: they depend neither on threads nor on order."""
TALLIED = np.float64(2**24)
"""Tallies of fractions are whole numbers in units of 2^-24: they have room for 5 * 10^11, the sum of millions of people."""
TILE_BITS = 14
SPARE = 8  # a column of ties gets an array with room for an eighth more rows

ORDERS = ("chronological", "closeness", "engagement")  # of friends' posts in the feed
CHRONOLOGICAL, BY_CLOSENESS, BY_ENGAGEMENT = range(len(ORDERS))
DATES = ("true", "false", "none")  # kinds of date that a person shows on the platform

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
    """Effects of acts since the measured year began, int64. Fractions are in units of 2^-24 (`TALLIED`).

    The groups are the finest groups, the numbers of the column `group` of people.
    """

    received: np.ndarray  # (groups, classes, channels, causes) acts received
    absorbed: np.ndarray  # (groups, classes, channels) fractions: closeness gained
    viewed: np.ndarray  # (groups, classes) fractions: expected views of the other's posts, by the reader's group
    strangers: np.ndarray  # (groups,) fractions: expected views of posts of strangers, by the reader's group
    season: np.ndarray  # (classes, 12) real contacts except birthday acts, by month since a person's birthday
    season_closeness: np.ndarray  # (classes, 12) fractions: closeness felt for this person, summed over plan days
    season_ties: np.ndarray  # (classes, 12) number of values in season_closeness
    celebrated: np.ndarray  # (DATES, classes, causes) birthday acts received, by the date the receiver shows


class Rules(NamedTuple):
    """The numbers of the rules as kernels take them. docs/model.md explains each."""

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
    leave: np.ndarray  # (profiles,) float32, P per month that a person leaves a setting
    leave_tie: float
    faint: float
    unused: int
    patience: np.ndarray  # (profiles, profiles) float64, how much longer than `unused` a faint tie of the two stays
    displace_chance: bool
    prompts: bool
    private: bool
    active: float
    slope: float
    level: float  # a: keeps the number of greetings the same for every slope
    centre: float  # mean closeness of linked members when the platform was joined
    private_effort: float
    nonbirthday: float  # nu: times closeness, P that a person who knows that a date is false writes so
    link_share: float
    link_slope: float
    one_way: bool  # whether links need no return
    told: float  # closeness from which on people tell a friend their pseudonym
    unlink: float  # P per month at closeness 0 that a person ends a link
    unlink_half: float
    suggest: float  # suggestions that a person accepts, per month
    meet_links: float  # people whom a person gets to know online through links, per month
    meet_communities: float  # the same in communities
    meet_feed: float  # the same per opened post of a stranger
    meet_closeness: float
    meet_affinity: float
    gate: float  # P per month that a tie which began online becomes one in real life, at most
    gate_half: float
    gate_far: float
    communities: int  # number of communities on the platform
    online: bool  # whether there is a platform today
    feed: bool  # whether the platform has anything of docs/model.md 7.4 and 7.5: posts, comments, messages, communities
    friends_share: float  # of items
    strangers_share: float  # of items: posts of strangers that the platform recommends
    order: int  # of the feed, of ORDERS
    rank_floor: float
    rank_slope: float
    opening: float
    attend_at: float
    floor: float
    visits: float
    item_minutes: float
    reposts: bool  # whether the platform has a button to pass posts on
    crowd: float  # how strongly shown counts draw more reactions
    with_comments: bool  # whether the platform has each way of writing
    with_messages: bool
    with_groups: bool
    reply: np.ndarray  # (channels,) float32, P that the closest person answers
    reply_half: float
    meet_after: float


class Acts(NamedTuple):
    """The acts of a strip on a day, in the order they are drawn. Kernels append them from position n on and return the new n."""

    row: np.ndarray  # int32, of the tie
    side: np.ndarray  # uint8, of the sender: 0 for i, 1 for j
    channel: np.ndarray  # uint8, of CHANNELS
    cause: np.ndarray  # uint8, of CAUSES


class Candidates(NamedTuple):
    """The luck of a week of a strip (docs/model.md 7.2): what may happen on each weekday.

    The candidates of weekday d and sort s are numbers start[SORTS d + s] to start[SORTS d + s + 1].
    """

    luck: np.ndarray  # (SORTS, STRIP) float32, words 0 to 2 of draw TIE
    start: np.ndarray  # (SORTS WEEK + 2,) int64
    row: np.ndarray  # int32, of the tie
    number: np.ndarray  # uint8, k
    u: np.ndarray  # (3, room) float32, words 1 to 3 of the candidate's draw


class Scratch(NamedTuple):
    """Working arrays of a thread for a strip. Rows with a number of their own are counted from the strip's first row."""

    candidates: Candidates
    acts: Acts
    mean: np.ndarray  # (SORTS, STRIP) float32, the highest mean number of a week's acts
    listed: np.ndarray  # (STRIP,) bool, whether a row may have a candidate
    rows: np.ndarray  # (STRIP,) int32, the numbers of those rows
    none: np.ndarray  # (BLOCK,) float64, the probability of no candidate, for a block of those rows
    end: np.ndarray  # (SORTS + 1,) int64: drawn candidates end[sort] to end[sort + 1] are of this sort
    drawn_row: np.ndarray  # (room,) int32, numbers of the rows of candidates, before they are sorted by day
    drawn_number: np.ndarray  # (room,) uint8
    word: np.ndarray  # (4, room) uint32, counters of draws, then their words
    busy: np.ndarray  # (STRIP,) float32, B: all platform acts of the two that are not answers, a day
    gain: np.ndarray  # (3, STRIP) float32, what views give a day: of closeness to i, to j, and of touch
    left: np.ndarray  # (STRIP,) float32, the share of closeness that a day leaves
    birthdays: np.ndarray  # (STRIP,) int32, rows of ties with a birthday in the days that are simulated
    dates: np.ndarray  # (BLOCK,) uint8, the days of birthdays in a block of ties
    today: np.ndarray  # (STRIP,) int32, those with a birthday today
    acted: np.ndarray  # (STRIP,) int32, numbers of the rows with acts today
    is_acted: np.ndarray  # (STRIP,) bool; False between days
    missed: np.ndarray  # (STRIP, 6) float32, see `closeness.multiply_doses`; 1 1 1 1 0 0 between days
    after: np.ndarray  # (STRIP, 4) float32, closeness and memories of the rows with acts at the end of the day


class KnownLinks(NamedTuple):
    """Pairs of a given graph of which it is known whether they are linked on the platform."""

    key: np.ndarray  # (known pairs,) int64, `tile_key`, sorted
    linked: np.ndarray  # (known pairs,) bool
    people: np.ndarray  # rows of people with a known link

    def of(self, i, j) -> tuple[np.ndarray, np.ndarray]:
        """For pairs: whether it is known if they are linked, and if so, whether they are. Both are (pairs,) bool."""
        place = np.searchsorted(self.key, tile_key(i, j)).clip(0, max(self.key.size - 1, 0))
        if not self.key.size:
            return np.zeros(len(i), np.bool_), np.zeros(len(i), np.bool_)
        return self.key[place] == tile_key(i, j), self.linked[place]


@dataclass
class State:
    """Everything that a day changes. `day` counts from the beginning of the society."""

    people: People
    ties: Ties
    tally: Tally
    day: int = 0
    place_counts: tuple[int, int, int] = (0, 0, 0)  # numbers of workplaces, neighbourhoods, clubs
    sampled: int = 0  # plan days since the measured year began
    whole: bool = True  # False while a day goes on: people and ties do not fit together then
    branched: bool = False  # whether the branch is past: ties from before it then keep their row when they end
    known_links: KnownLinks | None = None
    room: tuple[np.ndarray, ...] = ()  # an array for each column of ties, which the column begins; there is room for more rows

    @property
    def population(self) -> int:
        return self.people.profile.size

    def copy(self) -> State:
        """An independent state. It shares the columns that never change; all others are copies."""
        people = People(*(a if name in UNCHANGING else a.copy() for name, a in zip(People._fields, self.people)))
        copy = replace(self, people=people, tally=Tally(*(a.copy() for a in self.tally)), room=())
        copy.make_room(self.ties.i.size)
        return copy

    def make_room(self, rows: int) -> None:
        """Make room for so many rows of ties. Columns that lack it move to larger arrays, one after the other."""
        room, self.room = list(self.room or self.ties), ()  # nothing else holds an array that is left
        for k, name in enumerate(Ties._fields):
            column = getattr(self.ties, name)
            if column.base is not room[k] or len(room[k]) < rows:
                room[k] = array_beginning_with(column, rows + rows // SPARE)
                self.ties = self.ties._replace(**{name: room[k][: len(column)]})
        self.room = tuple(room)


def array_beginning_with(column: np.ndarray, rows: int) -> np.ndarray:
    """A new array of so many rows that begins with the column. Where a column is 0 in all rows, the array takes no memory yet."""
    array = np.zeros((rows, *column.shape[1:]), column.dtype)
    if column.any():
        array[: len(column)] = column
    return array


def tile_key(i, j) -> np.ndarray:
    """Sorting key of ties: tile first, then i, then j."""
    return in_tile_order(np.asarray(i, np.int64), np.asarray(j, np.int64))


def in_tile_order(i, j):
    """`tile_key` of whole numbers of 64 bits."""
    low = (1 << TILE_BITS) - 1
    return (i >> TILE_BITS) << 40 | (j >> TILE_BITS) << 28 | (i & low) << 14 | (j & low)


def pair_of(key: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The pairs i < j, int32, of which `tile_key` made these keys."""
    low, tiles = (1 << TILE_BITS) - 1, (1 << 40 - 28) - 1
    i, j = key >> 40 << TILE_BITS | key >> 14 & low, (key >> 28 & tiles) << TILE_BITS | key & low
    return i.astype(np.int32), j.astype(np.int32)


def link_only(ties: Ties) -> np.ndarray:
    """(ties,) bool: ties that are only a link: the two know each other neither in real life nor online."""
    return never_met(ties) & (ties.affinity == 0)


def never_met(ties: Ties) -> np.ndarray:
    """(ties,) bool: ties of people who have not met in real life, or not since they were linked."""
    online = (ties.affinity == 0) | (ties.kind == ONLINE)
    return (ties.class_ij == ONLINE_BORN) & (ties.flags & SHARED == 0) & online


def new_people(count: int, **columns) -> People:
    """`count` rows of people, with resting values in all columns that are not given."""
    return _new_rows(People, count, columns)


def new_ties(count: int, **columns) -> Ties:
    """`count` rows of ties, with resting values in all columns that are not given."""
    return _new_rows(Ties, count, columns)


def _new_rows(kind: type[Rows], count: int, columns: dict) -> Rows:
    rows = {column.name: np.zeros((count, *column.shape), column.type) for column in TABLES[kind]}
    resting = {column.name: column.rest for column in TABLES[kind] if column.rest}
    for name, values in (resting | columns).items():
        rows[name][:] = values
    return kind(**rows)


def set_back(rows: People | Ties, reset: str, selection=slice(None)) -> None:
    """Set columns back to their resting values, in place.

    reset : selects the columns by their `Column.reset`; selection : of rows
    """
    for column, values in zip(TABLES[type(rows)], rows):
        if column.reset == reset:
            values[selection] = column.rest


def chosen(rows: Rows, selection) -> Rows:
    """The selected rows. selection : numbers of rows in the wanted order, or a bool for each row"""
    return type(rows)(*(values[selection] for values in rows))


def in_tiles(ties: Ties) -> Ties:
    """The same ties in cache-tile order."""
    return chosen(ties, np.argsort(tile_key(ties.i, ties.j), kind="stable"))


def strips(rows: int) -> int:
    """Number of strips that hold so many rows."""
    return -(-rows // STRIP)


def new_tally(groups: int) -> Tally:
    """A tally of zeros. groups : number of finest groups"""
    c = len(CLASSES)
    shapes = Tally(
        received=(groups, c, len(CHANNELS), len(CAUSES)),
        absorbed=(groups, c, len(CHANNELS)),
        viewed=(groups, c),
        strangers=(groups,),
        season=(c, 12),
        season_closeness=(c, 12),
        season_ties=(c, 12),
        celebrated=(len(DATES), c, len(CAUSES)),
    )
    return Tally(*(np.zeros(shape, np.int64) for shape in shapes))


def add_tallies(tally: Tally, parts: Iterable[Tally]) -> None:
    """Add the tallies of parts of the rows to a tally, in place."""
    for part in parts:
        for counts, more in zip(tally, part):
            counts += more
