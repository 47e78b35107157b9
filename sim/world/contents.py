"""What people post (docs/model.md 7.4): about themselves and lasting, about themselves and passing, or information."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.scenario.names import CONTENTS


def disclosing(society) -> str:
    """The name of the number of profiles that says how much people post about themselves."""
    return "disclose_essay" if society.response.content == "essay" else "disclose"


def shares(profile, feed, society, disclose: Any = None) -> dict[str, Any]:
    """Each sort's share of the posts of a person of this profile, by name; they sum to 1.

    disclose : share of posts about oneself, in place of the profile's: (people,) where habits are shifted; then so are the shares
    """
    disclose = getattr(profile, disclosing(society)).value if disclose is None else disclose
    of_them = profile.passing_part.value
    own = dict(zip(CONTENTS, (disclose * (1 - of_them), disclose * of_them, 1 - disclose)))
    if feed.passing is None:
        return own
    if feed.lasting is not None:
        return {name: getattr(feed, name).value for name in CONTENTS}
    passing, rest = feed.passing.value, own["lasting"] + own["information"]
    half = np.full_like(rest, 0.5, np.float64)
    lasting = np.divide(own["lasting"], rest, out=half, where=np.greater(rest, 0))[()]
    return dict(zip(CONTENTS, ((1 - passing) * lasting, passing, (1 - passing) * (1 - lasting))))


def mean_factor(profile, feed, society, name: str, disclose: Any = None) -> Any:
    """Mean of a factor (`opening`, `dose`, `comment` or `share`) over the posts of a person; 1 if all sorts act alike.

    disclose : as for `shares`
    """
    if feed is None or society.response.content_effects == "alike":
        return 1.0
    factors = {sort: getattr(getattr(society.content, sort), name).value for sort in CONTENTS}
    return sum(share * factors[sort] for sort, share in shares(profile, feed, society, disclose).items())
