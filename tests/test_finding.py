"""What may be said over several combinations, horizons and contrasts."""

from __future__ import annotations

import itertools
import math

import pytest

from sim.study.judging import finding
from sim.study.judging.finding import Case


def cases(*of_days):
    """Case -> change. of_days : for each day the changes at its combinations"""
    return {Case(point, day): change for day, here in enumerate(of_days, 1) for point, change in enumerate(here)}


@pytest.mark.parametrize(
    "changes, found",
    [([("lost", "lost")], "lost"), ([("lost",), ("lost",)], "lost"), ([("same", "lost")], "hinges"),
     ([("same",), ("lost",)], "turns"), ([("same", "same"), ("lost", "lost")], "turns"),
     ([("same", "lost"), ("lost", "lost")], "hinges"), ([], "open"),
     ([("open", "lost")], "open"), ([("open", "lost", "gained")], "hinges"), ([("lost",), ("gained",), ("open",)], "turns"),
     ([("same",), ("open",)], "open")],
)  # fmt: skip
def test_a_finding_holds_at_all_combinations_and_horizons(changes, found):
    assert finding.of_one(cases(*changes)) == found


def test_every_finding_is_declared_and_no_change_is_said_that_does_not_hold_everywhere():
    for changes in itertools.product(finding.CHANGES, repeat=4):
        found = finding.of_one(cases(changes[:2], changes[2:]))
        assert found in finding.OF_ONE
        assert (found in ("lost", "gained", "same")) == (len(set(changes)) == 1 and changes[0] != "open")
    for findings in itertools.product(finding.OF_ONE, repeat=3):
        found = finding.of_several(findings)
        assert found in finding.OF_SEVERAL
        assert (found in finding.OF_ONE) == (len(set(findings)) == 1)
        if found.startswith("some-lost"):
            assert ("gained" in findings) == found.endswith("gained")


@pytest.mark.parametrize(
    "findings, found",
    [(("lost", "lost"), "lost"), (("lost",), "lost"), (("lost", "same"), "some-lost"), (("gained", "hinges"), "some-gained"),
     (("lost", "gained", "same"), "some-lost-and-gained"), (("same", "open"), "some-same"), (("open", "hinges"), "unsettled")],
)  # fmt: skip
def test_a_finding_of_several_contrasts_is_that_of_all_or_of_some(findings, found):
    assert finding.of_several(findings) == found


def test_a_change_is_beyond_its_margin_or_beyond_zero():
    judged = [finding.change(interval, 5.0) for interval in ((-9, -6), (6, 9), (-4, 4), (-9, -4))]
    assert judged == ["lost", "gained", "same", "open"]
    assert [finding.change(interval, math.nan) for interval in ((-9, -1), (1, 9), (-1, 1))] == ["lost", "gained", "open"]


def test_a_title_counts_the_combinations_with_certain_values():
    where = {"kept": ["closest", "random"], "share": [0.1]}
    points = [{"kept": kept, "share": share} for kept in ("closest", "faintest") for share in (0.1, 0.2)]
    assert [finding.counts_for_a_title(point, where) for point in points] == [True, False, False, False]
    assert finding.counts_for_a_title({}, {})
