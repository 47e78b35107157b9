"""How the figures look: one width, one letter, colours that survive colour blindness and greyscale.

A page is filled from the top down, in inches; its height is known when it is finished.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.text import Text

from sim.errors import escaped

FALLBACKS = (  # for letters that the first font lacks, where a machine has one of these
    "Noto Sans CJK JP", "Noto Sans CJK SC", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari", "Noto Sans Thai",
    "Noto Emoji", "WenQuanYi Zen Hei", "Hiragino Sans", "PingFang SC", "Apple SD Gothic Neo", "Microsoft YaHei", "Yu Gothic",
    "Malgun Gothic", "Nirmala UI", "Segoe UI Symbol", "Arial Unicode MS",
)  # fmt: skip
THERE = {font.name for font in fontManager.ttflist}
RC = {
    "font.family": ["DejaVu Sans", *(name for name in FALLBACKS if name in THERE)],  # the first is shipped with Matplotlib
    "font.size": 8,
    "axes.labelsize": 8,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "axes.edgecolor": "#666666",
    "axes.unicode_minus": True,
    "text.parse_math": False,  # a dollar is a dollar
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "hatch.linewidth": 0.8,
    "text.hinting": "none",
    "savefig.dpi": 300,
    "svg.hashsalt": "unbirthday",
    "pdf.fonttype": 42,
}

WIDTH, NARROW, MARGIN = 6.3, 3.15, 0.12  # inches; NARROW: a column of print (8 cm), or a phone
SMALL, TITLE = 8, 11  # points
INK, QUIET, PALE = "#1a1a1a", "#555555", "#e4e4e4"
BLUE, VERMILLION = "#0072b2", "#d55e00"

ASCENT, LEADING = 0.85, 1.28  # of a line, in font sizes

Look = dict[str, Any]
CIRCLES: dict[str, Look] = {  # from the closest, dark, to the farthest, light; then the new ones, hatched
    "support": {"facecolor": "#08306b"},
    "sympathy": {"facecolor": "#2b7bba"},
    "affinity": {"facecolor": "#82bbdb"},
    "rest": {"facecolor": "#cfe1f2"},
    "new": {"facecolor": "#e69f00", "hatch": "////"},
    "online": {"facecolor": "#8c8c8c", "hatch": "xxxx"},
}
CHANNELS: dict[str, Look] = {  # what somebody decided in blue, occasions in orange
    "visit": {"facecolor": "#08306b"},
    "call": {"facecolor": "#2b7bba"},
    "letter": {"facecolor": "#a6cee3"},
    "card": {"facecolor": "#d55e00", "hatch": "////"},
    "chance": {"facecolor": "#f2c45a"},
}


class Verdict(NamedTuple):
    """How a verdict's word is shown everywhere: its fill, the ink of a text on that, its sign, and a hatch if it has one."""

    fill: str
    ink: str
    sign: str
    hatch: str = ""

    @property
    def look(self) -> Look:
        """Of a patch."""
        edge = "#b0b0b0" if self.hatch else "white"
        return {"facecolor": self.fill, "edgecolor": edge, "linewidth": 0.6, "hatch": self.hatch or None}

    @property
    def ground(self) -> Look | None:
        """Of what stands behind a text on this fill, so that no hatch passes through the text."""
        return {"facecolor": self.fill, "edgecolor": "none", "pad": 0.8} if self.hatch else None

    @property
    def backed(self) -> Look:
        """Of a text on this fill."""
        return {"color": self.ink, "bbox": {"facecolor": self.fill, "edgecolor": "#999999", "linewidth": 0.4, "pad": 1.5}}


VERDICTS = {  # from loss to gain, then no change
    "thinned": Verdict("#b5402a", "white", "▼"),
    "weakened": Verdict("#e58a5f", INK, "▽"),
    "hollowed": Verdict("#f7d87a", INK, "○"),
    "transformed": Verdict("#7fb9c9", INK, "⇄"),
    "enriched": Verdict("#2166ac", "white", "▲"),
    "inert": Verdict("#d4d4d4", INK, "="),
    "undecided": Verdict("white", INK, "?", "////"),
}
NO_WORD = Verdict("white", QUIET, "")  # too early, not applicable, not finished


def verdict(word: str | None) -> Verdict:
    """How a word is shown; as nothing known where it is none of a verdict."""
    return VERDICTS.get(word or "", NO_WORD)


def letters(text: str) -> str:
    """Text as it is drawn, line by line: what has no shape, or would turn the others around, as \\x1b, \\u202e."""
    return "\n".join(map(escaped, text.split("\n")))


def leading(fontsize: float) -> float:
    """From one line to the next, in inches."""
    return LEADING * fontsize / 72


