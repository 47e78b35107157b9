"""When does a tie keep its closeness on a platform? When what it gains online equals what it loses in real life.

Pure arithmetic on rates that a study measured; no world, no luck, no file. It leaves out what only a simulation has:
people and ties that differ, closeness that changes whom one meets, ties that come and go.
Source: docs/model.md, section "The break-even line", whose names are used here.
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
"""And views, of which only the reader has the dose."""
REPLIES = {channel.name: channel.feature for channel in TABLE if channel.name in COMPOSED}  # part of the platform, by channel


@dataclass(frozen=True)
class Tie:
    """A typical tie. Per day and side, averaged over linked ties and others, at composed_dose = cheap_dose = 1."""

    planned: float  # L: dose of planned contact, without a platform
    meeting: float  # dose of one planned contact
    composed: float  # G_m: dose of composed acts on the platform
    cheap: float  # G_v: dose of all other acts on the platform
    plans: float  # planned contacts that answered exchanges lead to
    linked: float  # l: share of these ties that are linked; the others have nothing online
    touch: float  # t of a linked tie
    exchange: float  # x of a linked tie


def kept(displacement, within_reach: float, social: float):
    """f, mean over people: what displacement leaves of planned contact.

    displacement : d
    within_reach : min(m, h), mean over all people (0 for who is no member), minutes a day
    social : h, mean over all people, minutes a day
    """
    return 1 - np.asarray(displacement, float) * (within_reach / social if social > 0 else 0.0)


def lost(tie: Tie, f, substitution: float, complement: float):
    """Real dose a day that the platform takes from a side of the tie; negative if it brings people together."""
    wish = 1 + tie.linked * ((1 - substitution * tie.touch) * (1 + complement * tie.exchange) - 1)
    return tie.planned * (1 - np.asarray(f, float) * wish) - tie.plans * tie.meeting


def gained(tie: Tie, composed_dose, cheap_dose: float = 1.0):
    """Online dose a day of a side of the tie."""
    return np.asarray(composed_dose, float) * tie.composed + cheap_dose * tie.cheap


def break_even(tie: Tie, f, substitution: float, complement: float, cheap_dose: float = 1.0):
    """The line: composed_dose at which gained equals lost, for each f.

    Below 0 the tie gains whatever composed acts are worth; infinite (or NaN at no loss) where there are none of them.
    """
    missing = lost(tie, f, substitution, complement) - cheap_dose * tie.cheap
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(missing / np.float64(tie.composed))


def stationary_touch(intake: float, memory: float) -> float:
    """t at which a day's intake, `intake` (1 - t), equals its fading, t / `memory`."""
    return intake / (intake + 1 / memory)


def stationary_exchange(acts: float, memory: float) -> float:
    """Mean of x when a day has a composed act with probability 1 - exp(-acts), and fades by 1/memory otherwise."""
    spoken = 1 - np.exp(-acts)
    return float(spoken / (spoken + (1 - spoken) / memory))


def typical(control: Mapping[str, float], arm: Mapping[str, float], values: Mapping[str, float]) -> Tie:
    """The typical tie of a class, from what a study measured of the class.

    control, arm : without and with the platform, per person and year: received_<channel>; ties; of the arm also
        views, links and acquaintance_total (the sum of closeness)
    values : numbers of the society and the platform by dotted name, as study.json has them for the arm
    """

    def both(channel: str) -> float:
        return values[f"society.channels.{channel}.dose"] + values.get(f"society.channels.{channel}.dose_sent", 0.0)

    before = {name: control[f"received_{name}"] / control["ties"] / YEAR for name in PLANNED}
    online = {name: arm[f"received_{name}"] / arm["ties"] / YEAR for name in (*COMPOSED, *CHEAP)}
    views = arm["views"] / arm["ties"] / YEAR
    closeness = arm["acquaintance_total"] / arm["ties"]
    linked = arm["links"] / arm["ties"]
    planned = sum(rate * both(name) for name, rate in before.items())
    contacts = before["visit"] + before["call"] + 2 * before["letter"]  # of a letter, only the receiver counts
    touches = sum(2 * rate * values[f"society.channels.{name}.touch"] for name, rate in online.items())
    touches += 2 * views * values["society.channels.view.touch"]
    spoken = sum(2 * online[name] for name in COMPOSED)
    answered = 0.0
    for name, part in REPLIES.items():
        p = values.get(f"platform.{part}.reply", 0.0) * closeness / (closeness + values["society.response.reply_half"])
        answered += 2 * online[name] * p / (1 + p)  # of 2 r acts of the tie, 1 in 1 + p is begun and p in 1 + p an answer
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
