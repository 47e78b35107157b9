"""What people post (docs/model.md 7.4): about themselves and lasting, about themselves and passing, or information."""

from __future__ import annotations

from sim.scenario.names import CONTENTS


def shares(profile, feed, society) -> dict[str, float]:
    """Each sort's share of the posts of a person of this profile, by name; they sum to 1."""
    disclose = (profile.disclose_essay if society.response.content == "essay" else profile.disclose).value
    of_them = profile.passing_part.value
    own = dict(zip(CONTENTS, (disclose * (1 - of_them), disclose * of_them, 1 - disclose)))
    if feed.passing is None:
        return own
    if feed.lasting is not None:
        return {name: getattr(feed, name).value for name in CONTENTS}
    passing, rest = feed.passing.value, own["lasting"] + own["information"]
    lasting = own["lasting"] / rest if rest > 0 else 0.5
    return dict(zip(CONTENTS, ((1 - passing) * lasting, passing, (1 - passing) * (1 - lasting))))


def mean_factor(profile, feed, society, name: str) -> float:
    """Mean of a factor (`opening`, `dose`, `comment` or `share`) over the posts of a person; 1 if all sorts act alike."""
    if feed is None or society.response.content_effects == "alike":
        return 1.0
    factors = {sort: getattr(getattr(society.content, sort), name).value for sort in CONTENTS}
    return sum(share * factors[sort] for sort, share in shares(profile, feed, society).items())
