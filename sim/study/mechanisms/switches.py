"""The mechanisms by which a platform acts on ties, as switches: for each, the values at which it does nothing.

The list is complete for the rules of docs/model.md: with all of them off, nothing that happens online reaches closeness, real
contact or what people remember. What is left is that a tie which is linked does not end (7.8, "Ties end").
- Rates, audiences and contents of a platform have no switch of their own: they act through these or not at all. So does a word
  on a date known to be false, which is a message.
- `displace_chance` belongs to the minutes: with none taken, chance meetings stay too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sim.errors import InputError, Problem
from sim.scenario.pieces import Table
from sim.scenario.study import Study

MECHANISMS: Mapping[str, Mapping[str, Any]] = {
    "being-in-touch": {"society.response.substitution": 0.0},  # replaces the wish to meet
    "writing-leads-on": {"society.response.complement": 0.0, "society.response.meet_after": 0.0},  # to meeting
    "time-taken": {"society.response.displacement": 0.0},  # from real-life contact
    "written-words": {"society.response.composed_dose": 0.0},  # bind
    "clicks-and-reading": {"society.response.cheap_dose": 0.0},  # bind
    "prompts-remember": {"society.response.suppression": 0.0, "society.response.forget": 0.0},  # instead of people
}
"""Those of a study that declares none."""

MOST = 10
"""Mechanisms that are switched: each doubles the coalitions."""


class Game(NamedTuple):
    """A study of which every point is a coalition: point k has mechanism i on if bit i of k is set.

    contrast : name of the only one; players : name -> neutral values; left_out : those that act in neither arm
    """

    study: Study
    contrast: str
    players: Mapping[str, Mapping[str, Any]]
    left_out: tuple[str, ...]


def game(study: Study, contrast: str | None = None, point: Mapping[str, Any] | None = None) -> Game:
    """All coalitions of the mechanisms that act in an arm of a contrast, at a point of the design.

    contrast : the primary one if not given; point : values by dotted name, as the study's design has them
    InputError: no such contrast, two societies instead of one, nothing to switch, or too much of it.
    """
    name = contrast or study.primary.name
    alone = settled(study, point or {}).at_points([{}], name)
    if alone.regrown(alone.primary):
        found = f"contrast '{name}' holds two different societies against each other"
        raise InputError(Problem(study.file, "contrasts", found, "two arms that branch from the same one"))
    players, left_out = {}, []
    for mechanism, neutral in (study.mechanisms or MECHANISMS).items():
        if any(alone.fingerprint(arm) != alone.fingerprint(arm, neutral) for arm in alone.arms):
            players[mechanism] = neutral
        else:
            left_out.append(mechanism)
    if not players:
        found = f"nothing to switch off: in both arms of '{name}' {', '.join(left_out)} are off already"
        raise InputError(Problem(study.file, "mechanisms", found, "an arm in which something acts"))
    if len(players) > MOST:
        found = f"{len(players)} mechanisms, {2 ** len(players)} coalitions, {2 ** len(players) * study.seeds} units"
        raise InputError(Problem(study.file, "mechanisms", found, f"at most {MOST} ({2**MOST} coalitions)"))
    return Game(alone.at_points(coalitions(players)), name, players, tuple(left_out))


def settled(study: Study, point: Mapping[str, Any]) -> Study:
    """The same study at this one point: its values are put where the arms set theirs, which go first as ever."""
    arms = {name: arm.model_copy(update={"set": Table({**point, **arm.set})}) for name, arm in study.arms.items()}
    return study.model_copy(update={"arms": Table(arms), "vary": Table(), "design": None, "listed": ()})


def coalitions(players: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Of each coalition, in the order of their numbers, the neutral values of who is off."""
    for number in range(2 ** len(players)):
        off = (neutral for place, neutral in enumerate(players.values()) if not number >> place & 1)
        yield {name: value for neutral in off for name, value in neutral.items()}
