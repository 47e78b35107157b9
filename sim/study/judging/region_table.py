"""Where a verdict holds: tables from the combinations that `sim region` simulated. Reads tables and runs nothing.

A result folder has one folder per contrast under `region/`. Each holds the tables of a sweep and `region.json`, which names the
parameters with their ranges and base, and which combinations are the random sample. Combination 0 is the base. The tables are:

- `region`: the share of the sample with each verdict, with Wilson's interval;
- `flips`: how far each parameter alone can go, and the smallest joint changes *found* that give another definite verdict;
- `stretches`: the verdicts along the range of each parameter, with all others at the base;
- `splits`: the parameter and its value that best separate where the verdict of the base holds, and the next best split within.

A share is not a probability: nobody knows how likely a combination is.

In this module a *place* is a simulated combination, and a *word* is its verdict.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from scipy.special import ndtri

from sim.scenario.names import ALL
from sim.study.judging import verdict
from sim.study.judging.groups import group_of
from sim.study.records import json_files, provenance, tables
from sim.study.records.result_folder import ResultFolder, Sources, changed_sources, sources, sources_of
from sim.terminal import Passage

FOLDER, ABOUT = "region", "region.json"
WORDS = (*verdict.WORDS, verdict.UNDECIDED)
LEAST = 0.1  # smallest share of the sample on each side of a split
SHUFFLES = 199  # random permutations of the words, to compare the best split with chance
TELLING = 0.05  # largest p of a split that counts as better than chance
MOST_TOLD = 12  # parameters of one joint change, on a screen
NAMES = ("region", "flips", "stretches", "splits")


@dataclass(frozen=True)
class Trials:
    """Every place that was simulated for one contrast, and its words.

    about : region.json; names : of the parameters; low, high : (parameters,) ends of their ranges
    values : (places, parameters); place 0 is the base
    drawn : (places,) bool, whether a place is in the random sample
    words : (horizon, profile) -> word of each place, "" where it has none
    group : whose verdict the contrast has, a name of the column `profile`
    made_of : digests of the files that all this was read from
    """

    about: dict[str, Any]
    made_of: Sources
    names: tuple[str, ...]
    low: np.ndarray
    high: np.ndarray
    values: np.ndarray
    drawn: np.ndarray
    words: dict[tuple[int, str], np.ndarray]
    group: str

    @property
    def last(self) -> tuple[int, str]:
        """The horizon and profile of flips, stretches and splits: the last horizon, the people whose verdict it is."""
        return max(horizon for horizon, _ in self.words), self.group

    @property
    def at(self) -> dict[str, Any]:
        """The same as columns of a row."""
        return dict(zip(("horizon", "profile"), self.last))

    @property
    def shares(self) -> np.ndarray:
        """(places, parameters) the values as shares of their ranges: 0 is low, 1 is high."""
        return (self.values - self.low) / (self.high - self.low)

    @property
    def away(self) -> np.ndarray:
        """(places, parameters) bool: whether a value differs from the base."""
        return self.values != self.values[0]

    def keys(self) -> dict[str, Any]:
        """The columns of every row that name its study, contrast and provenance."""
        about = self.about
        seeds = provenance.spans(range(1, about["seeds"] + 1))
        return {"study": about["study"], "contrast": about["contrast"], "hash": about["scenario"], "version": about["version"],
                "seed_numbers": seeds, "digest": str(self.made_of)}  # fmt: skip


def tables_in(folder: str | os.PathLike) -> dict[str, pl.DataFrame]:
    """The four tables of all contrasts of a result folder that have a region. Without one the tables have no rows."""
    contrasts = list(map(read, sorted(Path(folder, FOLDER).glob(f"*/{ABOUT}"))))
    rows = {
        "region": [row for trials in contrasts for row in shares(trials)],
        "flips": [row for trials in contrasts for row in (*alone(trials), *joint(trials))],
        "stretches": [row for trials in contrasts for row in stretches(trials)],
        "splits": [row for trials in contrasts for row in splits(trials)],
    }
    return {name: pl.DataFrame(part, schema=dict(tables.SCHEMAS[name])) for name, part in rows.items()}


def write(folder: str | os.PathLike) -> dict[str, pl.DataFrame]:
    """Write the tables `region`, `flips`, `stretches` and `splits` of a result folder."""
    for name, frame in tables_in(folder).items():
        tables.write(folder, name, frame)
    return {name: tables.read(folder, name) for name in NAMES}


def read(file: Path) -> Trials:
    """The trials in the folder of one contrast. file : its region.json"""
    folder = file.parent
    about, results = json_files.read(folder, ABOUT), ResultFolder(folder)
    points = results.study["points"]
    parameters = about["assumptions"]
    names = tuple(parameter["name"] for parameter in parameters)
    judged = results.derived("verdict", "compare").sort("point")
    words = {}
    for key, rows in judged.group_by("horizon", "profile", maintain_order=True):
        at_place = np.full(len(points), "", dtype=object)
        at_place[rows["point"].to_numpy()] = rows["verdict"].to_list()
        words[key] = at_place
    return Trials(
        about=about,
        made_of=made_of(about, results.study),
        names=names,
        low=np.array([parameter["low"] for parameter in parameters], float),
        high=np.array([parameter["high"] for parameter in parameters], float),
        values=np.array([[point[name] for name in names] for point in points], float),
        drawn=np.isin([point["point"] for point in points], about["drawn"]),
        words=words,  # type: ignore[arg-type]
        group=group_of(next(one for one in results.study["contrasts"] if one["name"] == about["contrast"])),
    )


# The sample


def shares(trials: Trials) -> Iterator[dict[str, Any]]:
    """Rows of `region`: how often the places of the random sample have each word."""
    about = trials.about
    for (horizon, profile), words in sorted(trials.words.items()):
        sample = words[trials.drawn]
        for word in WORDS:
            times = int((sample == word).sum())
            low, high = wilson(times, len(sample))
            yield trials.keys() | {
                "horizon": horizon, "profile": profile, "word": word, "base": word == words[0],
                "share": times / len(sample), "low95": low, "high95": high, "times": times, "points": len(sample),
                "seeds": about["seeds"], "people": about["people"], "assumptions": len(trials.names),
                "point": about["point"], "simulated": len(words), "refused": about["refused"],
                "margins": margins_text(about["margins"]), "command": about["command"],
            }  # fmt: skip


def margins_text(margins: Mapping[str, float]) -> str:
    """Margins as text, as in the column `margins` of region.csv."""
    return "; ".join(f"{name} {value:g}" for name, value in margins.items())


def made_of(about: Mapping[str, Any], study: Mapping[str, Any]) -> Sources:
    """The sources of the tables of one contrast. about : region.json; study : the study.json beside it"""
    return sources_of(study, "region", {key: value for key, value in about.items() if key != "command"})


def differs(row: Mapping[str, Any], study: Mapping[str, Any], folder: str | os.PathLike) -> list[str]:
    """The sources of a row of region.csv that differ from a study and its runs, in words.

    study : study.json; folder : the result folder. It need not hold the runs of the region: published tables lie alone.
    """
    if not (stored := sources(row["digest"] or "")):
        return changed_sources(None, sources_of(study, "region"))
    changes = ["another scenario"] if row["hash"] != study.get("scenario") else []
    changes += ["another version"] if row["version"] != study.get("version") else []
    changes += changed_sources(stored, sources_of(study, "region"), ("margins", "rules"))
    place = Path(folder, FOLDER, row["contrast"])
    if all((place / name).is_file() for name in (ABOUT, json_files.STUDY)):
        current = made_of(json_files.read(place, ABOUT), json_files.read(place, json_files.STUDY))
        changes += changed_sources(stored, current, ("runs", "study"))
    return changes


def matching_rows(folder: str | os.PathLike, name: str, contrast: str, row: Mapping[str, Any]) -> pl.DataFrame | None:
    """The rows of a contrast in a table beside region.csv. None if they have other sources than a row of region.csv."""
    rows = tables.read(folder, name).filter(contrast=contrast)
    return None if any(sources(text or "") != sources(row["digest"]) for text in rows["digest"].unique()) else rows


def wilson(times: int, count: int) -> tuple[float, float]:
    """Wilson's 95 % interval of the share times / count."""
    share, normal = times / count, float(ndtri(0.975))  # scipy.stats has it, but takes half a second to import
    middle, half = share + normal**2 / (2 * count), normal * math.sqrt(share * (1 - share) / count + (normal / (2 * count)) ** 2)
    low, high = ((middle + sign * half) / (1 + normal**2 / count) for sign in (-1, 1))
    return max(low, 0.0), min(high, 1.0)


