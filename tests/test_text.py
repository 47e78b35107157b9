"""The catalogues of texts: the same keys and values in every language, each key used, and none asked for that is not there."""

from __future__ import annotations

import ast
import re
import tomllib
from itertools import product
from pathlib import Path

import pytest
from fluent.syntax import ast as fluent
from fluent.syntax import parse
from fluent.syntax.visitor import Visitor
from test_figures import BAD_FRENCH

import sim
from sim.figures import style
from sim.figures.gallery import birthdays, cards, contact, displacement, greetings, letters, society, telling, tie, ties, wishes
from sim.figures.results import CIRCLES
from sim.figures.sentences import WITHOUT_WORD
from sim.figures.style import CHANNELS
from sim.figures.words import FRACTIONS, Words
from sim.page import published, report, worlds
from sim.scenario.dotted_names import dotted_names
from sim.scenario.names import ALL, LABELS, REST
from sim.scenario.numbers import STATUSES
from sim.scenario.shown import USUAL
from sim.study.judging import contrast, cultures, finding, habits, indices, naming, reasons
from sim.study.judging.legs import LEGS, OLD, RELATIVE
from sim.study.judging.verdict import UNDECIDED, WORDS
from sim.study.mechanisms.switches import MECHANISMS
from sim.study.records.seal import PARTS
from sim.text import LANGUAGES
from sim.text.catalogue import Catalogue, member
from sim.world.columns import ORIGINS

ROOT = Path(sim.__file__).parent
FIGURES = sorted([*ROOT.glob("figures/**/*.py"), *ROOT.glob("page/*.py")])
"""The modules that say something to readers by a key."""

