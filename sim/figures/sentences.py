"""Sentences that several figures share: what becomes of the ties, the verdict line, the source line."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.figures import style
from sim.figures.results import Results
from sim.figures.words import Words
from sim.scenario.names import ALL
from sim.study.judging.contrast import VILLAGE
from sim.study.judging.cultures import PLAIN
from sim.study.judging.legs import SHIFTS
from sim.study.judging.reasons import Reason, parsed
from sim.study.records import json_files, provenance
from sim.study.records.seal import Standing

UNDECIDED = "undecided"
LONGEST = 60  # letters of a file's name that a line has room for


WITHOUT_WORD = ("not applicable", "too early")


def whose(page: style.Page, words: Words, group: str) -> None:
    """Whose ties the figure shows, where these are not all people."""
    if group != ALL:
        page.paragraph(words("whose", group=words.group(group)), fontweight="bold", after=0.06)


def ties(results: Results, words: Words, contrast: dict[str, Any]) -> str:
    """What becomes of ties at the last horizon, over all points."""
    day = results.days[-1]
    at = results.verdict(contrast["name"], results.reference["point"], day)
    return words.ties(results.words(contrast["name"], day), at["margin"], at["seeds_used"])


def tally(results: Results, words: Words, contrast: dict[str, Any]) -> str:
    """At which points, or at how many, each verdict stands at the last horizon; "" where it is the same at all."""
    return words.tally(results.words(contrast["name"], results.days[-1]))


def about(results: Results, words: Words, contrast: dict[str, Any]) -> str:
    """A contrast by its cell, by what its arms are, or by their names where that would not tell them apart."""
    if text := cell(results, words, contrast):
        return words("against-cell", cell=text, control=words.of("control", "none"))
    kinds = {arm: results.kind(arm) for arm in results.arms}

    def alone(arm: str) -> bool:
        return list(kinds.values()).count(kinds.get(arm, "")) == 1

    first, second = contrast["arm"], contrast["control"]
    arm = words.of("arm", kinds[first]) if alone(first) else words("quoted", text=first)
    control = words.of("control", kinds[second]) if alone(second) else words("quoted", text=second)
    if kinds.get(second) == "none" and kinds.get(first) != "none" and alone(first):  # the whole platform, not its prompts
        if results.free(first):
            return words("against-free-platform", control=control)
        return words("against-platform", arm=arm, control=control)
    return words("against", arm=arm, control=control)


def heading(results: Results, words: Words, contrast: dict[str, Any]) -> str:
    """A contrast as its study puts it, if it does; else by its cell or its arms."""
    own = f"{results.study['name']}-{contrast['name']}"
    return words.of("contrast", own) if words.has("contrast", own) else about(results, words, contrast)


def subject(results: Results, words: Words) -> str:
    """What the primary contrast tries, in a few words, if its study has such words; else ""."""
    study = results.study["name"]
    return words.of("subject", study) if words.has("subject", study) else ""


def cell(results: Results, words: Words, contrast: dict[str, Any]) -> str:
    """The platform and the profile of a contrast, and the way if it is not the plain one. "" if it is no cell of a cross."""
    named = next((each for each in results.study.get("cells", ()) if each["contrast"] == contrast["name"]), None)
    if named is None:
        return ""
    text = words("cell", platform=words.platform(named["platform"]), profile=words.profile(named["profile"]))
    return text if named["way"] == PLAIN else words("cell-way", cell=text, way=words.way(named["way"]))


def setting(results: Results, words: Words, contrast: dict[str, Any]) -> str:
    """What the arm of a contrast has, as the beginning of a sentence: "with public prompts"."""
    kinds = {arm: results.kind(arm) for arm in results.arms}
    first, second = contrast["arm"], contrast["control"]
    kind, alone = kinds.get(first, ""), list(kinds.values()).count(kinds.get(first, "")) == 1
    named = {"arm": words("quoted", text=first), "control": words("quoted", text=second)}
    if kinds.get(second) == "none" and kind != "none":
        if not alone:
            return words("with-arm", **named)
        return words("with-free-platform" if results.free(first) else "with-platform")
    if alone and kind in ("public", "private") and kinds.get(second) == "off":
        return words("with-prompts", arm=words.of("arm", kind))
    return words("with-other", **named)


def verdict_line(results: Results, words: Words, contrast: dict[str, Any]) -> str:
    """The word and where it holds, with its margin, tipping margin and noise floor."""
    day = results.days[-1]
    row = results.verdict(contrast["name"], results.reference["point"], day)
    words_found = [word for _, word in results.words(contrast["name"], day)]
    named = {"year": words.horizon(day), "word": words.of("word", row["verdict"])}
    if 1 < len(words_found) == words_found.count(row["verdict"]):
        head = words("verdict-everywhere", all=len(words_found), **named)
    else:
        head = words("verdict", **named) + words.at(results.reference)
        if len(words_found) > 1:
            head += " · " + extent(words, words_found, row["verdict"])
    return " · ".join([head, *conditions(results, words, contrast)])


def extent(words: Words, everywhere: list[str], word: str) -> str:
    """At how many points of the design the word is found."""
    same = everywhere.count(word)
    return words("everywhere" if same == len(everywhere) else "same-word", same=same, all=len(everywhere))


def meanings(page: style.Page, words: Words, used: Iterable[str]) -> None:
    """What the verdicts' words that a figure uses mean, a line for each; nothing if it uses none."""
    shown = set(used)
    known = [word for word in style.VERDICTS if word in shown]
    for word in known:
        page.paragraph(words("means", word=words.brief(word), text=words.of("means", word)), color=style.QUIET, after=0.01)
    page.top += 0.05 if known else 0


