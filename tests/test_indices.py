"""Which parameters explain what happens: indices with published answers, through a study's own points and tables."""

from __future__ import annotations

import itertools
import math
import re

import numpy as np
import polars as pl
import pytest
from conftest import slow
from records import fit, write_study
from test_cli import refused, sim
from test_figures import BAD_FRENCH, LONGER, make, one_run, said, title, well_set
from test_press import besides_source, counted

from sim.errors import InputError
from sim.figures import press
from sim.figures.gallery import matters
from sim.figures.gallery.sensitivity import Panel, carry
from sim.figures.results import Interval, Lacking
from sim.figures.words import Words, typeset
from sim.study.judging.contrast import compare
from sim.study.judging.indices import Question, indices, outputs, ranked, sensitivity
from sim.study.judging.legs import LEGS
from sim.study.records import json_files, tables
from sim.study.sweep.sweeping import sweep
from sim.text import LANGUAGES

THREE = 'substitution = {}\n"prompts.slope" = { low = 0.5, high = 8, scale = "log" }\nmeet_after = {}'
NAMES = ["substitution", "prompts.slope", "meet_after"]
# Ishigami and Homma 1990, a = 7, b = .1, as SALib states them (test_functions/Ishigami.py) and as its formulae give
S1, ST, S13 = [0.3139, 0.4424, 0.0], [0.5576, 0.4424, 0.2437], 0.2437


def designed(a_study, kind, vary=THREE, name="indices", **how):
    """A study whose design is of this kind."""
    lines = "".join(f"{key} = {value}\n" for key, value in how.items())
    return a_study(f'[design]\nkind = "{kind}"\n{lines}', vary=vary, name=name)


def shares(study):
    """Where in its range each varied name is, from 0 to 1: (points, names)."""
    about = study.about_design()
    columns = []
    for name, (low, high), scale in zip(about["names"], about["ranges"], about["scales"]):
        values = np.array([point[name] for point in study.points()])
        if scale == "log":
            columns.append(np.log(values / low) / math.log(high / low))
        else:
            columns.append((values - low) / (high - low))
    return np.array(columns).T


def left(study, folder, difference, seeds=2, noise=0.0, measure="S_all", without=(), common=None):
    """A folder as a sweep of the study would leave it: no prompts at 100 (and what is the society's own), the wall above it by
    `difference` (points,) or (points, seeds), and by noise of its own.

    without : (point, seed) that are not finished; common : (points,) of both arms alike
    """
    luck = np.random.default_rng(1)
    values = np.broadcast_to(np.reshape(difference, (len(difference), -1)), (len(difference), seeds))
    values = values + noise * luck.normal(size=values.shape)
    society = luck.normal(100, 5, seeds)
    runs, rows = [], []
    for (point, seed), value in np.ndenumerate(values):
        if (point, seed + 1) in without:
            continue
        here = society[seed] + (0 if common is None else common[point])
        for arm, own in (("no-prompt", here), ("wall", here + value)):
            run = f"{arm}-{point}-{seed}"
            runs.append(one_run(run, arm, point, seed + 1))
            rows.append((run, 365, "all", "all", measure, "support", 60, own))
    tables.write(folder, "runs", pl.DataFrame(runs))
    tables.write(folder, "measures", pl.DataFrame(rows, schema=dict(tables.SCHEMAS["measures"]), orient="row"))
    tables.write(folder, "pairs", pl.DataFrame(schema=dict(tables.SCHEMAS["pairs"])))
    contrasts = [
        {"name": each.name, "arm": each.arm, "control": each.control, "primary": each.primary, "kind": "after", "expect": None}
        for each in study.contrasts
    ]
    kept = {
        "name": study.name, "question": study.question, "question_fr": "Est-ce ainsi ?",
        "contrasts": contrasts,
        "margins": {name: margin.value for name, margin in study.margins}, "horizons": [365],
        "design": study.about_design(), "seeds_planned": seeds, "people": 60, "version": "0.1.0+abc",
        "points": [{"point": number} | point for number, point in enumerate(study.points())],
    }  # fmt: skip
    write_study(folder, **kept)
    return folder


def ishigami(x):
    """On shares of ranges instead of -pi to pi."""
    x = (2 * x - 1) * math.pi
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def of_kind(found, kind, key="value"):
    return np.array(found.filter(kind=kind)[key].to_list())


