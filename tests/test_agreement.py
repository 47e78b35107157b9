"""The comparison of two versions of the rules: it passes where only luck differs, and fails where a rule does."""

import agreement
import numpy as np
import polars as pl
import pytest
from agreement import CELL, Values, by_cell, compare, store

import sim
from sim.scenario.measures import OF_A_RUN

SEEDS = tuple(range(1, 21))
DOSES = {"visit": 0.12, "call": 0.08, "letter": 0.06, "card": 0.06, "chance": 0.03, "message": 0.04, "comment": 0.025,
         "group": 0.025}  # fmt: skip


def values_of(table) -> Values:
    """Made-up values: a row for each measure, a column for each seed."""
    seeds = SEEDS[: table.shape[1]]
    rows = [("none", "all", f"measure {k}", seed, value) for k, row in enumerate(table) for seed, value in zip(seeds, row)]
    return Values("0.1.0+old", 500, seeds, by_cell(pl.DataFrame(rows, schema=[*CELL, "seed", "value"], orient="row"), len(seeds)))


def luck(seed: int, measures: int = 400) -> np.ndarray:
    """Values that share what is in a seed, and three causes of their own luck: so many of them differ together."""
    people = np.random.default_rng(0).normal(size=(measures, len(SEEDS)))
    rng = np.random.default_rng(seed)
    causes, weights = rng.normal(size=(3, len(SEEDS))), np.random.default_rng(1).normal(size=(measures, 3))
    return 100 + people + 0.5 * weights @ causes + 0.3 * rng.normal(size=people.shape)


def compared(tmp_path, old, new) -> agreement.Agreement:
    store(old, tmp_path / "old.csv")
    return compare(agreement.read(tmp_path / "old.csv"), new)


@pytest.mark.slow
def test_luck_alone_passes_though_measures_depend_on_each_other(tmp_path):
    answers = [compared(tmp_path, values_of(luck(2 * k)), values_of(luck(2 * k + 1))) for k in range(10, 20)]
    assert sum(answer.agrees for answer in answers) >= 9
    assert max(answer.differing for answer in answers) > answers[0].independent  # as the binomial distribution would refuse


def test_a_change_of_a_single_measure_is_found(tmp_path):
    old, new = luck(1), luck(2)
    new[7] += 3
    answer = compared(tmp_path, values_of(old), values_of(new))
    assert answer.after_holm["measure"].to_list() == ["measure 7"]
    assert not answer.agrees


def test_a_small_change_of_all_measures_is_found_by_their_number(tmp_path):
    independent = [np.random.default_rng(k).normal(100, 1, (400, len(SEEDS))) for k in (1, 2)]
    answer = compared(tmp_path, values_of(independent[0]), values_of(independent[1] + 0.3))
    assert answer.after_holm.is_empty()
    assert answer.differing > answer.allowed
    assert not answer.agrees


def test_what_is_equal_in_every_seed_is_left_out_unless_it_changed(tmp_path):
    old, new = luck(1, 5), luck(1, 5)
    old[0], new[0] = 3.0, 3.0  # no spread
    old[1], new[1] = 3.0, 3.001
    new[2] = luck(2, 5)[2]
    answer = compared(tmp_path, values_of(old), values_of(new))
    assert answer.same == 3
    assert answer.cells["measure"].to_list() == ["measure 1", "measure 2"]
    assert answer.after_holm["measure"].to_list() == ["measure 1"]


def test_a_measure_that_is_gone_is_told(tmp_path):
    answer = compared(tmp_path, values_of(luck(1)), values_of(luck(1)[:-1]))
    assert answer.lacking == ("none all measure 399",)
    assert not answer.agrees


def test_p_is_the_share_of_all_exchanges():
    """Of three seeds with differences 3, 2, 1 the sums of the four exchanges are 6, 4, 2 and 0."""
    assert agreement.exact_p(np.array([[3, 2, 1], [3, -2, 1], [3, -2, -1]])).tolist() == [1 / 4, 3 / 4, 1]
    signs = agreement.exchanges(4)
    assert len({tuple(row) for row in signs.tolist()}) == 8
    assert (signs[:, -1] == 1).all()
    assert (signs[0] == 1).all()


def test_other_seeds_and_too_few_are_refused(tmp_path):
    with pytest.raises(SystemExit, match="not the same seeds"):
        compared(tmp_path, values_of(luck(1)), values_of(luck(2)[:, :10]))
    with pytest.raises(SystemExit, match="10 seeds are too few"):
        compared(tmp_path, values_of(luck(1)[:, :10]), values_of(luck(2)[:, :10]))


def test_the_stored_values_are_of_measures_that_there_are():
    stored = agreement.read()
    assert stored.deviations.shape == (stored.cells.height, len(stored.seeds))
    assert set(stored.cells["arm"]) == {arm.name for arm in agreement.ARMS}
    assert stored.cells["measure"].unique().is_in(OF_A_RUN).all()
    spread = stored.scale.sd > 0
    assert abs(stored.deviations[spread].mean(axis=1)).max() < 1  # the mean of deviations from the mean
    assert stored.deviations[spread].std(axis=1, ddof=1) == pytest.approx(agreement.STEPS, rel=0.05)
    assert not stored.deviations[~spread].any()


def small_worlds(luck: int, doses: float = 1.0) -> Values:
    """Twenty small worlds on the wall. From the second day on their luck is their own. doses : multiple of all doses"""
    rows = []
    settings = {f"channels.{name}.dose": doses * dose for name, dose in DOSES.items()} | {"displacement": 0.0}
    for seed in SEEDS:
        world = sim.World(agreement.FILE.parents[1] / "scenarios" / "birthday-prompt.toml", "wall", seed, people=60, years=0,
                          **settings)  # fmt: skip
        world.run(1)
        world.replicate = 1000 * luck + seed
        world.run(99)
        world.begin_year()
        world.run(200)
        rows += [("wall", row.tie_class, row.measure, seed, row.value) for row in world.measure()]
    cells = by_cell(pl.DataFrame(rows, schema=[*CELL, "seed", "value"], orient="row"), len(SEEDS))
    return Values("0.1.0+small", 60, SEEDS, cells)


@pytest.mark.slow
def test_small_worlds_agree_with_other_luck_and_not_with_stronger_doses(tmp_path):
    """Three percent more closeness of each act: that much is found with twenty worlds of sixty people."""
    old = small_worlds(luck=1)
    assert compared(tmp_path, old, small_worlds(luck=2)).agrees
    assert not compared(tmp_path, old, small_worlds(luck=2, doses=1.03)).agrees
