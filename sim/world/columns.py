"""Every column of people and of ties: what its array holds, its value in a new row, and when it is set back.

These tables are the only place that lists columns. `People` and `Ties`, new rows, copies, resets, the plain twin, the attributes
of a Person and docs/state.md are made from them. To add a column, add it here and write the rule that uses it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from sim.channels import GESTURES

KINDS = ("kin", "friend", "online")
KIN, FRIEND, ONLINE = range(3)

ORIGINS = ("kin", "work", "neighbourhood", "club", "past", "friends", "online")
FROM_KIN, FROM_WORK, FROM_NEIGHBOURHOOD, FROM_CLUB, FROM_PAST, FROM_FRIENDS, FROM_ONLINE = range(7)
PLACES = ("work", "neighbourhood", "club")  # of origins 1, 2, 3; people change them

CLASSES = ("support", "sympathy", "affinity", "rest", "new", "online")
SUPPORT, SYMPATHY, AFFINITY_GROUP, REST, NEW_TIE, ONLINE_BORN = range(6)
CLASS_SIZES = (5, 10, 35)  # closest five, next ten, next thirty-five; the rest

MOST_GESTURES = 255  # counts stop there, for each sort, sender and tie

# When a column is set back to its resting value
YEAR_BEGINS = "a measured year begins"
UNLINKED = "the tie loses its link"  # or a platform without a feed is joined
LEFT = "the platform is left"


class Column(NamedTuple):
    """One column: an array with an entry for each person, or for each tie.

    name : of the array. A column of one side of a tie ends with _ij (the side of i) or _ji
    type : of a number in the array
    unit : "" for none
    rest : the resting value, in new rows and after a reset
    reset : when the column is set back: YEAR_BEGINS, UNLINKED, LEFT; "" for never
    fixed : whether no rule changes it, so that copies of a world share it
    shape : of an entry; () for a single number
    side : "ij" or "ji" for a column of one side of a tie, else ""
    plain : its name in sim/world/plain.py, if that differs
    within : least and greatest value that Python code may write to this attribute of a Person; None: it is no attribute
    attribute : name of the attribute, if that differs
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
    plain: str = ""
    within: tuple[float, float] | None = None
    attribute: str = ""

    @property
    def twin(self) -> str:
        """The name in sim/world/plain.py."""
        return self.plain or self.name


class Flag(NamedTuple):
    """One bit of the column `flags` of a tie, not set in a new row. The number of the bit is its place in `FLAGS`.

    ends : whether it is cleared when the tie loses its link; side, plain : as for a Column
    """

    name: str
    meaning: str
    ends: bool = False
    side: str = ""
    plain: str = ""

    @property
    def twin(self) -> str:
        """The name in sim/world/plain.py."""
        return self.plain or self.name


def row_bytes(table: Iterable[Column]) -> int:
    """Bytes of memory for one row."""
    return sum(np.zeros(column.shape, column.type).nbytes for column in table)


def _sided(name: str, type: Any, meaning: str, unit: str = "", plain: str = "", **options: Any) -> list[Column]:
    """The two columns of a value that each side of a tie has. In `meaning`, {me} and {other} are the two people."""
    options["plain"] = plain or name
    return [Column(f"{name}_{side}", type, text, unit, side=side, **options) for side, text in _sides(meaning)]


def _sided_flag(name: str, meaning: str, ends: bool = False) -> list[Flag]:
    """The two flags of a statement about each side of a tie."""
    return [Flag(f"{name}_{side}", text, ends, side, name) for side, text in _sides(meaning)]


def _sides(meaning: str) -> list[tuple[str, str]]:
    """The name of each side with the meaning for it."""
    return [(me + other, meaning.format(me=me, other=other)) for me, other in ("ij", "ji")]


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"{number} {name}" for number, name in enumerate(names))


