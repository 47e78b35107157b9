"""The pages of this package, each from its template. Those of HTML have one head and one style."""

from __future__ import annotations

import json
import re
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

_CODE = re.compile("`([^`]*)`")


def page(name: str, **values: Any) -> str:
    """The page of a template of HTML or Markdown with these values. LookupError: a value is missing."""
    markdown = name.endswith(".md")
    environment = Environment(
        loader=PackageLoader("sim.page", ""), autoescape=not markdown, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=markdown,
    )  # fmt: skip
    environment.filters |= {"coded": coded_in_markdown if markdown else coded, "plain": plain, "as_script": as_script}
    text = environment.get_template(name).render(**values)
    return re.sub("\n{3,}", "\n\n", text) if markdown else text


def coded(text: str) -> Markup:
    """A text in which what stands between backticks is a command."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))


def coded_in_markdown(text: str) -> str:
    """The same as Markdown, where the rest of the text means nothing but itself."""
    parts = _CODE.split(text)  # every second one is a command
    return "".join(f"`{part}`" if i % 2 else plain(part, first=not i) for i, part in enumerate(parts))


def plain(text: str, first: bool = True) -> str:
    """A text as Markdown that means nothing but itself. first : it begins a line, where more signs have a meaning"""
    text = re.sub(r"([\\`*_\[\]<>&~#])", r"\\\1", re.sub(r"[\t\r\n ]+", " ", text))
    return re.sub(r"^(\d*)(?=[-+=.)])", r"\1\\", text) if first else text


def as_script(data: Any) -> Markup:
    """Data as JSON that can stand in a script element: nothing in it ends the element."""
    return Markup(json.dumps(data, ensure_ascii=True, allow_nan=False).replace("<", "\\u003c"))
