"""The table [shown] of a study's file: what its figures show. It names what the study has, and shapes no run."""

from __future__ import annotations

import pytest

from sim.errors import InputError
from sim.scenario.reading import load
from sim.scenario.shown import USUAL
from sim.scenario.study import scenario_hash
from sim.study.sweep.sweeping import about


def with_shown(study, shown):
    """The file of a study with these lines at its end."""
    with open(study.file, encoding="utf-8") as file:
        text = file.read()
    with open(study.file, "w", encoding="utf-8") as file:
        file.write(f"{text}\n[shown]\n{shown}\n")
    return study.file


def test_what_is_shown_reaches_the_tables_and_shapes_no_run(a_study):
    plain = a_study(name="shown", vary='"prompts.slope" = [2.0, 4.0]')
    assert plain.shown.measures == USUAL
    shown = 'measures = ["S_all", "views"]\nrows = [{ contrast = "prompt", measure = "core" }]\n'
    study = load(with_shown(plain, shown + 'title = { where = { "prompts.slope" = [2.0] } }'))
    assert scenario_hash(study) == scenario_hash(plain)
    assert about(study, None)["shown"] == {
        "measures": ["S_all", "views"],
        "rows": [{"contrast": "prompt", "measure": "core"}],
        "title": {"measure": "S_all", "contrasts": [], "where": {"prompts.slope": [2.0]}},
        "counted": [],
    }


@pytest.mark.parametrize(
    "shown, place, said",
    [
        ('measures = ["S_al"]', "shown.measures.0", "S_all"),
        ('measures = ["partners"]', "shown.measures.0", 'text "partners"'),  # between two runs: no % of a control
        ("measures = []", "shown.measures", "at least one"),
        ('measures = ["S_all", "S_old", "core", "strong", "ties", "views", "posts"]', "shown.measures", "at most 6"),
        ('rows = [{ contrast = "promt" }]', "shown.rows.*contrast", "no contrast 'promt'; expected one of prompt"),
        ('title = { contrasts = ["no"] }', "shown.title.contrasts.*", "no contrast 'no'"),
        ('title = { where = { "prompts.active" = [1.0] } }', "shown.title.where.*", "'prompts.active' does not vary"),
        ('title = { where = { "prompts.slope" = [3.0] } }', "shown.title.where.*", "no combination has the number 3.*2.0, 4.0"),
        ('measure = ["S_all"]', "shown.measure", "unknown key 'measure'"),
    ],
)
def test_what_cannot_be_shown_is_refused_at_its_place(a_study, shown, place, said):
    study = a_study(name="shown", vary='"prompts.slope" = [2.0, 4.0]')
    with pytest.raises(InputError, match=f"{place}.*{said}"):
        load(with_shown(study, shown))
