"""The comparison of how well arms stay paired: what passes, what does not, and what is left of a run that was stopped."""

import numpy as np
import pairing
import pytest
from pairing import DIFFERENCES, Spread, bound, compare, kept, read, run, store, worlds_needed


def values(seed: int, sd: float = 1.0, societies: int = 66, worlds: int = 25) -> np.ndarray:
    """Differences whose luck has this standard deviation, in societies that differ far more."""
    rng = np.random.default_rng(seed)
    shape = (len(DIFFERENCES), societies, worlds)
    return 10 * rng.normal(size=(*shape[:2], 1)) + sd * rng.normal(size=shape)


def spreads(table: np.ndarray) -> dict[str, Spread]:
    return {name: Spread.of(row) for name, row in zip(DIFFERENCES, table)}


def passes(old: np.ndarray, new: np.ndarray) -> bool:
    return bool((compare(spreads(old), new)["at most"] <= pairing.LIMIT).all())


def test_the_spread_is_that_of_luck_within_societies():
    spread = Spread.of(np.array([[1.0, 3.0], [101.0, 103.0]]))
    assert spread == Spread(freedom=2, mean=52.0, sd=pytest.approx(2**0.5), kurtosis=1.0)
    normal = Spread.of(values(1)[0])
    assert normal.sd == pytest.approx(1, abs=0.06)
    assert normal.kurtosis == pytest.approx(3, abs=0.5)


def test_equal_spread_passes_and_a_larger_one_does_not():
    assert sum(passes(values(2 * k), values(2 * k + 1)) for k in range(20)) >= 15  # nine in ten
    assert not any(passes(values(2 * k), values(2 * k + 1, sd=1.1)) for k in range(20))
    assert not passes(values(1, societies=4), values(2, societies=4))  # too few to show anything
    assert passes(values(1, societies=20), values(2, sd=0.88, societies=20))


def test_a_single_difference_above_the_limit_is_enough():
    new = values(2)
    new[3] *= 1.15
    table = compare(spreads(values(1)), new)
    assert table.filter(table["at most"] > pairing.LIMIT)["difference"].to_list() == [DIFFERENCES[3]]


def test_the_bound_holds_for_heavy_tails():
    """At a true ratio of the limit, at most one in twenty comparisons passes, also for differences with heavy tails."""
    rng = np.random.default_rng(1)
    draw = rng.standard_t(9, (2, 1000, 10, 25))
    ratios = [bound(Spread.of(old), Spread.of(new)) for old, new in zip(draw[0], pairing.LIMIT * draw[1])]
    assert np.mean(np.array(ratios) <= pairing.LIMIT) == pytest.approx(0.05, abs=0.02)


def test_worlds_needed_are_those_that_pass_nine_times_in_ten():
    assert worlds_needed() <= pairing.SOCIETIES * (pairing.WORLDS - 1)
    assert worlds_needed(kurtosis=5) == pytest.approx(2 * worlds_needed(), abs=1)
    assert worlds_needed(ratio=0.9) < worlds_needed() / 3


def test_a_stopped_run_goes_on_where_it_was(tmp_path, monkeypatch):
    ran = []

    def worlds_of(society):
        ran.append(society)
        return [[society + world / 10] * len(DIFFERENCES) for world in range(pairing.WORLDS)]

    monkeypatch.setattr(pairing, "worlds_of", worlds_of)
    file = tmp_path / "kept" / "version.jsonl"
    whole = run(file, 2, 1)
    assert whole.shape == (len(DIFFERENCES), 2, pairing.WORLDS)
    assert whole[0, 1, 3] == 2.3
    file.write_text(file.read_text(encoding="utf-8").rstrip()[:-1], encoding="utf-8")  # the last line is cut off
    assert list(kept(file)) == [1]
    assert np.array_equal(run(file, 3, 1)[:, :2], whole)
    assert ran == [1, 2, 2, 3]


def test_what_is_stored_is_read_again(tmp_path):
    store(values(1), tmp_path / "old.csv")
    version, old = read(tmp_path / "old.csv")
    assert version == pairing.MADE_BY
    assert old["wall-none support"] == pytest.approx(spreads(values(1))["wall-none support"], rel=1e-5)


def test_arms_that_are_equal_do_not_differ_and_worlds_of_a_society_do(monkeypatch):
    for name, size in {"PEOPLE": 20, "YEARS": 1, "DAYS": 14, "WORLDS": 2}.items():
        monkeypatch.setattr(pairing, name, size)
    monkeypatch.setattr(pairing, "ARMS", {**pairing.ARMS, "substitution": pairing.ARMS["wall"]})
    first, second = pairing.worlds_of(1)
    columns = dict(zip(DIFFERENCES, zip(first, second)))
    assert columns["substitution-wall contacts"] == columns["substitution-wall support"] == (0, 0)
    assert len(set(columns["displacement-wall support"])) == 2