# One parameter at a time


def on_axis(trials: Trials, k: int) -> np.ndarray:
    """The places that differ from the base in parameter k or not at all, ordered by its value."""
    others = np.delete(trials.away, k, axis=1).any(axis=1)
    places = np.flatnonzero(~others & (trials.words[trials.last] != ""))
    return places[np.argsort(trials.values[places, k], kind="stable")]


def alone(trials: Trials) -> Iterator[dict[str, Any]]:
    """Rows of `flips` for one parameter each: where the word of the base holds, becomes undecided, and flips."""
    words = trials.words[trials.last]
    for k in range(len(trials.names)):
        base, places = trials.values[0, k], on_axis(trials, k)
        row: dict[str, Any] = {"holds_from": base, "holds_to": base}
        for side, end in (("low", trials.low[k]), ("high", trials.high[k])):
            between = [p for p in places if min(base, end) <= trials.values[p, k] <= max(base, end)]
            outward = sorted(between, key=lambda p: abs(trials.values[p, k] - base))
            passed = [words[p] for p in outward]
            kept = next((n for n, word in enumerate(passed) if word != words[0]), len(passed))
            stop = next((p for p in outward if words[p] == verdict.UNDECIDED != words[0]), None)
            flip = next((p for p in outward if words[p] not in (words[0], verdict.UNDECIDED)), None)
            held = trials.values[outward[kept - 1], k]
            row["holds_from"], row["holds_to"] = min(row["holds_from"], held), max(row["holds_to"], held)
            row[f"word_{side}"] = passed[-1] if trials.values[outward[-1], k] == end else None
            row[f"stops_at_{side}"] = None if stop is None else trials.values[stop, k]
            row[f"flips_at_{side}"] = None if flip is None else trials.values[flip, k]
            row[f"flip_{side}"] = None if flip is None else words[flip]
        yield about_change(trials, 0, k) | row | nearest(trials, k, row)