def inside(found, kind, expected):
    """Whether every interval of a kind holds what is expected."""
    return bool(((of_kind(found, kind, "low95") <= expected) & (expected <= of_kind(found, kind, "high95"))).all())


# --- Sobol --------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sobol(a_study):
    return designed(a_study, "sobol", points=1024)


def test_ishigami_has_its_published_indices(sobol, tmp_path):
    found = indices(left(sobol, tmp_path, ishigami(shares(sobol))))
    assert found["name"].to_list() == 2 * NAMES
    assert of_kind(found, "S1") == pytest.approx(S1, abs=0.02)
    assert of_kind(found, "ST") == pytest.approx(ST, abs=0.02)
    assert inside(found, "S1", S1)
    assert inside(found, "ST", ST)
    assert (of_kind(found, "ST", "high95") - of_kind(found, "ST", "low95") < 0.2).all()
    assert found.select("samples", "seeds", "left_out", "contrast", "arm", "design", "unit").unique().rows() == [
        (1024, 2, 0, "prompt", "", "sobol", "support")
    ]


def test_what_societies_have_in_common_moves_no_index_and_their_noise_widens_all(a_study, tmp_path):
    """Of eight societies each point is off by 4 / sqrt(8): a seventh of the function's variance of 13.84."""
    study = designed(a_study, "sobol", points=256)
    plain, noisy = (indices(left(study, tmp_path, ishigami(shares(study)), 8, noise)) for noise in (0.0, 4.0))
    for kind, expected in (("S1", S1), ("ST", ST)):
        assert inside(noisy, kind, expected)
        assert of_kind(noisy, kind) == pytest.approx(expected, abs=0.1)
        widths = [of_kind(found, kind, "high95") - of_kind(found, kind, "low95") for found in (plain, noisy)]
        assert widths[1].sum() > 1.1 * widths[0].sum()


def test_noise_does_not_make_a_parameter_matter(a_study, tmp_path):
    """One name is all there is: 4 x, of variance 16 / 12. Noise of 2 in four societies adds 1 to it and counts for nothing."""
    study = designed(a_study, "sobol", points=256)
    found = indices(left(study, tmp_path, 4 * shares(study)[:, 0], 4, 2.0))
    assert of_kind(found, "ST") == pytest.approx([1, 0, 0], abs=0.08)
    assert of_kind(found, "S1") == pytest.approx([1, 0, 0], abs=0.15)
    assert inside(found, "ST", [1, 0, 0])
    assert inside(found, "S1", [1, 0, 0])


def test_seeds_that_answer_differently_are_seen_in_the_interval(a_study, tmp_path):
    """In each society another mixture of two names: the design's own interval would be far too narrow."""
    study = designed(a_study, "sobol", points=256)
    x, mixed = shares(study)[:, :2], np.array([0.1, 0.5, 0.9, 0.5])
    found = indices(left(study, tmp_path, x[:, :1] * mixed + x[:, 1:] * (1 - mixed), 4))
    same = indices(left(study, tmp_path, x.mean(axis=1), 4))
    assert of_kind(found, "ST")[:2] == pytest.approx([0.5, 0.5], abs=0.15)
    widths = [of_kind(each, "ST", "high95")[0] - of_kind(each, "ST", "low95")[0] for each in (found, same)]
    assert widths[0] > 3 * widths[1]


def test_what_one_society_alone_answers_is_no_finding(a_study, tmp_path):
    """Nothing of the variance is common to any two societies: all of it counts as noise, and no share of it is told."""
    study = designed(a_study, "sobol", points=16)
    left(study, tmp_path, shares(study)[:, :1] * [0.0, 0.0, 3.0], 3)
    assert indices(tmp_path).select("value", "low95", "high95").to_numpy().ravel() == pytest.approx(math.nan, nan_ok=True)
    told = sim("sensitivity", tmp_path).stdout
    assert "S_all, 1y: 16 samples, 3 seeds; nothing but noise of the seeds" in told
    assert "nan" not in told
    found = drawn(tmp_path, "en")[1]
    assert title(found).startswith("Too few combinations or societies")
    assert "only noise of the societies" in said(found)


