"""What a user writes, as frozen, checked objects: societies, profiles, platforms, studies.

A number is read as `society.contacts.initiated.value`, a switch as
`society.response.displace_chance`. Whatever passed this door is in bounds: nothing later checks
again. No file is read here (see `reading`).
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, NoReturn, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from sim.errors import InputError, Problem, nearest
from sim.scenario import bounds, fingerprint
from sim.scenario import design as designs
from sim.scenario.bounds import YEAR
from sim.scenario.design import Axis
from sim.scenario.figure_names import USUAL, a_figure
from sim.scenario.fingerprint import Pieces
from sim.scenario.measures import MEASURES
from sim.scenario.names import (
    ALL,
    BURN_IN,
    CLAIM,
    LABEL,
    NAME,
    PLACEBO,
    RESHUFFLED,
    REST,
    SIGN,
    TEXT,
    Fault,
    Refusal,
    described,
    dotted,
    full_name,
    not_reserved,
    plain_type,
    problems,
    refuse,
)

FORMAT = 1

STATUSES = ("computed", "read", "secondhand", "recalled", "proxy", "assumed", "claimed")
"""How a number is known, best first. A number that a study replaced has the status "set"."""


class Piece(BaseModel):
    """A table of a scenario file: no unknown key, no change, text is not a number, no NaN.

    Built when first used: parts of a society are only ever read as parts of it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False, defer_build=True)


class Table(dict):
    """A dict that cannot be changed."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("a scenario cannot be changed; write another one")

    __setitem__ = __delitem__ = __ior__ = _refuse  # type: ignore[assignment]
    clear = pop = popitem = setdefault = update = _refuse  # type: ignore[assignment]

    def __reduce__(self):
        return type(self), (dict(self),)


def _not_used_as(reserved: tuple[str, ...], use: str) -> AfterValidator:
    return AfterValidator(lambda name: not_reserved(name, reserved, use))


K = TypeVar("K")
V = TypeVar("V")
TableOf = Annotated[dict[K, V], AfterValidator(Table)]
ListOf = Annotated[tuple[V, ...], Field(strict=False)]

Name = Annotated[str, Field(pattern=NAME)]
ArmName = Annotated[Name, _not_used_as((PLACEBO, RESHUFFLED), "an arm that every study has unwritten")]
ProfileName = Annotated[Name, _not_used_as((ALL,), "all profiles together, in every table")]
FileName = Annotated[Name, _not_used_as((), "")]
Text = Annotated[str, Field(pattern=TEXT)]
People = Annotated[int, bounds.PEOPLE]
Seeds = Annotated[int, bounds.SEEDS]
Format = Annotated[Literal[1], Field(description="version of the form of this file; this program reads 1")]


# Numbers ------------------------------------------------------------------------------------------


def _a_status(status: Any) -> Any:
    if status not in STATUSES:
        refuse([Fault((), described(status), nearest(str(status), STATUSES))])
    return status


def _not_nearly_nothing(value: float) -> float:
    if value and abs(value) < bounds.LEAST:
        refuse([Fault((), f"{value:g} is nearly nothing", f"0, or at least {bounds.LEAST:g} away from it")])
    return value


_NOT_NEARLY_NOTHING = AfterValidator(_not_nearly_nothing)
F = TypeVar("F", bound=float)


class Number(Piece, Generic[F]):
    """A number.

    Its value, the plausible range that sweeps use, its unit, and how it is known.
    """

    value: Annotated[F, _NOT_NEARLY_NOTHING] = Field(description="the value the model uses")
    low: Annotated[F, _NOT_NEARLY_NOTHING] | None = Field(None, description="the least plausible value")
    high: Annotated[F, _NOT_NEARLY_NOTHING] | None = Field(None, description="the greatest plausible value")
    unit: Text = Field(description="the unit")
    status: Annotated[str, BeforeValidator(_a_status)] = Field(
        description="how it is known", json_schema_extra={"enum": list(STATUSES)}
    )
    source: str | None = Field(None, description="where it is from; `why` says as much")
    why: str | None = Field(None, description="why it is assumed; `source` says as much")

    @model_validator(mode="after")
    def _has_range_and_reason(self) -> Self:
        low = -math.inf if self.low is None else self.low
        high = math.inf if self.high is None else self.high
        faults = []
        if low > high:
            faults.append(Fault((), f"low {low:g} above high {high:g}", "low <= value <= high"))
        elif not low <= self.value <= high:
            found = f"value {self.value:g} outside its own range {low:g} to {high:g}"
            faults.append(Fault((), found, "low <= value <= high"))
        if not self.reason.strip():
            found = "missing" if self.source is None and self.why is None else "blank"
            faults.append(Fault(("source",), found, "where the number is from, or why"))
        refuse(faults)
        return self

    @property
    def reason(self) -> str:
        """Where the number is from, or why it is assumed."""
        return self.source or self.why or ""

    def at(self, value: float) -> Self:
        """The same number with another value, status "set"; a limit it passes is dropped."""
        written = {"unit": self.unit, "status": "assumed", "source": "set by the study"}
        new = type(self).model_validate({"value": value} | written)
        kept = {
            "low": None if self.low is None or new.value < self.low else self.low,
            "high": None if self.high is None or new.value > self.high else self.high,
        }
        return new.model_copy(update={"status": "set"} | kept)


class Share(Number[Annotated[float, bounds.SHARE]]):
    """A share, probability or closeness."""


class SomeShare(Number[Annotated[float, bounds.SOME_SHARE]]):
    """A share or closeness that is not nothing."""


class Mean(Number[Annotated[float, bounds.MEAN]]):
    """The mean of people's propensities."""


class Dose(Number[Annotated[float, bounds.DOSE]]):
    """A dose of closeness or touch."""


class Spread(Number[Annotated[float, bounds.SPREAD]]):
    """How far people or ties differ."""


class Exponent(Number[Annotated[float, bounds.EXPONENT]]):
    """An exponent."""


class SupportExponent(Number[Annotated[float, bounds.SUPPORT_EXPONENT]]):
    """The exponent of support."""


class Factor(Number[Annotated[float, bounds.FACTOR]]):
    """A factor or ratio."""


class Weight(Number[Annotated[float, bounds.WEIGHT]]):
    """A factor that is not nothing."""


class Concentration(Number[Annotated[float, bounds.CONCENTRATION]]):
    """How alike people are."""


class Meetings(Number[Annotated[float, bounds.MEETINGS]]):
    """Meetings or planned contacts a day."""


class Minutes(Number[Annotated[float, bounds.MINUTES]]):
    """Minutes, at most a day of them."""


class HalfLife(Number[Annotated[float, bounds.HALF_LIFE]]):
    """A half-life."""


class Memory(Number[Annotated[float, bounds.MEMORY]]):
    """A time over which a memory fades."""


class Unused(Number[Annotated[float, bounds.UNUSED]]):
    """A time without contact."""


class Whole(Number[F], Generic[F]):
    """A whole number."""


class Years(Whole[Annotated[float, bounds.YEARS]]):
    """A whole number of years."""


class GroupSize(Whole[Annotated[float, bounds.GROUP_SIZE]]):
    """A whole number of people."""


class UsualTies(Number[Annotated[float, bounds.USUAL_TIES]]):
    """Ties of a person."""


class NewTies(Number[Annotated[float, bounds.NEW_TIES]]):
    """New ties of a person."""


class Mobility(Number[Annotated[float, bounds.MOBILITY]]):
    """A score of relational mobility."""


class MobilitySlope(Number[Annotated[float, bounds.MOBILITY_SLOPE]]):
    """How new ties follow relational mobility."""


class Slope(Number[Annotated[float, bounds.SLOPE]]):
    """A slope over closeness."""


class LinkCount(Number[Annotated[float, bounds.LINKS]]):
    """Links of a member."""


