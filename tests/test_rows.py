"""Rows of ties: put in and taken out in place, in tile order; found by pair and by person."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import few, ring

from sim.world.columns import TIE
from sim.world.rows import change_rows, index_by_person, rows_of
from sim.world.state import Ties, chosen, in_tiles, new_ties, pair_of, tile_key

PEOPLE = 3 << 14  # of three cache tiles


def ties_of(pairs: list[tuple[int, int]], seed: int) -> Ties:
    """Ties with any number in every column, in tile order."""
    rng = np.random.default_rng(seed)
    columns = {column.name: rng.integers(1, 100, (len(pairs), *column.shape)).astype(column.type) for column in TIE}
    i, j = np.array(pairs, np.int32).reshape(-1, 2).T
    return in_tiles(new_ties(len(pairs), **columns | dict(i=i, j=j)))


def state_with(ties: Ties):
    state = ring(3)
    state.ties = ties
    return state


def assert_same_ties(one: Ties, other: Ties) -> None:
    for name, a, b in zip(Ties._fields, one, other):
        np.testing.assert_array_equal(a, b, err_msg=name)


def joined(one: Ties, other: Ties) -> Ties:
    return in_tiles(Ties(*(np.concatenate(columns) for columns in zip(one, other))))


PAIR = st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1)).filter(lambda pair: pair[0] < pair[1])


@few
@given(st.lists(PAIR, unique=True, max_size=60), st.data(), st.integers(1, 3))
def test_rows_come_and_go_and_stay_in_tile_order(pairs, data, threads):
    """Some pairs have a row, of which some go; the others come. Of those that go some come back with new values."""
    fates, n = st.sampled_from(["stays", "goes", "comes", "goes and comes"]), len(pairs)
    fate = data.draw(st.lists(fates, min_size=n, max_size=n))
    old = ties_of([pair for pair, what in zip(pairs, fate) if what != "comes"], 1)
    new = ties_of([pair for pair, what in zip(pairs, fate) if "comes" in what], 2)
    going = tile_key(*np.array([pair for pair, what in zip(pairs, fate) if "goes" in what], np.int64).reshape(-1, 2).T)
    gone = np.flatnonzero(np.isin(tile_key(old.i, old.j), going))
    state = state_with(chosen(old, slice(None)))
    change_rows(state, new, gone, threads)
    assert_same_ties(state.ties, joined(chosen(old, ~np.isin(np.arange(old.i.size), gone)), new))


@pytest.mark.uncompiled
def test_month_after_month_columns_keep_their_memory():
    pairs = [(i, j) for i in range(40) for j in range(i + 1, 40)]
    kept, state = ties_of(pairs[::2], 1), state_with(ties_of(pairs[::2], 1))
    change_rows(state, ties_of([(0, 50)], 2))
    kept, room = joined(kept, ties_of([(0, 50)], 2)), state.room
    for month in range(9):
        gone, new = np.arange(month, 30, 4), ties_of(pairs[1 + 20 * month : 20 * (month + 1) : 2], month)
        kept = joined(chosen(kept, np.delete(np.arange(kept.i.size), gone)), new)
        change_rows(state, new, gone)
        assert_same_ties(state.ties, kept)
    assert all(column is one for column, one in zip(state.room, room))


@pytest.mark.uncompiled
def test_there_is_always_room():
    state, kept = ring(3), ring(3).ties
    for k in range(1, 6):
        new = ties_of([(i, 10**k + i) for i in range(4**k)], k)
        change_rows(state, new)
        kept = joined(kept, new)
        assert_same_ties(state.ties, kept)


@pytest.mark.uncompiled
def test_a_column_without_numbers_does_not_get_old_ones():
    """A row goes, its column is then set to 0 everywhere; the row that comes instead has 0."""
    state = state_with(ties_of([(0, 1), (0, 2), (1, 2)], 1))
    change_rows(state, new_ties(0), np.array([1]))
    state.ties.touch[:] = 0
    change_rows(state, new_ties(1, i=3, j=4))
    assert not state.ties.touch.any()
    assert state.ties.minutes[:2].all()


@pytest.mark.uncompiled
def test_a_copy_has_rows_of_its_own():
    state = state_with(ties_of([(0, 1), (0, 2), (1, 2)], 1))
    change_rows(state, ties_of([(3, 4)], 2))
    twin, before = state.copy(), [column.copy() for column in state.ties]
    twin.ties.c_ij[:] = 0
    change_rows(twin, ties_of([(0, 5)], 3), np.array([0, 1]))
    twin.ties.c_ji[:] = 0
    assert_same_ties(state.ties, Ties(*before))


@pytest.mark.uncompiled
@pytest.mark.parametrize("known", [0, 1, 7, 300])
def test_pairs_are_found(known):
    rng = np.random.default_rng(known)
    keys = np.unique(tile_key(rng.integers(0, PEOPLE // 2, 400), rng.integers(PEOPLE // 2, PEOPLE, 400)))
    ties = new_ties(known)
    ties.i[:], ties.j[:] = pair_of(np.sort(rng.choice(keys, known, replace=False)))
    place, present = rows_of(ties, *pair_of(keys))
    assert place.tolist() == np.searchsorted(tile_key(ties.i, ties.j), keys).tolist()
    assert present.tolist() == np.isin(keys, tile_key(ties.i, ties.j)).tolist()


@pytest.mark.uncompiled
def test_a_key_tells_its_pair():
    i, j = np.array([0, 5, 20_000, 3 << 14, 60_000_000]), np.array([1, 70_000, 20_001, 4 << 14, 67_000_000])
    assert [column.tolist() for column in pair_of(tile_key(i, j))] == [i.tolist(), j.tolist()]


@pytest.mark.uncompiled
@pytest.mark.parametrize("threads", [1, 2, 5])
def test_rows_by_person(threads):
    rng = np.random.default_rng(1)
    i, j = rng.integers(0, 20, 100), rng.integers(20, 40, 100)
    included = rng.random(100) < 0.7
    start, rows = index_by_person(41, i, j, included, threads)
    for person in range(41):
        expected = np.flatnonzero(included & ((i == person) | (j == person)))
        assert rows[start[person] : start[person + 1]].tolist() == expected.tolist()