def nearest(trials: Trials, k: int, row: dict[str, Any]) -> dict[str, Any]:
    """The nearer of a parameter's two flips. row : as `alone` makes it"""
    base, width = trials.values[0, k], trials.high[k] - trials.low[k]
    both = [(row[f"flips_at_{side}"], row[f"flip_{side}"]) for side in ("low", "high")]
    flips = [(abs(value - base) / width, value, word) for value, word in both if value is not None]
    return dict(zip(("distance", "value", "word"), min(flips, default=(None, None, None))))


def about_change(trials: Trials, number: int, k: int) -> dict[str, Any]:
    """The columns of `flips` about parameter k in the change of this number. All other columns are None."""
    empty = dict.fromkeys(name for name in tables.SCHEMAS["flips"])
    return empty | trials.keys() | {
        **trials.at, "change": number, "name": trials.names[k],
        "low": trials.low[k], "high": trials.high[k], "base": trials.values[0, k], "word_base": trials.words[trials.last][0],
        "assumptions": 1,
    }  # fmt: skip


def stretches(trials: Trials) -> Iterator[dict[str, Any]]:
    """Rows of `stretches`: the consecutive places along a parameter's range that have the same word."""
    words = trials.words[trials.last]
    for k, name in enumerate(trials.names):
        groups: list[list[int]] = []
        for place in on_axis(trials, k):
            if groups and words[groups[-1][0]] == words[place]:
                groups[-1].append(place)
            else:
                groups.append([place])
        for group in groups:
            ends = trials.values[group[0], k], trials.values[group[-1], k]
            about = trials.at | {"name": name, "word": words[group[0]]}
            yield trials.keys() | about | {"from": ends[0], "to": ends[1], "places": len(group)}


# Several at once


