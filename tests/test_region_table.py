"""What made-up places say of a region: shares, flips and splits that a pencil can check."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest
import records

from sim.errors import InputError
from sim.study.judging import region_table
from sim.study.judging.region_table import split, wilson
from sim.study.records import json_files, tables
from sim.study.records.result_folder import ResultFolder

DAY = 365


def looked_at(folder, word_of, places, drawn, ranges, contrast="platform", days=(DAY,), **about):
    """A result folder as `sim region` leaves it, but for the runs: `places` are values, the first of them the base.

    Before the last of the days everything is inert.
    """
    inside = folder / region_table.FOLDER / contrast
    names = list(ranges)
    points = [{"point": k} | dict(zip(names, map(float, place))) for k, place in enumerate(places)]
    rows = [
        {name: None for name in tables.SCHEMAS["verdict"]}
        | {"study": "s", "point": k, "contrast": contrast, "horizon": day, "profile": "all", "why": ""}
        | {"verdict": word_of(place) if day == days[-1] else "inert"}
        for k, place in enumerate(places)
        for day in days
    ]
    tables.write(inside, "runs", pl.DataFrame(schema=dict(tables.SCHEMAS["runs"])))
    records.write_study(inside, points=points, contrasts=[records.STUDY["contrasts"][0] | {"name": contrast}])
    frame = pl.DataFrame(rows, schema=dict(tables.SCHEMAS["verdict"]))
    tables.write(inside, "verdict", frame, ResultFolder(inside).provenance("verdict"))
    spaces = [{"name": name, "low": low, "high": high, "base": points[0][name]} for name, (low, high) in ranges.items()]
    said = {
        "study": "s", "contrast": contrast, "point": 0, "people": 300, "seeds": 4, "assumptions": spaces,
        "drawn": list(drawn), "refused": 0, "scenario": "abc", "version": "1+r", "command": "sim region x.toml", "primary": True,
        "margins": records.STUDY["margins"],
    }  # fmt: skip
    json_files.write(inside, region_table.ABOUT, said | about)
    return folder


def on_axes(base, ranges, steps):
    """The base, and each parameter at evenly spaced values of its range."""
    places = [tuple(base)]
    for k, (low, high) in enumerate(ranges.values()):
        places += [(*base[:k], value, *base[k + 1 :]) for value in np.linspace(low, high, steps + 1).round(9) if value != base[k]]
    return places


RANGES = {"a": (0.0, 1.0), "b": (0.0, 10.0), "c": (-1.0, 1.0)}


def half_space(place):
    """Enriched below .6 of a, whatever the others are; undecided to .7, hollowed beyond."""
    return "enriched" if place[0] < 0.6 else "undecided" if place[0] < 0.7 else "hollowed"


@pytest.fixture(scope="module")
def half(tmp_path_factory):
    """100 random combinations in a half-space, the axes in tenths, and two joint changes."""
    luck = np.random.default_rng(1)
    sample = np.column_stack([luck.permutation(100) / 100 + 0.005, luck.uniform(0, 10, 100), luck.uniform(-1, 1, 100)])
    base = (0.3, 5.0, 0.0)
    places = [*on_axes(base, RANGES, 10), *map(tuple, sample), (0.75, 7.0, 0.0), (0.72, 9.0, 0.5)]
    first = len(on_axes(base, RANGES, 10))
    drawn, days = range(first, first + 100), (DAY, 2 * DAY)
    folder = looked_at(tmp_path_factory.mktemp("half"), half_space, places, drawn, RANGES, days=days)
    return region_table.write(folder) | {"folder": folder}


def test_the_share_of_a_half_space_is_its_width(half):
    """One place in each hundredth of a: 60 below .6, 10 between, 30 beyond."""
    last = half["region"].filter(horizon=2 * DAY)
    assert dict(last.filter(pl.col("times") > 0).select("word", "share").iter_rows()) == {
        "enriched": 0.6, "undecided": 0.1, "hollowed": 0.3
    }  # fmt: skip
    assert last.filter("base")["word"].to_list() == ["enriched"]
    assert set(last["points"]) == {100}
    assert set(last["word"]) == set(region_table.WORDS)
    assert half["region"].filter(horizon=DAY, word="inert")["share"].item() == 1
    assert all(set(half[name]["horizon"]) == {2 * DAY} for name in ("flips", "stretches", "splits"))


def test_intervals_of_shares_are_wilsons():
    """Newcombe 1998, Statistics in Medicine 17, table I: 81 of 263 gives .2553 to .3662, 0 of 20 gives 0 to .1611."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0, 0.1611), abs=5e-5)


