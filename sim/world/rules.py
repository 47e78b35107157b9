"""Scenario objects -> the numbers that kernels take. Names of the scenario on the right, of the rules on the left."""

from __future__ import annotations

import math

import numpy as np

from sim.world.state import CHANNELS, ORIGINS, Rules

REFERENCE_MOBILITY = 0.182  # relational mobility of the us profile (Thomson et al. 2018): new ties are fitted there


def society_rules(society, profiles, graph=None) -> Rules:
    """The rules of a society without a platform.

    profiles : ((Profile, share), ...)
    graph : the GivenGraph it lives on, if any: it shows a part of people's ties, and gets that part of newcomers
    """
    f = np.float32
    mix, occasions, turnover, response = (
        society.channel_mix, society.occasions, society.turnover, society.response
    )  # fmt: skip
    channels = [getattr(society.channels, name) for name in CHANNELS]
    chance = [getattr(society.chance, name).value if hasattr(society.chance, name) else 0.0 for name in ORIGINS]
    far = [getattr(society.distance, name).value if hasattr(society.distance, name) else 0.0 for name in ORIGINS]
    shown = part_shown(society, graph)
    mobile = [
        shown * math.exp(turnover.mobility.value * (profile.mobility.value - REFERENCE_MOBILITY))
        for profile, _ in profiles
    ]
    return Rules(
        gamma=f(society.contacts.gamma_meet.value),
        substitution=f(response.substitution.value),
        complement=f(response.complement.value),
        visit=np.array([mix.near.visit.value, mix.far.visit.value], f),
        call=np.array([mix.near.call.value, mix.far.call.value], f),
        dose=np.array([channel.dose.value for channel in channels], f),
        dose_sent=np.array([channel.dose_sent.value for channel in channels], f),
        minutes=np.array([channel.minutes.value for channel in channels], f),
        touches=np.array([channel.touch.value if hasattr(channel, "touch") else 0.0 for channel in channels], f),
        minutes_slope=f(society.contacts.minutes_slope.value),
        fade=np.array([daily_loss(society.decay.kin.value), *[daily_loss(society.decay.friend.value)] * 2], f),
        touch_fade=f(1 / response.touch_memory.value),
        exchange_fade=f(1 / response.exchange_memory.value),
        cards=f(occasions.cards.value),
        cards_half=f(occasions.cards_half.value),
        wish=f(occasions.birthday.value),
        wish_half=f(occasions.birthday_half.value),
        by_card=f(occasions.by_card.value),
        by_call=f(occasions.by_call.value),
        suppression=f(response.suppression.value),
        know=f(society.knowing.gain.value),
        forget=f(response.forget.value),
        chance=np.array(chance, f),
        chance_spread=f(society.chance.spread.value),
        far=np.array(far, f),
        affinity_spread=f(society.affinity.spread.value),
        newcomers=f(society.affinity.newcomers.value),
        new_ties=np.array([turnover.new_ties.value * factor for factor in mobile], f),
        closure=f(turnover.closure.value),
        first_closeness=f(turnover.first_closeness.value),
        leave=f(turnover.leave.value),
        leave_tie=f(turnover.leave_tie.value),
        faint=f(turnover.faint.value),
        unused=int(turnover.unused.value),
        displace_chance=bool(response.displace_chance),
        prompts=False,
        private=False,
        active=f(0),
        slope=f(0),
        level=f(0),
        centre=f(0),
        private_effort=f(1),
        link_share=f(0),
        link_closeness=f(0),
        online=False,
    )


def platform_rules(rules: Rules, platform) -> Rules:
    """The rules on a day with this platform; `level` and `centre` are solved by the world that joins it."""
    if not platform.present:
        return rules._replace(prompts=False, private=False, online=False)
    f, prompts = np.float32, platform.prompts
    return rules._replace(
        online=True,
        link_share=f(platform.links.share.value),
        link_closeness=f(platform.links.closeness.value),
        prompts=bool(prompts.birthday),
        private=prompts.audience == "private",
        active=f(prompts.active.value),
        slope=f(prompts.slope.value),
        private_effort=f(prompts.private_effort.value),
    )


def part_shown(society, graph) -> float:
    """The part of people's ties that a given graph shows: 1 for none, as a generated society shows them all."""
    return 1.0 if graph is None else 2 * graph.i.size / max(graph.people, 1) / society.turnover.usual_ties.value


def daily_loss(half_life: float) -> float:
    """Share of closeness lost on a day without contact, for a half-life in days."""
    return 1 - 2 ** (-1 / half_life)