def joint(trials: Trials) -> Iterator[dict[str, Any]]:
    """Rows of `flips` for the smallest joint changes found: for each word the nearest one, and the one with fewest parameters.

    Changes are numbered from 1, the nearest first. Each parameter that changes has a row, the largest change first.
    """
    words = trials.words[trials.last]
    count = trials.away.sum(axis=1)
    far = np.sqrt(((trials.shares - trials.shares[0]) ** 2).sum(axis=1))
    flipped = [int(p) for p in np.flatnonzero(count > 1) if words[p] not in (words[0], verdict.UNDECIDED, "")]
    picked: set[int] = set()
    for word in {words[p] for p in flipped}:
        places = [p for p in flipped if words[p] == word]
        near = min(places, key=lambda p: (far[p], p))
        few = min(places, key=lambda p: (count[p], far[p], p))
        picked |= {near} | ({few} if count[few] < count[near] else set())
    for number, place in enumerate(sorted(picked, key=lambda p: (far[p], p)), start=1):
        steps = np.abs(trials.shares[place] - trials.shares[0])
        for k in np.argsort(-steps, kind="stable")[: count[place]]:
            yield about_change(trials, number, k) | {
                "value": trials.values[place, k], "word": words[place], "distance": far[place], "assumptions": int(count[place]),
            }  # fmt: skip


# Splits of the sample


def splits(trials: Trials) -> Iterator[dict[str, Any]]:
    """Rows of `splits`: the best split of the sample by whether the word of the base holds, and the best one within a side.

    That side is the one with the larger `spread`.
    """
    places = trials.values[trials.drawn]
    holds = trials.words[trials.last][trials.drawn] == trials.words[trials.last][0]
    inside, within = np.ones(len(holds), bool), ""
    for level in (1, 2):
        best = split(places[inside], holds[inside], max(2, math.ceil(LEAST * len(holds))))
        if best is None:
            return
        k, cut, p = best
        below = places[:, k] <= cut
        sides = {"below": inside & below, "above": inside & ~below}
        for side, members in sides.items():
            times, count = int(holds[members].sum()), int(members.sum())
            low, high = wilson(times, count)
            yield trials.keys() | {
                **trials.at, "level": level, "within": within, "name": trials.names[k], "side": side, "cut": cut,
                "word": trials.words[trials.last][0], "share": times / count, "low95": low, "high95": high,
                "times": times, "points": count, "p": p,
            }  # fmt: skip
        if p > TELLING:
            return
        within = max(sides, key=lambda side: spread(holds[sides[side]]))
        inside = sides[within]


def spread(holds: np.ndarray) -> float:
    """How mixed the places are: the negative log-likelihood of `holds` if all places have the same chance. 0: all are equal."""
    n, k = len(holds), int(holds.sum())
    return -sum(part * math.log(part / n) for part in (k, n - k) if part)


def split(values: np.ndarray, holds: np.ndarray, least: int) -> tuple[int, float, float] | None:
    """The parameter and the value that best separate places where the word holds from the others.

    values : (places, parameters); holds : (places,) bool; least : smallest number of places on a side
    Returns the parameter, the cut (halfway between two places) and p: how often the best split of shuffled words is as good.
    None if the word holds everywhere or nowhere, or if there are too few places.
    """
    n = len(holds)
    if n < 2 * least or holds.all() or not holds.any():
        return None
    order = np.argsort(values, axis=0, kind="stable")
    sorted_ = np.take_along_axis(values, order, axis=0)
    cuttable = sorted_[least - 1 : n - least] < sorted_[least : n - least + 1]
    if not cuttable.any():
        return None

    def gains(holds: np.ndarray) -> np.ndarray:
        before = np.cumsum(holds[order], axis=0)[least - 1 : n - least]
        left = np.arange(least, n - least + 1)[:, None]
        apart = _likelihood(before, left) + _likelihood(holds.sum() - before, n - left)
        return np.where(cuttable, apart, -np.inf)

    gain = gains(holds)
    row, k = np.unravel_index(int(gain.argmax()), gain.shape)
    random = np.random.default_rng(1)
    as_good = sum(gains(random.permutation(holds)).max() >= gain.max() - 1e-9 for _ in range(SHUFFLES))
    cut = (sorted_[row + least - 1, k] + sorted_[row + least, k]) / 2
    return int(k), float(cut), (1 + as_good) / (1 + SHUFFLES)