def test_pairs_have_an_index_where_the_design_is_of_second_order(a_study, tmp_path):
    study = designed(a_study, "sobol", points=1024, second_order="true")
    found = indices(left(study, tmp_path, ishigami(shares(study))))
    pairs = found.filter(kind="S2")
    assert pairs.select("name", "other").rows() == list(itertools.combinations(NAMES, 2))
    assert pairs["value"].to_list() == pytest.approx([0, S13, 0], abs=0.05)
    assert inside(found, "S2", [0, S13, 0])
    assert of_kind(found, "S1") == pytest.approx(S1, abs=0.03)


def test_the_same_tables_give_the_same_indices_and_are_written(a_study, tmp_path):
    study = designed(a_study, "sobol", points=16)
    left(study, tmp_path, ishigami(shares(study)), 3, 1.0)
    first = sensitivity(tmp_path)
    assert tables.read(tmp_path, "indices").equals(first)
    assert sensitivity(tmp_path).equals(first)


# --- Morris -------------------------------------------------------------------------------------------------------------


def test_of_a_straight_line_morris_finds_the_slopes_whatever_the_scale(a_study, tmp_path):
    """6 a whole range, -2 a whole range of logarithms, nothing: no curve and no interplay, so no sigma and no width."""
    study = designed(a_study, "morris", trajectories=5)
    found = indices(left(study, tmp_path, shares(study) @ [6.0, -2.0, 0.0]))
    assert of_kind(found, "mu_star") == pytest.approx([6, 2, 0], abs=1e-9)
    assert of_kind(found, "mu") == pytest.approx([6, -2, 0], abs=1e-9)
    assert of_kind(found, "sigma") == pytest.approx([0, 0, 0], abs=1e-9)
    assert of_kind(found, "low95", "low95").size == 0
    assert found["high95"].to_list() == pytest.approx(found["low95"].to_list(), abs=1e-9)
    assert ranked(found) == NAMES
    assert found["samples"].unique().to_list() == [5]


def test_an_effect_that_turns_has_no_mean_but_a_size(a_study, tmp_path):
    """|x - 1/2| at levels 0, 1/3, 2/3, 1: from 0 to 2/3 it falls by 1/3, from 1/3 to 1 it rises by as much; a step is 2/3."""
    study = designed(a_study, "morris", trajectories=40)
    found = indices(left(study, tmp_path, np.abs(shares(study)[:, 0] - 0.5)))
    assert of_kind(found, "mu_star")[0] == pytest.approx(0.5)
    assert inside(found, "mu", [0, 0, 0])
    assert of_kind(found, "sigma")[0] == pytest.approx(0.5, abs=0.02)
    half = (of_kind(found, "mu", "high95") - of_kind(found, "mu", "low95"))[0] / 2
    assert half == pytest.approx(2.023 * of_kind(found, "sigma")[0] / math.sqrt(40), rel=0.001)  # t of 39


def test_the_g_function_is_screened_as_its_coefficients_say(a_study, tmp_path):
    """Product of (|4 x - 2| + a) / (1 + a), a = 0, 1, 9, 99 (Saltelli and Sobol' 1995): the smaller a, the more it matters.
    From 0 to 2/3 and from 1/3 to 1 a factor changes by 4/3 / (1 + a), so by 2 / (1 + a) a whole range, times the others'
    mean at these levels, 1 each up to 1/(3 (1 + a)): |4 x - 2| is 2 at the ends and 2/3 between, 4/3 in the mean."""
    vary = THREE + "\ndisplacement = {}"
    study = designed(a_study, "morris", vary, trajectories=400, name="indices-g")
    a = np.array([0.0, 1.0, 9.0, 99.0])
    found = indices(left(study, tmp_path, np.prod((np.abs(4 * shares(study) - 2) + a) / (1 + a), axis=1)))
    means = (4 / 3 + a) / (1 + a)
    expected = 2 / (1 + a) * means.prod() / means
    assert of_kind(found, "mu_star") == pytest.approx(expected, rel=0.06)
    assert inside(found, "mu_star", expected)
    assert ranked(found) == [*NAMES, "displacement"]


def test_noise_alone_is_not_told_from_nothing(a_study, tmp_path):
    """Names that do nothing: the intervals of mu_star reach down to 0, those of the name that does something do not."""
    study = designed(a_study, "morris", trajectories=10)
    found = indices(left(study, tmp_path, 5 * shares(study)[:, 0], 4, 0.3)).filter(kind="mu_star")
    low, high = found["low95"].to_list(), found["high95"].to_list()
    assert 4 < low[0] < 5 < high[0] < 6
    assert max(low[1:]) <= 0 < min(high[1:])
    assert max(high[1:]) < 1


