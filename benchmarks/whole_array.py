"""The days of the model in whole-array NumPy, as a modeller would write them: each rule is an operation on whole columns.

These are steps 1, 4, 5, 2 and 7 of docs/model.md. The columns of both sides of a tie are stacked: entry 0 is the side of i, entry
1 that of j. There are two societies. `WholeArrays` has the luck of the week, keyed by the vectorised function of `sim.draws`, so
its acts and closeness are those of the fast engine. `DrawnDaily` draws every day with numpy.random, as one would without keyed
luck.

What they do not do, and the fast engine does: birthdays and New Year, turnover, and everything that only measures read.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim import draws
from sim.channels import CALL, CHANCE, COMMENT, COMPOSED, GROUP, LETTER, MESSAGE, REACTION, REAL, TWO_SIDED, VIEW, VISIT
from sim.study.single.turns import Contender
from sim.world.columns import ENDED, FAR, LINKED
from sim.world.model import World
from sim.world.state import BY_CLOSENESS, WEEK, Rules, State

SORTS = draws.CONTACT, draws.MEETING, draws.RESPOND  # uses of candidates, in the order of the words of TIE
MOST = 56  # candidates of a sort in a week
NOBODY = np.empty(0, np.intp)
PLATFORM = np.array([REACTION, COMMENT, MESSAGE, GROUP])
LASTING_ACTS = np.array(COMPOSED) & ~np.array(REAL)  # by channel: composed acts on the platform
f32 = np.float32


class Candidates(NamedTuple):
    """The acts of one sort that may happen this week, or that happen today: arrays with an entry for each.

    row : of the tie; item : its number in the week; luck : (candidates, 4), its own draw
    """

    row: np.ndarray
    item: np.ndarray
    luck: np.ndarray

    def chosen(self, selection: np.ndarray) -> Candidates:
        return Candidates(*(column[selection] for column in self))


class Acts(NamedTuple):
    """Acts of a day: row of the tie, side of the sender, channel."""

    row: np.ndarray
    side: np.ndarray
    channel: np.ndarray


def contender(name: str, world: World, days: int, daily: bool) -> Contender:
    """So many days from the state of a world on. They hold no turnover."""
    seed, state = world.luck(world.day), world.state

    def prepared():
        arrays = (DrawnDaily if daily else WholeArrays)(state, world.rules, seed)
        return lambda: arrays.run(days)

    return Contender(name, state.ties.i.size * days, prepared)


def divided(people, can_comment, can_message, can_group) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(people,) comments, messages and group exchanges a day: what cannot be sent goes to the other channel or side."""
    comments, private = people.comments, people.messages + people.groups
    to_one = np.where(can_group, quotient(people.messages, private, empty=1), f32(1)) * can_message
    any_private = can_message | can_group
    all_comments = np.where(can_comment, comments + np.where(any_private, f32(0), private), f32(0))
    private = np.where(any_private, private + np.where(can_comment, f32(0), comments), f32(0))
    return all_comments, private * to_one, private * (1 - to_one)


