"""Figures as parts of a page: without what only a file of its own needs, and with each letter's shape once for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

_METADATA = re.compile("<metadata>.*?</metadata>", re.DOTALL)
_LETTER = re.compile(r'<path id="([^"]+-[0-9a-f]+)"((?: d="[^"]*")? transform="scale\([0-9.]+\)"/>)')
_USE = re.compile(r'<use xlink:href="#([^"]+)"(?: transform="translate\(([0-9.-]+) 0\)")?/>')
_NOTHING = re.compile(r"<defs>\s*</defs>")
_INDENT = re.compile(r"\n\s+")
_LABELS = re.compile('aria-labelledby="([^"]*)"')
_ID = re.compile(r'(<\w+(?: [^<>]*?)?) id="([^"]+)"')
_REFERENCE = re.compile(r"""(url\(#|href="#)([^")]+)""")


class Pictures(NamedTuple):
    """The figures of a page. by_name : their code; letters : their shapes, which the page must hold once"""

    by_name: dict[str, str]
    letters: str


def pictures(files: Iterable[Path]) -> Pictures:
    """Figures drawn by `sim.figures` as parts of one page: about half as heavy as the files."""
    shapes: dict[str, str] = {}
    names: dict[str, str] = {}
    found = {}
    for file in files:
        code = file.read_text(encoding="utf-8")
        name = file.name.split(".")[0]
        for letter in _LETTER.finditer(code):
            shapes[letter[1]] = letter[2]
            names.setdefault(letter[1], f"l{len(names)}")
        found[name] = _lighter(code[code.index("<svg") :], name, names)
    letters = "\n".join(f'<path id="{names[each]}"{shape}' for each, shape in shapes.items())
    return Pictures(found, letters)


def _lighter(svg: str, name: str, names: dict[str, str]) -> str:
    """The same picture with the page's letters, and with names that no other picture of the page has.

    name : of the picture; names : what the page calls each letter of the file
    """

    def use(found: re.Match[str]) -> str:
        at = f' x="{float(found[2]):.0f}"' if found[2] else ""  # of some 600 units a letter
        return f'<use href="#{names[found[1]]}"{at}/>' if found[1] in names else found[0]

    svg = _USE.sub(use, _LETTER.sub("", _METADATA.sub("", svg, count=1)))
    own = {found[2] for found in _REFERENCE.finditer(svg)} - set(names.values())
    labels = {label for labels in _LABELS.findall(svg) for label in labels.split()}

    def named(found: re.Match[str]) -> str:
        return f'{found[1]} id="{name}-{found[2]}"' if found[2] in own else found[0] if found[2] in labels else found[1]

    def referred(found: re.Match[str]) -> str:
        return f"{found[1]}{name}-{found[2]}" if found[2] in own else found[0]

    return _INDENT.sub("\n", _NOTHING.sub("", _REFERENCE.sub(referred, _ID.sub(named, svg))))
