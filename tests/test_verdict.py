"""The verdict has a word for every combination of legs, and only where the legs oblige it."""

import math
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.scenario.margins import Margins
from sim.scenario.measures import BETWEEN, MEASURES
from sim.study.judging import verdict
from sim.study.judging.legs import LEGS, MEASURED, OLD, RELATIVE
from sim.study.judging.verdict import Estimate

KEPT = ("same", "gained")
CHANGES = ("lost", "same", "gained")
MOVES = ("moved", "below")
NAMES = tuple(leg.name for leg in (*LEGS, OLD))
MARGINS = dict.fromkeys((leg.margin for leg in LEGS), 0.05)
DEFINITE = list(product(CHANGES, CHANGES, CHANGES, CHANGES, MOVES, MOVES))

# The table of docs/model.md, line by line as it is written there: who is this word for?
TABLE = {
    "thinned": lambda s, c, r, g, p, k: s == "lost" and c == "lost" and r == "lost",
    "weakened": lambda s, c, r, g, p, k: s == "lost" and (c in KEPT or r in KEPT),
    "hollowed": lambda s, c, r, g, p, k: s in KEPT and (c == "lost" or g == "lost"),
    "transformed": lambda s, c, r, g, p, k: (
        s == "same"
        and c in KEPT
        and g in KEPT
        and (p == "moved" or k == "moved" or r in ("lost", "gained") or c == "gained" or g == "gained")
    ),
    "inert": lambda s, c, r, g, p, k: s == "same" and (c, g, r) == ("same",) * 3 and (p, k) == ("below",) * 2,
    "enriched": lambda s, c, r, g, p, k: s == "gained" and c in KEPT and g in KEPT,
}


def words_by_table(legs):
    return [name for name, holds in TABLE.items() if holds(*legs)]


def word(*values):
    """The verdict of legs in their order; those not given are open."""
    return verdict.word(dict(zip(NAMES, values)))


def society(sd=0.01, n=20, **means):
    """Estimates of a society in which nothing happens but what is given."""
    return {name: Estimate(means.get(name, 0.0), sd, n) for name in NAMES}


# The table


def test_every_combination_of_definite_legs_has_exactly_one_word():
    for legs in DEFINITE:
        assert words_by_table(legs) == [word(*legs).word]


def test_every_word_is_reached():
    assert {word(*legs).word for legs in DEFINITE} == set(verdict.WORDS) == set(TABLE)


def test_an_open_leg_leaves_a_word_only_if_every_value_leads_to_it():
    for legs in product(*[(*CHANGES, "open")] * 4, *[(*MOVES, "open")] * 2):
        values = [((CHANGES, MOVES)[place > 3]) if leg == "open" else (leg,) for place, leg in enumerate(legs)]
        possible = {words_by_table(each)[0] for each in product(*values)}
        judged = word(*legs)
        assert set(judged.possible) == possible
        assert judged.word == (possible.pop() if len(possible) == 1 else "undecided")
        assert bool(judged.open) == (judged.word == "undecided")
        assert all(legs[NAMES.index(name)] == "open" for name in judged.open)


@pytest.mark.parametrize("old", [*CHANGES, "open"])
def test_old_ties_change_no_word(old):
    for legs in DEFINITE:
        assert word(*legs, old).word == word(*legs).word


def test_why_says_what_happened():
    def why(*legs):
        return word(*legs).why

    assert "stood: real-life hours gained" in why("lost", "lost", "gained", "same", *["below"] * 2)
    assert "core support lost" in why("same", "lost", "same", "same", "below", "below")
    replaced = ("same", "same", "same", "same", "moved", "below", "lost")
    assert "partners moved; replaced: support from old ties lost" in why(*replaced)
    assert "replaced" not in why(*replaced[:-1], "same")
    assert "real-life hours fell" in why("gained", "same", "lost", "same", "below", "below")
    assert "fell" not in why("gained", "same", "same", "same", "below", "below")
    assert "without changing the word: real-life hours" in why("gained", "same", "open", "same", "below", "below")


