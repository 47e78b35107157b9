"""Which of the assumptions that were varied matter most for people's support: a press figure."""

from __future__ import annotations

from sim.figures import press, style
from sim.figures.gallery import sensitivity
from sim.figures.results import Lacking, Results
from sim.figures.words import Words
from sim.study.judging.legs import SUPPORT

SHOWN = 7  # rows; those below are one row
LOOK: style.Look = {"facecolor": style.BLUE}


def compose(page: style.Page, results: Results, words: Words) -> None:
    reading = sensitivity.read(results)
    support = reading.panels[0]
    if support.measure != SUPPORT.measure:
        raise Lacking("its indices are not those of support")
    sizes = {name: max(support.at(reading.leading, name).mean, 0.0) for name in reading.names}  # an estimate may be below 0
    names = sorted(sizes, key=lambda name: -sizes[name])
    if not any(sizes.values()):
        raise Lacking("no number that was varied moves support")
    page.title(words.sentence(title(words, reading, support, names)))
    year = words.horizon(reading.shared("horizon"))
    page.paragraph(words.of("matters-how", reading.leading, year=year, n=len(names)), after=0.06)
    shown = names if len(names) <= SHOWN + 1 else names[:SHOWN]
    rows = [row(page, words, words.plainly(name), sizes[name]) for name in shown]
    if rest := [sizes[name] for name in names[len(shown) :]]:
        rows.append(row(page, words, words("matters-others", n=len(rest)), max(rest), "≤ "))
    press.bars(page, rows)
    press.source(page, words, results)


def title(words: Words, reading: sensitivity.Reading, support: sensitivity.Panel, names: list[str]) -> str:
    """How few of the numbers carry most of the spread, or how many move support by more than its margin."""
    known = {"all": len(names)}
    if reading.leading == "ST":
        few, share, half = sensitivity.carrying(support, names)
        if sensitivity.is_open(share, half):
            raise Lacking("its combinations or societies are too few to say which numbers matter")
        if share < sensitivity.MOST:
            return words("matters-title-all", **known)
        return words("matters-title-few", n=few, share=words.percent(min(share, 1.0)), **known)
    if support.margin is None:
        return words("matters-title-most", name=words.plainly(names[0]))
    beyond = sum(support.at(reading.leading, name).mean > support.margin for name in names)
    margin = words.percent(support.margin)
    return words("matters-title-beyond" if beyond else "matters-title-none", n=beyond, margin=margin, **known)


def row(page: style.Page, words: Words, name: str, size: float, sign: str = "") -> press.Bar:
    return press.Bar(page.wrap(name, 0.45 * page.inner), [(size, LOOK, "")], sign + words.percent(size, 2))


ENTRY = press.entry("matters", compose, table="indices")
