"""What the numbers of profiles and platforms intend, and what people then do: what `sim habits` does.

A society of each profile is grown, and each platform comes to it. After a year the rates of members are read. They are expected
values, settled on a plan day, so the only luck in them is that of the society.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from sim.compiled import MADE_BY
from sim.errors import InputError, Problem, nearest
from sim.progress import Progress, shown
from sim.scenario.fingerprint import digest, first_digits
from sim.scenario.reading import study_from
from sim.scenario.sorts import FOLDERS
from sim.scenario.study import Study, scenario_hash
from sim.study.judging.habits import HABITS, SURE, note, reasons
from sim.study.records import provenance, tables
from sim.study.single.causes import Sizes, causes, links
from sim.study.sweep.forecast import Before, of_habits
from sim.study.sweep.grown import grown_society
from sim.world.contents import shares
from sim.world.kernels.feed import OF_I, OF_J
from sim.world.model import World
from sim.world.state import YEAR, State

GUESSED_OVERLAP = {"china": 0.30, "japan": 0.40}
"""Overlap on platforms whose links need no return: guesses, shown beside what comes out."""

SPREADS = {
    "minutes": ("minutes_spread",),
    "links": ("links_spread",),
    "posts": ("minutes_spread", "posts_spread"),
    "written": ("minutes_spread", "written_spread"),
}
"""Habit -> the numbers of a society, ln sd, that say how people differ in it. In others all people of a profile are alike."""


class Year(NamedTuple):
    """A society a year after its platform came.

    members : how many there are; habits : what they do, by habit; causes : what may keep them from what is intended
    """

    members: int
    habits: dict[str, float]
    causes: Sizes


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
    csv: Path | str | None = None,
) -> pl.DataFrame:
    """What the numbers of each profile on each platform intend, and what the simulation does.

    society : its file; profiles and platforms lie beside it, and all of them are taken if none are named
    people : of each replicate; seeds : replicates
    years : of growing; until each society is steady if not given
    threads : of each world; they change no number
    progress : True, False, or a function that is called with each `sim.Step`; by default a bar on a terminal
    before : called with a Workload before anything is simulated
    csv : file to write the table into as well; `sim.draw` draws the table habits.csv of a folder
    Gives the table habits (docs/columns.md).
    InputError: all problems of the files, or a name that is none.
    """
    society, asked = Path(society), {"profile": _listed(profiles), "platform": _listed(platforms)}
    named = {sort: _named(society, sort, names) for sort, names in asked.items()}
    if before is not None:
        before(of_habits(people, len(named["profile"]), len(named["platform"]), seeds))
    command = "" if csv is None or years is not None else provenance.command(
        "habits", str(society), **asked, people=people, seeds=seeds, csv=Path(csv)
    )  # fmt: skip
    rows: list[dict[str, Any]] = []
    hashes: list[str] = []
    with shown(progress) as watch:
        for number, profile in enumerate(named["profile"]):
            study = _study(society, profile, named["platform"], people, years)
            hashes.append(scenario_hash(study))
            grown = {seed: grown_society(study.resolve("none"), seed, None, threads) for seed in range(1, seeds + 1)}
            for platform in named["platform"]:
                wanted = intended(study, platform)
                worlds = (World(study, platform, seed, grown=one, threads=threads) for seed, one in grown.items())
                rows += _cells(profile, platform, study, wanted, [_after_a_year(world, wanted) for world in worlds])
            watch("profiles", number + 1, len(named["profile"]))
    about = {"study": society.stem, "people": people, "seeds": seeds, "command": command}
    schema = tables.SCHEMAS["habits"]
    table = pl.DataFrame([about | row for row in rows], schema=dict(schema))
    if csv is not None:
        of_all = first_digits(digest(hashes), 12)
        made = provenance.Provenance(society.stem, of_all, MADE_BY, provenance.spans(range(1, seeds + 1)), command, of_all[:8])
        tables.write_file(csv, "habits", table, made)
    return table


def _listed(names: Iterable[str] | None) -> list[str] | None:
    return None if names is None else list(names)


def _named(society: Path, sort: str, names: list[str] | None) -> list[str]:
    """The names of profiles or platforms, or all that lie beside a society. InputError: one that is not there."""
    there = sorted(path.stem for path in (society.parent / FOLDERS[sort]).glob("*.toml"))
    if names is None:
        return [name for name in there if name != "none"]
    if unknown := [name for name in names if name not in there]:
        raise InputError([Problem("", f"{sort}s", f"no {sort} '{name}'", nearest(name, there)) for name in unknown])
    return names


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


def _after_a_year(world: World, wanted: dict[str, float | None]) -> Year:
    """What members do on the platform a year after it came, and what keeps them from what is intended. wanted : by habit"""
    world.run(1)
    first = links(world.state)
    world.run(YEAR - 1)
    written = written_acts(world.state)
    done = simulated(world.state, written) | {"passing": _passing(world)}
    return Year(int(world.state.people.member.sum()), done, causes(world, first, written, wanted))


def _passing(world: World) -> float:
    """The share of passing posts among all posts."""
    people, feed = world.state.people, world.timeline[0][1].feed
    if feed is None:
        return 0.0
    of_profile = np.array([shares(profile, feed, world.society)["passing"] for profile, _ in world.profiles])
    posts = people.posts.astype(float)
    return float((posts * of_profile[people.profile]).sum() / posts.sum()) if posts.any() else 0.0


def simulated(state: State, written: np.ndarray) -> dict[str, float]:
    """Means over members, and shares of all their links and written acts, by habit. written : as of `written_acts`"""
    people, today = state.people, links(state)
    members = max(int(people.member.sum()), 1)
    acts = written.sum(axis=1)
    return {
        "minutes": float(people.minutes[people.member].astype(float).mean()) if people.member.any() else 0.0,
        "links": today.number,
        "overlap": today.overlap,
        "mutual": today.mutual,
        "posts": float((people.posts + people.passed).astype(float).sum()) / members,
        "written": acts.sum() / members,
        "private": acts[1:].sum() / acts.sum() if acts.any() else 0.0,
    }


def written_acts(state: State) -> np.ndarray:
    """(3, people) comments, messages and exchanges in communities that each person begins a day."""
    people, ties = state.people, state.ties
    total = np.zeros((3, state.population))
    for side, me, other, view, attention in (
        (OF_I, ties.i, ties.j, ties.view_ij, ties.attention_ij),
        (OF_J, ties.j, ties.i, ties.view_ji, ties.attention_ji),
    ):
        attended, companions = attention.astype(float), (ties.were_friends & side > 0) & ties.together
        of_ties = (
            people.comment_rate[me] * people.discussed[other] * view * attended,
            people.message_rate[me] * ties.affinity * attended,
            people.group_rate[me] * companions,
        )
        total += [np.bincount(me, acts, state.population) for acts in of_ties]
    return total


def intended(study: Study, arm: str) -> dict[str, float | None]:
    """What the numbers of the profile and the platform of an arm say, by habit; 0 of what the platform has no room for."""
    resolved = study.resolve(arm)
    ((profile, _),), platform = resolved.profiles, resolved.timeline[0][1]
    minutes = (platform.minutes.value if platform.minutes else 0.0) * profile.minutes_ratio.value
    return {
        "minutes": minutes,
        "links": profile.links.value if platform.links else 0.0,
        "overlap": None if platform.following else profile.overlap.value if platform.links else 0.0,
        "mutual": profile.recip.value if platform.following else 1.0 if platform.links else 0.0,
        "posts": platform.feed.posts.value * profile.post.value if platform.feed else 0.0,
        "written": platform.written.rate.value * minutes * profile.react.value if platform.written else 0.0,
        "private": profile.private.value if platform.written else 0.0,
        "passing": shares(profile, platform.feed, resolved.society)["passing"] if platform.feed else 0.0,
    }


def _cells(
    profile: str, platform: str, study: Study, wanted: dict[str, float | None], found: list[Year]
) -> Iterator[dict[str, Any]]:
    """The rows of a profile on a platform. wanted : what is intended, by habit; found : of each seed"""
    members = sum(year.members for year in found)
    for habit in HABITS:
        done, number = float(np.mean([year.habits[habit.name] for year in found])), wanted[habit.name]
        of_seeds = [year.causes.get(habit.name, {}) for year in found]
        sizes = {code: float(np.mean([sizes[code] for sizes in of_seeds])) for code in of_seeds[0]}
        why = reasons(number, done, sizes, (number or 0.0) * _most_luck(study, habit.name, members))
        yield {
            "profile": profile, "platform": platform, "habit": habit.name, "unit": habit.unit, "intended": number,
            "simulated": done, "ratio": done / number if number else None, "reasons": " ".join(reason.code for reason in why),
            "note": note(why, number, study.people) + _guess(profile, habit.name, number),
        }  # fmt: skip


def _guess(profile: str, habit: str, intended: float | None) -> str:
    """What is guessed beside an overlap that is an outcome."""
    known = habit == "overlap" and intended is None and profile in GUESSED_OVERLAP
    return f"; a guess for open platforms, which no rule reads: {GUESSED_OVERLAP[profile]:.2f}" if known else ""


def _most_luck(study: Study, habit: str, members: int) -> float:
    """By what share the mean of so many members may be off by luck, as people differ lognormally."""
    spreads = (getattr(study.society.people, name).value for name in SPREADS.get(habit, ()))
    return SURE * math.sqrt((math.exp(sum(spread**2 for spread in spreads)) - 1) / max(members, 1))
