"""Where a verdict holds: what the places that `sim region` simulated say. Reads tables, never a world.

A result folder has one folder per contrast under `region/`, each with the tables of a sweep and `region.json`: the assumptions
with their ranges and base, and which points are the random sample; point 0 is the base. From these alone:

- `region`: the share of the sample with each word, with Wilson's interval;
- `flips`: how far each assumption alone can go, and the smallest joint changes *found* that give another definite word;
- `stretches`: the words along each assumption's range, the others at the base;
- `splits`: the one assumption, and the value of it, that best tells where the base's word holds, and the next best within.

A share is no probability: nobody knows how likely a set of assumptions is.
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
from scipy.stats import binomtest

from sim.study.judging import verdict
from sim.study.records import json_files, provenance, tables
from sim.study.records.result_folder import ResultFolder, Sources, changed_sources, sources, sources_of
from sim.terminal import Told

FOLDER, ABOUT = "region", "region.json"
WORDS = (*verdict.WORDS, verdict.UNDECIDED)
LEAST = 0.1  # of the sample, on each side of a split
SHUFFLES = 199  # of the words among the places, to know what the best split of mere chance is worth
TELLING = 0.05  # a split as good as this is rare by chance
MOST_TOLD = 12  # assumptions of one joint change, on a screen
NAMES = ("region", "flips", "stretches", "splits")


@dataclass(frozen=True)
class Tried:
    """Every place that was simulated for one contrast, and its words.

    about : region.json; low, high, base : of each assumption
    values : (places, assumptions), place 0 being the base; drawn : which are the random sample
    words : (horizon, profile) -> word of each place, "" where it has none
    made_of : digests of what all this was read from
    """

    about: dict[str, Any]
    made_of: Sources
    names: tuple[str, ...]
    low: np.ndarray
    high: np.ndarray
    values: np.ndarray
    drawn: np.ndarray
    words: dict[tuple[int, str], np.ndarray]

    @property
    def last(self) -> tuple[int, str]:
        """The horizon and profile that flips are of: the last, all people."""
        return max(horizon for horizon, _ in self.words), "all"

    @property
    def shares(self) -> np.ndarray:
        """The values as shares of their ranges."""
        return (self.values - self.low) / (self.high - self.low)

    @property
    def away(self) -> np.ndarray:
        """(places, assumptions) bool: not where the base has it."""
        return self.values != self.values[0]

    def keys(self) -> dict[str, Any]:
        """What every row says of where it is from."""
        about = self.about
        seeds = provenance.spans(range(1, about["seeds"] + 1))
        return {"study": about["study"], "contrast": about["contrast"], "hash": about["scenario"], "version": about["version"],
                "seed_numbers": seeds, "digest": str(self.made_of)}  # fmt: skip


def found(folder: str | os.PathLike) -> dict[str, pl.DataFrame]:
    """The four tables of all contrasts looked at in a result folder; empty if none was."""
    return tables_of(looked_at(folder))


def looked_at(folder: str | os.PathLike) -> list[Tried]:
    """What was simulated for each contrast that somebody looked at."""
    return list(map(read, sorted(Path(folder, FOLDER).glob(f"*/{ABOUT}"))))


def tables_of(every: list[Tried]) -> dict[str, pl.DataFrame]:
    """The four tables of some contrasts."""
    rows = {
        "region": [row for tried in every for row in shares(tried)],
        "flips": [row for tried in every for row in (*alone(tried), *joint(tried))],
        "stretches": [row for tried in every for row in stretches(tried)],
        "splits": [row for tried in every for row in splits(tried)],
    }
    return {name: pl.DataFrame(some, schema=dict(tables.SCHEMAS[name])) for name, some in rows.items()}


def write(folder: str | os.PathLike) -> dict[str, pl.DataFrame]:
    """Write the tables `region`, `flips`, `stretches` and `splits` of a result folder."""
    for name, frame in tables_of(looked_at(folder)).items():
        tables.write(folder, name, frame)
    return {name: tables.read(folder, name) for name in NAMES}


def read(file: Path) -> Tried:
    """What one contrast's folder holds."""
    folder = file.parent
    about, results = json_files.read(folder, ABOUT), ResultFolder(folder)
    points = results.study["points"]
    spaces = about["assumptions"]
    names = tuple(one["name"] for one in spaces)
    judged = results.derived("verdict", "compare").sort("point")
    words = {}
    for key, rows in judged.group_by("horizon", "profile", maintain_order=True):
        said = np.full(len(points), "", dtype=object)
        said[rows["point"].to_numpy()] = rows["verdict"].to_list()
        words[key] = said
    return Tried(
        about=about,
        made_of=made_of(about, results.study),
        names=names,
        low=np.array([one["low"] for one in spaces], float),
        high=np.array([one["high"] for one in spaces], float),
        values=np.array([[point[name] for name in names] for point in points], float),
        drawn=np.isin([point["point"] for point in points], about["drawn"]),
        words=words,  # type: ignore[arg-type]
    )