class Acts(Number[Annotated[float, bounds.ACTS]]):
    """Acts of a member a day."""


class Items(Number[Annotated[float, bounds.ITEMS]]):
    """Items that a member sees a day."""


class PerView(Number[Annotated[float, bounds.PER_VIEW]]):
    """A rate per view or closeness."""


# The society --------------------------------------------------------------------------------------


class BurnIn(Piece):
    """Years lived without a platform before the branch."""

    years: Years = Field(description="years until a generated society is steady")
    given_years: Years = Field(description="years lived by a graph that somebody brings")


class Contacts(Piece):
    """Planned real-life contact."""

    initiated: Meetings = Field(description="planned contacts a person initiates, per day")
    spread: Spread = Field(description="how people differ in that, ln sd")
    gamma_meet: Exponent = Field(description="how planned contact follows closeness, exponent")
    minutes_slope: Share = Field(description="how much longer closer people stay")


class Affinity(Piece):
    """How well two people suit each other; fixed for a tie."""

    spread: Spread = Field(description="how ties differ, ln sd")
    kin: Weight = Field(description="factor for kin")
    newcomers: Weight = Field(description="factor for new acquaintances")


class Setting(Piece):
    """A type of group in which people meet."""

    size: GroupSize = Field(description="people in a group")
    tied: Share = Field(description="share of pairs within it who know each other at the start")


class Settings(Piece):
    """Feld's foci: kin, work, neighbourhood, club, and two past settings."""

    kin: Setting = Field(description="kin groups")
    work: Setting = Field(description="workplaces and schools")
    neighbourhood: Setting = Field(description="neighbourhoods")
    club: Setting = Field(description="clubs")
    past: Setting = Field(description="settings once shared")


class Chance(Piece):
    """Meetings that a shared setting brings without anyone deciding, per pair and day."""

    kin: Meetings = Field(description="between kin, meetings/day")
    work: Meetings = Field(description="at work, meetings/day")
    neighbourhood: Meetings = Field(description="in the neighbourhood, meetings/day")
    club: Meetings = Field(description="at a club, meetings/day")
    past: Meetings = Field(description="from a setting once shared, meetings/day")
    spread: Spread = Field(description="how pairs differ, ln sd")


class Distance(Piece):
    """Share of ties, by where they come from, whose people live far from each other."""

    kin: Share = Field(description="of kin")
    work: Share = Field(description="of ties from work")
    neighbourhood: Share = Field(description="of ties from the neighbourhood")
    club: Share = Field(description="of ties from a club")
    past: Share = Field(description="of ties from a past setting")
    friends: Share = Field(description="of ties made through a friend")


def _at_most_all(*parts: tuple[str, Number]) -> None:
    """Shares of one whole: refused together if they are more than all of it."""
    total = sum(number.value for _, number in parts)
    if total > 1 + 1e-9:
        named = " + ".join(f"{name} {number.value:g}" for name, number in parts)
        refuse([Fault((), f"{named} = {total:g}", "at most 1 together")])


class Mix(Piece):
    """How a planned contact is made; the rest are letters."""

    visit: Share = Field(description="share of visits")
    call: Share = Field(description="share of calls")

    @model_validator(mode="after")
    def _leaves_room(self) -> Self:
        _at_most_all(("visit", self.visit), ("call", self.call))
        return self


class ChannelMix(Piece):
    """How a planned contact is made, by distance."""

    near: Mix = Field(description="between people who live near each other")
    far: Mix = Field(description="between people who live far from each other")


class Seen(Piece):
    """Something one person gets of another."""

    dose: Dose = Field(description="closeness the receiver gains, from 0, per contact")


class Meeting(Seen):
    """Two-sided contact: both are receivers."""

    minutes: Minutes = Field(description="minutes it takes, for both")


class Written(Meeting):
    """Contact with a sender and a receiver."""

    dose_sent: Dose = Field(description="closeness the sender gains, from 0, per contact")


class Glance(Seen):
    """Reading on a platform; its minutes are those of the feed."""

    touch: Dose = Field(description="how far it renews the feeling of being in touch")


class Gesture(Glance):
    """A greeting on a platform; its minutes are not counted."""

    dose_sent: Dose = Field(description="closeness the sender gains, from 0, per contact")


class Act(Gesture):
    """An act on a platform that takes time."""

    minutes: Minutes = Field(description="minutes it takes the sender")


class Channels(Piece):
    """Every way of being in contact; those of the platform act after the branch."""

    visit: Meeting = Field(description="in person, planned; two-sided")
    call: Meeting = Field(description="by voice; two-sided")
    letter: Written = Field(description="written, one way")
    card: Written = Field(description="New Year and birthday cards")
    chance: Meeting = Field(description="a meeting nobody planned; two-sided")
    greeting: Gesture = Field(description="a prompted birthday greeting, in public")
    message: Act = Field(description="a private message on the platform")
    comment: Act = Field(description="a public comment on a post")
    group: Act = Field(description="an exchange inside a community on the platform")
    reaction: Act = Field(description="one click on a post")
    view: Glance = Field(description="reading a post; the reader is the receiver")


class Decay(Piece):
    """Days without contact until closeness has halved."""

    friend: HalfLife = Field(description="between friends, days to half")
    kin: HalfLife = Field(description="between kin, days to half")


class Occasions(Piece):
    """New Year and birthdays in real life."""

    cards: Share = Field(description="most a person sends a New Year card, P")
    cards_half: SomeShare = Field(description="closeness at which half of that is reached")
    birthday: Share = Field(description="most a known birthday is greeted in person, P")
    birthday_half: SomeShare = Field(description="closeness at which half of that is reached")
    by_card: Share = Field(description="share of birthday greetings by card")
    by_call: Share = Field(description="share of birthday greetings by call; the rest visit")

    @model_validator(mode="after")
    def _leave_room(self) -> Self:
        _at_most_all(("by_card", self.by_card), ("by_call", self.by_call))
        return self


class Knowing(Piece):
    """Knowing somebody's true birthday."""

    gain: Share = Field(description="P of coming to know it, per month at closeness 1")


class Turnover(Piece):
    """Settings left, ties ended, acquaintances made; monthly, a month is 30 days."""

    new_ties: NewTies = Field(description="acquaintances a person initiates, per month")
    usual_ties: UsualTies = Field(description="ties per person at which new_ties holds; a given graph has its part of both")
    closure: Share = Field(description="share of them met through a friend")
    first_closeness: Share = Field(description="closeness of a new tie")
    leave: Share = Field(description="P that a person leaves a setting for another, per month")
    leave_tie: Share = Field(description="P that one tie leaves its setting, per month")
    faint: Share = Field(description="closeness below which an unused tie may end")
    unused: Unused = Field(description="days without real contact after which a tie is unused")
    mobility: MobilitySlope = Field(description="how new ties follow a profile's relational mobility")


class Traits(Piece):
    """How people differ."""

    greet_mean: Mean = Field(description="mean propensity to follow a birthday prompt, P")
    greet_concentration: Concentration = Field(description="how alike people are in that, Beta a + b")
    minutes_spread: Spread = Field(description="how people differ in platform minutes, ln sd")
    links_spread: Spread = Field(description="how people differ in number of links, ln sd")
    posts_spread: Spread = Field(description="how people differ in posting, ln sd")
    comments_spread: Spread = Field(description="how people differ in commenting, ln sd")


class Response(Piece):
    """How people answer a platform. Acts after the branch: this is the question."""

    substitution: Share = Field(description="how far being in touch replaces the wish to meet")
    complement: Factor = Field(description="how far composed exchange leads to meeting")
    displacement: Share = Field(description="share of platform minutes taken from contact")
    displace_chance: bool = Field(description="whether chance meetings are displaced too")
    suppression: Share = Field(description="P that a public greeting stands in for a personal one")
    forget: Share = Field(description="P of forgetting a birthday that is prompted, per month")
    nonbirthday: Share = Field(description="P, times closeness, of a private word on a date known to be false")
    composed_dose: Factor = Field(description="factor on the doses of messages, comments and group exchanges")
    cheap_dose: Factor = Field(description="factor on the doses of greetings, reactions and views")
    meet_after: Share = Field(description="P that an answered exchange leads to a plan to meet")
    reply_half: SomeShare = Field(description="closeness at which half of what may be answered is")
    touch_memory: Memory = Field(description="days over which being in touch fades")
    exchange_memory: Memory = Field(description="days over which an exchange fades")


