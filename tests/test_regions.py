"""Every word can be found: a small run of the study that has one arm for each (docs/regions.md)."""

from pathlib import Path

import polars as pl
import pytest

import sim
from sim.study.judging import verdict

pytestmark = pytest.mark.slow  # the smallest society in which all words come out

STUDY = Path(__file__).parents[1] / "scenarios" / "verdict-regions.toml"
SAYS = {  # what the reasons must name
    "thinned": "support lost; core support lost and real-life hours lost",
    "weakened": "support lost; what stood: core support same",
    "hollowed": "support same; core support lost",
    "transformed": "support same; ",
    "inert": "support same; nothing beyond its margin",
    "enriched": "support gained; core support gained and strong ties gained",
}


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """The study, smaller and grown for fewer years: 300 people, six seeds, two years after the branch."""
    study = sim.load(STUDY).at("quick").model_copy(update={"burn_in": "4y", "horizons": (730,)})
    folder = tmp_path_factory.mktemp("regions")
    assert sim.sweep(study, folder).failed == ()
    return sim.compare(folder)


@pytest.mark.parametrize("word", verdict.WORDS)
def test_each_word_is_found_for_its_reasons(compared, word):
    (found,) = compared.verdicts.filter(contrast=word).iter_rows(named=True)
    assert (found["verdict"], found["seeds_used"]) == (word, 6), found["why"]
    assert found["why"].startswith(SAYS[word]), found["why"]


def test_what_carries_each_word(compared):
    """Differences as shares of the control, where the mechanism says that they must be."""
    legs = compared.contrasts.filter(tie_class="all", profile="all")
    by_arm = {name: dict(some.select("measure", "relative").iter_rows()) for (name,), some in legs.group_by("contrast")}
    assert by_arm["hollowed"]["core"] < by_arm["hollowed"]["S_all"] - 0.05  # the loss is in the core
    assert by_arm["weakened"]["S_all"] < by_arm["weakened"]["core"] - 0.03  # the loss is around it
    assert by_arm["thinned"]["real_hours"] < by_arm["hollowed"]["real_hours"] < -0.1
    assert by_arm["transformed"]["real_hours"] < -0.05
    real = legs.filter(pl.col("measure") == "real_hours", pl.col("contrast") == "inert")
    assert abs(real["relative"].item()) < 0.02


@pytest.mark.parametrize("substitution", [0.0, 0.6])
def test_real_hours_fall_as_displacement_rises(tiny, grown, substitution):
    hours = []
    for displacement in (0.0, 0.2, 0.4, 0.8):
        point = {"substitution": substitution, "displacement": displacement}
        world = sim.World(tiny, arm="wall", seed=1, point=point, grown=grown)
        world.begin_year()
        world.run(365)
        hours += [row.value for row in world.measure() if (row.measure, row.tie_class) == ("real_hours", "all")]
    assert hours == sorted(hours, reverse=True)
    assert hours[-1] < 0.95 * hours[0]
