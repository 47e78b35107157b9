"""Measuring people block after block gives what measuring all of them at once gives."""

import numpy as np
import pytest
from worlds import assert_identical
from years import REFERENCE, RULES, a_year, groups_of

from sim.world import growing, measures
from sim.world.columns import CLASSES, ENDED, LINKED, SHARED
from sim.world.measures import Before, acts, before, between, blocks, year
from sim.world.state import TILE_BITS, State

PEOPLE = (2 << TILE_BITS) + 500  # two blocks and a small one


@pytest.fixture(scope="module")
def state() -> State:
    """A thousand people of all blocks, each tied to some others anywhere, with any counts; two in five are members."""
    rng = np.random.default_rng(1)
    some = np.sort(rng.choice(PEOPLE, 1000, replace=False))
    ends = rng.integers(0, 1000, (12_000, 2))
    pairs = np.unique(some[np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1)], axis=0)
    n = len(pairs)
    state = a_year(
        PEOPLE, pairs.tolist(), c_ij=rng.random(n), c_ji=rng.random(n), view_ij=rng.random(n), view_ji=rng.random(n),
        contacts=rng.integers(0, 99, n), chances=rng.integers(0, 9, n), minutes=rng.random(n) * 1000,
        class_ij=rng.integers(0, len(CLASSES), n), class_ji=rng.integers(0, len(CLASSES), n),
        flags=rng.choice([SHARED, SHARED | LINKED, LINKED, SHARED | ENDED], n), gestures=rng.integers(0, 3, (n, 2, 7)),
        people=dict(member=np.arange(PEOPLE) % 5 < 2, profile=np.arange(PEOPLE) % 3),
    )  # fmt: skip
    state.tally.celebrated[:] = rng.integers(100_000, 200_000, state.tally.celebrated.shape)
    return state


@pytest.fixture
def at_once(monkeypatch):
    """Call a function while all people are one block."""

    def call(function, *arguments):
        with monkeypatch.context() as patch:
            for module in (measures, acts, before, between, year):
                patch.setattr(module, "blocks_of", lambda state: [blocks.whole(state)])
            return function(*arguments)

    return call


def test_blocks_are_all_people_with_all_their_ties(state):
    parts = list(blocks.blocks_of(state))
    assert [(part.first, part.size) for part in parts] == [(0, 1 << 14), (1 << 14, 1 << 14), (2 << 14, 500)]
    whole = blocks.whole(state)
    person, other = whole.person(), whole.other()
    for part in parts:
        inside = (person >= part.first) & (person < part.first + part.size)
        assert sorted(zip(part.person() + part.first, part.other())) == sorted(zip(person[inside], other[inside]))
        expected = whole.side("c")[inside]
        assert sorted(part.side("c")) == sorted(expected)
        assert part.both(lambda ties: ties.contacts).sum() == whole.both(lambda ties: ties.contacts)[inside].sum()


def test_every_measure_is_the_same(state, at_once):
    groups = groups_of(state, ("us", "jp", "fr"))
    year_before = Before.of(state)
    for part, expected in zip(year_before, at_once(Before.of, state)):
        np.testing.assert_array_equal(part, expected)
    rows = measures.measure(state, RULES, REFERENCE, groups, year_before)
    expected = at_once(measures.measure, state, RULES, REFERENCE, groups, year_before)
    assert [row[:5] for row in rows] == [row[:5] for row in expected]
    assert [row.value for row in rows] == pytest.approx([row.value for row in expected], rel=1e-11)
    assert len({row.measure for row in rows}) > 100


def test_history_composition_and_classes_are_the_same(state, at_once):
    assert measures.yearly(state, RULES, REFERENCE) == pytest.approx(at_once(measures.yearly, state, RULES, REFERENCE))
    np.testing.assert_array_equal(measures.planned_minutes(state), at_once(measures.planned_minutes, state))
    arguments = state, RULES, REFERENCE, groups_of(state)
    parts, expected = measures.composition(*arguments), at_once(measures.composition, *arguments)
    np.testing.assert_array_equal(parts.key, expected.key)
    np.testing.assert_array_equal(parts.share, expected.share)
    assert (np.diff(parts.key) > 0).all()
    one, other = state.copy(), state.copy()
    growing.classify(one)
    at_once(growing.classify, other)
    assert_identical(one, other)
    assert not np.array_equal(one.ties.class_ij, state.ties.class_ij)
