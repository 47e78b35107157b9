"""A day of the society, one person and one tie at a time, in plain Mesa and networkx.

This is docs/model.md as a program: people are Mesa agents, ties are the edges of a networkx graph,
and the sections of that text are cited beside the code. It is slow and meant to be read; to try a
new rule, write it here first. The fast kernels do the same day with arrays and are held against it.

    society = PlainSociety.from_state(state, rules)
    acts = society.step_day(seed)
    state = society.to_state()

Luck is keyed (docs/model.md 7.10), so both ways of computing a day meet the same luck.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import Field, field, make_dataclass
from typing import NamedTuple

import mesa
import networkx as nx
import numpy as np

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
    FROM_PAST,
    FROM_WORK,
    MOST_GESTURES,
    NEW_TIE,
    ONLINE_BORN,
    PERSON,
    PLACES,
    REST,
    TIE,
    Column,
    Flag,
)
from sim.world.state import (
    DATES,
    MONTH,
    WEEK,
    YEAR,
    People,
    Rules,
    State,
    Tally,
    Ties,
    in_tiles,
    roomier,
)

SETTINGS = (FROM_WORK, FROM_NEIGHBOURHOOD, FROM_CLUB)  # origins of the places 0, 1, 2
PLANNED = [channel for channel, real in enumerate(REAL) if real and COMPOSED[channel]]  # their minutes are planned real contact
ONES_OWN = (REACTION, COMMENT, MESSAGE, GROUP)  # what people do on the platform unprompted, in the order of 7.5
MOST = 8  # no count drawn in a day is larger


class Act(NamedTuple):
    """One thing one person did toward another on one day (docs/model.md 2)."""

    day: int
    sender: int
    receiver: int
    channel: int
    cause: int  # OWN, PROMPT, BIRTHDAY, NONBIRTHDAY

    @property
    def gesture(self) -> str | None:
        """8: which of GESTURES it is, if any: by what it was done for, and one of one's own accord by its channel."""
        if self.cause != OWN:
            return GESTURES[self.cause - 1]
        return CHANNELS[self.channel] if self.channel in BY_CHANNEL else None


def attributes(side: str) -> list[tuple[str, type, Field]]:
    """The columns and flags of a tie that are one side's ("ij"), or shared (""), with their resting values."""
    columns = [(column.twin, float, field(default=column.rest)) for column in columns_of(side)]
    return columns + [(flag.twin, bool, field(default=False)) for flag in FLAGS if flag.side == side]


def columns_of(side: str) -> list[Column]:
    """The columns of one side, or shared, but for those that hold several things at once."""
    return [column for column in TIE if column.side == side and column.name not in ("flags", "gestures")]


class Side(make_dataclass("HalfOfATie", [*attributes("ij"), ("gestures", Counter, field(default_factory=Counter))], slots=True)):
    """One person's half of a tie: what that person feels, plans, knows and did.

    docs/state.md lists what it has: closeness (c), weight (w), view (v), knows, greeted and so on.
    gestures : sent to the other since the measured year began, by sort
    """

    __slots__ = ()


class Tie(make_dataclass("Shared", [("sides", dict[int, Side]), *attributes("")], slots=True)):
    """What two people share. `tie[i]` is i's side: `tie[i].closeness` is c_ij, felt by i.

    docs/state.md lists what it has: i, j, kind, affinity (q), chance (o), touch (t), exchange (x), far, linked and so on.
    """

    __slots__ = ()

    @property
    def link_only(self) -> bool:
        """A link between people who have not met in real life since they were linked, if ever."""
        return self.sides[self.i].tie_class == ONLINE_BORN and not self.shared

    @property
    def met(self) -> bool:
        """A tie that has not ended and is more than a link."""
        return not self.ended and not self.link_only

    def __getitem__(self, person: int) -> Side:
        return self.sides[person]

    def other(self, person: int) -> int:
        return self.j if person == self.i else self.i