@cache
def measure(
    text: str, fontsize: float = SMALL, fontweight: str = "normal", fontstyle: str = "normal"
) -> tuple[float, float]:
    """Width and height of a text in the letters of `RC`, in inches."""
    ruler = _ruler()
    artist = Text(0, 0, letters(text), figure=ruler.figure, fontsize=fontsize, fontweight=fontweight, fontstyle=fontstyle)
    box = artist.get_window_extent(ruler.get_renderer())
    return 1.02 * box.width / ruler.figure.dpi, box.height / ruler.figure.dpi


@cache
def _ruler() -> FigureCanvasAgg:
    return FigureCanvasAgg(Figure(figsize=(1, 1), dpi=100))


class Page:
    """A figure under construction; `top` is the cursor, inches from the upper edge."""

    def __init__(self, width: float = WIDTH, small: float = SMALL, large: float = TITLE):
        """width : in inches; small, large : of text and of its title, in points"""
        self.figure = Figure(figsize=(width, 10))
        self.width, self.small, self.large, self.top = width, small, large, MARGIN
        self.placed: list[tuple[Axes | Text, float, float, float, float]] = []

    def wrap(self, text: str, width: float, **look: Any) -> str:
        """Line breaks at ordinary spaces, so that the text fits; non-breaking ones are kept, and no line begins with a dot."""
        look = {"fontsize": self.small} | look
        lines = [""]
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and word != "·" and measure(longer, **look)[0] > width:
                lines.append(word)
            else:
                lines[-1] = longer
        return "\n".join(lines)

    def write(
        self, text: str, left: float = MARGIN, top: float | None = None, width: float | None = None, **look: Any
    ) -> float:
        """Write lines downwards from there, `left` being their right end or middle by `ha`; returns their height.

        Lines are set one by one, on an even grid: a line's height must not depend on its letters.
        """
        look = {"fontsize": self.small, "color": INK} | look
        if width is not None:
            text = self.wrap(
                text, width, **{key: look[key] for key in ("fontsize", "fontweight", "fontstyle") if key in look}
            )
        lines = letters(text).split("\n")
        first = (self.top if top is None else top) + ASCENT * look["fontsize"] / 72
        for k, line in enumerate(lines):
            artist = self.figure.text(0, 0, line, va="baseline", **look)
            self.placed.append((artist, left, first + k * leading(look["fontsize"]), 0, 0))
        return len(lines) * leading(look["fontsize"])

    def paragraph(self, text: str, after: float = 0.08, **look: Any) -> None:
        """A text over the whole width; the cursor moves below it."""
        self.top += self.write(text, width=self.width - 2 * MARGIN, **look) + after

    @property
    def inner(self) -> float:
        """The width between the margins, in inches."""
        return self.width - 2 * MARGIN

    def size(self, text: str) -> float:
        """The width of a text, in inches: of its widest line."""
        return max(measure(line, self.small)[0] for line in text.split("\n"))

    def title(self, text: str) -> None:
        self.figure.set_label(letters(text))  # what the picture is called, for those who do not see it
        self.paragraph(text, fontsize=self.large, fontweight="bold", after=0.07)

    def heading(self, text: str, left: float = MARGIN, width: float | None = None) -> float:
        """The title of a panel, over the whole width by default; returns its height and leaves the cursor."""
        return self.write(text, left, width=self.width - 2 * MARGIN if width is None else width, fontweight="bold")

    def source(self, text: str) -> None:
        self.paragraph(text, color=QUIET, after=0)

    def key(self, entries: Sequence[tuple[Look, str]], after: float = 0.1) -> None:
        """What the fills mean, side by side from the left, on as many lines as they need; the cursor moves below."""
        swatch, gap, line = 0.22, 0.22, leading(self.small)
        left = MARGIN
        for look, text in entries:
            wide = swatch + 0.06 + self.size(text)
            if left > MARGIN and left + wide > self.width - MARGIN:
                left, self.top = MARGIN, self.top + line + 0.03
            middle = (ASCENT - 0.36) * self.small / 72  # of small letters
            box = self.axes(left, swatch, 0.11, self.top + middle - 0.055)
            box.set_axis_off()
            box.set(xlim=(0, 1), ylim=(0, 1))
            box.barh(0.5, 1, 1, **look)
            self.write(text, left + swatch + 0.06)
            left += wide + gap
        self.top += line + after

    def marks(self, entries: Sequence[tuple[Look, str]], after: float = 0.1) -> None:
        """What marks mean, side by side from the left, on as many lines as they need; the cursor moves below."""
        left, line = MARGIN, leading(self.small)
        for look, text in entries:
            wide = 0.18 + self.size(text)
            if left > MARGIN and left + wide > self.width - MARGIN:
                left, self.top = MARGIN, self.top + line + 0.02
            box = self.axes(left, 0.14, line - 0.01)
            box.set_axis_off()
            box.set(xlim=(-1, 1), ylim=(-1, 1))
            box.plot(0, 0, clip_on=False, **look)
            self.write(text, left + 0.18)
            left += wide + 0.22
        self.top += line + after

    def axes(self, left: float, width: float, height: float, top: float | None = None) -> Axes:
        """Axes with this frame; labels are drawn outside of it."""
        axes = self.figure.add_axes((0, 0, 0.5, 0.5))
        axes.tick_params(labelsize=self.small)
        axes.xaxis.label.set_size(self.small)
        axes.yaxis.label.set_size(self.small)
        self.placed.append((axes, left, self.top if top is None else top, width, height))
        return axes

    def finish(self) -> Figure:
        """Cut the page at the cursor and put everything where it belongs."""
        for axes in self.figure.axes:
            for artist in (*axes.texts, axes.xaxis.label, axes.yaxis.label):
                artist.set_text(letters(artist.get_text()))
        height = self.top + MARGIN
        self.figure.set_size_inches(self.width, height)
        for artist, left, top, wide, high in self.placed:
            if isinstance(artist, Axes):
                artist.set_position((left / self.width, 1 - (top + high) / height, wide / self.width, high / height))
            else:
                artist.set_position((left / self.width, 1 - top / height))
        return self.figure


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float, gap: float = 0.06) -> list[float]:
    """Centres of labels as near as may be to where they are wanted (ascending), without overlap."""
    places: list[float] = []
    for centre, size in zip(wanted, sizes):
        least = low + size / 2 if not places else places[-1] + (sizes[len(places) - 1] + size) / 2 + gap
        places.append(max(centre, least))
    most = high
    for k in reversed(range(len(places))):
        places[k] = min(places[k], most - sizes[k] / 2)
        most = places[k] - sizes[k] / 2 - gap
    return places