MEASURES = {leg.measure for leg in LEGS}
VERDICTS = {*WORDS, UNDECIDED, *WITHOUT_WORD}
SHIPPED = {file.stem for file in ROOT.parent.glob("scenarios/profiles/*.toml")}
AUC = {"more", "less", "same", "open"}
CASES = {naming.FLIPS, *(f"{state}{end}" for state in (naming.CHANCE, naming.NOT_DRAWN) for end in ("", "-equal"))}
TRIED = {  # study of combinations -> its contrasts between platforms
    "minority": {"minority", "minority-to-us", "minority-away", "people-around"},
    "minority-homes": {"china", "india", "singapore", "korea"},
    "minority-long": {"minority"},
    "community-sharing": {"sharing", "between", "contents-alone"},
    "ephemeral-status": {"many-moments", "some-moments"},
    "redefine-or-import": {"instead", "half-way", "beside"},
}
STUDIES = [tomllib.loads(file.read_text("utf-8")) for file in sorted(ROOT.parent.glob("scenarios/*.toml"))]
SHOWN = [study["shown"] for study in STUDIES if "shown" in study]
ASKED = ("essay", "older-scores", "scores-of-2023")  # ways of the crosses that ask about more than minutes
PLAIN = {*finding.CHANGES, finding.HINGES}
FINDINGS = {study: PLAIN for study in TRIED} | {  # study of combinations -> what its title can say
    "minority-homes": {*PLAIN, *finding.SOME},  # several contrasts
    "minority-long": {*PLAIN, finding.TURNS},  # several horizons
}
FAMILIES = {  # -> the names of its texts
    "arm": {"none", "off", "public", "private"},
    "birthdays-dates": {"false", "true"},
    "birthdays-share": {"false", "true"},
    "birthdays-wish": set(birthdays.LOOKS),
    "brief": set(style.VERDICTS),
    "channel": set(CHANNELS),
    "circle": set(CIRCLES),
    "choice": {"random", "homophilous", "evidence", "essay", "closest", "faintest"},
    "combinations-note": set(TRIED),
    "combinations-term": {"core", "bridging", "bridges", "clustering", "ties", "views", "S_old", "S_real", "online_strong"},
    "combinations-word": {"verdict", "without_online"},
    "contrast": {f"{study}-{name}" for study, names in TRIED.items() for name in names},
    "contact-line": set(contact.LINES),
    "contact-title": {"only", "fall", "rise", "hold", "mixed"},
    "control": {"none", "off", "public", "private"},
    "cards-mark": set(cards.LOOKS),
    "cultures-draw": {cultures.FILES, cultures.RANGES},
    "cultures-part": set(cultures.PARTS),
    "culture-title": CASES,
    "cultures-no-name": CASES,
    "cultures-title": {*cultures.PARTS, "noise", "open"},
    "cultures-title-not": {naming.DRAWS, naming.NOISE},
    "cultures-without": {*contrast.WITHOUT_WORD, "other"} - {"two_groups"},  # a cell is no difference of two groups
    "displacement-line": {f"{side}-{circle}" for side, circle in product(("above", "below"), displacement.CIRCLES)},
    "displacement-where": {
        f"{bound}-{name}"
        for bound, name in product(("least", "most", "all", "no"), displacement.NAMES)
        if name != displacement.ROWS  # the tally counts them
    },
    "explain": {"prompts.slope", "substitution"},
    "finding": {*finding.OF_SEVERAL, *(f"{study}-{state}" for study, states in FINDINGS.items() for state in states)},
    "finding-in": set(finding.CHANGES),
    "group": set(LABELS),
    "fraction": {"none", "few", "most", "all", *(f"{part.numerator}-{part.denominator}" for part in FRACTIONS)},
    "greeters-side": {"arm", "control"},
    "greeters-title": {"few", "many"},
    "greetings-of": set(greetings.KINDS),
    "greetings-replaced": {"fewer", "more", "open"},
    "greetings-season": {"contacts", "closeness"},
    "greetings-title": set(greetings.KINDS),
    "habit-group": {"minutes", "links", "volume", "division", "content", "mobility", "attention", ALL},
    "habits-habit": {habit.name for habit in habits.HABITS},
    "habits-reason": set(habits.REASONS),
    "habits-short": {habit.name for habit in habits.HABITS},
    "headline-evidence": set(TRIED),
    "headline-how": {*TRIED, "support", "measures"},
    "headline-row": {f"{study}-{name}" for study, names in TRIED.items() for name in names} - {"minority-minority-away"}
    - {"minority-minority-to-us", "redefine-or-import-half-way", "redefine-or-import-beside"}
    | {"redefine-or-import-instead-old", "redefine-or-import-beside-old"},
    "known": {*STATUSES, "set"},
    "letters-line": {line[0] for line in letters.LINES.values()},
    "letters-time": set(letters.EFFORT),
    "letters-words": {*letters.REAL, *letters.WALL},
    "lives-closeness": {"stays", "rises", "falls"},
    "lives-side": {"without", "with"},
    "lives-title": {"same", "other"},
    "live-address": {"long", "number", "whole", "range", "unknown"},
    "culture-moves": {*ASKED, "other"},
    "headline-own": {*TRIED, "other"},
    "gallery-in": set(LANGUAGES),
    "matters-how": {"ST", "mu_star"},
    "matters-name": {"composed_dose", "cheap_dose", "platform-minutes", "adoption", "view-dose", "written-rate", "comment-dose",
                     "substitution", "displacement", "meet_after", "prompts-slope"},
    "gallery-line": {"press", "report", "play", "full", "tables", "study"},
    "live-decided": {"early", "all"},
    "live-doing": {worlds.GROWING, worlds.RUNNING},
    "margin-of": {leg.margin for leg in LEGS},
    "means": {*WORDS, UNDECIDED},
    "measure": {*MEASURES, OLD.measure, *USUAL}
    | {measure for shown in SHOWN for key in ("measures", "counted") for measure in shown.get(key, ())}
    | {"auc_any_wish"},
    "of-measure": MEASURES,
    "trials-dot": {"none", "off", "other"},
    "trials-falls": {"substitution"},
    "trials-title": set(finding.CHANGES),
    "trials-title-all": set(finding.CHANGES),
    "platform-name": {file.stem for file in ROOT.parent.glob("scenarios/platforms/*.toml")} - {"none"},
    "profile-habits": SHIPPED,
    "profile-name": SHIPPED,
    "point": {"prompts.slope", "substitution", "displacement", "composed_dose", "platform.minutes"},
    "press-means": {*WORDS, UNDECIDED},
    "press-platform": {"wall-2009"},
    "press-way": {cultures.PLAIN, cultures.EQUAL},
    "reason": set(reasons.CODES),
    "report-point": {"first", "middle"},
    "report-table": set(published.SMALL),
    "report-sign": set(report.SIGNS.values()),
    "sealed-part": set(PARTS.values()),
    "sender": set(wishes.SENDERS),
    "senders-side": {"arm", "control"},
    "sensitivity-key": set(indices.LEADING.values()),
    "sensitivity-sampled": set(indices.LEADING.values()),
    "settings-subject": {"platform", "public", "private", "arm"},
    "settings-ties": VERDICTS - {"mixed"},
    "subject": {*TRIED, "letters-to-wall"},
    "settings-title": {"only", "never", "two", "hinges"},
    "settings-never": VERDICTS - {"mixed", "thinned", *WITHOUT_WORD},
    "split-title": CASES,
    "society-contacted": set(society.CIRCLES),
    "telling-axis": {"prompts.slope"},
    "telling-change": AUC,
    "telling-column": {"told", "auc"},
    "telling-gesture": set(telling.GESTURES),
    "telling-line": set(telling.LINES),
    "telling-panel": set(telling.PANELS),
    "telling-rank": AUC,
    "telling-the": set(telling.OTHERS),
    "the-measure": MEASURES,
    "thinning-dose": {"some", "none"},
    "thinning-title": {"rarely", "never", "wordless"},
    "ties-how": {"none", "off", "other"},
    "ties-row": {leg.measure for leg in ties.LEGS},
    "ties-title": {*VERDICTS, "mixed"},
    "ties-with": {"platform", "public", "private", "arm"},
    "tie-circle": set(CIRCLES),
    "tie-key": {*tie.MARKS, *(unit for _, _, unit in tie.BINS)},
    "tie-lane": set(tie.LANES),
    "tie-origin": set(ORIGINS),
    "tie-why": {"apart", "thinned", "warmed", "steady"},
    "ties": VERDICTS,
    "value": {value for leg in LEGS for value in leg.values},
    "varied": {"minority.share", "minority.placed", "content", "minutes_ratio", "links.kept", "gate.share"},
    "way-name": {cultures.PLAIN, cultures.EQUAL, "minutes-only", *ASKED, *(f"{way}-minutes-equal" for way in ASKED)},
    "why-label": {*MECHANISMS, REST, ALL, "left"},
    "why-leg": {leg.measure for leg in RELATIVE},
    "why-noun": set(MECHANISMS),
    "word": VERDICTS,
}


