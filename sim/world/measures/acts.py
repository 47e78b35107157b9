"""Measures of acts: received and absorbed by channel, wishes by the date shown, the year around a birthday."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from sim.channels import (
    BIRTHDAY,
    CAUSES,
    CHANNELS,
    COMMENT,
    COMPOSED,
    GESTURES,
    NONBIRTHDAY,
    PROMPT,
    REACTION,
    REAL,
    REMEMBERED,
    VISIT,
)
from sim.world.columns import CLASSES
from sim.world.groups import Group
from sim.world.measures.blocks import blocks_of
from sim.world.measures.year import Row
from sim.world.state import DATES, TALLIED, YEAR, Rules, State

WISH = GESTURES.index("wish")
TRUE_DATE, FALSE_DATE, NO_DATE = range(len(DATES))
ALL_AND_CLASSES = (("all", slice(None)), *((name, slice(k, k + 1)) for k, name in enumerate(CLASSES)))


def channels_used(state: State, groups: Iterable[Group]) -> Iterator[Row]:
    """Acts received and closeness absorbed, by channel and tie class; prompted acts; engagement."""
    received = state.tally.received  # finest groups, classes, channels, causes
    absorbed, viewed = state.tally.absorbed / TALLIED, state.tally.viewed / TALLIED
    for profile, members, finest in groups:
        n, rows = int(members.sum()), list(finest)
        acts, gains, views = (tally[rows].sum(axis=0) for tally in (received, absorbed, viewed))
        per = 1 / max(n, 1)
        strangers = float(state.tally.strangers[rows].sum() / TALLIED)
        yield Row(profile, "all", "stranger_views", "views/year", n, strangers * per)
        for tie_class, chosen in ALL_AND_CLASSES:
            counts, gain = acts[chosen].sum(axis=0), gains[chosen].sum(axis=0)  # counts : (channels, causes)
            yield Row(profile, tie_class, "views", "views/year", n, float(views[chosen].sum() * per))
            for k, channel in enumerate(CHANNELS):
                yield Row(profile, tie_class, f"received_{channel}", "acts/year", n, float(counts[k].sum() * per))
                yield Row(profile, tie_class, f"absorbed_{channel}", "closeness/year", n, float(gain[k] * per))
            for channel in REMEMBERED:
                name = f"birthday_{CHANNELS[channel]}"
                yield Row(profile, tie_class, name, "acts/year", n, float(counts[channel, BIRTHDAY] * per))
            engaged = counts[REACTION].sum() + counts[COMMENT].sum()
            yield Row(profile, tie_class, "engagement", "acts/year", n, float(engaged * per))
            prompted = counts[:, PROMPT].sum()
            yield Row(profile, tie_class, "prompted", "acts/year", n, float(prompted * per))
            yield Row(profile, tie_class, "prompted_share", "share of acts", n, float(prompted / max(counts.sum(), 1)))


def year_around_a_birthday(state: State) -> Iterator[Row]:
    """Contact with a person, and closeness felt for that person, by month since the person's birthday."""
    season, ties = state.tally.season, state.tally.season_ties
    closeness = state.tally.season_closeness / TALLIED
    n, per = state.population, 1 / max(state.population, 1)
    for k, tie_class in enumerate(CLASSES):
        for month in range(12):
            yield Row("all", tie_class, f"season_contacts_{month:02d}", "contacts/month", n, float(season[k, month] * per))
            mean = float(closeness[k, month] / ties[k, month]) if ties[k, month] else 0.0
            yield Row("all", tie_class, f"season_closeness_{month:02d}", "closeness", n, mean)


def greetings_by_date(state: State) -> Iterator[Row]:
    """Birthday acts that members receive, by the date they show and by cause. Only dates that somebody shows."""
    people = state.people
    wishes = state.tally.celebrated.astype(np.float64)  # dates, classes, causes
    for block in blocks_of(state):  # people who are not members show no date either: take them out
        outside = ~people.member[block.people][block.person()]
        received = block.directed(lambda ties: ties.gestures[:, 1, WISH], lambda ties: ties.gestures[:, 0, WISH])
        wishes[NO_DATE, :, BIRTHDAY] -= np.bincount(block.side("class")[outside], received[outside], minlength=len(CLASSES))
    shown = np.where(people.shown < 0, NO_DATE, np.where(people.shown == people.birthday, TRUE_DATE, FALSE_DATE))
    for date, n in enumerate(np.bincount(shown[people.member], minlength=len(DATES)).tolist()):
        for tie_class, chosen in ALL_AND_CLASSES:
            counts = wishes[date, chosen].sum(axis=0)
            for cause in (PROMPT, BIRTHDAY, NONBIRTHDAY) if n else ():
                name = f"wishes_{DATES[date]}_{CAUSES[cause]}"
                yield Row("all", tie_class, name, "wishes/year", n, float(counts[cause] / n))
            prompted, remembered = counts[PROMPT], counts[BIRTHDAY]
            if n and date == FALSE_DATE and prompted + remembered:
                yield Row("all", tie_class, "cue_share", "share", n, float(prompted / (prompted + remembered)))


def effort(state: State, rules: Rules) -> Iterator[Row]:
    """Minutes a day that people spend on words to others, at each channel's usual minutes.

    An act with one sender costs the sender its minutes. A call costs both people, as it is received each way.
    """
    acts = state.tally.received.sum(axis=(0, 1, 3))  # by channel
    minutes = acts * rules.minutes / YEAR / max(state.population, 1)
    words = np.array(COMPOSED)
    words[VISIT] = False
    real = float(minutes[words & REAL].sum())
    online = float(minutes[words & ~np.array(REAL)].sum())
    for name, value in (("effort", real + online), ("effort_real", real), ("effort_online", online)):
        yield Row("all", "all", name, "min/day", state.population, value)