# --- what is not finished, does not vary, or was not asked for ----------------------------------------------------------


def test_only_whole_samples_count(a_study, tmp_path):
    """A sample is 5 points: points 3 and 7 are of the first and the second, and both seeds of point 7 are missing."""
    study = designed(a_study, "sobol", points=16)
    y = ishigami(shares(study))
    found = indices(left(study, tmp_path, y, without={(3, 1), (7, 1), (7, 2)}))
    assert found.select("samples", "seeds", "left_out").unique().rows() == [(14, 2, 2)]
    (output,) = outputs(tmp_path)
    assert output.blocks.tolist() == list(range(2, 16))
    assert output.points.ravel() == pytest.approx(y[10:])


def test_a_seed_that_has_hardly_begun_is_left_out_instead(a_study, tmp_path):
    study = designed(a_study, "morris", trajectories=6)
    y = shares(study) @ [3.0, 2.0, 1.0]
    rest = {(point, 3) for point in range(4, 24)}
    found = indices(left(study, tmp_path, y, seeds=3, without=rest))
    assert found.select("samples", "seeds", "left_out").unique().rows() == [(6, 2, 0)]
    assert of_kind(found, "mu") == pytest.approx([3, 2, 1])


def test_one_seed_gives_indices_without_intervals(a_study, tmp_path):
    study = designed(a_study, "sobol", points=64)
    found = indices(left(study, tmp_path, shares(study)[:, 1], seeds=1))
    assert of_kind(found, "ST") == pytest.approx([0, 1, 0], abs=0.1)
    assert found["low95"].is_nan().all()
    assert found["high95"].is_nan().all()


@pytest.mark.parametrize("kind, size", [("sobol", "points"), ("morris", "trajectories")])
def test_of_what_never_changes_nothing_carries_anything(a_study, tmp_path, kind, size):
    study = designed(a_study, kind, **{size: 4})
    found = indices(left(study, tmp_path, np.full(len(study.points()), 0.1)))  # 100.1 - 100 rounds, and not everywhere alike
    assert found.select("value", "low95", "high95").unique().rows() == [(0.0, 0.0, 0.0)]


def test_without_a_whole_sample_there_are_no_indices(a_study, tmp_path):
    study = designed(a_study, "sobol", points=4)
    broken = {(5 * sample, seed) for sample in range(4) for seed in (1, 2)}
    with pytest.raises(InputError, match=r"0 of 4 samples are complete for 'S_all', day 365; expected 2 or more, each with all"):
        indices(left(study, tmp_path, ishigami(shares(study)), without=broken))


def test_partners_and_carriers_are_told_beyond_the_floor(a_study, tmp_path):
    study = designed(a_study, "morris", trajectories=4)
    x = shares(study)[:, 0]
    left(study, tmp_path, x)
    rows = [
        ("s", point, seed, "prompt", 365, "all", "all", "partners", "share of support", 0.3 * x[point] + floor, floor)
        for point in range(len(x))
        for seed, floor in ((1, 0.1), (2, 0.05 + 0.01 * (point % 2)))
    ]
    tables.write(tmp_path, "pairs", pl.DataFrame(rows, schema=dict(tables.SCHEMAS["pairs"]), orient="row"))
    fit(tmp_path)
    found = indices(tmp_path)
    assert found["measure"].unique(maintain_order=True).to_list() == ["S_all", "partners"]
    assert of_kind(found.filter(measure="partners"), "mu_star") == pytest.approx([0.3, 0, 0])


def test_an_arm_is_told_by_its_own_value(a_study, tmp_path):
    study = designed(a_study, "morris", trajectories=4)
    x = shares(study)
    left(study, tmp_path, x @ [1.0, 2.0, 3.0], seeds=3, common=x @ [0.0, 0.0, -5.0])
    wall, control = (indices(tmp_path, Question(arm=arm)) for arm in ("wall", "no-prompt"))
    assert of_kind(wall, "mu") == pytest.approx([1, 2, -2])
    assert of_kind(control, "mu") == pytest.approx([0, 0, -5])
    assert of_kind(indices(tmp_path), "mu") == pytest.approx([1, 2, 3])
    assert wall.select("arm", "contrast").unique().rows() == [("wall", "")]