def _likelihood(times: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Log-likelihood of `times` out of `count`, at the share times / count."""
    share = np.clip(times / count, 1e-12, 1 - 1e-12)
    return times * np.log(share) + (count - times) * np.log(1 - share)


# In words


def in_words(frames: dict[str, pl.DataFrame], contrast: str) -> list[Passage]:
    """The tables of one contrast in sentences and small tables, for the terminal. frames : table -> its rows"""
    of = {name: frame.filter(contrast=contrast) for name, frame in frames.items()}
    last = of["region"]["horizon"].max()
    group = of["flips"]["profile"][0]
    whose = "" if group == ALL else f", of {group}"
    words = of["region"].filter(pl.col("times") > 0, horizon=last, profile=group).sort("times", descending=True)
    about = of["region"].filter(pl.col("base"), horizon=last, profile=group).row(0, named=True)
    refused = f" ({about['refused']} refused by an arm)" if about["refused"] else ""
    parts: list[Passage] = [
        (
            f"{contrast}{whose}: {about['word']} at the base. Of {about['points']} random combinations of {about['assumptions']} "
            f"parameters{refused}, each simulated with {about['seeds']} replicates of {about['people']} people:",
            ("word", "share", "95 % interval"),
            [(row["word"], f"{row['share']:.2f}", f"{row['low95']:.2f} to {row['high95']:.2f}") for row in _rows(words)],
        )
    ]
    alone = of["flips"].filter(pl.col("change") == 0)
    flips = alone.filter(pl.col("word").is_not_null()).sort("distance")
    stops = alone.filter(pl.col("word").is_null(), pl.any_horizontal(pl.col("stops_at_low", "stops_at_high").is_not_null()))
    rest = alone.height - flips.height - stops.height
    parts.append(
        (
            f"One parameter alone: {flips.height} of {alone.height} flip the verdict within their range, {stops.height} more "
            f"leave it undecided, {rest} neither.",
            ("parameter", "base", "holds", "flips at", "to", "distance"),
            [
                (row["name"], f"{row['base']:.3g}", f"{row['holds_from']:.3g} to {row['holds_to']:.3g}", f"{row['value']:.3g}",
                 row["word"], f"{row['distance']:.2f}")
                for row in _rows(flips)
            ],
        )
    )  # fmt: skip
    for (number,), rows in of["flips"].filter(pl.col("change") > 0).group_by("change", maintain_order=True):
        first = rows.row(0, named=True)
        head = f"Together, smallest found ({number}): {first['word']} at a distance of {first['distance']:.2f}, by"
        moves: list[tuple[str, ...]] = [
            (row["name"], f"{row['base']:.3g}", f"{row['value']:.3g}") for row in _rows(rows.head(MOST_TOLD))
        ]
        more = f" {first['assumptions']} parameters" + (f", the first {MOST_TOLD}" if rows.height > MOST_TOLD else "")
        parts.append((head + more, ("parameter", "from", "to"), moves))
    for (level,), rows in of["splits"].group_by("level", maintain_order=True):
        first = rows.row(0, named=True)
        where = f", where {_side(of['splits'], first['within'])}" if level == 2 else ""
        chance = "" if first["p"] <= TELLING else " (no better than chance)"
        parts.append(
            (
                f"Best split between {first['word']} and other verdicts{where}: {first['name']}{chance}",
                (first["name"], "share", "95 % interval", "combinations"),
                [
                    (f"{'to' if row['side'] == 'below' else 'above'} {row['cut']:.3g}", f"{row['share']:.2f}",
                     f"{row['low95']:.2f} to {row['high95']:.2f}", str(row["points"]))
                    for row in _rows(rows)
                ],
            )
        )  # fmt: skip
    return parts


def _rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    return list(frame.iter_rows(named=True))


def _side(splits: pl.DataFrame, side: str) -> str:
    """A side of the first split in words."""
    first = splits.filter(level=1, side=side).row(0, named=True)
    return f"{first['name']} is {'at most' if side == 'below' else 'above'} {first['cut']:.3g}"
