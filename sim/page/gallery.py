"""The gallery of published studies: a page of Markdown for each language, with press figures and links to the rest."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sim.figures.press import PHONE
from sim.figures.words import Words
from sim.page.published import GALLERY, PAGES, in_other_languages, is_gallery, is_report, title_of
from sim.page.template import plain
from sim.study.records import tables
from sim.text import LANGUAGES

PACKAGE = "datapackage.json"
LICENCE = {"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
"""Of published figures and tables. That of the program is MIT."""
BY_US = "simulated by unbirthday"


def galleries(root: Path) -> list[Path]:
    """Write the pages of all studies that are published in the folders of a folder, except where somebody else's page is."""
    return [file for lang in LANGUAGES if (file := gallery(root, lang))]


def gallery(root: Path, lang: str) -> Path | None:
    """Write the page of one language. None: a page of somebody else is there."""
    file, words = root / PAGES[lang], Words(lang)
    if os.path.lexists(file) and not is_gallery(file):
        return None
    licence = words("gallery-licence", address=LICENCE["path"])
    head = [f"# {words('gallery')}", in_other_languages(words), words("gallery-head"), licence]
    packages = {package.parent: described(package) for package in sorted(root.glob(f"*/{PACKAGE}"))}
    sections = [line for place, about in packages.items() if about for line in section(place, about, words)]
    with tables.atomically(file) as temporary:
        temporary.write_text("\n".join([GALLERY, *(f"{line}\n" for line in head), *sections]), encoding="utf-8")
    return file


def described(package: Path) -> dict[str, Any]:
    """What `sim publish` says of a study; nothing if the file is not of it."""
    try:
        about = json.loads(package.read_text(encoding="utf-8"))
        return about if BY_US in about["description"] and {"name", "title", "resources", "sources"} <= set(about) else {}
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}


def section(place: Path, about: dict[str, Any], words: Words) -> Iterator[str]:
    """A study: its question, its press figures at the width of a phone, and where the rest is."""
    end = f".{words.lang}.svg"
    figures = sorted(file.name.removesuffix(end) for file in place.glob(f"*{end}"))
    press = [name for name in figures if name + PHONE.end in figures]
    full = [name for name in figures if name not in press and name.removesuffix(PHONE.end) not in press]
    yield f"## {plain(words.sentence(about.get(f'title_{words.lang}', about['title'])), first=False)}\n"
    for name in press:
        file = place / f"{name}{PHONE.end}{end}"
        yield f"![{plain(title_of(file), first=False)}]({place.name}/{file.name})"
    if press:
        yield ""
        phones = [link(place, name + PHONE.end + end, words("gallery-phone")) for name in press]
        yield listed(words, "press", [f"{link(place, name + end, name)} ({phone})" for name, phone in zip(press, phones)])
    if is_report(place / PAGES[words.lang], about["name"]):
        yield listed(words, "report", [link(place, PAGES[words.lang], words("gallery-report"))])
    if (place / f"play.{words.lang}.html").is_file():
        yield listed(words, "play", [link(place, f"play.{words.lang}.html", words("gallery-play"))])
    if full:
        yield listed(words, "full", [link(place, name + end, name) for name in full])
    columns = f"[{words('gallery-columns')}](../docs/columns.md)"
    yield listed(words, "tables", [*(link(place, each["path"], each["path"]) for each in about["resources"]), columns])
    yield listed(words, "study", [f"[{place.name}](../{about['sources'][0]['path']})"]) + "\n"


def listed(words: Words, name: str, links: Sequence[str]) -> str:
    """A line of links, after what they lead to."""
    return f"- {words.of('gallery-line', name)}{words.mark(':')} {', '.join(links)}."


def link(place: Path, file: str, text: str) -> str:
    return f"[{text}]({place.name}/{file})"
