"""On which day wishes come for people who show a false birthday, by how close the sender is (claim C8): a press figure."""

from __future__ import annotations

import math

from sim.figures import press, style
from sim.figures.gallery.birthdays import prompted_share, the_arm
from sim.figures.results import Lacking, Results
from sim.figures.words import Words

SENDERS = {  # circles that are told apart
    "all": ("all",),
    "five": ("support",),
    "fifteen": ("sympathy",),
    "fifty": ("affinity",),
    "others": ("rest", "new", "online"),
}
WRONG: style.Look = {"facecolor": style.VERMILLION}


def compose(page: style.Page, results: Results, words: Words) -> None:
    at = (the_arm(results), "false", results.reference["point"], results.days[-1])
    page.title(words("wishes-title", share=words.percent(round(prompted_share(results, *at, ("all",)).mean, 2))))
    page.paragraph(words("wishes-how"), after=0.06)
    page.key([(WRONG, words("wishes-wrong")), (press.TRACK, words("wishes-true"))], after=0.06)
    shares = {sender: prompted_share(results, *at, circles).mean for sender, circles in SENDERS.items()}
    rows = [
        press.Share(words.of("sender", sender), share, WRONG, words.percent(round(share, 2)))
        for sender, share in shares.items() if math.isfinite(share)
    ]  # fmt: skip
    if not rows:
        raise Lacking("wishes on a false date were not measured by circle")
    press.shares(page, rows).axhline(0.5, color=style.QUIET, linewidth=0.6)  # below all senders: each circle of them
    press.source(page, words, results)


ENTRY = press.entry("wishes", compose)
