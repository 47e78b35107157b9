"""The catalogues of texts: the same keys and values in every language, each key used, and none asked for that is not there."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from itertools import product
from pathlib import Path

import pytest
from fluent.syntax import ast as fluent
from fluent.syntax import parse
from fluent.syntax.visitor import Visitor

import sim
from sim.figures import style
from sim.figures.gallery import birthdays, displacement, greetings, letters, society, telling, tie
from sim.figures.results import CIRCLES
from sim.figures.words import Words, typeset
from sim.scenario.names import ALL, REST
from sim.study.judging import reasons, verdict
from sim.study.judging.legs import LEGS, OLD, RELATIVE
from sim.study.mechanisms.switches import MECHANISMS
from sim.text import LANGUAGES
from sim.text.catalogue import Catalogue, catalogue, member

ROOT = Path(sim.__file__).parent
FIGURES = sorted(ROOT.glob("figures/**/*.py"))
"""The modules that say something to readers by a key."""

MEASURES = {leg.measure for leg in LEGS}
FAMILIES = {
    # family -> the names of its texts
    "word": {*verdict.WORDS, "not applicable"},
    "ties": {*verdict.WORDS, "not applicable"},
}


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
    return keys, families


def calls(tree):
    """words("..."), words.of("...", name) and the like; what hands on a key that it was given is left out."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef) and {"key", "family"} & {each.arg for each in node.args.args}:
            continue
        if isinstance(node, ast.Call):
            func = node.func
            name = func.value if isinstance(func, ast.Attribute) and func.attr in ("of", "has", "flat") else func
            if isinstance(name, ast.Name) and name.id in ("words", "self") and (name is not func or name.id in ("words", "self")):
                yield node
        yield from calls(node)


def family_of(key, families):
    """The family that a key belongs to, the longest that fits; "" for none."""
    return max((family for family in families if key.startswith(f"{family}-")), key=len, default="")


def test_every_language_has_the_same_keys_and_the_same_values_in_each():
    first, *others = LANGUAGES
    one = entries(first)
    for lang in others:
        other = entries(lang)
        assert set(one) == set(other)
        for key in one:
            assert Values(one[key]).names == Values(other[key]).names, key


def test_every_key_is_used_and_every_key_that_is_used_is_there():
    keys, families = asked()
    there = set(entries("en"))
    assert families == set(FAMILIES)
    members = {member(family, name) for family, names in FAMILIES.items() for name in names}
    assert there == keys | members
