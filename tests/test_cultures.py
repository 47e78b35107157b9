"""The effects of a cross and the parts of their differences, from made-up tables with known answers."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest
from records import fit, write_study
from test_figures import one_run

from sim.errors import InputError
from sim.study.judging import cultures
from sim.study.judging.contrast import compare
from sim.study.judging.cultures import EQUAL, FILES, MEASURES, PARTS, PLAIN, RANGES, profiles, split, split_draws
from sim.study.judging.naming import CHANCE, FLIPS, NAMED, NOT_DRAWN, leading, of_all, of_culture
from sim.study.records import json_files, tables

PROFILES, PLATFORMS = ("us", "france", "japan"), ("wall-2009", "closed-groups")
DRIVERS = [
    *({"name": f"profile.{profile}.{name}", "status": status}
      for profile in PROFILES for name, status in (("links", "read"), ("post", "assumed"), ("react", "proxy"))),
    *({"name": f"platform.{platform}.minutes", "status": "assumed"} for platform in PLATFORMS),
    {"name": "society.contacts.initiated", "status": "assumed"},
]  # fmt: skip


def a_cross(folder, effect, ways=(PLAIN,), names=PROFILES, platforms=PLATFORMS, seeds=6, noise=0.002, **about):
    """A result folder of a cross, compared. effect : (profile, platform, way) -> the share of the control that a cell gains"""
    luck = np.random.default_rng(1)
    arms = {f"{profile}-none": (profile, None, "") for profile in names}
    cells = []
    for way in ways:
        for profile in names:
            for platform in platforms:
                name = f"{profile}-{platform}" + ("" if way == PLAIN else f"-{way}")
                arms[name] = (profile, platform, way)
                cells.append({"contrast": name, "arm": name, "control": f"{profile}-none", "profile": profile,
                              "platform": platform, "way": way})  # fmt: skip
    runs, rows, pairs = [], [], []
    for seed in range(1, seeds + 1):
        for arm, (profile, platform, way) in arms.items():
            runs.append(one_run(f"{arm}-{seed}", arm, 0, seed))
            for measure in MEASURES:
                value = 10.0 * (1 + (effect(profile, platform, way) + noise * luck.normal() if platform else 0))
                rows.append((f"{arm}-{seed}", 365, "all", "all", measure, "unit", 50, value))
        pairs += [("s", 0, seed, cell["contrast"], 365, "all", "all", name, "unit", 0.01, 0.0005)
                  for cell in cells for name in ("partners", "carriers")]  # fmt: skip
    tables.write(folder, "runs", pl.DataFrame(runs))
    tables.write(folder, "measures", pl.DataFrame(rows, schema=dict(tables.SCHEMAS["measures"]), orient="row"))
    tables.write(folder, "pairs", pl.DataFrame(pairs, schema=dict(tables.SCHEMAS["pairs"]), orient="row"))
    contrasts = [{"name": cell["contrast"], "arm": cell["arm"], "control": cell["control"], "primary": k == 0, "kind": "after",
                  "files": ["society", f"profile.{cell['profile']}", f"platform.{cell['platform']}"]}
                 for k, cell in enumerate(cells)]  # fmt: skip
    cross = {"profiles": list(names), "platforms": list(platforms), "ways": list(ways), "primary": cells[0]["contrast"]}
    study = {"name": "s", "contrasts": contrasts, "cells": cells, "cross": cross, "drivers": DRIVERS, "people": 500}
    write_study(folder, **study | about)
    return folder


def draws(folder, effect, ways=(PLAIN,), n=20, names=PROFILES, platforms=PLATFORMS, noise=0.0):
    """ranges.csv with `effect` (profile, platform, draw) of each draw, of every measure. noise : of each of two seeds"""
    luck = np.random.default_rng(2)
    rows = [
        ("s", f"{profile}-{platform}" + ("" if way == PLAIN else f"-{way}"), profile, platform, way, 365, measure, draw, seed,
         effect(profile, platform, draw) + noise * luck.normal(), 500, "", "8d8d", "0.1.0+abc", "1-2", "")
        for way in ways for profile in names for platform in platforms for measure in MEASURES for draw in range(-1, n)
        for seed in (1, 2)
    ]  # fmt: skip
    tables.write(folder, "ranges", pl.DataFrame(rows, schema=dict(tables.SCHEMAS["ranges"]), orient="row"))
    return folder


CULTURE = {"us": 0.0, "france": -0.1, "japan": 0.2}
TOGETHER = {"us": -0.1, "france": 0.1, "japan": 0.0}
PLATFORM = {"wall-2009": 0.1, "closed-groups": -0.2}


def parts_of(folder, measure="S_all", way=PLAIN, draw="files"):
    rows = profiles(folder).parts.filter(measure=measure, way=way, draw=draw)
    return dict(zip(rows["part"], rows["share"])), rows


@pytest.mark.parametrize(
    "part, effect",
    [
        ("culture", lambda profile, platform, way: CULTURE[profile]),
        ("platform", lambda profile, platform, way: PLATFORM[platform]),
        ("both", lambda profile, platform, way: TOGETHER[profile] * (1 if platform == "wall-2009" else -1)),
    ],
)
def test_differences_of_one_kind_go_wholly_to_their_part(tmp_path, part, effect):
    shares, rows = parts_of(a_cross(tmp_path, effect))
    assert shares[part] == pytest.approx(1, abs=0.01)
    assert sum(shares.values()) == pytest.approx(1)
    assert all(row["low"] <= row["share"] + 1e-9 and row["share"] <= row["high"] + 1e-9 for row in rows.iter_rows(named=True))


def test_sums_of_squares_are_those_of_the_textbook():
    effects = np.array([[1.0, 2.0], [3.0, 6.0]])  # means: rows 1.5, 4.5; columns 2, 4; all 3; both +-.5
    assert cultures.squares(effects).tolist() == [2 * (1.5**2 + 1.5**2), 2 * (1 + 1), 4 * 0.25]


def test_noise_alone_has_no_parts(tmp_path):
    shares, rows = parts_of(a_cross(tmp_path, lambda *_: 0.1, noise=0.05))
    assert set(shares.values()) == {0.0}
    assert rows["low"].is_null().all()


def test_noise_is_seldom_taken_for_differences():
    luck = np.random.default_rng(2)
    found = [split(luck.normal(size=(10, 7, 4)))[0].any() for _ in range(200)]
    assert np.mean(found) < 0.1


def test_noise_that_cells_share_is_taken_away():
    """Cells of a profile share a control: its luck looks like culture. Only the platform differs here."""
    luck, rising = np.random.default_rng(3), np.array([0.0, 0.2, 0.4, 0.6])
    with_noise, without = [], []
    for _ in range(100):
        values = rising + luck.normal(scale=0.3, size=(10, 7, 1)) + luck.normal(scale=0.05, size=(10, 7, 4))
        with_noise.append(cultures.shares_of(cultures.squares(values.mean(0)))[0])
        without.append(split(values)[0][0])
    assert np.mean(with_noise) > 0.1
    assert np.mean(without) < 0.05


def test_the_interval_holds_the_true_share():
    luck = np.random.default_rng(4)
    truth = np.array([[CULTURE[profile] + PLATFORM[platform] for platform in PLATFORMS] for profile in PROFILES])
    wanted = cultures.shares_of(cultures.squares(truth))
    held = 0
    for _ in range(100):
        _, low, high = split(truth + luck.normal(scale=0.2, size=(10, 3, 2)))
        held += low[0] <= wanted[0] <= high[0]
    assert held >= 88


def test_effects_are_those_of_the_contrasts_with_their_words(tmp_path):
    folder = a_cross(tmp_path, lambda profile, platform, way: CULTURE[profile] + PLATFORM[platform])
    made = profiles(folder)
    compared = compare(folder)
    row = made.effects.filter(profile="japan", platform="wall-2009", measure="core").row(0, named=True)
    same = compared.contrasts.filter(contrast="japan-wall-2009", measure="core").row(0, named=True)
    assert row["effect"] == pytest.approx(same["relative"])
    assert row["low95"] == pytest.approx(same["low95"] / same["control"])
    assert row["se"] == pytest.approx(same["se"] / same["control"])
    assert row["word"] == compared.verdicts.filter(contrast="japan-wall-2009").row(0, named=True)["verdict"]
    assert (row["assumed"], row["numbers"]) == (3, 5)
    assert made.effects.filter(pl.col("primary"))["contrast"].unique().to_list() == ["us-wall-2009"]
    assert {"effects.csv", "parts.csv"} <= {file.name for file in folder.iterdir()}


def test_differences_between_cultures_are_paired_by_seed(tmp_path):
    """Luck that both cultures share leaves their difference sharp."""
    shared = np.random.default_rng(5).normal(size=7)
    folder = a_cross(tmp_path, lambda *_: 0.0, noise=0.0)
    rows = tables.read(folder, "measures")
    seed = rows["run_id"].str.split("-").list.last().cast(pl.Int64)
    gains = {"us": 0.0, "france": 0.01, "japan": 0.02}
    value = [
        v * (1 + ("none" not in run) * (0.3 * shared[s] + gains[run.split("-")[0]]))
        for v, run, s in zip(rows["value"], rows["run_id"], seed)
    ]
    tables.write(folder, "measures", rows.with_columns(value=pl.Series(value)))
    fit(folder)
    row = profiles(folder).effects.filter(profile="japan", platform="wall-2009", measure="S_all").row(0, named=True)
    assert row["high95"] - row["low95"] > 0.1
    assert row["difference"] == pytest.approx(0.02)
    assert row["difference_high95"] - row["difference_low95"] < 1e-9
    assert row["reference"] == "us"


def effect(profile, platform, way):
    return CULTURE[profile] * (1 if way == PLAIN else 0.5) + PLATFORM[platform]


def test_ranges_give_each_cell_its_span_and_parts_of_their_own(tmp_path):
    folder = draws(a_cross(tmp_path, effect, ways=(PLAIN, EQUAL)), lambda profile, platform, draw: CULTURE[profile] * (draw - 4))
    made = profiles(folder)
    row = made.effects.filter(profile="japan", platform="wall-2009", measure="S_all", way=PLAIN).row(0, named=True)
    spans = np.array([0.2 * (draw - 4) for draw in range(20)])
    assert row["low_ranges"] == pytest.approx(np.quantile(spans, 0.05))
    assert row["high_ranges"] == pytest.approx(np.quantile(spans, 0.95))
    assert (row["draws"], row["sign_share"]) == (20, pytest.approx(15 / 20))  # 0 has neither sign
    drawn = made.parts.filter(draw="ranges", measure="S_all", way=PLAIN)
    assert dict(zip(drawn["part"], drawn["share"]))["culture"] == pytest.approx(19 / 20)
    assert drawn["draws"].unique().to_list() == [20]
    equal = made.effects.filter(profile="japan", platform="wall-2009", measure="S_all", way=EQUAL).row(0, named=True)
    assert equal["low_ranges"] is None


def test_draws_of_shorter_runs_are_used_and_said(tmp_path):
    folder = draws(a_cross(tmp_path, effect), lambda profile, platform, draw: CULTURE[profile])
    shorter = {"horizon": pl.lit(200, pl.Int64), "people": pl.lit(50, pl.Int64), "digest": pl.lit("")}
    rows = tables.read(folder, "ranges").with_columns(**shorter)
    tables.write(folder, "ranges", rows)
    row = profiles(folder).effects.filter(profile="japan").row(0, named=True)
    assert (row["horizon"], row["ranges_horizon"], row["ranges_people"], row["draws"]) == (365, 200, 50, 20)


def test_draws_of_another_scenario_are_not_used(tmp_path):
    folder = draws(a_cross(tmp_path, effect), lambda profile, platform, draw: CULTURE[profile])
    rows = tables.read(folder, "ranges").with_columns(hash=pl.lit("ffff"), digest=pl.lit(""))
    tables.write(folder, "ranges", rows)
    made = profiles(folder)
    assert made.effects["draws"].max() == 0
    assert made.notes[0].startswith("ranges.csv is of another scenario or version, and not used; run `sim ranges")


def state(folder, profile="japan", platform="wall-2009"):
    found = of_culture(profiles(folder).effects, profile, platform, "S_all", 365)
    return (found.state, found.why) if found else None


@pytest.mark.parametrize(
    "equal, signs, expected",
    [
        (0.5, 20, (NAMED, "")),  # the sign holds with minutes equalised and in all draws
        (0.5, 18, (NAMED, "")),  # in 90 % of them
        (0.5, 17, (FLIPS, "")),
        (0.0, 20, (CHANCE, EQUAL)),  # with minutes equalised nothing is left
        (0.0, 17, (FLIPS, "")),
        (-0.5, 20, (FLIPS, "")),  # or the other sign
        (0.5, None, (NOT_DRAWN, "draws")),
        (0.0, None, (CHANCE, EQUAL)),
        (-0.5, None, (FLIPS, "")),  # two ways are enough to see it
        (None, 20, (NOT_DRAWN, EQUAL)),  # no way has equal minutes
        (None, 17, (FLIPS, "")),
    ],
)
def test_a_difference_is_in_one_of_four_states(tmp_path, equal, signs, expected):
    def crossed(profile, platform, way):
        return CULTURE[profile] * (1 if way == PLAIN else equal)

    folder = a_cross(tmp_path, crossed, ways=(PLAIN,) if equal is None else (PLAIN, EQUAL))
    if signs is not None:
        draws(folder, lambda profile, platform, draw: CULTURE[profile] * (1 if draw < signs else -1))
    assert state(folder) == expected
    assert state(folder, "us") is None  # the reference
    found = [of_culture(profiles(folder).effects, name, "wall-2009", "S_all", 365) for name in ("japan", "france")]
    assert [finding.sign for finding in found] == [1, -1]
    assert {finding.seeds for finding in found} == {6}


@pytest.mark.parametrize("about", [{"noise": 0.3}, {"seeds": 1}])
def test_what_seeds_do_not_show_is_chance_whatever_draws_say(tmp_path, about):
    folder = a_cross(tmp_path, lambda profile, platform, way: 0.0, ways=(PLAIN, EQUAL), **about)
    draws(folder, lambda profile, platform, draw: (-1) ** draw * CULTURE[profile])
    assert state(folder) == (CHANCE, PLAIN)


def test_the_finding_on_several_cultures_is_the_one_that_tells_most(tmp_path):
    """Japan's sign holds, that of France changes among draws."""
    folder = a_cross(tmp_path, lambda profile, platform, way: CULTURE[profile], ways=(PLAIN, EQUAL))
    draws(folder, lambda profile, platform, draw: CULTURE[profile] * (-1 if profile == "france" and draw % 2 else 1))
    effects = profiles(folder).effects
    found = [of_culture(effects, name, "wall-2009", "S_all", 365) for name in ("france", "japan")]
    assert [finding.state for finding in found] == [FLIPS, NAMED]
    assert of_all(found).state == NAMED
    assert of_all([found[0], found[0]._replace(state=CHANCE), found[0]._replace(state=NOT_DRAWN)]).state == FLIPS
    assert of_all([]) is None