class WholeArrays:
    """A society of whole columns, from a state that it leaves as it is. `c`, (2, ties), holds closeness."""

    def __init__(self, state: State, rules: Rules, seed: int):
        people, ties = state.people, state.ties
        self.people, self.rules, self.seed, self.day = people, rules, seed, state.day
        self.me = np.stack([ties.i, ties.j]).astype(np.intp)
        self.other = self.me[::-1]
        self.c = np.stack([ties.c_ij, ties.c_ji])
        self.touch, self.exchange, self.chance = ties.touch.copy(), ties.exchange.copy(), ties.chance
        self.lasting = f32(1) - rules.fade[ties.kind]
        self.far = (ties.flags & FAR != 0).astype(np.intp)
        i, j = self.me
        ended = ties.flags & ENDED != 0
        self.affinity = np.where(ended, f32(0), ties.affinity)
        self.friends = (ties.flags & LINKED != 0) & ~ended & people.member[i] & people.member[j]
        shared = (people.places[i] == people.places[j]) & (people.places[i] >= 0)
        self.together = shared.any(axis=1) & self.friends

    def run(self, days: int) -> None:
        for _ in range(days):
            if self.day % WEEK == 0:
                self.plan()
                self.draw_week()
            self.absorb(self.acts_of_today())
            self.day += 1

    def sum_of(self, values: np.ndarray) -> np.ndarray:
        """(people,) sums over both sides of ties."""
        return np.bincount(self.me.ravel(), values.ravel(), self.people.profile.size)

    def plan(self) -> None:
        """7.1, 7.4, 7.5: weights and rates of the week."""
        people, rules, me, other = self.people, self.rules, self.me, self.other
        weight = self.affinity * self.c ** f32(rules.gamma)
        drive = quotient(people.contacts * people.kept, self.sum_of(weight))
        self.planned = drive[me] * weight

        attention = self.c ** people.attend[me]
        eager = np.minimum(f32(1), attention * (rules.attend_at ** (1 - people.attend))[me])
        warmth, posts = rules.floor + eager, people.posts[other] * self.friends
        ranked = (rules.rank_floor + self.c) ** f32(rules.rank_slope) if rules.order == BY_CLOSENESS else f32(1)
        share = quotient(people.items * rules.friends_share, self.sum_of(posts * ranked))
        opened = np.minimum(f32(1), (rules.opening * people.opened)[other] * warmth)
        view = np.minimum(posts, share[me] * posts * ranked) * opened + rules.visits * warmth * self.friends

        talk = people.discussed[other] * view * attention
        wanted = self.affinity * attention * self.friends
        spoken, suited = self.sum_of(talk), self.sum_of(wanted)
        sharing = self.sum_of(np.broadcast_to(self.together, me.shape))
        comments, messages, groups = divided(people, spoken > 0, suited > 0, sharing > 0)
        comment, message = quotient(comments, spoken)[me] * talk, quotient(messages, suited)[me] * wanted
        group = quotient(groups, sharing)[me] * self.together
        acts = np.stack([people.reactions[me] * view, comment, message, group], axis=1)  # (2, 4, ties)
        minutes = self.sum_of(np.einsum("skt,k->st", acts, rules.minutes[PLATFORM]))
        left = np.maximum(0, people.minutes - people.items * rules.item_minutes)
        acts *= np.minimum(1, quotient(left, minutes, empty=1))[me][:, None, :]
        self.acts = acts.reshape(8, -1)
        self.busy = self.acts.sum(axis=0)
        dose = rules.dose[VIEW] * people.dosed[other]
        self.unread = np.maximum(f32(0), f32(1) - dose * view)
        self.untouched = np.maximum(f32(0), f32(1) - rules.touches[VIEW] * view.sum(axis=0))

    def draw_week(self) -> None:
        """7.2: the luck of the week, and its candidates at the highest rates that the memories allow."""
        self.luck = draws.uniforms(self.seed, draws.TIE, self.day, *self.me)
        rates = self.planned.sum(axis=0) * (1 + self.rules.complement), self.chances(), self.busy
        self.week = [self.candidates(sort, rate) for sort, rate in enumerate(rates)]

    def candidates(self, sort: int, rate: np.ndarray) -> Candidates:
        number = poisson(self.luck[:, sort], WEEK * rate)
        rows = [np.flatnonzero(number > item) for item in range(number.max(initial=0))]
        own = [draws.uniforms(self.seed, SORTS[sort], self.day, *self.me[:, some], item=n) for n, some in enumerate(rows)]
        item = np.repeat(np.arange(len(rows)), [len(some) for some in rows])
        return Candidates(np.concatenate([*rows, NOBODY]), item, np.concatenate([*own, np.empty((0, 4), f32)]))

    def happening(self, sort: int, rate: np.ndarray) -> Candidates:
        """7.2: the candidates of today that happen at today's rate."""
        today = self.week[sort].chosen(np.floor(WEEK * self.week[sort].luck[:, 0]) == self.day % WEEK)
        return today.chosen(today.item < poisson(self.luck[today.row, sort], WEEK * rate[today.row]))

    def words_of_way(self, contacts: Candidates) -> np.ndarray:
        """7.5: word 0 of draw WAY, for contacts that follow an answer."""
        first, words = self.day - self.day % WEEK, np.empty(contacts.row.size, f32)
        for item in np.unique(contacts.item):
            some = contacts.item == item
            words[some] = draws.uniforms(self.seed, draws.WAY, first, *self.me[:, contacts.row[some]], item=item)[:, 0]
        return words

    def chances(self) -> np.ndarray:
        """7.2: chance meetings a day."""
        return self.chance * self.people.kept[self.me].prod(axis=0) if self.rules.displace_chance else self.chance

    def acts_of_today(self) -> Acts:
        scale = (1 - self.rules.substitution * self.touch) * (1 + self.rules.complement * self.exchange)
        planned = self.planned * scale
        acts = [
            self.contacts(self.happening(0, planned.sum(axis=0)), planned),
            self.meetings(self.happening(1, self.chances())),
            *self.platform_acts(self.happening(2, self.busy)),
        ]
        return Acts(*(np.concatenate(column) for column in zip(*acts)))

    def contacts(self, happening: Candidates, planned: np.ndarray) -> Acts:
        row, _, luck = happening
        side = luck[:, 1] * planned[:, row].sum(axis=0) >= planned[0, row]
        return Acts(row, side.astype(np.intp), self.way(row, luck[:, 2]))

    def meetings(self, happening: Candidates) -> Acts:
        row = happening.row
        return Acts(row, np.zeros(row.size, np.intp), np.full(row.size, CHANCE))

    def platform_acts(self, happening: Candidates) -> list[Acts]:
        """7.5: the acts, their answers, and the contacts that follow answers."""
        ends = np.cumsum(self.acts[:, happening.row], axis=0)
        place = (happening.luck[:, 1] * self.busy[happening.row] >= ends).sum(axis=0)
        known = np.flatnonzero(place < 8)
        happening, place = happening.chosen(known), place[known]
        row, _, luck = happening
        side, channel = place // 4, PLATFORM[place % 4]
        felt = self.c[1 - side, row]
        answered = np.flatnonzero(luck[:, 2] < self.rules.reply[channel] * quotient(felt, felt + self.rules.reply_half))
        meeting = answered[luck[answered, 3] < self.rules.meet_after]
        return [
            Acts(row, side, channel),
            Acts(row[answered], 1 - side[answered], channel[answered]),
            Acts(row[meeting], side[meeting], self.way(row[meeting], self.words_of_way(happening.chosen(meeting)))),
        ]

    def way(self, row, word) -> np.ndarray:
        """7.2: visit, call or letter."""
        visit, call = self.rules.visit[self.far[row]], self.rules.call[self.far[row]]
        return np.where(word < visit, VISIT, np.where(word < visit + call, CALL, LETTER))

    def absorb(self, acts: Acts) -> None:
        """7.7: closeness and both memories at the end of the day."""
        rules, (row, side, channel) = self.rules, acts
        sent = np.where(np.array(TWO_SIDED)[channel], rules.dose[channel], rules.dose_sent[channel])
        missed, untouched = self.unread.copy(), self.untouched.copy()
        np.multiply.at(missed, (side, row), 1 - sent)
        np.multiply.at(missed, (1 - side, row), 1 - rules.dose[channel])
        np.multiply.at(untouched, row, 1 - rules.touches[channel])
        self.c = self.c * self.lasting + (1 - missed) * (1 - self.c)
        self.touch = self.touch * (1 - rules.touch_fade) + (1 - untouched) * (1 - self.touch)
        self.exchange = self.exchange * (1 - rules.exchange_fade)
        self.exchange[row[LASTING_ACTS[channel]]] = 1


