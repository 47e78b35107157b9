"""False dates: what they touch and what they leave, who is taken in, and the figures that tell of it."""

from __future__ import annotations

import re

import numpy as np
import polars as pl
import pytest
from test_figures import BAD_FRENCH, CLASSES, made_up, make, said, title, well_set

from sim.figures.drawing import LeftOut, draw
from sim.study import tables
from sim.study.contrast import compare

FIGURES = ("birthdays", "telling")
SLOPES = (0.0, 2.0, 4.0, 8.0)

# Received per person and year, by circle: (date shown, cause) -> support, sympathy, affinity, rest, new, online
WISHES = {
    ("false", "prompt"): (0.0, 0.1, 0.6, 4.4, 0.9, 5.0),
    ("false", "birthday"): (1.0, 1.8, 1.1, 0.1, 0.0, 0.0),
    ("false", "nonbirthday"): (1.4, 2.8, 1.2, 0.2, 0.0, 0.0),
    ("true", "prompt"): (0.6, 1.1, 2.7, 5.3, 0.7, 5.0),
    ("true", "birthday"): (1.0, 1.7, 1.1, 0.1, 0.0, 0.0),
    ("true", "nonbirthday"): (0.0,) * 6,
}
# Gesture -> share of strong ties among those on which it is made, share of strong ties it is made on, AUC
TOLD = {
    "greeting": (0.12, 0.14, 0.52),
    "wish": (0.76, 0.18, 0.59),
    "any_wish": (0.21, 0.30, 0.60),
    "nonbirthday": (0.78, 0.01, 0.51),
    "reaction": (0.16, 0.99, 0.95),
    "comment": (0.56, 0.92, 0.946),
    "message": (0.72, 0.96, 0.977),
    "letter": (0.92, 0.45, 0.72),
}
WITHOUT = TOLD | {"any_wish": (0.76, 0.19, 0.595)}
NEVER_WITHOUT = ("greeting", "nonbirthday")


def false_birthdays(folder, slopes=SLOPES, told=TOLD, greeting_auc=(0.50, 0.52, 0.54, 0.62), spread=0.01, seeds=4):
    """A result folder with the measures of false dates added to what every study has."""
    made_up(folder, slopes=slopes, arms=("no-prompt", "wall"), days=(365,), seeds=seeds, name="false-birthday")
    luck = np.random.default_rng(2)
    rows = []
    for run, arm, point in tables.read(folder, "runs").select("run_id", "arm", "point").iter_rows():

        def put(measure, value, tie_class="all", n=500, run=run):
            rows.append((run, 365, "all", tie_class, measure, "unit", n, float(value)))

        with_prompts = arm == "wall"
        for (date, cause), by_circle in WISHES.items():
            shown = with_prompts * by_circle if cause == "prompt" else by_circle if with_prompts or date == "true" else (0,) * 6
            shown = shown or (0,) * 6
            n = 40 if date == "false" else 760
            put(f"wishes_{date}_{cause}", sum(shown), n=n)
            for tie_class, value in zip(CLASSES, shown):
                put(f"wishes_{date}_{cause}", value * (1 + 5 * spread * luck.normal()), tie_class, n=n)
        for gesture, (given, on_strong, auc) in (told if with_prompts else WITHOUT).items():
            if not with_prompts and gesture in NEVER_WITHOUT:
                continue
            auc = greeting_auc[point] if gesture == "greeting" else auc
            for what, value in (("strong_given", given), ("told", on_strong), ("auc", auc), ("information", 0.1 * given)):
                put(f"{what}_{gesture}", value * (1 + spread * luck.normal()))
    more = pl.DataFrame(rows, schema=dict(tables.SCHEMAS["measures"]), orient="row")
    tables.write(folder, "measures", pl.concat([tables.read(folder, "measures"), more]))
    compare(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return false_birthdays(tmp_path_factory.mktemp("results"))


@pytest.mark.parametrize("lang", ("en", "fr"))
@pytest.mark.parametrize("name", FIGURES)
def test_nothing_overlaps_and_french_is_french(folder, name, lang):
    figure, found = make(folder, name, lang)
    well_set(figure, found)
    if lang == "fr":
        assert not [text.get_text() for text in found if BAD_FRENCH.findall(text.get_text().replace("0.1.0+abc", ""))]
