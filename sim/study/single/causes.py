"""What may keep people from doing what the numbers of their profile and platform intend, and how much each cause does.

Every size is read in the scenario or in the state of a world a year after the platform came: places for links that stay free,
channels that the platform lacks, acts that do not fit into the minutes. It is in the unit of its habit, negative where a cause
takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from sim.scenario.platform import Platform
from sim.scenario.profile import Profile
from sim.world.columns import LINKED_IJ, LINKED_JI, ONLINE
from sim.world.links import free_places, free_stranger_places, places
from sim.world.model import World
from sim.world.state import State

TAKEN = 0.5  # of the pairs of people with a free place: from so many with a row on, those people are said to lack partners

Sizes = dict[str, dict[str, float]]
"""Habit -> code of a reason -> its size."""


class Links(NamedTuple):
    """Links on one day: means over members, the share with people whom one has met, and of linked pairs that of mutual ones.

    free : places for links that stay free for lack of partners; unfilled : places for people met that stay free for any reason
    """

    number: float
    overlap: float
    mutual: float
    free: float
    unfilled: float


def links(state: State) -> Links:
    """The links of today."""
    ties, members = state.ties, max(int(state.people.member.sum()), 1)
    by_i, by_j, met = ties.flags & LINKED_IJ != 0, ties.flags & LINKED_JI != 0, ties.kind != ONLINE
    number, pairs = int(by_i.sum()) + int(by_j.sum()), int((by_i | by_j).sum())
    overlap = (int((by_i & met).sum()) + int((by_j & met).sum())) / max(number, 1)
    free = sum(_without_partners(state, sort(state)) for sort in (free_places, free_stranger_places))
    mutual, unfilled = int((by_i & by_j).sum()) / max(pairs, 1), int(free_places(state).sum())
    return Links(number / members, overlap, mutual, free / members, unfilled / members)


def _without_partners(state: State, free: np.ndarray) -> int:
    """Free places of people who have nobody left to link with: most of those who have a free place too are theirs already.

    free : (people,) free places of one sort
    """
    ties, open_ = state.ties, free > 0
    people = int(open_.sum())
    rows = int((open_[ties.i] & open_[ties.j]).sum())
    return int(free.sum()) if rows >= TAKEN * people * (people - 1) / 2 else 0


def causes(world: World, first: Links, written: np.ndarray, intended: Mapping[str, float | None]) -> Sizes:
    """The sizes of all causes in a world of one profile, a year after its platform came.

    first : the links of its first day; written : (3, people) acts a day that people begin: comments, messages, exchanges
    intended : by habit
    """
    ((profile, _),), platform = world.profiles, world.timeline[0][1]
    longer = _longer(platform)
    wanted = {habit: number or 0.0 for habit, number in intended.items()}
    return {
        "minutes": {"notified": wanted["minutes"] * longer},
        "links": _of_links(world, platform, wanted["links"], first),
        "overlap": _of_overlap(world.state, wanted["overlap"], first),
        "mutual": {"chosen": max(0.0, first.mutual - wanted["mutual"]), "year": links(world.state).mutual - first.mutual},
        "posts": {"other-minutes": wanted["posts"] * _other_minutes(profile, longer)},
        "written": {"notified": wanted["written"] * longer} | _not_written(world.state, platform, written),
        "private": _of_private(world.state, platform, written, wanted["private"]),
    }


def _longer(platform: Platform) -> float:
    """How much longer notifications make members stay, as a share of their minutes."""
    calls = platform.notifications
    return calls.pull.value * calls.per_day.value if calls else 0.0


def _other_minutes(profile: Profile, longer: float) -> float:
    """How much more people post than those whose posting was measured, since they stay longer, as a share."""
    return profile.minutes_ratio.value / profile.post_minutes_ratio.value * (1 + longer) - 1


def _of_links(world: World, platform: Platform, intended: float, first: Links) -> dict[str, float]:
    if platform.links is None:
        return {}
    people = world.state.people
    member, members = people.member, max(int(people.member.sum()), 1)
    uncapped = platform.model_copy(update={"links": platform.links.model_copy(update={"cap": None})})
    without = places(people, uncapped, world.society, world.profiles, world.replicate, 1.0)
    cut = sum(int(sort[member].sum()) for sort in without) - int((people.link_places + people.stranger_places)[member].sum())
    cost = platform.links.cost.value if platform.links.cost else 0.0
    return {
        "cost": -cost * intended,
        "cap": -cut / members,
        "friends" if platform.following else "partners": -(first.unfilled if platform.following else first.free),
        "year": links(world.state).number - first.number,
    }


def _of_overlap(state: State, intended: float, first: Links) -> dict[str, float]:
    lacking = first.overlap - intended if first.number and first.free else 0.0
    return {"partners": lacking, "year": links(state).overlap - first.overlap if first.number else 0.0}


def _not_written(state: State, platform: Platform, written: np.ndarray) -> dict[str, float]:
    """Acts that do not fit into the minutes, and those of people who have nobody to write to: means over members."""
    people = state.people
    wanted = _wanted(people).sum(axis=0)
    lost = wanted - written.sum(axis=0)
    item_minutes = platform.feed.item_minutes.value if platform.feed else 0.0
    has_time = people.minutes.astype(float) > people.items.astype(float) * item_minutes
    alone = (written.sum(axis=0) == 0) & has_time
    members = max(int(people.member.sum()), 1)
    return {"nobody": -lost[alone].sum() / members, "minutes": -lost[~alone].sum() / members}


def _of_private(state: State, platform: Platform, written: np.ndarray, intended: float) -> dict[str, float]:
    if platform.messages is None and platform.groups is None:
        return {"no-private": -intended}
    if platform.comments is None:
        return {"no-public": 1 - intended}
    done = written.sum(axis=0)
    comments, messages, groups = _wanted(state.people)
    meant = comments + messages + groups
    private = np.divide(messages + groups, meant, out=np.zeros(done.size), where=meant > 0)
    moved = np.where(written[0] == 0, 1 - private, 0) - np.where(written[1:].sum(axis=0) == 0, private, 0)
    return {"one-way": float((moved * done).sum() / done.sum()) if done.any() else 0.0}


def _wanted(people) -> np.ndarray:
    """(3, people) comments, messages and exchanges a day, if there were time and somebody to write to."""
    return np.array([people.comments, people.messages, people.groups], float)
