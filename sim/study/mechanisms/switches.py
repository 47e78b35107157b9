"""The mechanisms by which a platform acts on ties, as switches: for each mechanism, the values at which it does nothing.

The list is complete for the rules of docs/model.md. With all mechanisms off, nothing online changes closeness, real contact or
what people remember. One effect stays: a tie that is linked does not end (7.8, "Ties end").
- Rates, audiences and contents of a platform have no switch: they act only through these mechanisms. So does a word on a date
  that is known to be false, which is a message.
- `displace_chance` has no switch: it acts only where time is taken, so it is off with the time.
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
    "ties-made-online": {
        "platform.suggestions.rate": 0.0, "platform.meeting.through_links": 0.0, "platform.meeting.in_communities": 0.0,
        "platform.meeting.in_feed": 0.0, "platform.gate.share": 0.0,
    },  # and what becomes of them
    "prompts-remember": {"society.response.suppression": 0.0, "society.response.forget": 0.0},  # instead of people
}
"""The mechanisms of a study that declares none: name -> neutral values, by dotted name."""

MOST = 10
"""As many mechanisms are switched at most: each doubles the number of coalitions."""


class Game(NamedTuple):
    """A study whose points are coalitions of mechanisms: at point k, mechanism i is on if bit i of k is set.

    contrast : name of its only contrast
    players : mechanisms that act in an arm of it: name -> neutral values; left_out : names of those that act in neither arm
    """

    study: Study
    contrast: str
    players: Mapping[str, Mapping[str, Any]]
    left_out: tuple[str, ...]


def game(study: Study, contrast: str | None = None, point: Mapping[str, Any] | None = None) -> Game:
    """The game of all coalitions of the mechanisms that act in an arm of a contrast, at a point of the design.

    contrast : the primary one if not given; point : values by dotted name, as the study's design has them
    InputError: no such contrast, arms of two different societies, no mechanism that acts, or more than `MOST`.
    """
    name = contrast or study.primary.name
    at_point = fixed(study, point or {}).at_points([{}], name)
    if at_point.regrown(at_point.primary):
        problem = f"contrast '{name}' holds two different societies against each other"
        raise InputError(Problem(study.file, "contrasts", problem, "two arms that branch from the same one"))
    if at_point.primary.against:
        problem = f"contrast '{name}' is of two groups and has no verdict"
        raise InputError(Problem(study.file, "contrasts", problem, "one without `against`"))
    if at_point.same_runs(at_point.primary):
        problem = f"arm and control of contrast '{name}' have the same values: there is nothing to explain"
        raise InputError(Problem(study.file, "contrasts", problem, "two arms that differ"))
    players, left_out = {}, []
    for mechanism, neutral in (study.mechanisms or MECHANISMS).items():
        if any(at_point.fingerprint(arm) != at_point.fingerprint(arm, neutral) for arm in at_point.arms):
            players[mechanism] = neutral
        else:
            left_out.append(mechanism)
    if not players:
        problem = f"nothing to switch off: in both arms of '{name}' {', '.join(left_out)} are off already"
        raise InputError(Problem(study.file, "mechanisms", problem, "an arm in which something acts"))
    if len(players) > MOST:
        size = f"{len(players)} mechanisms, {2 ** len(players)} coalitions, {2 ** len(players) * study.seeds} units"
        raise InputError(Problem(study.file, "mechanisms", size, f"at most {MOST} ({2**MOST} coalitions)"))
    return Game(at_point.at_points(coalitions(players)), name, players, tuple(left_out))


def fixed(study: Study, point: Mapping[str, Any]) -> Study:
    """The study at one point, without a design. Its arms set the values of the point; what an arm sets itself still counts."""
    arms = {name: arm.model_copy(update={"set": Table({**point, **arm.set})}) for name, arm in study.arms.items()}
    return study.model_copy(update={"arms": Table(arms), "vary": Table(), "design": None, "listed": ()})


def coalitions(players: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The neutral values of the mechanisms that are off, for each coalition in the order of their numbers."""
    for number in range(2 ** len(players)):
        off = (neutral for place, neutral in enumerate(players.values()) if not number >> place & 1)
        yield {name: value for neutral in off for name, value in neutral.items()}