# The sample


def shares(tried: Tried) -> Iterator[dict[str, Any]]:
    """How often each word is found among the random sets of assumptions."""
    about = tried.about
    for (horizon, profile), words in sorted(tried.words.items()):
        some = words[tried.drawn]
        for word in WORDS:
            times = int((some == word).sum())
            low, high = wilson(times, len(some))
            yield tried.keys() | {
                "horizon": horizon, "profile": profile, "word": word, "base": word == words[0],
                "share": times / len(some), "low95": low, "high95": high, "times": times, "points": len(some),
                "seeds": about["seeds"], "people": about["people"], "assumptions": len(tried.names),
                "point": about["point"], "simulated": len(words), "refused": about["refused"],
                "margins": said(about["margins"]), "command": about["command"],
            }  # fmt: skip


def said(margins: Mapping[str, float]) -> str:
    """Margins as region.csv has them."""
    return "; ".join(f"{name} {value:g}" for name, value in margins.items())


def made_of(about: Mapping[str, Any], study: Mapping[str, Any]) -> Sources:
    """What the tables of one contrast are made from: region.json, and study.json beside it."""
    return sources_of(study, "region", {key: value for key, value in about.items() if key != "command"})


def differs(row: Mapping[str, Any], study: Mapping[str, Any], folder: str | os.PathLike) -> list[str]:
    """What a row of region.csv is of, in words, if it is not of the study (study.json) and the runs that are here now.

    The runs need not be here: published tables lie alone.
    """
    there = sources(row["digest"] or "")
    other = ["another scenario"] if row["hash"] != study.get("scenario") else []
    other += ["another version"] if row["version"] != study.get("version") else []
    other += changed_sources(there, sources_of(study, "region"), ("margins", "rules"))
    place = Path(folder, FOLDER, row["contrast"])
    if there and all((place / name).is_file() for name in (ABOUT, json_files.STUDY)):
        now = made_of(json_files.read(place, ABOUT), json_files.read(place, json_files.STUDY))
        other += changed_sources(there, now, ("runs", "study"))
    return other


def of_one_make(folder: str | os.PathLike, name: str, contrast: str, row: Mapping[str, Any]) -> pl.DataFrame | None:
    """The rows of a contrast in a table beside region.csv; None if they are not of one make with a row of it."""
    rows = tables.read(folder, name).filter(contrast=contrast)
    return None if any(sources(text or "") != sources(row["digest"]) for text in rows["digest"].unique()) else rows