def conditions(results: Results, words: Words, contrast: dict[str, Any]) -> list[str]:
    """What the word rests on, part by part."""
    day, point = results.days[-1], results.reference["point"]
    row = results.verdict(contrast["name"], point, day)
    if row["verdict"] in WITHOUT_WORD:
        return []
    parts = []
    if row["verdict"] == UNDECIDED:
        needed = row["seeds_needed"]
        if needed:
            parts.append(words("needed", seeds=words.societies(needed)))
        else:
            parts.append(words("never" if row["seeds_used"] > 1 else "one-more"))
    parts.append(words("margin", margin=words.percent(row["margin"])))
    tipping = row["tipping_margin"]
    known = tipping is not None and math.isfinite(tipping)
    if known:
        parts.append(words("tipping-undecided" if row["verdict"] == UNDECIDED else "tipping", tipping=words.percent(tipping)))
    elif row["verdict"] != UNDECIDED:
        parts.append(words("no-tipping"))
    cell = results.cell(contrast["name"], point, day, "S_all")
    if cell and cell["control"] and cell["floor"] is not None and math.isfinite(cell["floor"]):
        parts.append(words("floor", floor=words.percent(cell["floor"] / abs(cell["control"]))))
    return parts


def why(words: Words, reasons: str) -> str:
    """What a verdict rests on. reasons : as verdict.csv has them"""
    return words("semicolon").join(_reason(words, reason) for reason in parsed(reasons))


def _reason(words: Words, reason: Reason) -> str:
    named = [(words.of("measure", leg.measure), value) for leg, value in reason.legs]
    valued = [words("leg-value", leg=leg, value=words.of("value", value)) for leg, value in named if value]
    legs = words("leg-and").join(valued) or ", ".join(leg for leg, _ in named)
    possible = ", ".join(words.of("word", word) for word in reason.items) if reason.code == "possible" else ""
    return words.of("reason", reason.code, legs=legs, words=possible, n=" ".join(reason.items))


