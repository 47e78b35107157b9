"""Runs are compared in pairs, seed by seed, and judged; a placebo arm stays inert."""

import math
import subprocess
import sys
import tempfile

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records import fit, write_study
from scipy import stats

from sim.commands.showing import print_verdicts
from sim.errors import InputError
from sim.study.judging.contrast import _holm, compare, contrasts, verdicts
from sim.study.records import tables

LEGS = ("S_all", "S_old", "core", "real_hours", "strong", "acquaintance_total")
MARGINS = dict.fromkeys(("support", "core", "real", "strong", "partners", "carriers"), 0.05)
PROMPT = {"name": "prompt", "arm": "wall", "control": "no-prompt", "primary": True, "kind": "after"}
STUDY = {
    "name": "birthday-prompt",
    "contrasts": [PROMPT],
    "margins": MARGINS,
    "horizons": [365],
    "points": [{"point": 0}],
    "seeds_planned": 4,
    "placebo": "placebo",
    "control_of_placebo": "no-prompt",
    "reshuffled": "placebo-all",
    "given_graph": None,
    "drivers": [{"name": "dose.visit", "status": "assumed"}, {"name": "n", "status": "read"}],
}


def store(folder, measured, distances=(), failed=(), **study):
    """A result folder.

    measured : {arm: {measure: [value at seed 0, 1, ...]}}; None is not measured. A measure may be
        (name, point), (name, point, profile)
    distances : {measure: [(value, floor) at seed 0, 1, ...]} of the first contrast
    failed : (arm, seed) of runs that failed
    """
    runs, measures, pairs = {}, [], []
    for arm, by_measure in measured.items():
        for measure, values in by_measure.items():
            key = measure if isinstance(measure, tuple) else (measure, 0)
            name, point, profile = (*key, "all")[:3]
            for seed, value in enumerate(values):
                run = f"{point}-{seed}-{arm}"
                status = "failed" if (arm, seed) in failed else "done"
                runs[run] = {"run_id": run, "arm": arm, "point": point, "seed": seed}
                runs[run]["status"] = status
                if value is not None:
                    measures.append((run, 365, profile, "all", name, "u", 9, float(value)))
    for measure, values in dict(distances).items():
        for seed, (value, floor) in enumerate(values):
            pair = ("x", 0, seed, "prompt", 365, "all", "all", measure, "share", value, floor)
            pairs.append(pair)
    columns = tables.SCHEMAS["runs"]
    rows = [dict.fromkeys(columns) | run for run in runs.values()]
    tables.write(folder, "runs", pl.DataFrame(rows, schema=dict(columns)))
    for name, content in (("measures", measures), ("pairs", pairs)):
        frame = pl.DataFrame(content, schema=dict(tables.SCHEMAS[name]), orient="row")
        tables.write(folder, name, frame)
    write_study(folder, **STUDY | study)
    return folder


def legs(*values, **other):
    """Every verdict measure with these values, but for the other ones given."""
    return {name: list(other.get(name, values)) for name in LEGS}


def row(frame, **where):
    found = frame.filter(**where)
    assert found.height == 1
    return found.row(0, named=True)


NEAR = {"partners": [(0.02, 0.01)] * 4, "carriers": [(0.02, 0.01)] * 4}


# Differences


def test_a_difference_by_hand(tmp_path):
    # Differences -1, -3, -2, -2: mean -2, sd sqrt(2/3), se .40825; t(3): 2.35336 and 3.18245.
    store(tmp_path, {"wall": {"S_all": [9, 8, 9, 10]}, "no-prompt": {"S_all": [10, 11, 11, 12]}})
    found = row(contrasts(tmp_path))
    assert (found["study"], found["point"], found["horizon"]) == ("birthday-prompt", 0, 365)
    assert (found["difference"], found["control"], found["seeds"]) == (-2, 11, 4)
    assert found["se"] == pytest.approx(0.408248, abs=1e-6)
    assert found["low90"] == pytest.approx(-2 - 2.353363 * 0.408248, abs=1e-5)
    assert found["high95"] == pytest.approx(-2 + 3.182446 * 0.408248, abs=1e-5)
    assert found["relative"] == pytest.approx(-2 / 11)


arms = st.lists(st.tuples(st.floats(1, 9), st.floats(1, 9)), min_size=3, max_size=6)


