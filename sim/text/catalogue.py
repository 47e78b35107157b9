"""The texts of one language: a key, and the values that are set in, give a text. The files are written in Fluent."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale
from fluent.runtime import FluentBundle, FluentResource

LOCALES = {"en": "en_GB", "fr": "fr"}
"""Language -> whose plurals, numbers and lists it has: "a, b and c", "a, b et c"."""
_ENTRY = re.compile(r"^([A-Za-z][A-Za-z0-9_-]*) =", re.MULTILINE)


class Catalogue:
    """The texts of one language, each read when it is first asked for: to read all takes a tenth of a second.

    locale : whose plurals, numbers and lists they have; entries : key -> its text in Fluent, in the order of the file
    """

    def __init__(self, lang: str, texts: str):
        """texts : in Fluent; none refers to another"""
        self.locale = Locale.parse(LOCALES[lang])
        self._bundle = FluentBundle([str(self.locale)], use_isolating=False)
        matches = list(_ENTRY.finditer(texts))
        ends = [*(match.start() for match in matches[1:]), len(texts)]
        self.entries = {match[1]: texts[match.start() : end] for match, end in zip(matches, ends)}

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def __call__(self, key: str, **values: Any) -> str:
        """The text of a key with its values. LookupError: no such key, or a value is not given."""
        if key in self.entries and not self._bundle.has_message(key):
            self._bundle.add_resource(FluentResource(self.entries[key]))
        if (pattern := self._bundle.get_message(key).value) is None:
            raise LookupError(f"text '{key}' is empty")
        text, errors = self._bundle.format_pattern(pattern, values)
        if errors:
            raise LookupError(f"text '{key}': {errors[0]}")
        return str(text)


@cache
def catalogue(lang: str) -> Catalogue:
    """The texts of this language, read once."""
    return Catalogue(lang, files("sim.text").joinpath(f"{lang}.ftl").read_text(encoding="utf-8"))


def member(family: str, name: str) -> str:
    """The key of one of several texts of a kind: "word" and "not applicable" are "word-not-applicable"."""
    return f"{family}-{re.sub('[^A-Za-z0-9_-]', '-', name)}"