class PlainPerson(mesa.Agent):
    """A person: fixed traits, a place in each setting, and a share of every tie.

    docs/state.md lists its traits: contacts (n), minutes (m), birthday, shown, member, kept (f), drive (n f / W) and so on.
    """

    def __init__(self, model: PlainSociety, number: int, **traits):
        super().__init__(model)
        self.number = number
        vars(self).update(traits)

    @property
    def ties(self) -> list[tuple[int, Tie]]:
        """Everyone this person has a tie with, and the tie."""
        return [(j, edge["tie"]) for j, edge in self.model.graph.adj[self.number].items()]

    @property
    def friends(self) -> list[tuple[int, Tie]]:
        """7.4: everyone this person can follow and write to on the platform, and the tie."""
        return [(j, tie) for j, tie in self.ties if self.model.are_friends(tie)]

    @property
    def date(self) -> str:
        """7.9: what date this person shows, of DATES."""
        if self.shown < 0:
            return "none"
        return "true" if self.shown == self.birthday else "false"

    def plan(self) -> None:
        """7.1: weigh everyone by affinity and closeness, and share planned contact out by weight."""
        total = 0.0
        for _, tie in self.ties:
            mine = tie[self.number]
            if tie.ended or mine.closeness == 0:
                mine.weight = 0.0
            else:
                mine.weight = tie.affinity * mine.closeness**self.model.rules.gamma
            total += mine.weight
        self.drive = self.contacts * self.kept / total if total > 0 else 0.0

    def rate(self, tie: Tie) -> float:
        """7.2: planned contacts a day toward the other. Cheap touch lowers it, exchange raises it."""
        rules = self.model.rules
        wish = self.drive * tie[self.number].weight
        return wish * (1 - rules.substitution * tie.touch) * (1 + rules.complement * tie.exchange)

    def read(self) -> None:
        """7.4: how often a day posts of each friend are opened: what the feed shows, and visits to their pages."""
        model, rules, i = self.model, self.model.rules, self.number
        for _, tie in self.ties:
            tie[i].view = 0.0
        rank = {
            j: (rules.rank_floor + tie[i].closeness) ** rules.rank_slope if rules.by_closeness else 1.0 for j, tie in self.friends
        }
        offered = sum(model.people[j].posts * rank[j] for j in rank)  # R
        for j, tie in self.friends:
            poster = model.people[j]
            shown = 0.0  # e
            if offered > 0:
                shown = min(poster.posts, self.items * rules.friends_share * poster.posts * rank[j] / offered)
            interest = rules.floor + tie[i].closeness
            opens = min(1.0, float(rules.opened[poster.profile]) * rules.opening * interest)
            tie[i].view = shown * opens + rules.visits * interest

    def settle(self) -> None:
        """7.5: comments, messages and communities of the week, within the minutes there are for them."""
        model, rules, i = self.model, self.model.rules, self.number
        for _, tie in self.ties:
            tie[i].comment = tie[i].message_rate = 0.0

        for j, tie in self.friends:
            discussed = float(rules.discussed[model.people[j].profile])
            tie[i].comment = self.comments * discussed * tie[i].view * self.attention(tie)
        said = sum(tie[i].comment for _, tie in self.friends)
        within = min(1.0, rules.budget / said) if said > 0 else 1.0
        weights = {j: tie.affinity * self.attention(tie) for j, tie in self.friends}
        total = sum(weights.values())
        for j, tie in self.friends:
            tie[i].comment *= within
            tie[i].message_rate = self.messages * weights[j] / total if total > 0 else 0.0
        companions = sum(self.shares_place(j) for j, _ in self.friends)
        self.each_group = self.groups / companions if companions else 0.0

        self.free = 1.0
        wanted = sum(
            rate * float(rules.minutes[channel])
            for j, tie in self.friends
            for channel, rate in zip(ONES_OWN, self.platform_rates(j, tie))
        )
        if wanted > 0:
            self.free = min(1.0, max(0.0, self.minutes - self.items * rules.item_minutes) / wanted)
        self.each_group *= self.free
        for _, tie in self.friends:
            tie[i].comment *= self.free
            tie[i].message_rate *= self.free

    def attention(self, tie: Tie) -> float:
        """7.5: c^gamma, how much this person turns to the other on the platform; 0 at closeness 0."""
        closeness = tie[self.number].closeness
        return closeness ** float(self.model.rules.attend[self.profile]) if closeness > 0 else 0.0

    def platform_rates(self, other: int, tie: Tie) -> tuple[float, float, float, float]:
        """7.5: reactions, comments, messages and group exchanges a day toward the other."""
        if not self.model.are_friends(tie):
            return 0.0, 0.0, 0.0, 0.0
        mine = tie[self.number]
        in_groups = self.each_group if self.shares_place(other) else 0.0
        return self.reactions * self.free * mine.view, mine.comment, mine.message_rate, in_groups

    def shares_place(self, other: int) -> bool:
        """Do the two belong to one workplace, neighbourhood or club now?"""
        return any(here == there >= 0 for here, there in zip(self.places, self.model.people[other].places))

    def wishes(self, seed: int, greeted_today: set[tuple[int, int]]) -> Iterator[Act]:
        """7.3: greet in person whose true birthday it is, unless a public greeting did."""
        model, rules, i = self.model, self.model.rules, self.number
        for j, tie in self.ties:
            mine = tie[i]
            if tie.ended or not mine.knows or model.people[j].birthday != model.day_of_year:
                continue
            luck, second, how, _ = model.draw(seed, draws.WISH, i, j)
            if not model.below(luck, rules.wish * saturating(mine.closeness**2, rules.wish_half**2)):
                continue
            greeted = mine.greeted or (i, j) in greeted_today
            if greeted and model.below(second, rules.suppression):
                continue
            if model.below(how, rules.by_card):
                channel = CARD
            elif model.below(how, rules.by_card + rules.by_call):
                channel = CALL
            else:
                channel = VISIT
            yield model.act(i, j, channel, cause=BIRTHDAY)

    def greetings(self, seed: int) -> Iterator[Act]:
        """7.6: follow the platform's birthday prompts, if here today; or tell who shows a false date that one knows."""
        model, rules, i = self.model, self.model.rules, self.number
        if not self.member or not model.below(model.draw(seed, draws.ACTIVE, i, i)[0], rules.active):
            return
        for j, tie in self.ties:
            friend = model.people[j]
            if not tie.linked or friend.shown != model.day_of_year:
                continue
            if tie[i].knows and friend.birthday != friend.shown:  # not to be fooled
                luck = model.draw(seed, draws.UNBIRTHDAY, i, j)[0]
                if model.below(luck, rules.nonbirthday * tie[i].closeness):
                    yield model.act(i, j, MESSAGE, cause=NONBIRTHDAY)  # whatever the audience of prompts
                continue
            warmth = rules.slope * (tie[i].closeness - rules.centre)
            p = 1 / (1 + math.exp(-(rules.level + self.greet + warmth)))
            luck = model.draw(seed, draws.GREET, i, j)[0]
            if rules.private and model.below(luck, p * rules.private_effort):
                yield model.act(i, j, MESSAGE, cause=PROMPT)
            if not rules.private and model.below(luck, p):
                yield model.act(i, j, GREETING, cause=PROMPT)

    def acquaintances(self, seed: int) -> Iterator[tuple[int, int]]:
        """7.8: whom this person starts to know this month, and the origin of the tie."""
        model, rules, i = self.model, self.model.rules, self.number
        mean = float(rules.new_ties[self.profile])
        for item in range(model.poisson(model.draw(seed, draws.NEW, i, i)[0], mean)):
            how, where, _, _ = model.draw(seed, draws.NEW_HOW, i, i, item)
            if model.below(how, rules.closure):
                origin, found = FROM_FRIENDS, self.through_a_friend(seed, item)
            else:
                if model.below(where, 1 / 3):
                    place = 0
                else:
                    place = 1 if model.below(where, 2 / 3) else 2
                origin, found = SETTINGS[place], self.in_a_setting(seed, item, place)
            if found is not None:
                yield found, origin

    def in_a_setting(self, seed: int, item: int, place: int) -> int | None:
        """Someone of the same place without an unended tie: the one whose draw is largest."""
        model, i, here = self.model, self.number, self.places[place]
        if here < 0:
            return None
        strangers = [
            other.number
            for other in model.people
            if other.places[place] == here and other is not self and not model.tied(i, other.number)
        ]
        return max(
            strangers,
            key=lambda other: model.draw(seed, draws.PICK, i, other, item)[0],
            default=None,
        )

    def through_a_friend(self, seed: int, item: int) -> int | None:
        """A friend's friend without an unended tie: both chosen by races, the close run faster."""
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


