"""What a figure says in one language: its texts with their values, its numbers and its typography."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

from babel.lists import format_list
from babel.numbers import format_decimal, get_decimal_symbol

from sim.figures import style
from sim.text.catalogue import Catalogue, catalogue, member

MOST_NAMED = 4  # points of a design that a sentence can name
MOST_WORDS = 3  # verdicts that a tally names
FRACTIONS = (Fraction(1, 10), Fraction(1, 5), Fraction(1, 4), Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(3, 4),
             Fraction(4, 5), Fraction(9, 10))  # fmt: skip
CLOSE, EXTREME = 0.025, 0.05  # how far a share may be from the fraction that a title calls it; from none or all of it
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


MOST_DIGITS = 400  # of the largest float and its decimals


def places(value: float, digits: int) -> int:
    """Decimals that show so many significant digits, four at most."""
    size = abs(value)
    return max(0, min(digits - 1 - math.floor(math.log10(size)), 4)) if size and math.isfinite(size) else 0


class Words:
    """Texts and numbers of one language."""

    def __init__(self, lang: str, texts: Catalogue | None = None):
        """texts : of this language; those of the program by default"""
        self.lang = lang
        self.texts = texts or catalogue(lang)

    def __call__(self, key: str, **values: Any) -> str:
        """The text of a key. LookupError: no such key, or a value is not given."""
        return typeset(self.texts(key, **values), self.lang)

    def of(self, family: str, name: str, **values: Any) -> str:
        """One of several texts of a kind, such as that of a verdict's word. LookupError as above."""
        return self(member(family, name), **values)

    def has(self, family: str, name: str) -> bool:
        """Whether there is such a text, where names are a study's own."""
        return member(family, name) in self.texts

    def flat(self, family: str, name: str) -> str:
        """A label of two lines as one."""
        return self.of(family, name).replace("\n", " ")

    def brief(self, word: str) -> str:
        """A verdict's word with its sign, for a column or a cell, where room is scarce."""
        text = self.of("brief" if self.has("brief", word) else "word", word)
        return f"{style.verdict(word).sign}{_FIXED}{text}".removeprefix(_FIXED)

    def mark(self, mark: str) -> str:
        """A colon or a semicolon, with the space that stands before it in this language."""
        return typeset(f" {mark}", "fr") if self.lang == "fr" else mark

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
        rounded = Decimal(f"{size:.{shorter}f}")
        with localcontext(prec=MOST_DIGITS):
            return format_decimal(rounded, f"#,##0.{'0' * shorter}", self.texts.locale) if rounded else "0"

    def percent(self, share: float, digits: int = 2, signed: bool = False) -> str:
        return typeset(self.number(100 * share, digits, signed) + " %", self.lang)

    def fraction(self, share: float) -> str:
        """A share in words, "about one in four", where a plain fraction is close; else a whole percentage."""
        if share in (0, 1):
            return self.of("fraction", "all" if share else "none")
        if 0 < share <= EXTREME or 1 - EXTREME <= share < 1:
            return self.of("fraction", "few" if share <= EXTREME else "most")
        nearest = min(FRACTIONS, key=lambda fraction: abs(fraction - share))
        if abs(nearest - share) <= CLOSE:
            return self.of("fraction", f"{nearest.numerator}-{nearest.denominator}")
        return self.percent(round(share, 2))

    def ticks(self, value: float, _place: float | None = None) -> str:
        """A tick label."""
        text = f"{value:.6g}".replace("-", "−")
        return text.replace(".", get_decimal_symbol(self.texts.locale))

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
        """Items in a row: "a, b and c"."""
        return format_list(list(items), locale=self.texts.locale)

    def either(self, items: Iterable[str]) -> str:
        """The same of which one may hold: "a, b or c"."""
        return format_list(list(items), "or", self.texts.locale)

    # Names

    def group(self, name: str) -> str:
        """A group of people: a profile, or a label that has a name."""
        return self.of("group", name) if self.has("group", name) else self("quoted", text=name)

    def profile(self, name: str) -> str:
        """A profile; its name if it is a study's own. So for the next two."""
        return self.of("profile-name", name) if self.has("profile-name", name) else name

    def platform(self, name: str) -> str:
        return self.of("platform-name", name) if self.has("platform-name", name) else name

    def way(self, name: str) -> str:
        """A way to compare the cells of a cross."""
        return self.of("way-name", name) if self.has("way-name", name) else name

    def societies(self, n: int) -> str:
        return self("societies", n=n)

    def horizon(self, day: int) -> str:
        return self("day", n=day) if day % 365 else self("year", n=day // 365)

    def point(self, point: dict[str, Any]) -> str:
        """The varied values of a point, or its number where they are many; nothing if nothing varies."""
        parts = self._values(point)
        text = ", ".join(parts) if len(parts) <= FEW_VALUES else self("point-number", number=str(point["point"]))
        return text.replace(" ", _FIXED)

    def point_in_full(self, point: dict[str, Any]) -> str:
        """The same for a paragraph, where more values find room."""
        parts = self._values(point)
        if not FEW_VALUES < len(parts) <= SOME_VALUES:
            return self.point(point)
        return self("point-whole", number=self.point(point), values=", ".join(part.replace(" ", _FIXED) for part in parts))

    def _values(self, point: dict[str, Any]) -> list[str]:
        parts = []
        for name, value in point.items():
            if name != "point":
                number = isinstance(value, int | float) and not isinstance(value, bool)
                text = self.ticks(value if value == round(value) else float(f"{value:.3g}")) if number else str(value)
                named = self.has("point", name)
                parts.append(self.of("point", name, value=text) if named else self("point-other", name=name, value=text))
        return parts

    def at(self, point: dict[str, Any]) -> str:
        """The point in brackets, for the end of a panel's title."""
        return self("at", point=self.point(point)) if self.point(point) else ""

    def parameter(self, name: str) -> str:
        """What a dotted name, whole or short, is called: by the longest of its ends that has a name; itself if none has."""
        known = self._end("parameter", name) or self._longer(name)
        return self.of("parameter", known) if known else name

    def plainly(self, name: str) -> str:
        """The same in words of everyday, where a press figure has such words for it."""
        known = self._end("matters-name", name)
        return self.of("matters-name", known) if known else self.parameter(name)

    def _end(self, family: str, name: str) -> str | None:
        """The longest end of a dotted name that a family has a text for."""
        parts = name.split(".")
        ends = (".".join(parts[start:]) for start in range(len(parts)))
        return next((end for end in ends if self.has(family, end)), None)

    def _longer(self, name: str) -> str | None:
        """The first parameter with a name that ends with this one."""
        family, end = member("parameter", ""), member("", name)
        longer = (key for key in self.texts.entries if key.startswith(family) and key.endswith(end))
        return next((key.removeprefix(family) for key in longer), None)

    def ties(self, words: Sequence[tuple[dict[str, Any], str]], margin: float, seeds: int) -> str:
        """What becomes of ties, over all points: a clause, without the tally of different verdicts."""
        if len({word for _, word in words}) > 1:
            return self("ties-mixed")
        return self.of("ties", words[0][1], margin=self.percent(margin), seeds=self.societies(seeds))

    def tally(self, words: Sequence[tuple[dict[str, Any], str]]) -> str:
        """At which of a few points each word stands, or at how many of many; "" where it is the same at all."""
        counted = Counter(word for _, word in words)
        if len(counted) == 1:
            return ""
        if len(words) <= MOST_NAMED:
            listed = []
            for word in counted:
                points = [self.point(point) for point, verdict in words if verdict == word]
                listed.append(self("word-at", word=self.of("word", word), points=self.listed(points)))
            return self("ties-listed", words=", ".join(listed))
        return self("ties-counted", all=len(words), words=self.counted([word for _, word in words]))

    def counted(self, found: Sequence[str]) -> str:
        """In how many of many cases each word stands."""
        counted = Counter(found).most_common()
        most = len(counted) if len(counted) == MOST_WORDS + 1 else MOST_WORDS  # a single one is not "others"
        listed = [self("word-in", word=self.of("word", word), n=n) for word, n in counted[:most]]
        if rest := sum(n for _, n in counted[most:]):
            listed.append(self("word-in", word=self("others"), n=rest))
        return ", ".join(listed)