# --- what the differences go with ---------------------------------------------------------------------------------------


def shares(draw, culture, platform, both, way=PLAIN, lead=(None, None, None), half=0.1):
    """Rows of parts.csv of one way: shares with intervals of ± half."""
    return [
        {"horizon": 365, "measure": "S_all", "way": way, "draw": draw, "part": part, "share": share, "low": share - half,
         "high": share + half, "lead": first, "seeds": 10}
        for part, share, first in zip(PARTS, (culture, platform, both), lead)
    ]  # fmt: skip


CULTURE_LEADS, PLATFORM_LEADS, OPEN, NOTHING = (0.8, 0.1, 0.1), (0.1, 0.8, 0.1), (0.4, 0.35, 0.25), (0.0, 0.0, 0.0)
ALWAYS, MOSTLY, NEVER = (1.0, 0.0, 0.0), (0.85, 0.1, 0.05), (None, None, None)


@pytest.mark.parametrize(
    "rows, expected",
    [
        (shares(FILES, *CULTURE_LEADS) + shares(RANGES, *CULTURE_LEADS, lead=ALWAYS), (NAMED, "culture", "")),
        (shares(FILES, *CULTURE_LEADS) + shares(RANGES, *OPEN, lead=ALWAYS), (NAMED, "culture", "")),  # draws count, not spans
        (shares(FILES, *CULTURE_LEADS) + shares(RANGES, *CULTURE_LEADS, lead=MOSTLY), (FLIPS, "", "")),
        (shares(FILES, *PLATFORM_LEADS) + shares(RANGES, *CULTURE_LEADS, lead=ALWAYS), (FLIPS, "", "")),
        (shares(FILES, *CULTURE_LEADS) + shares(FILES, *PLATFORM_LEADS, way=EQUAL), (FLIPS, "", "")),
        (shares(FILES, *CULTURE_LEADS), (NOT_DRAWN, "culture", "draws")),
        (shares(FILES, *CULTURE_LEADS) + shares(RANGES, *NOTHING), (NOT_DRAWN, "culture", "noise")),
        (shares(FILES, *CULTURE_LEADS) + shares(FILES, *OPEN, way=EQUAL), (CHANCE, "", "")),
        (shares(FILES, *OPEN) + shares(RANGES, *CULTURE_LEADS, lead=MOSTLY), (CHANCE, "", "")),
        (shares(FILES, *NOTHING) + shares(RANGES, *CULTURE_LEADS, lead=ALWAYS), (CHANCE, "", "noise")),
    ],
)
def test_what_differences_go_with_is_in_one_of_four_states(rows, expected):
    found = leading(pl.DataFrame(rows, infer_schema_length=None), "S_all", 365, (PLAIN, EQUAL))
    assert (found.state, found.part, found.why) == expected
    assert found.seeds == 10


