"""A cultural usage profile: how people of a culture use a platform."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from sim.scenario.numbers import Exponent, Factor, LinkCount, Mobility, Share, SomeShare, Weight, Years
from sim.scenario.pieces import NOT_SET, Format, Piece, ProfileName

REFERENCE = "us"
"""The profile whose society grows for `burn_in.years` of the society's file."""

HABITS: Mapping[str, tuple[str, ...]] = {
    "minutes": ("minutes_ratio",),
    "links": ("links", "overlap", "recip", "status"),
    "volume": ("post", "post_minutes_ratio", "react", "repost"),
    "division": ("private",),
    "content": ("disclose", "disclose_essay", "passing_part", "pseudo"),
    "mobility": ("mobility",),
    "attention": ("gamma_attend",),
}
"""Groups of habits in which two cultures may differ: name -> its parameters. Every parameter of a habit is in exactly one.

`post_minutes_ratio` goes with the volume: `post` over it is posts per minute (docs/model.md 7.4). So people with the minutes of
another culture keep their posts per minute, and people with its volume get its posts per minute at their own minutes.
"""
NO_HABITS = (*NOT_SET, "steady_years")
"""Keys of a profile that are no habit: its name and form, and how long its society takes to be steady."""


class Profile(Piece):
    """A cultural usage profile."""

    format: Format
    name: ProfileName = Field(description="the name of the profile, as its file")
    minutes_ratio: Factor = Field(description="platform minutes, as a ratio to profile us")
    links: LinkCount = Field(description="links of a member")
    overlap: SomeShare = Field(description="share of starting links that have a real-life tie")
    mobility: Mobility = Field(description="relational mobility score")
    post: Factor = Field(description="posting, as a ratio to profile us")
    post_minutes_ratio: Weight = Field(description="minutes_ratio of the people whose posting `post` was measured on")
    pseudo: Share = Field(description="share of accounts that do not tell who a person is, where a platform allows that")
    recip: Share = Field(description="share of mutual pairs among linked pairs, where links need no return")
    status: Exponent = Field(description="exponent of audience in whom people follow, where links need no return")
    repost: Share = Field(description="share of posts that are posts of others, passed on")
    react: Factor = Field(description="reactions per view and written acts per minute, as a ratio to profile us")
    private: Share = Field(description="share of acts that are private or in groups")
    disclose: Share = Field(description="share of posts about oneself")
    disclose_essay: Share = Field(description="the same as the essay says, for `content = \"essay\"`")
    passing_part: Share = Field(description="part of posts about oneself that pass")
    gamma_attend: Exponent = Field(description="exponent of closeness in attention to content")
    steady_years: Years | None = Field(None, description="years until a society of this profile alone is steady")