class DrawnDaily(WholeArrays):
    """The same society with other luck: the numbers of acts are drawn every day, by numpy.random."""

    def draw_week(self) -> None:
        self.random = np.random.default_rng([self.seed, self.day])

    def happening(self, sort: int, rate: np.ndarray) -> Candidates:
        number = self.random.poisson(rate)
        row = np.repeat(np.arange(number.size), number)
        return Candidates(row, np.zeros_like(row), self.random.random((row.size, 4), f32))

    def words_of_way(self, contacts: Candidates) -> np.ndarray:
        return contacts.luck[:, 0]


def quotient(number: np.ndarray, total: np.ndarray, empty: float = 0) -> np.ndarray:
    """number / total, float32; `empty` where the total is 0."""
    return np.divide(number, total, out=np.full(total.shape, empty, np.float64), where=total > 0).astype(f32)


def poisson(word: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """7.10: the number N(word, mean), by inversion."""
    number = np.zeros(word.size, np.int64)
    term = np.exp(-mean)
    more = np.flatnonzero(word >= term)
    word, mean, term, below = word[more], mean[more], term[more], term[more]
    while more.size:
        number[more] += 1
        term = term * mean / number[more]
        below = below + term
        higher = (word >= below) & (number[more] < MOST)
        more, word, mean, term, below = (column[higher] for column in (more, word, mean, term, below))
    return number