@pytest.mark.parametrize("kind, said", [("grid", {}), ("latin", {"points": 4}), ("one-at-a-time", {})])
def test_another_design_is_told_what_to_write(a_study, tmp_path, kind, said):
    study = designed(a_study, kind, "substitution = { points = 3 }" if kind == "grid" else "substitution = {}", **said)
    left(study, tmp_path, np.arange(len(study.points())))
    with pytest.raises(InputError, match=rf"study\.json: design\.kind: '{kind}'; expected .*\[design\] with kind = \"sobol\""):
        indices(tmp_path)


# --- the command --------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(a_study, tmp_path):
    study = designed(a_study, "sobol", points=64, second_order="true")
    return left(study, tmp_path, ishigami(shares(study)), 3, without={(0, 1)})


def test_the_command_prints_the_most_important_first(folder):
    done = sim("sensitivity", folder)
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[0].startswith("contrast 'prompt', tie class 'all', profile 'all'")
    order = [line.split()[3] for line in lines if line.startswith("S_all (support)")]
    assert order == ["substitution", "prompts.slope", "meet_after"]
    values = tables.read(folder, "indices").filter(name="substitution", other="")["value"].to_list()
    assert f"  {values[0]:.2f} (" in lines[2]
    assert f"  {values[1]:.2f} (" in lines[2]
    assert "S2" in done.stdout
    assert "S_all, 1y: 63 samples, 3 seeds; 1 left out, not complete" in lines
    assert str(tables.path(folder, "indices")) in lines[-1]


def test_the_command_asks_for_a_measure_of_an_arm(folder):
    done = sim("sensitivity", folder, "--arm", "no-prompt", "--measure", "S_all")
    assert done.exit_code == 0, done.output
    assert "S_all, 1y: 63 samples, 3 seeds; 1 left out, not complete; the same at all points" in done.stdout


@pytest.mark.parametrize(
    "asked, words",
    [
        (["--measure", "S_al"], ["measure: 'S_al'", "perhaps you meant 'S_all'"]),
        (["--contrast", "promt"], ["contrast: 'promt'", "perhaps you meant 'prompt'"]),
        (["--arm", "wal"], ["arm: 'wal'", "perhaps you meant 'wall'"]),
        (["--arm", "wall", "--contrast", "prompt"], ["one of the two"]),
        (["--tie-class", "suport"], ["tie class: 'suport'", "one of all"]),
        (["--profile", "jp", "--tie-class", "x"], ["profile: 'jp'", "tie class: 'x'"]),
    ],
)
def test_what_is_not_there_is_named_with_what_is(folder, asked, words):
    assert refused(sim("sensitivity", folder, *asked), *words)
    assert not tables.path(folder, "indices").exists()


def test_a_folder_without_tables_is_input(tmp_path):
    assert refused(sim("sensitivity", tmp_path), "study.json: no such file", "sim sweep")


# --- end to end ---------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_sweep_of_the_model_has_indices_of_every_leg(a_study, tmp_path):
    """Displacement takes time from real contact, so hours fall as it rises; the slope of prompts is of no consequence to them."""
    vary = 'displacement = { low = 0.0, high = 1.0 }\n"prompts.slope" = {}'
    rest = '[[contrasts]]\nname = "platform"\narm = "wall"\ncontrol = "none"\n'
    study = a_study(rest + '[design]\nkind = "morris"\ntrajectories = 4\n', vary, "indices-real", people=40, burn_in='"1y"')
    assert sweep(study, tmp_path).failed == ()
    compare(tmp_path)
    found = sensitivity(tmp_path, contrast="platform")
    for lang in LANGUAGES:
        figure, texts = make(tmp_path, "sensitivity", lang)
        well_set(figure, texts)
        assert len(figure.axes) == len(LEGS)
    assert set(found["measure"]) == {leg.measure for leg in LEGS}
    assert np.isfinite(found.select("value", "low95", "high95").to_numpy()).all()
    hours = found.filter(measure="real_hours")
    assert of_kind(hours, "mu")[0] < -0.1
    assert abs(of_kind(hours, "mu")[1]) < abs(of_kind(hours, "mu")[0]) / 3
    by_class = indices(tmp_path, Question(("real_hours", "S_all"), "platform", tie_class="support"))
    assert by_class["measure"].unique(maintain_order=True).to_list() == ["real_hours", "S_all"]