PERSON: tuple[Column, ...] = (
    Column("profile", np.uint8, "cultural usage profile, in the order of the study", fixed=True),
    Column("group", np.int16, "finest group: the profile, or the profile with a label; tallies are kept by it", fixed=True),
    Column("contacts", np.float32, "n, planned real contacts that the person begins", "contacts/day", fixed=True,
           within=(0, 1000)),
    Column("minutes", np.float32, "m, time on the platform; 0 for people who are not members", "min/day", reset=LEFT,
           within=(0, 1440)),
    Column("greet", np.float32, "propensity to follow a birthday prompt", "logit", fixed=True),
    Column("birthday", np.int16, "day on which the birthday is celebrated", "day of year, from 0", fixed=True, within=(0, 364)),
    Column("shown", np.int16, "day that the platform shows as the birthday; -1: none", "day of year, from 0", rest=-1,
           reset=LEFT, attribute="shown_birthday", within=(-1, 364)),
    Column("member", np.bool_, "whether the person is a member of the platform", "True or False", reset=LEFT, within=(0, 1)),
    Column("wants_prompts", np.bool_, "whether the person wants to be told of birthdays", "True or False", rest=1, reset=LEFT,
           within=(0, 1)),
    Column("kept", np.float32, "f, part of planned contact that displacement leaves", "share", rest=1, reset=LEFT,
           within=(0, 1)),
    Column("social", np.float32, "h, time in planned contact in the year before the branch", "min/day", within=(0, 1440)),
    Column("drive", np.float32, "n f / W: turns a weight of a tie into a rate; 0 if W = 0", "contacts/day"),
    Column("posts", np.float32, "p, own posts", "posts/day", reset=LEFT, within=(0, 1000)),
    Column("passed", np.float32, "posts of others that the person passes on", "posts/day", reset=LEFT, within=(0, 1000)),
    Column("items", np.float32, "A, items of the feed that the person sees", "items/day", reset=LEFT),
    Column("comments", np.float32, "C, comments that the person means to write", "comments/day", reset=LEFT,
           within=(0, 10_000)),
    Column("reactions", np.float32, "r, reactions per post opened", "1/view", reset=LEFT, within=(0, 1000)),
    Column("messages", np.float32, "M, private messages that the person means to write", "messages/day", reset=LEFT,
           within=(0, 10_000)),
    Column("groups", np.float32, "G, exchanges in communities that the person means to begin", "exchanges/day", reset=LEFT,
           within=(0, 10_000)),
    Column("attend", np.float32, "γ, exponent of closeness in attention on the platform", "exponent", rest=1, reset=LEFT),
    Column("opened", np.float32, "O, how the contents of the person's posts change whether they are opened", "factor", rest=1,
           reset=LEFT),
    Column("dosed", np.float32, "D, how they change the dose of a view", "factor", rest=1, reset=LEFT),
    Column("discussed", np.float32, "K, how they change comments", "factor", rest=1, reset=LEFT),
    Column("crowd", np.float32, "how counts that the platform shows change reactions to the person's posts", "factor", rest=1,
           reset=LEFT),
    Column("strangers", np.float32, "posts of strangers that the person opens, set on plan days", "views/day", reset=LEFT),
    Column("pseudonym", np.bool_, "whether the person's account does not tell who the person is", "True or False", reset=LEFT),
    Column("away_until", np.int32, "day on which the person comes back to the platform; 0: was never away", "day", reset=LEFT),
    Column("link_places", np.int32, "places for links to people whom the person has met", "links", reset=LEFT),
    Column("stranger_places", np.int32, "places for links to people whom the person has never met", "links", reset=LEFT),
    Column("community", np.int32, "number of the person's community on the platform; -1: none", rest=-1, reset=LEFT),
    Column("reaction_rate", np.float32, "r s, reactions within the minutes, set on plan days", "1/view", reset=LEFT),
    Column("comment_rate", np.float32, "C s / sum of K v c^gamma over friends, comments within the minutes, set on plan days",
           "comments/day, at K v c^gamma = 1", reset=LEFT),
    Column("message_rate", np.float32, "M s / sum of q c^gamma over friends, messages within the minutes, set on plan days",
           "messages/day, at q c^gamma = 1", reset=LEFT),
    Column("group_rate", np.float32, "G s / number of friends who share a place, exchanges with each of them, set on plan days",
           "exchanges/day", reset=LEFT),
    Column("places", np.int32, f"number of the person's place of each type ({', '.join(PLACES)}); -1: none", rest=-1,
           shape=(len(PLACES),)),
)  # fmt: skip

