"""The whole path on a real society: the school's scenario file -> sweep -> verdict -> figure."""

import os
from pathlib import Path

import pytest

import sim
from sim.study.records import tables

ROOT = Path(__file__).parents[1]


@pytest.fixture
def school(monkeypatch):
    """A place where the school's data are: named by SIM_DATA, or a shared folder beside the checkout."""
    for place in filter(None, (os.environ.get("SIM_DATA"), ROOT.parent / "shared" / "data")):
        if (Path(place) / "highschool2013").is_dir():
            monkeypatch.setenv("SIM_DATA", str(place))
            return place
    pytest.skip("the data of highschool2013 are not here: sim data fetch highschool2013, or name their folder in SIM_DATA")


def test_a_question_is_asked_of_the_school(school, tmp_path):
    study = sim.load(ROOT / "scenarios" / "birthday-prompt-school.toml")
    study = study.model_copy(update={"seeds": 2, "horizons": (365,), "vary": {}})
    done = sim.sweep(study, tmp_path)
    assert (done.done, done.failed) == (2, ())
    verdicts = sim.compare(tmp_path).verdicts
    assert verdicts["label"].unique().to_list() == ["given this graph"]
    assert set(tables.read(tmp_path, "runs")["people"]) == {328}
    measures = tables.read(tmp_path, "measures").join(tables.read(tmp_path, "runs").select("run_id", "arm"), on="run_id")
    links = {arm: some["value"].mean() for (arm,), some in measures.filter(measure="links", tie_class="all").group_by("arm")}
    assert links["none"] == 0
    assert 5 < links["wall"] < 40  # 1,437 known pairs are friends there, unknown ones are drawn
    figures = sim.draw(tmp_path, formats=("svg",), out=tmp_path)
    assert {"greetings.en.svg", "society.en.svg"} <= {file.name for file in figures}
    assert "highschool2013" in (tmp_path / "society.en.svg").read_text(encoding="utf-8")
