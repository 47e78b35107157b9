"""The figure of intended and simulated habits, from made-up tables of any number of profiles and platforms."""

from __future__ import annotations

import matplotlib.style
import polars as pl
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from test_figures import LONGER, drawn, said, texts, title, well_set

from sim.errors import InputError
from sim.figures import style
from sim.figures.drawing import draw
from sim.figures.gallery import habits
from sim.figures.gallery.habits import AS_INTENDED, BY_LUCK, LESS, MORE, last_tick, look
from sim.figures.words import Words
from sim.study.judging.habits import HABITS, REASONS
from sim.study.records import tables
from sim.study.records.provenance import Provenance
from sim.text import LANGUAGES

PROFILES = ("us", "france", "china", "singapore", "japan", "india", "korea")
PLATFORMS = ("wall-2009", "feed-2015", "feed-2021", "feed-2025", "closed-groups", "open-follow", "pseudonymous")
INTENDED = {
    "minutes": 134.0, "links": 183.0, "overlap": 0.93, "mutual": 1.0, "posts": 0.36, "written": 0.8832, "private": 0.65,
    "passing": 0.2,
}  # fmt: skip
MADE = Provenance("society", "abcdefabcdef", "1.0", "1-2", "sim habits society.toml --csv r/habits.csv", "abcdefab")


def made_up(folder, profiles=PROFILES, platforms=PLATFORMS, **cells):
    """A folder with a table in which all is as intended, but for some cells.

    cells : habit -> (intended, simulated, reasons) of all its cells; or a dict, by the name of the platform
    """
    rows = []
    for profile in profiles:
        for platform in platforms:
            for habit in HABITS:
                number, cell = INTENDED[habit.name], cells.get(habit.name, {})
                cell = cell.get(platform, (number, number, "")) if isinstance(cell, dict) else cell
                rows.append(("society", profile, platform, *habit, *cell[:2], None, cell[2], "", 1000, 2, MADE.command))
    tables.write(folder, "habits", pl.DataFrame(rows, schema=dict(tables.SCHEMAS["habits"]), orient="row"), MADE)
    return folder


def made(folder, lang="en"):
    """Name -> the figure, rendered, and its texts: the whole one and the narrow one."""
    with matplotlib.style.context(["default", style.RC]):
        figures = drawn(folder, "habits", lang)
        for figure in figures.values():
            FigureCanvasAgg(figure)
            figure.draw_without_rendering()
        return {name: (figure, list(texts(figure))) for name, figure in figures.items()}


def letters(axes):
    return [text for text in axes.texts if text.get_fontweight() == "bold"]


def stand_apart(figure):
    """No letter covers a bar or a line of its panel."""
    for axes in figure.axes:
        drawn = [artist.get_window_extent() for artist in (*axes.patches, *axes.lines)]
        for letter in letters(axes):
            box = letter.get_window_extent()
            across = [min(box.x1, other.x1) - max(box.x0, other.x0) for other in drawn if other.y0 < box.y1 and box.y0 < other.y1]
            assert max(across) <= 0.5, letter


OFF = {
    "links": (183.0, 91.0, "partners luck"),
    "posts": {"feed-2015": (0.36, 0.3, "luck"), "wall-2009": (0.0, 0.0, "")},
    "private": {"closed-groups": (0.65, 1.0, "no-public"), "open-follow": (0.65, 0.0, "no-private")},
    "overlap": {"open-follow": (None, 0.33, "outcome")},
    "written": {"wall-2009": (0.9, 0.7, "luck unexplained")},
}


@pytest.mark.parametrize("lang", LONGER)
@pytest.mark.parametrize("profiles, platforms", [
    (7, 3), *(pytest.param(*each, marks=pytest.mark.slow) for each in ((1, 1), (7, 1), (3, 2), (7, 7), (12, 11))),
])  # fmt: skip
def test_it_is_well_set_for_any_number_of_profiles_and_platforms(tmp_path, lang, profiles, platforms):
    named = [[f"{name}{k // 7 or ''}" for k, name in enumerate(some * 2)] for some in (PROFILES, PLATFORMS)]
    for cells in ({}, OFF) if platforms < 11 else (OFF,):
        folder = made_up(tmp_path, named[0][:profiles], named[1][:platforms], **cells)
        figures = made(folder, lang)
        assert list(figures) == ["habits", "habits-narrow"]
        for name, (figure, found) in figures.items():
            well_set(figure, found)
            stand_apart(figure)
            assert figure.get_figwidth() == (style.NARROW if "narrow" in name else style.WIDTH)