def wilson(times: int, all_: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    ends = binomtest(times, all_).proportion_ci(0.95, method="wilson")
    return float(ends.low), float(ends.high)


# One assumption at a time


def on_axis(tried: Tried, k: int) -> np.ndarray:
    """The places that differ from the base in this assumption at most, by its value."""
    others = np.delete(tried.away, k, axis=1).any(axis=1)
    places = np.flatnonzero(~others & (tried.words[tried.last] != ""))
    return places[np.argsort(tried.values[places, k], kind="stable")]


def alone(tried: Tried) -> Iterator[dict[str, Any]]:
    """How far each assumption can go while the others stay: where the word holds, stops being decided, and flips."""
    words = tried.words[tried.last]
    for k in range(len(tried.names)):
        base, places = tried.values[0, k], on_axis(tried, k)
        row: dict[str, Any] = {"holds_from": base, "holds_to": base}
        for side, end in (("low", tried.low[k]), ("high", tried.high[k])):
            ways = [p for p in places if min(base, end) <= tried.values[p, k] <= max(base, end)]
            outward = sorted(ways, key=lambda p: abs(tried.values[p, k] - base))
            said = [words[p] for p in outward]
            kept = next((n for n, word in enumerate(said) if word != words[0]), len(said))
            stop = next((p for p in outward if words[p] == verdict.UNDECIDED != words[0]), None)
            flip = next((p for p in outward if words[p] not in (words[0], verdict.UNDECIDED)), None)
            held = tried.values[outward[kept - 1], k]
            row["holds_from"], row["holds_to"] = min(row["holds_from"], held), max(row["holds_to"], held)
            row[f"word_{side}"] = said[-1] if tried.values[outward[-1], k] == end else None
            row[f"stops_at_{side}"] = None if stop is None else tried.values[stop, k]
            row[f"flips_at_{side}"] = None if flip is None else tried.values[flip, k]
            row[f"flip_{side}"] = None if flip is None else words[flip]
        yield about_change(tried, 0, k) | row | nearest(tried, k, row)


def nearest(tried: Tried, k: int, row: dict[str, Any]) -> dict[str, Any]:
    """The nearer one of an assumption's two flips."""
    base, width = tried.values[0, k], tried.high[k] - tried.low[k]
    both = [(row[f"flips_at_{side}"], row[f"flip_{side}"]) for side in ("low", "high")]
    ways = [(abs(value - base) / width, value, word) for value, word in both if value is not None]
    return dict(zip(("distance", "value", "word"), min(ways, default=(None, None, None))))


def about_change(tried: Tried, number: int, k: int) -> dict[str, Any]:
    """An assumption, in a change of this number; what is not known of it stays empty."""
    empty = dict.fromkeys(name for name in tables.SCHEMAS["flips"])
    return empty | tried.keys() | {
        "horizon": tried.last[0], "change": number, "name": tried.names[k],
        "low": tried.low[k], "high": tried.high[k], "base": tried.values[0, k], "word_base": tried.words[tried.last][0],
        "assumptions": 1,
    }  # fmt: skip


def stretches(tried: Tried) -> Iterator[dict[str, Any]]:
    """The words along each assumption's range: a row for each run of places with one word, as far as simulated."""
    words = tried.words[tried.last]
    for k, name in enumerate(tried.names):
        runs: list[list[int]] = []
        for place in on_axis(tried, k):
            if runs and words[runs[-1][0]] == words[place]:
                runs[-1].append(place)
            else:
                runs.append([place])
        for run in runs:
            ends = tried.values[run[0], k], tried.values[run[-1], k]
            about = {"horizon": tried.last[0], "name": name, "word": words[run[0]]}
            yield tried.keys() | about | {"from": ends[0], "to": ends[1], "places": len(run)}


# Several at once


def joint(tried: Tried) -> Iterator[dict[str, Any]]:
    """The smallest joint changes found, by word: the nearest, and, where another has fewer assumptions, the one of fewest.

    Changes are numbered from 1, the nearest first; a row for each assumption that moves, those that move most first.
    """
    words = tried.words[tried.last]
    count = tried.away.sum(axis=1)
    far = np.sqrt(((tried.shares - tried.shares[0]) ** 2).sum(axis=1))
    flipped = [int(p) for p in np.flatnonzero(count > 1) if words[p] not in (words[0], verdict.UNDECIDED, "")]
    picked: set[int] = set()
    for word in {words[p] for p in flipped}:
        some = [p for p in flipped if words[p] == word]
        near = min(some, key=lambda p: (far[p], p))
        few = min(some, key=lambda p: (count[p], far[p], p))
        picked |= {near} | ({few} if count[few] < count[near] else set())
    for number, place in enumerate(sorted(picked, key=lambda p: (far[p], p)), start=1):
        steps = np.abs(tried.shares[place] - tried.shares[0])
        for k in np.argsort(-steps, kind="stable")[: count[place]]:
            yield about_change(tried, number, k) | {
                "value": tried.values[place, k], "word": words[place], "distance": far[place], "assumptions": int(count[place]),
            }  # fmt: skip


# What decides


def splits(tried: Tried) -> Iterator[dict[str, Any]]:
    """The best single split of the sample, by whether the base's word holds, and the best one within its less even side."""
    places = tried.values[tried.drawn]
    holds = tried.words[tried.last][tried.drawn] == tried.words[tried.last][0]
    inside, within = np.ones(len(holds), bool), ""
    for level in (1, 2):
        best = split(places[inside], holds[inside], max(2, math.ceil(LEAST * len(holds))))
        if best is None:
            return
        k, cut, p = best
        below = places[:, k] <= cut
        sides = {"below": inside & below, "above": inside & ~below}
        for side, some in sides.items():
            times, all_ = int(holds[some].sum()), int(some.sum())
            low, high = wilson(times, all_)
            yield tried.keys() | {
                "horizon": tried.last[0], "level": level, "within": within, "name": tried.names[k], "side": side, "cut": cut,
                "word": tried.words[tried.last][0], "share": times / all_, "low95": low, "high95": high,
                "times": times, "points": all_, "p": p,
            }  # fmt: skip
        if p > TELLING:
            return
        within = max(sides, key=lambda side: spread(holds[sides[side]]))
        inside = sides[within]


def spread(holds: np.ndarray) -> float:
    """How uneven some places are: log-likelihood that is lost by giving all of them one share."""
    n, k = len(holds), int(holds.sum())
    return -sum(part * math.log(part / n) for part in (k, n - k) if part)


def split(values: np.ndarray, holds: np.ndarray, least: int) -> tuple[int, float, float] | None:
    """The assumption and the value that best part where the word holds from where it does not.

    values : (places, assumptions); holds : (places,) bool; least : places on each side
    Returns assumption, cut (halfway between two places) and p: how often words shuffled among the places are parted as well
    by the best of all splits. None where the word holds everywhere or nowhere, or places are too few.
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
    luck = np.random.default_rng(1)
    as_good = sum(gains(luck.permutation(holds)).max() >= gain.max() - 1e-9 for _ in range(SHUFFLES))
    cut = (sorted_[row + least - 1, k] + sorted_[row + least, k]) / 2
    return int(k), float(cut), (1 + as_good) / (1 + SHUFFLES)


def _likelihood(times: np.ndarray, all_: np.ndarray) -> np.ndarray:
    """Log-likelihood of so many of so many, at their own share."""
    share = np.clip(times / all_, 1e-12, 1 - 1e-12)
    return times * np.log(share) + (all_ - times) * np.log(1 - share)


# In words


def told(frames: dict[str, pl.DataFrame], contrast: str) -> list[Told]:
    """The tables of one contrast for a reader."""
    of = {name: frame.filter(contrast=contrast) for name, frame in frames.items()}
    last = of["region"]["horizon"].max()
    words = of["region"].filter(pl.col("times") > 0, horizon=last, profile="all").sort("times", descending=True)
    about = of["region"].filter(pl.col("base"), horizon=last, profile="all").row(0, named=True)
    refused = f" ({about['refused']} refused by an arm)" if about["refused"] else ""
    said: list[Told] = [
        (
            f"{contrast}: {about['word']} at the base. Of {about['points']} random sets of {about['assumptions']} assumptions"
            f"{refused}, each lived by {about['seeds']} societies of {about['people']} people:",
            ("word", "share", "95 % interval"),
            [(row["word"], f"{row['share']:.2f}", f"{row['low95']:.2f} to {row['high95']:.2f}") for row in _rows(words)],
        )
    ]
    alone = of["flips"].filter(pl.col("change") == 0)
    flips = alone.filter(pl.col("word").is_not_null()).sort("distance")
    stops = alone.filter(pl.col("word").is_null(), pl.any_horizontal(pl.col("stops_at_low", "stops_at_high").is_not_null()))
    rest = alone.height - flips.height - stops.height
    said.append(
        (
            f"One assumption alone: {flips.height} of {alone.height} flip the word within their range, {stops.height} more leave "
            f"it undecided, {rest} neither.",
            ("assumption", "base", "holds", "flips at", "to", "distance"),
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
        more = f" {first['assumptions']} assumptions" + (f", the first {MOST_TOLD}" if rows.height > MOST_TOLD else "")
        said.append((head + more, ("assumption", "from", "to"), moves))
    for (level,), rows in of["splits"].group_by("level", maintain_order=True):
        first = rows.row(0, named=True)
        where = f", where {_other(of['splits'], first['within'])}" if level == 2 else ""
        chance = "" if first["p"] <= TELLING else " (no better than chance)"
        said.append(
            (
                f"What tells best where it is {first['word']}{where}: {first['name']}{chance}",
                (first["name"], "share", "95 % interval", "sets"),
                [
                    (f"{'to' if row['side'] == 'below' else 'above'} {row['cut']:.3g}", f"{row['share']:.2f}",
                     f"{row['low95']:.2f} to {row['high95']:.2f}", str(row["points"]))
                    for row in _rows(rows)
                ],
            )
        )  # fmt: skip
    return said


def _rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    return list(frame.iter_rows(named=True))


def _other(splits: pl.DataFrame, side: str) -> str:
    first = splits.filter(level=1, side=side).row(0, named=True)
    return f"{first['name']} is {'at most' if side == 'below' else 'above'} {first['cut']:.3g}"
