"""Keyed draws: the published generator, and luck that nobody else's luck can move."""

from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from sim import draws

pytestmark = pytest.mark.uncompiled

# Known answers of Philox4x32-10 in the Random123 distribution (kat_vectors): counter, key, output
VECTORS = {
    "all zero": ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    "all one": ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    "digits of pi": ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
}
MANY = 4000
# Of n independent pairs the correlation has standard error 1/sqrt(n): five of them happen once in two million
BOUND = 5 / np.sqrt(MANY)
USES = {name: value for name, value in vars(draws).items() if name.isupper() and isinstance(value, int)}


def words(text: str) -> list[np.uint64]:
    return [np.uint64(int(word, 16)) for word in text.split()]


@pytest.mark.parametrize("counter, key, expected", VECTORS.values(), ids=VECTORS.keys())
def test_the_generator_gives_its_published_answers(counter, key, expected):
    assert list(map(int, draws.philox(*words(counter), *words(key)))) == list(map(int, words(expected)))


@pytest.mark.parametrize("counter, key, expected", VECTORS.values(), ids=VECTORS.keys())
def test_a_block_of_counters_gives_the_published_answers(counter, key, expected):
    block = [np.full(3, word, np.uint32) for word in words(counter)]
    draws.philox_block(*block, *words(key))
    for column, word in zip(block, words(expected)):
        assert column.tolist() == [int(word)] * 3


def test_a_block_is_the_generator_one_by_one():
    rng = np.random.default_rng(1)
    block = [rng.integers(0, 2**32, 50, dtype=np.uint32) for _ in range(4)]
    key = words("0badcafe 12345678")
    one_by_one = [draws.philox(*(np.uint64(column[k]) for column in block), *key) for k in range(50)]
    draws.philox_block(*block, *key)
    assert np.array_equal(np.stack(block, axis=1), np.array(one_by_one, np.uint64))


def test_the_key_is_the_seed_and_the_counter_is_people_day_and_use():
    seed, use, day, i, j, item = 0xA4093822_299F31D0, draws.CONTACT, 777, 12, 34, 5
    by_hand = draws.philox(*map(np.uint64, (i, j, day, use + 256 * item, seed & 0xFFFFFFFF, seed >> 32)))
    expected = [np.float32((int(word) >> 8) / 2**24) for word in by_hand]
    assert list(draws.draw(np.uint64(seed), use, day, i, j, item)) == expected


def test_the_least_and_the_greatest_uniform():
    """A uniform is below 1, so that probability 1 always happens; and it may be 0, so that 0 never does (u < 0)."""
    assert draws.unit(np.uint64(0)) == 0
    assert draws.unit(np.uint64(0xFFFFFFFF)) == 1 - 2**-24


def test_every_use_has_a_number_of_its_own():
    assert sorted(USES.values()) == list(range(1, len(USES) + 1))
    assert len(USES) < 256  # an item is counted in steps of 256: it then never meets another use


@pytest.mark.parametrize("use", sorted(v for v in USES.values()))
def test_uniforms_are_uniform(use):
    u = draws.uniforms(7, use, 3, np.arange(MANY))
    for word in range(4):
        assert stats.kstest(u[:, word], "uniform").pvalue > 1e-5


def related(a, b) -> float:
    return abs(np.corrcoef(a, b)[0, 1])


def test_uses_are_independent():
    people = np.arange(MANY)
    columns = [draws.uniforms(7, use, 3, people)[:, 0] for use in USES.values()]
    assert max(related(a, b) for a, b in combinations(columns, 2)) < BOUND


def test_the_four_words_of_a_draw_are_independent():
    u = draws.uniforms(7, draws.TIE, 3, np.arange(MANY), np.arange(MANY) + 1)
    assert max(related(u[:, a], u[:, b]) for a, b in combinations(range(4), 2)) < BOUND


@pytest.mark.parametrize(
    "other",
    [
        dict(day=4),
        dict(day=3 + 365),
        dict(seed=8),
        dict(seed=7 + 2**32),
        dict(item=1),
        dict(i=np.arange(MANY) + 1),
        dict(j=np.arange(MANY) + 2),
    ],
    ids=["next day", "next year", "next seed", "upper half of the seed", "next item", "next person", "next other person"],
)
def test_luck_elsewhere_is_independent(other):
    here = dict(seed=7, use=draws.TIE, day=3, i=np.arange(MANY), j=np.arange(MANY) + 1, item=0)
    assert related(draws.uniforms(**here)[:, 0], draws.uniforms(**here | other)[:, 0]) < BOUND


def test_one_persons_days_are_independent():
    days = np.array([draws.draw(7, draws.ACTIVE, day, 5, 5)[0] for day in range(MANY)])
    assert related(days[:-1], days[1:]) < BOUND
    assert stats.kstest(days, "uniform").pvalue > 1e-5


def test_the_order_of_two_people_is_another_draw():
    """Who greets whom is keyed (i, j) in that order."""
    assert draws.draw(7, draws.WISH, 3, 1, 2) != draws.draw(7, draws.WISH, 3, 2, 1)


def test_the_order_of_drawing_does_not_matter():
    i, j = np.arange(50), np.arange(50) + 10
    backward = draws.uniforms(7, draws.TIE, 3, i[::-1], j[::-1])[::-1]
    draws.uniforms(7, draws.GREET, 3, i, j)  # somebody else draws in between
    assert np.array_equal(draws.uniforms(7, draws.TIE, 3, i, j), backward)


def test_one_more_candidate_moves_nobodys_luck():
    few, more = (draws.uniforms(7, draws.PICK, 3, np.full(n, 4), np.arange(n)) for n in (20, 21))
    assert np.array_equal(few, more[:20])


def test_normals_are_normal():
    z = draws.normal(draws.uniforms(7, draws.AFFINITY, 0, np.arange(MANY), np.arange(MANY) + 1))
    assert stats.kstest(z, "norm").pvalue > 1e-4
    assert np.isfinite(draws.normal(np.array([[0, 0, 0, 0], [1 - 2**-24, 0.5, 0, 0]], np.float32))).all()
