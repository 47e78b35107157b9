"""Every column of people and of ties: what its array holds, what a new row has, when it is set back. Said here and nowhere else.

`People` and `Ties`, new rows, copies, resets, the plain twin and what Python code may write to a Person are made from these
tables; so is docs/state.md. A column that is added here is carried along everywhere: only the rule that uses it must be written.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.channels import GESTURES

KINDS = ("kin", "friend", "online")
KIN, FRIEND, ONLINE = range(3)

ORIGINS = ("kin", "work", "neighbourhood", "club", "past", "friends", "online")
FROM_KIN, FROM_WORK, FROM_NEIGHBOURHOOD, FROM_CLUB, FROM_PAST, FROM_FRIENDS, FROM_ONLINE = range(7)
PLACES = ("work", "neighbourhood", "club")  # origins 1, 2, 3: places that people leave

CLASSES = ("support", "sympathy", "affinity", "rest", "new", "online")
SUPPORT, SYMPATHY, AFFINITY_GROUP, REST, NEW_TIE, ONLINE_BORN = range(6)
CLASS_SIZES = (5, 10, 35)  # closest five, next ten, next thirty-five; the rest

MOST_GESTURES = 255  # counted of each sort, by sender and tie

# When a column is set back to its resting value
YEAR_BEGINS = "a measured year begins"
UNLINKED = "the tie loses its link"  # or a platform without a feed is joined
LEFT = "the platform is left"


class Column(NamedTuple):
    """One column: an array with an entry for each person, or for each tie.

    name : of the array. What belongs to one side of a tie ends with _ij (i's side) or _ji
    type : of a number in it
    unit : "" without one
    rest : the resting value: what a new row has, and what a reset gives back
    reset : when it is set back: YEAR_BEGINS, UNLINKED, LEFT; "" never
    fixed : whether no rule ever changes it, so that copies of a world share it
    shape : of an entry; () for a single number
    side : "ij" or "ji" of what belongs to one side of a tie, else ""
    twin : its name in sim/world/plain.py
    attribute : its name as an attribute of a Person, which Python code may write within `low` and `high`; "" if it is none
    """

    name: str
    type: Any
    meaning: str
    unit: str = ""
    rest: float = 0
    reset: str = ""
    fixed: bool = False
    shape: tuple[int, ...] = ()
    side: str = ""
    twin: str = ""
    attribute: str = ""
    low: float = 0
    high: float = 0


class Flag(NamedTuple):
    """One bit of the column `flags` of a tie, unset in a new row. Its bit is its place in `FLAGS`.

    ends : whether it is unset when the tie loses its link; side, twin : as of a Column
    """

    name: str
    meaning: str
    ends: bool = False
    side: str = ""
    twin: str = ""


def _person(name: str, type: Any, meaning: str, unit: str = "", **more: Any) -> Column:
    """A column of people; its bounds, if Python code may write it, are `within`."""
    low, high = more.pop("within", (0, 0))
    attribute = more.pop("attribute", name if high else "")
    return Column(name, type, meaning, unit, twin=name, attribute=attribute, low=low, high=high, **more)


def _shared(name: str, type: Any, meaning: str, unit: str = "", **more: Any) -> Column:
    """A column of what the two people of a tie share."""
    return Column(name, type, meaning, unit, twin=name, **more)


def _sided(name: str, twin: str, type: Any, meaning: str, unit: str = "", **more: Any) -> tuple[Column, Column]:
    """The two columns of what belongs to either side of a tie; {me} and {other} are its two people."""
    return tuple(Column(f"{name}_{side}", type, text, unit, side=side, twin=twin, **more) for side, text in _of(meaning))  # type: ignore[return-value]


def _sided_flag(name: str, meaning: str, ends: bool = False) -> tuple[Flag, Flag]:
    return tuple(Flag(f"{name}_{side}", text, ends, side, name) for side, text in _of(meaning))  # type: ignore[return-value]


def _of(meaning: str) -> list[tuple[str, str]]:
    """Both sides, and what it is to each."""
    return [(me + other, meaning.format(me=me, other=other)) for me, other in ("ij", "ji")]


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"{number} {name}" for number, name in enumerate(names))


PERSON: tuple[Column, ...] = (
    _person("profile", np.uint8, "cultural usage profile, in the order of the study", fixed=True),
    _person("contacts", np.float32, "n, planned real contacts that the person begins", "contacts/day", fixed=True,
            within=(0, 1000)),
    _person("minutes", np.float32, "m, time on the platform; 0 for people who are not members", "min/day", reset=LEFT,
            within=(0, 1440)),
    _person("greet", np.float32, "propensity to follow a birthday prompt", "logit", fixed=True),
    _person("birthday", np.int16, "day on which the birthday is celebrated", "day of year, from 0", fixed=True, within=(0, 364)),
    _person("shown", np.int16, "day that the platform shows as the birthday; -1: none", "day of year, from 0", rest=-1,
            reset=LEFT, attribute="shown_birthday", within=(-1, 364)),
    _person("member", np.bool_, "whether the person is a member of the platform", "True or False", reset=LEFT, within=(0, 1)),
    _person("kept", np.float32, "f, part of planned contact that displacement leaves", "share", rest=1, reset=LEFT,
            within=(0, 1)),
    _person("social", np.float32, "h, time in planned contact in the year before the branch", "min/day", within=(0, 1440)),
    _person("drive", np.float32, "n f / W: turns a weight of a tie into a rate; 0 if W = 0", "contacts/day"),
    _person("posts", np.float32, "p, posts", "posts/day", reset=LEFT, within=(0, 1000)),
    _person("items", np.float32, "A, items of the feed that the person sees", "items/day", reset=LEFT),
    _person("comments", np.float32, "k, comments per post opened, at closeness 1", "1/view", reset=LEFT, within=(0, 1000)),
    _person("reactions", np.float32, "r, reactions per post opened", "1/view", reset=LEFT, within=(0, 1000)),
    _person("messages", np.float32, "M, private messages", "messages/day", reset=LEFT, within=(0, 10_000)),
    _person("groups", np.float32, "G, exchanges in communities", "exchanges/day", reset=LEFT, within=(0, 10_000)),
    _person("free", np.float32, "s, scale that keeps acts on the platform within the minutes, set on plan days", "share",
            reset=LEFT),
    _person("each_group", np.float32, "exchanges with each friend of a community, set on plan days", "exchanges/day", reset=LEFT),
    _person("places", np.int32, f"number of the person's place of each type ({', '.join(PLACES)}); -1: none", rest=-1,
            shape=(len(PLACES),)),
)  # fmt: skip

TIE: tuple[Column, ...] = (
    _shared("i", np.int32, "the one person, i < j", "row"),
    _shared("j", np.int32, "the other", "row"),
    _shared("kind", np.uint8, f"how the two know each other: {_listed(KINDS)}"),
    _shared("origin", np.uint8, f"the setting that the tie comes from: {_listed(ORIGINS)}"),
    _shared("flags", np.uint8, "what is true of the tie, a bit each: the table below"),
    _shared("affinity", np.float32, "q, how well the two suit each other", "factor"),
    _shared("chance", np.float32, "o, chance meetings", "meetings/day"),
    *_sided("c", "closeness", np.float32, "closeness that {me} feels for {other}", "0 to 1"),
    _shared("touch", np.float32, "t, memory of contact on the platform", "0 to 1", reset=LEFT),
    _shared("exchange", np.float32, "x, memory of composed contact on the platform", "0 to 1", reset=LEFT),
    *_sided("w", "weight", np.float32, "weight of {other} in the plans of {me}: q c^gamma"),
    *_sided("view", "view", np.float32, "v, how often {me} opens posts of {other}", "views/day", reset=UNLINKED),
    *_sided("comment", "comment", np.float32, "comments of {me} to {other}, scaled", "comments/day", reset=UNLINKED),
    *_sided("message_rate", "message_rate", np.float32, "private messages of {me} to {other}, scaled", "messages/day",
            reset=UNLINKED),
    _shared("busy", np.float32, "all acts of both on the platform that are not answers", "acts/day", reset=UNLINKED),
    _shared("last_real", np.int32, "day of the last contact in real life", "day"),
    _shared("last_composed", np.int32, "day of the last composed contact; -1: never", "day", rest=-1),
    *_sided("class", "tie_class", np.uint8, f"what {{other}} is to {{me}}: {_listed(CLASSES)}", rest=REST),
    *_sided("sum", "total", np.float32, "closeness that {me} felt, summed over plan days", "closeness", reset=YEAR_BEGINS),
    _shared("contacts", np.uint16, "composed acts", "acts", reset=YEAR_BEGINS),
    _shared("chances", np.uint16, "chance meetings", "meetings", reset=YEAR_BEGINS),
    _shared("minutes", np.float32, "time in planned real contact", "min", reset=YEAR_BEGINS),
    _shared("gestures", np.uint8, f"gestures sent by i, then by j ({', '.join(GESTURES)}); at most {MOST_GESTURES} each", "acts",
            reset=YEAR_BEGINS, shape=(2, len(GESTURES))),
)  # fmt: skip

FLAGS: tuple[Flag, ...] = (
    Flag("far", "the two live far from each other", twin="far"),
    Flag("linked", "the two are linked on the platform", ends=True, twin="linked"),
    *_sided_flag("knows", "{me} knows the true birthday of {other}"),
    Flag("shared", "the two have ever shared a setting", twin="shared"),
    *_sided_flag("greeted", "{me} has greeted {other} in public since the last true birthday of {other}", ends=True),
    Flag("ended", "the tie was there at the branch and has ended", twin="ended"),
)
FAR, LINKED, KNOWS_IJ, KNOWS_JI, SHARED, GREETED_IJ, GREETED_JI, ENDED = (1 << bit for bit in range(len(FLAGS)))
OF_A_LINK = sum(1 << bit for bit, flag in enumerate(FLAGS) if flag.ends)
"""The flags that end with the link of a tie."""

UNCHANGING = frozenset(column.name for column in PERSON if column.fixed)
