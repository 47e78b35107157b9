"""How precisely a difference is known, how many seeds a precision takes, and what the same luck in both arms saves."""

import itertools
import math
import statistics

import numpy as np
import polars as pl
import pytest
from records import fit
from scipy import stats
from test_cli import refused, sim
from test_contrast import PROMPT, legs, store
from test_figures import BAD_FRENCH, LONGER, made_up, make, said, title, well_set

from sim.errors import InputError
from sim.figures.results import Lacking
from sim.study.judging.legs import LEGS
from sim.study.judging.precision import SHARE, Pair, Spread, precision
from sim.study.records import tables
from sim.study.sweep.sweeping import sweep
from sim.text import LANGUAGES

CONTROL = [10.0, 12.0, 14.0, 16.0, 13.0]
ARM = [11.0, 11.5, 15.0, 15.5, 14.0]
FAR = {"partners": [(0.02, 0.01), (0.04, 0.01), (0.03, 0.01), (0.05, 0.02), (0.02, 0.02)]}


def found(folder, measure="S_all", **asked):
    rows = precision(folder, **asked).filter(pl.col("measure") == measure)
    assert rows.height == 1
    return rows.row(0, named=True)


@pytest.fixture
def folder(tmp_path):
    return store(tmp_path, {"wall": legs(*ARM), "no-prompt": legs(*CONTROL)}, FAR)


# --- known answers ---------------------------------------------------------------------------------------------------


def test_the_factor_is_what_both_arms_vary_by_over_what_their_difference_does(folder):
    # By hand: deviations of the control -3, -1, 1, 3, 0 give 20/4; of the arm -2.4, -1.9, 1.6, 2.1, .6 give 16.7/4;
    # of the difference .6, -.9, .6, -.9, .6 give 2.7/4.
    row = found(folder)
    mean = 13.0
    assert row["variance_control"] == pytest.approx(20 / 4 / mean**2)
    assert row["variance_arm"] == pytest.approx(16.7 / 4 / mean**2)
    assert row["variance"] == pytest.approx(2.7 / 4 / mean**2)
    assert row["saved"] == pytest.approx(36.7 / 2.7)
    assert (row["scale"], row["seeds"], row["within"]) == (SHARE, 5, 0.01)


def test_arms_of_other_people_and_luck_save_nothing():
    # Without covariance Var(arm - control) = Var(arm) + Var(control).
    luck = np.random.default_rng(7)
    arm, control = luck.normal(size=(2, 200_000))
    one = Pair(arm.size, np.var(arm - control, ddof=1), np.var(arm, ddof=1), np.var(control, ddof=1))
    factor, low, high = one.saved()
    assert factor == pytest.approx(1, rel=0.01)
    assert low < 1 < high


def test_the_half_width_in_pairs_is_that_of_a_paired_t_test(folder):
    interval = stats.ttest_rel(ARM, CONTROL).confidence_interval(0.95)
    assert found(folder)["half95"] == pytest.approx((interval.high - interval.low) / 2 / statistics.mean(CONTROL))


def test_the_half_width_apart_is_that_of_welchs_t_test():
    one = Pair(5, 1.0, statistics.variance(ARM), statistics.variance(CONTROL))
    interval = stats.ttest_ind(ARM, CONTROL, equal_var=False).confidence_interval(0.95)
    assert one.apart().half(5) == pytest.approx((interval.high - interval.low) / 2)


@pytest.mark.parametrize("sd, within", list(itertools.product((0.003, 0.02, 0.3), (0.01, 0.05))))
def test_seeds_needed_are_the_fewest_whose_t_interval_is_narrow_enough(sd, within):
    def half(n, df):
        return stats.t.ppf(0.975, df) * sd / math.sqrt(n)

    fewest = next(n for n in itertools.count(2) if half(n, n - 1) <= within)
    assert Spread(sd**2, 19).needed(within) == fewest
    fewest = next(n for n in itertools.count(2) if half(n, 2 * (n - 1)) <= within)
    assert Pair(20, 0.0, sd**2 / 2, sd**2 / 2).apart().needed(within) == fewest


def test_few_seeds_know_the_spread_badly(folder):
    # The 95 % interval of a variance seen in n seeds: (n - 1) s^2 over the quantiles of chi-squared with n - 1.
    row, n = found(folder, within=0.02), len(ARM)
    for end, quantile in (("needed_low", 0.975), ("needed_high", 0.025)):
        sd = math.sqrt((n - 1) * row["variance"] / stats.chi2.ppf(quantile, n - 1))
        assert row[end] == next(k for k in itertools.count(2) if stats.t.ppf(0.975, k - 1) * sd / math.sqrt(k) <= 0.02)
    assert row["needed_low"] < row["needed"] < row["needed_high"]