class Reference(Piece):
    """Computed once in the reference society, used by measures alone."""

    support_exponent: SupportExponent = Field(description="exponent k of support, the sum of c^k")
    strong: Share = Field(description="closeness from which a tie is strong (15 of them)")
    clique: Share = Field(description="closeness from which a tie is among the closest (5)")


class Society(Piece):
    """Adults and their real-life ties before any platform."""

    format: Format
    name: Name = Field(description="the name of the society")
    burn_in: BurnIn = Field(description="years lived before the branch")
    contacts: Contacts = Field(description="planned real-life contact")
    affinity: Affinity = Field(description="how well two people suit each other")
    settings: Settings = Field(description="groups in which people meet")
    chance: Chance = Field(description="meetings nobody decides")
    distance: Distance = Field(description="share of ties that live far away")
    channel_mix: ChannelMix = Field(description="how a planned contact is made")
    channels: Channels = Field(description="what each way of contact gives and takes")
    decay: Decay = Field(description="how closeness fades")
    occasions: Occasions = Field(description="New Year and birthdays")
    knowing: Knowing = Field(description="knowing a birthday")
    turnover: Turnover = Field(description="how ties and settings come and go")
    people: Traits = Field(description="how people differ")
    response: Response = Field(description="how people answer a platform")
    reference: Reference = Field(description="computed by the pilot, never by hand")


# Profiles and platforms ---------------------------------------------------------------------------


class Profile(Piece):
    """A cultural usage profile."""

    format: Format
    name: ProfileName = Field(description="the name of the profile, as its file")
    minutes_ratio: Factor = Field(description="platform minutes, as a ratio to profile us")
    links: LinkCount = Field(description="links of a member")
    overlap: SomeShare = Field(description="share of starting links that have a real-life tie")
    mobility: Mobility = Field(description="relational mobility score")
    post: Factor = Field(description="posting, as a ratio to profile us")
    react: Factor = Field(description="reactions and comments per view, as a ratio to profile us")
    private: Share = Field(description="share of acts that are private or in groups")
    disclose: Share = Field(description="share of posts about oneself")
    gamma_attend: Exponent = Field(description="exponent of closeness in attention to content")


class Links(Piece):
    """Who is linked to whom when the platform is joined: 1 - (1 - share) exp(-closeness c)."""

    share: Share = Field(description="P that a faint tie of two members is linked")
    closeness: Slope = Field(description="how linking rises with closeness, per closeness")


class Prompts(Piece):
    """The platform announces birthdays and invites to greet."""

    birthday: bool = Field(description="whether birthdays are announced")
    audience: Literal["public", "private"] = Field(description='"public": a line on the wall; "private": a private message')
    active: Share = Field(description="P that a member is there on a given day")
    slope: Slope = Field(description="0: the prompt greets; steep: the friend does; per closeness")
    private_effort: Share = Field(description="private greetings, as a ratio to public ones")
    false_share: Share = Field(description="share of members who show a false date")
    hidden_share: Share = Field(description="share of members who show no date")


class Feed(Piece):
    """What members post and see of each other."""

    posts: Acts = Field(description="posts of a member, per day")
    items: Items = Field(description="items a member sees, per day")
    item_minutes: Minutes = Field(description="minutes an item takes")
    friends_share: Share = Field(description="share of items that are friends' posts")
    order: Literal["chronological", "closeness"] = Field(description="how friends' posts are ranked")
    rank_floor: PerView = Field(description="rank of closeness 0, for order closeness")
    rank_slope: Exponent = Field(description="exponent of closeness in the rank, for order closeness")
    opening: PerView = Field(description="P of opening a post, per closeness")
    floor: Share = Field(description="closeness that a stranger's post is opened as if of")
    visits: PerView = Field(description="profile visits, per day and closeness")
    ephemeral: Share = Field(description="share of posts other than about oneself that are passing status")


class Factors(Piece):
    """What a sort of content changes: 1 changes nothing."""

    opening: Factor = Field(description="factor on opening")
    dose: Factor = Field(description="factor on the dose of a view")
    comment: Factor = Field(description="factor on comments")
    share: Factor = Field(description="factor on exchanges in communities")


class Content(Piece):
    """Sorts of content that may act differently; the essay's claim, swept."""

    disclosure: Factors = Field(description="posts about oneself")
    information: Factors = Field(description="information, entertainment, community")
    ephemeral: Factors = Field(description="passing status")


class Reactions(Piece):
    """One click."""

    rate: PerView = Field(description="reactions per view")


class Comments(Piece):
    """Public and composed."""

    rate: PerView = Field(description="comments per view at closeness 1")
    budget: Acts = Field(description="comments a person can write, per day")
    reply: Share = Field(description="P that a comment is answered by the closest")


class Messages(Piece):
    """Private and composed."""

    rate: Acts = Field(description="messages of a member, per day")
    usual_private: SomeShare = Field(description="private share of the profile for which the rate holds")
    reply: Share = Field(description="P that a message is answered by the closest")


class Groups(Piece):
    """Communities: members who share a workplace, neighbourhood or club."""

    rate: Acts = Field(description="exchanges of a member in communities, per day")
    reply: Share = Field(description="P that an exchange is answered by the closest")


class Platform(Piece):
    """A platform: which features are on, how strong. Without links it is no platform at all."""

    format: Format
    name: FileName = Field(description="the name of the platform, as its file")
    minutes: Minutes | None = Field(None, description="minutes a member spends there, per day")
    adoption: Share | None = Field(None, description="members, as a share of people")
    links: Links | None = Field(None, description="who is linked to whom")
    prompts: Prompts | None = Field(None, description="birthday prompts")
    feed: Feed | None = Field(None, description="posts and who sees them")
    content: Content | None = Field(None, description="sorts of content")
    reactions: Reactions | None = Field(None, description="one-click reactions")
    comments: Comments | None = Field(None, description="comments on posts")
    messages: Messages | None = Field(None, description="private messages")
    groups: Groups | None = Field(None, description="communities")

    @property
    def present(self) -> bool:
        """Whether there is anything to join."""
        return self.links is not None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        parts = {name: part for name, part in self if name not in NOT_SET}
        written = [name for name, part in parts.items() if part is not None]
        if self.name == "none":
            refuse([Fault((key,), "a feature of no platform", "nothing here") for key in written])
        elif written:
            missing = [key for key in ("minutes", "adoption", "links") if parts[key] is None]
            fields = type(self).model_fields
            refuse([Fault((key,), "missing", fields[key].description or "") for key in missing])
        return self


# The study ----------------------------------------------------------------------------------------


def _a_bare_value(value: Any) -> Any:
    if not isinstance(value, bool | int | float | str):
        expected = "a number, true, false or text"
        if isinstance(value, dict):
            expected += '; write the whole dotted name in quotes: "prompts.slope"'
        refuse([Fault((), described(value), expected)])
    return value


Bare = Annotated[
    Any,
    AfterValidator(_a_bare_value),
    WithJsonSchema({"type": ["number", "boolean", "string"]}),
]
"""A value without unit or source, of the type of what it replaces."""

Set = TableOf[str, Bare]
_SET = 'values that differ from the files, by dotted name: { "prompts.slope" = 0.0 }'


def _not_empty(neutral: Mapping[str, Any]) -> Mapping[str, Any]:
    if not neutral:
        refuse([Fault((), "an empty table", 'its names and their neutral values: { "substitution" = 0.0 }')])
    return neutral


