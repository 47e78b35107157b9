"""The page to play with, made from a sampled sweep: it needs nothing else, and computes what Python computes."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
from html import unescape
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from test_figures import MARGINS, one_run
from test_report import Page
from typer.testing import CliRunner

import sim
from sim.__main__ import app
from sim.page import template
from sim.page.emulator import Emulator
from sim.study.judging.contrast import compare
from sim.study.records import json_files, tables
from sim.text import LANGUAGES

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed here")
NAMES = ("substitution", "platform.minutes")
ENDS = ((0.0, 1.0), (20.0, 130.0))


def between(share, ends):
    return ends[0] + share * (ends[1] - ends[0])


def sampled(folder, points=20, kind="latin", **about):
    """A result folder of a sampled design: support rises by up to 20 % with the first number, and falls with the second."""
    import polars as pl
    from records import write_study

    luck = np.random.default_rng(3)
    places = luck.random((points, 2))
    runs, rows, pairs = [], [], []
    values = {"S_all": 11.0, "S_old": 11.0, "core": 118.0, "strong": 15.0, "real_hours": 2.8, "acquaintance_total": 18.0}
    for k, place in enumerate(places):
        at = dict(zip(NAMES, map(between, place, ENDS)))
        for seed in (1, 2, 3):
            for arm in ("none", "wall", "placebo"):
                run = f"{arm}-{k}-{seed}"
                runs.append(one_run(run, arm, k, seed) | at)
                shift = (0.2 * place[0] - 0.1 * place[1]) * (arm == "wall")
                for name, value in values.items():
                    noise = 1 + 0.001 * luck.normal()
                    rows.append((run, 365, "all", "all", name, "unit", 60, value * (1 + shift) * noise))
                for name, value in (("links", 60), ("platform_minutes", 40)):
                    rows.append((run, 365, "all", "all", name, "unit", 60, float(value * (arm == "wall"))))
            for measure in ("partners", "carriers"):
                pairs.append(("s", k, seed, "platform", 365, "all", "all", measure, "unit", 0.001, 0.0005))
    tables.write(folder, "runs", pl.DataFrame(runs))
    tables.write(folder, "measures", pl.DataFrame(rows, schema=dict(tables.SCHEMAS["measures"]), orient="row"))
    tables.write(folder, "pairs", pl.DataFrame(pairs, schema=dict(tables.SCHEMAS["pairs"]), orient="row"))
    contrast = {"name": "platform", "arm": "wall", "control": "none", "primary": True, "kind": "after", "expect": None}
    write_study(folder, **{
        "name": "played", "question": "What does a platform do to ties?", "question_fr": "Que fait une plateforme aux liens ?",
        "figures": ["ties"], "contrasts": [contrast], "margins": MARGINS, "horizons": [365],
        "design": {"kind": kind, "names": list(NAMES), "ranges": [list(ends) for ends in ENDS], "scales": ["linear", "linear"]},
        "declared": {"platform.minutes": {"low": 20.0, "high": 130.0, "value": 50.0}},
        "points": [{"point": k} | dict(zip(NAMES, map(between, place, ENDS))) for k, place in enumerate(places)],
        "seeds_planned": 3, "people": 60, "placebo": "placebo", "control_of_placebo": "none", "reshuffled": None,
        "given_graph": None, "version": "0.1.0+abc",
        "drivers": [{"name": "society.channels.visit.minutes", "status": "assumed"},  # of another sort: it ends alike
                    {"name": "society.response.substitution", "status": "assumed"},
                    {"name": "platform.wall-2009.minutes", "status": "read"}],
    } | about)  # fmt: skip
    compare(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return sampled(tmp_path_factory.mktemp("played"))


@pytest.fixture(scope="module")
def pages(folder):
    return {lang: sim.export(folder, lang) for lang in LANGUAGES}


def data_of(file):
    text = file.read_text(encoding="utf-8")
    return json.loads(re.search(r'id="data">(.*?)</script>', text, re.DOTALL)[1])


def seen(file, address="", script="", width=1000):
    """What a page is in a browser without a network: the document after its scripts ran."""
    if script:
        text = file.read_text(encoding="utf-8").replace("</body>", f"<script>{script}</script></body>")
        file = file.with_name("tried.html")
        file.write_text(text, encoding="utf-8")
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--window-size={width},900",
        "--host-resolver-rules=MAP * 0.0.0.0", "--virtual-time-budget=4000", "--dump-dom", f"file://{file}{address}",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def numbers(document):
    """The changes that the page shows, in %."""
    found = re.findall(r'<span class="number">([^<]*)</span>', document)
    return [float(text.replace("−", "-").replace(",", ".").removesuffix("%").strip()) for text in map(unescape, found)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_needs_nothing_else(pages, lang):
    page = Page(pages[lang].read_text(encoding="utf-8"))
    assert (page.open, page.asked) == ([], [])
    assert pages[lang].stat().st_size < 3_000_000
    assert {"en": "What does a platform do to ties?", "fr": "Que fait une plateforme aux liens"}[lang] in page.text


def test_it_knows_what_was_simulated_and_how_well_numbers_are_known(folder, pages):
    data = data_of(pages["en"])
    verdicts = tables.read(folder, "verdict").sort("point")["verdict"].to_list()
    assert data["verdicts"] == verdicts
    first, second = data["axes"]
    assert (first["low"], first["high"], first["base"], first["known"]) == (0.0, 1.0, 0.5, "assumed")
    assert (second["base"], second["known"]) == (50.0, "read from a publication")
    assert second["label"] == "Minutes a day on the platform"
    support = data["legs"][0]
    contrasts = tables.read(folder, "contrasts").filter(contrast="platform", measure="S_all", tie_class="all", point=3)
    (row,) = contrasts.to_dicts()
    assert support["effects"][3][0] == pytest.approx(100 * row["difference"] / row["control"], rel=1e-4)
    assert "of the variance is explained" in support["fit"]


def test_it_says_what_is_compared_and_writes_no_minus_zero(pages):
    text = pages["en"].read_text("utf-8")
    assert re.search(r"<p>[A-Z][^<]* compared with [^<]*\.</p>", text)
    assert "Number(text) === 0" in text


def test_what_the_study_expects_something_of_is_shown_and_charted(tmp_path, pages):
    expect = {"measure": "acquaintance_total", "thinning": "-", "transforming": "0"}
    contrast = {"name": "platform", "arm": "wall", "control": "none", "primary": True, "kind": "after", "expect": expect}
    data = data_of(sim.export(sampled(tmp_path, contrasts=[contrast])))
    legs = [leg["measure"] for leg in data["legs"]]
    assert legs == [*(leg["measure"] for leg in data_of(pages["en"])["legs"]), "acquaintance_total"]
    assert data["charted"] == len(legs) - 1
    assert data["legs"][-1]["margin"] == 0  # it has none
    assert data_of(pages["en"])["charted"] == 0


def test_pages_are_published_while_they_are_of_the_tables_that_are_there(folder, pages, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "results" / "played"
    work = shutil.copytree(folder, place / ".work")
    assert {file.name for file in sim.publish(work).files} >= {"play.en.html", "play.fr.html"}
    text = Path("results/README.md").read_text(encoding="utf-8")
    assert "[play](played/play.en.html)" in text
    assert (place / "play.en.html").read_bytes() == pages["en"].read_bytes()
    about = json_files.read(work, json_files.STUDY)
    about = {key: each for key, each in about.items() if key not in ("digest", "tables")}
    json_files.write(work, json_files.STUDY, about | {"margins": about["margins"] | {"support": 0.2}})
    compare(work)
    notes = sim.publish(work).notes
    assert any("play.en.html is not drawn from the tables that are there now; run `sim export" in note for note in notes)
    assert not (place / "play.en.html").exists()


@pytest.mark.slow
@browser
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_browser_computes_what_python_computes(pages, lang):
    data = data_of(pages[lang])
    points = np.array(data["points"])
    for share in ((0.5, 0.25), (0.1, 0.9)):
        address = "#" + "&".join(f"{name}={value}" for name, value in zip(NAMES, map(between, share, ENDS)))
        document = seen(pages[lang], address)
        expected = [
            Emulator(**{key: leg["emulator"][key] for key in Emulator._fields}).at(share, points) for leg in data["legs"]
        ]
        assert numbers(document) == pytest.approx(expected, abs=0.06)


@pytest.mark.slow
@browser
def test_a_verdict_stands_only_at_a_point_that_was_simulated(pages):
    data = data_of(pages["en"])
    document = seen(pages["en"], script="document.getElementById('go').click();")
    assert "Simulated here:" in document
    assert re.search(r'id="go" hidden', document)
    document = seen(pages["en"])
    assert "At the nearest point that was simulated:" in document
    word = unescape(re.search(r'<span class="word"[^>]*>([^<]*)<', document)[1])
    assert word in {data["words"][verdict]["text"] for verdict in data["verdicts"]}


@pytest.mark.slow
@browser
def test_it_says_where_the_nearest_point_has_other_effects(tmp_path):
    """What is shown without a margin, since the study expects something of it, does not count."""
    expect = {"measure": "acquaintance_total", "thinning": "-", "transforming": "0"}
    contrast = {"name": "platform", "arm": "wall", "control": "none", "primary": True, "kind": "after", "expect": expect}
    page = sim.export(sampled(tmp_path, contrasts=[contrast]))
    data = data_of(page)
    points = np.array(data["points"])

    def apart(share):  # the largest difference of effects between here and the nearest point, in margins
        nearest = ((points - share) ** 2).sum(axis=1).argmin()
        legs = [leg for leg in data["legs"] if leg["margin"]]
        here = [Emulator(**{key: leg["emulator"][key] for key in Emulator._fields}).at(share, points) for leg in legs]
        return max(abs(at - leg["effects"][nearest][0]) / leg["margin"] for at, leg in zip(here, legs))

    assert data["legs"][-1]["margin"] == 0
    places = sorted(product(np.linspace(0, 1, 21), repeat=2), key=apart)
    assert apart(places[0]) < 1 < apart(places[-1])
    for place, said in ((places[0], False), (places[-1], True)):
        address = "#" + "&".join(f"{name}={value:.6g}" for name, value in zip(NAMES, map(between, place, ENDS)))
        assert bool(re.search('id="differs">', seen(page, address))) == said


@pytest.mark.slow
@browser
def test_sliders_act_and_the_address_holds_the_state(pages):
    move = """
      const slider = document.getElementById("axis-0");
      slider.value = 200; slider.dispatchEvent(new Event("input"));
      document.body.dataset.address = location.hash;
      document.getElementById("reset").click();
      document.body.dataset.after = location.hash;
    """
    document = seen(pages["en"], script=move)
    assert 'data-address="#substitution=1&amp;platform.minutes=50"' in document
    assert 'data-after="#substitution=0.5&amp;platform.minutes=50"' in document
    assert '<canvas' in document


@pytest.mark.slow
@browser
def test_it_fits_a_phone(pages):
    script = "document.body.dataset.wide = document.documentElement.scrollWidth <= innerWidth;"
    assert 'data-wide="true"' in seen(pages["fr"], script=script, width=500)


@pytest.mark.slow
@browser
def test_it_passes_an_accessibility_check(pages, folder):
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None:
        pytest.skip("axe is not installed here")
    axe = Path(found.submodule_search_locations[0], "axe.min.js")
    run = """;axe.run().then((found) => {
      const wrong = found.violations.map((each) => each.id + ": " + each.nodes[0].html);
      document.body.dataset.axe = wrong.join(" | ") || "none"; });"""
    document = seen(pages["en"], script=axe.read_text(encoding="utf-8").replace("</script", "<\\/script") + run)
    assert re.search(r'data-axe="([^"]*)"', document)[1] == "none"


def test_data_cannot_end_its_element():
    assert "</" not in template.as_script({"a": "</script><b>"})


def test_what_cannot_be_played_with_is_a_sentence(tmp_path):
    few = sampled(tmp_path / "few", points=8)
    grid = sampled(tmp_path / "grid", kind="grid")
    for given, expected in ((few, "8 finished points; expected 12 at least"), (grid, "a grid design; expected a sampled design"),
                            (tmp_path / "nowhere", "study.json"), ("scenarios/no-such.toml", "study.json")):  # fmt: skip
        result = CliRunner().invoke(app, ["export", str(given)])
        assert result.exit_code == 2
        assert expected in result.output
        assert "Traceback" not in result.output


def test_same_tables_same_bytes(folder, pages, tmp_path):
    assert sim.export(folder, out=tmp_path).read_bytes() == pages["en"].read_bytes()


def test_without_the_library_it_says_what_to_install(folder, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "sklearn.gaussian_process", None)
    with pytest.raises(sim.InputError, match="pip install scikit-learn"):
        sim.export(folder)


def test_the_study_of_an_unfinished_sweep_has_no_page(tmp_path):
    folder = sampled(tmp_path)
    kept = json_files.read(folder, "study.json")
    assert kept["design"]["kind"] == "latin"
    (folder / "verdict.csv").unlink()
    with pytest.raises(sim.InputError, match="sim compare"):
        sim.export(folder)