def test_the_factors_interval_ends_where_pitmans_test_turns(folder):
    # Pitman 1939: two correlated variances are in the ratio r if U + sqrt(r) D and U - sqrt(r) D are uncorrelated.
    row, total, difference = found(folder), np.add(ARM, CONTROL), np.subtract(ARM, CONTROL)
    for end in ("saved_low", "saved_high"):
        scaled = math.sqrt(2 * row[end] - 1) * difference
        assert stats.pearsonr(total + scaled, total - scaled).pvalue == pytest.approx(0.05, abs=1e-6)
    assert row["saved_low"] < row["saved"] < row["saved_high"]


def test_the_intervals_hold_the_truth_as_often_as_they_say():
    luck, seeds, hits = np.random.default_rng(3), 6, {"factor": 0, "pairs": 0}
    for _ in range(2000):
        shared, *own = luck.normal(size=(3, seeds)) * [[3.0], [1.0], [0.5]]
        arm, control = shared + own[0], shared + own[1]
        one = Pair(seeds, np.var(arm - control, ddof=1), np.var(arm, ddof=1), np.var(control, ddof=1))
        _, low, high = one.saved()
        hits["factor"] += low <= (10 + 9.25) / 1.25 <= high
        least, most = one.together().interval()
        hits["pairs"] += least.variance <= 1.25 <= most.variance
    for many in hits.values():
        assert 0.935 < many / 2000 < 0.965  # three standard errors around .95


def test_what_both_arms_share_is_not_counted_as_two_looks_at_the_spread():
    # Satterthwaite with covariance: n - 1 where both arms move as one, 2 (n - 1) where nothing is shared.
    assert Pair(11, 0.0, 4.0, 4.0).apart().known == pytest.approx(10)
    assert Pair(11, 8.0, 4.0, 4.0).apart().known == pytest.approx(20)


# --- what is not known -------------------------------------------------------------------------------------------------


def test_one_seed_has_no_spread(tmp_path):
    row = found(store(tmp_path, {"wall": legs(11), "no-prompt": legs(10)}))
    assert row["seeds"] == 1
    assert all(math.isnan(row[name]) for name in ("half95", "variance", "variance_arm", "saved"))
    assert [row[name] for name in ("needed", "needed_low", "needed_high", "needed_independent")] == [None] * 4


def test_two_seeds_know_the_factor_but_not_how_well(tmp_path):
    row = found(store(tmp_path, {"wall": legs(11, 12.5), "no-prompt": legs(10, 12)}))
    assert row["saved"] == pytest.approx((1.125 + 2) / 0.125)
    assert math.isnan(row["saved_low"])
    assert row["needed_high"] > row["needed"]


def test_pairs_that_do_not_vary_are_worth_any_number_of_societies(tmp_path):
    row = found(store(tmp_path, {"wall": legs(10.1, 12.1, 14.1), "no-prompt": legs(10, 12, 14), "none": legs(1, 2, 3)}))
    assert row["variance"] == pytest.approx(0, abs=1e-30)
    still = found(store(tmp_path, {"wall": legs(10, 12, 14), "no-prompt": legs(10, 12, 14)}))
    assert (still["variance"], still["half95"], still["needed"], still["saved"]) == (0, 0, 2, math.inf)
    thirds = [x + 1 / 3 for x in (100, 0.7, 0.1)]  # 1/3 more, but for rounding
    rounded = found(store(tmp_path, {"wall": legs(*thirds), "no-prompt": legs(100, 0.7, 0.1)}))
    assert 0 < rounded["variance"] < 1e-28
    assert rounded["saved"] == math.inf
    nothing = found(store(tmp_path, {"wall": legs(11, 11, 11), "no-prompt": legs(10, 10, 10)}))
    assert nothing["needed_independent"] == 2
    assert math.isnan(nothing["saved"])


def test_an_arm_that_is_missing_leaves_nothing_to_say(tmp_path):
    row = found(store(tmp_path, {"no-prompt": legs(*CONTROL)}))
    assert (row["seeds"], row["needed"]) == (0, None)
    assert math.isnan(row["half95"])


def test_a_seed_without_its_other_arm_does_not_count(tmp_path):
    arm = {"S_all": [11, None, 14, 15]}
    row = found(store(tmp_path, {"wall": arm, "no-prompt": {"S_all": [10, 90, 12, 14]}}))
    assert row["seeds"] == 3
    assert row["variance_control"] == pytest.approx(4 / 12**2)


