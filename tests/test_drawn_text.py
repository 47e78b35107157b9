"""Text is text in figures: whatever a name holds is drawn as letters, and every file is well-formed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import warnings
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import pytest
from conftest import slow
from test_displacement import a_map
from test_figures import LONGER, made_up
from test_letters import made_up as letters_made_up
from test_region_figure import region_of
from typer.testing import CliRunner

from sim.__main__ import app
from sim.errors import escaped
from sim.figures import style
from sim.figures.drawing import draw, save
from sim.study.records import json_files
from sim.study.records.provenance import Provenance
from sim.text import LANGUAGES

HOSTILE = (
    "$5 plan or a 10 $", r"$\foo$", "$$", "$x_1^2$", r"\$ \alpha \\", "a_b^c", "<b>&amp;</b>", "]]> -- <!-- -",
    "\"'`", "{0} {name} %s %",
    "漢字 かな 한글", "עברית عربى", "😀👩‍🚀🇫🇷", "\x00\x07\x1b[31m\x7f\x85", "\u202egnp.\u2066\u200f", "\ud800",
    "\u2028\ufeff\ufffe\U000e0001",
)  # fmt: skip
NAME = "$x_1^2$ \\foo <&> 漢 😀 $$"  # of what lies in tables: a scenario has no control characters


def parsed(file) -> str:
    """All that an SVG says, if it is well-formed."""
    content = file.read_text(encoding="utf-8")
    ElementTree.fromstring(content)
    return content


EVERY_FIFTH = HOSTILE[::5]


@pytest.mark.parametrize("text", [*EVERY_FIFTH, *slow(*(text for text in HOSTILE if text not in EVERY_FIFTH))])
def test_any_text_is_drawn_and_saved(tmp_path, text):
    with matplotlib.style.context(["default", style.RC]), warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", "Glyph .* missing")
        page = style.Page()
        page.title(text)
        page.paragraph(f"{text} {text}")
        page.heading(text)
        page.key([({"facecolor": "black"}, text)])
        axes = page.axes(1, 2, 1)
        style.rows(axes, [text, "b"])
        style.beside(axes, 0, text)
        axes.set_xlabel(text)
        page.top += 1.5
        page.source(text)
        figure = page.finish()
        made = Provenance(*[text] * len(Provenance._fields))
        for kind in ("svg", "png", "pdf"):
            assert save(figure, tmp_path / f"a.{kind}", made).stat().st_size > 1000
    said = parsed(tmp_path / "a.svg")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", said)
    drawn = {found.get_text() for found in figure.texts}
    assert escaped(text) in drawn


def test_a_dollar_takes_room():
    with matplotlib.style.context(["default", style.RC]):
        wide, narrow = (style.measure(text)[0] for text in ("$5 plan, 10 $", "5 plan, 10 "))
        assert wide > narrow + style.measure("$")[0]


def looked_over(folder, **about):
    """A folder with a region, and these names."""
    region_of(folder, lambda place: "inert", steps=2, drawn=20)
    json_files.write(folder, "study.json", json_files.read(folder, "study.json") | about)
    return folder


@pytest.mark.parametrize("lang", LONGER)
@pytest.mark.parametrize("make_up", [made_up, looked_over, *slow(letters_made_up, a_map)])
def test_every_figure_takes_any_name(tmp_path, make_up, lang, recwarn):
    command = f"sim sweep '{NAME}.toml'"
    about = {"name": NAME, "question": NAME, "question_fr": NAME, "given_graph": NAME, "command": command, "file": f"{NAME}.toml"}
    folder = make_up(tmp_path, **about)
    files = draw(folder, lang)
    assert files
    for file in files:
        assert "$x_1^2$" in parsed(file)
    assert not [each for each in recwarn if not re.search("left out|no font here", str(each.message))]


@pytest.mark.slow
def test_the_life_of_a_tie_between_people_of_any_name(a_study, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = ['"$\\foo$"', '"$$ <&>"', '"漢 😀"', '"a_b^c"']
    pairs = "".join(f"{one},{other}\n" for k, one in enumerate(names) for other in names[k + 1 :])
    (tmp_path / "names.csv").write_text(f"from,to\n{pairs}", encoding="utf-8")
    study = a_study(name="small", people=30, burn_in='"1y"', seeds=1).file
    asked = ["tie", str(study), "--graph", "names.csv", "--point", "0", "--out", "tie"]
    for lang in LANGUAGES:
        result = CliRunner().invoke(app, [*asked, "--lang", lang])
        assert result.exit_code == 0, result.output
    drawn = "".join(parsed(file) for file in (tmp_path / "tie").glob("*.svg"))
    assert "$\\foo$" in drawn


ODD = {
    "MPLBACKEND": "module://matplotlib_inline.backend_inline", "MPLCONFIGDIR": "/proc/nowhere", "XDG_CACHE_HOME": "/proc/nowhere",
    "COLUMNS": "abc", "TZ": "No/Where", "PYTHONWARNINGS": "error", "PYTHONHASHSEED": "7", "PYTHONOPTIMIZE": "2", "NO_COLOR": "1",
    "POLARS_MAX_THREADS": "0", "POLARS_PANIC_ON_ERR": "1", "POLARS_VERBOSE": "1", "LC_ALL": "xx_YY", "TMPDIR": "/nowhere",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("odd", [
    pytest.param(ODD, id="all at once"), pytest.param({"MPLBACKEND": "nonsense", "COLUMNS": "0"}, id="a backend that is none"),
])  # fmt: skip
def test_no_environment_stops_a_drawing(tmp_path, odd):
    made_up(tmp_path, seeds=2, slopes=(2.0,), days=(365,))
    environment = {name: value for name, value in os.environ.items() if name not in ("HOME", "TERM")} | odd
    command = [sys.executable, "-m", "sim", "draw", str(tmp_path), "--format", "svg,png"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment, cwd=Path(__file__).parents[1])
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert len(done.stdout.splitlines()) == 6
    assert "updating" not in done.stderr  # as POLARS_VERBOSE would have it


def test_a_backend_that_the_user_chose_stays_chosen():
    code = "import matplotlib; matplotlib.use('svg'); import sim.figures.drawing; print(matplotlib.get_backend())"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, env=os.environ | {"MPLBACKEND": "pdf"}
    )
    assert done.stdout == "svg\n", done.stderr