# --- the figure ---------------------------------------------------------------------------------------------------------

MANY = (
    "displacement", "composed_dose", "cheap_dose", "complement", "suppression", "forget", "nonbirthday", "reply_half",
    "touch_memory", "exchange_memory", "platform.minutes", "adoption", "links.share", "links.link_slope", "feed.posts",
    "content.information.opening", "content.lasting.comment", "prompts.private_effort", "feed.friends_share",
    "prompts.hidden_share", "society.channels.message.dose_sent", "society.response.meet_after",
)  # fmt: skip


def drawn(folder, lang, **asked):
    """The figure and its texts, well set."""
    sensitivity(folder, **asked)
    figure, found = make(folder, "sensitivity", lang)
    well_set(figure, found)
    if lang == "fr":
        assert not any(BAD_FRENCH.findall(text.get_text().replace("0.1.0+abc", "")) for text in found)
    return figure, found


def rows(figure):
    """The names on the left of the first panel, from the top down."""
    return [tick.get_text().replace("\n", " ") for tick in figure.axes[0].get_yticklabels()]


def dots(axes, mark):
    """Where marks of a sort stand in a panel, by row."""
    return {round(line.get_ydata()[0]): line.get_xdata()[0] for line in axes.lines if line.get_marker() == mark}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_title_says_which_few_carry_most(a_study, tmp_path, lang):
    """The Ishigami function: the first two carry 1 - .2437 at least."""
    study = designed(a_study, "sobol", points=1024)
    left(study, tmp_path, ishigami(shares(study)) / 10)
    figure, found = drawn(tmp_path, lang)
    text = title(found)
    if lang == "en":
        assert re.match(r"2 of 3 parameters explain 7[5-7]\s±\s\d% of the variation in support: “being in touch", text)
        named = ["being in touch replaces meeting", "prompted greetings follow closeness", "an exchange leads to a meeting"]
        assert rows(figure) == named
    else:
        assert re.match(r"2 paramètres sur 3 expliquent 7[5-7]\s±\s\d\s% des variations du soutien\s: ", text)
    (panel,) = figure.axes
    values = tables.read(tmp_path, "indices").filter(name="substitution")["value"].to_list()
    assert [line.get_xdata()[0] for line in panel.lines if line.get_marker() == "o"][:2] == pytest.approx(
        [100 * value for value in values]
    )


def test_the_title_names_nothing_that_the_intervals_do_not_carry(a_study, tmp_path):
    study = designed(a_study, "sobol", points=4)
    left(study, tmp_path, ishigami(shares(study)), 2, 3.0)
    text = title(drawn(tmp_path, "en")[1])
    assert text.startswith("Too few combinations or societies yet to say which of 3 parameters explain most")
    left(study, tmp_path, np.zeros(len(study.points())))
    assert title(drawn(tmp_path, "fr")[1]).startswith("Aucun des 3 paramètres ne change le soutien")
    found = drawn(left(study, tmp_path, ishigami(shares(study)), seeds=1), "en")[1]
    assert "One society alone gives no interval." in said(found)


def test_that_all_count_is_said_only_where_the_intervals_say_so(a_study, tmp_path):
    """Three names of a third each; then two of which 4 samples tell nothing, though all together carry all by definition."""
    study = designed(a_study, "sobol", points=256)
    left(study, tmp_path, shares(study).sum(axis=1))
    assert title(drawn(tmp_path, "en")[1]).startswith("No small group of the 3 parameters explains most")
    wide, words = {"S1": Interval(0.6, -40, 41), "ST": Interval(0.5, -15, 16)}, Words("en")
    panel = Panel("S_all", "support", {(kind, name): wide[kind] for kind in wide for name in "ab"}, (0, 0), True, None)
    assert carry(words, panel, ["a", "b"], "of it").startswith("Too few combinations or societies yet")
    assert carry(words, panel, ["a"], "of it").startswith("One of 1 parameters explains 100")


def test_effects_of_a_hundredth_of_a_percent_are_not_rounded_to_none(a_study, tmp_path):
    study = designed(a_study, "sobol", points=64)
    left(study, tmp_path, shares(study)[:, 0] / 100)
    assert re.search(r"Support \+0\.0005% to \+0\.009\d%", said(drawn(tmp_path, "en")[1]))


