"""A figure from outside: a package that is not ours adds one by an entry point, a study asks for it, `sim draw` draws it."""

from __future__ import annotations

import sys

import pytest
from test_cli import refused, sim
from test_figures import made_up

from sim.errors import InputError
from sim.figures import registry
from sim.figures.drawing import draw
from sim.scenario import figure_names
from sim.scenario.reading import load
from sim.study.records import json_files
from sim.study.sweep.sweeping import sweep

MODULE = '''
"""How often people visit each other."""

from sim.figures import style
from sim.figures.registry import Entry

TITLES = {"en": "Visits a year: {n}", "fr": "Visites par an : {n}"}


def figure(results, words):
    visits = results.mean(results.primary["arm"], "received_visit", results.reference["point"], results.days[-1], ("support",))
    page = style.Page()
    page.title(words.sentence(TITLES[words.lang].format(n=words.number(visits.mean))))
    return page.finish()


ENTRY = Entry(figure)
'''
POINTS = "[unbirthday.figures]\nvisiting = visiting_package:ENTRY\nverdict = visiting_package:ENTRY\n"


@pytest.fixture
def added(tmp_path, monkeypatch):
    """A folder on the path with the package, as pip would leave it; more entry points can be written there."""
    place = tmp_path / "site"
    about = place / "visiting-1.0.dist-info"
    about.mkdir(parents=True)
    (place / "visiting_package.py").write_text(MODULE, encoding="utf-8")
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: visiting\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text(POINTS, encoding="utf-8")
    monkeypatch.syspath_prepend(place)
    yield about / "entry_points.txt"
    sys.modules.pop("visiting_package", None)


def test_a_study_asks_for_it_and_sim_draw_draws_it(added, a_study, tmp_path):
    study = a_study(name="visiting", people=30, burn_in='"1y"', seeds=1, figures='["visiting"]')
    assert sim("check", study.file).stdout.startswith("ok")
    assert "visiting_package" not in sys.modules  # a name is looked up, nothing is loaded
    sweep(study, tmp_path / "out")
    for lang, start in (("en", "Visits a year: "), ("fr", "Visites par an\u00a0: ")):
        done = sim("draw", tmp_path / "out", "--lang", lang)
        assert done.exit_code == 0, done.output
        assert (tmp_path / "out" / f"visiting.{lang}.svg").is_file()
        drawn = (tmp_path / "out" / f"visiting.{lang}.svg").read_text(encoding="utf-8")
        assert "study visiting; hash " in drawn
        assert f"<!-- {start}" in drawn
    assert not (tmp_path / "out" / "verdict.en.svg").exists()  # the study names its figures


def test_all_draws_it_too_and_a_name_of_the_program_stays_its_own(added, tmp_path):
    made_up(tmp_path / "out", slopes=(2.0,), days=(365,))
    names = figure_names.names()
    assert names == (*figure_names.own(), "visiting")
    files = {file.name for file in draw(tmp_path / "out", only=["visiting", "verdict"])}
    assert files == {"visiting.en.svg", "verdict.en.svg"}
    assert registry.find("verdict").draw.__module__ == "sim.figures.gallery.verdict"


def test_what_cannot_be_loaded_is_said(added, tmp_path):
    made_up(tmp_path / "out", slopes=(2.0,), days=(365,))
    about = json_files.read(tmp_path / "out", "study.json")
    json_files.write(tmp_path / "out", "study.json", about | {"figures": ["gone"]})
    added.write_text(POINTS + "gone = visiting_package:NONE\nnothing = visiting_package:TITLES\n", encoding="utf-8")
    expected = "a sim.figures.registry.Entry, as an entry point of the group unbirthday.figures names it"
    assert refused(sim("draw", tmp_path / "out"), "visiting_package:NONE: figure 'gone': cannot be loaded", expected)
    with pytest.raises(InputError, match="figure 'nothing': is a thing of type dict"):
        registry.find("nothing")


def test_without_the_package_its_name_is_unknown(a_study):
    with pytest.raises(InputError, match=r"figures\[0\]: unknown figure 'visitin'; expected one of .*habits"):
        load(a_study(name="visited", figures='["visitin"]').file)