Mechanism = Annotated[str, Field(pattern=LABEL), _not_used_as((ALL, REST), "a row of what `sim why` writes")]
Neutral = Annotated[Set, AfterValidator(_not_empty)]
"""The values at which a mechanism does nothing, by dotted name."""


class Change(Piece):
    """From one day on, another platform."""

    day: Annotated[int, bounds.DAY] = Field(description="days since the branch")
    platform: Name = Field(description="the platform from that day on")
    set: Set = Field(default_factory=Table, description=_SET)


class Arm(Piece):
    """One way the same society may go on after the branch."""

    platform: Name = Field(description="the platform joined at the branch; a file in platforms/")
    set: Set = Field(default_factory=Table, description=_SET)
    schedule: ListOf[Change] = Field((), description="platforms of later days, in order")

    @property
    def platforms(self) -> tuple[str, ...]:
        """Names of all platforms lived with, in order."""
        return (self.platform, *(change.platform for change in self.schedule))

    @field_validator("schedule")
    @classmethod
    def _in_order(cls, schedule: tuple[Change, ...]) -> tuple[Change, ...]:
        days = [change.day for change in schedule]
        refuse(
            [
                Fault((place, "day"), f"day {day} after day {before}", "days in rising order")
                for place, (before, day) in enumerate(itertools.pairwise(days), start=1)
                if day <= before
            ]
        )
        return schedule


def _a_measure(name: str) -> str:
    if name not in MEASURES:
        refuse([Fault((), described(name), nearest(name, MEASURES))])
    return name


class Expect(Piece):
    """What either reading of the essay expects of a contrast."""

    measure: Annotated[str, AfterValidator(_a_measure)] = Field(
        description="the measure looked at, such as S_all", json_schema_extra={"enum": list(MEASURES)}
    )
    thinning: str = Field(pattern=SIGN, description="its sign if ties are thinned")
    transforming: str = Field(pattern=SIGN, description="its sign if ties are transformed")


class Contrast(Piece):
    """Two arms of the same society: what the first has that its control has not."""

    name: FileName = Field(description="the name of the contrast")
    arm: Name = Field(description="the arm looked at")
    control: Name = Field(description="the arm it is held against")
    primary: bool = Field(False, description="exactly one contrast of a study is primary")
    expect: Expect | None = Field(None, description="expected signs")


class Margin(Piece):
    """The smallest change that matters, fixed before running."""

    value: Annotated[float, bounds.MARGIN] = Field(description="share of the control's mean, or its own unit")
    status: Annotated[str, BeforeValidator(_a_status)] = Field(
        description="how it is known", json_schema_extra={"enum": list(STATUSES)}
    )
    why: str = Field(description="why this much matters")


class Margins(Piece):
    """What a verdict is held against."""

    support: Margin = Field(description="margin of support, share")
    core: Margin = Field(description="margin of core support, share")
    real: Margin = Field(description="margin of real-life hours, share")
    strong: Margin = Field(description="margin of strong ties, share")
    partners: Margin = Field(description="margin of the shift between partners")
    carriers: Margin = Field(description="margin of the shift between channels, bits")


class Vary(Piece):
    """The values one parameter takes in a design: a list, or a range; {} is the range of the file."""

    values: ListOf[Bare] = Field(
        (), max_length=int(bounds.STEPS.high), description="the values; a list in place of the table does"
    )
    low: Annotated[float, bounds.VARIED] | None = Field(None, description="the least value; by default `low` of the file")
    high: Annotated[float, bounds.VARIED] | None = Field(None, description="the greatest value; by default `high` of the file")
    points: Annotated[int, bounds.STEPS] | None = Field(None, description="how many in a grid, ends included")
    scale: Literal["linear", "log"] = Field("linear", description='how the range is spaced; "log": in equal factors')

    @model_validator(mode="before")
    @classmethod
    def _from_a_list(cls, written: Any) -> Any:
        if isinstance(written, list | tuple):
            return {"values": written}
        if not isinstance(written, dict | Vary):
            expected = "a list of values, or a range { low, high, points }"
            refuse([Fault((), described(written), expected)])
        return written

    @model_validator(mode="after")
    def _has_a_design(self) -> Self:
        faults = []
        if "values" in self.model_fields_set:
            if not self.values:
                faults.append(Fault((), "an empty list", "at least one value"))
            if len(self.model_fields_set) > 1:
                faults.append(Fault((), "a list and a range", "one of them"))
            times = Counter((isinstance(value, bool), value) for value in self.values)  # Python takes true for 1
            again = [value for (_, value), many in times.items() if many > 1]
            faults += [Fault((), f"{described(value)} twice", "each value once") for value in again]
        if self.low is not None and self.high is not None and self.low >= self.high:
            faults.append(Fault((), f"low {self.low:g}, high {self.high:g}", "low below high"))
        refuse(faults)
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: Any) -> dict[str, Any]:
        table = handler.resolve_ref_schema(handler(core))
        listed = {"type": "array", "minItems": 1, "items": table["properties"]["values"]["items"]}
        return {"anyOf": [listed, dict(table)], "description": table["description"]}


class Design(Piece):
    """How the points of a study are chosen from the ranges and lists of [vary]."""

    kind: Literal["grid", "latin", "sobol", "morris", "one-at-a-time", "list"] = Field(
        description='"grid": all combinations; "latin", "sobol", "morris": sampled; "one-at-a-time"; "list": a file'
    )
    points: Annotated[int, bounds.POINTS] | None = Field(None, description="how many samples; of sobol a power of two")
    second_order: bool = Field(False, description="sobol: whether indices of pairs can be had, at twice the points")
    trajectories: Annotated[int, bounds.TRAJECTORIES] | None = Field(None, description="morris: walks through the levels")
    levels: Annotated[int, bounds.STEPS] = Field(4, description="morris: how many values a name can have; even")
    file: Text | None = Field(None, description="list: a CSV file beside the study, a column per name, a row per point")
    seed: Annotated[int, bounds.DESIGN_SEED] = Field(1, description="of the sampling; the same seed gives the same points")

    @model_validator(mode="after")
    def _is_of_its_kind(self) -> Self:
        mine = designs.KEYS[self.kind]
        alone = ", ".join(mine) or "no key but kind"
        faults = [
            Fault((key,), f"{key} of a {self.kind} design", f"{alone}: nothing else belongs to this kind")
            for key in type(self).model_fields
            if key in self.model_fields_set and key not in ("kind", *mine)
        ]
        needed = [key for key in ("points", "trajectories", "file") if key in mine]
        fields = type(self).model_fields
        faults += [Fault((key,), "missing", fields[key].description or "") for key in needed if getattr(self, key) is None]
        if self.kind == "sobol" and self.points and self.points & (self.points - 1):
            power = 1 << self.points.bit_length()
            faults.append(Fault(("points",), f"{self.points} samples", f"a power of two, such as {power // 2} or {power}"))
        if self.kind == "morris" and self.levels % 2:
            near = f"{self.levels - 1} or {self.levels + 1}"
            faults.append(Fault(("levels",), f"{self.levels} levels", f"an even number, such as {near}"))
        refuse(faults)
        return self


GRID = Design(kind="grid")
"""The design of a study that names none."""


class Region(Piece):
    """The assumptions over which `sim region` looks for where a verdict holds."""

    points: Annotated[int, bounds.RANDOM_POINTS] | None = Field(
        None, description="sets of assumptions drawn at random; 128 by default"
    )
    seeds: Seeds | None = Field(None, description="seeds of each; 4 by default")
    people: People | None = Field(None, description="people of each; by default the study's own, at most 300")
    names: ListOf[Text] = Field((), description="dotted names of the assumptions; by default all that reach the two arms")
    leave: ListOf[Text] = Field((), description="dotted names of assumptions that stay as they are")