def test_one_parameter_tells_how_far_it_can_go(half):
    alone = {row["name"]: row for row in half["flips"].filter(change=0).iter_rows(named=True)}
    a = alone["a"]
    assert (a["holds_from"], a["holds_to"]) == (0.0, 0.5)
    assert (a["stops_at_low"], a["flips_at_low"]) == (None, None)
    assert a["stops_at_high"] == pytest.approx(0.6)
    assert a["flips_at_high"] == pytest.approx(0.7)
    assert (a["word_low"], a["word_high"], a["word"]) == ("enriched", "hollowed", "hollowed")
    assert a["distance"] == pytest.approx(0.4)
    for name in ("b", "c"):
        assert (alone[name]["word"], alone[name]["distance"]) == (None, None)
        assert (alone[name]["holds_from"], alone[name]["holds_to"]) == RANGES[name]


def test_of_all_joint_changes_the_nearest_and_the_fewest_are_told(half):
    """One of the random combinations is nearest, at .43; (.75, 7, 0) moves two parameters only, by .45 and .2 of their ranges."""
    joint = half["flips"].filter(pl.col("change") > 0)
    near, few = (joint.filter(change=number) for number in (1, 2))
    moves = near["value"] - near["base"]
    steps = moves / (near["high"] - near["low"])
    assert near["distance"].to_list() == pytest.approx([math.sqrt((steps**2).sum())] * 3)
    assert near.filter(name="a")["value"].item() >= 0.7
    assert near["distance"][0] < math.hypot(0.45, 0.2)
    assert few["name"].to_list() == ["a", "b"]
    assert few["value"].to_list() == [0.75, 7.0]
    assert few["distance"].to_list() == pytest.approx([math.hypot(0.45, 0.2)] * 2)
    assert set(few["assumptions"]) == {2}
    assert joint["change"].max() == 2


def test_stretches_are_the_words_along_a_range(half):
    a = half["stretches"].filter(name="a").select("word", "from", "to", "places").rows()
    assert [row[0] for row in a] == ["enriched", "undecided", "hollowed"]
    assert [row[1:3] for row in a] == [pytest.approx(ends) for ends in ((0.0, 0.5), (0.6, 0.6), (0.7, 1.0))]
    assert sum(row[3] for row in a) == 11
    assert half["stretches"].filter(name="b").select("from", "to").rows() == [(0.0, 10.0)]


def test_the_best_split_of_a_half_space_is_its_border(half):
    """Between the 60th and the 61st of the hundred; below all are enriched, above none is; nothing is left to split."""
    first = half["splits"].filter(level=1)
    assert set(first["name"]) == {"a"}
    assert first["cut"].to_list() == pytest.approx([0.6, 0.6])
    assert dict(first.select("side", "share").iter_rows()) == {"below": 1.0, "above": 0.0}
    assert set(first["p"]) == {1 / 200}
    assert half["splits"].filter(level=2).is_empty()


def test_a_split_within_a_split_is_of_the_less_even_side(tmp_path):
    """Below .5 of a all hold; above, those with b to 4."""
    luck = np.random.default_rng(2)
    sample = [(a, b, c) for a, b, c in zip(luck.random(200), luck.uniform(0, 10, 200), luck.uniform(-1, 1, 200))]
    places = [(0.3, 5.0, 0.0), *sample]
    folder = looked_at(
        tmp_path, lambda p: "enriched" if p[0] <= 0.5 or p[1] <= 4 else "hollowed", places, range(1, 201), RANGES
    )
    found = region_table.write(folder)["splits"]
    one, two = (found.filter(level=level) for level in (1, 2))
    assert set(one["name"]) == {"a"}
    assert one["cut"][0] == pytest.approx(0.5, abs=0.02)
    assert set(two["within"]) == {"above"}
    assert set(two["name"]) == {"b"}
    assert two["cut"][0] == pytest.approx(4, abs=0.4)
    assert two.sort("side")["share"].to_list() == pytest.approx([0, 1], abs=0.05)
    assert two["points"].sum() == one.filter(side="above")["points"].item()


def test_chance_alone_splits_nothing(tmp_path):
    """Words without any rule among 85 parameters: the best split is one that chance finds as well, and none follows."""
    luck = np.random.default_rng(4)
    values, words = luck.random((128, 85)), luck.random(128) < 0.5
    assert split(values, words, 13)[2] > region_table.TELLING
    names = {f"n{k}": (0.0, 1.0) for k in range(85)}
    said = dict(zip(map(tuple, values), words))
    places = [(0.5,) * 85, *map(tuple, values)]
    folder = looked_at(tmp_path, lambda p: "inert" if said.get(p, True) else "enriched", places, range(1, 129), names)
    assert set(region_table.write(folder)["splits"]["level"]) == {1}


def test_a_split_leaves_enough_places_on_both_sides():
    """Only the 3 highest differ: with 10 needed on each side the cut stays before the 10 highest."""
    values = np.arange(50.0)[:, None]
    assert split(values, values[:, 0] < 47, 3)[:2] == (0, 46.5)
    assert split(values, values[:, 0] < 47, 10)[:2] == (0, 39.5)


