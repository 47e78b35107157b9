"""What a title may say of the differences between cultures. Reads tables.

A difference is between the effects of a platform on two cultures. It is in one of four states:
- *named*: it holds as measured and with minutes equalised, and in 90 % of draws from the ranges. A title may name the culture.
- *flips*: its sign is another in a way to compare, or in more than 10 % of draws. It hinges on guessed numbers.
- *chance*: its interval does not leave out 0. So many societies do not show it, which is no finding that there is none.
- *not drawn*: it is clear so far, but numbers were not drawn from their ranges, or minutes were not equalised.

What the differences of a whole cross go with (culture, platform or both together) is in one of the same states.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import polars as pl

from sim.study.judging.cultures import EQUAL, FILES, PARTS, PLAIN, RANGES

NAMED, FLIPS, CHANCE, NOT_DRAWN = "named", "flips", "chance", "not-drawn"
LEAST_SIGN = 0.9  # of draws with the same sign, or with the same part before the others
DRAWS, NOISE = "draws", "noise"

Row = dict[str, Any]


class Finding(NamedTuple):
    """A difference and its state.

    sign : 1 if the effect on the culture is above that on the reference, -1 if it is below, 0 if chance may make it as measured
    seeds : replicates of the way that decided
    why : the way that is within chance; of what was not drawn: DRAWS, or EQUAL if minutes were not equalised; "" otherwise
    """

    state: str
    sign: int
    seeds: int
    why: str = ""

    @property
    def case(self) -> str:
        """The state, with "-equal" after it if it is so because of the way with equal minutes."""
        return f"{self.state}-equal" if self.why == EQUAL else self.state


def of_culture(effects: pl.DataFrame, profile: str, platform: str, measure: str, horizon: int) -> Finding | None:
    """The finding on a profile and the reference on one platform. None: nothing compares the two.

    effects : the table of that name. Draws of a way count if it has any; those as measured must be there for a name.
    """
    rows = effects.filter(profile=profile, platform=platform, measure=measure, horizon=horizon).drop_nulls("difference")
    by_way = {row["way"]: row for row in rows.iter_rows(named=True) if row["way"] in (PLAIN, EQUAL)}
    if PLAIN not in by_way:
        return None
    signs = {way: _clear_sign(row) for way, row in by_way.items()}
    same = {way: row["difference_sign_share"] for way, row in by_way.items() if signs[way]}  # chance has no sign to keep
    sign, seeds = signs[PLAIN], by_way[PLAIN]["seeds"]
    if not sign:
        return Finding(CHANCE, 0, seeds, PLAIN)
    if -sign in signs.values() or any(share is not None and share < LEAST_SIGN for share in same.values()):
        return Finding(FLIPS, sign, seeds)
    if signs.get(EQUAL) == 0:
        return Finding(CHANCE, sign, by_way[EQUAL]["seeds"], EQUAL)
    if same[PLAIN] is None or EQUAL not in signs:
        return Finding(NOT_DRAWN, sign, seeds, DRAWS if same[PLAIN] is None else EQUAL)
    return Finding(NAMED, sign, seeds)


def of_all(findings: Iterable[Finding]) -> Finding | None:
    """The finding that tells most of several: a named one, then one that flips, then one not drawn. None: there is none."""
    order = (NAMED, FLIPS, NOT_DRAWN, CHANCE)
    return min(findings, key=lambda finding: (order.index(finding.state), finding.why == PLAIN), default=None)


def _clear_sign(row: Row) -> int:
    """The sign of a difference whose interval leaves out 0; 0 if it does not, or has none."""
    low, high = row["difference_low95"], row["difference_high95"]
    if low is None or high is None or math.isnan(low):
        return 0
    return 1 if low > 0 else -1 if high < 0 else 0


class Leading(NamedTuple):
    """What the differences of a cross go with, and the state of that.

    part : the part that counts most; "" in state FLIPS, and where chance may make it
    seeds : replicates of the way that decided
    why : of chance NOISE if there is no difference beyond it, else ""; of what was not drawn: DRAWS, or NOISE if draws are noise
    """

    state: str
    part: str
    seeds: int
    why: str = ""


def leading(parts: pl.DataFrame, measure: str, horizon: int, ways: Sequence[str]) -> Leading | None:
    """The part that counts most in each of some ways and in their draws. None: there are no parts.

    parts : the table of that name; ways : the first one is that of which draws must be there
    """
    rows = parts.filter(pl.col("way").is_in(list(ways)), measure=measure, horizon=horizon)
    there = {draw: [part for way in ways if (part := rows.filter(way=way, draw=draw)).height] for draw in (FILES, RANGES)}
    if not there[FILES]:
        return None
    seeds = there[FILES][0]["seeds"][0]
    found = {draw: [most(part) for part in there[draw]] for draw in there}
    clear = {part for part in found[FILES] if part in PARTS}
    if found[FILES][0] not in PARTS:
        return Leading(CHANCE, "", seeds, found[FILES][0])
    if len(clear) > 1 or any(part not in (*clear, NOISE) for part in found[RANGES]):
        return Leading(FLIPS, "", seeds)
    if unclear := [part for part in found[FILES] if part not in PARTS]:
        return Leading(CHANCE, "", seeds, unclear[0])
    drawn = not rows.filter(way=ways[0], draw=RANGES).is_empty()
    if not drawn or NOISE in found[RANGES]:
        return Leading(NOT_DRAWN, clear.pop(), seeds, NOISE if drawn else DRAWS)
    return Leading(NAMED, clear.pop(), seeds)


def most(rows: pl.DataFrame) -> str:
    """The part that clearly counts most in a way: by its interval, or in 90 % of draws. "": none is clear. NOISE: all are 0.

    rows : of parts.csv, one for each part
    """
    shares = {row["part"]: row for row in rows.iter_rows(named=True)}
    if not any(row["share"] for row in shares.values()):
        return NOISE
    for part, row in shares.items():
        others = [other["high"] for name, other in shares.items() if name != part]
        if row["lead"] is not None and row["lead"] >= LEAST_SIGN:
            return part
        if row["lead"] is None and row["low"] is not None and all(row["low"] > high for high in others):
            return part
    return ""
