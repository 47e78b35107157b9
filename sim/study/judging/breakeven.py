"""The break-even line of a tie: it keeps its closeness on a platform if its online gain equals its loss in real life.

Pure arithmetic on rates that a study measured, without files and random numbers. It ignores what only a simulation has: people
and ties that differ, closeness that changes whom people meet, and ties that begin and end.
Source: docs/model.md, section "The break-even line". The names here are those of that section.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.channels import TABLE

YEAR = 365
PLANNED = ("visit", "call", "letter")
COMPOSED = [channel.name for channel in TABLE if channel.composed and not channel.real]
CHEAP = [channel.name for channel in TABLE if channel.sent and not (channel.composed or channel.real)]
"""Cheap channels without views. Only the reader of a view gets its dose."""
REPLIES = {channel.name: channel.feature for channel in TABLE if channel.name in COMPOSED}  # channel -> part of the platform


@dataclass(frozen=True)
class Tie:
    """A typical tie. Doses per day and side, averaged over linked and other ties, at composed_dose = cheap_dose = 1."""

    planned: float  # L: dose of planned contact, without a platform
    meeting: float  # dose of one planned contact
    composed: float  # G_m: dose of composed acts on the platform
    cheap: float  # G_v: dose of all other acts on the platform
    plans: float  # planned contacts that answered exchanges lead to
    linked: float  # l: share of these ties that are linked; the others have nothing online
    touch: float  # t of a linked tie
    exchange: float  # x of a linked tie


def kept(displacement, within_reach: float, social: float):
    """f: the share of planned contact that is left after displacement, mean over people.

    displacement : d
    within_reach : min(m, h), mean over all people (0 for people who are not members), minutes a day
    social : h, mean over all people, minutes a day
    """
    return 1 - np.asarray(displacement, float) * (within_reach / social if social > 0 else 0.0)


def lost(tie: Tie, f, substitution: float, complement: float):
    """Real-life dose a day that a side of the tie loses by the platform. Negative if the platform brings people together."""
    wish = 1 + tie.linked * ((1 - substitution * tie.touch) * (1 + complement * tie.exchange) - 1)
    return tie.planned * (1 - np.asarray(f, float) * wish) - tie.plans * tie.meeting


def gained(tie: Tie, composed_dose, cheap_dose: float = 1.0):
    """Online dose a day that a side of the tie gains."""
    return np.asarray(composed_dose, float) * tie.composed + cheap_dose * tie.cheap


def break_even(tie: Tie, f, substitution: float, complement: float, cheap_dose: float = 1.0):
    """The break-even line: the composed_dose at which the gain equals the loss, for each f.

    Below 0, the tie gains even if composed acts give nothing. Without composed acts the result is infinite, or NaN at no loss.
    """
    missing = lost(tie, f, substitution, complement) - cheap_dose * tie.cheap
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(missing / np.float64(tie.composed))


def stationary_touch(intake: float, memory: float) -> float:
    """The stationary t: a day's increase, `intake` (1 - t), equals its decrease, t / `memory`."""
    return intake / (intake + 1 / memory)


def stationary_exchange(acts: float, memory: float) -> float:
    """Stationary mean of x. A day has a composed act with probability 1 - exp(-acts); otherwise x decreases by 1/memory."""
    spoken = 1 - np.exp(-acts)
    return float(spoken / (spoken + (1 - spoken) / memory))


def typical(control: Mapping[str, float], arm: Mapping[str, float], values: Mapping[str, float]) -> Tie:
    """The typical tie of a class of ties, from the measures of a study.

    control, arm : measures without and with the platform, per person and year: received_<channel> and ties; for the arm also
        views, links and acquaintance_total (the sum of closeness)
    values : dotted name -> number of the society and the platform, of study.json for the arm
    """

    def both(channel: str) -> float:
        return values[f"society.channels.{channel}.dose"] + values.get(f"society.channels.{channel}.dose_sent", 0.0)

    before = {name: control[f"received_{name}"] / control["ties"] / YEAR for name in PLANNED}
    online = {name: arm[f"received_{name}"] / arm["ties"] / YEAR for name in (*COMPOSED, *CHEAP)}
    views = arm["views"] / arm["ties"] / YEAR
    closeness = arm["acquaintance_total"] / arm["ties"]
    linked = arm["links"] / arm["ties"]
    planned = sum(rate * both(name) for name, rate in before.items())
    contacts = before["visit"] + before["call"] + 2 * before["letter"]  # for a letter, only the receiver counts
    touches = sum(2 * rate * values[f"society.channels.{name}.touch"] for name, rate in online.items())
    touches += 2 * views * values["society.channels.view.touch"]
    spoken = sum(2 * online[name] for name in COMPOSED)
    answered = 0.0
    for name, part in REPLIES.items():
        p = values.get(f"platform.{part}.reply", 0.0) * closeness / (closeness + values["society.response.reply_half"])
        answered += 2 * online[name] * p / (1 + p)  # of all acts, the share p / (1 + p) is answers
    per_link = 1 / linked if linked > 0 else 0.0
    return Tie(
        planned=planned,
        meeting=planned / contacts if contacts > 0 else 0.0,
        composed=sum(online[name] * both(name) for name in COMPOSED),
        cheap=sum(online[name] * both(name) for name in CHEAP) + views * values["society.channels.view.dose"],
        plans=answered * values["society.response.meet_after"],
        linked=linked,
        touch=stationary_touch(touches * per_link, values["society.response.touch_memory"]),
        exchange=stationary_exchange(spoken * per_link, values["society.response.exchange_memory"]),
    )
