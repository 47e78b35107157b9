"""A day of the society, one person and one tie at a time, in plain Mesa and networkx.

This is docs/model.md as a program. People are Mesa agents; ties are the edges of a networkx graph. Numbers such as 7.2 are
sections of docs/model.md. The program is slow and made to be read. To try a new rule, write it here first. The fast kernels
simulate the same day with arrays; tests compare the two.

    society = PlainSociety.from_state(state, rules)
    acts = society.step_day(seed)
    state = society.to_state()

Draws are keyed (docs/model.md 7.10), so kernels and this program use the same draws.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import Field, field, make_dataclass
from itertools import accumulate
from statistics import median
from typing import NamedTuple

import mesa
import networkx as nx
import numpy as np
from scipy.optimize import brentq
from scipy.special import betainc

from sim import draws
from sim.channels import (
    BIRTHDAY,
    BY_CHANNEL,
    CALL,
    CARD,
    CHANCE,
    CHANNELS,
    COMMENT,
    COMPOSED,
    GESTURES,
    GREETING,
    GROUP,
    LETTER,
    MESSAGE,
    NONBIRTHDAY,
    OWN,
    PROMPT,
    REACTION,
    REAL,
    TWO_SIDED,
    VIEW,
    VISIT,
)
from sim.world.columns import (
    FLAGS,
    FRIEND,
    FROM_CLUB,
    FROM_FRIENDS,
    FROM_NEIGHBOURHOOD,
    FROM_ONLINE,
    FROM_PAST,
    FROM_WORK,
    MOST_GESTURES,
    NEW_TIE,
    ONLINE,
    ONLINE_BORN,
    PERSON,
    PLACES,
    REST,
    TIE,
    Column,
    Flag,
)
from sim.world.kernels.feed import OF_I, OF_J
from sim.world.kernels.online import TRIES
from sim.world.state import (
    BY_CLOSENESS,
    CHRONOLOGICAL,
    DATES,
    FIXED,
    MONTH,
    TALLIED,
    TILE_BITS,
    WEEK,
    YEAR,
    KnownLinks,
    People,
    Rules,
    State,
    Tally,
    Ties,
    in_tiles,
)

SETTINGS = (FROM_WORK, FROM_NEIGHBOURHOOD, FROM_CLUB)  # origins of the places 0, 1, 2
PLANNED = [channel for channel, real in enumerate(REAL) if real and COMPOSED[channel]]  # channels of planned real contact
OWN_ACTS = (REACTION, COMMENT, MESSAGE, GROUP)  # acts on the platform without a prompt, in the order of 7.5
SORTS = (draws.CONTACT, draws.MEETING, draws.RESPOND)  # uses of the candidates of each sort, in the order of the words of TIE
MOST, MOST_A_WEEK = 8, 56  # the largest counts that are drawn: of new ties in a month, of a week's candidates of a sort


class Act(NamedTuple):
    """An act of one person toward another on one day (docs/model.md 2)."""

    day: int
    sender: int
    receiver: int
    channel: int
    cause: int  # OWN, PROMPT, BIRTHDAY, NONBIRTHDAY

    @property
    def gesture(self) -> str | None:
        """8: the gesture of GESTURES that the act is, if any. An act with cause OWN has the gesture of its channel."""
        if self.cause != OWN:
            return GESTURES[self.cause - 1]
        return CHANNELS[self.channel] if self.channel in BY_CHANNEL else None


def attributes(side: str) -> list[tuple[str, type, Field]]:
    """Columns and flags of one side of a tie ("ij") or of the whole tie (""), with their resting values."""
    columns = [(column.twin, float, field(default=column.rest)) for column in columns_of(side)]
    return columns + [(flag.twin, bool, field(default=False)) for flag in FLAGS if flag.side == side]


def columns_of(side: str) -> list[Column]:
    """Columns of one side, or of the whole tie, without `flags` and `gestures`, whose entries hold several values."""
    return [column for column in TIE if column.side == side and column.name not in ("flags", "gestures")]


class Side(make_dataclass("HalfOfATie", [*attributes("ij"), ("gestures", Counter, field(default_factory=Counter))], slots=True)):
    """One person's side of a tie: what this person feels, plans, knows and has sent.

    docs/state.md lists its attributes: closeness (c), weight (w), view (v), knows, greeted and so on.
    gestures : how many this person sent to the other since the measured year began, by name
    """

    __slots__ = ()


class Tie(make_dataclass("Shared", [("sides", dict[int, Side]), *attributes("")], slots=True)):
    """A tie of two people. `tie[i]` is i's side: `tie[i].closeness` is c_ij, felt by i.

    docs/state.md lists its attributes: i, j, kind, affinity (q), chance (o), touch (t), exchange (x), far, linked and so on.
    """

    __slots__ = ()

    @property
    def linked(self) -> bool:
        """Whether one of the two has a link to the other on the platform."""
        return any(side.linked for side in self.sides.values())

    def was_friend(self, person: int) -> bool:
        """7.4: whether the other was a friend of this person on the plan day."""
        return bool(self.were_friends & (OF_I if person == self.i else OF_J))

    @property
    def only_online(self) -> bool:
        """Whether the two are linked or know each other online, and have never met in real life."""
        return self.kind == ONLINE and self.sides[self.i].tie_class == ONLINE_BORN

    @property
    def never_met(self) -> bool:
        """Whether the two have not met in real life, or not since they were linked."""
        link = self.sides[self.i].tie_class == ONLINE_BORN and not self.shared
        return link and (self.affinity == 0 or self.kind == ONLINE)

    @property
    def known(self) -> bool:
        """Whether the tie has not ended and is more than a link."""
        return not self.ended and not (self.never_met and self.affinity == 0)

    @property
    def met(self) -> bool:
        """Whether the tie has not ended, and the two have met in real life."""
        return not self.ended and not self.never_met

    def __getitem__(self, person: int) -> Side:
        return self.sides[person]

    def other(self, person: int) -> int:
        """The other of the two people."""
        return self.j if person == self.i else self.i


class PlainPerson(mesa.Agent):
    """A person: fixed traits, a place in each setting, and one side of each tie.

    docs/state.md lists the traits: contacts (n), minutes (m), birthday, shown, member, kept (f), drive (n f / W) and so on.
    """

    def __init__(self, model: PlainSociety, number: int, **traits):
        super().__init__(model)
        self.number = number
        vars(self).update(traits)

    @property
    def ties(self) -> list[tuple[int, Tie]]:
        """All people with whom this person has a tie, each with the tie."""
        return [(j, edge["tie"]) for j, edge in self.model.graph.adj[self.number].items()]

    @property
    def friends(self) -> list[tuple[int, Tie]]:
        """7.4: all friends of this person on the platform, each with the tie: members to whom the person has a link."""
        return [(j, tie) for j, tie in self.ties if tie[self.number].linked and self.model.could_be_friends(tie)]

    @property
    def date(self) -> str:
        """7.9: the kind of date that this person shows, of DATES."""
        if self.shown < 0:
            return "none"
        return "true" if self.shown == self.birthday else "false"

    def plan(self) -> None:
        """7.1: weigh each tie by affinity and closeness, and share planned contact out by weight."""
        for _, tie in self.ties:
            side = tie[self.number]
            if tie.ended or tie.only_online or side.closeness == 0:
                side.weight = 0.0
            else:
                side.weight = tie.affinity * side.closeness**self.model.rules.gamma
        total = summed(tie[self.number].weight for _, tie in self.ties)
        self.drive = self.contacts * self.kept / total if total > 0 else 0.0

    def rate(self, tie: Tie) -> float:
        """7.2: planned contacts a day toward the other person. Touch lowers the rate, exchange raises it."""
        rules = self.model.rules
        planned = self.drive * tie[self.number].weight
        return planned * (1 - rules.substitution * tie.touch) * (1 + rules.complement * tie.exchange)

    def rate_views(self) -> None:
        """7.4: views a day of each friend's posts, in the feed and on visits to the friend's page."""
        model, rules, i = self.model, self.model.rules, self.number
        for _, tie in self.ties:
            tie[i].view = 0.0
        rank = {j: self.rank(tie) for j, tie in self.friends}
        offered = summed((model.people[j].posts + model.people[j].passed) * rank[j] for j in rank)  # R
        seen = self.items * rules.friends_share / offered if offered > 0 else 0.0
        by_strangers = 0.0
        for j, tie in self.friends:
            poster = model.people[j]
            shown = poster.posts * min(1.0, seen * rank[j])  # e
            interest = rules.floor + min(1.0, self.attention(tie[i].closeness) * rules.attend_at ** (1 - self.attend))
            opens = min(1.0, poster.opened * rules.opening * interest)
            tie[i].view = shown * opens + rules.visits * interest
            if rules.reposts:
                by_strangers += poster.passed * min(1.0, seen * rank[j]) * min(1.0, rules.opening * interest)
        recommended = self.items * rules.strangers_share * min(1.0, rules.opening * rules.floor)
        self.strangers = by_strangers + recommended

    def rank(self, tie: Tie) -> float:
        """7.4: the weight of a friend's posts in the feed of this person."""
        rules = self.model.rules
        if rules.order == CHRONOLOGICAL:
            return 1.0
        by = tie[self.number].closeness if rules.order == BY_CLOSENESS else tie.touch
        return ((rules.rank_floor + by) / (rules.rank_floor + 1)) ** rules.rank_slope

    def attention(self, closeness: float) -> float:
        """7.4: closeness as attention on the platform; 0 at closeness 0."""
        return closeness**self.attend if closeness > 0 else 0.0

    def rate_acts(self) -> None:
        """7.5: comments, messages and exchanges in communities for the week, scaled to fit into this person's minutes."""
        model, rules, i = self.model, self.model.rules, self.number
        for _, tie in self.ties:
            tie[i].attention = 0.0
        for _, tie in self.friends:
            tie[i].attention = self.attention(tie[i].closeness)
        weight = summed(tie.affinity * tie[i].attention for _, tie in self.friends)
        companions = sum(self.shares_place(j) for j, _ in self.friends)
        most = max(person.discussed for person in model.people)  # sums are of shares of it, so that they have room
        shares = ((model.people[j].discussed / most if most else 0.0, tie[i]) for j, tie in self.friends)
        talk = most * summed(share * side.view * side.attention for share, side in shares)
        comments, messages, groups = self.divided(talk, weight, companions)
        reactions = self.reactions * summed(model.people[j].crowd * tie[i].view for j, tie in self.friends)
        acts = reactions, comments, messages, groups
        minutes = sum(rate * float(rules.minutes[channel]) for rate, channel in zip(acts, OWN_ACTS))
        left = max(0.0, self.minutes - self.items * rules.item_minutes)
        scale = min(1.0, left / minutes) if minutes > 0 else 1.0
        self.reaction_rate = self.reactions * scale
        self.comment_rate = comments * scale / talk if talk > 0 else 0.0
        self.message_rate = messages * scale / weight if weight > 0 else 0.0
        self.group_rate = groups * scale / companions if companions else 0.0

    def divided(self, talk: float, weight: float, companions: int) -> tuple[float, float, float]:
        """7.5: comments, messages and group exchanges a day, divided so that all that can be sent is.

        talk, weight, companions : sums over friends; where a sum is 0, nobody can get such an act
        """
        rules, comments, messages, groups = self.model.rules, self.comments, self.messages, self.groups
        can_comment, can_message, can_group = (
            rules.with_comments and talk > 0, rules.with_messages and weight > 0, rules.with_groups and companions > 0
        )  # fmt: skip
        if not can_group:
            messages, groups = messages + groups, 0.0
        if can_group and not can_message:
            messages, groups = 0.0, messages + groups
        if not can_message and not can_group:
            return (comments + messages if can_comment else 0.0), 0.0, 0.0
        if can_comment:
            return comments, messages, groups
        if messages + groups > 0:
            more = 1 + comments / (messages + groups)
            return 0.0, messages * more, groups * more
        return (0.0, comments, 0.0) if can_message else (0.0, 0.0, comments)

    def rates_toward(self, other: int, tie: Tie) -> tuple[float, float, float, float]:
        """7.5: reactions, comments, messages and group exchanges a day toward the other person.

        They are 0 unless the other was a friend on the plan day and still is.
        """
        side, poster = tie[self.number], self.model.people[other]
        if not (tie.was_friend(self.number) and side.linked and self.model.could_be_friends(tie)):
            return 0.0, 0.0, 0.0, 0.0
        return (
            self.reaction_rate * poster.crowd * side.view,
            self.comment_rate * poster.discussed * side.view * side.attention,
            self.message_rate * tie.affinity * side.attention,
            self.group_rate if self.shares_place(other) else 0.0,
        )

    @property
    def has_a_place(self) -> bool:
        """7.9: whether a place for a link to somebody whom this person has met is free."""
        return self.member and sum(tie[self.number].linked and tie.kind != ONLINE for _, tie in self.ties) < self.link_places

    @property
    def has_a_place_for_strangers(self) -> bool:
        """7.9: whether a place for a link to somebody never met is free."""
        return self.member and sum(tie[self.number].linked and tie.kind == ONLINE for _, tie in self.ties) < self.stranger_places

    def has_a_place_for(self, tie: Tie) -> bool:
        """7.9: whether a place for a link of the sort of this tie is free."""
        return self.has_a_place_for_strangers if tie.kind == ONLINE else self.has_a_place

    def shares_place(self, other: int) -> bool:
        """Whether the two now share a workplace, neighbourhood, club or community on the platform."""
        friend = self.model.people[other]
        places = [*zip(self.places, friend.places), (self.community, friend.community)]
        return any(own == others >= 0 for own, others in places)

    def remembered_greetings(self, seed: int, greeted_today: set[tuple[int, int]]) -> Iterator[Act]:
        """7.3: greet people whose true birthday is today and known, unless a public greeting replaces it."""
        model, rules, i = self.model, self.model.rules, self.number
        for j, tie in self.ties:
            side = tie[i]
            if tie.ended or not side.knows or model.people[j].birthday != model.day_of_year:
                continue
            u, u_replaced, u_channel, _ = model.draw(seed, draws.WISH, i, j)
            if not model.below(u, rules.wish * saturating(side.closeness**2, rules.wish_half**2)):
                continue
            greeted = side.greeted or (i, j) in greeted_today
            if greeted and model.below(u_replaced, rules.suppression):
                continue
            if model.below(u_channel, rules.by_card):
                channel = CARD
            elif model.below(u_channel, rules.by_card + rules.by_call):
                channel = CALL
            else:
                channel = VISIT
            yield model.act(i, j, channel, cause=BIRTHDAY)

    def acts_on_prompts(self, seed: int) -> Iterator[Act]:
        """7.6: if active today, follow the birthday prompts; or, if this person knows that a date is false, write so."""
        model, rules, i = self.model, self.model.rules, self.number
        if not (self.member and self.wants_prompts) or not model.below(model.draw(seed, draws.ACTIVE, i, i)[0], rules.active):
            return
        for j, tie in self.ties:
            friend = model.people[j]
            if not (tie[i].linked and friend.member) or friend.shown != model.day_of_year:
                continue
            if tie[i].knows and friend.birthday != friend.shown:  # this person knows that the date is false
                u = model.draw(seed, draws.UNBIRTHDAY, i, j)[0]
                if model.below(u, rules.nonbirthday * tie[i].closeness):
                    yield model.act(i, j, MESSAGE, cause=NONBIRTHDAY)  # for any audience of prompts
                continue
            warmth = rules.slope * (tie[i].closeness - rules.centre)
            p = 1 / (1 + math.exp(-(rules.level + self.greet + warmth)))
            u = model.draw(seed, draws.GREET, i, j)[0]
            if rules.private and model.below(u, p * rules.private_effort):
                yield model.act(i, j, MESSAGE, cause=PROMPT)
            if not rules.private and model.below(u, p):
                yield model.act(i, j, GREETING, cause=PROMPT)

    def acquaintances(self, seed: int) -> Iterator[tuple[int, int]]:
        """7.8: people whom this person gets to know this month, each with the origin of the tie."""
        model, rules, i = self.model, self.model.rules, self.number
        mean = float(rules.new_ties[self.profile])
        for item in range(model.poisson(model.draw(seed, draws.NEW, i, i)[0], mean)):
            u_closure, u_setting, _, _ = model.draw(seed, draws.NEW_HOW, i, i, item)
            if model.below(u_closure, rules.closure):
                origin, partner = FROM_FRIENDS, self.friend_of_friend(seed, item)
            else:
                if model.below(u_setting, 1 / 3):
                    place = 0
                else:
                    place = 1 if model.below(u_setting, 2 / 3) else 2
                origin, partner = SETTINGS[place], self.stranger_at(seed, item, place)
            if partner is not None:
                yield partner, origin

    def stranger_at(self, seed: int, item: int, place: int) -> int | None:
        """A person of the same place with whom there is no living tie: the one with the largest draw."""
        model, i, own = self.model, self.number, self.places[place]
        if own < 0:
            return None
        strangers = [
            other.number
            for other in model.people
            if other.places[place] == own and other is not self and not model.tied(i, other.number)
        ]
        return max(
            strangers,
            key=lambda other: model.draw(seed, draws.PICK, i, other, item)[0],
            default=None,
        )

    def friend_of_friend(self, seed: int, item: int) -> int | None:
        """A friend's friend with whom there is no living tie. Both are chosen by races, with closeness as speed."""
        model, i = self.model, self.number
        friend = model.race(
            (k, tie[i].closeness, model.draw(seed, draws.FRIEND, i, k, item)[0]) for k, tie in self.ties if tie.met
        )
        if friend is None:
            return None
        return model.race(
            (k, tie[friend].closeness, model.draw(seed, draws.PICK, i, k, item)[0])
            for k, tie in model.people[friend].ties
            if tie.met and k != i and not model.tied(i, k)
        )


    def linked_through(self, seed: int, item: int, friend_use: int, use: int) -> int | None:
        """7.8: a friend's friend on the platform who is no friend there. Both are those with the largest draw."""
        model, i = self.model, self.number
        friend = self.luckiest(seed, friend_use, item, [k for k, _ in self.friends])
        if friend is None:
            return None
        known = {i, *(k for k, tie in self.ties if tie.linked and model.could_be_friends(tie))}
        return self.luckiest(seed, use, item, [k for k, _ in model.people[friend].friends if k not in known])

    def met_online(self, seed: int) -> Iterator[int]:
        """7.8: people whom this person gets to know on the platform this month: through links, in the community, in the feed."""
        model, rules, i = self.model, self.model.rules, self.number
        u_links, u_community, u_feed, _ = model.draw(seed, draws.MEET, i, i)
        known = {i, *(k for k, tie in self.ties if tie.known)}
        for item in range(model.poisson(u_links, rules.meet_links)):
            friend = self.luckiest(seed, draws.INTRODUCE, item, [k for k, _ in self.friends])
            if friend is not None:
                others = [k for k, _ in model.people[friend].friends if k not in known]
                other = self.luckiest(seed, draws.ONLINE_FRIEND, item, others)
                if other is not None:
                    yield other
        for item in range(model.poisson(u_feed, MONTH * self.strangers * rules.meet_feed)):
            for attempt in range(TRIES):
                u = model.draw(seed, draws.AUTHOR, i, i, TRIES * item + attempt)[0]
                other = int(u * len(model.people))
                if model.people[other].member and other not in known:
                    yield other
                    break
        for item in range(model.poisson(u_community, rules.meet_communities)):
            here = [p.number for p in model.people if p.community == self.community >= 0 and p.member and p.number not in known]
            other = self.luckiest(seed, draws.ONLINE_FRIEND, MOST + item, here)
            if other is not None:
                yield other

    def luckiest(self, seed: int, use: int, item: int, others: Iterable[int]) -> int | None:
        """The one with the largest draw; None if there is nobody."""
        return max(others, key=lambda other: self.model.draw(seed, use, self.number, other, item)[0], default=None)


