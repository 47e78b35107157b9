"""Plans by kernels and by the plain society (docs/model.md 7.1)."""

import numpy as np
import pytest
from hypothesis import given
from worlds import EDGES, both_plan, cases, default_rules, everyone_tied, few, ring

from sim.world.columns import ENDED, SHARED
from sim.world.state import FIXED


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
    assert planned.tally.season_closeness.sum() / FIXED == pytest.approx(3 * 0.75)
