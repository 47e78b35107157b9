"""Figures as parts of a page: without what only a file of its own needs, and with each letter's shape once for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

_TITLE = "{http://www.w3.org/2000/svg}title"
_METADATA = re.compile("<metadata>.*?</metadata>", re.DOTALL)
_DIGEST = re.compile("; digest ([0-9a-f-]+)")
_LETTER = re.compile(r'<path id="([^"]+-[0-9a-f]+)"((?: d="[^"]*")? transform="scale\([0-9.]+\)"/>)')
_USE = re.compile(r'<use xlink:href="#([^"]+)"(?: transform="translate\(([0-9.-]+) 0\)")?/>')
_NOTHING = re.compile(r"<defs>\s*</defs>")
_INDENT = re.compile(r"\n\s+")


class Picture(NamedTuple):
    """A figure as it stands in a page. title : its own; svg : its code, which needs the page's letters"""

    name: str
    title: str
    svg: str


class Pictures(NamedTuple):
    """The figures of a page. letters : their shapes, which the page must hold once; digests : of the tables that they show"""

    by_name: dict[str, Picture]
    letters: str
    digests: list[str]


def pictures(files: Iterable[Path]) -> Pictures:
    """Figures drawn by `sim.figures` as parts of one page: about half as heavy as the files."""
    shapes: dict[str, str] = {}
    names: dict[str, str] = {}
    digests: dict[str, None] = {}
    found = {}
    for file in files:
        code = file.read_text(encoding="utf-8")
        name = file.name.split(".")[0]
        for letter in _LETTER.finditer(code):
            shapes[letter[1]] = letter[2]
            names.setdefault(letter[1], f"l{len(names)}")
        digests |= dict.fromkeys(_DIGEST.findall(code))
        title = ElementTree.fromstring(code).findtext(_TITLE, default=name)
        found[name] = Picture(name, title, _lighter(code[code.index("<svg") :], names))
    letters = "\n".join(f'<path id="{names[each]}"{shape}' for each, shape in shapes.items())
    return Pictures(found, letters, list(digests))


def _lighter(svg: str, names: dict[str, str]) -> str:
    """The same picture with the page's letters. names : what the page calls each letter of the file"""

    def use(found: re.Match[str]) -> str:
        at = f' x="{float(found[2]):.0f}"' if found[2] else ""  # of some 600 units a letter
        return f'<use href="#{names[found[1]]}"{at}/>' if found[1] in names else found[0]

    svg = _USE.sub(use, _LETTER.sub("", _METADATA.sub("", svg, count=1)))
    return _INDENT.sub("\n", _NOTHING.sub("", svg))
