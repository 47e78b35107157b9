"""Rules, the numbers that kernels take, made from the objects of a scenario."""

from __future__ import annotations

import numpy as np

from sim.channels import CHANNELS, COMPOSED, REAL, TABLE
from sim.world.columns import ORIGINS
from sim.world.state import CHRONOLOGICAL, ORDERS, Rules

REFERENCE_MOBILITY = 0.182  # relational mobility of the us profile (Thomson et al. 2018): new ties are fitted there


def society_rules(society, profiles, graph=None) -> Rules:
    """The rules of a society without a platform.

    profiles : ((Profile, share), ...)
    graph : the given graph, if any. It may have only a part of people's ties; new ties are then scaled by this part
    """
    f = np.float32
    mix, occasions, turnover, response = (
        society.channel_mix, society.occasions, society.turnover, society.response
    )  # fmt: skip
    channels = [getattr(society.channels, name) for name in CHANNELS]

    def per_channel(name: str) -> np.ndarray:
        """(channels,) float32; 0 for channels that have no such number."""
        return np.array([getattr(channel, name).value if hasattr(channel, name) else 0 for channel in channels], f)

    online = np.where(COMPOSED, response.composed_dose.value, response.cheap_dose.value)
    scale = np.where(REAL, 1, online).astype(f)  # of doses, by channel; a dose is at most 1

    chance = [getattr(society.chance, name).value if hasattr(society.chance, name) else 0.0 for name in ORIGINS]
    far = [getattr(society.distance, name).value if hasattr(society.distance, name) else 0.0 for name in ORIGINS]
    shown = part_shown(society, graph)
    mobility = np.array([profile.mobility.value - REFERENCE_MOBILITY for profile, _ in profiles])
    mobile, restless = (np.exp(slope.value * mobility) for slope in (turnover.mobility, turnover.mobility_leaving))
    return Rules(
        gamma=f(society.contacts.gamma_meet.value),
        substitution=f(response.substitution.value),
        complement=f(response.complement.value),
        visit=np.array([mix.near.visit.value, mix.far.visit.value], f),
        call=np.array([mix.near.call.value, mix.far.call.value], f),
        dose=np.minimum(per_channel("dose") * scale, f(1)),
        dose_sent=np.minimum(per_channel("dose_sent") * scale, f(1)),
        minutes=per_channel("minutes"),
        touches=per_channel("touch"),
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
        new_ties=(turnover.new_ties.value * shown * mobile).astype(f),
        closure=f(turnover.closure.value),
        first_closeness=f(turnover.first_closeness.value),
        leave=np.minimum(1, turnover.leave.value * restless).astype(f),
        leave_tie=f(turnover.leave_tie.value),
        faint=f(turnover.faint.value),
        unused=int(turnover.unused.value),
        patience=1 / np.sqrt(np.multiply.outer(restless, restless)),
        displace_chance=bool(response.displace_chance),
        prompts=False,
        private=False,
        active=f(0),
        slope=f(0),
        level=f(0),
        centre=f(0),
        private_effort=f(1),
        nonbirthday=f(response.nonbirthday.value),
        link_share=f(0),
        link_slope=f(0),
        one_way=False,
        told=f(0),
        **without_online(),
        online=False,
        feed=False,
        **without_feed(),
        with_comments=False,
        with_messages=False,
        with_groups=False,
        reply=np.zeros(len(CHANNELS), f),
        reply_half=f(response.reply_half.value),
        meet_after=f(response.meet_after.value),
    )


def without_feed() -> dict:
    """Rules of the feed on a day without one."""
    numbers = (
        "friends_share", "strangers_share", "rank_floor", "rank_slope", "opening", "floor", "visits", "item_minutes", "crowd",
    )  # fmt: skip
    others = {"order": CHRONOLOGICAL, "reposts": False, "attend_at": np.float32(1)}
    return dict.fromkeys(numbers, np.float32(0)) | others


def without_online() -> dict:
    """Rules of links and ties that a platform makes and ends, on a platform without them."""
    names = (
        "unlink", "suggest", "meet_links", "meet_communities", "meet_feed", "meet_closeness", "meet_affinity", "gate", "gate_far",
    )  # fmt: skip
    return dict.fromkeys(names, np.float32(0)) | {"unlink_half": np.float32(1), "gate_half": np.float32(1), "communities": 0}