class PlainSociety(mesa.Model):
    """People and their ties: `people[i]` is a Mesa agent, `graph[i][j]["tie"]` their Tie.

    closest : the smallest distance so far between a draw and the probability it was held against.
        Where it is below the rounding error of another engine, that engine may rightly differ.
    """

    def __init__(self, rules: Rules, key: int = 0):
        super().__init__(seed=0)  # Mesa's own generators stay unused: luck is keyed
        self.rules = rules
        self.key = key
        self.graph = nx.Graph()
        self.people: list[PlainPerson] = []
        self.tally: Tally | None = None
        self.day = 0
        self.place_counts = (0, 0, 0)
        self.sampled = 0
        self.branched = False
        self.closest = math.inf

    # --- a day (docs/model.md 3) -----------------------------------------------------------------

    def step(self) -> None:
        """One day under the society's own key, so that Mesa's tools can drive it."""
        self.step_day(self.key)

    def step_day(self, seed: int) -> list[Act]:
        """The whole day; returns what people did."""
        if self.day % WEEK == 0:
            self.plan()
        acts = self.live(seed)
        if self.day % MONTH == MONTH - 1:
            self.turn_over(seed)
        self.day += 1
        return acts

    def live(self, seed: int) -> list[Act]:
        """Steps 2, 3, 5, 6 and 7: all acts are drawn from the state the day began with, then taken in."""
        greetings = self.birthdays(seed)
        public = {(act.sender, act.receiver) for act in greetings if act.channel == GREETING}
        acts = self.meet(seed) + self.respond(seed) + self.occasions(seed, public) + greetings
        self.absorb(acts)
        return acts

    def plan(self) -> None:
        """7.1, 7.4 and the rates of 7.5; and the weekly look at closeness that measures are made of."""
        self.sampled += 1
        for tie in self.ties:
            for person in (tie.i, tie.j):
                tie[person].total += tie[person].closeness
                if not tie.ended:
                    felt_for = tie[tie.other(person)].closeness
                    where = 0, tie[person].tie_class, self.months_since_birthday(person)
                    self.tally.season_closeness[where] += felt_for
                    self.tally.season_ties[where] += 1
        for person in self.people:
            person.plan()
        if self.rules.feed:
            self.post_and_read()

    def post_and_read(self) -> None:
        """7.4 and the rates of 7.5: who reads whom this week and how much is said."""
        for person in self.people:
            person.read()
            person.settle()
        for tie in self.ties:
            tie.busy = sum(rate for i, j in ((tie.i, tie.j), (tie.j, tie.i)) for rate in self.people[i].platform_rates(j, tie))
            for reader in (tie.i, tie.j):
                self.count_views(tie, reader)

    def meet(self, seed: int) -> list[Act]:
        """7.2: planned contacts and chance meetings."""
        rules, acts = self.rules, []
        for tie in self.ties:
            if tie.ended:
                continue
            i, j = tie.i, tie.j
            one, two = self.people[i], self.people[j]
            planned, by_chance, _, _ = self.draw(seed, draws.TIE, i, j)
            rate_i, rate_j = one.rate(tie), two.rate(tie)
            for item in range(self.poisson(planned, rate_i + rate_j)):
                who, how, _, _ = self.draw(seed, draws.CONTACT, i, j, item)
                i_starts = self.below(who, rate_i / (rate_i + rate_j))
                channel = self.way_to_meet(tie, how)
                acts.append(self.act(i, j, channel) if i_starts else self.act(j, i, channel))
            free = one.kept * two.kept if rules.displace_chance else 1.0
            meetings = self.poisson(by_chance, tie.chance * free)
            acts += [self.act(i, j, CHANCE)] * meetings
        return acts

    def way_to_meet(self, tie: Tie, luck: float) -> int:
        """7.2: the channel of a planned contact; the far call and write where the near visit."""
        visit, call = float(self.rules.visit[int(tie.far)]), float(self.rules.call[int(tie.far)])
        if self.below(luck, visit):
            return VISIT
        return CALL if self.below(luck, visit + call) else LETTER

    def respond(self, seed: int) -> list[Act]:
        """7.5: what people do on the platform of their own accord, the answers, and meetings that come of them."""
        rules, acts = self.rules, []
        if not rules.feed:
            return acts
        for tie in self.ties:
            luck = self.draw(seed, draws.TIE, tie.i, tie.j)[2]
            for item in range(self.poisson(luck, tie.busy)):
                which, answered, met, how = self.draw(seed, draws.RESPOND, tie.i, tie.j, item)
                chosen = self.which_of_eight(tie, which)
                if chosen is None:
                    continue
                sender, channel = chosen
                receiver = tie.other(sender)
                acts.append(self.act(sender, receiver, channel))
                warmth = saturating(tie[receiver].closeness, rules.reply_half)
                if not COMPOSED[channel] or not self.below(answered, float(rules.reply[channel]) * warmth):
                    continue
                acts.append(self.act(receiver, sender, channel))
                if self.below(met, rules.meet_after):
                    acts.append(self.act(sender, receiver, self.way_to_meet(tie, how)))
        return acts

    def which_of_eight(self, tie: Tie, luck: float) -> tuple[int, int] | None:
        """7.5: sender and channel of an act on the platform, each as likely as its share of all.

        None if it was to be in a community that the two no longer share.
        """
        so_far = 0.0
        for person in (tie.i, tie.j):
            for channel, rate in zip(ONES_OWN, self.people[person].platform_rates(tie.other(person), tie)):
                so_far += rate
                if self.below(luck, so_far / tie.busy):
                    return person, channel
        return None

    def occasions(self, seed: int, greeted_today: set[tuple[int, int]]) -> list[Act]:
        """7.3: cards at New Year, personal wishes on birthdays."""
        acts = []
        if self.day_of_year == 0:
            for tie in self.ties:
                if tie.ended or not tie.shared:
                    continue
                keen_i, keen_j = (
                    self.rules.cards * saturating(tie[person].closeness, self.rules.cards_half) for person in (tie.i, tie.j)
                )
                luck, who, _, _ = self.draw(seed, draws.CARD, tie.i, tie.j)
                if self.below(luck, 1 - (1 - keen_i) * (1 - keen_j)):
                    i_starts = self.below(who, keen_i / (keen_i + keen_j))
                    pair = (tie.i, tie.j) if i_starts else (tie.j, tie.i)
                    acts.append(self.act(*pair, CARD))
        for person in self.people:
            acts += person.wishes(seed, greeted_today)
        return acts

    def birthdays(self, seed: int) -> list[Act]:
        """7.6: what the dates shown today bring about: greetings, and words from who knows better."""
        if not (self.rules.online and self.rules.prompts):
            return []
        return [act for person in self.people for act in person.greetings(seed)]

    def absorb(self, acts: list[Act]) -> None:
        """7.7: closeness fades and takes the day's acts in; so do the memories of contact."""
        between = defaultdict(list)
        for act in acts:
            between[frozenset((act.sender, act.receiver))].append(act)
        for tie in self.ties:
            todays = between[frozenset((tie.i, tie.j))]
            self.count(tie, todays)
            for person in (tie.i, tie.j):
                self.take_in(tie, person, todays)
            self.remember(tie, todays)
        for tie in self.ties:  # 7.6: a true birthday over, the next greeting is a new one
            for person in (tie.i, tie.j):
                if self.people[tie.other(person)].birthday == self.day_of_year:
                    tie[person].greeted = False

    def turn_over(self, seed: int) -> None:
        """7.8: knowing, settings left, ties ended, new acquaintances; in this order."""
        self.come_to_know(seed)
        self.leave_settings(seed)
        self.end_ties()
        self.get_acquainted(seed)

    # --- parts of absorb (7.7) -------------------------------------------------------------------

    def take_in(self, tie: Tie, person: int, acts: list[Act]) -> None:
        """Closeness of one side: a share fades, each act closes a share of the distance left."""
        rules, mine, other = self.rules, tie[person], self.people[tie.other(person)]
        doses = [float((rules.dose if receives(person, act) else rules.dose_sent)[act.channel]) for act in acts]
        missed = math.prod(1 - dose for dose in doses)
        gained = (1 - missed) * (1 - mine.closeness)
        profile = self.people[person].profile
        for act, dose in zip(acts, doses):
            if dose > 0:
                share = gained * dose / sum(doses)
                self.tally.absorbed[0, profile, mine.tie_class, act.channel] += share
        if rules.feed:
            missed *= max(0.0, 1 - float(rules.dosed[other.profile]) * float(rules.dose[VIEW]) * mine.view)
        mine.closeness = mine.closeness * (1 - float(rules.fade[tie.kind])) + (1 - missed) * (1 - mine.closeness)

    def remember(self, tie: Tie, acts: list[Act]) -> None:
        """Touch and exchange, the days of last contact, and who was greeted."""
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
        """7.4: the views expected of the week to come, and what they will give, by who reads."""
        mine, poster = tie[reader], self.people[tie.other(reader)]
        where = 0, self.people[reader].profile, mine.tie_class
        dose = float(self.rules.dosed[poster.profile]) * float(self.rules.dose[VIEW])
        self.tally.viewed[where] += WEEK * mine.view
        self.tally.absorbed[(*where, VIEW)] += WEEK * dose * mine.view * (1 - mine.closeness)

    def count(self, tie: Tie, acts: list[Act]) -> None:
        """Counters of the measured year; changes nothing that the rules read."""
        closeness = (tie[tie.i].closeness + tie[tie.j].closeness) / 2
        stay = 1 + self.rules.minutes_slope * (2 * closeness - 1)  # the close stay longer
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
                self.tally.celebrated[0, date, tie[act.receiver].tie_class, act.cause] += 1
            for person in (tie.i, tie.j):
                tie_class = tie[person].tie_class
                if receives(person, act):
                    profile = self.people[person].profile
                    cause = act.cause if person == act.receiver else OWN  # a birthday is the receiver's
                    where = 0, profile, tie_class, act.channel, cause
                    self.tally.received[where] += 1
                if REAL[act.channel] and act.cause != BIRTHDAY:
                    month = self.months_since_birthday(person)
                    self.tally.season[0, tie_class, month] += 1

    # --- parts of the turnover (7.8) -------------------------------------------------------------

    def come_to_know(self, seed: int) -> None:
        """Closeness teaches birthdays; prompts may unteach them."""
        for tie in self.ties:
            for i, j in ((tie.i, tie.j), (tie.j, tie.i)):
                mine = tie[i]
                learns, forgets, _, _ = self.draw(seed, draws.KNOW, i, j)
                if not mine.knows:
                    mine.knows = self.below(learns, self.rules.know * mine.closeness)
                elif tie.linked and self.rules.prompts:
                    mine.knows = not self.below(forgets, self.rules.forget)

    def leave_settings(self, seed: int) -> None:
        """People change places; a tie whose two places differ lives on as one of a past setting."""
        rules = self.rules
        for person in self.people:
            for place in range(len(PLACES)):
                i = person.number
                leaves, where, _, _ = self.draw(seed, draws.LEAVE, i, i, item=place)
                if self.below(leaves, rules.leave) and person.places[place] >= 0:
                    person.places[place] = math.floor(where * self.place_counts[place])
        for tie in self.ties:
            if tie.origin not in SETTINGS:
                continue
            place = SETTINGS.index(tie.origin)
            apart = self.people[tie.i].places[place] != self.people[tie.j].places[place]
            luck = self.draw(seed, draws.LEAVE_TIE, tie.i, tie.j)[0]
            if self.below(luck, rules.leave_tie) or apart:
                usual = float(rules.chance[tie.origin])
                tie.chance *= float(rules.chance[FROM_PAST]) / usual if usual > 0 else 0.0
                tie.origin = FROM_PAST

    def end_ties(self) -> None:
        """Ties faint on both sides, unlinked and unused, end; those of before the branch stay listed."""
        for tie in list(self.ties):
            # every comparison is made, so that `closest` sees both
            faint = [self.below(side.closeness, self.rules.faint) for side in tie.sides.values()]
            unused = self.day - tie.last_real > self.rules.unused
            if tie.ended or tie.linked or not (all(faint) and unused):
                continue
            later = {side.tie_class for side in tie.sides.values()} & {NEW_TIE, ONLINE_BORN}
            if self.branched and not later:
                tie.ended = True
                tie.chance = 0.0
                for side in tie.sides.values():
                    side.weight = 0.0
            else:
                self.graph.remove_edge(tie.i, tie.j)

    def get_acquainted(self, seed: int) -> None:
        """Everybody chooses among the ties as they are; then the chosen ties begin."""
        chosen: dict[tuple[int, int], int] = {}
        for person in self.people:
            for other, origin in person.acquaintances(seed):
                pair = min(person.number, other), max(person.number, other)
                chosen.setdefault(pair, origin)  # lower person and lower item first
        for (i, j), origin in chosen.items():
            self.begin(seed, i, j, origin)
        self.tally = roomier(self.tally, self.graph.number_of_edges())

    def begin(self, seed: int, i: int, j: int, origin: int) -> None:
        """A new tie between i < j, or their ended one back."""
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
            if tie.link_only:  # linked before they met: now a tie like any new one
                tie.kind, tie.affinity, tie.far = FRIEND, affinity, tie.far or far
                for side in tie.sides.values():
                    side.tie_class = tie_class
            for side in tie.sides.values():
                side.closeness = max(side.closeness, rules.first_closeness)
            tie.ended, tie.origin, tie.chance, tie.last_real = False, origin, chance, self.day
            tie.shared = tie.shared or origin != FROM_FRIENDS
            return
        members = self.people[i].member and self.people[j].member
        link = self.draw(seed, draws.LINK, i, j, day=0)[0]
        unlinked = (1 - rules.link_share) * math.exp(-rules.link_slope * rules.first_closeness)
        tie = Tie(
            sides={person: Side(closeness=rules.first_closeness, tie_class=tie_class) for person in (i, j)},
            i=i,
            j=j,
            kind=FRIEND,
            origin=origin,
            far=far,
            affinity=affinity,
            chance=chance,
            shared=origin != FROM_FRIENDS,
            last_real=self.day,
            linked=members and self.below(link, 1 - unlinked),
        )
        self.graph.add_edge(i, j, tie=tie)

    # --- luck (7.10) -----------------------------------------------------------------------------

    def draw(self, seed: int, use: int, i: int, j: int, item: int = 0, day: int | None = None) -> list[float]:
        """Four uniforms of today, or of day 0 for what is drawn once in the life of a tie."""
        when = self.day if day is None else day
        return [float(u) for u in draws.draw(np.uint64(seed), use, when, i, j, item)]

    def below(self, u: float, p: float) -> bool:
        """Does a thing of probability p happen? Remembers how close a call it was."""
        self.closest = min(self.closest, abs(u - p))
        return u < p

    def poisson(self, u: float, mean: float) -> int:
        """A Poisson number by inversion: how many k = 0, 1, 2, ... have u >= P(at most k)."""
        if mean == 0:
            return 0
        count = 0
        exactly = at_most = math.exp(-mean)
        while count < MOST and not self.below(u, at_most):
            count += 1
            exactly *= mean / count
            at_most += exactly
        return count

    def normal(self, seed: int, use: int, i: int, j: int) -> float:
        """A standard normal number of a pair, the same on every day (Box and Muller 1958)."""
        u, v, _, _ = self.draw(seed, use, i, j, day=0)
        return math.sqrt(-2 * math.log(1 - u)) * math.cos(2 * math.pi * v)

    def race(self, runners: Iterable[tuple[int, float, float]]) -> int | None:
        """The first home of (number, speed, draw): the time is -ln(draw) / speed.

        One draw each, so that a new runner moves nobody else's luck.
        """
        times = sorted(
            (-math.log(u) / speed if u > 0 else math.inf, number, speed, u) for number, speed, u in runners if speed > 0
        )
        if len(times) > 1:
            _, _, speed, u = times[0]
            self.below(u, math.exp(-speed * times[1][0]))  # what it had to draw to be second
        return times[0][1] if times else None

    # --- looking around --------------------------------------------------------------------------

    @property
    def ties(self) -> Iterator[Tie]:
        return (tie for _, _, tie in self.graph.edges(data="tie"))

    @property
    def day_of_year(self) -> int:
        return self.day % YEAR

    def are_friends(self, tie: Tie) -> bool:
        """7.4: does the tie count on the platform? Linked, not ended, both members."""
        return tie.linked and not tie.ended and self.people[tie.i].member and self.people[tie.j].member

    def tied(self, i: int, j: int) -> bool:
        """Have the two a tie that has not ended, other than a mere link?"""
        return self.graph.has_edge(i, j) and self.graph[i][j]["tie"].met

    def act(self, sender: int, receiver: int, channel: int, cause: int = OWN) -> Act:
        return Act(self.day, sender, receiver, channel, cause)

    def months_since_birthday(self, person: int) -> int:
        """Twelfths of a year, 0 to 11, since the person's last birthday."""
        return (self.day_of_year - self.people[person].birthday) % YEAR * 12 // YEAR

    # --- from and to arrays ----------------------------------------------------------------------

    @classmethod
    def from_state(cls, state: State, rules: Rules, key: int = 0) -> PlainSociety:
        """The society that a State describes; the State stays as it is."""
        society = cls(rules, key)
        society.day = state.day
        society.place_counts = state.place_counts
        society.sampled = state.sampled
        society.branched = state.branched
        society.tally = Tally(*(counts.copy() for counts in state.tally))
        for number, traits in enumerate(zip(*(column.tolist() for column in state.people))):
            person = PlainPerson(society, number, **dict(zip(People._fields, traits)))
            society.people.append(person)
            society.graph.add_node(number)
        # Mesa counts its agents in a table of the class Agent, which would keep every model alive
        mesa.Agent._ids.pop(society, None)
        for tie in ties_from(state.ties):
            society.graph.add_edge(tie.i, tie.j, tie=tie)
        return society

    def to_state(self) -> State:
        """The society as arrays, ties in tile order."""
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
        )