@pytest.mark.parametrize("lang", ["fr", *slow("en")])
def test_many_parameters_and_long_names_fit_and_the_least_are_one_row(a_study, tmp_path, lang):
    study = designed(a_study, "morris", "".join(f'"{name}" = {{}}\n' for name in MANY), "indices-many", trajectories=8)
    slopes = np.zeros(len(MANY))
    slopes[[20, 0, 15]] = -12, 8, 1.5  # of 100 without the platform: two beyond the margin of 5 %
    left(study, tmp_path, shares(study) @ slopes, 4, 0.2)
    figure, found = drawn(tmp_path, lang)
    assert title(found) == {
        "en": "2 of 22 parameters each move support by more than the margin (5%): “dose of a message, sent” and "
        "“minutes taken from real contact”",
        "fr": "2 paramètres sur 22 font chacun bouger le soutien de plus que la marge (5\u202f%)\u00a0: "
        "«\u00a0dose d’un message envoyé\u00a0» et «\u00a0minutes prises aux contacts réels\u00a0»",
    }[lang]
    names = rows(figure)
    assert len(names) == 15
    assert names[0] == {"en": "dose of a message, sent", "fr": "dose d’un message envoyé"}[lang]
    assert names[-1] == {"en": "the greatest of 8 others", "fr": "le plus grand des 8 autres"}[lang]
    (panel,) = figure.axes
    assert dots(panel, "v") == {0: pytest.approx(12, abs=1)}  # as % of the control, which is about 100
    assert dots(panel, "^") == {1: pytest.approx(8, abs=1), 2: pytest.approx(1.5, abs=0.3)}


def test_indices_of_another_sample_are_not_drawn(a_study, tmp_path):
    study = designed(a_study, "morris", trajectories=4)
    sensitivity(left(study, tmp_path, shares(study) @ [6.0, 1.0, 0.0], 3))
    json_files.write(tmp_path, "study.json", json_files.read(tmp_path, "study.json") | {"scenario": "another"})
    with pytest.raises(Lacking, match=r"indices\.csv is of a study that has changed; run `sim sensitivity .*` again"):
        make(tmp_path, "sensitivity")


def test_a_finding_within_its_interval_is_said_to_be_in_doubt(a_study, tmp_path):
    study = designed(a_study, "morris", trajectories=4)
    left(study, tmp_path, shares(study) @ [6.0, 1.0, 0.0], 3, 1.0)
    assert title(drawn(tmp_path, "en")[1]).startswith(
        "One of 3 parameters moves support by more than the margin (5%), though not for certain: “being in touch"
    )
    left(study, tmp_path, shares(study) @ [2.0, 1.0, 0.0])
    assert "“being in touch replaces meeting” moves support most, by 1.9%; none reaches" in title(drawn(tmp_path, "en")[1])


def test_an_interval_that_is_longer_than_the_axis_says_so(a_study, tmp_path):
    """With two seeds intervals are wide: no axis is to be as long as they are."""
    study = designed(a_study, "morris", trajectories=4)
    for seeds, noise, cut in ((2, 3.0, True), (8, 0.5, False)):
        left(study, tmp_path, shares(study) @ [6.0, 1.0, 0.0], seeds, noise)
        (panel,) = drawn(tmp_path, "en")[0].axes
        high = tables.read(tmp_path, "indices").filter(kind="mu_star")["high95"].max()  # of a control of about 100: in %
        assert (high > 1.1 * panel.get_xlim()[1]) == cut
        assert (panel.get_xlim()[1] in dots(panel, ">").values()) == cut


def test_another_measure_of_an_arm_has_its_own_unit_and_no_margin(a_study, tmp_path):
    study = designed(a_study, "morris", trajectories=4)
    left(study, tmp_path, shares(study) @ [6.0, 1.0, 0.0], 3, measure="links")
    figure, found = drawn(tmp_path, "fr", measures=("links",), arm="wall")
    expected = "Sur 3 paramètres, « le contact en ligne remplace la rencontre » fait le plus bouger « links », de 6 support"
    assert title(found) == typeset(expected, "fr")
    assert "Le bras «\u00a0wall\u00a0», à lui seul, au bout d’un an." in said(found)
    assert figure.axes[0].get_xlabel() == "support"


