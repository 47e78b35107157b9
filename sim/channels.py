"""Every channel (way of being in contact), why people use it, and which gesture an act counts as. Said here and nowhere else.

The rules, measures and their names, the event log and the numbers of a society file (`channels.<name>`) take channels from here.
docs/state.md is made from these tables and from those of `sim.world.columns`.
"""

from __future__ import annotations

from typing import NamedTuple


class Channel(NamedTuple):
    """One channel. Its number, in kernels and in arrays, is its place in `TABLE`.

    feature : the part of a platform file that makes such acts; "" for contact in real life
    two_sided : whether both people count as receivers
    composed : whether it takes words or a visit: what renews the memory of exchange and counts as a contact
    sent : whether a society file says what the sender gains (`dose_sent`)
    lasts : whether a society file says how many minutes it takes
    """

    name: str
    meaning: str
    feature: str = ""
    two_sided: bool = False
    composed: bool = False
    sent: bool = False
    lasts: bool = False

    @property
    def real(self) -> bool:
        """Whether it is contact in real life."""
        return not self.feature

    @property
    def numbers(self) -> tuple[str, ...]:
        """The keys that a society file has of it."""
        keys = {"dose": True, "dose_sent": self.sent, "minutes": self.lasts, "touch": not self.real}
        return tuple(key for key, has in keys.items() if has)


TABLE = (
    Channel("visit", "in person, planned; two-sided", two_sided=True, composed=True, lasts=True),
    Channel("call", "by voice; two-sided", two_sided=True, composed=True, lasts=True),
    Channel("letter", "written, one way", composed=True, sent=True, lasts=True),
    Channel("card", "New Year and birthday cards", composed=True, sent=True, lasts=True),
    Channel("chance", "a meeting nobody planned; two-sided", two_sided=True, lasts=True),
    Channel("greeting", "a prompted birthday greeting, in public", "prompts", sent=True),
    Channel("message", "a private message on the platform", "messages", composed=True, sent=True, lasts=True),
    Channel("comment", "a public comment on a post", "comments", composed=True, sent=True, lasts=True),
    Channel("group", "an exchange inside a community on the platform", "groups", composed=True, sent=True, lasts=True),
    Channel("reaction", "one click on a post", "reactions", sent=True, lasts=True),
    Channel("view", "reading a post; the reader is the receiver", "feed"),
)
CHANNELS = tuple(channel.name for channel in TABLE)
VISIT, CALL, LETTER, CARD, CHANCE, GREETING, MESSAGE, COMMENT, GROUP, REACTION, VIEW = range(len(CHANNELS))

# By channel, as kernels take them
REAL = tuple(channel.real for channel in TABLE)
TWO_SIDED = tuple(channel.two_sided for channel in TABLE)
COMPOSED = tuple(channel.composed for channel in TABLE)

REMEMBERED = (CARD, CALL, VISIT)
"""How people greet who remember a birthday."""

# Why an act was done: of one's own accord, because a prompt asked for it, because one remembers a birthday, or because one
# knows that the date shown is another
CAUSES = ("own accord", "prompt", "birthday", "nonbirthday")
OWN, PROMPT, BIRTHDAY, NONBIRTHDAY = range(len(CAUSES))

# What is counted tie by tie in the measured year, by sender. First by cause: greetings that a prompt asked for, wishes that were
# remembered (card, call, visit), non-birthday messages; then by channel, of one's own accord
BY_CHANNEL = (REACTION, COMMENT, MESSAGE, LETTER)
GESTURES = ("greeting", "wish", "nonbirthday", *(CHANNELS[channel] for channel in BY_CHANNEL))
GESTURE_OF = tuple(
    len(CAUSES) - 1 + BY_CHANNEL.index(channel) if channel in BY_CHANNEL else -1 for channel in range(len(CHANNELS))
)
"""Of an act of one's own accord, by channel: which of `GESTURES` it is; -1 if none."""