def test_every_leg_has_a_margin_of_its_own_and_a_measure():
    assert [leg.margin for leg in LEGS] == list(Margins.model_fields)
    assert all(leg.measure in MEASURES for leg in MEASURED.values())
    assert {leg.measure for leg in LEGS if not leg.relative} == set(BETWEEN)


def test_an_undecided_verdict_names_only_the_legs_that_matter():
    # Support and core lost: only real hours choose between thinned and weakened.
    judged = word("lost", "lost", "open", "open", "open", "moved")
    assert judged.open == ("real",)
    assert judged.possible == ("thinned", "weakened")
    assert judged.why == "open: real-life hours; still possible: thinned, weakened"


def test_a_leg_with_another_legs_value_is_refused():
    with pytest.raises(ValueError, match="leg partners is 'lost'; expected one of below, moved, open"):
        word("same", "same", "same", "same", "lost", "below")


# Legs


@pytest.mark.parametrize(
    "inner, outer, found",
    [
        ((-0.20, -0.08), (-0.25, -0.06), "lost"),
        ((-0.20, -0.06), (-0.25, -0.04), "open"),
        ((0.08, 0.20), (0.06, 0.25), "gained"),
        ((-0.04, 0.03), (-0.06, 0.06), "same"),  # 90 % decides equivalence
        ((-0.06, 0.03), (-0.07, 0.04), "open"),
        ((-0.05, 0.05), (-0.06, 0.06), "same"),  # touching the margin is inside
        ((-0.05, -0.05), (-0.05, -0.05), "same"),
        ((math.nan, math.nan), (math.nan, math.nan), "open"),
    ],
)
def test_a_leg_is_lost_gained_same_or_open(inner, outer, found):
    assert verdict.change(inner, outer, 0.05) == found


def test_a_shift_is_moved_below_or_open():
    assert verdict.shift((0.06, 0.09), 0.05) == "moved"
    assert verdict.shift((-0.01, 0.05), 0.05) == "below"
    assert verdict.shift((0.04, 0.06), 0.05) == "open"
    assert verdict.shift((math.nan, math.nan), 0.05) == "open"


numbers = st.floats(-1, 1)


@given(numbers, st.floats(0, 0.5), st.floats(0, 0.2), st.floats(0, 0.5), st.floats(0, 0.5))
def test_a_larger_margin_never_makes_same_lost_nor_gained(middle, half, wider, margin, more):
    inner = (middle - half, middle + half)
    outer = (middle - half - wider, middle + half + wider)
    if verdict.change(inner, outer, margin) == "same":
        assert verdict.change(inner, outer, margin + more) == "same"


@given(st.floats(0.001, 1), st.integers(2, 60), st.sampled_from([0.9, 0.95, 0.99]), numbers)
def test_intervals_are_students(sd, n, level, mean):
    low, high = Estimate(mean, sd, n).interval(level)
    expected = stats.t.interval(level, n - 1, loc=mean, scale=sd / math.sqrt(n))
    assert (low, high) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_without_spread_the_interval_is_the_point_and_one_seed_has_none():
    assert Estimate(0.0, 0.0, 5).interval(0.9) == (0.0, 0.0)
    assert all(map(math.isnan, Estimate(0.3, math.nan, 1).interval(0.9)))


def test_levels_are_bonferronis():
    assert verdict.levels() == (0.90, 0.95)
    assert verdict.levels(5) == pytest.approx((0.98, 0.99))


# Margins that tip


def test_an_identical_society_is_inert_at_every_margin():
    still = society(sd=0.0)
    assert verdict.decide(still, MARGINS).word == "inert"
    assert math.isnan(verdict.tipping_margin(still, MARGINS))


def test_the_margin_tips_where_an_interval_ends():
    # Without spread everything lost is 8 %: thinned below .08, inert from .08 on.
    lost = society(sd=0.0, support=-0.08, core=-0.08, real=-0.08, strong=-0.08)
    assert verdict.decide(lost, MARGINS).word == "thinned"
    assert verdict.tipping_margin(lost, MARGINS) == 0.08
    assert verdict.decide(lost, dict.fromkeys(MARGINS, 0.08)).word == "inert"


