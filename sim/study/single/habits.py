"""What the numbers of profiles and platforms intend, and what people then do: what `sim habits` does.

A society of each profile is grown, and each platform comes to it. After a year the rates of members are read. They are expected
values, settled on a plan day, so the only luck in them is that of the society.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from sim.errors import InputError, Problem, nearest
from sim.progress import Progress, shown
from sim.scenario.reading import study_from
from sim.scenario.sorts import FOLDERS
from sim.scenario.study import Study
from sim.study.sweep.forecast import Before, of_habits
from sim.study.sweep.grown import grown_society
from sim.world.columns import LINKED_IJ, LINKED_JI, ONLINE
from sim.world.contents import shares
from sim.world.kernels.feed import OF_I, OF_J
from sim.world.model import World
from sim.world.state import YEAR, State

OFF = 0.1  # more than this share of what is intended has to be explained


class Habit(NamedTuple):
    """What people do on a platform: a mean over members, or a share."""

    name: str
    unit: str


HABITS = (
    Habit("minutes", "min/day"),
    Habit("links", "links"),
    Habit("overlap", "share"),
    Habit("posts", "posts/day"),
    Habit("written", "acts/day"),
    Habit("private", "share"),
    Habit("passing", "share"),
)


def habits(
    society: Path | str | PathLike[str] = "scenarios/society.toml",
    profiles: Iterable[str] | None = None,
    platforms: Iterable[str] | None = None,
    people: int = 1000,
    seeds: int = 2,
    years: int | None = None,
    threads: int = 1,
    progress: Progress = None,
    before: Before = None,
) -> pl.DataFrame:
    """What the numbers of each profile on each platform intend, and what the simulation does.

    society : its file; profiles and platforms lie beside it, and all of them are taken if none are named
    people : of each replicate; seeds : replicates
    years : of growing; until each society is steady if not given
    threads : of each world; they change no number
    progress : True, False, or a function of what is being done, how much of it is done, and of how much; by default a bar on a
        terminal
    before : called with a Workload before anything is simulated
    Columns: profile, platform, habit, unit, intended, simulated (mean over seeds), ratio (null where nothing is intended).
    InputError: all problems of the files, or a name that is none.
    """
    society = Path(society)
    named = {sort: _named(society, sort, names) for sort, names in (("profile", profiles), ("platform", platforms))}
    if before is not None:
        before(of_habits(people, len(named["profile"]), len(named["platform"]), seeds))
    rows: list[tuple] = []
    with shown(progress) as watch:
        for number, profile in enumerate(named["profile"]):
            study = _study(society, profile, named["platform"], people, years)
            grown = {seed: grown_society(study.resolve("none"), seed, None, threads) for seed in range(1, seeds + 1)}
            for platform in named["platform"]:
                worlds = (World(study, platform, seed, grown=one, threads=threads) for seed, one in grown.items())
                rows += _cell(profile, platform, study, [_after_a_year(world) for world in worlds])
            watch("profiles", number + 1, len(named["profile"]))
    schema = {"profile": pl.String, "platform": pl.String, "habit": pl.String, "unit": pl.String}
    schema |= dict.fromkeys(("intended", "simulated", "ratio"), pl.Float64)
    return pl.DataFrame(rows, schema=schema, orient="row")


def _named(society: Path, sort: str, names: Iterable[str] | None) -> list[str]:
    """The names of profiles or platforms, or all that lie beside a society. InputError: one that is not there."""
    there = sorted(path.stem for path in (society.parent / FOLDERS[sort]).glob("*.toml"))
    if names is None:
        return [name for name in there if name != "none"]
    if unknown := [name for name in names if name not in there]:
        raise InputError([Problem("", f"{sort}s", f"no {sort} '{name}'", nearest(name, there)) for name in unknown])
    return list(names)


def _study(society: Path, profile: str, platforms: list[str], people: int, years: int | None) -> Study:
    """A study of one profile, with an arm for each platform."""
    arms = {name: {"platform": name} for name in ("none", *platforms)}
    contrasts = [{"name": "platform", "arm": platforms[0], "control": "none", "primary": True}]
    said: dict[str, Any] = {
        "format": 1, "question": "Do people do what their numbers say?", "society": society.name, "profiles": {profile: 1.0},
        "people": people, "burn_in": "until-steady" if years is None else f"{years}y", "horizons": ["1y"], "seeds": 1,
        "arms": arms, "contrasts": contrasts,
    }  # fmt: skip
    return study_from(said, society.parent, "habits")


def _after_a_year(world: World) -> dict[str, float]:
    """What members do on the platform a year after it came, by habit."""
    world.run(YEAR)
    return simulated(world.state) | {"passing": _passing(world)}


def _passing(world: World) -> float:
    """The share of passing posts among all posts."""
    people, feed = world.state.people, world.timeline[0][1].feed
    if feed is None:
        return 0.0
    of_profile = np.array([shares(profile, feed, world.society)["passing"] for profile, _ in world.profiles])
    posts = people.posts.astype(float)
    return float((posts * of_profile[people.profile]).sum() / posts.sum()) if posts.any() else 0.0


def simulated(state: State) -> dict[str, float]:
    """Means over members, and shares of all their links and written acts, by habit."""
    people, ties = state.people, state.ties
    members = max(int(people.member.sum()), 1)
    by_i, by_j = ties.flags & LINKED_IJ != 0, ties.flags & LINKED_JI != 0
    met = ties.kind != ONLINE
    links = int(by_i.sum()) + int(by_j.sum())
    written = _written(state)
    return {
        "minutes": float(people.minutes[people.member].astype(float).mean()) if people.member.any() else 0.0,
        "links": links / members,
        "overlap": (int((by_i & met).sum()) + int((by_j & met).sum())) / links if links else 0.0,
        "posts": float((people.posts + people.passed).astype(float).sum()) / members,
        "written": written.sum() / members,
        "private": written[1:].sum() / written.sum() if written.any() else 0.0,
    }


def _written(state: State) -> np.ndarray:
    """Comments, messages and exchanges in communities that people begin a day, all together."""
    people, ties = state.people, state.ties
    total = np.zeros(3)
    for side, me, other, view, attention in (
        (OF_I, ties.i, ties.j, ties.view_ij, ties.attention_ij),
        (OF_J, ties.j, ties.i, ties.view_ji, ties.attention_ji),
    ):
        attended = attention.astype(float)
        total[0] += (people.comment_rate[me] * people.discussed[other] * view * attended).sum()
        total[1] += (people.message_rate[me] * ties.affinity * attended).sum()
        total[2] += people.group_rate[me][(ties.were_friends & side > 0) & ties.together].astype(float).sum()
    return total


def intended(study: Study, arm: str) -> dict[str, float]:
    """What the numbers of the profile and the platform of an arm say, by habit."""
    resolved = study.resolve(arm)
    ((profile, _),), platform = resolved.profiles, resolved.timeline[0][1]
    minutes = (platform.minutes.value if platform.minutes else 0.0) * profile.minutes_ratio.value
    return {
        "minutes": minutes,
        "links": profile.links.value if platform.links else 0.0,
        "overlap": profile.overlap.value,
        "posts": platform.feed.posts.value * profile.post.value if platform.feed else 0.0,
        "written": platform.written.rate.value * minutes * profile.react.value if platform.written else 0.0,
        "private": profile.private.value,
        "passing": profile.disclose.value * profile.passing_part.value if platform.feed else 0.0,
    }


def _cell(profile: str, platform: str, study: Study, found: list[dict[str, float]]) -> Iterator[tuple]:
    """The rows of a profile on a platform. found : what is simulated, of each seed"""
    wanted = intended(study, platform)
    for habit in HABITS:
        mean = float(np.mean([of_seed[habit.name] for of_seed in found]))
        number = wanted[habit.name]
        yield profile, platform, *habit, number, mean, mean / number if number else None