def platform_rules(rules: Rules, platform, people: int) -> Rules:
    """The rules of a day with this platform. `joining.solve_level` sets `level` and `centre`. people : how many there are"""
    if not platform.present:
        return rules._replace(prompts=False, private=False, online=False, feed=False)
    f, prompts, feed = np.float32, platform.prompts, platform.feed
    rules = rules._replace(  # without anything of an earlier platform
        **without_feed(),
        **without_online(),
        online=True,
        link_share=f(platform.links.share.value),
        link_slope=f(platform.links.link_slope.value),
        one_way=platform.following is not None,
        told=f(0 if platform.pseudonyms is None else platform.pseudonyms.told.value),
        prompts=False,
        feed=any(feature is not None for feature in (feed, platform.messages, platform.groups)),
        with_comments=platform.comments is not None,
        with_messages=platform.messages is not None and platform.messages.rate.value > 0,
        with_groups=platform.groups is not None and platform.groups.rate.value > 0,
        reply=replies(platform),
    )
    if platform.unlinking is not None:
        rules = rules._replace(unlink=f(platform.unlinking.rate.value), unlink_half=f(platform.unlinking.half.value))
    if platform.suggestions is not None:
        rules = rules._replace(suggest=f(platform.suggestions.rate.value))
    if platform.communities is not None:
        number = round(people * platform.communities.joined.value / platform.communities.size.value)
        rules = rules._replace(communities=max(1, number))
    if platform.meeting is not None:
        rules = rules._replace(
            meet_links=f(strength(platform.meeting.through_links)),
            meet_communities=f(strength(platform.meeting.in_communities)),
            meet_feed=f(strength(platform.meeting.in_feed)),
            meet_closeness=f(platform.meeting.first_closeness.value),
            meet_affinity=f(platform.meeting.affinity.value),
        )
    if platform.gate is not None:
        gate = platform.gate
        rules = rules._replace(gate=f(gate.share.value), gate_half=f(gate.half.value), gate_far=f(gate.far.value))
    if platform.reactions is not None:
        rules = rules._replace(crowd=f(strength(platform.reactions.crowd)))
    if prompts is not None:
        rules = rules._replace(
            prompts=bool(prompts.birthday),
            private=prompts.audience == "private",
            active=f(prompts.active.value),
            slope=f(prompts.slope.value),
            private_effort=f(prompts.private_effort.value),
        )
    if feed is not None:
        posts = 1 - strength(feed.adverts)  # share of items that are no adverts
        rules = rules._replace(
            friends_share=f(feed.friends_share.value * (posts * (1 - strength(feed.recommended)))),
            strangers_share=f(posts * strength(feed.recommended) * strength(feed.public)),
            order=ORDERS.index(feed.order),
            reposts=feed.reposts,
            rank_floor=f(feed.rank_floor.value),
            rank_slope=f(feed.rank_slope.value),
            opening=f(feed.opening.value),
            attend_at=f(feed.attend_at.value),
            floor=f(feed.floor.value),
            visits=f(feed.visits.value),
            item_minutes=f(feed.item_minutes.value),
        )
    return rules


def strength(number) -> float:
    """The value of a number of a platform that may be absent; then it is 0."""
    return 0.0 if number is None else number.value


def replies(platform) -> np.ndarray:
    """(channels,) float32: P that the closest person answers an act of a composed platform channel."""
    probability = np.zeros(len(CHANNELS), np.float32)
    for number, channel in enumerate(TABLE):
        feature = getattr(platform, channel.feature) if channel.composed and not channel.real else None
        probability[number] = feature.reply.value if feature is not None else 0
    return probability


def part_shown(society, graph) -> float:
    """The part of people's ties that a given graph has. 1 without a given graph: a generated society has all of them."""
    return 1.0 if graph is None else 2 * graph.i.size / max(graph.people, 1) / society.turnover.usual_ties.value


def daily_loss(half_life: float) -> float:
    """Share of closeness lost on a day without contact, for a half-life in days."""
    return 1 - 2 ** (-1 / half_life)
