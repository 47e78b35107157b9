"""Digests of all values that shape a run, and of those that shape its grown society. Equal digests mean equal runs.

Names, sources, plausible ranges and seeds do not count. Without a platform, values that act after the branch do not count either.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from sim.channels import TABLE
from sim.scenario.renamed import first_name

_AFTER = (
    "platform.",
    "society.response.",
    "society.content.",
    "society.reference.",  # read by measures alone
    *(f"society.channels.{channel.name}." for channel in TABLE if not channel.real),
    "society.people.minutes_",
    "society.people.links_",
    "society.people.posts_",
    "society.people.written_",
)
_OF_CONTENT = ("society.content.", "society.response.content", "platform.feed.lasting", "platform.feed.passing",
               "platform.feed.information")  # fmt: skip
_OF_CONTENT_IN_PROFILES = ("disclose", "disclose_essay", "passing_part")
_READ_BY = {  # number of a profile -> the value of a platform without which no rule reads it
    "pseudo": "platform.pseudonyms.told",
    "recip": "platform.following.audience_spread",
    "status": "platform.following.audience_spread",
    "repost": "platform.feed.reposts",
}
_PROFILE_BEFORE = ("mobility", "share", "steady_years")
_OF_YEARS = re.compile(r"society\.burn_in\.|profile\.[^.]+\.steady_years$")
_BOTH = ("before", "after")

Items = tuple[tuple[str, Any], ...]


@cache
def acts(full: str) -> Literal["before", "after"]:
    """Whether a parameter acts before the branch (another society is grown) or after it, by its full dotted name."""
    if full.startswith("profile."):
        return "before" if full.rsplit(".", 1)[1] in _PROFILE_BEFORE else "after"
    return "after" if full.startswith(_AFTER) else "before"


def digest(content: Any) -> str:
    """SHA-256 (hex) of plain values."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def first_digits(full: str, length: int) -> str:
    """The first digits of a digest (hex), as a short name in tables.

    Programs could read 123456789012 or 1234567e8901 as a number. Instead of such a name, the digest of the digest gives one.
    """
    while set(full[:length]) <= set("0123456789e"):
        full = hashlib.sha256(full.encode()).hexdigest()
    return full[:length]


class Values(NamedTuple):
    """All values of an arm, by full dotted name; a value is a number, a switch or a choice.

    profiles : of each that has a share of the population, its values and that share
    timeline : of each platform, its first day since the branch, whether there is anything to join, and its values
    """

    society: Mapping[str, Any]
    profiles: tuple[tuple[Mapping[str, Any], float], ...]
    timeline: tuple[tuple[int, bool, Mapping[str, Any]], ...]
    people: int
    years: int
    horizons: tuple[int, ...]
    graph: str | None

    @property
    def profile_names(self) -> tuple[str, ...]:
        """Names of the profiles, in the order of `profiles`."""
        return tuple(next(iter(values)).split(".")[1] for values, _ in self.profiles)

    @property
    def alike(self) -> bool:
        """Whether all contents act alike: `content_effects` says so, or all their factors are 1.

        Then nothing that is said of contents shapes a run.
        """
        if self.society.get("society.response.content_effects") != "differ":
            return True
        return all(value == 1 for name, value in self.society.items() if name.startswith("society.content."))

    @property
    def unread(self) -> frozenset[str]:
        """Names of numbers of profiles that no rule reads on these platforms."""
        platforms = [values for _, _, values in self.timeline]
        return frozenset(name for name, key in _READ_BY.items() if all(values.get(key, False) is False for values in platforms))

    def run_digest(self) -> str:
        """Digest of all that shapes a run, but the seed."""
        platform = any(present for _, present, _ in self.timeline)
        reference = {} if platform else {name: v for name, v in self.society.items() if name.startswith("society.reference.")}
        return digest(
            [
                self._grown(_BOTH if platform else ("before",)),
                self.horizons,
                [(day, _part(_BOTH, self.alike, tuple(values.items()))) for day, _, values in self.timeline],
                reference,
            ]
        )

    def society_digest(self) -> str:
        """Digest of all that shapes the grown society, which arms may share."""
        return digest(self._grown(("before",)))

    def _grown(self, when: tuple[str, ...]) -> list[Any]:
        unread = self.unread
        profiles = [(_part(when, self.alike, tuple(values.items()), unread), share) for values, share in self.profiles]
        return [_part(when, self.alike, tuple(self.society.items())), profiles, self.people, self.years, self.graph]


def is_of_content(full: str) -> bool:
    """Whether a parameter says what people post, or what that changes."""
    if full.startswith("profile."):
        return full.rsplit(".", 1)[1] in _OF_CONTENT_IN_PROFILES
    return full.startswith(_OF_CONTENT)


@lru_cache(maxsize=4096)
def _part(when: tuple[str, ...], alike: bool, items: Items, unread: frozenset[str] = frozenset()) -> str:
    """Digest of the values that act before or after the branch. It is cached: the points of a design share most parts.

    alike : whether all contents act alike; what is said of contents is then left out
    unread : last parts of the names of numbers that are left out as well
    """
    values = {name: value for name, value in items if acts(name) in when and not (alike and is_of_content(name))}
    values = {name: value for name, value in values.items() if name.rsplit(".", 1)[-1] not in unread}
    if values.get("platform.prompts.birthday") is False:  # how strong a feature would be does not matter while it is off
        values = {name: value for name, value in values.items() if not name.startswith("platform.prompts.")}
    # The years that are simulated count in `Values.years`, wherever they are written.
    return digest({first_name(name): value for name, value in values.items() if not _OF_YEARS.match(name)})