class Size(Piece):
    """How large a study is run."""

    people: People | None = Field(None, description="people; by default the study's own")
    seeds: Seeds | None = Field(None, description="seeds; by default the study's own")


class Sizes(Piece):
    """Other sizes than the study's own, which is called default."""

    quick: Size | None = Field(None, description="a first look")
    full: Size | None = Field(None, description="for publication")


def _days(written: Any) -> Any:
    """Days from "5y" or "400d"; at least a year of them."""
    if isinstance(written, str):
        parts = re.fullmatch(r"([1-9][0-9]{0,5})(y|d)", written)
        if parts is None:
            raise Refusal(Fault((), described(written), 'years or days, such as "5y" or "400d"'))
        written = int(parts[1]) * (YEAR if parts[2] == "y" else 1)
    if isinstance(written, int) and written < YEAR:
        found = f"{written} days"
        refuse([Fault((), found, f"at least {YEAR} days: measures are means over a year")])
    return written


Horizon = Annotated[
    int,
    bounds.HORIZON,
    BeforeValidator(_days),
    WithJsonSchema(
        {"type": ["string", "integer"], "pattern": "^[1-9][0-9]{0,5}(y|d)$"}
        | {"minimum": bounds.HORIZON.low, "maximum": bounds.HORIZON.high}
    ),
]


class Question(Piece):
    """What a study file and a study read in full have in common."""

    format: Format
    question: Text = Field(description="the question, in a sentence")
    question_fr: Text | None = Field(None, description="the question in French")
    title: Text | None = Field(None, description="a short title")
    title_fr: Text | None = Field(None, description="a short title in French")
    claims: ListOf[Annotated[str, Field(pattern=CLAIM)]] = Field((), description="claims of the essay that this bears on")
    figures: ListOf[Annotated[str, AfterValidator(a_figure)]] = Field(USUAL, description="the figures that are drawn of it")
    graph: Text | None = Field(None, description="a starting graph: a file beside the study, or the name of a data set")
    people: People = Field(description="people of the society")
    burn_in: Annotated[str, Field(pattern=BURN_IN)] = Field(
        "until-steady", description='"until-steady" or years before the branch, such as "12y"'
    )
    horizons: ListOf[Horizon] = Field(min_length=1, description="when to measure, over the year before: years or days")
    seeds: Seeds = Field(description="grown societies, each with all arms")
    sizes: Sizes = Field(default_factory=Sizes, description="other sizes: quick, full")
    arms: TableOf[ArmName, Arm] = Field(min_length=1, description="the arms, at least one")
    contrasts: ListOf[Contrast] = Field(description="which arms are compared; exactly one is primary")
    design: Design | None = Field(None, description="how points are chosen from what varies; by default a grid")
    vary: TableOf[str, Vary] = Field(
        default_factory=Table, validate_default=True, description="what varies over the points: any dotted names"
    )
    region: Region = Field(default_factory=Region, description="the assumptions over which `sim region` looks at a verdict")
    margins: Margins = Field(description="the smallest changes that matter: all six")
    mechanisms: TableOf[Mechanism, Neutral] = Field(
        default_factory=Table, description="what `sim why` switches off in turn: neutral values by dotted name, by mechanism"
    )

    @field_validator("horizons")
    @classmethod
    def _in_order(cls, horizons: tuple[int, ...]) -> tuple[int, ...]:
        faults = [
            Fault((place,), f"{day} days after {before} days", "horizons in rising order")
            for place, (before, day) in enumerate(itertools.pairwise(horizons), start=1)
            if day <= before
        ]
        refuse(faults)
        return horizons

    @field_validator("contrasts")
    @classmethod
    def _compare_arms(cls, contrasts: tuple[Contrast, ...], info: ValidationInfo) -> Any:
        faults, arms = [], info.data.get("arms")
        primary = [one.name for one in contrasts if one.primary]
        if len(primary) != 1:
            found = "no contrast is primary" if not primary else f"primary: {', '.join(primary)}"
            faults.append(Fault((), found, "exactly one contrast with primary = true"))
        for name, times in Counter(one.name.lower() for one in contrasts).items():  # each has a folder of its name
            if times > 1:
                found = f"{times} contrasts are named '{name}'"
                faults.append(Fault((), found, "a name of its own for each"))
        for place, one in enumerate(contrasts):
            if one.arm == one.control:
                found = f"'{one.control}' is also the arm"
                faults.append(Fault((place, "control"), found, "another arm"))
            if arms is None:
                continue  # the arms themselves are refused: nothing to compare these with
            faults += [
                Fault((place, key), f"no arm '{arm}'", nearest(arm, arms))
                for key, arm in (("arm", one.arm), ("control", one.control))
                if arm not in arms
            ]
        refuse(faults)
        return contrasts

    @field_validator("vary")
    @classmethod
    def _suits_the_design(cls, vary: Mapping[str, Vary], info: ValidationInfo) -> Any:
        if "design" not in info.data:
            return vary  # the design itself is refused
        kind = (info.data["design"] or GRID).kind
        faults = []
        if kind == "list" and vary:
            faults.append(Fault((), "names beside a list", "no [vary]: the columns of the file are the names"))
        elif kind != "list" and info.data["design"] and not vary:
            faults.append(Fault((), "nothing varies", 'names and their ranges: "prompts.slope" = {} takes that of the file'))
        for name, one in vary.items() if kind != "list" else ():
            if kind in designs.SAMPLED and one.values:
                expected = "a range, { low, high } or {}; what is whole, true or false or a choice goes into a grid or a list"
                faults.append(Fault((name,), f"a list of values in a {kind} design", expected))
            if kind == "grid" and not one.values and one.points is None:
                faults.append(Fault((name, "points"), "missing", "how many values, at least 2; of switches and choices a list"))
            if kind != "grid" and one.points is not None:
                where = "points in [design]" if "points" in designs.KEYS[kind] else "a range alone"
                faults.append(Fault((name, "points"), f"points of one name in a {kind} design", where))
        refuse(faults)
        return vary


class StudyFile(Question):
    """A question: society, arms, contrasts, design and margins. Paths are relative to the file."""

    society: Text = Field(description="the file of the society")
    profiles: TableOf[ProfileName, Annotated[float, bounds.SHARE]] = Field(
        min_length=1, description="shares of the population by profile, of files in profiles/"
    )

    @field_validator("profiles")
    @classmethod
    def _add_up(cls, shares: Mapping[str, float]) -> Mapping[str, float]:
        refuse(_not_all(shares.values()))
        return shares


def _not_all(shares: Iterable[float]) -> list[Fault]:
    total = math.fsum(shares)
    if abs(total - 1) > 1e-9:
        return [Fault((), f"shares that add up to {total:.12g}", "shares that add up to 1")]
    return []


# Dotted names -------------------------------------------------------------------------------------

NOT_SET = ("format", "name")


def _leaves(kind: type[Piece]) -> Iterator[tuple[str, Any]]:
    """(dotted name, type) of all that can be set inside a piece."""
    for name, field in kind.model_fields.items():
        inner = plain_type(field.annotation)
        if name in NOT_SET:
            continue
        if isinstance(inner, type) and issubclass(inner, Piece) and not issubclass(inner, Number):
            yield from ((f"{name}.{rest}", leaf) for rest, leaf in _leaves(inner))
        else:
            yield name, inner


def leaves(piece: Piece) -> dict[str, Any]:
    """Dotted name -> number or switch, of all that a piece holds; absent sections left out."""
    found: dict[str, Any] = {}
    for name, part in piece:
        if name in NOT_SET or part is None:
            continue
        if isinstance(part, Piece) and not isinstance(part, Number):
            found |= {f"{name}.{rest}": leaf for rest, leaf in leaves(part).items()}
        else:
            found[name] = part
    return found