def saturating(x: float, half: float) -> float:
    """x / (x + half): 0 at 0, a half at `half`, near 1 far above."""
    return x / (x + half) if x > 0 else 0.0


def receives(person: int, act: Act) -> bool:
    """Is the person a receiver of the act? Of a two-sided one both are."""
    return TWO_SIDED[act.channel] or act.receiver == person


def as_array(column: Column, values: list) -> np.ndarray:
    """The values of a column as its array, also when there are none."""
    return np.array(values, column.type).reshape(-1, *column.shape)


def ties_from(ties: Ties) -> Iterator[Tie]:
    """The rows of the arrays as Ties."""

    def rows(side: str) -> Iterator[tuple]:
        """What `attributes` names, of each tie."""
        columns = [getattr(ties, column.name) for column in columns_of(side)]
        flags = [ties.flags & 1 << bit != 0 for bit, flag in enumerate(FLAGS) if flag.side == side]
        return zip(*(column.tolist() for column in columns + flags))

    for shared, mine, others, gestures in zip(rows(""), rows("ij"), rows("ji"), ties.gestures.tolist()):
        sent, received = (Counter(dict(zip(GESTURES, counts))) for counts in gestures)
        tie = Tie({}, *shared)
        tie.sides = {tie.i: Side(*mine, sent), tie.j: Side(*others, received)}
        yield tie


def arrays_of(ties: list[Tie]) -> Ties:
    """Ties as rows of arrays, in the order given."""
    parts = {"": ties, "ij": [tie[tie.i] for tie in ties], "ji": [tie[tie.j] for tie in ties]}

    def values(entry: Column | Flag) -> list:
        return [getattr(part, entry.twin) for part in parts[entry.side]]

    held = {column.name: values(column) for side in parts for column in columns_of(side)}
    held["flags"] = sum(np.array(values(flag), np.uint8) << bit for bit, flag in enumerate(FLAGS))
    held["gestures"] = [[[side.gestures[sort] for sort in GESTURES] for side in (tie[tie.i], tie[tie.j])] for tie in ties]
    return Ties(**{column.name: as_array(column, held[column.name]) for column in TIE})
