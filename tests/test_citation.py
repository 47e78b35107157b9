"""How to cite and reuse: CITATION.cff agrees with the package, and the licences are where people look for them."""

import re
import tomllib
from pathlib import Path

import yaml

from sim.page.gallery import LICENCE
from sim.version import VERSION

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
REQUIRED = {"authors", "cff-version", "message", "title"}  # by version 1.2.0 of the format
KNOWN = REQUIRED | {"abstract", "keywords", "license", "type", "version", "date-released", "doi", "url", "repository-code"}
MOST_WORDS = 700  # of a README


def test_the_citation_agrees_with_the_package():
    assert CITATION["cff-version"] == "1.2.0"
    assert set(CITATION) >= REQUIRED
    assert set(CITATION) <= KNOWN
    said = {"title": PROJECT["name"], "version": VERSION, "abstract": PROJECT["description"], "license": PROJECT["license"]}
    assert {key: CITATION[key] for key in said} == said
    assert CITATION["authors"] == [{"name": "the unbirthday authors"}]
    assert "(c) 2026 the unbirthday authors" in (ROOT / "LICENSE").read_text("utf-8")


def test_figures_and_tables_have_a_licence_of_their_own():
    text = (ROOT / "results" / "LICENSE").read_text("utf-8")
    assert f"SPDX-License-Identifier: {LICENCE['name']}" in text
    assert LICENCE["path"] in text


def test_both_readmes_say_how_to_reuse_and_are_short():
    for name in ("README.md", "README.fr.md"):
        text = (ROOT / name).read_text("utf-8")
        assert re.search(r"CC\sBY\s4\.0\s\(\[\D+\]\(CITATION\.cff\)\)", text)
        assert "MIT" in text
        assert len(re.findall(r"[^ \t\n]+", text)) <= MOST_WORDS  # as `wc -w` counts: not at spaces that do not break
