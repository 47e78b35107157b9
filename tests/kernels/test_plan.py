"""Plans by kernels and by the plain society (docs/model.md 7.1)."""

from itertools import pairwise

import numba
import numpy as np
import pytest
from hypothesis import given
from worlds import EDGES, assert_identical, both_plan, cases, default_rules, everyone_tied, few, on_the_feed, ring

import sim.world.plan
from sim.compiled import njit
from sim.world.columns import ENDED, LINKED, SHARED
from sim.world.kernels.plan import BLOCK, LARGE, in_units, totals
from sim.world.plan import plan
from sim.world.state import BY_CLOSENESS, FIXED, TALLIED, strips


@few
@given(cases())
def test_plans_agree(case):
    both_plan(case.state, case.rules)


@pytest.mark.parametrize("edge", EDGES)
def test_edges(edge):
    both_plan(EDGES[edge](day=7), default_rules())


def test_a_ring_shares_contact_equally():
    planned = both_plan(ring(5), default_rules())
    weight = 0.3**1.25
    np.testing.assert_allclose(planned.ties.w_ij, weight, rtol=1e-6)
    np.testing.assert_allclose(planned.people.drive, 1.3 / (2 * weight), rtol=1e-6)


@pytest.mark.parametrize("nothing", [dict(c_ij=0, c_ji=0), dict(flags=SHARED | ENDED, chance=0)])
def test_nobody_to_plan_for(nothing):
    planned = both_plan(everyone_tied(4, **nothing), default_rules())
    assert not planned.people.drive.any()
    assert not planned.ties.w_ij.any()


@pytest.mark.parametrize("affinity", [0.05, 1.0, 1e4])
def test_drive_keeps_its_precision(affinity):
    both_plan(everyone_tied(8, affinity=affinity, c_ij=0.05, c_ji=0.9), default_rules())


def test_closeness_is_sampled_for_the_year():
    planned = both_plan(everyone_tied(3, c_ij=0.25, c_ji=0.5), default_rules())
    assert planned.sampled == 1
    assert (planned.ties.sum_ij == 0.25).all()
    assert planned.tally.season_ties.sum() == 2 * 3
    assert planned.tally.season_closeness.sum() / TALLIED == pytest.approx(3 * 0.75)


# --- the same for any threads and any ends of blocks -----------------------------------------------


def in_pieces(*ends):
    """In place of `in_parallel`: work on rows between these ends, in one thread."""

    def pieces(work, rows, threads):
        cut = sorted({0, rows, *(end for end in ends if end < rows)})
        return [work(first, last) for first, last in pairwise(cut)] or [work(0, 0)]

    return pieces


@few
@given(cases())
def test_rows_may_be_cut_anywhere(case):
    """A sum over ties depends neither on the pieces in which rows come nor on the blocks of a piece."""
    whole, pieces = case.state, case.state
    plan(whole, case.rules)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sim.world.plan, "in_parallel", in_pieces(1, 2, 5, 11, 33))
        plan(pieces, case.rules)
    assert_identical(whole, pieces)


@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="too slow without the compiler")
@pytest.mark.parametrize("feed", [False, True])
def test_threads_change_nothing(feed):
    """11,175 ties, which are six strips: the same plans from one, two and three threads, to the last bit."""
    rng = np.random.default_rng(5)
    state = on_the_feed(everyone_tied(150, people=dict(places=rng.integers(-1, 9, (150, 3)))))
    rows = state.ties.i.size
    state.ties.flags[:] = rng.choice([SHARED, SHARED | LINKED, SHARED | LINKED | ENDED], rows)
    for name in ("c_ij", "c_ji", "affinity"):
        getattr(state.ties, name)[:] = rng.random(rows)
    assert strips(rows) > 3
    one, two, three = state.copy(), state.copy(), state.copy()
    rules = default_rules(feed=feed, order=BY_CLOSENESS)
    for threads, planned in enumerate((one, two, three), 1):
        plan(planned, rules, threads)
    assert_identical(one, two)
    assert_identical(one, three)


# --- sums in units of 2^-36 ------------------------------------------------------------------------


@pytest.mark.parametrize("largest", [0.0, np.nextafter(LARGE, 0), LARGE, 1e6])
def test_numbers_are_rounded_to_the_nearest_unit_and_halves_up(largest):
    halves = np.arange(1, 2**14, 2) * np.float32(2**-37)
    x = np.concatenate([halves, np.nextafter(halves, 0), np.nextafter(halves, 1), 2.0 ** np.arange(-149, 15), [0, largest]])
    x = np.concatenate([x, np.random.default_rng(1).random(999), 1e4 * np.random.default_rng(2).random(999)]).astype(np.float32)
    units = np.empty(x.size, np.int64)
    in_units(x, units)
    np.testing.assert_array_equal(units, (x.astype(np.float64) * FIXED + 0.5).astype(np.int64))


@pytest.mark.parametrize("rows", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 7])
def test_totals_are_what_both_sides_add_up_to(rows):
    """Also where rows of one person are in two blocks, and where a person is i of some rows and j of others."""
    rng = np.random.default_rng(rows)
    i, j = np.sort(rng.integers(0, 9, rows)).astype(np.int32), rng.integers(0, 9, rows).astype(np.int32)
    x_ij, x_ji = rng.random((2, rows)).astype(np.float32)
    total, expected = np.full(9, 7, np.int64), np.full(9, 7, np.int64)
    totals(i, j, x_ij, x_ji, total)
    np.add.at(expected, np.append(i, j), (np.append(x_ij, x_ji) * FIXED + 0.5).astype(np.int64))
    np.testing.assert_array_equal(total, expected)


def test_kernels_divide_as_numpy_does():
    """Otherwise each division would look for a zero first, and no loop with one would be vectorised."""

    def quotient(a, b):
        return a / b

    with np.errstate(divide="ignore"):
        assert njit(quotient)(np.float32(1), np.float32(0)) == np.inf
