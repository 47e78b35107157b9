"""What profiles and platforms intend, and what people do (`sim habits`)."""

import numpy as np
import pytest
from conftest import SCENARIOS
from test_cli import refused
from test_cli import sim as command
from worlds import default_rules, on_the_feed, share_a_place, world

import sim
from sim.errors import InputError
from sim.study.single.habits import HABITS, simulated
from sim.world.columns import FRIEND, LINKED, ONLINE, SHARED
from sim.world.plan import plan

SOCIETY = SCENARIOS / "society.toml"


def test_what_people_do_by_hand():
    """0 -- 1 -- 2, all members; the second link is to somebody never met. All share a place."""
    flags = [SHARED | LINKED, LINKED]
    state = on_the_feed(
        world(3, [(0, 1), (1, 2)], kind=[FRIEND, ONLINE], flags=flags, affinity=[1.0, 0.0], people=dict(places=0)),
        minutes=[10, 20, 30], posts=[1, 2, 3], comments=0.6, messages=0.3, groups=0.1,
    )  # fmt: skip
    assert share_a_place(state).all()
    plan(state, default_rules(feed=True, online=True))
    found = simulated(state)
    assert found["minutes"] == 20
    assert found["links"] == pytest.approx(4 / 3)
    assert found["overlap"] == 0.5
    assert found["posts"] == 2
    assert found["written"] <= 1 + 1e-6  # what fits into the minutes
    scale = state.people.reaction_rate / state.people.reactions
    assert found["written"] == pytest.approx(scale.mean(), rel=1e-5)
    private = np.array([0.4, 0.4, 0.1 + 0.3])  # 2 can send no message: it goes to groups
    assert found["private"] == pytest.approx((private * scale).sum() / scale.sum(), rel=1e-5)


@pytest.fixture(scope="module")
def found():
    return sim.habits(SOCIETY, ["us", "japan"], ["wall-2009"], people=300, seeds=1, years=1)


def test_each_profile_has_each_habit_on_each_platform(found):
    assert found.height == 2 * len(HABITS)
    assert found["habit"].to_list() == [habit.name for habit in HABITS] * 2
    assert found.null_count().select("intended", "simulated").sum_horizontal().item() == 0


@pytest.mark.parametrize("profile", ["us", "japan"])
@pytest.mark.parametrize("habit", ["posts", "private", "passing", "minutes"])
def test_people_do_what_the_numbers_say(found, profile, habit):
    (row,) = found.filter(profile=profile, habit=habit).iter_rows(named=True)
    assert row["ratio"] == pytest.approx(1, abs=0.25)  # of 300 people, who differ much
    assert row["ratio"] == pytest.approx(row["simulated"] / row["intended"])


def test_the_same_seeds_give_the_same_table(found):
    again = sim.habits(SOCIETY, ["us", "japan"], ["wall-2009"], people=300, seeds=1, years=1, threads=2)
    assert again.equals(found)


def test_a_name_that_is_none_is_refused():
    with pytest.raises(InputError, match=r"no platform 'wall-2008'; expected .*wall-2009"):
        sim.habits(SOCIETY, ["us"], ["wall-2008"])
    assert refused(command("habits", SOCIETY, "--profile", "uk"), "no profile 'uk'")


def test_the_command_prints_and_writes_the_table(tmp_path):
    file = tmp_path / "habits.csv"
    done = command("habits", SOCIETY, "--profile", "us", "--platform", "wall-2009", "--people", 60, "--seeds", 1, "--csv", file)
    assert done.exit_code == 0, done.output
    assert "wall-2009" in done.stdout
    assert file.read_text("utf-8").startswith("profile,platform,habit,unit,intended,simulated,ratio\n")
