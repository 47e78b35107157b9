"""A platform: which features are on, and how strong."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from sim.scenario.faults import Fault, refuse
from sim.scenario.names import CONTENTS
from sim.scenario.numbers import (
    Acts,
    Days,
    Exponent,
    Factor,
    GroupSize,
    Items,
    LinkCount,
    Minutes,
    NewTies,
    PerDay,
    PerMinute,
    PerView,
    Share,
    Slope,
    SomeShare,
    Spread,
)
from sim.scenario.pieces import NOT_SET, FileName, Format, Piece


class Links(Piece):
    """Which pairs chance leaves in while both have a place for a link: P = 1 - (1 - share) exp(-link_slope c)."""

    share: Share = Field(description="P that a faint tie of two members is linked, while both have a place")
    link_slope: Slope = Field(description="how strongly closeness raises that chance, per closeness")
    cost: Share | None = Field(None, description="share of places for links that stay empty because links cost something")
    cap: LinkCount | None = Field(None, description="most places for links of a member")
    kept: Literal["closest", "random", "faintest"] = Field("closest", description="which friends get a place, if not all do")


class Following(Piece):
    """Links need no return: a member follows accounts, of friends and of strangers."""

    known_share: Share = Field(description="share of places for links that are for friends whose account one recognises")
    audience_spread: Spread = Field(description="spread of people's audiences; they draw strangers by audience^status")


class Pseudonyms(Piece):
    """Accounts need not tell who a person is; the profile says how many do not. Such an account shows no birthday."""

    told: SomeShare = Field(description="closeness from which on a person tells a friend the own pseudonym")


class Joining(Piece):
    """Adopters join one after the other."""

    days: Days = Field(description="days until the last adopter has joined")


class Leaving(Piece):
    """Members leave for good, or for a while. Links of those who leave for good end."""

    for_good: Share = Field(description="P that a member leaves for good, per month")
    for_a_while: Share = Field(description="P that a member leaves for a while, per month")
    away: Days = Field(description="days until such a member comes back")


class Prompts(Piece):
    """The platform announces birthdays and invites to greet."""

    birthday: bool = Field(description="whether birthdays are announced")
    audience: Literal["public", "private"] = Field(description='"public": a line on the wall; "private": a private message')
    active: Share = Field(description="P that a member is there on a given day")
    slope: Slope = Field(description="0: the prompt greets; steep: the friend does; per closeness")
    private_effort: Share = Field(description="private greetings, as a ratio to public ones")
    false_share: Share = Field(description="share of members who show a false date")
    hidden_share: Share = Field(description="share of members who show no date")
    opt_in: Share | None = Field(None, description="share of members who want to be prompted; absent: all are")


class Feed(Piece):
    """What members post and see of each other."""

    posts: Acts = Field(description="posts of a member, per day")
    items: Items = Field(description="items a member sees, per day")
    item_minutes: Minutes = Field(description="minutes an item takes")
    reading_share: SomeShare = Field(description="largest share of the own minutes for reading")
    friends_share: Share = Field(description="share of items that friends post; with adverts or recommended items, of the rest")
    adverts: Share | None = Field(None, description="share of items that are adverts")
    recommended: Share | None = Field(None, description="share of the other items that the platform recommends")
    public: Share | None = Field(None, description="share of recommended items that are posts of strangers, who post in public")
    reposts: bool = Field(False, description="whether posts of others can be passed on; the profile says how many are")
    order: Literal["chronological", "closeness", "engagement"] = Field(description="how friends' posts are ranked")
    rank_floor: PerView = Field(description="added to what posts are ranked by, for the orders closeness and engagement")
    rank_slope: Exponent = Field(description="exponent of that in the rank, for the orders closeness and engagement")
    opening: PerView = Field(description="P of opening a post, per closeness")
    attend_at: SomeShare = Field(description="closeness at which the profile's gamma_attend changes no reading")
    floor: Share = Field(description="added to attention, so that posts of strangers are opened too")
    visits: PerView = Field(description="profile visits, per day and closeness")
    lasting: Share | None = Field(None, description="share of posts about oneself that last; with the other two shares")
    passing: Share | None = Field(None, description="share of posts about oneself that pass; else the profile says it")
    information: Share | None = Field(None, description="share of posts that are information; with the other two shares")

    @model_validator(mode="after")
    def _says_shares_of_one_whole(self) -> Self:
        given = {name: getattr(self, name) for name in CONTENTS if getattr(self, name) is not None}
        if given.keys() not in ({*()}, {"passing"}, set(CONTENTS)):
            lacking = " and ".join(name for name in CONTENTS if name not in given)
            refuse([Fault((), f"{' and '.join(given)} without {lacking}", f"passing alone, or {', '.join(CONTENTS)} together")])
        total = sum(number.value for number in given.values())
        if len(given) == len(CONTENTS) and abs(total - 1) > 1e-9:
            named = " + ".join(f"{name} {number.value:g}" for name, number in given.items())
            refuse([Fault((), f"{named} = {total:g}", "1 together, or passing alone")])
        return self


class Reactions(Piece):
    """One click."""

    rate: PerView = Field(description="reactions per view")
    crowd: Share | None = Field(None, description="how strongly shown counts draw more reactions; absent: counts are hidden")


class WrittenActs(Piece):
    """How much people write to somebody: comments, messages and exchanges in communities together."""

    rate: PerMinute = Field(description="written acts of a member, per minute there")


class Comments(Piece):
    """Public and composed."""

    reply: Share = Field(description="P that a comment is answered by the closest")


class Messages(Piece):
    """Private and composed."""

    rate: Acts = Field(description="messages of a member of profile us, per day: divides private acts with groups.rate")
    reply: Share = Field(description="P that a message is answered by the closest")


class Groups(Piece):
    """Exchanges with members who share a workplace, neighbourhood, club or community."""

    rate: Acts = Field(description="exchanges of a member of profile us, per day: divides private acts with messages.rate")
    reply: Share = Field(description="P that an exchange is answered by the closest")


class Unlinking(Piece):
    """Members end links to people with whom they have had no composed contact for a year."""

    rate: Share = Field(description="P that a member ends such a link, per month at closeness 0")
    half: SomeShare = Field(description="closeness at which half of that is left")


class Suggestions(Piece):
    """The platform suggests friends of friends."""

    rate: NewTies = Field(description="suggestions that a member accepts, per month")


class Communities(Piece):
    """Groups of people who share an interest, whether they know each other or not."""

    joined: Share = Field(description="share of members who are in a community")
    size: GroupSize = Field(description="people in a community, if all people were members")


class MeetingOnline(Piece):
    """People get to know each other on the platform."""

    through_links: NewTies | None = Field(None, description="people that a member gets to know through links, per month")
    in_communities: NewTies | None = Field(None, description="people that a member gets to know in a community, per month")
    in_feed: Share | None = Field(None, description="P that a member gets to know who wrote an opened post of a stranger")
    first_closeness: Share = Field(description="closeness of such a tie")
    affinity: Factor = Field(description="how well the two suit each other, as a ratio to new acquaintances in real life")


class Gate(Piece):
    """Ties that began online become ties in real life: with share c^2/(c^2 + half^2) a month, c the smaller closeness."""

    share: Share = Field(description="P per month of two who are as close as can be")
    half: SomeShare = Field(description="closeness at which half of that is reached")
    far: Share = Field(description="the same of people who live far from each other, as a ratio")


class Notifications(Piece):
    """The platform calls its members back."""

    per_day: PerDay = Field(description="notifications that a member gets, per day")
    pull: Share = Field(description="how much longer each makes a member stay, as a share of the minutes")


class Platform(Piece):
    """A platform: which features are on, how strong. Without links it is no platform at all."""

    format: Format
    name: FileName = Field(description="the name of the platform, as its file")
    minutes: Minutes | None = Field(None, description="minutes a member spends there, per day")
    adoption: Share | None = Field(None, description="members, as a share of people")
    leaning: Share | None = Field(None, description="how far people live the way of the west there; absent: as far as they can")
    links: Links | None = Field(None, description="who is linked to whom")
    following: Following | None = Field(None, description="links that need no return")
    pseudonyms: Pseudonyms | None = Field(None, description="accounts that do not tell who a person is")
    joining: Joining | None = Field(None, description="adopters join one after the other; absent: all at once")
    leaving: Leaving | None = Field(None, description="members who leave for good or for a while")
    unlinking: Unlinking | None = Field(None, description="links that members end")
    suggestions: Suggestions | None = Field(None, description="friends of friends that the platform suggests")
    meeting: MeetingOnline | None = Field(None, description="people who get to know each other there")
    gate: Gate | None = Field(None, description="how ties that began there come into real life")
    communities: Communities | None = Field(None, description="groups of people who share an interest")
    prompts: Prompts | None = Field(None, description="birthday prompts")
    notifications: Notifications | None = Field(None, description="calls to come back")
    feed: Feed | None = Field(None, description="posts and who sees them")
    reactions: Reactions | None = Field(None, description="one-click reactions")
    written: WrittenActs | None = Field(None, description="how much people write to somebody")
    comments: Comments | None = Field(None, description="comments on posts")
    messages: Messages | None = Field(None, description="private messages")
    groups: Groups | None = Field(None, description="communities")

    @property
    def present(self) -> bool:
        """Whether there is anything to join."""
        return self.links is not None

    @property
    def comes_and_goes(self) -> bool:
        """Whether people join and leave after the first day."""
        return self.joining is not None or self.leaving is not None

    def _idle(self) -> list[Fault]:
        """Keys that do nothing without a part that the platform lacks."""
        met, feed = self.meeting, self.feed
        ways = {name: getattr(met, name) for name in ("through_links", "in_communities", "in_feed")} if met else {}
        faults = []
        if met and not any(ways.values()):
            faults.append(Fault(("meeting",), "no way to meet", f"one of {', '.join(ways)}"))
        if met and met.in_communities and met.in_communities.value and self.communities is None:
            faults.append(Fault(("meeting", "in_communities"), "nowhere to meet", "a section [communities]"))
        if met and met.in_feed and met.in_feed.value and not (feed and (feed.recommended or feed.reposts)):
            faults.append(Fault(("meeting", "in_feed"), "no posts of strangers", "recommended or reposts in [feed]"))
        if feed and feed.public and not feed.recommended:
            faults.append(Fault(("feed", "public"), "a share of nothing", "recommended, whose part it is"))
        return faults

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        parts = {name: part for name, part in self if name not in NOT_SET}
        features = [name for name, part in parts.items() if part is not None]
        if self.name == "none":
            refuse([Fault((key,), "a feature of the platform 'none'", "no feature, or another name") for key in features])
        elif features:
            needs = {key: f"{key} = {{ value, unit, status, source }}" for key in ("minutes", "adoption")}
            asks = next((f"[{name}]" for name in features if name not in (*needs, "links", "leaning")), "people to join")
            needs["links"] = f"a section [links] with share and link_slope, for {asks}"
            refuse([Fault((key,), "missing", needed) for key, needed in needs.items() if parts[key] is None])
            refuse(self._idle())
            ways = [key for key in ("comments", "messages", "groups") if parts[key] is not None]
            if ways and self.written is None:
                refuse([Fault(("written",), "missing", f"a section [written] with rate, for [{ways[0]}]")])
            if self.written is not None and not ways:
                refuse([Fault(("written",), "nowhere to write", "[comments], [messages] or [groups]")])
        return self
