"""The figures combinations and headline from made-up tables: the title follows a rule, and every row says what it is of."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from records import write_study
from test_figures import MARGINS, make, one_run, said, title, well_set

from sim.figures import style
from sim.figures.gallery import combinations, headline
from sim.figures.results import Results
from sim.figures.words import Words
from sim.scenario.reading import load
from sim.study.judging.contrast import compare
from sim.study.records import tables
from sim.text import LANGUAGES

ROOT = Path(__file__).parents[1]
STUDIES = ("minority", "community-sharing", "ephemeral-status", "redefine-or-import")
VALUES = {"S_all": 11.0, "S_old": 10.9, "S_real": 10.8, "core": 118.0, "core_real": 117.0, "strong": 15.0, "strong_real": 14.9,
          "real_hours": 2.85, "acquaintance_total": 18.0, "online_strong": 0.02, "views": 900.0, "engagement": 300.0}  # fmt: skip
OF_ALL = {"bridging": 0.3, "clustering": 0.2}
GROUPS = ("minority", "contacts-none", "contacts-some", "contacts-many")


def a_list(folder, name, effect=None, seeds=6, noise=0.004, sizes=None, points=None):
    """A folder as a sweep of a shipped study leaves it, compared.

    effect : (arm, point) -> {measure: change as a share}; sizes : of the groups; points : of the shipped ones, how many
    """
    study = load(ROOT / "scenarios" / f"{name}.toml")
    luck = np.random.default_rng(3)
    effect = effect or (lambda arm, point: {})
    groups = ("all", *(GROUPS if name.startswith("minority") else ()))
    declared = [{"point": k, **point} for k, point in enumerate(itertools.islice(study.points(), points))]
    runs, rows, pairs = [], [], []
    for point, seed in itertools.product(declared, range(1, seeds + 1)):
        for arm in (*study.arms, "placebo"):
            run = f"{arm}-{point['point']}-{seed}"
            varied = {key: value for key, value in point.items() if key != "point"}
            runs.append(one_run(run, arm, point["point"], seed) | varied)
            moved = effect(arm, point)

            def put(measure, value, group="all", tie_class="all", run=run, moved=moved):
                size = (sizes or {}).get(group, 500)
                value *= (1 + moved.get(measure, 0.0)) * (1 + noise * luck.normal())
                rows.append((run, 730, group, tie_class, measure, "unit", size, value))

            for group, (measure, value) in itertools.product(groups, VALUES.items()):
                put(measure, value, group)
            for measure, value in OF_ALL.items():
                put(measure, value)
            put("ties", 60.0, tie_class="rest")
            put("links", 60.0 * (arm != "none"))
            put("platform_minutes", 40.0 * (arm not in ("none", "placebo")))
            if len(groups) > 1:
                put("assortativity", 0.15)
        for contrast, measure, group in itertools.product(study.contrasts, ("partners", "carriers"), groups):
            pairs.append(("s", point["point"], seed, contrast.name, 730, group, "all", measure, "unit", 0.001, 0.0005))
    tables.write(folder, "runs", pl.DataFrame(runs))
    tables.write(folder, "measures", pl.DataFrame(rows, schema=dict(tables.SCHEMAS["measures"]), orient="row"))
    tables.write(folder, "pairs", pl.DataFrame(pairs, schema=dict(tables.SCHEMAS["pairs"]), orient="row"))
    alike = [point["point"] for point in declared if all(v == 1 for key, v in point.items() if "content." in key)]
    contents = any("content." in key for key in declared[0])
    contrasts = []
    for contrast in study.contrasts:
        about = {"name": contrast.name, "arm": contrast.arm, "control": contrast.control, "primary": contrast.primary}
        about |= {"kind": "after", "expect": contrast.expect.model_dump() if contrast.expect else None}
        about |= {"group": contrast.group} if contrast.group != "all" else {}
        about |= {"against": contrast.against} if contrast.against else {}
        same = contents and (name == "ephemeral-status" or contrast.name == "contents-alone") and contrast.control != "none"
        contrasts.append(about | ({"same_run": alike} if same and alike else {}))
    names = [key for key in declared[0] if key != "point"]
    unsaid = [None] * len(names)
    write_study(
        folder, name=name, question=study.question, question_fr=study.question_fr, contrasts=contrasts, margins=MARGINS,
        horizons=[730], points=declared, seeds_planned=seeds, people=5000, control_of_placebo=study.contrasts[0].control,
        design={"kind": "list", "names": names, "ranges": unsaid, "scales": unsaid},
        drivers=[{"name": "a", "status": "assumed"}, {"name": "b", "status": "read"}],
    )  # fmt: skip
    compare(folder)
    return folder