def test_equal_values_are_never_parted():
    """30 places at 0, of which the first ten hold, 20 at 1: the only cut is between 0 and 1."""
    values = np.repeat([0.0, 1.0], [30, 20])[:, None]
    assert split(values, np.arange(50) < 10, 5)[:2] == (0, 0.5)


@pytest.mark.parametrize("seed", range(5))
def test_the_best_split_is_the_best_of_all_that_a_pencil_would_try(seed):
    luck = np.random.default_rng(seed)
    values, least = luck.random((30, 3)), 6
    holds_ = values[:, 1] + luck.normal(0, 0.4, 30) > 0.5

    def told(some):
        k, n = int(some.sum()), len(some)
        return sum(part * math.log(part / n) for part in (k, n - k) if part)

    best = max(
        (told(holds_[values[:, k] <= cut]) + told(holds_[values[:, k] > cut]), k, cut)
        for k in range(3)
        for cut in values[:, k]
        if least <= (values[:, k] <= cut).sum() <= 30 - least
    )
    k, cut, _ = split(values, holds_, least)
    assert k == best[1]
    assert cut == pytest.approx((best[2] + min(v for v in values[:, k] if v > best[2])) / 2)


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory):
    places = [*on_axes((0.3, 5.0, 0.0), RANGES, 2), *map(tuple, np.random.default_rng(1).random((128, 3)))]
    return region_table.write(looked_at(tmp_path_factory.mktemp("all"), lambda p: "inert", places, range(8, 136), RANGES))


def test_where_a_word_holds_everywhere_nothing_flips_or_splits(everywhere):
    inert = everywhere["region"].filter(word="inert", horizon=DAY).row(0, named=True)
    assert (inert["share"], inert["times"], inert["high95"]) == (1.0, 128, pytest.approx(1.0))
    assert inert["low95"] == pytest.approx(1 / (1 + 1.959964**2 / 128), abs=1e-6)  # Wilson's, of all of n
    assert everywhere["flips"]["word"].null_count() == 3
    assert set(everywhere["flips"]["change"]) == {0}
    assert everywhere["splits"].is_empty()


def test_a_base_beyond_its_range_keeps_its_place(tmp_path):
    """1 of a range to .39: it is thinned from .2 on, so it flips on the way back, at .1, a distance of .9 / .39 ranges."""
    ranges = {"displacement": (0.0, 0.39)}
    places = [(1.0,), (0.39,), (0.2,), (0.1,), (0.0,)]
    found = region_table.write(looked_at(tmp_path, lambda p: "thinned" if p[0] >= 0.2 else "hollowed", places, [1], ranges))
    row = found["flips"].row(0, named=True)
    assert (row["holds_from"], row["holds_to"]) == (0.2, 1.0)
    assert (row["flips_at_low"], row["flips_at_high"]) == (0.1, None)
    assert row["distance"] == pytest.approx(0.9 / 0.39)


def test_from_an_undecided_base_any_definite_word_is_a_flip(tmp_path):
    ranges = {"a": (0.0, 1.0)}
    folder = looked_at(
        tmp_path, lambda p: "undecided" if p[0] < 0.6 else "hollowed", [(0.3,), (0.0,), (1.0,), (0.65,)], [2, 3], ranges
    )
    row = region_table.write(folder)["flips"].row(0, named=True)
    assert (row["word_base"], row["word"], row["flips_at_high"]) == ("undecided", "hollowed", 0.65)
    assert (row["stops_at_low"], row["stops_at_high"]) == (None, None)


def test_several_contrasts_stand_in_one_table(half, tmp_path):
    for name in ("one", "other"):
        looked_at(tmp_path, half_space, on_axes((0.3, 5.0, 0.0), RANGES, 4), range(1, 5), RANGES, contrast=name)
    found = region_table.write(tmp_path)
    assert all(set(frame["contrast"]) == {"one", "other"} for name, frame in found.items() if name != "splits")


def test_tables_are_read_as_they_were_written(half):
    for name in region_table.NAMES:
        assert tables.read(half["folder"], name).equals(half[name]), name


def test_what_was_found_is_told_in_words(half):
    said = region_table.in_words({name: half[name] for name in region_table.NAMES}, "platform")
    heads = " ".join(text for text, _, _ in said)
    assert "enriched at the base. Of 100 random combinations of 3 parameters" in heads
    assert "1 of 3 flip the verdict within their range, 0 more leave it undecided, 2 neither" in heads
    assert "Together, smallest found (2): hollowed at a distance of 0.49, by 2 parameters" in heads
    assert said[0][2][0][:2] == ("enriched", "0.60")


def test_a_folder_without_what_was_simulated_says_so(tmp_path):
    folder = looked_at(tmp_path, half_space, on_axes((0.3, 5.0, 0.0), RANGES, 2), [1], RANGES)
    (folder / region_table.FOLDER / "platform" / "verdict.csv").unlink()
    with pytest.raises(InputError, match=r"verdict\.csv is not there; run `sim compare"):
        region_table.write(folder)
