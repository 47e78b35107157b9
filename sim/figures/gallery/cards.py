"""Profile cards: the numbers of each profile side by side, each with its range, and how well it is known."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures import style
from sim.figures.registry import Entry
from sim.figures.results import Lacking
from sim.figures.words import Words
from sim.scenario.numbers import Number
from sim.scenario.profile import Profile
from sim.scenario.reading import profile
from sim.study.records import json_files, tables

NO_CARD = ("steady_years",)  # how long a society grows is no habit
KNOWN = {
    "full": ("computed", "read", "secondhand"),
    "half": ("recalled", "proxy", "set"),
    "open": ("assumed", "claimed"),
}
"""Mark -> how a number with this mark is known."""
MARK_OF = {status: mark for mark, statuses in KNOWN.items() for status in statuses}
LOOKS: dict[str, style.Look] = {
    "full": {"fillstyle": "full", "color": style.INK},
    "half": {"fillstyle": "left", "color": style.INK, "markerfacecoloralt": "white"},
    "open": {"fillstyle": "full", "color": style.INK, "markerfacecolor": "white"},
}
ABREAST, ROW, NUMBER, GAP = 4, 0.17, 0.4, 0.1  # panels side by side; inches of a row, of a number beside it, between panels


@dataclass(frozen=True)
class Cards:
    """The profiles of a study, in its order. study : its name"""

    study: str
    profiles: dict[str, Profile]

    @cached_property
    def names(self) -> list[str]:
        """The numbers of a profile, in the order of its file."""
        first = next(iter(self.profiles.values()))
        return [name for name in type(first).model_fields if name not in NO_CARD and isinstance(getattr(first, name), Number)]

    @cached_property
    def counted(self) -> Counter[str]:
        """Mark -> how many numbers of all profiles have it."""
        return Counter(MARK_OF[self.number(profile, name).status] for profile in self.profiles for name in self.names)

    def number(self, profile: str, name: str) -> Number:
        return getattr(self.profiles[profile], name)


def read(folder: Path) -> Cards:
    """The profiles of a cross, from their files. Lacking: no cross is here, or its files are not."""
    if (folder / json_files.STUDY).is_file():
        about = json_files.read(folder, json_files.STUDY)
        names = about.get("cross", {}).get("profiles", [])
        study, places = about["name"], [*([folder / about["beside"]] if about["beside"] else []), Path(about["file"])]
    elif tables.path(folder, "effects").is_file():
        rows = tables.read(folder, "effects")
        names, study = rows["profile"].unique(maintain_order=True).to_list(), rows["study"][0]
        places = [Path("scenarios", f"{study}.toml"), folder.resolve().parents[1] / "scenarios" / f"{study}.toml"]
    else:
        names, study, places = [], "", []
    if not names:
        raise Lacking("no profiles are crossed here")
    where = next((place.parent for place in places if all(_file(place.parent, name).is_file() for name in names)), None)
    if where is None:
        raise Lacking(f"the files of the profiles {', '.join(names)} are not beside {places[0]}")
    return Cards(study, {name: profile(_file(where, name)) for name in names})


def _file(folder: Path, name: str) -> Path:
    return folder / "profiles" / f"{name}.toml"


def figure(cards: Cards, words: Words) -> Figure:
    page = style.Page()
    whole = sum(cards.counted.values())
    page.title(words("cards-title", n=len(cards.profiles), all=whole, open=cards.counted["open"], half=cards.counted["half"]))
    page.paragraph(words("cards-how"), after=0.06)
    key(page, cards, words)
    panels(page, cards, words)
    page.source(words("cards-source", study=cards.study))
    return page.finish()


def key(page: style.Page, cards: Cards, words: Words) -> None:
    """What the marks mean, a line each."""
    for mark, look in LOOKS.items():
        box = page.axes(style.MARGIN, 0.14, 0.12, page.top)
        box.set_axis_off()
        box.set(xlim=(-1, 1), ylim=(-1, 1))
        box.plot(0, 0, "o", markersize=5, **look)
        text = words("cards-key", text=words.of("cards-mark", mark), n=cards.counted[mark])
        page.top += page.write(text, style.MARGIN + 0.18) + 0.01
    page.top += 0.1


def panels(page: style.Page, cards: Cards, words: Words) -> None:
    people = [words.profile(name) for name in cards.profiles]
    gutter = max(style.measure(name)[0] for name in people) + 0.08
    width = (page.width - 2 * style.MARGIN - gutter + GAP) / ABREAST - GAP
    height = ROW * len(people)
    for start in range(0, len(cards.names), ABREAST):
        here = cards.names[start : start + ABREAST]
        lefts = [style.MARGIN + gutter + place * (width + GAP) for place in range(len(here))]
        heads = [page.wrap(words.sentence(words.parameter(name)), width, fontweight="bold") for name in here]
        lines = max(head.count("\n") + 1 for head in heads)
        for head, left in zip(heads, lefts):
            above = lines - head.count("\n") - 1
            page.write(head, left, page.top + above * style.leading(style.SMALL), fontweight="bold")
        page.top += lines * style.leading(style.SMALL) + 0.03
        for name, left in zip(here, lefts):
            axes = page.axes(left, width - NUMBER, height)
            style.rows(axes, people if left == lefts[0] else [""] * len(people))
            panel(axes, [cards.number(profile, name) for profile in cards.profiles], words)
        page.top += height + 0.26


def panel(axes: Axes, numbers: Iterable[Number], words: Words) -> None:
    """One number of all profiles: its range as a line, its value as a mark, and the value in figures."""
    numbers = list(numbers)
    ends = [end for number in numbers for end in (number.value, number.low, number.high) if end is not None]
    low, high = min(ends), max(ends)
    pad = 0.08 * (high - low) or 0.1 * abs(high) or 1.0
    axes.set_xlim(low - pad, high + pad)
    for row, number in enumerate(numbers):
        axes.plot([number.value if end is None else end for end in (number.low, number.high)], [row, row], color="#9c9c9c",
                  linewidth=1.6, solid_capstyle="butt", zorder=1)  # fmt: skip
        axes.plot(number.value, row, "o", markersize=5, zorder=2, clip_on=False, **LOOKS[MARK_OF[number.status]])
        style.beside(axes, row, words.number(number.value), NUMBER, ha="right")
    places = round_ends(low, high)
    axes.set_xticks(places, [words.ticks(place) for place in places])


def round_ends(low: float, high: float) -> list[float]:
    """The first and the last round number between two ends; one of them if they are the same."""
    span = high - low or abs(high) or 1.0
    step = 10.0 ** math.floor(math.log10(span))
    step = step / 5 if span / step < 2 else step / 2 if span / step < 5 else step
    ends = (math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9))
    return sorted({round(end * step, 10) for end in ends})


ENTRY = Entry(figure, "effects", read)
