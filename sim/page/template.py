"""The pages of this package, each from its template. All have one head, one style, and one way to write numbers."""

from __future__ import annotations

import json
import re
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape


def page(name: str, **values: Any) -> str:
    """The page of a template with these values. LookupError: a value is missing."""
    environment = Environment(
        loader=PackageLoader("sim.page", ""), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"coded": coded, "as_script": as_script}
    return environment.get_template(name).render(**values)


def coded(text: str) -> Markup:
    """A text in which what stands between backticks is a command."""
    return Markup(re.sub(r"`([^`]*)`", r"<code>\1</code>", str(escape(text))))


def as_script(data: Any) -> Markup:
    """Data as JSON that can stand in a script element: nothing in it ends the element."""
    return Markup(json.dumps(data, ensure_ascii=True, allow_nan=False).replace("<", "\\u003c"))