def test_without_indices_or_their_design_the_figure_is_left_out(a_study, tmp_path):
    study = designed(a_study, "morris", trajectories=4)
    left(study, tmp_path, shares(study)[:, 0])
    with pytest.raises(Lacking, match=r"run `sim sensitivity .*` first"):
        make(tmp_path, "sensitivity")
    about = json_files.read(tmp_path, "study.json")
    json_files.write(tmp_path, "study.json", about | {"design": about["design"] | {"kind": "grid"}})
    with pytest.raises(Lacking, match="a grid design; indices need sobol or morris"):
        make(tmp_path, "sensitivity")


# --- the press cut ------------------------------------------------------------------------------------------------------


def pressed(folder, lang="en", cut=""):
    """The title and the bars of the press cut, from the top down: name, length, number."""
    sensitivity(folder)
    figure, found = make(folder, "matters", lang, cut)
    well_set(figure, found)
    assert counted(title(found)) <= press.MOST_OF_TITLE
    assert besides_source(figure, lang) <= press.MOST_WORDS
    (axes,) = figure.axes
    lengths = sorted((bar.get_y(), bar.get_width()) for bar in axes.patches if bar.get_width() > 0)
    numbers = [text.get_text() for text in axes.texts if text.get_text()]
    return title(found), list(zip(rows(figure), (length for _, length in lengths), numbers))


@pytest.mark.parametrize("cut", [cut.end for cut in press.CUTS])
@pytest.mark.parametrize("lang", LONGER)
def test_the_press_cut_of_shares_says_how_few_decide(a_study, tmp_path, lang, cut):
    study = designed(a_study, "sobol", points=1024)
    left(study, tmp_path, ishigami(shares(study)) / 10)
    said_first, bars = pressed(tmp_path, lang, cut)
    expected = {"en": r"2 of 3 guesses decide 7[5-7]% of", "fr": r"2 hypothèses sur 3 décident de 7[5-7]\s% des écarts"}
    assert re.match(expected[lang], said_first)
    assert [length for _, length, _ in bars] == pytest.approx(ST, abs=0.03)


def test_the_press_cut_of_effects_counts_those_beyond_the_margin(a_study, tmp_path):
    study = designed(a_study, "morris", trajectories=5)
    left(study, tmp_path, shares(study) @ [6.0, -5.5, 0.5])
    said_first, bars = pressed(tmp_path)
    assert said_first == "2 of 3 guesses alone move support by over 5%"
    assert bars[0][0] == "contact online replaces meeting"
    assert [length for _, length, _ in bars] == pytest.approx([0.06, 0.055, 0.005], rel=0.1)  # of about 100
    assert [number for _, _, number in bars] == [Words("en").percent(length, 2) for _, length, _ in bars]
    left(study, tmp_path, shares(study) @ [4.0, -1.0, 0.5])
    assert pressed(tmp_path)[0] == "None of 3 guesses alone moves support by 5%"


def test_the_press_cut_says_what_is_open(a_study, tmp_path):
    study = designed(a_study, "sobol", points=4)
    left(study, tmp_path, ishigami(shares(study)), 2, 3.0)
    sensitivity(tmp_path)
    with pytest.raises(Lacking, match="too few to say which numbers matter"):
        make(tmp_path, "matters")
    study = designed(a_study, "sobol", points=256, name="even")
    left(study, tmp_path / "even", shares(study).sum(axis=1))
    assert pressed(tmp_path / "even")[0] == "No few of 3 guesses decide what support is"


def test_of_many_the_small_ones_are_one_row(a_study, tmp_path):
    study = designed(a_study, "morris", "".join(f'"{name}" = {{}}\n' for name in MANY), trajectories=4)
    left(study, tmp_path, shares(study) @ np.arange(len(MANY), 0.0, -1.0))
    _, bars = pressed(tmp_path)
    assert len(bars) == matters.SHOWN + 1
    assert bars[-1][0] == f"each of {len(MANY) - matters.SHOWN} others"
    assert bars[-1][1] == pytest.approx((len(MANY) - matters.SHOWN) / 100, rel=0.1)


def test_without_support_or_where_nothing_moves_there_is_no_press_cut(a_study, tmp_path):
    study = designed(a_study, "morris", trajectories=4)
    left(study, tmp_path, np.zeros(len(study.points())))
    sensitivity(tmp_path)
    with pytest.raises(Lacking, match="no number that was varied moves support"):
        make(tmp_path, "matters")
