"""The words of a picture besides its shapes: an SVG draws its letters as paths, and carries them as text that can be searched.

`words_of` also serves to find texts that overlap or are cut.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure

POINTS = 72  # per inch: the unit of an SVG of Matplotlib


class Word(NamedTuple):
    """A line of text as it is drawn, in points from the upper left corner of the figure.

    left, baseline : its start; width, ascent, descent : of its letters, before it is turned by `angle` (degrees, anticlockwise)
    """

    text: str
    left: float
    baseline: float
    width: float
    ascent: float
    descent: float
    size: float
    angle: float


class _Listener(RendererBase):
    """Draws nothing and notes every text."""

    def __init__(self, figure: Figure):
        super().__init__()
        self.width, self.height = (POINTS * inches for inches in figure.get_size_inches())
        self.words: list[Word] = []

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self.width, self.height

    def draw_text(self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False, mtext: Any = None):
        if s.strip():
            width, height, descent = self.get_text_width_height_descent(s, prop, ismath)
            self.words.append(Word(s, x, y, width, height - descent, descent, prop.get_size_in_points(), angle))

    def draw_path(self, *_: Any, **__: Any) -> None: ...

    def draw_image(self, *_: Any, **__: Any) -> None: ...

    def draw_gouraud_triangles(self, *_: Any, **__: Any) -> None: ...


def words_of(figure: Figure) -> list[Word]:
    """Every line of text that a figure shows, in the order in which it is drawn."""
    listener, dpi = _Listener(figure), figure.dpi
    figure.dpi = POINTS
    try:
        figure.draw(listener)
    finally:
        figure.dpi = dpi
    return listener.words


def add_words(file: Path, figure: Figure, name: str) -> None:
    """Give the SVG of a figure a role, a title, a description of all that it says, and its words as invisible text.

    name : makes the references inside of the file unique, so that several pictures can stand on one page
    """
    text = file.read_text(encoding="utf-8")
    words = sorted(words_of(figure), key=lambda word: (word.baseline, word.left))  # as they are read
    name = re.sub("[^A-Za-z0-9_-]", "-", name)
    said = " ".join(word.text for word in words)
    head = (
        f'\n <title id="{name}-title">{escape(str(figure.get_label()))}</title>'
        f'\n <desc id="{name}-desc">{escape(said)}</desc>'
    )
    foot = "".join(map(_invisible, words))
    group = f' <g font-family="sans-serif" fill-opacity="0" xml:space="preserve">\n{foot} </g>\n'
    attributes = f'<svg role="img" aria-labelledby="{name}-title {name}-desc" '
    text = re.sub(r"<svg ([^>]*)>", lambda match: f"{attributes}{match[1]}>{head}", text, count=1)
    file.write_text(text.removesuffix("</svg>\n") + group + "</svg>\n", encoding="utf-8")


def _invisible(word: Word) -> str:
    """A line where it is drawn, as wide as it is drawn, whatever the font of the reader."""
    x, y, width, size = (f"{value:.2f}" for value in (word.left, word.baseline, word.width, word.size))
    turned = f' transform="rotate({-word.angle:g} {x} {y})"' if word.angle else ""
    place = f'x="{x}" y="{y}" font-size="{size}" textLength="{width}" lengthAdjust="spacingAndGlyphs"{turned}'
    return f"  <text {place}>{escape(word.text)}</text>\n"