def test_there_is_no_share_of_a_control_at_zero_but_the_factor_stands(tmp_path):
    row = found(store(tmp_path, {"wall": legs(1, 2, 4), "no-prompt": legs(-1, 0, 1)}))
    assert math.isnan(row["half95"])
    assert row["needed"] is None
    assert row["saved"] == pytest.approx((7 / 3 + 1) / (1 / 3))


def test_distances_are_in_their_own_unit_and_none_of_one_arm_alone(folder):
    row = found(folder, "partners")
    beyond = [0.01, 0.03, 0.02, 0.03, 0.0]
    assert row["half95"] == pytest.approx(stats.t.ppf(0.975, 4) * statistics.stdev(beyond) / math.sqrt(5))
    assert row["scale"] == "share"
    assert math.isnan(row["saved"])
    assert row["needed_independent"] is None


def test_no_number_of_seeds_reaches_what_cannot_be_reached():
    assert Spread(1.0, 19).needed(1e-9) is None


# --- the table ---------------------------------------------------------------------------------------------------------


def test_the_table_has_every_leg_of_every_contrast(tmp_path):
    back = PROMPT | {"name": "back", "arm": "no-prompt", "control": "wall", "primary": False}
    store(tmp_path, {"wall": legs(*ARM), "no-prompt": legs(*CONTROL)}, FAR, contrasts=[PROMPT, back])
    frame = precision(tmp_path, measures=["S_old"])
    assert frame.equals(tables.read(tmp_path, "precision"))
    assert frame["contrast"].unique(maintain_order=True).to_list() == ["prompt", "back"]
    measured = [*(leg.measure for leg in LEGS if leg.measure != "carriers"), "S_old"]
    assert frame.filter(pl.col("contrast") == "prompt")["measure"].to_list() == measured
    assert set(precision(tmp_path, contrast="back")["contrast"]) == {"back"}


def test_refusals_say_what_there_is(folder, tmp_path):
    with pytest.raises(InputError, match="perhaps you meant 'prompt'"):
        precision(folder, contrast="promt")
    with pytest.raises(InputError, match="perhaps you meant 'strong'"):
        precision(folder, measures=["strng"])
    for within in (0, -0.01, math.nan, math.inf):
        with pytest.raises(InputError, match="above 0"):
            precision(folder, within)
    with pytest.raises(InputError, match="no such file"):
        precision(tmp_path / "nowhere")
    with pytest.raises(InputError, match="no leg of the verdict"):
        precision(store(tmp_path, {"wall": {"links": [1, 2]}, "no-prompt": {"links": [1, 2]}}))


# --- the command -------------------------------------------------------------------------------------------------------


def test_the_command_prints_what_the_table_says(folder):
    result = sim("precision", folder, "--within", "2%", "--measure", "S_old", "--contrast", "prompt")
    assert result.exit_code == 0, result.output
    header, *lines = (line.split() for line in result.stdout.splitlines())
    assert header[:5] == ["contrast", "point", "at", "measure", "seeds"]
    row = next(line for line in lines if line[3] == "S_all")
    known = found(folder, within=0.02)
    assert row[4] == "5"
    assert row[5] == f"{100 * known['half95']:.3g}%"
    assert row[6:9] == [str(known["needed"]), f"[{known['needed_low']},", f"{known['needed_high']}]"]
    assert row[9] == f"{known['saved']:.3g}"
    assert row[-1] == str(known["needed_independent"])
    assert "S_old" in result.stdout
    assert "2%" in result.stdout
    assert sim("precision", folder, "--within", "0.02").exit_code == 0
    assert found(folder, within=0.02) == tables.read(folder, "precision").filter(measure="S_all").row(0, named=True)


def test_the_command_refuses_what_it_cannot_use(folder, tmp_path):
    assert refused(sim("precision", folder, "--within", "thin"), "--within", "'thin'", "1%")
    assert refused(sim("precision", folder, "--within", "0"), "a half-width such as 1% or 0.01, a number from 1e-06")
    assert refused(sim("precision", folder, "--contrast", "none"), "prompt")
    assert refused(sim("precision", tmp_path / "nowhere"), "sim sweep")


# --- the figure --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Arms that share nothing but their means: each has luck of its own in each seed."""
    return made_up(tmp_path_factory.mktemp("drawn"), {"noise": 0.02}, seeds=12)


def shared(folder, common: float, own: float, seeds=12, legs=("S_all", "core", "real_hours", "strong")):
    """A folder in which both arms share `common` of their spread in every seed and have `own` apart."""
    made_up(folder, seeds=seeds, slopes=(2.0,), days=(365,))
    luck = np.random.default_rng(5)
    runs = tables.read(folder, "runs").select("run_id", "seed", "arm")
    drawn = {(leg, seed): luck.normal() for leg in legs for seed in range(1, seeds + 1)}
    rows = []
    for row in tables.read(folder, "measures").join(runs, on="run_id", maintain_order="left").iter_rows(named=True):
        if row["measure"] in legs and row["tie_class"] == "all":
            row["value"] = 10 * (1 + common * drawn[row["measure"], row["seed"]] + own * luck.normal())
        rows.append(row)
    tables.write(folder, "measures", pl.DataFrame(rows).select(tables.SCHEMAS["measures"].keys()))
    fit(folder)
    return folder