TIE: tuple[Column, ...] = (
    Column("i", np.int32, "the one person, i < j", "row"),
    Column("j", np.int32, "the other", "row"),
    Column("kind", np.uint8, f"how the two know each other: {_listed(KINDS)}"),
    Column("origin", np.uint8, f"the setting that the tie comes from: {_listed(ORIGINS)}"),
    Column("flags", np.uint16, "what is true of the tie, a bit each: the table below"),
    Column("together", np.bool_, f"whether the two now share a place ({', '.join(PLACES)}) or a community", "True or False"),
    Column("affinity", np.float32, "q, how well the two suit each other", "factor"),
    Column("chance", np.float32, "o, chance meetings", "meetings/day"),
    *_sided("c", np.float32, "closeness that {me} feels for {other}", "0 to 1", plain="closeness"),
    Column("touch", np.float32, "t, memory of contact on the platform", "0 to 1", reset=LEFT),
    Column("exchange", np.float32, "x, memory of composed contact on the platform", "0 to 1", reset=LEFT),
    *_sided("w", np.float32, "weight of {other} in the plans of {me}: q c^gamma", plain="weight"),
    *_sided("view", np.float32, "v, how often {me} opens posts of {other}", "views/day", reset=UNLINKED),
    *_sided("attention", np.float32, "c^gamma of {me}, if {other} was a friend on the platform on the plan day", "factor",
            reset=UNLINKED),
    Column("were_friends", np.uint8, "who was a friend of whom on the platform on the plan day: 1 j of i, 2 i of j, 3 both",
           reset=UNLINKED),
    Column("last_real", np.int32, "day of the last contact in real life", "day"),
    Column("last_composed", np.int32, "day of the last composed contact; -1: never", "day", rest=-1),
    *_sided("class", np.uint8, f"what {{other}} is to {{me}}: {_listed(CLASSES)}", rest=REST, plain="tie_class"),
    *_sided("sum", np.float32, "closeness that {me} felt, summed over plan days", "closeness", reset=YEAR_BEGINS, plain="total"),
    Column("contacts", np.uint16, "composed acts", "acts", reset=YEAR_BEGINS),
    Column("chances", np.uint16, "chance meetings", "meetings", reset=YEAR_BEGINS),
    Column("minutes", np.float32, "time in planned real contact", "min", reset=YEAR_BEGINS),
    Column("gestures", np.uint8, f"gestures sent by i, then by j ({', '.join(GESTURES)}); at most {MOST_GESTURES} each", "acts",
           reset=YEAR_BEGINS, shape=(2, len(GESTURES))),
)  # fmt: skip

FLAGS: tuple[Flag, ...] = (
    Flag("far", "the two live far from each other"),
    *_sided_flag("linked", "{me} has a link to {other} on the platform", ends=True),
    *_sided_flag("knows", "{me} knows the true birthday of {other}"),
    Flag("shared", "the two have ever shared a setting"),
    *_sided_flag("greeted", "{me} has greeted {other} in public since the last true birthday of {other}", ends=True),
    Flag("ended", "the tie was there at the branch and has ended"),
)
FAR, LINKED_IJ, LINKED_JI, KNOWS_IJ, KNOWS_JI, SHARED, GREETED_IJ, GREETED_JI, ENDED = (1 << bit for bit in range(len(FLAGS)))
LINKED = LINKED_IJ | LINKED_JI
"""A link of both. Where links need a return, it is both or none."""
OF_A_LINK = sum(1 << bit for bit, flag in enumerate(FLAGS) if flag.ends)
"""The flags that end with the link of a tie."""

UNCHANGING = frozenset(column.name for column in PERSON if column.fixed)