class PlainSociety(mesa.Model):
    """People and their ties: `people[i]` is a Mesa agent, `graph[i][j]["tie"]` a Tie.

    closest_call : the smallest distance so far between a draw and the probability that it was compared with.
        If it is below the rounding error of another engine, that engine may draw another event.
    """

    def __init__(self, rules: Rules, key: int = 0):
        super().__init__(seed=0)  # Mesa's own generators are not used: draws are keyed
        self.rules = Rules(*(float(number) if isinstance(number, np.floating) else number for number in rules))
        self.key = key
        self.graph = nx.Graph()
        self.people: list[PlainPerson] = []
        self.tally: Tally | None = None
        self.day = 0
        self.place_counts = (0, 0, 0)
        self.sampled = 0
        self.branched = False
        self.known_links: KnownLinks | None = None
        self.closest_call = math.inf

    # --- a day (docs/model.md 3) -----------------------------------------------------------------

    def step(self) -> None:
        """Simulate one day with the society's own key. Mesa's tools call this."""
        self.step_day(self.key)

    def step_day(self, seed: int) -> list[Act]:
        """Simulate one day with this seed; returns the acts of the day."""
        if self.day % WEEK == 0:
            self.plan()
        acts = self.interact(seed)
        if self.day % MONTH == MONTH - 1:
            self.turn_over(seed)
        self.day += 1
        return acts

    def interact(self, seed: int) -> list[Act]:
        """Steps 2, 3, 5, 6 and 7: draw all acts from the state at the beginning of the day, then let the ties absorb them."""
        prompted = self.birthdays(seed)
        greeted = {(act.sender, act.receiver) for act in prompted if act.channel == GREETING}
        acts = self.meet(seed) + self.respond(seed) + self.occasions(seed, greeted) + prompted
        self.absorb(acts)
        return acts

    def plan(self) -> None:
        """7.1, 7.4 and the rates of 7.5. It also sums closeness for the measures, once a week."""
        self.sampled += 1
        for tie in self.ties:
            for person in (tie.i, tie.j):
                tie[person].total += tie[person].closeness
                if not tie.ended:
                    closeness = tie[tie.other(person)].closeness  # that the other feels for this person
                    where = tie[person].tie_class, self.months_since_birthday(person)
                    self.tally.season_closeness[where] += fixed(closeness)
                    self.tally.season_ties[where] += 1
        for person in self.people:
            person.plan()
        if self.rules.feed:
            self.post_and_read()

    def post_and_read(self) -> None:
        """7.4 and the rates of 7.5: views and acts on the platform for the week."""
        for person in self.people:
            person.rate_views()
            self.tally.strangers[person.group] += WEEK * fixed(person.strangers)
        self.show_counts()
        for person in self.people:
            person.rate_acts()
        for tie in self.ties:
            friends = OF_I * tie[tie.i].linked + OF_J * tie[tie.j].linked
            tie.were_friends = friends if self.could_be_friends(tie) else 0
            for reader in (tie.i, tie.j):
                self.count_views(tie, reader)

    def show_counts(self) -> None:
        """7.5: people react more to posts that many have seen, as the shown counts tell. The number of reactions stays."""
        views = [summed(tie[j].view for j, tie in person.ties) for person in self.people]
        usual = sum(count**2 for count in views) / sum(views) if any(views) else 1.0  # the count of a view
        crowd = self.rules.crowd
        for person, count in zip(self.people, views):
            person.crowd = 1 - crowd + crowd * count / usual if person.member else 1.0

    def meet(self, seed: int) -> list[Act]:
        """7.2: planned contacts and chance meetings."""
        rules, acts = self.rules, []
        for tie in self.ties:
            if tie.ended:
                continue
            i, j = tie.i, tie.j
            person_i, person_j = self.people[i], self.people[j]
            rate_i, rate_j = person_i.rate(tie), person_j.rate(tie)
            for _, u_sender, u_channel, _ in self.candidates(seed, draws.CONTACT, tie, rate_i + rate_j):
                i_starts = self.below(u_sender, rate_i / (rate_i + rate_j))
                channel = self.contact_channel(tie, u_channel)
                acts.append(self.act(i, j, channel) if i_starts else self.act(j, i, channel))
            kept = person_i.kept * person_j.kept if rules.displace_chance else 1.0
            acts += [self.act(i, j, CHANCE) for _ in self.candidates(seed, draws.MEETING, tie, tie.chance * kept)]
        return acts

    def candidates(self, seed: int, use: int, tie: Tie, rate: float) -> Iterator[tuple[int, float, float, float]]:
        """7.2: the candidates of a sort that happen today at this rate a day: the number of each, and words 1 to 3 of its draw.

        use : of the candidates' draws, which says the sort
        """
        word = self.draw(seed, draws.TIE, tie.i, tie.j, day=self.first_of_week)[SORTS.index(use)]
        for number in range(self.poisson(word, WEEK * rate, MOST_A_WEEK)):
            u_weekday, *words = self.draw(seed, use, tie.i, tie.j, number, self.first_of_week)
            if math.floor(WEEK * u_weekday) == self.day % WEEK:
                yield number, *words

    def contact_channel(self, tie: Tie, u: float) -> int:
        """7.2: the channel of a planned contact. People who live far apart call and write more, and visit less."""
        visit, call = float(self.rules.visit[int(tie.far)]), float(self.rules.call[int(tie.far)])
        if self.below(u, visit):
            return VISIT
        return CALL if self.below(u, visit + call) else LETTER

    def respond(self, seed: int) -> list[Act]:
        """7.5: acts on the platform without a prompt, their answers, and real contacts that follow answers."""
        rules, acts = self.rules, []
        if not rules.feed:
            return acts
        for tie in self.ties:
            rates = self.platform_rates(tie)
            for number, u_act, u_answer, u_meet in self.candidates(seed, draws.RESPOND, tie, sum(rates.values())):
                sender, channel = self.sender_and_channel(rates, u_act)
                receiver = tie.other(sender)
                acts.append(self.act(sender, receiver, channel))
                warmth = saturating(tie[receiver].closeness, rules.reply_half)
                if not COMPOSED[channel] or not self.below(u_answer, float(rules.reply[channel]) * warmth):
                    continue
                acts.append(self.act(receiver, sender, channel))
                if self.below(u_meet, rules.meet_after):
                    u_channel = self.draw(seed, draws.WAY, tie.i, tie.j, number, self.first_of_week)[0]
                    acts.append(self.act(sender, receiver, self.contact_channel(tie, u_channel)))
        return acts

    def platform_rates(self, tie: Tie) -> dict[tuple[int, int], float]:
        """7.5: the eight rates of both sides, by sender and channel, in their order."""
        return {
            (person, channel): rate
            for person in (tie.i, tie.j)
            for channel, rate in zip(OWN_ACTS, self.people[person].rates_toward(tie.other(person), tie))
        }

    def sender_and_channel(self, rates: dict[tuple[int, int], float], u: float) -> tuple[int, int]:
        """7.5: sender and channel of an act on the platform, drawn in proportion to the rates."""
        busy = sum(rates.values())
        return next(act for act, end in zip(rates, accumulate(rates.values())) if self.below(u, end / busy))

    def occasions(self, seed: int, greeted_today: set[tuple[int, int]]) -> list[Act]:
        """7.3: cards at New Year, remembered greetings on birthdays."""
        acts = []
        if self.day_of_year == 0:
            for tie in self.ties:
                if tie.ended or not tie.shared:
                    continue
                p_i, p_j = (
                    self.rules.cards * saturating(tie[person].closeness, self.rules.cards_half) for person in (tie.i, tie.j)
                )
                u, u_sender, _, _ = self.draw(seed, draws.CARD, tie.i, tie.j)
                if self.below(u, 1 - (1 - p_i) * (1 - p_j)):
                    i_starts = self.below(u_sender, p_i / (p_i + p_j))
                    pair = (tie.i, tie.j) if i_starts else (tie.j, tie.i)
                    acts.append(self.act(*pair, CARD))
        for person in self.people:
            acts += person.remembered_greetings(seed, greeted_today)
        return acts

    def birthdays(self, seed: int) -> list[Act]:
        """7.6: prompted greetings, and messages of people who know that a date shown today is false."""
        if not (self.rules.online and self.rules.prompts):
            return []
        return [act for person in self.people for act in person.acts_on_prompts(seed)]

    def absorb(self, acts: list[Act]) -> None:
        """7.7: closeness and the memories of contact fade, and grow by the acts of the day."""
        acts_of = defaultdict(list)
        for act in acts:
            acts_of[frozenset((act.sender, act.receiver))].append(act)
        for tie in self.ties:
            tie_acts = acts_of[frozenset((tie.i, tie.j))]
            self.count(tie, tie_acts)
            for person in (tie.i, tie.j):
                self.update_closeness(tie, person, tie_acts)
            self.update_memories(tie, tie_acts)
        for tie in self.ties:  # 7.6: after a true birthday, earlier public greetings no longer count
            for person in (tie.i, tie.j):
                if self.people[tie.other(person)].birthday == self.day_of_year:
                    tie[person].greeted = False

    def turn_over(self, seed: int) -> None:
        """7.8, in this order: links end, people learn birthdays and leave settings, ties end, new ties and links begin."""
        if self.rules.online:
            self.end_links(seed)
            self.pass_gate(seed)
        self.learn_birthdays(seed)
        self.leave_settings(seed)
        self.end_ties()
        self.begin_ties(seed)
        if self.rules.online:
            self.link_suggested(seed)
            self.begin_online(seed)

    # --- parts of absorb (7.7) -------------------------------------------------------------------

    def update_closeness(self, tie: Tie, person: int, acts: list[Act]) -> None:
        """Closeness of one side: it loses a share, and each act gains a share of the distance to 1."""
        rules, side, other = self.rules, tie[person], self.people[tie.other(person)]
        doses = [float((rules.dose if receives(person, act) else rules.dose_sent)[act.channel]) for act in acts]
        missed = math.prod(1 - dose for dose in doses)
        gained = (1 - missed) * (1 - side.closeness)
        group = self.people[person].group
        for act, dose in zip(acts, doses):
            if dose > 0:
                share = gained * dose / sum(doses)
                self.tally.absorbed[group, side.tie_class, act.channel] += fixed(share)
        if rules.feed:
            missed *= max(0.0, 1 - other.dosed * float(rules.dose[VIEW]) * side.view)
        side.closeness = side.closeness * (1 - float(rules.fade[tie.kind])) + (1 - missed) * (1 - side.closeness)

    def update_memories(self, tie: Tie, acts: list[Act]) -> None:
        """Touch and exchange, the days of last contact, and public greetings."""
        rules = self.rules
        if rules.online:
            platform = [act for act in acts if not REAL[act.channel]]
            missed = math.prod(1 - float(rules.touches[act.channel]) for act in platform)
            if rules.feed:
                missed *= max(0.0, 1 - float(rules.touches[VIEW]) * (tie[tie.i].view + tie[tie.j].view))
            tie.touch = tie.touch * (1 - rules.touch_fade) + (1 - missed) * (1 - tie.touch)
            composed = any(COMPOSED[act.channel] for act in platform)
            tie.exchange = 1.0 if composed else tie.exchange * (1 - rules.exchange_fade)
        for act in acts:
            if REAL[act.channel]:
                tie.last_real = self.day
            if COMPOSED[act.channel]:
                tie.last_composed = self.day
            if act.channel == GREETING:
                tie[act.sender].greeted = True

    def count_views(self, tie: Tie, reader: int) -> None:
        """7.4: tally the views that the reader is expected to have in the week, and the closeness they give."""
        side, poster = tie[reader], self.people[tie.other(reader)]
        where = self.people[reader].group, side.tie_class
        dose = poster.dosed * float(self.rules.dose[VIEW])
        self.tally.viewed[where] += WEEK * fixed(side.view)
        self.tally.absorbed[(*where, VIEW)] += WEEK * fixed(dose * side.view * (1 - side.closeness))

    def count(self, tie: Tie, acts: list[Act]) -> None:
        """Count the acts of a tie for the measured year. Only measures read these counts."""
        closeness = (tie[tie.i].closeness + tie[tie.j].closeness) / 2
        stay = 1 + self.rules.minutes_slope * (2 * closeness - 1)  # close people stay longer
        for act in acts:
            if COMPOSED[act.channel]:
                tie.contacts += 1
            if act.channel == CHANCE:
                tie.chances += 1
            if act.channel in PLANNED:
                tie.minutes += float(self.rules.minutes[act.channel]) * stay
            if act.gesture:
                sent = tie[act.sender].gestures
                sent[act.gesture] = min(sent[act.gesture] + 1, MOST_GESTURES)
            if act.cause != OWN:
                date = DATES.index(self.people[act.receiver].date)
                self.tally.celebrated[date, tie[act.receiver].tie_class, act.cause] += 1
            for person in (tie.i, tie.j):
                tie_class = tie[person].tie_class
                if receives(person, act):
                    group = self.people[person].group
                    cause = act.cause if person == act.receiver else OWN  # the cause holds for the receiver only
                    where = group, tie_class, act.channel, cause
                    self.tally.received[where] += 1
                if REAL[act.channel] and act.cause != BIRTHDAY:
                    month = self.months_since_birthday(person)
                    self.tally.season[tie_class, month] += 1

    # --- parts of the turnover (7.8) -------------------------------------------------------------

    def learn_birthdays(self, seed: int) -> None:
        """People learn birthdays, close ones more often. With prompts, they may forget those of linked people."""
        for tie in self.ties:
            learn_i, learn_j, forget_i, forget_j = self.draw(seed, draws.KNOW, tie.i, tie.j)
            for side, u_learn, u_forget in ((tie[tie.i], learn_i, forget_i), (tie[tie.j], learn_j, forget_j)):
                if not side.knows:
                    side.knows = self.below(u_learn, self.rules.know * side.closeness)
                elif side.linked and self.rules.prompts:
                    side.knows = not self.below(u_forget, self.rules.forget)

    def leave_settings(self, seed: int) -> None:
        """People change places. A tie of a setting becomes one from the past if its people no longer share it, or by chance."""
        rules = self.rules
        for person in self.people:
            for place in range(len(PLACES)):
                i = person.number
                u, u_place, _, _ = self.draw(seed, draws.LEAVE, i, i, item=place)
                if self.below(u, float(rules.leave[person.profile])) and person.places[place] >= 0:
                    person.places[place] = math.floor(u_place * self.place_counts[place])
        for tie in self.ties:
            if tie.origin not in SETTINGS:
                continue
            place = SETTINGS.index(tie.origin)
            apart = self.people[tie.i].places[place] != self.people[tie.j].places[place]
            u = self.draw(seed, draws.LEAVE_TIE, tie.i, tie.j)[0]
            if self.below(u, rules.leave_tie) or apart:
                usual = float(rules.chance[tie.origin])
                tie.chance *= float(rules.chance[FROM_PAST]) / usual if usual > 0 else 0.0
                tie.origin = FROM_PAST

    def end_ties(self) -> None:
        """End ties that are faint on both sides, not linked, and unused. Ties from before the branch stay in the graph."""
        for tie in list(self.ties):
            # compare both sides in any case, for `closest_call`
            faint = [self.below(side.closeness, self.rules.faint) for side in tie.sides.values()]
            patience = float(self.rules.patience[self.people[tie.i].profile, self.people[tie.j].profile])
            unused = self.day - tie.last_real > self.rules.unused * patience
            if tie.ended or tie.linked or not (all(faint) and unused):
                continue
            since_branch = {side.tie_class for side in tie.sides.values()} & {NEW_TIE, ONLINE_BORN}
            if self.branched and not since_branch:
                tie.ended = True
                tie.chance = 0.0
                for side in tie.sides.values():
                    side.weight = 0.0
            else:
                self.graph.remove_edge(tie.i, tie.j)

    def begin_ties(self, seed: int) -> None:
        """All people choose new acquaintances from the ties of this moment; then the new ties begin."""
        origins: dict[tuple[int, int], int] = {}
        for person in self.people:
            for other, origin in person.acquaintances(seed):
                pair = min(person.number, other), max(person.number, other)
                origins.setdefault(pair, origin)  # the lower person and the lower item decide

        def order(pair: tuple[int, int]) -> tuple:
            """Pairs with a tie in the graph come first; then the luckiest, who are linked first."""
            return not self.graph.has_edge(*pair), self.draw(seed, draws.LINK, *pair, day=0)[0], tile_of(*pair)

        for i, j in sorted(origins, key=order):
            self.begin_tie(seed, i, j, origins[i, j])

    def begin_tie(self, seed: int, i: int, j: int, origin: int) -> None:
        """Begin a tie between i < j. If they have an ended tie or a link in the graph, this one changes instead."""
        rules = self.rules
        if origin == FROM_FRIENDS:
            chance = 0.0
        else:
            spread = rules.chance_spread
            z = self.normal(seed, draws.CHANCE, i, j)
            chance = float(rules.chance[origin]) * math.exp(spread * z - spread**2 / 2)
        z = self.normal(seed, draws.AFFINITY, i, j)
        affinity = rules.newcomers * math.exp(rules.affinity_spread * z)
        far = self.below(self.draw(seed, draws.FAR, i, j, day=0)[0], float(rules.far[origin]))
        tie_class = NEW_TIE if self.branched else REST
        if self.graph.has_edge(i, j):
            tie = self.graph[i][j]["tie"]
            if tie.never_met:  # linked before they met: becomes a new tie
                tie.kind, tie.affinity, tie.far = FRIEND, affinity, tie.far or far
                for side in tie.sides.values():
                    side.tie_class, side.attention = tie_class, 0.0
            for side in tie.sides.values():
                side.closeness = max(side.closeness, rules.first_closeness)
            tie.ended, tie.origin, tie.chance, tie.last_real = False, origin, chance, self.day
            tie.shared = tie.shared or origin != FROM_FRIENDS
            return
        both = self.people[i], self.people[j]
        members = all(person.has_a_place for person in both)
        recognised = rules.first_closeness >= rules.told or not any(person.pseudonym for person in both)
        u_link = self.draw(seed, draws.LINK, i, j, day=0)[0]
        unlinked = (1 - rules.link_share) * math.exp(-rules.link_slope * rules.first_closeness)
        linked = members and recognised and self.below(u_link, 1 - unlinked)
        tie = Tie(
            sides={person: Side(closeness=rules.first_closeness, tie_class=tie_class, linked=linked) for person in (i, j)},
            i=i,
            j=j,
            kind=FRIEND,
            origin=origin,
            far=far,
            affinity=affinity,
            chance=chance,
            shared=origin != FROM_FRIENDS,
            last_real=self.day,
        )
        self.graph.add_edge(i, j, tie=tie)

    # --- what a platform makes and ends (7.8) -----------------------------------------------------

    def end_links(self, seed: int) -> None:
        """Either of two linked people may end the link, unless they had composed contact within a year."""
        rules = self.rules
        for tie in list(self.ties):
            if not tie.linked or (tie.last_composed >= 0 and self.day - tie.last_composed < YEAR):
                continue
            uniforms = self.draw(seed, draws.UNLINK, tie.i, tie.j)
            ends = [
                tie[person].linked
                and self.below(u, rules.unlink * rules.unlink_half / (rules.unlink_half + tie[person].closeness))
                for u, person in zip(uniforms, (tie.i, tie.j))
            ]
            for person, by_person in zip((tie.i, tie.j), ends):
                if by_person or (any(ends) and not rules.one_way):
                    self.unlink(tie, person)

    def unlink(self, tie: Tie, person: int) -> None:
        """The person's link, the greetings and the rates of the week end."""
        side = tie[person]
        side.linked, side.greeted, side.view, side.attention = False, False, 0.0, 0.0
        tie.were_friends &= OF_J if person == tie.i else OF_I

    def link(self, tie: Tie) -> None:
        """Each of the two has a link to the other."""
        for side in tie.sides.values():
            side.linked = True

    def pass_gate(self, seed: int) -> None:
        """Ties that began online become friendships in real life, the closer the likelier."""
        rules = self.rules
        for tie in self.ties:
            if not tie.only_online or tie.affinity == 0 or tie.ended:
                continue
            closeness = min(side.closeness for side in tie.sides.values())
            p = rules.gate * saturating(closeness**2, rules.gate_half**2) * (rules.gate_far if tie.far else 1.0)
            if self.below(self.draw(seed, draws.GATE, tie.i, tie.j)[0], p):
                tie.kind, tie.last_real = FRIEND, self.day

    def link_suggested(self, seed: int) -> None:
        """People link with friends of friends whom the platform suggests, while both have a place."""
        pairs = {
            tuple(sorted((person.number, other)))
            for person in self.people
            if person.member
            for item in range(self.poisson(self.draw(seed, draws.SUGGEST, *[person.number] * 2)[0], self.rules.suggest))
            if (other := person.linked_through(seed, item, draws.THROUGH, draws.SUGGESTED)) is not None
        }
        known = {pair for pair in pairs if self.graph.has_edge(*pair)}
        for i, j in self.luckiest_first(seed, known):
            tie = self.graph[i][j]["tie"]
            if not tie.ended and all(self.people[person].has_a_place_for(tie) for person in (i, j)):
                self.link(tie)
        self.link_strangers(seed, pairs - known)

    def begin_online(self, seed: int) -> None:
        """People get to know each other on the platform. Pairs without a link get one, while both have a place."""
        pairs = set()
        for person in self.people:
            if person.member:
                pairs |= {tuple(sorted((person.number, other))) for other in person.met_online(seed)}
        self.link_strangers(seed, {pair for pair in pairs if not self.graph.has_edge(*pair)})
        for i, j in pairs:
            if self.graph.has_edge(i, j):
                self.know(seed, self.graph[i][j]["tie"])

    def luckiest_first(self, seed: int, pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """The pairs in the order in which they are served."""
        return sorted(pairs, key=lambda pair: (self.draw(seed, draws.LINK, *pair, day=0)[2], tile_of(*pair)))

    def link_strangers(self, seed: int, pairs: Iterable[tuple[int, int]]) -> None:
        """Mere links between people who have no edge, while both have a place for people never met."""
        for i, j in self.luckiest_first(seed, pairs):
            if all(self.people[person].has_a_place_for_strangers for person in (i, j)):
                sides = {person: Side(tie_class=ONLINE_BORN, linked=True) for person in (i, j)}
                tie = Tie(sides, i=i, j=j, kind=ONLINE, origin=FROM_ONLINE, last_real=self.day - 10**6)
                self.graph.add_edge(i, j, tie=tie)

    def know(self, seed: int, tie: Tie) -> None:
        """A mere link becomes a tie of people who know each other online."""
        rules = self.rules
        if not tie.linked or tie.affinity != 0 or tie[tie.i].tie_class != ONLINE_BORN:
            return
        z = self.normal(seed, draws.AFFINITY, tie.i, tie.j)
        tie.affinity = rules.newcomers * rules.meet_affinity * math.exp(rules.affinity_spread * z)
        far = self.draw(seed, draws.FAR, tie.i, tie.j, day=0)[0]
        tie.far = self.below(far, float(rules.far[FROM_FRIENDS])) or tie.far
        for side in tie.sides.values():
            side.attention = 0.0
            side.closeness = max(side.closeness, rules.meet_closeness)

    # --- whose habits are shifted (7.11) ---------------------------------------------------------

    def ranking(self, placed: str, many: int, seed: int) -> list[int]:
        """7.11: the first people to be in the minority, so many. A smaller minority is the beginning of a larger one."""
        luck = {}
        for person in self.people:
            _, high, low, _ = self.draw(seed, draws.WEST, person.number, person.number, day=0)
            luck[person.number] = (high + 2**-24 * low, person.number)
        if placed == "random":
            return sorted(luck, key=luck.__getitem__)[:many]
        chosen: list[int] = []
        while len(chosen) < many:
            left = [i for i in luck if i not in chosen]
            chosen.append(min(left, key=lambda i: (-self.share_of_contacts(i, chosen), luck[i])))
        return chosen

    def share_of_contacts(self, person: int, group: Collection[int]) -> float:
        """The share of a person's living ties that go to people of a group; 0 without any."""
        known = [j for j, tie in self.people[person].ties if tie.known]
        return sum(j in group for j in known) / len(known) if known else 0.0

    def labels(self, minority: Collection[int]) -> list[str]:
        """7.11: each person's label; none if nobody is in the minority."""
        if not minority:
            return [""] * len(self.people)
        share = {person.number: self.share_of_contacts(person.number, minority) for person in self.people}
        shares = [share[i] for i in share if i not in minority and share[i] > 0]
        middle = median(shares) if shares else 0.0
        return [
            "minority" if i in minority
            else "contacts-none" if share[i] == 0
            else "contacts-some" if share[i] <= middle
            else "contacts-many"
            for i in share
        ]  # fmt: skip

    # --- draws (7.10) ----------------------------------------------------------------------------

    def draw(self, seed: int, use: int, i: int, j: int, item: int = 0, day: int | None = None) -> list[float]:
        """Four uniforms of today, or of another day: the first of the week, or day 0 for what is drawn once for a pair."""
        day = self.day if day is None else day
        return [float(u) for u in draws.draw(np.uint64(seed), use, day, i, j, item)]

    def below(self, u: float, p: float) -> bool:
        """Whether an event of probability p happens, with the uniform u. Updates `closest_call`."""
        self.closest_call = min(self.closest_call, abs(u - p))
        return u < p

    def poisson(self, u: float, mean: float, most: int = MOST) -> int:
        """N: a Poisson count by inversion: how many k = 0, 1, 2, ... have u >= P(at most k), at most `most`."""
        if mean == 0:
            return 0
        count = 0
        p = p_at_most = math.exp(-mean)  # P(count), P(at most count)
        while count < most and not self.below(u, p_at_most):
            count += 1
            p *= mean / count
            p_at_most += p
        return count

    def normal(self, seed: int, use: int, i: int, j: int) -> float:
        """A standard normal number of a pair, the same on every day (Box and Muller 1958)."""
        u, v, _, _ = self.draw(seed, use, i, j, day=0)
        return math.sqrt(-2 * math.log(1 - u)) * math.cos(2 * math.pi * v)

    def race(self, runners: Iterable[tuple[int, float, float]]) -> int | None:
        """The number of the runner with the smallest time, -ln(draw) / speed. runners : (number, speed, draw) of each

        Each runner has its own draw, so that a new runner changes no other draw.
        """
        times = sorted(
            (-math.log(u + 2**-25) / speed, number, speed, u) for number, speed, u in runners if speed > 0
        )
        if len(times) > 1:
            _, _, speed, u = times[0]
            self.below(u, math.exp(-speed * times[1][0]) - 2**-25)  # below this draw, the winner would be second
        return times[0][1] if times else None

    # --- properties of the society ---------------------------------------------------------------

    @property
    def ties(self) -> Iterator[Tie]:
        return (tie for _, _, tie in self.graph.edges(data="tie"))

    @property
    def day_of_year(self) -> int:
        return self.day % YEAR

    @property
    def first_of_week(self) -> int:
        """The day of the society on which this week began. The luck of the week is drawn for it."""
        return self.day - self.day % WEEK

    def could_be_friends(self, tie: Tie) -> bool:
        """7.4: whether a link makes the two friends on the platform: they are members, and their tie has not ended."""
        return not tie.ended and self.people[tie.i].member and self.people[tie.j].member

    def tied(self, i: int, j: int) -> bool:
        """Whether the two have a tie that has not ended and is more than a link."""
        return self.graph.has_edge(i, j) and self.graph[i][j]["tie"].met

    def act(self, sender: int, receiver: int, channel: int, cause: int = OWN) -> Act:
        """An act of today."""
        return Act(self.day, sender, receiver, channel, cause)

    def months_since_birthday(self, person: int) -> int:
        """Twelfths of a year, 0 to 11, since the person's last birthday."""
        return (self.day_of_year - self.people[person].birthday) % YEAR * 12 // YEAR

    # --- from and to arrays ----------------------------------------------------------------------

    @classmethod
    def from_state(cls, state: State, rules: Rules, key: int = 0) -> PlainSociety:
        """The society of a State. The State does not change."""
        society = cls(rules, key)
        society.day = state.day
        society.place_counts = state.place_counts
        society.sampled = state.sampled
        society.branched = state.branched
        society.known_links = state.known_links
        society.tally = Tally(*(counts.copy() for counts in state.tally))
        for number, traits in enumerate(zip(*(column.tolist() for column in state.people))):
            person = PlainPerson(society, number, **dict(zip(People._fields, traits)))
            society.people.append(person)
            society.graph.add_node(number)
        # Mesa counts agents in a table of the class Agent, which would keep the model in memory for ever
        mesa.Agent._ids.pop(society, None)
        for tie in ties_from(state.ties):
            society.graph.add_edge(tie.i, tie.j, tie=tie)
        return society

    def to_state(self) -> State:
        """The society as arrays, with ties in tile order."""
        for tie in self.ties:
            tie.together = self.people[tie.i].shares_place(tie.j)
        people = {
            column.name: as_array(column, [getattr(person, column.name) for person in self.people]) for column in PERSON
        }
        return State(
            people=People(**people),
            ties=in_tiles(arrays_of(list(self.ties))),
            tally=Tally(*(counts.copy() for counts in self.tally)),
            day=self.day,
            place_counts=self.place_counts,
            sampled=self.sampled,
            branched=self.branched,
            known_links=self.known_links,
        )


def weight_of(u: float, inside: bool, minority) -> float:
    """7.11: how far a person lives the way of the west. u : the person's luck; minority : of the society's file"""
    background, shifted = (
        beta_quantile(u, mean.value, minority.concentration.value) for mean in (minority.background_mean, minority.shifted_mean)
    )
    if not inside:
        return background
    toward = -shifted if minority.reverse else shifted
    return (1 - minority.shift.value) * background + minority.shift.value * toward


def beta_quantile(u: float, mean: float, concentration: float) -> float:
    """The value below which a number is with probability u, if it is Beta distributed with this mean and this a + b."""
    if mean in (0, 1):
        return mean
    a, b = mean * concentration, (1 - mean) * concentration
    return brentq(lambda value: betainc(a, b, value) - u, 0, 1, xtol=1e-12)


def shifted(name: str, home: float, west: float, weight: float, leaning: float, links_follow: float) -> float:
    """7.11: a person's own number, between that of the home profile and that of the west, or away from it."""
    follow = links_follow if name == "links" else 1.0
    lowest, highest = {"links": (0, 2000), "post": (0, 100)}.get(name, (0, 1))
    return min(max(home + weight * leaning * follow * (west - home), lowest), highest)


def tile_of(i: int, j: int) -> tuple[int, int, int, int]:
    """What ties are sorted by in the arrays."""
    return i >> TILE_BITS, j >> TILE_BITS, i, j


def saturating(x: float, half: float) -> float:
    """x / (x + half): 0 at x = 0, 1/2 at x = half, near 1 for large x."""
    return x / (x + half) if x > 0 else 0.0


def summed(numbers: Iterable[float]) -> float:
    """7.1: the sum of numbers that are whole units of 2^-36 each."""
    return sum(round(number * FIXED) for number in numbers) / FIXED


def fixed(fraction: float) -> int:
    """A fraction as a tally keeps it, in units of 2^-24."""
    return round(fraction * TALLIED)


def receives(person: int, act: Act) -> bool:
    """Whether the person is a receiver of the act. In a two-sided act both people are."""
    return TWO_SIDED[act.channel] or act.receiver == person


def as_array(column: Column, values: list) -> np.ndarray:
    """The array of a column, from a list of values that may be empty."""
    return np.array(values, column.type).reshape(-1, *column.shape)


def ties_from(ties: Ties) -> Iterator[Tie]:
    """A Tie for each row of the arrays."""

    def rows(side: str) -> Iterator[tuple]:
        """The values of `attributes(side)` for each tie."""
        columns = [getattr(ties, column.name) for column in columns_of(side)]
        flags = [ties.flags & 1 << bit != 0 for bit, flag in enumerate(FLAGS) if flag.side == side]
        return zip(*(column.tolist() for column in columns + flags))

    for shared, side_i, side_j, gestures in zip(rows(""), rows("ij"), rows("ji"), ties.gestures.tolist()):
        sent_i, sent_j = (Counter(dict(zip(GESTURES, counts))) for counts in gestures)
        tie = Tie({}, *shared)
        tie.sides = {tie.i: Side(*side_i, sent_i), tie.j: Side(*side_j, sent_j)}
        yield tie


def arrays_of(ties: list[Tie]) -> Ties:
    """Ties as rows of arrays, in the given order."""
    owners = {"": ties, "ij": [tie[tie.i] for tie in ties], "ji": [tie[tie.j] for tie in ties]}

    def values(entry: Column | Flag) -> list:
        return [getattr(owner, entry.twin) for owner in owners[entry.side]]

    columns = {column.name: values(column) for side in owners for column in columns_of(side)}
    columns["flags"] = sum(np.array(values(flag), np.uint16) << bit for bit, flag in enumerate(FLAGS))
    columns["gestures"] = [[[side.gestures[name] for name in GESTURES] for side in (tie[tie.i], tie[tie.j])] for tie in ties]
    return Ties(**{column.name: as_array(column, columns[column.name]) for column in TIE})
