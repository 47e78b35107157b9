"""How many ties the people of two groups have: of the control, of both groups of a contrast, and of no other contrast."""

from __future__ import annotations

from types import SimpleNamespace

import polars as pl
import pytest
from records import write_study
from test_figures import one_run
from typer.testing import CliRunner

from sim.__main__ import app
from sim.figures.gallery import combinations
from sim.figures.words import Words
from sim.study.judging.contrast import compare
from sim.study.judging.group_ties import mean_ties
from sim.study.records import tables
from sim.study.records.result_folder import ResultFolder

SIZES = {"contacts-many": (10, 30), "contacts-some": (40, 20)}  # of a group in seed 1 and seed 2
TIES = {"contacts-many": (160.0, 120.0), "contacts-some": (60.0, 90.0)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("ties")
    runs = [one_run(f"{arm}-{seed}", arm, 0, seed) for arm in ("shifted", "as-others", "placebo") for seed in (1, 2)]
    rows = []
    for arm, extra in (("shifted", 7.0), ("as-others", 0.0), ("placebo", 0.0)):
        for seed in (1, 2):
            for group, of_seed in TIES.items():
                size, value = SIZES[group][seed - 1], of_seed[seed - 1] + extra
                rows += [
                    (f"{arm}-{seed}", 365, group, "all", "S_all", "support", size, 10.0 + seed),
                    (f"{arm}-{seed}", 365, group, "all", "ties", "ties", size, value),
                    (f"{arm}-{seed}", 365, group, "rest", "ties", "ties", size, 1.0),
                ]
            rows.append((f"{arm}-{seed}", 365, "all", "all", "S_all", "support", 100, 10.0))
    tables.write(place, "runs", pl.DataFrame(runs))
    tables.write(place, "measures", pl.DataFrame(rows, schema=dict(tables.SCHEMAS["measures"]), orient="row"))
    tables.write(place, "pairs", pl.DataFrame(schema=dict(tables.SCHEMAS["pairs"])))
    both = {"arm": "shifted", "control": "as-others", "kind": "after", "expect": None}
    contrasts = [
        both | {"name": "everybody", "primary": True},
        both | {"name": "people-around", "primary": False, "group": "contacts-many", "against": "contacts-some"},
        both | {"name": "nobody", "primary": False, "group": "contacts-many", "against": "contacts-none"},
    ]
    write_study(place, name="s", contrasts=contrasts, control_of_placebo="as-others")
    compare(place)
    return place


def test_ties_are_those_of_both_groups_without_the_change(folder):
    results = ResultFolder(folder)
    everybody, around, nobody = results.study["contrasts"]
    assert mean_ties(results, around) == ((160 * 10 + 120 * 30) / 40, (60 * 40 + 90 * 20) / 60)
    assert mean_ties(results, everybody) is None
    assert mean_ties(results, nobody) is None  # nobody is in the other group


def test_compare_says_how_many_ties_both_groups_have(folder):
    said = CliRunner().invoke(app, ["compare", str(folder)])
    assert said.exit_code == 0, said.output
    sentence = "people of the group 'contacts-many' have 130 ties on average, those of 'contacts-some' 70"
    assert f"'people-around': without the change, {sentence}" in said.stdout
    assert "'nobody':" not in said.stdout


@pytest.mark.parametrize("lang, text", [("en", "the first have 130 ties on average, the others 70"),
                                        ("fr", "les premières ont 130 liens en moyenne, les autres 70")])  # fmt: skip
def test_the_figure_says_it_too(folder, lang, text):
    found = SimpleNamespace(results=SimpleNamespace(swept=ResultFolder(folder)))
    everybody, around, _ = found.results.swept.study["contrasts"]
    (sentence,) = combinations.ties(found, Words(lang), around)
    assert text in sentence
    assert combinations.ties(found, Words(lang), everybody) == []