@cache
def dotted_names(profiles: tuple[str, ...] = ()) -> Mapping[str, Any]:
    """Full dotted name -> type of its value, of all a study with these profiles may set or vary.

    society.response.substitution, platform.prompts.slope, profile.us.links, and profile.us.share
    for a profile's share of the population.
    """
    names: dict[str, Any] = {}
    for root, kind in (("society", Society), ("platform", Platform)):
        names |= {f"{root}.{name}": leaf for name, leaf in _leaves(kind)}
    for profile in profiles:
        names |= {f"profile.{profile}.{name}": leaf for name, leaf in _leaves(Profile)}
        names[f"profile.{profile}.share"] = Share
    return Table(names)


def acts(name: str, profiles: Iterable[str] = ()) -> Literal["before", "after"]:
    """Whether a parameter acts before the branch (another society is grown) or after it.

    name : dotted; may drop leading parts. Refusal: unknown or ambiguous.
    """
    if not name.startswith("profile."):
        name = full_name(name, dotted_names(tuple(profiles)))
    return fingerprint.acts(name)


@cache
def _adapter(kind: Any) -> TypeAdapter:
    return TypeAdapter(kind, config=ConfigDict(strict=True))


def misfits(name: str, value: Any, profiles: Iterable[str]) -> list[Fault]:
    """What is wrong with giving this value to this dotted name; nothing if all is well."""
    try:
        kind = dotted_names(tuple(profiles))[full_name(name, dotted_names(tuple(profiles)))]
    except Refusal as refusal:
        return list(refusal.faults)
    try:
        if isinstance(kind, type) and issubclass(kind, Number):
            reason = {"unit": "-", "status": "assumed", "source": "set by the study"}
            kind.model_validate({"value": value} | reason)
        else:
            _adapter(kind).validate_python(value)
    except ValidationError as error:
        return [Fault((), one.found, one.expected) for one in problems(error, "", kind)]
    return []


# The study, read in full --------------------------------------------------------------------------


def _value(part: Any) -> Any:
    # + 0.0 makes one zero of two, so that equal worlds have equal fingerprints.
    return part.value + 0.0 if isinstance(part, Number) else part


_NOT_SAMPLED = ', and kind = "grid" or "list"'


def product(sizes: Mapping[str, int]) -> str:
    """What multiplies, the largest first: "substitution 60 x slope 40"."""
    return " x ".join(f"{name} {size}" for name, size in sorted(sizes.items(), key=lambda item: -item[1]))


@dataclass(frozen=True)
class Resolved:
    """All that shapes the runs of one arm at one point of the design; the seed is still to come.

    years : burn-in, years; horizons : days since the branch
    profiles : (profile, share of the population), in file order
    timeline : (first day since the branch, platform), the first on day 0
    """

    arm: str
    people: int
    years: int
    horizons: tuple[int, ...]
    graph: str | None
    society: Society
    profiles: tuple[tuple[Profile, float], ...]
    timeline: tuple[tuple[int, Platform], ...]

    def platform(self, day: int = 0) -> Platform:
        """The platform of this day since the branch."""
        return [platform for first, platform in self.timeline if first <= day][-1]

    def values(self) -> dict[str, Any]:
        """Full dotted name -> value of everything that a point may set; of platforms, in the first that has it."""
        pieces = self.pieces()
        found = {name: value for _, _, values in reversed(pieces.timeline) for name, value in values.items()}
        for (profile, _), (values, share) in zip(self.profiles, pieces.profiles):
            found |= {**values, f"profile.{profile.name}.share": share}
        return found | dict(pieces.society)

    def numbers(self) -> dict[str, float]:
        """Full dotted name -> value of every number of the society and of the first day's platform."""
        held = {"society": self.society, "platform": self.platform()}
        return {
            f"{root}.{name}": number.value
            for root, piece in held.items()
            for name, number in leaves(piece).items()
            if isinstance(number, Number)
        }

    def pieces(self) -> Pieces:
        """All values, flat: what fingerprints are made of."""
        return Pieces(
            society=_flat("society", self.society),
            profiles=tuple((_flat(f"profile.{one.name}", one), share + 0.0) for one, share in self.profiles),
            timeline=tuple((day, one.present, _flat("platform", one)) for day, one in self.timeline),
            people=self.people,
            years=self.years,
            horizons=self.horizons,
            graph=self.graph,
        )

    def fingerprint(self) -> str:
        """SHA-256 of all values that shape a run; not names, sources, plausible ranges or seed.

        Without any platform what acts after the branch touches nothing, but the numbers that measures read.
        """
        return self.pieces().lived()

    def society_fingerprint(self) -> str:
        """SHA-256 of all values that shape the grown society, which arms may share."""
        return self.pieces().grown()


def _flat(root: str, piece: Piece) -> dict[str, Any]:
    return {f"{root}.{name}": _value(part) for name, part in leaves(piece).items()}