def test_the_title_counts_what_is_as_intended(tmp_path):
    """Of 49 cells of each habit: all links are off; one platform has no posts, another no intended overlap, ..."""

    def counted(lang="en"):
        return habits.title(habits.read(tmp_path), Words(lang))

    made_up(tmp_path, **OFF)
    n, compared = 8 * 49 - 49 - 7 - 7 - 7 - 14, 8 * 49 - 7 - 7
    assert f"Luck aside, members do what is intended in {n} of {compared} cases" in counted()
    assert f"dans {n} cas sur {compared}" in counted("fr")
    made_up(tmp_path)
    assert counted().endswith("in all 392 cases")


def test_the_title_is_drawn(tmp_path):
    found = made(made_up(tmp_path, PROFILES[:1], PLATFORMS[:1]))["habits"][1]
    assert title(found).endswith("in all 8 cases")


def test_each_letter_has_a_reason_and_luck_has_none(tmp_path):
    folder = made_up(tmp_path, ["us", "japan"], ["wall-2009", "feed-2015"], **OFF)
    figure, found = made(folder)["habits"]
    text = said(found)
    assert "A society of 1,000 people has no partners left for so many links (4 cases)." in text
    assert "Not explained (2 cases)." in text
    assert "luck:" not in text
    assert "A dash: the platform lacks it." in text
    assert [letter.get_text() for axes in figure.axes for letter in letters(axes)] == ["a"] * 4 + ["?"] * 2
    assert "la plateforme ne le permet" in said(made(folder, "fr")["habits"][1])


def test_fills_say_which_way_a_habit_is_off():
    def fill(intended, simulated, reasons):
        return look({"intended": intended, "simulated": simulated, "reasons": reasons})

    assert fill(1.0, 1.05, "") == fill(None, 0.3, "outcome") == AS_INTENDED
    assert fill(1.0, 0.8, "luck") == fill(1.0, 1.2, "luck") == BY_LUCK
    assert fill(1.0, 0.8, "luck cap") == LESS
    assert fill(1.0, 1.2, "luck unexplained") == MORE


def test_the_narrow_cut_has_the_habits_that_are_off(tmp_path):
    whole, narrow = (said(found) for _, found in made(made_up(tmp_path, **OFF)).values())
    assert "Minutes a day" in whole
    assert "Minutes a day" not in narrow
    as_intended = "minutes, links to people met in real life, mutual links, posts and passing posts"
    assert f"As intended everywhere, luck aside: {as_intended}." in narrow
    assert "Not explained (7 cases)." in narrow
    assert "nothing is intended" in whole
    assert "nothing is intended" not in narrow
    none_off = said(made(made_up(tmp_path, platforms=PLATFORMS[:2]))["habits-narrow"][1])
    assert "Minutes a day" in none_off
    assert "As intended everywhere" not in none_off


def test_numbers_stand_where_there_is_room_for_them(tmp_path):
    folder = made_up(tmp_path, platforms=["wall-2009"], links=(183.0, 91.0, "partners"))
    for _, found in made(folder).values():
        assert "91 (183)" in said(found)
        assert "on the platform wall-2009" in said(found)
    assert "91 (183)" not in said(made(made_up(tmp_path, **OFF))["habits"][1])


@pytest.mark.parametrize("most, tick", [(0.0, 1), (0.2, 0.2), (0.93, 1), (1.01, 1.2), (12.01, 15), (149.5, 150), (9.9, 10)])
def test_the_last_tick_is_round_and_not_much_above(most, tick):
    assert last_tick(most) == pytest.approx(tick)


def test_a_folder_with_the_table_is_drawn(tmp_path):
    folder = made_up(tmp_path / "r", platforms=PLATFORMS[:2])
    files = draw(folder, formats=("svg", "png"))
    assert [file.name for file in files] == [
        f"{name}.en.{kind}" for name in ("habits", "habits-narrow") for kind in ("svg", "png")
    ]
    source = files[0].read_text("utf-8")
    assert "sim habits society.toml --csv r/habits.csv &amp;&amp; sim draw r --lang en --format svg" in source
    text = said(made(folder)["habits"][1])
    assert "To make this figure again: sim habits society.toml --csv r/habits.csv, then sim draw." in text


def test_a_table_that_was_changed_is_refused(tmp_path):
    file = tables.path(made_up(tmp_path), "habits")
    file.write_text(file.read_text("utf-8").replace("134.0", "133.0", 1), "utf-8")
    with pytest.raises(InputError, match=r"habits\.csv: damaged: was changed .*run `sim habits` again"):
        draw(tmp_path)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_reason_begins_a_sentence(lang):
    words = Words(lang)
    for code in REASONS:
        text = words.sentence(words.of("habits-reason", code, people=5000), words("habits-cases", n=1))
        assert text[0].isupper()
        assert text.endswith(" (1 case)." if lang == "en" else " (1 cas).")