def _contrasted(pairs, **changes):
    """The contrast of (arm, control) values, both ways round."""
    back = PROMPT | {"name": "back", "arm": "no-prompt", "control": "wall", "primary": False}
    arm, control = zip(*pairs)
    with tempfile.TemporaryDirectory() as folder:
        measured = {"wall": {"S_all": arm}, "no-prompt": {"S_all": control}}
        return contrasts(store(folder, measured, contrasts=[PROMPT, back], **changes))


@settings(max_examples=25, deadline=None)
@given(arms)
def test_intervals_and_p_are_those_of_a_paired_t_test(pairs):
    differences = [a - b for a, b in pairs]
    if max(differences) - min(differences) < 1e-6:
        return
    found = row(_contrasted(pairs), contrast="prompt")
    expected = stats.ttest_rel(*zip(*pairs))
    assert found["p"] == pytest.approx(expected.pvalue, rel=1e-6)
    for level in (90, 95):
        interval = expected.confidence_interval(level / 100)
        assert found[f"low{level}"] == pytest.approx(interval.low, rel=1e-6, abs=1e-9)
        assert found[f"high{level}"] == pytest.approx(interval.high, rel=1e-6, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(arms)
def test_swapping_arm_and_control_flips_the_signs(pairs):
    both = _contrasted(pairs)
    there, back = row(both, contrast="prompt"), row(both, contrast="back")
    for name, mirrored in (("difference", "difference"), ("low90", "high90"), ("high95", "low95")):
        assert there[name] == pytest.approx(-back[mirrored], rel=1e-9, abs=1e-12)
    assert there["p"] == pytest.approx(back["p"], rel=1e-9, abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(arms, st.integers(-100, 100))
def test_what_both_arms_share_changes_nothing(pairs, shared):
    plain = row(_contrasted(pairs), contrast="prompt")
    moved = row(_contrasted([(a + shared, b + shared) for a, b in pairs]), contrast="prompt")
    for name in ("difference", "low90", "high90", "low95", "high95"):
        assert moved[name] == pytest.approx(plain[name], abs=1e-8)


def test_only_finished_pairs_count(tmp_path):
    # Seed 1 failed in one arm, seed 2 was not measured in the other: seeds 0 and 3 are left.
    measured = {"wall": {"S_all": [1, 50, 7, 5]}, "no-prompt": {"S_all": [2, 30, None, 4]}}
    found = row(contrasts(store(tmp_path, measured, failed=[("wall", 1)])))
    assert (found["difference"], found["control"]) == (0, 3)
    assert (found["seeds"], found["left_out"]) == (2, 2)


def test_points_horizons_and_classes_are_never_mixed(tmp_path):
    measured = {
        "wall": {("S_all", 0): [1, 2], ("S_all", 1): [5, 6], ("S_all", 0, "us"): [0, 9]},
        "no-prompt": {("S_all", 0): [1, 2], ("S_all", 1): [4, 4], ("S_all", 0, "us"): [0, 8]},
    }
    found = contrasts(store(tmp_path, measured, points=[{"point": 0}, {"point": 1}]))
    assert found.select("point", "profile", "difference").rows() == [
        (0, "all", 0.0),
        (0, "us", 0.5),
        (1, "all", 1.5),
    ]


def test_identical_arms_differ_by_nothing_and_surely(tmp_path):
    store(tmp_path, {"wall": {"S_all": [0.1] * 3}, "no-prompt": {"S_all": [0.1] * 3}})
    found = row(contrasts(tmp_path))
    for name in ("difference", "low90", "high90", "low95", "high95", "se"):
        assert found[name] == 0
    assert (found["p"], found["p_holm"]) == (1, 1)


def test_a_constant_difference_has_no_spread_from_rounding(tmp_path):
    store(tmp_path, {"wall": {"S_all": [0.1] * 3}, "no-prompt": {"S_all": [0.0] * 3}})
    found = row(contrasts(tmp_path))
    assert found["low95"] == found["difference"] == found["high95"] == 0.1
    assert found["p"] == 0


def test_one_seed_has_no_interval(tmp_path):
    store(tmp_path, {"wall": legs(1), "no-prompt": legs(1)})
    found = compare(tmp_path)
    first = found.contrasts.row(0, named=True)
    assert first["difference"] == 0
    assert all(math.isnan(first[name]) for name in ("low90", "high95", "p", "p_holm"))
    verdict = row(found.verdicts)
    assert verdict["verdict"] == "undecided"
    assert verdict["why"].startswith("one seed has both arms")
    assert verdict["seeds_needed"] is None


def test_holm_by_hand():
    # Of .01, .04, .03 and one without p: .01 * 3, then .03 * 2, then max(.06, .04).
    frame = pl.DataFrame({"point": 0, "horizon": 1, "profile": "all", "tie_class": "all"})
    p = pl.DataFrame({"measure": [*"aaaab"], "p": [0.01, 0.04, 0.03, float("nan"), 0.5]})
    found = _holm(frame.join(p, how="cross")).sort("measure", "p")
    assert found["p_holm"].to_list()[:3] == pytest.approx([0.03, 0.06, 0.06])
    assert math.isnan(found["p_holm"][3])
    assert found["p_holm"][4] == 0.5


def test_holm_adjusts_over_the_studys_contrasts(tmp_path):
    found = _contrasted([(1, 2), (2, 4), (3, 3)])
    assert found["p_holm"].to_list() == pytest.approx((found["p"] * 2).clip(0, 1).to_list())


def test_the_floor_is_what_the_placebo_moves(tmp_path):
    measured = {
        "wall": {"S_all": [5, 5]},
        "no-prompt": {"S_all": [4, 4]},
        "placebo": {"S_all": [3.5, 4.25]},
        "placebo-all": {"S_all": [2, 7]},
    }
    found = row(contrasts(store(tmp_path, measured)))
    assert (found["floor"], found["reshuffled"]) == (0.375, 2.5)
    assert found["difference"] == 1  # neither is subtracted


def test_distances_are_held_against_the_placebos(tmp_path):
    # Above the placebo: .06, .08, .10; its own distance: .01, .02, .03. Seed 3 has no placebo.
    far = {"partners": [(0.07, 0.01), (0.10, 0.02), (0.13, 0.03), (0.5, None)]}
    store(tmp_path, {"wall": legs(1, 1, 1, 1), "no-prompt": legs(1, 1, 1, 1)}, far)
    found = row(contrasts(tmp_path), measure="partners")
    assert found["difference"] == pytest.approx(0.08)
    half = stats.t.ppf(0.95, 2) * 0.02 / math.sqrt(3)
    assert found["high90"] == pytest.approx(0.08 + half)
    assert (found["seeds"], found["left_out"]) == (3, 1)
    assert found["p"] == pytest.approx(stats.ttest_rel([0.07, 0.1, 0.13], [0.01, 0.02, 0.03]).pvalue)


def test_distances_of_failed_runs_are_not_used(tmp_path):
    far = {"partners": [(0.07, 0.01), (0.09, 0.01), (0.9, 0.0)]}
    measured = {"wall": legs(1, 1, 1), "no-prompt": legs(1, 1, 1)}
    store(tmp_path, measured, far, failed=[("no-prompt", 2)])
    assert row(contrasts(tmp_path), measure="partners")["seeds"] == 2


# Verdicts


def test_a_placebo_contrast_is_inert_at_any_margin(tmp_path):
    placebo = PROMPT | {"arm": "placebo"}
    values = legs(9, 8, 9.5, 7)
    same = {name: [(0.01, 0.01)] * 4 for name in ("partners", "carriers")}
    store(tmp_path, {"placebo": values, "no-prompt": values}, same, contrasts=[placebo])
    verdict = row(verdicts(tmp_path))
    assert verdict["verdict"] == verdict["plain_sum"] == "inert"
    assert math.isnan(verdict["tipping_margin"])
    assert verdict["seeds_needed"] is None


def test_a_verdict_and_all_that_it_carries(tmp_path):
    # Everything falls by exactly 10 %; the plain sum rises by 20 %.
    wall = legs(9, 9, 9, 9, acquaintance_total=[12] * 4)
    store(tmp_path, {"wall": wall, "no-prompt": legs(10, 10, 10, 10)}, NEAR)
    assert row(verdicts(tmp_path)) == {
        "study": "birthday-prompt",
        "point": 0,
        "contrast": "prompt",
        "horizon": 365,
        "profile": "all",
        "primary": True,
        "verdict": "thinned",
        "why": "support lost; core support lost and real-life hours lost",
        "reasons": "support=lost; core=lost real=lost",
        "margin": 0.05,
        "tipping_margin": pytest.approx(0.1),
        "region_share": 1.0,
        "seeds_planned": 4,
        "seeds_used": 4,
        "seeds_needed": None,
        "assumed_share": 0.5,
        "plain_sum": "hollowed",
        "without_online": None,
        "label": "",
        "seal": "",
    }


REAL = {"S_real": "S_all", "core_real": "core", "strong_real": "strong"}


def without_online(folder, wall, control, real, **study):
    """The verdict of a contrast. real : values of wall by measure without ties that began online; if not given, as with them"""
    both = {name: values | {without: values[name] for without, name in REAL.items()} for name, values in
            (("wall", wall), ("no-prompt", control))}  # fmt: skip
    both["wall"] |= {name: [value] * 4 for name, value in real.items()}
    return row(verdicts(store(folder, both, NEAR, **study)))


@pytest.mark.parametrize(
    "real, expected",
    [({}, "enriched"), ({"S_real": 10}, "inert"), ({"S_real": 9}, "weakened"), ({"S_real": 10, "core_real": 9}, "hollowed"),
     ({"S_real": 10, "strong_real": 11}, "transformed")],
)  # fmt: skip
def test_the_word_if_ties_that_began_online_did_not_count(tmp_path, real, expected):
    """Support rises by 20 %, and all else stays."""
    control = legs(10, 10, 10, 10)
    verdict = without_online(tmp_path, control | {"S_all": [12] * 4}, control, real)
    assert (verdict["verdict"], verdict["without_online"]) == ("enriched", expected)
    assert verdict["seeds_used"] == 4


def test_without_a_measure_without_ties_that_began_online_or_without_a_word_there_is_none(tmp_path):
    control = legs(10, 10, 10, 10)
    assert without_online(tmp_path, control, control, {"core_real": None})["without_online"] is None
    two = PROMPT | {"kind": "before"}
    assert without_online(tmp_path, control, control, {}, contrasts=[two])["without_online"] is None


@pytest.mark.parametrize("support, said", [(10, True), (12, False)])
def test_compare_says_so_where_the_word_rests_on_ties_that_began_online(tmp_path, capsys, support, said):
    control = legs(10, 10, 10, 10)
    without_online(tmp_path, control | {"S_all": [12] * 4}, control, {"S_real": support})
    print_verdicts(compare(tmp_path), tmp_path)
    assert ("; inert if ties that began online did not count" in capsys.readouterr().out) == said


def test_both_tables_are_written(tmp_path):
    found = compare(store(tmp_path, {"wall": legs(9, 8), "no-prompt": legs(9, 8)}, NEAR))
    assert tables.read(tmp_path, "contrasts").equals(found.contrasts)
    assert tables.read(tmp_path, "verdict").equals(found.verdicts)


def test_the_region_is_the_share_of_declared_points(tmp_path):
    # Of four declared points two are inert, one is thinned and one was never run.
    control = {(name, point): [10, 10] for name in LEGS for point in range(3)}
    wall = {key: [9, 9] if key[1] == 2 else [10, 10] for key in control}
    points = [{"point": point} for point in range(4)]
    horizons = [365, 1825]  # the later one was not reached
    store(tmp_path, {"wall": wall, "no-prompt": control}, points=points, horizons=horizons)
    pairs = [
        ("x", p, seed, "prompt", 365, "all", "all", name, "share", 0.0, 0.0)
        for p in range(3)
        for seed in range(2)
        for name in ("partners", "carriers")
    ]
    schema = dict(tables.SCHEMAS["pairs"])
    tables.write(tmp_path, "pairs", pl.DataFrame(pairs, schema=schema, orient="row"))
    fit(tmp_path)
    both = verdicts(tmp_path)
    assert both.filter(horizon=1825)["verdict"].to_list() == ["undecided"] * 4
    found = both.filter(horizon=365)
    assert found.select("point", "verdict", "region_share").rows() == [
        (0, "inert", 0.5),
        (1, "inert", 0.5),
        (2, "thinned", 0.25),
        (3, "undecided", 0.25),
    ]
    assert found["seeds_used"].to_list() == [2, 2, 2, 0]
    assert found["why"][3].startswith("no seed has both arms")


def test_two_societies_have_no_word(tmp_path):
    mobility = PROMPT | {"name": "mobility", "primary": False, "kind": "before"}
    measured = {"wall": legs(9, 8), "no-prompt": legs(10, 10)}
    found = compare(store(tmp_path, measured, contrasts=[PROMPT, mobility]))
    verdict = row(found.verdicts, contrast="mobility")
    assert verdict["verdict"] == "not applicable"
    assert "two different societies" in verdict["why"]
    assert verdict["region_share"] is None
    assert row(found.contrasts, contrast="mobility", measure="core")["difference"] == -1.5


def test_while_people_join_it_is_too_early_for_a_word(tmp_path):
    joining = PROMPT | {"joined_by": 395}
    found = compare(store(tmp_path, {"wall": legs(9, 8), "no-prompt": legs(10, 10)}, contrasts=[joining]))
    verdict = row(found.verdicts, contrast="prompt")
    assert (verdict["horizon"], verdict["verdict"]) == (365, "too early")
    assert "still join" in verdict["why"]
    assert row(found.contrasts, contrast="prompt", measure="core")["difference"] == -1.5


def test_contrasts_that_are_not_primary_need_stronger_evidence(tmp_path):
    # 10 % lost, se .91 %: the 95 % interval ends at -7.1 %, the 99 % one (five others) at -4.7 %.
    lost = [9.1, 8.9, 9.2, 8.8]
    others = [PROMPT | {"name": f"other {k}", "primary": False} for k in range(5)]
    measured = {"wall": legs(*lost), "no-prompt": legs(10, 10, 10, 10)}
    found = verdicts(store(tmp_path, measured, contrasts=[PROMPT, *others]))
    assert row(found, contrast="prompt")["verdict"] == "thinned"
    assert row(found, contrast="other 0")["verdict"] == "undecided"
    assert row(found, contrast="other 0")["seeds_needed"] == 5


def test_a_control_of_nothing_is_same_only_if_nothing_changed(tmp_path):
    still = {"wall": legs(9, 9, strong=[0, 0]), "no-prompt": legs(9, 9, strong=[0, 0])}
    assert row(verdicts(store(tmp_path, still, NEAR)))["verdict"] == "inert"
    still["wall"]["strong"] = [1, 1]
    verdict = row(verdicts(store(tmp_path, still, NEAR)))
    assert (verdict["verdict"], verdict["seeds_needed"]) == ("undecided", None)
    assert "strong ties" in verdict["why"]


def test_profiles_are_judged_when_there_are_several(tmp_path):
    measured = {
        arm: legs(9, 9) | {(name, 0, p): [9, 9] for name in LEGS for p in ("us", "jp")}
        for arm in ("wall", "no-prompt")
    }
    found = verdicts(store(tmp_path, measured, NEAR))
    assert found["profile"].to_list() == ["all", "jp", "us"]
    one = {arm: {key: v for key, v in rows.items() if "jp" not in key} for arm, rows in measured.items()}
    assert verdicts(store(tmp_path, one, NEAR))["profile"].to_list() == ["all"]


def test_a_given_graph_is_said(tmp_path):
    measured = {"wall": legs(9, 9), "no-prompt": legs(9, 9)}
    assert row(verdicts(store(tmp_path, measured, given_graph="school")))["label"] == ("given this graph")


def test_a_study_without_placebo_leaves_the_shifts_open(tmp_path):
    alone = {"partners": [(0.0, None)] * 2, "carriers": [(0.0, None)] * 2}
    measured = {"wall": legs(9, 9), "no-prompt": legs(9, 9)}
    found = compare(store(tmp_path, measured, alone))
    assert math.isnan(row(found.contrasts, measure="core")["floor"])
    verdict = row(found.verdicts)
    assert verdict["why"].startswith("open: partners, carriers; still possible: transformed, inert")
    assert verdict["seeds_used"] == 2


# What cannot be compared


@pytest.mark.parametrize(
    "name, place",
    [
        ("runs", r"runs\.parquet: arm wall, point 0, seed 0: is there twice"),
        ("measures", r"measures\.parquet: point 0, seed 0, horizon 365, .* is there twice"),
        ("pairs", r"pairs\.parquet: contrast prompt, point 0, seed 0, .* is there twice"),
    ],
)
def test_a_replicate_is_never_counted_twice(tmp_path, name, place):
    store(tmp_path, {"wall": legs(9, 9), "no-prompt": legs(9, 9)}, NEAR)
    frame = tables.read(tmp_path, name)
    tables.write(tmp_path, name, pl.concat([frame, frame.head(1)]))
    fit(tmp_path)
    with pytest.raises(InputError, match=place):
        compare(tmp_path)


def test_an_unfinished_study_file_is_refused(tmp_path):
    store(tmp_path, {"wall": legs(9, 9), "no-prompt": legs(9, 9)}, margins=None, horizons=[])
    with pytest.raises(InputError) as caught:
        compare(tmp_path)
    assert [problem.place for problem in caught.value.problems] == ["margins", "horizons"]


def test_comparing_reaches_no_world():
    program = "import sim.study.judging.contrast, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert "sim.study.judging.verdict" in loaded
    assert not {"mesa", "numba", "sim.world", "matplotlib"} & loaded