def test_without_parts_nothing_leads():
    assert leading(pl.DataFrame(shares(RANGES, *CULTURE_LEADS)), "S_all", 365, (PLAIN, EQUAL)) is None


@pytest.mark.parametrize("shared", [True, False])
def test_the_noise_of_few_seeds_is_taken_away_from_draws(shared):
    """Only culture differs, and the noise of two seeds is half as large. Draws may have the same luck, or each its own."""
    luck, rising = np.random.default_rng(6), np.linspace(0, 0.6, 7)[:, None]

    def of_draws(signal):
        noise = luck.normal(scale=0.15, size=(1 if shared else 64, 2, 7, 4))
        return split_draws(signal + np.broadcast_to(noise, (64, 2, 7, 4)))

    found = [of_draws(rising) for _ in range(30)]
    assert np.mean([shares[0] for shares, *_ in found]) > 0.85
    assert np.mean([lead[0] >= 0.9 for *_, lead in found]) > 0.95
    assert np.mean([of_draws(0.0)[0].any() for _ in range(100)]) <= 0.05


def test_draws_of_one_seed_have_no_parts(tmp_path):
    folder = draws(a_cross(tmp_path, effect), lambda profile, platform, draw: CULTURE[profile])
    tables.write(folder, "ranges", tables.read(folder, "ranges").filter(seed=1).with_columns(digest=pl.lit("")))
    made = profiles(folder)
    assert set(made.parts["draw"]) == {"files"}
    assert made.notes == ("way 'measured': draws have fewer than two seeds, so the noise is unknown and no part is given",)


