"""JSON files of result folders as they are written, for tests that make a folder by hand."""

from __future__ import annotations

from sim.study import record

STUDY = {
    "name": "s",
    "question": "Is it so?",
    "question_fr": "Est-ce ainsi ?",
    "claims": [],
    "contrasts": [{"name": "platform", "arm": "wall", "control": "none", "primary": True, "kind": "after", "expect": None}],
    "margins": dict.fromkeys(("support", "core", "real", "strong", "partners", "carriers"), 0.05),
    "horizons": [365],
    "points": [{"point": 0}],
    "seeds_planned": 4,
    "people": 60,
    "placebo": "placebo",
    "reshuffled": None,
    "given_graph": None,
    "drivers": [],
    "values": {},
    "version": "0.1.0+abc",
    "scenario": "8d8d",
    "file": "scenarios/s.toml",
    "size": "default",
    "command": "",
    "seal": None,
    "parts": dict.fromkeys(("question", "margins", "scenario", "runs", "verdicts"), "0"),
}


def write_study(folder, **given):
    """study.json with these values, the others being those of `STUDY`; nothing is checked."""
    about = STUDY | given
    names = [name for name in about["points"][0] if name != "point"]
    unsaid = [None] * len(names)
    primary = next(one for one in about["contrasts"] if one["primary"])
    about["contrasts"] = [{"expect": None} | one for one in about["contrasts"]]
    grid = {"kind": "grid", "names": names, "ranges": unsaid, "scales": unsaid}
    derived = {"design": grid, "control_of_placebo": primary["control"]}
    return record.write(folder, record.STUDY, derived | about)
