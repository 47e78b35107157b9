"""Which verdict comes out in how many random sets of parameters within their plausible ranges: a press figure."""

from __future__ import annotations

from typing import NamedTuple

from sim.figures import press, sentences, style
from sim.figures.gallery.region import read, sample
from sim.figures.gallery.ties import kind_of
from sim.figures.results import Lacking, Results
from sim.figures.words import Words
from sim.study.judging.verdict import UNDECIDED

THINNED = "thinned"
OFTEN = 1 / 3  # share of the trials from which a verdict comes out often


class Trials(NamedTuple):
    """Sets of parameters that were tried, and what came out.

    times : verdict word -> in how many of the sets; points : how many sets; assumptions : how many parameters differ between them
    """

    times: dict[str, int]
    points: int
    seeds: int
    people: int
    assumptions: int


def title(results: Results, words: Words, shares: dict[str, float]) -> str:
    """What comes out often, and whether ties ever thin out; if they do, the two commonest. shares : the commonest first"""
    most = next(iter(shares))
    subject = subject_of(results, words)
    if shares[most] == 1:
        return words.of("settings-title", "only", subject=subject, ties=words.of("settings-ties", most))
    if shares[most] < OFTEN:
        return words.of("settings-title", "hinges", subject=subject)
    if not shares.get(THINNED) and words.has("settings-never", most):
        return words.of("settings-title", "never", subject=subject, ties=words.of("settings-never", most))
    second = list(shares)[1]
    named = {"ties": words.of("settings-ties", most), "word": words.of("brief", second)}
    percents = {"share": percent(words, shares[most]), "next": percent(words, shares[second])}
    return words.of("settings-title", "two", subject=subject, **named, **percents)


def subject_of(results: Results, words: Words) -> str:
    """What is tried: by the name that its study has here, else by what the primary arm has."""
    kind = words.of("settings-subject", kind_of(results), arm=results.primary["arm"])
    return sentences.subject(results, words) or kind


def percent(words: Words, share: float) -> str:
    """A share in whole %. One that is not 0 is not written as 0."""
    return f"< {words.percent(0.01)}" if 0 < share < 0.005 else words.percent(round(share, 2))


def of_region(results: Results) -> Trials:
    """The random sets of the primary contrast's region."""
    name = results.primary["name"]
    if name not in results.regions:
        raise Lacking(f"region.csv has no region of the primary contrast, '{name}'")
    rows = sample(results, name)
    first = rows[0]
    times = {row["word"]: row["times"] for row in rows}
    return Trials(times, first["points"], first["seeds"], first["people"], first["assumptions"])


def plot(page: style.Page, results: Results, words: Words, trials: Trials) -> None:
    """A bar per word, the commonest first, and what each word means."""
    often = sorted(trials.times.items(), key=lambda each: (-each[1], each[0] == UNDECIDED))
    shares = {word: times / trials.points for word, times in often if times}
    shares.setdefault(THINNED, 0.0)  # the question: no answer leaves it out
    page.title(words.sentence(title(results, words, shares)))
    how = f"{words('settings-how', n=trials.points, k=trials.assumptions)} {words('settings-bars')}"
    if cell := sentences.cell(results, words, results.primary):
        how = f"{words.sentence(cell)}. {how}"
    page.paragraph(how, after=0.06)
    names = {word: press.explained(page, words, word, 0.55 * page.inner) for word in shares}
    pitch = 1.6 + 1.3 * max(name.count("\n") for name in names.values())
    bars = [press.Share(names[word], share, style.verdict(word).look, percent(words, share)) for word, share in shares.items()]
    press.shares(page, bars, pitch, track={"facecolor": "none"})
    about = {"n": trials.points, "seeds": trials.seeds, "people": trials.people}
    page.source(words("press-source-sets", study=results.study["name"], **about))


def compose(page: style.Page, results: Results, words: Words) -> None:
    plot(page, results, words, of_region(results))


ENTRY = press.entry("settings", compose, read, table="region")