def test_a_cross_of_one_profile_or_platform_says_so(tmp_path):
    for key, names, platforms in (("profile us", ("us",), PLATFORMS), ("platform wall-2009", PROFILES, ("wall-2009",))):
        made = profiles(a_cross(tmp_path / key, lambda *_: 0.1, names=names, platforms=platforms))
        assert made.parts.is_empty()
        assert not (tmp_path / key / "parts.csv").exists()
        assert made.notes == (f"way 'measured': it has only {key}; parts need two profiles and two platforms at least",)


def test_one_seed_has_no_parts(tmp_path):
    made = profiles(a_cross(tmp_path, effect, seeds=1))
    assert made.parts.is_empty()
    assert "fewer than two seeds have every cell" in made.notes[0]
    assert math.isnan(made.effects["low95"][0])


def test_refusals(tmp_path):
    with pytest.raises(InputError, match=r"no study\.json and no effects\.csv; expected a result folder of a study"):
        profiles(tmp_path)
    folder = a_cross(tmp_path / "a", effect, cells=[])
    with pytest.raises(InputError, match=r"study\.json: cells: the study 's' has none; expected a study with \[cross\]"):
        profiles(folder)
    folder = a_cross(tmp_path / "b", effect)
    runs = tables.read(folder, "runs")
    tables.write(folder, "runs", runs.with_columns(status=pl.lit("failed")))
    fit(folder)
    with pytest.raises(InputError, match=r"runs\.parquet: no cell has finished runs of both its arms"):
        profiles(folder)


