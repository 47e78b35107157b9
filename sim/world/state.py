"""All that changes in a world, as arrays: one row per person, one row per tie. No rules.

Ties stand in *cache tiles*: sorted by (i >> 14, j >> 14, i, j), so that the people a run of ties reads stay in the
processor's cache. Kernels work on strips of `STRIP` rows, whose columns fit a core's second-level cache.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

YEAR, MONTH, WEEK = 365, 30, 7
STRIP = 4096
TILE_BITS = 14

KINDS = ("kin", "friend", "online")
KIN, FRIEND, ONLINE = range(3)

ORIGINS = ("kin", "work", "neighbourhood", "club", "past", "friends", "online")
FROM_KIN, FROM_WORK, FROM_NEIGHBOURHOOD, FROM_CLUB, FROM_PAST, FROM_FRIENDS, FROM_ONLINE = range(7)
PLACES = ("work", "neighbourhood", "club")  # origins 1, 2, 3: places that people leave

CHANNELS = (
    "visit", "call", "letter", "card", "chance", "greeting", "message", "comment", "group", "reaction", "view",
)  # fmt: skip
VISIT, CALL, LETTER, CARD, CHANCE, GREETING, MESSAGE, COMMENT, GROUP, REACTION, VIEW = range(11)
TWO_SIDED = (True, True, False, False, True, *[False] * 6)
REAL = (*[True] * 5, *[False] * 6)
COMPOSED = (True, True, True, True, False, False, True, True, True, False, False)

# Why an act was done: of one's own accord, because a prompt asked for it, because one remembers a birthday, or because one
# knows that the date shown is another
CAUSES = ("own accord", "prompt", "birthday", "nonbirthday")
OWN, PROMPT, BIRTHDAY, NONBIRTHDAY = range(4)

# What is counted tie by tie in the measured year, by sender: greetings that a prompt asked for, wishes that were remembered
# (card, call, visit), non-birthday messages; the others of one's own accord
GESTURES = ("greeting", "wish", "nonbirthday", "reaction", "comment", "message", "letter")
MOST_GESTURES = 255

DATES = ("true", "false", "none")  # what date a person shows on the platform

CLASSES = ("support", "sympathy", "affinity", "rest", "new", "online")
SUPPORT, SYMPATHY, AFFINITY_GROUP, REST, NEW_TIE, ONLINE_BORN = range(6)
CLASS_SIZES = (5, 10, 35)  # closest five, next ten, next thirty-five; the rest

# Bits of `Ties.flags`
FAR, LINKED, KNOWS_IJ, KNOWS_JI, SHARED, GREETED_IJ, GREETED_JI, ENDED = (1 << b for b in range(8))


class People(NamedTuple):
    """One row per person."""

    profile: np.ndarray  # uint8, cultural usage profile
    contacts: np.ndarray  # float32, n: planned real contacts initiated per day
    minutes: np.ndarray  # float32, m: minutes per day on the platform, 0 for others than members
    greet: np.ndarray  # float32, logit of the propensity to follow a birthday prompt
    birthday: np.ndarray  # int16, day of year 0-364 on which the birthday is kept
    shown: np.ndarray  # int16, day of year that the platform shows, -1 none
    member: np.ndarray  # bool
    kept: np.ndarray  # float32, f: share of planned contact that displacement leaves
    social: np.ndarray  # float32, h: minutes per day in planned contact, measured in the grown world
    drive: np.ndarray  # float32, n f / W: turns a tie's weight into a rate; 0 if W = 0
    posts: np.ndarray  # float32, p: posts per day
    items: np.ndarray  # float32, A: items of the feed seen per day
    comments: np.ndarray  # float32, k: comments per view at closeness 1
    reacts: np.ndarray  # float32, r: reactions per view
    writes: np.ndarray  # float32, M: private messages per day
    groups: np.ndarray  # float32, G: exchanges in communities per day
    free: np.ndarray  # float32, s: scale that keeps platform acts within the minutes, settled on plan days
    each_group: np.ndarray  # float32, G s over the number of friends in a community, settled on plan days
    places: np.ndarray  # (people, 3) int32, current work, neighbourhood, club; -1 none


class Ties(NamedTuple):
    """One row per tie {i, j}, i < j. Bytes in brackets: 111 a tie."""

    i: np.ndarray  # int32 (4)
    j: np.ndarray  # int32 (4)
    kind: np.ndarray  # uint8 (1), KINDS
    origin: np.ndarray  # uint8 (1), ORIGINS: the setting the tie comes from
    flags: np.ndarray  # uint8 (1), bits FAR ... ENDED
    affinity: np.ndarray  # float32 (4), q: how well the two suit each other
    chance: np.ndarray  # float32 (4), o: chance meetings per day
    c_ij: np.ndarray  # float32 (4), closeness felt by i, in [0, 1]
    c_ji: np.ndarray  # float32 (4), closeness felt by j
    touch: np.ndarray  # float32 (4), t: memory of cheap platform contact, in [0, 1]
    exchange: np.ndarray  # float32 (4), x: memory of composed platform contact, in [0, 1]
    w_ij: np.ndarray  # float32 (4), weight q c^gamma of j in i's plans
    w_ji: np.ndarray  # float32 (4)
    view_ij: np.ndarray  # float32 (4), v: how often a day i opens posts of j
    view_ji: np.ndarray  # float32 (4)
    comment_ij: np.ndarray  # float32 (4), comments a day of i to j, scaled
    comment_ji: np.ndarray  # float32 (4)
    write_ij: np.ndarray  # float32 (4), private messages a day of i to j, scaled
    write_ji: np.ndarray  # float32 (4)
    busy: np.ndarray  # float32 (4), all platform acts a day of both
    last_real: np.ndarray  # int32 (4), day of the last real-life contact
    last_composed: np.ndarray  # int32 (4), day of the last composed contact, -1 never
    class_ij: np.ndarray  # uint8 (1), CLASSES: what j is to i
    class_ji: np.ndarray  # uint8 (1)
    # counted since the measured year began
    sum_ij: np.ndarray  # float32 (4), closeness summed over plan days
    sum_ji: np.ndarray  # float32 (4)
    contacts: np.ndarray  # uint16 (2), visits, calls, letters, cards, messages
    chances: np.ndarray  # uint16 (2), chance meetings
    minutes: np.ndarray  # float32 (4), minutes of planned real contact
    gestures: np.ndarray  # (ties, 2, GESTURES) uint8 (14), sent by i, sent by j; at most MOST_GESTURES


PEOPLE_TYPES = dict(
    profile=np.uint8, contacts=np.float32, minutes=np.float32, greet=np.float32, birthday=np.int16,
    shown=np.int16, member=np.bool_, kept=np.float32, social=np.float32, drive=np.float32, posts=np.float32, items=np.float32,
    comments=np.float32, reacts=np.float32, writes=np.float32, groups=np.float32, free=np.float32,
    each_group=np.float32, places=np.int32,
)  # fmt: skip
TIE_TYPES = dict(
    i=np.int32, j=np.int32, kind=np.uint8, origin=np.uint8, flags=np.uint8, affinity=np.float32,
    chance=np.float32, c_ij=np.float32, c_ji=np.float32, touch=np.float32, exchange=np.float32,
    w_ij=np.float32, w_ji=np.float32, view_ij=np.float32, view_ji=np.float32, comment_ij=np.float32,
    comment_ji=np.float32, write_ij=np.float32, write_ji=np.float32, busy=np.float32,
    last_real=np.int32, last_composed=np.int32, class_ij=np.uint8,
    class_ji=np.uint8, sum_ij=np.float32, sum_ji=np.float32, contacts=np.uint16, chances=np.uint16,
    minutes=np.float32, gestures=np.uint8,
)  # fmt: skip


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
    link_closeness: float
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


UNCHANGING = frozenset({"profile", "contacts", "greet", "birthday"})


def tile_key(i, j) -> np.ndarray:
    """Sorting key of ties: tile first, then i, then j."""
    i, j = np.asarray(i, np.int64), np.asarray(j, np.int64)
    low = (1 << TILE_BITS) - 1
    return (i >> TILE_BITS) << 40 | (j >> TILE_BITS) << 28 | (i & low) << 14 | (j & low)


def link_only(ties: Ties) -> np.ndarray:
    """(ties,) bool: links between people who have not met in real life since they were linked, if ever."""
    return (ties.class_ij == ONLINE_BORN) & (ties.flags & SHARED == 0)


def new_ties(count: int, **columns) -> Ties:
    """`count` rows: zeros but for the columns given; never contacted, class 'rest'."""
    rows = {name: np.zeros((count, 2, len(GESTURES)) if name == "gestures" else count, t) for name, t in TIE_TYPES.items()}
    rows["class_ij"][:] = rows["class_ji"][:] = REST
    rows["last_composed"][:] = -1
    for name, values in columns.items():
        rows[name][:] = values
    return Ties(**rows)


def in_tiles(ties: Ties) -> Ties:
    """The same ties in cache-tile order."""
    order = np.argsort(tile_key(ties.i, ties.j), kind="stable")
    return Ties(*(a[order] for a in ties))


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