@pytest.mark.parametrize("lang", LONGER)
@pytest.mark.parametrize("common, own, seeds", [(0.02, 5e-5, 20), (0.02, 1e-3, 8), (0.2, 0.05, 30), (1e-4, 1e-7, 2)])
def test_the_figure_says_the_factor_of_the_table(tmp_path, lang, common, own, seeds):
    shared(tmp_path, common, own, seeds)
    row = found(tmp_path, contrast="prompt")
    figure, texts = make(tmp_path, "precision", lang)
    well_set(figure, texts)
    times = f"{float(format(row['saved'], '.2g')):,.12g}"
    times = times.replace(",", "\u202f") if lang == "fr" else times
    assert lang == "en" or not BAD_FRENCH.search(said(texts).replace("0.1.0+abc", ""))
    nothing = "a change of more than 0.1% in support and strong ties" if lang == "en" else "un écart de plus de 0,1\u202f% pour"
    factor = f"{times} different ones about support" if lang == "en" else f"{times} sociétés différentes sur le soutien"
    assert (nothing if own < 1e-3 else factor) in title(texts)
    there = f"{'factor' if lang == 'en' else 'facteur'} {times}" in said(texts)
    assert there == (own >= 1e-3)  # where nothing changes, no factor is named
    assert ("margin 5%" if lang == "en" else "marge 5\u202f%") in said(texts)
    assert (f"this study: {seeds}" if lang == "en" else f"cette étude\u00a0: {seeds}") in said(texts)


def test_the_lines_are_the_half_widths_by_number_of_societies(tmp_path):
    shared(tmp_path, 0.02, 1e-3, 20)
    row = found(tmp_path, contrast="prompt")
    figure, _ = make(tmp_path, "precision")
    lines = [line for line in figure.axes[2].lines if len(line.get_xdata()) > 2]  # after the two swatches of the key
    assert len(lines) == 2
    for line, variance, df in zip(lines, (row["variance"], row["variance_arm"] + row["variance_control"]), (19, 38)):
        at = np.interp(20, line.get_xdata(), line.get_ydata())
        assert at == pytest.approx(100 * stats.t.ppf(0.975, df) * math.sqrt(variance / 20), rel=0.01)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_luck_of_its_own_in_each_arm_is_not_praised(drawn, lang):
    precision(drawn)
    figure, texts = make(drawn, "precision", lang)
    well_set(figure, texts)
    assert ("is not yet clear" if lang == "en" else "pas encore sûr") in title(texts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_leg_that_does_not_vary_in_pairs_is_said_and_not_drawn(tmp_path, lang):
    shared(tmp_path, 0.02, 0.0)
    precision(tmp_path)
    figure, texts = make(tmp_path, "precision", lang)
    well_set(figure, texts)
    assert ("is the same in every society" if lang == "en" else "est le même dans toutes") in title(texts)


def test_legs_that_were_not_measured_have_no_panel(tmp_path):
    shared(tmp_path, 0.02, 1e-3)
    rows = tables.read(tmp_path, "measures").filter(~pl.col("measure").is_in(["S_all", "core", "strong"]))
    tables.write(tmp_path, "measures", rows)
    fit(tmp_path)
    precision(tmp_path, contrast="platform")
    figure, texts = make(tmp_path, "precision")
    well_set(figure, texts)
    assert "about real-life hours" in title(texts)
    assert len(figure.axes) == 3


def test_without_its_table_or_with_one_society_it_is_left_out(tmp_path):
    made_up(tmp_path, seeds=1, slopes=(2.0,), days=(365,))
    with pytest.raises(Lacking, match=r"run `sim precision .*` first"):
        make(tmp_path, "precision")
    precision(tmp_path)
    with pytest.raises(Lacking, match="no leg has two societies"):
        make(tmp_path, "precision")


# --- a real study ------------------------------------------------------------------------------------------------------


def test_the_same_luck_in_both_arms_saves_at_least_nine_in_ten_societies(a_study, tmp_path):
    sweep(a_study(name="paired", seeds=6), tmp_path)
    for measure in ("S_all", "core"):  # no number of ties: of so few people it may be the same in both arms
        row = found(tmp_path, measure, contrast="prompt")
        assert row["variance"] > 0
        assert row["saved_low"] >= 10, measure
