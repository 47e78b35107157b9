"""The gallery of published studies: a page with the press figures of each, and links to its long figures and tables."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sim.study.records import tables

PAGE, PACKAGE = "README.md", "datapackage.json"
MADE = "<!-- Made by `sim publish`: what is written here by hand is lost. -->"
PHONE = "-phone"
HEAD = f"""{MADE}
# Results

Each study asks one question. Its figures and tables are simulated, not surveyed. `make report STUDY=scenarios/NAME.toml` makes
one page of a study with all of them, to read, to print and to hand in.

Figures and tables may be reused under [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/), with the name unbirthday.
"""


def gallery(root: Path) -> Path | None:
    """Write the page of all studies that are published in the folders of a folder. None: a page of somebody else is there."""
    file = root / PAGE
    if file.is_file() and MADE not in file.read_text(encoding="utf-8", errors="replace"):
        return None
    sections = ["\n".join(section(package.parent)) for package in sorted(root.glob(f"*/{PACKAGE}"))]
    with tables.atomically(file) as temporary:
        temporary.write_text("\n".join([HEAD, *sections]), encoding="utf-8")
    return file


def section(place: Path) -> Iterator[str]:
    """A study: its question, its press figures at the width of a phone, and where the rest is."""
    about: dict[str, Any] = json.loads((place / PACKAGE).read_text(encoding="utf-8"))
    figures = sorted({file.name.split(".")[0] for file in place.glob("*.en.svg")})
    press = [name for name in figures if name + PHONE in figures]
    others = [name for name in figures if name not in press and name.removesuffix(PHONE) not in press]
    yield f"## {about['title']}\n"
    for name in press:
        file = place / f"{name}{PHONE}.en.svg"
        yield f"![{title_of(file)}]({place.name}/{file.name})"
    if press:
        yield ""
        cuts = [
            f"[{name}]({place.name}/{name}.{lang}.svg) ([phone]({place.name}/{name}{PHONE}.{lang}.svg))"
            for lang in ("en", "fr") for name in press
        ]  # fmt: skip
        half = len(press)
        yield f"- To print: {', '.join(cuts[:half])}. En français : {', '.join(cuts[half:])}."
    if others:
        yield f"- Figures in full: {', '.join(f'[{name}]({place.name}/{name}.en.svg)' for name in others)}."
    if (place / "play.en.html").is_file():
        pages = f"[play]({place.name}/play.en.html). En français : [jouer]({place.name}/play.fr.html)"
        yield f"- A page with sliders, to download and open: {pages}."
    listed = ", ".join(f"[{each['path']}]({place.name}/{each['path']})" for each in about["resources"])
    yield f"- Tables: {listed}; [what their columns mean](../docs/columns.md)."
    source = about["sources"][0]["path"]
    yield f"- Study: [{place.name}](../{source}).\n"


def title_of(figure: Path) -> str:
    """What a figure says, for those who do not see it; its name if it does not say."""
    found = re.search(r"<title[^>]*>([^<]*)</title>", figure.read_text(encoding="utf-8", errors="replace"))
    return re.sub(r"([\[\]])", r"\\\1", html.unescape(found[1])) if found else figure.name.split(".")[0]
