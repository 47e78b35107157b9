"""Groups of people that measures and verdicts are made for: all, each profile, each label.

A *label* says more about a person than the profile does, such as belonging to a minority. A *finest group* is a profile with a
label. Tallies are kept by finest group, and every group is made of whole finest groups.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from sim.world.state import State, new_tally

ALL = "all"
NO_LABEL = -1


class Group(NamedTuple):
    """Some of the people of a world."""

    name: str
    mask: np.ndarray  # (people,) bool, who is in it
    finest: tuple[int, ...]  # numbers of its finest groups, rising: its rows of a tally


def finest_groups(
    profile: np.ndarray, profiles: tuple[str, ...], label: np.ndarray | None = None, labels: tuple[str, ...] = ()
) -> tuple[np.ndarray, dict[str, frozenset[int]]]:
    """The column `group` of people, and the finest groups of each group by its name.

    profile : (people,), number of each person's profile among `profiles`
    label : (people,) int8, number of each person's label among `labels`; `NO_LABEL` for people without one
    The groups are "all", each profile if people have several, and each label that people have. Without labels, the finest groups
    are the profiles.
    """
    sorts = len(labels) + 1  # of people of a profile: without a label, and with each
    group = profile.astype(np.int16) * np.int16(sorts)
    if label is not None:
        group += label.astype(np.int16) - np.int16(NO_LABEL)
    number = np.arange(len(profiles) * sorts)
    members = {ALL: number}
    if (profile != profile[:1]).any():
        members |= {name: number[number // sorts == k] for k, name in enumerate(profiles)}
    members |= {name: number[number % sorts == k - NO_LABEL] for k, name in enumerate(labels)}
    inhabited = {name: finest for name, finest in members.items() if name == ALL or np.isin(finest, group).any()}
    return group, {name: frozenset(finest.tolist()) for name, finest in inhabited.items()}


def groups(group: np.ndarray, members: dict[str, frozenset[int]]) -> tuple[Group, ...]:
    """The groups of people. group, members : as of `finest_groups`"""
    return tuple(Group(name, np.isin(group, list(finest)), tuple(sorted(finest))) for name, finest in members.items())


def group_people(
    state: State, profiles: tuple[str, ...], label: np.ndarray | None = None, labels: tuple[str, ...] = ()
) -> tuple[Group, ...]:
    """The groups of a world. Sets the column `group` of its people, and begins a tally by it.

    profiles, label, labels : as of `finest_groups`
    """
    group, members = finest_groups(state.people.profile, profiles, label, labels)
    state.people = state.people._replace(group=group)
    state.tally = new_tally(len(members[ALL]))
    return groups(group, members)


def among(those: Iterable[Group], mask: np.ndarray) -> list[Group]:
    """The groups without the people outside a mask; groups that are then empty are left out."""
    inside = (group._replace(mask=group.mask & mask) for group in those)
    return [group for group in inside if group.mask.any()]
