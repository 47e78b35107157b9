"""What `sim publish` leaves in a folder, and how it is known again: tables, and pages of Markdown with a first line of ours.

The first line of a report names its study, and a digest of the page and of the figures and tables that it shows. So a page that
was changed, or that lies beside other figures, is not read as the report.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sim.errors import InputError, Problem
from sim.figures.press import PHONE
from sim.figures.words import Words
from sim.study.judging import region_table
from sim.study.records.command_again import again
from sim.study.records.provenance import Provenance

SMALL = ("verdict", *region_table.NAMES, "why", "split", "indices", "effects", "parts")
"""The tables that are published."""
PAGES = {"en": "README.md", "fr": "README.fr.md"}
"""The report of a study in each language; above the folders of studies, the gallery of all."""
MADE = "Made by `sim publish`: what is written here by hand is lost."
GALLERY = f"<!-- {MADE} -->"
"""The first line of a gallery."""

_REPORT = re.compile(rf"<!-- {re.escape(MADE)} (unbirthday study (.*?); hash .*); content (\w+) -->")
_LINK = re.compile(r"(?<!\\)\]\(([\w-]+(?:\.[a-z]+)?\.(?:svg|csv))\)")


class Report(NamedTuple):
    """A published report: what it is from, and its text without the first line."""

    about: str
    text: str


def stamped(text: str, made: Provenance, folder: Path) -> str:
    """The text of a report after its first line. folder : of the figures and tables that it links to"""
    return f"<!-- {MADE} unbirthday {html.escape(str(made))}; content {_content(text, folder)} -->\n{text}"


def report_in(folder: Path, lang: str) -> Report:
    """The report of a folder of published files. InputError: none, or it is not as it was published."""
    page = folder / PAGES[lang]
    remedy = f"what `sim publish` wrote; run `{again(folder, 'report')}` again"
    if not page.is_file():
        raise InputError(Problem(str(page), "", "no such file: this folder has no report", remedy))
    first, _, text = page.read_text(encoding="utf-8", errors="replace").partition("\n")
    about = _REPORT.fullmatch(first)
    if not about:
        raise InputError(Problem(str(page), "", "is not a report of ours", remedy))
    for file in linked(text, folder):
        if not file.is_file():
            raise InputError(Problem(str(file), "", f"no such file, and {page.name} shows it", remedy))
    if about[3] != _content(text, folder):
        raise InputError(Problem(str(page), "", "it, or a figure or table that it shows, is not as it was published", remedy))
    return Report(about[1], text)


def is_report(page: Path, study: str) -> bool:
    """Whether a file is the published report of a study."""
    about = _REPORT.fullmatch(_first_line(page))
    return about is not None and html.unescape(about[2]) == study


def is_gallery(page: Path) -> bool:
    return _first_line(page) == GALLERY


def linked(text: str, folder: Path) -> Iterator[Path]:
    """The figures and tables that a report links to, and the narrow cuts of these figures."""
    for name in _LINK.findall(text):
        yield folder / name
        narrow = folder / name.replace(".", f"{PHONE.end}.", 1)
        if narrow.is_file():
            yield narrow


def title_of(figure: Path) -> str:
    """What a figure says, for those who do not see it; its name if it does not say."""
    found = re.search(r"<title[^>]*>([^<]*)</title>", figure.read_text(encoding="utf-8", errors="replace"))
    return html.unescape(found[1]) if found else figure.name.split(".")[0]


def in_other_languages(words: Words) -> str:
    """Links to the same page in the other languages."""
    return " ".join(f"[{words.of('gallery-in', other)}]({page})" for other, page in PAGES.items() if other != words.lang)


def _first_line(page: Path) -> str:
    return page.read_text(encoding="utf-8", errors="replace").partition("\n")[0] if page.is_file() else ""


def _content(text: str, folder: Path) -> str:
    """A digest of a page and of the files that it links to, whatever the ends of their lines."""
    parts = [text.encode(), *(file.read_bytes() for file in linked(text, folder))]
    return hashlib.sha256(b"\0".join(part.replace(b"\r\n", b"\n") for part in parts)).hexdigest()[:16]