def written(entry):
    """What a text says beside the values that it sets in."""
    found = []

    class Written(Visitor):
        def visit_TextElement(self, node):
            found.append(node.value)

    Written().visit(entry)
    return found


class Values(Visitor):
    """The values that a text sets in or chooses by."""

    def __init__(self, entry):
        self.names = set()
        self.visit(entry)

    def visit_VariableReference(self, node):
        self.names.add(node.id.name)


def entries(lang):
    """Key -> its entry in the file of a language. Nothing in the file is read over."""
    body = parse((ROOT / "text" / f"{lang}.ftl").read_text(encoding="utf-8")).body
    unread = [entry.content for entry in body if isinstance(entry, fluent.Junk)]
    assert not unread
    messages = [entry for entry in body if isinstance(entry, fluent.Message)]
    named = {entry.id.name: entry for entry in messages}
    assert len(named) == len(messages), "a key stands there twice"
    return named


def texts_of(node):
    """The texts that an expression may be, if they are written out; else nothing."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp) and texts_of(node.body) and texts_of(node.orelse):
        return [*texts_of(node.body), *texts_of(node.orelse)]
    return []


def asked():
    """Keys and families that the modules ask for; a key or family that is not written out fails."""
    keys, families = set(), set()
    for file in FIGURES:
        for call in calls(ast.parse(file.read_text(encoding="utf-8"))):
            written = texts_of(call.args[0])
            assert written, f"{file}:{call.lineno}: the key is not written out"
            (families if isinstance(call.func, ast.Attribute) else keys).update(written)
    for page in (*ROOT.glob("page/*.html"), *ROOT.glob("page/*.md")):
        keys.update(re.findall(r"""words\(["']([\w-]+)""", page.read_text(encoding="utf-8")))
    return keys, families


