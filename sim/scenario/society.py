"""The society: adults and their real-life ties before any platform, and how they answer one.

A number is read as `society.contacts.initiated.value`, a switch as `society.response.displace_chance`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import Field, create_model, model_validator

from sim.channels import TABLE, Channel
from sim.scenario.faults import Fault, refuse
from sim.scenario.numbers import (
    AffinitySpread,
    Concentration,
    Dose,
    Exponent,
    Factor,
    GroupSize,
    HalfLife,
    Mean,
    Meetings,
    Memory,
    Minutes,
    MobilitySlope,
    NewTies,
    Number,
    Share,
    SomeShare,
    Spread,
    SupportExponent,
    Unused,
    UsualTies,
    Weight,
    Years,
)
from sim.scenario.pieces import Format, Name, Piece, ProfileName


class BurnIn(Piece):
    """Years that are simulated without a platform before the branch."""

    years: Years = Field(description="years until a generated society is steady")
    given_years: Years = Field(description="years simulated from a graph that somebody brings")


class Contacts(Piece):
    """Planned real-life contact."""

    initiated: Meetings = Field(description="planned contacts a person initiates, per day")
    spread: Spread = Field(description="how people differ in that, ln sd")
    gamma_meet: Exponent = Field(description="how planned contact follows closeness, exponent")
    minutes_slope: Share = Field(description="how much longer closer people stay")


class Affinity(Piece):
    """How well two people suit each other; fixed for a tie."""

    spread: AffinitySpread = Field(description="how ties differ, ln sd")
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
    """Share of ties whose people live far from each other, by origin of the tie."""

    kin: Share = Field(description="of kin")
    work: Share = Field(description="of ties from work")
    neighbourhood: Share = Field(description="of ties from the neighbourhood")
    club: Share = Field(description="of ties from a club")
    past: Share = Field(description="of ties from a past setting")
    friends: Share = Field(description="of ties made through a friend")


def _at_most_all(*parts: tuple[str, Number]) -> None:
    """Refuse shares of the same whole that add up to more than 1."""
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
    """Contact that one person receives from another."""

    dose: Dose = Field(description="closeness the receiver gains, from 0, per contact")


class Meeting(Seen):
    """Contact in which both people are receivers."""

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


def _piece_of(channel: Channel) -> type[Piece]:
    """What has just the numbers of the channel."""
    return next(piece for piece in (Meeting, Written, Glance, Gesture, Act) if set(piece.model_fields) == set(channel.numbers))


if TYPE_CHECKING:

    class Channels(Piece):
        def __getattr__(self, name: str) -> Any: ...

else:
    Channels = create_model(
        "Channels",
        __base__=Piece,
        __module__=__name__,
        __doc__="Every way of being in contact; those of the platform act after the branch.",
        **{channel.name: (_piece_of(channel), Field(description=channel.meaning)) for channel in TABLE},
    )


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
    mobility_leaving: MobilitySlope = Field(description="how leaving settings and ending faint ties follow it")


class Traits(Piece):
    """How people differ."""

    greet_mean: Mean = Field(description="mean propensity to follow a birthday prompt, P")
    greet_concentration: Concentration = Field(description="how alike people are in that, Beta a + b")
    minutes_spread: Spread = Field(description="how people differ in platform minutes, ln sd")
    links_spread: Spread = Field(description="how people differ in number of links, ln sd")
    posts_spread: Spread = Field(description="how people differ in posting, ln sd")
    written_spread: Spread = Field(description="how people differ in how much they write to somebody, ln sd")


class Factors(Piece):
    """What a sort of content changes: 1 changes nothing."""

    opening: Factor = Field(description="factor on opening")
    dose: Factor = Field(description="factor on the dose of a view")
    comment: Factor = Field(description="factor on comments")
    share: Factor = Field(description="factor on exchanges in communities")


class Contents(Piece):
    """What each sort of content changes, if `response.content_effects` is "differ"; the essay's claim, swept."""

    lasting: Factors = Field(description="posts about oneself that last")
    passing: Factors = Field(description="posts about oneself that pass, such as a coffee")
    information: Factors = Field(description="information, entertainment, community")


class Minority(Piece):
    """People who live less the way of their own profile and more the way of another one; nobody, by default.

    Acts after the branch.
    """

    share: Share = Field(description="share of people in the minority")
    placed: Literal["random", "homophilous"] = Field(description='"homophilous": they know each other more than by chance')
    west: ProfileName = Field(description="the profile whose way they live, one of the study's")
    shifted_mean: Share = Field(description="how far the minority lives that way, mean")
    background_mean: Share = Field(description="how far all others do, mean")
    concentration: Concentration = Field(description="how alike people are in that, Beta a + b")
    shift: Share = Field(description="how much of the minority's shift acts; at 0 they live as they would as one of the others")
    links_follow: Share = Field(description="how far the number of links follows that shift")
    reverse: bool = Field(description="whether the minority lives away from the other profile instead: a placebo")

    @property
    def present(self) -> bool:
        """Whether anybody is in the minority, or lives the way of the other profile."""
        return self.share.value > 0 or self.background_mean.value > 0


class Response(Piece):
    """How people answer a platform. Acts after the branch: this is the question."""

    substitution: Share = Field(description="how far being in touch replaces the wish to meet")
    complement: Factor = Field(description="how far composed exchange leads to meeting")
    displacement: Share = Field(description="share of platform minutes taken from contact")
    displace_chance: bool = Field(description="whether chance meetings are displaced too")
    suppression: Share = Field(description="P that a public greeting stands in for a personal one")
    forget: Share = Field(description="P of forgetting a birthday that is prompted, per month")
    nonbirthday: Share = Field(description="P, times closeness, of a private word on a date known to be false")
    composed_dose: Factor = Field(description="factor on the doses of composed acts on the platform")
    cheap_dose: Factor = Field(description="factor on the doses of all other acts on the platform")
    meet_after: Share = Field(description="P that an answered exchange leads to a plan to meet")
    reply_half: SomeShare = Field(description="closeness at which half of what may be answered is")
    content: Literal["evidence", "essay"] = Field("evidence", description="whose shares of content people have")
    content_effects: Literal["alike", "differ"] = Field("alike", description="whether sorts of content act differently")
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
    burn_in: BurnIn = Field(description="years simulated before the branch")
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
    content: Contents | None = Field(None, description="what each sort of content changes")
    minority: Minority | None = Field(None, description="people whose habits are shifted towards those of another profile")
    reference: Reference = Field(description="computed by the pilot, never by hand")

    @model_validator(mode="after")
    def _has_effects_of_contents(self) -> Self:
        if self.content is None and self.response.content_effects == "differ":
            refuse([Fault(("response", "content_effects"), '"differ" without [content]', 'a section [content], or "alike"')])
        return self