class Study(Question):
    """A question with the society, profiles and platforms it names.

    name : the stem of its file; file : the file as it was given
    shares : profile -> share of the population; profiles, platforms : name -> what was read
    listed : the points of a design that is a list; a name that a point lacks stays as it is there
    points_last : whether a point's values replace what the arms set too
    """

    name: str
    file: str
    society: Society
    shares: TableOf[str, float]
    profiles: TableOf[str, Profile]
    platforms: TableOf[str, Platform]
    listed: ListOf[TableOf[str, Any]] = ()
    points_last: bool = False

    def __repr__(self) -> str:
        counted = {"arm": self.arms, "contrast": self.contrasts}
        parts = [f"{len(several)} {name}{'s' * (len(several) != 1)}" for name, several in counted.items()]
        points = math.prod(self.point_counts().values())
        parts += [f"{points:,} point{'s' * (points != 1)}"] if self.varied() else []
        start = f"graph '{self.graph}'" if self.graph else f"{self.people:,} people"
        return f"<Study '{self.name}': {', '.join(parts)}, {self.seeds} seeds, {start}>"

    __str__ = __repr__

    @property
    def graph_file(self) -> Path | None:
        """The starting graph's file, found from the study's; None for none or a data set."""
        return graph_file(self.file, self.graph)

    @property
    def primary(self) -> Contrast:
        """The one contrast that the study was planned for."""
        return next(one for one in self.contrasts if one.primary)

    def full_name(self, name: str) -> str:
        """The full dotted name meant by a shorter one. Refusal: unknown or ambiguous."""
        return full_name(name, dotted_names(tuple(self.profiles)))

    def acts(self, name: str) -> Literal["before", "after"]:
        """Whether a parameter acts before or after the branch; the name may drop leading parts."""
        return acts(self.full_name(name))

    @property
    def plan(self) -> Design:
        """The design, a grid if the study names none."""
        return self.design or GRID

    # Sizes and the design

    def at(self, size: str) -> Study:
        """The same study at "quick", "default" or "full" size."""
        if size == "default":
            return self
        sizes = {name: one for name, one in self.sizes if one is not None}
        if size not in sizes:
            self._refuse(("sizes", size), f"no size '{size}'", nearest(size, {"default", *sizes}))
        return self.scaled(sizes[size].people, sizes[size].seeds)

    def scaled(self, people: int | None = None, seeds: int | None = None) -> Study:
        """The same study with other numbers of people or seeds."""
        given = {"people": people, "seeds": seeds}
        new = {key: value for key, value in given.items() if value is not None}
        try:
            Size.model_validate(new)
        except ValidationError as error:
            raise InputError(problems(error, self.file, Size)) from None
        return self.model_copy(update=new)

    def at_points(self, points: Iterable[Mapping[str, Any]], contrast: str | None = None) -> Study:
        """The same study at points of somebody's own, whose values replace what arms set too.

        contrast : if named, it is the only one, and primary, and its arms are the only ones
        InputError: no such contrast, or values that do not fit.
        """
        listed = tuple(Table(point) for point in points)
        new = {"listed": listed, "points_last": True, "vary": Table(), "design": Design(kind="list", file="-")}
        if contrast is not None:
            named = {one.name: one for one in self.contrasts}
            if contrast not in named:
                self._refuse(("contrasts",), f"no contrast '{contrast}'", nearest(contrast, named))
            one = named[contrast].model_copy(update={"primary": True})
            arms = {arm: self.arms[arm] for arm in self.arms if arm in (one.arm, one.control)}
            new |= {"contrasts": (one,), "arms": Table(arms)}
        study = self.model_copy(update=new)
        for arm, point in itertools.product(study.arms, listed):
            study.resolve(arm, point)
        return study

    def points(self) -> list[dict[str, Any]]:
        """Every point of the design as {name as written: value}; a point's number is its place here."""
        return [dict(point) for point in self.listed] or designs.points(self.plan, self._axes())

    def point(self, number: int | None, option: str = "point") -> dict[str, Any]:
        """The values of one point of the design, by its number; none for None: then those of the files count.

        option : what the number is called where it was given. InputError: there is no such point.
        """
        if number is None:
            return {}
        points = self.points()
        if not 0 <= number < len(points):
            raise InputError(Problem("", option, str(number), f"a point of the design, 0 to {len(points) - 1}"))
        return points[number]

    def point_counts(self) -> dict[str, int]:
        """What the number of points is the product of: in a grid, the values of each name. Samples nothing."""
        return {"rows": len(self.listed)} if self.listed else designs.sizes(self.plan, self._axes())

    def varied(self) -> list[str]:
        """The names that vary, as written."""
        return list(dict.fromkeys(name for point in self.listed for name in point) if self.listed else self.vary)

    def about_design(self) -> dict[str, Any]:
        """The design in plain values: kind, names, ranges, and how it was sampled."""
        return designs.described(self.plan, self._axes())

    def _axes(self) -> list[Axis]:
        columns = {name: dict.fromkeys(one[name] for one in self.listed if name in one) for name in self.varied()}
        return [Axis(name, tuple(columns[name])) if self.listed else self._axis(name) for name in self.varied()]

    def _axis(self, name: str) -> Axis:
        """What one varied name may be. InputError: it has no range, or none that its design can use."""
        vary, kind = self.vary[name], self.plan.kind
        base = self._of_the_files(name, "value") if kind == "one-at-a-time" else None
        if vary.values:
            return Axis(name, vary.values, base=base)
        sort = dotted_names(tuple(self.profiles))[self.full_name(name)]
        if not (isinstance(sort, type) and issubclass(sort, Number)):
            what = "true or false" if sort is bool else "a choice"
            self._refuse(("vary", name), f"a range of what is {what}", f"a list of values{_NOT_SAMPLED}")
        if kind in designs.SAMPLED and issubclass(sort, Whole):
            self._refuse(("vary", name), f"a whole number in a {kind} design", f"a list of whole numbers{_NOT_SAMPLED}")
        low, high = (self._end(name, end) for end in ("low", "high"))
        if low >= high:
            self._refuse(("vary", name), f"low {low:g}, high {high:g}", "low below high")
        if vary.scale == "log" and low <= 0:
            self._refuse(("vary", name, "scale"), f'"log" from low {low:g}', 'low above 0, or scale = "linear"')
        return Axis(name, low=low, high=high, scale=vary.scale, points=vary.points or 2, base=base)

    def _end(self, name: str, end: Literal["low", "high"]) -> float:
        """One end of a varied range: the study's own, else that of the plausible range."""
        given = getattr(self.vary[name], end)
        if given is None:
            given = self._of_the_files(name, end)
        if given is None:
            self._refuse(("vary", name, end), "missing", f"a number: the file gives no range ({end} = ...) of its own")
        return given

    def _of_the_files(self, name: str, key: Literal["value", "low", "high"]) -> Any:
        """What the files say of a varied name. InputError: the platforms of the arms do not say the same."""
        said = {
            where: _value(leaf) if key == "value" else getattr(leaf, key, None)
            for where, leaf in self._written(self.full_name(name)).items()
        }
        if len(set(said.values())) > 1:
            found = " and ".join(f"{key} {value} in '{where}'" for where, value in said.items())
            here = "values of its own, in a grid or a list" if key == "value" else f"{key} here"
            self._refuse(("vary", name, key), found, f"{here}: the arms' platforms differ")
        return next(iter(said.values()), None)

    def _written(self, full: str) -> dict[str, Any]:
        """Where a full name is written -> the number, switch or share that is written there."""
        root, rest = full.split(".", 1)
        if root == "society":
            return {root: leaves(self.society)[rest]}
        if root == "profile":
            profile, leaf = rest.split(".", 1)
            return {profile: (leaves(self.profiles[profile]) | {"share": self.shares[profile]})[leaf]}
        held = {name: leaves(platform) for name, platform in self.platforms.items()}
        return {name: one[rest] for name, one in held.items() if rest in one}

    # One arm at one point

    def resolve(self, arm: str, point: Mapping[str, Any] | None = None, years: int | None = None) -> Resolved:
        """The arm with the point's values and then its own put in place of the files'.

        point : {dotted name: value}, as from `points()`; years : of growing, instead of the study's
        InputError: no such arm, or values that do not fit, with their places.
        """
        if arm not in self.arms:
            self._refuse(("arms", arm), f"no arm '{arm}'", nearest(arm, self.arms))
        written = self.arms[arm]
        places: dict[str, tuple[str | int, ...]] = {}
        at_point = self._settings(point or {}, ("vary",), places)
        changes = at_point | self._settings(written.set, ("arms", arm, "set"), places)
        last = at_point if self.points_last else {}
        changes |= last

        society = self._changed(self.society, "society", changes, places)
        shares, profiles = [], []
        for name, profile in self.profiles.items():
            root = f"profile.{name}"
            share = changes.pop(f"{root}.share", self.shares[name])
            profiles.append((self._changed(profile, root, changes, places), float(share)))
            shares.append(share)
        for fault in _not_all(shares):
            place = next(place for name, place in places.items() if name.endswith(".share"))
            self._refuse(place, fault.found, fault.expected)

        timeline = [(0, self._changed(self.platforms[written.platform], "platform", changes, places))]
        for index, later in enumerate(written.schedule):
            at = ("arms", arm, "schedule", index, "set")
            these = changes | self._settings(later.set, at, places) | last
            platform = self._changed(self.platforms[later.platform], "platform", these, places)
            timeline.append((later.day, platform))

        burn_in = society.burn_in.given_years if self.graph else society.burn_in.years
        if years is None:
            years = int(burn_in.value) if self.burn_in == "until-steady" else int(self.burn_in[:-1])
        taking = [one.name for _, one in timeline if one.minutes is not None and one.minutes.value > 0]
        if years < 1 and taking and (displacement := society.response.displacement.value) > 0:
            found = f"{years} years of growing, and in arm '{arm}' the platform {taking[0]} takes time from real-life contact"
            expected = "1 or more: a person's contact is measured in the last of them. "
            expected += f"Without any, set displacement to 0; it is {displacement:g}"
            raise InputError(Problem("", "years", found, expected))
        return Resolved(
            arm=arm,
            people=self.people,
            years=years,
            horizons=self.horizons,
            graph=self.graph,
            society=society,
            profiles=tuple(profiles),
            timeline=tuple(timeline),
        )

    def _settings(
        self,
        settings: Mapping[str, Any],
        at: tuple[str | int, ...],
        places: dict[str, tuple[str | int, ...]],
    ) -> dict[str, Any]:
        """{full name: value}, each noted with its place. InputError: all that do not fit."""
        changes, bad = {}, []
        for name, value in settings.items():
            faults = misfits(name, value, self.profiles)
            bad += [self._problem((*at, name), fault.found, fault.expected) for fault in faults]
            if not faults:
                full = self.full_name(name)
                changes[full], places[full] = value, (*at, name)
        if bad:
            raise InputError(bad)
        return changes

    def _changed(
        self,
        piece: Any,
        root: str,
        changes: Mapping[str, Any],
        places: Mapping[str, tuple[str | int, ...]],
    ) -> Any:
        """The piece with every change under `root` made, checked again; absent sections stay so."""
        mine = {name: value for name, value in changes.items() if name.startswith(root + ".")}
        if not mine:
            return piece
        parts = dict(piece)
        for key in {name.removeprefix(root + ".").split(".")[0] for name in mine}:
            part, inner = parts[key], f"{root}.{key}"
            if isinstance(part, Number):
                parts[key] = part.at(mine[inner])
            elif isinstance(part, Piece):
                parts[key] = self._changed(part, inner, mine, places)
            elif part is not None:
                parts[key] = mine[inner]
        try:
            return type(piece).model_validate(parts)
        except ValidationError as error:
            said = {word for one in problems(error, self.file, type(piece)) for word in one.found.split()}
            named = next((name for name in mine if name.rsplit(".", 1)[-1] in said), next(iter(mine)))
            raise InputError(problems(error, self.file, type(piece), places[named])) from None

    def fingerprint(self, arm: str, point: Mapping[str, Any] | None = None) -> str:
        """SHA-256 (hex) of everything that shapes a run of this arm, but the seed."""
        return self.resolve(arm, point).fingerprint()

    def society_fingerprint(self, arm: str, point: Mapping[str, Any] | None = None) -> str:
        """SHA-256 (hex) of everything that shapes the grown society this arm branches from."""
        return self.resolve(arm, point).society_fingerprint()

    def regrown(self, contrast: Contrast, point: Mapping[str, Any] | None = None) -> bool:
        """Whether the two arms branch from two different societies: then there is no verdict."""
        first, second = (self.society_fingerprint(arm, point) for arm in (contrast.arm, contrast.control))
        return first != second

    def drivers(self) -> list[dict[str, str]]:
        """{name, status} of every number in the files that drives the result.

        `reference` is left out: it is computed from the rest and only read by measures.
        """
        named: dict[str, Piece] = {"society": self.society}
        named |= {f"profile.{name}": one for name, one in self.profiles.items()}
        named |= {f"platform.{name}": one for name, one in self.platforms.items()}
        return [
            {"name": f"{root}.{name}", "status": part.status}
            for root, piece in named.items()
            for name, part in leaves(piece).items()
            if isinstance(part, Number) and not name.startswith("reference.")
        ]

    # What only shows when all files are at hand

    def problems(self) -> list[Problem]:
        """Settings that reach nothing, ranges that are not there, values that clash."""
        found = [
            self._problem((*at, name), *said)
            for at, settings, platforms in self._all_settings()
            for name in settings
            if (said := self._reaches_nothing(name, platforms))
        ]
        for arm, written in self.arms.items():
            for index, later in enumerate(written.schedule):
                if later.day >= self.horizons[-1]:
                    place = ("arms", arm, "schedule", index, "day")
                    expected = f"a day before the last horizon, {self.horizons[-1]}"
                    found.append(self._problem(place, f"day {later.day}", expected))
        axes: list[Axis] = []
        for name in self.vary:
            try:
                axes.append(self._axis(name))
            except InputError as error:
                found += error.problems
                continue
            for value in axes[-1].steps():
                faults = misfits(name, value, self.profiles)
                found += [self._problem(("vary", name), one.found, one.expected) for one in faults]
        found += [
            self._problem(("region", key, name), *said)
            for key in ("names", "leave")
            for name in getattr(self.region, key)
            if (said := self._no_assumption(name))
        ]
        sizes = designs.sizes(self.plan, axes)
        if not self.listed and (size := math.prod(sizes.values())) > bounds.POINTS.high:
            key = "vary" if self.plan.kind == "grid" else "design"
            found.append(self._problem((key,), f"{size} points ({product(sizes)})", f"at most {bounds.POINTS.high}"))
        return found or self._clashes(axes)

    def _all_settings(self) -> Iterator[tuple[tuple[str | int, ...], Iterable[str], Iterable[str]]]:
        """(place, names set there, platforms they may reach)."""
        for arm, written in self.arms.items():
            yield ("arms", arm, "set"), written.set, written.platforms
            for index, later in enumerate(written.schedule):
                yield ("arms", arm, "schedule", index, "set"), later.set, (later.platform,)
        for name, neutral in self.mechanisms.items():
            yield ("mechanisms", name), neutral, self.platforms
        if self.listed:
            yield ("design", "file"), self.varied(), self.platforms
        else:
            yield ("vary",), self.vary, self.platforms

    def _no_assumption(self, name: str) -> tuple[str, str] | None:
        """Why a name cannot be one of the assumptions of a region; None if it can."""
        sort = dotted_names(tuple(self.profiles))[self.full_name(name)]
        if self.acts(name) == "before":
            return "acts before the branch", "a number that acts after it: all points share the grown societies"
        if not (isinstance(sort, type) and issubclass(sort, Number)) or issubclass(sort, Whole):
            return "a whole number, a switch or a choice", "a number with a range"
        return self._reaches_nothing(name, self.platforms)

    def _reaches_nothing(self, name: str, platforms: Iterable[str]) -> tuple[str, str] | None:
        root, rest = self.full_name(name).split(".", 1)
        if root != "platform" or any(rest in leaves(self.platforms[one]) for one in platforms):
            return None
        named = " and ".join(f"'{one}'" for one in dict.fromkeys(platforms))
        return f"platform {named} has no {rest}", "a platform that has it, or no such setting"

    def _clashes(self, axes: Sequence[Axis]) -> list[Problem]:
        """What an arm refuses at one of the points that tell; those of a list are tried where its lines are known."""
        found: dict[Problem, None] = {}
        for arm, point in itertools.product(self.arms, self._telling(axes)):
            try:
                self.resolve(arm, point)
            except InputError as error:
                found |= dict.fromkeys(error.problems)
        return list(found)

    def _telling(self, axes: Sequence[Axis]) -> Iterator[dict[str, Any]]:
        """Points among which one is refused if any of the design is: of samples, where all names are least and where all are
        greatest; of one at a time, each change; of a grid, where names of one section meet in all their values."""
        values = {axis.name: axis.steps() for axis in axes}
        if self.plan.kind == "one-at-a-time":
            yield from ({name: value} for name, some in values.items() for value in some)
            return
        first = {name: some[0] for name, some in values.items()}
        yield first
        if self.plan.kind in designs.SAMPLED:
            yield {name: some[-1] for name, some in values.items()}
            return
        sections: dict[str, list[str]] = defaultdict(list)
        for name in values:
            full = self.full_name(name)
            mixed = full.startswith("profile.") and full.endswith(".share")
            sections["shares" if mixed else full.rsplit(".", 1)[0]].append(name)
        for names in sections.values():
            grid = itertools.product(*(values[name] for name in names))
            yield from (first | dict(zip(names, point)) for point in grid)

    def _problem(self, place: tuple[str | int, ...], found: str, expected: str) -> Problem:
        return Problem(self.file, dotted(place), found, expected)

    def _refuse(self, place: tuple[str | int, ...], found: str, expected: str) -> NoReturn:
        raise InputError(self._problem(place, found, expected))


def graph_file(study: str, graph: str | None) -> Path | None:
    """The file that `graph` of a study names; None if it is the name of a data set, or none."""
    if graph is None or re.fullmatch(NAME, graph):
        return None
    return Path(study).parent / graph


def list_file(study: str, design: Design | None) -> Path | None:
    """The file that holds the points of a study's design; None if there is none."""
    return Path(study).parent / design.file if design and design.file else None


KINDS: Mapping[str, type[Piece]] = Table(society=Society, profile=Profile, platform=Platform, study=StudyFile)
"""The sorts of scenario file."""