def source(
    results: Results,
    words: Words,
    day: int,
    shown: int | None = None,
    extra: tuple[str, ...] = (),
    then: Sequence[str] = ("compare", "draw"),
) -> str:
    """Where the numbers come from and what they rest on.

    shown : how many points of the design are drawn, if not all; then : verbs that make the figure once runs are there
    """
    study = results.study
    seeds = results.measures["seed"].unique()
    parts = [
        words(
            "source",
            n=len(seeds),
            version=", ".join(filter(None, (study["version"], study.get("scenario")))),
            study=study["name"],
            seeds=words.societies(len(seeds)),
            which=provenance.spans(seeds).replace("-", "–"),
            people=study["people"],
            years=words.horizon(day),
        )
    ]
    parts += [*fixed(results, words), *contents(words, study)]
    parts += assumed(words, *json_files.assumed(study, results.primary["name"]))
    if shown is not None and shown < len(results.points):
        parts.append(words("subset", shown=shown, all=len(results.points)))
    if study.get("given_graph"):
        parts.append(words("given", graph=study["given_graph"]))
    return " ".join((*parts, *extra, *again(words, study.get("command", ""), then)))


def assumed(words: Words, k: int, n: int) -> list[str]:
    """How many of the numbers behind a result are assumed; nothing if none is known."""
    return [words("assumed", k=k, n=n)] if n else []


def village(words: Words, folder: Path, people: int) -> list[str]:
    """What so few people cannot show, where the study itself has enough of them. folder : of the study's own results"""
    whole = json_files.read(folder, json_files.STUDY)["people"] if (folder / json_files.STUDY).is_file() else VILLAGE
    return [words("village", people=people, least=VILLAGE)] if people < VILLAGE <= whole else []


def contents(words: Words, about: Mapping[str, Any]) -> list[str]:
    """That what is said of contents changes nothing, where that is so. about : study.json or tie.json"""
    return [words("content-alike")] if about.get("contents_idle") else []


def fixed(results: Results, words: Words) -> list[str]:
    """What was fixed before running: how the study stands to its seal, if it has one, and the margins."""
    seal = results.seal
    parts = [words("seal", hash=results.study["seal"]["hash"][:12], standing=standing(words, seal))] if seal else []
    changed = seal is not None and "margins" in seal.changed
    return [*parts, words("margins-changed" if changed else "margins", margins=margins(results.study["margins"], words))]


def standing(words: Words, seal: Standing) -> str:
    """How the runs stand to the seal."""
    changed = ", ".join(words.of("sealed-part", part) for part in seal.changed)
    parts = [] if seal.before else [words("sealed-after")]
    parts += [words("sealed-changed", parts=changed)] if changed else []
    parts = parts or [words("sealed-before")]
    parts += [words("sealed-runs", n=seal.runs)] if seal.runs else []
    parts += [words("sealed-seals", n=seal.earlier)] if seal.earlier else []
    return words("semicolon").join(parts)


def again(words: Words, command: str, then: Sequence[str] = ()) -> list[str]:
    """How a figure is made again: a command, and what follows it. Long names lose their beginning, so that they fit on a line;
    the file's metadata has them whole."""
    if not command:
        return []
    shown = " ".join(part if len(part) <= LONGEST else f"…{part[-LONGEST:]}" for part in command.split(" "))
    after = words("again-after", then=words.listed([f"sim {verb}" for verb in then])) if then else ""
    return [words("again", command=shown + after)]


def explained(results: Results, words: Words) -> tuple[str, ...]:
    """What the varied values mean, where a reader could not guess."""
    return tuple(words.of("explain", name) for name in results.points[0] if words.has("explain", name))


def margins(sizes: dict[str, float], words: Words) -> str:
    """The margins, those of equal value together: "5 % of support, core; .05 of partners, carriers"."""
    shifts = [leg.margin for leg in SHIFTS]
    named: dict[str, list[str]] = {}
    for name, value in sizes.items():
        text = words.number(value) if name in shifts else words.percent(value)
        named.setdefault(text, []).append(words.of("margin-of", name))
    return words("semicolon").join(f"{text} ({', '.join(names)})" for text, names in named.items())
