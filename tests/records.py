"""JSON files of result folders as they are written, for tests that make a folder by hand."""

from __future__ import annotations

from sim.scenario.fingerprint import digest
from sim.study.records import json_files, seal

STUDY = {
    "name": "s",
    "question": "Is it so?",
    "question_fr": "Est-ce ainsi ?",
    "claims": [],
    "figures": ["verdict"],
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
    "beside": "",
    "folder": "results/s/.work/default",
    "size": "default",
    "command": "",
    "as_run": False,
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
    return json_files.write(folder, json_files.STUDY, derived | about)


def fit(folder):
    """study.json again, for tables beside it that a test has changed."""
    about = json_files.read(folder, json_files.STUDY)
    fit_again = {key: value for key, value in about.items() if key not in ("digest", "tables")}
    return json_files.write(folder, json_files.STUDY, fit_again)


def sealed(about):
    """A seal of the question and margins of a study.json."""
    contrasts = [{key: one[key] for key in ("name", "arm", "control", "primary", "expect")} for one in about["contrasts"]]
    fixed = {key: about[key] for key in ("question", "claims", "margins")} | {"contrasts": contrasts}
    parts = {"question": seal._question(fixed), "margins": seal._margins(fixed), "scenario": {}, "runs": "0", "verdicts": "0"}
    said = {"format": 1, "study": about["name"], "sealed_at": "2026-01-01T00:00:00Z", "hash": digest(parts), "parts": parts}
    return said | fixed | {"primary": seal.primary(fixed), "runs": 0, "history": []}