def with_follows(folder):
    """On closed-groups people follow strangers."""
    about = json_files.read(folder, json_files.STUDY)
    contrasts = [entry | {"follows": "closed-groups" in entry["name"]} for entry in about["contrasts"]]
    kept = {key: value for key, value in about.items() if key not in ("digest", "tables")}
    json_files.write(folder, json_files.STUDY, kept | {"contrasts": contrasts})
    return folder


@pytest.mark.parametrize("people, used", [(500, False), (2000, True)])
def test_draws_from_a_village_neither_name_a_culture_nor_enter_parts(tmp_path, people, used):
    folder = with_follows(a_cross(tmp_path, effect, ways=(PLAIN, EQUAL), people=5000))
    draws(folder, lambda profile, platform, draw: CULTURE[profile] * (1 + 0.01 * draw))
    rows = tables.read(folder, "ranges").with_columns(people=pl.lit(people, pl.Int64), digest=pl.lit(""))
    tables.write(folder, "ranges", rows)
    made = profiles(folder)
    assert state(folder) == (NAMED, "")
    assert state(folder, platform="closed-groups") == ((NAMED, "") if used else (NOT_DRAWN, "draws"))
    assert made.effects.filter(platform="closed-groups", way=PLAIN)["draws"].unique().to_list() == [20 * used]
    assert made.parts.filter(draw="ranges").is_empty() is not used
    note = "draws of closed-groups are not used: among fewer than 2,000 people strangers and bridges hardly exist"
    assert (note in made.notes) is not used


def test_assumed_numbers_of_society_profile_and_platform_are_counted_together(tmp_path):
    row = profiles(a_cross(tmp_path, effect)).effects.row(0, named=True)
    assert (row["assumed"], row["numbers"]) == (3, 5)


def test_numbers_that_no_rule_reads_are_not_counted(tmp_path):
    folder = a_cross(tmp_path, effect)
    about = json_files.read(folder, json_files.STUDY)
    idle = [entry | {"idle": ["profile.us.post"]} for entry in about["contrasts"]]
    json_files.write(folder, json_files.STUDY, {**about, "contrasts": idle, "digest": ""})
    compare(folder)
    counted = {row["contrast"]: (row["assumed"], row["numbers"]) for row in profiles(folder).effects.iter_rows(named=True)}
    assert counted["us-wall-2009"] == (2, 4)
    assert counted["japan-wall-2009"] == (3, 5)