def test_the_nearest_tipping_margin_may_be_smaller():
    # Inert at .05; strong ties, lost by 4 %, make it hollowed below .04; nothing happens above.
    thin = society(sd=0.0, strong=-0.04)
    assert verdict.decide(thin, MARGINS).word == "inert"
    assert verdict.tipping_margin(thin, MARGINS) == 0.04


def test_unequal_margins_keep_their_proportions():
    # Core has twice support's margin: 8 % of core is lost while support's margin is under 4 %.
    margins = MARGINS | {"core": 0.10}
    assert verdict.tipping_margin(society(sd=0.0, core=-0.08), margins) == pytest.approx(0.04)


estimate = st.builds(
    Estimate,
    st.floats(-0.3, 0.3).map(lambda x: round(x, 3)),
    st.sampled_from([0, 0.05]),
    st.just(8),
)


@given(st.fixed_dictionaries(dict.fromkeys(NAMES, estimate)))
def test_the_word_changes_at_the_tipping_margin_and_nowhere_nearer(estimates):
    def at(margin):
        relative = dict.fromkeys((leg.margin for leg in RELATIVE), margin)
        return verdict.decide(estimates, MARGINS | relative).word

    now, tip = at(0.05), verdict.tipping_margin(estimates, MARGINS)
    distance = 0.95 if math.isnan(tip) else abs(tip - 0.05)
    for step in range(1, 200):
        for margin in (0.05 - distance * step / 200, 0.05 + distance * step / 200):
            if 0 < margin <= 1:
                assert at(margin) == now
    if not math.isnan(tip):
        assert {at(tip - 1e-9), at(tip + 1e-9)} != {now}


# Seeds that would decide


def test_a_decided_verdict_needs_no_more_seeds():
    assert verdict.seeds_needed(society(sd=0.0), MARGINS) is None


def test_the_seeds_that_decide_are_the_first_that_do():
    # Only support is open: 3 % lost, known too badly to be inside 5 %.
    estimates = society(sd=0.001) | {"support": Estimate(-0.03, 0.06, 8)}
    assert verdict.decide(estimates, MARGINS).word == "undecided"
    needed = next(n for n in range(2, 999) if 0.06 * stats.t.ppf(0.95, n - 1) / math.sqrt(n) <= 0.02)
    assert verdict.seeds_needed(estimates, MARGINS) == needed == 27
    more = {name: replace(each, n=needed) for name, each in estimates.items()}
    fewer = {name: replace(each, n=needed - 1) for name, each in estimates.items()}
    assert verdict.decide(more, MARGINS).word == "inert"
    assert verdict.decide(fewer, MARGINS).word == "undecided"


def test_only_the_legs_that_settle_the_word_are_waited_for():
    # Support is lost; a core that clearly stood settles "weakened" whatever the hours do.
    estimates = society(sd=0.001, support=-0.2)
    estimates |= {"core": Estimate(0.0, 0.06, 4), "real": Estimate(-0.05, 0.06, 4)}
    assert verdict.decide(estimates, MARGINS).open == ("core", "real")
    needed = verdict.seeds_needed(estimates, MARGINS)
    assert needed is not None
    settled = estimates | {"core": replace(estimates["core"], n=needed)}
    assert verdict.decide(settled, MARGINS).word == "weakened"


def test_a_mean_on_its_margin_is_never_decided():
    estimates = society(sd=0.001) | {"support": Estimate(-0.05, 0.06, 8)}
    assert verdict.seeds_needed(estimates, MARGINS) is None
    assert verdict.seeds_needed(society(sd=math.nan, n=1), MARGINS) is None


def test_an_unmeasured_leg_is_open():
    estimates = society(sd=0.0)
    del estimates["carriers"]
    judged = verdict.decide(estimates, MARGINS)
    assert (judged.word, judged.possible) == ("undecided", ("transformed", "inert"))


def test_bonferroni_asks_more_of_the_other_contrasts():
    # Half-width at 90 %: .1 * 1.895 / sqrt 8 = .067; at 98 %: .106.
    estimates = society(sd=0.001) | {"partners": Estimate(0.14, 0.1, 8)}
    assert verdict.decide(estimates, MARGINS).word == "transformed"
    assert verdict.decide(estimates, MARGINS, others=5).word == "undecided"
