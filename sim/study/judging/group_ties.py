"""How many ties the people of two groups have, where a contrast compares the effects on both.

Groups by contact are made from a share of ties. People with few ties have the largest and the smallest shares. So a reader must
see whether two groups also differ in their number of ties.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from sim.scenario.names import ALL
from sim.study.judging.groups import group_of
from sim.study.judging.reference import reference
from sim.study.records.result_folder import ResultFolder


def mean_ties(results: ResultFolder, contrast: Mapping[str, Any]) -> tuple[float, float] | None:
    """Ties per person, mean over people and replicates: of the group of a contrast, and of the group that it is against.

    They are those of the control at the last horizon, at the combination that figures show.
    contrast : of study.json
    Gives None if the contrast compares no two groups, or the ties of one of them were not measured.
    """
    study = results.study
    groups = (group_of(contrast), contrast.get("against"))
    point = reference(study["design"], study["points"])["point"]
    runs = results.done.filter(arm=contrast["control"], point=point).select("run_id")
    rows = results.measures.filter(measure="ties", tie_class=ALL, day=study["horizons"][-1]).join(runs, on="run_id")
    people = rows.group_by("profile").agg((pl.col("value") * pl.col("n")).sum() / pl.col("n").sum())
    known = dict(people.iter_rows())
    return (known[groups[0]], known[groups[1]]) if groups[1] and all(group in known for group in groups) else None