def calls(tree):
    """words("..."), words.of("...", name) and the like; a function that hands on a key that it was given is left out."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef) and {"key", "family"} & {each.arg for each in node.args.args}:
            continue
        if isinstance(node, ast.Call):
            attribute = isinstance(node.func, ast.Attribute) and node.func.attr in ("of", "has", "flat")
            holder = node.func.value if attribute else node.func
            if isinstance(holder, ast.Name) and holder.id in ("words", "self"):
                yield node
        yield from calls(node)


def test_every_language_has_the_same_keys_and_the_same_values_in_each():
    first, *others = LANGUAGES
    one = entries(first)
    for lang in others:
        other = entries(lang)
        assert set(one) == set(other)
        for key in one:
            assert Values(one[key]).names == Values(other[key]).names, key


def test_french_is_set_as_french():
    words = Words("fr", Catalogue("fr", "text = { $text }"))
    for key, entry in entries("fr").items():
        for text in written(entry):
            assert not BAD_FRENCH.findall(words("text", text=text).replace("\n", " ")), key


def test_every_key_is_used_and_every_key_that_is_used_is_there():
    keys, families = asked()
    parameters = {member("", name) for name in dotted_names(("us",))}
    there = {key for key in entries("en") if not key.startswith("parameter-")}
    named = {key.removeprefix("parameter") for key in entries("en") if key.startswith("parameter-")}
    assert not [name for name in named if not any(full.endswith(name) for full in parameters)], "a parameter that is none"
    assert families == {*FAMILIES, "parameter"}
    assert there == keys | {member(family, name) for family, names in FAMILIES.items() for name in names}


def test_a_text_is_made_by_the_rules_of_its_language():
    texts = "n = { $n ->\n    [one] { $n } société\n   *[other] { $n } sociétés\n  }\nword-not-applicable = sans\n"
    fr, en = (Words(lang, Catalogue(lang, texts)) for lang in ("fr", "en"))
    assert [fr("n", n=n) for n in (0, 1, 2, 1500)] == ["0 société", "1 société", "2 sociétés", "1\u202f500 sociétés"]
    assert [en("n", n=n) for n in (0, 1, 1500)] == ["0 sociétés", "1 société", "1,500 sociétés"]
    assert fr.of("word", "not applicable") == "sans"
    assert (fr.has("word", "inert"), fr.has("word", "not applicable")) == (False, True)
    assert fr.listed("abc") == "a, b et c"
    assert (en.listed("abc"), en.either("ab"), en.listed("a")) == ("a, b and c", "a or b", "a")


@pytest.mark.parametrize("key, values", [("unheard-of", {}), ("societies", {}), ("societies", {"m": 1})])
def test_a_key_or_a_value_that_is_lacking_is_an_error(key, values):
    with pytest.raises(LookupError, match=key if not values else r"\$?n"):
        Words("en")(key, **values)


def test_figures_know_the_verdicts_that_are_none():
    assert tuple(dict.fromkeys(contrast.WITHOUT_WORD.values())) == WITHOUT_WORD


def test_a_number_of_any_size_is_written():
    assert Words("en").number(2.0**100).startswith("1,267,650,600,228,")
    assert len(Words("fr").number(1e300)) > 300