def rows(axes: Axes, labels: Sequence[str]) -> None:
    """One row per label, the first on top, without a frame."""
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.set_yticks(range(len(labels)), list(map(letters, labels)))
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def word(axes: Axes, row: float, left: float, width: float, text: str, word: str) -> None:
    """A verdict's word in a column of its own, on its fill."""
    shown = verdict(word)
    if word in VERDICTS:
        axes.barh(row, width, 0.84, left, **(shown.look | {"edgecolor": "#999999", "linewidth": 0.4}))
    axes.text(left + width / 2, row, text, ha="center", va="center_baseline", color=shown.ink, bbox=shown.ground)


def stacked(axes: Axes, row: float, parts: Sequence[float], looks: Sequence[Look], height: float = 0.68) -> list[float]:
    """A bar of parts side by side; returns their centres."""
    left, centres = 0.0, []
    for part, look in zip(parts, looks):
        axes.barh(row, part, height, left, **({"edgecolor": "white", "linewidth": 0.6} | look))
        centres.append(left + part / 2)
        left += part
    return centres


def label_parts(
    page: Page, axes: Axes, labels: Sequence[str], centres: Sequence[float], frame: tuple[float, float, float], strip: float
) -> None:
    """Labels in the strip above the axes, each with a line to its part of the uppermost bar.

    frame : left, width and height of the axes, in inches; their x limits must be set
    strip : height of the strip, in inches; it ends at the top of the axes, where the cursor is
    """
    left, width, height = frame
    first, last = axes.get_xlim()
    per_inch = (last - first) / width
    wanted = [left + (centre - first) / per_inch for centre in centres]
    sizes = [measure(label)[0] for label in labels]
    for label, centre, place in zip(labels, centres, spread(wanted, sizes, MARGIN, left + width)):
        high = page.write(label, place, page.top - strip, ha="center")
        axes.annotate(
            "",
            (centre, -0.36),
            xytext=(first + (place - left) * per_inch, 1 + (strip - high - 0.03) / height),
            textcoords=axes.get_xaxis_transform(),
            arrowprops={"arrowstyle": "-", "color": QUIET, "linewidth": 0.5, "shrinkA": 0, "shrinkB": 0},
            annotation_clip=False,
        )


def beside(axes: Axes, row: float, text: str, inches: float = 0.06, **look: Any) -> None:
    """A text level with a row, so far right of the axes."""
    axes.annotate(
        text,
        (1, row),
        xycoords=axes.get_yaxis_transform(),
        xytext=(72 * inches, 0),
        textcoords="offset points",
        va="center_baseline",
        annotation_clip=False,
        **({"color": INK} | look),
    )


def whisker(axes: Axes, low: float, high: float, row: float, **look: Any) -> None:
    """A horizontal interval; nothing where it is not known."""
    axes.plot([low, high], [row, row], **({"color": INK, "linewidth": 1.0, "solid_capstyle": "butt"} | look))
