"""Phrases with their numbers set in: what a figure says in one language, its numbers and its typography."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sim.figures.phrases import PHRASES
from sim.figures.phrases.assumptions import NAMES

LANGUAGES = ("en", "fr")
MOST_NAMED = 4  # points of a design that a title can name
MOST_WORDS = 3  # verdicts that a title can count
FEW_VALUES, SOME_VALUES = 2, 6  # of a point, named in a label and in a paragraph; beyond, its number


_NARROW, _FIXED = "\u202f", "\u00a0"


def typeset(text: str, lang: str) -> str:
    """The spaces, quotes and apostrophes that a printer of this language would set."""
    text = text.replace("'", "’").replace("...", "…")
    if lang == "en":
        return re.sub(r"(?<=\d) %", "%", text)
    text = re.sub(r"[ \u00a0\u202f]+([;?!%])", rf"{_NARROW}\1", text)
    text = re.sub(r"[ \u00a0\u202f]+:", rf"{_FIXED}:", text)
    return re.sub(r"[ \u00a0\u202f]+»", f"{_FIXED}»", re.sub(r"«[ \u00a0\u202f]+", f"«{_FIXED}", text))


def places(value: float, digits: int) -> int:
    """Decimals that show so many significant digits, four at most."""
    size = abs(value)
    return max(0, min(digits - 1 - math.floor(math.log10(size)), 4)) if size and math.isfinite(size) else 0


class Words:
    """Phrases and numbers of one language."""

    def __init__(self, lang: str):
        self.lang = lang
        self.column = LANGUAGES.index(lang)

    def __call__(self, key: str, **values: Any) -> str:
        return typeset(PHRASES[key][self.column].format(**values), self.lang)

    def flat(self, key: str) -> str:
        """A label of two lines as one."""
        return self(key).replace("\n", " ")

    def sentence(self, *parts: str) -> str:
        """Parts with a capital at the start."""
        text = typeset("".join(parts), self.lang)
        return text[:1].upper() + text[1:]

    # Numbers

    def number(self, value: float, digits: int = 2, signed: bool = False) -> str:
        """A number with so many significant digits at least; whole parts are never cut."""
        if not math.isfinite(value):
            return "–"
        text = self.fixed(abs(value), places(value, digits))
        sign = "" if text == "0" else "−" if value < 0 else "+" if signed else ""
        return sign + text

    def fixed(self, size: float, decimals: int) -> str:
        """A size with so many decimals, fewer where they say nothing."""
        shorter = next(k for k in range(decimals + 1) if k == decimals or math.isclose(round(size, k), size, rel_tol=1e-9))
        body = f"{size:,.{shorter}f}"
        if not float(body.replace(",", "")):
            return "0"
        return body.replace(",", _NARROW).replace(".", ",") if self.lang == "fr" else body

    def percent(self, share: float, digits: int = 2, signed: bool = False) -> str:
        return typeset(self.number(100 * share, digits, signed) + " %", self.lang)

    def ticks(self, value: float, _place: float | None = None) -> str:
        """A tick label."""
        text = f"{value:.6g}".replace("-", "−")
        return text.replace(".", ",") if self.lang == "fr" else text

    def plus_minus(self, mean: float, half: float, unit: str = "", decimals: int | None = None) -> str:
        """A mean and half the width of its interval, with the same decimals: so many, or as many as both need."""
        if decimals is None:
            decimals = places(mean, 2)
            if math.isfinite(half) and half and round(half, decimals) == 0:
                decimals += 1
        text = self.fixed(abs(mean), decimals) if math.isfinite(mean) else "–"
        if math.isfinite(half):
            shown = self.fixed(half, decimals)
            text += f" ± {shown}" if shown != "0" or half < 1e-9 else f" ± <{self.fixed(10.0**-decimals, decimals)}"
        return typeset(("−" if mean < 0 else "") + text + unit, self.lang).replace(" ", _FIXED)

    def span(self, shares: Sequence[float]) -> str:
        """From the least to the most of some shares; NaN are passed over."""
        known = [share for share in shares if math.isfinite(share)] or [math.nan]
        low, high = (self.percent(end(known)) for end in (min, max))
        return low if low == high else self("span", low=low, high=high)

    def listed(self, items: Iterable[str]) -> str:
        *first, last = items
        return self("and", first=", ".join(first), last=last) if first else last

    # Names

    def societies(self, n: int) -> str:
        return self("society" if n == 1 else "societies", n=self.number(n))

    def horizon(self, day: int) -> str:
        whole = day % 365 == 0
        return self("year" if whole else "day", n=self.number(day // 365 if whole else day))

    def point(self, point: dict[str, Any]) -> str:
        """The varied values of a point, or its number where they are many; nothing if nothing varies."""
        parts = self._values(point)
        text = ", ".join(parts) if len(parts) <= FEW_VALUES else self("point number", number=point["point"])
        return text.replace(" ", _FIXED)

    def point_in_full(self, point: dict[str, Any]) -> str:
        """The same for a paragraph, where more values find room."""
        parts = self._values(point)
        if not FEW_VALUES < len(parts) <= SOME_VALUES:
            return self.point(point)
        return self("point whole", number=self.point(point), values=", ".join(part.replace(" ", _FIXED) for part in parts))

    def _values(self, point: dict[str, Any]) -> list[str]:
        parts = []
        for name, value in point.items():
            if name != "point":
                number = isinstance(value, int | float) and not isinstance(value, bool)
                text = self.ticks(value if value == round(value) else float(f"{value:.3g}")) if number else str(value)
                key = f"point {name}"
                parts.append(self(key if key in PHRASES else "point other", name=name, value=text))
        return parts

    def at(self, point: dict[str, Any]) -> str:
        """The point in brackets, for the end of a panel's title."""
        return self("at", point=self.point(point)) if self.point(point) else ""

    def arm(self, name: str, kind: str, alone: bool) -> str:
        """An arm by what it is, or by its name where several are of a kind."""
        return self(f"arm {kind}") if alone else self("arm named", arm=name)

    def assumption(self, name: str) -> str:
        """What a dotted name, whole or short, is called: by the longest of its ends that has a name; itself if none has."""
        parts = name.split(".")
        ends = [".".join(parts[start:]) for start in range(len(parts))]
        known = [end for end in ends if end in NAMES] or [full for full in NAMES if full.endswith(f".{name}")]
        return typeset(NAMES[known[0]][self.column], self.lang) if known else name

    def ties(self, words: Sequence[tuple[dict[str, Any], str]], margin: float, seeds: int) -> str:
        """What becomes of the ties, over all points: one sentence."""
        counted = Counter(word for _, word in words)
        if len(counted) == 1:
            return self(f"ties {words[0][1]}", margin=self.percent(margin), seeds=self.societies(seeds))
        if len(words) > MOST_NAMED:
            listed = [self("word under", word=self(f"word {word}"), n=n) for word, n in counted.most_common(MOST_WORDS)]
            if rest := len(words) - sum(n for _, n in counted.most_common(MOST_WORDS)):
                listed.append(self("word under", word=self("others"), n=rest))
            return self("ties mixed of many", all=len(words), words=", ".join(listed))
        listed = []
        for word in counted:
            points = [self.point(point) for point, found in words if found == word]
            listed.append(self("word at", word=self(f"word {word}"), points=self.listed(points)))
        return self("ties mixed", words=", ".join(listed))
